/* SPDX-License-Identifier: MIT
 * From a web page to an article. */
#ifndef STANCE_INPUT_HTML_H
#define STANCE_INPUT_HTML_H

#include "stance/base/arena.h"
#include "stance/stance.h"

/* Fills in the article's text (of the page's article or main element, or of its densest paragraphs, without menus and scripts), and its
 * title, date, outlet where the page tells them; an id that begins with a date gives the date where the page has none. The id is
 * borrowed, all else is in the arena. Bytes that are not of the page's encoding become U+FFFD and *repaired counts them. */
enum stance_status input_html_article(const char *id, const char *data, size_t length, struct stance_arena *arena,
                                         struct stance_article *article, size_t *repaired,
                                         struct stance_error *error);
void input_html_start(void); /* once, before threads */

#endif
