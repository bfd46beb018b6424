/* SPDX-License-Identifier: MIT */
#include "entity.h"

#include <libxml/HTMLparser.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "stance/base/ascii.h"

static bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

static char *put_code(char *out, unsigned long code) {
  if (code < 0x20 && code != '\t' && code != '\n' && code != '\r')
    return out;                      /* not allowed in XML, such as SGML's &#2; */
  if (code >= 0x80 && code < 0xa0) { /* windows-1252 is meant */
    static const unsigned short high[32] = {0x20ac, 0xfffd, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
                                            0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0xfffd, 0x017d, 0xfffd,
                                            0xfffd, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
                                            0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0xfffd, 0x017e, 0x0178};
    code = high[code - 0x80];
  }
  if ((code >= 0xd800 && code < 0xe000) || code > 0x10ffff) code = 0xfffd;
  if (code < 0x80) {
    *out++ = (char)code;
  } else if (code < 0x800) {
    *out++ = (char)(0xc0 | code >> 6);
    *out++ = (char)(0x80 | (code & 0x3f));
  } else if (code < 0x10000) {
    *out++ = (char)(0xe0 | code >> 12);
    *out++ = (char)(0x80 | (code >> 6 & 0x3f));
    *out++ = (char)(0x80 | (code & 0x3f));
  } else {
    *out++ = (char)(0xf0 | code >> 18);
    *out++ = (char)(0x80 | (code >> 12 & 0x3f));
    *out++ = (char)(0x80 | (code >> 6 & 0x3f));
    *out++ = (char)(0x80 | (code & 0x3f));
  }
  return out;
}

const char *entity_decode(const char *at, const char *end, char **out) {
  char name[12];
  size_t length = 0;
  const char *from = at + 1;
  while (from + length < end && length < sizeof name - 1 && from[length] != ';' && !is_space(from[length]) &&
         from[length] != '&')
    length++;
  if (!length || from + length == end || from[length] != ';') return at;
  memcpy(name, from, length);
  name[length] = '\0';
  if (name[0] == '#') {
    bool is_hex = name[1] == 'x' || name[1] == 'X';
    const char *digits = name + 1 + is_hex;
    char *stop;
    if (!ascii_is_digit((unsigned char)*digits) && !(is_hex && ascii_is_letter((unsigned char)*digits))) return at;
    unsigned long code = strtoul(digits, &stop, is_hex ? 16 : 10);
    if (*stop) return at;
    *out = put_code(*out, code);
    return from + length + 1;
  }
  if (strcmp(name, "apos") == 0) {
    *(*out)++ = '\'';
    return from + length + 1;
  }
  const htmlEntityDesc *entity = htmlEntityLookup((const xmlChar *)name);
  if (!entity) return at;
  *out = put_code(*out, entity->value);
  return from + length + 1;
}
