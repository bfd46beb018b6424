/* SPDX-License-Identifier: MIT
 * Label Studio: a JSON array of tasks. A unit is a task, an annotator's label one of its annotations:
 *
 *   {"data":{"text",...the unit's keys},"annotations":[{"completed_by":{"email":"ana"},"created_at","lead_time","result":[
 *     {"id","type":"labels","from_name":"actor","to_name":"text","value":{"start","end","text","labels":["MLI"]}},
 *     {"type":"relation","from_id","to_id","direction":"right","labels":["hostile"]},
 *     {"type":"choices","from_name":"sentiment","to_name":"text","value":{"choices":["negative"]}},
 *     {"type":"choices","from_name":"flags",...}, {"type":"textarea","from_name":"note",...}]}]} */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "format.h"
#include "stance/base/buffer.h"
#include "stance/base/error.h"
#include "stance/base/file.h"
#include "stance/base/json.h"

static const cJSON *get(const cJSON *object, const char *key) { return cJSON_GetObjectItemCaseSensitive(object, key); }

static const char *text_of(const cJSON *object, const char *key) {
  const cJSON *item = get(object, key);
  return cJSON_IsString(item) ? item->valuestring : NULL;
}

static const char *first_of(const cJSON *object, const char *key) {
  const cJSON *item = cJSON_GetArrayItem(get(object, key), 0);
  return cJSON_IsString(item) ? item->valuestring : NULL;
}

/* ---- reading ---------------------------------------------------------------------------------------------- */

struct task {
  const struct annotate_defaults *defaults;
  struct annotate_records *records;
  struct annotate_losses *losses;
  const char *path;
  size_t line;
  const cJSON *data, *annotation, *results;
  double id;
};

/* Who completed it: a name, an object with one, or a number. */
static void put_annotator(cJSON *record, const cJSON *by) {
  static const char *const keys[] = {"email", "username", "first_name"};
  char number[32];
  if (cJSON_IsString(by)) cJSON_AddStringToObject(record, "annotator", by->valuestring);
  for (size_t i = 0; i < 3; i++)
    if (!get(record, "annotator") && text_of(by, keys[i])) cJSON_AddStringToObject(record, "annotator", text_of(by, keys[i]));
  const cJSON *id = cJSON_IsNumber(by) ? by : get(by, "id");
  if (get(record, "annotator") || !cJSON_IsNumber(id)) return;
  snprintf(number, sizeof number, "user-%.0f", id->valuedouble);
  cJSON_AddStringToObject(record, "annotator", number);
}

static cJSON *task_mentions(const struct task *task) {
  cJSON *mentions = cJSON_CreateArray();
  const cJSON *result;
  cJSON_ArrayForEach(result, task->results) {
    const cJSON *value = get(result, "value"), *start = get(value, "start"), *end = get(value, "end");
    const char *type = text_of(result, "type"), *actor = first_of(value, "labels");
    if (!type || strcmp(type, "labels") != 0 || !actor || !cJSON_IsNumber(start) || !cJSON_IsNumber(end)) continue;
    cJSON *mention = cJSON_CreateObject();
    cJSON_AddStringToObject(mention, "actor", actor);
    cJSON_AddNumberToObject(mention, "start", start->valuedouble);
    cJSON_AddNumberToObject(mention, "end", end->valuedouble);
    if (cJSON_IsTrue(get(get(result, "meta"), "implicit"))) cJSON_AddBoolToObject(mention, "implicit", true);
    cJSON_AddItemToArray(mentions, mention);
  }
  return mentions;
}

static const char *actor_of(const struct task *task, const char *id) {
  const cJSON *result;
  cJSON_ArrayForEach(result, task->results) if (id && text_of(result, "id") && strcmp(text_of(result, "id"), id) == 0) return first_of(get(result, "value"), "labels");
  return NULL;
}

/* What is about the record as a whole: who, when, how long, note and flags. */
static cJSON *start_record(const struct task *task) {
  static const char *const keys[] = {"unit", "article", "sentence", "source", "target", "head", "date", "outlet", "text"};
  cJSON *record = cJSON_CreateObject();
  const cJSON *result;
  char article[64];
  for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
    if (get(task->data, keys[i])) cJSON_AddItemToObject(record, keys[i], cJSON_Duplicate(get(task->data, keys[i]), true));
  snprintf(article, sizeof article, "label-studio-%.0f", task->id);
  if (!text_of(record, "article")) cJSON_AddStringToObject(record, "article", article);
  put_annotator(record, get(task->annotation, "completed_by"));
  if (text_of(task->annotation, "created_at")) cJSON_AddStringToObject(record, "at", text_of(task->annotation, "created_at"));
  if (cJSON_IsNumber(get(task->annotation, "lead_time"))) cJSON_AddNumberToObject(record, "seconds", get(task->annotation, "lead_time")->valuedouble);
  cJSON_ArrayForEach(result, task->results) {
    const char *from = text_of(result, "from_name");
    const cJSON *value = get(result, "value");
    if (!from) continue;
    if (strcmp(from, "flags") == 0) cJSON_AddItemToObject(record, "flags", cJSON_Duplicate(get(value, "choices"), true));
    if (strcmp(from, "note") == 0) {
      const char *note = first_of(value, "text") ? first_of(value, "text") : text_of(value, "text");
      if (note) cJSON_AddStringToObject(record, "note", note);
    }
  }
  cJSON_AddItemToObject(record, "mentions", task_mentions(task));
  return record;
}

static enum stance_status take(const struct task *task, cJSON *record, const char *label, struct stance_error *error) {
  if (label) cJSON_AddStringToObject(record, "label", label);
  return annotate_records_take(task->records, record, task->path, task->line, task->defaults, error);
}

static void set_pair(cJSON *record, const char *source, const char *target) {
  const char *old_source = text_of(record, "source"), *old_target = text_of(record, "target");
  if (old_source && old_target && strcmp(old_source, source) == 0 && strcmp(old_target, target) == 0) return;
  static const char *const stale[] = {"unit", "source", "target", "head"};
  for (size_t i = 0; i < 4; i++) cJSON_DeleteItemFromObjectCaseSensitive(record, stale[i]);
  cJSON_AddStringToObject(record, "source", source);
  cJSON_AddStringToObject(record, "target", target);
}

static enum stance_status read_annotation(struct task *task, struct stance_error *error) {
  const cJSON *result;
  size_t made = 0;
  if (cJSON_IsTrue(get(task->annotation, "was_cancelled")) && !text_of(task->data, "unit")) {
    annotate_lose(task->losses, "cancelled annotations");
    return STANCE_OK;
  }
  cJSON_ArrayForEach(result, task->results) {
    const char *type = text_of(result, "type"), *from = text_of(result, "from_name"), *label;
    if (!type || strcmp(type, "labels") == 0 || strcmp(type, "textarea") == 0 || (from && strcmp(from, "flags") == 0)) continue;
    if (strcmp(type, "relation") == 0) {
      const char *source = actor_of(task, text_of(result, "from_id")), *target = actor_of(task, text_of(result, "to_id")), *direction = text_of(result, "direction");
      label = first_of(result, "labels");
      if (!source || !target || !label || (direction && strcmp(direction, "bi") == 0)) {
        annotate_lose(task->losses, "relations without a label, a direction or both ends");
        continue;
      }
      bool is_left = direction && strcmp(direction, "left") == 0;
      cJSON *record = start_record(task);
      set_pair(record, is_left ? target : source, is_left ? source : target);
      STANCE_TRY(take(task, record, label, error));
      made++;
      continue;
    }
    label = strcmp(type, "choices") == 0 ? first_of(get(result, "value"), "choices") : NULL;
    if (!label) {
      annotate_lose(task->losses, "results of other types than labels, relation, choices and textarea");
      continue;
    }
    if (cJSON_GetArraySize(get(get(result, "value"), "choices")) > 1) annotate_lose(task->losses, "second choices");
    cJSON *record = start_record(task);
    if (from && !text_of(record, "head")) cJSON_AddStringToObject(record, "head", from);
    STANCE_TRY(take(task, record, label, error));
    made++;
  }
  if (made) return STANCE_OK;
  if (text_of(task->data, "unit") && text_of(task->data, "head")) return take(task, start_record(task), NULL, error);
  annotate_lose(task->losses, "annotations without a label");
  return STANCE_OK;
}

static enum stance_status read_task(struct task *task, const cJSON *object, struct stance_error *error) {
  task->data = get(object, "data");
  task->id = cJSON_IsNumber(get(object, "id")) ? get(object, "id")->valuedouble : (double)task->line;
  if (!text_of(task->data, "text")) return stance_fail_at(error, STANCE_INPUT, task->path, task->line, 0, "a task has no 'data' with 'text'");
  if (cJSON_GetArraySize(get(object, "predictions")) > 0) annotate_lose(task->losses, "predictions");
  if (cJSON_GetArraySize(get(object, "annotations")) == 0) annotate_lose(task->losses, "tasks without annotations");
  cJSON_ArrayForEach(task->annotation, get(object, "annotations")) {
    task->results = get(task->annotation, "result");
    STANCE_TRY(read_annotation(task, error));
  }
  return STANCE_OK;
}

static enum stance_status read_label_studio(const char *path, const struct annotate_defaults *defaults, struct annotate_records *records,
                                            struct annotate_losses *losses, struct stance_error *error) {
  struct stance_arena arena = {0};
  struct task task = {.defaults = defaults, .records = records, .losses = losses, .path = path};
  char *bytes;
  size_t length;
  cJSON *tasks = NULL;
  const cJSON *object;
  enum stance_status status = stance_file_read(path, 0, &arena, &bytes, &length, error);
  if (status == STANCE_OK) status = stance_json_parse(bytes, length, path, 1, &tasks, error);
  if (status == STANCE_OK && !cJSON_IsArray(tasks))
    status = stance_fail_at(error, STANCE_INPUT, path, 0, 0, "is not a JSON array; expected Label Studio's tasks");
  cJSON_ArrayForEach(object, tasks) {
    task.line++; /* the task's number: its line is not known */
    if (status == STANCE_OK) status = read_task(&task, object, error);
  }
  cJSON_Delete(tasks);
  stance_arena_free(&arena);
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
    if (record->mentions[i].is_implicit) cJSON_AddBoolToObject(cJSON_AddObjectToObject(result, "meta"), "implicit", true);
    cJSON_AddItemToArray(results, result);
  }
}

static void put_label(cJSON *results, const struct stance_record *record, struct annotate_losses *losses) {
  int source = annotate_record_mention(record, record->source), target = annotate_record_mention(record, record->target);
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
  cJSON_AddItemToArray(cJSON_AddArrayToObject(cJSON_AddObjectToObject(result, "value"), "choices"), cJSON_CreateString(record->label));
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
    cJSON_AddItemToArray(cJSON_AddArrayToObject(cJSON_AddObjectToObject(result, "value"), "text"), cJSON_CreateString(record->note));
    cJSON_AddItemToArray(results, result);
  }
  if (record->flag_count) {
    cJSON *result = result_of("choices", "flags"), *choices = cJSON_AddArrayToObject(cJSON_AddObjectToObject(result, "value"), "choices");
    for (size_t i = 0; i < record->flag_count; i++) cJSON_AddItemToArray(choices, cJSON_CreateString(record->flags[i]));
    cJSON_AddItemToArray(results, result);
  }
  if (record->suggestion) annotate_lose(losses, "suggestions");
  return annotation;
}

struct place { const struct stance_record *record; size_t index; };

static int by_unit(const void *left, const void *right) {
  const struct place *a = left, *b = right;
  int order = strcmp(a->record->unit, b->record->unit);
  if (!order) order = strcmp(a->record->head, b->record->head);
  return order ? order : (a->index > b->index) - (a->index < b->index);
}

static cJSON *task_of(const struct stance_record *record) {
  static const char *const keys[] = {"unit", "article", "sentence", "source", "target", "head", "date", "outlet"};
  cJSON *task = cJSON_CreateObject(), *data = cJSON_AddObjectToObject(task, "data"), *all = annotate_record_json(record);
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
    bool is_new = !i || strcmp(record->unit, places[i - 1].record->unit) != 0 || strcmp(record->head, places[i - 1].record->head) != 0;
    if (is_new && task) {
      put_task(&out, task, is_first);
      is_first = false;
    }
    if (is_new) task = task_of(record);
    cJSON_AddItemToArray(cJSON_GetObjectItemCaseSensitive(task, "annotations"), annotation_of(record, losses));
  }
  if (count) put_task(&out, task, is_first);
  stance_buffer_puts(&out, "\n]\n");
  enum stance_status status = out.failed ? stance_fail_memory(error) : annotate_write_lines(path, out.data, out.length, error);
  stance_buffer_free(&out);
  free(places);
  return status;
}

const struct annotate_format annotate_format_label_studio = {.read = read_label_studio, .write = write_label_studio};
