/* SPDX-License-Identifier: MIT */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "stance/base/file.h"
#include "stance/base/memory.h"
#include "temporary.h"

static char folder[64];

static void make_folder(void) {
  snprintf(folder, sizeof folder, "%s/stance-test-XXXXXX", temporary_folder());
  cr_assert_not_null(mkdtemp(folder));
  cr_assert_eq(chdir(folder), 0);
}
static void remove_folder(void) {
  char command[100];
  snprintf(command, sizeof command, "rm -rf '%s'", folder);
  cr_assert_eq(system(command), 0);
}
TestSuite(file, .init = make_folder, .fini = remove_folder);

static void write_text(const char *path, const char *text) {
  cr_assert_eq(stance_file_write(path, text, strlen(text), NULL), STANCE_OK);
}

Test(file, reads_back_what_was_committed) {
  struct stance_arena arena = {0};
  char *data;
  size_t length;
  write_text("a", "one\ntwo");
  cr_assert_eq(stance_file_read("a", 0, &arena, &data, &length, NULL), STANCE_OK);
  cr_assert_str_eq(data, "one\ntwo");
  cr_assert_eq(length, 7);
  stance_arena_free(&arena);
}

Test(file, keeps_the_old_file_until_the_new_one_is_complete) {
  struct stance_output output;
  write_text("a", "old");
  cr_assert_eq(stance_output_open(&output, "a", NULL), STANCE_OK);
  fputs("new, but never finished", output.stream);
  stance_output_discard(&output);
  struct stance_arena arena = {0};
  char *data;
  size_t length;
  cr_assert_eq(stance_file_read("a", 0, &arena, &data, &length, NULL), STANCE_OK);
  cr_assert_str_eq(data, "old");
  cr_assert_eq(system("test $(ls | wc -l) = 1"), 0, "the temporary file is still there");
  stance_arena_free(&arena);
}

Test(file, a_full_disk_is_a_system_failure) {
  struct stance_error error;
  cr_assert_eq(stance_file_write("/dev/full", "text", 4, &error), STANCE_SYSTEM);
  cr_assert_str_eq(error.message, "cannot write: No space left on device");
}

Test(file, a_buffer_that_failed_leaves_the_file_as_it_was) {
  struct stance_buffer buffer = {.failed = true};
  struct stance_error error;
  struct stat about;
  write_text("a", "old");
  cr_assert_eq(stance_file_write_buffer("a", &buffer, &error), STANCE_SYSTEM);
  cr_assert_str_eq(error.message, "out of memory");
  cr_assert_eq(stat("a", &about), 0);
  cr_assert_eq(about.st_size, 3);
  buffer.failed = false;
  cr_assert_eq(stance_file_write_buffer("a", &buffer, &error), STANCE_OK, "an empty buffer is an empty file");
  cr_assert_eq(stat("a", &about), 0);
  cr_assert_eq(about.st_size, 0);
}

Test(file, a_buffer_filled_while_memory_was_out_leaves_the_file_as_it_was) {
  struct stance_buffer buffer = {0};
  struct stance_error error;
  write_text("b", "old");
  stance_buffer_puts(&buffer, "whole, but of a record that lost a key");
  stance_memory_note_out();
  cr_assert_eq(stance_file_write_buffer("b", &buffer, &error), STANCE_SYSTEM);
  cr_assert_eq(stance_file_write_buffer("c", &buffer, &error), STANCE_OK); /* told once */
  stance_buffer_free(&buffer);
  struct stance_arena arena = {0};
  char *data;
  size_t length;
  cr_assert_eq(stance_file_read("b", 0, &arena, &data, &length, NULL), STANCE_OK);
  cr_assert_str_eq(data, "old");
  stance_arena_free(&arena);
}

Test(file, a_missing_file_and_a_folder_are_bad_input_and_named) {
  struct stance_arena arena = {0};
  struct stance_error error;
  char *data;
  size_t length;
  cr_assert_eq(stance_file_read("none", 0, &arena, &data, &length, &error), STANCE_INPUT);
  cr_assert_str_eq(error.file, "none");
  cr_assert_str_eq(error.message, "cannot open: No such file or directory");
  cr_assert_eq(stance_file_read(".", 0, &arena, &data, &length, &error), STANCE_INPUT);
  cr_assert_str_eq(error.message, "cannot read: Is a directory");
}

Test(file, is_there_or_not_or_cannot_be_told) {
  struct stance_error error;
  char name[5000];
  bool exists = true;
  cr_assert_eq(stance_file_exists("missing", &exists, &error), STANCE_OK);
  cr_assert_not(exists);
  write_text("a", "");
  cr_assert_eq(stance_file_exists("a", &exists, &error), STANCE_OK);
  cr_assert(exists);
  cr_assert_eq(symlink("loop", "loop"), 0);
  cr_assert_eq(stance_file_exists("loop", &exists, &error), STANCE_INPUT);
  cr_assert_str_eq(error.file, "loop");
  memset(name, 'x', sizeof name - 1);
  name[sizeof name - 1] = '\0';
  cr_assert_eq(stance_file_exists(name, &exists, &error), STANCE_INPUT);
}

Test(file, refuses_more_than_the_limit) {
  struct stance_arena arena = {0};
  struct stance_error error;
  char *data;
  size_t length;
  write_text("a", "12345");
  cr_assert_eq(stance_file_read("a", 4, &arena, &data, &length, &error), STANCE_INPUT);
  cr_assert_str_eq(error.message, "is larger than 4 bytes");
  cr_assert_eq(stance_file_read("a", 5, &arena, &data, &length, &error), STANCE_OK);
  stance_arena_free(&arena);
}
