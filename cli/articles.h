/* SPDX-License-Identifier: MIT
 * What all commands but classify share that read articles: the articles of the inputs, one after the other. */
#ifndef STANCE_CLI_ARTICLES_H
#define STANCE_CLI_ARTICLES_H

#include "input/form.h"
#include "input_flags.h"
#include "stance/actors/gazetteer.h"

enum { ARTICLE_BYTES_MAX = 64 * 1024 * 1024 }; /* default of --max-bytes */

struct articles_reading {
  const struct input_flags *flags;
  bool takes_left_out; /* `each` sees articles too that are left out */
  void *context;
  /* Called with each article; *go_on false: stop. A status other than STANCE_OK and STANCE_SYSTEM is told, with the article's place. */
  enum stance_status (*each)(void *context, const struct input_item *item, const struct input_article *article,
                             bool *go_on, struct stance_error *error);
};

/* Reads the inputs in their order (none given: standard input); no two articles get one id, and repeated ones are left out; what cannot be read is reported and passed over, and makes the exit code
 * 2. *count (may be NULL): articles given to `each`. */
enum exit_code articles_each(const struct articles_reading *reading, int argc, char **argv, size_t *count);

struct articles_run {
  const struct input_flags *flags;
  const struct stance_gazetteer *gazetteer; /* NULL: no mentions are looked for */
  bool no_implicit, no_tokens /* nor mentions then */;
  void *context;
  /* Called with each article; false: stop. */
  bool (*each)(void *context, const struct stance_article *article, const struct stance_document *document);
};

/* The same, with each article taken apart. */
enum exit_code articles_read(const struct articles_run *run, int argc, char **argv);

#endif
