/* SPDX-License-Identifier: MIT
 * The session: opens it, writes records, and chooses the next unit. */
#include "session.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "assign.h"
#include "stance/base/error.h"
#include "stance/base/hash.h"

/* A hidden repeat comes at least REPEAT_AFTER decisions later. Times are capped, because a pause is not work on a
 * unit. */
enum { REPEAT_AFTER = 20, SECONDS_MAX = 600 };

const char *const annotate_error_kinds[ANNOTATE_ERROR_KINDS] = {"slip",     "direction", "actor",   "implied",
                                                                "reported", "context",   "codebook"};

void annotate_session_say(struct annotate_session *session, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(session->message, sizeof session->message, format, arguments);
  va_end(arguments);
}

const struct stance_head *annotate_session_head(const struct annotate_session *session, uint32_t unit) {
  return &session->project->codebook.heads[session->units->items[unit].head];
}

const struct annotate_entry *annotate_session_state(const struct annotate_session *session, uint32_t unit) {
  if (session->check == ANNOTATE_CHECK_BY_SELF && unit == session->unit) return NULL;
  return annotate_history_state(&session->history, unit);
}

void annotate_session_mentions(const struct annotate_session *session, const struct stance_record_mention **mentions,
                               size_t *count) {
  *mentions = session->page.record.mentions;
  *count = session->page.record.mention_count;
}

/* ---- showing ------------------------------------------------------------------------------------------- */

enum stance_status annotate_session_show(struct annotate_session *session, uint32_t unit, struct stance_error *error) {
  stance_arena_reset(&session->arena);
  session->mode = ANNOTATE_MODE_UNIT;
  session->unit = unit;
  session->scroll = 0;
  session->suggestion = session->first_choice = session->kind = -1;
  session->is_suggestion_shown = false;
  session->shown_at = session->helper.elapsed(session->helper.context);
  STANCE_TRY(annotate_units_page(session->units, unit, &session->arena, &session->page, error));
  const struct annotate_entry *state = annotate_history_state(&session->history, unit);
  if (state && state->mentions)
    STANCE_TRY(annotate_page_mentions(&session->page, state->mentions, &session->arena, error));
  for (int i = 0; state && state->kind && i < ANNOTATE_ERROR_KINDS; i++)
    if (strcmp(state->kind, annotate_error_kinds[i]) == 0) session->kind = i;
  if (session->votes && state && annotate_entry_decides(state))
    session->first_choice = state->label < 0 ? 0 : state->label;
  if (session->helper.suggest && !session->votes) {
    int label;
    double p;
    if (session->helper.suggest(session->helper.context, &session->page.record, session->units->items[unit].head,
                                &label, &p)) {
      session->suggestion = label;
      session->suggestion_p = p;
    }
  }
  return STANCE_OK;
}

static uint32_t next_pending(const struct annotate_session *session, size_t from) {
  for (size_t i = 0; i < session->order_count; i++) {
    uint32_t unit = session->order[(from + i) % session->order_count];
    if (!annotate_session_is_decided(session, unit)) return unit;
  }
  return ANNOTATE_NONE;
}

/* Skipped and flagged units come again at the end of the list, each once in a session. */
static uint32_t next_revisit(struct annotate_session *session) {
  while (!session->votes && session->revisited < session->order_count) {
    uint32_t unit = session->order[session->revisited++];
    const struct annotate_entry *state = annotate_history_state(&session->history, unit);
    if (state && (state->flags & (ANNOTATE_SKIP | ANNOTATE_FLAGGED))) return unit;
  }
  return ANNOTATE_NONE;
}

/* Chooses an earlier decision of the annotator that was no check yet, pseudo-randomly from the seed, so that a restart
 * chooses the same. */
static uint32_t pick_repeat(const struct annotate_session *session, size_t number) {
  const struct annotate_history *history = &session->history;
  if (history->done_count <= REPEAT_AFTER) return ANNOTATE_NONE;
  size_t most = history->done_count - REPEAT_AFTER;
  size_t at = (size_t)(annotate_draw(session->project->seed, "repeat", session->name, number) * (double)most);
  for (size_t tries = 0; tries < 16 && tries < most; tries++, at = (at + 1) % most) {
    uint32_t index = history->done[at];
    const struct annotate_entry *entry = &history->entries[index];
    if (entry->is_retracted || entry->label < 0 || history->newest[entry->unit] != index + 1) continue;
    if (!(entry->flags & (ANNOTATE_CHECK_GOLD | ANNOTATE_CHECK_SELF))) return entry->unit;
  }
  return ANNOTATE_NONE;
}

uint32_t annotate_session_draw_check(struct annotate_session *session, size_t number, enum annotate_check *check) {
  const struct annotate_project *project = session->project;
  uint32_t unit = ANNOTATE_NONE;
  *check = ANNOTATE_CHECK_NONE;
  if (!(project->check_gold + project->check_self > 0) || session->votes) return ANNOTATE_NONE;
  double chance = annotate_draw(project->seed, "check", session->name, number);
  if (chance < project->check_gold) {
    while (session->check_next < session->check_count &&
           annotate_session_is_decided(session, session->checks[session->check_next]))
      session->check_next++;
    if (session->check_next < session->check_count) unit = session->checks[session->check_next];
    if (unit != ANNOTATE_NONE) *check = ANNOTATE_CHECK_BY_GOLD;
  } else if (chance < project->check_gold + project->check_self) {
    unit = pick_repeat(session, number);
    if (unit != ANNOTATE_NONE) *check = ANNOTATE_CHECK_BY_SELF;
  }
  return unit;
}

enum stance_status annotate_session_advance(struct annotate_session *session, struct stance_error *error) {
  size_t from = 0;
  session->check = ANNOTATE_CHECK_NONE;
  session->is_revisit = false;
  if (*session->pause) {
    session->mode = ANNOTATE_MODE_OVER;
    return STANCE_OK;
  }
  if (session->batch && session->made >= session->batch) {
    session->mode = ANNOTATE_MODE_OVER;
    return STANCE_OK;
  }
  if (session->resume != ANNOTATE_NONE && session->resume != session->unit &&
      !annotate_session_is_decided(session, session->resume)) {
    uint32_t unit = session->resume;
    session->resume = ANNOTATE_NONE;
    return annotate_session_show(session, unit, error);
  }
  session->resume = ANNOTATE_NONE;
  if (session->unit != ANNOTATE_NONE && session->place[session->unit] != ANNOTATE_NONE)
    from = session->place[session->unit];
  uint32_t unit = session->order_count ? next_pending(session, from) : ANNOTATE_NONE;
  if (unit == ANNOTATE_NONE) {
    unit = next_revisit(session);
    if (unit == ANNOTATE_NONE) {
      session->mode = ANNOTATE_MODE_OVER;
      return STANCE_OK;
    }
    annotate_session_say(
        session, "once more: you %s this one",
        annotate_history_state(&session->history, unit)->flags & ANNOTATE_SKIP ? "skipped" : "flagged");
    STANCE_TRY(annotate_session_show(session, unit, error));
    session->is_revisit = true;
    return STANCE_OK;
  }
  uint32_t checked = annotate_session_draw_check(session, session->history.decisions, &session->check);
  if (checked != ANNOTATE_NONE) unit = checked;
  return annotate_session_show(session, unit, error);
}

/* ---- records ------------------------------------------------------------------------------------------- */

struct annotate_entry annotate_session_carry(const struct annotate_session *session, uint32_t unit) {
  struct annotate_entry entry = {.unit = unit, .label = -1, .suggestion = -1, .note = ""};
  if (annotate_session_state(session, unit)) entry = annotate_entry_carry(&session->history, unit);
  if (unit == session->unit) {
    entry.suggestion = (int8_t)session->suggestion;
    entry.suggestion_p = (float)session->suggestion_p;
    entry.is_suggestion_shown = session->is_suggestion_shown;
    if (session->check == ANNOTATE_CHECK_BY_GOLD) entry.flags |= ANNOTATE_CHECK_GOLD;
    if (session->check == ANNOTATE_CHECK_BY_SELF) entry.flags |= ANNOTATE_CHECK_SELF;
  }
  return entry;
}

static void count_unit(struct annotate_session *session, uint32_t unit, int step) {
  if (session->place[unit] != ANNOTATE_NONE && annotate_session_is_decided(session, unit))
    session->decided += (size_t)step;
}

/* Undo shows the unit undone; redo, and deciding it again, return to the unit shown before. */
static enum stance_status show_undone(struct annotate_session *session, enum annotate_act_kind kind,
                                      struct stance_error *error) {
  size_t last = session->pending.count - 1; /* added dyads that were undone cannot be shown */
  while (last && session->place[session->pending.entries[last].unit] == ANNOTATE_NONE) last--;
  const struct annotate_entry *entry = &session->pending.entries[last];
  if (session->place[entry->unit] == ANNOTATE_NONE && session->check == ANNOTATE_CHECK_NONE &&
      session->units->items[entry->unit].is_added)
    return annotate_session_advance(session, error);
  uint32_t unit = kind == ANNOTATE_ACT_REDO && session->resume != ANNOTATE_NONE ? session->resume : entry->unit;
  if (kind == ANNOTATE_ACT_UNDO && session->resume == ANNOTATE_NONE && session->unit != unit)
    session->resume = session->unit;
  if (kind == ANNOTATE_ACT_REDO && !annotate_history_redo_count(&session->history)) session->resume = ANNOTATE_NONE;
  session->check = ANNOTATE_CHECK_NONE;
  if (kind == ANNOTATE_ACT_UNDO && (entry->flags & ANNOTATE_CHECK_SELF)) session->check = ANNOTATE_CHECK_BY_SELF;
  if (kind == ANNOTATE_ACT_UNDO && (entry->flags & ANNOTATE_CHECK_GOLD)) session->check = ANNOTATE_CHECK_BY_GOLD;
  if (kind == ANNOTATE_ACT_UNDO && session->made) session->made--;
  return annotate_session_show(session, unit, error);
}

/* Pauses the annotator after too many wrong hidden gold checks. If writing the pause fails, the next check tries again;
 * the label is saved already. */
static void judge_checks(struct annotate_session *session) {
  const struct annotate_act *act = &session->pending;
  struct stance_error why;
  bool is_check = false;
  for (size_t i = 0; i < act->count; i++) is_check |= (act->entries[i].flags & ANNOTATE_CHECK_GOLD) != 0;
  if (is_check && annotate_pause_judge(session->project, session->name, &session->history, session->gold,
                                       session->gold_count, session->pause, &why) != STANCE_OK) {
    annotate_session_say(session, "%.200s", why.message);
    session->pause[0] = '\0';
  }
}

enum stance_status annotate_session_retry(struct annotate_session *session, struct stance_error *error) {
  struct annotate_act *pending = &session->pending;
  const enum annotate_act_kind kind = pending->kind;
  bool is_saved;
  struct stance_error why;
  if (kind == ANNOTATE_ACT_NONE) return STANCE_OK;
  if (session->place_count != session->units->count)
    STANCE_TRY(annotate_session_set_places(session, error)); /* the act added units */
  for (size_t i = 0; i < pending->count; i++) count_unit(session, pending->entries[i].unit, -1);
  enum stance_status status = annotate_act_commit(&session->writer, pending, &is_saved, &why);
  for (size_t i = 0; i < pending->count; i++) count_unit(session, pending->entries[i].unit, 1);
  bool is_held_changed = false;
  for (size_t i = 0; i < pending->count; i++)
    is_held_changed |= session->units->items[pending->entries[i].unit].is_added;
  if (is_saved && status == STANCE_OK && is_held_changed) status = annotate_session_reorder(session, &why);
  if (!is_saved) {
    session->is_trouble = true;
    snprintf(session->trouble, sizeof session->trouble, "%.199s", why.message);
    annotate_session_say(session, "NOT SAVED: %.199s. It is kept in memory; any key tries again", why.message);
    return STANCE_OK;
  }
  if (status != STANCE_OK) {
    if (error) *error = why;
    return status;
  }
  if (session->is_trouble) annotate_session_say(session, "saved after all");
  session->is_trouble = session->is_leaving_unsaved = false;
  if (!pending->count) return STANCE_OK;
  if (kind != ANNOTATE_ACT_ADD) return show_undone(session, kind, error);
  judge_checks(session);
  if (!session->advances) return STANCE_OK;
  session->made++;
  return annotate_session_advance(session, error);
}

/* Seconds spent on the unit shown, capped. */
float annotate_session_seconds(struct annotate_session *session) {
  int64_t now = session->helper.elapsed(session->helper.context);
  float seconds = (float)fmin((double)(now - session->shown_at) / 1000, SECONDS_MAX);
  session->shown_at = now;
  return seconds;
}

enum stance_status annotate_session_record(struct annotate_session *session, const struct annotate_entry *entry,
                                           bool advances, struct stance_error *error) {
  struct annotate_entry own = *entry;
  if (!(own.seconds > 0)) own.seconds = annotate_session_seconds(session);
  annotate_act_begin(&session->pending, ANNOTATE_ACT_ADD, NULL);
  session->advances = advances;
  STANCE_TRY(annotate_act_add(&session->writer, &session->pending, &own,
                              entry->unit == session->unit ? &session->page : NULL,
                              session->helper.wall(session->helper.context), error));
  return annotate_session_retry(session, error);
}

enum stance_status annotate_session_undo(struct annotate_session *session, struct stance_error *error) {
  STANCE_TRY(annotate_act_undo(&session->writer, &session->pending, NULL, session->helper.wall(session->helper.context),
                               error));
  size_t count = session->pending.count;
  if (!count) {
    session->pending.kind = ANNOTATE_ACT_NONE;
    annotate_session_say(session, "nothing to undo");
    return STANCE_OK;
  }
  const struct annotate_entry *latest = &session->pending.entries[0];
  const char *name = latest->label >= 0 ? annotate_session_head(session, latest->unit)->labels[latest->label].name
                     : latest->flags & ANNOTATE_SKIP  ? "skip"
                     : latest->flags & ANNOTATE_SPLIT ? "wrong split"
                                                      : "note, flag or mention";
  if (count > 1) annotate_session_say(session, "undone: %zu records that were made together", count);
  else annotate_session_say(session, "undone: %s", name);
  return annotate_session_retry(session, error);
}

enum stance_status annotate_session_redo(struct annotate_session *session, struct stance_error *error) {
  STANCE_TRY(annotate_act_redo(&session->writer, &session->pending, NULL, session->helper.wall(session->helper.context),
                               error));
  if (!session->pending.count) {
    session->pending.kind = ANNOTATE_ACT_NONE;
    annotate_session_say(session, "nothing to redo");
    return STANCE_OK;
  }
  annotate_session_say(session, "done again");
  return annotate_session_retry(session, error);
}

/* ---- opening ------------------------------------------------------------------------------------------- */

static enum stance_status open_checks(struct annotate_session *session, struct stance_error *error) {
  struct stance_arena arena = {0};
  struct stance_record *gold;
  size_t count;
  if (!(session->project->check_gold > 0) || session->votes) return STANCE_OK;
  enum stance_status status = annotate_gold_read(session->project, &arena, &gold, &count, error);
  session->checks = malloc((count + 1) * sizeof *session->checks);
  session->gold = malloc(session->units->count + 1);
  session->gold_count = session->units->count;
  if (status == STANCE_OK && !(session->checks && session->gold)) status = stance_fail_memory(error);
  if (session->gold) memset(session->gold, -1, session->gold_count + 1);
  for (size_t i = 0; status == STANCE_OK && i < count; i++) {
    for (size_t h = 0; gold[i].label && h < session->project->codebook.head_count; h++) {
      uint32_t unit = strcmp(session->project->codebook.heads[h].name, gold[i].head) == 0
                          ? annotate_units_find(session->units, gold[i].unit, (int)h)
                          : ANNOTATE_NONE;
      if (unit == ANNOTATE_NONE) continue;
      session->checks[session->check_count++] = unit;
      session->gold[unit] = (int8_t)stance_head_label(&session->project->codebook.heads[h], gold[i].label);
    }
  }
  /* a different order for each annotator (Fisher-Yates, seeded) */
  for (size_t i = session->check_count; i > 1; i--) {
    size_t j = (size_t)(annotate_draw(session->project->seed, "gold", session->name, i) * (double)i);
    uint32_t swap = session->checks[i - 1];
    session->checks[i - 1] = session->checks[j];
    session->checks[j] = swap;
  }
  stance_arena_free(&arena);
  return status;
}

/* Undo skips merged records, which are no decisions of the adjudicator. */
static void keep_merged(struct annotate_history *history) {
  size_t kept = 0;
  for (size_t i = 0; i < history->done_count; i++)
    if (!(history->entries[history->done[i]].flags & ANNOTATE_MERGED)) history->done[kept++] = history->done[i];
  history->done_count = kept;
}

/* Adjudication: the disputed units, in document order. Agreed units have been merged before. */
static enum stance_status order_disputes(struct annotate_session *session, struct stance_error *error) {
  session->order = malloc((session->units->count + 1) * sizeof *session->order);
  if (!session->order) return stance_fail_memory(error);
  keep_merged(&session->history);
  for (uint32_t unit = 0; unit < session->units->count; unit++) {
    const struct annotate_entry *state = annotate_history_state(&session->history, unit);
    bool is_own = state && !(state->flags & ANNOTATE_MERGED);
    if (is_own || annotate_votes_agreement(session->votes, unit) == ANNOTATE_DISPUTED)
      session->order[session->order_count++] = unit;
  }
  return STANCE_OK;
}

enum stance_status annotate_session_open(const struct annotate_project *project, const struct annotate_units *units,
                                         struct annotate_journal *journal, const struct annotate_helper *helper,
                                         const struct annotate_session_options *options,
                                         struct annotate_session *session, struct stance_error *error) {
  *session = (struct annotate_session){.project = project,
                                       .units = units,
                                       .journal = journal,
                                       .helper = *helper,
                                       .name = options->name,
                                       .votes = options->votes,
                                       .batch = options->batch,
                                       .unit = ANNOTATE_NONE,
                                       .resume = ANNOTATE_NONE,
                                       .practised = -1,
                                       .codebook_label = -1};
  session->writer = (struct annotate_writer){
      .project = project, .units = units, .journal = journal, .history = &session->history, .name = options->name};
  enum annotate_order order = options->order ? options->order : project->order;
  enum stance_status status = annotate_keymap_make(&project->codebook, &session->keymap, error);
  if (status == STANCE_OK) status = annotate_history_open(units, &session->history, error);
  if (status == STANCE_OK)
    status = annotate_history_read(&session->history, journal, options->votes ? NULL : options->name, error);
  if (status == STANCE_OK && options->votes) status = order_disputes(session, error);
  else if (status == STANCE_OK)
    status = annotate_assign(project, units, options->name, order == ANNOTATE_ORDER_RANDOM, &session->order,
                             &session->order_count, error);
  if (status == STANCE_OK && order == ANNOTATE_ORDER_UNCERTAIN && options->margins)
    status = annotate_order_uncertain(project, units, options->margins, options->random_share, session->order,
                                      session->order_count, error);
  if (status == STANCE_OK) status = open_checks(session, error);
  if (status == STANCE_OK) status = annotate_session_reorder(session, error);
  if (status != STANCE_OK) {
    annotate_session_close(session);
    return status;
  }
  status = annotate_session_advance(session, error);
  if (status != STANCE_OK) annotate_session_close(session);
  return status;
}

void annotate_session_close(struct annotate_session *session) {
  free(session->order);
  free(session->place);
  free(session->checks);
  free(session->gold);
  annotate_act_close(&session->pending);
  annotate_history_close(&session->history);
  stance_arena_free(&session->arena);
  *session = (struct annotate_session){.unit = ANNOTATE_NONE};
}
