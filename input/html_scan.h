/* SPDX-License-Identifier: MIT
 * Scanning the tokens of a page (HTML standard, 13.2.5), before parsing.
 *
 *   bytes of the page, UTF-8 -> [html_scan] -> a smaller page of bounded depth, tags and attributes -> gumbo -> a tree
 *
 * HTML parsers are not linear on every page: they compare attributes with each other, reopen formatting elements in
 * each paragraph, and search all open elements at an end tag. The scan keeps what helps to find the article, and drops
 * what does not change the visible text: scripts, styles, comments, formatting (b, font, span without a name), unknown
 * attributes. */
#ifndef STANCE_INPUT_HTML_SCAN_H
#define STANCE_INPUT_HTML_SCAN_H

#include "stance/base/buffer.h"
#include "stance/stance.h"

enum {
  HTML_DEPTH_MAX = 200,    /* open elements; deeper tags are dropped, their text is kept */
  HTML_TAGS_MAX = 400000,  /* a page with more is refused */
  HTML_VALUE_MAX = 4096,   /* bytes kept of an attribute's value */
  HTML_KEPT_MAX = 8 << 20, /* bytes of the smaller page */
  HTML_JSON_MAX = 16,      /* JSON-LD scripts that are kept */
};

struct html_scanned {
  struct stance_buffer page;
  struct {
    const char *data; /* borrowed from the page's bytes */
    size_t length;
  } json[HTML_JSON_MAX]; /* <script type="application/ld+json"> */
  size_t json_count;
  size_t scripts;  /* number of scripts that are no JSON-LD */
  bool has_frames; /* the page is a frameset */
};

/* Scans a page, UTF-8, in time linear in `length`. STANCE_INPUT: too many tags or bytes. Free with
 * html_scanned_free. */
enum stance_status html_scan(const char *data, size_t length, struct html_scanned *out, struct stance_error *error);
/* Frees what it holds. */
void html_scanned_free(struct html_scanned *scanned);

#endif
