/* SPDX-License-Identifier: MIT
 * Speed of taking text apart: reads the files given and prints MB/s (median of rounds) of repairing, segmenting, tokenising.
 *   text_bench FILE... */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "stance/base/file.h"
#include "stance/base/utf8.h"
#include "stance/text/article.h"
#include "stance/text/text.h"

enum { ROUNDS = 15, FILES_MAX = 20000 };

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static int by_value(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static void print_median(const char *name, double *seconds, size_t bytes) {
  qsort(seconds, ROUNDS, sizeof *seconds, by_value);
  printf("%-10s %8.1f MB/s (best %.1f)\n", name, (double)bytes / seconds[ROUNDS / 2] / 1e6,
         (double)bytes / seconds[0] / 1e6);
}

int main(int argc, char **argv) {
  struct stance_error error;
  struct stance_arena files = {0}, work = {0};
  struct stance_text_matcher *matcher;
  struct stance_article *articles = calloc((size_t)argc, sizeof *articles);
  double repair[ROUNDS], segment[ROUNDS], tokens[ROUNDS];
  size_t bytes = 0, sentences = 0, token_count = 0, repaired;
  if (!articles || stance_text_matcher_new(&matcher, &error) != STANCE_OK) return 3;
  for (int i = 1; i < argc; i++) {
    char *data;
    size_t length;
    if (stance_file_read(argv[i], 0, &files, &data, &length, &error) != STANCE_OK ||
        stance_article_from_text(argv[i], data, length, &files, &articles[i], &repaired, &error) != STANCE_OK) {
      fprintf(stderr, "text_bench: %s: %s\n", argv[i], error.message);
      return 2;
    }
    bytes += articles[i].text_length;
  }
  for (int round = 0; round < ROUNDS; round++) {
    double spent[3] = {0, 0, 0};
    sentences = token_count = 0;
    for (int i = 1; i < argc; i++) {
      struct stance_document document;
      stance_arena_reset(&work);
      double start = now();
      size_t length;
      if (!stance_utf8_repair(&work, articles[i].text, articles[i].text_length, &length, &repaired)) return 3;
      double cleaned = now();
      if (stance_sentences_find(matcher, &work, &articles[i], &document, &error) != STANCE_OK) return 3;
      double cut = now();
      if (stance_tokens_find(matcher, &work, &document, &error) != STANCE_OK) return 3;
      double end = now();
      spent[0] += cleaned - start;
      spent[1] += cut - cleaned;
      spent[2] += end - cut;
      sentences += document.sentence_count;
      token_count += document.token_count;
    }
    repair[round] = spent[0];
    segment[round] = spent[1];
    tokens[round] = spent[2];
  }
  printf("%d files, %zu bytes, %zu sentences, %zu tokens\n", argc - 1, bytes, sentences, token_count);
  print_median("repair", repair, bytes);
  print_median("segment", segment, bytes);
  print_median("tokenise", tokens, bytes);
  stance_text_matcher_destroy(matcher);
  stance_arena_free(&work);
  stance_arena_free(&files);
  free(articles);
  return 0;
}
