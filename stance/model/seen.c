/* SPDX-License-Identifier: MIT
 * Whether a head was trained on a sentence. The hashes of its training sentences stand in order; a bit map of their upper
 * bits answers for nearly all other sentences by one read, where a binary search mispredicts every other step. */
#include <stdlib.h>

#include "model_internal.h"
#include "stance/base/error.h"

enum { BITS_PER_TEXT = 16 }; /* at least; one in sixteen other sentences is searched for */

enum stance_status model_index_texts(struct model_head *head, struct stance_error *error) {
  unsigned bits = 6;
  while (bits < 31 && UINT64_C(1) << bits < BITS_PER_TEXT * (uint64_t)head->text_count) bits++;
  head->signature_shift = 64 - bits;
  head->signatures = calloc((size_t)1 << (bits - 6), sizeof *head->signatures);
  if (!head->signatures) return stance_fail_memory(error);
  for (size_t i = 0; i < head->text_count; i++) {
    uint64_t bit = head->texts[i] >> head->signature_shift;
    head->signatures[bit >> 6] |= UINT64_C(1) << (bit & 63);
  }
  return STANCE_OK;
}

/* The first of the training sentences' hashes that is not below `hash`. */
static size_t text_at(const struct model_head *head, uint64_t hash) {
  size_t low = 0, high = head->text_count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (head->texts[middle] < hash) low = middle + 1;
    else high = middle;
  }
  return low;
}

bool stance_model_saw(const struct stance_model *model, size_t head_index, uint64_t text_hash) {
  const struct model_head *head = &model->heads[head_index];
  size_t at = text_at(head, text_hash);
  return at < head->text_count && head->texts[at] == text_hash;
}

bool stance_model_may_have_seen(const struct stance_model *model, size_t head_index, uint32_t signature) {
  const struct model_head *head = &model->heads[head_index];
  uint64_t hash = (uint64_t)signature << 32, bit = hash >> head->signature_shift;
  if (!(head->signatures[bit >> 6] >> (bit & 63) & 1)) return false;
  size_t at = text_at(head, hash);
  return at < head->text_count && head->texts[at] >> 32 == signature;
}
