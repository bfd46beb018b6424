/* SPDX-License-Identifier: MIT */
#include "message.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "output.h"
#include "stance/base/plain.h"

static const char *command_name = "";
static bool quiet;

enum { TEXT_MAX = 8192 };

void message_command(const char *name) { command_name = name; }
void message_quiet(bool is_quiet) { quiet = is_quiet; }

static void say(const char *kind, const char *format, va_list arguments) {
  char text[TEXT_MAX]; /* not on the heap, which may be exhausted */
  struct stance_buffer plain = {0};
  output_flush(); /* keeps the order of output and messages on a terminal */
  vsnprintf(text, sizeof text, format, arguments);
  stance_buffer_plain(&plain, text, strlen(text), false);
  fprintf(stderr, "stance%s%s: %s%s\n", *command_name ? " " : "", command_name, kind,
          plain.failed || !plain.data ? "out of memory" : plain.data);
  stance_buffer_free(&plain);
}

void message_failure(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  say("", format, arguments);
  va_end(arguments);
}

enum exit_code message_usage(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  say("", format, arguments);
  va_end(arguments);
  fprintf(stderr, "Try 'stance%s%s --help'.\n", *command_name ? " " : "", command_name);
  return EXIT_BAD_INPUT;
}

void message_warning(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  say("warning: ", format, arguments);
  va_end(arguments);
}

void message_note(const char *format, ...) {
  if (quiet) return;
  va_list arguments;
  va_start(arguments, format);
  say("", format, arguments);
  va_end(arguments);
}

void message_problem(const struct stance_error *problem) {
  if (problem->line) message_warning("%s:%zu: %s", problem->file, problem->line, problem->message);
  else message_warning("%s: %s", problem->file, problem->message);
}

enum exit_code message_error(const struct stance_error *error) {
  char place[400] = "";
  if (error->file[0] && error->line && error->column)
    snprintf(place, sizeof place, "%s:%zu:%zu: ", error->file, error->line, error->column);
  else if (error->file[0] && error->line) snprintf(place, sizeof place, "%s:%zu: ", error->file, error->line);
  else if (error->file[0]) snprintf(place, sizeof place, "%s: ", error->file);
  message_failure("%s%s", place, error->message);
  return error->status == STANCE_SYSTEM ? EXIT_SYSTEM : EXIT_BAD_INPUT;
}

void message_say(void *context, bool is_warning, const char *sentence) {
  (void)context;
  if (is_warning) message_warning("%s", sentence);
  else message_note("%s", sentence);
}
