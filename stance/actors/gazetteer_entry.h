/* SPDX-License-Identifier: MIT
 * The gazetteer in memory, for the files that fill it (gazetteer.c), check it and match with it. */
#ifndef STANCE_GAZETTEER_ENTRY_H
#define STANCE_GAZETTEER_ENTRY_H

#include "alias_trie.h"
#include "gazetteer.h"
#include "name_pattern.h"
#include "name_words.h"

enum {
  STANCE_ALIAS_PARTS_MAX = 24,
  STANCE_DESCRIPTION_WORDS_MAX = 8,
  STANCE_PHRASE_WORDS_MAX = 3,
};

enum stance_alias_kind {
  STANCE_ALIAS_NAME,      /* the name or an alias */
  STANCE_ALIAS_DEMONYM,   /* Malian, Frenchmen */
  STANCE_ALIAS_CAPITAL,   /* Bamako */
  STANCE_ALIAS_SEAT,      /* Kremlin */
  STANCE_ALIAS_COMBINING, /* the Franco of Franco-German */
};

/* What a part of a text must look like; two bits a part in stance_alias.needs, the first part lowest. */
enum stance_alias_need {
  STANCE_NEED_ANY,
  STANCE_NEED_CAPITAL /* or all capitals */,
  STANCE_NEED_UPPER,
  STANCE_NEED_MIXED /* LeT */
};

enum stance_alias_side {
  STANCE_SIDE_AFTER,
  STANCE_SIDE_NOT_AFTER,
  STANCE_SIDE_BEFORE,
  STANCE_SIDE_NOT_BEFORE,
  STANCE_SIDES
};

/* One to three words (hashes, as stance_scan_word's), in the order of the text; 0 behind the last. */
struct stance_alias_phrase {
  uint64_t words[STANCE_PHRASE_WORDS_MAX];
};

/* What must, or must not, stand just before or behind an alias. */
struct stance_alias_context {
  const struct stance_alias_phrase *phrases[STANCE_SIDES]; /* [side][counts[side]] */
  uint32_t counts[STANCE_SIDES];
};

struct stance_alias {
  uint64_t needs;
  const struct stance_alias_context *context; /* NULL: stands anywhere */
  uint32_t actor;                             /* index in the gazetteer */
  uint32_t next;                              /* the next alias of the same parts: its index + 1; 0: none */
  uint32_t from, until;                       /* yyyymmdd, half-open; 0: open */
  uint8_t kind, part_count;
  bool is_dated;   /* by its own dates or the dates of what is not a person: outside them it means nothing */
  bool is_derived; /* a plural or an unaccented form that the program made */
};

/* "junta", "mercenary group": what an article may call the actor once it has named it. */
struct stance_description {
  uint64_t words[STANCE_DESCRIPTION_WORDS_MAX];
  uint32_t actor, from, until;
  uint8_t word_count;
};

struct stance_gazetteer {
  struct stance_arena arena; /* holds all but the trie and the patterns */
  struct stance_actor *actors;
  size_t actor_count;
  uint32_t *id_slots; /* [id_mask + 1]: index + 1 of the actor; 0: free */
  size_t id_mask;
  struct stance_alias_trie trie; /* values: index + 1 of the first alias */
  struct stance_alias *aliases;
  size_t alias_count, alias_capacity;
  struct stance_alias_trie agents; /* agent nouns that files add; values: index + 1 of the role */
  const char **roles;              /* NULL: the state itself */
  size_t role_count, role_capacity;
  struct stance_name_words words;
  struct stance_description *descriptions; /* by actor */
  size_t description_count, description_capacity;
  uint32_t *description_first;              /* [actor_count + 1]: an actor's are first[i] .. first[i + 1] */
  struct stance_name_words reference_words; /* classes: enum stance_reference_word */
  struct stance_word_starts starts;         /* of names in lower case and of references */
  struct stance_name_patterns patterns;
  void *compiled; /* the bytes of the compiled file that its tables lie in; NULL: they were read from JSON */
};

/* The actor with this id, else NULL and *slot: where in id_slots it would stand. */
struct stance_actor *stance_gazetteer_id_slot(const struct stance_gazetteer *gazetteer, const char *id, size_t *slot);
/* enum stance_actor_kind of its name in the file; STANCE_ACTOR_KIND_COUNT: no kind is called so. */
uint8_t stance_actor_kind_find(const char *type);

/* Adds one alias; *index is that of the stored alias. STANCE_INPUT with a message where the text is no name. */
enum stance_status stance_gazetteer_add_alias(struct stance_gazetteer *gazetteer, const char *text,
                                              struct stance_alias alias, bool any_case, size_t *index,
                                              struct stance_error *error);

/* ---- reading: shared by open, which stops at the first problem, and check, which reports all --------------- */

/* Called with each problem; returns false to stop reading. */
typedef bool stance_gazetteer_problem(void *context, const struct stance_error *problem);

/* Reads the files into an empty gazetteer. With is_thorough also reports what open lets pass: unknown fields, aliases of two actors. */
enum stance_status stance_gazetteer_read(struct stance_gazetteer *gazetteer, const char *const *paths,
                                         size_t path_count, bool is_thorough, stance_gazetteer_problem *problem,
                                         void *context, struct stance_error *error);

/* Is the day (yyyymmdd; 0: unknown, always) inside from .. until (half-open; 0: open)? */
static inline bool stance_day_is_within(uint32_t day, uint32_t from, uint32_t until) {
  return !day || ((!from || day >= from) && (!until || day < until));
}

#endif
