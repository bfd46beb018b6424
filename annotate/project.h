/* SPDX-License-Identifier: MIT
 * A project folder: plain files, made for git, merged by copying journals.
 *
 *   project.json       codebook, actors, annotators, overlap, order, seed, hidden checks
 *   codebook.json      the codebook, copied in when the project was made
 *   actors/NAME.json   gazetteers of the project's own; without them the shipped ones
 *   units.jsonl        what is to be labelled, in a fixed order; only ever appended to
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

/* How a unit gets its label from several annotators' ones: settle.h. */
enum annotate_merge_kind {
  ANNOTATE_MERGE_OF_PROJECT, /* not said: the project's */
  ANNOTATE_MERGE_UNANIMITY,
  ANNOTATE_MERGE_MAJORITY,
  ANNOTATE_MERGE_THRESHOLD,
  ANNOTATE_MERGE_COMPETENCE,
};
struct annotate_merge_rule {
  enum annotate_merge_kind kind;
  double share; /* THRESHOLD: of the votes; COMPETENCE: the label's probability */
};
const char *annotate_merge_name(enum annotate_merge_kind kind); /* "unanimity", ... */
/* The rule with its own share where none was given (share 0): two thirds, 0.9. */
struct annotate_merge_rule annotate_merge_rule(enum annotate_merge_kind kind, double share);

struct annotate_project {
  const char *folder;
  const char *codebook_path;
  struct stance_codebook codebook;
  const char *edition; /* "VERSION@HASH": which codebook this is, see edition.h */
  const char **actors; /* paths; count 0: the shipped ones */
  size_t actor_count;
  uint64_t seed;
  enum annotate_order order;
  const char **annotators;
  size_t annotator_count;
  uint32_t overlap;              /* how many of the annotators get a unit; 0: all, and anybody may join */
  double check_gold, check_self; /* shares of hidden checks, 0 .. 0.5 */
  double check_pass; /* who labels a smaller share of 10 or more hidden gold checks as gold is paused; 0: nobody */
  struct annotate_merge_rule merge;
  uint32_t practice;    /* items of the training round before labelling; 0: none */
  double practice_pass; /* the share that must be right */
};

/* Makes the folder and writes project.json, codebook.json and actors/. `codebook_path` and `actors` are where to copy from.
 * STANCE_INPUT where the folder already holds a project. */
enum stance_status annotate_project_create(const struct annotate_project *settings, struct stance_error *error);
/* Reads DIR/project.json and the codebook into the arena, which the project borrows. STANCE_INPUT: no project, or a bad one. */
enum stance_status annotate_project_open(const char *folder, struct stance_arena *arena,
                                         struct annotate_project *project, struct stance_error *error);
/* folder/name, in the arena; NULL: out of memory. */
char *annotate_path(struct stance_arena *arena, const struct annotate_project *project, const char *name);
/* A name that may stand in a file's name: 1..64 bytes of UTF-8 without '/', white space or control, not starting with '.' or '-'. */
enum stance_status annotate_name_check(const char *name, struct stance_error *error);
/* The names of the journals in labels/, without ending, sorted. */
enum stance_status annotate_journal_names(const struct annotate_project *project, struct stance_arena *arena,
                                          const char ***names, size_t *count, struct stance_error *error);
/* All labels of the project that hold, journal by journal; with `journal` NULL of all annotators, else of that one. With is_raw
 * every record, retracted or not. The torn last line of a journal that somebody is writing is passed over. */
enum stance_status annotate_labels_read(const struct annotate_project *project, const char *journal, bool is_raw,
                                        struct stance_arena *arena, struct stance_record **records, size_t *count,
                                        struct stance_error *error);
/* One truth for a unit, whoever decided it: keeps what holds as if all records were of one annotator. `line`: the record's number. */
enum stance_status annotate_gold_resolve(struct stance_record *records, size_t *count, struct stance_arena *arena,
                                         struct stance_error *error);
/* gold.jsonl: the last record of a (unit, head), whoever made it. None where there is no such file. */
enum stance_status annotate_gold_read(const struct annotate_project *project, struct stance_arena *arena,
                                      struct stance_record **records, size_t *count, struct stance_error *error);
/* Likewise every record of it, overruled or not. */
enum stance_status annotate_gold_lines(const struct annotate_project *project, struct stance_arena *arena,
                                       struct stance_record **records, size_t *count, struct stance_error *error);

#endif
