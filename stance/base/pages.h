/* SPDX-License-Identifier: MIT
 * Memory that will be filled from end to end, in few and large pages. May include nothing; for the wings above.
 * Thread-safe. */
#ifndef STANCE_PAGES_H
#define STANCE_PAGES_H

#include <stddef.h>

enum { STANCE_PAGES_ALIGNMENT = 64 }; /* a line of the processor's cache */

/* A block of at least `size` bytes, not zeroed, to be freed by free(). To be interrupted for each of its pages takes
 * the kernel longer than to clear it: a large block is asked for in huge pages, where the kernel has them, a middling
 * one at once. NULL: out of memory. */
void *stance_pages_new(size_t size);

#endif
