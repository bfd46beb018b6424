/* SPDX-License-Identifier: MIT
 * A small annotation project in a temporary folder, for the tests of the annotate room. */
#ifndef TESTS_ANNOTATE_PROJECT_H
#define TESTS_ANNOTATE_PROJECT_H

#include <criterion/criterion.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char project_folder[64];

static inline void write_text(const char *name, const char *text) {
  char path[160];
  snprintf(path, sizeof path, "%s/%s", project_folder, name);
  FILE *file = fopen(path, "w");
  cr_assert(file, "%s", path);
  fputs(text, file);
  cr_assert_eq(fclose(file), 0);
}

/* The file's bytes; the caller frees. NULL: there is none. */
static inline char *read_text(const char *name) {
  char path[160];
  snprintf(path, sizeof path, "%s/%s", project_folder, name);
  FILE *file = fopen(path, "r");
  if (!file) return NULL;
  char *bytes = NULL;
  size_t length = 0;
  FILE *copy = open_memstream(&bytes, &length);
  for (int c; (c = getc(file)) != EOF;) putc(c, copy);
  fclose(copy);
  fclose(file);
  return bytes;
}

/* `settings` goes into project.json behind the codebook. Each of `sentences` sentences has the dyads MLI>FRA, FRA>MLI and itself. */
static inline void make_project(const char *settings, int sentences) {
  char json[600], path[160];
  strcpy(project_folder, "/tmp/stance-test-XXXXXX");
  cr_assert(mkdtemp(project_folder));
  snprintf(path, sizeof path, "%s/labels", project_folder);
  cr_assert_eq(mkdir(path, 0777), 0);
  snprintf(json, sizeof json, "{\"codebook\":\"codebook.json\"%s}", settings);
  write_text("project.json", json);
  write_text(
      "codebook.json",
      "{\"name\":\"test\",\"heads\":[{\"name\":\"stance\",\"unit\":\"dyad\",\"question\":\"{source} towards "
      "{target}?\",\"labels\":["
      "{\"name\":\"hostile\",\"key\":\"h\",\"value\":-1,\"definition\":\"acts "
      "against\"},{\"name\":\"neutral\",\"key\":\"n\",\"value\":0},"
      "{\"name\":\"friendly\",\"key\":\"f\",\"value\":1}]},{\"name\":\"sentiment\",\"unit\":\"sentence\",\"question\":"
      "\"Sentiment?\",\"labels\":["
      "{\"name\":\"negative\",\"key\":\"1\",\"value\":-1},{\"name\":\"positive\",\"key\":\"3\",\"value\":1}]}]}");
  snprintf(path, sizeof path, "%s/units.jsonl", project_folder);
  FILE *file = fopen(path, "w");
  cr_assert(file);
  for (int i = 0; i < sentences; i++)
    for (int kind = 0; kind < 3; kind++) {
      static const char *const ends[] = {":MLI>FRA", ":FRA>MLI", ""}, *const pairs[] = {
                                                                          "\"source\":\"MLI\",\"target\":\"FRA\",",
                                                                          "\"source\":\"FRA\",\"target\":\"MLI\",", ""};
      fprintf(file,
              "{\"unit\":\"a#%d%s\",\"article\":\"a\",\"sentence\":%d,\"text\":\"Mali accused France of crime "
              "%d.\",%s\"head\":\"%s\","
              "\"mentions\":[{\"actor\":\"MLI\",\"start\":0,\"end\":4},{\"actor\":\"FRA\",\"start\":13,\"end\":19}],"
              "\"title\":\"A title\","
              "\"previous\":\"Before.\",\"next\":\"After.\",\"date\":\"2022-05-03\"}\n",
              i, ends[kind], i, i, pairs[kind], kind == 2 ? "sentiment" : "stance");
    }
  cr_assert_eq(fclose(file), 0);
}

static inline void remove_project(void) {
  char command[128];
  snprintf(command, sizeof command, "rm -rf '%s'", project_folder);
  cr_assert_eq(system(command), 0);
}

#endif
