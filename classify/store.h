/* SPDX-License-Identifier: MIT
 * Predictions in an SQLite database, for R, Python and SQL: tables articles, sentences, units, actors; views
 * predictions (the columns of the CSV, one row for each unit) and dyads_by_month. Ids and dates are text, shares are
 * real numbers, missing values are NULL; docs/formats.md has the columns. One thread at a time. */
#ifndef STANCE_CLASSIFY_STORE_H
#define STANCE_CLASSIFY_STORE_H

#include "facts.h"
#include "render.h"

struct classify_store;
/* Opens the database at path, an empty file or that of an earlier run, and keeps its first `articles` articles. Borrows
 * style. STANCE_INPUT: the file is no such database. */
enum stance_status classify_store_open(const char *path, const struct classify_style *style, uint64_t articles,
                                       struct classify_store **out, struct stance_error *error);
void classify_store_close(struct classify_store *store); /* uncommitted articles are lost; NULL is fine */

/* Adds an article's predictions. STANCE_SYSTEM: out of memory, or the file fails. */
enum stance_status classify_store_add(struct classify_store *store, const struct classify_scored *scored,
                                      struct stance_error *error);
uint64_t classify_store_articles(const struct classify_store *store); /* number of articles added */
/* Commits all articles added to disk. */
enum stance_status classify_store_commit(struct classify_store *store, struct stance_error *error);
/* Commits, and adds indexes, views, and the table run with provenance; facts may be NULL. */
enum stance_status classify_store_finish(struct classify_store *store, const struct classify_facts *facts,
                                         struct stance_error *error);

#endif
