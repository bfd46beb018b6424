/* SPDX-License-Identifier: MIT
 * Parts of names: what names are compared by. A token without inner punctuation is one part; "US-led", "Mali's" and "d'Orsay" are
 * two, "U.S." is the part of "US". Names of the gazetteer and tokens of a text are cut by the same rule. */
#ifndef STANCE_NAME_PART_H
#define STANCE_NAME_PART_H

#include "stance/stance.h"

struct stance_name_part {
  uint64_t hash;       /* as a token's: of the folded form */
  uint32_t start, end; /* in the text it was cut from */
  uint32_t token;      /* index of its token; 0 for names */
  uint8_t shape;       /* enum stance_token_shape */
  bool has_stops;      /* written with stops: "U.S." */
};

enum { STANCE_NAME_PART_TOKEN_MAX = 256 }; /* bytes of a token that is looked into; longer ones are no words */

/* Walks over a sentence's parts, from byte `at` of token `token` on. A walk ends at punctuation that names do not contain. */
struct stance_name_part_cursor {
  const struct stance_document *document;
  uint32_t token, limit; /* the token to look at next; one behind the last */
  uint32_t at;           /* bytes of the text that were used */
};

/* True where text[0..length) is one part as it stands: no mark in it. */
bool stance_name_part_is_whole(const char *text, size_t length);
/* Cuts a name; fills at most `max` parts and returns how many there are. */
size_t stance_name_parts_cut(const char *text, size_t length, struct stance_name_part *parts, size_t max);

/* The hash of a word: stops and a possessive dropped, hyphenated words whole. */
uint64_t stance_name_part_word(const char *text, size_t length);
/* Length of a possessive at the end of text[0..length): 's or a bare apostrophe, straight or curly; 0: none. */
size_t stance_name_part_possessive(const char *text, size_t length);

/* True where the token is one part as it stands; nearly all are. */
static inline bool stance_name_part_is_token(const char *text, const struct stance_token *token) {
  return token->is_plain || stance_name_part_is_whole(text + token->start, token->end - token->start);
}

/* The next part of one token, from byte `at` on; false where it has no more. */
bool stance_name_part_of_token(const struct stance_document *document, uint32_t index, uint32_t at,
                               struct stance_name_part *part);

/* The next part; false at the end of the walk. */
bool stance_name_part_next_marked(struct stance_name_part_cursor *cursor, struct stance_name_part *part);
static inline bool stance_name_part_next(struct stance_name_part_cursor *cursor, struct stance_name_part *part) {
  if (cursor->token >= cursor->limit) return false;
  const struct stance_token *token = &cursor->document->tokens[cursor->token];
  if (!token->is_plain || token->kind != STANCE_TOKEN_WORD || cursor->at > token->start)
    return stance_name_part_next_marked(cursor, part);
  *part = (struct stance_name_part){token->hash, token->start, token->end, cursor->token++, token->shape, false};
  cursor->at = token->end;
  return true;
}

#endif
