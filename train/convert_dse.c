/* SPDX-License-Identifier: MIT
 * The directed-sentiment set (Park, Pan, Joo 2021): the brackets in the text are removed, and a row becomes two
 * units. */
#include <stdlib.h>
#include <string.h>

#include "convert.h"
#include "stance/base/arena.h"
#include "stance/base/error.h"
#include "stance/base/utf8.h"
#include "stance/labels/record.h"

struct reader {
  const char *path, *stem;
  FILE *out;
};

/* Removes the quotes around a field, and halves doubled quotes inside, in place. */
static void unquote(char *field) {
  size_t length = strlen(field), kept = 0;
  if (length < 2 || field[0] != '"' || field[length - 1] != '"') return;
  for (size_t i = 1; i + 1 < length; i++) {
    if (field[i] == '"' && field[i + 1] == '"' && i + 2 < length) i++;
    field[kept++] = field[i];
  }
  field[kept] = '\0';
}

/* Removes brackets from the text. spans: of what stood in the first two pairs, in code points. Returns the number of
 * pairs. */
static size_t take_brackets(char *text, struct stance_record_mention spans[2]) {
  size_t kept = 0, found = 0, opened = SIZE_MAX;
  for (size_t i = 0; text[i]; i++) {
    if (text[i] == '[' && opened == SIZE_MAX) {
      opened = kept;
    } else if (text[i] == ']' && opened != SIZE_MAX) {
      if (found < 2) {
        spans[found].start = (uint32_t)stance_utf8_count(text, opened);
        spans[found].end = (uint32_t)stance_utf8_count(text, kept);
      }
      found++;
      opened = SIZE_MAX;
    } else {
      text[kept++] = text[i];
    }
  }
  text[kept] = '\0';
  return found;
}

static bool span_is(const char *text, const struct stance_record_mention *span, const char *words) {
  size_t length = strlen(text);
  size_t start = stance_utf8_offset(text, length, span->start), end = stance_utf8_offset(text, length, span->end);
  return start != SIZE_MAX && end != SIZE_MAX && end - start == strlen(words) &&
         memcmp(text + start, words, end - start) == 0;
}

static enum stance_status put_unit(const struct reader *reader, struct stance_record *record,
                                   struct stance_arena *arena, bool is_forward, int label, struct stance_error *error) {
  record->source = is_forward ? "E1" : "E2";
  record->target = is_forward ? "E2" : "E1";
  record->unit = stance_arena_format(arena, "%s:%s>%s", record->article, record->source, record->target);
  record->label = label == (is_forward ? 1 : 2) ? "friendly" : label == (is_forward ? 3 : 4) ? "hostile" : "neutral";
  return record->unit ? train_convert_put(record, reader->out, error) : stance_fail_memory(error);
}

static enum stance_status read_row(void *context, char *line, size_t length, size_t number,
                                   struct stance_error *error) {
  const struct reader *reader = context;
  char *field[4] = {line};
  size_t fields = 1;
  if (!length) return STANCE_OK;
  for (char *tab = strchr(line, '\t'); tab; tab = strchr(tab + 1, '\t')) {
    *tab = '\0';
    if (fields < 4) field[fields] = tab + 1;
    fields++;
  }
  if (fields != 4)
    return stance_fail_at(error, STANCE_INPUT, reader->path, number, 0,
                          "%zu fields; expected 4: sentence, entity 1, entity 2, label", fields);
  for (size_t f = 0; f < 3; f++) unquote(field[f]);
  if (strlen(field[3]) != 1 || field[3][0] < '0' || field[3][0] > '4')
    return stance_fail_at(error, STANCE_INPUT, reader->path, number, 0, "label '%.40s' is not 0, 1, 2, 3 or 4",
                          field[3]);
  struct stance_record_mention mentions[2] = {{.actor = "E1"}, {.actor = "E2"}};
  if (take_brackets(field[0], mentions) < 2)
    return stance_fail_at(error, STANCE_INPUT, reader->path, number, 0, "the sentence does not have two [entities]");
  if (!span_is(field[0], &mentions[0], field[1]) &&
      span_is(field[0], &mentions[0], field[2])) { /* entity 2 comes first in the text */
    mentions[0].actor = "E2";
    mentions[1].actor = "E1";
  }
  struct stance_arena arena = {0};
  struct stance_record record = {.sentence = (uint32_t)number,
                                 .text = field[0],
                                 .mentions = mentions,
                                 .mention_count = 2,
                                 .head = "stance",
                                 .annotator = "gold",
                                 .at = "",
                                 .note = ""};
  record.article = stance_arena_format(&arena, "%s#%zu", reader->stem, number); /* each row is from another article */
  enum stance_status status = record.article ? STANCE_OK : stance_fail_memory(error);
  if (status == STANCE_OK) status = put_unit(reader, &record, &arena, true, field[3][0] - '0', error);
  if (status == STANCE_OK) status = put_unit(reader, &record, &arena, false, field[3][0] - '0', error);
  stance_arena_free(&arena);
  return status;
}

enum stance_status convert_dse(const char *path, FILE *out, struct stance_error *error) {
  struct stance_arena arena = {0};
  char *stem = train_convert_stem(&arena, path), *name = stem ? stance_arena_format(&arena, "dse-%s", stem) : NULL;
  struct reader reader = {.path = path, .stem = name, .out = out};
  enum stance_status status = name ? train_convert_lines(path, read_row, &reader, error) : stance_fail_memory(error);
  stance_arena_free(&arena);
  return status;
}
