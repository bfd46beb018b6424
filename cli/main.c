/* SPDX-License-Identifier: MIT
 * The program: finds the command, parses its flags, runs it, and sees that what it printed arrived. */
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "flags.h"
#include "message.h"
#include "output.h"

atomic_int interrupted;

static void on_signal(int number) {
  if (interrupted) _exit(128 + number);
  interrupted = number;
}

/* The command whose words are the first of argv; *words: how many. The longest name wins ("annotate label"). */
static const struct command *command_find(int argc, char **argv, int *words) {
  const struct command *found = NULL;
  *words = 0;
  for (const struct command *const *command = commands; *command; command++) {
    const char *name = (*command)->name;
    int used = 0;
    while (*name && used < argc) {
      size_t length = strcspn(name, " ");
      if (strlen(argv[used]) != length || strncmp(name, argv[used], length) != 0) break;
      used++;
      name += length + (name[length] == ' ');
    }
    if (!*name && used > *words) {
      found = *command;
      *words = used;
    }
  }
  return found;
}

static int finish(enum exit_code code) {
  int failure = output_close();
  if (failure && code == EXIT_SYSTEM) return EXIT_SYSTEM; /* it has been told */
  if (failure) {
    report_failure("cannot write to standard output: %s", strerror(failure));
    return EXIT_SYSTEM;
  }
  if (interrupted && code == EXIT_DONE) return 128 + interrupted;
  return (int)code;
}

int main(int argc, char **argv) {
  setlocale(LC_CTYPE, ""); /* for the width of characters on the screen; numbers stay locale-free */
  struct sigaction on_interrupt = {.sa_handler = on_signal};
  sigaction(SIGINT, &on_interrupt, NULL);
  sigaction(SIGTERM, &on_interrupt, NULL);
  signal(SIGPIPE, SIG_IGN);

  if (argc < 2) {
    help_overview(stderr);
    return EXIT_BAD_INPUT;
  }
  if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 || strcmp(argv[1], "help") == 0) {
    help_overview(stdout);
    return finish(EXIT_DONE);
  }
  if (strcmp(argv[1], "--help=man") == 0) {
    help_man(stdout);
    return finish(EXIT_DONE);
  }
  if (strcmp(argv[1], "--version") == 0) {
    printf("stance %s\n", STANCE_VERSION);
    return finish(EXIT_DONE);
  }
  int words;
  const struct command *command = command_find(argc - 1, argv + 1, &words);
  if (!command) {
    message_command("");
    return (int)flags_unknown_command(argc - 1, argv + 1);
  }
  message_command(command->name);
  argc -= words + 1;
  argv += words + 1;
  void *options = malloc(command->options_size ? command->options_size : 1);
  if (!options) {
    report_failure("out of memory");
    return EXIT_SYSTEM;
  }
  memcpy(options, command->defaults, command->options_size);
  enum exit_code code = EXIT_BAD_INPUT;
  switch (flags_parse(command, options, &argc, argv)) {
    case FLAGS_RUN: code = command->run(options, argc, argv); break;
    case FLAGS_HELP: code = EXIT_DONE; break;
    case FLAGS_WRONG: break;
  }
  free(options);
  return finish(code);
}
