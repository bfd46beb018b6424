/* SPDX-License-Identifier: MIT */
#include "html_text.h"

#include <string.h>

#include "entity.h"
#include "html_tree.h"
#include "stance/base/ascii.h"

struct quick {
  struct stance_buffer *out;
  size_t start;    /* of the current paragraph */
  unsigned breaks; /* line breaks just seen */
  bool is_space;
};

static void end_paragraph(struct quick *quick) {
  if (quick->out->length > quick->start) {
    stance_buffer_putc(quick->out, '\n');
    quick->start = quick->out->length;
  }
  quick->is_space = false;
  quick->breaks = 0;
}

static size_t blank_at(const char *text, const char *end) {
  if (*text == ' ' || (*text >= '\t' && *text <= '\r')) return 1;
  return end - text > 1 && (unsigned char)text[0] == 0xc2 && (unsigned char)text[1] == 0xa0 ? 2 : 0;
}

static void begin_word(struct quick *quick) {
  if (quick->breaks > 1) end_paragraph(quick);
  quick->breaks = 0;
  if (quick->is_space && quick->out->length > quick->start) stance_buffer_putc(quick->out, ' ');
  quick->is_space = false;
}

/* Appends the text between two tags. False: an entity that can not be decoded here. */
static bool add_text(struct quick *quick, const char *text, const char *end) {
  while (text < end) {
    size_t blank = blank_at(text, end);
    if (blank) {
      quick->is_space = true;
      text += blank;
      continue;
    }
    if (*text == '&') {
      char decoded[8], *out = decoded;
      const char *behind = entity_decode(text, end, &out);
      bool is_name = end - text > 1 && (ascii_is_letter((unsigned char)text[1]) || text[1] == '#');
      if (behind == text && is_name) return false;
      if (behind == text) *out++ = '&', behind = text + 1;
      text = behind;
      if (blank_at(decoded, out)) {
        quick->is_space = true;
      } else if (out > decoded) {
        begin_word(quick);
        stance_buffer_append(quick->out, decoded, (size_t)(out - decoded));
      }
      continue;
    }
    const char *word = text;
    while (text < end && *text != '&' && !blank_at(text, end)) text++;
    begin_word(quick);
    stance_buffer_append(quick->out, word, (size_t)(text - word));
  }
  return true;
}

static void line_break(struct quick *quick) {
  if (quick->out->length == quick->start) return;
  quick->is_space = true;
  if (html_ends_sentence(quick->out->data + quick->start, quick->out->length - quick->start)) quick->breaks = 2;
  else quick->breaks++;
}

/* Handles a tag. False: it needs a tree. */
static bool do_tag(struct quick *quick, const char *name, size_t length) {
  GumboTag tag = gumbo_tagn_enum(name, (unsigned)length);
  if (tag == GUMBO_TAG_BR) {
    line_break(quick);
    return true;
  }
  if (html_is_unseen(tag) || tag == GUMBO_TAG_TABLE || tag == GUMBO_TAG_FRAMESET || tag == GUMBO_TAG_FRAME ||
      tag == GUMBO_TAG_OPTION || tag == GUMBO_TAG_FIGCAPTION)
    return false;
  if (html_is_block(tag)) end_paragraph(quick);
  return true;
}

bool html_text_quick(const char *page, size_t length, struct stance_buffer *out) {
  struct quick quick = {.out = out};
  for (const char *at = page, *end = page + length; at < end;) {
    const char *tag = memchr(at, '<', (size_t)(end - at)), *stop = tag ? tag : end;
    if (!add_text(&quick, at, stop)) return false;
    if (!tag) break;
    const char *name = tag + 1 + (tag + 1 < end && tag[1] == '/'), *close = name;
    if (*name == '!') return false; /* a whole page */
    while (close < end && *close != '>' && *close != ' ' && *close != '/') close++;
    if (!do_tag(&quick, name, (size_t)(close - name))) return false;
    for (bool is_quoted = false; close < end && (is_quoted || *close != '>'); close++)
      is_quoted ^= *close == '"'; /* as html_scan writes it */
    at = close < end ? close + 1 : end;
  }
  end_paragraph(&quick);
  if (out->length) out->data[--out->length] = '\0';
  return true;
}
