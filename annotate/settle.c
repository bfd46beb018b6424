/* SPDX-License-Identifier: MIT
 * The merge rules. */
#include "settle.h"

#include <stdlib.h>
#include <string.h>

#include "competence.h"
#include "stance/base/error.h"

/* ---- by counting ------------------------------------------------------------------------------------------------- */

/* The most frequent label of a unit's votes, -1 if none or tied; *count: the number of votes. */
static int most_frequent(const struct annotate_votes *votes, uint32_t unit, size_t *count) {
  size_t counts[STANCE_LABELS_MAX] = {0};
  int best = -1;
  *count = 0;
  for (uint32_t i = votes->first[unit]; i < votes->first[unit + 1]; i++)
    if (votes->votes[i].label >= 0) counts[votes->votes[i].label]++;
  for (int l = 0; l < STANCE_LABELS_MAX; l++) {
    if (counts[l] && counts[l] == *count) best = -1;
    if (counts[l] <= *count) continue;
    *count = counts[l];
    best = l;
  }
  return best;
}

static bool may_settle(const struct annotate_votes *votes, uint32_t unit) {
  if (votes->first[unit + 1] - votes->first[unit] < 2) return false;
  for (uint32_t i = votes->first[unit]; i < votes->first[unit + 1]; i++)
    if (votes->votes[i].is_flagged) return false;
  return true;
}

static int settle_by_count(const struct annotate_merge_rule *rule, const struct annotate_votes *votes, uint32_t unit) {
  size_t count, of = votes->first[unit + 1] - votes->first[unit];
  int label = most_frequent(votes, unit, &count);
  bool is_enough = rule->kind == ANNOTATE_MERGE_MAJORITY    ? 2 * count > of
                   : rule->kind == ANNOTATE_MERGE_THRESHOLD ? (double)count >= rule->share * (double)of - 1e-9
                                                            : count == of;
  return label >= 0 && count >= 2 && is_enough ? label : -1;
}

/* ---- by competence ----------------------------------------------------------------------------------------------- */

static const double jeffreys = 0.5; /* smoothing, see competence.h */

struct head_votes {
  int head;
  struct competence_vote *items;
  size_t count, units, annotator_count;
  uint32_t *number;        /* by unit of the list: its number in this head */
  const char **annotators; /* by number */
};

static uint32_t annotator_number(struct head_votes *of, const char *name) {
  for (size_t i = 0; i < of->annotator_count; i++)
    if (strcmp(of->annotators[i], name) == 0) return (uint32_t)i;
  of->annotators[of->annotator_count] = name;
  return (uint32_t)of->annotator_count++;
}

static enum stance_status collect(const struct annotate_units *units, const struct annotate_votes *votes,
                                  struct stance_arena *arena, struct head_votes *of, struct stance_error *error) {
  size_t all = votes->first[units->count];
  of->items = stance_arena_alloc(arena, all + 1, sizeof *of->items);
  of->number = stance_arena_alloc(arena, units->count + 1, sizeof *of->number);
  of->annotators = stance_arena_alloc(arena, all + 1, sizeof *of->annotators);
  if (!of->items || !of->number || !of->annotators) return stance_fail_memory(error);
  for (uint32_t unit = 0; unit < units->count; unit++) {
    if (units->items[unit].head != of->head) continue;
    of->number[unit] = (uint32_t)of->units++;
    for (uint32_t i = votes->first[unit]; i < votes->first[unit + 1]; i++)
      if (votes->votes[i].label >= 0)
        of->items[of->count++] = (struct competence_vote){
            of->number[unit], annotator_number(of, votes->votes[i].annotator), (uint32_t)votes->votes[i].label};
  }
  return STANCE_OK;
}

static enum stance_status tell_competence(struct annotate_votes *votes, const char *head, const struct head_votes *of,
                                          const struct competence *found, struct stance_error *error) {
  struct annotate_competent *rows = stance_arena_grow(&votes->arena, votes->competence, &votes->competence_capacity,
                                                      votes->competence_count + of->annotator_count, sizeof *rows);
  if (!rows) return stance_fail_memory(error);
  votes->competence = rows;
  for (size_t k = 0; k < of->annotator_count; k++)
    rows[votes->competence_count++] = (struct annotate_competent){head, of->annotators[k], found->accuracy[k]};
  return STANCE_OK;
}

/* *is_possible false: too few annotators. */
static enum stance_status settle_by_competence(const struct annotate_project *project,
                                               const struct annotate_units *units, int head,
                                               struct annotate_votes *votes, bool *is_possible,
                                               struct stance_error *error) {
  struct stance_arena arena = {0};
  struct head_votes of = {.head = head};
  struct competence found;
  size_t labels = project->codebook.heads[head].label_count;
  enum stance_status status = collect(units, votes, &arena, &of, error);
  *is_possible = of.annotator_count >= COMPETENCE_ANNOTATORS_MIN;
  if (status == STANCE_OK && *is_possible)
    status =
        annotate_competence(of.items, of.count, of.units, of.annotator_count, labels, jeffreys, &arena, &found, error);
  if (status == STANCE_OK && *is_possible)
    status = tell_competence(votes, project->codebook.heads[head].name, &of, &found, error);
  for (uint32_t unit = 0; unit < units->count && status == STANCE_OK && *is_possible; unit++) {
    if (units->items[unit].head != head || !may_settle(votes, unit)) continue;
    const double *posterior = found.posterior + of.number[unit] * labels;
    size_t best = 0, given;
    most_frequent(votes, unit, &given);
    for (size_t l = 1; l < labels; l++)
      if (posterior[l] > posterior[best]) best = l;
    if (given && posterior[best] >= project->merge.share) votes->settled[unit] = (int8_t)best;
  }
  stance_arena_free(&arena);
  return status;
}

enum stance_status annotate_votes_settle(const struct annotate_project *project, const struct annotate_units *units,
                                         struct annotate_votes *votes, struct stance_error *error) {
  votes->settled = stance_arena_alloc(&votes->arena, units->count + 1, sizeof *votes->settled);
  if (!votes->settled) return stance_fail_memory(error);
  memset(votes->settled, -1, units->count + 1);
  for (size_t head = 0; head < project->codebook.head_count; head++) {
    bool is_done = false;
    struct annotate_merge_rule rule = project->merge;
    if (rule.kind == ANNOTATE_MERGE_COMPETENCE) {
      STANCE_TRY(settle_by_competence(project, units, (int)head, votes, &is_done, error));
      rule.kind = ANNOTATE_MERGE_UNANIMITY;
      votes->fallbacks += !is_done;
    }
    for (uint32_t unit = 0; unit < units->count && !is_done; unit++)
      if (units->items[unit].head == head && may_settle(votes, unit))
        votes->settled[unit] = (int8_t)settle_by_count(&rule, votes, unit);
  }
  return STANCE_OK;
}
