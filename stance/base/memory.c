/* SPDX-License-Identifier: MIT */
#include "memory.h"

static _Thread_local bool was_out;

void stance_memory_note_out(void) { was_out = true; }

bool stance_memory_was_out(void) {
  bool answer = was_out;
  was_out = false;
  return answer;
}
