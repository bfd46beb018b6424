/* SPDX-License-Identifier: MIT
 * The model file and scoring from it. May include every other wing; the programs read it, model_internal.h none but this wing.
 * Layout, version 3 (little-endian; every section 64-byte aligned):
 *
 *   magic "STANCEKM", u32 version, u32 section count, u64 file size, u64 XXH3 of all behind this header
 *   section table: {u32 kind, u32 head, u64 offset, u64 size}
 *   HEADER   JSON: codebook outline, per head settings and scores, data hash, versions
 *   LEXICON  the lexicon's text
 *   FEATURES per head: open-addressing table, power of two slots: {u64 feature id (0: empty), float32 weights [labels]}, padded
 *   NAMES    per head: u32 offsets [slots + 1] and the names' bytes
 *   SUPPORT  per head, kernel models: support vectors as sparse rows and their coefficients
 *   VECTORS  the word vectors, where a head has template vectors (features/vectors.c)
 *   DENSE    per head with that template: float32 weights [labels][zones][STANCE_VECTOR_DIMENSIONS]
 *   TEXTS    per head: u64 hashes of the training sentences, ascending: what a test set shares with them is found by these
 */
#ifndef STANCE_MODEL_H
#define STANCE_MODEL_H

#include <cjson/cJSON.h>

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

/* One sparse row: ids ascending, no repeats. */
struct stance_row {
  const uint64_t *ids;
  const float *values;
  uint32_t count;
};

/* What a trained head is, before it is written and after it is read (then borrowed from the file's bytes). One-vs-rest: one decision value a label,
 *   linear:  d[l] = sum_f w[f][l] x[f] + bias[l]        kernel:  d[l] = sum_s alpha[s][l] K(x_s, x) + bias[l]
 * Calibration, d to p:
 *   logistic: p = softmax(A d + b)                          (multinomial logistic regression; Dirichlet calibration's linear form)
 *   platt:    p[l] ~ weight[l] / (1 + exp(a[l] d[l] + b[l]))    isotonic: p[l] ~ weight[l] step_l(d[l])    none: p[l] ~ 1 / (1 + exp(-2 d[l]))
 * The mean of p over the units that it was fitted on is each label's share. The label is the largest factor[l] p[l]. Each p stays in
 * [1e-6, 1 - 1e-6]. */
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
  double weight[STANCE_LABELS_MAX]; /* platt, isotonic: brings the mean of p to the share; 0 stands for 1 */
  double factor[STANCE_LABELS_MAX]; /* decide the label, chosen for macro-F1; 0 stands for 1 */
  /* isotonic: per label, ascending decision values [knot_count] to probabilities; straight between, flat outside */
  size_t knot_count[STANCE_LABELS_MAX];
  const float *knots[STANCE_LABELS_MAX], *knot_p[STANCE_LABELS_MAX];
  /* linear: features and their weights, row-major [feature_count][label_count] */
  size_t feature_count;
  const uint64_t *ids;
  const float *weights;
  const char *const *names; /* [feature_count] */
  const uint32_t
      *counts; /* [feature_count]: in how many units it was; the common ones are found the fastest. NULL: not known */
  size_t dense_count; /* zones times dimensions; 0: without word vectors */
  const float *dense; /* [label_count][dense_count] */
  /* kernel */
  enum stance_kernel kernel;
  double gamma, coef0;
  int degree;
  size_t support_count;
  const struct stance_row *support;
  const double *alpha; /* [support_count][label_count] */
  size_t text_count;   /* hashes of the sentences trained on, ascending; 0: not known */
  const uint64_t *texts;
};

/* Writes a model beside and renames it; the same input gives the same bytes. vectors: NULL where no head has dense weights. `header` is merged into the JSON header ("settings", "scores", "data"). */
enum stance_status stance_model_write(const char *path, const struct stance_codebook *codebook,
                                      const struct stance_lexicon *lexicon, const struct stance_vectors *vectors,
                                      const struct stance_model_head *heads, size_t head_count, const cJSON *header,
                                      struct stance_error *error);

/* Of the file, borrowed from the model: its codebook, its lexicon (NULL: it has none), its JSON header. */
const struct stance_codebook *stance_model_codebook(const struct stance_model *model);
/* The lexicon in the model; NULL: it has none. Borrowed. */
const struct stance_lexicon *stance_model_lexicon(const struct stance_model *model);
/* A featurizer with the model's lexicon and word vectors. */
enum stance_status stance_model_featurizer(const struct stance_model *model, struct stance_featurizer **out,
                                           struct stance_error *error);
/* The header: settings, scores, data. Borrowed. */
const cJSON *stance_model_header(const struct stance_model *model);
/* What a head (0 .. count-1) is asked of, and which templates it reads. */
enum stance_unit_kind stance_model_head_unit(const struct stance_model *model, size_t head);
/* The templates that the head's features come from. */
stance_template_set stance_model_templates(const struct stance_model *model, size_t head);
/* Decision values [label_count] of a unit's features; then probabilities and the label with the largest factor times p. False: out of memory
 * (kernel models need work space; linear ones never fail). */
bool stance_model_decide(const struct stance_model *model, size_t head, const struct stance_features *features,
                         double *decisions);
/* Decision values to probabilities [label_count], the label with the largest factor times p, and (NULL: not) the score. */
void stance_model_calibrate(const struct stance_model *model, size_t head, const double *decisions, float *p,
                            uint32_t *label, float *score);
/* The factors [label_count] that decide the label; never 0. */
const double *stance_model_factors(const struct stance_model *model, size_t head);
/* A feature's weights [label_count], its name; false where the model does not know it. Slots 0 .. count-1 enumerate, some empty. */
bool stance_model_feature(const struct stance_model *model, size_t head, uint64_t id, const float **weights,
                          const char **name);
/* How many slots of features there are, some empty. */
size_t stance_model_slot_count(const struct stance_model *model, size_t head);
/* The feature in a slot below the count; false: it is empty. id, weights and name may be NULL; weights and name are borrowed. */
bool stance_model_slot(const struct stance_model *model, size_t head, size_t slot, uint64_t *id, const float **weights,
                       const char **name);
/* The bias of a label's decision function. */
double stance_model_bias(const struct stance_model *model, size_t head, size_t label);
/* Was a sentence with this hash (the trainer's, of its letters and digits) trained on? False too where the model does not know. */
bool stance_model_saw(const struct stance_model *model, size_t head, uint64_t text_hash);
/* Whether the head has weights that can be named; else support vectors. */
bool stance_model_is_linear(const struct stance_model *model, size_t head);
/* Whether the head reads word vectors. */
bool stance_model_has_vectors(const struct stance_model *model, size_t head);

/* The slot in which a feature stands; the slot count where the model does not know it. */
size_t stance_model_find(const struct stance_model *model, size_t head, uint64_t id);
/* label_count, values, calibration and what that needs; no more. Borrowed from the model. */
const struct stance_model_head *stance_model_curves(const struct stance_model *model, size_t head);

/* ---- the arithmetic that trainer and scorer share, so that what is measured is what a model says. Pure. ---- */

/* K(a, b) of the dot product a.b and the squared lengths |a|^2, |b|^2. */
double stance_model_kernel(enum stance_kernel kernel, double gamma, double coef0, int degree, double dot, double norm_a,
                           double norm_b);
/* Calibration, shared with the trainer so that what it measures is what a model says. Uses label_count, values, factor, calibration
 * and its parameters. p [label_count] sums to 1 and is never 0 or 1; label: the largest factor times p, the first of equals; score may be
 * NULL. */
void stance_model_probabilities(const struct stance_model_head *head, const double *decisions, float *p,
                                uint32_t *label, float *score);

/* Scores units of an already made document: the trainer, the annotator's suggestions and the batch engine share this. */
struct stance_scorer;
/* Scores one unit by one head. Only memory can fail. */
enum stance_status stance_scorer_unit(struct stance_scorer *scorer, const struct stance_document *document,
                                      const struct stance_unit *unit, size_t head, struct stance_prediction *prediction,
                                      struct stance_error *error);

#endif
