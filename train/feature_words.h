/* SPDX-License-Identifier: MIT
 * A feature's name in words, for readers of a report: "between:near-target source-first against" is
 *   "against" (between source and target; nearer the target; source named first). */
#ifndef STANCE_TRAIN_FEATURE_WORDS_H
#define STANCE_TRAIN_FEATURE_WORDS_H

#include "stance/base/buffer.h"

/* Appends the description, plain text; a name of unknown form is appended unchanged. */
void train_feature_words(const char *name, struct stance_buffer *out);

#endif
