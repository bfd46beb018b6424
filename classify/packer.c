/* SPDX-License-Identifier: MIT */
#include "packer.h"

#include <stdlib.h>
#include <zlib.h>
#include <zstd.h>

#include "stance/base/error.h"

enum {
  CHUNK = 128 * 1024,
  GZIP_LEVEL = 6,
  ZSTD_LEVEL = 3,
  GZIP_WINDOW = 15 + 16 /* zlib: gzip's header and trailer */
};

struct classify_packer {
  enum classify_packing packing;
  z_stream deflater;
  bool has_deflater;
  ZSTD_CCtx *context;
  size_t frame_bytes;
};

enum stance_status classify_packer_new(enum classify_packing packing, struct classify_packer **out,
                                       struct stance_error *error) {
  struct classify_packer *packer = calloc(1, sizeof *packer);
  *out = packer;
  if (!packer) return stance_fail_memory(error);
  packer->packing = packing;
  if (packing == CLASSIFY_PACKING_GZIP) {
    packer->has_deflater =
        deflateInit2(&packer->deflater, GZIP_LEVEL, Z_DEFLATED, GZIP_WINDOW, 8, Z_DEFAULT_STRATEGY) == Z_OK;
    return packer->has_deflater ? STANCE_OK : stance_fail_memory(error);
  }
  packer->context = ZSTD_createCCtx();
  if (!packer->context) return stance_fail_memory(error);
  ZSTD_CCtx_setParameter(packer->context, ZSTD_c_compressionLevel, ZSTD_LEVEL);
  ZSTD_CCtx_setParameter(packer->context, ZSTD_c_checksumFlag, 1);
  return STANCE_OK;
}

void classify_packer_destroy(struct classify_packer *packer) {
  if (!packer) return;
  if (packer->has_deflater) deflateEnd(&packer->deflater);
  if (packer->context) ZSTD_freeCCtx(packer->context); /* or the library would be loaded to free nothing */
  free(packer);
}

size_t classify_packer_frame_bytes(const struct classify_packer *packer) { return packer->frame_bytes; }

static enum stance_status put_gzip(struct classify_packer *packer, const char *data, size_t length, int flush,
                                   struct stance_buffer *out, struct stance_error *error) {
  z_stream *stream = &packer->deflater;
  stream->next_in = (Bytef *)(uintptr_t)data;
  stream->avail_in = (uInt)length;
  do {
    if (!stance_buffer_reserve(out, CHUNK)) return stance_fail_memory(error);
    stream->next_out = (Bytef *)out->data + out->length;
    stream->avail_out = CHUNK;
    int code = deflate(stream, flush);
    out->length += CHUNK - stream->avail_out;
    if (code == Z_STREAM_END) break;
    if (code != Z_OK && code != Z_BUF_ERROR) return stance_fail(error, STANCE_SYSTEM, "zlib cannot compress");
  } while (stream->avail_in || !stream->avail_out || flush == Z_FINISH);
  if (flush == Z_FINISH && deflateReset(stream) != Z_OK)
    return stance_fail(error, STANCE_SYSTEM, "zlib cannot compress");
  return STANCE_OK;
}

static enum stance_status put_zstd(struct classify_packer *packer, const char *data, size_t length,
                                   ZSTD_EndDirective directive, struct stance_buffer *out, struct stance_error *error) {
  ZSTD_inBuffer in = {data, length, 0};
  size_t left;
  do {
    if (!stance_buffer_reserve(out, CHUNK)) return stance_fail_memory(error);
    ZSTD_outBuffer to = {out->data + out->length, CHUNK, 0};
    left = ZSTD_compressStream2(packer->context, &to, &in, directive);
    out->length += to.pos;
    if (ZSTD_isError(left))
      return stance_fail(error, STANCE_SYSTEM, "zstd cannot compress: %s", ZSTD_getErrorName(left));
  } while (directive == ZSTD_e_continue ? in.pos < in.size : left != 0);
  return STANCE_OK;
}

enum stance_status classify_packer_put(struct classify_packer *packer, const char *data, size_t length,
                                       enum classify_packer_step step, struct stance_buffer *out,
                                       struct stance_error *error) {
  static const int flushes[] = {Z_NO_FLUSH, Z_SYNC_FLUSH, Z_FINISH};
  static const ZSTD_EndDirective directives[] = {ZSTD_e_continue, ZSTD_e_flush, ZSTD_e_end};
  enum { MOST = 1 << 30 }; /* zlib counts in 32 bits */
  while (length > MOST) {
    STANCE_TRY(classify_packer_put(packer, data, MOST, CLASSIFY_PACKER_ADD, out, error));
    data += MOST;
    length -= MOST;
  }
  packer->frame_bytes = step == CLASSIFY_PACKER_END ? 0 : packer->frame_bytes + length;
  if (!data) data = "";
  return packer->packing == CLASSIFY_PACKING_GZIP ? put_gzip(packer, data, length, flushes[step], out, error)
                                                  : put_zstd(packer, data, length, directives[step], out, error);
}
