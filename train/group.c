/* SPDX-License-Identifier: MIT
 * Groups by union-find over equal articles, equal texts, near-duplicate texts, and texts that begin alike (group_head.c).
 *
 * Near duplicates are found exactly, by prefix filtering (Bayardo, Ma, Srikant 2007: All-Pairs): with shingles ordered
 * from rare to common, two sets x with Jaccard >= t share one among the first |x| - ceil(t |x|) + 1 of each, so only
 * these are indexed. */
#include "group.h"

#include <stdlib.h>
#include <string.h>

#include "group_head.h"
#include "stance/base/arena.h"
#include "stance/base/compare.h"
#include "stance/base/error.h"
#include "stance/base/grow.h"
#include "stance/base/hash.h"
#include "stance/base/hash_map.h"
#include "stance/text/letters.h"

enum { SHINGLE = 3 };

static size_t unique(uint64_t *values, size_t count) {
  size_t kept = 0;
  qsort(values, count, sizeof *values, stance_by_u64);
  for (size_t i = 0; i < count; i++)
    if (!kept || values[kept - 1] != values[i]) values[kept++] = values[i];
  return kept;
}

/* The set of a text's shingles, in the arena; a text with fewer words is one shingle. hashes: work space for the text's
 * words. */
static enum stance_status shingles_of(const char *text, uint64_t *hashes, struct stance_arena *arena, uint64_t **out,
                                      uint32_t *count, struct stance_error *error) {
  size_t words = group_words(text, hashes);
  size_t shingles = words >= SHINGLE ? words - SHINGLE + 1 : words > 0;
  for (size_t i = 0; i < shingles; i++) {
    uint64_t shingle = 0;
    for (size_t j = i; j < i + SHINGLE && j < words; j++) shingle = stance_hash_combine(shingle, hashes[j]);
    hashes[i] = shingle; /* reads only words at i and later */
  }
  *count = (uint32_t)unique(hashes, shingles);
  *out = stance_arena_alloc(arena, *count + 1, sizeof **out);
  if (!*out) return stance_fail_memory(error);
  memcpy(*out, hashes, *count * sizeof **out);
  return STANCE_OK;
}

/* ---- near duplicates ------------------------------------------------------------------------------------ */

struct text {
  uint64_t *shingles; /* ordered from rare to common */
  uint32_t count;
};

struct posting {
  uint32_t text, next; /* next + 1 in the list; 0: the end */
};

struct index {
  struct stance_hash_map heads; /* shingle -> its first posting + 1 */
  struct posting *postings;
  size_t count, capacity;
};

static enum stance_status index_add(struct index *index, uint64_t shingle, uint32_t text, struct stance_error *error) {
  struct stance_hash_cell *cell = stance_hash_map_put(&index->heads, shingle);
  struct posting *postings = stance_grow(index->postings, &index->capacity, index->count + 1, sizeof *postings);
  if (postings) index->postings = postings;
  if (!cell || !postings) return stance_fail_memory(error);
  index->postings[index->count] = (struct posting){text, cell->count ? cell->value : 0};
  cell->count = 1;
  cell->value = (uint32_t)++index->count;
  return STANCE_OK;
}

struct ranked {
  uint64_t shingle;
  uint32_t texts;
};

static int by_rarity(const void *a, const void *b) {
  const struct ranked *x = a, *y = b;
  if (x->texts != y->texts) return x->texts < y->texts ? -1 : 1;
  return (x->shingle > y->shingle) - (x->shingle < y->shingle);
}

static enum stance_status order_by_rarity(struct text *texts, size_t count, struct stance_error *error) {
  struct stance_hash_map seen = {0};
  enum stance_status status = STANCE_OK;
  size_t longest = 1;
  for (size_t t = 0; status == STANCE_OK && t < count; t++) {
    if (texts[t].count > longest) longest = texts[t].count;
    for (uint32_t i = 0; status == STANCE_OK && i < texts[t].count; i++) {
      struct stance_hash_cell *cell = stance_hash_map_put(&seen, texts[t].shingles[i]);
      if (!cell) status = stance_fail_memory(error);
      else {
        cell->value = cell->count ? cell->value + 1 : 1;
        cell->count = 1;
      }
    }
  }
  struct ranked *ranked = malloc(longest * sizeof *ranked);
  if (!ranked && status == STANCE_OK) status = stance_fail_memory(error);
  for (size_t t = 0; status == STANCE_OK && t < count; t++) {
    for (uint32_t i = 0; i < texts[t].count; i++)
      ranked[i] = (struct ranked){texts[t].shingles[i], stance_hash_map_get(&seen, texts[t].shingles[i])->value};
    qsort(ranked, texts[t].count, sizeof *ranked, by_rarity);
    for (uint32_t i = 0; i < texts[t].count; i++) texts[t].shingles[i] = ranked[i].shingle;
  }
  free(ranked);
  stance_hash_map_free(&seen);
  return status;
}

/* Whether |a and b| / |a or b| >= GROUP_JACCARD. */
static bool is_near(const struct text *a, const struct text *b) {
  uint32_t shared = 0, small = a->count < b->count ? a->count : b->count, large = a->count + b->count - small;
  if ((double)small < GROUP_JACCARD * (double)large) return false;
  for (uint32_t i = 0; i < a->count; i++)
    for (uint32_t j = 0; j < b->count; j++)
      if (a->shingles[i] == b->shingles[j]) {
        shared++;
        break;
      }
  return (double)shared >= GROUP_JACCARD * (double)(a->count + b->count - shared);
}

/* Calls pair(context, i, j), j < i, for every near-duplicate pair (some more than once). */
static enum stance_status near_pairs(const char *const *strings, size_t count, group_pair *pair, void *context,
                                     struct stance_error *error) {
  struct text *texts = calloc(count + 1, sizeof *texts);
  uint32_t *checked =
      calloc(count + 1, sizeof *checked); /* checked[j] - 1 is the last text that text j was compared with */
  struct index index = {0};
  struct stance_arena arena = {0}; /* of shingles: whole blocks, which return to the system */
  size_t longest = 0;
  for (size_t t = 0; t < count; t++)
    if (strlen(strings[t]) > longest) longest = strlen(strings[t]);
  uint64_t *hashes = malloc((longest + 2) * sizeof *hashes);
  enum stance_status status = texts && checked && hashes ? STANCE_OK : stance_fail_memory(error);
  for (size_t t = 0; status == STANCE_OK && t < count; t++)
    status = shingles_of(strings[t], hashes, &arena, &texts[t].shingles, &texts[t].count, error);
  free(hashes);
  if (status == STANCE_OK) status = order_by_rarity(texts, count, error);
  for (uint32_t t = 0; status == STANCE_OK && t < count; t++) {
    uint32_t least =
        (uint32_t)(GROUP_JACCARD * (double)texts[t].count); /* rounded down, so that the prefix is long enough */
    uint32_t prefix = texts[t].count ? texts[t].count - least + 1 : 0;
    if (prefix > texts[t].count) prefix = texts[t].count;
    for (uint32_t i = 0; status == STANCE_OK && i < prefix; i++) {
      const struct stance_hash_cell *cell = stance_hash_map_get(&index.heads, texts[t].shingles[i]);
      for (uint32_t p = cell ? cell->value : 0; p; p = index.postings[p - 1].next) {
        uint32_t other = index.postings[p - 1].text;
        if (checked[other] == t + 1) continue;
        checked[other] = t + 1;
        if (is_near(&texts[t], &texts[other])) pair(context, t, other);
      }
    }
    for (uint32_t i = 0; status == STANCE_OK && i < prefix; i++)
      status = index_add(&index, texts[t].shingles[i], t, error);
  }
  stance_arena_free(&arena);
  free(texts);
  free(checked);
  stance_hash_map_free(&index.heads);
  free(index.postings);
  return status;
}

/* ---- groups --------------------------------------------------------------------------------------------- */

struct joining {
  uint32_t *parent, *text_of; /* text_of [i]: the first unit with different text i */
  size_t joined;
};

static uint32_t root_of(uint32_t *parent, uint32_t i) {
  while (parent[i] != i) i = parent[i] = parent[parent[i]];
  return i;
}

static bool join(uint32_t *parent, uint32_t a, uint32_t b) {
  a = root_of(parent, a);
  b = root_of(parent, b);
  if (a == b) return false;
  if (a < b) parent[b] = a;
  else parent[a] = b;
  return true;
}

static void join_pair(void *context, uint32_t i, uint32_t j) {
  struct joining *joining = context;
  joining->joined++;
  join(joining->parent, joining->text_of[i], joining->text_of[j]);
}

static void join_head(void *context, uint32_t i, uint32_t j) {
  struct joining *joining = context;
  joining->joined += join(joining->parent, joining->text_of[i], joining->text_of[j]);
}

static enum stance_status join_keys(struct stance_hash_map *map, uint64_t key, uint32_t i, uint32_t *parent,
                                    bool *is_new, struct stance_error *error) {
  struct stance_hash_cell *cell = stance_hash_map_put(map, key);
  if (!cell) return stance_fail_memory(error);
  *is_new = !cell->count;
  if (cell->count) join(parent, cell->value, i);
  else {
    cell->count = 1;
    cell->value = i;
  }
  return STANCE_OK;
}

enum stance_status group_make(const char *const *texts, const char *const *articles, size_t count, uint32_t *groups,
                              uint32_t *group_count, struct group_summary *summary, struct stance_error *error) {
  struct stance_hash_map by_article = {0}, by_text = {0};
  struct joining joining = {0};
  size_t different = 0;
  joining.parent = malloc((count + 1) * sizeof *joining.parent);
  joining.text_of = malloc((count + 1) * sizeof *joining.text_of);
  const char **strings = calloc(count + 1, sizeof *strings);
  enum stance_status status = joining.parent && joining.text_of && strings ? STANCE_OK : stance_fail_memory(error);
  for (uint32_t i = 0; status == STANCE_OK && i < count; i++) joining.parent[i] = i;
  for (uint32_t i = 0; status == STANCE_OK && i < count; i++) {
    bool is_new = false;
    if (articles[i] && *articles[i])
      status = join_keys(&by_article, stance_hash(articles[i], strlen(articles[i])), i, joining.parent, &is_new, error);
    if (status == STANCE_OK)
      status = join_keys(&by_text, stance_letters_hash(texts[i], strlen(texts[i])), i, joining.parent, &is_new, error);
    if (status != STANCE_OK || !is_new) continue;
    joining.text_of[different] = i;
    strings[different++] = texts[i];
  }
  if (status == STANCE_OK) status = near_pairs(strings, different, join_pair, &joining, error);
  if (status == STANCE_OK) status = group_heads(strings, different, join_head, &joining, error);
  *group_count = 0;
  for (uint32_t i = 0; status == STANCE_OK && i < count; i++) { /* a root has the lowest index of its group */
    uint32_t root = root_of(joining.parent, i);
    groups[i] = root == i ? (*group_count)++ : groups[root];
  }
  if (summary) *summary = (struct group_summary){different, count - different, joining.joined};
  stance_hash_map_free(&by_article);
  stance_hash_map_free(&by_text);
  free(joining.parent);
  free(joining.text_of);
  free(strings);
  return status;
}

/* ---- leaks ---------------------------------------------------------------------------------------------- */

struct leaking {
  size_t train_count;
  bool *is_nearly_seen;
};

static void mark_pair(void *context, uint32_t i, uint32_t j) { /* training texts come first: j < i */
  struct leaking *leaking = context;
  if (i >= leaking->train_count && j < leaking->train_count) leaking->is_nearly_seen[i - leaking->train_count] = true;
}

enum stance_status group_leaks(const char *const *train, size_t train_count, const char *const *test, size_t test_count,
                               bool *is_seen, bool *is_nearly_seen, struct stance_error *error) {
  struct stance_hash_map seen = {0};
  struct leaking leaking = {.train_count = 0, .is_nearly_seen = is_nearly_seen};
  const char **all = malloc((train_count + test_count + 1) * sizeof *all);
  enum stance_status status = all ? STANCE_OK : stance_fail_memory(error);
  for (size_t i = 0; status == STANCE_OK && i < train_count; i++) {
    struct stance_hash_cell *cell = stance_hash_map_put(&seen, stance_letters_hash(train[i], strlen(train[i])));
    if (!cell) status = stance_fail_memory(error);
    else if (!cell->count) {
      cell->count = 1;
      all[leaking.train_count++] = train[i];
    }
  }
  for (size_t i = 0; status == STANCE_OK && i < test_count; i++) {
    is_seen[i] = stance_hash_map_get(&seen, stance_letters_hash(test[i], strlen(test[i]))) != NULL;
    is_nearly_seen[i] = is_seen[i];
    all[leaking.train_count + i] = test[i];
  }
  if (status == STANCE_OK) status = near_pairs(all, leaking.train_count + test_count, mark_pair, &leaking, error);
  if (status == STANCE_OK) status = group_heads(all, leaking.train_count + test_count, mark_pair, &leaking, error);
  stance_hash_map_free(&seen);
  free(all);
  return status;
}
