/* SPDX-License-Identifier: MIT
 * Receives labels. Each request is an act named by the page, so that sending it again has no further effect. */
#include <stdio.h>
#include <string.h>

#include "annotate/screen.h"
#include "stance/base/error.h"
#include "view.h"

enum { RECORDS_MOST = 200, NOTE_MOST = 4000, SECONDS_MOST = 600 };

/* An act's name: letters, digits, '-' and '_'. NULL: refused. */
static const char *act_name(struct web_request *request) {
  const char *name = web_text(request->json, "act");
  size_t length = name ? strlen(name) : 0;
  bool is_good = length >= 8 && length <= ANNOTATE_ACT_MAX;
  for (size_t i = 0; is_good && i < length; i++)
    is_good = (name[i] >= '0' && name[i] <= '9') || (name[i] >= 'a' && name[i] <= 'z') ||
              (name[i] >= 'A' && name[i] <= 'Z') || name[i] == '-' || name[i] == '_';
  if (is_good) return name;
  web_refuse(request, MHD_HTTP_BAD_REQUEST, "'act' is missing; expected 8 to %d letters and digits", ANNOTATE_ACT_MAX);
  return NULL;
}

bool web_may_label(struct web_request *request) {
  struct stance_error error;
  struct annotate_pause pause;
  struct annotate_practice practice;
  const struct annotate_project *project = request->server->project;
  enum stance_status status = annotate_pause_read(project, request->person.name, &pause, &error);
  if (status == STANCE_OK && pause.is_paused) {
    web_refuse(request, MHD_HTTP_FORBIDDEN, "your labelling is paused%s%s", *pause.why ? ": " : "", pause.why);
    return false;
  }
  practice.is_passed = !project->practice;
  if (status == STANCE_OK && project->practice)
    status = annotate_practice_open(project, request->person.name, &request->arena, &practice, &error);
  if (status != STANCE_OK) web_refuse_error(request, &error);
  else if (!practice.is_passed) web_refuse(request, MHD_HTTP_FORBIDDEN, "the training round comes first");
  return status == STANCE_OK && practice.is_passed;
}

static bool is_true(const cJSON *object, const char *key) {
  return cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(object, key));
}

static void set_flag(struct annotate_entry *entry, const cJSON *object, const char *key, uint32_t flag) {
  const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, key);
  if (cJSON_IsTrue(item)) entry->flags |= flag;
  if (cJSON_IsFalse(item)) entry->flags &= ~flag;
}

/* A record's new state from the request: members that are absent do not change. */
static bool read_entry(struct web_request *request, const cJSON *object, const struct annotate_session *session,
                       struct annotate_entry *entry) {
  const struct stance_head *head = annotate_session_head(session, entry->unit);
  const cJSON *label = cJSON_GetObjectItemCaseSensitive(object, "label");
  const char *note = web_text(object, "note");
  if (cJSON_IsString(label)) {
    int found = stance_head_label(head, label->valuestring);
    if (found < 0) {
      web_refuse(request, MHD_HTTP_BAD_REQUEST, "unknown label '%.60s' for head '%s'", label->valuestring, head->name);
      return false;
    }
    entry->label = (int8_t)found;
    entry->flags &= ~(uint32_t)ANNOTATE_CLOSED;
  }
  if (is_true(object, "skip") || is_true(object, "split")) {
    entry->label = -1;
    entry->flags =
        (entry->flags & ~(uint32_t)ANNOTATE_CLOSED) | (is_true(object, "skip") ? ANNOTATE_SKIP : ANNOTATE_SPLIT);
  }
  if (is_true(object, "accepted") && entry->label >= 0) entry->flags |= ANNOTATE_ACCEPTED;
  set_flag(entry, object, "flagged", ANNOTATE_FLAGGED);
  if (note && strlen(note) > NOTE_MOST) {
    web_refuse(request, MHD_HTTP_BAD_REQUEST, "a note has at most %d bytes", NOTE_MOST);
    return false;
  }
  if (note) entry->note = note;
  double seconds = web_number(object, "seconds", 0);
  entry->seconds = (float)(seconds < 0 ? 0 : seconds > SECONDS_MOST ? SECONDS_MOST : seconds);
  int check = web_ticket_check(request, entry->unit, web_text(object, "ticket"));
  if (check) entry->flags |= check == ANNOTATE_CHECK_BY_GOLD ? ANNOTATE_CHECK_GOLD : ANNOTATE_CHECK_SELF;
  return true;
}

static bool add_record(struct web_request *request, const cJSON *object, const char *name,
                       struct annotate_session *session) {
  struct stance_error error;
  uint32_t unit = web_find_unit(request, web_text(object, "unit"), web_text(object, "head"));
  if (unit == ANNOTATE_NONE ||
      (session->place[unit] == ANNOTATE_NONE && !web_ticket_check(request, unit, web_text(object, "ticket")))) {
    web_refuse(request, MHD_HTTP_BAD_REQUEST, "no unit of yours is called '%.200s'",
               web_text(object, "unit") ? web_text(object, "unit") : "");
    return false;
  }
  if (annotate_history_has(&session->history, name, unit)) return true; /* received before */
  struct annotate_entry entry = annotate_entry_carry(&session->history, unit);
  if (!read_entry(request, object, session, &entry)) return false;
  if (annotate_act_add(&session->writer, &session->pending, &entry, NULL, annotate_clock_wall(NULL), &error) ==
      STANCE_OK)
    return true;
  web_refuse_error(request, &error);
  return false;
}

/* {"saved":2,"repeated":false,"total":..,"decided":..,"states":{"unit|head":{...}}} */
static void answer_act(struct web_request *request, const struct annotate_session *session, bool is_repeated) {
  struct stance_buffer *out = &request->out;
  stance_buffer_printf(out, "{\"saved\":%zu,\"repeated\":%s,", session->pending.count, is_repeated ? "true" : "false");
  web_view_progress(out, session);
  stance_buffer_puts(out, ",\"units\":[");
  for (size_t i = 0; i < session->pending.count; i++) {
    uint32_t unit = session->pending.entries[i].unit;
    stance_buffer_puts(out, i ? ",{\"unit\":" : "{\"unit\":");
    stance_buffer_json_text(out, session->units->items[unit].id);
    web_put(out, "head", annotate_session_head(session, unit)->name);
    stance_buffer_puts(out, ",\"state\":");
    web_view_state(out, session, unit);
    stance_buffer_putc(out, '}');
  }
  stance_buffer_puts(out, "]}");
}

void web_act(struct web_request *request) {
  struct stance_error error;
  struct web_seat *seat;
  const cJSON *records = cJSON_GetObjectItemCaseSensitive(request->json, "records"), *record;
  const char *name = act_name(request);
  int count = cJSON_IsArray(records) ? cJSON_GetArraySize(records) : 0;
  if (!name || !web_may_label(request)) return;
  if (count < 1 || count > RECORDS_MOST) {
    web_refuse(request, MHD_HTTP_BAD_REQUEST, "'records' holds %d; expected 1 to %d", count, RECORDS_MOST);
    return;
  }
  if (!web_sit(request, &seat)) return;
  struct annotate_session *session = &seat->session;
  bool is_good = true, is_repeated = annotate_history_has(&session->history, name, ANNOTATE_NONE);
  annotate_act_begin(&session->pending, ANNOTATE_ACT_ADD, name);
  cJSON_ArrayForEach(record, records) is_good = is_good && add_record(request, record, name, session);
  if (!is_good) session->pending.kind = ANNOTATE_ACT_NONE;
  if (is_good && web_seat_commit(seat, &error) != STANCE_OK) web_refuse_error(request, &error);
  else if (is_good) answer_act(request, session, is_repeated && !session->pending.count);
  web_seat_leave(seat);
}

/* ---- undo and redo -------------------------------------------------------------------------------------- */

typedef enum stance_status turn(const struct annotate_writer *writer, struct annotate_act *act, const char *name,
                                int64_t wall, struct stance_error *error);

static void run_turn(struct web_request *request, turn *make) {
  struct stance_error error;
  struct web_seat *seat;
  const char *name = act_name(request);
  if (!name || !web_may_label(request) || !web_sit(request, &seat)) return;
  struct annotate_session *session = &seat->session;
  bool is_repeated = annotate_history_has(&session->history, name, ANNOTATE_NONE);
  enum stance_status status = STANCE_OK;
  annotate_act_begin(&session->pending, ANNOTATE_ACT_NONE, name);
  if (!is_repeated) status = make(&session->writer, &session->pending, name, annotate_clock_wall(NULL), &error);
  if (status == STANCE_OK) status = web_seat_commit(seat, &error);
  if (status != STANCE_OK) web_refuse_error(request, &error);
  else answer_act(request, session, is_repeated);
  web_seat_leave(seat);
}

void web_undo(struct web_request *request) { run_turn(request, annotate_act_undo); }
void web_redo(struct web_request *request) { run_turn(request, annotate_act_redo); }
