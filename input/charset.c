/* SPDX-License-Identifier: MIT */
#include "charset.h"

#include <errno.h>
#include <iconv.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "stance/base/ascii.h"
#include "stance/base/error.h"
#include "stance/base/utf8.h"

enum { LABEL_MAX = 40, META_BYTES = 4096 };

/* Labels that mean another encoding on the web, with its name in iconv. */
static const struct {
  const char *label, *name;
} labels[] = {{"gb2312", "GB18030"},        {"gbk", "GB18030"},
              {"gb_2312-80", "GB18030"},    {"shift_jis", "CP932"},
              {"shift-jis", "CP932"},       {"sjis", "CP932"},
              {"x-sjis", "CP932"},          {"ms_kanji", "CP932"},
              {"euc-kr", "CP949"},          {"ks_c_5601-1987", "CP949"},
              {"big5", "BIG5-HKSCS"},       {"iso-8859-9", "CP1254"},
              {"latin5", "CP1254"},         {"tis-620", "CP874"},
              {"iso-8859-11", "CP874"},     {"iso-8859-8-i", "ISO-8859-8"},
              {"x-mac-roman", "MACINTOSH"}, {"macintosh", "MACINTOSH"},
              {"unicode", "UTF-16LE"},      {"utf-16", "UTF-16LE"},
              {"x-gbk", "GB18030"}};
static const char *const western[] = {"iso-8859-1", "iso8859-1", "iso_8859-1",   "latin1", "latin-1",  "l1",
                                      "us-ascii",   "ascii",     "windows-1252", "cp1252", "x-cp1252", "ansi_x3.4-1968",
                                      "cp819",      NULL};
/* Bytes 0x80 to 0x9f of windows-1252, by the standard. */
static const uint16_t high[32] = {0x20ac, 0x81,   0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
                                  0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8d,   0x017d, 0x8f,
                                  0x90,   0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
                                  0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x9d,   0x017e, 0x0178};

static char *put_code(char *out, uint32_t code) {
  if (code < 0x80) {
    *out++ = (char)code;
  } else if (code < 0x800) {
    *out++ = (char)(0xc0 | code >> 6);
    *out++ = (char)(0x80 | (code & 0x3f));
  } else {
    *out++ = (char)(0xe0 | code >> 12);
    *out++ = (char)(0x80 | (code >> 6 & 0x3f));
    *out++ = (char)(0x80 | (code & 0x3f));
  }
  return out;
}

static enum stance_status from_western(const char **data, size_t *length, struct stance_arena *arena,
                                       struct stance_error *error) {
  char *text = stance_arena_alloc(arena, *length + 1, 3), *out = text;
  if (!text) return stance_fail_memory(error);
  for (size_t i = 0; i < *length; i++) {
    unsigned char c = (unsigned char)(*data)[i];
    out = put_code(out, c >= 0x80 && c < 0xa0 ? high[c - 0x80] : c);
  }
  *out = '\0';
  *data = text;
  *length = (size_t)(out - text);
  return STANCE_OK;
}

static enum stance_status from_iconv(iconv_t converter, const char **data, size_t *length, struct stance_arena *arena,
                                     struct input_decoded *decoded, struct stance_error *error) {
  size_t room = *length * 3 + 16, left = *length;
  char *text = stance_arena_alloc(arena, room + 4, 1), *out = text, *in = (char *)*data;
  if (!text) return stance_fail_memory(error);
  while (left) {
    if (iconv(converter, &in, &left, &out, &room) != (size_t)-1) break;
    if (errno == E2BIG || room < 3) break; /* no encoding more than triples in UTF-8 */
    memcpy(out, "\xef\xbf\xbd", 3);
    out += 3, room -= 3, in++, left--;
    decoded->repaired++;
  }
  *out = '\0';
  *data = text;
  *length = (size_t)(out - text);
  return STANCE_OK;
}

static bool is_listed(const char *label, const char *const *list) {
  for (; *list; list++)
    if (strcasecmp(label, *list) == 0) return true;
  return false;
}

static enum stance_status from_utf8(const char **data, size_t *length, struct stance_arena *arena,
                                    struct input_decoded *decoded, struct stance_error *error) {
  size_t bad;
  *data = stance_utf8_repair(arena, *data, *length, length, &bad);
  if (!*data) return stance_fail_memory(error);
  decoded->repaired += bad;
  return STANCE_OK;
}

/* Replaces NULs, which would end strings, by blanks, except in encodings with two or more bytes for each letter. */
static enum stance_status without_nuls(const char *label, const char **data, size_t length, struct stance_arena *arena,
                                       struct input_decoded *decoded, struct stance_error *error) {
  bool is_wide = label && (strcasestr(label, "utf-16") || strcasestr(label, "utf-32") || strcasestr(label, "ucs") ||
                           strcasecmp(label, "unicode") == 0);
  if (is_wide || !length || !memchr(*data, '\0', length)) return STANCE_OK;
  char *copy = stance_arena_copy(arena, *data, length);
  if (!copy) return stance_fail_memory(error);
  for (char *at = copy; (at = memchr(at, '\0', (size_t)(copy + length - at))) != NULL; decoded->repaired++) *at = ' ';
  *data = copy;
  return STANCE_OK;
}

enum stance_status input_charset_decode(const char *label, const char **data, size_t *length,
                                        struct stance_arena *arena, struct input_decoded *decoded,
                                        struct stance_error *error) {
  bool has_mark = *length >= 2 && (memcmp(*data, "\xff\xfe", 2) == 0 || memcmp(*data, "\xfe\xff", 2) == 0);
  if (has_mark) label = **data == '\xff' ? "UTF-16LE" : "UTF-16BE";
  STANCE_TRY(without_nuls(label, data, *length, arena, decoded, error));
  const char *start = *data;
  bool is_utf8 = !has_mark && stance_utf8_valid(start, *length),
       is_ascii = is_utf8 && stance_utf8_is_ascii(start, *length);
  if (is_utf8 && (!is_ascii || !label || !strcasestr(label, "2022"))) return STANCE_OK;
  if (label && (strcasecmp(label, "utf-8") == 0 || strcasecmp(label, "utf8") == 0))
    return from_utf8(data, length, arena, decoded, error);
  decoded->is_guessed |= !label;
  if (!label || is_listed(label, western)) return from_western(data, length, arena, error);
  const char *name = label;
  for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
    if (strcasecmp(label, labels[i].label) == 0) name = labels[i].name;
  iconv_t converter = iconv_open("UTF-8", name);
  if (converter == (iconv_t)-1) {
    decoded->is_guessed = true;
    return from_western(data, length, arena, error);
  }
  enum stance_status status = from_iconv(converter, data, length, arena, decoded, error);
  iconv_close(converter);
  return status;
}

/* Finds the label of "charset=" in a meta tag or of encoding= in an XML declaration, in the first bytes. False:
 * none. */
static bool declared(const char *data, size_t length, char *label) {
  static const char *const marks[] = {"charset", "encoding", NULL};
  if (length > META_BYTES) length = META_BYTES;
  for (size_t i = 0; i + 8 < length; i++) {
    for (size_t mark = 0; marks[mark]; mark++) {
      size_t size = strlen(marks[mark]), at = i + size;
      if (strncasecmp(data + i, marks[mark], at <= length ? size : 1) != 0 || at > length) continue;
      while (at < length && (data[at] == ' ' || data[at] == '\t')) at++;
      if (at == length || data[at] != '=') continue;
      for (at++; at < length && strchr(" \t\"'", data[at]) && data[at];) at++;
      size_t used = 0;
      while (at < length && used < LABEL_MAX && data[at] &&
             (ascii_is_letter((unsigned char)data[at]) || strchr("-_:.+0123456789", data[at])))
        label[used++] = data[at++];
      label[used] = '\0';
      if (used) return true;
    }
  }
  return false;
}

enum stance_status input_charset_html(const char *label, const char **data, size_t *length, struct stance_arena *arena,
                                      struct input_decoded *decoded, struct stance_error *error) {
  char own[LABEL_MAX + 1];
  if (!label && declared(*data, *length, own)) label = own;
  /* If the label could be read as ASCII, the page is not UTF-16. */
  if (label && strncasecmp(label, "utf-16", 6) == 0) label = "utf-8";
  return input_charset_decode(label, data, length, arena, decoded, error);
}
