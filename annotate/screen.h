/* SPDX-License-Identifier: MIT
 * The annotation screen on a terminal (ncurses): keys in, rows out, nothing painted that did not change. */
#ifndef STANCE_ANNOTATE_SCREEN_H
#define STANCE_ANNOTATE_SCREEN_H

#include <stdatomic.h>

#include "clock.h"
#include "session.h"

struct annotate_screen_options {
  bool has_colour;
  const atomic_int *stop; /* not 0: leave */
};

/* Runs until the annotator leaves. The terminal is as it was afterwards. STANCE_INPUT where there is no terminal to use. */
enum stance_status annotate_screen_run(struct annotate_session *session, const struct annotate_screen_options *options,
                                       struct stance_error *error);

#endif
