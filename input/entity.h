/* SPDX-License-Identifier: MIT
 * Entities of XML and HTML 4: &amp; &rsquo; &#8217; &#x2019;. Numbers 128 to 159 are windows-1252's, as browsers read them. */
#ifndef STANCE_INPUT_ENTITY_H
#define STANCE_INPUT_ENTITY_H

/* The entity at `at` ("&...") to *out as UTF-8, which is never longer than it was; gives where it ends, `at` itself where it is none. */
const char *entity_decode(const char *at, const char *end, char **out);

#endif
