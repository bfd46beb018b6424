/* SPDX-License-Identifier: MIT */
#include "keys.h"

#include <string.h>

enum exit_code keys_parse(const char *text, const char *const *kept, size_t kept_count, struct classify_keys *keys) {
  struct stance_error error = {0};
  if (classify_keys_parse(text, keys, &error) != STANCE_OK) return message_error(&error);
  const char *column;
  for (size_t next = 0; kept && (column = classify_keys_column(keys, &next));) {
    size_t i = 0;
    while (i < kept_count && strcmp(kept[i], column) != 0) i++;
    if (i == kept_count)
      return message_usage(
          "--by: unknown value '%s'; expected dyad, source, target, total, article, day, week, month, year, outlet, or "
          "a "
          "column named by --keep",
          column);
  }
  return EXIT_DONE;
}

void keys_say_rows(const struct classify_sink *sink) {
  uint64_t left_out = classify_sink_rows_left_out(sink), undated = classify_sink_undated(sink);
  if (left_out)
    message_note("%llu %s left out (--polar, --top)", (unsigned long long)left_out,
                 left_out == 1 ? "row is" : "rows are");
  if (undated)
    message_note("%llu %s of articles without a date %s in no row", (unsigned long long)undated,
                 undated == 1 ? "unit" : "units", undated == 1 ? "is" : "are");
}
