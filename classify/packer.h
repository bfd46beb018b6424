/* SPDX-License-Identifier: MIT
 * Compresses what is written: members of gzip (RFC 1952) or frames of zstd (RFC 8878) one behind the other, which every reader takes
 * for one file. A frame that has ended needs nothing that comes later, so a run can go on behind it. The same bytes in, and the same
 * frames, give the same bytes out. One thread at a time. */
#ifndef STANCE_CLASSIFY_PACKER_H
#define STANCE_CLASSIFY_PACKER_H

#include "format.h"
#include "stance/base/buffer.h"
#include "stance/stance.h"

struct classify_packer;
/* A compressor of this kind. Only memory can fail. Destroy it. */
enum stance_status classify_packer_new(enum classify_packing packing, struct classify_packer **out,
                                       struct stance_error *error);
void classify_packer_destroy(struct classify_packer *packer); /* NULL: nothing */

enum classify_packer_step {
  CLASSIFY_PACKER_ADD,   /* may keep bytes back */
  CLASSIFY_PACKER_FLUSH, /* all that was given can be read from what is out */
  CLASSIFY_PACKER_END    /* the frame ends; an empty one is written too */
};
/* Packs the bytes, then does the step; appends to out. */
enum stance_status classify_packer_put(struct classify_packer *packer, const char *data, size_t length,
                                       enum classify_packer_step step, struct stance_buffer *out,
                                       struct stance_error *error);
/* Bytes given since the last frame ended. */
size_t classify_packer_frame_bytes(const struct classify_packer *packer);

#endif
