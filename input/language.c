/* SPDX-License-Identifier: MIT
 * English function words are some 40% of the words of English prose, under 10% of those of its neighbours: where they are a fifth, no
 * library has to be asked. Capitals are lowered first: CLD2 takes headlines in capitals for other languages. */
#include "language.h"

#include <string.h>

#include "stance/base/utf8.h"

const char *input_language_detect(const char *text, int length); /* language_detect.cc */

enum { LOOK_BYTES = 1000, WORDS_MIN = 12, WORDS_ENOUGH = 30, WORD_BYTES = 7 };

static bool is_letter(unsigned char c) { return (c >= 'a' && c <= 'z') || c >= 0x80; }

static bool is_function_word(const char *word, size_t length) {
  static const struct {
    unsigned char length;
    char text[WORD_BYTES + 1];
  } words[] = {/* sorted */
               {5, "about"}, {5, "after"},   {3, "and"},   {3, "are"},  {2, "as"},    {2, "at"},   {2, "be"},
               {4, "been"},  {7, "between"}, {3, "but"},   {2, "by"},   {5, "could"}, {3, "for"},  {4, "from"},
               {3, "had"},   {3, "has"},     {4, "have"},  {2, "he"},   {3, "his"},   {2, "in"},   {4, "into"},
               {2, "is"},    {2, "it"},      {3, "its"},   {4, "more"}, {3, "not"},   {2, "of"},   {2, "on"},
               {2, "or"},    {4, "over"},    {4, "said"},  {3, "she"},  {4, "than"},  {4, "that"}, {3, "the"},
               {5, "their"}, {5, "there"},   {4, "they"},  {4, "this"}, {2, "to"},    {3, "was"},  {4, "were"},
               {4, "when"},  {5, "which"},   {5, "while"}, {3, "who"},  {4, "will"},  {4, "with"}, {5, "would"}};
  if (length < 2 || length > WORD_BYTES) return false;
  for (size_t i = 0; i < sizeof words / sizeof *words && words[i].text[0] <= word[0]; i++)
    if (words[i].text[0] == word[0] && words[i].length == length && memcmp(words[i].text, word, length) == 0)
      return true;
  return false;
}

const char *input_language_guess(const char *text, size_t length) {
  char start[LOOK_BYTES + 1];
  size_t used = length < LOOK_BYTES ? length : LOOK_BYTES, words = 0, known = 0;
  while (used < length && used && ((unsigned char)text[used] & 0xc0) == 0x80) used--; /* not within a character */
  for (size_t i = 0; i < used; i++) start[i] = text[i] >= 'A' && text[i] <= 'Z' ? (char)(text[i] | 0x20) : text[i];
  start[used] = '\0';
  for (size_t at = 0; at < used;) {
    size_t size = 0;
    while (at + size < used && is_letter((unsigned char)start[at + size])) size++;
    words += size > 0;
    known += is_function_word(start + at, size);
    at += size + 1;
    if (words >= WORDS_ENOUGH && known * 4 >= words) return "en"; /* most articles */
  }
  bool has_own_script =
      words && used >= 60 && stance_utf8_count(start, used) * 3 < used * 2; /* two bytes a letter, or more */
  if (words < WORDS_MIN && !has_own_script) return NULL;
  if (known * 5 >= words) return "en";
  const char *guess = input_language_detect(start, (int)used);
  return guess && strcmp(guess, "en") == 0 && known * 10 < words ? NULL : guess; /* its wrong ones are "en" */
}

bool input_language_is_english(const char *lang) {
  return strncasecmp(lang, "en", 2) == 0 && (!lang[2] || lang[2] == '-' || lang[2] == '_' ||
                                             strcasecmp(lang, "eng") == 0 || strncasecmp(lang, "english", 7) == 0);
}

void input_language_check(bool any_language, struct stance_arena *arena, struct input_article *read) {
  const struct stance_article *article = &read->article;
  const char *lang = article->lang && *article->lang ? article->lang : NULL;
  if (!lang) lang = read->guessed_lang = input_language_guess(article->text, article->text_length);
  if (any_language || !lang || input_language_is_english(lang) || strcasecmp(lang, "und") == 0) return;
  read->is_left_out = true;
  input_note(&read->notes, INPUT_NOTE_LANGUAGE, 1, lang, arena);
}
