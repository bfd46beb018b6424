/* SPDX-License-Identifier: MIT
 * The names of table columns and JSON keys in files of newsrooms, services and crawlers. Thread-safe. */
#ifndef STANCE_INPUT_NAMES_H
#define STANCE_INPUT_NAMES_H

#include "form.h"

/* Finds the column that a name stands for. Returns its rank, where 1 is the best name for the column; 0: unknown.
 * Ignores case, blanks, hyphens and underscores: "Publish Date" is publish_date. */
unsigned input_name_rank(const char *name, size_t length, enum input_column *column);
/* Whether two names are equal, ignoring case, blanks, hyphens and underscores. */
bool input_name_same(const char *a, const char *b);

#endif
