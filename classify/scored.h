/* SPDX-License-Identifier: MIT
 * A scored article, as it is rendered, aggregated and reported. Probabilities are rounded once, to whole
 * ten-thousandths, so sums do not depend on the order of threads, and stored predictions aggregate to the same
 * numbers. */
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
  const char *source, *target;                         /* ids; both NULL: a sentence unit; source NULL: a target unit */
  const char *source_affiliation, *target_affiliation; /* NULL: the actor has none */
  uint32_t sentence;                                   /* index in sentences */
  uint8_t head, label;
  uint16_t p[STANCE_LABELS_MAX];  /* ten-thousandths that sum to CLASSIFY_ONE; label need not have the largest */
  int32_t score;                  /* sum of p x value: -CLASSIFY_ONE .. CLASSIFY_ONE */
  bool is_seen;                   /* the model that p is from was trained on this sentence; only if asked for */
  uint16_t fold;                  /* p is out of this fold, + 1; 0: p is from the whole model */
  const struct classify_why *why; /* NULL unless asked for, and in copies */
};

struct classify_scored {
  const char *id, *title, *date, *outlet, *url; /* all but id may be NULL */
  const char
      *unit; /* unit id of a label record, if it differs from that made of article, sentence and actors; else NULL */
  struct classify_sentence *sentences;
  uint32_t sentence_count;
  struct classify_unit *units;
  uint32_t unit_count;
  const char *const *kept_names, *const *kept; /* [kept_count] kept columns (--keep); values may be NULL */
  size_t kept_count;
};

/* Sets the unit's p, label and score from p [head's labels], rounded by stance_round_probabilities. */
void classify_round(const struct classify_head *head, const float *p, uint32_t label, struct classify_unit *unit);
/* The sum of p x value, in ten-thousandths. */
int32_t classify_mean_value(const struct classify_head *head, const uint16_t *p);

/* A deep copy in the arena, without explanations; with_sentences: with sentences' texts and mentions. NULL: out of
 * memory. */
struct classify_scored *classify_scored_copy(const struct classify_scored *scored, bool with_sentences,
                                             struct stance_arena *arena);

/* Keeps the units whose label's p is at least min_p ten-thousandths. */
void classify_scored_abstain(struct classify_scored *scored, uint16_t min_p);

/* An interface to a scorer, so that tests can drive the engine with a fake one. open makes a scorer for one thread. */
struct stance_record;
struct classify_scorer_type {
  enum stance_status (*open)(void *context, void **scorer, struct stance_error *error);
  void (*close)(void *scorer);
  /* *out borrows from article, scorer and arena, and is valid until the scorer's next call. */
  enum stance_status (*run)(void *scorer, const struct stance_article *article, struct stance_arena *arena,
                            struct classify_scored *out, struct stance_error *error);
  enum stance_status (*run_record)(void *scorer, const struct stance_record *record, struct stance_arena *arena,
                                   struct classify_scored *out, struct stance_error *error);
};

/* The context of classify_model_scorer. */
struct classify_model {
  const struct stance_model *model;
  const struct stance_gazetteer *gazetteer;
  struct stance_scoring scoring;
  struct classify_heads heads;
  size_t explain;                     /* number of features in explanations; 0: no explanations */
  bool marks_seen;                    /* set is_seen of units */
  struct classify_fold_scores *folds; /* out-of-fold probabilities of training units; may be NULL */
};
extern const struct classify_scorer_type classify_model_scorer; /* its context is a struct classify_model */
/* The heads of a model, borrowed from it. STANCE_INPUT: it has too many. */
enum stance_status classify_model_heads(const struct stance_model *model, struct classify_heads *heads,
                                        struct stance_error *error);

#endif
