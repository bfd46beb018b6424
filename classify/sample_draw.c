/* SPDX-License-Identifier: MIT
 * Drawing with permanent random numbers (Ohlsson 1998): a unit's number u depends only on seed, head and id, so the
 * draw is independent of any order, and a larger sample contains the smaller. Strata have equal sums of sigma, the
 * model's own standard deviation; sizes are by Neyman's allocation. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "sample.h"
#include "stance/base/error.h"
#include "stance/base/hash.h"

static const double Z = 1.959963984540054;

/* A possible draw: a unit, or the first of a group of copies. */
struct entry {
  const struct population_unit *unit;
  double u, sigma, pi;
  uint32_t copies, bin, cell;
};

struct drawing {
  const struct population *population;
  const struct sample_settings *options;
  struct sample *out;
  struct entry *entries;
  size_t count;
};

/* ---- the frame --------------------------------------------------------------------------------------------------- */

static double permanent_number(uint64_t seed, const char *head, const char *id, uint64_t text_hash, bool dedupe) {
  uint64_t own = dedupe ? text_hash : XXH3_64bits_withSeed(id, strlen(id), seed);
  uint64_t parts[3] = {XXH3_64bits_withSeed(head, strlen(head), seed), own, seed};
  return ((double)(XXH3_64bits_withSeed(parts, sizeof parts, seed) >> 11) + 0.5) * 0x1p-53;
}

static int by_text(const void *left, const void *right) {
  const struct entry *a = left, *b = right;
  if (a->unit->text_hash != b->unit->text_hash) return a->unit->text_hash < b->unit->text_hash ? -1 : 1;
  return a->unit < b->unit ? -1 : a->unit > b->unit;
}

static int by_u(const void *left, const void *right) {
  const struct entry *a = left, *b = right;
  if (a->u != b->u) return a->u < b->u ? -1 : 1;
  return a->unit < b->unit ? -1 : a->unit > b->unit;
}

static int by_sigma(const void *left, const void *right) {
  const struct entry *a = left, *b = right;
  if (a->sigma != b->sigma) return a->sigma < b->sigma ? -1 : 1;
  return by_u(left, right);
}

static enum stance_status make_frame(struct drawing *own, struct stance_error *error) {
  const struct population *population = own->population;
  own->entries = calloc(population->count + 1, sizeof *own->entries);
  if (!own->entries) return stance_fail_memory(error);
  for (size_t i = 0; i < population->count; i++) {
    const struct population_unit *unit = &population->units[i];
    if (unit->is_seen || unit->is_excluded) own->out->set_aside++;
    else own->entries[own->count++] = (struct entry){.unit = unit, .copies = 1};
  }
  if (!own->count) return stance_fail(error, STANCE_INPUT, "no unit is left to draw from: all are set aside");
  if (own->options->dedupe) {
    size_t kept = 0;
    qsort(own->entries, own->count, sizeof *own->entries, by_text);
    for (size_t i = 0; i < own->count; i++) {
      if (kept && own->entries[kept - 1].unit->text_hash == own->entries[i].unit->text_hash)
        own->entries[kept - 1].copies++;
      else own->entries[kept++] = own->entries[i];
    }
    own->count = kept;
  }
  for (size_t i = 0; i < own->count; i++) {
    struct entry *entry = &own->entries[i];
    entry->sigma = entry->copies * sqrt(classify_population_variance(population, entry->unit, own->options->label));
    entry->u = permanent_number(own->options->seed, population->head.name, entry->unit->id, entry->unit->text_hash,
                                own->options->dedupe);
  }
  return STANCE_OK;
}

/* ---- cells ------------------------------------------------------------------------------------------------------- */

/* Sets the entries' bins, which have about equal sums of sigma. */
static void cut_bins(struct drawing *own) {
  double all = 0, sum = 0;
  qsort(own->entries, own->count, sizeof *own->entries, by_sigma);
  for (size_t i = 0; i < own->count; i++) all += own->entries[i].sigma;
  for (size_t i = 0; i < own->count; i++) {
    double place = all > 0 ? (sum + own->entries[i].sigma / 2) / all : 0;
    own->entries[i].bin = (uint32_t)fmin(place * own->options->bins, own->options->bins - 1);
    sum += own->entries[i].sigma;
  }
}

static int compare_text(const char *a, const char *b) {
  if (!a || !b) return (a != NULL) - (b != NULL);
  return a == b ? 0 : strcmp(a, b);
}

static size_t compared_first,
    compared_last; /* range of columns for by_cell, as qsort passes no context; set for one call, single-threaded */

static int by_cell(const void *left, const void *right) {
  const struct entry *a = left, *b = right;
  for (size_t c = compared_first; c < compared_last; c++) {
    int order = compare_text(a->unit->columns[c], b->unit->columns[c]);
    if (order) return order;
  }
  if (a->bin != b->bin) return a->bin < b->bin ? -1 : 1;
  return by_u(left, right);
}

static bool is_same_group(const struct drawing *own, const struct entry *a, const struct entry *b) {
  for (size_t c = own->options->by_first; c < own->options->by_first + own->options->by_count; c++)
    if (a->unit->columns[c] != b->unit->columns[c]) return false;
  return true;
}

/* Whether the stratum of an earlier sample holds the group of this entry: its columns are among those of the new draw,
 * with the same values. */
static bool holds_group(const struct drawing *own, const struct sample *more, const struct sample_cell *cell,
                        const struct entry *entry) {
  for (size_t m = 0; m < more->by_count; m++) {
    size_t c = 0;
    while (c < own->options->by_count &&
           compare_text(more->by[m], own->population->columns[own->options->by_first + c]) != 0)
      c++;
    if (c == own->options->by_count || compare_text(cell->by[m], entry->unit->columns[own->options->by_first + c]) != 0)
      return false;
  }
  return true;
}

/* Marks the bins that start a stratum in this group of entries: as in the earlier sample, whose strata are cut further
 * by new columns, else so that a stratum gets about 2 x least draws. */
static void open_bins(const struct drawing *own, const struct entry *entries, size_t count, double share, bool *opens) {
  double sum = 0, all = 0,
         wanted = (double)own->options->n * share / (2.0 * (double)(own->options->least ? own->options->least : 1));
  uint32_t strata = wanted < 1 ? 1 : wanted > own->options->bins ? own->options->bins : (uint32_t)wanted, done = 0;
  const struct sample *more = own->options->more;
  bool is_known = false;
  memset(opens, 0, own->options->bins * sizeof *opens);
  for (size_t i = 0; more && more->design == SAMPLE_STRATA && i < more->cell_count; i++) {
    if (more->cells[i].bin >= own->options->bins || !holds_group(own, more, &more->cells[i], entries)) continue;
    opens[more->cells[i].bin] = is_known = true;
  }
  if (is_known) return;
  for (size_t i = 0; i < count; i++) all += entries[i].sigma;
  double slack = all / (2.0 * own->options->bins); /* tolerance, as bins end near their share */
  for (size_t i = 0; i < count; i++) {
    if (!i || (entries[i].bin != entries[i - 1].bin && sum >= all * done / strata - slack && done < strata)) {
      opens[entries[i].bin] = true;
      done++;
    }
    sum += entries[i].sigma;
  }
}

/* Whether a stratum starts between two neighbours, in the bin of the second or in one that has no unit here. */
static bool is_cut(const bool *opens, const struct entry *before, const struct entry *entry) {
  for (uint32_t bin = before->bin + 1; bin <= entry->bin; bin++)
    if (opens[bin]) return true;
  return false;
}

static enum stance_status make_cells(struct drawing *own, struct stance_error *error) {
  struct sample *out = own->out;
  size_t capacity = 0;
  double all = 0;
  bool *opens = calloc(own->options->bins + 1, sizeof *opens);
  if (!opens) return stance_fail_memory(error);
  for (size_t i = 0; i < own->count; i++) all += own->entries[i].sigma;
  for (size_t first = 0, next; first < own->count; first = next) {
    double sum = 0;
    for (next = first; next < own->count && is_same_group(own, &own->entries[first], &own->entries[next]); next++)
      sum += own->entries[next].sigma;
    open_bins(own, own->entries + first, next - first, all > 0 ? sum / all : 0, opens);
    for (size_t i = first; i < next; i++) {
      struct entry *entry = &own->entries[i];
      if (i == first || is_cut(opens, entry - 1, entry)) {
        struct sample_cell *cells =
            stance_arena_grow(&out->arena, out->cells, &capacity, out->cell_count + 1, sizeof *cells);
        if (!cells) return free(opens), stance_fail_memory(error);
        out->cells = cells;
        out->cells[out->cell_count] = (struct sample_cell){.bin = entry->bin};
        for (size_t c = 0; c < own->options->by_count; c++)
          out->cells[out->cell_count].by[c] = entry->unit->columns[own->options->by_first + c];
        out->cell_count++;
      }
      struct sample_cell *cell = &out->cells[out->cell_count - 1];
      entry->cell = (uint32_t)out->cell_count - 1;
      cell->size++;
      cell->variance += entry->sigma * entry->sigma;
      cell->deviation += entry->sigma;
    }
  }
  free(opens);
  return STANCE_OK;
}

/* ---- sample size and allocation ------------------------------------------------------------------------------- */

/* The sample size for a width W: n0 = (2 z S / W)^2, n = n0 / (1 + n0 / N) (Cochran 1977, 4.4), where S^2 is reserve
 * times the mean of sigma^2. */
static double wanted_for_width(const struct sample_settings *options, double variance, double size) {
  double n0 = pow(2 * Z / options->width, 2) * options->reserve * variance / size;
  return n0 / (1 + n0 / size);
}

/* Neyman's allocation (1934) of n to the cells: n_h is proportional to N_h S_h, at least `least` and what was drawn
 * before, at most N_h. What is cut off goes to the others; rounding is by largest remainders. */
static enum stance_status allocate(struct sample_cell *cells, size_t count, double n, size_t least,
                                   struct stance_error *error) {
  double *bounds = calloc(4 * count + 1, sizeof *bounds), *low = bounds, *size = bounds + count, *shares = size + count,
         *rest = shares + count;
  double sum_low = 0, high_factor = 1, low_factor = 0, sum = 0;
  if (!bounds) return stance_fail_memory(error);
  for (size_t h = 0; h < count; h++) {
    low[h] = (double)(cells[h].size < least ? cells[h].size : least);
    if (low[h] < (double)cells[h].old) low[h] = (double)cells[h].old;
    sum_low += low[h];
    size[h] = sqrt(cells[h].variance * (double)cells[h].size); /* N_h S_h, where S_h^2 is the mean of sigma^2 */
    if (!(size[h] > 0)) size[h] = 1e-9 * (double)cells[h].size;
  }
  if (n < sum_low) n = sum_low;
#define SHARE(h, factor) fmin((double)cells[h].size, fmax(low[h], (factor)*size[h]))
  for (int i = 0; i < 100; i++, high_factor *= 4) {
    sum = 0;
    for (size_t h = 0; h < count; h++) sum += SHARE(h, high_factor);
    if (sum >= n) break;
  }
  for (int i = 0; i < 200; i++) {
    double middle = (low_factor + high_factor) / 2;
    sum = 0;
    for (size_t h = 0; h < count; h++) sum += SHARE(h, middle);
    if (sum < n) low_factor = middle;
    else high_factor = middle;
  }
  sum = 0;
  for (size_t h = 0; h < count; h++) {
    shares[h] = SHARE(h, high_factor);
    cells[h].drawn = (size_t)floor(shares[h] + 1e-9);
    rest[h] = cells[h].drawn < cells[h].size ? shares[h] - (double)cells[h].drawn : -1;
    sum += (double)cells[h].drawn;
  }
#undef SHARE
  while (sum + 0.5 < n) {
    size_t best = 0;
    for (size_t h = 1; h < count; h++)
      if (rest[h] > rest[best]) best = h;
    if (rest[best] < 0) break; /* all are drawn */
    rest[best] = -1;
    cells[best].drawn++;
    sum++;
  }
  free(bounds);
  return STANCE_OK;
}

static bool is_same_by(const struct sample *sample, const struct sample_cell *a, const struct sample_cell *b) {
  for (size_t c = 0; c < sample->by_count; c++)
    if (a->by[c] != b->by[c]) return false;
  return true;
}

static enum stance_status allocate_all(struct drawing *own, struct stance_error *error) {
  struct sample *out = own->out;
  size_t least = own->options->design == SAMPLE_STRATA ? own->options->least : 0;
  if (!(own->options->width > 0)) return allocate(out->cells, out->cell_count, (double)own->options->n, least, error);
  for (size_t first = 0, next; first < out->cell_count; first = next) {
    double variance = 0, size = 0;
    for (next = first; next < out->cell_count && is_same_by(out, &out->cells[first], &out->cells[next]); next++) {
      variance += out->cells[next].variance;
      size += (double)out->cells[next].size;
    }
    STANCE_TRY(
        allocate(out->cells + first, next - first, ceil(wanted_for_width(own->options, variance, size)), least, error));
  }
  return STANCE_OK;
}

/* ---- the draw ---------------------------------------------------------------------------------------------------- */

static enum stance_status take(struct drawing *own, const struct entry *entry, size_t *capacity,
                               struct stance_error *error) {
  struct sample_unit *units =
      stance_arena_grow(&own->out->arena, own->out->units, capacity, own->out->count + 1, sizeof *units);
  if (!units) return stance_fail_memory(error);
  own->out->units = units;
  units[own->out->count++] = (struct sample_unit){.id = entry->unit->id,
                                                  .unit = entry->unit,
                                                  .cell = entry->cell,
                                                  .copies = entry->copies,
                                                  .u = entry->u,
                                                  .pi = entry->pi};
  return STANCE_OK;
}

/* Orders entries by cell, then u: each cell's n_h smallest u are drawn. */
static int by_cell_and_u(const void *left, const void *right) {
  const struct entry *a = left, *b = right;
  if (a->cell != b->cell) return a->cell < b->cell ? -1 : 1;
  return by_u(left, right);
}

static enum stance_status draw_cells(struct drawing *own, struct stance_error *error) {
  size_t capacity = 0, rank = 0;
  qsort(own->entries, own->count, sizeof *own->entries, by_cell_and_u);
  for (size_t i = 0; i < own->count; i++) {
    struct entry *entry = &own->entries[i];
    const struct sample_cell *cell = &own->out->cells[entry->cell];
    rank = i && entry[-1].cell == entry->cell ? rank + 1 : 0;
    if (rank >= cell->drawn) continue;
    entry->pi = (double)cell->drawn / (double)cell->size;
    STANCE_TRY(take(own, entry, &capacity, error));
  }
  return STANCE_OK;
}

/* Poisson sampling with pi = min(1, n ((1 - tau) sigma / sum sigma + tau / N)), tau = 0.3 (Zrnic and Candes 2024). What
 * is cut off at 1 goes to the others. */
static enum stance_status draw_poisson(struct drawing *own, double n, struct stance_error *error) {
  const double tau = 0.3;
  double all = 0, factor = 1, size = (double)own->count;
  size_t capacity = 0;
  struct sample_cell *cell = &own->out->cells[0];
  for (size_t i = 0; i < own->count; i++) all += own->entries[i].sigma;
#define CHANCE(i) (n * ((all > 0 ? (1 - tau) * own->entries[i].sigma / all : (1 - tau) / size) + tau / size))
  for (int round = 0; round < 100; round++) {
    double free_sum = 0, sure = 0;
    for (size_t i = 0; i < own->count; i++) {
      if (CHANCE(i) * factor >= 1) sure++;
      else free_sum += CHANCE(i);
    }
    double next = free_sum > 0 ? fmax(1, (fmin(n, size) - sure) / free_sum) : factor;
    if (fabs(next - factor) < 1e-12) break;
    factor = next;
  }
  for (size_t i = 0; i < own->count; i++) {
    struct entry *entry = &own->entries[i];
    entry->pi = fmin(1, CHANCE(i) * factor);
    own->out->expected += entry->pi;
    if (entry->u >= entry->pi) continue;
    cell->drawn++;
    STANCE_TRY(take(own, entry, &capacity, error));
  }
#undef CHANCE
  if (!own->out->count) return stance_fail(error, STANCE_INPUT, "no unit was drawn: ask for more than %g", n);
  return STANCE_OK;
}

static int in_order(const void *left, const void *right) {
  const struct sample_unit *a = left, *b = right;
  if (a->u != b->u) return a->u < b->u ? -1 : 1;
  return strcmp(a->id, b->id);
}

/* Counts the earlier draws in their new cells, where they must be those with the smallest u; else their probability is
 * not n_h / N_h. */
static enum stance_status count_old(struct drawing *own, struct stance_error *error) {
  const struct sample *more = own->options->more;
  size_t found = 0;
  if (!more) return STANCE_OK;
  qsort(own->entries, own->count, sizeof *own->entries, by_cell_and_u);
  for (size_t i = 0, misses = 0; i < own->count; i++) {
    struct sample_cell *cell = &own->out->cells[own->entries[i].cell];
    if (!i || own->entries[i].cell != own->entries[i - 1].cell) misses = 0;
    if (!classify_sample_find(more, own->entries[i].unit->id)) {
      misses++;
      continue;
    }
    if (misses && own->options->design != SAMPLE_UNCERTAIN)
      return stance_fail(error, STANCE_INPUT,
                         "the earlier sample was drawn in other strata: its units have no known chance in these; give "
                         "its --by, --strata and --for");
    cell->old++;
    found++;
  }
  if (found == more->count) return STANCE_OK;
  return stance_fail(error, STANCE_INPUT, "%zu of the earlier sample's %zu units are not among those to draw from",
                     more->count - found, more->count);
}

/* Sorts the entries and makes the cells. */
static enum stance_status lay_out(struct drawing *own, struct stance_error *error) {
  if (own->options->design == SAMPLE_STRATA) cut_bins(own);
  compared_first = own->options->by_first;
  compared_last = compared_first + own->options->by_count;
  qsort(own->entries, own->count, sizeof *own->entries, by_cell);
  return make_cells(own, error);
}

static enum stance_status draw(struct drawing *own, struct stance_error *error) {
  const struct sample_settings *options = own->options;
  STANCE_TRY(make_frame(own, error));
  double n = (double)options->n, variance = 0;
  for (size_t i = 0; i < own->count; i++) variance += own->entries[i].sigma * own->entries[i].sigma;
  if (options->width > 0) n = ceil(wanted_for_width(options, variance, (double)own->count));
  struct sample_settings with_n = *options;
  with_n.n = (size_t)n;
  if (options->design != SAMPLE_STRATA) with_n.by_count = 0; /* a single cell */
  own->options = &with_n;
  own->out->asked = with_n.n;
  STANCE_TRY(lay_out(own, error));
  STANCE_TRY(count_old(own, error));
  size_t by_count = own->out->by_count;
  if (options->design == SAMPLE_EQUAL) own->out->by_count = 0;
  enum stance_status status =
      options->design == SAMPLE_UNCERTAIN ? draw_poisson(own, n, error) : allocate_all(own, error);
  own->out->by_count = by_count;
  if (status == STANCE_OK && options->design != SAMPLE_UNCERTAIN) status = draw_cells(own, error);
  own->options = options;
  if (status != STANCE_OK) return status;
  qsort(own->out->units, own->out->count, sizeof *own->out->units, in_order);
  STANCE_TRY(classify_sample_index(own->out, error));
  for (size_t i = 0; options->more && options->design == SAMPLE_UNCERTAIN && i < options->more->count; i++)
    if (!classify_sample_find(own->out, options->more->units[i].id))
      return stance_fail(error, STANCE_INPUT,
                         "the earlier sample's unit '%.100s' is not in the larger draw: ask for more than %zu",
                         options->more->units[i].id, with_n.n);
  return STANCE_OK;
}

enum stance_status classify_sample_draw(const struct population *population, const struct sample_settings *options,
                                        struct sample *out, struct stance_error *error) {
  struct drawing own = {.population = population, .options = options, .out = out};
  *out = (struct sample){.design = options->design,
                         .head = population->head.name,
                         .model = population->model,
                         .version = STANCE_VERSION,
                         .by_count = options->by_count,
                         .seed = options->seed,
                         .population_hash = population->hash,
                         .population = population->count,
                         .bins = options->design == SAMPLE_STRATA ? options->bins : 1,
                         .is_deduped = options->dedupe};
  for (size_t c = 0; c < options->by_count; c++) out->by[c] = population->columns[options->by_first + c];
  if (options->label >= 0) out->label = population->head.labels[options->label];
  enum stance_status status = draw(&own, error);
  free(own.entries);
  if (status != STANCE_OK) classify_sample_free(out);
  return status;
}

double classify_sample_width(const struct sample *sample, const struct population *population, int label, size_t n) {
  double *sums = calloc(2 * sample->cell_count + 1, sizeof *sums), variance = 0, all = 0;
  size_t drawn = sample->count;
  if (!sums) return NAN;
  /* the cell's mean of sigma^2 is estimated from its drawn units, a random sample of it */
  for (size_t i = 0; i < sample->count; i++) {
    sums[2 * sample->units[i].cell] +=
        classify_population_variance(population, sample->units[i].unit, label) /
        (sample->design == SAMPLE_UNCERTAIN ? sample->units[i].pi * sample->units[i].pi : 1);
    sums[2 * sample->units[i].cell + 1]++;
  }
  for (size_t h = 0; h < sample->cell_count; h++) {
    const struct sample_cell *cell = &sample->cells[h];
    double size = (double)cell->size, own = sums[2 * h + 1];
    all += size;
    if (!(own > 0)) continue;
    if (sample->design == SAMPLE_UNCERTAIN) variance += sums[2 * h] * (1 - own / size);
    else variance += size * size * (1 - own / size) * (sums[2 * h] / own) / own;
  }
  free(sums);
  if (n && n != drawn) variance *= (1 / (double)n - 1 / all) / fmax(1e-12, 1 / (double)drawn - 1 / all);
  return 2 * Z * sqrt(fmax(0, variance)) / all;
}

enum stance_status classify_sample_place(struct population *population, const struct sample *sample, size_t by_first,
                                         bool *is_same, struct stance_error *error) {
  struct sample laid = {.by_count = sample->by_count};
  struct sample_settings options = {.design = sample->design,
                                    .n = sample->asked,
                                    .label = -1,
                                    .by_first = by_first,
                                    .bins = sample->bins ? sample->bins : 1,
                                    .by_count = sample->design == SAMPLE_STRATA ? sample->by_count : 0,
                                    .least = 1,
                                    .seed = sample->seed,
                                    .dedupe = sample->is_deduped,
                                    .more = sample};
  struct drawing own = {.population = population, .options = &options, .out = &laid};
  for (size_t i = 0; sample->label && i < population->head.label_count; i++)
    if (strcmp(population->head.labels[i], sample->label) == 0) options.label = (int)i;
  *is_same = sample->population_hash == population->hash && sample->design != SAMPLE_ARTICLES;
  if (!*is_same) return STANCE_OK;
  enum stance_status status = make_frame(&own, error);
  if (status == STANCE_OK) status = lay_out(&own, error);
  size_t drawn = 0;
  if (status == STANCE_OK && sample->design == SAMPLE_UNCERTAIN)
    status = draw_poisson(&own, (double)sample->asked, error);
  *is_same = status == STANCE_OK && laid.cell_count == sample->cell_count;
  for (size_t h = 0; *is_same && h < laid.cell_count; h++) *is_same = laid.cells[h].size == sample->cells[h].size;
  for (size_t i = 0; *is_same && i < own.count; i++) {
    struct population_unit *unit = (struct population_unit *)own.entries[i].unit;
    const struct sample_cell *cell = &sample->cells[own.entries[i].cell];
    unit->stratum = own.entries[i].cell + 1;
    unit->pi = sample->design == SAMPLE_UNCERTAIN ? own.entries[i].pi : (double)cell->drawn / (double)cell->size;
    const struct sample_unit *found = classify_sample_find(sample, unit->id);
    drawn += found && found->cell == own.entries[i].cell;
  }
  *is_same = *is_same && drawn == sample->count;
  free(own.entries);
  classify_sample_free(&laid);
  return status;
}
