/* SPDX-License-Identifier: MIT
 * A word of the lists that are compiled in: corpora/lexicon/NAME.tsv becomes NAME.inc while the program is built, which is included
 * as the items of an array. So the library needs no file at run time, and a list is edited as data. */
#ifndef STANCE_LISTED_WORD_H
#define STANCE_LISTED_WORD_H

#include <stdint.h>

struct stance_listed_word {
  const char *text;
  uint32_t classes; /* bits; which, says who includes the list */
  uint8_t slot;     /* of word-classes.tsv; else 0 */
};

#endif
