/* SPDX-License-Identifier: MIT
 * Whole articles, found by id. */
#include "articles.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "journal.h"
#include "scan.h"
#include "stance/base/buffer.h"
#include "stance/base/error.h"
#include "stance/base/hash.h"
#include "stance/base/json.h"

struct search {
  const char *article; /* NULL: collects all ids in the set */
  struct annotate_article_set *set;
  struct stance_arena *arena;
  struct stance_arena scratch;
  struct annotate_article *found;
};

static enum stance_status note_id(struct annotate_article_set *set, const char *id, bool *is_new,
                                  struct stance_error *error) {
  struct stance_hash_cell *cell = stance_hash_map_put(&set->known, stance_hash(id, strlen(id)));
  if (!cell) return stance_fail_memory(error);
  *is_new = !cell->count;
  cell->count = 1;
  return STANCE_OK;
}

static const char *copy(struct stance_arena *arena, const cJSON *object, const char *key) {
  const char *text = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, key));
  return text ? stance_arena_copy(arena, text, strlen(text)) : NULL;
}

static enum stance_status read_article(struct search *search, const char *line, size_t length,
                                       struct stance_error *error) {
  cJSON *object = cJSON_ParseWithLength(line, length);
  const cJSON *sentences = cJSON_GetObjectItemCaseSensitive(object, "sentences"), *item;
  struct annotate_article *found = search->found;
  enum stance_status status = STANCE_OK;
  *found = (struct annotate_article){.article = copy(search->arena, object, "article"),
                                     .title = copy(search->arena, object, "title"),
                                     .date = copy(search->arena, object, "date"),
                                     .outlet = copy(search->arena, object, "outlet"),
                                     .lang = copy(search->arena, object, "lang")};
  found->sentences =
      stance_arena_zalloc(search->arena, (size_t)cJSON_GetArraySize(sentences) + 1, sizeof *found->sentences);
  if (!found->sentences) status = stance_fail_memory(error);
  cJSON_ArrayForEach(item, sentences) {
    if (status != STANCE_OK || !cJSON_IsString(item)) continue;
    found->sentences[found->sentence_count] =
        stance_arena_copy(search->arena, item->valuestring, strlen(item->valuestring));
    if (!found->sentences[found->sentence_count++]) status = stance_fail_memory(error);
  }
  cJSON_Delete(object);
  return status;
}

static enum stance_status look_at(void *context, const char *line, size_t length, uint64_t offset, size_t number,
                                  struct stance_error *error) {
  static const char *const keys[] = {"article"};
  struct search *search = context;
  struct annotate_span span;
  const char *article;
  bool is_new;
  (void)offset;
  (void)number;
  stance_arena_reset(&search->scratch);
  if (!annotate_scan(line, length, keys, 1, &span)) return stance_fail(error, STANCE_INPUT, "is not a JSON object");
  STANCE_TRY(annotate_scan_string(&span, &search->scratch, &article, error));
  if (article && !search->article) return note_id(search->set, article, &is_new, error);
  return article && strcmp(article, search->article) == 0 ? read_article(search, line, length, error) : STANCE_OK;
}

static enum stance_status read_lines(const struct annotate_project *project, annotate_each_line *each, void *context,
                                     struct stance_error *error) {
  struct stance_arena arena = {0};
  char *path = annotate_path(&arena, project, "articles.jsonl");
  int file = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
  enum stance_status status = STANCE_OK;
  if (!path) status = stance_fail_memory(error);
  else if (file < 0 && errno != ENOENT) status = stance_fail_errno(error, path, "cannot open");
  else if (file >= 0) status = annotate_lines(file, path, each, context, error);
  if (file >= 0) close(file);
  stance_arena_free(&arena);
  return status;
}

static enum stance_status run_search(const struct annotate_project *project, struct search *search,
                                     struct stance_error *error) {
  enum stance_status status = read_lines(project, look_at, search, error);
  stance_arena_free(&search->scratch);
  return status;
}

enum stance_status annotate_article_find(const struct annotate_project *project, const char *article,
                                         struct stance_arena *arena, struct annotate_article *found,
                                         struct stance_error *error) {
  struct search search = {.article = article, .arena = arena, .found = found};
  *found = (struct annotate_article){0};
  return run_search(project, &search, error);
}

static void put(struct stance_buffer *out, const char *key, const char *text) {
  if (!text) return;
  stance_buffer_printf(out, ",\"%s\":", key);
  stance_buffer_json_text(out, text);
}

static void write_article(const struct annotate_article *article, struct stance_buffer *out) {
  stance_buffer_puts(out, "{\"article\":");
  stance_buffer_json_text(out, article->article);
  put(out, "title", article->title);
  put(out, "date", article->date);
  put(out, "outlet", article->outlet);
  put(out, "lang", article->lang);
  stance_buffer_puts(out, ",\"sentences\":[");
  for (size_t i = 0; i < article->sentence_count; i++) {
    if (i) stance_buffer_putc(out, ',');
    stance_buffer_json_text(out, article->sentences[i]);
  }
  stance_buffer_puts(out, "]}\n");
}

struct listing {
  struct stance_arena *arena;
  struct annotate_article *items;
  size_t count, capacity;
};

static enum stance_status list_line(void *context, const char *line, size_t length, uint64_t offset, size_t number,
                                    struct stance_error *error) {
  static const char *const keys[] = {"article", "title", "date"};
  struct listing *listing = context;
  struct annotate_span spans[3];
  (void)offset;
  (void)number;
  if (!annotate_scan(line, length, keys, 3, spans)) return stance_fail(error, STANCE_INPUT, "is not a JSON object");
  struct annotate_article *items =
      stance_arena_grow(listing->arena, listing->items, &listing->capacity, listing->count + 1, sizeof *items);
  if (!items) return stance_fail_memory(error);
  listing->items = items;
  struct annotate_article *item = &items[listing->count++];
  *item = (struct annotate_article){0};
  STANCE_TRY(annotate_scan_string(&spans[0], listing->arena, &item->article, error));
  STANCE_TRY(annotate_scan_string(&spans[1], listing->arena, &item->title, error));
  if (!item->article) listing->count--;
  return annotate_scan_string(&spans[2], listing->arena, &item->date, error);
}

enum stance_status annotate_articles_list(const struct annotate_project *project, struct stance_arena *arena,
                                          struct annotate_article **articles, size_t *count,
                                          struct stance_error *error) {
  struct listing listing = {.arena = arena};
  enum stance_status status = read_lines(project, list_line, &listing, error);
  *articles = listing.items;
  *count = listing.count;
  return status;
}

/* ---- adding --------------------------------------------------------------------------------------- */

enum stance_status annotate_article_set_open(const struct annotate_project *project, struct annotate_article_set *set,
                                             struct stance_error *error) {
  struct search search = {.set = set};
  *set = (struct annotate_article_set){0};
  if (asprintf(&set->path, "%s/articles.jsonl", project->folder) < 0) {
    set->path = NULL;
    return stance_fail_memory(error);
  }
  return run_search(project, &search, error);
}

enum stance_status annotate_article_set_add(struct annotate_article_set *set, const struct annotate_article *article,
                                            struct stance_error *error) {
  bool is_new = false;
  STANCE_TRY(note_id(set, article->article, &is_new, error));
  if (is_new) write_article(article, &set->lines);
  return set->lines.failed ? stance_fail_memory(error) : STANCE_OK;
}

enum stance_status annotate_article_set_save(struct annotate_article_set *set, struct stance_error *error) {
  struct annotate_journal journal = {.file = -1};
  struct stance_arena arena = {0};
  const char *notice;
  if (!set->lines.length) return STANCE_OK;
  enum stance_status status = annotate_journal_open(set->path, &arena, &journal, &notice, error);
  if (status == STANCE_OK) status = annotate_journal_append(&journal, set->lines.data, set->lines.length, error);
  annotate_journal_close(&journal);
  stance_arena_free(&arena);
  return status;
}

void annotate_article_set_close(struct annotate_article_set *set) {
  free(set->path);
  stance_hash_map_free(&set->known);
  stance_buffer_free(&set->lines);
  *set = (struct annotate_article_set){0};
}
