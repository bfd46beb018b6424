/* SPDX-License-Identifier: MIT
 * Which items of a file an agency has corrected or withdrawn in a later one of the same file: a look ahead over its items' ids, revisions and
 * states, before the first is read. */
#ifndef STANCE_INPUT_REVISIONS_H
#define STANCE_INPUT_REVISIONS_H

#include "bytes.h"
#include "stance/base/arena.h"

enum { REVISION_ITEMS_MAX = 1 << 20 }; /* of a file; items beyond are not looked at */

struct input_revisions {
  struct input_revision {
    uint64_t id; /* hash; 0: free */
    uint32_t latest;
    bool is_withdrawn; /* the latest one is */
  } *table;
  size_t size, count; /* size is a power of two, or 0 */
};

/* What an item's bytes tell, without a parse: false where it has no id. */
typedef bool input_revision_key(const char *data, size_t length, const char **id, size_t *id_length, uint32_t *version, bool *is_withdrawn);
input_revision_key input_revision_newsml_g2; /* newsItem: guid, version, pubStatus */
input_revision_key input_revision_newsml;    /* NewsItem: NewsItemId, RevisionId, Status */

/* Reads the file at `path`; one that cannot be read twice (standard input, an archive's member) gives an empty table. */
enum stance_status input_revisions_read(const char *path, input_scan *scan, input_revision_key *key, size_t max_bytes, struct stance_arena *arena,
                                        struct input_revisions *out, struct stance_error *error);
enum input_revision_fate { INPUT_REVISION_LATEST, INPUT_REVISION_REPLACED, INPUT_REVISION_WITHDRAWN };
enum input_revision_fate input_revision_fate(const struct input_revisions *revisions, const char *id, size_t id_length, uint32_t version);

#endif
