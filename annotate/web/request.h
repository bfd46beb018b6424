/* SPDX-License-Identifier: MIT
 * One request on its way through the server, and what every route may use. */
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
  pthread_rwlock_t lists; /* units, project gazetteer: read by every request, written where a list grows */
  char **hosts;           /* what a Host header may say, with the port */
  size_t host_count;
  bool is_https;
  pthread_mutex_t enter_mutex; /* how often anybody may try to enter */
  double enter_tokens;
  int64_t enter_at;
  atomic_int running; /* requests in work */
};

struct web_request {
  struct web_server *server;
  struct MHD_Connection *connection;
  const char *method, *path;
  int64_t started; /* milliseconds, monotonic */
  struct stance_buffer body;
  bool is_too_long;
  /* filled once the request is whole */
  cJSON *json;              /* of a POST */
  struct web_person person; /* whose session it is; routes without one: name "" */
  struct stance_arena arena;
  struct stance_buffer out; /* the answer's JSON */
  int code;                 /* 200 */
};

/* What a request may be answered with, besides its out: {"error":"..."} */
void web_refuse(struct web_request *request, int code, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* A failure of the library: input 409, memory and disk 503. */
void web_refuse_error(struct web_request *request, const struct stance_error *error);

/* 0: the request is of our own page; else the code to refuse it with, and *why. Sources: Fetch Metadata (W3C), the
 * Origin and Host headers (RFC 6454, RFC 9110 7.2: one Host). */
int web_guard(const struct web_server *server, struct MHD_Connection *connection, const char *method, const char *path,
              const char **why);
/* The value of a header that stands once; NULL: none, or more than one. */
const char *web_header(struct MHD_Connection *connection, const char *name);

/* Strings and numbers of the request's JSON or query; NULL or the fallback where they are missing or of another
 * type. */
const char *web_text(const cJSON *object, const char *key);
/* The member's number; fallback: there is none, or it is no number. */
double web_number(const cJSON *object, const char *key, double fallback);
/* The value of a key of the request's query, decoded; NULL: there is none. Borrowed from the request. */
const char *web_query(const struct web_request *request, const char *key);
/* Likewise as a number, `most` at most; fallback: there is none, or it is no number. */
size_t web_query_number(const struct web_request *request, const char *key, size_t fallback, size_t most);

/* Sits the person of the request down at the own journal; false: the request is refused, the terminal may have it. */
bool web_sit(struct web_request *request, struct web_seat **seat);
/* ANNOTATE_NONE: there is no such unit. head NULL: the first of this id. */
uint32_t web_find_unit(const struct web_request *request, const char *unit, const char *head);
/* Whether the person may label: neither paused, nor short of the training round that the project demands. False: it is
 * refused. */
bool web_may_label(struct web_request *request);

/* ---- routes (table in routes.c) --------------------------------------------------------------------------- */

typedef void web_route(struct web_request *request);
/* Finds and runs what answers this method and path; the lists are locked for reading meanwhile, or for writing where it
 * may grow them. */
void web_route_run(struct web_request *request);

/* A page asset; false: there is none of this path. */
bool web_asset(const char *path, const char **bytes, size_t *length, const char **type);

web_route web_enter, web_leave, web_me, web_queue, web_units, web_article, web_articles, web_mine, web_codebook,
    web_practice, web_practice_answer,                                /* label.c, pages.c, practice.c */
    web_act, web_undo, web_redo, web_mend, web_actors, web_actor_new, /* acts.c, actors.c */
    web_team, web_agreement, web_cell, web_disputed, web_people_list, web_invite, web_person, web_export,
    web_gold_queue, web_gold_blind, web_gold_act; /* lead.c, gold.c */

#endif
