/* SPDX-License-Identifier: MIT */
#include "scored.h"

#include <string.h>

int32_t classify_mean_value(const struct classify_head *head, const uint16_t *p) {
  return stance_round_score(p, head->values, head->label_count);
}

void classify_round(const struct classify_head *head, const float *p, uint32_t label, struct classify_unit *unit) {
  stance_round_probabilities(p, head->label_count, label, unit->p);
  unit->label = (uint8_t)label;
  unit->score = classify_mean_value(head, unit->p);
}

static bool copy_text(const char **text, struct stance_arena *arena) {
  if (!*text) return true;
  *text = stance_arena_copy(arena, *text, strlen(*text));
  return *text != NULL;
}

static bool copy_sentence(struct classify_sentence *sentence, struct stance_arena *arena) {
  struct classify_mention *mentions = stance_arena_alloc(arena, sentence->mention_count, sizeof *mentions);
  sentence->text = stance_arena_copy(arena, sentence->text, sentence->length);
  if (!mentions || !sentence->text) return false;
  for (uint32_t i = 0; i < sentence->mention_count; i++) {
    mentions[i] = sentence->mentions[i];
    if (!copy_text(&mentions[i].actor, arena)) return false;
  }
  sentence->mentions = mentions;
  return true;
}

struct classify_scored *classify_scored_copy(const struct classify_scored *scored, bool with_sentences,
                                             struct stance_arena *arena) {
  struct classify_scored *copy = stance_arena_alloc(arena, 1, sizeof *copy);
  if (!copy) return NULL;
  *copy = *scored;
  if (!copy_text(&copy->id, arena) || !copy_text(&copy->title, arena) || !copy_text(&copy->date, arena) ||
      !copy_text(&copy->unit, arena) || !copy_text(&copy->outlet, arena) || !copy_text(&copy->url, arena))
    return NULL;
  copy->units = stance_arena_alloc(arena, scored->unit_count, sizeof *copy->units);
  copy->sentences = stance_arena_alloc(arena, scored->sentence_count, sizeof *copy->sentences);
  if (!copy->units || !copy->sentences) return NULL;
  if (scored->unit_count) memcpy(copy->units, scored->units, scored->unit_count * sizeof *copy->units);
  for (uint32_t i = 0; i < scored->unit_count; i++) {
    struct classify_unit *unit = &copy->units[i];
    unit->why = NULL;
    if (!copy_text(&unit->source, arena) || !copy_text(&unit->target, arena) ||
        !copy_text(&unit->source_affiliation, arena) || !copy_text(&unit->target_affiliation, arena))
      return NULL;
  }
  for (uint32_t i = 0; i < scored->sentence_count; i++) {
    struct classify_sentence *sentence = &copy->sentences[i];
    *sentence = scored->sentences[i];
    if (with_sentences && !copy_sentence(sentence, arena)) return NULL;
    if (!with_sentences) {
      sentence->text = NULL;
      sentence->mentions = NULL;
      sentence->length = sentence->mention_count = 0;
    }
  }
  return copy;
}

void classify_scored_abstain(struct classify_scored *scored, uint16_t min_p) {
  uint32_t kept = 0;
  for (uint32_t i = 0; i < scored->sentence_count; i++) {
    struct classify_sentence *sentence = &scored->sentences[i];
    uint32_t first = kept;
    for (uint32_t j = sentence->unit_first; j < sentence->unit_first + sentence->unit_count; j++)
      if (scored->units[j].p[scored->units[j].label] >= min_p) scored->units[kept++] = scored->units[j];
    sentence->unit_first = first;
    sentence->unit_count = kept - first;
  }
  scored->unit_count = kept;
}
