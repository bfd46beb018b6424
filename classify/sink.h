/* SPDX-License-Identifier: MIT
 * The sink takes results in order: predictions go to the output, counts to the aggregates, rejected articles to their
 * file. It also saves the state from which an interrupted run is resumed.
 *
 * If the output is a file, results go to FILE.partial. FILE.partial.state has the number of complete articles and
 * bytes, and the counts; FILE.partial.inputs what was taken of each input (ledger.h). A resumed run truncates
 * FILE.partial to those bytes. When all is done, FILE.partial is renamed to FILE. FILE.gz and FILE.zst are compressed
 * (packer.h); a database is written by store.h. */
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
  const struct classify_keys *keys; /* count by these; NULL: write predictions (a table also counts by dyad) */
  bool with_units;                  /* with keys: also write predictions, before the aggregates */
  bool polar;                       /* only rows whose verdict is a pole */
  size_t top;                       /* rows for each group and head, those with most units; 0: all */
  bool events, event_sentences;     /* events: write events; event_sentences: also of sentences */
  bool is_stream;                   /* write after each article */
  bool with_done;                   /* JSON Lines: a done line after each article (done.h) */
  bool dedupe;
  uint64_t min_count;
  struct classify_style style;
  bool without_header; /* CSV: no header, so that parts can be concatenated */
  const char *output;  /* NULL or "-": standard output */
  const char *rejects; /* NULL: none */
  bool resume;
  uint64_t settings; /* hash of all settings that the output depends on; a run is only resumed with the same */
  const char *title; /* of the HTML report */
  const struct classify_facts *facts; /* provenance, at the foot of the report */
  bool with_facts;                    /* also before predictions and counts */
  /* Called for rejected articles and repaired bytes, as the sink does not print. */
  void (*tell)(void *context, const struct stance_error *problem, bool is_warning);
  void *tell_context;
};

struct classify_sink;
/* Opens the output, and with `resume` the state of an earlier run. The options' strings must outlive the sink. */
enum stance_status classify_sink_open(const struct classify_sink_options *options, struct classify_sink **out,
                                      struct stance_error *error);
void classify_sink_destroy(struct classify_sink *sink);         /* keeps the partial file and its state */
uint64_t classify_sink_items(const struct classify_sink *sink); /* taken so far, also by an earlier run */
/* The number of inputs of the earlier run that are gone; *first: one of them. */
uint64_t classify_sink_gone(const struct classify_sink *sink, const char **first);
/* The counts so far. Borrowed. */
const struct classify_counts *classify_sink_counts(const struct classify_sink *sink);
const struct input_summary *classify_sink_summary(
    const struct classify_sink *sink); /* what reading changed or dropped in this run */
uint64_t classify_sink_rows_left_out(const struct classify_sink *sink); /* rows omitted by polar and top */
uint64_t classify_sink_undated(const struct classify_sink *sink);       /* units in no row, as they have no date */
bool classify_sink_pipe_closed(const struct classify_sink *sink);       /* the reader of the output went away */

/* Sets the engine's callbacks and options as this sink needs them. */
void classify_sink_wire(struct classify_sink *sink, struct classify_engine *engine);
/* For stored predictions, without an engine: renders and counts one article. */
enum stance_status classify_sink_add(struct classify_sink *sink, const struct classify_scored *scored,
                                     struct stance_error *error);

/* Call after the last article: writes the aggregates and renames the output. */
enum stance_status classify_sink_finish(struct classify_sink *sink, struct stance_error *error);
/* Call after an interruption: writes complete articles and saves the state; on standard output, writes the aggregates
 * so far. */
enum stance_status classify_sink_suspend(struct classify_sink *sink, struct stance_error *error);

/* Removes the partial file and its state. */
void classify_sink_discard(struct classify_sink *sink);

#endif
