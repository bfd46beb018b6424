/* SPDX-License-Identifier: MIT
 * Which blocks of a page are its article. */
#ifndef STANCE_INPUT_HTML_SELECT_H
#define STANCE_INPUT_HTML_SELECT_H

#include "html_tree.h"

struct html_choice {
  bool *kept;      /* for each block of the tree; the caller frees it */
  uint32_t root;   /* the element that holds the article */
  size_t articles; /* more than 1: the page is a list of so many, none of which is the page's own */
  size_t kept_bytes;
};

/* `is_article_page`: the page says of itself that it is an article (og:type, JSON-LD). `title` may be NULL: a block that repeats it is left
 * out. Changes the tree's is_out and sums. */
enum stance_status html_select(struct html_tree *tree, bool is_article_page, const char *title,
                               struct html_choice *choice, struct stance_error *error);

#endif
