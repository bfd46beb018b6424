/* SPDX-License-Identifier: MIT
 * The table of formats. */
#include "format.h"

const struct annotate_format *annotate_format_get(enum annotate_format_id id) {
#define TABLE(id_, table_, name_) [ANNOTATE_FORMAT_##id_] = &annotate_format_##table_,
  static const struct annotate_format *const formats[] = {ANNOTATE_FORMATS(TABLE)};
#undef TABLE
  return formats[id];
}
