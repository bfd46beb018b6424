/* SPDX-License-Identifier: MIT
 * From a web page to an article.
 *
 *   bytes -> [charset] UTF-8 -> [html_scan] bounded page -> gumbo -> [html_tree] elements and blocks
 *     -> [html_select] the article's blocks
 *     -> [html_meta] title, date, outlet, language, URL
 */
#ifndef STANCE_INPUT_HTML_H
#define STANCE_INPUT_HTML_H

#include "charset.h"
#include "stance/base/arena.h"
#include "stance/stance.h"

/* Fills the article's text, and title, date, outlet, language and URL if the page has them; the date is verbatim, or
 * that with which the id starts. The id is borrowed, all else is in the arena. *repaired: bytes invalid in the page's
 * encoding, which became U+FFFD. STANCE_INPUT: no article, or a list of several. Thread-safe. */
enum stance_status input_html_article(const char *id, const char *data, size_t length, struct stance_arena *arena,
                                      struct stance_article *article, size_t *repaired, struct stance_error *error);
/* The same with the charset of an HTTP header, which precedes the page's own; NULL: none. */
enum stance_status input_html_page(const char *id, const char *data, size_t length, const char *charset,
                                   struct stance_arena *arena, struct stance_article *article,
                                   struct input_decoded *decoded, struct stance_error *error);
/* The visible text of a piece of HTML, such as a field of JSON or CSV, with a line for each paragraph. html is UTF-8;
 * the text is in the arena, "" if there is none. */
enum stance_status input_html_text(const char *html, size_t length, struct stance_arena *arena, char **text,
                                   size_t *text_length, struct stance_error *error);
/* The same as one line, for a title. NULL: no text, or out of memory. */
char *input_html_line(const char *html, size_t length, struct stance_arena *arena);
/* Whether text has a tag or an entity of HTML. */
bool input_html_is_markup(const char *text, size_t length);
/* Call once, before starting threads. */
void input_html_start(void);

#endif
