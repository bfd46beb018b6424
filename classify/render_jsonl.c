/* SPDX-License-Identifier: MIT
 * Predictions as JSON Lines. What the lines of an article or a sentence share is written once and copied. */
#include <string.h>

#include "render.h"
#include "stance/utf8.h"
#include "why.h"

void classify_put_share(struct stance_buffer *out, int32_t share) {
  uint32_t size = (uint32_t)(share < 0 ? -share : share);
  char text[8] = {'-', (char)('0' + size / 10000), '.', (char)('0' + size / 1000 % 10), (char)('0' + size / 100 % 10),
                  (char)('0' + size / 10 % 10), (char)('0' + size % 10)};
  stance_buffer_append(out, share < 0 ? text : text + 1, share < 0 ? 7 : 6);
}

/* What all lines of an article begin with. */
static void put_article(const struct classify_scored *scored, struct stance_buffer *out) {
  stance_buffer_puts(out, "{\"article\":");
  stance_buffer_json_string(out, scored->id, strlen(scored->id));
  if (scored->date) {
    stance_buffer_puts(out, ",\"date\":");
    stance_buffer_json_string(out, scored->date, strlen(scored->date));
  }
  if (scored->outlet) {
    stance_buffer_puts(out, ",\"outlet\":");
    stance_buffer_json_string(out, scored->outlet, strlen(scored->outlet));
  }
  stance_buffer_puts(out, ",\"sentence\":");
}

/* Bytes become code points on the way through the sentence, each counted once. */
static void put_mentions(const struct classify_sentence *sentence, struct stance_buffer *out) {
  size_t at = 0, points = 0;
  stance_buffer_puts(out, ",\"mentions\":[");
  for (uint32_t i = 0; i < sentence->mention_count; i++) {
    const struct classify_mention *mention = &sentence->mentions[i];
    if (mention->start >= at) {
      points += stance_utf8_count(sentence->text + at, mention->start - at);
      at = mention->start;
    } else {
      points = stance_utf8_count(sentence->text, mention->start);
      at = mention->start;
    }
    stance_buffer_puts(out, i ? ",{\"actor\":" : "{\"actor\":");
    stance_buffer_json_string(out, mention->actor, strlen(mention->actor));
    stance_buffer_append(out, ",\"start\":", 9);
    stance_buffer_unsigned(out, points);
    stance_buffer_append(out, ",\"end\":", 7);
    points += stance_utf8_count(sentence->text + at, mention->end - at);
    at = mention->end;
    stance_buffer_unsigned(out, points);
    if (mention->is_implicit) stance_buffer_puts(out, ",\"implicit\":true}");
    else stance_buffer_putc(out, '}');
  }
  stance_buffer_putc(out, ']');
}

static void put_id(struct stance_buffer *out, const char *key, const char *id) {
  if (!id) return;
  stance_buffer_puts(out, key);
  stance_buffer_json_string(out, id, strlen(id));
}

static void put_scores(const struct classify_head *head, const struct classify_unit *unit,
                       const struct classify_sentence *sentence, struct stance_buffer *out) {
  stance_buffer_puts(out, ",\"head\":");
  stance_buffer_json_string(out, head->name, strlen(head->name));
  stance_buffer_puts(out, ",\"label\":");
  stance_buffer_json_string(out, head->labels[unit->label], strlen(head->labels[unit->label]));
  for (size_t i = 0; i < head->label_count; i++) {
    stance_buffer_puts(out, i ? "," : ",\"p\":{");
    stance_buffer_json_string(out, head->labels[i], strlen(head->labels[i]));
    stance_buffer_putc(out, ':');
    classify_put_share(out, unit->p[i]);
  }
  stance_buffer_append(out, "},\"score\":", 10);
  classify_put_share(out, unit->score);
  if (unit->why) classify_put_why_json(head, unit, sentence, out);
  stance_buffer_append(out, "}\n", 2);
}

/* Repeats out[from .. to) at the end of out. */
static void repeat(struct stance_buffer *out, size_t from, size_t to) {
  size_t length = to - from;
  if (out->failed) return;
  stance_buffer_append(out, "", 0);
  if (out->capacity - out->length <= length) { /* make room first: appending may move what is copied from */
    size_t before = out->length;
    static const char zeros[4096];
    for (size_t left = length; left && !out->failed; left -= left < sizeof zeros ? left : sizeof zeros)
      stance_buffer_append(out, zeros, left < sizeof zeros ? left : sizeof zeros);
    if (out->failed) return;
    out->length = before;
  }
  stance_buffer_append(out, out->data + from, length);
}

void classify_render_jsonl(const struct classify_style *style, const struct classify_scored *scored, uint32_t *next,
                           size_t limit, struct stance_buffer *out) {
  size_t head_start = 0, head_end = 0; /* of the article's part in out */
  for (; *next < scored->sentence_count && out->length < limit; ++*next) {
    const struct classify_sentence *sentence = &scored->sentences[*next];
    size_t start = 0, text_end = 0, mentions_start = 0, mentions_end = 0;
    for (uint32_t i = 0; i < sentence->unit_count; i++) {
      const struct classify_unit *unit = &scored->units[sentence->unit_first + i];
      if (i == 0) {
        if (head_end) {
          size_t at = out->length;
          repeat(out, head_start, head_end);
          start = at;
        } else {
          start = head_start = out->length;
          put_article(scored, out);
          head_end = out->length;
        }
        stance_buffer_unsigned(out, sentence->index);
        stance_buffer_append(out, ",\"text\":", 8);
        stance_buffer_json_string(out, sentence->text, sentence->length);
        text_end = out->length;
      } else {
        repeat(out, start, text_end);
      }
      put_id(out, ",\"source\":", unit->source);
      put_id(out, ",\"target\":", unit->target);
      put_id(out, ",\"source_affiliation\":", unit->source_affiliation);
      put_id(out, ",\"target_affiliation\":", unit->target_affiliation);
      if (i == 0) {
        mentions_start = out->length;
        put_mentions(sentence, out);
        mentions_end = out->length;
      } else {
        repeat(out, mentions_start, mentions_end);
      }
      put_scores(&style->heads->items[unit->head], unit, sentence, out);
    }
  }
}
