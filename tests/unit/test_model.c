/* SPDX-License-Identifier: MIT
 * Model files: what is written is read, and what is damaged is refused. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "stance/base/cpu.h"
#include "stance/base/hash.h"
#include "stance/model/model.h"
#include "stance/model/model_file.h"
#include "temporary.h"

static const char codebook_text[] =
    "{\"name\":\"tiny\",\"heads\":[{\"name\":\"stance\",\"unit\":\"dyad\",\"labels\":["
    "{\"name\":\"hostile\",\"value\":-1},{\"name\":\"neutral\",\"value\":0},{\"name\":\"friendly\",\"value\":1}]}]}";

static const uint64_t ids[] = {11, 22, 33, UINT64_C(0x1000000000000b)};
static const float weights[] = {1, 0, -1, 0.5F, -0.5F, 0, -2, 1, 1, 0, 0, 3};
static const char *const names[] = {"word:eleven", "word:twenty-two", "", "word:big"};
static const uint64_t texts[] = {5, 7, 900};

static struct stance_model_head linear_head(void) {
  struct stance_model_head head = {.name = "stance",
                                   .unit = STANCE_UNIT_DYAD,
                                   .label_count = 3,
                                   .values = {-1, 0, 1},
                                   .bias = {0.1, -0.2, 0.3},
                                   .calibration = STANCE_CALIBRATION_PLATT,
                                   .platt_a = {-1, -2, -1},
                                   .platt_b = {0, 0.5, 0},
                                   .feature_count = 4,
                                   .ids = ids,
                                   .weights = weights,
                                   .names = names,
                                   .text_count = 3,
                                   .texts = texts};
  head.templates = stance_template_default(STANCE_UNIT_DYAD);
  return head;
}

/* Two support vectors: {11: 1, 22: 2} and {33: 3}. */
static struct stance_model_head kernel_head(void) {
  static const uint64_t one[] = {11, 22}, two[] = {33};
  static const float one_values[] = {1, 2}, two_values[] = {3};
  static const struct stance_row support[] = {{one, one_values, 2}, {two, two_values, 1}};
  static const double alpha[] = {1, 0, -1, 0.5, 0, 0.25};
  struct stance_model_head head = linear_head();
  head.weights = NULL;
  head.kernel = STANCE_KERNEL_RBF;
  head.gamma = 0.5;
  head.degree = 3;
  head.support_count = 2;
  head.support = support;
  head.alpha = alpha;
  return head;
}

static char *temporary(void) {
  static char path[64];
  snprintf(path, sizeof path, "%s/stance-model-%d", temporary_folder(), (int)getpid());
  return path;
}

static void write_head(const char *path, const struct stance_model_head *head) {
  struct stance_arena arena = {0};
  struct stance_codebook codebook;
  struct stance_error error = {0};
  cJSON *header = cJSON_Parse("{\"data\":{\"units\":4}}");
  cr_assert_eq(stance_codebook_parse(codebook_text, strlen(codebook_text), "codebook", &arena, &codebook, &error),
               STANCE_OK, "%s", error.message);
  cr_assert_eq(stance_model_write(path, &codebook, NULL, NULL, head, 1, header, &error), STANCE_OK, "%s",
               error.message);
  cJSON_Delete(header);
  stance_arena_free(&arena);
}

/* The model of one head as it is read back from the file. */
static struct stance_model *written(const char *path, const struct stance_model_head *head) {
  struct stance_model *model = NULL;
  struct stance_error error = {0};
  write_head(path, head);
  cr_assert_eq(stance_model_open(path, &model, &error), STANCE_OK, "%s", error.message);
  return model;
}

static char *read_all(const char *path, size_t *size) {
  FILE *file = fopen(path, "rb");
  cr_assert(file);
  fseek(file, 0, SEEK_END);
  *size = (size_t)ftell(file);
  rewind(file);
  char *bytes = malloc(*size);
  cr_assert_eq(fread(bytes, 1, *size, file), *size);
  fclose(file);
  return bytes;
}

static void write_bytes(const char *path, const char *bytes, size_t size) {
  FILE *file = fopen(path, "wb");
  cr_assert(file);
  cr_assert_eq(fwrite(bytes, 1, size, file), size);
  fclose(file);
}

/* Both ask for slot 11: the one that more units have stands there. */
Test(model, common_features_get_their_own_slot) {
  static const uint32_t counts[][4] = {{9, 1, 1, 2}, {2, 1, 1, 9}};
  const char *path = temporary();
  for (size_t i = 0; i < 2; i++) {
    struct stance_model_head head = linear_head();
    const float *row;
    const char *name;
    uint64_t id;
    head.counts = counts[i];
    struct stance_model *model = written(path, &head);
    cr_assert(stance_model_slot(model, 0, 11, &id, &row, &name));
    cr_expect_eq(id, ids[i == 0 ? 0 : 3]);
    for (size_t f = 0; f < 4; f++) cr_expect(stance_model_feature(model, 0, ids[f], &row, &name));
    stance_model_close(model);
  }
  unlink(path);
}

Test(model, reads_what_it_wrote) {
  const char *path = temporary();
  struct stance_model_head head = linear_head();
  const float *row;
  const char *name;
  struct stance_model *model = written(path, &head);
  cr_assert_eq(stance_model_head_count(model), 1);
  cr_assert_str_eq(stance_model_head_name(model, 0), "stance");
  cr_assert_eq(stance_model_label_count(model, 0), 3);
  cr_assert_str_eq(stance_model_label(model, 0, 2), "friendly");
  cr_assert_eq(stance_model_templates(model, 0), head.templates);
  cr_assert(stance_model_is_linear(model, 0));
  for (size_t f = 0; f < 4; f++) {
    cr_assert(stance_model_feature(model, 0, ids[f], &row, &name));
    cr_assert_eq(memcmp(row, weights + 3 * f, 12), 0);
    cr_assert_str_eq(name, names[f]);
  }
  cr_assert_not(stance_model_feature(model, 0, 44, &row, &name));
  cr_assert_not(stance_model_feature(model, 0, 0, &row, &name));
  cr_assert(stance_model_saw(model, 0, 7));
  cr_assert_not(stance_model_saw(model, 0, 8));
  cr_assert(stance_model_may_have_seen(model, 0, 0)); /* the upper halves of 7 and of another one */
  cr_assert_not(stance_model_may_have_seen(model, 0, 1));
  cr_assert_not(stance_model_may_have_seen(model, 0, 0x80000000));
  cr_assert_eq(cJSON_GetObjectItem(cJSON_GetObjectItem(stance_model_header(model), "data"), "units")->valueint, 4);
  stance_model_close(model);
  unlink(path);
}

Test(model, decides_and_calibrates_as_by_hand) {
  const char *path = temporary();
  struct stance_model_head head = linear_head();
  uint64_t seen[] = {11, 33, 44, 11};
  float values[] = {0.5F, 0.25F, 9, 0.5F}, p[3], score;
  struct stance_features features = {.ids = seen, .values = values, .count = 4};
  double d[3], s[3];
  uint32_t label;
  struct stance_model *model = written(path, &head);
  cr_assert(stance_model_decide(model, 0, &features, d));
  cr_assert_float_eq(d[0], 0.1 + 1 * 1 - 2 * 0.25, 1e-12); /* 0.6 */
  cr_assert_float_eq(d[1], -0.2 + 0 + 0.25, 1e-12);        /* 0.05 */
  cr_assert_float_eq(d[2], 0.3 - 1 + 0.25, 1e-12);         /* -0.45 */
  stance_model_calibrate(model, 0, d, p, &label, &score);
  s[0] = 1 / (1 + exp(-0.6)), s[1] = 1 / (1 + exp(-0.1 + 0.5)), s[2] = 1 / (1 + exp(0.45));
  for (int l = 0; l < 3; l++) cr_assert_float_eq(p[l], s[l] / (s[0] + s[1] + s[2]), 1e-5);
  cr_assert_eq(label, 0);
  cr_assert_float_eq(score, p[2] - p[0], 1e-6);
  stance_model_close(model);
  unlink(path);
}

/* Sums that round at each step are the same to the last bit, by wide registers and without; unknown features are left out. */
Test(model, decides_alike_by_any_registers) {
  static const uint64_t some[] = {33, 11, 44, UINT64_C(0x1000000000000b), 22, 11, 33};
  static const float values[] = {0.1F, 0.7F, 0.3F, 1e-4F, 1 / 3.F, 0.9F, 3e4F};
  const struct stance_features features = {.ids = (uint64_t *)some, .values = (float *)values, .count = 7};
  const char *path = temporary();
  struct stance_model_head head = linear_head();
  struct stance_model *model = written(path, &head);
  double d[2][STANCE_LABELS_MAX], by_hand[3];
  memcpy(by_hand, head.bias, sizeof by_hand);
  for (size_t i = 0; i < 7; i++)
    for (size_t f = 0; f < 4; f++)
      for (size_t l = 0; ids[f] == some[i] && l < 3; l++) by_hand[l] += (double)weights[3 * f + l] * (double)values[i];
  for (int is_plain = 0; is_plain < 2; is_plain++) {
    stance_cpu_limit(is_plain);
    cr_assert(stance_model_decide(model, 0, &features, d[is_plain]));
    cr_assert_eq(memcmp(d[is_plain], by_hand, sizeof by_hand), 0);
  }
  stance_cpu_limit(false);
  stance_model_close(model);
  unlink(path);
}

Test(model, never_says_nought_or_one) {
  const char *path = temporary();
  struct stance_model_head head = linear_head();
  double d[3] = {1e6, -1e6, -1e6};
  float p[3];
  uint32_t label;
  struct stance_model *model = written(path, &head);
  stance_model_calibrate(model, 0, d, p, &label, NULL);
  for (int l = 0; l < 3; l++) cr_assert(p[l] > 0 && p[l] < 1);
  cr_assert_float_eq(p[0] + p[1] + p[2], 1, 1e-6);
  stance_model_close(model);
  unlink(path);
}

Test(model, kernel_decisions_are_those_by_hand) {
  const char *path = temporary();
  struct stance_model_head head = kernel_head();
  uint64_t seen[] = {33, 11, 33, 99};
  float values[] = {0.5F, 1, 0.5F, 7}; /* x = {11: 1, 33: 1}; 99 is unknown */
  struct stance_features features = {.ids = seen, .values = values, .count = 4};
  double d[3], k1 = exp(-0.5 * (0 + 4 + 1)), k2 = exp(-0.5 * (1 + 4));
  struct stance_model *model = written(path, &head);
  cr_assert(stance_model_decide(model, 0, &features, d));
  cr_assert_float_eq(d[0], 0.1 + k1 + 0.5 * k2, 1e-9);
  cr_assert_float_eq(d[1], -0.2, 1e-9);
  cr_assert_float_eq(d[2], 0.3 - k1 + 0.25 * k2, 1e-9);
  stance_model_close(model);
  unlink(path);
}

Test(model, refuses_every_truncation_and_flipped_byte) {
  char path[80];
  struct stance_model_head head = linear_head();
  struct stance_model *model;
  struct stance_error error = {0};
  size_t size;
  snprintf(path, sizeof path, "%s-damaged", temporary());
  write_head(path, &head);
  char *bytes = read_all(path, &size);
  for (size_t length = 0; length < size; length++) {
    write_bytes(path, bytes, length);
    cr_assert_eq(stance_model_open(path, &model, &error), STANCE_INPUT, "%zu of %zu bytes were taken", length, size);
    cr_assert_null(model);
    cr_assert_str_eq(error.file, path);
  }
  for (size_t at = 0; at < size; at++) {
    bytes[at] = (char)(bytes[at] ^ 0x10);
    write_bytes(path, bytes, size);
    cr_assert_eq(stance_model_open(path, &model, &error), STANCE_INPUT, "byte %zu flipped was taken", at);
    bytes[at] = (char)(bytes[at] ^ 0x10);
  }
  free(bytes);
  unlink(path);
}

Test(model, does_not_wait_for_a_pipe, .timeout = 10) {
  const char *path = temporary();
  struct stance_model *model;
  struct stance_error error = {0};
  cr_assert_eq(mkfifo(path, 0600), 0);
  cr_expect_eq(stance_model_open(path, &model, &error), STANCE_INPUT);
  cr_expect_str_eq(error.message, "is not a file; expected a stancekit model");
  unlink(path);
}

Test(model, names_another_version) {
  const char *path = temporary();
  struct stance_model_head head = linear_head();
  struct stance_model *model;
  struct stance_error error = {0};
  size_t size;
  write_head(path, &head);
  char *bytes = read_all(path, &size);
  bytes[8] = 9;
  write_bytes(path, bytes, size);
  cr_assert_eq(stance_model_open(path, &model, &error), STANCE_INPUT);
  cr_assert_str_eq(error.message, "model format version 9; this program reads version 3");
  free(bytes);
  unlink(path);
}

/* A file whose checksum is right can still lie: sizes and offsets in the section table are changed and the hash made anew. */
Test(model, survives_lies_under_a_right_checksum) {
  const char *path = temporary();
  struct stance_model_head head = linear_head();
  struct stance_model *model;
  size_t size;
  write_head(path, &head);
  char *bytes = read_all(path, &size);
  for (size_t at = 32; at < 32 + 5 * 24; at++) /* the section table */
    for (int bit = 0; bit < 8; bit++) {
      bytes[at] = (char)(bytes[at] ^ (1 << bit));
      uint64_t hash = stance_hash(bytes + 32, size - 32);
      memcpy(bytes + 24, &hash, sizeof hash);
      write_bytes(path, bytes, size);
      if (stance_model_open(path, &model, NULL) == STANCE_OK) stance_model_close(model);
      bytes[at] = (char)(bytes[at] ^ (1 << bit));
    }
  free(bytes);
  unlink(path);
}

Test(model, is_not_written_with_a_nan) {
  struct stance_model_head head = linear_head();
  struct stance_arena arena = {0};
  struct stance_codebook codebook;
  struct stance_error error = {0};
  head.bias[1] = (double)NAN;
  cr_assert_eq(stance_codebook_parse(codebook_text, strlen(codebook_text), "codebook", &arena, &codebook, &error),
               STANCE_OK);
  cr_assert_eq(stance_model_write("/tmp/never", &codebook, NULL, NULL, &head, 1, NULL, &error), STANCE_USAGE);
  cr_assert_str_eq(error.message, "head 'stance' has a weight that is not a finite number");
  stance_arena_free(&arena);
}

/* What stands behind the checksum: a writer that means harm sets it right. */
static void set_checksum(char *bytes, size_t size) {
  struct model_prefix prefix;
  memcpy(&prefix, bytes, sizeof prefix);
  prefix.size = size;
  prefix.hash = stance_hash(bytes + sizeof prefix, size - sizeof prefix);
  memcpy(bytes, &prefix, sizeof prefix);
}

/* From now on the process gets at most so many bytes more; what asks for more is out of memory. Not under
 * AddressSanitizer, whose shadow takes terabytes. */
static void limit_memory(size_t more) {
#ifndef __SANITIZE_ADDRESS__
  unsigned long pages = 0;
  FILE *file = fopen("/proc/self/statm", "r");
  cr_assert(file && fscanf(file, "%lu", &pages) == 1);
  fclose(file);
  rlim_t bytes = pages * (rlim_t)sysconf(_SC_PAGESIZE) + more;
  cr_assert_eq(setrlimit(RLIMIT_AS, &(struct rlimit){bytes, bytes}), 0);
#else
  (void)more;
#endif
}

/* Refused with a message, not for want of memory, or gives a distribution over its labels for any decision. */
static bool is_refused_or_valid(const char *path) {
  struct stance_model *model;
  struct stance_error error = {0};
  uint64_t seen[] = {11, 22, 33, 99};
  float values[] = {0.5F, 1, 2, 3};
  struct stance_features features = {.ids = seen, .values = values, .count = 4};
  enum stance_status status = stance_model_open(path, &model, &error);
  if (status != STANCE_OK) return status == STANCE_INPUT && error.message[0] != '\0';
  bool is_good = true;
  for (size_t h = 0; h < stance_model_head_count(model); h++) {
    double d[STANCE_LABELS_MAX], sum = 0;
    float p[STANCE_LABELS_MAX], score;
    uint32_t label;
    size_t labels = stance_model_label_count(model, h);
    is_good = is_good && stance_model_decide(model, h, &features, d);
    if (!is_good) break;
    stance_model_calibrate(model, h, d, p, &label, &score);
    for (size_t l = 0; l < labels; l++) {
      is_good = is_good && p[l] >= 0 && p[l] <= 1;
      sum += (double)p[l];
    }
    is_good = is_good && label < labels && fabs(sum - 1) < 1e-3;
  }
  stance_model_close(model);
  return is_good;
}

/* STANCE_FLIPS=20000 for more of them (docs/reliability.md). */
static void flip_bytes_of(const struct stance_model_head *head) {
  const char *path = temporary();
  size_t size, flips = getenv("STANCE_FLIPS") ? strtoul(getenv("STANCE_FLIPS"), NULL, 10) : 2000;
  uint64_t random = 88172645463325252;
  write_head(path, head);
  char *bytes = read_all(path, &size), *copy = malloc(size);
  cr_assert(copy);
  limit_memory(2 * size + (16 << 20)); /* twice the file, and what tables and pages have as their least */
  for (size_t i = 0; i < flips; i++) {
    memcpy(copy, bytes, size);
    for (size_t f = 0; f <= i % 3; f++) { /* one to three bytes */
      random ^= random << 13, random ^= random >> 7, random ^= random << 17;
      copy[random % size] = (char)(random >> 32);
    }
    set_checksum(copy, size);
    write_bytes(path, copy, size);
    cr_assert(is_refused_or_valid(path), "flip %zu", i);
  }
  for (size_t length = sizeof(struct model_prefix); length < size; length += 1 + size / flips) {
    memcpy(copy, bytes, length);
    set_checksum(copy, length);
    write_bytes(path, copy, length);
    cr_assert(is_refused_or_valid(path), "cut to %zu", length);
  }
  free(bytes);
  free(copy);
  unlink(path);
}

Test(model, with_a_right_checksum_is_refused_or_gives_a_distribution, .timeout = 600) {
  const struct stance_model_head head = linear_head();
  flip_bytes_of(&head);
}

Test(model, with_support_vectors_and_a_right_checksum_too, .timeout = 600) {
  const struct stance_model_head head = kernel_head();
  flip_bytes_of(&head);
}
