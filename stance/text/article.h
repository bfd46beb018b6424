/* SPDX-License-Identifier: MIT
 * Articles from files: plain text (first line the title, each further line a paragraph) and JSON objects. */
#ifndef STANCE_ARTICLE_H
#define STANCE_ARTICLE_H

#include <cjson/cJSON.h>

#include "stance/base/arena.h"
#include "stance/stance.h"

/* From a .txt file's bytes. The id is the file name without folder and ending; the date the ISO date that the name starts with, if any.
 * *repaired counts bytes that were not UTF-8. A text with no letter in it, or that is binary (NUL bytes), is STANCE_INPUT. */
enum stance_status stance_article_from_text(const char *path, const char *bytes, size_t length,
                                            struct stance_arena *arena, struct stance_article *article,
                                            size_t *repaired, struct stance_error *error);
/* From {"id","title","date","outlet","url","lang","text"}; strings are copied. `fallback_id` where it has no id. */
enum stance_status stance_article_from_json(const cJSON *object, const char *fallback_id, struct stance_arena *arena,
                                            struct stance_article *article, size_t *repaired,
                                            struct stance_error *error);
/* The same of the object's text, valid UTF-8, where it has nothing but strings, whole numbers and null, as most have. False: it has
 * more, or something is amiss, which a parser must say; or memory is out. id is NULL where it has none. `is_other` (may be NULL) says
 * of a key that is none of these seven which of them (its place in the list above) it may stand for, or -1: false where that one is missing. */
bool stance_article_from_plain_json(const char *json, size_t length, int (*is_other)(const char *key, size_t length),
                                    struct stance_arena *arena, struct stance_article *article);
/* Whether any letter is in valid text. */
bool stance_has_letter(const char *text, size_t length);
/* yyyymmdd of "2022-05-03..."; 0 where it is not a date. */
uint32_t stance_date_parse(const char *text);

#endif
