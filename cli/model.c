/* SPDX-License-Identifier: MIT
 * stance model show and explain: the content of a model, and the reasons for a decision. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command.h"
#include "gazetteer.h"
#include "output.h"
#include "stance/actors/gazetteer.h"
#include "stance/base/error.h"
#include "stance/base/file.h"
#include "stance/base/plain.h"
#include "stance/base/utf8.h"
#include "stance/labels/record.h"
#include "stance/model/explain.h"
#include "stance/model/model.h"
#include "stance/text/text.h"
#include "train/export.h"

/* ---- show ----------------------------------------------------------------------------------------------- */

struct show_options {
  long top;
  const char *head, *output;
  enum { EXPORT_NONE, EXPORT_LIBSVM } export;
  bool json;
};

struct weighed {
  const char *name;
  float weight;
};

static int by_weight(const void *a, const void *b) {
  const struct weighed *x = a, *y = b;
  if (x->weight < y->weight || x->weight > y->weight) return x->weight > y->weight ? -1 : 1;
  return strcmp(x->name, y->name);
}

static enum stance_status print_top(const struct stance_model *model, size_t head, size_t top,
                                    struct stance_error *error) {
  size_t slots = stance_model_slot_count(model, head);
  struct weighed *list = malloc((slots + 1) * sizeof *list);
  if (!list) return stance_fail_memory(error);
  for (size_t l = 0; l < stance_model_label_count(model, head); l++) {
    size_t count = 0;
    for (size_t s = 0; s < slots; s++) {
      const float *weights;
      const char *name;
      if (stance_model_slot(model, head, s, NULL, &weights, &name) && weights)
        list[count++] = (struct weighed){name, weights[l]};
    }
    qsort(list, count, sizeof *list, by_weight);
    output_print("\n  strongest for %s:\n", stance_model_label(model, head, l));
    for (size_t i = 0; i < count && i < top; i++) output_print("    %8.4f  %s\n", (double)list[i].weight, list[i].name);
  }
  free(list);
  return STANCE_OK;
}

static void print_head(const struct stance_model *model, size_t head) {
  static const char *const units[] = {"a dyad in a sentence", "a target in a sentence", "a sentence"};
  struct stance_arena arena = {0};
  size_t features = 0;
  for (size_t s = 0; s < stance_model_slot_count(model, head); s++)
    features += stance_model_slot(model, head, s, NULL, NULL, NULL);
  output_print("head %s: a unit is %s; labels", stance_model_head_name(model, head),
               units[stance_model_head_unit(model, head)]);
  for (size_t l = 0; l < stance_model_label_count(model, head); l++)
    output_print("%s %s", l ? "," : "", stance_model_label(model, head, l));
  char *templates = stance_template_format(stance_model_templates(model, head), &arena);
  output_print("\n  %zu features, %s; templates: %s\n", features,
               stance_model_is_linear(model, head) ? "linear" : "with a kernel", templates ? templates : "");
  const double *factors = stance_model_factors(model, head);
  output_print("  label: the largest of");
  for (size_t l = 0; l < stance_model_label_count(model, head); l++)
    output_print("%s %.4g x p(%s)", l ? "," : "", factors[l], stance_model_label(model, head, l));
  output_print("\n");
  stance_arena_free(&arena);
}

static void print_list(const struct stance_model *model, const char *key, const char *head) {
  const cJSON *item, *field;
  cJSON_ArrayForEach(item, cJSON_GetObjectItemCaseSensitive(stance_model_header(model), key)) {
    const char *name = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(item, "head"));
    if (!name || strcmp(name, head) != 0) continue;
    output_print("  %s:", key);
    bool is_first = true;
    cJSON_ArrayForEach(field, item) {
      if (strcmp(field->string, "head") == 0) continue;
      char *text = cJSON_IsString(field) ? NULL : cJSON_PrintUnformatted(field);
      output_print("%s %s %s", is_first ? "" : ",", field->string,
                   text                    ? text
                   : cJSON_IsString(field) ? field->valuestring
                                           : "");
      cJSON_free(text);
      is_first = false;
    }
    output_print("\n");
  }
}

/* PREFIX.model and, where there are labels, PREFIX.svm. */
static enum stance_status export_head(const struct stance_model *model, size_t head, const struct show_options *options,
                                      char **files, int file_count, struct stance_error *error) {
  struct stance_arena arena = {0};
  struct stance_output output = {0};
  struct dataset_filter filter = {.head = stance_model_head_name(model, head)};
  struct dataset *data;
  char *path = stance_arena_format(&arena, "%s.model", options->output);
  enum stance_status status = path ? stance_output_open(&output, path, error) : stance_fail_memory(error);
  if (status == STANCE_OK) status = train_export_libsvm_model(model, head, output.stream, error);
  if (status == STANCE_OK) status = stance_output_commit(&output, error);
  stance_output_discard(&output);
  if (status == STANCE_OK && file_count) {
    const struct stance_codebook *codebook = stance_model_codebook(model);
    path = stance_arena_format(&arena, "%s.svm", options->output);
    status = path ? train_dataset_read((const char *const *)files, (size_t)file_count, codebook, &filter, &arena, &data,
                                       error)
                  : stance_fail_memory(error);
    if (status == STANCE_OK) status = stance_output_open(&output, path, error);
    if (status == STANCE_OK)
      status = train_export_svmlight(model, head, &data[stance_codebook_head(codebook, filter.head) - codebook->heads],
                                     output.stream, error);
    if (status == STANCE_OK) status = stance_output_commit(&output, error);
    stance_output_discard(&output);
  }
  stance_arena_free(&arena);
  return status;
}

static enum stance_status export_model(const struct stance_model *model, const struct show_options *options,
                                       char **files, int file_count, struct stance_error *error) {
  size_t heads = stance_model_head_count(model);
  for (size_t h = 0; h < heads; h++)
    if (heads == 1 || (options->head && strcmp(options->head, stance_model_head_name(model, h)) == 0))
      return export_head(model, h, options, files, file_count, error);
  return stance_fail(
      error, STANCE_USAGE,
      options->head ? "the model has no head '%s'" : "the model has several heads; choose one with --head%s",
      options->head ? options->head : "");
}

static enum exit_code run_show(const void *chosen, int argc, char **argv) {
  const struct show_options *options = chosen;
  struct stance_model *model;
  struct stance_error error;
  if (options->export && !options->output) return message_usage("--export needs -o PREFIX");
  if (!options->export && argc > 1) return message_usage("unexpected argument '%s'", argv[1]);
  if (stance_model_open(argv[0], &model, &error) != STANCE_OK) return message_error(&error);
  enum stance_status status = STANCE_OK;
  if (options->export) {
    status = export_model(model, options, argv + 1, argc - 1, &error);
    stance_model_close(model);
    return status == STANCE_OK ? EXIT_DONE : message_error(&error);
  }
  if (options->json) {
    char *text = cJSON_Print(stance_model_header(model));
    struct stance_buffer out = {.failed = !text};
    if (text) stance_buffer_puts(&out, text), stance_buffer_putc(&out, '\n');
    output_data(&out);
    stance_buffer_free(&out);
    cJSON_free(text);
  } else {
    output_print("codebook %s\n", stance_model_codebook(model)->name);
  }
  for (size_t h = 0; status == STANCE_OK && !options->json && h < stance_model_head_count(model); h++) {
    const char *name = stance_model_head_name(model, h);
    if (options->head && strcmp(options->head, name) != 0) continue;
    print_head(model, h);
    print_list(model, "data", name);
    print_list(model, "settings", name);
    print_list(model, "scores", name);
    if (options->top) status = print_top(model, h, (size_t)options->top, &error);
  }
  stance_model_close(model);
  return status == STANCE_OK ? EXIT_DONE : message_error(&error);
}

/* ---- explain -------------------------------------------------------------------------------------------- */

struct explain_options {
  const char *source, *target, *head;
  struct flag_list actors;
  enum flag_when colour;
  long top;
};

struct explaining {
  const struct explain_options *options;
  struct stance_arena arena;
  struct stance_model *model;
  struct stance_gazetteer *gazetteer;
  struct stance_text_matcher *matcher;
  struct stance_featurizer *featurizer;
  struct stance_record record;
};

static const struct stance_actor *actor_named(const struct stance_gazetteer *gazetteer, const char *name) {
  const struct stance_actor *actor = stance_gazetteer_find(gazetteer, name);
  for (size_t i = 0; !actor && i < stance_gazetteer_count(gazetteer); i++)
    if (strcasecmp(stance_gazetteer_actor(gazetteer, i)->name, name) == 0) actor = stance_gazetteer_actor(gazetteer, i);
  return actor;
}

/* Adds each occurrence of `words` in the text as a mention of the actor `id`. */
static size_t add_literal(struct stance_record *record, const char *words, const char *id) {
  size_t found = 0, length = strlen(words);
  for (const char *at = record->text; length && (at = strstr(at, words)); at += length, found++) {
    uint32_t start = (uint32_t)stance_utf8_count(record->text, (size_t)(at - record->text));
    record->mentions[record->mention_count++] = (struct stance_record_mention){
        .actor = id, .start = start, .end = start + (uint32_t)stance_utf8_count(words, length)};
  }
  return found;
}

/* The actor's id in the record's mentions: found by the gazetteer, or else made from the given words. */
static enum stance_status place_actor(struct explaining *explaining, const char *flag, const char *given,
                                      const char **out, struct stance_error *error) {
  struct stance_record *record = &explaining->record;
  const struct stance_actor *actor = actor_named(explaining->gazetteer, given);
  *out = actor ? actor->id : given;
  for (size_t i = 0; i < record->mention_count; i++)
    if (strcmp(record->mentions[i].actor, *out) == 0) return STANCE_OK;
  if (add_literal(record, given, *out)) return STANCE_OK;
  return stance_fail(error, STANCE_INPUT, "--%s '%.80s' is neither an actor that the text mentions nor words of it",
                     flag, given);
}

static enum stance_status make_record(struct explaining *explaining, const char *text, struct stance_error *error) {
  const struct explain_options *options = explaining->options;
  struct stance_document document = {0};
  size_t length = strlen(text), repaired;
  explaining->record =
      (struct stance_record){.unit = "", .article = "", .head = "", .annotator = "", .at = "", .note = ""};
  const char *clean = stance_utf8_repair(&explaining->arena, text, length, &length, &repaired);
  explaining->record.text = clean ? stance_arena_copy(&explaining->arena, clean, length) : NULL;
  explaining->record.mentions =
      stance_arena_zalloc(&explaining->arena, 4 * length + 8, sizeof(struct stance_record_mention));
  if (!explaining->record.text || !explaining->record.mentions) return stance_fail_memory(error);
  STANCE_TRY(stance_sentence_whole(&explaining->arena, explaining->record.text, length, &document, error));
  STANCE_TRY(stance_tokens_find(explaining->matcher, &explaining->arena, &document, error));
  STANCE_TRY(stance_mentions_find(explaining->gazetteer, &explaining->arena, &document, true, error));
  for (uint32_t m = 0; m < document.mention_count; m++)
    explaining->record.mentions[explaining->record.mention_count++] =
        (struct stance_record_mention){.actor = document.mentions[m].actor->id,
                                       .start = (uint32_t)stance_utf8_count(document.text, document.mentions[m].start),
                                       .end = (uint32_t)stance_utf8_count(document.text, document.mentions[m].end),
                                       .is_implicit = document.mentions[m].is_implicit};
  if (options->source)
    STANCE_TRY(place_actor(explaining, "source", options->source, &explaining->record.source, error));
  if (options->target)
    STANCE_TRY(place_actor(explaining, "target", options->target, &explaining->record.target, error));
  return STANCE_OK;
}

/* Prints the sentence, each word coloured by the sign of its features' contributions: red hostile, green friendly. */
static void print_coloured(const struct stance_document *document, const struct stance_contribution *list,
                           size_t count) {
  struct stance_buffer out = {0};
  double largest = 0, *push = calloc(document->token_count + 1, sizeof *push);
  if (!push) return;
  for (size_t i = 0; i < count; i++) {
    size_t covered = 0;
    for (uint32_t t = 0; t < document->token_count; t++)
      covered += document->tokens[t].start < list[i].end && document->tokens[t].end > list[i].start;
    for (uint32_t t = 0; covered && t < document->token_count; t++)
      if (document->tokens[t].start < list[i].end && document->tokens[t].end > list[i].start)
        push[t] += list[i].push / (double)covered;
  }
  for (uint32_t t = 0; t < document->token_count; t++) largest = fmax(largest, fabs(push[t]));
  uint32_t at = 0;
  for (uint32_t t = 0; t < document->token_count; t++) {
    const struct stance_token *token = &document->tokens[t];
    double share = largest > 0 ? push[t] / largest : 0;
    stance_buffer_plain(&out, document->text + at, token->start - at, false);
    const char *colour = share > 0.5     ? "\033[1;32m"
                         : share > 0.15  ? "\033[32m"
                         : share < -0.5  ? "\033[1;31m"
                         : share < -0.15 ? "\033[31m"
                                         : "";
    stance_buffer_puts(&out, colour);
    stance_buffer_plain(&out, document->text + token->start, token->end - token->start, false);
    if (*colour) stance_buffer_puts(&out, "\033[0m");
    at = token->end;
  }
  stance_buffer_plain(&out, document->text + at, strlen(document->text + at), false);
  stance_buffer_putc(&out, '\n');
  output_styled(&out);
  stance_buffer_free(&out);
  free(push);
}

static void print_row(const char *name, const double *by_label, size_t labels) {
  for (size_t l = 0; l < labels; l++) output_print(" %9.4f", by_label[l]);
  output_print("  %s\n", name);
}

static enum stance_status explain_head(struct explaining *explaining, size_t head, struct stance_error *error) {
  const struct stance_model *model = explaining->model;
  struct stance_document document = {0};
  const struct stance_features *features;
  struct stance_contribution *list;
  double decisions[STANCE_LABELS_MAX], bias[STANCE_LABELS_MAX], rest[STANCE_LABELS_MAX] = {0};
  float p[STANCE_LABELS_MAX], score;
  size_t count, labels = stance_model_label_count(model, head), top = (size_t)explaining->options->top;
  uint32_t label;
  STANCE_TRY(stance_record_document(&explaining->record, explaining->matcher, &explaining->arena, &document, error));
  STANCE_TRY(stance_featurize(explaining->featurizer, &document, &document.units[0],
                              stance_model_templates(model, head), true, &features, error));
  STANCE_TRY(stance_explain(model, head, features, NULL, &explaining->arena, &list, &count, error));
  if (!stance_model_decide(model, head, features, decisions)) return stance_fail_memory(error);
  stance_model_calibrate(model, head, decisions, p, &label, &score);
  if (terminal_is_coloured(explaining->options->colour, STDOUT_FILENO)) print_coloured(&document, list, count);
  output_print("%s: %s (", stance_model_head_name(model, head), stance_model_label(model, head, label));
  for (size_t l = 0; l < labels; l++)
    output_print("%s%s %.3f", l ? ", " : "", stance_model_label(model, head, l), (double)p[l]);
  output_print("), score %+.2f\n", (double)score);
  for (size_t l = 0; l < labels; l++) output_print(" %9s", stance_model_label(model, head, l));
  output_print("  feature\n");
  for (size_t i = 0; i < count; i++) {
    if (i < top) print_row(list[i].name, list[i].by_label, labels);
    else
      for (size_t l = 0; l < labels; l++) rest[l] += list[i].by_label[l];
  }
  char others[60];
  snprintf(others, sizeof others, "(%zu other features)", count > top ? count - top : 0);
  if (count > top) print_row(others, rest, labels);
  for (size_t l = 0; l < labels; l++) bias[l] = stance_model_bias(model, head, l);
  print_row("(bias)", bias, labels);
  print_row("= decision", decisions, labels);
  return STANCE_OK;
}

static enum stance_status explain(struct explaining *explaining, const char *model, const char *text,
                                  struct stance_error *error) {
  const struct explain_options *options = explaining->options;
  size_t done = 0;
  enum stance_unit_kind kind = !options->target  ? STANCE_UNIT_SENTENCE
                               : options->source ? STANCE_UNIT_DYAD
                                                 : STANCE_UNIT_TARGET;
  STANCE_TRY(stance_model_open(model, &explaining->model, error));
  STANCE_TRY(gazetteer_open_given(&options->actors, &explaining->gazetteer, error));
  STANCE_TRY(stance_text_matcher_new(&explaining->matcher, error));
  STANCE_TRY(stance_model_featurizer(explaining->model, &explaining->featurizer, error));
  STANCE_TRY(make_record(explaining, text, error));
  for (size_t h = 0; h < stance_model_head_count(explaining->model); h++) {
    if (stance_model_head_unit(explaining->model, h) != kind) continue;
    if (options->head && strcmp(options->head, stance_model_head_name(explaining->model, h)) != 0) continue;
    STANCE_TRY(explain_head(explaining, h, error));
    done++;
  }
  if (done) return STANCE_OK;
  return stance_fail(error, STANCE_USAGE, "the model has no head for %s",
                     kind == STANCE_UNIT_DYAD     ? "a source and a target"
                     : kind == STANCE_UNIT_TARGET ? "a target without a source"
                                                  : "sentences; give --source and --target");
}

static enum exit_code run_explain(const void *chosen, int argc, char **argv) {
  struct explaining explaining = {.options = chosen};
  struct stance_error error = {0};
  (void)argc;
  if (explaining.options->source && !explaining.options->target) return message_usage("--source needs --target");
  enum stance_status status = explain(&explaining, argv[0], argv[1], &error);
  stance_featurizer_destroy(explaining.featurizer);
  stance_text_matcher_destroy(explaining.matcher);
  stance_gazetteer_close(explaining.gazetteer);
  stance_model_close(explaining.model);
  stance_arena_free(&explaining.arena);
  return status == STANCE_OK ? EXIT_DONE : message_error(&error);
}

/* ---- the commands --------------------------------------------------------------------------------------- */

static const struct flag_choice export_choices[] = {{"libsvm", EXPORT_LIBSVM}, {0}};

static const struct flag show_flags[] = {
    FLAG(FLAG_INTEGER, struct show_options, top, "top", 'n', "N", "the N strongest features of each label", .min = 0,
         .max = 1e6),
    FLAG(FLAG_STRING, struct show_options, head, "head", 0, "HEAD", "this head alone", .unset = "all"),
    FLAG(FLAG_CHOICE, struct show_options, export, "export", 0, "FORMAT",
         "write a head as a libsvm model, PREFIX.model, and the labels given as svmlight data, PREFIX.svm",
         .choices = export_choices),
    FLAG(FLAG_STRING, struct show_options, output, "output", 'o', "PREFIX", "where --export writes"),
    FLAG(FLAG_BOOL, struct show_options, json, "json", 0, NULL, "the header as JSON"),
};
static const struct show_options show_defaults = {0};
const struct command command_model_show = {
    COMMAND("model show", "MODEL [LABELS...]", "say what a model was made of and what it holds", show, run_show, 1, -1),
    .description = "Prints a model's heads, labels, data, settings and scores, and with --top its strongest features.",
    .examples =
        "stance model show my.model --top 20\n"
        "# the same labels from svm-predict\n"
        "stance model show my.model gold.jsonl --export libsvm -o mine && svm-predict mine.svm mine.model said",
};

static const struct flag explain_flags[] = {
    FLAG(FLAG_STRING, struct explain_options, source, "source", 's', "ACTOR",
         "the source: an actor's id or name, or words of the text"),
    FLAG(FLAG_STRING, struct explain_options, target, "target", 't', "ACTOR", "the target, likewise"),
    FLAG(FLAG_STRING, struct explain_options, head, "head", 0, "HEAD", "this head alone",
         .unset = "all that such units have"),
    FLAG(FLAG_LIST, struct explain_options, actors, "actors", 'a', "FILE", "a gazetteer, or a folder of them",
         .unset = "the shipped one"),
    FLAG(FLAG_INTEGER, struct explain_options, top, "top", 'n', "N", "the N features that weigh most", .min = 1,
         .max = 1e6),
    FLAG_COLOUR(struct explain_options, colour),
};
static const struct explain_options explain_defaults = {.top = 15};
const struct command command_model_explain = {
    COMMAND("model explain", "MODEL TEXT [--source ACTOR] [--target ACTOR]", "say which words made a model decide so",
            explain, run_explain, 2, 2),
    .description =
        "Scores one sentence and lists the features that pushed towards each label, with their parts of the decision "
        "value: each column sums to its decision. On a terminal the sentence is shown in colour: red pushes towards "
        "hostile, green towards friendly.",
    .examples = "stance model explain my.model \"Mali expelled the French ambassador.\" --source Mali --target France",
};
