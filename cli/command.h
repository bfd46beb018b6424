/* SPDX-License-Identifier: MIT
 * Commands and their flags: one table each, from which parsing, -h, --help and the man page are made. A default stands once, in the
 * command's options struct; help reads it there.
 *
 *   main -> command_find -> flags_parse (table + words -> options) -> command.run (options + arguments -> exit code)
 *
 * This header is what a command's file needs; it brings message.h, terminal.h, interrupt.h and data.h along. */
#ifndef STANCE_CLI_COMMAND_H
#define STANCE_CLI_COMMAND_H

#include <stdbool.h>
#include <stddef.h>

#include "interrupt.h"
#include "message.h"
#include "stance/base/arena.h"
#include "stance/base/buffer.h"
#include "stance/stance.h"

enum flag_type {
  FLAG_BOOL,    /* bool */
  FLAG_STRING,  /* const char * */
  FLAG_INTEGER, /* long */
  FLAG_NUMBER,  /* double */
  FLAG_CHOICE,  /* an enum, or int */
  FLAG_LIST,    /* struct flag_list: may be given again */
};

/* A word of a FLAG_CHOICE and its enum value. A list of them ends with a NULL name. */
struct flag_choice {
  const char *name;
  int value;
};

enum { FLAG_LIST_MAX = 64 };
struct flag_list {
  const char *items[FLAG_LIST_MAX];
  size_t count;
};

struct flag {
  const char *name; /* without the dashes */
  char letter;      /* 0: none; a letter means the same flag in all commands */
  enum flag_type type;
  size_t offset;     /* of the member of the command's options struct */
  const char *value; /* "FILE": the value's name in help; NULL for FLAG_BOOL */
  const struct flag_choice *choices;
  const char *(*names)(
      int value);       /* instead of choices, where a table elsewhere has them: names of 0, 1 ...; NULL ends them */
  const char *alias;    /* another spelling of the name: "color" */
  const char *optional; /* the value where the flag stands alone; another is then given as --name=VALUE only */
  const char *unset;    /* the default in words, where the options struct does not hold it: "the shipped one" */
  double min, max;      /* of numbers; both 0: unbounded */
  const char *help;     /* one sentence, no full stop at the end; choices and default are added to it */
};

/* FLAG(FLAG_INTEGER, struct options, seed, "seed", 0, "N", "seed of the folds", .min = 0, .max = 1e15) */
#define FLAG(type_, options_, member_, name_, letter_, value_, ...)                                          \
  {                                                                                                          \
    .name = name_, .letter = letter_, .type = type_, .offset = offsetof(options_, member_), .value = value_, \
    .help = __VA_ARGS__                                                                                      \
  }

/* A command or (name "annotate label") a sub-command. */
struct command {
  const char *name, *arguments /* "[INPUT...]" */, *summary /* one line */, *description /* paragraphs */;
  const char *examples; /* lines: a command, or "# remark" */
  const struct flag *flags;
  size_t flag_count;
  size_t options_size;
  const void *defaults;                                              /* an options struct */
  int min_arguments, max_arguments;                                  /* max -1: any number */
  enum exit_code (*run)(const void *options, int argc, char **argv); /* argv: the arguments that are not flags */
};

/* The members of a command that stand in lists of commands: COMMAND_NAME("annotate label", "DIR", "label units at the keyboard") */
#define COMMAND_NAME(name_, arguments_, summary_) .name = name_, .arguments = arguments_, .summary = summary_

/* The members of a command that say what its flags are: COMMAND_FLAGS(flags, struct options, defaults) */
#define COMMAND_FLAGS(flags_, options_, defaults_)                                                 \
  .flags = flags_, .flag_count = sizeof flags_ / sizeof *flags_, .options_size = sizeof(options_), \
  .defaults = &defaults_

/* The members that say what it does, with how many arguments: COMMAND_RUN(run, min, max) */
#define COMMAND_RUN(run_, min_, max_) .run = run_, .min_arguments = min_, .max_arguments = max_

/* All of these where flags and options are named alike: COMMAND("report", "FILE...", "draw stored predictions again", report, run_report, 1,
 * -1) has report_flags, struct report_options and report_defaults. */
#define COMMAND(name_, arguments_, summary_, kind_, run_, min_, max_)                                                \
  COMMAND_NAME(name_, arguments_, summary_), COMMAND_FLAGS(kind_##_flags, struct kind_##_options, kind_##_defaults), \
      COMMAND_RUN(run_, min_, max_)

#include "data.h"
#include "terminal.h"

#endif
