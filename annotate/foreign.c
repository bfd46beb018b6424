/* SPDX-License-Identifier: MIT
 * Makes label records from the spans, pairs and labels of one text. */
#include "foreign.h"

#include <string.h>
#include <strings.h>

#include "foreign_span.h"
#include "stance/base/error.h"
#include "stance/base/memory.h"

enum { TO_LABEL_ACTORS_MAX = 12 }; /* 12 actors make 132 pairs */

enum stance_status foreign_begin(struct foreign *foreign, cJSON *base, size_t line, bool is_own,
                                 struct stance_error *error) {
  cJSON_Delete(foreign->base);
  stance_arena_reset(&foreign->arena);
  foreign->base = base;
  foreign->text = foreign_string(base, "text");
  foreign->line = line;
  foreign->is_own = is_own;
  foreign->made = 0;
  foreign->spans = NULL;
  foreign->span_count = foreign->span_capacity = 0;
  return foreign->text && !stance_memory_was_out() ? STANCE_OK : stance_fail_memory(error);
}

size_t foreign_add_span(struct foreign *foreign, double start, double end, const char *words, const char *label) {
  struct foreign_span *spans = stance_arena_grow(&foreign->arena, foreign->spans, &foreign->span_capacity,
                                                 foreign->span_count + 1, sizeof *spans);
  if (!spans) return SIZE_MAX;
  foreign->spans = spans;
  spans[foreign->span_count] =
      (struct foreign_span){.given_start = start, .given_end = end, .words = words, .label = label};
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

/* Sets the pair and deletes the unit's id, unless the record has these actors already. */
static void set_actors(cJSON *record, const char *source, const char *target) {
  const char *old_source = foreign_string(record, "source"), *old_target = foreign_string(record, "target");
  if (old_source && source && old_target && strcmp(old_source, source) == 0 && strcmp(old_target, target) == 0) return;
  foreign_set(record, "unit", NULL);
  foreign_set(record, "source", source);
  foreign_set(record, "target", target);
}

enum stance_status foreign_pair(struct foreign *foreign, size_t from, size_t to, const char *label,
                                struct stance_error *error) {
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

enum stance_status foreign_label(struct foreign *foreign, size_t target, const char *head, const char *label,
                                 struct stance_error *error) {
  cJSON *record = make_record(foreign);
  if (!record) return stance_fail_memory(error);
  if (target < foreign->span_count && foreign->spans[target].actor)
    set_actors(record, NULL, foreign->spans[target].actor);
  if (head && !foreign_string(record, "head")) foreign_set(record, "head", head);
  if (label) foreign_set(record, "label", label);
  return take(foreign, record, error);
}

/* Whether the label is an entity type of dates, amounts or numbers, which are not actors (names of OntoNotes and usual
 * short ones). */
static bool is_amount(const char *label) {
  static const char *const types[] = {"DATE",    "TIME",     "MONEY",  "PERCENT", "QUANTITY",
                                      "ORDINAL", "CARDINAL", "NUMBER", "DURATION"};
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
    annotate_lose(foreign->losses,
                  foreign->span_count ? "texts without a label and without two actors" : "texts without a label");
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
