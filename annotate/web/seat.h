/* SPDX-License-Identifier: MIT
 * A seat is a person's open and locked journal with its session (annotate/session.h), for one thread at a time. A seat
 * unused for a while is closed, so that the terminal can open the journal. */
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
  int8_t *blind;               /* gold: by unit, the choice made before the labels are shown, -1: none */
  size_t unit_count;           /* length of blind */
};

struct web_seats {
  const struct annotate_project *project;
  const struct annotate_units *units;
  pthread_mutex_t mutex;
  struct web_seat **items;
  size_t count, capacity;
};

/* Starts without seats. project and units must outlive them. Close them. */
enum stance_status web_seats_open(const struct annotate_project *project, const struct annotate_units *units,
                                  struct web_seats *seats, struct stance_error *error);
/* Frees what it holds. */
void web_seats_close(struct web_seats *seats);
/* Closes seats unused for a while, which unlocks their journals. now: of the monotonic clock. */
void web_seats_tidy(struct web_seats *seats, int64_t now);
/* Takes a person's seat, or gold's (name NULL), opening the journal if necessary; waits for another thread that has it.
 * STANCE_INPUT: a terminal has the journal. End with web_seat_leave. */
enum stance_status web_seat_take(struct web_seats *seats, const char *name, struct web_seat **out,
                                 struct stance_error *error);
/* Releases the seat, so that other threads can take it. */
void web_seat_leave(struct web_seat *seat);
/* Takes the seat with its journal closed, and keeps other threads from it until web_seat_leave. NULL: out of memory. */
struct web_seat *web_seat_empty(struct web_seats *seats, const char *name);
/* Closes the session of the seat; the next web_seat_take reads the labels anew. */
void web_seat_close(struct web_seat *seat);
/* Saves session->pending. After a failure it is dropped, and the browser repeats the request. */
enum stance_status web_seat_commit(struct web_seat *seat, struct stance_error *error);

#endif
