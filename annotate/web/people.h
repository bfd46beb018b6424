/* SPDX-License-Identifier: MIT
 * The people who may use the page, in DIR/web/people.json (mode 0600). An invitation link has a random 256-bit token
 * after '#', which browsers do not send; the page exchanges it once for a session token. The file has only SHA-256
 * hashes of both, so reading it does not give access. */
#ifndef STANCE_ANNOTATE_WEB_PEOPLE_H
#define STANCE_ANNOTATE_WEB_PEOPLE_H

#include <pthread.h>

#include "annotate/project.h"

enum { WEB_TOKEN_LENGTH = 43, WEB_HASH_LENGTH = 64 }; /* base64url of 32 bytes; hex of SHA-256 */
enum { WEB_INVITATION_DAYS = 14, WEB_SESSION_DAYS = 30, WEB_SESSIONS_MAX = 8, WEB_PEOPLE_MAX = 1000 };

enum web_role { WEB_ANNOTATOR, WEB_ADJUDICATOR, WEB_LEAD, WEB_ROLE_COUNT };
extern const char *const web_role_names[WEB_ROLE_COUNT];

struct web_session {
  char hash[WEB_HASH_LENGTH + 1];
  int64_t expires; /* milliseconds since 1970 */
};

struct web_person {
  char name[ANNOTATE_NAME_MAX + 1];
  enum web_role role;
  bool is_withdrawn;
  char invitation[WEB_HASH_LENGTH + 1]; /* hash of the token; "": no open invitation */
  int64_t invitation_expires;
  struct web_session sessions[WEB_SESSIONS_MAX]; /* the latest ones; an empty hash: unused */
  char codebook_seen[17];                        /* hash of the codebook that the person saw last */
  double tokens;                                 /* token bucket of the rate limit; not stored */
  int64_t tokens_at;
};

struct web_people {
  char *path;
  pthread_mutex_t mutex;
  struct web_person *items;
  size_t count, capacity;
};

/* Reads DIR/web/people.json; a missing file has no people. STANCE_INPUT: the file is invalid. Close it. */
enum stance_status web_people_open(const struct annotate_project *project, struct web_people *people,
                                   struct stance_error *error);
/* Frees what it holds. */
void web_people_close(struct web_people *people);
/* Makes or renews the invitation of `name` and returns its token; an older link no longer works. STANCE_INPUT: the name
 * may not label in this project. */
enum stance_status web_people_invite(struct web_people *people, const struct annotate_project *project,
                                     const char *name, enum web_role role, int64_t now,
                                     char token[WEB_TOKEN_LENGTH + 1], struct stance_error *error);
/* Exchanges an invitation's token for a session token, once. *is_in false: the invitation is unknown, used, expired or
 * revoked. */
enum stance_status web_people_enter(struct web_people *people, const char *token, int64_t now,
                                    char session[WEB_TOKEN_LENGTH + 1], struct web_person *person, bool *is_in,
                                    struct stance_error *error);
/* Copies the person whose session it is. False: the session is unknown, expired or revoked. */
bool web_people_find(struct web_people *people, const char *session, int64_t now, struct web_person *person);
/* Ends the session of this token and writes the file. */
enum stance_status web_people_leave(struct web_people *people, const char *session, struct stance_error *error);
/* Changes a person; called under the lock. */
typedef void web_person_change(struct web_person *person, void *context);
/* Calls `change` with the person of this name and writes the file. STANCE_INPUT: there is no such person. */
enum stance_status web_people_change(struct web_people *people, const char *name, web_person_change *change,
                                     void *context, struct stance_error *error);
/* Rate limit (token bucket): whether the person may make another request now; `rate` per second, `burst` at once. */
bool web_people_may_ask(struct web_people *people, const char *name, int64_t now, double rate, double burst);
int web_role_parse(const char *name); /* -1: none */

#endif
