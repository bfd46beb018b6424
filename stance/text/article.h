/* SPDX-License-Identifier: MIT
 * Articles from files: plain text (first line the title, each further line a paragraph) and JSON objects. */
#ifndef STANCE_ARTICLE_H
#define STANCE_ARTICLE_H

#include <cjson/cJSON.h>

#include "stance/base/arena.h"
#include "stance/stance.h"

/* Reads an article from the bytes of a .txt file. Its id is the file name without folder and ending; its date is the
 * ISO date that the name starts with, if any. *repaired: how many bytes were not UTF-8. STANCE_INPUT: no letter in the
 * text, or NUL bytes. */
enum stance_status stance_article_from_text(const char *path, const char *bytes, size_t length,
                                            struct stance_arena *arena, struct stance_article *article,
                                            size_t *repaired, struct stance_error *error);
/* Reads an article from {"id","title","date","outlet","url","lang","text"}; strings are copied into the arena. An
 * object without id gets `fallback_id`. STANCE_INPUT names the bad field. */
enum stance_status stance_article_from_json(const cJSON *object, const char *fallback_id, struct stance_arena *arena,
                                            struct stance_article *article, size_t *repaired,
                                            struct stance_error *error);
/* A fast reader for the text of such an object, valid UTF-8, that has only strings, whole numbers and null as values,
 * as most have. False: it has other values, it is malformed, or memory is out; use the full parser, which tells. id is
 * NULL if it has none. `is_other`, which may be NULL, maps a further key to the index (in the list above) of the field
 * that it may stand for, or -1; the result is false if that field is missing. */
bool stance_article_from_plain_json(const char *json, size_t length, int (*is_other)(const char *key, size_t length),
                                    struct stance_arena *arena, struct stance_article *article);
/* Whether the text, valid UTF-8, has a letter. */
bool stance_has_letter(const char *text, size_t length);
/* The yyyymmdd of "2022-05-03..."; 0: no date. */
uint32_t stance_date_parse(const char *text);

#endif
