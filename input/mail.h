/* SPDX-License-Identifier: MIT
 * Mail (RFC 5322, MIME): a news alert or a newsletter as one article. The subject is the title; the text is the first
 * text part, plain text before HTML in multipart/alternative. Attachments are ignored. Thread-safe. */
#ifndef STANCE_INPUT_MAIL_H
#define STANCE_INPUT_MAIL_H

#include "charset.h"
#include "stance/base/arena.h"
#include "stance/stance.h"

/* Whether data starts with the header of a mail, or the "From " line of an mbox. */
bool mail_is(const char *data, size_t length);
/* An input_scan (bytes.h) that cuts an mbox at "From " lines after empty ones; a single mail is one record. */
bool mail_scan(const char *data, size_t length, size_t *at, unsigned *state);
/* Reads a mail. *is_html: the text is from HTML, with a line for each paragraph; else it has the mail's lines, perhaps
 * hard-wrapped. */
enum stance_status mail_article(const char *data, size_t length, struct stance_arena *arena,
                                struct stance_article *article, bool *is_html, struct input_decoded *decoded,
                                struct stance_error *error);

#endif
