/* SPDX-License-Identifier: MIT
 * Plain text, where the first line is the title and each further line a paragraph; and web pages, one in each file. */
#include <gumbo.h>
#include <string.h>

#include "form.h"
#include "html.h"
#include "stance/base/ascii.h"
#include "stance/base/error.h"
#include "stance/text/article.h"
#include "xml.h"

static const char *const text_endings[] = {".txt", NULL};

/* Whether a file begins as no text does: with JSON, a declaration or a tag. */
static bool is_other(const struct input_start *start) {
  const char *end = start->data + start->length, *at = input_skip_space(start->data, end);
  if (end - at < 2 || !strchr("{[<", *at)) return false;
  if (*at == '<') return strchr("?!", at[1]) || ascii_is_letter((unsigned char)at[1]);
  const char *next = input_skip_space(at + 1, end);
  return next < end && *next == (*at == '{' ? '"' : '{');
}

/* The ending tells least: JSON and pages saved as .txt are not read as text. */
static enum input_claim text_claim(const struct input_start *start) {
  bool is_named = input_has_ending(start->path, text_endings);
  return is_named && !is_other(start) ? INPUT_BY_ENDING : INPUT_FALLBACK;
}

static enum stance_status text_parse(const struct input_item *item, struct stance_arena *arena,
                                     struct input_article *out, struct stance_error *error) {
  size_t repaired = 0;
  enum stance_status status =
      stance_article_from_text(item->source->id, item->data, item->length, arena, &out->article, &repaired, error);
  if (status == STANCE_OK) input_note(&out->notes, INPUT_NOTE_REPAIRED, (uint32_t)repaired, NULL, arena);
  out->article.id = NULL;
  out->has_lines = out->title_is_line = true;
  return status;
}

const struct input_form input_form_text = {
    .name = "text", .title = "plain text", .endings = text_endings, .claim = text_claim, .parse = text_parse};

/* ---- HTML ------------------------------------------------------------------------------------------------------ */

static const char *const html_endings[] = {".html", ".htm", NULL};

static bool looks_like_html(const char *data, size_t length) {
  char start[256];
  size_t used = length < sizeof start - 1 ? length : sizeof start - 1;
  memcpy(start, data, used);
  start[used] = '\0';
  static const char *const marks[] = {"<!doctype html", "<html", "<head", "<body", "<article", NULL};
  for (size_t i = 0; marks[i]; i++) {
    const char *found = strcasestr(start, marks[i]);
    if (found && !ascii_is_letter((unsigned char)found[strlen(marks[i])])) return true; /* no <headline> */
  }
  return false;
}

/* Whether a piece of a page begins here: a tag of HTML. */
static bool is_piece(const char *data, size_t length) {
  char name[16];
  return xml_root_name(data, length, name, sizeof name) && gumbo_tag_enum(name) != GUMBO_TAG_UNKNOWN;
}

static enum input_claim html_claim(const struct input_start *start) {
  if (input_has_ending(start->path, html_endings)) return INPUT_BY_ENDING;
  const char *end = start->data + start->length, *at = input_skip_space(start->data, end);
  if (at == end || *at != '<') return INPUT_NOT_MINE;
  return looks_like_html(at, (size_t)(end - at)) || is_piece(at, (size_t)(end - at)) ? INPUT_LIKELY : INPUT_NOT_MINE;
}

/* Whether the page opens a body and ends without an end tag. */
static bool is_cut(const char *data, size_t length) {
  enum { TAIL = 4096 };
  const char *tail = length > TAIL ? data + length - TAIL : data;
  if (strlen(tail) != length - (size_t)(tail - data)) return false; /* UTF-16 */
  return !strcasestr(tail, "</body") && !strcasestr(tail, "</html") && strcasestr(data, "<body");
}

static enum stance_status html_parse(const struct input_item *item, struct stance_arena *arena,
                                     struct input_article *out, struct stance_error *error) {
  struct input_decoded decoded = {0};
  enum stance_status status =
      input_html_page(item->source->id, item->data, item->length, NULL, arena, &out->article, &decoded, error);
  decoded.is_cut = is_cut(item->data, item->length);
  if (status == STANCE_OK) input_form_note(out, &decoded, arena);
  out->article.id = NULL;
  return status;
}

const struct input_form input_form_html = {
    .name = "html", .title = "HTML", .endings = html_endings, .claim = html_claim, .parse = html_parse};
