/* SPDX-License-Identifier: MIT
 * Finding a date among other words, as in database exports: "December 19, 1991, Sunday, Late Edition", "mardi 14 mars
 * 2006, p. 16". Thread-safe. */
#ifndef STANCE_INPUT_DAY_IN_TEXT_H
#define STANCE_INPUT_DAY_IN_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/* Writes the first date that has a month's name (English, French, German, Spanish, or 3 or more letters of it), a day
 * and a year of four digits, as YYYY-MM-DD. False: none, and iso is "". */
bool input_day_in_text(const char *text, size_t length, char iso[11]);

#endif
