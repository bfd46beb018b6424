/* SPDX-License-Identifier: MIT
 * Makes units of articles and appends them to units.jsonl: for every sentence its dyads (for heads of kind dyad), its
 * targets, and the sentence itself. Units that the list already has stay as they are. */
#ifndef STANCE_ANNOTATE_ADD_H
#define STANCE_ANNOTATE_ADD_H

#include "units.h"

#define ANNOTATE_SAMPLED "sampled" /* flag of a sampled unit: no suggestion is shown */

struct annotate_added {
  size_t articles, sentences, units; /* new ones */
  size_t known;                      /* units that were in the list already */
  size_t renamed;                    /* articles whose id another text of the project has */
};

struct annotate_add_options {
  bool no_implicit; /* without implicit mentions (resolved from context) */
  bool dyads_only;  /* without the sentences themselves */
};

struct annotate_adder;
/* Project and gazetteer must outlive the adder. The list is locked until the adder is closed. */
enum stance_status annotate_adder_open(const struct annotate_project *project, const struct stance_gazetteer *gazetteer,
                                       const struct annotate_add_options *options, struct annotate_adder **out,
                                       struct stance_error *error);
/* Makes the article's units. If the list has other sentences under the article's id, its units get another id ("id~2").
 * own_id: the id in the input file if the program replaced it, else NULL. */
enum stance_status annotate_adder_article(struct annotate_adder *adder, const struct stance_article *given,
                                          const char *own_id, struct stance_error *error);
/* Appends all units made so far to the list, in one write. */
enum stance_status annotate_adder_save(struct annotate_adder *adder, struct annotate_added *added,
                                       struct stance_error *error);
void annotate_adder_close(struct annotate_adder *adder); /* units that were not saved are dropped; NULL is allowed */

/* Appends units made elsewhere (imports): records without labels. Units that the list already has are skipped. */
enum stance_status annotate_add_records(const struct annotate_project *project, const struct stance_record *records,
                                        size_t count, struct annotate_added *added, struct stance_error *error);
/* Appends the units of a sample (`stance sample`), which is a header line and then records without labels, in its
 * order. They are shown without suggestions. STANCE_INPUT: not a sample, or a head that the codebook lacks. */
enum stance_status annotate_add_sample(const struct annotate_project *project, const char *text, size_t length,
                                       const char *file, struct annotate_added *added, struct stance_error *error);
/* Does the text begin with a sample's header? */
bool annotate_is_sample(const char *text, size_t length);
/* Appends the units of those files that are samples and removes these from paths; the others keep their order. */
enum stance_status annotate_add_samples(const struct annotate_project *project, char **paths, size_t *count,
                                        struct annotate_added *added, struct stance_error *error);

/* Appends one unit that the annotator `by` made, and reads units that other processes have appended since. *unit: its
 * index. STANCE_INPUT: another process is adding units. No other thread may use the list during the call. */
enum stance_status annotate_units_append(const struct annotate_project *project, struct annotate_units *units,
                                         const struct annotate_page *page, const char *by, uint32_t *unit,
                                         struct stance_error *error);

#endif
