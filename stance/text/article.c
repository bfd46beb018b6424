/* SPDX-License-Identifier: MIT
 * Articles from the bytes of text files, and their dates. */
#include "article.h"

#include <string.h>
#include <utf8proc.h>

#include "stance/base/ascii.h"
#include "stance/base/error.h"
#include "stance/base/utf8.h"

uint32_t stance_date_parse(const char *text) {
  static const unsigned char days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  uint32_t parts[3] = {0, 0, 0};
  static const int digits[] = {4, 2, 2};
  if (!text) return 0;
  for (int part = 0; part < 3; part++) {
    if (part && *text++ != '-') return 0;
    for (int i = 0; i < digits[part]; i++, text++) {
      if (*text < '0' || *text > '9') return 0;
      parts[part] = parts[part] * 10 + (uint32_t)(*text - '0');
    }
  }
  if (*text >= '0' && *text <= '9') return 0;
  uint32_t year = parts[0], month = parts[1], day = parts[2];
  bool is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  if (!year || month < 1 || month > 12 || day < 1) return 0;
  if (day > days[month - 1] + (uint32_t)(month == 2 && is_leap)) return 0;
  return year * 10000 + month * 100 + day;
}

bool stance_has_letter(const char *text, size_t length) {
  for (size_t at = 0; at < length;) {
    unsigned char c = (unsigned char)text[at];
    if (c < 0x80) {
      if (ascii_is_letter(c)) return true;
      at++;
      continue;
    }
    utf8proc_int32_t code;
    utf8proc_ssize_t step =
        utf8proc_iterate((const utf8proc_uint8_t *)text + at, (utf8proc_ssize_t)(length - at), &code);
    if (step <= 0) return false;
    utf8proc_category_t category = utf8proc_category(code);
    if (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO) return true;
    at += (size_t)step;
  }
  return false;
}

/* "dir/2022-05-03-mali.txt" -> "2022-05-03-mali"; "-" is "stdin". */
static char *id_of_path(const char *path, struct stance_arena *arena) {
  if (strcmp(path, "-") == 0) path = "stdin";
  const char *slash = strrchr(path, '/');
  const char *name = slash ? slash + 1 : path;
  const char *dot = strrchr(name, '.');
  size_t length = dot && dot > name ? (size_t)(dot - name) : strlen(name);
  size_t clean_length, repaired;
  const char *clean = stance_utf8_repair(arena, name, length, &clean_length, &repaired);
  return clean ? stance_arena_copy(arena, clean, clean_length) : NULL;
}

enum stance_status stance_article_from_text(const char *path, const char *bytes, size_t length,
                                            struct stance_arena *arena, struct stance_article *article,
                                            size_t *repaired, struct stance_error *error) {
  *article = (struct stance_article){0};
  *repaired = 0;
  const char *nul = length ? memchr(bytes, '\0', length) : NULL;
  if (nul)
    return stance_fail_at(error, STANCE_INPUT, path, 0, 0, "binary data (a NUL at byte %zu); expected UTF-8 text",
                          (size_t)(nul - bytes) + 1);
  size_t clean_length;
  const char *clean = stance_utf8_repair(arena, bytes, length, &clean_length, repaired);
  if (!clean) return stance_fail_memory(error);
  if (!clean_length) return stance_fail_at(error, STANCE_INPUT, path, 0, 0, "the file is empty; expected an article");
  if (!stance_has_letter(clean, clean_length))
    return stance_fail_at(error, STANCE_INPUT, path, 0, 0, "no letter in the text; expected an article");
  size_t start = 0; /* blank lines before the title are no title */
  for (size_t at = 0; at < clean_length && (clean[at] == ' ' || clean[at] == '\t' || clean[at] == '\n'); at++)
    if (clean[at] == '\n') start = at + 1;
  const char *newline = memchr(clean + start, '\n', clean_length - start);
  size_t title_end = newline ? (size_t)(newline - clean) : clean_length;
  size_t body = newline ? title_end + 1 : clean_length;
  char *title = stance_arena_copy(arena, clean + start, title_end - start), *id = id_of_path(path, arena);
  if (!title || !id) return stance_fail_memory(error);
  article->id = id;
  article->title = title;
  article->text = clean + body;
  article->text_length = clean_length - body;
  if (stance_date_parse(id)) {
    article->date = stance_arena_copy(arena, id, 10);
    if (!article->date) return stance_fail_memory(error);
  }
  return STANCE_OK;
}
