/* SPDX-License-Identifier: MIT
 * Stratified grouped folds. */
#include <stdlib.h>

#include "group.h"
#include "random.h"
#include "stance/base/error.h"

struct group {
  uint32_t index, size;
  uint64_t order; /* random, to break ties */
};

static int by_size(const void *a, const void *b) {
  const struct group *x = a, *y = b;
  if (x->size != y->size) return x->size > y->size ? -1 : 1;
  if (x->order != y->order) return x->order < y->order ? -1 : 1;
  return (x->index > y->index) - (x->index < y->index);
}

/* How much a fold already has of a group's labels: sum_l group[l] * fold[l] / total[l], in units of 2^-20. */
static uint64_t fullness(const uint32_t *group, const uint64_t *fold, const uint64_t *total, size_t labels) {
  uint64_t sum = 0;
  for (size_t l = 0; l < labels; l++)
    if (group[l]) sum += group[l] * ((fold[l] << 20) / total[l]);
  return sum;
}

enum stance_status group_make_folds(const uint32_t *groups, uint32_t group_count, const uint32_t *labels,
                                    size_t label_count, size_t count, uint32_t k, uint64_t seed, uint32_t *folds,
                                    struct stance_error *error) {
  struct group *order = calloc(group_count + 1, sizeof *order);
  uint32_t *in_group = calloc((size_t)(group_count + 1) * label_count, sizeof *in_group);
  uint64_t *in_fold = calloc((size_t)k * label_count, sizeof *in_fold), *total = calloc(label_count, sizeof *total);
  uint64_t *size = calloc(k, sizeof *size);
  uint32_t *fold_of = calloc(group_count + 1, sizeof *fold_of);
  enum stance_status status =
      order && in_group && in_fold && total && size && fold_of ? STANCE_OK : stance_fail_memory(error);
  for (size_t i = 0; status == STANCE_OK && i < count; i++) {
    order[groups[i]].size++;
    in_group[groups[i] * label_count + labels[i]]++;
    total[labels[i]]++;
  }
  for (uint32_t g = 0; status == STANCE_OK && g < group_count; g++) {
    order[g].index = g;
    order[g].order = random_next(&seed);
  }
  if (status == STANCE_OK) qsort(order, group_count, sizeof *order, by_size);
  for (uint32_t g = 0; status == STANCE_OK && g < group_count; g++) {
    const uint32_t *mine = in_group + order[g].index * label_count;
    uint32_t best = 0;
    uint64_t least = UINT64_MAX;
    for (uint32_t f = 0; f < k; f++) {
      uint64_t full = fullness(mine, in_fold + f * label_count, total, label_count);
      if (full < least || (full == least && size[f] < size[best])) {
        least = full;
        best = f;
      }
    }
    fold_of[order[g].index] = best;
    size[best] += order[g].size;
    for (size_t l = 0; l < label_count; l++) in_fold[best * label_count + l] += mine[l];
  }
  for (size_t i = 0; status == STANCE_OK && i < count; i++) folds[i] = fold_of[groups[i]];
  free(order);
  free(in_group);
  free(in_fold);
  free(total);
  free(size);
  free(fold_of);
  return status;
}
