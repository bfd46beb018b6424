/* SPDX-License-Identifier: MIT
 * A session as rows of text: what the annotation screen shows, at any size from 20x6 on. Made for 60x16 and more. */
#ifndef STANCE_ANNOTATE_COMPOSE_H
#define STANCE_ANNOTATE_COMPOSE_H

#include "canvas.h"
#include "rich.h"
#include "session.h"

struct annotate_composer {
  struct rich body, foot, pane;
  int cursor_row, cursor_column; /* where a line is being typed; row -1: no cursor */
  int scroll;                    /* rows that were scrolled over */
};

/* Draws the session onto the canvas. composer->scroll: session->scroll, or what is left of it where that is past the end. False: out of
 * memory. */
bool annotate_compose(struct annotate_composer *composer, const struct annotate_session *session,
                      struct canvas *canvas);
/* Draws the matrix of the sentence into the rows from `row` on (of compose.c alone). */
void compose_matrix(struct rich *body, const struct annotate_session *session, struct canvas *canvas, int row,
                    int rows);
/* Draws the training round into the rows from `row` on (of compose.c alone). Returns the rows that were scrolled over. */
int compose_practice(struct rich *body, const struct annotate_session *session, struct canvas *canvas, int row,
                     int rows);
/* Frees what it holds. */
void annotate_composer_free(struct annotate_composer *composer);

#endif
