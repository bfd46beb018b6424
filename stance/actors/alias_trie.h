/* SPDX-License-Identifier: MIT
 * A trie over the parts of names (name_part.h), for longest-match search of thousands of names without allocation. All
 * edges live in one hash table (node, part) -> node. Bloom filters reject most tokens that start no name, and most that
 * continue none. */
#ifndef STANCE_ALIAS_TRIE_H
#define STANCE_ALIAS_TRIE_H

#include "stance/base/hash.h"
#include "stance/base/word_starts.h"
#include "stance/stance.h"

struct stance_alias_edge {
  uint64_t key;   /* hash of (node, part) */
  uint32_t child; /* 0: the slot is free */
  uint32_t value; /* the child's value; 0 until finished */
};

struct stance_alias_first {
  uint64_t part;
  bool may_be_lower;
};

struct stance_alias_filter {
  uint64_t *bits; /* [(mask + 1) / 64]; NULL until finished */
  uint64_t mask;
};

/* Zeroed is empty. Node 0 is the root. */
struct stance_alias_trie {
  struct stance_alias_edge *edges; /* [edge_mask + 1] */
  uint64_t *edge_filter; /* [(edge_mask + 1) / 8]: Bloom filter of the edges' keys, eight bits for each slot */
  uint32_t *values;      /* [node]: the caller's value; 0: none */
  struct stance_alias_filter any, lower; /* filters of first parts: of all, and of the few that may be in lower case */
  struct stance_alias_first
      *firsts; /* [first_count]: each edge of the root, and one more item for each name in lower case */
  size_t edge_mask, node_count, node_capacity, first_count, first_capacity;
};

/* Returns the node at the end of the parts and makes those that are missing; 0: out of memory. may_be_lower: the first
 * part may be in lower case in a text. */
uint32_t stance_alias_trie_add(struct stance_alias_trie *trie, const uint64_t *parts, size_t count, bool may_be_lower);
/* Copies the values to the edges and builds the filters; call it once, after the last add. Read-only afterwards. False:
 * out of memory. */
bool stance_alias_trie_finish(struct stance_alias_trie *trie);
/* Marks in `starts` the first parts that may be in lower case. The trie must be finished. */
void stance_alias_trie_mark_starts(const struct stance_alias_trie *trie, struct stance_word_starts *starts);
/* Frees what it holds. */
void stance_alias_trie_free(struct stance_alias_trie *trie);

static inline bool stance_alias_trie_may_start(const struct stance_alias_trie *trie, uint64_t part, uint8_t shape) {
  const struct stance_alias_filter *filter = shape == STANCE_SHAPE_LOWER ? &trie->lower : &trie->any;
  uint64_t bit = part & filter->mask;
  return filter->bits[bit >> 6] >> (bit & 63) & 1;
}

/* Where the edge filter has the bit of a key: returns the index of its word, and sets *bit. */
static inline size_t stance_alias_edge_bit(const struct stance_alias_trie *trie, uint64_t key, uint64_t *bit) {
  uint64_t at = key >> 32 & (trie->edge_mask * 8 + 7);
  *bit = UINT64_C(1) << (at & 63);
  return at >> 6;
}

static inline const struct stance_alias_edge *stance_alias_trie_edge_of(const struct stance_alias_trie *trie,
                                                                        uint64_t key) {
  for (size_t slot = key & trie->edge_mask; trie->edges[slot].child; slot = (slot + 1) & trie->edge_mask)
    if (trie->edges[slot].key == key) return &trie->edges[slot];
  return NULL;
}

/* The edge from a node over a part; NULL: there is none. */
static inline const struct stance_alias_edge *stance_alias_trie_edge(const struct stance_alias_trie *trie,
                                                                     uint32_t node, uint64_t part) {
  uint64_t key = stance_hash_combine(node, part), bit;
  if (!trie->edges || !(trie->edge_filter[stance_alias_edge_bit(trie, key, &bit)] & bit)) return NULL;
  return stance_alias_trie_edge_of(trie, key);
}

/* The edge from the root of a finished trie over a part with this shape in the text; NULL: no name starts so. */
static inline const struct stance_alias_edge *stance_alias_trie_first_edge(const struct stance_alias_trie *trie,
                                                                           uint64_t part, uint8_t shape) {
  if (!stance_alias_trie_may_start(trie, part, shape) || !trie->edges) return NULL;
  return stance_alias_trie_edge_of(trie, stance_hash_combine(0, part));
}

/* The node over a part; 0: none. */
static inline uint32_t stance_alias_trie_child(const struct stance_alias_trie *trie, uint32_t node, uint64_t part) {
  const struct stance_alias_edge *edge = stance_alias_trie_edge(trie, node, part);
  return edge ? edge->child : 0;
}

#endif
