/* SPDX-License-Identifier: MIT
 * Takes, releases and closes seats. */
#include "seat.h"

#include <stdlib.h>
#include <string.h>

#include "annotate/annotators.h"
#include "annotate/merge.h"
#include "annotate/screen.h"
#include "stance/base/error.h"
#include "stance/base/grow.h"

enum stance_status web_seats_open(const struct annotate_project *project, const struct annotate_units *units,
                                  struct web_seats *seats, struct stance_error *error) {
  (void)error;
  *seats = (struct web_seats){.project = project, .units = units};
  pthread_mutex_init(&seats->mutex, NULL);
  return STANCE_OK;
}

void web_seat_close(struct web_seat *seat) {
  if (!seat->is_open) return;
  annotate_session_close(&seat->session);
  annotate_journal_close(&seat->journal);
  annotate_votes_close(&seat->votes);
  free(seat->blind);
  seat->blind = NULL;
  stance_arena_free(&seat->arena);
  seat->is_open = false;
}

void web_seats_close(struct web_seats *seats) {
  for (size_t i = 0; i < seats->count; i++) {
    web_seat_close(seats->items[i]);
    pthread_mutex_destroy(&seats->items[i]->mutex);
    free(seats->items[i]);
  }
  if (seats->project) pthread_mutex_destroy(&seats->mutex);
  free(seats->items);
  *seats = (struct web_seats){0};
}

void web_seats_tidy(struct web_seats *seats, int64_t now) {
  pthread_mutex_lock(&seats->mutex);
  for (size_t i = 0; i < seats->count; i++) {
    struct web_seat *seat = seats->items[i];
    if (pthread_mutex_trylock(&seat->mutex) != 0) continue;
    if (seat->is_open && now - seat->last_used > WEB_SEAT_IDLE_SECONDS * 1000) web_seat_close(seat);
    pthread_mutex_unlock(&seat->mutex);
  }
  pthread_mutex_unlock(&seats->mutex);
}

/* A seat is never freed or moved; only its journal is opened and closed. */
static struct web_seat *find_seat(struct web_seats *seats, const char *name) {
  struct web_seat *seat = NULL;
  pthread_mutex_lock(&seats->mutex);
  for (size_t i = 0; i < seats->count && !seat; i++)
    if (strcmp(seats->items[i]->name, name) == 0) seat = seats->items[i];
  struct web_seat **items = stance_grow(seats->items, &seats->capacity, seats->count + 1, sizeof(*items));
  if (items) seats->items = items;
  if (!seat && items && (seat = calloc(1, sizeof *seat))) {
    strncpy(seat->name, name, ANNOTATE_NAME_MAX);
    pthread_mutex_init(&seat->mutex, NULL);
    seat->journal.file = -1;
    seats->items[seats->count++] = seat;
  }
  pthread_mutex_unlock(&seats->mutex);
  return seat;
}

static enum stance_status open_seat(struct web_seats *seats, struct web_seat *seat, struct stance_error *error) {
  const bool is_gold = !*seat->name;
  const char *notice;
  const struct annotate_helper helper = {.wall = annotate_clock_wall, .elapsed = annotate_clock_elapsed};
  struct annotate_session_options options = {.name = is_gold ? "adjudicator" : seat->name};
  char *path = is_gold ? annotate_path(&seat->arena, seats->project, "gold.jsonl")
                       : stance_arena_format(&seat->arena, "%s/labels/%s.jsonl", seats->project->folder, seat->name);
  if (!path) return stance_fail_memory(error);
  if (!is_gold) STANCE_TRY(annotate_withdrawn_check(seats->project, seat->name, error));
  STANCE_TRY(annotate_journal_open(path, &seat->arena, &seat->journal, &notice, error));
  seat->is_open = true;
  seat->unit_count = seats->units->count;
  if (is_gold) {
    STANCE_TRY(annotate_votes_read(seats->project, seats->units, &seat->votes, error));
    options.votes = &seat->votes;
    options.order = ANNOTATE_ORDER_DOCUMENT;
    seat->blind = malloc(seat->unit_count + 1);
    if (!seat->blind) return stance_fail_memory(error);
    memset(seat->blind, -1, seat->unit_count + 1);
  }
  STANCE_TRY(
      annotate_session_open(seats->project, seats->units, &seat->journal, &helper, &options, &seat->session, error));
  seat->session.writer.via = "web";
  return STANCE_OK;
}

enum stance_status web_seat_take(struct web_seats *seats, const char *name, struct web_seat **out,
                                 struct stance_error *error) {
  struct web_seat *seat = find_seat(seats, name ? name : "");
  enum stance_status status = STANCE_OK;
  if (!seat) return stance_fail_memory(error);
  pthread_mutex_lock(&seat->mutex);
  if (seat->is_open && seat->unit_count != seats->units->count)
    web_seat_close(seat); /* the list has grown: arrays by unit must be made anew */
  if (!seat->is_open) {
    status = open_seat(seats, seat, error);
    if (status != STANCE_OK) {
      seat->is_open = true; /* so that web_seat_close frees what was opened */
      web_seat_close(seat);
      pthread_mutex_unlock(&seat->mutex);
      return status;
    }
  }
  seat->last_used = annotate_clock_elapsed(NULL);
  *out = seat;
  return STANCE_OK;
}

struct web_seat *web_seat_empty(struct web_seats *seats, const char *name) {
  struct web_seat *seat = find_seat(seats, name ? name : "");
  if (!seat) return NULL;
  pthread_mutex_lock(&seat->mutex);
  if (seat->is_open) web_seat_close(seat);
  return seat;
}

void web_seat_leave(struct web_seat *seat) {
  if (!seat) return;
  seat->last_used = annotate_clock_elapsed(NULL);
  pthread_mutex_unlock(&seat->mutex);
}

enum stance_status web_seat_commit(struct web_seat *seat, struct stance_error *error) {
  struct annotate_session *session = &seat->session;
  session->advances = false;
  STANCE_TRY(annotate_session_retry(session, error));
  if (!session->is_trouble) return STANCE_OK;
  session->is_trouble = false;
  session->pending.kind = ANNOTATE_ACT_NONE;
  return stance_fail(error, STANCE_SYSTEM, "%s", session->trouble);
}
