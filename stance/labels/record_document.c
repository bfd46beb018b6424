/* SPDX-License-Identifier: MIT
 * A label record as a document of one sentence and one unit, so that training uses the same features as scoring. */
#include <string.h>

#include "record.h"
#include "stance/actors/gazetteer.h"
#include "stance/base/error.h"
#include "stance/base/utf8.h"
#include "stance/text/text.h"

char *stance_unit_id(struct stance_arena *arena, const char *article, uint32_t sentence, const char *source,
                     const char *target) {
  if (!target) return stance_arena_format(arena, "%s#%u", article, sentence);
  return stance_arena_format(arena, "%s#%u:%s>%s", article, sentence, source ? source : "", target);
}

/* The document's actor with this id, made at its first mention. NULL: out of memory. */
static const struct stance_actor *actor_for(struct stance_arena *arena, struct stance_actor *actors, size_t *count,
                                            const char *id) {
  for (size_t i = 0; i < *count; i++)
    if (strcmp(actors[i].id, id) == 0) return &actors[i];
  struct stance_actor *actor = &actors[*count];
  memset(actor, 0, sizeof *actor);
  actor->id = actor->name = stance_arena_copy(arena, id, strlen(id));
  if (!actor->id) return NULL;
  actor->index = (uint32_t)*count;
  ++*count;
  return actor;
}

static bool is_before(const struct stance_mention *a, const struct stance_mention *b) {
  return a->start != b->start ? a->start < b->start : a->end > b->end;
}

/* Sorts mentions by start and drops overlaps: the earlier stays, or of the same start the longer. */
static void order_mentions(struct stance_document *document) {
  struct stance_mention *mentions = document->mentions;
  for (uint32_t i = 1; i < document->mention_count; i++)
    for (uint32_t j = i; j > 0 && is_before(&mentions[j], &mentions[j - 1]); j--) {
      struct stance_mention swap = mentions[j];
      mentions[j] = mentions[j - 1];
      mentions[j - 1] = swap;
    }
  uint32_t kept = 0;
  for (uint32_t i = 0; i < document->mention_count; i++)
    if (!kept || mentions[i].start >= mentions[kept - 1].end) mentions[kept++] = mentions[i];
  document->mention_count = kept;
  document->sentences[0].mention_count = kept;
}

enum stance_status stance_record_document(const struct stance_record *record, struct stance_text_matcher *matcher,
                                          struct stance_arena *arena, struct stance_document *document,
                                          struct stance_error *error) {
  size_t length = strlen(record->text), actor_count = 0;
  enum stance_status status = stance_sentence_whole(arena, record->text, length, document, error);
  if (status == STANCE_OK) status = stance_tokens_find(matcher, arena, document, error);
  if (status != STANCE_OK) return status;
  document->date = record->date;
  struct stance_actor *actors = stance_arena_alloc(arena, record->mention_count + 2, sizeof *actors);
  document->mentions = stance_arena_zalloc(arena, record->mention_count, sizeof *document->mentions);
  document->units = stance_arena_zalloc(arena, 1, sizeof *document->units);
  if (!actors || !document->mentions || !document->units) return stance_fail_memory(error);
  for (size_t i = 0; i < record->mention_count; i++) {
    const struct stance_record_mention *from = &record->mentions[i];
    size_t start = stance_utf8_offset(record->text, length, from->start);
    size_t end = stance_utf8_offset(record->text, length, from->end);
    const struct stance_actor *actor = actor_for(arena, actors, &actor_count, from->actor);
    if (!actor) return stance_fail_memory(error);
    if (start == SIZE_MAX || end == SIZE_MAX) continue; /* checked when the record was read */
    document->mentions[document->mention_count++] = (struct stance_mention){
        .start = (uint32_t)start, .end = (uint32_t)end, .actor = actor, .is_implicit = from->is_implicit};
  }
  order_mentions(document);
  struct stance_unit *unit = &document->units[0];
  if (record->source && !(unit->source = actor_for(arena, actors, &actor_count, record->source)))
    return stance_fail_memory(error);
  if (record->target && !(unit->target = actor_for(arena, actors, &actor_count, record->target)))
    return stance_fail_memory(error);
  document->unit_count = document->sentences[0].unit_count = 1;
  return STANCE_OK;
}
