/* SPDX-License-Identifier: MIT
 * WARC and WET files. Records are read one at a time; records that are no pages are skipped without being held in
 * memory. */
#include <string.h>

#include "form.h"
#include "stance/base/error.h"
#include "warc.h"

static const char *const warc_endings[] = {".warc", ".wet", NULL};
enum { LOOK = 4096, STEP = 65536 };

static enum input_claim claim(const struct input_start *start) {
  bool is_warc = start->length > 6 && memcmp(start->data, "WARC/1", 6) == 0;
  return is_warc ? INPUT_SURE : input_has_ending(start->path, warc_endings) ? INPUT_BY_ENDING : INPUT_NOT_MINE;
}

/* A record of *state bytes. */
static bool scan_count(const char *data, size_t length, size_t *at, unsigned *state) {
  (void)data;
  size_t left = length - *at;
  if (*state <= left) {
    *at += *state;
    *state = 0;
    return true;
  }
  *state -= (unsigned)left;
  *at = length;
  return false;
}

static enum stance_status skip(struct input_bytes *bytes, uint64_t count, struct stance_error *error) {
  while (count) {
    const char *data;
    size_t length;
    STANCE_TRY(input_bytes_peek(bytes, count < STEP ? (size_t)count : STEP, &data, &length, error));
    if (!length) return STANCE_OK; /* the file ends inside a skipped record, which is not reported */
    input_bytes_skip(bytes, length);
    count -= length;
  }
  return STANCE_OK;
}

/* Reads the header of the next record; *there: bytes at hand; 0: the end. */
static enum stance_status look(struct input_stream *stream, struct warc_header *header, size_t *there,
                               struct stance_error *error) {
  const char *data;
  bool is_whole = false;
  *there = 0;
  for (;;) { /* empty lines between records */
    STANCE_TRY(input_bytes_peek(stream->bytes, 4, &data, there, error));
    size_t blank = 0;
    while (blank < *there && (data[blank] == '\r' || data[blank] == '\n')) blank++;
    if (!blank) break;
    input_bytes_skip(stream->bytes, blank);
  }
  if (!*there) return STANCE_OK;
  for (size_t wanted = LOOK; !is_whole; wanted *= 2) {
    STANCE_TRY(input_bytes_peek(stream->bytes, wanted, &data, there, error));
    STANCE_TRY(warc_read_header(data, *there, *there < wanted, header, &is_whole, error));
  }
  return STANCE_OK;
}

static void count_passed(struct input_passed *passed, enum warc_kind kind) {
  passed->requests += kind == WARC_REQUEST;
  passed->failures += kind == WARC_FAILURE;
  passed->pictures += kind == WARC_PICTURE;
  passed->others += kind == WARC_OTHER;
}

static enum stance_status next(struct input_stream *stream, struct input_item *item, bool *has,
                               struct stance_error *error) {
  struct warc_header header;
  struct input_record record;
  size_t there;
  *has = false;
  for (;;) {
    enum stance_status status = look(stream, &header, &there, error);
    if (status == STANCE_INPUT) {
      struct stance_error what = *error;
      return stance_fail_at(error, STANCE_INPUT, stream->source->path, 0, 0, "record %llu: %s",
                            (unsigned long long)stream->count + 1, what.message);
    }
    if (status != STANCE_OK || !there) return status;
    stream->count++;
    uint64_t whole = header.length + header.block_length;
    if (header.kind >= WARC_PAGE && whole < stream->max_bytes && whole < UINT32_MAX) break;
    if (header.kind >= WARC_PAGE) {
      *has = true;
      item->line = (size_t)stream->count;
      STANCE_TRY(skip(stream->bytes, whole, error));
      return stance_fail_at(error, STANCE_INPUT, stream->source->path, 0, 0,
                            "record %llu: the page is larger than %zu bytes (see --max-bytes)",
                            (unsigned long long)stream->count, stream->max_bytes);
    }
    count_passed(stream->passed, header.kind);
    STANCE_TRY(skip(stream->bytes, whole, error));
  }
  input_bytes_scan_start(stream->bytes, (unsigned)(header.length + header.block_length));
  STANCE_TRY(input_bytes_record(stream->bytes, scan_count, stream->max_bytes, &record, error));
  *has = true;
  item->data = record.data;
  item->length = record.length;
  item->line = (size_t)stream->count;
  return STANCE_OK;
}

static enum stance_status parse(const struct input_item *item, struct stance_arena *arena, struct input_article *out,
                                struct stance_error *error) {
  struct input_decoded decoded = {0};
  STANCE_TRY(warc_article(item->data, item->length, arena, &out->article, &decoded, error));
  input_form_note(out, &decoded, arena);
  return STANCE_OK;
}

const struct input_form input_form_warc = {
    .name = "warc", .title = "WARC", .endings = warc_endings, .claim = claim, .next = next, .parse = parse};
