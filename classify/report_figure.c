/* SPDX-License-Identifier: MIT
 * A figure of the report: the picture, and links that save it as SVG and its numbers as CSV. The links contain the
 * files (data: URIs), so they work without a server and without script. */
#include <stdio.h>
#include <string.h>

#include "report_data.h"

/* The style of pictures. The page sets its variables; a saved file uses the fallback values. */
const char report_svg_style[] =
    "svg{font:13px system-ui,sans-serif}svg text:not([fill]){fill:var(--ink,#1a1a1a)}svg "
    "text.letter{font-weight:700;font-size:17px;text-anchor:middle}"
    "svg text.small{font-size:12px;text-anchor:middle}svg .self{fill:var(--soft,#eee)}"
    "svg.heat rect{stroke:#bbb;stroke-width:.6}.node{fill:var(--paper,#fff);stroke:var(--ink,#333);stroke-width:1.5}"
    ".node-name{font-weight:600;paint-order:stroke;stroke:var(--paper,#fff);stroke-width:4px}.edge{fill:none}.edge.h{"
    "stroke:var(--h,#b34700)}"
    ".edge.f{stroke:var(--f,#1f6fb4);stroke-dasharray:9 4}.edge.n{stroke:#888;stroke-dasharray:2 4}svg "
    "text.edge-letter{font-weight:700;"
    "text-anchor:middle;paint-order:stroke;stroke:var(--paper,#fff);stroke-width:4px}svg "
    "text.edge-letter.h{fill:var(--h,#b34700)}"
    "svg text.edge-letter.f{fill:var(--f,#1f6fb4)}svg "
    "text.edge-letter.n{fill:var(--n,#666)}.head-h{fill:var(--h,#b34700)}"
    ".head-f{fill:var(--f,#1f6fb4)}.head-n{fill:#888}.grid{stroke:var(--soft,#ddd)}.zero{stroke:#888}.band{fill:#999;"
    "opacity:.4}"
    ".bar{stroke:#888;stroke-width:2}.mean{fill:none;stroke:var(--ink,#333);stroke-width:1.5}.point{stroke:var(--ink,#"
    "333)}"
    "svg text.tick{font-size:12px;text-anchor:middle}svg text.tick.end{text-anchor:end}";

/* Percent-encodes all but characters that are safe in URIs and attributes. */
static void put_encoded(struct stance_buffer *out, const char *text, size_t length) {
  static const char hex[] = "0123456789ABCDEF";
  size_t plain = 0;
  for (size_t i = 0; i < length; i++) {
    unsigned char c = (unsigned char)text[i];
    if (c > 0x20 && c < 0x7f && !strchr("\"'#%&<>`{}|^\\", c)) continue;
    stance_buffer_append(out, text + plain, i - plain);
    const char escape[3] = {'%', hex[c >> 4], hex[c & 15]};
    stance_buffer_append(out, escape, sizeof escape);
    plain = i + 1;
  }
  stance_buffer_append(out, text + plain, length - plain);
}

void report_put_links(struct stance_buffer *out, const struct stance_buffer *svg, const struct stance_buffer *csv,
                      const char *name) {
  if (svg->failed || csv->failed) out->failed = true;
  if (out->failed) return;
  stance_buffer_printf(out, "<p class=\"save\">Save: <a download=\"%s.svg\" href=\"data:image/svg+xml;charset=utf-8,",
                       name);
  put_encoded(out, svg->data ? svg->data : "", svg->length);
  stance_buffer_printf(out, "\">SVG</a> <a download=\"%s.csv\" href=\"data:text/csv;charset=utf-8,", name);
  put_encoded(out, csv->data ? csv->data : "", csv->length);
  stance_buffer_puts(out, "\">CSV</a></p>\n");
}

void report_put_picture(struct stance_buffer *out, const struct stance_buffer *svg, const struct stance_buffer *csv,
                        const char *name) {
  if (svg->failed || csv->failed) out->failed = true;
  if (!svg->data || out->failed) return;
  const char *inside = strchr(svg->data, '>');
  if (!inside) return;
  size_t opening = (size_t)(inside - svg->data) + 1;
  stance_buffer_puts(out, "<div class=\"picture\">");
  stance_buffer_append(out, svg->data, svg->length);
  stance_buffer_puts(out, "</div>");
  struct stance_buffer file = {0};
  stance_buffer_puts(&file, "<svg xmlns=\"http://www.w3.org/2000/svg\"");
  stance_buffer_append(&file, svg->data + 4, opening - 4);
  stance_buffer_printf(&file, "<style>%s</style>", report_svg_style);
  stance_buffer_append(&file, inside + 1, svg->length - opening);
  report_put_links(out, &file, csv, name);
  stance_buffer_free(&file);
}

void report_rows_csv(const struct classify_report *report, const char *group, const struct classify_row *const *rows,
                     size_t count, struct stance_buffer *out) {
  struct classify_style style = *report->style;
  struct classify_keys keys = classify_keys_of(CLASSIFY_BY_DYAD);
  style.delimiter = ',';
  if (group) {
    keys.group_count = 1;
    keys.groups[0] = CLASSIFY_BY_COLUMN;
    snprintf(keys.names[0], sizeof keys.names[0], "%s", group);
  }
  classify_rows_csv_header(&style, &keys, out);
  for (size_t i = 0; i < count; i++) classify_rows_csv(&style, &keys, rows[i], 1, out);
}
