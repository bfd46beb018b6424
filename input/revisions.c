/* SPDX-License-Identifier: MIT */
#include "revisions.h"

#include <string.h>
#include <sys/stat.h>

#include "stance/base/ascii.h"
#include "stance/base/error.h"
#include "stance/base/hash.h"

/* ---- keys -------------------------------------------------------------------------------------------------------------------------- */

/* The value behind `mark` up to `stop`; NULL: none. */
static const char *value_behind(const char *data, size_t length, const char *mark, char stop, size_t *value_length) {
  const char *found = memmem(data, length, mark, strlen(mark)), *start = found ? found + strlen(mark) : NULL, *end = data + length;
  const char *close = start ? memchr(start, stop, (size_t)(end - start)) : NULL;
  *value_length = close ? (size_t)(close - start) : 0;
  return close ? start : NULL;
}

static uint32_t number_of(const char *text, size_t length) {
  uint32_t number = 0;
  for (size_t i = 0; i < length && i < 9 && ascii_is_digit((unsigned char)text[i]); i++) number = number * 10 + (uint32_t)(text[i] - '0');
  return number;
}

static bool is_one_of(const char *text, size_t length, const char *const *words) {
  for (; *words; words++)
    if (strlen(*words) == length && strncasecmp(text, *words, length) == 0) return true;
  return false;
}

bool input_revision_newsml_g2(const char *data, size_t length, const char **id, size_t *id_length, uint32_t *version, bool *is_withdrawn) {
  static const char *const states[] = {"stat:canceled", "stat:withheld", NULL};
  const char *tag = memmem(data, length, "<newsItem", 9), *end = tag ? memchr(tag, '>', length - (size_t)(tag - data)) : NULL;
  if (!end) return false;
  size_t tag_length = (size_t)(end - tag), size, left = length - (size_t)(end - data);
  *id = value_behind(tag, tag_length, "guid=\"", '"', id_length);
  const char *text = value_behind(tag, tag_length, " version=\"", '"', &size);
  *version = text ? number_of(text, size) : 0;
  const char *status = memmem(end, left, "<pubStatus", 10);
  text = status ? value_behind(status, length - (size_t)(status - data) < 200 ? length - (size_t)(status - data) : 200, "qcode=\"", '"', &size) : NULL;
  *is_withdrawn = text && is_one_of(text, size, states);
  return *id && *id_length;
}

bool input_revision_newsml(const char *data, size_t length, const char **id, size_t *id_length, uint32_t *version, bool *is_withdrawn) {
  static const char *const states[] = {"Canceled", "Cancelled", "Withheld", NULL};
  size_t size;
  *id = value_behind(data, length, "<NewsItemId>", '<', id_length);
  const char *revision = value_behind(data, length, "<RevisionId", '<', &size), *close = revision ? memchr(revision, '>', size) : NULL;
  *version = close ? number_of(close + 1, size - (size_t)(close + 1 - revision)) : 0;
  const char *status = memmem(data, length, "<Status", 7);
  const char *text = status ? value_behind(status, length - (size_t)(status - data) < 200 ? length - (size_t)(status - data) : 200, "FormalName=\"", '"', &size) : NULL;
  *is_withdrawn = text && is_one_of(text, size, states);
  return *id && *id_length;
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

static bool add(struct input_revisions *revisions, uint64_t id, uint32_t version, bool is_withdrawn, struct stance_arena *arena) {
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

enum stance_status input_revisions_read(const char *path, input_scan *scan, input_revision_key *key, size_t max_bytes, struct stance_arena *arena,
                                        struct input_revisions *out, struct stance_error *error) {
  struct input_bytes *bytes;
  struct input_record record;
  struct stat about;
  *out = (struct input_revisions){0};
  if (stat(path, &about) != 0 || !S_ISREG(about.st_mode)) return STANCE_OK;
  STANCE_TRY(input_bytes_open(path, NULL, &bytes, error));
  enum stance_status status = STANCE_OK;
  while (status == STANCE_OK && out->count < REVISION_ITEMS_MAX) {
    const char *id;
    size_t id_length;
    uint32_t version;
    bool is_withdrawn;
    if (input_bytes_record(bytes, scan, max_bytes, &record, error) != STANCE_OK) break; /* said when it is read */
    if (!record.length) break;
    if (record.is_over || !key(record.data, record.length, &id, &id_length, &version, &is_withdrawn)) continue;
    if (!add(out, hash_of(id, id_length), version, is_withdrawn, arena)) status = stance_fail_memory(error);
  }
  input_bytes_close(bytes);
  return status;
}

enum input_revision_fate input_revision_fate(const struct input_revisions *revisions, const char *id, size_t id_length, uint32_t version) {
  if (!revisions->size) return INPUT_REVISION_LATEST;
  const struct input_revision *slot = slot_of(revisions, hash_of(id, id_length));
  if (!slot->id) return INPUT_REVISION_LATEST;
  if (slot->is_withdrawn && version <= slot->latest) return INPUT_REVISION_WITHDRAWN;
  return version < slot->latest ? INPUT_REVISION_REPLACED : INPUT_REVISION_LATEST;
}
