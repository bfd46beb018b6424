/* SPDX-License-Identifier: MIT
 * One libFuzzer program of all targets; the program's name is that of its target. */
#include "fuzz.h"

static void (*chosen)(const uint8_t *data, size_t size);

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerInitialize(int *argc, char ***argv) {
  const struct fuzz_target *const tables[] = {fuzz_targets, fuzz_room_targets};
  const char *slash = strrchr((*argv)[0], '/'), *name = slash ? slash + 1 : (*argv)[0];
  (void)argc;
  for (size_t t = 0; t < 2; t++)
    for (const struct fuzz_target *target = tables[t]; target->name; target++)
      if (strcmp(target->name, name) == 0) chosen = target->run;
  HOLDS(chosen);
  return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  chosen(data, size);
  return 0;
}
