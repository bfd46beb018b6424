/* SPDX-License-Identifier: MIT
 * Notes: what reading guessed, repaired or left out, counted and reported once at the end with an example. */
#ifndef STANCE_INPUT_NOTES_H
#define STANCE_INPUT_NOTES_H

#include "stance/base/arena.h"
#include "stance/stance.h"

enum input_note {
  INPUT_NOTE_REPAIRED,   /* bytes invalid in the encoding, which became U+FFFD */
  INPUT_NOTE_DATE,       /* dates that could not be read */
  INPUT_NOTE_DATE_ORDER, /* dates such as 05/03/2024, which need --date-order */
  INPUT_NOTE_MARKUP,     /* articles whose text contained HTML */
  INPUT_NOTE_WRAPPED,    /* articles whose hard-wrapped lines were joined */
  INPUT_NOTE_CUT,        /* articles cut by a service: "[+2219 chars]" */
  INPUT_NOTE_UNFINISHED, /* articles without the end that their form marks: the file may have been cut */
  INPUT_NOTE_TITLES,     /* articles with a title but no text */
  INPUT_NOTE_LANGUAGE,   /* articles in another language than the model's: left out */
  INPUT_NOTE_REPEATED,   /* articles repeated with the same id and text: left out */
  INPUT_NOTE_RENAMED,    /* articles renamed, as their id was used for another text */
  INPUT_NOTE_KILLED,     /* items withdrawn by their agency: left out */
  INPUT_NOTE_NO_POST,    /* items of a WordPress export that are pictures, menus or drafts: left out */
  INPUT_NOTE_REPLACED,   /* items replaced by a correction in the same run: left out */
  INPUT_NOTE_LATE,       /* corrections and withdrawals of items that were given before */
  INPUT_NOTE_ENCODING,   /* files read as windows-1252 */
  INPUT_NOTE_QUOTES,     /* CSV rows whose quotes violate RFC 4180 */
  INPUT_NOTE_NO_COLUMN,  /* articles without a column or key that is to be kept */
  INPUT_NOTE_OPEN_QUOTE, /* CSV rows that may be several rows, as a quote seems to be missing */
  INPUT_NOTE_COUNT,
};

/* The notes of one article: counts, and an example of each kind in the article's arena. */
struct input_notes {
  uint32_t counts[INPUT_NOTE_COUNT];
  const char *examples[INPUT_NOTE_COUNT]; /* NULL: none */
};
/* Adds to a note. example may be NULL, and is cut at 60 bytes; it is dropped if memory is out. */
void input_note(struct input_notes *notes, enum input_note note, uint32_t count, const char *example,
                struct stance_arena *arena);

/* A short name: "date unread". Constant. */
const char *input_note_name(enum input_note note);

/* The notes of a run. Zeroed is empty; needs no freeing. One thread at a time. */
struct input_summary {
  uint64_t counts[INPUT_NOTE_COUNT], articles[INPUT_NOTE_COUNT];
  char examples[INPUT_NOTE_COUNT][320]; /* "'05/03/2024' (feed.csv:3)" */
};
/* Adds an article's notes. path and line: its place, for the example. */
void input_summary_add(struct input_summary *summary, const struct input_notes *notes, const char *path, size_t line);
/* Calls `say` with a sentence for each kind of note that was counted, in the order above. */
void input_summary_say(const struct input_summary *summary,
                       void (*say)(void *context, bool is_warning, const char *sentence), void *context);

#endif
