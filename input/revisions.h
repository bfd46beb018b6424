/* SPDX-License-Identifier: MIT
 * Which items an agency has corrected or withdrawn in a later one of the same run: a table of ids with their latest revisions, filled by a look
 * ahead over all files that can be read twice, before the first item is given, and of others as they come. One thread. */
#ifndef STANCE_INPUT_REVISIONS_H
#define STANCE_INPUT_REVISIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stance/base/hash_index.h"

enum {
  INPUT_REVISION_ITEMS_MAX = 1 << 23
}; /* 48 to 96 bytes each in memory; items beyond are counted and not looked at */
#define INPUT_VERSION_MAX UINT64_MAX

struct input_revisions {          /* zeroed is empty */
  struct stance_hash_index index; /* of ids, which are hashes */
  struct input_revision {
    uint64_t latest;
    bool is_withdrawn; /* the latest one is */
  } * items;
  size_t count, capacity;
  uint64_t unseen; /* items beyond the limit */
};

/* What an item says of itself. */
struct input_revision_of {
  uint64_t id; /* hash, never 0 */
  uint64_t version;
  bool is_withdrawn;
};
/* From an item's bytes, without a parse (revision_keys.c): false where it has no id. */
typedef bool input_revision_key(const char *data, size_t length, struct input_revision_of *of);
input_revision_key input_revision_newsml_g2; /* newsItem: guid, version, pubStatus */
input_revision_key input_revision_newsml;    /* NewsItem: ProviderId, DateId and NewsItemId, RevisionId, Status */
input_revision_key input_revision_nitf;      /* doc-id, du-key or date, management-status; or management-doc-idref */
input_revision_key input_revision_ninjs;     /* uri, version or versioncreated, pubstatus */
/* Whether an object of JSON is an item of ninjs, of any version. */
bool input_is_ninjs(const char *data, size_t length);

/* False: out of memory. Of equal versions a withdrawn one holds. */
bool input_revisions_add(struct input_revisions *revisions, const struct input_revision_of *of);
enum input_revision_fate { INPUT_REVISION_LATEST, INPUT_REVISION_REPLACED, INPUT_REVISION_WITHDRAWN };
/* Whether this version is the newest of its article, an older one, or withdrawn. Thread-safe once all are added. */
enum input_revision_fate input_revision_fate(const struct input_revisions *revisions,
                                             const struct input_revision_of *of);
/* Whether it changes one that is in the table: too late where that has been given. */
bool input_revision_is_late(const struct input_revisions *revisions, const struct input_revision_of *of);
/* Frees what it holds. */
void input_revisions_free(struct input_revisions *revisions);

#endif
