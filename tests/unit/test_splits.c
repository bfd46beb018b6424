/* SPDX-License-Identifier: MIT
 * Leave one outlet out, and forward in time, against scikit-learn 1.2.1: LeaveOneGroupOut and TimeSeriesSplit. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "train/splits.h"

enum { MOST = 300 };
static struct stance_record records[MOST];
static const struct stance_record *pointers[MOST];
static uint32_t labels[MOST];
static char texts[MOST][96];
static struct stance_head head = {.name = "stance"};

/* Sentences that have no three words in common. */
static struct dataset make(size_t count, const char *const *outlets, const char *const *dates) {
  for (size_t i = 0; i < count; i++) {
    snprintf(texts[i], sizeof texts[i], "a%zu b%zu c%zu d%zu", i, i, i, i);
    records[i] = (struct stance_record){.unit = "u", .article = "", .text = texts[i], .head = "stance"};
    if (outlets) records[i].outlet = outlets[i];
    if (dates) records[i].date = dates[i];
    pointers[i] = &records[i];
  }
  return (struct dataset){.head = &head, .records = pointers, .labels = labels, .count = count};
}

/* "012|34": trained on, then tested. */
static void split(const struct splits *splits, size_t count, uint32_t block, char *out) {
  bool trains[MOST];
  size_t near;
  cr_assert_eq(train_splits_train(splits, count, block, trains, &near, NULL), STANCE_OK);
  for (size_t i = 0; i < count; i++)
    if (trains[i]) *out++ = (char)('0' + i);
  *out++ = '|';
  for (size_t i = 0; i < count; i++)
    if (splits->block[i] == block) *out++ = (char)('0' + i);
  *out = '\0';
}

Test(splits, by_outlet_are_those_of_leave_one_group_out) {
  const char *const outlets[] = {"b", "a", "c", "a", "b", "c", "c"};
  static const char *const expected[] = {"02456|13", "12356|04", "0134|256"};
  struct stance_arena arena = {0};
  struct dataset data = make(7, outlets, NULL);
  struct splits splits;
  char text[20];
  cr_assert_eq(train_splits_make(&data, SPLITS_BY_OUTLET, 5, &arena, &splits, NULL), STANCE_OK);
  cr_assert_eq(splits.from, 0);
  cr_assert_eq(splits.block_count, 3);
  for (uint32_t b = 0; b < 3; b++) {
    split(&splits, 7, b, text);
    cr_assert_str_eq(text, expected[b]);
  }
  cr_assert_str_eq(splits.names[2], "c");
  stance_arena_free(&arena);
}

static void expect_time(size_t count, uint32_t k, const char *const *dates, const char *const *expected,
                        size_t blocks) {
  struct stance_arena arena = {0};
  struct dataset data = make(count, NULL, dates);
  struct splits splits;
  char text[20];
  cr_assert_eq(train_splits_make(&data, SPLITS_BY_DATE, k, &arena, &splits, NULL), STANCE_OK);
  cr_assert_eq(splits.from, 1);
  cr_assert_eq(splits.block_count, blocks + 1);
  for (uint32_t b = 0; b < blocks; b++) {
    split(&splits, count, b + 1, text);
    cr_assert_str_eq(text, expected[b]);
  }
  stance_arena_free(&arena);
}

Test(splits, by_date_are_those_of_time_series_split) {
  const char *const days[] = {"2021-01-01", "2021-01-02", "2021-01-03", "2021-01-04", "2021-01-05",
                              "2021-01-06", "2021-01-07", "2021-01-08", "2021-01-09", "2021-01-10T08:00:00Z"};
  const char *const backwards[] = {"2021-01-07", "2021-01-06", "2021-01-05", "2021-01-04",
                                   "2021-01-03", "2021-01-02", "2021-01-01"};
  expect_time(10, 3, days, (const char *const[]){"0123|45", "012345|67", "01234567|89"}, 3);
  expect_time(7, 2, days, (const char *const[]){"012|34", "01234|56"}, 2);
  expect_time(5, 4, days, (const char *const[]){"0|1", "01|2", "012|3", "0123|4"}, 4);
  expect_time(7, 2, backwards, (const char *const[]){"456|23", "23456|01"}, 2); /* the order of the file is none */
}

Test(splits, never_cut_a_day) {
  const char *const days[] = {"2021-01-01", "2021-01-02", "2021-01-02T09:00:00Z", "2021-01-02T23:00:00Z", "2021-01-03",
                              "2021-01-03", "2021-01-04"};
  expect_time(7, 2, days, (const char *const[]){"0123|45", "012345|6"}, 2); /* asked for at 3 and 5 */
}

Test(splits, leave_out_what_nearly_equals_a_tested_sentence) {
  const char *const outlets[] = {"a", "b", "b", NULL};
  struct stance_arena arena = {0};
  struct dataset data = make(4, outlets, NULL);
  struct splits splits;
  bool trains[4];
  size_t near;
  records[0].text = "The agency sent this very sentence to all its clients on Monday morning.";
  records[1].text = "The agency sent this very sentence to all its clients on Monday morning";
  cr_assert_eq(train_splits_make(&data, SPLITS_BY_OUTLET, 5, &arena, &splits, NULL), STANCE_OK);
  cr_assert_eq(splits.missing, 1);
  cr_assert_eq(train_splits_train(&splits, 4, 0, trains, &near, NULL), STANCE_OK);
  cr_assert(!trains[0] && !trains[1] && trains[2]);
  cr_assert(!trains[3], "it may be of the outlet that is tested");
  cr_assert_eq(near, 1);
  stance_arena_free(&arena);
}

Test(splits, put_small_outlets_together_beyond_a_hundred) {
  static const char *outlets[MOST];
  static char names[MOST][8];
  struct stance_arena arena = {0};
  struct splits splits;
  for (size_t i = 0; i < MOST; i++) {
    snprintf(names[i], sizeof names[i], "o%zu", i < 150 ? i : 7);
    outlets[i] = names[i];
  }
  struct dataset data = make(MOST, outlets, NULL);
  cr_assert_eq(train_splits_make(&data, SPLITS_BY_OUTLET, 5, &arena, &splits, NULL), STANCE_OK);
  cr_assert_eq(splits.values, 150);
  cr_assert_eq(splits.block_count, 100);
  for (size_t i = 0; i < 150; i++) cr_assert_eq(splits.block[i] == splits.block[7], i == 7, "the largest is alone");
  cr_assert_str_eq(splits.names[splits.block[7]], "o7");
  cr_assert_str_eq(splits.names[splits.block[0]], "2 outlets");
  stance_arena_free(&arena);
}

Test(splits, say_what_they_lack) {
  const char *const same[] = {"Wire", "Wire", NULL};
  struct stance_arena arena = {0};
  struct stance_error error;
  struct dataset data = make(3, same, NULL);
  struct splits splits;
  cr_assert_eq(train_splits_make(&data, SPLITS_BY_OUTLET, 5, &arena, &splits, &error), STANCE_INPUT);
  cr_assert_str_eq(error.message, "head 'stance': all 2 units have the outlet 'Wire'; --cv-by outlet needs two");
  cr_assert_eq(train_splits_make(&data, SPLITS_BY_DATE, 5, &arena, &splits, &error), STANCE_INPUT);
  cr_assert_str_eq(error.message, "head 'stance': none of the 3 units has the field 'date'; --cv-by date needs it");
  stance_arena_free(&arena);
}
