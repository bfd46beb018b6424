/* SPDX-License-Identifier: MIT
 * The program: finds the command, parses its flags, runs it, and checks that standard output was written. */
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command_find.h"
#include "commands.h"
#include "complete.h"
#include "config.h"
#include "facts.h"
#include "flags.h"
#include "help.h"
#include "output.h"
#include "stance/base/json.h"
#include "stance/base/memory.h"

static int finish(enum exit_code code) {
  if (stance_memory_was_out() && (code == EXIT_DONE || code == EXIT_FINDING)) {
    message_failure("out of memory");
    code = EXIT_SYSTEM;
  }
  int failure = output_close();
  if (failure && code == EXIT_SYSTEM) return EXIT_SYSTEM; /* it has been reported */
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
    case FLAGS_RUN:
      code = config_read();
      if (code == EXIT_DONE) code = command->run(options, argc, argv);
      break;
    case FLAGS_HELP: help_print(stdout, command); break;
    case FLAGS_HELP_SHORT: help_print_short(stdout, command); break;
    case FLAGS_WRONG: code = EXIT_BAD_INPUT; break;
  }
  free(options);
  return code;
}

/* --help=man, --help=man annotate label, --help=bash ...: prints what is generated from the tables. */
static int print_generated(const char *what, int argc, char **argv) {
  static const struct {
    const char *name;
    void (*write)(FILE *out, const struct command *const *commands);
  } kinds[] = {{"man", help_man},
               {"bash", complete_bash},
               {"zsh", complete_zsh},
               {"fish", complete_fish},
               {"commands", help_names}};
  message_command("");
  if (strcmp(what, "man") == 0 && argc) {
    int words;
    const struct command *command = command_find(commands, argc, argv, &words);
    if (!command) return (int)command_unknown(commands, argc, argv);
    help_man_command(stdout, command);
    return finish(EXIT_DONE);
  }
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
    if (strcmp(what, kinds[i].name) == 0) {
      kinds[i].write(stdout, commands);
      return finish(EXIT_DONE);
    }
  return (int)message_usage("--help=%s: expected man, bash, zsh, fish or commands", what);
}

int main(int argc, char **argv) {
  setlocale(LC_CTYPE, ""); /* for character widths; number formats do not depend on the locale */
  interrupt_catch();
  signal(SIGPIPE, SIG_IGN);
  stance_json_watch();

  if (argc < 2) {
    help_overview(stderr, commands);
    return EXIT_BAD_INPUT;
  }
  if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 || strcmp(argv[1], "help") == 0) {
    help_overview(stdout, commands);
    return finish(EXIT_DONE);
  }
  if (strncmp(argv[1], "--help=", 7) == 0) return print_generated(argv[1] + 7, argc - 2, argv + 2);
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
