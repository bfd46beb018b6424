/* SPDX-License-Identifier: MIT
 * Atoms: what names are compared by. A token without inner punctuation is one atom; "US-led", "Mali's" and "d'Orsay" are
 * two, "U.S." is the atom of "US". Names of the gazetteer and tokens of a text are cut by the same rule. */
#ifndef STANCE_ATOM_H
#define STANCE_ATOM_H

#include "stance/stance.h"

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

/* True where text[0..length) is one atom as it stands: no mark in it. */
bool stance_atom_is_whole(const char *text, size_t length);
/* Cuts a name; fills at most `max` atoms and returns how many there are. */
size_t stance_atoms_cut(const char *text, size_t length, struct stance_atom *atoms, size_t max);

/* The hash of a word: stops and a possessive dropped, hyphenated words whole. */
uint64_t stance_atom_word(const char *text, size_t length);
/* Length of a possessive at the end of text[0..length): 's or a bare apostrophe, straight or curly; 0: none. */
size_t stance_atom_possessive(const char *text, size_t length);

/* True where the token is one atom as it stands; nearly all are. */
static inline bool stance_atom_is_token(const char *text, const struct stance_token *token) {
  return token->is_plain || stance_atom_is_whole(text + token->start, token->end - token->start);
}

/* The next atom of one token, from byte `at` on; false where it has no more. */
bool stance_atom_part(const struct stance_document *document, uint32_t index, uint32_t at, struct stance_atom *atom);

/* The next atom; false at the end of the walk. */
bool stance_atom_next_marked(struct stance_atom_cursor *cursor, struct stance_atom *atom);
static inline bool stance_atom_next(struct stance_atom_cursor *cursor, struct stance_atom *atom) {
  if (cursor->token >= cursor->limit) return false;
  const struct stance_token *token = &cursor->document->tokens[cursor->token];
  if (!token->is_plain || token->kind != STANCE_TOKEN_WORD || cursor->at > token->start) return stance_atom_next_marked(cursor, atom);
  *atom = (struct stance_atom){token->hash, token->start, token->end, cursor->token++, token->shape, false};
  cursor->at = token->end;
  return true;
}

#endif
