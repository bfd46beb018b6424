/* SPDX-License-Identifier: MIT
 * Reads codebooks from JSON strictly: an error names the field, and the head and label that it is in. */
#include "codebook.h"

#include <string.h>

#include "stance/base/error.h"
#include "stance/base/file.h"
#include "stance/base/json.h"
#include "stance/base/utf8.h"

/* The place in the codebook, for messages: "head 'stance', label 'hostile': ". */
struct reader {
  struct stance_arena *arena;
  const char *file;
  const char *head, *label;
  struct stance_error *error;
};

/* Puts the place before a field getter's message. */
static enum stance_status at_place(const struct reader *reader, enum stance_status status) {
  if (status == STANCE_OK || !reader->error || reader->error->file[0]) return status;
  struct stance_error what = *reader->error;
  char place[200] = "";
  if (reader->head && reader->label)
    snprintf(place, sizeof place, "head '%.60s', label '%.60s': ", reader->head, reader->label);
  else if (reader->head) snprintf(place, sizeof place, "head '%.60s': ", reader->head);
  return stance_fail_at(reader->error, status, reader->file, 0, 0, "%s%s", place, what.message);
}

static enum stance_status read_string(const struct reader *reader, const cJSON *object, const char *key,
                                      const char **out) {
  const char *text;
  STANCE_TRY(at_place(reader, stance_json_get_string(object, key, NULL, &text, reader->error)));
  *out = NULL;
  if (!text) return STANCE_OK;
  *out = stance_arena_copy(reader->arena, text, strlen(text));
  return *out ? STANCE_OK : stance_fail_memory(reader->error);
}

static enum stance_status need_string(const struct reader *reader, const cJSON *object, const char *key,
                                      const char **out) {
  STANCE_TRY(read_string(reader, object, key, out));
  if (*out && **out) return STANCE_OK;
  return at_place(reader, stance_fail(reader->error, STANCE_INPUT, "'%s' is missing or empty", key));
}

/* Reads a name. It appears in tables, on buttons and in other tools' files, so control characters are refused. */
static enum stance_status need_name(const struct reader *reader, const cJSON *object, const char **out) {
  STANCE_TRY(need_string(reader, object, "name", out));
  uint32_t code;
  size_t step;
  for (const char *at = *out; (step = stance_utf8_decode(at, &code)) != 0; at += step)
    if (code < ' ' || (code >= 0x7f && code < 0xa0))
      return at_place(reader,
                      stance_fail(reader->error, STANCE_INPUT, "'name' holds the control character U+%04X", code));
  return STANCE_OK;
}

/* Reads an array of objects under key; *count is 0 if it is missing. STANCE_INPUT: an item is no object. */
static enum stance_status read_objects(const struct reader *reader, const cJSON *object, const char *key,
                                       const cJSON **array, size_t *count) {
  const cJSON *item;
  STANCE_TRY(at_place(reader, stance_json_get_array(object, key, array, reader->error)));
  *count = *array ? (size_t)cJSON_GetArraySize(*array) : 0;
  cJSON_ArrayForEach(item, *array) {
    if (!cJSON_IsObject(item))
      return at_place(reader, stance_fail(reader->error, STANCE_INPUT, "'%s' holds what is not an object", key));
  }
  return STANCE_OK;
}

static enum stance_status read_examples(const struct reader *reader, const cJSON *object, const char *key,
                                        struct stance_example **out, size_t *count) {
  const cJSON *array, *item;
  STANCE_TRY(read_objects(reader, object, key, &array, count));
  struct stance_example *example = *out = stance_arena_zalloc(reader->arena, *count, sizeof **out);
  if (!example) return stance_fail_memory(reader->error);
  cJSON_ArrayForEach(item, array) {
    STANCE_TRY(need_string(reader, item, "text", &example->text));
    STANCE_TRY(read_string(reader, item, "source", &example->source));
    STANCE_TRY(read_string(reader, item, "target", &example->target));
    STANCE_TRY(read_string(reader, item, "label", &example->label));
    STANCE_TRY(read_string(reader, item, "why", &example->why));
    example++;
  }
  return STANCE_OK;
}

static enum stance_status read_borderline(const struct reader *reader, const cJSON *object,
                                          struct stance_label *label) {
  const cJSON *array, *item;
  STANCE_TRY(at_place(reader, stance_json_get_array(object, "borderline", &array, reader->error)));
  size_t count = array ? (size_t)cJSON_GetArraySize(array) : 0;
  label->borderline = stance_arena_zalloc(reader->arena, count, sizeof *label->borderline);
  if (!label->borderline) return stance_fail_memory(reader->error);
  cJSON_ArrayForEach(item, array) {
    if (!cJSON_IsString(item))
      return at_place(reader, stance_fail(reader->error, STANCE_INPUT, "'borderline' holds what is not a string"));
    char *copy = stance_arena_copy(reader->arena, item->valuestring, strlen(item->valuestring));
    if (!copy) return stance_fail_memory(reader->error);
    label->borderline[label->borderline_count++] = copy;
  }
  return STANCE_OK;
}

static enum stance_status read_label(struct reader *reader, const cJSON *object, struct stance_label *label) {
  const char *key;
  STANCE_TRY(need_name(reader, object, &label->name));
  reader->label = label->name;
  STANCE_TRY(read_string(reader, object, "definition", &label->definition));
  STANCE_TRY(read_string(reader, object, "key", &key));
  size_t key_length = key ? stance_utf8_decode(key, &label->key) : 0;
  bool is_control = label->key <= ' ' || (label->key >= 0x7f && label->key <= 0xa0);
  if (key && (is_control || key[key_length]))
    return at_place(reader, stance_fail(reader->error, STANCE_INPUT, "key '%s' is not one printable character", key));
  STANCE_TRY(at_place(reader, stance_json_get_number(object, "value", 0, &label->value, reader->error)));
  if (!(label->value >= -1 && label->value <= 1))
    return at_place(reader, stance_fail(reader->error, STANCE_INPUT, "value %g is not from -1 to 1", label->value));
  STANCE_TRY(read_borderline(reader, object, label));
  STANCE_TRY(read_examples(reader, object, "examples", &label->examples, &label->example_count));
  STANCE_TRY(
      read_examples(reader, object, "counter_examples", &label->counter_examples, &label->counter_example_count));
  reader->label = NULL;
  return STANCE_OK;
}

static enum stance_status read_unit_kind(const struct reader *reader, const cJSON *object,
                                         enum stance_unit_kind *unit) {
  static const char *const names[] = {"dyad", "target", "sentence"};
  const char *text;
  STANCE_TRY(need_string(reader, object, "unit", &text));
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (strcmp(text, names[i]) == 0) {
      *unit = (enum stance_unit_kind)i;
      return STANCE_OK;
    }
  return at_place(
      reader, stance_fail(reader->error, STANCE_INPUT, "unknown unit '%s'; expected dyad, target or sentence", text));
}

static enum stance_status read_rules(const struct reader *reader, const cJSON *object, struct stance_head *head) {
  const cJSON *array, *item;
  STANCE_TRY(read_objects(reader, object, "rules", &array, &head->rule_count));
  struct stance_rule *rule = head->rules = stance_arena_zalloc(reader->arena, head->rule_count, sizeof *rule);
  if (!rule) return stance_fail_memory(reader->error);
  cJSON_ArrayForEach(item, array) {
    STANCE_TRY(need_string(reader, item, "topic", &rule->topic));
    STANCE_TRY(need_string(reader, item, "rule", &rule->rule));
    STANCE_TRY(read_examples(reader, item, "examples", &rule->examples, &rule->example_count));
    rule++;
  }
  return STANCE_OK;
}

static enum stance_status read_head(struct reader *reader, const cJSON *object, struct stance_head *head) {
  const cJSON *array, *item;
  STANCE_TRY(need_name(reader, object, &head->name));
  reader->head = head->name;
  STANCE_TRY(read_string(reader, object, "question", &head->question));
  STANCE_TRY(read_unit_kind(reader, object, &head->unit));
  STANCE_TRY(read_objects(reader, object, "labels", &array, &head->label_count));
  if (head->label_count < 2 || head->label_count > STANCE_LABELS_MAX)
    return at_place(reader, stance_fail(reader->error, STANCE_INPUT, "has %zu labels; expected 2 to %d",
                                        head->label_count, STANCE_LABELS_MAX));
  head->labels = stance_arena_zalloc(reader->arena, head->label_count, sizeof *head->labels);
  if (!head->labels) return stance_fail_memory(reader->error);
  size_t at = 0;
  cJSON_ArrayForEach(item, array) {
    STANCE_TRY(read_label(reader, item, &head->labels[at]));
    for (size_t i = 0; i < at; i++) {
      if (strcmp(head->labels[i].name, head->labels[at].name) == 0)
        return at_place(reader,
                        stance_fail(reader->error, STANCE_INPUT, "label '%s' stands twice", head->labels[at].name));
      if (head->labels[at].key && head->labels[i].key == head->labels[at].key)
        return at_place(reader, stance_fail(reader->error, STANCE_INPUT, "key '%s' serves two labels",
                                            cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(item, "key"))));
    }
    at++;
  }
  STANCE_TRY(read_rules(reader, object, head));
  reader->head = NULL;
  return STANCE_OK;
}

static enum stance_status read_keys(const struct reader *reader, const cJSON *object,
                                    struct stance_codebook *codebook) {
  const cJSON *keys = cJSON_GetObjectItemCaseSensitive(object, "keys"), *item;
  if (!keys || cJSON_IsNull(keys)) return STANCE_OK;
  if (!cJSON_IsObject(keys))
    return at_place(reader, stance_fail(reader->error, STANCE_INPUT, "'keys' is not an object"));
  size_t count = (size_t)cJSON_GetArraySize(keys);
  codebook->key_commands = stance_arena_zalloc(reader->arena, count, sizeof *codebook->key_commands);
  codebook->key_names = stance_arena_zalloc(reader->arena, count, sizeof *codebook->key_names);
  if (!codebook->key_commands || !codebook->key_names) return stance_fail_memory(reader->error);
  cJSON_ArrayForEach(item, keys) {
    STANCE_TRY(need_string(reader, keys, item->string, &codebook->key_names[codebook->key_count]));
    char *copy = stance_arena_copy(reader->arena, item->string, strlen(item->string));
    if (!copy) return stance_fail_memory(reader->error);
    codebook->key_commands[codebook->key_count++] = copy;
  }
  return STANCE_OK;
}

static enum stance_status read_codebook(struct reader *reader, const cJSON *object, struct stance_codebook *codebook) {
  const cJSON *array, *item;
  *codebook = (struct stance_codebook){0};
  if (!cJSON_IsObject(object))
    return stance_fail_at(reader->error, STANCE_INPUT, reader->file, 0, 0, "is not a JSON object; expected a codebook");
  STANCE_TRY(need_name(reader, object, &codebook->name));
  STANCE_TRY(read_string(reader, object, "version", &codebook->version));
  STANCE_TRY(read_string(reader, object, "description", &codebook->description));
  STANCE_TRY(read_string(reader, object, "language", &codebook->language));
  STANCE_TRY(read_objects(reader, object, "heads", &array, &codebook->head_count));
  if (!codebook->head_count) return stance_fail_at(reader->error, STANCE_INPUT, reader->file, 0, 0, "has no heads");
  codebook->heads = stance_arena_zalloc(reader->arena, codebook->head_count, sizeof *codebook->heads);
  if (!codebook->heads) return stance_fail_memory(reader->error);
  size_t at = 0;
  cJSON_ArrayForEach(item, array) {
    STANCE_TRY(read_head(reader, item, &codebook->heads[at]));
    for (size_t i = 0; i < at; i++)
      if (strcmp(codebook->heads[i].name, codebook->heads[at].name) == 0)
        return at_place(reader,
                        stance_fail(reader->error, STANCE_INPUT, "head '%s' stands twice", codebook->heads[at].name));
    at++;
  }
  return read_keys(reader, object, codebook);
}

enum stance_status stance_codebook_parse(const char *text, size_t length, const char *file, struct stance_arena *arena,
                                         struct stance_codebook *codebook, struct stance_error *error) {
  struct stance_error ignored;
  struct reader reader = {.arena = arena, .file = file, .error = error ? error : &ignored};
  cJSON *object;
  reader.error->file[0] = '\0';
  STANCE_TRY(stance_json_parse(text, length, file, 1, &object, error));
  enum stance_status status = read_codebook(&reader, object, codebook);
  cJSON_Delete(object);
  return status;
}

enum stance_status stance_codebook_read(const char *path, struct stance_arena *arena, struct stance_codebook *codebook,
                                        struct stance_error *error) {
  char *text;
  size_t length;
  STANCE_TRY(stance_file_read(path, 0, arena, &text, &length, error));
  return stance_codebook_parse(text, length, path, arena, codebook, error);
}

const struct stance_head *stance_codebook_head(const struct stance_codebook *codebook, const char *name) {
  for (size_t i = 0; i < codebook->head_count; i++)
    if (strcmp(codebook->heads[i].name, name) == 0) return &codebook->heads[i];
  return NULL;
}

int stance_head_label(const struct stance_head *head, const char *name) {
  for (size_t i = 0; i < head->label_count; i++)
    if (strcmp(head->labels[i].name, name) == 0) return (int)i;
  return -1;
}

static cJSON *outline_head(const struct stance_head *head) {
  static const char *const units[] = {"dyad", "target", "sentence"};
  cJSON *object = cJSON_CreateObject(), *labels;
  bool is_good = object && cJSON_AddStringToObject(object, "name", head->name) &&
                 cJSON_AddStringToObject(object, "unit", units[head->unit]) &&
                 (!head->question || cJSON_AddStringToObject(object, "question", head->question)) &&
                 (labels = cJSON_AddArrayToObject(object, "labels"));
  for (size_t i = 0; is_good && i < head->label_count; i++) {
    const struct stance_label *label = &head->labels[i];
    char key[5] = "";
    if (label->key) stance_utf8_encode(label->key, key);
    cJSON *item = cJSON_CreateObject();
    is_good = item && cJSON_AddItemToArray(labels, item) && cJSON_AddStringToObject(item, "name", label->name) &&
              (!label->key || cJSON_AddStringToObject(item, "key", key)) &&
              cJSON_AddNumberToObject(item, "value", label->value);
  }
  if (is_good) return object;
  cJSON_Delete(object);
  return NULL;
}

cJSON *stance_codebook_outline(const struct stance_codebook *codebook) {
  cJSON *object = cJSON_CreateObject(), *heads = NULL;
  bool is_good = object && cJSON_AddStringToObject(object, "name", codebook->name) &&
                 (!codebook->version || cJSON_AddStringToObject(object, "version", codebook->version)) &&
                 (!codebook->language || cJSON_AddStringToObject(object, "language", codebook->language)) &&
                 (heads = cJSON_AddArrayToObject(object, "heads"));
  for (size_t i = 0; is_good && i < codebook->head_count; i++) {
    cJSON *head = outline_head(&codebook->heads[i]);
    is_good = head && cJSON_AddItemToArray(heads, head);
  }
  if (is_good) return object;
  cJSON_Delete(object);
  return NULL;
}
