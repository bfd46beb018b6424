/* SPDX-License-Identifier: MIT
 * A day within other words, as database exports have it: "December 19, 1991, Sunday, Late Edition", "mardi 14 mars 2006, p. 16". */
#ifndef STANCE_INPUT_DAY_IN_TEXT_H
#define STANCE_INPUT_DAY_IN_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/* The first day with a month's name (English, French, German, Spanish; 3 letters or more of it) beside a day and a year of four digits, as
 * YYYY-MM-DD; false: none, and iso is "". */
bool input_day_in_text(const char *text, size_t length, char iso[11]);

#endif
