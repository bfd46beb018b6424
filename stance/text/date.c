/* SPDX-License-Identifier: MIT
 * Reading dates. The forms are tried in this order: digits only, ISO 8601, numbers such as 05/03/2024, then numbers and
 * names of months in any order. */
#include "date.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "article.h"
#include "stance/base/ascii.h"

enum { YEAR_MIN = 1000, YEAR_MAX = 2999, TEXT_MAX = 120 };

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static bool is_leap(long year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

static int days_of(long year, int month) {
  static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return days[month - 1] + (month == 2 && is_leap(year));
}

static enum stance_date_outcome put_day(char *out, long year, long month, long day) {
  if (year < YEAR_MIN || year > YEAR_MAX || month < 1 || month > 12 || day < 1 || day > days_of(year, (int)month))
    return STANCE_DATE_UNREAD;
  snprintf(out, STANCE_DATE_BYTES, "%04ld-%02ld-%02ld", year, month, day);
  return STANCE_DATE_READ;
}

/* Writes the date `days` after 1970-01-01 (H. Hinnant, "chrono-Compatible Low-Level Date Algorithms"). */
static enum stance_date_outcome put_epoch_day(char *out, long long days) {
  long long shifted = days + 719468, era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
  long long of_era = shifted - era * 146097;
  long long year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  long long of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100),
            part = (5 * of_year + 2) / 153;
  long long month = part < 10 ? part + 3 : part - 9;
  return put_day(out, (long)(year_of_era + era * 400 + (month <= 2)), (long)month,
                 (long)(of_year - (153 * part + 2) / 5 + 1));
}

static long number(const char *digits, int count) {
  long value = 0;
  for (int i = 0; i < count; i++) value = value * 10 + (digits[i] - '0');
  return value;
}

/* ---- digits only ------------------------------------------------------------------------------------------------- */

/* 20240305, 1709632800, 1709632800000 ... */
static enum stance_date_outcome read_digits(const char *text, int count, bool is_fraction, char *out) {
  if (count == 4 && !is_fraction) {
    long year = number(text, 4);
    if (year < YEAR_MIN || year > YEAR_MAX) return STANCE_DATE_UNREAD;
    snprintf(out, STANCE_DATE_BYTES, "%04ld", year);
    return STANCE_DATE_READ;
  }
  bool may_be_day = count == 8 || count == 12 || count == 14;
  if (may_be_day && !is_fraction &&
      put_day(out, number(text, 4), number(text + 4, 2), number(text + 6, 2)) == STANCE_DATE_READ)
    return STANCE_DATE_READ;
  if (count < 9 || count > 19 || count == 14 || count == 15 || count == 17) return STANCE_DATE_UNREAD;
  long long since = 0; /* 19 digits fit */
  for (int i = 0; i < count; i++) {
    if (since > (INT64_MAX - 9) / 10) return STANCE_DATE_UNREAD;
    since = since * 10 + (text[i] - '0');
  }
  long long unit = count <= 10 ? 1 : count <= 13 ? 1000 : count <= 16 ? 1000000 : 1000000000;
  return put_epoch_day(out, since / unit / 86400);
}

/* ---- ISO 8601 ---------------------------------------------------------------------------------------------------- */

/* Writes the date of a day of an ISO 8601 week: week 1 has the year's first Thursday. */
static enum stance_date_outcome put_week(char *out, long year, long week, long day) {
  long before = year - 1,
       days = before * 365 + before / 4 - before / 100 + before / 400; /* from the year 1 to the start of this year */
  long first = days % 7;                                               /* weekday of January 1; 0: Monday */
  bool is_long = first == 3 || (first == 2 && is_leap(year));
  if (year < YEAR_MIN || year > YEAR_MAX || week < 1 || week > 52 + is_long || day < 1 || day > 7)
    return STANCE_DATE_UNREAD;
  long start = first <= 3 ? -first : 7 - first; /* days from January 1 to the start of week 1 */
  return put_epoch_day(out, days - 719162 + start + (week - 1) * 7 + day - 1);
}

/* Whether the text starts with a valid time: "10:15", "10:15:00.5Z". */
static bool is_clock(const char *text) {
  if (!is_digit(text[0]) || !is_digit(text[1]) || number(text, 2) > 24) return false;
  for (int part = 3; part <= 6 && text[part - 1] == ':'; part += 3)
    if (!is_digit(text[part]) || !is_digit(text[part + 1]) || number(text + part, 2) > (part == 3 ? 59 : 60))
      return false;
  return true;
}

static bool is_time(const char *text) {
  if (!is_clock(text)) return false;
  return text[strspn(text, "0123456789:.,+-Z")] == '\0' && strlen(text) < STANCE_DATE_BYTES - 12;
}

/* "2024-065": the day of the year. */
static enum stance_date_outcome put_day_of_year(char *out, long year, long day) {
  long month = 1;
  for (; month <= 12 && day > days_of(year, (int)month); month++) day -= days_of(year, (int)month);
  return month > 12 ? STANCE_DATE_UNREAD : put_day(out, year, month, day);
}

static enum stance_date_outcome put_month(char *out, long year, long month) {
  if (year < YEAR_MIN || year > YEAR_MAX || month < 1 || month > 12) return STANCE_DATE_UNREAD;
  snprintf(out, STANCE_DATE_BYTES, "%04ld-%02ld", year, month);
  return STANCE_DATE_READ;
}

/* Reads what follows the year and its mark in "2024-03", "2024-03-05", "2024/3/5", with or without a time. */
static enum stance_date_outcome read_iso_month(const char *rest, long year, char mark, char *out, bool *is_mine) {
  int first = (int)strspn(rest, "0123456789");
  *is_mine = first == 1 || first == 2;
  if (!*is_mine) return STANCE_DATE_UNREAD;
  long month = number(rest, first);
  rest += first;
  if (!*rest) return put_month(out, year, month);
  int second = *rest == mark ? (int)strspn(rest + 1, "0123456789") : 0;
  *is_mine = second == 1 || second == 2;
  if (!*is_mine) return STANCE_DATE_UNREAD;
  long day = number(rest + 1, second);
  rest += 1 + second;
  enum stance_date_outcome outcome = put_day(out, year, month, day);
  if (outcome != STANCE_DATE_READ || (*rest != 'T' && *rest != ' ')) return outcome;
  bool has_clock = is_digit(rest[1]) && is_digit(rest[2]) && rest[3] == ':';
  if (has_clock && !is_clock(rest + 1)) return STANCE_DATE_UNREAD;
  if (*rest == 'T' && is_time(rest + 1)) strcat(out, rest);
  return outcome;
}

/* Reads a text that starts with a year of four digits. *is_mine false: it is in no ISO form. */
static enum stance_date_outcome read_iso(const char *text, char *out, bool *is_mine) {
  int digits = (int)strspn(text, "0123456789");
  const char *rest = text + 4;
  *is_mine = true;
  if (digits == 8 && (text[8] == 'T' || text[8] == ' '))
    return put_day(out, number(text, 4), number(text + 4, 2), number(text + 6, 2));
  *is_mine = digits == 4 && (*rest == '-' || *rest == '/' || *rest == '.');
  if (!*is_mine) return STANCE_DATE_UNREAD;
  char mark = *rest++;
  long year = number(text, 4);
  if (mark == '-' && (*rest == 'W' || *rest == 'w') && is_digit(rest[1]) && is_digit(rest[2])) {
    bool has_day = rest[3] == '-' && is_digit(rest[4]);
    return put_week(out, year, number(rest + 1, 2), has_day ? rest[4] - '0' : 1);
  }
  if (mark == '-' && strspn(rest, "0123456789") == 3) return put_day_of_year(out, year, number(rest, 3));
  return read_iso_month(rest, year, mark, out, is_mine);
}

/* ---- numbers and names -------------------------------------------------------------------------------------- */

struct parts { /* 0: not seen */
  long year, month, day;
  int numbers[3], number_count; /* of 05/03/2024 */
  bool is_wrong;
};

/* The month that the word names in English, French, German or Spanish, or abbreviates in English to three letters or
 * more; 0: none. */
static int month_of(const char *word, size_t length) {
  static const char *const english[] = {"january", "february", "march",     "april",   "may",      "june",
                                        "july",    "august",   "september", "october", "november", "december"};
  static const struct {
    const char *name;
    int month;
  } others[] = {{"sept", 9},
                {"janvier", 1},
                {"fevrier", 2},
                {"f\xc3\xa9vrier", 2},
                {"mars", 3},
                {"avril", 4},
                {"mai", 5},
                {"juin", 6},
                {"juillet", 7},
                {"ao\xc3\xbbt", 8},
                {"aout", 8},
                {"septembre", 9},
                {"octobre", 10},
                {"novembre", 11},
                {"d\xc3\xa9"
                 "cembre",
                 12},
                {"decembre", 12},
                {"januar", 1},
                {"februar", 2},
                {"m\xc3\xa4rz", 3},
                {"juni", 6},
                {"juli", 7},
                {"oktober", 10},
                {"dezember", 12},
                {"enero", 1},
                {"febrero", 2},
                {"marzo", 3},
                {"abril", 4},
                {"mayo", 5},
                {"junio", 6},
                {"julio", 7},
                {"agosto", 8},
                {"septiembre", 9},
                {"octubre", 10},
                {"noviembre", 11},
                {"diciembre", 12}};
  for (int i = 0; i < 12; i++)
    if (length >= 3 && length <= strlen(english[i]) && (length == 3 || length == strlen(english[i])) &&
        strncasecmp(word, english[i], length) == 0)
      return i + 1;
  for (size_t i = 0; i < sizeof others / sizeof *others; i++)
    if (length == strlen(others[i].name) && strncasecmp(word, others[i].name, length) == 0) return others[i].month;
  return 0;
}

/* Reads the number at `at` into parts. Returns its bytes, with what belongs to it ("3rd", "10:15:00"). */
static size_t take_number(const char *at, struct parts *parts) {
  size_t digits = strspn(at, "0123456789"), length = digits;
  if (at[digits] == ':' && is_digit(at[digits + 1])) return strspn(at, "0123456789:.,"); /* a time */
  bool is_short_year = digits == 2 && parts->day && parts->month && !parts->year && at[2] == ' ' && is_digit(at[3]) &&
                       is_digit(at[4]) && at[5] == ':';
  bool is_abbreviated = digits == 2 && parts->day && parts->month && !parts->year && at[-1] == '-' &&
                        !ascii_is_letter((unsigned char)at[2]); /* 10-Nov-23: Excel's and Oracle's */
  if (is_short_year || is_abbreviated)
    parts->year = number(at, 2) + (*at < '5' ? 2000 : 1900); /* RFC 2822, 4.3; Oracle's RR */
  else if (digits == 4 && !parts->year) parts->year = number(at, 4);
  else if (digits <= 2 && !parts->day) parts->day = number(at, (int)digits);
  else if (digits > 4 || (digits <= 2 && !parts->year)) parts->is_wrong = true; /* "3 May 22" */
  static const char *const ordinals[] = {"st", "nd", "rd", "th", "er", NULL};
  for (size_t i = 0; ordinals[i]; i++)
    if (strncasecmp(at + digits, ordinals[i], 2) == 0 && !ascii_is_letter((unsigned char)at[digits + 2])) length += 2;
  return length;
}

static enum stance_date_outcome read_named(const char *text, char *out) {
  struct parts parts = {0};
  for (const char *at = text; *at && !(parts.year && parts.month && parts.day);) {
    if (is_digit(*at)) {
      at += take_number(at, &parts);
      continue;
    }
    size_t length = 0;
    while (ascii_is_letter((unsigned char)at[length]) || (unsigned char)at[length] >= 0x80) length++;
    if (length && !parts.month) parts.month = month_of(at, length);
    at += length ? length : 1;
  }
  if (parts.is_wrong || !parts.year || !parts.month) return STANCE_DATE_UNREAD;
  if (parts.day || strpbrk(text, ":")) return put_day(out, parts.year, parts.month, parts.day);
  if (parts.year < YEAR_MIN || parts.year > YEAR_MAX) return STANCE_DATE_UNREAD;
  snprintf(out, STANCE_DATE_BYTES, "%04ld-%02ld", parts.year, parts.month);
  return STANCE_DATE_READ;
}

/* Reads 05/03/2024, 5.3.2024, 05-03-2024 10:15, and 05/03/24 if the order is known. */
static enum stance_date_outcome read_numbers(const char *text, enum stance_date_order order, char *out) {
  int first = (int)strspn(text, "0123456789");
  char mark = text[first];
  const char *rest = text + first + 1;
  if (first < 1 || first > 2 || (mark != '/' && mark != '.' && mark != '-')) return STANCE_DATE_UNREAD;
  int second = (int)strspn(rest, "0123456789");
  if (second < 1 || second > 2 || rest[second] != mark) return STANCE_DATE_UNREAD;
  const char *years = rest + second + 1;
  int third = (int)strspn(years, "0123456789");
  if ((third != 4 && third != 2) || (years[third] && !strchr(" ,T", years[third]))) return STANCE_DATE_UNREAD;
  long a = number(text, first), b = number(rest, second), year = number(years, third);
  if (third == 2) year += year < 69 ? 2000 : 1900; /* POSIX strptime, %y */
  bool dmy = put_day(out, year, b, a) == STANCE_DATE_READ, mdy = put_day(out, year, a, b) == STANCE_DATE_READ;
  if (order == STANCE_DATE_ORDER_UNKNOWN && ((dmy && mdy && a != b) || (third == 2 && (dmy || mdy))))
    return STANCE_DATE_AMBIGUOUS;
  if (order == STANCE_DATE_MDY || (order == STANCE_DATE_ORDER_UNKNOWN && !dmy)) return put_day(out, year, a, b);
  return put_day(out, year, b, a);
}

enum stance_date_outcome stance_date_read(const char *text, enum stance_date_order order, char out[STANCE_DATE_BYTES]) {
  char plain[TEXT_MAX];
  bool is_iso;
  *out = '\0';
  if (!text) return STANCE_DATE_EMPTY;
  text += strspn(text, " \t\r\n");
  size_t length = strlen(text);
  while (length && strchr(" \t\r\n", text[length - 1])) length--;
  static const char *const missing[] = {"NA", "NaN", "NaT", "None", "null", "\\N", NULL}; /* R, pandas, Python, SQL */
  for (size_t i = 0; missing[i]; i++)
    if (length == strlen(missing[i]) && strncasecmp(text, missing[i], length) == 0) return STANCE_DATE_EMPTY;
  if (!length) return STANCE_DATE_EMPTY;
  if (length >= sizeof plain) return STANCE_DATE_UNREAD;
  memcpy(plain, text, length);
  plain[length] = '\0';
  enum stance_date_outcome outcome = STANCE_DATE_UNREAD;
  size_t digits = strspn(plain, "0123456789");
  bool is_fraction =
      plain[digits] == '.' && digits >= 9 && digits + 1 + strspn(plain + digits + 1, "0123456789") == length;
  if (digits && (digits == length || is_fraction)) outcome = read_digits(plain, (int)digits, is_fraction, out);
  else if (digits == 4 || digits == 8) {
    outcome = read_iso(plain, out, &is_iso);
    if (!is_iso) outcome = read_named(plain, out);
  } else {
    outcome = read_numbers(plain, order, out);
    bool has_name = strpbrk(plain, "abcdefghijlmnoprstuvwyABCDEFGHIJLMNOPRSTUVWY") != NULL;
    if (outcome == STANCE_DATE_UNREAD && has_name && !*out) outcome = read_named(plain, out);
  }
  if (outcome != STANCE_DATE_READ) *out = '\0';
  return outcome;
}

uint32_t stance_date_first_day(const char *text) {
  uint32_t day = text ? stance_date_parse(text) : 0;
  if (day || !text) return day;
  size_t digits = strspn(text, "0123456789");
  if (digits != 4) return 0;
  long year = number(text, 4), month = 1;
  if (text[4] == '-' && is_digit(text[5]) && is_digit(text[6]) && !text[7]) month = number(text + 5, 2);
  else if (text[4]) return 0;
  return year && month >= 1 && month <= 12 ? (uint32_t)(year * 10000 + month * 100 + 1) : 0;
}
