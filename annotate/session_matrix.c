/* SPDX-License-Identifier: MIT
 * The matrix of a sentence's dyads, sources by targets, with the neutral label preset; one key accepts all. Another key
 * gives the rest of a sentence the neutral label. A preset that stays has the flag "accepted". */
#include <stdio.h>
#include <string.h>

#include "session.h"
#include "stance/base/error.h"

/* The preset label: "neutral", else a label of value 0 if others have other values; -1: none. */
static int neutral_label(const struct stance_head *head) {
  int named = stance_head_label(head, "neutral");
  for (size_t i = 0; i < head->label_count && named < 0; i++)
    for (size_t j = 0; j < head->label_count && named < 0; j++)
      if (!(head->labels[i].value < 0 || head->labels[i].value > 0) &&
          (head->labels[j].value < 0 || head->labels[j].value > 0))
        named = (int)i;
  return named;
}

static int find_actor(struct annotate_session *session, const char *actor, size_t length, struct stance_error *error) {
  struct annotate_matrix *matrix = &session->matrix;
  for (int i = 0; i < matrix->actor_count; i++)
    if (strlen(matrix->actors[i]) == length && memcmp(matrix->actors[i], actor, length) == 0) return i;
  if (matrix->actor_count == ANNOTATE_MATRIX_MAX) return -1;
  char *copy = stance_arena_copy(&session->arena, actor, length);
  if (!copy) {
    stance_fail_memory(error);
    return -1;
  }
  matrix->actors[matrix->actor_count] = copy;
  return matrix->actor_count++;
}

/* Fills the matrix with the sentence's dyads of one head. */
static enum stance_status collect(struct annotate_session *session, struct stance_error *error) {
  struct annotate_matrix *matrix = &session->matrix;
  const struct annotate_units *units = session->units;
  *matrix = (struct annotate_matrix){.row = -1, .head = -1, .preset = -1};
  for (int row = 0; row < ANNOTATE_MATRIX_MAX; row++)
    for (int column = 0; column < ANNOTATE_MATRIX_MAX; column++)
      matrix->cells[row][column] = (struct annotate_cell){.unit = ANNOTATE_NONE, .label = -1};
  if (session->place[session->unit] == ANNOTATE_NONE) return STANCE_OK;
  size_t last, first = annotate_session_sentence(session, session->place[session->unit], &last);
  if (units->codebook->heads[units->items[session->unit].head].unit == STANCE_UNIT_DYAD)
    matrix->head = units->items[session->unit].head;
  for (size_t i = first; i < last; i++) {
    const struct annotate_unit *unit = &units->items[session->order[i]];
    const char *dyad = unit->id + unit->id_sentence, *arrow = strchr(dyad, '>');
    if (*dyad != ':' || !arrow || arrow == dyad + 1 || units->codebook->heads[unit->head].unit != STANCE_UNIT_DYAD)
      continue;
    if (matrix->head < 0) matrix->head = unit->head;
    if (unit->head != matrix->head) continue;
    int row = find_actor(session, dyad + 1, (size_t)(arrow - dyad - 1), error),
        column = find_actor(session, arrow + 1, strlen(arrow + 1), error);
    if (row < 0 || column < 0) continue;
    const struct annotate_entry *state = annotate_history_state(&session->history, session->order[i]);
    matrix->cells[row][column] = (struct annotate_cell){.unit = session->order[i],
                                                        .label = state ? state->label : -1,
                                                        .is_set = state && annotate_entry_decides(state)};
    if (matrix->row < 0 || session->order[i] == session->unit) {
      matrix->row = row;
      matrix->column = column;
    }
    matrix->count++;
  }
  if (matrix->head >= 0) matrix->preset = neutral_label(&units->codebook->heads[matrix->head]);
  return STANCE_OK;
}

/* Writes the cells set in the matrix and, if preset, the undecided ones, as one act. */
static enum stance_status save(struct annotate_session *session, struct stance_error *error) {
  struct annotate_matrix *matrix = &session->matrix;
  char name[ANNOTATE_ACT_MAX + 1], at[40];
  int64_t wall = session->helper.wall(session->helper.context);
  size_t count = 0;
  annotate_time_format(wall, at);
  snprintf(name, sizeof name, "t%zu-%.30s", session->history.decisions,
           at); /* the number of decisions increases, so the name is unique */
  for (int row = 0; row < matrix->actor_count; row++)
    for (int column = 0; column < matrix->actor_count; column++)
      count += matrix->cells[row][column].is_new || (matrix->cells[row][column].unit != ANNOTATE_NONE &&
                                                     !matrix->cells[row][column].is_set && matrix->preset >= 0);
  session->mode = ANNOTATE_MODE_UNIT;
  if (!count) {
    annotate_session_say(session, "nothing of this sentence is left");
    return STANCE_OK;
  }
  float seconds = annotate_session_seconds(session) / (float)count;
  annotate_act_begin(&session->pending, ANNOTATE_ACT_ADD, name);
  for (int row = 0; row < matrix->actor_count; row++)
    for (int column = 0; column < matrix->actor_count; column++) {
      const struct annotate_cell *cell = &matrix->cells[row][column];
      bool is_accepted = cell->unit != ANNOTATE_NONE && !cell->is_set && !cell->is_new && matrix->preset >= 0;
      if (!cell->is_new && !is_accepted) continue;
      struct annotate_entry entry = annotate_entry_carry(&session->history, cell->unit);
      entry.label = is_accepted ? (int8_t)matrix->preset : cell->label;
      entry.flags = (entry.flags & ~(uint32_t)ANNOTATE_CLOSED) | (is_accepted ? ANNOTATE_ACCEPTED : 0);
      entry.seconds = seconds;
      STANCE_TRY(annotate_act_add(&session->writer, &session->pending, &entry, NULL, wall, error));
    }
  session->advances = true;
  annotate_session_say(session, "%zu dyads of this sentence; undo takes all back", count);
  return annotate_session_retry(session, error);
}

enum stance_status annotate_session_rest(struct annotate_session *session, struct stance_error *error) {
  STANCE_TRY(collect(session, error));
  if (session->matrix.preset < 0) {
    annotate_session_say(session, "this sentence has no dyads, or the codebook no neutral label");
    return STANCE_OK;
  }
  return save(session, error);
}

enum stance_status annotate_session_matrix(struct annotate_session *session, struct stance_error *error) {
  STANCE_TRY(collect(session, error));
  if (session->matrix.count) session->mode = ANNOTATE_MODE_MATRIX;
  else annotate_session_say(session, "this sentence has no dyads");
  return STANCE_OK;
}

/* Moves to the next cell with a dyad, wrapping around. */
static void move(struct annotate_matrix *matrix, int rows, int columns) {
  for (int i = 0; i < matrix->actor_count; i++) {
    matrix->row = (matrix->row + rows + matrix->actor_count) % matrix->actor_count;
    matrix->column = (matrix->column + columns + matrix->actor_count) % matrix->actor_count;
    if (matrix->cells[matrix->row][matrix->column].unit != ANNOTATE_NONE) return;
  }
}

enum stance_status annotate_session_matrix_key(struct annotate_session *session, uint32_t key,
                                               struct stance_error *error) {
  struct annotate_matrix *matrix = &session->matrix;
  const struct stance_head *head = &session->project->codebook.heads[matrix->head];
  session->message[0] = '\0';
  for (size_t i = 0; i < head->label_count; i++)
    if (head->labels[i].key && head->labels[i].key == key) {
      struct annotate_cell *cell = &matrix->cells[matrix->row][matrix->column];
      cell->label = (int8_t)i;
      cell->is_set = cell->is_new = true;
      return STANCE_OK;
    }
  switch (key) {
    case ANNOTATE_KEY_LEFT: move(matrix, 0, -1); break;
    case ANNOTATE_KEY_RIGHT: move(matrix, 0, 1); break;
    case ANNOTATE_KEY_UP: move(matrix, -1, 0); break;
    case ANNOTATE_KEY_DOWN: move(matrix, 1, 0); break;
    case ANNOTATE_KEY_ENTER: return save(session, error);
    case ANNOTATE_KEY_ESCAPE: session->mode = ANNOTATE_MODE_UNIT; break;
    default: annotate_session_say(session, "a label's key sets a cell, arrows move, enter accepts all, escape leaves");
  }
  return STANCE_OK;
}
