/* SPDX-License-Identifier: MIT
 * Internal to input/: articles from JSON objects with any of the names that agencies and services use, and finding the
 * list of articles in a file. */
#ifndef STANCE_INPUT_JSON_ARTICLE_H
#define STANCE_INPUT_JSON_ARTICLE_H

#include <cjson/cJSON.h>

#include "form.h"

/* Makes an article from the object, which is item->data parsed; strings are copied. A text may be a string, a list of
 * paragraphs, or an object with a value (ninjs bodies, WordPress content.rendered); ids and dates may be numbers, whose
 * digits are kept. */
enum stance_status input_json_article(const cJSON *object, const struct input_item *item, struct stance_arena *arena,
                                      struct input_article *out, struct stance_error *error);
/* The number under `key` in the object `json`, as it is written; NULL: none, or out of memory. */
const char *input_json_number(const char *json, size_t length, const char *key, struct stance_arena *arena);

enum input_json_search { INPUT_JSON_FOUND, INPUT_JSON_ABSENT, INPUT_JSON_MORE /* more data is needed */ };
/* Finds the list under `path` ("response.results") in the object with which data starts. *found: offset of its first
 * value. gives_way: absent if the object has a text of its own before the list. */
enum input_json_search input_json_find_list(const char *data, size_t length, const char *path, bool gives_way,
                                            size_t *found);

#endif
