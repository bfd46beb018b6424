/* SPDX-License-Identifier: MIT
 * Word vectors: what a word means, as a point among words that are used alike. And zones: the mean of a part of the sentence.
 *
 *   z = sum over the zone's words of a(word) v(word),  a = 0.001 / (0.001 + p(word))       common words count little
 *   x = 0.25 z / |z|                                                                       as long as a few features
 *
 * a is that of Arora, Liang and Ma: A simple but tough-to-beat baseline for sentence embeddings, 2017. p is Zipf's: 0.07 / rank.
 */
#ifndef STANCE_VECTORS_H
#define STANCE_VECTORS_H

#include "stance/base/arena.h"
#include "stance/events/sequence.h"
#include "stance/labels/codebook.h"
#include "stance/stance.h"

/* Rows, sums and weights are padded with zeros to this length, because loops of a constant length are faster. */
enum { STANCE_VECTOR_DIMENSIONS = 64, STANCE_ZONES_MAX = 5 };

struct stance_vectors;

/* Reads a file of corpora/vectors (make.py tells its format), at most 65,534 words; every size is checked. Free with close. */
enum stance_status stance_vectors_open(const char *path, struct stance_vectors **out, struct stance_error *error);
/* The same from a model's section, which must outlive it and begin at a multiple of 64 bytes. path: of the model, for messages. */
enum stance_status stance_vectors_map(const unsigned char *bytes, size_t size, const char *path,
                                      struct stance_vectors **out, struct stance_error *error);
void stance_vectors_close(struct stance_vectors *vectors); /* NULL is fine */
/* The section of a model that map reads; borrowed from the vectors. */
const unsigned char *stance_vectors_section(const struct stance_vectors *vectors, size_t *size);

/* A word's row [STANCE_VECTOR_DIMENSIONS]: bytes worth scales[d] each; NULL: not known, or so common that it counts for nothing. weight:
 * a(word). */
const int8_t *stance_vectors_find(const struct stance_vectors *vectors, uint64_t hash, float *weight);
/* The rows of a sentence's words (NULL for its other symbols), fetched, and what each word counts. */
void stance_vectors_read(const struct stance_vectors *vectors, const struct stance_sequence *sequence,
                         const int8_t **rows, float *weights);
/* What a row's byte is worth in each dimension [STANCE_VECTOR_DIMENSIONS]. Borrowed. */
const float *stance_vectors_scales(const struct stance_vectors *vectors);
/* So many that there are zeros behind them alone: a multiple of STANCE_ROW_STEP (row_sum.h). */
size_t stance_vectors_dimensions(const struct stance_vectors *vectors);

/* ---- zones --------------------------------------------------------------------------------------------------- */

/* Zones of a unit of this kind; their names say what they are ("between source-first"). */
size_t stance_zone_count(enum stance_unit_kind kind);
/* What zone `zone` below the count is ("between source-first"). Constant. */
const char *stance_zone_name(enum stance_unit_kind kind, size_t zone);

/* What a word adds to a zone: decision values grow by factor * sum_d row[d] scales[d] w[zone][d]. */
struct stance_zone_word {
  uint32_t start, end; /* bytes in document->text */
  uint8_t zone;
  float factor;
  const int8_t *row;
};

/* A thread's work space. Zero it first. */
struct stance_zones {
  float *sums;                       /* [count + 1][STANCE_VECTOR_DIMENSIONS]: of the sentence's words up to each */
  const struct stance_token *tokens; /* [count]: of the sequence */
  const int8_t **rows;
  float *weights;
  size_t capacity, count;
  bool is_known, has_all; /* for the sentence at hand: rows and sums; the sums of every symbol */
  float values[STANCE_ZONES_MAX * STANCE_VECTOR_DIMENSIONS]; /* [zone][dimension] of the unit at hand */
  struct stance_zone_word *words;                            /* [word_count], only where asked for */
  size_t word_count, word_capacity;
};
/* Frees what it holds. */
void stance_zones_free(struct stance_zones *zones);
/* Sums of the sentence for units of this kind, unless they are known. False: out of memory. */
bool stance_zones_read(struct stance_zones *zones, const struct stance_vectors *vectors,
                       const struct stance_sequence *sequence, enum stance_unit_kind kind);
/* Fills values for a unit: source and target are its nearest mentions (STANCE_NO_SYMBOL: none). with_words: words too. */
bool stance_zones_fill(struct stance_zones *zones, const struct stance_vectors *vectors, enum stance_unit_kind kind,
                       uint32_t source, uint32_t target, bool with_words);

#endif
