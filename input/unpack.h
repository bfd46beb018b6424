/* SPDX-License-Identifier: MIT
 * From bytes as they lie on disk to what was packed in them: gzip (by zlib, which compares checksums), zstd, bzip2 and xz (by
 * libarchive), told by their magic; all else goes through as it is. */
#ifndef STANCE_INPUT_UNPACK_H
#define STANCE_INPUT_UNPACK_H

#include "stance/stance.h"

/* Gives at most `capacity` bytes; *got 0: the end. */
typedef enum stance_status input_fetch(void *context, char *out, size_t capacity, size_t *got,
                                       struct stance_error *error);

struct input_unpack;
/* `path` is named in errors; it and the context must outlive the unpacker. is_regular: a file, of which `start` are the first bytes, so
 * that nothing has to be read to tell; else some are fetched. NULL: out of memory. */
struct input_unpack *input_unpack_new(const char *path, input_fetch *fetch, void *context);
void input_unpack_free(struct input_unpack *unpack); /* NULL is fine */
/* For a file whose first bytes are at hand: it will not be read ahead where it is plain. */
void input_unpack_tell(struct input_unpack *unpack, const char *start, size_t length);
/* Unpacked bytes; *got 0: the end. Fails where packed data is damaged, or ends too early unless *is_stopped. */
enum stance_status input_unpack_read(struct input_unpack *unpack, char *out, size_t capacity, size_t *got,
                                     struct stance_error *error);
/* The fetch ended early because it was stopped: what is cut is no fault of the file. */
void input_unpack_stop(struct input_unpack *unpack);

enum { INPUT_MAGIC_BYTES = 10 }; /* that tell a packing */

#endif
