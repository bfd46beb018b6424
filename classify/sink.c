/* SPDX-License-Identifier: MIT */
#include "sink.h"

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "report.h"
#include "stance/base/error.h"
#include "stance/base/hash.h"
#include "stance/base/utf8.h"

enum { WRITE_BLOCK = 256 * 1024, RAW_SHOWN = 4096, STATE_SLOWNESS = 20 };
static const double STATE_SECONDS = 1;
static const char state_magic[8] = "STNCRUN2";

struct classify_sink {
  struct classify_sink_options options;
  struct classify_counts counts;
  classify_render *render; /* NULL: no predictions are written */
  int file;
  const char *name;        /* of the output, for messages */
  char *partial, *state;   /* NULL: written straight */
  uint64_t written;        /* bytes in the output */
  struct stance_buffer pending, part;
  const char *lent;        /* results that are written straight from where they are, behind what is pending */
  size_t lent_length;
  bool is_pipe_closed, is_duplicate, has_failed;
  int rejects;             /* file; -1: none */
  uint64_t rejects_written;
  struct stance_buffer reject;
  struct classify_aggregate *aggregate, *article; /* NULL where not asked for */
  struct classify_report *report;
  struct classify_seen *seen;
  double state_at, state_took;
};

/* What the state file begins with; aggregates, report and sketches follow, then the magic again. */
struct state {
  char magic[8];
  uint64_t hash; /* of what follows */
  uint64_t settings, written, rejects_written;
  struct classify_counts counts;
};

static uint64_t hash_of(const struct state *state) {
  return stance_hash((const char *)&state->settings, sizeof *state - offsetof(struct state, settings));
}

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

uint64_t classify_sink_items(const struct classify_sink *sink) { return sink->counts.items; }
const struct classify_counts *classify_sink_counts(const struct classify_sink *sink) { return &sink->counts; }
bool classify_sink_pipe_closed(const struct classify_sink *sink) { return sink->is_pipe_closed; }

/* ---- writing ------------------------------------------------------------------------------------------------ */

static enum stance_status write_whole(int file, const char *name, const char *data, size_t length, struct stance_error *error) {
  while (length) {
    ssize_t count = write(file, data, length);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return stance_fail_at(error, STANCE_SYSTEM, name, 0, 0, "cannot write: %s", strerror(errno));
    data += count;
    length -= (size_t)count;
  }
  return STANCE_OK;
}

static enum stance_status write_output(struct classify_sink *sink, const char *data, size_t length, struct stance_error *error) {
  errno = 0;
  enum stance_status status = write_whole(sink->file, sink->name, data, length, error);
  if (status == STANCE_OK) {
    sink->written += length;
    return STANCE_OK;
  }
  sink->is_pipe_closed = errno == EPIPE;
  sink->has_failed = true;
  return status;
}

static enum stance_status write_pending(struct classify_sink *sink, struct stance_error *error) {
  if (sink->pending.failed) return stance_fail_memory(error);
  STANCE_TRY(write_output(sink, sink->pending.data, sink->pending.length, error));
  stance_buffer_clear(&sink->pending);
  return STANCE_OK;
}

/* What is lent is written, or kept as pending where it is too little for a write of its own. */
static enum stance_status settle(struct classify_sink *sink, struct stance_error *error) {
  size_t length = sink->lent_length;
  sink->lent_length = 0;
  if (sink->pending.length + length < WRITE_BLOCK) {
    stance_buffer_append(&sink->pending, sink->lent, length);
    return sink->pending.failed ? stance_fail_memory(error) : STANCE_OK;
  }
  STANCE_TRY(write_pending(sink, error));
  return write_output(sink, sink->lent, length, error);
}

static enum stance_status flush(struct classify_sink *sink, struct stance_error *error) {
  STANCE_TRY(settle(sink, error));
  return write_pending(sink, error);
}

/* data is lent until the next settling. */
static enum stance_status put(struct classify_sink *sink, const char *data, size_t length, struct stance_error *error) {
  bool is_next = sink->lent_length && sink->lent + sink->lent_length == data;
  if (!is_next) {
    STANCE_TRY(settle(sink, error));
    sink->lent = data;
  }
  sink->lent_length += length;
  return STANCE_OK;
}

/* ---- state -------------------------------------------------------------------------------------------------- */

static bool save_parts(const struct classify_sink *sink, FILE *file) {
  if (sink->aggregate && !classify_aggregate_save(sink->aggregate, file)) return false;
  if (sink->report && !classify_report_save(sink->report, file)) return false;
  if (sink->seen && !classify_seen_save(sink->seen, file)) return false;
  return fwrite(state_magic, sizeof state_magic, 1, file) == 1;
}

static enum stance_status save_state(struct classify_sink *sink, struct stance_error *error) {
  double started = now();
  if (!sink->state) return STANCE_OK;
  STANCE_TRY(flush(sink, error));
  size_t length = strlen(sink->state) + 5;
  char *beside = malloc(length);
  if (!beside) return stance_fail_memory(error);
  snprintf(beside, length, "%s.new", sink->state);
  struct state state = {.settings = sink->options.settings, .written = sink->written,
                        .rejects_written = sink->rejects_written, .counts = sink->counts};
  memcpy(state.magic, state_magic, sizeof state.magic);
  state.hash = hash_of(&state);
  FILE *file = fopen(beside, "we");
  bool is_good = file && fwrite(&state, sizeof state, 1, file) == 1 && save_parts(sink, file);
  int code = errno;
  if (file && fclose(file) != 0 && is_good) is_good = false, code = errno;
  if (is_good && rename(beside, sink->state) != 0) is_good = false, code = errno;
  enum stance_status status = STANCE_OK;
  if (!is_good) {
    unlink(beside);
    errno = code;
    status = stance_fail_errno(error, sink->state, "cannot write");
  }
  free(beside);
  sink->state_at = now();
  sink->state_took = sink->state_at - started;
  return status;
}

static enum stance_status load_state(struct classify_sink *sink, struct stance_error *error) {
  struct state state;
  char end[sizeof state_magic];
  FILE *file = fopen(sink->state, "re");
  if (!file && errno == ENOENT) return STANCE_OK; /* nothing was begun */
  if (!file) return stance_fail_errno(error, sink->state, "cannot open");
  bool is_good = fread(&state, sizeof state, 1, file) == 1 && memcmp(state.magic, state_magic, sizeof state_magic) == 0 &&
                 state.hash == hash_of(&state);
  bool is_same = is_good && state.settings == sink->options.settings;
  if (is_same) {
    is_good = (!sink->aggregate || classify_aggregate_load(sink->aggregate, file)) &&
              (!sink->report || classify_report_load(sink->report, file));
    if (is_good && sink->seen) {
      classify_seen_destroy(sink->seen);
      sink->seen = classify_seen_load(file);
      is_good = sink->seen != NULL;
    }
    is_good = is_good && fread(end, sizeof end, 1, file) == 1 && memcmp(end, state_magic, sizeof end) == 0;
  }
  fclose(file);
  if (is_good && !is_same)
    return stance_fail_at(error, STANCE_USAGE, sink->partial, 0, 0,
                          "was begun with other inputs, flags or another model; give the same, or remove it and its .state");
  struct stat about;
  if (!is_good || stat(sink->partial, &about) != 0 || (uint64_t)about.st_size < state.written)
    return stance_fail_at(error, STANCE_INPUT, sink->state, 0, 0, "does not fit '%s'; remove both to begin anew", sink->partial);
  sink->counts = state.counts;
  sink->written = state.written;
  sink->rejects_written = state.rejects_written;
  return STANCE_OK;
}

/* ---- opening ------------------------------------------------------------------------------------------------- */

static char *with_ending(const char *path, const char *ending) {
  size_t length = strlen(path) + strlen(ending) + 1;
  char *result = malloc(length);
  if (result) snprintf(result, length, "%s%s", path, ending);
  return result;
}

/* A file for writing, and its cut to what is known to be whole. */
static int open_file(const char *path) { return open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0666); }

static enum stance_status cut_file(int file, const char *path, uint64_t length, struct stance_error *error) {
  struct stat about;
  if (fstat(file, &about) == 0 && !S_ISREG(about.st_mode)) return STANCE_OK;
  if (ftruncate(file, (off_t)length) == 0 && lseek(file, 0, SEEK_END) >= 0) return STANCE_OK;
  return stance_fail_errno(error, path, "cannot write");
}

static enum stance_status open_output(struct classify_sink *sink, struct stance_error *error) {
  const char *path = sink->options.output;
  struct stat about;
  if (!path || strcmp(path, "-") == 0) {
    sink->file = STDOUT_FILENO;
    sink->name = "<stdout>";
    return STANCE_OK;
  }
  sink->name = path;
  bool is_special = stat(path, &about) == 0 && !S_ISREG(about.st_mode);
  if (is_special) { /* a device or a pipe cannot be renamed onto */
    sink->file = open(path, O_WRONLY | O_CLOEXEC);
    return sink->file < 0 ? stance_fail_errno(error, path, "cannot write") : STANCE_OK;
  }
  sink->partial = with_ending(path, ".partial");
  sink->state = with_ending(path, ".partial.state");
  if (!sink->partial || !sink->state) return stance_fail_memory(error);
  sink->file = open_file(sink->partial);
  if (sink->file < 0) return stance_fail_errno(error, sink->partial, "cannot write");
  if (flock(sink->file, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
    return stance_fail_at(error, STANCE_INPUT, sink->partial, 0, 0, "another run is writing it");
  if (sink->options.resume) STANCE_TRY(load_state(sink, error));
  else unlink(sink->state);
  return cut_file(sink->file, sink->partial, sink->written, error);
}

static enum stance_status open_parts(struct classify_sink *sink, struct stance_error *error) {
  const struct classify_sink_options *options = &sink->options;
  bool writes_units = options->by == CLASSIFY_BY_NONE || options->with_units;
  switch (options->format) {
    case CLASSIFY_FORMAT_JSONL: sink->render = classify_render_jsonl; break;
    case CLASSIFY_FORMAT_CSV:
    case CLASSIFY_FORMAT_TSV: sink->render = classify_render_csv; break;
    case CLASSIFY_FORMAT_TABLE: sink->render = classify_render_table; break;
    case CLASSIFY_FORMAT_HTML: sink->render = NULL; break;
  }
  if (options->events) sink->render = classify_render_events;
  else if (!writes_units) sink->render = NULL;
  bool is_good = true;
  enum classify_by by = options->by;
  if (options->format == CLASSIFY_FORMAT_TABLE && by == CLASSIFY_BY_NONE && !options->events) by = CLASSIFY_BY_DYAD;
  if (options->format == CLASSIFY_FORMAT_HTML) {
    is_good = (sink->report = classify_report_new(&sink->options.style)) != NULL;
  } else if (by == CLASSIFY_BY_ARTICLE) { /* an article's own counts are written when it is done */
    is_good = (sink->article = classify_aggregate_new(options->style.heads, by)) != NULL;
  } else if (by != CLASSIFY_BY_NONE && !options->events) {
    is_good = (sink->aggregate = classify_aggregate_new(options->style.heads, by)) != NULL;
  }
  sink->options.by = by;
  if (is_good && options->dedupe) is_good = (sink->seen = classify_seen_new()) != NULL;
  return is_good ? STANCE_OK : stance_fail_memory(error);
}

static void put_header(struct classify_sink *sink) {
  const struct classify_sink_options *options = &sink->options;
  bool is_csv = options->format == CLASSIFY_FORMAT_CSV || options->format == CLASSIFY_FORMAT_TSV;
  if (options->events) classify_events_header(&options->style, &sink->pending);
  else if (is_csv && sink->render) classify_csv_header(&options->style, &sink->pending);
  else if (is_csv && sink->article) classify_rows_csv_header(&options->style, options->by, &sink->pending);
}

enum stance_status classify_sink_open(const struct classify_sink_options *options, struct classify_sink **out,
                                      struct stance_error *error) {
  *out = NULL;
  struct classify_sink *sink = calloc(1, sizeof *sink);
  if (!sink) return stance_fail_memory(error);
  sink->options = *options;
  sink->options.style.delimiter = options->format == CLASSIFY_FORMAT_TSV ? '\t' : ',';
  sink->file = sink->rejects = -1;
  sink->state_at = now();
  enum stance_status status = open_parts(sink, error);
  if (status == STANCE_OK) status = open_output(sink, error);
  if (status == STANCE_OK && options->rejects) {
    sink->rejects = open_file(options->rejects);
    if (sink->rejects < 0) status = stance_fail_errno(error, options->rejects, "cannot write");
    else status = cut_file(sink->rejects, options->rejects, sink->rejects_written, error);
  }
  if (status != STANCE_OK) {
    classify_sink_destroy(sink);
    return status;
  }
  if (!sink->counts.items) put_header(sink);
  *out = sink;
  return STANCE_OK;
}

void classify_sink_destroy(struct classify_sink *sink) {
  if (!sink) return;
  if (sink->file >= 0 && sink->file != STDOUT_FILENO) close(sink->file);
  if (sink->rejects >= 0) close(sink->rejects);
  classify_aggregate_destroy(sink->aggregate);
  classify_aggregate_destroy(sink->article);
  classify_report_destroy(sink->report);
  classify_seen_destroy(sink->seen);
  stance_buffer_free(&sink->pending);
  stance_buffer_free(&sink->part);
  stance_buffer_free(&sink->reject);
  free(sink->partial);
  free(sink->state);
  free(sink);
}

/* ---- taking -------------------------------------------------------------------------------------------------- */

static void render_for_engine(void *context, const struct classify_scored *scored, uint32_t *next, size_t limit,
                              struct stance_buffer *out) {
  const struct classify_sink *sink = context;
  sink->render(&sink->options.style, scored, next, limit, out);
}

void classify_sink_wants(const struct classify_sink *sink, struct classify_engine *engine) {
  engine->render = sink->render ? render_for_engine : NULL;
  engine->render_context = (void *)(uintptr_t)sink; /* only read */
  engine->keep_units = sink->aggregate || sink->article || sink->report;
  engine->keep_sentences = sink->report != NULL;
  engine->wants_sketch = sink->seen != NULL;
  engine->is_stream = sink->options.is_stream;
  engine->skip_items = sink->counts.items;
  engine->take = classify_sink_take;
  engine->pause = classify_sink_pause;
  engine->context = (void *)(uintptr_t)sink;
}

static enum stance_status put_rows(struct classify_sink *sink, const struct classify_aggregate *aggregate, bool with_header,
                                   struct stance_error *error) {
  const struct classify_sink_options *options = &sink->options;
  struct classify_row *rows;
  size_t count;
  STANCE_TRY(settle(sink, error));
  if (!classify_aggregate_rows(aggregate, options->min_count, &rows, &count)) return stance_fail_memory(error);
  switch (options->format) {
    case CLASSIFY_FORMAT_CSV:
    case CLASSIFY_FORMAT_TSV:
      if (with_header) classify_rows_csv_header(&options->style, options->by, &sink->pending);
      classify_rows_csv(&options->style, options->by, rows, count, &sink->pending);
      break;
    case CLASSIFY_FORMAT_TABLE:
      if (count || with_header) classify_rows_table(&options->style, options->by, rows, count, &sink->pending);
      break;
    default: classify_rows_jsonl(&options->style, options->by, rows, count, &sink->pending);
  }
  free(rows);
  return sink->pending.failed ? stance_fail_memory(error) : STANCE_OK;
}

static enum stance_status count_article(struct classify_sink *sink, const struct classify_scored *scored,
                                        struct stance_error *error) {
  if (sink->aggregate && !classify_aggregate_add(sink->aggregate, scored)) return stance_fail_memory(error);
  if (sink->report && !classify_report_add(sink->report, scored)) return stance_fail_memory(error);
  if (!sink->article) return STANCE_OK;
  classify_aggregate_clear(sink->article);
  if (!classify_aggregate_add(sink->article, scored)) return stance_fail_memory(error);
  return put_rows(sink, sink->article, false, error);
}

static enum stance_status take_reject(struct classify_sink *sink, const struct classify_result *result,
                                      struct stance_error *error) {
  const struct stance_error *problem = result->problem;
  sink->counts.rejected++;
  if (sink->options.report) sink->options.report(sink->options.report_context, problem, false);
  if (sink->rejects < 0) return STANCE_OK;
  struct stance_buffer *out = &sink->reject;
  struct stance_arena arena = {0};
  size_t length = result->raw_length < RAW_SHOWN ? result->raw_length : RAW_SHOWN, repaired;
  while (length && length < result->raw_length && ((unsigned char)result->raw[length] & 0xc0) == 0x80) length--;
  while (length && (result->raw[length - 1] == '\n' || result->raw[length - 1] == '\r')) length--;
  const char *data = stance_utf8_repair(&arena, result->raw ? result->raw : "", length, &length, &repaired);
  stance_buffer_clear(out);
  stance_buffer_puts(out, "{\"file\":");
  stance_buffer_json_string(out, result->path, strlen(result->path));
  if (result->line) stance_buffer_printf(out, ",\"line\":%zu", result->line);
  if (result->id) {
    stance_buffer_puts(out, ",\"id\":");
    stance_buffer_json_string(out, result->id, strlen(result->id));
  }
  stance_buffer_puts(out, ",\"error\":");
  stance_buffer_json_string(out, problem->message, strlen(problem->message));
  stance_buffer_puts(out, ",\"data\":");
  stance_buffer_json_string(out, data ? data : "", data ? length : 0);
  stance_buffer_puts(out, "}\n");
  stance_arena_free(&arena);
  if (out->failed) return stance_fail_memory(error);
  STANCE_TRY(write_whole(sink->rejects, sink->options.rejects, out->data, out->length, error));
  sink->rejects_written += out->length;
  return STANCE_OK;
}

enum stance_status classify_sink_take(void *context, const struct classify_result *result, struct stance_error *error) {
  struct classify_sink *sink = context;
  if (result->is_first && result->outcome == CLASSIFY_SCORED) {
    int is_seen = sink->seen && result->sketch ? classify_seen_add(sink->seen, result->sketch) : 0;
    if (is_seen < 0) return stance_fail_memory(error);
    sink->is_duplicate = is_seen != 0;
  }
  if (result->outcome == CLASSIFY_SCORED && !sink->is_duplicate && result->out_length)
    STANCE_TRY(put(sink, result->out, result->out_length, error));
  if (!result->is_last) return settle(sink, error);
  sink->counts.items++;
  sink->counts.text_bytes += result->text_bytes;
  switch (result->outcome) {
    case CLASSIFY_REJECTED: return take_reject(sink, result, error);
    case CLASSIFY_OTHER_SHARD: sink->counts.other_shard++; return STANCE_OK;
    default: break;
  }
  if (result->repaired) {
    struct stance_error problem = {0};
    sink->counts.repaired_articles++;
    sink->counts.repaired_bytes += result->repaired;
    stance_fail_at(&problem, STANCE_INPUT, result->path, result->line, 0, "%zu %s not UTF-8, read as U+FFFD",
                   result->repaired, result->repaired == 1 ? "byte is" : "bytes are");
    if (sink->options.report) sink->options.report(sink->options.report_context, &problem, true);
  }
  if (sink->is_duplicate) {
    sink->counts.duplicates++;
    return STANCE_OK;
  }
  sink->counts.scored++;
  sink->counts.units += result->unit_count;
  return result->scored ? count_article(sink, result->scored, error) : STANCE_OK;
}

enum stance_status classify_sink_pause(void *context, struct stance_error *error) {
  struct classify_sink *sink = context;
  STANCE_TRY(sink->options.is_stream ? flush(sink, error) : settle(sink, error));
  double since = now() - sink->state_at;
  if (!sink->state || since < STATE_SECONDS || since < STATE_SLOWNESS * sink->state_took) return STANCE_OK;
  return save_state(sink, error);
}

enum stance_status classify_sink_add(struct classify_sink *sink, const struct classify_scored *scored,
                                     struct stance_error *error) {
  for (uint32_t next = 0; sink->render;) {
    stance_buffer_clear(&sink->part);
    sink->render(&sink->options.style, scored, &next, WRITE_BLOCK, &sink->part);
    if (sink->part.failed) return stance_fail_memory(error);
    STANCE_TRY(put(sink, sink->part.data, sink->part.length, error));
    STANCE_TRY(settle(sink, error));
    if (next >= scored->sentence_count) break;
  }
  sink->counts.items++;
  sink->counts.scored++;
  sink->counts.units += scored->unit_count;
  return count_article(sink, scored, error);
}

/* ---- the end ------------------------------------------------------------------------------------------------- */

static enum stance_status put_end(struct classify_sink *sink, struct stance_error *error) {
  STANCE_TRY(settle(sink, error));
  if (sink->report && !classify_report_write(sink->report, sink->options.title, sink->options.min_count, &sink->pending))
    return stance_fail_memory(error);
  bool is_csv = sink->options.format == CLASSIFY_FORMAT_CSV || sink->options.format == CLASSIFY_FORMAT_TSV;
  if (is_csv && sink->aggregate && sink->render) stance_buffer_putc(&sink->pending, '\n'); /* a second table */
  if (sink->aggregate) STANCE_TRY(put_rows(sink, sink->aggregate, true, error));
  return flush(sink, error);
}

enum stance_status classify_sink_finish(struct classify_sink *sink, struct stance_error *error) {
  STANCE_TRY(put_end(sink, error));
  if (sink->rejects >= 0) {
    int file = sink->rejects;
    sink->rejects = -1;
    if (close(file) != 0) return stance_fail_at(error, STANCE_SYSTEM, sink->options.rejects, 0, 0, "cannot write: %s", strerror(errno));
  }
  if (sink->file == STDOUT_FILENO) return STANCE_OK;
  int file = sink->file;
  bool is_good = !sink->partial || fsync(file) == 0;
  sink->file = -1;
  if (close(file) != 0) is_good = false;
  if (is_good && sink->partial) is_good = rename(sink->partial, sink->options.output) == 0;
  if (!is_good) return stance_fail_at(error, STANCE_SYSTEM, sink->name, 0, 0, "cannot write: %s", strerror(errno));
  if (sink->state) unlink(sink->state);
  return STANCE_OK;
}

enum stance_status classify_sink_suspend(struct classify_sink *sink, struct stance_error *error) {
  if (sink->has_failed) return STANCE_OK;
  return sink->state ? save_state(sink, error) : put_end(sink, error);
}

void classify_sink_discard(struct classify_sink *sink) {
  if (sink->partial) unlink(sink->partial);
  if (sink->state) unlink(sink->state);
}
