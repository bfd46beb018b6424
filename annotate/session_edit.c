/* SPDX-License-Identifier: MIT
 * The input line: a note, a search, a number, an actor. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session.h"
#include "stance/base/error.h"
#include "stance/base/utf8.h"

static void append(char *text, size_t capacity, uint32_t key) {
  size_t length = strlen(text);
  char bytes[5] = {0};
  if (key < ' ' || key == 0x7f || key > 0x10ffff || (key >= 0xd800 && key < 0xe000) || (key >= 0x80 && key < 0xa0))
    return;
  stance_utf8_encode(key, bytes);
  if (length + strlen(bytes) < capacity) strcpy(text + length, bytes);
}

static void rub_out(char *text) {
  size_t length = strlen(text);
  while (length && ((unsigned char)text[length - 1] & 0xc0) == 0x80) length--;
  if (length) text[length - 1] = '\0';
}

static enum stance_status save_note(struct annotate_session *session, struct stance_error *error) {
  struct annotate_entry entry = annotate_session_carry(session, session->unit);
  if (strcmp(entry.note, session->edit) == 0) return STANCE_OK;
  entry.note = session->edit;
  annotate_session_say(session, session->edit[0] ? "note saved" : "note removed");
  return annotate_session_record(session, &entry, false, error);
}

static enum stance_status jump(struct annotate_session *session, uint32_t unit, struct stance_error *error) {
  session->check = ANNOTATE_CHECK_NONE;
  session->resume = ANNOTATE_NONE;
  return annotate_session_show(session, unit, error);
}

static enum stance_status go_to(struct annotate_session *session, struct stance_error *error) {
  char *end;
  if (!session->edit[0]) return STANCE_OK;
  unsigned long number = strtoul(session->edit, &end, 10);
  if (!*end && number >= 1 && number <= session->order_count) return jump(session, session->order[number - 1], error);
  uint32_t unit = annotate_units_find(session->units, session->edit, -1);
  if (unit != ANNOTATE_NONE && session->place[unit] != ANNOTATE_NONE) return jump(session, unit, error);
  if (!*end) annotate_session_say(session, "there is no unit %lu; there are %zu", number, session->order_count);
  else annotate_session_say(session, "no unit of yours is called '%.100s'", session->edit);
  return STANCE_OK;
}

static enum stance_status search(struct annotate_session *session, struct stance_error *error) {
  size_t found, from = session->unit != ANNOTATE_NONE && session->place[session->unit] != ANNOTATE_NONE
                           ? session->place[session->unit] + 1
                           : 0;
  if (session->edit[0]) snprintf(session->searched, sizeof session->searched, "%s", session->edit);
  if (!session->searched[0] || !session->order_count) return STANCE_OK;
  STANCE_TRY(annotate_units_search(session->units, session->order, session->order_count, from, session->searched,
                                   &found, error));
  if (found == SIZE_MAX) {
    annotate_session_say(session, "'%.100s' is nowhere", session->searched);
    return STANCE_OK;
  }
  annotate_session_say(session, "unit %zu of %zu", found + 1, session->order_count);
  return jump(session, session->order[found], error);
}

static void complete(struct annotate_session *session) {
  const char *ids[ANNOTATE_MATCHES_MAX], *names[ANNOTATE_MATCHES_MAX];
  if (!session->helper.complete) return;
  if (session->helper.complete(session->helper.context, session->edit, ids, names, ANNOTATE_MATCHES_MAX))
    snprintf(session->edit, sizeof session->edit, "%s", ids[0]);
}

enum stance_status annotate_session_edit_key(struct annotate_session *session, uint32_t key,
                                             struct stance_error *error) {
  enum annotate_mode mode = session->mode;
  session->message[0] = '\0';
  switch (key) {
    case ANNOTATE_KEY_ESCAPE:
      session->mode = mode == ANNOTATE_MODE_ACTOR ? ANNOTATE_MODE_SPAN : ANNOTATE_MODE_UNIT;
      break;
    case ANNOTATE_KEY_BACKSPACE: rub_out(session->edit); break;
    case ANNOTATE_KEY_TAB:
      if (mode == ANNOTATE_MODE_ACTOR) complete(session);
      break;
    case 'u' - 'a' + 1: session->edit[0] = '\0'; break; /* ctrl-u */
    case ANNOTATE_KEY_ENTER:
      if (mode == ANNOTATE_MODE_ACTOR) return annotate_session_choose_actor(session, error);
      session->mode = session->unit == ANNOTATE_NONE ? ANNOTATE_MODE_OVER : ANNOTATE_MODE_UNIT;
      if (mode == ANNOTATE_MODE_NOTE) return save_note(session, error);
      if (mode == ANNOTATE_MODE_SEARCH) return search(session, error);
      return go_to(session, error);
    default: append(session->edit, sizeof session->edit, key);
  }
  if (session->mode == ANNOTATE_MODE_UNIT && session->unit == ANNOTATE_NONE) session->mode = ANNOTATE_MODE_OVER;
  return STANCE_OK;
}
