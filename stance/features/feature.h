/* SPDX-License-Identifier: MIT
 * Units to features. A feature template is a small function that reads a unit and emits features; training and scoring
 * run the same ones. A feature's id is the hash of its template and its parts; its name ("between:accuse") is made only
 * while explaining. May include labels/, actors/, events/, text/ and base/; model/ and train/ read it. One featurizer
 * per thread.
 *
 *   x[f] = (sum of f's emitted values) / sqrt(sum over all emissions of value^2)      so |x| is about 1
 *   where a value is what the template emits times the template's weight
 */
#ifndef STANCE_FEATURE_H
#define STANCE_FEATURE_H

#include "stance/base/arena.h"
#include "stance/base/hash.h"
#include "stance/events/lexicon.h"
#include "stance/labels/codebook.h"
#include "stance/stance.h"

/* A feature's name and its place in the sentence; kept only while explaining. */
struct stance_feature_origin {
  const char *name;
  uint32_t start, end; /* bytes in document->text, from the first to the last word of it */
};

struct stance_zone_word;
struct stance_features { /* of one unit; an id may repeat: its values add up */
  uint64_t *ids;
  float *values;                         /* after normalisation */
  struct stance_feature_origin *origins; /* [count]; NULL unless asked for */
  size_t count, capacity;
  /* The values of the zones (vectors.h); NULL: template vectors is off, or there are no word vectors. */
  const float *dense;
  size_t dense_count;
  const struct stance_zone_word
      *zone_words; /* [zone_word_count]: what each word adds to the zones; only while explaining */
  size_t zone_word_count;
  const char *text; /* the document's */
};

/* An entry of the table of templates (template.h). */
struct stance_template;
/* The number of templates. */
size_t stance_template_count(void);
/* The name of template `index`, which the names of its features start with. Constant. */
const char *stance_template_name(size_t index);
/* Its description in one line. Constant. */
const char *stance_template_doc(size_t index);
/* Whether the template serves units of this kind. */
bool stance_template_serves(size_t index, enum stance_unit_kind kind);

/* A set of templates: bit i for template i. */
typedef uint64_t stance_template_set;
/* The templates that are on by default. */
stance_template_set stance_template_default(enum stance_unit_kind kind);
/* Parses a set: "word,zone" is these; "+actors,-window" changes the default; "" is the default. STANCE_USAGE names an
 * unknown template and similar names. */
enum stance_status stance_template_parse(const char *text, enum stance_unit_kind kind, stance_template_set *out,
                                         struct stance_error *error);
/* The templates that fill zones (vectors.h) instead of emitting features. */
stance_template_set stance_template_dense(void);
/* The set as "a,b,c", in table order, in the arena; NULL: out of memory. */
char *stance_template_format(stance_template_set set, struct stance_arena *arena);

/* A Bloom filter of features: one is wanted if the bit of its upper bits, id >> shift, is set. rows: what will be read of
 * those that are wanted, of `row_size` bytes each, by the lower bits of the id; prefetched while the other features are
 * made. NULL: nothing. */
struct stance_feature_filter {
  const uint64_t *bits;
  unsigned shift;
  const unsigned char *rows;
  uint64_t row_mask;
  size_t row_size;
};
static inline bool stance_feature_is_wanted(const struct stance_feature_filter *filter, uint64_t id) {
  uint64_t bit = id >> filter->shift;
  return filter->bits[bit >> 6] >> (bit & 63) & 1;
}

struct stance_featurizer;
/* A featurizer for one thread. The lexicon must outlive it; NULL: templates that need one emit nothing. Destroy it. */
enum stance_status stance_featurizer_new(const struct stance_lexicon *lexicon, struct stance_featurizer **out,
                                         struct stance_error *error);
/* Frees it; NULL is fine. */
void stance_featurizer_destroy(struct stance_featurizer *featurizer);
struct stance_vectors;
/* Gives it word vectors for template vectors; they must outlive it. NULL: none, and the template does nothing. */
void stance_featurizer_give_vectors(struct stance_featurizer *featurizer, const struct stance_vectors *vectors);
/* The features of a unit, whose kind follows from which of source and target are NULL. Pass the units of a sentence one
 * after the other: what depends only on the sentence is computed once. with_origins: fills origins and zone_words. *out
 * is valid until the next call. STANCE_USAGE: the unit's sentence is not in the document. */
enum stance_status stance_featurize(struct stance_featurizer *featurizer, const struct stance_document *document,
                                    const struct stance_unit *unit, stance_template_set templates, bool with_origins,
                                    const struct stance_features **out, struct stance_error *error);
/* The same without the features that the filter rejects; they still count in the normalisation. */
enum stance_status stance_featurize_wanted(struct stance_featurizer *featurizer, const struct stance_document *document,
                                           const struct stance_unit *unit, stance_template_set templates,
                                           const struct stance_feature_filter *wanted,
                                           const struct stance_features **out, struct stance_error *error);

#endif
