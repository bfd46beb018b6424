/* SPDX-License-Identifier: MIT
 * Imports records: checks all of them, then appends them by annotator. */
#include "import.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "add.h"
#include "journal.h"
#include "stance/base/buffer.h"
#include "stance/base/compare.h"
#include "stance/base/error.h"
#include "stance/base/hash.h"

static enum stance_status check_record(const struct annotate_project *project, const struct stance_record *record,
                                       const char *file, struct stance_error *error) {
  const struct stance_head *head = stance_codebook_head(&project->codebook, record->head);
  struct stance_error why;
  if (!head)
    return stance_fail_at(error, STANCE_INPUT, file, record->line, 0, "head '%.60s' is not in the codebook",
                          record->head);
  if (record->label && stance_head_label(head, record->label) < 0) {
    char expected[200] = "";
    for (size_t i = 0; i < head->label_count; i++)
      snprintf(expected + strlen(expected), sizeof expected - strlen(expected), "%s%s", i ? ", " : "",
               head->labels[i].name);
    return stance_fail_at(error, STANCE_INPUT, file, record->line, 0,
                          "unknown label '%.60s' for head '%s'; expected %s", record->label, head->name, expected);
  }
  if (annotate_name_check(record->annotator, &why) != STANCE_OK)
    return stance_fail_at(error, STANCE_INPUT, file, record->line, 0, "%s", why.message);
  if (record->source && strcmp(record->source, record->target) == 0)
    return stance_fail_at(error, STANCE_INPUT, file, record->line, 0, "source and target are the same actor, '%.60s'",
                          record->source);
  if (!*record->text) return stance_fail_at(error, STANCE_INPUT, file, record->line, 0, "a record without text");
  return STANCE_OK;
}

/* A hash by which a record imported again is recognised. */
static uint64_t fact_of(const struct stance_record *record, bool with_time) {
  const char *parts[] = {record->unit,      record->head,
                         record->annotator, record->label ? record->label : "",
                         record->note,      with_time ? record->at : ""};
  uint64_t hash = 0;
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
    hash = stance_hash_combine(hash, stance_hash(parts[i], strlen(parts[i])));
  return hash;
}

static int by_annotator(const void *left, const void *right) {
  const struct stance_record *a = *(const struct stance_record *const *)left,
                             *b = *(const struct stance_record *const *)right;
  int order = strcmp(a->annotator, b->annotator);
  return order ? order : (a > b) - (a < b); /* pointers into one array: a stable order */
}

static enum stance_status append(const struct annotate_project *project, const char *file,
                                 const struct stance_record *const *records, size_t count,
                                 const struct stance_record *existing, size_t existing_count, const char *now,
                                 struct annotate_imported *imported, struct stance_error *error) {
  struct stance_arena arena = {0};
  struct annotate_journal journal = {.file = -1};
  struct stance_buffer out = {0};
  const char *notice;
  char *path = annotate_path(&arena, project, file);
  uint64_t *facts = stance_arena_alloc(&arena, existing_count * 2 + 1, sizeof *facts);
  size_t fact_count = 0, before = imported->records;
  if (!path || !facts) {
    stance_arena_free(&arena);
    return stance_fail_memory(error);
  }
  for (size_t i = 0; i < existing_count; i++) {
    facts[fact_count++] = fact_of(&existing[i], true);
    facts[fact_count++] = fact_of(&existing[i], false);
  }
  if (fact_count) qsort(facts, fact_count, sizeof *facts, stance_by_u64);
  enum stance_status status = annotate_journal_open(path, &arena, &journal, &notice, error);
  for (size_t i = 0; i < count && status == STANCE_OK; i++) {
    struct stance_record record = *records[i];
    if (!record.label && !record.flag_count && !*record.note) {
      imported->to_label++;
      continue;
    }
    uint64_t fact = fact_of(&record, *record.at);
    if (fact_count && bsearch(&fact, facts, fact_count, sizeof *facts, stance_by_u64)) {
      imported->known++;
      continue;
    }
    if (!*record.at) record.at = now;
    record.retracts = NULL;
    stance_record_write(&record, &out);
    imported->records++;
  }
  if (status == STANCE_OK && out.failed) status = stance_fail_memory(error);
  if (status == STANCE_OK && out.length) status = annotate_journal_append(&journal, out.data, out.length, error);
  if (status == STANCE_OK && imported->records > before) imported->journals++;
  annotate_journal_close(&journal);
  stance_buffer_free(&out);
  stance_arena_free(&arena);
  return status;
}

static enum stance_status append_all(const struct annotate_project *project, struct stance_arena *arena,
                                     const struct stance_record *records, size_t count, bool is_gold, const char *now,
                                     struct annotate_imported *imported, struct stance_error *error) {
  const struct stance_record **sorted = stance_arena_alloc(arena, count + 1, sizeof *sorted);
  struct stance_record *existing;
  size_t existing_count;
  if (!sorted) return stance_fail_memory(error);
  for (size_t i = 0; i < count; i++) sorted[i] = &records[i];
  if (is_gold) {
    STANCE_TRY(annotate_gold_lines(project, arena, &existing, &existing_count, error));
    return append(project, "gold.jsonl", sorted, count, existing, existing_count, now, imported, error);
  }
  if (count) qsort(sorted, count, sizeof *sorted, by_annotator);
  for (size_t i = 0, next; i < count; i = next) {
    for (next = i + 1; next < count && strcmp(sorted[next]->annotator, sorted[i]->annotator) == 0;) next++;
    char *file = stance_arena_format(arena, "labels/%s.jsonl", sorted[i]->annotator);
    if (!file) return stance_fail_memory(error);
    STANCE_TRY(annotate_labels_read(project, sorted[i]->annotator, true, arena, &existing, &existing_count, error));
    STANCE_TRY(append(project, file, sorted + i, next - i, existing, existing_count, now, imported, error));
  }
  return STANCE_OK;
}

enum stance_status annotate_import(const struct annotate_project *project, struct stance_record *records, size_t count,
                                   bool is_gold, const char *now, const char *file, struct annotate_imported *imported,
                                   struct stance_error *error) {
  struct stance_arena arena = {0};
  struct annotate_added added;
  *imported = (struct annotate_imported){0};
  for (size_t i = 0; i < count; i++) STANCE_TRY(check_record(project, &records[i], file, error));
  STANCE_TRY(annotate_add_records(project, records, count, &added, error));
  imported->units = added.units;
  enum stance_status status = append_all(project, &arena, records, count, is_gold, now, imported, error);
  stance_arena_free(&arena);
  return status;
}
