/* SPDX-License-Identifier: MIT */
#include "terminal.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

const struct flag_choice when_choices[] = {{"auto", WHEN_AUTO}, {"always", WHEN_ALWAYS}, {"never", WHEN_NEVER}, {0}};

bool terminal_is_coloured(enum flag_when when, int file) {
  const char *no_colour = getenv("NO_COLOR"), *term = getenv("TERM");
  if (when != WHEN_AUTO) return when == WHEN_ALWAYS;
  return isatty(file) && !(no_colour && *no_colour) && term && strcmp(term, "dumb") != 0;
}

int terminal_width(int file) {
  struct winsize size;
  if (ioctl(file, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  return 80;
}
