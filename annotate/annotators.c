/* SPDX-License-Identifier: MIT
 * Withdrawal, readmission and renaming of annotators. */
#include "annotators.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "journal.h"
#include "pause.h"
#include "stance/base/error.h"
#include "stance/base/file.h"
#include "stance/base/json.h"

/* Whether the file is there; false, with *status set, where that cannot be told. Does nothing after a failure. */
static bool is_file(const char *path, enum stance_status *status, struct stance_error *error) {
  struct stat about;
  if (*status != STANCE_OK) return false;
  if (stat(path, &about) == 0) return S_ISREG(about.st_mode);
  if (errno != ENOENT && errno != ENOTDIR) *status = stance_fail_errno(error, path, "cannot read");
  return false;
}

/* ---- project.json ------------------------------------------------------------------------------------------- */

/* Removes (to NULL), renames or adds (from NULL) a name in the list of annotators. A project without a list stays
 * unchanged. */
static enum stance_status edit_list(const struct annotate_project *project, const char *from, const char *to,
                                    struct stance_error *error) {
  struct stance_arena arena = {0};
  char *bytes, *path = annotate_path(&arena, project, "project.json");
  size_t length;
  cJSON *object = NULL;
  enum stance_status status =
      path ? stance_file_read(path, 0, &arena, &bytes, &length, error) : stance_fail_memory(error);
  if (status == STANCE_OK) status = stance_json_parse(bytes, length, path, 1, &object, error);
  cJSON *list = cJSON_GetObjectItemCaseSensitive(object, "annotators");
  int found = -1, place = 0;
  const cJSON *item;
  cJSON_ArrayForEach(item, list) {
    if (cJSON_IsString(item) && strcmp(item->valuestring, from ? from : to) == 0) found = place;
    place++;
  }
  bool is_to_add = !from && found < 0 && cJSON_GetArraySize(list) > 0;
  if (status == STANCE_OK && (is_to_add || (from && found >= 0))) {
    if (!from) cJSON_AddItemToArray(list, cJSON_CreateString(to));
    else if (to) cJSON_ReplaceItemInArray(list, found, cJSON_CreateString(to));
    else cJSON_DeleteItemFromArray(list, found);
    status = stance_json_write(path, object, error);
  }
  cJSON_Delete(object);
  stance_arena_free(&arena);
  return status;
}

/* ---- withdrawing ---------------------------------------------------------------------------------------------- */

static int by_unit(const void *left, const void *right) {
  const struct stance_record *a = left, *b = right;
  int order = strcmp(a->unit, b->unit);
  return order ? order : strcmp(a->head, b->head);
}

/* The record that retracts a gold label. */
static void put_retraction(const struct stance_record *gold, const char *now, struct stance_buffer *lines) {
  struct stance_record record = *gold;
  record.retracts = gold->at;
  record.at = now;
  record.label = NULL;
  record.note = "";
  record.flag_count = 0;
  record.suggestion = NULL;
  stance_record_write(&record, lines);
}

static enum stance_status retract_gold(const struct annotate_project *project, const char *name, const char *now,
                                       struct stance_record *labels, struct stance_arena *arena,
                                       struct annotate_withdrawn *withdrawn, struct stance_buffer *out,
                                       struct stance_error *error) {
  struct annotate_journal journal = {.file = -1};
  struct stance_buffer lines = {0};
  struct stance_record *gold;
  const char *notice;
  size_t count;
  char *path = annotate_path(arena, project, "gold.jsonl");
  if (!path) return stance_fail_memory(error);
  enum stance_status status = STANCE_OK;
  if (!is_file(path, &status, error)) return status;
  status = annotate_journal_open(path, arena, &journal, &notice, error);
  if (status == STANCE_OK) status = annotate_gold_read(project, arena, &gold, &count, error);
  if (withdrawn->labels) qsort(labels, withdrawn->labels, sizeof *labels, by_unit);
  for (size_t i = 0; status == STANCE_OK && i < count; i++) {
    bool is_rated = withdrawn->labels && bsearch(&gold[i], labels, withdrawn->labels, sizeof *labels, by_unit);
    bool is_own = strcmp(gold[i].annotator, name) == 0, is_merged = stance_record_has_flag(&gold[i], "merged");
    if (!is_own && !is_rated) continue;
    bool is_taken = is_own || is_merged;
    stance_buffer_printf(out, "%s %s %s: %s\n", gold[i].unit, gold[i].head, gold[i].label ? gold[i].label : "-",
                         is_own      ? "taken back: decided by the annotator"
                         : is_merged ? "taken back: merged from the annotator's label and others'"
                                     : "kept: decided by hand, with the annotator's label at hand");
    if (is_taken) put_retraction(&gold[i], now, &lines);
    if (is_taken) withdrawn->taken_back++;
    else withdrawn->kept++;
  }
  if (status == STANCE_OK && (lines.failed || out->failed)) status = stance_fail_memory(error);
  if (status == STANCE_OK && lines.length) status = annotate_journal_append(&journal, lines.data, lines.length, error);
  annotate_journal_close(&journal);
  stance_buffer_free(&lines);
  return status;
}

struct two_paths {
  char *inside, *outside;
};

static enum stance_status find_paths(const struct annotate_project *project, const char *name,
                                     struct stance_arena *arena, struct two_paths *paths, struct stance_error *error) {
  STANCE_TRY(annotate_name_check(name, error));
  paths->inside = stance_arena_format(arena, "%s/labels/%s.jsonl", project->folder, name);
  paths->outside = stance_arena_format(arena, "%s/withdrawn/%s.jsonl", project->folder, name);
  return paths->inside && paths->outside ? STANCE_OK : stance_fail_memory(error);
}

enum stance_status annotate_withdraw(const struct annotate_project *project, const char *name, const char *now,
                                     struct annotate_withdrawn *withdrawn, struct stance_buffer *out,
                                     struct stance_error *error) {
  struct stance_arena arena = {0};
  struct annotate_journal journal = {.file = -1};
  struct stance_record *labels = NULL;
  struct two_paths paths;
  const char *notice;
  *withdrawn = (struct annotate_withdrawn){0};
  enum stance_status status = find_paths(project, name, &arena, &paths, error);
  char *folder = annotate_path(&arena, project, "withdrawn");
  if (status == STANCE_OK && !folder) status = stance_fail_memory(error);
  if (!is_file(paths.inside, &status, error) && status == STANCE_OK)
    status = stance_fail(error, STANCE_INPUT, "'%.60s' has no labels in this project", name);
  if (is_file(paths.outside, &status, error))
    status = stance_fail_at(error, STANCE_INPUT, paths.outside, 0, 0, "is there already; move it away first");
  if (status == STANCE_OK)
    status = annotate_journal_open(paths.inside, &arena, &journal, &notice, error); /* nobody else may have it open */
  if (status == STANCE_OK)
    status = annotate_labels_read(project, name, false, &arena, &labels, &withdrawn->labels, error);
  if (status == STANCE_OK) status = retract_gold(project, name, now, labels, &arena, withdrawn, out, error);
  if (status == STANCE_OK && mkdir(folder, 0777) != 0 && errno != EEXIST)
    status = stance_fail_errno(error, folder, "cannot make the folder");
  if (status == STANCE_OK) status = edit_list(project, name, NULL, error);
  if (status == STANCE_OK && rename(paths.inside, paths.outside) != 0)
    status = stance_fail_errno(error, paths.inside, "cannot move");
  if (status == STANCE_OK && (!stance_folder_sync(paths.outside) || !stance_folder_sync(paths.inside)))
    status = stance_fail_errno(error, paths.inside, "cannot move");
  annotate_journal_close(&journal);
  stance_arena_free(&arena);
  return status;
}

enum stance_status annotate_has_labels(const struct annotate_project *project, const char *name, bool *has,
                                       struct stance_error *error) {
  struct stance_arena arena = {0};
  struct two_paths paths;
  enum stance_status status = find_paths(project, name, &arena, &paths, error);
  *has = is_file(paths.inside, &status, error);
  stance_arena_free(&arena);
  return status;
}

enum stance_status annotate_withdrawn_check(const struct annotate_project *project, const char *name,
                                            struct stance_error *error) {
  struct stance_arena arena = {0};
  struct two_paths paths;
  enum stance_status status = find_paths(project, name, &arena, &paths, error);
  bool is_out = is_file(paths.outside, &status, error) && !is_file(paths.inside, &status, error);
  if (is_out && status == STANCE_OK)
    status = stance_fail(
        error, STANCE_INPUT,
        "'%.60s' has withdrawn from this project; 'stance annotate withdraw --back' takes the labels in again", name);
  stance_arena_free(&arena);
  return status;
}

/* Two names of one file: the program was ended between giving the new name and taking the old. Keeps errno. */
static bool is_one_file(const char *one, const char *other) {
  struct stat a, b;
  int code = errno;
  bool is_one = stat(one, &a) == 0 && stat(other, &b) == 0 && a.st_dev == b.st_dev && a.st_ino == b.st_ino;
  errno = code;
  return is_one;
}

enum stance_status annotate_readmit(const struct annotate_project *project, const char *name,
                                    struct stance_error *error) {
  struct stance_arena arena = {0};
  struct two_paths paths;
  enum stance_status status = find_paths(project, name, &arena, &paths, error);
  if (!is_file(paths.outside, &status, error) && status == STANCE_OK)
    status = stance_fail(error, STANCE_INPUT, "'%.60s' has not withdrawn from this project", name);
  if (status == STANCE_OK && link(paths.outside, paths.inside) != 0 && !is_one_file(paths.outside, paths.inside))
    status = errno == EEXIST ? stance_fail_at(error, STANCE_INPUT, paths.inside, 0, 0, "is there already")
                             : stance_fail_errno(error, paths.inside, "cannot move");
  if (status == STANCE_OK && !stance_folder_sync(paths.inside))
    status = stance_fail_errno(error, paths.inside, "cannot move");
  if (status == STANCE_OK && (unlink(paths.outside) != 0 || !stance_folder_sync(paths.outside)))
    status = stance_fail_errno(error, paths.outside, "cannot move");
  if (status == STANCE_OK) status = edit_list(project, NULL, name, error);
  stance_arena_free(&arena);
  return status;
}

/* ---- renaming --------------------------------------------------------------------------------------------------- */

struct renaming {
  const char *from, *to;
  struct stance_buffer out;
  size_t changed;
};

/* Unknown keys are kept. */
static enum stance_status rename_line(void *context, const cJSON *value, size_t line, struct stance_error *error) {
  struct renaming *renaming = context;
  const cJSON *annotator = cJSON_GetObjectItemCaseSensitive(value, "annotator");
  cJSON *copy = cJSON_Duplicate(value, true);
  (void)line;
  if (!copy) return stance_fail_memory(error);
  if (cJSON_IsString(annotator) && strcmp(annotator->valuestring, renaming->from) == 0) {
    cJSON_ReplaceItemInObjectCaseSensitive(copy, "annotator", cJSON_CreateString(renaming->to));
    renaming->changed++;
  }
  char *text = cJSON_PrintUnformatted(copy);
  cJSON_Delete(copy);
  if (!text) return stance_fail_memory(error);
  stance_buffer_puts(&renaming->out, text);
  stance_buffer_putc(&renaming->out, '\n');
  cJSON_free(text);
  return STANCE_OK;
}

/* Writes the lines of `path` with the new name to renaming->out. */
static enum stance_status rename_lines(const char *path, struct renaming *renaming, struct stance_arena *arena,
                                       struct stance_error *error) {
  char *bytes;
  size_t length;
  renaming->out.length = 0;
  STANCE_TRY(stance_file_read(path, 0, arena, &bytes, &length, error));
  if (error) error->file[0] = '\0';
  STANCE_TRY(stance_json_lines(bytes, length, path, rename_line, renaming, error));
  return renaming->out.failed ? stance_fail_memory(error) : STANCE_OK;
}

/* Writes `path` again, as `target`, with the name changed. The journal is locked meanwhile. */
static enum stance_status rewrite(const char *path, const char *target, struct renaming *renaming,
                                  struct stance_error *error) {
  struct stance_arena arena = {0};
  struct annotate_journal journal = {.file = -1};
  const char *notice;
  enum stance_status status = annotate_journal_open(path, &arena, &journal, &notice, error);
  if (status == STANCE_OK) status = rename_lines(path, renaming, &arena, error);
  if (status == STANCE_OK) status = stance_file_write_buffer(target, &renaming->out, error);
  annotate_journal_close(&journal);
  stance_arena_free(&arena);
  return status;
}

/* Renames the annotator in the training round's answers and in the pauses. */
static enum stance_status rename_standing(const struct annotate_project *project, const char *old_name,
                                          const char *new_name, struct stance_arena *arena,
                                          struct stance_error *error) {
  struct annotate_pause pause;
  char *from = stance_arena_format(arena, "%s/practice/%s.jsonl", project->folder, old_name);
  char *to = stance_arena_format(arena, "%s/practice/%s.jsonl", project->folder, new_name);
  if (!from || !to) return stance_fail_memory(error);
  enum stance_status status = STANCE_OK;
  if (is_file(from, &status, error) && rename(from, to) != 0) status = stance_fail_errno(error, from, "cannot rename");
  STANCE_TRY(status);
  STANCE_TRY(annotate_pause_read(project, old_name, &pause, error));
  return pause.is_paused ? annotate_pause_set(project, new_name, pause.why, error) : STANCE_OK;
}

/* Whether the new name's journal is what this renaming would write: the program was killed after writing it and now
 * continues. */
static bool was_begun(const char *path, const char *target, struct renaming *renaming, struct stance_arena *arena) {
  char *bytes;
  size_t length, changed = renaming->changed;
  bool is_same = stance_file_read(target, 0, arena, &bytes, &length, NULL) == STANCE_OK &&
                 rename_lines(path, renaming, arena, NULL) == STANCE_OK && length == renaming->out.length &&
                 (!length || memcmp(bytes, renaming->out.data, length) == 0);
  renaming->changed = changed;
  return is_same;
}

enum stance_status annotate_rename(const struct annotate_project *project, const char *old_name, const char *new_name,
                                   size_t *records, struct stance_error *error) {
  struct stance_arena arena = {0};
  struct renaming renaming = {.from = old_name, .to = new_name};
  struct two_paths from, to;
  *records = 0;
  enum stance_status status = find_paths(project, old_name, &arena, &from, error);
  if (status == STANCE_OK) status = find_paths(project, new_name, &arena, &to, error);
  char *gold = annotate_path(&arena, project, "gold.jsonl");
  if (status == STANCE_OK && !gold) status = stance_fail_memory(error);
  if (!is_file(from.inside, &status, error) && status == STANCE_OK)
    status = stance_fail(error, STANCE_INPUT, "'%.60s' has no labels in this project", old_name);
  bool is_taken = is_file(to.inside, &status, error) || is_file(to.outside, &status, error);
  if (status == STANCE_OK && is_taken && !was_begun(from.inside, to.inside, &renaming, &arena))
    status = stance_fail(error, STANCE_INPUT, "'%.60s' is somebody else's name", new_name);
  if (is_file(gold, &status, error)) status = rewrite(gold, gold, &renaming, error);
  if (status == STANCE_OK) status = rewrite(from.inside, to.inside, &renaming, error);
  if (status == STANCE_OK) status = edit_list(project, old_name, new_name, error);
  if (status == STANCE_OK) status = rename_standing(project, old_name, new_name, &arena, error);
  if (status == STANCE_OK && (unlink(from.inside) != 0 || !stance_folder_sync(from.inside)))
    status = stance_fail_errno(error, from.inside, "cannot remove");
  *records = renaming.changed;
  stance_buffer_free(&renaming.out);
  stance_arena_free(&arena);
  return status;
}
