/* SPDX-License-Identifier: MIT */
#include "revisions.h"

#include <stdlib.h>

/* ---- table --------------------------------------------------------------------------------------------------------------------------- */

static struct input_revision *slot_of(const struct input_revisions *revisions, uint64_t id) {
  size_t at = (size_t)id & (revisions->size - 1);
  while (revisions->table[at].id && revisions->table[at].id != id) at = (at + 1) & (revisions->size - 1);
  return &revisions->table[at];
}

static bool grow(struct input_revisions *revisions) {
  struct input_revisions larger = *revisions;
  larger.size = revisions->size ? revisions->size * 2 : 64;
  larger.table = calloc(larger.size, sizeof *larger.table);
  if (!larger.table) return false;
  for (size_t i = 0; i < revisions->size; i++)
    if (revisions->table[i].id) *slot_of(&larger, revisions->table[i].id) = revisions->table[i];
  free(revisions->table);
  *revisions = larger;
  return true;
}

bool input_revisions_add(struct input_revisions *revisions, const struct input_revision_of *of) {
  if ((revisions->count + 1) * 2 > revisions->size && !grow(revisions)) return false;
  struct input_revision *slot = slot_of(revisions, of->id);
  if (!slot->id && revisions->count >= INPUT_REVISION_ITEMS_MAX) {
    revisions->unseen++;
  } else if (!slot->id) {
    *slot = (struct input_revision){.id = of->id, .latest = of->version, .is_withdrawn = of->is_withdrawn};
    revisions->count++;
  } else if (of->version > slot->latest) {
    slot->latest = of->version;
    slot->is_withdrawn = of->is_withdrawn;
  } else if (of->version == slot->latest && of->is_withdrawn) {
    slot->is_withdrawn = true;
  }
  return true;
}

enum input_revision_fate input_revision_fate(const struct input_revisions *revisions,
                                             const struct input_revision_of *of) {
  if (!revisions->size) return INPUT_REVISION_LATEST;
  const struct input_revision *slot = slot_of(revisions, of->id);
  if (!slot->id) return INPUT_REVISION_LATEST;
  if (slot->is_withdrawn && of->version <= slot->latest) return INPUT_REVISION_WITHDRAWN;
  return of->version < slot->latest ? INPUT_REVISION_REPLACED : INPUT_REVISION_LATEST;
}

bool input_revision_is_late(const struct input_revisions *revisions, const struct input_revision_of *of) {
  const struct input_revision *slot = revisions->size ? slot_of(revisions, of->id) : NULL;
  return slot && slot->id && !slot->is_withdrawn && (of->version > slot->latest || of->is_withdrawn);
}

void input_revisions_free(struct input_revisions *revisions) {
  free(revisions->table);
  *revisions = (struct input_revisions){0};
}
