/* SPDX-License-Identifier: MIT
 * Recodes the codebook: edits its JSON, so that all its other content stays. */
#ifndef STANCE_ANNOTATE_RECODE_CODEBOOK_H
#define STANCE_ANNOTATE_RECODE_CODEBOOK_H

#include "recode_log.h"

struct annotate_recode_edit {
  const char *text; /* the new codebook; in the arena */
  size_t length;
  size_t examples; /* examples of split labels, which are removed */
};

/* Renamed and merged labels keep definition, key and value (of the merged label with the new name, else of the first).
 * The parts of a split label get its value, its definition to be rewritten, and unused keys. The last number of the
 * version is incremented. STANCE_INPUT: the result is not a valid codebook. */
enum stance_status annotate_recode_edit(const char *text, size_t length, const char *path,
                                        const struct annotate_recode_step *step, struct stance_arena *arena,
                                        struct annotate_recode_edit *edit, struct stance_error *error);

#endif
