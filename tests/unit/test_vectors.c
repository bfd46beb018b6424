/* SPDX-License-Identifier: MIT
 * Word vectors: what the file holds is found, damage is refused, and zones are the means that vectors.h defines, worked out by hand. */
#include "marked_sentence.h"
#include "temporary.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "stance/base/cpu.h"
#include "stance/features/row_sum.h"
#include "stance/features/vectors.h"

/* 66 words; those of rank 64 and 65 count. Two dimensions worth 0.5 and 0.25 a step. */
static const char words[] =
    "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\nk\nl\nm\nn\no\np\nq\nr\ns\nt\nu\nv\nw\nx\ny\nz\n0\n1\n2\n3\n4\n5\n6\n7\n8\n9\n"
    "aa\nab\nac\nad\nae\naf\nag\nah\nai\naj\nak\nal\nam\nan\nao\nap\naq\nar\nas\nat\nau\nav\naw\nax\nay\naz\n"
    "ba\nbb\npeace\nwar\n";

static const char *write_file(uint32_t count, size_t cut) {
  static char path[64];
  const uint32_t head[3] = {count, 2, sizeof words - 1};
  const float scales[2] = {0.5f, 0.25f};
  int8_t values[66][2] = {{0}};
  values[64][0] = 6, values[64][1] = 16;  /* peace: (3, 4) */
  values[65][0] = -6, values[65][1] = 16; /* war: (-3, 4) */
  char bytes[1024];
  size_t length = 0;
  memcpy(bytes, "stvec001", 8), length += 8;
  memcpy(bytes + length, head, sizeof head), length += sizeof head;
  memcpy(bytes + length, scales, sizeof scales), length += sizeof scales;
  memcpy(bytes + length, words, sizeof words - 1), length += sizeof words - 1;
  memcpy(bytes + length, values, sizeof values), length += sizeof values;
  snprintf(path, sizeof path, "%s/stance-vectors-%d", temporary_folder(), (int)getpid());
  FILE *file = fopen(path, "wb");
  cr_assert(file);
  cr_assert_eq(fwrite(bytes, 1, length - cut, file), length - cut);
  cr_assert_eq(fclose(file), 0);
  return path;
}

static void remove_file(void) {
  char path[64];
  snprintf(path, sizeof path, "%s/stance-vectors-%d", temporary_folder(), (int)getpid());
  unlink(path);
}
TestSuite(vectors, .fini = remove_file);

static uint64_t hash_of(const char *word) {
  uint8_t shape;
  return stance_token_hash(word, strlen(word), &shape);
}

Test(vectors, finds_words_whatever_their_case) {
  struct stance_vectors *vectors;
  struct stance_error error = {.message = ""};
  float weight;
  cr_assert_eq(stance_vectors_open(write_file(66, 0), &vectors, &error), STANCE_OK, "%s", error.message);
  const int8_t *row = stance_vectors_find(vectors, hash_of("Peace"), &weight);
  cr_assert(row);
  cr_assert_eq(row[0], 6);
  cr_assert_eq(row[1], 16);
  cr_assert_eq(row[2], 0);
  cr_assert_float_eq(weight, 65.0 / 135, 1e-6);                        /* 0.001 / (0.001 + 0.07 / 65) */
  cr_assert_null(stance_vectors_find(vectors, hash_of("a"), &weight)); /* too common */
  cr_assert_null(stance_vectors_find(vectors, hash_of("truce"), &weight));
  size_t size;
  const unsigned char *section = stance_vectors_section(vectors, &size);
  struct stance_vectors *again;
  cr_assert_eq(stance_vectors_map(section, size, "m", &again, &error), STANCE_OK);
  cr_assert(stance_vectors_find(again, hash_of("war"), &weight));
  stance_vectors_close(again);
  cr_assert_eq(stance_vectors_map(section, size - 64, "m", &again, &error), STANCE_INPUT);
  cr_assert_str_eq(error.file, "m");
  stance_vectors_close(vectors);
}

Test(vectors, refuses_damage) {
  struct stance_vectors *vectors;
  struct stance_error error = {.message = ""};
  const char *path = write_file(66, 1);
  cr_assert_eq(stance_vectors_open(path, &vectors, &error), STANCE_INPUT);
  cr_assert_str_eq(error.message, "is damaged: 325 bytes, expected 326");
  cr_assert_str_eq(error.file, path);
  write_file(67, 0);
  cr_assert_eq(stance_vectors_open(path, &vectors, &error), STANCE_INPUT);
  write_file(70000, 0);
  cr_assert_eq(stance_vectors_open(path, &vectors, &error), STANCE_INPUT);
  cr_assert_str_eq(error.message, "70000 words; expected 1 to 65534");
  cr_assert_eq(stance_vectors_open("/tmp/stance-no-vectors", &vectors, &error), STANCE_INPUT);
  unlink(path);
}

/* "war [B] peace war": the sentence's mean is a (3, 4) + 2 a' (-3, 4) with a = 65/135, a' = 66/136, and has the length 0.25. */
Test(vectors, zones_are_weighted_means) {
  struct stance_vectors *vectors;
  struct stance_featurizer *featurizer;
  struct stance_error error = {.message = ""};
  struct marked_sentence marked;
  const struct stance_features *features;
  stance_template_set set;
  cr_assert_eq(stance_vectors_open(write_file(66, 0), &vectors, &error), STANCE_OK, "%s", error.message);
  cr_assert_eq(stance_featurizer_new(NULL, &featurizer, &error), STANCE_OK);
  stance_featurizer_give_vectors(featurizer, vectors);
  cr_assert_eq(stance_template_parse("vectors", STANCE_UNIT_TARGET, &set, &error), STANCE_OK);
  marked_make(&marked, "war [France|B] peace war", '\0', 'B');
  cr_assert_eq(stance_featurize(featurizer, &marked.document, &marked.unit, set, true, &features, &error), STANCE_OK);
  cr_assert_eq(features->count, 0);
  cr_assert_eq(features->dense_count, 5 * STANCE_VECTOR_DIMENSIONS);
  double peace = 65.0 / 135, war = 66.0 / 136, x = 3 * peace - 2 * 3 * war, y = 4 * peace + 2 * 4 * war;
  cr_assert_float_eq(features->dense[0], 0.25 * x / hypot(x, y), 1e-5);
  cr_assert_float_eq(features->dense[1], 0.25 * y / hypot(x, y), 1e-5);
  cr_assert_float_eq(features->dense[STANCE_VECTOR_DIMENSIONS], 0.25 * -0.6, 1e-5); /* left: war, (-3, 4) of length 5 */
  cr_assert_float_eq(features->dense[STANCE_VECTOR_DIMENSIONS + 1], 0.25 * 0.8, 1e-5);
  cr_assert_eq(features->zone_word_count, 3 + 1 + 2 + 1 + 2);
  for (int d = 0; d < 2; d++) { /* what the words add to the sentence's zone is the zone */
    double sum = 0;
    for (size_t i = 0; i < features->zone_word_count; i++)
      if (features->zone_words[i].zone == 0)
        sum += (double)features->zone_words[i].factor * features->zone_words[i].row[d] *
               (double)stance_vectors_scales(vectors)[d];
    cr_assert_float_eq(sum, features->dense[d], 1e-5);
  }
  marked_free(&marked);
  stance_featurizer_destroy(featurizer);
  stance_vectors_close(vectors);
}

/* The shipped ones: likeness as GloVe has it, by the cosine over the dimensions. */
Test(vectors, shipped_ones_know_what_is_alike) {
  static const char *const pairs[][3] = {
      {"praised", "lauded", "tonnes"}, {"troops", "soldiers", "wheat"}, {"embassy", "consulate", "goals"}};
  struct stance_vectors *vectors;
  struct stance_error error = {.message = ""};
  cr_assert_eq(stance_vectors_open("corpora/vectors/glove-50.vectors", &vectors, &error), STANCE_OK, "%s",
               error.message);
  for (size_t p = 0; p < 3; p++) {
    double cosine[2];
    for (int other = 0; other < 2; other++) {
      float weight;
      double dot = 0, a = 0, b = 0;
      const int8_t *one = stance_vectors_find(vectors, hash_of(pairs[p][0]), &weight),
                   *two = stance_vectors_find(vectors, hash_of(pairs[p][1 + other]), &weight);
      cr_assert(one && two, "%s", pairs[p][0]);
      for (size_t d = 0; d < STANCE_VECTOR_DIMENSIONS; d++) {
        double scale = (double)stance_vectors_scales(vectors)[d], x = one[d] * scale, y = two[d] * scale;
        dot += x * y, a += x * x, b += y * y;
      }
      cosine[other] = dot / sqrt(a * b);
    }
    cr_assert_gt(cosine[0], 0.6, "%s", pairs[p][0]);
    cr_assert_lt(cosine[1], 0.3, "%s", pairs[p][0]);
  }
  stance_vectors_close(vectors);
}

/* The sums of row_sum.h written as they are defined, a dimension and a word at a time. */
Test(vectors, sums_rows_alike_on_any_processor) {
  enum { WORDS = 37, WIDTH = STANCE_VECTOR_DIMENSIONS };
  static int8_t values[WORDS][WIDTH];
  const int8_t *rows[WORDS];
  float weights[WORDS], scales[WIDTH], low[WIDTH], expected[WIDTH], product = 0, eight[8] = {0};
  uint32_t state = 1;
  for (size_t i = 0; i < WORDS; i++) {
    for (size_t d = 0; d < WIDTH; d++) values[i][d] = (int8_t)((state = state * 1664525u + 1013904223u) >> 24);
    rows[i] = i % 5 == 3 ? NULL : values[i];
    weights[i] = (float)(i + 65) / (float)(i + 135);
  }
  for (size_t d = 0; d < WIDTH; d++) {
    scales[d] = 0.001f * (float)(d + 3);
    low[d] = expected[d] = 0.1f * (float)d;
    for (size_t i = 0; i < WORDS; i++) {
      volatile float part = rows[i] ? weights[i] * (float)rows[i][d] : 0; /* rounded */
      expected[d] += part;
    }
  }
  for (size_t d = 0; d < WIDTH; d++) {
    volatile float part = expected[d] * scales[d];
    eight[d % 8] += part;
  }
  product = ((eight[0] + eight[1]) + (eight[2] + eight[3])) + ((eight[4] + eight[5]) + (eight[6] + eight[7]));
  float means[2][56];
  for (int is_plain = 0; is_plain < 2; is_plain++) {
    float sums[WIDTH];
    stance_cpu_limit(is_plain);
    memcpy(sums, low, sizeof sums);
    stance_rows_add(sums, rows, weights, WORDS);
    cr_assert_eq(memcmp(sums, expected, sizeof sums), 0, "plain %d", is_plain);
    cr_assert_eq(stance_rows_dot(sums, scales, WIDTH), product);
    float three[3 * WIDTH], dots[3], one = 0;
    for (size_t i = 0; i < 3 * WIDTH; i++)
      three[i] = i / WIDTH == 1 ? scales[i % WIDTH] : (float)values[i / WIDTH][i % WIDTH];
    for (size_t count = 2; count <= 3; count++) {
      stance_rows_dots(three, count, sums, WIDTH, dots);
      cr_assert_eq(dots[1], product);
      one = stance_rows_dot(three, sums, WIDTH);
      cr_assert_eq(dots[0], one);
    }
    cr_assert_eq(dots[2], stance_rows_dot(three + 2 * WIDTH, sums, WIDTH));
    float factor = stance_rows_mean(means[is_plain], low, sums, scales, 0.25f, 56), norm = 0;
    for (size_t d = 0; d < 56; d++) {
      cr_assert_float_eq(means[is_plain][d], (expected[d] - low[d]) * scales[d] * factor, 1e-6);
      norm += means[is_plain][d] * means[is_plain][d];
    }
    cr_assert_float_eq(norm, 0.0625, 1e-6);
  }
  cr_assert_eq(memcmp(means[0], means[1], sizeof means[0]), 0);
  stance_cpu_limit(false);
}

/* A filter that is not the first one asks the tables word by word, the first one remembers words: both get the same. */
Test(vectors, remembered_words_give_the_same_features) {
  static const uint64_t some = 0x5555555555555555, all = UINT64_MAX; /* by the upper six bits of the id */
  const struct stance_feature_filter wanted = {.bits = &some, .shift = 64 - 6}, other = {.bits = &all, .shift = 64 - 6};
  struct stance_vectors *vectors;
  struct stance_featurizer *featurizers[2];
  struct stance_error error = {.message = ""};
  struct marked_sentence marked;
  const struct stance_features *ignored, *features[2];
  stance_template_set set;
  cr_assert_eq(stance_vectors_open(write_file(66, 0), &vectors, &error), STANCE_OK, "%s", error.message);
  cr_assert_eq(stance_template_parse("prefix,vectors", STANCE_UNIT_SENTENCE, &set, &error), STANCE_OK);
  marked_make(&marked, "Peace, war and the [Mali|A]-led peacekeepers: war, 3 wars against war.", 0, 0);
  for (size_t i = 0; i < 2; i++) {
    cr_assert_eq(stance_featurizer_new(NULL, &featurizers[i], &error), STANCE_OK);
    stance_featurizer_give_vectors(featurizers[i], vectors);
    for (int time = 0; time < 2; time++) /* the second time from memory; the sentence is described anew */
      cr_assert_eq(stance_featurize_wanted(featurizers[i], &marked.document, &marked.unit, set, i ? &other : &wanted,
                                           &ignored, &error),
                   STANCE_OK);
    cr_assert_eq(
        stance_featurize_wanted(featurizers[i], &marked.document, &marked.unit, set, &wanted, &features[i], &error),
        STANCE_OK);
  }
  cr_assert(features[0]->count > 0 && features[0]->count < 9);
  cr_assert_eq(features[0]->count, features[1]->count);
  cr_assert_eq(memcmp(features[0]->ids, features[1]->ids, features[0]->count * sizeof(uint64_t)), 0);
  cr_assert_eq(memcmp(features[0]->values, features[1]->values, features[0]->count * sizeof(float)), 0);
  cr_assert_eq(features[0]->dense_count, features[1]->dense_count);
  cr_assert_eq(memcmp(features[0]->dense, features[1]->dense, features[0]->dense_count * sizeof(float)), 0);
  cr_assert(features[0]->dense[0] != 0 || features[0]->dense[1] != 0);
  for (size_t i = 0; i < 2; i++) stance_featurizer_destroy(featurizers[i]);
  marked_free(&marked);
  stance_vectors_close(vectors);
}
