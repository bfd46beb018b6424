/* SPDX-License-Identifier: MIT
 * Which codebook a label was given by: "VERSION@HASH", the codebook's own version and the first 16 hexadecimal digits of the SHA-256 of
 * its file, as `sha256sum codebook.json` tells them. Records carry it ("codebook"). */
#ifndef STANCE_ANNOTATE_EDITION_H
#define STANCE_ANNOTATE_EDITION_H

#include "project.h"

enum { ANNOTATE_EDITION_DIGITS = 16 };

/* Reads a codebook and names its edition; both in the arena. A codebook without a version has "0". */
enum stance_status annotate_edition_read(const char *path, struct stance_arena *arena, struct stance_codebook *codebook,
                                         const char **edition, struct stance_error *error);
/* The edition of a codebook's text. NULL: out of memory. */
const char *annotate_edition_of(const char *text, size_t length, const char *version, struct stance_arena *arena);

#endif
