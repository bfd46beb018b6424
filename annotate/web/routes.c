/* SPDX-License-Identifier: MIT
 * The table of routes and the roles that they need. Only these paths exist; none is used as a file name. */
#include <stdlib.h>
#include <string.h>

#include "annotate/screen.h"
#include "request.h"
#include "stance/base/json.h"

enum { RATE = 40, BURST = 200 }; /* requests of a person per second, and at once */

static const struct route {
  const char *method, *path;
  web_route *run;
  int role;         /* the lowest role allowed; -1: no session needed */
  bool grows_lists; /* runs alone, because it may add units or actors */
} routes[] = {
    {"POST", "/api/enter", web_enter, -1, false},
    {"POST", "/api/leave", web_leave, WEB_ANNOTATOR, false},
    {"GET", "/api/me", web_me, WEB_ANNOTATOR, false},
    {"GET", "/api/queue", web_queue, WEB_ANNOTATOR, false},
    {"GET", "/api/units", web_units, WEB_ANNOTATOR, false},
    {"GET", "/api/articles", web_articles, WEB_ANNOTATOR, false},
    {"GET", "/api/article", web_article, WEB_ANNOTATOR, false},
    {"GET", "/api/mine", web_mine, WEB_ANNOTATOR, false},
    {"GET", "/api/codebook", web_codebook, WEB_ANNOTATOR, false},
    {"GET", "/api/practice", web_practice, WEB_ANNOTATOR, false},
    {"POST", "/api/practice", web_practice_answer, WEB_ANNOTATOR, false},
    {"POST", "/api/act", web_act, WEB_ANNOTATOR, false},
    {"POST", "/api/undo", web_undo, WEB_ANNOTATOR, false},
    {"POST", "/api/redo", web_redo, WEB_ANNOTATOR, false},
    {"GET", "/api/actors", web_actors, WEB_ANNOTATOR, false},
    {"POST", "/api/actors", web_actor_new, WEB_ANNOTATOR, true},
    {"POST", "/api/mend", web_mend, WEB_ANNOTATOR, true},
    {"GET", "/api/export", web_export, WEB_ANNOTATOR, false},
    {"GET", "/api/gold", web_gold_queue, WEB_ADJUDICATOR, false},
    {"POST", "/api/blind", web_gold_blind, WEB_ADJUDICATOR, false},
    {"POST", "/api/gold", web_gold_act, WEB_ADJUDICATOR, false},
    {"GET", "/api/team", web_team, WEB_LEAD, false},
    {"GET", "/api/agreement", web_agreement, WEB_LEAD, false},
    {"GET", "/api/cell", web_cell, WEB_LEAD, false},
    {"GET", "/api/disputed", web_disputed, WEB_LEAD, false},
    {"GET", "/api/people", web_people_list, WEB_LEAD, false},
    {"POST", "/api/people", web_invite, WEB_LEAD, false},
    {"POST", "/api/person", web_person, WEB_LEAD, false},
};

static const struct route *find_route(struct web_request *request) {
  bool is_known = false, is_post = strcmp(request->method, "POST") == 0;
  for (size_t i = 0; i < sizeof routes / sizeof *routes; i++) {
    if (strcmp(routes[i].path, request->path) != 0) continue;
    is_known = true;
    if (is_post == (strcmp(routes[i].method, "POST") == 0)) return &routes[i];
  }
  if (is_known)
    web_refuse(request, MHD_HTTP_METHOD_NOT_ALLOWED, "this path is not answered to %s", is_post ? "POST" : "GET");
  else web_refuse(request, MHD_HTTP_NOT_FOUND, "there is no such page");
  return NULL;
}

/* Rate limit of tokens tried, for all clients together. */
static bool may_try(struct web_server *server) {
  int64_t now = annotate_clock_elapsed(NULL);
  pthread_mutex_lock(&server->enter_mutex);
  server->enter_tokens += (double)(now - server->enter_at) / 1000 * 5;
  if (server->enter_tokens > 40) server->enter_tokens = 40;
  server->enter_at = now;
  bool may = server->enter_tokens >= 1;
  if (may) server->enter_tokens -= 1;
  pthread_mutex_unlock(&server->enter_mutex);
  return may;
}

static bool admit(struct web_request *request, const struct route *route) {
  struct web_server *server = request->server;
  if (route->role < 0) {
    if (may_try(server)) return true;
    web_refuse(request, MHD_HTTP_TOO_MANY_REQUESTS, "too many try to enter; wait a moment");
    return false;
  }
  const char *session = web_header(request->connection, "Stance-Session");
  if (!session || !web_people_find(&server->people, session, annotate_clock_wall(NULL), &request->person)) {
    web_refuse(request, MHD_HTTP_UNAUTHORIZED, "your session has ended; ask your lead for a new link");
    return false;
  }
  if (!web_people_may_ask(&server->people, request->person.name, annotate_clock_elapsed(NULL), RATE, BURST)) {
    web_refuse(request, MHD_HTTP_TOO_MANY_REQUESTS, "too many requests; wait a moment");
    return false;
  }
  if ((int)request->person.role < route->role) {
    web_refuse(request, MHD_HTTP_FORBIDDEN, "this is for the %s", web_role_names[route->role]);
    return false;
  }
  return true;
}

static bool read_json(struct web_request *request) {
  struct stance_error error;
  if (strcmp(request->method, "POST") != 0) return true;
  if (stance_json_parse(request->body.data ? request->body.data : "", request->body.length, "request", 1,
                        &request->json, &error) == STANCE_OK &&
      cJSON_IsObject(request->json))
    return true;
  web_refuse(request, MHD_HTTP_BAD_REQUEST, "the request is not a JSON object");
  return false;
}

void web_route_run(struct web_request *request) {
  const struct route *route = find_route(request);
  if (!route || !admit(request, route) || !read_json(request)) return;
  if (route->grows_lists) pthread_rwlock_wrlock(&request->server->lists);
  else pthread_rwlock_rdlock(&request->server->lists);
  route->run(request);
  pthread_rwlock_unlock(&request->server->lists);
}
