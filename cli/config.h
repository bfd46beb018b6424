/* SPDX-License-Identifier: MIT
 * The user's configuration file: $STANCE_CONFIG if set (empty: no file), else $XDG_CONFIG_HOME/stancekit/config, else
 * ~/.config/stancekit/config. Lines of KEY = VALUE:
 *
 *   model = ~/models/africa.model
 *   actors = ~/actors            # may be repeated; paths are relative to the file's folder
 *   colour = never               # auto, always, never
 *
 * Flags take precedence. Not thread-safe: it is read once before a command runs. */
#ifndef STANCE_CLI_CONFIG_H
#define STANCE_CLI_CONFIG_H

#include "command.h"

/* Reads the file, if there is one. Errors in it are printed with their line, and EXIT_BAD_INPUT is returned. */
enum exit_code config_read(void);
/* Each returns the file's setting; NULL or an empty list: not set. */
const char *config_model(void);
const struct flag_list *config_actors(void);
const char *config_path(void); /* the path of the file read; NULL: none */

#endif
