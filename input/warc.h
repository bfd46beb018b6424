/* SPDX-License-Identifier: MIT
 * WARC 1.0 and 1.1 (ISO 28500), records of a web crawl. Pages are in response and resource records, and as text in
 * conversion records of WET files. This is our own reader, as libarchive's gives no entries for WET files and files
 * written by wget. Thread-safe. */
#ifndef STANCE_INPUT_WARC_H
#define STANCE_INPUT_WARC_H

#include "charset.h"
#include "stance/base/arena.h"
#include "stance/stance.h"

enum { WARC_HEADER_MAX = 65536, WARC_PAGE_MAX = 32 << 20 /* bytes of a decompressed page */ };

enum warc_kind {             /* the first four are no pages and are skipped */
                 WARC_OTHER, /* a description, a revisit, DNS */
                 WARC_REQUEST,
                 WARC_FAILURE, /* a redirect, an error */
                 WARC_PICTURE, /* a type other than HTML and text */
                 WARC_PAGE,    /* HTML or text, with an HTTP header (response) or without (resource) */
                 WARC_TEXT,    /* a conversion: plain text */
};

struct warc_header {
  enum warc_kind kind;
  size_t length;         /* of the header, with the empty line after it */
  uint64_t block_length; /* Content-Length */
  bool is_truncated;     /* the crawler did not store all of the page (WARC-Truncated) */
  bool has_http;         /* the block begins with an HTTP header */
  struct warc_field {
    const char *text; /* borrowed; NULL: none */
    size_t length;
  } uri, date, id, type;
};

/* Reads the header at the start of data. *is_whole false: more bytes are needed, and *header is not filled. is_last:
 * there are no more bytes. STANCE_INPUT: no WARC record. */
enum stance_status warc_read_header(const char *data, size_t length, bool is_last, struct warc_header *header,
                                    bool *is_whole, struct stance_error *error);
/* Makes an article from a record with its header and block. */
enum stance_status warc_article(const char *data, size_t length, struct stance_arena *arena,
                                struct stance_article *article, struct input_decoded *decoded,
                                struct stance_error *error);

#endif
