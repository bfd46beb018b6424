/* SPDX-License-Identifier: MIT
 * The status report: counts over journals. */
#include "status.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "assign.h"
#include "history.h"
#include "pace.h"
#include "stance/base/error.h"
#include "stance/base/hash.h"

/* One annotator's numbers. */
struct tally {
  const char *name;
  size_t dyads_found, dyads_added,
      dyads_refused; /* decided dyads found by the program, added by the annotator, rejected as not a dyad */
  bool has_begun;
  size_t assigned, done, skipped, split, flagged, retracted;
  size_t timed, today, today_timed;
  double seconds;                                            /* of timed decisions */
  float *times, *today_times;                                /* seconds of timed decisions; of today's */
  size_t gold_checked, gold_equal, self_checked, self_equal; /* against gold decided by others; hidden repeats */
  size_t gold_own, gold_own_equal;  /* against gold that follows from the annotator's own label */
  size_t hidden_gold, hidden_equal; /* hidden gold checks */
  size_t suggested, seen, followed;
  size_t unknown, review; /* labels that the codebook lacks; units whose label was split */
  size_t *labels;         /* [head][label], STANCE_LABELS_MAX a head */
};

static int find_head(const struct annotate_project *project, const char *name) {
  for (size_t i = 0; i < project->codebook.head_count; i++)
    if (strcmp(project->codebook.heads[i].name, name) == 0) return (int)i;
  return -1;
}

static void count_record(const struct annotate_project *project, const struct stance_record *record, const char *today,
                         struct tally *tally) {
  int head = find_head(project, record->head);
  if (stance_record_has_flag(record, "flagged")) tally->flagged++;
  if (record->source && stance_record_has_flag(record, "not-a-dyad")) tally->dyads_refused++;
  else if (record->source && stance_record_has_flag(record, "added")) tally->dyads_added++;
  else if (record->source && annotate_record_decides(record)) tally->dyads_found++;
  if (stance_record_has_flag(record, "review")) tally->review++;
  if (record->label && (head < 0 || stance_head_label(&project->codebook.heads[head], record->label) < 0)) {
    tally->unknown++; /* open again */
    return;
  }
  if (!annotate_record_decides(record)) return;
  tally->done++;
  if (stance_record_has_flag(record, "skip")) tally->skipped++;
  if (stance_record_has_flag(record, "split")) tally->split++;
  int label = head >= 0 && record->label ? stance_head_label(&project->codebook.heads[head], record->label) : -1;
  if (label >= 0) tally->labels[(size_t)head * STANCE_LABELS_MAX + (size_t)label]++;
  bool is_today = strncmp(record->decided ? record->decided : record->at, today, 10) == 0;
  if (is_today) tally->today++;
  if (record->seconds > 0) {
    tally->times[tally->timed++] = (float)record->seconds;
    tally->seconds += record->seconds;
    if (is_today) {
      tally->today_times[tally->today_timed++] = (float)record->seconds;
    }
  }
  if (record->suggestion) {
    tally->suggested++;
    if (record->suggestion_shown) {
      tally->seen++;
      if (record->label && strcmp(record->label, record->suggestion) == 0) tally->followed++;
    }
  }
}

static int by_unit(const void *left, const void *right) {
  const struct stance_record *a = *(const struct stance_record *const *)left,
                             *b = *(const struct stance_record *const *)right;
  int order = strcmp(a->unit, b->unit);
  if (!order) order = strcmp(a->head, b->head);
  return order ? order : (a->line > b->line) - (a->line < b->line);
}

static const struct stance_record *find(const struct stance_record **sorted, size_t count,
                                        const struct stance_record *record) {
  size_t low = 0, high = count;
  while (low < high) {
    size_t middle = (low + high) / 2;
    int order = strcmp(sorted[middle]->unit, record->unit);
    if (!order) order = strcmp(sorted[middle]->head, record->head);
    if (order < 0) low = middle + 1;
    else high = middle;
  }
  if (low == count || strcmp(sorted[low]->unit, record->unit) != 0 || strcmp(sorted[low]->head, record->head) != 0)
    return NULL;
  return sorted[low];
}

static void compare_gold(const struct stance_record **gold, size_t gold_count, const struct stance_record *records,
                         size_t count, struct tally *tally) {
  for (size_t i = 0; i < count; i++) {
    const struct stance_record *truth = records[i].label ? find(gold, gold_count, &records[i]) : NULL;
    if (!truth || !truth->label) continue;
    bool is_equal = strcmp(truth->label, records[i].label) == 0,
         is_hidden = stance_record_has_flag(&records[i], "check-gold");
    bool is_own = stance_record_has_flag(truth, "merged") ||
                  strcmp(truth->annotator, tally->name) == 0; /* merged gold follows from the annotators' labels */
    if (is_own) tally->gold_own++, tally->gold_own_equal += is_equal;
    else tally->gold_checked++, tally->gold_equal += is_equal;
    tally->hidden_gold += is_hidden;
    tally->hidden_equal += is_hidden && is_equal;
  }
}

static bool is_same_unit(const struct stance_record *a, const struct stance_record *b) {
  return strcmp(a->unit, b->unit) == 0 && strcmp(a->head, b->head) == 0;
}

/* Whether a later record retracts sorted[i]. */
static bool is_retracted(const struct stance_record **sorted, size_t count, size_t i) {
  for (size_t j = i + 1; j < count && is_same_unit(sorted[j], sorted[i]); j++)
    if (sorted[j]->retracts && strcmp(sorted[j]->retracts, sorted[i]->at) == 0) return true;
  return false;
}

/* Hidden repeats: compares a record that has the flag with the previous one of its unit, without retracted records. */
static enum stance_status compare_self(const struct stance_record *raw, size_t count, struct tally *tally,
                                       struct stance_error *error) {
  const struct stance_record **sorted = malloc((count + 1) * sizeof *sorted);
  if (!sorted) return stance_fail_memory(error);
  for (size_t i = 0; i < count; i++) sorted[i] = &raw[i];
  if (count) qsort(sorted, count, sizeof *sorted, by_unit);
  for (size_t i = 0; i < count; i++) {
    if (sorted[i]->retracts) tally->retracted++;
    if (sorted[i]->retracts || !sorted[i]->label || !stance_record_has_flag(sorted[i], "check-self")) continue;
    if (is_retracted(sorted, count, i)) continue;
    for (size_t j = i; j-- > 0 && is_same_unit(sorted[j], sorted[i]);) {
      if (sorted[j]->retracts || !sorted[j]->label || is_retracted(sorted, count, j)) continue;
      tally->self_checked++;
      tally->self_equal += strcmp(sorted[j]->label, sorted[i]->label) == 0;
      break;
    }
  }
  free(sorted);
  return STANCE_OK;
}

/* ---- writing --------------------------------------------------------------------------------------------- */

static void put_share(struct stance_buffer *out, const char *what, size_t equal, size_t of) {
  if (!of) return;
  stance_buffer_printf(out, "    %s: ", what);
  stance_buffer_fixed(out, 100.0 * (double)equal / (double)of, 1);
  stance_buffer_printf(out, "%% of %zu\n", of);
}

static void write_text(const struct annotate_project *project, const struct tally *tally, struct stance_buffer *out) {
  if (!tally->has_begun) {
    stance_buffer_printf(out, "%s: has not begun, %zu to decide\n", tally->name, tally->assigned);
    return;
  }
  stance_buffer_printf(out, "%s: %zu of %zu decided", tally->name, tally->done, tally->assigned);
  if (tally->timed) {
    stance_buffer_puts(out, ", ");
    stance_buffer_fixed(out, annotate_median(tally->times, tally->timed), 1);
    stance_buffer_puts(out, " seconds each (median)");
  }
  if (tally->today && !tally->today_timed) stance_buffer_printf(out, ", today %zu", tally->today);
  if (tally->today_timed)
    stance_buffer_printf(out, ", today %zu (%.0f an hour)", tally->today,
                         3600 / annotate_median(tally->today_times, tally->today_timed));
  stance_buffer_putc(out, '\n');
  for (size_t h = 0; h < project->codebook.head_count; h++) {
    const struct stance_head *head = &project->codebook.heads[h];
    stance_buffer_printf(out, "    %s:", head->name);
    for (size_t l = 0; l < head->label_count; l++)
      stance_buffer_printf(out, "%s %zu %s", l ? "," : "", tally->labels[h * STANCE_LABELS_MAX + l],
                           head->labels[l].name);
    stance_buffer_putc(out, '\n');
  }
  if (tally->unknown)
    stance_buffer_printf(out, "    %zu labels that the codebook lacks: their units are open again\n", tally->unknown);
  if (tally->review) stance_buffer_printf(out, "    %zu units to review: their label was split\n", tally->review);
  if (tally->dyads_added + tally->dyads_refused) {
    put_share(out, "dyads that were found for the annotator (recall)", tally->dyads_found,
              tally->dyads_found + tally->dyads_added);
    put_share(out, "found dyads that are none", tally->dyads_refused, tally->dyads_found + tally->dyads_refused);
  }
  if (tally->skipped + tally->split + tally->flagged + tally->retracted)
    stance_buffer_printf(out, "    %zu skipped, %zu wrong splits, %zu flagged, %zu undone\n", tally->skipped,
                         tally->split, tally->flagged, tally->retracted);
  put_share(out, "equal to gold that others decided", tally->gold_equal, tally->gold_checked);
  put_share(out, "equal to gold that follows from own labels (says nothing)", tally->gold_own_equal, tally->gold_own);
  put_share(out, "equal to gold in hidden checks", tally->hidden_equal, tally->hidden_gold);
  put_share(out, "equal to oneself in hidden repeats", tally->self_equal, tally->self_checked);
  if (tally->seen) stance_buffer_printf(out, "    suggestions: %zu seen, %zu followed\n", tally->seen, tally->followed);
}

static void write_json(const struct annotate_project *project, const struct tally *tally, struct stance_buffer *out) {
  stance_buffer_puts(out, "{\"annotator\":");
  stance_buffer_json_string(out, tally->name, strlen(tally->name));
  stance_buffer_printf(out,
                       ",\"assigned\":%zu,\"decided\":%zu,\"skipped\":%zu,\"split\":%zu,\"flagged\":%zu,\"undone\":%zu",
                       tally->assigned, tally->done, tally->skipped, tally->split, tally->flagged, tally->retracted);
  stance_buffer_printf(out, ",\"dyads\":{\"found\":%zu,\"added\":%zu,\"refused\":%zu}", tally->dyads_found,
                       tally->dyads_added, tally->dyads_refused);
  stance_buffer_printf(out, ",\"unknown_labels\":%zu,\"review\":%zu", tally->unknown, tally->review);
  stance_buffer_puts(out, ",\"seconds_each\":");
  if (tally->timed) stance_buffer_fixed(out, tally->seconds / (double)tally->timed, 2);
  else stance_buffer_puts(out, "null");
  stance_buffer_puts(out, ",\"seconds_median\":");
  if (tally->timed) stance_buffer_fixed(out, annotate_median(tally->times, tally->timed), 2);
  else stance_buffer_puts(out, "null");
  stance_buffer_printf(out, ",\"begun\":%s", tally->has_begun ? "true" : "false");
  stance_buffer_printf(out, ",\"today\":%zu,\"per_hour_today\":", tally->today);
  if (tally->today_timed) stance_buffer_fixed(out, 3600 / annotate_median(tally->today_times, tally->today_timed), 1);
  else stance_buffer_puts(out, "null");
  stance_buffer_printf(
      out,
      ",\"gold\":{\"compared\":%zu,\"equal\":%zu},\"gold_of_own_labels\":{\"compared\":%zu,\"equal\":%zu},\"hidden_"
      "gold\":{\"compared\":%zu,\"equal\":%zu},\"hidden_self\":{\"compared\":%zu,\"equal\":%zu}",
      tally->gold_checked, tally->gold_equal, tally->gold_own, tally->gold_own_equal, tally->hidden_gold,
      tally->hidden_equal, tally->self_checked, tally->self_equal);
  stance_buffer_printf(out, ",\"suggestions\":{\"made\":%zu,\"seen\":%zu,\"followed\":%zu},\"labels\":{",
                       tally->suggested, tally->seen, tally->followed);
  for (size_t h = 0; h < project->codebook.head_count; h++) {
    const struct stance_head *head = &project->codebook.heads[h];
    if (h) stance_buffer_putc(out, ',');
    stance_buffer_json_string(out, head->name, strlen(head->name));
    for (size_t l = 0; l < head->label_count; l++) {
      stance_buffer_puts(out, l ? "," : ":{");
      stance_buffer_json_string(out, head->labels[l].name, strlen(head->labels[l].name));
      stance_buffer_printf(out, ":%zu", tally->labels[h * STANCE_LABELS_MAX + l]);
    }
    stance_buffer_putc(out, '}');
  }
  stance_buffer_puts(out, "}}");
}

static enum stance_status tally_one(const struct annotate_project *project, const struct annotate_units *units,
                                    const struct stance_record **gold, size_t gold_count, const char *today,
                                    struct tally *tally, struct stance_error *error) {
  struct stance_arena arena = {0};
  struct stance_record *records, *raw;
  size_t count, raw_count, assigned;
  uint32_t *order = NULL;
  enum stance_status status = annotate_assign(project, units, tally->name, false, &order, &assigned, error);
  free(order);
  if (status == STANCE_OK) status = annotate_labels_read(project, tally->name, true, &arena, &raw, &raw_count, error);
  if (status == STANCE_OK) status = compare_self(raw, raw_count, tally, error);
  records = status == STANCE_OK ? stance_arena_alloc(&arena, raw_count + 1, sizeof *records) : NULL;
  if (status == STANCE_OK && !records) status = stance_fail_memory(error);
  count = status == STANCE_OK ? raw_count : 0;
  tally->times =
      status == STANCE_OK ? malloc(2 * (raw_count + 1) * sizeof *tally->times) : NULL; /* the caller frees it */
  if (status == STANCE_OK && !tally->times) status = stance_fail_memory(error);
  if (tally->times) tally->today_times = tally->times + raw_count + 1;
  if (count) memcpy(records, raw, count * sizeof *records);
  if (status == STANCE_OK) status = stance_records_resolve(records, &count, error);
  if (status == STANCE_OK) {
    tally->assigned = assigned;
    for (size_t i = 0; i < count; i++) count_record(project, &records[i], today, tally);
    compare_gold(gold, gold_count, records, count, tally);
  }
  stance_arena_free(&arena);
  return status;
}

/* Appends annotators of the project's list who have no journal yet. */
static enum stance_status add_invited(const struct annotate_project *project, struct stance_arena *arena,
                                      const char ***names, size_t *count, struct stance_error *error) {
  const char **all = stance_arena_alloc(arena, *count + project->annotator_count + 1, sizeof *all);
  size_t begun = *count;
  if (!all) return stance_fail_memory(error);
  if (begun) memcpy(all, *names, begun * sizeof *all);
  for (size_t i = 0; i < project->annotator_count; i++) {
    size_t known = 0;
    while (known < begun && strcmp(all[known], project->annotators[i]) != 0) known++;
    if (known == begun) all[(*count)++] = project->annotators[i];
  }
  *names = all;
  return STANCE_OK;
}

enum stance_status annotate_status(const struct annotate_project *project, bool is_json, int64_t wall,
                                   struct stance_buffer *out, struct stance_error *error) {
  struct stance_arena arena = {0};
  struct annotate_units units;
  struct stance_record *gold;
  const char **names;
  size_t name_count = 0, gold_count;
  char today[16];
  time_t seconds = (time_t)(wall / 1000);
  struct tm utc;
  strftime(today, sizeof today, "%Y-%m-%d", gmtime_r(&seconds, &utc));
  STANCE_TRY(annotate_units_open(project, &units, error));
  enum stance_status status = annotate_journal_names(project, "labels", &arena, &names, &name_count, error);
  size_t begun = name_count;
  if (status == STANCE_OK) status = add_invited(project, &arena, &names, &name_count, error);
  if (status == STANCE_OK) status = annotate_gold_read(project, &arena, &gold, &gold_count, error);
  const struct stance_record **sorted =
      status == STANCE_OK ? stance_arena_alloc(&arena, gold_count + 1, sizeof *sorted) : NULL;
  if (status == STANCE_OK && !sorted) status = stance_fail_memory(error);
  if (status == STANCE_OK) {
    for (size_t i = 0; i < gold_count; i++) sorted[i] = &gold[i];
    if (gold_count) qsort(sorted, gold_count, sizeof *sorted, by_unit);
    if (is_json)
      stance_buffer_printf(out, "{\"units\":%zu,\"gold\":%zu,\"overlap\":%u,\"annotators\":[", units.count, gold_count,
                           project->overlap);
    else stance_buffer_printf(out, "%zu units, %zu with gold\n", units.count, gold_count);
  }
  for (size_t i = 0; i < name_count && status == STANCE_OK; i++) {
    struct tally tally = {.name = names[i], .has_begun = i < begun};
    tally.labels = stance_arena_zalloc(&arena, project->codebook.head_count * STANCE_LABELS_MAX, sizeof *tally.labels);
    status =
        tally.labels ? tally_one(project, &units, sorted, gold_count, today, &tally, error) : stance_fail_memory(error);
    if (status != STANCE_OK) {
      free(tally.times);
      break;
    }
    if (is_json && i) stance_buffer_putc(out, ',');
    (is_json ? write_json : write_text)(project, &tally, out);
    free(tally.times);
  }
  if (is_json) stance_buffer_puts(out, "]}\n");
  if (status == STANCE_OK && out->failed) status = stance_fail_memory(error);
  annotate_units_close(&units);
  stance_arena_free(&arena);
  return status;
}
