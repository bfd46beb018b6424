/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "report.h"

static void string(struct stance_buffer *out, const char *text) {
  stance_buffer_json_string(out, text, text ? strlen(text) : 0);
}

static void number(struct stance_buffer *out, const char *key, double value) {
  stance_buffer_printf(out, "\"%s\":", key);
  if (isfinite(value)) stance_buffer_fixed(out, value, 6);
  else stance_buffer_puts(out, "null");
}

static void interval(struct stance_buffer *out, const char *key, double value, const struct interval *interval) {
  stance_buffer_printf(out, "\"%s\":{", key);
  number(out, "value", value);
  stance_buffer_putc(out, ',');
  number(out, "low", interval->low);
  stance_buffer_putc(out, ',');
  number(out, "high", interval->high);
  stance_buffer_putc(out, '}');
}

static void data_card(const struct trained *trained, struct stance_buffer *out) {
  const struct dataset *data = trained->data;
  const struct dataset_merge *merge = &data->merge;
  stance_buffer_printf(
      out,
      "\"data\":{\"records\":%zu,\"units\":%zu,\"groups\":%u,\"sentences\":%zu,\"near_duplicates\":%zu,"
      "\"annotators\":%zu,\"by_gold\":%zu,\"unanimous\":%zu,\"by_majority\":%zu,\"by_weight\":%zu,",
      merge->records, merge->units, trained->group_count, trained->group_summary.texts,
      trained->group_summary.near_duplicates, data->annotators, merge->gold, merge->unanimous, merge->majority,
      merge->weighted);
  stance_buffer_printf(out, "\"hash\":\"%016llx\",\"by_several\":%zu,", (unsigned long long)train_dataset_hash(data),
                       data->shared);
  number(out, "agreement", data->agreement < 0 ? (double)NAN : data->agreement);
  stance_buffer_putc(out, ',');
  number(out, "alpha", data->alpha);
  stance_buffer_putc(out, '}');
}

static void labels(const struct trained *trained, struct stance_buffer *out) {
  const struct stance_head *head = trained->data->head;
  stance_buffer_puts(out, "\"labels\":[");
  for (size_t l = 0; l < head->label_count; l++) {
    const struct metric_label *label = &trained->metrics.label[l];
    stance_buffer_puts(out, l ? ",{\"name\":" : "{\"name\":");
    string(out, head->labels[l].name);
    stance_buffer_printf(out, ",\"units\":%zu,", label->support);
    number(out, "precision", label->precision);
    stance_buffer_putc(out, ',');
    number(out, "recall", label->recall);
    stance_buffer_putc(out, ',');
    interval(out, "f1", label->f1, &trained->intervals.label_f1[l]);
    stance_buffer_puts(out, ",\"said\":[");
    for (size_t k = 0; k < head->label_count; k++)
      stance_buffer_printf(out, "%s%zu", k ? "," : "", trained->metrics.confusion[l][k]);
    stance_buffer_puts(out, "]}");
  }
  stance_buffer_putc(out, ']');
}

static void errors(const struct report_head *report, struct stance_buffer *out) {
  const struct trained *trained = report->trained;
  const struct stance_head *head = trained->data->head;
  stance_buffer_puts(out, "\"worst_errors\":[");
  for (size_t i = 0; i < report->error_count; i++) {
    const struct report_error *error = &report->errors[i];
    const struct stance_record *record = trained->data->records[error->index];
    stance_buffer_puts(out, i ? ",{\"unit\":" : "{\"unit\":");
    string(out, record->unit);
    stance_buffer_puts(out, ",\"text\":");
    string(out, record->text);
    stance_buffer_puts(out, ",\"label\":");
    string(out, head->labels[trained->data->labels[error->index]].name);
    stance_buffer_puts(out, ",\"said\":");
    string(out, head->labels[trained->predicted[error->index]].name);
    stance_buffer_putc(out, ',');
    number(out, "p", (double)trained->p[error->index * head->label_count + trained->predicted[error->index]]);
    stance_buffer_puts(out, ",\"because\":[");
    for (size_t r = 0; r < error->reason_count; r++) {
      if (r) stance_buffer_putc(out, ',');
      string(out, error->reasons[r].name);
    }
    stance_buffer_puts(out, "]}");
  }
  stance_buffer_putc(out, ']');
}

static void comparisons(const struct report_head *report, struct stance_buffer *out) {
  const struct trained *trained = report->trained;
  stance_buffer_puts(out, "\"baselines\":[");
  bool is_first = true;
  for (size_t b = 0; b < REPORT_BASELINES; b++) {
    if (!report->baselines[b].is_known) continue;
    stance_buffer_puts(out, is_first ? "{\"name\":" : ",{\"name\":");
    is_first = false;
    string(out, report->baselines[b].name);
    stance_buffer_putc(out, ',');
    number(out, "macro_f1", report->baselines[b].macro_f1);
    stance_buffer_putc(out, '}');
  }
  stance_buffer_puts(out, "],\"learning_curve\":[");
  for (size_t i = 0; i < REPORT_CURVE; i++) {
    stance_buffer_printf(out, "%s{\"units\":%zu,", i ? "," : "", report->curve[i].units);
    number(out, "macro_f1", report->curve[i].macro_f1);
    stance_buffer_putc(out, '}');
  }
  stance_buffer_puts(out, "],\"reliability\":[");
  for (size_t b = 0; b < METRIC_BINS; b++) {
    stance_buffer_printf(out, "%s{\"units\":%zu,", b ? "," : "", trained->reliability.count[b]);
    number(out, "confidence", trained->reliability.confidence[b]);
    stance_buffer_putc(out, ',');
    number(out, "accuracy", trained->reliability.accuracy[b]);
    stance_buffer_putc(out, '}');
  }
  stance_buffer_puts(out, "],");
  number(out, "calibration_error", trained->reliability.error);
}

static void pairs(const struct pair_metrics *metrics, struct stance_buffer *out) {
  stance_buffer_printf(out, ",\"pairs\":{\"count\":%zu,", metrics->pairs);
  number(out, "macro_f1", metrics->macro_f1);
  stance_buffer_putc(out, ',');
  number(out, "polarity_macro_f1", metrics->polarity_macro_f1);
  stance_buffer_putc(out, ',');
  number(out, "direction_accuracy", metrics->direction_accuracy);
  stance_buffer_printf(out, ",\"direction_count\":%zu}", metrics->direction_count);
}

static void head(const struct report_head *report, const struct trainer_settings *settings, struct stance_buffer *out) {
  const struct trained *trained = report->trained;
  stance_buffer_puts(out, "{\"head\":");
  string(out, trained->head.name);
  stance_buffer_puts(out, ",\"settings\":{\"solver\":");
  string(out, solver_name(trained->settings.solver.kind));
  stance_buffer_printf(out, ",\"c\":%g,\"balance\":%g,\"folds\":%u,\"seed\":%llu,\"features\":%zu},",
                       trained->settings.solver.c, trained->settings.balance, settings->folds,
                       (unsigned long long)settings->seed, trained->head.feature_count);
  data_card(trained, out);
  stance_buffer_putc(out, ',');
  interval(out, "macro_f1", trained->metrics.macro_f1, &trained->intervals.macro_f1);
  stance_buffer_putc(out, ',');
  interval(out, "micro_f1", trained->metrics.micro_f1, &trained->intervals.micro_f1);
  stance_buffer_putc(out, ',');
  interval(out, "polar_f1", trained->metrics.polar_f1, &trained->intervals.polar_f1);
  if (trained->pairs.pairs) pairs(&trained->pairs, out);
  stance_buffer_putc(out, ',');
  labels(trained, out);
  stance_buffer_putc(out, ',');
  comparisons(report, out);
  stance_buffer_puts(out, ",\"strongest\":{");
  for (size_t l = 0; l < trained->head.label_count; l++) {
    if (l) stance_buffer_putc(out, ',');
    string(out, trained->data->head->labels[l].name);
    stance_buffer_puts(out, ":[");
    for (size_t i = 0; i < report->top_count[l]; i++) {
      stance_buffer_puts(out, i ? ",{\"feature\":" : "{\"feature\":");
      string(out, report->top[l][i].name);
      stance_buffer_putc(out, ',');
      number(out, "weight", report->top[l][i].weight);
      stance_buffer_putc(out, '}');
    }
    stance_buffer_putc(out, ']');
  }
  stance_buffer_puts(out, "},");
  errors(report, out);
  stance_buffer_putc(out, '}');
}

void train_report_json(const struct report_head *heads, size_t count, const struct trainer_settings *settings,
                       const char *made, struct stance_buffer *out) {
  stance_buffer_puts(out, "{\"stancekit\":\"" STANCE_VERSION "\",\"heads\":[");
  for (size_t h = 0; h < count; h++) {
    if (h) stance_buffer_putc(out, ',');
    head(&heads[h], settings, out);
  }
  stance_buffer_puts(out, "]");
  if (made) {
    stance_buffer_puts(out, ",\"run\":");
    stance_buffer_puts(out, made);
  }
  stance_buffer_puts(out, "}\n");
}
