/* SPDX-License-Identifier: MIT */
#include "run_state.h"

#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "stance/base/error.h"
#include "stance/base/hash.h"

static const char magic[8] = "STNCRUN4";

/* The start of the file; aggregates, report and sketches follow, then the magic again. */
struct opening {
  char magic[8];
  uint64_t hash; /* of state */
  struct classify_run_state state;
};

static uint64_t hash_of(const struct classify_run_state *state) {
  return stance_hash((const char *)state, sizeof *state);
}

static bool save_gathered(const struct classify_gathered *gathered, FILE *file) {
  if (gathered->aggregate && !classify_aggregate_save(gathered->aggregate, file)) return false;
  if (gathered->report && !classify_report_save(gathered->report, file)) return false;
  if (gathered->seen && !classify_seen_save(gathered->seen, file)) return false;
  return fwrite(magic, sizeof magic, 1, file) == 1;
}

enum stance_status classify_run_state_save(const char *path, const struct classify_run_state *state,
                                           const struct classify_gathered *gathered, struct stance_error *error) {
  struct opening opening = {.hash = hash_of(state), .state = *state};
  char *beside = NULL;
  if (asprintf(&beside, "%s.new", path) < 0) return stance_fail_memory(error);
  memcpy(opening.magic, magic, sizeof magic);
  FILE *file = fopen(beside, "we");
  bool is_good = file && fwrite(&opening, sizeof opening, 1, file) == 1 && save_gathered(gathered, file) &&
                 fflush(file) == 0 && fsync(fileno(file)) == 0;
  int code = errno;
  if (file && fclose(file) != 0 && is_good) is_good = false, code = errno;
  if (is_good && rename(beside, path) != 0) is_good = false, code = errno;
  enum stance_status status = STANCE_OK;
  if (!is_good) {
    unlink(beside);
    errno = code;
    status = stance_fail_errno(error, path, "cannot write");
  }
  free(beside);
  return status;
}

static bool load_gathered(struct classify_gathered *gathered, FILE *file) {
  char end[sizeof magic];
  if (gathered->aggregate && !classify_aggregate_load(gathered->aggregate, file)) return false;
  if (gathered->report && !classify_report_load(gathered->report, file)) return false;
  if (gathered->seen) {
    classify_seen_destroy(gathered->seen);
    gathered->seen = classify_seen_load(file);
    if (!gathered->seen) return false;
  }
  return fread(end, sizeof end, 1, file) == 1 && memcmp(end, magic, sizeof end) == 0;
}

enum stance_status classify_run_state_load(const char *path, const char *partial, struct classify_run_state *state,
                                           struct classify_gathered *gathered, struct stance_error *error) {
  struct opening opening;
  FILE *file = fopen(path, "re");
  if (!file && errno == ENOENT) return STANCE_OK; /* no earlier run */
  if (!file) return stance_fail_errno(error, path, "cannot open");
  bool is_good = fread(&opening, sizeof opening, 1, file) == 1 && memcmp(opening.magic, magic, sizeof magic) == 0 &&
                 opening.hash == hash_of(&opening.state);
  bool is_same = is_good && opening.state.settings == state->settings;
  if (is_same) is_good = load_gathered(gathered, file);
  fclose(file);
  if (is_good && !is_same)
    return stance_fail_at(
        error, STANCE_USAGE, partial, 0, 0,
        "was begun with other inputs, flags or another model; give the same, or remove it and its .state");
  struct stat about;
  if (!is_good || stat(partial, &about) != 0 || (uint64_t)about.st_size < opening.state.written)
    return stance_fail_at(error, STANCE_INPUT, path, 0, 0, "does not fit '%s'; remove both to begin anew", partial);
  *state = opening.state;
  return STANCE_OK;
}
