/* SPDX-License-Identifier: MIT
 * HTML exports of Factiva, LexisNexis and Europresse: many documents in one page, which start with marks. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "database.h"
#include "database_fields.h"
#include "day_in_text.h"
#include "html_scan.h"
#include "html_tree.h"
#include "stance/base/ascii.h"
#include "stance/base/error.h"

enum { TAG_BYTES = 300 /* of a tag in which Factiva's mark is looked for */ };

/* ---- cutting: before the mark of the next document ------------------------------------------------------------- */

/* The first mark in data, in any case; NULL: none. */
static const char *find_mark(const char *mark, const char *data, size_t length) {
  size_t size = strlen(mark);
  for (const char *at = data, *end = data + length; (at = memchr(at, '<', (size_t)(end - at))) != NULL; at++)
    if ((size_t)(end - at) >= size && strncasecmp(at, mark, size) == 0) return at;
  return NULL;
}

/* Factiva's mark, in a <div> that may have other attributes before it; NULL: none. */
static const char *find_factiva(const char *mark, const char *data, size_t length) {
  size_t size = strlen(mark);
  for (const char *at = data, *end = data + length; (at = find_mark("<div", at, (size_t)(end - at))) != NULL; at++) {
    size_t most = (size_t)(end - at) < TAG_BYTES ? (size_t)(end - at) : TAG_BYTES;
    const char *close = memchr(at, '>', most);
    for (const char *in = at; close && (in = memchr(in, ' ', (size_t)(close - in))) != NULL; in++)
      if ((size_t)(close - in) > size && strncasecmp(in, mark, size) == 0) return at;
  }
  return NULL;
}

typedef const char *mark_find(const char *mark, const char *data, size_t length);

/* overlap: bytes of a mark that may start at the end of the data */
static bool scan_marks(mark_find *find, const char *mark, size_t overlap, const char *data, size_t length, size_t *at,
                       unsigned *state) {
  const char *found;
  while ((found = find(mark, data + *at, length - *at)) != NULL) {
    *at = (size_t)(found - data);
    if (++*state == 2) return true;
    *at += strlen(mark);
  }
  if (length > overlap && *at < length - overlap) *at = length - overlap;
  return false;
}

static const char nexis_mark[] = "<DOC NUMBER=", factiva_mark[] = " class=\"article ", europresse_new[] = "<article",
                  europresse_old[] = "<table id=\"tbHeaderImages\"";

bool database_scan_nexis_html(const char *data, size_t length, size_t *at, unsigned *state) {
  return scan_marks(find_mark, nexis_mark, sizeof nexis_mark, data, length, at, state);
}
bool database_scan_factiva_html(const char *data, size_t length, size_t *at, unsigned *state) {
  return scan_marks(find_factiva, factiva_mark, TAG_BYTES, data, length, at, state);
}

/* state: number of marks of the new kind so far, plus 4 times that of the old kind */
bool database_scan_europresse(const char *data, size_t length, size_t *at, unsigned *state) {
  size_t other = *at;
  unsigned newer = *state % 4, older = *state / 4;
  bool is_new = scan_marks(find_mark, europresse_new, sizeof europresse_new, data, length, at, &newer),
       is_old = !newer && scan_marks(find_mark, europresse_old, sizeof europresse_old, data, length, &other, &older);
  *state = newer + older * 4;
  if (!newer) *at = other;
  return is_new || is_old;
}

static bool has(const char *data, size_t length, const char *word) {
  return memmem(data, length, word, strlen(word)) != NULL;
}

bool database_is_nexis_html(const char *data, size_t length) { return has(data, length, "<DOC NUMBER="); }
bool database_is_factiva_html(const char *data, size_t length) {
  return find_mark("<title>Factiva", data, length) ||
         (find_factiva(factiva_mark, data, length) && has(data, length, "articleParagraph"));
}
bool database_is_europresse(const char *data, size_t length) {
  if (!has(data, length, "<")) return false; /* quick for plain text */
  return has(data, length, "DocPublicationName") || has(data, length, "europresse.com") ||
         has(data, length, "tbHeaderImages") || has(data, length, "titreArticleVisu");
}

/* ---- documents --------------------------------------------------------------------------------------------------- */

struct document {
  struct html_scanned scanned;
  struct html_tree tree;
};

static enum stance_status open_document(const char *data, size_t length, struct document *document,
                                        struct stance_error *error) {
  *document = (struct document){0};
  STANCE_TRY(html_scan(data, length, &document->scanned, error));
  return html_tree_build(document->scanned.page.data, document->scanned.page.length, &document->tree, error);
}

/* Whether a page ends without its end tags. */
static bool has_no_end(const char *data, size_t length) {
  static const char *const tags[] = {"</body", "</html", "</BODY", "</HTML", NULL};
  for (size_t i = 0; tags[i]; i++)
    if (has(data, length, tags[i])) return false;
  return true;
}

static void close_document(struct document *document) {
  html_tree_free(&document->tree);
  html_scanned_free(&document->scanned);
}

static enum stance_status lines_of(const struct html_tree *tree, struct stance_arena *arena,
                                   struct database_lines *lines, struct stance_error *error) {
  for (size_t i = 0; i < tree->block_count; i++)
    STANCE_TRY(database_add_line(lines, tree->text.data + tree->blocks[i].start, tree->blocks[i].length, arena, error));
  return STANCE_OK;
}

enum stance_status database_nexis_html(const char *data, size_t length, struct stance_arena *arena,
                                       struct agency_item *item, struct stance_error *error) {
  struct document document;
  struct database_lines lines = {0};
  const char *mark = find_mark(nexis_mark, data, length),
             *open = mark ? memmem(mark, length - (size_t)(mark - data), "-->", 3) : NULL;
  if (open) length -= (size_t)(open + 3 - data), data = open + 3; /* the mark is inside a comment */
  item->is_unfinished = has_no_end(data, length);
  enum stance_status status = open_document(data, length, &document, error);
  if (status == STANCE_OK) status = lines_of(&document.tree, arena, &lines, error);
  if (status == STANCE_OK) status = database_nexis_lines(&lines, arena, item, error);
  close_document(&document);
  return status;
}

/* Whether the element or an ancestor has `word` in its class, in any case. */
static bool is_classed(const struct html_tree *tree, uint32_t element, const char *word) {
  for (;;) {
    const char *name = html_attribute(tree->elements[element].element, "class");
    if (name && strcasestr(name, word)) return true;
    if (tree->elements[element].parent == element) return false;
    element = tree->elements[element].parent;
  }
}

/* The text of the first element with `word` in its class; NULL: none. */
static char *classed_text(const struct html_tree *tree, const char *word, struct stance_arena *arena) {
  for (size_t i = 0; i < tree->element_count; i++) {
    const GumboElement *element = tree->elements[i].element;
    const char *name = html_attribute(element, "class");
    if (!name || !strcasestr(name, word) || !element->children.length) continue;
    struct stance_buffer text = {0};
    const GumboNode *root = ((const GumboNode *)element->children.data[0])->parent, *node = root;
    for (;;) {
      if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE)
        stance_buffer_puts(&text, node->v.text.text);
      if (node->type == GUMBO_NODE_ELEMENT && node->v.element.children.length) {
        node = node->v.element.children.data[0];
        continue;
      }
      while (node != root && node->index_within_parent + 1 == node->parent->v.element.children.length)
        node = node->parent;
      if (node == root) break;
      node = node->parent->v.element.children.data[node->index_within_parent + 1];
    }
    size_t used = 0;
    char *line = stance_arena_alloc(arena, text.length + 1, 1);
    for (size_t at = 0; line && at < text.length; at++) {
      char c = text.data[at];
      if (c != ' ' && c != '\n' && c != '\t' && c != '\r') line[used++] = c;
      else if (used && line[used - 1] != ' ') line[used++] = ' ';
    }
    if (line) line[used && line[used - 1] == ' ' ? used - 1 : used] = '\0';
    stance_buffer_free(&text);
    if (line && *line) return line;
  }
  return NULL;
}

/* The accession number in "Document EXMPL00020240305ek350001"; NULL: none. */
static const char *accession(const char *text, size_t length) {
  if (length < 15 || length > 60 || strncmp(text, "Document ", 9) != 0 || memchr(text + 9, ' ', length - 9))
    return NULL;
  return text + 9;
}

/* Factiva's field codes: HD headline, PD date, SN source, LP and TD text, AN accession number, LA language. */
static bool is_code(const char *text, size_t length) {
  if (length < 2 || length > 3) return false;
  for (size_t i = 0; i < length; i++)
    if (!ascii_is_upper((unsigned char)text[i])) return false;
  return true;
}

static enum stance_status factiva_fields(const struct database_lines *lines, struct stance_arena *arena,
                                         struct agency_item *item, struct stance_buffer *text,
                                         struct stance_error *error) {
  struct stance_article *article = &item->article;
  const char *code = "";
  char iso[11];
  for (size_t i = 0; i < lines->count; i++) {
    const struct database_line *line = &lines->lines[i];
    if (is_code(line->text, line->length)) code = line->text;
    else if (strcmp(code, "HD") == 0 && !article->title) article->title = line->text;
    else if (strcmp(code, "SN") == 0) article->outlet = line->text;
    else if (strcmp(code, "AN") == 0 && accession(line->text, line->length))
      article->id = accession(line->text, line->length);
    else if (strcmp(code, "PD") == 0 && input_day_in_text(line->text, line->length, iso)) {
      if (!(article->date = stance_arena_copy(arena, iso, 10))) return stance_fail_memory(error);
    } else if (strcmp(code, "LP") == 0 || strcmp(code, "TD") == 0) {
      stance_buffer_append(text, line->text, line->length);
      stance_buffer_putc(text, '\n');
    }
  }
  return STANCE_OK;
}

/* Reads a document without codes: headline, "60 words", date, source in this order; text paragraphs have their
 * class. */
static enum stance_status factiva_plain(const struct html_tree *tree, const struct database_lines *lines,
                                        struct stance_arena *arena, struct agency_item *item,
                                        struct stance_buffer *text, struct stance_error *error) {
  struct stance_article *article = &item->article;
  char iso[11];
  article->title = classed_text(tree, "Headline", arena);
  for (size_t i = 0; i < lines->count; i++) {
    const struct database_line *line = &lines->lines[i];
    bool is_text = is_classed(tree, tree->blocks[i].element, "articleParagraph");
    if (accession(line->text, line->length)) {
      article->id = accession(line->text, line->length);
    } else if (is_text) {
      stance_buffer_append(text, line->text, line->length);
      stance_buffer_putc(text, '\n');
    } else if (!article->date && line->length < 60 && input_day_in_text(line->text, line->length, iso)) {
      if (!(article->date = stance_arena_copy(arena, iso, 10))) return stance_fail_memory(error);
    } else if (article->date && !article->outlet && !memchr(line->text, ':', line->length)) {
      article->outlet = line->text; /* a time may precede it */
    }
  }
  return STANCE_OK;
}

enum stance_status database_factiva_html(const char *data, size_t length, struct stance_arena *arena,
                                         struct agency_item *item, struct stance_error *error) {
  struct document document;
  struct database_lines lines = {0};
  struct stance_buffer text = {0};
  const char *mark = find_factiva(factiva_mark, data, length);
  if (mark) length -= (size_t)(mark - data), data = mark;
  item->is_unfinished = has_no_end(data, length);
  enum stance_status status = open_document(data, length, &document, error);
  if (status == STANCE_OK) status = lines_of(&document.tree, arena, &lines, error);
  bool has_codes = false;
  for (size_t i = 0; i < lines.count; i++) has_codes |= strcmp(lines.lines[i].text, "HD") == 0;
  if (status == STANCE_OK)
    status = has_codes ? factiva_fields(&lines, arena, item, &text, error)
                       : factiva_plain(&document.tree, &lines, arena, item, &text, error);
  if (status == STANCE_OK) status = agency_take_text(&text, arena, item, error);
  stance_buffer_free(&text);
  close_document(&document);
  return status;
}

/* ---- Europresse -------------------------------------------------------------------------------------------------- */

static bool is_in_section(const struct html_tree *tree, uint32_t element) {
  for (; tree->elements[element].parent != element; element = tree->elements[element].parent)
    if (tree->elements[element].element->tag == GUMBO_TAG_SECTION) return true;
  return false;
}

/* Whether a line is authors ("Second Author", "Anne de la Tour et Paul Martin"): up to eight capitalised words with
 * particles, no sentence end. */
static bool is_author(const struct database_line *line) {
  static const char *const small[] = {"de", "du", "des", "la", "le", "d'", "von", "van", "et", "and", "avec", NULL};
  size_t words = 0, capitals = 0;
  if (line->length > 80 || html_ends_sentence(line->text, line->length)) return false;
  for (const char *at = line->text; *at;) {
    size_t length = strcspn(at, " ");
    bool is_small = false;
    for (size_t i = 0; small[i]; i++) is_small |= strlen(small[i]) == length && memcmp(at, small[i], length) == 0;
    bool is_name = ascii_is_upper((unsigned char)*at) || (unsigned char)*at >= 0x80 || strncmp(at, "d'", 2) == 0;
    if (length && !is_small && !is_name) return false;
    capitals += is_name;
    words += length > 0;
    at += length + strspn(at + length, " ");
  }
  return words <= 8 && capitals >= 2;
}

static bool ends_with(const struct database_line *line, const char *title) {
  size_t length = title ? strlen(title) : 0;
  return length && line->length >= length && memcmp(line->text + line->length - length, title, length) == 0;
}

/* Appends the text: the sections, if the page has any (2015), else what follows title and author, up to the copyright
 * notice (2012). */
static void europresse_text(const struct html_tree *tree, const struct database_lines *lines, const char *title,
                            struct agency_item *item, struct stance_buffer *text) {
  static const char number[] = "Num\xc3\xa9ro de document";
  bool has_section = false, is_behind = false, is_over = false, has_author = false;
  for (size_t i = 0; i < tree->block_count; i++) has_section |= is_in_section(tree, tree->blocks[i].element);
  for (size_t i = 0; i < lines->count; i++) {
    const struct database_line *line = &lines->lines[i];
    if (strncmp(line->text, number, sizeof number - 1) == 0) {
      const char *colon = strchr(line->text, ':');
      if (colon && !item->article.id) item->article.id = colon + 1 + strspn(colon + 1, " ");
      is_over = true;
    }
    if (strncmp(line->text, "\xc2\xa9", 2) == 0) is_over = true;
    bool is_first = is_behind && !has_section && !text->length;
    if (is_first && !has_author && is_author(line)) {
      has_author = true;
      continue;
    }
    if (!is_over && (has_section ? is_in_section(tree, tree->blocks[i].element) : is_behind)) {
      stance_buffer_append(text, line->text, line->length);
      stance_buffer_putc(text, '\n');
    }
    if (ends_with(line, title)) is_behind = true;
  }
}

enum stance_status database_europresse(const char *data, size_t length, struct stance_arena *arena,
                                       struct agency_item *item, struct stance_error *error) {
  struct document document;
  struct database_lines lines = {0};
  struct stance_buffer text = {0};
  struct stance_article *article = &item->article;
  item->is_unfinished = has_no_end(data, length);
  enum stance_status status = open_document(data, length, &document, error);
  if (status == STANCE_OK) status = lines_of(&document.tree, arena, &lines, error);
  if (status == STANCE_OK) {
    char iso[11] = "";
    article->outlet = classed_text(&document.tree, "DocPublicationName", arena);
    article->title = classed_text(&document.tree, "titreArticleVisu", arena);
    for (size_t i = 0; i < lines.count && !iso[0]; i++) {
      if (ends_with(&lines.lines[i], article->title)) break;
      input_day_in_text(lines.lines[i].text, lines.lines[i].length, iso);
    }
    if (iso[0] && !(article->date = stance_arena_copy(arena, iso, 10))) status = stance_fail_memory(error);
    europresse_text(&document.tree, &lines, article->title, item, &text);
  }
  if (status == STANCE_OK) status = agency_take_text(&text, arena, item, error);
  stance_buffer_free(&text);
  close_document(&document);
  return status;
}
