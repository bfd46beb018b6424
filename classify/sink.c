/* SPDX-License-Identifier: MIT
 * The sink. Bytes are written by output.c, the state by run_state.c, rejected articles by rejects.c. */
#include "sink.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "done.h"
#include "output.h"
#include "rejects.h"
#include "report.h"
#include "stance/base/error.h"
#include "stance/base/memory.h"
#include "store.h"

enum { PART_BYTES = 256 * 1024, STATE_SLOWNESS = 20 }; /* saving the state takes at most a twentieth of the time */
static const double STATE_SECONDS = 1;

struct classify_sink {
  struct classify_sink_options options;
  struct classify_counts counts;
  struct input_summary summary;
  classify_render *render; /* NULL: no predictions */
  struct classify_output output;
  struct classify_rejects rejects;
  struct classify_store *store; /* for a database; NULL: bytes go to the output */
  struct classify_gathered gathered;
  struct classify_aggregate *article; /* counts of one article; NULL: not asked for */
  struct stance_buffer part;
  struct classify_keys keys;
  uint64_t rows_left_out;
  bool is_duplicate;
  char *state; /* path of the state; NULL: no state */
  struct {
    char *path;
    int file;
    uint64_t written;
    struct stance_buffer pending, open; /* ledger lines of finished files, and of the current one */
    struct classify_ledger *ledger;
  } inputs; /* saved together with the state */
  double state_at, state_took;
};

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

uint64_t classify_sink_items(const struct classify_sink *sink) { return sink->counts.items; }
const struct classify_counts *classify_sink_counts(const struct classify_sink *sink) { return &sink->counts; }
uint64_t classify_sink_rows_left_out(const struct classify_sink *sink) { return sink->rows_left_out; }
uint64_t classify_sink_undated(const struct classify_sink *sink) {
  return sink->gathered.aggregate ? classify_aggregate_undated(sink->gathered.aggregate) : 0;
}
bool classify_sink_pipe_closed(const struct classify_sink *sink) { return sink->output.is_pipe_closed; }

/* Saves the ledger's lines, before the state that refers to them. */
static enum stance_status save_inputs(struct classify_sink *sink, struct stance_error *error) {
  struct stance_buffer *lines = &sink->inputs.pending;
  stance_buffer_append(lines, sink->inputs.open.data, sink->inputs.open.length);
  stance_buffer_clear(&sink->inputs.open);
  if (lines->failed || sink->inputs.open.failed) return stance_fail_memory(error);
  STANCE_TRY(classify_file_write(sink->inputs.file, sink->inputs.path, lines->data, lines->length, error));
  sink->inputs.written += lines->length;
  stance_buffer_clear(lines);
  if (fdatasync(sink->inputs.file) == 0) return STANCE_OK;
  return stance_fail_errno(error, sink->inputs.path, "cannot write");
}

static enum stance_status save_state(struct classify_sink *sink, struct stance_error *error) {
  double started = now();
  STANCE_TRY(classify_output_end_frame(&sink->output, true, error));
  STANCE_TRY(classify_output_flush(&sink->output, error));
  if (sink->store) STANCE_TRY(classify_store_commit(sink->store, error));
  STANCE_TRY(classify_output_sync(&sink->output, error)); /* before the state that refers to it */
  STANCE_TRY(classify_rejects_sync(&sink->rejects, error));
  STANCE_TRY(save_inputs(sink, error));
  const struct classify_run_state state = {
      .settings = sink->options.settings,
      .written = sink->store ? classify_store_articles(sink->store) : sink->output.written,
      .rejects_written = sink->rejects.written,
      .inputs_written = sink->inputs.written,
      .counts = sink->counts};
  enum stance_status status = classify_run_state_save(sink->state, &state, &sink->gathered, error);
  sink->state_at = now();
  sink->state_took = sink->state_at - started;
  return status;
}

/* ---- opening ------------------------------------------------------------------------------------------------- */

static enum stance_status open_parts(struct classify_sink *sink, struct stance_error *error) {
  const struct classify_sink_options *options = &sink->options;
  bool writes_units = !options->keys || options->with_units;
  switch (options->format) {
    case CLASSIFY_FORMAT_JSONL:
      sink->render = options->style.leaves_out ? classify_render_some_jsonl : classify_render_jsonl;
      break;
    case CLASSIFY_FORMAT_CSV:
    case CLASSIFY_FORMAT_TSV: sink->render = classify_render_csv; break;
    case CLASSIFY_FORMAT_AUTO:
    case CLASSIFY_FORMAT_TABLE: sink->render = classify_render_table; break;
    case CLASSIFY_FORMAT_HTML:
    case CLASSIFY_FORMAT_SQLITE:
    case CLASSIFY_FORMAT_GRAPHML:
    case CLASSIFY_FORMAT_GEXF: sink->render = NULL; break;
  }
  if (options->events) sink->render = options->event_sentences ? classify_render_all_events : classify_render_events;
  else if (!writes_units) sink->render = NULL;
  bool is_good = true;
  sink->keys = options->keys ? *options->keys : classify_keys_of(CLASSIFY_BY_DYAD);
  sink->options.keys = &sink->keys;
  bool is_graph = options->format == CLASSIFY_FORMAT_GRAPHML || options->format == CLASSIFY_FORMAT_GEXF;
  bool is_counted = !options->events &&
                    (!writes_units || options->with_units || is_graph || options->format == CLASSIFY_FORMAT_TABLE);
  if (options->format == CLASSIFY_FORMAT_HTML) {
    is_good = (sink->gathered.report = classify_report_new(&sink->options.style)) != NULL;
  } else if (options->format == CLASSIFY_FORMAT_SQLITE) {
    is_counted = false; /* SQL counts */
  } else if (is_counted &&
             classify_keys_is(&sink->keys,
                              CLASSIFY_BY_ARTICLE)) { /* counts of an article are written when it is done */
    is_good = (sink->article = classify_aggregate_new(options->style.heads, &sink->keys)) != NULL;
  } else if (is_counted) {
    is_good = (sink->gathered.aggregate = classify_aggregate_new(options->style.heads, &sink->keys)) != NULL;
  }
  if (is_good && options->dedupe) is_good = (sink->gathered.seen = classify_seen_new()) != NULL;
  return is_good ? STANCE_OK : stance_fail_memory(error);
}

static void put_header(struct classify_sink *sink) {
  const struct classify_sink_options *options = &sink->options;
  bool is_csv = options->format == CLASSIFY_FORMAT_CSV || options->format == CLASSIFY_FORMAT_TSV;
  if (options->with_facts && options->format == CLASSIFY_FORMAT_JSONL)
    classify_facts_jsonl(options->facts, &sink->output.pending);
  else if (options->with_facts && (is_csv || options->format == CLASSIFY_FORMAT_TABLE))
    classify_facts_comment(options->facts, &sink->output.pending);
  if (options->without_header) return;
  if (options->events) classify_events_header(&options->style, &sink->output.pending);
  else if (is_csv && sink->render) classify_csv_header(&options->style, &sink->output.pending);
  else if (is_csv && sink->article) classify_rows_csv_header(&options->style, &sink->keys, &sink->output.pending);
}

/* Opens the database. A new one must not have the journal of an older run, which SQLite would apply. */
static enum stance_status open_store(struct classify_sink *sink, uint64_t articles, struct stance_error *error) {
  const char *path = sink->output.partial;
  if (!path) return stance_fail(error, STANCE_USAGE, "a database needs --output FILE, a regular file");
  if (!articles) {
    char *journal = NULL;
    if (asprintf(&journal, "%s-journal", path) < 0) return stance_fail_memory(error);
    unlink(journal);
    free(journal);
  }
  return classify_store_open(path, &sink->options.style, articles, &sink->store, error);
}

static enum stance_status open_inputs(struct classify_sink *sink, uint64_t length, struct stance_error *error) {
  if (!sink->state) return STANCE_OK;
  if (asprintf(&sink->inputs.path, "%s.inputs", sink->output.partial) < 0) sink->inputs.path = NULL;
  sink->inputs.ledger = classify_ledger_new();
  if (!sink->inputs.path || !sink->inputs.ledger) return stance_fail_memory(error);
  STANCE_TRY(classify_ledger_load(sink->inputs.ledger, sink->inputs.path, length, error));
  sink->inputs.file = classify_file_open(sink->inputs.path);
  sink->inputs.written = length;
  return sink->inputs.file < 0 ? stance_fail_errno(error, sink->inputs.path, "cannot write")
                               : classify_file_cut(sink->inputs.file, sink->inputs.path, length, error);
}

static enum stance_status open_files(struct classify_sink *sink, struct stance_error *error) {
  struct classify_run_state state = {.settings = sink->options.settings};
  STANCE_TRY(classify_output_open(&sink->output, sink->options.output, error));
  sink->output.is_on_terminal = sink->options.format != CLASSIFY_FORMAT_TABLE && isatty(sink->output.file);
  if (sink->output.partial) {
    if (asprintf(&sink->state, "%s.state", sink->output.partial) < 0) {
      sink->state = NULL;
      return stance_fail_memory(error);
    }
    if (sink->options.resume)
      STANCE_TRY(classify_run_state_load(sink->state, sink->output.partial, &state, &sink->gathered, error));
    else unlink(sink->state);
  }
  sink->counts = state.counts;
  STANCE_TRY(open_inputs(sink, state.inputs_written, error));
  if (sink->options.resume && !sink->state)
    return stance_fail(error, STANCE_USAGE, "--resume needs --output FILE, a regular file");
  bool is_store = sink->options.format == CLASSIFY_FORMAT_SQLITE;
  if (!is_store || !state.written) STANCE_TRY(classify_output_cut(&sink->output, state.written, error));
  if (is_store) STANCE_TRY(open_store(sink, state.written, error));
  return classify_rejects_open(&sink->rejects, sink->options.rejects, state.rejects_written, error);
}

enum stance_status classify_sink_open(const struct classify_sink_options *options, struct classify_sink **out,
                                      struct stance_error *error) {
  *out = NULL;
  struct classify_sink *sink = calloc(1, sizeof *sink);
  if (!sink) return stance_fail_memory(error);
  sink->options = *options;
  sink->options.style.delimiter = options->format == CLASSIFY_FORMAT_TSV ? '\t' : ',';
  sink->output.file = sink->rejects.file = sink->inputs.file = -1;
  sink->state_at = now();
  enum stance_status status = open_parts(sink, error);
  if (status == STANCE_OK) status = open_files(sink, error);
  if (status != STANCE_OK) {
    classify_sink_destroy(sink);
    return status;
  }
  if (!sink->counts.items && !sink->output.written) put_header(sink);
  *out = sink;
  return STANCE_OK;
}

void classify_sink_destroy(struct classify_sink *sink) {
  if (!sink) return;
  classify_store_close(sink->store); /* before the output, as closing any descriptor of a file releases its locks */
  classify_output_close(&sink->output);
  classify_rejects_close(&sink->rejects);
  classify_aggregate_destroy(sink->gathered.aggregate);
  classify_aggregate_destroy(sink->article);
  classify_report_destroy(sink->gathered.report);
  classify_seen_destroy(sink->gathered.seen);
  if (sink->inputs.file >= 0) close(sink->inputs.file);
  stance_buffer_free(&sink->inputs.pending);
  stance_buffer_free(&sink->inputs.open);
  classify_ledger_destroy(sink->inputs.ledger);
  free(sink->inputs.path);
  stance_buffer_free(&sink->part);
  free(sink->state);
  free(sink);
}

/* ---- taking -------------------------------------------------------------------------------------------------- */

static void render_for_engine(void *context, const struct classify_scored *scored, uint32_t *next, size_t limit,
                              struct stance_buffer *out) {
  const struct classify_sink *sink = context;
  sink->render(&sink->options.style, scored, next, limit, out);
}

static enum stance_status take(void *context, const struct classify_result *result, struct stance_error *error);
static enum stance_status pause_between(void *context, const struct classify_place *place, struct stance_error *error);

void classify_sink_wire(struct classify_sink *sink, struct classify_engine *engine) {
  engine->render = sink->render ? render_for_engine : NULL;
  engine->render_context = sink;
  engine->keep_units = sink->gathered.aggregate || sink->article || sink->gathered.report || sink->store;
  engine->keep_sentences = sink->gathered.report || sink->store;
  engine->wants_sketch = sink->gathered.seen != NULL;
  engine->is_stream = sink->options.is_stream;
  engine->ledger = sink->inputs.ledger;
  engine->take = take;
  engine->pause = pause_between;
  engine->context = sink;
}

/* Keeps the rows asked for by polar and top, in place. Returns their number. */
static size_t choose_rows(struct classify_sink *sink, struct classify_row *rows, size_t count) {
  const struct classify_sink_options *options = &sink->options;
  size_t kept = 0, in_group[CLASSIFY_HEADS_MAX] = {0};
  struct classify_row before = {0};
  for (size_t i = 0; i < count; i++) {
    const struct classify_row row = rows[i];
    double value;
    if (row.group != before.group || row.second != before.second)
      memset(in_group, 0, sizeof in_group); /* equal names are equal pointers */
    before = row;
    classify_verdict(&options->style.heads->items[row.head], &row, &value);
    bool is_pole = value < 0 || value > 0;
    if ((options->polar && !is_pole) || (options->top && in_group[row.head] == options->top)) continue;
    in_group[row.head]++;
    rows[kept++] = row;
  }
  sink->rows_left_out += count - kept;
  return kept;
}

static enum stance_status put_rows(struct classify_sink *sink, const struct classify_aggregate *aggregate,
                                   bool with_header, struct stance_error *error) {
  const struct classify_sink_options *options = &sink->options;
  struct classify_row *rows;
  size_t count;
  STANCE_TRY(classify_output_settle(&sink->output, error));
  if (!classify_aggregate_rows(aggregate, options->min_count, &rows, &count)) return stance_fail_memory(error);
  count = choose_rows(sink, rows, count);
  switch (options->format) {
    case CLASSIFY_FORMAT_CSV:
    case CLASSIFY_FORMAT_TSV:
      if (with_header && !options->without_header)
        classify_rows_csv_header(&options->style, &sink->keys, &sink->output.pending);
      classify_rows_csv(&options->style, &sink->keys, rows, count, &sink->output.pending);
      break;
    case CLASSIFY_FORMAT_TABLE:
      sink->options.style.is_part = options->polar || options->top || options->min_count > 1;
      if (count || with_header) classify_rows_table(&options->style, &sink->keys, rows, count, &sink->output.pending);
      break;
    case CLASSIFY_FORMAT_GRAPHML:
    case CLASSIFY_FORMAT_GEXF:
      if (!classify_rows_graph(&options->style, options->format == CLASSIFY_FORMAT_GEXF,
                               options->with_facts ? options->facts : &(struct classify_facts){.count = 0}, rows, count,
                               &sink->output.pending))
        stance_memory_note_out();
      break;
    default: classify_rows_jsonl(&options->style, &sink->keys, rows, count, &sink->output.pending);
  }
  free(rows);
  return sink->output.pending.failed || stance_memory_was_out() ? stance_fail_memory(error) : STANCE_OK;
}

static enum stance_status count_article(struct classify_sink *sink, const struct classify_scored *scored,
                                        struct stance_error *error) {
  if (sink->gathered.aggregate && !classify_aggregate_add(sink->gathered.aggregate, scored))
    return stance_fail_memory(error);
  if (sink->gathered.report && !classify_report_add(sink->gathered.report, scored)) return stance_fail_memory(error);
  if (sink->store) return classify_store_add(sink->store, scored, error);
  if (!sink->article) return STANCE_OK;
  classify_aggregate_clear(sink->article);
  if (!classify_aggregate_add(sink->article, scored)) return stance_fail_memory(error);
  return put_rows(sink, sink->article, false, error);
}

static const char *why_left_out(const struct classify_result *result) {
  static const enum input_note notes[] = {INPUT_NOTE_LANGUAGE, INPUT_NOTE_REPEATED, INPUT_NOTE_KILLED};
  for (size_t i = 0; result->notes && i < sizeof notes / sizeof *notes; i++)
    if (result->notes->counts[notes[i]]) return input_note_name(notes[i]);
  return "left out";
}

static enum stance_status put_done(struct classify_sink *sink, const struct classify_result *result,
                                   struct stance_error *error) {
  struct classify_done done = {
      .id = result->id, .raw = result->raw, .raw_length = result->raw_length, .line = result->line};
  if (!sink->options.with_done || result->outcome == CLASSIFY_OTHER_SHARD) return STANCE_OK;
  if (result->outcome == CLASSIFY_REJECTED) done.error = result->problem->message;
  else if (result->outcome == CLASSIFY_LEFT_OUT) done.left_out = why_left_out(result);
  else if (sink->is_duplicate) done.left_out = "near-duplicate";
  else done.units = result->unit_count;
  STANCE_TRY(classify_output_settle(&sink->output, error));
  classify_put_done(&done, &sink->output.pending);
  return sink->output.pending.failed ? stance_fail_memory(error) : STANCE_OK;
}

static enum stance_status take(void *context, const struct classify_result *result, struct stance_error *error) {
  struct classify_sink *sink = context;
  if (result->outcome == CLASSIFY_EARLIER) return STANCE_OK;
  if (result->is_first && result->outcome == CLASSIFY_SCORED) {
    int is_seen = sink->gathered.seen && result->sketch ? classify_seen_add(sink->gathered.seen, result->sketch) : 0;
    if (is_seen < 0) return stance_fail_memory(error);
    sink->is_duplicate = is_seen != 0;
  }
  if (result->outcome == CLASSIFY_SCORED && !sink->is_duplicate && result->out_length)
    STANCE_TRY(classify_output_lend(&sink->output, result->out, result->out_length, error));
  if (!result->is_last) return classify_output_settle(&sink->output, error);
  STANCE_TRY(put_done(sink, result, error));
  sink->counts.items++;
  sink->counts.text_bytes += result->text_bytes;
  if (result->notes) input_summary_add(&sink->summary, result->notes, result->path, result->line);
  switch (result->outcome) {
    case CLASSIFY_LEFT_OUT: sink->counts.left_out++; return STANCE_OK;
    case CLASSIFY_REJECTED:
      sink->counts.rejected++;
      if (sink->options.tell) sink->options.tell(sink->options.tell_context, result->problem, false);
      return classify_rejects_take(&sink->rejects, result, error);
    case CLASSIFY_OTHER_SHARD: sink->counts.other_shard++; return STANCE_OK;
    default: break;
  }
  if (result->repaired) {
    struct stance_error problem = {0};
    sink->counts.repaired_articles++;
    sink->counts.repaired_bytes += result->repaired;
    stance_fail_at(&problem, STANCE_INPUT, result->path, result->line, 0, "%zu %s not UTF-8, read as U+FFFD",
                   result->repaired, result->repaired == 1 ? "byte is" : "bytes are");
    if (sink->options.tell) sink->options.tell(sink->options.tell_context, &problem, true);
  }
  if (sink->is_duplicate) {
    sink->counts.duplicates++;
    return STANCE_OK;
  }
  sink->counts.scored++;
  sink->counts.units += result->unit_count;
  return result->scored ? count_article(sink, result->scored, error) : STANCE_OK;
}

uint64_t classify_sink_gone(const struct classify_sink *sink, const char **first) {
  *first = NULL;
  return sink->inputs.ledger ? classify_ledger_gone(sink->inputs.ledger, first) : 0;
}

const struct input_summary *classify_sink_summary(const struct classify_sink *sink) { return &sink->summary; }

static enum stance_status pause_between(void *context, const struct classify_place *place, struct stance_error *error) {
  struct classify_sink *sink = context;
  stance_buffer_append(&sink->inputs.pending, place->closed.data, place->closed.length);
  stance_buffer_clear(&sink->inputs.open);
  stance_buffer_append(&sink->inputs.open, place->open.data, place->open.length);
  STANCE_TRY(sink->options.is_stream ? classify_output_flush(&sink->output, error)
                                     : classify_output_settle(&sink->output, error));
  STANCE_TRY(classify_output_end_frame(&sink->output, false, error));
  if (!classify_output_is_between_frames(&sink->output)) return STANCE_OK;
  double since = now() - sink->state_at;
  if (!sink->state || since < STATE_SECONDS || since < STATE_SLOWNESS * sink->state_took) return STANCE_OK;
  return save_state(sink, error);
}

enum stance_status classify_sink_add(struct classify_sink *sink, const struct classify_scored *scored,
                                     struct stance_error *error) {
  for (uint32_t next = 0; sink->render;) {
    stance_buffer_clear(&sink->part);
    sink->render(&sink->options.style, scored, &next, PART_BYTES, &sink->part);
    if (sink->part.failed) return stance_fail_memory(error);
    STANCE_TRY(classify_output_lend(&sink->output, sink->part.data, sink->part.length, error));
    STANCE_TRY(classify_output_settle(&sink->output, error));
    if (next >= scored->sentence_count) break;
  }
  sink->counts.items++;
  sink->counts.scored++;
  sink->counts.units += scored->unit_count;
  return count_article(sink, scored, error);
}

/* ---- the end ------------------------------------------------------------------------------------------------- */

static enum stance_status put_end(struct classify_sink *sink, struct stance_error *error) {
  STANCE_TRY(classify_output_settle(&sink->output, error));
  if (sink->gathered.report &&
      !classify_report_write(sink->gathered.report, sink->options.title, sink->options.min_count, sink->options.facts,
                             &sink->output.pending))
    return stance_fail_memory(error);
  if (stance_memory_was_out()) return stance_fail_memory(error); /* a picture may lack what the page says */
  bool is_csv = sink->options.format == CLASSIFY_FORMAT_CSV || sink->options.format == CLASSIFY_FORMAT_TSV;
  if (is_csv && sink->gathered.aggregate && sink->render)
    stance_buffer_putc(&sink->output.pending, '\n'); /* a second table */
  if (sink->gathered.aggregate) STANCE_TRY(put_rows(sink, sink->gathered.aggregate, true, error));
  STANCE_TRY(classify_output_end_frame(&sink->output, true, error));
  return classify_output_flush(&sink->output, error);
}

enum stance_status classify_sink_finish(struct classify_sink *sink, struct stance_error *error) {
  STANCE_TRY(put_end(sink, error));
  if (sink->store) {
    STANCE_TRY(classify_store_finish(sink->store, sink->options.facts, error));
    classify_store_close(sink->store);
    sink->store = NULL;
  }
  STANCE_TRY(classify_rejects_commit(&sink->rejects, error));
  STANCE_TRY(classify_output_commit(&sink->output, error));
  if (sink->state) unlink(sink->state);
  if (sink->inputs.path) unlink(sink->inputs.path);
  return STANCE_OK;
}

enum stance_status classify_sink_suspend(struct classify_sink *sink, struct stance_error *error) {
  if (sink->output.has_failed) return STANCE_OK;
  return sink->state ? save_state(sink, error) : put_end(sink, error);
}

void classify_sink_discard(struct classify_sink *sink) {
  if (sink->output.partial) unlink(sink->output.partial);
  if (sink->state) unlink(sink->state);
  if (sink->inputs.path) unlink(sink->inputs.path);
}
