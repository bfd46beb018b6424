/* SPDX-License-Identifier: MIT
 * stance annotate label, adjudicate: the screen. */
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "annotate/annotators.h"
#include "annotate/assign.h"
#include "annotate/merge.h"
#include "annotate/recode_log.h"
#include "annotate/screen.h"
#include "annotate/suggest.h"
#include "annotate_actors.h"
#include "choices.h"
#include "stance/base/error.h"

struct label_options {
  const char *name, *model;
  enum annotate_order order;
  enum flag_when colour;
  long batch;
  double random_share;
  bool is_practice;
};

static const struct label_options label_defaults = {.random_share = 0.2};

/* Everything that is open while the screen is shown. */
struct desk {
  struct stance_arena arena;
  struct annotate_project project;
  struct annotate_units units;
  struct annotate_journal journal;
  struct annotate_session session;
  struct annotate_lender lender;
  struct annotate_names names;
  struct annotate_votes votes;
  struct annotate_practice practice;
  struct stance_gazetteer *gazetteer;
  float *margins;
  int codebook;       /* lock on the codebook, or -1 */
  const char *notice; /* an incomplete line was cut off */
};

static void close_desk(struct desk *desk) {
  annotate_session_close(&desk->session);
  annotate_lender_close(&desk->lender);
  annotate_names_close(&desk->names);
  stance_gazetteer_close(desk->gazetteer);
  annotate_votes_close(&desk->votes);
  annotate_journal_close(&desk->journal);
  annotate_units_close(&desk->units);
  if (desk->codebook >= 0) close(desk->codebook);
  free(desk->margins);
  stance_arena_free(&desk->arena);
}

/* Text of any script needs a UTF-8 locale: replaces another one by C.UTF-8. */
static void use_utf8(void) {
  if (strcmp(nl_langinfo(CODESET), "UTF-8") != 0) setlocale(LC_CTYPE, "C.UTF-8");
}

static enum stance_status open_gazetteer(struct desk *desk, struct stance_error *error) {
  const char *const *paths;
  size_t count;
  if (annotate_actors_paths(&desk->project, &desk->arena, &paths, &count, error) != STANCE_OK &&
      !desk->project.actor_count)
    return STANCE_OK; /* ids can be typed */
  return stance_gazetteer_open(paths, count, &desk->gazetteer, error);
}

/* Opens the names to search and sets the file for new actors. */
static enum stance_status lend_names(struct desk *desk, struct stance_error *error) {
  STANCE_TRY(annotate_actors_names(&desk->project, &desk->arena, &desk->names, error));
  desk->lender.names = &desk->names;
  desk->lender.added_path = annotate_path(&desk->arena, &desk->project, ANNOTATE_ADDED_ACTORS);
  return desk->lender.added_path ? STANCE_OK : stance_fail_memory(error);
}

/* Opens the project and the journal of `name`, who must be allowed to label. */
static enum stance_status open_desk(struct desk *desk, const char *folder, const char *file, const char *name,
                                    struct stance_error *error) {
  bool is_gold = strcmp(file, "gold.jsonl") == 0;
  STANCE_TRY(annotate_project_open(folder, &desk->arena, &desk->project, error));
  STANCE_TRY(annotate_codebook_hold(&desk->project, false, &desk->codebook, error));
  if (!is_gold) STANCE_TRY(annotate_withdrawn_check(&desk->project, name, error));
  if (!is_gold) STANCE_TRY(annotate_pause_check(&desk->project, name, error));
  STANCE_TRY(is_gold ? annotate_name_check(name, error) : annotate_assign_check(&desk->project, name, error));
  char *path = annotate_path(&desk->arena, &desk->project, file);
  if (!path) return stance_fail_memory(error);
  STANCE_TRY(annotate_units_open(&desk->project, &desk->units, error));
  STANCE_TRY(annotate_journal_open(path, &desk->arena, &desk->journal, &desk->notice, error));
  if (desk->notice) message_warning("%s: %s", path, desk->notice);
  return STANCE_OK;
}

static enum exit_code run_screen(struct desk *desk, enum flag_when colour, struct stance_error *error) {
  struct annotate_screen_options screen = {.has_colour = terminal_is_coloured(colour, STDOUT_FILENO),
                                           .stop = &interrupted};
  if (desk->notice) annotate_session_say(&desk->session, "%s", desk->notice);
  size_t made_before = desk->session.history.decisions;
  enum stance_status status = annotate_screen_run(&desk->session, &screen, error);
  bool is_lost = desk->session.pending.kind != ANNOTATE_ACT_NONE;
  if (status != STANCE_OK) return message_error(error);
  if (desk->session.history.foreign)
    message_note("%zu records of the journal are about units that are not in the list", desk->session.history.foreign);
  if (desk->session.history.unknown)
    message_warning(
        "%zu units are open again: their labels are not in the codebook any more ('stance annotate recode' "
        "changes labels with it)",
        desk->session.history.unknown);
  if (*desk->session.pause) message_note("labelling is paused: %s", desk->session.pause);
  message_note("%zu records; %zu of %zu units are decided", desk->session.history.decisions - made_before,
               desk->session.decided, desk->session.order_count);
  if (!is_lost) return EXIT_DONE;
  message_warning("the latest decision could not be saved and is lost");
  return EXIT_SYSTEM;
}

/* ---- label --------------------------------------------------------------------------------------------- */

static const struct flag label_flags[] = {
    FLAG(FLAG_STRING, struct label_options, name, "as", 0, "NAME", "who labels; needed"),
    FLAG(FLAG_CHOICE, struct label_options, order, "order", 0, "ORDER", "of the units; uncertain needs --suggest-model",
         .choices = order_choices, .unset = "the project's"),
    FLAG(FLAG_NUMBER, struct label_options, random_share, "random-share", 0, "SHARE",
         "of --order uncertain: the share of units in random order among them, so that the labels still estimate the "
         "whole",
         .max = 1),
    FLAG(FLAG_INTEGER, struct label_options, batch, "batch", 'b', "N", "stop after so many decisions", .max = 1e9,
         .unset = "at the end"),
    FLAG(FLAG_BOOL, struct label_options, is_practice, "practice", 0, NULL,
         "begin with a training round, also where the project asks for none or it was passed"),
    FLAG(FLAG_STRING, struct label_options, model, "suggest-model", 0, "MODEL",
         "a model whose label the key s shows; whether it was seen is recorded", .unset = "none"),
    FLAG_COLOUR(struct label_options, colour),
};

static enum exit_code run_label(const void *given, int argc, char **argv) {
  const struct label_options *options = given;
  struct stance_error error;
  struct desk desk = {.units = {.file = -1}, .journal = {.file = -1}, .codebook = -1};
  (void)argc;
  if (!options->name) return message_usage("--as NAME is missing: whose labels are these?");
  use_utf8();
  signal(SIGXFSZ, SIG_IGN); /* a file size limit then causes an error message */
  char *file = stance_arena_format(&desk.arena, "labels/%s.jsonl", options->name);
  enum stance_status status = file ? annotate_name_check(options->name, &error) : stance_fail_memory(&error);
  if (status == STANCE_OK) status = open_desk(&desk, argv[0], file, options->name, &error);
  if (status == STANCE_OK) status = open_gazetteer(&desk, &error);
  if (status == STANCE_OK)
    status = annotate_lender_open(options->model, desk.gazetteer, &desk.project.codebook, &desk.lender, &error);
  if (status == STANCE_OK) status = lend_names(&desk, &error);
  enum annotate_order order = options->order ? options->order : desk.project.order;
  if (status == STANCE_OK && order == ANNOTATE_ORDER_UNCERTAIN) {
    desk.margins = malloc((desk.units.count + 1) * sizeof *desk.margins);
    if (!options->model) status = stance_fail(&error, STANCE_USAGE, "--order uncertain needs --suggest-model MODEL");
    else if (!desk.margins) status = stance_fail_memory(&error);
    else status = annotate_lender_margins(&desk.lender, &desk.units, desk.margins, &error);
  }
  struct annotate_helper helper = annotate_lender_helper(&desk.lender);
  helper.list = &desk.units;
  const struct annotate_session_options how = {.name = options->name,
                                               .order = options->order,
                                               .batch = (size_t)options->batch,
                                               .margins = desk.margins,
                                               .random_share = options->random_share};
  if (status == STANCE_OK)
    status = annotate_session_open(&desk.project, &desk.units, &desk.journal, &helper, &how, &desk.session, &error);
  if (status == STANCE_OK)
    status = annotate_practice_open(&desk.project, options->name, &desk.arena, &desk.practice, &error);
  if (status == STANCE_OK && options->is_practice && !desk.practice.count)
    status = stance_fail(&error, STANCE_INPUT, "the codebook has no examples to practise on");
  if (status == STANCE_OK && (options->is_practice || !desk.practice.is_passed))
    annotate_session_practise(&desk.session, &desk.practice);
  enum exit_code code = status == STANCE_OK ? run_screen(&desk, options->colour, &error) : message_error(&error);
  close_desk(&desk);
  return code;
}

const struct command command_annotate_label = {
    COMMAND("annotate label", "DIR", "label units at the keyboard", label, run_label, 1, 1),
    .description =
        "One key labels a unit and shows the next. Every decision is a line of DIR/labels/NAME.jsonl and is on the "
        "disk before the next unit is shown; u undoes, over restarts too. The keys are listed on the screen (k or "
        "F1); the codebook sets those of the labels and may change the others. Where the project asks for a training "
        "round, it comes first: examples of the codebook, with the right label and the reason after each answer.",
    .examples = "stance annotate label my-project --as ana\nstance annotate label my-project --as ana --batch 50\n",
};

/* ---- adjudicate ---------------------------------------------------------------------------------------- */

struct adjudicate_options {
  const char *name;
  enum flag_when colour;
  bool merge_only;
  enum annotate_merge_kind merge;
  double merge_share;
};

static const struct adjudicate_options adjudicate_defaults = {0};

static const struct flag adjudicate_flags[] = {
    FLAG(FLAG_STRING, struct adjudicate_options, name, "as", 0, "NAME", "who decides; needed"),
    FLAG(FLAG_CHOICE, struct adjudicate_options, merge, "merge", 0, "RULE",
         "how labels become gold without a decision: all alike, more than half, a share of them, or the probable one "
         "by annotators' competence (Dawid-Skene)",
         .choices = merge_choices, .unset = "the project's"),
    FLAG(FLAG_NUMBER, struct adjudicate_options, merge_share, "merge-share", 0, "SHARE",
         "of threshold: of the votes; of competence: the label's probability", .max = 1, .unset = "2/3 and 0.9"),
    FLAG(FLAG_BOOL, struct adjudicate_options, merge_only, "merge-only", 0, NULL,
         "only take over what the annotators agree on; no screen"),
    FLAG_COLOUR(struct adjudicate_options, colour),
};

static void say_merged(const struct desk *desk, const struct annotate_merged *merged) {
  for (size_t i = 0; i < desk->votes.competence_count; i++)
    message_note("%s: %s is right in %.0f%% (Dawid-Skene)", desk->votes.competence[i].head,
                 desk->votes.competence[i].annotator, 100 * desk->votes.competence[i].accuracy);
  if (desk->votes.fallbacks)
    message_warning(
        "%zu of %zu heads have fewer than three annotators: competence cannot be told, and only units on "
        "which all agree are merged",
        desk->votes.fallbacks, desk->project.codebook.head_count);
  message_note("%zu units agree (%zu merged now), %zu are disputed, %zu have one label only", merged->agreed,
               merged->added, merged->disputed, merged->single);
  if (merged->taken_back)
    message_note("%zu merged labels are taken back: their units are disputed now", merged->taken_back);
  if (desk->votes.unknown) message_warning("%zu labels are not in the codebook and count as none", desk->votes.unknown);
}

static enum exit_code run_adjudicate(const void *given, int argc, char **argv) {
  const struct adjudicate_options *options = given;
  struct stance_error error;
  struct desk desk = {.units = {.file = -1}, .journal = {.file = -1}, .codebook = -1};
  struct annotate_merged merged;
  (void)argc;
  if (!options->name) return message_usage("--as NAME is missing: who decides?");
  use_utf8();
  signal(SIGXFSZ, SIG_IGN);
  enum stance_status status = open_desk(&desk, argv[0], "gold.jsonl", options->name, &error);
  if (status == STANCE_OK) status = lend_names(&desk, &error);
  if (options->merge) desk.project.merge = annotate_merge_rule(options->merge, options->merge_share);
  else if (options->merge_share > 0) desk.project.merge.share = options->merge_share;
  if (status == STANCE_OK) status = annotate_votes_read(&desk.project, &desk.units, &desk.votes, &error);
  if (status == STANCE_OK)
    status = annotate_merge(&desk.project, &desk.units, &desk.votes, &desk.journal, options->name,
                            annotate_clock_wall(NULL), &merged, &error);
  if (status == STANCE_OK) say_merged(&desk, &merged);
  enum exit_code code = EXIT_DONE;
  if (status == STANCE_OK && !options->merge_only) {
    const struct annotate_helper helper = annotate_lender_helper(&desk.lender);
    const struct annotate_session_options how = {
        .name = options->name, .order = ANNOTATE_ORDER_DOCUMENT, .votes = &desk.votes};
    status = annotate_session_open(&desk.project, &desk.units, &desk.journal, &helper, &how, &desk.session, &error);
    if (status == STANCE_OK) code = run_screen(&desk, options->colour, &error);
  }
  if (status != STANCE_OK) code = message_error(&error);
  close_desk(&desk);
  return code;
}

const struct command command_annotate_adjudicate = {
    COMMAND("annotate adjudicate", "DIR", "settle what annotators disagree on", adjudicate, run_adjudicate, 1, 1),
    .description =
        "Units whose labels agree by the merge rule go to DIR/gold.jsonl by themselves (flag \"merged\"); merging "
        "again "
        "keeps what was decided by hand. The others are shown: one first chooses blind, then sees all labels side by "
        "side "
        "and decides; t names the kind of error, c says that the codebook is unclear here. Who decided, after how long "
        "and "
        "with which first choice is recorded.",
    .examples = "stance annotate adjudicate my-project --as dora\n",
};
