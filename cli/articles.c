/* SPDX-License-Identifier: MIT
 * Articles of the inputs, one after the other, read as the classifier reads them. */
#include "articles.h"

#include "input/item.h"
#include "input/reader.h"
#include "stance/base/error.h"
#include "stance/text/text.h"

enum { ARTICLE_BYTES_MAX = 64 * 1024 * 1024 };

static enum stance_status read_item(const struct articles_run *run, const struct input_item *item, struct stance_text_matcher *matcher,
                                    struct stance_arena *arena, bool *go_on, struct stance_error *error) {
  struct input_article read;
  struct stance_document document = {0};
  enum stance_status status = input_item_article(item, arena, &read, error);
  uint32_t repaired = read.notes.counts[INPUT_NOTE_REPAIRED];
  if (status == STANCE_OK) status = stance_sentences_find(matcher, arena, &read.article, &document, error);
  if (status == STANCE_OK && !run->no_tokens) status = stance_tokens_find(matcher, arena, &document, error);
  if (status == STANCE_OK && run->gazetteer && !run->no_tokens)
    status = stance_mentions_find(run->gazetteer, arena, &document, !run->no_implicit, error);
  if (repaired) message_warning("%s: %u byte%s not UTF-8, replaced by U+FFFD", item->path, repaired, repaired == 1 ? " is" : "s are");
  if (status == STANCE_OK) *go_on = run->each(run->context, &read.article, &document);
  return status;
}

enum exit_code articles_read(const struct articles_run *run, int argc, char **argv) {
  static const char *const standard_input[] = {"-"};
  struct input_reading reading = {.paths = argc ? (const char *const *)argv : standard_input, .path_count = argc ? (size_t)argc : 1,
                                     .options = {.repair = true}, .max_bytes = ARTICLE_BYTES_MAX, .stop = &interrupted};
  struct input_reader *reader = NULL;
  struct stance_text_matcher *matcher = NULL;
  struct stance_arena arena = {0};
  struct stance_error error;
  enum exit_code code = EXIT_DONE;
  struct input_item item;
  bool has = true, go_on = true, has_any = false;
  enum stance_status status = stance_text_matcher_new(&matcher, &error);
  if (status == STANCE_OK) status = input_reader_open(&reading, &reader, &error);
  while (status == STANCE_OK && go_on && !interrupted) {
    status = input_reader_next(reader, &item, &has, &error);
    if (status != STANCE_OK || !has) break;
    has_any = true;
    stance_arena_reset(&arena);
    enum stance_status outcome = STANCE_OK;
    if (item.kind == INPUT_PROBLEM) {
      error = item.problem;
      outcome = error.status;
    } else {
      outcome = read_item(run, &item, matcher, &arena, &go_on, &error);
    }
    if (outcome == STANCE_SYSTEM) status = outcome;
    else if (outcome != STANCE_OK) code = message_error(&error);
  }
  if (status == STANCE_OK && !has_any && !interrupted) status = stance_fail(&error, STANCE_INPUT, "no article in the input");
  if (status != STANCE_OK) code = message_error(&error);
  input_reader_close(reader);
  stance_text_matcher_destroy(matcher);
  stance_arena_free(&arena);
  return code;
}
