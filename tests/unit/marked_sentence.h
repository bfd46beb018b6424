/* SPDX-License-Identifier: MIT
 * Sentences for tests with their mentions written into them: "[Mali|A]'s junta accused [France|B]". */
#ifndef MARKED_SENTENCE_H
#define MARKED_SENTENCE_H

#include <criterion/criterion.h>
#include <string.h>

#include "stance/actors/gazetteer.h"
#include "stance/features/feature.h"
#include "stance/text/text.h"

struct marked_sentence {
  struct stance_arena arena;
  struct stance_document document;
  struct stance_mention mentions[16];
  struct stance_actor actors[26]; /* by letter; P is of the press, the others are states */
  char names[26][2];
  struct stance_unit unit;
};

/* A unit source -> target; '\0': none. */
static inline void marked_make(struct marked_sentence *marked, const char *text, char source, char target) {
  static struct stance_text_matcher *matcher;
  struct stance_error error;
  char plain[2048];
  size_t length = 0;
  uint32_t count = 0;
  memset(marked, 0, sizeof *marked);
  if (!matcher) cr_assert_eq(stance_text_matcher_new(&matcher, &error), STANCE_OK);
  for (int i = 0; i < 26; i++) {
    marked->names[i][0] = (char)('A' + i);
    marked->actors[i].id = marked->actors[i].name = marked->names[i];
    marked->actors[i].index = (uint32_t)i;
    if (i == 'P' - 'A') marked->actors[i].kind = STANCE_ACTOR_MEDIA;
  }
  for (const char *c = text; *c; c++) {
    if (*c == '[') {
      marked->mentions[count].start = (uint32_t)length;
    } else if (*c == '|') {
      marked->mentions[count].end = (uint32_t)length;
      marked->mentions[count++].actor = &marked->actors[c[1] - 'A'];
      c += 2;
    } else {
      plain[length++] = *c;
    }
  }
  plain[length] = '\0';
  char *copy = stance_arena_copy(&marked->arena, plain, length);
  struct stance_document *document = &marked->document;
  cr_assert_eq(stance_sentence_whole(&marked->arena, copy, length, document, &error), STANCE_OK);
  cr_assert_eq(stance_tokens_find(matcher, &marked->arena, document, &error), STANCE_OK);
  document->mentions = marked->mentions;
  document->mention_count = document->sentences[0].mention_count = count;
  marked->unit = (struct stance_unit){.source = source ? &marked->actors[source - 'A'] : NULL,
                                      .target = target ? &marked->actors[target - 'A'] : NULL};
}

static inline void marked_free(struct marked_sentence *marked) { stance_arena_free(&marked->arena); }

#endif
