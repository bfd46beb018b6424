/* SPDX-License-Identifier: MIT */
#include "choices.h"

#include "annotate/format.h"
#include "annotate/project.h"
#include "classify/sink.h"
#include "input/form.h"

const char *choices_form_name(int value) {
  if (value == 0) return "auto";
  return input_forms[value - 1] ? input_forms[value - 1]->name : NULL;
}

const struct input_form *choices_form(int value) { return value ? input_forms[value - 1] : NULL; }

const struct flag_choice classify_format_choices[] = {
    {"auto", CLASSIFY_FORMAT_AUTO},     {"table", CLASSIFY_FORMAT_TABLE},
    {"jsonl", CLASSIFY_FORMAT_JSONL},   {"csv", CLASSIFY_FORMAT_CSV},
    {"tsv", CLASSIFY_FORMAT_TSV},       {"html", CLASSIFY_FORMAT_HTML},
    {"sqlite", CLASSIFY_FORMAT_SQLITE}, {"graphml", CLASSIFY_FORMAT_GRAPHML},
    {"gexf", CLASSIFY_FORMAT_GEXF},     {0},
};

#define FORMAT(id, table, name) {name, ANNOTATE_FORMAT_##id},
const struct flag_choice annotate_format_choices[] = {ANNOTATE_FORMATS(FORMAT){0}};

const struct flag_choice order_choices[] = {
    {"document", ANNOTATE_ORDER_DOCUMENT},
    {"random", ANNOTATE_ORDER_RANDOM},
    {"uncertain", ANNOTATE_ORDER_UNCERTAIN},
    {0},
};

const struct flag_choice merge_choices[] = {
    {"unanimity", ANNOTATE_MERGE_UNANIMITY},
    {"majority", ANNOTATE_MERGE_MAJORITY},
    {"threshold", ANNOTATE_MERGE_THRESHOLD},
    {"competence", ANNOTATE_MERGE_COMPETENCE},
    {0},
};

const struct flag_choice list_choices[] = {{"text", LIST_TEXT}, {"jsonl", LIST_JSONL}, {0}};
