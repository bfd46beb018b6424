/* SPDX-License-Identifier: MIT
 * stance annotate add: adds the units of articles, in any readable form, to a project. */
#include <time.h>

#include "annotate/add.h"
#include "annotate/machine.h"
#include "annotate/screen.h"
#include "annotate_actors.h"
#include "articles.h"
#include "gazetteer.h"
#include "project_run.h"
#include "stance/base/error.h"

struct add_options {
  struct input_flags input;
  bool no_implicit, dyads_only;
  const char *machine;
};

static const struct add_options add_defaults = {.input = {.max_bytes = ARTICLE_BYTES_MAX}};

static const struct flag add_flags[] = {
    FLAG(FLAG_BOOL, struct add_options, no_implicit, "no-implicit", 0, NULL,
         "leave out mentions resolved from context (\"the junta\", \"he\")"),
    FLAG(FLAG_BOOL, struct add_options, dyads_only, "dyads-only", 0, NULL, "no units for the sentences themselves"),
    FLAG(FLAG_STRING, struct add_options, machine, "machine", 0, "NAME",
         "the inputs are labels that a machine of this name made elsewhere, as JSON Lines",
         .unset = "they are articles"),
    INPUT_FLAGS(struct add_options, input),
};

static enum stance_status add_article(void *context, const struct input_item *item, const struct input_article *read,
                                      bool *go_on, struct stance_error *error) {
  struct stance_article article = read->article;
  (void)item, (void)go_on;
  if (!article.lang) article.lang = read->guessed_lang; /* for screen readers */
  return annotate_adder_article(context, &article, read->own_id, error);
}

static void say_added(const struct annotate_added *added) {
  message_note("%zu %s, %zu %s: %zu new %s%s", added->articles, added->articles == 1 ? "article" : "articles",
               added->sentences, added->sentences == 1 ? "sentence" : "sentences", added->units,
               added->units == 1 ? "unit" : "units", added->known ? "" : "; next: stance annotate label DIR --as NAME");
  if (added->known) message_note("%zu units were in the list already and stay as they are", added->known);
  if (added->renamed)
    message_warning("%zu %s", added->renamed,
                    added->renamed == 1 ? "article had the id of another one in the project and got an id of its own"
                                        : "articles had ids of other ones in the project and got ids of their own");
}

/* Reports and skips unreadable articles, and adds the others in one write. */
static enum exit_code add_all(struct annotate_adder *adder, const struct input_flags *flags, int argc, char **argv) {
  struct articles_reading reading = {.flags = flags, .context = adder, .each = add_article};
  struct annotate_added added;
  struct stance_error error;
  size_t count;
  enum exit_code code = articles_each(&reading, argc, argv, &count);
  if (interrupted || code == EXIT_SYSTEM || !count) return code;
  if (annotate_adder_save(adder, &added, &error) != STANCE_OK) return message_error(&error);
  say_added(&added);
  return code == EXIT_DONE ? EXIT_DONE : EXIT_FINDING;
}

/* Adds the labels of a machine, which 'annotate agree' compares with the annotators'. */
static enum stance_status add_machine(struct project_run *run, struct stance_error *error) {
  const struct add_options *options = run->options;
  char now[40];
  annotate_clock_text(now);
  for (int i = 0; i < run->argument_count; i++) {
    const char *path = run->arguments[i];
    struct annotate_machine_added added;
    STANCE_TRY(annotate_machine_add(&run->project, options->machine, path, now, &added, error));
    message_note("%s: %zu labels of machine %s, %zu more in the place of older ones", path, added.records,
                 options->machine, added.replaced);
    if (added.no_unit)
      message_warning("%s: left out: %zu x labels of units that the project lacks", path, added.no_unit);
    if (added.no_label) message_warning("%s: left out: %zu x labels that the codebook lacks", path, added.no_label);
  }
  return STANCE_OK;
}

static enum exit_code run_add(const void *given, int argc, char **argv) {
  const struct add_options *options = given;
  if (options->machine) return project_run(options, argc, argv, add_machine);
  struct stance_arena arena = {0};
  struct stance_error error;
  struct annotate_project project;
  struct annotate_adder *adder = NULL;
  struct stance_gazetteer *gazetteer = NULL;
  const char *const *paths;
  size_t path_count;
  const struct annotate_add_options how = {.no_implicit = options->no_implicit, .dyads_only = options->dyads_only};
  enum stance_status status = annotate_project_open(argv[0], &arena, &project, &error);
  if (status == STANCE_OK) status = annotate_actors_paths(&project, &arena, &paths, &path_count, &error);
  if (status == STANCE_OK) status = gazetteer_open(paths, path_count, &gazetteer, &error);
  struct annotate_added sampled = {0};
  size_t count = (size_t)argc - 1; /* articles only: samples have been removed from argv */
  if (status == STANCE_OK) status = annotate_add_samples(&project, argv + 1, &count, &sampled, &error);
  if (status == STANCE_OK && count) status = annotate_adder_open(&project, gazetteer, &how, &adder, &error);
  enum exit_code code = status == STANCE_OK ? EXIT_DONE : message_error(&error);
  if (adder) code = add_all(adder, &options->input, (int)count, argv + 1);
  if (sampled.units)
    message_note("%zu drawn units, in the order of the draw; they are shown without suggestions", sampled.units);
  if (sampled.known) message_note("%zu drawn units were in the list already and stay as they are", sampled.known);
  annotate_adder_close(adder);
  stance_gazetteer_close(gazetteer);
  stance_arena_free(&arena);
  return code;
}

const struct command command_annotate_add = {
    COMMAND("annotate add", "DIR INPUT...", "add the units of articles to a project", add, run_add, 2, -1),
    .description =
        "Reads what 'stance classify' reads: text files (first line: the title), JSON Lines, JSON, CSV, HTML and the "
        "other forms of docs/formats.md, archives and folders of them. Finds sentences and actors, and appends to "
        "units.jsonl one unit for each dyad of a sentence and one for the sentence itself. Units that are in the list "
        "already are never changed. A sample (stance sample) adds the units it drew, in its order, to be labelled "
        "without suggestions. An article that cannot be read is reported, and the others are added; the exit code is "
        "then 1. 'stance inspect' shows beforehand what will be read.",
    .examples = "stance annotate add my-project corpora/articles/2022-05-03-mali-tears-up-defence-pacts.txt\n",
};
