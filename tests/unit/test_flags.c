/* SPDX-License-Identifier: MIT
 * The flag parser, and rules that the tables of all commands keep. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "cli/command_find.h"
#include "cli/commands.h"
#include "cli/flags.h"
#include "cli/help.h"

struct options {
  bool quiet, verbose;
  const char *output;
  long count;
  enum flag_when colour;
  long explain;
};

static const struct flag flags[] = {
    FLAG(FLAG_BOOL, struct options, quiet, "quiet", 'q', NULL, "no notes"),
    FLAG(FLAG_BOOL, struct options, verbose, "verbose", 'v', NULL, "more notes"),
    FLAG(FLAG_STRING, struct options, output, "output", 'o', "FILE", "where to", .unset = "standard output"),
    FLAG(FLAG_INTEGER, struct options, count, "count", 'n', "N", "how many", .min = 1, .max = 9),
    FLAG(FLAG_INTEGER, struct options, explain, "explain", 'e', "N", "say why", .min = 1, .max = 99, .optional = "10"),
    FLAG_COLOUR(struct options, colour),
};
static const struct options defaults = {.count = 3};
static const struct command command = {.name = "try",
                                       .arguments = "[FILE...]",
                                       .summary = "a trial",
                                       .flags = flags,
                                       .flag_count = sizeof flags / sizeof *flags,
                                       .options_size = sizeof(struct options),
                                       .defaults = &defaults,
                                       .max_arguments = 2};

static struct options got;
static int left;
static char *words[16];

/* Parses the words of a line; what is left over stands in words[0 .. left). */
static enum flags_outcome parse(const char *line) {
  static char copy[200];
  left = 0;
  got = defaults;
  snprintf(copy, sizeof copy, "%s", line);
  for (char *word = strtok(copy, " "); word; word = strtok(NULL, " ")) words[left++] = word;
  return flags_parse(&command, &got, &left, words);
}

Test(flags, letters_bundle) {
  cr_assert_eq(parse("-qo out a"), FLAGS_RUN);
  cr_assert(got.quiet);
  cr_assert_str_eq(got.output, "out");
  cr_assert_eq(left, 1);
  cr_assert_eq(parse("-qvoout -n5"), FLAGS_RUN);
  cr_assert(got.quiet && got.verbose && got.count == 5);
  cr_assert_str_eq(got.output, "out");
  cr_assert_eq(parse("-qx"), FLAGS_WRONG, "x is no flag");
  cr_assert_eq(parse("-qo"), FLAGS_WRONG, "-o has no value");
}

Test(flags, values_stand_behind_a_blank_or_an_equals_sign) {
  cr_assert_eq(parse("--count 4 --output=x"), FLAGS_RUN);
  cr_assert_eq(got.count, 4);
  cr_assert_str_eq(got.output, "x");
  cr_assert_eq(parse("--quiet=yes"), FLAGS_WRONG);
  cr_assert_eq(parse("--count 10"), FLAGS_WRONG, "at most 9");
  cr_assert_eq(parse("--count 1.5"), FLAGS_WRONG);
}

Test(flags, a_value_may_be_left_out_where_the_flag_can_stand_alone) {
  cr_assert_eq(parse("--explain a"), FLAGS_RUN);
  cr_assert_eq(got.explain, 10);
  cr_assert_eq(left, 1);
  cr_assert_eq(parse("--explain=7"), FLAGS_RUN);
  cr_assert_eq(got.explain, 7);
  cr_assert_eq(parse("-e8"), FLAGS_RUN);
  cr_assert_eq(got.explain, 8);
}

Test(flags, choices_become_enum_values_in_both_spellings) {
  cr_assert_eq(parse("--color=never"), FLAGS_RUN);
  cr_assert_eq(got.colour, WHEN_NEVER);
  cr_assert_eq(parse("--colour always"), FLAGS_RUN);
  cr_assert_eq(got.colour, WHEN_ALWAYS);
  cr_assert_eq(parse("--colour perhaps"), FLAGS_WRONG);
}

Test(flags, two_dashes_end_them) {
  cr_assert_eq(parse("-q -- -v"), FLAGS_RUN);
  cr_assert_not(got.verbose);
  cr_assert_str_eq(words[0], "-v");
  cr_assert_eq(parse("-"), FLAGS_RUN, "standard input is an argument");
  cr_assert_eq(parse("a b c"), FLAGS_WRONG, "at most two arguments");
}

Test(flags, help_is_short_or_long) {
  cr_assert_eq(parse("-h"), FLAGS_HELP_SHORT);
  cr_assert_eq(parse("-qh"), FLAGS_HELP_SHORT);
  cr_assert_eq(parse("a --help"), FLAGS_HELP);
}

Test(flags, remarks_come_from_the_table) {
  static const char *const expected[] = {
      "", "", "(default: standard output)", "(default: 3)", "(alone: 10)", "(auto|always|never; default: auto)"};
  for (size_t i = 0; i < command.flag_count; i++) {
    struct stance_buffer out = {0};
    flag_put_remarks(&flags[i], &defaults, &out);
    cr_assert_str_eq(out.length ? out.data : "", expected[i]);
    stance_buffer_free(&out);
  }
}

/* -n is how many: of what is listed (--top) or of what is drawn (--count). */
static bool is_one_meaning(const char *a, const char *b) {
  return strcmp(a, b) == 0 || (strcmp(a, "top") == 0 && strcmp(b, "count") == 0) ||
         (strcmp(a, "count") == 0 && strcmp(b, "top") == 0);
}

/* Over all commands a letter is one flag's, and a flag that has a letter has it everywhere. */
Test(flags, one_letter_has_one_meaning) {
  const char *name_of[256] = {0};
  for (size_t c = 0; commands[c]; c++)
    for (size_t f = 0; f < commands[c]->flag_count; f++) {
      const struct flag *flag = &commands[c]->flags[f];
      const char **name = &name_of[(unsigned char)flag->letter];
      if (!flag->letter) continue;
      if (!*name) *name = flag->name;
      cr_expect(is_one_meaning(flag->name, *name), "stance %s: -%c", commands[c]->name, flag->letter);
    }
  for (size_t c = 0; commands[c]; c++)
    for (size_t f = 0; f < commands[c]->flag_count; f++)
      for (int letter = 1; letter < 256; letter++)
        if (name_of[letter] && strcmp(name_of[letter], commands[c]->flags[f].name) == 0)
          cr_expect_eq(commands[c]->flags[f].letter, letter, "stance %s --%s lacks -%c", commands[c]->name,
                       name_of[letter], letter);
}

/* Defaults and choices are added to the help by the program: written by hand they would grow old. */
Test(flags, helps_leave_defaults_to_the_table) {
  for (size_t c = 0; commands[c]; c++)
    for (size_t f = 0; f < commands[c]->flag_count; f++) {
      const struct flag *flag = &commands[c]->flags[f];
      cr_expect_null(strstr(flag->help, "default:"), "stance %s --%s: use .unset or the options struct",
                     commands[c]->name, flag->name);
      cr_expect_eq((flag->type == FLAG_CHOICE), (flag->choices || flag->names), "stance %s --%s", commands[c]->name,
                   flag->name);
      cr_expect_eq((flag->type == FLAG_BOOL), flag->value == NULL, "stance %s --%s", commands[c]->name, flag->name);
    }
}

/* ---- commands ------------------------------------------------------------------------------------------ */

static const char *find(const char *first, const char *second, int *used) {
  char one[40], two[40], *argv[] = {one, two};
  snprintf(one, sizeof one, "%s", first);
  snprintf(two, sizeof two, "%s", second);
  const struct command *found = command_find(commands, *second ? 2 : 1, argv, used);
  return found ? found->name : "";
}

Test(commands, the_longest_name_wins) {
  int used;
  cr_assert_str_eq(find("annotate", "label", &used), "annotate label");
  cr_assert_eq(used, 2);
  cr_assert_str_eq(find("train", "x.jsonl", &used), "train");
  cr_assert_eq(used, 1);
  cr_assert_str_eq(find("annotate", "", &used), "");
}
