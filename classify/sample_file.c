/* SPDX-License-Identifier: MIT
 * A sample as JSON Lines: the drawn units with their probabilities, and the sizes of the strata. */
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "sample.h"
#include "stance/base/error.h"
#include "stance/base/file.h"
#include "stance/base/json.h"

const char *const sample_design_names[] = {"strata", "equal", "uncertain", "articles"};
enum { DESIGNS = 4, CELLS_MOST = 10000000 };

void classify_sample_free(struct sample *sample) {
  stance_arena_free(&sample->arena);
  *sample = (struct sample){0};
}

static int by_id(const void *left, const void *right) {
  const struct sample_unit *const *a = left, *const *b = right;
  return strcmp((*a)->id, (*b)->id);
}

enum stance_status classify_sample_index(struct sample *sample, struct stance_error *error) {
  sample->by_id = stance_arena_alloc(&sample->arena, sample->count + 1, sizeof *sample->by_id);
  if (!sample->by_id) return stance_fail_memory(error);
  for (size_t i = 0; i < sample->count; i++) sample->by_id[i] = &sample->units[i];
  if (sample->count) qsort(sample->by_id, sample->count, sizeof *sample->by_id, by_id);
  for (size_t i = 1; i < sample->count; i++)
    if (strcmp(sample->by_id[i - 1]->id, sample->by_id[i]->id) == 0)
      return stance_fail(error, STANCE_INPUT, "unit '%.120s' stands twice in the sample", sample->by_id[i]->id);
  return STANCE_OK;
}

const struct sample_unit *classify_sample_find(const struct sample *sample, const char *id) {
  const struct sample_unit key = {.id = id}, *at = &key;
  const struct sample_unit *const *found =
      sample->count ? bsearch(&at, sample->by_id, sample->count, sizeof *sample->by_id, by_id) : NULL;
  return found ? *found : NULL;
}

/* ---- writing ----------------------------------------------------------------------------------------------------- */

static void put_text(struct stance_buffer *out, const char *text) {
  if (text) stance_buffer_json_text(out, text);
  else stance_buffer_puts(out, "null");
}

static void put_header(const struct sample *sample, const struct population *population, struct stance_buffer *out) {
  stance_buffer_printf(out, "{\"design\":{\"design\":\"%s\",\"head\":", sample_design_names[sample->design]);
  put_text(out, sample->head);
  stance_buffer_printf(out, ",\"n\":%zu,\"asked\":%zu", sample->count, sample->asked);
  if (sample->design == SAMPLE_UNCERTAIN) stance_buffer_printf(out, ",\"expected\":%.17g", sample->expected);
  stance_buffer_puts(out, ",\"for\":");
  put_text(out, sample->label ? sample->label : "score");
  stance_buffer_puts(out, ",\"by\":[");
  for (size_t c = 0; c < sample->by_count; c++) {
    if (c) stance_buffer_putc(out, ',');
    put_text(out, sample->by[c]);
  }
  stance_buffer_printf(out, "],\"bins\":%u,\"dedupe\":%s,\"population\":{\"files\":[", sample->bins,
                       sample->is_deduped ? "true" : "false");
  for (size_t i = 0; i < population->path_count; i++)
    stance_buffer_printf(out, "%s\"%016" PRIx64 "\"", i ? "," : "", population->file_hashes[i]);
  stance_buffer_printf(out, "],\"xxh3\":\"%016" PRIx64 "\",\"units\":%zu,\"set_aside\":%zu,\"cells\":[",
                       sample->population_hash, sample->population, sample->set_aside);
  for (size_t h = 0; h < sample->cell_count; h++) {
    const struct sample_cell *cell = &sample->cells[h];
    stance_buffer_printf(out, "%s{\"by\":[", h ? "," : "");
    for (size_t c = 0; c < (sample->design == SAMPLE_STRATA ? sample->by_count : 0); c++) {
      if (c) stance_buffer_putc(out, ',');
      put_text(out, cell->by[c]);
    }
    stance_buffer_printf(out, "],\"stratum\":%zu,\"bin\":%u,\"N\":%zu,\"n\":%zu}", h, cell->bin, cell->size,
                         cell->drawn);
  }
  stance_buffer_puts(out, "]},\"model\":");
  put_text(out, sample->model);
  stance_buffer_printf(out, ",\"seed\":%" PRIu64 ",\"version\":\"%s\"", sample->seed, sample->version);
  if (sample->facts) {
    stance_buffer_puts(out, ",\"run\":");
    classify_facts_object(sample->facts, out);
  }
  stance_buffer_puts(out, "}}\n");
}

struct lines {
  const struct sample *sample;
  const struct sample_unit **order; /* by file and line */
  char **texts;                     /* texts of the units, by their index in sample->units */
  struct stance_arena arena;
  const char *head;
};

static void copy_key(const cJSON *line, const char *key, struct stance_buffer *out) {
  const cJSON *item = cJSON_GetObjectItemCaseSensitive(line, key);
  char *text = item ? cJSON_PrintUnformatted(item) : NULL;
  if (item && !text) out->failed = true;
  if (text) stance_buffer_printf(out, ",\"%s\":", key), stance_buffer_puts(out, text);
  cJSON_free(text);
}

static enum stance_status put_line(void *context, size_t index, const cJSON *line, struct stance_error *error) {
  static const char *const keys[] = {"article", "sentence", "text", "source", "target", "mentions",
                                     "title",   "previous", "next", "date",   "outlet"};
  struct lines *own = context;
  const struct sample_unit *unit = own->order[index];
  struct stance_buffer out = {0};
  stance_buffer_puts(&out, "{\"unit\":");
  put_text(&out, unit->id);
  for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) copy_key(line, keys[i], &out);
  stance_buffer_puts(&out, ",\"head\":");
  put_text(&out, own->head);
  stance_buffer_printf(&out, ",\"stratum\":%u,\"pi\":%.17g", unit->cell, unit->pi);
  if (unit->copies > 1) stance_buffer_printf(&out, ",\"copies\":%u", unit->copies);
  stance_buffer_puts(&out, "}\n");
  char *text = out.failed ? NULL : stance_arena_copy(&own->arena, out.data, out.length);
  stance_buffer_free(&out);
  own->texts[unit - own->sample->units] = text;
  return text ? STANCE_OK : stance_fail_memory(error);
}

static int by_place(const void *left, const void *right) {
  const struct population_unit *a = (*(const struct sample_unit *const *)left)->unit,
                               *b = (*(const struct sample_unit *const *)right)->unit;
  if (a->file != b->file) return a->file < b->file ? -1 : 1;
  return (a->line > b->line) - (a->line < b->line);
}

enum stance_status classify_sample_write(const struct sample *sample, const struct population *population,
                                         struct stance_buffer *out, struct stance_error *error) {
  struct lines own = {.sample = sample, .head = sample->head};
  const struct population_unit **wanted = stance_arena_alloc(&own.arena, sample->count + 1, sizeof *wanted);
  own.order = stance_arena_alloc(&own.arena, sample->count + 1, sizeof *own.order);
  own.texts = stance_arena_zalloc(&own.arena, sample->count + 1, sizeof *own.texts);
  enum stance_status status = wanted && own.order && own.texts ? STANCE_OK : stance_fail_memory(error);
  for (size_t i = 0; status == STANCE_OK && i < sample->count; i++) own.order[i] = &sample->units[i];
  if (status == STANCE_OK && sample->count) qsort(own.order, sample->count, sizeof *own.order, by_place);
  for (size_t i = 0; status == STANCE_OK && i < sample->count; i++) wanted[i] = own.order[i]->unit;
  if (status == STANCE_OK) status = classify_population_lines(population, wanted, sample->count, put_line, &own, error);
  if (status == STANCE_OK) put_header(sample, population, out);
  for (size_t i = 0; status == STANCE_OK && i < sample->count; i++) stance_buffer_puts(out, own.texts[i]);
  if (status == STANCE_OK && out->failed) status = stance_fail_memory(error);
  stance_arena_free(&own.arena);
  return status;
}

/* ---- reading ----------------------------------------------------------------------------------------------------- */

bool classify_sample_is_header(const cJSON *line) {
  const cJSON *design = cJSON_GetObjectItemCaseSensitive(line, "design");
  return cJSON_IsObject(design) && cJSON_IsString(cJSON_GetObjectItemCaseSensitive(design, "design"));
}

struct sample_reading {
  struct sample *out;
  size_t capacity;
};

static enum stance_status copy_of(struct sample *out, const cJSON *item, const char **text,
                                  struct stance_error *error) {
  *text = cJSON_IsString(item) ? stance_arena_copy(&out->arena, item->valuestring, strlen(item->valuestring)) : NULL;
  return cJSON_IsString(item) && !*text ? stance_fail_memory(error) : STANCE_OK;
}

static enum stance_status count_of(const cJSON *object, const char *key, double fallback, size_t *out,
                                   struct stance_error *error) {
  double number;
  STANCE_TRY(stance_json_get_number(object, key, fallback, &number, error));
  if (!(number >= 0 && number < 1e15) || number != floor(number))
    return stance_fail(error, STANCE_INPUT, "'%s' is not a whole number from 0", key);
  *out = (size_t)number;
  return STANCE_OK;
}

static enum stance_status take_by(struct sample *out, const cJSON *array, const char **by, size_t *count,
                                  struct stance_error *error) {
  const cJSON *item;
  *count = 0;
  cJSON_ArrayForEach(item, array) {
    if (*count == POPULATION_COLUMNS_MAX)
      return stance_fail(error, STANCE_INPUT, "'by' has more than %d names", POPULATION_COLUMNS_MAX);
    STANCE_TRY(copy_of(out, item, &by[(*count)++], error));
  }
  return STANCE_OK;
}

static enum stance_status take_cells(struct sample *out, const cJSON *cells, struct stance_error *error) {
  const cJSON *item;
  int count = cJSON_GetArraySize(cells);
  if (count < 1 || count > CELLS_MOST) return stance_fail(error, STANCE_INPUT, "the design has no 'cells'");
  out->cells = stance_arena_zalloc(&out->arena, (size_t)count, sizeof *out->cells);
  if (!out->cells) return stance_fail_memory(error);
  cJSON_ArrayForEach(item, cells) {
    struct sample_cell *cell = &out->cells[out->cell_count++];
    size_t bin, ignored;
    STANCE_TRY(take_by(out, cJSON_GetObjectItemCaseSensitive(item, "by"), cell->by, &ignored, error));
    STANCE_TRY(count_of(item, "bin", 0, &bin, error));
    STANCE_TRY(count_of(item, "N", 0, &cell->size, error));
    STANCE_TRY(count_of(item, "n", 0, &cell->drawn, error));
    if (cell->drawn > cell->size)
      return stance_fail(error, STANCE_INPUT, "stratum %zu has n %zu of N %zu", out->cell_count - 1, cell->drawn,
                         cell->size);
    cell->bin = (uint32_t)bin;
  }
  return STANCE_OK;
}

static enum stance_status take_header(struct sample *out, const cJSON *line, struct stance_error *error) {
  if (!classify_sample_is_header(line))
    return stance_fail(error, STANCE_INPUT,
                       "is no sample: its first line has no 'design'; expected what 'stance sample' writes");
  const cJSON *design = cJSON_GetObjectItemCaseSensitive(line, "design"),
              *population = cJSON_GetObjectItemCaseSensitive(design, "population");
  const char *name = cJSON_GetObjectItemCaseSensitive(design, "design")->valuestring;
  const cJSON *hash = cJSON_GetObjectItemCaseSensitive(population, "xxh3");
  size_t found = 0, seed, bins;
  while (found < DESIGNS && strcmp(name, sample_design_names[found]) != 0) found++;
  if (found == DESIGNS)
    return stance_fail(error, STANCE_INPUT, "unknown design '%.60s'; expected strata, equal, uncertain or articles",
                       name);
  out->design = (enum sample_design)found;
  STANCE_TRY(copy_of(out, cJSON_GetObjectItemCaseSensitive(design, "head"), &out->head, error));
  STANCE_TRY(copy_of(out, cJSON_GetObjectItemCaseSensitive(design, "model"), &out->model, error));
  STANCE_TRY(copy_of(out, cJSON_GetObjectItemCaseSensitive(design, "version"), &out->version, error));
  STANCE_TRY(copy_of(out, cJSON_GetObjectItemCaseSensitive(design, "for"), &out->label, error));
  if (out->label && strcmp(out->label, "score") == 0) out->label = NULL;
  STANCE_TRY(take_by(out, cJSON_GetObjectItemCaseSensitive(design, "by"), out->by, &out->by_count, error));
  STANCE_TRY(count_of(design, "seed", 1, &seed, error));
  STANCE_TRY(count_of(design, "bins", 1, &bins, error));
  STANCE_TRY(count_of(design, "asked", 0, &out->asked, error));
  STANCE_TRY(stance_json_get_number(design, "expected", 0, &out->expected, error));
  STANCE_TRY(stance_json_get_bool(design, "dedupe", false, &out->is_deduped, error));
  STANCE_TRY(count_of(population, "units", 0, &out->population, error));
  STANCE_TRY(count_of(population, "set_aside", 0, &out->set_aside, error));
  if (!out->head) return stance_fail(error, STANCE_INPUT, "the design names no 'head'");
  if (!out->population) return stance_fail(error, STANCE_INPUT, "the design's population has no 'units'");
  out->seed = seed;
  out->bins = (uint32_t)bins;
  out->population_hash = cJSON_IsString(hash) ? strtoull(hash->valuestring, NULL, 16) : 0;
  return take_cells(out, cJSON_GetObjectItemCaseSensitive(population, "cells"), error);
}

static enum stance_status take_line(void *context, const cJSON *line, size_t number, struct stance_error *error) {
  struct sample_reading *own = context;
  struct sample *out = own->out;
  size_t cell, copies;
  (void)number;
  if (!out->cell_count) return take_header(out, line, error);
  struct sample_unit unit = {0};
  STANCE_TRY(copy_of(out, cJSON_GetObjectItemCaseSensitive(line, "unit"), &unit.id, error));
  STANCE_TRY(count_of(line, "stratum", 0, &cell, error));
  STANCE_TRY(count_of(line, "copies", 1, &copies, error));
  STANCE_TRY(stance_json_get_number(line, "pi", -1, &unit.pi, error));
  if (!unit.id) return stance_fail(error, STANCE_INPUT, "has no 'unit'");
  if (!(unit.pi > 0 && unit.pi <= 1))
    return stance_fail(error, STANCE_INPUT, "'pi' is not above 0 and up to 1: not a known chance");
  if (cell >= out->cell_count) return stance_fail(error, STANCE_INPUT, "stratum %zu is not in the design", cell);
  unit.cell = (uint32_t)cell;
  unit.copies = (uint32_t)copies;
  unit.u = (double)out->count;
  struct sample_unit *units = stance_arena_grow(&out->arena, out->units, &own->capacity, out->count + 1, sizeof *units);
  if (!units) return stance_fail_memory(error);
  out->units = units;
  units[out->count++] = unit;
  return STANCE_OK;
}

/* Refuses a file that lost lines, as the remaining units' probabilities would be wrong. (A sample of articles counts
 * articles, and is not checked.) */
static enum stance_status check_complete(const struct sample *sample, const char *path, struct stance_error *error) {
  struct stance_arena arena = {0};
  size_t *found = stance_arena_zalloc(&arena, sample->cell_count, sizeof *found);
  enum stance_status status = found ? STANCE_OK : stance_fail_memory(error);
  for (size_t i = 0; found && i < sample->count; i++) found[sample->units[i].cell]++;
  for (size_t h = 0; status == STANCE_OK && sample->design != SAMPLE_ARTICLES && h < sample->cell_count; h++)
    if (found[h] != sample->cells[h].drawn)
      status = stance_fail_at(error, STANCE_INPUT, path, 0, 0, "has %zu units of stratum %zu, of which %zu were drawn",
                              found[h], h, sample->cells[h].drawn);
  stance_arena_free(&arena);
  return status;
}

enum stance_status classify_sample_read(const char *path, struct sample *out, struct stance_error *error) {
  struct sample_reading own = {.out = out};
  struct stance_arena arena = {0};
  char *text;
  size_t length;
  *out = (struct sample){0};
  enum stance_status status = stance_file_read(path, 0, &arena, &text, &length, error);
  if (status == STANCE_OK) status = stance_json_lines(text, length, path, take_line, &own, error);
  if (status == STANCE_OK && !out->count)
    status = stance_fail_at(error, STANCE_INPUT, path, 0, 0, "holds no drawn unit");
  if (status == STANCE_OK && (status = classify_sample_index(out, error)) == STANCE_INPUT) {
    struct stance_error what = *error;
    stance_fail_at(error, status, path, 0, 0, "%s", what.message);
  }
  if (status == STANCE_OK) status = check_complete(out, path, error);
  /* n_h / N_h is exact, the file's pi may be rounded */
  for (size_t i = 0; status == STANCE_OK && i < out->count; i++) {
    const struct sample_cell *cell = &out->cells[out->units[i].cell];
    if (out->design != SAMPLE_UNCERTAIN && cell->drawn && cell->size)
      out->units[i].pi = (double)cell->drawn / (double)cell->size;
  }
  stance_arena_free(&arena);
  if (status != STANCE_OK) classify_sample_free(out);
  return status;
}
