/* SPDX-License-Identifier: MIT
 * The table of word vectors: read from the data file, laid out as a section of a model, and used from there.
 *
 *   section: header, float scales[dimensions], zeros to 64; u32 index[SLOTS] (tag << 16 | row, or EMPTY);
 *            rows of 64 bytes
 *
 * A row fills one line of the processor's cache. The lower bits of a word's hash choose the slot, the upper 16 bits are
 * the tag: about one in 60,000 unknown words is mistaken for a known one.
 */
#include "vectors.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "row_sum.h"
#include "stance/base/error.h"
#include "stance/base/file.h"
#include "stance/text/text.h"

enum { ROW_BYTES = 64, SLOTS = 1 << 17, WORDS_MAX = 0xfffe, ALIGNMENT = 64 };
/* The most frequent words and marks (the, of, said) are left out: a is below 0.5, and they are two fifths of all
 * text. */
enum { COMMON = 64 };
#define EMPTY UINT32_C(0xffffffff)
static const char file_magic[8] = "stvec001", section_magic[8] = "stvectab";

struct section {
  char magic[8];
  uint32_t words, dimensions;
};

struct stance_vectors {
  unsigned char *owned; /* NULL: borrowed from a model */
  const unsigned char *bytes;
  size_t size;
  uint32_t words;
  size_t dimensions; /* a multiple of STANCE_ROW_STEP */
  float scales[STANCE_VECTOR_DIMENSIONS];
  const uint32_t *index; /* [SLOTS] */
  const int8_t *rows;
};

static size_t scales_size(uint32_t dimensions) {
  return (sizeof(struct section) + 4 * dimensions + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}
static size_t section_size(uint32_t words, uint32_t dimensions) {
  return scales_size(dimensions) + SLOTS * sizeof(uint32_t) + (size_t)words * ROW_BYTES;
}
static uint32_t tag_of(uint64_t hash) { return (uint32_t)(hash >> 48); }
static uint32_t row_of(uint32_t entry) { return entry & 0xffff; }

#define REFUSE(...) stance_fail_at(error, STANCE_INPUT, path, 0, 0, __VA_ARGS__)

enum stance_status stance_vectors_map(const unsigned char *bytes, size_t size, const char *path,
                                      struct stance_vectors **out, struct stance_error *error) {
  struct section about;
  *out = NULL;
  if (size < sizeof about) return REFUSE("is damaged: word vectors are cut off");
  memcpy(&about, bytes, sizeof about);
  if (memcmp(about.magic, section_magic, sizeof about.magic) != 0 || about.words > WORDS_MAX || !about.dimensions ||
      about.dimensions > STANCE_VECTOR_DIMENSIONS || size != section_size(about.words, about.dimensions))
    return REFUSE("is damaged: word vectors of %u words, %u dimensions in %zu bytes", about.words, about.dimensions,
                  size);
  struct stance_vectors *vectors = calloc(1, sizeof *vectors);
  if (!vectors) return stance_fail_memory(error);
  *vectors = (struct stance_vectors){.bytes = bytes, .size = size, .words = about.words};
  vectors->dimensions = (about.dimensions + STANCE_ROW_STEP - 1) / STANCE_ROW_STEP * STANCE_ROW_STEP;
  memcpy(vectors->scales, bytes + sizeof about, about.dimensions * sizeof(float));
  vectors->index = (const uint32_t *)(const void *)(bytes + scales_size(about.dimensions));
  vectors->rows = (const int8_t *)(vectors->index + SLOTS);
  bool is_good = false; /* at least one slot must be empty, so that each search ends */
  for (size_t s = 0; s < SLOTS; s++) {
    is_good |= vectors->index[s] == EMPTY;
    if (vectors->index[s] == EMPTY || row_of(vectors->index[s]) < about.words) continue;
    free(vectors);
    return REFUSE("is damaged: a word vector lies outside of its table");
  }
  for (size_t d = 0; d < about.dimensions; d++) is_good &= isfinite(vectors->scales[d]) && vectors->scales[d] > 0;
  if (!is_good) {
    free(vectors);
    return REFUSE("is damaged: word vectors without a scale");
  }
  *out = vectors;
  return STANCE_OK;
}

/* ---- from the data file -------------------------------------------------------------------------------------- */

struct source { /* a data file's parts */
  uint32_t words, dimensions, text_size;
  const unsigned char *scales, *values;
  const char *text;
};

static enum stance_status read_source(const char *path, const char *data, size_t length, struct source *out,
                                      struct stance_error *error) {
  size_t head = sizeof file_magic + 3 * sizeof(uint32_t);
  if (length < head || memcmp(data, file_magic, sizeof file_magic) != 0)
    return REFUSE("is no file of word vectors: expected it to begin with stvec001");
  memcpy(&out->words, data + 8, 4);
  memcpy(&out->dimensions, data + 12, 4);
  memcpy(&out->text_size, data + 16, 4);
  if (!out->words || out->words > WORDS_MAX) return REFUSE("%u words; expected 1 to %d", out->words, WORDS_MAX);
  if (!out->dimensions || out->dimensions > STANCE_VECTOR_DIMENSIONS)
    return REFUSE("%u dimensions; expected 1 to %d", out->dimensions, STANCE_VECTOR_DIMENSIONS);
  uint64_t expected = head + 4ull * out->dimensions + out->text_size + (uint64_t)out->words * out->dimensions;
  if (expected != length) return REFUSE("is damaged: %zu bytes, expected %llu", length, (unsigned long long)expected);
  out->scales = (const unsigned char *)data + head;
  out->text = (const char *)out->scales + 4 * (size_t)out->dimensions;
  out->values = (const unsigned char *)out->text + out->text_size;
  size_t lines = 0;
  for (size_t i = 0; i < out->text_size; i++) lines += out->text[i] == '\n';
  if (lines != out->words || out->text[out->text_size - 1] != '\n')
    return REFUSE("is damaged: %zu words, expected %u", lines, out->words);
  return STANCE_OK;
}

/* Lays out the section. Words are in order of frequency; of two with the same folded form the more frequent one is
 * used. */
static void fill_section(const struct source *source, unsigned char *bytes, uint64_t *hashes) {
  struct section about = {.words = source->words, .dimensions = source->dimensions};
  memcpy(about.magic, section_magic, sizeof about.magic);
  memcpy(bytes, &about, sizeof about);
  memcpy(bytes + sizeof about, source->scales, 4 * (size_t)source->dimensions);
  uint32_t *index = (uint32_t *)(void *)(bytes + scales_size(source->dimensions));
  unsigned char *rows = (unsigned char *)(index + SLOTS);
  memset(index, 0xff, SLOTS * sizeof *index);
  const char *word = source->text;
  for (uint32_t w = 0; w < source->words; w++) {
    size_t length = strcspn(word, "\n");
    uint8_t shape;
    uint64_t hash = hashes[w] = stance_token_hash(word, length, &shape);
    memcpy(rows + (size_t)w * ROW_BYTES, source->values + (size_t)w * source->dimensions, source->dimensions);
    size_t slot = hash % SLOTS;
    while (index[slot] != EMPTY && hashes[row_of(index[slot])] != hash) slot = (slot + 1) % SLOTS;
    if (index[slot] == EMPTY) index[slot] = tag_of(hash) << 16 | w;
    word += length + 1;
  }
}

enum stance_status stance_vectors_open(const char *path, struct stance_vectors **out, struct stance_error *error) {
  struct stance_arena arena = {0};
  struct source source = {0};
  char *data;
  size_t length;
  *out = NULL;
  enum stance_status status = stance_file_read(path, 64 << 20, &arena, &data, &length, error);
  if (status == STANCE_OK) status = read_source(path, data, length, &source, error);
  unsigned char *bytes = NULL;
  uint64_t *hashes = NULL; /* [words] */
  size_t size = 0;
  if (status == STANCE_OK) {
    size = section_size(source.words, source.dimensions);
    bytes = aligned_alloc(ALIGNMENT, (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
    hashes = stance_arena_alloc(&arena, source.words, sizeof *hashes);
    if (!bytes || !hashes) status = stance_fail_memory(error);
  }
  if (status == STANCE_OK) {
    memset(bytes, 0, size);
    fill_section(&source, bytes, hashes);
    status = stance_vectors_map(bytes, size, path, out, error);
  }
  if (status == STANCE_OK) (*out)->owned = bytes;
  else free(bytes);
  stance_arena_free(&arena);
  return status;
}

void stance_vectors_close(struct stance_vectors *vectors) {
  if (!vectors) return;
  free(vectors->owned);
  free(vectors);
}

const unsigned char *stance_vectors_section(const struct stance_vectors *vectors, size_t *size) {
  *size = vectors->size;
  return vectors->bytes;
}
const float *stance_vectors_scales(const struct stance_vectors *vectors) { return vectors->scales; }
size_t stance_vectors_dimensions(const struct stance_vectors *vectors) { return vectors->dimensions; }

/* ---- look-up ------------------------------------------------------------------------------------------------- */

static inline const int8_t *find(const struct stance_vectors *vectors, uint64_t hash, float *weight) {
  const uint32_t *index = vectors->index;
  uint32_t tag = tag_of(hash), entry;
  for (size_t slot = hash % SLOTS; (entry = index[slot]) != EMPTY; slot = (slot + 1) % SLOTS) {
    if (entry >> 16 != tag) continue;
    uint32_t rank = row_of(entry);
    if (rank < COMMON) return NULL;
    *weight = (float)(rank + 1) / (float)(rank + 71); /* 0.001 / (0.001 + 0.07 / (rank + 1)) */
    return vectors->rows + (size_t)rank * ROW_BYTES;
  }
  return NULL;
}

const int8_t *stance_vectors_find(const struct stance_vectors *vectors, uint64_t hash, float *weight) {
  return find(vectors, hash, weight);
}

void stance_vectors_read(const struct stance_vectors *vectors, const struct stance_sequence *sequence,
                         const int8_t **rows, float *weights) {
  const struct stance_token *tokens = sequence->tokens;
  size_t count = sequence->count;
  for (size_t i = 0; i < count; i++) __builtin_prefetch(&vectors->index[tokens[i].hash % SLOTS]);
  for (size_t i = 0; i < count; i++) {
    bool is_word = sequence->info[i].kind == STANCE_SYMBOL_WORD;
    rows[i] = is_word ? find(vectors, tokens[i].hash, &weights[i]) : NULL;
    __builtin_prefetch(rows[i]);
  }
}
