/* SPDX-License-Identifier: MIT
 * Speed of features: reads label records (JSON Lines) and prints units/s of one thread (median of rounds) and features
 * a unit, with the default templates, cold (every unit a sentence of its own) and warm (the other order of the same
 * pair follows). feature_bench LEXICON-FOLDER RECORDS.jsonl */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "stance/features/feature.h"
#include "stance/labels/record.h"
#include "stance/text/text.h"

enum { ROUNDS = 9 };

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static int by_value(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static int fail(const struct stance_error *error) {
  fprintf(stderr, "feature_bench: %s:%zu: %s\n", error->file, error->line, error->message);
  return 2;
}

/* All units once; with_reverse: each dyad in its other order too. Seconds, or -1. */
static double run(struct stance_featurizer *featurizer, const struct stance_document *documents, size_t count,
                  bool with_reverse, size_t *units, size_t *features, struct stance_error *error) {
  double start = now();
  *units = *features = 0;
  for (size_t i = 0; i < count; i++) {
    struct stance_unit unit = documents[i].units[0];
    enum stance_unit_kind kind = unit.source   ? STANCE_UNIT_DYAD
                                 : unit.target ? STANCE_UNIT_TARGET
                                               : STANCE_UNIT_SENTENCE;
    for (int order = 0; order <= (with_reverse && kind == STANCE_UNIT_DYAD); order++) {
      const struct stance_features *out;
      if (order) unit = (struct stance_unit){unit.sentence, unit.target, unit.source};
      if (stance_featurize(featurizer, &documents[i], &unit, stance_template_default(kind), false, &out, error) !=
          STANCE_OK)
        return -1;
      *features += out->count;
      ++*units;
    }
  }
  return now() - start;
}

int main(int argc, char **argv) {
  struct stance_error error = {.message = ""};
  struct stance_arena arena = {0};
  struct stance_record *records;
  struct stance_lexicon *lexicon;
  struct stance_featurizer *featurizer;
  struct stance_text_matcher *matcher;
  size_t count;
  if (argc != 3) {
    fprintf(stderr, "usage: feature_bench LEXICON-FOLDER RECORDS.jsonl\n");
    return 2;
  }
  if (stance_records_read(argv[2], &arena, &records, &count, &error) != STANCE_OK ||
      stance_lexicon_open(argv[1], &lexicon, &error) != STANCE_OK ||
      stance_featurizer_new(lexicon, &featurizer, &error) != STANCE_OK ||
      stance_text_matcher_new(&matcher, &error) != STANCE_OK)
    return fail(&error);
  struct stance_document *documents = calloc(count, sizeof *documents);
  if (!documents) return 3;
  for (size_t i = 0; i < count; i++)
    if (stance_record_document(&records[i], matcher, &arena, &documents[i], &error) != STANCE_OK) return fail(&error);
  for (int with_reverse = 0; with_reverse < 2; with_reverse++) {
    double seconds[ROUNDS];
    size_t units = 0, features = 0;
    for (int round = 0; round < ROUNDS; round++)
      if ((seconds[round] = run(featurizer, documents, count, with_reverse, &units, &features, &error)) < 0)
        return fail(&error);
    qsort(seconds, ROUNDS, sizeof *seconds, by_value);
    printf("%s %9.0f units/s, %.1f features a unit (%zu units)\n", with_reverse ? "warm" : "cold",
           (double)units / seconds[ROUNDS / 2], (double)features / (double)units, units);
  }
  free(documents);
  stance_text_matcher_destroy(matcher);
  stance_featurizer_destroy(featurizer);
  stance_lexicon_close(lexicon);
  stance_arena_free(&arena);
  return 0;
}
