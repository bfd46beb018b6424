/* SPDX-License-Identifier: MIT
 * Feature words: parts of features that are no words of the sentence, as in "role:forward hostile". A word's hash is
 * made from its name: if a name changes, old models no longer know the features with it. */
#ifndef STANCE_FEATURE_WORD_H
#define STANCE_FEATURE_WORD_H

#define STANCE_FEATURE_WORDS(X)                                                                                        \
  X(SRC)                                                                                                               \
  X(TGT)                                                                                                               \
  X(ACT)                                                                                                               \
  X(NUM)                                                                                                               \
  X(START)                                                                                                             \
  X(END)                                                                                                               \
  X(source_first)                                                                                                      \
  X(target_first) X(before) X(between) X(after) X(left) X(right) X(near) X(far) X(near_source) X(near_target)          \
      X(adjacent) X(d1) X(d3) X(d6) X(d12) X(d20) X(dmore) X(n0) X(n1) X(n2) X(n3) X(n5) X(more) X(neutral)            \
          X(verbal_cooperation) X(material_cooperation) X(verbal_conflict) X(material_conflict) X(hostile) X(friendly) \
              X(forward) X(reverse) X(mutual) X(half_source) X(half_target) X(third_source) X(third_target)            \
                  X(is_source) X(is_target) X(is_both) X(is_issue) X(negated) X(hedged) X(passive) X(infinitive)       \
                      X(quoted) X(noun) X(shifted) X(weak) X(strong) X(mild) X(subj) X(obj) X(of) X(with) X(against)   \
                          X(to) X(for_) X(by) X(from) X(on) X(at) X(over) X(toward) X(about) X(into) X(in) X(poss)     \
                              X(speaker) X(none) X(net) X(first) X(main) X(joint) X(joint_target) X(chain) X(plus)     \
                                  X(minus) X(absent) X(many) X(inside) X(outside) X(says) X(addressee) X(press)
enum stance_feature_word {
#define X(name) STANCE_WORD_##name,
  STANCE_FEATURE_WORDS(X)
#undef X
      STANCE_FEATURE_WORD_COUNT
};

#endif
