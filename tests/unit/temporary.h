/* SPDX-License-Identifier: MIT
 * Where tests put their files. */
#ifndef TESTS_TEMPORARY_H
#define TESTS_TEMPORARY_H

#include <stdlib.h>
#include <string.h>

/* TMPDIR, which tests/run makes in memory; /tmp without it, or where it is longer than 36 bytes: the tests' paths have 64. */
static inline const char *temporary_folder(void) {
  const char *folder = getenv("TMPDIR");
  return folder && *folder && strlen(folder) <= 36 ? folder : "/tmp";
}

#endif
