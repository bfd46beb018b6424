/* SPDX-License-Identifier: MIT
 * A probability sample of a population: which units to label, and the probability with which each was drawn. As JSON
 * Lines: a header with the design, then a line for each unit in the order of the draw (docs/formats.md). */
#ifndef STANCE_CLASSIFY_SAMPLE_H
#define STANCE_CLASSIFY_SAMPLE_H

#include "facts.h"
#include "population.h"
#include "stance/labels/record.h"

enum sample_design {
  SAMPLE_STRATA,    /* simple random samples in strata of similar uncertainty */
  SAMPLE_EQUAL,     /* one simple random sample */
  SAMPLE_UNCERTAIN, /* Poisson sampling: the probability of a unit grows with the model's uncertainty */
  SAMPLE_ARTICLES,  /* whole articles; drawn elsewhere, only read here (docs/method.md) */
};
extern const char *const sample_design_names[]; /* "strata", "equal", "uncertain", "articles" */

struct sample_cell {
  const char *by[POPULATION_COLUMNS_MAX]; /* NULL: unknown */
  uint32_t bin;                           /* of uncertainty, from 0, where the model is surest */
  size_t size, drawn;                     /* N_h, n_h, counted in draws */
  double variance, deviation;             /* sums of sigma^2 and sigma over the cell */
  size_t old;                             /* draws of an earlier, smaller sample (--more) */
};

struct sample_unit {
  const char *id;
  const struct population_unit *unit; /* NULL: not in the population, or not looked up */
  uint32_t cell;
  uint32_t copies; /* units of the draw: itself and its copies (--dedupe) */
  double u, pi;    /* permanent random number in (0, 1); probability of being drawn */
};

struct sample {
  struct stance_arena arena;
  enum sample_design design;
  const char *head, *model, *version; /* model NULL: not known */
  const char *label;                  /* the label whose uncertainty defines the strata; NULL: the score's */
  const char *by[POPULATION_COLUMNS_MAX];
  size_t by_count;
  uint64_t seed, population_hash;
  size_t population, set_aside; /* number of units; of those excluded from the draw */
  size_t asked;
  double expected; /* SAMPLE_UNCERTAIN: the sum of all probabilities */
  uint32_t bins;
  const struct classify_facts *facts; /* of the run, for the header; borrowed; may be NULL */
  bool is_deduped;
  struct sample_cell *cells;
  size_t cell_count;
  struct sample_unit *units;        /* by u */
  const struct sample_unit **by_id; /* [count] */
  size_t count;
};

struct sample_settings {
  enum sample_design design;
  size_t n;                  /* 0: computed from width */
  double width;              /* of the 95% interval, for the whole or each group of `by` */
  int label;                 /* the label whose uncertainty defines the strata; -1: the score's */
  size_t by_first, by_count; /* range of the population's columns */
  uint32_t bins;
  size_t least; /* draws in each cell */
  uint64_t seed;
  bool dedupe;
  double reserve; /* assumed ratio of the errors' variance to the model's own: 1.25, or as measured by a pilot */
  const struct sample *more; /* an earlier sample to be included; may be NULL */
};

/* Draws a sample; borrows the population. STANCE_INPUT: the earlier sample can not be part of a sample with these
 * settings. */
enum stance_status classify_sample_draw(const struct population *population, const struct sample_settings *options,
                                        struct sample *out, struct stance_error *error);
/* Recomputes every unit's stratum and probability (population_unit.stratum, .pi) from the design. The sample's `by` are
 * the population's columns from by_first on. *is_same false: the predictions differ from those of the draw, and nothing
 * is set. */
enum stance_status classify_sample_place(struct population *population, const struct sample *sample, size_t by_first,
                                         bool *is_same, struct stance_error *error);
/* The expected width of the 95% interval for the mean score (label -1) or a label's share with n units labelled (0: as
 * drawn). */
double classify_sample_width(const struct sample *sample, const struct population *population, int label, size_t n);
/* Appends header and lines, with the texts from the files of predictions. */
enum stance_status classify_sample_write(const struct sample *sample, const struct population *population,
                                         struct stance_buffer *out, struct stance_error *error);
/* Reads a sample without looking up its units. STANCE_INPUT, with file and line: it is no sample. */
enum stance_status classify_sample_read(const char *path, struct sample *out, struct stance_error *error);
/* Makes by_id, for classify_sample_find. */
enum stance_status classify_sample_index(struct sample *sample, struct stance_error *error);
/* The drawn unit with this id; NULL: not drawn. Borrowed. */
const struct sample_unit *classify_sample_find(const struct sample *sample, const char *id);
/* Whether a file's first line is a sample's header. */
bool classify_sample_is_header(const cJSON *line);
/* Frees what it holds. */
void classify_sample_free(struct sample *sample);

#endif
