/* SPDX-License-Identifier: MIT */
#include "nats_work.h"

#include <errno.h>
#include <inttypes.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "nats_link.h"
#include "stance/base/error.h"
#include "stance/base/hash.h"
#include "stance/base/memory.h"

enum {
  TRIAL_SECONDS = 120,
  PATIENCE_SECONDS = 600, /* an article at work for longer is no longer held for this worker */
};

enum fate { WAITING, SCORED, REJECTED, GIVEN_UP, FAILED };

struct worker {
  const struct classify_work_options *options;
  struct classify_answerer *answerer;
  struct classify_work_counts *counts;
  struct nats_link *link;
  struct nats_taken taken[CLASSIFY_WORK_BATCH_MAX];
  enum fate fates[CLASSIFY_WORK_BATCH_MAX];
  uint32_t units[CLASSIFY_WORK_BATCH_MAX];
  int count;
  char said[256];       /* the last trouble reported */
  pthread_mutex_t lock; /* guards the messages of `taken`, which the pulse thread extends */
  pthread_cond_t ended;
  bool is_over;
  time_t begun; /* when the current article was started; 0: none */
};

static void say(const struct worker *worker, bool is_warning, const char *sentence) {
  worker->options->say(worker->options->context, is_warning, sentence);
}

static void say_link(void *context, const char *sentence) { say(context, true, sentence); }

/* Reports a trouble once while it lasts. */
static void say_trouble(struct worker *worker, const char *what) {
  if (strcmp(worker->said, what) == 0) return;
  snprintf(worker->said, sizeof worker->said, "%s", what);
  say(worker, true, what);
}

static time_t seconds_now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec + 1; /* never 0 */
}

/* ---- the pulse thread: restarts the ack wait of articles at work ------------------------------------------------ */

static void *keep_alive(void *context) {
  struct worker *worker = context;
  double wait = nats_link_ack_wait(worker->link) / 3;
  pthread_mutex_lock(&worker->lock);
  while (!worker->is_over) {
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    uint64_t nanoseconds = (uint64_t)until.tv_nsec + (uint64_t)(wait * 1e9);
    until.tv_sec += (time_t)(nanoseconds / 1000000000);
    until.tv_nsec = (long)(nanoseconds % 1000000000);
    if (pthread_cond_timedwait(&worker->ended, &worker->lock, &until) != ETIMEDOUT) continue;
    if (worker->begun && seconds_now() - worker->begun > PATIENCE_SECONDS) continue;
    for (int i = 0; i < worker->count; i++) nats_link_extend(&worker->taken[i]);
  }
  pthread_mutex_unlock(&worker->lock);
  return NULL;
}

static void settle(struct worker *worker, int index, enum nats_verdict verdict) {
  pthread_mutex_lock(&worker->lock);
  nats_link_settle(&worker->taken[index], verdict);
  pthread_mutex_unlock(&worker->lock);
}

static void set_begun(struct worker *worker, bool is_at_work) {
  pthread_mutex_lock(&worker->lock);
  worker->begun = is_at_work ? seconds_now() : 0;
  pthread_mutex_unlock(&worker->lock);
}

/* ---- one article ------------------------------------------------------------------------------------------------- */

static enum stance_status answer_one(struct worker *worker, const struct nats_taken *taken,
                                     struct classify_answer *answer, struct stance_error *error) {
  return classify_answer(worker->answerer, worker->options->stream, taken->sequence, taken->data, taken->length, answer,
                         error);
}

/* Tries an article in a child process. False: the child died, with the reason. The child has only this thread: it
 * scores and reports, and does not touch the connection. */
static bool survives(struct worker *worker, const struct nats_taken *taken, char *reason, size_t size) {
  int ends[2], status = 0;
  char told[256] = "";
  if (pipe(ends) != 0) return true;
  pid_t child = fork();
  if (child == 0) {
    struct classify_answer answer;
    struct stance_error error = {0};
    signal(SIGALRM, SIG_DFL);
    alarm(TRIAL_SECONDS);
    bool is_good = answer_one(worker, taken, &answer, &error) == STANCE_OK;
    if (!is_good && write(ends[1], error.message, strnlen(error.message, sizeof told - 1)) < 0) _exit(2);
    _exit(is_good ? 0 : 1);
  }
  close(ends[1]);
  ssize_t length = child > 0 ? read(ends[0], told, sizeof told - 1) : 0;
  close(ends[0]);
  if (child < 0) return true; /* no child process: treat it as any other article */
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return true;
  unsigned long long before = taken->deliveries - 1;
  told[length > 0 ? length : 0] = '\0';
  if (WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM)
    snprintf(reason, size, "delivered %llu times without an answer; scoring it takes more than %d s", before,
             TRIAL_SECONDS);
  else if (WIFSIGNALED(status))
    snprintf(reason, size, "delivered %llu times without an answer; scoring it was ended by signal %d (%s)", before,
             WTERMSIG(status), strsignal(WTERMSIG(status)));
  else snprintf(reason, size, "delivered %llu times without an answer; scoring it fails: %s", before, told);
  return false;
}

/* The next part of an answer that the server accepts, cut between lines. False: a single line is too large. */
static bool next_part(const struct classify_answer *answer, size_t at, size_t most, size_t *length) {
  *length = answer->length - at;
  if (*length <= most) return true;
  const char *end = memrchr(answer->lines + at, '\n', most);
  if (!end) return false;
  *length = (size_t)(end + 1 - (answer->lines + at));
  return true;
}

static bool fits(const struct classify_answer *answer, size_t most) {
  for (size_t at = 0, length; at < answer->length; at += length)
    if (!next_part(answer, at, most, &length)) return false;
  return true;
}

static enum stance_status publish(struct worker *worker, int index, const struct classify_answer *answer,
                                  struct stance_error *error) {
  const struct classify_work_options *options = worker->options;
  const struct nats_taken *taken = &worker->taken[index];
  uint64_t hash = stance_hash_combine(stance_hash(options->consumer, strlen(options->consumer)),
                                      stance_hash(taken->data, taken->length));
  const char *subject = worker->fates[index] == GIVEN_UP ? options->dead
                        : answer->is_rejected            ? options->rejects
                                                         : options->to;
  int part = 0;
  for (size_t at = 0, length; at < answer->length; at += length) {
    char id[NATS_ID_BYTES], tail[16] = "";
    next_part(answer, at, nats_link_max_bytes(worker->link), &length);
    if (++part > 1) snprintf(tail, sizeof tail, "-%d", part);
    snprintf(id, sizeof id, "%016" PRIx64 "-%" PRIu64 "%s", hash, taken->sequence, tail);
    STANCE_TRY(nats_link_publish(worker->link, subject, id, part, answer->lines + at, length, index, error));
  }
  return STANCE_OK;
}

static enum stance_status work_at(struct worker *worker, int index, struct stance_error *error) {
  const struct classify_work_options *options = worker->options;
  const struct nats_taken *taken = &worker->taken[index];
  struct classify_answer answer = {0};
  struct stance_error problem = {0};
  char reason[400] = "";
  set_begun(worker, true);
  bool is_lost = taken->deliveries > (uint64_t)options->tries && !survives(worker, taken, reason, sizeof reason);
  enum stance_status status = is_lost ? STANCE_OK : answer_one(worker, taken, &answer, &problem);
  if (status == STANCE_OK && !is_lost && !fits(&answer, nats_link_max_bytes(worker->link))) {
    snprintf(reason, sizeof reason, "a line of its answer is larger than the server takes (%zu bytes)",
             nats_link_max_bytes(worker->link));
    answer.is_rejected = true;
  }
  if (status == STANCE_OK && *reason)
    status = classify_answer_refusal(worker->answerer, options->stream, taken->sequence, taken->data, taken->length,
                                     reason, &answer, &problem);
  set_begun(worker, false);
  if (status != STANCE_OK) { /* out of memory: it will be delivered again, here or elsewhere */
    worker->fates[index] = FAILED;
    stance_memory_was_out(); /* it is told here, and the worker goes on */
    snprintf(reason, sizeof reason, "%s:%" PRIu64 ": %.300s", options->stream, taken->sequence, problem.message);
    say_trouble(worker, reason);
    return STANCE_OK;
  }
  worker->fates[index] = is_lost ? GIVEN_UP : answer.is_rejected ? REJECTED : SCORED;
  worker->units[index] = (uint32_t)answer.units;
  return publish(worker, index, &answer, error);
}

/* ---- one batch --------------------------------------------------------------------------------------------------- */

static void count_and_settle(struct worker *worker, int index, bool is_stored) {
  struct classify_work_counts *counts = worker->counts;
  enum fate fate = worker->fates[index];
  if (fate == WAITING || fate == FAILED || !is_stored) {
    counts->given_back++;
    settle(worker, index, fate == WAITING ? NATS_AGAIN : NATS_LATER);
    return;
  }
  counts->answered += fate == SCORED;
  counts->rejected += fate == REJECTED;
  counts->given_up += fate == GIVEN_UP;
  counts->units += fate == SCORED ? worker->units[index] : 0;
  settle(worker, index, NATS_ANSWERED);
}

static enum stance_status work_batch(struct worker *worker, struct stance_error *error) {
  bool failed[CLASSIFY_WORK_BATCH_MAX] = {false};
  struct stance_error problem = {0};
  enum stance_status status = STANCE_OK;
  for (int i = 0; i < worker->count; i++) worker->fates[i] = WAITING;
  for (int i = 0; i < worker->count && status == STANCE_OK && !*worker->options->interrupted; i++)
    status = work_at(worker, i, error);
  if (nats_link_confirm(worker->link, failed, &worker->counts->already, &problem) == STANCE_OK) worker->said[0] = '\0';
  else say_trouble(worker, problem.message); /* they are returned and delivered again */
  for (int i = 0; i < worker->count; i++) count_and_settle(worker, i, !failed[i]);
  return status;
}

static enum stance_status take_batch(struct worker *worker, struct stance_error *error) {
  struct nats_taken taken[CLASSIFY_WORK_BATCH_MAX];
  int count;
  enum stance_status status = nats_link_take(worker->link, worker->options->batch, taken, &count, error);
  pthread_mutex_lock(&worker->lock);
  memcpy(worker->taken, taken, (size_t)count * sizeof *taken);
  worker->count = count;
  pthread_mutex_unlock(&worker->lock);
  return status;
}

static enum stance_status work(struct worker *worker, struct stance_error *error) {
  while (!*worker->options->interrupted) {
    STANCE_TRY(take_batch(worker, error));
    if (worker->count) {
      STANCE_TRY(work_batch(worker, error));
      continue;
    }
    bool is_empty = false;
    if (worker->options->until_empty) STANCE_TRY(nats_link_is_empty(worker->link, &is_empty, error));
    if (is_empty) break;
  }
  return STANCE_OK;
}

enum stance_status classify_nats_work(const struct classify_work_options *options, struct classify_answerer *answerer,
                                      struct classify_work_counts *counts, struct stance_error *error) {
  struct worker worker = {.options = options, .answerer = answerer, .counts = counts};
  const char *subjects[] = {options->to, options->rejects, options->dead};
  const struct nats_link_options link = {.url = options->url,
                                         .credentials = options->credentials,
                                         .stream = options->stream,
                                         .consumer = options->consumer,
                                         .filter = options->filter,
                                         .subjects = subjects,
                                         .subject_count = sizeof subjects / sizeof *subjects,
                                         .ack_wait = options->ack_wait,
                                         .say = say_link,
                                         .say_context = &worker};
  pthread_t pulse;
  *counts = (struct classify_work_counts){0};
  STANCE_TRY(nats_link_open(&link, &worker.link, error));
  pthread_mutex_init(&worker.lock, NULL);
  pthread_cond_init(&worker.ended, NULL);
  bool has_pulse = pthread_create(&pulse, NULL, keep_alive, &worker) == 0;
  enum stance_status status =
      has_pulse ? work(&worker, error) : stance_fail(error, STANCE_SYSTEM, "cannot start a thread");
  pthread_mutex_lock(&worker.lock);
  worker.is_over = true;
  pthread_cond_signal(&worker.ended);
  pthread_mutex_unlock(&worker.lock);
  if (has_pulse) pthread_join(pulse, NULL);
  for (int i = 0; i < worker.count; i++) settle(&worker, i, NATS_AGAIN); /* after a failure */
  nats_link_close(worker.link);
  pthread_cond_destroy(&worker.ended);
  pthread_mutex_destroy(&worker.lock);
  return status;
}
