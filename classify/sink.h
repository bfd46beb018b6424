/* SPDX-License-Identifier: MIT
 * Where results go, in order: predictions to the output as they come, counts to the aggregates, rejected articles to their file; and
 * the state from which an interrupted run goes on.
 *
 * With a file as output, results are written to FILE.partial, and FILE.partial.state says after which article and which byte it was
 * whole, with the counts so far; FILE.partial.inputs says what was taken of each input (ledger.h). A continued run cuts FILE.partial to that byte. FILE appears when all is done. FILE.gz and FILE.zst are
 * packed (packer.h); a database is a store of its own (store.h). */
#ifndef STANCE_CLASSIFY_SINK_H
#define STANCE_CLASSIFY_SINK_H

#include "aggregate.h"
#include "engine.h"
#include "facts.h"
#include "format.h"
#include "render.h"
#include "run_state.h"

struct classify_sink_options {
  enum classify_format format;
  const struct classify_keys *keys; /* counts by these; NULL: predictions (a table counts by dyad below them) */
  bool with_units;                  /* with keys: predictions before the aggregates */
  bool polar;                       /* rows alone that read as one of the poles */
  size_t top;                       /* rows a group and head, those with most units; 0: all */
  bool events, event_sentences;     /* sentences too, without source and target */
  bool is_stream;                   /* write after each article */
  bool with_done;                   /* JSON Lines: a line behind each article that it is answered (done.h) */
  bool dedupe;
  uint64_t min_count;
  struct classify_style style;
  bool without_header; /* CSV: rows alone, so that parts can be put one behind the other */
  const char *output;  /* NULL or "-": standard output */
  const char *rejects; /* NULL: none */
  bool resume;
  uint64_t settings; /* hash of all that decides what is written: a run is only continued with the same */
  const char *title; /* of the HTML report */
  const struct classify_facts *facts; /* at the foot of the report */
  bool with_facts;                    /* before predictions and counts too */
  /* Called for rejected articles and repaired bytes; the sink itself prints nothing. */
  void (*tell)(void *context, const struct stance_error *problem, bool is_warning);
  void *tell_context;
};

struct classify_sink;
/* Opens the output; with resume, what an earlier run left of it. Options' strings must outlive the sink. */
enum stance_status classify_sink_open(const struct classify_sink_options *options, struct classify_sink **out,
                                      struct stance_error *error);
void classify_sink_destroy(struct classify_sink *sink);         /* keeps the partial file and its state */
uint64_t classify_sink_items(const struct classify_sink *sink); /* taken so far, by an earlier run too */
/* Inputs of the earlier run that were not met again; first: one of them. */
uint64_t classify_sink_gone(const struct classify_sink *sink, const char **first);
/* What was taken and written so far. Valid until the sink is destroyed. */
const struct classify_counts *classify_sink_counts(const struct classify_sink *sink);
const struct input_summary *classify_sink_summary(
    const struct classify_sink *sink); /* what reading did to the articles of this run */
uint64_t classify_sink_rows_left_out(const struct classify_sink *sink); /* by polar and top */
uint64_t classify_sink_undated(const struct classify_sink *sink);       /* units in no row, having no date */
bool classify_sink_pipe_closed(const struct classify_sink *sink);       /* the reader of the output went away */

/* Sets what the engine must do for these options: what it renders and keeps, and the sink as taker of results. */
void classify_sink_wire(struct classify_sink *sink, struct classify_engine *engine);
/* For stored predictions: renders and counts one article, in the caller's thread. */
enum stance_status classify_sink_add(struct classify_sink *sink, const struct classify_scored *scored,
                                     struct stance_error *error);

/* All articles were taken: aggregates are written and the output gets its name. */
enum stance_status classify_sink_finish(struct classify_sink *sink, struct stance_error *error);
/* Interrupted: what is whole is written, the state kept. To standard output the aggregates of what was done are written. */
enum stance_status classify_sink_suspend(struct classify_sink *sink, struct stance_error *error);

/* Nothing is to come of it: the partial file and its state are removed. */
void classify_sink_discard(struct classify_sink *sink);

#endif
