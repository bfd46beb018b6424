/* SPDX-License-Identifier: MIT
 * All annotators' labels of each unit, for adjudication and for the merge rules. */
#ifndef STANCE_ANNOTATE_VOTES_H
#define STANCE_ANNOTATE_VOTES_H

#include "units.h"

struct annotate_vote {
  const char *annotator, *note;
  int8_t label; /* -1: none */
  bool is_skip, is_split, is_flagged;
  float seconds;
};

/* An annotator's accuracy, estimated by the merge rule competence. */
struct annotate_competent {
  const char *head, *annotator;
  double accuracy;
};

struct annotate_votes {
  struct stance_arena arena;
  int8_t *settled; /* per unit: the label by the project's merge rule, -1: none */
  struct annotate_competent *competence;
  size_t competence_count, competence_capacity;
  size_t fallbacks; /* heads with too few annotators for the rule competence, for which unanimity applied */
  uint32_t *first;  /* [count + 1] per unit: index of its first vote */
  struct annotate_vote *votes;
  size_t foreign; /* records whose unit is not in the list */
  size_t unknown; /* records whose label the codebook lacks: votes without a label */
};

enum annotate_agreement {
  ANNOTATE_UNRATED, /* no annotator decided it */
  ANNOTATE_SINGLE,  /* one annotator did */
  ANNOTATE_AGREED,  /* two or more did, and the merge rule gives a label */
  ANNOTATE_DISPUTED,
};

/* Reads the newest label of each annotator for each unit from all journals. Close the votes. */
enum stance_status annotate_votes_read(const struct annotate_project *project, const struct annotate_units *units,
                                       struct annotate_votes *votes, struct stance_error *error);
/* Frees what it holds. */
void annotate_votes_close(struct annotate_votes *votes);
/* Whether a unit's labels agree; see enum annotate_agreement. */
enum annotate_agreement annotate_votes_agreement(const struct annotate_votes *votes, uint32_t unit);

#endif
