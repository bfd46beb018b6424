/* SPDX-License-Identifier: MIT
 * stance actors find: a text with its mentions marked. stance actors check: what is wrong with gazetteers. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "actors.h"
#include "choices.h"
#include "gazetteer.h"
#include "output.h"
#include "stance/base/file.h"
#include "stance/base/plain.h"
#include "stance/base/utf8.h"

enum exit_code actors_open(const struct flag_list *files, struct stance_gazetteer **out) {
  struct stance_error error;
  return gazetteer_open_given(files, out, &error) == STANCE_OK ? EXIT_DONE : message_error(&error);
}

/* ---- find ------------------------------------------------------------------------------------------------ */

struct find_options {
  struct input_flags input;
  struct flag_list actors;
  enum list_format format;
  enum flag_when colour;
  bool no_implicit;
};

static const struct flag find_flags[] = {
    FLAG(FLAG_LIST, struct find_options, actors, "actors", 'a', "FILE", "a gazetteer, or a folder of them",
         .unset = "the shipped one"),
    FLAG(FLAG_CHOICE, struct find_options, format, "format", 'f', "FORMAT", "how to show mentions",
         .choices = list_choices),
    FLAG_COLOUR(struct find_options, colour),
    FLAG(FLAG_BOOL, struct find_options, no_implicit, "no-implicit", 0, NULL,
         "leave out mentions resolved from context (\"the junta\", \"he\")"),
    INPUT_FLAGS(struct find_options, input),
};

struct find_run {
  bool has_colour, is_jsonl;
  size_t articles;
  struct stance_buffer out;
};

static void put_span(struct stance_buffer *out, const char *text, uint32_t start, uint32_t end) {
  stance_buffer_plain(out, text + start, end - start, false);
}

/* "Malian troops[MLI]"; implicit: "he[~MLI.GOITA]". */
static void put_marked(struct find_run *run, const struct stance_document *document,
                       const struct stance_sentence *sentence) {
  struct stance_buffer *out = &run->out;
  uint32_t at = sentence->start;
  for (uint32_t i = 0; i < sentence->mention_count; i++) {
    const struct stance_mention *mention = &document->mentions[sentence->mention_first + i];
    put_span(out, document->text, at, mention->start);
    if (run->has_colour) stance_buffer_puts(out, mention->is_implicit ? "\033[36m" : "\033[1;32m");
    put_span(out, document->text, mention->start, mention->end);
    if (run->has_colour) stance_buffer_puts(out, "\033[0m\033[2m");
    const char *id = stance_actor_id(mention->actor);
    stance_buffer_puts(out, mention->is_implicit ? "[~" : "[");
    stance_buffer_plain(out, id, strlen(id), false);
    stance_buffer_putc(out, ']');
    if (run->has_colour) stance_buffer_puts(out, "\033[0m");
    at = mention->end;
  }
  put_span(out, document->text, at, sentence->end);
  stance_buffer_putc(out, '\n');
}

static void put_json(struct find_run *run, const struct stance_article *article, const struct stance_document *document,
                     uint32_t index) {
  const struct stance_sentence *sentence = &document->sentences[index];
  const char *text = document->text + sentence->start, *id = article->id ? article->id : "";
  struct stance_buffer *out = &run->out;
  stance_buffer_puts(out, "{\"article\":");
  stance_buffer_json_string(out, id, strlen(id));
  stance_buffer_printf(out, ",\"sentence\":%u,\"text\":", index);
  stance_buffer_json_string(out, text, sentence->end - sentence->start);
  stance_buffer_puts(out, ",\"mentions\":[");
  for (uint32_t i = 0; i < sentence->mention_count; i++) {
    const struct stance_mention *mention = &document->mentions[sentence->mention_first + i];
    const char *actor = stance_actor_id(mention->actor);
    stance_buffer_puts(out, i ? ",{\"actor\":" : "{\"actor\":");
    stance_buffer_json_string(out, actor, strlen(actor));
    stance_buffer_printf(out, ",\"start\":%zu,\"end\":%zu", stance_utf8_count(text, mention->start - sentence->start),
                         stance_utf8_count(text, mention->end - sentence->start));
    stance_buffer_puts(out, mention->is_implicit ? ",\"implicit\":true}" : "}");
  }
  stance_buffer_puts(out, "]}\n");
}

static bool find_each(void *context, const struct stance_article *article, const struct stance_document *document) {
  struct find_run *run = context;
  stance_buffer_clear(&run->out);
  if (run->articles++ && !run->is_jsonl) stance_buffer_putc(&run->out, '\n');
  for (uint32_t i = 0; i < document->sentence_count; i++) {
    if (run->is_jsonl) put_json(run, article, document, i);
    else put_marked(run, document, &document->sentences[i]);
  }
  return (run->is_jsonl ? output_data : output_styled)(&run->out);
}

static enum exit_code find_start(const void *given, int argc, char **argv) {
  const struct find_options *options = given;
  struct stance_gazetteer *gazetteer = NULL;
  struct find_run find = {.is_jsonl = options->format == LIST_JSONL,
                          .has_colour = terminal_is_coloured(options->colour, STDOUT_FILENO)};
  enum exit_code code = actors_open(&options->actors, &gazetteer);
  if (code == EXIT_DONE) {
    struct articles_run run = {.flags = &options->input,
                               .gazetteer = gazetteer,
                               .no_implicit = options->no_implicit,
                               .context = &find,
                               .each = find_each};
    code = articles_read(&run, argc, argv);
  }
  stance_buffer_free(&find.out);
  stance_gazetteer_close(gazetteer);
  return code;
}

static const struct find_options find_defaults = {.input = {.max_bytes = ARTICLE_BYTES_MAX}};

const struct command command_actors_find = {
    COMMAND("actors find", "[ARTICLE...]", "show who is mentioned in articles", find, find_start, 0, -1),
    .description =
        "Prints each sentence with its mentions and, in brackets behind each, the actor's id: \"Malian troops[MLI]\". "
        "\"[~MLI]\" marks a mention that is resolved from context. An input is a file, a folder or '-' for standard "
        "input, which is also read where no input is given.",
    .examples = "  stance actors find article.txt\n  stance actors find --format jsonl --no-implicit news/\n",
};

/* ---- check ------------------------------------------------------------------------------------------------ */

static void check_each(void *context, const struct stance_error *finding) {
  (void)context;
  if (finding->line) output_print("%s:%zu: %s\n", finding->file, finding->line, finding->message);
  else output_print("%s: %s\n", finding->file, finding->message);
}

static enum exit_code check_start(const void *given, int argc, char **argv) {
  (void)given;
  struct stance_arena arena = {0};
  struct stance_error error;
  const char *const *paths;
  size_t count, findings = 0;
  enum stance_status status =
      data_gazetteer_paths((const char *const *)argv, (size_t)argc, &arena, &paths, &count, &error);
  if (status == STANCE_OK) status = stance_gazetteer_check(paths, count, check_each, NULL, &findings, &error);
  if (status == STANCE_OK)
    message_note("%zu finding%s in %zu file%s", findings, findings == 1 ? "" : "s", count, count == 1 ? "" : "s");
  stance_arena_free(&arena);
  if (status != STANCE_OK) return message_error(&error);
  return findings ? EXIT_FINDING : EXIT_DONE;
}

const struct command command_actors_check = {
    COMMAND_NAME("actors check", "[FILE...]", "find mistakes in gazetteers"),
    .description =
        "Prints a line for each: bad JSON, unknown fields and types, empty or doubled aliases (over all files given), "
        "bad dates, patterns that do not compile, affiliations that lead nowhere or in a circle. Ends with 1 if there "
        "are any. Without files it checks the shipped actors.",
    .examples = "  stance actors check\n  stance actors check my-actors.json corpora/actors\n",
    .defaults = "",
    .max_arguments = -1,
    .run = check_start,
};
