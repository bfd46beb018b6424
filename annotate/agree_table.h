/* SPDX-License-Identifier: MIT
 * One head's labels as a table of ratings, shared by the parts of the agreement report. */
#ifndef STANCE_ANNOTATE_AGREE_TABLE_H
#define STANCE_ANNOTATE_AGREE_TABLE_H

#include "agree.h"

struct rating {
  const struct stance_record *record;
  uint64_t key; /* eight bytes of the unit's id behind what all ids begin with: sorts as the ids do */
  uint32_t rater;
  int label; /* in the head */
};

struct head_table {
  const struct stance_head *head;
  struct stance_arena arena;
  const char **raters;
  size_t rater_count;
  struct rating *ratings; /* by unit */
  size_t rating_count;
  const struct stance_record **units; /* a record of each */
  double *values;                     /* [units][raters]: the label's rank by its value */
  uint32_t *clusters;                 /* [units]: the unit's cluster for the bootstrap, such as its article */
  size_t article_count;
  size_t unknown;  /* records with a label that the head lacks */
  bool is_by_unit; /* the bootstrap resamples units */
  struct agreement_table table;
  int rank[STANCE_LABELS_MAX], label_of_rank[STANCE_LABELS_MAX];
};

struct writer {
  const struct head_table *table;
  const struct annotate_agree_options *options;
  uint64_t seed;
  const struct stance_record *machines; /* sorted by machine */
  size_t machine_count;
  struct stance_buffer *out;
  size_t *done; /* coefficients resampled so far, of total */
  size_t total;
  bool *is_stopped;
};
/* Computes bootstrap intervals as the writer's options say, and reports progress. Does nothing after progress has asked
 * to stop. */
void agree_resample(const struct writer *writer, const struct agreement_table *table,
                    const struct agreement_statistic *statistics, size_t count, struct agreement *results);

/* "key":{"value":...} and "0.612 [0.580, 0.655]". */
void agree_put_json(struct stance_buffer *out, const char *key, const struct agreement *a);
/* A statistic's value (is_percent: as 83.1%), or the reason why it is undefined. */
void agree_put_value(struct stance_buffer *out, const struct agreement *a, bool is_percent);

/* agree_raters.c: each annotator against the others. */
enum stance_status agree_write_raters(const struct writer *writer, struct stance_arena *arena,
                                      struct stance_error *error);
/* Agreement week by week, by the dates of articles or of labels. */
enum stance_status agree_write_weeks(const struct writer *writer, struct stance_arena *arena,
                                     struct stance_error *error);

/* agree_machines.c: each machine's labels against the annotators'. */
enum stance_status agree_write_machines(const struct writer *writer, const struct stance_record *machines, size_t count,
                                        struct stance_arena *arena, struct stance_error *error);

#endif
