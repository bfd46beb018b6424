/* SPDX-License-Identifier: MIT
 * Units as JSON for the page, without other annotators' labels. */
#ifndef STANCE_ANNOTATE_WEB_VIEW_H
#define STANCE_ANNOTATE_WEB_VIEW_H

#include "request.h"

/* Ids of the actors whose names the page needs. A zeroed one is empty; in the request's arena. */
struct web_names {
  const char **ids;
  size_t count, capacity;
};
/* A unit with its text, mentions and own state. is_hidden: without its state (a hidden repeat). Adds its actors to
 * names. */
enum stance_status web_view_unit(struct web_request *request, const struct annotate_session *session, uint32_t unit,
                                 bool is_hidden, struct web_names *names, struct stance_error *error);
/* Writes "actors":{"MLI":{"name":"Mali","type":"state"}, ...} for the ids of names. */
void web_view_actors(struct web_request *request, const struct web_names *names);
typedef bool web_is_wanted(const struct annotate_units *units, uint32_t unit, const void *wanted);
/* Writes the end of an answer, "items":[...],"actors":{...}}, with the session's units for which is_wanted is true. If
 * a unit cannot be read, the answer becomes an error. */
void web_view_items(struct web_request *request, const struct annotate_session *session, web_is_wanted *is_wanted,
                    const void *wanted);
/* {"label":"hostile","flags":[...],"note":"..."} or null. */
void web_view_state(struct stance_buffer *out, const struct annotate_session *session, uint32_t unit);
/* "total":12,"decided":3 */
void web_view_progress(struct stance_buffer *out, const struct annotate_session *session);
void web_put(struct stance_buffer *out, const char *key,
             const char *text); /* writes ,"key":"text"; nothing if text is NULL */
/* Makes the ticket of a unit in the queue: a hash that encodes the kind of hidden check without revealing it to the
 * page. */
void web_ticket(const struct web_request *request, uint32_t unit, int check, char ticket[17]);
/* The kind of hidden check in a unit's ticket, an enum annotate_check. */
int web_ticket_check(const struct web_request *request, uint32_t unit, const char *ticket);

#endif
