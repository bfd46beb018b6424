/* SPDX-License-Identifier: MIT
 *   {"item":0,"of":5,"head":"stance","label":"neutral","right":false,"at":"2026-11-28T10:00:00.000Z","via":"web"} */
#include "practice.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "act.h"
#include "assign.h"
#include "clock.h"
#include "line_log.h"
#include "stance/base/error.h"

enum { ITEMS_MOST = 500 };

/* ---- the round ------------------------------------------------------------------------------------------------ */

static int by_place(const void *left, const void *right) {
  const struct annotate_practice_item *a = left, *b = right;
  return (a->place > b->place) - (a->place < b->place);
}

static void add_examples(const struct annotate_project *project, const struct stance_head *head,
                         const struct stance_example *examples, size_t count, const char *label, const char *name,
                         struct annotate_practice *practice) {
  for (size_t i = 0; i < count && practice->count < ITEMS_MOST; i++) {
    const char *right = examples[i].label ? examples[i].label : label;
    if (!examples[i].text || !right || stance_head_label(head, right) < 0) continue;
    practice->items[practice->count] =
        (struct annotate_practice_item){.head = head,
                                        .example = &examples[i],
                                        .label = right,
                                        .place = annotate_draw(project->seed, "practice", name, practice->count)};
    practice->count++;
  }
}

static void add_head(const struct annotate_project *project, const struct stance_head *head, const char *name,
                     struct annotate_practice *practice) {
  for (size_t l = 0; l < head->label_count; l++) {
    const struct stance_label *label = &head->labels[l];
    add_examples(project, head, label->examples, label->example_count, label->name, name, practice);
    add_examples(project, head, label->counter_examples, label->counter_example_count, NULL, name, practice);
  }
  for (size_t r = 0; r < head->rule_count; r++)
    add_examples(project, head, head->rules[r].examples, head->rules[r].example_count, NULL, name, practice);
}

size_t annotate_practice_mark(const struct annotate_project *project, size_t of) {
  return (size_t)ceil(project->practice_pass * (double)of - 1e-9); /* 0.07 * 100 is a little more than 7 */
}

/* ---- answers -------------------------------------------------------------------------------------------------- */

struct reading {
  const struct annotate_project *project;
  struct annotate_practice *practice;
};

/* *counts: whether it is the next item. */
static void count_answer(const struct annotate_project *project, struct annotate_practice *practice, size_t item,
                         bool is_right, bool *counts) {
  if (item == 0 && practice->answered >= practice->count) practice->answered = practice->right = 0;
  *counts = item == practice->answered && item < practice->count;
  if (!*counts) return;
  practice->answered++;
  practice->right += is_right;
  if (practice->answered == practice->count && practice->right >= annotate_practice_mark(project, practice->count))
    practice->is_passed = true;
}

static enum stance_status read_line(void *context, const cJSON *value, size_t line, struct stance_error *error) {
  const struct reading *reading = context;
  double item;
  bool is_right, counts;
  (void)line;
  STANCE_TRY(stance_json_get_number(value, "item", -1, &item, error));
  STANCE_TRY(stance_json_get_bool(value, "right", false, &is_right, error));
  if (item >= 0 && item < (double)reading->practice->count)
    count_answer(reading->project, reading->practice, (size_t)item, is_right, &counts);
  return STANCE_OK;
}

static char *log_name(struct stance_arena *arena, const char *name) {
  return stance_arena_format(arena, "practice/%s.jsonl", name);
}

enum stance_status annotate_practice_open(const struct annotate_project *project, const char *name,
                                          struct stance_arena *arena, struct annotate_practice *practice,
                                          struct stance_error *error) {
  struct reading reading = {.project = project, .practice = practice};
  char *file = log_name(arena, name);
  *practice = (struct annotate_practice){.items = stance_arena_zalloc(arena, ITEMS_MOST, sizeof *practice->items)};
  if (!practice->items || !file) return stance_fail_memory(error);
  for (size_t h = 0; h < project->codebook.head_count; h++)
    add_head(project, &project->codebook.heads[h], name, practice);
  if (practice->count) qsort(practice->items, practice->count, sizeof *practice->items, by_place);
  if (project->practice && practice->count > project->practice) practice->count = project->practice;
  practice->is_passed = !project->practice || !practice->count;
  return annotate_log_read(project, file, read_line, &reading, error);
}

enum stance_status annotate_practice_answer(const struct annotate_project *project, const char *name,
                                            struct annotate_practice *practice, size_t item, const char *label,
                                            const char *via, bool *counts, struct stance_error *error) {
  struct stance_arena arena = {0};
  struct stance_buffer line = {0};
  struct annotate_practice after = *practice;
  char at[40], *file = log_name(&arena, name);
  bool is_right = item < practice->count && strcmp(label, practice->items[item].label) == 0;
  count_answer(project, &after, item, is_right, counts);
  enum stance_status status = file ? STANCE_OK : stance_fail_memory(error);
  if (status == STANCE_OK && *counts) {
    annotate_time_format(annotate_clock_wall(NULL), at);
    stance_buffer_printf(&line, "{\"item\":%zu,\"of\":%zu,\"head\":", item, practice->count);
    stance_buffer_json_text(&line, practice->items[item].head->name);
    stance_buffer_puts(&line, ",\"label\":");
    stance_buffer_json_text(&line, label);
    stance_buffer_printf(&line, ",\"right\":%s,\"at\":\"%s\"", is_right ? "true" : "false", at);
    if (via) stance_buffer_printf(&line, ",\"via\":\"%s\"", via);
    stance_buffer_puts(&line, "}\n");
    status =
        line.failed ? stance_fail_memory(error) : annotate_log_append(project, file, line.data, line.length, error);
  }
  if (status == STANCE_OK) *practice = after;
  stance_buffer_free(&line);
  stance_arena_free(&arena);
  return status;
}
