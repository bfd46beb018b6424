/* SPDX-License-Identifier: MIT
 * Estimates for a population: predictions corrected by hand labels of a probability sample, with the difference
 * estimator of survey sampling (Sarndal, Swensson, Wretman 1992). Design-based supervised learning (Egami and others
 * 2023) and prediction-powered inference (Angelopoulos and others 2023) are the same estimator. docs/method.md has the
 * formulas and the measured coverage. */
#ifndef STANCE_CLASSIFY_ESTIMATE_H
#define STANCE_CLASSIFY_ESTIMATE_H

#include <stdio.h>

#include "sample.h"

struct estimate_settings {
  const struct population *population;
  const struct sample *sample;
  const struct stance_record *records; /* gold, from classify_estimate_gold_read */
  size_t record_count;
  const char *gold_name; /* for messages */
  const char *not_unit;  /* a gold label for "this is no unit" (wrong actors); NULL: none */
  size_t by_count;       /* number of the population's columns to group by, from the first */
  bool regress, superpopulation, nonresponse, borrow, exclude_seen, no_shrink, trend;
  const char *const *contrasts; /* "A-B" of values of the first column */
  size_t contrast_count;
  const struct classify_facts *facts; /* of the run, for the output; may be NULL */
  double level, width;                /* level of intervals, such as 0.95; the width for which `more` is computed */
  enum { ESTIMATE_ADJUST_NONE, ESTIMATE_ADJUST_HOLM, ESTIMATE_ADJUST_BY } adjust;
  void (*note)(void *context, bool is_warning,
               const char *text); /* told what was dropped, merged or guessed; may be NULL */
  void *context;
};

enum estimate_kind { ESTIMATE_LEVEL, ESTIMATE_CONTRAST, ESTIMATE_TREND };

struct estimate_row {
  enum estimate_kind kind;
  const char *by[POPULATION_COLUMNS_MAX]; /* NULL: unknown; the first of a contrast is "A - B", of a trend "trend" */
  int label;                              /* -1: the score */
  size_t units, gold, domain;
  double predicted, estimate, se, low, high, df, deff, neff, gold_alone, gold_alone_se; /* each NAN if there is none */
  double more;          /* further labels needed for the width asked for */
  double p, p_adjusted; /* of the hypothesis that the value is 0; NAN for shares that are no contrast */
  const char *method;   /* "difference", "regression", "shrunk", "wilson", "superpopulation", "borrowed", "none" */
  char flags[96];
};

struct estimate {
  struct stance_arena arena;
  const struct estimate_settings *options;
  struct estimate_row *rows;
  size_t row_count;
  size_t units, gold, tests; /* units of the population; those drawn and labelled; number of p values adjusted for */
  size_t refused;            /* rows without an estimate */
};

/* Reads the records of label files or project folders (gold.jsonl and labels/) that hold after retractions, into the
 * arena. */
enum stance_status classify_estimate_gold_read(const char *const *paths, size_t count, struct stance_arena *arena,
                                               struct stance_record **records, size_t *record_count,
                                               struct stance_error *error);
/* Computes the estimates; borrows options. STANCE_INPUT: no estimate is possible (docs/method.md, "When it
 * refuses"). */
enum stance_status classify_estimate_make(const struct estimate_settings *options, struct estimate *out,
                                          struct stance_error *error);
/* Frees what it holds. */
void classify_estimate_free(struct estimate *estimate);
/* *ratio = sum w e^2 / sum w sigma^2 over a sample's labelled units: how much larger the errors are than the model
 * expects. */
enum stance_status classify_estimate_error_ratio(const struct population *population, const struct sample *sample,
                                                 const struct stance_record *records, size_t count, int label,
                                                 double *ratio, struct stance_error *error);

/* ---- writing ----------------------------------------------------------------------------------------------------- */

/* Appends the rows as CSV with a comment line on how they were made. */
void classify_estimate_write_csv(const struct estimate *estimate, struct stance_buffer *out);
/* Appends the rows as JSON Lines. */
void classify_estimate_write_jsonl(const struct estimate *estimate, struct stance_buffer *out);
/* Appends the rows as a table for people. */
void classify_estimate_write_table(const struct estimate *estimate, struct stance_buffer *out);
/* Appends a figure of the score by the first column: corrected estimates with intervals, and the predictions; a panel
 * for each value of the other columns. */
void classify_estimate_write_svg(const struct estimate *estimate, const char *title, struct stance_buffer *out);
/* Appends a whole HTML page with the figure and a table. title: plain text. */
void classify_estimate_write_html(const struct estimate *estimate, const char *title, struct stance_buffer *out);
/* Appends a caption: "200 of 14,298 units labelled by hand, strata ...". */
void classify_estimate_put_caption(const struct estimate *estimate, struct stance_buffer *out);
/* Appends the population with its labels as CSV for R's dsl and Python's ppi_py. */
enum stance_status classify_estimate_export(const struct estimate *estimate, struct stance_buffer *out,
                                            struct stance_error *error);

#endif
