/* SPDX-License-Identifier: MIT
 * A request being processed, and the functions that all routes use. */
#ifndef STANCE_ANNOTATE_WEB_REQUEST_H
#define STANCE_ANNOTATE_WEB_REQUEST_H

#include <cjson/cJSON.h>
#include <microhttpd.h>
#include <pthread.h>

#include "people.h"
#include "seat.h"
#include "stance/base/buffer.h"
#include "web.h"

enum { WEB_BODY_MAX = 64 * 1024, WEB_REQUEST_SECONDS = 30, WEB_CONNECTIONS_MAX = 400, WEB_CONNECTIONS_EACH = 200 };

struct web_server {
  const struct annotate_project *project;
  struct annotate_units *units;
  const struct annotate_web_options *options;
  struct web_people people;
  struct web_seats seats;
  pthread_rwlock_t lists; /* for units and project gazetteer: read by every request, written when they grow */
  char **hosts;           /* accepted values of the Host header, with the port */
  size_t host_count;
  bool is_https;
  pthread_mutex_t enter_mutex; /* for the rate limit of /api/enter */
  double enter_tokens;
  int64_t enter_at;
  atomic_int running; /* requests in progress */
};

struct web_request {
  struct web_server *server;
  struct MHD_Connection *connection;
  const char *method, *path;
  int64_t started; /* milliseconds, monotonic */
  struct stance_buffer body;
  bool is_too_long;
  /* set when the request is complete */
  cJSON *json;              /* body of a POST */
  struct web_person person; /* the session's person; name "" for routes without a session */
  struct stance_arena arena;
  struct stance_buffer out; /* the answer's JSON */
  int code;                 /* 200 */
};

/* Answers with {"error":"..."} and this status code instead of out. */
void web_refuse(struct web_request *request, int code, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* Answers with the error: 409 for STANCE_INPUT, 503 for memory and disk. */
void web_refuse_error(struct web_request *request, const struct stance_error *error);

/* Protects against cross-site requests: 0 if the request comes from the server's own page, else the status code to
 * refuse it with, and *why. Sources: Fetch Metadata (W3C), the Origin and Host headers (RFC 6454; RFC 9110, 7.2: one
 * Host). */
int web_guard(const struct web_server *server, struct MHD_Connection *connection, const char *method, const char *path,
              const char **why);
/* The value of a header that occurs once; NULL: it occurs not at all or repeatedly. */
const char *web_header(struct MHD_Connection *connection, const char *name);

/* A string member of the request's JSON; NULL: absent or of another type. */
const char *web_text(const cJSON *object, const char *key);
/* A number member of the request's JSON; `fallback` if absent or of another type. */
double web_number(const cJSON *object, const char *key, double fallback);
/* The decoded value of a key of the request's query; NULL: absent. Borrowed from the request. */
const char *web_query(const struct web_request *request, const char *key);
/* The value as a number, at most `most`; `fallback` if absent or not a number. */
size_t web_query_number(const struct web_request *request, const char *key, size_t fallback, size_t most);

/* Takes the seat of the request's person. False: the request is refused, for example because a terminal has the
 * journal. */
bool web_sit(struct web_request *request, struct web_seat **seat);
/* The unit with this id and head (NULL: the first head), or ANNOTATE_NONE. */
uint32_t web_find_unit(const struct web_request *request, const char *unit, const char *head);
/* Whether the person may label: not paused, and the project's training round is passed. False: the request is
 * refused. */
bool web_may_label(struct web_request *request);

/* ---- routes (table in routes.c) --------------------------------------------------------------------------- */

typedef void web_route(struct web_request *request);
/* Runs the route of the request's method and path, with the lists locked for reading, or for writing if the route can
 * add to them. */
void web_route_run(struct web_request *request);

/* A file of the page; false: there is none with this path. */
bool web_asset(const char *path, const char **bytes, size_t *length, const char **type);

web_route web_enter, web_leave, web_me, web_queue, web_units, web_article, web_articles, web_mine, web_codebook,
    web_practice, web_practice_answer,                                /* label.c, pages.c, practice.c */
    web_act, web_undo, web_redo, web_mend, web_actors, web_actor_new, /* acts.c, actors.c */
    web_team, web_agreement, web_cell, web_disputed, web_people_list, web_invite, web_person, web_export,
    web_gold_queue, web_gold_blind, web_gold_act; /* lead.c, gold.c */

#endif
