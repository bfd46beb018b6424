/* SPDX-License-Identifier: MIT
 * stance annotate import, export: labels from and for other programs. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "annotate/format.h"
#include "annotate/import.h"
#include "annotate/label_map.h"
#include "annotate/project.h"
#include "annotate/screen.h"
#include "choices.h"
#include "data.h"
#include "reading.h"
#include "stance/actors/gazetteer.h"
#include "stance/base/error.h"
#include "stance/base/hash.h"

/* ---- import --------------------------------------------------------------------------------------------- */

struct import_options {
  enum annotate_format_id format;
  const char *name, *head, *sentence_head;
  struct reading_options reading;
  int unknown; /* 1: skip */
  bool is_gold;
};

static const struct flag_choice unknown_choices[] = {{"refuse", 0}, {"skip", 1}, {0}};

static const struct import_options import_defaults = {
    .name = ANNOTATE_DEFAULT_ANNOTATOR, .head = ANNOTATE_DEFAULT_HEAD, .sentence_head = ANNOTATE_DEFAULT_SENTENCE_HEAD};

static const struct flag import_flags[] = {
    FLAG(FLAG_CHOICE, struct import_options, format, "format", 'f', "FORMAT", "what FILE is",
         .choices = annotate_format_choices),
    FLAG(FLAG_STRING, struct import_options, name, "as", 0, "NAME", "annotator of rows that name none"),
    FLAG(FLAG_STRING, struct import_options, head, "head", 0, "HEAD", "of pairs' labels that name none"),
    FLAG(FLAG_STRING, struct import_options, sentence_head, "sentence-head", 0, "HEAD",
         "of texts' labels that name none"),
    READING_FLAGS(struct import_options, reading),
    FLAG(FLAG_CHOICE, struct import_options, unknown, "unknown", 0, "WHAT", "labels that the codebook lacks",
         .choices = unknown_choices),
    FLAG(FLAG_BOOL, struct import_options, is_gold, "gold", 0, NULL,
         "these are true labels: into gold.jsonl, not into the journals"),
};

static enum stance_status open_gazetteer(const struct annotate_project *project, struct stance_arena *arena,
                                         struct stance_gazetteer **out, struct stance_error *error) {
  struct flag_list own = {.count = 0};
  const char *const *paths;
  size_t count;
  for (size_t i = 0; i < project->actor_count && own.count < FLAG_LIST_MAX; i++)
    own.items[own.count++] = project->actors[i];
  STANCE_TRY(data_gazetteer_paths(&own, arena, &paths, &count, error));
  return stance_gazetteer_open(paths, count, out, error);
}

static enum exit_code run_import(const void *given, int argc, char **argv) {
  const struct import_options *options = given;
  struct stance_arena arena = {0};
  struct stance_error error;
  struct annotate_project project;
  struct annotate_records records = {.arena = &arena};
  struct annotate_losses losses = {.count = 0};
  struct annotate_imported imported;
  struct annotate_defaults defaults = {.annotator = options->name,
                                       .head = options->head,
                                       .sentence_head = options->sentence_head,
                                       .text_key = options->reading.text_key,
                                       .actor_from_label = options->reading.actor_from == 1};
  struct stance_gazetteer *gazetteer = NULL;
  char now[40];
  enum exit_code code = EXIT_DONE;
  (void)argc;
  annotate_clock_text(now);
  enum stance_status status = annotate_project_open(argv[0], &arena, &project, &error);
  if (status == STANCE_OK && !defaults.actor_from_label) status = open_gazetteer(&project, &arena, &gazetteer, &error);
  defaults.gazetteer = gazetteer;
  if (status == STANCE_OK)
    status = annotate_format_get(options->format)->read(argv[1], &defaults, &records, &losses, &error);
  if (status == STANCE_OK)
    status = annotate_map_labels(records.items, records.count, options->reading.map.items, options->reading.map.count,
                                 &arena, &error);
  if (status == STANCE_OK && options->unknown == 1) annotate_skip_unknown(&records, &project.codebook, &losses);
  if (status == STANCE_OK)
    status = annotate_import(&project, records.items, records.count, options->is_gold, now, argv[1], &imported, &error);
  if (status != STANCE_OK) {
    code = message_error(&error);
  } else {
    reading_tell(argv[1], &losses);
    message_note("%zu records imported into %zu %s, %zu were there already, %zu new units", imported.records,
                 imported.journals, imported.journals == 1 ? "file" : "files", imported.known, imported.units);
    if (imported.to_label)
      message_note("%zu units have no label in the file: they are to be labelled", imported.to_label);
  }
  stance_gazetteer_close(gazetteer);
  stance_arena_free(&arena);
  return code;
}

const struct command command_annotate_import = {
    COMMAND_NAME("annotate import", "DIR FILE", "take labels from other programs into a project"),
    .description =
        "Reads label records, or the files of doccano, Label Studio (JSON, JSON-MIN), brat (a folder), Prodigy, "
        "INCEpTION (WebAnno TSV 3), Potato (a file, or the folder of annotators), SLATE (the annotations; the text is "
        "beside it) or CSV, and appends each label to the journal of its annotator. Units that the project lacks are "
        "added; texts that have spans but no label become units to label. A span's actor comes from its words. "
        "Importing a file again changes nothing. What a file holds that a label record cannot is counted and named.",
    .examples =
        "stance annotate import my-project export.jsonl --format doccano --as ana\n"
        "stance annotate import my-project admin.jsonl --format prodigy --map NEG=hostile --map POS=friendly --unknown "
        "skip\n",
    COMMAND_FLAGS(import_flags, struct import_options, import_defaults),
    COMMAND_RUN(run_import, 2, 2),
};

/* ---- export --------------------------------------------------------------------------------------------- */

struct export_options {
  enum annotate_format_id format;
  const char *name, *head, *output;
  bool is_gold, is_pseudonyms;
};

static const struct export_options export_defaults = {.output = "-"};

static const struct flag export_flags[] = {
    FLAG(FLAG_CHOICE, struct export_options, format, "format", 'f', "FORMAT", "what to write",
         .choices = annotate_format_choices),
    FLAG(FLAG_STRING, struct export_options, output, "output", 'o', "FILE", "where to; brat needs a folder",
         .unset = "standard output"),
    FLAG(FLAG_STRING, struct export_options, name, "annotator", 0, "NAME", "only this annotator's labels",
         .unset = "everybody's"),
    FLAG(FLAG_STRING, struct export_options, name, "as", 0, "NAME", "the same as --annotator", .unset = "everybody's"),
    FLAG(FLAG_BOOL, struct export_options, is_pseudonyms, "pseudonyms", 0, NULL,
         "annotator-01 ... in the place of names, in an order that does not tell; notes stay"),
    FLAG(FLAG_STRING, struct export_options, head, "head", 0, "HEAD", "only this head's labels", .unset = "all"),
    FLAG(FLAG_BOOL, struct export_options, is_gold, "gold", 0, NULL,
         "the adjudicated labels instead of the annotators'"),
};

struct pseudonym {
  const char *name;
  uint64_t draw;
  char *shown;
};

static int by_draw(const void *left, const void *right) {
  const struct pseudonym *a = left, *b = right;
  return (a->draw > b->draw) - (a->draw < b->draw);
}

static int by_name(const void *left, const void *right) {
  return strcmp(((const struct pseudonym *)left)->name, ((const struct pseudonym *)right)->name);
}

/* Numbers follow a hash of seed and name: the same in every export of a project with these journals. */
static enum stance_status put_pseudonyms(const struct annotate_project *project, struct stance_record *records,
                                         size_t count, struct stance_arena *arena, struct stance_error *error) {
  const char **journals;
  size_t names = 0, journal_count;
  STANCE_TRY(annotate_journal_names(project, arena, &journals, &journal_count, error));
  size_t most = count + journal_count;
  struct pseudonym *all = stance_arena_zalloc(arena, most + 1, sizeof *all);
  if (!all) return stance_fail_memory(error);
  for (size_t i = 0; i < most; i++) all[i].name = i < count ? records[i].annotator : journals[i - count];
  if (most) qsort(all, most, sizeof *all, by_name);
  for (size_t i = 0; i < most; i++)
    if (!names || strcmp(all[names - 1].name, all[i].name) != 0) all[names++] = all[i];
  for (size_t i = 0; i < names; i++)
    all[i].draw = stance_hash_combine(project->seed, stance_hash(all[i].name, strlen(all[i].name)));
  if (names) qsort(all, names, sizeof *all, by_draw);
  for (size_t i = 0; i < names; i++)
    if (!(all[i].shown = stance_arena_format(arena, "annotator-%02zu", i + 1))) return stance_fail_memory(error);
  if (names) qsort(all, names, sizeof *all, by_name);
  for (size_t i = 0; i < count; i++) {
    const struct pseudonym wanted = {.name = records[i].annotator};
    const struct pseudonym *found = bsearch(&wanted, all, names, sizeof *all, by_name);
    if (found) records[i].annotator = found->shown;
  }
  return STANCE_OK;
}

static enum exit_code run_export(const void *given, int argc, char **argv) {
  const struct export_options *options = given;
  struct stance_arena arena = {0};
  struct stance_error error;
  struct annotate_project project;
  struct annotate_losses losses = {.count = 0};
  struct stance_record *records = NULL;
  size_t count = 0, kept = 0, unknown = 0;
  enum exit_code code = EXIT_DONE;
  (void)argc;
  enum stance_status status = annotate_project_open(argv[0], &arena, &project, &error);
  if (status == STANCE_OK && options->head && !stance_codebook_head(&project.codebook, options->head))
    status = stance_fail(&error, STANCE_INPUT, "head '%.60s' is not in the codebook", options->head);
  if (status == STANCE_OK)
    status = options->is_gold ? annotate_gold_read(&project, &arena, &records, &count, &error)
                              : annotate_labels_read(&project, options->name, false, &arena, &records, &count, &error);
  for (size_t i = 0; status == STANCE_OK && i < count; i++) {
    if (options->head && strcmp(records[i].head, options->head) != 0) continue;
    if (options->name && strcmp(records[i].annotator, options->name) != 0) continue;
    const struct stance_head *head = stance_codebook_head(&project.codebook, records[i].head);
    unknown += records[i].label && (!head || stance_head_label(head, records[i].label) < 0);
    records[kept++] = records[i];
  }
  if (status == STANCE_OK && options->is_pseudonyms) status = put_pseudonyms(&project, records, kept, &arena, &error);
  if (status == STANCE_OK && !annotate_format_get(options->format)->write)
    status =
        stance_fail(&error, STANCE_USAGE, "%s is read, not written", annotate_format_choices[options->format].name);
  if (status == STANCE_OK)
    status = annotate_format_get(options->format)->write(options->output, records, kept, &losses, &error);
  if (status != STANCE_OK) {
    code = message_error(&error);
  } else {
    reading_tell(annotate_format_choices[options->format].name, &losses);
    if (unknown) message_warning("%zu labels are not in the codebook any more; they are written as they are", unknown);
    if (strcmp(options->output, "-") != 0) message_note("%zu records in %s", kept, options->output);
  }
  stance_arena_free(&arena);
  return code;
}

const struct command command_annotate_export = {
    COMMAND_NAME("annotate export", "DIR", "write a project's labels for other programs"),
    .description =
        "Writes the labels that hold (what was undone is left out), each with its annotator, as label records or for "
        "doccano, Label Studio, brat, Prodigy or CSV. What the format cannot hold is counted and named.",
    .examples =
        "stance annotate export my-project --gold > gold.jsonl\nstance annotate export my-project --format brat "
        "--output brat/\n",
    COMMAND_FLAGS(export_flags, struct export_options, export_defaults),
    COMMAND_RUN(run_export, 1, 1),
};
