/* SPDX-License-Identifier: MIT
 * Documents of fields and paragraphs, for the text and the HTML exports of a database. */
#ifndef STANCE_INPUT_DATABASE_FIELDS_H
#define STANCE_INPUT_DATABASE_FIELDS_H

#include "agency.h"

struct database_lines {
  struct database_line {
    const char *text; /* a paragraph, NUL-terminated */
    size_t length;
  } * lines; /* in the arena */
  size_t count, capacity;
};

/* Adds a line, copied into the arena. Fails only for lack of memory. */
enum stance_status database_add_line(struct database_lines *lines, const char *text, size_t length,
                                     struct stance_arena *arena, struct stance_error *error);
/* Reads paragraphs, which are separated by blank lines; joins the lines of each. */
enum stance_status database_paragraphs(const char *data, size_t length, struct stance_arena *arena,
                                       struct database_lines *lines, struct stance_error *error);
/* Whether a line is "1 of 20 DOCUMENTS"; in French "1 de 20", in German "1 von 20 DOKUMENTEN". */
bool database_is_nexis_marker(const char *line, size_t length);
/* "ENGLISH", "Anglais", "English; ENGLISH" -> "en"; NULL: unknown. */
const char *database_language(const char *value);
/* Reads a document of LexisNexis: outlet, date, title, head fields, text, tail fields. */
enum stance_status database_nexis_lines(const struct database_lines *lines, struct stance_arena *arena,
                                        struct agency_item *item, struct stance_error *error);

#endif
