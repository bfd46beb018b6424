/* SPDX-License-Identifier: MIT
 * The common frame of commands that open an annotation project, work on it, and print a result. */
#ifndef STANCE_CLI_PROJECT_RUN_H
#define STANCE_CLI_PROJECT_RUN_H

#include "annotate/project.h"
#include "command.h"
#include "stance/base/buffer.h"

struct project_run {
  const void *options; /* the command's options */
  const char *folder;
  char **arguments; /* the arguments after the folder */
  int argument_count;
  struct annotate_project project;
  struct stance_arena arena;
  struct stance_buffer out; /* printed on standard output after the work */
  bool is_data;             /* out is JSON, not text for people */
};

/* The command's work on the open project. The frame frees run->arena and run->out. */
typedef enum stance_status project_work(struct project_run *run, struct stance_error *error);

/* Opens the project argv[0], calls work, and prints run->out or, instead, an error. */
enum exit_code project_run(const void *options, int argc, char **argv, project_work *work);

#endif
