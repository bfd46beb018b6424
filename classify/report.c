/* SPDX-License-Identifier: MIT
 * Gathering the report's data: counters, and lists of fixed length. */
#include "report.h"

#include <stdlib.h>
#include <string.h>

#include "evidence.h"
#include "report_data.h"
#include "stance/text/article.h"

enum { DAYS_SPAN = 100, TEXT_MAX = 16 * 1024 * 1024 };

struct classify_report *classify_report_new(const struct classify_style *style) {
  struct classify_report *report = calloc(1, sizeof *report);
  if (!report) return NULL;
  report->style = style;
  report->head = classify_dyad_head(style->heads);
  report->sentence_head = -1;
  for (size_t i = 0; i < style->heads->count && report->sentence_head < 0; i++)
    if (style->heads->items[i].unit == STANCE_UNIT_SENTENCE) report->sentence_head = (int)i;
  struct classify_keys keys = classify_keys_of(CLASSIFY_BY_DYAD);
  report->dyads = classify_aggregate_new(style->heads, &keys);
  keys = classify_keys_of(CLASSIFY_BY_MONTH);
  report->months = classify_aggregate_new(style->heads, &keys);
  keys = classify_keys_of(CLASSIFY_BY_DAY);
  report->days = classify_aggregate_new(style->heads, &keys);
  keys = classify_keys_of(CLASSIFY_BY_OUTLET);
  keys.has_source = keys.has_target = false;
  report->outlets = classify_aggregate_new(style->heads, &keys);
  struct stance_error error;
  bool is_known = classify_keys_parse("outlet,month", &keys, &error) == STANCE_OK;
  report->outlet_months = is_known ? classify_aggregate_new(style->heads, &keys) : NULL;
  if (report->dyads && report->months && report->days && report->outlets && report->outlet_months) return report;
  classify_report_destroy(report);
  return NULL;
}

static void sentence_free(struct report_sentence *sentence) {
  free(sentence->article);
  free(sentence->date);
  free(sentence->text);
  free(sentence->source);
  free(sentence->target);
  free(sentence->marks);
}

static void article_free(struct report_article *article) {
  free(article->id);
  free(article->date);
  free(article->title);
  free(article->outlet);
}

void classify_report_destroy(struct classify_report *report) {
  if (!report) return;
  for (size_t i = 0; i < report->lowest_count; i++) sentence_free(&report->lowest[i]);
  for (size_t i = 0; i < report->highest_count; i++) sentence_free(&report->highest[i]);
  for (size_t i = 0; i < report->listed_count; i++) article_free(&report->listed[i]);
  classify_aggregate_destroy(report->dyads);
  classify_aggregate_destroy(report->months);
  classify_aggregate_destroy(report->days);
  classify_aggregate_destroy(report->outlets);
  classify_aggregate_destroy(report->outlet_months);
  free(report);
}

static bool copy(char **out, const char *text) {
  *out = text ? strdup(text) : NULL;
  return !text || *out;
}

/* ---- the strongest sentences ----------------------------------------------------------------------------------- */

/* Inserts a mark in the order of starts. */
static void add_mark(struct report_sentence *sentence, struct report_mark mark) {
  uint32_t at = sentence->mark_count++;
  for (; at && sentence->marks[at - 1].start > mark.start; at--) sentence->marks[at] = sentence->marks[at - 1];
  sentence->marks[at] = mark;
}

static bool sentence_make(const struct classify_report *report, const struct classify_scored *scored,
                          const struct classify_unit *unit, struct report_sentence *out) {
  const struct classify_sentence *sentence = &scored->sentences[unit->sentence];
  *out = (struct report_sentence){
      .index = sentence->index, .label = unit->label, .score = unit->score, .p = unit->p[unit->label]};
  out->text = strndup(sentence->text, sentence->length);
  out->marks = calloc(sentence->mention_count + CLASSIFY_EVIDENCE_MAX, sizeof *out->marks);
  bool is_good = out->text && out->marks && copy(&out->article, scored->id) && copy(&out->date, scored->date) &&
                 copy(&out->source, unit->source) && copy(&out->target, unit->target);
  for (uint32_t i = 0; is_good && i < sentence->mention_count; i++) {
    const struct classify_mention *mention = &sentence->mentions[i];
    enum report_role role = strcmp(mention->actor, unit->source) == 0   ? REPORT_SOURCE
                            : strcmp(mention->actor, unit->target) == 0 ? REPORT_TARGET
                                                                        : REPORT_OTHER;
    add_mark(out, (struct report_mark){mention->start, mention->end, role});
  }
  struct classify_span spans[CLASSIFY_EVIDENCE_MAX];
  size_t count = 0;
  if (is_good && report->style->model)
    is_good = classify_evidence(report->style->model, out->text, sentence->mentions, sentence->mention_count, unit,
                                spans, &count);
  for (size_t i = 0; i < count; i++) add_mark(out, (struct report_mark){spans[i].start, spans[i].end, REPORT_EVIDENCE});
  if (!is_good) sentence_free(out);
  return is_good;
}

/* Inserts a unit into the list of the lowest (sign -1) or highest scores, if it belongs there. Ties are in the input's
 * order; a sentence is kept once. False: out of memory. */
static bool keep_sentence(const struct classify_report *report, struct report_sentence *list, size_t *count, int sign,
                          const struct classify_scored *scored, const struct classify_unit *unit) {
  const struct classify_sentence *sentence = &scored->sentences[unit->sentence];
  if (!sentence->length) return true; /* no text */
  if (report->style->heads->items[report->head].values[unit->label] * sign <= 0)
    return true; /* only units with a label of that side */
  if (*count == REPORT_SENTENCES && unit->score * sign <= list[*count - 1].score * sign) return true;
  for (size_t i = 0; i < *count; i++)
    if (strlen(list[i].text) == sentence->length && memcmp(list[i].text, sentence->text, sentence->length) == 0 &&
        strcmp(list[i].source, unit->source) == 0 && strcmp(list[i].target, unit->target) == 0)
      return true;
  struct report_sentence made;
  if (!sentence_make(report, scored, unit, &made)) return false;
  size_t at = *count;
  if (*count == REPORT_SENTENCES) sentence_free(&list[--at]);
  else ++*count;
  for (; at && list[at - 1].score * sign < made.score * sign; at--) list[at] = list[at - 1];
  list[at] = made;
  return true;
}

/* ---- articles -------------------------------------------------------------------------------------------------- */

static bool keep_article(struct classify_report *report, const struct classify_scored *scored) {
  const struct classify_head *head = &report->style->heads->items[report->head];
  struct report_article made = {0};
  for (uint32_t i = 0; i < scored->unit_count; i++) {
    const struct classify_unit *unit = &scored->units[i];
    if ((int)unit->head != report->head) continue;
    made.units++;
    made.labels[unit->label]++;
    made.strong += head->values[unit->label] != 0;
    made.score_sum += unit->score;
  }
  if (!made.units) return true;
  size_t at = report->listed_count;
  if (at == REPORT_ARTICLES && made.strong <= report->listed[at - 1].strong) return true;
  if (!copy(&made.id, scored->id) || !copy(&made.date, scored->date) || !copy(&made.title, scored->title) ||
      !copy(&made.outlet, scored->outlet)) {
    article_free(&made);
    return false;
  }
  if (at == REPORT_ARTICLES) article_free(&report->listed[--at]);
  else report->listed_count++;
  for (; at && report->listed[at - 1].strong < made.strong; at--) report->listed[at] = report->listed[at - 1];
  report->listed[at] = made;
  return true;
}

/* Tracks the span of dates, and drops the counts by day once it is more than some months. */
static void look_at_date(struct classify_report *report, const char *date) {
  uint32_t parsed = date ? stance_date_parse(date) : 0;
  if (!parsed) return;
  if (!report->first_date || parsed < report->first_date) report->first_date = parsed;
  if (parsed > report->last_date) report->last_date = parsed;
  uint64_t first = report->first_date, last = report->last_date;
  uint64_t span = (last / 10000 - first / 10000) * 372 + last / 100 % 100 * 31 + last % 100 -
                  (first / 100 % 100 * 31 + first % 100);
  if (span <= DAYS_SPAN || !report->days) return;
  classify_aggregate_destroy(report->days);
  report->days = NULL;
}

bool classify_report_add(struct classify_report *report, const struct classify_scored *scored) {
  report->articles++;
  look_at_date(report, scored->date);
  if (!classify_aggregate_add(report->dyads, scored) || !classify_aggregate_add(report->months, scored)) return false;
  if (report->days && !classify_aggregate_add(report->days, scored)) return false;
  if (!classify_aggregate_add(report->outlets, scored) || !classify_aggregate_add(report->outlet_months, scored))
    return false;
  if (report->head < 0) return true;
  for (uint32_t i = 0; i < scored->unit_count; i++) {
    const struct classify_unit *unit = &scored->units[i];
    if ((int)unit->head != report->head) continue;
    report->units++;
    if (!keep_sentence(report, report->lowest, &report->lowest_count, -1, scored, unit)) return false;
    if (!keep_sentence(report, report->highest, &report->highest_count, 1, scored, unit)) return false;
  }
  return keep_article(report, scored);
}

/* ---- state for a run that is continued --------------------------------------------------------------------------- */

static bool put_string(FILE *file, const char *text) {
  uint64_t length = text ? strlen(text) : UINT64_MAX;
  return fwrite(&length, sizeof length, 1, file) == 1 && (!text || fwrite(text, 1, length, file) == length);
}

static bool get_string(FILE *file, char **text) {
  uint64_t length;
  *text = NULL;
  if (fread(&length, sizeof length, 1, file) != 1) return false;
  if (length == UINT64_MAX) return true;
  if (length > TEXT_MAX || !(*text = calloc(1, length + 1))) return false;
  return fread(*text, 1, length, file) == length;
}

static bool put_sentences(FILE *file, const struct report_sentence *list, size_t count) {
  uint64_t number = count;
  bool is_good = fwrite(&number, sizeof number, 1, file) == 1;
  for (size_t i = 0; is_good && i < count; i++) {
    const struct report_sentence *s = &list[i];
    is_good = fwrite(s, sizeof *s, 1, file) == 1 && put_string(file, s->article) && put_string(file, s->date) &&
              put_string(file, s->text) && put_string(file, s->source) && put_string(file, s->target) &&
              fwrite(s->marks, sizeof *s->marks, s->mark_count, file) == s->mark_count;
  }
  return is_good;
}

static bool get_sentences(FILE *file, struct report_sentence *list, size_t *count, size_t label_count) {
  uint64_t number;
  bool is_good = fread(&number, sizeof number, 1, file) == 1 && number <= REPORT_SENTENCES;
  for (*count = 0; is_good && *count < number;) {
    struct report_sentence *s = &list[*count];
    is_good = fread(s, sizeof *s, 1, file) == 1;
    s->article = s->date = s->text = s->source = s->target = NULL;
    s->marks = NULL;
    ++*count;
    is_good = is_good && get_string(file, &s->article) && get_string(file, &s->date) && get_string(file, &s->text) &&
              get_string(file, &s->source) && get_string(file, &s->target) && s->article && s->text && s->source &&
              s->target && s->label < label_count && s->mark_count <= strlen(s->text) &&
              (s->marks = calloc(s->mark_count + 1, sizeof *s->marks)) &&
              fread(s->marks, sizeof *s->marks, s->mark_count, file) == s->mark_count;
    for (uint32_t i = 0; is_good && i < s->mark_count; i++)
      is_good = s->marks[i].start <= s->marks[i].end && s->marks[i].end <= strlen(s->text);
  }
  return is_good;
}

bool classify_report_save(const struct classify_report *report, FILE *file) {
  uint64_t numbers[6] = {report->articles,  report->units,        report->first_date,
                         report->last_date, report->days != NULL, report->listed_count};
  bool is_good =
      fwrite(numbers, sizeof numbers, 1, file) == 1 && classify_aggregate_save(report->dyads, file) &&
      classify_aggregate_save(report->months, file) && (!report->days || classify_aggregate_save(report->days, file)) &&
      classify_aggregate_save(report->outlets, file) && classify_aggregate_save(report->outlet_months, file) &&
      put_sentences(file, report->lowest, report->lowest_count) &&
      put_sentences(file, report->highest, report->highest_count);
  for (size_t i = 0; is_good && i < report->listed_count; i++) {
    const struct report_article *a = &report->listed[i];
    is_good = fwrite(a, sizeof *a, 1, file) == 1 && put_string(file, a->id) && put_string(file, a->date) &&
              put_string(file, a->title) && put_string(file, a->outlet);
  }
  return is_good;
}

bool classify_report_load(struct classify_report *report, FILE *file) {
  uint64_t numbers[6];
  size_t label_count = report->head < 0 ? 0 : report->style->heads->items[report->head].label_count;
  if (fread(numbers, sizeof numbers, 1, file) != 1 || numbers[5] > REPORT_ARTICLES) return false;
  report->articles = numbers[0];
  report->units = numbers[1];
  report->first_date = numbers[2];
  report->last_date = numbers[3];
  if (!numbers[4]) {
    classify_aggregate_destroy(report->days);
    report->days = NULL;
  }
  bool is_good = classify_aggregate_load(report->dyads, file) && classify_aggregate_load(report->months, file) &&
                 (!report->days || classify_aggregate_load(report->days, file)) &&
                 classify_aggregate_load(report->outlets, file) &&
                 classify_aggregate_load(report->outlet_months, file) &&
                 get_sentences(file, report->lowest, &report->lowest_count, label_count) &&
                 get_sentences(file, report->highest, &report->highest_count, label_count);
  while (is_good && report->listed_count < numbers[5]) {
    struct report_article *a = &report->listed[report->listed_count];
    is_good = fread(a, sizeof *a, 1, file) == 1;
    a->id = a->date = a->title = a->outlet = NULL;
    report->listed_count++;
    is_good = is_good && get_string(file, &a->id) && a->id && get_string(file, &a->date) &&
              get_string(file, &a->title) && get_string(file, &a->outlet);
  }
  return is_good;
}
