/* SPDX-License-Identifier: MIT
 * The figure: corrected mean scores with interval bars, and the predictions as a thin grey line; points based on fewer
 * than ten labels are hollow. The first column is the x axis; each value of the second has a panel. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "estimate.h"
#include "report_data.h"
#include "stance/base/markup.h"

enum {
  PANEL_WIDTH = 640,
  PANEL_HEIGHT = 230,
  LEFT = 52,
  RIGHT = 14,
  TOP = 34,
  BOTTOM = 58,
  PANELS_MOST = 24,
  TICK_ROOM = 58,
  FEW = 10
};

static bool is_drawn(const struct estimate_row *row) { return row->kind == ESTIMATE_LEVEL && row->label < 0; }

static bool is_same_panel(const struct estimate *estimate, const struct estimate_row *a, const struct estimate_row *b) {
  for (size_t c = 1; c < estimate->options->by_count; c++)
    if (a->by[c] != b->by[c]) return false;
  return true;
}

static void put_style(struct stance_buffer *out) {
  stance_buffer_puts(
      out,
      "<style>text{font:13px "
      "system-ui,sans-serif;fill:#222}.small{font-size:11.5px;fill:#444}.name{font-weight:600}.grid{stroke:#ddd}"
      ".zero{stroke:#777}.alone{fill:none;stroke:#8a8a8a;stroke-width:1.2}.alone-point{fill:#8a8a8a}.bar{stroke:#222;"
      "stroke-width:1.6}"
      ".point{fill:#1f6fb4;stroke:#123f66;stroke-width:1.4}.few{fill:#fff}</style>");
}

/* The range of scores that includes all intervals, rounded outwards to multiples of 0.2. */
static void find_range(const struct estimate *estimate, double *low, double *high) {
  *low = 0;
  *high = 0;
  for (size_t r = 0; r < estimate->row_count; r++) {
    const struct estimate_row *row = &estimate->rows[r];
    if (!is_drawn(row)) continue;
    *low = fmin(*low, fmin(row->predicted, isnan(row->low) ? row->predicted : row->low));
    *high = fmax(*high, fmax(row->predicted, isnan(row->high) ? row->predicted : row->high));
  }
  *low = floor(*low * 5 - 0.01) / 5;
  *high = ceil(*high * 5 + 0.01) / 5;
}

static void put_panel(const struct estimate *estimate, const struct estimate_row *first, int top, double low,
                      double high, struct stance_buffer *out) {
  size_t count = 0, at = 0;
  double wide = PANEL_WIDTH - LEFT - RIGHT, tall = PANEL_HEIGHT - TOP - BOTTOM;
  for (const struct estimate_row *row = first; row < estimate->rows + estimate->row_count; row++)
    count += is_drawn(row) && is_same_panel(estimate, first, row);
#define X(i) (LEFT + wide * ((double)(i) + 0.5) / (double)count)
#define Y(score) (top + TOP + (high - (score)) / (high - low) * tall)
  stance_buffer_printf(out, "<text class=\"name\" x=\"%d\" y=\"%d\">", LEFT, top + 20);
  for (size_t c = 1; c < estimate->options->by_count; c++) {
    if (c > 1) stance_buffer_puts(out, ", ");
    stance_markup_string(out, first->by[c] ? first->by[c] : "not known");
  }
  stance_buffer_puts(out, "</text>");
  double step = high - low > 1.01 ? 0.4 : 0.2;
  for (double score = ceil(low / step - 1e-9) * step; score <= high + 1e-9; score += step) {
    bool is_zero = fabs(score) < 1e-9;
    stance_buffer_printf(out,
                         "<line class=\"%s\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/><text class=\"small\" "
                         "x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s%.1f</text>",
                         is_zero ? "zero" : "grid", LEFT, PANEL_WIDTH - RIGHT, Y(score), Y(score), LEFT - 7,
                         Y(score) + 4,
                         is_zero     ? ""
                         : score < 0 ? "\xe2\x88\x92"
                                     : "+",
                         fabs(score) < 1e-9 ? 0 : fabs(score));
  }
  stance_buffer_puts(out, "<polyline class=\"alone\" points=\"");
  for (const struct estimate_row *row = first; row < estimate->rows + estimate->row_count; row++)
    if (is_drawn(row) && is_same_panel(estimate, first, row))
      stance_buffer_printf(out, "%s%.1f,%.1f", at ? " " : "", X(at), Y(row->predicted)), at++;
  stance_buffer_puts(out, "\"/>");
  at = 0;
  size_t every = (size_t)ceil((double)count * TICK_ROOM / wide);
  for (const struct estimate_row *row = first; row < estimate->rows + estimate->row_count; row++) {
    if (!is_drawn(row) || !is_same_panel(estimate, first, row)) continue;
    const char *name = estimate->options->by_count ? (row->by[0] ? row->by[0] : "not known") : "all";
    double x = X(at);
    stance_buffer_puts(out, "<g><title>");
    stance_markup_string(out, name);
    if (isnan(row->estimate))
      stance_buffer_printf(out, ": no estimate, %zu labels; predictions alone %+.3f</title>", row->gold,
                           row->predicted);
    else
      stance_buffer_printf(out, ": corrected %+.3f (%+.3f to %+.3f), %zu labels; predictions alone %+.3f</title>",
                           row->estimate, row->low, row->high, row->gold, row->predicted);
    stance_buffer_printf(out, "<circle class=\"alone-point\" cx=\"%.1f\" cy=\"%.1f\" r=\"2\"/>", x, Y(row->predicted));
    if (!isnan(row->low)) {
      stance_buffer_printf(out, "<line class=\"bar\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\"/>", x, x,
                           Y(row->low), Y(row->high));
      stance_buffer_printf(out, "<circle class=\"point%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"4.5\"/>",
                           row->gold < FEW ? " few" : "", x, Y(row->estimate));
    }
    stance_buffer_puts(out, "</g>");
    if (at % every == 0) {
      stance_buffer_printf(out, "<text class=\"small\" x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">", x,
                           top + PANEL_HEIGHT - BOTTOM + 18);
      stance_markup_string(out, name);
      stance_buffer_printf(out, "</text><text class=\"small\" x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">n %zu</text>",
                           x, top + PANEL_HEIGHT - BOTTOM + 33, row->gold);
    }
    at++;
  }
#undef X
#undef Y
}

static size_t panel_heads(const struct estimate *estimate, const struct estimate_row **heads) {
  size_t count = 0;
  for (size_t r = 0; r < estimate->row_count; r++) {
    bool is_new = is_drawn(&estimate->rows[r]);
    for (size_t k = 0; k < count && is_new; k++) is_new = !is_same_panel(estimate, heads[k], &estimate->rows[r]);
    if (is_new && count < PANELS_MOST) heads[count++] = &estimate->rows[r];
  }
  return count;
}

void classify_estimate_write_svg(const struct estimate *estimate, const char *title, struct stance_buffer *out) {
  const struct estimate_row *heads[PANELS_MOST];
  size_t count = panel_heads(estimate, heads);
  double low, high;
  int legend = 74, height = legend + (int)count * PANEL_HEIGHT + 8;
  find_range(estimate, &low, &high);
  stance_buffer_printf(
      out,
      "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\"><title>",
      PANEL_WIDTH, height, PANEL_WIDTH, height);
  stance_markup_string(out, title);
  stance_buffer_puts(out, "</title><desc>");
  classify_estimate_put_caption(estimate, out);
  stance_buffer_puts(out, "</desc>");
  put_style(out);
  stance_buffer_printf(
      out,
      "<rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/><text class=\"name title\" x=\"%d\" y=\"22\" "
      "style=\"font-size:16px\">",
      LEFT);
  stance_markup_string(out, title);
  stance_buffer_printf(out,
                       "</text><line class=\"bar\" x1=\"%d\" x2=\"%d\" y1=\"34\" y2=\"52\"/><circle class=\"point\" "
                       "cx=\"%d\" cy=\"43\" r=\"4.5\"/>"
                       "<text class=\"small\" x=\"%d\" y=\"47\">corrected by hand labels, %g%% interval</text><circle "
                       "class=\"point few\" cx=\"%d\" cy=\"43\" r=\"4.5\"/>"
                       "<text class=\"small\" x=\"%d\" y=\"47\">fewer than %d labels</text><line class=\"alone\" "
                       "x1=\"%d\" x2=\"%d\" y1=\"43\" y2=\"43\"/>"
                       "<text class=\"small\" x=\"%d\" y=\"47\">predictions alone</text>",
                       LEFT + 5, LEFT + 5, LEFT + 5, LEFT + 15, estimate->options->level * 100, LEFT + 255, LEFT + 265,
                       FEW, LEFT + 390, LEFT + 412, LEFT + 418);
  stance_buffer_printf(out, "<text class=\"small\" x=\"%d\" y=\"66\">Mean score; n: labelled units", LEFT);
  const struct classify_head *head = &estimate->options->population->head;
  for (size_t i = 0; i < head->label_count; i++) {
    stance_buffer_puts(out, i ? ", " : ". ");
    stance_markup_string(out, head->labels[i]);
    stance_buffer_printf(out, " %s%g",
                         head->values[i] < 0   ? "\xe2\x88\x92"
                         : head->values[i] > 0 ? "+"
                                               : "",
                         fabs(head->values[i]));
  }
  stance_buffer_puts(out, ".</text>");
  for (size_t k = 0; k < count; k++) put_panel(estimate, heads[k], legend + (int)k * PANEL_HEIGHT - 14, low, high, out);
  stance_buffer_puts(out, "</svg>\n");
}

/* ---- the page ---------------------------------------------------------------------------------------------------- */

static void put_cell(struct stance_buffer *out, double value, const char *format) {
  stance_buffer_puts(out, "<td class=\"n\">");
  if (!isnan(value)) stance_buffer_printf(out, format, value);
  stance_buffer_puts(out, "</td>");
}

static void put_row(const struct estimate *estimate, const struct estimate_row *row, struct stance_buffer *out) {
  bool is_signed = row->label < 0 || row->kind != ESTIMATE_LEVEL;
  const char *format = is_signed ? "%+.3f" : "%.3f";
  stance_buffer_puts(out, "<tr>");
  for (size_t c = 0; c < estimate->options->by_count; c++) {
    stance_markup_element(out, "td", row->by[c] ? row->by[c] : "not known");
  }
  stance_markup_element(out, "td", row->label < 0 ? "score" : estimate->options->population->head.labels[row->label]);
  put_cell(out, (double)row->units, "%.0f");
  put_cell(out, (double)row->gold, "%.0f");
  put_cell(out, row->predicted, format);
  put_cell(out, row->estimate, format);
  put_cell(out, row->low, format);
  put_cell(out, row->high, format);
  put_cell(out, row->gold_alone, format);
  put_cell(out, row->more, "%.0f");
  stance_buffer_puts(out, "<td>");
  stance_markup_string(out, row->method);
  stance_buffer_puts(out, *row->flags ? ", " : "");
  stance_markup_string(out, row->flags);
  stance_buffer_puts(out, "</td></tr>\n");
}

static const char page_style[] =
    "body{font:16px/1.5 system-ui,sans-serif;max-width:72rem;margin:auto;padding:1rem;color:#111;"
    "background:#fff}svg "
    ".title{display:none}svg{max-width:100%;min-width:32rem;height:auto}div{overflow-x:auto}table{border-collapse:"
    "collapse;"
    "font-variant-"
    "numeric:tabular-nums}"
    "th,td{padding:.25em .6em;border-bottom:1px solid "
    "#ddd;text-align:left;vertical-align:top}.n{text-align:right}td{white-"
    "space:nowrap}td:last-child{white-space:normal}"
    "footer{margin-top:3em;border-top:2px solid #ddd;font-size:.85em}footer dl{display:grid;grid-template-columns:max-"
    "content minmax(0,1fr);gap:.1em 1em}footer dd{margin:0;overflow-wrap:anywhere}"
    "@media(max-width:30rem){body{padding:.6rem}th,td{padding:.2em .35em;font-size:14px}footer dl{display:block}}"
    "@media screen and (prefers-color-scheme:dark){:root{color-scheme:dark}body{color:#e6e6e6;background:#16181b}"
    "th,td,footer{border-color:#3a3d42}svg>rect{fill:#16181b}svg text{fill:#e6e6e6}svg "
    ".small{fill:#c0c0c0}svg .grid{stroke:#3a3d42}svg .zero{stroke:#999}svg .alone{stroke:#9a9a9a}svg "
    ".alone-point{fill:#9a9a9a}svg .bar{stroke:#e6e6e6}svg .point{fill:#7db8f0;stroke:#cfe5fb}svg .few{fill:#16181b}}"
    "@media "
    "print{body{max-width:none;font-size:8.5pt;padding:0}tr,svg{break-inside:avoid}h2{break-after:avoid}.save{display:"
    "none}"
    "th,td{padding:.1em .35em}td,td:last-child{overflow-wrap:normal}}";

void classify_estimate_write_html(const struct estimate *estimate, const char *title, struct stance_buffer *out) {
  stance_markup_page_start(out, title, page_style);
  stance_markup_element(out, "h1", title);
  stance_buffer_puts(out, "\n<figure style=\"margin:0\"><div>");
  struct stance_buffer svg = {0}, csv = {0};
  classify_estimate_write_svg(estimate, title, &svg);
  classify_estimate_write_csv(estimate, &csv);
  if (svg.data) stance_buffer_append(out, svg.data, svg.length);
  stance_buffer_puts(out, "</div><figcaption>");
  classify_estimate_put_caption(estimate, out);
  stance_buffer_puts(out, "</figcaption>");
  report_put_links(out, &svg, &csv, "estimates");
  stance_buffer_free(&svg);
  stance_buffer_free(&csv);
  stance_buffer_puts(out, "</figure>\n<h2>Estimates</h2>\n<div><table><thead><tr>");
  for (size_t c = 0; c < estimate->options->by_count; c++) {
    stance_markup_element(out, "th scope=\"col\"", estimate->options->population->columns[c]);
  }
  stance_buffer_printf(out,
                       "<th scope=\"col\">measure</th><th class=\"n\">units</th><th class=\"n\">labelled</th><th "
                       "class=\"n\">predictions alone</th>"
                       "<th class=\"n\">corrected</th><th class=\"n\">low</th><th class=\"n\">high</th><th "
                       "class=\"n\">labels alone</th><th class=\"n\">labels more for %g"
                       "</th><th>notes</th></tr></thead><tbody>\n",
                       estimate->options->width);
  for (size_t r = 0; r < estimate->row_count; r++) put_row(estimate, &estimate->rows[r], out);
  stance_buffer_puts(out, "</tbody></table></div>\n");
  if (estimate->options->facts) classify_facts_html(estimate->options->facts, out);
  stance_buffer_puts(out, "</body></html>\n");
}
