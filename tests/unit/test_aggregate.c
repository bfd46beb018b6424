/* SPDX-License-Identifier: MIT
 * Rounded probabilities, periods, intervals, counters; lines as they are printed. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "classify/aggregate.h"
#include "classify/terminal_text.h"
#include "stance_heads.h"

static void check_round(float a, float b, float c, uint32_t label, int pa, int pb, int pc, int score) {
  struct classify_unit unit = {0};
  classify_round(&heads.items[0], (float[]){a, b, c}, label, &unit);
  cr_assert(unit.p[0] == pa && unit.p[1] == pb && unit.p[2] == pc, "%d %d %d", unit.p[0], unit.p[1], unit.p[2]);
  cr_assert_eq(unit.score, score);
}

Test(round, sums_to_one_whatever_the_label_is) {
  check_round(0.91f, 0.07f, 0.02f, 0, 9100, 700, 200, -8900);
  check_round(1.f / 3, 1.f / 3, 1.f / 3, 0, 3334, 3333, 3333, -1);
  check_round(0.4f, 0.4f, 0.2f, 0, 4000, 4000, 2000, -2000);
  check_round(0.3f, 0.6f, 0.1f, 0, 3000, 6000, 1000, -2000); /* decided by factors: p stays what it is */
  check_round(1e-6f, 1 - 2e-6f, 1e-6f, 1, 1, 9998, 1, 0);    /* nothing is impossible */
}

Test(round, holds_for_random_probabilities) {
  srand(7);
  for (int i = 0; i < 20000; i++) {
    float p[3];
    uint32_t label = 0;
    float sum = 0;
    for (int j = 0; j < 3; j++) sum += p[j] = powf((float)rand() / (float)RAND_MAX, (float)(i % 9)) + 1e-6f;
    for (int j = 0; j < 3; j++) p[j] /= sum;
    for (uint32_t j = 1; j < 3; j++) label = p[j] > p[label] ? j : label;
    struct classify_unit unit = {0};
    classify_round(&heads.items[0], p, label, &unit);
    cr_assert_eq(unit.p[0] + unit.p[1] + unit.p[2], 10000);
    for (uint32_t j = 0; j < 3; j++) {
      cr_assert(unit.p[j] > 0 && fabsf(unit.p[j] / 10000.f - p[j]) < 3e-4f);
    }
  }
}

/* Wilson 95% of 8 of 10: 0.4902 .. 0.9433; of 0 of 10: 0 .. 0.2775 (Newcombe 1998's formula by hand). */
Test(interval, is_wilsons_for_values_of_one_and_minus_one) {
  double low, high;
  classify_interval(10, 0.6, 1, &low, &high);
  cr_assert_float_eq((low + 1) / 2, 0.4902, 5e-5);
  cr_assert_float_eq((high + 1) / 2, 0.9433, 5e-5);
  classify_interval(10, -1, 1, &low, &high);
  cr_assert_float_eq(low, -1, 1e-12);
  cr_assert_float_eq((high + 1) / 2, 0.2775, 5e-5);
}

static const char *verdict(int hostile, int neutral, int friendly, double score, double low, double high) {
  struct classify_row row = {.units = (uint64_t)(hostile + neutral + friendly),
                             .score = score,
                             .low = low,
                             .high = high,
                             .labels = {(uint64_t)hostile, (uint64_t)neutral, (uint64_t)friendly}};
  double value;
  const char *word = classify_verdict(&heads.items[0], &row, &value);
  cr_assert_eq(value, strstr(word, "hostile") ? -1 : strstr(word, "friendly") ? 1 : 0);
  return word;
}

Test(verdict, follows_from_the_interval_and_the_counts) {
  cr_assert_str_eq(verdict(3, 2, 0, -0.55, -0.90, -0.01), "hostile");
  cr_assert_str_eq(verdict(20, 166, 0, -0.10, -0.14, -0.05), "hostile"); /* 186 units, an interval below 0 */
  cr_assert_str_eq(verdict(0, 4, 9, 0.40, 0.10, 0.80), "friendly");
  cr_assert_str_eq(verdict(4, 5, 0, -0.40, -0.75, 0.10), "unclear"); /* 9 units around 0 */
  cr_assert_str_eq(verdict(1, 0, 0, -0.90, -1, 0.60), "unclear");
  cr_assert_str_eq(verdict(2, 0, 2, -0.12, -0.70, 0.60), "mixed");
  cr_assert_str_eq(verdict(2, 6, 2, 0, -0.30, 0.30), "mixed"); /* a fifth each */
  cr_assert_str_eq(verdict(2, 7, 1, 0, -0.30, 0.30), "unclear");
  cr_assert_str_eq(verdict(0, 0, 0, 0, 0, 0), "unclear");
}

Test(verdict, names_the_commonest_label_of_its_side) {
  const struct classify_head levels = {
      .name = "tone", .label_count = 4, .labels = {"awful", "bad", "good", "great"}, .values = {-1, -0.5, 0.5, 1}};
  struct classify_row row = {.units = 10, .labels = {2, 8, 0, 0}, .score = -0.6, .low = -0.9, .high = -0.3};
  double value;
  cr_assert_str_eq(classify_verdict(&levels, &row, &value), "bad");
  row = (struct classify_row){.units = 8, .labels = {0, 0, 2, 6}, .score = 0.7, .low = 0.2, .high = 0.9};
  cr_assert_str_eq(classify_verdict(&levels, &row, &value), "great");
  row = (struct classify_row){.units = 2, .labels = {0, 1, 1, 0}, .score = 0.05, .low = -0.6, .high = 0.7};
  cr_assert_str_eq(classify_verdict(&levels, &row, &value), "mixed");
}

static const char *period(enum classify_by by, const char *date) {
  static char out[16];
  return classify_period(by, date, out) ? out : "";
}

Test(interval, of_one_unit_says_nothing) {
  double low, high;
  classify_interval(1, -0.7, 0.9, &low, &high);
  cr_assert_eq(low, -1);
  cr_assert_eq(high, 1);
}

/* 14 units, all neutral for sure: v = (0 + 4/4) / 18, trials = 14 / 4 / v = 63, so 0 -+ 1.96 / sqrt(63 + 3.84). */
Test(interval, is_narrow_for_values_that_agree) {
  double low, high;
  classify_interval(14, 0, 0, &low, &high);
  cr_assert_float_eq(high, 0.2397, 5e-5);
  cr_assert_float_eq(low, -0.2397, 5e-5);
}

/* Weeks from ISO 8601's examples (date +%G-W%V gives the same). */
Test(period, knows_iso_weeks_at_the_turn_of_the_year) {
  cr_assert_str_eq(period(CLASSIFY_BY_WEEK, "2022-05-03"), "2022-W18");
  cr_assert_str_eq(period(CLASSIFY_BY_WEEK, "2021-01-03"), "2020-W53");
  cr_assert_str_eq(period(CLASSIFY_BY_WEEK, "2024-12-30"), "2025-W01");
  cr_assert_str_eq(period(CLASSIFY_BY_WEEK, "2000-01-01"), "1999-W52");
  cr_assert_str_eq(period(CLASSIFY_BY_WEEK, "2000-02-29T08:00:00Z"), "2000-W09");
  cr_assert_str_eq(period(CLASSIFY_BY_MONTH, "2022-05-03"), "2022-05");
  cr_assert_str_eq(period(CLASSIFY_BY_DAY, "2022-05-03T10:00:00Z"), "2022-05-03");
  cr_assert_str_eq(period(CLASSIFY_BY_YEAR, "2022-05-03"), "2022");
  cr_assert_str_eq(period(CLASSIFY_BY_YEAR, "2022-05"), "2022");
  cr_assert_str_eq(period(CLASSIFY_BY_YEAR, "2022-13"), "");
  cr_assert_str_eq(period(CLASSIFY_BY_MONTH, "May 2022"), "");
  cr_assert_str_eq(period(CLASSIFY_BY_MONTH, "2022-02-30"), "");
}

static struct classify_unit unit_of(const char *source, const char *target, int label, int p) {
  struct classify_unit unit = {.source = source, .target = target, .label = (uint8_t)label};
  for (int i = 0; i < 3; i++) unit.p[i] = (uint16_t)((10000 - p) / 2);
  unit.p[label] = (uint16_t)p;
  unit.score = classify_mean_value(&heads.items[0], unit.p);
  return unit;
}

static struct classify_keys keys_of(const char *by) {
  struct classify_keys keys;
  struct stance_error error;
  cr_assert_eq(classify_keys_parse(by, &keys, &error), STANCE_OK, "%s", error.message);
  return keys;
}

static struct classify_aggregate *new_aggregate(const char *by) {
  const struct classify_keys keys = keys_of(by);
  return classify_aggregate_new(&heads, &keys);
}

static void add(struct classify_aggregate *aggregate, const char *date, const char *source, const char *target,
                int label) {
  struct classify_unit unit = unit_of(source, target, label, 8000);
  struct classify_scored scored = {.id = "a", .date = date, .units = &unit, .unit_count = 1};
  cr_assert(classify_aggregate_add(aggregate, &scored));
}

static char *lines(const struct classify_aggregate *aggregate, const char *by, uint64_t min_count) {
  struct classify_style style = {.heads = &heads, .delimiter = ','};
  struct classify_row *rows;
  static struct stance_buffer out;
  size_t count;
  stance_buffer_clear(&out);
  cr_assert(classify_aggregate_rows(aggregate, min_count, &rows, &count));
  const struct classify_keys keys = keys_of(by);
  classify_rows_jsonl(&style, &keys, rows, count, &out);
  free(rows);
  return out.data;
}

Test(aggregate, counts_by_month_and_goes_on_from_its_state) {
  struct classify_aggregate *aggregate = new_aggregate("month,dyad");
  static const char expected[] =
      "{\"month\":\"2022-05\",\"source\":\"MLI\",\"target\":\"FRA\",\"units\":2,\"hostile\":1,\"neutral\":0,"
      "\"friendly\":1,"
      "\"score\":0.0000,\"low\":-0.8062,\"high\":0.8062,"
      "\"shares\":{\"hostile\":0.4500,\"neutral\":0.1000,\"friendly\":0.4500}}\n" /* p 0.8 and 0.1 of either */
      "{\"month\":\"2022-05\",\"source\":\"FRA\",\"target\":\"MLI\",\"units\":1,\"hostile\":1,\"neutral\":0,"
      "\"friendly\":0,"
      "\"score\":-0.7000,\"low\":-1.0000,\"high\":1.0000,"
      "\"shares\":{\"hostile\":0.8000,\"neutral\":0.1000,\"friendly\":0.1000}}\n";
  add(aggregate, "2022-05-03", "MLI", "FRA", 0);
  add(aggregate, "2022-05-09", "FRA", "MLI", 0);
  add(aggregate, NULL, "FRA", "MLI", 1);
  FILE *file = tmpfile();
  cr_assert(classify_aggregate_save(aggregate, file));
  classify_aggregate_destroy(aggregate);
  rewind(file);
  aggregate = new_aggregate("month,dyad");
  cr_assert(classify_aggregate_load(aggregate, file));
  fclose(file);
  add(aggregate, "2022-05-30", "MLI", "FRA", 2);
  cr_assert_str_eq(lines(aggregate, "month,dyad", 1), expected);
  cr_assert_eq(strlen(lines(aggregate, "month,dyad", 3)), 0);
  cr_assert_eq(classify_aggregate_undated(aggregate), 1); /* in no row, and counted as such */
  classify_aggregate_destroy(aggregate);
}

/* Dyads of the same two actors, and dyads without a month, are not among a dyad's months. */
Test(aggregate, gives_the_rows_of_one_dyad) {
  struct classify_aggregate *aggregate = new_aggregate("month,dyad");
  static const struct {
    const char *source, *target;
    size_t count;
  } cases[] = {{"MLI", "FRA", 2}, {"FRA", "MLI", 1}, {"MLI", "NER", 0}, {"XXX", "FRA", 0}, {NULL, "FRA", 0}};
  add(aggregate, "2022-06-03", "MLI", "FRA", 0);
  add(aggregate, "2022-05-09", "MLI", "FRA", 0);
  add(aggregate, "2022-05-30", "MLI", "FRA", 2);
  add(aggregate, "2022-05-30", "FRA", "MLI", 2);
  add(aggregate, NULL, "MLI", "NER", 1);
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    const struct classify_row like = {.source = cases[i].source, .target = cases[i].target};
    struct classify_row *rows;
    size_t count;
    cr_assert(classify_aggregate_rows_like(aggregate, &like, &rows, &count));
    cr_assert_eq(count, cases[i].count, "%zu: %zu", i, count);
    if (i == 0) cr_assert(strcmp(rows[0].group, "2022-05") == 0 && rows[0].units == 2 && rows[1].units == 1);
    free(rows);
  }
  classify_aggregate_destroy(aggregate);
}

Test(aggregate, counts_without_dyads) {
  static const struct {
    const char *by, *expected;
  } cases[] = {{"source", "{\"source\":\"MLI\",\"units\":2,"},
               {"target", "{\"target\":\"FRA\",\"units\":1,"},
               {"total", "{\"units\":3,"},
               {"month", "{\"month\":\"2022-05\",\"units\":2,"},
               {"total,month", "{\"month\":\"2022-05\",\"units\":2,"},
               {"month,source", "{\"month\":\"2022-05\",\"source\":\"MLI\",\"units\":2,"},
               {"source,target", "{\"source\":\"FRA\",\"target\":\"MLI\",\"units\":1,"},
               {"outlet,month", "{\"outlet\":null,\"month\":\"2022-05\",\"units\":2,"}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct classify_aggregate *aggregate = new_aggregate(cases[i].by);
    add(aggregate, "2022-05-03", "MLI", "FRA", 0);
    add(aggregate, "2022-05-09", "MLI", "NER", 0);
    add(aggregate, NULL, "FRA", "MLI", 1);
    char *all = lines(aggregate, cases[i].by, 1);
    cr_assert(strstr(all, cases[i].expected), "%s", all);
    classify_aggregate_destroy(aggregate);
  }
}

Test(aggregate, counts_by_a_column_that_went_along) {
  static const char *const names[] = {"desk"}, *const values[] = {"sport"};
  struct classify_aggregate *aggregate = new_aggregate("desk");
  struct classify_unit unit = unit_of("MLI", "FRA", 0, 8000);
  struct classify_scored scored = {
      .id = "a", .units = &unit, .unit_count = 1, .kept_names = names, .kept = values, .kept_count = 1};
  cr_assert(classify_aggregate_add(aggregate, &scored));
  char *all = lines(aggregate, "desk", 1);
  cr_assert(strstr(all, "{\"desk\":\"sport\",\"units\":1,"), "%s", all);
  classify_aggregate_destroy(aggregate);
}

Test(keys, are_refused_where_they_cannot_be_told_apart) {
  static const char *const bad[] = {"", "month,", "month,month", "a,b,c", "label", "p", "text", "date"};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    struct classify_keys keys;
    struct stance_error error;
    cr_assert_eq(classify_keys_parse(bad[i], &keys, &error), STANCE_USAGE, "%s", bad[i]);
  }
}

Test(aggregate, keeps_many_keys_apart) {
  struct classify_aggregate *aggregate = new_aggregate("dyad");
  struct classify_row *rows;
  size_t count;
  char a[16], b[16];
  for (int i = 0; i < 9000; i++) {
    snprintf(a, sizeof a, "A%d", i % 100);
    snprintf(b, sizeof b, "B%d", i % 90);
    add(aggregate, NULL, a, b, i % 3);
  }
  cr_assert(classify_aggregate_rows(aggregate, 1, &rows, &count));
  cr_assert_eq(count, 900); /* lcm(100, 90) pairs, each ten times */
  for (size_t i = 0; i < count; i++) cr_assert_eq(rows[i].units, 10);
  free(rows);
  classify_aggregate_destroy(aggregate);
}

Test(render, counts_code_points_and_copies_what_lines_share) {
  static const char text[] = "C\xc3\xb4te d'Ivoire \"hit\" \xe2\x80\x9cMali\xe2\x80\x9d";
  struct classify_mention mentions[] = {{"CIV", 0, 14, false}, {"MLI", 24, 28, true}};
  struct classify_unit units[] = {unit_of("CIV", "MLI", 0, 8000), unit_of("MLI", "CIV", 1, 8000)};
  struct classify_sentence sentence = {
      .index = 3, .text = text, .length = sizeof text - 1, .mentions = mentions, .mention_count = 2, .unit_count = 2};
  struct classify_scored scored = {
      .id = "x", .date = "2022-05-03", .sentences = &sentence, .sentence_count = 1, .units = units, .unit_count = 2};
  struct classify_style style = {.heads = &heads};
  struct stance_buffer out = {0};
  uint32_t next = 0;
  units[0].source_affiliation = "FRA";
  classify_render_jsonl(&style, &scored, &next, SIZE_MAX, &out);
  cr_assert_str_eq(
      out.data,
      "{\"article\":\"x\",\"date\":\"2022-05-03\",\"sentence\":3,\"text\":\"C\xc3\xb4te d'Ivoire \\\"hit\\\" "
      "\xe2\x80\x9cMali\xe2\x80\x9d\",\"source\":\"CIV\",\"target\":\"MLI\",\"source_affiliation\":\"FRA\","
      "\"mentions\":"
      "[{\"actor\":\"CIV\",\"start\":0,\"end\":13},{\"actor\":\"MLI\",\"start\":21,\"end\":25,\"implicit\":true}],"
      "\"head\":\"stance\",\"label\":\"hostile\",\"p\":{\"hostile\":0.8000,\"neutral\":0.1000,\"friendly\":0.1000},"
      "\"score\":-0.7000}\n"
      "{\"article\":\"x\",\"date\":\"2022-05-03\",\"sentence\":3,\"text\":\"C\xc3\xb4te d'Ivoire \\\"hit\\\" "
      "\xe2\x80\x9cMali\xe2\x80\x9d\",\"source\":\"MLI\",\"target\":\"CIV\",\"mentions\":"
      "[{\"actor\":\"CIV\",\"start\":0,\"end\":13},{\"actor\":\"MLI\",\"start\":21,\"end\":25,\"implicit\":true}],"
      "\"head\":\"stance\",\"label\":\"neutral\",\"p\":{\"hostile\":0.1000,\"neutral\":0.8000,\"friendly\":0.1000},"
      "\"score\":0.0000}\n");
  stance_buffer_free(&out);
}

Test(render, does_not_let_text_drive_the_terminal) {
  struct stance_buffer out = {0};
  classify_put_padded(&out,
                      "a\033[31m\xe2\x80\xae"
                      "b\xe4\xb8\xad",
                      13, 12);
  cr_assert_str_eq(out.data, "a\xef\xbf\xbd[31mb\xe4\xb8\xad   "); /* the wide character takes two columns */
  stance_buffer_free(&out);
}
