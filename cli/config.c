/* SPDX-License-Identifier: MIT */
#include "config.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "stance/base/error.h"

enum { CONFIG_BYTES_MAX = 1 << 16 };

static struct {
  struct stance_arena arena; /* never freed */
  char path[PATH_MAX];
  const char *model;
  struct flag_list actors;
  bool is_read;
} config;

const char *config_model(void) { return config.model; }
const struct flag_list *config_actors(void) { return &config.actors; }
const char *config_path(void) { return config.is_read ? config.path : NULL; }

/* False: no folder is set, or its name is too long. */
static bool find_file(void) {
  const char *chosen = getenv("STANCE_CONFIG"), *folder = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
  int length = 0;
  if (chosen) length = snprintf(config.path, sizeof config.path, "%s", chosen);
  else if (folder && *folder == '/') /* the XDG specification: a relative path is ignored */
    length = snprintf(config.path, sizeof config.path, "%s/stancekit/config", folder);
  else if (home && *home) length = snprintf(config.path, sizeof config.path, "%s/.config/stancekit/config", home);
  return length > 0 && (size_t)length < sizeof config.path;
}

/* Resolves a path relative to the file's folder; "~/" is the home folder. NULL: out of memory. */
static const char *take_path(const char *path) {
  const char *home = getenv("HOME"), *slash = strrchr(config.path, '/');
  if (path[0] == '~' && path[1] == '/' && home) return stance_arena_format(&config.arena, "%s%s", home, path + 1);
  if (*path == '/' || !slash) return stance_arena_copy(&config.arena, path, strlen(path));
  return stance_arena_format(&config.arena, "%.*s/%s", (int)(slash - config.path), config.path, path);
}

static enum stance_status take_colour(const char *value, size_t line, struct stance_error *error) {
  for (const struct flag_choice *choice = when_choices; choice->name; choice++)
    if (strcmp(value, choice->name) == 0) {
      terminal_set_default((enum flag_when)choice->value);
      return STANCE_OK;
    }
  return stance_fail_at(error, STANCE_INPUT, config.path, line, 0, "colour is '%s'; expected auto, always or never",
                        value);
}

static enum stance_status take_line(const char *key, const char *value, size_t line, struct stance_error *error) {
  bool is_actors = strcmp(key, "actors") == 0;
  if (!*value) return stance_fail_at(error, STANCE_INPUT, config.path, line, 0, "'%s' has no value", key);
  if (strcmp(key, "colour") == 0 || strcmp(key, "color") == 0) return take_colour(value, line, error);
  if (!is_actors && strcmp(key, "model") != 0)
    return stance_fail_at(error, STANCE_INPUT, config.path, line, 0,
                          "unknown key '%s'; expected model, actors or colour", key);
  const char *path = take_path(value);
  if (!path) return stance_fail_memory(error);
  if (!is_actors) config.model = path;
  else if (config.actors.count < FLAG_LIST_MAX) config.actors.items[config.actors.count++] = path;
  else
    return stance_fail_at(error, STANCE_INPUT, config.path, line, 0, "more than %d lines of actors",
                          (int)FLAG_LIST_MAX);
  return STANCE_OK;
}

/* Removes spaces at both ends, in place. */
static char *trimmed(char *text) {
  text += strspn(text, " \t\r");
  size_t length = strlen(text);
  while (length && strchr(" \t\r", text[length - 1])) length--;
  text[length] = '\0';
  return text;
}

static enum stance_status read_lines(char *text, struct stance_error *error) {
  size_t number = 0;
  for (char *next; text; text = next) {
    number++;
    next = strchr(text, '\n');
    if (next) *next++ = '\0';
    char *line = trimmed(text), *equals = strchr(line, '=');
    if (!*line || *line == '#') continue;
    if (!equals) return stance_fail_at(error, STANCE_INPUT, config.path, number, 0, "'%.80s' is no KEY = VALUE", line);
    *equals = '\0';
    STANCE_TRY(take_line(trimmed(line), trimmed(equals + 1), number, error));
  }
  return STANCE_OK;
}

enum exit_code config_read(void) {
  struct stance_error error = {0};
  static char text[CONFIG_BYTES_MAX];
  if (!find_file()) return EXIT_DONE;
  FILE *file = fopen(config.path, "r");
  if (!file && (errno == ENOENT || errno == ENOTDIR || errno == EACCES) && !getenv("STANCE_CONFIG")) return EXIT_DONE;
  if (!file) {
    stance_fail_errno(&error, config.path, "cannot open");
    return message_error(&error);
  }
  size_t length = fread(text, 1, sizeof text - 1, file);
  bool is_whole = !ferror(file) && feof(file);
  enum stance_status status = STANCE_OK;
  if (ferror(file)) status = stance_fail_errno(&error, config.path, "cannot read");
  else if (!is_whole || strlen(text) != length)
    status =
        stance_fail_at(&error, STANCE_INPUT, config.path, 0, 0, "is no text of at most %d bytes", CONFIG_BYTES_MAX - 1);
  fclose(file);
  if (status == STANCE_OK) status = read_lines(text, &error);
  config.is_read = status == STANCE_OK;
  return status == STANCE_OK ? EXIT_DONE : message_error(&error);
}
