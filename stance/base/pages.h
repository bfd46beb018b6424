/* SPDX-License-Identifier: MIT
 * Memory that will be filled from end to end. May include nothing; for the allocators of base/. Thread-safe. */
#ifndef STANCE_PAGES_H
#define STANCE_PAGES_H

#include <stddef.h>

/* Asks for the pages of a large new block at once: to be interrupted for each of them takes the kernel longer than to clear it. Where it
 * cannot, or the block is small, they come one by one. */
void stance_pages_take(void *block, size_t size);

#endif
