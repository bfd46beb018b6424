/* SPDX-License-Identifier: MIT
 * This toolkit's label records, JSON Lines. */
#include <string.h>

#include "format.h"
#include "stance/base/buffer.h"
#include "stance/base/error.h"
#include "stance/base/file.h"

static enum stance_status read_records(const char *path, const struct annotate_defaults *defaults,
                                       struct annotate_records *records, struct annotate_losses *losses,
                                       struct stance_error *error) {
  (void)losses;
  STANCE_TRY(stance_records_read(path, records->arena, &records->items, &records->count, error));
  STANCE_TRY(stance_records_resolve(records->items, &records->count, error));
  for (size_t i = 0; i < records->count; i++)
    if (!*records->items[i].annotator)
      records->items[i].annotator = defaults->annotator ? defaults->annotator : ANNOTATE_DEFAULT_ANNOTATOR;
  return STANCE_OK;
}

static enum stance_status write_records(const char *path, const struct stance_record *records, size_t count,
                                        struct annotate_losses *losses, struct stance_error *error) {
  struct stance_buffer out = {0};
  (void)losses;
  for (size_t i = 0; i < count; i++) stance_record_write(&records[i], &out);
  enum stance_status status = stance_file_write_buffer(path, &out, error);
  stance_buffer_free(&out);
  return status;
}

const struct annotate_format annotate_format_records = {.read = read_records, .write = write_records};
