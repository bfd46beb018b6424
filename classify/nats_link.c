/* SPDX-License-Identifier: MIT
 * What the server and cnats do, and what this file does about it:
 * - A fetch that waits during a restart receives nothing until its timeout, and times out for ever if the consumer was
 *   deleted. So a
 *   fetch waits 1.5 s at most, and after a few empty ones the server is asked for the consumer.
 * - The client refuses a durable consumer with another ack wait. So an existing one is used as it is.
 * - A consumer created by a subscription is deleted with it. So the consumer is created first and the subscription
 *   bound to it.
 * - A publish without an answer may have been stored. So it is repeated under the same Nats-Msg-Id, which the server
 *   recognises. */
#include "nats_link.h"

#include <nats/nats.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "stance/base/error.h"
#include "stance/base/grow.h"

enum {
  FETCH_MS = 1500,
  EMPTY_BEFORE_ASKING = 3,
  CONFIRM_MS = 5000,
  REPEAT_MS = 30000,
  HEADER_BYTES = 1024,
  LATER_MS = 2000
};

struct outgoing {
  char id[NATS_ID_BYTES];
  int owner;
  bool is_stored;
};

struct nats_link {
  struct nats_link_options options;
  natsConnection *connection;
  jsCtx *js;
  natsSubscription *subscription;
  double ack_wait;
  int empty;            /* consecutive empty fetches */
  pthread_mutex_t lock; /* guards all below, as acknowledgements come in another thread */
  struct outgoing *sent;
  size_t sent_count, sent_capacity;
  uint64_t duplicates;
  char trouble[256]; /* why a publish failed; empty: none did */
};

/* The text of this thread's last failure without the place in cnats, as in "(jsm.c:2867): stream not found". */
static const char *text_of(natsStatus status) {
  const char *last = nats_GetLastError(NULL), *end = last && *last == '(' ? strstr(last, "): ") : NULL;
  if (end) last = end + 3;
  return last && *last ? last : natsStatus_GetText(status);
}

/* ---- connection ------------------------------------------------------------------------------------------------- */

static void on_lost(natsConnection *connection, void *context) {
  struct nats_link *link = context;
  if (!natsConnection_IsClosed(connection))
    link->options.say(link->options.say_context, "the server went away; waiting for it");
}

static void on_back(natsConnection *connection, void *context) {
  struct nats_link *link = context;
  (void)connection;
  link->options.say(link->options.say_context, "the server is back");
}

static void on_stored(jsCtx *js, natsMsg *message, jsPubAck *ack, jsPubAckErr *problem, void *context) {
  struct nats_link *link = context;
  const char *id = NULL;
  (void)js;
  natsMsgHeader_Get(message, "Nats-Msg-Id", &id);
  pthread_mutex_lock(&link->lock);
  if (problem) {
    snprintf(link->trouble, sizeof link->trouble, "%s",
             problem->ErrText ? problem->ErrText : natsStatus_GetText(problem->Err));
  } else {
    for (size_t i = link->sent_count; id && i-- > 0;) {
      if (strcmp(link->sent[i].id, id) != 0) continue;
      link->sent[i].is_stored = true;
      link->duplicates += ack && ack->Duplicate;
      break;
    }
  }
  pthread_mutex_unlock(&link->lock);
  natsMsg_Destroy(message);
}

static natsStatus connect_to(struct nats_link *link) {
  natsOptions *options = NULL;
  natsStatus status = natsOptions_Create(&options);
  if (status == NATS_OK) status = natsOptions_SetURL(options, link->options.url);
  if (status == NATS_OK) status = natsOptions_SetName(options, "stance work");
  if (status == NATS_OK) status = natsOptions_SetMaxReconnect(options, -1);
  if (status == NATS_OK) status = natsOptions_SetReconnectWait(options, 250);
  if (status == NATS_OK) status = natsOptions_SetReconnectJitter(options, 250, 1000);
  if (status == NATS_OK) status = natsOptions_SetDisconnectedCB(options, on_lost, link);
  if (status == NATS_OK) status = natsOptions_SetReconnectedCB(options, on_back, link);
  if (status == NATS_OK && link->options.credentials)
    status = natsOptions_SetUserCredentialsFromFiles(options, link->options.credentials, NULL);
  if (status == NATS_OK) status = natsConnection_Connect(&link->connection, options);
  natsOptions_Destroy(options);
  if (status != NATS_OK) return status;
  jsOptions js;
  jsOptions_Init(&js);
  js.PublishAsync.AckHandler = on_stored;
  js.PublishAsync.AckHandlerClosure = link;
  return natsConnection_JetStream(&link->js, link->connection, &js);
}

/* Refuses a subject of no stream, where messages would be lost, and one of the consumer's own stream, where the worker
 * would feed itself. */
static enum stance_status check_subject(struct nats_link *link, const char *subject, struct stance_error *error) {
  jsOptions options;
  jsStreamNamesList *names = NULL;
  jsErrCode code = 0;
  jsOptions_Init(&options);
  options.Stream.Info.SubjectsFilter = subject;
  natsStatus status = js_StreamNames(&names, link->js, &options, &code);
  if (status != NATS_OK && status != NATS_NOT_FOUND)
    return stance_fail_at(error, STANCE_SYSTEM, link->options.url, 0, 0, "cannot ask for streams: %s", text_of(status));
  bool has_any = names && names->Count > 0, is_own = has_any && strcmp(names->List[0], link->options.stream) == 0;
  jsStreamNamesList_Destroy(names);
  if (!has_any)
    return stance_fail_at(error, STANCE_USAGE, link->options.url, 0, 0,
                          "no stream takes the subject '%s'; expected one that stores what is published to it",
                          subject);
  if (is_own && !link->options.filter)
    return stance_fail(
        error, STANCE_USAGE,
        "the subject '%s' belongs to the stream '%s' that is worked off; give --filter, or a stream of its own",
        subject, link->options.stream);
  return STANCE_OK;
}

static enum stance_status open_consumer(struct nats_link *link, struct stance_error *error) {
  const struct nats_link_options *options = &link->options;
  jsConsumerInfo *info = NULL;
  jsErrCode code = 0;
  natsStatus status = js_GetConsumerInfo(&info, link->js, options->stream, options->consumer, NULL, &code);
  if (status == NATS_NOT_FOUND && code != JSStreamNotFoundErr) {
    jsConsumerConfig config;
    jsConsumerConfig_Init(&config);
    config.Durable = options->consumer;
    config.AckPolicy = js_AckExplicit;
    config.AckWait = (int64_t)(options->ack_wait * 1e9);
    config.FilterSubject = options->filter;
    status = js_AddConsumer(&info, link->js, options->stream, &config, NULL, &code);
  }
  if (status != NATS_OK)
    return stance_fail_at(error, code == JSStreamNotFoundErr ? STANCE_USAGE : STANCE_SYSTEM, options->url, 0, 0,
                          "consumer '%s' of stream '%s': %s", options->consumer, options->stream, text_of(status));
  bool is_pull = !info->Config->DeliverSubject && info->Config->AckPolicy == js_AckExplicit;
  link->ack_wait = info->Config->AckWait > 0 ? (double)info->Config->AckWait / 1e9 : 30;
  jsConsumerInfo_Destroy(info);
  if (!is_pull)
    return stance_fail(error, STANCE_USAGE,
                       "consumer '%s' of stream '%s' is no pull consumer with explicit acknowledgements",
                       options->consumer, options->stream);
  jsSubOptions bound;
  jsSubOptions_Init(&bound);
  bound.Stream = options->stream;
  bound.Consumer = options->consumer;
  status = js_PullSubscribe(&link->subscription, link->js, options->filter, options->consumer, NULL, &bound, &code);
  if (status == NATS_OK) return STANCE_OK;
  return stance_fail_at(error, STANCE_SYSTEM, options->url, 0, 0, "cannot take from consumer '%s': %s",
                        options->consumer, text_of(status));
}

enum stance_status nats_link_open(const struct nats_link_options *options, struct nats_link **out,
                                  struct stance_error *error) {
  struct nats_link *link = calloc(1, sizeof *link);
  *out = NULL;
  if (!link) return stance_fail_memory(error);
  link->options = *options;
  pthread_mutex_init(&link->lock, NULL);
  natsStatus connected = connect_to(link);
  enum stance_status status = STANCE_OK;
  if (connected != NATS_OK)
    status = stance_fail_at(error, STANCE_SYSTEM, options->url, 0, 0, "cannot connect: %s", text_of(connected));
  for (int i = 0; status == STANCE_OK && i < options->subject_count; i++)
    status = check_subject(link, options->subjects[i], error);
  if (status == STANCE_OK) status = open_consumer(link, error);
  if (status != STANCE_OK) {
    nats_link_close(link);
    return status;
  }
  *out = link;
  return STANCE_OK;
}

void nats_link_close(struct nats_link *link) {
  if (!link) return;
  if (link->connection) natsConnection_FlushTimeout(link->connection, 5000);
  natsSubscription_Destroy(link->subscription);
  jsCtx_Destroy(link->js);
  natsConnection_Destroy(link->connection);
  nats_CloseAndWait(2000); /* no callbacks after this */
  pthread_mutex_destroy(&link->lock);
  free(link->sent);
  free(link);
}

double nats_link_ack_wait(const struct nats_link *link) { return link->ack_wait; }

size_t nats_link_max_bytes(const struct nats_link *link) {
  int64_t most = natsConnection_GetMaxPayload(link->connection);
  return most > 2 * HEADER_BYTES ? (size_t)most - HEADER_BYTES : HEADER_BYTES;
}

/* ---- taking ------------------------------------------------------------------------------------------------------ */

/* Asks for the number of waiting messages; *is_answering false: the server is away for now. */
static enum stance_status ask_consumer(struct nats_link *link, int64_t *waiting, bool *is_answering,
                                       struct stance_error *error) {
  jsConsumerInfo *info = NULL;
  jsErrCode code = 0;
  natsStatus status = js_GetConsumerInfo(&info, link->js, link->options.stream, link->options.consumer, NULL, &code);
  *is_answering = status == NATS_OK;
  if (status == NATS_OK) *waiting = (int64_t)info->NumPending + info->NumAckPending;
  jsConsumerInfo_Destroy(info);
  if (status == NATS_NOT_FOUND)
    return stance_fail_at(error, STANCE_SYSTEM, link->options.url, 0, 0, "consumer '%s' of stream '%s' is gone",
                          link->options.consumer, link->options.stream);
  if (natsConnection_IsClosed(link->connection))
    return stance_fail_at(error, STANCE_SYSTEM, link->options.url, 0, 0, "the connection was closed: %s",
                          text_of(status));
  return STANCE_OK;
}

enum stance_status nats_link_take(struct nats_link *link, int most, struct nats_taken *taken, int *count,
                                  struct stance_error *error) {
  natsMsgList list = {0};
  jsErrCode code = 0;
  int64_t waiting;
  bool is_answering;
  *count = 0;
  natsStatus status = natsSubscription_Fetch(&list, link->subscription, most, FETCH_MS, &code);
  if (status != NATS_OK && status != NATS_TIMEOUT) nats_Sleep(200); /* the server is away, or gives no reason */
  for (int i = 0; i < list.Count; i++) {
    jsMsgMetaData *about = NULL;
    if (natsMsg_GetMetaData(&about, list.Msgs[i]) != NATS_OK) continue; /* not from a stream; destroyed with the list */
    taken[(*count)++] = (struct nats_taken){.data = natsMsg_GetData(list.Msgs[i]),
                                            .length = (size_t)natsMsg_GetDataLength(list.Msgs[i]),
                                            .sequence = about->Sequence.Stream,
                                            .deliveries = about->NumDelivered,
                                            .message = list.Msgs[i]};
    jsMsgMetaData_Destroy(about);
    list.Msgs[i] = NULL;
  }
  natsMsgList_Destroy(&list);
  link->empty = *count ? 0 : link->empty + 1;
  if (link->empty % EMPTY_BEFORE_ASKING || *count) return STANCE_OK;
  return ask_consumer(link, &waiting, &is_answering, error);
}

enum stance_status nats_link_is_empty(struct nats_link *link, bool *is_empty, struct stance_error *error) {
  int64_t waiting = 1;
  bool is_answering;
  STANCE_TRY(ask_consumer(link, &waiting, &is_answering, error));
  *is_empty = is_answering && waiting == 0;
  return STANCE_OK;
}

/* ---- publishing -------------------------------------------------------------------------------------------------- */

static enum stance_status remember(struct nats_link *link, const char *id, int owner, struct stance_error *error) {
  pthread_mutex_lock(&link->lock);
  struct outgoing *sent = stance_grow(link->sent, &link->sent_capacity, link->sent_count + 1, sizeof *sent);
  bool is_good = sent != NULL;
  if (is_good) {
    link->sent = sent;
    struct outgoing *mine = &link->sent[link->sent_count++];
    *mine = (struct outgoing){.owner = owner};
    snprintf(mine->id, sizeof mine->id, "%s", id);
  }
  pthread_mutex_unlock(&link->lock);
  return is_good ? STANCE_OK : stance_fail_memory(error);
}

static void set_trouble(struct nats_link *link, natsStatus status) {
  pthread_mutex_lock(&link->lock);
  snprintf(link->trouble, sizeof link->trouble, "%s", text_of(status));
  pthread_mutex_unlock(&link->lock);
}

enum stance_status nats_link_publish(struct nats_link *link, const char *subject, const char *id, int part,
                                     const char *data, size_t length, int owner, struct stance_error *error) {
  natsMsg *message = NULL;
  char number[16];
  STANCE_TRY(remember(link, id, owner, error));
  snprintf(number, sizeof number, "%d", part);
  natsStatus status = natsMsg_Create(&message, subject, NULL, data, (int)length);
  if (status == NATS_OK) status = natsMsgHeader_Set(message, "Nats-Msg-Id", id);
  if (status == NATS_OK) status = natsMsgHeader_Set(message, "Stance-Part", number);
  if (status == NATS_OK) status = js_PublishMsgAsync(link->js, &message, NULL);
  natsMsg_Destroy(message);
  if (status != NATS_OK) set_trouble(link, status); /* counts as not stored */
  return STANCE_OK;
}

/* Publishes the unconfirmed messages again, one at a time; each blocks up to REPEAT_MS while the server is away. */
static void publish_again(struct nats_link *link) {
  natsMsgList pending = {0};
  jsPubOptions options;
  if (js_PublishAsyncGetPendingList(&pending, link->js) != NATS_OK) return;
  jsPubOptions_Init(&options);
  options.MaxWait = REPEAT_MS;
  for (int i = 0; i < pending.Count; i++) {
    jsPubAck *ack = NULL;
    jsErrCode code = 0;
    const char *id = NULL;
    natsStatus status = js_PublishMsg(&ack, link->js, pending.Msgs[i], &options, &code);
    natsMsgHeader_Get(pending.Msgs[i], "Nats-Msg-Id", &id);
    pthread_mutex_lock(&link->lock);
    for (size_t j = 0; status == NATS_OK && id && j < link->sent_count; j++)
      if (strcmp(link->sent[j].id, id) == 0) link->sent[j].is_stored = true;
    link->duplicates += ack && ack->Duplicate;
    pthread_mutex_unlock(&link->lock);
    if (status != NATS_OK) set_trouble(link, status);
    jsPubAck_Destroy(ack);
    if (status != NATS_OK) break; /* the others would wait as long; their articles will be delivered again */
  }
  natsMsgList_Destroy(&pending);
}

enum stance_status nats_link_confirm(struct nats_link *link, bool *failed, uint64_t *duplicates,
                                     struct stance_error *error) {
  jsPubOptions options;
  enum stance_status status = STANCE_OK;
  jsPubOptions_Init(&options);
  options.MaxWait = CONFIRM_MS;
  if (js_PublishAsyncComplete(link->js, &options) != NATS_OK) publish_again(link);
  pthread_mutex_lock(&link->lock);
  for (size_t i = 0; i < link->sent_count; i++)
    if (!link->sent[i].is_stored) failed[link->sent[i].owner] = true, status = STANCE_SYSTEM;
  if (status != STANCE_OK)
    stance_fail_at(error, status, link->options.url, 0, 0, "cannot publish: %s",
                   *link->trouble ? link->trouble : "no confirmation came");
  *duplicates += link->duplicates;
  link->duplicates = link->sent_count = 0;
  link->trouble[0] = '\0';
  pthread_mutex_unlock(&link->lock);
  return status;
}

/* ---- settling ---------------------------------------------------------------------------------------------------- */

void nats_link_settle(struct nats_taken *taken, enum nats_verdict verdict) {
  if (!taken->message) return;
  switch (verdict) { /* if lost, the article is delivered again, and its id recognised */
    case NATS_ANSWERED: natsMsg_Ack(taken->message, NULL); break;
    case NATS_AGAIN: natsMsg_Nak(taken->message, NULL); break;
    case NATS_LATER: natsMsg_NakWithDelay(taken->message, LATER_MS, NULL); break;
  }
  natsMsg_Destroy(taken->message);
  taken->message = NULL;
}

void nats_link_extend(struct nats_taken *taken) {
  if (taken->message) natsMsg_InProgress(taken->message, NULL);
}
