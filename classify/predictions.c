/* SPDX-License-Identifier: MIT */
#include "predictions.h"

#include "aggregate.h"
#include "facts.h"
#include "prediction_line.h"

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
  size_t number;                    /* of the last line read */
  struct stance_arena ahead, arena; /* first lines, read for heads; the current article */
  struct line *lines;
  size_t line_count, line_capacity, next_line;
  struct line pending; /* the first line of the next article; text NULL: none */
  struct classify_scored scored;
  size_t sentence_capacity, unit_capacity;
  uint64_t rejected;
  bool has_kept[CLASSIFY_GROUPS_MAX];
  const char *run;
};

const struct classify_heads *classify_predictions_heads(const struct classify_predictions *own) { return &own->heads; }
uint64_t classify_predictions_rejected(const struct classify_predictions *own) { return own->rejected; }

const char *classify_predictions_run(const struct classify_predictions *own) { return own->run; }
bool classify_predictions_has(const struct classify_predictions *own, size_t keep) {
  return keep < CLASSIFY_GROUPS_MAX && own->has_kept[keep];
}

/* ---- lines ------------------------------------------------------------------------------------------------------ */

/* Reads the next line that is not blank from the files; text NULL: the end. */
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

/* The next line, first from those read ahead. */
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

/* ---- heads ------------------------------------------------------------------------------------------------------- */

/* Sets the labels' values, which predictions do not contain: by known names, else evenly from -1 for the first label to
 * +1 for the last. Only verdicts and colours depend on them, as scores are stored. */
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

static enum stance_unit_kind kind_of(const struct prediction_line *line) {
  return !line->target.at ? STANCE_UNIT_SENTENCE : line->source.at ? STANCE_UNIT_DYAD : STANCE_UNIT_TARGET;
}

static bool is_same(const char *text, const struct prediction_text *other) {
  return strncmp(text, other->at, other->length) == 0 && !text[other->length];
}

/* Parses a line. The arena must outlive the result. */
static enum stance_status take_apart(struct classify_predictions *own, const struct line *line,
                                     struct stance_arena *arena, struct prediction_line *out,
                                     struct stance_error *error) {
  const struct classify_predictions_options *options = &own->options;
  size_t kept = options->keep_count < PREDICTION_KEPT_MAX ? options->keep_count : PREDICTION_KEPT_MAX;
  if (!stance_utf8_valid(line->text, line->length)) return stance_fail(error, STANCE_INPUT, "is not UTF-8");
  if (prediction_line_read(line->text, line->length, options->keep, kept, arena, out)) return STANCE_OK;
  return prediction_line_parse(line->text, line->length, line->file, line->number, options->keep, kept, arena, out,
                               error);
}

static enum stance_status make_head(struct classify_predictions *own, const struct prediction_line *line,
                                    struct stance_error *error) {
  if (!line->share_count || own->heads.count == CLASSIFY_HEADS_MAX)
    return stance_fail(error, STANCE_INPUT, "'p' is not an object of 1 to %d labels", STANCE_LABELS_MAX);
  struct classify_head *head = &own->heads.items[own->heads.count];
  *head = (struct classify_head){.unit = kind_of(line),
                                 .name = stance_arena_copy(&own->ahead, line->head.at, line->head.length)};
  for (size_t i = 0; i < line->share_count; i++) {
    head->labels[i] = stance_arena_copy(&own->ahead, line->share_names[i].at, line->share_names[i].length);
    if (!head->labels[i]) return stance_fail_memory(error);
  }
  head->label_count = line->share_count;
  if (!head->name) return stance_fail_memory(error);
  guess_values(head);
  own->heads.count++;
  return STANCE_OK;
}

/* Finds the line's head; makes a new one while reading ahead. */
static enum stance_status find_head(struct classify_predictions *own, const struct prediction_line *line, bool make,
                                    size_t *index, struct stance_error *error) {
  enum stance_unit_kind kind = kind_of(line);
  for (*index = 0; *index < own->heads.count; ++*index)
    if (own->heads.items[*index].unit == kind && is_same(own->heads.items[*index].name, &line->head)) return STANCE_OK;
  return make ? make_head(own, line, error)
              : stance_fail(error, STANCE_INPUT, "head '%.*s' was not in the first %d lines",
                            line->head.length > 60 ? 60 : (int)line->head.length, line->head.at, LOOK_AHEAD);
}

static enum stance_status look_ahead(struct classify_predictions *own, struct stance_error *error) {
  struct line line;
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
    struct prediction_line read;
    struct stance_error ignored; /* a bad line is reported when it is read in order */
    if (take_apart(own, &line, &own->ahead, &read, &ignored) != STANCE_OK) continue;
    enum stance_status status = find_head(own, &read, true, &index, error);
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
  stance_arena_free(&own->ahead);
  stance_arena_free(&own->arena);
  free(own);
}

/* ---- from lines to articles -------------------------------------------------------------------------------------- */

/* A NUL-terminated copy; `before` if that has the same text, as units of a sentence repeat their actors. */
static enum stance_status keep(struct classify_predictions *own, const struct prediction_text *text, const char *before,
                               const char **out, struct stance_error *error) {
  *out = NULL;
  if (!text->at) return STANCE_OK;
  *out = before && is_same(before, text) ? before : stance_arena_copy(&own->arena, text->at, text->length);
  return *out ? STANCE_OK : stance_fail_memory(error);
}

static enum stance_status take_mention(struct classify_predictions *own, const cJSON *item,
                                       struct classify_sentence *sentence, struct classify_mention *mention,
                                       struct stance_error *error) {
  double start, end;
  const char *actor;
  STANCE_TRY(stance_json_get_number(item, "start", -1, &start, error));
  STANCE_TRY(stance_json_get_number(item, "end", -1, &end, error));
  STANCE_TRY(stance_json_get_string(item, "actor", NULL, &actor, error));
  STANCE_TRY(stance_json_get_bool(item, "implicit", false, &mention->is_implicit, error));
  if (!actor || !(start >= 0 && start < end && end <= sentence->length))
    return stance_fail(error, STANCE_INPUT, "a mention does not fit the text");
  size_t from = stance_utf8_offset(sentence->text, sentence->length, (size_t)start);
  size_t to = stance_utf8_offset(sentence->text, sentence->length, (size_t)end);
  if (from == SIZE_MAX || to == SIZE_MAX) return stance_fail(error, STANCE_INPUT, "a mention does not fit the text");
  mention->start = (uint32_t)from;
  mention->end = (uint32_t)to;
  mention->actor = stance_arena_copy(&own->arena, actor, strlen(actor));
  return mention->actor ? STANCE_OK : stance_fail_memory(error);
}

/* Reads the mentions of a sentence. array: JSON, verbatim from the line. */
static enum stance_status take_mentions(struct classify_predictions *own, const struct prediction_text *array,
                                        struct classify_sentence *sentence, struct stance_error *error) {
  cJSON *items = array->at ? cJSON_ParseWithLength(array->at, array->length) : NULL, *item;
  size_t count = items ? (size_t)cJSON_GetArraySize(items) : 0;
  struct classify_mention *mentions = stance_arena_zalloc(&own->arena, count, sizeof *mentions);
  enum stance_status status = mentions && (items || !array->at) ? STANCE_OK : stance_fail_memory(error);
  cJSON_ArrayForEach(item, items) {
    if (status == STANCE_OK) status = take_mention(own, item, sentence, &mentions[sentence->mention_count++], error);
  }
  sentence->mentions = mentions;
  cJSON_Delete(items);
  return status;
}

/* Adds the line's sentence, unless it is the one before. */
static enum stance_status take_sentence(struct classify_predictions *own, const struct prediction_line *line,
                                        struct stance_error *error) {
  struct classify_scored *scored = &own->scored;
  struct classify_sentence made = {.unit_first = scored->unit_count};
  if (!(line->sentence >= 0 && line->sentence < UINT32_MAX))
    return stance_fail(error, STANCE_INPUT, "'sentence' is not a number from 0");
  made.index = (uint32_t)line->sentence;
  if (scored->sentence_count && scored->sentences[scored->sentence_count - 1].index == made.index) return STANCE_OK;
  STANCE_TRY(keep(own, &line->text, NULL, &made.text, error));
  if (made.text) {
    made.length = (uint32_t)strlen(made.text);
    if (own->options.with_mentions) STANCE_TRY(take_mentions(own, &line->mentions, &made, error));
  } else {
    made.text = ""; /* omitted by --no-text, so mentions have no offsets */
  }
  struct classify_sentence *sentences = stance_arena_grow(&own->arena, scored->sentences, &own->sentence_capacity,
                                                          scored->sentence_count + 1, sizeof *sentences);
  if (!sentences) return stance_fail_memory(error);
  scored->sentences = sentences;
  sentences[scored->sentence_count++] = made;
  return STANCE_OK;
}

/* The label's p, usually at its own index; NULL: none. */
static const double *share_of(const struct prediction_line *line, const char *label, size_t place) {
  if (place < line->share_count && is_same(label, &line->share_names[place])) return &line->shares[place];
  for (size_t i = 0; i < line->share_count; i++)
    if (is_same(label, &line->share_names[i])) return &line->shares[i];
  return NULL;
}

static enum stance_status take_scores(const struct classify_head *head, const struct prediction_line *line,
                                      struct classify_unit *unit, struct stance_error *error) {
  if (!(line->score >= -1 && line->score <= 1)) return stance_fail(error, STANCE_INPUT, "'score' is not from -1 to 1");
  unit->score = (int32_t)lround(line->score * CLASSIFY_ONE);
  size_t found = head->label_count;
  for (size_t i = 0; i < head->label_count; i++) {
    const double *share = share_of(line, head->labels[i], i);
    if (!share || !(*share >= 0 && *share <= 1))
      return stance_fail(error, STANCE_INPUT, "'p' has no share from 0 to 1 for '%s'", head->labels[i]);
    unit->p[i] = (uint16_t)lround(*share * CLASSIFY_ONE);
    if (is_same(head->labels[i], &line->label)) found = i;
  }
  if (found == head->label_count)
    return stance_fail(error, STANCE_INPUT, "unknown label '%.*s' for head '%s'",
                       line->label.length > 60 ? 60 : (int)line->label.length, line->label.at, head->name);
  unit->label = (uint8_t)found;
  return STANCE_OK;
}

static enum stance_status take_unit(struct classify_predictions *own, const struct prediction_line *line,
                                    struct stance_error *error) {
  static const struct classify_unit none = {0};
  struct classify_scored *scored = &own->scored;
  const struct classify_unit *before = scored->unit_count ? &scored->units[scored->unit_count - 1] : &none;
  struct classify_unit unit = {0};
  size_t head;
  STANCE_TRY(find_head(own, line, false, &head, error));
  unit.head = (uint8_t)head;
  STANCE_TRY(take_scores(&own->heads.items[head], line, &unit, error));
  STANCE_TRY(keep(own, &line->source, before->source, &unit.source, error));
  STANCE_TRY(keep(own, &line->target, before->target, &unit.target, error));
  STANCE_TRY(keep(own, &line->source_affiliation, before->source_affiliation, &unit.source_affiliation, error));
  STANCE_TRY(keep(own, &line->target_affiliation, before->target_affiliation, &unit.target_affiliation, error));
  if (unit.source && !unit.target) return stance_fail(error, STANCE_INPUT, "'source' stands without 'target'");
  STANCE_TRY(take_sentence(own, line, error));
  if (own->options.rollup) {
    if (unit.source_affiliation) unit.source = unit.source_affiliation;
    if (unit.target_affiliation) unit.target = unit.target_affiliation;
    unit.source_affiliation = unit.target_affiliation = NULL;
    if (unit.source && strcmp(unit.source, unit.target) == 0)
      return STANCE_OK; /* after roll-up, a minister and his state are one actor */
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

/* Reads the fields that all lines of an article share, from its first line. */
static enum stance_status take_article(struct classify_predictions *own, const struct prediction_line *line,
                                       struct stance_error *error) {
  size_t count = own->options.keep_count;
  STANCE_TRY(keep(own, &line->article, NULL, &own->scored.id, error));
  STANCE_TRY(keep(own, &line->date, NULL, &own->scored.date, error));
  STANCE_TRY(keep(own, &line->outlet, NULL, &own->scored.outlet, error));
  const char **kept = stance_arena_zalloc(&own->arena, count + 1, sizeof *kept);
  if (!kept) return stance_fail_memory(error);
  own->scored.kept_names = own->options.keep;
  own->scored.kept = kept;
  own->scored.kept_count = count;
  for (size_t i = 0; i < count && i < PREDICTION_KEPT_MAX; i++) {
    STANCE_TRY(keep(own, &line->kept[i], NULL, &kept[i], error));
    if (kept[i]) own->has_kept[i] = true;
  }
  return STANCE_OK;
}

enum stance_status classify_predictions_next(struct classify_predictions *own, const struct classify_scored **scored,
                                             struct stance_error *error) {
  struct line line = own->pending;
  struct prediction_line read;
  *scored = NULL;
  stance_arena_reset(&own->arena);
  own->scored = (struct classify_scored){0};
  own->sentence_capacity = own->unit_capacity = 0;
  own->pending.text = NULL;
  for (;;) {
    if (!line.text) STANCE_TRY(next_line(own, &line, error));
    if (!line.text) break;
    enum stance_status status = take_apart(own, &line, &own->arena, &read, error);
    if (status == STANCE_OK && own->scored.id && !is_same(own->scored.id, &read.article)) {
      own->pending = line; /* its bytes are valid until the next line is read */
      break;
    }
    if (status == STANCE_OK && !own->scored.id) status = take_article(own, &read, error);
    if (status == STANCE_OK) status = take_unit(own, &read, error);
    if (status == STANCE_SYSTEM) return status;
    if (status != STANCE_OK) reject(own, &line, error);
    line.text = NULL;
  }
  if (own->scored.id) *scored = &own->scored;
  return STANCE_OK;
}
