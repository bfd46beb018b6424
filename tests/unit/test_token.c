/* SPDX-License-Identifier: MIT
 * Tokens: what is one, what is known of it, and that none loses a byte. */
#include <criterion/criterion.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "stance/base/ascii.h"
#include "stance/base/file.h"
#include "stance/base/hash.h"
#include "stance/base/utf8.h"
#include "stance/text/article.h"
#include "stance/text/text_rules.h"
#include "text_suite.h"

TestSuite(token, .init = text_setup, .fini = text_teardown);

static void tokenise(const char *text, size_t length, struct stance_document *document) {
  struct stance_error error;
  cr_assert_eq(stance_sentence_whole(&arena, text, length, document, &error), STANCE_OK);
  cr_assert_eq(stance_tokens_find(matcher, &arena, document, &error), STANCE_OK);
}

/* Tokens joined by '|', each behind its kind's letter. Valid until the next call. */
static const char *tokens(const char *text) {
  static const char kinds[] = "wnahtup";
  static char joined[4096];
  struct stance_document document;
  tokenise(text, strlen(text), &document);
  size_t used = 0;
  for (uint32_t i = 0; i < document.token_count; i++) {
    const struct stance_token *token = &document.tokens[i];
    if (i) joined[used++] = '|';
    joined[used++] = kinds[token->kind];
    joined[used++] = ' ';
    memcpy(joined + used, document.text + token->start, token->end - token->start);
    used += token->end - token->start;
    cr_assert_lt(used, sizeof joined - 64);
  }
  joined[used] = '\0';
  return joined;
}

static void expect_tokens(const char *text, const char *expected) {
  cr_expect_str_eq(tokens(text), expected);
  matcher->rules_only = true;
  cr_expect_str_eq(tokens(text), expected, "by rules only: %s", tokens(text));
  matcher->rules_only = false;
}

Test(token, keeps_words_whole) {
  expect_tokens("He's Mali's, don't.", "w He's|w Mali's|p ,|w don't|p .");
  expect_tokens("Mali’s “army”", "w Mali’s|p “|w army|p ”");
  expect_tokens("Guinea-Bissau, al-Qa'ida", "w Guinea-Bissau|p ,|w al-Qa'ida");
  expect_tokens("20-year-old F-16s $1.5m-a-year", "w 20-year-old|w F-16s|w $1.5m-a-year");
  expect_tokens("O'Brien l’Étranger N'Djamena", "w O'Brien|w l’Étranger|w N'Djamena");
  expect_tokens("AT&T and/or G8", "w AT&T|w and|p /|w or|w G8");
  expect_tokens("forces' drone and 'the workers' he", "w forces'|w drone|w and|p '|w the|w workers|p '|w he");
  expect_tokens("Mali–France row", "w Mali|p –|w France|w row");
  expect_tokens("he said: no - yes & / states' \"end'\"",
                "w he|w said|p :|w no|p -|w yes|p &|p /|w states'|p \"|w end|p '|p \"");
  expect_tokens("(£) (\xcc\x81) -", "p (|p £|p )|p (\xcc\x81|p )|p -");
  expect_tokens(
      "Go\xc3\xaf"
      "ta Goi\xcc\x88ta",
      "w Goïta|w Goi\xcc\x88ta");
}

Test(token, keeps_numbers_whole) {
  expect_tokens("1,250.5 3.5% $1.5bn US$2m £600m", "n 1,250.5|n 3.5%|n $1.5bn|n US$2m|n £600m");
  expect_tokens("in 2004, 2005; the 1990s 5th 10:30 9/11 2014-15.",
                "w in|n 2004|p ,|n 2005|p ;|w the|n 1990s|n 5th|n 10:30|n 9/11|n 2014-15|p .");
  expect_tokens("(5)", "p (|n 5|p )");
  expect_tokens("$5 £5. ($1.13bn) 76%, 7.5: $ 5", "n $5|n £5|p .|p (|n $1.13bn|p )|n 76%|p ,|n 7.5|p :|p $|n 5");
  expect_tokens("1. 2.x 3,x 4:x 5/6 7-8 9,\xd9\xa3",
                "n 1|p .|n 2|p .|w x|n 3|p ,|w x|n 4|p :|w x|n 5/6|n 7-8|n 9,\xd9\xa3");
  expect_tokens("1.2.3.4.5.6.7.8.9.10.11.12.13.14 x", "n 1.2.3.4.5.6.7.8.9.10.11.12.13|p .|n 14|w x");
  expect_tokens("1bn 2tn 3m 4k 5tr 6mn 7th 8st 9nd 3rd 1s 2am 3pm 4km 5kg 6mph",
                "n 1bn|n 2tn|n 3m|n 4k|n 5tr|w 6mn|n 7th|n 8st|n 9nd|n 3rd|n 1s|n 2am|n 3pm|w 4km|w 5kg|w 6mph");
  expect_tokens("5ms 5m. 5m's 5% 5%x 5s' 90' $", "w 5ms|n 5m|p .|n 5m's|n 5%|w 5|p %|w x|n 5s|p '|n 90|p '|p $");
}

Test(token, keeps_acronyms_with_their_stops) {
  expect_tokens("U.S. U.S.'s U.S.A, a.m. U.S.-led", "a U.S.|a U.S.'s|a U.S.A|p ,|a a.m.|w U.S.-led");
  expect_tokens("Mr. J. Smith of Apple Inc.", "a Mr.|a J.|w Smith|w of|w Apple|a Inc.");
  expect_tokens("No. 10 said no.", "a No.|n 10|w said|w no|p .");
  expect_tokens("Plan B.", "w Plan|w B|p .");
}

Test(token, keeps_names_of_the_net_whole) {
  expect_tokens("See https://a.com/b?c=d, www.bbc.co.uk.", "w See|u https://a.com/b?c=d|p ,|u www.bbc.co.uk|p .");
  expect_tokens("@France24 on #Mali #2022 jane.doe@example.com",
                "h @France24|w on|t #Mali|p #|n 2022|u jane.doe@example.com");
  expect_tokens("Booking.com's end.", "u Booking.com|p '|w s|w end|p .");
}

Test(token, takes_marks_one_by_one) {
  expect_tokens("ok?! ... (\"x\") --", "w ok|p ?|p !|p ...|p (|p \"|w x|p \"|p )|p --");
  expect_tokens("Well… 😀", "w Well|p …|p 😀");
}

static struct stance_token describe(const char *text) {
  struct stance_token token = {0};
  stance_token_describe(text, strlen(text), &token);
  return token;
}

Test(token, knows_shapes) {
  static const struct {
    const char *text;
    int shape;
  } samples[] = {
      {"mali", STANCE_SHAPE_LOWER},
      {"Mali", STANCE_SHAPE_CAPITAL},
      {"US", STANCE_SHAPE_UPPER},
      {"us", STANCE_SHAPE_LOWER},
      {"Us", STANCE_SHAPE_CAPITAL},
      {"US's", STANCE_SHAPE_UPPER},
      {"U.S.", STANCE_SHAPE_UPPER},
      {"A", STANCE_SHAPE_CAPITAL},
      {"McDonald", STANCE_SHAPE_MIXED},
      {"iPhone", STANCE_SHAPE_MIXED},
      {"Anglo-French", STANCE_SHAPE_CAPITAL},
      {"O'Brien", STANCE_SHAPE_CAPITAL},
      {"al-Qaeda", STANCE_SHAPE_MIXED},
      {"2004", STANCE_SHAPE_LOWER},
      {"Élysée", STANCE_SHAPE_CAPITAL},
      {"ÉU", STANCE_SHAPE_UPPER},
      {"Mali’s", STANCE_SHAPE_CAPITAL},
      {"UE’s", STANCE_SHAPE_UPPER},
      {"G8", STANCE_SHAPE_CAPITAL},
  };
  for (size_t i = 0; i < sizeof samples / sizeof *samples; i++)
    cr_expect_eq(describe(samples[i].text).shape, samples[i].shape, "%s", samples[i].text);
}

Test(token, says_which_are_plain_letters) {
  static const char *const plain[] = {"mali", "Mali", "US", "a"};
  static const char *const others[] = {"U.S.", "Mali's", "mali-led", "2004", "G8",   "Élysée",
                                       "[",    "@",      "`",        "{",    "#mali"};
  for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) cr_expect(describe(plain[i]).is_plain, "%s", plain[i]);
  for (size_t i = 0; i < sizeof others / sizeof *others; i++)
    cr_expect_not(describe(others[i]).is_plain, "%s", others[i]);
}

Test(token, hashes_the_folded_form) {
  cr_expect_eq(describe("Mali’S").hash, describe("mali's").hash);
  cr_expect_eq(describe("Goi\xcc\x88ta").hash, describe("GOÏTA").hash);
  cr_expect_neq(describe("Mali").hash, describe("Malian").hash);
  cr_expect_eq(describe("accused").prefix, describe("accusing").prefix);
  cr_expect_eq(describe("accused").prefix, describe("Accus").hash);
  cr_expect_eq(describe("accus").prefix, describe("accus").hash);
  cr_expect_eq(describe("élysée").prefix, describe("ÉLYSÉ").hash);
  cr_expect_eq(describe("\u212Aenya").hash, describe("kenya").hash); /* the Kelvin sign: long way and short way */
  cr_expect_eq(describe("\u212Aenya").prefix, describe("kenya").prefix);
  cr_expect_eq(describe("Mali").hash, UINT64_C(0x7b35214718ebd649)); /* model files hold what is made of it */
  cr_expect_eq(describe("Internationalisms").hash, XXH3_64bits("internationalisms", 17));
}

static int by_number(const void *a, const void *b) {
  uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
  return (x > y) - (x < y);
}

/* "a", "ab", "aaaaaaaazq": words of up to 16 letters that are alike but for their last three. */
Test(token, short_words_have_hashes_of_their_own) {
  enum { LENGTHS = 16, ENDINGS = 26 * 26 * 26 };
  static uint64_t hashes[LENGTHS * ENDINGS];
  size_t count = 0;
  for (size_t length = 1; length <= LENGTHS; length++)
    for (size_t ending = 0; ending < (length == 1 ? 26 : length == 2 ? 26 * 26 : ENDINGS); ending++) {
      char text[LENGTHS + 1] = "aaaaaaaaaaaaaaaa";
      size_t rest = ending;
      for (size_t i = length; i > 0 && rest; rest /= 26) text[--i] = (char)('a' + rest % 26);
      struct stance_token token = {0};
      stance_token_describe(text, length, &token);
      hashes[count++] = token.hash;
    }
  qsort(hashes, count, sizeof *hashes, by_number);
  for (size_t i = 1; i < count; i++) cr_assert_neq(hashes[i], hashes[i - 1]);
}

/* Around the eight bytes up to which it goes by itself, and where letters are not ASCII. */
Test(token, hashes_parts_as_whole_tokens) {
  static const char *const texts[] = {"",
                                      "s",
                                      "S",
                                      "us",
                                      "US",
                                      "Us",
                                      "uS",
                                      "600m",
                                      "Mali's",
                                      "US's",
                                      "McDonald",
                                      "ABCDEFGH",
                                      "abcdefghi",
                                      "Abcdefghi",
                                      "é",
                                      "É",
                                      "Élysée",
                                      "İ",
                                      "1234567é",
                                      "abcdefghijklmnop",
                                      "Abcdefghijklmnopq"};
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    uint8_t shape = UINT8_MAX;
    struct stance_token token = describe(texts[i]);
    cr_expect_eq(stance_token_hash(texts[i], strlen(texts[i]), &shape), token.hash, "%s", texts[i]);
    cr_expect_eq(shape, token.shape, "%s", texts[i]);
  }
}

Test(token, hashes_long_tokens_by_all_of_them) {
  char a[400], b[400];
  memset(a, 'x', sizeof a);
  memset(b, 'x', sizeof b);
  b[399] = 'y';
  struct stance_token x = {0}, y = {0};
  stance_token_describe(a, sizeof a, &x);
  stance_token_describe(b, sizeof b, &y);
  cr_expect_neq(x.hash, y.hash);
  cr_expect_eq(x.prefix, y.prefix);
}

/* Spans and gaps of a document give its text back: sentences in order, tokens in order within them, gaps white space alone. */
static void expect_all_text(const struct stance_document *document) {
  uint32_t at = 0;
  for (uint32_t i = 0; i < document->sentence_count; i++) {
    const struct stance_sentence *sentence = &document->sentences[i];
    cr_assert_leq(at, sentence->start);
    cr_assert_lt(sentence->start, sentence->end);
    for (; at < sentence->start; at += (uint32_t)stance_space_length(document->text, at, document->length))
      cr_assert(stance_space_length(document->text, at, document->length));
    for (uint32_t j = 0; j < sentence->token_count; j++) {
      const struct stance_token *token = &document->tokens[sentence->token_first + j];
      for (; at < token->start; at += (uint32_t)stance_space_length(document->text, at, document->length))
        cr_assert(stance_space_length(document->text, at, document->length));
      cr_assert_eq(at, token->start);
      cr_assert_lt(token->start, token->end);
      cr_assert(stance_utf8_valid(document->text + token->start, token->end - token->start));
      for (; at < token->end;) { /* no white space inside, and only whole characters */
        cr_assert_not(stance_space_length(document->text, at, document->length));
        at++;
        while (at < token->end && ((unsigned char)document->text[at] & 0xc0) == 0x80) at++;
      }
    }
    cr_assert_eq(at, sentence->end);
  }
  for (; at < document->length; at += (uint32_t)stance_space_length(document->text, at, document->length))
    cr_assert(stance_space_length(document->text, at, document->length));
}

static void expect_property(const char *text, size_t length) {
  struct stance_article article = {.text = text, .text_length = length};
  struct stance_document document, again;
  struct stance_error error;
  cr_assert_eq(stance_sentences_find(matcher, &arena, &article, &document, &error), STANCE_OK);
  cr_assert_eq(stance_tokens_find(matcher, &arena, &document, &error), STANCE_OK);
  expect_all_text(&document);
  matcher->rules_only = true;
  cr_assert_eq(stance_sentences_find(matcher, &arena, &article, &again, &error), STANCE_OK);
  cr_assert_eq(stance_tokens_find(matcher, &arena, &again, &error), STANCE_OK);
  matcher->rules_only = false;
  cr_assert_eq(document.sentence_count, again.sentence_count, "%.*s", (int)length, text);
  for (uint32_t i = 0; i < document.sentence_count; i++) {
    cr_assert_eq(document.sentences[i].start, again.sentences[i].start, "%.*s", (int)length, text);
    cr_assert_eq(document.sentences[i].end, again.sentences[i].end, "%.*s", (int)length, text);
  }
  cr_assert_eq(document.token_count, again.token_count, "%.*s", (int)length, text);
  for (uint32_t i = 0; i < document.token_count; i++) {
    const struct stance_token *a = &document.tokens[i], *b = &again.tokens[i];
    cr_assert(a->start == b->start && a->end == b->end && a->kind == b->kind, "'%.*s' and '%.*s'",
              (int)(a->end - a->start), document.text + a->start, (int)(b->end - b->start), document.text + b->start);
  }
}

/* Text of parts that matter to the rules, and of any bytes. */
static size_t make_random(char *text, size_t capacity) {
  static const char *const parts[] = {" ",        " ",     " ",    ". ", ".",        ",",        "'",    "\"",
                                      "’",        "“",     "”",    "-",  "A",        "b",        "Mr",   "U.S.",
                                      "1",        "2,000", "@",    "#",  "http://",  "www.",     ".com", "…",
                                      "...",      "(",     ")",    "s",  "é",        "\xcc\x81", "\n",   "\xe2\x80\x89",
                                      "\xc2\xa0", "&",     "%",    "$",  "£",        "m",        "bn",   "th",
                                      "3",        "word",  "Word", "no", "\xc2\xad", "😀",        "said", "?",
                                      "!",        ":",     "/",    "_",  "° "};
  size_t length = 0, want = 1 + (size_t)rand() % 80;
  while (length < want && length + 16 < capacity) {
    if (rand() % 12 == 0) {
      text[length++] = (char)rand();
    } else {
      const char *part = parts[(size_t)rand() % (sizeof parts / sizeof *parts)];
      memcpy(text + length, part, strlen(part));
      length += strlen(part);
    }
  }
  return length;
}

Test(token, loses_no_byte_of_random_text, .timeout = 120) {
  srand(7);
  for (int round = 0; round < 60000; round++) {
    char bytes[128];
    size_t length = make_random(bytes, sizeof bytes), clean_length, repaired;
    const char *clean = stance_utf8_repair(&arena, bytes, length, &clean_length, &repaired);
    cr_assert_not_null(clean);
    expect_property(clean, clean_length);
    stance_arena_reset(&arena);
  }
}

Test(token, finds_the_same_in_a_record_as_in_its_article) {
  srand(9);
  for (int round = 0; round < 5000; round++) {
    char bytes[128];
    size_t length = make_random(bytes, sizeof bytes), clean_length, repaired;
    const char *clean = stance_utf8_repair(&arena, bytes, length, &clean_length, &repaired);
    struct stance_article article = {.text = clean, .text_length = clean_length};
    struct stance_document document, record;
    struct stance_error error;
    cr_assert_eq(stance_sentences_find(matcher, &arena, &article, &document, &error), STANCE_OK);
    cr_assert_eq(stance_tokens_find(matcher, &arena, &document, &error), STANCE_OK);
    for (uint32_t i = 0; i < document.sentence_count; i++) {
      const struct stance_sentence *sentence = &document.sentences[i];
      tokenise(document.text + sentence->start, sentence->end - sentence->start, &record);
      cr_assert_eq(record.token_count, sentence->token_count);
      for (uint32_t j = 0; j < record.token_count; j++) {
        const struct stance_token *token = &document.tokens[sentence->token_first + j];
        cr_assert_eq(record.tokens[j].start, token->start - sentence->start);
        cr_assert_eq(record.tokens[j].hash, token->hash);
      }
    }
    stance_arena_reset(&arena);
  }
}

/* The loads of eight bytes, at their limits: each length, in each case, before each edge and at the end. */
Test(token, finds_words_of_each_length) {
  static const char *const edges[] = {"",  " ",  ",",  ".", ". ", ":", ": ",       "'",  "' ", "'s",
                                      "-", "-x", "\"", ")", "/",  "1", "\xc3\xa9", "\n", "x-", "@"};
  static const char *const cases[] = {"abcdefghijklmnopqrst", "Abcdefghijklmnopqrst", "ABCDEFGHIJKLMNOPQRST",
                                      "abcdefgHijklmnOPqrst", "o'connor-o'connor-oc", "O'Connor-O'Connor-Oc"};
  for (size_t c = 0; c < sizeof cases / sizeof *cases; c++)
    for (size_t length = 1; length <= strlen(cases[c]); length++)
      for (size_t e = 0; e < sizeof edges / sizeof *edges; e++) {
        char text[32], *lower;
        struct stance_document document;
        struct stance_token alone;
        int size = snprintf(text, sizeof text, "%.*s%s", (int)length, cases[c], edges[e]);
        expect_property(text, (size_t)size);
        tokenise(text, (size_t)size, &document);
        const struct stance_token *token = &document.tokens[0];
        lower = stance_arena_copy(&arena, text, (size_t)size);
        for (uint32_t i = 0; i < token->end; i++) lower[i] = (char)ascii_lower((unsigned char)text[i]);
        stance_token_describe(text, token->end, &alone);
        cr_assert(token->hash == alone.hash && token->prefix == alone.prefix && token->shape == alone.shape, "'%s'",
                  text);
        stance_token_describe(lower, token->end, &alone);
        cr_assert(token->hash == alone.hash && token->prefix == alone.prefix, "'%s'", text);
        stance_arena_reset(&arena);
      }
}

Test(token, loses_no_byte_of_news, .timeout = 120) {
  const char *root = getenv("ROOT");
  char folder[512], path[1024];
  snprintf(folder, sizeof folder, "%s/../shared/data/bbc/politics", root ? root : ".");
  DIR *entries = opendir(folder);
  if (!entries) cr_skip_test("no news to read at %s", folder);
  for (struct dirent *entry; (entry = readdir(entries));) {
    struct stance_error error;
    char *bytes;
    size_t length, clean_length, repaired;
    if (entry->d_name[0] == '.') continue;
    snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
    cr_assert_eq(stance_file_read(path, 0, &arena, &bytes, &length, &error), STANCE_OK);
    const char *clean = stance_utf8_repair(&arena, bytes, length, &clean_length, &repaired);
    expect_property(clean, clean_length);
    stance_arena_reset(&arena);
  }
  closedir(entries);
}

/* Without JIT (a kernel may forbid it), and where the matcher gives up at once, nothing is lost; without JIT nothing changes. */
Test(token, does_without_jit) {
  struct stance_text_rules slow = *matcher->rules;
  const struct stance_text_rules *fast = matcher->rules;
  slow.stop.has_jit = slow.attribution.has_jit = slow.marker.has_jit = slow.token.has_jit = false;
  srand(13);
  for (int round = 0; round < 3000; round++) {
    char bytes[128];
    size_t length = make_random(bytes, sizeof bytes), clean_length, repaired;
    const char *clean = stance_utf8_repair(&arena, bytes, length, &clean_length, &repaired);
    struct stance_article article = {.text = clean, .text_length = clean_length};
    struct stance_document a, b;
    struct stance_error error;
    matcher->rules = fast;
    cr_assert_eq(stance_sentences_find(matcher, &arena, &article, &a, &error), STANCE_OK);
    cr_assert_eq(stance_tokens_find(matcher, &arena, &a, &error), STANCE_OK);
    matcher->rules = &slow;
    cr_assert_eq(stance_sentences_find(matcher, &arena, &article, &b, &error), STANCE_OK);
    cr_assert_eq(stance_tokens_find(matcher, &arena, &b, &error), STANCE_OK);
    cr_assert_eq(a.sentence_count, b.sentence_count);
    cr_assert_eq(a.token_count, b.token_count);
    for (uint32_t i = 0; i < a.token_count; i++) cr_assert_eq(a.tokens[i].end, b.tokens[i].end);
    stance_arena_reset(&arena);
  }
  matcher->rules = fast;
}

Test(token, loses_nothing_when_the_matcher_gives_up) {
  struct stance_text_rules slow = *matcher->rules;
  slow.stop.has_jit = slow.attribution.has_jit = slow.marker.has_jit = slow.token.has_jit = false;
  matcher->rules = &slow;
  pcre2_set_match_limit(matcher->context, 1);
  static const char text[] = "Mali’s junta said: “No.” It paid $1.5bn to U.S.-led forces. See http://a.b/c.";
  struct stance_article article = {.text = text, .text_length = strlen(text)};
  struct stance_document document;
  struct stance_error error;
  cr_assert_eq(stance_sentences_find(matcher, &arena, &article, &document, &error), STANCE_OK);
  cr_assert_eq(stance_tokens_find(matcher, &arena, &document, &error), STANCE_OK);
  expect_all_text(&document);
}

/* Once took the square of its length: the rule gave up on the whole and was asked again at every byte. */
Test(token, a_word_of_a_million_bytes_is_cut_in_no_time, .timeout = 20) {
  static const char piece[] = "Mali-France's-";
  enum { PIECES = 80000, PIECE = sizeof piece - 1 };
  char *text = malloc(PIECES * PIECE);
  struct stance_document document;
  for (size_t i = 0; i < PIECES; i++) memcpy(text + i * PIECE, piece, PIECE);
  tokenise(text, PIECES * PIECE, &document);
  cr_assert_lt(document.token_count, 1000);
  uint32_t at = 0;
  for (uint32_t i = 0; i < document.token_count; at = document.tokens[i++].end)
    cr_assert_eq(document.tokens[i].start, at);
  cr_assert_eq(at, PIECES * PIECE);
  free(text);
}
