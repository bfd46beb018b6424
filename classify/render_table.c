/* SPDX-License-Identifier: MIT
 * Predictions as a table for people: each sentence with dyads, and their labels. */
#include <string.h>

#include "terminal_text.h"
#include "why.h"

enum { WHY_INDENT = 12 };

int classify_dyad_head(const struct classify_heads *heads) {
  for (size_t i = 0; i < heads->count; i++)
    if (heads->items[i].unit == STANCE_UNIT_DYAD) return (int)i;
  return -1;
}

static void put_unit(const struct classify_style *style, const struct classify_unit *unit, size_t column,
                     struct stance_buffer *out) {
  const struct classify_head *head = &style->heads->items[unit->head];
  const char *source = classify_actor_name(style, unit->source), *target = classify_actor_name(style, unit->target);
  const char *label = head->labels[unit->label];
  struct stance_buffer pair = {0};
  if (unit->source) stance_buffer_printf(&pair, "%s -> %s", source, target);
  else stance_buffer_printf(&pair, "%s", unit->target ? target : head->name);
  stance_buffer_puts(out, "        ");
  size_t pair_width = pair.data ? classify_width(pair.data, pair.length) : 0;
  if (pair.data)
    classify_put_padded(out, pair.data, pair.length, style->keeps_names && pair_width > column ? pair_width : column);
  if (pair.failed) out->failed = true;
  stance_buffer_free(&pair);
  stance_buffer_puts(out, "  ");
  stance_buffer_puts(out, classify_colour(style, head->values[unit->label]));
  classify_put_padded(out, label, strlen(label), 8);
  stance_buffer_puts(out, classify_colour_end(style));
  stance_buffer_printf(out, "  %.2f\n", unit->p[unit->label] / (double)CLASSIFY_ONE);
}

static void put_title(const struct classify_style *style, const struct classify_scored *scored,
                      struct stance_buffer *out) {
  const char *bold = style->has_colour ? "\033[1m" : "";
  stance_buffer_puts(out, bold);
  classify_put_plain(out, scored->id, strlen(scored->id));
  stance_buffer_puts(out, classify_colour_end(style));
  if (scored->date && !strstr(scored->id, scored->date)) {
    stance_buffer_puts(out, "  ");
    classify_put_plain(out, scored->date, strlen(scored->date));
  }
  stance_buffer_putc(out, '\n');
}

void classify_render_table(const struct classify_style *style, const struct classify_scored *scored, uint32_t *next,
                           size_t limit, struct stance_buffer *out) {
  size_t width = (size_t)style->width, column = width - 8 - 2 - 8 - 2 - 4;
  if (column > 48) column = 48;
  if (*next == 0) put_title(style, scored, out);
  for (; *next < scored->sentence_count && out->length < limit; ++*next) {
    const struct classify_sentence *sentence = &scored->sentences[*next];
    uint32_t shown = 0;
    for (uint32_t i = 0; i < sentence->unit_count; i++) shown += scored->units[sentence->unit_first + i].target != NULL;
    if (!shown) continue;
    stance_buffer_printf(out, "%4u  ", sentence->index);
    classify_put_wrapped(out, sentence->text, sentence->length, 6, width);
    for (uint32_t i = 0; i < sentence->unit_count; i++) {
      const struct classify_unit *unit = &scored->units[sentence->unit_first + i];
      if (!unit->target) continue;
      put_unit(style, unit, column, out);
      if (unit->why && style->has_colour) classify_put_why_sentence(style, unit, sentence, WHY_INDENT, out);
      if (unit->why) classify_put_why_table(style, unit, sentence, WHY_INDENT, out);
    }
  }
  if (*next == scored->sentence_count) stance_buffer_putc(out, '\n');
}
