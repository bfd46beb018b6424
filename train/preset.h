/* SPDX-License-Identifier: MIT
 * Presets: a few sets of templates, among which grouped cross-validation chooses.
 *
 * With fewer than PRESET_SMALL units, or in a language that the lexicon does not cover, all presets are tried on the
 * same folds and the one with the best macro-F1 is taken. On larger data, the default is compared with the default plus
 * characters on a sample of whole groups, and stays unless the other gains PRESET_GAIN (docs/method.md has the
 * measurements). */
#ifndef STANCE_TRAIN_PRESET_H
#define STANCE_TRAIN_PRESET_H

#include "trainer.h"

enum { PRESET_SMALL = 5000, PRESET_RARE = 1000 }; /* units; below PRESET_RARE, min-count 1 is tried too */
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

/* The preset's name in reports. Constant. */
const char *train_preset_name(enum preset preset);
/* The templates of a preset for units of this kind, for stance_template_parse; NULL: the default. Constant. */
const char *train_preset_templates(enum preset preset, enum stance_unit_kind unit);
/* The least number of units that must have a feature. */
size_t train_preset_min_count(enum preset preset);

struct preset_choice {
  enum preset preset;
  size_t tried, units;        /* number of presets compared, and of units for that */
  double score[PRESET_COUNT]; /* macro-F1 out of fold; -1: not tried */
  double nested;              /* macro-F1 if each fold is decided by the preset that is best on the others */
};

/* Chooses a preset; the caller puts it into the settings for train_trainer_prepare. settings: all but templates and
 * min_count. has_lexicon: the lexicon is in the language of the data. */
enum stance_status train_preset_choose(const struct dataset *whole, const struct stance_lexicon *lexicon,
                                       bool has_lexicon, const struct trainer_settings *settings,
                                       const struct pool_progress *progress, struct preset_choice *out,
                                       struct stance_error *error);

/* The macro-F1 of templates and min-count that are given, if calibration and factors of each fold come from the others
 * (models of two folds fewer): with few units those that are fitted on the same folds make it too good. *nested: -1
 * with fewer units than factors are chosen on, with PRESET_SMALL or more, and without three folds by article. */
enum stance_status train_preset_nested(const struct dataset *data, const struct stance_lexicon *lexicon,
                                       const struct trainer_settings *settings, double *nested,
                                       struct stance_error *error);

#endif
