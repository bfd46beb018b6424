/* SPDX-License-Identifier: MIT
 * Paused annotators may not label, neither in the terminal nor in the browser. A lead pauses them, or too many wrong
 * answers to hidden gold checks (check_pass). DIR/paused.jsonl has a line for each pause and resumption; the latest of
 * a name applies. */
#ifndef STANCE_ANNOTATE_PAUSE_H
#define STANCE_ANNOTATE_PAUSE_H

#include "history.h"
#include "project.h"

enum { ANNOTATE_CHECKS_LEAST = 10, ANNOTATE_WHY_MAX = 160 };

struct annotate_pause {
  bool is_paused;
  char why[ANNOTATE_WHY_MAX];
  char resumed[40]; /* time of the latest resumption, before which checks no longer count; "": never */
};

/* The state of `name`. Without the file nobody is paused. */
enum stance_status annotate_pause_read(const struct annotate_project *project, const char *name,
                                       struct annotate_pause *pause, struct stance_error *error);
/* Pauses `name` and shows them the reason `why`; why NULL: resumes. Synced to the disk when it returns. */
enum stance_status annotate_pause_set(const struct annotate_project *project, const char *name, const char *why,
                                      struct stance_error *error);
/* STANCE_INPUT, with the reason, if `name` is paused. */
enum stance_status annotate_pause_check(const struct annotate_project *project, const char *name,
                                        struct stance_error *error);
/* After a hidden gold check: pauses `name` if there are at least ANNOTATE_CHECKS_LEAST checks since the latest
 * resumption and a smaller share than check_pass was right. gold: [gold_count] labels by unit, -1: none. why: the
 * reason, "" if not paused. */
enum stance_status annotate_pause_judge(const struct annotate_project *project, const char *name,
                                        const struct annotate_history *history, const int8_t *gold, size_t gold_count,
                                        char why[ANNOTATE_WHY_MAX], struct stance_error *error);

#endif
