/* SPDX-License-Identifier: MIT */
#include "image.h"

enum { ALIGNMENT = 64 };

struct head {
  uint64_t count, item_size;
  unsigned char zeros[ALIGNMENT - 16];
};

void stance_image_put(struct stance_buffer *out, const void *items, size_t count, size_t item_size) {
  static const char zeros[ALIGNMENT];
  struct head head = {.count = count, .item_size = item_size};
  stance_buffer_append(out, (const char *)&head, sizeof head);
  stance_buffer_append(out, items, count * item_size);
  stance_buffer_append(out, zeros, (ALIGNMENT - out->length % ALIGNMENT) % ALIGNMENT);
}

void *stance_image_take(struct stance_image *image, size_t item_size, size_t *count) {
  struct head head;
  *count = 0;
  if (image->is_damaged || image->size - image->at < sizeof head) {
    image->is_damaged = true;
    return NULL;
  }
  memcpy(&head, image->bytes + image->at, sizeof head);
  size_t start = image->at + sizeof head, room = image->size - start;
  if (head.item_size != item_size || head.count > room / item_size) {
    image->is_damaged = true;
    return NULL;
  }
  size_t length = (size_t)head.count * item_size, gap = (ALIGNMENT - length % ALIGNMENT) % ALIGNMENT;
  image->at = start + (room - length < gap ? room : length + gap);
  *count = (size_t)head.count;
  return *count ? image->bytes + start : NULL;
}

void *stance_image_take_one(struct stance_image *image, size_t item_size) {
  size_t count;
  void *item = stance_image_take(image, item_size, &count);
  if (count != 1) image->is_damaged = true;
  return count == 1 ? item : NULL;
}
