/* SPDX-License-Identifier: MIT
 * Files to which single lines are appended. */
#include "line_log.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "journal.h"
#include "stance/base/error.h"
#include "stance/base/file.h"

enum { TRIES = 50, WAIT_NANOSECONDS = 20000000 };

static enum stance_status make_folder(char *path, struct stance_error *error) {
  char *slash = strrchr(path, '/');
  *slash = '\0';
  bool is_made = mkdir(path, 0777) == 0 || errno == EEXIST;
  enum stance_status status = is_made ? STANCE_OK : stance_fail_errno(error, path, "cannot make the folder");
  *slash = '/';
  return status;
}

enum stance_status annotate_log_append(const struct annotate_project *project, const char *name, const char *lines,
                                       size_t length, struct stance_error *error) {
  static const struct timespec wait = {.tv_nsec = WAIT_NANOSECONDS};
  struct stance_arena arena = {0};
  struct annotate_journal file = {.file = -1};
  const char *notice;
  char *path = annotate_path(&arena, project, name);
  enum stance_status status = path ? make_folder(path, error) : stance_fail_memory(error);
  bool is_open = false;
  for (int i = 0; status == STANCE_OK && !is_open; i++) {
    enum stance_status opened = annotate_journal_open(path, &arena, &file, &notice, error);
    is_open = opened == STANCE_OK;
    if (opened == STANCE_INPUT && i < TRIES) nanosleep(&wait, NULL); /* another process has it briefly */
    else status = opened;
  }
  if (status == STANCE_OK) status = annotate_journal_append(&file, lines, length, error);
  annotate_journal_close(&file);
  stance_arena_free(&arena);
  return status;
}

enum stance_status annotate_log_read(const struct annotate_project *project, const char *name, stance_json_line *each,
                                     void *context, struct stance_error *error) {
  struct stance_arena arena = {0};
  char *text, *path = annotate_path(&arena, project, name);
  size_t length;
  bool exists = false;
  enum stance_status status = path ? stance_file_exists(path, &exists, error) : stance_fail_memory(error);
  if (status != STANCE_OK || !exists) {
    stance_arena_free(&arena);
    return status;
  }
  status = stance_file_read(path, 0, &arena, &text, &length, error);
  if (status == STANCE_OK) {
    while (length && text[length - 1] != '\n') length--;
    status = stance_json_lines(text, length, path, each, context, error);
  }
  stance_arena_free(&arena);
  return status;
}
