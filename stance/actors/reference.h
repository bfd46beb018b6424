/* SPDX-License-Identifier: MIT
 * Implicit mentions: definite descriptions ("the junta", "the western African country", "its former colony") and
 * pronouns that refer to an actor named before (anaphora).
 *
 *   words                             refer to                                              sentences searched
 *   the junta, regime, kingdom ...    the latest actor with that description (by date), or  this and 3 before
 *                                     that the article itself called so ("Mali's junta")
 *   the bloc, group, company ...      the latest actor of that type, if there is just one   this and 3 before
 *   the West African country          the latest state of that region                       this and 3 before
 *   the country                       the state named in this sentence, else the first      this and 2 before
 *                                     of the nearest sentence that names one
 *   the government, the army          the only state named                                  this and 2 before
 *   its former colonial ruler, colony the ruler of the latest state that has one; the       this and 3 before
 *                                     latest state whose ruler is named
 *   he, she, his, her                 the only person before, else the subject              this and 2 before
 *   they                              the subject, if it is plural                          this and 1 before
 *   him, them                         the same, if a clause begins in between               this
 *   it                                the subject, unless a person                          this, or 1 before
 *
 * The rules prefer precision to recall: nothing is added if two actors fit, if a name unknown to the gazetteer stands
 * between, or if a name follows at once ("former colonial ruler France"). Pronouns inside quotations are ignored. */
#ifndef STANCE_REFERENCE_H
#define STANCE_REFERENCE_H

#include "mention_scan.h"

enum stance_reference_word {
  STANCE_REFERENCE_THE = 1 << 0,
  STANCE_REFERENCE_ITS = 1 << 1,
  STANCE_REFERENCE_HE = 1 << 2,  /* he, she */
  STANCE_REFERENCE_HIS = 1 << 3, /* his, her, him: not a subject */
  STANCE_REFERENCE_THEY = 1 << 4,
  STANCE_REFERENCE_THEM = 1 << 5,
  STANCE_REFERENCE_IT = 1 << 6,
  STANCE_REFERENCE_STARTS = (1 << 7) - 1, /* any of these */
  STANCE_REFERENCE_JUNTA = 1 << 7,
  STANCE_REFERENCE_COUNTRY = 1 << 8,
  STANCE_REFERENCE_GOVERNMENT = 1 << 9,
  STANCE_REFERENCE_ORGANISATION = 1 << 10,
  STANCE_REFERENCE_ARMED_GROUP = 1 << 11,
  STANCE_REFERENCE_COMPANY = 1 << 12,
  STANCE_REFERENCE_PARTY = 1 << 13,
  STANCE_REFERENCE_AGENCY = 1 << 14,
  STANCE_REFERENCE_MEDIA = 1 << 15,
  STANCE_REFERENCE_DESCRIPTION = 1 << 16, /* the last word of a description in the gazetteer */
  STANCE_REFERENCE_OTHER = 1 << 17,       /* "the other country", "the rival group": another actor */
  STANCE_REFERENCE_EXPLETIVE = 1 << 18,   /* words after an "it" that refers to nothing: "it is", "it remains" */
  STANCE_REFERENCE_CLAUSE = 1 << 19, /* words before an "it" that refers to the sentence's subject: that, said, but */
  STANCE_REFERENCE_COLONIAL_RULER = 1 << 20,
  STANCE_REFERENCE_COLONY = 1 << 21,
  STANCE_REFERENCE_BREAK = 1 << 22,    /* words after a description that change its referent: of, between, for */
  STANCE_REFERENCE_FUNCTION = 1 << 23, /* the words of STANCE_NAME_FUNCTION, so that one look-up serves both */
};

/* Fills the gazetteer's reference_words, and its starts, with the built-in words. False: out of memory. */
bool stance_reference_words_fill(struct stance_gazetteer *gazetteer);

/* Adds implicit mentions to the document's mentions, in order. False: out of memory. */
bool stance_references_find(struct stance_mention_scan *scan);

#endif
