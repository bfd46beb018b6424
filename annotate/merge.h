/* SPDX-License-Identifier: MIT
 * Gold that needs no decision: units on which all annotators agree. */
#ifndef STANCE_ANNOTATE_MERGE_H
#define STANCE_ANNOTATE_MERGE_H

#include "journal.h"
#include "votes.h"

struct annotate_merged {
  size_t agreed, added, disputed, single; /* agreed: the project's merge rule has a label */
  size_t taken_back;                      /* merged once, and disputed now */
};

/* Appends to the gold journal, under the adjudicator's name and with the flag "merged" (and "by:RULE"), the agreed units that have no gold
 * yet or merged gold of another label; takes back what was merged and is disputed now. What was decided by hand stays, so that merging
 * again gives what merging once would. `wall`: milliseconds since 1970. */
enum stance_status annotate_merge(const struct annotate_project *project, const struct annotate_units *units,
                                  const struct annotate_votes *votes, struct annotate_journal *gold, const char *name,
                                  int64_t wall, struct annotate_merged *merged, struct stance_error *error);

#endif
