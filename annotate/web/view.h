/* SPDX-License-Identifier: MIT
 * What the page is told of units, as JSON. Nothing of anybody else's labels is in here. */
#ifndef STANCE_ANNOTATE_WEB_VIEW_H
#define STANCE_ANNOTATE_WEB_VIEW_H

#include "request.h"

/* Actors whose names the page will need. Zeroed is empty; in the request's arena. */
struct web_names {
  const char **ids;
  size_t count, capacity;
};
/* A unit with its text, mentions and own state. is_hidden: as if it were undecided (a hidden repeat). Its actors are
 * noted in names. */
enum stance_status web_view_unit(struct web_request *request, const struct annotate_session *session, uint32_t unit,
                                 bool is_hidden, struct web_names *names, struct stance_error *error);
/* "actors":{"MLI":{"name":"Mali","type":"state"}, ...} of what was noted. */
void web_view_actors(struct web_request *request, const struct web_names *names);
typedef bool web_is_wanted(const struct annotate_units *units, uint32_t unit, const void *wanted);
/* The end of an answer, "items":[...],"actors":{...}}: the session's units that are wanted. Where one cannot be read,
 * the answer is the refusal instead. */
void web_view_items(struct web_request *request, const struct annotate_session *session, web_is_wanted *is_wanted,
                    const void *wanted);
/* {"label":"hostile","flags":[...],"note":"..."} or null. */
void web_view_state(struct stance_buffer *out, const struct annotate_session *session, uint32_t unit);
/* "total":12,"decided":3 */
void web_view_progress(struct stance_buffer *out, const struct annotate_session *session);
void web_put(struct stance_buffer *out, const char *key, const char *text); /* ,"key":"text"; nothing for NULL */
/* The hidden check that a unit of the queue is, in a form that does not tell; and back: 0 none, 1 gold, 2 self. */
void web_ticket(const struct web_request *request, uint32_t unit, int check, char ticket[17]);
/* What the ticket of a unit says: an enum annotate_check. */
int web_ticket_check(const struct web_request *request, uint32_t unit, const char *ticket);

#endif
