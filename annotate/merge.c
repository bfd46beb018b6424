/* SPDX-License-Identifier: MIT
 * Taking over what annotators agree on. */
#include "merge.h"

#include <stdio.h>
#include <string.h>

#include "act.h"
#include "history.h"
#include "stance/base/error.h"

static enum stance_status put_record(const struct annotate_units *units, const struct annotate_vote *vote,
                                     uint32_t unit, const char *name, const char *at, struct stance_buffer *out,
                                     struct stance_error *error) {
  static const char *flags[] = {"merged"};
  struct stance_arena arena = {0};
  struct annotate_page page;
  enum stance_status status = annotate_units_page(units, unit, &arena, &page, error);
  if (status == STANCE_OK) {
    page.record.label = units->codebook->heads[units->items[unit].head].labels[vote->label].name;
    page.record.annotator = name;
    page.record.at = at;
    page.record.flags = flags;
    page.record.flag_count = 1;
    stance_record_write(&page.record, out);
  }
  stance_arena_free(&arena);
  return status;
}

enum stance_status annotate_merge(const struct annotate_units *units, const struct annotate_votes *votes,
                                  struct annotate_journal *gold, const char *name, int64_t wall,
                                  struct annotate_merged *merged, struct stance_error *error) {
  struct annotate_history history;
  struct stance_buffer out = {0};
  char at[40];
  annotate_time_format(wall, at);
  *merged = (struct annotate_merged){0};
  STANCE_TRY(annotate_history_open(units, &history, error));
  enum stance_status status = annotate_history_read(&history, gold, NULL, error);
  for (uint32_t unit = 0; unit < units->count && status == STANCE_OK; unit++) {
    const struct annotate_vote *first = &votes->votes[votes->first[unit]];
    const struct annotate_entry *state = annotate_history_state(&history, unit);
    switch (annotate_votes_agreement(votes, unit)) {
      case ANNOTATE_UNRATED: break;
      case ANNOTATE_SINGLE: merged->single++; break;
      case ANNOTATE_DISPUTED: merged->disputed++; break;
      case ANNOTATE_AGREED:
        merged->agreed++;
        if (state && annotate_entry_decides(state) &&
            (!(state->flags & ANNOTATE_MERGED) || state->label == first->label))
          break;
        merged->added++;
        status = put_record(units, first, unit, name, at, &out, error);
    }
  }
  if (status == STANCE_OK && out.failed) status = stance_fail_memory(error);
  if (status == STANCE_OK && out.length) status = annotate_journal_append(gold, out.data, out.length, error);
  stance_buffer_free(&out);
  annotate_history_close(&history);
  return status;
}
