/* SPDX-License-Identifier: MIT
 * What all forms share behind their parse: an id where there is none, and the place in errors. */
#include "item.h"

#include <string.h>

#include "stance/base/error.h"
#include "stance/text/article.h"

/* "feed:12" where a file has many articles, else the file's name; a date that the name begins with is the article's. */
static enum stance_status complete_id(const struct input_item *item, struct stance_arena *arena, struct stance_article *article,
                                      struct stance_error *error) {
  const char *id = item->source->id;
  if (!article->id || !*article->id) article->id = item->line ? stance_arena_format(arena, "%s:%zu", id, item->line) : stance_arena_copy(arena, id, strlen(id));
  if (!article->id) return stance_fail_memory(error);
  const char *slash = strrchr(id, '/'), *name = slash ? slash + 1 : id;
  if (!item->line && !article->date && stance_date_parse(name) && !(article->date = stance_arena_copy(arena, name, 10)))
    return stance_fail_memory(error);
  return STANCE_OK;
}

enum stance_status input_item_article(const struct input_item *item, struct stance_arena *arena, struct input_article *out,
                                      struct stance_error *error) {
  *out = (struct input_article){.article = {0}};
  if (item->kind == INPUT_PROBLEM) {
    if (error) *error = item->problem;
    return item->problem.status;
  }
  enum stance_status status = item->source->form->parse(item, arena, out, error);
  if (status == STANCE_OK) status = complete_id(item, arena, &out->article, error);
  if (status != STANCE_OK && status != STANCE_SYSTEM) {
    struct stance_error what = *error;
    stance_fail_at(error, status, item->path, what.line ? what.line : item->line, what.column, "%s", what.message);
  }
  return status;
}
