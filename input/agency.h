/* SPDX-License-Identifier: MIT
 * From the trees (xml.h) of items of agencies, archives and feeds to articles. Each function knows one format: which
 * elements have id, date, headline, outlet, language, text and revision. Dates are copied verbatim. */
#ifndef STANCE_INPUT_AGENCY_H
#define STANCE_INPUT_AGENCY_H

#include "xml.h"

struct agency_item {
  struct stance_article article; /* strings in the arena; text NULL: the item has none */
  const char *status;            /* "canceled", "withheld", "killed": the item is withdrawn; NULL: usable */
  const char *version;           /* revision, verbatim; NULL: unknown */
  const char *is_no_post;        /* what it is in an export of WordPress: "attachment", "draft"; NULL: an article */
  bool is_unfinished;            /* what marks the end of a document is missing */
  const char *reason;            /* why there is no text: "its content is remote"; NULL: it is empty */
};

/* A feed's title and language, which stand before its items; NULL: unknown. */
struct agency_feed {
  const char *title, *language;
};

/* Fills *item from the element `node`, in the arena. Fails only for lack of memory. */
typedef enum stance_status agency_parse(const struct xml *xml, uint32_t node, const struct agency_feed *feed,
                                        struct stance_arena *arena, struct agency_item *item,
                                        struct stance_error *error);
agency_parse agency_newsml_g2; /* IPTC NewsML-G2 2.x: newsItem, and a packageItem, which has no text */
agency_parse agency_newsml;    /* IPTC NewsML 1.2: NewsItem */
agency_parse agency_nitf;      /* IPTC NITF 3.x: nitf; the New York Times Annotated Corpus */
agency_parse agency_rcv1;      /* Reuters Corpus Volume 1: newsitem */
agency_parse agency_reuters;   /* Reuters-21578, SGML: REUTERS */
agency_parse agency_ldc;       /* documents of LDC (English Gigaword) and TREC, SGML: DOC */
agency_parse agency_rss;       /* RSS 0.9x, 1.0 and 2.0: item */
agency_parse agency_atom;      /* Atom 1.0 (RFC 4287): entry */
agency_parse agency_factiva;   /* Factiva's XML: article */

/* Moves the buffer's text to the article, and frees the buffer. */
enum stance_status agency_take_text(struct stance_buffer *text, struct stance_arena *arena, struct agency_item *item,
                                    struct stance_error *error);
/* The text, as one line, of the first path that has text; the list ends with NULL. NULL: none. */
char *agency_first_line(const struct xml *xml, uint32_t node, const char *const *paths, struct stance_arena *arena);

#endif
