/* SPDX-License-Identifier: MIT
 * A scored article in the form in which it is printed, aggregated and reported. Probabilities are whole ten-thousandths, rounded
 * once and for all, so that sums do not depend on the order of threads and stored predictions aggregate to the same numbers. */
#ifndef STANCE_CLASSIFY_SCORED_H
#define STANCE_CLASSIFY_SCORED_H

#include "stance/base/arena.h"
#include "stance/labels/codebook.h"
#include "stance/model/round.h"
#include "stance/stance.h"

enum { CLASSIFY_ONE = STANCE_ROUND_ONE, CLASSIFY_HEADS_MAX = 16 };

struct classify_head {
  const char *name;
  enum stance_unit_kind unit;
  size_t label_count;
  const char *labels[STANCE_LABELS_MAX];
  double values[STANCE_LABELS_MAX]; /* -1 .. 1 */
};
struct classify_heads {
  struct classify_head items[CLASSIFY_HEADS_MAX];
  size_t count;
};

struct classify_mention {
  const char *actor;   /* id */
  uint32_t start, end; /* bytes of the sentence, half-open */
  bool is_implicit;
};

struct classify_sentence {
  uint32_t index; /* in the article */
  const char *text;
  uint32_t length;
  const struct classify_mention *mentions;
  uint32_t mention_count;
  uint32_t unit_first, unit_count;
};

struct classify_why;
struct classify_unit {
  const char *source, *target;                         /* ids; both NULL: the sentence; source NULL: the target alone */
  const char *source_affiliation, *target_affiliation; /* NULL where it is the actor itself */
  uint32_t sentence;                                   /* index into sentences */
  uint8_t head, label;
  uint16_t p[STANCE_LABELS_MAX]; /* ten-thousandths; sum to CLASSIFY_ONE; label need not be their largest */
  int32_t score;                 /* sum of p x value: -CLASSIFY_ONE .. CLASSIFY_ONE */
  bool is_seen;  /* the head was trained on this sentence, and p is of the model that was; where asked for */
  uint16_t fold; /* p is out of this fold, + 1; 0: of the whole model */
  const struct classify_why *why; /* NULL where not asked for, and in copies */
};

struct classify_scored {
  const char *id, *title, *date, *outlet, *url; /* all but id may be NULL */
  const char *unit; /* of a label record whose id is not made of article, sentence and actors; else NULL */
  struct classify_sentence *sentences;
  uint32_t sentence_count;
  struct classify_unit *units;
  uint32_t unit_count;
  const char *const *kept_names,
      *const *kept; /* columns and keys that go along (--keep), [kept_count]; values may be NULL */
  size_t kept_count;
};

/* Rounds p [head's labels] to ten-thousandths that sum to one, none 0; fills p, label and score. */
void classify_round(const struct classify_head *head, const float *p, uint32_t label, struct classify_unit *unit);
/* sum of p x value, rounded to a ten-thousandth */
int32_t classify_mean_value(const struct classify_head *head, const uint16_t *p);

/* A copy that outlives what it was made from, without the units' why; with_sentences: their texts and mentions too. NULL: out of memory. */
struct classify_scored *classify_scored_copy(const struct classify_scored *scored, bool with_sentences,
                                             struct stance_arena *arena);

/* Keeps the units that are sure enough (their label's p at least min_p ten-thousandths). */
void classify_scored_abstain(struct classify_scored *scored, uint16_t min_p);

/* What scores articles; a fake one drives the engine's tests. open gives a thread's own scorer. */
struct stance_record;
struct classify_scorer_type {
  enum stance_status (*open)(void *context, void **scorer, struct stance_error *error);
  void (*close)(void *scorer);
  /* The result borrows from article, scorer and arena until the scorer's next call. */
  enum stance_status (*run)(void *scorer, const struct stance_article *article, struct stance_arena *arena,
                            struct classify_scored *out, struct stance_error *error);
  enum stance_status (*run_record)(void *scorer, const struct stance_record *record, struct stance_arena *arena,
                                   struct classify_scored *out, struct stance_error *error);
};

/* The one over a model. */
struct classify_model {
  const struct stance_model *model;
  const struct stance_gazetteer *gazetteer;
  struct stance_scoring scoring;
  struct classify_heads heads;
  size_t explain;                     /* features that explanations show; 0: units are not explained */
  bool marks_seen;                    /* units of sentences that were trained on */
  struct classify_fold_scores *folds; /* of units that were trained on; NULL: none */
};
extern const struct classify_scorer_type classify_model_scorer; /* context: struct classify_model */
/* The heads of a model, borrowed from it. STANCE_INPUT: it has too many. */
enum stance_status classify_model_heads(const struct stance_model *model, struct classify_heads *heads,
                                        struct stance_error *error);

#endif
