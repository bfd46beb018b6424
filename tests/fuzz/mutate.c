/* SPDX-License-Identifier: MIT
 * The fuzz targets without libFuzzer, for `make test`: each file of a folder as it is, then RUNS changed ones, the same at
 * each call.     mutate TARGET RUNS FOLDER */
#include <dirent.h>

#include "fuzz.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { SEEDS = 1000, SIZE_MAX_RUN = 1 << 16 };

static struct {
  uint8_t *bytes;
  size_t size;
} seeds[SEEDS];
static size_t seed_count;
static uint64_t state = 88172645463325252;

static size_t below(size_t limit) {
  state ^= state << 13, state ^= state >> 7, state ^= state << 17;
  return limit ? (size_t)(state >> 16) % limit : 0;
}

static void read_seed(const char *path) {
  FILE *file = fopen(path, "r");
  uint8_t *bytes = malloc(SIZE_MAX_RUN);
  HOLDS(file && bytes && seed_count < SEEDS);
  seeds[seed_count].size = fread(bytes, 1, SIZE_MAX_RUN, file);
  seeds[seed_count++].bytes = bytes;
  fclose(file);
}

static void read_seeds(const char *folder) {
  struct dirent **entries;
  char path[4096];
  int count = scandir(folder, &entries, NULL, alphasort);
  for (int i = 0; i < count; i++) {
    snprintf(path, sizeof path, "%s/%s", folder, entries[i]->d_name);
    if (entries[i]->d_name[0] != '.') read_seed(path);
    free(entries[i]);
  }
  if (count >= 0) free(entries);
  HOLDS(seed_count);
}

/* One change: a byte, a bit, a part taken out or said twice, or a part of another seed put in. */
static size_t change(uint8_t *bytes, size_t size) {
  static const uint8_t odd[] = {0, 0x1b, '"', '\\', '{', '[', '<', '>', '\n', '\r', ',', '*', 0x7f, 0x80, 0xc3, 0xff};
  size_t at = below(size), length = size ? 1 + below(size - at < 64 ? size - at : 64) : 0, from = below(seed_count);
  switch (below(6)) {
    case 0:
      if (size) bytes[at] = odd[below(sizeof odd)];
      return size;
    case 1:
      if (size) bytes[at] ^= (uint8_t)(1u << below(8));
      return size;
    case 2: memmove(bytes + at, bytes + at + length, size - at - length); return size - length;
    case 3:
      if (size + length > SIZE_MAX_RUN) return size;
      memmove(bytes + at + length, bytes + at, size - at);
      return size + length;
    case 4: return at;
    default:
      if (!seeds[from].size) return size;
      length = 1 + below(seeds[from].size < 256 ? seeds[from].size : 256);
      if (size + length > SIZE_MAX_RUN) return size;
      memmove(bytes + at + length, bytes + at, size - at);
      memcpy(bytes + at, seeds[from].bytes + below(seeds[from].size - length + 1), length);
      return size + length;
  }
}

int main(int argc, char **argv) {
  HOLDS(argc == 4);
  char *words[] = {argv[1], NULL}, **given = words;
  int one = 1;
  uint8_t *bytes = malloc(SIZE_MAX_RUN);
  HOLDS(bytes);
  LLVMFuzzerInitialize(&one, &given);
  read_seeds(argv[3]);
  for (size_t i = 0; i < seed_count; i++) LLVMFuzzerTestOneInput(seeds[i].bytes, seeds[i].size);
  for (long run = atol(argv[2]); run > 0; run--) {
    size_t from = below(seed_count), size = seeds[from].size;
    memcpy(bytes, seeds[from].bytes, size);
    for (size_t changes = 1 + below(4); changes > 0; changes--) size = change(bytes, size);
    uint8_t *exact = malloc(size ? size : 1); /* AddressSanitizer sees what reads behind its end */
    HOLDS(exact);
    memcpy(exact, bytes, size);
    LLVMFuzzerTestOneInput(exact, size);
    free(exact);
  }
  printf("%s: holds\n", argv[1]);
  for (size_t i = 0; i < seed_count; i++) free(seeds[i].bytes);
  free(bytes);
  return 0;
}
