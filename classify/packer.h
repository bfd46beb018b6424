/* SPDX-License-Identifier: MIT
 * Compression of outputs: consecutive gzip members (RFC 1952) or zstd frames (RFC 8878), which readers take for one
 * file. A complete frame does not depend on later ones, so a run can be resumed after it. The same bytes and frames
 * give the same output. One thread at a time. */
#ifndef STANCE_CLASSIFY_PACKER_H
#define STANCE_CLASSIFY_PACKER_H

#include "format.h"
#include "stance/base/buffer.h"
#include "stance/stance.h"

struct classify_packer;
/* A compressor of this kind. Fails only for lack of memory. Destroy it. */
enum stance_status classify_packer_new(enum classify_packing packing, struct classify_packer **out,
                                       struct stance_error *error);
void classify_packer_destroy(struct classify_packer *packer); /* NULL is fine */

enum classify_packer_step {
  CLASSIFY_PACKER_ADD,   /* the compressor may keep bytes back */
  CLASSIFY_PACKER_FLUSH, /* out has all bytes given so far */
  CLASSIFY_PACKER_END    /* ends the frame, even an empty one */
};
/* Compresses the bytes, then does the step; appends to out. */
enum stance_status classify_packer_put(struct classify_packer *packer, const char *data, size_t length,
                                       enum classify_packer_step step, struct stance_buffer *out,
                                       struct stance_error *error);
/* Bytes given since the last frame ended. */
size_t classify_packer_frame_bytes(const struct classify_packer *packer);

#endif
