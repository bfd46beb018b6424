/* SPDX-License-Identifier: MIT
 * What 'annotate import' and 'convert' share: how other programs' label files are read. */
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

/* Says what was left out, and what was guessed; what: the file's or format's name, NULL: none. */
void reading_tell(const char *what, const struct annotate_losses *losses);

#endif
