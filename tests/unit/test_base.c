/* SPDX-License-Identifier: MIT
 * A head that started from another one: the model that is written decides as the solution over features and the base's
 * decision values did. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <unistd.h>

#include "stance/base/error.h"
#include "stance/features/vectors.h"
#include "stance/text/text.h"
#include "temporary.h"
#include "train/base.h"
#include "train/trainer.h"

enum { BASE_UNITS = 150, OWN_UNITS = 120 };

static struct stance_arena arena;
static struct stance_codebook codebook;
static struct stance_vectors *vectors;
static struct stance_error error;

static void must(enum stance_status status) { cr_assert_eq(status, STANCE_OK, "%s", error.message); }

/* The units from..from + count - 1 of the head's labels in a file. */
static struct dataset *read_units(const char *path, const char *head, size_t from, size_t count) {
  struct dataset_filter filter = {.head = head};
  struct dataset *all, *out = stance_arena_zalloc(&arena, 1, sizeof *out);
  bool *keep;
  must(train_dataset_read(&path, 1, &codebook, &filter, &arena, &all, &error));
  while (strcmp(all->head->name, head) != 0) all++;
  cr_assert_geq(all->count, from + count);
  keep = stance_arena_zalloc(&arena, all->count, sizeof *keep);
  for (size_t i = from; i < from + count; i++) keep[i] = true;
  must(train_dataset_subset(all, keep, &arena, out, &error));
  return out;
}

static void train(const struct dataset *data, const struct trainer_settings *settings, struct trained *out) {
  bool is_stopped = false;
  must(train_trainer_prepare(data, NULL, settings, NULL, &arena, out, &error));
  must(train_trainer_crossval(out, NULL, &is_stopped, &error));
  must(train_trainer_calibrate(out, 1, &arena, &error));
  must(train_trainer_finish(out, NULL, settings, &arena, &error));
}

static struct stance_model *write_and_open(const struct trained *trained) {
  char path[64];
  struct stance_model *model;
  snprintf(path, sizeof path, "%s/test-base-XXXXXX", temporary_folder());
  int file = mkstemp(path);
  cr_assert_geq(file, 0);
  close(file);
  must(stance_model_write(path, &codebook, NULL, vectors, &trained->head, 1, NULL, &error));
  must(stance_model_open(path, &model, &error));
  unlink(path);
  return model;
}

/* Decisions by the model that was written, from a unit's features, against those of a solution over the rows. */
static void check(const char *path, const char *head, const char *templates, const char *own_path) {
  struct trainer_settings settings = {.templates = templates,
                                      .solver = SOLVER_LIBLINEAR_L2_DUAL,
                                      .c = 1,
                                      .epsilon = 0.001,
                                      .balance = 1,
                                      .vectors = vectors,
                                      .folds = 3,
                                      .seed = 1,
                                      .threads = 1,
                                      .min_count = 1,
                                      .is_raw = true,
                                      .keeps_rows = true};
  struct trained first, second;
  struct base base;
  must(stance_codebook_read("corpora/codebooks/international.json", &arena, &codebook, &error));
  train(read_units(path, head, 0, BASE_UNITS), &settings, &first);
  struct stance_model *model = write_and_open(&first);
  struct dataset *data = read_units(own_path, head, BASE_UNITS, OWN_UNITS);
  cr_assert(train_base_find(model, data->head, &base));
  cr_assert_eq(train_base_label_count(&base), data->head->label_count);
  cr_assert_eq(train_base_seen(&base, first.data), BASE_UNITS);
  settings.base = &base;
  train(data, &settings, &second);
  struct stance_model *adapted = write_and_open(&second);

  struct labelled labelled = {&second.rows, data->labels, data->head->label_count};
  struct crossval_model solution;
  must(crossval_train(&labelled, second.shared, NULL, 0, &second.settings, &solution, &error));
  struct stance_text_matcher *matcher;
  struct stance_featurizer *featurizer;
  double mixed = 0;
  must(stance_text_matcher_new(&matcher, &error));
  must(stance_featurizer_new(NULL, &featurizer, &error));
  stance_featurizer_give_vectors(featurizer, vectors);
  for (size_t i = 0; i < data->count; i++) {
    const struct stance_features *features;
    struct stance_document document = {0};
    double expected[STANCE_LABELS_MAX], own[STANCE_LABELS_MAX], said[STANCE_LABELS_MAX];
    must(stance_record_document(data->records[i], matcher, &arena, &document, &error));
    must(stance_featurize(featurizer, &document, &document.units[0], second.head.templates, false, &features, &error));
    crossval_decide(&solution, &labelled, second.shared, (uint32_t)i, expected);
    cr_assert(stance_model_decide(adapted, 0, features, said));
    cr_assert(stance_model_decide(model, 0, features, own));
    for (size_t l = 0; l < labelled.label_count; l++) {
      cr_assert_float_eq(said[l], expected[l], 1e-4, "unit %zu, label %zu: %f, expected %f", i, l, said[l],
                         expected[l]);
      mixed += fabs(said[l] - own[l]);
    }
  }
  cr_assert_gt(mixed, 1); /* it has learnt */
  struct base again = {adapted, 0};
  cr_assert_eq(train_base_seen(&again, first.data),
               BASE_UNITS); /* what the base saw, the new model counts as seen too */
  crossval_model_free(&solution);
  stance_featurizer_destroy(featurizer);
  stance_text_matcher_destroy(matcher);
  stance_model_close(model);
  stance_model_close(adapted);
  train_trainer_free(&first);
  train_trainer_free(&second);
}

Test(base, a_dyads_head_is_one_linear_head_again) {
  check("corpora/contrasts/gold.jsonl", "stance", "word,zone,between", "corpora/constructions/gold.jsonl");
  stance_arena_free(&arena);
}

Test(base, weights_of_word_vectors_add_up_too) {
  must(stance_vectors_open("corpora/vectors/glove-50.vectors", &vectors, &error));
  check("corpora/kinds/gold.jsonl", "sentiment", "word,vectors", "corpora/kinds/gold.jsonl");
  stance_vectors_close(vectors);
  stance_arena_free(&arena);
}

Test(base, is_of_the_same_kind_of_units) {
  struct base base;
  struct trainer_settings settings = {.templates = "word",
                                      .solver = SOLVER_LIBLINEAR_L2_DUAL,
                                      .c = 1,
                                      .folds = 3,
                                      .threads = 1,
                                      .min_count = 1,
                                      .is_raw = true};
  struct trained trained;
  must(stance_codebook_read("corpora/codebooks/international.json", &arena, &codebook, &error));
  train(read_units("corpora/kinds/gold.jsonl", "sentiment", 0, BASE_UNITS), &settings, &trained);
  struct stance_model *model = write_and_open(&trained);
  cr_assert(train_base_find(model, &codebook.heads[1], &base)); /* sentiment */
  cr_assert_not(train_base_find(model, &codebook.heads[0], &base));
  stance_model_close(model);
  train_trainer_free(&trained);
  stance_arena_free(&arena);
}
