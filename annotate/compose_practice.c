/* SPDX-License-Identifier: MIT
 * The training round as rows of text: the sentence, the question and its labels; or the right label and the reason; or
 * the result. */
#include <stdio.h>
#include <string.h>

#include "compose.h"

static void put_question(struct rich *body, const struct annotate_practice_item *item) {
  char key[16];
  if (item->example->source) rich_printf(body, ANNOTATE_SOURCE, "%s -> ", item->example->source);
  if (item->example->target) rich_printf(body, ANNOTATE_TARGET, "%s: ", item->example->target);
  rich_printf(body, ANNOTATE_PLAIN, "%s?\n\n", item->head->name);
  for (size_t i = 0; i < item->head->label_count; i++) {
    snprintf(key, sizeof key, "-");
    if (item->head->labels[i].key) annotate_key_name(item->head->labels[i].key, key);
    rich_puts(body, ANNOTATE_KEY, key);
    rich_printf(body, ANNOTATE_PLAIN, " %s   ", item->head->labels[i].name);
  }
}

static void put_reason(struct rich *body, const struct annotate_practice_item *item, int answer) {
  const char *given = item->head->labels[answer].name;
  if (strcmp(given, item->label) == 0) rich_printf(body, ANNOTATE_BOLD, "Right: %s.", item->label);
  else rich_printf(body, ANNOTATE_ALARM, "You said %s; it is %s.", given, item->label);
  if (item->example->why) rich_printf(body, ANNOTATE_PLAIN, "\n\n%s", item->example->why);
}

static void put_result(struct rich *body, const struct annotate_session *session) {
  const struct annotate_practice *practice = session->practice;
  size_t mark = annotate_practice_mark(session->project, practice->count);
  bool reaches = practice->right >= mark;
  rich_printf(body, reaches ? ANNOTATE_BOLD : ANNOTATE_ALARM, "%zu of %zu right; the mark is %zu.", practice->right,
              practice->count, mark);
  rich_puts(body, ANNOTATE_PLAIN,
            reaches               ? "\n\nYou have passed: enter begins labelling."
            : practice->is_passed ? "\n\nYou have passed before: enter begins labelling."
                                  : "\n\nRead the codebook once more; enter begins the round again.");
}

int compose_practice(struct rich *body, const struct annotate_session *session, struct canvas *canvas, int row,
                     int rows) {
  const struct annotate_practice *practice = session->practice;
  bool is_reason = session->practised >= 0, is_over = !is_reason && practice->answered >= practice->count;
  rich_clear(body);
  if (is_over) {
    put_result(body, session);
  } else {
    const struct annotate_practice_item *item = &practice->items[practice->answered - is_reason];
    rich_printf(body, ANNOTATE_DIM, "Examples of the codebook; %zu of %zu have to be right%s.\n\n",
                annotate_practice_mark(session->project, practice->count), practice->count,
                practice->is_passed ? "" : " before labelling begins");
    rich_printf(body, ANNOTATE_PLAIN, "%s\n\n", item->example->text);
    if (is_reason) put_reason(body, item, session->practised);
    else put_question(body, item);
  }
  int lines = rich_lines(body, canvas->columns), scroll = session->scroll;
  if (scroll > lines - rows) scroll = lines > rows ? lines - rows : 0;
  rich_draw(body, canvas, row, 0, rows, canvas->columns, scroll);
  return scroll;
}
