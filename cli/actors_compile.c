/* SPDX-License-Identifier: MIT
 * stance actors compile: a gazetteer's tables in a file, so that the program starts faster. */
#include "command.h"
#include "stance/actors/gazetteer_tables.h"

struct compile_options {
  const char *out;
};

static const struct flag compile_flags[] = {
    FLAG(FLAG_STRING, struct compile_options, out, "output", 'o', "FILE", "where the tables go"),
};

static enum exit_code compile_start(const void *given, int argc, char **argv) {
  const struct compile_options *options = given;
  struct stance_arena arena = {0};
  struct stance_error error;
  const char *const *paths;
  size_t count;
  enum stance_status status =
      data_gazetteer_paths((const char *const *)argv, (size_t)argc, &arena, &paths, &count, &error);
  if (status == STANCE_OK) status = stance_gazetteer_compile(paths, count, options->out, &error);
  stance_arena_free(&arena);
  return status == STANCE_OK ? EXIT_DONE : message_error(&error);
}

static const struct compile_options compile_defaults = {.out = "actors.compiled"};

const struct command command_actors_compile = {
    COMMAND("actors compile", "[FILE...]", "make gazetteers open faster", compile, compile_start, 0, -1),
    .description =
        "Writes the tables that the gazetteers (default: the shipped actors) become in memory. The build makes "
        "actors.compiled of the shipped data so; every command takes its tables where they were made of exactly the "
        "files asked for, byte for byte and in this order, and reads the files themselves otherwise: an edited "
        "gazetteer is never missed.",
    .examples = "  stance actors compile -o actors.compiled corpora/actors\n",
};
