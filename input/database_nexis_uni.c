/* SPDX-License-Identifier: MIT
 * Nexis Uni (Lexis Advance): Word documents, and text saved from them. A cover of the search may come first; then, for
 * each document, title, outlet, date, fields ("Section: ", "Length: 60 words"), "Body", the text, "Classification" with
 * further fields, "End of Document". Layout as LexisNexisTools and tm.plugin.lexisnexis (R) read it. */
#include <string.h>
#include <strings.h>

#include "database.h"
#include "database_fields.h"
#include "day_in_text.h"
#include "stance/base/error.h"

enum { DATE_LINE_MAX = 100, FIELD_MAX = 30 };

static bool is_line(const char *line, size_t length, const char *word) {
  while (length && (*line == ' ' || *line == '\t')) line++, length--;
  while (length && strchr(" \t\r", line[length - 1])) length--;
  return length == strlen(word) && strncasecmp(line, word, length) == 0;
}

static bool begins(const char *line, size_t length, const char *word) {
  return length >= strlen(word) && strncasecmp(line, word, strlen(word)) == 0;
}

bool database_scan_nexis_uni(const char *data, size_t length, size_t *at, unsigned *state) {
  (void)state;
  while (*at < length) {
    const char *line = data + *at, *newline = memchr(line, '\n', length - *at);
    if (!newline) return false;
    *at = (size_t)(newline - data) + 1;
    if (is_line(line, (size_t)(newline - line), "End of Document")) return true;
  }
  return false;
}

bool database_is_nexis_uni(const char *data, size_t length) {
  bool has_body = false, has_length = false, has_job = false, has_count = false, has_end = false, has_load = false;
  for (const char *at = data, *end = data + length; at < end;) {
    const char *newline = memchr(at, '\n', (size_t)(end - at)), *stop = newline ? newline : end;
    size_t size = (size_t)(stop - at);
    const char *line = at;
    at = stop + 1;
    if (!strchr("BbDdEeJjLl \t", *line)) continue; /* as nearly all lines of other text */
    has_body |= is_line(line, size, "Body");
    has_end |= is_line(line, size, "End of Document");
    has_length |= begins(line, size, "Length: ");
    has_load |= begins(line, size, "Load-Date: ");
    has_job |= begins(line, size, "Job Number: ");
    has_count |= begins(line, size, "Documents (") || begins(line, size, "Document (");
  }
  return (has_body && (has_length || has_load)) || (has_end && has_load) || (has_job && has_count);
}

/* Whether each line is a paragraph, as Word saves text, so that fields are on consecutive lines; else blank lines
 * separate paragraphs. */
static bool has_lines_for_paragraphs(const char *data, size_t length) {
  bool was_field = false;
  for (const char *at = data, *end = data + length; at < end;) {
    const char *newline = memchr(at, '\n', (size_t)(end - at)), *stop = newline ? newline : end;
    size_t size = (size_t)(stop - at);
    bool is_field = begins(at, size, "Copyright ") || begins(at, size, "Section: ") || begins(at, size, "Length: ") ||
                    begins(at, size, "Byline: ");
    if (is_field && was_field) return true;
    if (is_line(at, size, "Body")) return was_field;
    was_field = is_field;
    at = stop + 1;
  }
  return false;
}

static enum stance_status lines_of(const char *data, size_t length, struct stance_arena *arena,
                                   struct database_lines *lines, struct stance_error *error) {
  if (!has_lines_for_paragraphs(data, length)) return database_paragraphs(data, length, arena, lines, error);
  for (const char *at = data, *end = data + length; at < end;) {
    const char *newline = memchr(at, '\n', (size_t)(end - at)), *stop = newline ? newline : end, *next = stop + 1;
    while (at < stop && strchr(" \t", *at)) at++;
    while (stop > at && strchr(" \t\r", stop[-1])) stop--;
    if (at < stop) STANCE_TRY(database_add_line(lines, at, (size_t)(stop - at), arena, error));
    at = next;
  }
  return STANCE_OK;
}

/* Whether a line is a field: "Section: WORLD", "Date and Time: Monday, ...". */
static bool is_field(const struct database_line *line) {
  const char *colon = memchr(line->text, ':', line->length < FIELD_MAX ? line->length : FIELD_MAX);
  return colon && colon[1] == ' ' && strncasecmp(line->text, "http", 4) != 0;
}

static bool is_end(const struct database_line *line) {
  return is_line(line->text, line->length, "Classification") || is_line(line->text, line->length, "Graphic") ||
         is_line(line->text, line->length, "End of Document") || begins(line->text, line->length, "Load-Date: ");
}

/* Whether a line is nothing but the address of a page. */
static bool is_address(const struct database_line *line) {
  return begins(line->text, line->length, "http") && strstr(line->text, "://") && !strchr(line->text, ' ');
}

/* The first line of the text: after "Body", or after the fields that follow "Length: ". lines->count: none. */
static size_t find_body(const struct database_lines *lines) {
  size_t fields = lines->count;
  for (size_t i = 0; i < lines->count; i++) {
    const struct database_line *line = &lines->lines[i];
    if (is_line(line->text, line->length, "Body")) return i + 1;
    if (begins(line->text, line->length, "Length: ") || (fields == i && is_field(line))) fields = i + 1;
  }
  return fields;
}

static bool is_day(const struct database_line *line, char iso[11]) {
  return line->length < DATE_LINE_MAX && !is_field(line) && !begins(line->text, line->length, "Copyright ") &&
         input_day_in_text(line->text, line->length, iso);
}

enum stance_status database_nexis_uni(const char *data, size_t length, struct stance_arena *arena,
                                      struct agency_item *item, struct stance_error *error) {
  struct database_lines lines = {0};
  struct stance_article *article = &item->article;
  struct stance_buffer text = {0};
  char iso[11];
  STANCE_TRY(lines_of(data, length, arena, &lines, error));
  size_t body = find_body(&lines), day = body;
  while (day > 0 && (day == lines.count || !is_day(&lines.lines[day], iso))) day--;
  bool has_day = day < lines.count && is_day(&lines.lines[day], iso);
  if (has_day && !(article->date = stance_arena_copy(arena, iso, 10))) return stance_fail_memory(error);
  if (has_day && day >= 1) article->outlet = lines.lines[day - 1].text;
  if (has_day && day >= 2) article->title = lines.lines[day - 2].text;
  size_t at = body, end = body;
  while (end < lines.count && !is_end(&lines.lines[end])) end++;
  item->is_unfinished = end == lines.count;
  if (end > body + 1 && is_address(&lines.lines[end - 1])) article->url = lines.lines[end - 1].text;
  for (; at < lines.count && !is_end(&lines.lines[at]); at++) {
    const struct database_line *line = &lines.lines[at];
    bool is_link =
        is_line(line->text, line->length, "Link to Image") || is_line(line->text, line->length, "Link to PDF");
    if (is_link || line->text == article->url) continue;
    if (text.length) stance_buffer_putc(&text, '\n');
    stance_buffer_append(&text, line->text, line->length);
  }
  for (; at < lines.count; at++)
    if (begins(lines.lines[at].text, lines.lines[at].length, "Language: "))
      article->lang = database_language(lines.lines[at].text + 10 + strspn(lines.lines[at].text + 10, " "));
  return agency_take_text(&text, arena, item, error);
}
