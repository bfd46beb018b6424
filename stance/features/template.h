/* SPDX-License-Identifier: MIT
 * Feature templates: what one is, the table of them, and their functions by file.
 *
 *   tokens + mentions -> sequence (once a sentence: symbols, word classes, events) -> view (roles of one unit) -> features
 *   feature.c runs the table (template_table.c) of templates (template_*.c), which ask relation.c and make features by emit.c
 */
#ifndef STANCE_TEMPLATE_H
#define STANCE_TEMPLATE_H

#include "emit.h"
#include "relation.h"

/* What a template reads of the sentence beside its symbols; the costlier parts are only made for units that ask for them. */
enum stance_template_needs {
  STANCE_NEEDS_EVENTS,    /* all there is */
  STANCE_NEEDS_WORD_INFO, /* the word info: classes, function words, polarity and valence */
  STANCE_NEEDS_KINDS,     /* kinds and actors */
};

struct stance_template {
  const char *name, *doc;
  unsigned kinds, on; /* bits 1 << enum stance_unit_kind: serves, by default */
  float weight;       /* of each emission */
  void (*emit)(struct stance_view *view);
  enum stance_template_needs needs;
  bool reads_symbols;
};
extern const struct stance_template stance_templates[];
extern const size_t stance_templates_count;

/* ---- the templates, by file: each emits the features of the view's unit; none where it does not serve or nothing is found ------ */

/* Each, of template_ngram.c: words of the sentence, of its zones, of windows around source and target; prefixes, distance, characters */
void stance_template_word(struct stance_view *view);
void stance_template_zone(struct stance_view *view);
void stance_template_between(struct stance_view *view);
void stance_template_window(struct stance_view *view);
void stance_template_prefix(struct stance_view *view);
void stance_template_distance(struct stance_view *view);
void stance_template_characters(struct stance_view *view);
void stance_template_trigram(struct stance_view *view);
/* Each, of template_event.c: what source and target do to each other by the lexicon; who speaks; all events of a sentence */
void stance_template_role(struct stance_view *view);
void stance_template_lemma(struct stance_view *view);
void stance_template_slot(struct stance_view *view);
void stance_template_summary(struct stance_view *view);
void stance_template_speech(struct stance_view *view);
void stance_template_events(struct stance_view *view);
/* Each, of template_polarity.c: sums of positive and negative words by zone */
void stance_template_polarity(struct stance_view *view);
void stance_template_valence(struct stance_view *view);
/* Each, of template_class.c: the pattern of word classes around the pair; who the actors are */
void stance_template_class(struct stance_view *view);
void stance_template_actors(struct stance_view *view);
/* template_event.c: what goes together */
void stance_template_conjunction(struct stance_view *view);

#endif
