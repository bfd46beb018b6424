/* SPDX-License-Identifier: MIT
 * The gazetteer's structs, for the files of this wing that fill, check and search it. */
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

/* The case that a part must have in a text; two bits for each part in stance_alias.needs, the first part lowest. */
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

/* One to three words, as hashes of stance_name_part_word, in the order of the text; 0 after the last. */
struct stance_alias_phrase {
  uint64_t words[STANCE_PHRASE_WORDS_MAX];
};

/* The phrases that must, or must not, stand right before or after an alias. */
struct stance_alias_context {
  const struct stance_alias_phrase *phrases[STANCE_SIDES]; /* [side][counts[side]] */
  uint32_t counts[STANCE_SIDES];
};

struct stance_alias {
  uint64_t needs;
  const struct stance_alias_context *context; /* NULL: no condition */
  uint32_t actor;                             /* index in the gazetteer */
  uint32_t next;                              /* index + 1 of the next alias with the same parts; 0: none */
  uint32_t from, until;                       /* yyyymmdd, half-open; 0: open */
  uint8_t kind, part_count;
  bool is_dated;   /* it names nothing outside its dates: they are its own, or those of an actor who is no person */
  bool is_derived; /* a plural or unaccented form that the program made */
};

/* A description: what an article may call an actor that it has named before: "junta", "mercenary group". */
struct stance_description {
  uint64_t words[STANCE_DESCRIPTION_WORDS_MAX];
  uint32_t actor, from, until;
  uint8_t word_count;
};

struct stance_gazetteer {
  struct stance_arena arena; /* holds all but the tries and the patterns */
  struct stance_actor *actors;
  size_t actor_count;
  uint32_t *id_slots; /* [id_mask + 1]: index + 1 of the actor; 0: free */
  size_t id_mask;
  struct stance_alias_trie trie; /* values: index + 1 of the first alias */
  struct stance_alias *aliases;
  size_t alias_count, alias_capacity;
  struct stance_alias_trie agents; /* agent nouns that the files add; values: index + 1 of the role */
  const char **roles;              /* NULL: the state itself */
  size_t role_count, role_capacity;
  struct stance_name_words words;
  struct stance_description *descriptions; /* by actor */
  size_t description_count, description_capacity;
  uint32_t *description_first;              /* [actor_count + 1]: an actor's are first[i] .. first[i + 1] */
  struct stance_name_words reference_words; /* their classes: enum stance_reference_word */
  struct stance_word_starts starts;         /* which words may start a name in lower case, or a reference */
  struct stance_name_patterns patterns;
  void *compiled; /* the bytes of the compiled file, which hold the tables; NULL: read from JSON */
};

/* The actor with this id, else NULL; *slot: the index in id_slots where it is, or belongs. */
struct stance_actor *stance_gazetteer_id_slot(const struct stance_gazetteer *gazetteer, const char *id, size_t *slot);
/* The enum stance_actor_kind of a "type" in the file; STANCE_ACTOR_KIND_COUNT: none. */
uint8_t stance_actor_kind_find(const char *type);

/* Adds one alias; *index becomes its index. STANCE_INPUT: the text is no name. */
enum stance_status stance_gazetteer_add_alias(struct stance_gazetteer *gazetteer, const char *text,
                                              struct stance_alias alias, bool any_case, size_t *index,
                                              struct stance_error *error);

/* ---- reading, for open (which stops at the first problem) and check (which reports all) --------------------- */

/* Called with each problem; returns false to stop reading. */
typedef bool stance_gazetteer_problem(void *context, const struct stance_error *problem);

/* Reads the files into an empty gazetteer. is_thorough: also reports what open accepts: unknown fields, aliases of two
 * actors. */
enum stance_status stance_gazetteer_read(struct stance_gazetteer *gazetteer, const char *const *paths,
                                         size_t path_count, bool is_thorough, stance_gazetteer_problem *problem,
                                         void *context, struct stance_error *error);

/* Whether the day (yyyymmdd) is within from .. until (half-open; 0: open). Day 0, unknown, always is. */
static inline bool stance_day_is_within(uint32_t day, uint32_t from, uint32_t until) {
  return !day || ((!from || day >= from) && (!until || day < until));
}

#endif
