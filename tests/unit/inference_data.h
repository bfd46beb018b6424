/* SPDX-License-Identifier: MIT
 * tests/data/inference/population.csv in memory, and the numbers that other programs compute from it. */
#ifndef STANCE_TESTS_INFERENCE_DATA_H
#define STANCE_TESTS_INFERENCE_DATA_H

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "stance/base/arena.h"
#include "stance/base/file.h"
#include "stance/base/json.h"

enum { INFERENCE_UNITS = 5000, INFERENCE_COLUMNS = 19 };

struct inference_data {
  struct stance_arena arena;
  char *header[INFERENCE_COLUMNS], *cells[INFERENCE_UNITS][INFERENCE_COLUMNS];
};

static inline struct inference_data *inference_read(void) {
  struct inference_data *data = calloc(1, sizeof *data);
  struct stance_error error;
  char *text, *line_state = NULL;
  size_t length, row = 0;
  cr_assert_eq(stance_file_read("tests/data/inference/population.csv", 0, &data->arena, &text, &length, &error),
               STANCE_OK, "%s", error.message);
  for (char *line = strtok_r(text, "\r\n", &line_state); line; line = strtok_r(NULL, "\r\n", &line_state), row++) {
    char *cell_state = NULL, *cell = strtok_r(line, ",", &cell_state);
    for (size_t c = 0; c < INFERENCE_COLUMNS; c++, cell = strtok_r(NULL, ",", &cell_state)) {
      cr_assert(cell != NULL);
      *(row ? &data->cells[row - 1][c] : &data->header[c]) = cell;
    }
  }
  cr_assert_eq(row, INFERENCE_UNITS + 1);
  return data;
}

static inline void inference_free(struct inference_data *data) {
  stance_arena_free(&data->arena);
  free(data);
}

static inline const char *inference_cell(const struct inference_data *data, size_t unit, const char *column) {
  for (size_t c = 0; c < INFERENCE_COLUMNS; c++)
    if (strcmp(data->header[c], column) == 0) return data->cells[unit][c];
  cr_assert(0, "no column %s", column);
  return NULL;
}

static inline double inference_number(const struct inference_data *data, size_t unit, const char *column) {
  return strtod(inference_cell(data, unit, column), NULL);
}

static inline cJSON *inference_expected(const char *path) {
  struct stance_arena arena = {0};
  struct stance_error error;
  char *text;
  size_t length;
  cJSON *json;
  cr_assert_eq(stance_file_read(path, 0, &arena, &text, &length, &error), STANCE_OK, "%s", error.message);
  cr_assert_eq(stance_json_parse(text, length, path, 1, &json, &error), STANCE_OK, "%s", error.message);
  stance_arena_free(&arena);
  return json;
}

static inline double inference_value(const cJSON *object, const char *key) {
  const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, key);
  cr_assert(cJSON_IsNumber(item), "no number %s", key);
  return item->valuedouble;
}

static inline const char *inference_text(const cJSON *object, const char *key) {
  const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, key);
  return cJSON_IsString(item) ? item->valuestring : "";
}

#endif
