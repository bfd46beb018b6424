/* SPDX-License-Identifier: MIT
 * Building the trie: edges in an open-addressing table, at most half full, that doubles; then the filters. See
 * alias_trie.h. */
#include "alias_trie.h"

#include <stdlib.h>
#include <string.h>

#include "stance/base/grow.h"

enum { FIRST_EDGES = 1024, FIRST_NODES = 512, FILTER_BITS_PER_PART = 16, FILTER_BITS_MIN = 8192 };

static void put_edge(const struct stance_alias_trie *trie, struct stance_alias_edge edge) {
  size_t slot = edge.key & trie->edge_mask;
  while (trie->edges[slot].child) slot = (slot + 1) & trie->edge_mask;
  trie->edges[slot] = edge;
  uint64_t bit;
  trie->edge_filter[stance_alias_edge_bit(trie, edge.key, &bit)] |= bit;
}

static bool grow_edges(struct stance_alias_trie *trie) {
  struct stance_alias_trie grown = *trie;
  size_t size = trie->edges ? (trie->edge_mask + 1) * 2 : FIRST_EDGES;
  grown.edge_mask = size - 1;
  grown.edges = calloc(size, sizeof *grown.edges);
  grown.edge_filter = calloc(size / 8, sizeof *grown.edge_filter);
  if (!grown.edges || !grown.edge_filter) {
    free(grown.edges);
    free(grown.edge_filter);
    return false;
  }
  for (size_t i = 0; trie->edges && i <= trie->edge_mask; i++)
    if (trie->edges[i].child) put_edge(&grown, trie->edges[i]);
  free(trie->edges);
  free(trie->edge_filter);
  *trie = grown;
  return true;
}

static bool grow_nodes(struct stance_alias_trie *trie) {
  size_t capacity = trie->node_capacity ? trie->node_capacity * 2 : FIRST_NODES;
  if (capacity > UINT32_MAX) return false;
  uint32_t *values = realloc(trie->values, capacity * sizeof *values);
  if (!values) return false;
  memset(values + trie->node_capacity, 0, (capacity - trie->node_capacity) * sizeof *values);
  trie->values = values;
  trie->node_capacity = capacity;
  if (!trie->node_count) trie->node_count = 1; /* the root */
  return true;
}

static bool keep_first(struct stance_alias_trie *trie, uint64_t part, bool may_be_lower) {
  struct stance_alias_first *firsts =
      stance_grow(trie->firsts, &trie->first_capacity, trie->first_count + 1, sizeof *firsts);
  if (!firsts) return false;
  trie->firsts = firsts;
  trie->firsts[trie->first_count++] = (struct stance_alias_first){part, may_be_lower};
  return true;
}

static uint32_t add_child(struct stance_alias_trie *trie, uint32_t node, uint64_t part) {
  if (trie->node_count >= trie->node_capacity && !grow_nodes(trie)) return 0;
  if ((!trie->edges || trie->node_count * 2 > trie->edge_mask) && !grow_edges(trie)) return 0;
  if (!node && !keep_first(trie, part, false)) return 0;
  uint32_t child = (uint32_t)trie->node_count++;
  put_edge(trie, (struct stance_alias_edge){stance_hash_combine(node, part), child, 0});
  return child;
}

uint32_t stance_alias_trie_add(struct stance_alias_trie *trie, const uint64_t *parts, size_t count, bool may_be_lower) {
  uint32_t node = 0;
  if (may_be_lower && count && !keep_first(trie, parts[0], true)) return 0;
  for (size_t i = 0; i < count; i++) {
    uint32_t child = stance_alias_trie_child(trie, node, parts[i]);
    if (!child) child = add_child(trie, node, parts[i]);
    if (!child) return 0;
    node = child;
  }
  return node;
}

static bool fill(struct stance_alias_filter *filter, const struct stance_alias_trie *trie, bool lower_only) {
  uint64_t count = 0, size = FILTER_BITS_MIN;
  for (size_t i = 0; i < trie->first_count; i++) count += !lower_only || trie->firsts[i].may_be_lower;
  while (size < count * FILTER_BITS_PER_PART) size *= 2;
  filter->bits = calloc(size / 64, sizeof *filter->bits);
  if (!filter->bits) return false;
  filter->mask = size - 1;
  for (size_t i = 0; i < trie->first_count; i++) {
    uint64_t bit = trie->firsts[i].part & filter->mask;
    if (!lower_only || trie->firsts[i].may_be_lower) filter->bits[bit >> 6] |= UINT64_C(1) << (bit & 63);
  }
  return true;
}

bool stance_alias_trie_finish(struct stance_alias_trie *trie) {
  for (size_t i = 0; trie->edges && i <= trie->edge_mask; i++)
    trie->edges[i].value = trie->values[trie->edges[i].child];
  return fill(&trie->any, trie, false) && fill(&trie->lower, trie, true);
}

void stance_alias_trie_mark_starts(const struct stance_alias_trie *trie, struct stance_word_starts *starts) {
  uint64_t last = trie->lower.mask | (sizeof starts->of - 1);
  /* every value of the low bits by which filter and table tell parts apart */
  for (uint64_t part = 0; part <= last; part++)
    if (stance_alias_trie_may_start(trie, part, STANCE_SHAPE_LOWER))
      starts->of[stance_word_start(part)] |= STANCE_START_NAME;
}

void stance_alias_trie_free(struct stance_alias_trie *trie) {
  free(trie->edges);
  free(trie->edge_filter);
  free(trie->values);
  free(trie->any.bits);
  free(trie->lower.bits);
  free(trie->firsts);
  *trie = (struct stance_alias_trie){0};
}
