/* SPDX-License-Identifier: MIT
 * The population with its labels as one CSV that R's dsl and Python's ppi_py read directly. */
#include <stdlib.h>
#include <string.h>

#include "aggregate.h"
#include "estimate_internal.h"
#include "stance/base/error.h"

static void put_text(struct stance_buffer *out, const char *text) {
  if (text) stance_buffer_csv(out, text, strlen(text));
  else stance_buffer_puts(out, "NA");
  stance_buffer_putc(out, ',');
}

static void put_gold(struct stance_buffer *out, const struct classify_head *head, int label, bool is_known) {
  if (!is_known) {
    for (size_t i = 0; i <= head->label_count; i++) stance_buffer_puts(out, ",NA");
    return;
  }
  stance_buffer_printf(out, ",%.15g", head->values[label]);
  for (size_t i = 0; i < head->label_count; i++) stance_buffer_puts(out, (int)i == label ? ",1" : ",0");
}

/* The probability of a unit that was not drawn, if its stratum is unknown: that of the drawn ones if all are equal,
 * else 0. */
static double common_chance(const struct sample *sample) {
  for (size_t i = 1; i < sample->count; i++)
    if (sample->units[i].pi != sample->units[0].pi) return 0;
  return sample->count ? sample->units[0].pi : 0;
}

enum stance_status classify_estimate_export(const struct estimate *estimate, struct stance_buffer *out,
                                            struct stance_error *error) {
  const struct estimate_settings *options = estimate->options;
  const struct population *population = options->population;
  const struct classify_head *head = &population->head;
  struct stance_arena arena = {0};
  int *gold = stance_arena_alloc(&arena, options->sample->count + 1, sizeof *gold);
  struct estimate_settings quiet = *options;
  quiet.note = NULL;
  enum stance_status status = gold ? estimate_gold_settle(&quiet, &arena, gold, error) : stance_fail_memory(error);
  double common = common_chance(options->sample);
  stance_buffer_puts(out, "unit,article,month,outlet,dyad,stratum,labeled,pi,p_score");
  for (size_t i = 0; i < head->label_count; i++) stance_buffer_printf(out, ",p_%s", head->labels[i]);
  stance_buffer_puts(out, ",gold_score");
  for (size_t i = 0; i < head->label_count; i++) stance_buffer_printf(out, ",gold_%s", head->labels[i]);
  for (size_t c = 0; c < options->by_count; c++) stance_buffer_printf(out, ",by_%s", population->columns[c]);
  stance_buffer_putc(out, '\n');
  for (size_t i = 0; status == STANCE_OK && i < population->count; i++) {
    const struct population_unit *unit = &population->units[i];
    const struct sample_unit *drawn = classify_sample_find(options->sample, unit->id);
    char month[16], dyad[400];
    int label = drawn ? gold[drawn - options->sample->units] : GOLD_NONE;
    if (!estimate_counts(options, unit)) continue;
    put_text(out, unit->id);
    put_text(out, unit->article);
    put_text(out, classify_period(CLASSIFY_BY_MONTH, unit->date, month) ? month : NULL);
    put_text(out, unit->outlet);
    snprintf(dyad, sizeof dyad, "%s>%s", unit->source ? unit->source : "", unit->target ? unit->target : "");
    put_text(out, unit->target ? dyad : NULL);
    double pi = drawn ? drawn->pi : unit->pi > 0 ? unit->pi : common;
    if (unit->stratum || drawn) stance_buffer_printf(out, "%u,", drawn ? drawn->cell : unit->stratum - 1);
    else stance_buffer_puts(out, "NA,");
    stance_buffer_printf(out, "%d,", label >= 0);
    if (pi > 0) stance_buffer_printf(out, "%.15g", pi);
    else stance_buffer_puts(out, "NA");
    stance_buffer_printf(out, ",%.15g", unit->score);
    for (size_t l = 0; l < head->label_count; l++) stance_buffer_printf(out, ",%.15g", unit->p[l]);
    put_gold(out, head, label, label >= 0);
    for (size_t c = 0; c < options->by_count; c++) {
      stance_buffer_putc(out, ',');
      if (unit->columns[c]) stance_buffer_csv(out, unit->columns[c], strlen(unit->columns[c]));
      else stance_buffer_puts(out, "NA");
    }
    stance_buffer_putc(out, '\n');
  }
  stance_arena_free(&arena);
  if (status == STANCE_OK && out->failed) status = stance_fail_memory(error);
  return status;
}
