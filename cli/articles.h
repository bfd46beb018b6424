/* SPDX-License-Identifier: MIT
 * What `stance segment` and the sub-commands of `stance actors` share: each article of the inputs, taken apart. */
#ifndef STANCE_CLI_ARTICLES_H
#define STANCE_CLI_ARTICLES_H

#include "command.h"
#include "stance/actors/gazetteer.h"

struct articles_run {
  const struct stance_gazetteer *gazetteer; /* NULL: no mentions are looked for */
  bool no_implicit, no_tokens /* nor mentions then */;
  void *context;
  /* Called with each article; false: stop. */
  bool (*each)(void *context, const struct stance_article *article, const struct stance_document *document);
};

/* Reads the inputs in their order (none given: standard input); what cannot be read is reported and passed over. */
enum exit_code articles_read(const struct articles_run *run, int argc, char **argv);

#endif
