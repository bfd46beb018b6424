/* SPDX-License-Identifier: MIT
 * Plain text, where the first line is the title and each further line a paragraph; and web pages, one in each file. */
#include <string.h>

#include "form.h"
#include "html.h"
#include "stance/base/error.h"
#include "stance/text/article.h"

static const char *const text_endings[] = {".txt", NULL};

static enum input_claim text_claim(const struct input_start *start) {
  return input_has_ending(start->path, text_endings) ? INPUT_BY_ENDING : INPUT_FALLBACK;
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
  return strcasestr(start, "<!doctype html") || strcasestr(start, "<html") || strcasestr(start, "<head") ||
         strcasestr(start, "<body") || strcasestr(start, "<article");
}

static enum input_claim html_claim(const struct input_start *start) {
  if (input_has_ending(start->path, html_endings)) return INPUT_BY_ENDING;
  const char *end = start->data + start->length, *at = input_skip_space(start->data, end);
  return at < end && *at == '<' && looks_like_html(at, (size_t)(end - at)) ? INPUT_LIKELY : INPUT_NOT_MINE;
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
