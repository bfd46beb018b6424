/* SPDX-License-Identifier: MIT
 * Options for reading other programs' label files, shared by 'annotate import' and 'convert'. */
#ifndef STANCE_CLI_READING_H
#define STANCE_CLI_READING_H

#include "annotate/format.h"
#include "command.h"

struct reading_options {
  struct flag_list map;
  const char *text_key;
  int actor_from; /* 0: the words, 1: the label */
};

extern const struct flag_choice actor_from_choices[];

#define READING_FLAGS(type, member)                                                                              \
  FLAG(FLAG_CHOICE, type, member.actor_from, "actor-from", 0, "WHAT",                                            \
       "a span's actor: of its words (gazetteer, else the words), or its label", .choices = actor_from_choices), \
      FLAG(FLAG_LIST, type, member.map, "map", 0, "OLD=NEW", "a label's name in the file, and what it is here",  \
           .unset = "none"),                                                                                     \
      FLAG(FLAG_STRING, type, member.text_key, "text-key", 0, "KEY", "where a JSON file has the text",           \
           .unset = "text, else the longest one")

/* Prints losses and guesses. what: the name of the file or format, or NULL. */
void reading_tell(const char *what, const struct annotate_losses *losses);

#endif
