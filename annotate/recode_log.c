/* SPDX-License-Identifier: MIT
 * The log of recodings, and locks on the codebook. */
#include "recode_log.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "edition.h"
#include "journal.h"
#include "stance/base/buffer.h"
#include "stance/base/error.h"
#include "stance/base/file.h"

const char *const annotate_recode_names[ANNOTATE_RECODE_KINDS] = {"rename", "merge", "split"};

#define LOG "recodes.jsonl"

struct log {
  struct stance_arena *arena;
  struct annotate_recode_step *steps;
  size_t count, capacity;
};

static enum stance_status read_text(struct log *log, const cJSON *object, const char *key, const char *fallback,
                                    const char **out, struct stance_error *error) {
  const char *text;
  STANCE_TRY(stance_json_get_string(object, key, fallback, &text, error));
  *out = text ? stance_arena_copy(log->arena, text, strlen(text)) : NULL;
  return !text || *out ? STANCE_OK : stance_fail_memory(error);
}

static enum stance_status read_rules(struct log *log, const cJSON *object, struct annotate_recode_step *step,
                                     struct stance_error *error) {
  const cJSON *array, *item;
  STANCE_TRY(stance_json_get_array(object, "rules", &array, error));
  step->rules = stance_arena_zalloc(log->arena, (size_t)cJSON_GetArraySize(array) + 1, sizeof *step->rules);
  if (!step->rules) return stance_fail_memory(error);
  cJSON_ArrayForEach(item, array) {
    struct annotate_recode_rule *rule = &step->rules[step->rule_count++];
    const char *kind;
    STANCE_TRY(read_text(log, item, "kind", "", &kind, error));
    STANCE_TRY(read_text(log, item, "old", "", &rule->old_label, error));
    STANCE_TRY(read_text(log, item, "new", "", &rule->new_label, error));
    for (rule->kind = 0; rule->kind < ANNOTATE_RECODE_KINDS; rule->kind++)
      if (strcmp(kind, annotate_recode_names[rule->kind]) == 0) break;
    if (rule->kind == ANNOTATE_RECODE_KINDS)
      return stance_fail(error, STANCE_INPUT, "unknown kind '%.40s'; expected rename, merge or split", kind);
  }
  return STANCE_OK;
}

static enum stance_status read_line(void *context, const cJSON *value, size_t line, struct stance_error *error) {
  struct log *log = context;
  struct annotate_recode_step step = {0};
  const char *state;
  (void)line;
  STANCE_TRY(read_text(log, value, "act", "", &step.act, error));
  STANCE_TRY(read_text(log, value, "state", "begun", &state, error));
  if (strcmp(state, "done") == 0) {
    for (size_t i = 0; i < log->count; i++)
      if (strcmp(log->steps[i].act, step.act) == 0) log->steps[i].is_done = true;
    return STANCE_OK;
  }
  STANCE_TRY(read_text(log, value, "at", "", &step.at, error));
  STANCE_TRY(read_text(log, value, "undoes", NULL, &step.undoes, error));
  STANCE_TRY(read_text(log, value, "head", "", &step.head, error));
  STANCE_TRY(read_text(log, value, "from", "", &step.from, error));
  STANCE_TRY(read_text(log, value, "to", "", &step.to, error));
  STANCE_TRY(read_rules(log, value, &step, error));
  for (size_t i = 0; step.undoes && i < log->count; i++)
    if (strcmp(log->steps[i].act, step.undoes) == 0) log->steps[i].is_undone = true;
  struct annotate_recode_step *steps =
      stance_arena_grow(log->arena, log->steps, &log->capacity, log->count + 1, sizeof *steps);
  if (!steps) return stance_fail_memory(error);
  log->steps = steps;
  steps[log->count++] = step;
  return STANCE_OK;
}

enum stance_status annotate_recode_log_read(const struct annotate_project *project, struct stance_arena *arena,
                                            struct annotate_recode_step **steps, size_t *count,
                                            struct stance_error *error) {
  struct log log = {.arena = arena};
  bool exists;
  char *text, *path = annotate_path(arena, project, LOG);
  size_t length;
  *steps = NULL;
  *count = 0;
  if (!path) return stance_fail_memory(error);
  STANCE_TRY(stance_file_exists(path, &exists, error));
  if (!exists) return STANCE_OK;
  STANCE_TRY(stance_file_read(path, 0, arena, &text, &length, error));
  while (length && text[length - 1] != '\n') length--; /* an incomplete line does not count */
  STANCE_TRY(stance_json_lines(text, length, path, read_line, &log, error));
  *steps = log.steps;
  *count = log.count;
  return STANCE_OK;
}

static void put_text(struct stance_buffer *out, const char *key, const char *text) {
  stance_buffer_printf(out, ",\"%s\":", key);
  stance_buffer_json_text(out, text);
}

enum stance_status annotate_recode_log_append(const struct annotate_project *project,
                                              const struct annotate_recode_step *step, struct stance_error *error) {
  struct stance_arena arena = {0};
  struct annotate_journal file = {.file = -1};
  struct stance_buffer out = {0};
  const char *notice;
  char *path = annotate_path(&arena, project, LOG);
  stance_buffer_puts(&out, "{\"act\":");
  stance_buffer_json_text(&out, step->act);
  put_text(&out, "state", step->is_done ? "done" : "begun");
  put_text(&out, "at", step->at);
  if (!step->is_done) {
    if (step->undoes) put_text(&out, "undoes", step->undoes);
    put_text(&out, "head", step->head);
    put_text(&out, "from", step->from);
    put_text(&out, "to", step->to);
    stance_buffer_puts(&out, ",\"rules\":[");
    for (size_t i = 0; i < step->rule_count; i++) {
      stance_buffer_printf(&out, "%s{\"kind\":\"%s\"", i ? "," : "", annotate_recode_names[step->rules[i].kind]);
      put_text(&out, "old", step->rules[i].old_label);
      put_text(&out, "new", step->rules[i].new_label);
      stance_buffer_putc(&out, '}');
    }
    stance_buffer_putc(&out, ']');
  }
  stance_buffer_puts(&out, "}\n");
  enum stance_status status =
      path && !out.failed ? annotate_journal_open(path, &arena, &file, &notice, error) : stance_fail_memory(error);
  if (status == STANCE_OK) status = annotate_journal_append(&file, out.data, out.length, error);
  annotate_journal_close(&file);
  stance_buffer_free(&out);
  stance_arena_free(&arena);
  return status;
}

/* ---- locks on the codebook --------------------------------------------------------------------------------- */

static enum stance_status check_interrupted(const struct annotate_project *project, struct stance_arena *arena,
                                            struct stance_error *error) {
  struct annotate_recode_step *steps;
  size_t count;
  STANCE_TRY(annotate_recode_log_read(project, arena, &steps, &count, error));
  if (!count || steps[count - 1].is_done) return STANCE_OK;
  return stance_fail_at(error, STANCE_INPUT, project->folder, 0, 0,
                        "a recoding was interrupted; 'stance annotate recode %s' takes it up again", project->folder);
}

static enum stance_status check_edition(const struct annotate_project *project, struct stance_arena *arena,
                                        struct stance_error *error) {
  struct stance_codebook codebook;
  const char *edition;
  STANCE_TRY(annotate_edition_read(project->codebook_path, arena, &codebook, &edition, error));
  if (strcmp(edition, project->edition) == 0) return STANCE_OK;
  return stance_fail_at(error, STANCE_INPUT, project->codebook_path, 0, 0, "was changed just now; start again");
}

enum stance_status annotate_codebook_hold(const struct annotate_project *project, bool is_alone, int *file,
                                          struct stance_error *error) {
  struct flock whole = {.l_type = is_alone ? F_WRLCK : F_RDLCK, .l_whence = SEEK_SET};
  struct stance_arena arena = {0};
  *file = open(project->codebook_path, (is_alone ? O_RDWR : O_RDONLY) | O_CLOEXEC);
  if (*file < 0) return stance_fail_errno(error, project->codebook_path, "cannot open");
  enum stance_status status = STANCE_OK;
  if (fcntl(*file, F_OFD_SETLK, &whole) != 0)
    status = errno == EAGAIN || errno == EACCES
                 ? stance_fail_at(error, STANCE_INPUT, project->codebook_path, 0, 0,
                                  is_alone ? "is in use: somebody labels, adjudicates or serves; close that first"
                                           : "is being recoded; try again in a moment")
                 : stance_fail_errno(error, project->codebook_path, "cannot lock");
  if (status == STANCE_OK) status = check_edition(project, &arena, error);
  if (status == STANCE_OK && !is_alone) status = check_interrupted(project, &arena, error);
  stance_arena_free(&arena);
  if (status == STANCE_OK) return status;
  close(*file);
  *file = -1;
  return status;
}
