/* SPDX-License-Identifier: MIT */
#include "rejects.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "output.h"
#include "stance/base/error.h"
#include "stance/base/utf8.h"

enum { RAW_SHOWN = 4096 };

enum stance_status classify_rejects_open(struct classify_rejects *rejects, const char *path, uint64_t length,
                                         struct stance_error *error) {
  *rejects = (struct classify_rejects){.path = path, .file = -1, .written = length};
  if (!path) return STANCE_OK;
  rejects->file = classify_file_open(path);
  return rejects->file < 0 ? stance_fail_errno(error, path, "cannot write")
                           : classify_file_cut(rejects->file, path, length, error);
}

enum stance_status classify_rejects_take(struct classify_rejects *rejects, const struct classify_result *result,
                                         struct stance_error *error) {
  const struct stance_error *problem = result->problem;
  if (rejects->file < 0) return STANCE_OK;
  struct stance_buffer *out = &rejects->line;
  struct stance_arena arena = {0};
  size_t length = result->raw_length < RAW_SHOWN ? result->raw_length : RAW_SHOWN, repaired;
  while (length && length < result->raw_length && ((unsigned char)result->raw[length] & 0xc0) == 0x80) length--;
  while (length && (result->raw[length - 1] == '\n' || result->raw[length - 1] == '\r')) length--;
  const char *data = stance_utf8_repair(&arena, result->raw ? result->raw : "", length, &length, &repaired);
  stance_buffer_clear(out);
  stance_buffer_puts(out, "{\"file\":");
  stance_buffer_json_string(out, result->path, strlen(result->path));
  if (result->line) stance_buffer_printf(out, ",\"line\":%zu", result->line);
  if (result->id) {
    stance_buffer_puts(out, ",\"id\":");
    stance_buffer_json_string(out, result->id, strlen(result->id));
  }
  stance_buffer_puts(out, ",\"error\":");
  stance_buffer_json_string(out, problem->message, strlen(problem->message));
  stance_buffer_puts(out, ",\"data\":");
  stance_buffer_json_string(out, data ? data : "", data ? length : 0);
  stance_buffer_puts(out, "}\n");
  stance_arena_free(&arena);
  if (out->failed) return stance_fail_memory(error);
  STANCE_TRY(classify_file_write(rejects->file, rejects->path, out->data, out->length, error));
  rejects->written += out->length;
  return STANCE_OK;
}

enum stance_status classify_rejects_sync(struct classify_rejects *rejects, struct stance_error *error) {
  if (rejects->file < 0 || fdatasync(rejects->file) == 0 || errno == EINVAL || errno == EROFS) return STANCE_OK;
  return stance_fail_at(error, STANCE_SYSTEM, rejects->path, 0, 0, "cannot write: %s", strerror(errno));
}

enum stance_status classify_rejects_commit(struct classify_rejects *rejects, struct stance_error *error) {
  int file = rejects->file;
  rejects->file = -1;
  if (file < 0 || close(file) == 0) return STANCE_OK;
  return stance_fail_at(error, STANCE_SYSTEM, rejects->path, 0, 0, "cannot write: %s", strerror(errno));
}

void classify_rejects_close(struct classify_rejects *rejects) {
  if (rejects->file >= 0) close(rejects->file);
  rejects->file = -1;
  stance_buffer_free(&rejects->line);
}
