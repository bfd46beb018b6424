/* SPDX-License-Identifier: MIT
 * Adjudication of disputed units in the browser: first blind, then with all labels but without the annotators' names.
 * The server sends labels only after the first choice. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "annotate/assign.h"
#include "annotate/merge.h"
#include "annotate/screen.h"
#include "stance/base/error.h"
#include "view.h"

enum { QUEUE_MOST = 20 };

static bool sit_at_gold(struct web_request *request, struct web_seat **seat) {
  struct stance_error error;
  if (web_seat_take(&request->server->seats, NULL, seat, &error) != STANCE_OK) {
    web_refuse_error(request, &error);
    return false;
  }
  (*seat)->session.writer.name = request->person.name;
  return true;
}

static bool is_open(const struct web_seat *seat, uint32_t unit) {
  const struct annotate_entry *state = annotate_history_state(&seat->session.history, unit);
  return annotate_votes_agreement(&seat->votes, unit) == ANNOTATE_DISPUTED &&
         (!state || !annotate_entry_decides(state) || (state->flags & ANNOTATE_MERGED));
}

/* Opens gold anew, merges agreed units, and answers with the disputed ones. */
void web_gold_queue(struct web_request *request) {
  struct stance_error error;
  struct web_seat *seat;
  struct web_names names = {0};
  struct annotate_merged merged;
  size_t open = 0, shown = 0;
  if (!sit_at_gold(request, &seat)) return;
  /* labels may have changed since it was opened */
  enum stance_status status =
      annotate_merge(request->server->project, request->server->units, &seat->votes, &seat->journal,
                     request->person.name, annotate_clock_wall(NULL), &merged, &error);
  web_seat_close(seat);
  web_seat_leave(seat);
  if (status != STANCE_OK) {
    web_refuse_error(request, &error);
    return;
  }
  if (!sit_at_gold(request, &seat)) return;
  stance_buffer_puts(&request->out, "{\"items\":[");
  for (uint32_t unit = 0; unit < request->server->units->count && status == STANCE_OK; unit++) {
    if (!is_open(seat, unit) || open++ >= QUEUE_MOST) continue;
    if (shown++) stance_buffer_putc(&request->out, ',');
    status = web_view_unit(request, &seat->session, unit, true, &names, &error);
  }
  stance_buffer_printf(&request->out, "],\"open\":%zu,\"agreed\":%zu,\"merged\":%zu,\"single\":%zu,", open,
                       merged.agreed, merged.added, merged.single);
  web_view_actors(request, &names);
  stance_buffer_putc(&request->out, '}');
  if (status != STANCE_OK) web_refuse_error(request, &error);
  web_seat_leave(seat);
}

/* Reads the unit and the label of a request about gold; false: refused. */
static bool read_choice(struct web_request *request, const struct web_seat *seat, uint32_t *unit, int *label) {
  const char *name = web_text(request->json, "label");
  *unit = web_find_unit(request, web_text(request->json, "unit"), web_text(request->json, "head"));
  *label = *unit != ANNOTATE_NONE && name ? stance_head_label(annotate_session_head(&seat->session, *unit), name) : -1;
  if (*label >= 0 && annotate_votes_agreement(&seat->votes, *unit) == ANNOTATE_DISPUTED) return true;
  web_refuse(request, MHD_HTTP_BAD_REQUEST, "expected a unit that is disputed, and one of its labels");
  return false;
}

/* {"votes":[{"label":..,"note":..,"flagged":..}, ...]}: in an order that does not reveal the annotators. */
static void put_votes(struct web_request *request, const struct web_seat *seat, uint32_t unit) {
  const struct stance_head *head = annotate_session_head(&seat->session, unit);
  uint32_t first = seat->votes.first[unit], count = seat->votes.first[unit + 1] - first;
  uint32_t from = count ? (uint32_t)(annotate_draw(request->server->project->seed, "votes",
                                                   request->server->units->items[unit].id, unit) *
                                     count)
                        : 0;
  stance_buffer_puts(&request->out, "{\"votes\":[");
  for (uint32_t i = 0; i < count; i++) {
    const struct annotate_vote *vote = &seat->votes.votes[first + (from + i) % count];
    stance_buffer_printf(&request->out, "%s{\"label\":", i ? "," : "");
    stance_buffer_json_text(&request->out, vote->label >= 0 ? head->labels[vote->label].name
                                           : vote->is_split ? "wrong split"
                                           : vote->is_skip  ? "skip"
                                                            : "not a dyad");
    web_put(&request->out, "note", vote->note);
    stance_buffer_printf(&request->out, ",\"flagged\":%s}", vote->is_flagged ? "true" : "false");
  }
  stance_buffer_puts(&request->out, "]}");
}

void web_gold_blind(struct web_request *request) {
  struct web_seat *seat;
  uint32_t unit;
  int label;
  if (!sit_at_gold(request, &seat)) return;
  if (read_choice(request, seat, &unit, &label)) {
    if (seat->blind[unit] < 0) seat->blind[unit] = (int8_t)label; /* the first choice is kept */
    put_votes(request, seat, unit);
  }
  web_seat_leave(seat);
}

static const char *find_kind(const char *name) {
  for (int i = 0; name && i < ANNOTATE_ERROR_KINDS; i++)
    if (strcmp(annotate_error_kinds[i], name) == 0) return annotate_error_kinds[i];
  return NULL;
}

void web_gold_act(struct web_request *request) {
  struct stance_error error;
  struct web_seat *seat;
  uint32_t unit;
  int label;
  char extra[128];
  const char *act = web_text(request->json, "act"), *note = web_text(request->json, "note");
  size_t length = act ? strlen(act) : 0;
  if (length < 8 || length > ANNOTATE_ACT_MAX || (note && strlen(note) > 4000)) {
    web_refuse(request, MHD_HTTP_BAD_REQUEST, "'act' is missing; expected 8 to %d letters and digits",
               ANNOTATE_ACT_MAX);
    return;
  }
  if (!sit_at_gold(request, &seat)) return;
  struct annotate_session *session = &seat->session;
  enum stance_status status = STANCE_OK;
  if (!read_choice(request, seat, &unit, &label)) {
    web_seat_leave(seat);
    return;
  }
  const char *blind = web_text(request->json, "blind"); /* sent again, because a restart loses first choices */
  int first = seat->blind[unit] >= 0 ? seat->blind[unit]
              : blind                ? stance_head_label(annotate_session_head(session, unit), blind)
                                     : -1;
  if (first < 0) {
    web_refuse(request, MHD_HTTP_CONFLICT, "the first choice is made blind, before the labels are shown");
    web_seat_leave(seat);
    return;
  }
  bool is_repeated = annotate_history_has(&session->history, act, unit);
  annotate_act_begin(&session->pending, is_repeated ? ANNOTATE_ACT_NONE : ANNOTATE_ACT_ADD, act);
  if (!is_repeated) {
    struct annotate_entry entry = annotate_entry_carry(&session->history, unit);
    entry.label = (int8_t)label;
    entry.flags &= ~(uint32_t)ANNOTATE_CLOSED;
    if (cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(request->json, "unclear"))) entry.flags |= ANNOTATE_UNCLEAR;
    double seconds = web_number(request->json, "seconds", 0);
    entry.seconds = (float)(seconds < 0 ? 0 : seconds > 600 ? 600 : seconds);
    entry.kind = find_kind(web_text(request->json, "kind"));
    if (note) entry.note = note;
    snprintf(extra, sizeof extra, "blind:%.100s", annotate_session_head(session, unit)->labels[first].name);
    entry.extra = extra;
    status = annotate_act_add(&session->writer, &session->pending, &entry, NULL, annotate_clock_wall(NULL), &error);
    if (status == STANCE_OK) status = web_seat_commit(seat, &error);
  }
  if (status != STANCE_OK) web_refuse_error(request, &error);
  else
    stance_buffer_printf(&request->out, "{\"saved\":%zu,\"repeated\":%s}", session->pending.count,
                         is_repeated ? "true" : "false");
  web_seat_leave(seat);
}
