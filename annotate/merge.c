/* SPDX-License-Identifier: MIT
 * Adds merged gold for agreed units and retracts it for disputed ones. */
#include "merge.h"

#include <string.h>

#include "act.h"
#include "stance/base/error.h"

struct merger {
  const struct annotate_project *project;
  const struct annotate_units *units;
  const char *name, *at;
  struct stance_buffer out;
};

/* Appends a label or, with `retracts`, a retraction. */
static enum stance_status put_record(struct merger *merger, uint32_t unit, int label, const char *retracts,
                                     struct stance_error *error) {
  const char *flags[] = {"merged", NULL};
  struct stance_arena arena = {0};
  struct annotate_page page;
  enum annotate_merge_kind rule = merger->project->merge.kind;
  enum stance_status status = annotate_units_page(merger->units, unit, &arena, &page, error);
  if (status == STANCE_OK) {
    const struct stance_head *head = &merger->project->codebook.heads[merger->units->items[unit].head];
    page.record.label = retracts ? NULL : head->labels[label].name;
    page.record.retracts = retracts;
    page.record.annotator = merger->name;
    page.record.at = merger->at;
    page.record.codebook = merger->project->edition;
    if (!retracts) page.record.flags = flags, page.record.flag_count = 1;
    if (!retracts && rule > ANNOTATE_MERGE_UNANIMITY) {
      flags[page.record.flag_count++] = stance_arena_format(&arena, "by:%s", annotate_merge_name(rule));
      if (!flags[1]) status = stance_fail_memory(error);
    }
  }
  if (status == STANCE_OK) stance_record_write(&page.record, &merger->out);
  stance_arena_free(&arena);
  return status;
}

enum stance_status annotate_merge(const struct annotate_project *project, const struct annotate_units *units,
                                  const struct annotate_votes *votes, struct annotate_journal *gold, const char *name,
                                  int64_t wall, struct annotate_merged *merged, struct stance_error *error) {
  struct annotate_history history;
  char at[40];
  struct merger merger = {.project = project, .units = units, .name = name, .at = at};
  *merged = (struct annotate_merged){0};
  STANCE_TRY(annotate_history_open(units, &history, error));
  enum stance_status status = annotate_history_read(&history, gold, NULL, error);
  annotate_time_after(history.last_at, wall, at);
  for (uint32_t unit = 0; unit < units->count && status == STANCE_OK; unit++) {
    const struct annotate_entry *state = annotate_history_state(&history, unit);
    bool is_merged = state && (state->flags & ANNOTATE_MERGED);
    switch (annotate_votes_agreement(votes, unit)) {
      case ANNOTATE_UNRATED: break;
      case ANNOTATE_SINGLE: merged->single++; break;
      case ANNOTATE_DISPUTED:
        merged->disputed++;
        if (!is_merged) break;
        merged->taken_back++;
        status = put_record(&merger, unit, -1, state->at, error);
        break;
      case ANNOTATE_AGREED:
        merged->agreed++;
        if (state && annotate_entry_decides(state) && (!is_merged || state->label == votes->settled[unit])) break;
        merged->added++;
        status = put_record(&merger, unit, votes->settled[unit], NULL, error);
    }
  }
  if (status == STANCE_OK && merger.out.failed) status = stance_fail_memory(error);
  if (status == STANCE_OK && merger.out.length)
    status = annotate_journal_append(gold, merger.out.data, merger.out.length, error);
  stance_buffer_free(&merger.out);
  annotate_history_close(&history);
  return status;
}
