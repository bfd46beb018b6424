/* SPDX-License-Identifier: MIT
 * Opening a lexicon, from a folder or from a model's section, and looking words up in it. */
#include "lexicon.h"

#include <stdlib.h>
#include <string.h>

#include "frame.h"
#include "lexicon_internal.h"
#include "stance/base/error.h"
#include "stance/base/file.h"
#include "stance/base/utf8.h"

static const char *const section_names[LEXICON_SECTIONS] = {
    "conflict-cooperation.tsv", "function-words.tsv", "afinn-165.tsv", "news-valence.tsv",
    "frame-verbs.tsv",          "frame-objects.tsv",  "frames.tsv"};
/* ---- the text in one piece: before each source a line of "\f" and its name ---------------------------------- */

static enum stance_status read_all(struct stance_lexicon *lexicon, const char *folder, struct stance_error *error) {
  const char *text = lexicon->text;
  size_t length = lexicon->text_length, at = 0;
  for (size_t i = 0; i < LEXICON_SECTIONS; i++) {
    size_t name_length = strlen(section_names[i]);
    if (length - at < name_length + 2 || text[at] != '\f' ||
        memcmp(text + at + 1, section_names[i], name_length) != 0 || text[at + 1 + name_length] != '\n')
      return stance_fail(error, STANCE_INPUT, "lexicon without its part '%s'", section_names[i]);
    at += name_length + 2;
    const char *next = i + 1 < LEXICON_SECTIONS ? memchr(text + at, '\f', length - at) : NULL;
    size_t end = next ? (size_t)(next - text) : length;
    char path[512];
    snprintf(path, sizeof path, "%s%s%s", folder ? folder : "", folder ? "/" : "", section_names[i]);
    STANCE_TRY(stance_lexicon_read_section(lexicon, i, path, text + at, end - at, error));
    at = end;
  }
  if (!stance_frames_finish(lexicon->frames)) return stance_fail_memory(error);
  stance_lexicon_resolve_readings(lexicon);
  return STANCE_OK;
}

/* Sizes the tables by the length of the text, so that they seldom grow (a table that grows leaves its old copy in the
 * arena). The shipped lexicon has a lexeme per 194 bytes, a form per 64, a word per 67, and a later word of an entry
 * per 42. */
static bool make_room(struct stance_lexicon *lexicon) {
  size_t words = 64, nodes = 64, readings = lexicon->text_length / 64 + 1, lexemes = lexicon->text_length / 192 + 1;
  while (words < lexicon->text_length / 32) words *= 2;
  while (nodes < lexicon->text_length / 20) nodes *= 2;
  lexicon->readings =
      stance_arena_grow(&lexicon->arena, NULL, &lexicon->reading_capacity, readings, sizeof *lexicon->readings);
  lexicon->lexemes =
      stance_arena_grow(&lexicon->arena, NULL, &lexicon->lexeme_capacity, lexemes, sizeof *lexicon->lexemes);
  lexicon->starts = stance_arena_zalloc(&lexicon->arena, 1, sizeof *lexicon->starts);
  lexicon->frames = stance_frames_new(&lexicon->arena);
  return lexicon->starts && lexicon->frames && lexicon->readings && lexicon->lexemes &&
         stance_lexicon_words_grow(lexicon, words) && stance_lexicon_nodes_grow(lexicon, nodes);
}

static enum stance_status finish(struct stance_lexicon *lexicon, const char *folder, enum stance_status status,
                                 struct stance_lexicon **out, struct stance_error *error) {
  if (status == STANCE_OK && !stance_utf8_valid(lexicon->text, lexicon->text_length))
    status = stance_fail_at(error, STANCE_INPUT, folder, 0, 0, "lexicon is not UTF-8");
  if (status == STANCE_OK && !make_room(lexicon)) status = stance_fail_memory(error);
  if (status == STANCE_OK) status = read_all(lexicon, folder, error);
  if (status != STANCE_OK) {
    stance_lexicon_close(lexicon);
    return status;
  }
  *out = lexicon;
  return STANCE_OK;
}

enum stance_status stance_lexicon_open(const char *folder, struct stance_lexicon **out, struct stance_error *error) {
  *out = NULL;
  struct stance_lexicon *lexicon = calloc(1, sizeof *lexicon);
  if (!lexicon) return stance_fail_memory(error);
  struct stance_arena arena = {NULL, NULL};
  enum stance_status status = STANCE_OK;
  for (size_t i = 0; status == STANCE_OK && i < LEXICON_SECTIONS; i++) {
    char *path = stance_arena_format(&arena, "%s/%s", folder, section_names[i]), *data;
    size_t length;
    status = path ? stance_file_read(path, 0, &arena, &data, &length, error) : stance_fail_memory(error);
    if (status != STANCE_OK) break;
    const char *bad = memchr(data, '\f', length);
    if (bad) {
      status = stance_fail_at(error, STANCE_INPUT, path, 0, 0, "has a form feed");
      break;
    }
    stance_buffer_printf(&lexicon->own, "\f%s\n", section_names[i]);
    stance_buffer_append(&lexicon->own, data, length);
    if (length && data[length - 1] != '\n') stance_buffer_putc(&lexicon->own, '\n');
  }
  stance_arena_free(&arena);
  if (status == STANCE_OK && lexicon->own.failed) status = stance_fail_memory(error);
  lexicon->text = lexicon->own.data;
  lexicon->text_length = lexicon->own.length;
  return finish(lexicon, folder, status, out, error);
}

enum stance_status stance_lexicon_parse(const char *text, size_t length, struct stance_lexicon **out,
                                        struct stance_error *error) {
  *out = NULL;
  struct stance_lexicon *lexicon = calloc(1, sizeof *lexicon);
  if (!lexicon) return stance_fail_memory(error);
  lexicon->text = text;
  lexicon->text_length = length;
  return finish(lexicon, NULL, STANCE_OK, out, error);
}

void stance_lexicon_close(struct stance_lexicon *lexicon) {
  if (!lexicon) return;
  stance_buffer_free(&lexicon->own);
  stance_arena_free(&lexicon->arena);
  free(lexicon);
}

const char *stance_lexicon_text(const struct stance_lexicon *lexicon, size_t *length) {
  *length = lexicon->text_length;
  return lexicon->text;
}

/* ---- looking up -------------------------------------------------------------------------------------------- */

const struct stance_frames *stance_lexicon_frames(const struct stance_lexicon *lexicon) { return lexicon->frames; }

size_t stance_lexicon_lexeme_count(const struct stance_lexicon *lexicon) { return lexicon->lexeme_count; }

const struct stance_lexeme *stance_lexicon_lexeme(const struct stance_lexicon *lexicon, size_t index) {
  return &lexicon->lexemes[index];
}

const struct stance_reading *stance_lexicon_read(const struct stance_lexicon *lexicon,
                                                 const struct stance_token *tokens, size_t count, size_t *words) {
  struct stance_lexicon_word word;
  *words = 0;
  if (!count || !stance_lexicon_lookup(lexicon, tokens[0].hash, &word)) return NULL;
  struct stance_lexicon_row row;
  unsigned lists = word.longer & stance_lexicon_longer(lexicon->starts, tokens, count) & STANCE_LONGER_LEXEME;
  stance_lexicon_row(lexicon, lists, tokens, count, &row);
  *words = row.reading ? row.reading_words : word.reading ? 1 : 0;
  return row.reading ? row.reading : word.reading;
}

static int score_of(uint32_t value) { return value ? (int)value - 6 : 0; }

bool stance_lexicon_lookup(const struct stance_lexicon *lexicon, uint64_t hash, struct stance_lexicon_word *out) {
  const struct lexicon_word *word = stance_lexicon_word_find(lexicon, hash);
  if (!word) return false;
  *out = (struct stance_lexicon_word){.reading = word->reading ? &lexicon->readings[word->reading - 1] : NULL,
                                      .polarity = (int8_t)score_of(word->polarity),
                                      .valence = (int8_t)score_of(word->valence),
                                      .function = word->function,
                                      .longer = word->goes_on};
  return true;
}

void stance_lexicon_prefetch(const struct stance_lexicon *lexicon, uint64_t hash) {
  if (lexicon->word_capacity) __builtin_prefetch(&lexicon->words[lexicon_filled(hash) & (lexicon->word_capacity - 1)]);
}

void stance_lexicon_words(const struct stance_lexicon *lexicon, void (*each)(void *context, uint64_t hash),
                          void *context) {
  for (size_t i = 0; i < lexicon->word_capacity; i++)
    if (lexicon->words[i].hash) each(context, lexicon->words[i].hash);
}

void stance_lexicon_row(const struct stance_lexicon *lexicon, unsigned lists, const struct stance_token *tokens,
                        size_t count, struct stance_lexicon_row *out) {
  *out = (struct stance_lexicon_row){.reading = NULL};
  if (lists & STANCE_LONGER_LEXEME) {
    uint32_t reading = stance_lexicon_row_find(lexicon, LIST_LEXEME, tokens, count, &out->reading_words);
    if (reading && reading <= lexicon->reading_count) out->reading = &lexicon->readings[reading - 1];
  }
  if (lists & STANCE_LONGER_FUNCTION)
    out->function = (uint8_t)stance_lexicon_row_find(lexicon, LIST_FUNCTION, tokens, count, &out->function_words);
  if (lists & STANCE_LONGER_VALENCE)
    out->valence = (int8_t)score_of(stance_lexicon_row_find(lexicon, LIST_VALENCE, tokens, count, &out->valence_words));
}

void stance_lexicon_prefetch_row(const struct stance_lexicon *lexicon, unsigned lists,
                                 const struct stance_token *tokens) {
  for (enum lexicon_list list = LIST_LEXEME; list <= LIST_VALENCE; list++)
    if (lists >> list & 1)
      __builtin_prefetch(&lexicon->nodes[stance_lexicon_row_key(list, tokens) & (lexicon->node_capacity - 1)]);
}

const struct stance_lexicon_starts *stance_lexicon_starts(const struct stance_lexicon *lexicon) {
  return lexicon->starts;
}
