/* SPDX-License-Identifier: MIT
 * What the annotation screen is made of: the canvas that text is put on, and the names and conflicts of keys. */
#include <criterion/criterion.h>
#include <locale.h>
#include <string.h>

#include "annotate/canvas.h"
#include "annotate/keys.h"
#include "annotate/rich.h"
#include "stance/base/buffer.h"

/* Wide characters take two columns, combining ones none; a line never ends between a character and its marks. */
Test(canvas, wide_and_combining_characters_line_up) {
  struct canvas canvas = {0};
  struct rich rich = {0};
  struct stance_buffer text = {0};
  setlocale(LC_CTYPE, "C.UTF-8");
  cr_assert(canvas_resize(&canvas, 4, 10));
  rich_puts(&rich, ANNOTATE_PLAIN, "\xe5\x8c\x97\xe4\xba\xac\xe5\xb8\x82 e\xcc\x81te\xcc\x81 \xe4\xb8\xad\xe5\x9b\xbd");
  cr_assert_eq(rich_lines(&rich, 10), 2);
  cr_assert_eq(rich_draw(&rich, &canvas, 0, 0, 4, 10, 0), 2);
  canvas_row(&canvas, 0, &text);
  cr_assert_str_eq(text.data, "\xe5\x8c\x97\xe4\xba\xac\xe5\xb8\x82 e\xcc\x81te\xcc\x81");
  stance_buffer_clear(&text);
  canvas_row(&canvas, 1, &text);
  cr_assert_str_eq(text.data, "\xe4\xb8\xad\xe5\x9b\xbd");
  cr_assert_eq(canvas_width("\xe5\x8c\x97\xe4\xba\xac", 6), 4);
  cr_assert_eq(canvas_width("e\xcc\x81", 3), 1);
  stance_buffer_free(&text);
  rich_free(&rich);
  canvas_free(&canvas);
}

Test(canvas, control_characters_never_reach_the_terminal) {
  struct canvas canvas = {0};
  struct stance_buffer text = {0};
  setlocale(LC_CTYPE, "C.UTF-8");
  cr_assert(canvas_resize(&canvas, 1, 20));
  static const char hostile[] =
      "a\033[2Jb\tc\xe2\x80\xae"
      "d";
  canvas_put(&canvas, 0, 0, 20, ANNOTATE_PLAIN, hostile, strlen(hostile));
  canvas_row(&canvas, 0, &text);
  cr_assert_str_eq(text.data,
                   "a\xef\xbf\xbd[2Jb c\xef\xbf\xbd"
                   "d");
  stance_buffer_free(&text);
  canvas_free(&canvas);
}

Test(canvas, long_words_are_broken_and_spaces_hang_over) {
  struct rich rich = {0};
  size_t next;
  setlocale(LC_CTYPE, "C.UTF-8");
  rich_puts(&rich, ANNOTATE_PLAIN, "abcdefghijkl mn op");
  cr_assert_eq(rich_line(&rich, 0, 5, &next), 5);
  cr_assert_eq(next, 5);
  cr_assert_eq(rich_line(&rich, 10, 5, &next), 15); /* "kl mn" fills the row */
  cr_assert_eq(next, 16);
  rich_free(&rich);
}

Test(keys, names_go_both_ways) {
  static const char *const names[] = {"space", "ctrl-l", "F1", "F12", "tab", "x", "!", "left", "escape"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    char name[16];
    uint32_t code = annotate_key_parse(names[i]);
    cr_assert(code);
    annotate_key_name(code, name);
    cr_assert_str_eq(name, names[i]);
  }
  cr_assert_eq(annotate_key_parse("F13"), 0);
  cr_assert_eq(annotate_key_parse("hyper"), 0);
}

Test(keys, labels_win_and_conflicts_are_named) {
  struct stance_label labels[2] = {{.name = "for", .key = 'x'}, {.name = "against", .key = 'q'}};
  struct stance_head head = {.name = "stance", .labels = labels, .label_count = 2};
  const char *commands[] = {"quit"}, *names[] = {"ctrl-q"};
  struct stance_codebook codebook = {.heads = &head, .head_count = 1};
  struct annotate_keymap keymap;
  struct stance_error why;
  cr_assert_eq(annotate_keymap_make(&codebook, &keymap, &why), STANCE_INPUT);
  cr_assert_str_eq(why.message, "key 'q' of label 'against' is also the command 'quit'; give one of them another key");
  codebook.key_commands = commands;
  codebook.key_names = names;
  codebook.key_count = 1;
  cr_assert_eq(annotate_keymap_make(&codebook, &keymap, &why), STANCE_OK, "%s", why.message);
  cr_assert_eq(annotate_keymap_find(&keymap, 'x'), -1, "the label has it; flag keeps '!'");
  cr_assert_eq(annotate_keymap_find(&keymap, '!'), ANNOTATE_FLAG_COMMAND);
  cr_assert_eq(annotate_keymap_find(&keymap, 17), ANNOTATE_QUIT_COMMAND);
}
