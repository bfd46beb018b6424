/* SPDX-License-Identifier: MIT
 * The man pages, made of the commands' tables: stance(1), and one page a command (stance-annotate-label(1)), as man(7)
 * macros. */
#include <string.h>

#include "flags.h"
#include "help.h"

/* date of the last change of the pages' fixed text; the Makefile also uses it for stance-formats(5) */
static const char man_date[] = "2026-11-24";

enum { LINE_BYTES = 60 }; /* source lines end at the next space; mandoc -Tlint requires fewer than 80 */

/* One character; a dot or quote at the start of a line is escaped. */
static void put_char(FILE *out, char c, bool is_start) {
  if (is_start && (c == '.' || c == '\'')) fputs("\\&", out);
  if (c == '\\') fputs("\\e", out);
  else if (c == '-') fputs("\\-", out);
  else putc(c, out);
}

/* Text to be filled. Empty lines separate paragraphs; a space at the start of a line, which would break it, is left
 * out. */
static void print_troff(FILE *out, const char *text) {
  size_t column = 1; /* after the caller's text; 0: start of a line */
  for (; *text; text++) {
    if (!column && *text == ' ') continue;
    if (!column && *text == '\n') {
      fputs(".PP\n", out);
    } else if (*text == '\n' || (*text == ' ' && column > LINE_BYTES)) {
      putc('\n', out);
      column = 0;
    } else {
      put_char(out, *text, !column);
      column += *text == '-' || *text == '|' ? 3 : 1;
      if (*text != '|' && !(*text == ',' && text[1] == '"')) continue;
      fputs("\\:", out); /* lists of choices and JSON may be broken here */
      if (column <= LINE_BYTES) continue;
      fputs("\\c\n", out);
      column = 0;
    }
  }
}

/* Prints lines without their indent; long ones are continued after a backslash, as in shells. */
static void print_lines(FILE *out, const char *text) {
  fputs(".nf\n.RS 4\n", out);
  for (bool is_end = false; !is_end;) {
    text += strspn(text, " ");
    size_t column = 0;
    for (; *text && *text != '\n'; text++) {
      if (*text == ' ' && column > LINE_BYTES) {
        fputs(" \\e\n   ", out);
        column = 3;
      }
      put_char(out, *text, !column);
      column++;
    }
    putc('\n', out);
    is_end = !*text || !text[1];
    text += *text != '\0';
  }
  fputs(".RE\n.fi\n", out);
}

/* "stance-annotate-label" of "annotate label" */
static void page_name(const char *command, char name[64]) {
  snprintf(name, 64, "stance-%s", command);
  for (char *c = name; *c; c++)
    if (*c == ' ') *c = '-';
}

/* Lines are not adjusted: a list of values is one long word, and would tear its line apart. */
static void print_heading(FILE *out, const char *page, const char *summary) {
  fputs(".TH ", out);
  for (const char *c = page; *c; c++) putc(*c >= 'a' && *c <= 'z' ? *c - 'a' + 'A' : *c, out);
  fprintf(out, " 1 \"%s\" \"stancekit %s\" \"User Commands\"\n.ad l\n.SH NAME\n", man_date, STANCE_VERSION);
  print_troff(out, page);
  fputs(" \\-\n", out);
  print_troff(out, summary);
  putc('\n', out);
}

static const char exit_status[] =
    ".SH EXIT STATUS\n"
    ".TP\n.B 0\nDone.\n"
    ".TP\n.B 1\nDone, with a negative finding: articles that could not be read,\nerrors that a check found.\n"
    ".TP\n.B 2\nBad usage or bad input; nothing was written.\n"
    ".TP\n.B 3\nA failure of the system: disk, memory.\n"
    ".TP\n.B 141\nWho read the output went away.\n";

static void print_flag(FILE *out, const struct flag *flag, const void *defaults) {
  fputs(".TP\n", out);
  if (flag->letter) fprintf(out, "\\fB\\-%c\\fR, ", flag->letter);
  fputs("\\fB\\-\\-", out);
  print_troff(out, flag->name);
  fputs("\\fR", out);
  if (flag->value) {
    fputs(flag->optional ? "[=\\fI" : " \\fI", out);
    print_troff(out, flag->value);
    fputs(flag->optional ? "\\fR]" : "\\fR", out);
  }
  putc('\n', out);
  struct stance_buffer text = {0}, remarks = {0};
  flag_put_remarks(flag, defaults, &remarks);
  stance_buffer_printf(&text, "%s%s%s.", flag->help, remarks.length ? " " : "", remarks.length ? remarks.data : "");
  if (!text.failed) print_troff(out, text.data);
  putc('\n', out);
  stance_buffer_free(&remarks);
  stance_buffer_free(&text);
}

void help_man_command(FILE *out, const struct command *command) {
  char page[64];
  page_name(command->name, page);
  print_heading(out, page, command->summary);
  fputs(".SH SYNOPSIS\n.B stance ", out);
  print_troff(out, command->name);
  putc('\n', out);
  if (command->flag_count) fputs("[\\fIFLAGS\\fR]\n", out);
  if (*command->arguments) print_troff(out, command->arguments);
  if (*command->arguments) putc('\n', out);
  fputs(".SH DESCRIPTION\n", out);
  if (command->description) print_troff(out, command->description);
  else {
    putc(*command->summary - (*command->summary >= 'a' && *command->summary <= 'z' ? 'a' - 'A' : 0), out);
    print_troff(out, command->summary + 1);
    putc('.', out);
  }
  putc('\n', out);
  if (command->flag_count) fputs(".SH OPTIONS\n", out);
  for (size_t i = 0; i < command->flag_count; i++) print_flag(out, &command->flags[i], command->defaults);
  fputs(exit_status, out);
  if (command->examples) fputs(".SH EXAMPLES\n", out);
  if (command->examples) print_lines(out, command->examples);
  fputs(".SH SEE ALSO\n.BR stance (1),\n.BR stance\\-formats (5)\n", out);
}

static const char places[] =
    ".SH FILES\n"
    ".TP\n.I $XDG_CONFIG_HOME/stancekit/config\n"
    "Defaults of the user, one a line: \\fBmodel\\fR = \\fIFILE\\fR,\n"
    "\\fBactors\\fR = \\fIFILE OR FOLDER\\fR (may stand again),\n"
    "\\fBcolour\\fR = auto, always or never. A line that begins with # is a\n"
    "remark; ~/ is the home folder, and other paths are as seen from the\n"
    "file's folder. Flags of the command line go before. Without\n"
    "XDG_CONFIG_HOME the file is ~/.config/stancekit/config.\n"
    ".TP\n.I $XDG_CACHE_HOME/stancekit\n"
    "Compiled tables of large gazetteers that were given by \\-\\-actors; they\n"
    "may be removed at any time. Without XDG_CACHE_HOME: ~/.cache/stancekit.\n"
    ".TP\n.I PREFIX/share/stancekit\n"
    "What is shipped: default.model, actors and actors.compiled, codebooks,\n"
    "lexicon, vectors.\n"
    ".SH ENVIRONMENT\n"
    ".TP\n.B STANCE_DATA\nThe folder of the shipped data, instead of the places beside the\n"
    "program and PREFIX/share/stancekit.\n"
    ".TP\n.B STANCE_CONFIG\nThe file of the user's defaults; empty: none is read.\n"
    ".TP\n.B XDG_CONFIG_HOME, XDG_CACHE_HOME\nThe folders of configuration files and of what can be made again.\n"
    ".TP\n.B NO_COLOR\nNot empty: no colour, whatever the terminal, unless a flag asks for it.\n"
    ".TP\n.B TERM, COLORTERM\nWhether the terminal has colours, and how many.\n"
    ".TP\n.B SOURCE_DATE_EPOCH\nThe time that outputs name as their own (\\-\\-provenance, pages).\n";

void help_man(FILE *out, const struct command *const *commands) {
  char page[64];
  print_heading(out, "stance", "who is hostile or friendly to whom, sentence by sentence");
  fputs(
      ".SH SYNOPSIS\n.B stance\n\\fICOMMAND\\fR [\\fIFLAGS\\fR] [\\fIARGUMENTS\\fR]\n"
      ".br\n.B stance\n\\fICOMMAND\\fR \\fB\\-\\-help\\fR\n"
      ".SH DESCRIPTION\n"
      "Stancekit reads news articles, finds the actors that are spoken of,\n"
      "and says how one stands towards another: Mali \\-> France: hostile.\n"
      "It labels (annotate), trains and evaluates, scores (classify), counts\n"
      "(report) and corrects counts by a sample (sample, estimate). Results go\n"
      "to standard output, messages to standard error; a file name \\- is\n"
      "standard input.\n"
      ".SH COMMANDS\n",
      out);
  for (size_t i = 0; commands[i]; i++) {
    page_name(commands[i]->name, page);
    fputs(".TP\n.BR ", out);
    print_troff(out, page);
    fputs(" (1)\n", out);
    print_troff(out, commands[i]->summary);
    fputs(".\n", out);
  }
  fputs(
      ".SH OPTIONS\n"
      ".TP\n\\fB\\-h\\fR\nThe flags of a command, a line each; without a command, the commands.\n"
      ".TP\n\\fB\\-\\-help\\fR\nAll that there is to say about a command.\n"
      ".TP\n\\fB\\-\\-version\\fR\nThe version.\n"
      ".TP\n\\fB\\-\\-help=bash\\fR, \\fB\\-\\-help=zsh\\fR, \\fB\\-\\-help=fish\\fR\nThe completions of these "
      "shells.\n"
      ".TP\n\\fB\\-\\-help=man\\fR [\\fICOMMAND\\fR]\nThis page, or a command's.\n",
      out);
  fputs(exit_status, out);
  fputs(places, out);
  fputs(".SH SEE ALSO\n", out);
  for (size_t i = 0; commands[i]; i++) {
    page_name(commands[i]->name, page);
    fputs(".BR ", out);
    print_troff(out, page);
    fputs(" (1),\n", out);
  }
  fputs(".BR stance\\-formats (5)\n", out);
}
