/* SPDX-License-Identifier: MIT
 * A sentence as symbols: its tokens, with each mention of an actor as one symbol however many words it has; and what
 * the tables say of each symbol. */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "stance/base/utf8.h"
#include "stance/text/text.h"
#include "word_cache.h"

static bool make_room(struct stance_sequence *sequence, size_t needed) {
  if (needed <= sequence->capacity) return true;
  size_t capacity = sequence->capacity ? sequence->capacity : 64;
  while (capacity < needed) {
    if (capacity > SIZE_MAX / 4 / sizeof(struct stance_word_info)) return false;
    capacity *= 2;
  }
  struct stance_token *cut = realloc(sequence->cut, capacity * sizeof *cut);
  if (!cut) return false;
  sequence->cut = cut;
  struct stance_word_info *info = realloc(sequence->info, capacity * sizeof *info);
  if (!info) return false;
  sequence->info = info;
  uint64_t *symbols = realloc(sequence->symbols, capacity * sizeof *symbols);
  if (!symbols) return false;
  sequence->symbols = symbols;
  uint32_t *places = realloc(sequence->places, capacity * sizeof *places);
  if (!places) return false;
  sequence->places = places;
  struct stance_candidate *candidates = realloc(sequence->candidates, capacity * sizeof *candidates);
  if (!candidates) return false;
  sequence->candidates = candidates;
  struct stance_start *starts = realloc(sequence->starts, capacity * sizeof *starts);
  if (!starts) return false;
  sequence->starts = starts;
  sequence->capacity = capacity;
  return true;
}

void stance_sequence_free(struct stance_sequence *sequence) {
  free(sequence->cut);
  free(sequence->info);
  free(sequence->symbols);
  free(sequence->places);
  free(sequence->candidates);
  free(sequence->starts);
  free(sequence->actors);
}

/* The actor's index among the actors of the sentence; all after the 255th share one index. SIZE_MAX: out of memory. */
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
  struct stance_word_info *last = sequence->count ? &sequence->info[sequence->count - 1] : NULL;
  if (last && last->kind == STANCE_SYMBOL_ACTOR &&
      last->actor == index) { /* the mention's next token, or a title and its name */
    sequence->cut[sequence->count - 1].end = end;
    return true;
  }
  sequence->cut[sequence->count] = (struct stance_token){.start = start, .end = end, .kind = STANCE_TOKEN_WORD};
  sequence->places[sequence->place_count++] = (uint32_t)sequence->count;
  sequence->info[sequence->count++] = (struct stance_word_info){
      .kind = STANCE_SYMBOL_ACTOR, .actor = (uint16_t)index, .slot = STANCE_SLOT_COUNT, .event = STANCE_NO_EVENT};
  return true;
}

static bool is_letter(char c) { /* of folded text; any byte beyond ASCII counts as a letter */
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

/* Adds what a mention leaves of a token: "-led" or "'s" after it, "anti-" before it. A rest that meets the mention with
 * a letter is dropped ("Malian" found as "Mali" leaves "an"). */
static bool add_rest(struct stance_sequence *sequence, const char *text, uint32_t start, uint32_t end, bool is_before) {
  char folded[96];
  size_t length = end - start;
  if (!length || length > sizeof folded / 3) return true;
  size_t size = stance_utf8_fold(text + start, length, folded, sizeof folded);
  if (!size || size > sizeof folded || is_letter(is_before ? folded[size - 1] : folded[0])) return true;
  if (!make_room(sequence, sequence->count + 1)) return false;
  struct stance_token *token = &sequence->cut[sequence->count];
  stance_token_describe(text + start, length, token);
  sequence->symbols[sequence->count] = token->hash;
  token->start = start;
  token->end = end;
  bool has_letters = false;
  for (size_t i = 0; i < size; i++) has_letters |= is_letter(folded[i]);
  token->kind = has_letters ? STANCE_TOKEN_WORD : STANCE_TOKEN_PUNCTUATION;
  sequence->info[sequence->count++] =
      (struct stance_word_info){.kind = has_letters ? STANCE_SYMBOL_WORD : STANCE_SYMBOL_PUNCTUATION,
                                .slot = STANCE_SLOT_COUNT,
                                .event = STANCE_NO_EVENT};
  if (has_letters && text[start] == '-') { /* "-led" is looked up as "led" */
    struct stance_token bare;
    stance_token_describe(text + start + 1, length - 1, &bare);
    token->hash = bare.hash;
  }
  return true;
}

/* Only kinds: stance_sequence_describe fills in the rest. */
static void put_kinds(struct stance_word_info *info, const struct stance_token *tokens, size_t count) {
  static const uint8_t kinds[] = {[STANCE_TOKEN_NUMBER] = STANCE_SYMBOL_NUMBER,
                                  [STANCE_TOKEN_PUNCTUATION] = STANCE_SYMBOL_PUNCTUATION}; /* the others: words */
  for (size_t i = 0; i < count; i++) info[i].kind = kinds[tokens[i].kind];
}

static void put_symbols(const struct stance_sequence *sequence, uint64_t *symbols, const struct stance_token *tokens,
                        size_t count) {
  for (size_t i = 0; i < count; i++)
    symbols[i] = tokens[i].kind == STANCE_TOKEN_NUMBER ? sequence->number : tokens[i].hash;
}

/* Adds tokens that no mention overlaps. */
static bool add_tokens(struct stance_sequence *sequence, const struct stance_token *tokens, size_t count) {
  if (!make_room(sequence, sequence->count + count)) return false;
  memcpy(sequence->cut + sequence->count, tokens, count * sizeof *tokens);
  put_kinds(sequence->info + sequence->count, tokens, count);
  put_symbols(sequence, sequence->symbols + sequence->count, tokens, count);
  sequence->count += count;
  return true;
}

/* Adds one token, cut by the mentions from `next` on that overlap it. */
static bool add_masked(struct stance_sequence *sequence, const struct stance_document *document,
                       const struct stance_token *token, uint32_t next, uint32_t last) {
  const struct stance_mention *mentions = document->mentions;
  uint32_t at = token->start;
  for (uint32_t i = next; i < last && mentions[i].start < token->end; i++) {
    uint32_t start = mentions[i].start > at ? mentions[i].start : at;
    uint32_t end = mentions[i].end < token->end ? mentions[i].end : token->end;
    if (end <= start) continue;
    if (!add_rest(sequence, document->text, at, start, at == token->start)) return false;
    if (!add_actor(sequence, &mentions[i], start, end)) return false;
    at = end;
  }
  return add_rest(sequence, document->text, at, token->end, false);
}

bool stance_sequence_build(struct stance_sequence *sequence, const struct stance_document *document, uint32_t index) {
  const struct stance_sentence *sentence = &document->sentences[index];
  const struct stance_token *token = document->tokens + sentence->token_first, *end = token + sentence->token_count;
  const struct stance_mention *mentions = document->mentions;
  uint32_t next = sentence->mention_first, last = next + sentence->mention_count;
  sequence->text = document->text;
  sequence->count = sequence->actor_count = sequence->event_count = sequence->place_count = 0;
  sequence->candidate_count = sequence->start_count = 0;
  sequence->has_symbols = next < last;
  if (next == last) {
    if (!make_room(sequence, sentence->token_count)) return false;
    put_kinds(sequence->info, token, sentence->token_count);
    sequence->tokens = token;
    sequence->count = sentence->token_count;
    return true;
  }
  while (token < end) {
    while (next < last && mentions[next].end <= token->start) next++;
    const struct stance_token *whole = next < last ? token : end; /* the first token that a mention cuts */
    while (whole < end && whole->end <= mentions[next].start) whole++;
    if (whole > token && !add_tokens(sequence, token, (size_t)(whole - token))) return false;
    if (whole < end && !add_masked(sequence, document, whole, next, last)) return false;
    token = whole + (whole < end);
  }
  sequence->tokens = sequence->cut;
  return true;
}

void stance_sequence_symbols(struct stance_sequence *sequence) {
  put_symbols(sequence, sequence->symbols, sequence->tokens, sequence->count);
  sequence->has_symbols = true;
}

/* ---- what the tables say ------------------------------------------------------------------------------------ */

static bool is_apostrophe(char c) { return c == '\'' || (unsigned char)c == 0x99; /* the last byte of U+2019 */ }

/* The word classes that the last letters tell: -ly, 's. */
static uint32_t ending_of(const char *text, size_t length) {
  if (length < 3) return 0;
  char last = text[length - 1], before = text[length - 2];
  bool is_ly = length > 3 && last == 'y' && before == 'l';
  bool is_possessive = is_apostrophe(last) || (last == 's' && is_apostrophe(before));
  return (is_ly ? STANCE_CLASS_LY : 0) | (is_possessive ? STANCE_CLASS_POSSESSIVE : 0);
}

/* Whether the text after quotation mark number `quotes`, from 0, is quoted. Curly marks tell; of the straight ones, the
 * first, third ... open. */
static bool is_quoted_behind(const char *text, size_t length, size_t quotes) {
  if (length == 3 && (unsigned char)text[2] == 0x9c) return true;
  if (length == 3 && (unsigned char)text[2] == 0x9d) return false;
  return quotes % 2 == 0;
}

/* Makes the last word of a reporting entry ("said", "according to") a candidate for a speech event. */
static void mark_speech(struct stance_sequence *sequence, uint32_t symbol) {
  size_t at = sequence->candidate_count;
  sequence->info[symbol].function |= 1u << STANCE_REPORTING;
  while (at > 0 && sequence->candidates[at - 1].symbol > symbol) at--;
  bool is_there = at > 0 && sequence->candidates[at - 1].symbol == symbol;
  if (is_there || sequence->info[symbol].kind == STANCE_SYMBOL_PUNCTUATION ||
      sequence->info[symbol].kind == STANCE_SYMBOL_ACTOR)
    return;
  struct stance_candidate *place = &sequence->candidates[at];
  memmove(place + 1, place, (sequence->candidate_count++ - at) * sizeof *place);
  *place = (struct stance_candidate){.symbol = symbol};
}

/* Puts the longest entries that start here into the word info of their words. Returns the symbol after the valence
 * entry, or `valued` where there is none. */
static size_t mark_entries(struct stance_sequence *sequence, const struct stance_start *start, size_t valued) {
  size_t i = start->symbol;
  struct stance_word_info *info = &sequence->info[i];
  struct stance_lexicon_row row;
  stance_lexicon_row(sequence->lexicon, start->lists & ~(unsigned)STANCE_LONGER_LEXEME, &sequence->tokens[i],
                     sequence->count - i, &row);
  if (!row.function_words) row.function = start->function, row.function_words = 1;
  unsigned others = row.function & ~(1u << STANCE_REPORTING);
  for (size_t j = 0; others && j < row.function_words; j++) info[j].function |= (uint8_t)others;
  if (row.function >> STANCE_EXCEPTION & 1 && row.function_words > 1) { /* "all but" is a preposition */
    struct stance_word_info *last = &info[row.function_words - 1];
    last->classes = STANCE_CLASS_PREPOSITION;
    last->slot = STANCE_SLOT_COUNT;
  }
  if (row.function >> STANCE_REPORTING & 1) mark_speech(sequence, start->symbol + row.function_words - 1);
  if (i < valued || !row.valence_words) return valued;
  for (size_t j = 0; j < row.valence_words; j++) info[j].valence = j ? 0 : row.valence;
  return row.valence ? i + row.valence_words : valued;
}

/* All starts together: the filter first, so that the reads of their distant table entries overlap. */
static void mark_starts(struct stance_sequence *sequence) {
  const struct stance_lexicon_starts *filter = stance_lexicon_starts(sequence->lexicon);
  size_t count = 0; /* of the starts that may have function-word or valence entries */
  for (size_t i = 0; i < sequence->start_count; i++) {
    struct stance_start start = sequence->starts[i];
    const struct stance_token *tokens = &sequence->tokens[start.symbol];
    start.lists &= (uint8_t)stance_lexicon_longer(filter, tokens, sequence->count - start.symbol);
    if (start.lists) stance_lexicon_prefetch_row(sequence->lexicon, start.lists, tokens);
    if (start.lists & STANCE_LONGER_LEXEME) sequence->candidates[start.candidate].is_phrase = true;
    if (sequence->info[start.symbol].kind != STANCE_SYMBOL_WORD) continue;
    if (start.lists & (STANCE_LONGER_FUNCTION | STANCE_LONGER_VALENCE)) sequence->starts[count++] = start;
    else sequence->info[start.symbol].function |= start.function;
  }
  size_t valued = 0; /* the symbols before this one are in valence entries already */
  for (size_t i = 0; i < count; i++) valued = mark_entries(sequence, &sequence->starts[i], valued);
}

static bool ends_in_hyphen(const struct stance_sequence *sequence, size_t i) {
  return sequence->info[i].kind == STANCE_SYMBOL_WORD && sequence->text[sequence->tokens[i].end - 1] == '-';
}

enum { WORD_FIELDS = offsetof(struct stance_word_info, valence) + 1 };
_Static_assert(WORD_FIELDS == 8 &&
                   offsetof(struct stance_known_word, valence) - offsetof(struct stance_known_word, classes) == 7,
               "both structs have these fields in the same order, first here");

void stance_sequence_describe(struct stance_sequence *sequence) {
  const struct stance_lexicon_starts *filter = sequence->lexicon ? stance_lexicon_starts(sequence->lexicon) : NULL;
  struct stance_candidate *candidate = sequence->candidates;
  struct stance_start *start = sequence->starts;
  struct stance_word_cache *cache = sequence->cache;
  const struct stance_token *tokens = sequence->tokens;
  bool is_quoted = false, is_behind_actor = false;
  size_t count = sequence->count, quotes = 0;
  stance_word_cache_read(cache, tokens, count, sequence->text);
  for (size_t i = 0; i < count; i++) {
    struct stance_word_info *info = &sequence->info[i];
    const char *text = sequence->text + tokens[i].start;
    size_t length = tokens[i].end - tokens[i].start;
    info->is_quoted = is_quoted;
    if (info->kind == STANCE_SYMBOL_ACTOR) {
      bool is_candidate = candidate > sequence->candidates && candidate[-1].symbol == i - 1;
      if (i > 0 && !is_candidate && ends_in_hyphen(sequence, i - 1)) /* "anti-French" */
        *candidate++ = (struct stance_candidate){.symbol = (uint32_t)i - 1};
      is_behind_actor = true;
      continue;
    }
    const struct stance_known_word *word = stance_word_cache_find(cache, tokens[i].hash, text, length);
    bool is_compound = is_behind_actor && text[0] == '-'; /* "French-led" */
    is_behind_actor = false;
    memcpy(info, (const char *)word + offsetof(struct stance_known_word, classes),
           WORD_FIELDS); /* classes, slot, function, polarity, valence */
    info->event = STANCE_NO_EVENT;
    if (word->classes & STANCE_CLASS_QUOTE) is_quoted = is_quoted_behind(text, length, quotes++);
    if (info->kind !=
        STANCE_SYMBOL_WORD) { /* function words and scores are not for numbers, but a number may start an event */
      info->function = 0;
      info->polarity = info->valence = 0;
      if (info->kind == STANCE_SYMBOL_PUNCTUATION) continue;
    } else if (word->has_ending) {
      info->classes |= ending_of(text, length);
    }
    candidate->symbol = (uint32_t)i;
    candidate->longer = word->longer;
    candidate->is_phrase = false;
    candidate->reading = word->reading;
    __builtin_prefetch(word->reading ? (const void *)word->reading : word);
    if (word->longer && i + 1 < count && stance_starts_pair(filter, tokens[i].hash, tokens[i + 1].hash)) {
      *start++ = (struct stance_start){.symbol = (uint32_t)i,
                                       .candidate = (uint32_t)(candidate - sequence->candidates),
                                       .lists = word->longer,
                                       .function = info->function};
      info->function = 0; /* until it is known whether a longer entry stands here */
    }
    candidate += word->begins_event | is_compound;
  }
  sequence->candidate_count = (size_t)(candidate - sequence->candidates);
  sequence->start_count = (size_t)(start - sequence->starts);
  if (sequence->start_count) mark_starts(sequence);
}
