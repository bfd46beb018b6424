/* SPDX-License-Identifier: MIT
 * English function words are about 40% of the words of English prose, and under 10% of those of related languages, so
 * in clear cases CLD2 is not needed. Text is lowered first, as CLD2 mistakes headlines in capitals for other
 * languages. */
#include "language.h"

#include <string.h>

#include "stance/base/swar.h"
#include "stance/base/utf8.h"

const char *input_language_detect(const char *text, int length); /* language_detect.cc */

enum { LOOK_BYTES = 1000, WORDS_MIN = 12, WORDS_ENOUGH = 30, ROOM = 16 /* bytes that may be read beyond the text */ };

/* By first letter, padded with zeros. */
static const char function_words[26][10][8] = {
    ['a' - 'a'] = {"about", "after", "and", "are", "as", "at"},
    ['b' - 'a'] = {"be", "been", "between", "but", "by"},
    ['c' - 'a'] = {"could"},
    ['f' - 'a'] = {"for", "from"},
    ['h' - 'a'] = {"had", "has", "have", "he", "his"},
    ['i' - 'a'] = {"in", "into", "is", "it", "its"},
    ['m' - 'a'] = {"more"},
    ['n' - 'a'] = {"not"},
    ['o' - 'a'] = {"of", "on", "or", "over"},
    ['s' - 'a'] = {"said", "she"},
    ['t' - 'a'] = {"than", "that", "the", "their", "there", "they", "this", "to"},
    ['w' - 'a'] = {"was", "were", "when", "which", "while", "who", "will", "with", "would"},
};

static bool is_function_word(const char *word, size_t length) {
  if (length < 2 || length > 7 || word[0] < 'a' || word[0] > 'z') return false;
  uint64_t key = swar_first(swar_load(word), length);
  for (const char(*known)[8] = function_words[word[0] - 'a']; (*known)[0]; known++)
    if (swar_load(*known) == key) return true;
  return false;
}

/* The number of letters and non-ASCII bytes from text[0] on; ROOM bytes must follow. */
static size_t word_length(const char *text) {
  uint64_t others;
  size_t length = 0;
  for (uint64_t word; word = swar_load(text + length), !(others = ~(swar_letters(word) | word) & SWAR_HIGHS);)
    length += 8;
  return length + swar_index(others);
}

/* Copies text[0..length) in lower case, padded with zeros. */
static void lower(const char *text, size_t length, char out[LOOK_BYTES + ROOM]) {
  memcpy(out, text, length);
  memset(out + length, 0, ROOM);
  for (size_t at = 0; at < length; at += sizeof(uint64_t)) {
    uint64_t word = swar_load(out + at);
    word = htole64(swar_lower(word, swar_upper(word)));
    memcpy(out + at, &word, sizeof word);
  }
}

const char *input_language_guess(const char *text, size_t length) {
  char start[LOOK_BYTES + ROOM];
  size_t used = length < LOOK_BYTES ? length : LOOK_BYTES, words = 0, known = 0;
  while (used < length && used && ((unsigned char)text[used] & 0xc0) == 0x80) used--; /* not within a character */
  lower(text, used, start);
  for (size_t at = 0; at < used;) {
    size_t size = word_length(start + at);
    words += size > 0;
    known += is_function_word(start + at, size);
    at += size + 1;
    if (words >= WORDS_ENOUGH && known * 4 >= words) return "en"; /* most articles */
  }
  bool has_own_script =
      words && used >= 60 && stance_utf8_count(start, used) * 3 < used * 2; /* letters of two bytes or more */
  if (words < WORDS_MIN && !has_own_script) return NULL;
  if (known * 5 >= words) return "en";
  const char *guess = input_language_detect(start, (int)used);
  return guess && strcmp(guess, "en") == 0 && known * 10 < words ? NULL : guess; /* CLD2's errors are mostly "en" */
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
