/* SPDX-License-Identifier: MIT
 * Random numbers that are the same on every machine: splitmix64 (Steele, Lea, Flood 2014). */
#ifndef STANCE_TRAIN_RANDOM_H
#define STANCE_TRAIN_RANDOM_H

#include <stdint.h>

static inline uint64_t random_next(uint64_t *state) {
  uint64_t z = (*state += UINT64_C(0x9e3779b97f4a7c15));
  z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
  return z ^ (z >> 31);
}

/* A number 0 .. bound - 1; the bias of this method is below bound / 2^32. */
static inline uint32_t random_below(uint64_t *state, uint32_t bound) {
  return (uint32_t)(((random_next(state) >> 32) * bound) >> 32);
}

#endif
