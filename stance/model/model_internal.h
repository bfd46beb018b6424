/* SPDX-License-Identifier: MIT
 * A model in memory: pointers into the file's bytes, and the values of its JSON header. */
#ifndef STANCE_MODEL_INTERNAL_H
#define STANCE_MODEL_INTERNAL_H

#include "model.h"
#include "model_file.h"

struct model_head {
  const struct stance_head *definition; /* in the codebook */
  size_t label_count;
  stance_template_set templates;
  enum stance_kernel kernel;
  double gamma, coef0;
  int degree;
  double bias[STANCE_LABELS_MAX];
  struct stance_model_head curves; /* only label_count, values, calibration and its parameters, lean */
  size_t lean_head;                /* whose dyads the curves' lean reads; the number of heads: none */
  /* Borrowed from the bytes. */
  size_t slots;
  const unsigned char *rows; /* [slots][row_size]: see model_row_size */
  size_t row_size;
  bool has_weights;   /* false: a kernel model */
  const float *dense; /* [label_count][dense_count]; NULL: no word vectors */
  size_t dense_count;
  uint64_t *filter; /* Bloom filter of the keys (see model_known), as most features of a text are not in the table */
  unsigned filter_shift;
  const uint32_t *name_offsets; /* NULL: no names */
  const char *names;
  size_t text_count;
  const uint64_t *texts; /* [text_count]: hashes of the training sentences, ascending */
  uint64_t *signatures;  /* a bit for each text, by the upper bits of its hash (seen.c) */
  unsigned signature_shift;
  /* Kernel models: an inverted index of the support vectors by feature (postings posting_first[slot] ..
   * posting_first[slot + 1] - 1), so that one pass over a unit's features gives its dot products with all of them. */
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
  bool needs_actors; /* a head labels dyads or targets, or was trained on sentences with masked actors */
};

static inline uint64_t model_key(const struct model_head *head, size_t slot) { /* 0: empty */
  return *(const uint64_t *)(const void *)(head->rows + slot * head->row_size);
}
static inline const float *model_weights(const struct model_head *head, size_t slot) { /* [label_count] */
  return (const float *)(const void *)(head->rows + slot * head->row_size + sizeof(uint64_t));
}

enum { MODEL_ROWS_NEAR = 256 * 1024 }; /* a smaller table stays in the processor's cache without being asked for */
/* A Bloom filter of the features in the table, with sixteen bits per key: it fits the processor's cache where the table
 * does not, and passes about one unknown feature in twenty. */
static inline struct stance_feature_filter model_known(const struct model_head *head) {
  return (struct stance_feature_filter){.bits = head->filter,
                                        .shift = head->filter_shift,
                                        .rows = head->slots * head->row_size > MODEL_ROWS_NEAR ? head->rows : NULL,
                                        .row_mask = head->slots - 1,
                                        .row_size = head->row_size};
}

/* The slot of a feature; head->slots if the model does not know it. */
size_t model_find(const struct model_head *head, uint64_t id);

/* Makes head->signatures. */
enum stance_status model_index_texts(struct model_head *head, struct stance_error *error);

#endif
