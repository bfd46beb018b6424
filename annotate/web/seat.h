/* SPDX-License-Identifier: MIT
 * Seats: the journal of a person, open and locked as long as the person works, with the session of annotate/session.h
 * upon it. One thread at a time sits. A seat that nobody used for a while is closed, so that the terminal can have the
 * journal. */
#ifndef STANCE_ANNOTATE_WEB_SEAT_H
#define STANCE_ANNOTATE_WEB_SEAT_H

#include <pthread.h>

#include "annotate/session.h"

enum { WEB_SEAT_IDLE_SECONDS = 20 };

struct web_seat {
  char name[ANNOTATE_NAME_MAX + 1]; /* "": the gold */
  pthread_mutex_t mutex;
  bool is_open;
  int64_t last_used;
  struct stance_arena arena;
  struct annotate_journal journal;
  struct annotate_session session;
  struct annotate_votes votes; /* gold */
  int8_t *blind;               /* gold: the first choice of a unit that is being adjudicated, -1: none */
  size_t unit_count;           /* that blind has room for */
};

struct web_seats {
  const struct annotate_project *project;
  const struct annotate_units *units;
  pthread_mutex_t mutex;
  struct web_seat **items;
  size_t count, capacity;
};

/* No seats yet. project and units must outlive them. Cannot fail. Close them. */
enum stance_status web_seats_open(const struct annotate_project *project, const struct annotate_units *units,
                                  struct web_seats *seats, struct stance_error *error);
/* Frees what it holds. */
void web_seats_close(struct web_seats *seats);
/* Closes seats that nobody has used for a while, so that their journals are free. now: of the elapsed clock. */
void web_seats_tidy(struct web_seats *seats, int64_t now);
/* Sits down: opens the journal where it is not; NULL name: the gold. STANCE_INPUT where the terminal has it. Then
 * web_seat_leave. */
enum stance_status web_seat_take(struct web_seats *seats, const char *name, struct web_seat **out,
                                 struct stance_error *error);
/* Gives the seat back that was taken; others may take it then. */
void web_seat_leave(struct web_seat *seat);
/* Keeps the seat free: its journal is closed, and nobody sits down before web_seat_leave. NULL: out of memory. */
struct web_seat *web_seat_empty(struct web_seats *seats, const char *name);
/* The gold is made anew when next taken: labels changed meanwhile. */
void web_seat_close(struct web_seat *seat);
/* Saves session->pending. On failure nothing is kept: the browser asks again. */
enum stance_status web_seat_commit(struct web_seat *seat, struct stance_error *error);

#endif
