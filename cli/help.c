/* SPDX-License-Identifier: MIT */
#include "help.h"

#include <string.h>

#include "flags.h"

enum { HELP_WIDTH = 88, HELP_INDENT = 6 };

/* Prints text wrapped at HELP_WIDTH with the given indent; line breaks in the text are kept. */
static void print_wrapped(FILE *out, const char *text, int indent) {
  int column = 0;
  while (*text) {
    if (*text == '\n') {
      putc('\n', out);
      column = 0;
      text++;
      continue;
    }
    int length = (int)strcspn(text, " \n");
    if (column && column + 1 + length > HELP_WIDTH) {
      putc('\n', out);
      column = 0;
    }
    if (!column) {
      fprintf(out, "%*s", indent, "");
      column = indent;
    } else {
      putc(' ', out);
      column++;
    }
    fwrite(text, 1, (size_t)length, out);
    column += length;
    text += length;
    while (*text == ' ') text++;
  }
  putc('\n', out);
}

static void put_flag_head(const struct flag *flag, struct stance_buffer *out) {
  if (flag->letter) stance_buffer_printf(out, "-%c, ", flag->letter);
  stance_buffer_printf(out, "--%s", flag->name);
  if (flag->value) stance_buffer_printf(out, flag->optional ? "[=%s]" : " %s", flag->value);
}

/* The flag's help with its choices and default: "what is written (table|jsonl; default: table)". */
static void put_flag_help(const struct flag *flag, const void *defaults, struct stance_buffer *out) {
  struct stance_buffer remarks = {0};
  flag_put_remarks(flag, defaults, &remarks);
  stance_buffer_printf(out, "%s%s%s", flag->help, remarks.length ? " " : "", remarks.length ? remarks.data : "");
  stance_buffer_free(&remarks);
}

/* The newline that the text lacks at its end, else "". */
static const char *line_end(const char *text) {
  size_t length = strlen(text);
  return length && text[length - 1] == '\n' ? "" : "\n";
}

static void print_usage(FILE *out, const struct command *command) {
  fprintf(out, "stance %s: %s\n\nUsage: stance %s%s%s%s\n", command->name, command->summary, command->name,
          command->flag_count ? " [FLAGS]" : "", *command->arguments ? " " : "", command->arguments);
}

void help_print(FILE *out, const struct command *command) {
  struct stance_buffer text = {0};
  print_usage(out, command);
  if (command->description) {
    putc('\n', out);
    print_wrapped(out, command->description, 0);
  }
  if (command->flag_count) fputs("\nFlags:\n", out);
  for (size_t i = 0; i < command->flag_count; i++) {
    stance_buffer_clear(&text);
    put_flag_head(&command->flags[i], &text);
    if (!text.failed) fprintf(out, "  %s\n", text.data);
    stance_buffer_clear(&text);
    put_flag_help(&command->flags[i], command->defaults, &text);
    if (!text.failed) print_wrapped(out, text.data, HELP_INDENT);
  }
  stance_buffer_free(&text);
  if (command->examples) fprintf(out, "\nExamples:\n%s%s", command->examples, line_end(command->examples));
}

/* The length of the help's first clause: up to a parenthesis, colon or semicolon. */
static size_t clause_length(const char *help) {
  size_t length = strlen(help);
  static const char *const ends[] = {" (", ": ", "; "};
  for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
    const char *end = strstr(help, ends[i]);
    if (end && (size_t)(end - help) < length) length = (size_t)(end - help);
  }
  return length;
}

void help_print_short(FILE *out, const struct command *command) {
  struct stance_buffer head = {0};
  print_usage(out, command);
  if (command->flag_count) putc('\n', out);
  for (size_t i = 0; i < command->flag_count; i++) {
    const struct flag *flag = &command->flags[i];
    stance_buffer_clear(&head);
    put_flag_head(flag, &head);
    if (!head.failed) fprintf(out, "  %-24s %.*s\n", head.data, (int)clause_length(flag->help), flag->help);
  }
  stance_buffer_free(&head);
  fprintf(out, "\nMore: stance %s --help\n", command->name);
}

static const char exit_codes[] =
    "0 done; 1 done with a negative finding; 2 bad usage or bad input; 3 a system failure (disk, memory)";

void help_overview(FILE *out, const struct command *const *commands) {
  fputs(
      "stance: who is hostile or friendly to whom, sentence by sentence\n\nUsage: stance COMMAND [FLAGS] "
      "[ARGUMENTS]\n\n"
      "Commands:\n",
      out);
  for (size_t i = 0; commands[i]; i++) fprintf(out, "  %-20s %s\n", commands[i]->name, commands[i]->summary);
  fprintf(out,
          "\nstance COMMAND -h lists a command's flags, --help explains them. Results go to stdout, messages to "
          "stderr; '-' is stdin.\n"
          "Exit codes: %s.\n",
          exit_codes);
}

void help_names(FILE *out, const struct command *const *commands) {
  for (size_t i = 0; commands[i]; i++) fprintf(out, "%s\n", commands[i]->name);
}
