/* SPDX-License-Identifier: MIT */
#include "methods.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "stance/base/error.h"
#include "stance/base/hash.h"
#include "stance/base/hash_index.h"
#include "stance/base/plain.h"

enum { DAY = 10, COMMAND_SHOWN = 200 };

struct classify_methods {
  struct stance_hash_index articles, outlets;
  uint64_t units[CLASSIFY_HEADS_MAX], said[CLASSIFY_HEADS_MAX][STANCE_LABELS_MAX];
  uint64_t p[CLASSIFY_HEADS_MAX][STANCE_LABELS_MAX]; /* sums, in ten-thousandths */
  uint64_t undated;
  char first[DAY + 1], last[DAY + 1];
};

/* ---- counting ------------------------------------------------------------------------------------------- */

enum stance_status classify_methods_new(struct classify_methods **out, struct stance_error *error) {
  *out = calloc(1, sizeof **out);
  return *out ? STANCE_OK : stance_fail_memory(error);
}

void classify_methods_free(struct classify_methods *methods) {
  if (!methods) return;
  stance_hash_index_free(&methods->articles);
  stance_hash_index_free(&methods->outlets);
  free(methods);
}

/* Whether the name is new, by its 64-bit hash: two names collide with probability 2^-64. False: out of memory. */
static bool count_name(struct stance_hash_index *index, const char *name, bool *is_new) {
  uint64_t hash = stance_hash(name, strlen(name));
  size_t at = stance_hash_index_start(index, hash);
  *is_new = !index->count || stance_hash_index_next(index, hash, &at) == STANCE_HASH_NONE;
  return !*is_new || stance_hash_index_add(index, hash, index->count);
}

enum stance_status classify_methods_add(struct classify_methods *methods, const struct classify_scored *scored,
                                        struct stance_error *error) {
  bool is_new, is_new_outlet;
  if (!count_name(&methods->articles, scored->id, &is_new)) return stance_fail_memory(error);
  if (scored->outlet && *scored->outlet && !count_name(&methods->outlets, scored->outlet, &is_new_outlet))
    return stance_fail_memory(error);
  if (!scored->date || strlen(scored->date) < DAY) methods->undated += is_new;
  else {
    if (!*methods->first || strncmp(scored->date, methods->first, DAY) < 0) memcpy(methods->first, scored->date, DAY);
    if (!*methods->last || strncmp(scored->date, methods->last, DAY) > 0) memcpy(methods->last, scored->date, DAY);
  }
  for (uint32_t i = 0; i < scored->unit_count; i++) {
    const struct classify_unit *unit = &scored->units[i];
    methods->units[unit->head]++;
    methods->said[unit->head][unit->label]++;
    for (size_t l = 0; l < STANCE_LABELS_MAX; l++) methods->p[unit->head][l] += unit->p[l];
  }
  return STANCE_OK;
}

/* ---- words and numbers ---------------------------------------------------------------------------------- */

static void put_count(struct stance_buffer *out, uint64_t count) { /* 14,298 */
  char digits[24];
  int length = snprintf(digits, sizeof digits, "%" PRIu64, count);
  for (int i = 0; i < length; i++) {
    if (i && (length - i) % 3 == 0) stance_buffer_putc(out, ',');
    stance_buffer_putc(out, digits[i]);
  }
}

static void put_counted(struct stance_buffer *out, uint64_t count, const char *noun) {
  put_count(out, count);
  stance_buffer_printf(out, " %s%s", noun, count == 1 ? "" : "s");
}

static void put_plain(struct stance_buffer *out, const char *text) {
  stance_buffer_plain(out, text, strlen(text), false);
}

static const cJSON *get(const cJSON *object, const char *key) { return cJSON_GetObjectItemCaseSensitive(object, key); }
static const char *text_of(const cJSON *object, const char *key) { return cJSON_GetStringValue(get(object, key)); }

static void put_fixed(struct stance_buffer *out, const cJSON *number) {
  if (cJSON_IsNumber(number)) stance_buffer_fixed(out, number->valuedouble, 3);
  else stance_buffer_puts(out, "undefined");
}

static uint64_t whole(const cJSON *object, const char *key) {
  const cJSON *number = get(object, key);
  return cJSON_IsNumber(number) && number->valuedouble > 0 ? (uint64_t)number->valuedouble : 0;
}

/* The entry of a head in one of the header's lists; NULL: none. */
static const cJSON *of_head(const cJSON *list, const char *head) {
  const cJSON *item;
  cJSON_ArrayForEach(item, list) {
    const char *name = text_of(item, "head");
    if (name && strcmp(name, head) == 0) return item;
  }
  return NULL;
}

/* ---- the paragraph -------------------------------------------------------------------------------------- */

struct writer {
  const struct classify_methods *methods;
  const struct classify_methods_sources *sources;
  struct stance_buffer *out;
  size_t missing;
};

static void lack(struct writer *own, const char *what) {
  stance_buffer_printf(own->out, "[%s]", what);
  own->missing++;
}

static void put_articles(struct writer *own) {
  const struct classify_methods *methods = own->methods;
  const char *version = text_of(own->sources->run, "version"), *command = text_of(own->sources->run, "command");
  put_counted(own->out, methods->articles.count, "article");
  if (methods->outlets.count) {
    stance_buffer_puts(own->out, " of ");
    put_counted(own->out, methods->outlets.count, "outlet");
  }
  if (*methods->first) stance_buffer_printf(own->out, ", dated %s to %s", methods->first, methods->last);
  if (methods->undated) {
    stance_buffer_puts(own->out, ", ");
    put_count(own->out, methods->undated);
    stance_buffer_puts(own->out, " without a date");
  }
  stance_buffer_puts(own->out, ", had units to score and were scored by ");
  if (version) put_plain(own->out, version);
  else lack(own, "version: score with classify --provenance");
  if (command && strlen(command) <= COMMAND_SHOWN) { /* a command with hundreds of inputs is not readable */
    stance_buffer_puts(own->out, " (");
    put_plain(own->out, command);
    stance_buffer_puts(own->out, ")");
  }
  stance_buffer_puts(own->out, ". ");
}

static void put_unit(struct writer *own, size_t h) {
  static const char *const kinds[] = {"an ordered pair of actors in a sentence", "an actor in a sentence",
                                      "a sentence"};
  const struct classify_head *head = &own->sources->heads->items[h];
  const cJSON *codebook = get(own->sources->model, "codebook"), *item;
  const char *name = text_of(codebook, "name"), *version = text_of(codebook, "version");
  if (!name) name = text_of(own->sources->run, "codebook");
  put_counted(own->out, own->methods->units[h], "unit");
  stance_buffer_printf(own->out, " (a unit: %s) got one of the labels ", kinds[head->unit]);
  for (size_t l = 0; l < head->label_count; l++) {
    if (l) stance_buffer_puts(own->out, l + 1 == head->label_count ? " and " : ", ");
    put_plain(own->out, head->labels[l]);
  }
  stance_buffer_puts(own->out, " of codebook ");
  if (name) put_plain(own->out, name);
  else lack(own, "name of the codebook: -m MODEL");
  if (version) {
    stance_buffer_puts(own->out, ", version ");
    put_plain(own->out, version);
  }
  cJSON_ArrayForEach(item, get(codebook, "heads")) {
    const char *question = text_of(item, "question"), *mine = text_of(item, "name");
    if (!question || !mine || strcmp(mine, head->name) != 0) continue;
    stance_buffer_puts(own->out, ", to the question \"");
    put_plain(own->out, question);
    stance_buffer_puts(own->out, "\"");
  }
  stance_buffer_puts(own->out, ". ");
  if (head->unit == STANCE_UNIT_SENTENCE) return;
  const char *gazetteer = text_of(own->sources->run, "gazetteer.hash");
  stance_buffer_puts(own->out, "Actors were found by a gazetteer (XXH3 ");
  if (gazetteer) put_plain(own->out, gazetteer);
  else lack(own, "its hash: score with classify --provenance");
  stance_buffer_puts(own->out, "). ");
}

static void put_training(struct writer *own, const char *head) {
  const cJSON *model = own->sources->model, *data = of_head(get(model, "data"), head), *label;
  const cJSON *settings = of_head(get(model, "settings"), head);
  const char *hash = own->sources->model_hash ? own->sources->model_hash : text_of(own->sources->run, "model.hash");
  stance_buffer_puts(own->out, "The model (XXH3 ");
  if (hash) put_plain(own->out, hash);
  else lack(own, "its hash: -m MODEL");
  stance_buffer_puts(own->out, ") was trained on ");
  if (!data) {
    lack(own, "its training data: -m MODEL");
    stance_buffer_puts(own->out, ". ");
    return;
  }
  put_counted(own->out, whole(data, "units"), "labelled unit");
  stance_buffer_puts(own->out, " (");
  bool is_first = true;
  cJSON_ArrayForEach(label, get(data, "labels")) {
    if (!is_first) stance_buffer_puts(own->out, ", ");
    is_first = false;
    put_plain(own->out, label->string);
    stance_buffer_putc(own->out, ' ');
    put_count(own->out, label->valuedouble > 0 ? (uint64_t)label->valuedouble : 0);
  }
  stance_buffer_puts(own->out, ") in ");
  put_counted(own->out, whole(data, "groups"), "group");
  stance_buffer_puts(own->out, " of articles and nearly equal sentences, by ");
  put_counted(own->out, whole(data, "annotators"), "annotator");
  stance_buffer_puts(own->out, " (hash of the labels ");
  put_plain(own->out, text_of(data, "hash") ? text_of(data, "hash") : "not known");
  stance_buffer_puts(own->out, ")");
  if (text_of(settings, "solver")) {
    stance_buffer_puts(own->out, "; one classifier a label against the rest, solver ");
    put_plain(own->out, text_of(settings, "solver"));
    stance_buffer_printf(own->out, ", C %g", cJSON_GetNumberValue(get(settings, "c")));
  }
  stance_buffer_puts(own->out, ". ");
}

static void put_agreement(struct writer *own, const char *head) {
  const cJSON *own_head = get(own->sources->agreement, head), *alpha = get(own_head, "alpha_nominal");
  if (!own_head) {
    lack(own, own->sources->agreement ? "agreement of annotators: none for this head"
                                      : "agreement of annotators: --agreement FILE of annotate agree --json");
    stance_buffer_putc(own->out, ' ');
    return;
  }
  put_counted(own->out, (uint64_t)cJSON_GetArraySize(get(own_head, "annotators")), "annotator");
  stance_buffer_puts(own->out, " labelled ");
  put_counted(own->out, whole(own_head, "used"), "unit");
  stance_buffer_puts(own->out, " in common: Krippendorff's alpha (nominal) ");
  put_fixed(own->out, get(alpha, "value"));
  if (cJSON_IsNumber(get(alpha, "low")) && cJSON_IsNumber(get(alpha, "high"))) {
    stance_buffer_puts(own->out, " (95% interval ");
    put_fixed(own->out, get(alpha, "low"));
    stance_buffer_puts(own->out, " to ");
    put_fixed(own->out, get(alpha, "high"));
    stance_buffer_puts(own->out, ")");
  }
  stance_buffer_puts(own->out, ", pairs agree on a share of ");
  put_fixed(own->out, get(get(own_head, "percent"), "value"));
  stance_buffer_puts(own->out, ". ");
}

static void put_figures(struct writer *own, const char *head, const cJSON *told) {
  const cJSON *model = own->sources->model, *scores = of_head(model ? get(model, "scores") : told, head), *label;
  const cJSON *settings = of_head(get(model, "settings"), head);
  if (!scores || text_of(scores, "judged")) {
    lack(own, scores ? "the model was not judged: too few labels" : "figures of the model: -m MODEL");
    stance_buffer_putc(own->out, ' ');
    return;
  }
  const char *by = text_of(settings, "folds_by");
  stance_buffer_puts(own->out, "In grouped cross-validation");
  if (settings)
    stance_buffer_printf(own->out, " (%" PRIu64 " folds by %s)", whole(settings, "folds"), by ? by : "article");
  stance_buffer_puts(own->out, " macro-F1 was ");
  put_fixed(own->out, get(scores, "macro_f1"));
  if (text_of(scores, "macro_f1_is"))
    stance_buffer_puts(own->out, " (nested: settings chosen anew inside of each fold)");
  else if (get(scores, "macro_f1_low")) {
    stance_buffer_puts(own->out, " (95% interval ");
    put_fixed(own->out, get(scores, "macro_f1_low"));
    stance_buffer_puts(own->out, " to ");
    put_fixed(own->out, get(scores, "macro_f1_high"));
    stance_buffer_puts(own->out, ")");
  }
  cJSON_ArrayForEach(label, get(scores, "f1")) {
    stance_buffer_puts(own->out, label->prev && label != get(scores, "f1")->child ? ", " : ", F1 of ");
    put_plain(own->out, label->string);
    stance_buffer_putc(own->out, ' ');
    put_fixed(own->out, label);
  }
  stance_buffer_puts(own->out, ", Cohen's kappa ");
  put_fixed(own->out, get(scores, "kappa"));
  stance_buffer_puts(own->out, ", class-wise calibration error ");
  put_fixed(own->out, get(scores, "class_wise_error"));
  const cJSON *split = get(scores, "cv_by");
  if (split) {
    stance_buffer_printf(own->out, "; %s (%" PRIu64 " splits) ",
                         text_of(split, "field") && strcmp(text_of(split, "field"), "date") == 0
                             ? "forward in time"
                             : "leaving one outlet out",
                         whole(split, "splits"));
    put_fixed(own->out, get(split, "macro_f1"));
  }
  stance_buffer_puts(own->out, ". ");
}

static void put_results(struct writer *own, size_t h) {
  const struct classify_head *head = &own->sources->heads->items[h];
  double units = (double)own->methods->units[h];
  stance_buffer_puts(own->out,
                     "Shares of the labels as means of the calibrated probabilities (and by counting labels): ");
  for (size_t l = 0; l < head->label_count; l++) {
    if (l) stance_buffer_puts(own->out, ", ");
    put_plain(own->out, head->labels[l]);
    stance_buffer_printf(own->out, " %.3f (%.3f)", (double)own->methods->p[h][l] / CLASSIFY_ONE / units,
                         (double)own->methods->said[h][l] / units);
  }
  stance_buffer_puts(
      own->out,
      ". These carry the classifier's errors, and intervals of counts are the spread of labels alone; shares "
      "corrected by a probability sample of hand labels are those of stance estimate.\n");
}

void classify_methods_write(const struct classify_methods *methods, const struct classify_methods_sources *sources,
                            size_t *missing, struct stance_buffer *out) {
  struct writer own = {methods, sources, out, 0};
  cJSON *told = cJSON_Parse(text_of(sources->run, "model.figures") ? text_of(sources->run, "model.figures") : "null");
  bool is_first = true;
  for (size_t h = 0; h < sources->heads->count; h++) {
    const char *head = sources->heads->items[h].name;
    if (!methods->units[h]) continue;
    if (!is_first) stance_buffer_putc(out, '\n');
    put_plain(out, head);
    stance_buffer_puts(out, ". ");
    if (is_first) put_articles(&own);
    is_first = false;
    put_unit(&own, h);
    put_training(&own, head);
    put_agreement(&own, head);
    put_figures(&own, head, told);
    put_results(&own, h);
  }
  cJSON_Delete(told);
  *missing = own.missing;
}
