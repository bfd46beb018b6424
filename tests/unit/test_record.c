/* SPDX-License-Identifier: MIT */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "stance/labels/record.h"
#include "temporary.h"

static char path[64];

static void write_file(const char *text) {
  snprintf(path, sizeof path, "%s/stance-record-XXXXXX", temporary_folder());
  int file = mkstemp(path);
  cr_assert(file >= 0 && write(file, text, strlen(text)) == (ssize_t)strlen(text));
  close(file);
}

static struct stance_error fail_read(const char *text) {
  struct stance_arena arena = {0};
  struct stance_record *records;
  struct stance_error error = {0};
  size_t count;
  write_file(text);
  cr_assert_eq(stance_records_read(path, &arena, &records, &count, &error), STANCE_INPUT);
  cr_assert_str_eq(error.file, path);
  unlink(path);
  stance_arena_free(&arena);
  return error;
}

static const char full[] =
    "{\"unit\":\"a#3:MLI>FRA\",\"article\":\"a\",\"sentence\":3,\"text\":\"M\xc3\xa4li hit France\",\"source\":\"MLI\","
    "\"target\":\"FRA\",\"mentions\":[{\"actor\":\"MLI\",\"start\":0,\"end\":4},{\"actor\":\"FRA\",\"start\":9,\"end\":"
    "15,"
    "\"implicit\":true}],\"head\":\"stance\",\"label\":\"hostile\",\"annotator\":\"ana\",\"at\":\"2026-11-23T10:00:"
    "00Z\","
    "\"seconds\":2.4,\"note\":\"n\",\"flags\":[\"x\"],\"suggestion\":{\"label\":\"neutral\",\"p\":0.5000,\"shown\":"
    "true},"
    "\"date\":\"2022-05-03\"}\n";

Test(record, writes_what_it_read) {
  struct stance_arena arena = {0};
  struct stance_record *records;
  struct stance_buffer out = {0};
  size_t count;
  write_file(full);
  cr_assert_eq(stance_records_read(path, &arena, &records, &count, NULL), STANCE_OK);
  cr_assert_eq(count, 1);
  stance_record_write(&records[0], &out);
  cr_assert_str_eq(out.data, full);
  unlink(path);
  stance_buffer_free(&out);
  stance_arena_free(&arena);
}

Test(record, makes_the_unit_id_where_none_is_given) {
  struct stance_arena arena = {0};
  cr_assert_str_eq(stance_unit_id(&arena, "a", 3, "MLI", "FRA"), "a#3:MLI>FRA");
  cr_assert_str_eq(stance_unit_id(&arena, "a", 3, NULL, "FRA"), "a#3:>FRA");
  cr_assert_str_eq(stance_unit_id(&arena, "a", 3, NULL, NULL), "a#3");
  stance_arena_free(&arena);
}

Test(record, errors_name_the_line) {
  struct stance_error error = fail_read("{\"head\":\"stance\"}\n{\"label\":\"hostile\"}\n");
  cr_assert_eq(error.line, 2);
  cr_assert_str_eq(error.message, "'head' is missing; expected a string");
  error = fail_read("{\"head\":\"s\",\"text\":\"abc\",\"mentions\":[{\"actor\":\"A\",\"start\":1,\"end\":4}]}");
  cr_assert_eq(error.line, 1);
  cr_assert_str_eq(error.message, "mention of 'A' at 1-4 does not fit a text of 3 code points");
  error = fail_read("{\"head\":\"s\"}\n\xff\xfe\n");
  cr_assert_eq(error.line, 2);
  cr_assert_str_eq(error.message, "is not UTF-8, as JSON must be (byte 0xFF)");
}

static struct stance_record decision(const char *label, const char *at, const char *retracts) {
  return (struct stance_record){.unit = "u",
                                .head = "s",
                                .annotator = "ana",
                                .label = label,
                                .at = at,
                                .retracts = retracts,
                                .article = "",
                                .text = "",
                                .note = ""};
}

Test(record, the_latest_that_is_not_retracted_holds) {
  struct stance_record records[] = {decision("a", "1", NULL), decision("b", "2", NULL), decision(NULL, "3", "2")};
  size_t count = 3;
  cr_assert_eq(stance_records_resolve(records, &count, NULL), STANCE_OK);
  cr_assert_eq(count, 1);
  cr_assert_str_eq(records[0].label, "a");
}

Test(record, retracting_everything_leaves_nothing_and_annotators_are_apart) {
  struct stance_record records[] = {decision("a", "1", NULL), decision(NULL, "2", "1"), decision("c", "3", NULL)};
  records[2].annotator = "ben";
  size_t count = 3;
  cr_assert_eq(stance_records_resolve(records, &count, NULL), STANCE_OK);
  cr_assert_eq(count, 1);
  cr_assert_str_eq(records[0].annotator, "ben");
}
