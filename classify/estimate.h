/* SPDX-License-Identifier: MIT
 * Predictions of a population, corrected by hand labels of a probability sample: the difference estimator of survey sampling (Sarndal, Swensson,
 * Wretman 1992), which design-based supervised learning (Egami and others 2023) and prediction-powered inference (Angelopoulos and others
 * 2023) are too. docs/method.md has the formulas and the measured coverage. */
#ifndef STANCE_CLASSIFY_ESTIMATE_H
#define STANCE_CLASSIFY_ESTIMATE_H

#include <stdio.h>

#include "sample.h"

struct estimate_options {
  const struct population *population;
  const struct sample *sample;
  const struct stance_record *records; /* gold, from classify_estimate_gold_read */
  size_t record_count;
  const char *gold_name; /* for messages */
  const char *not_unit;  /* a gold label that says: the unit is none (wrong actors); NULL */
  size_t by_count;       /* the population's first so many columns */
  bool regress, superpopulation, nonresponse, borrow, exclude_seen, no_shrink, trend;
  const char *const *contrasts; /* "A-B" of values of the first column */
  size_t contrast_count;
  const struct classify_facts *facts; /* of the run; NULL: none are told */
  double level, width;                /* 0.95; what "more" is counted for */
  enum { ESTIMATE_ADJUST_NONE, ESTIMATE_ADJUST_HOLM, ESTIMATE_ADJUST_BY } adjust;
  void (*note)(void *context, bool is_warning, const char *text); /* what was dropped, merged, guessed; may be NULL */
  void *context;
};

enum estimate_kind { ESTIMATE_LEVEL, ESTIMATE_CONTRAST, ESTIMATE_TREND };

struct estimate_row {
  enum estimate_kind kind;
  const char
      *by[POPULATION_COLUMNS_MAX]; /* NULL: not known; a contrast: "A - B" in the first; a trend: "trend" there */
  int label;                       /* -1: the score */
  size_t units, gold, domain;
  double predicted, estimate, se, low, high, df, deff, neff, gold_alone, gold_alone_se; /* NAN where there is none */
  double more;          /* labels more for the width asked for */
  double p, p_adjusted; /* of 0; NAN for shares that are no contrast */
  const char *method;   /* "difference", "regression", "shrunk", "wilson", "superpopulation", "borrowed", "none" */
  char flags[96];
};

struct estimate {
  struct stance_arena arena;
  const struct estimate_options *options;
  struct estimate_row *rows;
  size_t row_count;
  size_t units, gold, tests; /* in the estimate's population; drawn units with gold in it; p values adjusted */
  size_t refused;            /* rows without an estimate */
};

/* Records of label files, resolved, that hold; `paths` are label records or project folders (gold.jsonl and labels/). */
enum stance_status classify_estimate_gold_read(const char *const *paths, size_t count, struct stance_arena *arena,
                                               struct stance_record **records, size_t *record_count,
                                               struct stance_error *error);
/* STANCE_INPUT: what cannot be corrected (SPEC in docs/method.md, "When it refuses"). Borrows options. */
enum stance_status classify_estimate_make(const struct estimate_options *options, struct estimate *out,
                                          struct stance_error *error);
/* Frees what it holds. */
void classify_estimate_free(struct estimate *estimate);
/* sum w e^2 / sum w sigma^2 over a sample's labelled units. */
enum stance_status classify_estimate_error_ratio(const struct population *population, const struct sample *sample,
                                                 const struct stance_record *records, size_t count, int label,
                                                 double *ratio, struct stance_error *error);

/* ---- writing ---------------------------------------------------------------------------------------------------------- */

/* Appends the rows as CSV with a comment line on how they were made. */
void classify_estimate_write_csv(const struct estimate *estimate, struct stance_buffer *out);
/* Appends the rows as JSON Lines. */
void classify_estimate_write_jsonl(const struct estimate *estimate, struct stance_buffer *out);
/* Appends the rows as a table for people. */
void classify_estimate_write_table(const struct estimate *estimate, struct stance_buffer *out);
/* Score by the first column: corrected estimates with their intervals, predictions alone beside; a panel for each value of the others. */
void classify_estimate_write_svg(const struct estimate *estimate, const char *title, struct stance_buffer *out);
/* Appends a page of its own, with the figure. title: text, escaped here. */
void classify_estimate_write_html(const struct estimate *estimate, const char *title, struct stance_buffer *out);
/* "200 of 14,298 units labelled by hand, strata ...": what a caption has to say. */
void classify_estimate_put_caption(const struct estimate *estimate, struct stance_buffer *out);
/* The population with the labels, as R's dsl and Python's ppi_py read it. */
enum stance_status classify_estimate_export(const struct estimate *estimate, struct stance_buffer *out,
                                            struct stance_error *error);

#endif
