/* SPDX-License-Identifier: MIT
 * Verb-noun frames, called deeds: a verb with a noun of a class that together express a stance which neither expresses
 * alone ("wrote off the debt of", "turned back the lorries of", "named a square after"). A match becomes an event like
 * any other.
 *
 *   frame-verbs.tsv: verbs and their forms; frame-objects.tsv: classes of nouns; frames.tsv: verbs, classes, slots
 *
 * lexicon_read.c fills the tables, event.c asks them. They are read-only once filled; all threads may ask at once.
 */
#ifndef STANCE_FRAME_H
#define STANCE_FRAME_H

#include "lexicon.h"
#include "stance/base/arena.h"

struct stance_sequence;

enum {
  STANCE_FRAME_CLASSES_MAX = 64, /* a noun's classes are a bit set */
  STANCE_FRAME_NOUN_WORDS = 4,   /* words of the longest noun: "bomb disposal team" has 3 */
  STANCE_FRAME_TAIL_WORDS = 3,   /* words of a verb after its first: "keep waiting", "put on the list" */
};

struct stance_frames;
/* Empty tables. NULL: out of memory. Everything is in the arena. */
struct stance_frames *stance_frames_new(struct stance_arena *arena);

/* The add functions take the lines of the three files, in the files' order. Their errors say what is wrong and what was
 * expected; the caller adds file and line. */
/* Adds a verb of one word; *number becomes its number, from 1. The caller keeps its inflected forms. STANCE_INPUT: no
 * single word, a known one, or too many verbs. */
enum stance_status stance_frames_add_verb(struct stance_frames *frames, const char *lemma, size_t length,
                                          uint16_t *number, struct stance_error *error);
/* Adds a class of nouns that frames may name; nouns are separated by commas. STANCE_INPUT: no name, a known one, too
 * many classes, or a noun that is empty, too long or listed twice. */
enum stance_status stance_frames_add_class(struct stance_frames *frames, const char *name, size_t name_length,
                                           const char *nouns, size_t nouns_length, struct stance_error *error);

/* One line of frames.tsv, without its polarity, class and strength, which `add` below knows. */
struct stance_frame_line {
  const char *verbs, *classes; /* "write off;cancel", "debt,money" */
  size_t verbs_length, classes_length;
  uint32_t
      slots; /* bits 1 << enum stance_slot: the slots that the target may fill; with SUBJECT, those of the source */
};
/* Called by add_line twice for each class of a line: for the lexeme whose object is not the target, and for the one
 * whose object is. Returns the lexeme's place, from 1, or 0: out of memory or too many lexemes. */
typedef uint32_t stance_frame_lexeme_add(void *context, const char *lemma, uint32_t slots);
/* Adds the frames of a line, one for each verb. STANCE_INPUT: a verb or class that the other two files do not have. */
enum stance_status stance_frames_add_line(struct stance_frames *frames, const struct stance_frame_line *line,
                                          stance_frame_lexeme_add *add, void *context, struct stance_error *error);

/* Puts the frames of each verb side by side, as they are tried one after the other; after the last line. False: out of
 * memory. */
bool stance_frames_finish(struct stance_frames *frames);
/* Prefetches the first frames of a verb. */
void stance_frames_prefetch(const struct stance_frames *frames, uint16_t verb);

/* A frame found in a sentence. Symbols are indices in the sequence. */
struct stance_frame_match {
  uint32_t lexeme; /* its place, from 1, as `add` returned it */
  uint32_t end;    /* behind the verb and the further words right after it: where the scan for its slots begins */
  uint32_t head;   /* the head noun */
  uint32_t tail, tail_count; /* first symbol, and number, of the verb's further words */
  uint32_t owner;            /* passive only: the noun's possessor, an actor; STANCE_NO_SYMBOL: none */
};
/* Looks for a frame of the verb numbered `verb` that stands at symbol `at`; of several the one with most words of the
 * verb. False: none. */
bool stance_frame_match(const struct stance_frames *frames, const struct stance_sequence *sequence, uint32_t at,
                        uint16_t verb, struct stance_frame_match *out);

#endif
