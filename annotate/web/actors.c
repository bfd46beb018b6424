/* SPDX-License-Identifier: MIT
 * Actors: search, new actors, and corrections of mentions. */
#include <string.h>

#include "annotate/mend.h"
#include "annotate/screen.h"
#include "stance/base/error.h"
#include "view.h"

enum { FOUND_MOST = 20, NAME_MOST = 200 };

static void put_actor(struct stance_buffer *out, const struct annotate_name *actor, const char *alias, bool is_first) {
  stance_buffer_puts(out, is_first ? "{\"id\":" : ",{\"id\":");
  stance_buffer_json_text(out, actor->id);
  web_put(out, "name", actor->name);
  web_put(out, "type", actor->type);
  web_put(out, "of", actor->affiliation);
  web_put(out, "alias", alias);
  stance_buffer_putc(out, '}');
}

/* {"actors":[...],"proposal":"X.NAME"}: matches by name, alias, surname or id, and an id for a new actor. */
void web_actors(struct web_request *request) {
  const struct annotate_name *found[FOUND_MOST];
  const char *aliases[FOUND_MOST], *text = web_query(request, "q");
  const struct annotate_names *names = request->server->options->names;
  if (!text || strlen(text) > NAME_MOST) {
    web_refuse(request, MHD_HTTP_BAD_REQUEST, "what is looked for?");
    return;
  }
  size_t count = names ? annotate_names_search(names, text, found, aliases, FOUND_MOST) : 0;
  stance_buffer_puts(&request->out, "{\"actors\":[");
  for (size_t i = 0; i < count; i++) put_actor(&request->out, found[i], aliases[i], i == 0);
  stance_buffer_puts(&request->out, "]");
  if (names) web_put(&request->out, "proposal", annotate_names_propose(names, text, &request->arena));
  stance_buffer_puts(&request->out, ",\"types\":[");
  for (size_t i = 0; annotate_actor_types[i]; i++)
    stance_buffer_printf(&request->out, "%s\"%s\"", i ? "," : "", annotate_actor_types[i]);
  stance_buffer_puts(&request->out, "]}");
}

/* Adds a new actor if the page tells that the person has confirmed it. */
void web_actor_new(struct web_request *request) {
  struct stance_error error;
  const char *id = web_text(request->json, "id"), *name = web_text(request->json, "name"),
             *type = web_text(request->json, "type");
  struct annotate_names *names = request->server->options->names;
  bool is_type = false;
  for (size_t i = 0; type && annotate_actor_types[i]; i++) is_type |= strcmp(type, annotate_actor_types[i]) == 0;
  if (!names || !id || !name || !is_type || !cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(request->json, "sure"))) {
    web_refuse(request, MHD_HTTP_BAD_REQUEST, "a new actor needs an id, a name, a type, and that one is sure");
  } else if (annotate_names_id(names, id)) {
    web_refuse(request, MHD_HTTP_CONFLICT, "the id '%.64s' is taken", id);
  } else if (annotate_gazetteer_add(request->server->options->gazetteer_added, id, name, type, &error) != STANCE_OK ||
             annotate_names_add(names, id, name, type, &error) != STANCE_OK) {
    web_refuse_error(request, &error);
  } else {
    put_actor(&request->out, annotate_names_id(names, id), NULL, true);
  }
}

static bool read_mend(struct web_request *request, struct annotate_mend *mend) {
  static const char *const kinds[] = {"actor", "none", "dyad"};
  const cJSON *json = request->json;
  const char *kind = web_text(json, "kind");
  int found = -1;
  for (int i = 0; kind && i < 3; i++)
    if (strcmp(kind, kinds[i]) == 0) found = i;
  *mend = (struct annotate_mend){.kind = (enum annotate_mend_kind)found,
                                 .article = web_text(json, "article"),
                                 .actor = web_text(json, "actor"),
                                 .target = web_text(json, "target"),
                                 .was = web_text(json, "was"),
                                 .in_article = cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(json, "in_article"))};
  const struct {
    const char *key;
    uint32_t *out;
  } numbers[] = {{"sentence", &mend->sentence},
                 {"start", &mend->start},
                 {"end", &mend->end},
                 {"target_start", &mend->target_start},
                 {"target_end", &mend->target_end}};
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
    double number = web_number(json, numbers[i].key, 0);
    *numbers[i].out = number >= 0 && number < 1e8 ? (uint32_t)number : UINT32_MAX;
  }
  const struct annotate_names *names = request->server->options->names;
  bool is_known = found == 1 || (mend->actor && names && annotate_names_id(names, mend->actor) &&
                                 (found == 0 || (mend->target && annotate_names_id(names, mend->target))));
  if (found >= 0 && mend->article && is_known) return true;
  web_refuse(request, MHD_HTTP_BAD_REQUEST,
             "expected a kind (actor, none, dyad), an article and actors of the gazetteer");
  return false;
}

void web_mend(struct web_request *request) {
  struct stance_error error;
  struct web_seat *seat;
  struct annotate_mend mend;
  struct annotate_mended mended = {0};
  const char *act = web_text(request->json, "act");
  if (!act || strlen(act) < 8 || strlen(act) > ANNOTATE_ACT_MAX) {
    web_refuse(request, MHD_HTTP_BAD_REQUEST, "'act' is missing; expected 8 to %d letters and digits",
               ANNOTATE_ACT_MAX);
    return;
  }
  if (!web_may_label(request)) return;
  if (!read_mend(request, &mend) || !web_sit(request, &seat)) return;
  struct annotate_session *session = &seat->session;
  bool is_repeated = annotate_history_has(&session->history, act, ANNOTATE_NONE);
  annotate_act_begin(&session->pending, ANNOTATE_ACT_ADD, act);
  enum stance_status status = annotate_mend(&session->writer, request->server->units, request->server->options->names,
                                            &mend, annotate_clock_wall(NULL), &session->pending, &mended, &error);
  if (status == STANCE_OK) status = web_seat_commit(seat, &error);
  else session->pending.kind = ANNOTATE_ACT_NONE;
  if (status != STANCE_OK && !(is_repeated && status == STANCE_INPUT)) web_refuse_error(request, &error);
  else
    stance_buffer_printf(
        &request->out, "{\"saved\":%zu,\"repeated\":%s,\"changed\":%zu,\"closed\":%zu,\"added\":%zu,\"elsewhere\":%zu}",
        session->pending.count, is_repeated ? "true" : "false", mended.changed, mended.closed, mended.added,
        mended.elsewhere);
  web_seat_leave(seat);
}
