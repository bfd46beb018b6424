/* SPDX-License-Identifier: MIT
 * stance convert: other tools' label files to label records, and back. Published data sets are read by train/,
 * annotation programs' files by annotate/; these folders must not include each other, so this command joins them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "annotate/format.h"
#include "annotate/label_map.h"
#include "annotate/tell_apart.h"
#include "choices.h"
#include "data.h"
#include "reading.h"
#include "stance/actors/gazetteer.h"
#include "stance/base/error.h"
#include "train/convert.h"

/* --from: a format of annotation programs or, numbered after those, a data set. */
enum { FROM_NONE = -1, FROM_DATA_SET = ANNOTATE_FORMAT_COUNT };

struct convert_options {
  int from;
  enum annotate_format_id to;
  const char *output, *name, *head;
  struct reading_options reading;
  struct flag_list actors;
};

/* A published data set by way of its records' text. */
static enum stance_status read_data_set(enum train_data_set from, const char *path, struct annotate_records *records,
                                        struct stance_error *error) {
  char *text = NULL;
  size_t length = 0;
  FILE *stream = open_memstream(&text, &length);
  if (!stream) return stance_fail_memory(error);
  enum stance_status status = train_convert(from, path, stream, error);
  if (fclose(stream) != 0 && status == STANCE_OK) status = stance_fail_memory(error);
  if (status == STANCE_OK)
    status = stance_records_parse(text, length, path, records->arena, &records->items, &records->count, error);
  free(text);
  return status;
}

static enum stance_status read_file(const struct convert_options *options, const struct stance_gazetteer *gazetteer,
                                    const char *path, struct annotate_records *all, struct annotate_losses *losses,
                                    struct stance_error *error) {
  bool is_data_set = options->from >= FROM_DATA_SET;
  const struct annotate_defaults defaults = {.annotator = options->name,
                                             .gazetteer = gazetteer,
                                             .text_key = options->reading.text_key,
                                             .actor_from_label = options->reading.actor_from == 1};
  struct annotate_records records = {.arena = all->arena};
  STANCE_TRY(is_data_set ? read_data_set((enum train_data_set)(options->from - FROM_DATA_SET), path, &records, error)
                         : annotate_format_get((enum annotate_format_id)options->from)
                               ->read(path, &defaults, &records, losses, error));
  if (!records.count) return STANCE_OK;
  struct stance_record *items =
      stance_arena_grow(all->arena, all->items, &all->capacity, all->count + records.count, sizeof *items);
  if (!items) return stance_fail_memory(error);
  for (size_t i = 0; options->head && i < records.count; i++) records.items[i].head = options->head;
  memcpy(items + all->count, records.items, records.count * sizeof *items);
  all->items = items;
  all->count += records.count;
  return STANCE_OK;
}

static enum exit_code run(const void *chosen, int argc, char **argv) {
  const struct convert_options *options = chosen;
  struct stance_arena arena = {0};
  struct annotate_records records = {.arena = &arena};
  struct annotate_losses losses = {.count = 0};
  struct stance_error error;
  enum stance_status status = STANCE_OK;
  if (options->from == FROM_NONE)
    return message_usage("--from is missing; expected dse, newsmtsc, tweeteval, doccano ...");
  struct stance_gazetteer *gazetteer = NULL;
  bool has_spans =
      options->from < FROM_DATA_SET && options->from != ANNOTATE_FORMAT_RECORDS && options->from != ANNOTATE_FORMAT_CSV;
  if (!annotate_format_get(options->to)->write)
    return message_usage("%s is read, not written", annotate_format_choices[options->to].name);
  if (has_spans && options->reading.actor_from == 0) {
    const char *const *paths;
    size_t path_count;
    status = data_gazetteer_paths(options->actors.items, options->actors.count, &arena, &paths, &path_count, &error);
    if (status == STANCE_OK) status = stance_gazetteer_open(paths, path_count, &gazetteer, &error);
  }
  for (int i = 0; i < argc && status == STANCE_OK; i++)
    status = read_file(options, gazetteer, argv[i], &records, &losses, &error);
  if (status == STANCE_OK)
    status = annotate_map_labels(records.items, records.count, options->reading.map.items, options->reading.map.count,
                                 &arena, &error);
  if (status == STANCE_OK && options->from < FROM_DATA_SET)
    status = annotate_tell_apart(NULL, &records, &losses, &error);
  if (status == STANCE_OK && !records.count && !losses.count)
    status = stance_fail_at(&error, STANCE_INPUT, argc == 1 ? argv[0] : "", 0, 0, "no label in the input");
  if (status == STANCE_OK)
    status = annotate_format_get(options->to)->write(options->output, records.items, records.count, &losses, &error);
  enum exit_code code = status == STANCE_OK ? EXIT_DONE : message_error(&error);
  if (status == STANCE_OK) reading_tell(NULL, &losses);
  stance_gazetteer_close(gazetteer);
  stance_arena_free(&arena);
  return code;
}

static const struct flag_choice from_choices[] = {
#define DATA_SET(id, function, name) {name, FROM_DATA_SET + TRAIN_DATA_SET_##id},
#define FORMAT(id, table, name) {name, ANNOTATE_FORMAT_##id},
    TRAIN_DATA_SETS(DATA_SET) ANNOTATE_FORMATS(FORMAT){0},
};

static const struct flag convert_flags[] = {
    FLAG(FLAG_CHOICE, struct convert_options, from, "from", 0, "FORMAT",
         "the format of the files; brat: FILE is a folder", .choices = from_choices),
    FLAG(FLAG_CHOICE, struct convert_options, to, "to", 0, "FORMAT", "what to write",
         .choices = annotate_format_choices),
    FLAG(FLAG_STRING, struct convert_options, output, "output", 'o', "FILE", "where to; brat needs a folder",
         .unset = "standard output"),
    FLAG(FLAG_STRING, struct convert_options, name, "as", 0, "NAME", "annotator of rows that name none"),
    FLAG(FLAG_STRING, struct convert_options, head, "head", 0, "HEAD", "the head of all records",
         .unset = "as the format has it; sentiment for label-text and fasttext"),
    READING_FLAGS(struct convert_options, reading),
    FLAG(FLAG_LIST, struct convert_options, actors, "actors", 'a', "FILE",
         "a gazetteer for the words of spans, or a folder of them", .unset = "the shipped one"),
};
static const struct convert_options convert_defaults = {
    .from = FROM_NONE, .output = "-", .name = ANNOTATE_DEFAULT_ANNOTATOR};

const struct command command_convert = {
    COMMAND("convert", "--from FORMAT FILE...", "turn other tools' label files into label records, and back", convert,
            run, 1, -1),
    .description =
        "Reads label files of published data sets (dse, newsmtsc, tweeteval), lines of LABEL TAB TEXT or fastText's "
        "__label__ or of annotation programs, and writes label records (JSON Lines) or another program's format. What "
        "a format cannot hold is counted and named in a warning.",
    .examples =
        "stance convert --from dse train.tsv > train.jsonl\nstance convert --from records gold.jsonl --to doccano > "
        "doccano.jsonl\n",
};
