/* SPDX-License-Identifier: MIT
 * A project folder of plain files. They suit git; annotators' work is merged by copying journals.
 *
 *   project.json       codebook, actors, annotators, overlap, order, seed, hidden checks
 *   codebook.json      the codebook, copied in when the project was made
 *   actors/NAME.json   the project's own gazetteers; without them the shipped ones apply
 *   units.jsonl        the units to label, in a fixed order; append-only
 *   labels/NAME.jsonl  a journal per annotator
 *   gold.jsonl         adjudicated labels */
#ifndef STANCE_ANNOTATE_PROJECT_H
#define STANCE_ANNOTATE_PROJECT_H

#include "stance/base/arena.h"
#include "stance/labels/codebook.h"
#include "stance/labels/record.h"
#include "stance/stance.h"

enum { ANNOTATE_NAME_MAX = 64 };

enum annotate_order {
  ANNOTATE_ORDER_OF_PROJECT, /* not said: the project's */
  ANNOTATE_ORDER_DOCUMENT,
  ANNOTATE_ORDER_RANDOM,
  ANNOTATE_ORDER_UNCERTAIN,
};
const char *annotate_order_name(enum annotate_order order); /* "document", ... */

/* How a unit's gold label follows from several annotators' labels: see settle.h. */
enum annotate_merge_kind {
  ANNOTATE_MERGE_OF_PROJECT, /* not said: the project's */
  ANNOTATE_MERGE_UNANIMITY,
  ANNOTATE_MERGE_MAJORITY,
  ANNOTATE_MERGE_THRESHOLD,
  ANNOTATE_MERGE_COMPETENCE,
};
struct annotate_merge_rule {
  enum annotate_merge_kind kind;
  double share; /* THRESHOLD: least share of the votes; COMPETENCE: least probability of the label */
};
const char *annotate_merge_name(enum annotate_merge_kind kind); /* "unanimity", ... */
/* The rule; a share of 0 is replaced by the default (threshold 2/3, competence 0.9). */
struct annotate_merge_rule annotate_merge_rule(enum annotate_merge_kind kind, double share);

struct annotate_project {
  const char *folder;
  const char *codebook_path;
  struct stance_codebook codebook;
  const char *edition; /* "VERSION@HASH": see edition.h */
  const char **actors; /* paths; count 0: the shipped gazetteers */
  size_t actor_count;
  uint64_t seed;
  enum annotate_order order;
  const char **annotators;
  size_t annotator_count;
  uint32_t overlap;              /* annotators per unit; 0: all, and anybody may join */
  double check_gold, check_self; /* shares of hidden checks, 0 .. 0.5 */
  /* Least share of 10 or more hidden gold checks that must be right, else the annotator is paused; 0: never. */
  double check_pass;
  struct annotate_merge_rule merge;
  uint32_t practice;    /* items of the training round before labelling; 0: none */
  double practice_pass; /* share of its answers that must be right */
};

/* Makes the folder and writes project.json, codebook.json and actors/. `codebook_path` and `actors` name the files to
 * copy. STANCE_INPUT: the folder already holds a project. */
enum stance_status annotate_project_create(const struct annotate_project *settings, struct stance_error *error);
/* Reads DIR/project.json and the codebook into the arena, which the project borrows. STANCE_INPUT: not a project, or an
 * invalid one. */
enum stance_status annotate_project_open(const char *folder, struct stance_arena *arena,
                                         struct annotate_project *project, struct stance_error *error);
/* folder/name, in the arena; NULL: out of memory. */
char *annotate_path(struct stance_arena *arena, const struct annotate_project *project, const char *name);
/* STANCE_INPUT unless the name can be a file name: 1..64 bytes of UTF-8 without slash, backslash, comma, space or
 * control characters (ASCII), not starting with '.' or '-'. */
enum stance_status annotate_name_check(const char *name, struct stance_error *error);
/* The names of the journals in the project's folder `part` ("labels"), without ending, sorted. */
enum stance_status annotate_journal_names(const struct annotate_project *project, const char *part,
                                          struct stance_arena *arena, const char ***names, size_t *count,
                                          struct stance_error *error);
/* The project's current labels, journal by journal, of all annotators (journal NULL) or of one. With is_raw, every
 * record, retracted or not. An incomplete last line, which somebody may be writing, is ignored. */
enum stance_status annotate_labels_read(const struct annotate_project *project, const char *journal, bool is_raw,
                                        struct stance_arena *arena, struct stance_record **records, size_t *count,
                                        struct stance_error *error);
/* Gold has one label for a unit, whoever decided it: keeps the current records as if all were one annotator's. Sets
 * each record's `line` to its number. */
enum stance_status annotate_gold_resolve(struct stance_record *records, size_t *count, struct stance_arena *arena,
                                         struct stance_error *error);
/* Reads gold.jsonl: the last record of each (unit, head), whoever made it. A missing file has no records. */
enum stance_status annotate_gold_read(const struct annotate_project *project, struct stance_arena *arena,
                                      struct stance_record **records, size_t *count, struct stance_error *error);
/* Reads every record of gold.jsonl, replaced or not. */
enum stance_status annotate_gold_lines(const struct annotate_project *project, struct stance_arena *arena,
                                       struct stance_record **records, size_t *count, struct stance_error *error);

#endif
