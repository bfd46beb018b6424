/* SPDX-License-Identifier: MIT
 * What reading guessed, repaired or left out, counted and said once at the end, with an example: silence would be the worst fault. */
#ifndef STANCE_INPUT_NOTES_H
#define STANCE_INPUT_NOTES_H

#include "stance/base/arena.h"
#include "stance/stance.h"

enum input_note {
  INPUT_NOTE_REPAIRED,   /* bytes that were not of the encoding; U+FFFD now */
  INPUT_NOTE_DATE,       /* dates that could not be read */
  INPUT_NOTE_DATE_ORDER, /* 05/03/2024: --date-order */
  INPUT_NOTE_MARKUP,     /* articles whose text had HTML in it */
  INPUT_NOTE_WRAPPED,    /* articles whose hard-wrapped lines were joined */
  INPUT_NOTE_CUT,        /* articles that a service had cut: "[+2219 chars]" */
  INPUT_NOTE_TITLES,     /* articles of a title without a text */
  INPUT_NOTE_LANGUAGE,   /* articles in another language than the model's: left out */
  INPUT_NOTE_REPEATED,   /* articles given again, id and text the same: left out */
  INPUT_NOTE_RENAMED,    /* another text under an id that was taken: told apart */
  INPUT_NOTE_KILLED,     /* items withdrawn by their agency: left out */
  INPUT_NOTE_REPLACED,   /* items replaced by a corrected one of the same run */
  INPUT_NOTE_LATE,       /* corrections and withdrawals behind what they change, which was given */
  INPUT_NOTE_ENCODING,   /* files read as windows-1252 */
  INPUT_NOTE_QUOTES,     /* CSV rows whose quotes were not as RFC 4180 has them */
  INPUT_NOTE_OPEN_QUOTE, /* CSV rows over lines that may be several: a quote is not closed where it should be */
  INPUT_NOTE_COUNT,
};

/* Of one article: how many of each, and an example of the first one, in the article's arena. */
struct input_notes {
  uint32_t counts[INPUT_NOTE_COUNT];
  const char *examples[INPUT_NOTE_COUNT]; /* NULL: none */
};
/* The example may be NULL and is cut at 60 bytes; without memory there is none. */
void input_note(struct input_notes *notes, enum input_note note, uint32_t count, const char *example,
                struct stance_arena *arena);

/* In some words: "date unread". */
const char *input_note_name(enum input_note note);

/* Of a run. Zeroed is empty; needs no freeing. Not thread-safe. */
struct input_summary {
  uint64_t counts[INPUT_NOTE_COUNT], articles[INPUT_NOTE_COUNT];
  char examples[INPUT_NOTE_COUNT][320]; /* "'05/03/2024' (feed.csv:3)" */
};
/* Adds an article's notes to the counts; path and line: where it came from, for the first of each kind. */
void input_summary_add(struct input_summary *summary, const struct input_notes *notes, const char *path, size_t line);
/* One sentence a note that was counted, in the order above. */
void input_summary_say(const struct input_summary *summary,
                       void (*say)(void *context, bool is_warning, const char *sentence), void *context);

#endif
