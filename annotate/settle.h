/* SPDX-License-Identifier: MIT
 * Merge rules: which label a unit gets from its votes without an adjudicator. By all rules a unit needs two labels or more, and one that
 * somebody flagged is left to a person.
 *
 *   unanimity    all votes are the same label
 *   majority     more than half of the votes are
 *   threshold    at least the share of the votes are, and no other label as many
 *   competence   the label's probability is at least the share, votes weighed by how far each annotator is to be trusted (competence.h,
 *                Dawid & Skene 1979); heads of fewer than three annotators: unanimity, since errors cannot be told apart
 *
 * A vote without a label (skip, wrong split) is a vote against, but says nothing of competence. */
#ifndef STANCE_ANNOTATE_SETTLE_H
#define STANCE_ANNOTATE_SETTLE_H

#include "votes.h"

/* Fills votes->settled and votes->competence by the project's rule. */
enum stance_status annotate_votes_settle(const struct annotate_project *project, const struct annotate_units *units,
                                         struct annotate_votes *votes, struct stance_error *error);

#endif
