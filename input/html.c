/* SPDX-License-Identifier: MIT */
#include "html.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "charset.h"
#include "html_meta.h"
#include "html_scan.h"
#include "html_select.h"
#include "html_text.h"
#include "html_tree.h"
#include "stance/base/ascii.h"
#include "stance/base/error.h"
#include "stance/base/utf8.h"
#include "stance/text/article.h"

enum { NULS_MAX = 8, BODY_MIN = 60, LOADED_MAX = 300 /* bytes of text in a page that scripts fill */ };

void input_html_start(void) {}

static enum stance_status fail_no_article(const struct html_scanned *scanned, const struct html_tree *tree,
                                          struct stance_error *error) {
  const struct html_element *page = &tree->elements[0];
  const char *why = "";
  if (page->text && page->links * 2 > page->text) why = "; it is a list of links";
  else if (scanned->has_frames) why = "; it has frames, whose pages are files of their own";
  else if (page->text < LOADED_MAX && scanned->scripts) why = "; scripts may load it: save the page from a browser";
  return stance_fail(error, STANCE_INPUT, "no article's text in the page%s", why);
}

/* The text of the chosen blocks; that of JSON-LD if it is much longer. */
static enum stance_status choose_text(const struct html_scanned *scanned, struct html_tree *tree,
                                      const struct html_meta *meta, struct stance_buffer *text,
                                      struct stance_error *error) {
  struct html_choice choice;
  enum stance_status status = html_select(tree, meta->is_article, meta->title, &choice, error);
  bool is_better = meta->body_length >= BODY_MIN && choice.kept_bytes * 2 < meta->body_length;
  if (status == STANCE_OK && is_better) {
    stance_buffer_append(text, meta->body, meta->body_length);
  } else if (status == STANCE_OK && choice.articles > 1) {
    status =
        stance_fail(error, STANCE_INPUT, "the page is a list of %zu articles; expected a page of one", choice.articles);
  } else if (status == STANCE_OK) {
    html_put_blocks(tree, choice.kept, text);
    if (!text->length) status = fail_no_article(scanned, tree, error);
  }
  free(choice.kept);
  if (status == STANCE_OK && text->failed) status = stance_fail_memory(error);
  return status;
}

static enum stance_status read_article(const struct html_scanned *scanned, struct html_tree *tree,
                                       struct stance_arena *arena, struct stance_article *article,
                                       struct stance_error *error) {
  struct html_meta meta;
  struct stance_buffer text = {0};
  STANCE_TRY(html_tree_build(scanned->page.data, scanned->page.length, tree, error));
  STANCE_TRY(html_meta_read(tree, scanned, arena, &meta, error));
  article->title = meta.title;
  article->date = meta.date;
  article->outlet = meta.outlet;
  article->url = meta.url;
  article->lang = meta.lang;
  enum stance_status status = choose_text(scanned, tree, &meta, &text, error);
  size_t repaired;
  const char *clean =
      status == STANCE_OK ? stance_utf8_repair(arena, text.data, text.length, &article->text_length, &repaired) : NULL;
  if (clean) article->text = stance_arena_copy(arena, clean, article->text_length);
  stance_buffer_free(&text);
  return status == STANCE_OK && !article->text ? stance_fail_memory(error) : status;
}

enum stance_status input_html_page(const char *id, const char *data, size_t length, const char *charset,
                                   struct stance_arena *arena, struct stance_article *article,
                                   struct input_decoded *decoded, struct stance_error *error) {
  struct html_scanned scanned = {0};
  struct html_tree tree = {0};
  size_t nuls = 0;
  *article = (struct stance_article){.id = id};
  *decoded = (struct input_decoded){0};
  for (const char *at = data, *end = data + length;
       nuls <= NULS_MAX && (at = memchr(at, '\0', (size_t)(end - at))) != NULL; at++)
    nuls++;
  if (nuls > NULS_MAX) return stance_fail(error, STANCE_INPUT, "binary data; expected HTML");
  STANCE_TRY(input_charset_html(charset, &data, &length, arena, decoded, error));
  enum stance_status status = html_scan(data, length, &scanned, error);
  if (status == STANCE_OK) status = read_article(&scanned, &tree, arena, article, error);
  html_tree_free(&tree);
  html_scanned_free(&scanned);
  if (status == STANCE_OK && !article->date && stance_date_parse(id)) {
    article->date = stance_arena_copy(arena, id, 10);
    if (!article->date) status = stance_fail_memory(error);
  }
  return status;
}

enum stance_status input_html_article(const char *id, const char *data, size_t length, struct stance_arena *arena,
                                      struct stance_article *article, size_t *repaired, struct stance_error *error) {
  struct input_decoded decoded;
  enum stance_status status = input_html_page(id, data, length, NULL, arena, article, &decoded, error);
  *repaired = decoded.repaired;
  return status;
}
