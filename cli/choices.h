/* SPDX-License-Identifier: MIT
 * The words of choice flags that several commands share, with the enum values behind them. Each list ends with a NULL name. */
#ifndef STANCE_CLI_CHOICES_H
#define STANCE_CLI_CHOICES_H

#include "command.h"

extern const struct flag_choice classify_format_choices[]; /* enum classify_format */
#define BY_WORDS                                                                                                 \
  "dyad, source, target, total, day, week, month, outlet, or a column that goes along (--keep); article: dyads " \
  "within it; two names: month,dyad or outlet,month"
extern const struct flag_choice annotate_format_choices[]; /* enum annotate_format_id */
extern const struct flag_choice order_choices[];           /* enum annotate_order */
extern const struct flag_choice merge_choices[];           /* enum annotate_merge_kind */
extern const struct flag_choice list_choices[];            /* enum list_format */

/* The forms of inputs, by the table of the input room; 0 is "auto". For flags' .names. */
const char *choices_form_name(int value);
const struct input_form *choices_form(int value); /* NULL: auto */

enum list_format { LIST_TEXT, LIST_JSONL };

#endif
