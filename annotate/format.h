/* SPDX-License-Identifier: MIT
 * Other programs' label files. A format reads a file (brat: a folder) into label records and writes records to one.
 * Every row names its annotator. Information that a format cannot hold is counted by name. */
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
    bool is_told; /* not a loss, but a guess or a remark */
  } items[ANNOTATE_LOSSES_MAX];
  size_t count;
};
/* Counts one loss of this name. */
void annotate_lose(struct annotate_losses *losses, const char *what);
/* Counts one value of this name that was kept, but guessed or mended. */
void annotate_tell(struct annotate_losses *losses, const char *what);

struct annotate_records {
  struct stance_arena *arena;
  struct stance_record *items;
  size_t count, capacity;
};

/* Defaults for information that a file lacks. */
struct annotate_defaults {
  const char *annotator;                    /* of rows that name none; NULL: ANNOTATE_DEFAULT_ANNOTATOR */
  const char *head;                         /* of a pair's labels; NULL: ANNOTATE_DEFAULT_HEAD */
  const char *sentence_head;                /* of a text's labels; NULL: ANNOTATE_DEFAULT_SENTENCE_HEAD */
  const char *text_key;                     /* the key of the text; NULL: see foreign_text */
  bool actor_from_label;                    /* a span's label is the actor's id, not the entity type */
  const struct stance_gazetteer *gazetteer; /* finds the actors of spans; NULL: the span's words are the actor */
};
#define ANNOTATE_DEFAULT_ANNOTATOR "imported"
#define ANNOTATE_DEFAULT_HEAD "stance"
#define ANNOTATE_DEFAULT_SENTENCE_HEAD "sentiment"

struct annotate_format {
  enum stance_status (*read)(const char *path, const struct annotate_defaults *defaults,
                             struct annotate_records *records, struct annotate_losses *losses,
                             struct stance_error *error);
  enum stance_status (*write)(const char *path, const struct stance_record *records, size_t count,
                              struct annotate_losses *losses, struct stance_error *error); /* NULL: import only */
};

/* The formats, in the order of the help: X(RECORDS, records, "records") declares ANNOTATE_FORMAT_RECORDS, its table
 * annotate_format_records (in its own .c file) and its name on the command line. */
#define ANNOTATE_FORMATS(X)                     \
  X(RECORDS, records, "records")                \
  X(DOCCANO, doccano, "doccano")                \
  X(LABEL_STUDIO, label_studio, "label-studio") \
  X(BRAT, brat, "brat")                         \
  X(PRODIGY, prodigy, "prodigy")                \
  X(CSV, csv, "csv") X(WEBANNO, webanno, "webanno") X(POTATO, potato, "potato") X(SLATE, slate, "slate")
#define ANNOTATE_FORMAT_MEMBER(id, table, name) ANNOTATE_FORMAT_##id,
enum annotate_format_id { ANNOTATE_FORMATS(ANNOTATE_FORMAT_MEMBER) ANNOTATE_FORMAT_COUNT };

const struct annotate_format *annotate_format_get(enum annotate_format_id id); /* never NULL */
#define ANNOTATE_FORMAT_TABLE(id, table, name) extern const struct annotate_format annotate_format_##table;
ANNOTATE_FORMATS(ANNOTATE_FORMAT_TABLE)

/* ---- for the formats ------------------------------------------------------------------------------------- */

/* Checks a label record given as JSON and appends it. Deletes the object, also on failure. `line`: for messages, and
 * stored in the record. */
enum stance_status annotate_records_take(struct annotate_records *records, cJSON *object, const char *file, size_t line,
                                         const struct annotate_defaults *defaults, struct stance_error *error);
/* A record as JSON; NULL: out of memory. The caller deletes it. */
cJSON *annotate_record_json(const struct stance_record *record);
/* The record's keys without text, mentions and label, which the formats store as metadata. NULL: out of memory. */
cJSON *annotate_record_meta(const struct stance_record *record);
/* Index of an actor's first explicit mention, else of its first mention; -1: none. */
int annotate_record_mention(const struct stance_record *record, const char *actor);
/* Whether the record is a labelled pair with an actor that has no mention: programs that relate spans cannot hold
 * it. */
bool annotate_record_lacks_span(const struct stance_record *record);
/* Appends the object as a line of JSON to out and deletes it. An object of NULL sets out's failure: memory ran out. */
void annotate_put_line(struct stance_buffer *out, cJSON *object);

#endif
