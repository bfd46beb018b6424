/* SPDX-License-Identifier: MIT
 * Which instructions the processor has beyond the baseline. Code chosen by it gives the same results, byte for byte. */
#ifndef STANCE_CPU_H
#define STANCE_CPU_H

#include <stdbool.h>

/* Whether the processor has AVX2 (32 bytes at once); false if limited, and on other processors than x86.
 * Thread-safe. */
bool stance_cpu_is_wide(void);
/* For tests: true makes stance_cpu_is_wide return false. Call it before starting threads. */
void stance_cpu_limit(bool is_plain);

/* Marks a function that is compiled for such processors. */
#if defined __x86_64__ && defined __GNUC__
#define STANCE_CPU_WIDE __attribute__((target("avx2")))
#else
#define STANCE_CPU_WIDE
#endif

#endif
