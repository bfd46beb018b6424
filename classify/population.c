/* SPDX-License-Identifier: MIT
 * From predictions to units. Memory grows with the number of units, not with their texts: lines of drawn units are read
 * a second time. */
#include "population.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "aggregate.h"
#include "input/bytes.h"
#include "population_internal.h"
#include "stance/base/error.h"
#include "stance/base/hash.h"
#include "stance/base/json.h"
#include "stance/labels/record.h"
#include "stance/model/model.h"
#include "stance/text/letters.h"

enum { LINE_MAX_BYTES = 16 * 1024 * 1024 };

/* ---- values: each text is stored once ------------------------------------------------------------------------ */

static const char *keep(struct reading *own, const char *text) {
  if (!text) return NULL;
  size_t length = strlen(text);
  uint64_t hash = stance_hash(text, length);
  size_t at = stance_hash_index_start(&own->kept_index, hash);
  for (uint32_t i; (i = stance_hash_index_next(&own->kept_index, hash, &at)) != STANCE_HASH_NONE;)
    if (strcmp(own->kept[i], text) == 0) return own->kept[i];
  const char *copy = stance_arena_copy(&own->out->arena, text, length);
  const char **kept =
      stance_arena_grow(&own->units_arena, own->kept, &own->kept_capacity, own->kept_count + 1, sizeof *kept);
  if (kept) own->kept = kept;
  own->is_out_of_memory |= !copy || !kept || !stance_hash_index_add(&own->kept_index, hash, own->kept_count);
  if (own->is_out_of_memory) return NULL;
  own->kept[own->kept_count++] = copy;
  return copy;
}

static const char *string_of(const cJSON *object, const char *key) {
  const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, key);
  return cJSON_IsString(item) ? item->valuestring : NULL;
}

/* ---- columns --------------------------------------------------------------------------------------------------- */

static const char *column_value(struct reading *own, const char *name, const struct population_unit *unit,
                                const cJSON *object) {
  char period[16], number[40];
  static const enum classify_by periods[] = {CLASSIFY_BY_DAY, CLASSIFY_BY_WEEK, CLASSIFY_BY_MONTH, CLASSIFY_BY_YEAR};
  for (size_t i = 0; i < sizeof periods / sizeof *periods; i++)
    if (strcmp(name, classify_by_name(periods[i])) == 0)
      return classify_period(periods[i], unit->date, period) ? keep(own, period) : NULL;
  if (strcmp(name, "dyad") == 0) {
    char *dyad =
        unit->target ? stance_arena_format(&own->line, "%s>%s", unit->source ? unit->source : "", unit->target) : NULL;
    return keep(own, dyad);
  }
  if (strcmp(name, "article") == 0) return unit->article;
  const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, name);
  if (cJSON_IsNumber(item)) {
    snprintf(number, sizeof number, "%.15g", item->valuedouble);
    return keep(own, number);
  }
  if (cJSON_IsBool(item)) return keep(own, cJSON_IsTrue(item) ? "true" : "false");
  return keep(own, cJSON_IsString(item) ? item->valuestring : NULL);
}

static bool is_made(const char *name) {
  static const char *const made[] = {"day", "week", "month", "year", "dyad", "article", "source", "target", "outlet"};
  for (size_t i = 0; i < sizeof made / sizeof *made; i++)
    if (strcmp(made[i], name) == 0) return true;
  return false;
}

/* ---- heads ------------------------------------------------------------------------------------------------------- */

static enum stance_status head_of(struct reading *own, const cJSON *object, const cJSON *p, size_t *index,
                                  struct stance_error *error) {
  const char *name;
  STANCE_TRY(stance_json_need_string(object, "head", &name, error));
  for (*index = 0; *index < own->heads.count; ++*index)
    if (strcmp(own->heads.items[*index].name, name) == 0) return STANCE_OK;
  int labels = cJSON_IsObject(p) ? cJSON_GetArraySize(p) : 0;
  if (labels < 1 || labels > STANCE_LABELS_MAX || own->heads.count == CLASSIFY_HEADS_MAX)
    return stance_fail(error, STANCE_INPUT, "'p' is not an object of 1 to %d labels", STANCE_LABELS_MAX);
  struct classify_head *head = &own->heads.items[own->heads.count++];
  const char *target = string_of(object, "target"), *source = string_of(object, "source");
  head->name = keep(own, name);
  head->unit = !target ? STANCE_UNIT_SENTENCE : source ? STANCE_UNIT_DYAD : STANCE_UNIT_TARGET;
  for (const cJSON *item = p->child; item; item = item->next)
    head->labels[head->label_count++] = keep(own, item->string);
  return own->is_out_of_memory ? stance_fail_memory(error) : STANCE_OK;
}

static enum stance_status take_p(struct reading *own, const struct classify_head *head, const cJSON *object,
                                 const cJSON *p, struct population_unit *unit, struct stance_error *error) {
  const char *label;
  double *shares = stance_arena_alloc(&own->out->arena, head->label_count, sizeof *shares), sum = 0;
  if (!shares) return stance_fail_memory(error);
  STANCE_TRY(stance_json_need_string(object, "label", &label, error));
  STANCE_TRY(stance_json_get_number(object, "score", 0, &unit->score, error));
  if (!(unit->score >= -1.0001 && unit->score <= 1.0001))
    return stance_fail(error, STANCE_INPUT, "'score' is not from -1 to 1");
  size_t found = head->label_count;
  for (size_t i = 0; i < head->label_count; i++) {
    STANCE_TRY(stance_json_get_number(p, head->labels[i], -1, &shares[i], error));
    if (!(shares[i] >= 0 && shares[i] <= 1))
      return stance_fail(error, STANCE_INPUT, "'p' has no share from 0 to 1 for '%.60s'", head->labels[i]);
    sum += shares[i];
    if (strcmp(head->labels[i], label) == 0) found = i;
  }
  if (found == head->label_count)
    return stance_fail(error, STANCE_INPUT, "unknown label '%.60s' for head '%s'", label, head->name);
  if (fabs(sum - 1) > 0.01) return stance_fail(error, STANCE_INPUT, "the shares in 'p' sum to %g, not to 1", sum);
  unit->label = (uint8_t)found;
  unit->p = shares;
  return STANCE_OK;
}

/* ---- lines ------------------------------------------------------------------------------------------------------- */

static enum stance_status take_id(struct reading *own, const cJSON *object, struct population_unit *unit,
                                  struct stance_error *error) {
  const char *id, *article, *source = string_of(object, "source"), *target = string_of(object, "target");
  double sentence;
  STANCE_TRY(stance_json_get_string(object, "unit", NULL, &id, error));
  STANCE_TRY(stance_json_need_string(object, "article", &article, error));
  STANCE_TRY(stance_json_get_number(object, "sentence", 0, &sentence, error));
  if (!(sentence >= 0 && sentence < UINT32_MAX))
    return stance_fail(error, STANCE_INPUT, "'sentence' is not a number from 0");
  if (source && !target) return stance_fail(error, STANCE_INPUT, "'source' stands without 'target'");
  unit->id = id ? stance_arena_copy(&own->out->arena, id, strlen(id))
                : stance_unit_id(&own->out->arena, article, (uint32_t)sentence, source, target);
  unit->article = keep(own, article);
  unit->date = keep(own, string_of(object, "date"));
  unit->outlet = keep(own, string_of(object, "outlet"));
  unit->source = keep(own, source);
  unit->target = keep(own, target);
  return unit->id && !own->is_out_of_memory ? STANCE_OK : stance_fail_memory(error);
}

static uint64_t key_of(const char *head, const char *id) {
  return stance_hash_combine(stance_hash(head, strlen(head)), stance_hash(id, strlen(id)));
}

static void look_for_training(struct reading *own, const cJSON *object, struct population_unit *unit) {
  const char *text = string_of(object, "text");
  bool is_out_of_fold = own->is_folds || cJSON_GetObjectItemCaseSensitive(object, "fold") != NULL;
  uint64_t letters = text ? stance_letters_hash(text, strlen(text)) : 0;
  unit->text_hash = letters;
  if (unit->source)
    unit->text_hash = stance_hash_combine(unit->text_hash, stance_hash(unit->source, strlen(unit->source)));
  if (unit->target)
    unit->text_hash = stance_hash_combine(unit->text_hash, stance_hash(unit->target, strlen(unit->target)));
  unit->is_out_of_fold = is_out_of_fold;
  if (is_out_of_fold) return;
  unit->is_seen = cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(object, "seen")); /* classify, evaluate --predictions */
  if (!own->options->model) return;
  for (size_t h = 0; h < stance_model_head_count(own->options->model); h++)
    if (strcmp(stance_model_head_name(own->options->model, h), own->heads.items[unit->head].name) == 0)
      unit->is_seen |= text && stance_model_saw(own->options->model, h, letters);
}

static enum stance_status take_line(struct reading *own, const cJSON *object, struct stance_error *error) {
  struct population_unit unit = {.file = own->file, .line = own->line_number};
  const cJSON *p = cJSON_GetObjectItemCaseSensitive(object, "p");
  size_t head;
  if (!cJSON_IsObject(object)) return stance_fail(error, STANCE_INPUT, "is not a JSON object; expected a prediction");
  if (!p && !cJSON_GetObjectItemCaseSensitive(object, "label")) return population_take_header(own, object, error);
  const char *name = string_of(object, "head");
  if (own->options->head && name && strcmp(name, own->options->head) != 0) return STANCE_OK;
  STANCE_TRY(head_of(own, object, p, &head, error));
  unit.head = (uint16_t)head;
  STANCE_TRY(take_id(own, object, &unit, error));
  STANCE_TRY(take_p(own, &own->heads.items[head], object, p, &unit, error));
  look_for_training(own, object, &unit);
  unit.hash = key_of(own->heads.items[head].name, unit.id);
  for (size_t c = 0; c < own->options->column_count; c++) {
    unit.columns[c] = column_value(own, own->options->columns[c], &unit, object);
    own->is_column_known[c] |= unit.columns[c] != NULL;
  }
  if (own->is_out_of_memory) return stance_fail_memory(error);
  struct population_unit *units =
      stance_arena_grow(&own->units_arena, own->units, &own->capacity, own->count + 1, sizeof *units);
  if (!units) return stance_fail_memory(error);
  own->units = units;
  units[own->count++] = unit;
  return STANCE_OK;
}

/* Calls `each` with every line of a file. */
static enum stance_status each_line(const char *path, const atomic_int *stop, uint64_t *number,
                                    enum stance_status (*each)(void *context, const char *text, size_t length,
                                                               struct stance_error *error),
                                    void *context, struct stance_error *error) {
  struct input_bytes *bytes;
  struct input_record record;
  *number = 0;
  STANCE_TRY(input_bytes_open(path, stop, &bytes, error));
  enum stance_status status;
  for (;;) {
    status = input_bytes_record(bytes, input_scan_line, LINE_MAX_BYTES, &record, error);
    if (status != STANCE_OK || (!record.length && !record.is_over) || (stop && *stop)) break;
    ++*number;
    if (record.is_over) {
      status = stance_fail_at(error, STANCE_INPUT, path, *number, 0, "a line of more than %d bytes", LINE_MAX_BYTES);
      break;
    }
    while (record.length && strchr(" \t\r\n", record.data[record.length - 1])) record.length--;
    if (record.length) status = each(context, record.data, record.length, error);
    if (status != STANCE_OK) break;
  }
  input_bytes_close(bytes);
  return status;
}

static enum stance_status read_one(void *context, const char *text, size_t length, struct stance_error *error) {
  struct reading *own = context;
  cJSON *object = NULL;
  stance_arena_reset(&own->line);
  enum stance_status status = stance_json_parse(text, length, own->path, own->line_number, &object, error);
  if (status == STANCE_OK && (status = take_line(own, object, error)) != STANCE_OK) {
    struct stance_error what = *error;
    if (status == STANCE_INPUT) stance_fail_at(error, status, own->path, own->line_number, 0, "%s", what.message);
  }
  cJSON_Delete(object);
  return status;
}

static enum stance_status read_files(struct reading *own, const char *const *paths, size_t count,
                                     struct stance_error *error) {
  for (size_t i = 0; i < count; i++) {
    if (strcmp(paths[i], "-") == 0)
      return stance_fail(error, STANCE_USAGE, "predictions are read twice: give files, not '-'");
    own->path = paths[i];
    own->file = (uint32_t)i;
    STANCE_TRY(each_line(paths[i], own->options->stop, &own->line_number, read_one, own, error));
  }
  return STANCE_OK;
}

enum stance_status classify_population_read(const struct population_options *options, struct population *out,
                                            struct stance_error *error) {
  struct reading own = {.options = options, .out = out};
  *out = (struct population){.columns = options->columns,
                             .column_count = options->column_count,
                             .paths = options->paths,
                             .path_count = options->path_count};
  enum stance_status status = read_files(&own, options->paths, options->path_count, error);
  own.main_count = own.count;
  own.is_folds = true;
  if (status == STANCE_OK) status = read_files(&own, options->folds, options->fold_count, error);
  if (status == STANCE_OK) status = population_settle(&own, error);
  for (size_t c = 0; status == STANCE_OK && c < options->column_count; c++)
    if (!own.is_column_known[c] && !is_made(options->columns[c]))
      status = stance_fail(error, STANCE_INPUT, "no prediction has a '%.60s' to count by", options->columns[c]);
  stance_arena_free(&own.line);
  stance_arena_free(&own.units_arena);
  stance_hash_index_free(&own.kept_index);
  if (status != STANCE_OK) classify_population_free(out);
  return status;
}

void classify_population_free(struct population *population) {
  stance_arena_free(&population->arena);
  *population = (struct population){0};
}

/* ---- the second reading ------------------------------------------------------------------------------------------ */

struct rereading {
  const struct population_unit *const *wanted;
  size_t next, count;
  uint32_t file;
  uint64_t line;
  population_line *each;
  void *context;
};

static enum stance_status reread_one(void *context, const char *text, size_t length, struct stance_error *error) {
  struct rereading *own = context;
  cJSON *object;
  if (own->next == own->count || own->wanted[own->next]->file != own->file || own->wanted[own->next]->line != own->line)
    return STANCE_OK;
  STANCE_TRY(stance_json_parse(text, length, NULL, 1, &object, error));
  enum stance_status status = own->each(own->context, own->next++, object, error);
  cJSON_Delete(object);
  return status;
}

enum stance_status classify_population_lines(const struct population *population,
                                             const struct population_unit *const *wanted, size_t count,
                                             population_line *each, void *context, struct stance_error *error) {
  struct rereading own = {.wanted = wanted, .count = count, .each = each, .context = context};
  for (size_t i = 0; i < population->path_count && own.next < count; i++) {
    own.file = (uint32_t)i;
    STANCE_TRY(each_line(population->paths[i], NULL, &own.line, reread_one, &own, error));
  }
  if (own.next < count) return stance_fail(error, STANCE_INPUT, "the predictions changed while they were read");
  return STANCE_OK;
}

double classify_population_variance(const struct population *population, const struct population_unit *unit,
                                    int label) {
  double sum = 0;
  if (label >= 0) return unit->p[label] * (1 - unit->p[label]);
  for (size_t i = 0; i < population->head.label_count; i++)
    sum += unit->p[i] * population->head.values[i] * population->head.values[i];
  return fmax(0, sum - unit->score * unit->score);
}
