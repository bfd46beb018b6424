/* SPDX-License-Identifier: MIT
 * Pages to the text of their articles, for html_pages.py, and how fast.   html_bench FILE...   a page's text behind "== FILE"
 * html_bench --repeat N FILE...   N times over all, and megabytes a second of processor time. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "input/html.h"
#include "stance/base/file.h"

static int run_page(const char *path, bool is_quiet, size_t *bytes) {
  struct stance_arena arena = {0};
  struct stance_article article;
  struct stance_error error;
  size_t repaired, length = 0;
  FILE *file = fopen(path, "rb");
  if (!file) return 2;
  static char data[16 << 20];
  length = fread(data, 1, sizeof data - 1, file);
  data[length] = '\0';
  fclose(file);
  *bytes += length;
  enum stance_status status = input_html_article("page", data, length, &arena, &article, &repaired, &error);
  if (!is_quiet) {
    printf("== %s\n", path);
    if (status != STANCE_OK) printf("-- %s\n", error.message);
    else
      printf("-- %s | %s | %s | %s | %s\n%s\n", article.title, article.date, article.outlet, article.lang, article.url,
             article.text);
  }
  stance_arena_free(&arena);
  return 0;
}

int main(int count, char **arguments) {
  int repeat = 1, first = 1;
  if (count > 3 && strcmp(arguments[1], "--repeat") == 0) repeat = atoi(arguments[2]), first = 3;
  size_t bytes = 0;
  clock_t start = clock();
  input_html_start();
  for (int round = 0; round < repeat; round++)
    for (int i = first; i < count; i++) run_page(arguments[i], first == 3, &bytes);
  double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
  if (first == 3)
    printf("%.1f MB/s of processor time (%zu bytes, %.2f s)\n", (double)bytes / 1e6 / seconds, bytes, seconds);
  return 0;
}
