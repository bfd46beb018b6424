/* SPDX-License-Identifier: MIT
 * From a web page to an article.
 *
 *   bytes -> [charset] UTF-8 -> [html_scan] bounded page -> gumbo -> [html_tree] elements, blocks -> [html_select] the article's blocks
 *                                                                 \-> [html_meta] title, date, outlet, language, URL              */
#ifndef STANCE_INPUT_HTML_H
#define STANCE_INPUT_HTML_H

#include "charset.h"
#include "stance/base/arena.h"
#include "stance/stance.h"

/* Fills in the article's text, and its title, date, outlet, language, URL where the page tells them; the date as the page has it. An id
 * that begins with a date gives the date where the page has none. The id is borrowed, all else is in the arena. Bytes that are not of the
 * page's encoding become U+FFFD and *repaired counts them. A page without an article, or a list of several, is STANCE_INPUT. */
enum stance_status input_html_article(const char *id, const char *data, size_t length, struct stance_arena *arena,
                                      struct stance_article *article, size_t *repaired, struct stance_error *error);
/* The same where an HTTP header has named the charset, which goes before the page's own; NULL: none. */
enum stance_status input_html_page(const char *id, const char *data, size_t length, const char *charset,
                                   struct stance_arena *arena, struct stance_article *article,
                                   struct input_decoded *decoded, struct stance_error *error);
/* The text of a piece of HTML, a paragraph a line, with entities decoded: of a JSON or CSV field, a feed's entry. Nothing is left out but
 * what no reader sees. `html` is UTF-8; the text is in the arena, "" where there is none. */
enum stance_status input_html_text(const char *html, size_t length, struct stance_arena *arena, char **text,
                                   size_t *text_length, struct stance_error *error);
/* The same as one line: a title. NULL: nothing, or out of memory. */
char *input_html_line(const char *html, size_t length, struct stance_arena *arena);
/* Whether text has a tag of HTML's, or an entity, that a reader would not want to see. */
bool input_html_is_markup(const char *text, size_t length);
void input_html_start(void); /* once, before threads */

#endif
