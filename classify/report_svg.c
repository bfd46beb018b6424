/* SPDX-License-Identifier: MIT
 * The report's pictures: a heat map of sources and targets, a directed network on a circle (lines: report_lines.c).
 * Colours run from orange (hostile) over white to blue (friendly), which colour-blind people can distinguish; a letter
 * or a pattern repeats the information. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report_data.h"
#include "stance/base/markup.h"
#include "stance/base/memory.h"
#include "terminal_text.h"

double report_faded(const struct classify_row *row) {
  const double units = (double)row->units, prior = 4; /* as in classify_interval */
  return row->score * units / (units + prior);
}

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

/* Black or white, whichever has a contrast of at least 4.5 to 1 with the colour (WCAG 2.1: black if the relative
 * luminance is above 0.18). */
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

/* ---- actors ------------------------------------------------------------------------------------------------------ */

struct actor {
  const char *id;
  uint64_t units;
};

static int compare_actors(const void *a, const void *b) {
  const struct actor *first = a, *second = b;
  if (first->units != second->units) return first->units < second->units ? 1 : -1;
  return strcmp(first->id, second->id);
}

static int compare_ids(const void *a, const void *b) {
  return strcmp(((const struct actor *)a)->id, ((const struct actor *)b)->id);
}

/* Fills the actors with most units as source or target, most first, at most REPORT_ACTORS. Returns their number. */
static size_t top_actors(const struct classify_row *rows, size_t count, struct actor *top) {
  struct actor *all = calloc(2 * count + 1, sizeof *all);
  size_t kept = 0;
  if (!all) {
    stance_memory_note_out();
    return 0;
  }
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

/* Appends a name, cut to `columns`. */
static void put_name(const struct classify_report *report, const char *id, size_t columns, struct stance_buffer *out) {
  struct stance_buffer cut = {0};
  const char *name = classify_actor_name(report->style, id);
  size_t width = classify_width(name, strlen(name));
  classify_put_padded(&cut, name, strlen(name), width > columns ? columns : width);
  if (cut.data) stance_markup_text(out, cut.data, cut.length);
  if (cut.failed) out->failed = true;
  stance_buffer_free(&cut);
}

void report_row_title(const struct classify_report *report, const struct classify_row *row, struct stance_buffer *out) {
  const struct classify_head *head = &report->style->heads->items[row->head];
  double value;
  stance_buffer_puts(out, "<title>");
  stance_markup_string(out, classify_actor_name(report->style, row->source));
  stance_buffer_puts(out, " to ");
  stance_markup_string(out, classify_actor_name(report->style, row->target));
  stance_buffer_puts(out, ": ");
  stance_markup_string(out, classify_verdict(head, row, &value));
  stance_buffer_printf(out, ", mean score %+.2f (95%% interval %+.2f to %+.2f), %llu units</title>", row->score,
                       row->low, row->high, (unsigned long long)row->units);
}

/* ---- heat map ---------------------------------------------------------------------------------------------------- */

size_t report_drawn(const struct classify_row *rows, size_t count, const struct classify_row **drawn) {
  struct actor actors[REPORT_ACTORS];
  size_t n = top_actors(rows, count, actors), kept = 0;
  for (size_t i = 0; i < count; i++) {
    size_t from = actor_index(actors, n, rows[i].source), to = actor_index(actors, n, rows[i].target);
    if (from < n && to < n && from != to) drawn[kept++] = &rows[i];
  }
  return kept;
}

enum { CELL = 46, HEAT_LEFT = 150, HEAT_TOP = 120, LEGEND = 78 };

/* Draws the legend of colours: scores across, numbers of units down. */
static void put_legend(int top, struct stance_buffer *out) {
  static const int units[] = {1, 5, 50};
  enum { STEPS = 9, STEP = 30, HIGH = 14 };
  for (int u = 0; u < 3; u++) {
    int y = top + 8 + u * (HIGH + 3);
    stance_buffer_printf(out, "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%d unit%s</text>", HEAT_LEFT - 8, y + 12,
                         units[u], units[u] == 1 ? "" : "s");
    for (int i = 0; i < STEPS; i++) {
      const struct classify_row row = {.units = (uint64_t)units[u], .score = -1 + 2.0 * i / (STEPS - 1)};
      char colour[8];
      report_colour(colour, report_faded(&row));
      stance_buffer_printf(out, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>",
                           HEAT_LEFT + i * STEP, y, STEP, HIGH, colour);
    }
  }
  for (int i = 0; i < 3; i++)
    stance_buffer_printf(out, "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>",
                         HEAT_LEFT + STEP / 2 + i * (STEPS - 1) * STEP / 2, top + LEGEND - 4,
                         i == 0   ? "\xe2\x88\x92"
                                    "1"
                         : i == 1 ? "score 0"
                                  : "+1");
}

static void put_cell(const struct classify_report *report, const struct classify_row *row, int x, int y,
                     struct stance_buffer *out) {
  char colour[8];
  double shown = report_faded(row);
  report_colour(colour, shown);
  stance_buffer_puts(out, "<g>");
  report_row_title(report, row, out);
  stance_buffer_printf(out, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>", x + 1, y + 1, CELL - 2,
                       CELL - 2, colour);
  stance_buffer_printf(out, "<text x=\"%d\" y=\"%d\" class=\"letter\" fill=\"%s\">%c</text>", x + CELL / 2, y + 20,
                       ink_on(shown), report_letter(&report->style->heads->items[row->head], row));
  stance_buffer_printf(out, "<text x=\"%d\" y=\"%d\" class=\"small\" fill=\"%s\">%llu</text></g>", x + CELL / 2, y + 37,
                       ink_on(shown), (unsigned long long)row->units);
}

void report_heat_map(const struct classify_report *report, const struct classify_row *rows, size_t count,
                     struct stance_buffer *out) {
  struct actor actors[REPORT_ACTORS];
  size_t n = top_actors(rows, count, actors);
  int side = (int)n * CELL, width = HEAT_LEFT + (side < 270 ? 270 : side) + 60, height = HEAT_TOP + side + 6 + LEGEND;
  stance_buffer_printf(out,
                       "<svg class=\"heat\" role=\"img\" aria-labelledby=\"heat-title\" viewBox=\"0 0 %d %d\" "
                       "width=\"%d\" height=\"%d\"><title id=\"heat-title\">Heat map: how each source (row) stands to "
                       "each target (column); the table below says the same</title>",
                       width, height, width, height);
  for (size_t i = 0; i < n; i++) {
    int middle = (int)i * CELL + CELL / 2;
    stance_buffer_printf(out, "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">", HEAT_LEFT - 8, HEAT_TOP + middle + 5);
    put_name(report, actors[i].id, 19, out);
    stance_buffer_printf(out, "</text><text transform=\"translate(%d %d) rotate(-50)\">", HEAT_LEFT + middle + 2,
                         HEAT_TOP - 8);
    put_name(report, actors[i].id, 19, out);
    stance_buffer_puts(out, "</text>");
    stance_buffer_printf(out, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" class=\"self\"/>",
                         HEAT_LEFT + (int)i * CELL, HEAT_TOP + (int)i * CELL, CELL, CELL);
  }
  for (size_t i = 0; i < count; i++) {
    size_t from = actor_index(actors, n, rows[i].source), to = actor_index(actors, n, rows[i].target);
    if (from < n && to < n && from != to)
      put_cell(report, &rows[i], HEAT_LEFT + (int)to * CELL, HEAT_TOP + (int)from * CELL, out);
  }
  put_legend(HEAT_TOP + side + 6, out);
  stance_buffer_puts(out, "</svg>\n");
}

/* ---- network ----------------------------------------------------------------------------------------------------- */

static const char network_markers[] =
    "<defs><marker id=\"arrow-h\" viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\" markerWidth=\"9\" markerHeight=\"9\" "
    "markerUnits=\"userSpaceOnUse\" orient=\"auto\"><path d=\"M0 0L10 5L0 10z\" class=\"head-h\"/></marker><marker "
    "id=\"arrow-f\" viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\" markerWidth=\"9\" markerHeight=\"9\" "
    "markerUnits=\"userSpaceOnUse\" orient=\"auto\"><path d=\"M0 0L10 5L0 10z\" class=\"head-f\"/></marker><marker "
    "id=\"arrow-n\" viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\" markerWidth=\"8\" markerHeight=\"8\" "
    "markerUnits=\"userSpaceOnUse\" orient=\"auto\"><path d=\"M0 0L10 5L0 10z\" class=\"head-n\"/></marker></defs>";

/* Positions of the letters so far. */
struct spots {
  double places[REPORT_EDGES][2];
  size_t count;
};

/* Chooses a position on the curve for its letter, from the middle outwards, away from other letters. */
static void choose_spot(struct spots *spots, const double x[3], const double y[3], double *at_x, double *at_y) {
  static const double shares[] = {0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.2, 0.8};
  const double enough = 17;
  double best = -1;
  for (size_t i = 0; i < sizeof shares / sizeof *shares && best < enough; i++) {
    double t = shares[i], u = 1 - t, px = u * u * x[0] + 2 * u * t * x[1] + t * t * x[2],
           py = u * u * y[0] + 2 * u * t * y[1] + t * t * y[2], nearest = enough;
    for (size_t j = 0; j < spots->count; j++)
      nearest = fmin(nearest, hypot(px - spots->places[j][0], py - spots->places[j][1]));
    if (nearest <= best) continue;
    best = nearest;
    *at_x = px;
    *at_y = py;
  }
  if (spots->count == REPORT_EDGES) return;
  spots->places[spots->count][0] = *at_x;
  spots->places[spots->count++][1] = *at_y;
}

static void put_edge(const struct classify_report *report, const struct classify_row *row, const double from[2],
                     const double to[2], struct spots *spots, struct stance_buffer *out) {
  const struct classify_head *head = &report->style->heads->items[row->head];
  double value, dx = to[0] - from[0], dy = to[1] - from[1], length = fmax(1, hypot(dx, dy)), radius = 21;
  classify_verdict(head, row, &value);
  char kind = value < 0 ? 'h' : value > 0 ? 'f' : 'n';
  /* bent to the right, so that A -> B and B -> A do not overlap */
  double bend = 0.14 * length + 8, mx = (from[0] + to[0]) / 2 - dy / length * bend,
         my = (from[1] + to[1]) / 2 + dx / length * bend;
  double a = hypot(mx - from[0], my - from[1]), b = hypot(mx - to[0], my - to[1]);
  double x1 = from[0] + (mx - from[0]) / a * radius, y1 = from[1] + (my - from[1]) / a * radius;
  double x2 = to[0] + (mx - to[0]) / b * (radius + 2), y2 = to[1] + (my - to[1]) / b * (radius + 2);
  stance_buffer_puts(out, "<g>");
  report_row_title(report, row, out);
  stance_buffer_printf(out,
                       "<path class=\"edge %c\" d=\"M%.1f %.1fQ%.1f %.1f %.1f %.1f\" stroke-width=\"%.1f\" "
                       "marker-end=\"url(#arrow-%c)\"/>",
                       kind, x1, y1, mx, my, x2, y2, kind == 'n' ? 1.2 : 1.2 + 1.3 * log10(1 + (double)row->units),
                       kind);
  char letter = report_letter(head, row);
  if (kind == 'n' && letter == 'u') { /* most ties: the dots say it */
    stance_buffer_puts(out, "</g>");
    return;
  }
  double lx = mx, ly = my;
  choose_spot(spots, (const double[]){x1, mx, x2}, (const double[]){y1, my, y2}, &lx, &ly);
  stance_buffer_printf(out, "<text class=\"edge-letter %c\" x=\"%.1f\" y=\"%.1f\">%c</text></g>", kind, lx, ly + 4,
                       letter);
}

/* Descending by the absolute sum of scores. */
static int compare_weights(const void *a, const void *b) {
  const struct classify_row *first = *(const struct classify_row *const *)a,
                            *second = *(const struct classify_row *const *)b;
  int64_t x = llabs(first->score_sum), y = llabs(second->score_sum);
  if (x != y) return x < y ? 1 : -1;
  return first < second ? -1 : 1; /* ties keep the order of rows */
}

/* Chooses the strongest edges between the actors, weakest first, so that stronger ones are drawn on top. NULL: out of
 * memory. */
static const struct classify_row **choose_edges(const struct classify_row *rows, size_t count,
                                                const struct actor *actors, size_t n, size_t *chosen) {
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

void report_network(const struct classify_report *report, const struct classify_row *rows, size_t count,
                    struct stance_buffer *out) {
  enum { WIDTH = 820, HEIGHT = 620 };
  struct actor actors[REPORT_ACTORS];
  double places[REPORT_ACTORS][2];
  struct spots spots = {.count = 0};
  size_t n = top_actors(rows, count, actors), edge_count;
  const struct classify_row **edges = choose_edges(rows, count, actors, n, &edge_count);
  if (!edges) out->failed = true;
  stance_buffer_printf(
      out,
      "<svg class=\"net\" role=\"img\" aria-labelledby=\"net-title\" viewBox=\"0 0 %d %d\" width=\"%d\" "
      "height=\"%d\"><title id=\"net-title\">Network: an arrow from each source to its target, orange and solid where "
      "hostile (h), blue and dashed where friendly (f), grey and dotted where neutral (n); wider with more "
      "units</title>%s",
      WIDTH, HEIGHT, WIDTH, HEIGHT, network_markers);
  for (size_t i = 0; i < n; i++) {
    double angle = 2 * M_PI * (double)i / (double)n - M_PI / 2;
    places[i][0] = WIDTH / 2.0 + 250 * cos(angle);
    places[i][1] = HEIGHT / 2.0 + 245 * sin(angle);
  }
  for (size_t i = 0; i < edge_count; i++)
    put_edge(report, edges[i], places[actor_index(actors, n, edges[i]->source)],
             places[actor_index(actors, n, edges[i]->target)], &spots, out);
  free(edges);
  for (size_t i = 0; i < n; i++) {
    double x = places[i][0], y = places[i][1];
    int side = x > WIDTH / 2.0 + 60 ? 1 : x < WIDTH / 2.0 - 60 ? -1 : 0;
    stance_buffer_printf(
        out, "<circle class=\"node\" cx=\"%.1f\" cy=\"%.1f\" r=\"18\"/><text class=\"small\" x=\"%.1f\" y=\"%.1f\">", x,
        y, x, y + 4);
    stance_markup_text(out, actors[i].id, strlen(actors[i].id) < 4 ? strlen(actors[i].id) : 3);
    stance_buffer_printf(out, "</text><text class=\"node-name\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">",
                         x + side * 24,
                         side               ? y + 5
                         : y > HEIGHT / 2.0 ? y + 36
                                            : y - 26,
                         side > 0   ? "start"
                         : side < 0 ? "end"
                                    : "middle");
    put_name(report, actors[i].id, 20, out);
    stance_buffer_puts(out, "</text>");
  }
  stance_buffer_puts(out, "</svg>\n");
}
