/* SPDX-License-Identifier: MIT
 * The wire to a NATS JetStream server (cnats): a durable pull consumer to take from, subjects to publish to, both surviving a server that
 * goes away and comes back. Knows nothing of articles. Inside of `stance work`. */
#ifndef STANCE_CLASSIFY_NATS_LINK_H
#define STANCE_CLASSIFY_NATS_LINK_H

#include <stdatomic.h>
#include <stdint.h>

#include "stance/stance.h"

struct nats_link_options {
  const char *url, *credentials;          /* credentials: a .creds file; NULL: none */
  const char *stream, *consumer, *filter; /* filter: the consumer's subject; NULL: all of the stream */
  const char *const *subjects;            /* what will be published to, [subject_count]: each must belong to a stream */
  int subject_count;
  double ack_wait;                                  /* seconds, of a consumer that is made here */
  void (*say)(void *context, const char *sentence); /* that the server went away, that it is back; from any thread */
  void *say_context;
};

/* A message taken; valid until it is settled. */
struct nats_taken {
  const char *data;
  size_t length;
  uint64_t sequence;   /* of the stream */
  uint64_t deliveries; /* this one counted */
  void *message;
};

struct nats_link;
/* Connects, checks that the stream and the subjects' streams are there, makes the durable consumer where there is none. STANCE_USAGE: they
 * do not go together; STANCE_SYSTEM: the server's fault. */
enum stance_status nats_link_open(const struct nats_link_options *options, struct nats_link **out,
                                  struct stance_error *error);
void nats_link_close(struct nats_link *link);             /* what is unsent is flushed first, 5 s at most */
double nats_link_ack_wait(const struct nats_link *link);  /* seconds, as the consumer has it */
size_t nats_link_max_bytes(const struct nats_link *link); /* of one published message, headers set aside */

/* Up to `most` messages, after at most a second and a half; *count 0: none came. Fails where the consumer is gone. */
enum stance_status nats_link_take(struct nats_link *link, int most, struct nats_taken *taken, int *count,
                                  struct stance_error *error);
/* Whether all messages were taken and answered, by whomever. */
enum stance_status nats_link_is_empty(struct nats_link *link, bool *is_empty, struct stance_error *error);

/* ---- publishing: all of a batch, then one wait ---- */
enum { NATS_ID_BYTES = 64 };
/* Begins to publish; `id` is the Nats-Msg-Id, part counts from 1, `owner` is the index of the taken message that it answers. Data is copied. */
enum stance_status nats_link_publish(struct nats_link *link, const char *subject, const char *id, int part,
                                     const char *data, size_t length, int owner, struct stance_error *error);
/* Waits until the server has stored all, publishing again what it did not confirm. failed [owner]: set for those of which something was
 * not stored; `error` tells the last reason, STANCE_OK or not. Also counts what the server had already. */
enum stance_status nats_link_confirm(struct nats_link *link, bool *failed, uint64_t *duplicates,
                                     struct stance_error *error);

/* ---- what becomes of a taken message ---- */
enum nats_verdict { NATS_ANSWERED, NATS_AGAIN /* at once */, NATS_LATER /* in some seconds */ };
/* Answers the message and lets it go; nothing where there is none. A lost answer is made good by redelivery. */
void nats_link_settle(struct nats_taken *taken, enum nats_verdict verdict);
/* It is still being worked at: its ack wait begins anew. Not while another thread settles it. */
void nats_link_extend(struct nats_taken *taken);

#endif
