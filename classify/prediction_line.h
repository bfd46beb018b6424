/* SPDX-License-Identifier: MIT
 * Parsing a stored prediction. Lines as render_jsonl.c and render_fields.c write them take a fast path; others are
 * parsed by cJSON. Both give the same result. Thread-safe. */
#ifndef STANCE_CLASSIFY_PREDICTION_LINE_H
#define STANCE_CLASSIFY_PREDICTION_LINE_H

#include "scored.h"

/* Text in the line or in the arena, not NUL-terminated. `at` NULL: the key is absent. */
struct prediction_text {
  const char *at;
  size_t length;
};

enum { PREDICTION_KEPT_MAX = 2 }; /* most groups of counts */
struct prediction_line {
  struct prediction_text article, date, outlet, text, source, target, source_affiliation, target_affiliation, head,
      label;
  struct prediction_text kept[PREDICTION_KEPT_MAX];
  struct prediction_text mentions; /* the JSON array, verbatim */
  double sentence, score;
  size_t share_count;
  struct prediction_text share_names[STANCE_LABELS_MAX];
  double shares[STANCE_LABELS_MAX];
};

/* The fast path. keep: [keep_count] names of keys to keep. line: valid UTF-8. False: not as this program writes it;
 * call prediction_line_parse. */
bool prediction_line_read(const char *line, size_t length, const char *const *keep, size_t keep_count,
                          struct stance_arena *arena, struct prediction_line *out);
/* Parses any JSON object with the keys. STANCE_INPUT: it is no prediction. */
enum stance_status prediction_line_parse(const char *line, size_t length, const char *file, size_t number,
                                         const char *const *keep, size_t keep_count, struct stance_arena *arena,
                                         struct prediction_line *out, struct stance_error *error);

#endif
