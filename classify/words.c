/* SPDX-License-Identifier: MIT */
#include "words.h"

bool classify_words_find(const struct stance_document *document, uint32_t index, struct stance_arena *arena,
                         struct classify_words *words) {
  const struct stance_sentence *sentence = &document->sentences[index];
  uint32_t mention = sentence->mention_first, mention_end = mention + sentence->mention_count;
  words->tokens = document->tokens + sentence->token_first;
  words->count = sentence->token_count;
  words->is_word = stance_arena_alloc(arena, (size_t)words->count + 1, sizeof *words->is_word);
  if (!words->is_word) return false;
  for (uint32_t i = 0; i < words->count; i++) { /* tokens and mentions are both ordered */
    const struct stance_token *token = &words->tokens[i];
    while (mention < mention_end && document->mentions[mention].end <= token->start) mention++;
    bool is_mentioned = mention < mention_end && document->mentions[mention].start < token->end;
    words->is_word[i] = token->kind != STANCE_TOKEN_PUNCTUATION && !is_mentioned;
  }
  return true;
}

uint32_t classify_words_in(const struct classify_words *words, uint32_t start, uint32_t end, uint32_t *first,
                           uint32_t *last) {
  uint32_t low = 0, high = words->count, count = 0;
  while (low < high) { /* binary search for the first token that starts at or after `start` */
    uint32_t middle = low + (high - low) / 2;
    if (words->tokens[middle].start < start) low = middle + 1;
    else high = middle;
  }
  *first = low;
  for (; low < words->count && words->tokens[low].end <= end; low++) count += words->is_word[low];
  *last = low;
  return count;
}
