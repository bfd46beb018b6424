/* SPDX-License-Identifier: MIT
 * Similar names, for messages about unknown ones. Thread-safe. */
#ifndef STANCE_NEAR_H
#define STANCE_NEAR_H

#include <stdbool.h>
#include <stddef.h>

/* Whether given[0 .. length) looks like a slip of `known`: a prefix of three letters or more, or an edit distance of
 * one (two if known has more than five letters), where an edit is an insertion, deletion, replacement or swap of
 * neighbours. False above 40 letters. */
bool stance_is_near_name(const char *given, size_t length, const char *known);

#endif
