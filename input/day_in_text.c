/* SPDX-License-Identifier: MIT */
#include "day_in_text.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "stance/base/ascii.h"
#include "stance/text/article.h"

/* Prefixes that identify a month, with and without accents; longer ones first. */
static const struct {
  const char *start;
  int month;
} months[] = {{"janv", 1},
              {"janu", 1},
              {"j\xc3\xa4n", 1},
              {"jan", 1},
              {"ene", 1},
              {"feb", 2},
              {"f\xc3\xa9v", 2},
              {"fev", 2},
              {"mar", 3},
              {"m\xc3\xa4r", 3},
              {"apr", 4},
              {"avr", 4},
              {"abr", 4},
              {"may", 5},
              {"mai", 5},
              {"juin", 6},
              {"jun", 6},
              {"juil", 7},
              {"jul", 7},
              {"aug", 8},
              {"ao\xc3\xbb", 8},
              {"aou", 8},
              {"ago", 8},
              {"sep", 9},
              {"set", 9},
              {"oct", 10},
              {"okt", 10},
              {"nov", 11},
              {"dec", 12},
              {"d\xc3\xa9"
               "c",
               12},
              {"dez", 12},
              {"dic", 12}};

static bool is_letter(char c) { return ascii_is_letter((unsigned char)c) || (unsigned char)c >= 0x80; }

static int month_of(const char *word, size_t length) {
  for (size_t i = 0; i < sizeof months / sizeof *months; i++) {
    size_t size = strlen(months[i].start);
    if (length >= size && length <= 10 && strncasecmp(word, months[i].start, size) == 0) return months[i].month;
  }
  return 0;
}

/* The number after *at, skipping blanks, commas, dots and "de"; 0: none. */
static int number_behind(const char **at, const char *end, int digits_max) {
  const char *here = *at;
  while (here < end && (*here == ' ' || *here == ',' || *here == '.' || *here == '-')) here++;
  if (end - here > 3 && strncasecmp(here, "de ", 3) == 0) here += 3;
  int number = 0, digits = 0;
  for (; here < end && digits <= digits_max && ascii_is_digit((unsigned char)*here); here++, digits++)
    number = number * 10 + *here - '0';
  if (!digits || digits > digits_max) return 0;
  if (digits <= 2 && end - here >= 2 && (strncasecmp(here, "st", 2) == 0 || strncasecmp(here, "th", 2) == 0)) here += 2;
  *at = here;
  return number;
}

/* The number of one or two digits that ends before `word`. */
static int number_before(const char *word, const char *start) {
  const char *here = word;
  while (here > start && (here[-1] == ' ' || here[-1] == '.' || here[-1] == '-')) here--;
  if (here - start > 3 && strncasecmp(here - 3, " de", 3) == 0) here -= 3;
  if (here - start > 1 && (strncasecmp(here - 2, "er", 2) == 0 || strncasecmp(here - 2, "th", 2) == 0)) here -= 2;
  int digits = 0, number = 0, scale = 1;
  for (; here > start && digits < 3 && ascii_is_digit((unsigned char)here[-1]); here--, digits++, scale *= 10)
    number += (here[-1] - '0') * scale;
  return digits == 1 || digits == 2 ? number : 0;
}

bool input_day_in_text(const char *text, size_t length, char iso[11]) {
  const char *end = text + length;
  iso[0] = '\0';
  for (const char *at = text; at < end;) {
    if (!is_letter(*at)) {
      at++;
      continue;
    }
    const char *word = at;
    while (at < end && is_letter(*at)) at++;
    int month = month_of(word, (size_t)(at - word)), day, year;
    if (!month) continue;
    const char *behind = at;
    if ((day = number_before(word, text)) != 0) {
      year = number_behind(&behind, end, 4);
    } else {
      day = number_behind(&behind, end, 2);
      year = day ? number_behind(&behind, end, 4) : 0;
    }
    if (!day || day > 31 || year < 1000) continue;
    snprintf(iso, 11, "%04u-%02u-%02u", (unsigned)year % 10000, (unsigned)month % 100, (unsigned)day % 100);
    if (stance_date_parse(iso)) return true;
    iso[0] = '\0';
  }
  return false;
}
