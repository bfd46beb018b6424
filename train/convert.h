/* SPDX-License-Identifier: MIT
 * Converting published data sets to label records. */
#ifndef STANCE_TRAIN_CONVERT_H
#define STANCE_TRAIN_CONVERT_H

#include <stdio.h>

#include "stance/stance.h"

/* "dse"        sentence with [entity1] and [entity2] TAB entity1 TAB entity2 TAB label: two units, E1 -> E2 and E2 ->
 * E1 "newsmtsc"   JSON Lines with targets and polarities: target units "tweeteval"  NAME.text, one text a line, with
 * the labels in NAME.labels beside it: sentence units; NAME up to its first dot
 *              (the subject of the stance) becomes the records' outlet
 * "label-text" LABEL TAB TEXT a line, "fasttext" __label__LABEL TEXT a line: sentence units of the head sentiment
 * Writes records to out. A bad line is STANCE_INPUT with file and line. */
#define TRAIN_DATA_SETS(X)          \
  X(DSE, dse, "dse")                \
  X(NEWSMTSC, newsmtsc, "newsmtsc") \
  X(TWEETEVAL, tweeteval, "tweeteval") X(TAB, tab, "label-text") X(FASTTEXT, fasttext, "fasttext")
#define TRAIN_DATA_SET_MEMBER(id, function, name) TRAIN_DATA_SET_##id,
enum train_data_set { TRAIN_DATA_SETS(TRAIN_DATA_SET_MEMBER) TRAIN_DATA_SET_COUNT };
/* Reads a data set and writes its records to out. STANCE_INPUT names file and line. */
enum stance_status train_convert(enum train_data_set set, const char *path, FILE *out, struct stance_error *error);

/* A function for each set, in convert_dse.c ... */
#define TRAIN_DATA_SET_FUNCTION(id, function, name) \
  enum stance_status convert_##function(const char *path, FILE *out, struct stance_error *error);
TRAIN_DATA_SETS(TRAIN_DATA_SET_FUNCTION)

/* Called with a line, NUL-terminated, without its line end; it may be changed. number: from 1. */
struct stance_arena;
struct stance_record;
typedef enum stance_status convert_line(void *context, char *line, size_t length, size_t number,
                                        struct stance_error *error);
/* Calls `each` with every line of a file. */
enum stance_status train_convert_lines(const char *path, convert_line *each, void *context, struct stance_error *error);
/* Calls `each` with every line of a text in memory. */
enum stance_status train_convert_lines_of(const char *data, size_t length, convert_line *each, void *context,
                                          struct stance_error *error);
/* Converts "label-text" or "fasttext" from a text in memory. path: for messages and the units' names. */
enum stance_status train_convert_labelled(enum train_data_set set, const char *path, const char *data, size_t length,
                                          FILE *out, struct stance_error *error);
/* Writes a record as a line. STANCE_SYSTEM: the file can not be written. */
enum stance_status train_convert_put(const struct stance_record *record, FILE *out, struct stance_error *error);
/* The file name without folder and last ending, "train" for "some/folder/train.tsv", in the arena. NULL: out of
 * memory. */
char *train_convert_stem(struct stance_arena *arena, const char *path);

#endif
