/* SPDX-License-Identifier: MIT
 * Names of labels that other people's files have, to those of a codebook. */
#ifndef STANCE_ANNOTATE_LABEL_MAP_H
#define STANCE_ANNOTATE_LABEL_MAP_H

#include "format.h"
#include "stance/labels/codebook.h"

/* maps: "OLD=NEW" each; a label OLD becomes NEW. STANCE_USAGE where one has no '=' or an empty side, or OLD stands twice. */
enum stance_status annotate_map_labels(struct stance_record *records, size_t count, const char *const *maps,
                                       size_t map_count, struct stance_arena *arena, struct stance_error *error);
/* Takes records of heads and labels that the codebook lacks out; each is counted by its name. */
void annotate_skip_unknown(struct annotate_records *records, const struct stance_codebook *codebook,
                           struct annotate_losses *losses);

#endif
