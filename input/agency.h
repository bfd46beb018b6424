/* SPDX-License-Identifier: MIT
 * Items of agencies, archives and feeds, from their trees (xml.h) to articles. Each function is one format's: which elements hold the id,
 * date, headline, outlet, language, text and revision. Dates are as they stand. */
#ifndef STANCE_INPUT_AGENCY_H
#define STANCE_INPUT_AGENCY_H

#include "xml.h"

struct agency_item {
  struct stance_article article; /* strings in the arena; text NULL: the item has none */
  const char *status;            /* "canceled", "withheld", "killed": the item is withdrawn; NULL: usable */
  const char *version;           /* revision, as it stands; NULL: not told */
  const char *reason;            /* why there is no text: "its content is remote"; NULL: it is just empty */
};

/* What stands before the items of a feed: its title and language. NULL: not told. */
struct agency_feed {
  const char *title, *language;
};

/* `node` is the item's element. Only memory can fail. */
typedef enum stance_status agency_parse(const struct xml *xml, uint32_t node, const struct agency_feed *feed,
                                        struct stance_arena *arena, struct agency_item *item,
                                        struct stance_error *error);
agency_parse agency_newsml_g2; /* IPTC NewsML-G2 2.x: newsItem, and a packageItem, which has no text */
agency_parse agency_newsml;    /* IPTC NewsML 1.2: NewsItem */
agency_parse agency_nitf;      /* IPTC NITF 3.x: nitf; the New York Times Annotated Corpus */
agency_parse agency_rcv1;      /* Reuters Corpus Volume 1: newsitem */
agency_parse agency_reuters;   /* Reuters-21578, SGML: REUTERS */
agency_parse agency_rss;       /* RSS 0.9x, 1.0 and 2.0: item */
agency_parse agency_atom;      /* Atom 1.0 (RFC 4287): entry */
agency_parse agency_factiva;   /* Factiva's XML: article */

/* Helpers that the formats share. The buffer's text becomes the article's, and the buffer is freed. */
enum stance_status agency_take_text(struct stance_buffer *text, struct stance_arena *arena, struct agency_item *item,
                                    struct stance_error *error);
/* The line of the first path that has text; the list ends with NULL. */
char *agency_first_line(const struct xml *xml, uint32_t node, const char *const *paths, struct stance_arena *arena);

#endif
