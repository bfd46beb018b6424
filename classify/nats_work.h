/* SPDX-License-Identifier: MIT
 * A worker on a stream: takes articles from a JetStream consumer, publishes an answer to each, and acknowledges the
 * article when the server has stored the answer. Any number of workers, on any hosts, may share a consumer.
 *
 *   stream -> [take a batch] -> answer each -> publish all -> [confirmed by the server] -> acknowledge each
 *
 * An answer has the Nats-Msg-Id HASH-SEQUENCE[-PART]: the hash of the consumer's name and the article's bytes, and its
 * sequence in the stream. So an article that is delivered again (a worker died, an acknowledgement was lost) is
 * answered under the same id, and the server drops the duplicate within its window (readers can do so for ever). A
 * correction of an article has other bytes, so another id.
 *
 * An article that was delivered more than `tries` times without an answer may crash the workers, or may only have
 * shared their batch. It is scored in a process of its own first: if that dies, the article goes to `dead` with the
 * reason; else it is answered. */
#ifndef STANCE_CLASSIFY_NATS_WORK_H
#define STANCE_CLASSIFY_NATS_WORK_H

#include <stdatomic.h>

#include "answer.h"

enum { CLASSIFY_WORK_BATCH_MAX = 256 };

struct classify_work_options {
  const char *url, *credentials; /* credentials NULL: none */
  const char *stream, *consumer, *filter;
  const char *to, *rejects, *dead; /* subjects */
  int batch;                       /* articles taken together, at most CLASSIFY_WORK_BATCH_MAX */
  int tries;
  double ack_wait;               /* seconds, for a consumer that is created */
  bool until_empty;              /* end when all articles of the stream are answered */
  const atomic_int *interrupted; /* when set: publish and acknowledge what is scored, return the rest, end */
  void (*say)(void *context, bool is_warning, const char *sentence); /* from any thread */
  void *context;
};

struct classify_work_counts {
  uint64_t answered, rejected, given_up, given_back, already; /* already: the server had the answer */
  uint64_t units;
};

/* Works until interrupted, or empty if until_empty. Fills counts on failure too. */
enum stance_status classify_nats_work(const struct classify_work_options *options, struct classify_answerer *answerer,
                                      struct classify_work_counts *counts, struct stance_error *error);

#endif
