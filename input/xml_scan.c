/* SPDX-License-Identifier: MIT
 * Cutting XML into items in a single pass over incoming bytes. */
#include <string.h>

#include "stance/base/ascii.h"
#include "xml.h"

/* state: depth * 4 + mode */
enum mode { IN_TEXT, IN_COMMENT, IN_CDATA };
enum { TAG_MAX = 65536, PREFIX_MAX = 32 };

static bool ends_name(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '>' || c == '/'; }

/* The ">" of a start tag at `at`; NULL: not in these bytes. */
static const char *tag_end(const char *at, const char *end) {
  char quote = '\0';
  for (; at < end; at++) {
    if (quote) quote = *at == quote ? '\0' : quote;
    else if (*at == '"' || *at == '\'') quote = *at;
    else if (*at == '>') return at;
  }
  return NULL;
}

/* Moves *at behind the end mark of a comment or CDATA. False: more bytes are needed, and the search will continue at
 * *at. */
static bool pass_to(const char *mark, const char *data, size_t length, size_t *at) {
  const char *found = memmem(data + *at, length - *at, mark, 3);
  if (found) *at = (size_t)(found - data) + 3;
  else if (length - *at > 2) *at = length - 2;
  return found != NULL;
}

enum match { NO, YES, MORE /* more bytes are needed */ };

static enum match begins(const char *at, const char *end, const char *word, size_t size) {
  size_t left = (size_t)(end - at), seen = left < size ? left : size;
  if (memcmp(at, word, seen) != 0) return NO;
  return left < size ? MORE : YES;
}

/* Whether `at` has the name, followed by a byte that ends a name. */
static enum match begins_name(const char *at, const char *end, const char *name, size_t size) {
  enum match match = begins(at, end, name, size);
  if (match != YES) return match;
  return at + size == end ? MORE : ends_name(at[size]) ? YES : NO;
}

/* Whether `at` has "<name" or "</name", with or without a namespace prefix ("<n:name"). */
static enum match begins_tag(const char *at, const char *end, bool is_end, const char *name, size_t size) {
  const char *from = at + 1 + is_end;
  if (at + 1 == end) return MORE;
  if ((at[1] == '/') != is_end) return NO;
  if (from >= end) return MORE;
  enum match match = begins_name(from, end, name, size);
  if (match != NO || *from == '!' || *from == '?') return match;
  const char *last = end - from > PREFIX_MAX ? from + PREFIX_MAX : end, *colon = from;
  while (colon < last && *colon != ':' && *colon != '<' && !ends_name(*colon)) colon++;
  if (colon == end) return MORE;
  return colon < last && *colon == ':' ? begins_name(colon + 1, end, name, size) : NO;
}

/* Reads a tag, comment or CDATA at *at. False: more bytes are needed. */
static bool step(const char *name, const char *data, size_t length, size_t *at, unsigned *depth, enum mode *mode,
                 bool *is_done) {
  size_t size = strlen(name);
  const char *tag = data + *at, *end = data + length;
  enum match comment = begins(tag, end, "<!--", 4), cdata = begins(tag, end, "<![CDATA[", 9);
  enum match closing = begins_tag(tag, end, true, name, size), opening = begins_tag(tag, end, false, name, size);
  if (comment == YES) {
    *mode = IN_COMMENT;
    *at += 4;
  } else if (cdata == YES) {
    *mode = IN_CDATA;
    *at += 9;
  } else if (closing == YES || opening == YES) {
    bool is_long = (size_t)(end - tag) > TAG_MAX;
    const char *close = tag_end(tag, is_long ? tag + TAG_MAX : end);
    if (!close && !is_long) return false;
    *at += close ? (size_t)(close - tag) + 1 : 1;
    bool is_empty = close && close[-1] == '/';
    if (closing == YES) *is_done = *depth && --*depth == 0;
    else if (is_empty) *is_done = *depth == 0;
    else ++*depth;
  } else if (comment == MORE || cdata == MORE || closing == MORE || opening == MORE) {
    return false;
  } else {
    *at += 1;
  }
  return true;
}

bool xml_scan_element(const char *name, const char *data, size_t length, size_t *at, unsigned *state) {
  unsigned depth = *state / 4;
  enum mode mode = (enum mode)(*state % 4);
  bool is_done = false;
  while (!is_done) {
    if (mode != IN_TEXT) {
      if (!pass_to(mode == IN_COMMENT ? "-->" : "]]>", data, length, at)) break;
      mode = IN_TEXT;
    }
    const char *tag = memchr(data + *at, '<', length - *at);
    *at = tag ? (size_t)(tag - data) : length;
    if (!tag || !step(name, data, length, at, &depth, &mode, &is_done)) break;
  }
  *state = depth * 4 + (unsigned)mode;
  return is_done;
}

const char *xml_element_start(const char *name, const char *data, size_t length) {
  size_t size = strlen(name);
  const char *at = data, *end = data + length;
  while ((at = memchr(at, '<', (size_t)(end - at))) != NULL) {
    size_t left = (size_t)(end - at);
    if (begins_tag(at, end, false, name, size) == YES) return at;
    const char *mark = left >= 4 && memcmp(at, "<!--", 4) == 0        ? "-->"
                       : left >= 9 && memcmp(at, "<![CDATA[", 9) == 0 ? "]]>"
                                                                      : NULL;
    if (mark) at = memmem(at, left, mark, 3);
    if (!at) return NULL;
    at++;
  }
  return NULL;
}

const char *xml_tag_value(const char *tag, const char *end, const char *name, size_t *length) {
  const char *close = tag < end ? tag_end(tag, end) : NULL;
  size_t size = strlen(name);
  *length = 0;
  if (!close) return NULL;
  for (const char *at = tag; at < close; at++) {
    if (*at != '=') continue;
    const char *last = at, *value = at + 1; /* end of the name; the value with its quote */
    while (last > tag && ends_name(last[-1])) last--;
    while (value < close && ends_name(*value)) value++;
    if (value == close || (*value != '"' && *value != '\'')) continue;
    const char *quote = memchr(value + 1, *value, (size_t)(close - value - 1));
    if (!quote) return NULL;
    bool is_it =
        (size_t)(last - tag) > size && memcmp(last - size, name, size) == 0 && ends_name(last[-(long)size - 1]);
    if (is_it) *length = (size_t)(quote - value - 1);
    if (is_it) return value + 1;
    at = quote;
  }
  return NULL;
}

/* The root element's "<"; NULL: no XML begins here, or no root begins in these bytes. */
static const char *find_root(const char *data, size_t length) {
  const char *at = data, *end = data + length;
  if (length >= 3 && memcmp(at, "\xef\xbb\xbf", 3) == 0) at += 3;
  for (;;) {
    while (at < end && (*at == ' ' || *at == '\n' || *at == '\t' || *at == '\r')) at++;
    if (end - at < 2 || *at != '<') return NULL;
    if (at[1] != '!' && at[1] != '?') return at;
    bool is_comment = end - at >= 4 && memcmp(at, "<!--", 4) == 0;
    if (is_comment) {
      at = memmem(at, (size_t)(end - at), "-->", 3);
      if (!at) return NULL;
      at += 3;
      continue;
    }
    int depth = 0;
    for (; at < end && !(*at == '>' && depth <= 0); at++) depth += *at == '[' ? 1 : *at == ']' ? -1 : 0;
    if (at < end) at++;
  }
}

bool xml_is_prolog(const char *data, size_t length) {
  const char *at = data, *end = data + length;
  if (length >= 3 && memcmp(at, "\xef\xbb\xbf", 3) == 0) at += 3;
  while (at < end && (*at == ' ' || *at == '\n' || *at == '\t' || *at == '\r')) at++;
  return end - at >= 2 && *at == '<' && (at[1] == '!' || at[1] == '?') && !find_root(data, length);
}

bool xml_root_name(const char *data, size_t length, char *name, size_t size) {
  const char *at = find_root(data, length), *end = data + length;
  if (!at) return false;
  const char *start = ++at;
  while (at < end && !ends_name(*at)) {
    if (*at == ':') start = at + 1;
    at++;
  }
  size_t used = (size_t)(at - start);
  if (!used || used >= size || !ascii_is_letter((unsigned char)*start)) return false;
  memcpy(name, start, used);
  name[used] = '\0';
  return true;
}
