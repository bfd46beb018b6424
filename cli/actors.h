/* SPDX-License-Identifier: MIT
 * What the sub-commands of `stance actors` share: each article of the inputs, taken apart, with its mentions. */
#ifndef STANCE_CLI_ACTORS_H
#define STANCE_CLI_ACTORS_H

#include "command.h"
#include "stance/gazetteer.h"

struct actors_run {
  const struct stance_gazetteer *gazetteer;
  bool no_implicit;
  void *context;
  /* Called with each article; false: stop. */
  bool (*each)(void *context, const struct stance_article *article, const struct stance_document *document);
};

/* Reads the inputs in their order; what cannot be read is reported and passed over. */
enum exit_code actors_read(const struct actors_run *run, int argc, char **argv);
/* The gazetteer of --actors, or the shipped one. */
enum exit_code actors_open(const struct flag_list *files, struct stance_gazetteer **out);

#endif
