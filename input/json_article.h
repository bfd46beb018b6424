/* SPDX-License-Identifier: MIT
 * Inside of the input room: an article of any JSON object, by the names that agencies and services use, and where in a file the list of
 * articles begins. */
#ifndef STANCE_INPUT_JSON_ARTICLE_H
#define STANCE_INPUT_JSON_ARTICLE_H

#include <cjson/cJSON.h>

#include "form.h"

/* From the object, which is item->data parsed. A text may be a string, a list of paragraphs, an object with a value (ninjs bodies,
 * WordPress content.rendered); ids and dates may be numbers, kept to the digit. Strings are copied. */
enum stance_status input_json_article(const cJSON *object, const struct input_item *item, struct stance_arena *arena,
                                      struct input_article *out, struct stance_error *error);
/* The number that stands under `key` in the object `json`, as it is written; NULL: none there, or out of memory. */
const char *input_json_number(const char *json, size_t length, const char *key, struct stance_arena *arena);

enum input_json_search { INPUT_JSON_FOUND, INPUT_JSON_ABSENT, INPUT_JSON_MORE /* the data ends before it is known */ };
/* Where behind the '[' of the list under `path` ("response.results") of the object that data begins with the first value stands. With
 * `gives_way` an object that has a text of its own before the list has none. */
enum input_json_search input_json_find_list(const char *data, size_t length, const char *path, bool gives_way,
                                            size_t *found);

#endif
