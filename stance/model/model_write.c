/* SPDX-License-Identifier: MIT
 * Writing a model: the whole file is laid out in memory, hashed, written under a temporary name and renamed. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "model.h"
#include "model_file.h"
#include "stance/base/buffer.h"
#include "stance/base/error.h"
#include "stance/base/file.h"
#include "stance/base/hash.h"

struct writer {
  struct stance_buffer out;
  struct model_section sections[MODEL_SECTIONS_MAX];
  uint32_t section_count;
};

static void pad(struct writer *writer) {
  static const char zeros[MODEL_ALIGNMENT];
  stance_buffer_append(&writer->out, zeros, (MODEL_ALIGNMENT - writer->out.length % MODEL_ALIGNMENT) % MODEL_ALIGNMENT);
}

static void section_start(struct writer *writer, enum model_section_kind kind, size_t head) {
  pad(writer);
  writer->sections[writer->section_count] =
      (struct model_section){.kind = kind, .head = (uint32_t)head, .offset = writer->out.length};
}

static void section_end(struct writer *writer) {
  struct model_section *section = &writer->sections[writer->section_count++];
  section->size = writer->out.length - section->offset;
}

/* ---- the header's JSON ---------------------------------------------------------------------------------- */

static bool add_numbers(cJSON *object, const char *key, const double *values, size_t count) {
  cJSON *array = cJSON_AddArrayToObject(object, key);
  if (!array) return false;
  for (size_t i = 0; i < count; i++) {
    cJSON *number = cJSON_CreateNumber(values[i]);
    if (!number || !cJSON_AddItemToArray(array, number)) return false;
  }
  return true;
}

/* Adds the numbers unless all are 1 (or 0, which stands for 1). */
static bool add_not_ones(cJSON *object, const char *key, const double *values, size_t count) {
  double full[STANCE_LABELS_MAX];
  bool has_other = false;
  for (size_t l = 0; l < count; l++) {
    full[l] = values[l] > 0 ? values[l] : 1;
    has_other = has_other || full[l] < 1 || full[l] > 1;
  }
  return !has_other || add_numbers(object, key, full, count);
}

static bool add_knots(cJSON *object, const char *key, const struct stance_model_head *head,
                      const float *const *values) {
  cJSON *array = cJSON_AddArrayToObject(object, key);
  bool is_good = array != NULL;
  for (size_t l = 0; is_good && l < head->label_count; l++) {
    cJSON *row = cJSON_CreateArray();
    is_good = row && cJSON_AddItemToArray(array, row);
    for (size_t k = 0; is_good && k < head->knot_count[l]; k++) {
      cJSON *number = cJSON_CreateNumber((double)values[l][k]);
      is_good = number && cJSON_AddItemToArray(row, number);
    }
  }
  return is_good;
}

static cJSON *head_json(const struct stance_model_head *head, struct stance_arena *arena) {
  static const char *const kernels[] = {"linear", "rbf", "polynomial"};
  static const char *const calibrations[] = {"none", "platt", "isotonic", "logistic"};
  cJSON *object = cJSON_CreateObject();
  char *templates = stance_template_format(head->templates, arena);
  bool is_good = object && templates && cJSON_AddStringToObject(object, "name", head->name) &&
                 cJSON_AddStringToObject(object, "templates", templates) &&
                 cJSON_AddStringToObject(object, "kernel", kernels[head->kernel]) &&
                 cJSON_AddNumberToObject(object, "features", (double)head->feature_count) &&
                 add_numbers(object, "bias", head->bias, head->label_count) &&
                 cJSON_AddStringToObject(object, "calibration", calibrations[head->calibration]);
  if (is_good && head->kernel != STANCE_KERNEL_LINEAR)
    is_good = cJSON_AddNumberToObject(object, "gamma", head->gamma) &&
              cJSON_AddNumberToObject(object, "coef0", head->coef0) &&
              cJSON_AddNumberToObject(object, "degree", head->degree);
  if (is_good && head->calibration == STANCE_CALIBRATION_PLATT)
    is_good = add_numbers(object, "platt_a", head->platt_a, head->label_count) &&
              add_numbers(object, "platt_b", head->platt_b, head->label_count);
  if (is_good && head->calibration == STANCE_CALIBRATION_ISOTONIC)
    is_good = add_knots(object, "knots", head, head->knots) && add_knots(object, "knot_p", head, head->knot_p);
  if (is_good && head->calibration == STANCE_CALIBRATION_LOGISTIC) {
    double flat[STANCE_LABELS_MAX * STANCE_LABELS_MAX];
    size_t n = head->label_count;
    for (size_t i = 0; i < n * n; i++) flat[i] = head->slope[i / n][i % n];
    is_good = add_numbers(object, "slope", flat, n * n) && add_numbers(object, "intercept", head->intercept, n);
  }
  if (is_good && head->lean.head)
    is_good = cJSON_AddStringToObject(object, "dyads_of", head->lean.head) &&
              add_numbers(object, "dyads", head->lean.weights[0], head->label_count * STANCE_LEAN_INPUTS);
  is_good = is_good && add_not_ones(object, "weight", head->weight, head->label_count) &&
            add_not_ones(object, "factor", head->factor, head->label_count);
  if (is_good) return object;
  cJSON_Delete(object);
  return NULL;
}

static enum stance_status write_header(struct writer *writer, const struct stance_codebook *codebook,
                                       const struct stance_model_head *heads, size_t head_count, const cJSON *extra,
                                       struct stance_error *error) {
  struct stance_arena arena = {0};
  cJSON *object = cJSON_CreateObject(), *list = NULL, *outline = stance_codebook_outline(codebook);
  char *text = NULL;
  bool is_good = object && outline && cJSON_AddStringToObject(object, "stancekit", STANCE_VERSION);
  if (is_good && cJSON_AddItemToObject(object, "codebook", outline)) outline = NULL;
  is_good = is_good && !outline && (list = cJSON_AddArrayToObject(object, "heads"));
  for (size_t h = 0; is_good && h < head_count; h++) {
    cJSON *item = head_json(&heads[h], &arena);
    is_good = item && cJSON_AddItemToArray(list, item);
  }
  const cJSON *item;
  cJSON_ArrayForEach(item, extra) {
    cJSON *copy = is_good ? cJSON_Duplicate(item, true) : NULL;
    is_good = copy && cJSON_AddItemToObject(object, item->string, copy);
  }
  text = is_good ? cJSON_PrintUnformatted(object) : NULL;
  section_start(writer, MODEL_HEADER, 0);
  if (text) stance_buffer_puts(&writer->out, text);
  section_end(writer);
  cJSON_free(text);
  cJSON_Delete(outline);
  cJSON_Delete(object);
  stance_arena_free(&arena);
  return text ? STANCE_OK : stance_fail_memory(error);
}

/* ---- a head's tables ------------------------------------------------------------------------------------ */

/* The smallest power of two that leaves at least a fifth of the slots empty. */
static size_t slots_for(size_t features) {
  size_t slots = 16;
  while (slots / 5 * 4 < features) slots *= 2;
  return slots;
}

static bool is_finite_head(const struct stance_model_head *head) {
  bool is_good = isfinite(head->gamma) && isfinite(head->coef0);
  for (size_t l = 0; l < head->label_count; l++)
    is_good = is_good && isfinite(head->bias[l]) && isfinite(head->platt_a[l]) && isfinite(head->platt_b[l]) &&
              isfinite(head->factor[l]) && isfinite(head->weight[l]) && isfinite(head->intercept[l]);
  for (size_t l = 0; l < head->label_count; l++)
    for (size_t k = 0; k < head->label_count; k++) is_good = is_good && isfinite(head->slope[l][k]);
  for (size_t l = 0; head->lean.head && l < head->label_count; l++)
    for (size_t i = 0; i < STANCE_LEAN_INPUTS; i++) is_good = is_good && isfinite(head->lean.weights[l][i]);
  for (size_t i = 0; head->weights && is_good && i < head->feature_count * head->label_count; i++)
    is_good = isfinite(head->weights[i]);
  for (size_t i = 0; is_good && i < head->dense_count * head->label_count; i++) is_good = isfinite(head->dense[i]);
  for (size_t i = 0; is_good && i < head->support_count * head->label_count; i++) is_good = isfinite(head->alpha[i]);
  return is_good;
}

static void write_support(struct writer *writer, const struct stance_model_head *head, size_t index) {
  struct model_support counts = {.rows = head->support_count};
  uint64_t first = 0;
  section_start(writer, MODEL_SUPPORT, index);
  for (size_t s = 0; s < head->support_count; s++) counts.entries += head->support[s].count;
  stance_buffer_append(&writer->out, (const char *)&counts, sizeof counts);
  for (size_t s = 0; s <= head->support_count; s++) {
    stance_buffer_append(&writer->out, (const char *)&first, sizeof first);
    if (s < head->support_count) first += head->support[s].count;
  }
  for (size_t s = 0; s < head->support_count; s++)
    stance_buffer_append(&writer->out, (const char *)head->support[s].ids,
                         head->support[s].count * sizeof *head->support[s].ids);
  stance_buffer_append(&writer->out, (const char *)head->alpha,
                       head->support_count * head->label_count * sizeof *head->alpha);
  for (size_t s = 0; s < head->support_count; s++)
    stance_buffer_append(&writer->out, (const char *)head->support[s].values,
                         head->support[s].count * sizeof *head->support[s].values);
  section_end(writer);
}

static int by_count(const void *a, const void *b, void *context) {
  const struct stance_model_head *head = context;
  uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
  if (head->counts && head->counts[x] != head->counts[y]) return head->counts[x] > head->counts[y] ? -1 : 1;
  return (x > y) - (x < y);
}

/* Puts each feature into its first slot or the next free one, frequent features first. owner[slot]: index of its
 * feature + 1. */
static bool fill_slots(const struct stance_model_head *head, size_t slots, uint64_t *keys, uint32_t *owner) {
  uint32_t *order = malloc((head->feature_count + 1) * sizeof *order);
  if (!order) return false;
  for (size_t f = 0; f < head->feature_count; f++) order[f] = (uint32_t)f;
  qsort_r(order, head->feature_count, sizeof *order, by_count, (void *)(uintptr_t)head);
  for (size_t i = 0; i < head->feature_count; i++) {
    uint64_t id = head->ids[order[i]];
    if (!id) continue; /* 0 marks an empty slot, so a feature with that id (1 in 2^64) is dropped */
    size_t slot = model_slot(id, slots);
    while (keys[slot]) slot = (slot + 1) & (slots - 1);
    keys[slot] = id;
    owner[slot] = order[i] + 1;
  }
  free(order);
  return true;
}

/* Writes the sections FEATURES and NAMES of a head. */
static enum stance_status write_tables(struct writer *writer, const struct stance_model_head *head, size_t index,
                                       struct stance_error *error) {
  size_t slots = slots_for(head->feature_count);
  uint32_t *owner = calloc(slots, sizeof *owner);
  uint64_t *keys = calloc(slots, sizeof *keys);
  uint32_t at = 0;
  if (!owner || !keys || !fill_slots(head, slots, keys, owner)) {
    free(owner);
    free(keys);
    return stance_fail_memory(error);
  }
  section_start(writer, MODEL_FEATURES, index);
  for (size_t s = 0; s < slots; s++) {
    unsigned char bytes[128] = {0};
    memcpy(bytes, &keys[s], sizeof keys[s]);
    if (head->weights && owner[s])
      memcpy(bytes + sizeof keys[s], head->weights + (owner[s] - 1) * head->label_count,
             head->label_count * sizeof(float));
    stance_buffer_append(&writer->out, (const char *)bytes, model_row_size(head->label_count, head->weights));
  }
  section_end(writer);
  if (head->names) {
    section_start(writer, MODEL_NAMES, index);
    for (size_t s = 0; s <= slots; s++) {
      stance_buffer_append(&writer->out, (const char *)&at, sizeof at);
      if (s < slots && owner[s]) at += (uint32_t)strlen(head->names[owner[s] - 1]) + 1;
    }
    for (size_t s = 0; s < slots; s++)
      if (owner[s])
        stance_buffer_append(&writer->out, head->names[owner[s] - 1], strlen(head->names[owner[s] - 1]) + 1);
    section_end(writer);
  }
  free(owner);
  free(keys);
  return STANCE_OK;
}

static enum stance_status lay_out(struct writer *writer, const struct stance_codebook *codebook,
                                  const struct stance_lexicon *lexicon, const struct stance_vectors *vectors,
                                  const struct stance_model_head *heads, size_t head_count, const cJSON *header,
                                  struct stance_error *error) {
  uint32_t sections = 1u + (lexicon ? 2u : 0u) + (vectors ? 1u : 0u);
  for (size_t h = 0; h < head_count; h++)
    sections += 1u + (heads[h].dense_count ? 1u : 0u) + (heads[h].names ? 1u : 0u) + (heads[h].kernel ? 1u : 0u) +
                (heads[h].text_count ? 1u : 0u);
  size_t table = sizeof(struct model_prefix) + sections * sizeof(struct model_section);
  for (size_t i = 0; i < table; i++) stance_buffer_putc(&writer->out, '\0');
  STANCE_TRY(write_header(writer, codebook, heads, head_count, header, error));
  if (lexicon) {
    size_t length;
    const char *text = stance_lexicon_text(lexicon, &length);
    section_start(writer, MODEL_LEXICON, 0);
    stance_buffer_append(&writer->out, text, length);
    section_end(writer);
    section_start(writer, MODEL_LEXICON_TABLES, 0);
    stance_lexicon_image(lexicon, &writer->out);
    section_end(writer);
  }
  if (vectors) {
    size_t size;
    const unsigned char *bytes = stance_vectors_section(vectors, &size);
    section_start(writer, MODEL_VECTORS, 0);
    stance_buffer_append(&writer->out, (const char *)bytes, size);
    section_end(writer);
  }
  for (size_t h = 0; h < head_count; h++) {
    STANCE_TRY(write_tables(writer, &heads[h], h, error));
    if (heads[h].kernel != STANCE_KERNEL_LINEAR) write_support(writer, &heads[h], h);
    if (heads[h].dense_count) {
      section_start(writer, MODEL_DENSE, h);
      stance_buffer_append(&writer->out, (const char *)heads[h].dense,
                           heads[h].dense_count * heads[h].label_count * sizeof(float));
      section_end(writer);
    }
    if (!heads[h].text_count) continue;
    section_start(writer, MODEL_TEXTS, h);
    stance_buffer_append(&writer->out, (const char *)heads[h].texts, heads[h].text_count * sizeof *heads[h].texts);
    section_end(writer);
  }
  pad(writer);
  if (writer->out.failed) return stance_fail_memory(error);
  struct model_prefix prefix = {
      .magic = MODEL_MAGIC, .version = MODEL_VERSION, .section_count = sections, .size = writer->out.length};
  memcpy(writer->out.data + sizeof prefix, writer->sections, sections * sizeof *writer->sections);
  prefix.hash = stance_hash(writer->out.data + sizeof prefix, writer->out.length - sizeof prefix);
  memcpy(writer->out.data, &prefix, sizeof prefix);
  return STANCE_OK;
}

enum stance_status stance_model_write(const char *path, const struct stance_codebook *codebook,
                                      const struct stance_lexicon *lexicon, const struct stance_vectors *vectors,
                                      const struct stance_model_head *heads, size_t head_count, const cJSON *header,
                                      struct stance_error *error) {
  bool has_dense = false;
  for (size_t h = 0; h < head_count; h++) has_dense |= heads[h].dense_count > 0;
  if (!has_dense) vectors = NULL;
  if (head_count == 0 || head_count > MODEL_HEADS_MAX)
    return stance_fail(error, STANCE_USAGE, "a model has 1 to %d heads, not %zu", MODEL_HEADS_MAX, head_count);
  for (size_t h = 0; h < head_count; h++)
    if (!is_finite_head(&heads[h]))
      return stance_fail(error, STANCE_USAGE, "head '%s' has a weight that is not a finite number", heads[h].name);
  struct writer *writer = calloc(1, sizeof *writer);
  if (!writer) return stance_fail_memory(error);
  enum stance_status status = lay_out(writer, codebook, lexicon, vectors, heads, head_count, header, error);
  if (status == STANCE_OK) status = stance_file_write_buffer(path, &writer->out, error);
  stance_buffer_free(&writer->out);
  free(writer);
  return status;
}
