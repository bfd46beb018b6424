/* SPDX-License-Identifier: MIT
 * A word of a list that is compiled in. The build turns corpora/lexicon/NAME.tsv into NAME.inc, the items of an array:
 * the library needs no file at run time, and lists are edited as data. */
#ifndef STANCE_LISTED_WORD_H
#define STANCE_LISTED_WORD_H

#include <stdint.h>

struct stance_listed_word {
  const char *text;
  uint32_t classes; /* bits of the includer's enum */
  uint8_t slot;     /* in word-classes.tsv: enum stance_slot; else 0 */
};

#endif
