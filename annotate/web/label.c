/* SPDX-License-Identifier: MIT
 * Answers needed while labelling: the person, the queue, a unit, a sentence. */
#include <stdio.h>
#include <string.h>

#include "annotate/assign.h"
#include "annotate/screen.h"
#include "stance/base/error.h"
#include "view.h"

enum { QUEUE_UNITS = 60, QUEUE_MOST = 400 };

/* ---- entering and leaving --------------------------------------------------------------------------------- */

void web_enter(struct web_request *request) {
  struct stance_error error;
  char session[WEB_TOKEN_LENGTH + 1];
  bool is_in;
  const char *token = web_text(request->json, "token");
  if (!token || strlen(token) != WEB_TOKEN_LENGTH) {
    web_refuse(request, MHD_HTTP_UNAUTHORIZED, "this link is not complete");
    return;
  }
  enum stance_status status = web_people_enter(&request->server->people, token, annotate_clock_wall(NULL), session,
                                               &request->person, &is_in, &error);
  if (status != STANCE_OK) {
    web_refuse_error(request, &error);
  } else if (!is_in) {
    web_refuse(request, MHD_HTTP_UNAUTHORIZED,
               "this link was used already, has expired or was revoked; ask your lead for a new one");
  } else {
    stance_buffer_printf(&request->out, "{\"session\":\"%s\",\"role\":\"%s\"", session,
                         web_role_names[request->person.role]);
    web_put(&request->out, "name", request->person.name);
    stance_buffer_putc(&request->out, '}');
  }
}

void web_leave(struct web_request *request) {
  struct stance_error error;
  const char *session = web_header(request->connection, "Stance-Session");
  if (web_people_leave(&request->server->people, session, &error) != STANCE_OK) web_refuse_error(request, &error);
  else stance_buffer_puts(&request->out, "{}");
}

/* ---- me -------------------------------------------------------------------------------------------------- */

static void put_key(struct stance_buffer *out, uint32_t key) {
  char name[16];
  annotate_key_name(key, name);
  stance_buffer_json_text(out, key ? name : "");
}

static void put_heads(struct stance_buffer *out, const struct stance_codebook *codebook) {
  static const char *const kinds[] = {"dyad", "target", "sentence"};
  stance_buffer_puts(out, ",\"heads\":[");
  for (size_t h = 0; h < codebook->head_count; h++) {
    const struct stance_head *head = &codebook->heads[h];
    stance_buffer_puts(out, h ? ",{\"name\":" : "{\"name\":");
    stance_buffer_json_text(out, head->name);
    stance_buffer_printf(out, ",\"unit\":\"%s\"", kinds[head->unit]);
    web_put(out, "question", head->question ? head->question : "");
    stance_buffer_puts(out, ",\"labels\":[");
    for (size_t l = 0; l < head->label_count; l++) {
      stance_buffer_puts(out, l ? ",{\"name\":" : "{\"name\":");
      stance_buffer_json_text(out, head->labels[l].name);
      stance_buffer_puts(out, ",\"key\":");
      put_key(out, head->labels[l].key);
      stance_buffer_puts(out, ",\"value\":");
      stance_buffer_fixed(out, head->labels[l].value, 3);
      stance_buffer_putc(out, '}');
    }
    stance_buffer_puts(out, "]}");
  }
  stance_buffer_putc(out, ']');
}

static void put_commands(struct stance_buffer *out, const struct annotate_keymap *keymap) {
  stance_buffer_puts(out, ",\"commands\":[");
  for (int command = 0; command < ANNOTATE_COMMAND_COUNT; command++) {
    stance_buffer_puts(out, command ? ",{\"name\":" : "{\"name\":");
    stance_buffer_json_text(out, annotate_command_name((enum annotate_command)command));
    web_put(out, "help", annotate_command_help((enum annotate_command)command));
    stance_buffer_puts(out, ",\"keys\":[");
    for (int i = 0; i < ANNOTATE_KEYS_EACH && keymap->keys[command][i]; i++) {
      if (i) stance_buffer_putc(out, ',');
      put_key(out, keymap->keys[command][i]);
    }
    stance_buffer_puts(out, "]}");
  }
  stance_buffer_putc(out, ']');
}

void web_me(struct web_request *request) {
  struct stance_error error;
  struct annotate_keymap keymap;
  struct annotate_pause pause;
  struct annotate_practice practice;
  struct stance_buffer *out = &request->out;
  const struct annotate_project *project = request->server->project;
  enum stance_status status = annotate_keymap_make(&project->codebook, &keymap, &error);
  if (status == STANCE_OK) status = annotate_pause_read(project, request->person.name, &pause, &error);
  if (status == STANCE_OK)
    status = annotate_practice_open(project, request->person.name, &request->arena, &practice, &error);
  if (status != STANCE_OK) {
    web_refuse_error(request, &error);
    return;
  }
  stance_buffer_puts(out, "{\"name\":");
  stance_buffer_json_text(out, request->person.name);
  stance_buffer_printf(out, ",\"role\":\"%s\",\"paused\":%s", web_role_names[request->person.role],
                       pause.is_paused ? "true" : "false");
  web_put(out, "why", pause.why);
  web_put(out, "codebook", project->codebook.name ? project->codebook.name : "");
  stance_buffer_printf(out, ",\"practice\":{\"passed\":%s},\"check_pass\":", practice.is_passed ? "true" : "false");
  stance_buffer_fixed(out, project->check_pass, 3);
  stance_buffer_printf(out, ",\"labels\":%s",
                       annotate_assign_check(project, request->person.name, &error) == STANCE_OK ? "true" : "false");
  put_heads(out, &project->codebook);
  put_commands(out, &keymap);
  stance_buffer_putc(out, '}');
}

/* ---- the queue ------------------------------------------------------------------------------------------- */

struct queue {
  struct web_request *request;
  struct annotate_session *session;
  struct web_names names;
  struct stance_buffer order; /* [[item,"ticket"],...] */
  size_t items, count;
  bool *is_in; /* by place in the session's order */
};

static bool is_undecided(const struct annotate_session *session, uint32_t unit) {
  const struct annotate_entry *state = annotate_history_state(&session->history, unit);
  return !state || !annotate_entry_decides(state);
}

static enum stance_status put_item(struct queue *queue, uint32_t unit, bool is_hidden, struct stance_error *error) {
  if (queue->items) stance_buffer_putc(&queue->request->out, ',');
  queue->items++;
  return web_view_unit(queue->request, queue->session, unit, is_hidden, &queue->names, error);
}

static void put_place(struct queue *queue, size_t item, uint32_t unit, int check, bool is_again) {
  char ticket[17];
  web_ticket(queue->request, unit, check, ticket);
  stance_buffer_printf(&queue->order, "%s[%zu,\"%s\"%s]", queue->count ? "," : "", item, ticket,
                       is_again ? ",true" : "");
  queue->count++;
}

/* Adds a hidden check at times, drawn as in the terminal. Gold units that are in the queue anyway are passed over. */
static enum stance_status put_check(struct queue *queue, struct stance_error *error) {
  struct annotate_session *session = queue->session;
  const size_t number = session->history.decisions + queue->count;
  enum annotate_check check;
  uint32_t unit = annotate_session_draw_check(session, number, &check);
  while (unit != ANNOTATE_NONE && check == ANNOTATE_CHECK_BY_GOLD && session->place[unit] != ANNOTATE_NONE &&
         queue->is_in[session->place[unit]]) {
    session->check_next++;
    unit = annotate_session_draw_check(session, number, &check);
  }
  if (unit == ANNOTATE_NONE) return STANCE_OK;
  if (check == ANNOTATE_CHECK_BY_GOLD) session->check_next++; /* so that the queue's next check is another unit */
  size_t item = queue->items;
  STANCE_TRY(put_item(queue, unit, true, error));
  put_place(queue, item, unit, (int)check, false);
  return STANCE_OK;
}

/* Adds the sentence of a place: all its units as items, the undecided ones to the queue. */
static enum stance_status put_sentence(struct queue *queue, size_t place, bool is_again, struct stance_error *error) {
  const struct annotate_session *session = queue->session;
  size_t last, first = annotate_session_sentence(session, place, &last);
  for (size_t i = first; i < last; i++) {
    uint32_t unit = session->order[i];
    const struct annotate_entry *state = annotate_history_state(&session->history, unit);
    if (!is_again) STANCE_TRY(put_check(queue, error));
    size_t item = queue->items;
    queue->is_in[i] = true;
    STANCE_TRY(put_item(queue, unit, false, error));
    bool is_asked =
        is_again ? state && (state->flags & (ANNOTATE_SKIP | ANNOTATE_FLAGGED)) : is_undecided(session, unit);
    if (is_asked) put_place(queue, item, unit, 0, is_again);
  }
  return STANCE_OK;
}

static enum stance_status fill(struct queue *queue, size_t from, size_t most, struct stance_error *error) {
  struct annotate_session *session = queue->session;
  for (int round = 0; round < 2 && !queue->count; round++) /* then skipped and flagged units */
    for (size_t i = 0; i < session->order_count && queue->items < most; i++) {
      size_t place = (from + i) % session->order_count;
      const struct annotate_entry *state = annotate_history_state(&session->history, session->order[place]);
      bool is_asked = round ? state && (state->flags & (ANNOTATE_SKIP | ANNOTATE_FLAGGED))
                            : is_undecided(session, session->order[place]);
      if (is_asked && !queue->is_in[place]) STANCE_TRY(put_sentence(queue, place, round == 1, error));
    }
  return STANCE_OK;
}

/* Takes the seat of the request's person; false: the request is refused. */
bool web_sit(struct web_request *request, struct web_seat **seat) {
  struct stance_error error;
  if (annotate_assign_check(request->server->project, request->person.name, &error) != STANCE_OK) {
    web_refuse(request, MHD_HTTP_FORBIDDEN, "%s does not label in this project", request->person.name);
    return false;
  }
  if (web_seat_take(&request->server->seats, request->person.name, seat, &error) == STANCE_OK) return true;
  web_refuse_error(request, &error);
  return false;
}

void web_queue(struct web_request *request) {
  struct stance_error error;
  struct web_seat *seat;
  struct queue queue = {.request = request};
  size_t most = web_query_number(request, "units", QUEUE_UNITS, QUEUE_MOST),
         from = web_query_number(request, "from", 0, UINT32_MAX);
  if (!web_sit(request, &seat)) return;
  queue.session = &seat->session;
  const size_t next_check = seat->session.check_next;
  queue.is_in = stance_arena_zalloc(&request->arena, seat->session.order_count + 1, sizeof *queue.is_in);
  stance_buffer_putc(&request->out, '{');
  web_view_progress(&request->out, &seat->session);
  stance_buffer_puts(&request->out, ",\"items\":[");
  enum stance_status status =
      queue.is_in ? fill(&queue, seat->session.order_count ? from % seat->session.order_count : 0, most, &error)
                  : STANCE_SYSTEM;
  seat->session.check_next = next_check; /* checks are drawn again next time, because the page may never show these */
  stance_buffer_printf(&request->out, "],\"queue\":[%s],", queue.order.data ? queue.order.data : "");
  web_view_actors(request, &queue.names);
  stance_buffer_putc(&request->out, '}');
  if (status != STANCE_OK) web_refuse_error(request, &error);
  stance_buffer_free(&queue.order);
  web_seat_leave(seat);
}

/* ---- a unit, or all units of its sentence ---------------------------------------------------------------------- */

uint32_t web_find_unit(const struct web_request *request, const char *unit, const char *head) {
  const struct stance_codebook *codebook = &request->server->project->codebook;
  int found = -1;
  for (size_t i = 0; head && i < codebook->head_count; i++)
    if (strcmp(codebook->heads[i].name, head) == 0) found = (int)i;
  if (!unit || strlen(unit) > ANNOTATE_ID_MAX || (head && found < 0)) return ANNOTATE_NONE;
  return annotate_units_find(request->server->units, unit, found);
}

static bool is_of_sentence(const struct annotate_units *units, uint32_t unit, const void *wanted) {
  return annotate_unit_is_beside(&units->items[unit], &units->items[*(const uint32_t *)wanted]);
}

void web_units(struct web_request *request) {
  struct web_seat *seat;
  if (!web_sit(request, &seat)) return;
  const struct annotate_session *session = &seat->session;
  size_t number = web_query_number(request, "place", 0, UINT32_MAX);
  uint32_t unit = number && number <= session->order_count
                      ? session->order[number - 1]
                      : web_find_unit(request, web_query(request, "unit"), web_query(request, "head"));
  if (unit == ANNOTATE_NONE || session->place[unit] == ANNOTATE_NONE) {
    web_refuse(request, MHD_HTTP_NOT_FOUND, "no unit of yours is called so");
    web_seat_leave(seat);
    return;
  }
  stance_buffer_printf(&request->out, "{\"at\":");
  stance_buffer_json_text(&request->out, session->units->items[unit].id);
  stance_buffer_putc(&request->out, ',');
  web_view_progress(&request->out, session);
  stance_buffer_putc(&request->out, ',');
  web_view_items(request, session, is_of_sentence, &unit);
  web_seat_leave(seat);
}
