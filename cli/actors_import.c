/* SPDX-License-Identifier: MIT
 * stance actors import: other programs' dictionaries as a gazetteer. */
#include <stdio.h>

#include "command.h"
#include "stance/actors/petrarch.h"
#include "stance/base/error.h"
#include "stance/base/file.h"

enum import_format { IMPORT_PETRARCH };

struct import_options {
  enum import_format format;
  const char *out;
};

static const struct flag_choice import_choices[] = {{"petrarch", IMPORT_PETRARCH}, {0}};

static const struct flag import_flags[] = {
    FLAG(FLAG_CHOICE, struct import_options, format, "format", 'f', "FORMAT", "what the files are",
         .choices = import_choices),
    FLAG(FLAG_STRING, struct import_options, out, "output", 'o', "FILE", "where the gazetteer goes",
         .unset = "standard output"),
};

static void import_warning(void *context, const struct stance_error *warning) {
  size_t *warnings = context;
  ++*warnings;
  message_problem(warning);
}

static enum stance_status import_write(const struct stance_petrarch *import, const char *path,
                                       struct stance_error *error) {
  struct stance_buffer text = {0};
  enum stance_status status = stance_petrarch_write(import, &text) ? STANCE_OK : stance_fail_memory(error);
  if (status == STANCE_OK) status = stance_file_write_buffer(path, &text, error);
  stance_buffer_free(&text);
  return status;
}

static enum exit_code import_start(const void *given, int argc, char **argv) {
  const struct import_options *options = given;
  struct stance_petrarch *import = stance_petrarch_new();
  struct stance_error error;
  size_t warnings = 0;
  enum stance_status status = import ? STANCE_OK : stance_fail_memory(&error);
  for (int i = 0; status == STANCE_OK && i < argc; i++)
    status = stance_petrarch_read(import, argv[i], import_warning, &warnings, &error);
  if (status == STANCE_OK) status = import_write(import, options->out, &error);
  if (status == STANCE_OK)
    message_note("%zu actors, %zu names, %zu agents; %zu warning%s", stance_petrarch_actor_count(import),
                 stance_petrarch_name_count(import), stance_petrarch_agent_count(import), warnings,
                 warnings == 1 ? "" : "s");
  stance_petrarch_destroy(import);
  return status == STANCE_OK ? EXIT_DONE : message_error(&error);
}

static const struct import_options import_defaults = {.out = "-"};

const struct command command_actors_import = {
    COMMAND("actors import", "FILE...", "turn PETRARCH dictionaries into a gazetteer", import, import_start, 1, -1),
    .description =
        "Reads actor and agent dictionaries in PETRARCH's (TABARI's) form, in any order, and writes one gazetteer: a "
        "code is an actor, its names are aliases with their dates. Lines and dates that make no sense are reported "
        "and passed over; a name that is given twice keeps what it was given first.",
    .examples = "  stance actors import actors.txt agents.txt -o petrarch.json\n",
};
