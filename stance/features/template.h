/* SPDX-License-Identifier: MIT
 * Feature templates: the struct, the table, and the functions by file.
 *
 *   tokens + mentions -> sequence (per sentence: symbols, word classes, events) -> view (per unit: roles) -> features
 *   feature.c runs the table (template_table.c) of templates (template_*.c), which use relation.c and emit.c
 */
#ifndef STANCE_TEMPLATE_H
#define STANCE_TEMPLATE_H

#include "emit.h"
#include "relation.h"

/* What a template reads of the sentence; costly parts are computed only if needed. */
enum stance_template_needs {
  STANCE_NEEDS_EVENTS,    /* word info and events */
  STANCE_NEEDS_WORD_INFO, /* the word info: classes, function words, polarity and valence */
  STANCE_NEEDS_KINDS,     /* only kinds of symbols, and actors */
};

struct stance_template {
  const char *name, *doc;
  unsigned kinds, on; /* bits 1 << enum stance_unit_kind: serves; is on by default */
  float weight;       /* factor of each emitted value */
  void (*emit)(struct stance_view *view);
  enum stance_template_needs needs;
  bool reads_symbols;
};
extern const struct stance_template stance_templates[];
extern const size_t stance_templates_count;

/* ---- the templates by file: each emits the features of the view's unit, perhaps none --------------------- */

/* Each of these is in template_ngram.c: words of the sentence, of zones, of windows around source and target; prefixes,
 * distance, characters. */
void stance_template_word(struct stance_view *view);
void stance_template_zone(struct stance_view *view);
void stance_template_between(struct stance_view *view);
void stance_template_window(struct stance_view *view);
void stance_template_prefix(struct stance_view *view);
void stance_template_distance(struct stance_view *view);
void stance_template_characters(struct stance_view *view);
void stance_template_trigram(struct stance_view *view);
/* Each of these is in template_event.c: relations of source and target in events; reported speech; the events of a
 * sentence. */
void stance_template_role(struct stance_view *view);
void stance_template_lemma(struct stance_view *view);
void stance_template_slot(struct stance_view *view);
void stance_template_summary(struct stance_view *view);
void stance_template_speech(struct stance_view *view);
void stance_template_events(struct stance_view *view);
/* Each of these is in template_polarity.c: sums of positive and negative words by zone. */
void stance_template_polarity(struct stance_view *view);
void stance_template_valence(struct stance_view *view);
/* Each of these is in template_class.c: the pattern of word classes around the pair; the actors' ids. */
void stance_template_class(struct stance_view *view);
void stance_template_actors(struct stance_view *view);
/* In template_event.c: slots, polarity and class of an event as one feature. */
void stance_template_conjunction(struct stance_view *view);

#endif
