/* SPDX-License-Identifier: MIT
 * Reading other programs' label files: choices of flags, and messages. */
#include "reading.h"

const struct flag_choice actor_from_choices[] = {{"text", 0}, {"label", 1}, {0}};

void reading_tell(const char *what, const struct annotate_losses *losses) {
  for (size_t i = 0; i < losses->count; i++) {
    const char *verb = losses->items[i].is_told ? "guessed or made" : "left out";
    if (what) message_warning("%s: %s: %zu x %s", what, verb, losses->items[i].count, losses->items[i].what);
    else message_warning("%s: %zu x %s", verb, losses->items[i].count, losses->items[i].what);
  }
}
