/* SPDX-License-Identifier: MIT
 * Predictions as JSON Lines. What the lines of an article or a sentence share is written once and copied. */
#include <string.h>

#include "render.h"
#include "stance/utf8.h"
#include "why.h"

enum { SHARE_BYTES = 6 };

static inline void write_share(char *to, uint32_t share) {
  memcpy(to, (char[]){(char)('0' + share / 10000), '.', (char)('0' + share / 1000 % 10), (char)('0' + share / 100 % 10),
                      (char)('0' + share / 10 % 10), (char)('0' + share % 10)}, SHARE_BYTES);
}

void classify_put_share(struct stance_buffer *out, int32_t share) {
  char text[SHARE_BYTES];
  if (share < 0) stance_buffer_putc(out, '-');
  write_share(text, (uint32_t)(share < 0 ? -share : share));
  stance_buffer_append(out, text, SHARE_BYTES);
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

/* What all lines of a head share: its probabilities as zeros, which are as long as all others. */
struct scores_text {
  struct stance_buffer text;         /* ,"head":NAME,"label": and ,"p":{LABEL:0.0000,...},"score": */
  size_t label;                      /* where the second begins; 0: nothing is there yet */
  size_t names[STANCE_LABELS_MAX];   /* of the labels, quoted, and their probabilities */
  size_t shares[STANCE_LABELS_MAX];
};

static void make_scores_text(const struct classify_head *head, struct scores_text *scores) {
  struct stance_buffer *text = &scores->text;
  put_id(text, ",\"head\":", head->name);
  stance_buffer_puts(text, ",\"label\":");
  scores->label = text->length;
  for (size_t i = 0; i < head->label_count; i++) {
    stance_buffer_puts(text, i ? "," : ",\"p\":{");
    scores->names[i] = text->length;
    stance_buffer_json_string(text, head->labels[i], strlen(head->labels[i]));
    stance_buffer_putc(text, ':');
    scores->shares[i] = text->length;
    classify_put_share(text, 0);
  }
  stance_buffer_puts(text, "},\"score\":");
}

static void put_scores(const struct classify_head *head, struct scores_text *scores, const struct classify_unit *unit,
                       const struct classify_sentence *sentence, struct stance_buffer *out) {
  if (!scores->label) make_scores_text(head, scores);
  const struct stance_buffer *text = &scores->text;
  size_t name = scores->names[unit->label], all = text->length - scores->label;
  if (text->failed || !stance_buffer_reserve(out, text->length * 2)) {
    out->failed = true;
    return;
  }
  stance_buffer_append(out, text->data, scores->label);
  stance_buffer_append(out, text->data + name, scores->shares[unit->label] - 1 - name);
  char *shares = out->data + out->length - scores->label;
  stance_buffer_append(out, text->data + scores->label, all);
  for (size_t i = 0; i < head->label_count; i++) write_share(shares + scores->shares[i], unit->p[i]);
  classify_put_share(out, unit->score);
  if (unit->why) classify_put_why_json(head, unit, sentence, out);
  stance_buffer_append(out, "}\n", 2);
}

void classify_render_jsonl(const struct classify_style *style, const struct classify_scored *scored, uint32_t *next,
                           size_t limit, struct stance_buffer *out) {
  size_t head_start = 0, head_end = 0; /* of the article's part in out */
  struct scores_text scores[CLASSIFY_HEADS_MAX];
  for (size_t i = 0; i < style->heads->count; i++) scores[i] = (struct scores_text){.label = 0};
  for (; *next < scored->sentence_count && out->length < limit; ++*next) {
    const struct classify_sentence *sentence = &scored->sentences[*next];
    size_t start = 0, text_end = 0, mentions_start = 0, mentions_end = 0;
    for (uint32_t i = 0; i < sentence->unit_count; i++) {
      const struct classify_unit *unit = &scored->units[sentence->unit_first + i];
      if (i == 0) {
        if (head_end) {
          start = out->length;
          stance_buffer_repeat(out, head_start, head_end);
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
        stance_buffer_repeat(out, start, text_end);
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
        stance_buffer_repeat(out, mentions_start, mentions_end);
      }
      put_scores(&style->heads->items[unit->head], &scores[unit->head], unit, sentence, out);
    }
  }
  for (size_t i = 0; i < style->heads->count; i++) stance_buffer_free(&scores[i].text);
}
