/* SPDX-License-Identifier: MIT */
#include "markup.h"

#include <string.h>

#include "stance/stance.h"

void stance_markup_text(struct stance_buffer *out, const char *text, size_t length) {
  size_t plain = 0;
  for (size_t i = 0; i < length; i++) {
    unsigned char c = (unsigned char)text[i];
    const char *escape = c == '&'                ? "&amp;"
                         : c == '<'              ? "&lt;"
                         : c == '>'              ? "&gt;"
                         : c == '"'              ? "&quot;"
                         : c == '\''             ? "&#39;"
                         : c < 0x20 || c == 0x7f ? " "
                                                 : NULL;
    if (!escape) continue;
    stance_buffer_append(out, text + plain, i - plain);
    stance_buffer_puts(out, escape);
    plain = i + 1;
  }
  stance_buffer_append(out, text + plain, length - plain);
}

void stance_markup_string(struct stance_buffer *out, const char *text) {
  if (text) stance_markup_text(out, text, strlen(text));
}

void stance_markup_element(struct stance_buffer *out, const char *start, const char *text) {
  stance_buffer_putc(out, '<');
  stance_buffer_puts(out, start);
  stance_buffer_putc(out, '>');
  stance_markup_string(out, text);
  stance_buffer_puts(out, "</");
  stance_buffer_append(out, start, strcspn(start, " "));
  stance_buffer_putc(out, '>');
}

void stance_markup_page_start(struct stance_buffer *out, const char *title, const char *style) {
  stance_buffer_puts(
      out,
      "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
      "content=\"width=device-width,initial-scale=1\"><meta name=\"generator\" content=\"stancekit " STANCE_VERSION
      "\">");
  stance_markup_element(out, "title", title);
  stance_buffer_puts(out, "<link rel=\"icon\" href=\"data:,\"><style>");
  stance_buffer_puts(out, style);
  stance_buffer_puts(out, "</style></head><body>\n");
}
