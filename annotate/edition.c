/* SPDX-License-Identifier: MIT
 * The codebook's edition. */
#include "edition.h"

#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <stdio.h>

#include "stance/base/error.h"
#include "stance/base/file.h"

const char *annotate_edition_of(const char *text, size_t length, const char *version, struct stance_arena *arena) {
  unsigned char digest[32];
  char hex[2 * sizeof digest + 1];
  if (gnutls_hash_fast(GNUTLS_DIG_SHA256, text, length, digest) != 0) return NULL;
  for (size_t i = 0; i < sizeof digest; i++) snprintf(hex + 2 * i, 3, "%02x", digest[i]);
  return stance_arena_format(arena, "%s@%.*s", version && *version ? version : "0", ANNOTATE_EDITION_DIGITS, hex);
}

enum stance_status annotate_edition_read(const char *path, struct stance_arena *arena, struct stance_codebook *codebook,
                                         const char **edition, struct stance_error *error) {
  char *text;
  size_t length;
  STANCE_TRY(stance_file_read(path, 0, arena, &text, &length, error));
  STANCE_TRY(stance_codebook_parse(text, length, path, arena, codebook, error));
  *edition = annotate_edition_of(text, length, codebook->version, arena);
  return *edition ? STANCE_OK : stance_fail_memory(error);
}
