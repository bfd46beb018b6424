/* SPDX-License-Identifier: MIT
 * From a unit's features to decision values, then to probabilities and the label. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#ifdef __SSE2__
#include <immintrin.h>
#endif

#include "model_internal.h"
#include "stance/base/cpu.h"
#include "stance/features/row_sum.h"

/* ---- decision values ------------------------------------------------------------------------------------ */

typedef double two_doubles __attribute__((vector_size(16)));

static inline two_doubles widen(const float *weights) {
#ifdef __SSE2__ /* one instruction, which compilers do not find */
  return (two_doubles)_mm_cvtps_pd(_mm_loadl_pi(_mm_setzero_ps(), (const __m64 *)(const void *)weights));
#else
  return (two_doubles){(double)weights[0], (double)weights[1]};
#endif
}

static inline const unsigned char *row_at(const struct model_head *head, uint64_t slot, size_t row_size) {
  return head->rows + (slot & (head->slots - 1)) * row_size;
}

/* The row of a feature that does not stand in its own slot; NULL: the model does not know it. */
static const unsigned char *row_behind(const struct model_head *head, uint64_t id, size_t row_size) {
  for (uint64_t slot = id;; slot++) {
    const unsigned char *row = row_at(head, slot, row_size);
    uint64_t key = *(const uint64_t *)(const void *)row;
    if (key == id) return row;
    if (!key) return NULL;
  }
}

/* d[l] += sum_f w[f][l] x[f], in the order of the features, whose rows were prefetched when they were made (model_known).
 * The sums of three labels stay in registers, beside one of the row's padding. */
static inline __attribute__((always_inline)) void add_features(const struct model_head *head,
                                                               const struct stance_features *features, size_t labels,
                                                               double *decisions) {
  const size_t row_size = model_row_size(labels, true);
  two_doubles low = {0}, high = {0};
  if (labels == 3) low = (two_doubles){decisions[0], decisions[1]}, high[0] = decisions[2];
  for (size_t i = 0; i < features->count; i++) {
    uint64_t id = features->ids[i];
    const unsigned char *row = row_at(head, id, row_size);
    if (*(const uint64_t *)(const void *)row != id && !(row = row_behind(head, id, row_size))) continue;
    const float *weights = (const float *)(const void *)(row + sizeof(uint64_t));
    double value = (double)features->values[i];
    if (labels == 3) {
      low += widen(weights) * value;
      high += widen(weights + 2) * value;
    } else {
      for (size_t l = 0; l < labels; l++) decisions[l] += (double)weights[l] * value;
    }
  }
  if (labels == 3) decisions[0] = low[0], decisions[1] = low[1], decisions[2] = high[0];
}

#ifdef __x86_64__
/* The same for three labels in one register; each product and each sum is rounded as above. */
STANCE_CPU_WIDE static void add_three_wide(const struct model_head *head, const struct stance_features *features,
                                           double *decisions) {
  const size_t row_size = model_row_size(3, true);
  __m256d sums = _mm256_setr_pd(decisions[0], decisions[1], decisions[2], 0);
  for (size_t i = 0; i < features->count; i++) {
    uint64_t id = features->ids[i];
    const unsigned char *row = row_at(head, id, row_size);
    if (*(const uint64_t *)(const void *)row != id && !(row = row_behind(head, id, row_size))) continue;
    __m256d weights = _mm256_cvtps_pd(_mm_loadu_ps((const float *)(const void *)(row + sizeof(uint64_t))));
    sums = _mm256_add_pd(sums, _mm256_mul_pd(weights, _mm256_set1_pd((double)features->values[i])));
  }
  double out[4];
  _mm256_storeu_pd(out, sums);
  memcpy(decisions, out, 3 * sizeof *decisions);
}
#endif

static void decide_linear(const struct model_head *head, const struct stance_features *features, double *decisions) {
#ifdef __x86_64__
  if (head->label_count == 3 && stance_cpu_is_wide()) {
    add_three_wide(head, features, decisions);
    return;
  }
#endif
  switch (head->label_count) {
    case 2: add_features(head, features, 2, decisions); break;
    case 3: add_features(head, features, 3, decisions); break;
    default: add_features(head, features, head->label_count, decisions);
  }
}

struct known { /* a feature that the model knows */
  size_t slot;
  double value;
};

static int by_slot(const void *a, const void *b) {
  const struct known *x = a, *y = b;
  return (x->slot > y->slot) - (x->slot < y->slot);
}

static double power(double base, int exponent) {
  double result = 1;
  for (; exponent > 0; exponent >>= 1, base *= base)
    if (exponent & 1) result *= base;
  return result;
}

double stance_model_kernel(enum stance_kernel kernel, double gamma, double coef0, int degree, double dot, double norm_a,
                           double norm_b) {
  switch (kernel) {
    case STANCE_KERNEL_RBF: return exp(-gamma * fmax(norm_a + norm_b - 2 * dot, 0));
    case STANCE_KERNEL_POLYNOMIAL: return power(gamma * dot + coef0, degree);
    case STANCE_KERNEL_LINEAR: break;
  }
  return dot;
}

/* Decision values of a kernel model. Features that the model does not know are left out of the dot products and of
 * |x|^2, as training did not have them. False: out of memory. */
static bool decide_kernel(const struct model_head *head, const struct stance_features *features, double *decisions) {
  struct known *known = malloc((features->count + 1) * sizeof *known);
  double *dots = calloc(head->support_count + 1, sizeof *dots), norm = 0;
  size_t count = 0, kept = 0;
  if (!known || !dots) {
    free(known);
    free(dots);
    return false;
  }
  for (size_t i = 0; i < features->count; i++) {
    size_t slot = model_find(head, features->ids[i]);
    if (slot < head->slots) known[count++] = (struct known){slot, (double)features->values[i]};
  }
  qsort(known, count, sizeof *known, by_slot);
  for (size_t i = 0; i < count; i++) { /* merge repeated features */
    if (kept && known[kept - 1].slot == known[i].slot) known[kept - 1].value += known[i].value;
    else known[kept++] = known[i];
  }
  for (size_t i = 0; i < kept; i++) {
    norm += known[i].value * known[i].value;
    for (uint64_t at = head->posting_first[known[i].slot]; at < head->posting_first[known[i].slot + 1]; at++)
      dots[head->posting_row[at]] += (double)head->posting_value[at] * known[i].value;
  }
  for (size_t s = 0; s < head->support_count; s++) {
    double k = stance_model_kernel(head->kernel, head->gamma, head->coef0, head->degree, dots[s], head->norms[s], norm);
    for (size_t l = 0; l < head->label_count; l++) decisions[l] += head->alpha[s * head->label_count + l] * k;
  }
  free(known);
  free(dots);
  return true;
}

bool stance_model_decide(const struct stance_model *model, size_t head_index, const struct stance_features *features,
                         double *decisions) {
  const struct model_head *head = &model->heads[head_index];
  memcpy(decisions, head->bias, head->label_count * sizeof *decisions);
  if (head->kernel != STANCE_KERNEL_LINEAR) return decide_kernel(head, features, decisions);
  decide_linear(head, features, decisions);
  if (head->dense && features->dense) {
    float dots[STANCE_LABELS_MAX];
    stance_rows_dots(head->dense, head->label_count, features->dense, head->dense_count, dots);
    for (size_t l = 0; l < head->label_count; l++) decisions[l] += (double)dots[l];
  }
  return true;
}

/* ---- probabilities -------------------------------------------------------------------------------------- */

/* The probability at decision value d: linear between knots, constant outside. */
static double interpolate(const float *knots, const float *p, size_t count, double d) {
  size_t low = 0; /* the number of knots that are at most d, by branchless bisection */
  for (size_t left = count; left > 1;) {
    size_t half = left / 2;
    low += ((double)knots[low + half - 1] <= d) * half;
    left -= half;
  }
  low += (double)knots[low] <= d;
  if (low == 0) return (double)p[0];
  if (low == count) return (double)p[count - 1];
  double left = (double)knots[low - 1], right = (double)knots[low];
  return (double)p[low - 1] + (double)(p[low] - p[low - 1]) * (d - left) / (right - left);
}

static double sigmoid(double minus) { /* 1 / (1 + exp(minus)) without overflow */
  return minus >= 0 ? exp(-minus) / (1 + exp(-minus)) : 1 / (1 + exp(minus));
}

/* The probability of one label by itself, for calibrations label by label. */
static double share_of(const struct stance_model_head *head, size_t label, double decision) {
  switch (head->calibration) {
    case STANCE_CALIBRATION_PLATT: return sigmoid(head->platt_a[label] * decision + head->platt_b[label]);
    case STANCE_CALIBRATION_ISOTONIC:
      return interpolate(head->knots[label], head->knot_p[label], head->knot_count[label], decision);
    case STANCE_CALIBRATION_NONE:
    case STANCE_CALIBRATION_LOGISTIC:
    default: return sigmoid(-2 * decision);
  }
}

/* Fills s[l], proportional to p[l]: exp(A d + b), scaled so that the largest is 1, or weighted probabilities of single
 * labels. */
static void raw_shares(const struct stance_model_head *head, const double *decisions, double *s) {
  size_t n = head->label_count;
  if (head->calibration != STANCE_CALIBRATION_LOGISTIC) {
    for (size_t l = 0; l < n; l++)
      s[l] = fmax(share_of(head, l, decisions[l]), 1e-12) * (head->weight[l] > 0 ? head->weight[l] : 1);
    return;
  }
  double largest = -INFINITY;
  for (size_t l = 0; l < n; l++) {
    s[l] = head->intercept[l];
    for (size_t k = 0; k < n; k++) s[l] += head->slope[l][k] * decisions[k];
    largest = fmax(largest, s[l]);
  }
  for (size_t l = 0; l < n; l++) s[l] = exp(s[l] - largest);
}

void stance_model_probabilities(const struct stance_model_head *head, const double *decisions, float *p,
                                uint32_t *label, float *score) {
  static const double least = 1e-6;
  double s[STANCE_LABELS_MAX], sum = 0, mean = 0, best = -1;
  raw_shares(head, decisions, s);
  for (size_t l = 0; l < head->label_count; l++) sum += s[l];
  /* least + (1 - n least) p keeps order and sum, and is at least `least` */
  for (size_t l = 0; l < head->label_count; l++) {
    p[l] = (float)(least + (1 - (double)head->label_count * least) * s[l] / sum);
    double weighed = (double)p[l] * (head->factor[l] > 0 ? head->factor[l] : 1);
    if (weighed > best) {
      best = weighed;
      *label = (uint32_t)l;
    }
    mean += (double)p[l] * head->values[l];
  }
  if (score) *score = (float)mean;
}

void stance_model_calibrate(const struct stance_model *model, size_t head, const double *decisions, float *p,
                            uint32_t *label, float *score) {
  stance_model_probabilities(&model->heads[head].curves, decisions, p, label, score);
}

const double *stance_model_factors(const struct stance_model *model, size_t head) {
  return model->heads[head].curves.factor;
}
