/* SPDX-License-Identifier: MIT
 * Journals: what is acknowledged is on the disk, what is torn is cut off and kept, and one process writes at a time. */
#include "annotate_project.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "annotate/journal.h"
#include "annotate/scan.h"

#define ONE "{\"unit\":\"a#0\",\"head\":\"sentiment\",\"label\":\"negative\"}\n"
#define TWO "{\"unit\":\"a#1\",\"head\":\"sentiment\",\"label\":\"positive \\\"{}\\\"\"}\n"

static char path[160];
static struct stance_arena arena;
static struct stance_error error;
static const char *notice;

static void start(void) {
  make_project("", 0);
  snprintf(path, sizeof path, "%s/labels/ana.jsonl", project_folder);
}
static void stop(void) {
  stance_arena_free(&arena);
  remove_project();
}

TestSuite(journal, .init = start, .fini = stop);

static void expect_file(const char *name, const char *expected) {
  char *text = read_text(name);
  cr_assert(text, "%s is not there", name);
  cr_assert_str_eq(text, expected);
  free(text);
}

Test(journal, appends_whole_lines) {
  struct annotate_journal journal;
  cr_assert_eq(annotate_journal_open(path, &arena, &journal, &notice, &error), STANCE_OK);
  cr_assert_null(notice);
  cr_assert_eq(annotate_journal_append(&journal, ONE, strlen(ONE), &error), STANCE_OK);
  cr_assert_eq(annotate_journal_append(&journal, TWO, strlen(TWO), &error), STANCE_OK);
  annotate_journal_close(&journal);
  expect_file("labels/ana.jsonl", ONE TWO);
}

/* A crash may leave any part of the last line. Whatever it left, what was whole stays and the journal opens. */
Test(journal, cuts_off_a_last_line_torn_anywhere) {
  char text[400];
  size_t whole = strlen(ONE), all = strlen(ONE TWO);
  for (size_t length = whole; length <= all; length++) {
    struct annotate_journal journal;
    snprintf(text, sizeof text, "%.*s", (int)length, ONE TWO);
    write_text("labels/ana.jsonl", text);
    cr_assert_eq(annotate_journal_open(path, &arena, &journal, &notice, &error), STANCE_OK, "%zu: %s", length,
                 error.message);
    annotate_journal_close(&journal);
    bool is_torn = length > whole && length < all - 1; /* without its newline alone a record is whole */
    expect_file("labels/ana.jsonl", length >= all - 1 ? ONE TWO : ONE);
    cr_assert_eq(notice != NULL, is_torn, "%zu", length);
    char *torn = read_text("labels/ana.jsonl.torn");
    cr_assert_eq(torn != NULL, is_torn);
    if (!torn) continue;
    snprintf(text, sizeof text, "%.*s\n", (int)(length - whole), TWO);
    cr_assert_str_eq(torn, text);
    free(torn);
    char torn_path[200];
    snprintf(torn_path, sizeof torn_path, "%s.torn", path);
    unlink(torn_path);
  }
}

Test(journal, cuts_off_blocks_of_nul_bytes) {
  struct annotate_journal journal;
  write_text("labels/ana.jsonl", ONE);
  cr_assert_eq(truncate(path, (off_t)strlen(ONE) + 200000), 0); /* what a power loss leaves of an extended file */
  cr_assert_eq(annotate_journal_open(path, &arena, &journal, &notice, &error), STANCE_OK);
  cr_assert(strstr(notice, "(200000 bytes)"), "%s", notice);
  annotate_journal_close(&journal);
  expect_file("labels/ana.jsonl", ONE);
}

Test(journal, second_process_is_refused) {
  struct annotate_journal journal, second;
  cr_assert_eq(annotate_journal_open(path, &arena, &journal, &notice, &error), STANCE_OK);
  cr_assert_eq(annotate_journal_open(path, &arena, &second, &notice, &error), STANCE_INPUT);
  cr_assert(strstr(error.message, "is in use by another process"), "%s", error.message);
  cr_assert_str_eq(error.file, path);
  annotate_journal_close(&journal);
  cr_assert_eq(annotate_journal_open(path, &arena, &second, &notice, &error), STANCE_OK);
  annotate_journal_close(&second);
}

/* A full disk, played by a limit on the file's size: the line that did not fit leaves nothing, and fits later. */
Test(journal, full_disk_leaves_no_half_line) {
  struct annotate_journal journal;
  struct rlimit limit, small;
  signal(SIGXFSZ, SIG_IGN);
  cr_assert_eq(getrlimit(RLIMIT_FSIZE, &limit), 0);
  small = limit;
  small.rlim_cur = strlen(ONE) + 10;
  cr_assert_eq(annotate_journal_open(path, &arena, &journal, &notice, &error), STANCE_OK);
  cr_assert_eq(annotate_journal_append(&journal, ONE, strlen(ONE), &error), STANCE_OK);
  cr_assert_eq(setrlimit(RLIMIT_FSIZE, &small), 0);
  enum stance_status status = annotate_journal_append(&journal, TWO, strlen(TWO), &error);
  cr_assert_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
  cr_assert_eq(status, STANCE_SYSTEM);
  cr_assert(strstr(error.message, "cannot write: File too large"), "%s", error.message);
  expect_file("labels/ana.jsonl", ONE);
  cr_assert_eq(annotate_journal_append(&journal, TWO, strlen(TWO), &error), STANCE_OK);
  expect_file("labels/ana.jsonl", ONE TWO);
  annotate_journal_close(&journal);
}

Test(journal, replaced_file_is_noticed) {
  struct annotate_journal journal;
  cr_assert_eq(annotate_journal_open(path, &arena, &journal, &notice, &error), STANCE_OK);
  unlink(path);
  cr_assert_eq(annotate_journal_append(&journal, ONE, strlen(ONE), &error), STANCE_SYSTEM);
  cr_assert(strstr(error.message, "was removed or replaced while in use"), "%s", error.message);
  annotate_journal_close(&journal);
}

/* ---- scanning ---------------------------------------------------------------------------------------------- */

Test(scan, finds_values_of_any_kind) {
  static const char *const keys[] = {"a", "b", "c", "missing"};
  static const char line[] = " { \"x\":[1,{\"a\":2},\"]}\"], \"a\" : \"q\\\"}\" ,\"b\":-1.5,\"c\":{\"a\":[]} } ";
  struct annotate_span spans[4];
  cr_assert(annotate_scan(line, strlen(line), keys, 4, spans));
  cr_assert_eq(strncmp(spans[0].start, "\"q\\\"}\"", spans[0].length), 0);
  cr_assert_eq(strncmp(spans[1].start, "-1.5", 4), 0);
  cr_assert_eq(strncmp(spans[2].start, "{\"a\":[]}", spans[2].length), 0);
  cr_assert_null(spans[3].start);
}

Test(scan, refuses_what_is_no_object) {
  static const char *const keys[] = {"a"}, *const bad[] = {"",         "[]",         "{",           "{\"a\"",
                                                           "{\"a\":",  "{\"a\":1",   "{\"a\":\"1}", "{\"a\":1,}",
                                                           "{\"a\":}", "{\"a\":1}x", "{a:1}"};
  struct annotate_span span;
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
    cr_assert_not(annotate_scan(bad[i], strlen(bad[i]), keys, 1, &span), "%s", bad[i]);
  cr_assert(annotate_scan("{}", 2, keys, 1, &span));
}
