/* SPDX-License-Identifier: MIT
 * A page as two flat arrays: its elements in the order of the page, and its blocks, which are the paragraphs a reader sees (text between
 * two starts or ends of block elements, or two line breaks). What browsers do not show by its kind (script, select, svg) is not in it. */
#ifndef STANCE_INPUT_HTML_TREE_H
#define STANCE_INPUT_HTML_TREE_H

#include <gumbo.h>

#include "stance/base/buffer.h"
#include "stance/stance.h"

enum html_doubt {
  HTML_PLAIN, /* nothing against it */
  HTML_DOUBT, /* its kind or name (aside, class="share") is seldom an article's: passed over unless it holds most of the page's text */
  HTML_STRONG, /* readers' comments: passed over wherever there is other text */
};

enum { HTML_WORDS = 250 };

struct html_element {
  const GumboElement *element;
  uint32_t parent;      /* index; the first element is its own parent */
  uint32_t last;        /* index of the last element below it, or its own */
  uint32_t good;        /* bytes of text in good blocks below it */
  uint32_t text, links; /* bytes of all text below it, and of that in links */
  uint32_t closed;      /* bytes of text in closed blocks below it */
  bool has_title;       /* an h1 is below it, or it is one */
  enum html_doubt doubt;
  uint8_t word;   /* of its names, that makes it doubtful (html_name.h); 0: none does */
  bool is_header; /* its tag alone makes it doubtful */
  bool is_out;    /* found not to be of the article, by itself or by what it stands in */
};

enum html_kind { HTML_LOOSE, HTML_PARAGRAPH, HTML_HEADING, HTML_ITEM, HTML_CELL };

struct html_block {
  size_t start, length; /* in the tree's text */
  size_t links;         /* bytes of it in links */
  uint32_t element;     /* the block element it stands in */
  enum html_kind kind;
  bool is_good;   /* reads like prose: enough of it, few links */
  bool is_closed; /* ends as a sentence does, and has no links */
  bool is_broken; /* ended by line breaks */
};

struct html_tree {
  GumboOutput *parsed;
  struct html_element *elements;
  size_t element_count;
  struct html_block *blocks;
  size_t block_count;
  struct stance_buffer text; /* of all blocks */
};

/* Of a scanned page (html_scan.h). The caller frees it with html_tree_free, also after a failure. */
enum stance_status html_tree_build(const char *page, size_t length, struct html_tree *tree, struct stance_error *error);
/* Frees what it holds. */
void html_tree_free(struct html_tree *tree);
/* Sums good, text and links of the blocks that are not out over the elements above them. */
void html_tree_sum(struct html_tree *tree);

/* Elements that are not shown or are no text; and those that begin a line of their own. */
bool html_is_unseen(GumboTag tag);
/* Whether a tag begins a line of its own. */
bool html_is_block(GumboTag tag);
/* An attribute's value; NULL: none. */
static inline const char *html_attribute(const GumboElement *element, const char *name) {
  const GumboAttribute *at = gumbo_get_attribute(&element->attributes, name);
  return at ? at->value : NULL;
}
/* Whether text ends as a sentence does. */
bool html_ends_sentence(const char *text, size_t length);

/* Writes the text of the tree's blocks, a line each; kept: those wanted, NULL: all (html_piece.c). */
void html_put_blocks(const struct html_tree *tree, const bool *kept, struct stance_buffer *out);

#endif
