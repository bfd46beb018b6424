/* SPDX-License-Identifier: MIT
 * kill -9 at random moments of scripted labelling: no acknowledged label is lost, and the journal always opens again.
 * The program runs on a pseudo-terminal. The count in its bar is its acknowledgement: it paints nothing before the
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

/* Has the screen painted anew (ctrl-l) and reads it until its bar says that `least` units or more are done; returns how many it says. What a
 * screen shows stands on the disk. However slow the machine is, nothing here depends on the time between two bursts of bytes. */
static size_t read_done(int terminal, size_t least) {
  static char painted[65536];
  size_t length = 0, done = 0;
  struct pollfd in = {.fd = terminal, .events = POLLIN};
  cr_assert_eq(write(terminal, "\f", 1), 1);
  for (;;) {
    cr_assert(poll(&in, 1, 120000) > 0, "nothing painted; %zu done, expected %zu", done, least);
    if (length > sizeof painted / 2) length = 0; /* the newest screens are enough */
    ssize_t got = read(terminal, painted + length, sizeof painted - 1 - length);
    cr_assert(got > 0, "the program is gone; %zu done, expected %zu", done, least);
    length += (size_t)got;
    painted[length] = '\0';
    size_t count, units;
    for (const char *at = painted; (at = strstr(at, " ana  ")); at++)
      if (sscanf(at, " ana  %zu/%zu done", &count, &units) == 2 && strstr(at, " done") && count > done) done = count;
    bool is_known = strstr(painted, " done (") != NULL;
    if (is_known && done >= least) return done;
  }
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
  cr_assert_eq(annotate_labels_read(&project, "ana", false, arena, &records, &count, &error), STANCE_OK, "%s:%zu: %s",
               error.file, error.line, error.message);
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
    if (child < 0) {
      remove_project();
      cr_skip_test("no pseudo-terminal here");
    }
    cr_assert_eq(read_done(terminal, before), before, "round %d: not what was kept", round);
    unsigned last = next_random(KEYS_EACH);
    for (unsigned i = 0; i <= last; i++) {
      char label = (before + sent) % 3 == 2 ? '3' : 'h'; /* two dyads, then their sentence */
      cr_assert_eq(write(terminal, &label, 1), 1);
      sent++;
      if (i == last) break; /* killed somewhere on the way */
      seen = read_done(terminal, before + sent) - before;
    }
    wait_microseconds(next_random(1500));
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
