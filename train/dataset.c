/* SPDX-License-Identifier: MIT */
#include "dataset.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "label_file.h"
#include "stance/base/error.h"
#include "stance/base/hash.h"
#include "stance/text/article.h"

struct loading {
  const struct stance_codebook *codebook;
  const struct dataset_filter *filter;
  struct stance_arena *arena;
  struct stance_record *records;
  size_t count, capacity, skipped, other_heads, filtered;
};

/* ---- reading and checking ------------------------------------------------------------------------------- */

static enum stance_status unknown_label(const char *path, const struct stance_record *record,
                                        const struct stance_head *head, struct stance_error *error) {
  char expected[300] = "";
  for (size_t l = 0; l < head->label_count; l++) {
    size_t used = strlen(expected);
    snprintf(expected + used, sizeof expected - used, "%s%s", l ? ", " : "", head->labels[l].name);
  }
  return stance_fail_at(error, STANCE_INPUT, path, record->line, 0,
                        "unknown label '%.60s' for head '%.60s'; expected %s", record->label, head->name, expected);
}

static enum stance_status check_unit(const char *path, const struct stance_record *record,
                                     const struct stance_head *head, struct stance_error *error) {
  static const char *const kinds[] = {"a source and a target", "a target and no source", "neither source nor target"};
  enum stance_unit_kind kind = !record->target  ? STANCE_UNIT_SENTENCE
                               : record->source ? STANCE_UNIT_DYAD
                                                : STANCE_UNIT_TARGET;
  if (!record->text[strspn(record->text, " \t\r\n")])
    return stance_fail_at(error, STANCE_INPUT, path, record->line, 0, "unit '%.80s' has no text; expected its sentence",
                          record->unit);
  if (kind == head->unit) return STANCE_OK;
  return stance_fail_at(error, STANCE_INPUT, path, record->line, 0, "units of head '%.60s' have %s; this one has %s",
                        head->name, kinds[head->unit], kinds[kind]);
}

static const char *field_of(const struct stance_record *record, const char *name, size_t length) {
  const struct {
    const char *name, *value;
  } fields[] = {{"source", record->source}, {"target", record->target}, {"article", record->article},
                {"outlet", record->outlet}, {"head", record->head},     {"annotator", record->annotator},
                {"date", record->date},     {"label", record->label}};
  for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
    if (strlen(fields[i].name) == length && strncmp(fields[i].name, name, length) == 0)
      return fields[i].value ? fields[i].value : "";
  return NULL;
}

static enum stance_status passes(const struct stance_record *record, const struct dataset_filter *filter, bool *out,
                                 struct stance_error *error) {
  *out = false;
  uint32_t date = record->date ? stance_date_parse(record->date) : 0;
  if (filter->from && (!date || date < stance_date_parse(filter->from))) return STANCE_OK;
  if (filter->until && (!date || date >= stance_date_parse(filter->until))) return STANCE_OK;
  for (size_t i = 0; i < filter->where_count; i++) {
    const char *equals = strchr(filter->where[i], '=');
    const char *value = equals ? field_of(record, filter->where[i], (size_t)(equals - filter->where[i])) : NULL;
    if (!value)
      return stance_fail(error, STANCE_USAGE,
                         "--where '%s' is not FIELD=VALUE with source, target, article, outlet, head, annotator, date "
                         "or label",
                         filter->where[i]);
    if (strcmp(value, equals + 1) != 0) return STANCE_OK;
  }
  *out = true;
  return STANCE_OK;
}

/* Refuses labels that are not in the codebook among the records that hold; an earlier one in a journal may have been
 * recoded since. */
static enum stance_status check_held(const struct loading *loading, const char *path, struct stance_record *records,
                                     size_t count, struct stance_error *error) {
  STANCE_TRY(stance_records_resolve(records, &count, error));
  for (size_t i = 0; i < count; i++) {
    const struct stance_head *head = stance_codebook_head(loading->codebook, records[i].head);
    if (loading->filter->head && strcmp(loading->filter->head, records[i].head) != 0) continue;
    if (head && records[i].label && stance_head_label(head, records[i].label) < 0)
      return unknown_label(path, &records[i], head, error);
  }
  return STANCE_OK;
}

/* Whether a label is not in the codebook; checks the units of labels. */
static enum stance_status check_units(const struct loading *loading, const char *path,
                                      const struct stance_record *records, size_t count, bool *has_unknown,
                                      struct stance_error *error) {
  *has_unknown = false;
  for (size_t i = 0; i < count; i++) {
    const struct stance_head *head = stance_codebook_head(loading->codebook, records[i].head);
    bool is_asked = head && (!loading->filter->head || strcmp(loading->filter->head, records[i].head) == 0);
    if (!is_asked || !records[i].label) continue;
    if (stance_head_label(head, records[i].label) < 0) *has_unknown = true;
    STANCE_TRY(check_unit(path, &records[i], head, error));
  }
  return STANCE_OK;
}

/* Takes a file's records of the heads that are asked for. The first file's array is used as it is. */
static enum stance_status take(struct loading *loading, const char *path, struct stance_record *records, size_t count,
                               struct stance_error *error) {
  bool has_unknown;
  if (!count) return STANCE_OK;
  STANCE_TRY(check_units(loading, path, records, count, &has_unknown, error));
  if (has_unknown) {
    struct stance_record *held = malloc(count * sizeof *held);
    if (!held) return stance_fail_memory(error);
    memcpy(held, records, count * sizeof *held);
    enum stance_status status = check_held(loading, path, held, count, error);
    free(held);
    STANCE_TRY(status);
  }
  if (!loading->records) loading->capacity = count;
  struct stance_record *more = loading->records
                                   ? stance_arena_grow(loading->arena, loading->records, &loading->capacity,
                                                       loading->count + count, sizeof *more)
                                   : records;
  if (!more) return stance_fail_memory(error);
  loading->records = more;
  for (size_t i = 0; i < count; i++) {
    const struct stance_head *head = stance_codebook_head(loading->codebook, records[i].head);
    if (!head || (loading->filter->head && strcmp(loading->filter->head, records[i].head) != 0)) {
      loading->other_heads++;
      continue;
    }
    loading->records[loading->count++] = records[i];
  }
  return STANCE_OK;
}

/* Refuses a filter with a wrong date or head, which would silently keep nothing. */
static enum stance_status check_filter(const struct dataset_filter *filter, const struct stance_codebook *codebook,
                                       struct stance_error *error) {
  static const struct stance_record empty = {0};
  const struct { const char *flag, *date; } dates[] = {{"from", filter->from}, {"until", filter->until}};
  bool is_kept;
  for (size_t i = 0; i < sizeof dates / sizeof *dates; i++)
    if (dates[i].date && !(strlen(dates[i].date) == 10 && stance_date_parse(dates[i].date)))
      return stance_fail(error, STANCE_USAGE, "--%s '%.60s' is not a date; expected YYYY-MM-DD", dates[i].flag,
                         dates[i].date);
  if (filter->head && !stance_codebook_head(codebook, filter->head)) {
    char names[200] = "";
    for (size_t h = 0; h < codebook->head_count; h++) {
      size_t length = strlen(names);
      snprintf(names + length, sizeof names - length, "%s%s", h ? ", " : "", codebook->heads[h].name);
    }
    return stance_fail(error, STANCE_USAGE, "unknown head '%.60s' for codebook '%.60s'; expected %s", filter->head,
                       codebook->name, names);
  }
  for (size_t i = 0; i < filter->where_count; i++) {
    const struct dataset_filter field = {.where = filter->where + i, .where_count = 1};
    STANCE_TRY(passes(&empty, &field, &is_kept, error));
  }
  return STANCE_OK;
}

/* Filters the records that hold. Filtering before retractions were applied would revive labels that were withdrawn or
 * changed. */
static enum stance_status keep_passing(struct loading *loading, struct stance_error *error) {
  size_t kept = 0;
  for (size_t i = 0; i < loading->count; i++) {
    bool is_kept;
    STANCE_TRY(passes(&loading->records[i], loading->filter, &is_kept, error));
    if (is_kept) loading->records[kept++] = loading->records[i];
  }
  loading->filtered = loading->count - kept;
  loading->count = kept;
  return STANCE_OK;
}

/* ---- merging -------------------------------------------------------------------------------------------- */

struct vote {
  const struct stance_record *record;
  uint64_t key; /* of the unit */
  size_t order; /* order of the records */
  uint32_t label, annotator;
};

struct annotator {
  const char *name;
  size_t pairs, agreed;
};

static int by_unit(const void *a, const void *b) {
  const struct vote *x = a, *y = b;
  if (x->key != y->key) return x->key < y->key ? -1 : 1;
  return (x->order > y->order) - (x->order < y->order);
}

static int by_order(const void *a, const void *b) {
  const struct vote *x = a, *y = b;
  return (x->order > y->order) - (x->order < y->order);
}

static size_t votes_of_unit(const struct vote *votes, size_t count) {
  size_t n = 1;
  while (n < count && votes[n].key == votes[0].key) n++;
  return n;
}

static bool is_gold(const struct stance_record *record) {
  return strcmp(record->annotator, "gold") == 0 || stance_record_has_flag(record, "gold");
}

static void count_agreement(const struct vote *votes, size_t count, struct annotator *annotators, size_t *pairs,
                            size_t *agreed) {
  for (size_t start = 0; start < count;) {
    size_t n = votes_of_unit(votes + start, count - start);
    for (size_t i = start; i < start + n; i++)
      for (size_t j = i + 1; j < start + n; j++) {
        bool is_same = votes[i].label == votes[j].label;
        annotators[votes[i].annotator].pairs++;
        annotators[votes[j].annotator].pairs++;
        annotators[votes[i].annotator].agreed += is_same;
        annotators[votes[j].annotator].agreed += is_same;
        ++*pairs;
        *agreed += is_same;
      }
    start += n;
  }
}

/* Krippendorff's alpha (2004), nominal: 1 - observed / expected disagreement. Each ordered pair of a unit's m labels
 * counts 1 / (m - 1). */
static double alpha_of(const struct vote *votes, size_t count, size_t label_count, size_t *shared) {
  double each[STANCE_LABELS_MAX] = {0}, total = 0, observed = 0, expected = 0;
  *shared = 0;
  for (size_t start = 0; start < count;) {
    size_t n = votes_of_unit(votes + start, count - start), of[STANCE_LABELS_MAX] = {0};
    for (size_t i = start; i < start + n; i++) of[votes[i].label]++;
    for (size_t l = 0; n > 1 && l < label_count; l++) {
      observed += (double)of[l] * (double)(n - of[l]) / (double)(n - 1);
      each[l] += (double)of[l];
      total += (double)of[l];
    }
    *shared += n > 1;
    start += n;
  }
  for (size_t l = 0; l < label_count; l++) expected += each[l] * (total - each[l]);
  return expected > 0 ? 1 - observed * (total - 1) / expected : (double)NAN;
}

/* Decides the label of a unit from its n votes; returns a vote for it. */
static const struct vote *decide(const struct vote *votes, size_t n, const struct annotator *annotators,
                                 struct dataset_merge *merge) {
  double weight[STANCE_LABELS_MAX] = {0};
  size_t counts[STANCE_LABELS_MAX] = {0}, best = 0, ties = 0;
  if (n == 1) {
    merge->single++;
    return votes;
  }
  const struct vote *gold = NULL;
  for (size_t i = 0; i < n; i++)
    if (is_gold(votes[i].record)) gold = &votes[i];
  if (gold) {
    merge->gold++;
    return gold;
  }
  for (size_t i = 0; i < n; i++) {
    const struct annotator *annotator = &annotators[votes[i].annotator];
    counts[votes[i].label]++;
    weight[votes[i].label] += ((double)annotator->agreed + 1) / ((double)annotator->pairs + 2);
  }
  for (size_t l = 1; l < STANCE_LABELS_MAX; l++)
    if (counts[l] > counts[best]) best = l;
  for (size_t l = 0; l < STANCE_LABELS_MAX; l++) ties += counts[l] == counts[best];
  if (ties == 1) {
    if (counts[best] == n) merge->unanimous++;
    else merge->majority++;
  } else {
    merge->weighted++;
    for (size_t l = 0; l < STANCE_LABELS_MAX; l++)
      if (counts[l] == counts[best] && weight[l] > weight[best]) best = l;
  }
  for (size_t i = 0; i < n; i++)
    if (votes[i].label == best) return &votes[i];
  return votes;
}

static uint32_t annotator_index(struct annotator *annotators, size_t *count, const char *name) {
  for (size_t i = 0; i < *count; i++)
    if (strcmp(annotators[i].name, name) == 0) return (uint32_t)i;
  annotators[*count] = (struct annotator){.name = name};
  return (uint32_t)(*count)++;
}

enum { ANNOTATORS_MAX = 1000 };

static enum stance_status merge_head(const struct loading *loading, const struct stance_head *head, struct dataset *out,
                                     struct stance_error *error) {
  struct vote *votes = calloc(loading->count + 1, sizeof *votes);
  struct annotator *annotators = calloc(ANNOTATORS_MAX + 1, sizeof *annotators);
  size_t count = 0, pairs = 0, agreed = 0, units = 0;
  enum stance_status status = votes && annotators ? STANCE_OK : stance_fail_memory(error);
  *out = (struct dataset){.head = head, .agreement = -1};
  out->merge = (struct dataset_merge){.other_heads = loading->other_heads, .filtered = loading->filtered};
  for (size_t i = 0; status == STANCE_OK && i < loading->count; i++) {
    const struct stance_record *record = &loading->records[i];
    if (strcmp(record->head, head->name) != 0) continue;
    out->merge.records++;
    if (!record->label) {
      out->merge.skipped++;
      continue;
    }
    votes[count] = (struct vote){record, stance_hash(record->unit, strlen(record->unit)), i,
                                 (uint32_t)stance_head_label(head, record->label), 0};
    votes[count++].annotator = annotator_index(annotators, &out->annotators, record->annotator);
    if (out->annotators > ANNOTATORS_MAX)
      status = stance_fail(error, STANCE_INPUT, "more than %d annotators", ANNOTATORS_MAX);
  }
  if (status == STANCE_OK) {
    qsort(votes, count, sizeof *votes, by_unit);
    count_agreement(votes, count, annotators, &pairs, &agreed);
    if (pairs) out->agreement = (double)agreed / (double)pairs;
    out->alpha = alpha_of(votes, count, head->label_count, &out->shared);
    for (size_t start = 0; start < count;) {
      size_t n = votes_of_unit(votes + start, count - start);
      struct vote decided = *decide(votes + start, n, annotators, &out->merge);
      decided.order = votes[start].order;
      votes[units++] = decided; /* units <= start */
      start += n;
    }
    qsort(votes, units, sizeof *votes, by_order);
    out->records = stance_arena_alloc(loading->arena, units + 1, sizeof *out->records);
    out->labels = stance_arena_alloc(loading->arena, units + 1, sizeof *out->labels);
    if (!out->records || !out->labels) status = stance_fail_memory(error);
    for (size_t i = 0; status == STANCE_OK && i < units; i++) {
      out->records[i] = votes[i].record;
      out->labels[i] = votes[i].label;
    }
    out->count = out->merge.units = units;
  }
  free(votes);
  free(annotators);
  return status;
}

enum stance_status train_dataset_read(const char *const *paths, size_t path_count,
                                      const struct stance_codebook *codebook, const struct dataset_filter *filter,
                                      struct stance_arena *arena, struct dataset **out, struct stance_error *error) {
  static const struct dataset_filter all = {0};
  struct loading loading = {.codebook = codebook, .filter = filter ? filter : &all, .arena = arena};
  STANCE_TRY(check_filter(loading.filter, codebook, error));
  for (size_t i = 0; i < path_count; i++) {
    struct stance_record *records;
    size_t count;
    STANCE_TRY(train_label_file_read(paths[i], codebook, loading.filter->head, arena, &records, &count, error));
    STANCE_TRY(take(&loading, paths[i], records, count, error));
  }
  STANCE_TRY(stance_records_resolve(loading.records, &loading.count, error));
  STANCE_TRY(keep_passing(&loading, error));
  *out = stance_arena_zalloc(arena, codebook->head_count, sizeof **out);
  if (!*out) return stance_fail_memory(error);
  for (size_t h = 0; h < codebook->head_count; h++)
    STANCE_TRY(merge_head(&loading, &codebook->heads[h], &(*out)[h], error));
  return STANCE_OK;
}

enum stance_status train_dataset_subset(const struct dataset *data, const bool *keep, struct stance_arena *arena,
                                        struct dataset *out, struct stance_error *error) {
  *out = *data;
  out->records = stance_arena_alloc(arena, data->count + 1, sizeof *out->records);
  out->labels = stance_arena_alloc(arena, data->count + 1, sizeof *out->labels);
  if (!out->records || !out->labels) return stance_fail_memory(error);
  out->count = 0;
  for (size_t i = 0; i < data->count; i++) {
    if (!keep[i]) continue;
    out->records[out->count] = data->records[i];
    out->labels[out->count++] = data->labels[i];
  }
  return STANCE_OK;
}
