/* SPDX-License-Identifier: MIT
 * The featurizer: keeps the current sentence, assigns the unit's roles to its symbols, runs the templates,
 * normalises. */
#include "feature.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "stance/actors/gazetteer.h"
#include "stance/base/error.h"
#include "template.h"
#include "vectors.h"
#include "word_memo.h"

/* What a set of templates needs for units of one kind. */
struct plan {
  stance_template_set templates;
  enum stance_template_needs needs;
  bool reads_symbols;
  uint8_t items[64]; /* [count]: indices of the templates to run */
  size_t count;
  bool has_vectors; /* template vectors is on */
};

struct stance_featurizer {
  struct plan plans[STANCE_UNIT_SENTENCE + 1]; /* [kind]: the last one used */
  struct stance_sequence sequence;
  uint64_t fingerprint;                         /* of the sentence in `sequence` */
  bool has_sequence, has_word_info, has_events; /* what of it is done: built, described, events found */
  struct stance_view view;
  uint64_t seeds[64];
  struct stance_features features;
  const struct stance_vectors *vectors; /* NULL: none */
  struct stance_zones zones;
  struct stance_word_memo *memo; /* of `vectors` and the filter it was made for; NULL: none yet */
};

enum stance_status stance_featurizer_new(const struct stance_lexicon *lexicon, struct stance_featurizer **out,
                                         struct stance_error *error) {
  *out = NULL;
  struct stance_featurizer *featurizer = calloc(1, sizeof *featurizer);
  if (!featurizer) return stance_fail_memory(error);
  featurizer->sequence.lexicon = lexicon;
  featurizer->view.sequence = &featurizer->sequence;
  featurizer->sequence.cache = stance_word_cache_new(lexicon);
  if (!featurizer->sequence.cache) {
    stance_featurizer_destroy(featurizer);
    return stance_fail_memory(error);
  }
  stance_feature_words_fill(featurizer->view.words);
  featurizer->sequence.number = featurizer->view.words[STANCE_WORD_NUM];
  for (size_t i = 0; i < stance_templates_count; i++)
    featurizer->seeds[i] = stance_hash(stance_templates[i].name, strlen(stance_templates[i].name));
  *out = featurizer;
  return STANCE_OK;
}

void stance_featurizer_destroy(struct stance_featurizer *featurizer) {
  if (!featurizer) return;
  struct stance_view *view = &featurizer->view;
  stance_word_cache_free(featurizer->sequence.cache);
  stance_sequence_free(&featurizer->sequence);
  free(view->roles);
  free(view->polarity.items);
  free(view->valence.items);
  free(view->ids);
  free(view->values);
  free(view->origins);
  stance_buffer_free(&view->name);
  stance_arena_free(&view->names);
  free(view->prefixes.ids);
  stance_zones_free(&featurizer->zones);
  stance_word_memo_free(featurizer->memo);
  free(featurizer);
}

void stance_featurizer_give_vectors(struct stance_featurizer *featurizer, const struct stance_vectors *vectors) {
  featurizer->vectors = vectors;
  stance_word_memo_free(featurizer->memo);
  featurizer->memo = NULL;
  featurizer->zones.is_known = featurizer->zones.has_rows = false;
}

/* ---- the sentence ------------------------------------------------------------------------------------------ */

/* Identifies a sentence and its mentions, which may change while the document stays the same. */
static uint64_t fingerprint_of(const struct stance_document *document, uint32_t index) {
  const struct stance_sentence *sentence = &document->sentences[index];
  uint64_t hash = stance_hash_combine(document->serial, index);
  for (uint32_t i = 0; i < sentence->mention_count; i++) {
    const struct stance_mention *mention = &document->mentions[sentence->mention_first + i];
    hash = stance_hash_combine(hash, (uint64_t)mention->start << 32 | mention->end);
    hash = stance_hash_combine(hash, (uint64_t)(uintptr_t)mention->actor);
  }
  return hash;
}

static const struct plan *plan_for(struct stance_featurizer *featurizer, stance_template_set templates,
                                   enum stance_unit_kind kind) {
  struct plan *plan = &featurizer->plans[kind];
  if (plan->templates == templates) return plan;
  *plan = (struct plan){.templates = templates, .needs = STANCE_NEEDS_KINDS};
  for (size_t i = 0; i < stance_templates_count; i++) {
    if (!(templates >> i & stance_templates[i].kinds >> kind & 1)) continue;
    if (stance_templates[i].emit) plan->items[plan->count++] = (uint8_t)i;
    else plan->has_vectors = true;
    if (stance_templates[i].needs < plan->needs) plan->needs = stance_templates[i].needs;
    plan->reads_symbols |= stance_templates[i].reads_symbols;
  }
  return plan;
}

/* ---- the sentence's symbols and the unit's roles -------------------------------------------------------------- */

static bool view_room(struct stance_view *view, size_t needed) {
  if (needed <= view->capacity) return true;
  size_t capacity = view->sequence->capacity > needed ? view->sequence->capacity : needed;
  uint8_t *roles = realloc(view->roles, capacity);
  if (roles) view->roles = roles;
  struct stance_value *polarity = realloc(view->polarity.items, capacity * sizeof *polarity);
  if (polarity) view->polarity.items = polarity;
  struct stance_value *valence = realloc(view->valence.items, capacity * sizeof *valence);
  if (valence) view->valence.items = valence;
  uint64_t *prefixes = realloc(view->prefixes.ids, capacity * sizeof *prefixes + sizeof *prefixes);
  if (prefixes) view->prefixes.ids = prefixes;
  if (!roles || !polarity || !valence || !prefixes) return false;
  view->capacity = capacity;
  return true;
}

/* Sets up the part of the view that all units of a sentence share. False: out of memory. */
static bool view_sentence(struct stance_view *view) {
  if (!view_room(view, view->sequence->count)) return false;
  memset(view->roles, STANCE_IS_WORD, view->sequence->count);
  view->polarity.is_known = view->valence.is_known = false;
  return true;
}

/* The source and target mentions with the fewest symbols between; the earlier pair on a tie. */
static void find_nearest_pair(struct stance_view *view) {
  uint32_t last_source = STANCE_NO_SYMBOL, last_target = STANCE_NO_SYMBOL, best = STANCE_NO_SYMBOL;
  view->source = view->target = STANCE_NO_SYMBOL;
  for (size_t i = 0; i < view->sequence->place_count; i++) {
    uint32_t place = view->sequence->places[i];
    if (view->roles[place] == STANCE_IS_SOURCE) last_source = place;
    else if (view->roles[place] == STANCE_IS_TARGET) last_target = place;
    else continue;
    if (last_source == STANCE_NO_SYMBOL || last_target == STANCE_NO_SYMBOL) continue;
    uint32_t distance = last_source < last_target ? last_target - last_source : last_source - last_target;
    if (distance >= best) continue;
    best = distance;
    view->source = last_source;
    view->target = last_target;
  }
  if (best == STANCE_NO_SYMBOL) { /* at most one of them is in the sentence */
    view->source = last_source;
    view->target = last_target;
  }
  view->left = view->source < view->target ? view->source : view->target;
  view->right = view->source < view->target ? view->target : view->source;
  if (view->right == STANCE_NO_SYMBOL) view->right = view->left;
}

/* Assigns the unit's roles to the symbols. */
static void view_unit(struct stance_view *view, struct stance_sequence *sequence, const struct stance_unit *unit,
                      enum stance_unit_kind kind) {
  view->unit = unit;
  view->kind = kind;
  view->source_actor = view->target_actor = STANCE_NO_ACTOR;
  for (size_t i = 0; i < sequence->actor_count; i++) {
    if (unit->source && sequence->actors[i] == unit->source) view->source_actor = (uint16_t)i;
    if (unit->target && sequence->actors[i] == unit->target) view->target_actor = (uint16_t)i;
  }
  for (size_t i = 0; i < sequence->place_count; i++) {
    uint32_t place = sequence->places[i];
    uint16_t actor = sequence->info[place].actor;
    bool is_source = actor == view->source_actor, is_target = actor == view->target_actor;
    view->roles[place] = is_source ? STANCE_IS_SOURCE : is_target ? STANCE_IS_TARGET : STANCE_IS_OTHER;
    sequence->symbols[place] = view->words[is_source ? STANCE_WORD_SRC : is_target ? STANCE_WORD_TGT : STANCE_WORD_ACT];
  }
  find_nearest_pair(view);
}

static void view_events(struct stance_view *view) {
  const struct stance_sequence *sequence = view->sequence;
  for (size_t i = 0; i < sequence->event_count; i++) {
    view->parts[i] = stance_event_part(view, &sequence->events[i]);
    view->implied[i] = (int8_t)stance_event_implied_polarity(view, &sequence->events[i]);
  }
}

/* Looks the words' vectors up, whose rows arrive while other work is done; of units of the whole sentence, which prefixes
 * are wanted too. False: out of memory. */
static bool look_words_up(struct stance_featurizer *featurizer, enum stance_unit_kind kind) {
  struct stance_view *view = &featurizer->view;
  struct stance_zones *zones = &featurizer->zones;
  if (kind != STANCE_UNIT_SENTENCE || view->is_naming) return true;
  if (!featurizer->memo) {
    size_t prefix = 0;
    while (stance_templates[prefix].emit != stance_template_prefix) prefix++;
    featurizer->memo = stance_word_memo_new(featurizer->vectors, &view->wanted, featurizer->seeds[prefix]);
  }
  if (!featurizer->memo || !stance_zones_room(zones, featurizer->sequence.count)) return false;
  if (!stance_word_memo_serves(featurizer->memo, &view->wanted)) return true;
  stance_word_memo_read(featurizer->memo, &featurizer->sequence, zones->rows, zones->weights, &view->prefixes);
  zones->has_rows = view->has_prefixes = true;
  return true;
}

/* Computes what these templates need of the sentence and earlier units did not. Units of the whole sentence do without
 * slots where no pair of actors can ask for them, as the slots take half of the time of events. False: out of memory. */
static bool prepare_sentence(struct stance_featurizer *featurizer, const struct stance_document *document,
                             uint32_t index, const struct plan *plan, enum stance_unit_kind kind) {
  struct stance_sequence *sequence = &featurizer->sequence;
  uint64_t fingerprint = fingerprint_of(document, index);
  bool without_slots = kind == STANCE_UNIT_SENTENCE && sequence->actor_count < 2;
  bool is_same = featurizer->has_sequence && featurizer->fingerprint == fingerprint && document->serial;
  if (!is_same || (featurizer->has_events && sequence->without_slots != without_slots)) {
    featurizer->has_sequence = featurizer->has_word_info = featurizer->has_events = false;
    if (!stance_sequence_build(sequence, document, index) || !view_sentence(&featurizer->view)) return false;
    featurizer->fingerprint = fingerprint;
    featurizer->zones.is_known = featurizer->zones.has_rows = false;
    featurizer->has_sequence = true;
    without_slots = kind == STANCE_UNIT_SENTENCE && sequence->actor_count < 2;
  }
  featurizer->view.has_prefixes = false;
  if (plan->has_vectors && featurizer->vectors && !look_words_up(featurizer, kind)) return false;
  if (plan->reads_symbols && !sequence->has_symbols) stance_sequence_symbols(sequence);
  if (plan->needs <= STANCE_NEEDS_WORD_INFO && !featurizer->has_word_info) {
    stance_sequence_describe(sequence);
    featurizer->has_word_info = true;
  }
  if (plan->needs == STANCE_NEEDS_EVENTS && !featurizer->has_events) {
    sequence->without_slots = without_slots;
    stance_events_find(sequence);
    featurizer->has_events = true;
  }
  return true;
}

/* ---- all features of a unit ---------------------------------------------------------------------------------- */

typedef float four_floats __attribute__((vector_size(16)));

/* x = v / sqrt(sum v^2) */
static void normalise(struct stance_view *view) {
  float scale = view->squares > 0 ? (float)(1 / sqrt(view->squares)) : 0;
  size_t i = 0;
  for (four_floats four; i + 4 <= view->feature_count; i += 4) { /* as -O2 does not do by itself */
    memcpy(&four, view->values + i, sizeof four);
    four *= scale;
    memcpy(view->values + i, &four, sizeof four);
  }
  for (; i < view->feature_count; i++) view->values[i] *= scale;
}

/* Prefetches the rows of the features from number `first` on. */
static void fetch_rows(const struct stance_view *view, size_t first) {
  const struct stance_feature_filter *wanted = &view->wanted;
  if (!wanted->rows) return;
  for (size_t i = first; i < view->feature_count; i++)
    __builtin_prefetch(wanted->rows + (view->ids[i] & wanted->row_mask) * wanted->row_size);
}

static bool add_zones(struct stance_featurizer *featurizer, enum stance_unit_kind kind) {
  struct stance_zones *zones = &featurizer->zones;
  const struct stance_view *view = &featurizer->view;
  if (!stance_zones_read(zones, featurizer->vectors, &featurizer->sequence, kind) ||
      !stance_zones_fill(zones, featurizer->vectors, kind, view->source, view->target, view->is_naming))
    return false;
  featurizer->features.dense = zones->values;
  featurizer->features.dense_count = stance_zone_count(kind) * STANCE_VECTOR_DIMENSIONS;
  featurizer->features.zone_words = zones->words;
  featurizer->features.zone_word_count = zones->word_count;
  featurizer->features.text = featurizer->sequence.text;
  return true;
}

static enum stance_status run(struct stance_featurizer *featurizer, const struct stance_document *document,
                              const struct stance_unit *unit, stance_template_set templates,
                              const struct stance_features **out, struct stance_error *error) {
  struct stance_view *view = &featurizer->view;
  *out = NULL;
  if (unit->sentence >= document->sentence_count)
    return stance_fail(error, STANCE_USAGE, "unit of sentence %u in a document of %u", unit->sentence,
                       document->sentence_count);
  enum stance_unit_kind kind = unit->source   ? STANCE_UNIT_DYAD
                               : unit->target ? STANCE_UNIT_TARGET
                                              : STANCE_UNIT_SENTENCE;
  const struct plan *plan = plan_for(featurizer, templates, kind);
  if (!prepare_sentence(featurizer, document, unit->sentence, plan, kind)) return stance_fail_memory(error);
  view_unit(view, &featurizer->sequence, unit, kind);
  if (plan->needs == STANCE_NEEDS_EVENTS && kind != STANCE_UNIT_SENTENCE) view_events(view);
  view->feature_count = 0;
  view->squares = 0;
  view->is_failed = false;
  if (view->is_naming) stance_arena_reset(&view->names);
  for (size_t i = 0; i < plan->count; i++) {
    const struct stance_template *template = &stance_templates[plan->items[i]];
    view->seed = featurizer->seeds[plan->items[i]];
    view->template_name = template->name;
    view->weight = template->weight;
    size_t first = view->feature_count;
    template->emit(view);
    fetch_rows(view, first);
  }
  if (view->is_failed) return stance_fail_memory(error);
  normalise(view);
  featurizer->features = (struct stance_features){.ids = view->ids,
                                                  .values = view->values,
                                                  .origins = view->is_naming ? view->origins : NULL,
                                                  .count = view->feature_count,
                                                  .capacity = view->feature_capacity};
  if (plan->has_vectors && featurizer->vectors && !add_zones(featurizer, kind)) return stance_fail_memory(error);
  *out = &featurizer->features;
  return STANCE_OK;
}

enum stance_status stance_featurize(struct stance_featurizer *featurizer, const struct stance_document *document,
                                    const struct stance_unit *unit, stance_template_set templates, bool with_origins,
                                    const struct stance_features **out, struct stance_error *error) {
  static const uint64_t all = UINT64_MAX;
  featurizer->view.wanted = (struct stance_feature_filter){.bits = &all, .shift = 64 - 6};
  featurizer->view.is_naming = with_origins;
  return run(featurizer, document, unit, templates, out, error);
}

enum stance_status stance_featurize_wanted(struct stance_featurizer *featurizer, const struct stance_document *document,
                                           const struct stance_unit *unit, stance_template_set templates,
                                           const struct stance_feature_filter *wanted,
                                           const struct stance_features **out, struct stance_error *error) {
  featurizer->view.wanted = *wanted;
  featurizer->view.is_naming = false;
  return run(featurizer, document, unit, templates, out, error);
}
