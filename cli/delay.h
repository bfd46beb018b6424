/* SPDX-License-Identifier: MIT
 * Libraries that few commands need, loaded where the first of their functions is called. delay.sh writes the stubs and the tables; without
 * them (another processor, another CONFIG) the libraries are linked as usual. */
#ifndef CLI_DELAY_H
#define CLI_DELAY_H

#include <stdint.h>

/* Of delay.sh, which repeats the layout. */
struct delay_library {
  const char *soname;    /* NULL: the last one */
  uint32_t first, count; /* of its functions in delay_names and delay_table */
};
extern const struct delay_library delay_libraries[] __attribute__((visibility("hidden")));
extern const char *const delay_names[] __attribute__((visibility("hidden")));
extern void *delay_table[] __attribute__((visibility("hidden"))); /* NULL: not loaded yet; in pages of its own */
extern const uint32_t delay_table_size __attribute__((visibility("hidden"))); /* bytes, whole pages */

/* Called by a stub: loads the library of function `index`, and returns the function. Ends the program with 3 where the library is not there, as
 * the dynamic linker would at the start. Thread-safe. */
void *delay_load(uint32_t index);

#endif
