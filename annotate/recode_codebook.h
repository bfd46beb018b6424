/* SPDX-License-Identifier: MIT
 * The codebook after a recoding: labels renamed, merged or split in its JSON, so that all that it says besides stays. */
#ifndef STANCE_ANNOTATE_RECODE_CODEBOOK_H
#define STANCE_ANNOTATE_RECODE_CODEBOOK_H

#include "recode_log.h"

struct annotate_recode_edit {
  const char *text; /* the new codebook; in the arena */
  size_t length;
  size_t examples; /* that had a label which was split, and are left out */
};

/* Renamed and merged labels keep definition, key and value (of the first where none of the merged has the new name); a split one's
 * parts get its value, its definition to be rewritten, and free keys. The version's last number goes up by one. STANCE_INPUT where
 * the result is no codebook. */
enum stance_status annotate_recode_edit(const char *text, size_t length, const char *path,
                                        const struct annotate_recode_step *step, struct stance_arena *arena,
                                        struct annotate_recode_edit *edit, struct stance_error *error);

#endif
