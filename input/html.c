/* SPDX-License-Identifier: MIT
 * The article of an HTML page, by libxml2. The text is that of the article element that holds most text, else of the main element,
 * else of the element whose paragraphs hold most text that is not links. Elements that are not the article by their kind (nav, script)
 * or by their name (class="share-bar") are passed over wherever they are. The tree is walked without recursion. */
#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <stdlib.h>
#include <string.h>

#include "html.h"
#include "stance/text/article.h"
#include "stance/base/buffer.h"
#include "stance/base/error.h"
#include "stance/base/utf8.h"

enum { LOOSE_MIN = 80, ITEM_MIN = 40 };

void input_html_start(void) { xmlInitParser(); }

static bool is_one_of(const char *name, const char *const *list) {
  for (; *list; list++)
    if (strcasecmp(name, *list) == 0) return true;
  return false;
}

static bool is_element(const xmlNode *node, const char *name) {
  return node->type == XML_ELEMENT_NODE && strcasecmp((const char *)node->name, name) == 0;
}

/* An attribute's value, borrowed from the tree; NULL: none, or one that is not plain. */
static const char *attribute(const xmlNode *node, const char *name) {
  for (const xmlAttr *at = node->properties; at; at = at->next)
    if (strcasecmp((const char *)at->name, name) == 0)
      return at->children && at->children->content && !at->children->next ? (const char *)at->children->content : NULL;
  return NULL;
}

/* One of the words of `text`, cut at spaces, hyphens and underscores, begins like one of the list's. */
static bool has_word(const char *text, const char *const *list) {
  while (text && *text) {
    size_t length = strcspn(text, " \t\n-_");
    for (const char *const *word = list; *word; word++)
      if (length >= strlen(*word) && strncasecmp(text, *word, strlen(*word)) == 0 && length <= strlen(*word) + 2) return true;
    text += length + (text[length] != '\0');
  }
  return false;
}

static const char *const passed_kinds[] = {"script", "style", "noscript", "nav", "header", "footer", "aside", "form", "button",
                                           "iframe", "svg", "template", "select", "object", "head", "menu", "dialog", "figure",
                                           "video", "audio", "canvas", "input", "textarea", "label", NULL};
static const char *const passed_names[] = {"nav", "navbar", "navigation", "menu", "footer", "sidebar", "comment", "share", "sharing",
                                           "social", "related", "promo", "cookie", "newsletter", "breadcrumb", "advert", "ad",
                                           "ads", "sponsor", "subscribe", "signup", "caption", "byline", "tags", "popup", "modal",
                                           "banner", "paywall", "recommended", "trending", NULL};
static const char *const passed_roles[] = {"navigation", "banner", "contentinfo", "complementary", "search", "dialog", "menu", NULL};

/* Not part of the article, with all below it. A header inside of the article may hold its first paragraphs: only its kind is passed. */
static bool is_passed(const xmlNode *node) {
  if (node->type == XML_COMMENT_NODE || node->type == XML_PI_NODE) return true;
  if (node->type != XML_ELEMENT_NODE) return false;
  if (is_one_of((const char *)node->name, passed_kinds)) return true;
  if (is_element(node, "body") || is_element(node, "html") || is_element(node, "article") || is_element(node, "main") || is_element(node, "p"))
    return false;
  const char *role = attribute(node, "role"), *hidden = attribute(node, "aria-hidden");
  if (role && is_one_of(role, passed_roles)) return true;
  if (hidden && strcmp(hidden, "true") == 0) return true;
  return has_word(attribute(node, "class"), passed_names) || has_word(attribute(node, "id"), passed_names);
}

/* The node behind `node` in reading order, below `root`; is_below: its own children count too. */
static xmlNode *next_node(xmlNode *root, xmlNode *node, bool is_below) {
  if (is_below && node->children && node->type == XML_ELEMENT_NODE) return node->children;
  while (node && node != root && !node->next) node = node->parent;
  return !node || node == root ? NULL : node->next;
}

static bool is_inside(const xmlNode *node, const xmlNode *root, const char *name) {
  for (; node && node != root; node = node->parent)
    if (is_element(node, name)) return true;
  return false;
}

/* Text below root that is neither passed over nor a link's; in_paragraphs: only that in p elements. */
static size_t text_amount(xmlNode *root) {
  size_t amount = 0;
  bool is_below = true;
  for (xmlNode *node = next_node(root, root, true); node; node = next_node(root, node, is_below)) {
    is_below = !is_passed(node) && !is_element(node, "a");
    if (node->type == XML_TEXT_NODE && node->content) amount += strlen((const char *)node->content);
  }
  return amount;
}

/* ---- where the article is ------------------------------------------------------------------------------------- */

/* The element of this name (or with itemprop="articleBody") that holds most text. */
static xmlNode *largest(xmlNode *root, const char *name, const char *property, const char *value) {
  xmlNode *best = NULL;
  size_t most = 200; /* less is a teaser */
  for (xmlNode *node = root; node; node = next_node(root, node, true)) {
    if (node->type != XML_ELEMENT_NODE) continue;
    const char *given = property ? attribute(node, property) : NULL;
    if (!(name && is_element(node, name)) && !(given && strcasecmp(given, value) == 0)) continue;
    size_t amount = text_amount(node);
    if (amount > most) best = node, most = amount;
  }
  return best;
}

/* The element whose own p children hold most text. */
static xmlNode *densest(xmlNode *body) {
  xmlNode *best = body;
  size_t most = 0;
  bool is_below = true;
  for (xmlNode *node = body; node; node = next_node(body, node, is_below)) {
    is_below = node == body || !is_passed(node);
    if (node->type != XML_ELEMENT_NODE || !is_below) continue;
    size_t amount = 0;
    for (xmlNode *child = node->children; child; child = child->next)
      if (is_element(child, "p")) amount += text_amount(child);
    if (amount > most) best = node, most = amount;
  }
  return best;
}

static xmlNode *find_root(xmlNode *html) {
  xmlNode *root = largest(html, NULL, "itemprop", "articleBody");
  if (!root) root = largest(html, "article", NULL, NULL);
  if (!root) root = largest(html, "main", "role", "main");
  if (root) return root;
  for (xmlNode *node = html; node; node = next_node(html, node, true))
    if (is_element(node, "body")) return densest(node);
  return html;
}

/* ---- its paragraphs ---------------------------------------------------------------------------------------------- */

struct paragraph {
  struct stance_buffer text;
  size_t link_bytes;
  bool is_kept;  /* a p or a heading, however short */
  bool is_item;  /* of a list */
  bool is_space; /* white space stands before what comes next */
};

static bool ends_sentence(const char *text, size_t length) {
  while (length && strchr("\"')]", text[length - 1])) length--;
  return length && (strchr(".!?", text[length - 1]) || (length >= 3 && memcmp(text + length - 3, "\xe2\x80\x9d", 3) == 0));
}

static void end_paragraph(struct paragraph *paragraph, const char *title, struct stance_buffer *out) {
  size_t length = paragraph->text.length;
  const char *text = paragraph->text.data;
  bool is_good = length && paragraph->link_bytes * 2 <= length;
  if (is_good && !paragraph->is_kept)
    is_good = length >= LOOSE_MIN || (length >= ITEM_MIN && (paragraph->is_item || ends_sentence(text, length)));
  if (is_good && title && strcmp(title, text) == 0) is_good = false;
  if (is_good) {
    if (out->length) stance_buffer_putc(out, '\n');
    stance_buffer_append(out, text, length);
  }
  if (paragraph->text.failed) out->failed = true;
  stance_buffer_clear(&paragraph->text);
  paragraph->link_bytes = 0;
  paragraph->is_space = false;
}

static void add_text(struct paragraph *paragraph, const char *text, bool is_link) {
  for (const char *at = text; *at;) {
    size_t blank = strspn(at, " \t\r\n\f\v"), word;
    for (at += blank; (unsigned char)at[0] == 0xc2 && (unsigned char)at[1] == 0xa0; at += 2) blank++; /* no-break space */
    if (blank && paragraph->text.length) paragraph->is_space = true;
    for (word = 0; at[word] && !strchr(" \t\r\n\f\v", at[word]); word++)
      if ((unsigned char)at[word] == 0xc2 && (unsigned char)at[word + 1] == 0xa0) break;
    if (!word) continue;
    if (paragraph->is_space) stance_buffer_putc(&paragraph->text, ' ');
    paragraph->is_space = false;
    stance_buffer_append(&paragraph->text, at, word);
    if (is_link) paragraph->link_bytes += word + 1;
    at += word;
  }
}

static const char *const block_kinds[] = {"p", "div", "section", "article", "main", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol",
                                          "blockquote", "pre", "table", "tr", "td", "th", "br", "hr", "dl", "dt", "dd", "body", "center", NULL};
static const char *const kept_kinds[] = {"p", "h2", "h3", "h4", "blockquote", NULL};

static bool is_block(const xmlNode *node) {
  return node->type == XML_ELEMENT_NODE && is_one_of((const char *)node->name, block_kinds);
}

static const xmlNode *block_of(const xmlNode *node, const xmlNode *root) {
  while (node != root && node->parent && (!is_block(node) || is_element(node, "br"))) node = node->parent;
  return node;
}

/* A line a paragraph: a block's start or end ends the one before. */
static void put_text(xmlNode *root, const char *title, struct stance_buffer *out) {
  struct paragraph paragraph = {0};
  const xmlNode *block = NULL;
  bool is_below = true;
  for (xmlNode *node = next_node(root, root, true); node; node = next_node(root, node, is_below)) {
    is_below = !is_passed(node) && !is_element(node, "h1");
    if (is_element(node, "br") && paragraph.text.length) { /* a line of its own where it ends a sentence */
      if (ends_sentence(paragraph.text.data, paragraph.text.length)) end_paragraph(&paragraph, title, out);
      else paragraph.is_space = true;
    }
    if (node->type != XML_TEXT_NODE && node->type != XML_CDATA_SECTION_NODE && node->type != XML_ENTITY_REF_NODE) continue;
    const xmlNode *mine = block_of(node->parent, root);
    if (mine != block) {
      end_paragraph(&paragraph, title, out);
      block = mine;
    }
    paragraph.is_kept = is_one_of((const char *)mine->name, kept_kinds);
    paragraph.is_item = is_element(mine, "li") || is_element(mine, "dd") || is_element(mine, "td");
    if (node->content) add_text(&paragraph, (const char *)node->content, is_inside(node->parent, root, "a"));
  }
  end_paragraph(&paragraph, title, out);
  stance_buffer_free(&paragraph.text);
}

/* ---- what the page tells of it -------------------------------------------------------------------------------------- */

static const char *meta(xmlNode *html, const char *wanted) {
  for (xmlNode *node = html; node; node = next_node(html, node, true)) {
    if (!is_element(node, "meta")) continue;
    const char *name = attribute(node, "property"), *content = attribute(node, "content");
    if (!name) name = attribute(node, "name");
    if (!name) name = attribute(node, "itemprop");
    if (name && content && *content && strcasecmp(name, wanted) == 0) return content;
  }
  return NULL;
}

/* One line of the text below the first element of this name; NULL where it has none. */
static char *element_line(xmlNode *root, const char *name, struct stance_arena *arena) {
  for (xmlNode *node = root; node; node = next_node(root, node, true)) {
    if (!is_element(node, name)) continue;
    struct paragraph line = {0};
    for (xmlNode *below = next_node(node, node, true); below; below = next_node(node, below, true))
      if (below->type == XML_TEXT_NODE && below->content) add_text(&line, (const char *)below->content, false);
    char *text = line.text.length ? stance_arena_copy(arena, line.text.data, line.text.length) : NULL;
    stance_buffer_free(&line.text);
    if (text) return text;
  }
  return NULL;
}

static char *copy_line(const char *text, struct stance_arena *arena) {
  struct paragraph line = {0};
  if (text) add_text(&line, text, false);
  char *copy = line.text.length ? stance_arena_copy(arena, line.text.data, line.text.length) : NULL;
  stance_buffer_free(&line.text);
  return copy;
}

static const char *find_title(xmlNode *html, xmlNode *root, struct stance_arena *arena) {
  const char *title = copy_line(meta(html, "og:title"), arena);
  if (!title) title = element_line(root, "h1", arena);
  if (!title) title = element_line(html, "h1", arena);
  if (!title) title = element_line(html, "title", arena);
  return title;
}

static const char *find_date(xmlNode *html, struct stance_arena *arena) {
  static const char *const names[] = {"article:published_time", "datePublished", "date", "dc.date", "parsely-pub-date", NULL};
  for (size_t i = 0; names[i]; i++) {
    const char *date = meta(html, names[i]);
    if (date && stance_date_parse(date)) return stance_arena_copy(arena, date, strlen(date));
  }
  for (xmlNode *node = html; node; node = next_node(html, node, true)) {
    const char *date = is_element(node, "time") ? attribute(node, "datetime") : NULL;
    if (date && stance_date_parse(date)) return stance_arena_copy(arena, date, strlen(date));
  }
  return NULL;
}

static void describe(xmlNode *html, xmlNode *root, struct stance_arena *arena, struct stance_article *article) {
  article->title = find_title(html, root, arena);
  article->date = find_date(html, arena);
  article->outlet = copy_line(meta(html, "og:site_name"), arena);
  article->url = copy_line(meta(html, "og:url"), arena);
  const char *lang = attribute(html, "lang");
  article->lang = lang ? stance_arena_copy(arena, lang, strlen(lang)) : NULL;
}

enum stance_status input_html_article(const char *id, const char *data, size_t length, struct stance_arena *arena,
                                         struct stance_article *article, size_t *repaired, struct stance_error *error) {
  struct stance_buffer text = {0};
  enum stance_status status = STANCE_OK;
  *article = (struct stance_article){0};
  *repaired = 0;
  if (length > INT32_MAX || memchr(data, '\0', length))
    return stance_fail(error, STANCE_INPUT, "binary data; expected HTML");
  bool is_utf8 = stance_utf8_valid(data, length); /* else the page's own word for its encoding, or Latin-1 */
  htmlDocPtr page = htmlReadMemory(data, (int)length, "page", is_utf8 ? "UTF-8" : NULL,
                                   HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET);
  xmlNode *html = page ? xmlDocGetRootElement(page) : NULL;
  if (!html) {
    status = stance_fail(error, STANCE_INPUT, "no HTML could be read; expected a page");
    goto cleanup;
  }
  xmlNode *root = find_root(html);
  describe(html, root, arena, article);
  article->id = id;
  put_text(root, article->title, &text);
  if (text.failed) {
    status = stance_fail_memory(error);
    goto cleanup;
  }
  if (!text.length) {
    status = stance_fail(error, STANCE_INPUT, "no article's text in the page");
    goto cleanup;
  }
  if (!article->date && stance_date_parse(article->id)) article->date = stance_arena_copy(arena, article->id, 10);
  const char *clean = stance_utf8_repair(arena, text.data, text.length, &article->text_length, repaired);
  article->text = clean ? stance_arena_copy(arena, clean, article->text_length) : NULL;
  if (!article->text) status = stance_fail_memory(error);
cleanup:
  stance_buffer_free(&text);
  xmlFreeDoc(page);
  return status;
}
