/* SPDX-License-Identifier: MIT
 * Name parts, the units by which names are compared. A token without inner punctuation is one part; "US-led", "Mali's"
 * and "d'Orsay" are two; "U.S." is the same part as "US". Names of the gazetteer and tokens of a text are cut by the
 * same rule. */
#ifndef STANCE_NAME_PART_H
#define STANCE_NAME_PART_H

#include "stance/stance.h"

struct stance_name_part {
  uint64_t hash;       /* of the folded form, as a token's hash */
  uint32_t start, end; /* bytes in the text it was cut from, half-open */
  uint32_t token;      /* index of its token; 0 for names */
  uint8_t shape;       /* enum stance_token_shape */
  bool has_stops;      /* written with stops: "U.S." */
};

enum { STANCE_NAME_PART_TOKEN_MAX = 256 }; /* longer tokens, in bytes, are no names */

/* A walk over the parts of a text, from byte `at` of token `token` on. It ends at punctuation that names do not
 * contain. */
struct stance_name_part_cursor {
  const struct stance_document *document;
  uint32_t token, limit; /* the next token; the end, exclusive */
  uint32_t at;           /* byte offset in the text up to which parts were read */
};

/* Whether text[0..length) is one part as it stands, without punctuation. */
bool stance_name_part_is_whole(const char *text, size_t length);
/* Cuts a name. Fills at most `max` parts; returns the number of parts, which may be above max. */
size_t stance_name_parts_cut(const char *text, size_t length, struct stance_name_part *parts, size_t max);

/* "Zed*": a stem in the notation of search engines, which is no name. "E*trade" is one. */
bool stance_name_is_stem(const char *text);
/* A control character, or a blank that is none of a line's, which no name has. */
bool stance_name_has_control(const char *text);

/* The hash of a word without stops and possessive; a hyphenated word is hashed whole. */
uint64_t stance_name_part_word(const char *text, size_t length);
/* Bytes of the possessive that ends text[0..length), 's or a bare apostrophe, straight or curly; 0: none. */
size_t stance_name_part_possessive(const char *text, size_t length);

/* Whether the token is one part as it stands; most are. */
static inline bool stance_name_part_is_token(const char *text, const struct stance_token *token) {
  return token->is_plain || stance_name_part_is_whole(text + token->start, token->end - token->start);
}

/* The next part of token `index`, from byte `at` of the text on; false: it has no more. */
bool stance_name_part_of_token(const struct stance_document *document, uint32_t index, uint32_t at,
                               struct stance_name_part *part);

/* The next part; false: the end. The slow path of stance_name_part_next. */
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
