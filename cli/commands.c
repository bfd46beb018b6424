/* SPDX-License-Identifier: MIT
 * The commands, in the order of --help. */
#include "commands.h"

extern const struct command command_annotate_init;
extern const struct command command_annotate_add;
extern const struct command command_annotate_label;
extern const struct command command_annotate_serve;
extern const struct command command_annotate_status;
extern const struct command command_annotate_agree;
extern const struct command command_annotate_adjudicate;
extern const struct command command_annotate_alt_test;
extern const struct command command_annotate_import;
extern const struct command command_annotate_export;
extern const struct command command_annotate_recode;
extern const struct command command_annotate_pause;
extern const struct command command_annotate_withdraw;
extern const struct command command_annotate_rename;
extern const struct command command_train;
extern const struct command command_evaluate;
extern const struct command command_compare;
extern const struct command command_model_show;
extern const struct command command_model_explain;
extern const struct command command_actors_check;
extern const struct command command_actors_compile;
extern const struct command command_actors_find;
extern const struct command command_actors_import;
extern const struct command command_actors_suggest;
extern const struct command command_classify;
extern const struct command command_work;
extern const struct command command_report;
extern const struct command command_sample;
extern const struct command command_estimate;
extern const struct command command_inspect;
extern const struct command command_segment;
extern const struct command command_convert;

const struct command *const commands[] = {
    &command_annotate_init,
    &command_annotate_add,
    &command_annotate_label,
    &command_annotate_serve,
    &command_annotate_status,
    &command_annotate_agree,
    &command_annotate_adjudicate,
    &command_annotate_alt_test,
    &command_annotate_import,
    &command_annotate_export,
    &command_annotate_recode,
    &command_annotate_pause,
    &command_annotate_withdraw,
    &command_annotate_rename,
    &command_train,
    &command_evaluate,
    &command_compare,
    &command_model_show,
    &command_model_explain,
    &command_actors_check,
    &command_actors_compile,
    &command_actors_find,
    &command_actors_import,
    &command_actors_suggest,
    &command_classify,
    &command_work,
    &command_report,
    &command_sample,
    &command_estimate,
    &command_inspect,
    &command_segment,
    &command_convert,
    NULL,
};
