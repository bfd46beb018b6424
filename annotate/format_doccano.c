/* SPDX-License-Identifier: MIT
 * doccano: JSON Lines or a JSON array, a line for each text of an annotator.
 *
 *   {"id","text","entities":[{"id","label","start_offset","end_offset"}],"relations":[{"from_id","to_id","type"}]}   pairs
 *   {"id","text","label":["negative"]}, "labels" too                                                                texts
 *   {"id","text","label":[[0,4,"GPE"]]}, {"annotations":[{"label":5,"start_offset","end_offset","user":1}]}          spans
 *   __label__negative text                                                                            texts (fastText)
 *
 * "Comments" is the note. Offsets are UTF-16 units. Exports of this toolkit also have the record's other keys, and
 * "offsets":"utf-16" if the text has characters of two units, because version 0.1 wrote code points. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "foreign.h"
#include "stance/base/error.h"
#include "stance/base/file.h"
#include "stance/base/utf8.h"

struct reader {
  struct foreign foreign;
  size_t texts;
};

static void add_spans(struct foreign *foreign, const cJSON *object) {
  static const char *const lists[] = {"entities", "annotations", "label", "labels"};
  const cJSON *item;
  char number[32];
  for (size_t l = 0; l < 4; l++) cJSON_ArrayForEach(item, foreign_get(object, lists[l])) {
      const cJSON *start = cJSON_IsArray(item) ? cJSON_GetArrayItem(item, 0) : foreign_get(item, "start_offset");
      const cJSON *end = cJSON_IsArray(item) ? cJSON_GetArrayItem(item, 1) : foreign_get(item, "end_offset");
      const cJSON *label = cJSON_IsArray(item) ? cJSON_GetArrayItem(item, 2) : foreign_get(item, "label");
      if (cJSON_IsString(item) || (!start && !end && l == 1)) continue; /* a label of the text */
      if (!cJSON_IsNumber(start) || !cJSON_IsNumber(end) || !(cJSON_IsString(label) || cJSON_IsNumber(label))) {
        annotate_lose(foreign->losses, "label entries of an unknown form");
        continue;
      }
      if (cJSON_IsNumber(label)) snprintf(number, sizeof number, "%.0f", label->valuedouble);
      const char *name =
          cJSON_IsString(label) ? label->valuestring : stance_arena_copy(&foreign->arena, number, strlen(number));
      size_t span = foreign_add_span(foreign, start->valuedouble, end->valuedouble, NULL, name);
      if (span != SIZE_MAX) foreign->spans[span].is_implicit = cJSON_IsTrue(foreign_get(item, "implicit"));
    }
}

/* The span of an entity id: entities are the first spans, in order. Entities of an unknown form have no span. */
static size_t span_of(const cJSON *object, double id) {
  const cJSON *entity;
  size_t place = 0;
  cJSON_ArrayForEach(entity, foreign_get(object, "entities")) {
    bool is_span = cJSON_IsNumber(foreign_get(entity, "start_offset")) &&
                   cJSON_IsNumber(foreign_get(entity, "end_offset")) && foreign_string(entity, "label");
    if (foreign_number(entity, "id", -1) == id) return is_span ? place : SIZE_MAX;
    place += is_span;
  }
  return SIZE_MAX;
}

/* Comments are strings or objects with one. The note of this toolkit's records has precedence. */
static void add_comments(cJSON *base, const cJSON *object) {
  static const char *const lists[] = {"Comments", "comments"};
  struct stance_buffer note = {0};
  const cJSON *item;
  for (size_t l = 0; l < 2; l++) cJSON_ArrayForEach(item, foreign_get(object, lists[l])) {
      const char *comment = cJSON_IsString(item)              ? item->valuestring
                            : foreign_string(item, "comment") ? foreign_string(item, "comment")
                                                              : foreign_string(item, "text");
      if (!comment || !*comment) continue;
      if (note.length) stance_buffer_putc(&note, '\n');
      stance_buffer_puts(&note, comment);
    }
  if (note.length && !note.failed && !foreign_get(base, "note")) {
    stance_buffer_putc(&note, '\0');
    foreign_set(base, "note", note.data);
  }
  stance_buffer_free(&note);
}

static void add_user(cJSON *base, const cJSON *object) {
  const cJSON *user = foreign_get(cJSON_GetArrayItem(foreign_get(object, "annotations"), 0), "user");
  char name[40];
  if (!cJSON_IsNumber(user) || foreign_get(base, "annotator")) return;
  snprintf(name, sizeof name, "user-%.0f", user->valuedouble);
  foreign_set(base, "annotator", name);
}

static enum stance_status take_text_labels(struct foreign *foreign, const cJSON *object, struct stance_error *error) {
  static const char *const lists[] = {"label", "labels"};
  const cJSON *item;
  size_t labels = 0;
  for (size_t l = 0; l < 2; l++) cJSON_ArrayForEach(item, foreign_get(object, lists[l])) {
      if (!cJSON_IsString(item)) continue;
      if (labels++) annotate_lose(foreign->losses, "second labels of a text");
      else STANCE_TRY(foreign_label(foreign, SIZE_MAX, NULL, item->valuestring, error));
    }
  for (size_t l = 0; l < 2; l++) {
    const char *one = foreign_string(object, lists[l]);
    if (one && !labels++) STANCE_TRY(foreign_label(foreign, SIZE_MAX, NULL, one, error));
  }
  return STANCE_OK;
}

static enum stance_status read_line(void *context, const cJSON *object, size_t line, struct stance_error *error) {
  struct reader *reader = context;
  struct foreign *foreign = &reader->foreign;
  const cJSON *item;
  char article[64];
  if (!cJSON_IsObject(object))
    return stance_fail(error, STANCE_INPUT, "is not a JSON object; expected doccano's {\"text\",...}");
  const char *text = foreign_text(foreign->defaults, object, foreign->losses);
  if (!text) {
    annotate_lose(foreign->losses, "lines without a text");
    return STANCE_OK;
  }
  reader->texts++;
  static const char *const known[] = {"date", "outlet", "source", NULL};
  bool is_own = foreign_string(object, "unit") != NULL;
  if (cJSON_IsNumber(foreign_get(object, "id")))
    snprintf(article, sizeof article, "doccano-%.0f", foreign_number(object, "id", 0));
  else foreign_article(article, "doccano", text);
  cJSON *base =
      foreign_base(is_own || !foreign_get(object, "meta") ? object : foreign_get(object, "meta"), text, article);
  if (!is_own) foreign_lose_keys(foreign->losses, foreign_get(object, "meta"), known);
  add_comments(base, object);
  add_user(base, object);
  foreign->offsets = is_own && !foreign_string(object, "offsets") ? FOREIGN_CODE_POINTS : FOREIGN_UTF16;
  STANCE_TRY(foreign_begin(foreign, base, line, is_own, error));
  add_spans(foreign, object);
  STANCE_TRY(foreign_settle(foreign, error));
  cJSON_ArrayForEach(item, foreign_get(object, "relations")) {
    const char *type = foreign_string(item, "type");
    if (type)
      STANCE_TRY(foreign_pair(foreign, span_of(object, foreign_number(item, "from_id", -2)),
                              span_of(object, foreign_number(item, "to_id", -2)), type, error));
    else annotate_lose(foreign->losses, "relations without a type");
  }
  STANCE_TRY(take_text_labels(foreign, object, error));
  if (!foreign->made && is_own) return foreign_label(foreign, SIZE_MAX, NULL, NULL, error); /* a skip, a flag, a note */
  return foreign_end(foreign, error);
}

/* "__label__negative __label__positive text" */
static enum stance_status read_fasttext_line(struct reader *reader, char *line, size_t number,
                                             struct stance_error *error) {
  struct foreign *foreign = &reader->foreign;
  const char *label = NULL;
  size_t labels = 0;
  char article[64];
  while (strncmp(line, "__label__", 9) == 0) {
    char *word = strsep(&line, " ");
    if (!labels++) label = word + 9;
    if (!line) line = word + strlen(word);
  }
  if (!*line) {
    annotate_lose(foreign->losses, "lines without a text");
    return STANCE_OK;
  }
  reader->texts++;
  foreign_article(article, "doccano", line);
  STANCE_TRY(foreign_begin(foreign, foreign_base(NULL, line, article), number, false, error));
  if (label && *label) STANCE_TRY(foreign_label(foreign, SIZE_MAX, NULL, label, error));
  while (labels-- > 1) annotate_lose(foreign->losses, "second labels of a text");
  return foreign_end(foreign, error);
}

static enum stance_status read_fasttext(struct reader *reader, char *bytes, struct stance_error *error) {
  size_t number = 0;
  for (char *rest = bytes, *line; (line = strsep(&rest, "\n"));) {
    size_t length = strcspn(line, "\r");
    line[length] = '\0';
    number++;
    if (length) STANCE_TRY(read_fasttext_line(reader, line, number, error));
  }
  return STANCE_OK;
}

static enum stance_status read_doccano(const char *path, const struct annotate_defaults *defaults,
                                       struct annotate_records *records, struct annotate_losses *losses,
                                       struct stance_error *error) {
  struct reader reader = {
      .foreign = {.defaults = defaults, .records = records, .losses = losses, .path = path, .offsets = FOREIGN_UTF16}};
  struct stance_arena arena = {0};
  char *bytes;
  size_t length;
  enum stance_status status = stance_file_read(path, 0, &arena, &bytes, &length, error);
  if (status == STANCE_OK && strncmp(bytes, "__label__", 9) == 0)
    status = stance_utf8_valid(bytes, length) ? read_fasttext(&reader, bytes, error)
                                              : stance_fail_at(error, STANCE_INPUT, path, 0, 0, "is not UTF-8 text");
  else if (status == STANCE_OK) status = foreign_each(path, read_line, &reader, error);
  if (status == STANCE_OK && !reader.texts)
    status =
        stance_fail_at(error, STANCE_INPUT, path, 0, 0, "no line has a text under '%s'; --text-key says where it is",
                       defaults->text_key ? defaults->text_key : "text");
  stance_arena_free(&arena);
  foreign_close(&reader.foreign);
  return status;
}

/* Converts an offset from code points to UTF-16 units. */
static size_t utf16_of(const char *text, size_t place) {
  size_t units = place, bytes = stance_utf8_offset(text, strlen(text), place);
  for (size_t at = 0; bytes != SIZE_MAX && at < bytes; at++) units += (unsigned char)text[at] >= 0xF0;
  return units;
}

static cJSON *doccano_json(const struct stance_record *record, size_t id, struct annotate_losses *losses) {
  cJSON *object = annotate_record_meta(record);
  cJSON_AddNumberToObject(object, "id", (double)id);
  cJSON_AddStringToObject(object, "text", record->text);
  size_t points = stance_utf8_count(record->text, strlen(record->text));
  if (utf16_of(record->text, points) != points) cJSON_AddStringToObject(object, "offsets", "utf-16");
  cJSON *entities = cJSON_AddArrayToObject(object, "entities");
  for (size_t i = 0; i < record->mention_count; i++) {
    cJSON *entity = cJSON_CreateObject();
    cJSON_AddNumberToObject(entity, "id", (double)i);
    cJSON_AddStringToObject(entity, "label", record->mentions[i].actor);
    cJSON_AddNumberToObject(entity, "start_offset", (double)utf16_of(record->text, record->mentions[i].start));
    cJSON_AddNumberToObject(entity, "end_offset", (double)utf16_of(record->text, record->mentions[i].end));
    if (record->mentions[i].is_implicit) cJSON_AddBoolToObject(entity, "implicit", true);
    cJSON_AddItemToArray(entities, entity);
  }
  if (!record->label) return object;
  if (record->source && !annotate_record_lacks_span(record)) {
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
  for (size_t i = 0; i < count; i++) annotate_put_line(&out, doccano_json(&records[i], i + 1, losses));
  enum stance_status status = stance_file_write_buffer(path, &out, error);
  stance_buffer_free(&out);
  return status;
}

const struct annotate_format annotate_format_doccano = {.read = read_doccano, .write = write_doccano};
