/* SPDX-License-Identifier: MIT
 * What another program's file says of one text, on its way to label records: spans, pairs of spans, labels of the text.
 *
 * A span's label is its entity type (GPE, PERSON): the actor is what the gazetteer finds at the span, else the span's own words.
 * Offsets are checked against the span's words where the file has them. What is guessed or left out is counted by name. */
#ifndef STANCE_ANNOTATE_FOREIGN_H
#define STANCE_ANNOTATE_FOREIGN_H

#include "format.h"
#include "stance/base/json.h"

enum foreign_offsets {
  FOREIGN_CODE_POINTS,
  FOREIGN_UTF16
}; /* what the program counts in; the other one is tried too */

struct foreign_span {
  double given_start, given_end;
  const char *words, *label; /* as the file has them; NULL: it has none */
  const char *id;            /* the actor, where the file names it; NULL */
  const char *actor;         /* NULL: the span is not used */
  size_t start, end;         /* code points */
  bool is_implicit;
};

struct foreign {
  const struct annotate_defaults *defaults;
  struct annotate_records *records;
  struct annotate_losses *losses;
  const char *path;
  enum foreign_offsets offsets;
  /* of the text at hand */
  struct stance_arena arena;
  cJSON *base; /* the keys that its records share */
  const char *text;
  size_t line, made;
  bool is_own; /* this toolkit's export: a span's label is the actor's id */
  struct foreign_span *spans;
  size_t span_count, span_capacity;
};

/* Begins a text. base (taken over): a record's keys with "article" and "text". is_own: see above. */
void foreign_begin(struct foreign *foreign, cJSON *base, size_t line, bool is_own);
/* Adds a span and returns its index; strings live until foreign_end. SIZE_MAX: out of memory. */
size_t foreign_add_span(struct foreign *foreign, double start, double end, const char *words, const char *label);
/* Behind the last span: fixes offsets and names the actors. */
enum stance_status foreign_settle(struct foreign *foreign, struct stance_error *error);
/* A record for a pair of spans. An actor with itself, and a span that is not used, are counted and left out. */
enum stance_status foreign_pair(struct foreign *foreign, size_t from, size_t to, const char *label,
                                struct stance_error *error);
/* A record for the text, or (target not SIZE_MAX) for a span of it. head, label: may be NULL. */
enum stance_status foreign_label(struct foreign *foreign, size_t target, const char *head, const char *label,
                                 struct stance_error *error);
/* Ends the text. Where it made no record, its pairs of actors become units to label. */
enum stance_status foreign_end(struct foreign *foreign, struct stance_error *error);
/* Frees what it holds. */
void foreign_close(struct foreign *foreign);

/* ---- for the readers --------------------------------------------------------------------------------------- */

/* The object's member of this name, borrowed; NULL: there is none. */
const cJSON *foreign_get(const cJSON *object, const char *key);
const char *foreign_string(const cJSON *object, const char *key); /* NULL: none, or no string */
/* Likewise its number; fallback: there is none, or it is no number. */
double foreign_number(const cJSON *object, const char *key, double fallback);
void foreign_set(cJSON *object, const char *key, const char *text); /* text NULL: the key goes */
/* The text of an object: under --text-key, else "text", else the longest string with a space (which is told). NULL: none. */
const char *foreign_text(const struct annotate_defaults *defaults, const cJSON *object, struct annotate_losses *losses);
/* "prodigy-0123456789abcdef": an article's id where the file has none. The same text has the same id, in any file. */
void foreign_article(char out[64], const char *program, const char *text);
/* A record's shared keys for a text: of an export of this toolkit (meta has "unit") the record's own keys, else date and outlet. */
cJSON *foreign_base(const cJSON *meta, const char *text, const char *article);
/* Bytes of JSON: an array's objects, or JSON Lines; calls each with the line, or the place in the array. */
enum stance_status foreign_each(const char *path, stance_json_line *each, void *context, struct stance_error *error);
/* Counts as lost what the object holds under other keys than the known ones. */
void foreign_lose_keys(struct annotate_losses *losses, const cJSON *object, const char *const *known);

#endif
