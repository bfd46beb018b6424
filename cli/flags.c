/* SPDX-License-Identifier: MIT */
#include "flags.h"

#include <stdio.h>
#include <string.h>

#include "stance/base/near.h"

static bool is_named(const char *name, const char *given, size_t length) {
  return name && strlen(name) == length && memcmp(name, given, length) == 0;
}

static const struct flag *flag_by_name(const struct command *command, const char *name, size_t length) {
  for (size_t i = 0; i < command->flag_count; i++) {
    const struct flag *flag = &command->flags[i];
    if (is_named(flag->name, name, length) || is_named(flag->alias, name, length)) return flag;
  }
  return NULL;
}

static const struct flag *flag_by_letter(const struct command *command, char letter) {
  for (size_t i = 0; i < command->flag_count; i++)
    if (command->flags[i].letter == letter) return &command->flags[i];
  return NULL;
}

static void tell_unknown_flag(const struct command *command, const char *given) {
  char bare[64], near[200] = "";
  snprintf(bare, sizeof bare, "%.*s", (int)strcspn(given + 2, "="), given + 2);
  for (size_t i = 0; i < command->flag_count; i++)
    if (stance_is_near_name(bare, strlen(bare), command->flags[i].name))
      snprintf(near + strlen(near), sizeof near - strlen(near), "%s--%s", *near ? ", " : "", command->flags[i].name);
  if (*near) message_usage("unknown flag '%s'; near names: %s", given, near);
  else message_usage("unknown flag '%s'", given);
}

/* The words of a command line and the position in them. */
struct words {
  char **argv;
  int argc, at;
};

/* Sets a flag that needs a value: the value given by "=", else the flag's optional value, else the next word. */
static bool set_with_value(const struct flag *flag, void *options, const char *value, struct words *words) {
  if (!value) value = flag->optional;
  if (!value && words->at + 1 >= words->argc) {
    message_usage("--%s needs a value: %s", flag->name, flag->value);
    return false;
  }
  return flag_set(flag, options, value ? value : words->argv[++words->at]);
}

/* --name, --name VALUE, --name=VALUE */
static bool parse_long(const struct command *command, void *options, struct words *words) {
  const char *word = words->argv[words->at];
  size_t length = strcspn(word + 2, "=");
  const struct flag *flag = flag_by_name(command, word + 2, length);
  const char *value = word[2 + length] ? word + 3 + length : NULL;
  if (!flag) {
    tell_unknown_flag(command, word);
    return false;
  }
  if (flag->type != FLAG_BOOL) return set_with_value(flag, options, value, words);
  if (!value) return flag_set(flag, options, NULL);
  message_usage("--%s takes no value", flag->name);
  return false;
}

/* -a, -a VALUE, -aVALUE, and switches in front of it: -qa VALUE */
static enum flags_outcome parse_letters(const struct command *command, void *options, struct words *words) {
  const char *word = words->argv[words->at];
  for (const char *letter = word + 1; *letter; letter++) {
    const struct flag *flag = flag_by_letter(command, *letter);
    if (!flag && *letter == 'h') return FLAGS_HELP_SHORT;
    if (!flag && letter == word + 1) message_usage("unknown flag '%s'", word);
    else if (!flag) message_usage("unknown flag '-%c' in '%s'", *letter, word);
    if (!flag) return FLAGS_WRONG;
    if (flag->type != FLAG_BOOL)
      return set_with_value(flag, options, letter[1] ? letter + 1 : NULL, words) ? FLAGS_RUN : FLAGS_WRONG;
    flag_set(flag, options, NULL);
  }
  return FLAGS_RUN;
}

static enum flags_outcome check_count(const struct command *command, int count, char **argv) {
  if (count < command->min_arguments) message_usage("missing argument; expected %s", command->arguments);
  else if (command->max_arguments >= 0 && count > command->max_arguments)
    message_usage("unexpected argument '%s'", argv[command->max_arguments]);
  else return FLAGS_RUN;
  return FLAGS_WRONG;
}

enum flags_outcome flags_parse(const struct command *command, void *options, int *argc, char **argv) {
  struct words words = {.argv = argv, .argc = *argc};
  int kept = 0;
  bool is_over = false;
  for (; words.at < words.argc; words.at++) {
    char *word = argv[words.at];
    enum flags_outcome outcome = FLAGS_RUN;
    if (is_over || word[0] != '-' || !word[1]) argv[kept++] = word;
    else if (strcmp(word, "--") == 0) is_over = true;
    else if (strcmp(word, "--help") == 0) outcome = FLAGS_HELP;
    else if (word[1] != '-') outcome = parse_letters(command, options, &words);
    else if (!parse_long(command, options, &words)) outcome = FLAGS_WRONG;
    if (outcome != FLAGS_RUN) return outcome;
  }
  *argc = kept;
  return check_count(command, kept, argv);
}
