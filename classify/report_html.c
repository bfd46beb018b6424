/* SPDX-License-Identifier: MIT
 * The report's page, which is self-contained: style, pictures and the few lines of script that sort tables are
 * inline. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report_data.h"
#include "stance/base/markup.h"
#include "terminal_text.h"

static const char style[] =
    ":root{--h:#b34700;--f:#1f6fb4;--n:#666;--ink:#1a1a1a;--paper:#fff;--soft:#ddd;--dim:#555;color-scheme:light dark}"
    "@media(prefers-color-scheme:dark){:root{--h:#ff9d5c;--f:#7db8f0;--n:#aaa;--ink:#e6e6e6;--paper:#16181b;--soft:#"
    "3a3d42;--dim:#aaa}}"
    "@media "
    "print{:root{--h:#b34700;--f:#1f6fb4;--n:#666;--ink:#000;--paper:#fff;--soft:#ddd;--dim:#555;color-scheme:light}}"
    "*{box-sizing:border-box}body{font:16px/1.5 system-ui,sans-serif;margin:0 auto;max-width:72rem;padding:1rem "
    "1.5rem;color:var(--ink);"
    "background:var(--paper)}h1{margin:.2em 0}h2{margin:2em 0 .3em;border-bottom:2px solid "
    "var(--soft)}a{color:var(--f)}nav{display:flex;flex-wrap:wrap;gap:0 1em}"
    ".picture{overflow-x:auto}.lines svg{max-width:100%;height:auto}.save{margin:0;font-size:.85em;color:var(--dim)}"
    ".lines{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(23rem,100%),1fr));gap:1rem}figure{margin:0;"
    "min-width:0}"
    "figcaption{font-weight:600}table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}"
    "th,td{padding:.25em .6em;border-bottom:1px solid var(--soft);text-align:left;vertical-align:top}"
    "td.n,th.n{text-align:right}th "
    "button{font:inherit;color:inherit;font-weight:600;border:0;background:none;padding:0;cursor:pointer;text-align:"
    "inherit}"
    "th button::after{content:' \\2195';color:#999}th[aria-sort=ascending] button::after{content:' "
    "\\2191';color:var(--ink)}"
    "th[aria-sort=descending] button::after{content:' "
    "\\2193';color:var(--ink)}.word{font-weight:600}.word.h{color:var(--h)}.word.f{color:var(--f)}"
    ".word.n{color:var(--n)}.chip{display:inline-block;width:.8em;height:.8em;border:1px solid #777;margin-right:.4em}"
    "mark{background:none;color:inherit;font-weight:600;border-bottom:2px solid "
    "var(--ink)}mark.t{border-bottom-style:dashed}mark.o{font-weight:400;"
    "border-bottom:1px dotted #777}ol.sentences{padding-left:2.6em}ol.sentences li{margin:.6em "
    "0}.from{color:var(--dim);font-size:.9em}"
    ".two{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(26rem,100%),1fr));gap:2rem}section{overflow-x:"
    "auto}"
    "td{overflow-wrap:break-word}li{overflow-wrap:anywhere}td:first-child{min-width:6em}td.n,td:has(.chip),th{overflow-"
    "wrap:normal;white-space:"
    "nowrap}.printed{"
    "display:none}"
    "footer{margin-top:3em;border-top:2px solid var(--soft);font-size:.85em}footer "
    "dl{display:grid;grid-template-columns:max-content 1fr;gap:.1em 1em}"
    "footer dd{margin:0;overflow-wrap:anywhere}@media(max-width:30rem){body{padding:.6rem}th,td{padding:.2em "
    ".35em;font-size:14px}ol.sentences{padding-left:1.6em}"
    "footer dl{display:block}}"
    "@media print{section,.picture{overflow:visible}nav,.save,details,th "
    "button::after{display:none}h2,h3,h2+p{break-after:avoid;margin-top:1em}td{overflow-wrap:anywhere}figure,tr,li{"
    "break-inside:avoid}"
    ".picture svg{max-width:100%;height:auto;max-height:16cm}.lines{grid-template-columns:1fr 1fr}tbody "
    "tr:nth-child(n+26){display:none}.printed{display:block}"
    "body{max-width:none;padding:0;font-size:9pt}th,td{padding:.1em "
    ".4em}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}";

static const char script[] =
    "document.querySelectorAll('table.sortable').forEach(function(table){var heads=table.tHead.rows[0].cells;"
    "Array.prototype.forEach.call(heads,function(th,column){th.querySelector('button').addEventListener('click',"
    "function(){"
    "var "
    "up=th.getAttribute('aria-sort')!=='ascending',body=table.tBodies[0],rows=Array.prototype.slice.call(body.rows);"
    "rows.sort(function(a,b){var x=a.cells[column],y=b.cells[column],p=x.dataset.v,q=y.dataset.v;"
    "var order=p!==undefined&&q!==undefined?p-q:x.textContent.localeCompare(y.textContent);return up?order:-order});"
    "Array.prototype.forEach.call(heads,function(other){other.removeAttribute('aria-sort')});"
    "th.setAttribute('aria-sort',up?'ascending':'descending');rows.forEach(function(row){body.appendChild(row)})})})})"
    ";";

/* ---- dyads ------------------------------------------------------------------------------------------------------- */

static void put_dyads(const struct classify_report *report, const struct classify_row *rows, size_t count,
                      struct stance_buffer *out) {
  const struct classify_head *head = &report->style->heads->items[report->head];
  size_t shown = count < REPORT_ROWS ? count : REPORT_ROWS;
  if (shown < count) stance_buffer_printf(out, "<p>The %zu dyads with most units, of %zu.</p>\n", shown, count);
  stance_buffer_puts(out, "<table class=\"sortable\"><caption hidden>Dyads</caption><thead><tr>");
  report_head_cell(out, "source", false);
  report_head_cell(out, "target", false);
  report_count_heads(out, "units", head);
  for (size_t i = 0; i < shown; i++) {
    char colour[8];
    double value;
    stance_buffer_puts(out, "<tr>");
    stance_markup_element(out, "td", classify_actor_name(report->style, rows[i].source));
    stance_markup_element(out, "td", classify_actor_name(report->style, rows[i].target));
    report_count_cells(out, head, &rows[i]);
    report_colour(colour, report_faded(&rows[i]));
    stance_buffer_printf(out, "<td><span class=\"chip\" style=\"background:%s\"></span>", colour);
    const char *verdict = classify_verdict(head, &rows[i], &value);
    report_word(out, verdict, value);
    stance_buffer_puts(out, "</td></tr>\n");
  }
  stance_buffer_puts(out, "</tbody></table>\n");
}

/* ---- sentences --------------------------------------------------------------------------------------------------- */

static void put_marked(const struct report_sentence *sentence, struct stance_buffer *out) {
  size_t at = 0, length = strlen(sentence->text);
  for (uint32_t i = 0; i < sentence->mark_count; i++) {
    const struct report_mark *mark = &sentence->marks[i];
    if (mark->start < at || mark->end > length) continue;
    stance_markup_text(out, sentence->text + at, mark->start - at);
    bool is_evidence = mark->role == REPORT_EVIDENCE;
    if (is_evidence) stance_buffer_printf(out, "<em class=\"word %c\">", sentence->score < 0 ? 'h' : 'f');
    else
      stance_buffer_printf(out, "<mark class=\"%c\">",
                           mark->role == REPORT_SOURCE   ? 's'
                           : mark->role == REPORT_TARGET ? 't'
                                                         : 'o');
    stance_markup_text(out, sentence->text + mark->start, mark->end - mark->start);
    stance_buffer_puts(out, is_evidence ? "</em>" : "</mark>");
    at = mark->end;
  }
  stance_markup_text(out, sentence->text + at, length - at);
}

static void put_sentences(const struct classify_report *report, const struct report_sentence *list, size_t count,
                          int sign, struct stance_buffer *out) {
  const struct classify_head *head = &report->style->heads->items[report->head];
  size_t most = 0; /* index of the label at this end of the scale */
  for (size_t i = 0; i < head->label_count; i++)
    if (head->values[i] * sign > head->values[most] * sign) most = i;
  stance_buffer_puts(out, "<div><h3>Most ");
  stance_markup_string(out, head->labels[most]);
  stance_buffer_puts(out, "</h3>\n<ol class=\"sentences\">\n");
  for (size_t i = 0; i < count; i++) {
    const struct report_sentence *sentence = &list[i];
    stance_buffer_puts(out, "<li>");
    put_marked(sentence, out);
    stance_buffer_puts(out, "<br><span class=\"from\">");
    stance_markup_string(out, classify_actor_name(report->style, sentence->source));
    stance_buffer_puts(out, " \xe2\x86\x92 ");
    stance_markup_string(out, classify_actor_name(report->style, sentence->target));
    stance_buffer_puts(out, ": ");
    report_word(out, head->labels[sentence->label], head->values[sentence->label]);
    stance_buffer_printf(out, " %.2f \xc2\xb7 ", sentence->p / (double)CLASSIFY_ONE);
    stance_markup_string(out, sentence->article);
    stance_buffer_printf(out, ", sentence %u", sentence->index);
    if (sentence->date) {
      stance_buffer_puts(out, ", ");
      stance_markup_string(out, sentence->date);
    }
    stance_buffer_puts(out, "</span></li>\n");
  }
  stance_buffer_puts(out, count ? "</ol></div>\n" : "</ol><p>None.</p></div>\n");
}

/* ---- articles ---------------------------------------------------------------------------------------------------- */

static void put_articles(const struct classify_report *report, struct stance_buffer *out) {
  const struct classify_head *head = &report->style->heads->items[report->head];
  if (report->listed_count < report->articles)
    stance_buffer_printf(out, "<p>The %zu articles that say most, of %llu.</p>\n", report->listed_count,
                         (unsigned long long)report->articles);
  stance_buffer_puts(out, "<table class=\"sortable\"><caption hidden>Articles</caption><thead><tr>");
  report_head_cell(out, "article", false);
  report_head_cell(out, "date", false);
  report_head_cell(out, "outlet", false);
  report_head_cell(out, "units", true);
  for (size_t i = 0; i < head->label_count; i++) report_head_cell(out, head->labels[i], true);
  report_head_cell(out, "score", true);
  stance_buffer_puts(out, "</tr></thead><tbody>\n");
  for (size_t i = 0; i < report->listed_count; i++) {
    const struct report_article *article = &report->listed[i];
    stance_buffer_puts(out, "<tr><td>");
    stance_markup_string(out, article->title && *article->title ? article->title : article->id);
    if (article->title && *article->title) {
      stance_buffer_puts(out, "<br><span class=\"from\">");
      stance_markup_string(out, article->id);
      stance_buffer_puts(out, "</span>");
    }
    stance_buffer_puts(out, "</td>");
    stance_markup_element(out, "td", article->date);
    stance_markup_element(out, "td", article->outlet);
    report_count_cell(out, article->units);
    for (size_t j = 0; j < head->label_count; j++) report_count_cell(out, article->labels[j]);
    report_score_cell(out, (double)article->score_sum / CLASSIFY_ONE / (double)article->units);
    stance_buffer_puts(out, "</tr>\n");
  }
  stance_buffer_puts(out, "</tbody></table>\n");
}

/* ---- the page ---------------------------------------------------------------------------------------------------- */

static void put_date(struct stance_buffer *out, uint64_t date) {
  stance_buffer_printf(out, "%04llu-%02llu-%02llu", (unsigned long long)date / 10000,
                       (unsigned long long)date / 100 % 100, (unsigned long long)date % 100);
}

static void put_opening(const struct classify_report *report, const char *title, struct stance_buffer *out) {
  struct stance_buffer css = {0};
  stance_buffer_puts(&css, style);
  stance_buffer_puts(&css, report_svg_style);
  stance_markup_page_start(out, title, css.data && !css.failed ? css.data : style);
  if (css.failed) out->failed = true;
  stance_buffer_free(&css);
  stance_buffer_puts(out, "<header>");
  stance_markup_element(out, "h1", title);
  stance_buffer_printf(out, "<p>%llu articles, %llu dyads in sentences", (unsigned long long)report->articles,
                       (unsigned long long)report->units);
  if (report->first_date) {
    stance_buffer_puts(out, ", ");
    put_date(out, report->first_date);
    stance_buffer_puts(out, " to ");
    put_date(out, report->last_date);
  }
  stance_buffer_puts(
      out,
      ". Scores run from \xe2\x88\x92"
      "1 (hostile, <span class=\"word h\">orange, h</span>) over 0 (neutral, n) to +1 "
      "(friendly, <span class=\"word f\">blue, f</span>); each is the mean over a dyad's units, with the 95% interval "
      "of the spread of its labels, not the model's error: <code>stance estimate</code> corrects that by hand labels. "
      "A dyad reads as hostile or friendly where that interval leaves out 0, as mixed where either side has a fifth "
      "of its units, else as unclear.</p>\n"
      "<nav aria-label=\"Sections\"><a href=\"#map\">Heat map</a><a href=\"#network\">Network</a><a "
      "href=\"#time\">Over time</a><a href=\"#dyads\">Dyads</a><a href=\"#sentences\">Sentences</a><a "
      "href=\"#articles\">Articles</a>");
  if (report_has_sentiment(report)) stance_buffer_puts(out, "<a href=\"#sentiment\">Sentiment</a>");
  stance_buffer_puts(out,
                     "</nav></header>\n<main>\n<p class=\"printed\">In print, tables end after 25 rows; the page "
                     "itself has all.</p>\n");
}

/* Keeps the rows of the dyad head, in place. Returns their number. */
static size_t keep_dyads(const struct classify_report *report, struct classify_row *rows, size_t count) {
  size_t kept = 0;
  for (size_t i = 0; i < count; i++)
    if ((int)rows[i].head == report->head && rows[i].source && rows[i].target) rows[kept++] = rows[i];
  return kept;
}

static void put_pictures(const struct classify_report *report, const struct classify_row *rows, size_t count,
                         struct stance_buffer *out) {
  struct stance_buffer svg = {0}, csv = {0};
  const struct classify_row **all = malloc(count * sizeof *all);
  if (!all) {
    out->failed = true;
    return;
  }
  report_rows_csv(report, NULL, all, report_drawn(rows, count, all), &csv);
  free(all);
  stance_buffer_puts(out,
                     "<section id=\"map\"><h2>Heat map</h2><p>Rows are sources, columns targets; the number counts "
                     "units. The fewer units, the paler a cell: its score counts as units / (units + 4).</p>\n");
  report_heat_map(report, rows, count, &svg);
  report_put_picture(out, &svg, &csv, "heat-map");
  stance_buffer_clear(&svg);
  stance_buffer_puts(out,
                     "</section>\n"
                     "<section id=\"network\"><h2>Network</h2><p>Solid orange: hostile (h). Dashed blue: friendly "
                     "(f). Dotted grey: mixed (m) or unclear. Wider lines have more units.</p>\n");
  report_network(report, rows, count, &svg);
  report_put_picture(out, &svg, &csv, "network");
  stance_buffer_free(&svg);
  stance_buffer_free(&csv);
  stance_buffer_puts(out,
                     "</section>\n"
                     "<section id=\"time\"><h2>Over time</h2><p>Mean score of the dyads with most units, with its 95% "
                     "interval in grey. Lines stop where a month (or a week of days) has no unit; a point alone has a "
                     "bar.</p>\n"
                     "<div class=\"lines\">\n");
  if (!report_lines(report, rows, count, out)) stance_buffer_puts(out, "<p>No article has a date.</p>\n");
}

bool classify_report_write(const struct classify_report *report, const char *title, uint64_t min_count,
                           const struct classify_facts *facts, struct stance_buffer *out) {
  struct classify_row *rows;
  size_t count;
  if (!classify_aggregate_rows(report->dyads, min_count, &rows, &count)) return false;
  count = keep_dyads(report, rows, count);
  put_opening(report, title, out);
  if (!count) {
    stance_buffer_puts(out, "<p>No dyads were found.</p>\n");
  } else {
    put_pictures(report, rows, count, out);
    stance_buffer_puts(out, "</div></section>\n<section id=\"dyads\"><h2>Dyads</h2>\n");
    put_dyads(report, rows, count, out);
    stance_buffer_puts(out,
                       "</section>\n<section id=\"sentences\"><h2>Sentences</h2><p>The source is underlined, the "
                       "target dashed, others dotted");
    if (report->style->model) stance_buffer_puts(out, "; the words that spoke most for the label are <em>slanted</em>");
    stance_buffer_puts(out, ".</p>\n<div class=\"two\">\n");
    put_sentences(report, report->lowest, report->lowest_count, -1, out);
    put_sentences(report, report->highest, report->highest_count, 1, out);
    stance_buffer_puts(out, "</div></section>\n<section id=\"articles\"><h2>Articles</h2>\n");
    put_articles(report, out);
    stance_buffer_puts(out, "</section>\n");
  }
  report_sentiment(report, out);
  stance_buffer_puts(out, "</main>\n");
  if (facts) classify_facts_html(facts, out);
  stance_buffer_puts(out, "<script>");
  stance_buffer_puts(out, script);
  stance_buffer_puts(out, "</script></body></html>\n");
  free(rows);
  return !out->failed;
}
