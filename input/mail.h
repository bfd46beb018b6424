/* SPDX-License-Identifier: MIT
 * Mail (RFC 5322, MIME): a news alert or a newsletter as one article. The subject is the title; the text is that of the first part that has
 * any, text before HTML where both say the same (multipart/alternative). Attachments are no text. */
#ifndef STANCE_INPUT_MAIL_H
#define STANCE_INPUT_MAIL_H

#include "charset.h"
#include "stance/base/arena.h"
#include "stance/stance.h"

/* Whether data begins with the header of a mail, or with an mbox's "From " line. */
bool mail_is(const char *data, size_t length);
/* Cuts an mbox at "From " lines behind empty ones; a single mail is one record (input_scan of bytes.h). */
bool mail_scan(const char *data, size_t length, size_t *at, unsigned *state);
/* *is_html: the text was HTML, and is a paragraph a line; else its lines are the mail's own, perhaps wrapped. */
enum stance_status mail_article(const char *data, size_t length, struct stance_arena *arena,
                                struct stance_article *article, bool *is_html, struct input_decoded *decoded,
                                struct stance_error *error);

#endif
