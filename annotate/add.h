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
  size_t renamed;                    /* articles whose id the project has with another text */
};

struct annotate_add_options {
  bool no_implicit; /* without mentions resolved from context */
  bool dyads_only;  /* without the sentences themselves */
};

struct annotate_adder;
/* Project and gazetteer must outlive the adder. The list is locked until it is closed. */
enum stance_status annotate_adder_open(const struct annotate_project *project, const struct stance_gazetteer *gazetteer,
                                       const struct annotate_add_options *options, struct annotate_adder **out,
                                       struct stance_error *error);
/* Makes the article's units. Of an article whose id is in the list with other sentences the units get an id of their own ("id~2"). own_id:
 * the id that it came with, where the run gave it another one; else NULL. */
enum stance_status annotate_adder_article(struct annotate_adder *adder, const struct stance_article *given,
                                          const char *own_id, struct stance_error *error);
/* Appends all that was made to the list, at once. */
enum stance_status annotate_adder_save(struct annotate_adder *adder, struct annotate_added *added,
                                       struct stance_error *error);
void annotate_adder_close(struct annotate_adder *adder); /* what was not saved is forgotten; NULL is fine */

/* Appends units made elsewhere (imports): records without labels; those already in the list are passed over. */
enum stance_status annotate_add_records(const struct annotate_project *project, const struct stance_record *records,
                                        size_t count, struct annotate_added *added, struct stance_error *error);
/* Appends the units of a sample (stance sample): a header line, then records without labels, in its order; they are shown without
 * suggestions. STANCE_INPUT where it is none, or of a head that the codebook lacks. */
enum stance_status annotate_add_sample(const struct annotate_project *project, const char *text, size_t length,
                                       const char *file, struct annotate_added *added, struct stance_error *error);
/* Does the text begin with a sample's header? */
bool annotate_is_sample(const char *text, size_t length);
/* Adds those of the files that are samples and takes them out of paths; the order of the others stays. */
enum stance_status annotate_add_samples(const struct annotate_project *project, char **paths, size_t *count,
                                        struct annotate_added *added, struct stance_error *error);

/* Appends one unit that an annotator (`by`) made, and reads what others appended meanwhile. *unit: its index. STANCE_INPUT where
 * another process is adding. Nobody else may use the list meanwhile. */
enum stance_status annotate_units_append(const struct annotate_project *project, struct annotate_units *units,
                                         const struct annotate_page *page, const char *by, uint32_t *unit,
                                         struct stance_error *error);

#endif
