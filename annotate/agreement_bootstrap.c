/* SPDX-License-Identifier: MIT
 * Bootstrap intervals of agreement coefficients. Except for those of two named raters, coefficients do not depend on
 * the order of a unit's ratings, so there are few different kinds of units ("two negative, one neutral"). A bootstrap
 * sample is then a count for each kind: the sum of the counts of the clusters drawn. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "agreement.h"
#include "stance/base/hash.h"
#include "stance/base/memory.h"

struct share {
  uint32_t kind, units;
};

struct kinds {
  double *values;       /* [count][raters]: a row of each kind */
  struct share *shares; /* for each cluster, its kinds and their numbers of units */
  size_t *starts;       /* [cluster_count + 1] in shares */
  double *weights;      /* [count] units of each kind in a sample */
  size_t count, raters, used, cluster_count;
};

static struct agreement compute(const struct agreement_table *table, const struct agreement_statistic *statistic) {
  switch (statistic->kind) {
    case AGREEMENT_PERCENT: return agreement_percent(table);
    case AGREEMENT_COHEN: return agreement_cohen(table, statistic->first, statistic->second);
    case AGREEMENT_PI: return agreement_pi(table, statistic->first, statistic->second);
    case AGREEMENT_WEIGHTED: return agreement_weighted(table, statistic->first, statistic->second, statistic->weights);
    case AGREEMENT_FLEISS: return agreement_fleiss(table);
    case AGREEMENT_VALUE: return agreement_fleiss_value(table, statistic->value);
    case AGREEMENT_ALPHA: return agreement_alpha(table, statistic->metric);
    case AGREEMENT_AC: return agreement_ac(table, statistic->categories, statistic->weights);
  }
  return (struct agreement){.undefined = "no such statistic"};
}

static bool is_of_two(const struct agreement_statistic *statistic) {
  return statistic->kind == AGREEMENT_COHEN || statistic->kind == AGREEMENT_PI || statistic->kind == AGREEMENT_WEIGHTED;
}

static int by_value(const void *left, const void *right) {
  double a = *(const double *)left, b = *(const double *)right;
  if (isnan(a) || isnan(b)) return isnan(a) - isnan(b);
  return (a > b) - (a < b);
}

/* The row of a unit's kind; false: nobody rated the unit. */
static bool kind_row(const struct agreement_table *table, const struct agreement_statistic *statistic, size_t unit,
                     double *row) {
  const double *given = table->values + unit * table->raters;
  if (is_of_two(statistic)) {
    row[0] = given[statistic->first];
    row[1] = given[statistic->second];
    return !isnan(row[0]) && !isnan(row[1]);
  }
  for (size_t i = 0; i < table->raters; i++)
    row[i] = isnan(given[i]) ? NAN : given[i]; /* always the same NAN, because its bytes are hashed */
  if (table->raters > 1) qsort(row, table->raters, sizeof *row, by_value);
  return table->raters && !isnan(row[0]);
}

static size_t find_kind(struct kinds *kinds, uint32_t *slots, size_t slot_count, const double *row) {
  size_t bytes = kinds->raters * sizeof *row, slot = (size_t)stance_hash((const char *)row, bytes) & (slot_count - 1);
  while (slots[slot] && memcmp(kinds->values + (slots[slot] - 1) * kinds->raters, row, bytes) != 0)
    slot = (slot + 1) & (slot_count - 1);
  if (!slots[slot]) {
    memcpy(kinds->values + kinds->count * kinds->raters, row, bytes);
    slots[slot] = (uint32_t)++kinds->count;
  }
  return slots[slot] - 1;
}

struct member {
  uint32_t cluster, kind;
};

static int by_cluster(const void *left, const void *right) {
  const struct member *a = left, *b = right;
  if (a->cluster != b->cluster) return a->cluster < b->cluster ? -1 : 1;
  return (a->kind > b->kind) - (a->kind < b->kind);
}

static void close_kinds(struct kinds *kinds) {
  free(kinds->values);
  free(kinds->shares);
  free(kinds->starts);
  free(kinds->weights);
}

static void order_members(struct kinds *kinds, struct member *members) {
  if (kinds->used) qsort(members, kinds->used, sizeof *members, by_cluster);
  size_t share_count = 0;
  for (size_t i = 0; i < kinds->used; i++) {
    bool is_new = !i || members[i].cluster != members[i - 1].cluster;
    if (is_new) kinds->starts[kinds->cluster_count++] = share_count;
    if (is_new || members[i].kind != members[i - 1].kind)
      kinds->shares[share_count++] = (struct share){.kind = members[i].kind};
    kinds->shares[share_count - 1].units++;
  }
  kinds->starts[kinds->cluster_count] = share_count;
}

static bool open_kinds(const struct agreement_table *table, const struct agreement_statistic *statistic,
                       struct kinds *kinds) {
  size_t slot_count = 16;
  while (slot_count < table->units * 2 + 2) slot_count *= 2;
  *kinds = (struct kinds){.raters = is_of_two(statistic) ? 2 : table->raters};
  uint32_t *slots = calloc(slot_count, sizeof *slots);
  struct member *members = calloc(table->units + 1, sizeof *members);
  double *row = calloc(kinds->raters + 1, sizeof *row);
  kinds->values = calloc(table->units * kinds->raters + 1, sizeof *kinds->values);
  kinds->shares = calloc(table->units + 1, sizeof *kinds->shares);
  kinds->starts = calloc(table->units + 2, sizeof *kinds->starts);
  bool is_ok = slots && members && row && kinds->values && kinds->shares && kinds->starts;
  for (size_t unit = 0; is_ok && unit < table->units; unit++) {
    if (!kind_row(table, statistic, unit, row)) continue;
    members[kinds->used++] = (struct member){.cluster = table->clusters ? table->clusters[unit] : (uint32_t)unit,
                                             .kind = (uint32_t)find_kind(kinds, slots, slot_count, row)};
  }
  if (is_ok) order_members(kinds, members);
  kinds->weights = is_ok ? calloc(kinds->count + 1, sizeof *kinds->weights) : NULL;
  free(slots);
  free(members);
  free(row);
  if (!kinds->weights) stance_memory_note_out(); /* else the intervals are missing in silence */
  return kinds->weights != NULL;
}

/* SplitMix64 (Steele, Lea & Flood 2014). */
static uint64_t next_random(uint64_t *state) {
  uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);
  z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
  z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
  return z ^ z >> 31;
}

static void draw(struct kinds *kinds, uint64_t *seed) {
  memset(kinds->weights, 0, kinds->count * sizeof *kinds->weights);
  for (size_t c = 0; c < kinds->cluster_count; c++) {
    size_t from = (size_t)((double)(next_random(seed) >> 11) * 0x1p-53 * (double)kinds->cluster_count);
    for (size_t i = kinds->starts[from]; i < kinds->starts[from + 1]; i++)
      kinds->weights[kinds->shares[i].kind] += kinds->shares[i].units; /* whole numbers: exact in any order */
  }
}

static void set_interval(struct agreement *result, double *found, size_t count, size_t samples) {
  if (count * 2 <= samples) return;
  qsort(found, count, sizeof *found, by_value);
  result->has_interval = true;
  result->low = found[(size_t)((double)(count - 1) * 0.025 + 0.5)];
  result->high = found[(size_t)((double)(count - 1) * 0.975 + 0.5)];
}

static void resample(struct kinds *kinds, const struct agreement_statistic *statistics, size_t count, size_t samples,
                     uint64_t seed, struct agreement *results) {
  double *found = calloc(samples * count + 1, sizeof *found);
  size_t *defined = calloc(count + 1, sizeof *defined);
  const struct agreement_table sample = {
      .units = kinds->count, .raters = kinds->raters, .values = kinds->values, .weights = kinds->weights};
  for (size_t s = 0; found && defined && s < samples; s++) {
    draw(kinds, &seed);
    for (size_t i = 0; i < count; i++) {
      struct agreement_statistic statistic = statistics[i];
      if (is_of_two(&statistic)) statistic.first = 0, statistic.second = 1;
      struct agreement one = results[i].undefined ? results[i] : compute(&sample, &statistic);
      if (!one.undefined) found[i * samples + defined[i]++] = one.value;
    }
  }
  if (!found || !defined) stance_memory_note_out();
  for (size_t i = 0; found && defined && i < count; i++)
    set_interval(&results[i], found + i * samples, defined[i], samples);
  free(found);
  free(defined);
}

void agreement_bootstrap(const struct agreement_table *table, const struct agreement_statistic *statistics,
                         size_t count, size_t samples, uint64_t seed, struct agreement *results) {
  struct kinds kinds;
  for (size_t i = 0; i < count; i++) results[i] = compute(table, &statistics[i]);
  if (!samples || !count) return;
  if (open_kinds(table, statistics, &kinds) && kinds.cluster_count >= 2)
    resample(&kinds, statistics, count, samples, seed, results);
  close_kinds(&kinds);
}
