/* SPDX-License-Identifier: MIT
 * stance annotate withdraw, rename: annotators who leave, or get another name. */
#include <stdio.h>
#include <time.h>

#include "annotate/annotators.h"
#include "annotate/screen.h"
#include "command.h"
#include "output.h"

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

static enum exit_code run_withdraw(const void *given, int argc, char **argv) {
  const struct withdraw_options *options = given;
  struct stance_arena arena = {0};
  struct stance_buffer out = {0};
  struct stance_error error;
  struct annotate_project project;
  struct annotate_withdrawn withdrawn;
  char now[40];
  enum exit_code code = EXIT_DONE;
  (void)argc;
  annotate_clock_text(now);
  enum stance_status status = annotate_project_open(argv[0], &arena, &project, &error);
  if (status == STANCE_OK)
    status = options->is_back ? annotate_readmit(&project, argv[1], &error)
                              : annotate_withdraw(&project, argv[1], now, &withdrawn, &out, &error);
  if (status != STANCE_OK) code = message_error(&error);
  else output_text(&out);
  if (status == STANCE_OK && options->is_back) message_note("the labels of %s count again", argv[1]);
  else if (status == STANCE_OK) say_withdrawn(argv[1], &withdrawn);
  stance_buffer_free(&out);
  stance_arena_free(&arena);
  return code;
}

const struct command command_annotate_withdraw = {
    COMMAND_NAME("annotate withdraw", "DIR NAME", "take an annotator's labels out of a project"),
    .description =
        "The journal of NAME goes to withdrawn/, so that its labels count neither in agreement nor in gold, and the "
        "name leaves the list of annotators. Gold that was merged from these labels, or decided by NAME, is taken "
        "back; what somebody else decided by hand is kept. Every gold label concerned is listed. Nothing is deleted: "
        "--back takes the labels in again.",
    .examples = "stance annotate withdraw my-project ben\n",
    COMMAND_FLAGS(withdraw_flags, struct withdraw_options, withdraw_defaults),
    COMMAND_RUN(run_withdraw, 2, 2),
};

struct rename_options {
  char none; /* a command has options */
};

static const struct rename_options rename_defaults = {0};

static enum exit_code run_rename(const void *given, int argc, char **argv) {
  struct stance_arena arena = {0};
  struct stance_error error;
  struct annotate_project project;
  size_t records;
  enum exit_code code = EXIT_DONE;
  (void)given;
  (void)argc;
  enum stance_status status = annotate_project_open(argv[0], &arena, &project, &error);
  if (status == STANCE_OK) status = annotate_rename(&project, argv[1], argv[2], &records, &error);
  if (status != STANCE_OK) code = message_error(&error);
  else message_note("%s is %s now, in %zu records", argv[1], argv[2], records);
  if (status == STANCE_OK && project.overlap)
    message_note("who gets which sentence depends on the names: open sentences are shared out anew");
  stance_arena_free(&arena);
  return code;
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
