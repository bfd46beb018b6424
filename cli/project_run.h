/* SPDX-License-Identifier: MIT
 * The frame of commands that open an annotation project, work on it, and print what they found. */
#ifndef STANCE_CLI_PROJECT_RUN_H
#define STANCE_CLI_PROJECT_RUN_H

#include "annotate/project.h"
#include "command.h"
#include "stance/base/buffer.h"

struct project_run {
  const void *options; /* the command's own */
  const char *folder;
  char **arguments; /* behind the folder */
  int argument_count;
  struct annotate_project project;
  struct stance_arena arena;
  struct stance_buffer out; /* printed on standard output once the work is done */
  bool is_data;             /* out is JSON, not text for people */
};

/* Works on the open project. All that lies in run->arena and run->out is freed by the frame. */
typedef enum stance_status project_work(struct project_run *run, struct stance_error *error);

/* Opens the project argv[0], works, and prints run->out; an error is told, and nothing is printed then. */
enum exit_code project_run(const void *options, int argc, char **argv, project_work *work);

#endif
