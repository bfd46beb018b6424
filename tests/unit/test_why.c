/* SPDX-License-Identifier: MIT
 * Explanations: parts sum to the decision, in doubles and as printed; what a feature says goes to its words. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "classify/why.h"
#include "stance/labels/record.h"
#include "stance/model/explain.h"
#include "stance/text/text.h"
#include "temporary.h"

static const char codebook_text[] =
    "{\"name\":\"tiny\",\"heads\":[{\"name\":\"stance\",\"unit\":\"dyad\",\"labels\":["
    "{\"name\":\"hostile\",\"value\":-1},{\"name\":\"neutral\",\"value\":0},{\"name\":\"friendly\",\"value\":1}]}]}";
enum { FEATURES = 2000 };

static struct stance_arena arena;
static struct stance_model *model;
static struct stance_text_matcher *matcher;
static struct stance_featurizer *featurizer;
static struct stance_document document;

static const struct stance_features *features_of_unit(void) {
  const struct stance_features *features;
  cr_assert_eq(stance_featurize(featurizer, &document, &document.units[0], stance_template_default(STANCE_UNIT_DYAD),
                                true, &features, NULL),
               STANCE_OK);
  return features;
}

/* A unit, its features, and a model that knows all of them (or the one of this name alone), with weights that are quarters: all sums are
 * exact in doubles, in any order. */
static void open_all(const char *only) {
  static struct stance_record_mention mentions[] = {{.actor = "MLI", .start = 0, .end = 4},
                                                    {.actor = "FRA", .start = 14, .end = 20}};
  static struct stance_record record = {.unit = "",
                                        .article = "a",
                                        .text = "Mali attacked France\xe2\x80\x99s \"proud\" rulers.",
                                        .source = "MLI",
                                        .target = "FRA",
                                        .mentions = mentions,
                                        .mention_count = 2,
                                        .head = "stance",
                                        .annotator = "",
                                        .at = "",
                                        .note = ""};
  static uint64_t ids[FEATURES];
  static float weights[3 * FEATURES];
  static const char *names[FEATURES];
  struct stance_codebook codebook;
  struct stance_error error = {0};
  char path[64];
  size_t count = 0;
  cr_assert_eq(stance_text_matcher_new(&matcher, &error), STANCE_OK);
  cr_assert_eq(stance_featurizer_new(NULL, &featurizer, &error), STANCE_OK);
  cr_assert_eq(stance_record_document(&record, matcher, &arena, &document, &error), STANCE_OK, "%s", error.message);
  const struct stance_features *features = features_of_unit();
  for (size_t i = 0; i < features->count; i++) {
    bool is_known = only && strcmp(features->origins[i].name, only) != 0;
    for (size_t j = 0; j < count; j++) is_known |= ids[j] == features->ids[i];
    if (is_known || count == FEATURES) continue;
    for (size_t l = 0; l < 3; l++) weights[3 * count + l] = (float)((int)((7 * count + 5 * l) % 13) - 6) / 4;
    names[count] = "";
    ids[count++] = features->ids[i];
  }
  if (only) memcpy(weights, (const float[]){1, 0, -0.5f}, 3 * sizeof *weights);
  struct stance_model_head head = {.name = "stance",
                                   .unit = STANCE_UNIT_DYAD,
                                   .label_count = 3,
                                   .values = {-1, 0, 1},
                                   .bias = {0.5, 0.125, -0.75},
                                   .templates = stance_template_default(STANCE_UNIT_DYAD),
                                   .feature_count = count,
                                   .ids = ids,
                                   .weights = weights,
                                   .names = names};
  cr_assert_gt(count, only ? 0 : 20);
  cr_assert_eq(stance_codebook_parse(codebook_text, strlen(codebook_text), "c", &arena, &codebook, &error), STANCE_OK);
  snprintf(path, sizeof path, "%s/stance-why-%d", temporary_folder(), (int)getpid());
  cr_assert_eq(stance_model_write(path, &codebook, NULL, NULL, &head, 1, NULL, &error), STANCE_OK, "%s", error.message);
  cr_assert_eq(stance_model_open(path, &model, &error), STANCE_OK, "%s", error.message);
  unlink(path);
}

static void close_all(void) {
  stance_model_close(model);
  stance_featurizer_destroy(featurizer);
  stance_text_matcher_destroy(matcher);
  stance_arena_free(&arena);
}

static const struct classify_why *why_of_unit(size_t limit, size_t label) {
  struct classify_explainer *explainer;
  const struct classify_why *why;
  struct stance_error error = {0};
  cr_assert_eq(classify_explainer_new(model, limit, &explainer, &error), STANCE_OK);
  cr_assert_eq(classify_explain(explainer, &document, &document.units[0], 0, label, NULL, &arena, &why, &error),
               STANCE_OK, "%s", error.message);
  classify_explainer_destroy(explainer);
  return why;
}

Test(why, contributions_sum_exactly_to_the_decision, .fini = close_all) {
  struct stance_contribution *list;
  double decisions[STANCE_LABELS_MAX];
  size_t count;
  open_all(NULL);
  const struct stance_features *features = features_of_unit();
  cr_assert_eq(stance_explain(model, 0, features, NULL, &arena, &list, &count, NULL), STANCE_OK);
  cr_assert(stance_model_decide(model, 0, features, decisions));
  for (size_t l = 0; l < 3; l++) {
    double sum = stance_model_bias(model, 0, l);
    for (size_t i = 0; i < count; i++) sum += list[i].by_label[l];
    cr_assert_eq(sum, decisions[l], "%.17g is not %.17g", sum, decisions[l]);
  }
}

Test(why, whole_numbers_sum_at_any_limit, .fini = close_all) {
  double decisions[STANCE_LABELS_MAX];
  open_all(NULL);
  cr_assert(stance_model_decide(model, 0, features_of_unit(), decisions));
  for (size_t limit = 1; limit <= CLASSIFY_WHY_MAX; limit = limit * 2 + 1) {
    const struct classify_why *why = why_of_unit(limit, 0);
    cr_assert_leq(why->feature_count, limit);
    for (size_t l = 0; l < 3; l++) {
      int64_t sum = why->bias[l] + why->others[l];
      for (size_t i = 0; i < why->feature_count; i++) sum += why->features[i].weights[l];
      cr_assert_eq(sum, why->decision[l]);
      cr_assert_eq(why->decision[l], llround(decisions[l] * 10000));
    }
    cr_assert_eq(why->bias[0], 5000);
    cr_assert_eq(why->bias[2], -7500);
  }
  struct stance_contribution *list;
  size_t count;
  cr_assert_eq(stance_explain(model, 0, features_of_unit(), NULL, &arena, &list, &count, NULL), STANCE_OK);
  const struct classify_why *all = why_of_unit(CLASSIFY_WHY_MAX, 0);
  cr_assert_eq(all->feature_count, count);
  for (size_t i = 0; i < count; i++) {
    cr_assert_str_eq(all->features[i].name, list[i].name);
    for (size_t l = 0; l < 3; l++)
      cr_assert_lt(fabs((double)all->features[i].weights[l] - list[i].by_label[l] * 10000), 1.5);
  }
  cr_assert_eq(all->others[1], 0);
}

/* The only feature that the model knows was made of "attacked": that word has all of its weight, and push = 1 x -1 + -0.5 x 1. */
Test(why, words_have_what_their_features_say, .fini = close_all) {
  open_all("word:attacked");
  const struct stance_features *features = features_of_unit();
  double x = 0;
  for (size_t i = 0; i < features->count; i++)
    if (strcmp(features->origins[i].name, "word:attacked") == 0) x += (double)features->values[i];
  cr_assert_gt(x, 0);
  for (size_t label = 0; label < 3; label += 2) {
    const struct classify_why *why = why_of_unit(10, label);
    cr_assert_eq(why->feature_count, 1);
    cr_assert_eq(why->features[0].start, 5);
    cr_assert_eq(why->features[0].end, 13);
    cr_assert_eq(why->word_count, 1);
    cr_assert_eq(why->phrase_count, 1);
    cr_assert(why->phrases[0].start == 5 && why->phrases[0].end == 13);
    cr_assert_float_eq(why->phrases[0].weight, label ? -0.5 * x : x, 1e-9);
    cr_assert_float_eq(why->words[0].push, -1.5 * x, 1e-9);
    cr_assert_float_eq(why->label_decision, why->label_bias + why->phrases[0].weight, 1e-9);
  }
}

Test(why, rounding_keeps_sums) {
  int64_t out[3];
  stance_round_settle((const double[]){0.333, 0.333, 0.334}, 3, stance_round_whole(1, 100), 100,
                      out); /* 33 + 33 + 33: the last has lost most */
  cr_assert(out[0] == 33 && out[1] == 33 && out[2] == 34);
  stance_round_settle((const double[]){0.006, -0.002, 0.006}, 3, stance_round_whole(0.010, 100), 100,
                      out); /* 1 + 0 + 1 is one too many */
  cr_assert_eq(out[0] + out[1] + out[2], 1);
  stance_round_settle((const double[]){1e300, 1}, 2, stance_round_whole(1e300, 100), 100, out);
  cr_assert_eq(out[0] + out[1], stance_round_whole(1e300, 100));
}

/* ---- what is printed ---------------------------------------------------------------------------------------- */

static const struct classify_heads heads = {.items = {{.name = "stance",
                                                       .unit = STANCE_UNIT_DYAD,
                                                       .label_count = 3,
                                                       .labels = {"hostile", "neutral", "friendly"},
                                                       .values = {-1, 0, 1}}},
                                            .count = 1};
/* The first letter takes two bytes and one code point; "threw out" stands at bytes 9 .. 18, code points 8 .. 17. */
static struct classify_sentence sentence = {.text = "\xc3\x89missar threw out a gift", .length = 25, .unit_count = 1};
static const int64_t hand_made[] = {6100, 0, -6100, 1200, -10, 5, -5400, 4000, -8000, 1900, 3990, -14095};
static const struct classify_why_feature hand_features[] = {{"lemma:forward \"expel\"", 9, 18, hand_made}};
static const struct classify_why_word hand_words[] = {{9, 14, 0.3, -0.6}, {15, 18, 0.31, -0.62}, {21, 25, -0.11, 0.2}};
static const struct classify_why_word hand_phrases[] = {{9, 18, 0.61, -1.22}, {21, 25, -0.11, 0.2}};
static const struct classify_why hand_why = {.others = hand_made + 3,
                                             .bias = hand_made + 6,
                                             .decision = hand_made + 9,
                                             .features = hand_features,
                                             .feature_count = 1,
                                             .words = hand_words,
                                             .word_count = 3,
                                             .phrases = hand_phrases,
                                             .phrase_count = 2,
                                             .label_decision = 0.19,
                                             .label_bias = -0.54};
static struct classify_unit hand_unit = {
    .source = "MLI", .target = "FRA", .p = {9000, 500, 500}, .score = -8500, .why = &hand_why};
static const struct classify_scored hand_scored = {
    .id = "a", .sentences = &sentence, .sentence_count = 1, .units = &hand_unit, .unit_count = 1};

static void assert_rendered(classify_render *render, bool has_colour, const char *expected) {
  struct classify_style style = {.heads = &heads, .width = 72, .has_colour = has_colour};
  struct stance_buffer out = {0};
  uint32_t next = 0;
  render(&style, &hand_scored, &next, 1 << 20, &out);
  cr_assert_str_eq(out.data, expected);
  stance_buffer_free(&out);
}

Test(why, jsonl_has_code_points_behind_the_score) {
  assert_rendered(
      classify_render_jsonl, false,
      "{\"article\":\"a\",\"sentence\":0,\"text\":\"\xc3\x89missar threw out a "
      "gift\",\"source\":\"MLI\",\"target\":\"FRA\","
      "\"mentions\":[],\"head\":\"stance\",\"label\":\"hostile\",\"p\":{\"hostile\":0.9000,\"neutral\":0.0500,"
      "\"friendly\":0.0500},\"score\":-0.8500,\"why\":{"
      "\"decision\":{\"hostile\":0.1900,\"neutral\":0.3990,\"friendly\":-1.4095},"
      "\"bias\":{\"hostile\":-0.5400,\"neutral\":0.4000,\"friendly\":-0.8000},"
      "\"features\":[{\"name\":\"lemma:forward \\\"expel\\\"\",\"words\":\"threw out\",\"start\":8,\"end\":17,"
      "\"weights\":{\"hostile\":0.6100,\"neutral\":0.0000,\"friendly\":-0.6100}}],"
      "\"others\":{\"hostile\":0.1200,\"neutral\":-0.0010,\"friendly\":0.0005}}}\n");
}

/* 0.61 - 0.11 + others - 0.54 = 0.19: others are 0.23 */
Test(why, table_lists_words_for_and_against) {
  assert_rendered(classify_render_table, false,
                  "a\n   0  \xc3\x89missar threw out a gift\n"
                  "        MLI -> FRA                                        hostile   0.90\n"
                  "            hostile +0.19 = \"threw out\" +0.61, \"gift\" -0.11,\n"
                  "                            others +0.23, bias -0.54\n\n");
}

Test(why, colours_show_what_words_push_towards) {
  assert_rendered(
      classify_render_table, true,
      "\033[1ma\033[0m\n   0  \xc3\x89missar threw out a gift\n"
      "        MLI -> FRA                                        \033[38;5;208mhostile \033[0m  0.90\n"
      "            \xc3\x89missar \033[1m\033[38;5;208mthrew\033[0m \033[1m\033[38;5;208mout\033[0m a "
      "\033[38;5;39mgift\033[0m\n"
      "            hostile +0.19 = \033[38;5;208m\"threw out\" +0.61\033[0m, \033[38;5;39m\"gift\" -0.11\033[0m,\n"
      "                            others +0.23, bias -0.54\n\n");
}
