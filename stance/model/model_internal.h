/* SPDX-License-Identifier: MIT
 * A model in memory: pointers into the file's bytes, and what its JSON header says. */
#ifndef STANCE_MODEL_INTERNAL_H
#define STANCE_MODEL_INTERNAL_H

#include "model.h"
#include "model_file.h"

struct model_head {
  const struct stance_head *definition; /* of the codebook */
  size_t label_count;
  stance_template_set templates;
  enum stance_kernel kernel;
  double gamma, coef0;
  int degree;
  double bias[STANCE_LABELS_MAX];
  struct stance_model_head curves; /* label_count, values, calibration and what it needs; no more */
  /* borrowed from the bytes */
  size_t slots;
  const unsigned char *rows; /* [slots][row_size]: see model_row_size */
  size_t row_size;
  bool has_weights;   /* false: a kernel model */
  const float *dense; /* [label_count][dense_count]; NULL: without word vectors */
  size_t dense_count;
  uint64_t
      *filter; /* a bit for each key's upper bits (see model_known): most features of a text are not in the table */
  unsigned filter_shift;
  const uint32_t *name_offsets; /* NULL: without names */
  const char *names;
  /* kernel models: support vectors by feature (postings[posting_first[slot] ..]), so that a unit's dot products with all of
   * them cost one pass over its features */
  size_t text_count;
  const uint64_t *texts;
  size_t support_count;
  const double *alpha;
  const struct model_support *support;
  uint64_t *posting_first; /* [slots + 1] */
  uint32_t *posting_row;
  float *posting_value;
  double *norms; /* [support_count]: |x_s|^2 */
};

struct stance_model {
  unsigned char *bytes; /* the file */
  size_t size;
  struct stance_arena arena;
  cJSON *header;
  struct stance_codebook codebook;
  struct stance_lexicon *lexicon; /* NULL: none in the file */
  struct stance_vectors *vectors; /* NULL: none in the file */
  struct model_head *heads;
  size_t head_count;
  bool needs_actors; /* some head asks for actors, or was trained on sentences in which they are masked */
};

static inline uint64_t model_key(const struct model_head *head, size_t slot) { /* 0: empty */
  return *(const uint64_t *)(const void *)(head->rows + slot * head->row_size);
}
static inline const float *model_weights(const struct model_head *head, size_t slot) { /* [label_count] */
  return (const float *)(const void *)(head->rows + slot * head->row_size + sizeof(uint64_t));
}

/* Which features the table may hold. Sixteen bits a key: the filter stays in the processor's cache where the table does not fit, and lets
 * about one unknown feature in twenty through. */
static inline struct stance_feature_filter model_known(const struct model_head *head) {
  return (struct stance_feature_filter){head->filter, head->filter_shift};
}

/* The slot in which a feature stands; slots where the model does not know it. */
size_t model_find(const struct model_head *head, uint64_t id);

#endif
