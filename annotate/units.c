/* SPDX-License-Identifier: MIT
 * The list of units: an index over units.jsonl. */
#include "units.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cjson/cJSON.h>

#include "scan.h"
#include "stance/base/buffer.h"
#include "stance/base/error.h"
#include "stance/base/grow.h"
#include "stance/base/hash.h"
#include "stance/base/utf8.h"

enum { WINDOW_BYTES = 1 << 20 };

static uint64_t key_of(const char *id, size_t length, int head) {
  return stance_hash_combine(stance_hash(id, length), (uint64_t)head + 1);
}

uint32_t annotate_units_find(const struct annotate_units *units, const char *id, int head) {
  size_t length = strlen(id);
  int first = head < 0 ? 0 : head, last = head < 0 ? (int)units->codebook->head_count - 1 : head;
  for (int h = first; h <= last; h++) {
    uint64_t key = key_of(id, length, h);
    size_t at = stance_hash_index_start(&units->index, key);
    for (uint32_t i; (i = stance_hash_index_next(&units->index, key, &at)) != STANCE_HASH_NONE;)
      if (units->items[i].head == h && strcmp(units->items[i].id, id) == 0) return i;
  }
  return ANNOTATE_NONE;
}

/* Bytes of "article#sentence" in "article#sentence:SRC>TGT"; an article's id may contain ':' and '#'. */
static size_t sentence_part(const char *id) {
  const char *hash = strrchr(id, '#');
  if (!hash) return strlen(id);
  size_t digits = strspn(hash + 1, "0123456789");
  return (size_t)(hash + 1 - id) + digits;
}

static const char *const line_keys[] = {"unit", "head", "text", "by"};
enum { LINE_KEYS = sizeof line_keys / sizeof *line_keys };

static enum stance_status add_line(void *context, const char *line, size_t length, uint64_t offset, size_t number,
                                   struct stance_error *error) {
  struct annotate_units *units = context;
  struct annotate_span spans[LINE_KEYS];
  const char *id, *head;
  (void)number;
  if (!annotate_scan(line, length, line_keys, LINE_KEYS, spans))
    return stance_fail(error, STANCE_INPUT, "is not a JSON object");
  STANCE_TRY(annotate_scan_string(&spans[0], &units->arena, &id, error));
  if (!id || !*id) return stance_fail(error, STANCE_INPUT, "'unit' is missing; expected a unit's id");
  if (!spans[2].start) return stance_fail(error, STANCE_INPUT, "'text' is missing");
  int found = -1;
  for (size_t i = 0; i < units->codebook->head_count; i++) /* usually without copying the head */
    if (annotate_scan_is(&spans[1], units->codebook->heads[i].name)) found = (int)i;
  if (found < 0) {
    STANCE_TRY(annotate_scan_string(&spans[1], &units->arena, &head, error));
    return stance_fail(error, STANCE_INPUT, "head '%.60s' is not in the codebook", head ? head : "");
  }
  bool is_new;
  STANCE_TRY(annotate_units_insert(units, id, found, offset, length, &is_new, error));
  if (!is_new) return stance_fail(error, STANCE_INPUT, "unit '%.200s' stands twice", id);
  units->items[units->count - 1].is_added = spans[3].start != NULL;
  units->end = offset + length + 1;
  return STANCE_OK;
}

enum stance_status annotate_units_insert(struct annotate_units *units, const char *id, int head, uint64_t offset,
                                         size_t length, bool *is_new, struct stance_error *error) {
  *is_new = annotate_units_find(units, id, head) == ANNOTATE_NONE;
  if (!*is_new) return STANCE_OK;
  if (strlen(id) > ANNOTATE_ID_MAX || length > UINT32_MAX) return stance_fail(error, STANCE_INPUT, "is too long");
  if (units->count >= UINT32_MAX / 4) return stance_fail(error, STANCE_INPUT, "has too many units");
  struct annotate_unit *items = stance_grow(units->items, &units->capacity, units->count + 1, sizeof *items);
  if (!items) return stance_fail_memory(error);
  units->items = items;
  if (!stance_hash_index_add(&units->index, key_of(id, strlen(id), head), units->count))
    return stance_fail_memory(error);
  units->items[units->count] = (struct annotate_unit){.offset = offset,
                                                      .length = (uint32_t)length,
                                                      .head = (uint16_t)head,
                                                      .id_sentence = (uint16_t)sentence_part(id),
                                                      .id = id};
  units->count++;
  return STANCE_OK;
}

enum stance_status annotate_units_open(const struct annotate_project *project, struct annotate_units *units,
                                       struct stance_error *error) {
  *units = (struct annotate_units){.file = -1, .codebook = &project->codebook};
  units->path = annotate_path(&units->arena, project, "units.jsonl");
  if (!units->path) return stance_fail_memory(error);
  units->file = open(units->path, O_RDONLY | O_CLOEXEC);
  if (units->file < 0 && errno == ENOENT) return STANCE_OK;
  enum stance_status status = units->file < 0 ? stance_fail_errno(error, units->path, "cannot open")
                                              : annotate_lines(units->file, units->path, add_line, units, error);
  if (status != STANCE_OK) annotate_units_close(units);
  return status;
}

/* Reads the bytes of a unit's line and appends a NUL. */
static enum stance_status read_bytes(const struct annotate_units *units, const struct annotate_unit *unit, char *line,
                                     struct stance_error *error) {
  size_t used = 0;
  while (used < unit->length) {
    ssize_t got = pread(units->file, line + used, unit->length - used, (off_t)(unit->offset + used));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return stance_fail_errno(error, units->path, "cannot read");
    if (got == 0) return stance_fail_at(error, STANCE_INPUT, units->path, 0, 0, "became shorter while it was in use");
    used += (size_t)got;
  }
  line[used] = '\0';
  return STANCE_OK;
}

enum stance_status annotate_units_refresh(struct annotate_units *units, struct stance_error *error) {
  struct stance_arena arena = {0};
  struct stat about;
  if (units->file < 0 && (units->file = open(units->path, O_RDONLY | O_CLOEXEC)) < 0)
    return errno == ENOENT ? STANCE_OK : stance_fail_errno(error, units->path, "cannot open");
  if (fstat(units->file, &about) != 0) return stance_fail_errno(error, units->path, "cannot read");
  if ((uint64_t)about.st_size <= units->end) return STANCE_OK;
  struct annotate_unit rest = {.offset = units->end, .length = (uint32_t)((uint64_t)about.st_size - units->end)};
  char *text = stance_arena_alloc(&arena, (size_t)rest.length + 1, 1);
  enum stance_status status = text ? read_bytes(units, &rest, text, error) : stance_fail_memory(error);
  for (char *line = text, *end; status == STANCE_OK && (end = strchr(line, '\n')); line = end + 1)
    if (end > line)
      status = add_line(units, line, (size_t)(end - line), rest.offset + (uint64_t)(line - text), 0, error);
  stance_arena_free(&arena);
  return status;
}

void annotate_units_close(struct annotate_units *units) {
  if (units->file >= 0) close(units->file);
  free(units->items);
  stance_hash_index_free(&units->index);
  stance_arena_free(&units->arena);
  *units = (struct annotate_units){.file = -1};
}

static enum stance_status read_line(const struct annotate_units *units, uint32_t index, char *line,
                                    struct stance_error *error) {
  return read_bytes(units, &units->items[index], line, error);
}
enum stance_status annotate_units_page(const struct annotate_units *units, uint32_t index, struct stance_arena *arena,
                                       struct annotate_page *page, struct stance_error *error) {
  static const char *const keys[] = {"title", "previous", "next", "lang"};
  const struct annotate_unit *unit = &units->items[index];
  struct annotate_span spans[4];
  struct stance_record *records;
  size_t count;
  *page = (struct annotate_page){0};
  char *line = stance_arena_alloc(arena, (size_t)unit->length + 1, 1);
  if (!line) return stance_fail_memory(error);
  STANCE_TRY(read_line(units, index, line, error));
  STANCE_TRY(stance_records_parse(line, unit->length, units->path, arena, &records, &count, error));
  if (count != 1 || strcmp(records[0].unit, unit->id) != 0 || !annotate_scan(line, unit->length, keys, 4, spans))
    return stance_fail_at(error, STANCE_INPUT, units->path, 0, 0, "changed while it was in use");
  page->record = records[0];
  STANCE_TRY(annotate_scan_string(&spans[0], arena, &page->title, error));
  STANCE_TRY(annotate_scan_string(&spans[1], arena, &page->previous, error));
  STANCE_TRY(annotate_scan_string(&spans[2], arena, &page->next, error));
  return annotate_scan_string(&spans[3], arena, &page->lang, error);
}

enum stance_status annotate_page_mentions(struct annotate_page *page, const char *json, struct stance_arena *arena,
                                          struct stance_error *error) {
  struct stance_record *own = &page->record, changed = {.mention_count = 0};
  cJSON *object = cJSON_CreateObject(), *mentions = cJSON_ParseWithLength(json, strlen(json));
  enum stance_status status = STANCE_OK;
  if (!object || (mentions && !cJSON_AddItemToObject(object, "mentions", mentions))) status = stance_fail_memory(error);
  else if (mentions)
    status = stance_record_mentions_from_json(arena, object, stance_utf8_count(own->text, strlen(own->text)), &changed,
                                              error);
  cJSON_Delete(object);
  if (status == STANCE_OK && mentions) {
    own->mentions = changed.mentions;
    own->mention_count = changed.mention_count;
  }
  return status == STANCE_INPUT ? STANCE_OK : status;
}

bool annotate_unit_is_beside(const struct annotate_unit *a, const struct annotate_unit *b) {
  return a->id_sentence == b->id_sentence && memcmp(a->id, b->id, a->id_sentence) == 0;
}

uint32_t annotate_units_sentence(const struct annotate_units *units, uint32_t index) {
  const struct annotate_unit *unit = &units->items[index];
  char id[ANNOTATE_ID_MAX + 1];
  memcpy(id, unit->id, unit->id_sentence);
  id[unit->id_sentence] = '\0';
  for (size_t h = 0; h < units->codebook->head_count; h++) {
    if (units->codebook->heads[h].unit != STANCE_UNIT_SENTENCE) continue;
    uint32_t found = annotate_units_find(units, id, (int)h);
    if (found != ANNOTATE_NONE) return found;
  }
  return ANNOTATE_NONE;
}

uint32_t annotate_units_reverse(const struct annotate_units *units, uint32_t index) {
  const struct annotate_unit *unit = &units->items[index];
  const char *dyad = unit->id + unit->id_sentence, *arrow = strchr(dyad, '>');
  char id[ANNOTATE_ID_MAX + 1];
  if (*dyad != ':' || !arrow || arrow == dyad + 1) return ANNOTATE_NONE;
  snprintf(id, sizeof id, "%.*s:%s>%.*s", (int)unit->id_sentence, unit->id, arrow + 1, (int)(arrow - dyad - 1),
           dyad + 1);
  return annotate_units_find(units, id, unit->head);
}

/* Whether a unit's id or text contains `text`. Terminates the two values in `line` by a NUL. */
static bool line_holds(char *line, size_t length, const char *text) {
  static const char *const keys[] = {"unit", "text"};
  struct annotate_span spans[2];
  if (!annotate_scan(line, length, keys, 2, spans)) return false;
  for (size_t i = 0; i < 2; i++) {
    if (!spans[i].start || spans[i].length < 2) continue;
    line[spans[i].start - line + (ptrdiff_t)spans[i].length - 1] = '\0';
    if (strcasestr(spans[i].start + 1, text)) return true;
  }
  return false;
}

/* Consecutive lines are read together. */
struct window {
  char *bytes, *line; /* line: the current line, NUL-terminated */
  size_t capacity, length, line_capacity;
  uint64_t offset;
};

static enum stance_status window_line(const struct annotate_units *units, struct window *window, uint32_t index,
                                      bool is_sequence, struct stance_error *error) {
  const struct annotate_unit *unit = &units->items[index];
  size_t size = is_sequence && unit->length < WINDOW_BYTES ? WINDOW_BYTES : unit->length;
  if (unit->length >= window->line_capacity) {
    char *larger = realloc(window->line, (size_t)unit->length * 2 + 1);
    if (!larger) return stance_fail_memory(error);
    window->line = larger;
    window->line_capacity = (size_t)unit->length * 2 + 1;
  }
  if (size > window->capacity) {
    char *larger = realloc(window->bytes, size);
    if (!larger) return stance_fail_memory(error);
    window->bytes = larger;
    window->capacity = size;
  }
  if (unit->offset < window->offset || unit->offset + unit->length > window->offset + window->length) {
    ssize_t got = pread(units->file, window->bytes, size, (off_t)unit->offset);
    window->offset = unit->offset;
    window->length = got > 0 ? (size_t)got : 0;
  }
  if (window->length < unit->offset - window->offset + unit->length)
    return read_line(units, index, window->line, error);
  memcpy(window->line, window->bytes + (unit->offset - window->offset), unit->length);
  window->line[unit->length] = '\0';
  return STANCE_OK;
}

enum stance_status annotate_units_search(const struct annotate_units *units, const uint32_t *order, size_t count,
                                         size_t from, const char *text, size_t *found, struct stance_error *error) {
  struct window window = {0};
  enum stance_status status = STANCE_OK;
  *found = SIZE_MAX;
  for (size_t i = 0; i < count && *found == SIZE_MAX; i++) {
    size_t at = (from + i) % count;
    bool is_sequence = at + 1 < count && order[at + 1] == order[at] + 1;
    status = window_line(units, &window, order[at], is_sequence, error);
    if (status != STANCE_OK) break;
    if (line_holds(window.line, units->items[order[at]].length, text)) *found = at;
  }
  free(window.bytes);
  free(window.line);
  return status;
}
