/* SPDX-License-Identifier: MIT
 * What the files that read gazetteers share: lines of entries, reports of problems, dates. */
#include "gazetteer_reader.h"

#include <string.h>

#include "stance/base/error.h"
#include "stance/text/article.h"

size_t stance_reader_line(const struct stance_reader_source *source, const char *array, size_t element) {
  return stance_json_element_line(source->text, source->length, array, element);
}

void stance_reader_complain(struct stance_gazetteer_reader *reader, const struct stance_error *what) {
  struct stance_error problem;
  const char *id = reader->id ? reader->id : "";
  if (what->status == STANCE_SYSTEM) reader->memory_is_out = true;
  stance_fail_at(&problem, what->status, reader->source->path,
                 stance_reader_line(reader->source, reader->array, reader->element), 0, "%s%s%s%s", what->message,
                 *id ? " (in '" : "", id, *id ? "')" : "");
  if (reader->memory_is_out || !reader->problem(reader->context, &problem)) reader->is_stopped = true;
}

bool stance_reader_is_good(struct stance_gazetteer_reader *reader, enum stance_status status,
                           const struct stance_error *error) {
  if (status != STANCE_OK) stance_reader_complain(reader, error);
  return status == STANCE_OK;
}

void stance_reader_check_fields(struct stance_gazetteer_reader *reader, const cJSON *object, const char *const *known) {
  if (!reader->is_thorough) return;
  const cJSON *item;
  cJSON_ArrayForEach(item, object) {
    const char *const *field = known;
    while (*field && strcmp(*field, item->string) != 0) field++;
    if (!*field) COMPLAIN(reader, "unknown field '%.60s'", item->string);
  }
}

const struct stance_reader_source *stance_reader_source_of(const struct stance_gazetteer_reader *reader, size_t actor) {
  size_t i = reader->source_count;
  while (i > 1 && reader->sources[i - 1].first > actor) i--;
  return &reader->sources[i - 1];
}

static bool read_day(struct stance_gazetteer_reader *reader, const cJSON *object, const char *key, uint32_t *day) {
  struct stance_error error;
  const char *text;
  *day = 0;
  if (!stance_reader_is_good(reader, stance_json_get_string(object, key, NULL, &text, &error), &error)) return false;
  if (!text) return true;
  *day = strlen(text) == 10 ? stance_date_parse(text) : 0;
  if (!*day) COMPLAIN(reader, "bad date '%.40s' under '%s'; expected YYYY-MM-DD", text, key);
  return *day != 0;
}

bool stance_reader_days(struct stance_gazetteer_reader *reader, const cJSON *object, uint32_t *from, uint32_t *until) {
  if (!read_day(reader, object, "from", from) || !read_day(reader, object, "until", until)) return false;
  if (!*from || !*until || *from < *until) return true;
  COMPLAIN(reader, "'from' is not before 'until'");
  return false;
}
