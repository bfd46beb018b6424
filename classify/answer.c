/* SPDX-License-Identifier: MIT */
#include "answer.h"

#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "done.h"
#include "input/item.h"
#include "stance/base/error.h"
#include "stance/base/utf8.h"

enum { RAW_SHOWN = 4096, PART_BYTES = 1024 * 1024 };

struct classify_answerer {
  struct classify_answerer_options options;
  void *scorer;
  struct stance_arena text, arena; /* of one article: as read, as scored */
  struct stance_buffer out;
  char reason[512];
};

enum stance_status classify_answerer_new(const struct classify_answerer_options *options,
                                         struct classify_answerer **out, struct stance_error *error) {
  struct classify_answerer *answerer = calloc(1, sizeof *answerer);
  *out = NULL;
  if (!answerer) return stance_fail_memory(error);
  answerer->options = *options;
  enum stance_status status = classify_model_scorer.open((void *)(uintptr_t)options->model, &answerer->scorer, error);
  if (status != STANCE_OK) {
    free(answerer);
    return status;
  }
  *out = answerer;
  return STANCE_OK;
}

void classify_answerer_destroy(struct classify_answerer *answerer) {
  if (!answerer) return;
  classify_model_scorer.close(answerer->scorer);
  stance_arena_free(&answerer->text);
  stance_arena_free(&answerer->arena);
  stance_buffer_free(&answerer->out);
  free(answerer);
}

/* {"article":ID,"key":KEY,"stream":PLACE,"sequence":N,"error":REASON,"data":the first 4 KB} */
static enum stance_status refuse(struct classify_answerer *answerer, const char *place, uint64_t number,
                                 const struct classify_done *done, const char *reason, struct classify_answer *answer,
                                 struct stance_error *error) {
  struct stance_buffer *out = &answerer->out;
  size_t length = done->raw_length < RAW_SHOWN ? done->raw_length : RAW_SHOWN, repaired;
  while (length && length < done->raw_length && ((unsigned char)done->raw[length] & 0xc0) == 0x80) length--;
  snprintf(answerer->reason, sizeof answerer->reason, "%s", reason);
  const char *data = stance_utf8_repair(&answerer->arena, done->raw, length, &length, &repaired);
  stance_buffer_clear(out);
  stance_buffer_putc(out, '{');
  classify_put_whose(done, out);
  stance_buffer_puts(out, ",\"stream\":");
  stance_buffer_json_string(out, place, strlen(place));
  stance_buffer_printf(out, ",\"sequence\":%llu,\"error\":", (unsigned long long)number);
  stance_buffer_json_string(out, answerer->reason, strlen(answerer->reason));
  stance_buffer_puts(out, ",\"data\":");
  stance_buffer_json_string(out, data ? data : "", data ? length : 0);
  stance_buffer_puts(out, "}\n");
  if (out->failed) return stance_fail_memory(error);
  *answer = (struct classify_answer){
      .is_rejected = true, .lines = out->data, .length = out->length, .reason = answerer->reason};
  return STANCE_OK;
}

static enum stance_status render(struct classify_answerer *answerer, const struct classify_scored *scored, bool *fits,
                                 struct stance_error *error) {
  struct stance_buffer *out = &answerer->out;
  for (uint32_t next = 0; next < scored->sentence_count && out->length <= CLASSIFY_ANSWER_MAX;) {
    classify_render_jsonl(answerer->options.style, scored, &next, out->length + PART_BYTES, out);
    if (out->failed) return stance_fail_memory(error);
  }
  *fits = out->length <= CLASSIFY_ANSWER_MAX;
  return STANCE_OK;
}

static enum stance_status score(struct classify_answerer *answerer, const struct input_article *read,
                                struct classify_scored *scored, struct stance_error *error) {
  const struct input_options *reading = answerer->options.reading;
  if (!answerer->scorer)
    STANCE_TRY(classify_model_scorer.open((void *)(uintptr_t)answerer->options.model, &answerer->scorer, error));
  STANCE_TRY(classify_model_scorer.run(answerer->scorer, &read->article, &answerer->arena, scored, error));
  scored->kept_names = reading->keep;
  scored->kept = read->kept;
  scored->kept_count = reading->keep_count;
  if (answerer->options.min_p) classify_scored_abstain(scored, answerer->options.min_p);
  return STANCE_OK;
}

/* Reads the article as any input is read. A failure other than STANCE_SYSTEM is the article's fault. */
static enum stance_status read_message(struct classify_answerer *answerer, const char *place, uint64_t number,
                                       const char *data, size_t length, struct input_article *read,
                                       struct stance_error *error) {
  const struct input_options *reading = answerer->options.reading;
  if (length > answerer->options.max_bytes)
    return stance_fail(error, STANCE_INPUT, "is larger than %zu bytes (--max-bytes)", answerer->options.max_bytes);
  struct input_source *source = stance_arena_zalloc(&answerer->text, 1, sizeof *source);
  char *own = stance_arena_alloc(&answerer->text, length + 1, 1);
  if (!source || !own) return stance_fail_memory(error);
  memcpy(own, data, length);
  own[length] = '\0';
  source->form = reading->form ? reading->form : &input_form_jsonl;
  source->options = reading;
  source->path = source->id = place;
  struct input_item item = {
      .kind = INPUT_ARTICLE, .source = source, .path = place, .line = (size_t)number, .data = own, .length = length};
  return input_item_article(&item, &answerer->text, read, error);
}

static const char *why_left_out(const struct input_article *read) {
  return read->notes.counts[INPUT_NOTE_LANGUAGE] ? input_note_name(INPUT_NOTE_LANGUAGE)
                                                 : input_note_name(INPUT_NOTE_KILLED);
}

/* Frees the memory of an article that was too large, for the next one. */
static void give_memory_back(struct classify_answerer *answerer) {
  struct stance_error ignored;
  classify_model_scorer.close(answerer->scorer);
  answerer->scorer = NULL;
  stance_arena_free(&answerer->text);
  stance_arena_free(&answerer->arena);
  stance_buffer_free(&answerer->out);
  malloc_trim(0);
  if (classify_model_scorer.open((void *)(uintptr_t)answerer->options.model, &answerer->scorer, &ignored) != STANCE_OK)
    answerer->scorer = NULL;
}

enum stance_status classify_answer(struct classify_answerer *answerer, const char *place, uint64_t number,
                                   const char *data, size_t length, struct classify_answer *answer,
                                   struct stance_error *error) {
  struct classify_done done = {.raw = data, .raw_length = length};
  struct input_article read = {.article = {0}};
  struct classify_scored scored = {0};
  struct stance_error problem = {0};
  stance_arena_reset(&answerer->text);
  stance_arena_reset(&answerer->arena);
  stance_buffer_clear(&answerer->out);
  enum stance_status status = read_message(answerer, place, number, data, length, &read, &problem);
  done.id = read.article.id;
  if (status == STANCE_OK && !read.is_left_out) status = score(answerer, &read, &scored, &problem);
  bool fits = true;
  if (status == STANCE_OK) status = render(answerer, &scored, &fits, &problem);
  if (status == STANCE_SYSTEM) {
    *error = problem;
    give_memory_back(answerer);
    return status;
  }
  if (status != STANCE_OK) return refuse(answerer, place, number, &done, problem.message, answer, error);
  if (!fits) return refuse(answerer, place, number, &done, "its predictions are more than 64 MB", answer, error);
  done.units = scored.unit_count;
  done.left_out = read.is_left_out ? why_left_out(&read) : NULL;
  classify_put_done(&done, &answerer->out);
  if (answerer->out.failed) return stance_fail_memory(error);
  *answer = (struct classify_answer){.lines = answerer->out.data, .length = answerer->out.length, .units = done.units};
  return STANCE_OK;
}

enum stance_status classify_answer_refusal(struct classify_answerer *answerer, const char *place, uint64_t number,
                                           const char *data, size_t length, const char *reason,
                                           struct classify_answer *out, struct stance_error *error) {
  struct classify_done done = {.raw = data, .raw_length = length};
  struct input_article read = {.article = {0}};
  struct stance_error ignored;
  stance_arena_reset(&answerer->text);
  stance_arena_reset(&answerer->arena);
  if (read_message(answerer, place, number, data, length, &read, &ignored) == STANCE_OK || read.article.id)
    done.id = read.article.id;
  return refuse(answerer, place, number, &done, reason, out, error);
}
