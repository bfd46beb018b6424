/* SPDX-License-Identifier: MIT
 * The batch engine: each of N threads reads a batch of items, one thread at a time, parses, scores and renders it, and hands on what
 * is done, in the order of the input. The number of batches is fixed, so memory does not grow with the input, and what is taken does
 * not depend on the number of threads. One thread does all of it by itself: nothing passes from one core to another.
 *
 *   N x (read -> article -> scored -> bytes) -> [ring of batches] -> taken by the thread that ends the batch whose turn it is */
#ifndef STANCE_CLASSIFY_ENGINE_H
#define STANCE_CLASSIFY_ENGINE_H

#include <stdatomic.h>

#include "input/reader.h"
#include "ledger.h"
#include "scored.h"
#include "sketch.h"
#include "stance/base/buffer.h"

enum classify_outcome {
  CLASSIFY_SCORED,
  CLASSIFY_REJECTED,
  CLASSIFY_OTHER_SHARD,
  CLASSIFY_LEFT_OUT, /* notes say why */
  CLASSIFY_EARLIER   /* an earlier run took it: nothing is to be done */
};

/* What became of one item. */
struct classify_result {
  enum classify_outcome outcome;
  const char *path, *id; /* id NULL where it was not found out */
  size_t line;
  size_t text_bytes, repaired;
  const struct input_notes *notes;      /* what reading did to it; NULL: nothing */
  const struct classify_scored *scored; /* NULL unless kept (keep_units) */
  uint32_t unit_count;
  const struct classify_sketch *sketch; /* NULL unless asked for */
  const struct stance_error *problem;   /* of a rejected one, with its raw bytes */
  const char *raw;
  size_t raw_length;
  const char *out; /* rendered bytes */
  size_t out_length;
  bool is_first, is_last; /* of the parts that a large article's bytes come in */
};

struct classify_progress {
  uint64_t items, text_bytes, file_bytes, files;
};

/* Where the run stands after a batch: the ledger's lines of the files that this batch left behind, and of the one that is open. */
struct classify_place {
  struct stance_buffer closed, open;
};

struct classify_engine {
  struct input_reading reading; /* stop is the engine's own: see `interrupted` */
  const struct classify_scorer_type *scorer;
  void *scorer_context;
  int threads;
  bool is_stream; /* each article on its own, flushed when done */
  bool keep_units, keep_sentences, wants_sketch;
  uint32_t shard, shard_count;    /* 0-based; count 0: all. By the hash of the article's id */
  uint16_t min_p;                 /* units less sure are left out */
  struct classify_ledger *ledger; /* what an earlier run took, and what this one takes; NULL: none is kept */
  const atomic_int *interrupted;  /* may be NULL; set: what was read is finished, then the run ends */
  /* Renders sentences from *next on until `limit` bytes are in out or all are done (*next == sentence_count). Called in any thread; NULL: none. */
  void (*render)(void *context, const struct classify_scored *scored, uint32_t *next, size_t limit,
                 struct stance_buffer *out);
  void *render_context;
  /* take and pause are called one at a time, in any thread. A status that is not STANCE_OK ends the
   * run. Results are taken in order; what they hold is valid until the pause behind them, of a part that is not the last only for the
   * time of the call. */
  enum stance_status (*take)(void *context, const struct classify_result *result, struct stance_error *error);
  enum stance_status (*pause)(void *context, const struct classify_place *place,
                              struct stance_error *error); /* after each batch; NULL: none */
  void *context;
  /* About ten times a second, in the caller's thread; NULL: none. */
  void (*tick)(void *context, const struct classify_progress *progress);
  void *tick_context;
};

/* *passed: what was in the inputs and is no article by its kind. */
enum stance_status classify_engine_run(const struct classify_engine *engine, struct input_passed *passed,
                                       struct stance_error *error);

#endif
