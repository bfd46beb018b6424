/* SPDX-License-Identifier: MIT
 * A river of teasers may have more prose than a short article. Teasers are at least three siblings of one kind, each
 * with one heading that is a link into the same site and one paragraph. They are doubted only if prose stands
 * between the page's title and them, in another part of the page: so a list of teasers stays one, and so do lists whose
 * items have links as headings within an article. */
#include "html_teaser.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum {
  LEVELS = 6,       /* of elements in a teaser */
  TEASERS_MIN = 3,  /* in a row */
  TEASER_MAX = 600, /* bytes of prose in one */
  INTRO_MIN = 140   /* bytes of prose below the title */
};

struct counts {                /* of blocks below an element, LEVELS deep */
  uint8_t linked, plain, good; /* headings that are links, other headings, prose */
  const char *address;         /* of the first linked heading */
};

static void add(uint8_t *count) { *count = (uint8_t)(*count + (*count < 255)); }

static void count_blocks(const struct html_tree *tree, struct counts *counts) {
  for (size_t i = 0; i < tree->block_count; i++) {
    const struct html_block *block = &tree->blocks[i];
    bool is_heading = block->kind == HTML_HEADING;
    if (!is_heading && !block->is_good) continue;
    uint32_t element = block->element;
    for (int level = 0; level < LEVELS && element; level++, element = tree->elements[element].parent) {
      struct counts *count = &counts[element];
      add(!is_heading ? &count->good : block->address ? &count->linked : &count->plain);
      if (is_heading && block->address && !count->address) count->address = block->address;
    }
  }
}

/* The length of "https://example.org" in an address; 0: it is relative. */
static size_t site_length(const char *address) {
  const char *host = strstr(address, "://");
  return host ? (size_t)(host + 3 - address) + strcspn(host + 3, "/?#") : 0;
}

static bool same_site(const char *a, const char *b) {
  size_t length = site_length(a);
  return length == site_length(b) && strncasecmp(a, b, length) == 0;
}

static bool is_teaser(const struct html_tree *tree, const struct counts *counts, uint32_t element) {
  const struct counts *count = &counts[element];
  return count->linked == 1 && !count->plain && count->good == 1 && tree->elements[element].good <= TEASER_MAX;
}

static bool same_kind(const GumboElement *a, const GumboElement *b) {
  const char *one = html_attribute(a, "class"), *other = html_attribute(b, "class");
  return a->tag == b->tag && strcmp(one ? one : "", other ? other : "") == 0;
}

/* Marks the children of `parent` that are teasers of one kind and one site, if they have nearly all of its prose. */
static void mark_children(const struct html_tree *tree, const struct counts *counts, uint32_t parent, bool *marked) {
  const struct html_element *elements = tree->elements;
  uint32_t first = 0, found = 0, good = 0;
  for (uint32_t child = parent + 1; child <= elements[parent].last; child = elements[child].last + 1) {
    if (!is_teaser(tree, counts, child)) continue;
    if (!first) first = child;
    else if (!same_kind(elements[first].element, elements[child].element) ||
             !same_site(counts[first].address, counts[child].address))
      continue;
    found++;
    good += elements[child].good;
  }
  if (found < TEASERS_MIN || good * 10 < elements[parent].good * 9) return;
  for (uint32_t child = first; child <= elements[parent].last; child = elements[child].last + 1)
    marked[child] = is_teaser(tree, counts, child);
}

static bool is_marked(const struct html_tree *tree, uint32_t element, const bool *marked) {
  for (int level = 0; level < LEVELS && element; level++, element = tree->elements[element].parent)
    if (marked[element]) return true;
  return false;
}

/* The element around the first prose behind the title, if there is enough prose before the first teaser; 0: not. */
static uint32_t find_intro(const struct html_tree *tree, uint32_t title, const bool *marked) {
  size_t i = 0, good = 0;
  uint32_t around = 0;
  while (i < tree->block_count && tree->blocks[i].element != title) i++;
  for (; i < tree->block_count && good < INTRO_MIN; i++) {
    const struct html_block *block = &tree->blocks[i];
    if (!block->is_good || tree->elements[block->element].is_out) continue;
    if (is_marked(tree, block->element, marked)) return 0;
    if (!around) around = block->kind == HTML_LOOSE ? block->element : tree->elements[block->element].parent;
    good += block->length;
  }
  return good >= INTRO_MIN ? around : 0;
}

bool html_teasers_doubt(struct html_tree *tree, uint32_t title) {
  if (!title) return true;
  struct counts *counts = calloc(tree->element_count, sizeof *counts);
  bool *marked = calloc(tree->element_count, sizeof *marked);
  bool is_good = counts && marked;
  if (is_good) {
    count_blocks(tree, counts);
    for (uint32_t i = 0; i < tree->element_count; i++)
      if (title < i || title > tree->elements[i].last) mark_children(tree, counts, i, marked);
    uint32_t intro = find_intro(tree, title, marked);
    for (uint32_t i = intro + 1; intro && i < tree->element_count; i++)
      if (marked[i] && i > tree->elements[intro].last) tree->elements[i].doubt = HTML_STRONG;
  }
  free(counts);
  free(marked);
  return is_good;
}
