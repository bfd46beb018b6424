/* SPDX-License-Identifier: MIT
 * The edition of a codebook, which label records name in "codebook": "VERSION@HASH", the codebook's own version and the
 * first 16 hexadecimal digits of its file's SHA-256 (as `sha256sum codebook.json` prints it). */
#ifndef STANCE_ANNOTATE_EDITION_H
#define STANCE_ANNOTATE_EDITION_H

#include "project.h"

enum { ANNOTATE_EDITION_DIGITS = 16 };

/* Reads a codebook and computes its edition, both in the arena. A codebook without a version has the version "0". */
enum stance_status annotate_edition_read(const char *path, struct stance_arena *arena, struct stance_codebook *codebook,
                                         const char **edition, struct stance_error *error);
/* The edition of a codebook's text. NULL: out of memory. */
const char *annotate_edition_of(const char *text, size_t length, const char *version, struct stance_arena *arena);

#endif
