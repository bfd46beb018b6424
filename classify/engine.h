/* SPDX-License-Identifier: MIT
 * The batch engine. Each of N threads reads a batch of items (one thread reads at a time), then parses, scores and
 * renders it. Results are taken in the order of the input, so they do not depend on the number of threads. The number
 * of batches is fixed, so memory does not grow with the input. A batch stays on one thread, so its data does not move
 * between cores.
 *
 *   N x (read -> article -> scored -> bytes) -> [ring of batches] -> taken in order */
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
  CLASSIFY_LEFT_OUT, /* not scored; notes say why */
  CLASSIFY_EARLIER   /* an earlier run took it */
};

/* The result of one item. */
struct classify_result {
  enum classify_outcome outcome;
  const char *path, *id; /* id NULL: unknown */
  size_t line;
  size_t text_bytes, repaired;
  const struct input_notes *notes;      /* what reading changed or dropped; NULL: nothing */
  const struct classify_scored *scored; /* NULL unless kept (keep_units) */
  uint32_t unit_count;
  const struct classify_sketch *sketch; /* NULL unless wants_sketch */
  const struct stance_error *problem;   /* why it was rejected; raw: its bytes */
  const char *raw;
  size_t raw_length;
  const char *out; /* rendered bytes */
  size_t out_length;
  bool is_first, is_last; /* of the parts in which a large article's output comes */
};

struct classify_progress {
  uint64_t items, text_bytes, file_bytes, files;
};

/* The ledger's lines after a batch: of the files that are finished, and of the open one. */
struct classify_place {
  struct stance_buffer closed, open;
};

struct classify_engine {
  struct input_reading reading; /* the engine sets `stop` itself: see `interrupted` */
  const struct classify_scorer_type *scorer;
  void *scorer_context;
  int threads;
  bool is_stream; /* a batch has one article, flushed when done; ids are taken as they are */
  bool keep_units, keep_sentences, wants_sketch;
  uint32_t shard, shard_count;    /* from 0, by the hash of the article's id; count 0: all articles */
  uint16_t min_p;                 /* omits units whose label has a smaller p, in ten-thousandths */
  struct classify_ledger *ledger; /* what an earlier run took and what this one takes; NULL: none */
  const atomic_int *interrupted;  /* may be NULL; when set, the run finishes what was read and ends */
  /* Renders sentences from *next on until out has `limit` bytes or all are done (*next == sentence_count). May be NULL.
   * Called by several threads at once. */
  void (*render)(void *context, const struct classify_scored *scored, uint32_t *next, size_t limit,
                 struct stance_buffer *out);
  void *render_context;
  /* take and pause are called by any thread, one call at a time; a status other than STANCE_OK ends the run. Results
   * come in order. A result is valid until the next pause, a part other than the last only during the call. */
  enum stance_status (*take)(void *context, const struct classify_result *result, struct stance_error *error);
  enum stance_status (*pause)(void *context, const struct classify_place *place,
                              struct stance_error *error); /* after each batch; may be NULL */
  void *context;
  /* About ten times a second, in the caller's thread; may be NULL. */
  void (*tick)(void *context, const struct classify_progress *progress);
  void *tick_context;
};

/* Runs until the inputs end or the run is interrupted. *passed: files in the inputs that are no articles. */
enum stance_status classify_engine_run(const struct classify_engine *engine, struct input_passed *passed,
                                       struct stance_error *error);

#endif
