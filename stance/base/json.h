/* SPDX-License-Identifier: MIT
 * Reading JSON (cJSON) strictly: typed fields, and errors that say where. */
#ifndef STANCE_JSON_H
#define STANCE_JSON_H

#include <cjson/cJSON.h>

#include "arena.h"
#include "stance/stance.h"

/* cJSON leaves out what there was no memory for, and takes a value for a bad one. Once stance_json_watch was called (a program does, at its start; it
 * sets cJSON's hooks), stance_json_is_out tells whether that happened in this thread since it was last asked. */
void stance_json_watch(void);
/* Whether memory was out in this thread since the last call. */
bool stance_json_is_out(void);
/* Parses one JSON value; what is left over must be white space. Nesting is bounded. Error line and column are relative to
 * `text`, plus `first_line` - 1. The caller deletes *out with cJSON_Delete. */
enum stance_status stance_json_parse(const char *text, size_t length, const char *file, size_t first_line, cJSON **out,
                                     struct stance_error *error);
/* JSON Lines: calls `each` for every non-blank line with its number; stops at the first status that is not
 * STANCE_OK and returns it. The cJSON value is deleted after the call. */
typedef enum stance_status stance_json_line(void *context, const cJSON *value, size_t line, struct stance_error *error);
/* Calls `each` with each line's object; empty lines are passed over. STANCE_INPUT names file and line. */
enum stance_status stance_json_lines(const char *text, size_t length, const char *file, stance_json_line *each,
                                     void *context, struct stance_error *error);
/* The line (1-based) on which the n-th element of the array under `key` starts is not kept by cJSON: this finds where in
 * text the k-th (0-based) object of the top-level array "key" begins. 0 where it cannot be found. */
size_t stance_json_element_line(const char *text, size_t length, const char *key, size_t k);

/* Typed fields of an object. A missing optional field gives the fallback; one of the wrong type is an error that names the key. */
enum stance_status stance_json_get_string(const cJSON *object, const char *key, const char *fallback, const char **out,
                                          struct stance_error *error);
/* A string that must be there: STANCE_INPUT where it is not. */
enum stance_status stance_json_need_string(const cJSON *object, const char *key, const char **out,
                                           struct stance_error *error);
/* Likewise a number, finite. */
enum stance_status stance_json_get_number(const cJSON *object, const char *key, double fallback, double *out,
                                          struct stance_error *error);
/* Likewise true or false. */
enum stance_status stance_json_get_bool(const cJSON *object, const char *key, bool fallback, bool *out,
                                        struct stance_error *error);
/* An array, or NULL where it is missing. */
enum stance_status stance_json_get_array(const cJSON *object, const char *key, const cJSON **out,
                                         struct stance_error *error);

#endif
