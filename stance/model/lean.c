/* SPDX-License-Identifier: MIT */
#include "lean.h"

void stance_lean_add(struct stance_lean *lean, const float *p, const double *values, size_t label_count) {
  double sides[2] = {0};
  for (size_t l = 0; l < label_count; l++)
    if (values[l] < 0 || values[l] > 0) sides[values[l] > 0] += (double)p[l];
  for (int side = 0; side < 2; side++) {
    if (sides[side] > lean->largest[side]) lean->largest[side] = sides[side];
    lean->sum[side] += sides[side];
  }
  lean->count++;
}

void stance_lean_inputs(const struct stance_lean *lean, double z[STANCE_LEAN_INPUTS]) {
  double count = lean->count ? (double)lean->count : 1;
  z[0] = lean->count > 0;
  for (int side = 0; side < 2; side++) {
    z[1 + side] = lean->largest[side];
    z[3 + side] = lean->sum[side] / count;
  }
}

void stance_lean_apply(const struct stance_lean_weights *weights, const double z[STANCE_LEAN_INPUTS],
                       size_t label_count, double *decisions) {
  for (size_t l = 0; l < label_count; l++)
    for (size_t i = 0; i < STANCE_LEAN_INPUTS; i++) decisions[l] += weights->weights[l][i] * z[i];
}
