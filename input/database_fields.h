/* SPDX-License-Identifier: MIT
 * Documents of fields and paragraphs, which the text and the HTML of a database share. */
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

enum stance_status database_add_line(struct database_lines *lines, const char *text, size_t length,
                                     struct stance_arena *arena, struct stance_error *error);
/* Blank lines separate paragraphs; the lines of one are joined. */
enum stance_status database_paragraphs(const char *data, size_t length, struct stance_arena *arena,
                                       struct database_lines *lines, struct stance_error *error);
/* LexisNexis: outlet, date, title, head fields, text, tail fields. */
enum stance_status database_nexis_lines(const struct database_lines *lines, struct stance_arena *arena,
                                        struct agency_item *item, struct stance_error *error);

#endif
