/* SPDX-License-Identifier: MIT
 * Commands and their flags: one table each, from which parsing, --help and the man page are made. */
#ifndef STANCE_CLI_COMMAND_H
#define STANCE_CLI_COMMAND_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "stance/base/arena.h"
#include "stance/base/buffer.h"
#include "stance/stance.h"

enum exit_code { EXIT_DONE = 0, EXIT_FINDING = 1, EXIT_BAD_INPUT = 2, EXIT_SYSTEM = 3 };

enum flag_type {
  FLAG_BOOL,   /* bool */
  FLAG_STRING, /* const char * */
  FLAG_INTEGER,/* long */
  FLAG_NUMBER, /* double */
  FLAG_CHOICE, /* const char *, one of `choices` */
  FLAG_LIST,   /* struct flag_list: may be given again */
};

enum { FLAG_LIST_MAX = 64 };
struct flag_list {
  const char *items[FLAG_LIST_MAX];
  size_t count;
};

struct flag {
  const char *name; /* without the dashes */
  char letter;      /* 0: none */
  enum flag_type type;
  size_t offset;        /* of the member of the command's options struct */
  const char *value;    /* "FILE": the value's name in help; NULL for FLAG_BOOL */
  const char *choices;  /* "table|jsonl|csv" */
  const char *optional; /* the value where the flag stands alone; another is then given as --name=VALUE only */
  double min, max;      /* of numbers; both 0: unbounded */
  const char *help;     /* one sentence, no full stop at the end; says the default */
};

/* A command or (name "annotate label") a sub-command. */
struct command {
  const char *name, *arguments /* "[INPUT...]" */, *summary /* one line */, *description /* paragraphs */;
  const char *examples; /* lines: a command, or "# remark" */
  const struct flag *flags;
  size_t flag_count;
  size_t options_size;
  const void *defaults; /* an options struct */
  int min_arguments, max_arguments; /* max -1: any number */
  enum exit_code (*run)(const void *options, int argc, char **argv); /* argv: the arguments that are not flags */
};

#define FLAG(type_, options_, member_, name_, letter_, value_, help_)                                     \
  { .name = name_, .letter = letter_, .type = type_, .offset = offsetof(options_, member_), .value = value_, .help = help_ }

extern const struct command *const commands[]; /* ends with NULL; the program's table of contents */

/* ---- errors and messages (stderr) ---------------------------------------------------------------------- */

/* "stance train: FILE:LINE:COLUMN: message"; returns the exit code that its status calls for. */
enum exit_code report_error(const struct stance_error *error);
void report_warning(const char *format, ...) __attribute__((format(printf, 1, 2)));
void report_note(const char *format, ...) __attribute__((format(printf, 1, 2))); /* silent with --quiet */
enum exit_code report_usage(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* ---- terminal ------------------------------------------------------------------------------------------- */

bool terminal_has_colour(int file); /* a terminal, no NO_COLOR, TERM not dumb */
int terminal_width(int file);       /* columns; 80 where it is not known */

/* ---- interruption --------------------------------------------------------------------------------------- */

/* Set by SIGINT and SIGTERM; long loops look at it and end cleanly. A second signal ends the program at once. */
extern atomic_int interrupted;

/* ---- where the data is ------------------------------------------------------------------------------------ */

/* Finds a file or folder of the shipped data ("default.model", "actors", "codebooks/international.json"): in $STANCE_DATA, beside the
 * program, in ../share/stancekit, in the installed place, in this order. NULL where it is in none. Valid until the next call. */
const char *data_path(const char *name);
/* Expands files and folders into gazetteer paths (the folder's *.json in name order); none given: the shipped actors. */
enum stance_status gazetteer_paths(const struct flag_list *given, struct stance_arena *arena, const char *const **paths,
                                   size_t *count, struct stance_error *error);
/* As stance_gazetteer_open; at once where "actors.compiled" of the shipped data holds the tables of these files. */
enum stance_status gazetteer_open(const char *const *paths, size_t count, struct stance_gazetteer **out, struct stance_error *error);

#endif
