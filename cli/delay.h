/* SPDX-License-Identifier: MIT
 * Lazy loading of libraries that few commands need, at the first call of one of their functions. delay.sh writes the
 * stubs and the tables; without them (on other processors or with another CONFIG) the libraries are linked as usual. */
#ifndef CLI_DELAY_H
#define CLI_DELAY_H

#include <stdint.h>

/* Written by delay.sh, which repeats the layout. */
struct delay_library {
  const char *soname;    /* NULL: the last one */
  uint32_t first, count; /* of its functions in delay_names and delay_table */
};
extern const struct delay_library delay_libraries[] __attribute__((visibility("hidden")));
extern const char *const delay_names[] __attribute__((visibility("hidden")));
/* Addresses of the functions, on memory pages of their own; NULL: not loaded yet. */
extern void *delay_table[] __attribute__((visibility("hidden")));
extern const uint32_t delay_table_size __attribute__((visibility("hidden"))); /* bytes, whole pages */

/* Called by a stub: loads the library of function number `index` and returns the function. If the library is missing,
 * the program ends with exit code 3. Thread-safe. */
void *delay_load(uint32_t index);

#endif
