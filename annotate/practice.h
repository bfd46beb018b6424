/* SPDX-License-Identifier: MIT
 * The training round: the codebook's examples one by one, each answer followed by the right label and the reason. If
 * the project has one (practice, practice_pass), annotators must pass it before they label. Answers are stored in
 * DIR/practice/NAME.jsonl, so a round begun in the terminal can be continued in the browser. */
#ifndef STANCE_ANNOTATE_PRACTICE_H
#define STANCE_ANNOTATE_PRACTICE_H

#include "project.h"

struct annotate_practice_item {
  const struct stance_head *head;
  const struct stance_example *example;
  const char *label; /* the right label */
  double place;
};
struct annotate_practice {
  struct annotate_practice_item *items; /* the round's items; borrowed from the arena and the codebook */
  size_t count;
  size_t answered, right; /* of the current round, or of the last one if that is complete */
  bool is_passed;         /* a complete round reached the mark, or the project has no training round */
};

/* The round of `name`: project->practice items (0: all, at most 500), drawn at random from the seed and the name. */
enum stance_status annotate_practice_open(const struct annotate_project *project, const char *name,
                                          struct stance_arena *arena, struct annotate_practice *practice,
                                          struct stance_error *error);
/* Stores an answer to item number `item`, with `via` ("web"; NULL: the terminal), and updates practice's counts.
 * Answers count in order, each once; the first item after a complete round begins the next round. *counts: whether this
 * answer counted. */
enum stance_status annotate_practice_answer(const struct annotate_project *project, const char *name,
                                            struct annotate_practice *practice, size_t item, const char *label,
                                            const char *via, bool *counts, struct stance_error *error);
/* How many of `of` answers must be right. */
size_t annotate_practice_mark(const struct annotate_project *project, size_t of);

#endif
