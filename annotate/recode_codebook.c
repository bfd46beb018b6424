/* SPDX-License-Identifier: MIT
 * Edits a codebook's JSON tree. The result is checked by reading it. */
#include "recode_codebook.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "keys.h"
#include "stance/base/error.h"
#include "stance/base/memory.h"

static cJSON *child(const cJSON *object, const char *key) { return cJSON_GetObjectItemCaseSensitive(object, key); }
static bool has_name(const cJSON *object, const char *name) {
  const char *text = cJSON_GetStringValue(child(object, "name"));
  return text && strcmp(text, name) == 0;
}

static int find_label(const cJSON *labels, const char *name) {
  int at = 0;
  const cJSON *item;
  cJSON_ArrayForEach(item, labels) {
    if (has_name(item, name)) return at;
    at++;
  }
  return -1;
}

static void set_text(cJSON *object, const char *key, const char *text) {
  cJSON_DeleteItemFromObjectCaseSensitive(object, key);
  cJSON_AddStringToObject(object, key, text);
}

/* Gives a head's examples the new label; with `to` NULL, removes them. Returns the number removed. */
static size_t relabel_examples(cJSON *value, const char *from, const char *to) {
  size_t dropped = 0;
  for (cJSON *item = value->child, *next; item; item = next) {
    next = item->next;
    const char *label = cJSON_IsObject(item) ? cJSON_GetStringValue(child(item, "label")) : NULL;
    if (label && strcmp(label, from) == 0) {
      if (to) set_text(item, "label", to);
      else cJSON_Delete(cJSON_DetachItemViaPointer(value, item)), dropped++;
      continue;
    }
    dropped += relabel_examples(item, from, to);
  }
  return dropped;
}

/* "1.0" to "1.1", "7" to "8", "draft" to "draft.1". */
static void raise_version(cJSON *codebook) {
  const char *old = cJSON_GetStringValue(child(codebook, "version"));
  char text[80];
  size_t end = old ? strlen(old) : 0, start = end;
  while (start && old[start - 1] >= '0' && old[start - 1] <= '9') start--;
  if (!old || end > 60) snprintf(text, sizeof text, "%.60s%s1", old ? old : "", old ? "." : "");
  else if (start == end) snprintf(text, sizeof text, "%s.1", old);
  else snprintf(text, sizeof text, "%.*s%llu", (int)start, old, strtoull(old + start, NULL, 10) + 1);
  set_text(codebook, "version", text);
}

/* Moves the examples of a merged label to the label that remains. */
static void take_examples(cJSON *into, cJSON *from) {
  static const char *const lists[] = {"examples", "counter_examples", "borderline"};
  for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
    cJSON *source = child(from, lists[i]), *target = child(into, lists[i]);
    if (!cJSON_IsArray(source)) continue;
    if (!cJSON_IsArray(target)) target = cJSON_AddArrayToObject(into, lists[i]);
    while (target && source->child) cJSON_AddItemToArray(target, cJSON_DetachItemFromArray(source, 0));
  }
}

static void rename_or_merge(cJSON *head, const struct annotate_recode_rule *rule) {
  cJSON *labels = child(head, "labels");
  int old = find_label(labels, rule->old_label), new = find_label(labels, rule->new_label);
  relabel_examples(head, rule->old_label, rule->new_label);
  if (old < 0 || old == new) return;
  if (new < 0) {
    set_text(cJSON_GetArrayItem(labels, old), "name", rule->new_label);
    return;
  }
  take_examples(cJSON_GetArrayItem(labels, new), cJSON_GetArrayItem(labels, old));
  cJSON_DeleteItemFromArray(labels, old);
}

/* Checks that the tree is a valid codebook whose keys all work. */
static enum stance_status try_out(const cJSON *codebook, const char *path, struct stance_error *error) {
  struct stance_arena arena = {0};
  struct stance_codebook parsed;
  struct annotate_keymap keymap;
  char *text = cJSON_PrintUnformatted(codebook);
  if (!text) return stance_fail_memory(error);
  enum stance_status status = stance_codebook_parse(text, strlen(text), path, &arena, &parsed, error);
  if (status == STANCE_OK) status = annotate_keymap_make(&parsed, &keymap, error);
  cJSON_free(text);
  stance_arena_free(&arena);
  return status;
}

static bool is_key_used(const cJSON *codebook, const char *key) {
  const cJSON *head, *label;
  cJSON_ArrayForEach(head, child(codebook, "heads")) cJSON_ArrayForEach(label, child(head, "labels")) {
    const char *used = cJSON_GetStringValue(child(label, "key"));
    if (used && strcmp(used, key) == 0) return true;
  }
  return false;
}

/* Sets the label's key: the first unused letter of its name, else any unused letter or digit, else none. */
static void find_key(const cJSON *codebook, cJSON *label, const char *path) {
  struct stance_error ignored;
  char candidates[160];
  snprintf(candidates, sizeof candidates, "%.100s0123456789abcdefghijklmnopqrstuvwxyz",
           cJSON_GetStringValue(child(label, "name")));
  for (const char *c = candidates; *c; c++) {
    char key[2] = {*c >= 'A' && *c <= 'Z' ? (char)(*c - 'A' + 'a') : *c, '\0'};
    if (!((*key >= 'a' && *key <= 'z') || (*key >= '0' && *key <= '9')) || is_key_used(codebook, key)) continue;
    set_text(label, "key", key);
    if (try_out(codebook, path, &ignored) == STANCE_OK) return;
    cJSON_DeleteItemFromObjectCaseSensitive(label, "key");
  }
}

/* Moves the items from `place` on to the end of another array. (cJSON_InsertItemInArray of Debian's cJSON 1.7.15
 * returns false for the middle of an array.) */
static void move_items(cJSON *from, int place, cJSON *to) {
  while (cJSON_GetArraySize(from) > place) cJSON_AddItemToArray(to, cJSON_DetachItemFromArray(from, place));
}

/* Replaces a label by its parts, of which the first gets its key. */
static enum stance_status split(cJSON *codebook, cJSON *head, const struct annotate_recode_step *step,
                                const char *old_label, const char *path, size_t *examples, struct stance_error *error) {
  cJSON *labels = child(head, "labels"), *added[STANCE_LABELS_MAX];
  int place = find_label(labels, old_label);
  size_t count = 0;
  cJSON *old = cJSON_DetachItemFromArray(labels, place), *behind = cJSON_CreateArray();
  move_items(labels, place, behind);
  *examples += relabel_examples(head, old_label, NULL);
  *examples += (size_t)cJSON_GetArraySize(child(old, "examples"));
  const char *definition = cJSON_GetStringValue(child(old, "definition")),
             *key = cJSON_GetStringValue(child(old, "key"));
  for (size_t i = 0; i < step->rule_count && count < STANCE_LABELS_MAX; i++) {
    if (strcmp(step->rules[i].old_label, old_label) != 0) continue;
    cJSON *part = added[count] = cJSON_CreateObject();
    char text[400];
    set_text(part, "name", step->rules[i].new_label);
    if (key && !count) set_text(part, "key", key);
    snprintf(text, sizeof text, "(a part of '%.60s', to be defined) %.280s", old_label, definition ? definition : "");
    set_text(part, "definition", text);
    const cJSON *value = child(old, "value");
    if (cJSON_IsNumber(value)) cJSON_AddNumberToObject(part, "value", value->valuedouble);
    cJSON_AddItemToArray(labels, part);
    count++;
  }
  move_items(behind, 0, labels);
  cJSON_Delete(behind);
  cJSON_Delete(old);
  for (size_t i = key ? 1 : 0; i < count; i++) find_key(codebook, added[i], path);
  return count < 2 ? stance_fail(error, STANCE_USAGE,
                                 "'%.60s' is split into one label; expected two or more (or --rename)", old_label)
                   : STANCE_OK;
}

enum stance_status annotate_recode_edit(const char *text, size_t length, const char *path,
                                        const struct annotate_recode_step *step, struct stance_arena *arena,
                                        struct annotate_recode_edit *edit, struct stance_error *error) {
  cJSON *codebook, *head = NULL, *item;
  *edit = (struct annotate_recode_edit){0};
  STANCE_TRY(stance_json_parse(text, length, path, 1, &codebook, error));
  cJSON_ArrayForEach(item, child(codebook, "heads")) if (has_name(item, step->head)) head = item;
  enum stance_status status =
      head ? STANCE_OK : stance_fail(error, STANCE_INPUT, "head '%.60s' is not in the codebook", step->head);
  for (size_t i = 0; i < step->rule_count && status == STANCE_OK; i++) {
    const struct annotate_recode_rule *rule = &step->rules[i];
    bool is_again = false; /* a part may keep the old name */
    for (size_t j = 0; j < i && rule->kind == ANNOTATE_RECODE_SPLIT; j++)
      is_again |= strcmp(step->rules[j].old_label, rule->old_label) == 0;
    if (is_again) continue;
    if (rule->kind == ANNOTATE_RECODE_SPLIT)
      status = split(codebook, head, step, rule->old_label, path, &edit->examples, error);
    else rename_or_merge(head, rule);
  }
  raise_version(codebook);
  if (status == STANCE_OK && stance_memory_was_out()) status = stance_fail_memory(error); /* keys may be missing */
  if (status == STANCE_OK) status = try_out(codebook, path, error);
  char *printed = status == STANCE_OK ? cJSON_Print(codebook) : NULL;
  if (printed) edit->text = stance_arena_format(arena, "%s\n", printed);
  if (status == STANCE_OK && !edit->text) status = stance_fail_memory(error);
  if (edit->text) edit->length = strlen(edit->text);
  cJSON_free(printed);
  cJSON_Delete(codebook);
  return status;
}
