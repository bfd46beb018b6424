/* SPDX-License-Identifier: MIT
 * SLATE: TEXT and beside it TEXT.annotations, TEXT.NAME.annotations0 ...: one annotation per line. Lines and tokens
 * (separated by white space) are numbered from 0.
 *
 *   (5, 1) - GPE                  a token
 *   ((9, 1), (9, 3)) - GPE        tokens, including the last one
 *   5 - negative, (5,) - negative a line: its label
 *   (5, 1) (5, 3) - hostile       a link with a label: from the first to the second
 *
 * A line of the text is a sentence. The part of the file name after "annotations" is the annotator. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "foreign.h"
#include "stance/base/error.h"
#include "stance/base/file.h"
#include "stance/base/utf8.h"

struct place {
  size_t line, first, last;
  bool is_line;
}; /* tokens first..last of a line */

struct item {
  struct place places[2];
  size_t place_count, order;
  const char *label;
};

struct reader {
  struct foreign foreign;
  struct stance_arena arena;
  char **lines;
  size_t line_count;
  const char *article, *annotator;
};

/* "(5, 1)", "(5,)" or "5": its numbers. False: something else. */
static bool read_numbers(char **at, size_t *numbers, size_t *count) {
  char *c = *at, *end;
  bool is_tuple = *c == '(';
  if (is_tuple) c++;
  *count = 0;
  while (isdigit((unsigned char)*c) && *count < 3) {
    numbers[(*count)++] = strtoul(c, &end, 10);
    c = end;
    if (!is_tuple) break;
    c += strspn(c, ", ");
  }
  if (!*count || (is_tuple && *c != ')')) return false;
  *at = c + is_tuple;
  return true;
}

static bool read_place(char **at, struct place *place) {
  size_t numbers[3] = {0}, last[3] = {0}, count, last_count = 0;
  bool is_range = strncmp(*at, "((", 2) == 0;
  *at += is_range;
  if (!read_numbers(at, numbers, &count)) return false;
  if (is_range) {
    *at += strspn(*at, ", ");
    if (!read_numbers(at, last, &last_count) || **at != ')' || last_count != count || last[0] != numbers[0])
      return false;
    ++*at;
  }
  *place = (struct place){
      .line = numbers[0], .first = numbers[1], .last = is_range ? last[1] : numbers[1], .is_line = count == 1};
  return place->first <= place->last;
}

static bool read_item(char *line, struct item *item) {
  char *dash = strstr(line, " - ");
  if (!dash) return false;
  *dash = '\0';
  item->label = dash + 3;
  item->place_count = 0;
  for (char *at = line + strspn(line, " "); *at; at += strspn(at, " ,"))
    if (item->place_count == 2 || !read_place(&at, &item->places[item->place_count++])) return false;
  return item->place_count > 0 && *item->label;
}

/* Code points of tokens first..last of a line. */
static bool find_tokens(const char *line, const struct place *place, double *start, double *end) {
  size_t token = 0;
  for (const char *c = line + strspn(line, " \t"); *c; c += strspn(c, " \t"), token++) {
    const char *from = c;
    c += strcspn(c, " \t");
    if (token == place->first) *start = (double)stance_utf8_count(line, (size_t)(from - line));
    if (token != place->last) continue;
    *end = (double)stance_utf8_count(line, (size_t)(c - line));
    return true;
  }
  return false;
}

static size_t add_span(struct reader *reader, const struct place *place, const char *label) {
  double start = 0, end = 0;
  if (place->is_line) return SIZE_MAX;
  if (find_tokens(reader->lines[place->line], place, &start, &end))
    return foreign_add_span(&reader->foreign, start, end, NULL, label);
  annotate_lose(reader->foreign.losses, "spans that do not fit their text");
  return SIZE_MAX;
}

/* The annotations of one line of the text. */
static enum stance_status take_line(struct reader *reader, const struct item *items, size_t count,
                                    struct stance_error *error) {
  struct foreign *foreign = &reader->foreign;
  size_t line = items->places[0].line, (*ends)[2] = stance_arena_alloc(&reader->arena, count, sizeof *ends);
  if (!ends) return stance_fail_memory(error);
  cJSON *base = foreign_base(NULL, reader->lines[line], reader->article);
  cJSON_AddNumberToObject(base, "sentence", (double)line);
  if (reader->annotator) foreign_set(base, "annotator", reader->annotator);
  STANCE_TRY(foreign_begin(foreign, base, items->order, false, error));
  for (size_t i = 0; i < count; i++)
    for (size_t p = 0; p < items[i].place_count; p++)
      ends[i][p] = add_span(reader, &items[i].places[p], items[i].place_count == 1 ? items[i].label : NULL);
  STANCE_TRY(foreign_settle(foreign, error));
  for (size_t i = 0; i < count; i++) {
    foreign->line = items[i].order;
    if (items[i].place_count == 2) STANCE_TRY(foreign_pair(foreign, ends[i][0], ends[i][1], items[i].label, error));
    else if (items[i].places[0].is_line) STANCE_TRY(foreign_label(foreign, SIZE_MAX, NULL, items[i].label, error));
  }
  return foreign_end(foreign, error);
}

static int by_line(const void *left, const void *right) {
  const struct item *a = left, *b = right;
  if (a->places[0].line != b->places[0].line) return a->places[0].line < b->places[0].line ? -1 : 1;
  return (a->order > b->order) - (a->order < b->order);
}

static enum stance_status read_items(struct reader *reader, char *bytes, struct stance_error *error) {
  size_t most = 1, count = 0, number = 0;
  for (const char *c = bytes; *c; c++) most += *c == '\n';
  struct item *items = stance_arena_zalloc(&reader->arena, most, sizeof *items);
  if (!items) return stance_fail_memory(error);
  for (char *rest = bytes, *line; (line = strsep(&rest, "\n"));) {
    struct item *item = &items[count];
    line[strcspn(line, "\r")] = '\0';
    number++;
    if (!*line) continue;
    char shown[60];
    snprintf(shown, sizeof shown, "%s", line);
    if (!read_item(line, item))
      return stance_fail_at(error, STANCE_INPUT, reader->foreign.path, number, 0,
                            "'%s' is no annotation; expected '(LINE, TOKEN) - LABEL'", shown);
    item->order = number;
    bool is_inside = item->places[0].line < reader->line_count &&
                     (item->place_count == 1 || item->places[1].line == item->places[0].line);
    if (is_inside) count++;
    else annotate_lose(reader->foreign.losses, "annotations over several lines, or behind the text");
  }
  if (count) qsort(items, count, sizeof *items, by_line);
  for (size_t i = 0, next; i < count; i = next) {
    for (next = i + 1; next < count && items[next].places[0].line == items[i].places[0].line;) next++;
    STANCE_TRY(take_line(reader, items + i, next - i, error));
  }
  return STANCE_OK;
}

/* The text's file: the longest prefix of the name, up to a dot, that exists. */
static char *find_text(struct reader *reader, const char *path) {
  struct stat about;
  char *copy = stance_arena_copy(&reader->arena, path, strlen(path)), *slash = copy ? strrchr(copy, '/') : NULL, *dot;
  while (copy && (dot = strrchr(slash ? slash : copy, '.')) && dot > copy) {
    *dot = '\0';
    if (stat(copy, &about) == 0 && S_ISREG(about.st_mode)) return copy;
  }
  return NULL;
}

static enum stance_status read_text(struct reader *reader, const char *path, struct stance_error *error) {
  char *text;
  size_t length, most = 1;
  STANCE_TRY(stance_file_read(path, 0, &reader->arena, &text, &length, error));
  if (!stance_utf8_valid(text, length)) return stance_fail_at(error, STANCE_INPUT, path, 0, 0, "is not UTF-8 text");
  for (const char *c = text; *c; c++) most += *c == '\n';
  reader->lines = stance_arena_alloc(&reader->arena, most, sizeof *reader->lines);
  if (!reader->lines) return stance_fail_memory(error);
  for (char *rest = text, *line; (line = strsep(&rest, "\n"));) {
    line[strcspn(line, "\r")] = '\0';
    reader->lines[reader->line_count++] = line;
  }
  return STANCE_OK;
}

static enum stance_status read_both(struct reader *reader, const char *path, struct stance_error *error) {
  char *bytes, *text = find_text(reader, path);
  size_t length;
  const char *who = strstr(path, ".annotations");
  if (!text)
    return stance_fail_at(error, STANCE_INPUT, path, 0, 0,
                          "the text is not beside it; expected a file of its name without '.annotations'");
  const char *name = strrchr(text, '/') ? strrchr(text, '/') + 1 : text;
  if (who && who[12] && who[12] != '.') reader->annotator = stance_arena_format(&reader->arena, "slate-%s", who + 12);
  else if (who && who[12]) reader->annotator = stance_arena_copy(&reader->arena, who + 13, strlen(who + 13));
  reader->article = name;
  STANCE_TRY(read_text(reader, text, error));
  STANCE_TRY(stance_file_read(path, 0, &reader->arena, &bytes, &length, error));
  if (!stance_utf8_valid(bytes, length)) return stance_fail_at(error, STANCE_INPUT, path, 0, 0, "is not UTF-8 text");
  return read_items(reader, bytes, error);
}

static enum stance_status read_slate(const char *path, const struct annotate_defaults *defaults,
                                     struct annotate_records *records, struct annotate_losses *losses,
                                     struct stance_error *error) {
  struct reader reader = {
      .foreign = {
          .defaults = defaults, .records = records, .losses = losses, .path = path, .offsets = FOREIGN_CODE_POINTS}};
  enum stance_status status = read_both(&reader, path, error);
  foreign_close(&reader.foreign);
  stance_arena_free(&reader.arena);
  return status;
}

const struct annotate_format annotate_format_slate = {.read = read_slate};
