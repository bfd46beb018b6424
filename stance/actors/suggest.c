/* SPDX-License-Identifier: MIT */
#include "suggest.h"

#include <stdlib.h>
#include <string.h>

#include "mention_scan.h"
#include "stance/base/hash.h"
#include "stance/base/hash_index.h"

enum { NAME_TOKENS_MAX = 8, NAME_BYTES_MAX = 200, CONTEXT_BYTES = 60 /* of context on each side */ };

struct stance_missing_names {
  struct stance_mention_scan scan; /* for the look-up of word classes */
  struct stance_arena arena;
  struct stance_missing_name *items;
  size_t count, capacity, articles;
  size_t *seen; /* [capacity]: the last article that the item was counted in */
  size_t seen_capacity;
  struct stance_hash_index index; /* of the names */
};

struct stance_missing_names *stance_missing_names_new(const struct stance_gazetteer *gazetteer) {
  struct stance_missing_names *names = calloc(1, sizeof *names);
  if (names) names->scan.gazetteer = gazetteer;
  return names;
}

void stance_missing_names_destroy(struct stance_missing_names *names) {
  if (!names) return;
  stance_arena_free(&names->arena);
  stance_hash_index_free(&names->index);
  free(names);
}

/* ---- counting ------------------------------------------------------------------------------------------- */

/* The text around a name as one line, cut between words. */
static const char *context_of(struct stance_missing_names *names, const struct stance_document *document,
                              const struct stance_sentence *sentence, uint32_t start, uint32_t end) {
  uint32_t from = start > sentence->start + CONTEXT_BYTES ? start - CONTEXT_BYTES : sentence->start;
  uint32_t to = sentence->end - end > CONTEXT_BYTES ? end + CONTEXT_BYTES : sentence->end;
  while (from > sentence->start && from < start && document->text[from - 1] != ' ') from++;
  while (to < sentence->end && to > end && document->text[to] != ' ') to--;
  char *line = stance_arena_format(&names->arena, "%s%.*s%s", from > sentence->start ? "... " : "", (int)(to - from),
                                   document->text + from, to < sentence->end ? " ..." : "");
  for (char *at = line; at && *at; at++)
    if (strchr("\n\t\r\v\f", *at)) *at = ' ';
  return line;
}

static bool count_name(struct stance_missing_names *names, const struct stance_sentence *sentence, uint32_t first,
                       uint32_t last) {
  const struct stance_document *document = names->scan.document;
  bool has_possessive;
  uint32_t start = document->tokens[first].start, end = stance_scan_word_end(&names->scan, last, &has_possessive);
  if (end <= start || end - start > NAME_BYTES_MAX) return true;
  uint64_t hash = stance_hash(document->text + start, end - start);
  uint32_t number = stance_hash_index_find(&names->index, hash);
  if (number == STANCE_HASH_NONE) {
    struct stance_missing_name *grown =
        stance_arena_grow(&names->arena, names->items, &names->capacity, names->count + 1, sizeof *grown);
    size_t *seen = stance_arena_grow(&names->arena, names->seen, &names->seen_capacity, names->count + 1, sizeof *seen);
    char *name = stance_arena_copy(&names->arena, document->text + start, end - start);
    if (grown) names->items = grown;
    if (seen) names->seen = seen;
    if (!grown || !seen || !name || !stance_hash_index_add(&names->index, hash, names->count)) return false;
    number = (uint32_t)names->count++;
    grown[number] = (struct stance_missing_name){.name = name};
    seen[number] = 0;
  }
  struct stance_missing_name *item = &names->items[number];
  bool is_new_article = names->seen[number] != names->articles;
  item->count++;
  item->articles += is_new_article;
  names->seen[number] = names->articles;
  size_t have = 0;
  while (have < STANCE_CONTEXTS_MAX && item->contexts[have]) have++;
  if (have < STANCE_CONTEXTS_MAX && is_new_article)
    return (item->contexts[have] = context_of(names, document, sentence, start, end)) != NULL;
  return true;
}

/* ---- finding ---------------------------------------------------------------------------------------------- */

static bool is_capital(const struct stance_document *document, uint32_t token) {
  const struct stance_token *at = &document->tokens[token];
  if (at->kind != STANCE_TOKEN_WORD && at->kind != STANCE_TOKEN_ACRONYM) return false;
  return at->shape != STANCE_SHAPE_LOWER && (at->end - at->start > 1 || at->kind == STANCE_TOKEN_ACRONYM);
}

static bool is_link(const struct stance_mention_scan *scan, uint32_t token) {
  const struct stance_token *at = &scan->document->tokens[token];
  const char *text = scan->document->text + at->start;
  if (at->shape != STANCE_SHAPE_LOWER || at->kind != STANCE_TOKEN_WORD) return false;
  return (at->end - at->start == 2 && memcmp(text, "of", 2) == 0) ||
         stance_scan_classes(scan, token) & STANCE_NAME_PARTICLE;
}

/* Whether most words of four letters or more are capitalised, and no punctuation ends the sentence; or all are in
 * capitals. */
static bool is_headline(const struct stance_document *document, const struct stance_sentence *sentence) {
  uint32_t capital = 0, upper = 0, all = 0;
  if (!sentence->token_count ||
      document->tokens[sentence->token_first + sentence->token_count - 1].kind == STANCE_TOKEN_PUNCTUATION)
    return false;
  for (uint32_t i = sentence->token_first; i < sentence->token_first + sentence->token_count; i++) {
    if (document->tokens[i].kind != STANCE_TOKEN_WORD || document->tokens[i].end - document->tokens[i].start < 4)
      continue;
    all++;
    capital += document->tokens[i].shape != STANCE_SHAPE_LOWER;
    upper += document->tokens[i].shape == STANCE_SHAPE_UPPER;
  }
  return (all >= 2 && upper == all) || (all >= 4 && capital * 10 >= all * 7);
}

/* Whether the token is part of a mention. Ask for tokens in order: *next is the first mention that may cover the
 * token. */
static bool is_mentioned(const struct stance_document *document, uint32_t token, uint32_t *next) {
  const struct stance_token *at = &document->tokens[token];
  while (*next < document->mention_count && document->mentions[*next].end <= at->start) ++*next;
  return *next < document->mention_count && document->mentions[*next].start < at->end;
}

/* The first token after a title: "Prime Minister Oumar Diallo". "General" before the last word is kept, as in "General
 * Assembly". */
static uint32_t behind_title(const struct stance_mention_scan *scan, uint32_t first, uint32_t last) {
  uint32_t start = first;
  for (uint32_t i = first; i < last; i++) {
    uint32_t classes = stance_scan_classes(scan, i);
    bool is_general = strncmp(scan->document->text + scan->document->tokens[i].start, "General", 7) == 0;
    if (classes & STANCE_NAME_TITLE && !(is_general && i + 1 == last)) start = i + 1;
    else if (!(classes & (STANCE_NAME_MODIFIER | STANCE_NAME_PORTFOLIO))) break;
  }
  return start;
}

/* Whether a name starts here. A function word starts one only inside a sentence and before a capitalised word ("The
 * Hague"). */
static bool may_start(const struct stance_mention_scan *scan, const struct stance_sentence *sentence, uint32_t token) {
  uint32_t classes = stance_scan_classes(scan, token);
  if (!is_capital(scan->document, token) || classes & STANCE_NAME_CALENDAR) return false;
  if (!(classes & STANCE_NAME_FUNCTION)) return true;
  bool is_inside = token > sentence->token_first && scan->document->tokens[token - 1].kind != STANCE_TOKEN_PUNCTUATION;
  return is_inside && token + 1 < sentence->token_first + sentence->token_count &&
         is_capital(scan->document, token + 1);
}

static bool read_sentence(struct stance_missing_names *names, const struct stance_sentence *sentence, uint32_t *next) {
  const struct stance_mention_scan *scan = &names->scan;
  uint32_t limit = sentence->token_first + sentence->token_count;
  for (uint32_t i = sentence->token_first; i < limit;) {
    if (is_mentioned(scan->document, i, next) || !may_start(scan, sentence, i)) {
      i++;
      continue;
    }
    uint32_t first = i, last = i;
    bool has_possessive = false;
    stance_scan_word_end(scan, i, &has_possessive);
    for (uint32_t j = i + 1; j < limit && !has_possessive && j - first < NAME_TOKENS_MAX; j++) {
      uint32_t ahead = *next;
      if (is_mentioned(scan->document, j, &ahead)) break;
      if (is_capital(scan->document, j) && !(stance_scan_classes(scan, j) & STANCE_NAME_CALENDAR)) {
        last = j;
        stance_scan_word_end(scan, j, &has_possessive);
      } else if (!is_link(scan, j)) {
        break;
      }
    }
    i = last + 1;
    uint32_t start = behind_title(scan, first, last);
    bool is_opening = start == first && (first == sentence->token_first ||
                                         scan->document->tokens[first - 1].kind == STANCE_TOKEN_PUNCTUATION);
    uint32_t parts = STANCE_NAME_TITLE | STANCE_NAME_MODIFIER | STANCE_NAME_AGENT | STANCE_NAME_FUNCTION;
    if (start == last && (is_opening || stance_scan_classes(scan, last) & parts)) continue;
    if (!count_name(names, sentence, start, last)) return false;
  }
  return true;
}

bool stance_missing_names_add(struct stance_missing_names *names, const struct stance_document *document) {
  uint32_t next = 0;
  names->scan.document = (struct stance_document *)(uintptr_t)document; /* only read */
  names->articles++;
  for (uint32_t i = 0; i < document->sentence_count; i++)
    if (!is_headline(document, &document->sentences[i]) && !read_sentence(names, &document->sentences[i], &next))
      return false;
  return true;
}

static int by_count(const void *a, const void *b) {
  const struct stance_missing_name *x = a, *y = b;
  if (x->count != y->count) return x->count > y->count ? -1 : 1;
  return strcmp(x->name, y->name);
}

size_t stance_missing_names_sort(struct stance_missing_names *names, const struct stance_missing_name **out) {
  if (names->count) qsort(names->items, names->count, sizeof *names->items, by_count);
  stance_hash_index_free(&names->index); /* it has the indices before sorting */
  *out = names->items;
  return names->count;
}
