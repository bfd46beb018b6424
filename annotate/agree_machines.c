/* SPDX-License-Identifier: MIT
 * Each machine's agreement with the majority of the annotators. Machines are not part of the annotators' agreement. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "agree_table.h"
#include "stance/base/error.h"

/* The annotators' majority label; NAN: a tie. */
static double majority(const struct head_table *table, size_t unit) {
  const double *row = table->values + unit * table->rater_count;
  size_t counts[STANCE_LABELS_MAX] = {0}, best = 0;
  double label = NAN;
  for (size_t i = 0; i < table->rater_count; i++)
    if (!isnan(row[i])) counts[(size_t)row[i]]++;
  for (size_t l = 0; l < table->head->label_count; l++) {
    if (counts[l] > best) label = (double)l;
    else if (counts[l] == best) label = NAN;
    if (counts[l] > best) best = counts[l];
  }
  return label;
}

/* The unit's row, by binary search on ids; SIZE_MAX: no annotator labelled it. */
static size_t find_row(const struct head_table *table, const char *id) {
  size_t low = 0, high = table->table.units;
  while (low < high) {
    size_t middle = (low + high) / 2;
    int order = strcmp(table->units[middle]->unit, id);
    if (order == 0) return middle;
    if (order < 0) low = middle + 1;
    else high = middle;
  }
  return SIZE_MAX;
}

static void write_machine(const struct writer *writer, const char *name, const struct agreement_table *two,
                          size_t labels, bool is_first) {
  const struct agreement_statistic kappa = {.kind = AGREEMENT_COHEN, .first = 0, .second = 1};
  struct agreement result, percent = agreement_percent(two);
  struct stance_buffer *out = writer->out;
  agreement_bootstrap(two, &kappa, 1, writer->options->samples, writer->seed, &result);
  if (writer->options->is_json) {
    stance_buffer_puts(out, is_first ? "{\"machine\":" : ",{\"machine\":");
    stance_buffer_json_string(out, name, strlen(name));
    stance_buffer_printf(out, ",\"labels\":%zu,", labels);
    agree_put_json(out, "percent", &percent);
    stance_buffer_putc(out, ',');
    agree_put_json(out, "kappa", &result);
    stance_buffer_putc(out, '}');
    return;
  }
  stance_buffer_printf(out, "    %s: labels %zu, units with people's labels %zu, ", name, labels, percent.units);
  agree_put_value(out, &percent, true);
  stance_buffer_puts(out, ", kappa ");
  agree_put_value(out, &result, false);
  stance_buffer_putc(out, '\n');
}

enum stance_status agree_write_machines(const struct writer *writer, const struct stance_record *machines, size_t count,
                                        struct stance_arena *arena, struct stance_error *error) {
  const struct head_table *table = writer->table;
  size_t units = table->table.units;
  double *values = stance_arena_alloc(arena, units * 2 + 1, sizeof *values);
  bool is_first = true;
  if (!values) return stance_fail_memory(error);
  for (size_t i = 0, next; i < count; i = next) {
    size_t labels = 0;
    for (size_t unit = 0; unit < units; unit++) {
      values[unit * 2] = NAN;
      values[unit * 2 + 1] = majority(table, unit);
    }
    for (next = i; next < count && strcmp(machines[next].annotator, machines[i].annotator) == 0; next++) {
      int label = strcmp(machines[next].head, table->head->name) == 0 && machines[next].label
                      ? stance_head_label(table->head, machines[next].label)
                      : -1;
      if (label < 0) continue;
      labels++;
      size_t row = find_row(table, machines[next].unit);
      if (row != SIZE_MAX) values[row * 2] = table->rank[label];
    }
    if (!labels) continue;
    if (is_first)
      stance_buffer_puts(writer->out, writer->options->is_json
                                          ? ",\"machines\":["
                                          : "  machines (against the majority of people; not counted above)\n");
    const struct agreement_table two = {.units = units, .raters = 2, .values = values, .clusters = table->clusters};
    write_machine(writer, machines[i].annotator, &two, labels, is_first);
    is_first = false;
  }
  if (writer->options->is_json && !is_first) stance_buffer_putc(writer->out, ']');
  return STANCE_OK;
}
