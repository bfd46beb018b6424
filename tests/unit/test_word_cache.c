/* SPDX-License-Identifier: MIT
 * What is kept of a word: the same as the tables say, whatever words stood in its place before, and whatever its hash is. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "marked_sentence.h"
#include "stance/events/word_cache.h"
#include "stance/text/text.h"

static struct stance_lexicon *open_lexicon(void) {
  struct stance_error error = {.message = ""};
  struct stance_lexicon *lexicon = NULL;
  cr_assert_eq(stance_lexicon_open("corpora/lexicon", &lexicon, &error), STANCE_OK, "%s: %s", error.file,
               error.message);
  return lexicon;
}

static struct stance_token token_of(const char *word) {
  struct stance_token token = {.start = 0, .end = (uint32_t)strlen(word)};
  stance_token_describe(word, strlen(word), &token);
  return token;
}

static const struct stance_known_word *find(struct stance_word_cache *cache, const char *word) {
  return stance_word_cache_find(cache, token_of(word).hash, word, strlen(word));
}

Test(cache, knows_what_the_tables_say) {
  struct stance_lexicon *lexicon = open_lexicon();
  struct stance_word_cache *cache = stance_word_cache_new(lexicon);
  cr_assert_not_null(cache);
  const struct stance_known_word *attack = find(cache, "attacked");
  struct stance_lexicon_word word;
  cr_assert(stance_lexicon_lookup(lexicon, token_of("attacked").hash, &word));
  cr_expect_eq(attack->reading, word.reading);
  cr_expect_eq(attack->polarity, word.polarity);
  cr_expect_eq(attack->valence, word.valence);
  cr_expect(attack->begins_event);
  cr_expect_eq(find(cache, "of")->slot, STANCE_SLOT_OF);
  cr_expect_eq(find(cache, "of")->classes, STANCE_CLASS_PREPOSITION);
  cr_expect(find(cache, "launched")->begins_event, "it hands its subject on");
  cr_expect_not(find(cache, "the")->begins_event);
  cr_expect_eq(find(cache, "xyzzy")->classes, 0);
  cr_expect_eq(find(cache, "xyzzy")->slot, STANCE_SLOT_COUNT);
  stance_word_cache_free(cache);
  stance_lexicon_close(lexicon);
}

Test(cache, tells_words_of_one_place_apart) {
  struct stance_lexicon *lexicon = open_lexicon();
  struct stance_word_cache *cache = stance_word_cache_new(lexicon);
  uint64_t of = token_of("of").hash, other = of + STANCE_WORD_CACHE_SIZE; /* the same place */
  for (int i = 0; i < 3; i++) {
    cr_expect_eq(find(cache, "of")->classes, STANCE_CLASS_PREPOSITION);
    cr_expect_eq(stance_word_cache_find(cache, other, "x", 1)->classes, 0);
  }
  struct stance_token tokens[130]; /* more than are read at once, and each drives the one before out */
  for (size_t i = 0; i < 130; i++) tokens[i] = (struct stance_token){.start = 0, .end = 1, .hash = i % 2 ? of : other};
  stance_word_cache_read(cache, tokens, 130, "x");
  cr_expect_eq(find(cache, "of")->slot, STANCE_SLOT_OF);
  cr_expect_eq(stance_word_cache_find(cache, other, "x", 1)->slot, STANCE_SLOT_COUNT);
  stance_word_cache_free(cache);
  stance_lexicon_close(lexicon);
}

/* No empty place may pass for a word: the hashes that an unwritten place could be taken for are 0 and those of its first one. */
Test(cache, takes_no_empty_place_for_a_word) {
  struct stance_word_cache *cache = stance_word_cache_new(NULL);
  for (uint64_t hash = 0; hash < STANCE_WORD_CACHE_SIZE; hash++)
    cr_expect_eq(stance_word_cache_find(cache, hash, "x", 1)->slot, STANCE_SLOT_COUNT, "hash %d", (int)hash);
  stance_word_cache_free(cache);
}

Test(cache, works_without_a_lexicon) {
  struct stance_word_cache *cache = stance_word_cache_new(NULL);
  cr_expect_eq(find(cache, "against")->slot, STANCE_SLOT_AGAINST);
  cr_expect_null(find(cache, "attacked")->reading);
  cr_expect_eq(find(cache, "attacked")->longer, 0);
  struct stance_token token = token_of("attacked");
  stance_word_cache_read(cache, &token, 1, "attacked");
  stance_word_cache_read(cache, &token, 0, "attacked");
  stance_word_cache_free(cache);
  stance_word_cache_free(NULL);
}

/* Texts of one hash may differ in case and in the kind of apostrophe: the first one seen must not hide what the second ends in. */
Test(cache, sees_endings_in_any_writing) {
  static const char *const pairs[][2] = {{"REALLY", "really"},
                                         {"Mali's", "Mali\xe2\x80\x99s"},
                                         {"Mali\xe2\x80\x99S", "mali's"},
                                         {"troops'", "troops\xe2\x80\x99"}};
  struct stance_word_cache *cache = stance_word_cache_new(NULL);
  for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
    cr_assert_eq(token_of(pairs[i][0]).hash, token_of(pairs[i][1]).hash, "%s", pairs[i][0]);
    cr_expect(find(cache, pairs[i][0])->has_ending, "%s", pairs[i][0]);
  }
  cr_expect_not(find(cache, "the")->has_ending);
  cr_expect_not(find(cache, "a")->has_ending);
  stance_word_cache_free(cache);
}

Test(cache, knows_traits_of_lexemes) {
  struct stance_lexicon *lexicon = open_lexicon();
  struct stance_word_cache *cache = stance_word_cache_new(lexicon);
  static const struct {
    const char *lemma;
    uint8_t traits;
  } expected[] = {{"call", STANCE_LEXEME_NAMES},
                  {"take to task", STANCE_LEXEME_PHRASE},
                  {"arrest", STANCE_LEXEME_HOLDS},
                  {"kick out", STANCE_LEXEME_HOLDS | STANCE_LEXEME_PHRASE},
                  {"attack", 0}};
  for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++) {
    size_t found = 0;
    for (size_t l = 0; l < stance_lexicon_lexeme_count(lexicon); l++) {
      const struct stance_lexeme *lexeme = stance_lexicon_lexeme(lexicon, l);
      if (strcmp(lexeme->lemma, expected[i].lemma) != 0) continue;
      for (int again = 0; again < 2; again++)
        cr_expect_eq(stance_word_cache_traits(cache, lexeme), (expected[i].traits | STANCE_LEXEME_KNOWN), "%s",
                     lexeme->lemma);
      found++;
    }
    cr_expect_gt(found, 0, "%s", expected[i].lemma);
  }
  stance_word_cache_free(cache);
  stance_lexicon_close(lexicon);
}

/* ---- what a sentence makes of it ---- */

static void describe(struct stance_sequence *sequence, struct marked_sentence *marked, const char *text) {
  marked_make(marked, text, 0, 0);
  cr_assert(stance_sequence_build(sequence, &marked->document, 0));
  stance_sequence_describe(sequence);
}

static bool is_candidate(const struct stance_sequence *sequence, uint32_t symbol) {
  for (size_t i = 0; i < sequence->candidate_count; i++)
    if (sequence->candidates[i].symbol == symbol) return true;
  return false;
}

Test(cache, finds_where_events_may_begin) {
  struct stance_lexicon *lexicon = open_lexicon();
  struct stance_sequence sequence = {.lexicon = lexicon, .cache = stance_word_cache_new(lexicon)};
  struct marked_sentence marked;
  describe(&sequence, &marked, "According to [Mali|A], the table stood.");
  cr_expect(is_candidate(&sequence, 1), "the last word of \"according to\" reports");
  cr_expect_not(is_candidate(&sequence, 2), "an actor");
  cr_expect_not(is_candidate(&sequence, 4), "the");
  marked_free(&marked);
  describe(&sequence, &marked, "Anti-[French|B] rallies");
  cr_expect(is_candidate(&sequence, 0));
  marked_free(&marked);
  describe(&sequence, &marked, "[French|B]-led rallies");
  cr_expect(is_candidate(&sequence, 1));
  for (size_t i = 1; i < sequence.candidate_count; i++)
    cr_expect_lt(sequence.candidates[i - 1].symbol, sequence.candidates[i].symbol, "in order, each once");
  marked_free(&marked);
  stance_word_cache_free(sequence.cache);
  stance_sequence_free(&sequence);
  stance_lexicon_close(lexicon);
}

/* Every word of the tables may be listed; of others next to none is. */
static void expect_listed(void *context, uint64_t hash) { cr_expect(stance_word_cache_may_list(context, hash)); }

Test(cache, learns_no_word_that_no_table_has) {
  struct stance_lexicon *lexicon = open_lexicon();
  struct stance_word_cache *cache = stance_word_cache_new(lexicon);
  stance_lexicon_words(lexicon, expect_listed, cache);
  stance_word_classes_each(cache->classes, expect_listed, cache);
  size_t unlisted = 0;
  for (int i = 0; i < 1000; i++) {
    char word[24];
    snprintf(word, sizeof word, "xyzzy%d", i);
    const struct stance_known_word *known = find(cache, word);
    unlisted += known == &cache->unlisted;
    cr_expect(!known->classes && !known->reading && !known->begins_event && known->slot == STANCE_SLOT_COUNT);
  }
  cr_expect_gt(unlisted, 800);
  stance_word_cache_free(cache);
  stance_lexicon_close(lexicon);
}
