/* SPDX-License-Identifier: MIT */
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>

#include "stance/base/buffer.h"

static const char *fixed(double value, int decimals) {
  static struct stance_buffer buffer;
  stance_buffer_clear(&buffer);
  stance_buffer_fixed(&buffer, value, decimals);
  return buffer.data;
}

Test(buffer, fixed_rounds_half_away_and_has_no_negative_zero) {
  cr_assert_str_eq(fixed(0.125, 2), "0.13");
  cr_assert_str_eq(fixed(-0.004, 2), "0.00");
  cr_assert_str_eq(fixed(-1.5, 0), "-2");
  cr_assert_str_eq(fixed(1234567.0625, 4), "1234567.0625");
  cr_assert_str_eq(fixed(0.99996, 4), "1.0000");
}

Test(buffer, fixed_says_null_for_what_json_cannot_say) {
  cr_assert_str_eq(fixed(NAN, 2), "null");
  cr_assert_str_eq(fixed(INFINITY, 2), "null");
}

Test(buffer, json_string_escapes_quotes_controls_and_keeps_utf8) {
  struct stance_buffer buffer = {0};
  const char text[] = "a\"b\\c\n\t\x01 \xc3\xa9 \x7f";
  stance_buffer_json_string(&buffer, text, sizeof text - 1);
  cr_assert_str_eq(buffer.data, "\"a\\\"b\\\\c\\n\\t\\u0001 \xc3\xa9 \\u007f\"");
  stance_buffer_clear(&buffer);
  stance_buffer_json_string(&buffer, NULL, 0);
  cr_assert_str_eq(buffer.data, "null");
  stance_buffer_free(&buffer);
}

Test(buffer, json_string_escapes_wherever_it_stands) {
  struct stance_buffer buffer = {0};
  for (size_t length = 1; length <= 40; length++)
    for (size_t at = 0; at < length; at++) {
      char text[40], expected[48];
      memset(text, 'x', sizeof text);
      text[at] = '"';
      int size =
          snprintf(expected, sizeof expected, "\"%.*s\\\"%.*s\"", (int)at, text, (int)(length - at - 1), text + at + 1);
      stance_buffer_clear(&buffer);
      stance_buffer_json_string(&buffer, text, length);
      cr_assert_str_eq(buffer.data, expected, "%zu of %zu", at, length);
      cr_assert_eq(buffer.length, (size_t)size);
    }
  stance_buffer_free(&buffer);
}

Test(buffer, json_string_grows_with_its_escapes) {
  struct stance_buffer buffer = {0};
  char text[3000];
  memset(text, 1, sizeof text);
  stance_buffer_json_string(&buffer, text, sizeof text);
  cr_assert_eq(buffer.length, 6 * sizeof text + 2);
  for (size_t i = 0; i < sizeof text; i++) cr_assert_eq(memcmp(buffer.data + 1 + 6 * i, "\\u0001", 6), 0);
  stance_buffer_free(&buffer);
}

Test(buffer, json_text_says_what_json_string_says_at_any_length) {
  struct stance_buffer text = {0}, string = {0};
  char id[64];
  for (size_t length = 0; length < sizeof id; length++)
    for (size_t at = 0; at <= length; at++) { /* an escape there; none where it is the end */
      memset(id, 'x', length);
      id[at] = '\\';
      id[length] = '\0';
      stance_buffer_json_text(&text, id);
      stance_buffer_json_string(&string, id, length);
    }
  cr_assert_eq(text.length, string.length);
  cr_assert_eq(memcmp(text.data, string.data, text.length + 1), 0);
  stance_buffer_clear(&text);
  stance_buffer_json_text(&text, NULL);
  cr_assert_str_eq(text.data, "null");
  stance_buffer_free(&text);
  stance_buffer_free(&string);
}

Test(buffer, unsigned_writes_all_digits) {
  const unsigned long long values[] = {
      0, 9, 10, 99, 100, 9999999999999999999ull, 10000000000000000000ull, 18446744073709551615ull};
  for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
    struct stance_buffer buffer = {0};
    char expected[24];
    snprintf(expected, sizeof expected, "%llu", values[i]);
    stance_buffer_unsigned(&buffer, values[i]);
    cr_assert_str_eq(buffer.data, expected);
    stance_buffer_free(&buffer);
  }
}

Test(buffer, repeats_its_own_bytes_where_it_must_move) {
  struct stance_buffer buffer = {0};
  stance_buffer_puts(&buffer, "ab");
  for (int i = 0; i < 12; i++) stance_buffer_repeat(&buffer, 0, buffer.length);
  cr_assert_eq(buffer.length, 2 << 12);
  for (size_t i = 0; i < buffer.length; i++) cr_assert_eq(buffer.data[i], i % 2 ? 'b' : 'a');
  stance_buffer_free(&buffer);
}

Test(buffer, csv_quotes_only_where_rfc_4180_asks_for_it) {
  struct stance_buffer buffer = {0};
  stance_buffer_csv(&buffer, "plain", 5);
  stance_buffer_putc(&buffer, ',');
  stance_buffer_csv(&buffer, "a,\"b\"\n", 6);
  cr_assert_str_eq(buffer.data, "plain,\"a,\"\"b\"\"\n\"");
  stance_buffer_clear(&buffer);
  stance_buffer_csv(&buffer, "sixteen bytes in plain words", 28);
  stance_buffer_csv(&buffer, "\"sixteen bytes\", \"and more\"", 27);
  stance_buffer_csv(&buffer, "behind sixteen, one", 19);
  cr_assert_str_eq(buffer.data,
                   "sixteen bytes in plain words\"\"\"sixteen bytes\"\", \"\"and more\"\"\"\"behind sixteen, one\"");
  stance_buffer_free(&buffer);
}
