/* SPDX-License-Identifier: MIT
 * Predictions in an SQLite database, for R, Python and SQL: tables articles, sentences, units, actors; views predictions (what the CSV
 * has, a row a unit) and dyads_by_month. Ids and dates are text, shares real numbers, what is absent is NULL. docs/formats.md has the
 * columns. One thread at a time. */
#ifndef STANCE_CLASSIFY_STORE_H
#define STANCE_CLASSIFY_STORE_H

#include "facts.h"
#include "render.h"

struct classify_store;
/* Opens the database at path (an empty file, or what an earlier run left) and keeps its first `articles` articles. style is borrowed. A
 * file that is no such database: STANCE_INPUT. */
enum stance_status classify_store_open(const char *path, const struct classify_style *style, uint64_t articles,
                                       struct classify_store **out, struct stance_error *error);
void classify_store_close(struct classify_store *store); /* what was not committed is lost; NULL: nothing */

/* Adds an article's predictions. Only memory or the file can fail. */
enum stance_status classify_store_add(struct classify_store *store, const struct classify_scored *scored,
                                      struct stance_error *error);
uint64_t classify_store_articles(const struct classify_store *store); /* taken so far */
/* All that was taken is on the disk. */
enum stance_status classify_store_commit(struct classify_store *store, struct stance_error *error);
/* Commits, and adds indexes, views, and what made it (table run; facts may be NULL). */
enum stance_status classify_store_finish(struct classify_store *store, const struct classify_facts *facts,
                                         struct stance_error *error);

#endif
