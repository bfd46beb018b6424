/* SPDX-License-Identifier: MIT */
#include "sketch.h"

#include <stdlib.h>
#include <string.h>

#include "stance/base/hash.h"

enum { BINS = 64, SHINGLE = 5 };
static const double SIMILAR = 0.8;

struct maker {
  uint64_t words[SHINGLE]; /* a ring of the last words' hashes */
  size_t count;
  uint64_t exact, minima[BINS];
};

static void add_word(struct maker *maker, uint64_t word) {
  maker->words[maker->count++ % SHINGLE] = word;
  maker->exact = stance_hash_combine(maker->exact, word);
  if (maker->count < SHINGLE) return;
  uint64_t shingle = 0;
  for (size_t i = 0; i < SHINGLE; i++)
    shingle = stance_hash_combine(shingle, maker->words[(maker->count + i) % SHINGLE]);
  size_t bin = shingle >> 58;
  uint64_t value = shingle << 6 | 1; /* odd, so never 0, the mark of an empty bin */
  if (value < maker->minima[bin]) maker->minima[bin] = value;
}

static void add_text(struct maker *maker, const char *text, size_t length) {
  uint64_t word = 0;
  bool is_inside = false;
  for (size_t i = 0; i < length; i++) {
    unsigned char c = (unsigned char)text[i];
    if (c >= 'A' && c <= 'Z') c = (unsigned char)(c + 32);
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c >= 0x80) {
      word = (word ^ c) * UINT64_C(0x100000001b3); /* FNV-1a */
      is_inside = true;
    } else if (is_inside) {
      add_word(maker, word);
      word = 0;
      is_inside = false;
    }
  }
  if (is_inside) add_word(maker, word);
}

void classify_sketch_make(const char *title, const char *text, size_t length, struct classify_sketch *sketch) {
  struct maker maker = {.exact = 1};
  memset(maker.minima, 0xff, sizeof maker.minima);
  memset(sketch, 0, sizeof *sketch);
  if (title) add_text(&maker, title, strlen(title));
  add_text(&maker, text, length);
  sketch->exact = stance_hash_combine(maker.exact, maker.count);
  sketch->is_short = maker.count < SHINGLE;
  if (sketch->is_short) return;
  uint64_t full[BINS];
  /* an empty bin takes the value of a bin chosen by its number and the attempt's */
  for (uint64_t i = 0; i < BINS; i++) {
    uint64_t bin = i;
    for (uint64_t attempt = 1; maker.minima[bin] == UINT64_MAX; attempt++)
      bin = stance_hash_combine(i + 1, attempt) % BINS;
    full[i] = stance_hash_combine(maker.minima[bin], i);
  }
  for (size_t i = 0; i < SKETCH_BYTES; i++)
    sketch->minima[i] = (unsigned char)((full[2 * i] & 15) | (full[2 * i + 1] & 15) << 4);
}

double classify_sketch_similarity(const unsigned char *a, const unsigned char *b) {
  int equal = 0;
  for (size_t i = 0; i < SKETCH_BYTES; i++) {
    unsigned char different = a[i] ^ b[i];
    equal += ((different & 15) == 0) + ((different & 0xf0) == 0);
  }
  double share = equal / (double)BINS; /* two four-bit values agree by chance once in 16 */
  return (share - 1.0 / 16) / (15.0 / 16);
}

/* ---- the articles seen ------------------------------------------------------------------------------------ */

struct classify_seen {
  unsigned char (*minima)[SKETCH_BYTES]; /* [count] */
  uint32_t count, capacity;
  uint32_t *slots; /* by band: article + 1; 0: empty */
  size_t slot_count, used;
  uint64_t *exact; /* open addressing; 0: empty */
  size_t exact_count, exact_used;
};

enum { FIRST_SLOTS = 1024 };

struct classify_seen *classify_seen_new(void) {
  struct classify_seen *seen = calloc(1, sizeof *seen);
  if (!seen) return NULL;
  seen->slot_count = seen->exact_count = FIRST_SLOTS;
  seen->slots = calloc(seen->slot_count, sizeof *seen->slots);
  seen->exact = calloc(seen->exact_count, sizeof *seen->exact);
  if (!seen->slots || !seen->exact) {
    classify_seen_destroy(seen);
    return NULL;
  }
  return seen;
}

void classify_seen_destroy(struct classify_seen *seen) {
  if (!seen) return;
  free(seen->minima);
  free(seen->slots);
  free(seen->exact);
  free(seen);
}

/* 1: it was there; 0: added; -1: out of memory. */
static int add_exact(struct classify_seen *seen, uint64_t key) {
  if (!key) key = 1;
  if (seen->exact_used * 4 >= seen->exact_count * 3) {
    size_t count = seen->exact_count * 2;
    uint64_t *larger = calloc(count, sizeof *larger);
    if (!larger) return -1;
    for (size_t i = 0; i < seen->exact_count; i++) {
      if (!seen->exact[i]) continue;
      size_t at = seen->exact[i] & (count - 1);
      while (larger[at]) at = (at + 1) & (count - 1);
      larger[at] = seen->exact[i];
    }
    free(seen->exact);
    seen->exact = larger;
    seen->exact_count = count;
  }
  size_t at = key & (seen->exact_count - 1);
  for (; seen->exact[at]; at = (at + 1) & (seen->exact_count - 1))
    if (seen->exact[at] == key) return 1;
  seen->exact[at] = key;
  seen->exact_used++;
  return 0;
}

/* The key of a band: six four-bit minima, three bytes of the sketch. */
static uint64_t band_key(const unsigned char *minima, size_t band) {
  uint64_t six =
      (uint64_t)minima[band * 3] | (uint64_t)minima[band * 3 + 1] << 8 | (uint64_t)minima[band * 3 + 2] << 16;
  return stance_hash_combine(band + 1, six);
}

static void add_slots(uint32_t *slots, size_t count, const unsigned char *minima, uint32_t article) {
  for (size_t band = 0; band < SKETCH_BANDS; band++) {
    size_t at = band_key(minima, band) & (count - 1);
    while (slots[at]) at = (at + 1) & (count - 1);
    slots[at] = article + 1;
  }
}

static bool make_room(struct classify_seen *seen) {
  if (seen->count == seen->capacity) {
    uint32_t capacity = seen->capacity ? seen->capacity + seen->capacity / 2 : 256;
    void *larger = capacity > seen->capacity ? realloc(seen->minima, (size_t)capacity * SKETCH_BYTES) : NULL;
    if (!larger) return false;
    seen->minima = larger;
    seen->capacity = capacity;
  }
  if ((seen->count + 1) * (size_t)SKETCH_BANDS * 4 < seen->slot_count * 3) return true;
  size_t count = seen->slot_count * 2;
  uint32_t *larger = calloc(count, sizeof *larger);
  if (!larger) return false;
  for (uint32_t i = 0; i < seen->count; i++) add_slots(larger, count, seen->minima[i], i);
  free(seen->slots);
  seen->slots = larger;
  seen->slot_count = count;
  return true;
}

static bool has_similar(const struct classify_seen *seen, const unsigned char *minima) {
  for (size_t band = 0; band < SKETCH_BANDS; band++) {
    size_t at = band_key(minima, band) & (seen->slot_count - 1);
    for (; seen->slots[at]; at = (at + 1) & (seen->slot_count - 1)) {
      const unsigned char *other = seen->minima[seen->slots[at] - 1];
      if (memcmp(other + band * 3, minima + band * 3, 3) == 0 && classify_sketch_similarity(other, minima) >= SIMILAR)
        return true;
    }
  }
  return false;
}

static bool remember(struct classify_seen *seen, const unsigned char *minima) {
  if (!make_room(seen)) return false;
  memcpy(seen->minima[seen->count], minima, SKETCH_BYTES);
  add_slots(seen->slots, seen->slot_count, minima, seen->count);
  seen->count++;
  return true;
}

int classify_seen_add(struct classify_seen *seen, const struct classify_sketch *sketch) {
  int exact = add_exact(seen, sketch->exact);
  if (exact || sketch->is_short) return exact;
  if (has_similar(seen, sketch->minima)) return 1;
  return remember(seen, sketch->minima) ? 0 : -1;
}

bool classify_seen_save(const struct classify_seen *seen, FILE *file) {
  uint64_t counts[2] = {seen->count, seen->exact_used};
  if (fwrite(counts, sizeof counts, 1, file) != 1) return false;
  if (seen->count && fwrite(seen->minima, SKETCH_BYTES, seen->count, file) != seen->count) return false;
  for (size_t i = 0; i < seen->exact_count; i++)
    if (seen->exact[i] && fwrite(&seen->exact[i], sizeof seen->exact[i], 1, file) != 1) return false;
  return true;
}

struct classify_seen *classify_seen_load(FILE *file) {
  uint64_t counts[2], key;
  unsigned char minima[SKETCH_BYTES];
  struct classify_seen *seen = classify_seen_new();
  bool is_good = seen && fread(counts, sizeof counts, 1, file) == 1;
  for (uint64_t i = 0; is_good && i < counts[0]; i++)
    is_good = fread(minima, sizeof minima, 1, file) == 1 && remember(seen, minima);
  for (uint64_t i = 0; is_good && i < counts[1]; i++)
    is_good = fread(&key, sizeof key, 1, file) == 1 && add_exact(seen, key) >= 0;
  if (is_good) return seen;
  classify_seen_destroy(seen);
  return NULL;
}
