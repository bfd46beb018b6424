/* SPDX-License-Identifier: MIT
 * Selecting the blocks of a page that are its article. */
#ifndef STANCE_INPUT_HTML_SELECT_H
#define STANCE_INPUT_HTML_SELECT_H

#include "html_tree.h"

struct html_choice {
  bool *kept;      /* [block_count]; free() it */
  uint32_t root;   /* the element that contains the article */
  size_t articles; /* above 1: the page is a list of so many articles */
  size_t kept_bytes;
};

/* Selects the blocks. is_article_page: the page's metadata says that it is an article (og:type, JSON-LD). title may be
 * NULL; a block that repeats it is omitted. Changes the tree's is_out and sums. */
enum stance_status html_select(struct html_tree *tree, bool is_article_page, const char *title,
                               struct html_choice *choice, struct stance_error *error);

#endif
