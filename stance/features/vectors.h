/* SPDX-License-Identifier: MIT
 * Word vectors, and zones: the weighted mean of the word vectors of a part of the sentence.
 *
 *   z = sum over the zone's words of a(word) v(word),  a = 0.001 / (0.001 + p(word))       frequent words count little
 *   x = 0.25 z / |z|                                                                       comparable to a few features
 *
 * a is that of Arora, Liang and Ma: A simple but tough-to-beat baseline for sentence embeddings, 2017. p is Zipf's:
 * 0.07 / rank.
 */
#ifndef STANCE_VECTORS_H
#define STANCE_VECTORS_H

#include "stance/base/arena.h"
#include "stance/events/sequence.h"
#include "stance/labels/codebook.h"
#include "stance/stance.h"

/* Rows, sums and weights are padded with zeros to STANCE_VECTOR_DIMENSIONS, as loops of a constant length are
 * faster. */
enum { STANCE_VECTOR_DIMENSIONS = 64, STANCE_ZONES_MAX = 5 };

struct stance_vectors;

/* Reads a file in the format of corpora/vectors/make.py, of at most 65,534 words. STANCE_INPUT: a size does not fit.
 * Free with close. */
enum stance_status stance_vectors_open(const char *path, struct stance_vectors **out, struct stance_error *error);
/* Uses a model's section, which must outlive the result and be 64-byte aligned. path: the model's, for messages. */
enum stance_status stance_vectors_map(const unsigned char *bytes, size_t size, const char *path,
                                      struct stance_vectors **out, struct stance_error *error);
/* Frees it; NULL is fine. */
void stance_vectors_close(struct stance_vectors *vectors);
/* The bytes of the section that map reads. Borrowed. */
const unsigned char *stance_vectors_section(const struct stance_vectors *vectors, size_t *size);

/* A word's row [STANCE_VECTOR_DIMENSIONS], in units of scales[d]; *weight: a(word). NULL: an unknown word, or one of
 * the most frequent, which are left out. */
const int8_t *stance_vectors_find(const struct stance_vectors *vectors, uint64_t hash, float *weight);
/* Fills and prefetches the rows of a sentence's symbols (NULL: not a known word) and their weights. */
void stance_vectors_read(const struct stance_vectors *vectors, const struct stance_sequence *sequence,
                         const int8_t **rows, float *weights);
/* The scale of each dimension [STANCE_VECTOR_DIMENSIONS], by which a row's bytes are multiplied. Borrowed. */
const float *stance_vectors_scales(const struct stance_vectors *vectors);
/* The number of dimensions that may differ from 0, rounded up to a multiple of STANCE_ROW_STEP (row_sum.h). */
size_t stance_vectors_dimensions(const struct stance_vectors *vectors);

/* ---- zones --------------------------------------------------------------------------------------------------- */

/* The number of zones of units of this kind. */
size_t stance_zone_count(enum stance_unit_kind kind);
/* The name of a zone ("between source-first"). Constant. */
const char *stance_zone_name(enum stance_unit_kind kind, size_t zone);

/* A word's share of a zone: it adds factor * sum_d row[d] scales[d] w[zone][d] to a decision value with weights w. */
struct stance_zone_word {
  uint32_t start, end; /* bytes in document->text */
  uint8_t zone;
  float factor;
  const int8_t *row;
};

/* The zones of the current sentence and unit. One per thread; zero it first. */
struct stance_zones {
  float *sums;                       /* [count + 1][STANCE_VECTOR_DIMENSIONS]: prefix sums over the sentence's words */
  const struct stance_token *tokens; /* [count]: the sequence's */
  const int8_t **rows;
  float *weights;
  size_t capacity, count;
  bool has_rows;                                             /* the rows of the sentence's words are looked up */
  bool is_known, has_all;                                    /* some sums are computed; the sums of every symbol are */
  float values[STANCE_ZONES_MAX * STANCE_VECTOR_DIMENSIONS]; /* [zone][dimension] of the current unit */
  struct stance_zone_word *words;                            /* [word_count], only if asked for */
  size_t word_count, word_capacity;
};
/* Frees what it holds. */
void stance_zones_free(struct stance_zones *zones);
/* Room for the rows and weights of `count` symbols. False: out of memory. */
bool stance_zones_room(struct stance_zones *zones, size_t count);
/* Computes the sums that units of this kind need, unless it is done. False: out of memory. */
bool stance_zones_read(struct stance_zones *zones, const struct stance_vectors *vectors,
                       const struct stance_sequence *sequence, enum stance_unit_kind kind);
/* Fills values for a unit, whose nearest mentions are source and target (STANCE_NO_SYMBOL: none); with_words: also
 * words. False: out of memory. */
bool stance_zones_fill(struct stance_zones *zones, const struct stance_vectors *vectors, enum stance_unit_kind kind,
                       uint32_t source, uint32_t target, bool with_words);

#endif
