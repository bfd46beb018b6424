/* SPDX-License-Identifier: MIT
 * Reads the articles of the inputs one by one, for all commands except classify. */
#ifndef STANCE_CLI_ARTICLES_H
#define STANCE_CLI_ARTICLES_H

#include "input/form.h"
#include "input_flags.h"
#include "stance/actors/gazetteer.h"

enum { ARTICLE_BYTES_MAX = 64 * 1024 * 1024 }; /* default of --max-bytes */

struct articles_reading {
  const struct input_flags *flags;
  bool takes_left_out; /* `each` is also called with articles that are left out */
  void *context;
  /* Called with each article; *go_on false: stop. A status other than STANCE_OK and STANCE_SYSTEM is printed with the
   * article's position. */
  enum stance_status (*each)(void *context, const struct input_item *item, const struct input_article *article,
                             bool *go_on, struct stance_error *error);
};

/* Reads the inputs in their order (none: standard input). Ids are made unique, and repeated articles are left out.
 * Unreadable items are reported and skipped, and the exit code is then 2. *count (may be NULL): calls of `each`. */
enum exit_code articles_each(const struct articles_reading *reading, int argc, char **argv, size_t *count);

struct articles_run {
  const struct input_flags *flags;
  const struct stance_gazetteer *gazetteer; /* NULL: mentions are not found */
  bool no_implicit, no_tokens /* then no mentions either */;
  void *context;
  /* Called with each article; false: stop. */
  bool (*each)(void *context, const struct stance_article *article, const struct stance_document *document);
};

/* The same, with each article's sentences, tokens and mentions. */
enum exit_code articles_read(const struct articles_run *run, int argc, char **argv);

#endif
