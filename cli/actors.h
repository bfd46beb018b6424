/* SPDX-License-Identifier: MIT
 * What the sub-commands of `stance actors` share. */
#ifndef STANCE_CLI_ACTORS_H
#define STANCE_CLI_ACTORS_H

#include "articles.h"

/* The gazetteer of --actors, or the shipped one. */
enum exit_code actors_open(const struct flag_list *files, struct stance_gazetteer **out);

#endif
