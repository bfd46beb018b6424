/* SPDX-License-Identifier: MIT
 * The other side of a feed, for the tests of `stance work`:
 *   nats_client URL stream NAME SUBJECT...        makes a stream of these subjects
 *   nats_client URL publish SUBJECT               each line of standard input is a message
 *   nats_client URL dump STREAM                   Nats-Msg-Id, Stance-Part, subject and the data, each line of the data behind them
 *   nats_client URL waiting STREAM CONSUMER       messages that were not delivered yet, and that were not acknowledged yet
 *   nats_client URL forget STREAM CONSUMER        deletes the consumer once somebody takes from it; else exit 1 */
#include <nats/nats.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static jsCtx *js;

static void must(natsStatus status, const char *what) {
  if (status == NATS_OK) return;
  fprintf(stderr, "nats_client: %s: %s\n", what, nats_GetLastError(NULL));
  exit(3);
}

static void dump(const char *stream) {
  jsStreamInfo *info;
  must(js_GetStreamInfo(&info, js, stream, NULL, NULL), stream);
  for (uint64_t i = info->State.FirstSeq; i <= info->State.LastSeq; i++) {
    natsMsg *message;
    const char *id = "", *part = "";
    natsStatus status = js_GetMsg(&message, js, stream, i, NULL, NULL);
    if (status == NATS_NOT_FOUND) continue;
    must(status, "get");
    natsMsgHeader_Get(message, "Nats-Msg-Id", &id);
    natsMsgHeader_Get(message, "Stance-Part", &part);
    const char *at = natsMsg_GetData(message), *end = at + natsMsg_GetDataLength(message);
    for (const char *next; at < end; at = next) {
      next = memchr(at, '\n', (size_t)(end - at));
      next = next ? next + 1 : end;
      printf("%s\t%s\t%s\t%.*s", id, part, natsMsg_GetSubject(message), (int)(next - at), at);
      if (next[-1] != '\n') putchar('\n');
    }
    natsMsg_Destroy(message);
  }
}

static void publish(const char *subject) {
  char *line = NULL;
  size_t room = 0;
  for (ssize_t length; (length = getline(&line, &room, stdin)) > 0;)
    must(js_PublishAsync(js, subject, line, (int)(line[length - 1] == '\n' ? length - 1 : length), NULL), "publish");
  jsPubOptions options;
  jsPubOptions_Init(&options);
  options.MaxWait = 60000;
  must(js_PublishAsyncComplete(js, &options), "publish");
}

int main(int argc, char **argv) {
  natsConnection *connection;
  jsOptions options;
  if (argc < 4) return 2;
  must(natsConnection_ConnectTo(&connection, argv[1]), argv[1]);
  jsOptions_Init(&options);
  options.PublishAsync.MaxPending = 1000;
  options.PublishAsync.StallWait = 60000;
  must(natsConnection_JetStream(&js, connection, &options), "jetstream");
  if (strcmp(argv[2], "stream") == 0) {
    jsStreamConfig config;
    jsStreamConfig_Init(&config);
    config.Name = argv[3];
    config.Subjects = (const char **)(argv + 4);
    config.SubjectsLen = argc - 4;
    must(js_AddStream(NULL, js, &config, NULL, NULL), argv[3]);
  } else if (strcmp(argv[2], "publish") == 0) {
    publish(argv[3]);
  } else if (strcmp(argv[2], "dump") == 0) {
    dump(argv[3]);
  } else if (strcmp(argv[2], "waiting") == 0) {
    jsConsumerInfo *info;
    must(js_GetConsumerInfo(&info, js, argv[3], argv[4], NULL, NULL), argv[4]);
    printf("%llu %lld\n", (unsigned long long)info->NumPending, (long long)info->NumAckPending);
  } else {
    jsConsumerInfo *info;
    if (js_GetConsumerInfo(&info, js, argv[3], argv[4], NULL, NULL) != NATS_OK || !info->NumWaiting) return 1;
    must(js_DeleteConsumer(js, argv[3], argv[4], NULL, NULL), argv[4]);
  }
  return 0;
}
