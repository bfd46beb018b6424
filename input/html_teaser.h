/* SPDX-License-Identifier: MIT
 * Teasers of other articles beside or below a page's own one. */
#ifndef STANCE_INPUT_HTML_TEASER_H
#define STANCE_INPUT_HTML_TEASER_H

#include "html_tree.h"

/* Raises the doubt of teasers to HTML_STRONG. title: the element of the heading that repeats the page's title; 0: none,
 * and nothing is done. False: out of memory. */
bool html_teasers_doubt(struct html_tree *tree, uint32_t title);

#endif
