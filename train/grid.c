/* SPDX-License-Identifier: MIT */
#include "grid.h"

#include <string.h>

#include "stance/base/error.h"

enum stance_status train_grid_open(struct train_grid *grid, const char *path, struct stance_error *error) {
  stance_buffer_puts(&grid->text, "head,folds,metric,c,balance,gamma,templates,score,standard_error,chosen\n");
  return stance_output_open(&grid->output, path, error);
}

void train_grid_add(struct train_grid *grid, const struct train_grid_row *row) {
  struct stance_arena arena = {0};
  const char *templates = stance_template_format(row->templates, &arena);
  stance_buffer_csv(&grid->text, row->head, strlen(row->head));
  if (row->without < 0) stance_buffer_puts(&grid->text, ",all,");
  else stance_buffer_printf(&grid->text, ",without %d,", row->without);
  stance_buffer_printf(&grid->text, "%s,%g,%g,", row->metric, row->c, row->balance);
  if (!row->is_linear) stance_buffer_printf(&grid->text, "%g", row->gamma);
  stance_buffer_puts(&grid->text, ",\"");
  stance_buffer_puts(&grid->text, templates ? templates : "");
  stance_buffer_puts(&grid->text, "\",");
  stance_buffer_fixed(&grid->text, row->score, 6);
  stance_buffer_putc(&grid->text, ',');
  stance_buffer_fixed(&grid->text, row->error, 6);
  stance_buffer_puts(&grid->text, row->is_chosen ? ",1\n" : ",0\n");
  stance_arena_free(&arena);
}

enum stance_status train_grid_commit(struct train_grid *grid, struct stance_error *error) {
  if (grid->text.failed) return stance_fail_memory(error);
  stance_output_write(&grid->output, grid->text.data, grid->text.length);
  return stance_output_commit(&grid->output, error);
}

void train_grid_free(struct train_grid *grid) {
  stance_output_discard(&grid->output);
  stance_buffer_free(&grid->text);
}
