/* SPDX-License-Identifier: MIT */
#include <criterion/criterion.h>
#include <math.h>

#include "stance/buffer.h"

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

Test(buffer, csv_quotes_only_where_rfc_4180_asks_for_it) {
  struct stance_buffer buffer = {0};
  stance_buffer_csv(&buffer, "plain", 5);
  stance_buffer_putc(&buffer, ',');
  stance_buffer_csv(&buffer, "a,\"b\"\n", 6);
  cr_assert_str_eq(buffer.data, "plain,\"a,\"\"b\"\"\n\"");
  stance_buffer_free(&buffer);
}
