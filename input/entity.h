/* SPDX-License-Identifier: MIT
 * Entities of XML and HTML 4: &amp; &rsquo; &#8217; &#x2019;. Numbers 128 to 159 are read as windows-1252, as in
 * browsers. Thread-safe. */
#ifndef STANCE_INPUT_ENTITY_H
#define STANCE_INPUT_ENTITY_H

/* Decodes the entity at `at` ("&...") to *out as UTF-8, which is never longer than the entity. Returns the position
 * after it; `at`: no entity. */
const char *entity_decode(const char *at, const char *end, char **out);

#endif
