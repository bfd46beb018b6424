/* SPDX-License-Identifier: MIT
 * Near-duplicate articles. A sketch of 64 four-bit minima of the hashes of the text's word 5-shingles (one-permutation
 * MinHash: Li, Owen, Zhang 2012; empty bins filled as in Shrivastava 2017) estimates the Jaccard similarity of two
 * texts. Candidates come from 10 bands of 6 minima: two texts of similarity 0.8 become candidates with probability
 * 0.97, of 0.9 with 0.9997. */
#ifndef STANCE_CLASSIFY_SKETCH_H
#define STANCE_CLASSIFY_SKETCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum { SKETCH_BANDS = 10, SKETCH_BYTES = 32 };

struct classify_sketch {
  uint64_t exact;                     /* hash of the words in order */
  unsigned char minima[SKETCH_BYTES]; /* 64 four-bit values */
  bool is_short;                      /* fewer than 5 words: only exact repeats count */
};

/* Makes the sketch of a text. Words are runs of letters and digits, ASCII in lower case. Thread-safe. */
void classify_sketch_make(const char *title, const char *text, size_t length, struct classify_sketch *sketch);
/* Estimates the Jaccard similarity, 0 .. 1. */
double classify_sketch_similarity(const unsigned char *a, const unsigned char *b);

/* The sketches of articles seen so far, about 120 bytes each. */
struct classify_seen;
struct classify_seen *classify_seen_new(void); /* NULL: out of memory */
/* Frees it; NULL is fine. */
void classify_seen_destroy(struct classify_seen *seen);
/* 1: a near-duplicate of one seen before; 0: new, and now remembered; -1: out of memory. */
int classify_seen_add(struct classify_seen *seen, const struct classify_sketch *sketch);
/* Saves them for a resumed run. */
bool classify_seen_save(const struct classify_seen *seen, FILE *file);
struct classify_seen *classify_seen_load(FILE *file); /* NULL: damaged, or out of memory */

#endif
