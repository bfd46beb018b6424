/* SPDX-License-Identifier: MIT
 * The dates of articles: from the forms that newsrooms, agencies, feeds and table programs write to ISO 8601.
 * Thread-safe. */
#ifndef STANCE_DATE_H
#define STANCE_DATE_H

#include <stdint.h>

enum stance_date_order { STANCE_DATE_ORDER_UNKNOWN, STANCE_DATE_DMY, STANCE_DATE_MDY };
enum stance_date_outcome {
  STANCE_DATE_READ,
  STANCE_DATE_EMPTY,     /* only white space, or a word for a missing value: NA, NaT, null */
  STANCE_DATE_UNREAD,    /* in no known form, or a day that does not exist */
  STANCE_DATE_AMBIGUOUS, /* 05/03/2024 without a known order */
};
enum { STANCE_DATE_BYTES = 48 };

/* Reads ISO 8601 (extended: 2024-03-05, 2024-03-05T10:00:00Z, 2024-065, 2024-W10-2, 2024-03, 2024; basic: 20240305,
 * 20240305T101500Z), RFC 2822 and similar forms (Tue, 5 Mar 2024 10:00:00 +0100; 26-FEB-1987 15:01; 26-Feb-87, years
 * 1950 to 2049), dates with a month's name in English, French, German or Spanish (May 3, 2022; 3 mai 2022; May 2022),
 * 05/03/2024 if the order is known or one number is above 12, 05/03/24 if the order is known, and the time since 1970
 * in s, ms, us or ns
 * (1709632800, 1709632800.0, 1709632800000). Writes YYYY-MM-DD to out, with the time if the text was ISO extended with
 * a T; or YYYY-MM or YYYY if no more is known. A time since 1970 gives the day in UTC. Does not allocate. */
enum stance_date_outcome stance_date_read(const char *text, enum stance_date_order order, char out[STANCE_DATE_BYTES]);
/* The first day, as yyyymmdd, of "2022-05-03...", "2022-05" or "2022"; 0 if it is none of them. */
uint32_t stance_date_first_day(const char *text);

#endif
