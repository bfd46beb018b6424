/* SPDX-License-Identifier: MIT */
#include "plain.h"

#include <utf8proc.h>

#include "swar.h"

enum stance_plain stance_plain_kind(uint32_t code) {
  if (code < 0xa0) {
    if ((code >= '\t' && code <= '\r') || code == 0x85) return STANCE_PLAIN_BLANK;
    return code < ' ' || code >= 0x7f ? STANCE_PLAIN_CONTROL : STANCE_PLAIN_SHOWN;
  }
  if (code < 0x061c) return STANCE_PLAIN_SHOWN;
  if (code == 0x2028 || code == 0x2029) return STANCE_PLAIN_BLANK;
  bool is_hidden = code == 0x061c || code == 0x200e || code == 0x200f || (code >= 0x202a && code <= 0x202e) ||
                   (code >= 0x2066 && code <= 0x2069) || (code >= 0xfff9 && code <= 0xfffb) ||
                   (code >= 0xe0000 && code <= 0xe007f);
  return is_hidden ? STANCE_PLAIN_HIDDEN : STANCE_PLAIN_SHOWN;
}

void stance_buffer_plain(struct stance_buffer *buffer, const char *text, size_t length, bool keeps_lines) {
  size_t from = 0; /* bytes from here to `at` are shown unchanged and not appended yet */
  for (size_t at = 0; at < length;) {
    while (length - at >= 8 && swar_range(swar_load(text + at), ' ', '~') == SWAR_HIGHS) at += 8;
    if (at == length) break;
    if (text[at] >= ' ' && text[at] < 0x7f) {
      at++;
      continue;
    }
    utf8proc_int32_t code;
    utf8proc_ssize_t step =
        utf8proc_iterate((const utf8proc_uint8_t *)text + at, (utf8proc_ssize_t)(length - at), &code);
    enum stance_plain kind = step > 0 ? stance_plain_kind((uint32_t)code) : STANCE_PLAIN_CONTROL;
    size_t next = at + (step > 0 ? (size_t)step : 1);
    if (kind != STANCE_PLAIN_SHOWN && !(keeps_lines && (text[at] == '\n' || text[at] == '\t'))) {
      stance_buffer_append(buffer, text + from, at - from);
      if (kind != STANCE_PLAIN_HIDDEN) stance_buffer_puts(buffer, kind == STANCE_PLAIN_BLANK ? " " : "\xef\xbf\xbd");
      from = next;
    }
    at = next;
  }
  stance_buffer_append(buffer, text + from, length - from);
}
