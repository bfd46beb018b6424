/* SPDX-License-Identifier: MIT
 * LexisNexis in English, French and German, and what ProQuest's text has in common with it. */
#include "database_fields.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "database.h"
#include "day_in_text.h"
#include "stance/base/ascii.h"
#include "stance/base/error.h"

enum { HEAD_LINES = 6 }; /* the date is within so many paragraphs */

enum stance_status database_add_line(struct database_lines *lines, const char *text, size_t length,
                                     struct stance_arena *arena, struct stance_error *error) {
  struct database_line *grown =
      stance_arena_grow(arena, lines->lines, &lines->capacity, lines->count + 1, sizeof *grown);
  char *copy = stance_arena_copy(arena, text, length);
  if (!grown || !copy) return stance_fail_memory(error);
  lines->lines = grown;
  lines->lines[lines->count++] = (struct database_line){copy, length};
  return STANCE_OK;
}

enum stance_status database_paragraphs(const char *data, size_t length, struct stance_arena *arena,
                                       struct database_lines *lines, struct stance_error *error) {
  struct stance_buffer paragraph = {0};
  enum stance_status status = STANCE_OK;
  for (const char *at = data, *end = data + length; at <= end && status == STANCE_OK;) {
    const char *newline = at < end ? memchr(at, '\n', (size_t)(end - at)) : NULL, *stop = newline ? newline : end,
               *next = stop + 1;
    while (at < stop && (*at == ' ' || *at == '\t')) at++;
    while (stop > at && (stop[-1] == ' ' || stop[-1] == '\r' || stop[-1] == '\t')) stop--;
    if (at < stop) {
      if (paragraph.length) stance_buffer_putc(&paragraph, ' ');
      stance_buffer_append(&paragraph, at, (size_t)(stop - at));
    }
    if ((at == stop || next > end) && paragraph.length) {
      status = paragraph.failed ? stance_fail_memory(error)
                                : database_add_line(lines, paragraph.data, paragraph.length, arena, error);
      stance_buffer_clear(&paragraph);
    }
    at = next;
  }
  stance_buffer_free(&paragraph);
  return status;
}

/* ---- fields ------------------------------------------------------------------------------------------------------ */

enum kind { NO_FIELD, HEAD_FIELD, TAIL_FIELD, TITLE_FIELD, URL_FIELD, LANGUAGE_FIELD };

static const struct {
  const char *name;
  enum kind kind;
} fields[] = {{"HEADLINE", TITLE_FIELD},
              {"TITRE", TITLE_FIELD},
              {"BYLINE", HEAD_FIELD},
              {"SECTION", HEAD_FIELD},
              {"LENGTH", HEAD_FIELD},
              {"DATELINE", HEAD_FIELD},
              {"HIGHLIGHT", HEAD_FIELD},
              {"SERIES", HEAD_FIELD},
              {"AUTEUR", HEAD_FIELD},
              {"RUBRIQUE", HEAD_FIELD},
              {"LONGUEUR", HEAD_FIELD},
              {"ENCART", HEAD_FIELD},
              {"AUTOR", HEAD_FIELD},
              {"RUBRIK", HEAD_FIELD},
              {"L\xc3\x84NGE", HEAD_FIELD},
              {"LAENGE", HEAD_FIELD},
              {"ORIGINE", HEAD_FIELD},
              {"DATE-LINE", HEAD_FIELD},
              {"EDITORIAL", HEAD_FIELD},
              {"LOAD-DATE", TAIL_FIELD},
              {"LANGUAGE", LANGUAGE_FIELD},
              {"GRAPHIC", TAIL_FIELD},
              {"PUBLICATION-TYPE", TAIL_FIELD},
              {"SUBJECT", TAIL_FIELD},
              {"ORGANIZATION", TAIL_FIELD},
              {"COMPANY", TAIL_FIELD},
              {"TICKER", TAIL_FIELD},
              {"INDUSTRY", TAIL_FIELD},
              {"PERSON", TAIL_FIELD},
              {"GEOGRAPHIC", TAIL_FIELD},
              {"CITY", TAIL_FIELD},
              {"STATE", TAIL_FIELD},
              {"COUNTRY", TAIL_FIELD},
              {"CORRECTION", TAIL_FIELD},
              {"CORRECTION-DATE", TAIL_FIELD},
              {"URL", URL_FIELD},
              {"JOURNAL-CODE", TAIL_FIELD},
              {"DOCUMENT-TYPE", TAIL_FIELD},
              {"TYPE", TAIL_FIELD},
              {"NOTES", TAIL_FIELD},
              {"ENHANCEMENT", TAIL_FIELD},
              {"ISSN", TAIL_FIELD},
              {"ACC-NO", TAIL_FIELD},
              {"DISTRIBUTION", TAIL_FIELD},
              {"SUJET", TAIL_FIELD},
              {"SOCIETE", TAIL_FIELD},
              {"SYMBOLE-BOURSIER", TAIL_FIELD},
              {"SECTEUR-ACTIVITE", TAIL_FIELD},
              {"LOCALISATION-GEO", TAIL_FIELD},
              {"DATE-CHARGEMENT", TAIL_FIELD},
              {"LANGUE", LANGUAGE_FIELD},
              {"TYPE-PUBLICATION", TAIL_FIELD},
              {"ORGANISATION", TAIL_FIELD},
              {"PERSONNE", TAIL_FIELD},
              {"UPDATE", TAIL_FIELD},
              {"SPRACHE", LANGUAGE_FIELD},
              {"GRAFIK", TAIL_FIELD},
              {"PUBLICATIONTYPE", TAIL_FIELD},
              {"GRAPHIQUE", TAIL_FIELD},
              {"ILLUSTRATION", TAIL_FIELD}};

/* The kind of a field such as "LENGTH: 60 words"; *value: the text after the colon. */
static enum kind field_of(const struct database_line *line, const char **value) {
  const char *colon = memchr(line->text, ':', line->length < 30 ? line->length : 30);
  if (!colon) return NO_FIELD;
  size_t length = (size_t)(colon - line->text);
  while (length && line->text[length - 1] == ' ') length--;
  for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
    if (strlen(fields[i].name) != length || memcmp(fields[i].name, line->text, length) != 0) continue;
    *value = colon + 1 + strspn(colon + 1, " ");
    return fields[i].kind;
  }
  return NO_FIELD;
}

bool database_is_nexis_marker(const char *line, size_t length) {
  char start[80], of[4], word[9];
  unsigned number, all;
  if (length >= 3 && memcmp(line, "\xef\xbb\xbf", 3) == 0) line += 3, length -= 3;
  size_t blank = 0; /* most lines begin with no number */
  while (blank < length && (line[blank] == ' ' || line[blank] == '\t')) blank++;
  if (length >= sizeof start || blank == length || !ascii_is_digit((unsigned char)line[blank])) return false;
  memcpy(start, line, length);
  start[length] = '\0';
  if (sscanf(start, " %9u %3s %9u %8[A-Za-z]", &number, of, &all, word) != 4) return false;
  bool is_of = strcasecmp(of, "of") == 0 || strcasecmp(of, "de") == 0 || strcasecmp(of, "von") == 0;
  return is_of && (strncasecmp(word, "DOCUMENT", 8) == 0 || strncasecmp(word, "DOKUMENT", 8) == 0);
}

static bool is_rights(const struct database_line *line) {
  static const char *const starts[] = {"Copyright ",    "\xc2\xa9 ",     "All Rights Reserved",
                                       "Tous droits r", "Tous Droits R", NULL};
  for (size_t i = 0; starts[i]; i++)
    if (line->length < 200 && strncmp(line->text, starts[i], strlen(starts[i])) == 0) return true;
  return false;
}

const char *database_language(const char *value) {
  static const char *const names[][2] = {{"ENGLISH", "en"},   {"ANGLAIS", "en"}, {"ENGLISCH", "en"}, {"FRENCH", "fr"},
                                         {"FRAN", "fr"},      {"GERMAN", "de"},  {"DEUTSCH", "de"},  {"ALLEMAND", "de"},
                                         {"SPANISH", "es"},   {"ESPA", "es"},    {"ITALIAN", "it"},  {"DUTCH", "nl"},
                                         {"PORTUGUESE", "pt"}};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (strncasecmp(value, names[i][0], strlen(names[i][0])) == 0) return names[i][1];
  return NULL;
}

enum stance_status database_nexis_lines(const struct database_lines *lines, struct stance_arena *arena,
                                        struct agency_item *item, struct stance_error *error) {
  struct stance_article *article = &item->article;
  struct stance_buffer text = {0};
  char iso[11] = "";
  size_t at = 0;
  for (size_t i = 0; i < lines->count; i++)
    if (database_is_nexis_marker(lines->lines[i].text, lines->lines[i].length)) at = i + 1;
  for (size_t i = at; i < lines->count && i < at + HEAD_LINES && !iso[0]; i++) {
    if (!input_day_in_text(lines->lines[i].text, lines->lines[i].length, iso)) continue;
    article->date = stance_arena_copy(arena, iso, 10);
    if (i > at) article->outlet = lines->lines[at].text;
    at = i + 1;
  }
  bool is_body = false, is_over = false;
  for (; at < lines->count; at++) {
    const struct database_line *line = &lines->lines[at];
    const char *value = NULL;
    enum kind kind = field_of(line, &value);
    if (is_rights(line)) is_over = is_body || is_over;
    else if (kind == TITLE_FIELD && !article->title) article->title = value;
    else if (kind == LANGUAGE_FIELD) article->lang = database_language(value), is_over = true;
    else if (kind == URL_FIELD) article->url = value, is_over = true;
    else if (kind == TAIL_FIELD) is_over = is_over || is_body;
    else if (kind == NO_FIELD && !is_over && !article->title) article->title = line->text;
    else if (kind == NO_FIELD && !is_over) {
      is_body = true;
      stance_buffer_append(&text, line->text, line->length);
      stance_buffer_putc(&text, '\n');
    }
  }
  return agency_take_text(&text, arena, item, error);
}
