/* SPDX-License-Identifier: MIT */
#include "rows.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct crew {
  struct job *job;
  pthread_mutex_t lock;
  pthread_cond_t ended;
  size_t next;      /* the first article that nobody has taken */
  unsigned running; /* threads */
  bool is_stopped;
  enum stance_status status; /* the first failure, and its reason */
  struct stance_error error;
};

/* ---- one article ------------------------------------------------------------------------------------------ */

/* Room for one more item of `size` bytes; NULL: out of memory, and the list stays. */
static void *grow(void *list, size_t count, size_t *capacity, size_t size) {
  if (count < *capacity) return list;
  size_t more = *capacity ? *capacity * 2 : 16;
  void *grown = realloc(list, more * size);
  if (grown) *capacity = more;
  return grown;
}

/* A copy that lives as long as the answer. */
static const char *keep(struct answer *answer, const char *text, size_t length) {
  char **texts = grow(answer->texts, answer->text_count, &answer->text_capacity, sizeof *texts);
  char *copy = malloc(length + 1);
  if (texts) answer->texts = texts;
  if (!texts || !copy) {
    free(copy);
    return NULL;
  }
  memcpy(copy, text, length);
  copy[length] = '\0';
  return answer->texts[answer->text_count++] = copy;
}

static struct row *add_row(struct answer *answer, const struct row *row) {
  struct row *rows = grow(answer->rows, answer->row_count, &answer->row_capacity, sizeof *rows);
  if (!rows) return NULL;
  answer->rows = rows;
  rows[answer->row_count] = *row;
  return &rows[answer->row_count++];
}

static uint32_t code_points(const char *text, size_t bytes) {
  uint32_t count = 0;
  for (size_t i = 0; i < bytes; i++) count += ((unsigned char)text[i] & 0xc0) != 0x80;
  return count;
}

/* The terms of a decision: bias, reasons, others. */
static bool add_terms(struct answer *answer, const struct stance_document *document,
                      const struct stance_explanation *why, struct row row) {
  const struct stance_sentence *sentence = &document->sentences[row.sentence];
  const char *text = document->text + sentence->start;
  row.term = "bias";
  memcpy(row.weights, why->bias, sizeof row.weights);
  if (!add_row(answer, &row)) return false;
  for (size_t i = 0; i < why->reason_count; i++) {
    const struct stance_reason *reason = &why->reasons[i];
    bool has_words = sentence->start <= reason->start && reason->start < reason->end && reason->end <= sentence->end;
    row.term = keep(answer, reason->feature, strlen(reason->feature));
    row.words = has_words ? keep(answer, document->text + reason->start, reason->end - reason->start) : NULL;
    if (!row.term || (has_words && !row.words)) return false;
    row.start = has_words ? code_points(text, reason->start - sentence->start) : 0;
    row.end = has_words ? code_points(text, reason->end - sentence->start) : 0;
    memcpy(row.weights, reason->weights, sizeof row.weights);
    if (!add_row(answer, &row)) return false;
  }
  row.term = "others";
  row.words = NULL;
  memcpy(row.weights, why->others, sizeof row.weights);
  return add_row(answer, &row) != NULL;
}

static enum stance_status out_of_memory(struct stance_error *error) {
  memset(error, 0, sizeof *error);
  error->status = STANCE_SYSTEM;
  strcpy(error->message, "out of memory");
  return STANCE_SYSTEM;
}

static enum stance_status take_result(const struct job *job, struct stance_scorer *scorer,
                                      const struct stance_result *result, struct answer *answer,
                                      struct stance_error *error) {
  const struct stance_document *document = result->document;
  struct row row = {0};
  answer->repaired = result->repaired;
  answer->is_date_lost = result->date_is_lost;
  if (document->date && !(answer->date = strdup(document->date))) return out_of_memory(error);
  for (size_t i = 0; i < result->prediction_count; i++) {
    const struct stance_prediction *prediction = &result->predictions[i];
    if (!row.text || row.sentence != prediction->sentence) {
      const struct stance_sentence *sentence = &document->sentences[prediction->sentence];
      row.text = keep(answer, document->text + sentence->start, sentence->end - sentence->start);
      if (!row.text) return out_of_memory(error);
    }
    row.sentence = prediction->sentence;
    row.head = prediction->head;
    row.label = prediction->label;
    row.source = prediction->source;
    row.target = prediction->target;
    stance_round(job->model, prediction, 1, &row.rounded);
    if (!job->limit) {
      if (!add_row(answer, &row)) return out_of_memory(error);
      continue;
    }
    struct stance_explanation why;
    enum stance_status status = stance_scorer_explain(scorer, prediction, job->limit, &why, error);
    if (status != STANCE_OK) return status;
    if (!add_terms(answer, document, &why, row)) return out_of_memory(error);
  }
  return STANCE_OK;
}

static enum stance_status score_article(const struct job *job, struct stance_scorer *scorer, size_t index,
                                        struct stance_error *error) {
  const struct stance_article *article = &job->articles[index];
  struct answer *answer = &job->answers[index];
  struct stance_result result;
  answer->is_absent = !article->text && !article->title;
  if (answer->is_absent) return STANCE_OK;
  enum stance_status status = stance_scorer_run(scorer, article, &result, error);
  return status == STANCE_OK ? take_result(job, scorer, &result, answer, error) : status;
}

/* ---- the threads ------------------------------------------------------------------------------------------ */

static bool take_article(struct crew *crew, size_t *index) {
  pthread_mutex_lock(&crew->lock);
  bool is_taken = !crew->is_stopped && crew->status == STANCE_OK && crew->next < crew->job->article_count;
  if (is_taken) *index = crew->next++;
  pthread_mutex_unlock(&crew->lock);
  return is_taken;
}

static void *work(void *context) {
  struct crew *crew = context;
  struct stance_scorer *scorer = NULL;
  struct stance_error error = {0};
  size_t index;
  enum stance_status status =
      stance_scorer_new(crew->job->model, crew->job->gazetteer, &crew->job->scoring, &scorer, &error);
  while (status == STANCE_OK && take_article(crew, &index)) status = score_article(crew->job, scorer, index, &error);
  stance_scorer_destroy(scorer);
  pthread_mutex_lock(&crew->lock);
  if (status != STANCE_OK && crew->status == STANCE_OK) {
    crew->status = status;
    crew->error = error;
  }
  crew->running--;
  pthread_cond_signal(&crew->ended);
  pthread_mutex_unlock(&crew->lock);
  return NULL;
}

static void wait_for_all(struct crew *crew, bool (*wait)(void)) {
  pthread_mutex_lock(&crew->lock);
  while (crew->running) {
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_nsec += 100000000;
    if (until.tv_nsec >= 1000000000) until.tv_sec++, until.tv_nsec -= 1000000000;
    pthread_cond_timedwait(&crew->ended, &crew->lock, &until);
    if (crew->is_stopped) continue;
    pthread_mutex_unlock(&crew->lock);
    bool is_stopped = wait();
    pthread_mutex_lock(&crew->lock);
    crew->is_stopped = is_stopped;
  }
  pthread_mutex_unlock(&crew->lock);
}

enum stance_status rows_score(struct job *job, bool (*wait)(void), bool *is_stopped, struct stance_error *error) {
  struct crew crew = {.job = job, .lock = PTHREAD_MUTEX_INITIALIZER, .ended = PTHREAD_COND_INITIALIZER};
  pthread_t threads[256];
  unsigned started = 0, wanted = job->threads < 256 ? job->threads : 256;
  crew.running = wanted;
  while (started < wanted && pthread_create(&threads[started], NULL, work, &crew) == 0) started++;
  pthread_mutex_lock(&crew.lock);
  crew.running -= wanted - started;
  if (!started) {
    out_of_memory(&crew.error);
    strcpy(crew.error.message, "cannot start a thread");
    crew.status = STANCE_SYSTEM;
  }
  pthread_mutex_unlock(&crew.lock);
  wait_for_all(&crew, wait);
  for (unsigned i = 0; i < started; i++) pthread_join(threads[i], NULL);
  *is_stopped = crew.is_stopped;
  *error = crew.error;
  return crew.status;
}

void rows_free(struct job *job) {
  if (!job->answers) return;
  for (size_t i = 0; i < job->article_count; i++) {
    struct answer *answer = &job->answers[i];
    for (size_t t = 0; t < answer->text_count; t++) free(answer->texts[t]);
    free(answer->texts);
    free(answer->rows);
    free(answer->date);
  }
  free(job->answers);
  job->answers = NULL;
}
