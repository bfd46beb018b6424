/* SPDX-License-Identifier: MIT
 * Maps the labels of imported files to a codebook's labels. */
#ifndef STANCE_ANNOTATE_LABEL_MAP_H
#define STANCE_ANNOTATE_LABEL_MAP_H

#include "format.h"
#include "stance/labels/codebook.h"

/* maps: "OLD=NEW" each; the label OLD becomes NEW. STANCE_USAGE: a map without '=' or with an empty side, or two maps
 * of one OLD. */
enum stance_status annotate_map_labels(struct stance_record *records, size_t count, const char *const *maps,
                                       size_t map_count, struct stance_arena *arena, struct stance_error *error);
/* Removes records with heads or labels that the codebook lacks; each is counted as a loss by its name. */
void annotate_skip_unknown(struct annotate_records *records, const struct stance_codebook *codebook,
                           struct annotate_losses *losses);

#endif
