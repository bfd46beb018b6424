/* SPDX-License-Identifier: MIT
 * Whether an element's tag and names (class, id, role) suggest that it is not part of the article. */
#ifndef STANCE_INPUT_HTML_NAME_H
#define STANCE_INPUT_HTML_NAME_H

#include "html_tree.h"

/* The doubt about an element. *word: the number, below HTML_WORDS, of the doubtful word in its class or id; 0: another
 * reason, or no doubt. */
enum html_doubt html_name_doubt(const GumboElement *element, uint8_t *word);

#endif
