/* SPDX-License-Identifier: MIT
 * 64-bit hashes: XXH3 for bytes (token.c has its own for short words), a mixer that combines hashes, and a quicker one
 * for the parts of feature ids. Among n features the probability of a collision is about n^2 / 2^65: below 1e-7 for a
 * million. */
#ifndef STANCE_HASH_H
#define STANCE_HASH_H

#include <stddef.h>
#include <stdint.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

static inline uint64_t stance_hash(const char *bytes, size_t length) { return XXH3_64bits(bytes, length); }

/* Order matters: combine(combine(s, a), b) != combine(combine(s, b), a). The mixer of MurmurHash3 (fmix64). */
static inline uint64_t stance_hash_combine(uint64_t seed, uint64_t part) {
  uint64_t h = (seed ^ part) * UINT64_C(0x9e3779b97f4a7c15) + (part << 7 | part >> 57);
  h ^= h >> 33;
  h *= UINT64_C(0xff51afd7ed558ccd);
  h ^= h >> 33;
  return h;
}

/* The same for parts that are all hashes, as those of features are; only their order has to be mixed in. */
static inline uint64_t stance_hash_chain(uint64_t seed, uint64_t part) {
  uint64_t h = ((seed << 23 | seed >> 41) ^ part) * UINT64_C(0x9e3779b97f4a7c15);
  return h ^ h >> 32;
}

#endif
