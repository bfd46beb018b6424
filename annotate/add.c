/* SPDX-License-Identifier: MIT
 * Articles in, units out. */
#include "add.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "journal.h"
#include "stance/text/article.h"
#include "stance/base/error.h"
#include "stance/base/file.h"
#include "stance/actors/gazetteer.h"
#include "stance/base/json.h"
#include "stance/text/text.h"
#include "stance/labels/unit.h"
#include "stance/base/utf8.h"

struct adder {
  const struct annotate_project *project;
  const struct stance_gazetteer *gazetteer;
  struct annotate_add_options options;
  struct annotate_units units;
  struct stance_text_matcher *matcher;
  struct stance_arena article_arena, arena;
  struct stance_buffer out;
  struct annotate_added *added;
  const char *path; /* of the file being read */
};

static void put(struct stance_buffer *out, const char *key, const char *text, size_t length) {
  stance_buffer_printf(out, ",\"%s\":", key);
  stance_buffer_json_string(out, text, length);
}

static void put_record(struct stance_buffer *out, const struct stance_record *record, const struct annotate_page *page) {
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
  if (stance_record_has_flag(record, ANNOTATE_SAMPLED)) stance_buffer_puts(out, ",\"flags\":[\"" ANNOTATE_SAMPLED "\"]");
  stance_buffer_puts(out, "}\n");
}

/* One unit for each head of its kind, unless the list has it. */
static enum stance_status put_unit(struct adder *adder, enum stance_unit_kind kind, struct annotate_page *page,
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
    if (status != STANCE_OK) return stance_fail_at(error, status, adder->path, 0, 0, "a unit's id is longer than %d bytes", ANNOTATE_ID_MAX);
    if (!is_new) {
      adder->added->known++;
      continue;
    }
    adder->added->units++;
    record->head = codebook->heads[h].name;
    put_record(&adder->out, record, page);
  }
  return STANCE_OK;
}

static enum stance_status fill_mentions(struct adder *adder, const struct stance_document *document,
                                        const struct stance_sentence *sentence, struct stance_record *record,
                                        struct stance_error *error) {
  record->mentions = stance_arena_zalloc(&adder->article_arena, sentence->mention_count + 1, sizeof *record->mentions);
  if (!record->mentions) return stance_fail_memory(error);
  const char *text = document->text + sentence->start;
  for (uint32_t i = 0; i < sentence->mention_count; i++) {
    const struct stance_mention *mention = &document->mentions[sentence->mention_first + i];
    record->mentions[record->mention_count++] = (struct stance_record_mention){
        .actor = stance_actor_id(mention->actor), .is_implicit = mention->is_implicit,
        .start = (uint32_t)stance_utf8_count(text, mention->start - sentence->start),
        .end = (uint32_t)stance_utf8_count(text, mention->end - sentence->start)};
  }
  return STANCE_OK;
}

static enum stance_status add_targets(struct adder *adder, struct annotate_page *page, struct stance_error *error) {
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

static char *copy_sentence(struct adder *adder, const struct stance_document *document, uint32_t index) {
  const struct stance_sentence *sentence = &document->sentences[index];
  return stance_arena_copy(&adder->article_arena, document->text + sentence->start, sentence->end - sentence->start);
}

static enum stance_status add_sentence(struct adder *adder, const struct stance_article *article,
                                       const struct stance_document *document, uint32_t index, struct stance_error *error) {
  const struct stance_sentence *sentence = &document->sentences[index];
  struct annotate_page page = {.title = article->title};
  struct stance_record *record = &page.record;
  *record = (struct stance_record){.article = article->id, .sentence = index, .date = article->date, .outlet = article->outlet};
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

static enum stance_status add_article(struct adder *adder, const struct stance_article *article, struct stance_error *error) {
  struct stance_document document = {0};
  STANCE_TRY(stance_sentences_find(adder->matcher, &adder->article_arena, article, &document, error));
  STANCE_TRY(stance_tokens_find(adder->matcher, &adder->article_arena, &document, error));
  STANCE_TRY(stance_mentions_find(adder->gazetteer, &adder->article_arena, &document, !adder->options.no_implicit, error));
  STANCE_TRY(stance_units_make(&adder->article_arena, &document, error));
  for (uint32_t i = 0; i < document.sentence_count; i++) STANCE_TRY(add_sentence(adder, article, &document, i, error));
  adder->added->articles++;
  adder->added->sentences += document.sentence_count;
  return adder->out.failed ? stance_fail_memory(error) : STANCE_OK;
}

static enum stance_status add_object(void *context, const cJSON *value, size_t line, struct stance_error *error) {
  struct adder *adder = context;
  struct stance_article article;
  size_t repaired;
  char fallback[64];
  stance_arena_reset(&adder->article_arena);
  snprintf(fallback, sizeof fallback, "line-%zu", line);
  STANCE_TRY(stance_article_from_json(value, fallback, &adder->article_arena, &article, &repaired, error));
  adder->added->repaired += repaired;
  return add_article(adder, &article, error);
}

static bool ends_with(const char *name, const char *ending) {
  size_t length = strlen(name), tail = strlen(ending);
  return length > tail && strcmp(name + length - tail, ending) == 0;
}

static enum stance_status add_file(struct adder *adder, const char *path, struct stance_error *error) {
  struct stance_article article;
  char *bytes;
  size_t length, repaired;
  adder->path = path;
  stance_arena_reset(&adder->article_arena);
  stance_arena_reset(&adder->arena);
  STANCE_TRY(stance_file_read(path, 0, &adder->arena, &bytes, &length, error));
  if (ends_with(path, ".jsonl") || ends_with(path, ".json")) return stance_json_lines(bytes, length, path, add_object, adder, error);
  STANCE_TRY(stance_article_from_text(path, bytes, length, &adder->article_arena, &article, &repaired, error));
  adder->added->repaired += repaired;
  return add_article(adder, &article, error);
}

static int is_article(const struct dirent *entry) {
  return entry->d_name[0] != '.' && (ends_with(entry->d_name, ".txt") || ends_with(entry->d_name, ".jsonl"));
}

static enum stance_status add_folder(struct adder *adder, const char *folder, struct stance_error *error) {
  struct dirent **entries;
  int found = scandir(folder, &entries, is_article, alphasort);
  if (found < 0) return stance_fail_errno(error, folder, "cannot list");
  enum stance_status status = STANCE_OK;
  if (!found) status = stance_fail_at(error, STANCE_INPUT, folder, 0, 0, "has no .txt or .jsonl file; expected articles");
  for (int i = 0; i < found; i++) {
    char *path = NULL;
    if (status == STANCE_OK && asprintf(&path, "%s/%s", folder, entries[i]->d_name) < 0) status = stance_fail_memory(error);
    else if (status == STANCE_OK) status = add_file(adder, path, error);
    free(path);
    free(entries[i]);
  }
  free(entries);
  return status;
}

/* The list is appended to like a journal: locked, durable, repaired after a crash. */
static enum stance_status save(struct adder *adder, struct annotate_journal *journal, struct stance_error *error) {
  if (adder->out.failed) return stance_fail_memory(error);
  if (!adder->out.length) return STANCE_OK;
  return annotate_journal_append(journal, adder->out.data, adder->out.length, error);
}

static enum stance_status open_list(struct adder *adder, struct annotate_journal *journal, struct stance_error *error) {
  const char *notice;
  char *path = annotate_path(&adder->arena, adder->project, "units.jsonl");
  if (!path) return stance_fail_memory(error);
  STANCE_TRY(annotate_journal_open(path, &adder->arena, journal, &notice, error));
  return annotate_units_open(adder->project, &adder->units, error);
}

static void close_adder(struct adder *adder, struct annotate_journal *journal) {
  annotate_journal_close(journal);
  annotate_units_close(&adder->units);
  stance_text_matcher_destroy(adder->matcher);
  stance_arena_free(&adder->article_arena);
  stance_arena_free(&adder->arena);
  stance_buffer_free(&adder->out);
}

enum stance_status annotate_add(const struct annotate_project *project, const struct stance_gazetteer *gazetteer,
                                const struct annotate_add_options *options, char *const *paths, size_t path_count,
                                struct annotate_added *added, struct stance_error *error) {
  struct adder adder = {.project = project, .gazetteer = gazetteer, .options = *options, .added = added, .units = {.file = -1}};
  struct annotate_journal journal = {.file = -1};
  *added = (struct annotate_added){0};
  enum stance_status status = open_list(&adder, &journal, error);
  if (status == STANCE_OK) status = stance_text_matcher_new(&adder.matcher, error);
  for (size_t i = 0; status == STANCE_OK && i < path_count; i++) {
    struct stat about;
    if (strcmp(paths[i], "-") != 0 && stat(paths[i], &about) == 0 && S_ISDIR(about.st_mode))
      status = add_folder(&adder, paths[i], error);
    else
      status = add_file(&adder, paths[i], error);
  }
  if (status == STANCE_OK) status = save(&adder, &journal, error);
  close_adder(&adder, &journal);
  return status;
}

enum stance_status annotate_add_records(const struct annotate_project *project, const struct stance_record *records,
                                        size_t count, struct annotate_added *added, struct stance_error *error) {
  struct adder adder = {.project = project, .added = added, .units = {.file = -1}};
  struct annotate_journal journal = {.file = -1};
  *added = (struct annotate_added){0};
  enum stance_status status = open_list(&adder, &journal, error);
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
    put_record(&adder.out, &page.record, &page);
  }
  if (status == STANCE_OK) status = save(&adder, &journal, error);
  close_adder(&adder, &journal);
  return status;
}
