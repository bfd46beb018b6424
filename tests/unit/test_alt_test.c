/* SPDX-License-Identifier: MIT
 * The alternative annotator test against its authors' own code (tests/data/inference): four models, two scores, three epsilons. */
#include <math.h>

#include "annotate/alt_test.h"
#include "inference_data.h"

enum { UNITS_MOST = 400, PEOPLE_MOST = 12 };
static const char *const labels[] = {"hostile", "neutral", "friendly"};
static const double values[] = {-1, 0, 1};

struct table {
  struct stance_arena arena;
  const char *units[UNITS_MOST], *people[PEOPLE_MOST], *models[PEOPLE_MOST];
  size_t unit_count, people_count, model_count;
  int given[UNITS_MOST * PEOPLE_MOST], by_model[PEOPLE_MOST][UNITS_MOST];
};

static size_t index_of(const char **names, size_t *count, const char *name) {
  size_t i = 0;
  while (i < *count && strcmp(names[i], name) != 0) i++;
  if (i == *count) names[(*count)++] = name;
  return i;
}

static void read_table(struct table *table) {
  struct stance_error error;
  char *text, *state = NULL;
  size_t length;
  cr_assert_eq(stance_file_read("tests/data/inference/alttest_synthetic.csv", 0, &table->arena, &text, &length, &error),
               STANCE_OK);
  for (int i = 0; i < UNITS_MOST * PEOPLE_MOST; i++) table->given[i] = ALT_TEST_NONE;
  strtok_r(text, "\r\n", &state);
  for (char *line = strtok_r(NULL, "\r\n", &state); line; line = strtok_r(NULL, "\r\n", &state)) {
    char *fields = NULL, *unit = strtok_r(line, ",", &fields), *who = strtok_r(NULL, ",", &fields),
         *name = strtok_r(NULL, ",", &fields);
    int label = 0;
    while (strcmp(labels[label], name) != 0) label++;
    size_t u = index_of(table->units, &table->unit_count, unit);
    if (strncmp(who, "model:", 6) == 0)
      table->by_model[index_of(table->models, &table->model_count, who + 6)][u] = label;
    else table->given[u * PEOPLE_MOST + index_of(table->people, &table->people_count, who)] = label;
  }
}

Test(alt_test, equals_its_authors_code, .timeout = 60) {
  static struct table table;
  read_table(&table);
  const struct alt_test_data data = {table.unit_count, PEOPLE_MOST, 3, table.given, values};
  cJSON *expected = inference_expected("tests/data/inference/expected_alttest_synthetic.json"), *item, *one;
  size_t checked = 0;
  cJSON_ArrayForEach(item, cJSON_GetObjectItem(expected, "results")) {
    size_t m = 0, k = 0;
    while (strcmp(table.models[m], inference_text(item, "model")) != 0) m++;
    const struct alt_test_settings settings = {
        inference_value(item, "epsilon"), inference_value(item, "q"),
        strcmp(inference_text(item, "scoring"), "accuracy") == 0 ? ALT_TEST_ACCURACY : ALT_TEST_NEG_RMSE, 30};
    struct alt_test_result result;
    struct stance_error error;
    cr_assert_eq(alt_test_run(&data, table.by_model[m], &settings, &table.arena, &result, &error), STANCE_OK);
    cr_assert_float_eq(result.winning_rate, inference_value(item, "winning_rate"), 1e-9, "%s", table.models[m]);
    cr_assert_float_eq(result.advantage, inference_value(item, "advantage_probability"), 1e-9, "%s: %.12f",
                       table.models[m], result.advantage);
    cr_assert_eq(result.count, 4);
    cr_assert_eq(result.dropped, 10);
    cJSON_ArrayForEach(one, cJSON_GetObjectItem(item, "per_annotator")) {
      const struct alt_test_annotator *row = &result.rows[k++];
      cr_assert_eq(row->units, (size_t)inference_value(one, "instances"));
      cr_assert_float_eq(row->difference, inference_value(one, "mean_difference"), 1e-9);
      cr_assert_float_eq(row->sd, inference_value(one, "sd"), 1e-9, "%s: sd %.12f", table.models[m], row->sd);
      cr_assert_float_eq(row->p, inference_value(one, "p"), 1e-9 * fmax(1e-6, row->p), "%s: p %.12g", table.models[m],
                         row->p);
      checked++;
    }
  }
  cr_assert_eq(checked, 96);
  cJSON_Delete(expected);
  stance_arena_free(&table.arena);
}

/* Where one label is common, always giving it passes; weighed by the labels' shares, it does not. */
Test(alt_test, weighs_the_common_label_down) {
  enum { N = 200 };
  static int given[N * 3], model[N];
  int common;
  struct stance_arena arena = {0};
  struct alt_test_result plain, weighed;
  struct stance_error error;
  for (int i = 0; i < N; i++)
    for (int a = 0; a < 3; a++)
      given[i * 3 + a] = i % 10 == a * 2 ? 0 : i % 10 == 7 ? 2 : 1; /* annotators differ on the rare label */
  const struct alt_test_data data = {N, 3, 3, given, values};
  struct alt_test_settings settings = {0.15, 0.05, ALT_TEST_ACCURACY, 30};
  alt_test_constant(&data, model, &common);
  cr_assert_eq(common, 1);
  cr_assert_eq(alt_test_run(&data, model, &settings, &arena, &plain, &error), STANCE_OK);
  settings.score = ALT_TEST_KAPPA;
  cr_assert_eq(alt_test_run(&data, model, &settings, &arena, &weighed, &error), STANCE_OK);
  cr_assert_geq(plain.winning_rate, 0.5);
  cr_assert_gt(weighed.rows[0].difference, plain.rows[0].difference);
  stance_arena_free(&arena);
}
