/* SPDX-License-Identifier: MIT
 * The format of TweetEval (Barbieri and others 2020): texts in one file, one on each line; labels as numbers in
 * another. */
#include <stdlib.h>
#include <string.h>

#include "convert.h"
#include "stance/base/arena.h"
#include "stance/base/error.h"
#include "stance/labels/record.h"

struct reader {
  const char *path, *labels_path, *stem, *subject;
  FILE *out;
  struct stance_arena arena;
  char *labels; /* a character for each line */
  size_t label_count, label_capacity;
};

static enum stance_status read_label(void *context, char *line, size_t length, size_t number,
                                     struct stance_error *error) {
  struct reader *reader = context;
  if (length != 1 || line[0] < '0' || line[0] > '2')
    return stance_fail_at(error, STANCE_INPUT, reader->labels_path, number, 0, "label '%.40s' is not 0, 1 or 2", line);
  char *more = stance_arena_grow(&reader->arena, reader->labels, &reader->label_capacity, reader->label_count + 1, 1);
  if (!more) return stance_fail_memory(error);
  reader->labels = more;
  reader->labels[reader->label_count++] = line[0];
  return STANCE_OK;
}

static enum stance_status read_text(void *context, char *line, size_t length, size_t number,
                                    struct stance_error *error) {
  static const char *const names[] = {"none", "against", "favor"};
  struct reader *reader = context;
  (void)length;
  if (number > reader->label_count)
    return stance_fail_at(error, STANCE_INPUT, reader->path, number, 0, "has no label: %s has %zu lines",
                          reader->labels_path, reader->label_count);
  struct stance_record record = {.text = line,
                                 .head = "stance",
                                 .label = names[reader->labels[number - 1] - '0'],
                                 .annotator = "gold",
                                 .at = "",
                                 .note = "",
                                 .outlet = reader->subject,
                                 .article = ""};
  record.unit = stance_arena_format(&reader->arena, "%s#%zu", reader->stem, number);
  return record.unit ? train_convert_put(&record, reader->out, error) : stance_fail_memory(error);
}

enum stance_status convert_tweeteval(const char *path, FILE *out, struct stance_error *error) {
  struct reader reader = {.path = path, .out = out};
  size_t length = strlen(path);
  if (length < 5 || strcmp(path + length - 5, ".text") != 0)
    return stance_fail_at(error, STANCE_INPUT, path, 0, 0,
                          "does not end in .text; expected NAME.text with NAME.labels beside it");
  char *stem = train_convert_stem(&reader.arena, path);
  reader.stem = stem;
  reader.labels_path = stance_arena_format(&reader.arena, "%.*s.labels", (int)(length - 5), path);
  reader.subject = stem ? stance_arena_copy(&reader.arena, stem, strcspn(stem, ".")) : NULL;
  enum stance_status status = reader.labels_path && reader.subject ? STANCE_OK : stance_fail_memory(error);
  if (status == STANCE_OK) status = train_convert_lines(reader.labels_path, read_label, &reader, error);
  if (status == STANCE_OK) status = train_convert_lines(path, read_text, &reader, error);
  stance_arena_free(&reader.arena);
  return status;
}
