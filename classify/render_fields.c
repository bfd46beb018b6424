/* SPDX-License-Identifier: MIT
 * Predictions as JSON Lines without some of their fields. (render_jsonl.c writes all fields, faster.) */
#include <string.h>

#include "render.h"
#include "why.h"

/* Appends {"NAME": as the first key of the line from `start`, else ,"NAME": */
static void put_key(struct stance_buffer *out, size_t start, const char *name) {
  stance_buffer_putc(out, out->length == start ? '{' : ',');
  stance_buffer_json_text(out, name);
  stance_buffer_putc(out, ':');
}

static void put_text(struct stance_buffer *out, size_t start, const char *name, const char *text) {
  if (!text) return;
  put_key(out, start, name);
  stance_buffer_json_text(out, text);
}

static void put_of_article(const struct classify_scored *scored, unsigned fields, size_t start,
                           struct stance_buffer *out) {
  if (fields & CLASSIFY_ARTICLE) put_text(out, start, "article", scored->id);
  if (fields & CLASSIFY_DATE) put_text(out, start, "date", scored->date);
  if (fields & CLASSIFY_OUTLET) put_text(out, start, "outlet", scored->outlet);
  for (size_t i = 0; (fields & CLASSIFY_KEPT) && i < scored->kept_count; i++)
    put_text(out, start, scored->kept_names[i], scored->kept[i]);
}

static void put_of_unit(const struct classify_head *head, const struct classify_unit *unit, unsigned fields,
                        size_t start, struct stance_buffer *out) {
  if (fields & CLASSIFY_HEAD) put_text(out, start, "head", head->name);
  if (fields & CLASSIFY_LABEL) put_text(out, start, "label", head->labels[unit->label]);
  if (fields & CLASSIFY_P) {
    put_key(out, start, "p");
    for (size_t i = 0; i < head->label_count; i++) {
      stance_buffer_putc(out, i ? ',' : '{');
      stance_buffer_json_text(out, head->labels[i]);
      stance_buffer_putc(out, ':');
      classify_put_share(out, unit->p[i]);
    }
    stance_buffer_putc(out, '}');
  }
  if (!(fields & CLASSIFY_SCORE)) return;
  put_key(out, start, "score");
  classify_put_share(out, unit->score);
}

static void put_unit(const struct classify_heads *heads, const struct classify_scored *scored,
                     const struct classify_sentence *sentence, const struct classify_unit *unit, unsigned fields,
                     struct stance_buffer *out) {
  size_t start = out->length;
  put_of_article(scored, fields, start, out);
  if (fields & CLASSIFY_SENTENCE) {
    put_key(out, start, "sentence");
    stance_buffer_unsigned(out, sentence->index);
  }
  if (fields & CLASSIFY_TEXT) {
    put_key(out, start, "text");
    stance_buffer_json_string(out, sentence->text, sentence->length);
  }
  if (fields & CLASSIFY_SOURCE) put_text(out, start, "source", unit->source);
  if (fields & CLASSIFY_TARGET) put_text(out, start, "target", unit->target);
  if (fields & CLASSIFY_AFFILIATIONS) {
    put_text(out, start, "source_affiliation", unit->source_affiliation);
    put_text(out, start, "target_affiliation", unit->target_affiliation);
  }
  if (fields & CLASSIFY_MENTIONS) {
    put_key(out, start, "mentions");
    classify_put_mentions(sentence, out);
  }
  put_of_unit(&heads->items[unit->head], unit, fields, start, out);
  if (out->length == start) stance_buffer_putc(out, '{');
  if ((fields & CLASSIFY_WHY) && unit->why) classify_put_why_json(&heads->items[unit->head], unit, sentence, out);
  stance_buffer_puts(out, "}\n");
}

void classify_render_some_jsonl(const struct classify_style *style, const struct classify_scored *scored,
                                uint32_t *next, size_t limit, struct stance_buffer *out) {
  unsigned fields = CLASSIFY_FIELDS_ALL & ~style->leaves_out;
  for (; *next < scored->sentence_count && out->length < limit; ++*next) {
    const struct classify_sentence *sentence = &scored->sentences[*next];
    for (uint32_t i = 0; i < sentence->unit_count; i++)
      put_unit(style->heads, scored, sentence, &scored->units[sentence->unit_first + i], fields, out);
  }
}
