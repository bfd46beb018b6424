/* SPDX-License-Identifier: MIT
 * Typing a line (a note, a search, a number, an actor), and choosing the span of a mention. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session.h"
#include "stance/base/error.h"
#include "stance/base/utf8.h"

static void append(char *text, size_t capacity, uint32_t key) {
  size_t length = strlen(text);
  char bytes[5] = {0};
  if (key < ' ' || key == 0x7f || key > 0x10ffff || (key >= 0xd800 && key < 0xe000) || (key >= 0x80 && key < 0xa0)) return;
  if (key < 0x80) {
    bytes[0] = (char)key;
  } else if (key < 0x800) {
    bytes[0] = (char)(0xc0 | key >> 6);
    bytes[1] = (char)(0x80 | (key & 0x3f));
  } else if (key < 0x10000) {
    bytes[0] = (char)(0xe0 | key >> 12);
    bytes[1] = (char)(0x80 | (key >> 6 & 0x3f));
    bytes[2] = (char)(0x80 | (key & 0x3f));
  } else {
    bytes[0] = (char)(0xf0 | key >> 18);
    bytes[1] = (char)(0x80 | (key >> 12 & 0x3f));
    bytes[2] = (char)(0x80 | (key >> 6 & 0x3f));
    bytes[3] = (char)(0x80 | (key & 0x3f));
  }
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
                           ? session->place[session->unit] + 1 : 0;
  if (session->edit[0]) snprintf(session->searched, sizeof session->searched, "%s", session->edit);
  if (!session->searched[0] || !session->order_count) return STANCE_OK;
  STANCE_TRY(annotate_units_search(session->units, session->order, session->order_count, from, session->searched, &found, error));
  if (found == SIZE_MAX) {
    annotate_session_say(session, "'%.100s' is nowhere", session->searched);
    return STANCE_OK;
  }
  annotate_session_say(session, "unit %zu of %zu", found + 1, session->order_count);
  return jump(session, session->order[found], error);
}

/* ---- mentions ------------------------------------------------------------------------------------------ */

/* Words are what is between spaces, without punctuation at the ends and without a possessive. */
size_t annotate_words(const char *text, struct annotate_word *words, size_t most) {
  static const char *const tails[] = {"'s", "\xe2\x80\x99s", "'", "\xe2\x80\x99"}, *const quotes[] = {"\xe2\x80\x9c", "\xe2\x80\x9d", "\xe2\x80\x98"};
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

static enum stance_status save_mentions(struct annotate_session *session, const struct stance_record_mention *mentions,
                                        size_t count, const char *what, struct stance_error *error) {
  struct stance_record *record = &session->page.record;
  struct stance_buffer json = {0};
  struct annotate_entry entry = annotate_session_carry(session, session->unit);
  stance_buffer_putc(&json, '[');
  for (size_t i = 0; i < count; i++) {
    stance_buffer_puts(&json, i ? ",{\"actor\":" : "{\"actor\":");
    stance_buffer_json_string(&json, mentions[i].actor, strlen(mentions[i].actor));
    stance_buffer_printf(&json, ",\"start\":%u,\"end\":%u%s}", mentions[i].start, mentions[i].end,
                         mentions[i].is_implicit ? ",\"implicit\":true" : "");
  }
  stance_buffer_putc(&json, ']');
  entry.flags |= ANNOTATE_MENTIONS;
  entry.mentions = json.failed ? NULL : stance_arena_copy(&session->history.arena, json.data, json.length);
  stance_buffer_free(&json);
  if (!entry.mentions) return stance_fail_memory(error);
  record->mentions = stance_arena_alloc(&session->arena, count + 1, sizeof *record->mentions);
  if (!record->mentions) return stance_fail_memory(error);
  memcpy(record->mentions, mentions, count * sizeof *mentions);
  record->mention_count = count;
  annotate_session_say(session, "%s", what);
  return annotate_session_record(session, &entry, false, error);
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

/* Adds a mention of `actor` at the chosen span, or (NULL) only removes what overlaps it. */
static enum stance_status change_mention(struct annotate_session *session, const char *actor, struct stance_error *error) {
  const struct stance_record *record = &session->page.record;
  uint32_t start, end;
  size_t count = 0, removed = 0;
  if (!chosen_span(session, &start, &end)) return STANCE_OK;
  struct stance_record_mention *mentions = stance_arena_alloc(&session->arena, record->mention_count + 2, sizeof *mentions);
  char *copy = actor ? stance_arena_copy(&session->arena, actor, strlen(actor)) : NULL;
  if (!mentions || (actor && !copy)) return stance_fail_memory(error);
  bool is_put = !actor;
  for (size_t i = 0; i < record->mention_count; i++) {
    const struct stance_record_mention *mention = &record->mentions[i];
    if (mention->start < end && start < mention->end) {
      removed++;
      continue;
    }
    if (!is_put && mention->start > start) {
      mentions[count++] = (struct stance_record_mention){.actor = copy, .start = start, .end = end};
      is_put = true;
    }
    mentions[count++] = *mention;
  }
  if (!is_put) mentions[count++] = (struct stance_record_mention){.actor = copy, .start = start, .end = end};
  session->mode = ANNOTATE_MODE_UNIT;
  if (!actor && !removed) {
    annotate_session_say(session, "there is no mention to remove");
    return STANCE_OK;
  }
  return save_mentions(session, mentions, count, actor ? "mention added" : "mention removed", error);
}

enum stance_status annotate_session_span_key(struct annotate_session *session, uint32_t key, struct stance_error *error) {
  size_t count = annotate_words(session->page.record.text, NULL, 0);
  session->message[0] = '\0';
  switch (key) {
    case ANNOTATE_KEY_LEFT: session->word -= session->word > 0; break;
    case ANNOTATE_KEY_RIGHT: session->word += session->word + 1 < count; break;
    case ANNOTATE_KEY_HOME: case ANNOTATE_KEY_UP: session->word = 0; break;
    case ANNOTATE_KEY_END: case ANNOTATE_KEY_DOWN: session->word = count ? (uint32_t)count - 1 : 0; break;
    case ' ': session->anchor = session->anchor == UINT32_MAX ? session->word : UINT32_MAX; break;
    case ANNOTATE_KEY_BACKSPACE: case ANNOTATE_KEY_DELETE: case 'x': case '-': return change_mention(session, NULL, error);
    case ANNOTATE_KEY_ENTER:
      if (!count) break;
      session->mode = ANNOTATE_MODE_ACTOR;
      session->edit[0] = '\0';
      break;
    case ANNOTATE_KEY_ESCAPE: case 'q': session->mode = ANNOTATE_MODE_UNIT; break;
    default: annotate_session_say(session, "left and right choose a word, space starts a span, enter names it, x removes, escape leaves");
  }
  return STANCE_OK;
}

static bool is_actor_id(const char *text) { return *text && !strpbrk(text, " >#:\t\""); }

static enum stance_status choose_actor(struct annotate_session *session, struct stance_error *error) {
  const char *ids[ANNOTATE_MATCHES_MAX], *names[ANNOTATE_MATCHES_MAX], *chosen = session->edit;
  if (session->helper.complete) {
    size_t found = session->helper.complete(session->helper.context, session->edit, ids, names, ANNOTATE_MATCHES_MAX);
    chosen = NULL;
    for (size_t i = 0; i < found; i++)
      if (strcasecmp(ids[i], session->edit) == 0 || strcasecmp(names[i], session->edit) == 0) chosen = ids[i];
    if (!chosen && found == 1) chosen = ids[0];
    if (!chosen && !found && is_actor_id(session->edit)) chosen = session->edit; /* one that the gazetteer lacks */
  }
  if (!chosen || !is_actor_id(chosen)) {
    annotate_session_say(session, "type more of the actor's id or name; tab completes");
    return STANCE_OK;
  }
  return change_mention(session, chosen, error);
}

static void complete(struct annotate_session *session) {
  const char *ids[ANNOTATE_MATCHES_MAX], *names[ANNOTATE_MATCHES_MAX];
  if (!session->helper.complete) return;
  if (session->helper.complete(session->helper.context, session->edit, ids, names, ANNOTATE_MATCHES_MAX))
    snprintf(session->edit, sizeof session->edit, "%s", ids[0]);
}

enum stance_status annotate_session_edit_key(struct annotate_session *session, uint32_t key, struct stance_error *error) {
  enum annotate_mode mode = session->mode;
  session->message[0] = '\0';
  switch (key) {
    case ANNOTATE_KEY_ESCAPE: session->mode = mode == ANNOTATE_MODE_ACTOR ? ANNOTATE_MODE_SPAN : ANNOTATE_MODE_UNIT; break;
    case ANNOTATE_KEY_BACKSPACE: rub_out(session->edit); break;
    case ANNOTATE_KEY_TAB: if (mode == ANNOTATE_MODE_ACTOR) complete(session); break;
    case 'u' - 'a' + 1: session->edit[0] = '\0'; break; /* ctrl-u */
    case ANNOTATE_KEY_ENTER:
      if (mode == ANNOTATE_MODE_ACTOR) return choose_actor(session, error);
      session->mode = session->unit == ANNOTATE_NONE ? ANNOTATE_MODE_OVER : ANNOTATE_MODE_UNIT;
      if (mode == ANNOTATE_MODE_NOTE) return save_note(session, error);
      if (mode == ANNOTATE_MODE_SEARCH) return search(session, error);
      return go_to(session, error);
    default: append(session->edit, sizeof session->edit, key);
  }
  if (session->mode == ANNOTATE_MODE_UNIT && session->unit == ANNOTATE_NONE) session->mode = ANNOTATE_MODE_OVER;
  return STANCE_OK;
}
