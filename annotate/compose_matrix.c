/* SPDX-License-Identifier: MIT
 * The dyads of a sentence at once, as rows of text. */
#include <stdio.h>
#include <string.h>

#include "compose.h"

/* Rows are sources, columns targets. Presets are dim, decisions are not. */
void compose_matrix(struct rich *body, const struct annotate_session *session, struct canvas *canvas, int row,
                    int rows) {
  const struct annotate_matrix *matrix = &session->matrix;
  const struct stance_head *head = &session->project->codebook.heads[matrix->head];
  int width = 9, lines, first = 0, most;
  rich_clear(body);
  rich_puts(body, ANNOTATE_PLAIN, session->page.record.text);
  lines = rich_lines(body, canvas->columns);
  if (lines > rows / 3) lines = rows / 3;
  rich_draw(body, canvas, row, 0, lines, canvas->columns, 0);
  for (size_t i = 0; i < head->label_count; i++)
    if ((int)strlen(head->labels[i].name) + 2 > width) width = (int)strlen(head->labels[i].name) + 2;
  most = (canvas->columns - 12) / width > 1 ? (canvas->columns - 12) / width : 1;
  if (matrix->column >= most) first = matrix->column - most + 1; /* keeps the current cell visible */
  int top = matrix->row > rows - lines - 4 ? matrix->row - (rows - lines - 4) : 0, at = row + lines + 1;
  for (int c = first; c < matrix->actor_count && c < first + most; c++)
    canvas_put(canvas, at, 12 + (c - first) * width, 12 + (c - first + 1) * width - 1, ANNOTATE_TARGET,
               matrix->actors[c], strlen(matrix->actors[c]));
  for (int r = top; r < matrix->actor_count && at + 1 + r - top < row + rows; r++) {
    canvas_put(canvas, at + 1 + r - top, 0, 11, ANNOTATE_SOURCE, matrix->actors[r], strlen(matrix->actors[r]));
    for (int c = first; c < matrix->actor_count && c < first + most; c++) {
      const struct annotate_cell *cell = &matrix->cells[r][c];
      int label = cell->is_set ? cell->label : matrix->preset;
      const char *name = cell->unit == ANNOTATE_NONE ? ""
                         : label >= 0                ? head->labels[label].name
                         : cell->is_set              ? "closed"
                                                     : "-";
      bool is_here = r == matrix->row && c == matrix->column;
      char text[80];
      snprintf(text, sizeof text, is_here ? "<%.60s>" : " %.60s", name);
      canvas_put(canvas, at + 1 + r - top, 12 + (c - first) * width - 1, 12 + (c - first + 1) * width,
                 is_here        ? ANNOTATE_CURSOR
                 : cell->is_set ? ANNOTATE_BOLD
                                : ANNOTATE_DIM,
                 text, strlen(text));
    }
  }
}
