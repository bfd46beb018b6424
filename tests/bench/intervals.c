/* SPDX-License-Identifier: MIT
 * How often the intervals of stance estimate hold the true value: an archive whose labels are all known is sampled and estimated again and
 * again, each time with another seed. Prints a row for each measure: the share of intervals that hold the truth, their mean width, and the root
 * mean squared error of the estimate and of the predictions alone. The words behind N are in USAGE. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "classify/estimate.h"
#include "stance/base/hash.h"

#define USAGE                                                                                                          \
  "usage: intervals PREDICTIONS TRUTH DRAWS strata|equal|uncertain|articles N [by=NAME] [planned] [regress] [dedupe] " \
  "[not-unit=LABEL] [contrast=A-B]\n"                                                                                  \
  "planned: strata by NAME too, N labels for each value; articles: N whole ones\n"

static void fail(const struct stance_error *error) {
  fprintf(stderr, "intervals: %s:%zu: %s\n", error->file, error->line, error->message);
  exit(2);
}

struct asked {
  const char *by, *not_unit, *contrast;
  bool is_planned, regress, dedupe;
};

static struct asked read_words(int count, char **words) {
  struct asked asked = {0};
  for (int i = 0; i < count; i++) {
    char *value = strchr(words[i], '=');
    if (strncmp(words[i], "by=", 3) == 0) asked.by = value + 1;
    else if (strncmp(words[i], "not-unit=", 9) == 0) asked.not_unit = value + 1;
    else if (strncmp(words[i], "contrast=", 9) == 0) asked.contrast = value + 1;
    else if (strcmp(words[i], "planned") == 0) asked.is_planned = true;
    else if (strcmp(words[i], "regress") == 0) asked.regress = true;
    else if (strcmp(words[i], "dedupe") == 0) asked.dedupe = true;
    else fputs(USAGE, stderr), exit(2);
  }
  return asked;
}

struct tally {
  double count, held, width, squares, alone;
};

/* The true mean of each value of by and each measure, over all units that are some. */
struct truth {
  const char *value;
  double units, sums[1 + STANCE_LABELS_MAX];
};
struct truths {
  struct truth items[10000];
  size_t count;
};

static struct truth *truth_of(struct truths *truths, const char *value) {
  size_t i = 0;
  while (i < truths->count && truths->items[i].value != value) i++;
  if (i == truths->count) truths->items[truths->count++] = (struct truth){.value = value};
  return &truths->items[i];
}

static void read_truth(const struct population *population, const struct stance_record *records, size_t count,
                       struct truths *truths) {
  for (size_t i = 0; i < count; i++) {
    const struct population_unit *unit = records[i].label && strcmp(records[i].head, population->head.name) == 0
                                             ? classify_population_find(population, records[i].unit)
                                             : NULL;
    if (!unit) continue;
    struct truth *truth = truth_of(truths, population->column_count ? unit->columns[0] : NULL);
    for (size_t l = 0; l < population->head.label_count; l++)
      if (strcmp(population->head.labels[l], records[i].label) == 0)
        truth->units++, truth->sums[0] += population->head.values[l], truth->sums[1 + l]++;
  }
}

/* The true value of a row; a contrast's is that of the two values in its name, "A - B". */
static double right_of(struct truths *truths, const struct estimate_row *row, bool has_by) {
  size_t m = (size_t)(row->label + 1);
  if (row->kind == ESTIMATE_LEVEL) {
    const struct truth *truth = truth_of(truths, has_by ? row->by[0] : NULL);
    return truth->sums[m] / truth->units;
  }
  double right[2] = {NAN, NAN};
  const char *second = strstr(row->by[0], " - ") + 3;
  for (size_t i = 0; i < truths->count; i++) {
    const struct truth *truth = &truths->items[i];
    if (strncmp(row->by[0], truth->value, (size_t)(second - 3 - row->by[0])) == 0)
      right[0] = truth->sums[m] / truth->units;
    if (strcmp(second, truth->value) == 0) right[1] = truth->sums[m] / truth->units;
  }
  return right[0] - right[1];
}

static int by_chance(const void *left, const void *right) {
  const double *a = left, *b = right;
  return (*a > *b) - (*a < *b);
}

/* N whole articles, each with one chance: what stance sample does not draw, and stance estimate takes. */
static void draw_articles(const struct population *population, size_t n, uint64_t seed, struct sample *out,
                          struct stance_error *error) {
  double *chances = malloc((population->count + 1) * sizeof *chances),
         *sorted = malloc((population->count + 1) * sizeof *sorted);
  size_t articles = 0;
  *out = (struct sample){
      .design = SAMPLE_ARTICLES, .head = population->head.name, .population = population->count, .cell_count = 1};
  out->cells = stance_arena_zalloc(&out->arena, 1, sizeof *out->cells);
  out->units = stance_arena_zalloc(&out->arena, population->count, sizeof *out->units);
  if (!chances || !sorted || !out->cells || !out->units) exit(3);
  for (size_t i = 0; i < population->count; i++) { /* units are by id, so that an article's stand together */
    const struct population_unit *unit = &population->units[i];
    chances[i] = (double)stance_hash_combine(seed, stance_hash(unit->article, strlen(unit->article)));
    if (!i || unit->article != unit[-1].article) sorted[articles++] = chances[i];
  }
  qsort(sorted, articles, sizeof *sorted, by_chance);
  out->cells[0].size = articles;
  out->cells[0].drawn = n;
  for (size_t i = 0; i < population->count; i++)
    if (chances[i] <= sorted[n - 1])
      out->units[out->count++] =
          (struct sample_unit){.id = population->units[i].id, .pi = (double)n / (double)articles};
  free(chances);
  free(sorted);
  if (classify_sample_index(out, error) != STANCE_OK) fail(error);
}

static enum sample_design design_of(const char *name) {
  for (int d = 0; d < 4; d++)
    if (strcmp(name, sample_design_names[d]) == 0) return (enum sample_design)d;
  fputs(USAGE, stderr);
  exit(2);
}

int main(int argc, char **argv) {
  static struct truths truths;
  struct stance_error error = {0};
  struct stance_arena arena = {0};
  struct population population;
  struct stance_record *records;
  size_t record_count, refused = 0;
  if (argc < 6) return fputs(USAGE, stderr), 2;
  const struct asked asked = read_words(argc - 6, argv + 6);
  const char *const paths[] = {argv[1]}, *const gold[] = {argv[2]}, *const columns[] = {asked.by};
  size_t draws = strtoul(argv[3], NULL, 10), n = strtoul(argv[5], NULL, 10);
  enum sample_design design = design_of(argv[4]);
  const struct population_options reading = {
      .paths = paths, .path_count = 1, .columns = columns, .column_count = asked.by != NULL};
  if (classify_population_read(&reading, &population, &error) != STANCE_OK ||
      classify_estimate_gold_read(gold, 1, &arena, &records, &record_count, &error) != STANCE_OK)
    fail(&error);
  size_t labels = population.head.label_count;
  read_truth(&population, records, record_count, &truths);
  size_t values = truths.count;
  struct tally tallies[2][1 + STANCE_LABELS_MAX] = {{{0}}}; /* levels, contrasts */
  for (size_t draw = 0; draw < draws; draw++) {
    struct sample sample;
    struct estimate estimate;
    const struct sample_settings how = {.design = design,
                                        .n = asked.is_planned ? n * values : n,
                                        .label = -1,
                                        .by_count = asked.is_planned,
                                        .bins = asked.is_planned ? 1 : 8,
                                        .least = asked.is_planned ? n : 5,
                                        .seed = draw + 1,
                                        .dedupe = asked.dedupe,
                                        .reserve = 1};
    if (design == SAMPLE_ARTICLES) draw_articles(&population, n, draw + 1, &sample, &error);
    else if (classify_sample_draw(&population, &how, &sample, &error) != STANCE_OK) fail(&error);
    const struct estimate_settings options = {.population = &population,
                                              .sample = &sample,
                                              .records = records,
                                              .record_count = record_count,
                                              .gold_name = argv[2],
                                              .not_unit = asked.not_unit,
                                              .by_count = asked.by != NULL,
                                              .regress = asked.regress,
                                              .contrasts = &asked.contrast,
                                              .contrast_count = asked.contrast != NULL,
                                              .level = 0.95,
                                              .width = 0.1};
    if (classify_estimate_make(&options, &estimate, &error) != STANCE_OK) fail(&error);
    for (size_t r = 0; r < estimate.row_count; r++) {
      const struct estimate_row *row = &estimate.rows[r];
      double right = right_of(&truths, row, asked.by != NULL);
      struct tally *tally = &tallies[row->kind != ESTIMATE_LEVEL][row->label + 1];
      if (isnan(row->estimate)) {
        refused++;
        continue;
      }
      tally->count++;
      tally->held += row->low <= right && right <= row->high;
      tally->width += row->high - row->low;
      tally->squares += (row->estimate - right) * (row->estimate - right);
      tally->alone += (row->predicted - right) * (row->predicted - right);
    }
    classify_estimate_free(&estimate);
    classify_sample_free(&sample);
  }
  for (int kind = 0; kind < 1 + (asked.contrast != NULL); kind++)
    for (size_t m = 0; m <= labels; m++) {
      const struct tally *tally = &tallies[kind][m];
      printf("%-9s n %4zu  %-9s %-10s held %.3f  width %.3f  rmse %.4f  predictions alone %.4f  (%.0f intervals)\n",
             argv[4], n,
             kind       ? asked.contrast
             : asked.by ? asked.by
                        : "all",
             m ? population.head.labels[m - 1] : "score", tally->held / tally->count, tally->width / tally->count,
             sqrt(tally->squares / tally->count), sqrt(tally->alone / tally->count), tally->count);
    }
  if (refused) printf("%zu rows had no label\n", refused);
  classify_population_free(&population);
  stance_arena_free(&arena);
  return 0;
}
