/* SPDX-License-Identifier: MIT
 * The annotation screen on a terminal (ncurses): reads keys and shows the composed rows; only changed cells are
 * drawn. */
#ifndef STANCE_ANNOTATE_SCREEN_H
#define STANCE_ANNOTATE_SCREEN_H

#include <stdatomic.h>

#include "clock.h"
#include "session.h"

struct annotate_screen_options {
  bool has_colour;
  const atomic_int *stop; /* nonzero: leave */
};

/* Runs until the annotator leaves, then restores the terminal. STANCE_INPUT: there is no usable terminal. */
enum stance_status annotate_screen_run(struct annotate_session *session, const struct annotate_screen_options *options,
                                       struct stance_error *error);

#endif
