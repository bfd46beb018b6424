/* SPDX-License-Identifier: MIT
 * Assignment and order from hashes. */
#include "assign.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "stance/base/error.h"
#include "stance/base/hash.h"

static uint64_t draw(uint64_t seed, const char *sentence, size_t length, const char *name) {
  uint64_t hash = stance_hash_combine(seed, stance_hash(sentence, length));
  return stance_hash_combine(hash, stance_hash(name, strlen(name)));
}

bool annotate_is_assigned(const struct annotate_project *project, const char *sentence, size_t length,
                          const char *name) {
  if (!project->overlap) return true;
  uint64_t own = draw(project->seed, sentence, length, name);
  uint32_t ahead = 0;
  bool is_listed = false;
  for (size_t i = 0; i < project->annotator_count; i++) {
    const char *other = project->annotators[i];
    if (strcmp(other, name) == 0) {
      is_listed = true;
      continue;
    }
    uint64_t theirs = draw(project->seed, sentence, length, other);
    if (theirs > own || (theirs == own && strcmp(other, name) < 0)) ahead++;
  }
  return is_listed && ahead < project->overlap;
}

enum stance_status annotate_assign_check(const struct annotate_project *project, const char *name,
                                         struct stance_error *error) {
  STANCE_TRY(annotate_name_check(name, error));
  if (!project->annotator_count) return STANCE_OK;
  for (size_t i = 0; i < project->annotator_count; i++)
    if (strcmp(project->annotators[i], name) == 0) return STANCE_OK;
  return stance_fail(error, STANCE_INPUT, "'%s' is not among the %zu annotators of %s/project.json", name,
                     project->annotator_count, project->folder);
}

double annotate_draw(uint64_t seed, const char *purpose, const char *name, uint64_t count) {
  uint64_t hash = stance_hash_combine(seed, stance_hash(purpose, strlen(purpose)));
  hash = stance_hash_combine(stance_hash_combine(hash, stance_hash(name, strlen(name))), count);
  return (double)(hash >> 11) * 0x1p-53;
}

/* ---- order --------------------------------------------------------------------------------------------- */

struct place {
  uint64_t major; /* sort key; ties keep document order */
  uint32_t unit;
};

static int by_place(const void *left, const void *right) {
  const struct place *a = left, *b = right;
  if (a->major != b->major) return a->major < b->major ? -1 : 1;
  return (a->unit > b->unit) - (a->unit < b->unit);
}

static uint64_t random_place(const struct annotate_project *project, const struct annotate_unit *unit) {
  return draw(project->seed, unit->id, unit->id_sentence, "order");
}

enum stance_status annotate_assign(const struct annotate_project *project, const struct annotate_units *units,
                                   const char *name, bool is_random, uint32_t **order, size_t *count,
                                   struct stance_error *error) {
  struct place *places = malloc((units->count + 1) * sizeof *places);
  *order = malloc((units->count + 1) * sizeof **order);
  *count = 0;
  if (!places || !*order) {
    free(places);
    free(*order);
    *order = NULL;
    return stance_fail_memory(error);
  }
  bool is_mine = false;
  for (size_t i = 0; i < units->count; i++) {
    const struct annotate_unit *unit = &units->items[i], *before = i ? unit - 1 : NULL;
    if (!before || !annotate_unit_is_beside(before, unit))
      is_mine = annotate_is_assigned(project, unit->id, unit->id_sentence, name);
    if (!is_mine || unit->is_added) continue; /* added units: see session_order.c */
    places[(*count)++] = (struct place){.major = is_random ? random_place(project, unit) : 0, .unit = (uint32_t)i};
  }
  if (is_random) qsort(places, *count, sizeof *places, by_place);
  for (size_t i = 0; i < *count; i++) (*order)[i] = places[i].unit;
  free(places);
  return STANCE_OK;
}

enum stance_status annotate_order_uncertain(const struct annotate_project *project, const struct annotate_units *units,
                                            const float *margins, double random_share, uint32_t *order, size_t count,
                                            struct stance_error *error) {
  struct place *by_margin = malloc((count + 1) * sizeof *by_margin),
               *at_random = malloc((count + 1) * sizeof *at_random);
  bool *is_taken = calloc(units->count + 1, sizeof *is_taken);
  enum stance_status status = STANCE_OK;
  if (!by_margin || !at_random || !is_taken) {
    status = stance_fail_memory(error);
    goto cleanup;
  }
  for (size_t i = 0; i < count; i++) {
    uint32_t unit = order[i];
    double margin = margins[unit];
    by_margin[i] = (struct place){.major = margin > 0 ? (uint64_t)fmin(margin * 1e9, 1e15) : 0, .unit = unit};
    at_random[i] = (struct place){.major = random_place(project, &units->items[unit]), .unit = unit};
  }
  qsort(by_margin, count, sizeof *by_margin, by_place);
  qsort(at_random, count, sizeof *at_random, by_place);
  size_t next_margin = 0, next_random = 0;
  for (size_t i = 0; i < count; i++) {
    /* place i is random where the cumulative share passes a whole number */
    bool is_random = floor((double)(i + 1) * random_share) > floor((double)i * random_share);
    const struct place *from = is_random ? at_random : by_margin;
    size_t *next = is_random ? &next_random : &next_margin;
    while (is_taken[from[*next].unit]) ++*next;
    order[i] = from[*next].unit;
    is_taken[order[i]] = true;
  }
cleanup:
  free(by_margin);
  free(at_random);
  free(is_taken);
  return status;
}
