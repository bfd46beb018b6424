/* SPDX-License-Identifier: MIT */
#include "predictions.h"

#include "aggregate.h"
#include "facts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "input/bytes.h"
#include "stance/base/error.h"
#include "stance/base/json.h"
#include "stance/base/utf8.h"

enum { LOOK_AHEAD = 5000, LINE_MAX_BYTES = 16 * 1024 * 1024 };

struct line {
  const char *text;
  size_t length;
  const char *file;
  size_t number;
};

struct classify_predictions {
  struct classify_predictions_options options;
  struct classify_heads heads;
  size_t next_path;
  struct input_bytes *bytes;
  const char *file;
  size_t number;                    /* of the line in it */
  struct stance_arena ahead, arena; /* lines looked at for heads; the article that is put together */
  struct line *lines;
  size_t line_count, line_capacity, next_line;
  cJSON *pending; /* the first line of the next article */
  struct line pending_line;
  struct classify_scored scored;
  size_t sentence_capacity, unit_capacity;
  uint64_t rejected;
  bool has_kept[CLASSIFY_GROUPS_MAX];
  const char *run;
};

const struct classify_heads *classify_predictions_heads(const struct classify_predictions *predictions) {
  return &predictions->heads;
}
uint64_t classify_predictions_rejected(const struct classify_predictions *predictions) { return predictions->rejected; }

const char *classify_predictions_run(const struct classify_predictions *own) { return own->run; }
bool classify_predictions_has(const struct classify_predictions *own, size_t keep) {
  return keep < CLASSIFY_GROUPS_MAX && own->has_kept[keep];
}

/* ---- lines ------------------------------------------------------------------------------------------------------ */

/* The next line from the files that is not blank; text NULL: the end. */
static enum stance_status read_line(struct classify_predictions *own, struct line *line, struct stance_error *error) {
  struct input_record record;
  for (;;) {
    line->text = NULL;
    if (own->options.stop && *own->options.stop) return STANCE_OK;
    if (!own->bytes) {
      if (own->next_path == own->options.path_count) return STANCE_OK;
      const char *path = own->options.paths[own->next_path++];
      own->file = strcmp(path, "-") == 0 ? "<stdin>" : path;
      own->number = 0;
      STANCE_TRY(input_bytes_open(path, own->options.stop, &own->bytes, error));
    }
    STANCE_TRY(input_bytes_record(own->bytes, input_scan_line, LINE_MAX_BYTES, &record, error));
    if (!record.length && !record.is_over) {
      input_bytes_close(own->bytes);
      own->bytes = NULL;
      continue;
    }
    own->number++;
    while (record.length && strchr(" \t\r\n", record.data[record.length - 1])) record.length--;
    if (!record.length) continue;
    if (classify_facts_is(record.data, record.length)) {
      if (!own->run) own->run = stance_arena_copy(&own->ahead, record.data, record.length);
      continue;
    }
    *line = (struct line){record.data, record.length, own->file, own->number};
    return STANCE_OK;
  }
}

/* The next line, from those looked at before first. */
static enum stance_status next_line(struct classify_predictions *own, struct line *line, struct stance_error *error) {
  if (own->next_line < own->line_count) {
    *line = own->lines[own->next_line++];
    return STANCE_OK;
  }
  return read_line(own, line, error);
}

static void reject(struct classify_predictions *own, const struct line *line, struct stance_error *error) {
  struct stance_error what = *error;
  own->rejected++;
  stance_fail_at(error, STANCE_INPUT, line->file, line->number, what.column, "%s", what.message);
  if (own->options.tell) own->options.tell(own->options.tell_context, error);
}

/* ---- heads -------------------------------------------------------------------------------------------------------- */

/* Predictions do not tell their labels' values: known names, else from -1 for the first label to +1 for the last. Only verdicts
 * and colours hang on them; scores are stored. */
static void guess_values(struct classify_head *head) {
  static const char *const low[] = {"hostile", "negative", "against"}, *const high[] = {"friendly", "positive", "favor",
                                                                                        "favour"};
  bool is_known = false;
  for (size_t i = 0; i < head->label_count; i++) {
    head->values[i] = 0;
    for (size_t j = 0; j < 3; j++)
      if (strcmp(head->labels[i], low[j]) == 0) head->values[i] = -1, is_known = true;
    for (size_t j = 0; j < 4; j++)
      if (strcmp(head->labels[i], high[j]) == 0) head->values[i] = 1, is_known = true;
  }
  for (size_t i = 0; i < head->label_count && !is_known; i++)
    head->values[i] = head->label_count > 1 ? 2.0 * (double)i / (double)(head->label_count - 1) - 1 : 0;
}

static enum stance_unit_kind kind_of(const cJSON *object) {
  const cJSON *source = cJSON_GetObjectItemCaseSensitive(object, "source"),
              *target = cJSON_GetObjectItemCaseSensitive(object, "target");
  return !cJSON_IsString(target)  ? STANCE_UNIT_SENTENCE
         : cJSON_IsString(source) ? STANCE_UNIT_DYAD
                                  : STANCE_UNIT_TARGET;
}

/* The line's head; made where it is new (while looking ahead). */
static enum stance_status find_head(struct classify_predictions *own, const cJSON *object, bool make, size_t *index,
                                    struct stance_error *error) {
  const char *name;
  enum stance_unit_kind kind = kind_of(object);
  STANCE_TRY(stance_json_need_string(object, "head", &name, error));
  for (*index = 0; *index < own->heads.count; ++*index)
    if (own->heads.items[*index].unit == kind && strcmp(own->heads.items[*index].name, name) == 0) return STANCE_OK;
  if (!make) return stance_fail(error, STANCE_INPUT, "head '%s' was not in the first %d lines", name, LOOK_AHEAD);
  const cJSON *p = cJSON_GetObjectItemCaseSensitive(object, "p"), *item;
  int labels = cJSON_IsObject(p) ? cJSON_GetArraySize(p) : 0;
  if (labels < 1 || labels > STANCE_LABELS_MAX || own->heads.count == CLASSIFY_HEADS_MAX)
    return stance_fail(error, STANCE_INPUT, "'p' is not an object of 1 to %d labels", STANCE_LABELS_MAX);
  struct classify_head *head = &own->heads.items[own->heads.count];
  *head = (struct classify_head){.unit = kind, .name = stance_arena_copy(&own->ahead, name, strlen(name))};
  cJSON_ArrayForEach(item, p) {
    head->labels[head->label_count] = stance_arena_copy(&own->ahead, item->string, strlen(item->string));
    if (!head->labels[head->label_count++]) return stance_fail_memory(error);
  }
  if (!head->name) return stance_fail_memory(error);
  guess_values(head);
  own->heads.count++;
  return STANCE_OK;
}

static enum stance_status look_ahead(struct classify_predictions *own, struct stance_error *error) {
  struct line line;
  cJSON *object;
  size_t index;
  while (own->line_count < LOOK_AHEAD) {
    STANCE_TRY(read_line(own, &line, error));
    if (!line.text) break;
    struct line *lines =
        stance_arena_grow(&own->ahead, own->lines, &own->line_capacity, own->line_count + 1, sizeof *lines);
    if (!lines) return stance_fail_memory(error);
    own->lines = lines;
    line.text = stance_arena_copy(&own->ahead, line.text, line.length);
    if (!line.text) return stance_fail_memory(error);
    lines[own->line_count++] = line;
    struct stance_error ignored; /* a bad line is reported when its turn comes */
    if (stance_json_parse(line.text, line.length, line.file, line.number, &object, &ignored) != STANCE_OK) continue;
    enum stance_status status = cJSON_IsObject(object) ? find_head(own, object, true, &index, error) : STANCE_OK;
    cJSON_Delete(object);
    if (status == STANCE_SYSTEM) return status;
  }
  if (!own->line_count) return stance_fail(error, STANCE_INPUT, "no prediction in the input");
  if (own->heads.count) return STANCE_OK;
  return stance_fail_at(error, STANCE_INPUT, own->lines[0].file, own->lines[0].number, 0,
                        "no prediction in the first lines; expected what 'stance classify --format jsonl' writes");
}

enum stance_status classify_predictions_open(const struct classify_predictions_options *options,
                                             struct classify_predictions **out, struct stance_error *error) {
  struct classify_predictions *own = calloc(1, sizeof *own);
  *out = NULL;
  if (!own) return stance_fail_memory(error);
  own->options = *options;
  enum stance_status status = look_ahead(own, error);
  if (status != STANCE_OK) {
    classify_predictions_close(own);
    return status;
  }
  *out = own;
  return STANCE_OK;
}

void classify_predictions_close(struct classify_predictions *own) {
  if (!own) return;
  input_bytes_close(own->bytes);
  cJSON_Delete(own->pending);
  stance_arena_free(&own->ahead);
  stance_arena_free(&own->arena);
  free(own);
}

/* ---- from lines to articles ------------------------------------------------------------------------------------------ */

static enum stance_status copy_string(struct classify_predictions *own, const cJSON *object, const char *key,
                                      const char **out, struct stance_error *error) {
  const char *text;
  STANCE_TRY(stance_json_get_string(object, key, NULL, &text, error));
  *out = text ? stance_arena_copy(&own->arena, text, strlen(text)) : NULL;
  return text && !*out ? stance_fail_memory(error) : STANCE_OK;
}

static enum stance_status take_mentions(struct classify_predictions *own, const cJSON *object,
                                        struct classify_sentence *sentence, struct stance_error *error) {
  const cJSON *array, *item;
  STANCE_TRY(stance_json_get_array(object, "mentions", &array, error));
  size_t count = array ? (size_t)cJSON_GetArraySize(array) : 0;
  struct classify_mention *mentions = stance_arena_zalloc(&own->arena, count, sizeof *mentions);
  if (!mentions) return stance_fail_memory(error);
  cJSON_ArrayForEach(item, array) {
    struct classify_mention *mention = &mentions[sentence->mention_count];
    double start, end;
    STANCE_TRY(stance_json_get_number(item, "start", -1, &start, error));
    STANCE_TRY(stance_json_get_number(item, "end", -1, &end, error));
    STANCE_TRY(copy_string(own, item, "actor", &mention->actor, error));
    STANCE_TRY(stance_json_get_bool(item, "implicit", false, &mention->is_implicit, error));
    if (!mention->actor || !(start >= 0 && start < end && end <= sentence->length))
      return stance_fail(error, STANCE_INPUT, "a mention does not fit the text");
    size_t from = stance_utf8_offset(sentence->text, sentence->length, (size_t)start);
    size_t to = stance_utf8_offset(sentence->text, sentence->length, (size_t)end);
    if (from == SIZE_MAX || to == SIZE_MAX) return stance_fail(error, STANCE_INPUT, "a mention does not fit the text");
    mention->start = (uint32_t)from;
    mention->end = (uint32_t)to;
    sentence->mention_count++;
  }
  sentence->mentions = mentions;
  return STANCE_OK;
}

/* The line's sentence: the one before where the number is the same. */
static enum stance_status take_sentence(struct classify_predictions *own, const cJSON *object,
                                        struct stance_error *error) {
  struct classify_scored *scored = &own->scored;
  struct classify_sentence made = {.unit_first = scored->unit_count};
  double number;
  STANCE_TRY(stance_json_get_number(object, "sentence", 0, &number, error));
  if (!(number >= 0 && number < UINT32_MAX))
    return stance_fail(error, STANCE_INPUT, "'sentence' is not a number from 0");
  made.index = (uint32_t)number;
  if (scored->sentence_count && scored->sentences[scored->sentence_count - 1].index == made.index) return STANCE_OK;
  STANCE_TRY(copy_string(own, object, "text", &made.text, error));
  if (made.text) {
    made.length = (uint32_t)strlen(made.text);
    STANCE_TRY(take_mentions(own, object, &made, error));
  } else {
    made.text = ""; /* left out by --no-text: there is nothing for mentions to stand in */
  }
  struct classify_sentence *sentences = stance_arena_grow(&own->arena, scored->sentences, &own->sentence_capacity,
                                                          scored->sentence_count + 1, sizeof *sentences);
  if (!sentences) return stance_fail_memory(error);
  scored->sentences = sentences;
  sentences[scored->sentence_count++] = made;
  return STANCE_OK;
}

static enum stance_status take_scores(const struct classify_head *head, const cJSON *object, struct classify_unit *unit,
                                      struct stance_error *error) {
  const cJSON *p = cJSON_GetObjectItemCaseSensitive(object, "p");
  const char *label;
  double score, share;
  STANCE_TRY(stance_json_need_string(object, "label", &label, error));
  STANCE_TRY(stance_json_get_number(object, "score", 0, &score, error));
  if (!(score >= -1 && score <= 1)) return stance_fail(error, STANCE_INPUT, "'score' is not from -1 to 1");
  unit->score = (int32_t)lround(score * CLASSIFY_ONE);
  size_t found = head->label_count;
  for (size_t i = 0; i < head->label_count; i++) {
    STANCE_TRY(stance_json_get_number(p, head->labels[i], -1, &share, error));
    if (!(share >= 0 && share <= 1))
      return stance_fail(error, STANCE_INPUT, "'p' has no share from 0 to 1 for '%s'", head->labels[i]);
    unit->p[i] = (uint16_t)lround(share * CLASSIFY_ONE);
    if (strcmp(head->labels[i], label) == 0) found = i;
  }
  if (found == head->label_count)
    return stance_fail(error, STANCE_INPUT, "unknown label '%s' for head '%s'", label, head->name);
  unit->label = (uint8_t)found;
  return STANCE_OK;
}

static enum stance_status take_unit(struct classify_predictions *own, const cJSON *object, struct stance_error *error) {
  struct classify_scored *scored = &own->scored;
  struct classify_unit unit = {0};
  size_t head;
  STANCE_TRY(find_head(own, object, false, &head, error));
  unit.head = (uint8_t)head;
  STANCE_TRY(take_scores(&own->heads.items[head], object, &unit, error));
  STANCE_TRY(copy_string(own, object, "source", &unit.source, error));
  STANCE_TRY(copy_string(own, object, "target", &unit.target, error));
  STANCE_TRY(copy_string(own, object, "source_affiliation", &unit.source_affiliation, error));
  STANCE_TRY(copy_string(own, object, "target_affiliation", &unit.target_affiliation, error));
  if (unit.source && !unit.target) return stance_fail(error, STANCE_INPUT, "'source' stands without 'target'");
  STANCE_TRY(take_sentence(own, object, error));
  if (own->options.rollup) {
    if (unit.source_affiliation) unit.source = unit.source_affiliation;
    if (unit.target_affiliation) unit.target = unit.target_affiliation;
    unit.source_affiliation = unit.target_affiliation = NULL;
    if (unit.source && strcmp(unit.source, unit.target) == 0)
      return STANCE_OK; /* a minister and his state are one now */
  }
  struct classify_unit *units =
      stance_arena_grow(&own->arena, scored->units, &own->unit_capacity, scored->unit_count + 1, sizeof *units);
  if (!units) return stance_fail_memory(error);
  scored->units = units;
  unit.sentence = scored->sentence_count - 1;
  units[scored->unit_count++] = unit;
  scored->sentences[unit.sentence].unit_count++;
  return STANCE_OK;
}

/* The keys that go along: texts as they are, numbers and truth values as they are printed. */
static enum stance_status take_kept(struct classify_predictions *own, const cJSON *object, struct stance_error *error) {
  size_t count = own->options.keep_count;
  const char **kept = stance_arena_zalloc(&own->arena, count + 1, sizeof *kept);
  if (!kept) return stance_fail_memory(error);
  own->scored.kept_names = own->options.keep;
  own->scored.kept = kept;
  own->scored.kept_count = count;
  for (size_t i = 0; i < count; i++) {
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, own->options.keep[i]);
    if (!item || cJSON_IsNull(item)) continue;
    if (cJSON_IsObject(item) || cJSON_IsArray(item))
      return stance_fail(error, STANCE_INPUT,
                         "'%s' is neither a text nor a number: predictions cannot be counted by it",
                         own->options.keep[i]);
    char *printed = cJSON_IsString(item) ? NULL : cJSON_PrintUnformatted(item);
    const char *text = printed ? printed : item->valuestring;
    kept[i] = text ? stance_arena_copy(&own->arena, text, strlen(text)) : NULL;
    cJSON_free(printed);
    if (!kept[i]) return stance_fail_memory(error);
    if (i < CLASSIFY_GROUPS_MAX) own->has_kept[i] = true;
  }
  return STANCE_OK;
}

/* The next line as JSON; *object NULL: the end. Bad ones are reported. */
static enum stance_status next_object(struct classify_predictions *own, cJSON **object, struct line *line,
                                      struct stance_error *error) {
  if (own->pending) {
    *object = own->pending;
    *line = own->pending_line;
    own->pending = NULL;
    return STANCE_OK;
  }
  for (;;) {
    *object = NULL;
    STANCE_TRY(next_line(own, line, error));
    if (!line->text) return STANCE_OK;
    enum stance_status status = STANCE_OK;
    if (!stance_utf8_valid(line->text, line->length)) status = stance_fail(error, STANCE_INPUT, "is not UTF-8");
    if (status == STANCE_OK)
      status = stance_json_parse(line->text, line->length, line->file, line->number, object, error);
    if (status == STANCE_OK && !cJSON_IsString(cJSON_GetObjectItemCaseSensitive(*object, "article"))) {
      status = stance_fail(error, STANCE_INPUT, "no \"article\"; expected a prediction");
      cJSON_Delete(*object);
    }
    if (status == STANCE_OK) return STANCE_OK;
    if (status == STANCE_SYSTEM) return status;
    reject(own, line, error);
  }
}

enum stance_status classify_predictions_next(struct classify_predictions *own, const struct classify_scored **scored,
                                             struct stance_error *error) {
  cJSON *object;
  struct line line;
  *scored = NULL;
  stance_arena_reset(&own->arena);
  own->scored = (struct classify_scored){0};
  own->sentence_capacity = own->unit_capacity = 0;
  for (;;) {
    STANCE_TRY(next_object(own, &object, &line, error));
    if (!object) break;
    const char *article = cJSON_GetObjectItemCaseSensitive(object, "article")->valuestring;
    if (own->scored.id && strcmp(own->scored.id, article) != 0) {
      own->pending = object;
      own->pending_line = line;
      break;
    }
    enum stance_status status = STANCE_OK;
    if (!own->scored.id) {
      status = copy_string(own, object, "article", &own->scored.id, error);
      if (status == STANCE_OK) status = copy_string(own, object, "date", &own->scored.date, error);
      if (status == STANCE_OK) status = copy_string(own, object, "outlet", &own->scored.outlet, error);
      if (status == STANCE_OK && own->options.keep_count) status = take_kept(own, object, error);
    }
    if (status == STANCE_OK) status = take_unit(own, object, error);
    cJSON_Delete(object);
    if (status == STANCE_SYSTEM) return status;
    if (status != STANCE_OK) reject(own, &line, error);
  }
  if (own->scored.id) *scored = &own->scored;
  return STANCE_OK;
}
