/* SPDX-License-Identifier: MIT
 * --help and the man page, from the commands' tables. */
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

static void print_flag_head(FILE *out, const struct flag *flag) {
  if (flag->letter) fprintf(out, "-%c, ", flag->letter);
  fprintf(out, "--%s", flag->name);
  if (flag->value) fprintf(out, flag->optional ? "[=%s]" : " %s", flag->value);
}

static void print_flag_help(FILE *out, const struct flag *flag, int indent) {
  struct stance_buffer text = {0};
  stance_buffer_puts(&text, flag->help);
  if (flag->choices) stance_buffer_printf(&text, " (%s)", flag->choices);
  if (flag->type == FLAG_LIST) stance_buffer_puts(&text, "; may be given again");
  if (text.data && !text.failed) print_wrapped(out, text.data, indent);
  stance_buffer_free(&text);
}

/* What ends a text that may lack the end of its last line. */
static const char *line_end(const char *text) {
  size_t length = strlen(text);
  return length && text[length - 1] == '\n' ? "" : "\n";
}

void help_print(FILE *out, const struct command *command) {
  fprintf(out, "stance %s: %s\n\nUsage: stance %s%s%s%s\n", command->name, command->summary, command->name,
          command->flag_count ? " [FLAGS]" : "", *command->arguments ? " " : "", command->arguments);
  if (command->description) {
    putc('\n', out);
    print_wrapped(out, command->description, 0);
  }
  if (command->flag_count) fputs("\nFlags:\n", out);
  for (size_t i = 0; i < command->flag_count; i++) {
    fputs("  ", out);
    print_flag_head(out, &command->flags[i]);
    putc('\n', out);
    print_flag_help(out, &command->flags[i], HELP_INDENT);
  }
  if (command->examples) fprintf(out, "\nExamples:\n%s%s", command->examples, line_end(command->examples));
}

static const char exit_codes[] =
    "0 done; 1 done with a negative finding; 2 bad usage or bad input; 3 a system failure (disk, memory)";

void help_overview(FILE *out) {
  fputs("stance: who is hostile or friendly to whom, sentence by sentence\n\nUsage: stance COMMAND [FLAGS] [ARGUMENTS]\n\n"
        "Commands:\n", out);
  for (size_t i = 0; commands[i]; i++) fprintf(out, "  %-20s %s\n", commands[i]->name, commands[i]->summary);
  fprintf(out, "\nstance COMMAND --help tells a command's flags. Results go to stdout, messages to stderr; '-' is stdin.\n"
               "Exit codes: %s.\n", exit_codes);
}

/* Text for troff: backslashes, hyphens and leading dots escaped. */
static void print_troff(FILE *out, const char *text) {
  bool is_start = true;
  for (; *text; text++) {
    if (is_start && (*text == '.' || *text == '\'')) fputs("\\&", out);
    if (*text == '\\') fputs("\\e", out);
    else if (*text == '-') fputs("\\-", out);
    else putc(*text, out);
    is_start = *text == '\n';
  }
}

void help_man(FILE *out) {
  fprintf(out, ".TH STANCE 1 \"\" \"stancekit %s\" \"User Commands\"\n.SH NAME\nstance \\- who is hostile or friendly to whom, "
               "sentence by sentence\n.SH SYNOPSIS\n.B stance\nCOMMAND [FLAGS] [ARGUMENTS]\n.SH COMMANDS\n", STANCE_VERSION);
  for (size_t i = 0; commands[i]; i++) {
    const struct command *command = commands[i];
    fputs(".SS \"stance ", out);
    print_troff(out, command->name);
    if (*command->arguments) putc(' ', out);
    print_troff(out, command->arguments);
    fputs("\"\n", out);
    print_troff(out, command->summary);
    fputs(".\n", out);
    if (command->description) {
      fputs(".PP\n", out);
      print_troff(out, command->description);
      putc('\n', out);
    }
    for (size_t j = 0; j < command->flag_count; j++) {
      const struct flag *flag = &command->flags[j];
      fputs(".TP\n.B ", out);
      if (flag->letter) fprintf(out, "\\-%c, ", flag->letter);
      fputs("\\-\\-", out);
      print_troff(out, flag->name);
      if (flag->value) fprintf(out, flag->optional ? "[=%s]" : " %s", flag->value);
      putc('\n', out);
      print_troff(out, flag->help);
      if (flag->choices) fprintf(out, " (%s)", flag->choices);
      if (flag->type == FLAG_LIST) fputs("; may be given again", out);
      fputs(".\n", out);
    }
    if (command->examples) {
      fputs(".PP\nExamples:\n.PP\n.nf\n", out);
      print_troff(out, command->examples);
      fprintf(out, "%s.fi\n", line_end(command->examples));
    }
  }
  fprintf(out, ".SH EXIT STATUS\n%s.\n", exit_codes);
  fputs(".SH ENVIRONMENT\n.TP\n.B STANCE_DATA\nThe folder of the default model, gazetteers and codebooks.\n"
        ".TP\n.B NO_COLOR\nNo colour, whatever the terminal.\n", out);
}
