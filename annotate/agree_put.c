/* SPDX-License-Identifier: MIT
 * A coefficient of agreement as JSON and as text. */
#include <string.h>

#include "agree_table.h"

void agree_put_json(struct stance_buffer *out, const char *key, const struct agreement *a) {
  stance_buffer_json_string(out, key, strlen(key));
  stance_buffer_puts(out, ":{");
  if (a->undefined) {
    stance_buffer_printf(out, "\"value\":null,\"undefined\":\"%s\"", a->undefined);
  } else {
    stance_buffer_puts(out, "\"value\":");
    stance_buffer_fixed(out, a->value, 6);
  }
  if (a->has_interval && !a->undefined) {
    stance_buffer_puts(out, ",\"low\":");
    stance_buffer_fixed(out, a->low, 6);
    stance_buffer_puts(out, ",\"high\":");
    stance_buffer_fixed(out, a->high, 6);
  }
  stance_buffer_printf(out, ",\"units\":%zu,\"dropped\":%zu}", a->units, a->dropped);
}

void agree_put_value(struct stance_buffer *out, const struct agreement *a, bool is_percent) {
  if (a->undefined) {
    stance_buffer_printf(out, "undefined: %s", a->undefined);
    return;
  }
  double scale = is_percent ? 100 : 1;
  int decimals = is_percent ? 1 : 3;
  stance_buffer_fixed(out, a->value * scale, decimals);
  if (is_percent) stance_buffer_putc(out, '%');
  if (!a->has_interval) return;
  stance_buffer_puts(out, " [");
  stance_buffer_fixed(out, a->low * scale, decimals);
  stance_buffer_puts(out, ", ");
  stance_buffer_fixed(out, a->high * scale, decimals);
  stance_buffer_putc(out, ']');
}

void agree_resample(const struct writer *writer, const struct agreement_table *table,
                    const struct agreement_statistic *statistics, size_t count, struct agreement *results) {
  const struct annotate_agree_options *options = writer->options;
  agreement_bootstrap(table, statistics, count, *writer->is_stopped ? 0 : options->samples, writer->seed, results);
  ++*writer->done;
  if (options->progress && !options->progress(options->progress_context, *writer->done, writer->total))
    *writer->is_stopped = true;
}
