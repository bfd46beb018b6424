/* SPDX-License-Identifier: MIT
 * Opening a model. The file is read whole and not trusted: sizes, the checksum, and that every number is finite are
 * checked before any pointer into it is handed out. */
#include "model.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "model_internal.h"
#include "stance/base/error.h"
#include "stance/base/file.h"
#include "stance/base/hash.h"
#include "stance/base/json.h"

#define REFUSE(...) stance_fail_at(error, STANCE_INPUT, path, 0, 0, __VA_ARGS__)

/* ---- the file ------------------------------------------------------------------------------------------- */

static const struct model_section *sections(const struct stance_model *model) {
  return (const struct model_section *)(const void *)(model->bytes + sizeof(struct model_prefix));
}

static enum stance_status check_frame(const char *path, const struct stance_model *model, struct stance_error *error) {
  struct model_prefix prefix;
  memcpy(&prefix, model->bytes, sizeof prefix);
  if (memcmp(prefix.magic, MODEL_MAGIC, sizeof prefix.magic) != 0) return REFUSE("is not a stancekit model");
  if (prefix.version != MODEL_VERSION)
    return REFUSE("model format version %u; this program reads version %d", prefix.version, MODEL_VERSION);
  if (prefix.size != model->size)
    return REFUSE("is damaged: %zu bytes, expected %llu", model->size, (unsigned long long)prefix.size);
  if (prefix.hash != stance_hash((const char *)model->bytes + sizeof prefix, model->size - sizeof prefix))
    return REFUSE("is damaged: the checksum does not match");
  if (prefix.section_count > MODEL_SECTIONS_MAX ||
      prefix.section_count * sizeof(struct model_section) > model->size - sizeof prefix)
    return REFUSE("is damaged: it claims %u sections", prefix.section_count);
  for (uint32_t i = 0; i < prefix.section_count; i++) {
    const struct model_section *section = &sections(model)[i];
    if (section->offset % MODEL_ALIGNMENT || section->offset > model->size ||
        section->size > model->size - section->offset)
      return REFUSE("is damaged: section %u lies outside of the file", i);
  }
  return STANCE_OK;
}

static unsigned char *section_find(const struct stance_model *model, enum model_section_kind kind, size_t head,
                                   size_t *size) {
  struct model_prefix prefix;
  memcpy(&prefix, model->bytes, sizeof prefix);
  for (uint32_t i = 0; i < prefix.section_count; i++) {
    const struct model_section *section = &sections(model)[i];
    if (section->kind != (uint32_t)kind || section->head != head) continue;
    *size = (size_t)section->size;
    return model->bytes + section->offset;
  }
  *size = 0;
  return NULL;
}

/* ---- the header ----------------------------------------------------------------------------------------- */

static enum stance_status read_numbers(const char *path, const cJSON *object, const char *key, double *out,
                                       size_t count, struct stance_error *error) {
  const cJSON *array = cJSON_GetObjectItemCaseSensitive(object, key), *item;
  size_t at = 0;
  if (!cJSON_IsArray(array) || (size_t)cJSON_GetArraySize(array) != count)
    return REFUSE("is damaged: '%s' is not a list of %zu numbers", key, count);
  cJSON_ArrayForEach(item, array) {
    if (!cJSON_IsNumber(item) || !isfinite(item->valuedouble))
      return REFUSE("is damaged: '%s' holds what is not a number", key);
    out[at++] = item->valuedouble;
  }
  return STANCE_OK;
}

static enum stance_status read_knots(const char *path, const cJSON *object, struct stance_model *model,
                                     struct stance_model_head *curves, struct stance_error *error) {
  const cJSON *knots = cJSON_GetObjectItemCaseSensitive(object, "knots");
  const cJSON *knot_p = cJSON_GetObjectItemCaseSensitive(object, "knot_p");
  for (size_t l = 0; l < curves->label_count; l++) {
    const cJSON *x = cJSON_GetArrayItem(knots, (int)l), *p = cJSON_GetArrayItem(knot_p, (int)l);
    size_t count = cJSON_IsArray(x) ? (size_t)cJSON_GetArraySize(x) : 0, at = 0;
    if (!count || !cJSON_IsArray(p) || (size_t)cJSON_GetArraySize(p) != count)
      return REFUSE("is damaged: 'knots' and 'knot_p' do not fit");
    float *all_x = stance_arena_alloc(&model->arena, count, sizeof *all_x);
    float *all_p = stance_arena_alloc(&model->arena, count, sizeof *all_p);
    if (!all_x || !all_p) return stance_fail_memory(error);
    for (x = x->child, p = p->child; x && p; x = x->next, p = p->next, at++) {
      if (!cJSON_IsNumber(x) || !cJSON_IsNumber(p) || !(p->valuedouble >= 0 && p->valuedouble <= 1) ||
          !isfinite(x->valuedouble) || (at && (float)x->valuedouble < all_x[at - 1]))
        return REFUSE("is damaged: a calibration step is out of order");
      all_x[at] = (float)x->valuedouble;
      all_p[at] = (float)p->valuedouble;
    }
    curves->knot_count[l] = count;
    curves->knots[l] = all_x;
    curves->knot_p[l] = all_p;
  }
  return STANCE_OK;
}

static enum stance_status read_positive(const char *path, const cJSON *object, const char *key, double *out,
                                        size_t count, struct stance_error *error) {
  STANCE_TRY(read_numbers(path, object, key, out, count, error));
  for (size_t l = 0; l < count; l++)
    if (!(out[l] > 0)) return REFUSE("is damaged: a label's %s is not above 0", key);
  return STANCE_OK;
}

static enum stance_status read_slopes(const char *path, const cJSON *object, struct stance_model_head *curves,
                                      struct stance_error *error) {
  double flat[STANCE_LABELS_MAX * STANCE_LABELS_MAX];
  size_t n = curves->label_count;
  STANCE_TRY(read_numbers(path, object, "intercept", curves->intercept, n, error));
  STANCE_TRY(read_numbers(path, object, "slope", flat, n * n, error));
  for (size_t l = 0; l < n; l++)
    for (size_t k = 0; k < n; k++) curves->slope[l][k] = flat[l * n + k];
  return STANCE_OK;
}

static enum stance_status read_curves(const char *path, const cJSON *object, struct stance_model *model,
                                      const struct stance_head *definition, struct stance_model_head *curves,
                                      struct stance_error *error) {
  curves->label_count = definition->label_count;
  for (size_t l = 0; l < curves->label_count; l++) {
    curves->values[l] = definition->labels[l].value;
    curves->factor[l] = 1;
  }
  if (curves->calibration == STANCE_CALIBRATION_LOGISTIC) STANCE_TRY(read_slopes(path, object, curves, error));
  if (cJSON_HasObjectItem(object, "weight"))
    STANCE_TRY(read_positive(path, object, "weight", curves->weight, curves->label_count, error));
  if (curves->calibration == STANCE_CALIBRATION_PLATT) {
    STANCE_TRY(read_numbers(path, object, "platt_a", curves->platt_a, curves->label_count, error));
    STANCE_TRY(read_numbers(path, object, "platt_b", curves->platt_b, curves->label_count, error));
  }
  if (cJSON_HasObjectItem(object, "factor"))
    STANCE_TRY(read_positive(path, object, "factor", curves->factor, curves->label_count, error));
  return curves->calibration == STANCE_CALIBRATION_ISOTONIC ? read_knots(path, object, model, curves, error)
                                                            : STANCE_OK;
}

static int index_of(const char *text, const char *const *names, int count) {
  for (int i = 0; text && i < count; i++)
    if (strcmp(text, names[i]) == 0) return i;
  return -1;
}

/* The head whose dyads a head about sentences reads. */
static enum stance_status find_leans(const char *path, struct stance_model *model, struct stance_error *error) {
  for (size_t h = 0; h < model->head_count; h++) {
    struct model_head *head = &model->heads[h];
    const char *name = head->curves.lean.head;
    for (head->lean_head = 0; name && head->lean_head < model->head_count; head->lean_head++)
      if (strcmp(model->heads[head->lean_head].definition->name, name) == 0) break;
    if (!name) head->lean_head = model->head_count;
    else if (head->definition->unit != STANCE_UNIT_SENTENCE || head->lean_head == model->head_count ||
             model->heads[head->lean_head].definition->unit != STANCE_UNIT_DYAD)
      return REFUSE("is damaged: head '%s' reads dyads of a head that has none", head->definition->name);
  }
  return STANCE_OK;
}

static enum stance_status read_lean(const char *path, const cJSON *object, struct stance_model_head *curves,
                                    struct stance_error *error) {
  double flat[STANCE_LABELS_MAX * STANCE_LEAN_INPUTS];
  curves->lean.head = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, "dyads_of"));
  if (!curves->lean.head) return STANCE_OK;
  STANCE_TRY(read_numbers(path, object, "dyads", flat, curves->label_count * STANCE_LEAN_INPUTS, error));
  for (size_t l = 0; l < curves->label_count; l++)
    memcpy(curves->lean.weights[l], flat + l * STANCE_LEAN_INPUTS, sizeof curves->lean.weights[l]);
  return STANCE_OK;
}

static enum stance_status read_head(const char *path, const cJSON *object, struct stance_model *model,
                                    struct model_head *head, struct stance_error *error) {
  static const char *const kernels[] = {"linear", "rbf", "polynomial"};
  static const char *const calibrations[] = {"none", "platt", "isotonic", "logistic"};
  const char *name = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, "name"));
  const char *templates = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, "templates"));
  head->definition = name ? stance_codebook_head(&model->codebook, name) : NULL;
  if (!head->definition || !templates) return REFUSE("is damaged: a head is not one of its codebook");
  head->label_count = head->definition->label_count;
  struct stance_error why;
  if (stance_template_parse(templates, head->definition->unit, &head->templates, &why) != STANCE_OK)
    return REFUSE("head '%s' uses a template that this version does not have: %s", name, why.message);
  int kernel = index_of(cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, "kernel")), kernels, 3);
  int calibration =
      index_of(cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, "calibration")), calibrations, 4);
  if (kernel < 0 || calibration < 0)
    return REFUSE("head '%s' has a kernel or calibration that this version does not know", name);
  head->kernel = (enum stance_kernel)kernel;
  head->curves.calibration = (enum stance_calibration)calibration;
  STANCE_TRY(read_numbers(path, object, "bias", head->bias, head->label_count, error));
  STANCE_TRY(read_curves(path, object, model, head->definition, &head->curves, error));
  STANCE_TRY(read_lean(path, object, &head->curves, error));
  if (head->kernel != STANCE_KERNEL_LINEAR) {
    const cJSON *gamma = cJSON_GetObjectItemCaseSensitive(object, "gamma");
    const cJSON *coef0 = cJSON_GetObjectItemCaseSensitive(object, "coef0");
    const cJSON *degree = cJSON_GetObjectItemCaseSensitive(object, "degree");
    if (!cJSON_IsNumber(gamma) || !cJSON_IsNumber(coef0) || !cJSON_IsNumber(degree) || !isfinite(gamma->valuedouble) ||
        !isfinite(coef0->valuedouble) || !(degree->valuedouble >= 1 && degree->valuedouble <= 20))
      return REFUSE("is damaged: the kernel of head '%s' has no parameters", name);
    head->gamma = gamma->valuedouble;
    head->coef0 = coef0->valuedouble;
    head->degree = (int)degree->valuedouble;
  }
  return STANCE_OK;
}

static enum stance_status read_header(const char *path, struct stance_model *model, struct stance_error *error) {
  size_t size;
  const char *text = (const char *)section_find(model, MODEL_HEADER, 0, &size);
  struct stance_error why;
  if (!text) return REFUSE("is damaged: it has no header");
  if (stance_json_parse(text, size, path, 1, &model->header, &why) != STANCE_OK)
    return why.status == STANCE_SYSTEM ? stance_fail_memory(error) : REFUSE("is damaged: its header is not JSON");
  const cJSON *codebook = cJSON_GetObjectItemCaseSensitive(model->header, "codebook");
  if (!codebook) return REFUSE("is damaged: it has no codebook");
  char *outline = cJSON_PrintUnformatted(codebook);
  if (!outline) return stance_fail_memory(error);
  enum stance_status status =
      stance_codebook_parse(outline, strlen(outline), path, &model->arena, &model->codebook, error);
  cJSON_free(outline);
  if (status != STANCE_OK) return status;
  const cJSON *list = cJSON_GetObjectItemCaseSensitive(model->header, "heads"), *item;
  int count = cJSON_IsArray(list) ? cJSON_GetArraySize(list) : 0;
  if (count < 1 || count > MODEL_HEADS_MAX) return REFUSE("is damaged: it has %d heads", count);
  model->heads = stance_arena_zalloc(&model->arena, (size_t)count, sizeof *model->heads);
  if (!model->heads) return stance_fail_memory(error);
  cJSON_ArrayForEach(item, list) STANCE_TRY(read_head(path, item, model, &model->heads[model->head_count++], error));
  return find_leans(path, model, error);
}

/* ---- a head's tables ------------------------------------------------------------------------------------ */

static enum stance_status read_names(const char *path, const struct stance_model *model, size_t index,
                                     struct stance_error *error) {
  struct model_head *head = &model->heads[index];
  size_t size, table = (head->slots + 1) * sizeof(uint32_t);
  const unsigned char *bytes = section_find(model, MODEL_NAMES, index, &size);
  if (!bytes) return STANCE_OK;
  if (size < table) return REFUSE("is damaged: names are cut off");
  const uint32_t *offsets = (const uint32_t *)(const void *)bytes;
  const char *names = (const char *)bytes + table;
  if (offsets[0] != 0 || offsets[head->slots] != size - table) return REFUSE("is damaged: names are cut off");
  for (size_t s = 0; s < head->slots; s++) {
    if (offsets[s + 1] < offsets[s] || offsets[s + 1] > size - table ||
        (offsets[s + 1] > offsets[s] && names[offsets[s + 1] - 1] != '\0'))
      return REFUSE("is damaged: names are out of order");
  }
  head->name_offsets = offsets;
  head->names = names;
  return STANCE_OK;
}

/* Builds the inverted index of the support vectors: first counts for each feature, then the postings. */
static enum stance_status index_support(const char *path, struct model_head *head, const uint64_t *first,
                                        const uint64_t *ids, const float *values, struct stance_error *error) {
  uint64_t entries = head->support->entries;
  head->posting_first = calloc(head->slots + 1, sizeof *head->posting_first);
  head->posting_row = calloc(entries + 1, sizeof *head->posting_row);
  head->posting_value = calloc(entries + 1, sizeof *head->posting_value);
  head->norms = calloc(head->support_count + 1, sizeof *head->norms);
  uint64_t *next = calloc(head->slots + 1, sizeof *next);
  enum stance_status status = STANCE_OK;
  if (!head->posting_first || !head->posting_row || !head->posting_value || !head->norms || !next)
    status = stance_fail_memory(error);
  for (uint64_t e = 0; status == STANCE_OK && e < entries; e++) {
    size_t slot = model_find(head, ids[e]);
    if (slot == head->slots || !isfinite(values[e]))
      status = REFUSE("is damaged: a support vector has an unknown feature");
    else head->posting_first[slot + 1]++;
  }
  if (status == STANCE_OK) {
    for (size_t s = 0; s < head->slots; s++) head->posting_first[s + 1] += head->posting_first[s];
    memcpy(next, head->posting_first, head->slots * sizeof *next);
    for (size_t row = 0; row < head->support_count; row++)
      for (uint64_t e = first[row]; e < first[row + 1]; e++) {
        uint64_t at = next[model_find(head, ids[e])]++;
        head->posting_row[at] = (uint32_t)row;
        head->posting_value[at] = values[e];
        head->norms[row] += (double)values[e] * (double)values[e];
      }
  }
  free(next);
  return status;
}

static enum stance_status read_support(const char *path, const struct stance_model *model, size_t index,
                                       struct stance_error *error) {
  struct model_head *head = &model->heads[index];
  size_t size;
  const unsigned char *bytes = section_find(model, MODEL_SUPPORT, index, &size);
  const struct model_support *counts = (const struct model_support *)(const void *)bytes;
  if (!bytes || size < sizeof *counts || counts->rows > size / 8 || counts->entries > size / 12 ||
      counts->rows > UINT32_MAX)
    return REFUSE("is damaged: support vectors are cut off");
  size_t rows = (size_t)counts->rows, entries = (size_t)counts->entries;
  if (rows > size / (8 * head->label_count) ||
      size != sizeof *counts + (rows + 1) * 8 + entries * 12 + rows * head->label_count * 8)
    return REFUSE("is damaged: support vectors are cut off");
  const uint64_t *first = (const uint64_t *)(const void *)(counts + 1);
  const uint64_t *ids = first + rows + 1;
  const double *alpha = (const double *)(const void *)(ids + entries);
  const float *values = (const float *)(const void *)(alpha + rows * head->label_count);
  if (first[0] != 0 || first[rows] != entries) return REFUSE("is damaged: support vectors are out of order");
  for (size_t r = 0; r < rows; r++)
    if (first[r + 1] < first[r] || first[r + 1] > entries)
      return REFUSE("is damaged: support vectors are out of order");
  for (size_t i = 0; i < rows * head->label_count; i++)
    if (!isfinite(alpha[i])) return REFUSE("is damaged: a coefficient is not a number");
  head->support = counts;
  head->support_count = rows;
  head->alpha = alpha;
  return index_support(path, head, first, ids, values, error);
}

static enum stance_status make_filter(struct model_head *head, size_t used, struct stance_error *error) {
  head->filter_shift = 64 - 6;
  while (head->filter_shift > 32 && (UINT64_C(1) << (64 - head->filter_shift)) < 16 * (uint64_t)used)
    head->filter_shift--;
  head->filter = calloc((size_t)1 << (64 - head->filter_shift - 6), sizeof *head->filter);
  if (!head->filter) return stance_fail_memory(error);
  for (size_t s = 0; s < head->slots; s++) {
    uint64_t key = model_key(head, s), bit = key >> head->filter_shift;
    if (key) head->filter[bit >> 6] |= UINT64_C(1) << (bit & 63);
  }
  return STANCE_OK;
}

static enum stance_status read_tables(const char *path, const struct stance_model *model, size_t index,
                                      struct stance_error *error) {
  struct model_head *head = &model->heads[index];
  size_t size, used = 0;
  head->has_weights = head->kernel == STANCE_KERNEL_LINEAR;
  head->row_size = model_row_size(head->label_count, head->has_weights);
  head->rows = section_find(model, MODEL_FEATURES, index, &size);
  head->slots = size / head->row_size;
  if (!head->rows || size % head->row_size || !head->slots || head->slots & (head->slots - 1))
    return REFUSE("is damaged: the features of head '%s' are cut off", head->definition->name);
  for (size_t s = 0; s < head->slots; s++) used += model_key(head, s) != 0;
  STANCE_TRY(make_filter(head, used, error));
  if (used == head->slots)
    return REFUSE("is damaged: the features of head '%s' leave no slot empty", head->definition->name);
  head->texts = (const uint64_t *)(const void *)section_find(model, MODEL_TEXTS, index, &size);
  head->text_count = size / sizeof *head->texts;
  STANCE_TRY(model_index_texts(head, error));
  STANCE_TRY(read_names(path, model, index, error));
  if (head->kernel != STANCE_KERNEL_LINEAR) return read_support(path, model, index, error);
  for (size_t s = 0; s < head->slots; s++)
    for (size_t l = 0; l < head->label_count; l++)
      if (!isfinite(model_weights(head, s)[l]))
        return REFUSE("is damaged: a weight of head '%s' is not a number", head->definition->name);
  return STANCE_OK;
}

/* Reads a head's weights of zones, if the file has them. */
static enum stance_status read_dense(const char *path, const struct stance_model *model, size_t index,
                                     struct stance_error *error) {
  struct model_head *head = &model->heads[index];
  size_t size, count = stance_zone_count(head->definition->unit) * STANCE_VECTOR_DIMENSIONS;
  const float *weights = (const float *)(const void *)section_find(model, MODEL_DENSE, index, &size);
  if (!weights) return STANCE_OK;
  if (!model->vectors || head->kernel != STANCE_KERNEL_LINEAR || size != head->label_count * count * sizeof *weights)
    return REFUSE("is damaged: the word vectors' weights of head '%s' do not fit", head->definition->name);
  for (size_t i = 0; i < head->label_count * count; i++)
    if (!isfinite(weights[i]))
      return REFUSE("is damaged: a weight of head '%s' is not a number", head->definition->name);
  head->dense = weights;
  head->dense_count = count;
  return STANCE_OK;
}

/* Whether a feature's name contains the mask of an actor ("word:ACT said"); words of sentences are in lower case. */
static bool has_mask(const char *name) {
  for (const char *at = name; (at = strstr(at, "ACT")) != NULL; at += 3)
    if (at > name && (at[-1] == ':' || at[-1] == ' ') && (at[3] == ' ' || at[3] == '\0')) return true;
  return false;
}

/* Whether the head needs mentions: not if it labels sentences and none of its features has a masked actor. */
static bool head_needs_actors(const struct model_head *head) {
  if (head->definition->unit != STANCE_UNIT_SENTENCE || !head->names) return true;
  for (size_t s = 0; s < head->slots; s++)
    if (head->name_offsets[s + 1] > head->name_offsets[s] && has_mask(head->names + head->name_offsets[s])) return true;
  return false;
}

/* ---- open and close ------------------------------------------------------------------------------------- */

static enum stance_status read_model(const char *path, struct stance_model *model, struct stance_error *error) {
  size_t size;
  STANCE_TRY(
      stance_file_load(path, sizeof(struct model_prefix), "a stancekit model", &model->bytes, &model->size, error));
  STANCE_TRY(check_frame(path, model, error));
  STANCE_TRY(read_header(path, model, error));
  const char *lexicon = (const char *)section_find(model, MODEL_LEXICON, 0, &size);
  if (lexicon) {
    struct stance_error why;
    size_t tables_size;
    unsigned char *tables = section_find(model, MODEL_LEXICON_TABLES, 0, &tables_size);
    enum stance_status status = stance_lexicon_take(lexicon, size, tables, tables_size, &model->lexicon, &why);
    if (status == STANCE_INPUT) return REFUSE("its lexicon cannot be read: line %zu: %.300s", why.line, why.message);
    if (status != STANCE_OK) return stance_fail_memory(error);
  }
  const unsigned char *vectors = section_find(model, MODEL_VECTORS, 0, &size);
  if (vectors) STANCE_TRY(stance_vectors_map(vectors, size, path, &model->vectors, error));
  for (size_t h = 0; h < model->head_count; h++) {
    STANCE_TRY(read_tables(path, model, h, error));
    STANCE_TRY(read_dense(path, model, h, error));
  }
  for (size_t h = 0; h < model->head_count && !model->needs_actors; h++)
    model->needs_actors = head_needs_actors(&model->heads[h]);
  return STANCE_OK;
}

enum stance_status stance_model_open(const char *path, struct stance_model **out, struct stance_error *error) {
  char shipped[PATH_MAX];
  *out = NULL;
  if (!path && !stance_data_path("default.model", shipped, sizeof shipped))
    return stance_fail(error, STANCE_INPUT, "the default model is not found; expected the path of a model");
  struct stance_model *model = calloc(1, sizeof *model);
  if (!model) return stance_fail_memory(error);
  enum stance_status status = read_model(path ? path : shipped, model, error);
  if (status == STANCE_OK) *out = model;
  else stance_model_close(model);
  return status;
}

void stance_model_close(struct stance_model *model) {
  if (!model) return;
  for (size_t h = 0; h < model->head_count; h++) {
    free(model->heads[h].filter);
    free(model->heads[h].signatures);
    free(model->heads[h].posting_first);
    free(model->heads[h].posting_row);
    free(model->heads[h].posting_value);
    free(model->heads[h].norms);
  }
  stance_lexicon_close(model->lexicon);
  stance_vectors_close(model->vectors);
  cJSON_Delete(model->header);
  stance_arena_free(&model->arena);
  free(model->bytes);
  free(model);
}

/* ---- asking the model ----------------------------------------------------------------------------------- */

size_t stance_model_head_count(const struct stance_model *model) { return model->head_count; }
const char *stance_model_head_name(const struct stance_model *model, size_t head) {
  return model->heads[head].definition->name;
}
size_t stance_model_label_count(const struct stance_model *model, size_t head) {
  return model->heads[head].label_count;
}
const char *stance_model_label(const struct stance_model *model, size_t head, size_t label) {
  return model->heads[head].definition->labels[label].name;
}
const struct stance_codebook *stance_model_codebook(const struct stance_model *model) { return &model->codebook; }
const struct stance_lexicon *stance_model_lexicon(const struct stance_model *model) { return model->lexicon; }
enum stance_status stance_model_featurizer(const struct stance_model *model, struct stance_featurizer **out,
                                           struct stance_error *error) {
  STANCE_TRY(stance_featurizer_new(model->lexicon, out, error));
  stance_featurizer_give_vectors(*out, model->vectors);
  return STANCE_OK;
}
const cJSON *stance_model_header(const struct stance_model *model) { return model->header; }
enum stance_unit_kind stance_model_head_unit(const struct stance_model *model, size_t head) {
  return model->heads[head].definition->unit;
}
stance_template_set stance_model_templates(const struct stance_model *model, size_t head) {
  return model->heads[head].templates;
}
double stance_model_bias(const struct stance_model *model, size_t head, size_t label) {
  return model->heads[head].bias[label];
}
bool stance_model_is_linear(const struct stance_model *model, size_t head) {
  return model->heads[head].kernel == STANCE_KERNEL_LINEAR;
}
bool stance_model_has_vectors(const struct stance_model *model, size_t head) {
  return model->heads[head].dense != NULL;
}
size_t stance_model_slot_count(const struct stance_model *model, size_t head) { return model->heads[head].slots; }

size_t model_find(const struct model_head *head, uint64_t id) {
  const struct stance_feature_filter known = model_known(head);
  if (!id || !stance_feature_is_wanted(&known, id)) return head->slots;
  size_t slot = model_slot(id, head->slots);
  for (uint64_t key; (key = model_key(head, slot));) {
    if (key == id) return slot;
    slot = (slot + 1) & (head->slots - 1);
  }
  return head->slots;
}

size_t stance_model_find(const struct stance_model *model, size_t head, uint64_t id) {
  return model_find(&model->heads[head], id);
}

const struct stance_model_head *stance_model_curves(const struct stance_model *model, size_t head) {
  return &model->heads[head].curves;
}

const float *stance_model_dense(const struct stance_model *model, size_t head, size_t *count) {
  *count = model->heads[head].dense_count;
  return model->heads[head].dense;
}

const struct stance_vectors *stance_model_vectors(const struct stance_model *model) { return model->vectors; }

const uint64_t *stance_model_texts(const struct stance_model *model, size_t head, size_t *count) {
  *count = model->heads[head].text_count;
  return model->heads[head].texts;
}

bool stance_model_slot(const struct stance_model *model, size_t head_index, size_t slot, uint64_t *id,
                       const float **weights, const char **name) {
  const struct model_head *head = &model->heads[head_index];
  if (slot >= head->slots || !model_key(head, slot)) return false;
  if (id) *id = model_key(head, slot);
  if (weights) *weights = head->has_weights ? model_weights(head, slot) : NULL;
  if (name)
    *name = head->name_offsets && head->name_offsets[slot + 1] > head->name_offsets[slot]
                ? head->names + head->name_offsets[slot]
                : "";
  return true;
}

bool stance_model_feature(const struct stance_model *model, size_t head, uint64_t id, const float **weights,
                          const char **name) {
  return stance_model_slot(model, head, model_find(&model->heads[head], id), NULL, weights, name);
}
