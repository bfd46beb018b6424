/* SPDX-License-Identifier: MIT
 * Actors and their names: what the gazetteer's files become in memory. May include text/ and base/; labels/ and all above read it.
 * Read-only once opened, so threads share it. */
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
  const struct stance_actor *affiliation;    /* NULL: its own master */
  const struct stance_actor *colonial_ruler; /* NULL: none given */
  const char *region;                        /* "West African"; may be NULL */
  uint32_t from, until;                      /* dates as yyyymmdd, half-open; 0: open */
  uint32_t index;                            /* in the gazetteer's order */
};

/* Reads JSON files alone, in order; stance_gazetteer_open takes folders and compiled actors too. Fails on the first bad entry. */
enum stance_status stance_gazetteer_open_files(const char *const *paths, size_t path_count,
                                               struct stance_gazetteer **out, struct stance_error *error);
/* Files and folders (a folder: its *.json in name order) become files; none given: the shipped actors. In the arena. */
enum stance_status stance_gazetteer_paths(const char *const *given, size_t given_count, struct stance_arena *arena,
                                          const char *const **out, size_t *count, struct stance_error *error);

/* Finds the document's mentions: explicit ones, then (with_implicit) those that definite descriptions and pronouns stand for,
 * ordered by start. Needs tokens. The document's date bounds dated names; a document without a date matches all. */
enum stance_status stance_mentions_find(const struct stance_gazetteer *gazetteer, struct stance_arena *arena,
                                        struct stance_document *document, bool with_implicit,
                                        struct stance_error *error);

typedef void stance_finding(void *context, const struct stance_error *finding);
/* `actors check`: reads the files as open does but goes on, and calls `each` with every finding (file, line, message).
 * Returns STANCE_OK where reading itself went well; *count counts them. */
enum stance_status stance_gazetteer_check(const char *const *paths, size_t path_count, stance_finding *each,
                                          void *context, size_t *count, struct stance_error *error);

#endif
