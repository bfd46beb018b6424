/* SPDX-License-Identifier: MIT
 * Actors and their names in memory, and the search for mentions. May include text/ and base/; labels/ and all wings
 * above read it. A gazetteer is read-only once opened; threads may share it. */
#ifndef STANCE_GAZETTEER_H
#define STANCE_GAZETTEER_H

#include "stance/base/arena.h"
#include "stance/stance.h"

enum stance_actor_kind { /* "type" in the file */
                         STANCE_ACTOR_STATE,
                         STANCE_ACTOR_TERRITORY,
                         STANCE_ACTOR_ORGANISATION,
                         STANCE_ACTOR_ARMED_GROUP,
                         STANCE_ACTOR_AGENCY,
                         STANCE_ACTOR_COMPANY,
                         STANCE_ACTOR_PARTY,
                         STANCE_ACTOR_MEDIA,
                         STANCE_ACTOR_PERSON,
                         STANCE_ACTOR_KIND_COUNT,
};

struct stance_actor {
  const char *id, *name;
  uint8_t kind;
  uint8_t serves; /* 1: it acts for its affiliation, and does not merely belong there */
  const struct stance_actor
      *affiliation; /* whom it acts for, or where it belongs (a rebel group's state); NULL: none */
  const struct stance_actor *colonial_ruler; /* may be NULL */
  const char *region;                        /* "West African"; may be NULL */
  uint32_t from, until;                      /* dates as yyyymmdd, half-open; 0: open */
  uint32_t index;                            /* in the gazetteer's order */
};

/* The actor at the end of the chain of affiliations, whether it acts for it or belongs there; itself if it has none. */
const struct stance_actor *stance_actor_home(const struct stance_actor *actor);
/* Whether the actor acts for the other, directly or through others (a minister, his ministry, the state); a rebel group,
 * a party, a company, a paper or a region does not act for its state. */
bool stance_actor_acts_for(const struct stance_actor *actor, const struct stance_actor *other);

/* Opens JSON files, in their order; stance_gazetteer_open also takes folders and uses compiled actors. STANCE_INPUT at
 * the first bad entry, with file and line; *out is NULL then. */
enum stance_status stance_gazetteer_open_files(const char *const *paths, size_t path_count,
                                               struct stance_gazetteer **out, struct stance_error *error);
/* Expands folders to their *.json files, in name order; no path given: the shipped actors. The list lies in the
 * arena. */
enum stance_status stance_gazetteer_paths(const char *const *given, size_t given_count, struct stance_arena *arena,
                                          const char *const **out, size_t *count, struct stance_error *error);

/* Finds the document's mentions, ordered by start, in the arena: explicit ones, and with_implicit also definite
 * descriptions and pronouns. Needs sentences and tokens. Names with dates match documents within them, and documents
 * without a date. Fails only for lack of memory. Thread-safe for different documents and arenas. */
enum stance_status stance_mentions_find(const struct stance_gazetteer *gazetteer, struct stance_arena *arena,
                                        struct stance_document *document, bool with_implicit,
                                        struct stance_error *error);

typedef void stance_finding(void *context, const struct stance_error *finding);
/* Reads the files to the end and calls `each`, which may be NULL, with every finding (file, line, message); *count is
 * their number. STANCE_OK: all files could be read, whatever was found. */
enum stance_status stance_gazetteer_check(const char *const *paths, size_t path_count, stance_finding *each,
                                          void *context, size_t *count, struct stance_error *error);

#endif
