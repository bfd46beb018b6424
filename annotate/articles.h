/* SPDX-License-Identifier: MIT
 * The articles of a project as their sentences, in articles.jsonl: for the page that shows a whole article, and for actors in
 * sentences that have no unit. Projects made before it have no such file; then an article has no sentences here. */
#ifndef STANCE_ANNOTATE_ARTICLES_H
#define STANCE_ANNOTATE_ARTICLES_H

#include "project.h"
#include "stance/base/buffer.h"
#include "stance/base/hash_map.h"

struct annotate_article {
  const char *article, *title, *date, *outlet, *lang; /* NULL: not known */
  const char **sentences;
  size_t sentence_count;
};

/* Fills `found` with the last article of this id; none: all is NULL and 0. In the arena. */
enum stance_status annotate_article_find(const struct annotate_project *project, const char *article,
                                         struct stance_arena *arena, struct annotate_article *found,
                                         struct stance_error *error);
/* Ids, titles and dates of all articles, without their sentences. In the arena. */
enum stance_status annotate_articles_list(const struct annotate_project *project, struct stance_arena *arena,
                                          struct annotate_article **articles, size_t *count,
                                          struct stance_error *error);

/* Articles on their way into the file; those that it has already are passed over. */
struct annotate_article_set {
  char *path;
  struct stance_buffer lines;
  struct stance_hash_map known; /* hashes of ids; count: 1 */
};
/* Reads which articles the project has. STANCE_INPUT: a line that is no article. Close it. */
enum stance_status annotate_article_set_open(const struct annotate_project *project, struct annotate_article_set *set,
                                             struct stance_error *error);
/* Takes an article, copied; one whose id is known is passed over. */
enum stance_status annotate_article_set_add(struct annotate_article_set *set, const struct annotate_article *article,
                                            struct stance_error *error);
/* Appends them, durably. */
enum stance_status annotate_article_set_save(struct annotate_article_set *set, struct stance_error *error);
/* Frees what it holds. */
void annotate_article_set_close(struct annotate_article_set *set);

#endif
