/* SPDX-License-Identifier: MIT
 * The agreement report: makes a table of ratings for each head and writes its coefficients. */
#include "agree_table.h"
#include "machine.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "stance/base/error.h"

enum { TEXT_PAIRS_MAX = 15, TEXT_DYADS_MAX = 15 };

static int by_unit(const void *left, const void *right) {
  const struct rating *a = left, *b = right;
  if (a->key != b->key) return a->key < b->key ? -1 : 1;
  int order = strcmp(a->record->unit, b->record->unit);
  return order ? order : (a->rater > b->rater) - (a->rater < b->rater);
}

/* Most of the time of a report on many units was spent on comparing ids that begin alike. */
static void set_keys(struct head_table *table) {
  if (!table->rating_count) return;
  const char *first = table->ratings[0].record->unit;
  size_t common = strlen(first);
  for (size_t i = 1; i < table->rating_count; i++) {
    size_t same = 0;
    for (const char *unit = table->ratings[i].record->unit; same < common && unit[same] == first[same];) same++;
    common = same;
  }
  for (size_t i = 0; i < table->rating_count; i++) {
    const unsigned char *rest = (const unsigned char *)table->ratings[i].record->unit + common;
    uint64_t key = 0;
    for (int byte = 0; byte < 8; byte++) key = key << 8 | (*rest ? *rest++ : 0);
    table->ratings[i].key = key;
  }
}

static int by_name(const void *left, const void *right) {
  return strcmp(*(const char *const *)left, *(const char *const *)right);
}

/* Ranks labels by their values (hostile < neutral < friendly), for the ordinal metric. */
static void rank_labels(struct head_table *table) {
  const struct stance_head *head = table->head;
  for (size_t i = 0; i < head->label_count; i++) {
    table->rank[i] = 0;
    for (size_t j = 0; j < head->label_count; j++)
      if (head->labels[j].value < head->labels[i].value || (head->labels[j].value == head->labels[i].value && j < i))
        table->rank[i]++;
    table->label_of_rank[table->rank[i]] = (int)i;
  }
}

static enum stance_status find_raters(struct head_table *table, const struct stance_record *records, size_t count,
                                      struct stance_error *error) {
  const char **names = stance_arena_alloc(&table->arena, count + 1, sizeof *names);
  size_t found = 0;
  if (!names) return stance_fail_memory(error);
  for (size_t i = 0; i < count; i++) {
    size_t known = found; /* records are sorted by journal, so the last name usually fits */
    if (strcmp(records[i].head, table->head->name) != 0 || !records[i].label) continue;
    while (known && strcmp(names[known - 1], records[i].annotator) != 0) known--;
    if (!known) names[found++] = records[i].annotator;
  }
  if (found) qsort(names, found, sizeof *names, by_name);
  table->raters = names;
  table->rater_count = found;
  return STANCE_OK;
}

struct in_article {
  const char *article;
  size_t unit, end; /* units[unit .. end) */
};

static int by_article(const void *left, const void *right) {
  return strcmp(((const struct in_article *)left)->article, ((const struct in_article *)right)->article);
}

/* The bootstrap resamples articles, each with all its units. Units of one article mostly follow each other: such runs
 * are sorted. */
static enum stance_status find_clusters(struct head_table *table, size_t units, struct stance_error *error) {
  struct in_article *runs = stance_arena_alloc(&table->arena, units + 1, sizeof *runs);
  size_t count = 0;
  if (!runs) return stance_fail_memory(error);
  for (size_t i = 0; i < units; i++)
    if (!i || strcmp(table->units[i]->article, table->units[i - 1]->article) != 0)
      runs[count++] = (struct in_article){.article = table->units[i]->article, .unit = i};
  for (size_t i = 0; i < count; i++) runs[i].end = i + 1 < count ? runs[i + 1].unit : units;
  if (count) qsort(runs, count, sizeof *runs, by_article);
  for (size_t i = 0; i < count; i++) {
    if (!i || strcmp(runs[i].article, runs[i - 1].article) != 0) table->article_count++;
    for (size_t unit = runs[i].unit; unit < runs[i].end; unit++)
      table->clusters[unit] = (uint32_t)(table->article_count - 1);
  }
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
    const char *const *rater =
        bsearch(&records[i].annotator, table->raters, table->rater_count, sizeof *table->raters, by_name);
    if (label < 0) table->unknown++;
    if (label < 0 || !rater) continue;
    table->ratings[table->rating_count++] =
        (struct rating){.record = &records[i], .label = label, .rater = (uint32_t)(rater - table->raters)};
  }
  set_keys(table);
  if (table->rating_count) qsort(table->ratings, table->rating_count, sizeof *table->ratings, by_unit);
  size_t units = 0;
  for (size_t i = 0; i < table->rating_count; i++)
    if (!i || strcmp(table->ratings[i].record->unit, table->ratings[i - 1].record->unit) != 0)
      table->units[units++] = table->ratings[i].record;
  table->values = stance_arena_alloc(&table->arena, units * table->rater_count + 1, sizeof *table->values);
  if (!table->values) return stance_fail_memory(error);
  for (size_t i = 0; i < units * table->rater_count; i++) table->values[i] = NAN;
  for (size_t i = 0, unit = 0; i < table->rating_count; i++) {
    if (i && strcmp(table->ratings[i].record->unit, table->ratings[i - 1].record->unit) != 0) unit++;
    table->values[unit * table->rater_count + table->ratings[i].rater] = table->rank[table->ratings[i].label];
  }
  table->clusters = table->is_by_unit ? NULL : stance_arena_alloc(&table->arena, units + 1, sizeof *table->clusters);
  if (!table->is_by_unit && !table->clusters) return stance_fail_memory(error);
  if (table->clusters) STANCE_TRY(find_clusters(table, units, error));
  table->table = (struct agreement_table){
      .units = units, .raters = table->rater_count, .values = table->values, .clusters = table->clusters};
  return STANCE_OK;
}

/* ---- writing --------------------------------------------------------------------------------------------- */

static void put_string(struct stance_buffer *out, const char *text) {
  stance_buffer_json_string(out, text, strlen(text));
}

enum { OVERALL_COUNT = 7 };
static const struct {
  const char *key, *name;
  struct agreement_statistic statistic;
} overall[OVERALL_COUNT] = {
    {"percent", "percent", {.kind = AGREEMENT_PERCENT}},
    {"fleiss", "Fleiss' kappa", {.kind = AGREEMENT_FLEISS}},
    {"alpha_nominal", "Krippendorff's alpha, nominal", {.kind = AGREEMENT_ALPHA, .metric = AGREEMENT_NOMINAL}},
    {"alpha_ordinal", "Krippendorff's alpha, ordinal", {.kind = AGREEMENT_ALPHA, .metric = AGREEMENT_ORDINAL}},
    {"ac1", "Gwet's AC1", {.kind = AGREEMENT_AC, .weights = AGREEMENT_IDENTITY}},
    {"ac2_linear", "Gwet's AC2, linear", {.kind = AGREEMENT_AC, .weights = AGREEMENT_LINEAR}},
    {"ac2_quadratic", "Gwet's AC2, quadratic", {.kind = AGREEMENT_AC, .weights = AGREEMENT_QUADRATIC}}};

/* The coefficients of all raters, and Fleiss' kappa of each label, from the same bootstrap samples. */
static void write_overall(const struct writer *writer) {
  struct agreement_statistic statistics[OVERALL_COUNT + STANCE_LABELS_MAX];
  struct agreement results[OVERALL_COUNT + STANCE_LABELS_MAX];
  const struct head_table *table = writer->table;
  struct stance_buffer *out = writer->out;
  for (size_t i = 0; i < OVERALL_COUNT; i++) {
    statistics[i] = overall[i].statistic;
    statistics[i].categories = table->head->label_count;
  }
  for (size_t i = 0; i < table->head->label_count; i++)
    statistics[OVERALL_COUNT + i] = (struct agreement_statistic){.kind = AGREEMENT_VALUE, .value = table->rank[i]};
  agree_resample(writer, &writer->table->table, statistics, OVERALL_COUNT + table->head->label_count, results);
  for (size_t i = 0; i < OVERALL_COUNT; i++) {
    if (writer->options->is_json) {
      stance_buffer_putc(out, ',');
      agree_put_json(out, overall[i].key, &results[i]);
      continue;
    }
    stance_buffer_printf(out, "  %-30s ", overall[i].name);
    agree_put_value(out, &results[i], i == 0);
    stance_buffer_putc(out, '\n');
  }
  stance_buffer_puts(
      out, writer->options->is_json ? ",\"labels\":{" : "  by label (Fleiss' kappa of it against the others)\n");
  for (size_t i = 0; i < table->head->label_count; i++) {
    if (writer->options->is_json) {
      if (i) stance_buffer_putc(out, ',');
      agree_put_json(out, table->head->labels[i].name, &results[OVERALL_COUNT + i]);
      continue;
    }
    stance_buffer_printf(out, "    %-28s ", table->head->labels[i].name);
    agree_put_value(out, &results[OVERALL_COUNT + i], false);
    stance_buffer_putc(out, '\n');
  }
  if (writer->options->is_json) stance_buffer_putc(out, '}');
}

static void write_confusion(const struct writer *writer, size_t a, size_t b) {
  const struct head_table *table = writer->table;
  size_t labels = table->head->label_count, counts[STANCE_LABELS_MAX][STANCE_LABELS_MAX] = {{0}};
  for (size_t unit = 0; unit < table->table.units; unit++) {
    const double *row = table->values + unit * table->rater_count;
    if (!isnan(row[a]) && !isnan(row[b]))
      counts[table->label_of_rank[(int)row[a]]][table->label_of_rank[(int)row[b]]]++;
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
  stance_buffer_puts(out,
                     writer->options->is_json
                         ? ",\"pairs\":["
                         : "  by pair (rows of the first, columns of the second, labels in the codebook's order)\n");
  for (size_t a = 0; a < table->rater_count; a++)
    for (size_t b = a + 1; b < table->rater_count; b++) {
      if (!writer->options->is_json && shown == TEXT_PAIRS_MAX) {
        left_out++;
        continue;
      }
      const struct agreement_statistic statistics[] = {
          {.kind = AGREEMENT_COHEN, .first = a, .second = b},
          {.kind = AGREEMENT_PI, .first = a, .second = b},
          {.kind = AGREEMENT_WEIGHTED, .first = a, .second = b, .weights = AGREEMENT_LINEAR},
          {.kind = AGREEMENT_WEIGHTED, .first = a, .second = b, .weights = AGREEMENT_QUADRATIC}};
      struct agreement results[4], kappa, pi;
      agree_resample(writer, &writer->table->table, statistics, 4, results);
      kappa = results[0];
      pi = results[1];
      if (writer->options->is_json) {
        stance_buffer_puts(out, shown++ ? ",{\"annotators\":[" : "{\"annotators\":[");
        put_string(out, table->raters[a]);
        stance_buffer_putc(out, ',');
        put_string(out, table->raters[b]);
        stance_buffer_puts(out, "],");
        agree_put_json(out, "kappa", &kappa);
        stance_buffer_putc(out, ',');
        agree_put_json(out, "pi", &pi);
        stance_buffer_putc(out, ',');
        agree_put_json(out, "kappa_linear", &results[2]);
        stance_buffer_putc(out, ',');
        agree_put_json(out, "kappa_quadratic", &results[3]);
        write_confusion(writer, a, b);
        stance_buffer_putc(out, '}');
        continue;
      }
      if (!kappa.units) {
        left_out++;
        continue;
      }
      shown++;
      stance_buffer_printf(out, "    %s, %s: units %zu, Cohen's kappa ", table->raters[a], table->raters[b],
                           kappa.units);
      agree_put_value(out, &kappa, false);
      stance_buffer_puts(out, ", Scott's pi ");
      agree_put_value(out, &pi, false);
      stance_buffer_puts(out, ", weighted kappa (quadratic) ");
      agree_put_value(out, &results[3], false);
      stance_buffer_putc(out, '\n');
      write_confusion(writer, a, b);
    }
  if (writer->options->is_json) stance_buffer_putc(out, ']');
  else if (left_out)
    stance_buffer_printf(out, "    %zu pairs more have no unit in common or are left to --json\n", left_out);
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

struct dyad {
  const struct dyad_row *rows;
  size_t count;
};

static int by_size(const void *left, const void *right) {
  const struct dyad *a = left, *b = right;
  if (a->count != b->count) return a->count > b->count ? -1 : 1;
  return by_dyad(a->rows, b->rows);
}

static enum stance_status write_dyads(const struct writer *writer, struct stance_arena *arena,
                                      struct stance_error *error) {
  const struct head_table *table = writer->table;
  struct stance_buffer *out = writer->out;
  size_t units = table->table.units, count = 0, raters = table->rater_count;
  struct dyad_row *rows = stance_arena_alloc(arena, units + 1, sizeof *rows);
  struct dyad *dyads = stance_arena_zalloc(arena, units + 1, sizeof *dyads);
  double *values = stance_arena_alloc(arena, units * raters + 1, sizeof *values);
  if (!rows || !dyads || !values) return stance_fail_memory(error);
  for (size_t i = 0; i < units; i++)
    rows[i] = (struct dyad_row){table->units[i]->source ? table->units[i]->source : "",
                                table->units[i]->target ? table->units[i]->target : "", i};
  if (units) qsort(rows, units, sizeof *rows, by_dyad);
  for (size_t i = 0; i < units; i++) {
    bool is_new =
        !i || strcmp(rows[i].source, rows[i - 1].source) != 0 || strcmp(rows[i].target, rows[i - 1].target) != 0;
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
      agree_put_json(out, "percent", &percent);
      stance_buffer_putc(out, ',');
      agree_put_json(out, "alpha_nominal", &alpha);
      stance_buffer_putc(out, '}');
      continue;
    }
    stance_buffer_printf(out, "    %s -> %s: units %zu, ", dyads[i].rows->source, dyads[i].rows->target,
                         dyads[i].count);
    agree_put_value(out, &percent, true);
    stance_buffer_puts(out, ", ");
    agree_put_value(out, &alpha, false);
    stance_buffer_putc(out, '\n');
  }
  if (writer->options->is_json) stance_buffer_putc(out, ']');
  return STANCE_OK;
}

/* ---- units that disagree most ---------------------------------------------------------------------------- */

struct dispute {
  double distance;
  size_t unit;
};

static int by_distance(const void *left, const void *right) {
  const struct dispute *a = left, *b = right;
  if (a->distance != b->distance) return a->distance > b->distance ? -1 : 1;
  return (a->unit > b->unit) - (a->unit < b->unit);
}

/* Mean distance of the labels' values over the pairs of raters: hostile against friendly counts twice hostile against
 * neutral. */
static double distance_of(const struct head_table *table, size_t unit) {
  const double *row = table->values + unit * table->rater_count;
  double sum = 0, pairs = 0;
  for (size_t i = 0; i < table->rater_count; i++)
    for (size_t j = i + 1; j < table->rater_count; j++) {
      if (isnan(row[i]) || isnan(row[j])) continue;
      const struct stance_label *a = &table->head->labels[table->label_of_rank[(int)row[i]]];
      const struct stance_label *b = &table->head->labels[table->label_of_rank[(int)row[j]]];
      sum += a == b ? 0 : fabs(a->value - b->value) + 1e-3; /* different labels of equal value also disagree */
      pairs++;
    }
  return pairs > 0 ? sum / pairs : 0;
}

static enum stance_status write_worst(const struct writer *writer, struct stance_arena *arena,
                                      struct stance_error *error) {
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
    stance_buffer_printf(writer->out,
                         ":{\"units\":%zu,\"used\":%zu,\"dropped\":%zu,\"unknown_labels\":%zu,\"drawn\":\"%s\","
                         "\"articles\":%zu,\"annotators\":[",
                         table->table.units, percent.units, percent.dropped, table->unknown,
                         table->is_by_unit ? "units" : "articles", table->article_count);
    for (size_t i = 0; i < table->rater_count; i++) {
      if (i) stance_buffer_putc(writer->out, ',');
      put_string(writer->out, table->raters[i]);
    }
    stance_buffer_putc(writer->out, ']');
  } else {
    stance_buffer_printf(
        writer->out,
        "%s: units labelled %zu, annotators %zu; units with two or more labels, which are used: %zu; dropped: %zu\n",
        table->head->name, table->table.units, table->rater_count, percent.units, percent.dropped);
    if (table->unknown)
      stance_buffer_printf(writer->out, "  labels that the codebook lacks, which are left out: %zu\n", table->unknown);
    if (writer->options->samples && !table->is_by_unit && table->article_count > 1)
      stance_buffer_printf(writer->out, "  intervals: %zu articles are drawn, with all their units\n",
                           table->article_count);
    else if (writer->options->samples && !table->is_by_unit && table->table.units)
      stance_buffer_puts(writer->out, "  no intervals: all labels are of one article (--by-unit draws units)\n");
  }
  enum stance_status status = STANCE_OK;
  if (writer->options->is_json || table->table.units) {
    write_overall(writer);
    write_pairs(writer);
    status = agree_write_raters(writer, &arena, error);
    if (status == STANCE_OK)
      status = agree_write_machines(writer, writer->machines, writer->machine_count, &arena, error);
    if (status == STANCE_OK) status = agree_write_weeks(writer, &arena, error);
    if (status == STANCE_OK && table->head->unit == STANCE_UNIT_DYAD) status = write_dyads(writer, &arena, error);
    if (status == STANCE_OK) status = write_worst(writer, &arena, error);
  }
  if (writer->options->is_json) stance_buffer_putc(writer->out, '}');
  stance_arena_free(&arena);
  return status;
}

enum stance_status annotate_agree(const struct annotate_project *project, const struct stance_record *records,
                                  size_t count, const struct annotate_agree_options *options, struct stance_buffer *out,
                                  struct stance_error *error) {
  struct stance_arena arena = {0};
  struct stance_record *machines;
  size_t machine_count;
  bool is_first = true, is_stopped = false;
  if (options->head && !stance_codebook_head(&project->codebook, options->head))
    return stance_fail(error, STANCE_INPUT, "head '%.60s' is not in the codebook", options->head);
  enum stance_status status = annotate_machine_read(project, &arena, &machines, &machine_count, error);
  if (options->is_json) stance_buffer_putc(out, '{');
  for (size_t h = 0; h < project->codebook.head_count && status == STANCE_OK; h++) {
    struct head_table table = {.head = &project->codebook.heads[h], .is_by_unit = options->is_by_unit};
    if (options->head && strcmp(options->head, table.head->name) != 0) continue;
    if (!is_first) stance_buffer_putc(out, options->is_json ? ',' : '\n');
    is_first = false;
    status = build_table(&table, records, count, error);
    size_t raters = table.rater_count, done = 0;
    const struct writer writer = {.table = &table,
                                  .options = options,
                                  .seed = project->seed,
                                  .out = out,
                                  .machines = machines,
                                  .machine_count = machine_count,
                                  .done = &done,
                                  .total = 1 + raters * (raters + 1) / 2, /* all, pairs, each against the others */
                                  .is_stopped = &is_stopped};
    if (status == STANCE_OK) status = write_head(&writer, error);
    if (status == STANCE_OK && is_stopped) status = stance_fail(error, STANCE_USAGE, "interrupted");
    stance_arena_free(&table.arena);
  }
  if (options->is_json) stance_buffer_puts(out, "}\n");
  stance_arena_free(&arena);
  return out->failed ? stance_fail_memory(error) : status;
}
