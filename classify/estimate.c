/* SPDX-License-Identifier: MIT
 * Joins gold, sample and population, and checks first whether an estimate is possible. */
#include "estimate_internal.h"

#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "stance/base/error.h"

void classify_estimate_free(struct estimate *estimate) {
  stance_arena_free(&estimate->arena);
  *estimate = (struct estimate){0};
}

/* ---- checks ------------------------------------------------------------------------------------------------------ */

static enum stance_status find_drawn(const struct estimate_settings *options, struct stance_error *error) {
  const struct sample *sample = options->sample;
  const struct population *population = options->population;
  size_t missing = 0;
  if (strcmp(sample->head, population->head.name) != 0)
    return stance_fail(error, STANCE_INPUT, "the sample is of head '%.60s', the predictions are of '%s' (--head)",
                       sample->head, population->head.name);
  for (size_t i = 0; i < sample->count; i++) {
    struct sample_unit *unit = (struct sample_unit *)&sample->units[i];
    unit->unit = classify_population_find(population, unit->id);
    missing += unit->unit == NULL;
  }
  if (missing)
    return stance_fail(error, STANCE_INPUT, "%zu of %zu drawn units are not in the predictions", missing,
                       sample->count);
  if (sample->population && sample->population != population->count)
    return stance_fail(error, STANCE_INPUT,
                       "the predictions have %zu units, the sample was drawn from %zu: its chances do not hold",
                       population->count, sample->population);
  bool is_other = sample->model && population->model && strcmp(sample->model, population->model) != 0;
  if (is_other)
    estimate_note(options, true,
                  "the predictions were made by another model (%.16s) than the sample was drawn from (%.16s): its "
                  "chances stay right",
                  population->model, sample->model);
  else if (sample->population_hash && sample->population_hash != population->hash)
    estimate_note(options, true,
                  "the predictions are not those that the sample was drawn from: its chances stay right");
  return STANCE_OK;
}

static enum stance_status check_seen(struct estimate_work *work, struct stance_error *error) {
  const struct estimate_settings *options = work->options;
  const struct sample *sample = options->sample;
  size_t seen = 0, labelled = 0, aside = 0, seen_units = 0;
  for (size_t i = 0; i < sample->count; i++) {
    if (work->gold[i] == GOLD_NONE) continue;
    labelled++;
    seen += sample->units[i].unit->is_seen;
  }
  for (size_t i = 0; i < options->population->count; i++) {
    seen_units += options->population->units[i].is_seen;
    aside += options->population->units[i].is_seen || options->population->units[i].is_excluded;
  }
  if (!options->exclude_seen && seen)
    return stance_fail(
        error, STANCE_INPUT,
        "%zu of %zu gold units were in this model's training data: intervals would be about half as wide as they must "
        "be. Score them out of fold (train --folds-out, classify --folds) or give --exclude-seen",
        seen, labelled);
  if (!options->exclude_seen && sample->set_aside)
    return stance_fail(error, STANCE_INPUT,
                       "%zu of %zu units were set aside when the sample was drawn, so nothing corrects them: give "
                       "--exclude-seen, with the same -m and --exclude, to estimate the others",
                       sample->set_aside, sample->population);
  if (options->exclude_seen && sample->set_aside && aside != sample->set_aside)
    return stance_fail(
        error, STANCE_INPUT,
        "%zu units were set aside when the sample was drawn, now %zu are: give the same -m and --exclude",
        sample->set_aside, aside);
  if (options->exclude_seen && aside)
    estimate_note(
        options, true,
        "%zu of %zu units are left out (%zu of them in the model's training data): the estimates are of the others",
        aside, options->population->count, seen_units);
  return STANCE_OK;
}

/* Refuses options that dsl's formula does not support: a slope, gold for "no unit", differences. */
static enum stance_status check_superpopulation(const struct estimate_settings *options, struct stance_error *error) {
  const char *other = options->regress          ? "--regress"
                      : options->not_unit       ? "--not-unit"
                      : options->contrast_count ? "--contrast"
                      : options->trend          ? "--trend"
                                                : NULL;
  if (!options->superpopulation || !other) return STANCE_OK;
  return stance_fail(error, STANCE_USAGE, "--superpopulation goes without %s", other);
}

static enum stance_status check_response(struct estimate_work *work, struct stance_error *error) {
  const struct sample *sample = work->options->sample;
  size_t missing = 0;
  for (size_t i = 0; i < sample->count; i++) missing += work->gold[i] == GOLD_NONE;
  if (!missing) return STANCE_OK;
  if (!work->options->nonresponse)
    return stance_fail(error, STANCE_INPUT,
                       "%zu of %zu drawn units have no gold: not at random? finish them, or --nonresponse strata",
                       missing, sample->count);
  estimate_note(
      work->options, true,
      "%zu of %zu drawn units have no gold: within each stratum they are taken to be like the others (n_h / n_h')",
      missing, sample->count);
  return STANCE_OK;
}

/* ---- the estimator's arrays -------------------------------------------------------------------------------------- */

static int by_text(const void *left, const void *right) {
  const struct population_unit *a = *(const struct population_unit *const *)left,
                               *b = *(const struct population_unit *const *)right;
  return (a->text_hash > b->text_hash) - (a->text_hash < b->text_hash);
}

static enum stance_status add_entry(struct estimate_work *work, const struct population_unit *unit, uint32_t draw,
                                    int label, double weight, size_t *capacity, size_t *weight_capacity,
                                    struct stance_error *error) {
  struct estimate_entry *entries =
      stance_arena_grow(&work->arena, work->entries, capacity, work->entry_count + 1, sizeof *entries);
  double *weights =
      stance_arena_grow(&work->arena, work->weight, weight_capacity, work->entry_count + 1, sizeof *weights);
  if (!entries || !weights) return stance_fail_memory(error);
  work->entries = entries;
  work->weight = weights;
  entries[work->entry_count] = (struct estimate_entry){unit, draw, label};
  weights[work->entry_count++] = weight;
  return STANCE_OK;
}

/* Makes the entries; a draw is a unit with its copies, or an article. */
static enum stance_status make_entries(struct estimate_work *work, uint32_t *draws, uint32_t *stratum,
                                       struct stance_error *error) {
  const struct sample *sample = work->options->sample;
  const struct population *population = work->options->population;
  size_t capacity = 0, weight_capacity = 0, drawn = 0;
  const struct population_unit **sorted = NULL;
  if (sample->is_deduped) {
    sorted = stance_arena_alloc(&work->arena, population->count + 1, sizeof *sorted);
    if (!sorted) return stance_fail_memory(error);
    for (size_t i = 0; i < population->count; i++) sorted[i] = &population->units[i];
    qsort(sorted, population->count, sizeof *sorted, by_text);
  }
  for (size_t i = 0; i < sample->count; i++) {
    const struct sample_unit *unit = &sample->units[i];
    size_t own = drawn;
    if (work->gold[i] == GOLD_NONE) continue;
    for (own = 0; sample->design == SAMPLE_ARTICLES && own < drawn &&
                  sample->units[draws[own]].unit->article != unit->unit->article;)
      own++;
    if (sample->design != SAMPLE_ARTICLES) own = drawn;
    if (own == drawn) {
      draws[drawn] = (uint32_t)i;
      stratum[drawn++] = unit->cell;
    }
    if (!sorted) {
      STANCE_TRY(
          add_entry(work, unit->unit, (uint32_t)own, work->gold[i], 1 / unit->pi, &capacity, &weight_capacity, error));
      continue;
    }
    size_t low = 0, high = population->count;
    while (low < high) {
      size_t middle = (low + high) / 2;
      if (sorted[middle]->text_hash < unit->unit->text_hash) low = middle + 1;
      else high = middle;
    }
    for (; low < population->count && sorted[low]->text_hash == unit->unit->text_hash; low++)
      STANCE_TRY(
          add_entry(work, sorted[low], (uint32_t)own, work->gold[i], 1 / unit->pi, &capacity, &weight_capacity, error));
  }
  work->own.draw_count = drawn;
  return STANCE_OK;
}

/* Makes strata with n_h the number of labelled draws, and weights N_h / n_h. A stratum with one label has no variance
 * and is merged with its neighbour. */
static enum stance_status make_strata(struct estimate_work *work, uint32_t *stratum, struct stance_error *error) {
  const struct sample *sample = work->options->sample;
  size_t cells = sample->cell_count, joined = 0, least = SIZE_MAX, neighbour = 0;
  struct estimator_stratum *strata = stance_arena_zalloc(&work->arena, cells + 1, sizeof *strata);
  uint32_t *into = stance_arena_alloc(&work->arena, cells + 1, sizeof *into);
  size_t *labelled = stance_arena_zalloc(&work->arena, cells + 1, sizeof *labelled);
  if (!strata || !into || !labelled) return stance_fail_memory(error);
  for (size_t k = 0; k < work->own.draw_count; k++) labelled[stratum[k]]++;
  for (size_t i = 0; i < work->entry_count; i++) { /* probabilities of being drawn and labelled */
    const struct sample_cell *cell = &sample->cells[stratum[work->entries[i].draw]];
    if (cell->drawn > labelled[stratum[work->entries[i].draw]])
      work->weight[i] *= (double)cell->drawn / (double)labelled[stratum[work->entries[i].draw]];
  }
  for (size_t h = 0; h < cells; h++) {
    into[h] = (uint32_t)h;
    strata[h] = (struct estimator_stratum){labelled[h], (double)sample->cells[h].size};
  }
  for (size_t h = 0; h < cells && sample->design != SAMPLE_UNCERTAIN; h++) {
    if (!labelled[h] && sample->cells[h].size)
      estimate_note(work->options, true, "stratum %zu has no gold unit of %zu: merged with its neighbour", h,
                    sample->cells[h].size);
    if (strata[h].drawn >= 2 || strata[h].drawn >= strata[h].size) continue;
    size_t other = h ? into[h - 1] : 1;
    if (other == h) other = h + 1; /* all earlier ones were merged into this one */
    if (other >= cells) continue;
    if (labelled[h] && !joined++) least = h, neighbour = other;
    strata[other].drawn += strata[h].drawn;
    strata[other].size += strata[h].size;
    for (size_t i = 0; i <= h; i++)
      if (into[i] == h) into[i] = (uint32_t)other;
    strata[h] = (struct estimator_stratum){0};
    into[h] = (uint32_t)other;
  }
  if (joined == 1)
    estimate_note(work->options, false, "stratum %zu has 1 gold unit: merged with %zu", least, neighbour);
  else if (joined)
    estimate_note(work->options, false, "%zu strata have 1 gold unit each: merged with their neighbours", joined);
  for (size_t k = 0; k < work->own.draw_count; k++) stratum[k] = into[stratum[k]];
  work->own.strata = strata;
  work->own.stratum_count = cells;
  return STANCE_OK;
}

static enum stance_status make_estimator(struct estimate_work *work, struct stance_error *error) {
  const struct sample *sample = work->options->sample;
  uint32_t *draws = stance_arena_alloc(&work->arena, sample->count + 1, sizeof *draws);
  uint32_t *stratum = stance_arena_alloc(&work->arena, sample->count + 1, sizeof *stratum);
  if (!draws || !stratum) return stance_fail_memory(error);
  STANCE_TRY(make_entries(work, draws, stratum, error));
  STANCE_TRY(make_strata(work, stratum, error));
  size_t n = work->entry_count + 1;
  uint32_t *draw = stance_arena_alloc(&work->arena, n, sizeof *draw);
  work->y = stance_arena_zalloc(&work->arena, n, sizeof *work->y);
  work->g = stance_arena_zalloc(&work->arena, n, sizeof *work->g);
  work->e = stance_arena_zalloc(&work->arena, n, sizeof *work->e);
  work->z = stance_arena_zalloc(&work->arena, n, sizeof *work->z);
  work->in = stance_arena_zalloc(&work->arena, n, sizeof *work->in);
  work->domain_of = stance_arena_zalloc(&work->arena, n, sizeof *work->domain_of);
  double *sums =
      stance_arena_zalloc(&work->arena, work->own.draw_count + 3 * work->own.stratum_count + 1, sizeof *sums);
  if (!draw || !work->y || !work->g || !work->e || !work->z || !work->in || !work->domain_of || !sums)
    return stance_fail_memory(error);
  for (size_t i = 0; i < work->entry_count; i++) draw[i] = work->entries[i].draw;
  work->own.design = sample->design == SAMPLE_UNCERTAIN ? ESTIMATOR_POISSON : ESTIMATOR_STRATA;
  work->own.count = work->entry_count;
  work->own.weight = work->weight;
  work->own.draw = draw;
  work->own.stratum = stratum;
  work->own.sums = sums;
  return STANCE_OK;
}

static enum stance_status make(struct estimate_work *work, struct stance_error *error) {
  const struct sample *sample = work->options->sample;
  STANCE_TRY(check_superpopulation(work->options, error));
  STANCE_TRY(find_drawn(work->options, error));
  work->gold = stance_arena_alloc(&work->arena, sample->count + 1, sizeof *work->gold);
  if (!work->gold) return stance_fail_memory(error);
  STANCE_TRY(estimate_gold_settle(work->options, &work->arena, work->gold, error));
  STANCE_TRY(check_seen(work, error));
  STANCE_TRY(check_response(work, error));
  STANCE_TRY(make_estimator(work, error));
  STANCE_TRY(estimate_rows_make(work, error));
  return estimate_compare(work, error);
}

enum stance_status classify_estimate_make(const struct estimate_settings *options, struct estimate *out,
                                          struct stance_error *error) {
  struct estimate_work work = {.options = options, .out = out};
  *out = (struct estimate){.options = options};
  enum stance_status status = make(&work, error);
  stance_arena_free(&work.arena);
  if (status != STANCE_OK) classify_estimate_free(out);
  return status;
}
