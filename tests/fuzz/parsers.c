/* SPDX-License-Identifier: MIT
 * Fuzz targets of the library and of inputs, one a parser (main.c chooses). Beyond crashes each checks what holds of any
 * input: text out is UTF-8, spans lie in order inside of their text, records survive a round trip, probabilities are a distribution. */
#include "fuzz.h"

#include <math.h>

#include "input/html.h"
#include "input/ids.h"
#include "input/item.h"
#include "input/reader.h"
#include "stance/actors/gazetteer.h"
#include "stance/base/file.h"
#include "stance/base/hash.h"
#include "stance/base/utf8.h"
#include "stance/events/lexicon.h"
#include "stance/labels/codebook.h"
#include "stance/labels/record.h"
#include "stance/model/model.h"
#include "stance/model/model_file.h"
#include "stance/text/text.h"

static struct stance_text_matcher *matcher(void) {
  static struct stance_text_matcher *made;
  if (!made) HOLDS(stance_text_matcher_new(&made, &error) == STANCE_OK);
  return made;
}

static const struct stance_gazetteer *small_gazetteer(void) {
  static struct stance_gazetteer *made;
  static const char json[] =
      "{\"actors\":[{\"id\":\"MLI\",\"name\":\"Mali\",\"type\":\"state\",\"aliases\":[\"Mali\",\"Malian\",\"Bamako\"]},"
      "{\"id\":\"FRA\",\"name\":\"France\",\"type\":\"state\",\"aliases\":[\"France\",\"French\",\"US\"]},"
      "{\"id\":\"MLI.G\",\"name\":\"Assimi "
      "Goita\",\"type\":\"person\",\"aliases\":[\"Goita\"],\"affiliation\":\"MLI\"}]}";
  if (made) return made;
  const char *path = as_file((const uint8_t *)json, sizeof json - 1, ".json");
  HOLDS(stance_gazetteer_open(&path, 1, &made, &error) == STANCE_OK);
  unlink(path);
  return made;
}

static void check_document(const struct stance_document *document) {
  uint32_t behind = 0;
  HOLDS(stance_utf8_valid(document->text, document->length));
  for (uint32_t i = 0; i < document->sentence_count; i++) {
    const struct stance_sentence *sentence = &document->sentences[i];
    HOLDS(sentence->start >= behind && sentence->start < sentence->end && sentence->end <= document->length);
    behind = sentence->end;
    uint32_t at = sentence->start;
    for (uint32_t j = 0; j < sentence->token_count; j++) {
      const struct stance_token *token = &document->tokens[sentence->token_first + j];
      HOLDS(token->start >= at && token->start < token->end && token->end <= sentence->end);
      at = token->end;
    }
    for (uint32_t j = 0; j < sentence->mention_count; j++) {
      const struct stance_mention *mention = &document->mentions[sentence->mention_first + j];
      HOLDS(mention->actor && mention->start < mention->end && mention->start >= sentence->start &&
            mention->end <= sentence->end);
    }
  }
}

/* Text through sentences, tokens, mentions and references. */
static void fuzz_text(const uint8_t *data, size_t size) {
  struct stance_arena arena = {0};
  struct stance_document document = {0};
  size_t length, repaired;
  const char *text = stance_utf8_repair(&arena, (const char *)data, size, &length, &repaired);
  const struct stance_article article = {.id = "a", .text = text, .text_length = length};
  HOLDS(stance_sentences_find(matcher(), &arena, &article, &document, &error) == STANCE_OK);
  HOLDS(stance_tokens_find(matcher(), &arena, &document, &error) == STANCE_OK);
  HOLDS(stance_mentions_find(small_gazetteer(), &arena, &document, true, &error) == STANCE_OK);
  check_document(&document);
  stance_arena_free(&arena);
}

/* Any file of articles: the form is found by its bytes; the first byte chooses the ending. */
static void fuzz_article(const uint8_t *data, size_t size) {
  static const char *const endings[] = {".txt",  ".jsonl", ".json", ".csv", ".tsv", ".html", ".xml",
                                        ".warc", ".eml",   ".mbox", ".gz",  ".tar", ".zip",  ""};
  if (!size) return;
  const char *path = as_file(data + 1, size - 1, endings[data[0] % (sizeof endings / sizeof *endings)]);
  struct input_reading reading = {
      .paths = &path, .path_count = 1, .max_bytes = 1 << 20, .options = {.repair = data[0] & 0x80}};
  struct input_reader *reader = NULL;
  struct input_item item;
  struct input_article article;
  struct stance_arena arena = {0};
  bool has;
  enum stance_status status = input_reader_open(&reading, &reader, &error);
  check_message(status);
  while (status == STANCE_OK && (status = input_reader_next(reader, &item, &has, &error)) == STANCE_OK && has) {
    stance_arena_reset(&arena);
    char *copy = item.kind == INPUT_ARTICLE ? stance_arena_copy(&arena, item.data, item.length) : NULL;
    if (copy) item.data = copy;
    if (input_item_article(&item, &arena, &article, &error) != STANCE_OK) continue;
    HOLDS(article.article.text && stance_utf8_valid(article.article.text, article.article.text_length));
    const char *const lines[] = {article.article.id, article.article.title, article.article.date,
                                 article.article.outlet};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
      HOLDS(!lines[i] || stance_utf8_valid(lines[i], strlen(lines[i])));
  }
  input_reader_close(reader);
  stance_arena_free(&arena);
  unlink(path);
}

/* Label records: what is read is written, read again and the same. */
static void fuzz_records(const uint8_t *data, size_t size) {
  struct stance_arena arena = {0};
  struct stance_record *records, *again;
  struct stance_buffer out = {0}, second = {0};
  size_t count, again_count;
  const char *path = as_file(data, size, ".jsonl");
  enum stance_status status = stance_records_read(path, &arena, &records, &count, &error);
  check_message(status);
  if (status == STANCE_OK) {
    for (size_t i = 0; i < count; i++) stance_record_write(&records[i], &out);
    path = as_file((const uint8_t *)(out.data ? out.data : ""), out.length, ".jsonl");
    HOLDS(stance_records_read(path, &arena, &again, &again_count, &error) == STANCE_OK && again_count == count);
    for (size_t i = 0; i < count; i++) stance_record_write(&again[i], &second);
    HOLDS(out.length == second.length && (!out.length || memcmp(out.data, second.data, out.length) == 0));
    for (size_t i = 0; i < count; i++) {
      struct stance_document document = {0};
      if (*records[i].text && stance_record_document(&records[i], matcher(), &arena, &document, &error) == STANCE_OK)
        check_document(&document);
    }
  }
  stance_buffer_free(&out);
  stance_buffer_free(&second);
  stance_arena_free(&arena);
  unlink(path);
}

static void fuzz_codebook(const uint8_t *data, size_t size) {
  struct stance_arena arena = {0};
  struct stance_codebook codebook;
  char *text = stance_arena_copy(&arena, (const char *)data, size);
  enum stance_status status = stance_codebook_parse(text, size, "codebook", &arena, &codebook, &error);
  check_message(status);
  for (size_t h = 0; status == STANCE_OK && h < codebook.head_count; h++)
    for (size_t l = 0; l < codebook.heads[h].label_count; l++)
      HOLDS(stance_head_label(&codebook.heads[h], codebook.heads[h].labels[l].name) == (int)l);
  stance_arena_free(&arena);
}

static void fuzz_gazetteer(const uint8_t *data, size_t size) {
  struct stance_gazetteer *gazetteer = NULL;
  size_t findings;
  const char *path = as_file(data, size, ".json");
  enum stance_status status = stance_gazetteer_open(&path, 1, &gazetteer, &error);
  check_message(status);
  for (size_t i = 0; status == STANCE_OK && i < stance_gazetteer_count(gazetteer); i++) {
    const struct stance_actor *actor = stance_gazetteer_actor(gazetteer, i);
    HOLDS(stance_gazetteer_find(gazetteer, stance_actor_id(actor)) == actor);
  }
  stance_gazetteer_close(gazetteer);
  stance_gazetteer_check(&path, 1, NULL, NULL, &findings, &error);
  unlink(path);
}

static void fuzz_lexicon(const uint8_t *data, size_t size) {
  struct stance_lexicon *lexicon = NULL;
  enum stance_status status = stance_lexicon_parse((const char *)data, size, &lexicon, &error);
  if (status == STANCE_OK) HOLDS(lexicon);
  stance_lexicon_close(lexicon);
}

/* A model whose size and checksum are made right, so that what lies behind them is reached. */
static void fuzz_model(const uint8_t *data, size_t size) {
  struct stance_model *model = NULL;
  if (size < sizeof(struct model_prefix)) return;
  uint8_t *copy = malloc(size);
  HOLDS(copy);
  memcpy(copy, data, size);
  struct model_prefix prefix;
  memcpy(&prefix, copy, sizeof prefix);
  prefix.size = size;
  prefix.hash = stance_hash((const char *)copy + sizeof prefix, size - sizeof prefix);
  memcpy(copy, &prefix, sizeof prefix);
  const char *path = as_file(copy, size, ".model");
  enum stance_status status = stance_model_open(path, &model, &error);
  check_message(status);
  for (size_t h = 0; status == STANCE_OK && h < stance_model_head_count(model); h++) {
    double decisions[STANCE_LABELS_MAX];
    float p[STANCE_LABELS_MAX], score;
    double sum = 0;
    uint32_t label;
    for (int d = 0; d < STANCE_LABELS_MAX; d++) decisions[d] = (d - 3) * 0.7;
    stance_model_calibrate(model, h, decisions, p, &label, &score);
    HOLDS(label < stance_model_label_count(model, h));
    for (size_t l = 0; l < stance_model_label_count(model, h); l++) {
      HOLDS(p[l] >= 0 && p[l] <= 1);
      sum += (double)p[l];
    }
    HOLDS(fabs(sum - 1) < 1e-3);
  }
  stance_model_close(model);
  unlink(path);
  free(copy);
}

const struct fuzz_target fuzz_targets[] = {
    {"text", fuzz_text},           {"article", fuzz_article}, {"records", fuzz_records}, {"codebook", fuzz_codebook},
    {"gazetteer", fuzz_gazetteer}, {"lexicon", fuzz_lexicon}, {"model", fuzz_model},     {0}};
