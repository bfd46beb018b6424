/* SPDX-License-Identifier: MIT
 * Decompression of a stream: gzip (zlib, which compares checksums), zstd, bzip2 and xz (libarchive), recognised by
 * their magic numbers; other bytes pass unchanged. One thread at a time. */
#ifndef STANCE_INPUT_UNPACK_H
#define STANCE_INPUT_UNPACK_H

#include "stance/stance.h"

/* A source of bytes: writes at most `capacity` bytes; *got 0: the end. */
typedef enum stance_status input_fetch(void *context, char *out, size_t capacity, size_t *got,
                                       struct stance_error *error);

struct input_unpack;
/* path: for messages; it and the context must outlive the unpacker. NULL: out of memory. */
struct input_unpack *input_unpack_new(const char *path, input_fetch *fetch, void *context);
void input_unpack_free(struct input_unpack *unpack); /* NULL is fine */
/* Before the first read: the first bytes of a file, at most INPUT_UNPACK_BLOCK. *is_plain: they are not compressed, and remain the
 * caller's; else they are copied. */
enum stance_status input_unpack_begin(struct input_unpack *unpack, const char *start, size_t length, bool *is_plain,
                                      struct stance_error *error);
/* Reads decompressed bytes; *got 0: the end. STANCE_INPUT: the data is damaged, or ends too early without
 * input_unpack_stop. */
enum stance_status input_unpack_read(struct input_unpack *unpack, char *out, size_t capacity, size_t *got,
                                     struct stance_error *error);
/* Tells that the source was stopped, so that an early end is no error. */
void input_unpack_stop(struct input_unpack *unpack);

enum { INPUT_MAGIC_BYTES = 10 /* enough to recognise a format */, INPUT_UNPACK_BLOCK = 128 * 1024 };

#endif
