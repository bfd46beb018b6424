/* SPDX-License-Identifier: MIT
 * Prodigy: JSON Lines, a line for each answer of an annotator.
 *
 *   {"text","spans":[{"start","end","label"}],"relations":[{"head_span","child_span","label"}],"answer"}   pairs
 *   {"text","label","answer"}, {"text","options","accept":["negative"],"answer"}                           texts
 *
 * "_annotator_id" (else "_session_id") is the annotator, "_timestamp" the time, "meta":{"source"} the outlet. Offsets
 * are code points. Exports of this toolkit keep the record's keys in "meta". */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "foreign.h"
#include "stance/base/error.h"
#include "stance/base/file.h"

struct reader {
  struct foreign foreign;
  size_t texts;
};

static bool is_span(const cJSON *span) {
  return cJSON_IsNumber(foreign_get(span, "start")) && cJSON_IsNumber(foreign_get(span, "end"));
}

static void add_span(struct foreign *foreign, const cJSON *span) {
  size_t index = foreign_add_span(foreign, foreign_number(span, "start", -1), foreign_number(span, "end", -1),
                                  foreign_string(span, "text"), foreign_string(span, "label"));
  if (index != SIZE_MAX) foreign->spans[index].is_implicit = cJSON_IsTrue(foreign_get(span, "implicit"));
}

/* The span at one end of a relation. Ends that "spans" lacks (relations of tokens) have been added before. */
static size_t span_of(const struct foreign *foreign, const cJSON *end) {
  for (size_t i = 0; i < foreign->span_count; i++) {
    const struct foreign_span *span = &foreign->spans[i];
    const char *label = foreign_string(end, "label");
    if (span->given_start == foreign_number(end, "start", -1) && span->given_end == foreign_number(end, "end", -1) &&
        (!label || !span->label || strcmp(label, span->label) == 0))
      return i;
  }
  return SIZE_MAX;
}

static void add_spans(struct foreign *foreign, const cJSON *object) {
  static const char *const ends[] = {"head_span", "child_span"};
  const cJSON *item;
  cJSON_ArrayForEach(item, foreign_get(object, "spans")) {
    if (is_span(item)) add_span(foreign, item);
    else annotate_lose(foreign->losses, "spans without offsets");
  }
  cJSON_ArrayForEach(
      item, foreign_get(object, "relations")) for (int e = 0; e < 2;
                                                   e++) if (is_span(foreign_get(item, ends[e])) &&
                                                            span_of(foreign, foreign_get(item, ends[e])) == SIZE_MAX)
      add_span(foreign, foreign_get(item, ends[e]));
}

static void add_who_and_when(cJSON *base, const cJSON *object) {
  const char *annotator = foreign_string(object, "_annotator_id") ? foreign_string(object, "_annotator_id")
                                                                  : foreign_string(object, "_session_id");
  char at[40];
  if (annotator && !foreign_string(base, "annotator")) foreign_set(base, "annotator", annotator);
  if (foreign_string(base, "at") || !cJSON_IsNumber(foreign_get(object, "_timestamp"))) return;
  double given = foreign_number(object, "_timestamp", 0);
  struct tm utc;
  time_t seconds = given > 0 && given < 1e11 ? (time_t)given : 0;
  if (seconds && gmtime_r(&seconds, &utc) && strftime(at, sizeof at, "%Y-%m-%dT%H:%M:%SZ", &utc))
    foreign_set(base, "at", at);
}

static enum stance_status take_answer(struct foreign *foreign, const cJSON *object, bool is_own,
                                      struct stance_error *error) {
  const cJSON *item;
  const char *label = foreign_string(object, "label");
  cJSON_ArrayForEach(item, foreign_get(object, "relations")) {
    if (!foreign_string(item, "label")) annotate_lose(foreign->losses, "relations without a label");
    else
      STANCE_TRY(foreign_pair(foreign, span_of(foreign, foreign_get(item, "head_span")),
                              span_of(foreign, foreign_get(item, "child_span")), foreign_string(item, "label"), error));
  }
  cJSON_ArrayForEach(item, foreign_get(object, "accept")) {
    if (!cJSON_IsString(item)) continue;
    if (label) annotate_lose(foreign->losses, "second labels of a text");
    else label = item->valuestring;
  }
  if (label) return foreign_label(foreign, SIZE_MAX, NULL, label, error);
  if (!foreign->made && is_own) return foreign_label(foreign, SIZE_MAX, NULL, NULL, error);
  return foreign_end(foreign, error);
}

static enum stance_status read_line(void *context, const cJSON *object, size_t line, struct stance_error *error) {
  struct reader *reader = context;
  struct foreign *foreign = &reader->foreign;
  const char *answer = foreign_string(object, "answer");
  const cJSON *meta = foreign_get(object, "meta");
  bool is_own = foreign_string(meta, "unit") != NULL, is_ignored = answer && strcmp(answer, "ignore") == 0;
  static const char *const known[] = {"date", "outlet", "source", NULL};
  char article[64];
  if (!cJSON_IsObject(object))
    return stance_fail(error, STANCE_INPUT, "is not a JSON object; expected Prodigy's {\"text\",...}");
  const char *text = foreign_text(foreign->defaults, object, foreign->losses);
  if (!text) {
    annotate_lose(foreign->losses, "lines without a text");
    return STANCE_OK;
  }
  reader->texts++;
  if (answer && strcmp(answer, "reject") == 0) {
    annotate_lose(foreign->losses, "rejected answers");
    return STANCE_OK;
  }
  if (is_ignored && !is_own) {
    annotate_lose(foreign->losses, "ignored texts");
    return STANCE_OK;
  }
  if (!is_own) foreign_lose_keys(foreign->losses, meta, known);
  foreign_article(article, "prodigy", text);
  cJSON *base = foreign_base(meta, text, article);
  add_who_and_when(base, object);
  if (is_ignored && !foreign_get(base, "flags"))
    cJSON_AddItemToArray(cJSON_AddArrayToObject(base, "flags"), cJSON_CreateString("skip"));
  STANCE_TRY(foreign_begin(foreign, base, line, is_own, error));
  add_spans(foreign, object);
  STANCE_TRY(foreign_settle(foreign, error));
  return is_ignored ? foreign_label(foreign, SIZE_MAX, NULL, NULL, error) : take_answer(foreign, object, is_own, error);
}

static enum stance_status read_prodigy(const char *path, const struct annotate_defaults *defaults,
                                       struct annotate_records *records, struct annotate_losses *losses,
                                       struct stance_error *error) {
  struct reader reader = {
      .foreign = {
          .defaults = defaults, .records = records, .losses = losses, .path = path, .offsets = FOREIGN_CODE_POINTS}};
  enum stance_status status = foreign_each(path, read_line, &reader, error);
  if (status == STANCE_OK && !reader.texts)
    status =
        stance_fail_at(error, STANCE_INPUT, path, 0, 0, "no line has a text under '%s'; --text-key says where it is",
                       defaults->text_key ? defaults->text_key : "text");
  foreign_close(&reader.foreign);
  return status;
}

static cJSON *prodigy_span(const struct stance_record_mention *mention) {
  cJSON *span = cJSON_CreateObject();
  cJSON_AddNumberToObject(span, "start", mention->start);
  cJSON_AddNumberToObject(span, "end", mention->end);
  cJSON_AddStringToObject(span, "label", mention->actor);
  if (mention->is_implicit) cJSON_AddBoolToObject(span, "implicit", true);
  return span;
}

static cJSON *prodigy_json(const struct stance_record *record, struct annotate_losses *losses) {
  cJSON *object = cJSON_CreateObject();
  cJSON_AddStringToObject(object, "text", record->text);
  cJSON *spans = cJSON_AddArrayToObject(object, "spans");
  for (size_t i = 0; i < record->mention_count; i++) cJSON_AddItemToArray(spans, prodigy_span(&record->mentions[i]));
  if (record->label && record->source && !annotate_record_lacks_span(record)) {
    cJSON *relation = cJSON_CreateObject();
    cJSON_AddItemToObject(relation, "head_span",
                          prodigy_span(&record->mentions[annotate_record_mention(record, record->source)]));
    cJSON_AddItemToObject(relation, "child_span",
                          prodigy_span(&record->mentions[annotate_record_mention(record, record->target)]));
    cJSON_AddStringToObject(relation, "label", record->label);
    cJSON_AddItemToArray(cJSON_AddArrayToObject(object, "relations"), relation);
  } else if (record->label) {
    if (record->source) annotate_lose(losses, "relations of pairs without a mention (written as labels of the text)");
    cJSON_AddStringToObject(object, "label", record->label);
  }
  cJSON_AddStringToObject(object, "answer", record->label ? "accept" : "ignore");
  cJSON_AddStringToObject(object, "_annotator_id", record->annotator);
  cJSON_AddItemToObject(object, "meta", annotate_record_meta(record));
  return object;
}

static enum stance_status write_prodigy(const char *path, const struct stance_record *records, size_t count,
                                        struct annotate_losses *losses, struct stance_error *error) {
  struct stance_buffer out = {0};
  for (size_t i = 0; i < count; i++) annotate_put_line(&out, prodigy_json(&records[i], losses));
  enum stance_status status = stance_file_write_buffer(path, &out, error);
  stance_buffer_free(&out);
  return status;
}

const struct annotate_format annotate_format_prodigy = {.read = read_prodigy, .write = write_prodigy};
