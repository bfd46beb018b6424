/* SPDX-License-Identifier: MIT
 * doccano and Prodigy: JSON Lines, a line for each label of an annotator.
 *
 *   doccano  {"text","entities":[{"id","label","start_offset","end_offset"}],"relations":[{"from_id","to_id","type"}]} for pairs,
 *            {"text","label":["negative"]} for texts; other keys are kept as metadata by doccano, and are the record's here
 *   Prodigy  {"text","spans":[{"start","end","label"}],"relations":[{"head_span","child_span","label"}],"answer"} for pairs,
 *            {"text","label","answer"} or {"accept":[...]} for texts; "_annotator_id"; the record's keys are in "meta"
 *
 * An entity's label is the actor's id; a relation goes from source to target and its type is the label. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "format.h"
#include "stance/base/buffer.h"
#include "stance/base/error.h"
#include "stance/base/file.h"
#include "stance/base/json.h"

struct reader {
  const struct annotate_defaults *defaults;
  struct annotate_records *records;
  struct annotate_losses *losses;
  const char *path;
};

static const cJSON *get(const cJSON *object, const char *key) { return cJSON_GetObjectItemCaseSensitive(object, key); }

static double number_of(const cJSON *object, const char *key, double fallback) {
  const cJSON *item = get(object, key);
  return cJSON_IsNumber(item) ? item->valuedouble : fallback;
}

static const char *text_of(const cJSON *object, const char *key) {
  const cJSON *item = get(object, key);
  return cJSON_IsString(item) ? item->valuestring : NULL;
}

static void add_mention(cJSON *mentions, const char *actor, double start, double end, bool is_implicit) {
  cJSON *mention = cJSON_CreateObject();
  cJSON_AddStringToObject(mention, "actor", actor);
  cJSON_AddNumberToObject(mention, "start", start);
  cJSON_AddNumberToObject(mention, "end", end);
  if (is_implicit) cJSON_AddBoolToObject(mention, "implicit", true);
  cJSON_AddItemToArray(mentions, mention);
}

/* Copies the record's own keys out of foreign metadata. */
static cJSON *start_record(const cJSON *text, const cJSON *meta, const char *fallback_article) {
  static const char *const keys[] = {"unit", "article", "sentence", "source", "target", "head", "annotator", "at", "seconds", "note", "flags",
                                     "suggestion", "date", "outlet"};
  cJSON *record = cJSON_CreateObject();
  for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
    const cJSON *item = get(meta, keys[i]);
    if (item && !cJSON_IsNull(item)) cJSON_AddItemToObject(record, keys[i], cJSON_Duplicate(item, true));
  }
  if (!get(record, "article")) cJSON_AddStringToObject(record, "article", fallback_article);
  cJSON_AddItemToObject(record, "text", cJSON_Duplicate(text, true));
  return record;
}

static void set_text(cJSON *object, const char *key, const char *text) {
  cJSON_DeleteItemFromObjectCaseSensitive(object, key);
  cJSON_AddStringToObject(object, key, text);
}

/* The actors of a pair as the file has them now; the unit's id follows unless they are what the metadata says. */
static void set_pair(cJSON *record, const char *source, const char *target) {
  const char *old_source = text_of(record, "source"), *old_target = text_of(record, "target");
  if (old_source && old_target && strcmp(old_source, source) == 0 && strcmp(old_target, target) == 0) return;
  cJSON_DeleteItemFromObjectCaseSensitive(record, "unit");
  set_text(record, "source", source);
  set_text(record, "target", target);
}

static bool has_pair_without_spans(const struct stance_record *record) {
  return record->target && record->label &&
         ((record->source && annotate_record_mention(record, record->source) < 0) || annotate_record_mention(record, record->target) < 0);
}

/* ---- doccano ---------------------------------------------------------------------------------------------- */

static const cJSON *entity_by_id(const cJSON *entities, double id) {
  const cJSON *entity;
  cJSON_ArrayForEach(entity, entities) if (number_of(entity, "id", -1) == id) return entity;
  return NULL;
}

static cJSON *doccano_mentions(const struct reader *reader, const cJSON *object) {
  const cJSON *item, *labels = get(object, "label");
  cJSON *mentions = cJSON_CreateArray();
  cJSON_ArrayForEach(item, get(object, "entities")) {
    if (text_of(item, "label")) add_mention(mentions, text_of(item, "label"), number_of(item, "start_offset", -1), number_of(item, "end_offset", -1), cJSON_IsTrue(get(item, "implicit")));
  }
  cJSON_ArrayForEach(item, labels) { /* sequence labelling: [start, end, label] */
    if (!cJSON_IsArray(item)) continue;
    const cJSON *start = cJSON_GetArrayItem(item, 0), *end = cJSON_GetArrayItem(item, 1), *label = cJSON_GetArrayItem(item, 2);
    if (cJSON_IsNumber(start) && cJSON_IsNumber(end) && cJSON_IsString(label)) add_mention(mentions, label->valuestring, start->valuedouble, end->valuedouble, false);
    else annotate_lose(reader->losses, "label entries of an unknown form");
  }
  return mentions;
}

static enum stance_status read_doccano_line(void *context, const cJSON *object, size_t line, struct stance_error *error) {
  struct reader *reader = context;
  const cJSON *text = get(object, "text") ? get(object, "text") : get(object, "data"), *item;
  char article[64];
  size_t made = 0;
  if (!cJSON_IsObject(object) || !cJSON_IsString(text)) return stance_fail(error, STANCE_INPUT, "'text' is missing; expected doccano's JSON Lines");
  const cJSON *meta = cJSON_IsObject(get(object, "meta")) && !get(object, "unit") ? get(object, "meta") : object;
  snprintf(article, sizeof article, "doccano-%.0f", number_of(object, "id", (double)line));
  cJSON_ArrayForEach(item, get(object, "relations")) {
    const cJSON *from = entity_by_id(get(object, "entities"), number_of(item, "from_id", -2));
    const cJSON *to = entity_by_id(get(object, "entities"), number_of(item, "to_id", -2));
    if (!from || !to || !text_of(item, "type") || !text_of(from, "label") || !text_of(to, "label")) {
      annotate_lose(reader->losses, "relations without both ends");
      continue;
    }
    cJSON *record = start_record(text, meta, article);
    set_pair(record, text_of(from, "label"), text_of(to, "label"));
    set_text(record, "label", text_of(item, "type"));
    cJSON_AddItemToObject(record, "mentions", doccano_mentions(reader, object));
    made++;
    STANCE_TRY(annotate_records_take(reader->records, record, reader->path, line, reader->defaults, error));
  }
  const cJSON *labels = get(object, "label");
  cJSON_ArrayForEach(item, labels) {
    if (!cJSON_IsString(item)) continue;
    if (made) {
      annotate_lose(reader->losses, "second labels of a text");
      continue;
    }
    cJSON *record = start_record(text, meta, article);
    set_text(record, "label", item->valuestring);
    cJSON_AddItemToObject(record, "mentions", doccano_mentions(reader, object));
    made++;
    STANCE_TRY(annotate_records_take(reader->records, record, reader->path, line, reader->defaults, error));
  }
  if (made) return STANCE_OK;
  if (!text_of(meta, "unit") || !text_of(meta, "head")) {
    annotate_lose(reader->losses, "texts without a label");
    return STANCE_OK;
  }
  cJSON *record = start_record(text, meta, article); /* a skip, a flag, a note */
  cJSON_AddItemToObject(record, "mentions", doccano_mentions(reader, object));
  return annotate_records_take(reader->records, record, reader->path, line, reader->defaults, error);
}

static enum stance_status read_lines(const char *path, stance_json_line *each, const struct annotate_defaults *defaults,
                                     struct annotate_records *records, struct annotate_losses *losses, struct stance_error *error) {
  struct reader reader = {.defaults = defaults, .records = records, .losses = losses, .path = path};
  struct stance_arena arena = {0};
  char *bytes;
  size_t length;
  enum stance_status status = stance_file_read(path, 0, &arena, &bytes, &length, error);
  if (status == STANCE_OK) {
    if (error) error->file[0] = '\0';
    status = stance_json_lines(bytes, length, path, each, &reader, error);
  }
  stance_arena_free(&arena);
  return status;
}

static enum stance_status read_doccano(const char *path, const struct annotate_defaults *defaults, struct annotate_records *records,
                                       struct annotate_losses *losses, struct stance_error *error) {
  return read_lines(path, read_doccano_line, defaults, records, losses, error);
}

/* Prints the object as a line, deletes it. */
static void put_line(struct stance_buffer *out, cJSON *object) {
  char *text = object ? cJSON_PrintUnformatted(object) : NULL;
  cJSON_Delete(object);
  if (!text) {
    out->failed = true;
    return;
  }
  stance_buffer_puts(out, text);
  stance_buffer_putc(out, '\n');
  cJSON_free(text);
}

static cJSON *doccano_json(const struct stance_record *record, size_t id, struct annotate_losses *losses) {
  cJSON *object = annotate_record_meta(record);
  cJSON_AddNumberToObject(object, "id", (double)id);
  cJSON_AddStringToObject(object, "text", record->text);
  cJSON *entities = cJSON_AddArrayToObject(object, "entities");
  for (size_t i = 0; i < record->mention_count; i++) {
    cJSON *entity = cJSON_CreateObject();
    cJSON_AddNumberToObject(entity, "id", (double)i);
    cJSON_AddStringToObject(entity, "label", record->mentions[i].actor);
    cJSON_AddNumberToObject(entity, "start_offset", record->mentions[i].start);
    cJSON_AddNumberToObject(entity, "end_offset", record->mentions[i].end);
    if (record->mentions[i].is_implicit) cJSON_AddBoolToObject(entity, "implicit", true);
    cJSON_AddItemToArray(entities, entity);
  }
  if (!record->label) return object;
  if (record->source && !has_pair_without_spans(record)) {
    cJSON *relation = cJSON_CreateObject();
    cJSON_AddNumberToObject(relation, "id", 0);
    cJSON_AddNumberToObject(relation, "from_id", annotate_record_mention(record, record->source));
    cJSON_AddNumberToObject(relation, "to_id", annotate_record_mention(record, record->target));
    cJSON_AddStringToObject(relation, "type", record->label);
    cJSON_AddItemToArray(cJSON_AddArrayToObject(object, "relations"), relation);
    return object;
  }
  if (record->source) annotate_lose(losses, "relations of pairs without a mention (written as labels of the text)");
  cJSON_AddItemToArray(cJSON_AddArrayToObject(object, "label"), cJSON_CreateString(record->label));
  return object;
}

static enum stance_status write_doccano(const char *path, const struct stance_record *records, size_t count,
                                        struct annotate_losses *losses, struct stance_error *error) {
  struct stance_buffer out = {0};
  for (size_t i = 0; i < count; i++) put_line(&out, doccano_json(&records[i], i + 1, losses));
  enum stance_status status = out.failed ? stance_fail_memory(error) : annotate_write_lines(path, out.data, out.length, error);
  stance_buffer_free(&out);
  return status;
}

const struct annotate_format annotate_format_doccano = {.read = read_doccano, .write = write_doccano};

/* ---- Prodigy ---------------------------------------------------------------------------------------------- */

static cJSON *prodigy_mentions(const cJSON *object) {
  const cJSON *item;
  cJSON *mentions = cJSON_CreateArray();
  cJSON_ArrayForEach(item, get(object, "spans")) {
    if (text_of(item, "label")) add_mention(mentions, text_of(item, "label"), number_of(item, "start", -1), number_of(item, "end", -1), cJSON_IsTrue(get(item, "implicit")));
  }
  return mentions;
}

static enum stance_status take_prodigy(struct reader *reader, const cJSON *object, const char *source, const char *target,
                                       const char *label, size_t line, struct stance_error *error) {
  char article[64], at[40];
  snprintf(article, sizeof article, "prodigy-%zu", line);
  cJSON *record = start_record(get(object, "text"), get(object, "meta"), article);
  if (!record) return stance_fail_memory(error);
  if (source && target) set_pair(record, source, target);
  if (label) set_text(record, "label", label);
  const char *annotator = text_of(object, "_annotator_id");
  if (annotator && !text_of(record, "annotator")) set_text(record, "annotator", annotator);
  if (!text_of(record, "at") && cJSON_IsNumber(get(object, "_timestamp"))) {
    time_t seconds = (time_t)number_of(object, "_timestamp", 0);
    struct tm utc;
    if (gmtime_r(&seconds, &utc) && strftime(at, sizeof at, "%Y-%m-%dT%H:%M:%SZ", &utc)) set_text(record, "at", at);
  }
  const char *answer = text_of(object, "answer");
  if (!label && answer && strcmp(answer, "ignore") == 0 && !get(record, "flags"))
    cJSON_AddItemToArray(cJSON_AddArrayToObject(record, "flags"), cJSON_CreateString("skip"));
  cJSON_AddItemToObject(record, "mentions", prodigy_mentions(object));
  return annotate_records_take(reader->records, record, reader->path, line, reader->defaults, error);
}

static enum stance_status read_prodigy_line(void *context, const cJSON *object, size_t line, struct stance_error *error) {
  struct reader *reader = context;
  const cJSON *item;
  const char *answer = text_of(object, "answer"), *label = text_of(object, "label");
  size_t made = 0;
  if (!cJSON_IsString(get(object, "text"))) return stance_fail(error, STANCE_INPUT, "'text' is missing; expected Prodigy's JSON Lines");
  if (answer && strcmp(answer, "reject") == 0) {
    annotate_lose(reader->losses, "rejected answers");
    return STANCE_OK;
  }
  if (answer && strcmp(answer, "ignore") == 0) {
    if (text_of(get(object, "meta"), "unit")) return take_prodigy(reader, object, NULL, NULL, NULL, line, error);
    annotate_lose(reader->losses, "ignored texts without a unit");
    return STANCE_OK;
  }
  cJSON_ArrayForEach(item, get(object, "relations")) {
    const char *source = text_of(get(item, "head_span"), "label"), *target = text_of(get(item, "child_span"), "label");
    if (!source || !target || !text_of(item, "label")) {
      annotate_lose(reader->losses, "relations without the labels of both ends");
      continue;
    }
    made++;
    STANCE_TRY(take_prodigy(reader, object, source, target, text_of(item, "label"), line, error));
  }
  if (made) return STANCE_OK;
  cJSON_ArrayForEach(item, get(object, "accept")) {
    if (!cJSON_IsString(item)) continue;
    if (label) annotate_lose(reader->losses, "second labels of a text");
    else label = item->valuestring;
  }
  if (label || text_of(get(object, "meta"), "unit")) return take_prodigy(reader, object, NULL, NULL, label, line, error);
  annotate_lose(reader->losses, "texts without a label");
  return STANCE_OK;
}

static enum stance_status read_prodigy(const char *path, const struct annotate_defaults *defaults, struct annotate_records *records,
                                       struct annotate_losses *losses, struct stance_error *error) {
  return read_lines(path, read_prodigy_line, defaults, records, losses, error);
}

static cJSON *prodigy_span(const struct stance_record_mention *mention) {
  cJSON *span = cJSON_CreateObject();
  cJSON_AddNumberToObject(span, "start", mention->start);
  cJSON_AddNumberToObject(span, "end", mention->end);
  cJSON_AddStringToObject(span, "label", mention->actor);
  if (mention->is_implicit) cJSON_AddBoolToObject(span, "implicit", true);
  return span;
}

static cJSON *prodigy_json(const struct stance_record *record, struct annotate_losses *losses) {
  cJSON *object = cJSON_CreateObject();
  cJSON_AddStringToObject(object, "text", record->text);
  cJSON *spans = cJSON_AddArrayToObject(object, "spans");
  for (size_t i = 0; i < record->mention_count; i++) cJSON_AddItemToArray(spans, prodigy_span(&record->mentions[i]));
  if (record->label && record->source && !has_pair_without_spans(record)) {
    cJSON *relation = cJSON_CreateObject();
    cJSON_AddItemToObject(relation, "head_span", prodigy_span(&record->mentions[annotate_record_mention(record, record->source)]));
    cJSON_AddItemToObject(relation, "child_span", prodigy_span(&record->mentions[annotate_record_mention(record, record->target)]));
    cJSON_AddStringToObject(relation, "label", record->label);
    cJSON_AddItemToArray(cJSON_AddArrayToObject(object, "relations"), relation);
  } else if (record->label) {
    if (record->source) annotate_lose(losses, "relations of pairs without a mention (written as labels of the text)");
    cJSON_AddStringToObject(object, "label", record->label);
  }
  cJSON_AddStringToObject(object, "answer", record->label ? "accept" : "ignore");
  cJSON_AddStringToObject(object, "_annotator_id", record->annotator);
  cJSON_AddItemToObject(object, "meta", annotate_record_meta(record));
  return object;
}

static enum stance_status write_prodigy(const char *path, const struct stance_record *records, size_t count,
                                        struct annotate_losses *losses, struct stance_error *error) {
  struct stance_buffer out = {0};
  for (size_t i = 0; i < count; i++) put_line(&out, prodigy_json(&records[i], losses));
  enum stance_status status = out.failed ? stance_fail_memory(error) : annotate_write_lines(path, out.data, out.length, error);
  stance_buffer_free(&out);
  return status;
}

const struct annotate_format annotate_format_prodigy = {.read = read_prodigy, .write = write_prodigy};
