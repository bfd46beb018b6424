/* SPDX-License-Identifier: MIT
 * Feeds (RSS 0.9x, 1.0, 2.0 with its content module; Atom, RFC 4287) and the XML of Factiva. */
#include <string.h>
#include <strings.h>

#include "agency.h"
#include "html.h"
#include "stance/base/error.h"

/* A line of text without HTML, which RSS may contain undeclared. */
static char *plain_line(char *line, struct stance_arena *arena) {
  if (!line || !input_html_is_markup(line, strlen(line))) return line;
  return input_html_line(line, strlen(line), arena);
}

static char *child_line(const struct xml *xml, uint32_t node, const char *name, struct stance_arena *arena) {
  uint32_t child = xml_child(xml, node, name, XML_NONE);
  return child ? xml_line(xml, child, arena) : NULL;
}

/* Sets the item's text from HTML that an element has as text. */
static enum stance_status html_of(const struct xml *xml, uint32_t node, struct stance_arena *arena,
                                  struct agency_item *item, struct stance_error *error) {
  struct stance_buffer raw = {0};
  char *text;
  size_t length;
  xml_text(xml, node, &raw);
  if (raw.failed) return stance_fail_memory(error);
  enum stance_status status = input_html_text(raw.length ? raw.data : "", raw.length, arena, &text, &length, error);
  stance_buffer_free(&raw);
  if (status == STANCE_OK && length) item->article.text = text, item->article.text_length = length;
  return status;
}

/* Drops the last paragraph "The post TITLE appeared first on SITE." of WordPress's feeds. */
static void drop_credit(struct stance_article *article) {
  static const char end[] = " appeared first on ";
  const char *text = article->text, *last = text ? memrchr(text, '\n', article->text_length) : NULL;
  if (!last || strncmp(last + 1, "The post ", 9) != 0) return;
  size_t length = article->text_length - (size_t)(last + 1 - text);
  if (!memmem(last + 1, length, end, sizeof end - 1)) return;
  article->text_length = (size_t)(last - text);
}

/* Drops a text that only repeats the title and the outlet, as Google News has it. */
static void drop_repeated_title(struct stance_article *article) {
  const char *title = article->title, *outlet = article->outlet ? article->outlet : "";
  if (!article->text || !title || memchr(article->text, '\n', article->text_length)) return;
  size_t length = strlen(title), own = strlen(outlet);
  static const char dash[] = " - ";
  if (own && length > own + 3 && strcmp(title + length - own, outlet) == 0 &&
      memcmp(title + length - own - 3, dash, 3) == 0)
    length -= own + 3; /* "Kenya recalls envoy - The Lake" */
  if (article->text_length < length || strncmp(article->text, title, length) != 0) return;
  const char *rest = article->text + length, *end = article->text + article->text_length;
  while (rest < end && strchr(" \t\xc2\xa0", *rest)) rest++;
  if (rest == end || ((size_t)(end - rest) == own && memcmp(rest, outlet, own) == 0))
    article->text = NULL, article->text_length = 0;
}

/* What an item of WordPress's export (WXR 1.2) is, if it is no published post or page; NULL: it is one, or of another
 * feed. */
static const char *no_post(const struct xml *xml, uint32_t node, struct stance_arena *arena) {
  static const char *const unpublished[] = {"draft", "auto-draft", "pending", "trash", "future", NULL};
  const char *type = child_line(xml, node, "wp:post_type", arena), *state = child_line(xml, node, "wp:status", arena);
  static const char *const parts[] = {"attachment",       "nav_menu_item", "revision",    "custom_css",
                                      "oembed_cache",     "wp_block",      "wp_template", "wp_template_part",
                                      "wp_global_styles", "wp_navigation", NULL};
  for (size_t i = 0; type && parts[i]; i++)
    if (strcmp(type, parts[i]) == 0) return type;
  for (size_t i = 0; state && unpublished[i]; i++)
    if (strcmp(state, unpublished[i]) == 0) return state;
  return NULL;
}

enum stance_status agency_rss(const struct xml *xml, uint32_t node, const struct agency_feed *feed,
                              struct stance_arena *arena, struct agency_item *item, struct stance_error *error) {
  struct stance_article *article = &item->article;
  article->title = plain_line(child_line(xml, node, "title", arena), arena);
  article->url = child_line(xml, node, "link", arena);
  article->id = child_line(xml, node, "guid", arena);
  if (!article->id) article->id = article->url;
  if (!article->url && article->id && strncasecmp(article->id, "http", 4) == 0) article->url = article->id;
  article->date = child_line(xml, node, "pubDate", arena);
  if (!article->date) article->date = child_line(xml, node, "dc:date", arena);
  item->is_no_post = no_post(xml, node, arena);
  article->outlet = child_line(xml, node, "source", arena); /* of an item that an aggregator took over */
  if (!article->outlet) article->outlet = feed->title;
  article->lang = child_line(xml, node, "dc:language", arena);
  if (!article->lang) article->lang = feed->language;
  uint32_t content = xml_child(xml, node, "content:encoded", XML_NONE),
           description = xml_child(xml, node, "description", XML_NONE);
  if (content) STANCE_TRY(html_of(xml, content, arena, item, error));
  if (!article->text && description) STANCE_TRY(html_of(xml, description, arena, item, error));
  drop_credit(article);
  drop_repeated_title(article);
  return STANCE_OK;
}

/* Sets the item's text from an Atom text construct: type="text" (the default), "html" (as text) or "xhtml" (as
 * elements). */
static enum stance_status atom_text(const struct xml *xml, uint32_t node, struct stance_arena *arena,
                                    struct agency_item *item, struct stance_error *error) {
  const char *type = xml_attribute(xml, node, "type");
  struct stance_buffer text = {0};
  if (type && strstr(type, "html") && strcmp(type, "xhtml") != 0 && !strstr(type, "xhtml+xml"))
    return html_of(xml, node, arena, item, error);
  xml_paragraphs(xml, node, &text);
  return agency_take_text(&text, arena, item, error);
}

static char *atom_line(const struct xml *xml, uint32_t node, const char *name, struct stance_arena *arena) {
  uint32_t child = xml_find(xml, node, name);
  const char *type = child ? xml_attribute(xml, child, "type") : NULL;
  char *line = child ? xml_line(xml, child, arena) : NULL;
  return line && type && strcmp(type, "html") == 0 ? input_html_line(line, strlen(line), arena) : line;
}

static const char *atom_link(const struct xml *xml, uint32_t node) {
  for (uint32_t i = node + 1; i <= xml->nodes[node].last; i = xml->nodes[i].last + 1) {
    if (!xml->nodes[i].local || strcmp(xml->nodes[i].local, "link") != 0) continue;
    const char *rel = xml_attribute(xml, i, "rel");
    if (!rel || strcmp(rel, "alternate") == 0) return xml_attribute(xml, i, "href");
  }
  return NULL;
}

enum stance_status agency_atom(const struct xml *xml, uint32_t node, const struct agency_feed *feed,
                               struct stance_arena *arena, struct agency_item *item, struct stance_error *error) {
  static const char *const dates[] = {"published", "issued", "updated", "modified", NULL}, *const ids[] = {"id", NULL};
  struct stance_article *article = &item->article;
  article->id = agency_first_line(xml, node, ids, arena);
  article->date = agency_first_line(xml, node, dates, arena);
  article->title = atom_line(xml, node, "title", arena);
  article->url = atom_link(xml, node);
  static const char *const sources[] = {"source/title", NULL};
  article->outlet = agency_first_line(xml, node, sources, arena);
  if (!article->outlet) article->outlet = feed->title;
  article->lang = xml_attribute(xml, node, "xml:lang");
  if (!article->lang) article->lang = feed->language;
  uint32_t content = xml_find(xml, node, "content"), summary = xml_find(xml, node, "summary");
  if (content && xml_attribute(xml, content, "src")) content = XML_NONE; /* elsewhere */
  if (content) STANCE_TRY(atom_text(xml, content, arena, item, error));
  return article->text || !summary ? STANCE_OK : atom_text(xml, summary, arena, item, error);
}

enum stance_status agency_factiva(const struct xml *xml, uint32_t node, const struct agency_feed *feed,
                                  struct stance_arena *arena, struct agency_item *item, struct stance_error *error) {
  static const char *const ids[] = {"accessionNo", "reference", NULL}, *const titles[] = {"headline", NULL};
  static const char *const dates[] = {"publicationDate/dateTime", "publicationDate/date", "publicationDate", NULL};
  static const char *const outlets[] = {"sourceName", "publisherName", NULL}, *const languages[] = {"baseLanguage",
                                                                                                    NULL};
  struct stance_article *article = &item->article;
  (void)feed;
  article->id = agency_first_line(xml, node, ids, arena);
  article->title = agency_first_line(xml, node, titles, arena);
  article->date = agency_first_line(xml, node, dates, arena);
  article->outlet = agency_first_line(xml, node, outlets, arena);
  char *lang = agency_first_line(xml, node, languages, arena);
  for (char *at = lang; at && *at; at++) *at = (char)(*at >= 'A' && *at <= 'Z' ? *at | 32 : *at);
  article->lang = lang;
  struct stance_buffer text = {0};
  uint32_t lead = xml_find(xml, node, "leadParagraph"), tail = xml_find(xml, node, "tailParagraphs");
  if (lead) xml_paragraphs(xml, lead, &text);
  if (tail) xml_paragraphs(xml, tail, &text);
  return agency_take_text(&text, arena, item, error);
}
