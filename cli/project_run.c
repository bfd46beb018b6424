/* SPDX-License-Identifier: MIT */
#include "project_run.h"

#include "output.h"
#include "stance/base/error.h"

enum exit_code project_run(const void *options, int argc, char **argv, project_work *work) {
  struct project_run run = {.options = options, .folder = argv[0], .arguments = argv + 1, .argument_count = argc - 1};
  struct stance_error error;
  enum exit_code code = EXIT_DONE;
  enum stance_status status = annotate_project_open(run.folder, &run.arena, &run.project, &error);
  if (status == STANCE_OK) status = work(&run, &error);
  if (status != STANCE_OK) code = message_error(&error);
  else (run.is_data ? output_data : output_text)(&run.out);
  stance_buffer_free(&run.out);
  stance_arena_free(&run.arena);
  return code;
}
