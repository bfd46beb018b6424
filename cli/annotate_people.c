/* SPDX-License-Identifier: MIT
 * stance annotate withdraw, rename: withdrawal and renaming of annotators. */
#include <stdio.h>
#include <time.h>

#include "annotate/annotators.h"
#include "annotate/assign.h"
#include "annotate/pause.h"
#include "annotate/screen.h"
#include "project_run.h"
#include "stance/base/error.h"

struct withdraw_options {
  bool is_back;
};

static const struct withdraw_options withdraw_defaults = {0};

static const struct flag withdraw_flags[] = {
    FLAG(FLAG_BOOL, struct withdraw_options, is_back, "back", 0, NULL, "the other way: take the labels in again"),
};

static void say_withdrawn(const char *name, const struct annotate_withdrawn *withdrawn) {
  message_note("%zu labels of %s are out (withdrawn/%s.jsonl); gold taken back: %zu, kept: %zu", withdrawn->labels,
               name, name, withdrawn->taken_back, withdrawn->kept);
  if (withdrawn->taken_back) message_note("'stance annotate adjudicate' merges anew what the others agree on");
}

static enum stance_status withdraw(struct project_run *run, struct stance_error *error) {
  const struct withdraw_options *options = run->options;
  const char *name = run->arguments[0];
  struct annotate_withdrawn withdrawn;
  char now[40];
  annotate_clock_text(now);
  if (options->is_back) {
    STANCE_TRY(annotate_readmit(&run->project, name, error));
    message_note("the labels of %s count again", name);
    return STANCE_OK;
  }
  STANCE_TRY(annotate_withdraw(&run->project, name, now, &withdrawn, &run->out, error));
  say_withdrawn(name, &withdrawn);
  return STANCE_OK;
}

static enum exit_code run_withdraw(const void *options, int argc, char **argv) {
  return project_run(options, argc, argv, withdraw);
}

const struct command command_annotate_withdraw = {
    COMMAND("annotate withdraw", "DIR NAME", "take an annotator's labels out of a project", withdraw, run_withdraw, 2,
            2),
    .description =
        "The journal of NAME goes to withdrawn/, so that its labels count neither in agreement nor in gold, and the "
        "name leaves the list of annotators. Gold that was merged from these labels, or decided by NAME, is taken "
        "back; what somebody else decided by hand is kept. Every gold label concerned is listed. Nothing is deleted: "
        "--back takes the labels in again.",
    .examples = "stance annotate withdraw my-project ben\n",
};

/* ---- pause ----------------------------------------------------------------------------------------------- */

struct pause_options {
  const char *why;
  bool is_back;
};

static const struct pause_options pause_defaults = {.why = "by the lead"};

static const struct flag pause_flags[] = {
    FLAG(FLAG_BOOL, struct pause_options, is_back, "back", 0, NULL, "the other way: NAME may label again"),
    FLAG(FLAG_STRING, struct pause_options, why, "why", 0, "TEXT", "what NAME is told"),
};

static enum stance_status pause_annotator(struct project_run *run, struct stance_error *error) {
  const struct pause_options *options = run->options;
  const char *name = run->arguments[0];
  struct annotate_pause pause;
  STANCE_TRY(annotate_name_check(name, error));
  STANCE_TRY(annotate_pause_read(&run->project, name, &pause, error));
  if (options->is_back && !pause.is_paused)
    return stance_fail(error, STANCE_INPUT, "the labelling of '%.60s' is not paused", name);
  if (!options->is_back) STANCE_TRY(annotate_assign_check(&run->project, name, error));
  STANCE_TRY(annotate_pause_set(&run->project, name, options->is_back ? NULL : options->why, error));
  if (options->is_back) message_note("%s may label again; the hidden checks up to now count no more", name);
  else message_note("%s may not label for now: %s", name, options->why);
  return STANCE_OK;
}

static enum exit_code run_pause(const void *options, int argc, char **argv) {
  return project_run(options, argc, argv, pause_annotator);
}

const struct command command_annotate_pause = {
    COMMAND("annotate pause", "DIR NAME", "let an annotator not label for now", pause, run_pause, 2, 2),
    .description =
        "NAME may label neither at the terminal nor in the browser until --back. What was labelled counts as before. "
        "Who answers fewer than --check-pass of ten or more hidden gold checks rightly ('annotate init') is paused by "
        "the program; after --back their checks are counted anew. Who is paused, when and why is in DIR/paused.jsonl.",
    .examples =
        "stance annotate pause my-project ben --why \"let us talk about rule 4\"\n"
        "stance annotate pause my-project ben --back\n",
};

/* ---- rename ---------------------------------------------------------------------------------------------- */

struct rename_options {
  char none; /* a command has options */
};

static const struct rename_options rename_defaults = {0};

static enum stance_status rename_annotator(struct project_run *run, struct stance_error *error) {
  const char *old_name = run->arguments[0], *new_name = run->arguments[1];
  size_t records;
  STANCE_TRY(annotate_rename(&run->project, old_name, new_name, &records, error));
  message_note("%s is %s now, in %zu records", old_name, new_name, records);
  if (run->project.overlap)
    message_note("who gets which sentence depends on the names: open sentences are shared out anew");
  return STANCE_OK;
}

static enum exit_code run_rename(const void *options, int argc, char **argv) {
  return project_run(options, argc, argv, rename_annotator);
}

const struct command command_annotate_rename = {
    COMMAND_NAME("annotate rename", "DIR OLD NEW", "give an annotator another name, or a pseudonym"),
    .description =
        "Writes NEW for OLD in the annotator's journal, in gold and in the list of annotators. Notes are not searched "
        "for names. 'annotate export --pseudonyms' leaves the project as it is and changes the names in the export "
        "alone.",
    .examples = "stance annotate rename my-project anabel.smith a01\n",
    .flags = NULL,
    .flag_count = 0,
    .options_size = sizeof(struct rename_options),
    .defaults = &rename_defaults,
    COMMAND_RUN(run_rename, 3, 3),
};
