/* SPDX-License-Identifier: MIT
 * The other pages of an annotator: own decisions, articles, the codebook, own data. */
#include <stdlib.h>
#include <string.h>

#include "annotate/articles.h"
#include "annotate/edition.h"
#include "annotate/screen.h"
#include "stance/base/compare.h"
#include "stance/base/error.h"
#include "stance/base/file.h"
#include "stance/base/hash.h"
#include "view.h"

enum { MINE_MOST = 100 };

/* ---- own decisions --------------------------------------------------------------------------------------- */

struct filter {
  const char *label, *flag, *actor, *article;
};

static bool id_has_actor(const struct annotate_unit *unit, const char *actor) {
  const char *dyad = unit->id + unit->id_sentence;
  if (*dyad != ':') return false;
  const char *arrow = strchr(++dyad, '>');
  size_t length = strlen(actor);
  if (!arrow) return false;
  return ((size_t)(arrow - dyad) == length && memcmp(dyad, actor, length) == 0) || strcmp(arrow + 1, actor) == 0;
}

static bool id_has_article(const struct annotate_unit *unit, const char *article) {
  size_t length = strlen(article);
  return strncmp(unit->id, article, length) == 0 && unit->id[length] == '#' &&
         strspn(unit->id + length + 1, "0123456789") == unit->id_sentence - length - 1;
}

static bool passes(const struct annotate_session *session, uint32_t unit, const struct filter *filter) {
  const struct annotate_entry *state = annotate_history_state(&session->history, unit);
  if (!state) return false;
  if (filter->label &&
      (state->label < 0 || strcmp(annotate_session_head(session, unit)->labels[state->label].name, filter->label) != 0))
    return false;
  if (filter->flag && strcmp(filter->flag, "noted") == 0) {
    if (!*state->note) return false;
  } else if (filter->flag) {
    uint32_t flag = 0;
    for (size_t i = 0; i < ANNOTATE_FLAG_COUNT; i++)
      if (strcmp(annotate_flag_names[i], filter->flag) == 0) flag = 1u << i;
    if (!(state->flags & flag) || (flag & (ANNOTATE_CHECK_GOLD | ANNOTATE_CHECK_SELF))) return false;
  }
  if (filter->actor && !id_has_actor(&session->units->items[unit], filter->actor)) return false;
  return !filter->article || id_has_article(&session->units->items[unit], filter->article);
}

static const char *wanted(const struct web_request *request, const char *key) {
  const char *value = web_query(request, key);
  return value && *value ? value : NULL;
}

void web_mine(struct web_request *request) {
  struct stance_error error;
  struct web_seat *seat;
  struct web_names names = {0};
  const struct filter filter = {.label = wanted(request, "label"),
                                .flag = wanted(request, "flag"),
                                .actor = wanted(request, "actor"),
                                .article = wanted(request, "article")};
  size_t from = web_query_number(request, "from", 0, UINT32_MAX),
         most = web_query_number(request, "units", 30, MINE_MOST), found = 0, shown = 0;
  enum stance_status status = STANCE_OK;
  if (!web_sit(request, &seat)) return;
  const struct annotate_session *session = &seat->session;
  stance_buffer_puts(&request->out, "{\"items\":[");
  for (size_t i = 0; i < session->order_count && status == STANCE_OK; i++) {
    if (!passes(session, session->order[i], &filter)) continue;
    if (found++ < from || shown == most) continue;
    if (shown++) stance_buffer_putc(&request->out, ',');
    status = web_view_unit(request, session, session->order[i], false, &names, &error);
  }
  stance_buffer_printf(&request->out, "],\"found\":%zu,\"from\":%zu,", found, from);
  web_view_progress(&request->out, session);
  stance_buffer_putc(&request->out, ',');
  web_view_actors(request, &names);
  stance_buffer_putc(&request->out, '}');
  if (status != STANCE_OK) web_refuse_error(request, &error);
  web_seat_leave(seat);
}

/* ---- articles -------------------------------------------------------------------------------------------- */

/* The article's part of a unit's id. */
static size_t article_length(const struct annotate_unit *unit) {
  const char *hash = memrchr(unit->id, '#', unit->id_sentence);
  return hash ? (size_t)(hash - unit->id) : unit->id_sentence;
}

/* Lists articles without units, to which actors can be added. Articles labelled by others are left out. */
static void put_bare_articles(struct web_request *request) {
  struct stance_error error;
  struct annotate_article *articles;
  struct stance_buffer *out = &request->out;
  const struct annotate_units *units = request->server->units;
  size_t count, known = 0;
  uint64_t *hashes = stance_arena_alloc(&request->arena, units->count + 1, sizeof *hashes);
  if (!hashes ||
      annotate_articles_list(request->server->project, &request->arena, &articles, &count, &error) != STANCE_OK) {
    web_refuse(request, MHD_HTTP_SERVICE_UNAVAILABLE, "the articles cannot be read");
    return;
  }
  for (uint32_t i = 0; i < units->count; i++)
    hashes[known++] = stance_hash(units->items[i].id, article_length(&units->items[i]));
  if (known) qsort(hashes, known, sizeof *hashes, stance_by_u64);
  for (size_t i = 0; i < count; i++) {
    uint64_t hash = stance_hash(articles[i].article, strlen(articles[i].article));
    if (known && bsearch(&hash, hashes, known, sizeof *hashes, stance_by_u64)) continue;
    if (out->data[out->length - 1] != '[') stance_buffer_putc(out, ',');
    stance_buffer_puts(out, "{\"article\":");
    stance_buffer_json_text(out, articles[i].article);
    web_put(out, "title", articles[i].title ? articles[i].title : articles[i].article);
    web_put(out, "date", articles[i].date);
    stance_buffer_puts(out, ",\"units\":0,\"decided\":0}");
  }
  stance_buffer_puts(out, "]}");
}

void web_articles(struct web_request *request) {
  struct web_seat *seat;
  struct stance_error error;
  struct stance_buffer *out = &request->out;
  if (!web_sit(request, &seat)) return;
  const struct annotate_session *session = &seat->session;
  stance_buffer_puts(out, "{\"articles\":[");
  for (size_t i = 0, next; i < session->order_count; i = next) {
    const struct annotate_unit *first = &session->units->items[session->order[i]];
    size_t length = article_length(first), decided = 0;
    struct annotate_page page;
    for (next = i; next < session->order_count; next++) {
      const struct annotate_unit *unit = &session->units->items[session->order[next]];
      if (article_length(unit) != length || memcmp(unit->id, first->id, length) != 0) break;
      const struct annotate_entry *state = annotate_history_state(&session->history, session->order[next]);
      decided += state && annotate_entry_decides(state);
    }
    if (annotate_units_page(session->units, session->order[i], &request->arena, &page, &error) != STANCE_OK) {
      web_refuse_error(request, &error);
      break;
    }
    stance_buffer_puts(out, i ? ",{\"article\":" : "{\"article\":");
    stance_buffer_json_text(out, page.record.article);
    web_put(out, "title", page.title ? page.title : page.record.article);
    web_put(out, "date", page.record.date);
    stance_buffer_printf(out, ",\"units\":%zu,\"decided\":%zu}", next - i, decided);
  }
  if (request->code == MHD_HTTP_OK) put_bare_articles(request);
  web_seat_leave(seat);
}

static bool is_of_article(const struct annotate_units *units, uint32_t unit, const void *wanted) {
  return id_has_article(&units->items[unit], wanted);
}

/* All sentences of the article, each with the person's own units; sentences assigned to others have only their text. */
void web_article(struct web_request *request) {
  struct stance_error error;
  struct web_seat *seat;
  struct annotate_article whole = {0};
  const char *article = wanted(request, "article");
  enum stance_status status = STANCE_OK;
  if (!article) {
    web_refuse(request, MHD_HTTP_BAD_REQUEST, "which article?");
    return;
  }
  if (!web_sit(request, &seat)) return;
  const struct annotate_session *session = &seat->session;
  status = annotate_article_find(request->server->project, article, &request->arena, &whole, &error);
  stance_buffer_puts(&request->out, "{\"article\":");
  stance_buffer_json_text(&request->out, article);
  web_put(&request->out, "title", whole.title);
  web_put(&request->out, "lang", whole.lang);
  stance_buffer_puts(&request->out, ",\"sentences\":[");
  for (size_t i = 0; i < whole.sentence_count; i++) {
    if (i) stance_buffer_putc(&request->out, ',');
    stance_buffer_json_text(&request->out, whole.sentences[i]);
  }
  stance_buffer_puts(&request->out, "],");
  if (status == STANCE_OK) web_view_items(request, session, is_of_article, article);
  else web_refuse_error(request, &error);
  web_seat_leave(seat);
}

/* ---- codebook -------------------------------------------------------------------------------------------- */

/* Keeps each version served in DIR/web/codebook-HASH.json, so that the page can show what has changed since the last
 * visit. */
static enum stance_status keep_version(struct web_request *request, const char *bytes, size_t length, const char *hash,
                                       struct stance_error *error) {
  char *path = stance_arena_format(&request->arena, "%s/web/codebook-%s.json", request->server->project->folder, hash);
  return path ? stance_file_write(path, bytes, length, error) : stance_fail_memory(error);
}

static void mark_seen(struct web_person *person, void *context) { memcpy(person->codebook_seen, context, 17); }

void web_codebook(struct web_request *request) {
  struct stance_error error;
  struct stance_codebook codebook;
  char *bytes, *before = NULL, hash[17] = "";
  const char *edition = "";
  size_t length, before_length = 0;
  const struct annotate_project *project = request->server->project;
  enum stance_status status = stance_file_read(project->codebook_path, 0, &request->arena, &bytes, &length, &error);
  if (status == STANCE_OK) /* somebody may be editing it */
    status = annotate_edition_read(project->codebook_path, &request->arena, &codebook, &edition, &error);
  if (status == STANCE_OK) snprintf(hash, sizeof hash, "%016llx", (unsigned long long)stance_hash(bytes, length));
  bool is_other = status == STANCE_OK && *request->person.codebook_seen &&
                  strcmp(request->person.codebook_seen, hash) != 0 &&
                  strspn(request->person.codebook_seen, "0123456789abcdef") == 16;
  if (is_other) {
    char *path =
        stance_arena_format(&request->arena, "%s/web/codebook-%s.json", project->folder, request->person.codebook_seen);
    if (!path || stance_file_read(path, 0, &request->arena, &before, &before_length, NULL) != STANCE_OK) before = NULL;
  }
  if (status == STANCE_OK && strcmp(request->person.codebook_seen, hash) != 0) {
    status = keep_version(request, bytes, length, hash, &error);
    if (status == STANCE_OK && web_query(request, "seen"))
      status = web_people_change(&request->server->people, request->person.name, mark_seen, hash, &error);
  }
  if (status != STANCE_OK) {
    web_refuse_error(request, &error);
    return;
  }
  stance_buffer_printf(&request->out, "{\"hash\":\"%s\",\"stale\":%s,\"codebook\":", hash,
                       strcmp(edition, project->edition) != 0 ? "true" : "false");
  stance_buffer_append(&request->out, bytes, length);
  stance_buffer_puts(&request->out, ",\"before\":");
  if (before) stance_buffer_append(&request->out, before, before_length);
  else stance_buffer_puts(&request->out, "null");
  stance_buffer_putc(&request->out, '}');
}

/* ---- own data -------------------------------------------------------------------------------------------- */

/* All records of a person: one's own, or for the lead anybody's. */
void web_export(struct web_request *request) {
  struct stance_error error;
  struct stance_record *records;
  struct stance_buffer lines = {0};
  size_t count;
  const char *name = wanted(request, "name");
  if (!name) name = request->person.name;
  if (strcmp(name, request->person.name) != 0 && request->person.role != WEB_LEAD) {
    web_refuse(request, MHD_HTTP_FORBIDDEN, "these are another's labels");
    return;
  }
  if (annotate_labels_read(request->server->project, name, true, &request->arena, &records, &count, &error) !=
      STANCE_OK) {
    web_refuse_error(request, &error);
    return;
  }
  for (size_t i = 0; i < count; i++) stance_record_write(&records[i], &lines);
  stance_buffer_printf(&request->out, "{\"records\":%zu", count);
  web_put(&request->out, "name", name);
  web_put(&request->out, "jsonl", lines.data ? lines.data : "");
  stance_buffer_putc(&request->out, '}');
  if (lines.failed) web_refuse(request, MHD_HTTP_SERVICE_UNAVAILABLE, "out of memory");
  stance_buffer_free(&lines);
}
