/* SPDX-License-Identifier: MIT */
#include "cpu.h"

static bool is_limited;

void stance_cpu_limit(bool is_plain) { is_limited = is_plain; }

bool stance_cpu_is_wide(void) {
#if defined __x86_64__ && defined __GNUC__
  return !is_limited && __builtin_cpu_supports("avx2"); /* what it looks at is filled in before main */
#else
  return false;
#endif
}
