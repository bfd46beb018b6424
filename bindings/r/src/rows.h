/* SPDX-License-Identifier: MIT
 * Articles scored by several threads into plain memory: no thread but R's own may touch R. */
#ifndef STANCEKIT_ROWS_H
#define STANCEKIT_ROWS_H

#include <stance.h>

/* One prediction, or with terms one term of its decision. */
struct row {
  uint32_t sentence, head, label;
  const struct stance_actor *source, *target;
  struct stance_rounded rounded;
  const char *text; /* the sentence */
  /* of a term */
  const char *term, *words;           /* words: NULL where there are none */
  uint32_t start, end;                /* code points of the sentence */
  int64_t weights[STANCE_LABELS_MAX]; /* ten-thousandths */
};

struct answer { /* to one article */
  struct row *rows;
  size_t row_count, row_capacity;
  char **texts; /* what rows point to */
  size_t text_count, text_capacity;
  char *date;
  size_t repaired;
  bool is_date_lost, is_absent;
};

struct job {
  const struct stance_model *model;
  const struct stance_gazetteer *gazetteer;
  struct stance_scoring scoring;
  const struct stance_article *articles; /* text NULL and title NULL: absent */
  size_t article_count;
  struct answer *answers; /* [article_count], zeroed */
  size_t limit;           /* terms of an explanation; 0: predictions */
  unsigned threads;
};

/* Calls `wait` every tenth of a second, and stops early where it returns true. STANCE_OK also then. */
enum stance_status rows_score(struct job *job, bool (*wait)(void), bool *is_stopped, struct stance_error *error);
/* Frees what it holds. */
void rows_free(struct job *job);

#endif
