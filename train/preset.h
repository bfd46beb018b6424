/* SPDX-License-Identifier: MIT
 * Which features to start from: a few sets of templates, chosen among by grouped cross-validation.
 *
 * Under PRESET_SMALL units, or in a language that the lexicon does not know, all presets are tried on the same folds and the best by
 * macro-F1 is taken; on larger data the default and the default with characters, on a sample of whole groups, and the default stays
 * unless the other gains PRESET_GAIN (docs/method.md has the measurements behind the rule). */
#ifndef STANCE_TRAIN_PRESET_H
#define STANCE_TRAIN_PRESET_H

#include "trainer.h"

enum { PRESET_SMALL = 5000, PRESET_RARE = 1000 }; /* min-count 1 is tried under PRESET_RARE units */
#define PRESET_GAIN 0.01

enum preset {
  PRESET_DEFAULT,
  PRESET_CHARACTERS,
  PRESET_WORDS,
  PRESET_WORDS_RARE,
  PRESET_CHARACTERS_ALONE,
  PRESET_COUNT,
  PRESET_AUTO
};

/* Templates as stance_template_parse takes them (NULL: the default) and the least number of units a feature stands in. */
const char *train_preset_name(enum preset preset);
/* The templates of a preset for units of this kind, as stance_template_parse reads them. Constant. */
const char *train_preset_templates(enum preset preset, enum stance_unit_kind unit);
/* In how many units a feature must be. */
size_t train_preset_min_count(enum preset preset);

struct preset_choice {
  enum preset preset;
  size_t tried, units;        /* presets; units they were compared on */
  double score[PRESET_COUNT]; /* macro-F1 out of fold; -1: not tried */
  double nested;              /* macro-F1 where each fold is decided by the preset that is best on the others */
};

/* settings: all but templates and min_count. has_lexicon: the word lists are in the language of the data. The choice has no effect until
 * train_trainer_prepare is called with it. */
enum stance_status train_preset_choose(const struct dataset *whole, const struct stance_lexicon *lexicon,
                                       bool has_lexicon, const struct trainer_settings *settings,
                                       const struct pool_progress *progress, struct preset_choice *out,
                                       struct stance_error *error);

#endif
