/* SPDX-License-Identifier: MIT
 * A line break is a wrap if the line, a blank and the next line's first word are wider than the widest line; paragraphs
 * seldom end so. Widths are in code points. */
#include "wrap.h"

#include <string.h>

#include "stance/base/error.h"
#include "stance/base/utf8.h"

enum { WIDTH_MAX = 132 /* wider text was not wrapped by a program */, BREAKS_MIN = 2 };

struct line {
  const char *text;
  size_t length; /* without the newline */
  bool is_blank, is_indented, ends_sentence;
  size_t width, first_word; /* code points */
};

static const char *next_line(const char *at, const char *end, struct line *line) {
  const char *newline = memchr(at, '\n', (size_t)(end - at));
  size_t length = (size_t)((newline ? newline : end) - at), start = 0, word;
  while (length && (at[length - 1] == ' ' || at[length - 1] == '\t')) length--;
  while (start < length && (at[start] == ' ' || at[start] == '\t')) start++;
  for (word = start; word < length && at[word] != ' '; word++) {
  }
  size_t last = length;
  while (last && strchr("\"')]", at[last - 1])) last--;
  while (last > 2 && memcmp(at + last - 3, "\xe2\x80\x9d", 3) == 0) last -= 3;
  *line = (struct line){.text = at,
                        .length = length,
                        .is_blank = start == length,
                        .is_indented = start >= 2,
                        .ends_sentence = last && strchr(".!?:", at[last - 1]),
                        .width = stance_utf8_count(at, length),
                        .first_word = stance_utf8_count(at + start, word - start)};
  return newline ? newline + 1 : NULL;
}

static size_t widest(const char *text, size_t length) {
  struct line line;
  size_t most = 0;
  for (const char *at = text; at;) {
    at = next_line(at, text + length, &line);
    if (line.width > most) most = line.width;
  }
  return most;
}

static bool is_small(const struct line *line) { return line->length && *line->text >= 'a' && *line->text <= 'z'; }

static bool is_wrapped(const struct line *line, const struct line *next, size_t width) {
  return line->width + 1 + next->first_word > width;
}

/* Whether a line is wider than the limit by its bytes; true for most texts, and quick. */
static bool has_long_line(const char *text, size_t length) {
  const char *end = text + length, *newline;
  for (const char *at = text; at < end; at = newline + 1) {
    newline = memchr(at, '\n', (size_t)(end - at));
    if (!newline) newline = end;
    if (newline - at > 4 * WIDTH_MAX) return true;
  }
  return false;
}

bool input_wrap_is_likely(const char *text, size_t length) {
  if (has_long_line(text, length)) return false;
  size_t width = length ? widest(text, length) : 0, breaks = 0, open = 0, wrapped = 0, small = 0;
  struct line line, next;
  if (!width || width > WIDTH_MAX) return false;
  const char *at = next_line(text, text + length, &line);
  for (; at; line = next) {
    at = next_line(at, text + length, &next);
    if (line.is_blank || next.is_blank || next.is_indented) continue;
    breaks++;
    if (line.ends_sentence) continue;
    open++;
    wrapped += is_wrapped(&line, &next, width);
    small += is_small(&next);
  }
  return breaks >= BREAKS_MIN && open * 3 >= breaks && wrapped * 10 >= open * 9 && small * 4 >= open;
}

/* Moves the title back to the text, if it is the first line of a wrapped paragraph. */
static enum stance_status take_title_back(struct stance_arena *arena, struct stance_article *article,
                                          struct stance_error *error) {
  struct line title, first;
  if (!article->title || !*article->title || !article->text_length) return STANCE_OK;
  next_line(article->title, article->title + strlen(article->title), &title);
  next_line(article->text, article->text + article->text_length, &first);
  if (title.ends_sentence || first.is_blank || !is_small(&first)) return STANCE_OK;
  const char *text = stance_arena_format(arena, "%s\n%.*s", article->title, (int)article->text_length, article->text);
  if (!text) return stance_fail_memory(error);
  article->text_length += strlen(article->title) + 1;
  article->text = text;
  article->title = NULL;
  return STANCE_OK;
}

enum stance_status input_wrap_join(enum input_wrap how, struct stance_arena *arena, struct input_article *read,
                                   struct stance_error *error) {
  struct stance_article *article = &read->article;
  if (how == INPUT_WRAP_KEEP || !read->has_lines || !article->text_length ||
      !memchr(article->text, '\n', article->text_length))
    return STANCE_OK;
  if (how == INPUT_WRAP_AUTO && !input_wrap_is_likely(article->text, article->text_length)) return STANCE_OK;
  if (read->title_is_line) STANCE_TRY(take_title_back(arena, article, error));
  size_t width = widest(article->text, article->text_length), used = 0, joined = 0;
  char *out = stance_arena_alloc(arena, article->text_length + 1, 1);
  if (!out) return stance_fail_memory(error);
  struct line line, next;
  const char *end = article->text + article->text_length, *at = next_line(article->text, end, &line);
  for (;; line = next) {
    memcpy(out + used, line.text, line.length);
    used += line.length;
    if (!at) break;
    at = next_line(at, end, &next);
    bool is_break =
        line.is_blank || next.is_blank || next.is_indented || (line.ends_sentence && !is_wrapped(&line, &next, width));
    bool is_hyphen = line.length && line.text[line.length - 1] == '-' && is_small(&next);
    if (is_break) out[used++] = '\n';
    else if (!is_hyphen) out[used++] = ' ';
    joined += !is_break;
  }
  out[used] = '\0';
  article->text = out;
  article->text_length = used;
  if (joined) input_note(&read->notes, INPUT_NOTE_WRAPPED, 1, NULL, arena);
  return STANCE_OK;
}
