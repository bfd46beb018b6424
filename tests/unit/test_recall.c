/* SPDX-License-Identifier: MIT
 * Sentences that were scored before get what they got; other texts, other actors and other places are other sentences. */
#include <criterion/criterion.h>
#include <string.h>

#include "stance/base/hash.h"
#include "stance/model/recall.h"

static size_t three(const void *context, size_t head) {
  (void)context, (void)head;
  return 3;
}

/* "Mali left France": sentence 0 with its two mentions, in a document that begins at text. */
static struct stance_document document_of(const char *text, struct stance_sentence *sentence,
                                          struct stance_mention *mentions, uint32_t count) {
  const char *start = strstr(text, "Mali");
  *sentence = (struct stance_sentence){
      .start = (uint32_t)(start - text), .end = (uint32_t)strlen(text), .mention_count = count};
  return (struct stance_document){.text = text, .sentences = sentence, .mentions = mentions};
}

static struct stance_recall_key key_of(const char *text, uint32_t end, char first, char second, uint32_t count) {
  static const char actors[26];
  struct stance_sentence sentence;
  struct stance_mention mentions[2];
  struct stance_document document = document_of(text, &sentence, mentions, count);
  mentions[0] = (struct stance_mention){.start = sentence.start,
                                        .end = sentence.start + end,
                                        .actor = (const struct stance_actor *)(const void *)&actors[first - 'a']};
  mentions[1] = (struct stance_mention){.start = sentence.start + 10,
                                        .end = sentence.start + 16,
                                        .actor = (const struct stance_actor *)(const void *)&actors[second - 'a']};
  return stance_recall_key(&document, 0);
}

static bool is_same(struct stance_recall_key a, struct stance_recall_key b) {
  return a.low == b.low && a.high == b.high;
}

Test(recall, tells_sentences_apart_by_text_and_mentions) {
  struct stance_recall_key key = key_of("Mali left France", 4, 'a', 'b', 2);
  cr_assert(is_same(key, key_of("Elsewhere. Mali left France", 4, 'a', 'b', 2)));
  cr_assert_not(is_same(key, key_of("Mali left Norway", 4, 'a', 'b', 2)));
  cr_assert_not(is_same(key, key_of("Mali left France", 4, 'b', 'a', 2)));
  cr_assert_not(is_same(key, key_of("Mali left France", 4, 'a', 'c', 2)));
  cr_assert_not(is_same(key, key_of("Mali left France", 9, 'a', 'b', 2)));
  cr_assert_not(is_same(key, key_of("Mali left France", 4, 'a', 'b', 1)));
  cr_assert_not(is_same(key, key_of("Mali left France", 4, 'a', 'b', 0)));
}

/* A short run keeps nothing; this one goes on. */
static struct stance_recall *recall_new(void) {
  struct stance_recall *recall = stance_recall_new();
  const struct stance_prediction one = {.label = 1};
  for (uint64_t i = 1; i < 1000 && !stance_recall_find(recall, (struct stance_recall_key){1, i - 1}); i++)
    stance_recall_keep(recall, (struct stance_recall_key){1, i}, &one, 1, three, NULL);
  return recall;
}

Test(recall, gives_back_what_was_kept) {
  struct stance_recall *recall = recall_new();
  const struct stance_prediction kept[] = {{.label = 2, .score = 0.25f, .p = {0.25f, 0.25f, 0.5f}},
                                           {.label = 0, .score = -0.5f, .p = {0.75f, 0.125f, 0.125f}}};
  struct stance_recall_key key = {12345, 678}, other = {12345, 679};
  cr_assert_null(stance_recall_find(recall, key));
  cr_assert_null(stance_recall_find(recall, (struct stance_recall_key){0, 0}));
  stance_recall_keep(recall, key, kept, 2, three, NULL);
  cr_assert_null(stance_recall_find(recall, other));
  const uint32_t *words = stance_recall_find(recall, key);
  cr_assert(words);
  for (size_t i = 0; i < 2; i++) {
    struct stance_prediction out = {.head = 7};
    words = stance_recall_read(words, 3, &out);
    cr_assert_eq(out.label, kept[i].label);
    cr_assert_eq(out.score, kept[i].score);
    cr_assert_eq(memcmp(out.p, kept[i].p, 3 * sizeof *out.p), 0);
    cr_assert_eq(out.head, 7);
  }
  stance_recall_destroy(recall);
  stance_recall_destroy(NULL);
}

static struct stance_recall_key hashed(uint64_t number) {
  return (struct stance_recall_key){stance_hash_combine(1, number), number};
}

/* More than the ring holds, several times: what is found is never another sentence's. */
Test(recall, forgets_the_older_ones) {
  struct stance_recall *recall = recall_new();
  size_t found = 0, last = 700000;
  for (size_t i = 1; i <= last; i++) {
    struct stance_prediction one = {.label = (uint32_t)i};
    stance_recall_keep(recall, hashed(i), &one, 1, three, NULL);
  }
  for (size_t i = 1; i <= last; i++) {
    struct stance_prediction out;
    const uint32_t *words = stance_recall_find(recall, hashed(i));
    if (!words) continue;
    stance_recall_read(words, 3, &out);
    cr_assert_eq(out.label, i);
    found++;
  }
  cr_assert(found >= 60000 && found < 70000, "%zu", found);
  cr_assert(stance_recall_find(recall, hashed(last)));
  stance_recall_destroy(recall);
}

/* Half as many sentences as there are places, which come again in the same order: all but a few are still there. (Places
 * of one key each would have lost one in five.) */
Test(recall, keeps_sentences_that_come_in_turn) {
  struct stance_recall *recall = recall_new();
  size_t found = 0, last = 32000;
  for (size_t i = 1; i <= last; i++) {
    struct stance_prediction one = {.label = (uint32_t)i};
    stance_recall_keep(recall, hashed(i), &one, 1, three, NULL);
  }
  for (size_t i = 1; i <= last; i++) found += stance_recall_find(recall, hashed(i)) != NULL;
  cr_assert(found > last / 100 * 97, "%zu", found);
  stance_recall_destroy(recall);
}
