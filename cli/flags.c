/* SPDX-License-Identifier: MIT */
#include "flags.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "stance/base/near.h"

static void *member(void *options, const struct flag *flag) { return (char *)options + flag->offset; }

static bool is_choice(const char *choices, const char *value) {
  size_t length = strlen(value);
  for (const char *at = choices; *at;) {
    size_t span = strcspn(at, "|");
    if (span == length && memcmp(at, value, length) == 0) return true;
    at += span + (at[span] == '|');
  }
  return false;
}

static bool parse_number(const struct flag *flag, const char *text, double *out) {
  char *end;
  errno = 0;
  *out = strtod(text, &end); /* LC_NUMERIC is "C": main sets LC_CTYPE alone */
  bool is_whole = flag->type != FLAG_INTEGER || (*out == floor(*out) && fabs(*out) < 9e15);
  bool is_inside = (flag->min == 0 && flag->max == 0) || (*out >= flag->min && *out <= flag->max);
  if (end != text && !*end && !errno && isfinite(*out) && is_whole && is_inside) return true;
  const char *kind = flag->type == FLAG_INTEGER ? "a whole number" : "a number";
  if (flag->min == 0 && flag->max == 0)
    report_usage("--%s: '%s' is not %s", flag->name, text, kind);
  else
    report_usage("--%s: '%s' is not %s from %g to %g", flag->name, text, kind, flag->min, flag->max);
  return false;
}

static bool set_value(const struct flag *flag, void *options, const char *text) {
  double number;
  switch (flag->type) {
    case FLAG_BOOL: *(bool *)member(options, flag) = true; return true;
    case FLAG_STRING: *(const char **)member(options, flag) = text; return true;
    case FLAG_CHOICE:
      if (!is_choice(flag->choices, text)) {
        report_usage("--%s: unknown value '%s'; expected %s", flag->name, text, flag->choices);
        return false;
      }
      *(const char **)member(options, flag) = text;
      return true;
    case FLAG_INTEGER:
      if (!parse_number(flag, text, &number)) return false;
      *(long *)member(options, flag) = (long)number;
      return true;
    case FLAG_NUMBER:
      if (!parse_number(flag, text, &number)) return false;
      *(double *)member(options, flag) = number;
      return true;
    case FLAG_LIST: {
      struct flag_list *list = member(options, flag);
      if (list->count == FLAG_LIST_MAX) {
        report_usage("--%s: given more than %d times", flag->name, FLAG_LIST_MAX);
        return false;
      }
      list->items[list->count++] = text;
      return true;
    }
  }
  return false;
}

static const struct flag *flag_by_name(const struct command *command, const char *name, size_t length) {
  for (size_t i = 0; i < command->flag_count; i++)
    if (strlen(command->flags[i].name) == length && memcmp(command->flags[i].name, name, length) == 0)
      return &command->flags[i];
  return NULL;
}

static const struct flag *flag_by_letter(const struct command *command, char letter) {
  for (size_t i = 0; i < command->flag_count; i++)
    if (command->flags[i].letter == letter) return &command->flags[i];
  return NULL;
}

static void report_unknown_flag(const struct command *command, const char *given) {
  char bare[64], near[200] = "";
  snprintf(bare, sizeof bare, "%.*s", (int)strcspn(given + 2, "="), given + 2);
  for (size_t i = 0; i < command->flag_count; i++)
    if (stance_is_near_name(bare, strlen(bare), command->flags[i].name))
      snprintf(near + strlen(near), sizeof near - strlen(near), "%s--%s", *near ? ", " : "", command->flags[i].name);
  if (*near)
    report_usage("unknown flag '%s'; near names: %s", given, near);
  else
    report_usage("unknown flag '%s'", given);
}

/* One flag at argv[*at]; *at is left on the last word it took. */
static bool parse_flag(const struct command *command, void *options, int argc, char **argv, int *at) {
  const char *word = argv[*at], *value = NULL;
  const struct flag *flag;
  if (word[1] == '-') {
    size_t length = strcspn(word + 2, "=");
    flag = flag_by_name(command, word + 2, length);
    if (flag && word[2 + length]) value = word + 3 + length;
  } else {
    flag = flag_by_letter(command, word[1]);
    if (flag && word[2]) value = word + 2;
  }
  if (!flag && word[1] == '-') {
    report_unknown_flag(command, word);
    return false;
  }
  if (!flag) {
    report_usage("unknown flag '%s'", word);
    return false;
  }
  if (flag->type == FLAG_BOOL && value) {
    report_usage("--%s takes no value", flag->name);
    return false;
  }
  if (!value && flag->optional) value = flag->optional;
  if (flag->type != FLAG_BOOL && !value) {
    if (*at + 1 >= argc) {
      report_usage("--%s needs a value: %s", flag->name, flag->value);
      return false;
    }
    value = argv[++*at];
  }
  return set_value(flag, options, value);
}

enum flags_outcome flags_parse(const struct command *command, void *options, int *argc, char **argv) {
  int kept = 0;
  bool is_over = false;
  for (int i = 0; i < *argc; i++) {
    char *word = argv[i];
    if (is_over || word[0] != '-' || !word[1]) {
      argv[kept++] = word;
    } else if (strcmp(word, "--") == 0) {
      is_over = true;
    } else if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0) {
      help_print(stdout, command);
      return FLAGS_HELP;
    } else if (!parse_flag(command, options, *argc, argv, &i)) {
      return FLAGS_WRONG;
    }
  }
  *argc = kept;
  if (kept < command->min_arguments) {
    report_usage("missing argument; expected %s", command->arguments);
    return FLAGS_WRONG;
  }
  if (command->max_arguments >= 0 && kept > command->max_arguments) {
    report_usage("unexpected argument '%s'", argv[command->max_arguments]);
    return FLAGS_WRONG;
  }
  return FLAGS_RUN;
}

enum exit_code flags_unknown_command(int argc, char **argv) {
  char given[100], near[300] = "";
  bool is_group = false; /* "annotate" alone, or with a wrong second word */
  size_t length = strlen(argv[0]);
  for (size_t i = 0; commands[i]; i++)
    if (strncmp(commands[i]->name, argv[0], length) == 0 && commands[i]->name[length] == ' ') is_group = true;
  if (is_group && argc > 1 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)) {
    for (size_t i = 0; commands[i]; i++)
      if (strncmp(commands[i]->name, argv[0], length) == 0)
        printf("stance %s %s\n    %s\n", commands[i]->name, commands[i]->arguments, commands[i]->summary);
    return EXIT_DONE;
  }
  snprintf(given, sizeof given, "%.40s%s%.40s", argv[0], is_group && argc > 1 ? " " : "",
           is_group && argc > 1 ? argv[1] : "");
  for (size_t i = 0; commands[i]; i++) {
    bool is_listed = is_group ? strncmp(commands[i]->name, argv[0], length) == 0 : stance_is_near_name(given, strlen(given), commands[i]->name);
    if (is_listed && strlen(near) + strlen(commands[i]->name) + 3 < sizeof near)
      snprintf(near + strlen(near), sizeof near - strlen(near), "%s%s", *near ? ", " : "", commands[i]->name);
  }
  if (is_group && argc < 2) return report_usage("'%s' needs a sub-command: %s", given, near);
  if (*near) return report_usage("unknown command '%s'; near names: %s", given, near);
  return report_usage("unknown command '%s'", given);
}
