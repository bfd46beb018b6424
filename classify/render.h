/* SPDX-License-Identifier: MIT
 * Scored articles as bytes: JSON Lines, CSV, events, tables. All functions are pure and thread-safe. */
#ifndef STANCE_CLASSIFY_RENDER_H
#define STANCE_CLASSIFY_RENDER_H

#include "fields.h"
#include "scored.h"
#include "stance/base/buffer.h"

struct classify_style {
  const struct classify_heads *heads;
  const struct stance_gazetteer *gazetteer; /* names of actors; NULL: their ids */
  const struct stance_model *model; /* marks the words that spoke for a label in reports; NULL: none are marked */
  char delimiter;                   /* of CSV: ',' or '\t' */
  int width;                        /* of tables, in columns */
  unsigned leaves_out;              /* fields of predictions: bits of enum classify_field */
  bool keeps_names;                 /* never cut to the width: what reads it is no terminal */
  bool has_colour;
  bool has_few_colours; /* sixteen, not 256 */
  bool guards_formulas; /* in CSV and TSV: classify_put_field */
};

/* All render sentences from *next on until `limit` bytes are in out or all are done. */
typedef void classify_render(const struct classify_style *style, const struct classify_scored *scored, uint32_t *next,
                             size_t limit, struct stance_buffer *out);

/* Predictions, one a line: the format of docs/formats.md. */
classify_render classify_render_jsonl;
classify_render classify_render_some_jsonl; /* without the fields that style leaves out */
/* A field of CSV or TSV, without the delimiter behind it. With guards_formulas, text that a spreadsheet would run (that begins with = + - @, a tab or
 * CR) stands behind an apostrophe. */
void classify_put_field(const struct classify_style *style, struct stance_buffer *out, const char *text, size_t length);
/* article,date,outlet,sentence,head,source,target,label,p,score,p_LABEL...,text */
classify_render classify_render_csv;
/* Appends the line of the columns' names of predictions. */
void classify_csv_header(const struct classify_style *style, struct stance_buffer *out);
/* date,source,target,label,score,p,article,sentence: dyads whose label has a value other than 0 */
classify_render classify_render_events;
classify_render classify_render_all_events; /* sentences too, with empty source and target */
/* Appends the line of the columns' names of events. */
void classify_events_header(const struct classify_style *style, struct stance_buffer *out);
/* For people: the sentences with dyads, and how each actor stands to the other. */
classify_render classify_render_table;

/* ---- shared ------------------------------------------------------------------------------------------------- */

void classify_put_mentions(const struct classify_sentence *sentence, struct stance_buffer *out); /* a JSON array */
/* ten-thousandths: "0.9100", "-0.8900" */
void classify_put_share(struct stance_buffer *out, int32_t share);
/* The head that dyads are asked first; -1: none. */
int classify_dyad_head(const struct classify_heads *heads);

#endif
