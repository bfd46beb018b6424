/* SPDX-License-Identifier: MIT
 * Replaying a journal, and the stacks of undo and redo. */
#include "history.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "scan.h"
#include "stance/base/error.h"
#include "stance/base/hash.h"

const char *const annotate_flag_names[ANNOTATE_FLAG_COUNT] = {
    "skip",    "flagged", "split",    "mentions",   "check-gold", "check-self", "merged",
    "unclear", "redo",    "accepted", "not-a-dyad", "added",      "recoded",    "review",
};

bool annotate_entry_decides(const struct annotate_entry *entry) {
  return entry->label >= 0 || (entry->flags & ANNOTATE_CLOSED);
}

bool annotate_record_decides(const struct stance_record *record) {
  static const char *const closing[] = {"skip", "split", "not-a-dyad"};
  bool decides = record->label != NULL;
  for (size_t i = 0; i < sizeof closing / sizeof *closing && !decides; i++)
    decides = stance_record_has_flag(record, closing[i]);
  return decides;
}

enum stance_status annotate_history_open(const struct annotate_units *units, struct annotate_history *history,
                                         struct stance_error *error) {
  *history = (struct annotate_history){.units = units};
  return annotate_history_fit(history, error);
}

enum stance_status annotate_history_fit(struct annotate_history *history, struct stance_error *error) {
  size_t count = history->units->count + 1;
  if (history->newest && count <= history->newest_count) return STANCE_OK;
  uint32_t *newest = realloc(history->newest, count * sizeof *newest);
  if (!newest) return stance_fail_memory(error);
  memset(newest + history->newest_count, 0, (count - history->newest_count) * sizeof *newest);
  history->newest = newest;
  history->newest_count = count;
  return STANCE_OK;
}

void annotate_history_close(struct annotate_history *history) {
  free(history->entries);
  free(history->newest);
  free(history->done);
  free(history->undone);
  stance_hash_map_free(&history->acts);
  stance_arena_free(&history->arena);
  *history = (struct annotate_history){0};
}

const struct annotate_entry *annotate_history_state(const struct annotate_history *history, uint32_t unit) {
  return unit < history->newest_count && history->newest[unit] ? &history->entries[history->newest[unit] - 1] : NULL;
}

static enum stance_status make_room(struct annotate_history *history, struct stance_error *error) {
  if (history->count < history->capacity) return STANCE_OK;
  size_t capacity = history->capacity ? history->capacity * 2 : 1024;
  if (capacity > UINT32_MAX / 4) return stance_fail(error, STANCE_INPUT, "the journal has too many records");
  struct annotate_entry *entries = realloc(history->entries, capacity * sizeof *entries);
  if (entries) history->entries = entries;
  uint32_t *done = realloc(history->done, capacity * sizeof *done);
  if (done) history->done = done;
  uint32_t *undone = realloc(history->undone, capacity * sizeof *undone);
  if (undone) history->undone = undone;
  if (!entries || !done || !undone) return stance_fail_memory(error);
  history->capacity = capacity;
  return STANCE_OK;
}

/* ---- acts ------------------------------------------------------------------------------------------------ */

static uint64_t act_hash(const char *act, uint32_t unit) {
  return stance_hash_combine(stance_hash(act, strlen(act)), (uint64_t)unit + 1);
}

bool annotate_history_has(const struct annotate_history *history, const char *act, uint32_t unit) {
  return stance_hash_map_get(&history->acts, act_hash(act, unit)) != NULL;
}

/* Stores the act of a record, for its unit and for any unit (ANNOTATE_NONE). */
static enum stance_status note_act(struct annotate_history *history, const char *act, uint32_t unit,
                                   struct stance_error *error) {
  if (!act || !*act) return STANCE_OK;
  bool is_noted = stance_hash_map_put(&history->acts, act_hash(act, unit)) &&
                  stance_hash_map_put(&history->acts, act_hash(act, ANNOTATE_NONE));
  return is_noted ? STANCE_OK : stance_fail_memory(error);
}

/* ---- doing and undoing ----------------------------------------------------------------------------------- */

/* The stored entry's strings are in the arena: they are copied unless they are there already. */
static enum stance_status push(struct annotate_history *history, const struct annotate_entry *entry,
                               struct stance_error *error) {
  STANCE_TRY(annotate_history_fit(history, error));
  STANCE_TRY(make_room(history, error));
  STANCE_TRY(note_act(history, entry->act, entry->unit, error));
  struct annotate_entry *stored = &history->entries[history->count];
  *stored = *entry;
  stored->older = history->newest[entry->unit];
  stored->is_retracted = false;
  history->newest[entry->unit] = (uint32_t)++history->count;
  if (entry->flags & ANNOTATE_RECODED) history->done_count = history->undone_count = 0; /* undo stops here */
  else history->done[history->done_count++] = (uint32_t)history->count - 1;
  history->decisions++;
  if (strcmp(stored->at, history->last_at) > 0) snprintf(history->last_at, sizeof history->last_at, "%s", stored->at);
  return STANCE_OK;
}

static enum stance_status copy_strings(struct annotate_history *history, struct annotate_entry *entry,
                                       struct stance_error *error) {
  const char **strings[] = {&entry->at,  &entry->note,  &entry->mentions, &entry->kind,
                            &entry->was, &entry->extra, &entry->act};
  for (size_t i = 0; i < sizeof strings / sizeof *strings; i++) {
    if (!*strings[i]) continue;
    *strings[i] = **strings[i] ? stance_arena_copy(&history->arena, *strings[i], strlen(*strings[i])) : "";
    if (!*strings[i]) return stance_fail_memory(error);
  }
  return STANCE_OK;
}

enum stance_status annotate_history_add(struct annotate_history *history, const struct annotate_entry *entry,
                                        struct stance_error *error) {
  struct annotate_entry own = *entry;
  STANCE_TRY(copy_strings(history, &own, error));
  STANCE_TRY(push(history, &own, error));
  history->undone_count = 0;
  return STANCE_OK;
}

static bool is_same_act(const struct annotate_entry *a, const struct annotate_entry *b) {
  return a->act && b->act && strcmp(a->act, b->act) == 0;
}

size_t annotate_history_undo_count(struct annotate_history *history) {
  while (history->done_count && history->entries[history->done[history->done_count - 1]].is_retracted)
    history->done_count--;
  size_t count = history->done_count > 0;
  while (count && count < history->done_count &&
         is_same_act(annotate_history_undo_at(history, 0), annotate_history_undo_at(history, count)) &&
         !annotate_history_undo_at(history, count)->is_retracted)
    count++;
  return count;
}

size_t annotate_history_redo_count(const struct annotate_history *history) {
  size_t count = history->undone_count > 0;
  while (count && count < history->undone_count &&
         is_same_act(annotate_history_redo_at(history, 0), annotate_history_redo_at(history, count)))
    count++;
  return count;
}

const struct annotate_entry *annotate_history_undo_at(const struct annotate_history *history, size_t i) {
  return &history->entries[history->done[history->done_count - 1 - i]];
}

const struct annotate_entry *annotate_history_redo_at(const struct annotate_history *history, size_t i) {
  return &history->entries[history->undone[history->undone_count - 1 - i]];
}

/* Removes a record from its unit's chain. */
static void retract(struct annotate_history *history, uint32_t index) {
  struct annotate_entry *entry = &history->entries[index];
  entry->is_retracted = true;
  uint32_t *newest = &history->newest[entry->unit];
  while (*newest && history->entries[*newest - 1].is_retracted) *newest = history->entries[*newest - 1].older;
  if (!(entry->flags & ANNOTATE_RECODED)) history->undone[history->undone_count++] = index;
  history->decisions++;
}

enum stance_status annotate_history_undo(struct annotate_history *history, const char *act,
                                         struct stance_error *error) {
  if (!annotate_history_undo_count(history)) return STANCE_OK;
  uint32_t index = history->done[--history->done_count];
  retract(history, index);
  return note_act(history, act, history->entries[index].unit, error);
}

enum stance_status annotate_history_redo(struct annotate_history *history, const struct annotate_entry *entry,
                                         struct stance_error *error) {
  struct annotate_entry own = *entry;
  if (!history->undone_count) return STANCE_OK;
  STANCE_TRY(copy_strings(history, &own, error));
  STANCE_TRY(push(history, &own, error));
  history->undone_count--;
  return STANCE_OK;
}

/* ---- replay -------------------------------------------------------------------------------------------- */

enum record_key {
  KEY_UNIT,
  KEY_HEAD,
  KEY_LABEL,
  KEY_ANNOTATOR,
  KEY_AT,
  KEY_SECONDS,
  KEY_NOTE,
  KEY_FLAGS,
  KEY_MENTIONS,
  KEY_SUGGESTION,
  KEY_RETRACTS,
  KEY_ACT,
  KEY_COUNT
};
static const char *const record_keys[KEY_COUNT] = {"unit", "head",  "label",    "annotator",  "at",       "seconds",
                                                   "note", "flags", "mentions", "suggestion", "retracts", "act"};

struct replay {
  struct annotate_history *history;
  const char *annotator;
  struct stance_arena scratch;
};

static int find_name(const struct annotate_span *span, const struct stance_head *head) {
  for (size_t i = 0; i < head->label_count; i++)
    if (annotate_scan_is(span, head->labels[i].name)) return (int)i;
  return -1;
}

static enum stance_status read_flags(struct annotate_history *history, const struct annotate_span *span,
                                     struct annotate_entry *entry, struct stance_error *error) {
  if (!span->start) return STANCE_OK;
  cJSON *array = cJSON_ParseWithLength(span->start, span->length), *item;
  enum stance_status status =
      cJSON_IsArray(array) ? STANCE_OK : stance_fail(error, STANCE_INPUT, "'flags' is not an array");
  cJSON_ArrayForEach(item, array) {
    if (status != STANCE_OK) break;
    if (!cJSON_IsString(item)) {
      status = stance_fail(error, STANCE_INPUT, "'flags' holds what is not a string");
      break;
    }
    const char *name = item->valuestring;
    size_t known = 0;
    while (known < ANNOTATE_FLAG_COUNT && strcmp(name, annotate_flag_names[known]) != 0) known++;
    const char **kept = strncmp(name, "error:", 6) == 0 ? &entry->kind
                        : strncmp(name, "was:", 4) == 0 ? &entry->was
                                                        : &entry->extra;
    const char *value = strchr(name, ':');
    if (known < ANNOTATE_FLAG_COUNT) entry->flags |= 1u << known;
    else if (kept != &entry->extra) *kept = stance_arena_copy(&history->arena, value + 1, strlen(value + 1));
    else *kept = stance_arena_format(&history->arena, "%s%s%s", *kept ? *kept : "", *kept ? "\n" : "", name);
    if (known == ANNOTATE_FLAG_COUNT && !*kept) status = stance_fail_memory(error);
  }
  cJSON_Delete(array);
  return status;
}

static void read_suggestion(const struct annotate_span *span, const struct stance_head *head,
                            struct annotate_entry *entry) {
  cJSON *object = span->start ? cJSON_ParseWithLength(span->start, span->length) : NULL;
  const cJSON *label = cJSON_GetObjectItemCaseSensitive(object, "label");
  if (cJSON_IsString(label)) {
    entry->suggestion = (int8_t)stance_head_label(head, label->valuestring);
    const cJSON *p = cJSON_GetObjectItemCaseSensitive(object, "p");
    entry->suggestion_p = cJSON_IsNumber(p) ? (float)p->valuedouble : 0;
    entry->is_suggestion_shown = cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(object, "shown"));
  }
  cJSON_Delete(object);
}

static void replay_retraction(struct annotate_history *history, uint32_t unit, const char *at) {
  for (uint32_t link = history->newest[unit]; link; link = history->entries[link - 1].older) {
    const struct annotate_entry *entry = &history->entries[link - 1];
    if (entry->is_retracted || (*at && strcmp(entry->at, at) != 0)) continue;
    if (history->done_count && history->done[history->done_count - 1] == link - 1) history->done_count--;
    retract(history, link - 1);
    return;
  }
}

static enum stance_status read_entry(struct replay *replay, const struct annotate_span *spans, uint32_t unit,
                                     struct annotate_entry *entry, struct stance_error *error) {
  struct annotate_history *history = replay->history;
  const struct stance_head *head = &history->units->codebook->heads[history->units->items[unit].head];
  *entry = (struct annotate_entry){.unit = unit, .label = -1, .suggestion = -1, .note = ""};
  STANCE_TRY(annotate_scan_string(&spans[KEY_AT], &history->arena, &entry->at, error));
  if (!entry->at) entry->at = "";
  if (spans[KEY_NOTE].start && spans[KEY_NOTE].length > 2) {
    STANCE_TRY(annotate_scan_string(&spans[KEY_NOTE], &history->arena, &entry->note, error));
    if (!entry->note) entry->note = "";
  }
  if (spans[KEY_LABEL].start && spans[KEY_LABEL].start[0] == '"') {
    entry->label = (int8_t)find_name(&spans[KEY_LABEL], head);
    entry->is_unknown = entry->label < 0;
  }
  if (spans[KEY_SECONDS].start) entry->seconds = strtof(spans[KEY_SECONDS].start, NULL);
  STANCE_TRY(read_flags(history, &spans[KEY_FLAGS], entry, error));
  STANCE_TRY(annotate_scan_string(&spans[KEY_ACT], &history->arena, &entry->act, error));
  if (spans[KEY_SUGGESTION].start) read_suggestion(&spans[KEY_SUGGESTION], head, entry);
  if ((entry->flags & ANNOTATE_MENTIONS) && spans[KEY_MENTIONS].start) {
    entry->mentions = stance_arena_copy(&history->arena, spans[KEY_MENTIONS].start, spans[KEY_MENTIONS].length);
    if (!entry->mentions) return stance_fail_memory(error);
  }
  return STANCE_OK;
}

static enum stance_status replay_line(void *context, const char *line, size_t length, uint64_t offset, size_t number,
                                      struct stance_error *error) {
  struct replay *replay = context;
  struct annotate_history *history = replay->history;
  struct annotate_span spans[KEY_COUNT];
  const char *id, *annotator, *retracts;
  int head = -1;
  (void)offset;
  (void)number;
  stance_arena_reset(&replay->scratch);
  if (!annotate_scan(line, length, record_keys, KEY_COUNT, spans))
    return stance_fail(error, STANCE_INPUT, "is not a JSON object");
  STANCE_TRY(annotate_scan_string(&spans[KEY_UNIT], &replay->scratch, &id, error));
  for (size_t i = 0; i < history->units->codebook->head_count; i++)
    if (annotate_scan_is(&spans[KEY_HEAD], history->units->codebook->heads[i].name)) head = (int)i;
  uint32_t unit = id && head >= 0 ? annotate_units_find(history->units, id, head) : ANNOTATE_NONE;
  if (replay->annotator &&
      !annotate_scan_is(&spans[KEY_ANNOTATOR], replay->annotator)) { /* also compares escapes such as "\u00e9" */
    STANCE_TRY(annotate_scan_string(&spans[KEY_ANNOTATOR], &replay->scratch, &annotator, error));
    if (annotator && strcmp(annotator, replay->annotator) != 0) unit = ANNOTATE_NONE;
  }
  if (unit == ANNOTATE_NONE) {
    history->foreign++;
    return STANCE_OK;
  }
  STANCE_TRY(make_room(history, error));
  STANCE_TRY(annotate_scan_string(&spans[KEY_RETRACTS], &replay->scratch, &retracts, error));
  if (retracts) {
    const char *at;
    STANCE_TRY(annotate_scan_string(&spans[KEY_AT], &replay->scratch, &at, error));
    if (at && strcmp(at, history->last_at) > 0) snprintf(history->last_at, sizeof history->last_at, "%s", at);
    const char *act;
    replay_retraction(history, unit, retracts);
    STANCE_TRY(annotate_scan_string(&spans[KEY_ACT], &replay->scratch, &act, error));
    return note_act(history, act, unit, error);
  }
  struct annotate_entry entry;
  STANCE_TRY(read_entry(replay, spans, unit, &entry, error));
  STANCE_TRY(push(history, &entry, error));
  if (!(entry.flags & ANNOTATE_REDO)) history->undone_count = 0;
  else if (history->undone_count) history->undone_count--;
  return STANCE_OK;
}

enum stance_status annotate_history_read(struct annotate_history *history, const struct annotate_journal *journal,
                                         const char *annotator, struct stance_error *error) {
  struct replay replay = {.history = history, .annotator = annotator};
  enum stance_status status = annotate_lines(journal->file, journal->path, replay_line, &replay, error);
  stance_arena_free(&replay.scratch);
  history->unknown = 0;
  for (uint32_t unit = 0; unit < history->newest_count; unit++) {
    const struct annotate_entry *state = annotate_history_state(history, unit);
    if (state && state->is_unknown) history->unknown++;
  }
  return status;
}
