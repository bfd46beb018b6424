/* SPDX-License-Identifier: MIT
 * A page as two flat arrays in document order: its elements, and its blocks, which are the visible paragraphs (text
 * between two starts or ends of block elements, or two line breaks). Elements that browsers do not show (script,
 * select, svg) are left out. */
#ifndef STANCE_INPUT_HTML_TREE_H
#define STANCE_INPUT_HTML_TREE_H

#include <gumbo.h>

#include "stance/base/buffer.h"
#include "stance/stance.h"

enum html_doubt {
  HTML_PLAIN, /* no doubt */
  HTML_WEAK,  /* a name that part of an article can also have (class="scroll"): excluded, unless all of it is prose */
  /* A tag or name unusual for an article (aside, class="share"): excluded, unless it has most of the page's text. */
  HTML_DOUBT,
  HTML_STRONG, /* readers' comments: excluded if there is other text */
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
  uint8_t word;   /* number of its doubtful word (html_name.h); 0: none */
  bool is_header; /* doubtful only by its tag */
  bool is_out;    /* excluded, by itself or by an ancestor; at first only captions */
};

enum html_kind { HTML_LOOSE, HTML_PARAGRAPH, HTML_HEADING, HTML_ITEM, HTML_CELL };

struct html_block {
  size_t start, length; /* in the tree's text */
  size_t links;         /* bytes of it in links */
  const char *address;  /* of the link that all of it is in; NULL: there is none */
  uint32_t element;     /* index of the block element around it */
  enum html_kind kind;
  bool is_good;   /* like prose: long enough, with few links */
  bool is_closed; /* ends like a sentence, and has no links */
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

/* Makes the tree of a scanned page (html_scan.h). Free with html_tree_free, even after a failure. */
enum stance_status html_tree_build(const char *page, size_t length, struct html_tree *tree, struct stance_error *error);
/* Frees what it holds. */
void html_tree_free(struct html_tree *tree);
/* Recomputes the elements' sums good, text, links and closed, without excluded elements. */
void html_tree_sum(struct html_tree *tree);

/* Whether elements of this tag are not shown, or are no text. */
bool html_is_unseen(GumboTag tag);
/* Whether elements of this tag start a new line. */
bool html_is_block(GumboTag tag);
/* An attribute's value; NULL: none. */
static inline const char *html_attribute(const GumboElement *element, const char *name) {
  const GumboAttribute *at = gumbo_get_attribute(&element->attributes, name);
  return at ? at->value : NULL;
}
/* Whether text ends as a sentence does. */
bool html_ends_sentence(const char *text, size_t length);

/* Appends the text of the blocks with kept[block] (NULL: all that are not excluded), a line for each (html_piece.c). */
void html_put_blocks(const struct html_tree *tree, const bool *kept, struct stance_buffer *out);

#endif
