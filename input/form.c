/* SPDX-License-Identifier: MIT
 * The table of forms, and what its rows share. */
#include "form.h"

#include <stdlib.h>
#include <string.h>

#include "stance/base/error.h"

const struct input_form *const input_forms[] = {
    &input_form_text, &input_form_jsonl, &input_form_json, &input_form_csv, &input_form_tsv, &input_form_html,
    &input_form_newsml_g2, &input_form_newsml, &input_form_nitf, &input_form_rcv1, &input_form_reuters, &input_form_rss, &input_form_atom,
    &input_form_factiva_xml, &input_form_nexis_text, &input_form_proquest, &input_form_nexis_html, &input_form_factiva_html,
    &input_form_europresse, &input_form_mail, &input_form_warc, &input_form_xml, NULL};

const struct input_form *input_form_by_name(const char *name) {
  for (size_t i = 0; input_forms[i]; i++)
    if (strcmp(input_forms[i]->name, name) == 0) return input_forms[i];
  return NULL;
}

size_t input_plain_length(const char *path) {
  static const char *const packed[] = {".gz", ".zst", ".bz2", ".xz", NULL};
  size_t length = strlen(path);
  for (size_t i = 0; packed[i]; i++) {
    size_t size = strlen(packed[i]);
    if (length > size && strcasecmp(path + length - size, packed[i]) == 0) return length - size;
  }
  return length;
}

bool input_has_ending(const char *path, const char *const *endings) {
  size_t length = input_plain_length(path);
  for (; endings && *endings; endings++) {
    size_t size = strlen(*endings);
    if (length > size && strncasecmp(path + length - size, *endings, size) == 0) return true;
  }
  return false;
}

const char *input_skip_space(const char *data, const char *end) {
  if (end - data >= 3 && memcmp(data, "\xef\xbb\xbf", 3) == 0) data += 3;
  while (data < end && (*data == ' ' || *data == '\t' || *data == '\r' || *data == '\n')) data++;
  return data;
}

static enum input_claim claim_of(const struct input_form *form, const struct input_start *start) {
  if (form->claim) return form->claim(start);
  return input_has_ending(start->path, form->endings) ? INPUT_BY_ENDING : INPUT_NOT_MINE;
}

const struct input_form *input_form_find(const struct input_start *start, const struct input_options *options) {
  const struct input_form *best = &input_form_text;
  enum input_claim most = INPUT_NOT_MINE;
  if (options->form) return options->form;
  for (size_t i = 0; input_forms[i]; i++) {
    enum input_claim claim = claim_of(input_forms[i], start);
    if (claim > most) best = input_forms[i], most = claim;
  }
  if (most <= INPUT_FALLBACK && options->columns[COLUMN_TEXT]) return &input_form_csv; /* who names a column has a table */
  return best;
}

/* ---- sources --------------------------------------------------------------------------------------------------- */

struct input_source *input_source_hold(struct input_source *source) {
  atomic_fetch_add(&source->holds, 1);
  return source;
}

void input_source_drop(struct input_source *source) {
  if (!source || atomic_fetch_sub(&source->holds, 1) != 1) return;
  stance_arena_free(&source->arena);
  free(source);
}

/* ---- records --------------------------------------------------------------------------------------------------- */

static bool is_blank(const char *data, size_t length) {
  for (size_t i = 0; i < length; i++)
    if (!strchr(" \t\r\n", data[i]) || !data[i]) return false;
  return true;
}

enum stance_status input_stream_record(struct input_stream *stream, input_scan *scan, struct input_item *item, bool *has,
                                       struct stance_error *error) {
  struct input_record record;
  bool is_file = !scan;
  *has = false;
  if (is_file && stream->count) return STANCE_OK;
  for (;;) {
    STANCE_TRY(input_bytes_record(stream->bytes, scan ? scan : input_scan_all, stream->max_bytes, &record, error));
    if (!record.length && input_bytes_stopped(stream->bytes)) return STANCE_OK;
    if (!is_file && !record.length && !record.is_over) return STANCE_OK;
    item->line = is_file ? 0 : (size_t)stream->line + 1;
    stream->line += record.lines;
    if (is_file || record.is_over || !is_blank(record.data, record.length)) break;
  }
  stream->count++;
  *has = true;
  item->data = record.data;
  item->length = record.length;
  if (item->line == 1 && item->length >= 3 && memcmp(item->data, "\xef\xbb\xbf", 3) == 0) item->data += 3, item->length -= 3;
  if (record.is_over)
    return stance_fail_at(error, STANCE_INPUT, stream->source->path, item->line, 0,
                          "the article is larger than %zu bytes (see --max-bytes)", stream->max_bytes);
  return STANCE_OK;
}
