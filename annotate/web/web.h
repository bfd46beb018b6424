/* SPDX-License-Identifier: MIT
 * The annotation page's server: one process, one project, any number of browsers.
 *
 *   browser -> guard (is it our own page?) -> people (who is it?) -> routes -> seat (the person's journal) -> act.h
 *
 * The annotator's name comes from the session only. As in the terminal, a label's record is synced to the disk before
 * the answer is sent. */
#ifndef STANCE_ANNOTATE_WEB_WEB_H
#define STANCE_ANNOTATE_WEB_WEB_H

#include <stdatomic.h>

#include "annotate/names.h"
#include "annotate/session.h"

struct annotate_web_options {
  const char *bind;              /* an address; NULL: 127.0.0.1 */
  uint16_t port;                 /* 0: any free port */
  const char *certificate, *key; /* paths of PEM files; NULL: no TLS */
  const char *const *hosts;      /* further host names that browsers may use, besides loopback's */
  size_t host_count;
  bool is_behind_proxy;           /* a proxy ends TLS, so browsers use https */
  const char *const *invitations; /* "ana", "eva=lead" */
  size_t invitation_count;
  struct annotate_names *names; /* for search, and gets new actors; may be NULL */
  const char *gazetteer_added;  /* gazetteer file for new actors */
  const atomic_int *stop;       /* nonzero: stop serving */
};

/* Called with each line for the terminal: invitation links and the address. */
typedef void annotate_web_say(void *context, const char *line);
/* Serves the project until *stop is set and all acknowledged records are on the disk. STANCE_INPUT: nobody could enter,
 * the address is not loopback and has neither TLS nor a proxy, or an invitation is invalid. */
enum stance_status annotate_web_run(const struct annotate_project *project, struct annotate_units *units,
                                    const struct annotate_web_options *options, annotate_web_say *say, void *context,
                                    struct stance_error *error);

#endif
