/* SPDX-License-Identifier: MIT
 * Each open folder has a window of the smallest names above the last one given. When the window is used up, the folder
 * is read again for the next ones: n names take n / window + 1 readings, and memory is bounded by the window. */
#include "walk.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "form.h"
#include "stance/base/error.h"
#include "stance/base/grow.h"

enum { DEPTH_MAX = 64 };
size_t input_walk_window = 128 * 1024;

struct folder {
  char *path;
  char **names; /* the window: a max-heap while it is filled, then ascending; each begins with its d_type */
  size_t count, capacity, next;
  char *last;   /* the largest name so far */
  bool is_done; /* the window has all remaining names */
};

struct input_walk {
  struct folder folders[DEPTH_MAX];
  size_t depth;
  char *path;   /* the last path given */
  char *single; /* the input, if it is a file */
  uint64_t skipped, others;
};

bool input_known_ending(const char *name) {
  static const char *const archives[] = {".tar", ".zip", ".tgz", ".tbz2", ".txz", NULL};
  if (input_has_ending(name, archives)) return true;
  for (size_t i = 0; input_forms[i]; i++)
    if (input_has_ending(name, input_forms[i]->endings)) return true;
  return false;
}

static void folder_clear(struct folder *folder) {
  for (size_t i = folder->next; i < folder->count; i++) free(folder->names[i]);
  free(folder->names);
  free(folder->last);
  free(folder->path);
  *folder = (struct folder){0};
}

static void sift_down(char **heap, size_t count, size_t at) {
  for (;;) {
    size_t child = 2 * at + 1;
    if (child >= count) return;
    if (child + 1 < count && strcmp(heap[child + 1] + 1, heap[child] + 1) > 0) child++;
    if (strcmp(heap[at] + 1, heap[child] + 1) >= 0) return;
    char *swap = heap[at];
    heap[at] = heap[child];
    heap[child] = swap;
    at = child;
  }
}

static void sift_up(char **heap, size_t at) {
  for (; at && strcmp(heap[at] + 1, heap[(at - 1) / 2] + 1) > 0; at = (at - 1) / 2) {
    char *swap = heap[at];
    heap[at] = heap[(at - 1) / 2];
    heap[(at - 1) / 2] = swap;
  }
}

static int compare_names(const void *a, const void *b) { return strcmp(*(char *const *)a + 1, *(char *const *)b + 1); }

static char *copy_name(const char *name, unsigned char type) {
  size_t size = strlen(name) + 1;
  char *copy = malloc(size + 1);
  if (!copy) return NULL;
  copy[0] = (char)type;
  memcpy(copy + 1, name, size);
  return copy;
}

/* Adds a name to the window, if it belongs there. False: out of memory. */
static bool window_add(struct folder *folder, const char *name, unsigned char type) {
  if (folder->count == input_walk_window) {
    folder->is_done = false;
    if (strcmp(name, folder->names[0] + 1) >= 0) return true;
    char *copy = copy_name(name, type);
    if (!copy) return false;
    free(folder->names[0]);
    folder->names[0] = copy;
    sift_down(folder->names, folder->count, 0);
    return true;
  }
  char **names = stance_grow(folder->names, &folder->capacity, folder->count + 1, sizeof *names);
  if (!names) return false;
  folder->names = names;
  if (!(folder->names[folder->count] = copy_name(name, type))) return false;
  sift_up(folder->names, folder->count++);
  return true;
}

static enum stance_status window_fill(struct folder *folder, struct stance_error *error) {
  DIR *stream = opendir(folder->path);
  if (!stream) return stance_fail_errno(error, folder->path, "cannot list");
  folder->count = folder->next = 0;
  folder->is_done = true;
  enum stance_status status = STANCE_OK;
  struct dirent *entry;
  while (status == STANCE_OK && (errno = 0, entry = readdir(stream)) != NULL) {
    if (entry->d_name[0] == '.') continue;
    if (folder->last && strcmp(entry->d_name, folder->last) <= 0) continue;
    if (!window_add(folder, entry->d_name, entry->d_type)) status = stance_fail_memory(error);
  }
  if (status == STANCE_OK && errno) status = stance_fail_errno(error, folder->path, "cannot list");
  closedir(stream);
  if (folder->count) qsort(folder->names, folder->count, sizeof *folder->names, compare_names);
  if (status == STANCE_OK && !folder->is_done) {
    free(folder->last);
    folder->last = strdup(folder->names[folder->count - 1] + 1);
    if (!folder->last) status = stance_fail_memory(error);
  }
  if (status != STANCE_OK) folder->is_done = true; /* continue with the names read */
  return status;
}

/* Starts to read a folder; takes over `path`. */
static enum stance_status push_folder(struct input_walk *walk, char *path, struct stance_error *error) {
  if (walk->depth == DEPTH_MAX) {
    enum stance_status status =
        stance_fail_at(error, STANCE_INPUT, path, 0, 0, "folders are nested deeper than %d", DEPTH_MAX);
    free(path);
    return status;
  }
  struct folder *folder = &walk->folders[walk->depth];
  *folder = (struct folder){.path = path};
  enum stance_status status = window_fill(folder, error);
  if (status != STANCE_OK) {
    folder_clear(folder);
    return status;
  }
  walk->depth++;
  return STANCE_OK;
}

enum stance_status input_walk_open(const char *path, struct input_walk **out, struct stance_error *error) {
  struct stat about;
  *out = NULL;
  bool is_stdin = strcmp(path, "-") == 0;
  if (!is_stdin && stat(path, &about) != 0) return stance_fail_errno(error, path, "cannot open");
  struct input_walk *walk = calloc(1, sizeof *walk);
  char *copy = strdup(path);
  if (!walk || !copy) {
    free(walk);
    free(copy);
    return stance_fail_memory(error);
  }
  enum stance_status status = STANCE_OK;
  size_t length = strlen(copy);
  if (is_stdin || !S_ISDIR(about.st_mode)) {
    walk->single = copy;
  } else {
    while (length > 1 && copy[length - 1] == '/') copy[--length] = '\0';
    status = push_folder(walk, copy, error);
  }
  if (status != STANCE_OK) {
    input_walk_close(walk);
    return status;
  }
  *out = walk;
  return STANCE_OK;
}

void input_walk_close(struct input_walk *walk) {
  if (!walk) return;
  while (walk->depth) folder_clear(&walk->folders[--walk->depth]);
  free(walk->path);
  free(walk->single);
  free(walk);
}

uint64_t input_walk_skipped(const struct input_walk *walk) { return walk->skipped; }

uint64_t input_walk_others(const struct input_walk *walk) { return walk->others; }

/* DT_DIR; DT_REG, also for a file that cannot be read, which the reader reports; DT_UNKNOWN: pipes and devices, which may block, and links to
 * folders, which may form cycles. */
static unsigned char type_of(const char *path, unsigned char type) {
  struct stat about;
  if (type == DT_REG || type == DT_DIR) return type;
  if (lstat(path, &about) != 0) return DT_REG;
  if (S_ISDIR(about.st_mode)) return DT_DIR;
  if (S_ISLNK(about.st_mode) && stat(path, &about) != 0) return DT_REG;
  return S_ISREG(about.st_mode) ? DT_REG : DT_UNKNOWN;
}

static char *join(const char *folder, const char *name) {
  size_t size = strlen(folder) + strlen(name) + 2;
  char *path = malloc(size);
  if (path) snprintf(path, size, strcmp(folder, "/") == 0 ? "%s%s" : "%s/%s", folder, name);
  return path;
}

enum stance_status input_walk_next(struct input_walk *walk, const char **path, struct stance_error *error) {
  *path = NULL;
  free(walk->path);
  walk->path = NULL;
  if (walk->single) {
    *path = walk->path = walk->single;
    walk->single = NULL;
    return STANCE_OK;
  }
  while (walk->depth) {
    struct folder *folder = &walk->folders[walk->depth - 1];
    if (folder->next == folder->count && !folder->is_done) STANCE_TRY(window_fill(folder, error));
    if (folder->next == folder->count) {
      folder_clear(folder);
      walk->depth--;
      continue;
    }
    char *name = folder->names[folder->next++], *full = join(folder->path, name + 1);
    unsigned char type = full ? type_of(full, (unsigned char)*name) : DT_UNKNOWN;
    bool is_known = type == DT_REG && input_known_ending(name + 1);
    free(name);
    if (!full) return stance_fail_memory(error);
    if (type == DT_DIR) {
      STANCE_TRY(push_folder(walk, full, error));
      continue;
    }
    if (type == DT_UNKNOWN) {
      walk->others++;
      free(full);
      continue;
    }
    if (!is_known) {
      walk->skipped++;
      free(full);
      continue;
    }
    *path = walk->path = full; /* also an unreadable file, which the reader reports */
    return STANCE_OK;
  }
  return STANCE_OK;
}

static uint64_t count_below(const char *path, const atomic_int *stop, int depth) {
  uint64_t count = 0;
  DIR *stream = depth < DEPTH_MAX ? opendir(path) : NULL;
  struct dirent *entry;
  if (!stream) return 0;
  while (!(stop && *stop) && (entry = readdir(stream)) != NULL) {
    if (entry->d_name[0] == '.') continue;
    bool is_folder = entry->d_type == DT_DIR;
    if (!is_folder) {
      count += input_known_ending(entry->d_name);
      continue;
    }
    char *below = join(path, entry->d_name);
    if (below) count += count_below(below, stop, depth + 1);
    free(below);
  }
  closedir(stream);
  return count;
}

uint64_t input_walk_count(const char *path, const atomic_int *stop) {
  struct stat about;
  if (strcmp(path, "-") == 0 || stat(path, &about) != 0 || !S_ISDIR(about.st_mode)) return 1;
  return count_below(path, stop, 0);
}
