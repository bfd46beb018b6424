/* SPDX-License-Identifier: MIT
 * The table of functions is writable only while a library is loaded, otherwise read-only like the linker's own tables
 * (RELRO). */
#include "delay.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

__attribute__((noreturn)) static void fail(const char *why) {
  fprintf(stderr, "stance: cannot load a library: %s\n", why ? why : "unknown reason");
  exit(3);
}

static void protect(int rights) {
  if (mprotect(delay_table, delay_table_size, rights) != 0) fail("the table of its functions cannot be protected");
}

__attribute__((constructor)) static void close_table(void) { protect(PROT_READ); }

static void load(const struct delay_library *library) {
  void *handle = dlopen(library->soname, RTLD_NOW | RTLD_LOCAL);
  if (!handle) fail(dlerror());
  protect(PROT_READ | PROT_WRITE);
  for (uint32_t i = library->first; i < library->first + library->count; i++) {
    void *function = dlsym(handle, delay_names[i]);
    if (!function) fail(dlerror());
    __atomic_store_n(&delay_table[i], function, __ATOMIC_RELEASE);
  }
  protect(PROT_READ);
}

void *delay_load(uint32_t index) {
  const struct delay_library *library = delay_libraries;
  while (index - library->first >= library->count) library++;
  pthread_mutex_lock(&lock);
  if (!delay_table[index]) load(library);
  void *function = delay_table[index];
  pthread_mutex_unlock(&lock);
  return function;
}
