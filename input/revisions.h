/* SPDX-License-Identifier: MIT
 * Which items an agency has corrected or withdrawn in a later one of the same run: a table of ids with their latest revisions, filled by a look
 * ahead over all files that can be read twice, before the first item is given, and of others as they come. One thread. */
#ifndef STANCE_INPUT_REVISIONS_H
#define STANCE_INPUT_REVISIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "stance/base/arena.h"

enum { REVISION_ITEMS_MAX = 1 << 20 }; /* items beyond are not looked at */

struct input_revisions { /* zeroed is empty; memory is the arena's */
  struct input_revision {
    uint64_t id; /* hash; 0: free */
    uint32_t latest;
    bool is_withdrawn; /* the latest one is */
  } * table;
  size_t size, count; /* size is a power of two, or 0 */
};

/* What an item says of itself; id is borrowed from its bytes. */
struct input_revision_of {
  const char *id;
  size_t id_length;
  uint32_t version;
  bool is_withdrawn;
};
/* From an item's bytes, without a parse: false where it has no id. */
typedef bool input_revision_key(const char *data, size_t length, struct input_revision_of *of);
input_revision_key input_revision_newsml_g2; /* newsItem: guid, version, pubStatus */
input_revision_key input_revision_newsml;    /* NewsItem: NewsItemId, RevisionId, Status */

/* False: out of memory. */
bool input_revisions_add(struct input_revisions *revisions, const struct input_revision_of *of,
                         struct stance_arena *arena);
enum input_revision_fate { INPUT_REVISION_LATEST, INPUT_REVISION_REPLACED, INPUT_REVISION_WITHDRAWN };
enum input_revision_fate input_revision_fate(const struct input_revisions *revisions,
                                             const struct input_revision_of *of);
/* Whether it changes one that is in the table: too late where that has been given. */
bool input_revision_is_late(const struct input_revisions *revisions, const struct input_revision_of *of);

#endif
