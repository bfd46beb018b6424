/* SPDX-License-Identifier: MIT
 * What all forms share after their parse: ISO 8601 dates, line ends, a default id, the check that there is text, and
 * the place in errors. */
#include "item.h"

#include <string.h>
#include <strings.h>

#include "html.h"
#include "language.h"
#include "stance/base/error.h"
#include "stance/base/memory.h"
#include "stance/base/utf8.h"
#include "stance/text/article.h"
#include "wrap.h"

enum { TITLE_REST_MIN = 10 /* bytes of a title before its outlet */ };

/* Sets a default id: "feed:12" if the file has many articles, else the file's name, whose leading date, if any, is the
 * article's. */
static enum stance_status complete_id(const struct input_item *item, struct stance_arena *arena,
                                      struct stance_article *article, struct stance_error *error) {
  const char *id = item->source->id;
  if (!article->id || !*article->id)
    article->id = item->on_line ? stance_arena_format(arena, "%s:%zu.%zu", id, item->line, item->on_line + 1)
                  : item->line  ? stance_arena_format(arena, "%s:%zu", id, item->line)
                                : stance_arena_copy(arena, id, strlen(id));
  if (!article->id) return stance_fail_memory(error);
  const char *slash = strrchr(id, '/'), *name = slash ? slash + 1 : id;
  if (!item->line && !article->date && stance_date_parse(name) && !(article->date = stance_arena_copy(arena, name, 10)))
    return stance_fail_memory(error);
  return STANCE_OK;
}

/* Converts the date to ISO 8601; a date that can not be read is removed, with a note. */
static enum stance_status complete_date(const struct input_item *item, struct stance_arena *arena,
                                        struct input_article *out, struct stance_error *error) {
  struct stance_article *article = &out->article;
  char date[STANCE_DATE_BYTES];
  if (!article->date) return STANCE_OK;
  enum stance_date_outcome outcome = stance_date_read(article->date, item->source->options->date_order, date);
  if (outcome == STANCE_DATE_UNREAD) input_note(&out->notes, INPUT_NOTE_DATE, 1, article->date, arena);
  if (outcome == STANCE_DATE_AMBIGUOUS) input_note(&out->notes, INPUT_NOTE_DATE_ORDER, 1, article->date, arena);
  if (outcome != STANCE_DATE_READ) article->date = NULL;
  else if (strcmp(date, article->date) != 0 && !(article->date = stance_arena_copy(arena, date, strlen(date))))
    return stance_fail_memory(error);
  return STANCE_OK;
}

/* Makes text valid UTF-8 with LF, NUL-terminated; length may be NULL. NULL: out of memory. */
static const char *repair(const char *text, size_t *length, struct stance_arena *arena, struct input_notes *notes) {
  size_t bytes = length ? *length : strlen(text), clean_length, bad;
  const char *clean = stance_utf8_repair(arena, text, bytes, &clean_length, &bad);
  if (clean && clean != text && clean[clean_length]) clean = stance_arena_copy(arena, clean, clean_length);
  if (bad) input_note(notes, INPUT_NOTE_REPAIRED, (uint32_t)bad, NULL, arena);
  if (length) *length = clean_length;
  return clean;
}

static enum stance_status complete_strings(struct input_article *out, size_t kept, struct stance_arena *arena,
                                           struct stance_error *error) {
  struct stance_article *article = &out->article;
  const char **lines[] = {&article->id, &article->title, &article->outlet, &article->url, &article->lang};
  for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
    if (*lines[i] && !(*lines[i] = repair(*lines[i], NULL, arena, &out->notes))) return stance_fail_memory(error);
  for (size_t i = 0; i < kept; i++)
    if (out->kept[i] && !(out->kept[i] = repair(out->kept[i], NULL, arena, &out->notes)))
      return stance_fail_memory(error);
  if (!article->text) {
    article->text = "";
    article->text_length = 0;
  }
  article->text = repair(article->text, &article->text_length, arena, &out->notes);
  return article->text ? STANCE_OK : stance_fail_memory(error);
}

static enum stance_status drop_invisible(struct input_article *out, struct stance_arena *arena,
                                         struct stance_error *error) {
  struct stance_article *article = &out->article;
  size_t title = article->title ? strlen(article->title) : 0;
  if (title && !(article->title = stance_utf8_visible(article->title, &title, arena))) return stance_fail_memory(error);
  article->text = stance_utf8_visible(article->text, &article->text_length, arena);
  return article->text ? STANCE_OK : stance_fail_memory(error);
}

/* Cuts the outlet from "Mali expels envoy - France 24", as its name may hold an actor's. */
static enum stance_status cut_outlet(struct stance_article *article, struct stance_arena *arena,
                                     struct stance_error *error) {
  static const char *const marks[] = {" - ", " | ", " \xe2\x80\x93 ", " \xe2\x80\x94 ", NULL};
  size_t length = article->title ? strlen(article->title) : 0, own = article->outlet ? strlen(article->outlet) : 0;
  if (own < 2 || length <= own || strcasecmp(article->title + length - own, article->outlet) != 0) return STANCE_OK;
  for (size_t i = 0; marks[i]; i++) {
    size_t mark = strlen(marks[i]);
    if (length < own + mark + TITLE_REST_MIN || memcmp(article->title + length - own - mark, marks[i], mark) != 0)
      continue;
    article->title = stance_arena_copy(arena, article->title, length - own - mark);
    return article->title ? STANCE_OK : stance_fail_memory(error);
  }
  return STANCE_OK;
}

/* Removes HTML from fields of JSON and CSV. */
static enum stance_status strip_markup(struct input_article *out, struct stance_arena *arena,
                                       struct stance_error *error) {
  struct stance_article *article = &out->article;
  bool has_any = false;
  if (!out->is_markup) return STANCE_OK;
  if (article->title && input_html_is_markup(article->title, strlen(article->title))) {
    const char *title = input_html_line(article->title, strlen(article->title), arena);
    article->title = title ? title : "";
    has_any = true;
  }
  if (input_html_is_markup(article->text, article->text_length)) {
    char *text;
    STANCE_TRY(input_html_text(article->text, article->text_length, arena, &text, &article->text_length, error));
    article->text = text;
    out->has_lines = false;
    has_any = true;
  }
  if (has_any) input_note(&out->notes, INPUT_NOTE_MARKUP, 1, NULL, arena);
  return STANCE_OK;
}

/* Removes the mark of a cut text, "The jun... [+2219 chars]" of NewsAPI or "... [1234 more words]", from a copy, as the
 * text may be borrowed. */
static enum stance_status strip_cut(struct input_article *out, struct stance_arena *arena, struct stance_error *error) {
  struct stance_article *article = &out->article;
  size_t end = article->text_length;
  while (end && strchr(" \n", article->text[end - 1])) end--;
  if (!out->is_markup || end < 10 || article->text[end - 1] != ']') return STANCE_OK;
  size_t start = end - 1;
  while (start && end - start < 24 && article->text[start] != '[') start--;
  const char *number = article->text + start + 1;
  number += *number == '+'; /* of NewsAPI; GNews has none */
  size_t digits = strspn(number, "0123456789");
  if (article->text[start] != '[' || !digits || strncmp(number + digits, " chars]", 7) != 0) return STANCE_OK;
  input_note(&out->notes, INPUT_NOTE_CUT, 1, article->text + start, arena);
  while (start && strchr(" \n.", article->text[start - 1])) start--;
  if (start >= 3 && memcmp(article->text + start - 3, "\xe2\x80\xa6", 3) == 0) start -= 3;
  article->text = stance_arena_copy(arena, article->text, start);
  article->text_length = start;
  return article->text ? STANCE_OK : stance_fail_memory(error);
}

/* Checks that the text, or at least the title, has a letter. */
static enum stance_status check_text(struct input_article *out, struct stance_arena *arena,
                                     struct stance_error *error) {
  const struct stance_article *article = &out->article;
  bool is_empty = strspn(article->text, " \t\n") == article->text_length;
  if (!is_empty && stance_has_letter(article->text, article->text_length)) return STANCE_OK;
  bool has_title = article->title && stance_has_letter(article->title, strlen(article->title));
  if (!is_empty && !has_title) return stance_fail(error, STANCE_INPUT, "no letter in the text; expected an article");
  if (!has_title) return stance_fail(error, STANCE_INPUT, "the text is empty");
  if (!out->title_is_line)
    input_note(&out->notes, INPUT_NOTE_TITLES, 1, article->title,
               arena); /* a file with one line of plain text is normal */
  return STANCE_OK;
}

/* Marks an item as left out if it is withdrawn or replaced, by itself or by other items of the run. */
static void find_fate(const struct input_item *item, struct input_article *out, struct stance_arena *arena) {
  const char *id = out->article.id ? out->article.id : out->article.title;
  bool is_killed = out->is_withdrawn || item->fate == INPUT_REVISION_WITHDRAWN;
  out->is_left_out = is_killed || out->is_no_post || item->fate == INPUT_REVISION_REPLACED;
  if (out->is_left_out && !out->is_no_post)
    input_note(&out->notes, is_killed ? INPUT_NOTE_KILLED : INPUT_NOTE_REPLACED, 1, id, arena);
  if (item->is_late) input_note(&out->notes, INPUT_NOTE_LATE, 1, id, arena);
}

static enum stance_status complete(const struct input_item *item, struct stance_arena *arena, struct input_article *out,
                                   struct stance_error *error) {
  if (item->repaired) input_note(&out->notes, INPUT_NOTE_REPAIRED, item->repaired, NULL, arena);
  STANCE_TRY(complete_strings(out, item->source->options->keep_count, arena, error));
  STANCE_TRY(strip_markup(out, arena, error));
  STANCE_TRY(strip_cut(out, arena, error));
  STANCE_TRY(input_wrap_join(item->source->options->wrap, arena, out, error));
  STANCE_TRY(drop_invisible(out, arena, error));
  STANCE_TRY(cut_outlet(&out->article, arena, error));
  find_fate(item, out, arena);
  const struct input_options *options = item->source->options;
  for (size_t i = 0; !out->is_left_out && i < options->keep_count; i++)
    if (!out->kept[i]) input_note(&out->notes, INPUT_NOTE_NO_COLUMN, 1, options->keep[i], arena);
  if (!out->is_left_out) {
    STANCE_TRY(check_text(out, arena, error));
    input_language_check(item->source->options->any_language, arena, out);
  }
  STANCE_TRY(complete_date(item, arena, out, error));
  return complete_id(item, arena, &out->article, error);
}

enum stance_status input_item_article(const struct input_item *item, struct stance_arena *arena,
                                      struct input_article *out, struct stance_error *error) {
  *out = (struct input_article){.article = {0}};
  if (item->kind == INPUT_PROBLEM) {
    if (error) *error = item->problem;
    return item->problem.status;
  }
  bool was_out = stance_memory_was_out(); /* what was before is no concern of this article */
  enum stance_status status = item->source->form->parse(item, arena, out, error);
  if (status == STANCE_OK) status = complete(item, arena, out, error);
  if (stance_memory_was_out()) status = stance_fail_memory(error); /* else a title or a text may be lost in silence */
  if (was_out) stance_memory_note_out();
  if (status != STANCE_OK && status != STANCE_SYSTEM) {
    struct stance_error what = *error;
    stance_fail_at(error, status, item->path, what.line ? what.line : item->line, what.column, "%s", what.message);
  }
  return status;
}
