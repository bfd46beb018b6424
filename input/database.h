/* SPDX-License-Identifier: MIT
 * Exports of news databases: one article of a file that holds many. The layouts are those that tm.plugin.factiva, tm.plugin.lexisnexis,
 * tm.plugin.europresse and LexisNexisTools read, and of files that users have. */
#ifndef STANCE_INPUT_DATABASE_H
#define STANCE_INPUT_DATABASE_H

#include "agency.h"

/* `data` is UTF-8: one document, from its own start to the next one's. Strings go to the arena. */
typedef enum stance_status database_parse(const char *data, size_t length, struct stance_arena *arena,
                                          struct agency_item *item, struct stance_error *error);
database_parse database_nexis_text; /* LexisNexis Academic: "1 of 2 DOCUMENTS", wrapped at some 79 columns */
database_parse database_nexis_uni;  /* Nexis Uni: "Body" and "End of Document" */
database_parse database_proquest;   /* ProQuest: fields "Full text: ..." between lines of underscores */
database_parse database_nexis_html; /* LexisNexis Academic's HTML */
database_parse database_factiva_html;
database_parse database_europresse; /* Europresse (Eureka.cc) HTML, of 2012 and of 2015 */

/* Cut files into documents (input_scan of bytes.h). */
bool database_scan_nexis_text(const char *data, size_t length, size_t *at, unsigned *state);
/* A scanner of Nexis Uni's text export; as input_scan_line. */
bool database_scan_nexis_uni(const char *data, size_t length, size_t *at, unsigned *state);
/* A scanner of ProQuest's text export; as input_scan_line. */
bool database_scan_proquest(const char *data, size_t length, size_t *at, unsigned *state);
/* A scanner of Nexis' HTML export. */
bool database_scan_nexis_html(const char *data, size_t length, size_t *at, unsigned *state);
/* A scanner of Factiva's HTML export. */
bool database_scan_factiva_html(const char *data, size_t length, size_t *at, unsigned *state);
/* A scanner of Europresse's HTML export. */
bool database_scan_europresse(const char *data, size_t length, size_t *at, unsigned *state);

/* What a file begins with. */
bool database_is_nexis_text(const char *data, size_t length);
/* Whether the first bytes of a file are Nexis Uni's text. */
bool database_is_nexis_uni(const char *data, size_t length);
/* Whether the first bytes of a file are ProQuest's. */
bool database_is_proquest(const char *data, size_t length);
/* Likewise Nexis' HTML. */
bool database_is_nexis_html(const char *data, size_t length);
/* Likewise Factiva's HTML. */
bool database_is_factiva_html(const char *data, size_t length);
/* Likewise Europresse's HTML. */
bool database_is_europresse(const char *data, size_t length);

/* What stands between documents and is none: "Report Information from ProQuest". */
bool database_is_proquest_cover(const char *data, size_t length);

#endif
