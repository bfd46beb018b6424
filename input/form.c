/* SPDX-License-Identifier: MIT
 * The table of forms. Functions that they share are in form_read.c. */
#include "form.h"

#include <stdlib.h>
#include <string.h>

#include "stance/base/error.h"

const struct input_form *const input_forms[] = {&input_form_text,
                                                &input_form_jsonl,
                                                &input_form_json,
                                                &input_form_csv,
                                                &input_form_tsv,
                                                &input_form_html,
                                                &input_form_newsml_g2,
                                                &input_form_newsml,
                                                &input_form_nitf,
                                                &input_form_rcv1,
                                                &input_form_reuters,
                                                &input_form_ldc,
                                                &input_form_rss,
                                                &input_form_atom,
                                                &input_form_factiva_xml,
                                                &input_form_nexis_text,
                                                &input_form_nexis_uni,
                                                &input_form_proquest,
                                                &input_form_nexis_html,
                                                &input_form_factiva_html,
                                                &input_form_europresse,
                                                &input_form_mail,
                                                &input_form_warc,
                                                &input_form_xml,
                                                NULL};

const struct input_form *input_form_by_name(const char *name) {
  for (size_t i = 0; input_forms[i]; i++)
    if (strcmp(input_forms[i]->name, name) == 0) return input_forms[i];
  return NULL;
}

static enum input_claim claim_of(const struct input_form *form, const struct input_start *start) {
  if (form->claim) return form->claim(start);
  return input_has_ending(start->path, form->endings) ? INPUT_BY_ENDING : INPUT_NOT_MINE;
}

const struct input_form *input_form_find(const struct input_start *start, const struct input_options *options) {
  const struct input_form *best = &input_form_text;
  enum input_claim most = INPUT_NOT_MINE;
  if (options->form) return options->form;
  bool has_tag = memchr(start->data, '<', start->length);
  for (size_t i = 0; input_forms[i]; i++) {
    if (input_forms[i]->has_tags && !has_tag) continue;
    enum input_claim claim = claim_of(input_forms[i], start);
    if (claim > most) best = input_forms[i], most = claim;
  }
  if (most <= INPUT_FALLBACK && options->columns[COLUMN_TEXT])
    return &input_form_csv; /* a named column means a table */
  return best;
}
