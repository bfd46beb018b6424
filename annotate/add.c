/* SPDX-License-Identifier: MIT
 * Makes units of articles. */
#include "add.h"

#include <stdlib.h>
#include <string.h>

#include "articles.h"
#include "journal.h"
#include "stance/actors/gazetteer.h"
#include "stance/base/error.h"
#include "stance/base/utf8.h"
#include "stance/labels/unit.h"
#include "stance/text/text.h"

struct annotate_adder {
  const struct annotate_project *project;
  const struct stance_gazetteer *gazetteer;
  struct annotate_add_options options;
  struct annotate_units units;
  struct stance_text_matcher *matcher;
  struct stance_arena article_arena, arena, list_arena;
  struct stance_buffer out;
  struct annotate_journal journal;
  struct annotate_article_set articles;
  struct annotate_added added;
};

static void put(struct stance_buffer *out, const char *key, const char *text, size_t length) {
  stance_buffer_printf(out, ",\"%s\":", key);
  stance_buffer_json_string(out, text, length);
}

static void put_record(struct stance_buffer *out, const struct stance_record *record, const struct annotate_page *page,
                       const char *by) {
  stance_buffer_puts(out, "{\"unit\":");
  stance_buffer_json_string(out, record->unit, strlen(record->unit));
  put(out, "article", record->article, strlen(record->article));
  stance_buffer_printf(out, ",\"sentence\":%u", record->sentence);
  put(out, "text", record->text, strlen(record->text));
  if (record->source) put(out, "source", record->source, strlen(record->source));
  if (record->target) put(out, "target", record->target, strlen(record->target));
  put(out, "head", record->head, strlen(record->head));
  stance_record_write_mentions(record, out);
  if (page->title) put(out, "title", page->title, strlen(page->title));
  if (page->previous) put(out, "previous", page->previous, strlen(page->previous));
  if (page->next) put(out, "next", page->next, strlen(page->next));
  if (record->date) put(out, "date", record->date, strlen(record->date));
  if (record->outlet) put(out, "outlet", record->outlet, strlen(record->outlet));
  if (page->lang) put(out, "lang", page->lang, strlen(page->lang));
  if (stance_record_has_flag(record, ANNOTATE_SAMPLED))
    stance_buffer_puts(out, ",\"flags\":[\"" ANNOTATE_SAMPLED "\"]");
  if (by) put(out, "by", by, strlen(by));
  stance_buffer_puts(out, "}\n");
}

/* One unit for each head of its kind, unless the list has it. */
static enum stance_status put_unit(struct annotate_adder *adder, enum stance_unit_kind kind, struct annotate_page *page,
                                   struct stance_error *error) {
  const struct stance_codebook *codebook = &adder->project->codebook;
  struct stance_record *record = &page->record;
  char *id = stance_unit_id(&adder->units.arena, record->article, record->sentence, record->source, record->target);
  if (!id) return stance_fail_memory(error);
  record->unit = id;
  for (size_t h = 0; h < codebook->head_count; h++) {
    bool is_new;
    if (codebook->heads[h].unit != kind) continue;
    enum stance_status status = annotate_units_insert(&adder->units, id, (int)h, 0, 0, &is_new, error);
    if (status != STANCE_OK) return stance_fail(error, status, "a unit's id is longer than %d bytes", ANNOTATE_ID_MAX);
    if (!is_new) {
      adder->added.known++;
      continue;
    }
    adder->added.units++;
    record->head = codebook->heads[h].name;
    put_record(&adder->out, record, page, NULL);
  }
  return STANCE_OK;
}

static enum stance_status fill_mentions(struct annotate_adder *adder, const struct stance_document *document,
                                        const struct stance_sentence *sentence, struct stance_record *record,
                                        struct stance_error *error) {
  record->mentions = stance_arena_zalloc(&adder->article_arena, sentence->mention_count + 1, sizeof *record->mentions);
  if (!record->mentions) return stance_fail_memory(error);
  const char *text = document->text + sentence->start;
  for (uint32_t i = 0; i < sentence->mention_count; i++) {
    const struct stance_mention *mention = &document->mentions[sentence->mention_first + i];
    record->mentions[record->mention_count++] =
        (struct stance_record_mention){.actor = stance_actor_id(mention->actor),
                                       .is_implicit = mention->is_implicit,
                                       .start = (uint32_t)stance_utf8_count(text, mention->start - sentence->start),
                                       .end = (uint32_t)stance_utf8_count(text, mention->end - sentence->start)};
  }
  return STANCE_OK;
}

static enum stance_status add_targets(struct annotate_adder *adder, struct annotate_page *page,
                                      struct stance_error *error) {
  const struct stance_record *record = &page->record;
  for (size_t i = 0; i < record->mention_count; i++) {
    bool is_first = true;
    for (size_t j = 0; j < i; j++)
      if (strcmp(record->mentions[j].actor, record->mentions[i].actor) == 0) is_first = false;
    if (!is_first) continue;
    struct annotate_page target = *page;
    target.record.target = record->mentions[i].actor;
    STANCE_TRY(put_unit(adder, STANCE_UNIT_TARGET, &target, error));
  }
  return STANCE_OK;
}

static char *copy_sentence(struct annotate_adder *adder, const struct stance_document *document, uint32_t index) {
  const struct stance_sentence *sentence = &document->sentences[index];
  return stance_arena_copy(&adder->article_arena, document->text + sentence->start, sentence->end - sentence->start);
}

static enum stance_status add_sentence(struct annotate_adder *adder, const struct stance_article *article,
                                       const struct stance_document *document, uint32_t index,
                                       struct stance_error *error) {
  const struct stance_sentence *sentence = &document->sentences[index];
  struct annotate_page page = {.title = article->title, .lang = article->lang};
  struct stance_record *record = &page.record;
  *record = (struct stance_record){
      .article = article->id, .sentence = index, .date = article->date, .outlet = article->outlet};
  record->text = copy_sentence(adder, document, index);
  if (index > 0) page.previous = copy_sentence(adder, document, index - 1);
  if (index + 1 < document->sentence_count) page.next = copy_sentence(adder, document, index + 1);
  if (!record->text) return stance_fail_memory(error);
  STANCE_TRY(fill_mentions(adder, document, sentence, record, error));
  for (uint32_t i = 0; i < sentence->unit_count; i++) {
    const struct stance_unit *unit = &document->units[sentence->unit_first + i];
    record->source = stance_actor_id(unit->source);
    record->target = stance_actor_id(unit->target);
    STANCE_TRY(put_unit(adder, STANCE_UNIT_DYAD, &page, error));
  }
  record->source = record->target = NULL;
  STANCE_TRY(add_targets(adder, &page, error));
  if (adder->options.dyads_only) return STANCE_OK;
  return put_unit(adder, STANCE_UNIT_SENTENCE, &page, error);
}

/* ---- articles whose id is taken ---------------------------------------------------------------------------------- */

enum { OTHERS_MAX = 64 };
enum same { SAME_UNKNOWN, SAME_YES, SAME_NO };

/* Whether a unit of the list has exactly this sentence. */
static enum stance_status compare_unit(struct annotate_adder *adder, const char *id, const char *text, enum same *same,
                                       struct stance_error *error) {
  struct annotate_page page;
  uint32_t index = annotate_units_find(&adder->units, id, -1);
  if (index == ANNOTATE_NONE) return STANCE_OK;
  *same = SAME_NO;
  if (!adder->units.items[index].length) return STANCE_OK; /* added in this run by another article */
  stance_arena_reset(&adder->arena);
  STANCE_TRY(annotate_units_page(&adder->units, index, &adder->arena, &page, error));
  if (strcmp(page.record.text, text) == 0) *same = SAME_YES;
  return STANCE_OK;
}

/* Whether the list has other sentences under this id. */
static enum stance_status is_taken(struct annotate_adder *adder, const char *article,
                                   const struct stance_document *document, bool *taken, struct stance_error *error) {
  *taken = false;
  for (uint32_t i = 0; i < document->sentence_count && !*taken; i++) {
    const struct stance_sentence *sentence = &document->sentences[i];
    const char *text = copy_sentence(adder, document, i);
    if (!text) return stance_fail_memory(error);
    enum same same = SAME_UNKNOWN;
    for (uint32_t u = 0; u <= sentence->unit_count && same == SAME_UNKNOWN; u++) {
      const struct stance_unit *unit =
          u ? &document->units[sentence->unit_first + u - 1] : NULL; /* the sentence itself first */
      char *id = stance_unit_id(&adder->article_arena, article, i, unit ? stance_actor_id(unit->source) : NULL,
                                unit ? stance_actor_id(unit->target) : NULL);
      if (!id) return stance_fail_memory(error);
      STANCE_TRY(compare_unit(adder, id, text, &same, error));
    }
    *taken = same == SAME_NO;
  }
  return STANCE_OK;
}

/* The first of "a", "a~2", "a~3" that is unused or has exactly this text, so that an article added again keeps its id.
 * After more than OTHERS_MAX texts of one id in a run, the next number is tried directly. */
static enum stance_status find_id(struct annotate_adder *adder, const char *own_id, struct stance_article *article,
                                  const struct stance_document *document, struct stance_error *error) {
  const char *given = article->id, *base = own_id ? own_id : given;
  bool taken;
  article->id = base;
  STANCE_TRY(is_taken(adder, base, document, &taken, error));
  for (unsigned number = 2, limit = OTHERS_MAX; taken; number++) {
    if (number > limit && base != given) {
      article->id = base = given;
      number = 1;
    } else {
      article->id = stance_arena_format(&adder->article_arena, "%s~%u", base, number);
    }
    if (!article->id) return stance_fail_memory(error);
    STANCE_TRY(is_taken(adder, article->id, document, &taken, error));
  }
  if (strcmp(article->id, given) != 0) adder->added.renamed++;
  return STANCE_OK;
}

/* Stores the whole text for the article page and for actors in sentences without units. */
static enum stance_status keep_article(struct annotate_adder *adder, const struct stance_article *article,
                                       const struct stance_document *document, struct stance_error *error) {
  struct annotate_article whole = {.article = article->id,
                                   .title = article->title,
                                   .date = article->date,
                                   .outlet = article->outlet,
                                   .lang = article->lang};
  whole.sentences =
      stance_arena_zalloc(&adder->article_arena, (size_t)document->sentence_count + 1, sizeof *whole.sentences);
  if (!whole.sentences) return stance_fail_memory(error);
  for (uint32_t i = 0; i < document->sentence_count; i++)
    if (!(whole.sentences[whole.sentence_count++] = copy_sentence(adder, document, i)))
      return stance_fail_memory(error);
  return annotate_article_set_add(&adder->articles, &whole, error);
}

enum stance_status annotate_adder_article(struct annotate_adder *adder, const struct stance_article *given,
                                          const char *own_id, struct stance_error *error) {
  struct stance_document document = {0};
  struct stance_article article = *given;
  stance_arena_reset(&adder->article_arena);
  STANCE_TRY(stance_sentences_find(adder->matcher, &adder->article_arena, &article, &document, error));
  STANCE_TRY(stance_document_check(&document, error));
  STANCE_TRY(stance_tokens_find(adder->matcher, &adder->article_arena, &document, error));
  STANCE_TRY(
      stance_mentions_find(adder->gazetteer, &adder->article_arena, &document, !adder->options.no_implicit, error));
  STANCE_TRY(stance_units_make(&adder->article_arena, &document, error));
  STANCE_TRY(stance_document_check(&document, error));
  STANCE_TRY(find_id(adder, own_id, &article, &document, error));
  for (uint32_t i = 0; i < document.sentence_count; i++) STANCE_TRY(add_sentence(adder, &article, &document, i, error));
  STANCE_TRY(keep_article(adder, &article, &document, error));
  adder->added.articles++;
  adder->added.sentences += document.sentence_count;
  return adder->out.failed ? stance_fail_memory(error) : STANCE_OK;
}

/* Appends to the list as to a journal: locked, synced, repaired after a crash. */
static enum stance_status save(struct annotate_adder *adder, struct stance_error *error) {
  if (adder->out.failed) return stance_fail_memory(error);
  STANCE_TRY(annotate_article_set_save(&adder->articles, error)); /* first, so that a unit always has its article */
  if (!adder->out.length) return STANCE_OK;
  return annotate_journal_append(&adder->journal, adder->out.data, adder->out.length, error);
}

static enum stance_status open_list(struct annotate_adder *adder, struct stance_error *error) {
  const char *notice;
  char *path = annotate_path(&adder->list_arena, adder->project, "units.jsonl");
  if (!path) return stance_fail_memory(error);
  STANCE_TRY(annotate_journal_open(path, &adder->list_arena, &adder->journal, &notice, error));
  return annotate_units_open(adder->project, &adder->units, error);
}

static void close_list(struct annotate_adder *adder) {
  annotate_journal_close(&adder->journal);
  annotate_units_close(&adder->units);
  stance_text_matcher_destroy(adder->matcher);
  stance_arena_free(&adder->article_arena);
  stance_arena_free(&adder->arena);
  stance_arena_free(&adder->list_arena);
  stance_buffer_free(&adder->out);
  annotate_article_set_close(&adder->articles);
}

enum stance_status annotate_adder_open(const struct annotate_project *project, const struct stance_gazetteer *gazetteer,
                                       const struct annotate_add_options *options, struct annotate_adder **out,
                                       struct stance_error *error) {
  struct annotate_adder *adder = *out = calloc(1, sizeof *adder);
  if (!adder) return stance_fail_memory(error);
  *adder = (struct annotate_adder){
      .project = project, .gazetteer = gazetteer, .options = *options, .units = {.file = -1}, .journal = {.file = -1}};
  enum stance_status status = open_list(adder, error);
  if (status == STANCE_OK) status = annotate_article_set_open(project, &adder->articles, error);
  if (status == STANCE_OK) status = stance_text_matcher_new(&adder->matcher, error);
  if (status == STANCE_OK) return STANCE_OK;
  annotate_adder_close(adder);
  *out = NULL;
  return status;
}

enum stance_status annotate_adder_save(struct annotate_adder *adder, struct annotate_added *added,
                                       struct stance_error *error) {
  *added = adder->added;
  return save(adder, error);
}

void annotate_adder_close(struct annotate_adder *adder) {
  if (!adder) return;
  close_list(adder);
  free(adder);
}

enum stance_status annotate_add_records(const struct annotate_project *project, const struct stance_record *records,
                                        size_t count, struct annotate_added *added, struct stance_error *error) {
  struct annotate_adder adder = {.project = project, .units = {.file = -1}, .journal = {.file = -1}};
  *added = (struct annotate_added){0};
  enum stance_status status = open_list(&adder, error);
  for (size_t i = 0; status == STANCE_OK && i < count; i++) {
    struct annotate_page page = {.record = records[i]};
    bool is_new = false;
    for (size_t h = 0; h < project->codebook.head_count && status == STANCE_OK; h++) {
      if (strcmp(project->codebook.heads[h].name, records[i].head) != 0) continue;
      char *id = stance_arena_copy(&adder.units.arena, records[i].unit, strlen(records[i].unit));
      status = id ? annotate_units_insert(&adder.units, id, (int)h, 0, 0, &is_new, error) : stance_fail_memory(error);
    }
    if (status != STANCE_OK) break;
    if (!is_new) {
      added->known++;
      continue;
    }
    added->units++;
    put_record(&adder.out, &page.record, &page, NULL);
  }
  if (status == STANCE_OK) status = save(&adder, error);
  close_list(&adder);
  return status;
}

enum stance_status annotate_units_append(const struct annotate_project *project, struct annotate_units *units,
                                         const struct annotate_page *page, const char *by, uint32_t *unit,
                                         struct stance_error *error) {
  struct annotate_journal journal = {.file = -1};
  struct stance_arena arena = {0};
  struct stance_buffer line = {0};
  const char *notice;
  const struct stance_head *head = stance_codebook_head(&project->codebook, page->record.head);
  int index = head ? (int)(head - project->codebook.heads) : -1;
  enum stance_status status = annotate_journal_open(units->path, &arena, &journal, &notice, error);
  if (status == STANCE_OK) status = annotate_units_refresh(units, error);
  put_record(&line, &page->record, page, by);
  if (status == STANCE_OK && line.failed) status = stance_fail_memory(error);
  if (status == STANCE_OK && annotate_units_find(units, page->record.unit, index) == ANNOTATE_NONE) {
    status = annotate_journal_append(&journal, line.data, line.length, error);
    if (status == STANCE_OK) status = annotate_units_refresh(units, error);
  }
  *unit = status == STANCE_OK ? annotate_units_find(units, page->record.unit, index) : ANNOTATE_NONE;
  if (status == STANCE_OK && *unit == ANNOTATE_NONE)
    status = stance_fail_at(error, STANCE_SYSTEM, units->path, 0, 0, "does not hold what was appended");
  annotate_journal_close(&journal);
  stance_buffer_free(&line);
  stance_arena_free(&arena);
  return status;
}
