/* SPDX-License-Identifier: MIT */
#include "label_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "convert.h"
#include "input/form.h"
#include "input/refuse.h"
#include "stance/base/error.h"
#include "stance/base/file.h"

/* The kind of file, by its first line that is not empty. TRAIN_DATA_SET_COUNT: label records. */
static enum train_data_set kind_of(const char *data, size_t length) {
  static const char mark[] = "\xef\xbb\xbf", prefix[] = "__label__";
  size_t at = length >= 3 && memcmp(data, mark, 3) == 0 ? 3 : 0;
  while (at < length && strchr("\r\n", data[at])) at++;
  const char *end = memchr(data + at, '\n', length - at);
  size_t line = end ? (size_t)(end - data) - at : length - at;
  if (line >= strlen(prefix) && memcmp(data + at, prefix, strlen(prefix)) == 0) return TRAIN_DATA_SET_FASTTEXT;
  bool is_json = line && (data[at] == '{' || data[at] == '[');
  return !is_json && memchr(data + at, '\t', line) ? TRAIN_DATA_SET_TAB : TRAIN_DATA_SET_COUNT;
}

/* Whether what the first line tells is neither a label record nor a line of label and text. */
static bool is_foreign(enum train_data_set kind, const char *data, size_t length) {
  const char *first = input_skip_space(data, data + length);
  return kind == TRAIN_DATA_SET_COUNT && first < data + length && !strchr("{[", *first);
}

/* Names the form of a file that starts unlike any label file, and what to do with articles. */
static enum stance_status refuse_form(const char *path, const char *data, size_t length, struct stance_error *error) {
  static const struct input_options none;
  struct input_start start = {.path = path, .data = data, .length = length};
  if (start.length > INPUT_START_BYTES) start.length = INPUT_START_BYTES;
  const char *refusal = input_refusal(data, length);
  if (refusal) return stance_fail(error, STANCE_INPUT, "%s: %s", path, refusal);
  const char *title = input_form_find(&start, &none)->title;
  return stance_fail(
      error, STANCE_INPUT,
      "%s: is %s; expected label records (JSON Lines): articles are labelled with 'stance annotate', label "
      "files of other programs are converted with 'stance convert'",
      path, title);
}

static enum stance_status head_for_lines(const char *path, const struct stance_codebook *codebook, const char **head,
                                         struct stance_error *error) {
  size_t found = 0;
  for (size_t h = 0; h < codebook->head_count; h++) {
    if (codebook->heads[h].unit != STANCE_UNIT_SENTENCE) continue;
    *head = codebook->heads[h].name;
    found++;
  }
  if (found == 1) return STANCE_OK;
  return stance_fail(error, STANCE_INPUT,
                     "%s: lines of label and text name no head, and codebook '%.60s' has %zu heads of sentences; %s",
                     path, codebook->name, found, found ? "give --head HEAD" : "give another --codebook");
}

/* Converts lines to the text of records, then parses it. Units are named FILE#LINE. */
static enum stance_status read_lines(enum train_data_set kind, const char *path, const char *head, const char *data,
                                     size_t length, struct stance_arena *arena, struct stance_record **records,
                                     size_t *count, struct stance_error *error) {
  char *text = NULL;
  size_t size = 0;
  FILE *stream = open_memstream(&text, &size);
  if (!stream) return stance_fail_memory(error);
  enum stance_status status = train_convert_labelled(kind, path, data, length, stream, error);
  if (fclose(stream) != 0 && status == STANCE_OK) status = stance_fail_memory(error);
  if (status == STANCE_OK) status = stance_records_parse(text, size, path, arena, records, count, error);
  for (size_t i = 0; status == STANCE_OK && i < *count; i++) {
    (*records)[i].head = head;
    (*records)[i].line = strtoul(strrchr((*records)[i].unit, '#') + 1, NULL, 10);
  }
  free(text);
  return status;
}

static enum stance_status explain_head(enum stance_status status, struct stance_error *error) {
  if (status != STANCE_INPUT || strncmp(error->message, "'head' is missing", 17) != 0) return status;
  struct stance_error at = *error;
  return stance_fail_at(error, status, at.file, at.line, at.column,
                        "'head' is missing; expected a label record: articles are labelled with 'stance annotate'");
}

/* Reads the text of a file that is not label records, or refuses it. */
static enum stance_status read_text(const char *name, const struct stance_codebook *codebook, const char *head,
                                    const char *data, size_t length, struct stance_arena *arena,
                                    struct stance_record **records, size_t *count, struct stance_error *error) {
  enum train_data_set kind = kind_of(data, length);
  if (is_foreign(kind, data, length)) return refuse_form(name, data, length, error);
  if (kind == TRAIN_DATA_SET_COUNT)
    return explain_head(stance_records_parse(data, length, name, arena, records, count, error), error);
  if (!head) STANCE_TRY(head_for_lines(name, codebook, &head, error));
  return read_lines(kind, name, head, data, length, arena, records, count, error);
}

/* Ends the reading in pieces of a file that is no label records. */
static enum stance_status need_records(void *context, const struct stance_piece *piece, struct stance_error *error) {
  bool *is_other = context;
  enum train_data_set kind = kind_of(piece->text, piece->length);
  *is_other = kind != TRAIN_DATA_SET_COUNT || is_foreign(kind, piece->text, piece->length);
  return *is_other ? stance_fail(error, STANCE_INPUT, "no label records") : STANCE_OK;
}

/* Label records are read in pieces, other files whole, and pipes too, since they cannot be read again. */
enum stance_status train_label_file_read(const char *path, const struct stance_codebook *codebook, const char *head,
                                         struct stance_arena *arena, struct stance_record **records, size_t *count,
                                         struct stance_error *error) {
  const char *name = strcmp(path, "-") == 0 ? "<stdin>" : path;
  struct stance_arena file = {0}; /* records do not point into the text */
  struct stat about;
  bool is_other = false;
  char *data;
  size_t length;
  if (strcmp(path, "-") != 0 && stat(path, &about) == 0 && S_ISREG(about.st_mode)) {
    enum stance_status status =
        stance_records_read_as(path, false, need_records, &is_other, arena, records, count, error);
    if (!is_other) return explain_head(status, error);
  }
  enum stance_status status = stance_file_read(path, 0, &file, &data, &length, error);
  if (status == STANCE_OK) status = read_text(name, codebook, head, data, length, arena, records, count, error);
  stance_arena_free(&file);
  return status;
}
