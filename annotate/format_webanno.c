/* SPDX-License-Identifier: MIT
 * WebAnno TSV 3 (INCEpTION, WebAnno): a token per line, a column for each feature of a layer.
 *
 *   #FORMAT=WebAnno TSV 3.3
 *   #T_SP=custom.Span|label                        a layer of spans
 *   #T_RL=custom.Relation|label|BT_custom.Span     a layer of relations: its label, and the token that it comes from
 *   #Text=Mali accused France.
 *   1-1 <tab> 0-4 <tab> Mali <tab> GPE <tab> _ <tab> _
 *   1-3 <tab> 13-19 <tab> France <tab> GPE <tab> hostile <tab> 1-1
 *
 * "[n]" after a value numbers a span of several tokens, "|" separates stacked values, "*" is an annotation without a
 * value, "_" none. Layers of tokens (part of speech, lemma, syntax) are counted as losses. Positions are found by the
 * tokens' words, so the unit of the offsets does not matter. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "foreign.h"
#include "stance/base/error.h"
#include "stance/base/file.h"
#include "stance/base/utf8.h"

enum { COLUMNS_MAX = 256, STACK_MAX = 64 };

enum layer_kind { LAYER_SPANS, LAYER_RELATIONS, LAYER_OTHER };

struct column {
  enum layer_kind kind;
  bool is_first, is_base; /* is_first: a layer's first feature; is_base: the origin of a relation */
  const char *layer, *feature;
};

struct token {
  const char *id;    /* "1-3" */
  size_t start, end; /* bytes of the text */
};

struct link { /* a relation, or a label of the whole sentence */
  const char *label, *from, *feature;
  size_t token;
};

struct span {
  size_t number, first, last, foreign;
  const char *value;
  int column;
};

struct reader {
  struct foreign foreign;
  struct stance_arena arena;    /* of the file */
  struct stance_arena sentence; /* of a sentence */
  const char *article;
  struct column columns[COLUMNS_MAX];
  size_t column_count, line, sentences;
  struct stance_buffer text;
  struct token *tokens;
  size_t token_count, token_capacity, at;
  struct span *spans;
  size_t span_count, span_capacity;
  struct link *links;
  size_t link_count, link_capacity;
};

static bool is_token_layer(const char *layer) {
  static const char *const parts[] = {".lexmorph.", ".segmentation.", ".syntax.", ".transform.", ".coref."};
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
    if (strstr(layer, parts[i])) return true;
  return false;
}

/* "#T_SP=layer|feature|feature": the columns after id, offsets and token. */
static enum stance_status read_layer(struct reader *reader, char *line, struct stance_error *error) {
  enum layer_kind kind = strncmp(line, "#T_SP=", 6) == 0   ? LAYER_SPANS
                         : strncmp(line, "#T_RL=", 6) == 0 ? LAYER_RELATIONS
                                                           : LAYER_OTHER;
  char *rest = line + 6, *layer = strsep(&rest, "|"), *feature;
  if (kind != LAYER_OTHER && is_token_layer(layer)) kind = LAYER_OTHER;
  for (bool is_first = true; rest && (feature = strsep(&rest, "|")); is_first = false) {
    if (reader->column_count == COLUMNS_MAX)
      return stance_fail_at(error, STANCE_INPUT, reader->foreign.path, reader->line, 0, "more than %d columns",
                            COLUMNS_MAX);
    reader->columns[reader->column_count++] = (struct column){.kind = kind,
                                                              .layer = layer,
                                                              .feature = feature,
                                                              .is_first = is_first,
                                                              .is_base = strncmp(feature, "BT_", 3) == 0};
  }
  return STANCE_OK;
}

/* Removes the escapes of a value: "\|" is "|". */
static char *unescape(char *value) {
  char *out = value;
  for (const char *c = value; *c; c++) {
    if (*c == '\\' && c[1]) c++;
    *out++ = *c;
  }
  *out = '\0';
  return value;
}

/* Cuts off the next stacked value; NULL: none is left. */
static char *next_value(char **rest) {
  char *start = *rest;
  if (!start) return NULL;
  char *c = start;
  while (*c && *c != '|') c += *c == '\\' && c[1] ? 2 : 1;
  *rest = *c ? c + 1 : NULL;
  *c = '\0';
  return start;
}

/* "GPE[3]": cuts off the number; 0: none. */
static size_t cut_number(char *value) {
  size_t length = strlen(value);
  char *open = length && value[length - 1] == ']' ? strrchr(value, '[') : NULL;
  if (!open || (open > value && open[-1] == '\\')) return 0;
  size_t number = strtoul(open + 1, NULL, 10);
  *open = '\0';
  return number;
}

static enum stance_status add_span_value(struct reader *reader, int column, char *value, struct stance_error *error) {
  size_t token = reader->token_count - 1, number = cut_number(value);
  for (size_t i = reader->span_count; number && i-- > 0;)
    if (reader->spans[i].number == number && reader->spans[i].column == column) {
      reader->spans[i].last = token;
      return STANCE_OK;
    }
  struct span *spans = stance_arena_grow(&reader->sentence, reader->spans, &reader->span_capacity,
                                         reader->span_count + 1, sizeof *spans);
  char *copy = stance_arena_copy(&reader->sentence, value, strlen(value));
  if (!spans || !copy) return stance_fail_memory(error);
  reader->spans = spans;
  spans[reader->span_count++] = (struct span){.number = number,
                                              .first = token,
                                              .last = token,
                                              .value = strcmp(copy, "*") == 0 ? NULL : unescape(copy),
                                              .column = column};
  return STANCE_OK;
}

static enum stance_status add_link(struct reader *reader, const char *label, const char *from,
                                   struct stance_error *error) {
  struct link *links = stance_arena_grow(&reader->sentence, reader->links, &reader->link_capacity,
                                         reader->link_count + 1, sizeof *links);
  char *copies[2] = {stance_arena_copy(&reader->sentence, label, strlen(label)),
                     stance_arena_copy(&reader->sentence, from, strlen(from))};
  if (!links || !copies[0] || !copies[1]) return stance_fail_memory(error);
  reader->links = links;
  links[reader->link_count++] =
      (struct link){.label = unescape(copies[0]), .from = copies[1], .token = reader->token_count - 1};
  return STANCE_OK;
}

/* Adds relations: the values of the first feature correspond to those of the column of origins, one by one. */
static enum stance_status add_relations(struct reader *reader, char **fields, size_t first,
                                        struct stance_error *error) {
  size_t base = first;
  while (base < reader->column_count && !reader->columns[base].is_base) base++;
  if (base == reader->column_count || strcmp(fields[base], "_") == 0) return STANCE_OK;
  char *labels = base == first ? NULL : fields[first], *bases = fields[base], *from;
  while ((from = next_value(&bases))) {
    char *label = labels ? next_value(&labels) : NULL;
    if (label) cut_number(label);
    if (!label || strcmp(label, "*") == 0 || strcmp(label, "_") == 0)
      annotate_lose(reader->foreign.losses, "relations without a label");
    else STANCE_TRY(add_link(reader, label, from, error));
  }
  return STANCE_OK;
}

static enum stance_status read_columns(struct reader *reader, char **fields, struct stance_error *error) {
  for (size_t i = 0; i < reader->column_count; i++) {
    const struct column *column = &reader->columns[i];
    bool is_empty = strcmp(fields[i], "_") == 0;
    char what[112], *rest = fields[i], *value;
    if (column->kind == LAYER_RELATIONS && column->is_first) {
      STANCE_TRY(add_relations(reader, fields, i, error));
    } else if (column->kind == LAYER_SPANS && column->is_first && !is_empty) {
      while ((value = next_value(&rest)))
        if (strcmp(value, "_") != 0) STANCE_TRY(add_span_value(reader, (int)i, value, error));
    } else if (column->kind == LAYER_OTHER && column->is_first && !is_empty) {
      snprintf(what, sizeof what, "values of layer '%.60s'",
               strrchr(column->layer, '.') ? strrchr(column->layer, '.') + 1 : column->layer);
      annotate_lose(reader->foreign.losses, what);
    } else if (!column->is_first && !column->is_base && !is_empty && strcmp(fields[i], "*") != 0) {
      snprintf(what, sizeof what, "values of feature '%.60s'", column->feature);
      annotate_lose(reader->foreign.losses, what);
    }
  }
  return STANCE_OK;
}

/* "1-3 <tab> 13-19 <tab> France <tab> ...": a part of a token ("1-3.1") represents its token. */
static enum stance_status read_token(struct reader *reader, char *line, struct stance_error *error) {
  char *fields[COLUMNS_MAX], *rest = line, *id = strsep(&rest, "\t");
  const char *place = rest ? strsep(&rest, "\t") : NULL;
  char *word = rest ? strsep(&rest, "\t") : NULL;
  if (!word || !place || !strchr(id, '-'))
    return stance_fail_at(error, STANCE_INPUT, reader->foreign.path, reader->line, 0,
                          "is no token; expected '1-1 <tab> 0-4 <tab> word'");
  for (size_t i = 0; i < reader->column_count; i++) {
    fields[i] = rest ? strsep(&rest, "\t") : NULL;
    if (!fields[i])
      return stance_fail_at(error, STANCE_INPUT, reader->foreign.path, reader->line, 0, "has %zu of %zu columns", i,
                            reader->column_count);
  }
  bool is_part = strchr(id, '.') != NULL;
  unescape(word);
  struct token *tokens = stance_arena_grow(&reader->sentence, reader->tokens, &reader->token_capacity,
                                           reader->token_count + 1, sizeof *tokens);
  char *copy = stance_arena_copy(&reader->sentence, id, strlen(id));
  if (!tokens || !copy) return stance_fail_memory(error);
  reader->tokens = tokens;
  size_t from = is_part && reader->token_count ? tokens[reader->token_count - 1].start : reader->at;
  const char *found = reader->text.data ? strstr(reader->text.data + from, word) : NULL;
  if (!found)
    return stance_fail_at(error, STANCE_INPUT, reader->foreign.path, reader->line, 0,
                          "'%.40s' does not stand in the sentence's #Text", word);
  size_t start = (size_t)(found - reader->text.data);
  tokens[reader->token_count++] = (struct token){.id = copy, .start = start, .end = start + strlen(word)};
  if (!is_part) reader->at = start + strlen(word);
  return read_columns(reader, fields, error);
}

/* ---- a sentence's records -------------------------------------------------------------------------------------- */

/* The span at a relation's end: "1-3", or with the span's number "1-3[2_0]". */
static size_t span_at(const struct reader *reader, size_t token, size_t number) {
  for (size_t i = 0; i < reader->span_count; i++) {
    const struct span *span = &reader->spans[i];
    if (span->first <= token && token <= span->last && (!number || span->number == number)) return span->foreign;
  }
  return SIZE_MAX;
}

static enum stance_status take_link(struct reader *reader, const struct link *link, struct stance_error *error) {
  size_t length = strcspn(link->from, "["), token = SIZE_MAX, numbers[2] = {0, 0};
  char *rest = NULL;
  if (link->from[length]) numbers[0] = strtoul(link->from + length + 1, &rest, 10);
  if (rest && *rest == '_') numbers[1] = strtoul(rest + 1, NULL, 10);
  for (size_t i = 0; i < reader->token_count && token == SIZE_MAX; i++)
    if (strlen(reader->tokens[i].id) == length && memcmp(reader->tokens[i].id, link->from, length) == 0) token = i;
  size_t from = token == SIZE_MAX ? SIZE_MAX : span_at(reader, token, numbers[0]);
  return foreign_pair(&reader->foreign, from, span_at(reader, link->token, numbers[1]), link->label, error);
}

/* Whether the span is the sentence's label: its layer or feature has the sentence head's name, and it covers the
 * sentence (except for the final punctuation). */
static bool is_sentence_label(const struct reader *reader, const struct span *span) {
  const char *head = reader->foreign.defaults->sentence_head ? reader->foreign.defaults->sentence_head
                                                             : ANNOTATE_DEFAULT_SENTENCE_HEAD;
  const struct column *column = &reader->columns[span->column];
  const char *name = strrchr(column->layer, '.') ? strrchr(column->layer, '.') + 1 : column->layer;
  return span->value && (strcasecmp(column->feature, head) == 0 || strcasecmp(name, head) == 0) && span->first == 0 &&
         span->last + 2 >= reader->token_count;
}

static enum stance_status end_sentence(struct reader *reader, struct stance_error *error) {
  struct foreign *foreign = &reader->foreign;
  enum stance_status status = STANCE_OK;
  if (!reader->text.length) return STANCE_OK;
  if (reader->token_count) {
    cJSON *base = foreign_base(NULL, reader->text.data, reader->article);
    cJSON_AddNumberToObject(base, "sentence", (double)reader->sentences);
    status = foreign_begin(foreign, base, reader->line, false, error);
    for (size_t i = 0; i < reader->span_count && status == STANCE_OK; i++) {
      struct span *span = &reader->spans[i];
      const char *text = reader->text.data;
      span->foreign = SIZE_MAX;
      if (is_sentence_label(reader, span)) continue;
      size_t from = reader->tokens[span->first].start, to = reader->tokens[span->last].end;
      const char *words = stance_arena_copy(&reader->sentence, text + from, to - from);
      span->foreign = foreign_add_span(foreign, (double)stance_utf8_count(text, from),
                                       (double)stance_utf8_count(text, to), words, span->value);
      if (span->foreign == SIZE_MAX) status = stance_fail_memory(error);
    }
    if (status == STANCE_OK) status = foreign_settle(foreign, error);
    for (size_t i = 0; i < reader->link_count && status == STANCE_OK; i++)
      status = take_link(reader, &reader->links[i], error);
    for (size_t i = 0; i < reader->span_count && status == STANCE_OK; i++)
      if (is_sentence_label(reader, &reader->spans[i]))
        status = foreign_label(foreign, SIZE_MAX, NULL, reader->spans[i].value, error);
    if (status == STANCE_OK) status = foreign_end(foreign, error);
  }
  reader->sentences++;
  reader->text.length = 0;
  reader->at = reader->token_count = reader->span_count = reader->link_count = 0;
  reader->token_capacity = reader->span_capacity = reader->link_capacity = 0;
  reader->tokens = NULL;
  reader->spans = NULL;
  reader->links = NULL;
  stance_arena_reset(&reader->sentence);
  return status;
}

static enum stance_status read_line(struct reader *reader, char *line, struct stance_error *error) {
  if (strncmp(line, "#Text=", 6) == 0) {
    if (reader->token_count) STANCE_TRY(end_sentence(reader, error));
    if (reader->text.length) stance_buffer_putc(&reader->text, '\n'); /* a sentence of several lines */
    stance_buffer_puts(&reader->text, unescape(line + 6));
    stance_buffer_putc(&reader->text, '\0');
    reader->text.length -= !reader->text.failed;
    return reader->text.failed ? stance_fail_memory(error) : STANCE_OK;
  }
  if (strncmp(line, "#T_", 3) == 0 && strlen(line) > 6) return read_layer(reader, line, error);
  if (*line == '#') return STANCE_OK;
  if (!*line) return reader->token_count ? end_sentence(reader, error) : STANCE_OK;
  return read_token(reader, line, error);
}

static enum stance_status read_lines(struct reader *reader, char *bytes, struct stance_error *error) {
  if (strncmp(bytes, "#FORMAT=WebAnno TSV 3", 21) != 0)
    return stance_fail_at(error, STANCE_INPUT, reader->foreign.path, 1, 0,
                          "expected '#FORMAT=WebAnno TSV 3.x' (INCEpTION: export as WebAnno TSV v3.3)");
  for (char *rest = bytes, *line; (line = strsep(&rest, "\n"));) {
    line[strcspn(line, "\r")] = '\0';
    reader->line++;
    STANCE_TRY(read_line(reader, line, error));
  }
  return end_sentence(reader, error);
}

static enum stance_status read_webanno(const char *path, const struct annotate_defaults *defaults,
                                       struct annotate_records *records, struct annotate_losses *losses,
                                       struct stance_error *error) {
  struct reader *reader = calloc(1, sizeof *reader);
  char *bytes;
  size_t length;
  if (!reader) return stance_fail_memory(error);
  reader->foreign = (struct foreign){
      .defaults = defaults, .records = records, .losses = losses, .path = path, .offsets = FOREIGN_CODE_POINTS};
  enum stance_status status = stance_file_read(path, 0, &reader->arena, &bytes, &length, error);
  if (status == STANCE_OK && !stance_utf8_valid(bytes, length))
    status = stance_fail_at(error, STANCE_INPUT, path, 0, 0, "is not UTF-8 text");
  if (status == STANCE_OK) {
    const char *name = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
    reader->article = stance_arena_copy(
        &reader->arena, name,
        strlen(name) > 4 && strcmp(name + strlen(name) - 4, ".tsv") == 0 ? strlen(name) - 4 : strlen(name));
    status = reader->article ? read_lines(reader, bytes, error) : stance_fail_memory(error);
  }
  foreign_close(&reader->foreign);
  stance_buffer_free(&reader->text);
  stance_arena_free(&reader->sentence);
  stance_arena_free(&reader->arena);
  free(reader);
  return status;
}

const struct annotate_format annotate_format_webanno = {.read = read_webanno};
