/* SPDX-License-Identifier: MIT
 * Potato: annotated_instances.jsonl, or the folder of them: annotation_output/ANNOTATOR/annotated_instances.jsonl.
 *
 *   {"id","displayed_text","label_annotations":{"sentiment":{"negative":"1"}},"span_annotations":{"actors":[{"start","end",
 *    "annotation":"GPE","span":"Mali"}]},"behavioral_data":{"time_string":"Time spent: 0d 0h 0m 4s "}}
 *
 * or annotated_instances.csv, .tsv: a row for each text, with user, instance_id, displayed_text, a column
 * "SCHEMA:::LABEL" for each label, and "span_annotation:::LABEL", which has a list in Python's notation (counted as a
 * loss).
 *
 * The schema with the sentence head's name, or else the only one, is read as that head. The folder's name is the
 * annotator. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "csv_row.h"
#include "foreign.h"
#include "stance/base/error.h"
#include "stance/base/file.h"
#include "stance/base/utf8.h"

struct reader {
  struct foreign foreign;
  const char *annotator; /* the folder's name; NULL */
  size_t texts;
};

static void add_span(struct foreign *foreign, const cJSON *span) {
  static const char *const names[] = {"annotation", "name", "label", "title"};
  const char *label = NULL;
  for (size_t i = 0; i < 4 && !label; i++) label = foreign_string(span, names[i]);
  if (!cJSON_IsNumber(foreign_get(span, "start")) || !cJSON_IsNumber(foreign_get(span, "end")))
    annotate_lose(foreign->losses, "spans without offsets");
  else
    foreign_add_span(foreign, foreign_number(span, "start", -1), foreign_number(span, "end", -1),
                     foreign_string(span, "span"), label);
}

static void add_spans(struct foreign *foreign, const cJSON *all) {
  const cJSON *schema, *span;
  cJSON_ArrayForEach(schema, all) {
    if (cJSON_IsArray(schema)) cJSON_ArrayForEach(span, schema) add_span(foreign, span);
    else if (cJSON_IsObject(schema)) add_span(foreign, schema);
  }
}

static bool is_chosen(const cJSON *value) {
  if (cJSON_IsString(value))
    return *value->valuestring && strcmp(value->valuestring, "0") != 0 && strcmp(value->valuestring, "false") != 0;
  return cJSON_IsTrue(value) || (cJSON_IsNumber(value) && value->valuedouble != 0);
}

/* A text box is the note, a choice the label. */
static enum stance_status take_schema(struct foreign *foreign, const cJSON *schema, const char *head,
                                      struct stance_error *error) {
  const cJSON *value;
  const char *label = NULL;
  cJSON_ArrayForEach(value, schema) {
    if (!is_chosen(value) || !value->string || strstr(value->string, "text_box")) continue;
    if (label) annotate_lose(foreign->losses, "second labels of a text");
    else label = value->string;
  }
  return label ? foreign_label(foreign, SIZE_MAX, head, label, error) : STANCE_OK;
}

static void put_note(struct foreign *foreign, cJSON *base, const cJSON *all) {
  const cJSON *schema, *value;
  cJSON_ArrayForEach(schema, all) cJSON_ArrayForEach(value, schema) {
    if (!value->string || !strstr(value->string, "text_box") || !cJSON_IsString(value) || !*value->valuestring)
      continue;
    if (foreign_get(base, "note")) annotate_lose(foreign->losses, "second notes");
    else foreign_set(base, "note", value->valuestring);
  }
}

static void put_time(cJSON *base, const cJSON *object) {
  const char *spent = foreign_string(foreign_get(object, "behavioral_data"), "time_string");
  unsigned days, hours, minutes, seconds;
  if (spent && sscanf(spent, "Time spent: %4ud %2uh %2um %2us", &days, &hours, &minutes, &seconds) == 4)
    cJSON_AddNumberToObject(base, "seconds", ((days * 24.0 + hours) * 60 + minutes) * 60 + seconds);
}

static enum stance_status read_line(void *context, const cJSON *object, size_t line, struct stance_error *error) {
  struct reader *reader = context;
  struct foreign *foreign = &reader->foreign;
  const cJSON *labels = foreign_get(object, "label_annotations"), *schema, *id = foreign_get(object, "id");
  const char *head =
      foreign->defaults->sentence_head ? foreign->defaults->sentence_head : ANNOTATE_DEFAULT_SENTENCE_HEAD;
  char article[64], what[112];
  if (!cJSON_IsObject(object))
    return stance_fail(error, STANCE_INPUT, "is not a JSON object; expected Potato's {\"id\",\"displayed_text\",...}");
  const char *text = !foreign->defaults->text_key && foreign_string(object, "displayed_text")
                         ? foreign_string(object, "displayed_text")
                         : foreign_text(foreign->defaults, object, foreign->losses);
  if (!text) {
    annotate_lose(foreign->losses, "lines without a text");
    return STANCE_OK;
  }
  reader->texts++;
  if (cJSON_IsString(id)) snprintf(article, sizeof article, "potato-%.40s", id->valuestring);
  else if (cJSON_IsNumber(id)) snprintf(article, sizeof article, "potato-%.0f", id->valuedouble);
  else foreign_article(article, "potato", text);
  cJSON *base = foreign_base(NULL, text, article);
  const char *who = foreign_string(object, "user_id") ? foreign_string(object, "user_id") : reader->annotator;
  if (who) foreign_set(base, "annotator", who);
  put_note(foreign, base, labels);
  put_time(base, object);
  STANCE_TRY(foreign_begin(foreign, base, line, false, error));
  add_spans(foreign, foreign_get(object, "span_annotations"));
  STANCE_TRY(foreign_settle(foreign, error));
  bool is_only = cJSON_GetArraySize(labels) == 1;
  cJSON_ArrayForEach(schema, labels) {
    if (schema->child && schema->child->string && strstr(schema->child->string, "text_box")) continue; /* the note */
    if (is_only || strcmp(schema->string, head) == 0) {
      STANCE_TRY(take_schema(foreign, schema, head, error));
      continue;
    }
    snprintf(what, sizeof what, "labels of schema '%.60s' (--sentence-head chooses one)", schema->string);
    annotate_lose(foreign->losses, what);
  }
  return foreign_end(foreign, error);
}

static bool is_folder(const char *path) {
  struct stat about;
  return stat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

/* A row as the object that JSON Lines would have; NULL: out of memory. */
static cJSON *row_object(struct foreign *foreign, const char *const *names, const char *const *fields, size_t count) {
  cJSON *object = cJSON_CreateObject(), *labels = cJSON_AddObjectToObject(object, "label_annotations");
  for (size_t i = 0; labels && i < count; i++) {
    const char *parts = strstr(names[i], ":::");
    char schema[200];
    if (!*fields[i]) continue;
    if (strcmp(names[i], "user") == 0) cJSON_AddStringToObject(object, "user_id", fields[i]);
    else if (strcmp(names[i], "instance_id") == 0) cJSON_AddStringToObject(object, "id", fields[i]);
    else if (strcmp(names[i], "displayed_text") == 0) cJSON_AddStringToObject(object, "displayed_text", fields[i]);
    else if (!parts) annotate_lose(foreign->losses, "values of columns of other names");
    else if (strncmp(names[i], "span_annotation:::", 18) == 0) {
      if (strcmp(fields[i], "[]") != 0)
        annotate_lose(foreign->losses, "spans in a table (Potato's JSON Lines have them for programs)");
    } else {
      snprintf(schema, sizeof schema, "%.*s", (int)(parts - names[i]), names[i]);
      cJSON *own = cJSON_GetObjectItemCaseSensitive(labels, schema);
      if (!own) own = cJSON_AddObjectToObject(labels, schema);
      if (own) cJSON_AddStringToObject(own, parts + 3, fields[i]);
    }
  }
  return labels ? object : NULL;
}

static enum stance_status read_rows(struct reader *reader, struct csv_table *table, struct stance_arena *arena,
                                    struct stance_error *error) {
  const char *names[CSV_COLUMNS_MAX], *fields[CSV_COLUMNS_MAX];
  size_t columns, count;
  STANCE_TRY(csv_row(table, arena, names, &columns, error));
  for (;;) {
    STANCE_TRY(csv_row(table, arena, fields, &count, error));
    if (!count) return STANCE_OK;
    if (count != columns)
      return stance_fail_at(error, STANCE_INPUT, table->path, table->line, 0, "has %zu fields; expected %zu", count,
                            columns);
    cJSON *object = row_object(&reader->foreign, names, fields, count);
    enum stance_status status = object ? read_line(reader, object, table->line, error) : stance_fail_memory(error);
    cJSON_Delete(object);
    STANCE_TRY(status);
  }
}

static enum stance_status read_table(struct reader *reader, const char *path, char delimiter,
                                     struct stance_error *error) {
  struct stance_arena arena = {0};
  struct csv_table table;
  enum stance_status status = csv_read(path, delimiter, &arena, &table, error);
  if (status == STANCE_OK) status = read_rows(reader, &table, &arena, error);
  stance_arena_free(&arena);
  return status;
}

static bool ends_in(const char *path, const char *ending) {
  size_t length = strlen(path), own = strlen(ending);
  return length >= own && strcmp(path + length - own, ending) == 0;
}

static enum stance_status read_file(struct reader *reader, const char *path, const char *annotator,
                                    struct stance_error *error) {
  reader->foreign.path = path;
  reader->annotator = annotator;
  if (ends_in(path, ".csv") || ends_in(path, ".tsv"))
    return read_table(reader, path, ends_in(path, ".csv") ? ',' : '\t', error);
  return foreign_each(path, read_line, reader, error);
}

/* An annotator's file, in one of its three forms; NULL: none is there, or out of memory. */
static char *file_of(struct stance_arena *arena, const char *folder, const char *name) {
  static const char *const endings[] = {"jsonl", "csv", "tsv"};
  struct stat about;
  for (size_t i = 0; i < 3; i++) {
    char *path = stance_arena_format(arena, "%s/%s/annotated_instances.%s", folder, name, endings[i]);
    if (path && stat(path, &about) == 0) return path;
  }
  return NULL;
}

static enum stance_status read_folder(struct reader *reader, struct stance_arena *arena, const char *folder,
                                      struct stance_error *error) {
  struct dirent **entries;
  int found = scandir(folder, &entries, NULL, alphasort);
  if (found < 0) return stance_fail_errno(error, folder, "cannot list");
  enum stance_status status = STANCE_OK;
  for (int i = 0; i < found; i++) {
    char *name = stance_arena_copy(arena, entries[i]->d_name, strlen(entries[i]->d_name));
    char *path = name && *name != '.' ? file_of(arena, folder, name) : NULL;
    if (status == STANCE_OK && !name) status = stance_fail_memory(error);
    if (status == STANCE_OK && path) status = read_file(reader, path, name, error);
    free(entries[i]);
  }
  free(entries);
  return status;
}

static enum stance_status read_potato(const char *path, const struct annotate_defaults *defaults,
                                      struct annotate_records *records, struct annotate_losses *losses,
                                      struct stance_error *error) {
  struct reader reader = {
      .foreign = {.defaults = defaults, .records = records, .losses = losses, .path = path, .offsets = FOREIGN_UTF16}};
  struct stance_arena arena = {0};
  enum stance_status status =
      is_folder(path) ? read_folder(&reader, &arena, path, error) : read_file(&reader, path, NULL, error);
  if (status == STANCE_OK && !reader.texts)
    status = stance_fail_at(
        error, STANCE_INPUT, path, 0, 0,
        "no text in it; expected annotated_instances.jsonl (.csv, .tsv), or a folder of annotators with it");
  foreign_close(&reader.foreign);
  stance_arena_free(&arena);
  return status;
}

const struct annotate_format annotate_format_potato = {.read = read_potato};
