/* SPDX-License-Identifier: MIT
 * What the processor has beyond what all of its kind have. Whatever is chosen by it gives the same bytes. */
#ifndef STANCE_CPU_H
#define STANCE_CPU_H

#include <stdbool.h>

/* 32 bytes at once (AVX2). False on other processors than x86, and where limited. Thread-safe. */
bool stance_cpu_is_wide(void);
/* For tests: from now on as if the processor were the plainest of its kind. Before any thread is started. */
void stance_cpu_limit(bool is_plain);

/* A function that is compiled a second time for such processors. */
#if defined __x86_64__ && defined __GNUC__
#define STANCE_CPU_WIDE __attribute__((target("avx2")))
#else
#define STANCE_CPU_WIDE
#endif

#endif
