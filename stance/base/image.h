/* SPDX-License-Identifier: MIT
 * Tables in a file as they are in memory: parts one behind the other, each a head that says what it holds, then its
 * items at a multiple of 64 bytes. Pointers among the items are numbers in the file; who takes a part checks them and
 * puts pointers in. */
#ifndef STANCE_IMAGE_H
#define STANCE_IMAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buffer.h"

/* Appends a part; the buffer begins with the first one. */
void stance_image_put(struct stance_buffer *out, const void *items, size_t count, size_t item_size);

/* Zeroed but for bytes, which begin at a multiple of 64 in writable memory, and size. */
struct stance_image {
  unsigned char *bytes;
  size_t size, at;
  bool is_damaged; /* a part was cut off, or not of such items: check once at the end */
};
/* The next part's items, borrowed, and how many; NULL and 0 where the image is damaged or the part is empty. */
void *stance_image_take(struct stance_image *image, size_t item_size, size_t *count);
/* The same of a part that has just one item; NULL: it has not. */
void *stance_image_take_one(struct stance_image *image, size_t item_size);

#endif
