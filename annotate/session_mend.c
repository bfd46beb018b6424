/* SPDX-License-Identifier: MIT
 * Correction of mentions at the keyboard: the chosen words get an actor, lose it, or become the source or target of a
 * dyad. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mend.h"
#include "session.h"
#include "stance/base/error.h"
#include "stance/base/utf8.h"

/* ---- words ------------------------------------------------------------------------------------------ */

/* Words are separated by spaces; punctuation at their ends and a possessive are not part of them. */
size_t annotate_words(const char *text, struct annotate_word *words, size_t most) {
  static const char *const tails[] = {"'s", "\xe2\x80\x99s", "'", "\xe2\x80\x99"}, *const quotes[] = {"\xe2\x80\x9c",
                                                                                                      "\xe2\x80\x9d",
                                                                                                      "\xe2\x80\x98"};
  size_t count = 0, at = 0;
  while (text[at]) {
    while (text[at] == ' ' || text[at] == '\t') at++;
    size_t start = at;
    while (text[at] && text[at] != ' ' && text[at] != '\t') at++;
    size_t end = at, before;
    do {
      before = end - start;
      while (end > start && ispunct((unsigned char)text[start])) start++;
      while (end > start && ispunct((unsigned char)text[end - 1]) && text[end - 1] != '\'') end--;
      for (size_t i = 0; i < 3; i++) {
        size_t length = strlen(quotes[i]);
        if (end - start >= length && memcmp(text + start, quotes[i], length) == 0) start += length;
        if (end - start >= length && memcmp(text + end - length, quotes[i], length) == 0) end -= length;
      }
      for (size_t i = 0; i < 4; i++) {
        size_t length = strlen(tails[i]);
        if (end - start > length && memcmp(text + end - length, tails[i], length) == 0) end -= length;
      }
    } while (end - start != before);
    if (end == start) continue;
    if (count < most) words[count] = (struct annotate_word){(uint32_t)start, (uint32_t)end};
    count++;
  }
  return count;
}

/* The chosen span in code points. */
static bool chosen_span(const struct annotate_session *session, uint32_t *start, uint32_t *end) {
  const char *text = session->page.record.text;
  size_t count = annotate_words(text, NULL, 0);
  if (session->word >= count) return false;
  struct annotate_word *words = malloc(count * sizeof *words);
  if (!words) return false;
  annotate_words(text, words, count);
  uint32_t from = session->anchor < count && session->anchor < session->word ? session->anchor : session->word;
  uint32_t to = session->anchor < count && session->anchor > session->word ? session->anchor : session->word;
  *start = (uint32_t)stance_utf8_count(text, words[from].start);
  *end = (uint32_t)stance_utf8_count(text, words[to].end);
  free(words);
  return true;
}

/* ---- changes --------------------------------------------------------------------------------------------- */

static const char *keep(struct annotate_session *session, const char *text) {
  return stance_arena_copy(&session->history.arena, text, strlen(text));
}

static const struct stance_record_mention *mention_at(const struct annotate_session *session, uint32_t start,
                                                      uint32_t end) {
  const struct stance_record *record = &session->page.record;
  for (size_t i = 0; i < record->mention_count; i++)
    if (record->mentions[i].start < end && start < record->mentions[i].end) return &record->mentions[i];
  return NULL;
}

/* Saves the correction, shows the unit again, and offers to correct the rest of the article. */
static enum stance_status run_mend(struct annotate_session *session, struct stance_error *error) {
  struct annotate_mend *mend = &session->mend;
  struct annotate_mended mended;
  struct stance_error why;
  char name[ANNOTATE_ACT_MAX + 1], at[40], told[200];
  int64_t wall = session->helper.wall(session->helper.context);
  const uint32_t unit = session->unit;
  session->mode = ANNOTATE_MODE_UNIT;
  if (!session->helper.list) {
    annotate_session_say(session, "actors cannot be changed here");
    return STANCE_OK;
  }
  annotate_time_format(wall, at);
  snprintf(name, sizeof name, "t%zu-%.30s", session->history.decisions, at);
  annotate_act_begin(&session->pending, ANNOTATE_ACT_ADD, name);
  enum stance_status status = annotate_mend(&session->writer, session->helper.list, session->helper.names, mend, wall,
                                            &session->pending, &mended, &why);
  if (status != STANCE_OK) {
    session->pending.kind = ANNOTATE_ACT_NONE;
    annotate_session_say(session, "%.250s", why.message);
    if (status == STANCE_SYSTEM && error) *error = why;
    return status == STANCE_SYSTEM ? status : STANCE_OK;
  }
  session->advances = false;
  snprintf(told, sizeof told, "%zu units changed, %zu closed, %zu added (undo takes it back)", mended.changed,
           mended.closed, mended.added);
  annotate_session_say(session, "%s", told);
  STANCE_TRY(annotate_session_retry(session, error));
  if (session->is_trouble) return STANCE_OK;
  const struct annotate_entry *state = annotate_history_state(&session->history, unit);
  STANCE_TRY(state && (state->flags & ANNOTATE_NOT_DYAD) ? annotate_session_advance(session, error)
                                                         : annotate_session_show(session, unit, error));
  if (!mended.elsewhere) return STANCE_OK;
  session->mode = ANNOTATE_MODE_ASK;
  annotate_session_say(session,
                       "the same words stand in %zu other sentence%s of the article: y changes them too, n does not",
                       mended.elsewhere, mended.elsewhere == 1 ? "" : "s");
  return STANCE_OK;
}

/* Gives the chosen words the actor (NULL: none). */
static enum stance_status change_words(struct annotate_session *session, const char *actor,
                                       struct stance_error *error) {
  struct annotate_mend mend = {.kind = actor ? ANNOTATE_MEND_ACTOR : ANNOTATE_MEND_NONE,
                               .sentence = session->page.record.sentence};
  if (!chosen_span(session, &mend.start, &mend.end)) return STANCE_OK;
  const struct stance_record_mention *mention = mention_at(session, mend.start, mend.end);
  if (mention && mention->start <= mend.start && mention->end >= mend.end) { /* take the whole mention */
    mend.start = mention->start;
    mend.end = mention->end;
  }
  if (!actor && !mention) {
    session->mode = ANNOTATE_MODE_UNIT;
    annotate_session_say(session, "there is no actor to take away");
    return STANCE_OK;
  }
  mend.article = keep(session, session->page.record.article);
  mend.actor = actor ? keep(session, actor) : NULL;
  mend.was = keep(session, mention ? mention->actor : "");
  if (!mend.article || (actor && !mend.actor) || !mend.was) return stance_fail_memory(error);
  session->mend = mend;
  return run_mend(session, error);
}

/* Takes the chosen words as the source, then as the target. */
static enum stance_status choose_end(struct annotate_session *session, struct stance_error *error) {
  struct annotate_mend *mend = &session->mend;
  uint32_t start, end;
  if (!chosen_span(session, &start, &end)) return STANCE_OK;
  const struct stance_record_mention *mention = mention_at(session, start, end);
  if (!mention) {
    annotate_session_say(session, "these words are no actor yet: enter says who they are");
    return STANCE_OK;
  }
  session->anchor = UINT32_MAX;
  if (!session->has_source) {
    *mend = (struct annotate_mend){.kind = ANNOTATE_MEND_DYAD,
                                   .sentence = session->page.record.sentence,
                                   .start = mention->start,
                                   .end = mention->end,
                                   .article = keep(session, session->page.record.article),
                                   .actor = keep(session, mention->actor)};
    if (!mend->article || !mend->actor) return stance_fail_memory(error);
    session->has_source = true;
    annotate_session_say(session, "a dyad from %.40s: now the target's words, and d again", mention->actor);
    return STANCE_OK;
  }
  mend->target = keep(session, mention->actor);
  mend->target_start = mention->start;
  mend->target_end = mention->end;
  if (!mend->target) return stance_fail_memory(error);
  return run_mend(session, error);
}

void annotate_session_open_words(struct annotate_session *session) {
  session->mode = ANNOTATE_MODE_SPAN;
  session->word = 0;
  session->anchor = UINT32_MAX;
  session->has_source = false;
}

enum stance_status annotate_session_span_key(struct annotate_session *session, uint32_t key,
                                             struct stance_error *error) {
  size_t count = annotate_words(session->page.record.text, NULL, 0);
  session->message[0] = '\0';
  switch (key) {
    case ANNOTATE_KEY_LEFT: session->word -= session->word > 0; break;
    case ANNOTATE_KEY_RIGHT: session->word += session->word + 1 < count; break;
    case ANNOTATE_KEY_HOME:
    case ANNOTATE_KEY_UP: session->word = 0; break;
    case ANNOTATE_KEY_END:
    case ANNOTATE_KEY_DOWN: session->word = count ? (uint32_t)count - 1 : 0; break;
    case ' ': session->anchor = session->anchor == UINT32_MAX ? session->word : UINT32_MAX; break;
    case ANNOTATE_KEY_BACKSPACE:
    case ANNOTATE_KEY_DELETE:
    case 'x':
    case '-': return change_words(session, NULL, error);
    case 'd': return choose_end(session, error);
    case ANNOTATE_KEY_ENTER:
      if (!count) break;
      session->mode = ANNOTATE_MODE_ACTOR;
      session->edit[0] = '\0';
      break;
    case ANNOTATE_KEY_ESCAPE:
    case 'q': session->mode = ANNOTATE_MODE_UNIT; break;
    default:
      annotate_session_say(session,
                           "left and right choose a word, space starts a span, enter names it, x: no actor, d: dyad "
                           "from here, escape leaves");
  }
  return STANCE_OK;
}

/* ---- questions ------------------------------------------------------------------------------------------- */

enum stance_status annotate_session_choose_actor(struct annotate_session *session, struct stance_error *error) {
  const char *ids[ANNOTATE_MATCHES_MAX], *names[ANNOTATE_MATCHES_MAX], *chosen = NULL;
  size_t found = session->helper.complete ? session->helper.complete(session->helper.context, session->edit, ids, names,
                                                                     ANNOTATE_MATCHES_MAX)
                                          : 0;
  for (size_t i = 0; i < found && !chosen; i++)
    if (strcasecmp(ids[i], session->edit) == 0 || strcasecmp(names[i], session->edit) == 0) chosen = ids[i];
  if (!chosen && found == 1) chosen = ids[0];
  if (chosen) return change_words(session, chosen, error);
  if (found || !session->edit[0] || !session->helper.make) {
    annotate_session_say(session, found ? "more than one: type more of the name or id; tab takes the first"
                                        : "no gazetteer knows this name");
    return STANCE_OK;
  }
  session->mode = ANNOTATE_MODE_NEW;
  session->new_type = 0;
  annotate_session_say(session,
                       "no gazetteer knows '%.60s': y makes it a new actor (%s), tab: another type, n goes back",
                       session->edit, annotate_actor_types[0]);
  return STANCE_OK;
}

static enum stance_status new_key(struct annotate_session *session, uint32_t key, struct stance_error *error) {
  char id[ANNOTATE_NEW_ID_MAX + 1];
  struct stance_error why;
  if (key == ANNOTATE_KEY_TAB) {
    if (!annotate_actor_types[++session->new_type]) session->new_type = 0;
    annotate_session_say(session,
                         "no gazetteer knows '%.60s': y makes it a new actor (%s), tab: another type, n goes back",
                         session->edit, annotate_actor_types[session->new_type]);
    return STANCE_OK;
  }
  session->mode = ANNOTATE_MODE_ACTOR;
  session->message[0] = '\0';
  if (key != 'y') return STANCE_OK;
  if (session->helper.make(session->helper.context, session->edit, annotate_actor_types[session->new_type], id, &why) ==
      STANCE_OK)
    return change_words(session, id, error);
  annotate_session_say(session, "%.200s", why.message);
  return STANCE_OK;
}

enum stance_status annotate_session_ask_key(struct annotate_session *session, uint32_t key,
                                            struct stance_error *error) {
  if (session->mode == ANNOTATE_MODE_NEW) return new_key(session, key, error);
  session->mode = session->unit == ANNOTATE_NONE ? ANNOTATE_MODE_OVER : ANNOTATE_MODE_UNIT;
  if (key != 'y') {
    annotate_session_say(session, "in this sentence alone");
    return STANCE_OK;
  }
  session->mend.in_article = true;
  return run_mend(session, error);
}
