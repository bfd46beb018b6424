/* SPDX-License-Identifier: MIT
 * What an element's kind and its author's names for it (class, id, role) say against its being of the article. */
#ifndef STANCE_INPUT_HTML_NAME_H
#define STANCE_INPUT_HTML_NAME_H

#include "html_tree.h"

/* What an element's tag and names (class, id, role) say against its being part of the article. word: the number of the doubtful word in its
 * class or id, below HTML_WORDS; 0: it is doubted for another reason, or not. */
enum html_doubt html_name_doubt(const GumboElement *element, uint8_t *word);

#endif
