/* SPDX-License-Identifier: MIT
 * Acts: their lines are made, written and applied. A record is the whole state of its unit, independent of earlier
 * records; "act" tells which records are undone together. */
#include "act.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "stance/base/error.h"

enum { EXTRA_FLAGS_MAX = 32 };

void annotate_act_begin(struct annotate_act *act, enum annotate_act_kind kind, const char *name) {
  stance_arena_reset(&act->arena);
  stance_buffer_clear(&act->lines);
  act->kind = kind;
  act->entries = NULL;
  act->count = act->capacity = 0;
  act->last_at[0] = '\0';
  snprintf(act->name, sizeof act->name, "%s", name ? name : "");
}

void annotate_act_close(struct annotate_act *act) {
  stance_arena_free(&act->arena);
  stance_buffer_free(&act->lines);
  *act = (struct annotate_act){0};
}

struct annotate_entry annotate_entry_carry(const struct annotate_history *history, uint32_t unit) {
  struct annotate_entry entry = {.unit = unit, .label = -1, .suggestion = -1, .note = ""};
  const struct annotate_entry *state = annotate_history_state(history, unit);
  if (!state) return entry;
  entry.label = state->label;
  entry.flags = state->flags &
                ~(uint32_t)(ANNOTATE_REDO | ANNOTATE_MERGED | ANNOTATE_ACCEPTED | ANNOTATE_RECODED | ANNOTATE_REVIEW);
  entry.note = state->note;
  entry.mentions = state->mentions;
  entry.kind = state->kind;
  if (!(state->flags & ANNOTATE_MERGED)) entry.extra = state->extra; /* not "by:RULE" of merged gold */
  return entry;
}

/* ---- times ----------------------------------------------------------------------------------------------- */

void annotate_time_format(int64_t wall, char at[40]) {
  time_t seconds = (time_t)(wall / 1000);
  struct tm utc;
  char date[32];
  gmtime_r(&seconds, &utc);
  strftime(date, sizeof date, "%Y-%m-%dT%H:%M:%S", &utc);
  snprintf(at, 40, "%.31s.%03dZ", date, (int)(wall % 1000));
}

void annotate_time_after(const char *last, int64_t wall, char at[40]) {
  annotate_time_format(wall, at);
  if (strcmp(at, last) > 0) return;
  struct tm utc = {0};
  const char *rest = strptime(last, "%Y-%m-%dT%H:%M:%S", &utc);
  int thousandths = rest && *rest == '.' ? atoi(rest + 1) : 0;
  annotate_time_format((int64_t)timegm(&utc) * 1000 + (rest && strlen(rest) == 5 ? thousandths : 999) + 1, at);
}

/* ---- lines ----------------------------------------------------------------------------------------------- */

static enum stance_status put_flags(const struct annotate_entry *entry, struct stance_arena *arena,
                                    struct stance_record *record, struct stance_error *error) {
  const char **flags = stance_arena_alloc(arena, ANNOTATE_FLAG_COUNT + 2 + EXTRA_FLAGS_MAX, sizeof *flags);
  if (!flags) return stance_fail_memory(error);
  record->flags = flags;
  record->flag_count = 0;
  for (size_t i = 0; i < ANNOTATE_FLAG_COUNT; i++)
    if (entry->flags & (1u << i)) flags[record->flag_count++] = annotate_flag_names[i];
  if (entry->kind && !(flags[record->flag_count++] = stance_arena_format(arena, "error:%s", entry->kind)))
    return stance_fail_memory(error);
  if (entry->was && !(flags[record->flag_count++] = stance_arena_format(arena, "was:%s", entry->was)))
    return stance_fail_memory(error);
  if (!entry->extra) return STANCE_OK;
  char *rest = stance_arena_copy(arena, entry->extra, strlen(entry->extra));
  if (!rest) return stance_fail_memory(error);
  for (char *flag; record->flag_count < ANNOTATE_FLAG_COUNT + 2 + EXTRA_FLAGS_MAX && (flag = strsep(&rest, "\n"));)
    flags[record->flag_count++] = flag;
  return STANCE_OK;
}

static enum stance_status put_line(const struct annotate_writer *writer, struct annotate_act *act,
                                   const struct annotate_entry *entry, const struct annotate_page *page, const char *at,
                                   const char *retracts, struct stance_error *error) {
  struct stance_arena arena = {0};
  struct annotate_page own;
  enum stance_status status = STANCE_OK;
  const struct stance_head *head = &writer->project->codebook.heads[writer->units->items[entry->unit].head];
  if (page) own = *page;
  else status = annotate_units_page(writer->units, entry->unit, &arena, &own, error);
  if (status == STANCE_OK && entry->mentions) status = annotate_page_mentions(&own, entry->mentions, &arena, error);
  struct stance_record *record = &own.record;
  if (status == STANCE_OK) {
    record->label = !retracts && entry->label >= 0 ? head->labels[entry->label].name : NULL;
    record->annotator = writer->name;
    record->at = at;
    record->retracts = retracts;
    record->via = writer->via;
    record->codebook = writer->project->edition;
    record->act = *act->name ? act->name : NULL;
    record->flag_count = 0;
  }
  if (status == STANCE_OK && !retracts) {
    record->seconds = entry->seconds;
    record->note = entry->note;
    status = put_flags(entry, &arena, record, error);
    if (entry->suggestion >= 0) {
      record->suggestion = head->labels[entry->suggestion].name;
      record->suggestion_p = (double)entry->suggestion_p;
      record->suggestion_shown = entry->is_suggestion_shown;
    }
  }
  if (status == STANCE_OK) stance_record_write(record, &act->lines);
  if (status == STANCE_OK && act->lines.failed) status = stance_fail_memory(error);
  stance_arena_free(&arena);
  return status;
}

static enum stance_status keep(struct annotate_act *act, const struct annotate_entry *entry,
                               struct stance_error *error) {
  struct annotate_entry *entries =
      stance_arena_grow(&act->arena, act->entries, &act->capacity, act->count + 1, sizeof *entries);
  if (!entries) return stance_fail_memory(error);
  act->entries = entries;
  struct annotate_entry *kept = &entries[act->count];
  *kept = *entry;
  const char **strings[] = {&kept->at, &kept->note, &kept->mentions, &kept->kind, &kept->was, &kept->extra, &kept->act};
  for (size_t i = 0; i < sizeof strings / sizeof *strings; i++)
    if (*strings[i] && !(*strings[i] = stance_arena_copy(&act->arena, *strings[i], strlen(*strings[i]))))
      return stance_fail_memory(error);
  act->count++;
  return STANCE_OK;
}

static const char *last_time(const struct annotate_writer *writer, const struct annotate_act *act) {
  return strcmp(act->last_at, writer->history->last_at) > 0 ? act->last_at : writer->history->last_at;
}

enum stance_status annotate_act_add(const struct annotate_writer *writer, struct annotate_act *act,
                                    const struct annotate_entry *entry, const struct annotate_page *page, int64_t wall,
                                    struct stance_error *error) {
  char at[40];
  struct annotate_entry own = *entry;
  annotate_time_after(last_time(writer, act), wall, at);
  own.at = at;
  own.act = *act->name ? act->name : NULL;
  STANCE_TRY(put_line(writer, act, &own, page, at, NULL, error));
  snprintf(act->last_at, sizeof act->last_at, "%s", at);
  return keep(act, &own, error);
}

enum stance_status annotate_act_undo(const struct annotate_writer *writer, struct annotate_act *act, const char *name,
                                     int64_t wall, struct stance_error *error) {
  size_t count = annotate_history_undo_count(writer->history);
  annotate_act_begin(act, ANNOTATE_ACT_UNDO, name);
  for (size_t i = 0; i < count; i++) {
    const struct annotate_entry *entry = annotate_history_undo_at(writer->history, i);
    char at[40];
    annotate_time_after(last_time(writer, act), wall, at);
    STANCE_TRY(put_line(writer, act, entry, NULL, at, entry->at, error));
    snprintf(act->last_at, sizeof act->last_at, "%s", at);
    STANCE_TRY(keep(act, entry, error));
  }
  return STANCE_OK;
}

enum stance_status annotate_act_redo(const struct annotate_writer *writer, struct annotate_act *act, const char *name,
                                     int64_t wall, struct stance_error *error) {
  size_t count = annotate_history_redo_count(writer->history);
  char own[ANNOTATE_ACT_MAX + 1];
  if (count > 1 && !name) { /* records of one act stay in one act */
    char at[40];
    annotate_time_after(writer->history->last_at, wall, at);
    snprintf(own, sizeof own, "redo-%s", at);
    name = own;
  }
  annotate_act_begin(act, ANNOTATE_ACT_REDO, name);
  for (size_t i = 0; i < count; i++) {
    struct annotate_entry entry = *annotate_history_redo_at(writer->history, i);
    entry.flags |= ANNOTATE_REDO;
    STANCE_TRY(annotate_act_add(writer, act, &entry, NULL, wall, error));
  }
  return STANCE_OK;
}

/* ---- the disk -------------------------------------------------------------------------------------------- */

enum stance_status annotate_act_commit(const struct annotate_writer *writer, struct annotate_act *act, bool *is_saved,
                                       struct stance_error *error) {
  *is_saved = false;
  if (act->kind == ANNOTATE_ACT_NONE || !act->count) {
    act->kind = ANNOTATE_ACT_NONE;
    *is_saved = true;
    return STANCE_OK;
  }
  enum stance_status status = annotate_journal_append(writer->journal, act->lines.data, act->lines.length, error);
  if (status != STANCE_OK) return status;
  *is_saved = true;
  enum annotate_act_kind kind = act->kind;
  act->kind = ANNOTATE_ACT_NONE;
  for (size_t i = 0; i < act->count && status == STANCE_OK; i++) {
    if (kind == ANNOTATE_ACT_ADD) status = annotate_history_add(writer->history, &act->entries[i], error);
    if (kind == ANNOTATE_ACT_REDO) status = annotate_history_redo(writer->history, &act->entries[i], error);
    if (kind == ANNOTATE_ACT_UNDO) status = annotate_history_undo(writer->history, act->name, error);
  }
  if (strcmp(act->last_at, writer->history->last_at) > 0)
    snprintf(writer->history->last_at, sizeof writer->history->last_at, "%s", act->last_at);
  return status;
}
