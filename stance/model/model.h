/* SPDX-License-Identifier: MIT
 * The model file, and scoring with it. May include every other wing; programs include this header, only this wing
 * model_internal.h. Layout, version 3 (little-endian; every section 64-byte aligned):
 *
 *   magic "STANCEKM", u32 version, u32 section count, u64 file size, u64 XXH3 of all after this header
 *   section table: {u32 kind, u32 head, u64 offset, u64 size}
 *   HEADER   JSON: codebook outline, each head's settings and scores, hash of the data, versions
 *   LEXICON  the lexicon's text
 *   FEATURES per head: open-addressing table, a power of two slots: {u64 feature id (0: empty), f32 weights[labels]}
 *   NAMES    per head: u32 offsets [slots + 1] and the names' bytes
 *   SUPPORT  per head, kernel models: support vectors as sparse rows and their coefficients
 *   VECTORS  the word vectors, if a head has template vectors (features/vectors.c)
 *   DENSE    per head with that template: float32 weights [labels][zones][STANCE_VECTOR_DIMENSIONS]
 *   TEXTS    per head: u64 hashes of the training sentences, ascending, to find those that a test set repeats
 */
#ifndef STANCE_MODEL_H
#define STANCE_MODEL_H

#include <cjson/cJSON.h>

#include "lean.h"
#include "stance/events/lexicon.h"
#include "stance/features/feature.h"
#include "stance/features/vectors.h"
#include "stance/labels/codebook.h"
#include "stance/stance.h"

enum stance_kernel { STANCE_KERNEL_LINEAR, STANCE_KERNEL_RBF, STANCE_KERNEL_POLYNOMIAL };
enum stance_calibration {
  STANCE_CALIBRATION_NONE,
  STANCE_CALIBRATION_PLATT,
  STANCE_CALIBRATION_ISOTONIC,
  STANCE_CALIBRATION_LOGISTIC
};

/* A sparse vector: ids ascending, without repeats. */
struct stance_row {
  const uint64_t *ids;
  const float *values;
  uint32_t count;
};

/* A trained head, before it is written, and after it is read (then borrowed from the file's bytes). One-vs-rest: a
 * decision value for each label,
 *   linear:  d[l] = sum_f w[f][l] x[f] + bias[l]        kernel:  d[l] = sum_s alpha[s][l] K(x_s, x) + bias[l]
 * Calibration, d to p:
 *   logistic: p = softmax(A d + b)                          (multinomial logistic regression on d)
 *   platt:    p[l] ~ weight[l] / (1 + exp(a[l] d[l] + b[l]))
 *   isotonic: p[l] ~ weight[l] step_l(d[l])
 *   none:     p[l] ~ 1 / (1 + exp(-2 d[l]))
 * Before that, a head about sentences may add what the dyads of the sentence say by another head (lean.h).
 * where ~ means up to the factor that makes p sum to 1. On the data of the fit, the mean of p[l] is the share of label
 * l. The label is the one with the largest factor[l] p[l]. Each p is within [1e-6, 1 - 1e-6]. */
struct stance_model_head {
  const char *name;
  enum stance_unit_kind unit;
  stance_template_set templates;
  size_t label_count;
  double values[STANCE_LABELS_MAX], bias[STANCE_LABELS_MAX];
  enum stance_calibration calibration;
  double platt_a[STANCE_LABELS_MAX], platt_b[STANCE_LABELS_MAX];
  double slope[STANCE_LABELS_MAX][STANCE_LABELS_MAX],
      intercept[STANCE_LABELS_MAX]; /* logistic: A [label][decision], b */
  double weight[STANCE_LABELS_MAX]; /* platt, isotonic: makes the mean of p the label's share; 0 stands for 1 */
  double factor[STANCE_LABELS_MAX]; /* chosen for macro-F1; 0 stands for 1 */
  /* Isotonic: for each label, knots [knot_count], ascending decision values, and their probabilities; linear between
   * knots, constant outside. */
  size_t knot_count[STANCE_LABELS_MAX];
  const float *knots[STANCE_LABELS_MAX], *knot_p[STANCE_LABELS_MAX];
  struct stance_lean_weights lean; /* .head NULL: none */
  /* Features, and for linear heads their weights, row-major [feature_count][label_count]. */
  size_t feature_count;
  const uint64_t *ids;
  const float *weights;
  const char *const *names; /* [feature_count] */
  const uint32_t *counts; /* [feature_count]: how many units have it; NULL: unknown. Frequent ones get the best slots */
  size_t dense_count;     /* zones times dimensions; 0: no word vectors */
  const float *dense;     /* [label_count][dense_count] */
  /* kernel */
  enum stance_kernel kernel;
  double gamma, coef0;
  int degree;
  size_t support_count;
  const struct stance_row *support;
  const double *alpha;   /* [support_count][label_count] */
  size_t text_count;     /* 0: unknown */
  const uint64_t *texts; /* hashes of the training sentences, ascending */
};

/* Writes a model, as stance_output does; the same input gives the same bytes. vectors: NULL if no head has dense
 * weights. `header` is merged into the JSON header ("settings", "scores", "data"). */
enum stance_status stance_model_write(const char *path, const struct stance_codebook *codebook,
                                      const struct stance_lexicon *lexicon, const struct stance_vectors *vectors,
                                      const struct stance_model_head *heads, size_t head_count, const cJSON *header,
                                      struct stance_error *error);

/* The outline of the codebook in the model. Borrowed. */
const struct stance_codebook *stance_model_codebook(const struct stance_model *model);
/* The lexicon in the model; NULL: it has none. Borrowed. */
const struct stance_lexicon *stance_model_lexicon(const struct stance_model *model);
/* A featurizer with the model's lexicon and word vectors. */
enum stance_status stance_model_featurizer(const struct stance_model *model, struct stance_featurizer **out,
                                           struct stance_error *error);
/* The JSON header: settings, scores, data. Borrowed. */
const cJSON *stance_model_header(const struct stance_model *model);
/* The kind of units that head 0 .. count-1 labels. */
enum stance_unit_kind stance_model_head_unit(const struct stance_model *model, size_t head);
/* The templates of the head's features. */
stance_template_set stance_model_templates(const struct stance_model *model, size_t head);
/* Computes the decision values [label_count] from a unit's features. False: out of memory (kernel models only).
 * Thread-safe. */
bool stance_model_decide(const struct stance_model *model, size_t head, const struct stance_features *features,
                         double *decisions);
/* Turns decision values into probabilities [label_count], the label with the largest factor times p, and the score (may
 * be NULL). */
void stance_model_calibrate(const struct stance_model *model, size_t head, const double *decisions, float *p,
                            uint32_t *label, float *score);
/* The factors [label_count] that decide the label; never 0. */
const double *stance_model_factors(const struct stance_model *model, size_t head);
/* The weights [label_count] and the name of a feature. False: the model does not know it. */
bool stance_model_feature(const struct stance_model *model, size_t head, uint64_t id, const float **weights,
                          const char **name);
/* The number of slots of the table of features; some are empty. */
size_t stance_model_slot_count(const struct stance_model *model, size_t head);
/* The feature in a slot below the count. False: it is empty. id, weights and name may be NULL; the last two are
 * borrowed. */
bool stance_model_slot(const struct stance_model *model, size_t head, size_t slot, uint64_t *id, const float **weights,
                       const char **name);
/* The weights of the zones [label_count][*count]; NULL: the head reads no word vectors. Borrowed. */
const float *stance_model_dense(const struct stance_model *model, size_t head, size_t *count);
/* The word vectors in the model; NULL: it has none. Borrowed. */
const struct stance_vectors *stance_model_vectors(const struct stance_model *model);
/* The hashes of the head's training sentences [*count], ascending; none if unknown. Borrowed. */
const uint64_t *stance_model_texts(const struct stance_model *model, size_t head, size_t *count);
/* The bias of a label's decision function. */
double stance_model_bias(const struct stance_model *model, size_t head, size_t label);
/* False: the head was trained on no sentence with this signature (stance_letters_signature), so that its hash is not needed. Thread-safe. */
bool stance_model_may_have_seen(const struct stance_model *model, size_t head, uint32_t signature);
/* Whether the head was trained on a sentence with this hash (stance_letters_hash). False also if the model does not
 * have the hashes. */
bool stance_model_saw(const struct stance_model *model, size_t head, uint64_t text_hash);
/* Whether the head is linear, with weights of features; else it has support vectors. */
bool stance_model_is_linear(const struct stance_model *model, size_t head);
/* Whether the head reads word vectors. */
bool stance_model_has_vectors(const struct stance_model *model, size_t head);

/* The slot of a feature; the slot count if the model does not know it. */
size_t stance_model_find(const struct stance_model *model, size_t head, uint64_t id);
/* A head with only label_count, values, calibration and its parameters set. Borrowed. */
const struct stance_model_head *stance_model_curves(const struct stance_model *model, size_t head);

/* ---- arithmetic shared by trainer and scorer, so that evaluation measures what a model says. Thread-safe. ---- */

/* The kernel K(a, b), from the dot product a.b and the squared lengths |a|^2, |b|^2. */
double stance_model_kernel(enum stance_kernel kernel, double gamma, double coef0, int degree, double dot, double norm_a,
                           double norm_b);
/* Calibration. Uses label_count, values, factor, calibration and its parameters. p [label_count] sums to 1 and is never
 * 0 or 1; *label: the largest factor times p, the first of equals; *score: the mean of values under p, may be NULL. */
void stance_model_probabilities(const struct stance_model_head *head, const double *decisions, float *p,
                                uint32_t *label, float *score);

struct stance_scorer;
/* Scores one unit of a document by one head, without what dyads of its sentence say (lean.h). STANCE_USAGE: the unit's sentence is not in the document. */
enum stance_status stance_scorer_unit(struct stance_scorer *scorer, const struct stance_document *document,
                                      const struct stance_unit *unit, size_t head, struct stance_prediction *prediction,
                                      struct stance_error *error);
/* What the dyads of the sentence of a prediction by the scorer's last result add to its decision values
 * [label_count]. */
void stance_scorer_lean(const struct stance_scorer *scorer, const struct stance_prediction *prediction, double *out);

#endif
