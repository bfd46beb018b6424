/* SPDX-License-Identifier: MIT */
#include "fields.h"

#include <string.h>

#include "stance/base/error.h"

enum stance_status classify_fields_parse(const char *list, unsigned *leaves_out, struct stance_error *error) {
#define ENTRY(id, name, bit) {name, CLASSIFY_##id},
  static const struct {
    const char *name;
    unsigned bit;
  } fields[] = {CLASSIFY_FIELDS(ENTRY)};
#define NAME(id, name, bit) " " name
  static const char all[] = CLASSIFY_FIELDS(NAME);
  *leaves_out = CLASSIFY_FIELDS_ALL;
  for (const char *at = list;; at++) {
    size_t length = strcspn(at, ","), i = 0, count = sizeof fields / sizeof *fields;
    while (i < count && !(strlen(fields[i].name) == length && memcmp(fields[i].name, at, length) == 0)) i++;
    if (i == count)
      return stance_fail(error, STANCE_USAGE, "--fields: no field '%.*s'; expected some of%s, with commas between",
                         length > 60 ? 60 : (int)length, at, all);
    *leaves_out &= ~fields[i].bit;
    at += length;
    if (!*at) return STANCE_OK;
  }
}
