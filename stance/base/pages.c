/* SPDX-License-Identifier: MIT */
#include "pages.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

enum { HUGE_PAGE = 2 << 20, WASTE_MAX = HUGE_PAGE / 2, MIDDLING = 256 * 1024 };

/* The pages of a block all at once; where the kernel can not, it gives them one by one. */
static void take_pages(void *block, size_t size) {
#ifdef MADV_POPULATE_WRITE
  uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE), start = ((uintptr_t)block + page - 1) / page * page;
  uintptr_t end = ((uintptr_t)block + size) / page * page;
  if (end > start) madvise((void *)start, end - start, MADV_POPULATE_WRITE);
#else
  (void)block, (void)size;
#endif
}

static size_t round_up(size_t size, size_t step) { return (size + step - 1) / step * step; }

void *stance_pages_new(size_t size) {
  if (size > PTRDIFF_MAX - HUGE_PAGE) return NULL;
  size_t whole = round_up(size, HUGE_PAGE), huge = whole - size <= WASTE_MAX ? whole : whole - HUGE_PAGE;
  bool is_huge = size >= MIDDLING && huge;
  char *block = is_huge ? aligned_alloc(HUGE_PAGE, whole)
                        : aligned_alloc(STANCE_PAGES_ALIGNMENT, round_up(size + !size, STANCE_PAGES_ALIGNMENT));
  if (!block || size < MIDDLING) return block;
#ifdef MADV_HUGEPAGE
  if (is_huge) madvise(block, huge, MADV_HUGEPAGE);
#endif
  if (huge < size) take_pages(block + huge, size - huge); /* what huge pages would be wasted on */
  return block;
}
