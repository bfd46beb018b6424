/* SPDX-License-Identifier: MIT
 * Choices of flags that several commands share: words and enum values. Each list ends with a NULL name. */
#ifndef STANCE_CLI_CHOICES_H
#define STANCE_CLI_CHOICES_H

#include "command.h"

extern const struct flag_choice classify_format_choices[]; /* enum classify_format */
#define BY_WORDS                                                                                               \
  "dyad, source, target, total, day, week, month, outlet, or a column or key of the articles; article: dyads " \
  "within it; two names: month,dyad or outlet,month"
extern const struct flag_choice annotate_format_choices[]; /* enum annotate_format_id */
extern const struct flag_choice order_choices[];           /* enum annotate_order */
extern const struct flag_choice merge_choices[];           /* enum annotate_merge_kind */
extern const struct flag_choice list_choices[];            /* enum list_format */

/* Names of the input forms, from the table in input/form.c; 0 is "auto". For a flag's .names. */
const char *choices_form_name(int value);
const struct input_form *choices_form(int value); /* NULL: auto */

enum list_format { LIST_TEXT, LIST_JSONL };

#endif
