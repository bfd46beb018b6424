/* SPDX-License-Identifier: MIT
 * stance segment: articles in, one sentence a line out. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "command.h"
#include "stance/article.h"
#include "stance/error.h"
#include "stance/file.h"
#include "stance/json.h"
#include "stance/text.h"

enum { FOLDERS_DEEP_MAX = 16 };

struct segment_options {
  bool with_tokens;
};

static const struct flag segment_flags[] = {
    FLAG(FLAG_BOOL, struct segment_options, with_tokens, "tokens", 0, NULL,
         "Put one space between tokens, so that a line shows how its sentence is taken apart"),
};

struct segment_run {
  const struct segment_options *options;
  struct stance_text_matcher *matcher;
  struct stance_arena file, article; /* reset for each */
  const char *path;
  size_t articles;
  size_t repaired; /* bytes of the file that were not UTF-8 */
  enum exit_code code;
};

/* A sentence's bytes; line ends that are not '\n' show as spaces, so that a sentence stays a line everywhere. */
static void print_span(const char *text, uint32_t start, uint32_t end) {
  for (uint32_t i = start; i < end; i++) {
    char c = text[i];
    putc(c == '\v' || c == '\f' || c == '\r' ? ' ' : c, stdout);
  }
}

static void print_document(const struct stance_document *document, bool with_tokens) {
  for (uint32_t i = 0; i < document->sentence_count; i++) {
    const struct stance_sentence *sentence = &document->sentences[i];
    if (!with_tokens) print_span(document->text, sentence->start, sentence->end);
    for (uint32_t j = 0; with_tokens && j < sentence->token_count; j++) {
      const struct stance_token *token = &document->tokens[sentence->token_first + j];
      if (j) putc(' ', stdout);
      print_span(document->text, token->start, token->end);
    }
    putc('\n', stdout);
  }
}

static enum stance_status segment_article(struct segment_run *run, const struct stance_article *article,
                                          struct stance_error *error) {
  struct stance_document document;
  enum stance_status status = stance_sentences_find(run->matcher, &run->article, article, &document, error);
  if (status == STANCE_OK && run->options->with_tokens)
    status = stance_tokens_find(run->matcher, &run->article, &document, error);
  if (status != STANCE_OK) return status;
  if (run->articles++) putc('\n', stdout);
  print_document(&document, run->options->with_tokens);
  return STANCE_OK;
}

static enum stance_status segment_json(void *context, const cJSON *value, size_t line, struct stance_error *error) {
  struct segment_run *run = context;
  struct stance_article article;
  size_t repaired;
  char id[32];
  stance_arena_reset(&run->article);
  snprintf(id, sizeof id, "%zu", line);
  enum stance_status status = stance_article_from_json(value, id, &run->article, &article, &repaired, error);
  run->repaired += repaired;
  if (status == STANCE_OK) status = segment_article(run, &article, error);
  if (interrupted) return stance_fail(error, STANCE_SYSTEM, "interrupted");
  if (status == STANCE_INPUT) { /* one bad article does not hide the others */
    struct stance_error placed;
    stance_fail_at(&placed, status, run->path, line, 0, "%s", error->message);
    run->code = report_error(&placed);
    return STANCE_OK;
  }
  return status;
}

static bool has_ending(const char *path, const char *ending) {
  size_t length = strlen(path), want = strlen(ending);
  return length > want && strcmp(path + length - want, ending) == 0;
}

/* By name, and for stdin by its first character. */
static bool is_json(const char *path, const char *bytes, size_t length) {
  if (has_ending(path, ".jsonl") || has_ending(path, ".ndjson") || has_ending(path, ".json")) return true;
  if (strcmp(path, "-") != 0) return false;
  size_t start = 0;
  while (start < length && strchr(" \t\r\n", bytes[start]) && bytes[start]) start++;
  return start < length && bytes[start] == '{';
}

static enum stance_status segment_file(struct segment_run *run, const char *path, struct stance_error *error) {
  char *bytes;
  size_t length;
  stance_arena_reset(&run->file);
  stance_arena_reset(&run->article);
  run->path = strcmp(path, "-") == 0 ? "<stdin>" : path;
  run->repaired = 0;
  enum stance_status status = stance_file_read(path, 0, &run->file, &bytes, &length, error);
  if (status != STANCE_OK) return status;
  if (is_json(path, bytes, length)) {
    status = stance_json_lines(bytes, length, run->path, segment_json, run, error);
  } else {
    struct stance_article article;
    status = stance_article_from_text(run->path, bytes, length, &run->article, &article, &run->repaired, error);
    if (status == STANCE_OK) status = segment_article(run, &article, error);
  }
  if (run->repaired)
    report_warning("%s: %zu byte%s not UTF-8, replaced by U+FFFD", run->path, run->repaired,
                   run->repaired == 1 ? " is" : "s are");
  return status;
}

static int is_shown(const struct dirent *entry) { return entry->d_name[0] != '.'; }

static void segment_input(struct segment_run *run, const char *path, int depth);

static void segment_folder(struct segment_run *run, const char *folder, int depth) {
  struct dirent **entries;
  struct stance_error error;
  int count = depth < FOLDERS_DEEP_MAX ? scandir(folder, &entries, is_shown, alphasort) : 0;
  if (count < 0) {
    stance_fail_errno(&error, folder, "cannot list");
    run->code = report_error(&error);
    return;
  }
  for (int i = 0; i < count; i++) {
    struct stat about;
    char *path = NULL;
    if (asprintf(&path, "%s/%s", folder, entries[i]->d_name) < 0) path = NULL;
    bool is_folder = path && stat(path, &about) == 0 && S_ISDIR(about.st_mode);
    if (path && !interrupted && (is_folder || has_ending(path, ".txt") || has_ending(path, ".jsonl")))
      segment_input(run, path, depth + 1);
    free(path);
    free(entries[i]);
  }
  if (depth < FOLDERS_DEEP_MAX) free(entries);
}

static void segment_input(struct segment_run *run, const char *path, int depth) {
  struct stat about;
  struct stance_error error;
  if (strcmp(path, "-") != 0 && stat(path, &about) == 0 && S_ISDIR(about.st_mode)) {
    segment_folder(run, path, depth);
    return;
  }
  if (segment_file(run, path, &error) != STANCE_OK && !interrupted) run->code = report_error(&error);
}

static enum exit_code segment_start(const void *given, int argc, char **argv) {
  static char standard_input[] = "-";
  char *nothing_given[] = {standard_input};
  struct segment_run run = {.options = given, .code = EXIT_DONE};
  struct stance_error error;
  if (stance_text_matcher_new(&run.matcher, &error) != STANCE_OK) return report_error(&error);
  if (argc == 0) {
    argc = 1;
    argv = nothing_given;
  }
  for (int i = 0; i < argc && !interrupted && run.code != EXIT_SYSTEM; i++) segment_input(&run, argv[i], 0);
  stance_arena_free(&run.file);
  stance_arena_free(&run.article);
  stance_text_matcher_destroy(run.matcher);
  return run.code;
}

static const struct segment_options segment_defaults;

const struct command command_segment = {
    .name = "segment",
    .arguments = "[INPUT...]",
    .summary = "show the sentences of articles",
    .description = "Prints one sentence a line and an empty line between articles. An input is a .txt file (first line: title; "
                   "each further line: a paragraph), a folder of them, a JSON Lines file (.jsonl), or '-' for standard input, "
                   "which is also read where no input is given.",
    .examples = "  stance segment article.txt\n  stance segment --tokens news/ | less\n",
    .flags = segment_flags,
    .flag_count = sizeof segment_flags / sizeof *segment_flags,
    .options_size = sizeof(struct segment_options),
    .defaults = &segment_defaults,
    .max_arguments = -1,
    .run = segment_start,
};
