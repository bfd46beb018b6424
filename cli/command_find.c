/* SPDX-License-Identifier: MIT */
#include "command_find.h"

#include <stdio.h>
#include <string.h>

#include "stance/base/near.h"

const struct command *command_find(const struct command *const *commands, int argc, char **argv, int *words) {
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

/* "label" of "annotate label", where word is "annotate"; NULL: the command is in no such group. */
static const char *name_within(const struct command *command, const char *word) {
  size_t length = strlen(word);
  return strncmp(command->name, word, length) == 0 && command->name[length] == ' ' ? command->name + length + 1 : NULL;
}

static bool is_group(const struct command *const *commands, const char *word) {
  for (; *commands; commands++)
    if (name_within(*commands, word)) return true;
  return false;
}

static bool is_near(const char *given, size_t length, const char *name) {
  return stance_is_near_name(given, length, name);
}

/* Whether argv looks like a misspelling of the command's name: "trian", "anotate", "anotate label", "annotate
 * labell". */
static bool is_slip(const struct command *command, int argc, char **argv) {
  const char *name = command->name;
  size_t first = strcspn(name, " ");
  char head[64];
  snprintf(head, sizeof head, "%.*s", (int)first, name);
  if (!is_near(argv[0], strlen(argv[0]), head)) return false;
  return !name[first] || argc < 2 || *argv[1] == '-' || is_near(argv[1], strlen(argv[1]), name + first + 1);
}

static void add_name(char *list, size_t size, const char *name) {
  if (strlen(list) + strlen(name) + 3 < size)
    snprintf(list + strlen(list), size - strlen(list), "%s%s", *list ? ", " : "", name);
}

/* The group ("annotate") exists, but its second word is wrong or missing. */
static enum exit_code unknown_in_group(const struct command *const *commands, int argc, char **argv) {
  char all[300] = "", near[300] = "";
  bool wants_help = argc > 1 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0);
  for (; *commands; commands++) {
    const char *name = name_within(*commands, argv[0]);
    if (!name) continue;
    if (wants_help) printf("stance %s %s\n    %s\n", (*commands)->name, (*commands)->arguments, (*commands)->summary);
    add_name(all, sizeof all, (*commands)->name);
    if (argc > 1 && is_near(argv[1], strlen(argv[1]), name)) add_name(near, sizeof near, (*commands)->name);
  }
  if (wants_help) return EXIT_DONE;
  if (argc < 2) return message_usage("'%.40s' needs a sub-command: %s", argv[0], all);
  return message_usage("unknown command '%.40s %.40s'; near names: %s", argv[0], argv[1], *near ? near : all);
}

enum exit_code command_unknown(const struct command *const *commands, int argc, char **argv) {
  char near[300] = "";
  if (is_group(commands, argv[0])) return unknown_in_group(commands, argc, argv);
  for (; *commands; commands++)
    if (is_slip(*commands, argc, argv)) add_name(near, sizeof near, (*commands)->name);
  if (*near) return message_usage("unknown command '%.40s'; near names: %s", argv[0], near);
  return message_usage("unknown command '%.40s'", argv[0]);
}
