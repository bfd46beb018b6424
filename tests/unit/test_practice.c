/* SPDX-License-Identifier: MIT
 * The training round and the hidden checks' consequence, at the keyboard: what has to be right before one labels, and when one is stopped. */
#include "annotate_session.h"

#include "annotate/annotators.h"

static struct annotate_practice practice;

static void open_session(void) {
  const struct annotate_helper helper = {.wall = annotate_clock_wall, .elapsed = annotate_clock_elapsed};
  begin_session(&helper, 0);
  cr_assert_eq(annotate_practice_open(&project, "ana", &arena, &practice, &error), STANCE_OK, "%s", error.message);
  if (!practice.is_passed) annotate_session_practise(&session, &practice);
}

/* Two examples are hostile, one (a counter-example) is neutral, one (of a rule) friendly. */
static void start(void) {
  setlocale(LC_CTYPE, "C.UTF-8");
  make_project(",\"practice\":4,\"practice_pass\":0.75,\"check_gold\":0.5,\"check_pass\":0.8", 40);
  write_text(
      "codebook.json",
      "{\"name\":\"test\",\"heads\":[{\"name\":\"stance\",\"unit\":\"dyad\",\"labels\":["
      "{\"name\":\"hostile\",\"key\":\"h\",\"value\":-1,\"examples\":[{\"text\":\"Mali accused France.\",\"source\":"
      "\"MLI\",\"target\":\"FRA\",\"why\":\"An accusation.\"},{\"text\":\"Chad shelled Togo.\",\"source\":\"TCD\","
      "\"target\":\"TGO\",\"why\":\"An attack.\"}],\"counter_examples\":[{\"text\":\"Chad met Togo.\",\"source\":"
      "\"TCD\",\"target\":\"TGO\",\"label\":\"neutral\",\"why\":\"A meeting.\"}]},"
      "{\"name\":\"neutral\",\"key\":\"n\",\"value\":0},{\"name\":\"friendly\",\"key\":\"f\",\"value\":1}],"
      "\"rules\":[{\"topic\":\"aid\",\"rule\":\"Aid is friendly.\",\"examples\":[{\"text\":\"Chad fed Togo.\","
      "\"source\":\"TCD\",\"target\":\"TGO\",\"label\":\"friendly\",\"why\":\"Aid.\"}]}]},"
      "{\"name\":\"sentiment\",\"unit\":\"sentence\",\"labels\":[{\"name\":\"negative\",\"key\":\"1\",\"value\":-1},"
      "{\"name\":\"positive\",\"key\":\"3\",\"value\":1}]}]}");
  open_session();
}

static void stop(void) {
  close_session();
  stance_arena_free(&arena);
  remove_project();
}

TestSuite(practice, .init = start, .fini = stop);

static void key(uint32_t code) {
  cr_assert_eq(annotate_session_key(&session, code, &error), STANCE_OK, "%s", error.message);
}

/* Whether some row of the screen holds the text. */
static bool is_on_screen(const char *text) {
  struct annotate_composer composer = {.cursor_row = -1};
  struct canvas canvas = {0};
  bool is_there = false;
  cr_assert(canvas_resize(&canvas, 20, 76));
  cr_assert(annotate_compose(&composer, &session, &canvas));
  for (int row = 0; row < canvas.rows; row++) {
    struct stance_buffer line = {0};
    canvas_row(&canvas, row, &line);
    stance_buffer_putc(&line, '\0');
    is_there |= line.data && strstr(line.data, text);
    stance_buffer_free(&line);
  }
  annotate_composer_free(&composer);
  canvas_free(&canvas);
  return is_there;
}

static uint32_t right_key(void) {
  const char *label = practice.items[practice.answered].label;
  return strcmp(label, "hostile") == 0 ? 'h' : strcmp(label, "neutral") == 0 ? 'n' : 'f';
}

/* Answers the item at hand. */
static void answer(bool rightly) {
  uint32_t right = right_key();
  key(rightly ? right : right == 'h' ? 'n' : 'h');
  cr_assert(session.practised >= 0);
}

Test(practice, comes_first_and_tells_the_reason) {
  cr_assert_eq(session.mode, ANNOTATE_MODE_PRACTICE);
  cr_assert_eq(practice.count, 4);
  cr_assert(is_on_screen("training round 1 of 4"));
  cr_assert(is_on_screen("3 of 4 have to be right before labelling begins"));
  cr_assert(is_on_screen(practice.items[0].example->text));
  cr_assert_not(is_on_screen(practice.items[0].example->why), "the reason comes behind the answer");
  key('z');
  cr_assert_eq(practice.answered, 0, "only a label's key answers");
  answer(false);
  cr_assert(is_on_screen("You said "));
  cr_assert(is_on_screen(practice.items[0].example->why));
  key(right_key());
  cr_assert_eq(practice.answered, 1, "an answer stands");
  key(ANNOTATE_KEY_ENTER);
  cr_assert(is_on_screen("training round 2 of 4"));
}

Test(practice, below_the_mark_it_begins_again_over_restarts) {
  answer(true), key(' '), answer(false), key(' ');
  close_session();
  open_session();
  cr_assert_eq(practice.answered, 2, "it goes on where it was left");
  answer(false), key(' '), answer(true), key(' ');
  cr_assert(is_on_screen("2 of 4 right; the mark is 3."));
  cr_assert(is_on_screen("begins the round again"));
  key(ANNOTATE_KEY_ENTER);
  for (int i = 0; i < 4; i++) {
    cr_assert_eq(session.mode, ANNOTATE_MODE_PRACTICE);
    answer(i != 2);
    key(' ');
  }
  cr_assert(is_on_screen("3 of 4 right; the mark is 3."));
  key(ANNOTATE_KEY_ENTER);
  cr_assert_eq(session.mode, ANNOTATE_MODE_UNIT);
  cr_assert(is_on_screen("unit 1"));
  key('h');
  cr_assert_eq(session.decided, 1);
  close_session();
  open_session();
  cr_assert(practice.is_passed);
  cr_assert_eq(session.mode, ANNOTATE_MODE_UNIT, "who has passed goes on labelling");
  annotate_session_practise(&session, &practice);
  for (int i = 0; i < 4; i++) answer(false), key(' ');
  cr_assert(is_on_screen("You have passed before"));
  key(ANNOTATE_KEY_ENTER);
  cr_assert_eq(session.mode, ANNOTATE_MODE_UNIT);
}

/* A line that a crash cut is no answer; one of the browser is. */
Test(practice, goes_on_from_the_browser) {
  char line[200];
  char folder[160];
  snprintf(folder, sizeof folder, "%s/practice", project_folder);
  cr_assert_eq(mkdir(folder, 0777), 0);
  snprintf(line, sizeof line,
           "{\"item\":0,\"of\":4,\"head\":\"stance\",\"label\":\"%s\",\"right\":true,\"via\":\"web\"}\n{\"item\":1,",
           practice.items[0].label);
  write_text("practice/ana.jsonl", line);
  close_session();
  open_session();
  cr_assert_eq(practice.answered, 1);
  cr_assert_eq(practice.right, 1);
  answer(true);
  char *log = read_text("practice/ana.jsonl");
  cr_assert(log && strstr(log, "}\n{\"item\":1,\"of\":4"), "%s", log);
  free(log);
}

/* Twelve hidden checks, of which the eleventh makes it 2 wrong of 11: 82%; the twelfth 3 of 12: 75%, below the mark of 80%. */
Test(practice, checks_below_the_mark_stop_who_labels) {
  struct annotate_history *history = &session.history;
  struct annotate_pause pause;
  char why[ANNOTATE_WHY_MAX];
  int8_t gold[400];
  memset(gold, 0, sizeof gold);
  struct annotate_entry entries[24] = {{0}};
  for (uint32_t i = 0; i < 24; i++)
    entries[i] = (struct annotate_entry){
        .unit = i, .flags = ANNOTATE_CHECK_GOLD, .label = i % 12 > 8, .at = "2026-01-01T00:00:00.000Z"};
  struct annotate_history own = *history;
  own.entries = entries;
  own.count = 11;
  cr_assert_eq(annotate_pause_judge(&project, "ana", &own, gold, 400, why, &error), STANCE_OK);
  cr_assert_str_eq(why, "");
  own.count = 12;
  cr_assert_eq(annotate_pause_judge(&project, "ana", &own, gold, 400, why, &error), STANCE_OK);
  cr_assert_str_eq(why, "9 of 12 hidden checks were right; the mark is 80%. Your lead will talk to you");
  cr_assert_eq(annotate_pause_check(&project, "ben", &error), STANCE_OK);
  cr_assert_eq(annotate_pause_check(&project, "ana", &error), STANCE_INPUT);
  cr_assert_str_eq(error.message,
                   "the labelling of 'ana' is paused: 9 of 12 hidden checks were right; the mark is 80%. Your lead "
                   "will talk to you");
  /* the lead lets her go on: what was talked about is not counted again */
  cr_assert_eq(annotate_pause_set(&project, "ana", NULL, &error), STANCE_OK);
  cr_assert_eq(annotate_pause_read(&project, "ana", &pause, &error), STANCE_OK);
  cr_assert_not(pause.is_paused);
  for (uint32_t i = 12; i < 24; i++) entries[i].at = "2999-01-01T00:00:00.000Z";
  own.count = 23;
  cr_assert_eq(annotate_pause_judge(&project, "ana", &own, gold, 400, why, &error), STANCE_OK);
  cr_assert_str_eq(why, "", "9 of 11 since then");
  own.count = 24;
  cr_assert_eq(annotate_pause_judge(&project, "ana", &own, gold, 400, why, &error), STANCE_OK);
  cr_assert_str_eq(why, "9 of 12 hidden checks were right; the mark is 80%. Your lead will talk to you");
}

/* The whole way at the keyboard: gold says hostile everywhere, ana neutral. Half of the units are hidden checks. */
Test(practice, screen_says_why_one_is_stopped) {
  struct stance_buffer gold = {0};
  for (int sentence = 0; sentence < 40; sentence++)
    for (int way = 0; way < 2; way++)
      stance_buffer_printf(&gold,
                           "{\"unit\":\"a#%d:%s\",\"article\":\"a\",\"sentence\":%d,\"text\":\"Mali left the French.\","
                           "\"source\":\"%.3s\",\"target\":\"%.3s\",\"head\":\"stance\",\"label\":\"hostile\","
                           "\"annotator\":\"dora\",\"at\":\"2026-11-23T10:00:00.000Z\"}\n",
                           sentence, way ? "FRA>MLI" : "MLI>FRA", sentence, way ? "FRA" : "MLI", way ? "MLI" : "FRA");
  stance_buffer_putc(&gold, '\0');
  write_text("gold.jsonl", gold.data);
  stance_buffer_free(&gold);
  close_session();
  open_session();
  for (int i = 0; i < 4; i++) answer(true), key(' ');
  key(ANNOTATE_KEY_ENTER);
  for (int i = 0; i < 200 && !*session.pause; i++) key(session.page.record.source ? 'n' : '1');
  cr_assert_eq(session.mode, ANNOTATE_MODE_OVER);
  cr_assert(is_on_screen("Your labelling is paused: 0 of 10 hidden checks were right"));
  size_t decided = session.decided;
  key('u'), key('h'), key(ANNOTATE_KEY_LEFT);
  cr_assert_eq(session.mode, ANNOTATE_MODE_OVER);
  cr_assert_eq(session.decided, decided, "nothing is taken or taken back any more");
  key('q');
  cr_assert(session.is_quitting);
  cr_assert_eq(annotate_pause_check(&project, "ana", &error), STANCE_INPUT);
  size_t records;
  close_session();
  cr_assert_eq(annotate_rename(&project, "ana", "a01", &records, &error), STANCE_OK, "%s", error.message);
  cr_assert_eq(annotate_pause_check(&project, "a01", &error), STANCE_INPUT, "another name is no way out");
  char *log = read_text("practice/a01.jsonl");
  cr_assert(log);
  free(log);
  open_session();
}
