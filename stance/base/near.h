/* SPDX-License-Identifier: MIT
 * Near names, for messages about unknown ones. */
#ifndef STANCE_NEAR_H
#define STANCE_NEAR_H

#include <stdbool.h>
#include <stddef.h>

/* True where given[0 .. length) looks like a slip of `known`: it begins it (three letters or more), or is one edit away (two where
 * known has more than five letters): a letter more, less or another, or two neighbours swapped. Names of more than 40 letters are near to nothing. */
bool stance_is_near_name(const char *given, size_t length, const char *known);

#endif
