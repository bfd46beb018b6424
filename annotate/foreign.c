/* SPDX-License-Identifier: MIT
 * One text of another program: from spans, pairs and labels to records. */
#include "foreign.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "foreign_span.h"
#include "stance/base/error.h"
#include "stance/base/file.h"
#include "stance/base/hash.h"

enum { TO_LABEL_ACTORS_MAX = 12 }; /* of a text whose pairs become units: 132 of them */

const cJSON *foreign_get(const cJSON *object, const char *key) { return cJSON_GetObjectItemCaseSensitive(object, key); }

const char *foreign_string(const cJSON *object, const char *key) {
  const cJSON *item = foreign_get(object, key);
  return cJSON_IsString(item) ? item->valuestring : NULL;
}

double foreign_number(const cJSON *object, const char *key, double fallback) {
  const cJSON *item = foreign_get(object, key);
  return cJSON_IsNumber(item) ? item->valuedouble : fallback;
}

void foreign_set(cJSON *object, const char *key, const char *text) {
  cJSON_DeleteItemFromObjectCaseSensitive(object, key);
  if (text) cJSON_AddStringToObject(object, key, text);
}

const char *foreign_text(const struct annotate_defaults *defaults, const cJSON *object, struct annotate_losses *losses) {
  char what[112];
  const char *found = foreign_string(object, defaults->text_key ? defaults->text_key : "text");
  const cJSON *item, *longest = NULL;
  if (found || defaults->text_key) return found;
  cJSON_ArrayForEach(item, object) {
    if (!cJSON_IsString(item) || !item->string || !strchr(item->valuestring, ' ') || strstr(item->valuestring, "://")) continue;
    if (!longest || strlen(item->valuestring) > strlen(longest->valuestring)) longest = item;
  }
  if (!longest) return NULL;
  snprintf(what, sizeof what, "texts taken from '%.60s' (--text-key says which)", longest->string);
  annotate_tell(losses, what);
  return longest->valuestring;
}

void foreign_article(char out[64], const char *program, const char *text) {
  snprintf(out, 64, "%.30s-%016llx", program, (unsigned long long)stance_hash(text, strlen(text)));
}

void foreign_lose_keys(struct annotate_losses *losses, const cJSON *object, const char *const *known) {
  char what[112];
  const cJSON *item;
  cJSON_ArrayForEach(item, object) {
    size_t k = 0;
    bool is_empty = cJSON_IsNull(item) || ((cJSON_IsArray(item) || cJSON_IsObject(item)) && !item->child) || (cJSON_IsString(item) && !*item->valuestring);
    while (known[k] && item->string && strcmp(known[k], item->string) != 0) k++;
    if (known[k] || is_empty || !item->string) continue;
    snprintf(what, sizeof what, "values of '%.60s'", item->string);
    annotate_lose(losses, what);
  }
}

cJSON *foreign_base(const cJSON *meta, const char *text, const char *article) {
  static const char *const own[] = {"unit", "article", "sentence", "source", "target", "head", "annotator", "at", "seconds", "note", "flags", "suggestion", "date", "outlet", NULL};
  static const char *const others[] = {"date", "outlet", NULL};
  bool is_own = foreign_string(meta, "unit") != NULL;
  cJSON *base = cJSON_CreateObject();
  for (const char *const *key = is_own ? own : others; *key; key++) {
    const cJSON *item = foreign_get(meta, *key);
    if (item && (is_own ? !cJSON_IsNull(item) : cJSON_IsString(item))) cJSON_AddItemToObject(base, *key, cJSON_Duplicate(item, true));
  }
  if (!is_own && !foreign_get(base, "outlet") && foreign_string(meta, "source")) foreign_set(base, "outlet", foreign_string(meta, "source"));
  if (!foreign_get(base, "article")) foreign_set(base, "article", article);
  foreign_set(base, "text", text);
  return base;
}

static enum stance_status each_of_array(const char *bytes, size_t length, const char *path, stance_json_line *each, void *context, struct stance_error *error) {
  cJSON *array;
  const cJSON *item;
  size_t place = 0;
  STANCE_TRY(stance_json_parse(bytes, length, path, 1, &array, error));
  enum stance_status status = STANCE_OK;
  cJSON_ArrayForEach(item, array) {
    place++;
    if (status == STANCE_OK) status = each(context, item, place, error);
  }
  cJSON_Delete(array);
  if (status != STANCE_OK && error && !error->file[0]) {
    struct stance_error what = *error;
    stance_fail_at(error, status, path, 0, 0, "object %zu of the array: %s", place, what.message);
  }
  return status;
}

enum stance_status foreign_each(const char *path, stance_json_line *each, void *context, struct stance_error *error) {
  struct stance_arena arena = {0};
  char *bytes;
  size_t length, first = 0;
  enum stance_status status = stance_file_read(path, 0, &arena, &bytes, &length, error);
  if (status == STANCE_OK) {
    if (length >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0) first = 3;
    size_t start = first + strspn(bytes + first, " \t\r\n");
    if (error) error->file[0] = '\0';
    status = bytes[start] == '[' ? each_of_array(bytes + first, length - first, path, each, context, error)
                                 : stance_json_lines(bytes + first, length - first, path, each, context, error);
  }
  stance_arena_free(&arena);
  return status;
}

void foreign_begin(struct foreign *foreign, cJSON *base, size_t line, bool is_own) {
  cJSON_Delete(foreign->base);
  stance_arena_reset(&foreign->arena);
  foreign->base = base;
  foreign->text = foreign_string(base, "text");
  foreign->line = line;
  foreign->is_own = is_own;
  foreign->made = 0;
  foreign->spans = NULL;
  foreign->span_count = foreign->span_capacity = 0;
}

size_t foreign_add_span(struct foreign *foreign, double start, double end, const char *words, const char *label) {
  struct foreign_span *spans = stance_arena_grow(&foreign->arena, foreign->spans, &foreign->span_capacity, foreign->span_count + 1, sizeof *spans);
  if (!spans) return SIZE_MAX;
  foreign->spans = spans;
  spans[foreign->span_count] = (struct foreign_span){.given_start = start, .given_end = end, .words = words, .label = label};
  return foreign->span_count++;
}

enum stance_status foreign_settle(struct foreign *foreign, struct stance_error *error) {
  if (!foreign->span_count) return STANCE_OK;
  foreign_span_place(foreign);
  return foreign_span_name(foreign, error);
}

static cJSON *make_record(const struct foreign *foreign) {
  cJSON *record = cJSON_Duplicate(foreign->base, true), *mentions = cJSON_AddArrayToObject(record, "mentions");
  for (size_t i = 0; i < foreign->span_count; i++) {
    const struct foreign_span *span = &foreign->spans[i];
    if (!span->actor) continue;
    cJSON *mention = cJSON_CreateObject();
    cJSON_AddStringToObject(mention, "actor", span->actor);
    cJSON_AddNumberToObject(mention, "start", (double)span->start);
    cJSON_AddNumberToObject(mention, "end", (double)span->end);
    if (span->is_implicit) cJSON_AddBoolToObject(mention, "implicit", true);
    cJSON_AddItemToArray(mentions, mention);
  }
  return record;
}

static enum stance_status take(struct foreign *foreign, cJSON *record, struct stance_error *error) {
  foreign->made++;
  return annotate_records_take(foreign->records, record, foreign->path, foreign->line, foreign->defaults, error);
}

/* The unit's id follows, unless the actors are what the record of our own says. */
static void set_actors(cJSON *record, const char *source, const char *target) {
  const char *old_source = foreign_string(record, "source"), *old_target = foreign_string(record, "target");
  if (old_source && source && old_target && strcmp(old_source, source) == 0 && strcmp(old_target, target) == 0) return;
  foreign_set(record, "unit", NULL);
  foreign_set(record, "source", source);
  foreign_set(record, "target", target);
}

enum stance_status foreign_pair(struct foreign *foreign, size_t from, size_t to, const char *label, struct stance_error *error) {
  const char *source = from < foreign->span_count ? foreign->spans[from].actor : NULL;
  const char *target = to < foreign->span_count ? foreign->spans[to].actor : NULL;
  if (!source || !target) {
    annotate_lose(foreign->losses, "relations without two ends in the text");
    return STANCE_OK;
  }
  if (strcmp(source, target) == 0) {
    annotate_lose(foreign->losses, "relations of an actor to itself");
    return STANCE_OK;
  }
  cJSON *record = make_record(foreign);
  if (!record) return stance_fail_memory(error);
  set_actors(record, source, target);
  foreign_set(record, "label", label);
  return take(foreign, record, error);
}

enum stance_status foreign_label(struct foreign *foreign, size_t target, const char *head, const char *label, struct stance_error *error) {
  cJSON *record = make_record(foreign);
  if (!record) return stance_fail_memory(error);
  if (target < foreign->span_count && foreign->spans[target].actor) set_actors(record, NULL, foreign->spans[target].actor);
  if (head && !foreign_string(record, "head")) foreign_set(record, "head", head);
  if (label) foreign_set(record, "label", label);
  return take(foreign, record, error);
}

/* Entity types of dates, amounts and numbers (OntoNotes' names, and short ones in use): no actors. */
static bool is_amount(const char *label) {
  static const char *const types[] = {"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "ORDINAL", "CARDINAL", "NUMBER", "DURATION"};
  for (size_t i = 0; label && i < sizeof types / sizeof *types; i++)
    if (strcasecmp(label, types[i]) == 0) return true;
  return false;
}

static enum stance_status make_units(struct foreign *foreign, struct stance_error *error) {
  size_t actors[TO_LABEL_ACTORS_MAX], count = 0, amounts = 0;
  for (size_t i = 0; i < foreign->span_count; i++) {
    const struct foreign_span *span = &foreign->spans[i];
    size_t known = 0;
    if (!span->actor) continue;
    if (is_amount(span->label)) {
      amounts++;
      continue;
    }
    while (known < count && strcmp(foreign->spans[actors[known]].actor, span->actor) != 0) known++;
    if (known < count) continue;
    if (count == TO_LABEL_ACTORS_MAX) {
      annotate_lose(foreign->losses, "actors of a text behind its twelfth (split the text into sentences)");
      break;
    }
    actors[count++] = i;
  }
  while (amounts--) annotate_lose(foreign->losses, "spans of dates, amounts and numbers as actors");
  if (count < 2) {
    annotate_lose(foreign->losses, foreign->span_count ? "texts without a label and without two actors" : "texts without a label");
    return STANCE_OK;
  }
  for (size_t i = 0; i < count; i++)
    for (size_t j = 0; j < count; j++)
      if (i != j) STANCE_TRY(foreign_pair(foreign, actors[i], actors[j], NULL, error));
  annotate_tell(foreign->losses, "texts with spans alone: their pairs of actors are units to label");
  return STANCE_OK;
}

enum stance_status foreign_end(struct foreign *foreign, struct stance_error *error) {
  return foreign->made ? STANCE_OK : make_units(foreign, error);
}

void foreign_close(struct foreign *foreign) {
  cJSON_Delete(foreign->base);
  stance_arena_free(&foreign->arena);
  foreign->base = NULL;
}
