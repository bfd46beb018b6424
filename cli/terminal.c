/* SPDX-License-Identifier: MIT
 * What the terminal can show. */
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "command.h"

bool terminal_has_colour(int file) {
  const char *no_colour = getenv("NO_COLOR"), *term = getenv("TERM");
  return isatty(file) && !(no_colour && *no_colour) && term && strcmp(term, "dumb") != 0;
}

int terminal_width(int file) {
  struct winsize size;
  if (ioctl(file, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  return 80;
}
