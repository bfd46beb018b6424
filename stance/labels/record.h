/* SPDX-License-Identifier: MIT
 * Label records: one fact a line, never rewritten. Journals, gold, exports and training data are all of this form. */
#ifndef STANCE_RECORD_H
#define STANCE_RECORD_H

#include "stance/base/arena.h"
#include "stance/base/buffer.h"
#include "stance/stance.h"

struct cJSON;

struct stance_record_mention {
  const char *actor;   /* id */
  uint32_t start, end; /* code points from the start of the record's text, half-open */
  bool is_implicit;
};

/* Strings are never NULL but for source, target, label, retracts and suggestion ones. */
struct stance_record {
  const char *unit, *article; /* "mali-accords#3:MLI>FRA", "mali-accords" */
  uint32_t sentence;
  const char *text;
  const char *source, *target; /* NULL, target: a target unit; NULL, NULL: a sentence unit */
  struct stance_record_mention *mentions;
  size_t mention_count;
  const char *head, *label;   /* label NULL: a skip, a flag or a note without a label */
  const char *annotator, *at; /* RFC 3339, UTC */
  const char *decided; /* when the label was given, where a later record only states it again (recoded); NULL: at */
  double seconds;
  const char *note;
  const char **flags; /* "skip", "flagged", "split", "check-gold", "check-self", "merged", "unclear", ... */
  size_t flag_count;
  const char *suggestion; /* the model's label; NULL: none */
  double suggestion_p;
  bool suggestion_shown;
  const char *retracts;      /* the `at` of the annotator's record for this unit and head that this one undoes; NULL */
  const char *date, *outlet; /* the article's, where known; NULL */
  const char *codebook;      /* "VERSION@HASH" of the codebook that the label was given by; NULL: not known */
  const char *via;           /* "web": made in the browser; NULL: at the terminal, or not known */
  const char *act;           /* records of one act of the annotator share it and are undone together; NULL: alone */
  size_t line;               /* where it was read */
};

/* Reads one file of records into the arena, strictly: file and line of the first bad one. A last line without its newline
 * that does not parse is an error here (the annotation program repairs its journals before). */
enum stance_status stance_records_read(const char *path, struct stance_arena *arena, struct stance_record **records,
                                       size_t *count, struct stance_error *error);
/* The same from text in memory; `file` is for messages. */
enum stance_status stance_records_parse(const char *text, size_t length, const char *file, struct stance_arena *arena,
                                        struct stance_record **records, size_t *count, struct stance_error *error);
/* One record from parsed JSON, as strictly; strings are copied into the arena. Errors name no file. */
enum stance_status stance_record_from_json(struct stance_arena *arena, const struct cJSON *object,
                                           struct stance_record *record, struct stance_error *error);
/* "mentions" of an object, of a text of so many code points, into the record. */
enum stance_status stance_record_mentions_from_json(struct stance_arena *arena, const struct cJSON *object,
                                                    size_t text_length, struct stance_record *record,
                                                    struct stance_error *error);
/* One line, with its newline. Keys in the order above; what is empty is left out but for unit, text, head, label, annotator. */
void stance_record_write(const struct stance_record *record, struct stance_buffer *out);
/* ,"mentions":[...] as it stands in a record; the list of units has it too. */
void stance_record_write_mentions(const struct stance_record *record, struct stance_buffer *out);
/* Keeps what holds: for each (unit, head, annotator) the latest not-retracted record, in order of first appearance. In place. */
enum stance_status stance_records_resolve(struct stance_record *records, size_t *count, struct stance_error *error);
/* Whether the record has this flag. */
bool stance_record_has_flag(const struct stance_record *record, const char *flag);

/* The document of one sentence that a record is: text, tokens, mentions and one unit. Its actors are made in the arena, with
 * their ids as names. The record must outlive the document. matcher: stance/text.h. */
struct stance_text_matcher;
/* Makes the document that the record was labelled in: its sentence, tokens and mentions, in the arena. */
enum stance_status stance_record_document(const struct stance_record *record, struct stance_text_matcher *matcher,
                                          struct stance_arena *arena, struct stance_document *document,
                                          struct stance_error *error);
/* The unit's id: article#sentence:SRC>TGT, article#sentence:>TGT or article#sentence. In the arena. */
char *stance_unit_id(struct stance_arena *arena, const char *article, uint32_t sentence, const char *source,
                     const char *target);

#endif
