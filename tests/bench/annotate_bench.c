/* SPDX-License-Identifier: MIT
 * The annotation screen at 100,000 units with 100,000 labels: time to open, memory, and from a key to the painted screen.
 * Runs the program on a pseudo-terminal. Usage: annotate_bench PROGRAM FOLDER [UNITS]; prints a line for each figure. */
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { KEYS = 200 };

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec * 1000 + (double)time.tv_nsec / 1e6;
}

static FILE *create(const char *folder, const char *name) {
  char path[512];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  FILE *file = fopen(path, "w");
  if (!file) {
    perror(path);
    exit(2);
  }
  return file;
}

/* Sentences of 200 letters with their context, as in news; the last 1,000 units have no label yet. */
static void make_project(const char *folder, int units) {
  char path[512];
  mkdir(folder, 0777);
  snprintf(path, sizeof path, "%s/labels", folder);
  mkdir(path, 0777);
  FILE *file = create(folder, "project.json");
  fputs("{\"codebook\":\"codebook.json\"}", file);
  fclose(file);
  file = create(folder, "codebook.json");
  fputs(
      "{\"name\":\"bench\",\"heads\":[{\"name\":\"stance\",\"unit\":\"dyad\",\"labels\":[{\"name\":\"hostile\",\"key\":"
      "\"h\",\"value\":-1},"
      "{\"name\":\"neutral\",\"key\":\"n\",\"value\":0},{\"name\":\"friendly\",\"key\":\"f\",\"value\":1}]}]}",
      file);
  fclose(file);
  FILE *list = create(folder, "units.jsonl"), *journal = create(folder, "labels/ana.jsonl");
  char text[256];
  memset(text, 0, sizeof text);
  for (int i = 0; i < 200; i++) text[i] = i % 7 == 6 ? ' ' : (char)('a' + i % 26);
  for (int i = 0; i < units; i++) {
    const char *dyad = i % 2 ? "FRA>MLI" : "MLI>FRA", *source = i % 2 ? "FRA" : "MLI", *target = i % 2 ? "MLI" : "FRA";
    static const char mentions[] =
        "\"mentions\":[{\"actor\":\"MLI\",\"start\":0,\"end\":6},{\"actor\":\"FRA\",\"start\":21,\"end\":27}]";
    int article = i / 40, sentence = i / 2 % 20;
    fprintf(list,
            "{\"unit\":\"2022-05-03-article-%d#%d:%s\",\"article\":\"2022-05-03-article-%d\",\"sentence\":%d,\"text\":"
            "\"%s\",\"source\":\"%s\",\"target\":\"%s\","
            "\"head\":\"stance\",%s,\"title\":\"A title of an "
            "article\",\"previous\":\"%s\",\"next\":\"%s\",\"date\":\"2022-05-03\"}\n",
            article, sentence, dyad, article, sentence, text, source, target, mentions, text, text);
    if (i < units - 1000)
      fprintf(journal,
              "{\"unit\":\"2022-05-03-article-%d#%d:%s\",\"article\":\"2022-05-03-article-%d\",\"sentence\":%d,"
              "\"text\":\"%s\",\"source\":\"%s\",\"target\":\"%s\","
              "%s,\"head\":\"stance\",\"label\":\"hostile\",\"annotator\":\"ana\",\"at\":\"2026-01-01T%02d:%02d:%02d.%"
              "03dZ\",\"seconds\":2.4}\n",
              article, sentence, dyad, article, sentence, text, source, target, mentions, i / 3600000, i / 60000 % 60,
              i / 1000 % 60, i % 1000);
  }
  fclose(list);
  fclose(journal);
}

static int by_value(const void *left, const void *right) {
  double a = *(const double *)left, b = *(const double *)right;
  return (a > b) - (a < b);
}

/* Waits for the first bytes; returns when they came. Then reads on until it is quiet. */
static double wait_for_paint(int terminal) {
  char bytes[8192];
  struct pollfd in = {.fd = terminal, .events = POLLIN};
  if (poll(&in, 1, 60000) <= 0) {
    fputs("no answer\n", stderr);
    exit(2);
  }
  double last = now();
  while (poll(&in, 1, 2) > 0 && read(terminal, bytes, sizeof bytes) > 0) last = now();
  return last;
}

static void time_keys(int terminal, const char *what, const char *keys) {
  double times[KEYS];
  for (int i = 0; i < KEYS; i++) {
    double start = now();
    if (write(terminal, &keys[i % (int)strlen(keys)], 1) != 1) exit(2);
    times[i] = wait_for_paint(terminal) - start;
  }
  qsort(times, KEYS, sizeof *times, by_value);
  printf("%-28s median %.2f ms, 99%% %.2f ms\n", what, times[KEYS / 2], times[KEYS * 99 / 100]);
}

int main(int argc, char **argv) {
  int units = argc > 3 ? atoi(argv[3]) : 100000, terminal, status;
  struct winsize size = {.ws_row = 40, .ws_col = 120};
  struct rusage usage;
  if (argc < 3) {
    fputs("usage: annotate_bench PROGRAM FOLDER [UNITS]\n", stderr);
    return 2;
  }
  make_project(argv[2], units);
  double start = now();
  pid_t child = forkpty(&terminal, NULL, NULL, &size);
  if (child == 0) {
    setenv("TERM", "xterm-256color", 1);
    setenv("LC_ALL", "C.UTF-8", 1);
    execl(argv[1], argv[1], "annotate", "label", argv[2], "--as", "ana", (char *)NULL);
    _exit(127);
  }
  printf("%-28s %.0f ms\n", "open, to the first screen", wait_for_paint(terminal) - start);
  time_keys(terminal, "a label (with fdatasync)", "hnf");
  time_keys(terminal, "a move (without)", ",,..");
  if (write(terminal, "/nowhere", 8) != 8) return 2;
  wait_for_paint(terminal);
  start = now();
  if (write(terminal, "\r", 1) != 1) return 2;
  printf("%-28s %.0f ms\n", "a search through all texts", wait_for_paint(terminal) - start);
  if (write(terminal, "q", 1) != 1) return 2;
  char bytes[4096];
  while (read(terminal, bytes, sizeof bytes) > 0) {
  }
  wait4(child, &status, 0, &usage);
  printf("%-28s %.1f MB\n", "memory (maximum resident)", (double)usage.ru_maxrss / 1024);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 2;
}
