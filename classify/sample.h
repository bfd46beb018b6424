/* SPDX-License-Identifier: MIT
 * A probability sample of a population: which units to label, and with what chance each came in. JSON Lines: a header with the design, then a
 * unit a line in the order of the draw (docs/formats.md). */
#ifndef STANCE_CLASSIFY_SAMPLE_H
#define STANCE_CLASSIFY_SAMPLE_H

#include "facts.h"
#include "population.h"
#include "stance/labels/record.h"

enum sample_design {
  SAMPLE_STRATA,    /* simple random samples in strata of like uncertainty */
  SAMPLE_EQUAL,     /* one simple random sample */
  SAMPLE_UNCERTAIN, /* Poisson: each unit by a chance that grows with the model's doubt */
  SAMPLE_ARTICLES,  /* whole articles (made elsewhere; read, never drawn: docs/method.md) */
};
extern const char *const sample_design_names[]; /* "strata", "equal", "uncertain", "articles" */

struct sample_cell {
  const char *by[POPULATION_COLUMNS_MAX]; /* NULL: not known */
  uint32_t bin;                           /* of uncertainty, from 0: the model is surest there */
  size_t size, drawn;                     /* N_h, n_h: draws */
  double variance, deviation;             /* sums over the cell: sigma^2, sigma */
  size_t old;                             /* of an earlier, smaller sample (--more) */
};

struct sample_unit {
  const char *id;
  const struct population_unit *unit; /* NULL where the population lacks it, or was not looked up */
  uint32_t cell;
  uint32_t copies; /* units that the draw stands for: itself and its copies (--dedupe) */
  double u, pi;
};

struct sample {
  struct stance_arena arena;
  enum sample_design design;
  const char *head, *model, *version; /* model NULL: not known */
  const char *label;                  /* whose uncertainty counted; NULL: the score's */
  const char *by[POPULATION_COLUMNS_MAX];
  size_t by_count;
  uint64_t seed, population_hash;
  size_t population, set_aside; /* units; of these, kept out of the draw */
  size_t asked;
  double expected; /* SAMPLE_UNCERTAIN: the sum of all chances */
  uint32_t bins;
  const struct classify_facts *facts; /* of the run, for the header; borrowed; NULL: none */
  bool is_deduped;
  struct sample_cell *cells;
  size_t cell_count;
  struct sample_unit *units;        /* by u */
  const struct sample_unit **by_id; /* [count] */
  size_t count;
};

struct sample_options {
  enum sample_design design;
  size_t n;                  /* 0: from width */
  double width;              /* of the 95% interval, of the whole or of each cell of `by` */
  int label;                 /* whose uncertainty counts; -1: the score's */
  size_t by_first, by_count; /* of the population's columns */
  uint32_t bins;
  size_t least; /* per cell */
  uint64_t seed;
  bool dedupe;
  double reserve; /* how much larger than the model says the errors' variance may be: 1.25, or what a pilot measured */
  const struct sample *more; /* an earlier sample that this one is to hold; NULL */
};

/* Draws; borrows the population. STANCE_INPUT where the earlier sample cannot be part of one with these settings. */
enum stance_status classify_sample_draw(const struct population *population, const struct sample_options *options,
                                        struct sample *out, struct stance_error *error);
/* Finds again the stratum and the chance of every unit (population_unit.stratum, .pi) from the design; the sample's `by` are the population's columns
 * from by_first on. *is_same false, and nothing filled: these are other predictions. */
enum stance_status classify_sample_place(struct population *population, const struct sample *sample, size_t by_first,
                                         bool *is_same, struct stance_error *error);
/* The expected width of the 95% interval of the score's mean (label -1) or a label's share with n labels (0: as drawn). */
double classify_sample_width(const struct sample *sample, const struct population *population, int label, size_t n);
/* Header and lines; the texts come from the predictions. */
enum stance_status classify_sample_write(const struct sample *sample, const struct population *population,
                                         struct stance_buffer *out, struct stance_error *error);
/* STANCE_INPUT where it is none, with file and line. Units are not looked up. */
enum stance_status classify_sample_read(const char *path, struct sample *out, struct stance_error *error);
/* Makes by_id; and finds by it. NULL: not drawn. */
enum stance_status classify_sample_index(struct sample *sample, struct stance_error *error);
/* The drawn unit of this id; NULL: it was not drawn. After classify_sample_index. Borrowed. */
const struct sample_unit *classify_sample_find(const struct sample *sample, const char *id);
/* Is the file's first line a sample's header? */
bool classify_sample_is_header(const cJSON *line);
/* Frees what it holds. */
void classify_sample_free(struct sample *sample);

#endif
