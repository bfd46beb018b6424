/* SPDX-License-Identifier: MIT
 * The program: finds the command, parses its flags, runs it, and sees that what it printed arrived. */
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command_find.h"
#include "commands.h"
#include "facts.h"
#include "flags.h"
#include "help.h"
#include "output.h"

static int finish(enum exit_code code) {
  int failure = output_close();
  if (failure && code == EXIT_SYSTEM) return EXIT_SYSTEM; /* it has been told */
  if (failure) {
    message_failure("cannot write to standard output: %s", strerror(failure));
    return EXIT_SYSTEM;
  }
  if (interrupted && code == EXIT_DONE) return 128 + interrupted;
  return (int)code;
}

static enum exit_code run_command(const struct command *command, int argc, char **argv) {
  void *options = malloc(command->options_size ? command->options_size : 1);
  message_command(command->name);
  if (!options) {
    message_failure("out of memory");
    return EXIT_SYSTEM;
  }
  memcpy(options, command->defaults, command->options_size);
  enum exit_code code = EXIT_DONE;
  switch (flags_parse(command, options, &argc, argv)) {
    case FLAGS_RUN: code = command->run(options, argc, argv); break;
    case FLAGS_HELP: help_print(stdout, command); break;
    case FLAGS_HELP_SHORT: help_print_short(stdout, command); break;
    case FLAGS_WRONG: code = EXIT_BAD_INPUT; break;
  }
  free(options);
  return code;
}

int main(int argc, char **argv) {
  setlocale(LC_CTYPE, ""); /* for the width of characters on the screen; numbers stay locale-free */
  interrupt_catch();
  signal(SIGPIPE, SIG_IGN);

  if (argc < 2) {
    help_overview(stderr, commands);
    return EXIT_BAD_INPUT;
  }
  if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 || strcmp(argv[1], "help") == 0) {
    help_overview(stdout, commands);
    return finish(EXIT_DONE);
  }
  if (strcmp(argv[1], "--help=man") == 0) {
    help_man(stdout, commands);
    return finish(EXIT_DONE);
  }
  if (strcmp(argv[1], "--version") == 0) {
    printf("stance %s\n", STANCE_VERSION);
    return finish(EXIT_DONE);
  }
  facts_command_line(argc, argv);
  int words;
  const struct command *command = command_find(commands, argc - 1, argv + 1, &words);
  if (!command) {
    message_command("");
    return (int)command_unknown(commands, argc - 1, argv + 1);
  }
  return finish(run_command(command, argc - words - 1, argv + words + 1));
}
