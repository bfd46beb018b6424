/* SPDX-License-Identifier: MIT
 * stance work: a worker between two NATS JetStream subjects. */
#include <stdio.h>
#include <string.h>

#include "choices.h"
#include "classify/nats_work.h"
#include "gazetteer.h"
#include "input/html.h"
#include "input_flags.h"
#include "stance/base/error.h"
#include "stance/model/model.h"

struct work_options {
  const char *nats, *credentials, *stream, *consumer, *filter, *to, *rejects, *dead, *model;
  struct input_flags input;
  struct flag_list actors;
  bool rollup, no_implicit, dyads_only, until_empty, quiet;
  long batch, tries;
  double min_p, ack_wait;
};

static const struct work_options work_defaults = {
    .nats = "nats://127.0.0.1:4222", .input = {.max_bytes = 4 * 1024 * 1024}, .batch = 32, .tries = 3, .ack_wait = 30};

#define WORK_FLAG(type_, member_, name_, letter_, value_, ...) \
  FLAG(type_, struct work_options, member_, name_, letter_, value_, __VA_ARGS__)

static const struct flag work_flags[] = {
    WORK_FLAG(FLAG_STRING, nats, "nats", 0, "URL", "the server, or several with commas between"),
    WORK_FLAG(FLAG_STRING, credentials, "creds", 0, "FILE", "who we are, as 'nsc' writes it", .unset = "none"),
    WORK_FLAG(FLAG_STRING, stream, "stream", 0, "NAME", "the JetStream stream of articles", .unset = "must be given"),
    WORK_FLAG(FLAG_STRING, consumer, "consumer", 0, "NAME",
              "the durable pull consumer that workers share; it is made where there is none", .unset = "must be given"),
    WORK_FLAG(FLAG_STRING, filter, "filter", 0, "SUBJECT", "take the articles of this subject of the stream",
              .unset = "all"),
    WORK_FLAG(FLAG_STRING, to, "to", 0, "SUBJECT", "where answers are published; a stream must take it",
              .unset = "must be given"),
    WORK_FLAG(FLAG_STRING, rejects, "rejects", 0, "SUBJECT", "where articles go that cannot be read, with the reason",
              .unset = "that of --to and .rejects"),
    WORK_FLAG(FLAG_STRING, dead, "dead", 0, "SUBJECT", "where articles go on which workers fail, with the reason",
              .unset = "that of --to and .dead"),
    WORK_FLAG(
        FLAG_INTEGER, tries, "tries", 0, "N",
        "deliveries without an answer until an article is tried in a process of its own, and given up where that fails",
        .min = 1, .max = 1000),
    WORK_FLAG(FLAG_INTEGER, batch, "batch", 'b', "N", "articles taken at once", .min = 1,
              .max = CLASSIFY_WORK_BATCH_MAX),
    WORK_FLAG(FLAG_NUMBER, ack_wait, "ack-wait", 0, "SECONDS",
              "of a consumer that is made: when articles of a worker that died are delivered again; while one works, "
              "it is extended",
              .min = 1, .max = 3600),
    WORK_FLAG(FLAG_BOOL, until_empty, "until-empty", 0, NULL, "end when all articles of the stream are answered"),
    WORK_FLAG(FLAG_STRING, model, "model", 'm', "MODEL", "the model", .unset = "the shipped one"),
    WORK_FLAG(FLAG_LIST, actors, "actors", 'a', "FILE", "a gazetteer, or a folder of them", .unset = "the shipped one"),
    WORK_FLAG(FLAG_NUMBER, min_p, "min-p", 0, "P", "leave out predictions whose label is less probable than P",
              .min = 0, .max = 1),
    WORK_FLAG(FLAG_BOOL, rollup, "rollup", 0, NULL, "replace actors by whom they act for (a minister by the state)"),
    WORK_FLAG(FLAG_BOOL, no_implicit, "no-implicit", 0, NULL,
              "leave out mentions resolved from context (\"the junta\", \"he\")"),
    WORK_FLAG(FLAG_BOOL, dyads_only, "dyads-only", 0, NULL, "score dyads alone, not sentences"),
    WORK_FLAG(FLAG_BOOL, input.repair, "repair", 0, NULL,
              "read JSON that is not UTF-8 too, with U+FFFD for its bad bytes"),
    INPUT_FLAGS(struct work_options, input),
    INPUT_FLAG(FLAG_STRING, struct work_options, input.keep, "keep", "NAMES",
               "keys of JSON that go along into predictions: section,desk", .unset = "none"),
    WORK_FLAG(FLAG_BOOL, quiet, "quiet", 'q', NULL, "no notes"),
};

struct work_run {
  const struct work_options *options;
  struct stance_arena arena;
  struct input_options reading;
  struct stance_model *model;
  struct stance_gazetteer *gazetteer;
  struct classify_model scorer;
  struct classify_style style;
  struct classify_answerer *answerer;
};

static enum stance_status open_run(struct work_run *run, struct stance_error *error) {
  const struct work_options *options = run->options;
  const char *path = options->model ? options->model : data_model(error);
  if (!path) return STANCE_INPUT;
  STANCE_TRY(stance_model_open(path, &run->model, error));
  STANCE_TRY(gazetteer_open_given(&options->actors, &run->gazetteer, error));
  run->scorer = (struct classify_model){
      .model = run->model,
      .gazetteer = run->gazetteer,
      .marks_seen = true,
      .scoring = {.no_implicit = options->no_implicit, .rollup = options->rollup, .dyads_only = options->dyads_only}};
  STANCE_TRY(classify_model_heads(run->model, &run->scorer.heads, error));
  run->style = (struct classify_style){.heads = &run->scorer.heads, .gazetteer = run->gazetteer, .model = run->model};
  struct classify_answerer_options answering = {.model = &run->scorer,
                                                .style = &run->style,
                                                .reading = &run->reading,
                                                .max_bytes = (size_t)options->input.max_bytes,
                                                .min_p = (uint16_t)(options->min_p * CLASSIFY_ONE + 0.5)};
  return classify_answerer_new(&answering, &run->answerer, error);
}

static enum stance_status work(struct work_run *run, struct classify_work_counts *counts, struct stance_error *error) {
  const struct work_options *options = run->options;
  const char *rejects =
      options->rejects ? options->rejects : stance_arena_format(&run->arena, "%s.rejects", options->to);
  const char *dead = options->dead ? options->dead : stance_arena_format(&run->arena, "%s.dead", options->to);
  if (!rejects || !dead) return stance_fail_memory(error);
  const struct classify_work_options working = {.url = options->nats,
                                                .credentials = options->credentials,
                                                .stream = options->stream,
                                                .consumer = options->consumer,
                                                .filter = options->filter,
                                                .to = options->to,
                                                .rejects = rejects,
                                                .dead = dead,
                                                .batch = (int)options->batch,
                                                .tries = (int)options->tries,
                                                .ack_wait = options->ack_wait,
                                                .until_empty = options->until_empty,
                                                .interrupted = &interrupted,
                                                .say = message_say};
  return classify_nats_work(&working, run->answerer, counts, error);
}

/* A message is one article: forms with several articles in a file are refused. */
static enum exit_code check_options(const struct work_options *options, const struct input_options *reading) {
  if (!options->stream || !options->consumer || !options->to)
    return message_usage("--stream, --consumer and --to must be given");
  if (strpbrk(options->consumer, ".*> \t"))
    return message_usage("--consumer: '%s' holds a blank or one of . * >", options->consumer);
  const struct input_form *form = reading->form;
  if (form && form != &input_form_jsonl && form != &input_form_json && form != &input_form_text &&
      form != &input_form_html)
    return message_usage("--from: a message is one article: expected jsonl, json, text or html");
  return EXIT_DONE;
}

static enum exit_code run_work(const void *given, int argc, char **argv) {
  struct work_run run = {.options = given};
  struct stance_error error = {0};
  struct classify_work_counts counts = {0};
  (void)argc, (void)argv;
  enum exit_code code = input_flags_options(&run.options->input, &run.arena, &run.reading);
  if (code == EXIT_DONE) code = check_options(run.options, &run.reading);
  if (code != EXIT_DONE) {
    stance_arena_free(&run.arena);
    return code;
  }
  message_quiet(run.options->quiet);
  input_html_start();
  enum stance_status status = open_run(&run, &error);
  if (status == STANCE_OK) status = work(&run, &counts, &error);
  if (status != STANCE_OK) code = message_error(&error);
  else if ((counts.rejected || counts.given_up) && !interrupted) code = EXIT_FINDING;
  if (status == STANCE_OK || counts.answered)
    message_note(
        "%llu articles answered, %llu units; %llu rejected, %llu given up, %llu given back; %llu answers were there "
        "already",
        (unsigned long long)counts.answered, (unsigned long long)counts.units, (unsigned long long)counts.rejected,
        (unsigned long long)counts.given_up, (unsigned long long)counts.given_back, (unsigned long long)counts.already);
  interrupted = 0; /* a stopped worker has finished its article; this is not a failure */
  classify_answerer_destroy(run.answerer);
  stance_gazetteer_close(run.gazetteer);
  stance_model_close(run.model);
  stance_arena_free(&run.arena);
  return code;
}

const struct command command_work = {
    COMMAND("work", "", "score a feed: articles from a NATS JetStream stream, answers to another", work, run_work, 0,
            0),
    .description =
        "Takes articles (one a message, JSON objects unless --from says other) from a durable pull consumer, "
        "publishes the predictions of each as JSON Lines that end with a line \"done\":true, and acknowledges the "
        "article when the server has stored them. Any number of workers share a consumer. An article is answered at "
        "least once; answers to the same delivery have the same Nats-Msg-Id, so that each is stored once within the "
        "stream's window for duplicates, and readers tell later ones by it. Large answers come in parts (header "
        "Stance-Part), of which the last has the done line.\n\n"
        "SIGTERM and Ctrl-C end it after the article at work: what is scored is published, the rest given back.",
    .examples =
        "    stance work --nats nats://broker:4222 --stream ARTICLES --consumer stance --to predictions\n"
        "    stance work --stream ARTICLES --consumer stance --to predictions --until-empty\n",
};
