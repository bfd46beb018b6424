/* SPDX-License-Identifier: MIT
 * Converts one text of another program's file (its spans, pairs of spans and labels) to label records.
 *
 * A span's label is its entity type (GPE, PERSON). The span's actor is the one that the gazetteer finds there, else the
 * span's own words. Offsets are checked against the span's words if the file has them. Guesses and losses are counted
 * by name. */
#ifndef STANCE_ANNOTATE_FOREIGN_H
#define STANCE_ANNOTATE_FOREIGN_H

#include "format.h"
#include "stance/base/json.h"

enum foreign_offsets {
  FOREIGN_CODE_POINTS,
  FOREIGN_UTF16
}; /* the unit of the program's offsets; the other one is tried too */

struct foreign_span {
  double given_start, given_end;
  const char *words, *label; /* as in the file; NULL: absent */
  const char *id;            /* the actor's id if the file has it, else NULL */
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
  /* of the current text */
  struct stance_arena arena;
  cJSON *base; /* the keys that all its records share */
  const char *text;
  size_t line, made;
  bool is_own; /* exported by this toolkit: a span's label is the actor's id */
  struct foreign_span *spans;
  size_t span_count, span_capacity;
};

/* Begins a text. base (taken over): a record's keys with "article" and "text". is_own: see above. STANCE_SYSTEM if
 * memory was out while base was made. */
enum stance_status foreign_begin(struct foreign *foreign, cJSON *base, size_t line, bool is_own,
                                 struct stance_error *error);
/* Adds a span and returns its index; strings live until foreign_end. SIZE_MAX: out of memory. */
size_t foreign_add_span(struct foreign *foreign, double start, double end, const char *words, const char *label);
/* After the last span: converts offsets and finds the actors. */
enum stance_status foreign_settle(struct foreign *foreign, struct stance_error *error);
/* Makes a record for a pair of spans. Pairs of an actor with itself and pairs with an unused span are counted as
 * losses. */
enum stance_status foreign_pair(struct foreign *foreign, size_t from, size_t to, const char *label,
                                struct stance_error *error);
/* Makes a record for the text or, if target is not SIZE_MAX, for one of its spans. head and label may be NULL. */
enum stance_status foreign_label(struct foreign *foreign, size_t target, const char *head, const char *label,
                                 struct stance_error *error);
/* Ends the text. If it has no record, its pairs of actors become units to label. */
enum stance_status foreign_end(struct foreign *foreign, struct stance_error *error);
/* Frees what it holds. */
void foreign_close(struct foreign *foreign);

/* ---- for the readers --------------------------------------------------------------------------------------- */

/* The object's member of this name, borrowed; NULL: absent. */
const cJSON *foreign_get(const cJSON *object, const char *key);
const char *foreign_string(const cJSON *object, const char *key); /* NULL: absent or not a string */
/* The member's number; `fallback` if it is absent or not a number. */
double foreign_number(const cJSON *object, const char *key, double fallback);
void foreign_set(cJSON *object, const char *key, const char *text); /* text NULL: deletes the key */
/* The text of an object: the key of --text-key, else "text", else the longest string with a space (counted as a guess).
 * NULL: none. */
const char *foreign_text(const struct annotate_defaults *defaults, const cJSON *object, struct annotate_losses *losses);
/* An article id for files that have none: "prodigy-0123456789abcdef", PROGRAM and a hash of the text. */
void foreign_article(char out[64], const char *program, const char *text);
/* The keys that a text's records share. In an export of this toolkit (meta has "unit") they are the record's own keys,
 * else date and outlet. */
cJSON *foreign_base(const cJSON *meta, const char *text, const char *article);
/* Calls `each` for the objects of a file that is a JSON array or JSON Lines, with the line number or the position in
 * the array. */
enum stance_status foreign_each(const char *path, stance_json_line *each, void *context, struct stance_error *error);
/* Counts as losses the non-empty values of keys that are not among `known`. */
void foreign_lose_keys(struct annotate_losses *losses, const cJSON *object, const char *const *known);

#endif
