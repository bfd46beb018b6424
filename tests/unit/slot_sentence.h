/* SPDX-License-Identifier: MIT
 * Sentences with what the slot rules make of one of their events. */
#ifndef SLOT_SENTENCE_H
#define SLOT_SENTENCE_H

#include <stdio.h>
#include <string.h>

#include "marked_sentence.h"
#include "stance/events/sequence.h"

struct expected {
  const char *text, *lemma, *slots; /* slots in any order; weak ones too */
  int polarity;
  const char *flags;
};
static void event_slots(const struct stance_sequence *sequence, const struct stance_event *event, char *out,
                        size_t size) {
  size_t used = 0;
  out[0] = '\0';
  for (size_t i = 0; i < event->filler_count; i++) {
    const struct stance_filler *filler = &event->fillers[i];
    const char *actor = stance_actor_id(sequence->actors[sequence->info[filler->symbol].actor]);
    int written = snprintf(out + used, size - used, "%s%s=%s", used ? " " : "",
                           stance_slot_name((enum stance_slot)filler->slot), actor);
    used += (size_t)written;
    cr_assert_lt(used, size);
  }
}

static void event_flags(const struct stance_event *event, char *out, size_t size) {
  snprintf(out, size, "%s%s%s%s%s", event->flags & STANCE_EVENT_PASSIVE ? " passive" : "",
           event->flags & STANCE_EVENT_NEGATED ? " negated" : "", event->flags & STANCE_EVENT_HEDGED ? " hedged" : "",
           event->flags & STANCE_EVENT_MUTUAL ? " mutual" : "", event->flags & STANCE_EVENT_SHIFTED ? " shifted" : "");
}

/* The same words, in any order. */
static bool same_words(const char *a, const char *b) {
  if (strlen(a) != strlen(b)) return false;
  char copy[256];
  snprintf(copy, sizeof copy, "%s", a);
  char *state = NULL;
  for (char *word = strtok_r(copy, " ", &state); word; word = strtok_r(NULL, " ", &state)) {
    const char *at = strstr(b, word);
    if (!at || (at != b && at[-1] != ' ') || (at[strlen(word)] && at[strlen(word)] != ' ')) return false;
  }
  return true;
}

static void check(struct stance_sequence *sequence, const struct expected *expected) {
  struct marked_sentence marked;
  marked_make(&marked, expected->text, 0, 0);
  cr_assert(stance_sequence_build(sequence, &marked.document, 0));
  stance_sequence_describe(sequence);
  stance_events_find(sequence);
  bool is_found = false;
  for (size_t i = 0; i < sequence->event_count; i++) {
    const struct stance_event *event = &sequence->events[i];
    char slots[256], flags[128];
    if (!event->lexeme || strcmp(event->lexeme->lemma, expected->lemma) != 0) continue;
    is_found = true;
    event_slots(sequence, event, slots, sizeof slots);
    event_flags(event, flags, sizeof flags);
    cr_expect(same_words(expected->slots, slots), "%s: %s has %s, expected %s", expected->text, expected->lemma, slots,
              expected->slots);
    cr_expect_eq(event->polarity, expected->polarity, "%s: %s has polarity %d", expected->text, expected->lemma,
                 event->polarity);
    cr_expect_str_eq(flags[0] ? flags + 1 : flags, expected->flags, "%s: %s is '%s'", expected->text, expected->lemma,
                     flags);
  }
  cr_expect(is_found, "%s: no %s", expected->text, expected->lemma);
  marked_free(&marked);
}

/* Reads each sentence by the lexicon of corpora/ and compares. */
static void expect_slots(const struct expected *expectations, size_t count) {
  struct stance_error error = {.message = ""};
  struct stance_lexicon *lexicon;
  cr_assert_eq(stance_lexicon_open("corpora/lexicon", &lexicon, &error), STANCE_OK, "%s: %s", error.file,
               error.message);
  struct stance_sequence sequence = {.lexicon = lexicon, .cache = stance_word_cache_new(lexicon)};
  cr_assert_not_null(sequence.cache);
  for (size_t i = 0; i < count; i++) check(&sequence, &expectations[i]);
  stance_sequence_free(&sequence);
  stance_word_cache_free(sequence.cache);
  stance_lexicon_close(lexicon);
}

#endif
