/* SPDX-License-Identifier: MIT
 * Gold that needs no decision: units on which all annotators agree. */
#ifndef STANCE_ANNOTATE_MERGE_H
#define STANCE_ANNOTATE_MERGE_H

#include "journal.h"
#include "votes.h"

struct annotate_merged {
  size_t agreed, added, disputed, single;
};

/* Appends to the gold journal, under the adjudicator's name and with the flag "merged", the agreed units that have no gold yet or
 * merged gold of another label. What was decided by hand stays. `wall`: milliseconds since 1970. */
enum stance_status annotate_merge(const struct annotate_units *units, const struct annotate_votes *votes,
                                  struct annotate_journal *gold, const char *name, int64_t wall,
                                  struct annotate_merged *merged, struct stance_error *error);

#endif
