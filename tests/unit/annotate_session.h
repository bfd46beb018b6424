/* SPDX-License-Identifier: MIT
 * The session of annotator "ana" in the small project (annotate_project.h), for the tests of the annotation screen. */
#ifndef TESTS_ANNOTATE_SESSION_H
#define TESTS_ANNOTATE_SESSION_H

#include "annotate_project.h"

#include <locale.h>

#include "annotate/compose.h"
#include "annotate/screen.h"
#include "annotate/session.h"

static struct stance_arena arena;
static struct annotate_project project;
static struct annotate_units units;
static struct annotate_journal journal;
static struct annotate_session session;
static struct stance_error error;

/* Opens the project, its units, the journal and the session. */
static inline void begin_session(const struct annotate_helper *helper, size_t batch) {
  const char *notice;
  char path[160];
  const struct annotate_session_options options = {.name = "ana", .batch = batch};
  snprintf(path, sizeof path, "%s/labels/ana.jsonl", project_folder);
  cr_assert_eq(annotate_project_open(project_folder, &arena, &project, &error), STANCE_OK, "%s", error.message);
  cr_assert_eq(annotate_units_open(&project, &units, &error), STANCE_OK, "%s", error.message);
  cr_assert_eq(annotate_journal_open(path, &arena, &journal, &notice, &error), STANCE_OK, "%s", error.message);
  cr_assert_eq(annotate_session_open(&project, &units, &journal, helper, &options, &session, &error), STANCE_OK, "%s",
               error.message);
}

static inline void close_session(void) {
  annotate_session_close(&session);
  annotate_journal_close(&journal);
  annotate_units_close(&units);
}

#endif
