/* SPDX-License-Identifier: MIT
 * Units as JSON. */
#include "view.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "stance/base/error.h"
#include "stance/base/hash.h"

void web_put(struct stance_buffer *out, const char *key, const char *text) {
  if (!text) return;
  stance_buffer_printf(out, ",\"%s\":", key);
  stance_buffer_json_text(out, text);
}

void web_view_progress(struct stance_buffer *out, const struct annotate_session *session) {
  stance_buffer_printf(out, "\"total\":%zu,\"decided\":%zu", session->order_count, session->decided);
}

void web_view_state(struct stance_buffer *out, const struct annotate_session *session, uint32_t unit) {
  const struct annotate_entry *state = annotate_history_state(&session->history, unit);
  if (!state) {
    stance_buffer_puts(out, "null");
    return;
  }
  stance_buffer_puts(out, "{\"label\":");
  if (state->label >= 0) stance_buffer_json_text(out, annotate_session_head(session, unit)->labels[state->label].name);
  else stance_buffer_puts(out, "null");
  stance_buffer_puts(out, ",\"flags\":[");
  bool is_first = true;
  for (size_t i = 0; i < ANNOTATE_FLAG_COUNT; i++) {
    if (!(state->flags & (1u << i)) || ((1u << i) & (ANNOTATE_CHECK_GOLD | ANNOTATE_CHECK_SELF))) continue;
    stance_buffer_printf(out, "%s\"%s\"", is_first ? "" : ",", annotate_flag_names[i]);
    is_first = false;
  }
  stance_buffer_puts(out, "],\"note\":");
  stance_buffer_json_text(out, state->note);
  stance_buffer_puts(out, ",\"at\":");
  stance_buffer_json_text(out, state->at);
  stance_buffer_putc(out, '}');
}

static enum stance_status note_name(struct web_request *request, struct web_names *names, const char *id,
                                    struct stance_error *error) {
  for (size_t i = 0; i < names->count; i++)
    if (strcmp(names->ids[i], id) == 0) return STANCE_OK;
  const char **ids = stance_arena_grow(&request->arena, names->ids, &names->capacity, names->count + 1, sizeof *ids);
  if (!ids) return stance_fail_memory(error);
  names->ids = ids;
  ids[names->count++] = id;
  return STANCE_OK;
}

void web_view_actors(struct web_request *request, const struct web_names *names) {
  struct stance_buffer *out = &request->out;
  stance_buffer_puts(out, "\"actors\":{");
  for (size_t i = 0; i < names->count; i++) {
    const struct annotate_name *actor = annotate_names_id(request->server->options->names, names->ids[i]);
    if (i) stance_buffer_putc(out, ',');
    stance_buffer_json_text(out, names->ids[i]);
    stance_buffer_puts(out, ":{\"name\":");
    stance_buffer_json_text(out, actor ? actor->name : names->ids[i]);
    stance_buffer_puts(out, ",\"type\":");
    stance_buffer_json_text(out, actor ? actor->type : "");
    stance_buffer_putc(out, '}');
  }
  stance_buffer_putc(out, '}');
}

void web_view_items(struct web_request *request, const struct annotate_session *session, web_is_wanted *is_wanted,
                    const void *wanted) {
  struct stance_error error;
  struct web_names names = {0};
  enum stance_status status = STANCE_OK;
  bool is_first = true;
  stance_buffer_puts(&request->out, "\"items\":[");
  for (size_t i = 0; i < session->order_count && status == STANCE_OK; i++) {
    if (!is_wanted(session->units, session->order[i], wanted)) continue;
    if (!is_first) stance_buffer_putc(&request->out, ',');
    is_first = false;
    status = web_view_unit(request, session, session->order[i], false, &names, &error);
  }
  stance_buffer_puts(&request->out, "],");
  web_view_actors(request, &names);
  stance_buffer_putc(&request->out, '}');
  if (status != STANCE_OK) web_refuse_error(request, &error);
}

enum stance_status web_view_unit(struct web_request *request, const struct annotate_session *session, uint32_t unit,
                                 bool is_hidden, struct web_names *names, struct stance_error *error) {
  struct stance_buffer *out = &request->out;
  struct annotate_page page;
  const struct annotate_entry *state = annotate_history_state(&session->history, unit);
  STANCE_TRY(annotate_units_page(session->units, unit, &request->arena, &page, error));
  if (state && state->mentions && !is_hidden)
    STANCE_TRY(annotate_page_mentions(&page, state->mentions, &request->arena, error));
  const struct stance_record *record = &page.record;
  stance_buffer_puts(out, "{\"unit\":");
  stance_buffer_json_text(out, record->unit);
  web_put(out, "head", record->head);
  if (session->place[unit] != ANNOTATE_NONE) stance_buffer_printf(out, ",\"place\":%u", session->place[unit] + 1);
  web_put(out, "article", record->article);
  stance_buffer_printf(out, ",\"sentence\":%u", record->sentence);
  web_put(out, "text", record->text);
  web_put(out, "source", record->source);
  web_put(out, "target", record->target);
  web_put(out, "title", page.title);
  web_put(out, "previous", page.previous);
  web_put(out, "next", page.next);
  web_put(out, "date", record->date);
  web_put(out, "lang", page.lang);
  stance_record_write_mentions(record, out);
  for (size_t i = 0; i < record->mention_count; i++)
    STANCE_TRY(note_name(request, names, record->mentions[i].actor, error));
  if (record->source) STANCE_TRY(note_name(request, names, record->source, error));
  if (record->target) STANCE_TRY(note_name(request, names, record->target, error));
  stance_buffer_puts(out, ",\"state\":");
  if (is_hidden) stance_buffer_puts(out, "null");
  else web_view_state(out, session, unit);
  stance_buffer_putc(out, '}');
  return STANCE_OK;
}

void web_ticket(const struct web_request *request, uint32_t unit, int check, char ticket[17]) {
  uint64_t hash = stance_hash_combine(request->server->project->seed,
                                      stance_hash(request->person.name, strlen(request->person.name)));
  snprintf(ticket, 17, "%016" PRIx64, stance_hash_combine(hash, (uint64_t)unit * 4 + (uint64_t)check + 1));
}

int web_ticket_check(const struct web_request *request, uint32_t unit, const char *ticket) {
  for (int check = 1; ticket && check <= 2; check++) {
    char own[17];
    web_ticket(request, unit, check, own);
    if (strcmp(own, ticket) == 0) return check;
  }
  return 0;
}
