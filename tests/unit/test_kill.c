/* SPDX-License-Identifier: MIT
 * kill -9 at random moments of scripted labelling: no acknowledged label is lost, and the journal always opens again.
 * The program runs on a pseudo-terminal. What it paints after a key is its acknowledgement: it paints nothing before the
 * decision is on the disk. STANCE_KILLS says how often (default 40; the release check takes 500). */
#include "annotate_project.h"

#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <sys/wait.h>
#include <time.h>

#include "annotate/project.h"

enum { SENTENCES = 4000, KEYS_EACH = 8 };

static unsigned random_state = 12345;
static unsigned next_random(unsigned below) { /* the same kills every time */
  random_state = random_state * 1103515245u + 12345u;
  return (random_state >> 8) % below;
}

static void wait_microseconds(long count) {
  struct timespec time = {.tv_nsec = count * 1000};
  nanosleep(&time, NULL);
}

/* Reads what is painted until nothing came for `quiet` ms; returns the bytes. */
static size_t read_painted(int terminal, int first_wait, int quiet) {
  char bytes[4096];
  size_t all = 0;
  struct pollfd in = {.fd = terminal, .events = POLLIN};
  while (poll(&in, 1, all ? quiet : first_wait) > 0) {
    ssize_t got = read(terminal, bytes, sizeof bytes);
    if (got <= 0) break;
    all += (size_t)got;
  }
  return all;
}

static pid_t start_program(int *terminal) {
  struct winsize size = {.ws_row = 20, .ws_col = 80};
  const char *program = getenv("STANCE") ? getenv("STANCE") : "build/stance";
  pid_t child = forkpty(terminal, NULL, NULL, &size);
  if (child == 0) {
    setenv("TERM", "xterm", 1);
    setenv("LC_ALL", "C.UTF-8", 1);
    execl(program, program, "annotate", "label", project_folder, "--as", "ana", (char *)NULL);
    _exit(127);
  }
  return child;
}

static size_t count_labels(struct stance_arena *arena) {
  struct annotate_project project;
  struct stance_record *records;
  struct stance_error error;
  size_t count, labels = 0;
  cr_assert_eq(annotate_project_open(project_folder, arena, &project, &error), STANCE_OK, "%s", error.message);
  cr_assert_eq(annotate_labels_read(&project, "ana", false, arena, &records, &count, &error), STANCE_OK, "%s:%zu: %s", error.file, error.line, error.message);
  for (size_t i = 0; i < count; i++) labels += records[i].label != NULL;
  stance_arena_reset(arena);
  return labels;
}

Test(kill, loses_no_acknowledged_label, .timeout = 600) {
  struct stance_arena arena = {0};
  int kills = getenv("STANCE_KILLS") ? atoi(getenv("STANCE_KILLS")) : 40;
  size_t acknowledged = 0, before = 0;
  make_project("", SENTENCES);
  for (int round = 0; round < kills; round++) {
    int terminal, status;
    size_t sent = 0, seen = 0;
    pid_t child = start_program(&terminal);
    cr_assert(child > 0);
    cr_assert(read_painted(terminal, 20000, 15) > 0, "round %d: nothing painted", round);
    unsigned last = next_random(KEYS_EACH);
    for (unsigned i = 0; i <= last; i++) {
      char label = (before + sent) % 3 == 2 ? '3' : 'h'; /* two dyads, then their sentence */
      cr_assert_eq(write(terminal, &label, 1), 1);
      sent++;
      if (i == last) break; /* killed somewhere on the way */
      cr_assert(read_painted(terminal, 20000, 3) > 0, "round %d: no answer", round);
      seen++;
    }
    wait_microseconds(next_random(1500));
    struct pollfd in = {.fd = terminal, .events = POLLIN};
    if (poll(&in, 1, 0) > 0 && (in.revents & POLLIN)) seen++; /* painted before it was killed */
    kill(child, SIGKILL);
    waitpid(child, &status, 0);
    close(terminal);
    acknowledged = before + seen;
    size_t kept = count_labels(&arena);
    cr_assert(kept >= acknowledged, "round %d: %zu acknowledged, %zu kept", round, acknowledged, kept);
    cr_assert(kept <= before + sent, "round %d: %zu sent, %zu kept", round, before + sent, kept);
    before = kept;
  }
  cr_log_info("%d kills, %zu labels", kills, before);
  stance_arena_free(&arena);
  remove_project();
}
