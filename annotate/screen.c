/* SPDX-License-Identifier: MIT
 * The main loop: reads a key, passes it to the session, and draws changed rows. */
#include "screen.h"

#define NCURSES_WIDECHAR 1
#include <curses.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "compose.h"
#include "stance/base/error.h"

enum {
  WAIT_MILLISECONDS = 500,   /* interval of checking for signals and of trying to save again */
  ESCAPE_MILLISECONDS = 300, /* an arrow key's bytes may arrive separately on a slow line */
  PASTE_BEGIN = KEY_MAX + 1,
  PASTE_END = KEY_MAX + 2,
};

struct screen {
  struct canvas canvas, painted;
  struct annotate_composer composer;
  attr_t styles[ANNOTATE_STYLE_COUNT];
  short pairs[ANNOTATE_STYLE_COUNT];
  bool is_fresh; /* nothing drawn yet */
  bool is_pasting;
};

static void set_styles(struct screen *screen, bool has_colour) {
  static const attr_t plain[ANNOTATE_STYLE_COUNT] = {[ANNOTATE_DIM] = A_DIM,
                                                     [ANNOTATE_BOLD] = A_BOLD,
                                                     [ANNOTATE_SOURCE] = A_BOLD,
                                                     [ANNOTATE_TARGET] = A_BOLD | A_UNDERLINE,
                                                     [ANNOTATE_OTHER] = A_UNDERLINE,
                                                     [ANNOTATE_KEY] = A_BOLD,
                                                     [ANNOTATE_CHOSEN] = A_REVERSE,
                                                     [ANNOTATE_BAR] = A_REVERSE,
                                                     [ANNOTATE_ALARM] = A_REVERSE | A_BOLD,
                                                     [ANNOTATE_CURSOR] = A_REVERSE};
  memcpy(screen->styles, plain, sizeof plain);
  if (!has_colour || !has_colors()) return;
  start_color();
  use_default_colors();
  static const struct {
    enum annotate_style style;
    short colour;
  } colours[] = {{ANNOTATE_SOURCE, COLOR_CYAN},
                 {ANNOTATE_TARGET, COLOR_MAGENTA},
                 {ANNOTATE_KEY, COLOR_YELLOW},
                 {ANNOTATE_ALARM, COLOR_RED}};
  for (size_t i = 0; i < sizeof colours / sizeof *colours; i++) {
    if (init_pair((short)(i + 1), colours[i].colour, -1) == ERR) continue;
    screen->pairs[colours[i].style] = (short)(i + 1);
  }
}

static void paint_row(struct screen *screen, int row) {
  const struct canvas *canvas = &screen->canvas;
  const struct canvas_cell *cells = &canvas->cells[(size_t)row * (size_t)canvas->columns];
  move(row, 0);
  for (int column = 0; column < canvas->columns; column++) {
    wchar_t text[CANVAS_MARKS + 1] = {L' '};
    cchar_t cell;
    if (!cells[column].text[0] && column && cells[column - 1].text[0] && wcwidth(cells[column - 1].text[0]) == 2)
      continue;
    if (cells[column].text[0]) memcpy(text, cells[column].text, sizeof cells[column].text);
    setcchar(&cell, text, screen->styles[cells[column].style], screen->pairs[cells[column].style], NULL);
    if (row == canvas->rows - 1 && column == canvas->columns - 1) {
      ins_wch(&cell); /* writing into the last corner would scroll the screen */
      continue;
    }
    mvadd_wch(row, column, &cell);
  }
}

static bool paint(struct screen *screen, struct annotate_session *session) {
  int rows = LINES, columns = COLS;
  if (rows != screen->canvas.rows || columns != screen->canvas.columns) screen->is_fresh = true;
  if (!canvas_resize(&screen->canvas, rows, columns)) return false;
  if (screen->is_fresh && !canvas_resize(&screen->painted, rows, columns)) return false;
  if (!annotate_compose(&screen->composer, session, &screen->canvas)) return false;
  session->scroll = screen->composer.scroll; /* not past the end */
  size_t row_size = (size_t)columns * sizeof *screen->canvas.cells;
  for (int row = 0; row < rows; row++) {
    struct canvas_cell *now = &screen->canvas.cells[row * columns], *before = &screen->painted.cells[row * columns];
    if (!screen->is_fresh && memcmp(now, before, row_size) == 0) continue;
    paint_row(screen, row);
    memcpy(before, now, row_size);
  }
  screen->is_fresh = false;
  if (session->wants_redraw) {
    clearok(curscr, TRUE);
    session->wants_redraw = false;
  }
  curs_set(screen->composer.cursor_row >= 0);
  if (screen->composer.cursor_row >= 0)
    move(screen->composer.cursor_row,
         screen->composer.cursor_column < columns ? screen->composer.cursor_column : columns - 1);
  refresh();
  return true;
}

/* Converts a curses key; 0: none. */
static uint32_t translate(int kind, wint_t key) {
  static const struct {
    int curses;
    uint32_t own;
  } keys[] = {{KEY_UP, ANNOTATE_KEY_UP},         {KEY_DOWN, ANNOTATE_KEY_DOWN},
              {KEY_LEFT, ANNOTATE_KEY_LEFT},     {KEY_RIGHT, ANNOTATE_KEY_RIGHT},
              {KEY_HOME, ANNOTATE_KEY_HOME},     {KEY_END, ANNOTATE_KEY_END},
              {KEY_PPAGE, ANNOTATE_KEY_PAGE_UP}, {KEY_NPAGE, ANNOTATE_KEY_PAGE_DOWN},
              {KEY_ENTER, ANNOTATE_KEY_ENTER},   {KEY_BACKSPACE, ANNOTATE_KEY_BACKSPACE},
              {KEY_DC, ANNOTATE_KEY_DELETE}};
  if (kind == KEY_CODE_YES) {
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
      if (keys[i].curses == (int)key) return keys[i].own;
    if (key >= KEY_F(1) && key <= KEY_F(12)) return ANNOTATE_KEY_F1 + (uint32_t)(key - KEY_F(1));
    return 0;
  }
  switch (key) {
    case '\r':
    case '\n': return ANNOTATE_KEY_ENTER;
    case '\t': return ANNOTATE_KEY_TAB;
    case 0x1b: return ANNOTATE_KEY_ESCAPE;
    case 0x7f:
    case 0x08: return ANNOTATE_KEY_BACKSPACE;
    default: return (uint32_t)key;
  }
}

static bool is_typing(const struct annotate_session *session) {
  return session->mode == ANNOTATE_MODE_NOTE || session->mode == ANNOTATE_MODE_SEARCH ||
         session->mode == ANNOTATE_MODE_GOTO || session->mode == ANNOTATE_MODE_ACTOR;
}

/* Whether the terminal is gone; otherwise the loop would spin. */
static bool is_hung_up(void) {
  struct pollfd in = {.fd = STDIN_FILENO, .events = POLLIN};
  return poll(&in, 1, 0) > 0 && (in.revents & (POLLHUP | POLLERR | POLLNVAL));
}

static enum stance_status handle(struct screen *screen, struct annotate_session *session, int kind, wint_t key,
                                 struct stance_error *error) {
  if (kind == KEY_CODE_YES && key == KEY_RESIZE) {
    screen->is_fresh = true;
    return STANCE_OK;
  }
  if (kind == KEY_CODE_YES && (key == PASTE_BEGIN || key == PASTE_END)) {
    screen->is_pasting = key == PASTE_BEGIN;
    return STANCE_OK;
  }
  if (screen->is_pasting && !is_typing(session)) { /* pasted text must not make decisions */
    annotate_session_say(session, "pasted text is ignored here");
    return STANCE_OK;
  }
  uint32_t own = translate(kind, key);
  if (screen->is_pasting && own > 0x10ffff) return STANCE_OK;
  return own ? annotate_session_key(session, own, error) : STANCE_OK;
}

/* A signal of a new size may come while nothing listens to it: the terminal is asked at each turn. */
static void follow_size(struct screen *screen) {
  struct winsize size;
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || !size.ws_row || !size.ws_col) return;
  if (!is_term_resized(size.ws_row, size.ws_col)) return;
  resize_term(size.ws_row, size.ws_col);
  clearok(curscr, TRUE); /* what the terminal shows now is not known */
  screen->is_fresh = true;
}

static enum stance_status loop(struct screen *screen, struct annotate_session *session,
                               const struct annotate_screen_options *options, struct stance_error *error) {
  while (!session->is_quitting) {
    follow_size(screen);
    if (!paint(screen, session)) return stance_fail_memory(error);
    wint_t key = 0;
    int kind = get_wch(&key);
    if (options->stop && *options->stop) break;
    if (kind == ERR) {
      if (is_hung_up()) break;
      if (session->is_trouble) STANCE_TRY(annotate_session_retry(session, error));
      continue;
    }
    STANCE_TRY(handle(screen, session, kind, key, error));
  }
  return STANCE_OK;
}

enum stance_status annotate_screen_run(struct annotate_session *session, const struct annotate_screen_options *options,
                                       struct stance_error *error) {
  struct screen screen = {.is_fresh = true};
  const char *term = getenv("TERM");
  if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
    return stance_fail(error, STANCE_INPUT, "needs a terminal; 'stance annotate import' takes labels from files");
  set_escdelay(ESCAPE_MILLISECONDS);
  unsetenv("COLUMNS"); /* the terminal's own size is right, also after a resize */
  unsetenv("LINES");
  SCREEN *terminal = newterm(NULL, stdout, stdin);
  if (!terminal)
    return stance_fail(error, STANCE_INPUT, "the terminal '%.60s' is not known; set TERM", term ? term : "");
  cbreak();
  noecho();
  nonl();
  keypad(stdscr, TRUE);
  timeout(WAIT_MILLISECONDS);
  define_key("\033[200~", PASTE_BEGIN);
  define_key("\033[201~", PASTE_END);
  set_styles(&screen, options->has_colour);
  fputs("\033[?2004h", stdout);
  fflush(stdout);
  enum stance_status status = loop(&screen, session, options, error);
  fputs("\033[?2004l", stdout);
  fflush(stdout);
  endwin();
  delscreen(terminal);
  canvas_free(&screen.canvas);
  canvas_free(&screen.painted);
  annotate_composer_free(&screen.composer);
  return status;
}
