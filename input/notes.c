/* SPDX-License-Identifier: MIT
 * Notes as sentences. */
#include "notes.h"

#include <stdio.h>
#include <string.h>

enum { EXAMPLE_BYTES = 60 };

static const struct {
  bool is_warning;
  const char *one, *many; /* "%llu" is the count of articles */
} sentences[INPUT_NOTE_COUNT] = {
    [INPUT_NOTE_REPAIRED] = {true, NULL, NULL}, /* reported for each file */
    [INPUT_NOTE_DATE] = {true, "the date of %llu article could not be read and is left out",
                         "the dates of %llu articles could not be read and are left out"},
    [INPUT_NOTE_DATE_ORDER] =
        {true, "the date of %llu article may be day/month or month/day and is left out (see --date-order)",
         "the dates of %llu articles may be day/month or month/day and are left out (see --date-order)"},
    [INPUT_NOTE_MARKUP] = {false, "HTML was stripped from the text of %llu article",
                           "HTML was stripped from the texts of %llu articles"},
    [INPUT_NOTE_WRAPPED] = {false, "hard-wrapped lines of %llu article were joined (see --wrap)",
                            "hard-wrapped lines of %llu articles were joined (see --wrap)"},
    [INPUT_NOTE_CUT] = {true, "%llu article had been cut by the service that gave it",
                        "%llu articles had been cut by the service that gave them"},
    [INPUT_NOTE_UNFINISHED] = {true, "%llu article has no end as its form marks it; the file may have been cut there",
                               "%llu articles have no end as their form marks it; the files may have been cut there"},
    [INPUT_NOTE_TITLES] = {true, "%llu article has a title and no text", "%llu articles have titles and no texts"},
    [INPUT_NOTE_LANGUAGE] =
        {true, "%llu article is in a language that the model was not made for and was left out (see --any-language)",
         "%llu articles are in languages that the model was not made for and were left out (see --any-language)"},
    [INPUT_NOTE_REPEATED] = {false, "%llu article was given again, with the same id and text, and is left out",
                             "%llu articles were given again, with the same id and text, and are left out"},
    [INPUT_NOTE_RENAMED] = {true, "%llu article had the id of another one and got an id of its own",
                            "%llu articles had ids of other ones and got ids of their own"},
    [INPUT_NOTE_KILLED] = {true, "%llu item was withdrawn by its agency and is left out",
                           "%llu items were withdrawn by their agency and are left out"},
    [INPUT_NOTE_NO_POST] = {false, "%llu item of a WordPress export is no published post or page and is left out",
                            "%llu items of a WordPress export are no published posts or pages and are left out"},
    [INPUT_NOTE_REPLACED] = {false, "%llu item was replaced by a corrected one",
                             "%llu items were replaced by corrected ones"},
    [INPUT_NOTE_LATE] = {true,
                         "%llu correction or withdrawal came behind what it changes, which stands (standard input is "
                         "read once; a file is looked through first)",
                         "%llu corrections or withdrawals came behind what they change, which stands (standard input "
                         "is read once; files are looked through first)"},
    [INPUT_NOTE_ENCODING] =
        {false, "%llu article of no declared encoding, and not UTF-8, was read as windows-1252 (see --encoding)",
         "%llu articles of no declared encoding, and not UTF-8, were read as windows-1252 (see --encoding)"},
    [INPUT_NOTE_QUOTES] = {false,
                           "quotes in %llu row are not as RFC 4180 has them; they were read as docs/formats.md says",
                           "quotes in %llu rows are not as RFC 4180 has them; they were read as docs/formats.md says"},
    [INPUT_NOTE_NO_COLUMN] = {false, "%llu article lacks a column or key that is to be kept (--keep, --by)",
                              "%llu articles lack a column or key that is to be kept (--keep, --by)"},
    [INPUT_NOTE_OPEN_QUOTE] = {true,
                               "%llu row goes over lines that may be rows of their own, as a quote seems to be missing",
                               "%llu rows go over lines that may be rows of their own, as a quote seems to be missing"},
};

const char *input_note_name(enum input_note note) {
  static const char *const names[INPUT_NOTE_COUNT] = {[INPUT_NOTE_REPAIRED] = "bytes repaired",
                                                      [INPUT_NOTE_DATE] = "date unread",
                                                      [INPUT_NOTE_DATE_ORDER] = "day or month first (--date-order)",
                                                      [INPUT_NOTE_MARKUP] = "HTML stripped",
                                                      [INPUT_NOTE_WRAPPED] = "lines joined",
                                                      [INPUT_NOTE_CUT] = "cut by the service",
                                                      [INPUT_NOTE_UNFINISHED] = "no end",
                                                      [INPUT_NOTE_TITLES] = "title alone",
                                                      [INPUT_NOTE_LANGUAGE] = "not English",
                                                      [INPUT_NOTE_REPEATED] = "given again",
                                                      [INPUT_NOTE_RENAMED] = "id was taken",
                                                      [INPUT_NOTE_KILLED] = "withdrawn",
                                                      [INPUT_NOTE_NO_POST] = "no published post",
                                                      [INPUT_NOTE_REPLACED] = "replaced",
                                                      [INPUT_NOTE_LATE] = "came late",
                                                      [INPUT_NOTE_ENCODING] = "read as windows-1252",
                                                      [INPUT_NOTE_QUOTES] = "odd quotes",
                                                      [INPUT_NOTE_NO_COLUMN] = "not kept",
                                                      [INPUT_NOTE_OPEN_QUOTE] = "quote not closed"};
  return names[note];
}

void input_note(struct input_notes *notes, enum input_note note, uint32_t count, const char *example,
                struct stance_arena *arena) {
  if (!notes->counts[note] && example) {
    size_t length = strlen(example);
    if (length > EXAMPLE_BYTES) {
      length = EXAMPLE_BYTES;
      while (length && ((unsigned char)example[length] & 0xc0) == 0x80) length--; /* not within a character */
    }
    notes->examples[note] = stance_arena_copy(arena, example, length);
  }
  notes->counts[note] += count;
}

void input_summary_add(struct input_summary *summary, const struct input_notes *notes, const char *path, size_t line) {
  for (int i = 0; i < INPUT_NOTE_COUNT; i++) {
    if (!notes->counts[i]) continue;
    char *example = summary->examples[i];
    if (!summary->articles[i]) {
      char place[32] = "";
      if (line) snprintf(place, sizeof place, ":%zu", line);
      if (notes->examples[i])
        snprintf(example, sizeof summary->examples[i], "'%s' (%.200s%s)", notes->examples[i], path, place);
      else snprintf(example, sizeof summary->examples[i], "%.200s%s", path, place);
    }
    summary->counts[i] += notes->counts[i];
    summary->articles[i]++;
  }
}

void input_summary_say(const struct input_summary *summary,
                       void (*say)(void *context, bool is_warning, const char *sentence), void *context) {
  for (int i = 0; i < INPUT_NOTE_COUNT; i++) {
    if (!summary->articles[i] || !sentences[i].one) continue;
    char counted[256], sentence[640];
    const char *format = summary->articles[i] == 1 ? sentences[i].one : sentences[i].many;
    const char *hole = strstr(format, "%llu");
    snprintf(counted, sizeof counted, "%.*s%llu%s", (int)(hole - format), format,
             (unsigned long long)summary->articles[i], hole + 4);
    snprintf(sentence, sizeof sentence, "%s: %s%s", counted, summary->articles[i] > 1 ? "first " : "",
             summary->examples[i]);
    say(context, sentences[i].is_warning, sentence);
  }
}
