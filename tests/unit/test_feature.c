/* SPDX-License-Identifier: MIT
 * The engine: masking, symbols, normalisation, names, and the cache of a sentence. */
#include "marked_sentence.h"

#include <math.h>

static struct stance_featurizer *featurizer_new(void) {
  struct stance_featurizer *featurizer;
  struct stance_error error;
  cr_assert_eq(stance_featurizer_new(NULL, &featurizer, &error), STANCE_OK);
  return featurizer;
}

/* Kept to the end of the test program, as featurizers borrow it. */
static const struct stance_lexicon *lexicon_of_corpora(void) {
  static struct stance_lexicon *lexicon;
  struct stance_error error = {.message = ""};
  if (!lexicon) cr_assert_eq(stance_lexicon_open("corpora/lexicon", &lexicon, &error), STANCE_OK, "%s", error.message);
  return lexicon;
}

static const struct stance_features *run(struct stance_featurizer *featurizer, const struct marked_sentence *marked,
                                         const char *templates, bool with_origins) {
  struct stance_error error = {.message = ""};
  stance_template_set set;
  const struct stance_features *features = NULL;
  enum stance_unit_kind kind = marked->unit.source   ? STANCE_UNIT_DYAD
                               : marked->unit.target ? STANCE_UNIT_TARGET
                                                     : STANCE_UNIT_SENTENCE;
  cr_assert_eq(stance_template_parse(templates, kind, &set, &error), STANCE_OK, "%s", error.message);
  cr_assert_eq(stance_featurize(featurizer, &marked->document, &marked->unit, set, with_origins, &features, &error),
               STANCE_OK);
  return features;
}

static const struct stance_feature_origin *find(const struct stance_features *features, const char *name) {
  for (size_t i = 0; i < features->count; i++)
    if (strcmp(features->origins[i].name, name) == 0) return &features->origins[i];
  return NULL;
}

static void expect_names(const char *text, char source, char target, const char *templates, const char *const *names,
                         size_t count) {
  struct stance_featurizer *featurizer;
  struct stance_error error;
  struct marked_sentence marked;
  cr_assert_eq(stance_featurizer_new(lexicon_of_corpora(), &featurizer, &error), STANCE_OK);
  marked_make(&marked, text, source, target);
  const struct stance_features *features = run(featurizer, &marked, templates, true);
  for (size_t i = 0; i < count; i++) {
    bool is_unwanted = names[i][0] == '!';
    bool is_there = find(features, names[i] + is_unwanted) != NULL;
    cr_expect(is_there != is_unwanted, "%s: %s", text, names[i]);
  }
  marked_free(&marked);
  stance_featurizer_destroy(featurizer);
}
#define EXPECT_NAMES(text, source, target, templates, ...)                              \
  do {                                                                                  \
    const char *const names[] = {__VA_ARGS__};                                          \
    expect_names(text, source, target, templates, names, sizeof names / sizeof *names); \
  } while (0)

Test(feature, masks_mentions_by_role) {
  EXPECT_NAMES("[Mali|A] accused [France|B] before [Niger|C].", 'A', 'B', "word", "word:SRC accused",
               "word:accused TGT", "word:before ACT", "!word:mali", "!word:accused france");
  EXPECT_NAMES("[Mali|A] accused [France|B] before [Niger|C].", 'B', 'A', "word", "word:TGT accused",
               "word:accused SRC");
}

Test(feature, collapses_a_mention_and_keeps_what_it_leaves) {
  EXPECT_NAMES("[Burkina Faso|A]'s army left the [French|B]-led force.", 'A', 'B', "word", "word:SRC 's",
               "word:'s army", "word:the TGT", "word:TGT -led", "!word:SRC SRC");
  EXPECT_NAMES("The [Mali|A]an army held an anti-[French|B] rally.", 'A', 'B', "word", "word:SRC army",
               "word:anti- TGT", "!word:an army");
}

Test(feature, joins_three_words_where_asked) {
  EXPECT_NAMES("[Mali|A] accused [France|B] again.", 'A', 'B', "trigram", "trigram:SRC accused TGT",
               "trigram:accused TGT again", "!trigram:SRC accused");
  EXPECT_NAMES("[Mali|A] left.", 0, 0, "trigram", "trigram:ACT left .", "!trigram:left .");
}

Test(feature, makes_later_what_the_first_unit_did_not_need) { /* events after words of the same sentence */
  struct stance_error error;
  struct stance_lexicon *lexicon;
  struct stance_featurizer *one, *two;
  struct marked_sentence marked;
  cr_assert_eq(stance_lexicon_open("corpora/lexicon", &lexicon, &error), STANCE_OK);
  cr_assert_eq(stance_featurizer_new(lexicon, &one, &error), STANCE_OK);
  cr_assert_eq(stance_featurizer_new(lexicon, &two, &error), STANCE_OK);
  marked_make(&marked, "[Mali|A]'s junta never accused [France|B] of deadly raids.", 'A', 'B');
  cr_expect_gt(run(one, &marked, "word", false)->count, 0);
  cr_expect_gt(run(one, &marked, "valence", false)->count, 0);
  cr_expect_gt(run(one, &marked, "role", false)->count, 0);
  const struct stance_features *late = run(one, &marked, "", false), *fresh = run(two, &marked, "", false);
  cr_assert_eq(late->count, fresh->count);
  cr_expect_eq(memcmp(late->ids, fresh->ids, late->count * sizeof *late->ids), 0);
  cr_expect_eq(memcmp(late->values, fresh->values, late->count * sizeof *late->values), 0);
  marked_free(&marked);
  stance_featurizer_destroy(one);
  stance_featurizer_destroy(two);
  stance_lexicon_close(lexicon);
}

Test(feature, folds_numbers) {
  EXPECT_NAMES("[Mali|A] expelled 15 envoys of [France|B].", 'A', 'B', "word", "word:expelled NUM", "!word:15");
}

Test(feature, tells_zones_and_order) {
  EXPECT_NAMES("Angrily [Mali|A] accused [France|B] again.", 'A', 'B', "zone", "zone:before source-first angrily",
               "zone:between source-first accused", "zone:after source-first again");
  EXPECT_NAMES("Angrily [Mali|A] accused [France|B] again.", 'B', 'A', "zone", "zone:between target-first accused");
}

Test(feature, takes_the_nearest_pair) { /* the second "he" and France, not the first */
  EXPECT_NAMES("[He|A] left and then [he|A] praised [France|B].", 'A', 'B', "zone", "zone:before source-first left",
               "zone:between source-first praised", "!zone:between source-first left");
}

Test(feature, serves_targets_and_sentences) {
  EXPECT_NAMES("Critics scorned [Smith|A] loudly.", 0, 'A', "window", "window:TGT left scorned",
               "window:TGT scorned TGT", "window:TGT TGT loudly");
  EXPECT_NAMES("Floods hit [Niger|A].", 0, 0, "word", "word:floods hit", "word:hit ACT");
}

Test(feature, normalises_to_length_one_before_repeats_add_up) {
  struct stance_featurizer *featurizer = featurizer_new();
  struct marked_sentence marked;
  marked_make(&marked, "[A|A] met [B|B]", 'A', 'B');
  const struct stance_features *features = run(featurizer, &marked, "word", false);
  /* SRC, met, TGT, SRC met, met TGT: five emissions of 1 */
  cr_assert_eq(features->count, 5);
  for (size_t i = 0; i < 5; i++) cr_expect_float_eq(features->values[i], 1 / sqrt(5.0), 1e-6);
  cr_expect_null(features->origins);
  marked_free(&marked);
  stance_featurizer_destroy(featurizer);
}

Test(feature, gives_the_same_ids_with_and_without_names) {
  static const char roles[][2] = {{'A', 'B'}, {0, 'B'}, {0, 0}}; /* of a dyad, a target, a sentence */
  for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
    struct stance_featurizer *one = featurizer_new(), *two = featurizer_new();
    struct marked_sentence marked;
    marked_make(&marked, "On Monday [Mali|A]'s junta wrongly accused [France|B] of 12 deadly raids near [Niger|C].",
                roles[i][0], roles[i][1]);
    const struct stance_features *bare = run(one, &marked, "", false), *named = run(two, &marked, "", true);
    cr_assert_eq(bare->count, named->count);
    cr_expect_eq(memcmp(bare->ids, named->ids, bare->count * sizeof *bare->ids), 0);
    cr_expect_eq(memcmp(bare->values, named->values, bare->count * sizeof *bare->values), 0);
    marked_free(&marked);
    stance_featurizer_destroy(one);
    stance_featurizer_destroy(two);
  }
}

Test(feature, says_where_a_feature_was_seen) {
  struct stance_featurizer *featurizer = featurizer_new();
  struct marked_sentence marked;
  marked_make(&marked, "[Mali|A] accused [France|B].", 'A', 'B');
  const struct stance_feature_origin *origin = find(run(featurizer, &marked, "word", true), "word:accused TGT");
  cr_assert_not_null(origin);
  cr_expect_eq(origin->start, 5);
  cr_expect_eq(origin->end, 19);
  marked_free(&marked);
  stance_featurizer_destroy(featurizer);
}

Test(feature, notices_another_sentence_at_the_same_address) {
  struct stance_featurizer *featurizer = featurizer_new();
  struct marked_sentence marked;
  marked_make(&marked, "[Mali|A] accused [France|B].", 'A', 'B');
  cr_expect_not_null(find(run(featurizer, &marked, "word", true), "word:accused TGT"));
  marked_free(&marked);
  marked_make(&marked, "[Mali|A] praised [France|B].", 'A', 'B');
  const struct stance_features *features = run(featurizer, &marked, "word", true);
  cr_expect_not_null(find(features, "word:praised TGT"));
  cr_expect_null(find(features, "word:accused TGT"));
  marked_free(&marked);
  stance_featurizer_destroy(featurizer);
}

Test(feature, bears_units_whose_actors_are_not_mentioned) {
  struct stance_featurizer *featurizer = featurizer_new();
  struct marked_sentence marked;
  marked_make(&marked, "[Mali|A] slept.", 'B', 'A');
  cr_expect_gt(run(featurizer, &marked, "", false)->count, 0);
  marked.unit.target = &marked.actors[2];
  cr_expect_gt(run(featurizer, &marked, "", false)->count, 0);
  marked_free(&marked);
  marked_make(&marked, "", 'B', 'A');
  cr_expect_eq(run(featurizer, &marked, "word,zone,window,prefix", false)->count, 0);
  marked_free(&marked);
  stance_featurizer_destroy(featurizer);
}

/* The same hostile verb, seen from both ends, whatever verb it is. */
Test(feature, says_who_acts) {
  EXPECT_NAMES("[France|B] was accused by [Mali|A] of lies.", 'A', 'B', "role,lemma,slot,summary",
               "role:forward hostile", "role:forward verbal-conflict", "role:forward hostile passive",
               "lemma:forward accuse", "slot:subj obj hostile", "summary:forward net hostile",
               "summary:net hostile none", "!role:reverse hostile");
  EXPECT_NAMES("[France|B] was accused by [Mali|A] of lies.", 'B', 'A', "role,summary", "role:reverse hostile",
               "summary:net none hostile", "!role:forward hostile");
  EXPECT_NAMES("[Mali|A] and [France|B] clashed.", 'B', 'A', "role", "role:mutual hostile");
  EXPECT_NAMES("[Mali|A] refused to support [France|B].", 'A', 'B', "role", "role:forward hostile negated");
  EXPECT_NAMES("[Mali|A] thanked [Niger|C] for condemning [France|B].", 'A', 'B', "role", "role:chain hostile");
  EXPECT_NAMES("[France|B] was accused by [Mali|A] of lies.", 'A', 'B', "conjunction",
               "conjunction:subj obj hostile verbal-conflict");
}

/* Who welcomes what two others share is friendly to both. */
Test(feature, a_welcome_reaches_both_sides) {
  EXPECT_NAMES("[France|A] welcomed a resumption of ties between [Mali|B] and [Niger|C].", 'A', 'B', "role",
               "role:chain friendly");
  EXPECT_NAMES("[Kenya|A] hailed the peace accord between [Sudan|B] and [Chad|C].", 'A', 'C', "role",
               "role:chain friendly");
  EXPECT_NAMES("[Peru|A] praised the treaty between [Chile|B] and [Bolivia|C].", 'A', 'B', "role",
               "role:chain friendly");
  EXPECT_NAMES("[Japan|A] applauded the alliance between [Laos|B] and [Nepal|C].", 'A', 'C', "role",
               "role:chain friendly");
  EXPECT_NAMES("[Ghana|A] condemned the clashes between [Togo|B] and [Benin|C].", 'A', 'B', "role",
               "!role:chain friendly", "!role:chain hostile");
}

/* Whether who condemns a deed is friendly to who suffers it, is for the labels to say; hostile it is not. */
Test(feature, who_condemns_a_deed_is_no_enemy_of_its_victim) {
  EXPECT_NAMES("[Oman|A] condemned [Iran|C] for attacking [Iraq|B].", 'A', 'B', "role", "role:net chain friendly",
               "!role:third-target hostile", "!role:net forward friendly");
  EXPECT_NAMES("[Oman|A] praised [Iran|C] for attacking [Iraq|B].", 'A', 'B', "role", "role:net chain hostile",
               "role:third-target hostile");
  EXPECT_NAMES("[Oman|A] condemned [Iraq|B].", 'A', 'B', "role", "role:net forward hostile");
}

Test(feature, a_summary_of_one_event_was_seen_where_it_stands) {
  struct stance_featurizer *featurizer;
  struct marked_sentence marked;
  struct stance_error error;
  cr_assert_eq(stance_featurizer_new(lexicon_of_corpora(), &featurizer, &error), STANCE_OK);
  marked_make(&marked, "[Mali|A] accused [France|B].", 'A', 'B');
  const struct stance_features *features = run(featurizer, &marked, "summary", true);
  const char *const of_it[] = {"summary:forward hostile n1", "summary:forward net hostile", "summary:net hostile none"};
  for (size_t i = 0; i < 3; i++) {
    const struct stance_feature_origin *origin = find(features, of_it[i]);
    cr_assert(origin, "%s", of_it[i]);
    cr_expect(origin->start == 5 && origin->end == 12, "%s", of_it[i]);
  }
  const struct stance_feature_origin *none = find(features, "summary:reverse net none");
  cr_assert(none);
  cr_expect_eq(none->end, 0);
  marked_free(&marked);
  marked_make(&marked, "[Mali|A] accused [France|B] and [Mali|A] denounced [France|B].", 'A', 'B');
  const struct stance_feature_origin *both =
      find(run(featurizer, &marked, "summary", true), "summary:forward net hostile");
  cr_assert(both);
  cr_expect_eq(both->end, 0);
  marked_free(&marked);
  stance_featurizer_destroy(featurizer);
}

Test(feature, says_who_speaks) {
  EXPECT_NAMES("\"[Mali|A] is a disgrace,\" said [France|B].", 'B', 'A', "speech", "speech:SRC says TGT",
               "speech:SRC says TGT quoted minus");
  EXPECT_NAMES("[Niger|C] said [Mali|A] had attacked [France|B].", 'A', 'B', "speech",
               "speech:ACT says forward hostile");
  /* the press tells what others do */
  EXPECT_NAMES("[Xinhua|P] said [Mali|A] had attacked [France|B].", 'P', 'A', "speech", "speech:press says TGT",
               "!speech:SRC says TGT");
}

Test(feature, weighs_good_and_ill) { /* AFINN: good 3, bad -3; "not good" counts as bad */
  EXPECT_NAMES("The [Mali|A] show was not good.", 0, 'A', "polarity", "polarity:after none minus",
               "polarity:after none net minus", "!polarity:after none plus");
  EXPECT_NAMES("A bad day.", 0, 0, "polarity", "polarity:many none net minus");
}

Test(feature, sees_patterns_of_classes) {
  EXPECT_NAMES("[Mali|A] was praised by [France|B].", 'A', 'B', "class", "class:SRC was friendly passive",
               "class:friendly passive by TGT");
}

Test(feature, names_actors_only_where_asked) {
  EXPECT_NAMES("[Mali|A] met [France|B].", 'A', 'B', "actors", "actors:SRC A", "actors:TGT B", "actors:A B");
  EXPECT_NAMES("[Mali|A] met [France|B].", 'A', 'B', "", "!actors:SRC A", "word:SRC met");
}

Test(feature, takes_characters_by_code_point) {
  EXPECT_NAMES("été [Mali|A]", 0, 0, "characters", "characters:^ét", "characters:^été$", "!characters:^mal");
}

Test(feature, counts_events_of_a_sentence) {
  EXPECT_NAMES("Rebels attacked.", 0, 0, "events", "events:material-conflict hostile", "events:hostile attack",
               "events:net minus");
}

/* Of the features not wanted only the norm is kept; the others come in the same order with the same values. */
Test(feature, keeps_only_what_is_wanted) {
  static const uint64_t even = 0x5555555555555555; /* by the upper six bits of the id */
  const struct stance_feature_filter wanted = {.bits = &even, .shift = 64 - 6};
  struct stance_featurizer *featurizer, *chooser;
  struct stance_error error;
  struct marked_sentence marked;
  const struct stance_features *some;
  size_t kept = 0;
  cr_assert_eq(stance_featurizer_new(lexicon_of_corpora(), &featurizer, &error), STANCE_OK);
  cr_assert_eq(stance_featurizer_new(lexicon_of_corpora(), &chooser, &error), STANCE_OK);
  marked_make(&marked, "[Mali|A] sharply condemned [France|B] and expelled its envoy.", 'A', 'B');
  const struct stance_features *all = run(featurizer, &marked, "", false);
  cr_assert_eq(stance_featurize_wanted(chooser, &marked.document, &marked.unit,
                                       stance_template_default(STANCE_UNIT_DYAD), &wanted, &some, &error),
               STANCE_OK);
  for (size_t i = 0; i < all->count; i++) {
    if (!stance_feature_is_wanted(&wanted, all->ids[i])) continue;
    cr_assert_lt(kept, some->count);
    cr_expect_eq(some->ids[kept], all->ids[i]);
    cr_expect(memcmp(&some->values[kept++], &all->values[i], sizeof(float)) == 0);
  }
  cr_expect_eq(kept, some->count);
  cr_expect(kept > 10 && kept < all->count - 10);
  marked_free(&marked);
  stance_featurizer_destroy(featurizer);
  stance_featurizer_destroy(chooser);
}
