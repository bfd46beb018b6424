/* SPDX-License-Identifier: MIT
 * The keys while a unit is shown. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session.h"
#include "stance/base/error.h"

static int label_of_key(const struct stance_head *head, uint32_t key) {
  for (size_t i = 0; i < head->label_count; i++)
    if (head->labels[i].key && head->labels[i].key == key) return (int)i;
  return -1;
}

/* Whether the session shows the next unit: after a first decision it does; after changing an old one the unit stays. */
static bool goes_on(const struct annotate_session *session) {
  const struct annotate_entry *state = annotate_session_state(session, session->unit);
  return session->is_revisit || !state || !annotate_entry_decides(state);
}

/* "Mali -> France: hostile" */
static void say_decision(struct annotate_session *session, uint32_t unit, const char *what) {
  const struct stance_record *record = &session->page.record;
  char undo[16];
  annotate_key_name(session->keymap.keys[ANNOTATE_UNDO_COMMAND][0], undo);
  if (record->source && unit == session->unit)
    annotate_session_say(session, "%.40s -> %.40s: %s (%s undoes)", record->source, record->target, what, undo);
  else annotate_session_say(session, "sentence: %s (%s undoes)", what, undo);
}

static enum stance_status decide(struct annotate_session *session, uint32_t unit, int label, bool advances,
                                 struct stance_error *error) {
  struct annotate_entry entry = annotate_session_carry(session, unit);
  entry.label = (int8_t)label;
  entry.flags &= ~(uint32_t)ANNOTATE_CLOSED;
  say_decision(session, unit, annotate_session_head(session, unit)->labels[label].name);
  return annotate_session_record(session, &entry, advances, error);
}

/* Adjudication: the first choice is blind; then all labels are shown, and the same keys decide. */
static enum stance_status adjudicate(struct annotate_session *session, int label, struct stance_error *error) {
  char extra[128];
  const struct stance_head *head = annotate_session_head(session, session->unit);
  if (session->first_choice < 0) {
    session->first_choice = label;
    annotate_session_say(session, "your first choice: %s; enter keeps it, a label's key decides",
                         head->labels[label].name);
    return STANCE_OK;
  }
  struct annotate_entry entry = annotate_session_carry(session, session->unit);
  entry.label = (int8_t)label;
  entry.flags &= ~(uint32_t)ANNOTATE_CLOSED;
  entry.kind = session->kind >= 0 ? annotate_error_kinds[session->kind] : NULL;
  snprintf(extra, sizeof extra, "blind:%.100s", head->labels[session->first_choice].name);
  entry.extra = stance_arena_copy(&session->history.arena, extra, strlen(extra));
  if (!entry.extra) return stance_fail_memory(error);
  say_decision(session, session->unit, head->labels[label].name);
  return annotate_session_record(session, &entry, true, error);
}

/* Handles the key of a label of the unit's own head, else of the sentence's. *is_taken: the key was one. */
static enum stance_status label_key(struct annotate_session *session, uint32_t key, bool *is_taken,
                                    struct stance_error *error) {
  int label = label_of_key(annotate_session_head(session, session->unit), key);
  *is_taken = true;
  if (label >= 0 && session->votes) return adjudicate(session, label, error);
  if (label >= 0) return decide(session, session->unit, label, goes_on(session), error);
  uint32_t sentence = session->votes ? ANNOTATE_NONE : annotate_units_sentence(session->units, session->unit);
  if (sentence != ANNOTATE_NONE && sentence != session->unit) {
    label = label_of_key(annotate_session_head(session, sentence), key);
    const struct annotate_entry *state = annotate_session_state(session, session->unit);
    if (label >= 0) return decide(session, sentence, label, state && annotate_entry_decides(state), error);
  }
  *is_taken = false;
  return STANCE_OK;
}

static enum stance_status toggle(struct annotate_session *session, uint32_t flag, const char *on, const char *off,
                                 struct stance_error *error) {
  struct annotate_entry entry = annotate_session_carry(session, session->unit);
  entry.flags ^= flag;
  annotate_session_say(session, "%s", entry.flags & flag ? on : off);
  return annotate_session_record(session, &entry, false, error);
}

static enum stance_status close_unit(struct annotate_session *session, uint32_t flag, const char *what,
                                     struct stance_error *error) {
  struct annotate_entry entry = annotate_session_carry(session, session->unit);
  entry.label = -1;
  entry.flags = (entry.flags & ~(uint32_t)ANNOTATE_CLOSED) | flag;
  bool is_going_on = goes_on(session);
  say_decision(session, session->unit, what);
  return annotate_session_record(session, &entry, is_going_on, error);
}

static enum stance_status step(struct annotate_session *session, bool is_forward, struct stance_error *error) {
  if (!session->order_count) return STANCE_OK;
  size_t at = session->unit == ANNOTATE_NONE || session->place[session->unit] == ANNOTATE_NONE
                  ? session->order_count - 1
                  : session->place[session->unit];
  if (session->mode == ANNOTATE_MODE_OVER && session->unit != ANNOTATE_NONE) at += is_forward ? 0 : 1;
  if (is_forward ? at + 1 >= session->order_count : at == 0) {
    annotate_session_say(session, is_forward ? "this is the last unit" : "this is the first unit");
    return STANCE_OK;
  }
  session->check = ANNOTATE_CHECK_NONE;
  session->resume = ANNOTATE_NONE;
  return annotate_session_show(session, session->order[is_forward ? at + 1 : at - 1], error);
}

static enum stance_status reverse(struct annotate_session *session, struct stance_error *error) {
  uint32_t from = session->unit, to = annotate_units_reverse(session->units, from);
  if (to == ANNOTATE_NONE || session->place[to] == ANNOTATE_NONE) {
    annotate_session_say(session, "there is no reverse of this unit");
    return STANCE_OK;
  }
  session->check = ANNOTATE_CHECK_NONE;
  session->resume = from;
  return annotate_session_show(session, to, error);
}

static void suggest(struct annotate_session *session) {
  if (session->suggestion < 0) {
    annotate_session_say(session, session->votes
                                      ? "no suggestions while adjudicating"
                                      : "no suggestion; 'stance annotate label --suggest-model MODEL' gives them");
    return;
  }
  session->is_suggestion_shown = true;
  annotate_session_say(session, "the model says %s (p = %.2f)",
                       annotate_session_head(session, session->unit)->labels[session->suggestion].name,
                       session->suggestion_p);
}

static void open_codebook(struct annotate_session *session) {
  const struct stance_head *head = annotate_session_head(session, session->unit);
  int pages = (int)head->label_count + (head->rule_count > 0); /* the rules come after the labels */
  session->codebook_label = session->codebook_label + 1 < pages ? session->codebook_label + 1 : -1;
  session->scroll = 0;
}

static void start_typing(struct annotate_session *session, enum annotate_mode mode, const char *text) {
  session->mode = mode;
  snprintf(session->edit, sizeof session->edit, "%s", text);
}

static enum stance_status run_on_unit(struct annotate_session *session, enum annotate_command command,
                                      struct stance_error *error) {
  const struct annotate_entry *state = annotate_session_state(session, session->unit);
  switch (command) {
    case ANNOTATE_SKIP_COMMAND: return close_unit(session, ANNOTATE_SKIP, "skip", error);
    case ANNOTATE_SPLIT_COMMAND: return close_unit(session, ANNOTATE_SPLIT, "wrong split", error);
    case ANNOTATE_FLAG_COMMAND: return toggle(session, ANNOTATE_FLAGGED, "flagged", "flag taken off", error);
    case ANNOTATE_REVERSE_COMMAND: return reverse(session, error);
    case ANNOTATE_NOTE_COMMAND: start_typing(session, ANNOTATE_MODE_NOTE, state ? state->note : ""); break;
    case ANNOTATE_SUGGEST_COMMAND: suggest(session); break;
    case ANNOTATE_CODEBOOK_COMMAND: open_codebook(session); break;
    case ANNOTATE_SENTENCE_COMMAND:
    case ANNOTATE_REST_COMMAND:
      if (session->votes) {
        annotate_session_say(session, "disputes are settled one by one");
        break;
      }
      return command == ANNOTATE_REST_COMMAND ? annotate_session_rest(session, error)
                                              : annotate_session_matrix(session, error);
    case ANNOTATE_MENTIONS_COMMAND:
      if (session->votes) {
        annotate_session_say(session, "mentions are changed while labelling");
        break;
      }
      annotate_session_open_words(session);
      break;
    case ANNOTATE_KIND_COMMAND:
      if (!session->votes) break;
      session->kind = session->kind + 1 < ANNOTATE_ERROR_KINDS ? session->kind + 1 : -1;
      annotate_session_say(session, "kind of error: %s",
                           session->kind < 0 ? "none" : annotate_error_kinds[session->kind]);
      break;
    case ANNOTATE_UNCLEAR_COMMAND:
      if (session->votes)
        return toggle(session, ANNOTATE_UNCLEAR, "the codebook is unclear here", "the codebook is clear", error);
      break;
    default: break;
  }
  return STANCE_OK;
}

static enum stance_status run(struct annotate_session *session, enum annotate_command command,
                              struct stance_error *error) {
  switch (command) {
    case ANNOTATE_UNDO_COMMAND: return annotate_session_undo(session, error);
    case ANNOTATE_REDO_COMMAND: return annotate_session_redo(session, error);
    case ANNOTATE_PREVIOUS_COMMAND: return step(session, false, error);
    case ANNOTATE_NEXT_COMMAND: return step(session, true, error);
    case ANNOTATE_PENDING_COMMAND: return annotate_session_advance(session, error);
    case ANNOTATE_GOTO_COMMAND: start_typing(session, ANNOTATE_MODE_GOTO, ""); break;
    case ANNOTATE_SEARCH_COMMAND: start_typing(session, ANNOTATE_MODE_SEARCH, ""); break;
    case ANNOTATE_KEYS_COMMAND:
      session->mode = ANNOTATE_MODE_KEYS;
      session->scroll = 0;
      break;
    case ANNOTATE_REDRAW_COMMAND: session->wants_redraw = true; break;
    case ANNOTATE_QUIT_COMMAND: session->is_quitting = true; break;
    case ANNOTATE_UP_COMMAND: session->scroll -= session->scroll > 0; break;
    case ANNOTATE_DOWN_COMMAND: session->scroll++; break; /* the screen limits it to the end */
    default:
      if (session->mode == ANNOTATE_MODE_UNIT && session->unit != ANNOTATE_NONE)
        return run_on_unit(session, command, error);
  }
  return STANCE_OK;
}

/* While a record is not saved, any key tries again. Quitting without saving takes the quit key twice. */
static enum stance_status trouble_key(struct annotate_session *session, int command, struct stance_error *error) {
  if (command == ANNOTATE_QUIT_COMMAND && session->is_leaving_unsaved) {
    session->is_quitting = true;
    return STANCE_OK;
  }
  bool is_leaving = command == ANNOTATE_QUIT_COMMAND;
  enum stance_status status = annotate_session_retry(session, error);
  if (session->is_trouble && is_leaving) {
    session->is_leaving_unsaved = true;
    annotate_session_say(
        session, "NOT SAVED: the latest decision is in memory only. Leave without it? The same key again leaves");
  } else if (is_leaving) {
    session->is_quitting = true;
  }
  return status;
}

/* Whether the key belongs to a label of another head. */
static bool is_key_of_other_head(const struct annotate_session *session, uint32_t key) {
  for (size_t h = 0; h < session->project->codebook.head_count; h++) {
    const struct stance_head *head = &session->project->codebook.heads[h];
    for (size_t l = 0; l < head->label_count; l++)
      if (key && head->labels[l].key == key) return true;
  }
  return false;
}

enum stance_status annotate_session_key(struct annotate_session *session, uint32_t key, struct stance_error *error) {
  int command = annotate_keymap_find(&session->keymap, key);
  if (session->is_trouble) return trouble_key(session, command, error);
  if (*session->pause) {
    session->is_quitting = command == ANNOTATE_QUIT_COMMAND;
    session->wants_redraw = command == ANNOTATE_REDRAW_COMMAND;
    return STANCE_OK;
  }
  switch (session->mode) {
    case ANNOTATE_MODE_NOTE:
    case ANNOTATE_MODE_SEARCH:
    case ANNOTATE_MODE_GOTO:
    case ANNOTATE_MODE_ACTOR: return annotate_session_edit_key(session, key, error);
    case ANNOTATE_MODE_SPAN: return annotate_session_span_key(session, key, error);
    case ANNOTATE_MODE_NEW:
    case ANNOTATE_MODE_ASK: return annotate_session_ask_key(session, key, error);
    case ANNOTATE_MODE_MATRIX: return annotate_session_matrix_key(session, key, error);
    case ANNOTATE_MODE_PRACTICE: return annotate_session_practice_key(session, key, error);
    case ANNOTATE_MODE_KEYS:
      if (command == ANNOTATE_UP_COMMAND) session->scroll -= session->scroll > 0;
      else if (command == ANNOTATE_DOWN_COMMAND) session->scroll++;
      else {
        session->mode = session->unit == ANNOTATE_NONE ? ANNOTATE_MODE_OVER : ANNOTATE_MODE_UNIT;
        session->scroll = 0;
      }
      return STANCE_OK;
    case ANNOTATE_MODE_UNIT:
    case ANNOTATE_MODE_OVER: break;
  }
  session->message[0] = '\0';
  if (session->mode == ANNOTATE_MODE_UNIT && session->unit != ANNOTATE_NONE) {
    bool is_taken;
    enum stance_status status = label_key(session, key, &is_taken, error);
    if (is_taken || status != STANCE_OK) return status;
    if (key == ANNOTATE_KEY_ENTER && session->votes && session->first_choice >= 0)
      return adjudicate(session, session->first_choice, error);
    if (key == ANNOTATE_KEY_ESCAPE) session->codebook_label = -1;
  }
  if (command >= 0) return run(session, (enum annotate_command)command, error);
  if (key != ANNOTATE_KEY_ESCAPE) {
    char name[16], help[16];
    if (session->mode == ANNOTATE_MODE_UNIT && session->unit != ANNOTATE_NONE && is_key_of_other_head(session, key)) {
      annotate_session_say(session, "this question is about %s: its keys are beside the labels",
                           annotate_session_head(session, session->unit)->name);
      return STANCE_OK;
    }
    annotate_key_name(key, name);
    annotate_key_name(session->keymap.keys[ANNOTATE_KEYS_COMMAND][0], help);
    annotate_session_say(session, "the key %s does nothing here; %s lists the keys", name, help);
  }
  return STANCE_OK;
}
