/* SPDX-License-Identifier: MIT
 * One stored prediction, taken apart. Lines as render_jsonl.c and render_fields.c write them are read where they stand; all others by
 * cJSON, which knows no order of keys. Both give the same. */
#ifndef STANCE_CLASSIFY_PREDICTION_LINE_H
#define STANCE_CLASSIFY_PREDICTION_LINE_H

#include "scored.h"

/* Text in the line or in the arena, not NUL-terminated; at NULL: the key is absent. */
struct prediction_text {
  const char *at;
  size_t length;
};

enum { PREDICTION_KEPT_MAX = 2 }; /* as many columns as counts can be by */
struct prediction_line {
  struct prediction_text article, date, outlet, text, source, target, source_affiliation, target_affiliation, head,
      label;
  struct prediction_text kept[PREDICTION_KEPT_MAX];
  struct prediction_text mentions; /* the JSON array as it stands */
  double sentence, score;
  size_t share_count;
  struct prediction_text share_names[STANCE_LABELS_MAX];
  double shares[STANCE_LABELS_MAX];
};

/* keep: [keep_count] names of keys that go along. line: valid UTF-8. False: it is not as this program writes it; ask
 * prediction_line_parse. */
bool prediction_line_read(const char *line, size_t length, const char *const *keep, size_t keep_count,
                          struct stance_arena *arena, struct prediction_line *out);
/* Any JSON object with the keys. STANCE_INPUT: what is wrong with it. */
enum stance_status prediction_line_parse(const char *line, size_t length, const char *file, size_t number,
                                         const char *const *keep, size_t keep_count, struct stance_arena *arena,
                                         struct prediction_line *out, struct stance_error *error);

#endif
