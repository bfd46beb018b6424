/* SPDX-License-Identifier: MIT
 * Rendering scored articles: JSON Lines, CSV, events, tables. Thread-safe. */
#ifndef STANCE_CLASSIFY_RENDER_H
#define STANCE_CLASSIFY_RENDER_H

#include "fields.h"
#include "scored.h"
#include "stance/base/buffer.h"

struct classify_style {
  const struct classify_heads *heads;
  const struct stance_gazetteer *gazetteer; /* for names of actors; NULL: ids are shown */
  const struct stance_model *model; /* to mark the words that weigh most for a label in reports; NULL: no marks */
  char delimiter;                   /* of CSV: ',' or '\t' */
  int width;                        /* of tables, in columns */
  unsigned leaves_out;              /* fields of predictions: bits of enum classify_field */
  bool keeps_names;                 /* names are not cut to the width, as the output is no terminal */
  bool has_colour;
  bool has_few_colours; /* 16 instead of 256 */
  bool is_part;         /* tables: rows were left out, so that there may be others */
  bool guards_formulas; /* in CSV and TSV: classify_put_field */
};

/* Renders sentences from *next on, until out has `limit` bytes or all are done. */
typedef void classify_render(const struct classify_style *style, const struct classify_scored *scored, uint32_t *next,
                             size_t limit, struct stance_buffer *out);

/* Predictions as JSON Lines: docs/formats.md. */
classify_render classify_render_jsonl;
classify_render classify_render_some_jsonl; /* the same without the fields in style.leaves_out */
/* Appends a field of CSV or TSV, without a delimiter. With guards_formulas, an apostrophe precedes text that a
 * spreadsheet would run as a formula: text that starts with = + - @, a tab or CR. */
void classify_put_field(const struct classify_style *style, struct stance_buffer *out, const char *text, size_t length);
/* article,date,outlet,sentence,head,source,target,label,p,score,p_LABEL...,text */
classify_render classify_render_csv;
/* Appends the line of the columns' names of predictions. */
void classify_csv_header(const struct classify_style *style, struct stance_buffer *out);
/* Events: dyads whose label has a value other than 0, as date,source,target,label,score,p,article,sentence. */
classify_render classify_render_events;
classify_render classify_render_all_events; /* also sentences, with empty source and target */
/* Appends the line of the columns' names of events. */
void classify_events_header(const struct classify_style *style, struct stance_buffer *out);
/* A table for people: the sentences with dyads, and the labels of the dyads. */
classify_render classify_render_table;

/* ---- shared ------------------------------------------------------------------------------------------------- */

void classify_put_mentions(const struct classify_sentence *sentence,
                           struct stance_buffer *out); /* appends a JSON array */
/* Appends a number given in ten-thousandths: "0.9100", "-0.8900". */
void classify_put_share(struct stance_buffer *out, int32_t share);
/* The first head for dyads; -1: none. */
int classify_dyad_head(const struct classify_heads *heads);

#endif
