/* SPDX-License-Identifier: MIT
 * Who does and who suffers, as the slot rules read it: for each labelled dyad its label, and what the events say that have
 * its source and its target in these roles. slots LEXICON-FOLDER RECORDS.jsonl; prints article TAB label TAB said. */
#include <stdio.h>
#include <string.h>

#include "stance/events/word_cache.h"
#include "stance/labels/record.h"
#include "stance/text/text.h"

static int fail(const struct stance_error *error) {
  fprintf(stderr, "slots: %s:%zu: %s\n", error->file, error->line, error->message);
  return 2;
}

static bool has_role(const struct stance_sequence *sequence, const struct stance_event *event, const char *id,
                     enum stance_slot_role role) {
  for (size_t i = 0; i < event->filler_count; i++) {
    const struct stance_filler *filler = &event->fillers[i];
    const struct stance_actor *actor = sequence->actors[sequence->info[filler->symbol].actor];
    if (strcmp(stance_actor_id(actor), id) != 0) continue;
    bool is_mutual = event->flags & STANCE_EVENT_MUTUAL && filler->role != STANCE_ROLE_NONE;
    if (filler->role == role || filler->role == STANCE_ROLE_BOTH || is_mutual) return true;
  }
  return false;
}

/* "hostile", "friendly", "both", or "neutral" where no event has both. */
static const char *events_say(const struct stance_sequence *sequence, const struct stance_record *record) {
  bool is_hostile = false, is_friendly = false;
  for (size_t i = 0; i < sequence->event_count; i++) {
    const struct stance_event *event = &sequence->events[i];
    bool is_whole = event->polarity && has_role(sequence, event, record->source, STANCE_ROLE_SOURCE) &&
                    has_role(sequence, event, record->target, STANCE_ROLE_TARGET);
    is_hostile |= is_whole && event->polarity < 0;
    is_friendly |= is_whole && event->polarity > 0;
  }
  return is_hostile ? (is_friendly ? "both" : "hostile") : is_friendly ? "friendly" : "neutral";
}

int main(int argc, char **argv) {
  struct stance_error error = {.message = ""};
  struct stance_arena arena = {0};
  struct stance_record *records;
  struct stance_lexicon *lexicon;
  struct stance_text_matcher *matcher;
  size_t count;
  if (argc != 3) {
    fprintf(stderr, "usage: slots LEXICON-FOLDER RECORDS.jsonl\n");
    return 2;
  }
  if (stance_records_read(argv[2], &arena, &records, &count, &error) != STANCE_OK ||
      stance_lexicon_open(argv[1], &lexicon, &error) != STANCE_OK ||
      stance_text_matcher_new(&matcher, &error) != STANCE_OK)
    return fail(&error);
  struct stance_sequence sequence = {.lexicon = lexicon, .cache = stance_word_cache_new(lexicon)};
  if (!sequence.cache) return 3;
  for (size_t i = 0; i < count; i++) {
    struct stance_document document;
    if (!records[i].source || !records[i].target) continue;
    if (stance_record_document(&records[i], matcher, &arena, &document, &error) != STANCE_OK) return fail(&error);
    if (!stance_sequence_build(&sequence, &document, 0)) return 3;
    stance_sequence_describe(&sequence);
    stance_events_find(&sequence);
    printf("%s\t%s\t%s\n", records[i].article, records[i].label, events_say(&sequence, &records[i]));
  }
  stance_sequence_free(&sequence);
  stance_word_cache_free(sequence.cache);
  stance_lexicon_close(lexicon);
  stance_text_matcher_destroy(matcher);
  stance_arena_free(&arena);
  return fflush(stdout) == 0 && !ferror(stdout) ? 0 : 3;
}
