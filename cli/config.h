/* SPDX-License-Identifier: MIT
 * The user's defaults: $STANCE_CONFIG where it is set (empty: none), else $XDG_CONFIG_HOME/stancekit/config, else
 * ~/.config/stancekit/config. Lines of KEY = VALUE:
 *
 *   model = ~/models/africa.model
 *   actors = ~/actors            # may stand again; a path is as seen from the file's folder
 *   colour = never               # auto, always, never
 *
 * Flags go before. Thread-safety: read once, before a command runs. */
#ifndef STANCE_CLI_CONFIG_H
#define STANCE_CLI_CONFIG_H

#include "command.h"

/* Reads the file; one that is not there is none. What it gets wrong is told with its line, and is EXIT_BAD_INPUT. */
enum exit_code config_read(void);
/* Each: NULL, or a list of none, where the file does not say. */
const char *config_model(void);
const struct flag_list *config_actors(void);
const char *config_path(void); /* of the file that was read; NULL: none */

#endif
