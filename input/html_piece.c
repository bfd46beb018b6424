/* SPDX-License-Identifier: MIT
 * Pieces of HTML to plain text, for pages (html.c), and for fields of JSON, metadata and tables. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include "html.h"
#include "html_scan.h"
#include "html_text.h"
#include "html_tree.h"
#include "stance/base/ascii.h"
#include "stance/base/error.h"
#include "stance/base/utf8.h"

void html_put_blocks(const struct html_tree *tree, const bool *kept, struct stance_buffer *out) {
  for (size_t i = 0; i < tree->block_count; i++) {
    if (kept ? !kept[i] : tree->elements[tree->blocks[i].element].is_out) continue;
    if (out->length) stance_buffer_putc(out, '\n');
    stance_buffer_append(out, tree->text.data + tree->blocks[i].start, tree->blocks[i].length);
  }
}

/* Gets the text from a full tree, if html_text_quick can not. */
static enum stance_status text_of_tree(const struct html_scanned *scanned, struct stance_buffer *out,
                                       struct stance_error *error) {
  struct html_tree tree = {0};
  enum stance_status status = html_tree_build(scanned->page.data, scanned->page.length, &tree, error);
  if (status == STANCE_OK) html_put_blocks(&tree, NULL, out);
  html_tree_free(&tree);
  return status;
}

enum stance_status input_html_text(const char *html, size_t length, struct stance_arena *arena, char **text,
                                   size_t *text_length, struct stance_error *error) {
  struct html_scanned scanned = {0};
  struct stance_buffer out = {0};
  *text = NULL;
  *text_length = 0;
  enum stance_status status = html_scan(html, length, &scanned, error);
  if (status == STANCE_OK && !html_text_quick(scanned.page.data ? scanned.page.data : "", scanned.page.length, &out)) {
    stance_buffer_clear(&out);
    status = text_of_tree(&scanned, &out, error);
  }
  if (status == STANCE_OK) {
    size_t repaired;
    const char *clean =
        out.failed ? NULL : stance_utf8_repair(arena, out.length ? out.data : "", out.length, text_length, &repaired);
    if (clean) *text = stance_arena_copy(arena, clean, *text_length);
    if (!*text) status = stance_fail_memory(error);
  }
  stance_buffer_free(&out);
  html_scanned_free(&scanned);
  return status;
}

char *input_html_line(const char *html, size_t length, struct stance_arena *arena) {
  struct stance_error ignored;
  char *line;
  size_t line_length;
  if (input_html_text(html, length, arena, &line, &line_length, &ignored) != STANCE_OK || !line_length) return NULL;
  for (char *at = line; *at; at++)
    if (*at == '\n') *at = ' ';
  return line;
}

static bool is_entity(const char *at, const char *end) {
  const char *start = ++at;
  if (at < end && *at == '#') {
    at += 1 + (at + 1 < end && (at[1] == 'x' || at[1] == 'X'));
    start = at;
    while (at < end && at - start < 8 && (ascii_is_digit((unsigned char)*at) || ascii_is_letter((unsigned char)*at)))
      at++;
  } else {
    while (at < end && at - start < 10 && ascii_is_letter((unsigned char)*at)) at++;
  }
  return at < end && *at == ';' && at - start >= 2;
}

static bool is_tag(const char *at, const char *end) {
  const char *start = ++at;
  if (at < end && *at == '/') start = ++at;
  while (at < end && at - start < 12 && (ascii_is_letter((unsigned char)*at) || ascii_is_digit((unsigned char)*at)))
    at++;
  if (at == start || at == end || !strchr(" \t\n/>", *at) || !*at) return false;
  if (!ascii_is_letter((unsigned char)*start) || gumbo_tagn_enum(start, (unsigned)(at - start)) == GUMBO_TAG_UNKNOWN)
    return false;
  return memchr(at, '>', (size_t)(end - at) < 2000 ? (size_t)(end - at) : 2000) != NULL;
}

bool input_html_is_markup(const char *text, size_t length) {
  const char *end = text + length;
  for (const char *at = text; (at = memchr(at, '<', (size_t)(end - at))) != NULL; at++)
    if (is_tag(at, end)) return true;
  for (const char *at = text; (at = memchr(at, '&', (size_t)(end - at))) != NULL; at++)
    if (is_entity(at, end)) return true;
  return false;
}
