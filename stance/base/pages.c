/* SPDX-License-Identifier: MIT */
#include "pages.h"

#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

void stance_pages_take(void *block, size_t size) {
#ifdef MADV_POPULATE_WRITE
  enum { LARGE = 256 * 1024 };
  uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE), start = ((uintptr_t)block + page - 1) / page * page;
  uintptr_t end = ((uintptr_t)block + size) / page * page;
  if (size >= LARGE && end > start) madvise((void *)start, end - start, MADV_POPULATE_WRITE);
#else
  (void)block, (void)size;
#endif
}
