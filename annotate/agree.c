/* SPDX-License-Identifier: MIT
 * From records to tables of ratings, and from tables to a report. */
#include "agree.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "stance/base/error.h"

enum { TEXT_PAIRS_MAX = 15, TEXT_DYADS_MAX = 15 };

struct rating {
  const struct stance_record *record;
  uint32_t rater;
  int label; /* in the head */
};

struct head_table {
  const struct stance_head *head;
  struct stance_arena arena;
  const char **raters;
  size_t rater_count;
  struct rating *ratings; /* by unit */
  size_t rating_count;
  const struct stance_record **units; /* a record of each */
  double *values;                     /* [units][raters]: the label's rank by its value */
  struct agreement_table table;
  int rank[STANCE_LABELS_MAX], label_of_rank[STANCE_LABELS_MAX];
};

static int by_unit(const void *left, const void *right) {
  const struct rating *a = left, *b = right;
  int order = strcmp(a->record->unit, b->record->unit);
  return order ? order : (a->rater > b->rater) - (a->rater < b->rater);
}

static int by_name(const void *left, const void *right) { return strcmp(*(const char *const *)left, *(const char *const *)right); }

/* hostile < neutral < friendly: ranks follow the labels' values, for the ordinal metric. */
static void rank_labels(struct head_table *table) {
  const struct stance_head *head = table->head;
  for (size_t i = 0; i < head->label_count; i++) {
    table->rank[i] = 0;
    for (size_t j = 0; j < head->label_count; j++)
      if (head->labels[j].value < head->labels[i].value || (head->labels[j].value == head->labels[i].value && j < i)) table->rank[i]++;
    table->label_of_rank[table->rank[i]] = (int)i;
  }
}

static enum stance_status find_raters(struct head_table *table, const struct stance_record *records, size_t count,
                                      struct stance_error *error) {
  const char **names = stance_arena_alloc(&table->arena, count + 1, sizeof *names);
  size_t found = 0;
  if (!names) return stance_fail_memory(error);
  for (size_t i = 0; i < count; i++) {
    size_t known = found; /* journals come one after the other: the last name is mostly the right one */
    if (strcmp(records[i].head, table->head->name) != 0 || !records[i].label) continue;
    while (known && strcmp(names[known - 1], records[i].annotator) != 0) known--;
    if (!known) names[found++] = records[i].annotator;
  }
  if (found) qsort(names, found, sizeof *names, by_name);
  table->raters = names;
  table->rater_count = found;
  return STANCE_OK;
}

static enum stance_status build_table(struct head_table *table, const struct stance_record *records, size_t count,
                                      struct stance_error *error) {
  rank_labels(table);
  STANCE_TRY(find_raters(table, records, count, error));
  table->ratings = stance_arena_alloc(&table->arena, count + 1, sizeof *table->ratings);
  table->units = stance_arena_alloc(&table->arena, count + 1, sizeof *table->units);
  if (!table->ratings || !table->units) return stance_fail_memory(error);
  for (size_t i = 0; i < count; i++) {
    if (strcmp(records[i].head, table->head->name) != 0 || !records[i].label) continue;
    int label = stance_head_label(table->head, records[i].label);
    const char *const *rater = bsearch(&records[i].annotator, table->raters, table->rater_count, sizeof *table->raters, by_name);
    if (label < 0 || !rater) continue;
    table->ratings[table->rating_count++] = (struct rating){.record = &records[i], .label = label, .rater = (uint32_t)(rater - table->raters)};
  }
  if (table->rating_count) qsort(table->ratings, table->rating_count, sizeof *table->ratings, by_unit);
  size_t units = 0;
  for (size_t i = 0; i < table->rating_count; i++)
    if (!i || strcmp(table->ratings[i].record->unit, table->ratings[i - 1].record->unit) != 0) table->units[units++] = table->ratings[i].record;
  table->values = stance_arena_alloc(&table->arena, units * table->rater_count + 1, sizeof *table->values);
  if (!table->values) return stance_fail_memory(error);
  for (size_t i = 0; i < units * table->rater_count; i++) table->values[i] = NAN;
  for (size_t i = 0, unit = 0; i < table->rating_count; i++) {
    if (i && strcmp(table->ratings[i].record->unit, table->ratings[i - 1].record->unit) != 0) unit++;
    table->values[unit * table->rater_count + table->ratings[i].rater] = table->rank[table->ratings[i].label];
  }
  table->table = (struct agreement_table){.units = units, .raters = table->rater_count, .values = table->values};
  return STANCE_OK;
}

/* ---- writing --------------------------------------------------------------------------------------------- */

static void put_json(struct stance_buffer *out, const char *key, const struct agreement *a) {
  stance_buffer_printf(out, "\"%s\":{", key);
  if (a->undefined) {
    stance_buffer_printf(out, "\"value\":null,\"undefined\":\"%s\"", a->undefined);
  } else {
    stance_buffer_puts(out, "\"value\":");
    stance_buffer_fixed(out, a->value, 6);
  }
  if (a->has_interval && !a->undefined) {
    stance_buffer_puts(out, ",\"low\":");
    stance_buffer_fixed(out, a->low, 6);
    stance_buffer_puts(out, ",\"high\":");
    stance_buffer_fixed(out, a->high, 6);
  }
  stance_buffer_printf(out, ",\"units\":%zu,\"dropped\":%zu}", a->units, a->dropped);
}

static void put_value(struct stance_buffer *out, const struct agreement *a, bool is_percent) {
  if (a->undefined) {
    stance_buffer_printf(out, "undefined: %s", a->undefined);
    return;
  }
  double scale = is_percent ? 100 : 1;
  int decimals = is_percent ? 1 : 3;
  stance_buffer_fixed(out, a->value * scale, decimals);
  if (is_percent) stance_buffer_putc(out, '%');
  if (!a->has_interval) return;
  stance_buffer_puts(out, " [");
  stance_buffer_fixed(out, a->low * scale, decimals);
  stance_buffer_puts(out, ", ");
  stance_buffer_fixed(out, a->high * scale, decimals);
  stance_buffer_putc(out, ']');
}

static void put_string(struct stance_buffer *out, const char *text) { stance_buffer_json_string(out, text, strlen(text)); }

struct writer {
  const struct head_table *table;
  const struct annotate_agree_options *options;
  uint64_t seed;
  struct stance_buffer *out;
};

static struct agreement resampled(const struct writer *writer, struct agreement_statistic statistic) {
  return agreement_bootstrap(&writer->table->table, &statistic, writer->options->samples, writer->seed);
}

static void write_overall(const struct writer *writer) {
  static const struct { const char *key, *name; struct agreement_statistic statistic; } all[] = {
      {"percent", "percent", {.kind = AGREEMENT_PERCENT}},
      {"fleiss", "Fleiss' kappa", {.kind = AGREEMENT_FLEISS}},
      {"alpha_nominal", "Krippendorff's alpha, nominal", {.kind = AGREEMENT_ALPHA, .metric = AGREEMENT_NOMINAL}},
      {"alpha_ordinal", "Krippendorff's alpha, ordinal", {.kind = AGREEMENT_ALPHA, .metric = AGREEMENT_ORDINAL}}};
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
    struct agreement a = resampled(writer, all[i].statistic);
    if (writer->options->is_json) {
      stance_buffer_putc(writer->out, ',');
      put_json(writer->out, all[i].key, &a);
      continue;
    }
    stance_buffer_printf(writer->out, "  %-30s ", all[i].name);
    put_value(writer->out, &a, i == 0);
    stance_buffer_putc(writer->out, '\n');
  }
}

static void write_labels(const struct writer *writer) {
  const struct head_table *table = writer->table;
  stance_buffer_puts(writer->out, writer->options->is_json ? ",\"labels\":{" : "  by label (Fleiss' kappa of it against the others)\n");
  for (size_t i = 0; i < table->head->label_count; i++) {
    struct agreement a = agreement_fleiss_value(&table->table, table->rank[i]);
    if (writer->options->is_json) {
      if (i) stance_buffer_putc(writer->out, ',');
      put_json(writer->out, table->head->labels[i].name, &a);
      continue;
    }
    stance_buffer_printf(writer->out, "    %-28s ", table->head->labels[i].name);
    put_value(writer->out, &a, false);
    stance_buffer_putc(writer->out, '\n');
  }
  if (writer->options->is_json) stance_buffer_putc(writer->out, '}');
}

static void write_confusion(const struct writer *writer, size_t a, size_t b) {
  const struct head_table *table = writer->table;
  size_t labels = table->head->label_count, counts[STANCE_LABELS_MAX][STANCE_LABELS_MAX] = {{0}};
  for (size_t unit = 0; unit < table->table.units; unit++) {
    const double *row = table->values + unit * table->rater_count;
    if (!isnan(row[a]) && !isnan(row[b])) counts[table->label_of_rank[(int)row[a]]][table->label_of_rank[(int)row[b]]]++;
  }
  if (writer->options->is_json) stance_buffer_puts(writer->out, ",\"confusion\":[");
  for (size_t i = 0; i < labels; i++) {
    if (writer->options->is_json) stance_buffer_puts(writer->out, i ? ",[" : "[");
    else stance_buffer_printf(writer->out, "      %-14.14s", table->head->labels[i].name);
    for (size_t j = 0; j < labels; j++)
      stance_buffer_printf(writer->out, writer->options->is_json ? (j ? ",%zu" : "%zu") : " %6zu", counts[i][j]);
    stance_buffer_puts(writer->out, writer->options->is_json ? "]" : "\n");
  }
  if (writer->options->is_json) stance_buffer_putc(writer->out, ']');
}

static void write_pairs(const struct writer *writer) {
  const struct head_table *table = writer->table;
  struct stance_buffer *out = writer->out;
  size_t shown = 0, left_out = 0;
  stance_buffer_puts(out, writer->options->is_json ? ",\"pairs\":[" : "  by pair (rows of the first, columns of the second, labels in the codebook's order)\n");
  for (size_t a = 0; a < table->rater_count; a++)
    for (size_t b = a + 1; b < table->rater_count; b++) {
      struct agreement kappa = resampled(writer, (struct agreement_statistic){.kind = AGREEMENT_COHEN, .first = a, .second = b});
      struct agreement pi = resampled(writer, (struct agreement_statistic){.kind = AGREEMENT_PI, .first = a, .second = b});
      if (writer->options->is_json) {
        stance_buffer_puts(out, shown++ ? ",{\"annotators\":[" : "{\"annotators\":[");
        put_string(out, table->raters[a]);
        stance_buffer_putc(out, ',');
        put_string(out, table->raters[b]);
        stance_buffer_puts(out, "],");
        put_json(out, "kappa", &kappa);
        stance_buffer_putc(out, ',');
        put_json(out, "pi", &pi);
        write_confusion(writer, a, b);
        stance_buffer_putc(out, '}');
        continue;
      }
      if (!kappa.units || shown == TEXT_PAIRS_MAX) {
        left_out++;
        continue;
      }
      shown++;
      stance_buffer_printf(out, "    %s, %s: units %zu, Cohen's kappa ", table->raters[a], table->raters[b], kappa.units);
      put_value(out, &kappa, false);
      stance_buffer_puts(out, ", Scott's pi ");
      put_value(out, &pi, false);
      stance_buffer_putc(out, '\n');
      write_confusion(writer, a, b);
    }
  if (writer->options->is_json) stance_buffer_putc(out, ']');
  else if (left_out) stance_buffer_printf(out, "    %zu pairs more have no unit in common or are left to --json\n", left_out);
}

/* ---- dyads ----------------------------------------------------------------------------------------------- */

struct dyad_row {
  const char *source, *target;
  size_t unit;
};

static int by_dyad(const void *left, const void *right) {
  const struct dyad_row *a = left, *b = right;
  int order = strcmp(a->source, b->source);
  if (!order) order = strcmp(a->target, b->target);
  return order ? order : (a->unit > b->unit) - (a->unit < b->unit);
}

struct dyad { const struct dyad_row *rows; size_t count; };

static int by_size(const void *left, const void *right) {
  const struct dyad *a = left, *b = right;
  if (a->count != b->count) return a->count > b->count ? -1 : 1;
  return by_dyad(a->rows, b->rows);
}

static enum stance_status write_dyads(const struct writer *writer, struct stance_arena *arena, struct stance_error *error) {
  const struct head_table *table = writer->table;
  struct stance_buffer *out = writer->out;
  size_t units = table->table.units, count = 0, raters = table->rater_count;
  struct dyad_row *rows = stance_arena_alloc(arena, units + 1, sizeof *rows);
  struct dyad *dyads = stance_arena_zalloc(arena, units + 1, sizeof *dyads);
  double *values = stance_arena_alloc(arena, units * raters + 1, sizeof *values);
  if (!rows || !dyads || !values) return stance_fail_memory(error);
  for (size_t i = 0; i < units; i++)
    rows[i] = (struct dyad_row){table->units[i]->source ? table->units[i]->source : "", table->units[i]->target ? table->units[i]->target : "", i};
  if (units) qsort(rows, units, sizeof *rows, by_dyad);
  for (size_t i = 0; i < units; i++) {
    bool is_new = !i || strcmp(rows[i].source, rows[i - 1].source) != 0 || strcmp(rows[i].target, rows[i - 1].target) != 0;
    if (is_new) dyads[count++].rows = &rows[i];
    dyads[count - 1].count++;
  }
  if (count) qsort(dyads, count, sizeof *dyads, by_size);
  stance_buffer_puts(out, writer->options->is_json ? ",\"dyads\":[" : "  by dyad (alpha, nominal)\n");
  for (size_t i = 0; i < count; i++) {
    if (!writer->options->is_json && i == TEXT_DYADS_MAX) {
      stance_buffer_printf(out, "    %zu dyads more are left to --json\n", count - i);
      break;
    }
    for (size_t j = 0; j < dyads[i].count; j++)
      memcpy(values + j * raters, table->values + dyads[i].rows[j].unit * raters, raters * sizeof *values);
    struct agreement_table part = {.units = dyads[i].count, .raters = raters, .values = values};
    struct agreement alpha = agreement_alpha(&part, AGREEMENT_NOMINAL), percent = agreement_percent(&part);
    if (writer->options->is_json) {
      stance_buffer_puts(out, i ? ",{\"source\":" : "{\"source\":");
      put_string(out, dyads[i].rows->source);
      stance_buffer_puts(out, ",\"target\":");
      put_string(out, dyads[i].rows->target);
      stance_buffer_putc(out, ',');
      put_json(out, "percent", &percent);
      stance_buffer_putc(out, ',');
      put_json(out, "alpha_nominal", &alpha);
      stance_buffer_putc(out, '}');
      continue;
    }
    stance_buffer_printf(out, "    %s -> %s: units %zu, ", dyads[i].rows->source, dyads[i].rows->target, dyads[i].count);
    put_value(out, &percent, true);
    stance_buffer_puts(out, ", ");
    put_value(out, &alpha, false);
    stance_buffer_putc(out, '\n');
  }
  if (writer->options->is_json) stance_buffer_putc(out, ']');
  return STANCE_OK;
}

/* ---- units that disagree most ---------------------------------------------------------------------------- */

struct dispute { double distance; size_t unit; };

static int by_distance(const void *left, const void *right) {
  const struct dispute *a = left, *b = right;
  if (a->distance != b->distance) return a->distance > b->distance ? -1 : 1;
  return (a->unit > b->unit) - (a->unit < b->unit);
}

/* Mean distance of the labels' values over the pairs of raters: hostile against friendly counts twice hostile against neutral. */
static double distance_of(const struct head_table *table, size_t unit) {
  const double *row = table->values + unit * table->rater_count;
  double sum = 0, pairs = 0;
  for (size_t i = 0; i < table->rater_count; i++)
    for (size_t j = i + 1; j < table->rater_count; j++) {
      if (isnan(row[i]) || isnan(row[j])) continue;
      const struct stance_label *a = &table->head->labels[table->label_of_rank[(int)row[i]]];
      const struct stance_label *b = &table->head->labels[table->label_of_rank[(int)row[j]]];
      sum += a == b ? 0 : fabs(a->value - b->value) + 1e-3; /* labels of one value differ, too */
      pairs++;
    }
  return pairs > 0 ? sum / pairs : 0;
}

static enum stance_status write_worst(const struct writer *writer, struct stance_arena *arena, struct stance_error *error) {
  const struct head_table *table = writer->table;
  struct stance_buffer *out = writer->out;
  struct dispute *disputes = stance_arena_alloc(arena, table->table.units + 1, sizeof *disputes);
  size_t count = 0;
  if (!disputes) return stance_fail_memory(error);
  for (size_t unit = 0; unit < table->table.units; unit++) {
    double distance = distance_of(table, unit);
    if (distance > 0) disputes[count++] = (struct dispute){distance, unit};
  }
  if (count) qsort(disputes, count, sizeof *disputes, by_distance);
  if (writer->options->is_json) stance_buffer_printf(out, ",\"disputed\":%zu,\"worst\":[", count);
  else if (count) stance_buffer_printf(out, "  disputed units: %zu; most of all\n", count);
  for (size_t i = 0; i < count && i < writer->options->worst; i++) {
    const struct stance_record *record = table->units[disputes[i].unit];
    const double *row = table->values + disputes[i].unit * table->rater_count;
    bool is_first = true;
    stance_buffer_puts(out, writer->options->is_json ? (i ? ",{\"unit\":" : "{\"unit\":") : "    ");
    if (writer->options->is_json) put_string(out, record->unit);
    else stance_buffer_printf(out, "%s:", record->unit);
    if (writer->options->is_json) stance_buffer_puts(out, ",\"labels\":{");
    for (size_t r = 0; r < table->rater_count; r++) {
      if (isnan(row[r])) continue;
      const char *label = table->head->labels[table->label_of_rank[(int)row[r]]].name;
      if (!is_first) stance_buffer_putc(out, ',');
      is_first = false;
      if (writer->options->is_json) {
        put_string(out, table->raters[r]);
        stance_buffer_putc(out, ':');
        put_string(out, label);
      } else {
        stance_buffer_printf(out, " %s %s", table->raters[r], label);
      }
    }
    stance_buffer_puts(out, writer->options->is_json ? "}}" : "\n");
  }
  if (writer->options->is_json) stance_buffer_putc(out, ']');
  return STANCE_OK;
}

static enum stance_status write_head(const struct writer *writer, struct stance_error *error) {
  const struct head_table *table = writer->table;
  struct stance_arena arena = {0};
  struct agreement percent = agreement_percent(&table->table);
  if (writer->options->is_json) {
    put_string(writer->out, table->head->name);
    stance_buffer_printf(writer->out, ":{\"units\":%zu,\"used\":%zu,\"dropped\":%zu,\"annotators\":[", table->table.units, percent.units, percent.dropped);
    for (size_t i = 0; i < table->rater_count; i++) {
      if (i) stance_buffer_putc(writer->out, ',');
      put_string(writer->out, table->raters[i]);
    }
    stance_buffer_putc(writer->out, ']');
  } else {
    stance_buffer_printf(writer->out, "%s: units labelled %zu, annotators %zu; units with two or more labels, which are used: %zu; dropped: %zu\n", table->head->name,
                         table->table.units, table->rater_count, percent.units, percent.dropped);
  }
  enum stance_status status = STANCE_OK;
  if (writer->options->is_json || table->table.units) {
    write_overall(writer);
    write_labels(writer);
    write_pairs(writer);
    if (table->head->unit == STANCE_UNIT_DYAD) status = write_dyads(writer, &arena, error);
    if (status == STANCE_OK) status = write_worst(writer, &arena, error);
  }
  if (writer->options->is_json) stance_buffer_putc(writer->out, '}');
  stance_arena_free(&arena);
  return status;
}

enum stance_status annotate_agree(const struct annotate_project *project, const struct stance_record *records, size_t count,
                                  const struct annotate_agree_options *options, struct stance_buffer *out,
                                  struct stance_error *error) {
  enum stance_status status = STANCE_OK;
  bool is_first = true;
  if (options->head && !stance_codebook_head(&project->codebook, options->head))
    return stance_fail(error, STANCE_INPUT, "head '%.60s' is not in the codebook", options->head);
  if (options->is_json) stance_buffer_putc(out, '{');
  for (size_t h = 0; h < project->codebook.head_count && status == STANCE_OK; h++) {
    struct head_table table = {.head = &project->codebook.heads[h]};
    const struct writer writer = {.table = &table, .options = options, .seed = project->seed, .out = out};
    if (options->head && strcmp(options->head, table.head->name) != 0) continue;
    if (!is_first) stance_buffer_putc(out, options->is_json ? ',' : '\n');
    is_first = false;
    status = build_table(&table, records, count, error);
    if (status == STANCE_OK) status = write_head(&writer, error);
    stance_arena_free(&table.arena);
  }
  if (options->is_json) stance_buffer_puts(out, "}\n");
  return out->failed ? stance_fail_memory(error) : status;
}
