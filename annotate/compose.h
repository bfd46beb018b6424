/* SPDX-License-Identifier: MIT
 * Draws a session as rows of text, as the annotation screen shows it. Any size from 20x6 columns and rows on works; the
 * layout is meant for 60x16 or more. */
#ifndef STANCE_ANNOTATE_COMPOSE_H
#define STANCE_ANNOTATE_COMPOSE_H

#include "canvas.h"
#include "rich.h"
#include "session.h"

struct annotate_composer {
  struct rich body, foot, pane;
  int cursor_row, cursor_column; /* cursor of the input line; row -1: no cursor */
  int scroll;                    /* rows scrolled off the top */
};

/* Draws the session onto the canvas. composer->scroll becomes session->scroll, reduced if that is past the end. False:
 * out of memory. */
bool annotate_compose(struct annotate_composer *composer, const struct annotate_session *session,
                      struct canvas *canvas);
/* For compose.c only: draws the sentence's matrix of dyads into `rows` rows from `row` on. */
void compose_matrix(struct rich *body, const struct annotate_session *session, struct canvas *canvas, int row,
                    int rows);
/* For compose.c only: draws the training round into `rows` rows from `row` on. Returns the rows scrolled off the
 * top. */
int compose_practice(struct rich *body, const struct annotate_session *session, struct canvas *canvas, int row,
                     int rows);
/* Frees what it holds. */
void annotate_composer_free(struct annotate_composer *composer);

#endif
