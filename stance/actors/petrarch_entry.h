/* SPDX-License-Identifier: MIT
 * The dictionaries in memory, between reading (petrarch.c) and writing (petrarch_write.c). */
#ifndef STANCE_PETRARCH_ENTRY_H
#define STANCE_PETRARCH_ENTRY_H

#include "petrarch.h"
#include "stance/base/arena.h"
#include "stance/base/hash_index.h"

struct stance_petrarch_name {
  const char *text;     /* "Abdul Qadir" */
  uint32_t from, until; /* yyyymmdd, half-open; 0: open */
  struct stance_petrarch_name *next;
};

struct stance_petrarch_actor {
  const char *code;
  struct stance_petrarch_name *names, *last; /* in the order of the file */
};

struct stance_petrarch_agent {
  const char *text, *role; /* "policemen", "COP" */
};

struct stance_petrarch {
  struct stance_arena arena;
  struct stance_petrarch_actor *actors;
  size_t actor_count, actor_capacity, name_count;
  struct stance_petrarch_agent *agents;
  size_t agent_count, agent_capacity;
  struct stance_petrarch_use *uses; /* by name: the periods for which it is taken */
  size_t use_count, use_capacity;
  struct stance_petrarch_set *sets; /* !PERSON! = ... */
  size_t set_count, set_capacity;
  struct stance_hash_index codes, names, agent_names;
};

/* Whether the name, by its name parts, belongs to an actor other than this one at any time. */
bool stance_petrarch_name_is_taken(const struct stance_petrarch *import, const char *name,
                                   const struct stance_petrarch_actor *actor);
#endif
