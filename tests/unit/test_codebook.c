/* SPDX-License-Identifier: MIT */
#include <criterion/criterion.h>

#include "stance/labels/codebook.h"

#define LABELS \
  "\"labels\":[{\"name\":\"against\",\"key\":\"a\",\"value\":-1},{\"name\":\"for\",\"key\":\"f\",\"value\":1}]"

static struct stance_error fail_parse(const char *text) {
  struct stance_arena arena = {0};
  struct stance_codebook codebook;
  struct stance_error error = {0};
  cr_assert_eq(stance_codebook_parse(text, strlen(text), "c.json", &arena, &codebook, &error), STANCE_INPUT);
  cr_assert_str_eq(error.file, "c.json");
  stance_arena_free(&arena);
  return error;
}

Test(codebook, reads_heads_labels_and_keys) {
  const char text[] =
      "{\"name\":\"c\",\"heads\":[{\"name\":\"stance\",\"unit\":\"target\"," LABELS "}],\"keys\":{\"skip\":\"space\"}}";
  struct stance_arena arena = {0};
  struct stance_codebook codebook;
  cr_assert_eq(stance_codebook_parse(text, sizeof text - 1, "c.json", &arena, &codebook, NULL), STANCE_OK);
  const struct stance_head *head = stance_codebook_head(&codebook, "stance");
  cr_assert_eq(head->unit, STANCE_UNIT_TARGET);
  cr_assert_eq(stance_head_label(head, "for"), 1);
  cr_assert_eq(stance_head_label(head, "other"), -1);
  cr_assert_eq(head->labels[0].key, 'a');
  cr_assert_float_eq(head->labels[0].value, -1, 1e-12);
  cr_assert_str_eq(codebook.key_commands[0], "skip");
  cr_assert_str_eq(codebook.key_names[0], "space");
  cJSON *outline = stance_codebook_outline(&codebook);
  char *again = cJSON_PrintUnformatted(outline);
  cr_assert_str_eq(again, "{\"name\":\"c\",\"heads\":[{\"name\":\"stance\",\"unit\":\"target\"," LABELS "}]}");
  cJSON_free(again);
  cJSON_Delete(outline);
  stance_arena_free(&arena);
}

Test(codebook, names_the_head_and_label_that_are_wrong) {
  cr_assert_str_eq(fail_parse("{\"name\":\"c\",\"heads\":[{\"name\":\"s\",\"unit\":\"word\"," LABELS "}]}").message,
                   "head 's': unknown unit 'word'; expected dyad, target or sentence");
  cr_assert_str_eq(fail_parse("{\"name\":\"c\",\"heads\":[{\"name\":\"s\",\"unit\":\"dyad\",\"labels\":"
                              "[{\"name\":\"a\",\"key\":\"x\"},{\"name\":\"b\",\"key\":\"x\"}]}]}")
                       .message,
                   "head 's': key 'x' serves two labels");
  cr_assert_str_eq(fail_parse("{\"name\":\"c\",\"heads\":[{\"name\":\"s\",\"unit\":\"dyad\",\"labels\":"
                              "[{\"name\":\"a\"}]}]}")
                       .message,
                   "head 's': has 1 labels; expected 2 to 16");
  cr_assert_str_eq(fail_parse("{\"name\":\"c\",\"heads\":[]}").message, "has no heads");
  cr_assert_str_eq(fail_parse("[]").message, "is not a JSON object; expected a codebook");
}
