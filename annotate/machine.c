/* SPDX-License-Identifier: MIT
 * Machines' labels: matched to the list of units and stored in their own files. */
#include "machine.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "journal.h"
#include "stance/base/error.h"
#include "stance/base/file.h"
#include "stance/base/json.h"

struct adder {
  const struct annotate_project *project;
  const char *name, *now;
  struct annotate_units units;
  struct annotate_machine_added *added;
  struct stance_buffer out;
  struct stance_arena arena; /* of a line */
  unsigned char *seen;       /* by unit: whether it has a label of this machine */
};

static const char *text_of(const cJSON *object, const char *key) {
  const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, key);
  return cJSON_IsString(item) && *item->valuestring ? item->valuestring : NULL;
}

/* The unit of the line; ANNOTATE_NONE: it is not in the list. */
static enum stance_status find_unit(struct adder *adder, const cJSON *object, uint32_t *unit,
                                    struct stance_error *error) {
  const char *id = text_of(object, "unit"), *article = text_of(object, "article"), *head = text_of(object, "head");
  const cJSON *sentence = cJSON_GetObjectItemCaseSensitive(object, "sentence");
  if (!id &&
      (!article || !cJSON_IsNumber(sentence) || !(sentence->valuedouble >= 0 && sentence->valuedouble <= UINT32_MAX)))
    return stance_fail(error, STANCE_INPUT, "expected 'unit', or 'article' and 'sentence'");
  if (!id)
    id = stance_unit_id(&adder->arena, article, (uint32_t)sentence->valuedouble, text_of(object, "source"),
                        text_of(object, "target"));
  if (!id) return stance_fail_memory(error);
  int index = -1;
  for (size_t h = 0; head && h < adder->project->codebook.head_count; h++)
    if (strcmp(adder->project->codebook.heads[h].name, head) == 0) index = (int)h;
  if (head && index < 0) return stance_fail(error, STANCE_INPUT, "head '%.60s' is not in the codebook", head);
  *unit = annotate_units_find(&adder->units, id, index);
  return STANCE_OK;
}

static void put_label(struct adder *adder, struct stance_record *record, const char *label, double p) {
  static const char *flags[] = {"machine"};
  record->label = record->suggestion = label;
  record->suggestion_p = p;
  record->annotator = adder->name;
  record->at = adder->now;
  record->flags = flags;
  record->flag_count = 1;
  stance_record_write(record, &adder->out);
}

static enum stance_status add_line(void *context, const cJSON *object, size_t line, struct stance_error *error) {
  struct adder *adder = context;
  struct annotate_page page;
  uint32_t unit = ANNOTATE_NONE;
  double p;
  (void)line;
  stance_arena_reset(&adder->arena);
  if (!cJSON_IsObject(object)) return stance_fail(error, STANCE_INPUT, "is not a JSON object");
  const char *label = text_of(object, "label");
  if (!label) return stance_fail(error, STANCE_INPUT, "'label' is missing");
  STANCE_TRY(
      stance_json_get_number(object, cJSON_GetObjectItemCaseSensitive(object, "p") ? "p" : "confidence", 0, &p, error));
  if (!(p >= 0 && p <= 1)) return stance_fail(error, STANCE_INPUT, "probability %g is not from 0 to 1", p);
  STANCE_TRY(find_unit(adder, object, &unit, error));
  if (unit == ANNOTATE_NONE) {
    adder->added->no_unit++;
    return STANCE_OK;
  }
  const struct stance_head *head = &adder->project->codebook.heads[adder->units.items[unit].head];
  int known = stance_head_label(head, label);
  if (known < 0) {
    adder->added->no_label++;
    return STANCE_OK;
  }
  STANCE_TRY(annotate_units_page(&adder->units, unit, &adder->arena, &page, error));
  put_label(adder, &page.record, head->labels[known].name, p);
  if (adder->seen[unit]) adder->added->replaced++;
  else adder->added->records++;
  adder->seen[unit] = 1;
  return STANCE_OK;
}

static enum stance_status note_seen(struct adder *adder, struct stance_arena *arena, struct stance_error *error) {
  struct stance_record *records;
  size_t count;
  STANCE_TRY(annotate_machine_read(adder->project, arena, &records, &count, error));
  for (size_t i = 0; i < count; i++)
    for (size_t h = 0; h < adder->project->codebook.head_count; h++) {
      if (strcmp(records[i].annotator, adder->name) != 0 ||
          strcmp(records[i].head, adder->project->codebook.heads[h].name) != 0)
        continue;
      uint32_t unit = annotate_units_find(&adder->units, records[i].unit, (int)h);
      if (unit != ANNOTATE_NONE) adder->seen[unit] = 1;
    }
  return STANCE_OK;
}

static enum stance_status check_name(const struct annotate_project *project, const char *name,
                                     struct stance_arena *arena, struct stance_error *error) {
  const char **people;
  size_t count;
  STANCE_TRY(annotate_name_check(name, error));
  STANCE_TRY(annotate_journal_names(project, "labels", arena, &people, &count, error));
  for (size_t i = 0; i < count + project->annotator_count; i++)
    if (strcmp(i < count ? people[i] : project->annotators[i - count], name) == 0)
      return stance_fail(error, STANCE_INPUT, "'%.60s' is a person of this project; a machine needs a name of its own",
                         name);
  return STANCE_OK;
}

static enum stance_status read_and_append(struct adder *adder, struct stance_arena *arena, const char *path,
                                          struct stance_error *error) {
  struct annotate_journal journal = {.file = -1};
  char *bytes, *folder = annotate_path(arena, adder->project, "machine");
  char *file = folder ? stance_arena_format(arena, "%s/%s.jsonl", folder, adder->name) : NULL;
  const char *notice;
  size_t length;
  adder->seen = stance_arena_zalloc(arena, adder->units.count + 1, 1);
  if (!file || !adder->seen) return stance_fail_memory(error);
  STANCE_TRY(note_seen(adder, arena, error));
  STANCE_TRY(stance_file_read(path, 0, arena, &bytes, &length, error));
  if (error) error->file[0] = '\0';
  STANCE_TRY(stance_json_lines(bytes, length, path, add_line, adder, error));
  if (adder->out.failed) return stance_fail_memory(error);
  if (!adder->out.length) return STANCE_OK;
  if (mkdir(folder, 0777) != 0 && errno != EEXIST) return stance_fail_errno(error, folder, "cannot make the folder");
  enum stance_status status = annotate_journal_open(file, arena, &journal, &notice, error);
  if (status == STANCE_OK) status = annotate_journal_append(&journal, adder->out.data, adder->out.length, error);
  annotate_journal_close(&journal);
  return status;
}

enum stance_status annotate_machine_add(const struct annotate_project *project, const char *name, const char *path,
                                        const char *now, struct annotate_machine_added *added,
                                        struct stance_error *error) {
  struct adder adder = {.project = project, .name = name, .now = now, .added = added};
  struct stance_arena arena = {0};
  *added = (struct annotate_machine_added){0};
  enum stance_status status = check_name(project, name, &arena, error);
  if (status == STANCE_OK && (status = annotate_units_open(project, &adder.units, error)) == STANCE_OK) {
    status = read_and_append(&adder, &arena, path, error);
    annotate_units_close(&adder.units);
  }
  stance_buffer_free(&adder.out);
  stance_arena_free(&adder.arena);
  stance_arena_free(&arena);
  return status;
}

/* ---- reading ----------------------------------------------------------------------------------------------------- */

static enum stance_status read_one(const char *path, struct stance_arena *arena, struct stance_record **records,
                                   size_t *count, size_t *capacity, struct stance_error *error) {
  struct stance_record *found, *all;
  size_t found_count;
  STANCE_TRY(stance_records_read(path, arena, &found, &found_count, error));
  for (size_t i = 0; i < found_count; i++) found[i].suggestion = NULL;
  STANCE_TRY(stance_records_resolve(found, &found_count, error));
  all = stance_arena_grow(arena, *records, capacity, *count + found_count + 1, sizeof *all);
  if (!all) return stance_fail_memory(error);
  if (found_count) memcpy(all + *count, found, found_count * sizeof *all);
  *records = all;
  *count += found_count;
  return STANCE_OK;
}

enum stance_status annotate_machine_read(const struct annotate_project *project, struct stance_arena *arena,
                                         struct stance_record **records, size_t *count, struct stance_error *error) {
  const char **names;
  size_t name_count, capacity = 0;
  *records = NULL;
  *count = 0;
  STANCE_TRY(annotate_journal_names(project, "machine", arena, &names, &name_count, error));
  for (size_t i = 0; i < name_count; i++) {
    char *path = stance_arena_format(arena, "%s/machine/%s.jsonl", project->folder, names[i]);
    if (!path) return stance_fail_memory(error);
    STANCE_TRY(read_one(path, arena, records, count, &capacity, error));
  }
  return STANCE_OK;
}
