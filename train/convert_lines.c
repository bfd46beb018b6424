/* SPDX-License-Identifier: MIT
 * A labelled sentence on each line: "label TAB text", and fastText's "__label__x text" (Joulin and others 2016). They
 * become sentence units of the head sentiment, each an article of its own. */
#include <string.h>

#include "convert.h"
#include "stance/base/arena.h"
#include "stance/base/error.h"
#include "stance/base/file.h"
#include "stance/labels/record.h"

struct reader {
  const char *path, *stem;
  FILE *out;
  struct stance_arena arena;
};

static enum stance_status put(struct reader *reader, const char *label, const char *text, size_t number,
                              struct stance_error *error) {
  while (*text == ' ' || *text == '\t') text++;
  if (!*label || !*text)
    return stance_fail_at(error, STANCE_INPUT, reader->path, number, 0, "has no %s",
                          *label ? "text behind the label" : "label");
  struct stance_record record = {
      .text = text, .head = "sentiment", .label = label, .annotator = "gold", .at = "", .note = "", .article = ""};
  record.unit = stance_arena_format(&reader->arena, "%s#%zu", reader->stem, number);
  enum stance_status status = record.unit ? train_convert_put(&record, reader->out, error) : stance_fail_memory(error);
  stance_arena_reset(&reader->arena);
  return status;
}

static enum stance_status read_tab(void *context, char *line, size_t length, size_t number,
                                   struct stance_error *error) {
  struct reader *reader = context;
  char *tab = memchr(line, '\t', length);
  if (!length) return STANCE_OK;
  if (!tab) return stance_fail_at(error, STANCE_INPUT, reader->path, number, 0, "has no tab; expected LABEL TAB TEXT");
  *tab = '\0';
  return put(reader, line, tab + 1, number, error);
}

static enum stance_status read_prefixed(void *context, char *line, size_t length, size_t number,
                                        struct stance_error *error) {
  static const char prefix[] = "__label__";
  struct reader *reader = context;
  size_t skip = strlen(prefix);
  if (!length) return STANCE_OK;
  if (strncmp(line, prefix, skip) != 0)
    return stance_fail_at(error, STANCE_INPUT, reader->path, number, 0,
                          "does not begin with __label__; expected __label__LABEL TEXT");
  char *end = line + strcspn(line, " \t");
  bool is_alone = !*end;
  *end = '\0';
  const char *text = is_alone ? end : end + 1;
  while (*text == ' ' || *text == '\t') text++;
  if (strncmp(text, prefix, skip) == 0)
    return stance_fail_at(error, STANCE_INPUT, reader->path, number, 0, "has several labels; a unit of a head has one");
  return put(reader, line + skip, text, number, error);
}

enum stance_status train_convert_labelled(enum train_data_set set, const char *path, const char *data, size_t length,
                                          FILE *out, struct stance_error *error) {
  struct reader reader = {.path = path, .out = out};
  struct stance_arena names = {0};
  reader.stem = train_convert_stem(&names, path);
  enum stance_status status =
      reader.stem
          ? train_convert_lines_of(data, length, set == TRAIN_DATA_SET_TAB ? read_tab : read_prefixed, &reader, error)
          : stance_fail_memory(error);
  stance_arena_free(&reader.arena);
  stance_arena_free(&names);
  return status;
}

static enum stance_status convert(enum train_data_set set, const char *path, FILE *out, struct stance_error *error) {
  struct stance_arena arena = {0};
  char *data;
  size_t length;
  enum stance_status status = stance_file_read(path, 0, &arena, &data, &length, error);
  if (status == STANCE_OK) status = train_convert_labelled(set, path, data, length, out, error);
  stance_arena_free(&arena);
  return status;
}

enum stance_status convert_tab(const char *path, FILE *out, struct stance_error *error) {
  return convert(TRAIN_DATA_SET_TAB, path, out, error);
}
enum stance_status convert_fasttext(const char *path, FILE *out, struct stance_error *error) {
  return convert(TRAIN_DATA_SET_FASTTEXT, path, out, error);
}
