/* SPDX-License-Identifier: MIT
 * Deeds: a verb and a thing of a class that together say what a stance verb would ("wrote off the debt of", "turned back the
 * lorries of", "named a square after"). The tables hold which verbs make a deed of which things; a match is an event like any other.
 *
 *   frame-verbs.tsv: forms of verbs -> frame-objects.tsv: nouns, in classes -> frames.tsv: verbs, classes, slots, polarity
 *
 * Of the wing events/: read by lexicon.c, asked by event.c. Nothing here is changed after it is read: all threads may ask at once.
 */
#ifndef STANCE_FRAME_H
#define STANCE_FRAME_H

#include "lexicon.h"
#include "stance/base/arena.h"

struct stance_sequence;

enum {
  STANCE_FRAME_CLASSES_MAX = 64, /* a noun's classes are a bit set */
  STANCE_FRAME_NOUN_WORDS = 4,   /* of the longest noun: "bomb disposal team" */
  STANCE_FRAME_TAIL_WORDS = 3,   /* of a verb behind its first: "keep waiting", "put on the list" */
};

struct stance_frames;
/* NULL: out of memory. Everything is in the arena. */
struct stance_frames *stance_frames_new(struct stance_arena *arena);

/* The lines of the three files, in their order. Errors say what is wrong and what was expected, without file and line. */
/* A verb's number, from 1; its forms are the caller's to look up. */
enum stance_status stance_frames_add_verb(struct stance_frames *frames, const char *lemma, size_t length,
                                          uint16_t *number, struct stance_error *error);
/* Adds a class of nouns that patterns may name. STANCE_INPUT: it has no name or a known one, or there are too many. */
enum stance_status stance_frames_add_class(struct stance_frames *frames, const char *name, size_t name_length,
                                           const char *nouns, size_t nouns_length, struct stance_error *error);

/* What one line of frames.tsv says of all its verbs; polarity, class and strength as in the lexicon. */
struct stance_frame_line {
  const char *verbs, *classes; /* "write off;cancel", "debt,money" */
  size_t verbs_length, classes_length;
  uint32_t slots; /* bits 1 << enum stance_slot: where the one may stand who gains or suffers */
};
/* Calls add with the lexeme of each class, without and with its object as target; it returns where that is kept, from 1; 0: no room. */
typedef uint32_t stance_frame_lexeme_add(void *context, const char *lemma, uint32_t slots);
/* Adds a pattern; its verbs go to `add`. STANCE_INPUT: it is no pattern, or names a class that there is not. */
enum stance_status stance_frames_add_line(struct stance_frames *frames, const struct stance_frame_line *line,
                                          stance_frame_lexeme_add *add, void *context, struct stance_error *error);

/* A deed in a sentence. */
struct stance_frame_match {
  uint32_t lexeme;           /* as add returned it */
  uint32_t end;              /* behind the verb and what stands with it at once: where its slots begin */
  uint32_t head;             /* symbol of the thing's noun */
  uint32_t tail, tail_count; /* symbols of the verb's further words */
  uint32_t owner;            /* of the passive: the actor whose the thing is; STANCE_NO_SYMBOL: none */
};
/* The deed whose verb, by its number, is the symbol at. False: none. */
bool stance_frame_match(const struct stance_frames *frames, const struct stance_sequence *sequence, uint32_t at,
                        uint16_t verb, struct stance_frame_match *out);

#endif
