/* SPDX-License-Identifier: MIT
 * stance actors suggest: frequent names that the gazetteer lacks. */
#include <stdio.h>
#include <string.h>

#include "actors.h"
#include "choices.h"
#include "output.h"
#include "stance/actors/suggest.h"
#include "stance/base/error.h"

struct suggest_options {
  struct input_flags input;
  struct flag_list actors;
  enum list_format format;
  long least, limit;
};

static const struct flag suggest_flags[] = {
    FLAG(FLAG_LIST, struct suggest_options, actors, "actors", 'a', "FILE", "a gazetteer, or a folder of them",
         .unset = "the shipped one"),
    FLAG(FLAG_INTEGER, struct suggest_options, least, "least", 0, "COUNT",
         "leave out names that stand less often in the texts", .min = 1, .max = 1e9),
    FLAG(FLAG_INTEGER, struct suggest_options, limit, "limit", 0, "COUNT", "show at most so many names", .min = 1,
         .max = 1e9),
    FLAG(FLAG_CHOICE, struct suggest_options, format, "format", 'f', "FORMAT", "how to show them",
         .choices = list_choices),
    INPUT_FLAGS(struct suggest_options, input),
};

struct suggest_run {
  struct stance_missing_names *names;
  bool memory_is_out;
};

static bool suggest_each(void *context, const struct stance_article *article, const struct stance_document *document) {
  struct suggest_run *run = context;
  (void)article;
  run->memory_is_out = !stance_missing_names_add(run->names, document);
  return !run->memory_is_out;
}

static void put_text(struct stance_buffer *out, const struct stance_missing_name *name) {
  stance_buffer_printf(out, "%7zu  %s\n", name->count, name->name);
  for (size_t i = 0; i < STANCE_CONTEXTS_MAX && name->contexts[i]; i++)
    stance_buffer_printf(out, "         %s\n", name->contexts[i]);
}

static void put_json(struct stance_buffer *out, const struct stance_missing_name *name) {
  stance_buffer_puts(out, "{\"name\":");
  stance_buffer_json_string(out, name->name, strlen(name->name));
  stance_buffer_printf(out, ",\"count\":%zu,\"articles\":%zu,\"contexts\":[", name->count, name->articles);
  for (size_t i = 0; i < STANCE_CONTEXTS_MAX && name->contexts[i]; i++) {
    if (i) stance_buffer_putc(out, ',');
    stance_buffer_json_string(out, name->contexts[i], strlen(name->contexts[i]));
  }
  stance_buffer_puts(out, "]}\n");
}

static bool suggest_print(const struct suggest_options *options, struct stance_missing_names *names) {
  const struct stance_missing_name *items;
  struct stance_buffer out = {0};
  size_t count = stance_missing_names_sort(names, &items);
  bool is_json = options->format == LIST_JSONL;
  for (size_t i = 0; i < count && i < (size_t)options->limit && items[i].count >= (size_t)options->least; i++) {
    if (is_json) put_json(&out, &items[i]);
    else put_text(&out, &items[i]);
  }
  (is_json ? output_data : output_text)(&out); /* main checks whether it was written */
  bool is_good = !out.failed;
  stance_buffer_free(&out);
  return is_good;
}

static enum exit_code suggest_start(const void *given, int argc, char **argv) {
  const struct suggest_options *options = given;
  struct stance_gazetteer *gazetteer = NULL;
  struct suggest_run suggest = {0};
  struct stance_error error;
  enum exit_code code = actors_open(&options->actors, &gazetteer);
  if (code == EXIT_DONE) {
    suggest.names = stance_missing_names_new(gazetteer);
    suggest.memory_is_out = !suggest.names;
    struct articles_run run = {.flags = &options->input,
                               .gazetteer = gazetteer,
                               .no_implicit = true,
                               .context = &suggest,
                               .each = suggest_each};
    if (suggest.names) code = articles_read(&run, argc, argv);
    if (!suggest.memory_is_out && !interrupted) suggest.memory_is_out = !suggest_print(options, suggest.names);
    if (suggest.memory_is_out) {
      stance_fail_memory(&error);
      code = message_error(&error);
    }
  }
  stance_missing_names_destroy(suggest.names);
  stance_gazetteer_close(gazetteer);
  return code;
}

static const struct suggest_options suggest_defaults = {
    .input = {.max_bytes = ARTICLE_BYTES_MAX}, .least = 3, .limit = 50};

const struct command command_actors_suggest = {
    COMMAND("actors suggest", "[CORPUS...]", "list frequent names that the gazetteer lacks", suggest, suggest_start, 0,
            -1),
    .description =
        "Counts runs of words in capitals that are no mention of an actor, most frequent first, each with up to two "
        "of its contexts. Capitals that start a sentence, and headlines, are not counted.",
    .examples = "  stance actors suggest news/\n  stance actors suggest --least 10 --format jsonl news.jsonl\n",
};
