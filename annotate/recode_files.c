/* SPDX-License-Identifier: MIT
 * The files of a project that hold labels. */
#include "recode_files.h"

#include <string.h>

#include "stance/base/error.h"
#include "stance/base/file.h"

struct list {
  struct stance_arena *arena;
  const struct annotate_project *project;
  bool is_trial;
  struct annotate_recode_file *files;
  size_t count, capacity;
};

static enum stance_status add(struct list *list, char *path, char *name, struct annotate_recode_file kind,
                              struct stance_error *error) {
  struct annotate_recode_file *files =
      stance_arena_grow(list->arena, list->files, &list->capacity, list->count + 1, sizeof *files);
  const char *notice;
  if (!path || !name || !files) return stance_fail_memory(error);
  list->files = files;
  kind.path = path;
  kind.name = name;
  kind.journal = (struct annotate_journal){.file = -1};
  files[list->count++] = kind;
  return list->is_trial ? STANCE_OK
                        : annotate_journal_open(path, list->arena, &files[list->count - 1].journal, &notice, error);
}

static enum stance_status add_folder(struct list *list, const char *name, const char *shown,
                                     struct annotate_recode_file kind, struct stance_error *error) {
  const char **names;
  size_t count;
  STANCE_TRY(annotate_journal_names(list->project, name, list->arena, &names, &count, error));
  for (size_t i = 0; i < count; i++)
    STANCE_TRY(add(list, stance_arena_format(list->arena, "%s/%s/%s.jsonl", list->project->folder, name, names[i]),
                   stance_arena_format(list->arena, "%s%s", shown, names[i]), kind, error));
  return STANCE_OK;
}

enum stance_status annotate_recode_files_open(const struct annotate_project *project, bool is_trial,
                                              struct stance_arena *arena, struct annotate_recode_file **files,
                                              size_t *count, struct stance_error *error) {
  struct list list = {.arena = arena, .project = project, .is_trial = is_trial};
  const struct annotate_recode_file people = {0}, machine = {.is_machine = true}, gold = {.is_gold = true};
  bool exists = false;
  char *path = annotate_path(arena, project, "gold.jsonl");
  enum stance_status status = path ? STANCE_OK : stance_fail_memory(error);
  if (status == STANCE_OK) status = add_folder(&list, "labels", "", people, error);
  if (status == STANCE_OK) status = add_folder(&list, "withdrawn", "withdrawn/", people, error);
  if (status == STANCE_OK) status = add_folder(&list, "machine", "machine/", machine, error);
  if (status == STANCE_OK) status = stance_file_exists(path, &exists, error);
  if (status == STANCE_OK && exists) status = add(&list, path, stance_arena_copy(arena, "gold", 4), gold, error);
  *files = list.files;
  *count = list.count;
  return status;
}

void annotate_recode_files_close(struct annotate_recode_file *files, size_t count) {
  for (size_t i = 0; i < count; i++) annotate_journal_close(&files[i].journal);
}

enum stance_status annotate_recode_file_read(const struct annotate_recode_file *file, struct stance_arena *arena,
                                             struct stance_record **records, size_t *count, char **last,
                                             struct stance_error *error) {
  char *text;
  const char *latest = "";
  size_t length;
  STANCE_TRY(stance_file_read(file->path, 0, arena, &text, &length, error));
  while (length && text[length - 1] != '\n') length--;
  STANCE_TRY(stance_records_parse(text, length, file->path, arena, records, count, error));
  for (size_t i = 0; i < *count; i++)
    if (strcmp((*records)[i].at, latest) > 0) latest = (*records)[i].at;
  *last = stance_arena_copy(arena, latest, strlen(latest));
  if (!*last) return stance_fail_memory(error);
  return file->is_gold ? annotate_gold_resolve(*records, count, arena, error)
                       : stance_records_resolve(*records, count, error);
}
