/* SPDX-License-Identifier: MIT
 * libarchive reads from bytes.h, which unpacks .tar.gz. */
#include "archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "stance/base/error.h"

enum { BLOCK = 64 * 1024 };

struct input_archive {
  struct input_bytes *bytes;
  const char *path;
  const atomic_int *stop;
  struct archive *archive;
  struct stance_error problem; /* of the bytes that libarchive reads */
  char *name;                  /* "a.zip/b.txt" */
  const char *lent;            /* libarchive's block of the member: `left` bytes from `offset` on */
  size_t left;
  la_int64_t offset, given; /* given: bytes of the member so far */
  bool is_broken;           /* reported once */
  char block[BLOCK];
};

/* Where memory is out within libarchive it may call exit(1), which says something else here: 3 is a system's failure. */
static _Thread_local bool is_inside;
static void end_inside(void) {
  if (is_inside) _exit(3);
}
static void watch_exit(void) { atexit(end_inside); }
#define INSIDE(call) ((void)(is_inside = true), (void)(call), (void)(is_inside = false))

bool input_archive_is(const char *start, size_t length) {
  if (length >= 4 && (memcmp(start, "PK\3\4", 4) == 0 || memcmp(start, "PK\5\6", 4) == 0)) return true;
  return length >= 263 && memcmp(start + 257, "ustar", 5) == 0;
}

static la_ssize_t give(struct archive *archive, void *context, const void **buffer) {
  struct input_archive *own = context;
  size_t got;
  if (input_bytes_read(own->bytes, own->block, sizeof own->block, &got, &own->problem) != STANCE_OK) {
    archive_set_error(archive, EIO, "%s", own->problem.message);
    return ARCHIVE_FATAL;
  }
  *buffer = own->block;
  return (la_ssize_t)got;
}

static enum stance_status fail(struct input_archive *own, struct stance_error *error) {
  if (own->problem.status != STANCE_OK) {
    *error = own->problem;
    return error->status;
  }
  const char *why = archive_error_string(own->archive);
  return stance_fail_at(error, STANCE_INPUT, own->name ? own->name : own->path, 0, 0,
                        "the archive is damaged or ends too early%s%s", why ? ": " : "", why ? why : "");
}

enum stance_status input_archive_open(struct input_bytes *bytes_take, const char *path, const atomic_int *stop,
                                      struct input_archive **out, struct stance_error *error) {
  struct input_archive *own = *out = calloc(1, sizeof *own);
  if (!own) {
    input_bytes_close(bytes_take);
    return stance_fail_memory(error);
  }
  own->bytes = bytes_take;
  own->path = path;
  own->stop = stop;
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, watch_exit);
  INSIDE(own->archive = archive_read_new());
  enum stance_status status = STANCE_OK;
  if (!own->archive) {
    status = stance_fail_memory(error);
  } else {
    archive_read_support_format_tar(own->archive);
    archive_read_support_format_zip_streamable(own->archive);
    archive_read_set_format_option(own->archive, "tar", "read_concatenated_archives", "1"); /* cat a.tar b.tar */
    int code;
    INSIDE(code = archive_read_open(own->archive, own, NULL, give, NULL));
    if (code != ARCHIVE_OK) status = fail(own, error);
  }
  if (status == STANCE_OK) return STANCE_OK;
  input_archive_close(own);
  *out = NULL;
  return status;
}

void input_archive_close(struct input_archive *own) {
  if (!own) return;
  if (own->archive) archive_read_free(own->archive);
  input_bytes_close(own->bytes);
  free(own->name);
  free(own);
}

uint64_t input_archive_position(const struct input_archive *own) { return input_bytes_position(own->bytes); }

/* An input_fetch: bytes of the member. Reads block by block, as archive_read_data loses data before a damaged block. */
static enum stance_status read_member(void *context, char *out, size_t capacity, size_t *got,
                                      struct stance_error *error) {
  struct input_archive *own = context;
  *got = 0;
  while (!own->left) {
    const void *block;
    int code;
    INSIDE(code = archive_read_data_block(own->archive, &block, &own->left, &own->offset));
    if (code == ARCHIVE_EOF) own->left = 0;
    if (code == ARCHIVE_EOF || (own->stop && *own->stop)) return STANCE_OK;
    if (code == ARCHIVE_RETRY) continue;
    if (code != ARCHIVE_OK && code != ARCHIVE_WARN) {
      own->left = 0;
      own->is_broken = true;
      return fail(own, error);
    }
    own->lent = block;
  }
  if (own->given < own->offset) { /* a hole of a sparse file */
    la_int64_t hole = own->offset - own->given;
    *got = hole < (la_int64_t)capacity ? (size_t)hole : capacity;
    memset(out, 0, *got);
  } else {
    *got = own->left < capacity ? own->left : capacity;
    memcpy(out, own->lent, *got);
    own->lent += *got;
    own->offset += (la_int64_t)*got;
    own->left -= *got;
  }
  own->given += (la_int64_t)*got;
  return STANCE_OK;
}

static bool is_hidden(const char *name) {
  const char *slash = strrchr(name, '/');
  return (slash ? slash[1] : name[0]) == '.' || strncmp(name, "__MACOSX/", 9) == 0;
}

enum stance_status input_archive_next(struct input_archive *own, bool (*wants)(const char *name), const char **name,
                                      struct input_bytes **member, uint64_t *skipped, uint64_t *specials,
                                      struct stance_error *error) {
  struct archive_entry *entry;
  *name = NULL;
  *member = NULL;
  own->left = 0;
  own->offset = own->given = 0;
  for (;;) {
    if (own->is_broken) return STANCE_OK;
    int code;
    INSIDE(code = archive_read_next_header(own->archive, &entry));
    if (code == ARCHIVE_EOF || (own->stop && *own->stop)) return STANCE_OK;
    if (code == ARCHIVE_RETRY) continue;
    if (code != ARCHIVE_OK && code != ARCHIVE_WARN) return fail(own, error);
    const char *given;
    INSIDE(given = archive_entry_pathname_utf8(entry));
    if (!given) INSIDE(given = archive_entry_pathname(entry)); /* the name has no known encoding */
    if (!given) given = "unnamed.txt";
    while (strncmp(given, "./", 2) == 0) given += 2;
    if (archive_entry_filetype(entry) == AE_IFDIR || is_hidden(given)) continue;
    if (archive_entry_filetype(entry) != AE_IFREG || archive_entry_hardlink(entry)) {
      ++*specials;
      continue;
    }
    if (!wants(given)) {
      ++*skipped;
      continue;
    }
    free(own->name);
    own->name = NULL;
    if (asprintf(&own->name, "%s/%s", own->path, given) < 0) {
      own->name = NULL;
      return stance_fail_memory(error);
    }
    if (archive_entry_is_data_encrypted(entry) > 0)
      return stance_fail_at(error, STANCE_INPUT, own->name, 0, 0,
                            "is encrypted; unpack the archive with its password first");
    *name = own->name;
    return input_bytes_from(own->name, read_member, own, own->stop, member, error);
  }
}
