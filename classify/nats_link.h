/* SPDX-License-Identifier: MIT
 * The connection to a NATS JetStream server (cnats), for `stance work` only: a durable pull consumer to take from, and
 * subjects to publish to. Both survive a restart of the server. Knows nothing of articles. */
#ifndef STANCE_CLASSIFY_NATS_LINK_H
#define STANCE_CLASSIFY_NATS_LINK_H

#include <stdatomic.h>
#include <stdint.h>

#include "stance/stance.h"

struct nats_link_options {
  const char *url, *credentials;          /* credentials: a .creds file; NULL: none */
  const char *stream, *consumer, *filter; /* filter: the consumer's subject; NULL: all of the stream */
  const char *const *subjects;            /* [subject_count] to publish to; each must belong to a stream */
  int subject_count;
  double ack_wait; /* seconds, for a consumer that is created */
  void (*say)(void *context,
              const char *sentence); /* told when the server goes away and comes back; called from any thread */
  void *say_context;
};

/* A message taken; valid until it is settled. */
struct nats_taken {
  const char *data;
  size_t length;
  uint64_t sequence;   /* of the stream */
  uint64_t deliveries; /* with this one */
  void *message;
};

struct nats_link;
/* Connects, checks that the streams exist, and creates the durable consumer if necessary. STANCE_USAGE: stream,
 * consumer and subjects do not fit together; STANCE_SYSTEM: the server fails. */
enum stance_status nats_link_open(const struct nats_link_options *options, struct nats_link **out,
                                  struct stance_error *error);
void nats_link_close(struct nats_link *link);             /* flushes first, 5 s at most */
double nats_link_ack_wait(const struct nats_link *link);  /* seconds, of the consumer */
size_t nats_link_max_bytes(const struct nats_link *link); /* of one published message, without headers */

/* Takes up to `most` messages within 1.5 s; *count may be 0. Fails if the consumer is gone. */
enum stance_status nats_link_take(struct nats_link *link, int most, struct nats_taken *taken, int *count,
                                  struct stance_error *error);
/* Whether all messages are taken and acknowledged, by any worker. */
enum stance_status nats_link_is_empty(struct nats_link *link, bool *is_empty, struct stance_error *error);

/* ---- publishing: a whole batch, then one wait ---- */
enum { NATS_ID_BYTES = 64 };
/* Starts to publish a message; data is copied. id: the Nats-Msg-Id; part: from 1; owner: index of the taken message
 * that it answers. */
enum stance_status nats_link_publish(struct nats_link *link, const char *subject, const char *id, int part,
                                     const char *data, size_t length, int owner, struct stance_error *error);
/* Waits until the server has stored all messages, and repeats those that it did not confirm. failed [owner]: set if a
 * message was not stored; the last reason is in `error`, even with STANCE_OK. *duplicates: messages that the server
 * already had. */
enum stance_status nats_link_confirm(struct nats_link *link, bool *failed, uint64_t *duplicates,
                                     struct stance_error *error);

/* ---- settling a taken message ---- */
enum nats_verdict { NATS_ANSWERED, NATS_AGAIN /* at once */, NATS_LATER /* in some seconds */ };
/* Acknowledges or returns the message and frees it; does nothing if it was settled. If the acknowledgement is lost, the
 * server delivers again. */
void nats_link_settle(struct nats_taken *taken, enum nats_verdict verdict);
/* Restarts the message's ack wait, as it is still worked on. Not while another thread settles it. */
void nats_link_extend(struct nats_taken *taken);

#endif
