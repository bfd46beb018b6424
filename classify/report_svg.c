/* SPDX-License-Identifier: MIT
 * The report's pictures: a heat map of sources and targets, a directed network on a circle, lines over time. Colours run from orange
 * (hostile) over white to blue (friendly), which colour-blind people tell apart; a letter or a pattern says the same again. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report_data.h"
#include "stance/base/markup.h"
#include "terminal_text.h"

static void mix(double score, unsigned part[3]) {
  static const int hostile[3] = {0xd9, 0x5f, 0x02}, friendly[3] = {0x1f, 0x6f, 0xb4};
  double share = fmin(1, fabs(score));
  const int *full = score < 0 ? hostile : friendly;
  for (int i = 0; i < 3; i++) part[i] = (unsigned)lround(255 + (full[i] - 255) * share) & 255u;
}

void report_colour(char out[8], double score) {
  unsigned part[3];
  mix(score, part);
  snprintf(out, 8, "#%02x%02x%02x", part[0], part[1], part[2]);
}

/* Black or white, whichever stands out from the colour by 4.5 to 1 at least (WCAG 2.1, relative luminance L: black where L > 0.18). */
static const char *ink_on(double score) {
  static const double weights[3] = {0.2126, 0.7152, 0.0722};
  double luminance = 0;
  unsigned part[3];
  mix(score, part);
  for (int i = 0; i < 3; i++) luminance += weights[i] * pow((part[i] / 255.0 + 0.055) / 1.055, 2.4);
  return luminance > 0.18 ? "#000" : "#fff";
}

char report_letter(const struct classify_head *head, const struct classify_row *row) {
  double value;
  return classify_verdict(head, row, &value)[0];
}

/* ---- actors ------------------------------------------------------------------------------------------------------- */

struct actor {
  const char *id;
  uint64_t units;
};

static int compare_actors(const void *a, const void *b) {
  const struct actor *first = a, *second = b;
  if (first->units != second->units) return first->units < second->units ? 1 : -1;
  return strcmp(first->id, second->id);
}

static int compare_ids(const void *a, const void *b) { return strcmp(((const struct actor *)a)->id, ((const struct actor *)b)->id); }

/* The actors with most units as source or target, most first; at most REPORT_ACTORS. */
static size_t top_actors(const struct classify_row *rows, size_t count, struct actor *top) {
  struct actor *all = calloc(2 * count + 1, sizeof *all);
  size_t kept = 0;
  if (!all) return 0;
  for (size_t i = 0; i < count; i++) {
    all[2 * i] = (struct actor){rows[i].source, rows[i].units};
    all[2 * i + 1] = (struct actor){rows[i].target, rows[i].units};
  }
  qsort(all, 2 * count, sizeof *all, compare_ids);
  for (size_t i = 0; i < 2 * count; i++) {
    if (kept && strcmp(all[kept - 1].id, all[i].id) == 0) all[kept - 1].units += all[i].units;
    else all[kept++] = all[i];
  }
  qsort(all, kept, sizeof *all, compare_actors);
  if (kept > REPORT_ACTORS) kept = REPORT_ACTORS;
  memcpy(top, all, kept * sizeof *top);
  free(all);
  return kept;
}

static size_t actor_index(const struct actor *actors, size_t count, const char *id) {
  size_t i = 0;
  while (i < count && strcmp(actors[i].id, id) != 0) i++;
  return i;
}

/* A name cut to fit a label. */
static void put_name(const struct classify_report *report, const char *id, size_t columns, struct stance_buffer *out) {
  struct stance_buffer cut = {0};
  const char *name = classify_actor_name(report->style, id);
  size_t width = classify_width(name, strlen(name));
  classify_put_padded(&cut, name, strlen(name), width > columns ? columns : width);
  if (cut.data) stance_markup_text(out, cut.data, cut.length);
  stance_buffer_free(&cut);
}

static void put_row_title(const struct classify_report *report, const struct classify_row *row, struct stance_buffer *out) {
  const struct classify_head *head = &report->style->heads->items[row->head];
  double value;
  stance_buffer_puts(out, "<title>");
  stance_markup_string(out, classify_actor_name(report->style, row->source));
  stance_buffer_puts(out, " to ");
  stance_markup_string(out, classify_actor_name(report->style, row->target));
  stance_buffer_puts(out, ": ");
  stance_markup_string(out, classify_verdict(head, row, &value));
  stance_buffer_printf(out, ", mean score %+.2f (95%% interval %+.2f to %+.2f), %llu units</title>", row->score, row->low, row->high,
                       (unsigned long long)row->units);
}

/* ---- heat map -------------------------------------------------------------------------------------------------------- */

void report_heat_map(const struct classify_report *report, const struct classify_row *rows, size_t count, struct stance_buffer *out) {
  enum { CELL = 46, LEFT = 150, TOP = 120 };
  struct actor actors[REPORT_ACTORS];
  size_t n = top_actors(rows, count, actors);
  int width = LEFT + (int)n * CELL + 60, height = TOP + (int)n * CELL + 6;
  stance_buffer_printf(out, "<svg class=\"heat\" role=\"img\" aria-labelledby=\"heat-title\" viewBox=\"0 0 %d %d\" width=\"%d\">"
                            "<title id=\"heat-title\">Heat map: how each source (row) stands to each target (column); the table below says the "
                            "same</title>", width, height, width);
  for (size_t i = 0; i < n; i++) {
    int middle = (int)i * CELL + CELL / 2;
    stance_buffer_printf(out, "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">", LEFT - 8, TOP + middle + 5);
    put_name(report, actors[i].id, 19, out);
    stance_buffer_printf(out, "</text><text transform=\"translate(%d %d) rotate(-50)\">", LEFT + middle + 2, TOP - 8);
    put_name(report, actors[i].id, 19, out);
    stance_buffer_puts(out, "</text>");
    stance_buffer_printf(out, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" class=\"self\"/>", LEFT + (int)i * CELL,
                         TOP + (int)i * CELL, CELL, CELL);
  }
  for (size_t i = 0; i < count; i++) {
    const struct classify_row *row = &rows[i];
    const struct classify_head *head = &report->style->heads->items[row->head];
    size_t from = actor_index(actors, n, row->source), to = actor_index(actors, n, row->target);
    char colour[8];
    if (from == n || to == n || from == to) continue;
    int x = LEFT + (int)to * CELL, y = TOP + (int)from * CELL;
    report_colour(colour, row->score);
    stance_buffer_puts(out, "<g>");
    put_row_title(report, row, out);
    stance_buffer_printf(out, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>", x + 1, y + 1, CELL - 2, CELL - 2, colour);
    const char *ink = ink_on(row->score);
    stance_buffer_printf(out, "<text x=\"%d\" y=\"%d\" class=\"letter\" fill=\"%s\">%c</text>", x + CELL / 2, y + 20, ink, report_letter(head, row));
    stance_buffer_printf(out, "<text x=\"%d\" y=\"%d\" class=\"small\" fill=\"%s\">%llu</text></g>", x + CELL / 2, y + 37, ink,
                         (unsigned long long)row->units);
  }
  stance_buffer_puts(out, "</svg>\n");
}

/* ---- network ----------------------------------------------------------------------------------------------------------- */

static const char network_markers[] =
    "<defs><marker id=\"arrow-h\" viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\" markerWidth=\"9\" markerHeight=\"9\" markerUnits=\"userSpaceOnUse\" "
    "orient=\"auto\"><path d=\"M0 0L10 5L0 10z\" fill=\"#b34700\"/></marker><marker id=\"arrow-f\" viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\" "
    "markerWidth=\"9\" markerHeight=\"9\" markerUnits=\"userSpaceOnUse\" orient=\"auto\"><path d=\"M0 0L10 5L0 10z\" fill=\"#1f6fb4\"/></marker>"
    "<marker id=\"arrow-n\" viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\" markerWidth=\"8\" markerHeight=\"8\" markerUnits=\"userSpaceOnUse\" "
    "orient=\"auto\"><path d=\"M0 0L10 5L0 10z\" fill=\"#888\"/></marker></defs>";

static void put_edge(const struct classify_report *report, const struct classify_row *row, const double from[2], const double to[2],
                     struct stance_buffer *out) {
  const struct classify_head *head = &report->style->heads->items[row->head];
  double value, dx = to[0] - from[0], dy = to[1] - from[1], length = fmax(1, hypot(dx, dy)), radius = 21;
  classify_verdict(head, row, &value);
  char kind = value < 0 ? 'h' : value > 0 ? 'f' : 'n';
  /* bent to the right of its direction, so that A -> B and B -> A lie apart */
  double bend = 0.14 * length + 8, mx = (from[0] + to[0]) / 2 - dy / length * bend, my = (from[1] + to[1]) / 2 + dx / length * bend;
  double a = hypot(mx - from[0], my - from[1]), b = hypot(mx - to[0], my - to[1]);
  double x1 = from[0] + (mx - from[0]) / a * radius, y1 = from[1] + (my - from[1]) / a * radius;
  double x2 = to[0] + (mx - to[0]) / b * (radius + 2), y2 = to[1] + (my - to[1]) / b * (radius + 2);
  stance_buffer_puts(out, "<g>");
  put_row_title(report, row, out);
  stance_buffer_printf(out, "<path class=\"edge %c\" d=\"M%.1f %.1fQ%.1f %.1f %.1f %.1f\" stroke-width=\"%.1f\" marker-end=\"url(#arrow-%c)\"/>",
                       kind, x1, y1, mx, my, x2, y2, kind == 'n' ? 1.2 : 1.2 + 1.3 * log10(1 + (double)row->units), kind);
  double lx = (x1 + 2 * mx + x2) / 4, ly = (y1 + 2 * my + y2) / 4;
  stance_buffer_printf(out, "<text class=\"edge-letter %c\" x=\"%.1f\" y=\"%.1f\">%c</text></g>", kind, lx, ly + 4, report_letter(head, row));
}

/* Those that say most first: by the sum of their scores' distance from neutral. */
static int compare_weights(const void *a, const void *b) {
  const struct classify_row *first = *(const struct classify_row *const *)a, *second = *(const struct classify_row *const *)b;
  int64_t x = llabs(first->score_sum), y = llabs(second->score_sum);
  if (x != y) return x < y ? 1 : -1;
  return first < second ? -1 : 1; /* the rows' own order */
}

/* The edges between the actors, weakest first, so that strong ones are drawn over them. */
static const struct classify_row **choose_edges(const struct classify_row *rows, size_t count, const struct actor *actors, size_t n,
                                                size_t *chosen) {
  const struct classify_row **edges = malloc((count + 1) * sizeof *edges);
  *chosen = 0;
  if (!edges) return NULL;
  for (size_t i = 0; i < count; i++) {
    size_t from = actor_index(actors, n, rows[i].source), to = actor_index(actors, n, rows[i].target);
    if (from < n && to < n && from != to) edges[(*chosen)++] = &rows[i];
  }
  if (*chosen) qsort(edges, *chosen, sizeof *edges, compare_weights);
  if (*chosen > REPORT_EDGES) *chosen = REPORT_EDGES;
  for (size_t i = 0; i < *chosen / 2; i++) {
    const struct classify_row *swap = edges[i];
    edges[i] = edges[*chosen - 1 - i];
    edges[*chosen - 1 - i] = swap;
  }
  return edges;
}

void report_network(const struct classify_report *report, const struct classify_row *rows, size_t count, struct stance_buffer *out) {
  enum { WIDTH = 820, HEIGHT = 620 };
  struct actor actors[REPORT_ACTORS];
  double places[REPORT_ACTORS][2];
  size_t n = top_actors(rows, count, actors), edge_count;
  const struct classify_row **edges = choose_edges(rows, count, actors, n, &edge_count);
  if (!edges) out->failed = true;
  stance_buffer_printf(out, "<svg class=\"net\" role=\"img\" aria-labelledby=\"net-title\" viewBox=\"0 0 %d %d\" width=\"%d\">"
                            "<title id=\"net-title\">Network: an arrow from each source to its target, orange and solid where hostile (h), blue and "
                            "dashed where friendly (f), grey and dotted where neutral (n); wider with more units</title>%s",
                       WIDTH, HEIGHT, WIDTH, network_markers);
  for (size_t i = 0; i < n; i++) {
    double angle = 2 * M_PI * (double)i / (double)n - M_PI / 2;
    places[i][0] = WIDTH / 2.0 + 250 * cos(angle);
    places[i][1] = HEIGHT / 2.0 + 245 * sin(angle);
  }
  for (size_t i = 0; i < edge_count; i++)
    put_edge(report, edges[i], places[actor_index(actors, n, edges[i]->source)], places[actor_index(actors, n, edges[i]->target)], out);
  free(edges);
  for (size_t i = 0; i < n; i++) {
    double x = places[i][0], y = places[i][1];
    int side = x > WIDTH / 2.0 + 60 ? 1 : x < WIDTH / 2.0 - 60 ? -1 : 0;
    stance_buffer_printf(out, "<circle class=\"node\" cx=\"%.1f\" cy=\"%.1f\" r=\"18\"/><text class=\"small\" x=\"%.1f\" y=\"%.1f\">", x, y, x, y + 4);
    stance_markup_text(out, actors[i].id, strlen(actors[i].id) < 4 ? strlen(actors[i].id) : 3);
    stance_buffer_printf(out, "</text><text class=\"node-name\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">", x + side * 24,
                         side ? y + 5 : y > HEIGHT / 2.0 ? y + 36 : y - 26, side > 0 ? "start" : side < 0 ? "end" : "middle");
    put_name(report, actors[i].id, 20, out);
    stance_buffer_puts(out, "</text>");
  }
  stance_buffer_puts(out, "</svg>\n");
}

/* ---- lines over time ------------------------------------------------------------------------------------------------------- */

/* Places a period on the time axis: days since year 0 (months of 31 days will do for drawing). */
static double period_place(const char *period) {
  int year = atoi(period), month = atoi(period + 5), day = strlen(period) > 7 ? atoi(period + 8) : 15;
  return year * 372.0 + (month - 1) * 31.0 + day;
}

static void put_line(const struct classify_report *report, const struct classify_row *dyad, const struct classify_row *const *points,
                     size_t count, struct stance_buffer *out) {
  enum { WIDTH = 400, HEIGHT = 150, LEFT = 34, RIGHT = 10, TOP = 10, BOTTOM = 24 };
  const struct classify_head *head = &report->style->heads->items[dyad->head];
  double first = period_place(points[0]->group), last = period_place(points[count - 1]->group), span = last > first ? last - first : 1;
  double wide = WIDTH - LEFT - RIGHT, high = HEIGHT - TOP - BOTTOM;
#define PLACE_X(row) (LEFT + (count == 1 ? wide / 2 : (period_place((row)->group) - first) / span * wide))
#define PLACE_Y(score) (TOP + (1.0 - (score)) / 2 * high)
  stance_buffer_puts(out, "<figure class=\"line\"><figcaption>");
  stance_markup_string(out, classify_actor_name(report->style, dyad->source));
  stance_buffer_puts(out, " \xe2\x86\x92 ");
  stance_markup_string(out, classify_actor_name(report->style, dyad->target));
  stance_buffer_printf(out, "</figcaption><svg role=\"img\" viewBox=\"0 0 %d %d\" width=\"%d\">", WIDTH, HEIGHT, WIDTH);
  put_row_title(report, dyad, out);
  for (int score = -1; score <= 1; score++)
    stance_buffer_printf(out, "<line class=\"%s\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/><text class=\"tick\" x=\"%d\" y=\"%.1f\">%s</text>",
                         score ? "grid" : "zero", LEFT, WIDTH - RIGHT, PLACE_Y(score), PLACE_Y(score), LEFT - 6, PLACE_Y(score) + 4,
                         score < 0 ? "\xe2\x88\x92" "1" : score ? "+1" : "0");
  stance_buffer_puts(out, "<path class=\"band\" d=\"");
  for (size_t i = 0; i < count; i++) stance_buffer_printf(out, "%c%.1f %.1f", i ? 'L' : 'M', PLACE_X(points[i]), PLACE_Y(points[i]->high));
  for (size_t i = count; i-- > 0;) stance_buffer_printf(out, "L%.1f %.1f", PLACE_X(points[i]), PLACE_Y(points[i]->low));
  stance_buffer_puts(out, "z\"/><path class=\"mean\" d=\"");
  for (size_t i = 0; i < count; i++) stance_buffer_printf(out, "%c%.1f %.1f", i ? 'L' : 'M', PLACE_X(points[i]), PLACE_Y(points[i]->score));
  stance_buffer_puts(out, "\"/>");
  for (size_t i = 0; i < count; i++) {
    char colour[8];
    report_colour(colour, points[i]->score);
    stance_buffer_printf(out, "<circle class=\"point\" cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\" fill=\"%s\"><title>%s: %+.2f (%+.2f to %+.2f), %llu units</title></circle>",
                         PLACE_X(points[i]), PLACE_Y(points[i]->score), colour, points[i]->group, points[i]->score, points[i]->low,
                         points[i]->high, (unsigned long long)points[i]->units);
  }
  stance_buffer_printf(out, "<text class=\"tick start\" x=\"%d\" y=\"%d\">%s</text>", LEFT, HEIGHT - 6, points[0]->group);
  if (count > 1) stance_buffer_printf(out, "<text class=\"tick\" x=\"%d\" y=\"%d\">%s</text>", WIDTH - RIGHT, HEIGHT - 6, points[count - 1]->group);
  stance_buffer_puts(out, "</svg><details><summary>As a table</summary><table><tr><th>when<th>units<th>mean<th>low<th>high<th>reads as</tr>");
  for (size_t i = 0; i < count; i++) {
    double value;
    stance_buffer_printf(out, "<tr><td>%s<td>%llu<td>%+.2f<td>%+.2f<td>%+.2f<td>", points[i]->group, (unsigned long long)points[i]->units,
                         points[i]->score, points[i]->low, points[i]->high);
    stance_markup_string(out, classify_verdict(head, points[i], &value));
    stance_buffer_puts(out, "</tr>");
  }
  stance_buffer_puts(out, "</table></details></figure>\n");
#undef PLACE_X
#undef PLACE_Y
}

void report_lines(const struct classify_report *report, const struct classify_row *rows, size_t count, struct stance_buffer *out) {
  struct classify_row *points;
  size_t point_count, drawn = 0;
  if (!classify_aggregate_rows(report->days ? report->days : report->months, 1, &points, &point_count)) {
    out->failed = true;
    return;
  }
  const struct classify_row **own = malloc((point_count + 1) * sizeof *own);
  if (!own) out->failed = true;
  for (size_t i = 0; own && i < count && drawn < REPORT_LINES; i++) {
    size_t own_count = 0;
    for (size_t j = 0; j < point_count; j++)
      if (points[j].group && points[j].source && points[j].head == rows[i].head && strcmp(points[j].source, rows[i].source) == 0 &&
          strcmp(points[j].target, rows[i].target) == 0)
        own[own_count++] = &points[j];
    if (own_count) put_line(report, &rows[i], own, own_count, out), drawn++;
  }
  if (!drawn) stance_buffer_puts(out, "<p>No article has a date.</p>\n");
  free(own);
  free(points);
}
