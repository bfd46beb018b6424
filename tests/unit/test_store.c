/* SPDX-License-Identifier: MIT
 * The database of predictions: a run that was killed behind its last commit and before the file got its name finishes it again. */
#include <criterion/criterion.h>
#include <sqlite3.h>
#include <stdio.h>
#include <unistd.h>

#include "classify/store.h"
#include "temporary.h"

static void must(enum stance_status status, const struct stance_error *error) {
  cr_assert_eq(status, STANCE_OK, "%s", error->message);
}

static int count_of(const char *path, const char *what) {
  sqlite3 *database;
  sqlite3_stmt *statement;
  cr_assert_eq(sqlite3_open(path, &database), SQLITE_OK);
  cr_assert_eq(sqlite3_prepare_v2(database, what, -1, &statement, NULL), SQLITE_OK, "%s", sqlite3_errmsg(database));
  cr_assert_eq(sqlite3_step(statement), SQLITE_ROW);
  int count = sqlite3_column_int(statement, 0);
  sqlite3_finalize(statement);
  sqlite3_close(database);
  return count;
}

Test(store, is_finished_again) {
  struct classify_heads heads = {.items = {{.name = "stance", .label_count = 2, .labels = {"bad", "good"}}},
                                 .count = 1};
  struct classify_style style = {.heads = &heads};
  struct classify_facts facts = {.names = {"version"}, .values = {"1"}, .count = 1};
  struct classify_scored scored = {.id = "a", .date = "2024-05-03"};
  struct stance_error error = {0};
  char path[64];
  snprintf(path, sizeof path, "%s/test-store-%d.db", temporary_folder(), (int)getpid());
  for (uint64_t run = 0; run < 2; run++) {
    struct classify_store *store;
    must(classify_store_open(path, &style, run, &store, &error), &error);
    if (!run) must(classify_store_add(store, &scored, &error), &error);
    must(classify_store_finish(store, &facts, &error), &error);
    cr_assert_eq(classify_store_articles(store), 1);
    classify_store_close(store);
  }
  cr_assert_eq(count_of(path, "SELECT count(*) FROM articles"), 1);
  cr_assert_eq(count_of(path, "SELECT count(*) FROM run"), 1);
  cr_assert_eq(count_of(path, "SELECT count(*) FROM sqlite_master WHERE type IN ('index', 'view') AND sql IS NOT NULL"),
               6);
  unlink(path);
}
