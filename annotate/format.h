/* SPDX-License-Identifier: MIT
 * Other programs' label files. One interface: a format reads a file (brat: a folder) into label records and writes records to
 * one. Every row names its annotator. What a format cannot hold is not dropped in silence: it is counted by name. */
#ifndef STANCE_ANNOTATE_FORMAT_H
#define STANCE_ANNOTATE_FORMAT_H

#include <cjson/cJSON.h>

#include "stance/base/buffer.h"
#include "stance/labels/record.h"

enum { ANNOTATE_LOSSES_MAX = 48 };
struct annotate_losses {
  struct {
    char what[112]; /* "times", "spans of relations" */
    size_t count;
    bool is_told; /* not left out, but guessed or to be known */
  } items[ANNOTATE_LOSSES_MAX];
  size_t count;
};
/* Counts one more of this loss. */
void annotate_lose(struct annotate_losses *losses, const char *what);
/* The same for what came in, but was guessed or mended. */
void annotate_tell(struct annotate_losses *losses, const char *what);

struct annotate_records {
  struct stance_arena *arena;
  struct stance_record *items;
  size_t count, capacity;
};

/* What a foreign file leaves open. */
struct annotate_defaults {
  const char *annotator;                    /* where a row names none; NULL: ANNOTATE_DEFAULT_ANNOTATOR */
  const char *head;                         /* of labels of a pair; NULL: ANNOTATE_DEFAULT_HEAD */
  const char *sentence_head;                /* of labels of a text; NULL: ANNOTATE_DEFAULT_SENTENCE_HEAD */
  const char *text_key;                     /* where the text is; NULL: "text", else what looks like one */
  bool actor_from_label;                    /* a span's label is the actor's id, not its entity type */
  const struct stance_gazetteer *gazetteer; /* for the words of spans; NULL: the words are the actor */
};
#define ANNOTATE_DEFAULT_ANNOTATOR "imported"
#define ANNOTATE_DEFAULT_HEAD "stance"
#define ANNOTATE_DEFAULT_SENTENCE_HEAD "sentiment"

struct annotate_format {
  enum stance_status (*read)(const char *path, const struct annotate_defaults *defaults,
                             struct annotate_records *records, struct annotate_losses *losses,
                             struct stance_error *error);
  enum stance_status (*write)(const char *path, const struct stance_record *records, size_t count,
                              struct annotate_losses *losses, struct stance_error *error); /* NULL: read only */
};

/* The formats, in the order of help: X(RECORDS, records, "records") declares ANNOTATE_FORMAT_RECORDS, its table annotate_format_records
 * (in a file of its own) and its name in flags. */
#define ANNOTATE_FORMATS(X)                                                                                    \
  X(RECORDS, records, "records")                                                                               \
  X(DOCCANO, doccano, "doccano")                                                                               \
  X(LABEL_STUDIO, label_studio, "label-studio")                                                                \
  X(BRAT, brat, "brat")                                                                                        \
  X(PRODIGY, prodigy, "prodigy") X(CSV, csv, "csv") X(WEBANNO, webanno, "webanno") X(POTATO, potato, "potato") \
      X(SLATE, slate, "slate")
#define ANNOTATE_FORMAT_MEMBER(id, table, name) ANNOTATE_FORMAT_##id,
enum annotate_format_id { ANNOTATE_FORMATS(ANNOTATE_FORMAT_MEMBER) ANNOTATE_FORMAT_COUNT };

const struct annotate_format *annotate_format_get(enum annotate_format_id id); /* never NULL */
#define ANNOTATE_FORMAT_TABLE(id, table, name) extern const struct annotate_format annotate_format_##table;
ANNOTATE_FORMATS(ANNOTATE_FORMAT_TABLE)

/* ---- for the formats ------------------------------------------------------------------------------------- */

/* Takes a record as JSON (the keys of a label record), checks it strictly and appends it. Deletes the object. `line`: for
 * messages, and kept in the record. */
enum stance_status annotate_records_take(struct annotate_records *records, cJSON *object, const char *file, size_t line,
                                         const struct annotate_defaults *defaults, struct stance_error *error);
/* A record as JSON; NULL: out of memory. The caller deletes it. */
cJSON *annotate_record_json(const struct stance_record *record);
/* The record's keys but text, mentions and label: what formats keep as metadata. NULL: out of memory. */
cJSON *annotate_record_meta(const struct stance_record *record);
/* Index of the mention that stands for an actor (the first that is not implicit, else the first); -1: none. */
int annotate_record_mention(const struct stance_record *record, const char *actor);
/* A pair with a label one of whose actors has no mention: programs that relate spans cannot hold it. */
bool annotate_record_lacks_span(const struct stance_record *record);
/* Prints the object as a line, and deletes it; NULL: out of memory. */
void annotate_put_line(struct stance_buffer *out, cJSON *object);
/* Writes a file at once: beside, flushed, renamed. path "-": standard output. */
enum stance_status annotate_write_lines(const char *path, const char *bytes, size_t length, struct stance_error *error);

#endif
