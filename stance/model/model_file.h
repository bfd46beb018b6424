/* SPDX-License-Identifier: MIT
 * The structs of the model file, for its reader and its writer. See model.h for the layout. */
#ifndef STANCE_MODEL_FILE_H
#define STANCE_MODEL_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "model files are little-endian and read in place"
#endif

#define MODEL_MAGIC "STANCEKM"
enum { MODEL_VERSION = 3, MODEL_ALIGNMENT = 64, MODEL_SECTIONS_MAX = 256, MODEL_HEADS_MAX = 32 };

enum model_section_kind {
  MODEL_HEADER = 1,
  MODEL_LEXICON,
  MODEL_FEATURES,
  MODEL_NAMES,
  MODEL_SUPPORT,
  MODEL_VECTORS = 7, /* 6 was texts with other hashes */
  MODEL_DENSE,
  MODEL_LEXICON_TABLES,
  MODEL_TEXTS,
};

struct model_prefix {
  char magic[8];
  uint32_t version, section_count;
  uint64_t size; /* of the file */
  uint64_t hash; /* XXH3 of all bytes after this struct */
};

struct model_section {
  uint32_t kind, head;
  uint64_t offset, size;
};

/* SUPPORT: this struct, u64 first[rows + 1], u64 ids[entries], f64 alpha[rows][labels], f32 values[entries]. */
struct model_support {
  uint64_t rows, entries;
};

/* FEATURES: an open-addressing table of rows {u64 id (0: empty), f32 weights[labels]}, padded with zeros to a power of
 * two, so that a row of up to 64 bytes lies in one cache line. A kernel head's rows have only ids. Returns a row's
 * bytes. */
static inline size_t model_row_size(size_t labels, bool has_weights) {
  size_t used = has_weights ? 8 + 4 * labels : 8;
  return used <= 8 ? 8 : used <= 16 ? 16 : used <= 32 ? 32 : used <= 64 ? 64 : 128;
}

/* The first slot to probe: the low bits of an id, which is a well-mixed hash. */
static inline uint64_t model_slot(uint64_t id, uint64_t slots) { return id & (slots - 1); }

#endif
