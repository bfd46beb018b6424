/* SPDX-License-Identifier: MIT
 * stance annotate import, export: labels from and for other programs. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "annotate/format.h"
#include "annotate/import.h"
#include "annotate/label_map.h"
#include "annotate/screen.h"
#include "annotate/tell_apart.h"
#include "annotate_actors.h"
#include "choices.h"
#include "project_run.h"
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

static enum stance_status open_gazetteer(struct project_run *run, struct stance_gazetteer **out,
                                         struct stance_error *error) {
  const char *const *paths;
  size_t count;
  STANCE_TRY(annotate_actors_paths(&run->project, &run->arena, &paths, &count, error));
  return stance_gazetteer_open(paths, count, out, error);
}

static enum stance_status import_with(struct project_run *run, const struct stance_gazetteer *gazetteer,
                                      struct stance_error *error) {
  const struct import_options *options = run->options;
  const char *path = run->arguments[0];
  const struct annotate_defaults defaults = {.annotator = options->name,
                                             .head = options->head,
                                             .sentence_head = options->sentence_head,
                                             .text_key = options->reading.text_key,
                                             .actor_from_label = options->reading.actor_from == 1,
                                             .gazetteer = gazetteer};
  struct annotate_records records = {.arena = &run->arena};
  struct annotate_losses losses = {.count = 0};
  struct annotate_imported imported;
  char now[40];
  annotate_clock_text(now);
  STANCE_TRY(annotate_format_get(options->format)->read(path, &defaults, &records, &losses, error));
  STANCE_TRY(annotate_map_labels(records.items, records.count, options->reading.map.items, options->reading.map.count,
                                 &run->arena, error));
  STANCE_TRY(annotate_tell_apart(&run->project, &records, &losses, error));
  if (options->unknown == 1) annotate_skip_unknown(&records, &run->project.codebook, &losses);
  STANCE_TRY(
      annotate_import(&run->project, records.items, records.count, options->is_gold, now, path, &imported, error));
  reading_tell(path, &losses);
  message_note("%zu %s imported into %zu %s, %zu there already, %zu new %s", imported.records,
               imported.records == 1 ? "record" : "records", imported.journals,
               imported.journals == 1 ? "file" : "files", imported.known, imported.units,
               imported.units == 1 ? "unit" : "units");
  if (imported.to_label)
    message_note("%zu units have no label in the file: they are to be labelled", imported.to_label);
  return STANCE_OK;
}

static enum stance_status import_labels(struct project_run *run, struct stance_error *error) {
  const struct import_options *options = run->options;
  struct stance_gazetteer *gazetteer = NULL;
  if (options->reading.actor_from != 1) STANCE_TRY(open_gazetteer(run, &gazetteer, error));
  enum stance_status status = import_with(run, gazetteer, error);
  stance_gazetteer_close(gazetteer);
  return status;
}

static enum exit_code run_import(const void *options, int argc, char **argv) {
  return project_run(options, argc, argv, import_labels);
}

const struct command command_annotate_import = {
    COMMAND("annotate import", "DIR FILE", "take labels from other programs into a project", import, run_import, 2, 2),
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

/* Pseudonyms are numbered by a hash of seed and name, so they are the same in every export with the same journals. */
static enum stance_status put_pseudonyms(const struct annotate_project *project, struct stance_record *records,
                                         size_t count, struct stance_arena *arena, struct stance_error *error) {
  const char **journals;
  size_t names = 0, journal_count;
  STANCE_TRY(annotate_journal_names(project, "labels", arena, &journals, &journal_count, error));
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

static enum stance_status export_labels(struct project_run *run, struct stance_error *error) {
  const struct export_options *options = run->options;
  const struct annotate_project *project = &run->project;
  const struct annotate_format *format = annotate_format_get(options->format);
  const char *format_name = annotate_format_choices[options->format].name;
  struct annotate_losses losses = {.count = 0};
  struct stance_record *records = NULL;
  size_t count = 0, kept = 0, unknown = 0;
  if (options->head && !stance_codebook_head(&project->codebook, options->head))
    return stance_fail(error, STANCE_INPUT, "head '%.60s' is not in the codebook", options->head);
  if (!format->write) return stance_fail(error, STANCE_USAGE, "%s is read, not written", format_name);
  if (options->is_gold) STANCE_TRY(annotate_gold_read(project, &run->arena, &records, &count, error));
  else STANCE_TRY(annotate_labels_read(project, options->name, false, &run->arena, &records, &count, error));
  for (size_t i = 0; i < count; i++) {
    if (options->head && strcmp(records[i].head, options->head) != 0) continue;
    if (options->name && strcmp(records[i].annotator, options->name) != 0) continue;
    const struct stance_head *head = stance_codebook_head(&project->codebook, records[i].head);
    unknown += records[i].label && (!head || stance_head_label(head, records[i].label) < 0);
    records[kept++] = records[i];
  }
  if (options->is_pseudonyms) STANCE_TRY(put_pseudonyms(project, records, kept, &run->arena, error));
  STANCE_TRY(format->write(options->output, records, kept, &losses, error));
  reading_tell(format_name, &losses);
  if (unknown) message_warning("%zu labels are not in the codebook any more; they are written as they are", unknown);
  if (strcmp(options->output, "-") != 0) message_note("%zu records in %s", kept, options->output);
  return STANCE_OK;
}

static enum exit_code run_export(const void *options, int argc, char **argv) {
  return project_run(options, argc, argv, export_labels);
}

const struct command command_annotate_export = {
    COMMAND("annotate export", "DIR", "write a project's labels for other programs", export, run_export, 1, 1),
    .description =
        "Writes the labels that hold (what was undone is left out), each with its annotator, as label records or for "
        "doccano, Label Studio, brat, Prodigy or CSV. What the format cannot hold is counted and named.",
    .examples =
        "stance annotate export my-project --gold > gold.jsonl\nstance annotate export my-project --format brat "
        "--output brat/\n",
};
