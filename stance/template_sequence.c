/* SPDX-License-Identifier: MIT
 * A sentence as symbols: its tokens, with each mention of an actor as one symbol whatever its words. */
#include <stdlib.h>
#include <string.h>

#include "template.h"
#include "text.h"
#include "utf8.h"

static bool make_room(struct stance_sequence *sequence, size_t needed) {
  if (needed <= sequence->capacity) return true;
  size_t capacity = sequence->capacity ? sequence->capacity : 64;
  while (capacity < needed) {
    if (capacity > SIZE_MAX / 4 / sizeof(struct stance_mark)) return false;
    capacity *= 2;
  }
  struct stance_token *tokens = realloc(sequence->tokens, capacity * sizeof *tokens);
  if (!tokens) return false;
  sequence->tokens = tokens;
  struct stance_mark *marks = realloc(sequence->marks, capacity * sizeof *marks);
  if (!marks) return false;
  sequence->marks = marks;
  sequence->capacity = capacity;
  return true;
}

void stance_sequence_free(struct stance_sequence *sequence) {
  free(sequence->tokens);
  free(sequence->marks);
  free(sequence->actors);
}

/* The actor's index among the sentence's; those beyond the 255th are one. SIZE_MAX: out of memory. */
static size_t actor_index(struct stance_sequence *sequence, const struct stance_actor *actor) {
  for (size_t i = 0; i < sequence->actor_count; i++)
    if (sequence->actors[i] == actor || i == 255) return i;
  if (sequence->actor_count == sequence->actor_capacity) {
    size_t capacity = sequence->actor_capacity ? sequence->actor_capacity * 2 : 16;
    const struct stance_actor **actors = realloc(sequence->actors, capacity * sizeof *actors);
    if (!actors) return SIZE_MAX;
    sequence->actors = actors;
    sequence->actor_capacity = capacity;
  }
  sequence->actors[sequence->actor_count] = actor;
  return sequence->actor_count++;
}

static bool add_actor(struct stance_sequence *sequence, const struct stance_mention *mention, uint32_t start,
                      uint32_t end) {
  size_t index = actor_index(sequence, mention->actor);
  if (index == SIZE_MAX || !make_room(sequence, sequence->count + 1)) return false;
  struct stance_mark *last = sequence->count ? &sequence->marks[sequence->count - 1] : NULL;
  if (last && last->kind == STANCE_SYMBOL_ACTOR &&
      last->actor == index) { /* the mention's next token, or a title and its name */
    sequence->tokens[sequence->count - 1].end = end;
    return true;
  }
  sequence->tokens[sequence->count] = (struct stance_token){.start = start, .end = end, .kind = STANCE_TOKEN_WORD};
  sequence->marks[sequence->count++] = (struct stance_mark){
      .kind = STANCE_SYMBOL_ACTOR, .actor = (uint16_t)index, .slot = STANCE_SLOT_COUNT, .event = STANCE_NO_EVENT};
  return true;
}

static bool is_letter(char c) { /* of a folded text: beyond ASCII only letters matter */
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

/* What a mention leaves of a token: "-led", "'s" behind it, "anti-" before it, where it meets the mention with
 * something that is no letter; else it is dropped ("Malian" found as "Mali" leaves "an"). */
static bool add_rest(struct stance_sequence *sequence, const char *text, uint32_t start, uint32_t end, bool is_before) {
  char folded[96];
  size_t length = end - start;
  if (!length || length > sizeof folded / 3) return true;
  size_t size = stance_utf8_fold(text + start, length, folded, sizeof folded);
  if (!size || size > sizeof folded || is_letter(is_before ? folded[size - 1] : folded[0])) return true;
  if (!make_room(sequence, sequence->count + 1)) return false;
  struct stance_token *token = &sequence->tokens[sequence->count];
  struct stance_mark *mark = &sequence->marks[sequence->count++];
  stance_token_describe(text + start, length, token);
  token->start = start;
  token->end = end;
  bool has_letters = false;
  for (size_t i = 0; i < size; i++) has_letters |= is_letter(folded[i]);
  token->kind = has_letters ? STANCE_TOKEN_WORD : STANCE_TOKEN_PUNCTUATION;
  *mark = (struct stance_mark){
      .hash = token->hash, .prefix = token->prefix, .slot = STANCE_SLOT_COUNT, .event = STANCE_NO_EVENT};
  mark->kind = has_letters ? STANCE_SYMBOL_WORD : STANCE_SYMBOL_PUNCTUATION;
  if (has_letters && text[start] == '-') { /* "-led" is looked up as "led" */
    struct stance_token bare;
    stance_token_describe(text + start + 1, length - 1, &bare);
    token->hash = bare.hash;
  }
  return true;
}

static bool add_token(struct stance_sequence *sequence, const struct stance_token *token) {
  if (!make_room(sequence, sequence->count + 1)) return false;
  struct stance_mark *mark = &sequence->marks[sequence->count];
  sequence->tokens[sequence->count++] = *token;
  *mark = (struct stance_mark){
      .hash = token->hash, .prefix = token->prefix, .slot = STANCE_SLOT_COUNT, .event = STANCE_NO_EVENT};
  mark->kind = token->kind == STANCE_TOKEN_PUNCTUATION ? STANCE_SYMBOL_PUNCTUATION
               : token->kind == STANCE_TOKEN_NUMBER    ? STANCE_SYMBOL_NUMBER
                                                       : STANCE_SYMBOL_WORD;
  return true;
}

/* One token, cut by the mentions that overlap it; *next: the first mention that does not end before the token. */
static bool add_masked(struct stance_sequence *sequence, const struct stance_document *document,
                       const struct stance_token *token, uint32_t *next, uint32_t last) {
  const struct stance_mention *mentions = document->mentions;
  while (*next < last && mentions[*next].end <= token->start) ++*next;
  if (*next == last || mentions[*next].start >= token->end) return add_token(sequence, token);
  uint32_t at = token->start;
  for (uint32_t i = *next; i < last && mentions[i].start < token->end; i++) {
    uint32_t start = mentions[i].start > at ? mentions[i].start : at;
    uint32_t end = mentions[i].end < token->end ? mentions[i].end : token->end;
    if (end <= start) continue;
    if (!add_rest(sequence, document->text, at, start, at == token->start)) return false;
    if (!add_actor(sequence, &mentions[i], start, end)) return false;
    at = end;
  }
  return add_rest(sequence, document->text, at, token->end, false);
}

/* The closed classes, function words and polarity of each symbol, and what stands in quotation marks. */
void stance_sequence_describe(struct stance_sequence *sequence, const struct stance_grammar_table *grammar) {
  bool is_quoted = false;
  size_t quotes = 0, valued = 0; /* symbols before `valued` are in an entry of valence */
  enum { AHEAD = 64 };
  for (size_t i = 0; i < sequence->count; i++) {
    struct stance_mark *mark = &sequence->marks[i];
    const struct stance_token *token = &sequence->tokens[i];
    const char *text = sequence->text + token->start;
    size_t length = token->end - token->start;
    if (i % AHEAD == 0 && sequence->lexicon)
      for (size_t j = i; j < sequence->count && j < i + AHEAD; j++) stance_lexicon_prefetch(sequence->lexicon, sequence->tokens[j].hash);
    mark->is_quoted = is_quoted;
    if (mark->kind == STANCE_SYMBOL_ACTOR) continue;
    mark->grammar |= stance_grammar_find(grammar, token->hash, &mark->slot);
    if (mark->grammar & STANCE_G_QUOTE) {
      bool opens = length == 3 && (unsigned char)text[2] == 0x9c,
           closes = length == 3 && (unsigned char)text[2] == 0x9d;
      is_quoted = opens ? true : closes ? false : quotes % 2 == 0;
      quotes++;
    }
    if (mark->kind != STANCE_SYMBOL_WORD) continue;
    if (length > 3 && text[length - 1] == 'y' && text[length - 2] == 'l') mark->grammar |= STANCE_G_LY;
    if (length > 2 && text[length - 1] == 's' && (text[length - 2] == '\'' || (unsigned char)text[length - 2] == 0x99))
      mark->grammar |= STANCE_G_POSSESSIVE;
    if (length > 2 && (text[length - 1] == '\'' || (unsigned char)text[length - 1] == 0x99))
      mark->grammar |= STANCE_G_POSSESSIVE;
    struct stance_lexicon_word word;
    if (!sequence->lexicon || !stance_lexicon_describe(sequence->lexicon, token, sequence->count - i, &word)) continue;
    mark->polarity = word.polarity;
    if (i >= valued && word.valence) {
      mark->valence = word.valence;
      valued = i + word.valence_words;
    }
    unsigned reporting =
        word.function & 1u << STANCE_REPORTING; /* "officials said", "according to": its last word tells who speaks */
    unsigned others = word.function & ~reporting;
    for (size_t j = 0; others && j < word.function_words; j++) sequence->marks[i + j].function |= (uint8_t)others;
    if (reporting) sequence->marks[i + word.function_words - 1].function |= (uint8_t)reporting;
  }
}

bool stance_sequence_build(struct stance_sequence *sequence, const struct stance_document *document, uint32_t index) {
  const struct stance_sentence *sentence = &document->sentences[index];
  sequence->text = document->text;
  sequence->count = sequence->actor_count = sequence->event_count = 0;
  uint32_t next = sentence->mention_first, last = next + sentence->mention_count;
  for (uint32_t i = 0; i < sentence->token_count; i++)
    if (!add_masked(sequence, document, &document->tokens[sentence->token_first + i], &next, last)) return false;
  return true;
}
