/* SPDX-License-Identifier: MIT
 * Merge rules: the label that a unit gets from its votes without an adjudicator. Every rule needs two labels or more,
 * and leaves flagged units to an adjudicator.
 *
 *   unanimity    all votes have the label
 *   majority     more than half of the votes have the label
 *   threshold    at least the rule's share of the votes have the label, and no other label has as many
 *   competence   the label's posterior probability by the annotators' competence (competence.h, Dawid & Skene 1979) is
 *                at least the rule's share; for heads of fewer than three annotators unanimity applies
 *
 * A vote without a label (skip, wrong split) counts against every label, but not for competence. */
#ifndef STANCE_ANNOTATE_SETTLE_H
#define STANCE_ANNOTATE_SETTLE_H

#include "votes.h"

/* Computes votes->settled and votes->competence by the project's rule. */
enum stance_status annotate_votes_settle(const struct annotate_project *project, const struct annotate_units *units,
                                         struct annotate_votes *votes, struct stance_error *error);

#endif
