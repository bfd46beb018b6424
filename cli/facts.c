/* SPDX-License-Identifier: MIT */
#include "facts.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "classify/estimate.h"
#include "message.h"
#include "stance/base/error.h"
#include "stance/base/file.h"
#include "stance/base/hash.h"

/* The number of words to leave out: 0, 1 (this word), 2 (also the next). */
static int silent_words(const char *word) {
  static const char *const with_value[] = {"--threads", "--output", "--progress", "--rejects", "--color", "-j", "-o"};
  static const char *const alone[] = {"--quiet", "-q", "--resume", "--provenance", "--stream"};
  for (size_t i = 0; i < sizeof alone / sizeof *alone; i++)
    if (strcmp(word, alone[i]) == 0) return 1;
  for (size_t i = 0; i < sizeof with_value / sizeof *with_value; i++) {
    size_t length = strlen(with_value[i]);
    if (strncmp(word, with_value[i], length) != 0) continue;
    if (!word[length]) return 2;
    if (length == 2 || word[length] == '=') return 1;
  }
  return 0;
}

static struct stance_buffer command_line;

void facts_command_line(int argc, char **argv) {
  stance_buffer_puts(&command_line, "stance");
  for (int i = 1; i < argc; i++) {
    int silent = silent_words(argv[i]);
    if (!silent) stance_buffer_printf(&command_line, " %s", argv[i]);
    i += silent == 2;
  }
}

static const char *date_of_run(struct stance_arena *arena) {
  const char *epoch = getenv("SOURCE_DATE_EPOCH");
  char *end = NULL, text[16];
  long long seconds = epoch ? strtoll(epoch, &end, 10) : 0;
  time_t when = epoch && end != epoch && !*end ? (time_t)seconds : time(NULL);
  struct tm parts;
  if (!gmtime_r(&when, &parts) || !strftime(text, sizeof text, "%Y-%m-%d", &parts)) return NULL;
  return stance_arena_copy(arena, text, strlen(text));
}

enum stance_status facts_of_run(struct classify_facts *facts, struct stance_arena *arena, struct stance_error *error) {
  const char *command = command_line.data && !command_line.failed
                            ? stance_arena_copy(arena, command_line.data, command_line.length)
                            : NULL;
  if (!command) return stance_fail_memory(error);
  classify_facts_add(facts, "version", "stancekit " STANCE_VERSION);
  classify_facts_add(facts, "date", date_of_run(arena));
  classify_facts_add(facts, "command", command);
  return STANCE_OK;
}

static enum stance_status hash_files(const char *const *paths, size_t count, struct stance_arena *arena,
                                     const char **out, struct stance_error *error) {
  enum { MAX_BYTES = 1 << 30 };
  uint64_t hash = 0;
  for (size_t i = 0; i < count; i++) {
    struct stance_arena contents = {0};
    char *data;
    size_t length;
    enum stance_status status = stance_file_read(paths[i], MAX_BYTES, &contents, &data, &length, error);
    if (status == STANCE_OK)
      hash = i ? stance_hash_combine(hash, stance_hash(data, length)) : stance_hash(data, length);
    stance_arena_free(&contents);
    if (status != STANCE_OK) return status;
  }
  char text[32];
  snprintf(text, sizeof text, "%016llx", (unsigned long long)hash);
  *out = stance_arena_copy(arena, text, strlen(text));
  return *out ? STANCE_OK : stance_fail_memory(error);
}

static const char *base_name(const char *path) {
  const char *slash = strrchr(path, '/');
  return slash ? slash + 1 : path;
}

/* The scores in the model's header (macro-F1 and others), by head. */
static enum stance_status figures_of(const struct stance_model *model, struct stance_arena *arena, const char **out,
                                     struct stance_error *error) {
  const cJSON *scores = cJSON_GetObjectItemCaseSensitive(stance_model_header(model), "scores");
  char *printed = scores ? cJSON_PrintUnformatted(scores) : NULL;
  *out = printed ? stance_arena_copy(arena, printed, strlen(printed)) : NULL;
  cJSON_free(printed);
  return scores && !*out ? stance_fail_memory(error) : STANCE_OK;
}

enum stance_status facts_of_model(struct classify_facts *facts, const struct stance_model *model, const char *path,
                                  struct stance_arena *arena, struct stance_error *error) {
  const char *hash, *figures;
  STANCE_TRY(hash_files(&path, 1, arena, &hash, error));
  STANCE_TRY(figures_of(model, arena, &figures, error));
  const char *name = base_name(path); /* the path's memory is reused by the next look-up */
  name = stance_arena_copy(arena, name, strlen(name));
  if (!name) return stance_fail_memory(error);
  classify_facts_add(facts, "model", name);
  classify_facts_add(facts, "model.hash", hash);
  classify_facts_add(facts, "model.figures", figures);
  classify_facts_add(facts, "codebook", stance_model_codebook(model)->name);
  return STANCE_OK;
}

enum stance_status facts_of_gazetteer(struct classify_facts *facts, const char *const *paths, size_t count,
                                      struct stance_arena *arena, struct stance_error *error) {
  const char *hash;
  if (!count) return STANCE_OK;
  STANCE_TRY(hash_files(paths, count, arena, &hash, error));
  classify_facts_add(facts, "gazetteer.hash", hash);
  return STANCE_OK;
}

enum stance_status facts_model_hash(const char *path, struct stance_arena *arena, const char **out,
                                    struct stance_error *error) {
  return hash_files(&path, 1, arena, out, error);
}

enum stance_status facts_of_population(struct classify_facts *facts, struct population *population,
                                       const struct stance_model *model, const char *model_path,
                                       struct stance_arena *arena, struct stance_error *error) {
  const char *hash;
  char predictions[32];
  STANCE_TRY(facts_of_run(facts, arena, error));
  if (model) {
    STANCE_TRY(facts_model_hash(model_path, arena, &hash, error));
    if (population->model && strcmp(population->model, hash) != 0)
      message_warning("the predictions name another model (%.16s) than %s (%.16s): what it was trained on is not known",
                      population->model, model_path, hash);
    if (!population->model) population->model = hash;
    STANCE_TRY(facts_of_model(facts, model, model_path, arena, error));
  }
  snprintf(predictions, sizeof predictions, "%016llx", (unsigned long long)population->hash);
  classify_facts_add(facts, "predictions.hash", stance_arena_copy(arena, predictions, strlen(predictions)));
  classify_facts_add(facts, "predictions", population->run);
  return STANCE_OK;
}
