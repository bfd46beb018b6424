/* SPDX-License-Identifier: MIT
 * The table of data sets. */
#include "convert.h"

enum stance_status train_convert(enum train_data_set set, const char *path, FILE *out, struct stance_error *error) {
  static enum stance_status (*const converters[])(const char *, FILE *, struct stance_error *) = {
#define CONVERTER(id_, function_, name_) [TRAIN_DATA_SET_##id_] = convert_##function_,
      TRAIN_DATA_SETS(CONVERTER)
#undef CONVERTER
  };
  return converters[set](path, out, error);
}
