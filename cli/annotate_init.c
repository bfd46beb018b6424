/* SPDX-License-Identifier: MIT
 * stance annotate init: a project folder. */
#include <string.h>

#include "annotate/keys.h"
#include "annotate/project.h"
#include "choices.h"
#include "command.h"
#include "names.h"
#include "stance/base/error.h"

/* ---- init ---------------------------------------------------------------------------------------------- */

struct init_options {
  const char *codebook, *annotators;
  enum annotate_order order;
  struct flag_list actors;
  long overlap, seed;
  double check_gold, check_self, check_pass, practice_pass;
  long practice;
  enum annotate_merge_kind merge;
  double merge_share;
};

static const struct init_options init_defaults = {.annotators = "",
                                                  .order = ANNOTATE_ORDER_DOCUMENT,
                                                  .merge = ANNOTATE_MERGE_UNANIMITY,
                                                  .seed = 1,
                                                  .practice_pass = 0.8};

static const struct flag init_flags[] = {
    FLAG(FLAG_STRING, struct init_options, codebook, "codebook", 'c', "FILE",
         "heads, labels, definitions and keys; copied into the project", .unset = "the shipped international one"),
    FLAG(FLAG_LIST, struct init_options, actors, "actors", 'a', "FILE",
         "gazetteer of the project's own, copied into it", .unset = "the shipped one, wherever the project is opened"),
    FLAG(FLAG_STRING, struct init_options, annotators, "annotators", 0, "NAMES", "who labels, with commas between",
         .unset = "whoever comes"),
    FLAG(FLAG_INTEGER, struct init_options, overlap, "overlap", 'k', "K",
         "how many of the annotators get each sentence", .max = 1000, .unset = "all of them"),
    FLAG(FLAG_CHOICE, struct init_options, order, "order", 0, "ORDER", "of the units", .choices = order_choices),
    FLAG(FLAG_INTEGER, struct init_options, seed, "seed", 0, "N",
         "of the random order, the assignment and the hidden checks", .max = 9007199254740992.0),
    FLAG(FLAG_NUMBER, struct init_options, check_gold, "check-gold", 0, "SHARE",
         "share of units with gold put in between, as hidden checks", .max = 0.5),
    FLAG(FLAG_NUMBER, struct init_options, check_self, "check-self", 0, "SHARE",
         "share of an annotator's own units shown again, as hidden checks", .max = 0.5),
    FLAG(FLAG_NUMBER, struct init_options, check_pass, "check-pass", 0, "SHARE",
         "who answers a smaller share of 10 or more hidden gold checks rightly is paused", .max = 1, .unset = "nobody"),
    FLAG(FLAG_CHOICE, struct init_options, merge, "merge", 0, "RULE",
         "how labels become gold without a decision: all alike, more than half, a share of them, or the probable one "
         "by annotators' competence (Dawid-Skene)",
         .choices = merge_choices),
    FLAG(FLAG_NUMBER, struct init_options, merge_share, "merge-share", 0, "SHARE",
         "of threshold: of the votes; of competence: the label's probability", .max = 1, .unset = "2/3 and 0.9"),
    FLAG(FLAG_INTEGER, struct init_options, practice, "practice", 0, "N",
         "so many of the codebook's examples come first, as a training round with reasons", .max = 500,
         .unset = "none"),
    FLAG(FLAG_NUMBER, struct init_options, practice_pass, "practice-pass", 0, "SHARE",
         "of the training round: what must be right", .max = 1),
};

static enum exit_code run_init(const void *given, int argc, char **argv) {
  const struct init_options *options = given;
  struct stance_arena arena = {0};
  struct stance_error error;
  struct stance_codebook codebook;
  struct annotate_keymap keymap;
  struct annotate_project settings = {.folder = argv[0],
                                      .order = options->order,
                                      .seed = (uint64_t)options->seed,
                                      .overlap = (uint32_t)options->overlap,
                                      .check_gold = options->check_gold,
                                      .check_self = options->check_self,
                                      .check_pass = options->check_pass,
                                      .merge = annotate_merge_rule(options->merge, options->merge_share),
                                      .practice = (uint32_t)options->practice,
                                      .practice_pass = options->practice_pass};
  enum exit_code code = EXIT_DONE;
  (void)argc;
  const char *path = options->codebook ? options->codebook : data_path("codebooks/international.json");
  if (!path) return message_usage("the shipped codebook is not found; give --codebook FILE");
  settings.codebook_path = stance_arena_copy(&arena, path, strlen(path));
  enum stance_status status = settings.codebook_path ? STANCE_OK : stance_fail_memory(&error);
  if (status == STANCE_OK)
    status = names_split(options->annotators, &arena, &settings.annotators, &settings.annotator_count, &error);
  if (status == STANCE_OK && options->actors.count) {
    const char *const *actors;
    status = data_gazetteer_paths(options->actors.items, options->actors.count, &arena, &actors, &settings.actor_count,
                                  &error);
    settings.actors = (const char **)actors;
    struct stance_gazetteer *gazetteer = NULL; /* finds an invalid gazetteer now, not while labelling */
    if (status == STANCE_OK) status = stance_gazetteer_open(actors, settings.actor_count, &gazetteer, &error);
    stance_gazetteer_close(gazetteer);
  }
  if (status == STANCE_OK) status = stance_codebook_read(settings.codebook_path, &arena, &codebook, &error);
  if (status == STANCE_OK) {
    error.file[0] = '\0';
    status = annotate_keymap_make(&codebook, &keymap, &error);
    if (status != STANCE_OK && !error.file[0]) {
      struct stance_error what = error;
      stance_fail_at(&error, status, settings.codebook_path, 0, 0, "%s", what.message);
    }
  }
  if (status == STANCE_OK) status = annotate_project_create(&settings, &error);
  if (status == STANCE_OK) message_note("%s is ready; next: stance annotate add %s ARTICLE...", argv[0], argv[0]);
  else code = message_error(&error);
  stance_arena_free(&arena);
  return code;
}

const struct command command_annotate_init = {
    COMMAND("annotate init", "DIR", "make an annotation project", init, run_init, 1, 1),
    .description =
        "Makes the folder DIR with project.json, a copy of the codebook, and labels/ for the annotators' journals. "
        "All are plain files: keep them under git, and merge the work of a team by copying journals.\n\n"
        "With --annotators and --overlap K each sentence goes to K of the annotators, by a hash of the seed, the "
        "sentence and the names: everybody computes the same assignment, without a server.",
    .examples =
        "stance annotate init my-project\n"
        "stance annotate init team --annotators ana,ben,cho --overlap 2 --check-self 0.05\n",
};
