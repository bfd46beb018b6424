/* SPDX-License-Identifier: MIT
 * Creates and opens project folders, and reads their labels and gold. */
#include "project.h"

#include <dirent.h>
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "edition.h"
#include "stance/base/buffer.h"
#include "stance/base/error.h"
#include "stance/base/file.h"
#include "stance/base/json.h"
#include "stance/base/utf8.h"

char *annotate_path(struct stance_arena *arena, const struct annotate_project *project, const char *name) {
  return stance_arena_format(arena, "%s/%s", project->folder, name);
}

enum stance_status annotate_name_check(const char *name, struct stance_error *error) {
  size_t length = strlen(name);
  bool is_good =
      length > 0 && length <= ANNOTATE_NAME_MAX && name[0] != '.' && name[0] != '-' && stance_utf8_valid(name, length);
  for (size_t i = 0; is_good && i < length; i++)
    is_good = (unsigned char)name[i] > ' ' && name[i] != 0x7f && !strchr("/\\,", name[i]);
  if (is_good) return STANCE_OK;
  return stance_fail(
      error, STANCE_INPUT,
      "'%.80s' cannot be an annotator's name; expected 1 to %d letters or digits (it becomes a file's name)", name,
      ANNOTATE_NAME_MAX);
}

/* ---- making one ---------------------------------------------------------------------------------------- */

static enum stance_status make_folder(const char *path, struct stance_error *error) {
  struct stat about;
  if (mkdir(path, 0777) == 0) return STANCE_OK;
  if (errno == EEXIST && stat(path, &about) == 0 && S_ISDIR(about.st_mode)) return STANCE_OK;
  if (errno == EEXIST) errno = ENOTDIR;
  return stance_fail_errno(error, path, "cannot make the folder");
}

static enum stance_status copy_file(const char *from, const char *to, struct stance_error *error) {
  struct stance_arena arena = {0};
  char *bytes;
  size_t length;
  enum stance_status status = stance_file_read(from, 0, &arena, &bytes, &length, error);
  if (status == STANCE_OK) status = stance_file_write(to, bytes, length, error);
  stance_arena_free(&arena);
  return status;
}

static const char *base_name(const char *path) {
  const char *slash = strrchr(path, '/');
  return slash ? slash + 1 : path;
}

static void write_strings(struct stance_buffer *out, const char *key, const char *const *items, size_t count,
                          const char *folder) {
  stance_buffer_printf(out, ",\n \"%s\":[", key);
  for (size_t i = 0; i < count; i++) {
    if (i) stance_buffer_puts(out, ", ");
    char path[512];
    snprintf(path, sizeof path, "%s%s", folder, *folder ? base_name(items[i]) : items[i]);
    stance_buffer_json_string(out, path, strlen(path));
  }
  stance_buffer_putc(out, ']');
}

static enum stance_status write_settings(const char *path, const struct annotate_project *settings,
                                         struct stance_error *error) {
  struct stance_buffer out = {0};
  stance_buffer_puts(&out, "{\"codebook\":\"codebook.json\"");
  write_strings(&out, "actors", settings->actors, settings->actor_count, "actors/");
  write_strings(&out, "annotators", settings->annotators, settings->annotator_count, "");
  stance_buffer_printf(&out, ",\n \"overlap\":%u,\n \"order\":\"%s\",\n \"seed\":%llu", settings->overlap,
                       annotate_order_name(settings->order), (unsigned long long)settings->seed);
  stance_buffer_puts(&out, ",\n \"check_gold\":");
  stance_buffer_fixed(&out, settings->check_gold, 3);
  stance_buffer_puts(&out, ",\n \"check_self\":");
  stance_buffer_fixed(&out, settings->check_self, 3);
  stance_buffer_puts(&out, ",\n \"check_pass\":");
  stance_buffer_fixed(&out, settings->check_pass, 3);
  stance_buffer_printf(&out, ",\n \"practice\":%u,\n \"practice_pass\":", settings->practice);
  stance_buffer_fixed(&out, settings->practice_pass, 3);
  if (settings->merge.kind > ANNOTATE_MERGE_UNANIMITY) {
    stance_buffer_printf(&out, ",\n \"merge\":\"%s\"", annotate_merge_name(settings->merge.kind));
    if (settings->merge.share > 0) stance_buffer_puts(&out, ",\n \"merge_share\":");
    if (settings->merge.share > 0) stance_buffer_fixed(&out, settings->merge.share, 6);
  }
  stance_buffer_puts(&out, "}\n");
  enum stance_status status = stance_file_write_buffer(path, &out, error);
  stance_buffer_free(&out);
  return status;
}

const char *annotate_order_name(enum annotate_order order) {
  static const char *const names[] = {[ANNOTATE_ORDER_DOCUMENT] = "document",
                                      [ANNOTATE_ORDER_RANDOM] = "random",
                                      [ANNOTATE_ORDER_UNCERTAIN] = "uncertain"};
  return names[order ? order : ANNOTATE_ORDER_DOCUMENT];
}

const char *annotate_merge_name(enum annotate_merge_kind kind) {
  static const char *const names[] = {[ANNOTATE_MERGE_UNANIMITY] = "unanimity",
                                      [ANNOTATE_MERGE_MAJORITY] = "majority",
                                      [ANNOTATE_MERGE_THRESHOLD] = "threshold",
                                      [ANNOTATE_MERGE_COMPETENCE] = "competence"};
  return names[kind ? kind : ANNOTATE_MERGE_UNANIMITY];
}

struct annotate_merge_rule annotate_merge_rule(enum annotate_merge_kind kind, double share) {
  if (kind == ANNOTATE_MERGE_OF_PROJECT) kind = ANNOTATE_MERGE_UNANIMITY;
  if (!(share > 0)) share = kind == ANNOTATE_MERGE_THRESHOLD ? 2.0 / 3 : kind == ANNOTATE_MERGE_COMPETENCE ? 0.9 : 0;
  return (struct annotate_merge_rule){kind, share};
}

static enum stance_status read_merge(const cJSON *object, struct annotate_project *project,
                                     struct stance_error *error) {
  const char *name;
  double share;
  enum annotate_merge_kind kind = ANNOTATE_MERGE_UNANIMITY;
  STANCE_TRY(stance_json_get_string(object, "merge", "unanimity", &name, error));
  STANCE_TRY(stance_json_get_number(object, "merge_share", 0, &share, error));
  while (kind <= ANNOTATE_MERGE_COMPETENCE && strcmp(annotate_merge_name(kind), name) != 0) kind++;
  if (kind > ANNOTATE_MERGE_COMPETENCE)
    return stance_fail(error, STANCE_INPUT,
                       "unknown merge rule '%.40s'; expected unanimity, majority, threshold or competence", name);
  if (!(share >= 0 && share <= 1))
    return stance_fail(error, STANCE_INPUT, "'merge_share' is %g; expected a share from 0 to 1", share);
  project->merge = annotate_merge_rule(kind, share);
  return STANCE_OK;
}

static enum stance_status check_settings(const struct annotate_project *settings, struct stance_error *error) {
  for (size_t i = 0; i < settings->annotator_count; i++) {
    STANCE_TRY(annotate_name_check(settings->annotators[i], error));
    for (size_t j = 0; j < i; j++)
      if (strcmp(settings->annotators[i], settings->annotators[j]) == 0)
        return stance_fail(error, STANCE_INPUT, "annotator '%s' stands twice", settings->annotators[i]);
  }
  if (settings->overlap > settings->annotator_count)
    return stance_fail(error, STANCE_INPUT, "overlap %u of %zu annotators; expected at most %zu", settings->overlap,
                       settings->annotator_count, settings->annotator_count);
  const double shares[] = {settings->check_gold, settings->check_self};
  for (size_t i = 0; i < 2; i++)
    if (!(shares[i] >= 0 && shares[i] <= 0.5))
      return stance_fail(error, STANCE_INPUT, "check_%s is %g; expected a share from 0 to 0.5", i ? "self" : "gold",
                         shares[i]);
  if (!(settings->check_pass >= 0 && settings->check_pass <= 1) ||
      !(settings->practice_pass >= 0 && settings->practice_pass <= 1))
    return stance_fail(error, STANCE_INPUT, "check_pass and practice_pass are shares; expected 0 to 1");
  return STANCE_OK;
}

enum stance_status annotate_project_create(const struct annotate_project *settings, struct stance_error *error) {
  struct stance_arena arena = {0};
  struct stance_codebook codebook;
  bool exists = false;
  enum stance_status status = check_settings(settings, error);
  char *file = annotate_path(&arena, settings, "project.json"),
       *codebook_path = annotate_path(&arena, settings, "codebook.json");
  char *actors = annotate_path(&arena, settings, "actors"), *labels = annotate_path(&arena, settings, "labels");
  if (status == STANCE_OK && (!file || !codebook_path || !actors || !labels)) status = stance_fail_memory(error);
  if (status == STANCE_OK) status = stance_file_exists(file, &exists, error);
  if (status == STANCE_OK && exists)
    status = stance_fail_at(error, STANCE_INPUT, file, 0, 0, "is there already; a project is made once");
  if (status == STANCE_OK) status = stance_codebook_read(settings->codebook_path, &arena, &codebook, error);
  if (status == STANCE_OK) status = make_folder(settings->folder, error);
  if (status == STANCE_OK) status = make_folder(labels, error);
  if (status == STANCE_OK) status = copy_file(settings->codebook_path, codebook_path, error);
  if (status == STANCE_OK && settings->actor_count) status = make_folder(actors, error);
  for (size_t i = 0; status == STANCE_OK && i < settings->actor_count; i++) {
    char *to = stance_arena_format(&arena, "%s/%s", actors, base_name(settings->actors[i]));
    status = to ? stance_file_exists(to, &exists, error) : stance_fail_memory(error);
    if (status == STANCE_OK && exists)
      status = stance_fail_at(error, STANCE_INPUT, settings->actors[i], 0, 0, "has the name of another gazetteer");
    else if (status == STANCE_OK) status = copy_file(settings->actors[i], to, error);
  }
  if (status == STANCE_OK) status = write_settings(file, settings, error); /* last: it makes the folder a project */
  stance_arena_free(&arena);
  return status;
}

/* ---- opening one --------------------------------------------------------------------------------------- */

static enum stance_status read_strings(const cJSON *object, const char *key, struct stance_arena *arena,
                                       const char *folder, const char ***out, size_t *count,
                                       struct stance_error *error) {
  const cJSON *array, *item;
  STANCE_TRY(stance_json_get_array(object, key, &array, error));
  size_t most = array ? (size_t)cJSON_GetArraySize(array) : 0;
  *count = 0;
  *out = stance_arena_zalloc(arena, most + 1, sizeof **out);
  if (!*out) return stance_fail_memory(error);
  cJSON_ArrayForEach(item, array) {
    if (!cJSON_IsString(item)) return stance_fail(error, STANCE_INPUT, "'%s' holds what is not a string", key);
    bool is_below = folder && item->valuestring[0] != '/';
    (*out)[*count] =
        stance_arena_format(arena, "%s%s%s", is_below ? folder : "", is_below ? "/" : "", item->valuestring);
    if (!(*out)[(*count)++]) return stance_fail_memory(error);
  }
  return STANCE_OK;
}

static enum stance_status parse_order(const char *name, enum annotate_order *out, struct stance_error *error) {
  for (*out = ANNOTATE_ORDER_DOCUMENT; *out <= ANNOTATE_ORDER_UNCERTAIN; ++*out)
    if (strcmp(name, annotate_order_name(*out)) == 0) return STANCE_OK;
  return stance_fail(error, STANCE_INPUT, "unknown order '%s'; expected document, random or uncertain", name);
}

static enum stance_status read_settings(const cJSON *object, struct stance_arena *arena,
                                        struct annotate_project *project, struct stance_error *error) {
  const char *codebook, *order;
  double overlap, seed;
  if (!cJSON_IsObject(object)) return stance_fail(error, STANCE_INPUT, "is not a JSON object; expected a project");
  STANCE_TRY(stance_json_get_string(object, "codebook", "codebook.json", &codebook, error));
  project->codebook_path = codebook[0] == '/' ? stance_arena_copy(arena, codebook, strlen(codebook))
                                              : annotate_path(arena, project, codebook);
  STANCE_TRY(stance_json_get_string(object, "order", "document", &order, error));
  if (!project->codebook_path) return stance_fail_memory(error);
  STANCE_TRY(parse_order(order, &project->order, error));
  STANCE_TRY(read_merge(object, project, error));
  STANCE_TRY(read_strings(object, "actors", arena, project->folder, &project->actors, &project->actor_count, error));
  STANCE_TRY(read_strings(object, "annotators", arena, NULL, &project->annotators, &project->annotator_count, error));
  STANCE_TRY(stance_json_get_number(object, "overlap", 0, &overlap, error));
  STANCE_TRY(stance_json_get_number(object, "seed", 1, &seed, error));
  if (!(overlap >= 0 && overlap <= 1000) || overlap != floor(overlap))
    return stance_fail(error, STANCE_INPUT, "'overlap' is %g; expected a whole number from 0", overlap);
  if (!(seed >= 0 && seed <= 9007199254740992.0) || seed != floor(seed))
    return stance_fail(error, STANCE_INPUT, "'seed' is %g; expected a whole number from 0", seed);
  project->overlap = (uint32_t)overlap;
  project->seed = (uint64_t)seed;
  STANCE_TRY(stance_json_get_number(object, "check_gold", 0, &project->check_gold, error));
  STANCE_TRY(stance_json_get_number(object, "check_self", 0, &project->check_self, error));
  double practice;
  STANCE_TRY(stance_json_get_number(object, "check_pass", 0, &project->check_pass, error));
  STANCE_TRY(stance_json_get_number(object, "practice", 0, &practice, error));
  STANCE_TRY(stance_json_get_number(object, "practice_pass", 0.8, &project->practice_pass, error));
  if (!(practice >= 0 && practice <= 500) || practice != floor(practice))
    return stance_fail(error, STANCE_INPUT, "'practice' is %g; expected a whole number from 0 to 500", practice);
  project->practice = (uint32_t)practice;
  return check_settings(project, error);
}

enum stance_status annotate_project_open(const char *folder, struct stance_arena *arena,
                                         struct annotate_project *project, struct stance_error *error) {
  bool exists;
  char *bytes;
  size_t length;
  cJSON *object;
  *project = (struct annotate_project){.folder = stance_arena_copy(arena, folder, strlen(folder))};
  char *file = project->folder ? annotate_path(arena, project, "project.json") : NULL;
  if (!file) return stance_fail_memory(error);
  STANCE_TRY(stance_file_exists(file, &exists, error));
  if (!exists)
    return stance_fail_at(error, STANCE_INPUT, folder, 0, 0,
                          "is not an annotation project (no project.json); 'stance annotate init' makes one");
  STANCE_TRY(stance_file_read(file, 0, arena, &bytes, &length, error));
  STANCE_TRY(stance_json_parse(bytes, length, file, 1, &object, error));
  if (error) error->file[0] = '\0';
  enum stance_status status = read_settings(object, arena, project, error);
  if (status != STANCE_OK && error && !error->file[0]) {
    struct stance_error what = *error;
    stance_fail_at(error, status, file, 0, 0, "%s", what.message);
  }
  cJSON_Delete(object);
  if (status != STANCE_OK) return status;
  return annotate_edition_read(project->codebook_path, arena, &project->codebook, &project->edition, error);
}

/* ---- what it holds ------------------------------------------------------------------------------------- */

static int is_journal(const struct dirent *entry) {
  size_t length = strlen(entry->d_name);
  return length > 6 && entry->d_name[0] != '.' && strcmp(entry->d_name + length - 6, ".jsonl") == 0;
}

static int by_bytes(const struct dirent **a, const struct dirent **b) { return strcmp((*a)->d_name, (*b)->d_name); }

enum stance_status annotate_journal_names(const struct annotate_project *project, const char *part,
                                          struct stance_arena *arena, const char ***names, size_t *count,
                                          struct stance_error *error) {
  struct dirent **entries;
  char *folder = annotate_path(arena, project, part);
  *count = 0;
  *names = NULL;
  if (!folder) return stance_fail_memory(error);
  int found = scandir(folder, &entries, is_journal, by_bytes);
  if (found < 0) return errno == ENOENT ? STANCE_OK : stance_fail_errno(error, folder, "cannot list");
  enum stance_status status = STANCE_OK;
  *names = stance_arena_zalloc(arena, (size_t)found + 1, sizeof **names);
  if (!*names) status = stance_fail_memory(error);
  for (int i = 0; i < found; i++) {
    if (status == STANCE_OK) {
      (*names)[*count] = stance_arena_copy(arena, entries[i]->d_name, strlen(entries[i]->d_name) - 6);
      if (!(*names)[(*count)++]) status = stance_fail_memory(error);
    }
    free(entries[i]);
  }
  free(entries);
  return status;
}

/* A journal that another process is writing may end in an incomplete line, which does not count yet. */
static enum stance_status read_journal(const char *path, struct stance_arena *arena, struct stance_record **records,
                                       size_t *count, struct stance_error *error) {
  return stance_records_read_as(path, true, NULL, NULL, arena, records, count, error);
}

enum stance_status annotate_labels_read(const struct annotate_project *project, const char *journal, bool is_raw,
                                        struct stance_arena *arena, struct stance_record **records, size_t *count,
                                        struct stance_error *error) {
  const char **names;
  size_t name_count, capacity = 0;
  *records = NULL;
  *count = 0;
  STANCE_TRY(annotate_journal_names(project, "labels", arena, &names, &name_count, error));
  for (size_t i = 0; i < name_count; i++) {
    struct stance_record *found, *all;
    size_t found_count;
    if (journal && strcmp(journal, names[i]) != 0) continue;
    char *path = stance_arena_format(arena, "%s/labels/%s.jsonl", project->folder, names[i]);
    if (!path) return stance_fail_memory(error);
    STANCE_TRY(read_journal(path, arena, &found, &found_count, error));
    if (!is_raw) STANCE_TRY(stance_records_resolve(found, &found_count, error));
    if (!found_count) continue;
    all = stance_arena_grow(arena, *records, &capacity, *count + found_count, sizeof *all);
    if (!all) return stance_fail_memory(error);
    memcpy(all + *count, found, found_count * sizeof *all);
    *records = all;
    *count += found_count;
  }
  return STANCE_OK;
}

enum stance_status annotate_gold_lines(const struct annotate_project *project, struct stance_arena *arena,
                                       struct stance_record **records, size_t *count, struct stance_error *error) {
  bool exists;
  char *path = annotate_path(arena, project, "gold.jsonl");
  *records = NULL;
  *count = 0;
  if (!path) return stance_fail_memory(error);
  STANCE_TRY(stance_file_exists(path, &exists, error));
  if (!exists) return STANCE_OK;
  return read_journal(path, arena, records, count, error);
}

enum stance_status annotate_gold_read(const struct annotate_project *project, struct stance_arena *arena,
                                      struct stance_record **records, size_t *count, struct stance_error *error) {
  STANCE_TRY(annotate_gold_lines(project, arena, records, count, error));
  return annotate_gold_resolve(*records, count, arena, error);
}

enum stance_status annotate_gold_resolve(struct stance_record *records, size_t *count, struct stance_arena *arena,
                                         struct stance_error *error) {
  const char **names = stance_arena_zalloc(arena, *count + 1, sizeof *names);
  if (!names) return stance_fail_memory(error);
  for (size_t i = 0; i < *count; i++) {
    names[i] = records[i].annotator;
    records[i].annotator = "";
    records[i].line = i;
  }
  STANCE_TRY(stance_records_resolve(records, count, error));
  for (size_t i = 0; i < *count; i++) {
    records[i].annotator = names[records[i].line];
    records[i].line++;
  }
  return STANCE_OK;
}
