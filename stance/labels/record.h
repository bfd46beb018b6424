/* SPDX-License-Identifier: MIT
 * Label records, JSON Lines: each line is one fact and is never rewritten. Journals, gold labels, exports and training
 * data have this form. */
#ifndef STANCE_RECORD_H
#define STANCE_RECORD_H

#include "stance/base/arena.h"
#include "stance/base/buffer.h"
#include "stance/base/pieces.h"
#include "stance/stance.h"

struct cJSON;

struct stance_record_mention {
  const char *actor;   /* id */
  uint32_t start, end; /* code points from the start of the record's text, half-open */
  bool is_implicit;
};

/* Strings are never NULL, except where a comment says what NULL means. */
struct stance_record {
  const char *unit, *article; /* "mali-accords#3:MLI>FRA", "mali-accords" */
  uint32_t sentence;
  const char *text;
  const char *source, *target; /* source NULL: a target unit; both NULL: a sentence unit */
  struct stance_record_mention *mentions;
  size_t mention_count;
  const char *head, *label;   /* label NULL: a skip, a flag or a note */
  const char *annotator, *at; /* RFC 3339, UTC */
  const char *decided;        /* when the label was given, in a record that repeats it (recoded); NULL: at */
  double seconds;
  const char *note;
  const char **flags; /* "skip", "flagged", "split", "check-gold", "check-self", "merged", "unclear", ... */
  size_t flag_count;
  const char *suggestion; /* the model's label; NULL: none */
  double suggestion_p;
  bool suggestion_shown;
  const char *retracts; /* `at` of the annotator's record for this unit and head that this one undoes; NULL: none */
  const char *date, *outlet; /* the article's; NULL: not known */
  const char *codebook;      /* "VERSION@HASH" of the codebook in use; NULL: not known */
  const char *via;           /* "web": made in the browser; NULL: at the terminal, or not known */
  const char *act;           /* shared by the records of one act, which are undone together; NULL: a single record */
  size_t line;               /* line in its file, from 1 */
};

/* Reads a file of records into the arena; consecutive records share equal strings and mentions. STANCE_INPUT names file and line of the first bad one, which may be an
 * incomplete last line (the annotation program repairs its journals before). Thread-safe. */
enum stance_status stance_records_read(const char *path, struct stance_arena *arena, struct stance_record **records,
                                       size_t *count, struct stance_error *error);
/* The same; is_whole: without an incomplete last line. first (NULL: none) is called with the file's first piece, before
 * it is read; if it fails, nothing is read. */
enum stance_status stance_records_read_as(const char *path, bool is_whole, stance_piece_each *first, void *context,
                                          struct stance_arena *arena, struct stance_record **records, size_t *count,
                                          struct stance_error *error);
/* The same from text in memory; `file` is for messages. */
enum stance_status stance_records_parse(const char *text, size_t length, const char *file, struct stance_arena *arena,
                                        struct stance_record **records, size_t *count, struct stance_error *error);
/* Reads one record from parsed JSON, as strictly; strings are copied into the arena. Errors name no file. */
enum stance_status stance_record_from_json(struct stance_arena *arena, const struct cJSON *object,
                                           struct stance_record *record, struct stance_error *error);
/* Reads "mentions" of an object into the record. text_length: of the record's text, in code points, which bounds
 * them. */
enum stance_status stance_record_mentions_from_json(struct stance_arena *arena, const struct cJSON *object,
                                                    size_t text_length, struct stance_record *record,
                                                    struct stance_error *error);
/* Appends the record as a line. Keys are in the order above; empty ones are omitted, except unit, text, head, label and
 * annotator. */
void stance_record_write(const struct stance_record *record, struct stance_buffer *out);
/* Appends ,"mentions":[...] as in a record; lists of units have it too. */
void stance_record_write_mentions(const struct stance_record *record, struct stance_buffer *out);
/* Keeps, in place, the latest record that is not retracted for each (unit, head, annotator), in order of first
 * appearance. Fails only for lack of memory. */
enum stance_status stance_records_resolve(struct stance_record *records, size_t *count, struct stance_error *error);
/* Whether the record has this flag. */
bool stance_record_has_flag(const struct stance_record *record, const char *flag);

struct stance_text_matcher;
/* Makes a record into a document of one sentence, with its tokens, mentions and one unit, in the arena. Its actors are
 * new, with their ids as names. The record must outlive the document. matcher: see stance/text/text.h. */
enum stance_status stance_record_document(const struct stance_record *record, struct stance_text_matcher *matcher,
                                          struct stance_arena *arena, struct stance_document *document,
                                          struct stance_error *error);
/* The unit's id: article#sentence:SRC>TGT, article#sentence:>TGT or article#sentence. In the arena; NULL: out of
 * memory. */
char *stance_unit_id(struct stance_arena *arena, const char *article, uint32_t sentence, const char *source,
                     const char *target);

#endif
