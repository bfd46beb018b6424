/* SPDX-License-Identifier: MIT
 * From predictions, a sample and labels in files to estimates: equal to R survey (1e-8) and R dsl (2e-6) in four designs, in total, by month and
 * by dyad; and what is refused. */
#include <math.h>
#include <unistd.h>

#include "classify/estimate.h"
#include "inference_data.h"

static const char *const labels[] = {"hostile", "neutral", "friendly"};
static char folder[] = "/tmp/stance-estimate-XXXXXX";
static struct inference_data *data;

static FILE *open_file(const char *name) {
  char path[200];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  FILE *file = fopen(path, "w");
  cr_assert(file != NULL);
  return file;
}

static void write_predictions(void) {
  FILE *file = open_file("predictions.jsonl");
  for (size_t i = 0; i < INFERENCE_UNITS; i++) {
    const char *unit = inference_cell(data, i, "unit"), *article = inference_cell(data, i, "article");
    fprintf(file,
            "{\"unit\":\"%s\",\"article\":\"%s\",\"sentence\":%s,\"date\":\"%s-15\",\"source\":\"%s\",\"target\":\"T\","
            "\"text\":\"text %s\",\"head\":\"stance\",\"label\":\"%s\","
            "\"p\":{\"hostile\":%s,\"neutral\":%s,\"friendly\":%s},\"score\":%s}\n",
            unit, article, strchr(unit, '#') + 1, inference_cell(data, i, "month"), inference_cell(data, i, "dyad"),
            unit, labels[(int)inference_number(data, i, "label") + 1], inference_cell(data, i, "p_hostile"),
            inference_cell(data, i, "p_neutral"), inference_cell(data, i, "p_friendly"),
            inference_cell(data, i, "score"));
  }
  fclose(file);
  file = open_file("gold.jsonl");
  for (size_t i = 0; i < INFERENCE_UNITS; i++)
    fprintf(file, "{\"unit\":\"%s\",\"head\":\"stance\",\"label\":\"%s\",\"annotator\":\"gold\"}\n",
            inference_cell(data, i, "unit"), labels[(int)inference_number(data, i, "true") + 1]);
  fclose(file);
}

static void write_sample(const char *design) {
  static const char *const names[][2] = {
      {"srs", "equal"}, {"strat", "strata"}, {"poisson", "uncertain"}, {"cluster", "articles"}};
  char in[32], pi[32], name[40];
  size_t size[3] = {0}, drawn[3] = {0}, d = 0;
  double expected = 0;
  bool is_strata = strcmp(design, "strat") == 0, is_cluster = strcmp(design, "cluster") == 0;
  snprintf(in, sizeof in, "in_%s", design);
  snprintf(pi, sizeof pi, "pi_%s", design);
  snprintf(name, sizeof name, "%s.jsonl", design);
  while (strcmp(names[d][0], design) != 0) d++;
#define STRATUM(i) (is_strata ? (size_t)(inference_number(data, i, "label") + 1) : 0)
  for (size_t i = 0; i < INFERENCE_UNITS; i++) {
    size[STRATUM(i)]++;
    drawn[STRATUM(i)] += inference_number(data, i, in) > 0;
    expected += inference_number(data, i, pi);
  }
  if (is_cluster) size[0] = 895, drawn[0] = 36;
  FILE *file = open_file(name);
  fprintf(file,
          "{\"design\":{\"design\":\"%s\",\"head\":\"stance\",\"expected\":%.17g,\"seed\":1,\"population\":{\"units\":"
          "5000,\"cells\":[",
          names[d][1], expected);
  for (int h = 0; h < (is_strata ? 3 : 1); h++)
    fprintf(file, "%s{\"stratum\":%d,\"N\":%zu,\"n\":%zu}", h ? "," : "", h, size[h], drawn[h]);
  fprintf(file, "]}}}\n");
  for (size_t i = 0; i < INFERENCE_UNITS; i++)
    if (inference_number(data, i, in) > 0)
      fprintf(file, "{\"unit\":\"%s\",\"stratum\":%zu,\"pi\":%s}\n", inference_cell(data, i, "unit"), STRATUM(i),
              inference_cell(data, i, pi));
  fclose(file);
#undef STRATUM
}

static void setup(void) {
  cr_assert(mkdtemp(folder) != NULL);
  data = inference_read();
  write_predictions();
  static const char *const designs[] = {"srs", "strat", "poisson", "cluster"};
  for (int d = 0; d < 4; d++) write_sample(designs[d]);
}

static void teardown(void) {
  static const char *const names[] = {"predictions", "gold", "srs", "strat", "poisson", "cluster", "other"};
  char path[200];
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    snprintf(path, sizeof path, "%s/%s.jsonl", folder, names[i]);
    unlink(path);
  }
  rmdir(folder);
  inference_free(data);
}

TestSuite(estimate, .init = setup, .fini = teardown, .timeout = 120);

/* One run; options' paths and reading are filled here. */
struct made {
  struct stance_arena arena;
  struct population population;
  struct sample sample;
  struct estimate_settings options;
  struct estimate estimate;
  struct stance_error error;
  char said[4000];
};

static void note(void *context, bool is_warning, const char *text) {
  struct made *made = context;
  (void)is_warning;
  size_t length = strlen(made->said);
  snprintf(made->said + length, sizeof made->said - length, "%s\n", text);
}

static enum stance_status run(const char *design, const char *by, const char *gold, struct made *made) {
  const char *columns[1] = {by};
  char predictions[100], sample[100], records[100];
  snprintf(predictions, sizeof predictions, "%s/predictions.jsonl", folder);
  snprintf(sample, sizeof sample, "%s/%s.jsonl", folder, design);
  snprintf(records, sizeof records, "%s/%s.jsonl", folder, gold);
  const char *paths[1] = {predictions}, *gold_paths[1] = {records};
  struct stance_record *items;
  const struct population_options reading = {
      .paths = paths, .path_count = 1, .columns = columns, .column_count = by != NULL};
  cr_assert_eq(classify_population_read(&reading, &made->population, &made->error), STANCE_OK, "%s",
               made->error.message);
  cr_assert_eq(classify_sample_read(sample, &made->sample, &made->error), STANCE_OK, "%s", made->error.message);
  cr_assert_eq(
      classify_estimate_gold_read(gold_paths, 1, &made->arena, &items, &made->options.record_count, &made->error),
      STANCE_OK);
  made->options.population = &made->population;
  made->options.sample = &made->sample;
  made->options.records = items;
  made->options.gold_name = "gold.jsonl";
  made->options.by_count = by != NULL;
  made->options.level = 0.95;
  made->options.width = 0.1;
  made->options.note = note;
  made->options.context = made;
  return classify_estimate_make(&made->options, &made->estimate, &made->error);
}

static void finish(struct made *made) {
  classify_estimate_free(&made->estimate);
  classify_sample_free(&made->sample);
  classify_population_free(&made->population);
  stance_arena_free(&made->arena);
}

static const struct estimate_row *row_of(const struct made *made, const char *value, int label) {
  for (size_t r = 0; r < made->estimate.row_count; r++) {
    const struct estimate_row *row = &made->estimate.rows[r];
    if (row->label == label && (!value || (row->by[0] && strcmp(row->by[0], value) == 0))) return row;
  }
  cr_assert(0, "no row for %s", value);
  return NULL;
}

Test(estimate, equals_rs_survey_in_total_and_by_month) {
  cJSON *expected = inference_expected("tests/data/inference/expected_survey.json"), *item;
  static const char *const designs[] = {"srs", "strat", "poisson", "cluster"};
  size_t checked = 0;
  for (int d = 0; d < 4; d++)
    for (int by_month = 0; by_month < 2; by_month++) {
      struct made made = {.options = {.no_shrink = true}};
      cr_assert_eq(run(designs[d], by_month ? "month" : NULL, "gold", &made), STANCE_OK, "%s", made.error.message);
      cJSON_ArrayForEach(item, cJSON_GetObjectItem(expected, "results")) {
        const char *variable = inference_text(item, "variable"), *domain = inference_text(item, "domain");
        if (strcmp(inference_text(item, "design"), designs[d]) != 0 || (strcmp(domain, "all") != 0) != by_month)
          continue;
        if (strncmp(inference_text(item, "method"), "calibrate", 9) == 0) continue;
        const struct estimate_row *row = row_of(&made, by_month ? domain : NULL, strchr(variable, 'h') ? 0 : -1);
        if (variable[0] == 'e') {
          cr_assert_float_eq(row->estimate - row->predicted, inference_value(item, "estimate"), 1e-8, "%s %s",
                             designs[d], domain);
          cr_assert_float_eq(row->se, inference_value(item, "se"), 1e-8, "%s %s: %.10f", designs[d], domain, row->se);
        } else {
          cr_assert_float_eq(row->gold_alone, inference_value(item, "estimate"), 1e-8);
          cr_assert_float_eq(row->gold_alone_se, inference_value(item, "se"), 1e-8);
        }
        checked++;
      }
      finish(&made);
    }
  cr_assert_geq(checked, 32, "%zu", checked);
  cJSON_Delete(expected);
}

Test(estimate, equals_rs_dsl_beyond_the_archive) {
  cJSON *expected = inference_expected("tests/data/inference/expected_dsl.json"), *item, *coefficient;
  static const char *const columns[] = {NULL, "month", "source"},
                           *const formulas[] = {"Y ~ 1", "Y ~ 0 + month", "Y ~ 0 + dyad"},
                           *const prefixes[] = {"(Intercept)", "month", "dyad"};
  size_t checked = 0;
  cJSON_ArrayForEach(item, cJSON_GetObjectItem(expected, "results")) {
    int f = 0;
    if (strcmp(inference_text(item, "g"), "identity") != 0 || strcmp(inference_text(item, "cluster"), "article") != 0)
      continue;
    while (f < 3 && strcmp(formulas[f], inference_text(item, "formula")) != 0) f++;
    if (f == 3) continue;
    struct made made = {.options = {.superpopulation = true}};
    cr_assert_eq(run(inference_text(item, "design") + 3, columns[f], "gold", &made), STANCE_OK, "%s",
                 made.error.message);
    int label = strcmp(inference_text(item, "outcome"), "mean score") == 0 ? -1 : 0;
    cJSON_ArrayForEach(coefficient, cJSON_GetObjectItem(item, "estimate")) {
      const struct estimate_row *row = row_of(&made, f ? coefficient->string + strlen(prefixes[f]) : NULL, label);
      cr_assert_float_eq(row->estimate, coefficient->valuedouble, 2e-6, "%s %s: %.9f", inference_text(item, "design"),
                         coefficient->string, row->estimate);
      cr_assert_float_eq(row->se, inference_value(cJSON_GetObjectItem(item, "se"), coefficient->string), 2e-6,
                         "%s %s: se %.9f", inference_text(item, "design"), coefficient->string, row->se);
      checked++;
    }
    finish(&made);
  }
  cr_assert_geq(checked, 30, "%zu", checked);
  cJSON_Delete(expected);
}

Test(estimate, regresses_as_the_closed_form) {
  struct made made = {.options = {.regress = true}};
  cr_assert_eq(run("srs", NULL, "gold", &made), STANCE_OK);
  const struct estimate_row *row = row_of(&made, NULL, -1);
  cr_assert_float_eq(row->estimate, -0.029616885324017208, 1e-9);
  cr_assert_float_eq(row->se, 0.03017233985865157, 1e-9);
  cr_assert_float_eq(row->low, -0.08875358477627662, 1e-9);
  finish(&made);
}

Test(estimate, gives_shares_that_sum_to_one_and_a_shrunk_variance_in_small_groups) {
  struct made made = {0};
  cr_assert_eq(run("srs", "month", "gold", &made), STANCE_OK);
  for (size_t r = 0; r < made.estimate.row_count; r += 4) {
    const struct estimate_row *row = &made.estimate.rows[r];
    double sum = 0;
    cr_assert_eq(row->label, -1);
    for (int l = 1; l <= 3; l++) sum += row[l].estimate;
    cr_assert_float_eq(sum, 1, 1e-9);
    cr_assert_str_eq(row->method, "shrunk");
    cr_assert_float_eq(row->df, (double)row->gold + 29, 1e-12);
    cr_assert_str_eq(row->flags, "post-hoc");
  }
  /* by hand (numpy) for 2024-01: v = ((n - 1) s^2 + 30 s_pool^2) / (n + 29), se^2 = (1 - 200/5000) v / n */
  const struct estimate_row *first = row_of(&made, "2024-01", -1);
  cr_assert_eq(first->gold, 26);
  cr_assert_float_eq(first->se, 0.07861121356984373, 1e-9, "%.12f", first->se);
  finish(&made);
}

static void write_other_gold(size_t left_out) {
  FILE *file = open_file("other.jsonl");
  for (size_t i = 0; i < INFERENCE_UNITS; i++) {
    if (inference_number(data, i, "in_srs") == 0 || (left_out && left_out--)) continue;
    fprintf(file, "{\"unit\":\"%s\",\"head\":\"stance\",\"label\":\"%s\",\"annotator\":\"gold\"}\n",
            inference_cell(data, i, "unit"), labels[(int)inference_number(data, i, "true") + 1]);
  }
  fclose(file);
}

Test(estimate, refuses_drawn_units_without_a_label_unless_told_how_to_take_them) {
  write_other_gold(12);
  struct made made = {0}, told = {.options = {.nonresponse = true}};
  cr_assert_eq(run("srs", NULL, "other", &made), STANCE_INPUT);
  cr_assert_str_eq(made.error.message,
                   "12 of 200 drawn units have no gold: not at random? finish them, or --nonresponse strata");
  cr_assert_eq(run("srs", NULL, "other", &told), STANCE_OK, "%s", told.error.message);
  cr_assert_eq(told.estimate.rows[0].gold, 188);
  cr_assert(strstr(told.said, "12 of 200 drawn units have no gold: within each stratum") != NULL, "%s", told.said);
  finish(&made);
  finish(&told);
}

Test(estimate, gives_up_a_degree_of_freedom_for_the_slope) {
  write_other_gold(130);
  struct made plain = {.options = {.nonresponse = true}}, sloped = {.options = {.nonresponse = true, .regress = true}};
  cr_assert_eq(run("srs", NULL, "other", &plain), STANCE_OK, "%s", plain.error.message);
  cr_assert_eq(run("srs", NULL, "other", &sloped), STANCE_OK, "%s", sloped.error.message);
  cr_assert_eq(row_of(&plain, NULL, -1)->df, 69);
  cr_assert_eq(row_of(&sloped, NULL, -1)->df, 68);
  finish(&plain);
  finish(&sloped);
}

Test(estimate, has_no_estimate_for_a_group_without_labels_unless_told_to_borrow) {
  struct made made = {0}, told = {.options = {.borrow = true}};
  cr_assert_eq(run("srs", "article", "gold", &made), STANCE_OK);
  cr_assert_gt(made.estimate.refused, 0);
  for (size_t r = 0; r < made.estimate.row_count; r++)
    cr_assert_eq(isnan(made.estimate.rows[r].estimate), made.estimate.rows[r].gold == 0);
  cr_assert_eq(run("srs", "article", "gold", &told), STANCE_OK);
  cr_assert_eq(told.estimate.refused, 0);
  for (size_t r = 0; r < told.estimate.row_count; r++)
    if (!told.estimate.rows[r].gold) cr_assert(strstr(told.estimate.rows[r].flags, "borrowed") != NULL);
  finish(&made);
  finish(&told);
}
