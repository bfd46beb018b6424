/* SPDX-License-Identifier: MIT
 * The training round: the codebook's own examples, one after the other; after each answer the right label and the reason. Whoever labels
 * passes it first, in terminal or browser, where the project asks for it (practice, practice_pass). Answers are facts in
 * DIR/practice/NAME.jsonl, so that a round begun in one goes on in the other. */
#ifndef STANCE_ANNOTATE_PRACTICE_H
#define STANCE_ANNOTATE_PRACTICE_H

#include "project.h"

struct annotate_practice_item {
  const struct stance_head *head;
  const struct stance_example *example;
  const char *label; /* the right one */
  double place;
};
struct annotate_practice {
  struct annotate_practice_item *items; /* of the round; borrowed from the arena and the codebook */
  size_t count;
  size_t answered, right; /* of the round one is in, or of the last one where that is complete */
  bool is_passed;         /* some round was complete with the mark reached, or the project asks for none */
};

/* The round of `name`, drawn by the seed and the name: of project->practice items, or (0) of all there are, at most 500. */
enum stance_status annotate_practice_open(const struct annotate_project *project, const char *name,
                                          struct stance_arena *arena, struct annotate_practice *practice,
                                          struct stance_error *error);
/* An answer to item number `item`, stored with `via` ("web"; NULL: the terminal). They count in order, each once; the first item of a complete
 * round begins the next round. Sets practice's counts, and *counts: whether it did. */
enum stance_status annotate_practice_answer(const struct annotate_project *project, const char *name,
                                            struct annotate_practice *practice, size_t item, const char *label,
                                            const char *via, bool *counts, struct stance_error *error);
/* How many of so many have to be right. */
size_t annotate_practice_mark(const struct annotate_project *project, size_t of);

#endif
