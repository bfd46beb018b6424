/* SPDX-License-Identifier: MIT
 * The whole pipe: an article goes in, predictions come out in order, and each is what the unit alone gives. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "stance/actors/gazetteer.h"
#include "stance/model/model.h"
#include "temporary.h"

static const char codebook_text[] =
    "{\"name\":\"tiny\",\"heads\":[{\"name\":\"stance\",\"unit\":\"dyad\",\"labels\":["
    "{\"name\":\"hostile\",\"value\":-1},{\"name\":\"neutral\",\"value\":0},{\"name\":\"friendly\",\"value\":1}]},"
    "{\"name\":\"sentiment\",\"unit\":\"sentence\",\"labels\":[{\"name\":\"bad\",\"value\":-1},{\"name\":\"good\","
    "\"value\":1}]}]}";

static struct stance_model *model;
static struct stance_gazetteer *gazetteer;
static char path[64];

static struct stance_lean_weights lean; /* of the sentence head, of the models that are opened next */

static void open_all(void) {
  static const char actors[] =
      "{\"actors\":[{\"id\":\"MLI\",\"name\":\"Mali\",\"type\":\"state\",\"aliases\":[\"Mali\"],\"affiliation\":null},"
      "{\"id\":\"FRA\",\"name\":\"France\",\"type\":\"state\",\"aliases\":[\"France\"],\"affiliation\":null}]}";
  struct stance_arena arena = {0};
  struct stance_codebook codebook;
  struct stance_error error = {0};
  struct stance_model_head heads[2] = {{.name = "stance",
                                        .unit = STANCE_UNIT_DYAD,
                                        .label_count = 3,
                                        .values = {-1, 0, 1},
                                        .bias = {0.5, 0, -0.5},
                                        .templates = stance_template_default(STANCE_UNIT_DYAD),
                                        .weights = (const float[]){0}},
                                       {.name = "sentiment",
                                        .unit = STANCE_UNIT_SENTENCE,
                                        .label_count = 2,
                                        .values = {-1, 1},
                                        .bias = {-1, 1},
                                        .templates = stance_template_default(STANCE_UNIT_SENTENCE),
                                        .lean = lean,
                                        .weights = (const float[]){0}}};
  cr_assert_eq(stance_codebook_parse(codebook_text, strlen(codebook_text), "c", &arena, &codebook, &error), STANCE_OK);
  snprintf(path, sizeof path, "%s/stance-score-%d", temporary_folder(), (int)getpid());
  cr_assert_eq(stance_model_write(path, &codebook, NULL, NULL, heads, 2, NULL, &error), STANCE_OK, "%s", error.message);
  cr_assert_eq(stance_model_open(path, &model, &error), STANCE_OK, "%s", error.message);
  FILE *file = fopen(path, "w");
  fputs(actors, file);
  fclose(file);
  cr_assert_eq(stance_gazetteer_open((const char *const[]){path}, 1, &gazetteer, &error), STANCE_OK, "%s",
               error.message);
  stance_arena_free(&arena);
}

static void close_all(void) {
  stance_gazetteer_close(gazetteer);
  stance_model_close(model);
  unlink(path);
}

static const struct stance_article article = {
    .id = "a", .title = "Talks", .text = "Mali left France out. It rained.", .text_length = 32};

/* The second time all is recalled; what a scorer that knows nothing yet says is the same, to the last bit. */
Test(score, recalls_a_sentence_as_it_was, .init = open_all, .fini = close_all) {
  struct stance_scorer *scorer, *fresh;
  struct stance_result first, second, alone;
  struct stance_error error = {0};
  struct stance_article longer = {.id = "b", .text = "It snowed. Mali left France out. It rained.", .text_length = 43};
  cr_assert_eq(stance_scorer_new(model, gazetteer, NULL, &scorer, &error), STANCE_OK);
  cr_assert_eq(stance_scorer_new(model, gazetteer, NULL, &fresh, &error), STANCE_OK);
  cr_assert_eq(stance_scorer_run(scorer, &article, &first, &error), STANCE_OK);
  cr_assert_eq(stance_scorer_run(scorer, &longer, &second, &error), STANCE_OK);
  cr_assert_eq(stance_scorer_run(fresh, &longer, &alone, &error), STANCE_OK);
  cr_assert_eq(second.prediction_count, alone.prediction_count);
  cr_assert_eq(second.prediction_count, 5);
  for (size_t i = 0; i < 5; i++) {
    const struct stance_prediction *a = &second.predictions[i], *b = &alone.predictions[i];
    cr_assert_eq(a->sentence, b->sentence);
    cr_assert(a->source == b->source && a->target == b->target && a->head == b->head && a->label == b->label);
    cr_assert_eq(memcmp(a->p, b->p, sizeof a->p), 0);
    cr_assert_eq(memcmp(&a->score, &b->score, sizeof a->score), 0);
  }
  stance_scorer_destroy(scorer);
  stance_scorer_destroy(fresh);
}

Test(score, predictions_stand_by_sentence_dyads_first, .init = open_all, .fini = close_all) {
  struct stance_scorer *scorer;
  struct stance_result result;
  struct stance_error error = {0};
  cr_assert_eq(stance_scorer_new(model, gazetteer, &(struct stance_scoring){.no_implicit = true}, &scorer, &error),
               STANCE_OK);
  for (int again = 0; again < 2; again++) { /* the second call must not see the first one's */
    cr_assert_eq(stance_scorer_run(scorer, &article, &result, &error), STANCE_OK, "%s", error.message);
    cr_assert_eq(result.prediction_count, 5); /* title; two dyads and the sentence; the last sentence */
    const struct stance_prediction *p = result.predictions;
    cr_assert(p[0].sentence == 0 && !p[0].source && !p[0].target && p[0].head == 1);
    cr_assert_str_eq(stance_actor_id(p[1].source), "MLI");
    cr_assert_str_eq(stance_actor_id(p[1].target), "FRA");
    cr_assert_str_eq(stance_actor_id(p[2].source), "FRA");
    cr_assert(p[3].sentence == 1 && p[3].head == 1 && p[4].sentence == 2);
    cr_assert_eq(p[1].label, 0);
    cr_assert_eq(p[3].label, 1);
    /* without calibration s = 1 / (1 + exp(-2 d)) */
    double s[3] = {1 / (1 + exp(-1)), 0.5, 1 / (1 + exp(1))};
    cr_assert_float_eq(p[1].p[0], s[0] / (s[0] + s[1] + s[2]), 1e-5);
    cr_assert_float_eq(p[1].score, (s[2] - s[0]) / (s[0] + s[1] + s[2]), 1e-5);
    struct stance_prediction alone;
    struct stance_unit unit = {.sentence = 1, .source = p[1].source, .target = p[1].target};
    cr_assert_eq(stance_scorer_unit(scorer, result.document, &unit, 0, &alone, &error), STANCE_OK);
    cr_assert_eq(memcmp(alone.p, p[1].p, sizeof alone.p), 0);
  }
  stance_scorer_destroy(scorer);
}

Test(score, what_is_not_seen_hides_no_name, .init = open_all, .fini = close_all) {
  struct stance_scorer *scorer;
  struct stance_result result;
  const char *const text = "Ma\u00adli left Fr\u200bance out. It rained."; /* soft hyphen, zero-width space */
  struct stance_article hidden = {.id = "a", .title = "Ta\u00adlks", .text = text, .text_length = strlen(text)};
  cr_assert_eq(stance_scorer_new(model, gazetteer, &(struct stance_scoring){.dyads_only = true, .no_implicit = true},
                                 &scorer, NULL),
               STANCE_OK);
  cr_assert_eq(stance_scorer_run(scorer, &hidden, &result, NULL), STANCE_OK);
  cr_assert_eq(result.prediction_count, 2);
  cr_assert_str_eq(result.document->text, "Talks\nMali left France out. It rained.");
  stance_scorer_destroy(scorer);
}

Test(score, dyads_only, .init = open_all, .fini = close_all) {
  struct stance_scorer *scorer;
  struct stance_result result;
  cr_assert_eq(stance_scorer_new(model, gazetteer, &(struct stance_scoring){.dyads_only = true, .no_implicit = true},
                                 &scorer, NULL),
               STANCE_OK);
  cr_assert_eq(stance_scorer_run(scorer, &article, &result, NULL), STANCE_OK);
  cr_assert_eq(result.prediction_count, 2);
  stance_scorer_destroy(scorer);
}

/* The mentions of a sentence head alone, one of whose features has this name. */
static uint32_t mentions_beside(const char *name) {
  struct stance_arena arena = {0};
  struct stance_codebook codebook;
  struct stance_error error = {0};
  struct stance_model *sentences;
  struct stance_scorer *scorer;
  struct stance_result result;
  char file[80];
  struct stance_model_head head = {.name = "sentiment",
                                   .unit = STANCE_UNIT_SENTENCE,
                                   .label_count = 2,
                                   .values = {-1, 1},
                                   .templates = stance_template_default(STANCE_UNIT_SENTENCE),
                                   .feature_count = 1,
                                   .ids = (const uint64_t[]){7},
                                   .weights = (const float[]){1, -1},
                                   .names = &name};
  snprintf(file, sizeof file, "%s.sentences", path);
  cr_assert_eq(stance_codebook_parse(codebook_text, strlen(codebook_text), "c", &arena, &codebook, &error), STANCE_OK);
  cr_assert_eq(stance_model_write(file, &codebook, NULL, NULL, &head, 1, NULL, &error), STANCE_OK, "%s", error.message);
  cr_assert_eq(stance_model_open(file, &sentences, &error), STANCE_OK, "%s", error.message);
  cr_assert_eq(stance_scorer_new(sentences, gazetteer, NULL, &scorer, &error), STANCE_OK);
  cr_assert_eq(stance_scorer_run(scorer, &article, &result, &error), STANCE_OK);
  cr_assert_eq(result.prediction_count, 3);
  uint32_t count = result.document->mention_count;
  stance_scorer_destroy(scorer);
  stance_model_close(sentences);
  stance_arena_free(&arena);
  unlink(file);
  return count;
}

Test(score, finds_actors_only_where_training_did, .init = open_all, .fini = close_all) {
  cr_expect_eq(mentions_beside("word:left"), 0);
  cr_expect_eq(mentions_beside("word:impact react"), 0);
  cr_expect_eq(mentions_beside("word:ACT left"), 2);
  cr_expect_eq(mentions_beside("trigram:left ACT out"), 2);
  cr_expect_eq(mentions_beside("trigram:out of ACT"), 2);
}

Test(score, repair_takes_articles_as_they_are_found, .init = open_all, .fini = close_all) {
  struct stance_scorer *scorer;
  struct stance_result result;
  static const char text[] = "Mali left \xffrance.\r\nIt\0 rained.";
  struct stance_article found = {
      .id = "a", .title = "Talks", .date = "3 May 2022", .text = text, .text_length = sizeof text - 1};
  struct stance_scoring options = {.repair = true, .no_implicit = true};
  cr_assert_eq(stance_scorer_new(model, gazetteer, &options, &scorer, NULL), STANCE_OK);
  cr_assert_eq(stance_scorer_run(scorer, &found, &result, NULL), STANCE_OK);
  cr_assert_str_eq(result.document->text, "Talks\nMali left \uFFFDrance.\nIt\uFFFD rained.");
  cr_assert_str_eq(result.document->date, "2022-05-03");
  cr_assert(result.repaired == 2 && !result.date_is_lost);
  found = (struct stance_article){.id = "a", .title = "Talks", .date = "05/03/2022"}; /* May or March */
  cr_assert_eq(stance_scorer_run(scorer, &found, &result, NULL), STANCE_OK);
  cr_assert(!result.document->date && result.date_is_lost && !result.repaired);
  cr_assert_eq(result.document->sentence_count, 1);
  stance_scorer_destroy(scorer);
}

/* The page behind the text may not be read: a text has no NUL behind it where it comes from a mapped file or another language. */
Test(score, repair_reads_no_byte_behind_the_text, .init = open_all, .fini = close_all) {
  struct stance_scorer *scorer;
  struct stance_result result;
  static const char marked[] =
      "\xef\xbb\xbfMali left France."; /* with the mark of its order of bytes, which is dropped */
  size_t page = (size_t)sysconf(_SC_PAGESIZE), length = sizeof marked - 1;
  char *pages = mmap(NULL, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  cr_assert(pages != MAP_FAILED && mprotect(pages + page, page, PROT_NONE) == 0);
  char *text = memcpy(pages + page - length, marked, length);
  struct stance_article found = {.id = "a", .title = "\xef\xbb\xbfTalks", .text = text, .text_length = length};
  struct stance_scoring options = {.repair = true};
  cr_assert_eq(stance_scorer_new(model, gazetteer, &options, &scorer, NULL), STANCE_OK);
  cr_assert_eq(stance_scorer_run(scorer, &found, &result, NULL), STANCE_OK);
  cr_assert_str_eq(result.document->text, "Talks\nMali left France.");
  stance_scorer_destroy(scorer);
  munmap(pages, 2 * page);
}

Test(score, rounded_shares_sum_to_one_in_the_printed_digits, .init = open_all, .fini = close_all) {
  /* by hand: thirds leave one ten-thousandth for the label; 1e-6 becomes the least share, from the largest */
  struct stance_prediction predictions[2] = {{.head = 0, .label = 1, .p = {1.0f / 3, 1.0f / 3, 1.0f / 3}},
                                             {.head = 0, .label = 0, .p = {0.999998f, 1e-6f, 1e-6f}}};
  struct stance_rounded rounded[2];
  stance_round(model, predictions, 2, rounded);
  cr_assert(rounded[0].p[0] == 3333 && rounded[0].p[1] == 3334 && rounded[0].p[2] == 3333 && rounded[0].score == 0);
  cr_assert(rounded[1].p[0] == 9998 && rounded[1].p[1] == 1 && rounded[1].p[2] == 1 && rounded[1].score == -9997);
}

Test(score, explanation_adds_up, .init = open_all, .fini = close_all) {
  struct stance_scorer *scorer;
  struct stance_result result;
  struct stance_explanation explanation;
  struct stance_error error = {0};
  cr_assert_eq(stance_scorer_new(model, gazetteer, NULL, &scorer, NULL), STANCE_OK);
  cr_assert_eq(stance_scorer_run(scorer, &article, &result, NULL), STANCE_OK);
  cr_assert_eq(stance_scorer_explain(scorer, &result.predictions[1], 10, &explanation, &error), STANCE_OK, "%s",
               error.message);
  const int64_t bias[3] = {5000, 0, -5000}; /* the model has no weights: its biases decide */
  for (size_t l = 0; l < 3; l++)
    cr_assert(explanation.decision[l] == bias[l] && explanation.bias[l] == bias[l] && !explanation.others[l]);
  cr_assert_eq(explanation.reason_count, 0);
  struct stance_prediction elsewhere = {.sentence = 99};
  cr_assert_eq(stance_scorer_explain(scorer, &elsewhere, 10, &explanation, &error), STANCE_USAGE);
  cr_assert_str_eq(error.message, "the prediction is not of the scorer's last result");
  stance_scorer_destroy(scorer);
}

/* By hand: both dyads have the same p. The first half of the weights is of the label "bad". */
static void open_leaning(void) {
  lean = (struct stance_lean_weights){"stance", {{0.25, 1, 0, 0.5, 0}, {0, 0, -1, 0, 0.125}}};
  open_all();
}

Test(score, a_sentence_leans_on_its_dyads, .init = open_leaning, .fini = close_all) {
  struct stance_scorer *scorer;
  struct stance_result result;
  struct stance_explanation why;
  struct stance_error error = {0};
  double s[3] = {1 / (1 + exp(-1)), 0.5, 1 / (1 + exp(1))}, d[2] = {-1, 1}, added[2];
  double hostile = s[0] / (s[0] + s[1] + s[2]), friendly = s[2] / (s[0] + s[1] + s[2]);
  cr_assert_eq(stance_scorer_new(model, gazetteer, NULL, &scorer, &error), STANCE_OK);
  for (int again = 0; again < 2; again++) {
    cr_assert_eq(stance_scorer_run(scorer, &article, &result, &error), STANCE_OK, "%s", error.message);
    const struct stance_prediction *p = result.predictions;
    cr_assert_float_eq(p[4].p[0], (1 / (1 + exp(2))), 1e-5); /* no dyads: as without */
    double bad = d[0] + 0.25 + hostile + 0.5 * hostile, good = d[1] - friendly + 0.125 * friendly;
    double to_bad = 1 / (1 + exp(-2 * bad)), to_good = 1 / (1 + exp(-2 * good));
    cr_assert_float_eq(p[3].p[0], to_bad / (to_bad + to_good), 1e-5);
    stance_scorer_lean(scorer, &p[3], added);
    cr_assert_float_eq(added[0], bad - d[0], 1e-6);
    stance_scorer_lean(scorer, &p[4], added);
    cr_assert_float_eq(added[1], 0, 1e-12);
    cr_assert_eq(stance_scorer_explain(scorer, &p[3], 5, &why, &error), STANCE_OK, "%s", error.message);
    cr_assert_eq(why.reason_count, 1);
    cr_assert_str_eq(why.reasons[0].feature, "dyads");
    cr_assert_eq(why.decision[0], why.bias[0] + why.reasons[0].weights[0]);
  }
  stance_scorer_destroy(scorer);
}

Test(score, a_head_leans_on_a_head_of_dyads_alone, .init = open_all, .fini = close_all) {
  static const char *const names[] = {"sentiment", "stanze"};
  struct stance_arena arena = {0};
  struct stance_codebook codebook;
  struct stance_error error = {0};
  struct stance_model *other = NULL;
  cr_assert_eq(stance_codebook_parse(codebook_text, strlen(codebook_text), "c", &arena, &codebook, &error), STANCE_OK);
  for (size_t i = 0; i < 2; i++) {
    struct stance_model_head heads[2] = {
        {.name = "stance", .unit = STANCE_UNIT_DYAD, .label_count = 3, .weights = (const float[]){0}},
        {.name = "sentiment", .unit = STANCE_UNIT_SENTENCE, .label_count = 2, .weights = (const float[]){0}}};
    for (size_t h = 0; h < 2; h++) heads[h].templates = stance_template_default(heads[h].unit);
    heads[1].lean.head = names[i];
    cr_assert_eq(stance_model_write(path, &codebook, NULL, NULL, heads, 2, NULL, &error), STANCE_OK);
    cr_assert_eq(stance_model_open(path, &other, &error), STANCE_INPUT);
    cr_assert(strstr(error.message, "reads dyads of a head that has none"), "%s", error.message);
  }
  stance_arena_free(&arena);
}

/* Weights that a hostile model may have: their sum is beyond a double's range, and of both signs. */
static void open_hostile(void) {
  lean = (struct stance_lean_weights){
      "stance", {{1.7e308, 1.7e308, -1.7e308, 1.7e308, -1.7e308}, {1.7e308, 1.7e308, 1.7e308, 1.7e308, 1.7e308}}};
  open_all();
}

Test(score, weights_without_measure_give_a_distribution_too, .init = open_hostile, .fini = close_all) {
  struct stance_scorer *scorer;
  struct stance_result result;
  struct stance_error error = {0};
  cr_assert_eq(stance_scorer_new(model, gazetteer, NULL, &scorer, &error), STANCE_OK);
  cr_assert_eq(stance_scorer_run(scorer, &article, &result, &error), STANCE_OK, "%s", error.message);
  for (size_t i = 0; i < result.prediction_count; i++) {
    double sum = 0;
    for (size_t l = 0; l < stance_model_label_count(model, result.predictions[i].head); l++) {
      cr_assert(result.predictions[i].p[l] >= 0 && result.predictions[i].p[l] <= 1);
      sum += (double)result.predictions[i].p[l];
    }
    cr_assert_float_eq(sum, 1, 1e-3);
  }
  stance_scorer_destroy(scorer);
}
