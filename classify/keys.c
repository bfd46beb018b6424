/* SPDX-License-Identifier: MIT
 * Parsing --by. */
#include <stdio.h>
#include <string.h>

#include "aggregate.h"
#include "stance/base/error.h"

static bool is_group(enum classify_by by) { return by >= CLASSIFY_BY_ARTICLE && by <= CLASSIFY_BY_OUTLET; }

static void add_group(struct classify_keys *keys, enum classify_by by, const char *name) {
  keys->groups[keys->group_count] = by;
  snprintf(keys->names[keys->group_count++], CLASSIFY_GROUP_BYTES, "%s", name);
}

struct classify_keys classify_keys_of(enum classify_by by) {
  struct classify_keys keys = {0};
  keys.has_source = by != CLASSIFY_BY_TARGET && by != CLASSIFY_BY_TOTAL;
  keys.has_target = by != CLASSIFY_BY_SOURCE && by != CLASSIFY_BY_TOTAL;
  if (is_group(by)) add_group(&keys, by, classify_by_name(by));
  return keys;
}

bool classify_keys_is(const struct classify_keys *keys, enum classify_by by) {
  return keys->group_count == 1 && keys->groups[0] == by && keys->has_source && keys->has_target;
}

const char *classify_keys_column(const struct classify_keys *keys, size_t *next) {
  while (*next < keys->group_count && keys->groups[*next] != CLASSIFY_BY_COLUMN) ++*next;
  return *next < keys->group_count ? keys->names[(*next)++] : NULL;
}

/* Whether counts or predictions have a column of this name, so that no group may have it. */
static bool is_field(const char *name) {
  static const char *const fields[] = {
      "sentence",           "text", "head",  "label", "p",    "score",  "mentions", "source_affiliation",
      "target_affiliation", "why",  "units", "low",   "high", "shares", "date",     "run"};
  for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
    if (strcmp(name, fields[i]) == 0) return true;
  return false;
}

static enum stance_status take_name(const char *name, size_t length, char *word, enum classify_by *by,
                                    struct stance_error *error) {
  if (!length || length >= CLASSIFY_GROUP_BYTES)
    return stance_fail(error, STANCE_USAGE, "--by: expected names of 1 to %d bytes, one or two of them between commas",
                       CLASSIFY_GROUP_BYTES - 1);
  memcpy(word, name, length);
  word[length] = '\0';
  *by = CLASSIFY_BY_DYAD;
  while (*by < CLASSIFY_BY_COLUMN && strcmp(word, classify_by_name(*by)) != 0) ++*by;
  if (*by < CLASSIFY_BY_COLUMN || !is_field(word)) return STANCE_OK;
  return stance_fail(
      error, STANCE_USAGE,
      "--by: '%s' is a field of predictions; expected dyad, source, target, total, article, day, week, month, year, "
      "outlet, or a column that went along (classify --keep)",
      word);
}

enum stance_status classify_keys_parse(const char *text, struct classify_keys *keys, struct stance_error *error) {
  char words[CLASSIFY_GROUPS_MAX][CLASSIFY_GROUP_BYTES];
  enum classify_by bys[CLASSIFY_GROUPS_MAX];
  size_t count = 0;
  for (const char *at = text;; at++) {
    size_t length = strcspn(at, ",");
    if (count == CLASSIFY_GROUPS_MAX)
      return stance_fail(error, STANCE_USAGE, "--by: '%s' has more than two names", text);
    STANCE_TRY(take_name(at, length, words[count], &bys[count], error));
    if (count && strcmp(words[0], words[1]) == 0)
      return stance_fail(error, STANCE_USAGE, "--by: '%s' stands twice", words[0]);
    count++;
    at += length;
    if (!*at) break;
  }
  *keys = (struct classify_keys){0};
  for (size_t i = 0; i < count; i++) {
    keys->has_source |= bys[i] == CLASSIFY_BY_SOURCE || bys[i] == CLASSIFY_BY_DYAD;
    keys->has_target |= bys[i] == CLASSIFY_BY_TARGET || bys[i] == CLASSIFY_BY_DYAD;
    if (is_group(bys[i]) || bys[i] == CLASSIFY_BY_COLUMN) add_group(keys, bys[i], words[i]);
  }
  if (count == 1 && bys[0] == CLASSIFY_BY_ARTICLE)
    keys->has_source = keys->has_target = true; /* dyads within articles */
  return STANCE_OK;
}
