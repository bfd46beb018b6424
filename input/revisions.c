/* SPDX-License-Identifier: MIT */
#include "revisions.h"

#include <string.h>

#include "stance/base/ascii.h"
#include "stance/base/hash.h"

/* ---- keys -------------------------------------------------------------------------------------------------------------------------- */

/* The value behind `mark` up to `stop`; NULL: none. */
static const char *value_behind(const char *data, size_t length, const char *mark, char stop, size_t *value_length) {
  const char *found = memmem(data, length, mark, strlen(mark)), *start = found ? found + strlen(mark) : NULL,
             *end = data + length;
  const char *close = start ? memchr(start, stop, (size_t)(end - start)) : NULL;
  *value_length = close ? (size_t)(close - start) : 0;
  return close ? start : NULL;
}

static uint32_t number_of(const char *text, size_t length) {
  uint32_t number = 0;
  for (size_t i = 0; i < length && i < 9 && ascii_is_digit((unsigned char)text[i]); i++)
    number = number * 10 + (uint32_t)(text[i] - '0');
  return number;
}

static bool is_one_of(const char *text, size_t length, const char *const *words) {
  for (; *words; words++)
    if (strlen(*words) == length && strncasecmp(text, *words, length) == 0) return true;
  return false;
}

bool input_revision_newsml_g2(const char *data, size_t length, struct input_revision_of *of) {
  static const char *const states[] = {"stat:canceled", "stat:withheld", NULL};
  const char *tag = memmem(data, length, "<newsItem", 9),
             *end = tag ? memchr(tag, '>', length - (size_t)(tag - data)) : NULL;
  if (!end) return false;
  size_t tag_length = (size_t)(end - tag), size, left = length - (size_t)(end - data);
  of->id = value_behind(tag, tag_length, "guid=\"", '"', &of->id_length);
  const char *text = value_behind(tag, tag_length, " version=\"", '"', &size);
  of->version = text ? number_of(text, size) : 0;
  const char *status = memmem(end, left, "<pubStatus", 10);
  text = status ? value_behind(status, length - (size_t)(status - data) < 200 ? length - (size_t)(status - data) : 200,
                               "qcode=\"", '"', &size)
                : NULL;
  of->is_withdrawn = text && is_one_of(text, size, states);
  return of->id && of->id_length;
}

bool input_revision_newsml(const char *data, size_t length, struct input_revision_of *of) {
  static const char *const states[] = {"Canceled", "Cancelled", "Withheld", NULL};
  size_t size;
  of->id = value_behind(data, length, "<NewsItemId>", '<', &of->id_length);
  const char *revision = value_behind(data, length, "<RevisionId", '<', &size),
             *close = revision ? memchr(revision, '>', size) : NULL;
  of->version = close ? number_of(close + 1, size - (size_t)(close + 1 - revision)) : 0;
  const char *status = memmem(data, length, "<Status", 7);
  const char *text =
      status ? value_behind(status, length - (size_t)(status - data) < 200 ? length - (size_t)(status - data) : 200,
                            "FormalName=\"", '"', &size)
             : NULL;
  of->is_withdrawn = text && is_one_of(text, size, states);
  return of->id && of->id_length;
}

/* ---- table --------------------------------------------------------------------------------------------------------------------------- */

static uint64_t hash_of(const char *id, size_t length) {
  uint64_t hash = stance_hash(id, length);
  return hash ? hash : 1;
}

static struct input_revision *slot_of(const struct input_revisions *revisions, uint64_t id) {
  size_t at = (size_t)id & (revisions->size - 1);
  while (revisions->table[at].id && revisions->table[at].id != id) at = (at + 1) & (revisions->size - 1);
  return &revisions->table[at];
}

static bool grow(struct input_revisions *revisions, struct stance_arena *arena) {
  struct input_revisions larger = {.size = revisions->size ? revisions->size * 2 : 64, .count = revisions->count};
  larger.table = stance_arena_zalloc(arena, larger.size, sizeof *larger.table);
  if (!larger.table) return false;
  for (size_t i = 0; i < revisions->size; i++)
    if (revisions->table[i].id) *slot_of(&larger, revisions->table[i].id) = revisions->table[i];
  *revisions = larger;
  return true;
}

static bool add(struct input_revisions *revisions, uint64_t id, uint32_t version, bool is_withdrawn,
                struct stance_arena *arena) {
  if ((revisions->count + 1) * 2 > revisions->size && !grow(revisions, arena)) return false;
  struct input_revision *slot = slot_of(revisions, id);
  if (!slot->id) {
    *slot = (struct input_revision){.id = id, .latest = version, .is_withdrawn = is_withdrawn};
    revisions->count++;
  } else if (version >= slot->latest) {
    slot->latest = version;
    slot->is_withdrawn = is_withdrawn;
  }
  return true;
}

bool input_revisions_add(struct input_revisions *revisions, const struct input_revision_of *of,
                         struct stance_arena *arena) {
  return revisions->count >= REVISION_ITEMS_MAX ||
         add(revisions, hash_of(of->id, of->id_length), of->version, of->is_withdrawn, arena);
}

enum input_revision_fate input_revision_fate(const struct input_revisions *revisions,
                                             const struct input_revision_of *of) {
  if (!revisions->size) return INPUT_REVISION_LATEST;
  const struct input_revision *slot = slot_of(revisions, hash_of(of->id, of->id_length));
  if (!slot->id) return INPUT_REVISION_LATEST;
  if (slot->is_withdrawn && of->version <= slot->latest) return INPUT_REVISION_WITHDRAWN;
  return of->version < slot->latest ? INPUT_REVISION_REPLACED : INPUT_REVISION_LATEST;
}

bool input_revision_is_late(const struct input_revisions *revisions, const struct input_revision_of *of) {
  const struct input_revision *slot = revisions->size ? slot_of(revisions, hash_of(of->id, of->id_length)) : NULL;
  return slot && slot->id && !slot->is_withdrawn && (of->version > slot->latest || of->is_withdrawn);
}
