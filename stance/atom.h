/* SPDX-License-Identifier: MIT
 * Atoms: what names are compared by. A token without inner punctuation is one atom; "US-led", "Mali's" and "d'Orsay" are
 * two, "U.S." is the atom of "US". Names of the gazetteer and tokens of a text are cut by the same rule. */
#ifndef STANCE_ATOM_H
#define STANCE_ATOM_H

#include "stance.h"

struct stance_atom {
  uint64_t hash;       /* as a token's: of the folded form */
  uint32_t start, end; /* in the text it was cut from */
  uint32_t token;      /* index of its token; 0 for names */
  uint8_t shape;       /* enum stance_token_shape */
  bool has_stops;      /* written with stops: "U.S." */
};

enum { STANCE_ATOM_TOKEN_MAX = 256 }; /* bytes of a token that is looked into; longer ones are no words */

/* Walks over a sentence's atoms, from byte `at` of token `token` on. A walk ends at punctuation that names do not contain. */
struct stance_atom_cursor {
  const struct stance_document *document;
  uint32_t token, limit; /* the token to look at next; one behind the last */
  uint32_t at;           /* bytes of the text that were used */
};

/* True where the token is one atom as it stands. */
bool stance_atom_is_token(const char *text, const struct stance_token *token);
/* The next atom; false at the end of the walk. */
bool stance_atom_next(struct stance_atom_cursor *cursor, struct stance_atom *atom);
/* Cuts a name; fills at most `max` atoms and returns how many there are. */
size_t stance_atoms_cut(const char *text, size_t length, struct stance_atom *atoms, size_t max);

/* The hash of a word: stops and a possessive dropped, hyphenated words whole. *end: where it ends without the possessive. */
uint64_t stance_atom_word(const char *text, size_t length, size_t *end);

#endif
