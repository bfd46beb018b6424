/* SPDX-License-Identifier: MIT
 * Ids are unique in a run, and no text is lost to another one's id. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "input/ids.h"

static struct stance_arena arena;
static struct input_ids *ids;
static struct stance_error error;

static void open_ids(void) { ids = input_ids_new(); }
static void close_ids(void) {
  input_ids_destroy(ids);
  stance_arena_free(&arena);
}
TestSuite(ids, .init = open_ids, .fini = close_ids, .timeout = 60);

/* The id that an article gets; "-": it is left out. */
static const char *take(const char *id, const char *title, const char *text) {
  struct input_article read = {.article = {.id = id, .title = title, .text = text, .text_length = strlen(text)}};
  cr_assert_eq(input_ids_take(ids, &read, &arena, &error), STANCE_OK);
  cr_assert_eq(read.notes.counts[INPUT_NOTE_REPEATED], read.is_left_out);
  cr_assert_eq(read.notes.counts[INPUT_NOTE_RENAMED], strcmp(read.article.id, id) != 0);
  cr_assert(read.own_id == NULL || strcmp(read.own_id, id) == 0);
  return read.is_left_out ? "-" : read.article.id;
}

Test(ids, one_text_under_one_id_is_one_article) {
  cr_assert_str_eq(take("a", "T", "Mali left."), "a");
  cr_assert_str_eq(take("a", "T", "Mali left."), "-");
  cr_assert_str_eq(take("b", "T", "Mali left."), "b"); /* who has two ids for a text means two articles */
}

Test(ids, other_texts_are_told_apart_in_the_order_of_the_input) {
  cr_assert_str_eq(take("a", NULL, "Mali left."), "a");
  cr_assert_str_eq(take("a", NULL, "Chad left."), "a~2");
  cr_assert_str_eq(take("a", NULL, "Togo left."), "a~3");
  cr_assert_str_eq(take("a", NULL, "Chad left."), "-");
  cr_assert_str_eq(take("a", NULL, "Mali left."), "-");
  cr_assert_str_eq(take("a", "With a title", "Mali left."), "a~4");
}

Test(ids, a_name_that_was_made_is_not_given_twice) {
  cr_assert_str_eq(take("a~2", NULL, "Peru left."), "a~2"); /* by the input itself */
  cr_assert_str_eq(take("a", NULL, "Mali left."), "a");
  cr_assert_str_eq(take("a", NULL, "Chad left."), "a~3");
  cr_assert_str_eq(take("a~3", NULL, "Togo left."), "a~3~2");
}

Test(ids, stay_unique_over_many) {
  char id[32], text[32], seen[3000][24];
  size_t count = 0;
  for (int i = 0; i < 3000; i++) {
    snprintf(id, sizeof id, "%d", i % 700);
    snprintf(text, sizeof text, "Text %d.", i);
    snprintf(seen[count++], sizeof *seen, "%s", take(id, NULL, text));
  }
  qsort(seen, count, sizeof *seen, (int (*)(const void *, const void *))strcmp);
  for (size_t i = 1; i < count; i++) cr_assert_str_neq(seen[i - 1], seen[i]);
}
