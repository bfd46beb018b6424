/* SPDX-License-Identifier: MIT
 * Applies a correction of mentions to all units concerned. */
#include "mend.h"

#include <stdlib.h>
#include <string.h>

#include "add.h"
#include "stance/base/error.h"
#include "stance/base/utf8.h"
#include "stance/labels/unit.h"

enum { MENTIONS_MOST = 256 };

struct mender {
  const struct annotate_writer *writer;
  struct annotate_units *units;
  const struct annotate_names *names;
  const struct annotate_mend *mend;
  int64_t wall;
  struct annotate_act *act;
  struct annotate_mended *mended;
  struct stance_arena arena;
};

/* A sentence with the annotator's current mentions. */
struct scene {
  struct annotate_page page; /* of one of its units, or made from the article */
  uint32_t *units;           /* the sentence's units, without those that other annotators added */
  size_t count;
  struct stance_record_mention *mentions; /* after the change */
  size_t mention_count;
};

static bool is_held(const struct mender *mender, uint32_t unit) {
  const struct annotate_entry *state = annotate_history_state(mender->writer->history, unit);
  return !mender->units->items[unit].is_added || (state && (state->flags & ANNOTATE_ADDED));
}

static enum stance_status collect_units(struct mender *mender, const char *sentence, struct scene *scene,
                                        struct stance_error *error) {
  size_t length = strlen(sentence), capacity = 0;
  for (uint32_t i = 0; i < mender->units->count; i++) {
    const struct annotate_unit *unit = &mender->units->items[i];
    if (unit->id_sentence != length || memcmp(unit->id, sentence, length) != 0 || !is_held(mender, i)) continue;
    uint32_t *units = stance_arena_grow(&mender->arena, scene->units, &capacity, scene->count + 1, sizeof *units);
    if (!units) return stance_fail_memory(error);
    scene->units = units;
    units[scene->count++] = i;
  }
  return STANCE_OK;
}

/* For a sentence without units: its text comes from the article. */
static enum stance_status page_from_article(struct mender *mender, uint32_t sentence, struct scene *scene,
                                            struct stance_error *error) {
  struct annotate_article whole;
  STANCE_TRY(annotate_article_find(mender->writer->project, mender->mend->article, &mender->arena, &whole, error));
  if (sentence >= whole.sentence_count)
    return stance_fail(error, STANCE_INPUT, "the project has no text for sentence %u of '%.100s'", sentence,
                       mender->mend->article);
  scene->page =
      (struct annotate_page){.title = whole.title,
                             .lang = whole.lang,
                             .previous = sentence ? whole.sentences[sentence - 1] : NULL,
                             .next = sentence + 1 < whole.sentence_count ? whole.sentences[sentence + 1] : NULL};
  scene->page.record = (struct stance_record){.article = mender->mend->article,
                                              .sentence = sentence,
                                              .text = whole.sentences[sentence],
                                              .date = whole.date,
                                              .outlet = whole.outlet,
                                              .annotator = "",
                                              .at = "",
                                              .note = "",
                                              .head = "",
                                              .unit = ""};
  return STANCE_OK;
}

static enum stance_status open_scene(struct mender *mender, uint32_t sentence, struct scene *scene,
                                     struct stance_error *error) {
  char *id = stance_unit_id(&mender->arena, mender->mend->article, sentence, NULL, NULL);
  *scene = (struct scene){.count = 0};
  if (!id) return stance_fail_memory(error);
  STANCE_TRY(collect_units(mender, id, scene, error));
  if (!scene->count) return page_from_article(mender, sentence, scene, error);
  uint32_t from = scene->units[0]; /* preferably a unit with the annotator's own mentions */
  for (size_t i = 0; i < scene->count; i++) {
    const struct annotate_entry *state = annotate_history_state(mender->writer->history, scene->units[i]);
    if (state && state->mentions) from = scene->units[i];
  }
  STANCE_TRY(annotate_units_page(mender->units, from, &mender->arena, &scene->page, error));
  const struct annotate_entry *state = annotate_history_state(mender->writer->history, from);
  return state && state->mentions ? annotate_page_mentions(&scene->page, state->mentions, &mender->arena, error)
                                  : STANCE_OK;
}

/* ---- mentions -------------------------------------------------------------------------------------------- */

/* Replaces all mentions that overlap the span by the actor (NULL: by none). */
static void put_mention(struct scene *scene, uint32_t start, uint32_t end, const char *actor) {
  size_t kept = 0, place;
  for (size_t i = 0; i < scene->mention_count; i++)
    if (scene->mentions[i].start >= end || start >= scene->mentions[i].end)
      scene->mentions[kept++] = scene->mentions[i];
  scene->mention_count = kept;
  if (!actor) return;
  for (place = kept; place && scene->mentions[place - 1].start > start; place--)
    scene->mentions[place] = scene->mentions[place - 1];
  scene->mentions[place] = (struct stance_record_mention){.actor = actor, .start = start, .end = end};
  scene->mention_count++;
}

static bool has_actor(const struct scene *scene, const char *actor) {
  for (size_t i = 0; i < scene->mention_count; i++)
    if (strcmp(scene->mentions[i].actor, actor) == 0) return true;
  return false;
}

static enum stance_status copy_mentions(struct mender *mender, struct scene *scene, struct stance_error *error) {
  const struct stance_record *record = &scene->page.record;
  if (record->mention_count > MENTIONS_MOST)
    return stance_fail(error, STANCE_INPUT, "the sentence has more than %d mentions", MENTIONS_MOST);
  scene->mentions = stance_arena_alloc(&mender->arena, record->mention_count + 3, sizeof *scene->mentions);
  if (!scene->mentions) return stance_fail_memory(error);
  if (record->mention_count) memcpy(scene->mentions, record->mentions, record->mention_count * sizeof *scene->mentions);
  scene->mention_count = record->mention_count;
  return STANCE_OK;
}

static char *mentions_json(struct mender *mender, const struct scene *scene) {
  struct stance_buffer json = {0};
  const struct stance_record record = {.mentions = scene->mentions, .mention_count = scene->mention_count};
  static const size_t key = sizeof ",\"mentions\":" - 1;
  stance_record_write_mentions(&record, &json);
  char *copy = json.failed ? NULL : stance_arena_copy(&mender->arena, json.data + key, json.length - key);
  stance_buffer_free(&json);
  return copy;
}

/* ---- units ----------------------------------------------------------------------------------------------- */

/* Whether the unit's record was already written before the program was killed. */
static bool is_there(const struct mender *mender, uint32_t unit) {
  return *mender->act->name && annotate_history_has(mender->writer->history, mender->act->name, unit);
}

/* Adds the records that give the sentence's units their new mentions, close impossible dyads, and reopen possible
 * ones. */
static enum stance_status change_units(struct mender *mender, const struct scene *scene, const char *json,
                                       struct stance_error *error) {
  for (size_t i = 0; i < scene->count; i++) {
    struct annotate_page page;
    STANCE_TRY(annotate_units_page(mender->units, scene->units[i], &mender->arena, &page, error));
    if (is_there(mender, scene->units[i])) continue;
    bool fits = (!page.record.source || has_actor(scene, page.record.source)) &&
                (!page.record.target || has_actor(scene, page.record.target));
    struct annotate_entry entry = annotate_entry_carry(mender->writer->history, scene->units[i]);
    entry.mentions = json;
    entry.flags |= ANNOTATE_MENTIONS;
    if (fits) {
      entry.flags &= ~(uint32_t)ANNOTATE_NOT_DYAD;
      mender->mended->changed++;
    } else {
      entry.label = -1;
      entry.flags = (entry.flags & ~(uint32_t)ANNOTATE_CLOSED) | ANNOTATE_NOT_DYAD;
      mender->mended->closed++;
    }
    STANCE_TRY(annotate_act_add(mender->writer, mender->act, &entry, &page, mender->wall, error));
  }
  return STANCE_OK;
}

static bool has_unit(const struct mender *mender, const struct scene *scene, const char *id, int head) {
  for (size_t i = 0; i < scene->count; i++)
    if (mender->units->items[scene->units[i]].head == head && strcmp(mender->units->items[scene->units[i]].id, id) == 0)
      return true;
  return false;
}

/* Adds the unit of this dyad or target, for each head of its kind, to the list if necessary and to the annotator's
 * journal. */
static enum stance_status add_unit(struct mender *mender, const struct scene *scene, enum stance_unit_kind kind,
                                   const char *source, const char *target, const char *json,
                                   struct stance_error *error) {
  const struct stance_codebook *codebook = &mender->writer->project->codebook;
  struct annotate_page page = scene->page;
  struct stance_record *record = &page.record;
  record->source = source;
  record->target = target;
  record->flag_count = 0; /* it is not part of the sample */
  record->mentions = scene->mentions;
  record->mention_count = scene->mention_count;
  record->unit = stance_unit_id(&mender->arena, record->article, record->sentence, source, target);
  if (!record->unit) return stance_fail_memory(error);
  for (size_t h = 0; h < codebook->head_count; h++) {
    if (codebook->heads[h].unit != kind || has_unit(mender, scene, record->unit, (int)h)) continue;
    record->head = codebook->heads[h].name;
    uint32_t unit = annotate_units_find(mender->units, record->unit, (int)h);
    if (unit == ANNOTATE_NONE)
      STANCE_TRY(
          annotate_units_append(mender->writer->project, mender->units, &page, mender->writer->name, &unit, error));
    if (is_there(mender, unit)) continue;
    struct annotate_entry entry = {.unit = unit,
                                   .label = -1,
                                   .suggestion = -1,
                                   .note = "",
                                   .mentions = json,
                                   .flags = ANNOTATE_MENTIONS | ANNOTATE_ADDED};
    STANCE_TRY(annotate_act_add(mender->writer, mender->act, &entry, NULL, mender->wall, error));
    mender->mended->added++;
  }
  return STANCE_OK;
}

static enum stance_status add_pair(struct mender *mender, const struct scene *scene, const char *one, const char *other,
                                   const char *json, struct stance_error *error) {
  if (annotate_names_related(mender->names, one, other)) return STANCE_OK;
  STANCE_TRY(add_unit(mender, scene, STANCE_UNIT_DYAD, one, other, json, error));
  return add_unit(mender, scene, STANCE_UNIT_DYAD, other, one, json, error);
}

/* Adds the dyads of the actor with the other actors of the sentence, in both directions; with many actors, only with
 * the first. */
static enum stance_status add_dyads(struct mender *mender, const struct scene *scene, const char *actor,
                                    const char *json, struct stance_error *error) {
  size_t distinct = 0;
  STANCE_TRY(add_unit(mender, scene, STANCE_UNIT_TARGET, NULL, actor, json, error));
  for (size_t i = 0; i < scene->mention_count && distinct < STANCE_UNIT_ACTORS_MAX; i++) {
    bool is_first = strcmp(scene->mentions[i].actor, actor) != 0;
    for (size_t j = 0; j < i; j++) is_first &= strcmp(scene->mentions[j].actor, scene->mentions[i].actor) != 0;
    if (!is_first) continue;
    distinct++;
    STANCE_TRY(add_pair(mender, scene, actor, scene->mentions[i].actor, json, error));
  }
  return STANCE_OK;
}

static enum stance_status mend_sentence(struct mender *mender, struct scene *scene, uint32_t start, uint32_t end,
                                        struct stance_error *error) {
  const struct annotate_mend *mend = mender->mend;
  size_t length = stance_utf8_count(scene->page.record.text, strlen(scene->page.record.text));
  if (start >= end || end > length)
    return stance_fail(error, STANCE_INPUT, "the words %u to %u are not in a sentence of %zu characters", start, end,
                       length);
  STANCE_TRY(copy_mentions(mender, scene, error));
  put_mention(scene, start, end, mend->kind == ANNOTATE_MEND_NONE ? NULL : mend->actor);
  if (mend->kind == ANNOTATE_MEND_DYAD) {
    if (mend->target_start >= mend->target_end || mend->target_end > length ||
        (mend->target_start < end && start < mend->target_end))
      return stance_fail(error, STANCE_INPUT, "source and target of a dyad are different words");
    put_mention(scene, mend->target_start, mend->target_end, mend->target);
  }
  char *json = mentions_json(mender, scene);
  if (!json) return stance_fail_memory(error);
  mender->mended->sentences++;
  STANCE_TRY(change_units(mender, scene, json, error));
  if (mend->kind == ANNOTATE_MEND_ACTOR) return add_dyads(mender, scene, mend->actor, json, error);
  if (mend->kind == ANNOTATE_MEND_DYAD)
    return add_unit(mender, scene, STANCE_UNIT_DYAD, mend->actor, mend->target, json, error);
  return STANCE_OK;
}

/* ---- elsewhere in the article ------------------------------------------------------------------------------ */

/* The byte offset of `words` in the text, as whole words, from byte `from` on; SIZE_MAX: not found. */
static size_t find_words(const char *text, const char *words, size_t from) {
  size_t length = strlen(words);
  for (const char *at = text + from; (at = strstr(at, words)); at++) {
    bool begins = at == text || (unsigned char)at[-1] < 0x80, ends = (unsigned char)at[length] < 0x80;
    if (begins && at > text) begins = !strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", at[-1]);
    if (ends && at[length])
      ends = !strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", at[length]);
    if (begins && ends) return (size_t)(at - text);
  }
  return SIZE_MAX;
}

static const char *actor_at(const struct stance_record *record, uint32_t start, uint32_t end) {
  for (size_t i = 0; i < record->mention_count; i++)
    if (record->mentions[i].start < end && start < record->mentions[i].end) return record->mentions[i].actor;
  return NULL;
}

static enum stance_status list_sentences(struct mender *mender, uint32_t **sentences, size_t *count,
                                         struct stance_error *error) {
  size_t length = strlen(mender->mend->article), capacity = 0;
  *sentences = NULL;
  *count = 0;
  for (uint32_t i = 0; i < mender->units->count; i++) {
    const struct annotate_unit *unit = &mender->units->items[i];
    if (strncmp(unit->id, mender->mend->article, length) != 0 || unit->id[length] != '#' ||
        strspn(unit->id + length + 1, "0123456789") + length + 1 != unit->id_sentence)
      continue;
    uint32_t sentence = (uint32_t)strtoul(unit->id + length + 1, NULL, 10);
    bool is_known = sentence == mender->mend->sentence;
    for (size_t j = *count; j > 0 && !is_known; j--) is_known = (*sentences)[j - 1] == sentence;
    if (is_known) continue;
    uint32_t *more = stance_arena_grow(&mender->arena, *sentences, &capacity, *count + 1, sizeof *more);
    if (!more) return stance_fail_memory(error);
    *sentences = more;
    more[(*count)++] = sentence;
  }
  return STANCE_OK;
}

/* Corrects the same words in the other sentences, where they have the same previous actor or, as here, none. */
static enum stance_status mend_elsewhere(struct mender *mender, const char *words, const char *actor_before,
                                         struct stance_error *error) {
  uint32_t *sentences;
  size_t count;
  STANCE_TRY(list_sentences(mender, &sentences, &count, error));
  for (size_t i = 0; i < count; i++) {
    struct scene scene;
    STANCE_TRY(open_scene(mender, sentences[i], &scene, error));
    const char *text = scene.page.record.text;
    size_t at = find_words(text, words, 0);
    if (at == SIZE_MAX) continue;
    uint32_t start = (uint32_t)stance_utf8_count(text, at),
             end = start + (uint32_t)stance_utf8_count(words, strlen(words));
    const char *actor = actor_at(&scene.page.record, start, end);
    if (actor_before ? !actor || strcmp(actor, actor_before) != 0 : actor != NULL) continue;
    if (mender->mend->in_article) STANCE_TRY(mend_sentence(mender, &scene, start, end, error));
    else mender->mended->elsewhere++;
  }
  return STANCE_OK;
}

enum stance_status annotate_mend(const struct annotate_writer *writer, struct annotate_units *units,
                                 const struct annotate_names *names, const struct annotate_mend *mend, int64_t wall,
                                 struct annotate_act *act, struct annotate_mended *mended, struct stance_error *error) {
  struct mender mender = {
      .writer = writer, .units = units, .names = names, .mend = mend, .wall = wall, .act = act, .mended = mended};
  struct scene scene;
  *mended = (struct annotate_mended){0};
  if (mend->kind != ANNOTATE_MEND_NONE && (!mend->actor || !*mend->actor))
    return stance_fail(error, STANCE_INPUT, "which actor?");
  if (mend->kind == ANNOTATE_MEND_DYAD && (!mend->target || strcmp(mend->target, mend->actor) == 0))
    return stance_fail(error, STANCE_INPUT, "source and target are one actor");
  enum stance_status status = open_scene(&mender, mend->sentence, &scene, error);
  const char *text = status == STANCE_OK ? scene.page.record.text : "",
             *before = status == STANCE_OK ? actor_at(&scene.page.record, mend->start, mend->end) : NULL;
  size_t from = stance_utf8_offset(text, strlen(text), mend->start),
         to = stance_utf8_offset(text, strlen(text), mend->end);
  const bool is_second = mend->in_article && mend->was;
  if (is_second) before = *mend->was ? mend->was : NULL;
  if (status == STANCE_OK && mend->kind == ANNOTATE_MEND_NONE && !before)
    status = stance_fail(error, STANCE_INPUT, "there is no actor at these words");
  if (status == STANCE_OK && (from == SIZE_MAX || to == SIZE_MAX || from >= to))
    status = stance_fail(error, STANCE_INPUT, "the words are not in the sentence");
  if (status == STANCE_OK && !is_second) status = mend_sentence(&mender, &scene, mend->start, mend->end, error);
  char *words = status == STANCE_OK ? stance_arena_copy(&mender.arena, text + from, to - from) : NULL;
  if (status == STANCE_OK && !words) status = stance_fail_memory(error);
  if (status == STANCE_OK && mend->kind != ANNOTATE_MEND_DYAD) status = mend_elsewhere(&mender, words, before, error);
  stance_arena_free(&mender.arena);
  return status;
}
