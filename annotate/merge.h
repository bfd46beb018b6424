/* SPDX-License-Identifier: MIT
 * Gold labels without an adjudicator's decision: units whose votes settle the label by the project's merge rule. */
#ifndef STANCE_ANNOTATE_MERGE_H
#define STANCE_ANNOTATE_MERGE_H

#include "journal.h"
#include "votes.h"

struct annotate_merged {
  size_t agreed, added, disputed, single; /* agreed: the merge rule gives a label */
  size_t taken_back;                      /* merged before, disputed now */
};

/* Appends a gold label for each agreed unit that has no gold or merged gold with another label, under the adjudicator's
 * name and with the flag "merged" (and "by:RULE"). Retracts merged gold of units that are disputed now. Decisions by
 * hand stay. Merging is idempotent. `wall`: milliseconds since 1970. */
enum stance_status annotate_merge(const struct annotate_project *project, const struct annotate_units *units,
                                  const struct annotate_votes *votes, struct annotate_journal *gold, const char *name,
                                  int64_t wall, struct annotate_merged *merged, struct stance_error *error);

#endif
