/* SPDX-License-Identifier: MIT
 * Reads the articles of the inputs one by one, as the classifier reads them. */
#include "articles.h"

#include "input/html.h"
#include "input/ids.h"
#include "input/item.h"
#include "input/reader.h"
#include "stance/base/error.h"
#include "stance/text/text.h"

struct loop {
  const struct articles_reading *reading;
  struct stance_arena arena, item_arena; /* of all, of one article */
  struct input_ids *ids;
  struct input_summary summary;
  size_t count, seen;
  enum exit_code code;
};

static enum stance_status take_item(struct loop *loop, const struct input_item *item, bool *go_on,
                                    struct stance_error *error) {
  struct input_article read;
  struct input_item whole = *item; /* parsers need a NUL after the bytes */
  if (item->kind == INPUT_ARTICLE && !(whole.data = stance_arena_copy(&loop->item_arena, item->data, item->length)))
    return stance_fail_memory(error);
  STANCE_TRY(input_item_article(&whole, &loop->item_arena, &read, error));
  enum stance_status status = STANCE_OK;
  if (!read.is_left_out) status = input_ids_take(loop->ids, &read, &loop->item_arena, error);
  uint32_t repaired = read.notes.counts[INPUT_NOTE_REPAIRED];
  if (repaired)
    message_warning("%s: %u byte%s not UTF-8, replaced by U+FFFD (see --encoding)", item->path, repaired,
                    repaired == 1 ? " is" : "s are");
  input_summary_add(&loop->summary, &read.notes, item->path, item->line);
  if (status != STANCE_OK || (read.is_left_out && !loop->reading->takes_left_out)) return status;
  loop->count++;
  status = loop->reading->each(loop->reading->context, item, &read, go_on, error);
  if (status != STANCE_OK && status != STANCE_SYSTEM && !error->file[0]) {
    struct stance_error what = *error;
    stance_fail_at(error, status, item->path, item->line, 0, "%s", what.message);
  }
  return status;
}

static enum stance_status read_all(struct loop *loop, struct input_reader *reader, struct stance_error *error) {
  struct input_item item;
  bool has = true, go_on = true;
  while (go_on && !interrupted) {
    STANCE_TRY(input_reader_next(reader, &item, &has, error));
    if (!has) break;
    loop->seen++;
    stance_arena_reset(&loop->item_arena);
    enum stance_status status = take_item(loop, &item, &go_on, error);
    if (status == STANCE_SYSTEM) return status;
    if (status != STANCE_OK) loop->code = message_error(error);
  }
  if (!loop->seen && !interrupted) return stance_fail(error, STANCE_INPUT, "no article in the input");
  return STANCE_OK;
}

enum exit_code articles_each(const struct articles_reading *reading, int argc, char **argv, size_t *count) {
  static const char *const standard_input[] = {"-"};
  struct loop loop = {.reading = reading, .code = EXIT_DONE};
  struct input_reading how = {.paths = argc ? (const char *const *)argv : standard_input,
                              .path_count = argc ? (size_t)argc : 1,
                              .max_bytes = (size_t)reading->flags->max_bytes,
                              .stop = &interrupted};
  struct input_reader *reader = NULL;
  struct stance_error error = {0};
  enum stance_status status = STANCE_OK;
  input_html_start();
  enum exit_code usage = input_flags_options(reading->flags, &loop.arena, &how.options);
  how.options.repair = true;
  if (usage == EXIT_DONE && !(loop.ids = input_ids_new())) status = stance_fail_memory(&error);
  if (usage == EXIT_DONE && status == STANCE_OK) status = input_reader_open(&how, &reader, &error);
  if (reader) status = read_all(&loop, reader, &error);
  if (status != STANCE_OK) loop.code = message_error(&error);
  struct input_reader_progress progress = {0};
  if (reader) input_reader_progress(reader, &progress);
  if (usage == EXIT_DONE) input_flags_say(&loop.summary, &progress.passed);
  else loop.code = usage;
  input_reader_close(reader);
  input_ids_destroy(loop.ids);
  stance_arena_free(&loop.arena);
  stance_arena_free(&loop.item_arena);
  if (count) *count = loop.count;
  return loop.code;
}

/* ---- with mentions ---------------------------------------------------------------------------------------- */

struct apart {
  const struct articles_run *run;
  struct stance_text_matcher *matcher;
  struct stance_arena arena;
};

static enum stance_status take_apart(void *context, const struct input_item *item, const struct input_article *read,
                                     bool *go_on, struct stance_error *error) {
  struct apart *apart = context;
  const struct articles_run *run = apart->run;
  struct stance_document document = {0};
  (void)item;
  stance_arena_reset(&apart->arena);
  STANCE_TRY(stance_sentences_find(apart->matcher, &apart->arena, &read->article, &document, error));
  if (!run->no_tokens) STANCE_TRY(stance_tokens_find(apart->matcher, &apart->arena, &document, error));
  if (run->gazetteer && !run->no_tokens)
    STANCE_TRY(stance_mentions_find(run->gazetteer, &apart->arena, &document, !run->no_implicit, error));
  *go_on = run->each(run->context, &read->article, &document);
  return STANCE_OK;
}

enum exit_code articles_read(const struct articles_run *run, int argc, char **argv) {
  struct apart apart = {.run = run};
  struct articles_reading reading = {.flags = run->flags, .context = &apart, .each = take_apart};
  struct stance_error error;
  if (stance_text_matcher_new(&apart.matcher, &error) != STANCE_OK) return message_error(&error);
  enum exit_code code = articles_each(&reading, argc, argv, NULL);
  stance_text_matcher_destroy(apart.matcher);
  stance_arena_free(&apart.arena);
  return code;
}
