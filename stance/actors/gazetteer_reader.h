/* SPDX-License-Identifier: MIT
 * The state of reading gazetteer files, and how problems are reported with file and line. */
#ifndef STANCE_GAZETTEER_READER_H
#define STANCE_GAZETTEER_READER_H

#include "gazetteer_entry.h"
#include "stance/base/json.h"

struct stance_reader_source {
  const char *path;
  char *text;
  size_t length, first; /* first: index of its first actor */
  cJSON *json;
  const cJSON *actors;
};

struct stance_gazetteer_reader {
  struct stance_gazetteer *gazetteer;
  struct stance_arena arena; /* the files' texts */
  struct stance_reader_source *sources;
  size_t source_count;
  bool is_thorough, is_stopped;
  stance_gazetteer_problem *problem;
  void *context;
  const struct stance_reader_source *source; /* the file being read */
  const char *array;                         /* "actors" or "agents" */
  size_t element;
  const char *id;       /* id of the entry being read; NULL: not known yet */
  uint64_t *restricted; /* hashes of the entry's aliases that have conditions */
  size_t restricted_count, restricted_capacity;
  bool memory_is_out;
};

/* The line on which an element of "actors" or "agents" starts; 0: unknown. */
size_t stance_reader_line(const struct stance_reader_source *source, const char *array, size_t element);
/* The file that an actor came from, for messages. Borrowed. */
const struct stance_reader_source *stance_reader_source_of(const struct stance_gazetteer_reader *reader, size_t actor);
/* Adds file and line to a problem and passes it on; stops the reading if the receiver says so. */
void stance_reader_complain(struct stance_gazetteer_reader *reader, const struct stance_error *what);
/* Reports the error unless status is STANCE_OK. Returns whether it is. */
bool stance_reader_is_good(struct stance_gazetteer_reader *reader, enum stance_status status,
                           const struct stance_error *error);
#define COMPLAIN(reader, ...)                           \
  do {                                                  \
    struct stance_error complaint;                      \
    stance_fail(&complaint, STANCE_INPUT, __VA_ARGS__); \
    stance_reader_complain(reader, &complaint);         \
  } while (0)

/* If the reading is thorough, reports fields of the object that are not in `known`, a list that ends with NULL. */
void stance_reader_check_fields(struct stance_gazetteer_reader *reader, const cJSON *object, const char *const *known);
/* Reads "from" and "until" of an object as yyyymmdd, half-open; 0: open. False: they are bad, and reported. */
bool stance_reader_days(struct stance_gazetteer_reader *reader, const cJSON *object, uint32_t *from, uint32_t *until);

/* Adds all names of an entry (gazetteer_alias.c). `alias` has the actor and dates that they share. */
void stance_reader_names(struct stance_gazetteer_reader *reader, const cJSON *entry, const char *name,
                         struct stance_alias alias);

#endif
