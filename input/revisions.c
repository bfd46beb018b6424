/* SPDX-License-Identifier: MIT */
#include "revisions.h"

#include <stdlib.h>

#include "stance/base/grow.h"

static struct input_revision *find(const struct input_revisions *revisions, uint64_t id) {
  uint32_t number = stance_hash_index_find(&revisions->index, id);
  return number == STANCE_HASH_NONE ? NULL : &revisions->items[number];
}

static bool add_first(struct input_revisions *revisions, const struct input_revision_of *of) {
  struct input_revision *items =
      stance_grow(revisions->items, &revisions->capacity, revisions->count + 1, sizeof *items);
  if (!items) return false;
  revisions->items = items;
  if (!stance_hash_index_add(&revisions->index, of->id, revisions->count)) return false;
  items[revisions->count++] = (struct input_revision){of->version, of->is_withdrawn};
  return true;
}

bool input_revisions_add(struct input_revisions *revisions, const struct input_revision_of *of) {
  struct input_revision *known = find(revisions, of->id);
  if (of->corrects &&
      !input_revisions_add(revisions, &(struct input_revision_of){.id = of->corrects, .version = INPUT_VERSION_MAX}))
    return false;
  if (of->corrects) known = find(revisions, of->id); /* the table may have moved */
  if (!known && revisions->count >= INPUT_REVISION_ITEMS_MAX) {
    revisions->unseen++;
  } else if (!known) {
    return add_first(revisions, of);
  } else if (of->version > known->latest) {
    *known = (struct input_revision){of->version, of->is_withdrawn};
  } else if (of->version == known->latest && of->is_withdrawn) {
    known->is_withdrawn = true;
  }
  return true;
}

enum input_revision_fate input_revision_fate(const struct input_revisions *revisions,
                                             const struct input_revision_of *of) {
  const struct input_revision *known = find(revisions, of->id);
  if (!known) return INPUT_REVISION_LATEST;
  if (known->is_withdrawn && of->version <= known->latest) return INPUT_REVISION_WITHDRAWN;
  return of->version < known->latest ? INPUT_REVISION_REPLACED : INPUT_REVISION_LATEST;
}

bool input_revision_is_late(const struct input_revisions *revisions, const struct input_revision_of *of) {
  const struct input_revision *known = find(revisions, of->id);
  if (of->corrects && find(revisions, of->corrects)) return true;
  return known && !known->is_withdrawn && (of->version > known->latest || of->is_withdrawn);
}

void input_revisions_free(struct input_revisions *revisions) {
  stance_hash_index_free(&revisions->index);
  free(revisions->items);
  *revisions = (struct input_revisions){0};
}
