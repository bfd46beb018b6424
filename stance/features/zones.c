/* SPDX-License-Identifier: MIT
 * Zones of a unit. Prefix sums over the sentence's word vectors are computed once; a zone is the difference of two of
 * them. */
#include <stdlib.h>
#include <string.h>

#include "row_sum.h"
#include "vectors.h"

enum { NEAR = 5 /* words beside a mention */, WIDTH = STANCE_VECTOR_DIMENSIONS };
static const float length = 0.25f;

static const char *const dyad_zones[] = {"between source-first", "between target-first", "behind source",
                                         "before target", "sentence"};
static const char *const target_zones[] = {"sentence", "left", "right", "near left", "near right"};
static const char *const sentence_zones[] = {"sentence", "first half", "second half"};

size_t stance_zone_count(enum stance_unit_kind kind) { return kind == STANCE_UNIT_SENTENCE ? 3 : 5; }
const char *stance_zone_name(enum stance_unit_kind kind, size_t zone) {
  return (kind == STANCE_UNIT_DYAD ? dyad_zones : kind == STANCE_UNIT_TARGET ? target_zones : sentence_zones)[zone];
}

void stance_zones_free(struct stance_zones *zones) {
  free(zones->sums);
  free(zones->rows);
  free(zones->weights);
  free(zones->words);
  *zones = (struct stance_zones){0};
}

bool stance_zones_room(struct stance_zones *zones, size_t count) {
  if (count < zones->capacity) return true; /* there is one sum more than symbols */
  size_t capacity = count < 128 ? 256 : 2 * count;
  float *sums = realloc(zones->sums, capacity * WIDTH * sizeof *sums);
  if (sums) zones->sums = sums;
  const int8_t **rows = realloc(zones->rows, capacity * sizeof *rows);
  if (rows) zones->rows = rows;
  float *weights = realloc(zones->weights, capacity * sizeof *weights);
  if (weights) zones->weights = weights;
  if (!sums || !rows || !weights) return false;
  zones->capacity = capacity;
  return true;
}

/* For sentence units only the prefix sums at the three borders of their zones are made, as fewer sums fit the
 * processor's cache. */
bool stance_zones_read(struct stance_zones *zones, const struct stance_vectors *vectors,
                       const struct stance_sequence *sequence, enum stance_unit_kind kind) {
  bool of_all = kind != STANCE_UNIT_SENTENCE;
  if (zones->is_known && (zones->has_all || !of_all)) return true;
  size_t count = sequence->count, half = count / 2;
  if (!stance_zones_room(zones, count)) return false;
  if (!zones->has_rows) stance_vectors_read(vectors, sequence, zones->rows, zones->weights);
  zones->has_rows = true;
  float sum[WIDTH] = {0};
  for (size_t i = 0, next; i <= count; i = next) {
    memcpy(zones->sums + i * WIDTH, sum, sizeof sum);
    next = of_all || i == count ? i + 1 : i < half ? half : count;
    if (i < count) stance_rows_add(sum, zones->rows + i, zones->weights + i, next - i);
  }
  zones->count = count;
  zones->tokens = sequence->tokens;
  zones->is_known = true;
  zones->has_all = of_all;
  return true;
}

/* Fills the values of zone [start, end). Returns the factor that scaled them to length 0.25. */
static float fill_zone(struct stance_zones *zones, const struct stance_vectors *vectors, size_t zone, size_t start,
                       size_t end) {
  float *out = zones->values + zone * WIDTH;
  size_t dimensions = start < end ? stance_vectors_dimensions(vectors) : 0;
  memset(out + dimensions, 0, (WIDTH - dimensions) * sizeof *out);
  return dimensions ? stance_rows_mean(out, zones->sums + start * WIDTH, zones->sums + end * WIDTH,
                                       stance_vectors_scales(vectors), length, dimensions)
                    : 0;
}

struct span {
  size_t start, end;
};

static struct span around(size_t count, size_t from, size_t to) {
  return (struct span){from < count ? from : count, to < count ? to : count};
}

/* The zones of a unit, in symbols; an empty one has start = end. */
static void place_zones(size_t count, enum stance_unit_kind kind, uint32_t source, uint32_t target, struct span *out) {
  bool has_source = source < count, has_target = target < count;
  size_t s = has_source ? source : 0, t = has_target ? target : 0;
  struct span whole = {0, count}, none = {0, 0};
  if (kind == STANCE_UNIT_SENTENCE) {
    out[0] = whole;
    out[1] = (struct span){0, count / 2};
    out[2] = (struct span){count / 2, count};
  } else if (kind == STANCE_UNIT_TARGET) {
    out[0] = whole;
    out[1] = has_target ? (struct span){0, t} : none;
    out[2] = has_target ? around(count, t + 1, count) : none;
    out[3] = has_target ? (struct span){t > NEAR ? t - NEAR : 0, t} : none;
    out[4] = has_target ? around(count, t + 1, t + 1 + NEAR) : none;
  } else {
    bool both = has_source && has_target;
    out[0] = both && s < t ? (struct span){s + 1, t} : none;
    out[1] = both && t < s ? (struct span){t + 1, s} : none;
    out[2] = has_source ? around(count, s + 1, s + 1 + NEAR) : none;
    out[3] = has_target ? (struct span){t > NEAR ? t - NEAR : 0, t} : none;
    out[4] = whole;
  }
}

static bool add_words(struct stance_zones *zones, size_t zone, struct span span, float factor) {
  for (size_t i = span.start; i < span.end; i++) {
    if (!zones->rows[i]) continue;
    if (zones->word_count == zones->word_capacity) {
      size_t capacity = zones->word_capacity ? 2 * zones->word_capacity : 64;
      struct stance_zone_word *words = realloc(zones->words, capacity * sizeof *words);
      if (!words) return false;
      zones->words = words;
      zones->word_capacity = capacity;
    }
    zones->words[zones->word_count++] = (struct stance_zone_word){.start = zones->tokens[i].start,
                                                                  .end = zones->tokens[i].end,
                                                                  .zone = (uint8_t)zone,
                                                                  .factor = factor * zones->weights[i],
                                                                  .row = zones->rows[i]};
  }
  return true;
}

bool stance_zones_fill(struct stance_zones *zones, const struct stance_vectors *vectors, enum stance_unit_kind kind,
                       uint32_t source, uint32_t target, bool with_words) {
  struct span spans[STANCE_ZONES_MAX];
  place_zones(zones->count, kind, source, target, spans);
  zones->word_count = 0;
  for (size_t zone = 0; zone < stance_zone_count(kind); zone++) {
    float factor = fill_zone(zones, vectors, zone, spans[zone].start, spans[zone].end);
    if (with_words && !add_words(zones, zone, spans[zone], factor)) return false;
  }
  return true;
}
