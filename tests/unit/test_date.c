/* SPDX-License-Identifier: MIT
 * Dates in the forms that people and programs write. Expected values: date(1), Python's datetime.fromisocalendar, and by hand. */
#include <criterion/criterion.h>
#include <string.h>

#include "stance/text/date.h"

static const char *read_as(const char *text, enum stance_date_order order) {
  static char out[STANCE_DATE_BYTES];
  switch (stance_date_read(text, order, out)) {
    case STANCE_DATE_READ: return out;
    case STANCE_DATE_EMPTY: return "empty";
    case STANCE_DATE_AMBIGUOUS: return *out ? "ambiguous with a value" : "ambiguous";
    default: return *out ? "unread with a value" : "unread";
  }
}

static void check(const char *const cases[][2]) {
  for (size_t i = 0; cases[i][0]; i++) {
    const char *got = read_as(cases[i][0], STANCE_DATE_ORDER_UNKNOWN);
    cr_expect_str_eq(got, cases[i][1], "'%s': %s, expected %s", cases[i][0], got, cases[i][1]);
  }
}

Test(date, reads_iso_8601_in_both_spellings) {
  check((const char *const[][2]){{"2024-03-05", "2024-03-05"},
                                 {" 2024-03-05\n", "2024-03-05"},
                                 {"2024-03-05T10:15:00Z", "2024-03-05T10:15:00Z"},
                                 {"2024-03-05T10:15:00.123+01:00", "2024-03-05T10:15:00.123+01:00"},
                                 {"2024-03-05 10:15:00.123456", "2024-03-05"},
                                 {"2024/3/5", "2024-03-05"},
                                 {"2024.03.05", "2024-03-05"},
                                 {"20240305", "2024-03-05"},
                                 {"20240305T101500Z", "2024-03-05"},
                                 {"20240305101500", "2024-03-05"},
                                 {"2024-065", "2024-03-05"}, /* date -d '2024-01-01 +64 days' */
                                 {"2024-366", "2024-12-31"},
                                 {"2023-366", "unread"},
                                 {"2024-03-05T24:00:00Z", "2024-03-05T24:00:00Z"},
                                 {"2024-03-05T10:15:60Z", "2024-03-05T10:15:60Z"}, /* a leap second */
                                 {"2024-W10-2", "2024-03-05"},                     /* fromisocalendar(2024, 10, 2) */
                                 {"2021-W01-1", "2021-01-04"},
                                 {"2020-W53-7", "2021-01-03"},
                                 {"2021-W53-1", "unread"},
                                 {"2020-W01", "2019-12-30"},
                                 {"2022-05", "2022-05"},
                                 {"2022", "2022"},
                                 {"2024-02-29", "2024-02-29"},
                                 {NULL, NULL}});
}

Test(date, reads_the_time_since_1970) {
  check((const char *const[][2]){{"1709632800", "2024-03-05"}, /* date -u -d @1709632800 */
                                 {"1709632800.0", "2024-03-05"},
                                 {"1709632800000", "2024-03-05"},
                                 {"1709632800000000", "2024-03-05"},
                                 {"1709632800000000000", "2024-03-05"},
                                 {"951782399", "2000-02-28"},
                                 {"951782400", "2000-02-29"},
                                 {"915148799000", "1998-12-31"},
                                 {NULL, NULL}});
}

Test(date, reads_names_of_months) {
  check((const char *const[][2]){{"Tue, 05 Mar 2024 10:00:00 GMT", "2024-03-05"},
                                 {"Tue, 5 Mar 2024 23:30:00 -0500", "2024-03-05"}, /* the day where it was written */
                                 {"Tue Mar  5 10:00:00 2024", "2024-03-05"},
                                 {"Tue Mar 05 10:00:00 +0000 2024", "2024-03-05"},
                                 {"26-FEB-1987 15:01:01.79", "1987-02-26"},
                                 {"10-Nov-23", "2023-11-10"},
                                 {"5-Mar-99", "1999-03-05"},
                                 {"10-NOV-23 10.15.00.000000 AM", "2023-11-10"},
                                 {"31-Dec-49 23:59", "2049-12-31"},
                                 {"Tue, 05 Mar 24 10:00:00 GMT", "2024-03-05"}, /* RFC 822; RFC 2822, 4.3 */
                                 {"Mon, 21 Jul 97 09:00 -0600", "1997-07-21"},
                                 {"3 May 2022", "2022-05-03"},
                                 {"May 3, 2022", "2022-05-03"},
                                 {"May 3rd, 2022", "2022-05-03"},
                                 {"Sept. 11, 2001", "2001-09-11"},
                                 {"mardi 5 mars 2024", "2024-03-05"},
                                 {"1er f\xc3\xa9vrier 2024", "2024-02-01"},
                                 {"5. M\xc3\xa4rz 2024", "2024-03-05"},
                                 {"5 de marzo de 2024", "2024-03-05"},
                                 {"2024 March 5", "2024-03-05"},
                                 {"March 2024", "2024-03"},
                                 {"March 5, 2024 Tuesday 10:14 PM GMT", "2024-03-05"},
                                 {"February 30, 2024", "unread"},
                                 {"3 May 22", "unread"},
                                 {"3 May", "unread"},
                                 {NULL, NULL}});
}

Test(date, tells_day_from_month_only_where_it_can) {
  check((const char *const[][2]){{"05/03/2024", "ambiguous"},
                                 {"25/03/2024", "2024-03-25"},
                                 {"03/25/2024", "2024-03-25"},
                                 {"5.3.2024 10:15", "ambiguous"},
                                 {"05/05/2024", "2024-05-05"},
                                 {"13/13/2024", "unread"},
                                 {"30/02/2024", "unread"},
                                 {"05/03/24", "ambiguous"},
                                 {"25/03/24", "ambiguous"}, /* or the 24th of a March of 2025 */
                                 {"45/13/24", "unread"},
                                 {NULL, NULL}});
  cr_assert_str_eq(read_as("05/03/24", STANCE_DATE_DMY), "2024-03-05");
  cr_assert_str_eq(read_as("5/3/69 10:15", STANCE_DATE_MDY), "1969-05-03"); /* POSIX %y: 69 to 99 are of the 1900s */
  cr_assert_str_eq(read_as("05/03/2024", STANCE_DATE_DMY), "2024-03-05");
  cr_assert_str_eq(read_as("05/03/2024", STANCE_DATE_MDY), "2024-05-03");
  cr_assert_str_eq(read_as("25/03/2024", STANCE_DATE_MDY), "unread"); /* against what was said */
  cr_assert_str_eq(read_as("5.3.2024", STANCE_DATE_DMY), "2024-03-05");
}

Test(date, refuses_what_is_none) {
  check((const char *const[][2]){{"2024-02-30", "unread"},
                                 {"2024-13-01", "unread"},
                                 {"2024-00-10", "unread"},
                                 {"20240230", "unread"},
                                 {"yesterday", "unread"},
                                 {"0", "unread"},
                                 {"12", "unread"},
                                 {"99999", "unread"},
                                 {"", "empty"},
                                 {"  ", "empty"},
                                 {"NA", "empty"},
                                 {"2023-02-29T10:00:00Z", "unread"},
                                 {"2024-03-05T25:00:00Z", "unread"},
                                 {"2024-03-05T10:61:00Z", "unread"},
                                 {"2024-03-05 10:15:71", "unread"},
                                 {"NaT", "empty"}, /* pandas */
                                 {"nan", "empty"},
                                 {"None", "empty"},
                                 {"NULL", "empty"},
                                 {"\\N", "empty"},
                                 {"9999999999999999999", "unread"},
                                 {"99999999999999999999999", "unread"},
                                 {NULL, NULL}});
  char longer[400];
  memset(longer, '1', sizeof longer - 1);
  longer[sizeof longer - 1] = '\0';
  cr_assert_str_eq(read_as(longer, STANCE_DATE_ORDER_UNKNOWN), "unread");
  cr_assert_str_eq(read_as(NULL, STANCE_DATE_ORDER_UNKNOWN), "empty");
}

Test(date, knows_the_first_day_of_a_month_or_year) {
  cr_assert_eq(stance_date_first_day("2022-05-03T10:00:00Z"), 20220503);
  cr_assert_eq(stance_date_first_day("2022-05"), 20220501);
  cr_assert_eq(stance_date_first_day("2022"), 20220101);
  cr_assert_eq(stance_date_first_day("2022-13"), 0);
  cr_assert_eq(stance_date_first_day("mali"), 0);
  cr_assert_eq(stance_date_first_day(NULL), 0);
}
