/* SPDX-License-Identifier: MIT */
#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "stance/base/error.h"
#include "stance/base/file.h"
#include "stance/base/plain.h"

enum { WRITE_BLOCK = 256 * 1024, FRAME_BYTES = 1024 * 1024 };

/* ---- files -------------------------------------------------------------------------------------------------- */

int classify_file_open(const char *path) { return open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0666); }

enum stance_status classify_file_cut(int file, const char *path, uint64_t length, struct stance_error *error) {
  struct stat about;
  bool is_known = fstat(file, &about) == 0;
  if (is_known && !S_ISREG(about.st_mode)) return STANCE_OK;
  if (is_known && (uint64_t)about.st_size < length)
    return stance_fail_at(error, STANCE_INPUT, path, 0, 0,
                          "is shorter than the interrupted run left it; begin the run anew without --resume");
  if (ftruncate(file, (off_t)length) == 0 && lseek(file, 0, SEEK_END) >= 0) return STANCE_OK;
  return stance_fail_errno(error, path, "cannot write");
}

enum stance_status classify_file_write(int file, const char *name, const char *data, size_t length,
                                       struct stance_error *error) {
  while (length) {
    ssize_t count = write(file, data, length);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return stance_fail_at(error, STANCE_SYSTEM, name, 0, 0, "cannot write: %s", strerror(errno));
    data += count;
    length -= (size_t)count;
  }
  return STANCE_OK;
}

/* ---- writing ------------------------------------------------------------------------------------------------ */

static enum stance_status write_plain(struct classify_output *output, const char *data, size_t length,
                                      struct stance_error *error) {
  errno = 0;
  struct stance_buffer plain = {0};
  if (output->is_on_terminal) stance_buffer_plain(&plain, data, length, true);
  enum stance_status status = plain.failed ? stance_fail_memory(error)
                              : output->is_on_terminal
                                  ? classify_file_write(output->file, output->name, plain.data, plain.length, error)
                                  : classify_file_write(output->file, output->name, data, length, error);
  stance_buffer_free(&plain);
  if (status == STANCE_OK) {
    output->written += length;
    return STANCE_OK;
  }
  output->is_pipe_closed = errno == EPIPE;
  output->has_failed = true;
  return status;
}

static enum stance_status write_packed(struct classify_output *output, const char *data, size_t length,
                                       enum classify_packer_step step, struct stance_error *error) {
  STANCE_TRY(classify_packer_put(output->packer, data, length, step, &output->packed, error));
  if (step == CLASSIFY_PACKER_ADD && output->packed.length < WRITE_BLOCK) return STANCE_OK;
  STANCE_TRY(write_plain(output, output->packed.data, output->packed.length, error));
  stance_buffer_clear(&output->packed);
  return STANCE_OK;
}

static enum stance_status write_now(struct classify_output *output, const char *data, size_t length,
                                    struct stance_error *error) {
  return output->packer ? write_packed(output, data, length, CLASSIFY_PACKER_ADD, error)
                        : write_plain(output, data, length, error);
}

static enum stance_status write_pending(struct classify_output *output, struct stance_error *error) {
  if (output->pending.failed) return stance_fail_memory(error);
  STANCE_TRY(write_now(output, output->pending.data, output->pending.length, error));
  stance_buffer_clear(&output->pending);
  return STANCE_OK;
}

enum stance_status classify_output_settle(struct classify_output *output, struct stance_error *error) {
  size_t length = output->lent_length;
  output->lent_length = 0;
  if (output->pending.length + length < WRITE_BLOCK) {
    stance_buffer_append(&output->pending, output->lent, length);
    return output->pending.failed ? stance_fail_memory(error) : STANCE_OK;
  }
  STANCE_TRY(write_pending(output, error));
  return write_now(output, output->lent, length, error);
}

enum stance_status classify_output_flush(struct classify_output *output, struct stance_error *error) {
  STANCE_TRY(classify_output_settle(output, error));
  STANCE_TRY(write_pending(output, error));
  bool is_begun = output->packer && classify_packer_frame_bytes(output->packer);
  return is_begun ? write_packed(output, NULL, 0, CLASSIFY_PACKER_FLUSH, error) : STANCE_OK;
}

enum stance_status classify_output_end_frame(struct classify_output *output, bool is_last, struct stance_error *error) {
  if (!output->packer) return STANCE_OK;
  STANCE_TRY(classify_output_settle(output, error));
  size_t taken = classify_packer_frame_bytes(output->packer) + output->pending.length;
  bool is_empty = !taken && (output->written || output->packed.length); /* there is at least one frame */
  if (is_empty || (!is_last && taken < FRAME_BYTES)) return STANCE_OK;
  STANCE_TRY(write_pending(output, error));
  return write_packed(output, NULL, 0, CLASSIFY_PACKER_END, error);
}

bool classify_output_is_between_frames(const struct classify_output *output) {
  return !output->packer ||
         !(classify_packer_frame_bytes(output->packer) + output->pending.length + output->lent_length);
}

enum stance_status classify_output_lend(struct classify_output *output, const char *data, size_t length,
                                        struct stance_error *error) {
  bool is_next = output->lent_length && output->lent + output->lent_length == data;
  if (!is_next) {
    STANCE_TRY(classify_output_settle(output, error));
    output->lent = data;
  }
  output->lent_length += length;
  return STANCE_OK;
}

/* ---- opening and closing -------------------------------------------------------------------------------------- */

enum stance_status classify_output_open(struct classify_output *output, const char *path, struct stance_error *error) {
  struct stat about;
  *output = (struct classify_output){.path = path, .name = path, .file = -1};
  if (!path || strcmp(path, "-") == 0) {
    output->file = STDOUT_FILENO;
    output->name = "<stdout>";
    return STANCE_OK;
  }
  enum classify_packing packing = classify_packing_of_path(path);
  if (packing) STANCE_TRY(classify_packer_new(packing, &output->packer, error));
  bool is_special = stat(path, &about) == 0 && !S_ISREG(about.st_mode);
  if (is_special) { /* a device or a pipe cannot be renamed onto */
    output->file = open(path, O_WRONLY | O_CLOEXEC);
    return output->file < 0 ? stance_fail_errno(error, path, "cannot write") : STANCE_OK;
  }
  if (asprintf(&output->partial, "%s.partial", path) < 0) {
    output->partial = NULL;
    return stance_fail_memory(error);
  }
  output->file = classify_file_open(output->partial);
  if (output->file < 0) return stance_fail_errno(error, output->partial, "cannot write");
  if (flock(output->file, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
    return stance_fail_at(error, STANCE_INPUT, output->partial, 0, 0, "another run is writing it");
  return STANCE_OK;
}

enum stance_status classify_output_cut(struct classify_output *output, uint64_t length, struct stance_error *error) {
  if (!output->partial) return STANCE_OK;
  output->written = length;
  return classify_file_cut(output->file, output->partial, length, error);
}

enum stance_status classify_output_sync(struct classify_output *output, struct stance_error *error) {
  if (!output->partial || fdatasync(output->file) == 0) return STANCE_OK;
  return stance_fail_at(error, STANCE_SYSTEM, output->name, 0, 0, "cannot write: %s", strerror(errno));
}

enum stance_status classify_output_commit(struct classify_output *output, struct stance_error *error) {
  if (output->file == STDOUT_FILENO) return STANCE_OK;
  int file = output->file;
  bool is_good = !output->partial || fsync(file) == 0;
  output->file = -1;
  if (close(file) != 0) is_good = false;
  if (is_good && output->partial)
    is_good = rename(output->partial, output->path) == 0 && stance_folder_sync(output->path);
  return is_good ? STANCE_OK
                 : stance_fail_at(error, STANCE_SYSTEM, output->name, 0, 0, "cannot write: %s", strerror(errno));
}

void classify_output_close(struct classify_output *output) {
  if (output->file >= 0 && output->file != STDOUT_FILENO) close(output->file);
  output->file = -1;
  stance_buffer_free(&output->pending);
  stance_buffer_free(&output->packed);
  classify_packer_destroy(output->packer);
  output->packer = NULL;
  free(output->partial);
  output->partial = NULL;
}
