/* SPDX-License-Identifier: MIT
 * Who is meant, mended by the annotator: words get an actor, lose one, or a dyad is added from here to there. A change holds for the
 * sentence (all of its units get the new mentions; dyads that it makes impossible are closed with the flag "not-a-dyad", those that
 * it makes are added to the list for this annotator), on request for the article, and is one act: undone at one key. */
#ifndef STANCE_ANNOTATE_MEND_H
#define STANCE_ANNOTATE_MEND_H

#include "act.h"
#include "articles.h"
#include "names.h"

struct annotate_mend {
  enum annotate_mend_kind { ANNOTATE_MEND_ACTOR, ANNOTATE_MEND_NONE, ANNOTATE_MEND_DYAD } kind;
  const char *article;
  uint32_t sentence;
  uint32_t start, end;               /* code points: the words in question; of the source for a dyad */
  const char *actor;                 /* who they are; the source of a dyad */
  uint32_t target_start, target_end; /* of a dyad */
  const char *target;
  bool in_article; /* the same words elsewhere in the article, too */
  const char *
      was; /* in_article as a second yes: the sentence itself is mended already, and these words were this actor's ("": nobody's) */
};

struct annotate_mended {
  size_t sentences, changed, closed, added; /* units: with other mentions, closed, new for this annotator */
  size_t elsewhere; /* sentences of the article in which the same words stand and were left alone */
};

/* Makes the records in `act` (begun by the caller); new units are on the disk and in the list when it returns. Nobody else may use
 * the list meanwhile. names NULL: an actor and its members are not told apart. STANCE_INPUT for words that are not in the sentence,
 * or where source and target are one. */
enum stance_status annotate_mend(const struct annotate_writer *writer, struct annotate_units *units,
                                 const struct annotate_names *names, const struct annotate_mend *mend, int64_t wall,
                                 struct annotate_act *act, struct annotate_mended *mended, struct stance_error *error);

#endif
