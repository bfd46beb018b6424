/* SPDX-License-Identifier: MIT */
#include "keys.h"

#include <string.h>

#include "stance/base/near.h"

/* Whether a name looks like a slip of one that is known without a column. */
static bool is_slip(const char *name) {
  static const char *const known[] = {"dyad", "source", "target", "total",  "article", "day",
                                      "week", "month",  "year",   "outlet", NULL};
  for (size_t i = 0; known[i]; i++)
    if (stance_is_near_name(name, strlen(name), known[i])) return true;
  return false;
}

enum exit_code keys_parse(const char *text, struct input_options *kept, struct classify_keys *keys) {
  struct stance_error error = {0};
  if (classify_keys_parse(text, keys, &error) != STANCE_OK) return message_error(&error);
  const char *column;
  for (size_t next = 0; kept && (column = classify_keys_column(keys, &next));) {
    size_t i = 0;
    while (i < kept->keep_count && strcmp(kept->keep[i], column) != 0) i++;
    if (i < kept->keep_count) continue;
    if (is_slip(column) || i == INPUT_KEEP_MAX)
      return message_usage(
          "--by: unknown value '%s'; expected dyad, source, target, total, article, day, week, month, year, outlet, or "
          "a column (one of such a name with --keep)",
          column);
    kept->keep[kept->keep_count++] = column;
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
