/* SPDX-License-Identifier: MIT
 * stance annotate recode: labels under another codebook. */
#include <stdio.h>
#include <string.h>

#include "annotate/recode.h"
#include "annotate/screen.h"
#include "project_run.h"
#include "stance/base/error.h"

struct recode_options {
  const char *head, *codebook;
  struct flag_list renames, merges, splits;
  bool is_undo, is_trial;
};

static const struct recode_options recode_defaults = {0};

static const struct flag recode_flags[] = {
    FLAG(FLAG_STRING, struct recode_options, head, "head", 0, "HEAD", "whose labels these are",
         .unset = "the one that has them"),
    FLAG(FLAG_LIST, struct recode_options, renames, "rename", 0, "OLD=NEW", "give a label another name",
         .unset = "none"),
    FLAG(FLAG_LIST, struct recode_options, merges, "merge", 0, "OLD=NEW",
         "make OLD and NEW one label; given several times, several become one", .unset = "none"),
    FLAG(FLAG_LIST, struct recode_options, splits, "split", 0, "OLD=NEW",
         "OLD becomes several labels, each given by a --split; who gave OLD decides again", .unset = "none"),
    FLAG(FLAG_STRING, struct recode_options, codebook, "codebook", 'c', "FILE",
         "the new codebook; all labels in use must be in it, or be renamed, merged or split",
         .unset = "the project's, edited"),
    FLAG(FLAG_BOOL, struct recode_options, is_undo, "undo", 0, NULL, "take the latest recoding back"),
    FLAG(FLAG_BOOL, struct recode_options, is_trial, "dry-run", 0, NULL, "only say what would change"),
};

/* The head with the label OLD of `text` ("OLD=NEW"); *length: bytes of OLD. Names may contain '='. */
static const struct stance_head *find_head(const struct stance_codebook *codebook, const char *text, size_t *length) {
  for (size_t h = 0; h < codebook->head_count; h++)
    for (size_t l = 0; l < codebook->heads[h].label_count; l++) {
      const char *name = codebook->heads[h].labels[l].name;
      *length = strlen(name);
      if (strncmp(text, name, *length) == 0 && text[*length] == '=') return &codebook->heads[h];
    }
  return NULL;
}

static enum stance_status add_rules(struct project_run *run, const struct flag_list *given,
                                    enum annotate_recode_kind kind, const char **head,
                                    struct annotate_recode_rule *rules, size_t *count, struct stance_error *error) {
  const struct stance_codebook *codebook = &run->project.codebook;
  for (size_t i = 0; i < given->count; i++) {
    const char *text = given->items[i], *equals = strchr(text, '=');
    struct stance_codebook one = *codebook;
    size_t length;
    const struct stance_head *named = *head ? stance_codebook_head(codebook, *head) : NULL;
    if (!equals) return stance_fail(error, STANCE_USAGE, "'%.60s' is not of the form OLD=NEW", text);
    if (*head && !named) return stance_fail(error, STANCE_INPUT, "head '%.60s' is not in the codebook", *head);
    if (named) {
      one.heads = (struct stance_head *)named;
      one.head_count = 1;
    }
    const struct stance_head *found = find_head(&one, text, &length);
    if (!found)
      return stance_fail(error, STANCE_INPUT, "label '%.*s' is not in %s%s", (int)(equals - text), text,
                         named ? "head " : "the codebook", named ? *head : "");
    *head = found->name;
    rules[*count] =
        (struct annotate_recode_rule){kind, stance_arena_copy(&run->arena, text, length),
                                      stance_arena_copy(&run->arena, text + length + 1, strlen(text + length + 1))};
    if (!rules[*count].old_label || !rules[*count].new_label) return stance_fail_memory(error);
    ++*count;
  }
  return STANCE_OK;
}

static void say(const struct recode_options *options, const char *folder, const struct annotate_recoded *recoded) {
  const char *would = options->is_trial ? "would be " : "";
  if (recoded->was_interrupted) message_note("a recoding that was interrupted is finished now; nothing else was done");
  message_note("codebook %s -> %s", recoded->from, recoded->to);
  size_t labels = recoded->records + recoded->retracted - recoded->review;
  message_note("%zu %s in %zu %s %srecoded", labels, labels == 1 ? "label" : "labels", recoded->files,
               recoded->files == 1 ? "file" : "files", would);
  if (recoded->review)
    message_note("%zu labels %staken back, to be given anew: standard output lists them", recoded->review, would);
  if (recoded->examples)
    message_warning(
        "%zu examples of the codebook had a label that was split, and %sleft out; the parts' definitions "
        "are to be written",
        recoded->examples, would);
  if (!options->is_trial && !options->is_undo) message_note("'stance annotate recode %s --undo' takes it back", folder);
}

static enum stance_status recode(struct project_run *run, struct stance_error *error) {
  const struct recode_options *options = run->options;
  struct annotate_project *project = &run->project;
  struct annotate_recoded recoded;
  const char *head = options->head;
  size_t count = 0, most = options->renames.count + options->merges.count + options->splits.count;
  struct annotate_recode_rule *rules = stance_arena_alloc(&run->arena, most + 1, sizeof *rules);
  int64_t wall = annotate_clock_wall(NULL);
  if (!rules) return stance_fail_memory(error);
  STANCE_TRY(add_rules(run, &options->renames, ANNOTATE_RECODE_RENAME, &head, rules, &count, error));
  STANCE_TRY(add_rules(run, &options->merges, ANNOTATE_RECODE_MERGE, &head, rules, &count, error));
  STANCE_TRY(add_rules(run, &options->splits, ANNOTATE_RECODE_SPLIT, &head, rules, &count, error));
  if (!head) head = project->codebook.heads[0].name;
  if (options->is_undo)
    STANCE_TRY(annotate_recode_undo(project, options->is_trial, wall, &run->arena, &recoded, &run->out, error));
  else
    STANCE_TRY(annotate_recode(project, head, rules, count, options->codebook, options->is_trial, wall, &run->arena,
                               &recoded, &run->out, error));
  say(options, run->folder, &recoded);
  return STANCE_OK;
}

static enum exit_code run_recode(const void *given, int argc, char **argv) {
  const struct recode_options *options = given;
  bool has_rules = options->renames.count || options->merges.count || options->splits.count;
  if (options->is_undo && (has_rules || options->codebook)) return message_usage("--undo stands alone");
  return project_run(options, argc, argv, recode);
}

const struct command command_annotate_recode = {
    COMMAND("annotate recode", "DIR", "rename, merge or split labels, in the codebook and in all that was labelled",
            recode, run_recode, 1, 1),
    .description =
        "Changes the codebook and adds to every journal, to gold, to machines' labels and to withdrawn journals a "
        "record for "
        "each label concerned (flag \"recoded\"); nothing is rewritten. A label that is split holds no longer: "
        "its units are open again for whoever gave it, and are listed on standard output (file, unit, old label, "
        "text). The "
        "old codebook is kept in codebooks/, what was done in recodes.jsonl. Nobody may be labelling meanwhile; what "
        "was "
        "interrupted is taken up by the next call.",
    .examples =
        "stance annotate recode my-project --rename friendly=cooperative\n"
        "stance annotate recode my-project --split hostile=verbal --split hostile=material --dry-run\n"
        "stance annotate recode my-project --undo\n",
};
