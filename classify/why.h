/* SPDX-License-Identifier: MIT
 * Explaining a unit's label. Two views of one sum, where the first is in whole ten-thousandths that add up exactly:
 *
 *   by feature  decision[l] = bias[l] + sum of features[..].weights[l] + others[l]     for each label l
 *   by word     decision[label] = bias[label] + sum of phrases[..].weight + others     for the unit's label; in doubles
 *
 * A feature's weight is divided evenly among its words, without mentions and punctuation; that of a feature without
 * words (such as a distance) is in `others`. */
#ifndef STANCE_CLASSIFY_WHY_H
#define STANCE_CLASSIFY_WHY_H

#include "render.h"
#include "stance/model/model.h"

enum { CLASSIFY_WHY_DEFAULT = 10, CLASSIFY_WHY_MAX = 1000 };

struct classify_why_feature {
  const char *name;
  uint32_t start, end;    /* bytes of the sentence, of its first occurrence; both 0: none */
  const int64_t *weights; /* [labels], ten-thousandths */
};

struct classify_why_word {
  uint32_t start, end; /* bytes of the sentence */
  double weight;       /* towards the unit's label */
  double push;         /* sum over labels of weight x value: above 0 towards friendly, below 0 towards hostile */
};

struct classify_why {
  const int64_t *decision, *bias, *others;     /* [labels], ten-thousandths */
  const struct classify_why_feature *features; /* by their largest absolute weight in any label, descending */
  size_t feature_count;
  const struct classify_why_word *words; /* words with a push, in text order */
  size_t word_count;
  /* The words that weigh most for the unit's label, then those against it, each strongest first. Adjacent words are one
   * phrase if at least half of their weight is from features that contain both ("threw out"). */
  const struct classify_why_word *phrases;
  size_t phrase_count;
  double label_decision, label_bias; /* of the unit's label */
};

struct classify_explainer;
/* An explainer for one thread; the model must outlive it. limit: most features and phrases. Destroy it. */
enum stance_status classify_explainer_new(const struct stance_model *model, size_t limit,
                                          struct classify_explainer **out, struct stance_error *error);
/* Frees it; NULL is fine. */
void classify_explainer_destroy(struct classify_explainer *explainer);
/* Explains a unit, in the arena. lean: what dyads of its sentence add to the decision values; NULL: nothing. STANCE_USAGE: the head has a kernel, so its decision values are no sum over
 * features. */
enum stance_status classify_explain(struct classify_explainer *explainer, const struct stance_document *document,
                                    const struct stance_unit *unit, size_t head, size_t label, const double *lean,
                                    struct stance_arena *arena, const struct classify_why **out,
                                    struct stance_error *error);

/* Appends ,"why":{...} if the unit has an explanation. */
void classify_put_why_json(const struct classify_head *head, const struct classify_unit *unit,
                           const struct classify_sentence *sentence, struct stance_buffer *out);
/* Appends lines, indented by `indent` spaces, with the label's decision value as a sum over words. */
void classify_put_why_table(const struct classify_style *style, const struct classify_unit *unit,
                            const struct classify_sentence *sentence, size_t indent, struct stance_buffer *out);
/* Appends the sentence, each word in the colour of the side that it pushes towards, wrapped as by
 * classify_put_wrapped. */
void classify_put_why_sentence(const struct classify_style *style, const struct classify_unit *unit,
                               const struct classify_sentence *sentence, size_t indent, struct stance_buffer *out);

#endif
