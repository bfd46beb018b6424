/* SPDX-License-Identifier: MIT
 * The gold label of each drawn unit, from the hand labels. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "estimate_internal.h"
#include "stance/base/error.h"

struct list {
  struct stance_record *items;
  size_t count, capacity;
};

static enum stance_status append_file(const char *path, bool is_gold, struct stance_arena *arena, struct list *list,
                                      struct stance_error *error) {
  static const char *gold_flag = "gold";
  struct stance_record *records;
  size_t count;
  STANCE_TRY(stance_records_read(path, arena, &records, &count, error));
  STANCE_TRY(stance_records_resolve(records, &count, error));
  struct stance_record *items =
      stance_arena_grow(arena, list->items, &list->capacity, list->count + count, sizeof *items);
  if (!items) return stance_fail_memory(error);
  list->items = items;
  for (size_t i = 0; i < count; i++) {
    if (is_gold) records[i].flags = &gold_flag, records[i].flag_count = 1;
    items[list->count++] = records[i];
  }
  return STANCE_OK;
}

static int is_journal(const struct dirent *entry) {
  size_t length = strlen(entry->d_name);
  return entry->d_name[0] != '.' && length > 6 && strcmp(entry->d_name + length - 6, ".jsonl") == 0;
}

/* Adds the files of an annotation project: gold.jsonl, if it has one, and all journals. */
static enum stance_status append_folder(const char *folder, struct stance_arena *arena, struct list *list,
                                        struct stance_error *error) {
  struct dirent **entries;
  struct stat about;
  char *gold = stance_arena_format(arena, "%s/gold.jsonl", folder),
       *labels = stance_arena_format(arena, "%s/labels", folder);
  if (!gold || !labels) return stance_fail_memory(error);
  if (stat(gold, &about) == 0) STANCE_TRY(append_file(gold, true, arena, list, error));
  int found = scandir(labels, &entries, is_journal, alphasort);
  if (found < 0) return stance_fail_errno(error, labels, "cannot list");
  enum stance_status status = STANCE_OK;
  for (int i = 0; i < found; i++) {
    char *path = stance_arena_format(arena, "%s/%s", labels, entries[i]->d_name);
    if (status == STANCE_OK) status = path ? append_file(path, false, arena, list, error) : stance_fail_memory(error);
    free(entries[i]);
  }
  free(entries);
  return status;
}

enum stance_status classify_estimate_gold_read(const char *const *paths, size_t count, struct stance_arena *arena,
                                               struct stance_record **records, size_t *record_count,
                                               struct stance_error *error) {
  struct list list = {0};
  for (size_t i = 0; i < count; i++) {
    struct stat about;
    bool is_folder = stat(paths[i], &about) == 0 && S_ISDIR(about.st_mode);
    STANCE_TRY(is_folder ? append_folder(paths[i], arena, &list, error)
                         : append_file(paths[i], false, arena, &list, error));
  }
  *records = list.items;
  *record_count = list.count;
  return STANCE_OK;
}

/* ---- one label for each unit ------------------------------------------------------------------------------- */

struct vote {
  const struct sample_unit *unit;
  const char *annotator;
  int label;
  bool is_gold;
  size_t line;
};

static int by_unit(const void *left, const void *right) {
  const struct vote *a = left, *b = right;
  if (a->unit != b->unit) return a->unit < b->unit ? -1 : 1;
  int order = strcmp(a->annotator, b->annotator);
  return order ? order : (a->line > b->line) - (a->line < b->line);
}

static bool is_gold(const struct stance_record *record) {
  return stance_record_has_flag(record, "gold") || strcmp(record->annotator, "gold") == 0;
}

static int label_of(const struct estimate_settings *options, const char *label) {
  const struct classify_head *head = &options->population->head;
  if (options->not_unit && strcmp(label, options->not_unit) == 0) return GOLD_NOT_UNIT;
  for (size_t i = 0; i < head->label_count; i++)
    if (strcmp(head->labels[i], label) == 0) return (int)i;
  return GOLD_NONE;
}

/* The adjudicated label if there is one, else that of more than half of the annotators; GOLD_NONE: no majority. */
static int settle(const struct vote *votes, size_t count) {
  int counts[STANCE_LABELS_MAX + 1] = {0};
  size_t voters = 0;
  for (size_t i = count; i-- > 0;)
    if (votes[i].is_gold) return votes[i].label;
  for (size_t i = 0; i < count; i++) {
    if (i + 1 < count && strcmp(votes[i].annotator, votes[i + 1].annotator) == 0)
      continue; /* the same annotator in another file: the last label holds */
    counts[votes[i].label == GOLD_NOT_UNIT ? STANCE_LABELS_MAX : votes[i].label]++;
    voters++;
  }
  for (int l = 0; l <= STANCE_LABELS_MAX; l++)
    if ((size_t)counts[l] * 2 > voters) return l == STANCE_LABELS_MAX ? GOLD_NOT_UNIT : l;
  return GOLD_NONE;
}

enum stance_status estimate_gold_settle(const struct estimate_settings *options, struct stance_arena *arena, int *gold,
                                        struct stance_error *error) {
  const struct sample *sample = options->sample;
  struct vote *votes = stance_arena_alloc(arena, options->record_count + 1, sizeof *votes);
  size_t count = 0, others = 0, odds = 0, single = 0, labelled = 0;
  if (!votes) return stance_fail_memory(error);
  for (size_t i = 0; i < options->record_count; i++) {
    const struct stance_record *record = &options->records[i];
    if (!record->label || strcmp(record->head, sample->head) != 0) continue;
    const struct sample_unit *unit = classify_sample_find(sample, record->unit);
    int label = label_of(options, record->label);
    if (!unit) {
      others++;
      continue;
    }
    if (label == GOLD_NONE)
      return stance_fail(error, STANCE_INPUT,
                         "unit '%.100s' has the gold label '%.60s', which head '%s' of the predictions lacks "
                         "(--not-unit LABEL for one that says: no pair)",
                         record->unit, record->label, sample->head);
    votes[count++] = (struct vote){unit, record->annotator, label, is_gold(record), i};
  }
  if (count) qsort(votes, count, sizeof *votes, by_unit);
  for (size_t i = 0; i < sample->count; i++) gold[i] = GOLD_NONE;
  for (size_t i = 0, next; i < count; i = next) {
    bool is_one = !votes[i].is_gold;
    for (next = i + 1; next < count && votes[next].unit == votes[i].unit; next++)
      is_one &= strcmp(votes[next].annotator, votes[i].annotator) == 0;
    int label = settle(votes + i, next - i);
    gold[votes[i].unit - sample->units] = label;
    odds += label == GOLD_NONE;
    single += is_one && label != GOLD_NONE;
    labelled += label != GOLD_NONE;
  }
  if (!labelled)
    return stance_fail(error, STANCE_INPUT, "%s has no label of head '%s' for any of the %zu drawn units",
                       options->gold_name, sample->head, sample->count);
  if (others)
    estimate_note(options, false, "%zu labels of units that were not drawn are left out: they have no known chance",
                  others);
  if (odds)
    estimate_note(options, true,
                  "%zu drawn units have no gold: their annotators are at odds; settle them (annotate adjudicate)",
                  odds);
  if (single)
    estimate_note(options, false,
                  "%zu of %zu labels are by one annotator alone: that annotator's own error is not in the intervals",
                  single, labelled);
  return STANCE_OK;
}

enum stance_status classify_estimate_error_ratio(const struct population *population, const struct sample *sample,
                                                 const struct stance_record *records, size_t count, int label,
                                                 double *ratio, struct stance_error *error) {
  struct stance_arena arena = {0};
  const struct estimate_settings options = {
      .population = population, .sample = sample, .records = records, .record_count = count, .gold_name = "--gold"};
  int *gold = stance_arena_alloc(&arena, sample->count + 1, sizeof *gold);
  enum stance_status status = gold ? estimate_gold_settle(&options, &arena, gold, error) : stance_fail_memory(error);
  double squares = 0, expected = 0;
  for (size_t i = 0; status == STANCE_OK && i < sample->count; i++) {
    const struct population_unit *unit = classify_population_find(population, sample->units[i].id);
    if (gold[i] < 0 || !unit) continue;
    double e = label < 0 ? population->head.values[gold[i]] - unit->score : (gold[i] == label) - unit->p[label];
    squares += e * e / sample->units[i].pi;
    expected += classify_population_variance(population, unit, label) / sample->units[i].pi;
  }
  stance_arena_free(&arena);
  if (status == STANCE_OK && !(expected > 0))
    status =
        stance_fail(error, STANCE_INPUT, "the model is certain of every labelled unit: the pilot measures nothing");
  *ratio = squares / expected;
  return status;
}
