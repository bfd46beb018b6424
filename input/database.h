/* SPDX-License-Identifier: MIT
 * Exports of news databases, where a file has many articles. The layouts are those that the R packages
 * tm.plugin.factiva, tm.plugin.lexisnexis, tm.plugin.europresse and LexisNexisTools read, and those of users' files.
 * Thread-safe. */
#ifndef STANCE_INPUT_DATABASE_H
#define STANCE_INPUT_DATABASE_H

#include "agency.h"

/* Reads one document, UTF-8, up to the start of the next. Strings are in the arena. */
typedef enum stance_status database_parse(const char *data, size_t length, struct stance_arena *arena,
                                          struct agency_item *item, struct stance_error *error);
database_parse database_nexis_text; /* LexisNexis Academic: "1 of 2 DOCUMENTS", wrapped at about 79 columns */
database_parse database_nexis_uni;  /* Nexis Uni: "Body" and "End of Document" */
database_parse database_proquest;   /* ProQuest: fields "Full text: ..." between lines of underscores */
database_parse database_nexis_html; /* LexisNexis Academic's HTML */
database_parse database_factiva_html;
database_parse database_europresse; /* Europresse (Eureka.cc) HTML, of 2012 and of 2015 */

/* Each of these is an input_scan (bytes.h) that cuts a file of that format into documents. */
bool database_scan_nexis_text(const char *data, size_t length, size_t *at, unsigned *state);
bool database_scan_nexis_uni(const char *data, size_t length, size_t *at, unsigned *state);
bool database_scan_proquest(const char *data, size_t length, size_t *at, unsigned *state);
bool database_scan_nexis_html(const char *data, size_t length, size_t *at, unsigned *state);
bool database_scan_factiva_html(const char *data, size_t length, size_t *at, unsigned *state);
bool database_scan_europresse(const char *data, size_t length, size_t *at, unsigned *state);

/* Each of these tells whether the first bytes of a file are of that format. */
bool database_is_nexis_text(const char *data, size_t length);
bool database_is_nexis_uni(const char *data, size_t length);
bool database_is_proquest(const char *data, size_t length);
bool database_is_nexis_html(const char *data, size_t length);
bool database_is_factiva_html(const char *data, size_t length);
bool database_is_europresse(const char *data, size_t length);

/* Whether a part of a ProQuest file is a cover instead of a document: "Report Information from ProQuest". */
bool database_is_proquest_cover(const char *data, size_t length);

#endif
