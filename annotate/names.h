/* SPDX-License-Identifier: MIT
 * Search for actors by name, alias, surname or id, without regard to case and accents. */
#ifndef STANCE_ANNOTATE_NAMES_H
#define STANCE_ANNOTATE_NAMES_H

#include "stance/base/arena.h"
#include "stance/stance.h"

struct annotate_name {
  const char *id, *name, *type, *affiliation; /* affiliation NULL: none */
};

struct annotate_names {
  struct stance_arena arena;
  struct annotate_name *actors;
  size_t count, capacity;
  struct annotate_key *keys; /* normalised names, aliases and ids, each with its actor */
  size_t key_count, key_capacity;
};

/* Reads the names of gazetteer files, in order. If two actors have the same id, the first is kept. */
enum stance_status annotate_names_open(const char *const *paths, size_t count, struct annotate_names *names,
                                       struct stance_error *error);
/* Frees what it holds. */
void annotate_names_close(struct annotate_names *names);
/* Adds an actor. Not thread-safe: nobody may search at the same time. */
enum stance_status annotate_names_add(struct annotate_names *names, const char *id, const char *name, const char *type,
                                      struct stance_error *error);
/* The best matches (at most `most` and 64), best first: the whole name, then its beginning, then the beginning of a
 * later word; states before their members. aliases (may be NULL): the name that matched, normalised. Returns their
 * number. */
size_t annotate_names_search(const struct annotate_names *names, const char *text, const struct annotate_name **found,
                             const char **aliases, size_t most);
/* The actor with this id; NULL: none, or names is NULL. */
const struct annotate_name *annotate_names_id(const struct annotate_names *names, const char *id);
/* Whether the actors are the same or one is affiliated with the other, directly or not; such a pair is not a dyad. */
bool annotate_names_related(const struct annotate_names *names, const char *one, const char *other);
/* An unused id for a new actor: "Wagner Group" -> "X.WAGNER_GROUP". In the arena; NULL: out of memory. */
char *annotate_names_propose(const struct annotate_names *names, const char *name, struct stance_arena *arena);
/* Adds an actor to a gazetteer file, which is created if missing. STANCE_INPUT: the id is taken, or the name is
 * empty. */
enum stance_status annotate_gazetteer_add(const char *path, const char *id, const char *name, const char *type,
                                          struct stance_error *error);
extern const char *const annotate_actor_types[]; /* ends with NULL */

#endif
