/* SPDX-License-Identifier: MIT
 * The list of units of a project. A line of units.jsonl is a label record without a label, with its context:
 * {"unit","article","sentence","text","source","target","mentions":[...],"head","title","previous","next","date","lang"}.
 * Opening reads ids and heads; a unit's page is read from the file when it is shown. */
#ifndef STANCE_ANNOTATE_UNITS_H
#define STANCE_ANNOTATE_UNITS_H

#include "project.h"
#include "stance/base/hash_index.h"

#define ANNOTATE_NONE UINT32_MAX /* no unit */
enum { ANNOTATE_ID_MAX = 4000 }; /* bytes of a unit's id */

struct annotate_unit {
  uint64_t offset; /* of its line */
  uint32_t length;
  uint16_t head;        /* in the codebook */
  uint16_t id_sentence; /* bytes of the id before ':', which name article and sentence */
  bool is_added;        /* added by an annotator ("by"): only for those who have it in their journal, see mend.h */
  const char *id;
};

struct annotate_units {
  int file; /* -1: there is no list yet */
  const char *path;
  const struct stance_codebook *codebook;
  struct stance_arena arena;
  struct annotate_unit *items;
  size_t count, capacity;
  struct stance_hash_index index; /* of ids with their heads */
  uint64_t end;                   /* bytes of the file read so far */
};

/* The content of a unit. Valid as long as the arena that it was read into. */
struct annotate_page {
  struct stance_record record;                /* no label, annotator or time */
  const char *title, *previous, *next, *lang; /* NULL: none */
};

/* A missing units.jsonl is an empty list. STANCE_INPUT, with file and line: an invalid line, an unknown head, a
 * duplicate unit. */
enum stance_status annotate_units_open(const struct annotate_project *project, struct annotate_units *units,
                                       struct stance_error *error);
/* Adds a unit to the index. The id must live as long as the index. *is_new false: the index had it. */
enum stance_status annotate_units_insert(struct annotate_units *units, const char *id, int head, uint64_t offset,
                                         size_t length, bool *is_new, struct stance_error *error);
/* Reads lines appended to the file since the last reading. */
enum stance_status annotate_units_refresh(struct annotate_units *units, struct stance_error *error);
/* Frees what it holds. */
void annotate_units_close(struct annotate_units *units);
/* The unit with this id and head, or ANNOTATE_NONE. A head of -1: the first one with this id. */
uint32_t annotate_units_find(const struct annotate_units *units, const char *id, int head);
/* Reads unit `index` with its sentence, its neighbours and its mentions into the arena. STANCE_INPUT: the file has been
 * changed. */
enum stance_status annotate_units_page(const struct annotate_units *units, uint32_t index, struct stance_arena *arena,
                                       struct annotate_page *page, struct stance_error *error);
/* Replaces the page's mentions by the annotator's (JSON, as in a record). If a span is outside the text, the list's
 * mentions stay. */
enum stance_status annotate_page_mentions(struct annotate_page *page, const char *json, struct stance_arena *arena,
                                          struct stance_error *error);
/* Whether the units are of one sentence of one article. */
bool annotate_unit_is_beside(const struct annotate_unit *a, const struct annotate_unit *b);
/* The unit of the unit's sentence itself; ANNOTATE_NONE: there is none. */
uint32_t annotate_units_sentence(const struct annotate_units *units, uint32_t index);
/* The dyad in the other direction (B -> A for A -> B); ANNOTATE_NONE: there is none. */
uint32_t annotate_units_reverse(const struct annotate_units *units, uint32_t index);
/* Finds the next unit, from index `from` of order on and then from its start, whose id or text contains `text`,
 * ignoring the case of ASCII letters. */
enum stance_status annotate_units_search(const struct annotate_units *units, const uint32_t *order, size_t count,
                                         size_t from, const char *text, size_t *found, struct stance_error *error);

#endif
