/* SPDX-License-Identifier: MIT
 * Corrections of mentions by the annotator: words get an actor or lose one, or a dyad is added. A correction applies to
 * the sentence, on request to the whole article: all units of the sentence get the new mentions, dyads that become
 * impossible are closed with the flag "not-a-dyad", and new dyads are added to the list for this annotator. It is one
 * act, so one undo reverts it. */
#ifndef STANCE_ANNOTATE_MEND_H
#define STANCE_ANNOTATE_MEND_H

#include "act.h"
#include "articles.h"
#include "names.h"

struct annotate_mend {
  enum annotate_mend_kind { ANNOTATE_MEND_ACTOR, ANNOTATE_MEND_NONE, ANNOTATE_MEND_DYAD } kind;
  const char *article;
  uint32_t sentence;
  uint32_t start, end;               /* code points: the words to correct; for a dyad, those of the source */
  const char *actor;                 /* the words' actor; for a dyad, its source */
  uint32_t target_start, target_end; /* for a dyad */
  const char *target;
  bool in_article; /* also the same words elsewhere in the article */
  const char *
      was; /* with in_article, when the sentence itself is corrected already: the words' actor before that ("": none) */
};

struct annotate_mended {
  size_t sentences, changed, closed, added; /* units: changed, closed, new for this annotator */
  size_t elsewhere;                         /* other sentences of the article with the same words, unchanged */
};

/* Adds the records to `act`, which the caller has begun. New units are on the disk and in the list when it returns. No
 * other thread may use the list during the call. names NULL: dyads of an actor with its own members are not excluded.
 * STANCE_INPUT: the words are not in the sentence, or source and target are the same actor. */
enum stance_status annotate_mend(const struct annotate_writer *writer, struct annotate_units *units,
                                 const struct annotate_names *names, const struct annotate_mend *mend, int64_t wall,
                                 struct annotate_act *act, struct annotate_mended *mended, struct stance_error *error);

#endif
