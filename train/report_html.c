/* SPDX-License-Identifier: MIT
 * The report as one HTML file: no scripts, no fonts, no links; plots are inline SVG. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "feature_words.h"
#include "report.h"
#include "stance/base/markup.h"
#include "transfer.h"

static void figure(struct stance_buffer *out, double value) {
  if (isfinite(value)) stance_buffer_fixed(out, value, 3);
  else stance_buffer_puts(out, "&ndash;");
}

static void cell(struct stance_buffer *out, double value) {
  stance_buffer_puts(out, "<td>");
  figure(out, value);
  stance_buffer_puts(out, "</td>");
}

static void row(struct stance_buffer *out, const char *name, double value, const struct interval *interval) {
  stance_buffer_puts(out, "<tr>");
  stance_markup_element(out, "th", name);
  cell(out, value);
  stance_buffer_puts(out, "<td>");
  if (interval && isfinite(interval->low)) {
    figure(out, interval->low);
    stance_buffer_puts(out, " to ");
    figure(out, interval->high);
  }
  stance_buffer_puts(out, "</td></tr>\n");
}

/* ---- plots: a square of 200 in a frame, values from 0 to 1 ------------------------------------------------- */

static void plot_start(struct stance_buffer *out, const char *title, const char *x, const char *y) {
  stance_buffer_puts(out, "<svg viewBox=\"0 0 270 260\" width=\"270\" height=\"260\" role=\"img\">");
  stance_markup_element(out, "title", title);
  stance_buffer_puts(out, "<rect x=\"45\" y=\"20\" width=\"200\" height=\"200\" class=\"frame\"/>");
  for (int i = 0; i <= 4; i++)
    stance_buffer_printf(out, "<text x=\"40\" y=\"%d\" text-anchor=\"end\">%g</text>", 224 - 50 * i, i * 0.25);
  stance_buffer_printf(
      out, "<text x=\"145\" y=\"252\" text-anchor=\"middle\">%s</text><text x=\"45\" y=\"12\">%s</text>\n", x, y);
}

/* From 0 to 1 on the x axis, and the diagonal. */
static void plot_guide(struct stance_buffer *out) {
  stance_buffer_puts(out, "<path d=\"M45 220L245 20\" class=\"guide\"/>");
  for (int i = 0; i <= 4; i++)
    stance_buffer_printf(out, "<text x=\"%d\" y=\"234\" text-anchor=\"middle\">%g</text>", 45 + 50 * i, i * 0.25);
}

static void plot_reliability(const struct reliability *reliability, struct stance_buffer *out) {
  plot_start(out, "Reliability", "printed probability of the label", "share that is right");
  plot_guide(out);
  size_t largest = 1;
  for (size_t b = 0; b < METRIC_BINS; b++)
    if (reliability->count[b] > largest) largest = reliability->count[b];
  for (size_t b = 0; b < METRIC_BINS; b++)
    if (reliability->count[b])
      stance_buffer_printf(out,
                           "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" class=\"dot\"><title>%zu "
                           "units</title></circle>",
                           45 + 200 * reliability->confidence[b], 220 - 200 * reliability->accuracy[b],
                           2 + 6 * sqrt((double)reliability->count[b] / (double)largest), reliability->count[b]);
  stance_buffer_puts(out, "</svg>\n");
}

static int by_p(const void *a, const void *b) {
  const float *x = a, *y = b;
  if (*x < *y || *x > *y) return *x < *y ? -1 : 1;
  return (x[1] > y[1]) - (x[1] < y[1]);
}

/* Plots one label's mean p against its share, in METRIC_BINS bins with equally many units. */
static void plot_class(const struct trained *trained, size_t label, struct stance_buffer *out) {
  size_t count = trained->data->count, labels = trained->head.label_count;
  float *pairs = malloc((count + 1) * 2 * sizeof *pairs); /* pairs of p, and 1 if the label is right */
  char title[120];
  if (!pairs) {
    out->failed = true;
    return;
  }
  for (size_t i = 0; i < count; i++) {
    pairs[2 * i] = trained->p[i * labels + label];
    pairs[2 * i + 1] = trained->data->labels[i] == label;
  }
  qsort(pairs, count, 2 * sizeof *pairs, by_p);
  snprintf(title, sizeof title, "Calibration of %.80s", trained->data->head->labels[label].name);
  plot_start(out, title, "mean p (bins of equally many units)", "share of the label");
  plot_guide(out);
  stance_buffer_puts(out, "<text x=\"240\" y=\"212\" text-anchor=\"end\" class=\"label\">");
  stance_markup_string(out, trained->data->head->labels[label].name);
  stance_buffer_puts(out, "</text>");
  for (size_t b = 0; b < METRIC_BINS; b++) {
    size_t from = count * b / METRIC_BINS, to = count * (b + 1) / METRIC_BINS;
    double p = 0, share = 0, n = (double)(to - from);
    for (size_t i = from; i < to; i++) {
      p += (double)pairs[2 * i] / n;
      share += (double)pairs[2 * i + 1] / n;
    }
    if (to == from) continue;
    double error = 1.96 * sqrt(share * (1 - share) / n), low = fmax(0, share - error), high = fmin(1, share + error);
    stance_buffer_printf(out,
                         "<path class=\"bar\" d=\"M%.1f %.1fV%.1f\"/><circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\" "
                         "class=\"dot\"><title>p %.3f, share %.3f of %zu units</title></circle>",
                         45 + 200 * p, 220 - 200 * low, 220 - 200 * high, 45 + 200 * p, 220 - 200 * share, p, share,
                         to - from);
  }
  stance_buffer_puts(out, "</svg>\n");
  free(pairs);
}

static void plot_curve(const struct report_head *report, struct stance_buffer *out) {
  plot_start(out, "Learning curve", "units (halved thrice)", "macro-F1 out of fold");
  stance_buffer_puts(out, "<path class=\"line\" d=\"");
  for (size_t i = 0; i < REPORT_CURVE; i++)
    stance_buffer_printf(out, "%c%.1f %.1f", i ? 'L' : 'M', 60 + 56.0 * (double)i,
                         220 - 200 * report->curve[i].macro_f1);
  stance_buffer_puts(out, "\"/>");
  for (size_t i = 0; i < REPORT_CURVE; i++)
    stance_buffer_printf(out, "<text x=\"%.1f\" y=\"236\" text-anchor=\"middle\">%zu</text>", 60 + 56.0 * (double)i,
                         report->curve[i].units);
  stance_buffer_puts(out, "</svg>\n");
}

/* ---- sections ------------------------------------------------------------------------------------------- */

static void put_agreement(const struct dataset *data, struct stance_buffer *out) {
  stance_buffer_printf(out,
                       " %zu units have labels of several annotators: pairs of annotators agree on %.1f%%, "
                       "Krippendorff&rsquo;s alpha (nominal) ",
                       data->shared, data->agreement * 100);
  if (isfinite(data->alpha)) stance_buffer_fixed(out, data->alpha, 3);
  else stance_buffer_puts(out, "undefined (one label throughout)");
  stance_buffer_printf(out, "; labels by gold %zu, unanimous %zu, by majority %zu, by weighted votes %zu.",
                       data->merge.gold, data->merge.unanimous, data->merge.majority, data->merge.weighted);
}

static void data_card(const struct trained *trained, struct stance_buffer *out) {
  const struct dataset *data = trained->data;
  stance_buffer_printf(out,
                       "<p>%zu units from %zu records of %zu annotator%s, %zu different sentences in %u groups that "
                       "folds never split (by article, and %zu pairs of nearly equal sentences: three-word shingles, "
                       "Jaccard &ge; %g).",
                       data->merge.units, data->merge.records, data->annotators, data->annotators == 1 ? "" : "s",
                       trained->group_summary.texts, trained->group_count, trained->group_summary.near_duplicates,
                       GROUP_JACCARD);
  if (data->agreement >= 0) put_agreement(data, out);
  stance_buffer_printf(out, " Hash of units and labels: <code>%016llx</code>.</p>\n",
                       (unsigned long long)train_dataset_hash(data));
}

static void figures(const struct report_head *report, const struct trainer_settings *settings,
                    struct stance_buffer *out) {
  const struct trained *trained = report->trained;
  const struct stance_head *head = trained->data->head;
  static const char *const groupings[] = {"by article", "by sentence (too good for other articles)", "none"};
  stance_buffer_printf(out,
                       "<h3>Out of fold: grouped cross-validation, %u folds %s, seed %llu</h3>"
                       "<div class=\"wide\"><table><tr><th></th><th>figure</th><th>95%% interval</th></tr>\n",
                       trained->fold_count, groupings[trained->grouping], (unsigned long long)settings->seed);
  if (trained->selected >= 0)
    row(out, "macro-F1, all choices made anew in each fold (nested)", trained->selected, NULL);
  if (trained->nested_metric) {
    stance_buffer_puts(out, "<tr><th>");
    stance_markup_string(out, trained->nested_metric);
    stance_buffer_puts(out, ", which was tuned for, tuned anew in each fold (nested)</th>");
    cell(out, trained->nested);
    stance_buffer_puts(out, "<td></td></tr>\n");
  }
  row(out, trained->selected >= 0 ? "macro-F1 of what was chosen (too good)" : "macro-F1", trained->metrics.macro_f1,
      trained->selected >= 0 ? NULL : &trained->intervals.macro_f1);
  row(out, "micro-F1", trained->metrics.micro_f1, &trained->intervals.micro_f1);
  row(out, "mean F1 of favour and against", trained->metrics.polar_f1, &trained->intervals.polar_f1);
  if (trained->pairs.pairs) {
    row(out, "pairs, 5 classes, macro-F1", trained->pairs.macro_f1, NULL);
    row(out, "pairs, 3 polarities, macro-F1", trained->pairs.polarity_macro_f1, NULL);
    row(out, "direction right where polarity is", trained->pairs.direction_accuracy, NULL);
  }
  row(out, "balanced accuracy", trained->metrics.balanced, NULL);
  row(out, "Cohen's kappa with gold", trained->metrics.kappa, NULL);
  row(out, "Matthews correlation", trained->metrics.mcc, NULL);
  row(out, "log loss", trained->probabilities.log_loss, NULL);
  row(out, "Brier score", trained->probabilities.brier, NULL);
  row(out, "expected calibration error", trained->reliability.error, NULL);
  for (size_t b = 0; b < REPORT_BASELINES; b++) {
    if (!report->baselines[b].is_known) continue;
    char name[100];
    snprintf(name, sizeof name, "baseline: %s, macro-F1", report->baselines[b].name);
    row(out, name, report->baselines[b].macro_f1, NULL);
  }
  stance_buffer_puts(
      out,
      "</table></div><div class=\"wide\"><table><tr><th></th><th>precision</th><th>recall</th><th>F1</th><th>95% "
      "interval</th><th>units</th>");
  for (size_t l = 0; l < head->label_count; l++) {
    stance_buffer_puts(out, "<th>said ");
    stance_markup_string(out, head->labels[l].name);
    stance_buffer_puts(out, "</th>");
  }
  stance_buffer_puts(out, "</tr>\n");
  for (size_t l = 0; l < head->label_count; l++) {
    stance_buffer_puts(out, "<tr>");
    stance_markup_element(out, "th", head->labels[l].name);
    cell(out, trained->metrics.label[l].precision);
    cell(out, trained->metrics.label[l].recall);
    cell(out, trained->metrics.label[l].f1);
    stance_buffer_puts(out, "<td>");
    figure(out, trained->intervals.label_f1[l].low);
    if (!trained->is_tuned) stance_buffer_puts(out, " to ");
    if (!trained->is_tuned) figure(out, trained->intervals.label_f1[l].high);
    stance_buffer_printf(out, "</td><td>%zu</td>", trained->metrics.label[l].support);
    for (size_t k = 0; k < head->label_count; k++) {
      double share = trained->metrics.label[l].support
                         ? (double)trained->metrics.confusion[l][k] / (double)trained->metrics.label[l].support
                         : 0;
      stance_buffer_printf(out, "<td style=\"background:rgba(var(--cell),%.2f)\">%zu</td>", share * 0.6,
                           trained->metrics.confusion[l][k]);
    }
    stance_buffer_puts(out, "</tr>\n");
  }
  stance_buffer_puts(out, "</table></div>\n");
}

static void transfer_table(const struct transfer *transfer, struct stance_buffer *out) {
  bool by_date = transfer->splits.by == SPLITS_BY_DATE;
  stance_buffer_printf(out,
                       "<h3>%s</h3><div class=\"wide\"><table><tr><th>%s</th><th>trained on</th><th>tested</th>"
                       "<th>macro-F1</th><th>micro-F1</th></tr>\n",
                       by_date ? "Forward in time: each block tested by what was learnt from the days before it"
                               : "Leave one outlet out: each tested by what was learnt from the others",
                       by_date ? "days" : "outlet");
  for (size_t s = 0; s < transfer->split_count; s++) {
    const struct transfer_split *split = &transfer->split[s];
    stance_buffer_puts(out, "<tr>");
    stance_markup_element(out, "th", split->name);
    stance_buffer_printf(out, "<td>%zu</td><td>%zu</td>", split->trained, split->tested);
    cell(out, split->is_judged ? split->macro_f1 : (double)NAN);
    cell(out, split->is_judged ? split->micro_f1 : (double)NAN);
    stance_buffer_puts(out, "</tr>\n");
  }
  stance_buffer_printf(out, "<tr><th>all</th><td></td><td>%zu</td>", transfer->tested.count);
  cell(out, transfer->metrics.macro_f1);
  cell(out, transfer->metrics.micro_f1);
  stance_buffer_puts(out, "</tr>\n</table></div>\n<p>95% interval of the macro-F1 of all: ");
  figure(out, transfer->intervals.macro_f1.low);
  stance_buffer_puts(out, " to ");
  figure(out, transfer->intervals.macro_f1.high);
  stance_buffer_puts(out, ".</p>\n");
}

static void put_words(const char *name, struct stance_buffer *out) {
  struct stance_buffer words = {0};
  train_feature_words(name, &words);
  if (words.failed) out->failed = true;
  else stance_markup_text(out, words.data ? words.data : "", words.length);
  stance_buffer_free(&words);
}

static void strongest(const struct report_head *report, struct stance_buffer *out) {
  const struct stance_head *head = report->trained->data->head;
  stance_buffer_puts(out,
                     "<h3>What speaks for each label most</h3><p>Features of the model in words; the name of each "
                     "shows when it is pointed at.</p><div class=\"side\">");
  for (size_t l = 0; l < head->label_count; l++) {
    if (!report->top_count[l]) continue;
    stance_buffer_puts(out, "<table><tr>");
    stance_markup_element(out, "th", head->labels[l].name);
    stance_buffer_puts(out, "<th>weight</th></tr>\n");
    for (size_t i = 0; i < report->top_count[l]; i++) {
      stance_buffer_puts(out, "<tr><td title=\"");
      stance_markup_string(out, report->top[l][i].name);
      stance_buffer_puts(out, "\">");
      put_words(report->top[l][i].name, out);
      stance_buffer_puts(out, "</td>");
      cell(out, report->top[l][i].weight);
      stance_buffer_puts(out, "</tr>\n");
    }
    stance_buffer_puts(out, "</table>");
  }
  stance_buffer_puts(out, "</div>\n");
}

static void errors(const struct report_head *report, struct stance_buffer *out) {
  const struct trained *trained = report->trained;
  const struct stance_head *head = trained->data->head;
  stance_buffer_puts(out,
                     "<h3>Worst errors, out of fold</h3><p>The features named are those that weigh most in the final "
                     "model.</p><ol>\n");
  for (size_t i = 0; i < report->error_count; i++) {
    const struct report_error *error = &report->errors[i];
    const struct stance_record *record = trained->data->records[error->index];
    stance_buffer_puts(out, "<li>");
    stance_markup_string(out, record->text);
    stance_buffer_puts(out, "<br><b>");
    if (record->target) {
      stance_markup_string(out, record->source ? record->source : "");
      stance_buffer_puts(out, " &rarr; ");
      stance_markup_string(out, record->target);
      stance_buffer_puts(out, ": ");
    }
    stance_markup_string(out, head->labels[trained->data->labels[error->index]].name);
    stance_buffer_puts(out, "</b>, said ");
    stance_markup_string(out, head->labels[trained->predicted[error->index]].name);
    stance_buffer_puts(out, " with p ");
    figure(out, (double)trained->p[error->index * head->label_count + trained->predicted[error->index]]);
    for (size_t r = 0; r < error->reason_count; r++) {
      stance_buffer_puts(out, r ? "; " : "<br><small>");
      put_words(error->reasons[r].name, out);
    }
    stance_buffer_puts(out, error->reason_count ? "</small></li>\n" : "</li>\n");
  }
  stance_buffer_puts(out, "</ol>\n");
}

static void head_section(const struct report_head *report, const struct trainer_settings *settings,
                         struct stance_buffer *out) {
  const struct trained *trained = report->trained;
  struct stance_arena arena = {0};
  char *templates = stance_template_format(trained->head.templates, &arena);
  stance_buffer_puts(out, "<h2>Head ");
  stance_markup_string(out, trained->head.name);
  stance_buffer_puts(out, "</h2>\n<p>Asked of each unit: ");
  stance_markup_string(out, trained->data->head->question ? trained->data->head->question : trained->head.name);
  stance_buffer_puts(out, "</p>\n");
  data_card(trained, out);
  figures(report, settings, out);
  if (trained->transfer) transfer_table(trained->transfer, out);
  stance_buffer_puts(out, "<div class=\"side\">");
  for (size_t l = 0; l < trained->head.label_count; l++) plot_class(trained, l, out);
  plot_reliability(&trained->reliability, out);
  plot_curve(report, out);
  stance_buffer_puts(out, "</div>\n");
  strongest(report, out);
  errors(report, out);
  stance_buffer_printf(out,
                       "<h3>Settings</h3><p>%s, C %g, balance %g, seed %llu, features in at least %zu units: %zu kept, "
                       "%zu dropped as rare, %zu as of next to no weight. Templates: ",
                       solver_name(trained->settings.solver.kind), trained->settings.solver.c,
                       trained->settings.balance, (unsigned long long)settings->seed, settings->min_count,
                       trained->head.feature_count, trained->features_dropped_rare, trained->features_dropped_small);
  stance_markup_string(out, templates ? templates : "");
  stance_buffer_puts(out, ".</p>\n");
  stance_arena_free(&arena);
}

static const char style[] =
    ":root{color-scheme:light dark;--text:#222;--faint:#555;--line:#ccc;--ink:#2455b8;--cell:51,102,204}\n"
    "@media screen and "
    "(prefers-color-scheme:dark){:root{--text:#e6e6e6;--faint:#b4b4b4;--line:#555;--ink:#8fb4ff;--cell:110,150,"
    "255}\n"
    "body{background:#181818}}\n"
    "body{font:15px/1.45 sans-serif;max-width:62em;margin:2em auto;padding:0 "
    "1em;color:var(--text);overflow-wrap:anywhere}\n"
    ".wide{overflow-x:auto}table{border-collapse:collapse;margin:0 1.5em 1.5em 0}\n"
    "th,td{padding:.2em .7em;border-bottom:1px solid var(--line);text-align:right;overflow-wrap:normal}\n"
    "th:first-child,td:first-child{text-align:left}.side{display:flex;flex-wrap:wrap;align-items:flex-start}\n"
    ".side table{max-width:100%}.side td:first-child{overflow-wrap:anywhere}\n"
    "svg{max-width:100%;height:auto}svg text{font:11px sans-serif;fill:var(--faint)}svg "
    ".label{font-weight:bold;fill:var(--text)}\n"
    ".frame{fill:none;stroke:var(--line)}.guide{stroke:var(--line);stroke-dasharray:4}.bar{stroke:var(--ink);stroke-"
    "width:1.5}\n"
    ".dot{fill:var(--ink)}.line{fill:none;stroke:var(--ink);stroke-width:2}li{margin-bottom:.8em}small{color:var(--"
    "faint)}\n"
    "footer{border-top:1px solid var(--line);margin-top:2em;color:var(--faint);font-size:.9em}footer "
    "h2{font-size:1em}\n"
    "footer dl{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:0 "
    "1em}dt{font-weight:bold}dd{margin:0;overflow-wrap:anywhere}\n"
    "@media(max-width:30rem){footer dl{display:block}}\n"
    "@media print{body{max-width:none;margin:0;font-size:8.5pt}th,td{padding:.05em .4em}table{margin:0 1em 1em 0}.side "
    "table{width:31%;margin-right:2%}h2,h3,h3+p{break-after:avoid}"
    "svg,tr,li{break-inside:avoid}svg{max-width:30%}}\n";

void train_report_html(const struct report_head *heads, size_t count, const struct trainer_settings *settings,
                       const char *made, struct stance_buffer *out) {
  stance_markup_page_start(out, "Stancekit: training report", style);
  stance_buffer_puts(out, "<h1>Training report</h1>\n<p>Made by stancekit " STANCE_VERSION ".</p>\n");
  for (size_t h = 0; h < count; h++) head_section(&heads[h], settings, out);
  if (made) stance_buffer_puts(out, made);
  stance_buffer_puts(out, "</body></html>\n");
}
