/* SPDX-License-Identifier: MIT
 * Commands and their flags: parsing, -h, --help and the man page come from one table for each command. A default is
 * written only in the command's defaults struct, where help reads it.
 *
 *   main -> command_find -> flags_parse (table + words -> options) -> command.run (options + arguments -> exit code)
 *
 * A command's file includes this header, which includes message.h, terminal.h, interrupt.h and data.h. */
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
  FLAG_LIST,    /* struct flag_list: may be repeated */
};

/* A word of a FLAG_CHOICE and its enum value. A list ends with a NULL name. */
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
  char letter;      /* 0: none; a letter names the same flag in all commands */
  enum flag_type type;
  size_t offset;     /* of the member in the command's options struct */
  const char *value; /* the value's name in the help, such as "FILE"; NULL for FLAG_BOOL */
  const struct flag_choice *choices;
  const char *(*names)(int value); /* instead of choices: the names of values 0, 1 ..., NULL after the last */
  const char *alias;               /* another spelling of the name: "color" */
  const char *optional;            /* the value of the flag without one; other values then need --name=VALUE */
  const char *unset;               /* the default in words if the options struct cannot hold it: "the shipped one" */
  double min, max;                 /* range of numbers; both 0: unbounded */
  const char *help;                /* one sentence without a full stop; choices and default are appended */
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

/* The members of a command that appear in lists of commands: COMMAND_NAME("annotate label", "DIR", "label units at the
 * keyboard") */
#define COMMAND_NAME(name_, arguments_, summary_) .name = name_, .arguments = arguments_, .summary = summary_

/* The members of a command for its flags: COMMAND_FLAGS(flags, struct options, defaults) */
#define COMMAND_FLAGS(flags_, options_, defaults_)                                                 \
  .flags = flags_, .flag_count = sizeof flags_ / sizeof *flags_, .options_size = sizeof(options_), \
  .defaults = &defaults_

/* The members for the function and the number of arguments: COMMAND_RUN(run, min, max) */
#define COMMAND_RUN(run_, min_, max_) .run = run_, .min_arguments = min_, .max_arguments = max_

/* All of these members, if flags and options have the usual names: COMMAND("report", "FILE...", "draw stored
 * predictions again", report, run_report, 1, -1) has report_flags, struct report_options and report_defaults. */
#define COMMAND(name_, arguments_, summary_, kind_, run_, min_, max_)                                                \
  COMMAND_NAME(name_, arguments_, summary_), COMMAND_FLAGS(kind_##_flags, struct kind_##_options, kind_##_defaults), \
      COMMAND_RUN(run_, min_, max_)

#include "data.h"
#include "terminal.h"

#endif
