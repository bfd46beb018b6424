/* SPDX-License-Identifier: MIT
 * What corpora/ promises: everything loads strictly, and the articles are what the data card says. */
#include <criterion/criterion.h>
#include <ctype.h>
#include <glob.h>
#include <stdlib.h>
#include <unistd.h>

#include "stance/actors/gazetteer.h"
#include "stance/base/file.h"
#include "stance/base/hash.h"
#include "stance/events/lexicon.h"
#include "stance/labels/codebook.h"
#include "stance/labels/record.h"
#include "stance/text/article.h"
#include "stance/text/text.h"

#define ARTICLES "corpora/articles/*.txt"

static struct stance_arena arena;
static struct stance_error error;

static void forget(void) { stance_arena_free(&arena); }
TestSuite(corpora, .fini = forget);

static void must(enum stance_status status) {
  cr_assert_eq(status, STANCE_OK, "%s:%zu: %s", error.file, error.line, error.message);
}

Test(corpora, the_codebook_explains_every_label) {
  struct stance_codebook codebook;
  must(stance_codebook_read("corpora/codebooks/international.json", &arena, &codebook, &error));
  cr_assert_eq(codebook.head_count, 2);
  for (size_t h = 0; h < codebook.head_count; h++)
    for (size_t l = 0; l < codebook.heads[h].label_count; l++) {
      const struct stance_label *label = &codebook.heads[h].labels[l];
      cr_assert(label->definition && label->key, "%s", label->name);
      cr_assert_geq(label->example_count, 8, "%s", label->name);
      cr_assert_geq(label->counter_example_count, 4, "%s", label->name);
    }
}

Test(corpora, the_examples_of_rules_have_known_labels) {
  struct stance_codebook codebook;
  must(stance_codebook_read("corpora/codebooks/international.json", &arena, &codebook, &error));
  for (size_t h = 0; h < codebook.head_count; h++)
    for (size_t r = 0; r < codebook.heads[h].rule_count; r++)
      for (size_t e = 0; e < codebook.heads[h].rules[r].example_count; e++) {
        const struct stance_example *example = &codebook.heads[h].rules[r].examples[e];
        cr_assert(example->label && stance_head_label(&codebook.heads[h], example->label) >= 0, "%s", example->text);
      }
}

Test(corpora, every_codebook_loads) {
  glob_t paths;
  cr_assert_eq(glob("corpora/codebooks/*.json", 0, NULL, &paths), 0);
  for (size_t i = 0; i < paths.gl_pathc; i++) {
    struct stance_codebook codebook;
    must(stance_codebook_read(paths.gl_pathv[i], &arena, &codebook, &error));
  }
  globfree(&paths);
}

static void print_finding(void *context, const struct stance_error *finding) {
  (void)context;
  cr_log_error("%s:%zu: %s", finding->file, finding->line, finding->message);
}

Test(corpora, the_gazetteer_has_no_findings) {
  glob_t paths;
  size_t findings;
  cr_assert_eq(glob("corpora/actors/*.json", 0, NULL, &paths), 0);
  must(stance_gazetteer_check((const char *const *)paths.gl_pathv, paths.gl_pathc, print_finding, NULL, &findings,
                              &error));
  cr_assert_eq(findings, 0);
  globfree(&paths);
}

Test(corpora, the_lexicon_loads) {
  struct stance_lexicon *lexicon;
  must(stance_lexicon_open("corpora/lexicon", &lexicon, &error));
  stance_lexicon_close(lexicon);
}

/* The sentence without what names and numbers make different: lower-case words alone. */
static uint64_t masked_hash(const struct stance_document *document, const struct stance_sentence *sentence) {
  uint64_t hash = 1;
  for (uint32_t t = 0; t < sentence->token_count; t++) {
    const struct stance_token *token = &document->tokens[sentence->token_first + t];
    bool is_plain = token->kind == STANCE_TOKEN_WORD && (token->shape == STANCE_SHAPE_LOWER || t == 0);
    if (is_plain) hash = stance_hash_combine(hash, token->hash);
    else if (token->kind != STANCE_TOKEN_PUNCTUATION) hash = stance_hash_combine(hash, 2);
  }
  return hash;
}

static int by_value(const void *a, const void *b) {
  uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
  return x < y ? -1 : x > y;
}

Test(corpora, articles_are_dated_and_of_their_size_and_no_sentence_is_a_template) {
  enum { SENTENCES_MAX = 20000 };
  static uint64_t hashes[SENTENCES_MAX];
  size_t count = 0, alike = 0;
  struct stance_text_matcher *matcher;
  glob_t paths;
  must(stance_text_matcher_new(&matcher, &error));
  cr_assert_eq(glob(ARTICLES, 0, NULL, &paths), 0);
  cr_assert_geq(paths.gl_pathc, 150);
  for (size_t i = 0; i < paths.gl_pathc; i++) {
    struct stance_article article;
    struct stance_document document = {0};
    char *text;
    size_t length, repaired;
    stance_arena_reset(&arena);
    must(stance_file_read(paths.gl_pathv[i], 0, &arena, &text, &length, &error));
    must(stance_article_from_text(paths.gl_pathv[i], text, length, &arena, &article, &repaired, &error));
    cr_assert_eq(repaired, 0, "%s", paths.gl_pathv[i]);
    uint32_t date = article.date ? stance_date_parse(article.date) : 0;
    cr_assert(date >= 20140101 && date < 20270101, "%s has no date of 2014-2026", paths.gl_pathv[i]);
    must(stance_sentences_find(matcher, &arena, &article, &document, &error));
    must(stance_tokens_find(matcher, &arena, &document, &error));
    cr_assert(document.sentence_count >= 9 && document.sentence_count <= 26, "%s has %u sentences", paths.gl_pathv[i],
              document.sentence_count);
    for (uint32_t s = 0; s < document.sentence_count && count < SENTENCES_MAX; s++)
      hashes[count++] = masked_hash(&document, &document.sentences[s]);
  }
  qsort(hashes, count, sizeof *hashes, by_value);
  for (size_t i = 1; i < count; i++) alike += hashes[i] == hashes[i - 1];
  cr_assert_lt(alike * 50, count, "%zu of %zu sentences are alike when names are masked", alike, count);
  globfree(&paths);
  stance_text_matcher_destroy(matcher);
}

/* Offsets are checked by the reader; here: known labels, one of each unit, sources and targets among the mentions, articles that exist. */
static void check_labels(const char *path, bool needs_label, size_t *per_label) {
  struct stance_codebook codebook;
  struct stance_record *records;
  size_t count;
  must(stance_codebook_read("corpora/codebooks/international.json", &arena, &codebook, &error));
  must(stance_records_read(path, &arena, &records, &count, &error));
  size_t read = count;
  must(stance_records_resolve(records, &count, &error));
  cr_assert_eq(count, read, "%s holds a unit twice", path);
  for (size_t i = 0; i < count; i++) {
    const struct stance_record *record = &records[i];
    const struct stance_head *head = stance_codebook_head(&codebook, record->head);
    int label = head && record->label ? stance_head_label(head, record->label) : -1;
    cr_assert(label >= 0 || (head && !record->label && !needs_label), "%s:%zu", path, record->line);
    if (label >= 0) per_label[(head == codebook.heads ? 0 : 3) + label]++;
    char *article = stance_arena_format(&arena, "corpora/articles/%s.txt", record->article);
    cr_assert(article && access(article, R_OK) == 0, "%s:%zu: no article '%s'", path, record->line, record->article);
    if (!record->source) continue;
    size_t found = 0;
    for (size_t m = 0; m < record->mention_count; m++)
      found |= (size_t)(strcmp(record->mentions[m].actor, record->source) == 0) |
               (size_t)(strcmp(record->mentions[m].actor, record->target) == 0) << 1;
    cr_assert_eq(found, 3, "%s:%zu: source or target is not mentioned", path, record->line);
  }
}

Test(corpora, gold_and_passes_are_sound_and_as_many_as_the_data_card_says) {
  size_t gold[6] = {0}, pass[6] = {0};
  check_labels("corpora/international/gold.jsonl", true, gold);
  check_labels("corpora/international/sample.jsonl", true, gold);
  cr_assert_eq(gold[0], 1575);
  cr_assert_eq(gold[1], 11089);
  cr_assert_eq(gold[2], 1674);
  cr_assert_eq(gold[3] + gold[4] + gold[5], 5984);
  check_labels("corpora/international/labels/pass1.jsonl", false, pass);
  check_labels("corpora/international/labels/pass2.jsonl", false, pass);
}

/* The labels that are not neutral are those that the folder's sentences.txt says, and no others; returns how many sentences there are. */
static size_t expect_as_written(const char *gold, const char *sentences) {
  struct stance_record *records;
  size_t count, length, polar = 0, marks = 0, lines = 0;
  char *text;
  must(stance_records_read(gold, &arena, &records, &count, &error));
  must(stance_file_read(sentences, 0, &arena, &text, &length, &error));
  for (size_t i = 0; i < count; i++) {
    char mark[64];
    const char *line = strstr(text, records[i].text), *end = line ? strchr(line, '\n') : NULL;
    cr_assert(end, "%s", records[i].text);
    snprintf(mark, sizeof mark, "%s>%s%c", records[i].source, records[i].target,
             strcmp(records[i].label, "hostile") == 0 ? '-' : '+');
    const char *found = strstr(line, mark);
    bool is_polar = strcmp(records[i].label, "neutral") != 0;
    cr_assert_eq(found && found < end, is_polar, "%s: %s", records[i].text, mark);
    polar += is_polar;
  }
  for (const char *at = text; (at = strchr(at, '>')); at++) marks++;
  for (const char *at = text; (at = strchr(at, '\n')); at++) lines++;
  cr_assert_eq(polar, marks);
  return lines;
}

Test(corpora, the_constructions_are_labelled_as_written) {
  cr_assert_eq(expect_as_written("corpora/constructions/gold.jsonl", "corpora/constructions/sentences.txt"), 135);
  char told[64], *card;
  size_t length, count = expect_as_written("corpora/contrasts/gold.jsonl", "corpora/contrasts/sentences.txt");
  must(stance_file_read("corpora/README.md", 0, &arena, &card, &length, &error));
  snprintf(told, sizeof told, "| `contrasts/` | %zu sentences", count);
  cr_assert(strstr(card, told), "the data card does not say: %s", told);
}

/* sentences/: the data card says how many there are; the label records that make has made of them have the sentiment of each. */
Test(corpora, the_sentences_are_all_trained_on) {
  glob_t paths;
  size_t lines = 0, count, sentiments = 0, length;
  char told[64], *card;
  struct stance_record *records;
  cr_assert_eq(glob("corpora/sentences/*.txt", 0, NULL, &paths), 0);
  for (size_t p = 0; p < paths.gl_pathc; p++) {
    char *text;
    must(stance_file_read(paths.gl_pathv[p], 0, &arena, &text, &length, &error));
    for (const char *at = text; (at = strchr(at, '\n')); at++) lines++;
  }
  globfree(&paths);
  must(stance_file_read("corpora/README.md", 0, &arena, &card, &length, &error));
  snprintf(told, sizeof told, "| `sentences/` | %zu single sentences", lines);
  cr_assert(strstr(card, told), "the data card does not say: %s", told);
  must(stance_records_read("build/sentences.jsonl", &arena, &records, &count, &error));
  for (size_t i = 0; i < count; i++) sentiments += strcmp(records[i].head, "sentiment") == 0;
  cr_assert_eq(sentiments, lines);
}

/* kinds/: each sentence of gold.jsonl stands in a file of its kind behind its label's sign, and the data card says how many there are. */
Test(corpora, the_kinds_are_labelled_as_written) {
  struct stance_record *records;
  size_t count, length, found = 0, signs = 0;
  must(stance_records_read("corpora/kinds/gold.jsonl", &arena, &records, &count, &error));
  cr_assert_eq(count, 1507);
  glob_t paths;
  cr_assert_eq(glob("corpora/kinds/*.txt", 0, NULL, &paths), 0);
  for (size_t p = 0; p < paths.gl_pathc; p++) {
    char *text;
    must(stance_file_read(paths.gl_pathv[p], 0, &arena, &text, &length, &error));
    for (const char *at = text; at; at = strchr(at, '\n'), at += at != NULL)
      signs += strchr("-0+", *at) && at[1] == ' ';
    for (size_t i = 0; i < count; i++) {
      const char *line = strstr(text, records[i].text);
      if (!line || line[strlen(records[i].text)] != '\n') continue;
      char sign = strcmp(records[i].label, "negative") == 0  ? '-'
                  : strcmp(records[i].label, "neutral") == 0 ? '0'
                                                             : '+';
      cr_expect(line - text > 2 && line[-2] == sign && line[-3] == '\n', "%s", records[i].text);
      found++;
    }
  }
  cr_assert_eq(found, count);
  cr_assert_eq(signs, count);
  globfree(&paths);
}
