/* SPDX-License-Identifier: MIT
 * Other programs' formats while each allocation of their JSON fails in turn: the answer is that memory was out, and a file that
 * is there stays. A record that lost a key would be taken for bad input, or written. */
#include "annotate_project.h"

#include <cjson/cJSON.h>

#include "annotate/format.h"
#include "stance/base/memory.h"

static struct stance_error error;
static size_t until_failure; /* allocations; 0: none fails */

static void *failing_malloc(size_t size) {
  if (until_failure && !--until_failure) {
    stance_memory_note_out();
    return NULL;
  }
  return malloc(size);
}

static void start(void) {
  make_project("", 3);
  cJSON_InitHooks(&(cJSON_Hooks){failing_malloc, free});
}
static void stop(void) {
  until_failure = 0;
  remove_project();
}
TestSuite(exchange_memory, .init = start, .fini = stop, .timeout = 60);

static const char labels[] =
    "{\"unit\":\"a#0:MLI>FRA\",\"article\":\"a\",\"sentence\":0,\"text\":\"Mali left France.\",\"source\":\"MLI\","
    "\"target\":\"FRA\",\"mentions\":[{\"actor\":\"MLI\",\"start\":0,\"end\":4},{\"actor\":\"FRA\",\"start\":10,"
    "\"end\":16,"
    "\"implicit\":true}],\"head\":\"stance\",\"label\":\"hostile\",\"annotator\":\"ana\",\"at\":\"2026-11-23T10:00:00."
    "000Z\","
    "\"seconds\":2.4,\"note\":\"sure\",\"flags\":[\"flagged\"],\"date\":\"2022-05-03\",\"outlet\":\"x\"}\n"
    "{\"unit\":\"a#1\",\"article\":\"a\",\"sentence\":1,\"text\":\"All is "
    "fine.\",\"head\":\"sentiment\",\"label\":\"positive\","
    "\"annotator\":\"ben\",\"at\":\"2026-11-23T10:00:04.000Z\"}\n";

/* The records of a file as lines; NULL: the read failed, for want of memory as it must be. */
static char *read_lines(const struct annotate_format *format, const char *path) {
  struct stance_arena arena = {0};
  const struct annotate_defaults defaults = {.actor_from_label = true};
  struct annotate_records records = {.arena = &arena};
  struct annotate_losses losses = {0};
  struct stance_buffer lines = {0};
  enum stance_status status = format->read(path, &defaults, &records, &losses, &error);
  until_failure = 0;
  bool was_out = stance_memory_was_out() || status == STANCE_SYSTEM; /* the command asks the first at its end */
  cr_assert(status == STANCE_OK || status == STANCE_SYSTEM, "%s: status %d: %s", path, status, error.message);
  for (size_t i = 0; !was_out && i < records.count; i++) stance_record_write(&records.items[i], &lines);
  stance_arena_free(&arena);
  if (was_out) stance_buffer_free(&lines);
  return lines.data;
}

/* Reads the file while allocation 1, 2, 3 ... fails, until none does. */
static void read_while_each_fails(enum annotate_format_id id, const char *path) {
  const struct annotate_format *format = annotate_format_get(id);
  char *expected = read_lines(format, path), *got;
  cr_assert(expected && strstr(expected, "\"label\":\""), "%s: %s", path, expected ? expected : error.message);
  bool was_reached = true;
  for (size_t k = 1; was_reached; k++) {
    cr_assert_lt(k, 100000);
    until_failure = k;
    got = read_lines(format, path);
    was_reached = got == NULL;
    if (got) cr_assert_str_eq(got, expected, "%s: allocation %zu", path, k);
    free(got);
  }
  free(expected);
}

static void write_while_each_fails(enum annotate_format_id id, const char *path) {
  const struct annotate_format *format = annotate_format_get(id);
  struct stance_arena arena = {0};
  struct annotate_losses losses = {0};
  struct stance_record *records;
  size_t count, left = 0;
  cr_assert_eq(stance_records_parse(labels, strlen(labels), "labels", &arena, &records, &count, &error), STANCE_OK);
  for (size_t k = 1; !left; k++) {
    write_text("written", "as it was");
    until_failure = k;
    enum stance_status status = format->write(path, records, count, &losses, &error);
    left = until_failure;
    until_failure = 0;
    stance_memory_was_out(); /* a next command begins anew */
    char *now = read_text("written");
    if (left) cr_assert(status == STANCE_OK && strcmp(now, "as it was") != 0, "%d: %s", id, error.message);
    else cr_assert(status == STANCE_SYSTEM && strcmp(now, "as it was") == 0, "%d: allocation %zu: %s", id, k, now);
    free(now);
  }
  stance_arena_free(&arena);
}

static const char *path_of(const char *name) {
  static char path[160];
  snprintf(path, sizeof path, "%s/%s", project_folder, name);
  return path;
}

static const enum annotate_format_id written[] = {ANNOTATE_FORMAT_RECORDS, ANNOTATE_FORMAT_DOCCANO,
                                                  ANNOTATE_FORMAT_LABEL_STUDIO, ANNOTATE_FORMAT_PRODIGY,
                                                  ANNOTATE_FORMAT_CSV};

Test(exchange_memory, a_file_is_written_whole_or_not) {
  for (size_t i = 0; i < sizeof written / sizeof *written; i++) write_while_each_fails(written[i], path_of("written"));
}

Test(exchange_memory, what_was_written_is_read_whole_or_not) {
  for (size_t i = 0; i < sizeof written / sizeof *written; i++) {
    struct stance_arena arena = {0};
    struct annotate_losses losses = {0};
    struct stance_record *records;
    size_t count;
    cr_assert_eq(stance_records_parse(labels, strlen(labels), "labels", &arena, &records, &count, &error), STANCE_OK);
    cr_assert_eq(annotate_format_get(written[i])->write(path_of("made"), records, count, &losses, &error), STANCE_OK);
    read_while_each_fails(written[i], path_of("made"));
    stance_arena_free(&arena);
  }
}

/* Files as the programs write them, not as we do. */
Test(exchange_memory, files_of_the_programs_are_read_whole_or_not) {
  write_text("doccano",
             "{\"id\":1,\"text\":\"Mali left France.\",\"entities\":[{\"id\":1,\"label\":\"MLI\",\"start_offset\":0,"
             "\"end_offset\":4},{\"id\":2,\"label\":\"FRA\",\"start_offset\":10,\"end_offset\":16}],\"relations\":[{"
             "\"id\":1,\"from_id\":1,\"to_id\":2,\"type\":\"hostile\"}],\"Comments\":[\"sure\"],\"user\":\"ana\"}\n");
  read_while_each_fails(ANNOTATE_FORMAT_DOCCANO, path_of("doccano"));
  write_text("fasttext", "__label__negative Mali left France.\n");
  read_while_each_fails(ANNOTATE_FORMAT_DOCCANO, path_of("fasttext"));
  write_text("min.json",
             "[{\"id\":1,\"text\":\"Mali left France.\",\"sentiment\":\"negative\",\"annotator\":2,\"lead_time\":3}]");
  read_while_each_fails(ANNOTATE_FORMAT_LABEL_STUDIO, path_of("min.json"));
  write_text(
      "prodigy",
      "{\"text\":\"Mali left France.\",\"spans\":[{\"start\":0,\"end\":4,\"label\":\"MLI\"},{\"start\":10,\"end\":16,"
      "\"label\":\"FRA\"}],\"relations\":[{\"head\":0,\"child\":1,\"head_span\":{\"start\":0,\"end\":4},"
      "\"child_span\":{\"start\":10,\"end\":16},\"label\":\"hostile\"}],\"answer\":\"accept\"}\n");
  read_while_each_fails(ANNOTATE_FORMAT_PRODIGY, path_of("prodigy"));
  write_text("potato.jsonl",
             "{\"id\":\"1\",\"user_id\":\"ana\",\"displayed_text\":\"Mali left France.\",\"label_annotations\":{"
             "\"sentiment\":{\"negative\":\"1\"},\"why\":{\"text_box\":\"spying\"}},\"span_annotations\":{}}\n");
  read_while_each_fails(ANNOTATE_FORMAT_POTATO, path_of("potato.jsonl"));
  write_text("w.tsv",
             "#FORMAT=WebAnno TSV 3.3\n#T_SP=custom.Span|label\n#T_RL=custom.Relation|label|BT_custom.Span\n\n\n"
             "#Text=Mali left France.\n1-1\t0-4\tMali\tGPE\t_\t_\t\n1-2\t5-9\tleft\t_\t_\t_\t\n"
             "1-3\t10-16\tFrance\tORG\thostile\t1-1\t\n1-4\t16-17\t.\t_\t_\t_\t\n");
  read_while_each_fails(ANNOTATE_FORMAT_WEBANNO, path_of("w.tsv"));
  write_text("s.txt", "Nothing here.\nMali left France .\n");
  write_text("s.txt.annotations.ana", "(1, 0) - GPE\n(1, 2) - GPE\n(1, 0) (1, 2) - hostile\n0 - neutral\n");
  read_while_each_fails(ANNOTATE_FORMAT_SLATE, path_of("s.txt.annotations.ana"));
}
