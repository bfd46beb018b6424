/* SPDX-License-Identifier: MIT
 * Faulting in the pages of memory that will be filled completely, for the allocators of base/. Thread-safe. */
#ifndef STANCE_PAGES_H
#define STANCE_PAGES_H

#include <stddef.h>

/* Asks the kernel for all pages of a large new block at once, as a page fault for each costs more than clearing it.
 * Does nothing for small blocks, or if the kernel can not. */
void stance_pages_take(void *block, size_t size);

#endif
