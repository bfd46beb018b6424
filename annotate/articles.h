/* SPDX-License-Identifier: MIT
 * The sentences of a project's articles, in articles.jsonl: for the page that shows a whole article, and for actors in
 * sentences without a unit. Projects made by older versions lack the file; then no article is found. */
#ifndef STANCE_ANNOTATE_ARTICLES_H
#define STANCE_ANNOTATE_ARTICLES_H

#include "project.h"
#include "stance/base/buffer.h"
#include "stance/base/hash_map.h"

struct annotate_article {
  const char *article, *title, *date, *outlet, *lang; /* NULL: unknown */
  const char **sentences;
  size_t sentence_count;
};

/* Fills `found` with the last article of this id, in the arena. If there is none, all its members are NULL or 0. */
enum stance_status annotate_article_find(const struct annotate_project *project, const char *article,
                                         struct stance_arena *arena, struct annotate_article *found,
                                         struct stance_error *error);
/* Ids, titles and dates of all articles, without their sentences. In the arena. */
enum stance_status annotate_articles_list(const struct annotate_project *project, struct stance_arena *arena,
                                          struct annotate_article **articles, size_t *count,
                                          struct stance_error *error);

/* Articles to be appended to the file, except for those that it already has. */
struct annotate_article_set {
  char *path;
  struct stance_buffer lines;
  struct stance_hash_map known; /* hashes of the ids, each with count 1 */
};
/* Reads which articles the project has. STANCE_INPUT: a line is not an article. Close the set. */
enum stance_status annotate_article_set_open(const struct annotate_project *project, struct annotate_article_set *set,
                                             struct stance_error *error);
/* Copies the article into the set, unless its id is known. */
enum stance_status annotate_article_set_add(struct annotate_article_set *set, const struct annotate_article *article,
                                            struct stance_error *error);
/* Appends the articles and syncs the file to the disk. */
enum stance_status annotate_article_set_save(struct annotate_article_set *set, struct stance_error *error);
/* Frees what it holds. */
void annotate_article_set_close(struct annotate_article_set *set);

#endif
