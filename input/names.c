/* SPDX-License-Identifier: MIT
 * Names in lower case without blanks, hyphens and underscores, best first. Besides usual names they include those of
 * Media Cloud (stories_id, publish_date, media_name), GDELT (seendate, domain), NewsAPI (publishedAt, content), the
 * Guardian (webTitle, webPublicationDate), ninjs (body_text, body_xhtml, body_main, versioncreated), JSON Feed
 * (content_text, content_html), news-please (maintext, date_publish, source_domain), Fundus and CC-News
 * (plain_text, sitename), trafilatura (hostname, source-hostname), Newscatcher (name_source, clean_url), Bing
 * (provider), LexisNexisTools (Headline, Newspaper, Article), quanteda (doc_id), Dow Jones (an, publication_datetime),
 * Arc (content_elements, display_date), and words of German, French and Spanish. */
#include "names.h"

#include <string.h>

enum { NAME_MAX_BYTES = 40, PREFIXED_RANK = 500 /* behind all names without a prefix */ };

static const struct {
  enum input_column column;
  unsigned length;
  const char *name;
} names[] = {
#define NAME(column_, name_) \
  { column_, sizeof name_ - 1, name_ }
    NAME(COLUMN_TEXT, "text"),
    NAME(COLUMN_TEXT, "content"),
    NAME(COLUMN_TEXT, "body"),
    NAME(COLUMN_TEXT, "articletext"),
    NAME(COLUMN_TEXT, "articlebody"),
    NAME(COLUMN_TEXT, "bodytext"),
    NAME(COLUMN_TEXT, "fulltext"),
    NAME(COLUMN_TEXT, "maintext"),
    NAME(COLUMN_TEXT, "article"),
    NAME(COLUMN_TEXT, "bodymain"),
    NAME(COLUMN_TEXT, "storytext"),
    NAME(COLUMN_TEXT, "plaintext"),
    NAME(COLUMN_TEXT, "contenttext"),
    NAME(COLUMN_TEXT, "bodyxhtml"),
    NAME(COLUMN_TEXT, "bodyrichtext"),
    NAME(COLUMN_TEXT, "bodyhtml"),
    NAME(COLUMN_TEXT, "contenthtml"),
    NAME(COLUMN_TEXT, "bodies"),
    NAME(COLUMN_TEXT, "story"),
    NAME(COLUMN_TEXT, "contents"),
    NAME(COLUMN_TEXT, "texte"),
    NAME(COLUMN_TEXT, "inhalt"),
    NAME(COLUMN_TEXT, "texto"),
    NAME(COLUMN_TEXT, "contenido"),
    NAME(COLUMN_TEXT, "contentelements"),
    NAME(COLUMN_TEXT, "leadparagraph"),
    NAME(COLUMN_ID, "id"),
    NAME(COLUMN_ID, "articleid"),
    NAME(COLUMN_ID, "docid"),
    NAME(COLUMN_ID, "documentid"),
    NAME(COLUMN_ID, "storiesid"),
    NAME(COLUMN_ID, "storyid"),
    NAME(COLUMN_ID, "guid"),
    NAME(COLUMN_ID, "uri"),
    NAME(COLUMN_ID, "uid"),
    NAME(COLUMN_TITLE, "title"),
    NAME(COLUMN_TITLE, "headline"),
    NAME(COLUMN_TITLE, "headlinemain"),
    NAME(COLUMN_TITLE, "webtitle"),
    NAME(COLUMN_TITLE, "headlines"),
    NAME(COLUMN_TITLE, "heading"),
    NAME(COLUMN_TITLE, "head"),
    NAME(COLUMN_TITLE, "titre"),
    NAME(COLUMN_TITLE, "titel"),
    NAME(COLUMN_TITLE, "titulo"),
    NAME(COLUMN_TITLE, "t\xc3\xadtulo"),
    NAME(COLUMN_DATE, "date"),
    NAME(COLUMN_DATE, "published"),
    NAME(COLUMN_DATE, "publisheddate"),
    NAME(COLUMN_DATE, "publishedat"),
    NAME(COLUMN_DATE, "publishdate"),
    NAME(COLUMN_DATE, "datepublished"),
    NAME(COLUMN_DATE, "datepublish"),
    NAME(COLUMN_DATE, "publicationdate"),
    NAME(COLUMN_DATE, "pubdate"),
    NAME(COLUMN_DATE, "webpublicationdate"),
    NAME(COLUMN_DATE, "firstcreated"),
    NAME(COLUMN_DATE, "contentcreated"),
    NAME(COLUMN_DATE, "versioncreated"),
    NAME(COLUMN_DATE, "seendate"),
    NAME(COLUMN_DATE, "datetime"),
    NAME(COLUMN_DATE, "timestamp"),
    NAME(COLUMN_DATE, "createdat"),
    NAME(COLUMN_DATE, "created"),
    NAME(COLUMN_DATE, "datum"),
    NAME(COLUMN_DATE, "fecha"),
    NAME(COLUMN_DATE, "publicationdatetime"),
    NAME(COLUMN_DATE, "firstpublishdate"),
    NAME(COLUMN_DATE, "displaydate"),
    NAME(COLUMN_OUTLET, "outlet"),
    NAME(COLUMN_OUTLET, "source"),
    NAME(COLUMN_OUTLET, "medianame"),
    NAME(COLUMN_OUTLET, "publication"),
    NAME(COLUMN_OUTLET, "publisher"),
    NAME(COLUMN_OUTLET, "newspaper"),
    NAME(COLUMN_OUTLET, "sourcename"),
    NAME(COLUMN_OUTLET, "infosources"),
    NAME(COLUMN_OUTLET, "sourcedomain"),
    NAME(COLUMN_OUTLET, "domain"),
    NAME(COLUMN_OUTLET, "site"),
    NAME(COLUMN_OUTLET, "sitename"),
    NAME(COLUMN_OUTLET, "namesource"),
    NAME(COLUMN_OUTLET, "provider"),
    NAME(COLUMN_OUTLET, "sourcehostname"),
    NAME(COLUMN_OUTLET, "hostname"),
    NAME(COLUMN_OUTLET, "domainurl"),
    NAME(COLUMN_OUTLET, "cleanurl"),
    NAME(COLUMN_OUTLET, "quelle"),
    NAME(COLUMN_OUTLET, "zeitung"),
    NAME(COLUMN_OUTLET, "fuente"),
    NAME(COLUMN_OUTLET, "copyrightholder"),
    NAME(COLUMN_URL, "url"),
    NAME(COLUMN_URL, "link"),
    NAME(COLUMN_URL, "weburl"),
    NAME(COLUMN_URL, "articleurl"),
    NAME(COLUMN_URL, "storyurl"),
    NAME(COLUMN_URL, "requestedurl"),
    NAME(COLUMN_URL, "canonicalurl"),
    NAME(COLUMN_LANG, "lang"),
    NAME(COLUMN_LANG, "language"),
    NAME(COLUMN_LANG, "languagecode"),
    NAME(COLUMN_LANG, "sprache"),
    NAME(COLUMN_LANG, "langue"),
#undef NAME
};

/* Writes the plain form of a name. Returns its length; 0: too long, or empty. */
static size_t plain(const char *name, size_t length, char *out) {
  size_t used = 0;
  for (size_t i = 0; i < length; i++) {
    char c = name[i];
    if (c == ' ' || c == '_' || c == '-' || c == '.' || c == '\t') continue;
    if (used == NAME_MAX_BYTES) return 0;
    out[used++] = c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
  }
  return used;
}

static unsigned rank_of(const char *folded, size_t used, enum input_column *column) {
  for (unsigned i = 0; used && i < sizeof names / sizeof *names; i++) {
    if (names[i].length != used || memcmp(names[i].name, folded, used) != 0) continue;
    *column = names[i].column;
    return i + 1;
  }
  return 0;
}

unsigned input_name_rank(const char *name, size_t length, enum input_column *column) {
  char folded[NAME_MAX_BYTES];
  size_t used = plain(name, length, folded);
  unsigned known = rank_of(folded, used, column);
  if (known) return known;
  /* "post_title" of WordPress's tables, "news_date" of crawlers */
  static const char *const prefixes[] = {"article", "post", "news", "story", NULL};
  for (size_t i = 0; used && prefixes[i]; i++) {
    size_t size = strlen(prefixes[i]);
    if (used <= size || memcmp(folded, prefixes[i], size) != 0) continue;
    unsigned rank = rank_of(folded + size, used - size, column);
    return rank ? rank + PREFIXED_RANK : 0;
  }
  return 0;
}

bool input_name_same(const char *a, const char *b) {
  char first[NAME_MAX_BYTES], second[NAME_MAX_BYTES];
  if (strcmp(a, b) == 0) return true;
  size_t length = plain(a, strlen(a), first);
  return length && plain(b, strlen(b), second) == length && memcmp(first, second, length) == 0;
}
