/* SPDX-License-Identifier: MIT
 * Opens gazetteers for a command, and compiles the user's large ones once. */
#ifndef CLI_GAZETTEER_H
#define CLI_GAZETTEER_H

#include "command.h"

/* Like stance_gazetteer_open. For files of 256 KB and more that are not shipped, compiled tables are cached in
 * $XDG_CACHE_HOME/stancekit (~/.cache/stancekit), renewed when a file changes; at most eight are kept. If the folder
 * cannot be written, the files themselves are read. */
enum stance_status gazetteer_open(const char *const *given, size_t given_count, struct stance_gazetteer **out,
                                  struct stance_error *error);
/* The same with the files and folders of --actors; none: the configuration's, or the shipped ones. */
enum stance_status gazetteer_open_given(const struct flag_list *given, struct stance_gazetteer **out,
                                        struct stance_error *error);

#endif
