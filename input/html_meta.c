/* SPDX-License-Identifier: MIT */
#include "html_meta.h"

#include <string.h>
#include <strings.h>

#include "html.h"
#include "stance/base/error.h"
#include "stance/base/utf8.h"
#include "stance/text/date.h"

enum { ESCAPES_MAX = 3 };

/* Names of meta tags (name, property, itemprop) for each field, the most reliable first. */
static const char *const title_names[] = {"og:title",       "twitter:title", "dc.title",
                                          "sailthru.title", "parsely-title", NULL};
static const char *const date_names[] = {"article:published_time",
                                         "og:published_time",
                                         "datePublished",
                                         "parsely-pub-date",
                                         "sailthru.date",
                                         "dc.date.issued",
                                         "dcterms.issued",
                                         "dcterms.created",
                                         "dc.date",
                                         "dcterms.date",
                                         "date",
                                         "pubdate",
                                         "publishdate",
                                         "publish-date",
                                         "publication_date",
                                         "publish_date",
                                         "dateCreated",
                                         "article.published",
                                         "article_date_original",
                                         "OriginalPublicationDate",
                                         "ptime",
                                         "displaydate",
                                         "cXenseParse:recs:publishtime",
                                         "article:modified_time",
                                         NULL};
static const char *const outlet_names[] = {
    "og:site_name", "application-name", "dc.publisher", "article:publisher_name", "cre", "source", NULL};
static const char *const lang_names[] = {"content-language", "dc.language", "language",
                                         "og:locale",        "inLanguage",  NULL};

/* The rank of a meta tag's name in a list; SIZE_MAX: not in it. */
static size_t rank_of(const char *name, const char *const *list) {
  for (size_t i = 0; name && list[i]; i++)
    if (strcasecmp(name, list[i]) == 0) return i;
  return SIZE_MAX;
}

struct found {
  const char *value;
  size_t rank;
};

/* Whether the date can be read; if not, another date of the page is preferred. */
static bool is_date(const char *value) {
  char date[STANCE_DATE_BYTES];
  while (*value == ' ' || (*value >= '\t' && *value <= '\r')) value++;
  return stance_date_read(value, STANCE_DATE_ORDER_UNKNOWN, date) == STANCE_DATE_READ;
}

static void take(struct found *found, const char *name, const char *const *list, const char *value) {
  size_t rank = rank_of(name, list);
  if (rank == SIZE_MAX || (found->value && rank >= found->rank)) return;
  *found = (struct found){value, rank};
}

struct metas {
  struct found title, date, outlet, lang;
  const char *og_url, *canonical, *time, *html_lang;
  const char *unread_date; /* used if there is no other */
  const char *page_title;
  bool is_article;
};

static void take_date(struct metas *metas, const char *name, const char *value) {
  if (!strpbrk(value, "0123456789")) return;
  if (is_date(value)) take(&metas->date, name, date_names, value);
  else if (rank_of(name, date_names) != SIZE_MAX) metas->unread_date = value;
}

static const char *element_text(const GumboElement *element) {
  const GumboNode *child = element->children.length ? element->children.data[0] : NULL;
  return child && (child->type == GUMBO_NODE_TEXT || child->type == GUMBO_NODE_CDATA) ? child->v.text.text : NULL;
}

static void read_element(const GumboElement *element, struct metas *metas) {
  const char *content = html_attribute(element, "content"), *property = html_attribute(element, "property");
  if (element->tag == GUMBO_TAG_META && content && *content) {
    const char *names[] = {property, html_attribute(element, "name"), html_attribute(element, "itemprop")};
    for (size_t i = 0; i < 3; i++) {
      take(&metas->title, names[i], title_names, content);
      take_date(metas, names[i], content);
      take(&metas->outlet, names[i], outlet_names, content);
      take(&metas->lang, names[i], lang_names, content);
      if (names[i] && strcasecmp(names[i], "og:url") == 0) metas->og_url = content;
      if (names[i] && strcasecmp(names[i], "og:type") == 0) metas->is_article |= strcasestr(content, "article") != NULL;
    }
  }
  const char *rel = html_attribute(element, "rel"), *href = html_attribute(element, "href");
  if (element->tag == GUMBO_TAG_LINK && rel && href && strcasecmp(rel, "canonical") == 0) metas->canonical = href;
  if (element->tag == GUMBO_TAG_HTML && !metas->html_lang) {
    metas->html_lang = html_attribute(element, "lang");
    if (!metas->html_lang) metas->html_lang = html_attribute(element, "xml:lang");
  }
  if (element->tag == GUMBO_TAG_TITLE && !metas->page_title) metas->page_title = element_text(element);
  const char *datetime = html_attribute(element, "datetime"), *itemprop = html_attribute(element, "itemprop");
  if (element->tag == GUMBO_TAG_TIME && datetime && !metas->time && is_date(datetime)) metas->time = datetime;
  if (itemprop && strcasecmp(itemprop, "datePublished") == 0) {
    const char *date = content ? content : datetime ? datetime : element_text(element);
    if (date) take_date(metas, "datePublished", date);
  }
}

/* Reads all elements of the page, also the head, which is not in the tree's elements. */
static void read_page(const GumboNode *root, struct metas *metas) {
  const GumboNode *node = root;
  for (;;) {
    bool is_element = node->type == GUMBO_NODE_ELEMENT;
    if (is_element) read_element(&node->v.element, metas);
    if (is_element && node->v.element.children.length) {
      node = node->v.element.children.data[0];
      continue;
    }
    while (node != root && node->index_within_parent + 1 == node->parent->v.element.children.length)
      node = node->parent;
    if (node == root) return;
    node = node->parent->v.element.children.data[node->index_within_parent + 1];
  }
}

/* The text of the longest h1 that is contained in the title element, or of a longer h2 or h3 with which the title
 * element starts; else of the first h1. (The title element often names the site too.) */
static char *find_heading(const struct html_tree *tree, const char *page_title, struct stance_arena *arena) {
  const struct html_block *first = NULL, *named = NULL;
  size_t length = page_title ? strlen(page_title) : 0;
  for (size_t i = 0; i < tree->block_count; i++) {
    const struct html_block *block = &tree->blocks[i];
    GumboTag tag = tree->elements[block->element].element->tag;
    if ((tag != GUMBO_TAG_H1 && tag != GUMBO_TAG_H2 && tag != GUMBO_TAG_H3) || block->length <= 5) continue;
    if (!first && tag == GUMBO_TAG_H1) first = block;
    if (named && block->length <= named->length) continue;
    const char *text = tree->text.data + block->start;
    bool is_first = page_title && strncmp(page_title, text, block->length) == 0;
    if (tag == GUMBO_TAG_H1 && page_title && length >= block->length)
      is_first = memmem(page_title, length, text, block->length) != NULL;
    if (is_first) named = block;
  }
  if (named) first = named;
  return first ? stance_arena_copy(arena, tree->text.data + first->start, first->length) : NULL;
}

static char *clean_line(const char *text, struct stance_arena *arena) {
  if (!text) return NULL;
  for (int times = 0; text && times < ESCAPES_MAX && input_html_is_markup(text, strlen(text));
       times++) /* escaped more than once */
    text = input_html_line(text, strlen(text), arena);
  if (!text) return NULL;
  size_t length, repaired;
  const char *valid = stance_utf8_repair(arena, text, strlen(text), &length, &repaired);
  if (!valid) return NULL;
  char *line = stance_arena_copy(arena, valid, length), *to = line;
  if (!line) return NULL;
  bool is_space = false;
  for (const char *at = line; *at; at++) {
    bool is_blank = *at == ' ' || (*at >= '\t' && *at <= '\r');
    if ((unsigned char)at[0] == 0xc2 && (unsigned char)at[1] == 0xa0) is_blank = true, at++;
    if (is_blank) is_space = to != line;
    else {
      if (is_space) *to++ = ' ';
      is_space = false;
      *to++ = *at;
    }
  }
  *to = '\0';
  return *line ? line : NULL;
}

/* Cuts the site's name from "Mali expels envoy | Example Times": what follows the last bar or spaced dash, if enough
 * stands before it. */
static char *without_site(char *title) {
  static const char *const bars[] = {" | ", " - ", " \xe2\x80\x93 ", " \xe2\x80\x94 ", " : ", " \xc2\xbb ", NULL};
  char *cut = NULL;
  for (size_t i = 0; title && bars[i]; i++)
    for (char *at = title; (at = strstr(at, bars[i])) != NULL; at++)
      if (at > cut) cut = at;
  if (cut && cut - title >= 15 && strlen(cut) < (size_t)(cut - title) + 10) *cut = '\0';
  return title;
}

/* "en_GB" -> "en-GB"; NULL: it does not look like a language. */
static char *clean_language(const char *text, struct stance_arena *arena) {
  char *lang = clean_line(text, arena);
  if (!lang) return NULL;
  lang[strcspn(lang, ",; ")] = '\0';
  for (char *at = lang; *at; at++)
    if (*at == '_') *at = '-';
  size_t length = strlen(lang);
  return length >= 2 && length <= 12 ? lang : NULL;
}

enum stance_status html_meta_read(const struct html_tree *tree, const struct html_scanned *scanned,
                                  struct stance_arena *arena, struct html_meta *meta, struct stance_error *error) {
  struct metas metas = {0};
  *meta = (struct html_meta){0};
  read_page(tree->parsed->root, &metas);
  for (size_t i = 0; i < scanned->json_count; i++)
    STANCE_TRY(html_meta_json(scanned->json[i].data, scanned->json[i].length, arena, meta, error));
  if (meta->date && !is_date(meta->date)) {
    metas.unread_date = meta->date;
    meta->date = NULL;
  }
  if (metas.title.value) meta->title = clean_line(metas.title.value, arena);
  char *page_title = meta->title ? NULL : clean_line(metas.page_title, arena);
  if (!meta->title) meta->title = find_heading(tree, page_title, arena);
  if (!meta->title) meta->title = without_site(page_title);
  if (metas.date.value && (metas.date.rank <= 2 || !meta->date)) meta->date = clean_line(metas.date.value, arena);
  if (!meta->date) meta->date = clean_line(metas.time, arena);
  if (!meta->date) meta->date = clean_line(metas.unread_date, arena); /* it will be reported as unread */
  if (metas.outlet.value) meta->outlet = clean_line(metas.outlet.value, arena);
  meta->url = clean_line(
      metas.canonical && strncasecmp(metas.canonical, "http", 4) == 0 ? metas.canonical : metas.og_url, arena);
  const char *lang = metas.html_lang && *metas.html_lang ? metas.html_lang : metas.lang.value;
  if (lang) meta->lang = clean_language(lang, arena);
  meta->is_article |= metas.is_article;
  return STANCE_OK;
}
