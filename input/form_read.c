/* SPDX-License-Identifier: MIT
 * Functions that forms share: endings, reference-counted sources, records of a stream. */
#include "form.h"

#include <stdlib.h>
#include <string.h>

#include "stance/base/ascii.h"
#include "stance/base/error.h"

/* The last dot of path[0..length); NULL: none. */
static const char *last_dot(const char *path, size_t length) { return memrchr(path, '.', length); }

size_t input_plain_length(const char *path) {
  static const char *const packed[] = {".gz", ".zst", ".bz2", ".xz", NULL};
  size_t length = strlen(path);
  const char *dot = last_dot(path, length);
  if (!dot || dot == path || !strchr("gGzZbBxX", dot[1])) return length;
  for (size_t i = 0; packed[i]; i++)
    if (strcasecmp(dot, packed[i]) == 0) return (size_t)(dot - path);
  return length;
}

bool input_has_ending(const char *path, const char *const *endings) {
  size_t length = input_plain_length(path);
  const char *dot = last_dot(path, length);
  if (!dot || dot == path) return false;
  size_t size = length - (size_t)(dot - path);
  for (; endings && *endings; endings++)
    if (ascii_lower((unsigned char)dot[1]) == (unsigned char)(*endings)[1] && strncasecmp(dot, *endings, size) == 0 &&
        !(*endings)[size])
      return true;
  return false;
}

const char *input_skip_space(const char *data, const char *end) {
  if (end - data >= 3 && memcmp(data, "\xef\xbb\xbf", 3) == 0) data += 3;
  while (data < end && (*data == ' ' || *data == '\t' || *data == '\r' || *data == '\n')) data++;
  return data;
}

void input_form_note(struct input_article *out, const struct input_decoded *decoded, struct stance_arena *arena) {
  if (decoded->repaired) input_note(&out->notes, INPUT_NOTE_REPAIRED, (uint32_t)decoded->repaired, NULL, arena);
  if (decoded->is_cut) input_note(&out->notes, INPUT_NOTE_UNFINISHED, 1, NULL, arena);
  if (decoded->is_guessed) input_note(&out->notes, INPUT_NOTE_ENCODING, 1, NULL, arena);
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

enum stance_status input_stream_record(struct input_stream *stream, input_scan *scan, struct input_item *item,
                                       bool *has, struct stance_error *error) {
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
  item->is_last = record.is_cut;
  *has = true;
  item->data = record.data;
  item->length = record.length;
  if (item->line == 1 && item->length >= 3 && memcmp(item->data, "\xef\xbb\xbf", 3) == 0)
    item->data += 3, item->length -= 3;
  if (record.is_over)
    return stance_fail_at(error, STANCE_INPUT, stream->source->path, item->line, 0,
                          "the article is larger than %zu bytes (see --max-bytes)", stream->max_bytes);
  return STANCE_OK;
}
