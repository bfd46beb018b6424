/* SPDX-License-Identifier: MIT
 * The table of the latest revision of each agency item, to leave out items that another item of the same run corrects
 * or withdraws. It is filled before the first item is given, from all files that can be read twice, and from other
 * inputs as they are read. One thread at a time. */
#ifndef STANCE_INPUT_REVISIONS_H
#define STANCE_INPUT_REVISIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stance/base/hash_index.h"

enum { INPUT_REVISION_ITEMS_MAX = 1 << 23 }; /* 48 to 96 bytes each; items beyond are counted and ignored */
#define INPUT_VERSION_MAX UINT64_MAX

struct input_revisions {          /* zeroed is empty */
  struct stance_hash_index index; /* by ids, which are hashes */
  struct input_revision {
    uint64_t latest;
    bool is_withdrawn; /* of the latest */
  } * items;
  size_t count, capacity;
  uint64_t unseen; /* items beyond the limit */
};

/* An item's revision. */
struct input_revision_of {
  uint64_t id; /* hash, never 0 */
  uint64_t version;
  bool is_withdrawn;
  uint64_t corrects; /* another item that it replaces, whatever that one's version; 0: none */
};
/* Reads an item's revision from its bytes without parsing (revision_keys.c). False: no id. */
typedef bool input_revision_key(const char *data, size_t length, struct input_revision_of *of);
input_revision_key input_revision_newsml_g2; /* newsItem: guid, version, pubStatus */
input_revision_key input_revision_newsml;    /* NewsItem: ProviderId, DateId and NewsItemId, RevisionId, Status */
input_revision_key input_revision_nitf;      /* doc-id, du-key or date, management-status and -doc-idref, correction */
input_revision_key input_revision_ninjs;     /* uri, version or versioncreated, pubstatus */
/* Whether a JSON object is an item of ninjs, of any version. */
bool input_is_ninjs(const char *data, size_t length);

/* Adds a revision; among equal versions a withdrawn one counts. False: out of memory. */
bool input_revisions_add(struct input_revisions *revisions, const struct input_revision_of *of);
enum input_revision_fate { INPUT_REVISION_LATEST, INPUT_REVISION_REPLACED, INPUT_REVISION_WITHDRAWN };
/* Whether a revision is the latest of its item, replaced, or withdrawn. */
enum input_revision_fate input_revision_fate(const struct input_revisions *revisions,
                                             const struct input_revision_of *of);
/* Whether it changes an item in the table, which may have been given already. */
bool input_revision_is_late(const struct input_revisions *revisions, const struct input_revision_of *of);
/* Frees what it holds. */
void input_revisions_free(struct input_revisions *revisions);

#endif
