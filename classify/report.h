/* SPDX-License-Identifier: MIT
 * What the HTML report shows, gathered while articles pass, in bounded memory: dyads, dyads by month, the strongest sentences, and the
 * articles that say most. */
#ifndef STANCE_CLASSIFY_REPORT_H
#define STANCE_CLASSIFY_REPORT_H

#include <stdio.h>

#include "aggregate.h"
#include "facts.h"

struct classify_report;
struct classify_report *classify_report_new(
    const struct classify_style *style); /* borrows style; NULL: out of memory */
/* Frees it; NULL is fine. */
void classify_report_destroy(struct classify_report *report);
bool classify_report_add(struct classify_report *report,
                         const struct classify_scored *scored); /* needs sentences' texts; false: out of memory */
/* Writes all that was added, to be loaded by the same program. False: the file cannot be written. */
bool classify_report_save(const struct classify_report *report, FILE *file);
bool classify_report_load(struct classify_report *report, FILE *file); /* into an empty one */

/* One page, with all it needs in it. Dyads with fewer units than min_count are left out. False: out of memory. */
bool classify_report_write(const struct classify_report *report, const char *title, uint64_t min_count,
                           const struct classify_facts *facts, struct stance_buffer *out); /* facts may be NULL */

#endif
