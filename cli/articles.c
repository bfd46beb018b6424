/* SPDX-License-Identifier: MIT
 * Articles of the inputs, one after the other, with their mentions found. */
#include "actors.h"
#include "classify/item.h"
#include "classify/reader.h"
#include "stance/text.h"

enum { ARTICLE_BYTES_MAX = 64 * 1024 * 1024 };

enum exit_code actors_open(const struct flag_list *files, struct stance_gazetteer **out) {
  struct stance_arena arena = {0};
  struct stance_error error;
  const char *const *paths;
  size_t count;
  enum stance_status status = gazetteer_paths(files, &arena, &paths, &count, &error);
  if (status == STANCE_OK) status = stance_gazetteer_open(paths, count, out, &error);
  stance_arena_free(&arena);
  return status == STANCE_OK ? EXIT_DONE : report_error(&error);
}

static enum stance_status read_item(const struct actors_run *run, const struct classify_item *item, struct stance_text_matcher *matcher,
                                    struct stance_arena *arena, bool *go_on, struct stance_error *error) {
  struct stance_article article = {0};
  struct stance_document document = {0};
  size_t repaired = 0;
  enum stance_status status = classify_item_article(item, true, arena, &article, &repaired, error);
  if (status == STANCE_OK) status = stance_sentences_find(matcher, arena, &article, &document, error);
  if (status == STANCE_OK) status = stance_tokens_find(matcher, arena, &document, error);
  if (status == STANCE_OK) status = stance_mentions_find(run->gazetteer, arena, &document, !run->no_implicit, error);
  if (repaired) report_warning("%s: %zu byte%s not UTF-8, replaced by U+FFFD", item->path, repaired, repaired == 1 ? " is" : "s are");
  if (status == STANCE_OK) *go_on = run->each(run->context, &article, &document);
  return status;
}

enum exit_code actors_read(const struct actors_run *run, int argc, char **argv) {
  static const char *const standard_input[] = {"-"};
  struct classify_reading reading = {.paths = argc ? (const char *const *)argv : standard_input, .path_count = argc ? (size_t)argc : 1,
                                     .max_bytes = ARTICLE_BYTES_MAX, .stop = &interrupted};
  struct classify_reader *reader = NULL;
  struct stance_text_matcher *matcher = NULL;
  struct stance_arena arena = {0};
  struct stance_error error;
  enum exit_code code = EXIT_DONE;
  struct classify_item item;
  bool has = true, go_on = true;
  enum stance_status status = stance_text_matcher_new(&matcher, &error);
  if (status == STANCE_OK) status = classify_reader_open(&reading, &reader, &error);
  while (status == STANCE_OK && go_on && !interrupted) {
    status = classify_reader_next(reader, &item, &has, &error);
    if (status != STANCE_OK || !has) break;
    stance_arena_reset(&arena);
    enum stance_status outcome = STANCE_OK;
    if (item.form == CLASSIFY_PROBLEM) {
      error = item.problem;
      outcome = error.status;
    } else {
      outcome = read_item(run, &item, matcher, &arena, &go_on, &error);
    }
    if (outcome == STANCE_SYSTEM) status = outcome;
    else if (outcome != STANCE_OK) code = report_error(&error);
  }
  if (status != STANCE_OK) code = report_error(&error);
  classify_reader_close(reader);
  stance_text_matcher_destroy(matcher);
  stance_arena_free(&arena);
  return code;
}
