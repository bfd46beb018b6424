/* SPDX-License-Identifier: MIT
 * Reading files in pieces of whole lines. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "stance/base/error.h"
#include "stance/base/pieces.h"

struct seen {
  char *text;
  size_t length, pieces, lines;
};

static enum stance_status see(void *context, const struct stance_piece *piece, struct stance_error *error) {
  struct seen *seen = context;
  (void)error;
  cr_assert_eq(piece->text[piece->length], '\0');
  cr_assert_eq(piece->first_line, seen->lines + 1, "piece %zu begins at line %zu, not %zu", seen->pieces,
               piece->first_line, seen->lines + 1);
  seen->text = realloc(seen->text, seen->length + piece->length + 1);
  memcpy(seen->text + seen->length, piece->text, piece->length);
  seen->length += piece->length;
  for (size_t i = 0; i < piece->length; i++) seen->lines += piece->text[i] == '\n';
  seen->pieces++;
  return STANCE_OK;
}

static char *write_file(const char *text, size_t length) {
  static char path[] = "/tmp/test_pieces_XXXXXX";
  int file = mkstemp(path);
  cr_assert(file >= 0 && write(file, text, length) == (ssize_t)length);
  close(file);
  return path;
}

/* 3 MB of lines of 1 to 700 bytes, then one line of 2.5 MB: longer than a piece, and without an end. */
static char *make_text(size_t *length) {
  size_t lines = 3000000, long_line = 2500000;
  char *text = malloc(lines + long_line + 1);
  for (size_t i = 0, next = 0, step = 1; i < lines; i++) {
    text[i] = i == next ? '\n' : (char)('a' + i % 26);
    if (i == next) next += step = step * 31 % 701;
  }
  text[lines - 1] = '\n';
  memset(text + lines, 'x', long_line);
  *length = lines + long_line;
  return text;
}

Test(pieces, give_all_bytes_in_order_with_their_line_numbers) {
  size_t length;
  struct seen seen = {0};
  struct stance_error error = {0};
  char *text = make_text(&length), *path = write_file(text, length);
  cr_assert_eq(stance_pieces_read(path, false, see, &seen, &error), STANCE_OK, "%s", error.message);
  unlink(path);
  cr_assert_eq(seen.length, length);
  cr_assert_eq(memcmp(seen.text, text, length), 0);
  cr_assert_gt(seen.pieces, 2);
  free(seen.text);
  free(text);
}

Test(pieces, leave_out_a_last_line_that_is_being_written) {
  struct seen seen = {0};
  struct stance_error error = {0};
  char *path = write_file("one\n\ntwo\nthr", 12);
  cr_assert_eq(stance_pieces_read(path, true, see, &seen, &error), STANCE_OK);
  unlink(path);
  cr_assert_eq(seen.length, 9);
  cr_assert_eq(memcmp(seen.text, "one\n\ntwo\n", 9), 0);
  free(seen.text);
}

Test(pieces, of_an_empty_file_are_none) {
  struct seen seen = {0};
  struct stance_error error = {0};
  char *path = write_file("", 0);
  cr_assert_eq(stance_pieces_read(path, false, see, &seen, &error), STANCE_OK);
  unlink(path);
  cr_assert_eq(seen.pieces, 0);
}

Test(pieces, name_a_file_that_is_not_there) {
  struct seen seen = {0};
  struct stance_error error = {0};
  cr_assert_eq(stance_pieces_read("/nowhere/labels.jsonl", false, see, &seen, &error), STANCE_INPUT);
  cr_assert_str_eq(error.file, "/nowhere/labels.jsonl");
}
