/* SPDX-License-Identifier: MIT
 * Reading JSON (cJSON) strictly: typed fields, and errors with a place. Thread-safe. */
#ifndef STANCE_JSON_H
#define STANCE_JSON_H

#include <cjson/cJSON.h>

#include "arena.h"
#include "stance/stance.h"

/* When memory is out, cJSON omits values without an error, or reports a bad value. stance_json_watch sets cJSON's hooks
 * to note it (memory.h); a program calls it once, at its start. */
void stance_json_watch(void);
/* Parses one JSON value in UTF-8, after which only white space may follow. Nesting is bounded. first_line: the number
 * of the text's first line, for errors. Delete *out with cJSON_Delete. */
enum stance_status stance_json_parse(const char *text, size_t length, const char *file, size_t first_line, cJSON **out,
                                     struct stance_error *error);
/* The same of text whose strings may not be UTF-8: the caller repairs those that it takes. */
enum stance_status stance_json_parse_unchecked(const char *text, size_t length, const char *file, size_t first_line,
                                               cJSON **out, struct stance_error *error);
/* Called with the value of a line and its number, from 1; the value is deleted after the call. */
typedef enum stance_status stance_json_line(void *context, const cJSON *value, size_t line, struct stance_error *error);
/* JSON Lines: calls `each` for every line that is not blank; returns the first status that is not STANCE_OK.
 * STANCE_INPUT names file and line. */
enum stance_status stance_json_lines(const char *text, size_t length, const char *file, stance_json_line *each,
                                     void *context, struct stance_error *error);
/* The same of lines that are not the file's first: their numbers begin at first_line. */
enum stance_status stance_json_lines_from(const char *text, size_t length, const char *file, size_t first_line,
                                          stance_json_line *each, void *context, struct stance_error *error);
/* The line, from 1, on which object k (from 0) of the top-level array `key` starts, which cJSON does not keep; 0: not
 * found. */
size_t stance_json_element_line(const char *text, size_t length, const char *key, size_t k);

/* Writes the value, indented, as the file at `path` (stance_file_write). */
enum stance_status stance_json_write(const char *path, const cJSON *value, struct stance_error *error);

/* Typed fields of an object. A missing field gives the fallback; one of another type is STANCE_INPUT, and the message
 * names the key. */
/* A string, borrowed from the object. */
enum stance_status stance_json_get_string(const cJSON *object, const char *key, const char *fallback, const char **out,
                                          struct stance_error *error);
/* A string that must be there, else STANCE_INPUT. */
enum stance_status stance_json_need_string(const cJSON *object, const char *key, const char **out,
                                           struct stance_error *error);
/* A finite number. */
enum stance_status stance_json_get_number(const cJSON *object, const char *key, double fallback, double *out,
                                          struct stance_error *error);
/* true or false. */
enum stance_status stance_json_get_bool(const cJSON *object, const char *key, bool fallback, bool *out,
                                        struct stance_error *error);
/* An array; NULL if it is missing. */
enum stance_status stance_json_get_array(const cJSON *object, const char *key, const cJSON **out,
                                         struct stance_error *error);

#endif
