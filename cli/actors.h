/* SPDX-License-Identifier: MIT
 * Functions shared by the sub-commands of `stance actors`. */
#ifndef STANCE_CLI_ACTORS_H
#define STANCE_CLI_ACTORS_H

#include "articles.h"

/* Opens the gazetteer of --actors, or the shipped one. An error is printed. */
enum exit_code actors_open(const struct flag_list *files, struct stance_gazetteer **out);

#endif
