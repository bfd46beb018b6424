/* SPDX-License-Identifier: MIT
 * The tokens of a page (HTML standard, 13.2.5), before a parser sees them.
 *
 *   bytes of the page, UTF-8 -> [html_scan] -> a smaller page of bounded depth, tags and attributes -> gumbo -> a tree
 *
 * No HTML parser of the day is linear on every page: attributes are compared with each other, formatting elements that stay open are
 * opened again in each paragraph, end tags look through all open elements. The scan keeps what tells where the article is, and drops what
 * does not change the text a reader sees: scripts, styles, comments, formatting (b, font, span without a name), unknown attributes. */
#ifndef STANCE_INPUT_HTML_SCAN_H
#define STANCE_INPUT_HTML_SCAN_H

#include "stance/base/buffer.h"
#include "stance/stance.h"

enum {
  HTML_DEPTH_MAX = 200,    /* open elements; tags beyond are dropped, their text stays */
  HTML_TAGS_MAX = 400000,  /* of a page that is read at all */
  HTML_VALUE_MAX = 4096,   /* bytes kept of an attribute's value */
  HTML_KEPT_MAX = 8 << 20, /* bytes of the smaller page */
  HTML_JSON_MAX = 16,      /* JSON-LD scripts that are looked at */
};

struct html_scanned {
  struct stance_buffer page; /* the caller frees it with html_scanned_free */
  struct {
    const char *data; /* borrowed from the page's bytes */
    size_t length;
  } json[HTML_JSON_MAX]; /* <script type="application/ld+json"> */
  size_t json_count;
};

/* `data` is UTF-8. Linear in `length`. A page of too many tags or bytes is STANCE_INPUT. */
enum stance_status html_scan(const char *data, size_t length, struct html_scanned *out, struct stance_error *error);
/* Frees what it holds. */
void html_scanned_free(struct html_scanned *scanned);

#endif
