/* SPDX-License-Identifier: MIT
 * Who may not label for now, in terminal and browser alike: paused by a lead, or by hidden gold checks below the project's mark
 * (check_pass). Facts in DIR/paused.jsonl; the latest of a name holds. */
#ifndef STANCE_ANNOTATE_PAUSE_H
#define STANCE_ANNOTATE_PAUSE_H

#include "history.h"
#include "project.h"

enum { ANNOTATE_CHECKS_LEAST = 10, ANNOTATE_WHY_MAX = 160 };

struct annotate_pause {
  bool is_paused;
  char why[ANNOTATE_WHY_MAX];
  char resumed[40]; /* when: checks before it were talked about and count no more; "": never */
};

/* The state of `name`; nobody is paused where there is no such file. */
enum stance_status annotate_pause_read(const struct annotate_project *project, const char *name,
                                       struct annotate_pause *pause, struct stance_error *error);
/* Pauses `name` (why: for them to read), or lets them go on (why NULL). On the disk when it returns. */
enum stance_status annotate_pause_set(const struct annotate_project *project, const char *name, const char *why,
                                      struct stance_error *error);
/* STANCE_INPUT, with the reason, where `name` is paused. */
enum stance_status annotate_pause_check(const struct annotate_project *project, const char *name,
                                        struct stance_error *error);
/* After a hidden gold check: counts those since the latest resume, and pauses `name` where there are ANNOTATE_CHECKS_LEAST or more and fewer
 * than the mark were right. gold: a label by unit (-1: none), of gold_count units. why: "" unless it paused. */
enum stance_status annotate_pause_judge(const struct annotate_project *project, const char *name,
                                        const struct annotate_history *history, const int8_t *gold, size_t gold_count,
                                        char why[ANNOTATE_WHY_MAX], struct stance_error *error);

#endif
