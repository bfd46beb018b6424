/* SPDX-License-Identifier: MIT
 * Units from articles, appended to units.jsonl: for every sentence its dyads (heads of kind dyad), its targets and itself.
 * What is in the list already stays as it is. */
#ifndef STANCE_ANNOTATE_ADD_H
#define STANCE_ANNOTATE_ADD_H

#include "units.h"

#define ANNOTATE_SAMPLED "sampled" /* flag of a unit that was drawn with a known chance: no suggestions there */

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
/* Appends the units of a sample (stance sample): a header line, then records without labels, in its order; they are shown without
 * suggestions. STANCE_INPUT where it is none, or of a head that the codebook lacks. */
enum stance_status annotate_add_sample(const struct annotate_project *project, const char *text, size_t length, const char *file,
                                       struct annotate_added *added, struct stance_error *error);
/* Does the text begin with a sample's header? */
bool annotate_is_sample(const char *text, size_t length);
/* Adds those of the files that are samples and takes them out of paths; the order of the others stays. */
enum stance_status annotate_add_samples(const struct annotate_project *project, char **paths, size_t *count, struct annotate_added *added,
                                        struct stance_error *error);

#endif
