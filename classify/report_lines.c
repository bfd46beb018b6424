/* SPDX-License-Identifier: MIT
 * The report's line charts over time: means with intervals. A period without units makes a gap; an isolated point is
 * drawn as a bar. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report_data.h"
#include "stance/base/markup.h"
#include "terminal_text.h"

enum {
  WIDTH = 400,
  HEIGHT = 160,
  LEFT = 34,
  RIGHT = 14,
  TOP = 10,
  BOTTOM = 24,
  YEAR_DAYS = 372,
  MONTH_DAYS = 31,
  TICKS = 6
};

/* A period's place on the time axis in days, with months of 31 days. */
static double period_place(const char *period) {
  int year = atoi(period), month = atoi(period + 5), day = strlen(period) > 7 ? atoi(period + 8) : 1;
  return year * (double)YEAR_DAYS + (month - 1) * (double)MONTH_DAYS + day;
}

struct axis {
  double first, last;
  double longest; /* points up to this distance are joined: a month, or a week if by day */
};

static double place_x(const struct axis *axis, const char *period) {
  double wide = WIDTH - LEFT - RIGHT;
  return axis->last > axis->first ? LEFT + (period_place(period) - axis->first) / (axis->last - axis->first) * wide
                                  : LEFT + wide / 2;
}

static double place_y(double score) { return TOP + (1 - score) / 2 * (HEIGHT - TOP - BOTTOM); }

/* Ticks at multiples of some months, few enough to be legible; labelled by year if the step is whole years. */
static void put_ticks(const struct axis *axis, const struct classify_row *const *points, size_t count,
                      struct stance_buffer *out) {
  static const int steps[] = {1, 2, 3, 6, 12, 24, 60, 120, 240, 600};
  int first = (int)ceil((axis->first - 1) / MONTH_DAYS), last = (int)floor((axis->last - 1) / MONTH_DAYS),
      s = 0; /* months since year 0 */
  while (s < 9 && (last - first) / steps[s] >= TICKS) s++;
  if (last <= first) { /* all within a month: ticks at the first and the last day */
    for (size_t i = 0; i<count; i += count> 1 ? count - 1 : 1)
      stance_buffer_printf(out, "<text class=\"tick%s\" x=\"%.1f\" y=\"%d\">%s</text>", i ? " end" : "",
                           i ? WIDTH - 2.0 : place_x(axis, points[i]->group) + (count > 1 ? 24 : 0), HEIGHT - 6,
                           points[i]->group);
    return;
  }
  for (int month = first + (steps[s] - first % steps[s]) % steps[s]; month <= last; month += steps[s]) {
    char period[32], label[32];
    snprintf(period, sizeof period, "%04d-%02d-01", month / 12, month % 12 + 1);
    snprintf(label, sizeof label, steps[s] >= 12 ? "%04d" : "%04d-%02d", month / 12, month % 12 + 1);
    double x = place_x(axis, period);
    stance_buffer_printf(out,
                         "<line class=\"zero\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"/><text class=\"tick\" "
                         "x=\"%.1f\" y=\"%d\">%s</text>",
                         x, x, HEIGHT - BOTTOM, HEIGHT - BOTTOM + 5, fmin(fmax(x, LEFT), WIDTH - 22.0), HEIGHT - 6,
                         label);
  }
}

/* Draws the band and line of consecutive points, or the bar of a single one. */
static void put_run(const struct axis *axis, const struct classify_row *const *points, size_t count,
                    struct stance_buffer *out) {
  if (count == 1) {
    double x = place_x(axis, points[0]->group);
    stance_buffer_printf(out, "<line class=\"bar\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\"/>", x, x,
                         place_y(points[0]->high), place_y(points[0]->low));
    return;
  }
  stance_buffer_puts(out, "<path class=\"band\" d=\"");
  for (size_t i = 0; i < count; i++)
    stance_buffer_printf(out, "%c%.1f %.1f", i ? 'L' : 'M', place_x(axis, points[i]->group), place_y(points[i]->high));
  for (size_t i = count; i-- > 0;)
    stance_buffer_printf(out, "L%.1f %.1f", place_x(axis, points[i]->group), place_y(points[i]->low));
  stance_buffer_puts(out, "z\"/><path class=\"mean\" d=\"");
  for (size_t i = 0; i < count; i++)
    stance_buffer_printf(out, "%c%.1f %.1f", i ? 'L' : 'M', place_x(axis, points[i]->group), place_y(points[i]->score));
  stance_buffer_puts(out, "\"/>");
}

static void put_drawing(const struct classify_report *report, const struct classify_row *whole,
                        const struct classify_row *const *points, size_t count, struct stance_buffer *out) {
  const struct axis axis = {period_place(points[0]->group), period_place(points[count - 1]->group),
                            strlen(points[0]->group) > 7 ? 7.5 : MONTH_DAYS + 0.5};
  stance_buffer_printf(out, "<svg role=\"img\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\">", WIDTH, HEIGHT, WIDTH,
                       HEIGHT);
  report_row_title(report, whole, out);
  for (int score = -1; score <= 1; score++)
    stance_buffer_printf(out,
                         "<line class=\"%s\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/><text class=\"tick end\" "
                         "x=\"%d\" y=\"%.1f\">%s</text>",
                         score ? "grid" : "zero", LEFT, WIDTH - RIGHT, place_y(score), place_y(score), LEFT - 6,
                         place_y(score) + 4,
                         score < 0 ? "\xe2\x88\x92"
                                     "1"
                         : score   ? "+1"
                                   : "0");
  for (size_t i = 0, from = 0; i < count; i++)
    if (i + 1 == count || period_place(points[i + 1]->group) - period_place(points[i]->group) > axis.longest) {
      put_run(&axis, points + from, i + 1 - from, out);
      from = i + 1;
    }
  for (size_t i = 0; i < count; i++) {
    char colour[8];
    report_colour(colour, report_faded(points[i]));
    stance_buffer_printf(out,
                         "<circle class=\"point\" cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\" fill=\"%s\"><title>%s: %+.2f "
                         "(%+.2f to %+.2f), %llu units</title></circle>",
                         place_x(&axis, points[i]->group), place_y(points[i]->score), colour, points[i]->group,
                         points[i]->score, points[i]->low, points[i]->high, (unsigned long long)points[i]->units);
  }
  put_ticks(&axis, points, count, out);
  stance_buffer_puts(out, "</svg>");
}

static void put_line(const struct classify_report *report, const struct classify_row *whole,
                     const struct classify_row *const *points, size_t count, const char *name,
                     struct stance_buffer *out) {
  const struct classify_head *head = &report->style->heads->items[whole->head];
  struct stance_buffer svg = {0}, csv = {0};
  stance_buffer_puts(out, "<figure class=\"line\"><figcaption>");
  if (whole->source) {
    stance_markup_string(out, classify_actor_name(report->style, whole->source));
    stance_buffer_puts(out, " \xe2\x86\x92 ");
  }
  stance_markup_string(out, whole->target ? classify_actor_name(report->style, whole->target) : head->name);
  stance_buffer_puts(out, "</figcaption>");
  put_drawing(report, whole, points, count, &svg);
  report_rows_csv(report, strlen(points[0]->group) > 7 ? "day" : "month", points, count, &csv);
  report_put_picture(out, &svg, &csv, name);
  stance_buffer_free(&svg);
  stance_buffer_free(&csv);
  stance_buffer_puts(
      out,
      "<details><summary>As a table</summary><table><tr><th>when<th>units<th>mean<th>low<th>high<th>reads as</tr>");
  for (size_t i = 0; i < count; i++) {
    double value;
    stance_buffer_printf(out, "<tr><td>%s<td>%llu<td>%+.2f<td>%+.2f<td>%+.2f<td>", points[i]->group,
                         (unsigned long long)points[i]->units, points[i]->score, points[i]->low, points[i]->high);
    stance_markup_string(out, classify_verdict(head, points[i], &value));
    stance_buffer_puts(out, "</tr>");
  }
  stance_buffer_puts(out, "</table></details></figure>\n");
}

/* Draws the dyad's or head's line; has_any: whether it has a point. False: out of memory. */
static bool draw_line(const struct classify_report *report, const struct classify_row *whole, size_t number,
                      bool *has_any, struct stance_buffer *out) {
  struct classify_row *rows;
  size_t count;
  *has_any = false;
  if (!classify_aggregate_rows_like(report->days ? report->days : report->months, whole, &rows, &count)) return false;
  const struct classify_row **points = malloc((count + 1) * sizeof *points);
  for (size_t i = 0; points && i < count; i++) points[i] = &rows[i];
  char name[32];
  snprintf(name, sizeof name, whole->source ? "line-%zu" : "sentences-%zu", number);
  *has_any = points && count;
  if (*has_any) put_line(report, whole, points, count, name, out);
  bool is_good = points != NULL;
  free(points);
  free(rows);
  return is_good;
}

size_t report_lines(const struct classify_report *report, const struct classify_row *rows, size_t count,
                    struct stance_buffer *out) {
  size_t drawn = 0;
  bool has_any;
  for (size_t i = 0; i < count && drawn < REPORT_LINES; i++) {
    if (!draw_line(report, &rows[i], drawn + 1, &has_any, out)) out->failed = true;
    if (out->failed) return drawn;
    drawn += has_any;
  }
  return drawn;
}
