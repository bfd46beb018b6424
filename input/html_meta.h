/* SPDX-License-Identifier: MIT
 * What a page tells of its article: meta tags (Open Graph, Dublin Core, Parse.ly, Sailthru), JSON-LD of schema.org, microdata, links. */
#ifndef STANCE_INPUT_HTML_META_H
#define STANCE_INPUT_HTML_META_H

#include "html_scan.h"
#include "html_tree.h"
#include "stance/base/arena.h"

/* Strings are in the arena or borrowed from the tree; NULL: not told. */
struct html_meta {
  const char *title, *date, *outlet, *url, *lang;
  const char *body; /* JSON-LD's articleBody, a paragraph a line */
  size_t body_length;
  bool is_article; /* the page calls itself one */
};

/* Reads title, date, outlet, author and language of a page, into the arena. What the page does not say is NULL. */
enum stance_status html_meta_read(const struct html_tree *tree, const struct html_scanned *scanned,
                                  struct stance_arena *arena, struct html_meta *meta, struct stance_error *error);
/* Adds what one JSON-LD script tells; what is not JSON is passed over. */
enum stance_status html_meta_json(const char *data, size_t length, struct stance_arena *arena, struct html_meta *meta,
                                  struct stance_error *error);

#endif
