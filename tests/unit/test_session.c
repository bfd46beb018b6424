/* SPDX-License-Identifier: MIT
 * The annotation screen without a terminal: keys in, journal and rows out. */
#include "annotate_session.h"

#include <signal.h>
#include <sys/resource.h>

static struct annotate_votes votes;
static int64_t ticks;

static int64_t wall(void *context) {
  (void)context;
  return 1700000000000;
}
static int64_t elapsed(void *context) {
  (void)context;
  return ticks;
}
static bool suggest(void *context, const struct stance_record *unit, int head, int *label, double *p) {
  (void)context;
  (void)unit;
  *label = head == 0 ? 2 : 0;
  *p = 0.75;
  return true;
}
static size_t complete(void *context, const char *prefix, const char **ids, const char **names, size_t most) {
  static const char *const all[][2] = {{"RUS", "Russia"}, {"RWA", "Rwanda"}};
  size_t found = 0;
  (void)context;
  for (size_t i = 0; i < 2 && found < most; i++)
    if (strncasecmp(all[i][0], prefix, strlen(prefix)) == 0 || strncasecmp(all[i][1], prefix, strlen(prefix)) == 0) {
      ids[found] = all[i][0];
      names[found++] = all[i][1];
    }
  return found;
}

static void open_session(size_t batch) {
  const struct annotate_helper helper = {
      .suggest = suggest, .complete = complete, .list = &units, .wall = wall, .elapsed = elapsed};
  begin_session(&helper, batch);
}

static void start(void) {
  setlocale(LC_CTYPE, "C.UTF-8");
  make_project("", 4);
  open_session(0);
}

static void stop(void) {
  close_session();
  annotate_votes_close(&votes);
  stance_arena_free(&arena);
  remove_project();
}

TestSuite(session, .init = start, .fini = stop);

static void key(uint32_t code) {
  ticks += 1500;
  cr_assert_eq(annotate_session_key(&session, code, &error), STANCE_OK, "%s", error.message);
}
static void keys(const char *text) {
  while (*text) key((unsigned char)*text++);
}
static const char *shown(void) { return session.page.record.unit; }

/* The labels that hold, as "unit=label " in the order of first appearance. */
static void expect_labels(const char *expected) {
  struct stance_record *records;
  size_t count;
  char text[1000] = "";
  cr_assert_eq(annotate_labels_read(&project, "ana", false, &arena, &records, &count, &error), STANCE_OK, "%s",
               error.message);
  for (size_t i = 0; i < count; i++) {
    const struct stance_record *record = &records[i];
    snprintf(text + strlen(text), sizeof text - strlen(text), "%s%s=%s", i ? " " : "", record->unit,
             record->label ? record->label : "-");
    for (size_t f = 0; f < record->flag_count; f++)
      snprintf(text + strlen(text), sizeof text - strlen(text), "/%s", record->flags[f]);
    if (*record->note) snprintf(text + strlen(text), sizeof text - strlen(text), "(%s)", record->note);
  }
  cr_assert_str_eq(text, expected, "%s", text);
}

Test(session, one_key_decides_and_advances) {
  cr_assert_str_eq(shown(), "a#0:MLI>FRA");
  keys("h");
  cr_assert_str_eq(shown(), "a#0:FRA>MLI");
  keys("n1");
  cr_assert_str_eq(shown(), "a#1:MLI>FRA");
  expect_labels("a#0:MLI>FRA=hostile a#0:FRA>MLI=neutral a#0=negative");
  cr_assert_eq(session.decided, 3);
}

Test(session, sentiment_of_the_sentence_does_not_advance_while_the_dyad_is_open) {
  keys("1");
  cr_assert_str_eq(shown(), "a#0:MLI>FRA");
  keys("h");
  cr_assert_str_eq(shown(), "a#0:FRA>MLI");
  keys("h"); /* the sentence is decided: on to the next one */
  cr_assert_str_eq(shown(), "a#1:MLI>FRA");
  expect_labels("a#0=negative a#0:MLI>FRA=hostile a#0:FRA>MLI=hostile");
}

Test(session, undo_and_redo_reach_across_restarts) {
  keys("hn3");
  close_session();
  open_session(0);
  keys("uu");
  cr_assert_str_eq(shown(), "a#0:FRA>MLI");
  expect_labels("a#0:MLI>FRA=hostile");
  close_session();
  open_session(0);
  keys("y");
  expect_labels("a#0:MLI>FRA=hostile a#0:FRA>MLI=neutral/redo");
  keys("U");
  expect_labels("a#0:MLI>FRA=hostile a#0:FRA>MLI=neutral/redo a#0=positive/redo");
  keys("y");
  cr_assert_str_eq(session.message, "nothing to redo");
  keys("uuuu");
  cr_assert_str_eq(session.message, "nothing to undo");
  expect_labels("");
  cr_assert_eq(session.decided, 0);
}

Test(session, undo_gives_back_what_held_before) {
  keys("h");
  key(ANNOTATE_KEY_LEFT);
  keys("f");
  expect_labels("a#0:MLI>FRA=friendly");
  keys("u");
  expect_labels("a#0:MLI>FRA=hostile");
  cr_assert_str_eq(shown(), "a#0:MLI>FRA");
}

Test(session, new_decision_ends_redo) {
  keys("huf");
  keys("y");
  cr_assert_str_eq(session.message, "nothing to redo");
  expect_labels("a#0:MLI>FRA=friendly");
}

Test(session, skip_flag_note_and_split) {
  keys(";who");
  key(0xe9); /* e acute */
  key(ANNOTATE_KEY_BACKSPACE);
  keys("?");
  key(ANNOTATE_KEY_ENTER);
  keys("x");
  cr_assert_str_eq(shown(), "a#0:MLI>FRA", "a note and a flag do not advance");
  cr_assert_eq(session.decided, 0);
  keys("h ");
  keys("e");
  expect_labels("a#0:MLI>FRA=hostile/flagged(who?) a#0:FRA>MLI=-/skip a#0=-/split");
  cr_assert_eq(session.decided, 3);
}

Test(session, reverse_comes_back) {
  keys("rf");
  cr_assert_str_eq(shown(), "a#0:MLI>FRA");
  expect_labels("a#0:FRA>MLI=friendly");
}

Test(session, moves_searches_and_goes_to) {
  key(ANNOTATE_KEY_RIGHT);
  cr_assert_str_eq(shown(), "a#0:FRA>MLI");
  key(ANNOTATE_KEY_LEFT);
  key(ANNOTATE_KEY_LEFT);
  cr_assert_str_eq(session.message, "this is the first unit");
  keys("g8");
  key(ANNOTATE_KEY_ENTER);
  cr_assert_str_eq(shown(), "a#2:FRA>MLI");
  keys("ga#1");
  key(ANNOTATE_KEY_ENTER);
  cr_assert_str_eq(shown(), "a#1");
  keys("/CRIME 3");
  key(ANNOTATE_KEY_ENTER);
  cr_assert_str_eq(shown(), "a#3:MLI>FRA");
  keys("/nothing");
  key(ANNOTATE_KEY_ENTER);
  cr_assert_str_eq(session.message, "'nothing' is nowhere");
  keys("g99");
  key(ANNOTATE_KEY_ENTER);
  cr_assert_str_eq(session.message, "there is no unit 99; there are 12");
  key(ANNOTATE_KEY_TAB);
  cr_assert_str_eq(shown(), "a#3:MLI>FRA", "it is undecided itself");
  expect_labels("");
}

Test(session, suggestion_is_recorded_with_whether_it_was_seen) {
  struct stance_record *records;
  size_t count;
  keys("h");
  keys("s");
  cr_assert_str_eq(session.message, "the model says friendly (p = 0.75)");
  keys("f");
  cr_assert_eq(annotate_labels_read(&project, "ana", false, &arena, &records, &count, &error), STANCE_OK);
  cr_assert_eq(count, 2);
  cr_assert_str_eq(records[0].suggestion, "friendly");
  cr_assert_not(records[0].suggestion_shown);
  cr_assert(records[1].suggestion_shown);
  cr_assert_float_eq(records[1].suggestion_p, 0.75, 1e-9);
  cr_assert_float_eq(records[0].seconds, 1.5, 1e-9);
}

/* "Mali accused France of crime 0.": France was Russia. One act: all of the sentence, undone at one key. */
Test(session, wrong_actor_is_mended_in_the_sentence) {
  keys("h"); /* MLI>FRA is hostile, and is about to be no dyad */
  key(ANNOTATE_KEY_LEFT);
  keys("a");
  key(ANNOTATE_KEY_RIGHT);
  key(ANNOTATE_KEY_RIGHT);
  key(ANNOTATE_KEY_ENTER);
  keys("rus");
  key(ANNOTATE_KEY_ENTER);
  cr_assert_str_eq(session.message,
                   "the same words stand in 3 other sentences of the article: y changes them too, n does not");
  keys("n");
  expect_labels(
      "a#0:MLI>FRA=-/mentions/not-a-dyad a#0:FRA>MLI=-/mentions/not-a-dyad a#0=-/mentions a#0:RUS>MLI=-/mentions/added "
      "a#0:MLI>RUS=-/mentions/added");
  cr_assert_eq(session.order_count, 14);
  cr_assert_eq(session.decided, 2);
  cr_assert_str_eq(units.items[session.order[3]].id, "a#0:RUS>MLI", "behind the sentence's other units");
  keys("u");
  expect_labels("a#0:MLI>FRA=hostile");
  cr_assert_eq(session.order_count, 12);
  keys("y");
  cr_assert_eq(session.order_count, 14);
  close_session();
  open_session(0);
  cr_assert_eq(session.order_count, 14, "over a restart, too");
  keys("u");
  close_session();
  open_session(0);
  cr_assert_eq(session.order_count, 12);
}

Test(session, wrong_actor_is_mended_in_the_article_on_a_second_yes) {
  keys("a");
  key('x'); /* Mali is no actor here */
  keys("y");
  cr_assert_eq(session.decided, 8, "both dyads of four sentences are closed");
  cr_assert_str_eq(session.message, "3 units changed, 6 closed, 0 added (undo takes it back)");
  keys("u");
  cr_assert_eq(session.decided, 2);
}

Test(session, dyad_is_added_from_here_to_there) {
  keys("a");
  for (int i = 0; i < 4; i++) key(ANNOTATE_KEY_RIGHT); /* crime */
  keys("d");
  cr_assert_str_eq(session.message, "these words are no actor yet: enter says who they are");
  key(ANNOTATE_KEY_ENTER);
  keys("rwa");
  key(ANNOTATE_KEY_ENTER);
  keys("n");
  expect_labels(
      "a#0:MLI>FRA=-/mentions a#0:FRA>MLI=-/mentions a#0=-/mentions a#0:RWA>MLI=-/mentions/added "
      "a#0:MLI>RWA=-/mentions/added "
      "a#0:RWA>FRA=-/mentions/added a#0:FRA>RWA=-/mentions/added");
  keys("a");
  key('d');
  cr_assert_str_eq(session.message, "a dyad from MLI: now the target's words, and d again");
  key('d');
  cr_assert_str_eq(session.message, "source and target are one actor");
}

Test(session, name_that_no_gazetteer_has_is_no_actor_by_a_typo) {
  keys("a");
  key(ANNOTATE_KEY_ENTER);
  keys("xyz");
  key(ANNOTATE_KEY_ENTER);
  cr_assert_str_eq(session.message, "no gazetteer knows this name");
  expect_labels("");
}

Test(session, sentence_is_accepted_at_one_key) {
  keys("m");
  cr_assert_eq(session.mode, ANNOTATE_MODE_MATRIX);
  keys("f");
  key(ANNOTATE_KEY_ENTER);
  expect_labels("a#0:MLI>FRA=friendly a#0:FRA>MLI=neutral/accepted");
  cr_assert_str_eq(shown(), "a#0");
  keys("1o"); /* the next sentence */
  expect_labels(
      "a#0:MLI>FRA=friendly a#0:FRA>MLI=neutral/accepted a#0=negative a#1:MLI>FRA=neutral/accepted "
      "a#1:FRA>MLI=neutral/accepted");
  keys("u");
  expect_labels("a#0:MLI>FRA=friendly a#0:FRA>MLI=neutral/accepted a#0=negative");
  keys("uu");
  expect_labels("");
}

Test(session, label_of_another_question_is_explained) {
  keys("hn"); /* both dyads: the sentence is next */
  cr_assert_null(session.page.record.target);
  keys("h");
  cr_assert_str_eq(session.message, "this question is about sentiment: its keys are beside the labels");
  expect_labels("a#0:MLI>FRA=hostile a#0:FRA>MLI=neutral");
}

/* While the disk is full the decision stays in memory, the screen says so, and no other decision is taken. */
Test(session, full_disk_keeps_the_decision_and_tries_again) {
  struct rlimit limit, small;
  signal(SIGXFSZ, SIG_IGN);
  keys("h");
  getrlimit(RLIMIT_FSIZE, &limit);
  small = limit;
  small.rlim_cur = (rlim_t)journal.size + 20;
  setrlimit(RLIMIT_FSIZE, &small);
  keys("n");
  bool was_trouble = session.is_trouble;
  keys("f");
  keys("q");
  bool was_leaving = session.is_quitting;
  char message[320];
  strcpy(message, session.message);
  setrlimit(RLIMIT_FSIZE, &limit);
  cr_assert(was_trouble);
  cr_assert_not(was_leaving);
  cr_assert(strstr(message, "NOT SAVED"), "%s", message);
  cr_assert_str_eq(shown(), "a#0:FRA>MLI", "the next unit is not shown");
  expect_labels("a#0:MLI>FRA=hostile");
  cr_assert_eq(annotate_session_retry(&session, &error), STANCE_OK);
  cr_assert_not(session.is_trouble);
  expect_labels("a#0:MLI>FRA=hostile a#0:FRA>MLI=neutral");
  cr_assert_str_eq(shown(), "a#0");
}

Test(session, batch_stops) {
  close_session();
  open_session(2);
  keys("h1n");
  cr_assert_eq(session.mode, ANNOTATE_MODE_OVER);
  keys("h");
  expect_labels("a#0:MLI>FRA=hostile a#0=negative a#0:FRA>MLI=neutral");
}

Test(session, all_done_is_said) {
  for (int i = 0; i < 4; i++) keys("hh1");
  cr_assert_eq(session.mode, ANNOTATE_MODE_OVER);
  cr_assert_eq(session.decided, 12);
  keys("u");
  cr_assert_str_eq(shown(), "a#3");
}

Test(session, hidden_repeat_shows_no_label_and_is_marked) {
  close_session();
  remove_project();
  make_project(",\"check_self\":0.5,\"seed\":3", 40);
  open_session(0);
  int repeats = 0;
  for (int i = 0; i < 100 && session.mode == ANNOTATE_MODE_UNIT; i++) {
    if (session.check == ANNOTATE_CHECK_BY_SELF) {
      repeats++;
      cr_assert_null(annotate_session_state(&session, session.unit));
      cr_assert(session.history.done_count > 20);
    }
    keys(session.page.record.target ? "n" : "3");
  }
  struct stance_record *records;
  size_t count, marked = 0;
  cr_assert_eq(annotate_labels_read(&project, "ana", true, &arena, &records, &count, &error), STANCE_OK);
  for (size_t i = 0; i < count; i++) marked += stance_record_has_flag(&records[i], "check-self");
  cr_assert(repeats > 15 && repeats < 60, "%d", repeats);
  cr_assert_eq(marked, (size_t)repeats);
}

/* Units with gold come in between, marked, and before their turn; what was labelled already is no check. */
Test(session, hidden_gold_checks_are_marked) {
  struct stance_record *records;
  size_t count, marked = 0;
  close_session();
  remove_project();
  make_project(",\"check_gold\":0.3,\"seed\":11", 30);
  char gold[4000] = "";
  for (int i = 20; i < 30; i++)
    snprintf(gold + strlen(gold), sizeof gold - strlen(gold),
             "{\"unit\":\"a#%d\",\"article\":\"a\",\"sentence\":%d,\"text\":\"x\",\"head\":\"sentiment\",\"label\":"
             "\"positive\",\"annotator\":\"dora\"}\n",
             i, i);
  write_text("gold.jsonl", gold);
  open_session(0);
  for (int i = 0; i < 30; i++) {
    bool is_check = session.check == ANNOTATE_CHECK_BY_GOLD;
    if (is_check) cr_assert(strlen(shown()) == 4 && strcmp(shown(), "a#20") >= 0, "%s", shown());
    keys(session.page.record.target ? "n" : "3");
  }
  cr_assert_eq(annotate_labels_read(&project, "ana", true, &arena, &records, &count, &error), STANCE_OK);
  for (size_t i = 0; i < count; i++) marked += stance_record_has_flag(&records[i], "check-gold");
  cr_assert(marked >= 4 && marked <= 10, "%zu", marked);
}

/* Blind first, then all labels, the kind of error and the codebook's part in it. */
Test(session, adjudication_records_how_it_was_decided) {
  struct stance_record *records;
  size_t count;
  const char *notice;
  char path[160];
  const struct annotate_helper helper = {.wall = wall, .elapsed = elapsed};
  struct annotate_session_options options = {.name = "dora", .order = ANNOTATE_ORDER_DOCUMENT, .votes = &votes};
  keys("hn1f");
  close_session();
  write_text("labels/ben.jsonl",
             "{\"unit\":\"a#0:MLI>FRA\",\"text\":\"x\",\"source\":\"MLI\",\"target\":\"FRA\",\"head\":\"stance\","
             "\"label\":\"friendly\",\"annotator\":\"ben\"}\n"
             "{\"unit\":\"a#0:FRA>MLI\",\"text\":\"x\",\"source\":\"FRA\",\"target\":\"MLI\",\"head\":\"stance\","
             "\"label\":\"neutral\",\"annotator\":\"ben\"}\n");
  cr_assert_eq(annotate_units_open(&project, &units, &error), STANCE_OK);
  cr_assert_eq(annotate_votes_read(&project, &units, &votes, &error), STANCE_OK);
  cr_assert_eq(annotate_votes_agreement(&votes, 0), ANNOTATE_DISPUTED);
  cr_assert_eq(annotate_votes_agreement(&votes, 1), ANNOTATE_AGREED);
  cr_assert_eq(annotate_votes_agreement(&votes, 2), ANNOTATE_SINGLE);
  cr_assert_eq(annotate_votes_agreement(&votes, 5), ANNOTATE_UNRATED);
  snprintf(path, sizeof path, "%s/gold.jsonl", project_folder);
  cr_assert_eq(annotate_journal_open(path, &arena, &journal, &notice, &error), STANCE_OK);
  cr_assert_eq(annotate_session_open(&project, &units, &journal, &helper, &options, &session, &error), STANCE_OK, "%s",
               error.message);
  cr_assert_eq(session.order_count, 1);
  keys("f");
  cr_assert_eq(session.decided, 0, "the first choice is not a decision");
  keys("tth");
  cr_assert_eq(session.decided, 1);
  cr_assert_eq(session.mode, ANNOTATE_MODE_OVER);
  cr_assert_eq(annotate_gold_read(&project, &arena, &records, &count, &error), STANCE_OK);
  cr_assert_eq(count, 1);
  cr_assert_str_eq(records[0].label, "hostile");
  cr_assert_str_eq(records[0].annotator, "dora");
  cr_assert(stance_record_has_flag(&records[0], "blind:friendly"));
  cr_assert(stance_record_has_flag(&records[0], "error:direction"));
}

/* ---- rows --------------------------------------------------------------------------------------------------- */

static void expect_rows(int rows, int columns, const char *const *expected) {
  struct annotate_composer composer = {0};
  struct canvas canvas = {0};
  cr_assert(canvas_resize(&canvas, rows, columns));
  cr_assert(annotate_compose(&composer, &session, &canvas));
  for (int row = 0; row < rows; row++) {
    struct stance_buffer text = {0};
    canvas_row(&canvas, row, &text);
    cr_expect_str_eq(text.data ? text.data : "", expected[row], "row %d: '%s'", row, text.data ? text.data : "");
    stance_buffer_free(&text);
  }
  canvas_free(&canvas);
  annotate_composer_free(&composer);
}

Test(session, fits_sixty_by_sixteen) {
  keys("h");
  const char *const rows[16] = {" ana  1/12 done (8%)  unit 2                          saved",
                                "2022-05-03 A title",
                                "Before.",
                                "",
                                "[T:Mali] accused [S:France] of crime 0.",
                                "",
                                "After.",
                                "",
                                "",
                                "",
                                "[S:France] -> [T:Mali]? France towards Mali?",
                                "S FRA  T MLI",
                                " h hostile   n neutral   f friendly",
                                "sentiment: 1 negative   3 positive",
                                "space skip  u undo  d codebook  k keys  q leave  s suggest",
                                "MLI -> FRA: hostile (u undoes)"};
  expect_rows(16, 60, rows);
}

Test(session, survives_any_size) {
  struct annotate_composer composer = {0};
  struct canvas canvas = {0};
  for (int mode = 0; mode < 6; mode++) {
    key(ANNOTATE_KEY_ESCAPE);
    if (mode) keys(mode == 1 ? "k" : mode == 2 ? "d" : mode == 3 ? "a" : mode == 4 ? "m" : ";");
    for (int rows = 1; rows < 40; rows += 3)
      for (int columns = 1; columns < 150; columns += 7) {
        cr_assert(canvas_resize(&canvas, rows, columns));
        cr_assert(annotate_compose(&composer, &session, &canvas));
      }
  }
  canvas_free(&canvas);
  annotate_composer_free(&composer);
}

Test(session, change_of_an_old_label_stays_there_and_redo_keeps_the_place) {
  keys("hn3");
  cr_assert_str_eq(shown(), "a#1:MLI>FRA");
  key(ANNOTATE_KEY_LEFT);
  keys("1"); /* the sentence a#0 was positive */
  cr_assert_str_eq(shown(), "a#0");
  expect_labels("a#0:MLI>FRA=hostile a#0:FRA>MLI=neutral a#0=negative");
  key(ANNOTATE_KEY_TAB);
  cr_assert_str_eq(shown(), "a#1:MLI>FRA");
  keys("u");
  cr_assert_str_eq(shown(), "a#0", "what was undone is shown");
  keys("y");
  cr_assert_str_eq(shown(), "a#1:MLI>FRA", "and redo leads back");
}

Test(session, skipped_and_flagged_units_come_back_once_at_the_end) {
  keys(" h1");        /* a#0:MLI>FRA is skipped */
  keys("xhn1hn1hn1"); /* a#1:MLI>FRA is flagged, and all is decided */
  cr_assert_str_eq(shown(), "a#0:MLI>FRA");
  cr_assert_eq(session.mode, ANNOTATE_MODE_UNIT);
  cr_assert_str_eq(session.message, "once more: you skipped this one");
  keys("f");
  cr_assert_str_eq(shown(), "a#1:MLI>FRA");
  keys("h");
  cr_assert_eq(session.mode, ANNOTATE_MODE_OVER);
  cr_assert_eq(session.decided, 12);
}

Test(session, records_of_one_act_are_undone_and_redone_together) {
  bool is_saved;
  annotate_act_begin(&session.pending, ANNOTATE_ACT_ADD, "rest-1");
  for (uint32_t unit = 0; unit < 2; unit++) {
    struct annotate_entry entry = annotate_entry_carry(&session.history, unit);
    entry.label = 1;
    entry.flags = ANNOTATE_ACCEPTED;
    cr_assert_eq(annotate_act_add(&session.writer, &session.pending, &entry, NULL, 1700000000000, &error), STANCE_OK);
  }
  cr_assert_eq(annotate_act_commit(&session.writer, &session.pending, &is_saved, &error), STANCE_OK, "%s",
               error.message);
  expect_labels("a#0:MLI>FRA=neutral/accepted a#0:FRA>MLI=neutral/accepted");
  cr_assert(annotate_history_has(&session.history, "rest-1", 1));
  cr_assert_not(annotate_history_has(&session.history, "rest-1", 2));
  keys("u");
  expect_labels("");
  close_session();
  open_session(0);
  cr_assert(annotate_history_has(&session.history, "rest-1", 0), "over a restart, too");
  keys("y");
  expect_labels("a#0:MLI>FRA=neutral/redo/accepted a#0:FRA>MLI=neutral/redo/accepted");
  keys("u");
  expect_labels("");
}
