/* SPDX-License-Identifier: MIT
 * Codebooks: the heads, their labels, definitions, examples and keys.
 * May include actors/, text/ and base/; features/, model/ and the programs read it. */
#ifndef STANCE_CODEBOOK_H
#define STANCE_CODEBOOK_H

#include <cjson/cJSON.h>

#include "stance/base/arena.h"
#include "stance/stance.h"

enum stance_unit_kind { STANCE_UNIT_DYAD, STANCE_UNIT_TARGET, STANCE_UNIT_SENTENCE };

struct stance_example {
  const char *text, *source, *target, *label, *why; /* each NULL if not given */
};
struct stance_rule {
  const char *topic, *rule;
  struct stance_example *examples;
  size_t example_count;
};
struct stance_label {
  const char *name, *definition;
  uint32_t key; /* a code point; 0: none */
  double value; /* -1 .. 1: hostile -1, neutral 0, friendly 1 */
  const char **borderline;
  size_t borderline_count;
  struct stance_example *examples, *counter_examples;
  size_t example_count, counter_example_count;
};
struct stance_head {
  const char *name, *question; /* "{source} -> {target}?" */
  enum stance_unit_kind unit;
  struct stance_label *labels;
  size_t label_count; /* 2 .. STANCE_LABELS_MAX */
  struct stance_rule *rules;
  size_t rule_count;
};
struct stance_codebook {
  const char *name, *version, *description;
  const char *language; /* such as "en"; NULL if not given */
  struct stance_head *heads;
  size_t head_count;
  /* "keys": {"skip":" ", ...}: keys of the annotation screen's commands */
  const char **key_commands, **key_names;
  size_t key_count;
};

/* Reads a codebook from a JSON file. All in the arena. STANCE_INPUT names file, head and label. Thread-safe. */
enum stance_status stance_codebook_read(const char *path, struct stance_arena *arena, struct stance_codebook *codebook,
                                        struct stance_error *error);
/* The same from JSON text, such as a model's header; strings are copied. file: for messages. */
enum stance_status stance_codebook_parse(const char *text, size_t length, const char *file, struct stance_arena *arena,
                                         struct stance_codebook *codebook, struct stance_error *error);
/* The head with this name; NULL: none. */
const struct stance_head *stance_codebook_head(const struct stance_codebook *codebook, const char *name);
/* The index of the head's label with this name; -1: none. */
int stance_head_label(const struct stance_head *head, const char *name);
/* The codebook without definitions and examples, for a model's header. The caller deletes it. NULL: out of memory. */
cJSON *stance_codebook_outline(const struct stance_codebook *codebook);

#endif
