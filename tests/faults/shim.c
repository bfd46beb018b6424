/* SPDX-License-Identifier: MIT
 * Loaded before the program (LD_PRELOAD), fails allocations of its own and of those libraries that promise to bear it: the FAULT_K-th, or with
 * FAULT_ON=1 that and all later ones; with FAULT_KIND=thread the FAULT_K-th thread. FAULT_COUNT=FILE: how many there were. Libraries that are known to crash without memory (libsvm, liblinear, gumbo,
 * CLD2 and the C++ library) are left alone; docs/reliability.md says how each is bounded instead. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);
void *__libc_memalign(size_t alignment, size_t size);

static const char *const bearing[] = {"/stance",     "libc.so", "libcjson", "libpcre2",
                                      "libutf8proc", "libz.so", "libzstd"};
enum { RANGES = 64 };
static struct { uintptr_t start, end; } ranges[RANGES];
static int range_count;
static atomic_long calls;
static long fail_at, fails_on;
static int fails_threads; /* FAULT_KIND=thread: not allocations, but threads that are made */
static atomic_long threads;
static _Atomic int is_ready;

static int take_module(struct dl_phdr_info *info, size_t size, void *context) {
  (void)size;
  (void)context;
  const char *name = info->dlpi_name;
  int is_bearing = !*name; /* the program */
  for (size_t i = 0; i < sizeof bearing / sizeof *bearing; i++) is_bearing |= strstr(name, bearing[i]) != NULL;
  for (int i = 0; is_bearing && i < info->dlpi_phnum && range_count < RANGES; i++) {
    if (info->dlpi_phdr[i].p_type != PT_LOAD || !(info->dlpi_phdr[i].p_flags & PF_X)) continue;
    ranges[range_count].start = info->dlpi_addr + info->dlpi_phdr[i].p_vaddr;
    ranges[range_count].end = ranges[range_count].start + info->dlpi_phdr[i].p_memsz;
    range_count++;
  }
  return 0;
}

__attribute__((constructor)) static void start(void) {
  const char *at = getenv("FAULT_K"), *on = getenv("FAULT_ON");
  fail_at = at ? atol(at) : 0;
  fails_on = on && *on == '1';
  const char *kind = getenv("FAULT_KIND");
  fails_threads = kind && *kind == 't';
  dl_iterate_phdr(take_module, NULL);
  is_ready = 1;
}

__attribute__((destructor)) static void end(void) {
  const char *path = getenv("FAULT_COUNT");
  if (!path) return;
  char text[80];
  int length = snprintf(text, sizeof text, "malloc %ld\nthread %ld\n", atomic_load(&calls), atomic_load(&threads));
  int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0666);
  if (file < 0) return;
  if (write(file, text, (size_t)length) != length) _exit(99);
  close(file);
}

static int fails(const void *caller) {
  if (!is_ready) return 0;
  uintptr_t at = (uintptr_t)caller;
  for (int i = 0; i < range_count; i++) {
    if (at < ranges[i].start || at >= ranges[i].end) continue;
    long k = atomic_fetch_add(&calls, 1) + 1;
    if (!fail_at || fails_threads || (fails_on ? k < fail_at : k != fail_at)) return 0;
    errno = ENOMEM;
    return 1;
  }
  return 0;
}

#define CALLER __builtin_return_address(0)
void *malloc(size_t size) { return fails(CALLER) ? NULL : __libc_malloc(size); }
void *calloc(size_t count, size_t size) { return fails(CALLER) ? NULL : __libc_calloc(count, size); }
void *realloc(void *old, size_t size) { return fails(CALLER) ? NULL : __libc_realloc(old, size); }
void *aligned_alloc(size_t alignment, size_t size) { return fails(CALLER) ? NULL : __libc_memalign(alignment, size); }
void *memalign(size_t alignment, size_t size) { return fails(CALLER) ? NULL : __libc_memalign(alignment, size); }
int posix_memalign(void **out, size_t alignment, size_t size) {
  if (fails(CALLER)) return ENOMEM;
  *out = __libc_memalign(alignment, size);
  return *out ? 0 : ENOMEM;
}

int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*run)(void *), void *context) {
  int (*create)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);
  *(void **)&create = dlsym(RTLD_NEXT, "pthread_create");
  if (atomic_fetch_add(&threads, 1) + 1 == fail_at && fails_threads) return EAGAIN;
  return create(thread, attributes, run, context);
}
