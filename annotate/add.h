/* SPDX-License-Identifier: MIT
 * Units from articles, appended to units.jsonl: for every sentence its dyads (heads of kind dyad), its targets and itself.
 * What is in the list already stays as it is. */
#ifndef STANCE_ANNOTATE_ADD_H
#define STANCE_ANNOTATE_ADD_H

#include "units.h"

struct annotate_added {
  size_t articles, sentences, units; /* new ones */
  size_t known;                      /* units that were in the list already */
  size_t repaired;                   /* bytes that were not UTF-8 */
};

struct annotate_add_options {
  bool no_implicit;      /* without mentions resolved from context */
  bool dyads_only;       /* without the sentences themselves */
};

/* Reads .txt files, .jsonl files of articles, and folders of them. All or nothing: the list is appended to once at the end. */
enum stance_status annotate_add(const struct annotate_project *project, const struct stance_gazetteer *gazetteer,
                                const struct annotate_add_options *options, char *const *paths, size_t path_count,
                                struct annotate_added *added, struct stance_error *error);
/* Appends units made elsewhere (imports): records without labels; those already in the list are passed over. */
enum stance_status annotate_add_records(const struct annotate_project *project, const struct stance_record *records,
                                        size_t count, struct annotate_added *added, struct stance_error *error);

#endif
