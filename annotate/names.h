/* SPDX-License-Identifier: MIT
 * Actors as people look for them: by name, alias, surname or id, whatever the case and the accents. */
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
  struct annotate_key *keys; /* folded names, aliases and ids, each with its actor */
  size_t key_count, key_capacity;
};

/* Reads the names of gazetteer files, in order; of two actors with one id the first counts. */
enum stance_status annotate_names_open(const char *const *paths, size_t count, struct annotate_names *names,
                                       struct stance_error *error);
/* Frees what it holds. */
void annotate_names_close(struct annotate_names *names);
/* Adds one that a gazetteer got meanwhile. Not while others search. */
enum stance_status annotate_names_add(struct annotate_names *names, const char *id, const char *name, const char *type,
                                      struct stance_error *error);
/* The actors that fit best, best first: equal before begins with before a later word begins with, states before who belongs to
 * them. *alias (each, may be NULL): what matched, folded. Returns how many. */
size_t annotate_names_search(const struct annotate_names *names, const char *text, const struct annotate_name **found,
                             const char **aliases, size_t most);
/* NULL: there is none (or names is NULL). */
const struct annotate_name *annotate_names_id(const struct annotate_names *names, const char *id);
/* An actor and who it acts for make no dyad. */
bool annotate_names_related(const struct annotate_names *names, const char *one, const char *other);
/* "Wagner Group" -> "X.WAGNER_GROUP", one that is free. In the arena; NULL: out of memory. */
char *annotate_names_propose(const struct annotate_names *names, const char *name, struct stance_arena *arena);
/* Adds an actor to the file (made where it is not there): an id that is taken or a name that is empty is STANCE_INPUT. */
enum stance_status annotate_gazetteer_add(const char *path, const char *id, const char *name, const char *type,
                                          struct stance_error *error);
extern const char *const annotate_actor_types[]; /* ends with NULL */

#endif
