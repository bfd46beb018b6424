/* SPDX-License-Identifier: MIT
 * The annotation page's server: one process, one project, any number of browsers.
 *
 *   browser -> guard (is this our page that asks?) -> people (who is it?) -> routes -> seat (the person's journal) -> act.h
 *
 * The server takes the name of an annotator from the session alone, and a label counts as the terminal's does: its
 * record is on the disk before the answer leaves. */
#ifndef STANCE_ANNOTATE_WEB_WEB_H
#define STANCE_ANNOTATE_WEB_WEB_H

#include <stdatomic.h>

#include "annotate/names.h"
#include "annotate/session.h"

struct annotate_web_options {
  const char *bind;              /* an address; NULL: 127.0.0.1 */
  uint16_t port;                 /* 0: any free one */
  const char *certificate, *key; /* paths of PEM files; NULL: no TLS */
  const char *const *hosts;      /* names by which browsers may call the server, beside those of loopback */
  size_t host_count;
  bool is_behind_proxy;           /* TLS ends before: https is what browsers see */
  const char *const *invitations; /* "ana", "eva=lead" */
  size_t invitation_count;
  struct annotate_names *names; /* actors to search; may be NULL; gets those that are made */
  const char *gazetteer_added;  /* where new actors go */
  const atomic_int *stop;       /* not 0: end */
};

/* Serves until *stop. `say` gets a line a time: the links of invitations, where it listens. STANCE_INPUT where nobody
 * could enter, where an address other than loopback has neither TLS nor a proxy, or an invitation is wrong. */
typedef void annotate_web_say(void *context, const char *line);
/* Serves the project until `stop`; returns when all that was acknowledged is on the disk. */
enum stance_status annotate_web_run(const struct annotate_project *project, struct annotate_units *units,
                                    const struct annotate_web_options *options, annotate_web_say *say, void *context,
                                    struct stance_error *error);

#endif
