/* SPDX-License-Identifier: MIT
 * Passes notes and warnings to the caller. */
#include <stdarg.h>
#include <stdio.h>

#include "estimate_internal.h"

void estimate_note(const struct estimate_settings *options, bool is_warning, const char *format, ...) {
  char text[500];
  va_list arguments;
  if (!options->note) return;
  va_start(arguments, format);
  vsnprintf(text, sizeof text, format, arguments);
  va_end(arguments);
  options->note(options->context, is_warning, text);
}
