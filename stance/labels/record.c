/* SPDX-License-Identifier: MIT
 * Label records: reading, writing, and which of them hold after retractions. */
#include "record.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "stance/base/error.h"
#include "stance/base/hash.h"
#include "stance/base/hash_index.h"
#include "stance/base/json.h"
#include "stance/base/utf8.h"

enum { RECORD_BYTES = 100 }; /* bytes of a line; seldom fewer */

struct record_list {
  struct stance_arena *arena;
  const char *file; /* for messages; of stance_records_read_as only, as what follows */
  struct stance_record *items;
  size_t count, capacity;
  stance_piece_each *first; /* NULL: it has been called */
  void *first_context;
};

/* Copies the text, unless it equals `before` (may be NULL): the same field of the record before, which is shared. */
static enum stance_status copy_string(struct stance_arena *arena, const char *text, const char *before,
                                      const char **out, struct stance_error *error) {
  *out = !text ? NULL : !*text ? "" : before && strcmp(text, before) == 0 ? before : NULL;
  if (*out || !text) return STANCE_OK;
  *out = stance_arena_copy(arena, text, strlen(text));
  return *out ? STANCE_OK : stance_fail_memory(error);
}

static enum stance_status read_string(struct stance_arena *arena, const cJSON *object, const char *key,
                                      const char *fallback, const char *before, const char **out,
                                      struct stance_error *error) {
  const char *text;
  STANCE_TRY(stance_json_get_string(object, key, fallback, &text, error));
  return copy_string(arena, text, before, out, error);
}

static enum stance_status need_string(struct stance_arena *arena, const cJSON *object, const char *key,
                                      const char *before, const char **out, struct stance_error *error) {
  const char *text;
  STANCE_TRY(stance_json_need_string(object, key, &text, error));
  if (!*text) return stance_fail(error, STANCE_INPUT, "'%s' is empty", key);
  return copy_string(arena, text, before, out, error);
}

static enum stance_status need_index(const cJSON *object, const char *key, double fallback, uint32_t *out,
                                     struct stance_error *error) {
  double number;
  STANCE_TRY(stance_json_get_number(object, key, fallback, &number, error));
  if (!(number >= 0 && number <= UINT32_MAX) || number != floor(number))
    return stance_fail(error, STANCE_INPUT, "'%s' is %g; expected a whole number from 0", key, number);
  *out = (uint32_t)number;
  return STANCE_OK;
}

enum stance_status stance_record_mentions_from_json(struct stance_arena *arena, const cJSON *object, size_t text_length,
                                                    struct stance_record *record, struct stance_error *error) {
  const cJSON *array, *item;
  STANCE_TRY(stance_json_get_array(object, "mentions", &array, error));
  size_t count = array ? (size_t)cJSON_GetArraySize(array) : 0;
  record->mentions = stance_arena_zalloc(arena, count, sizeof *record->mentions);
  if (!record->mentions) return stance_fail_memory(error);
  cJSON_ArrayForEach(item, array) {
    struct stance_record_mention *mention = &record->mentions[record->mention_count++];
    if (!cJSON_IsObject(item)) return stance_fail(error, STANCE_INPUT, "'mentions' holds what is not an object");
    STANCE_TRY(need_string(arena, item, "actor", NULL, &mention->actor, error));
    STANCE_TRY(need_index(item, "start", -1, &mention->start, error));
    STANCE_TRY(need_index(item, "end", -1, &mention->end, error));
    STANCE_TRY(stance_json_get_bool(item, "implicit", false, &mention->is_implicit, error));
    if (mention->start >= mention->end || mention->end > text_length)
      return stance_fail(error, STANCE_INPUT, "mention of '%s' at %u-%u does not fit a text of %zu code points",
                         mention->actor, mention->start, mention->end, text_length);
  }
  return STANCE_OK;
}

static enum stance_status read_flags(struct stance_arena *arena, const cJSON *object, struct stance_record *record,
                                     struct stance_error *error) {
  const cJSON *array, *item;
  STANCE_TRY(stance_json_get_array(object, "flags", &array, error));
  size_t count = array ? (size_t)cJSON_GetArraySize(array) : 0;
  record->flags = stance_arena_zalloc(arena, count, sizeof *record->flags);
  if (!record->flags) return stance_fail_memory(error);
  cJSON_ArrayForEach(item, array) {
    if (!cJSON_IsString(item)) return stance_fail(error, STANCE_INPUT, "'flags' holds what is not a string");
    STANCE_TRY(copy_string(arena, item->valuestring, NULL, &record->flags[record->flag_count++], error));
  }
  return STANCE_OK;
}

static enum stance_status read_suggestion(struct stance_arena *arena, const cJSON *object, struct stance_record *record,
                                          struct stance_error *error) {
  const cJSON *suggestion = cJSON_GetObjectItemCaseSensitive(object, "suggestion");
  if (!suggestion || cJSON_IsNull(suggestion)) return STANCE_OK;
  if (!cJSON_IsObject(suggestion)) return stance_fail(error, STANCE_INPUT, "'suggestion' is not an object");
  STANCE_TRY(need_string(arena, suggestion, "label", NULL, &record->suggestion, error));
  STANCE_TRY(stance_json_get_number(suggestion, "p", 0, &record->suggestion_p, error));
  return stance_json_get_bool(suggestion, "shown", false, &record->suggestion_shown, error);
}

/* Whether the array holds exactly these mentions, in this form. */
static bool are_mentions(const cJSON *array, const struct stance_record_mention *mentions, size_t count) {
  const cJSON *item;
  size_t i = 0;
  cJSON_ArrayForEach(item, array) {
    const cJSON *actor = cJSON_GetObjectItemCaseSensitive(item, "actor");
    const cJSON *start = cJSON_GetObjectItemCaseSensitive(item, "start");
    const cJSON *end = cJSON_GetObjectItemCaseSensitive(item, "end");
    if (i == count || cJSON_GetObjectItemCaseSensitive(item, "implicit") || mentions[i].is_implicit) return false;
    if (!cJSON_IsString(actor) || !cJSON_IsNumber(start) || !cJSON_IsNumber(end)) return false;
    if (start->valuedouble != mentions[i].start || end->valuedouble != mentions[i].end) return false;
    if (strcmp(actor->valuestring, mentions[i++].actor) != 0) return false;
  }
  return i == count;
}

/* Reads a record. What it has in common with the record before (zeros: none), such as the sentence, is shared. */
static enum stance_status read_record(struct stance_arena *arena, const cJSON *object,
                                      const struct stance_record *before, struct stance_record *record,
                                      struct stance_error *error) {
  memset(record, 0, sizeof *record);
  if (!cJSON_IsObject(object)) return stance_fail(error, STANCE_INPUT, "is not a JSON object; expected a label record");
  STANCE_TRY(read_string(arena, object, "article", "", before->article, &record->article, error));
  STANCE_TRY(need_index(object, "sentence", 0, &record->sentence, error));
  STANCE_TRY(read_string(arena, object, "text", "", before->text, &record->text, error));
  STANCE_TRY(read_string(arena, object, "source", NULL, before->source, &record->source, error));
  STANCE_TRY(read_string(arena, object, "target", NULL, before->target, &record->target, error));
  if (record->source && !record->target) return stance_fail(error, STANCE_INPUT, "'source' stands without 'target'");
  const cJSON *mentions = cJSON_GetObjectItemCaseSensitive(object, "mentions");
  if (record->text == before->text && cJSON_IsArray(mentions) &&
      are_mentions(mentions, before->mentions, before->mention_count)) {
    record->mentions = before->mentions;
    record->mention_count = before->mention_count;
  } else {
    STANCE_TRY(stance_record_mentions_from_json(arena, object, stance_utf8_count(record->text, strlen(record->text)),
                                                record, error));
  }
  STANCE_TRY(need_string(arena, object, "head", before->head, &record->head, error));
  STANCE_TRY(read_string(arena, object, "label", NULL, before->label, &record->label, error));
  STANCE_TRY(read_string(arena, object, "annotator", "", before->annotator, &record->annotator, error));
  STANCE_TRY(read_string(arena, object, "at", "", before->at, &record->at, error));
  STANCE_TRY(read_string(arena, object, "decided", NULL, NULL, &record->decided, error));
  STANCE_TRY(stance_json_get_number(object, "seconds", 0, &record->seconds, error));
  STANCE_TRY(read_string(arena, object, "note", "", NULL, &record->note, error));
  STANCE_TRY(read_flags(arena, object, record, error));
  STANCE_TRY(read_suggestion(arena, object, record, error));
  STANCE_TRY(read_string(arena, object, "retracts", NULL, NULL, &record->retracts, error));
  STANCE_TRY(read_string(arena, object, "date", NULL, before->date, &record->date, error));
  STANCE_TRY(read_string(arena, object, "outlet", NULL, before->outlet, &record->outlet, error));
  STANCE_TRY(read_string(arena, object, "codebook", NULL, before->codebook, &record->codebook, error));
  STANCE_TRY(read_string(arena, object, "via", NULL, before->via, &record->via, error));
  STANCE_TRY(read_string(arena, object, "act", NULL, before->act, &record->act, error));
  STANCE_TRY(read_string(arena, object, "unit", NULL, NULL, &record->unit, error));
  if (record->unit && *record->unit) return STANCE_OK;
  record->unit = stance_unit_id(arena, record->article, record->sentence, record->source, record->target);
  return record->unit ? STANCE_OK : stance_fail_memory(error);
}

enum stance_status stance_record_from_json(struct stance_arena *arena, const cJSON *object,
                                           struct stance_record *record, struct stance_error *error) {
  static const struct stance_record none = {0};
  return read_record(arena, object, &none, record, error);
}

static enum stance_status read_line(void *context, const cJSON *value, size_t line, struct stance_error *error) {
  struct record_list *list = context;
  struct stance_record *items =
      stance_arena_grow(list->arena, list->items, &list->capacity, list->count + 1, sizeof *items);
  if (!items) return stance_fail_memory(error);
  list->items = items;
  struct stance_record *record = &items[list->count];
  static const struct stance_record none = {0};
  STANCE_TRY(read_record(list->arena, value, list->count ? record - 1 : &none, record, error));
  record->line = line;
  list->count++;
  return STANCE_OK;
}

/* Makes room at once for what a text and the `rest` behind it will hold, as a list that grows leaves its old copies in
 * the arena. */
static enum stance_status make_room(struct record_list *list, const char *text, size_t length, uint64_t rest,
                                    struct stance_error *error) {
  size_t lines = 1;
  for (const char *at = text; (at = memchr(at, '\n', length - (size_t)(at - text))); at++) lines++;
  if (lines > length / RECORD_BYTES) lines = length / RECORD_BYTES + 1;
  if (rest && length) lines += (size_t)((double)lines * 1.02 * (double)rest / (double)length);
  list->items = stance_arena_grow(list->arena, NULL, &list->capacity, lines, sizeof *list->items);
  return list->items ? STANCE_OK : stance_fail_memory(error);
}

enum stance_status stance_records_parse(const char *text, size_t length, const char *file, struct stance_arena *arena,
                                        struct stance_record **records, size_t *count, struct stance_error *error) {
  struct record_list list = {.arena = arena};
  *records = NULL;
  *count = 0;
  STANCE_TRY(make_room(&list, text, length, 0, error));
  STANCE_TRY(stance_json_lines(text, length, file, read_line, &list, error));
  *records = list.items;
  *count = list.count;
  return STANCE_OK;
}

static enum stance_status read_piece(void *context, const struct stance_piece *piece, struct stance_error *error) {
  struct record_list *list = context;
  if (list->first) STANCE_TRY(list->first(list->first_context, piece, error));
  list->first = NULL;
  if (!list->items) STANCE_TRY(make_room(list, piece->text, piece->length, piece->rest, error));
  return stance_json_lines_from(piece->text, piece->length, list->file, piece->first_line, read_line, list, error);
}

enum stance_status stance_records_read_as(const char *path, bool is_whole, stance_piece_each *first, void *context,
                                          struct stance_arena *arena, struct stance_record **records, size_t *count,
                                          struct stance_error *error) {
  struct record_list list = {
      .arena = arena, .file = strcmp(path, "-") == 0 ? "<stdin>" : path, .first = first, .first_context = context};
  *records = NULL;
  *count = 0;
  STANCE_TRY(stance_pieces_read(path, is_whole, read_piece, &list, error));
  if (!list.items) STANCE_TRY(make_room(&list, "", 0, 0, error)); /* none is no NULL */
  *records = list.items;
  *count = list.count;
  return STANCE_OK;
}

enum stance_status stance_records_read(const char *path, struct stance_arena *arena, struct stance_record **records,
                                       size_t *count, struct stance_error *error) {
  return stance_records_read_as(path, false, NULL, NULL, arena, records, count, error);
}

static void put_string(struct stance_buffer *out, const char *key, const char *text) {
  stance_buffer_printf(out, ",\"%s\":", key);
  stance_buffer_json_string(out, text, text ? strlen(text) : 0);
}

void stance_record_write_mentions(const struct stance_record *record, struct stance_buffer *out) {
  stance_buffer_puts(out, ",\"mentions\":[");
  for (size_t i = 0; i < record->mention_count; i++) {
    const struct stance_record_mention *mention = &record->mentions[i];
    stance_buffer_puts(out, i ? ",{\"actor\":" : "{\"actor\":");
    stance_buffer_json_string(out, mention->actor, strlen(mention->actor));
    stance_buffer_printf(out, ",\"start\":%u,\"end\":%u%s}", mention->start, mention->end,
                         mention->is_implicit ? ",\"implicit\":true" : "");
  }
  stance_buffer_putc(out, ']');
}

void stance_record_write(const struct stance_record *record, struct stance_buffer *out) {
  stance_buffer_puts(out, "{\"unit\":");
  stance_buffer_json_string(out, record->unit, strlen(record->unit));
  if (*record->article) {
    put_string(out, "article", record->article);
    stance_buffer_printf(out, ",\"sentence\":%u", record->sentence);
  }
  put_string(out, "text", record->text);
  if (record->source) put_string(out, "source", record->source);
  if (record->target) put_string(out, "target", record->target);
  if (record->mention_count) stance_record_write_mentions(record, out);
  put_string(out, "head", record->head);
  put_string(out, "label", record->label);
  put_string(out, "annotator", record->annotator);
  if (*record->at) put_string(out, "at", record->at);
  if (record->decided) put_string(out, "decided", record->decided);
  if (record->seconds > 0) {
    stance_buffer_puts(out, ",\"seconds\":");
    stance_buffer_fixed(out, record->seconds, 1);
  }
  if (*record->note) put_string(out, "note", record->note);
  if (record->flag_count) {
    stance_buffer_puts(out, ",\"flags\":[");
    for (size_t i = 0; i < record->flag_count; i++) {
      if (i) stance_buffer_putc(out, ',');
      stance_buffer_json_string(out, record->flags[i], strlen(record->flags[i]));
    }
    stance_buffer_putc(out, ']');
  }
  if (record->suggestion) {
    stance_buffer_puts(out, ",\"suggestion\":{\"label\":");
    stance_buffer_json_string(out, record->suggestion, strlen(record->suggestion));
    stance_buffer_puts(out, ",\"p\":");
    stance_buffer_fixed(out, record->suggestion_p, 4);
    stance_buffer_printf(out, ",\"shown\":%s}", record->suggestion_shown ? "true" : "false");
  }
  if (record->retracts) put_string(out, "retracts", record->retracts);
  if (record->date) put_string(out, "date", record->date);
  if (record->outlet) put_string(out, "outlet", record->outlet);
  if (record->codebook) put_string(out, "codebook", record->codebook);
  if (record->via) put_string(out, "via", record->via);
  if (record->act) put_string(out, "act", record->act);
  stance_buffer_puts(out, "}\n");
}

bool stance_record_has_flag(const struct stance_record *record, const char *flag) {
  for (size_t i = 0; i < record->flag_count; i++)
    if (strcmp(record->flags[i], flag) == 0) return true;
  return false;
}

/* ---- which records hold --------------------------------------------------------------------------------- A table
 * maps (unit, head, annotator) to a chain of records, newest first. A retraction removes the record that it names by
 * its `at` from the chain, or the newest if `retracts` is empty; naming no record, it has no effect. At the end the
 * newest record of each chain holds. */

struct chain_entry {
  size_t record; /* index */
  size_t older;  /* index in entries + 1; 0: none */
};

static uint64_t record_key(const struct stance_record *record) {
  uint64_t key = stance_hash(record->unit, strlen(record->unit));
  key = stance_hash_combine(key, stance_hash(record->head, strlen(record->head)));
  return stance_hash_combine(key, stance_hash(record->annotator, strlen(record->annotator)));
}

static bool is_same_decision(const struct stance_record *a, const struct stance_record *b) {
  return strcmp(a->unit, b->unit) == 0 && strcmp(a->head, b->head) == 0 && strcmp(a->annotator, b->annotator) == 0;
}

static void retract(struct chain_entry *entries, size_t *newest, const struct stance_record *records, const char *at) {
  for (size_t *link = newest; *link; link = &entries[*link - 1].older)
    if (!*at || strcmp(records[entries[*link - 1].record].at, at) == 0) {
      *link = entries[*link - 1].older;
      return;
    }
}

enum stance_status stance_records_resolve(struct stance_record *records, size_t *count, struct stance_error *error) {
  struct chain_entry *entries = calloc(*count + 1, sizeof *entries);
  size_t *newest = calloc(*count + 1, sizeof *newest);                   /* [key]: index in entries + 1 */
  size_t *first = calloc(*count + 1, sizeof *first), keys = 0, kept = 0; /* [key]: index of its first record */
  struct stance_hash_index index = {0};
  struct stance_record *holding = NULL;
  enum stance_status status = STANCE_OK;
  if (!entries || !newest || !first) {
    status = stance_fail_memory(error);
    goto cleanup;
  }
  for (size_t i = 0; i < *count; i++) {
    uint64_t hash = record_key(&records[i]);
    size_t at = stance_hash_index_start(&index, hash);
    uint32_t key;
    while ((key = stance_hash_index_next(&index, hash, &at)) != STANCE_HASH_NONE &&
           !is_same_decision(&records[first[key]], &records[i]))
      continue;
    if (key == STANCE_HASH_NONE) {
      if (!stance_hash_index_add(&index, hash, keys)) {
        status = stance_fail_memory(error);
        goto cleanup;
      }
      key = (uint32_t)keys++;
      first[key] = i;
    }
    if (records[i].retracts) {
      retract(entries, &newest[key], records, records[i].retracts);
      continue;
    }
    entries[i] = (struct chain_entry){.record = i, .older = newest[key]};
    newest[key] = i + 1;
  }
  holding = malloc((keys + 1) * sizeof *holding);
  if (!holding) {
    status = stance_fail_memory(error);
    goto cleanup;
  }
  for (size_t k = 0; k < keys; k++)
    if (newest[k]) holding[kept++] = records[entries[newest[k] - 1].record];
  if (kept) memcpy(records, holding, kept * sizeof *holding);
  *count = kept;
cleanup:
  free(holding);
  free(entries);
  free(newest);
  free(first);
  stance_hash_index_free(&index);
  return status;
}
