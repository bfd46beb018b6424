/* SPDX-License-Identifier: MIT
 * Adds the units of a probability sample (stance sample) to a project, in its order. */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "add.h"
#include "stance/base/error.h"
#include "stance/base/file.h"
#include "stance/base/json.h"

bool annotate_is_sample(const char *text, size_t length) {
  const char *end = memchr(text, '\n', length);
  struct stance_error error;
  cJSON *header;
  if (!end || !memmem(text, (size_t)(end - text), "\"design\"", 8)) return false;
  if (stance_json_parse(text, (size_t)(end - text), NULL, 1, &header, &error) != STANCE_OK) return false;
  const cJSON *design = cJSON_GetObjectItemCaseSensitive(header, "design");
  bool is_sample = cJSON_IsObject(design) && cJSON_IsObject(cJSON_GetObjectItemCaseSensitive(design, "population"));
  cJSON_Delete(header);
  return is_sample;
}

enum stance_status annotate_add_sample(const struct annotate_project *project, const char *text, size_t length,
                                       const char *file, struct annotate_added *added, struct stance_error *error) {
  static const char *flag = ANNOTATE_SAMPLED;
  struct stance_arena arena = {0};
  struct stance_record *records;
  size_t count;
  *added = (struct annotate_added){0};
  if (!annotate_is_sample(text, length))
    return stance_fail_at(error, STANCE_INPUT, file, 1, 0, "is no sample: expected what 'stance sample' writes");
  const char *start = (const char *)memchr(text, '\n', length) + 1;
  enum stance_status status =
      stance_records_parse(start, length - (size_t)(start - text), file, &arena, &records, &count, error);
  for (size_t i = 0; status == STANCE_OK && i < count; i++) {
    if (!stance_codebook_head(&project->codebook, records[i].head))
      status = stance_fail_at(error, STANCE_INPUT, file, records[i].line + 1, 0, "head '%.60s' is not in the codebook",
                              records[i].head);
    records[i].flags = &flag;
    records[i].flag_count = 1;
  }
  if (status == STANCE_OK) status = annotate_add_records(project, records, count, added, error);
  stance_arena_free(&arena);
  return status;
}

/* Reads only the first bytes, because most files are articles. */
static bool begins_like_sample(const char *path) {
  char start[16];
  struct stat about;
  if (stat(path, &about) != 0 || !S_ISREG(about.st_mode)) return false; /* a pipe cannot be read twice */
  FILE *file = fopen(path, "rb");
  size_t length = file ? fread(start, 1, sizeof start, file) : 0;
  if (file) fclose(file);
  return length == sizeof start && strncmp(start, "{\"design\":{", 11) == 0;
}

enum stance_status annotate_add_samples(const struct annotate_project *project, char **paths, size_t *count,
                                        struct annotate_added *added, struct stance_error *error) {
  size_t kept = 0;
  enum stance_status status = STANCE_OK;
  for (size_t i = 0; i < *count && status == STANCE_OK; i++) {
    struct stance_arena arena = {0};
    struct annotate_added own;
    char *text;
    size_t length;
    if (!begins_like_sample(paths[i])) {
      paths[kept++] = paths[i];
      continue;
    }
    status = stance_file_read(paths[i], 0, &arena, &text, &length, error);
    if (status == STANCE_OK) status = annotate_add_sample(project, text, length, paths[i], &own, error);
    stance_arena_free(&arena);
    if (status != STANCE_OK) break;
    added->units += own.units;
    added->known += own.known;
  }
  *count = kept;
  return status;
}
