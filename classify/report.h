/* SPDX-License-Identifier: MIT
 * Gathering the data of the HTML report as articles are scored, in bounded memory: dyads, dyads by month, the strongest
 * sentences, and the articles with most labels other than neutral. One thread at a time. */
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
/* Writes the data in a format for this version of the program. False: the file can not be written. */
bool classify_report_save(const struct classify_report *report, FILE *file);
bool classify_report_load(struct classify_report *report,
                          FILE *file); /* into an empty report; false: damaged, or out of memory */

/* Appends the report as one self-contained page, without dyads of fewer than min_count units. False: out of memory. */
bool classify_report_write(const struct classify_report *report, const char *title, uint64_t min_count,
                           const struct classify_facts *facts, struct stance_buffer *out); /* facts may be NULL */

#endif
