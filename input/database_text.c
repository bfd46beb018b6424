/* SPDX-License-Identifier: MIT
 * Text exports of LexisNexis and ProQuest. */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "charset.h"
#include "database.h"
#include "database_fields.h"
#include "day_in_text.h"
#include "stance/base/ascii.h"
#include "stance/base/error.h"

/* ---- cutting: before lines that start a document ---------------------------------------------------------------- */

/* Tests whether a line starts a document; a byte order mark may precede the first line. */
typedef bool line_test(const char *line, size_t length);

static bool is_rule(const char *line, size_t length) {
  if (length >= 3 && memcmp(line, "\xef\xbb\xbf", 3) == 0) line += 3, length -= 3;
  while (length && (line[length - 1] == '\r' || line[length - 1] == ' ')) length--;
  return length >= 20 && strspn(line, "_") >= length;
}

/* Ends before the second line that passes the test; *state counts them. */
static bool scan_lines(line_test *is_start, const char *data, size_t length, size_t *at, unsigned *state) {
  while (*at < length) {
    const char *line = data + *at, *newline = memchr(line, '\n', length - *at);
    if (!newline) return false;
    if (is_start(line, (size_t)(newline - line)) && ++*state == 2) return true;
    *at = (size_t)(newline - data) + 1;
  }
  return false;
}

bool database_scan_nexis_text(const char *data, size_t length, size_t *at, unsigned *state) {
  return scan_lines(database_is_nexis_marker, data, length, at, state);
}

bool database_scan_proquest(const char *data, size_t length, size_t *at, unsigned *state) {
  return scan_lines(is_rule, data, length, at, state);
}

static bool has_line(line_test *test, const char *data, size_t length) {
  for (const char *at = data, *end = data + length; at < end;) {
    const char *newline = memchr(at, '\n', (size_t)(end - at)), *stop = newline ? newline : end;
    if (test(at, (size_t)(stop - at))) return true;
    at = stop + 1;
  }
  return false;
}

bool database_is_nexis_text(const char *data, size_t length) {
  return has_line(database_is_nexis_marker, data, length);
}

bool database_is_proquest(const char *data, size_t length) {
  return has_line(is_rule, data, length) &&
         (memmem(data, length, "Full text:", 10) || memmem(data, length, "Publication info:", 17) ||
          memmem(data, length, "ProQuest", 8));
}

/* ---- documents --------------------------------------------------------------------------------------------------- */

enum stance_status database_nexis_text(const char *data, size_t length, struct stance_arena *arena,
                                       struct agency_item *item, struct stance_error *error) {
  struct database_lines lines = {0};
  STANCE_TRY(database_paragraphs(data, length, arena, &lines, error));
  return database_nexis_lines(&lines, arena, item, error);
}

static const char *const proquest_fields[] = {"Title",
                                              "Author",
                                              "Publication info",
                                              "Publication title",
                                              "Publication date",
                                              "Publication year",
                                              "Publication subject",
                                              "Abstract",
                                              "Full text",
                                              "Subject",
                                              "Location",
                                              "Document URL",
                                              "Links",
                                              "ProQuest document ID",
                                              "Source type",
                                              "Language of publication",
                                              "Language",
                                              "Document type",
                                              "Copyright",
                                              "Last updated",
                                              "Database",
                                              "Company / organization",
                                              "People",
                                              "Country of publication",
                                              "Place of publication",
                                              "Publisher",
                                              "ISSN",
                                              "Section",
                                              "Pages",
                                              "First page",
                                              "Volume",
                                              "Issue",
                                              "Identifier / keyword",
                                              "Dateline",
                                              "Column",
                                              "Credit",
                                              "Classification",
                                              "Number of pages",
                                              "Ethnic newswatch",
                                              "Business indexing term",
                                              "e-ISSN",
                                              "Contact us at",
                                              "Accession number",
                                              "Company",
                                              "Publication type",
                                              NULL};

/* The field with which a paragraph starts, and its value; NULL: none. */
static const char *proquest_field(const struct database_line *line, const char **value) {
  const char *colon = memchr(line->text, ':', line->length < 40 ? line->length : 40);
  size_t length = colon ? (size_t)(colon - line->text) : 0;
  for (size_t i = 0; colon && proquest_fields[i]; i++) {
    if (strlen(proquest_fields[i]) != length || strncasecmp(proquest_fields[i], line->text, length) != 0) continue;
    *value = colon + 1 + strspn(colon + 1, " ");
    return proquest_fields[i];
  }
  return NULL;
}

/* "Example Times ; Bamako [Bamako]. 05 Mar 2024: A.4." */
static enum stance_status take_publication(const char *value, struct stance_arena *arena,
                                           struct stance_article *article, struct stance_error *error) {
  char iso[11];
  size_t length = strcspn(value, ";[");
  const char *comma = strchr(value, ',');
  if (!value[length] && comma) length = (size_t)(comma - value);
  while (length && value[length - 1] == ' ') length--;
  if (!article->outlet && !(article->outlet = stance_arena_copy(arena, value, length)))
    return stance_fail_memory(error);
  if (!article->date && input_day_in_text(value, strlen(value), iso) &&
      !(article->date = stance_arena_copy(arena, iso, 10)))
    return stance_fail_memory(error);
  return STANCE_OK;
}

static enum stance_status take_field(const char *name, const char *value, struct stance_arena *arena,
                                     struct stance_article *article, struct stance_error *error) {
  char iso[11];
  if (strcmp(name, "Title") == 0) article->title = value;
  else if (strcmp(name, "Publication title") == 0) article->outlet = value;
  else if (strcmp(name, "Publication info") == 0) return take_publication(value, arena, article, error);
  else if (strcmp(name, "Document URL") == 0) article->url = value;
  else if (strcmp(name, "ProQuest document ID") == 0) article->id = value;
  else if (strncmp(name, "Language", 8) == 0)
    article->lang = strncasecmp(value, "English", 7) == 0   ? "en"
                    : strncasecmp(value, "French", 6) == 0  ? "fr"
                    : strncasecmp(value, "Spanish", 7) == 0 ? "es"
                    : strncasecmp(value, "German", 6) == 0  ? "de"
                                                            : article->lang;
  else if (strcmp(name, "Publication date") == 0) {
    if (input_day_in_text(value, strlen(value), iso)) value = stance_arena_copy(arena, iso, 10);
    if (!value) return stance_fail_memory(error);
    article->date = value;
  }
  return STANCE_OK;
}

/* "Document 1 of 100" above a title. */
static bool is_number_of(const char *text) {
  int end = 0;
  return sscanf(text, "Document %*9d of %*9d%n", &end) == 0 && end && !text[end];
}

bool database_is_proquest_cover(const char *data, size_t length) {
  for (const char *at = data, *end = data + length; at < end;) {
    const char *newline = memchr(at, '\n', (size_t)(end - at)), *stop = newline ? newline : end, *value;
    while (at < stop && *at == ' ') at++;
    const char *name = proquest_field(&(struct database_line){.text = at, .length = (size_t)(stop - at)}, &value);
    static const char *const telling[] = {"Full text", "Abstract", "Publication info", "Publication title", NULL};
    for (size_t i = 0; name && telling[i]; i++)
      if (strcmp(name, telling[i]) == 0) return false;
    at = stop + 1;
  }
  return true;
}

enum stance_status database_proquest(const char *data, size_t length, struct stance_arena *arena,
                                     struct agency_item *item, struct stance_error *error) {
  struct database_lines lines = {0};
  struct stance_article *article = &item->article;
  struct stance_buffer text = {0}, abstract = {0};
  struct stance_buffer *into = NULL;
  enum stance_status status = database_paragraphs(data, length, arena, &lines, error);
  for (size_t i = 0; status == STANCE_OK && i < lines.count; i++) {
    const struct database_line *line = &lines.lines[i];
    const char *value = line->text, *name = proquest_field(line, &value);
    if (is_rule(line->text, line->length)) continue;
    if (name) {
      into = strcmp(name, "Full text") == 0 ? &text : strcmp(name, "Abstract") == 0 ? &abstract : NULL;
      if (!into) status = take_field(name, value, arena, article, error);
    } else if (!article->title && !into && !is_number_of(line->text)) {
      article->title = line->text;
    }
    if (!into || !*value) continue;
    stance_buffer_puts(into, value);
    stance_buffer_putc(into, '\n');
  }
  bool has_text = text.length > 0;
  item->is_unfinished = into == &text; /* fields follow the text */
  if (status == STANCE_OK) status = agency_take_text(has_text ? &text : &abstract, arena, item, error);
  stance_buffer_free(&text);
  stance_buffer_free(&abstract);
  return status;
}
