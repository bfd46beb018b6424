/* SPDX-License-Identifier: MIT
 * A wrapper of iconv that replaces and counts invalid bytes instead of stopping. */
#include "recode.h"

#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>

struct input_recode {
  iconv_t converter;
  uint64_t repaired;
};

const char *input_recode_mark(const char *data, size_t length, size_t *mark) {
  static const struct {
    const char *bytes;
    size_t length;
    const char *encoding;
  } marks[] = {{"\xff\xfe\0\0", 4, "UTF-32LE"},
               {"\0\0\xfe\xff", 4, "UTF-32BE"},
               {"\xff\xfe", 2, "UTF-16LE"},
               {"\xfe\xff", 2, "UTF-16BE"}};
  for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
    if (length < marks[i].length || memcmp(data, marks[i].bytes, marks[i].length) != 0) continue;
    *mark = marks[i].length;
    return marks[i].encoding;
  }
  return NULL;
}

bool input_recode_known(const char *encoding) {
  iconv_t converter = iconv_open("UTF-8", encoding);
  if (converter == (iconv_t)-1) return false;
  iconv_close(converter);
  return true;
}

struct input_recode *input_recode_new(const char *encoding) {
  struct input_recode *recode = calloc(1, sizeof *recode);
  if (!recode) return NULL;
  recode->converter = iconv_open("UTF-8", encoding);
  if (recode->converter != (iconv_t)-1) return recode;
  free(recode);
  return NULL;
}

void input_recode_free(struct input_recode *recode) {
  if (!recode) return;
  iconv_close(recode->converter);
  free(recode);
}

uint64_t input_recode_repaired(const struct input_recode *recode) { return recode->repaired; }

void input_recode_run(struct input_recode *recode, const char *in, size_t in_length, bool is_last, char *out,
                      size_t capacity, size_t *used, size_t *made) {
  char *from = (char *)(size_t)in, *to = out; /* iconv does not write there */
  size_t left = in_length, room = capacity;
  for (;;) {
    size_t code = iconv(recode->converter, &from, &left, &to, &room);
    bool is_cut = code == (size_t)-1 && errno == EINVAL; /* the input ends inside a character */
    bool is_bad = code == (size_t)-1 && errno == EILSEQ;
    if (!(is_bad || (is_cut && is_last)) || room < 3) break;
    memcpy(to, "\xef\xbf\xbd", 3);
    to += 3, room -= 3;
    from++, left--;
    recode->repaired++;
    if (!left) break;
  }
  *used = in_length - left;
  *made = capacity - room;
}
