/* SPDX-License-Identifier: MIT */
#include "terminal.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <curses.h>
#include <term.h>

const struct flag_choice when_choices[] = {{"auto", WHEN_AUTO}, {"always", WHEN_ALWAYS}, {"never", WHEN_NEVER}, {0}};

static enum flag_when default_when = WHEN_AUTO;

void terminal_set_default(enum flag_when when) { default_when = when; }

bool terminal_is_coloured(enum flag_when when, int file) {
  const char *no_colour = getenv("NO_COLOR"), *term = getenv("TERM");
  if (when != WHEN_AUTO) return when == WHEN_ALWAYS;
  if (default_when == WHEN_NEVER) return false;
  return (isatty(file) || default_when == WHEN_ALWAYS) && !(no_colour && *no_colour) && term &&
         strcmp(term, "dumb") != 0;
}

bool terminal_has_few_colours(void) {
  const char *term = getenv("TERM"), *true_colour = getenv("COLORTERM");
  int outcome;
  if (!term || !*term || (true_colour && *true_colour)) return false;
  if (setupterm(term, STDOUT_FILENO, &outcome) != OK) return true; /* unknown terminal: the basic colours */
  int colours = tigetnum("colors");
  return colours < 256;
}

int terminal_width(int file) {
  struct winsize size;
  if (ioctl(file, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  return 80;
}
