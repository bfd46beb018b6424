/* SPDX-License-Identifier: MIT
 * What is done to the text of all forms: hard-wrapped lines, language, encodings. */
#include <criterion/criterion.h>
#include <string.h>

#include "input/language.h"
#include "input/recode.h"
#include "input/wrap.h"

static struct stance_arena arena;

static void free_arena(void) { stance_arena_free(&arena); }
TestSuite(wrap, .fini = free_arena, .timeout = 60);
TestSuite(language, .fini = free_arena, .timeout = 60);
TestSuite(recode, .timeout = 60);

/* ---- wrap ------------------------------------------------------------------------------------------------------------- */

static const char *join(enum input_wrap how, const char *text) {
  struct stance_error error;
  struct input_article read = {.has_lines = true, .article = {.text = text, .text_length = strlen(text)}};
  cr_assert_eq(input_wrap_join(how, &arena, &read, &error), STANCE_OK);
  cr_assert_eq(read.article.text_length, strlen(read.article.text));
  cr_assert_eq(read.notes.counts[INPUT_NOTE_WRAPPED], strcmp(text, read.article.text) != 0);
  return read.article.text;
}

static const char broken[] =
    "Kenya on Friday recalled its\nenvoy from Sudan after a week\nof disputes. Sudan said that\nit would answer.\n\n"
    "Chad offered to be a mediator\nbetween the two.";
static const char whole[] =
    "Kenya on Friday recalled its envoy from Sudan after a week of disputes. Sudan said that it would answer.\n\n"
    "Chad offered to be a mediator between the two.";

Test(wrap, joins_lines_that_end_where_the_next_word_did_not_fit) {
  cr_assert_str_eq(join(INPUT_WRAP_AUTO, broken), whole);
}

Test(wrap, leaves_paragraphs_alone) {
  static const char *const texts[] = {
      "Kenya recalled its envoy.\nSudan answered.\nChad left.",
      "Kenya recalls envoy\nSudan answers\nChad offers talks\nTogo agrees", /* headlines */
      "- Kenya recalled its envoy\n- Sudan answered\n- Chad left", "One line."};
  for (size_t i = 0; i < 4; i++) cr_expect_str_eq(join(INPUT_WRAP_AUTO, texts[i]), texts[i]);
}

Test(wrap, does_as_it_is_told) {
  cr_assert_str_eq(join(INPUT_WRAP_KEEP, broken), broken);
  cr_assert_str_eq(join(INPUT_WRAP_JOIN, "Kenya recalls\nenvoy\n\nSudan answers"),
                   "Kenya recalls envoy\n\nSudan answers");
}

Test(wrap, puts_a_word_together_that_a_hyphen_parts) {
  cr_assert_str_eq(join(INPUT_WRAP_JOIN, "the north-\neastern road"), "the north-eastern road");
}

/* ---- language --------------------------------------------------------------------------------------------------------- */

static const char english[] =
    "The government of Mali said on Tuesday that it had asked the ambassador of France to leave the country within "
    "three days, and that it would close the border if he did not.";
static const char french[] =
    "Le gouvernement du Mali a annonc\xc3\xa9 mardi qu'il avait demand\xc3\xa9 \xc3\xa0 l'ambassadeur de France de "
    "quitter le pays dans les trois jours, et qu'il fermerait la fronti\xc3\xa8re sinon.";
static const char german[] =
    "Die Regierung von Mali hat am Dienstag erkl\xc3\xa4rt, dass sie den Botschafter Frankreichs aufgefordert habe, "
    "das "
    "Land binnen drei Tagen zu verlassen, und dass sie sonst die Grenze schlie\xc3\x9f"
    "en werde.";

Test(language, is_guessed_by_the_text) {
  cr_assert_str_eq(input_language_guess(english, strlen(english)), "en");
  cr_assert_str_eq(input_language_guess(french, strlen(french)), "fr");
  cr_assert_str_eq(input_language_guess(german, strlen(german)), "de");
}

Test(language, of_a_few_words_nothing_is_said) {
  cr_assert_null(input_language_guess("Mali accuse la France", 21));
  cr_assert_null(input_language_guess("", 0));
  cr_assert_null(input_language_guess("12 34 56", 8));
}

Test(language, capitals_are_no_other_language) {
  char capitals[sizeof english];
  for (size_t i = 0; i < sizeof english; i++)
    capitals[i] = english[i] >= 'a' && english[i] <= 'z' ? (char)(english[i] - 32) : english[i];
  cr_assert_str_eq(input_language_guess(capitals, strlen(capitals)), "en");
}

Test(language, names_of_english) {
  static const char *const yes[] = {"en", "EN", "en-GB", "en_US", "eng", "English"}, *const no[] = {"fr", "enm", "e",
                                                                                                    ""};
  for (size_t i = 0; i < 6; i++) cr_expect(input_language_is_english(yes[i]), "%s", yes[i]);
  for (size_t i = 0; i < 4; i++) cr_expect_not(input_language_is_english(no[i]), "%s", no[i]);
}

Test(language, others_are_left_out_and_counted_unless_wanted) {
  for (int any = 0; any < 2; any++) {
    struct input_article read = {.article = {.text = french, .text_length = strlen(french)}};
    input_language_check(any, &arena, &read);
    cr_expect_eq(read.is_left_out, !any);
    cr_expect_eq(read.notes.counts[INPUT_NOTE_LANGUAGE], !any);
    struct input_article named = {.article = {.text = english, .text_length = strlen(english), .lang = "fr"}};
    input_language_check(any, &arena, &named); /* what the file says goes before the guess */
    cr_expect_eq(named.is_left_out, !any);
  }
}

/* ---- recode ----------------------------------------------------------------------------------------------------------- */

/* In pieces of `step` bytes, as they come from a file. */
static const char *recode(const char *encoding, const char *in, size_t length, size_t step, uint64_t *bad) {
  static char out[512];
  struct input_recode *own = input_recode_new(encoding);
  size_t at = 0, written = 0, have = 0;
  cr_assert_not_null(own);
  while (at < length || have) {
    size_t used, made;
    have = have + step < length - at ? have + step : length - at;
    bool is_last = at + have == length;
    input_recode_run(own, in + at, have, is_last, out + written, sizeof out - written, &used, &made);
    at += used;
    have -= used;
    written += made;
    if (is_last && !have) break;
    if (is_last && !used && !made) break;
  }
  out[written] = '\0';
  *bad = input_recode_repaired(own);
  input_recode_free(own);
  return out;
}

Test(recode, gives_utf_8_however_the_bytes_come) {
  static const struct {
    const char *encoding, *in;
    size_t length;
    const char *out;
    uint64_t bad;
  } cases[] = {{"CP1252", "C\xf4te d\x92Ivoire", 13, "C\xc3\xb4te d\xe2\x80\x99Ivoire", 0},
               {"UTF-16LE", "M\0a\0\xe9\0=\xd8\"\xde", 10, "Ma\xc3\xa9\xf0\x9f\x98\xa2", 0},
               {"UTF-16BE", "\0M\0a\0\xe9", 6, "Ma\xc3\xa9", 0},
               {"ISO-8859-15", "5 \xa4", 3, "5 \xe2\x82\xac", 0},
               {"ASCII",
                "a\xff"
                "b",
                3,
                "a\xef\xbf\xbd"
                "b",
                1}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    for (size_t step = 1; step <= cases[i].length; step++) {
      uint64_t bad;
      const char *out = recode(cases[i].encoding, cases[i].in, cases[i].length, step, &bad);
      cr_expect_str_eq(out, cases[i].out, "%s by %zu: %s", cases[i].encoding, step, out);
      cr_expect_eq(bad, cases[i].bad, "%s by %zu", cases[i].encoding, step);
    }
}

Test(recode, knows_marks_and_names) {
  size_t mark;
  cr_assert_str_eq(input_recode_mark("\xff\xfeM\0", 4, &mark), "UTF-16LE");
  cr_assert_eq(mark, 2);
  cr_assert_str_eq(input_recode_mark("\xfe\xff\0M", 4, &mark), "UTF-16BE");
  cr_assert_null(input_recode_mark("\xef\xbb\xbfM", 4, &mark));
  cr_assert_null(input_recode_mark("Mali", 4, &mark));
  cr_assert(input_recode_known("latin1"));
  cr_assert_not(input_recode_known("klingon"));
  cr_assert_null(input_recode_new("klingon"));
}
