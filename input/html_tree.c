/* SPDX-License-Identifier: MIT
 * gumbo's tree, walked once without recursion. */
#include "html_tree.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "html_name.h"
#include "stance/base/error.h"
#include "stance/base/grow.h"

enum {
  PROSE_MIN = 80,
  SENTENCE_MIN = 25,
  LOOSE_SENTENCE_MIN = 40,
  OPEN_MIN = 3 /* paragraphs in one link */
};

bool html_ends_sentence(const char *text, size_t length) {
  static const char *const closing[] = {"\"",           "'",        ")", "]", "\xe2\x80\x9d",
                                        "\xe2\x80\x99", "\xc2\xbb", NULL};                 /* ” ’ » */
  static const char *const ends[] = {".", "!", "?", "\xe2\x80\xa6", "\xe3\x80\x82", NULL}; /* … 。 */
  for (bool is_more = true; is_more;) {
    is_more = false;
    for (size_t i = 0; closing[i] && !is_more; i++) {
      size_t size = strlen(closing[i]);
      if (length > size && memcmp(text + length - size, closing[i], size) == 0) length -= size, is_more = true;
    }
  }
  for (size_t i = 0; ends[i]; i++)
    if (length >= strlen(ends[i]) && memcmp(text + length - strlen(ends[i]), ends[i], strlen(ends[i])) == 0)
      return true;
  return false;
}

/* ---- kinds of elements ------------------------------------------------------------------------------------------- */

bool html_is_unseen(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_SCRIPT:
    case GUMBO_TAG_STYLE:
    case GUMBO_TAG_TEMPLATE:
    case GUMBO_TAG_SVG:
    case GUMBO_TAG_MATH:
    case GUMBO_TAG_SELECT:
    case GUMBO_TAG_OBJECT:
    case GUMBO_TAG_HEAD:
    case GUMBO_TAG_CANVAS:
    case GUMBO_TAG_VIDEO:
    case GUMBO_TAG_AUDIO:
    case GUMBO_TAG_BUTTON:
    case GUMBO_TAG_TITLE:
    case GUMBO_TAG_NOFRAMES:
    case GUMBO_TAG_APPLET:
    case GUMBO_TAG_DATALIST: return true;
    default: return false;
  }
}

bool html_is_block(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_A:
    case GUMBO_TAG_SPAN:
    case GUMBO_TAG_LABEL:
    case GUMBO_TAG_TIME:
    case GUMBO_TAG_DEL:
    case GUMBO_TAG_BLINK:
    case GUMBO_TAG_DATA:
    case GUMBO_TAG_OUTPUT:
    case GUMBO_TAG_METER:
    case GUMBO_TAG_PROGRESS:
    case GUMBO_TAG_MAP:
    case GUMBO_TAG_AREA:
    case GUMBO_TAG_META:
    case GUMBO_TAG_LINK:
    case GUMBO_TAG_UNKNOWN: return false;
    default: return true;
  }
}

static enum html_kind kind_of(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_P:
    case GUMBO_TAG_BLOCKQUOTE:
    case GUMBO_TAG_PRE: return HTML_PARAGRAPH;
    case GUMBO_TAG_H1:
    case GUMBO_TAG_H2:
    case GUMBO_TAG_H3:
    case GUMBO_TAG_H4:
    case GUMBO_TAG_H5:
    case GUMBO_TAG_H6: return HTML_HEADING;
    case GUMBO_TAG_LI:
    case GUMBO_TAG_DD:
    case GUMBO_TAG_DT: return HTML_ITEM;
    case GUMBO_TAG_TD:
    case GUMBO_TAG_TH: return HTML_CELL;
    default: return HTML_LOOSE;
  }
}

/* ---- the walk ---------------------------------------------------------------------------------------------------- */

struct walk {
  struct html_tree *tree;
  size_t element_capacity, block_capacity;
  uint32_t element, block_element; /* the current element; the block element around it */
  unsigned links;                  /* open links */
  const char *address;             /* of the last link opened; NULL: none */
  size_t start, link_bytes;        /* of the current block; start == text.length: none */
  uint32_t owner;                  /* the current block's element */
  unsigned breaks;                 /* line breaks just seen */
  bool is_space, is_broken, failed;
};

static void end_block(struct walk *walk) {
  struct html_tree *tree = walk->tree;
  size_t length = tree->text.length - walk->start;
  walk->is_space = false;
  walk->breaks = 0;
  if (!length) return;
  struct html_block *blocks = stance_grow(tree->blocks, &walk->block_capacity, tree->block_count + 1, sizeof *blocks);
  if (!blocks) {
    walk->failed = true;
    return;
  }
  tree->blocks = blocks;
  const char *text = tree->text.data + walk->start;
  enum html_kind kind = kind_of(tree->elements[walk->owner].element->tag);
  bool is_closed = html_ends_sentence(text, length);
  bool is_prose = length >= PROSE_MIN ||
                  (is_closed && length >= (size_t)(kind == HTML_PARAGRAPH ? SENTENCE_MIN : LOOSE_SENTENCE_MIN));
  bool is_full_of_links = walk->link_bytes * 3 > length;
  bool is_linked_prose = kind == HTML_PARAGRAPH && is_closed &&
                         length >= walk->link_bytes + PROSE_MIN; /* prose with many links, as in an encyclopedia */
  bool is_good = kind != HTML_HEADING && is_prose && (!is_full_of_links || is_linked_prose);
  tree->blocks[tree->block_count++] = (struct html_block){.start = walk->start,
                                                          .length = length,
                                                          .links = walk->link_bytes,
                                                          .address = walk->link_bytes > length ? walk->address : NULL,
                                                          .element = walk->owner,
                                                          .kind = kind,
                                                          .is_good = is_good,
                                                          .is_closed = is_closed && !walk->link_bytes,
                                                          .is_broken = walk->is_broken};
  walk->start = tree->text.length;
  walk->link_bytes = 0;
  walk->is_broken = false;
}

static size_t blank_at(const char *text) {
  if (*text == ' ' || (*text >= '\t' && *text <= '\r')) return 1;
  return (unsigned char)text[0] == 0xc2 && (unsigned char)text[1] == 0xa0 ? 2 : 0; /* no-break space */
}

/* The text of a node, with runs of white space as one space. */
static void add_text(struct walk *walk, const char *text) {
  struct stance_buffer *out = &walk->tree->text;
  while (*text) {
    size_t blank;
    while ((blank = blank_at(text)) != 0) {
      text += blank;
      walk->is_space = true;
    }
    if (!*text) return;
    if (walk->breaks > 1 && out->length > walk->start) {
      end_block(walk);
      walk->is_broken = true;
    }
    walk->breaks = 0;
    size_t word = 1;
    while (text[word] && !blank_at(text + word)) word++;
    if (out->length == walk->start) walk->owner = walk->block_element;
    else if (walk->is_space) stance_buffer_putc(out, ' ');
    walk->is_space = false;
    stance_buffer_append(out, text, word);
    if (walk->links) walk->link_bytes += word + 1;
    text += word;
  }
}

static void line_break(struct walk *walk) {
  struct stance_buffer *out = &walk->tree->text;
  if (out->length == walk->start) return;
  walk->is_space = true;
  if (html_ends_sentence(out->data + walk->start, out->length - walk->start)) walk->breaks = 2; /* a line of its own */
  else walk->breaks++;
}

/* Whether the walk is inside an article element, where a header is part of the article. */
static bool is_in_article(const struct walk *walk) {
  const struct html_tree *tree = walk->tree;
  uint32_t at = walk->element;
  for (; tree->elements[at].parent != at; at = tree->elements[at].parent)
    if (tree->elements[at].element->tag == GUMBO_TAG_ARTICLE) return true;
  return false;
}

/* Whether an element is a link; <a name="part2"> without href only marks a place. */
static bool is_link(const GumboElement *element) {
  if (element->tag != GUMBO_TAG_A) return false;
  return html_attribute(element, "href") || !(html_attribute(element, "name") || html_attribute(element, "id"));
}

static bool open_element(struct walk *walk, const GumboElement *element) {
  struct html_tree *tree = walk->tree;
  struct html_element *elements =
      stance_grow(tree->elements, &walk->element_capacity, tree->element_count + 1, sizeof *elements);
  if (!elements) return false;
  tree->elements = elements;
  uint32_t index = (uint32_t)tree->element_count++;
  bool is_out = element->tag == GUMBO_TAG_FIGCAPTION || (index && tree->elements[walk->element].is_out);
  tree->elements[index] = (struct html_element){.element = element, .parent = walk->element, .is_out = is_out};
  tree->elements[index].doubt = html_name_doubt(element, &tree->elements[index].word);
  if (element->tag == GUMBO_TAG_HEADER) {
    bool is_own = is_in_article(walk);
    tree->elements[index].is_header = !is_own && tree->elements[index].doubt == HTML_PLAIN;
    tree->elements[index].doubt = is_own ? HTML_PLAIN : HTML_DOUBT;
  }
  walk->element = index;
  if (is_link(element)) walk->links++, walk->address = html_attribute(element, "href");
  return true;
}

static void close_element(struct walk *walk) {
  struct html_element *element = &walk->tree->elements[walk->element];
  element->last = (uint32_t)walk->tree->element_count - 1;
  if (is_link(element->element)) walk->links--;
  walk->element = element->parent;
}

/* The innermost block element at or above `element`. */
static uint32_t block_around(const struct html_tree *tree, uint32_t element) {
  while (tree->elements[element].parent != element && !html_is_block(tree->elements[element].element->tag))
    element = tree->elements[element].parent;
  return element;
}

/* Visits a node. True: visit its children too. */
static bool visit(struct walk *walk, const GumboNode *node) {
  if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_CDATA) add_text(walk, node->v.text.text);
  else if (node->type == GUMBO_NODE_WHITESPACE) walk->is_space = true;
  if (node->type != GUMBO_NODE_ELEMENT) return false;
  GumboTag tag = node->v.element.tag;
  if (tag == GUMBO_TAG_BR) line_break(walk);
  if (tag == GUMBO_TAG_BR || html_is_unseen(tag)) return false;
  bool is_new = html_is_block(tag);
  if (is_new) end_block(walk);
  if (!open_element(walk, &node->v.element)) walk->failed = true;
  else if (is_new) walk->block_element = walk->element;
  return !walk->failed;
}

static void leave(struct walk *walk) {
  bool was_block = html_is_block(walk->tree->elements[walk->element].element->tag);
  if (was_block) end_block(walk);
  close_element(walk);
  if (was_block) walk->block_element = block_around(walk->tree, walk->element);
}

static void walk_tree(struct walk *walk, const GumboNode *root) {
  const GumboNode *node = root;
  bool is_below = visit(walk, node);
  while (!walk->failed) {
    if (is_below && node->v.element.children.length) {
      node = node->v.element.children.data[0];
    } else {
      if (is_below) leave(walk);
      for (; node != root; node = node->parent) {
        const GumboVector *siblings = &node->parent->v.element.children;
        if (node->index_within_parent + 1 < siblings->length) break;
        leave(walk);
      }
      if (node == root) return;
      node = node->parent->v.element.children.data[node->index_within_parent + 1];
    }
    is_below = visit(walk, node);
  }
}

/* Whether a block is prose that is all in one link. */
static bool is_prose_in_link(const struct html_tree *tree, const struct html_block *block) {
  return block->address && block->length >= PROSE_MIN && block->kind != HTML_HEADING &&
         html_ends_sentence(tree->text.data + block->start, block->length);
}

/* Takes paragraphs that follow each other in one link for plain ones: its end tag was forgotten, and the parser opens
 * it again in each paragraph (HTML standard, 13.2.4.3), or it is around the whole article. */
static void close_open_links(struct html_tree *tree) {
  for (size_t i = 0, end; i < tree->block_count; i = end) {
    for (end = i + 1; end < tree->block_count; end++) {
      const char *address = tree->blocks[i].address, *other = tree->blocks[end].address;
      if (!address || !other || strcmp(address, other) != 0) break;
    }
    size_t prose = 0;
    for (size_t at = i; at < end; at++) prose += is_prose_in_link(tree, &tree->blocks[at]);
    for (size_t at = i; at < end && prose >= OPEN_MIN; at++) {
      struct html_block *block = &tree->blocks[at];
      block->is_closed = html_ends_sentence(tree->text.data + block->start, block->length);
      block->is_good = is_prose_in_link(tree, block);
      block->links = 0;
    }
  }
}

enum stance_status html_tree_build(const char *page, size_t length, struct html_tree *tree,
                                   struct stance_error *error) {
  *tree = (struct html_tree){0};
  GumboOptions options = kGumboDefaultOptions;
  options.max_errors = 0;
  tree->parsed = gumbo_parse_with_options(&options, page ? page : "", length);
  if (!tree->parsed) return stance_fail_memory(error);
  struct walk walk = {.tree = tree};
  walk_tree(&walk, tree->parsed->root);
  if (walk.failed || tree->text.failed) return stance_fail_memory(error);
  close_open_links(tree);
  html_tree_sum(tree);
  return STANCE_OK;
}

void html_tree_free(struct html_tree *tree) {
  if (tree->parsed) gumbo_destroy_output(&kGumboDefaultOptions, tree->parsed);
  free(tree->elements);
  free(tree->blocks);
  stance_buffer_free(&tree->text);
}

void html_tree_sum(struct html_tree *tree) {
  struct html_element *elements = tree->elements;
  for (size_t i = 0; i < tree->element_count; i++) {
    elements[i].good = elements[i].text = elements[i].links = elements[i].closed = 0;
    elements[i].has_title = elements[i].element->tag == GUMBO_TAG_H1;
  }
  for (size_t i = 0; i < tree->block_count; i++) {
    const struct html_block *block = &tree->blocks[i];
    struct html_element *element = &elements[block->element];
    if (element->is_out) continue;
    element->text += (uint32_t)block->length;
    element->links += (uint32_t)block->links;
    if (block->is_good) element->good += (uint32_t)block->length;
    if (block->is_closed) element->closed += (uint32_t)block->length;
  }
  for (size_t i = tree->element_count; i-- > 1;) { /* children come after their parents */
    struct html_element *parent = &elements[elements[i].parent];
    parent->text += elements[i].text;
    parent->links += elements[i].links;
    parent->good += elements[i].good;
    parent->closed += elements[i].closed;
    parent->has_title |= elements[i].has_title;
  }
}
