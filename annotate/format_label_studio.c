/* SPDX-License-Identifier: MIT
 * Label Studio: a JSON array of tasks. A unit is a task, an annotator's label one of its annotations:
 *
 *   {"data":{"text",...the unit's keys},"annotations":[{"completed_by":{"email":"ana"},"created_at","lead_time","result":[
 *     {"id","type":"labels","from_name":"actor","to_name":"text","value":{"start","end","text","labels":["GPE"]}},
 *     {"type":"relation","from_id","to_id","direction":"right","labels":["hostile"]},
 *     {"type":"choices","from_name":"sentiment","to_name":"text","value":{"choices":["negative"]}},
 *     {"type":"choices","from_name":"flags",...}, {"type":"textarea","from_name":"note",...}]}]}
 *
 * JSON-MIN: {"id","text","sentiment":"negative","annotator","created_at","lead_time"}: the value under the sentences'
 * head is the label, lists of {"start","end","labels"} are spans. Offsets are code points, but may be wrong after
 * characters outside the BMP: a span's "text" decides. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "foreign.h"
#include "stance/base/error.h"
#include "stance/base/file.h"

static const cJSON *get(const cJSON *object, const char *key) { return foreign_get(object, key); }
static const char *text_of(const cJSON *object, const char *key) { return foreign_string(object, key); }

static const char *first_of(const cJSON *object, const char *key) {
  const cJSON *item = get(object, key);
  if (cJSON_IsArray(item)) item = cJSON_GetArrayItem(item, 0);
  return cJSON_IsString(item) ? item->valuestring : NULL;
}

/* ---- reading ---------------------------------------------------------------------------------------------- */

struct reader {
  struct foreign foreign;
  size_t tasks;
};

struct task {
  struct foreign *foreign;
  const cJSON *data, *annotation, *results;
  const char *text;
  char article[64];
  bool is_own;
};

/* Who completed it: a name, an object with one, or a number. */
static void put_annotator(cJSON *record, const cJSON *by) {
  static const char *const keys[] = {"email", "username", "first_name"};
  char number[32];
  if (cJSON_IsString(by)) foreign_set(record, "annotator", by->valuestring);
  for (size_t i = 0; i < 3; i++)
    if (!get(record, "annotator") && text_of(by, keys[i])) foreign_set(record, "annotator", text_of(by, keys[i]));
  const cJSON *id = cJSON_IsNumber(by) ? by : get(by, "id");
  if (get(record, "annotator") || !cJSON_IsNumber(id)) return;
  snprintf(number, sizeof number, "user-%.0f", id->valuedouble);
  foreign_set(record, "annotator", number);
}

/* RFC 3339; in versions before 1.0, seconds since 1970. */
static void put_time(cJSON *record, const cJSON *at) {
  char text[40];
  struct tm utc;
  if (cJSON_IsString(at)) foreign_set(record, "at", at->valuestring);
  if (!cJSON_IsNumber(at) || !(at->valuedouble > 0 && at->valuedouble < 1e11)) return;
  time_t seconds = (time_t)at->valuedouble;
  if (gmtime_r(&seconds, &utc) && strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc))
    foreign_set(record, "at", text);
}

static bool is_type(const cJSON *result, const char *type) {
  return text_of(result, "type") && strcmp(text_of(result, "type"), type) == 0;
}
static bool is_flags(const cJSON *result) {
  return text_of(result, "from_name") && strcmp(text_of(result, "from_name"), "flags") == 0;
}

/* Whether the result is a span: of Labels, HyperTextLabels or another span tag. */
static bool is_span(const cJSON *result) {
  const cJSON *value = get(result, "value");
  return is_type(result, "labels") && cJSON_IsNumber(get(value, "start")) && cJSON_IsNumber(get(value, "end"));
}

static void add_spans(const struct task *task) {
  const cJSON *result;
  cJSON_ArrayForEach(result, task->results) {
    const cJSON *value = get(result, "value");
    if (!is_span(result)) continue;
    size_t span = foreign_add_span(task->foreign, foreign_number(value, "start", -1), foreign_number(value, "end", -1),
                                   text_of(value, "text"), first_of(value, "labels"));
    if (span != SIZE_MAX) task->foreign->spans[span].is_implicit = cJSON_IsTrue(get(get(result, "meta"), "implicit"));
  }
}

static size_t span_of(const struct task *task, const char *id) {
  const cJSON *result;
  size_t span = 0;
  cJSON_ArrayForEach(result, task->results) {
    if (!is_span(result)) continue;
    if (id && text_of(result, "id") && strcmp(text_of(result, "id"), id) == 0) return span;
    span++;
  }
  return SIZE_MAX;
}

/* The keys of the whole annotation: annotator, time, duration, note and flags. */
static cJSON *start_record(const struct task *task) {
  cJSON *record = foreign_base(task->data, task->text, task->article);
  const cJSON *result, *seconds = get(task->annotation, "lead_time");
  put_annotator(record, get(task->annotation, "completed_by"));
  put_time(record, get(task->annotation, "created_at"));
  if (cJSON_IsNumber(seconds) && seconds->valuedouble >= 0)
    cJSON_AddNumberToObject(record, "seconds", seconds->valuedouble);
  cJSON_ArrayForEach(result, task->results) {
    const cJSON *value = get(result, "value");
    if (is_flags(result) && !get(record, "flags"))
      cJSON_AddItemToObject(record, "flags", cJSON_Duplicate(get(value, "choices"), true));
    if (!is_type(result, "textarea")) continue;
    if (get(record, "note")) annotate_lose(task->foreign->losses, "second notes");
    else if (first_of(value, "text")) foreign_set(record, "note", first_of(value, "text"));
  }
  return record;
}

static enum stance_status take_relation(struct task *task, const cJSON *result, struct stance_error *error) {
  size_t from = span_of(task, text_of(result, "from_id")), to = span_of(task, text_of(result, "to_id"));
  const char *label = first_of(result, "labels"), *direction = text_of(result, "direction");
  if (!label || (direction && strcmp(direction, "none") == 0)) {
    annotate_lose(task->foreign->losses, "relations without a label or a direction");
    return STANCE_OK;
  }
  if (direction && strcmp(direction, "bi") == 0) {
    annotate_tell(task->foreign->losses, "relations in both directions (a label for each)");
    STANCE_TRY(foreign_pair(task->foreign, to, from, label, error));
  }
  bool is_left = direction && strcmp(direction, "left") == 0;
  return foreign_pair(task->foreign, is_left ? to : from, is_left ? from : to, label, error);
}

static enum stance_status take_result(struct task *task, const cJSON *result, struct stance_error *error) {
  const char *type = text_of(result, "type");
  char what[112];
  if (is_span(result) || is_type(result, "textarea") || is_flags(result)) return STANCE_OK;
  if (is_type(result, "relation")) return take_relation(task, result, error);
  const char *label = is_type(result, "choices") ? first_of(get(result, "value"), "choices") : NULL;
  if (!label) {
    snprintf(what, sizeof what, "results of type '%.40s'", type ? type : "");
    annotate_lose(task->foreign->losses, what);
    return STANCE_OK;
  }
  if (cJSON_GetArraySize(get(get(result, "value"), "choices")) > 1)
    annotate_lose(task->foreign->losses, "second choices");
  return foreign_label(task->foreign, SIZE_MAX, text_of(result, "from_name"), label, error);
}

static enum stance_status read_annotation(struct task *task, size_t line, struct stance_error *error) {
  const cJSON *result;
  if (cJSON_IsTrue(get(task->annotation, "was_cancelled")) && !task->is_own) {
    annotate_lose(task->foreign->losses, "cancelled annotations");
    return STANCE_OK;
  }
  STANCE_TRY(foreign_begin(task->foreign, start_record(task), line, task->is_own, error));
  add_spans(task);
  STANCE_TRY(foreign_settle(task->foreign, error));
  cJSON_ArrayForEach(result, task->results) STANCE_TRY(take_result(task, result, error));
  if (!task->foreign->made && task->is_own && text_of(task->data, "head"))
    return foreign_label(task->foreign, SIZE_MAX, NULL, NULL, error);
  return foreign_end(task->foreign, error);
}

static enum stance_status read_full_task(struct task *task, const cJSON *object, size_t line,
                                         struct stance_error *error) {
  struct annotate_losses *losses = task->foreign->losses;
  for (int i = cJSON_GetArraySize(get(object, "predictions")); i > 0; i--) annotate_lose(losses, "predictions");
  const cJSON *annotations = get(object, "annotations");
  if (!annotations) annotations = get(object, "completions"); /* as versions before 1.0 name them */
  if (cJSON_GetArraySize(annotations) == 0) annotate_lose(losses, "tasks without annotations");
  cJSON_ArrayForEach(task->annotation, annotations) {
    task->results = get(task->annotation, "result");
    STANCE_TRY(read_annotation(task, line, error));
  }
  return STANCE_OK;
}

/* ---- JSON-MIN ---------------------------------------------------------------------------------------------- */

static bool is_span_list(const cJSON *item) {
  return cJSON_IsArray(item) && cJSON_IsNumber(get(item->child, "start")) && cJSON_IsNumber(get(item->child, "end"));
}

static cJSON *start_min_record(const struct task *task, const cJSON *object) {
  cJSON *record = foreign_base(object, task->text, task->article);
  put_annotator(record, get(object, "annotator"));
  if (text_of(object, "created_at")) foreign_set(record, "at", text_of(object, "created_at"));
  if (foreign_number(object, "lead_time", -1) >= 0)
    cJSON_AddNumberToObject(record, "seconds", foreign_number(object, "lead_time", 0));
  if (first_of(object, "note")) foreign_set(record, "note", first_of(object, "note"));
  return record;
}

static enum stance_status read_min_task(struct task *task, const cJSON *object, size_t line,
                                        struct stance_error *error) {
  static const char *const known[] = {"id",   "annotator", "annotation_id", "created_at", "updated_at", "lead_time",
                                      "note", "date",      "outlet",        "source",     NULL};
  struct foreign *foreign = task->foreign;
  const char *head =
      foreign->defaults->sentence_head ? foreign->defaults->sentence_head : ANNOTATE_DEFAULT_SENTENCE_HEAD;
  const cJSON *item, *span, *choice = get(object, head);
  STANCE_TRY(foreign_begin(foreign, start_min_record(task, object), line, false, error));
  cJSON *rest = cJSON_Duplicate(object, true);
  cJSON_ArrayForEach(item, object) {
    if (item == choice || !item->string || is_span_list(item) ||
        (cJSON_IsString(item) && strcmp(item->valuestring, task->text) == 0))
      cJSON_DeleteItemFromObjectCaseSensitive(rest, item->string);
    if (is_span_list(item))
      cJSON_ArrayForEach(span, item)
          foreign_add_span(foreign, foreign_number(span, "start", -1), foreign_number(span, "end", -1),
                           text_of(span, "text"), first_of(span, "labels"));
  }
  foreign_lose_keys(foreign->losses, rest, known);
  cJSON_Delete(rest);
  STANCE_TRY(foreign_settle(foreign, error));
  const cJSON *choices = cJSON_IsObject(choice) ? get(choice, "choices") : choice;
  const char *label = cJSON_IsString(choices) ? choices->valuestring
                                              : first_of(cJSON_IsObject(choice) ? choice : object,
                                                         cJSON_IsObject(choice) ? "choices" : head);
  if (cJSON_GetArraySize(choices) > 1) annotate_lose(foreign->losses, "second choices");
  if (label) STANCE_TRY(foreign_label(foreign, SIZE_MAX, head, label, error));
  return foreign_end(foreign, error);
}

static enum stance_status read_task(void *context, const cJSON *object, size_t line, struct stance_error *error) {
  struct reader *reader = context;
  struct task task = {.foreign = &reader->foreign, .data = get(object, "data")};
  const struct annotate_defaults *defaults = reader->foreign.defaults;
  if (!cJSON_IsObject(object)) return stance_fail(error, STANCE_INPUT, "a task is not a JSON object");
  bool is_min = !cJSON_IsObject(task.data);
  task.text = foreign_text(defaults, is_min ? object : task.data, reader->foreign.losses);
  reader->tasks++;
  if (!task.text) {
    annotate_lose(reader->foreign.losses, "tasks without a text (pictures, sounds, tables)");
    return STANCE_OK;
  }
  task.is_own = text_of(task.data, "unit") != NULL;
  if (cJSON_IsNumber(get(object, "id")))
    snprintf(task.article, sizeof task.article, "label-studio-%.0f", foreign_number(object, "id", 0));
  else foreign_article(task.article, "label-studio", task.text);
  return is_min ? read_min_task(&task, object, line, error) : read_full_task(&task, object, line, error);
}

static enum stance_status read_label_studio(const char *path, const struct annotate_defaults *defaults,
                                            struct annotate_records *records, struct annotate_losses *losses,
                                            struct stance_error *error) {
  struct reader reader = {
      .foreign = {
          .defaults = defaults, .records = records, .losses = losses, .path = path, .offsets = FOREIGN_CODE_POINTS}};
  enum stance_status status = foreign_each(path, read_task, &reader, error);
  if (status == STANCE_OK && !reader.tasks)
    status = stance_fail_at(error, STANCE_INPUT, path, 0, 0, "has no task; expected Label Studio's JSON or JSON-MIN");
  foreign_close(&reader.foreign);
  return status;
}

/* ---- writing ---------------------------------------------------------------------------------------------- */

static cJSON *result_of(const char *type, const char *from) {
  cJSON *result = cJSON_CreateObject();
  cJSON_AddStringToObject(result, "type", type);
  cJSON_AddStringToObject(result, "from_name", from);
  cJSON_AddStringToObject(result, "to_name", "text");
  return result;
}

static void put_mentions(cJSON *results, const struct stance_record *record) {
  for (size_t i = 0; i < record->mention_count; i++) {
    char id[24];
    snprintf(id, sizeof id, "m%zu", i);
    cJSON *result = result_of("labels", "actor"), *value = cJSON_AddObjectToObject(result, "value");
    cJSON_AddStringToObject(result, "id", id);
    cJSON_AddNumberToObject(value, "start", record->mentions[i].start);
    cJSON_AddNumberToObject(value, "end", record->mentions[i].end);
    cJSON_AddItemToArray(cJSON_AddArrayToObject(value, "labels"), cJSON_CreateString(record->mentions[i].actor));
    if (record->mentions[i].is_implicit)
      cJSON_AddBoolToObject(cJSON_AddObjectToObject(result, "meta"), "implicit", true);
    cJSON_AddItemToArray(results, result);
  }
}

static void put_label(cJSON *results, const struct stance_record *record, struct annotate_losses *losses) {
  int source = annotate_record_mention(record, record->source),
      target = annotate_record_mention(record, record->target);
  if (record->source && source >= 0 && target >= 0) {
    char from[24], to[24];
    snprintf(from, sizeof from, "m%d", source);
    snprintf(to, sizeof to, "m%d", target);
    cJSON *result = cJSON_CreateObject();
    cJSON_AddStringToObject(result, "type", "relation");
    cJSON_AddStringToObject(result, "from_id", from);
    cJSON_AddStringToObject(result, "to_id", to);
    cJSON_AddStringToObject(result, "direction", "right");
    cJSON_AddItemToArray(cJSON_AddArrayToObject(result, "labels"), cJSON_CreateString(record->label));
    cJSON_AddItemToArray(results, result);
    return;
  }
  if (record->source) annotate_lose(losses, "relations of pairs without a mention (written as choices)");
  cJSON *result = result_of("choices", record->head);
  cJSON_AddItemToArray(cJSON_AddArrayToObject(cJSON_AddObjectToObject(result, "value"), "choices"),
                       cJSON_CreateString(record->label));
  cJSON_AddItemToArray(results, result);
}

static cJSON *annotation_of(const struct stance_record *record, struct annotate_losses *losses) {
  cJSON *annotation = cJSON_CreateObject();
  cJSON_AddStringToObject(cJSON_AddObjectToObject(annotation, "completed_by"), "email", record->annotator);
  if (*record->at) cJSON_AddStringToObject(annotation, "created_at", record->at);
  if (record->seconds > 0) cJSON_AddNumberToObject(annotation, "lead_time", record->seconds);
  cJSON *results = cJSON_AddArrayToObject(annotation, "result");
  put_mentions(results, record);
  if (record->label) put_label(results, record, losses);
  if (*record->note) {
    cJSON *result = result_of("textarea", "note");
    cJSON_AddItemToArray(cJSON_AddArrayToObject(cJSON_AddObjectToObject(result, "value"), "text"),
                         cJSON_CreateString(record->note));
    cJSON_AddItemToArray(results, result);
  }
  if (record->flag_count) {
    cJSON *result = result_of("choices", "flags"),
          *choices = cJSON_AddArrayToObject(cJSON_AddObjectToObject(result, "value"), "choices");
    for (size_t i = 0; i < record->flag_count; i++) cJSON_AddItemToArray(choices, cJSON_CreateString(record->flags[i]));
    cJSON_AddItemToArray(results, result);
  }
  if (record->suggestion) annotate_lose(losses, "suggestions");
  return annotation;
}

struct place {
  const struct stance_record *record;
  size_t index;
};

static int by_unit(const void *left, const void *right) {
  const struct place *a = left, *b = right;
  int order = strcmp(a->record->unit, b->record->unit);
  if (!order) order = strcmp(a->record->head, b->record->head);
  return order ? order : (a->index > b->index) - (a->index < b->index);
}

static cJSON *task_of(const struct stance_record *record) {
  static const char *const keys[] = {"unit", "article", "sentence", "source", "target", "head", "date", "outlet"};
  cJSON *task = cJSON_CreateObject(), *data = cJSON_AddObjectToObject(task, "data"),
        *all = annotate_record_json(record);
  cJSON_AddStringToObject(data, "text", record->text);
  for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
    if (get(all, keys[i])) cJSON_AddItemToObject(data, keys[i], cJSON_DetachItemFromObjectCaseSensitive(all, keys[i]));
  cJSON_Delete(all);
  cJSON_AddArrayToObject(task, "annotations");
  return task;
}

static void put_task(struct stance_buffer *out, cJSON *task, bool is_first) {
  char *text = task ? cJSON_PrintUnformatted(task) : NULL;
  if (!text) out->failed = true;
  else stance_buffer_printf(out, "%s\n", is_first ? "" : ",");
  if (text) stance_buffer_puts(out, text);
  cJSON_free(text);
  cJSON_Delete(task);
}

static enum stance_status write_label_studio(const char *path, const struct stance_record *records, size_t count,
                                             struct annotate_losses *losses, struct stance_error *error) {
  struct stance_buffer out = {0};
  struct place *places = malloc((count + 1) * sizeof *places);
  cJSON *task = NULL;
  bool is_first = true;
  if (!places) return stance_fail_memory(error);
  for (size_t i = 0; i < count; i++) places[i] = (struct place){&records[i], i};
  if (count) qsort(places, count, sizeof *places, by_unit);
  stance_buffer_putc(&out, '[');
  for (size_t i = 0; i < count; i++) {
    const struct stance_record *record = places[i].record;
    bool is_new = !i || strcmp(record->unit, places[i - 1].record->unit) != 0 ||
                  strcmp(record->head, places[i - 1].record->head) != 0;
    if (is_new && task) {
      put_task(&out, task, is_first);
      is_first = false;
    }
    if (is_new) task = task_of(record);
    cJSON_AddItemToArray(cJSON_GetObjectItemCaseSensitive(task, "annotations"), annotation_of(record, losses));
  }
  if (count) put_task(&out, task, is_first);
  stance_buffer_puts(&out, "\n]\n");
  enum stance_status status = stance_file_write_buffer(path, &out, error);
  stance_buffer_free(&out);
  free(places);
  return status;
}

const struct annotate_format annotate_format_label_studio = {.read = read_label_studio, .write = write_label_studio};
