/* SPDX-License-Identifier: MIT
 * The batch engine and its outputs, driven by a fake scorer: order, threads, shards, rejects, near-duplicates, runs that are continued. */
#include <criterion/criterion.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "classify/sink.h"
#include "stance/base/error.h"
#include "stance_heads.h"
#include "temporary.h"

/* What a test keeps until its process ends, where a leak check can reach it. */
static void *keep(void *memory) {
  static void *kept[4096];
  static size_t count;
  cr_assert(memory && count < sizeof kept / sizeof *kept);
  return kept[count++] = memory;
}

/* One sentence and one unit an article, the label by its text's length; "fail" in the text is an error; "many" makes it large. */
static enum stance_status fake_open(void *context, void **scorer, struct stance_error *error) {
  (void)context, (void)error;
  *scorer = malloc(1);
  return STANCE_OK;
}

static enum stance_status fake_run(void *scorer, const struct stance_article *article, struct stance_arena *arena,
                                   struct classify_scored *out, struct stance_error *error) {
  (void)scorer;
  uint32_t count = strstr(article->text, "many") ? 40000 : 1;
  if (strstr(article->text, "fail")) return stance_fail(error, STANCE_INPUT, "it failed");
  if (strstr(article->text, "disk")) return stance_fail(error, STANCE_SYSTEM, "the disk is gone");
  *out =
      (struct classify_scored){.id = article->id, .date = article->date, .sentence_count = count, .unit_count = count};
  out->sentences = stance_arena_zalloc(arena, count, sizeof *out->sentences);
  out->units = stance_arena_zalloc(arena, count, sizeof *out->units);
  if (!out->sentences || !out->units) return stance_fail_memory(error);
  for (uint32_t i = 0; i < count; i++) {
    float p[3] = {0.2f, 0.2f, 0.2f};
    uint32_t label = (uint32_t)(article->text_length + i) % 3;
    p[label] = 0.6f;
    out->sentences[i] =
        (struct classify_sentence){.index = i,
                                   .text = article->text,
                                   .length = (uint32_t)(article->text_length < 40 ? article->text_length : 40),
                                   .unit_first = i,
                                   .unit_count = 1};
    out->units[i] = (struct classify_unit){.source = "MLI", .target = "FRA", .sentence = i};
    classify_round(&heads.items[0], p, label, &out->units[i]);
  }
  return STANCE_OK;
}

static const struct classify_scorer_type fake = {.open = fake_open, .close = free, .run = fake_run};

static char folder[64];

static void make_folder(void) {
  snprintf(folder, sizeof folder, "%s/stance-engine-XXXXXX", temporary_folder());
  cr_assert(mkdtemp(folder));
}

static void remove_folder(void) {
  char command[128];
  snprintf(command, sizeof command, "rm -rf %s", folder);
  cr_assert_eq(system(command), 0);
}

TestSuite(engine, .init = make_folder, .fini = remove_folder);

static const char *path_of(const char *name) {
  static char path[256][128];
  static int at;
  at = (at + 1) % 256;
  snprintf(path[at], sizeof path[at], "%s/%s", folder, name);
  return path[at];
}

static char *read_file(const char *path) {
  FILE *file = fopen(path, "r");
  if (!file) return NULL;
  fseek(file, 0, SEEK_END);
  long length = ftell(file);
  char *text = keep(calloc(1, (size_t)length + 1));
  rewind(file);
  cr_assert_eq(fread(text, 1, (size_t)length, file), (size_t)length);
  fclose(file);
  return text;
}

/* 1,000 articles, with a bad line at every hundredth. */
static const char *put_feed(void) {
  const char *path = path_of("feed.jsonl");
  FILE *file = fopen(path, "w");
  for (int i = 1; i <= 1000; i++) {
    if (i % 100 == 50) fputs("{\"text\":\n", file);
    else
      fprintf(file, "{\"id\":\"a%d\",\"date\":\"2022-0%d-03\",\"text\":\"Text number %d %.*s\"}\n", i, 1 + i % 9, i,
              i % 300,
              "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
              "xxxxxxxxxxxx"
              "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
              "xxxxxxxxxxxx");
  }
  fclose(file);
  return path;
}

struct outcome {
  enum stance_status status;
  struct stance_error error;
  struct classify_counts counts;
  char *output, *rejects;
};

struct setup {
  struct classify_sink_options sink;
  struct classify_engine engine;
  uint64_t stop_after; /* articles; 0: run to the end */
  bool finish;
};

static atomic_int stop;
static uint64_t stop_after;
static enum stance_status (*take_wired)(void *context, const struct classify_result *result,
                                        struct stance_error *error);

static enum stance_status take_some(void *context, const struct classify_result *result, struct stance_error *error) {
  enum stance_status status = take_wired(context, result, error);
  if (stop_after && classify_sink_items(context) >= stop_after) stop = 1;
  return status;
}

static struct outcome run(const char *input, struct setup setup, const char *output) {
  struct outcome outcome = {0};
  struct classify_sink *sink;
  struct input_passed skipped;
  setup.sink.style.heads = &heads;
  setup.sink.style.width = 80;
  setup.sink.output = path_of(output);
  outcome.status = classify_sink_open(&setup.sink, &sink, &outcome.error);
  if (outcome.status != STANCE_OK) return outcome;
  setup.engine.scorer = &fake;
  setup.engine.reading.paths = &input;
  setup.engine.reading.path_count = 1;
  setup.engine.reading.max_bytes = 4000000;
  if (!setup.engine.threads) setup.engine.threads = 2;
  classify_sink_wire(sink, &setup.engine);
  take_wired = setup.engine.take;
  stop = 0;
  stop_after = setup.stop_after;
  setup.engine.interrupted = &stop;
  setup.engine.take = take_some;
  outcome.status = classify_engine_run(&setup.engine, &skipped, &outcome.error);
  if (outcome.status == STANCE_OK)
    outcome.status = stop ? classify_sink_suspend(sink, &outcome.error) : classify_sink_finish(sink, &outcome.error);
  outcome.counts = *classify_sink_counts(sink);
  classify_sink_destroy(sink);
  outcome.output = read_file(setup.sink.output);
  if (setup.sink.rejects) outcome.rejects = read_file(setup.sink.rejects);
  return outcome;
}

Test(engine, writes_the_same_bytes_at_any_thread_count) {
  const char *feed = put_feed();
  const struct classify_keys months = classify_keys_of(CLASSIFY_BY_MONTH);
  struct setup setup = {.sink = {.format = CLASSIFY_FORMAT_JSONL, .keys = &months, .with_units = true}};
  setup.engine.threads = 1;
  struct outcome one = run(feed, setup, "one");
  cr_assert_eq(one.status, STANCE_OK);
  cr_assert_eq(one.counts.items, 1000);
  cr_assert_eq(one.counts.rejected, 10);
  for (int threads = 2; threads <= 9; threads += 3) {
    setup.engine.threads = threads;
    struct outcome many = run(feed, setup, "many");
    cr_assert_str_eq(many.output, one.output);
  }
}

Test(engine, keeps_rejected_articles_with_file_and_line) {
  const char *feed = put_feed();
  char expected[256];
  struct setup setup = {.sink = {.format = CLASSIFY_FORMAT_JSONL, .rejects = path_of("rejects")}};
  struct outcome outcome = run(feed, setup, "out");
  snprintf(expected, sizeof expected,
           "{\"file\":\"%s\",\"line\":50,\"error\":\"JSON ends too early\",\"data\":\"{\\\"text\\\":\"}\n", feed);
  cr_assert_eq(strncmp(outcome.rejects, expected, strlen(expected)), 0, "%s", outcome.rejects);
}

Test(engine, goes_on_where_it_was_interrupted) {
  const char *feed = put_feed();
  const struct classify_keys days = classify_keys_of(CLASSIFY_BY_DAY), articles = classify_keys_of(CLASSIFY_BY_ARTICLE);
  const struct classify_keys *const keys[] = {NULL, &days, &articles, NULL};
  const enum classify_format formats[] = {CLASSIFY_FORMAT_JSONL, CLASSIFY_FORMAT_CSV, CLASSIFY_FORMAT_JSONL,
                                          CLASSIFY_FORMAT_HTML};
  for (int i = 0; i < 4; i++) {
    struct setup setup = {.sink = {.format = formats[i],
                                   .keys = keys[i],
                                   .with_units = i == 1,
                                   .title = "T",
                                   .dedupe = i != 2,
                                   .rejects = path_of("rejects"),
                                   .settings = 5}};
    unlink(path_of("parts"));
    struct outcome whole = run(feed, setup, "whole");
    setup.sink.resume = true;
    for (int part_number = 0; part_number < 2;
         part_number++) { /* each ends with what was read at its first article: < 450 */
      setup.stop_after = 1;
      struct outcome part = run(feed, setup, "parts");
      cr_assert_eq(part.status, STANCE_OK);
      cr_assert_null(part.output, "no file before the end");
      FILE *partial = fopen(path_of("parts.partial"), "a"); /* as if it had been killed while writing */
      fputs("{\"half a li", partial);
      fclose(partial);
    }
    setup.stop_after = 0;
    struct outcome end = run(feed, setup, "parts");
    cr_assert_str_eq(end.output, whole.output);
    cr_assert_str_eq(end.rejects, whole.rejects);
    cr_assert_eq(end.counts.items, 1000);
    cr_assert_eq(access(path_of("parts.partial"), F_OK), -1);
    cr_assert_eq(access(path_of("parts.partial.state"), F_OK), -1);
  }
}

/* Each byte of the numbers that a state begins with: magic, hash, settings, places, counts. */
Test(engine, does_not_go_on_from_a_damaged_state) {
  enum { NUMBERS = 8 + 8 + 3 * 8 + 9 * 8 };
  char feed[256], path[256]; /* path_of has only so many */
  snprintf(feed, sizeof feed, "%s", put_feed());
  snprintf(path, sizeof path, "%s", path_of("hurt.partial.state"));
  struct setup setup = {.stop_after = 1, .sink = {.format = CLASSIFY_FORMAT_JSONL, .settings = 5}};
  unlink(path_of("hurt"));
  cr_assert_eq(run(feed, setup, "hurt").status, STANCE_OK);
  setup.stop_after = 0;
  setup.sink.resume = true;
  for (long at = 0; at < NUMBERS; at++) {
    FILE *state = fopen(path, "r+");
    cr_assert_not_null(state);
    fseek(state, at, SEEK_SET);
    int byte = fgetc(state);
    fseek(state, at, SEEK_SET);
    fputc(byte ^ 1, state);
    fclose(state);
    cr_assert_eq(run(feed, setup, "hurt").status, STANCE_INPUT, "byte %ld", at);
    state = fopen(path, "r+");
    fseek(state, at, SEEK_SET);
    fputc(byte, state);
    fclose(state);
  }
  struct outcome end = run(feed, setup, "hurt");
  cr_assert_eq(end.status, STANCE_OK, "%s", end.error.message);
}

Test(engine, does_not_go_on_with_other_settings) {
  const char *feed = put_feed();
  struct setup setup = {.sink = {.format = CLASSIFY_FORMAT_JSONL, .settings = 5}, .stop_after = 10};
  run(feed, setup, "out");
  setup.sink.resume = true;
  setup.sink.settings = 6;
  struct outcome outcome = run(feed, setup, "out");
  cr_assert_eq(outcome.status, STANCE_USAGE);
  cr_assert_str_eq(outcome.error.file, path_of("out.partial"));
}

Test(engine, gives_each_article_to_one_shard) {
  const char *feed = put_feed();
  uint64_t scored = 0;
  for (uint32_t i = 0; i < 3; i++) {
    struct setup setup = {.sink = {.format = CLASSIFY_FORMAT_JSONL}, .engine = {.shard = i, .shard_count = 3}};
    struct outcome outcome = run(feed, setup, "out");
    cr_assert(outcome.counts.scored > 250 && outcome.counts.scored < 410);
    scored += outcome.counts.scored;
  }
  cr_assert_eq(scored, 990);
}

Test(engine, ends_with_the_first_failure_of_the_system) {
  const char *path = path_of("in.jsonl");
  FILE *file = fopen(path, "w");
  for (int i = 0; i < 500; i++) fprintf(file, "{\"text\":\"%s\"}\n", i == 300 ? "disk" : i % 7 ? "fine" : "fail");
  fclose(file);
  struct setup setup = {.sink = {.format = CLASSIFY_FORMAT_JSONL}};
  struct outcome outcome = run(path, setup, "out");
  cr_assert_eq(outcome.status, STANCE_SYSTEM);
  cr_assert_str_eq(outcome.error.message, "the disk is gone");
  cr_assert_null(outcome.output);
}

Test(engine, hands_on_a_large_article_in_parts) {
  const char *path = path_of("in.jsonl");
  FILE *file = fopen(path, "w");
  for (int i = 0; i < 30; i++)
    fprintf(file, "{\"id\":\"%d\",\"text\":\"a text with %s sentences\"}\n", i, i % 10 == 4 ? "many" : "few");
  fclose(file);
  struct setup setup = {.sink = {.format = CLASSIFY_FORMAT_JSONL}, .engine = {.threads = 3}};
  struct outcome outcome = run(path, setup, "out");
  size_t lines = 0;
  int last = -1;
  for (const char *at = outcome.output; *at; at = strchr(at, '\n') + 1, lines++) {
    int article = atoi(at + strlen("{\"article\":\""));
    cr_assert_geq(article, last);
    last = article;
  }
  cr_assert_eq(lines, 27 + 3 * 40000);
}

/* ---- near-duplicates ------------------------------------------------------------------------------------------------ */

static char *words(int count, int from, int changed) {
  char *text = keep(calloc(1, (size_t)count * 12 + 1));
  for (int i = 0; i < count; i++)
    sprintf(text + strlen(text), "%s%d ", changed && i % changed == changed / 2 ? "new" : "word", from + i);
  return text;
}

static double similarity(const char *a, const char *b) {
  struct classify_sketch one, other;
  classify_sketch_make(NULL, a, strlen(a), &one);
  classify_sketch_make(NULL, b, strlen(b), &other);
  return classify_sketch_similarity(one.minima, other.minima);
}

/* 1,000 words shifted by 100: 896 of 1,096 five-shingles in common, 0.82; the estimate's deviation is about 0.05. */
Test(sketch, estimates_jaccard_similarity) {
  cr_assert_float_eq(similarity(words(1000, 0, 0), words(1000, 100, 0)), 896.0 / 1096, 0.15);
  cr_assert_float_eq(similarity(words(1000, 0, 0), words(1000, 5000, 0)), 0, 0.15);
  cr_assert_float_eq(similarity("It is the SAME text, of some words.", "it is the same text of some words"), 1, 1e-9);
}

Test(sketch, finds_near_duplicates_and_keeps_what_it_has_seen) {
  struct classify_seen *seen = classify_seen_new();
  struct classify_sketch sketch;
  int found = 0, wrong = 0;
  for (int i = 0; i < 300; i++) {
    const char *text = words(400, i * 1000, 0);
    classify_sketch_make(NULL, text, strlen(text), &sketch);
    wrong += classify_seen_add(seen, &sketch);
  }
  FILE *file = tmpfile();
  cr_assert(classify_seen_save(seen, file));
  classify_seen_destroy(seen);
  rewind(file);
  cr_assert(seen = classify_seen_load(file));
  for (int i = 0; i < 300; i++) { /* one word in 200 changed: two of 400 words, 10 of 406 shingles differ */
    const char *text = words(400, i * 1000, 200);
    classify_sketch_make(NULL, text, strlen(text), &sketch);
    found += classify_seen_add(seen, &sketch);
  }
  cr_assert_eq(wrong, 0);
  cr_assert_geq(found, 297);
  classify_seen_destroy(seen);
}
