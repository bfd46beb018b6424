/* SPDX-License-Identifier: MIT
 * Other programs' formats: what is written comes back, what cannot come back is counted, and files of the programs themselves
 * (their documented examples, with our labels) are read. */
#include "annotate_project.h"

#include "annotate/format.h"
#include "annotate/import.h"
#include "annotate/tell_apart.h"

static struct stance_arena arena;
static struct stance_error error;

static void start(void) { make_project("", 3); }
static void stop(void) {
  stance_arena_free(&arena);
  remove_project();
}
TestSuite(exchange, .init = start, .fini = stop);

/* Labels of two annotators: quotes, commas, line breaks, scripts, implicit mentions, notes, flags, skips. */
static const char labels[] =
    "{\"unit\":\"a#0:MLI>FRA\",\"article\":\"a\",\"sentence\":0,\"text\":\"Mali, \\\"angry\\\", left the "
    "French.\",\"source\":\"MLI\",\"target\":\"FRA\","
    "\"mentions\":[{\"actor\":\"MLI\",\"start\":0,\"end\":4},{\"actor\":\"FRA\",\"start\":24,\"end\":30}],\"head\":"
    "\"stance\",\"label\":\"hostile\",\"annotator\":\"ana\","
    "\"at\":\"2026-11-23T10:00:00.000Z\",\"seconds\":2.4,\"note\":\"sure, "
    "\\\"yes\\\"\",\"flags\":[\"flagged\"],\"date\":\"2022-05-03\"}\n"
    "{\"unit\":\"a#0:FRA>MLI\",\"article\":\"a\",\"sentence\":0,\"text\":\"Mali, \\\"angry\\\", left the "
    "French.\",\"source\":\"FRA\",\"target\":\"MLI\","
    "\"mentions\":[{\"actor\":\"MLI\",\"start\":0,\"end\":4},{\"actor\":\"FRA\",\"start\":24,\"end\":30}],\"head\":"
    "\"stance\",\"label\":\"neutral\",\"annotator\":\"ben\","
    "\"at\":\"2026-11-23T10:00:01.000Z\"}\n"
    "{\"unit\":\"b#2\",\"article\":\"b\",\"sentence\":2,\"text\":\"\xe5\x8c\x97\xe4\xba\xac e\xcc\x81 "
    "fine.\",\"mentions\":[{\"actor\":\"CHN\",\"start\":0,\"end\":2,\"implicit\":true}],"
    "\"head\":\"sentiment\",\"label\":\"positive\",\"annotator\":\"ben\",\"at\":\"2026-11-23T10:00:02.000Z\"}\n"
    "{\"unit\":\"b#2:CHN>MLI\",\"article\":\"b\",\"sentence\":2,\"text\":\"\xe5\x8c\x97\xe4\xba\xac e\xcc\x81 "
    "fine.\",\"source\":\"CHN\",\"target\":\"MLI\","
    "\"mentions\":[{\"actor\":\"CHN\",\"start\":0,\"end\":2,\"implicit\":true}],\"head\":\"stance\",\"label\":"
    "\"friendly\",\"annotator\":\"ben\",\"at\":\"2026-11-23T10:00:03.000Z\"}\n"
    "{\"unit\":\"a#1\",\"article\":\"a\",\"sentence\":1,\"text\":\"Nothing.\",\"head\":\"sentiment\",\"label\":null,"
    "\"annotator\":\"ana\",\"at\":\"2026-11-23T10:00:04.000Z\","
    "\"flags\":[\"skip\"]}\n";

static void read_labels(struct stance_record **records, size_t *count) {
  cr_assert_eq(stance_records_parse(labels, strlen(labels), "labels", &arena, records, count, &error), STANCE_OK, "%s",
               error.message);
}

static void path_of(const char *name, char path[160]) { snprintf(path, 160, "%s/%s", project_folder, name); }

static int by_id(const void *left, const void *right) {
  const struct stance_record *a = left, *b = right;
  int order = strcmp(a->unit, b->unit);
  return order ? order : strcmp(a->annotator, b->annotator);
}

static char *lines_of(struct stance_record *records, size_t count) {
  struct stance_buffer out = {0};
  qsort(records, count, sizeof *records, by_id);
  for (size_t i = 0; i < count; i++) stance_record_write(&records[i], &out);
  return out.data;
}

static void read_back(const struct annotate_format *format, const char *path, struct annotate_records *records,
                      struct annotate_losses *losses) {
  const struct annotate_defaults defaults = {.actor_from_label = true};
  *records = (struct annotate_records){.arena = &arena};
  *losses = (struct annotate_losses){0};
  cr_assert_eq(format->read(path, &defaults, records, losses, &error), STANCE_OK, "%s:%zu: %s", error.file, error.line,
               error.message);
}

/* Reads the project's file of this name. */
static void read_named(enum annotate_format_id format, const char *name, struct annotate_records *records,
                       struct annotate_losses *losses) {
  char path[160];
  path_of(name, path);
  read_back(annotate_format_get(format), path, records, losses);
}

static void expect_loss(const struct annotate_losses *losses, const char *what, size_t count) {
  for (size_t i = 0; i < losses->count; i++)
    if (strcmp(losses->items[i].what, what) == 0) {
      cr_assert_eq(losses->items[i].count, count, "%s: %zu", what, losses->items[i].count);
      return;
    }
  cr_assert_eq(count, 0, "'%s' is not among the losses", what);
}

Test(exchange, round_trips_give_the_same_records) {
  static const enum annotate_format_id ids[] = {ANNOTATE_FORMAT_RECORDS, ANNOTATE_FORMAT_DOCCANO,
                                                ANNOTATE_FORMAT_LABEL_STUDIO, ANNOTATE_FORMAT_PRODIGY,
                                                ANNOTATE_FORMAT_CSV};
  for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
    const struct annotate_format *format = annotate_format_get(ids[i]);
    struct stance_record *records;
    struct annotate_records back;
    struct annotate_losses losses = {0}, losses_back;
    size_t count;
    char path[160];
    path_of("out", path);
    read_labels(&records, &count);
    cr_assert_eq(format->write(path, records, count, &losses, &error), STANCE_OK, "%d: %s", ids[i], error.message);
    read_back(format, path, &back, &losses_back);
    cr_assert_eq(back.count, count, "%d", ids[i]);
    char *before = lines_of(records, count), *after = lines_of(back.items, back.count);
    cr_assert_str_eq(after, before, "%d", ids[i]);
    cr_assert_eq(losses_back.count, 0, "%d: %s", ids[i], losses_back.items[0].what);
    free(before);
    free(after);
  }
}

/* brat has no place for times, flags and pairs without a mention: all counted, the labels come back. */
Test(exchange, brat_round_trip_counts_what_it_loses) {
  const struct annotate_format *format = annotate_format_get(ANNOTATE_FORMAT_BRAT);
  struct stance_record *records;
  struct annotate_records back;
  struct annotate_losses losses = {0}, losses_back;
  size_t count;
  char path[160];
  path_of("brat", path);
  read_labels(&records, &count);
  cr_assert_eq(format->write(path, records, count, &losses, &error), STANCE_OK, "%s", error.message);
  expect_loss(&losses, "times and seconds", 5);
  expect_loss(&losses, "flags", 2);
  expect_loss(&losses, "records without a label", 1);
  expect_loss(&losses, "labels of pairs without a mention", 1);
  read_back(format, path, &back, &losses_back);
  cr_assert_eq(losses_back.count, 0, "%s", losses_back.items[0].what);
  cr_assert_eq(back.count, 3);
  qsort(back.items, back.count, sizeof *back.items, by_id);
  cr_assert_str_eq(back.items[0].unit, "a#0:FRA>MLI");
  cr_assert_str_eq(back.items[0].annotator, "ben");
  cr_assert_str_eq(back.items[0].label, "neutral");
  cr_assert_str_eq(back.items[1].note, "sure, \"yes\"");
  cr_assert_str_eq(back.items[2].unit, "b#2");
  cr_assert_str_eq(back.items[2].label, "positive");
  cr_assert_str_eq(back.items[2].text, "\xe5\x8c\x97\xe4\xba\xac e\xcc\x81 fine.");
  cr_assert_eq(back.items[2].mentions[0].end, 2);
  char *text = read_text("brat/ben/b.ann");
  cr_assert(strstr(text, "CHN 2 4\t"), "offsets are those of the file: %s", text);
  free(text);
}

/* doccano's own export of relations (its documentation's example, shortened) and of text classification. */
Test(exchange, doccano_files_of_its_own) {
  struct annotate_records records;
  struct annotate_losses losses;
  write_text("in.jsonl",
             "{\"id\":7,\"text\":\"Mali accused "
             "France.\",\"relations\":[{\"id\":20,\"from_id\":11,\"to_id\":12,\"type\":\"hostile\"}],"
             "\"entities\":[{\"id\":11,\"start_offset\":0,\"end_offset\":4,\"label\":\"MLI\"},{\"id\":12,\"start_"
             "offset\":13,\"end_offset\":19,\"label\":\"FRA\"}]}\n"
             "{\"id\":8,\"text\":\"Terrible service.\",\"label\":[\"negative\",\"positive\"]}\n"
             "{\"id\":9,\"text\":\"Mali.\",\"label\":[[0,4,\"MLI\"]]}\n");
  read_named(ANNOTATE_FORMAT_DOCCANO, "in.jsonl", &records, &losses);
  cr_assert_eq(records.count, 2);
  cr_assert_str_eq(records.items[0].unit, "doccano-7#0:MLI>FRA");
  cr_assert_str_eq(records.items[0].head, "stance");
  cr_assert_str_eq(records.items[0].label, "hostile");
  cr_assert_str_eq(records.items[0].annotator, "imported");
  cr_assert_eq(records.items[0].mentions[1].start, 13);
  cr_assert_str_eq(records.items[1].head, "sentiment");
  expect_loss(&losses, "second labels of a text", 1);
  expect_loss(&losses, "texts without a label and without two actors", 1);
}

/* A browser counts an emoji as two: so do doccano's offsets, ours too. What version 0.1 wrote, in code points, is read as it was meant. */
Test(exchange, doccano_offsets_are_utf16_units) {
  static const char line[] =
      "{\"unit\":\"a#0:MLI>FRA\",\"article\":\"a\",\"sentence\":0,\"text\":\"\xf0\x9f\x92\xa5 Mali \xf0\x9f\x92\xa5 "
      "accused "
      "France.\",\"source\":\"MLI\",\"target\":\"FRA\",\"mentions\":[{\"actor\":\"MLI\",\"start\":2,\"end\":6},{"
      "\"actor\":"
      "\"FRA\",\"start\":17,\"end\":23}],\"head\":\"stance\",\"label\":\"hostile\",\"annotator\":\"ana\",\"at\":"
      "\"2026-11-23T10:00:00.000Z\"}\n";
  const struct annotate_format *format = annotate_format_get(ANNOTATE_FORMAT_DOCCANO);
  struct stance_record *records;
  struct annotate_records back;
  struct annotate_losses losses = {0};
  size_t count;
  char path[160];
  path_of("out", path);
  cr_assert_eq(stance_records_parse(line, strlen(line), "line", &arena, &records, &count, &error), STANCE_OK);
  cr_assert_eq(format->write(path, records, count, &losses, &error), STANCE_OK, "%s", error.message);
  char *written = read_text("out");
  cr_assert(strstr(written, "\"start_offset\":3,\"end_offset\":7"), "%s", written);
  cr_assert(strstr(written, "\"start_offset\":19,\"end_offset\":25"), "%s", written);
  free(written);
  write_text(
      "old",
      "{\"unit\":\"a#0:MLI>FRA\",\"article\":\"a\",\"sentence\":0,\"source\":\"MLI\",\"target\":\"FRA\",\"head\":"
      "\"stance\","
      "\"annotator\":\"ana\",\"at\":\"2026-11-23T10:00:00.000Z\",\"text\":\"\xf0\x9f\x92\xa5 Mali \xf0\x9f\x92\xa5 "
      "accused "
      "France.\",\"entities\":[{\"id\":0,\"label\":\"MLI\",\"start_offset\":2,\"end_offset\":6},{\"id\":1,\"label\":"
      "\"FRA\","
      "\"start_offset\":17,\"end_offset\":23}],\"relations\":[{\"from_id\":0,\"to_id\":1,\"type\":\"hostile\"}]}\n");
  for (int old = 0; old < 2; old++) {
    if (old) path_of("old", path);
    read_back(format, path, &back, &losses);
    cr_assert_eq(losses.count, 0, "%s", losses.items[0].what);
    char *after = lines_of(back.items, back.count);
    cr_assert_str_eq(after, line, "old %d", old);
    free(after);
  }
}

/* Both exports count from 1: two texts under one id. The same text finds the id it got. */
Test(exchange, ids_of_the_next_export_are_told_apart) {
  static const char *const exports[] = {
      "{\"id\":1,\"text\":\"Mali "
      "left.\",\"label\":[\"negative\"]}\n{\"id\":2,\"text\":\"Fine.\",\"label\":[\"positive\"]}\n",
      "{\"id\":1,\"text\":\"Chad "
      "came.\",\"label\":[\"positive\"]}\n{\"id\":2,\"text\":\"Fine.\",\"label\":[\"positive\"]}\n",
      "{\"id\":1,\"text\":\"Togo won.\",\"label\":[\"positive\"]}\n{\"id\":1,\"text\":\"Chad "
      "came!\",\"label\":[\"negative\"]}\n"};
  static const char *const ids[][2] = {
      {"doccano-1#0", "doccano-2#0"}, {"doccano-1~2#0", "doccano-2#0"}, {"doccano-1~3#0", "doccano-1~2#0"}};
  static const size_t moved[] = {0, 1, 2};
  struct annotate_project project;
  struct annotate_imported imported;
  cr_assert_eq(annotate_project_open(project_folder, &arena, &project, &error), STANCE_OK, "%s", error.message);
  for (size_t i = 0; i < 2 * sizeof ids / sizeof *ids; i++) {
    size_t turn = i % (sizeof ids / sizeof *ids);
    struct annotate_records records;
    struct annotate_losses losses;
    write_text("in.jsonl", exports[turn]);
    read_named(ANNOTATE_FORMAT_DOCCANO, "in.jsonl", &records, &losses);
    cr_assert_eq(annotate_tell_apart(&project, &records, &losses, &error), STANCE_OK, "%s", error.message);
    cr_assert_eq(records.count, 2);
    cr_assert_str_eq(records.items[0].unit, ids[turn][0]);
    cr_assert_str_eq(records.items[1].unit, ids[turn][1]);
    cr_assert_eq(strncmp(records.items[0].article, ids[turn][0], strlen(ids[turn][0]) - 2), 0);
    if (moved[turn])
      expect_loss(&losses, "labels of a text whose id another text has (it is now ID~2, ID~3 ...)", moved[turn]);
    cr_assert_eq(
        annotate_import(&project, records.items, records.count, false, "2026-01-01T00:00:00Z", "in", &imported, &error),
        STANCE_OK, "%s", error.message);
  }
  cr_assert_eq(imported.records, 0, "the second round brings nothing");
}

Test(exchange, label_studio_files_of_its_own) {
  struct annotate_records records;
  struct annotate_losses losses;
  write_text(
      "in.json",
      "[{\"id\":3,\"data\":{\"text\":\"Mali accused "
      "France.\"},\"predictions\":[{}],\"annotations\":[{\"id\":1,\"completed_by\":5,\"created_at\":\"2024-01-02T03:04:"
      "05Z\","
      "\"lead_time\":7.5,\"result\":[{\"id\":\"x\",\"type\":\"labels\",\"from_name\":\"l\",\"to_name\":\"t\",\"value\":"
      "{\"start\":0,\"end\":4,\"text\":\"Mali\",\"labels\":[\"MLI\"]}},"
      "{\"id\":\"y\",\"type\":\"labels\",\"from_name\":\"l\",\"to_name\":\"t\",\"value\":{\"start\":13,\"end\":19,"
      "\"labels\":[\"FRA\"]}},"
      "{\"type\":\"relation\",\"from_id\":\"y\",\"to_id\":\"x\",\"direction\":\"left\",\"labels\":[\"hostile\"]},"
      "{\"id\":\"z\",\"type\":\"choices\",\"from_name\":\"sentiment\",\"to_name\":\"t\",\"value\":{\"choices\":["
      "\"negative\"]}},"
      "{\"id\":\"r\",\"type\":\"rating\",\"from_name\":\"stars\",\"to_name\":\"t\",\"value\":{\"rating\":4}}]}]}]");
  read_named(ANNOTATE_FORMAT_LABEL_STUDIO, "in.json", &records, &losses);
  cr_assert_eq(records.count, 2);
  cr_assert_str_eq(records.items[0].source, "MLI", "direction left turns it round");
  cr_assert_str_eq(records.items[0].annotator, "user-5");
  cr_assert_float_eq(records.items[0].seconds, 7.5, 1e-9);
  cr_assert_str_eq(records.items[1].head, "sentiment");
  expect_loss(&losses, "predictions", 1);
  expect_loss(&losses, "results of type 'rating'", 1);
}

Test(exchange, brat_files_of_its_own) {
  struct annotate_records records;
  struct annotate_losses losses;
  char path[160];
  path_of("in", path);
  cr_assert_eq(mkdir(path, 0777), 0);
  write_text("in/doc.txt", "A title\nMali accused France and then Spain.\n");
  write_text("in/doc.ann",
             "T1\tMLI 8 12\tMali\nT2\tFRA 21 27\tFrance\nT3\tESP 37 42\tSpain\nE1\tAccuse:T9 Agent:T1\nR1\thostile "
             "Arg1:T1 Arg2:T2\t\n"
             "R2\thostile Arg1:T1 Arg2:T9\n#1\tAnnotatorNotes R1\tplain\nT4\tFRA 21 23;25 27\tFr ce\n");
  read_back(annotate_format_get(ANNOTATE_FORMAT_BRAT), path, &records, &losses);
  cr_assert_eq(records.count, 1);
  cr_assert_str_eq(records.items[0].unit, "doc#1:MLI>FRA");
  cr_assert_str_eq(records.items[0].text, "Mali accused France and then Spain.");
  cr_assert_str_eq(records.items[0].note, "plain");
  cr_assert_eq(records.items[0].mentions[1].start, 13);
  expect_loss(&losses, "events, normalisations and equivalences", 1);
  expect_loss(&losses, "relations without two ends in one sentence", 1);
  expect_loss(&losses, "gaps inside spans (taken from the first piece to the last)", 1);
}

Test(exchange, prodigy_files_of_its_own) {
  struct annotate_records records;
  struct annotate_losses losses;
  write_text("in.jsonl",
             "{\"text\":\"Mali accused "
             "France.\",\"spans\":[{\"start\":0,\"end\":4,\"label\":\"MLI\"},{\"start\":13,\"end\":19,\"label\":"
             "\"FRA\"}],\"relations\":[{\"head\":0,\"child\":2,"
             "\"head_span\":{\"start\":0,\"end\":4,\"label\":\"MLI\"},\"child_span\":{\"start\":13,\"end\":19,"
             "\"label\":\"FRA\"},\"label\":\"hostile\"}],"
             "\"answer\":\"accept\",\"_annotator_id\":\"set-ana\",\"_timestamp\":1700000000}\n"
             "{\"text\":\"Bad.\",\"label\":\"negative\",\"answer\":\"reject\"}\n{\"text\":\"Bad.\",\"accept\":["
             "\"negative\"],\"answer\":\"accept\"}\n");
  read_named(ANNOTATE_FORMAT_PRODIGY, "in.jsonl", &records, &losses);
  cr_assert_eq(records.count, 2);
  cr_assert_str_eq(records.items[0].annotator, "set-ana");
  cr_assert_str_eq(records.items[0].at, "2023-11-14T22:13:20Z");
  cr_assert_str_eq(records.items[1].label, "negative");
  expect_loss(&losses, "rejected answers", 1);
}

/* Ids that fall on one file name, and one that is longer than a name can be. A folder that is there stays as it is. */
Test(exchange, brat_tells_articles_apart) {
  const struct annotate_format *format = annotate_format_get(ANNOTATE_FORMAT_BRAT);
  struct annotate_losses losses = {0}, losses_back;
  struct annotate_records back;
  char path[160], longest[400] = "";
  memset(longest, 'x', sizeof longest - 1);
  struct stance_record records[] = {{.unit = "a/b#0",
                                     .article = "a/b",
                                     .text = "Mali.",
                                     .head = "sentiment",
                                     .label = "negative",
                                     .annotator = "ana",
                                     .at = "",
                                     .note = ""},
                                    {.unit = "a_b#0",
                                     .article = "a_b",
                                     .text = "Chad.",
                                     .head = "sentiment",
                                     .label = "positive",
                                     .annotator = "ana",
                                     .at = "",
                                     .note = ""},
                                    {.unit = "x#0",
                                     .article = longest,
                                     .text = "Togo.",
                                     .head = "sentiment",
                                     .label = "positive",
                                     .annotator = "ana",
                                     .at = "",
                                     .note = ""}};
  path_of("brat", path);
  cr_assert_eq(format->write(path, records, 3, &losses, &error), STANCE_OK, "%s", error.message);
  read_back(format, path, &back, &losses_back);
  cr_assert_eq(back.count, 3);
  cr_assert_eq(format->write(path, records, 1, &losses, &error), STANCE_INPUT);
  cr_assert_str_eq(error.message, "is there and not empty; give a new folder");
  read_back(format, path, &back, &losses_back);
  cr_assert_eq(back.count, 3, "what was there stays");
}

Test(exchange, csv_of_others_and_its_errors) {
  struct annotate_records records = {.arena = &arena};
  struct annotate_losses losses = {0};
  const struct annotate_defaults defaults = {.annotator = "ana"};
  const struct annotate_format *format = annotate_format_get(ANNOTATE_FORMAT_CSV);
  char path[160];
  path_of("in.csv", path);
  write_text("in.csv",
             "\xef\xbb\xbfText,colour,LABEL\r\n\"He said \"\"no\"\",\r\nthen left\",red,negative\r\nFine.,,positive");
  read_back(format, path, &records, &losses);
  cr_assert_eq(records.count, 2);
  cr_assert_str_eq(records.items[0].text, "He said \"no\",\r\nthen left");
  cr_assert_str_eq(records.items[1].label, "positive");
  expect_loss(&losses, "columns of other names", 1);
  write_text("in.csv", "text,label\nfine,positive\nonly one\n");
  cr_assert_eq(format->read(path, &defaults, &records, &losses, &error), STANCE_INPUT);
  cr_assert_str_eq(error.message, "has 1 fields; expected 2");
  cr_assert_eq(error.line, 3);
  write_text("in.csv", "text,label\n\"open\n");
  cr_assert_eq(format->read(path, &defaults, &records, &losses, &error), STANCE_INPUT);
  cr_assert_str_eq(error.message, "column 1: a quote that opens here is not closed up to the end of the file");
}

Test(exchange, import_is_checked_whole_and_repeatable) {
  struct annotate_project project;
  struct annotate_imported imported;
  struct stance_record *records;
  size_t count;
  cr_assert_eq(annotate_project_open(project_folder, &arena, &project, &error), STANCE_OK, "%s", error.message);
  read_labels(&records, &count);
  cr_assert_eq(annotate_import(&project, records, count, false, "2026-01-01T00:00:00Z", "labels", &imported, &error),
               STANCE_OK, "%s", error.message);
  cr_assert_eq(imported.records, 5);
  cr_assert_eq(imported.journals, 2);
  cr_assert_eq(imported.units, 2); /* b#2 and b#2:CHN>MLI */
  cr_assert_eq(annotate_import(&project, records, count, false, "2026-01-01T00:00:00Z", "labels", &imported, &error),
               STANCE_OK);
  cr_assert_eq(imported.records, 0);
  cr_assert_eq(imported.known, 5);
  records[4].label = "lukewarm";
  records[3].at = "2027-01-01T00:00:00Z";
  cr_assert_eq(annotate_import(&project, records, count, false, "2026-01-01T00:00:00Z", "labels", &imported, &error),
               STANCE_INPUT);
  cr_assert_str_eq(error.message, "unknown label 'lukewarm' for head 'sentiment'; expected negative, positive");
  cr_assert_eq(error.line, 5);
  cr_assert_str_eq(error.file, "labels");
  struct stance_record *kept;
  cr_assert_eq(annotate_labels_read(&project, NULL, true, &arena, &kept, &count, &error), STANCE_OK);
  cr_assert_eq(count, 5, "nothing was written");
}

/* A file that is imported once more does not overrule who decided otherwise since, in a journal or as gold. */
Test(exchange, importing_again_leaves_later_decisions) {
  struct annotate_project project;
  struct annotate_imported imported;
  struct stance_record *records;
  size_t count;
  cr_assert_eq(annotate_project_open(project_folder, &arena, &project, &error), STANCE_OK, "%s", error.message);
  for (int is_gold = 0; is_gold < 2; is_gold++)
    for (int turn = 0; turn < 3; turn++) {
      read_labels(&records, &count);
      struct stance_record later = records[0];
      later.label = "friendly";
      later.at = "2026-12-01T00:00:00.000Z";
      cr_assert_eq(annotate_import(&project, turn == 1 ? &later : records, 1, is_gold, "2026-12-02T00:00:00Z", "labels",
                                   &imported, &error),
                   STANCE_OK, "%s", error.message);
      cr_assert_eq(imported.records, turn < 2);
    }
  cr_assert_eq(annotate_labels_read(&project, "ana", false, &arena, &records, &count, &error), STANCE_OK);
  cr_assert_eq(count, 1);
  cr_assert_str_eq(records[0].label, "friendly");
  cr_assert_eq(annotate_gold_read(&project, &arena, &records, &count, &error), STANCE_OK);
  cr_assert_eq(count, 1);
  cr_assert_str_eq(records[0].label, "friendly");
}
