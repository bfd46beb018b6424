/* SPDX-License-Identifier: MIT
 * A page's metadata about its article: meta tags (Open Graph, Dublin Core, Parse.ly, Sailthru), JSON-LD of schema.org,
 * microdata, links. */
#ifndef STANCE_INPUT_HTML_META_H
#define STANCE_INPUT_HTML_META_H

#include "html_scan.h"
#include "html_tree.h"
#include "stance/base/arena.h"

/* Strings are in the arena or borrowed from the tree; NULL: unknown. */
struct html_meta {
  const char *title, *date, *outlet, *url, *lang;
  const char *body; /* JSON-LD's articleBody, a line for each paragraph */
  size_t body_length;
  bool is_article; /* the page says that it is one */
};

/* Reads the metadata of a page. Fails only for lack of memory. */
enum stance_status html_meta_read(const struct html_tree *tree, const struct html_scanned *scanned,
                                  struct stance_arena *arena, struct html_meta *meta, struct stance_error *error);
/* Adds the metadata of one JSON-LD script; ignores what is not JSON. */
enum stance_status html_meta_json(const char *data, size_t length, struct stance_arena *arena, struct html_meta *meta,
                                  struct stance_error *error);

#endif
