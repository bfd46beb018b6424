/* SPDX-License-Identifier: MIT
 * The lexicon's files: strict reading, longest match, forms. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "stance/base/buffer.h"
#include "stance/events/lexicon.h"
#include "stance/text/text.h"

#define HEAD "lemma\tpos\tclass\tpolarity\tstrength\tslots\tforms\n"
#define ACCUSE \
  "accuse\tverb\tverbal-conflict\t-1\t4\tsubj=source obj=target of=issue\taccuse,accuses,accused,accusing\n"
#define CALL "call on\tverb\tneutral\t0\t1\tsubj=source obj=target\tcall on,calls on,called on,calling on\n"
#define CALL_OFF "call\tverb\tneutral\t0\t0\t\tcall,calls,called,calling\n"
#define ATTACK                                                                    \
  "attack\tnoun\tmaterial-conflict\t-1\t9\tby=source on=target\tattack,attacks\n" \
  "attack\tverb\tmaterial-conflict\t-1\t9\tsubj=source obj=target\tattack,attacks,attacked,attacking\n"
#define FUNCTIONS                                            \
  "\ffunction-words.tsv\nword\tkind\nnot\tnegator\nrefused " \
  "to\tnegator\nsaid\treporting\nchief\ttitle\nchief\tagent-noun\n"
#define DEEDS                                                                     \
  "\fframe-verbs.tsv\nlemma\tforms\n\fframe-objects.tsv\nclass\tnouns\n\fframes." \
  "tsv\nverbs\tclasses\tslots\tclass\tpolarity\tstrength\n"
#define WORDS \
  "\fafinn-165.tsv\n# a comment\nbad\t-3\ncool stuff\t3\nfine\t2\n\fnews-valence.tsv\ntook fire\t-2\ntruce\t2\n"
#define POLARITY WORDS DEEDS

static struct stance_lexicon *parse(const char *text) {
  struct stance_lexicon *lexicon = NULL;
  struct stance_error error = {.message = ""};
  cr_assert_eq(stance_lexicon_parse(text, strlen(text), &lexicon, &error), STANCE_OK, "%s:%zu: %s", error.file,
               error.line, error.message);
  return lexicon;
}

static void expect_error(const char *text, const char *file, size_t line, const char *message) {
  struct stance_lexicon *lexicon = NULL;
  struct stance_error error = {.message = ""};
  cr_assert_eq(stance_lexicon_parse(text, strlen(text), &lexicon, &error), STANCE_INPUT);
  cr_assert_null(lexicon);
  cr_expect_str_eq(error.file, file);
  cr_expect_eq(error.line, line, "line %zu", error.line);
  cr_expect_str_eq(error.message, message);
}

static size_t words_of(const char *text, struct stance_token *tokens) {
  size_t count = 0;
  for (const char *word = text; *word;) {
    size_t length = strcspn(word, " ");
    stance_token_describe(word, length, &tokens[count++]);
    word += length + (word[length] == ' ');
  }
  return count;
}

/* As verb, else noun, else adjective. */
static const struct stance_lexeme *find(const struct stance_lexicon *lexicon, const struct stance_token *tokens,
                                        size_t count, size_t *words) {
  const struct stance_reading *reading = stance_lexicon_read(lexicon, tokens, count, words);
  for (size_t speech = 0; reading && speech < 3; speech++)
    if (reading->lexemes[speech]) return reading->lexemes[speech];
  return NULL;
}

/* The entry at the start of the text, which has one. */
static const struct stance_lexeme *find_first(const struct stance_lexicon *lexicon, const char *text, size_t *words) {
  struct stance_token tokens[8];
  const struct stance_lexeme *lexeme = find(lexicon, tokens, words_of(text, tokens), words);
  cr_assert_not_null(lexeme);
  return lexeme;
}

Test(lexicon, finds_the_longest_entry) {
  struct stance_lexicon *lexicon = parse("\fconflict-cooperation.tsv\n" HEAD CALL CALL_OFF FUNCTIONS POLARITY);
  struct stance_token tokens[8];
  size_t words;
  cr_expect_str_eq(find_first(lexicon, "called on France", &words)->lemma, "call on");
  cr_expect_eq(words, 2);
  cr_expect_str_eq(find_first(lexicon, "called off France", &words)->lemma, "call");
  cr_expect_eq(words, 1);
  cr_expect_null(find(lexicon, tokens, words_of("off France", tokens), &words));
  stance_lexicon_close(lexicon);
}

Test(lexicon, folds_case_and_keeps_fields) {
  struct stance_lexicon *lexicon = parse("\fconflict-cooperation.tsv\n" HEAD ACCUSE FUNCTIONS POLARITY);
  size_t words;
  const struct stance_lexeme *lexeme = find_first(lexicon, "ACCUSED France", &words);
  cr_expect_eq(lexeme->quad, STANCE_VERBAL_CONFLICT);
  cr_expect_eq(lexeme->polarity, -1);
  cr_expect_eq(lexeme->strength, 4);
  cr_expect_eq(lexeme->roles[STANCE_SLOT_SUBJECT], STANCE_ROLE_SOURCE);
  cr_expect_eq(lexeme->roles[STANCE_SLOT_OBJECT], STANCE_ROLE_TARGET);
  cr_expect_eq(lexeme->roles[STANCE_SLOT_OF], STANCE_ROLE_ISSUE);
  cr_expect_eq(lexeme->roles[STANCE_SLOT_WITH], STANCE_ROLE_NONE);
  stance_lexicon_close(lexicon);
}

Test(lexicon, reads_all_of_a_form) {
  struct stance_lexicon *lexicon = parse("\fconflict-cooperation.tsv\n" HEAD ATTACK FUNCTIONS POLARITY);
  struct stance_token tokens[8];
  size_t words, count = words_of("attacks", tokens);
  const struct stance_reading *reading = stance_lexicon_read(lexicon, tokens, count, &words);
  cr_assert_not_null(reading);
  cr_expect_not_null(reading->lexemes[STANCE_SPEECH_VERB]);
  cr_expect_not_null(reading->lexemes[STANCE_SPEECH_NOUN]);
  cr_expect_null(reading->lexemes[STANCE_SPEECH_ADJECTIVE]);
  cr_expect_eq(reading->inflection, STANCE_FORM_THIRD);
  words_of("attacking", tokens);
  cr_expect_eq(stance_lexicon_read(lexicon, tokens, 1, &words)->inflection, STANCE_FORM_ING);
  words_of("attacked", tokens);
  cr_expect_eq(stance_lexicon_read(lexicon, tokens, 1, &words)->inflection, STANCE_FORM_PAST);
  cr_expect_eq(stance_lexicon_lexeme_count(lexicon), 2);
  stance_lexicon_close(lexicon);
}

static struct stance_lexicon_row row_of(const struct stance_lexicon *lexicon, const char *text) {
  struct stance_token tokens[8];
  size_t count = words_of(text, tokens);
  struct stance_lexicon_row row;
  stance_lexicon_row(lexicon, stance_lexicon_longer(stance_lexicon_starts(lexicon), tokens, count), tokens, count,
                     &row);
  return row;
}

Test(lexicon, knows_function_words_and_polarity) {
  struct stance_lexicon *lexicon = parse("\fconflict-cooperation.tsv\n" HEAD ACCUSE FUNCTIONS POLARITY);
  struct stance_token tokens[8];
  struct stance_lexicon_word word;
  words_of("refused chief bad fine cool", tokens);
  cr_assert(stance_lexicon_lookup(lexicon, tokens[0].hash, &word)); /* an entry starts with it */
  cr_expect_eq(word.function, 0);
  cr_expect_eq(word.longer, STANCE_LONGER_FUNCTION);
  cr_assert(stance_lexicon_lookup(lexicon, tokens[1].hash, &word));
  cr_expect_eq(word.function, 1u << STANCE_TITLE | 1u << STANCE_AGENT_NOUN);
  cr_expect_eq(word.longer, 0);
  cr_assert(stance_lexicon_lookup(lexicon, tokens[2].hash, &word));
  cr_expect_eq(word.polarity, -3);
  cr_expect_eq(word.function, 0);
  cr_expect_null(word.reading);
  cr_assert(stance_lexicon_lookup(lexicon, tokens[3].hash, &word));
  cr_expect_eq(word.polarity, 2);
  cr_expect_not(stance_lexicon_lookup(lexicon, tokens[4].hash, &word));
  struct stance_lexicon_row row = row_of(lexicon, "refused to say");
  cr_expect_eq(row.function, 1u << STANCE_NEGATOR);
  cr_expect_eq(row.function_words, 2);
  cr_expect_eq(row.valence_words, 0);
  cr_expect_null(row.reading);
  cr_expect_eq(row_of(lexicon, "refused").function_words, 0);
  stance_lexicon_close(lexicon);
}

Test(lexicon, gives_the_valence_of_the_longest_entry) {
  struct stance_lexicon *lexicon =
      parse("\fconflict-cooperation.tsv\n" HEAD ACCUSE FUNCTIONS WORDS "took fire by night\t3\n" DEEDS);
  struct stance_token tokens[8];
  struct stance_lexicon_word word;
  words_of("took truce", tokens);
  cr_assert(stance_lexicon_lookup(lexicon, tokens[0].hash, &word));
  cr_expect_eq(word.valence, 0);
  cr_expect_eq(word.longer, STANCE_LONGER_VALENCE);
  cr_assert(stance_lexicon_lookup(lexicon, tokens[1].hash, &word));
  cr_expect_eq(word.valence, 2);
  cr_expect_eq(row_of(lexicon, "took fire").valence, -2);
  cr_expect_eq(row_of(lexicon, "took fire by night here").valence, 3);
  cr_expect_eq(row_of(lexicon, "took fire by night here").valence_words, 4);
  cr_expect_eq(row_of(lexicon, "took fire by day").valence_words, 2); /* the longer one breaks off */
  cr_expect_eq(row_of(lexicon, "took by night").valence_words, 0);
  stance_lexicon_close(lexicon);
}

Test(lexicon, tells_where_rows_of_words_start) {
  struct stance_lexicon *lexicon =
      parse("\fconflict-cooperation.tsv\n" HEAD CALL CALL_OFF FUNCTIONS WORDS "took up arms\t-1\n" DEEDS);
  const struct stance_lexicon_starts *starts = stance_lexicon_starts(lexicon);
  struct stance_token tokens[8];
  size_t count = words_of("called on Mali", tokens);
  cr_expect(stance_starts_pair(starts, tokens[0].hash, tokens[1].hash));
  cr_expect_not(stance_starts_pair(starts, tokens[1].hash, tokens[2].hash));
  cr_expect_eq(stance_lexicon_longer(starts, tokens, count), STANCE_LONGER_LEXEME);
  cr_expect_eq(stance_lexicon_longer(starts, tokens, 1), 0);
  count = words_of("took up arms", tokens);
  cr_expect(stance_starts_pair(starts, tokens[0].hash, tokens[1].hash));
  cr_expect_eq(stance_lexicon_longer(starts, tokens, count), STANCE_LONGER_VALENCE);
  cr_expect_eq(stance_lexicon_longer(starts, tokens, 2), 0); /* no entry has just these two */
  words_of("took up office", tokens);
  cr_expect_eq(stance_lexicon_longer(starts, tokens, count), 0);
  stance_lexicon_close(lexicon);
}

Test(lexicon, gives_its_text_back) {
  const char *text = "\fconflict-cooperation.tsv\n" HEAD ACCUSE FUNCTIONS POLARITY;
  struct stance_lexicon *lexicon = parse(text);
  size_t length;
  const char *again = stance_lexicon_text(lexicon, &length);
  cr_expect_eq(length, strlen(text));
  cr_expect_eq(memcmp(again, text, length), 0);
  stance_lexicon_close(lexicon);
}

Test(lexicon, says_where_a_line_is_bad) {
  expect_error("\fconflict-cooperation.tsv\n# note\n" HEAD "a\tverb\tneutral\t0\t0\tsubj=source\n" FUNCTIONS POLARITY,
               "conflict-cooperation.tsv", 3, "6 columns; expected 7");
  expect_error("\fconflict-cooperation.tsv\n" HEAD "a\tvreb\tneutral\t0\t0\t\ta\n" FUNCTIONS POLARITY,
               "conflict-cooperation.tsv", 2, "unknown part of speech 'vreb'");
  expect_error("\fconflict-cooperation.tsv\n" HEAD "a\tverb\tneutral\t2\t0\t\ta\n" FUNCTIONS POLARITY,
               "conflict-cooperation.tsv", 2, "polarity is '2'; expected a whole number from -1 to 1");
  expect_error("\fconflict-cooperation.tsv\n" HEAD "a\tverb\tneutral\t0\t0\tsubj=sauce\ta\n" FUNCTIONS POLARITY,
               "conflict-cooperation.tsv", 2, "unknown role 'sauce'");
  expect_error("\fconflict-cooperation.tsv\n" HEAD "a\tverb\tneutral\t0\t0\tsubj\ta\n" FUNCTIONS POLARITY,
               "conflict-cooperation.tsv", 2, "slot 'subj' has no role; expected slot=role");
  expect_error("\fconflict-cooperation.tsv\n" HEAD "a\tverb\tneutral\t0\t0\t\ta,,b\n" FUNCTIONS POLARITY,
               "conflict-cooperation.tsv", 2, "'' has an empty word");
  expect_error("\fconflict-cooperation.tsv\n" HEAD ACCUSE "\ffunction-words.tsv\nword\tkind\nnot\tnegater\n" POLARITY,
               "function-words.tsv", 2, "unknown kind 'negater'");
  expect_error("\fconflict-cooperation.tsv\n" HEAD ACCUSE FUNCTIONS "\fafinn-165.tsv\nbad\t-9\n", "afinn-165.tsv", 1,
               "score is '-9'; expected a whole number from -5 to 5");
  expect_error("\fconflict-cooperation.tsv\nword\n" FUNCTIONS POLARITY, "conflict-cooperation.tsv", 1,
               "bad header 'word'; expected the columns lemma\tpos\tclass\tpolarity\tstrength\tslots\tforms");
  expect_error("", "", 0, "lexicon without its part 'conflict-cooperation.tsv'");
  expect_error("\fconflict-cooperation.tsv\n" HEAD ACCUSE FUNCTIONS, "", 0, "lexicon without its part 'afinn-165.tsv'");
}

Test(lexicon, refuses_a_missing_folder) {
  struct stance_lexicon *lexicon;
  struct stance_error error;
  cr_expect_eq(stance_lexicon_open("/nowhere", &lexicon, &error), STANCE_INPUT);
  cr_expect_str_eq(error.file, "/nowhere/conflict-cooperation.tsv");
}

#define FRAME_VERBS "\fframe-verbs.tsv\nlemma\tforms\nwrite\twrite,writes,wrote,written,writing\n"
#define FRAME_OBJECTS "\fframe-objects.tsv\nclass\tnouns\ndebt\tdebt,debts,war debt\n"
#define FRAMES "\fframes.tsv\nverbs\tclasses\tslots\tclass\tpolarity\tstrength\n"
#define BEFORE_DEEDS "\fconflict-cooperation.tsv\n" HEAD ACCUSE FUNCTIONS WORDS

Test(lexicon, names_what_is_wrong_with_deeds) {
  expect_error(BEFORE_DEEDS "\fframe-verbs.tsv\nlemma\tforms\nwrite off\twrite\n" FRAME_OBJECTS FRAMES,
               "frame-verbs.tsv", 2, "lemma 'write off'; expected one word");
  expect_error(BEFORE_DEEDS FRAME_VERBS "write\twrite\n" FRAME_OBJECTS FRAMES, "frame-verbs.tsv", 3,
               "the lemma 'write' stands twice");
  expect_error(BEFORE_DEEDS FRAME_VERBS FRAME_OBJECTS "debt\tloan\n" FRAMES, "frame-objects.tsv", 3,
               "the class 'debt' stands twice");
  expect_error(BEFORE_DEEDS FRAME_VERBS FRAME_OBJECTS "aid\ttent,tent\n" FRAMES, "frame-objects.tsv", 3,
               "noun 'tent' stands twice in class 'aid'");
  expect_error(BEFORE_DEEDS FRAME_VERBS FRAME_OBJECTS FRAMES "write off\taid\tof\tneutral\t1\t1\n", "frames.tsv", 2,
               "unknown class 'aid'; expected one of frame-objects.tsv");
  expect_error(BEFORE_DEEDS FRAME_VERBS FRAME_OBJECTS FRAMES "cancel\tdebt\tof\tneutral\t1\t1\n", "frames.tsv", 2,
               "verb 'cancel'; expected one of frame-verbs.tsv and at most 3 words more");
  expect_error(BEFORE_DEEDS FRAME_VERBS FRAME_OBJECTS FRAMES "write off\tdebt\tbeside\tneutral\t1\t1\n", "frames.tsv",
               2, "unknown slot 'beside'");
}

/* ---- as a model keeps it ---- */

/* The image in memory as a model's: at a multiple of 64 bytes, of its exact size. */
static unsigned char *image_of(const struct stance_lexicon *lexicon, size_t *size) {
  struct stance_buffer image = {0};
  stance_lexicon_image(lexicon, &image);
  cr_assert(!image.failed && image.length % 64 == 0);
  *size = image.length;
  unsigned char *bytes = aligned_alloc(64, image.length);
  memcpy(bytes, image.data, image.length);
  stance_buffer_free(&image);
  return bytes;
}

static void count_word(void *context, uint64_t hash) {
  (void)hash;
  ++*(size_t *)context;
}

Test(lexicon, is_the_same_from_the_tables_of_a_model) {
  struct stance_lexicon *read, *taken;
  cr_assert_eq(stance_lexicon_open("corpora/lexicon", &read, NULL), STANCE_OK);
  size_t size, length, read_words = 0, taken_words = 0;
  const char *text = stance_lexicon_text(read, &length);
  unsigned char *bytes = image_of(read, &size);
  cr_assert_eq(stance_lexicon_take(text, length, bytes, size, &taken, NULL), STANCE_OK);
  cr_expect_eq(stance_lexicon_lexeme_count(taken), stance_lexicon_lexeme_count(read));
  for (size_t i = 0; i < stance_lexicon_lexeme_count(read); i++) {
    const struct stance_lexeme *a = stance_lexicon_lexeme(read, i), *b = stance_lexicon_lexeme(taken, i);
    cr_assert_str_eq(a->lemma, b->lemma);
    cr_assert(a->hash == b->hash && a->quad == b->quad && memcmp(a->roles, b->roles, sizeof a->roles) == 0);
  }
  stance_lexicon_words(read, count_word, &read_words);
  stance_lexicon_words(taken, count_word, &taken_words);
  cr_expect(read_words > 10000 && read_words == taken_words);
  static const char *const rows[] = {"called on",   "attack", "imposed sanctions on", "wrote off",
                                     "turned back", "not",    "refused to",           "crisis",
                                     "truce",       "said",   "took part in",         "cease fire in"};
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    struct stance_token tokens[8];
    size_t count = words_of(rows[i], tokens), a_words, b_words;
    const struct stance_reading *a = stance_lexicon_read(read, tokens, count, &a_words),
                                *b = stance_lexicon_read(taken, tokens, count, &b_words);
    cr_assert(!a == !b && a_words == b_words, "%s", rows[i]);
    struct stance_lexicon_word a_word = {.reading = NULL}, b_word = {.reading = NULL};
    cr_expect_eq(stance_lexicon_lookup(read, tokens[0].hash, &a_word),
                 stance_lexicon_lookup(taken, tokens[0].hash, &b_word));
    cr_expect(a_word.polarity == b_word.polarity && a_word.valence == b_word.valence &&
              a_word.function == b_word.function && a_word.longer == b_word.longer);
    for (size_t speech = 0; a && speech < 3; speech++) {
      cr_assert_eq(!a->lexemes[speech], !b->lexemes[speech]);
      if (a->lexemes[speech]) cr_expect_str_eq(a->lexemes[speech]->lemma, b->lexemes[speech]->lemma);
    }
    if (a) cr_expect(a->inflection == b->inflection && a->frame_verb == b->frame_verb);
  }
  unsigned char *again = image_of(taken, &length); /* a model that is written from a model */
  stance_lexicon_close(taken);
  free(bytes);
  bytes = image_of(read, &size);
  cr_expect(size == length && memcmp(again, bytes, size) == 0);
  stance_lexicon_close(read);
  free(again);
  free(bytes);
}

/* Whatever stands in the tables: they are refused, or asked without reading outside of them. */
Test(lexicon, damaged_tables_are_refused_or_harmless, .timeout = 60) {
  const char *text = "\fconflict-cooperation.tsv\n" HEAD ACCUSE CALL CALL_OFF ATTACK FUNCTIONS WORDS
                     "\fframe-verbs.tsv\nlemma\tforms\nwrite\twrite,wrote\n\fframe-objects.tsv\nclass\tnouns\n"
                     "debt\tdebt,old loan\n\fframes.tsv\nverbs\tclasses\tslots\tclass\tpolarity\tstrength\n"
                     "write off\tdebt\tposs\tmaterial-cooperation\t1\t5\n";
  struct stance_lexicon *lexicon = parse(text);
  size_t size, refused = 0, taken = 0;
  unsigned char *whole = image_of(lexicon, &size), *bytes = aligned_alloc(64, size);
  stance_lexicon_close(lexicon);
  uint64_t random = 17;
  for (size_t trial = 0; trial < 4000; trial++) {
    memcpy(bytes, whole, size);
    size_t cut = size;
    for (size_t change = 0; change < 1 + trial % 3; change++) {
      random = random * UINT64_C(6364136223846793005) + 1442695040888963407;
      size_t at =
          128 + (size_t)(random >> 33) % (size - 128); /* behind the key: another version's tables are passed over */
      bytes[at] ^= (unsigned char)(1u << (random >> 24 & 7));
    }
    if (trial % 16 == 0) cut = 128 + (size_t)(random >> 33) % (size - 128);
    enum stance_status status = stance_lexicon_take(text, strlen(text), bytes, cut, &lexicon, NULL);
    cr_assert(status == STANCE_OK || status == STANCE_INPUT);
    refused += status != STANCE_OK;
    if (status != STANCE_OK) continue;
    taken++;
    struct stance_token tokens[8];
    size_t words, count = words_of("called on France to cool stuff", tokens);
    for (size_t i = 0; i < count; i++) {
      const struct stance_lexeme *lexeme = find(lexicon, tokens + i, count - i, &words);
      if (lexeme) cr_assert_leq(strlen(lexeme->lemma), size);
    }
    stance_lexicon_close(lexicon);
  }
  cr_expect(refused > 100 && taken > 100, "%zu refused, %zu taken", refused, taken);
  free(whole);
  free(bytes);
}

Test(lexicon, tables_of_another_version_are_passed_over) {
  const char *text = "\fconflict-cooperation.tsv\n" HEAD CALL FUNCTIONS POLARITY;
  struct stance_lexicon *lexicon = parse(text);
  size_t size, words;
  unsigned char *bytes = image_of(lexicon, &size);
  stance_lexicon_close(lexicon);
  bytes[64] ^= 1; /* of the key */
  memset(bytes + 128, 0xff, size - 128);
  cr_assert_eq(stance_lexicon_take(text, strlen(text), bytes, size, &lexicon, NULL), STANCE_OK);
  struct stance_token tokens[8];
  cr_expect_str_eq(find(lexicon, tokens, words_of("called on", tokens), &words)->lemma, "call on");
  stance_lexicon_close(lexicon);
  cr_assert_eq(stance_lexicon_take(text, strlen(text), NULL, 0, &lexicon, NULL),
               STANCE_OK); /* an older model has none */
  stance_lexicon_close(lexicon);
  free(bytes);
}
