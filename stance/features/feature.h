/* SPDX-License-Identifier: MIT
 * Units to features. A template is a small function that looks at a unit and emits features; training and scoring run the same
 * ones. A feature's id is the hash of its template and its parts; its name ("between:accuse") is made only where
 * origins are asked for. May include labels/, actors/, events/, text/ and base/; model/ and train/ read it. One thread a featurizer.
 *
 *   x[f] = (sum of f's emitted values) / sqrt(sum over all emissions of value^2)      so that |x| is about 1
 */
#ifndef STANCE_FEATURE_H
#define STANCE_FEATURE_H

#include "stance/base/arena.h"
#include "stance/base/hash.h"
#include "stance/events/lexicon.h"
#include "stance/labels/codebook.h"
#include "stance/stance.h"

/* Where a feature's name comes from and where in the sentence it was seen; only kept while names are asked for. */
struct stance_feature_origin {
  const char *name;
  uint32_t start, end; /* bytes in document->text: the words it was made of */
};

struct stance_zone_word;
struct stance_features { /* of one unit; ids may repeat, values then add up */
  uint64_t *ids;
  float *values;                         /* after normalisation */
  struct stance_feature_origin *origins; /* NULL while scoring */
  size_t count, capacity;
  /* template vectors: the zones' values (vectors.h); NULL where the template is off or there are no vectors */
  const float *dense;
  size_t dense_count;
  const struct stance_zone_word *zone_words; /* [zone_word_count], while names are asked for: what each word adds */
  size_t zone_word_count;
  const char *text; /* the document's */
};

/* The table of templates: name, one line of doc, the unit kinds it serves. */
struct stance_template;
/* How many templates there are. */
size_t stance_template_count(void);
/* Of template `index` below the count: its name, as features' names begin. Constant. */
const char *stance_template_name(size_t index);
/* Its description in one line. Constant. */
const char *stance_template_doc(size_t index);
/* Whether units of this kind have features of it. */
bool stance_template_serves(size_t index, enum stance_unit_kind kind);

/* Which templates are on: bit i for template i. Parses "+char-ngrams,-prefix" against the default, or "a,b,c" as the whole list; an
 * unknown name is an error that lists the near ones. */
typedef uint64_t stance_template_set;
/* The templates that are on where nothing is asked for. */
stance_template_set stance_template_default(enum stance_unit_kind kind);
/* "word,zone": these; "+actors,-window": changes to the default; "": the default. STANCE_USAGE names what is unknown. */
enum stance_status stance_template_parse(const char *text, enum stance_unit_kind kind, stance_template_set *out,
                                         struct stance_error *error);
/* The templates whose values are no features but zones (vectors.h). */
stance_template_set stance_template_dense(void);
/* "a,b,c" in table order; in the arena. */
char *stance_template_format(stance_template_set set, struct stance_arena *arena);

/* Which features are wanted: those whose upper bits (id >> shift) have their bit set. */
struct stance_feature_filter {
  const uint64_t *bits;
  unsigned shift;
};
static inline bool stance_feature_is_wanted(const struct stance_feature_filter *filter, uint64_t id) {
  uint64_t bit = id >> filter->shift;
  return filter->bits[bit >> 6] >> (bit & 63) & 1;
}

/* A thread's work space. Borrows the lexicon (may be NULL: its templates emit nothing). */
struct stance_featurizer;
/* A featurizer for one thread. lexicon: must outlive it; NULL: templates that need one are silent. Destroy it. */
enum stance_status stance_featurizer_new(const struct stance_lexicon *lexicon, struct stance_featurizer **out,
                                         struct stance_error *error);
/* Frees it; NULL is fine. */
void stance_featurizer_destroy(struct stance_featurizer *featurizer);
/* Word vectors for the template of that name, borrowed; NULL: none, and the template says nothing. */
struct stance_vectors;
/* Lets it make zones of word vectors, which must outlive it; NULL: none. */
void stance_featurizer_give_vectors(struct stance_featurizer *featurizer, const struct stance_vectors *vectors);
/* Features of one unit (its kind given by which of source and target are NULL). What depends on the sentence alone is computed
 * once for the units of a sentence that follow each other. Borrowed until the next call. with_origins: fill origins. */
enum stance_status stance_featurize(struct stance_featurizer *featurizer, const struct stance_document *document,
                                    const struct stance_unit *unit, stance_template_set templates, bool with_origins,
                                    const struct stance_features **out, struct stance_error *error);
/* As featurize, without the features that are not wanted; x is as if they were there. */
enum stance_status stance_featurize_wanted(struct stance_featurizer *featurizer, const struct stance_document *document,
                                           const struct stance_unit *unit, stance_template_set templates,
                                           const struct stance_feature_filter *wanted,
                                           const struct stance_features **out, struct stance_error *error);

#endif
