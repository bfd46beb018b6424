/* SPDX-License-Identifier: MIT
 * What all fuzz targets share. */
#ifndef TESTS_FUZZ_H
#define TESTS_FUZZ_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "stance/stance.h"

struct fuzz_target {
  const char *name; /* NULL: the end */
  void (*run)(const uint8_t *data, size_t size);
};
extern const struct fuzz_target fuzz_targets[];      /* parsers.c: the library and the inputs */
extern const struct fuzz_target fuzz_room_targets[]; /* rooms.c: annotate/ and classify/ */

#define HOLDS(condition)                                                             \
  do {                                                                               \
    if (!(condition)) {                                                              \
      fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__, #condition); \
      abort();                                                                       \
    }                                                                                \
  } while (0)

static struct stance_error error;

enum { PATH_ROOM = 256 };

/* A name in TMPDIR, which tests/fuzz/run makes and removes. */
static inline const char *temporary(char path[PATH_ROOM], const char *ending) {
  const char *folder = getenv("TMPDIR");
  int length = snprintf(path, PATH_ROOM, "%s/stance-fuzz-%d%s", folder ? folder : "/tmp", (int)getpid(), ending);
  HOLDS(length > 0 && length < PATH_ROOM - 100);
  return path;
}

/* The bytes as a file: parsers of files open them by name. The ending of a form is kept in its name. */
static inline const char *as_file(const uint8_t *data, size_t size, const char *ending) {
  static char path[PATH_ROOM];
  temporary(path, ending);
  FILE *file = fopen(path, "w");
  HOLDS(file && fwrite(data, 1, size, file) == size && fclose(file) == 0);
  return path;
}

static inline void check_message(enum stance_status status) {
  if (status == STANCE_OK) return;
  HOLDS(memchr(error.message, '\0', sizeof error.message) && error.message[0]);
  HOLDS(status == error.status);
}

#endif
