/* SPDX-License-Identifier: MIT
 * Why a unit was scored so. Two views of one sum, of which the first is in whole ten-thousandths that add up without a remainder:
 *
 *   by feature  decision[l] = bias[l] + sum of features[..].weights[l] + others[l]     for each label l
 *   by word     decision[label] = bias[label] + sum of phrases[..].weight + others     for the unit's label; in doubles
 *
 * A feature's part is shared out evenly to the words that it was made of, mentions and punctuation left out; what was made of none (how far
 * apart the actors are) is the others'. */
#ifndef STANCE_CLASSIFY_WHY_H
#define STANCE_CLASSIFY_WHY_H

#include "render.h"
#include "stance/model/model.h"

enum { CLASSIFY_WHY_DEFAULT = 10, CLASSIFY_WHY_MAX = 1000 };

struct classify_why_feature {
  const char *name;
  uint32_t start, end;    /* bytes of the sentence: the words of its first occurrence; both 0: none */
  const int64_t *weights; /* [labels], ten-thousandths */
};

struct classify_why_word {
  uint32_t start, end; /* bytes of the sentence */
  double weight;       /* towards the unit's label */
  double push;         /* sum over labels of weight x value: towards friendly above 0, towards hostile below */
};

struct classify_why {
  const int64_t *decision, *bias, *others;     /* [labels], ten-thousandths */
  const struct classify_why_feature *features; /* those that weigh most in any label first */
  size_t feature_count;
  const struct classify_why_word *words; /* those that push, in the order of the text */
  size_t word_count;
  /* The words that weigh most for the unit's label and against it, each strongest first. Neighbours are one where at least half of what
   * both say they say together ("threw out"). */
  const struct classify_why_word *phrases;
  size_t phrase_count;
  double label_decision, label_bias; /* of the unit's label */
};

/* A thread's work space over a model. */
struct classify_explainer;
/* An explainer of this model, for one thread. limit: words named at most. Destroy it; the model must outlive it. */
enum stance_status classify_explainer_new(const struct stance_model *model, size_t limit,
                                          struct classify_explainer **out, struct stance_error *error);
/* Frees it; NULL is fine. */
void classify_explainer_destroy(struct classify_explainer *explainer);
/* The unit's explanation, in the arena. STANCE_USAGE for a head with a kernel: its decisions are no sum over features. */
enum stance_status classify_explain(struct classify_explainer *explainer, const struct stance_document *document,
                                    const struct stance_unit *unit, size_t head, size_t label,
                                    struct stance_arena *arena, const struct classify_why **out,
                                    struct stance_error *error);

/* ,"why":{...} of a unit that has one. */
void classify_put_why_json(const struct classify_head *head, const struct classify_unit *unit,
                           const struct classify_sentence *sentence, struct stance_buffer *out);
/* Lines of a table: the label's decision as a sum over words, behind `indent` spaces. */
void classify_put_why_table(const struct classify_style *style, const struct classify_unit *unit,
                            const struct classify_sentence *sentence, size_t indent, struct stance_buffer *out);
/* The sentence, each word in the colour of what it pushes towards, wrapped like classify_put_wrapped. */
void classify_put_why_sentence(const struct classify_style *style, const struct classify_unit *unit,
                               const struct classify_sentence *sentence, size_t indent, struct stance_buffer *out);

#endif
