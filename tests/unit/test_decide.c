/* SPDX-License-Identifier: MIT
 * A linear machine has two ways to its decision: one weight a feature, or its support vectors. Both are trained here by libsvm on the
 * same labels; the second as a polynomial kernel of degree 1, (1 x.y + 0)^1, which the program scores through support vectors. They
 * agree but for the weights being stored as float32: 65 terms of at most about 1, rounded by 2^-24 each. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "stance/model/model.h"

enum { UNITS = 400, KNOWN = 60, UNKNOWN = 5 };

static struct stance_model *train(const char *flags, char *path) {
  char command[700];
  const char *program = getenv("STANCE");
  struct stance_model *model;
  struct stance_error error = {0};
  int file = mkstemp(path);
  cr_assert_geq(file, 0);
  close(file);
  snprintf(command, sizeof command,
           "head -n 600 corpora/international/gold.jsonl > %s.jsonl && %s train %s.jsonl -o %s --quiet --solver libsvm "
           "--prune 0 %s > /dev/null",
           path, program ? program : "build/stance", path, path, flags);
  cr_assert_eq(system(command), 0);
  cr_assert_eq(stance_model_open(path, &model, &error), STANCE_OK, "%s", error.message);
  snprintf(command, sizeof command, "%s.jsonl", path);
  unlink(command);
  unlink(path);
  return model;
}

static uint64_t state = 7;
static uint64_t draw(void) { /* xorshift64 */
  state ^= state << 13;
  state ^= state >> 7;
  return state ^= state << 17;
}

/* A unit as the featurizer gives it: known features and unknown ones, some twice, |x| near 1. */
static void make_unit(const struct stance_model *model, size_t head, uint64_t *ids, float *values) {
  size_t slots = stance_model_slot_count(model, head);
  for (size_t i = 0; i < KNOWN + UNKNOWN; i++) {
    do ids[i] = 0;
    while (i < KNOWN && !stance_model_slot(model, head, draw() % slots, &ids[i], NULL, NULL));
    if (i >= KNOWN) ids[i] = draw();
    values[i] = (float)(draw() % 1000) / 1000 / sqrtf(KNOWN);
  }
  ids[1] = ids[0];
}

Test(decide, weights_and_support_vectors_agree_on_linear_models) {
  char linear_path[] = "/tmp/stance-linear-XXXXXX", kernel_path[] = "/tmp/stance-kernel-XXXXXX";
  struct stance_model *linear = train("--kernel linear --vectors none", linear_path);
  struct stance_model *kernel = train("--kernel polynomial --degree 1 --gamma 1 --coef0 0", kernel_path);
  cr_assert_eq(stance_model_head_count(linear), 2);
  for (size_t head = 0; head < 2; head++) {
    double largest = 0, smallest = INFINITY;
    cr_assert(stance_model_is_linear(linear, head));
    cr_assert_not(stance_model_is_linear(kernel, head));
    for (int u = 0; u < UNITS; u++) {
      uint64_t ids[KNOWN + UNKNOWN];
      float values[KNOWN + UNKNOWN];
      double by_weights[STANCE_LABELS_MAX], by_vectors[STANCE_LABELS_MAX];
      make_unit(linear, head, ids, values);
      const struct stance_features features = {.ids = ids, .values = values, .count = KNOWN + UNKNOWN};
      cr_assert(stance_model_decide(linear, head, &features, by_weights));
      cr_assert(stance_model_decide(kernel, head, &features, by_vectors));
      for (size_t l = 0; l < stance_model_label_count(linear, head); l++) {
        cr_assert_float_eq(by_weights[l], by_vectors[l], 4e-6, "unit %d: %.12f %.12f", u, by_weights[l], by_vectors[l]);
        largest = fmax(largest, by_weights[l]);
        smallest = fmin(smallest, by_weights[l]);
      }
    }
    cr_assert_gt(largest - smallest, 0.5); /* they do decide something */
  }
  stance_model_close(linear);
  stance_model_close(kernel);
}
