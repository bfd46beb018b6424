/* SPDX-License-Identifier: MIT
 * Predictions as JSON Lines. The parts that lines of an article or a sentence share are rendered once and copied. */
#include <endian.h>
#include <string.h>

#include "render.h"
#include "stance/base/utf8.h"
#include "why.h"

enum { SHARE_BYTES = 6 };

/* Writes a share with four decimals: first pairs of digits, then digits, as n * 103 >> 10 is n / 10 for n below 100. */
static inline void write_share(char *to, uint32_t share) {
  uint32_t whole = share >= CLASSIFY_ONE, part = share - whole * CLASSIFY_ONE;
  uint32_t pairs = part / 100 | part % 100 << 16, tens = pairs * 103 >> 10 & 0x000f000f, ones = pairs - tens * 10;
  uint32_t digits = htole32((tens | ones << 8) + 0x30303030);
  to[0] = (char)('0' + whole);
  to[1] = '.';
  memcpy(to + 2, &digits, sizeof digits);
}

void classify_put_share(struct stance_buffer *out, int32_t share) {
  if (!stance_buffer_reserve(out, 1 + SHARE_BYTES)) return;
  char *to = out->data + out->length;
  bool is_negative = share < 0;
  *to = '-';
  write_share(to + is_negative, (uint32_t)(is_negative ? -share : share));
  to[is_negative + SHARE_BYTES] = '\0';
  out->length += is_negative + SHARE_BYTES;
}

#define PUT(out, text) stance_buffer_append(out, text, sizeof text - 1)

/* Appends a member, unless text is NULL. start: comma, key and colon. */
static void put_text(struct stance_buffer *out, const char *start, size_t length, const char *text) {
  if (!text) return;
  stance_buffer_append(out, start, length);
  stance_buffer_json_text(out, text);
}
#define PUT_TEXT(out, start, text) put_text(out, start, sizeof start - 1, text)

/* Appends the part with which all lines of an article start. */
static void put_article(const struct classify_scored *scored, struct stance_buffer *out) {
  PUT(out, "{\"article\":");
  stance_buffer_json_text(out, scored->id);
  PUT_TEXT(out, ",\"unit\":", scored->unit);
  PUT_TEXT(out, ",\"date\":", scored->date);
  PUT_TEXT(out, ",\"outlet\":", scored->outlet);
  for (size_t i = 0; i < scored->kept_count; i++) {
    if (!scored->kept[i]) continue;
    PUT(out, ",");
    stance_buffer_json_text(out, scored->kept_names[i]);
    PUT(out, ":");
    stance_buffer_json_text(out, scored->kept[i]);
  }
  PUT(out, ",\"sentence\":");
}

/* Offsets in bytes become code points in one pass over the sentence. */
void classify_put_mentions(const struct classify_sentence *sentence, struct stance_buffer *out) {
  size_t at = 0, points = 0;
  bool is_ascii = !sentence->mention_count || stance_utf8_is_ascii(sentence->text, sentence->length);
  PUT(out, "[");
  for (uint32_t i = 0; i < sentence->mention_count; i++) {
    const struct classify_mention *mention = &sentence->mentions[i];
    size_t start = mention->start, length = mention->end - mention->start;
    if (!is_ascii) {
      if (start < at) at = points = 0;
      points += stance_utf8_count(sentence->text + at, start - at);
      length = stance_utf8_count(sentence->text + start, length);
      at = start;
      start = points;
    }
    if (i) PUT(out, ",{\"actor\":");
    else PUT(out, "{\"actor\":");
    stance_buffer_json_text(out, mention->actor);
    PUT(out, ",\"start\":");
    stance_buffer_unsigned(out, start);
    PUT(out, ",\"end\":");
    stance_buffer_unsigned(out, start + length);
    if (mention->is_implicit) PUT(out, ",\"implicit\":true}");
    else PUT(out, "}");
  }
  PUT(out, "]");
}

static void put_actors(const struct classify_unit *unit, struct stance_buffer *out) {
  PUT_TEXT(out, ",\"source\":", unit->source);
  PUT_TEXT(out, ",\"target\":", unit->target);
  PUT_TEXT(out, ",\"source_affiliation\":", unit->source_affiliation);
  PUT_TEXT(out, ",\"target_affiliation\":", unit->target_affiliation);
}

/* Offsets in out of a head's parts of its first line, to be copied: ,"head":NAME,"label": and, after the label,
 * ,"p":{LABEL:0.1234,...},"score": All shares take the same number of bytes. */
struct scores {
  size_t start, label;  /* start and end of the first part; both 0: no line of this head yet */
  size_t shares, score; /* the second part */
  size_t names[STANCE_LABELS_MAX],
      values[STANCE_LABELS_MAX]; /* of the quoted labels and their shares, relative to `shares` */
};

static void put_first_scores(const struct classify_head *head, const struct classify_unit *unit, struct scores *scores,
                             struct stance_buffer *out) {
  scores->start = out->length;
  PUT(out, ",\"head\":");
  stance_buffer_json_text(out, head->name);
  PUT(out, ",\"label\":");
  scores->label = out->length;
  stance_buffer_json_text(out, head->labels[unit->label]);
  scores->shares = out->length;
  for (size_t i = 0; i < head->label_count; i++) {
    stance_buffer_puts(out, i ? "," : ",\"p\":{");
    scores->names[i] = out->length - scores->shares;
    stance_buffer_json_text(out, head->labels[i]);
    PUT(out, ":");
    scores->values[i] = out->length - scores->shares;
    classify_put_share(out, unit->p[i]);
  }
  PUT(out, "},\"score\":");
  scores->score = out->length;
}

/* The caller has made room. */
static inline char *copy(char *to, const char *from, size_t length) {
  return (char *)memcpy(to, from, length) + length;
}

static void repeat_scores(const struct classify_head *head, const struct scores *scores,
                          const struct classify_unit *unit, struct stance_buffer *out) {
  size_t name = scores->shares + scores->names[unit->label],
         name_end = scores->shares + scores->values[unit->label] - 1;
  size_t room = scores->label - scores->start + name_end - name + scores->score - scores->shares;
  if (!stance_buffer_reserve(out, room)) return;
  char *data = out->data, *to = data + out->length;
  to = copy(to, data + scores->start, scores->label - scores->start);
  to = copy(to, data + name, name_end - name);
  memcpy(to, data + scores->shares, scores->score - scores->shares);
  for (size_t i = 0; i < head->label_count; i++) write_share(to + scores->values[i], unit->p[i]);
  out->length += room;
}

static void put_scores(const struct classify_head *head, struct scores *scores, const struct classify_unit *unit,
                       const struct classify_sentence *sentence, struct stance_buffer *out) {
  if (scores->label) repeat_scores(head, scores, unit, out);
  else put_first_scores(head, unit, scores, out);
  classify_put_share(out, unit->score);
  if (unit->is_seen) PUT(out, ",\"seen\":true");
  if (unit->fold) {
    PUT(out, ",\"fold\":");
    stance_buffer_unsigned(out, unit->fold - 1u);
  }
  if (unit->why) classify_put_why_json(head, unit, sentence, out);
  PUT(out, "}\n");
}

/* Appends a sentence's lines. article: start and end of the article's part in out, both 0 before its first line. */
static void put_sentence(const struct classify_heads *heads, const struct classify_scored *scored,
                         const struct classify_sentence *sentence, size_t article[2], struct scores *scores,
                         struct stance_buffer *out) {
  size_t start = out->length;
  if (article[1]) {
    stance_buffer_repeat(out, article[0], article[1]);
  } else {
    put_article(scored, out);
    article[0] = start;
    article[1] = out->length;
  }
  stance_buffer_unsigned(out, sentence->index);
  PUT(out, ",\"text\":");
  stance_buffer_json_string(out, sentence->text, sentence->length);
  size_t text_end = out->length, mentions_start = 0, mentions_end = 0;
  for (uint32_t i = 0; i < sentence->unit_count; i++) {
    const struct classify_unit *unit = &scored->units[sentence->unit_first + i];
    if (i) stance_buffer_repeat(out, start, text_end);
    put_actors(unit, out);
    if (i) {
      stance_buffer_repeat(out, mentions_start, mentions_end);
    } else {
      mentions_start = out->length;
      PUT(out, ",\"mentions\":");
      classify_put_mentions(sentence, out);
      mentions_end = out->length;
    }
    put_scores(&heads->items[unit->head], &scores[unit->head], unit, sentence, out);
  }
}

void classify_render_jsonl(const struct classify_style *style, const struct classify_scored *scored, uint32_t *next,
                           size_t limit, struct stance_buffer *out) {
  size_t article[2] = {0};
  struct scores scores[CLASSIFY_HEADS_MAX];
  for (size_t i = 0; i < style->heads->count; i++) scores[i].label = 0;
  for (; *next < scored->sentence_count && out->length < limit; ++*next) {
    const struct classify_sentence *sentence = &scored->sentences[*next];
    if (sentence->unit_count) put_sentence(style->heads, scored, sentence, article, scores, out);
  }
}
