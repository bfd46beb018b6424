/* SPDX-License-Identifier: MIT
 * All annotators' labels by unit. */
#include "votes.h"

#include <stdlib.h>
#include <string.h>

#include "history.h"
#include "settle.h"
#include "stance/base/error.h"

enum stance_status annotate_votes_read(const struct annotate_project *project, const struct annotate_units *units,
                                       struct annotate_votes *votes, struct stance_error *error) {
  struct stance_record *records;
  size_t count;
  *votes = (struct annotate_votes){0};
  STANCE_TRY(annotate_labels_read(project, NULL, false, &votes->arena, &records, &count, error));
  uint32_t *unit_of = stance_arena_alloc(&votes->arena, count + 1, sizeof *unit_of);
  votes->first = stance_arena_zalloc(&votes->arena, units->count + 2, sizeof *votes->first);
  votes->votes = stance_arena_zalloc(&votes->arena, count + 1, sizeof *votes->votes);
  if (!unit_of || !votes->first || !votes->votes) return stance_fail_memory(error);
  for (size_t i = 0; i < count; i++) {
    unit_of[i] = ANNOTATE_NONE;
    int head = -1;
    for (size_t h = 0; h < project->codebook.head_count; h++)
      if (strcmp(project->codebook.heads[h].name, records[i].head) == 0) head = (int)h;
    if (!annotate_record_decides(&records[i])) continue;
    if (head >= 0 && records[i].label && stance_head_label(&project->codebook.heads[head], records[i].label) < 0) {
      votes->unknown++;
      continue;
    }
    if (head >= 0) unit_of[i] = annotate_units_find(units, records[i].unit, head);
    if (unit_of[i] == ANNOTATE_NONE) votes->foreign++;
    else votes->first[unit_of[i] + 2]++;
  }
  for (size_t i = 2; i < units->count + 2; i++) votes->first[i] += votes->first[i - 1];
  for (size_t i = 0; i < count; i++) { /* first[u + 1] moves from the unit's first vote to its end */
    if (unit_of[i] == ANNOTATE_NONE) continue;
    const struct stance_head *head = &project->codebook.heads[units->items[unit_of[i]].head];
    votes->votes[votes->first[unit_of[i] + 1]++] = (struct annotate_vote){
        .annotator = records[i].annotator,
        .note = records[i].note,
        .seconds = (float)records[i].seconds,
        .label = records[i].label ? (int8_t)stance_head_label(head, records[i].label) : (int8_t)-1,
        .is_skip = stance_record_has_flag(&records[i], "skip"),
        .is_split = stance_record_has_flag(&records[i], "split"),
        .is_flagged = stance_record_has_flag(&records[i], "flagged")};
  }
  return annotate_votes_settle(project, units, votes, error);
}

void annotate_votes_close(struct annotate_votes *votes) {
  stance_arena_free(&votes->arena);
  *votes = (struct annotate_votes){0};
}

enum annotate_agreement annotate_votes_agreement(const struct annotate_votes *votes, uint32_t unit) {
  uint32_t first = votes->first[unit], last = votes->first[unit + 1];
  if (first == last) return ANNOTATE_UNRATED;
  if (last - first == 1) return ANNOTATE_SINGLE;
  return votes->settled[unit] >= 0 ? ANNOTATE_AGREED : ANNOTATE_DISPUTED;
}
