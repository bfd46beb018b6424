/* SPDX-License-Identifier: MIT
 * Texts for tests, with the mentions that were found written into them: "Malian troops[MLI] left; he[~FRA.MACRON] knew". */
#ifndef ACTOR_TEXT_H
#define ACTOR_TEXT_H

#include <criterion/criterion.h>
#include <glob.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "stance/actors/gazetteer.h"
#include "stance/base/buffer.h"
#include "stance/text/text.h"

/* Writes a file of its own under /tmp; the name is valid until the next call. */
static inline const char *actor_file(const char *json) {
  static char path[64];
  strcpy(path, "/tmp/actors-XXXXXX");
  int file = mkstemp(path);
  cr_assert_geq(file, 0);
  cr_assert_eq(write(file, json, strlen(json)), (ssize_t)strlen(json));
  close(file);
  return path;
}

static inline struct stance_gazetteer *actor_gazetteer(const char *json) {
  struct stance_gazetteer *gazetteer;
  struct stance_error error;
  const char *path = actor_file(json);
  enum stance_status status = stance_gazetteer_open(&path, 1, &gazetteer, &error);
  unlink(path);
  cr_assert_eq(status, STANCE_OK, "%zu: %s", error.line, error.message);
  return gazetteer;
}

static inline struct stance_gazetteer *actor_shipped(void) {
  static struct stance_gazetteer *gazetteer;
  struct stance_error error;
  glob_t paths;
  if (gazetteer) return gazetteer;
  cr_assert_eq(glob("corpora/actors/*.json", 0, NULL, &paths), 0);
  cr_assert_eq(stance_gazetteer_open((const char *const *)paths.gl_pathv, paths.gl_pathc, &gazetteer, &error),
               STANCE_OK, "%s:%zu: %s", error.file, error.line, error.message);
  globfree(&paths);
  return gazetteer;
}

/* The text's sentences, tokens and mentions, in the arena. */
static inline struct stance_document actor_document(const struct stance_gazetteer *gazetteer, const char *date,
                                                    const char *text, bool with_implicit, struct stance_arena *arena) {
  struct stance_text_matcher *matcher;
  struct stance_error error;
  struct stance_document document = {0};
  struct stance_article article = {.text = text, .text_length = strlen(text), .date = date};
  cr_assert_eq(stance_text_matcher_new(&matcher, &error), STANCE_OK);
  cr_assert_eq(stance_sentences_find(matcher, arena, &article, &document, &error), STANCE_OK);
  cr_assert_eq(stance_tokens_find(matcher, arena, &document, &error), STANCE_OK);
  cr_assert_eq(stance_mentions_find(gazetteer, arena, &document, with_implicit, &error), STANCE_OK);
  stance_text_matcher_destroy(matcher);
  return document;
}

/* Sentences on lines. */
static inline void actor_mark(const struct stance_gazetteer *gazetteer, const char *date, const char *text,
                              bool with_implicit, struct stance_buffer *out) {
  struct stance_arena arena = {0};
  struct stance_document document = actor_document(gazetteer, date, text, with_implicit, &arena);
  uint32_t last = 0;
  stance_buffer_clear(out);
  for (uint32_t i = 0; i < document.sentence_count; i++) {
    const struct stance_sentence *sentence = &document.sentences[i];
    uint32_t at = sentence->start;
    if (i) stance_buffer_putc(out, '\n');
    for (uint32_t j = 0; j < sentence->mention_count; j++) {
      const struct stance_mention *mention = &document.mentions[sentence->mention_first + j];
      cr_assert(mention->start >= at && mention->start >= last && mention->end > mention->start &&
                    mention->end <= sentence->end,
                "overlap in %s", text);
      cr_assert_eq(mention->sentence, i);
      stance_buffer_append(out, document.text + at, mention->end - at);
      stance_buffer_printf(out, "[%s%s]", mention->is_implicit ? "~" : "", stance_actor_id(mention->actor));
      at = last = mention->end;
    }
    stance_buffer_append(out, document.text + at, sentence->end - at);
  }
  stance_arena_free(&arena);
}

/* Expects `marked`, with the marks taken out, to be marked so again. */
static inline void actor_expect_at(const struct stance_gazetteer *gazetteer, const char *date, const char *marked,
                                   bool with_implicit, int line) {
  struct stance_buffer found = {0};
  char plain[8192];
  size_t used = 0;
  bool is_mark = false;
  for (const char *at = marked; *at; at++) {
    if (*at == '[') is_mark = true;
    if (!is_mark) plain[used++] = *at == '\n' ? ' ' : *at;
    if (*at == ']') is_mark = false;
    cr_assert_lt(used, sizeof plain);
  }
  plain[used] = '\0';
  actor_mark(gazetteer, date, plain, with_implicit, &found);
  cr_expect_str_eq(found.data, marked, "line %d:\nfound    %s\nexpected %s", line, found.data, marked);
  stance_buffer_free(&found);
}

#define EXPECT_NAMES(gazetteer, marked) actor_expect_at(gazetteer, NULL, marked, false, __LINE__)
#define EXPECT_NAMES_ON(gazetteer, date, marked) actor_expect_at(gazetteer, date, marked, false, __LINE__)
#define EXPECT_ALL(gazetteer, marked) actor_expect_at(gazetteer, NULL, marked, true, __LINE__)
#define EXPECT_ALL_ON(gazetteer, date, marked) actor_expect_at(gazetteer, date, marked, true, __LINE__)

#endif
