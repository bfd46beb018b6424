/* SPDX-License-Identifier: MIT
 * Sentences to tokens. The token rule (text_rules.c) defines tokens; plain ASCII words and numbers, most of a text,
 * take fast paths that give the same result. */
#include <string.h>
#include <utf8proc.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "stance/base/ascii.h"
#include "stance/base/error.h"
#include "stance/base/hash.h"
#include "stance/base/swar.h"
#include "stance/base/utf8.h"
#include "text_rules.h"

enum {
  TOKEN_BYTES = 4096, /* a longer word or address is cut */
  NUMBER_PARTS = 12,  /* after the first, as in the token rule */
};

enum { FOLD_ON_STACK = 256 };

/* ---- shape and hashes --------------------------------------------------------------------------------- */

/* Letters so far: capitals at the start of the token or of a part ("Anglo-French"), capitals elsewhere, lower-case
 * letters. */
struct shape_count {
  size_t first, inner, lower;
};

static uint8_t shape_of(const struct shape_count *count, bool is_first_upper) {
  if (!count->first && !count->inner) return STANCE_SHAPE_LOWER;
  if (!count->lower && count->first + count->inner > 1) return STANCE_SHAPE_UPPER;
  return !count->inner && is_first_upper ? STANCE_SHAPE_CAPITAL : STANCE_SHAPE_MIXED;
}

/* The bytes of the text without a possessive 's, which is not part of its shape ("US's"). */
static size_t without_possessive(const char *text, size_t length) {
  if (length > 2 && text[length - 1] == 's' && text[length - 2] == '\'') return length - 2;
  if (length > 4 && text[length - 1] == 's' && memcmp(text + length - 4, "\xe2\x80\x99", 3) == 0) return length - 4;
  return length;
}

/* ---- hashes ------------------------------------------------------------------------------------------ */

enum { SHORT_BYTES = 16 }; /* tokens that are longer, or not ASCII, are rare */

/* The hash of up to SHORT_BYTES folded bytes, in two words padded with zeros. It is injective on up to eight bytes;
 * longer ones collide only by chance. Twice as fast as XXH3. */
static inline uint64_t hash_short(uint64_t low, uint64_t high) {
  uint64_t second = high * UINT64_C(0xc2b2ae3d27d4eb4f);
  uint64_t hash = (low ^ (second << 29 | second >> 35) ^ UINT64_C(0x60bee2bee120fc15)) * UINT64_C(0x9e3779b97f4a7c15);
  hash = (hash ^ hash >> 32) * UINT64_C(0xd6e8feb86659fd93);
  return hash ^ hash >> 32;
}

static uint64_t hash_word(const char *folded, size_t length) {
  if (length > SHORT_BYTES) return stance_hash(folded, length);
  if (length <= 8) return hash_short(swar_load_some(folded, length), 0);
  return hash_short(swar_load(folded), swar_load_some(folded + 8, length - 8));
}

/* ---- a token's shape and hashes ----------------------------------------------------------------------- */

static void describe_any(const char *text, size_t length, struct stance_token *token) {
  char folded[FOLD_ON_STACK * 3];
  struct shape_count count = {0, 0, 0};
  size_t shaped = without_possessive(text, length);
  bool is_start = true, is_first_upper = false;
  for (size_t at = 0; at < shaped;) {
    utf8proc_int32_t code;
    utf8proc_ssize_t step =
        utf8proc_iterate((const utf8proc_uint8_t *)text + at, (utf8proc_ssize_t)(shaped - at), &code);
    if (step <= 0) break;
    utf8proc_category_t category = utf8proc_category(code);
    bool is_upper = category == UTF8PROC_CATEGORY_LU || category == UTF8PROC_CATEGORY_LT;
    if (is_upper) is_start ? count.first++ : count.inner++;
    else if (category == UTF8PROC_CATEGORY_LL) count.lower++;
    if (at == 0) is_first_upper = is_upper;
    is_start = code == '-' || code == '\'' || code == 0x2019 || code == 0x2010 || code == 0x2011;
    at += (size_t)step;
  }
  token->shape = shape_of(&count, is_first_upper);
  token->is_plain = false;
  size_t part = length;
  if (part > FOLD_ON_STACK) { /* longer than any word: hashed by its start and its length */
    part = FOLD_ON_STACK;
    while (((unsigned char)text[part] & 0xc0) == 0x80) part--;
  }
  size_t used = stance_utf8_fold(text, part, folded, sizeof folded);
  token->hash = hash_word(folded, used);
  size_t prefix = stance_utf8_offset(folded, used, STANCE_PREFIX_CODE_POINTS);
  if (part < length) token->hash = stance_hash_combine(token->hash, stance_hash(text, length));
  token->prefix = prefix < used ? hash_word(folded, prefix) : token->hash;
}

/* The shape of ASCII bytes. */
static uint8_t shape_of_ascii(const char *text, size_t length) {
  struct shape_count count = {0, 0, 0};
  for (size_t i = 0; i < length; i++) {
    unsigned char c = (unsigned char)text[i];
    bool is_start = i == 0 || text[i - 1] == '-' || text[i - 1] == '\'';
    count.first += ascii_is_upper(c) && is_start;
    count.inner += ascii_is_upper(c) && !is_start;
    count.lower += ascii_is_lower(c);
  }
  if (length > 2 && text[length - 2] == '\'' && text[length - 1] == 's') count.lower--;
  return shape_of(&count, ascii_is_upper((unsigned char)text[0]));
}

/* Describes ASCII text[0..length), length 1 .. SHORT_BYTES, whose bytes are in two words padded with zeros. upper:
 * masks of its capitals. */
__attribute__((always_inline)) static inline void describe_ascii(const char *text, size_t length,
                                                                 const uint64_t words[2], const uint64_t upper[2],
                                                                 bool is_plain, struct stance_token *token) {
  uint64_t low = swar_lower(words[0], upper[0]), high = swar_lower(words[1], upper[1]);
  if (!(upper[0] | upper[1])) token->shape = STANCE_SHAPE_LOWER;
  else if (upper[0] == 0x80 && !upper[1]) token->shape = STANCE_SHAPE_CAPITAL;
  else token->shape = shape_of_ascii(text, length);
  token->hash = hash_short(low, high);
  token->prefix =
      length > STANCE_PREFIX_CODE_POINTS ? hash_short(swar_first(low, STANCE_PREFIX_CODE_POINTS), 0) : token->hash;
  token->is_plain = is_plain;
}

static inline void describe_short(const char *text, size_t length, uint64_t low, uint64_t high,
                                  struct stance_token *token) {
  if ((low | high) & SWAR_HIGHS) {
    describe_any(text, length, token);
    return;
  }
  bool is_plain = swar_count(swar_letters(low)) + swar_count(swar_letters(high)) == length;
  describe_ascii(text, length, (uint64_t[]){low, high}, (uint64_t[]){swar_upper(low), swar_upper(high)}, is_plain,
                 token);
}

void stance_token_describe(const char *text, size_t length, struct stance_token *token) {
  if (!length || length > SHORT_BYTES) describe_any(text, length, token);
  else if (length > 8) describe_short(text, length, swar_load(text), swar_load_some(text + 8, length - 8), token);
  else describe_short(text, length, swar_load_some(text, length), 0, token);
}

uint64_t stance_token_hash(const char *text, size_t length, uint8_t *shape) {
  struct stance_token token;
  uint64_t low = length <= 8 ? swar_load_some(text, length) : SWAR_HIGHS, upper = swar_upper(low);
  if (!length || low & SWAR_HIGHS) {
    stance_token_describe(text, length, &token);
    *shape = token.shape;
    return token.hash;
  }
  *shape = !upper ? STANCE_SHAPE_LOWER : upper == 0x80 ? STANCE_SHAPE_CAPITAL : shape_of_ascii(text, length);
  return hash_short(swar_lower(low, upper), 0);
}

/* ---- finding tokens ----------------------------------------------------------------------------------- */

static uint8_t kind_of_mark(const char *mark) {
  switch (mark ? *mark : 'p') {
    case 'w': return STANCE_TOKEN_WORD;
    case 'n': return STANCE_TOKEN_NUMBER;
    case 'a': return STANCE_TOKEN_ACRONYM;
    case 'h': return STANCE_TOKEN_HANDLE;
    case 't': return STANCE_TOKEN_HASHTAG;
    case 'u': return STANCE_TOKEN_URL;
    default: return STANCE_TOKEN_PUNCTUATION;
  }
}

/* Whether a plain word or number ends before this byte: always before some marks, before others only if a space, a
 * quote or the sentence's end follows. */
static inline bool is_clear_edge(char c) {
  static const bool is_one[256] = {
      [' '] = true, [','] = true, [';'] = true, ['?'] = true, ['!'] = true, [')'] = true, ['"'] = true, [']'] = true};
  return is_one[(unsigned char)c];
}
static inline bool is_edge(const char *text, size_t at, size_t end) {
  if (at == end || is_clear_edge(text[at])) return true;
  bool may_be = text[at] == '.' || text[at] == ':' || text[at] == '\'';
  return may_be && (at + 1 == end || text[at + 1] == ' ' || text[at + 1] == '"');
}

/* The offset after the ASCII letters from text[at] on; if they go on to `reach`, some offset from there on. */
static inline size_t letters_end(const char *text, size_t at, size_t reach) {
  uint64_t others;
  while (!(others = ~swar_letters(swar_load(text + at)) & SWAR_HIGHS))
    if ((at += 8) >= reach) return at;
  return at + swar_index(others);
}

/* Whether an apostrophe or hyphen before a letter stands at text[at]. */
static inline bool is_joiner(const char *text, size_t at) {
  return (text[at] == '\'' || text[at] == '-') && ascii_is_letter((unsigned char)text[at + 1]);
}

/* The bytes of a unit at text[at] that a plain number may end with; only units that are no prefix of another in the
 * rule. 0: none. */
static inline size_t unit_length(const char *text, size_t at) {
  static const char pairs[][2] = {"bn", "tn", "tr", "th", "st", "nd", "rd", "am", "pm"};
  char c = text[at];
  if (c == '%') return 1;
  if (!ascii_is_lower((unsigned char)c)) return 0;
  for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
    if (c == pairs[i][0] && text[at + 1] == pairs[i][1]) return 2;
  return c == 'm' || c == 'k' || c == 's';
}

/* The end of a number that starts with the digit at text[at]: "1,250.5", "76%", "1.13bn"; 0: ask the rule. */
static inline size_t plain_number(const char *text, size_t at, size_t reach, size_t end) {
  size_t i = at;
  for (int parts = 0;; parts++) {
    while (i < reach && ascii_is_digit((unsigned char)text[i])) i++;
    bool goes_on =
        i + 1 < end && parts < NUMBER_PARTS && (text[i] == '.' || text[i] == ',' || text[i] == ':' || text[i] == '/');
    if (!goes_on) break;
    if ((unsigned char)text[i + 1] >= 0x80) return 0; /* maybe a digit beyond ASCII */
    if (!ascii_is_digit((unsigned char)text[i + 1])) break;
    i++;
  }
  if (i < end) i += unit_length(text, i);
  return i <= end && is_edge(text, i, end) ? i : 0;
}

/* The end of a plain token at text[at], as the token rule would find it: ASCII words with inner apostrophes and
 * hyphens, numbers, sums of money, marks; 0: ask the rule. */
static inline size_t plain_token(const char *text, size_t at, size_t end, uint8_t *kind) {
  size_t i = at, reach = end - at > TOKEN_BYTES ? at + TOKEN_BYTES : end; /* bounded, or the time would be quadratic */
  unsigned char c = (unsigned char)text[at];
  if (ascii_is_letter(c)) {
    *kind = STANCE_TOKEN_WORD;
    while ((i = letters_end(text, i, reach)) + 1 < reach && is_joiner(text, i)) i++;
    if (i > end) i = end;
    return is_edge(text, i, end) ? i : 0;
  }
  size_t sign = c == '$' ? 1 : c == 0xc2 && (unsigned char)text[at + 1] == 0xa3 ? 2 : 0; /* dollar, pound */
  if (at + sign < end && ascii_is_digit((unsigned char)text[at + sign])) {
    *kind = STANCE_TOKEN_NUMBER;
    return plain_number(text, at + sign, reach, end);
  }
  *kind = STANCE_TOKEN_PUNCTUATION;
  switch (c) {
    case ',':
    case ';':
    case ':':
    case '?':
    case '!':
    case '"':
    case '\'':
    case '(':
    case ')':
    case '[':
    case ']':
      return at + 1 == end || (unsigned char)text[at + 1] < 0xcc ? at + 1
                                                                 : 0; /* from U+0300 on it may be a combining mark */
    case '.': return is_edge(text, at, end) ? at + 1 : 0;
    case '-':
    case '/':
    case '&': return at + 1 == end || text[at + 1] == ' ' ? at + 1 : 0;
    default: return 0;
  }
}

/* Whether the stop after the word text[start..end) is part of it: "Mr.", and also "No." and "J." in "No. 10" and "J.
 * Smith". */
static bool takes_stop(const char *text, size_t start, size_t end, size_t sentence_end) {
  if (end >= sentence_end || text[end] != '.' || (end + 1 < sentence_end && text[end + 1] == '.')) return false;
  size_t length = end - start;
  unsigned flags = stance_word_flags(text + start, length);
  if (length == 1 && text[start] >= 'A' && text[start] <= 'Z')
    return end + 2 < sentence_end && text[end + 1] == ' ' && text[end + 2] >= 'A' && text[end + 2] <= 'Z';
  if (flags & STANCE_STOP_TITLE && text[start] >= 'a') return false;
  if (flags & STANCE_STOP_NUMBER && end + 2 < sentence_end && text[end + 1] == ' ' &&
      ascii_is_digit((unsigned char)text[end + 2]))
    return true;
  return (flags & STANCE_STOP_SURE) != 0;
}

struct tokenizer {
  struct stance_text_matcher *matcher;
  const char *text; /* of the sentence */
  size_t length;
  bool is_single_open; /* after an opening single quote: the quote of "states'" may close it */
};

/* The bytes of the apostrophe at `at`; 0: none. */
static size_t apostrophe_length(const struct tokenizer *tokenizer, size_t at) {
  if (at >= tokenizer->length) return 0;
  if (tokenizer->text[at] == '\'') return 1;
  return tokenizer->length - at >= 3 && memcmp(tokenizer->text + at, "\xe2\x80\x99", 3) == 0 ? 3 : 0;
}

/* The end of a word with a plural's possessive ("forces'"), unless that may close a quotation ('the forces'). */
static size_t with_plural_possessive(const struct tokenizer *tokenizer, size_t end) {
  size_t apostrophe = apostrophe_length(tokenizer, end);
  if (!apostrophe || tokenizer->is_single_open || (tokenizer->text[end - 1] | 0x20) != 's') return end;
  size_t behind = end + apostrophe;
  bool is_inside = behind < tokenizer->length && (ascii_is_letter((unsigned char)tokenizer->text[behind]) ||
                                                  ascii_is_digit((unsigned char)tokenizer->text[behind]));
  return is_inside ? end : behind;
}

/* Keeps track of single quotes: one opens after white space or an opening mark, and before anything but a space. */
static void note_single_quote(struct tokenizer *tokenizer, size_t at, size_t end) {
  const char *text = tokenizer->text;
  if (end - at == 3 && memcmp(text + at, "\xe2\x80\x98", 3) == 0) tokenizer->is_single_open = true;
  if (!apostrophe_length(tokenizer, at)) return;
  bool is_behind_word = at > 0 && !strchr(" \t([\"-", text[at - 1]);
  tokenizer->is_single_open = !is_behind_word && end < tokenizer->length && text[end] != ' ';
}

/* The end of what the rule may see from `at` on, so that the time stays linear in very long words. */
static size_t horizon(const struct tokenizer *tokenizer, size_t at) {
  if (tokenizer->length - at <= TOKEN_BYTES) return tokenizer->length;
  size_t end = at + TOKEN_BYTES;
  while (((unsigned char)tokenizer->text[end] & 0xc0) == 0x80) end--;
  return end;
}

/* The end of the token at `at`, and its kind. */
static size_t token_at(struct tokenizer *tokenizer, size_t at, uint8_t *kind) {
  struct stance_text_matcher *matcher = tokenizer->matcher;
  const char *text = tokenizer->text;
  size_t end = matcher->rules_only ? 0 : plain_token(text, at, tokenizer->length, kind);
  if (!end && stance_text_match(matcher, &matcher->rules->token, text, horizon(tokenizer, at), at) &&
      matcher->groups[1] > at) {
    end = matcher->groups[1];
    *kind = kind_of_mark((const char *)pcre2_get_mark(matcher->data));
  }
  if (!end) { /* the matcher gave up: one character becomes a token, so that no text is lost */
    end = at + 1;
    while (end < tokenizer->length && ((unsigned char)text[end] & 0xc0) == 0x80) end++;
    *kind = STANCE_TOKEN_PUNCTUATION;
  }
  if (*kind == STANCE_TOKEN_PUNCTUATION) {
    if (text[at] == '\'' || (unsigned char)text[at] == 0xe2) note_single_quote(tokenizer, at, end);
  } else if (*kind == STANCE_TOKEN_WORD && end < tokenizer->length) {
    unsigned char next = (unsigned char)text[end];
    if (next == '.' && takes_stop(text, at, end, tokenizer->length)) {
      *kind = STANCE_TOKEN_ACRONYM;
      return end + 1;
    }
    if (next == '\'' || next == 0xe2) return with_plural_possessive(tokenizer, end);
  }
  return end;
}

/* As stance_token_describe, of a document's text, behind which there is room to read. */
static inline void describe(const char *text, size_t length, struct stance_token *token) {
  if (length > SHORT_BYTES) describe_any(text, length, token);
  else if (length > 8)
    describe_short(text, length, swar_load(text), swar_first(swar_load(text + 8), length - 8), token);
  else describe_short(text, length, swar_first(swar_load(text), length), 0, token);
}

/* A token of one byte, which is ASCII and no letter. */
static inline void describe_mark(char mark, struct stance_token *token) {
  token->shape = STANCE_SHAPE_LOWER;
  token->hash = token->prefix = hash_short((unsigned char)mark, 0);
  token->is_plain = false;
}

/* The ASCII letters that a text starts with, up to SHORT_BYTES. */
struct letters {
  size_t length;      /* SHORT_BYTES: more may follow */
  uint64_t low, high; /* in lower case, padded with zeros */
  uint32_t upper;     /* a bit for each capital, the first one's lowest */
};

#ifdef __SSE2__
/* Bytes are compared as signed ones: plus five, letters are above 101 and no other byte is. */
static inline struct letters letters_at(const char *text) {
  static const uint8_t masks[2 * SHORT_BYTES] = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
                                                 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff};
  __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)text);
  __m128i lower = _mm_or_si128(bytes, _mm_set1_epi8(0x20));
  __m128i is_letter = _mm_cmpgt_epi8(_mm_add_epi8(lower, _mm_set1_epi8(127 - 'z')), _mm_set1_epi8(101));
  uint32_t others = ~(uint32_t)_mm_movemask_epi8(is_letter); /* bit SHORT_BYTES is set */
  size_t length = (size_t)__builtin_ctz(others);
  __m128i kept = _mm_and_si128(lower, _mm_loadu_si128((const __m128i *)(const void *)(masks + SHORT_BYTES - length)));
  uint32_t bit_5 = (uint32_t)_mm_movemask_epi8(_mm_slli_epi16(bytes, 2)); /* 0 in capitals */
  return (struct letters){.length = length,
                          .low = (uint64_t)_mm_cvtsi128_si64(kept),
                          .high = (uint64_t)_mm_cvtsi128_si64(_mm_unpackhi_epi64(kept, kept)),
                          .upper = ~bit_5 & ((1u << length) - 1)};
}
#else
static inline struct letters letters_at(const char *text) {
  struct letters found = {0};
  while (found.length < SHORT_BYTES && ascii_is_letter((unsigned char)text[found.length])) {
    found.upper |= (uint32_t)ascii_is_upper((unsigned char)text[found.length]) << found.length;
    found.length++;
  }
  size_t first = found.length < 8 ? found.length : 8;
  found.low = swar_first(swar_load(text) | SWAR_ONES * 0x20, first);
  found.high = swar_first(swar_load(text + 8) | SWAR_ONES * 0x20, found.length - first);
  return found;
}
#endif

/* Finds and describes the most frequent kind of token, up to 15 letters before a clear edge. Returns its length; 0:
 * another kind. */
static inline size_t take_word(const char *text, size_t at, size_t end, struct stance_token *token) {
  struct letters found = letters_at(text + at);
  size_t length = found.length;
  bool is_whole = length - 1 < SHORT_BYTES - 1 && at + length < end; /* at least a letter, and no more than these */
  if (!is_whole || !is_clear_edge(text[at + length])) return 0;
  token->kind = STANCE_TOKEN_WORD;
  if (!found.upper) token->shape = STANCE_SHAPE_LOWER;
  else if (found.upper == 1) token->shape = STANCE_SHAPE_CAPITAL;
  else token->shape = shape_of_ascii(text + at, length);
  token->hash = hash_short(found.low, found.high);
  token->prefix = hash_short(swar_first(found.low, STANCE_PREFIX_CODE_POINTS), 0); /* of a short word: its hash */
  token->is_plain = true;
  return length;
}

/* A document's tokens so far. */
struct token_list {
  struct stance_arena *arena;
  struct stance_token *items;
  size_t count, capacity;
};

static bool make_room(struct token_list *list) {
  struct stance_token *items =
      stance_arena_grow(list->arena, list->items, &list->capacity, list->count + 1, sizeof *items);
  if (items) list->items = items;
  return items != NULL;
}

/* The bytes of the token at `at` that is no plain word, and the token without its place. */
static size_t take_other(struct tokenizer *tokenizer, size_t at, struct stance_token *token) {
  const char *text = tokenizer->text;
  size_t size = token_at(tokenizer, at, &token->kind) - at;
  if (size == 1 && !ascii_is_letter((unsigned char)text[at])) describe_mark(text[at], token);
  else describe(text + at, size, token);
  return size;
}

/* Adds the tokens of a sentence, which starts at byte `start` of the document. False: out of memory. */
static bool find_tokens(struct tokenizer *tokenizer, uint32_t start, struct token_list *list) {
  const char *text = tokenizer->text;
  const size_t length = tokenizer->length;
  const bool by_rules = tokenizer->matcher->rules_only;
  struct stance_token *token = list->items + list->count, *full = list->items + list->capacity;
  for (size_t at = 0, space; at < length;) {
    if (text[at] == ' ') {
      at++;
      continue;
    }
    if (token == full) {
      list->count = (size_t)(token - list->items);
      if (!make_room(list)) return false;
      token = list->items + list->count;
      full = list->items + list->capacity;
    }
    size_t size = by_rules ? 0 : take_word(text, at, length, token);
    bool is_before_space = size && text[at + size] == ' ';
    if (!size) {
      if ((space = stance_space_length(text, at, length)) != 0) {
        at += space;
        continue;
      }
      size = take_other(tokenizer, at, token);
    }
    token->start = start + (uint32_t)at;
    token->end = token->start + (uint32_t)size;
    token++;
    at += size + is_before_space;
  }
  list->count = (size_t)(token - list->items);
  return true;
}

enum stance_status stance_tokens_find(struct stance_text_matcher *matcher, struct stance_arena *arena,
                                      struct stance_document *document, struct stance_error *error) {
  struct token_list list = {.arena = arena, .capacity = (size_t)document->length / 4 + 16};
  list.items = stance_arena_alloc(arena, list.capacity, sizeof *list.items);
  if (!list.items) return stance_fail_memory(error);
  for (uint32_t s = 0; s < document->sentence_count; s++) {
    struct stance_sentence *sentence = &document->sentences[s];
    struct tokenizer tokenizer = {matcher, document->text + sentence->start, sentence->end - sentence->start, false};
    sentence->token_first = (uint32_t)list.count;
    if (!find_tokens(&tokenizer, sentence->start, &list)) return stance_fail_memory(error);
    sentence->token_count = (uint32_t)list.count - sentence->token_first;
  }
  document->tokens = list.items;
  document->token_count = (uint32_t)list.count;
  return STANCE_OK;
}
