/* SPDX-License-Identifier: MIT
 * Forms are the file formats of articles, one row each in the table of form.c. A form tells how a file is recognised,
 * how its bytes are cut into items of one article each, and how an item becomes an article. The reading thread does the
 * first two; any thread does the third, on a copy of the item's bytes. A form's parse returns what is in the file;
 * input_item_article then does what all forms share (UTF-8, ISO dates, ids, line ends). */
#ifndef STANCE_INPUT_FORM_H
#define STANCE_INPUT_FORM_H

#include "bytes.h"
#include "charset.h"
#include "notes.h"
#include "revisions.h"
#include "stance/base/arena.h"
#include "stance/stance.h"
#include "stance/text/date.h"

struct stance_record;
struct input_form;

enum input_column {
  COLUMN_TEXT,
  COLUMN_ID,
  COLUMN_TITLE,
  COLUMN_DATE,
  COLUMN_OUTLET,
  COLUMN_URL,
  COLUMN_LANG,
  COLUMN_COUNT
};
enum input_wrap { INPUT_WRAP_AUTO, INPUT_WRAP_JOIN, INPUT_WRAP_KEEP };
enum { INPUT_KEEP_MAX = 16, INPUT_START_BYTES = 4096 };

/* The user's settings for inputs; zeroed is the default. Shared by all threads, and constant while a reader is open. */
struct input_options {
  const struct input_form *form;     /* NULL: recognised for each file */
  const char *columns[COLUMN_COUNT]; /* names in a CSV header or keys in JSON; NULL: the usual names */
  const char *keep[INPUT_KEEP_MAX];  /* names of columns and keys to keep with the article */
  size_t keep_count;
  const char *encoding; /* NULL: UTF-8, or by a byte order mark or the file */
  char delimiter;       /* of CSV; 0: detected */
  enum stance_date_order date_order;
  enum input_wrap wrap;
  bool repair; /* repair JSON that is not UTF-8 instead of refusing it */
  bool any_language;
  const char *json_text, *json_items; /* paths: "body.paragraphs" */
};

/* A file or a member of an archive with items. Reference-counted, as its items hold it; constant once it is open. */
struct input_source {
  const struct input_form *form;
  const struct input_options *options;
  const char *path;  /* for messages */
  const char *id;    /* prefix of its articles' ids: the path below the given folder, without endings */
  const void *about; /* the form's data, made by begin in the arena: columns of a CSV file, the outlet of a feed */
  uint64_t header;   /* hash of the header that affects each item; 0: none */
  uint64_t size;     /* bytes of the regular file, and when it was last changed (ns since 1970), as it was opened; */
  int64_t time;      /* 0: a member of an archive, standard input, a pipe */
  struct stance_arena arena;
  atomic_uint holds;
};
/* Takes a reference. Thread-safe, as is drop. */
struct input_source *input_source_hold(struct input_source *source);
void input_source_drop(struct input_source *source); /* NULL is fine */

enum input_item_kind {
  INPUT_ARTICLE, /* the raw bytes of an article */
  INPUT_RECORD,  /* a label record */
  INPUT_PROBLEM, /* something that could not be read: item.problem */
};

struct input_item {
  enum input_item_kind kind;
  struct input_source *source; /* of an article; valid until the next item, unless held */
  const char *path;            /* valid until the next item, as data */
  size_t line;                 /* 0: the whole file */
  size_t on_line;              /* number of earlier items that start on this line */
  const char *data;
  size_t length;
  uint32_t repaired;             /* invalid bytes since the item before */
  enum input_revision_fate fate; /* by the run's other items */
  bool is_last;                  /* the file's rest, behind which no other item begins */
  bool is_late;                  /* it changes an item that was given before */
  const struct stance_record *record;
  struct stance_error problem;
};

/* An article as parsed by its form, then completed by input_item_article. Strings are in the arena or borrowed from the
 * item. */
struct input_article {
  struct stance_article article;    /* id NULL: it will be made from source and line */
  const char *own_id;               /* the original id, if input_ids_take changed it; else NULL */
  const char *kept[INPUT_KEEP_MAX]; /* values of options->keep; NULL: none */
  bool is_withdrawn;                /* by the item itself */
  bool is_no_post;                  /* a picture, a menu or a draft of a WordPress export, with its note */
  bool is_left_out;                 /* it will not be scored; notes say why: withdrawn, in another language */
  bool is_markup;                   /* the text may be HTML, to be stripped if it looks like it */
  bool has_lines;                   /* the text has the file's lines, which may be hard-wrapped */
  bool title_is_line;               /* the title is the first line */
  const char *guessed_lang;         /* "fr"; NULL: not guessed */
  struct input_notes notes;         /* what was guessed, repaired or omitted */
};

/* Counts of what is in the inputs but is no article by its kind. */
struct input_passed {
  uint64_t files;    /* in folders and archives, with unknown endings */
  uint64_t requests; /* crawls: requests */
  uint64_t failures; /* crawls: redirects and errors */
  uint64_t pictures; /* crawls: other types than HTML and text */
  uint64_t others;   /* crawls: descriptions, revisits, DNS */
  uint64_t unseen;   /* agency items beyond the limit of the table of revisions */
  uint64_t specials; /* pipes, devices and links to folders, inside folders; links, pipes, devices in archives */
  uint64_t empty;    /* files without anything that could be an article */
  char an_empty[96]; /* the first of these */
};

/* The open file; for the reading thread. */
struct input_stream {
  struct input_passed *passed; /* the reader's */
  struct input_source *source;
  struct input_bytes *bytes;
  size_t max_bytes;             /* of one article */
  uint64_t line;                /* line ends read so far */
  uint64_t count;               /* items so far */
  void *state;                  /* the form's data, made by begin, freed by end */
  bool is_judged;               /* its first item was examined for revisions */
  input_revision_key *revision; /* NULL: its items have no revisions */
};

/* The first bytes of a file, at most INPUT_START_BYTES: decompressed, in UTF-8, without byte order mark. */
struct input_start {
  const char *path;
  const char *data;
  size_t length;
};

/* How certain a form is that a file is of its kind. The most certain form wins, among equal ones the first in the
 * table. */
enum input_claim { INPUT_NOT_MINE, INPUT_FALLBACK, INPUT_LIKELY, INPUT_BY_ENDING, INPUT_SURE };

struct input_form {
  const char *name;           /* one word, for --from and `stance inspect` */
  const char *title;          /* "JSON Lines" */
  const char *const *endings; /* NULL-terminated, ".jsonl"; files in folders are recognised by them; NULL: none */
  enum input_claim (*claim)(const struct input_start *start); /* NULL: by ending only */
  bool has_tags; /* its files have a '<': it does not claim others, and is not asked of them */
  enum stance_status (*begin)(struct input_stream *stream, struct stance_error *error); /* NULL: nothing to do */
  void (*end)(struct input_stream *stream);                                             /* NULL: nothing to free */
  /* Cutting: by `next`, else by `scan`; both NULL: the file is one item. `next` sets data, length and line; *has false:
   * the end of the file. An error with *has true concerns only that item; with *has false it ends the file. */
  input_scan *scan;
  input_revision_key *revision;                           /* NULL: its items have none */
  bool (*has_revisions)(const char *data, size_t length); /* decides by a file's first item; NULL: always */
  enum stance_status (*next)(struct input_stream *stream, struct input_item *item, bool *has,
                             struct stance_error *error);
  /* Makes an article from an item, whose data has a NUL after length. Errors need no file and line. */
  enum stance_status (*parse)(const struct input_item *item, struct stance_arena *arena, struct input_article *out,
                              struct stance_error *error);
};

extern const struct input_form *const input_forms[];           /* ends with NULL */
const struct input_form *input_form_by_name(const char *name); /* NULL: none */
/* The form of a file, by its first bytes and its name; plain text if no other claims it. */
const struct input_form *input_form_find(const struct input_start *start, const struct input_options *options);
/* Whether path has one of the endings (a dot and more, lower case) in any case, perhaps followed by .gz and the like. */
bool input_has_ending(const char *path, const char *const *endings);
/* The length of the path without .gz, .zst, .bz2, .xz. */
size_t input_plain_length(const char *path);

/* ---- for the forms ---- */

/* Notes what decoding did. */
void input_form_note(struct input_article *out, const struct input_decoded *decoded, struct stance_arena *arena);
/* Skips white space and a byte order mark. */
const char *input_skip_space(const char *data, const char *end);
/* The default of `next`: the next record by `scan` (NULL: the whole file) that is not blank, with its line and within
 * max_bytes. */
enum stance_status input_stream_record(struct input_stream *stream, input_scan *scan, struct input_item *item,
                                       bool *has, struct stance_error *error);

extern const struct input_form input_form_text, input_form_jsonl, input_form_json, input_form_csv, input_form_tsv,
    input_form_html;
extern const struct input_form input_form_newsml_g2, input_form_newsml, input_form_nitf, input_form_rcv1,
    input_form_reuters, input_form_ldc, input_form_rss, input_form_atom, input_form_factiva_xml, input_form_xml,
    input_form_nexis_text, input_form_nexis_uni, input_form_proquest, input_form_nexis_html, input_form_factiva_html,
    input_form_europresse, input_form_mail, input_form_warc;

#endif
