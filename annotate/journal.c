/* SPDX-License-Identifier: MIT
 * Appending durably: one write, one fdatasync, and truncation if either fails. */
#include "journal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "scan.h"
#include "stance/base/error.h"
#include "stance/base/file.h"

/* The last line is searched for in blocks of this size from the end. */
enum { TAIL_BLOCK = 64 * 1024 };

static bool write_fully(int file, const char *bytes, size_t length) {
  while (length) {
    ssize_t wrote = write(file, bytes, length);
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote < 0) return false;
    if (wrote == 0) {
      errno = ENOSPC;
      return false;
    }
    bytes += wrote;
    length -= (size_t)wrote;
  }
  return true;
}

/* A lock on the open file, which ends with the process. */
static enum stance_status lock(const struct annotate_journal *journal, struct stance_error *error) {
  struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
  if (fcntl(journal->file, F_OFD_SETLK, &whole) == 0) return STANCE_OK;
  if (errno == EAGAIN || errno == EACCES)
    return stance_fail_at(error, STANCE_INPUT, journal->path, 0, 0,
                          "is in use by another process; close that one first (a journal has one writer)");
  return stance_fail_errno(error, journal->path, "cannot lock");
}

/* Reads the bytes after the last newline into *tail, which the caller frees. */
static enum stance_status read_tail(const struct annotate_journal *journal, uint64_t size, char **tail, size_t *length,
                                    struct stance_error *error) {
  uint64_t start = size;
  *tail = NULL;
  *length = 0;
  for (;;) {
    uint64_t from = start > TAIL_BLOCK ? start - TAIL_BLOCK : 0;
    size_t count = (size_t)(start - from);
    char *joined = malloc(count + *length + 1);
    if (!joined) goto out_of_memory;
    for (size_t got = 0; got < count;) {
      ssize_t step = pread(journal->file, joined + got, count - got, (off_t)(from + got));
      if (step < 0 && errno == EINTR) continue;
      if (step <= 0) {
        free(joined);
        free(*tail);
        *tail = NULL;
        return stance_fail_errno(error, journal->path, "cannot read");
      }
      got += (size_t)step;
    }
    const char *newline = memrchr(joined, '\n', count);
    if (*length) memcpy(joined + count, *tail, *length);
    free(*tail);
    *tail = joined;
    *length += count;
    if (newline) {
      size_t skip = (size_t)(newline + 1 - joined);
      memmove(joined, joined + skip, *length - skip);
      *length -= skip;
      return STANCE_OK;
    }
    start = from;
    if (!start) return STANCE_OK;
  }
out_of_memory:
  free(*tail);
  *tail = NULL;
  return stance_fail_memory(error);
}

static bool is_whole_record(const char *line, size_t length) {
  static const char *const keys[] = {"unit", "head"};
  struct annotate_span spans[2];
  return !memchr(line, '\0', length) && annotate_scan(line, length, keys, 2, spans) && spans[0].start && spans[1].start;
}

static enum stance_status keep_torn(const struct annotate_journal *journal, struct stance_arena *arena,
                                    const char *tail, size_t length, const char **torn, struct stance_error *error) {
  char *path = stance_arena_format(arena, "%s.torn", journal->path);
  if (!path) return stance_fail_memory(error);
  int file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
  if (file < 0) return stance_fail_errno(error, path, "cannot write");
  bool is_good = write_fully(file, tail, length) && write_fully(file, "\n", 1) && fsync(file) == 0;
  int code = errno;
  if (close(file) != 0 && is_good) {
    is_good = false;
    code = errno;
  }
  errno = code;
  if (!is_good) return stance_fail_errno(error, path, "cannot write");
  *torn = path;
  return STANCE_OK;
}

static enum stance_status repair(struct annotate_journal *journal, struct stance_arena *arena, const char **notice,
                                 struct stance_error *error) {
  struct stat about;
  char *tail;
  size_t length;
  const char *torn = NULL;
  if (fstat(journal->file, &about) != 0) return stance_fail_errno(error, journal->path, "cannot read");
  if (!S_ISREG(about.st_mode)) return stance_fail_at(error, STANCE_INPUT, journal->path, 0, 0, "is not a regular file");
  uint64_t size = (uint64_t)about.st_size;
  journal->size = size;
  STANCE_TRY(read_tail(journal, size, &tail, &length, error));
  enum stance_status status = STANCE_OK;
  if (length && is_whole_record(tail, length)) {
    status = annotate_journal_append(journal, "\n", 1, error);
  } else if (length) {
    status = keep_torn(journal, arena, tail, length, &torn, error);
    if (status == STANCE_OK) {
      journal->size = size - length;
      if (ftruncate(journal->file, (off_t)journal->size) != 0 || fsync(journal->file) != 0)
        status = stance_fail_errno(error, journal->path, "cannot cut off a torn line");
    }
    if (status == STANCE_OK) {
      *notice = stance_arena_format(arena, "the last line was torn (%zu bytes); it is now in %s", length, torn);
      if (!*notice) status = stance_fail_memory(error);
    }
  }
  free(tail);
  return status;
}

enum stance_status annotate_journal_open(const char *path, struct stance_arena *arena, struct annotate_journal *journal,
                                         const char **notice, struct stance_error *error) {
  *notice = NULL;
  *journal = (struct annotate_journal){.file = -1, .path = strdup(path)};
  if (!journal->path) return stance_fail_memory(error);
  bool is_new = access(path, F_OK) != 0;
  journal->file = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
  enum stance_status status = STANCE_OK;
  if (journal->file < 0) status = stance_fail_errno(error, path, "cannot open");
  if (status == STANCE_OK) status = lock(journal, error);
  if (status == STANCE_OK) status = repair(journal, arena, notice, error);
  if (status == STANCE_OK && is_new && !stance_folder_sync(path))
    status = stance_fail_errno(error, path, "cannot write");
  if (status != STANCE_OK) annotate_journal_close(journal);
  return status;
}

/* Truncates the remains of a failed write. */
static bool take_back(struct annotate_journal *journal) {
  journal->is_dirty = ftruncate(journal->file, (off_t)journal->size) != 0;
  return !journal->is_dirty;
}

enum stance_status annotate_journal_append(struct annotate_journal *journal, const char *lines, size_t length,
                                           struct stance_error *error) {
  struct stat about;
  if (fstat(journal->file, &about) == 0 && about.st_nlink == 0)
    return stance_fail_at(error, STANCE_SYSTEM, journal->path, 0, 0, "was removed or replaced while in use");
  if (journal->is_dirty && !take_back(journal)) return stance_fail_errno(error, journal->path, "cannot write");
  if (write_fully(journal->file, lines, length) && fdatasync(journal->file) == 0) {
    journal->size += length;
    return STANCE_OK;
  }
  int code = errno;
  take_back(journal);
  errno = code;
  enum stance_status status = stance_fail_errno(error, journal->path, "cannot write");
  return status == STANCE_INPUT ? STANCE_SYSTEM : status;
}

void annotate_journal_close(struct annotate_journal *journal) {
  if (journal->file >= 0) close(journal->file);
  free(journal->path);
  *journal = (struct annotate_journal){.file = -1};
}
