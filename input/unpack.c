/* SPDX-License-Identifier: MIT
 * A stream has one format; consecutive members or frames are one text, as for the formats' own tools. */
#include "unpack.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>
#include <zstd_errors.h>

#include "stance/base/error.h"

enum { BLOCK = INPUT_UNPACK_BLOCK, WINDOW_LOG_MAX = 31 };
enum packing { PACKING_UNKNOWN, PACKING_NONE, PACKING_GZIP, PACKING_ZSTD, PACKING_ARCHIVE };

struct input_unpack {
  const char *path;
  input_fetch *fetch;
  void *context;
  enum packing packing;
  bool is_over; /* the source has ended */
  bool is_stopped;
  bool is_inside; /* inside a gzip member or zstd frame */
  z_stream inflater;
  bool has_inflater;
  ZSTD_DStream *expander;
  struct archive *archive; /* bzip2, xz */
  bool has_entry, is_entry_over;
  struct stance_error problem; /* of the source that libarchive reads */
  char *packed;                /* [start .. end) */
  size_t start, end;
};

struct input_unpack *input_unpack_new(const char *path, input_fetch *fetch, void *context) {
  struct input_unpack *unpack = calloc(1, sizeof *unpack);
  if (unpack) *unpack = (struct input_unpack){.path = path, .fetch = fetch, .context = context};
  return unpack;
}

void input_unpack_free(struct input_unpack *unpack) {
  if (!unpack) return;
  if (unpack->has_inflater) inflateEnd(&unpack->inflater);
  if (unpack->expander) ZSTD_freeDStream(unpack->expander); /* avoids loading the library only to free NULL */
  if (unpack->archive) archive_read_free(unpack->archive);
  free(unpack->packed);
  free(unpack);
}

void input_unpack_stop(struct input_unpack *unpack) { unpack->is_stopped = true; }

static bool is_gzip(const unsigned char *start, size_t length) {
  return length >= 2 && start[0] == 0x1f && start[1] == 0x8b;
}

static enum packing packing_of(const unsigned char *start, size_t length) {
  if (is_gzip(start, length)) return PACKING_GZIP;
  if (length >= 4 && memcmp(start, "\x28\xb5\x2f\xfd", 4) == 0) return PACKING_ZSTD;
  if (length >= 4 && (start[0] & 0xf0) == 0x50 && memcmp(start + 1, "\x2a\x4d\x18", 3) == 0)
    return PACKING_ZSTD; /* a skippable frame */
  if (length >= 6 && memcmp(start,
                            "\xfd"
                            "7zXZ",
                            6) == 0)
    return PACKING_ARCHIVE;
  bool is_bzip2 = length >= 10 && memcmp(start, "BZh", 3) == 0 && start[3] >= '1' && start[3] <= '9' &&
                  (memcmp(start + 4, "1AY&SY", 6) == 0 || memcmp(start + 4, "\x17\x72\x45\x38\x50\x90", 6) == 0);
  return is_bzip2 ? PACKING_ARCHIVE : PACKING_NONE;
}

enum stance_status input_unpack_begin(struct input_unpack *unpack, const char *start, size_t length, bool *is_plain,
                                      struct stance_error *error) {
  unpack->packing = packing_of((const unsigned char *)start, length);
  *is_plain = unpack->packing == PACKING_NONE;
  if (*is_plain) return STANCE_OK;
  if (!(unpack->packed = malloc(BLOCK))) return stance_fail_memory(error);
  memcpy(unpack->packed, start, length);
  unpack->end = length;
  return STANCE_OK;
}

static enum stance_status fail(struct input_unpack *unpack, struct stance_error *error, const char *what) {
  return stance_fail_at(error, STANCE_INPUT, unpack->path, 0, 0, "%s", what);
}

/* Appends compressed bytes to the rest. */
static enum stance_status fetch_more(struct input_unpack *unpack, size_t *got, struct stance_error *error) {
  if (!unpack->packed && !(unpack->packed = malloc(BLOCK))) return stance_fail_memory(error);
  if (unpack->start) {
    memmove(unpack->packed, unpack->packed + unpack->start, unpack->end - unpack->start);
    unpack->end -= unpack->start;
    unpack->start = 0;
  }
  *got = 0;
  if (unpack->is_over || unpack->end == BLOCK) return STANCE_OK;
  STANCE_TRY(unpack->fetch(unpack->context, unpack->packed + unpack->end, BLOCK - unpack->end, got, error));
  unpack->end += *got;
  if (!*got) unpack->is_over = true;
  return STANCE_OK;
}

/* ---- gzip, zstd -------------------------------------------------------------------------------------------------- */

static enum stance_status unpack_gzip(struct input_unpack *unpack, char *out, size_t capacity, size_t *got,
                                      struct stance_error *error) {
  z_stream *stream = &unpack->inflater;
  if (!unpack->is_inside) {
    if (!is_gzip((unsigned char *)unpack->packed + unpack->start, unpack->end - unpack->start)) {
      for (; unpack->start < unpack->end; unpack->start++) /* NULs after the last member are padding */
        if (unpack->packed[unpack->start])
          return fail(unpack, error, "what is behind the gzip data is none; it was not read");
      return STANCE_OK;
    }
    int code = unpack->has_inflater ? inflateReset(stream) : inflateInit2(stream, 15 + 16);
    if (code != Z_OK) return stance_fail_memory(error);
    unpack->has_inflater = unpack->is_inside = true;
  }
  stream->next_in = (unsigned char *)unpack->packed + unpack->start;
  stream->avail_in = (uInt)(unpack->end - unpack->start);
  stream->next_out = (unsigned char *)out;
  stream->avail_out = (uInt)(capacity < BLOCK ? capacity : BLOCK);
  uInt room = stream->avail_out;
  int code = inflate(stream, Z_NO_FLUSH);
  unpack->start = unpack->end - stream->avail_in;
  *got = room - stream->avail_out;
  if (code == Z_STREAM_END) unpack->is_inside = false;
  if (code == Z_MEM_ERROR) return stance_fail_memory(error);
  if (code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR)
    return fail(unpack, error, "the gzip data is damaged");
  return STANCE_OK;
}

static enum stance_status unpack_zstd(struct input_unpack *unpack, char *out, size_t capacity, size_t *got,
                                      struct stance_error *error) {
  if (!unpack->expander) {
    unpack->expander = ZSTD_createDStream();
    if (!unpack->expander) return stance_fail_memory(error);
    ZSTD_DCtx_setParameter(unpack->expander, ZSTD_d_windowLogMax,
                           WINDOW_LOG_MAX); /* as --long=31; unused memory costs nothing */
  }
  ZSTD_inBuffer in = {unpack->packed, unpack->end, unpack->start};
  ZSTD_outBuffer to = {out, capacity, 0};
  size_t code = ZSTD_decompressStream(unpack->expander, &to, &in);
  unpack->start = in.pos;
  *got = to.pos;
  if (ZSTD_isError(code) && ZSTD_getErrorCode(code) == ZSTD_error_memory_allocation)
    return fail(unpack, error, "the zstd data needs a window that memory does not hold; pack it again without --long");
  if (ZSTD_isError(code)) return fail(unpack, error, "the zstd data is damaged");
  unpack->is_inside = code != 0;
  return STANCE_OK;
}

static enum stance_status read_members(struct input_unpack *unpack, char *out, size_t capacity, size_t *got,
                                       struct stance_error *error) {
  for (;;) {
    size_t left = unpack->end - unpack->start, more;
    if (unpack->is_inside || left >= 4 || (left && unpack->is_over)) { /* 4 bytes recognise the start of a member */
      STANCE_TRY(unpack->packing == PACKING_GZIP ? unpack_gzip(unpack, out, capacity, got, error)
                                                 : unpack_zstd(unpack, out, capacity, got, error));
      if (*got) return STANCE_OK;
      if (unpack->end - unpack->start < left) continue; /* consumed a header */
    }
    if (unpack->is_over) break;
    STANCE_TRY(fetch_more(unpack, &more, error));
  }
  if (unpack->is_inside && !unpack->is_stopped) return fail(unpack, error, "the compressed data ends too early");
  return STANCE_OK;
}

/* ---- bzip2, xz --------------------------------------------------------------------------------------------------- */

static la_ssize_t give_packed(struct archive *archive, void *context, const void **buffer) {
  struct input_unpack *unpack = context;
  size_t got;
  if (unpack->start == unpack->end && fetch_more(unpack, &got, &unpack->problem) != STANCE_OK) {
    archive_set_error(archive, EIO, "%s", unpack->problem.message);
    return ARCHIVE_FATAL;
  }
  *buffer = unpack->packed + unpack->start;
  la_ssize_t count = (la_ssize_t)(unpack->end - unpack->start);
  unpack->start = unpack->end;
  return count;
}

static enum stance_status fail_archive(struct input_unpack *unpack, struct stance_error *error) {
  if (unpack->problem.status != STANCE_OK) {
    *error = unpack->problem;
    return error->status;
  }
  const char *why = archive_error_string(unpack->archive);
  return stance_fail_at(error, STANCE_INPUT, unpack->path, 0, 0, "the compressed data is damaged or ends too early%s%s",
                        why ? ": " : "", why ? why : "");
}

static enum stance_status read_archive(struct input_unpack *unpack, char *out, size_t capacity, size_t *got,
                                       struct stance_error *error) {
  struct archive_entry *entry;
  if (unpack->is_entry_over) return STANCE_OK;
  if (!unpack->archive) {
    unpack->archive = archive_read_new();
    if (!unpack->archive) return stance_fail_memory(error);
    archive_read_support_filter_bzip2(unpack->archive);
    archive_read_support_filter_xz(unpack->archive);
    archive_read_support_format_raw(unpack->archive);
    archive_read_support_format_empty(unpack->archive);
    if (archive_read_open(unpack->archive, unpack, NULL, give_packed, NULL) != ARCHIVE_OK)
      return fail_archive(unpack, error);
  }
  if (!unpack->has_entry) {
    int code = archive_read_next_header(unpack->archive, &entry);
    if (code == ARCHIVE_EOF) {
      unpack->is_entry_over = true;
      return STANCE_OK;
    }
    if (code != ARCHIVE_OK) return fail_archive(unpack, error);
    unpack->has_entry = true;
  }
  la_ssize_t count = archive_read_data(unpack->archive, out, capacity);
  if (count < 0 && unpack->is_stopped) count = 0;
  if (count < 0) return fail_archive(unpack, error);
  *got = (size_t)count;
  unpack->is_entry_over = count == 0;
  return STANCE_OK;
}

enum stance_status input_unpack_read(struct input_unpack *unpack, char *out, size_t capacity, size_t *got,
                                     struct stance_error *error) {
  *got = 0;
  if (unpack->packing == PACKING_UNKNOWN) {
    size_t more;
    do /* the start of JSON is not compressed: a live feed is not delayed */
      STANCE_TRY(fetch_more(unpack, &more, error));
    while (more && unpack->end < INPUT_MAGIC_BYTES && unpack->packed[0] != '{');
    unpack->packing = packing_of((unsigned char *)unpack->packed, unpack->end);
  }
  switch (unpack->packing) {
    case PACKING_GZIP:
    case PACKING_ZSTD: return read_members(unpack, out, capacity, got, error);
    case PACKING_ARCHIVE: return read_archive(unpack, out, capacity, got, error);
    default: break;
  }
  size_t left = unpack->end - unpack->start; /* bytes read for the magic number */
  if (!left) return unpack->is_over ? STANCE_OK : unpack->fetch(unpack->context, out, capacity, got, error);
  *got = left < capacity ? left : capacity;
  memcpy(out, unpack->packed + unpack->start, *got);
  unpack->start += *got;
  return STANCE_OK;
}
