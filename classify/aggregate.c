/* SPDX-License-Identifier: MIT
 * A hash table of counters. The texts of ids and groups are stored once and referred to by number. */
#include "aggregate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "stance/base/grow.h"
#include "stance/base/hash.h"
#include "stance/base/hash_index.h"
#include "stance/text/article.h"
#include "stance/text/date.h"

const char *classify_by_name(enum classify_by by) {
#define NAME(id, name) [CLASSIFY_BY_##id] = name,
  static const char *const names[] = {[CLASSIFY_BY_NONE] = "none", CLASSIFY_BYS(NAME)[CLASSIFY_BY_COLUMN] = "column"};
#undef NAME
  return names[by];
}

/* ---- names: texts to numbers ------------------------------------------------------------------------------- */

struct name_table {
  struct stance_arena arena;
  const char **names; /* [count] */
  size_t count, capacity;
  struct stance_hash_index index;
};

/* The text's number from 1; 0: none. */
static uint32_t name_find(const struct name_table *table, const char *text, uint64_t hash) {
  uint32_t i;
  for (size_t at = stance_hash_index_start(&table->index, hash);
       (i = stance_hash_index_next(&table->index, hash, &at)) != STANCE_HASH_NONE;)
    if (strcmp(table->names[i], text) == 0) return i + 1;
  return 0;
}

/* The text's number from 1; 0 for NULL; UINT32_MAX: out of memory. */
static uint32_t name_number(struct name_table *table, const char *text) {
  if (!text) return 0;
  size_t length = strlen(text);
  uint64_t hash = stance_hash(text, length);
  uint32_t found = name_find(table, text, hash);
  if (found) return found;
  const char **names = stance_grow(table->names, &table->capacity, table->count + 1, sizeof *names);
  if (!names) return UINT32_MAX;
  table->names = names;
  if (!(table->names[table->count] = stance_arena_copy(&table->arena, text, length)) ||
      !stance_hash_index_add(&table->index, hash, table->count))
    return UINT32_MAX;
  table->count++;
  return (uint32_t)table->count;
}

static void names_clear(struct name_table *table) {
  stance_arena_reset(&table->arena);
  table->count = 0;
  stance_hash_index_clear(&table->index);
}

static void names_free(struct name_table *table) {
  stance_arena_free(&table->arena);
  free(table->names);
  stance_hash_index_free(&table->index);
}

/* ---- counters ------------------------------------------------------------------------------------------------ */

struct counter {
  uint32_t groups[CLASSIFY_GROUPS_MAX], source, target; /* numbers of names; 0: none */
  uint32_t head;
  uint64_t units;
  int64_t score_sum, square_sum;
};

struct classify_aggregate {
  const struct classify_heads *heads;
  struct classify_keys keys;
  uint64_t undated;
  size_t label_most; /* labels of the head with most: the width of `labels` */
  struct name_table names;
  struct counter *counters; /* [count] */
  uint64_t *labels;         /* [count][2][label_most]: units by label; sums of the label's p, in ten-thousandths */
  struct stance_hash_index index; /* of the counters */
  size_t count, capacity;
};

struct classify_aggregate *classify_aggregate_new(const struct classify_heads *heads,
                                                  const struct classify_keys *keys) {
  struct classify_aggregate *aggregate = calloc(1, sizeof *aggregate);
  if (!aggregate) return NULL;
  aggregate->heads = heads;
  aggregate->keys = *keys;
  for (size_t i = 0; i < heads->count; i++)
    if (heads->items[i].label_count > aggregate->label_most) aggregate->label_most = heads->items[i].label_count;
  return aggregate;
}

void classify_aggregate_destroy(struct classify_aggregate *aggregate) {
  if (!aggregate) return;
  names_free(&aggregate->names);
  free(aggregate->counters);
  free(aggregate->labels);
  stance_hash_index_free(&aggregate->index);
  free(aggregate);
}

void classify_aggregate_clear(struct classify_aggregate *aggregate) {
  names_clear(&aggregate->names);
  aggregate->count = 0;
  stance_hash_index_clear(&aggregate->index);
  aggregate->undated = 0;
}

static uint64_t counter_key(const struct counter *counter) {
  uint64_t key = stance_hash_combine((uint64_t)counter->groups[0] << 32 | counter->head,
                                     (uint64_t)counter->source << 32 | counter->target);
  return counter->groups[1] ? stance_hash_combine(key, counter->groups[1]) : key;
}

static bool counters_grow(struct classify_aggregate *aggregate) {
  size_t capacity = aggregate->capacity ? aggregate->capacity * 2 : 128;
  struct counter *counters = realloc(aggregate->counters, capacity * sizeof *counters);
  if (counters) aggregate->counters = counters;
  uint64_t *labels = realloc(aggregate->labels, capacity * (2 * aggregate->label_most + 1) * sizeof *labels);
  if (labels) aggregate->labels = labels;
  if (!counters || !labels) return false;
  aggregate->capacity = capacity;
  return true;
}

static uint64_t *counts_of(const struct classify_aggregate *aggregate, size_t index) {
  return aggregate->labels + index * 2 * aggregate->label_most;
}

/* Finds or makes the counter of this key. SIZE_MAX: out of memory. */
static size_t counter_for(struct classify_aggregate *aggregate, const struct counter *key) {
  uint64_t hash = counter_key(key);
  uint32_t i;
  for (size_t at = stance_hash_index_start(&aggregate->index, hash);
       (i = stance_hash_index_next(&aggregate->index, hash, &at)) != STANCE_HASH_NONE;) {
    const struct counter *other = &aggregate->counters[i];
    if (memcmp(other->groups, key->groups, sizeof key->groups) == 0 && other->source == key->source &&
        other->target == key->target && other->head == key->head)
      return i;
  }
  if (aggregate->count == aggregate->capacity && !counters_grow(aggregate)) return SIZE_MAX;
  if (!stance_hash_index_add(&aggregate->index, hash, aggregate->count)) return SIZE_MAX;
  size_t index = aggregate->count++;
  aggregate->counters[index] = *key;
  memset(counts_of(aggregate, index), 0, 2 * aggregate->label_most * sizeof *aggregate->labels);
  return index;
}

/* Days since 0000-03-01 in the proleptic Gregorian calendar (Howard Hinnant's days_from_civil). */
static long day_number(long year, long month, long day) {
  year -= month <= 2;
  long era = (year >= 0 ? year : year - 399) / 400, of_era = year - era * 400;
  long of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year;
}

/* The ISO week, whose year is that of its Thursday. */
static void iso_week(long year, long month, long day, long *week_year, long *week) {
  long number = day_number(year, month, day);
  long weekday = (number + 2) % 7; /* 0: Monday; 0000-03-01 was a Wednesday */
  long thursday = number - weekday + 3;
  *week_year = year;
  if (thursday < day_number(year, 1, 1)) --*week_year;
  else if (thursday >= day_number(year + 1, 1, 1)) ++*week_year;
  *week = (thursday - day_number(*week_year, 1, 1)) / 7 + 1;
}

bool classify_period(enum classify_by by, const char *date, char *out) {
  uint32_t parsed = date ? stance_date_parse(date) : 0;
  if (!parsed && (by == CLASSIFY_BY_MONTH || by == CLASSIFY_BY_YEAR) && date && strlen(date) == 7)
    parsed = stance_date_first_day(date); /* "2022-05" */
  if (!parsed) return false;
  long year = parsed / 10000, month = parsed / 100 % 100, day = parsed % 100, week;
  switch (by) {
    case CLASSIFY_BY_WEEK:
      iso_week(year, month, day, &year, &week);
      snprintf(out, 16, "%04u-W%02u", (unsigned)year % 10000u, (unsigned)week % 100u);
      return true;
    case CLASSIFY_BY_YEAR:
      memcpy(out, date, 4);
      out[4] = '\0';
      return true;
    case CLASSIFY_BY_MONTH:
      memcpy(out, date, 7);
      out[7] = '\0';
      return true;
    default:
      memcpy(out, date, 10);
      out[10] = '\0';
      return true;
  }
}

/* The mean of the labels' squared values under p, in ten-thousandths. */
static int64_t mean_square(const struct classify_head *head, const uint16_t *p) {
  double sum = 0;
  for (size_t i = 0; i < head->label_count; i++) sum += p[i] * head->values[i] * head->values[i];
  return (int64_t)lround(sum);
}

static bool is_period(enum classify_by by) {
  return by == CLASSIFY_BY_DAY || by == CLASSIFY_BY_WEEK || by == CLASSIFY_BY_MONTH || by == CLASSIFY_BY_YEAR;
}

/* The article's value of a group; NULL: none. period: work space. */
static const char *group_of(const struct classify_keys *keys, size_t index, const struct classify_scored *scored,
                            char *period) {
  enum classify_by by = keys->groups[index];
  if (by == CLASSIFY_BY_ARTICLE) return scored->id;
  if (by == CLASSIFY_BY_OUTLET) return scored->outlet;
  if (is_period(by)) return classify_period(by, scored->date, period) ? period : NULL;
  for (size_t i = 0; i < scored->kept_count; i++)
    if (strcmp(scored->kept_names[i], keys->names[index]) == 0) return scored->kept[i];
  return NULL;
}

uint64_t classify_aggregate_undated(const struct classify_aggregate *aggregate) { return aggregate->undated; }

bool classify_aggregate_add(struct classify_aggregate *aggregate, const struct classify_scored *scored) {
  const struct classify_keys *keys = &aggregate->keys;
  struct counter of_article = {0};
  for (size_t i = 0; i < keys->group_count; i++) {
    char period[16];
    const char *group = group_of(keys, i, scored, period);
    if (!group && is_period(keys->groups[i])) {
      aggregate->undated += scored->unit_count;
      return true;
    }
    of_article.groups[i] = name_number(&aggregate->names, group);
    if (of_article.groups[i] == UINT32_MAX) return false;
  }
  for (uint32_t i = 0; i < scored->unit_count; i++) {
    const struct classify_unit *unit = &scored->units[i];
    struct counter key = of_article;
    key.head = unit->head;
    key.source = name_number(&aggregate->names, keys->has_source ? unit->source : NULL);
    key.target = name_number(&aggregate->names, keys->has_target ? unit->target : NULL);
    if (key.source == UINT32_MAX || key.target == UINT32_MAX) return false;
    size_t index = counter_for(aggregate, &key);
    if (index == SIZE_MAX) return false;
    aggregate->counters[index].units++;
    aggregate->counters[index].score_sum += unit->score;
    aggregate->counters[index].square_sum += mean_square(&aggregate->heads->items[unit->head], unit->p);
    uint64_t *counts = counts_of(aggregate, index), *sums = counts + aggregate->label_most;
    counts[unit->label]++;
    for (size_t l = 0; l < aggregate->heads->items[unit->head].label_count; l++) sums[l] += unit->p[l];
  }
  return true;
}

/* ---- rows ------------------------------------------------------------------------------------------------------- */

void classify_interval(uint64_t n, double mean, double square_mean, double *low, double *high) {
  const double z = 1.959963984540054, prior = 4;
  if (n <= 1) {
    *low = -1;
    *high = 1;
    return;
  }
  double share = (1 + mean) / 2, binomial = share * (1 - share), z2 = z * z, trials = (double)n;
  double variance = (trials * fmax(0, square_mean - mean * mean) / 4 + prior * binomial) / (trials + prior);
  if (variance > 0 && binomial > 0) trials *= binomial / variance;
  double centre = (share + z2 / (2 * trials)) / (1 + z2 / trials);
  double half = z / (1 + z2 / trials) * sqrt(binomial / trials + z2 / (4 * trials * trials));
  *low = fmax(-1, 2 * (centre - half) - 1);
  *high = fmin(1, 2 * (centre + half) - 1);
}

static int compare_texts(const char *a, const char *b) {
  if (!a || !b) return (a != NULL) - (b != NULL);
  return strcmp(a, b);
}

static int compare_rows(const void *first, const void *second) {
  const struct classify_row *a = first, *b = second;
  int order = compare_texts(a->group, b->group);
  if (!order) order = compare_texts(a->second, b->second);
  if (!order) order = (b->units > a->units) - (b->units < a->units);
  if (!order) order = compare_texts(a->source, b->source);
  if (!order) order = compare_texts(a->target, b->target);
  return order ? order : (a->head > b->head) - (a->head < b->head);
}

static const char *name_of(const struct classify_aggregate *aggregate, uint32_t number) {
  return number ? aggregate->names.names[number - 1] : NULL;
}

static void fill_row(const struct classify_aggregate *aggregate, size_t i, struct classify_row *row) {
  const struct counter *counter = &aggregate->counters[i];
  *row = (struct classify_row){.group = name_of(aggregate, counter->groups[0]),
                               .second = name_of(aggregate, counter->groups[1]),
                               .source = name_of(aggregate, counter->source),
                               .target = name_of(aggregate, counter->target),
                               .head = counter->head,
                               .units = counter->units,
                               .score_sum = counter->score_sum,
                               .square_sum = counter->square_sum};
  const uint64_t *counts = counts_of(aggregate, i), *sums = counts + aggregate->label_most;
  memcpy(row->labels, counts, aggregate->label_most * sizeof *row->labels);
  for (size_t l = 0; l < aggregate->label_most; l++)
    row->shares[l] = (double)sums[l] / CLASSIFY_ONE / (double)row->units;
  row->score = (double)counter->score_sum / CLASSIFY_ONE / (double)counter->units;
  double square_mean = (double)counter->square_sum / CLASSIFY_ONE / (double)counter->units;
  classify_interval(row->units, row->score, square_mean, &row->low, &row->high);
}

bool classify_aggregate_rows(const struct classify_aggregate *aggregate, uint64_t min_count, struct classify_row **rows,
                             size_t *count) {
  *count = 0;
  *rows = malloc((aggregate->count + 1) * sizeof **rows);
  if (!*rows) return false;
  for (size_t i = 0; i < aggregate->count; i++)
    if (aggregate->counters[i].units >= min_count) fill_row(aggregate, i, &(*rows)[(*count)++]);
  if (*count) qsort(*rows, *count, sizeof **rows, compare_rows);
  return true;
}

bool classify_aggregate_rows_like(const struct classify_aggregate *aggregate, const struct classify_row *like,
                                  struct classify_row **rows, size_t *count) {
  const char *const actors[2] = {like->source, like->target};
  uint32_t numbers[2] = {0, 0};
  size_t capacity = 0;
  *count = 0;
  *rows = NULL;
  for (int side = 0; side < 2; side++) {
    if (!actors[side]) continue;
    numbers[side] = name_find(&aggregate->names, actors[side], stance_hash(actors[side], strlen(actors[side])));
    if (!numbers[side]) return true;
  }
  for (size_t i = 0; i < aggregate->count; i++) {
    const struct counter *counter = &aggregate->counters[i];
    if (counter->source != numbers[0] || counter->target != numbers[1] || counter->head != like->head) continue;
    struct classify_row *grown = stance_grow(*rows, &capacity, *count + 1, sizeof *grown);
    if (!grown) {
      free(*rows);
      return false;
    }
    *rows = grown;
    fill_row(aggregate, i, &(*rows)[(*count)++]);
  }
  if (*count) qsort(*rows, *count, sizeof **rows, compare_rows);
  return true;
}

/* ---- state for a run that is continued ----------------------------------------------------------------------- */

enum { NAME_MAX_BYTES = 16 * 1024 * 1024 };

bool classify_aggregate_save(const struct classify_aggregate *aggregate, FILE *file) {
  uint64_t sizes[4] = {aggregate->names.count, aggregate->count, aggregate->label_most, aggregate->undated};
  if (fwrite(sizes, sizeof sizes, 1, file) != 1) return false;
  for (size_t i = 0; i < aggregate->names.count; i++) {
    uint64_t length = strlen(aggregate->names.names[i]);
    if (fwrite(&length, sizeof length, 1, file) != 1 || fwrite(aggregate->names.names[i], 1, length, file) != length)
      return false;
  }
  return fwrite(aggregate->counters, sizeof *aggregate->counters, aggregate->count, file) == aggregate->count &&
         fwrite(aggregate->labels, sizeof *aggregate->labels, aggregate->count * 2 * aggregate->label_most, file) ==
             aggregate->count * 2 * aggregate->label_most;
}

bool classify_aggregate_load(struct classify_aggregate *aggregate, FILE *file) {
  uint64_t sizes[4], length;
  if (fread(sizes, sizeof sizes, 1, file) != 1 || sizes[2] != aggregate->label_most) return false;
  aggregate->undated = sizes[3];
  for (uint64_t i = 0; i < sizes[0]; i++) {
    if (fread(&length, sizeof length, 1, file) != 1 || length > NAME_MAX_BYTES) return false;
    char *name = malloc(length + 1);
    bool is_good = name && fread(name, 1, length, file) == length;
    if (is_good) name[length] = '\0';
    is_good = is_good && name_number(&aggregate->names, name) == i + 1;
    free(name);
    if (!is_good) return false;
  }
  for (uint64_t i = 0; i < sizes[1]; i++) {
    struct counter counter;
    if (fread(&counter, sizeof counter, 1, file) != 1 || counter.groups[0] > sizes[0] || counter.groups[1] > sizes[0] ||
        counter.source > sizes[0] || counter.target > sizes[0] || counter.head >= aggregate->heads->count ||
        counter_for(aggregate, &counter) != i)
      return false;
  }
  size_t values = aggregate->count * 2 * aggregate->label_most;
  return !values || fread(aggregate->labels, sizeof *aggregate->labels, values, file) == values;
}
