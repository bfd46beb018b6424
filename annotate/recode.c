/* SPDX-License-Identifier: MIT
 * Recoding and its undo: the new record of each label, and the order of the writes. */
#include "recode.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "act.h"
#include "edition.h"
#include "keys.h"
#include "recode_codebook.h"
#include "recode_files.h"
#include "stance/base/error.h"
#include "stance/base/file.h"

struct recoder {
  const struct annotate_project *project;
  struct stance_arena *arena;
  struct annotate_recode_step step;          /* what is done */
  const struct annotate_recode_step *undone; /* the step that it reverts; NULL: none */
  const char *text;                          /* the new codebook */
  size_t length;
  struct stance_codebook codebook; /* the same, read */
  bool is_trial;
  int64_t wall;
  struct annotate_recoded *recoded;
  struct stance_buffer *out;
};

/* ---- one label --------------------------------------------------------------------------------------------------- */

enum change { CHANGE_NONE, CHANGE_LABEL, CHANGE_REVIEW, CHANGE_RETRACT };

static enum change forwards(const struct annotate_recode_step *step, const char *label, const char **new_label) {
  for (size_t i = 0; i < step->rule_count; i++) {
    if (strcmp(step->rules[i].old_label, label) != 0) continue;
    *new_label = step->rules[i].new_label;
    if (step->rules[i].kind == ANNOTATE_RECODE_SPLIT) return CHANGE_REVIEW;
    return strcmp(*new_label, label) == 0 ? CHANGE_NONE : CHANGE_LABEL;
  }
  return CHANGE_NONE;
}

/* Undo for a label given after the recoding: its old name, or a review if several old labels are possible. */
static enum change backwards(const struct recoder *recoder, const struct stance_record *record,
                             const char **new_label) {
  const struct annotate_recode_step *step = recoder->undone;
  const struct stance_head *head = stance_codebook_head(&recoder->codebook, step->head);
  size_t found = 0;
  if (record->act && strcmp(record->act, step->act) == 0) return CHANGE_RETRACT;
  if (!record->label || !head || stance_head_label(head, record->label) >= 0) return CHANGE_NONE;
  for (size_t i = 0; i < step->rule_count; i++) {
    if (strcmp(step->rules[i].new_label, record->label) != 0) continue;
    *new_label = step->rules[i].old_label;
    found++;
  }
  return found == 0 ? CHANGE_NONE : found == 1 ? CHANGE_LABEL : CHANGE_REVIEW;
}

static bool is_left_out(const char *flag) {
  static const char *const names[] = {"redo", "accepted", "recoded", "review"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (strcmp(flag, names[i]) == 0) return true;
  return strncmp(flag, "was:", 4) == 0;
}

/* Appends a line to the list of units to review; line breaks of the text are replaced. */
static void put_review(struct stance_buffer *out, const char *file, const struct stance_record *held) {
  stance_buffer_printf(out, "%s\t%s\t%s\t", file, held->unit, held->label);
  for (const char *c = held->text; *c; c++) stance_buffer_putc(out, (unsigned char)*c < ' ' ? ' ' : *c);
  stance_buffer_putc(out, '\n');
}

/* Appends the record of the change. */
static enum stance_status put_record(const struct recoder *recoder, const struct annotate_recode_file *file,
                                     const struct stance_record *held, enum change change, const char *new_label,
                                     const char *at, struct stance_buffer *lines, struct stance_error *error) {
  struct stance_record record = *held;
  const char **flags = stance_arena_alloc(recoder->arena, held->flag_count + 3, sizeof *flags);
  if (!flags) return stance_fail_memory(error);
  record.flags = flags;
  record.flag_count = 0;
  record.at = at;
  record.decided = change == CHANGE_LABEL ? (held->decided ? held->decided : held->at) : NULL;
  record.act = recoder->step.act;
  record.codebook = recoder->step.to;
  record.via = NULL;
  record.seconds = 0;
  if (!file->is_machine || change != CHANGE_LABEL) record.suggestion = NULL;
  else if (record.suggestion && strcmp(record.suggestion, held->label) == 0) record.suggestion = new_label;
  if (change == CHANGE_RETRACT) {
    record.retracts = held->at;
    record.label = NULL;
    record.note = "";
  } else {
    for (size_t i = 0; i < held->flag_count; i++)
      if (!is_left_out(held->flags[i])) flags[record.flag_count++] = held->flags[i];
    flags[record.flag_count++] = "recoded";
    record.label = change == CHANGE_LABEL ? new_label : NULL;
  }
  if (change == CHANGE_REVIEW) {
    flags[record.flag_count++] = "review";
    if (!(flags[record.flag_count++] = stance_arena_format(recoder->arena, "was:%s", held->label)))
      return stance_fail_memory(error);
    put_review(recoder->out, file->name, held);
    recoder->recoded->review++;
  }
  if (change == CHANGE_RETRACT) recoder->recoded->retracted++;
  else recoder->recoded->records++;
  stance_record_write(&record, lines);
  return STANCE_OK;
}

/* STANCE_INPUT if a label of the old codebook is neither in the new one nor changed by a rule. */
static enum stance_status check_kept(const struct recoder *recoder, const struct annotate_recode_file *file,
                                     const struct stance_record *record, struct stance_error *error) {
  const struct stance_head *head = stance_codebook_head(&recoder->codebook, record->head);
  const struct stance_head *old = stance_codebook_head(&recoder->project->codebook, record->head);
  if (!record->label || (head && stance_head_label(head, record->label) >= 0)) return STANCE_OK;
  if (!old || stance_head_label(old, record->label) < 0) return STANCE_OK; /* it was unknown before, too */
  return stance_fail_at(error, STANCE_INPUT, file->path, 0, 0,
                        "label '%.60s' of head '%.60s' holds for %.80s and the new codebook lacks it; say what "
                        "becomes of it by --rename, --merge or --split",
                        record->label, record->head, record->unit);
}

static enum stance_status change_file(struct recoder *recoder, struct annotate_recode_file *file,
                                      struct stance_buffer *lines, struct stance_error *error) {
  struct stance_record *records;
  size_t count;
  char at[40], *last;
  STANCE_TRY(annotate_recode_file_read(file, recoder->arena, &records, &count, &last, error));
  annotate_time_after(last, recoder->wall, at);
  const char *when = stance_arena_copy(recoder->arena, at, strlen(at));
  if (!when) return stance_fail_memory(error);
  for (size_t i = 0; i < count; i++) {
    const struct stance_record *held = &records[i];
    const char *new_label = NULL;
    enum change change = CHANGE_NONE;
    if (strcmp(held->head, recoder->step.head) == 0) {
      if (recoder->undone) change = backwards(recoder, held, &new_label);
      else if (held->label) change = forwards(&recoder->step, held->label, &new_label);
    }
    if (change == CHANGE_NONE) STANCE_TRY(check_kept(recoder, file, held, error));
    else STANCE_TRY(put_record(recoder, file, held, change, new_label, when, lines, error));
  }
  if (lines->length) recoder->recoded->files++;
  return lines->failed ? stance_fail_memory(error) : STANCE_OK;
}

/* ---- the disk ---------------------------------------------------------------------------------------------------- */

static char *codebook_copy(const struct recoder *recoder, const char *edition) {
  const char *hash = strrchr(edition, '@');
  return stance_arena_format(recoder->arena, "%s/codebooks/%s.json", recoder->project->folder,
                             hash ? hash + 1 : edition);
}

static enum stance_status keep_codebooks(const struct recoder *recoder, struct stance_error *error) {
  char *text, *folder = annotate_path(recoder->arena, recoder->project, "codebooks");
  char *from = codebook_copy(recoder, recoder->step.from), *to = codebook_copy(recoder, recoder->step.to);
  size_t length;
  if (!folder || !from || !to) return stance_fail_memory(error);
  if (mkdir(folder, 0777) != 0 && errno != EEXIST) return stance_fail_errno(error, folder, "cannot make the folder");
  STANCE_TRY(stance_file_read(recoder->project->codebook_path, 0, recoder->arena, &text, &length, error));
  STANCE_TRY(stance_file_write(from, text, length, error));
  return stance_file_write(to, recoder->text, recoder->length, error);
}

/* All files are locked before the first is written. */
static enum stance_status run(struct recoder *recoder, bool is_resumed, struct stance_error *error) {
  struct annotate_recode_file *files = NULL;
  struct stance_buffer *lines = NULL;
  size_t count = 0;
  enum stance_status status =
      annotate_recode_files_open(recoder->project, recoder->is_trial, recoder->arena, &files, &count, error);
  if (status == STANCE_OK && !(lines = stance_arena_zalloc(recoder->arena, count + 1, sizeof *lines)))
    status = stance_fail_memory(error);
  for (size_t i = 0; i < count && status == STANCE_OK; i++) status = change_file(recoder, &files[i], &lines[i], error);
  if (status == STANCE_OK && !recoder->is_trial && !is_resumed) {
    status = keep_codebooks(recoder, error);
    if (status == STANCE_OK) status = annotate_recode_log_append(recoder->project, &recoder->step, error);
  }
  for (size_t i = 0; i < count && status == STANCE_OK && !recoder->is_trial; i++)
    if (lines[i].length) status = annotate_journal_append(&files[i].journal, lines[i].data, lines[i].length, error);
  if (status == STANCE_OK && !recoder->is_trial) {
    status = stance_file_write(recoder->project->codebook_path, recoder->text, recoder->length, error);
    recoder->step.is_done = true;
    if (status == STANCE_OK) status = annotate_recode_log_append(recoder->project, &recoder->step, error);
  }
  for (size_t i = 0; lines && i < count; i++) stance_buffer_free(&lines[i]);
  annotate_recode_files_close(files, count);
  recoder->recoded->from = recoder->step.from;
  recoder->recoded->to = recoder->step.to;
  return status;
}

static enum stance_status use_text(struct recoder *recoder, const char *text, size_t length, const char *path,
                                   const char **edition, struct stance_error *error) {
  struct annotate_keymap keymap;
  recoder->text = text;
  recoder->length = length;
  STANCE_TRY(stance_codebook_parse(text, length, path, recoder->arena, &recoder->codebook, error));
  STANCE_TRY(annotate_keymap_make(&recoder->codebook, &keymap, error));
  *edition = annotate_edition_of(text, length, recoder->codebook.version, recoder->arena);
  return *edition ? STANCE_OK : stance_fail_memory(error);
}

static enum stance_status use_copy(struct recoder *recoder, const char *edition, struct stance_error *error) {
  char *text, *path = codebook_copy(recoder, edition);
  size_t length;
  const char *read;
  if (!path) return stance_fail_memory(error);
  STANCE_TRY(stance_file_read(path, 0, recoder->arena, &text, &length, error));
  return use_text(recoder, text, length, path, &read, error);
}

/* ---- rules ------------------------------------------------------------------------------------------------------- */

static enum stance_status check_rule(const struct stance_head *head, const struct annotate_recode_rule *rules,
                                     size_t count, size_t at, struct stance_error *error) {
  const struct annotate_recode_rule *rule = &rules[at];
  const char *kind = annotate_recode_names[rule->kind];
  if (stance_head_label(head, rule->old_label) < 0)
    return stance_fail(error, STANCE_INPUT, "label '%.60s' is not in head '%.60s'", rule->old_label, head->name);
  if (!*rule->new_label)
    return stance_fail(error, STANCE_USAGE, "--%s %.60s= gives no new label", kind, rule->old_label);
  if (rule->kind == ANNOTATE_RECODE_RENAME && stance_head_label(head, rule->new_label) >= 0)
    return stance_fail(error, STANCE_USAGE, "label '%.60s' is there already; --merge %.60s=%.60s puts them together",
                       rule->new_label, rule->old_label, rule->new_label);
  if (rule->kind == ANNOTATE_RECODE_SPLIT && strcmp(rule->old_label, rule->new_label) != 0 &&
      stance_head_label(head, rule->new_label) >= 0)
    return stance_fail(error, STANCE_USAGE, "label '%.60s' is there already; a split makes new ones", rule->new_label);
  for (size_t i = 0; i < at; i++) {
    bool is_split = rules[i].kind == ANNOTATE_RECODE_SPLIT && rule->kind == ANNOTATE_RECODE_SPLIT;
    if (strcmp(rules[i].old_label, rule->old_label) == 0 && !is_split)
      return stance_fail(error, STANCE_USAGE, "label '%.60s' is to become two things", rule->old_label);
    if (strcmp(rules[i].new_label, rule->new_label) == 0 &&
        (rules[i].kind != ANNOTATE_RECODE_MERGE || rule->kind != ANNOTATE_RECODE_MERGE))
      return stance_fail(error, STANCE_USAGE, "two labels are to become '%.60s'; --merge puts them together",
                         rule->new_label);
  }
  for (size_t i = 0; i < count; i++) /* a chain would depend on the order and could not be resumed */
    if (i != at && strcmp(rules[i].old_label, rule->new_label) == 0 &&
        strcmp(rules[i].old_label, rules[i].new_label) != 0)
      return stance_fail(error, STANCE_USAGE,
                         "'%.60s' is to become '%.60s', which is to become '%.60s'; do it in two steps",
                         rule->old_label, rule->new_label, rules[i].new_label);
  return STANCE_OK;
}

static enum stance_status check_new(const struct recoder *recoder, const char *path, struct stance_error *error) {
  const struct stance_head *head = stance_codebook_head(&recoder->codebook, recoder->step.head);
  if (!head) return stance_fail_at(error, STANCE_INPUT, path, 0, 0, "has no head '%.60s'", recoder->step.head);
  for (size_t i = 0; i < recoder->step.rule_count; i++)
    if (stance_head_label(head, recoder->step.rules[i].new_label) < 0)
      return stance_fail_at(error, STANCE_INPUT, path, 0, 0, "head '%.60s' has no label '%.60s'", head->name,
                            recoder->step.rules[i].new_label);
  return STANCE_OK;
}

/* ---- entry points ---------------------------------------------------------------------------------------------- */

static const struct annotate_recode_step *find_step(const struct annotate_recode_step *steps, size_t count,
                                                    const char *act) {
  for (size_t i = 0; i < count; i++)
    if (strcmp(steps[i].act, act) == 0) return &steps[i];
  return NULL;
}

/* Completes an interrupted recoding. *is_over: there was one; nothing else is done then. */
static enum stance_status take_up(struct recoder *recoder, const struct annotate_recode_step *steps, size_t count,
                                  bool *is_over, struct stance_error *error) {
  *is_over = count && !steps[count - 1].is_done;
  if (!*is_over) return STANCE_OK;
  recoder->step = steps[count - 1];
  if (recoder->step.undoes && !(recoder->undone = find_step(steps, count, recoder->step.undoes)))
    return stance_fail(error, STANCE_INPUT, "recodes.jsonl undoes '%.60s', which is not in it", recoder->step.undoes);
  STANCE_TRY(use_copy(recoder, recoder->step.to, error));
  recoder->recoded->was_interrupted = true;
  return run(recoder, true, error);
}

static enum stance_status name_step(struct recoder *recoder, const char *kind, struct stance_error *error) {
  char at[40];
  annotate_time_format(recoder->wall, at);
  recoder->step.at = stance_arena_copy(recoder->arena, at, strlen(at));
  recoder->step.act = stance_arena_format(recoder->arena, "%s-%s", kind, at);
  return recoder->step.at && recoder->step.act ? STANCE_OK : stance_fail_memory(error);
}

static enum stance_status recode(struct recoder *recoder, const struct annotate_recode_rule *rules, size_t count,
                                 const char *path, struct stance_error *error) {
  const struct annotate_project *project = recoder->project;
  const struct stance_head *head = stance_codebook_head(&project->codebook, recoder->step.head);
  char *text;
  size_t length;
  if (!head) return stance_fail(error, STANCE_INPUT, "head '%.60s' is not in the codebook", recoder->step.head);
  for (size_t i = 0; i < count; i++) STANCE_TRY(check_rule(head, rules, count, i, error));
  struct annotate_recode_rule *own = stance_arena_alloc(recoder->arena, count + 1, sizeof *own);
  if (!own) return stance_fail_memory(error);
  if (count) memcpy(own, rules, count * sizeof *own);
  recoder->step.rules = own;
  recoder->step.rule_count = count;
  recoder->step.from = project->edition;
  STANCE_TRY(name_step(recoder, "recode", error));
  STANCE_TRY(stance_file_read(path ? path : project->codebook_path, 0, recoder->arena, &text, &length, error));
  if (!path) {
    struct annotate_recode_edit edit;
    STANCE_TRY(
        annotate_recode_edit(text, length, project->codebook_path, &recoder->step, recoder->arena, &edit, error));
    recoder->recoded->examples = edit.examples;
    STANCE_TRY(use_text(recoder, edit.text, edit.length, project->codebook_path, &recoder->step.to, error));
  } else {
    STANCE_TRY(use_text(recoder, text, length, path, &recoder->step.to, error));
    STANCE_TRY(check_new(recoder, path, error));
  }
  if (strcmp(recoder->step.from, recoder->step.to) == 0)
    return stance_fail(error, STANCE_USAGE, "the new codebook is the one that the project has");
  return run(recoder, false, error);
}

static enum stance_status undo(struct recoder *recoder, const struct annotate_recode_step *steps, size_t count,
                               struct stance_error *error) {
  const struct annotate_recode_step *last = NULL;
  for (size_t i = 0; i < count; i++)
    if (!steps[i].undoes && !steps[i].is_undone) last = &steps[i];
  if (!last) return stance_fail(error, STANCE_INPUT, "nothing was recoded in this project");
  if (strcmp(last->to, recoder->project->edition) != 0)
    return stance_fail_at(error, STANCE_INPUT, recoder->project->codebook_path, 0, 0,
                          "was edited since it was recoded (it is %.60s, and was %.60s): undoing would lose that",
                          recoder->project->edition, last->to);
  recoder->undone = last;
  recoder->step = *last;
  recoder->step.undoes = last->act;
  recoder->step.from = last->to;
  recoder->step.to = last->from;
  recoder->step.is_done = false;
  STANCE_TRY(name_step(recoder, "undo-recode", error));
  STANCE_TRY(use_copy(recoder, recoder->step.to, error));
  return run(recoder, false, error);
}

/* The beginning of a recoding and of its undo: locks the codebook and completes an interrupted step. is_undo: rules are
 * ignored. */
static enum stance_status start(struct recoder *recoder, const struct annotate_recode_rule *rules, size_t count,
                                const char *codebook, bool is_undo, struct stance_error *error) {
  struct annotate_recode_step *steps;
  size_t step_count, folder = strlen(recoder->project->folder);
  int file = -1;
  bool is_over = false;
  *recoder->recoded = (struct annotate_recoded){0};
  if (strncmp(recoder->project->codebook_path, recoder->project->folder, folder) != 0)
    return stance_fail_at(error, STANCE_INPUT, recoder->project->codebook_path, 0, 0,
                          "is not in the project's folder, and may be others'; copy it in first");
  if (!recoder->is_trial) STANCE_TRY(annotate_codebook_hold(recoder->project, true, &file, error));
  enum stance_status status = annotate_recode_log_read(recoder->project, recoder->arena, &steps, &step_count, error);
  if (status == STANCE_OK) status = take_up(recoder, steps, step_count, &is_over, error);
  if (status == STANCE_OK && !is_over && !is_undo && !count && !codebook)
    status = stance_fail(error, STANCE_USAGE, "nothing to do: give --rename, --merge, --split, --codebook or --undo");
  if (status == STANCE_OK && !is_over)
    status = is_undo ? undo(recoder, steps, step_count, error) : recode(recoder, rules, count, codebook, error);
  if (file >= 0) close(file);
  return status;
}

enum stance_status annotate_recode(const struct annotate_project *project, const char *head,
                                   const struct annotate_recode_rule *rules, size_t count, const char *codebook,
                                   bool is_trial, int64_t wall, struct stance_arena *arena,
                                   struct annotate_recoded *recoded, struct stance_buffer *out,
                                   struct stance_error *error) {
  struct recoder recoder = {.project = project,
                            .arena = arena,
                            .step = {.head = head},
                            .is_trial = is_trial,
                            .wall = wall,
                            .recoded = recoded,
                            .out = out};
  return start(&recoder, rules, count, codebook, false, error);
}

enum stance_status annotate_recode_undo(const struct annotate_project *project, bool is_trial, int64_t wall,
                                        struct stance_arena *arena, struct annotate_recoded *recoded,
                                        struct stance_buffer *out, struct stance_error *error) {
  struct recoder recoder = {
      .project = project, .arena = arena, .is_trial = is_trial, .wall = wall, .recoded = recoded, .out = out};
  return start(&recoder, NULL, 0, NULL, true, error);
}
