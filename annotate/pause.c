/* SPDX-License-Identifier: MIT
 *   {"name":"ana","paused":true,"why":"6 of 12 hidden checks ...","at":"2026-11-28T10:00:00.000Z"} */
#include "pause.h"

#include <stdio.h>
#include <string.h>

#include "act.h"
#include "clock.h"
#include "line_log.h"
#include "stance/base/buffer.h"
#include "stance/base/error.h"

#define LOG "paused.jsonl"

struct reading {
  const char *name;
  struct annotate_pause *pause;
};

static enum stance_status read_line(void *context, const cJSON *value, size_t line, struct stance_error *error) {
  const struct reading *reading = context;
  const char *name, *why, *at;
  (void)line;
  STANCE_TRY(stance_json_need_string(value, "name", &name, error));
  if (strcmp(name, reading->name) != 0) return STANCE_OK;
  STANCE_TRY(stance_json_get_bool(value, "paused", false, &reading->pause->is_paused, error));
  STANCE_TRY(stance_json_get_string(value, "why", "", &why, error));
  STANCE_TRY(stance_json_get_string(value, "at", "", &at, error));
  snprintf(reading->pause->why, sizeof reading->pause->why, "%s", why);
  if (!reading->pause->is_paused) snprintf(reading->pause->resumed, sizeof reading->pause->resumed, "%s", at);
  return STANCE_OK;
}

enum stance_status annotate_pause_read(const struct annotate_project *project, const char *name,
                                       struct annotate_pause *pause, struct stance_error *error) {
  struct reading reading = {.name = name, .pause = pause};
  *pause = (struct annotate_pause){0};
  return annotate_log_read(project, LOG, read_line, &reading, error);
}

enum stance_status annotate_pause_set(const struct annotate_project *project, const char *name, const char *why,
                                      struct stance_error *error) {
  struct stance_buffer line = {0};
  char at[40];
  annotate_time_format(annotate_clock_wall(NULL), at);
  stance_buffer_puts(&line, "{\"name\":");
  stance_buffer_json_text(&line, name);
  stance_buffer_printf(&line, ",\"paused\":%s,\"why\":", why ? "true" : "false");
  stance_buffer_json_text(&line, why ? why : "");
  stance_buffer_printf(&line, ",\"at\":\"%s\"}\n", at);
  enum stance_status status =
      line.failed ? stance_fail_memory(error) : annotate_log_append(project, LOG, line.data, line.length, error);
  stance_buffer_free(&line);
  return status;
}

enum stance_status annotate_pause_check(const struct annotate_project *project, const char *name,
                                        struct stance_error *error) {
  struct annotate_pause pause;
  STANCE_TRY(annotate_pause_read(project, name, &pause, error));
  if (!pause.is_paused) return STANCE_OK;
  return stance_fail(error, STANCE_INPUT, "the labelling of '%.60s' is paused: %s", name,
                     *pause.why ? pause.why : "ask your lead");
}

enum stance_status annotate_pause_judge(const struct annotate_project *project, const char *name,
                                        const struct annotate_history *history, const int8_t *gold, size_t gold_count,
                                        char why[ANNOTATE_WHY_MAX], struct stance_error *error) {
  struct annotate_pause pause;
  size_t of = 0, right = 0;
  double mark = project->check_pass;
  why[0] = '\0';
  if (!(mark > 0) || !gold) return STANCE_OK;
  STANCE_TRY(annotate_pause_read(project, name, &pause, error));
  for (size_t i = 0; i < history->count; i++) {
    const struct annotate_entry *entry = &history->entries[i];
    if (entry->is_retracted || !(entry->flags & ANNOTATE_CHECK_GOLD) || entry->label < 0 || entry->unit >= gold_count ||
        gold[entry->unit] < 0 || strcmp(entry->at, pause.resumed) <= 0)
      continue;
    of++;
    right += entry->label == gold[entry->unit];
  }
  if (of < ANNOTATE_CHECKS_LEAST || (double)right >= mark * (double)of) return STANCE_OK;
  snprintf(why, ANNOTATE_WHY_MAX, "%zu of %zu hidden checks were right; the mark is %.0f%%. Your lead will talk to you",
           right, of, mark * 100);
  return annotate_pause_set(project, name, why, error);
}
