/* SPDX-License-Identifier: MIT
 * The forms that articles come in: one table (form.c), a row a form. A form says how a file of its kind is recognised, how its bytes are
 * cut into items of one article each, and how an item becomes an article. The first two are done by the thread that reads, the third
 * by any thread, on a copy of the item's bytes. What all forms share (UTF-8, dates as ISO, ids, line ends) is done behind parse, by
 * input_item_article: a form hands on what stands in the file. */
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

/* What the user said of the inputs; zeroed is the default. Shared by all threads, never changed while a reader is open. */
struct input_options {
  const struct input_form *form;     /* NULL: recognised, file by file */
  const char *columns[COLUMN_COUNT]; /* names in a CSV header or keys in JSON; NULL: the usual names */
  const char *keep[INPUT_KEEP_MAX];  /* names of columns and keys that go along with the article */
  size_t keep_count;
  const char *encoding; /* NULL: UTF-8, or what a mark or the file says */
  char delimiter;       /* of CSV; 0: found */
  enum stance_date_order date_order;
  enum input_wrap wrap;
  bool repair; /* JSON that is not UTF-8 is repaired, not refused */
  bool any_language;
  const char *json_text, *json_items; /* paths: "body.paragraphs" */
};

/* A file, or a member of an archive, that items come from. Counted: its items hold it. Not changed once it is open. */
struct input_source {
  const struct input_form *form;
  const struct input_options *options;
  const char *path; /* as messages name it */
  const char *id; /* what its articles' ids begin with: the path inside of the folder that was given, without endings */
  const void *about; /* the form's own, made in begin, in the arena: columns of a CSV file, the outlet of a feed */
  uint64_t header;   /* hash of what stands before the items and is read into each; 0: nothing is */
  struct stance_arena arena;
  atomic_uint holds;
};
/* Both by any thread. */
struct input_source *input_source_hold(struct input_source *source);
void input_source_drop(struct input_source *source); /* NULL is fine */

enum input_item_kind {
  INPUT_ARTICLE, /* the raw bytes of an article */
  INPUT_RECORD,  /* a label record */
  INPUT_PROBLEM, /* what could not be read: item.problem */
};

struct input_item {
  enum input_item_kind kind;
  struct input_source *source; /* of an article; borrowed until the reader's next item, unless held */
  const char *path;            /* like data, valid until the next item */
  size_t line;                 /* 0: the whole file */
  size_t on_line;              /* items that began on this line before it */
  const char *data;
  size_t length;
  uint32_t repaired;             /* bytes that were not of their encoding, met on the way to it */
  enum input_revision_fate fate; /* what the run's other items say of it */
  bool is_late;                  /* it changes one that was given before it */
  const struct stance_record *record;
  struct stance_error problem;
};

/* The article as its form found it, and as input_item_article completes it. All is in the arena or borrowed from the item. */
struct input_article {
  struct stance_article article;    /* id NULL: made of the source and the line */
  const char *own_id;               /* the id that it came with, where input_ids_take gave it another; else NULL */
  const char *kept[INPUT_KEEP_MAX]; /* values of options->keep; NULL: none */
  bool is_withdrawn;                /* the item says so itself */
  bool is_left_out;                 /* it is not for reading, and notes say why: withdrawn, in another language */
  bool is_markup;                   /* the text is HTML, or may be: it is stripped where it looks so */
  bool has_lines;                   /* the text's lines are the file's own, which may be hard-wrapped */
  bool title_is_line;               /* the title is the first of them */
  const char *guessed_lang;         /* "fr"; NULL: not guessed */
  struct input_notes notes;         /* what was guessed, repaired, left out */
};

/* What is in the inputs and is no article by its kind: counted, and said once. */
struct input_passed {
  uint64_t files;    /* of folders and archives, whose endings are not known */
  uint64_t requests; /* of crawls: what was asked, */
  uint64_t failures; /* answers that are redirects or errors, */
  uint64_t pictures; /* and answers of other types than HTML and text */
  uint64_t others;   /* descriptions, revisits, DNS */
  uint64_t unseen;   /* items of agencies for whose corrections there was no room */
  uint64_t specials; /* pipes, devices and links to folders in folders */
  uint64_t empty;    /* files in which nothing stood that could be an article */
  char an_empty[96]; /* the first of them */
};

/* The open file, by the thread that reads. */
struct input_stream {
  struct input_passed *passed; /* the reader's */
  struct input_source *source;
  struct input_bytes *bytes;
  size_t max_bytes;             /* of one article */
  uint64_t line;                /* line ends that were read */
  uint64_t count;               /* items so far */
  void *state;                  /* the form's own, made in begin, freed in end */
  bool is_judged;               /* by its first item, */
  input_revision_key *revision; /* whether its items have revisions; NULL: no */
};

/* What a file begins with: decompressed, in UTF-8, without a byte order mark; at most INPUT_START_BYTES. */
struct input_start {
  const char *path;
  const char *data;
  size_t length;
};

/* How sure a form is that a file is its own. The surest wins, of equals the first of the table. */
enum input_claim { INPUT_NOT_MINE, INPUT_FALLBACK, INPUT_LIKELY, INPUT_BY_ENDING, INPUT_SURE };

struct input_form {
  const char *name;           /* of --from and in `stance inspect`: one word */
  const char *title;          /* "JSON Lines" */
  const char *const *endings; /* ".jsonl", NULL-terminated: a folder's files are known by them; NULL: none of its own */
  enum input_claim (*claim)(const struct input_start *start);                           /* NULL: by ending alone */
  enum stance_status (*begin)(struct input_stream *stream, struct stance_error *error); /* NULL: nothing to do */
  void (*end)(struct input_stream *stream);                                             /* NULL: nothing to free */
  /* One of the two cuts the bytes; both NULL: the file is one item. `next` sets data, length and line; *has false: the file is read.
   * An error with *has true is of that item alone; with *has false it ends the file. */
  input_scan *scan;
  input_revision_key *revision;                           /* NULL: its items have none */
  bool (*has_revisions)(const char *data, size_t length); /* by a file's first item; NULL: all files of the form have */
  enum stance_status (*next)(struct input_stream *stream, struct input_item *item, bool *has,
                             struct stance_error *error);
  /* From an item to an article; item->data is NUL-terminated behind length. Errors need no file and line. */
  enum stance_status (*parse)(const struct input_item *item, struct stance_arena *arena, struct input_article *out,
                              struct stance_error *error);
};

extern const struct input_form *const input_forms[];           /* ends with NULL */
const struct input_form *input_form_by_name(const char *name); /* NULL: none */
/* By what it begins with and its name; never NULL: plain text is the last resort. */
const struct input_form *input_form_find(const struct input_start *start, const struct input_options *options);
/* Whether path ends in one of the endings, .gz and the like set aside; case does not count. */
bool input_has_ending(const char *path, const char *const *endings);
/* The path without .gz, .zst, .bz2, .xz: how many bytes of it. */
size_t input_plain_length(const char *path);

/* What rows in several files use. */
/* Notes what decoding did. */
void input_form_note(struct input_article *out, const struct input_decoded *decoded, struct stance_arena *arena);
/* Skips white space and a byte order mark. */
const char *input_skip_space(const char *data, const char *end);
/* The next record by `scan`, or the whole file; blank ones are passed over. Line and bounds are seen to. What `next` is where it is NULL. */
enum stance_status input_stream_record(struct input_stream *stream, input_scan *scan, struct input_item *item,
                                       bool *has, struct stance_error *error);

extern const struct input_form input_form_text, input_form_jsonl, input_form_json, input_form_csv, input_form_tsv,
    input_form_html;
extern const struct input_form input_form_newsml_g2, input_form_newsml, input_form_nitf, input_form_rcv1,
    input_form_reuters, input_form_rss, input_form_atom, input_form_factiva_xml, input_form_xml, input_form_nexis_text,
    input_form_nexis_uni, input_form_proquest, input_form_nexis_html, input_form_factiva_html, input_form_europresse,
    input_form_mail, input_form_warc;

#endif
