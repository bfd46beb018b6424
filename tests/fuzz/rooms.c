/* SPDX-License-Identifier: MIT
 * Fuzz targets of annotate/ and classify/, and of files that other programs or earlier runs wrote. */
#include "fuzz.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>

#include "annotate/format.h"
#include "annotate/history.h"
#include "annotate/journal.h"
#include "annotate/names.h"
#include "annotate/units.h"
#include "annotate/web/web.h"
#include "classify/aggregate.h"
#include "classify/answer.h"
#include "classify/ledger.h"
#include "classify/predictions.h"
#include "classify/run_state.h"
#include "classify/scored.h"
#include "stance/actors/gazetteer.h"
#include "stance/actors/gazetteer_tables.h"
#include "stance/actors/petrarch.h"
#include "stance/base/file.h"
#include "stance/base/hash.h"
#include "stance/base/utf8.h"
#include "stance/model/model.h"

static void write_whole(const char *path, const void *bytes, size_t size) {
  FILE *file = fopen(path, "w");
  HOLDS(file && fwrite(bytes, 1, size, file) == size && fclose(file) == 0);
}

/* ---- other programs' annotation files --------------------------------------------------------------------------------- */

/* What is read is written as our records, and those are read again, in UTF-8. The first byte chooses the format. */
static void fuzz_foreign(const uint8_t *data, size_t size) {
#define ROW(upper, lower, name) {&annotate_format_##lower, name},
  static const struct {
    const struct annotate_format *format;
    const char *name;
  } formats[] = {ANNOTATE_FORMATS(ROW)};
#undef ROW
  if (!size) return;
  size_t chosen = data[0] % (sizeof formats / sizeof *formats);
  if (!formats[chosen].format->read || strcmp(formats[chosen].name, "brat") == 0) return; /* a folder */
  struct stance_arena arena = {0};
  struct annotate_records records = {.arena = &arena}, again = {.arena = &arena};
  struct annotate_losses losses = {0};
  const struct annotate_defaults defaults = {.actor_from_label = data[0] & 0x80};
  const char *path = as_file(data + 1, size - 1, ".in");
  enum stance_status status = formats[chosen].format->read(path, &defaults, &records, &losses, &error);
  check_message(status);
  if (status == STANCE_OK) {
    for (size_t i = 0; i < records.count; i++) {
      const struct stance_record *record = &records.items[i];
      HOLDS(stance_utf8_valid(record->text, strlen(record->text)) && record->unit && record->annotator);
      for (uint32_t m = 0; m < record->mention_count; m++)
        HOLDS(record->mentions[m].start < record->mentions[m].end &&
              record->mentions[m].end <= stance_utf8_count(record->text, strlen(record->text)));
    }
    status = annotate_format_records.write(path, records.items, records.count, &losses, &error);
    HOLDS(status == STANCE_OK);
    status = annotate_format_records.read(path, &defaults, &again, &losses, &error);
    if (status != STANCE_OK) fprintf(stderr, "%s:%zu: %s\n", error.file, error.line, error.message);
    HOLDS(status == STANCE_OK && again.count <= records.count); /* the latest of several of one unit and annotator */
    HOLDS(!records.count || again.count);
  }
  unlink(path);
  stance_arena_free(&arena);
}

/* ---- a project ---------------------------------------------------------------------------------------------------------- */

static const char codebook_json[] =
    "{\"name\":\"t\",\"heads\":[{\"name\":\"stance\",\"unit\":\"dyad\",\"question\":\"q\",\"labels\":["
    "{\"name\":\"hostile\",\"key\":\"h\",\"value\":-1},{\"name\":\"neutral\",\"key\":\"n\",\"value\":0}]}]}";
static const char unit_json[] =
    "{\"unit\":\"a#0:A>B\",\"article\":\"a\",\"sentence\":0,\"text\":\"A hit B.\",\"source\":\"A\",\"target\":\"B\","
    "\"mentions\":[{\"actor\":\"A\",\"start\":0,\"end\":1},{\"actor\":\"B\",\"start\":6,\"end\":7}],\"head\":"
    "\"stance\"}\n";
static char folder[PATH_ROOM];
static struct stance_arena project_arena;
static struct annotate_project project;
static struct annotate_units units;

static void make_project(void) {
  char path[PATH_ROOM + 50];
  if (*folder) return;
  temporary(folder, "-project");
  snprintf(path, sizeof path, "%s/labels", folder);
  HOLDS(mkdir(folder, 0700) == 0 && mkdir(path, 0700) == 0);
#define PUT(name, text) snprintf(path, sizeof path, "%s/" name, folder), write_whole(path, text, sizeof text - 1)
  PUT("project.json", "{\"codebook\":\"codebook.json\",\"annotators\":[]}");
  PUT("codebook.json", codebook_json);
  PUT("units.jsonl", unit_json);
  HOLDS(annotate_project_open(folder, &project_arena, &project, &error) == STANCE_OK);
  HOLDS(annotate_units_open(&project, &units, &error) == STANCE_OK);
}

/* A journal of any bytes is opened and repaired: then it opens again, untouched; a label is added, and is there. */
static void fuzz_journal(const uint8_t *data, size_t size) {
  static const char label[] =
      "{\"unit\":\"a#0:A>B\",\"article\":\"a\",\"sentence\":0,\"text\":\"A hit B.\",\"source\":\"A\","
      "\"target\":\"B\",\"head\":\"stance\",\"label\":\"hostile\",\"annotator\":\"ana\",\"at\":\"9999-01-01T00:00:00."
      "000Z\"}\n";
  struct stance_arena arena = {0};
  struct annotate_journal journal;
  struct annotate_history history;
  struct stance_record *records;
  const char *notice;
  char path[PATH_ROOM + 50], torn[PATH_ROOM + 100];
  make_project();
  snprintf(path, sizeof path, "%s/labels/ana.jsonl", folder);
  snprintf(torn, sizeof torn, "%s.torn", path);
  write_whole(path, data, size);
  enum stance_status status = annotate_journal_open(path, &arena, &journal, &notice, &error);
  check_message(status);
  if (status == STANCE_OK) {
    HOLDS(annotate_history_open(&units, &history, &error) == STANCE_OK);
    status = annotate_history_read(&history, &journal, "ana", &error);
    check_message(status);
    annotate_history_close(&history);
    uint64_t repaired = journal.size;
    HOLDS(annotate_journal_append(&journal, label, sizeof label - 1, &error) == STANCE_OK);
    annotate_journal_close(&journal);
    HOLDS(annotate_journal_open(path, &arena, &journal, &notice, &error) == STANCE_OK && !notice);
    HOLDS(journal.size == repaired + sizeof label - 1);
    annotate_journal_close(&journal);
    size_t count;
    if (status == STANCE_OK &&
        annotate_labels_read(&project, "ana", false, &arena, &records, &count, &error) == STANCE_OK)
      HOLDS(count >= 1);
  }
  unlink(path);
  unlink(torn);
  stance_arena_free(&arena);
}

/* ---- requests to `annotate serve` ------------------------------------------------------------------------------------------ */

static uint16_t web_port;
static atomic_int web_stop;
static char web_key[200]; /* of an invitation */

static void take_line(void *context, const char *line) {
  (void)context;
  const char *at = strstr(line, "http://127.0.0.1:"), *key = strstr(line, "#enter=");
  if (at && sscanf(at, "http://127.0.0.1:%hu", &web_port) == 1 && key) snprintf(web_key, sizeof web_key, "%s", key + 7);
}

static void *serve(void *context) {
  static const char *const invitations[] = {"ana=lead"};
  struct annotate_web_options options = {.invitations = invitations, .invitation_count = 1, .stop = &web_stop};
  struct stance_error own;
  (void)context;
  if (annotate_web_run(&project, &units, &options, take_line, NULL, &own) != STANCE_OK)
    fprintf(stderr, "%s\n", own.message);
  return NULL;
}

/* Sends the bytes, and reads what comes back until the server closes; its length. */
static size_t converse(const char *sent, size_t length, char *answer, size_t capacity) {
  struct sockaddr_in to = {
      .sin_family = AF_INET, .sin_port = htons(web_port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  struct timeval patience = {.tv_sec = 10};
  size_t got = 0;
  int link = socket(AF_INET, SOCK_STREAM, 0);
  HOLDS(link >= 0 && connect(link, (struct sockaddr *)&to, sizeof to) == 0);
  setsockopt(link, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  if (send(link, sent, length, MSG_NOSIGNAL) == (ssize_t)length) shutdown(link, SHUT_WR);
  for (ssize_t more; got < capacity - 1 && (more = recv(link, answer + got, capacity - 1 - got, 0)) > 0;)
    got += (size_t)more;
  close(link);
  answer[got] = '\0';
  return got;
}

static char web_session[200];

static void start_serving(char *answer, size_t capacity) {
  pthread_t thread;
  char sent[1000], body[300];
  HOLDS(pthread_create(&thread, NULL, serve, NULL) == 0);
  for (int i = 0; i < 1000 && !web_port; i++) usleep(10000);
  HOLDS(web_port);
  usleep(100000);
  snprintf(body, sizeof body, "{\"token\":\"%s\"}", web_key);
  int length =
      snprintf(sent, sizeof sent,
               "POST /api/enter HTTP/1.1\r\nHost: 127.0.0.1:%u\r\nOrigin: http://127.0.0.1:%u\r\nSec-Fetch-Site: "
               "same-origin\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: %zu\r\n\r\n%s",
               web_port, web_port, strlen(body), body);
  converse(sent, (size_t)length, answer, capacity);
  const char *session = strstr(answer, "\"session\":\"");
  HOLDS(session && sscanf(session, "\"session\":\"%190[^\"]", web_session) == 1);
}

/* Raw bytes to the server, "@PORT@" and "@SESSION@" in them replaced by those that hold: the answer is HTTP, its text UTF-8; the server lives. */
static void fuzz_request(const uint8_t *data, size_t size) {
  static char answer[1 << 20];
  char sent[16384], port[8];
  size_t length = 0;
  make_project();
  if (!web_port) start_serving(answer, sizeof answer);
  snprintf(port, sizeof port, "%u", web_port);
  const char *const names[] = {"@PORT@", "@SESSION@"}, *const values[] = {port, web_session};
  for (size_t i = 0; i < size && length < sizeof sent - 200; i++) {
    size_t found = 0;
    for (size_t n = 0; n < 2 && !found; n++) {
      if (size - i < strlen(names[n]) || memcmp(data + i, names[n], strlen(names[n])) != 0) continue;
      found = strlen(names[n]);
      length += (size_t)snprintf(sent + length, 200, "%s", values[n]);
    }
    if (found) i += found - 1;
    else sent[length++] = (char)data[i];
  }
  size_t got = converse(sent, length, answer, sizeof answer);
  HOLDS(!got || memcmp(answer, "HTTP/1.", 7) == 0);
  const char *body = strstr(answer, "\r\n\r\n");
  if (body && strstr(answer, "Content-Type: application/json"))
    HOLDS(strlen(answer) == got && stance_utf8_valid(body + 4, got - (size_t)(body + 4 - answer)));
}

/* ---- predictions, run states, ledgers ----------------------------------------------------------------------------------- */

static void check_scored(const struct classify_heads *heads, const struct classify_scored *scored) {
  HOLDS(scored->id && stance_utf8_valid(scored->id, strlen(scored->id)));
  for (uint32_t i = 0; i < scored->unit_count; i++) {
    const struct classify_unit *unit = &scored->units[i];
    HOLDS(unit->head < heads->count && unit->label < heads->items[unit->head].label_count);
    HOLDS(unit->score >= -CLASSIFY_ONE && unit->score <= CLASSIFY_ONE && unit->sentence < scored->sentence_count);
  }
}

static void fuzz_predictions(const uint8_t *data, size_t size) {
  const char *path = as_file(data, size, ".jsonl");
  struct classify_predictions_options options = {.paths = &path, .path_count = 1, .with_mentions = true};
  struct classify_predictions *predictions;
  const struct classify_scored *scored;
  enum stance_status status = classify_predictions_open(&options, &predictions, &error);
  check_message(status);
  while (status == STANCE_OK && (status = classify_predictions_next(predictions, &scored, &error)) == STANCE_OK &&
         scored)
    check_scored(classify_predictions_heads(predictions), scored);
  check_message(status);
  classify_predictions_close(predictions);
  unlink(path);
}

static void fuzz_state(const uint8_t *data, size_t size) {
  struct classify_run_state state = {0};
  struct classify_gathered gathered = {0};
  if (size >= 16) memcpy(&state.settings, data + 8, sizeof state.settings);
  const char *path = as_file(data, size, ".state");
  check_message(classify_run_state_load(path, path, &state, &gathered, &error));
  struct classify_ledger *ledger = classify_ledger_new();
  HOLDS(ledger);
  check_message(classify_ledger_load(ledger, path, size, &error));
  struct stance_buffer closed = {0}, open = {0};
  classify_ledger_lines(ledger, &closed, &open);
  HOLDS(!closed.failed && !open.failed);
  stance_buffer_free(&closed);
  stance_buffer_free(&open);
  classify_ledger_destroy(ledger);
  unlink(path);
}

/* ---- messages of a queue ----------------------------------------------------------------------------------------------------- */

static struct stance_gazetteer *actors;
static struct classify_answerer *answerer_of(void) {
  static const char json[] =
      "{\"actors\":[{\"id\":\"MLI\",\"name\":\"Mali\",\"type\":\"state\",\"aliases\":[\"Mali\"]},"
      "{\"id\":\"FRA\",\"name\":\"France\",\"type\":\"state\",\"aliases\":[\"France\"]}]}";
  static struct classify_answerer *made;
  static struct classify_model scorer;
  static struct classify_style style;
  static const struct input_options reading;
  struct stance_model *model;
  if (made) return made;
  const char *path = as_file((const uint8_t *)json, sizeof json - 1, ".json"), *from = getenv("FUZZ_MODEL");
  HOLDS(stance_gazetteer_open(&path, 1, &actors, &error) == STANCE_OK && from);
  unlink(path);
  HOLDS(stance_model_open(from, &model, &error) == STANCE_OK);
  scorer = (struct classify_model){.model = model, .gazetteer = actors, .marks_seen = true};
  HOLDS(classify_model_heads(model, &scorer.heads, &error) == STANCE_OK);
  style = (struct classify_style){.heads = &scorer.heads, .gazetteer = actors, .model = model};
  struct classify_answerer_options options = {
      .model = &scorer, .style = &style, .reading = &reading, .max_bytes = 1 << 20};
  HOLDS(classify_answerer_new(&options, &made, &error) == STANCE_OK);
  return made;
}

/* Each message has an answer: whole lines of UTF-8, the last of which is the done line, or one that says why not. */
static void fuzz_message(const uint8_t *data, size_t size) {
  struct classify_answer answer;
  enum stance_status status = classify_answer(answerer_of(), "ARTICLES", 7, (const char *)data, size, &answer, &error);
  check_message(status);
  if (status != STANCE_OK) return;
  HOLDS(answer.length && answer.lines[answer.length - 1] == '\n' && stance_utf8_valid(answer.lines, answer.length));
  HOLDS(!memchr(answer.lines, '\0', answer.length));
  if (answer.is_rejected) HOLDS(answer.reason && *answer.reason);
  else HOLDS(memmem(answer.lines, answer.length, "\"done\":true", 11));
}

/* ---- actors of other programs, and compiled ones ---------------------------------------------------------------------------- */

static void fuzz_petrarch(const uint8_t *data, size_t size) {
  struct stance_petrarch *import = stance_petrarch_new();
  struct stance_buffer out = {0};
  struct stance_gazetteer *gazetteer;
  const char *path = as_file(data, size, ".txt");
  enum stance_status status = stance_petrarch_read(import, path, NULL, NULL, &error);
  check_message(status);
  if (status == STANCE_OK) {
    HOLDS(stance_petrarch_write(import, &out) && stance_utf8_valid(out.data, out.length));
    path = as_file((const uint8_t *)out.data, out.length, ".json");
    if (stance_petrarch_actor_count(import)) { /* what is written is a gazetteer */
      status = stance_gazetteer_open(&path, 1, &gazetteer, &error);
      if (status != STANCE_OK) fprintf(stderr, "%s:%zu: %s\n", error.file, error.line, error.message);
      HOLDS(status == STANCE_OK);
      stance_gazetteer_close(gazetteer);
    }
    unlink(path);
    path = as_file(data, 0, ".txt");
  }
  unlink(path);
  stance_buffer_free(&out);
  stance_petrarch_destroy(import);
}

/* Compiled actors whose size and checksums are made right, for a source that is there: taken or passed over, and then the JSON's actors. */
static void fuzz_compiled(const uint8_t *data, size_t size) {
  enum { PREFIX = 48, SIZE_AT = 16, SOURCES_AT = 32 };
  static unsigned char good[PREFIX];
  static char source[PATH_ROOM];
  const char *path = source;
  struct stance_gazetteer *gazetteer;
  if (!*source) {
    static const char json[] =
        "{\"actors\":[{\"id\":\"MLI\",\"name\":\"Mali\",\"type\":\"state\",\"aliases\":[\"Mali\"]}]}";
    char *bytes;
    size_t length;
    struct stance_arena arena = {0};
    temporary(source, "-source.json");
    write_whole(source, json, sizeof json - 1);
    const char *tables = as_file(data, 0, ".compiled");
    HOLDS(stance_gazetteer_compile(&path, 1, tables, &error) == STANCE_OK);
    HOLDS(stance_file_read(tables, 0, &arena, &bytes, &length, &error) == STANCE_OK && length > PREFIX);
    memcpy(good, bytes, PREFIX);
    stance_arena_free(&arena);
  }
  if (size < PREFIX) return;
  unsigned char *copy = malloc(size);
  HOLDS(copy);
  memcpy(copy, data, size);
  uint64_t numbers[2] = {size, stance_hash((const char *)copy + PREFIX, size - PREFIX)};
  memcpy(copy, good, SIZE_AT);
  memcpy(copy + SIZE_AT, numbers, sizeof numbers);
  memcpy(copy + SOURCES_AT, good + SOURCES_AT, PREFIX - SOURCES_AT);
  const char *tables = as_file(copy, size, ".compiled");
  HOLDS(stance_gazetteer_open_compiled(tables, &path, 1, &gazetteer, &error) == STANCE_OK);
  for (size_t i = 0; i < stance_gazetteer_count(gazetteer); i++)
    HOLDS(stance_actor_id(stance_gazetteer_actor(gazetteer, i)));
  stance_gazetteer_find(gazetteer, "MLI");
  stance_gazetteer_close(gazetteer);
  unlink(tables);
  free(copy);
}

const struct fuzz_target fuzz_room_targets[] = {
    {"foreign", fuzz_foreign},         {"journal", fuzz_journal},   {"request", fuzz_request},
    {"predictions", fuzz_predictions}, {"state", fuzz_state},       {"message", fuzz_message},
    {"petrarch", fuzz_petrarch},       {"compiled", fuzz_compiled}, {0}};
