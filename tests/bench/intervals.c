/* SPDX-License-Identifier: MIT
 * How often the intervals of stance estimate hold the true value: an archive whose labels are all known is sampled and estimated again and
 * again, each time with another seed. Usage: intervals PREDICTIONS TRUTH DRAWS DESIGN N [BY [planned]]; prints a row for each measure: the share of
 * intervals that hold the truth, their mean width, and the root mean squared error of the estimate and of the predictions alone. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "classify/estimate.h"

static void fail(const struct stance_error *error) {
  fprintf(stderr, "intervals: %s:%zu: %s\n", error->file, error->line, error->message);
  exit(2);
}

struct tally {
  double count, held, width, squares, alone;
};

/* The true mean of each value of BY and each measure, over all units. */
struct truth {
  const char *value;
  double units, sums[1 + STANCE_LABELS_MAX];
};

static size_t truth_of(struct truth *truths, size_t *count, const char *value) {
  size_t i = 0;
  while (i < *count && truths[i].value != value) i++;
  if (i == *count) truths[(*count)++] = (struct truth){.value = value};
  return i;
}

int main(int argc, char **argv) {
  static struct truth truths[10000];
  struct stance_error error = {0};
  struct stance_arena arena = {0};
  struct population population;
  struct stance_record *records;
  size_t record_count, truth_count = 0, least = 5;
  if (argc < 6)
    return fputs("usage: intervals PREDICTIONS TRUTH DRAWS strata|equal|uncertain N [BY [planned]]\n", stderr), 2;
  const char *const paths[] = {argv[1]}, *const gold[] = {argv[2]}, *const columns[] = {argc > 6 ? argv[6] : NULL};
  size_t draws = strtoul(argv[3], NULL, 10), n = strtoul(argv[5], NULL, 10), by = argc > 6;
  bool is_planned = argc > 7; /* the strata by BY too, and n labels for each value */
  const struct population_options reading = {.paths = paths, .path_count = 1, .columns = columns, .column_count = by};
  if (population_read(&reading, &population, &error) != STANCE_OK ||
      classify_estimate_gold_read(gold, 1, &arena, &records, &record_count, &error) != STANCE_OK)
    fail(&error);
  size_t labels = population.head.label_count;
  for (size_t i = 0; i < record_count; i++) {
    const struct population_unit *unit = records[i].label && strcmp(records[i].head, population.head.name) == 0
                                             ? population_find(&population, records[i].unit)
                                             : NULL;
    if (!unit) continue;
    struct truth *truth = &truths[truth_of(truths, &truth_count, by ? unit->columns[0] : NULL)];
    truth->units++;
    for (size_t l = 0; l < labels; l++)
      if (strcmp(population.head.labels[l], records[i].label) == 0)
        truth->sums[0] += population.head.values[l], truth->sums[1 + l]++;
  }
  struct tally tallies[1 + STANCE_LABELS_MAX] = {{0}};
  size_t refused = 0;
  for (size_t draw = 0; draw < draws; draw++) {
    struct sample sample;
    struct estimate estimate;
    enum sample_design design = SAMPLE_STRATA;
    for (int d = 0; d < 3; d++)
      if (strcmp(argv[4], sample_design_names[d]) == 0) design = (enum sample_design)d;
    const struct sample_options how = {.design = design,
                                       .n = is_planned ? n * truth_count : n,
                                       .label = -1,
                                       .by_count = is_planned ? by : 0,
                                       .bins = is_planned ? 1 : 8,
                                       .least = is_planned ? n : least,
                                       .seed = draw + 1,
                                       .reserve = 1};
    if (classify_sample_draw(&population, &how, &sample, &error) != STANCE_OK) fail(&error);
    const struct estimate_options options = {.population = &population,
                                             .sample = &sample,
                                             .records = records,
                                             .record_count = record_count,
                                             .gold_name = argv[2],
                                             .by_count = by,
                                             .level = 0.95,
                                             .width = 0.1};
    if (classify_estimate_make(&options, &estimate, &error) != STANCE_OK) fail(&error);
    for (size_t r = 0; r < estimate.row_count; r++) {
      const struct estimate_row *row = &estimate.rows[r];
      const struct truth *truth = &truths[truth_of(truths, &truth_count, by ? row->by[0] : NULL)];
      double right = truth->sums[row->label + 1] / truth->units;
      struct tally *tally = &tallies[row->label + 1];
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
  for (size_t m = 0; m <= labels; m++)
    printf("%-9s n %4zu  %-9s %-10s held %.3f  width %.3f  rmse %.4f  predictions alone %.4f  (%.0f intervals)\n",
           argv[4], n, by ? argv[6] : "all", m ? population.head.labels[m - 1] : "score",
           tallies[m].held / tallies[m].count, tallies[m].width / tallies[m].count,
           sqrt(tallies[m].squares / tallies[m].count), sqrt(tallies[m].alone / tallies[m].count), tallies[m].count);
  if (refused) printf("%zu rows had no label\n", refused);
  population_free(&population);
  stance_arena_free(&arena);
  return 0;
}
