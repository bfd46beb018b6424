/* SPDX-License-Identifier: MIT
 * Opening gazetteers for a command; large ones of the user's own are compiled once. */
#ifndef CLI_GAZETTEER_H
#define CLI_GAZETTEER_H

#include "stance/stance.h"

/* stance_gazetteer_open. Files of 256 KB and more that are not the shipped ones are taken from their compiled tables in
 * $XDG_CACHE_HOME/stancekit (~/.cache/stancekit), which are made the first time and whenever a file changed; at most eight are kept. Where
 * the folder cannot be written, the files are read as they are. */
enum stance_status gazetteer_open(const char *const *paths, size_t count, struct stance_gazetteer **out,
                                  struct stance_error *error);

#endif
