/* SPDX-License-Identifier: MIT */
#include "store.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "stance/actors/gazetteer.h"
#include "stance/base/error.h"

enum { LABELS_MAX = CLASSIFY_HEADS_MAX * STANCE_LABELS_MAX, UNIT_COLUMNS = 9 /* columns before the labels' shares */ };
enum statement { INSERT_ARTICLE, INSERT_SENTENCE, INSERT_UNIT, INSERT_ACTOR, STATEMENTS };

struct classify_store {
  const struct classify_style *style;
  char *path;
  sqlite3 *database;
  sqlite3_stmt *statements[STATEMENTS];
  uint64_t articles;
  bool has_tables, has_begun;
  const char *labels[LABELS_MAX]; /* columns p_LABEL */
  size_t label_count;
};

static enum stance_status fail(const struct classify_store *store, struct stance_error *error) {
  int code = sqlite3_errcode(store->database);
  if (code == SQLITE_NOMEM) return stance_fail_memory(error);
  bool is_input = code == SQLITE_NOTADB || code == SQLITE_CORRUPT;
  return stance_fail_at(error, is_input ? STANCE_INPUT : STANCE_SYSTEM, store->path, 0, 0, "SQLite: %s",
                        sqlite3_errmsg(store->database));
}

static enum stance_status run(struct classify_store *store, const char *sql, struct stance_error *error) {
  return sqlite3_exec(store->database, sql, NULL, NULL, NULL) == SQLITE_OK ? STANCE_OK : fail(store, error);
}

static enum stance_status run_buffer(struct classify_store *store, struct stance_buffer *sql,
                                     struct stance_error *error) {
  enum stance_status status = sql->failed ? stance_fail_memory(error) : run(store, sql->data, error);
  stance_buffer_free(sql);
  return status;
}

/* Appends a quoted SQL name: start ("p_") and name. */
static void put_name(struct stance_buffer *sql, const char *start, const char *name) {
  stance_buffer_printf(sql, "\"%s", start);
  for (; *name; name++) {
    if (*name == '"') stance_buffer_putc(sql, '"');
    stance_buffer_putc(sql, *name);
  }
  stance_buffer_putc(sql, '"');
}

/* ---- tables --------------------------------------------------------------------------------------------------- */

static enum stance_status make_tables(struct classify_store *store, const struct classify_scored *first,
                                      struct stance_error *error) {
  struct stance_buffer sql = {0};
  stance_buffer_puts(&sql,
                     "CREATE TABLE IF NOT EXISTS articles(article INTEGER PRIMARY KEY, id TEXT NOT NULL, date TEXT, "
                     "outlet TEXT, title TEXT, url TEXT");
  for (size_t i = 0; i < first->kept_count; i++) {
    stance_buffer_puts(&sql, ", ");
    put_name(&sql, "", first->kept_names[i]);
    stance_buffer_puts(&sql, " TEXT");
  }
  stance_buffer_puts(&sql,
                     ");\nCREATE TABLE IF NOT EXISTS sentences(article INTEGER NOT NULL REFERENCES articles, sentence "
                     "INTEGER NOT NULL, text TEXT, PRIMARY KEY(article, sentence)) WITHOUT ROWID;\n"
                     "CREATE TABLE IF NOT EXISTS actors(id TEXT PRIMARY KEY, name TEXT, type TEXT) WITHOUT ROWID;\n"
                     "CREATE TABLE IF NOT EXISTS units(article INTEGER NOT NULL REFERENCES articles, sentence INTEGER "
                     "NOT NULL, head TEXT NOT NULL, source TEXT REFERENCES actors, target TEXT REFERENCES actors, "
                     "source_affiliation TEXT REFERENCES actors, target_affiliation TEXT REFERENCES actors, label "
                     "TEXT NOT NULL, score REAL NOT NULL");
  for (size_t i = 0; i < store->label_count; i++) {
    stance_buffer_puts(&sql, ", ");
    put_name(&sql, "p_", store->labels[i]);
    stance_buffer_puts(&sql, " REAL");
  }
  stance_buffer_puts(&sql, ");\n");
  return run_buffer(store, &sql, error);
}

static enum stance_status prepare(struct classify_store *store, enum statement which, const char *start, size_t columns,
                                  struct stance_error *error) {
  struct stance_buffer sql = {0};
  stance_buffer_puts(&sql, start);
  for (size_t i = 0; i < columns; i++) stance_buffer_puts(&sql, i ? ",?" : " VALUES(?");
  stance_buffer_putc(&sql, ')');
  bool is_good = !sql.failed && sqlite3_prepare_v3(store->database, sql.data, -1, SQLITE_PREPARE_PERSISTENT,
                                                   &store->statements[which], NULL) == SQLITE_OK;
  enum stance_status status = sql.failed ? stance_fail_memory(error) : is_good ? STANCE_OK : fail(store, error);
  stance_buffer_free(&sql);
  return status;
}

/* Makes the tables with the first article, which tells the kept columns. */
static enum stance_status begin(struct classify_store *store, const struct classify_scored *first,
                                struct stance_error *error) {
  if (!store->has_tables) {
    STANCE_TRY(make_tables(store, first, error));
    STANCE_TRY(prepare(store, INSERT_ARTICLE, "INSERT INTO articles", 6 + first->kept_count, error));
    STANCE_TRY(prepare(store, INSERT_SENTENCE, "INSERT OR IGNORE INTO sentences", 3, error));
    STANCE_TRY(prepare(store, INSERT_UNIT, "INSERT INTO units", UNIT_COLUMNS + store->label_count, error));
    STANCE_TRY(prepare(store, INSERT_ACTOR, "INSERT OR IGNORE INTO actors", 3, error));
    store->has_tables = true;
  }
  if (!store->has_begun) STANCE_TRY(run(store, "BEGIN", error));
  store->has_begun = true;
  return STANCE_OK;
}

/* ---- opening -------------------------------------------------------------------------------------------------- */

static void find_labels(struct classify_store *store) {
  const struct classify_heads *heads = store->style->heads;
  for (size_t h = 0; h < heads->count; h++)
    for (size_t i = 0; i < heads->items[h].label_count; i++) {
      size_t at = 0;
      while (at < store->label_count && strcmp(store->labels[at], heads->items[h].labels[i]) != 0) at++;
      if (at == store->label_count) store->labels[store->label_count++] = heads->items[h].labels[i];
    }
}

/* Deletes articles that are not complete by the run's state; they will be scored again. */
static enum stance_status cut(struct classify_store *store, struct stance_error *error) {
  static const char *const tables[] = {"units", "sentences", "articles"};
  struct stance_buffer sql = {0};
  if (!store->articles) return STANCE_OK;
  stance_buffer_puts(&sql, "BEGIN;");
  for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
    stance_buffer_printf(&sql, "DELETE FROM %s WHERE article > %llu;", tables[i], (unsigned long long)store->articles);
  stance_buffer_puts(&sql, "COMMIT");
  return run_buffer(store, &sql, error);
}

enum stance_status classify_store_open(const char *path, const struct classify_style *style, uint64_t articles,
                                       struct classify_store **out, struct stance_error *error) {
  struct classify_store *store = calloc(1, sizeof *store);
  *out = store;
  if (!store) return stance_fail_memory(error);
  store->style = style;
  store->articles = articles;
  store->path = strdup(path);
  find_labels(store);
  if (!store->path) return stance_fail_memory(error);
  if (sqlite3_open_v2(path, &store->database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL) != SQLITE_OK)
    return store->database ? fail(store, error) : stance_fail_memory(error);
  STANCE_TRY(
      run(store, "PRAGMA locking_mode = EXCLUSIVE; PRAGMA synchronous = FULL; PRAGMA cache_size = -16384", error));
  return cut(store, error);
}

void classify_store_close(struct classify_store *store) {
  if (!store) return;
  for (size_t i = 0; i < STATEMENTS; i++) sqlite3_finalize(store->statements[i]);
  sqlite3_close(store->database);
  free(store->path);
  free(store);
}

/* ---- rows ----------------------------------------------------------------------------------------------------- */

static void bind_text(sqlite3_stmt *statement, int at, const char *text) {
  if (text) sqlite3_bind_text(statement, at, text, -1, SQLITE_STATIC);
  else sqlite3_bind_null(statement, at);
}

static enum stance_status step(struct classify_store *store, enum statement which, struct stance_error *error) {
  sqlite3_stmt *statement = store->statements[which];
  bool is_good = sqlite3_step(statement) == SQLITE_DONE;
  enum stance_status status = is_good ? STANCE_OK : fail(store, error);
  sqlite3_reset(statement);
  return status;
}

static enum stance_status add_actor(struct classify_store *store, const char *id, struct stance_error *error) {
  if (!id) return STANCE_OK;
  const struct stance_gazetteer *gazetteer = store->style->gazetteer;
  const struct stance_actor *actor = gazetteer ? stance_gazetteer_find(gazetteer, id) : NULL;
  sqlite3_stmt *statement = store->statements[INSERT_ACTOR];
  bind_text(statement, 1, id);
  bind_text(statement, 2, actor ? stance_actor_name(actor) : NULL);
  bind_text(statement, 3, actor ? stance_actor_type(actor) : NULL);
  return step(store, INSERT_ACTOR, error);
}

static enum stance_status add_unit(struct classify_store *store, const struct classify_unit *unit, uint32_t sentence,
                                   struct stance_error *error) {
  const struct classify_head *head = &store->style->heads->items[unit->head];
  const char *const actors[] = {unit->source, unit->target, unit->source_affiliation, unit->target_affiliation};
  sqlite3_stmt *statement = store->statements[INSERT_UNIT];
  for (size_t i = 0; i < 4; i++) STANCE_TRY(add_actor(store, actors[i], error));
  sqlite3_bind_int64(statement, 1, (sqlite3_int64)store->articles);
  sqlite3_bind_int64(statement, 2, sentence);
  bind_text(statement, 3, head->name);
  for (int i = 0; i < 4; i++) bind_text(statement, 4 + i, actors[i]);
  bind_text(statement, 8, head->labels[unit->label]);
  sqlite3_bind_double(statement, UNIT_COLUMNS, unit->score / (double)CLASSIFY_ONE);
  for (size_t i = 0; i < store->label_count; i++) {
    int column = UNIT_COLUMNS + 1 + (int)i;
    sqlite3_bind_null(statement, column);
    for (size_t l = 0; l < head->label_count; l++)
      if (strcmp(head->labels[l], store->labels[i]) == 0)
        sqlite3_bind_double(statement, column, unit->p[l] / (double)CLASSIFY_ONE);
  }
  return step(store, INSERT_UNIT, error);
}

static enum stance_status add_sentence(struct classify_store *store, const struct classify_scored *scored,
                                       const struct classify_sentence *sentence, struct stance_error *error) {
  sqlite3_stmt *statement = store->statements[INSERT_SENTENCE];
  sqlite3_bind_int64(statement, 1, (sqlite3_int64)store->articles);
  sqlite3_bind_int64(statement, 2, sentence->index);
  if (store->style->leaves_out & CLASSIFY_TEXT) sqlite3_bind_null(statement, 3);
  else sqlite3_bind_text(statement, 3, sentence->text, (int)sentence->length, SQLITE_STATIC);
  STANCE_TRY(step(store, INSERT_SENTENCE, error));
  for (uint32_t i = 0; i < sentence->unit_count; i++)
    STANCE_TRY(add_unit(store, &scored->units[sentence->unit_first + i], sentence->index, error));
  return STANCE_OK;
}

enum stance_status classify_store_add(struct classify_store *store, const struct classify_scored *scored,
                                      struct stance_error *error) {
  STANCE_TRY(begin(store, scored, error));
  const char *const texts[] = {scored->id, scored->date, scored->outlet, scored->title, scored->url};
  sqlite3_stmt *statement = store->statements[INSERT_ARTICLE];
  store->articles++;
  sqlite3_bind_int64(statement, 1, (sqlite3_int64)store->articles);
  for (int i = 0; i < 5; i++) bind_text(statement, 2 + i, texts[i]);
  for (size_t i = 0; i < scored->kept_count; i++) bind_text(statement, 7 + (int)i, scored->kept[i]);
  STANCE_TRY(step(store, INSERT_ARTICLE, error));
  for (uint32_t i = 0; i < scored->sentence_count; i++)
    if (scored->sentences[i].unit_count) STANCE_TRY(add_sentence(store, scored, &scored->sentences[i], error));
  return STANCE_OK;
}

uint64_t classify_store_articles(const struct classify_store *store) { return store->articles; }

enum stance_status classify_store_commit(struct classify_store *store, struct stance_error *error) {
  if (!store->has_begun) return STANCE_OK;
  store->has_begun = false;
  return run(store, "COMMIT", error);
}

/* ---- the end: a run that is killed between the commit and the new name comes here again ------------------------- */

static enum stance_status make_views(struct classify_store *store, struct stance_error *error) {
  struct stance_buffer sql = {0};
  stance_buffer_puts(&sql,
                     "CREATE INDEX IF NOT EXISTS articles_by_id ON articles(id); CREATE INDEX IF NOT EXISTS "
                     "articles_by_date ON articles(date);\n"
                     "CREATE INDEX IF NOT EXISTS units_by_dyad ON units(source, target); CREATE INDEX IF NOT EXISTS "
                     "units_by_article ON "
                     "units(article, sentence);\n"
                     "CREATE VIEW IF NOT EXISTS predictions AS SELECT a.id AS article, a.date, a.outlet, u.sentence, "
                     "u.head, u.source, "
                     "u.target, u.label, u.score");
  for (size_t i = 0; i < store->label_count; i++) {
    stance_buffer_puts(&sql, ", u.");
    put_name(&sql, "p_", store->labels[i]);
  }
  stance_buffer_puts(
      &sql,
      ", s.text FROM units u JOIN articles a USING (article) LEFT JOIN sentences s ON s.article = "
      "u.article AND s.sentence = u.sentence;\n"
      "CREATE VIEW IF NOT EXISTS dyads_by_month AS SELECT substr(a.date, 1, 7) AS month, u.source, u.target, u.head, "
      "count(*) AS units, avg(u.score) AS score");
  for (size_t i = 0; i < store->label_count; i++) {
    stance_buffer_puts(&sql, ", avg(u.");
    put_name(&sql, "p_", store->labels[i]);
    stance_buffer_puts(&sql, ") AS ");
    put_name(&sql, "share_", store->labels[i]);
  }
  stance_buffer_puts(
      &sql,
      " FROM units u JOIN articles a USING (article) WHERE u.source IS NOT NULL AND u.target IS NOT NULL "
      "AND a.date IS NOT NULL GROUP BY month, u.source, u.target, u.head;\n");
  return run_buffer(store, &sql, error);
}

static enum stance_status put_facts(struct classify_store *store, const struct classify_facts *facts,
                                    struct stance_error *error) {
  sqlite3_stmt *statement = NULL;
  STANCE_TRY(run(store, "CREATE TABLE IF NOT EXISTS run(name TEXT PRIMARY KEY, value TEXT NOT NULL)", error));
  if (sqlite3_prepare_v2(store->database, "INSERT OR REPLACE INTO run VALUES(?, ?)", -1, &statement, NULL) != SQLITE_OK)
    return fail(store, error);
  enum stance_status status = STANCE_OK;
  for (size_t i = 0; facts && i < facts->count && status == STANCE_OK; i++) {
    bind_text(statement, 1, facts->names[i]);
    bind_text(statement, 2, facts->values[i]);
    if (sqlite3_step(statement) != SQLITE_DONE) status = fail(store, error);
    sqlite3_reset(statement);
  }
  sqlite3_finalize(statement);
  return status;
}

enum stance_status classify_store_finish(struct classify_store *store, const struct classify_facts *facts,
                                         struct stance_error *error) {
  static const struct classify_scored none = {0};
  STANCE_TRY(begin(store, &none, error));
  STANCE_TRY(make_views(store, error));
  STANCE_TRY(put_facts(store, facts, error));
  return classify_store_commit(store, error);
}
