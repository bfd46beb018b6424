/* SPDX-License-Identifier: MIT
 * The training round at the keyboard: a question, then the right label and the reason, and finally the result. */
#include <string.h>

#include "session.h"

void annotate_session_practise(struct annotate_session *session, struct annotate_practice *practice) {
  session->practice = practice;
  session->practised = -1;
  session->scroll = 0;
  session->message[0] = '\0';
  session->mode = ANNOTATE_MODE_PRACTICE;
  if (practice->answered >= practice->count) practice->answered = practice->right = 0; /* another round */
}

static int label_of_key(const struct stance_head *head, uint32_t key) {
  for (size_t i = 0; i < head->label_count; i++)
    if (head->labels[i].key && head->labels[i].key == key) return (int)i;
  return -1;
}

static enum stance_status answer(struct annotate_session *session, uint32_t key, struct stance_error *error) {
  struct annotate_practice *practice = session->practice;
  const struct stance_head *head = practice->items[practice->answered].head;
  struct stance_error why;
  bool counts;
  int label = label_of_key(head, key);
  (void)error;
  if (label < 0) {
    annotate_session_say(session, "a label's key answers; %zu of %zu have to be right at the end",
                         annotate_practice_mark(session->project, practice->count), practice->count);
    return STANCE_OK;
  }
  if (annotate_practice_answer(session->project, session->name, practice, practice->answered, head->labels[label].name,
                               NULL, &counts, &why) != STANCE_OK)
    annotate_session_say(session, "NOT SAVED: %.200s. The same key tries again", why.message);
  else session->practised = label;
  return STANCE_OK;
}

/* Continues after a reason or the result. */
static enum stance_status go_on(struct annotate_session *session, struct stance_error *error) {
  struct annotate_practice *practice = session->practice;
  bool is_over = practice->answered >= practice->count;
  if (session->practised >= 0) {
    session->practised = -1;
    return STANCE_OK;
  }
  if (!is_over) return STANCE_OK;
  if (!practice->is_passed) {
    annotate_session_practise(session, practice);
    return STANCE_OK;
  }
  session->practice = NULL;
  return annotate_session_advance(session, error);
}

enum stance_status annotate_session_practice_key(struct annotate_session *session, uint32_t key,
                                                 struct stance_error *error) {
  const struct annotate_practice *practice = session->practice;
  int command = annotate_keymap_find(&session->keymap, key);
  bool is_asking = session->practised < 0 && practice->answered < practice->count;
  session->message[0] = '\0';
  if (is_asking && label_of_key(practice->items[practice->answered].head, key) >= 0) return answer(session, key, error);
  if (command == ANNOTATE_QUIT_COMMAND) session->is_quitting = true;
  else if (command == ANNOTATE_REDRAW_COMMAND) session->wants_redraw = true;
  else if (command == ANNOTATE_UP_COMMAND) session->scroll -= session->scroll > 0;
  else if (command == ANNOTATE_DOWN_COMMAND) session->scroll++;
  else if (is_asking) return answer(session, key, error);
  else if (key == ANNOTATE_KEY_ENTER || key == ' ') return go_on(session, error);
  else annotate_session_say(session, "enter goes on");
  return STANCE_OK;
}
