/* SPDX-License-Identifier: MIT
 * Writes the completions of the shells. bash and zsh get the same function, which zsh runs by bashcompinit. */
#include "complete.h"

#include <string.h>

#include "flags.h"

/* The choices of a flag's value, separated by spaces; "" if it has none. */
static void put_choices(const struct flag *flag, struct stance_buffer *out) {
  if (flag->type != FLAG_CHOICE) return;
  flag_put_choices(flag, out);
  for (size_t i = 0; i < out->length; i++)
    if (out->data[i] == '|') out->data[i] = ' ';
}

/* The first words of commands, each once: "annotate actors classify". */
static void put_first_words(FILE *out, const struct command *const *commands) {
  for (size_t i = 0; commands[i]; i++) {
    size_t length = strcspn(commands[i]->name, " ");
    bool is_seen = false;
    for (size_t j = 0; j < i && !is_seen; j++)
      is_seen = strncmp(commands[j]->name, commands[i]->name, length) == 0 &&
                (commands[j]->name[length] == ' ' || !commands[j]->name[length]);
    if (!is_seen) fprintf(out, "%s%.*s", i ? " " : "", (int)length, commands[i]->name);
  }
}

/* ---- bash ---------------------------------------------------------------------------------------------------- */

static void put_bash_command(FILE *out, const struct command *command) {
  fprintf(out, "    '%s')\n      flags='", command->name);
  for (size_t i = 0; i < command->flag_count; i++) {
    const struct flag *flag = &command->flags[i];
    if (flag->letter) fprintf(out, "-%c ", flag->letter);
    fprintf(out, "--%s%s ", flag->name, flag->optional ? "=" : "");
  }
  fputs("-h --help'\n      case $flag in\n", out);
  for (size_t i = 0; i < command->flag_count; i++) {
    const struct flag *flag = &command->flags[i];
    struct stance_buffer words = {0};
    put_choices(flag, &words);
    if (flag->value && !flag->optional) { /* the last pattern is for flags with a file or free text */
      fputs("        ", out);
      if (flag->letter) fprintf(out, "-%c | ", flag->letter);
      fprintf(out, "--%s) is_value=1 words='%s' ;;\n", flag->name, words.length ? words.data : "");
    }
    stance_buffer_free(&words);
  }
  fputs("      esac\n      ;;\n", out);
}

static void put_second_words(FILE *out, const struct command *const *commands) {
  for (size_t i = 0; commands[i]; i++) {
    size_t length = strcspn(commands[i]->name, " ");
    if (!commands[i]->name[length]) continue;
    if (i && strncmp(commands[i - 1]->name, commands[i]->name, length + 1) == 0) continue;
    fprintf(out, "    %.*s) seconds='", (int)length, commands[i]->name);
    for (size_t j = i; commands[j] && strncmp(commands[j]->name, commands[i]->name, length + 1) == 0; j++)
      fprintf(out, "%s%s", j > i ? " " : "", commands[j]->name + length + 1);
    fputs("' ;;\n", out);
  }
}

/* bash splits words at "=": "--format=c" is three words there, one in zsh. */
static const char bash_start[] =
    "_stance_words() {\n"
    "  local current=${COMP_WORDS[COMP_CWORD]} flag=${COMP_WORDS[COMP_CWORD-1]} command=${COMP_WORDS[1]} seconds='' "
    "flags='' words='' is_value='' before=''\n"
    "  local first=2\n"
    "  COMPREPLY=()\n"
    "  if [ \"${current#--*=}\" != \"$current\" ]; then flag=${current%%=*} before=$flag= current=${current#*=}\n"
    "  elif [ \"$current\" = = ]; then current=''\n"
    "  elif [ \"$flag\" = = ] && [ \"$COMP_CWORD\" -gt 1 ]; then flag=${COMP_WORDS[COMP_CWORD-2]}; fi\n";

static const char bash_end[] =
    "    *) return ;;\n"
    "  esac\n"
    "  if [ -n \"$is_value\" ]; then\n"
    "    if [ -n \"$words\" ]; then COMPREPLY=($(compgen -P \"$before\" -W \"$words\" -- \"$current\"))\n"
    "    else COMPREPLY=($(compgen -P \"$before\" -f -- \"$current\")); fi\n"
    "  elif [ \"${current#-}\" != \"$current\" ]; then\n"
    "    COMPREPLY=($(compgen -W \"$flags\" -- \"$current\"))\n"
    "    if [ \"${#COMPREPLY[@]}\" -eq 1 ] && [ \"${COMPREPLY[0]%=}\" != \"${COMPREPLY[0]}\" ]; then\n"
    "      compopt -o nospace 2>/dev/null\n"
    "    fi\n"
    "  else\n"
    "    COMPREPLY=($(compgen -f -- \"$current\"))\n"
    "  fi\n"
    "}\n"
    "complete -o filenames -o bashdefault -F _stance_words stance\n";

void complete_bash(FILE *out, const struct command *const *commands) {
  fprintf(out, "# bash completion of stance %s\n%s", STANCE_VERSION, bash_start);
  fputs("  if [ \"$COMP_CWORD\" -eq 1 ]; then\n    COMPREPLY=($(compgen -W '", out);
  put_first_words(out, commands);
  fputs(" --help --version' -- \"$current\"))\n    return\n  fi\n  case $command in\n", out);
  put_second_words(out, commands);
  fputs(
      "  esac\n"
      "  if [ -n \"$seconds\" ]; then\n"
      "    if [ \"$COMP_CWORD\" -eq 2 ]; then\n"
      "      COMPREPLY=($(compgen -W \"$seconds\" -- \"$current\"))\n      return\n    fi\n"
      "    command=\"$command ${COMP_WORDS[2]}\"\n"
      "  fi\n"
      "  case $command in\n",
      out);
  for (size_t i = 0; commands[i]; i++) put_bash_command(out, commands[i]);
  fputs(bash_end, out);
}

/* ---- zsh ----------------------------------------------------------------------------------------------------- */

void complete_zsh(FILE *out, const struct command *const *commands) {
  fprintf(out,
          "#compdef stance\n# zsh completion of stance %s, by bash's\nautoload -U +X bashcompinit && bashcompinit\n",
          STANCE_VERSION);
  complete_bash(out, commands);
  fputs("_bash_complete -o filenames -F _stance_words\n", out); /* the first completion loads this file */
}

/* ---- fish ---------------------------------------------------------------------------------------------------- */

/* In single quotes; cut at the first clause. */
static void put_fish_text(FILE *out, const char *text) {
  putc('\'', out);
  for (const char *c = text; *c && strncmp(c, "; ", 2) != 0 && strncmp(c, ": ", 2) != 0 && strncmp(c, " (", 2) != 0;
       c++) {
    if (*c == '\'' || *c == '\\') putc('\\', out);
    putc(*c, out);
  }
  putc('\'', out);
}

/* The condition under which a command's words are completed. */
static void put_fish_seen(FILE *out, const char *name) {
  size_t length = strcspn(name, " ");
  fprintf(out, "-n '__fish_seen_subcommand_from %.*s", (int)length, name);
  if (name[length]) fprintf(out, "; and __fish_seen_subcommand_from %s", name + length + 1);
  fputs("'", out);
}

void complete_fish(FILE *out, const struct command *const *commands) {
  fprintf(out, "# fish completion of stance %s\n", STANCE_VERSION);
  fputs("complete -c stance -n __fish_use_subcommand -f -a '", out);
  put_first_words(out, commands);
  fputs("'\n", out);
  for (size_t i = 0; commands[i]; i++) {
    const char *name = commands[i]->name, *second = strchr(name, ' ');
    if (second) {
      fprintf(out,
              "complete -c stance -n '__fish_seen_subcommand_from %.*s; and test (count (commandline -opc)) -eq 2' -f "
              "-a %s -d ",
              (int)(second - name), name, second + 1);
      put_fish_text(out, commands[i]->summary);
      putc('\n', out);
    }
    for (size_t j = 0; j < commands[i]->flag_count; j++) {
      const struct flag *flag = &commands[i]->flags[j];
      struct stance_buffer words = {0};
      put_choices(flag, &words);
      fputs("complete -c stance ", out);
      put_fish_seen(out, name);
      fprintf(out, " -l %s", flag->name);
      if (flag->letter) fprintf(out, " -s %c", flag->letter);
      if (flag->value && !flag->optional) fputs(words.length ? " -x" : " -r", out);
      if (words.length) fprintf(out, " -a '%s'", words.data);
      fputs(" -d ", out);
      put_fish_text(out, flag->help);
      putc('\n', out);
      stance_buffer_free(&words);
    }
  }
}
