/* SPDX-License-Identifier: MIT
 * What columns of tables and keys of JSON are called in the files of newsrooms, services and crawlers. */
#ifndef STANCE_INPUT_NAMES_H
#define STANCE_INPUT_NAMES_H

#include "form.h"

/* What a name stands for, and how well: the less, the better among those of one column; 0: nothing. Case, blanks, hyphens and
 * underscores do not count: "Publish Date" is publish_date. */
unsigned input_name_rank(const char *name, size_t length, enum input_column *column);
/* Whether two names are the same where case, blanks, hyphens and underscores do not count. */
bool input_name_same(const char *a, const char *b);

#endif
