/* SPDX-License-Identifier: MIT
 * Candidate mentions in a document: longest match in the trie, and patterns; then the longest of those that overlap. */
#include <stdlib.h>
#include <string.h>

#include "mention_scan.h"
#include "name_part.h"
#include "reference.h"
#include "stance/base/error.h"
#include "stance/text/article.h"
#include "stance/text/date.h"
#include "stance/text/text.h"

/* ---- matches ---------------------------------------------------------------------------------------------- */

static bool make_match_room(struct stance_mention_scan *scan) {
  struct stance_match *grown =
      stance_arena_grow(scan->arena, scan->matches, &scan->match_capacity, scan->match_count + 1, sizeof *grown);
  if (grown) scan->matches = grown;
  else scan->is_out_of_memory = true;
  return grown;
}

static inline struct stance_match *add_match(struct stance_mention_scan *scan) {
  if (scan->match_count == scan->match_capacity && !make_match_room(scan)) return NULL;
  struct stance_match *match = &scan->matches[scan->match_count++];
  *match = (struct stance_match){0};
  return match;
}

/* The words before a match, nearest first, up to `max` or to punctuation. Returns their number. */
static size_t words_before(const struct stance_mention_scan *scan, const struct stance_match *match, uint64_t *words,
                           size_t max) {
  const struct stance_document *document = scan->document;
  const struct stance_token *token = &document->tokens[match->token_first];
  size_t count = 0;
  if (match->start > token->start) {
    struct stance_name_part parts[STANCE_ALIAS_PARTS_MAX];
    size_t found = stance_name_parts_cut(document->text + token->start, match->start - token->start, parts,
                                         STANCE_ALIAS_PARTS_MAX);
    if (found && found <= STANCE_ALIAS_PARTS_MAX) words[count++] = parts[found - 1].hash;
  }
  for (uint32_t i = match->token_first; count < max && i > document->sentences[scan->sentence].token_first; i--) {
    if (document->tokens[i - 1].kind == STANCE_TOKEN_PUNCTUATION) break;
    words[count++] = stance_scan_word(scan, i - 1);
  }
  return count;
}

static size_t words_behind(const struct stance_mention_scan *scan, const struct stance_match *match, uint64_t *words,
                           size_t max) {
  const struct stance_document *document = scan->document;
  const struct stance_sentence *sentence = &document->sentences[scan->sentence];
  struct stance_name_part part;
  size_t count = 0;
  if (match->ends_inside && !match->is_possessive) {
    uint32_t end = document->tokens[match->token_last].end;
    if (stance_name_parts_cut(document->text + match->end, end - match->end, &part, 1)) words[count++] = part.hash;
  }
  for (uint32_t i = match->token_last + 1; count < max && i < sentence->token_first + sentence->token_count; i++) {
    if (document->tokens[i].kind == STANCE_TOKEN_PUNCTUATION) break;
    words[count++] = stance_scan_word(scan, i);
  }
  return count;
}

static bool has_phrase(const struct stance_alias_context *context, enum stance_alias_side side, const uint64_t *words,
                       size_t count) {
  bool is_before = side == STANCE_SIDE_AFTER || side == STANCE_SIDE_NOT_AFTER;
  for (uint32_t i = 0; count && i < context->counts[side]; i++) { /* a phrase has at least one word */
    const uint64_t *phrase = context->phrases[side][i].words;
    size_t length = 1, same = 0;
    while (length < STANCE_PHRASE_WORDS_MAX && phrase[length]) length++;
    while (same < length && same < count && phrase[is_before ? length - 1 - same : same] == words[same]) same++;
    if (same == length) return true;
  }
  return false;
}

static bool context_allows(const struct stance_mention_scan *scan, const struct stance_alias_context *context,
                           const struct stance_match *match) {
  uint64_t words[STANCE_PHRASE_WORDS_MAX];
  if (context->counts[STANCE_SIDE_AFTER] | context->counts[STANCE_SIDE_NOT_AFTER]) {
    size_t count = words_before(scan, match, words, STANCE_PHRASE_WORDS_MAX);
    if (context->counts[STANCE_SIDE_AFTER] && !has_phrase(context, STANCE_SIDE_AFTER, words, count)) return false;
    if (has_phrase(context, STANCE_SIDE_NOT_AFTER, words, count)) return false;
  }
  if (context->counts[STANCE_SIDE_BEFORE] | context->counts[STANCE_SIDE_NOT_BEFORE]) {
    size_t count = words_behind(scan, match, words, STANCE_PHRASE_WORDS_MAX);
    if (context->counts[STANCE_SIDE_BEFORE] && !has_phrase(context, STANCE_SIDE_BEFORE, words, count)) return false;
    if (has_phrase(context, STANCE_SIDE_NOT_BEFORE, words, count)) return false;
  }
  return true;
}

/* Consecutive parts of the text that match the parts of a name. */
struct run {
  struct stance_name_part first, last;
  uint8_t shapes[STANCE_ALIAS_PARTS_MAX];
  uint8_t count;
};

static void bound(const struct stance_mention_scan *scan, struct stance_match *match, const struct run *run) {
  const struct stance_document *document = scan->document;
  bool has_possessive;
  match->start = run->first.start;
  match->end = run->last.end;
  match->token_first = run->first.token;
  match->token_last = run->last.token;
  match->starts_inside = match->start > document->tokens[match->token_first].start;
  match->ends_inside = match->end < document->tokens[match->token_last].end;
  match->has_stops = run->first.has_stops;
  match->is_possessive = match->end == stance_scan_word_end(scan, match->token_last, &has_possessive) && has_possessive;
}

static bool stands_here(const struct stance_mention_scan *scan, const struct stance_alias *alias,
                        const struct run *run) {
  uint64_t needs = alias->needs;
  for (uint8_t i = 0; needs && i < run->count; i++, needs >>= 2) {
    uint64_t need = needs & 3;
    if (need == STANCE_NEED_UPPER && run->shapes[i] != STANCE_SHAPE_UPPER) return false;
    if (need == STANCE_NEED_MIXED && run->shapes[i] != STANCE_SHAPE_MIXED) return false;
    if (need == STANCE_NEED_CAPITAL && run->shapes[i] == STANCE_SHAPE_LOWER) return false;
  }
  if (alias->is_dated && !stance_day_is_within(scan->day, alias->from, alias->until)) return false;
  if (!alias->context) return true;
  struct stance_match match = {0};
  bound(scan, &match, run);
  return context_allows(scan, alias->context, &match);
}

/* Chooses among aliases with the same parts: those within their dates before others (a former president is still
 * himself if nobody else is meant), those with context before those without, plain before derived; else the first in
 * the files. */
static const struct stance_alias *choose(const struct stance_mention_scan *scan, uint32_t first,
                                         const struct run *run) {
  const struct stance_gazetteer *gazetteer = scan->gazetteer;
  const struct stance_alias *best = NULL;
  int best_rank = -1;
  for (uint32_t at = first; at; at = gazetteer->aliases[at - 1].next) {
    const struct stance_alias *alias = &gazetteer->aliases[at - 1];
    if (!stands_here(scan, alias, run)) continue;
    if (!best && !alias->next) return alias; /* the usual case: a single alias */
    bool is_current = stance_day_is_within(scan->day, alias->from, alias->until);
    int rank = (is_current ? 4 : 0) + (alias->context ? 2 : 0) + (alias->is_derived ? 0 : 1);
    if (rank <= best_rank) continue;
    best = alias;
    best_rank = rank;
  }
  return best;
}

/* Adds the longest name that starts with part `first`. edge: the root's edge over it; next: the token after it. */
static void match_names(struct stance_mention_scan *scan, const struct stance_name_part *first, uint32_t next,
                        uint32_t limit, const struct stance_alias_edge *edge) {
  const struct stance_alias_trie *trie = &scan->gazetteer->trie;
  const struct stance_alias *best = NULL;
  struct stance_name_part last;
  uint8_t count = 0;
  struct stance_name_part_cursor cursor = {scan->document, next, limit, first->end};
  struct run run;
  run.first = run.last = *first;
  run.count = 0;
  do {
    run.shapes[run.count++] = run.last.shape;
    const struct stance_alias *alias = edge->value ? choose(scan, edge->value, &run) : NULL;
    if (!alias) continue;
    best = alias;
    last = run.last;
    count = run.count;
  } while (run.count < STANCE_ALIAS_PARTS_MAX && stance_name_part_next(&cursor, &run.last) &&
           (edge = stance_alias_trie_edge(trie, edge->child, run.last.hash)));
  struct stance_match *match = best ? add_match(scan) : NULL;
  if (!match) return;
  run.last = last;
  bound(scan, match, &run);
  match->alias = best;
  match->actor = &scan->gazetteer->actors[best->actor];
  match->kind = best->kind;
  match->part_count = count;
  match->is_person = match->actor->kind == STANCE_ACTOR_PERSON;
  match->is_plural =
      best->kind <= STANCE_ALIAS_DEMONYM && best->is_derived && (scan->document->text[match->end - 1] | 32) == 's';
}

/* A surname alone refers to the person whose full name the article gave, even if the gazetteer has others with that
 * surname. */
static void match_surname(struct stance_mention_scan *scan, uint32_t token, uint64_t word) {
  const struct stance_token *at = &scan->document->tokens[token];
  const struct stance_surname *surname = stance_scan_surname(scan, word);
  struct stance_match *match = surname ? add_match(scan) : NULL;
  if (!match) return;
  match->start = at->start;
  match->end = stance_scan_word_end(scan, token, &match->is_possessive);
  match->token_first = match->token_last = token;
  match->actor = surname->actor;
  match->part_count = 1;
  match->is_person = match->is_local = true;
  match->ends_inside = match->end < at->end;
}

/* Adds names that start in a token which may contain punctuation: "Mali's", "US-led", "U.S.", "2004". */
static void match_marked(struct stance_mention_scan *scan, uint32_t index, uint32_t limit) {
  const struct stance_token *token = &scan->document->tokens[index];
  struct stance_name_part part = {.end = token->start};
  const struct stance_alias_trie *trie = &scan->gazetteer->trie;
  const struct stance_alias_edge *edge;
  if (token->kind == STANCE_TOKEN_URL || token->kind == STANCE_TOKEN_HANDLE ||
      token->end - token->start > STANCE_NAME_PART_TOKEN_MAX)
    return;
  bool may_be_surname = scan->surname_count && token->shape != STANCE_SHAPE_LOWER;
  if (may_be_surname) match_surname(scan, index, stance_scan_marked_word(scan, index));
  while (part.end < token->end && stance_name_part_of_token(scan->document, index, part.end, &part))
    if ((edge = stance_alias_trie_first_edge(trie, part.hash, part.shape)))
      match_names(scan, &part, index, limit, edge);
}

/* Whether no name continues after this edge with the next token. A quick test, as words like "The" start many names. */
static inline bool is_end(const struct stance_mention_scan *scan, const struct stance_alias_edge *edge, uint32_t next,
                          uint32_t limit) {
  const struct stance_token *token = &scan->document->tokens[next];
  if (next >= limit) return true;
  if (!token->is_plain || token->kind != STANCE_TOKEN_WORD) return false;
  return !stance_alias_trie_edge(&scan->gazetteer->trie, edge->child, token->hash);
}

/* Adds names that start with a token of letters only, which is one part. */
static inline void match_plain(struct stance_mention_scan *scan, uint32_t index, uint32_t limit) {
  const struct stance_token *token = &scan->document->tokens[index];
  if (scan->surname_filter >> (token->hash & 63) & 1 && token->shape != STANCE_SHAPE_LOWER)
    match_surname(scan, index, token->hash);
  const struct stance_alias_edge *edge =
      stance_alias_trie_first_edge(&scan->gazetteer->trie, token->hash, token->shape);
  if (!edge || (!edge->value && is_end(scan, edge, index + 1, limit))) return;
  struct stance_name_part part = {token->hash, token->start, token->end, index, token->shape, false};
  match_names(scan, &part, index + 1, limit, edge);
}

/* Adds names that start in the sentence, whose tokens end before `limit`. */
static void match_tokens(struct stance_mention_scan *scan, uint32_t limit) {
  const uint32_t *name = scan->names;
  for (; *name < limit; name++) {
    if (scan->document->tokens[*name].is_plain) match_plain(scan, *name, limit);
    else match_marked(scan, *name, limit);
  }
  scan->names = name;
}

/* Lists the tokens that may start a name or a reference, in one pass without branches to mispredict; most tokens start
 * neither. */
static bool find_starts(struct stance_mention_scan *scan) {
  const struct stance_token *tokens = scan->document->tokens;
  const uint8_t *starts = scan->gazetteer->starts.of;
  uint32_t count = scan->document->token_count;
  uint32_t *names = stance_arena_alloc(scan->arena, (size_t)count + 1, sizeof *names);
  uint32_t *references = stance_arena_alloc(scan->arena, (size_t)count + 1, sizeof *references);
  if (!names || !references) return false;
  scan->names = names;
  scan->references = references;
  for (uint32_t i = 0; i < count; i++) {
    const struct stance_token *token = &tokens[i];
    uint32_t start = starts[stance_word_start(token->hash)];
    bool may_start_lower = start & STANCE_START_NAME;
    *names = *references = i;
    names += (token->kind != STANCE_TOKEN_PUNCTUATION) &
             ((token->shape != STANCE_SHAPE_LOWER) | !token->is_plain | may_start_lower);
    references += start / STANCE_START_REFERENCE;
  }
  *names = *references = UINT32_MAX;
  return true;
}

/* ---- patterns ----------------------------------------------------------------------------------------------- */

static bool add_pattern_match(void *context, size_t start, size_t end, uint32_t actor) {
  struct stance_mention_scan *scan = context;
  const struct stance_document *document = scan->document;
  const struct stance_sentence *sentence = &document->sentences[scan->sentence];
  uint32_t from = sentence->start + (uint32_t)start, to = sentence->start + (uint32_t)end;
  uint32_t low = sentence->token_first, high = low + sentence->token_count;
  while (low < high) { /* binary search for the first token that ends after `from` */
    uint32_t middle = low + (high - low) / 2;
    if (document->tokens[middle].end <= from) low = middle + 1;
    else high = middle;
  }
  uint32_t last = low, limit = sentence->token_first + sentence->token_count;
  while (last + 1 < limit && document->tokens[last + 1].start < to) last++;
  struct stance_match *match = low < limit ? add_match(scan) : NULL;
  if (!match) return low >= limit;
  match->start = from;
  match->end = to;
  match->token_first = low;
  match->token_last = last;
  match->actor = &scan->gazetteer->actors[actor];
  match->part_count = (uint8_t)(last - low < 100 ? last - low + 1 : 100);
  match->is_person = match->actor->kind == STANCE_ACTOR_PERSON;
  match->starts_inside = from > document->tokens[low].start;
  match->ends_inside = to < document->tokens[last].end;
  return true;
}

/* ---- overlaps ------------------------------------------------------------------------------------------------- */

static int by_start(const void *a, const void *b) {
  const struct stance_match *x = a, *y = b;
  if (x->start != y->start) return x->start < y->start ? -1 : 1;
  return x->end != y->end ? (x->end > y->end ? -1 : 1) : 0;
}

/* Longest first, then leftmost. On the same span, a surname that the article introduced precedes a person of the
 * gazetteer, but follows any other actor. */
static int by_length(const void *a, const void *b) {
  const struct stance_match *x = a, *y = b;
  uint32_t m = x->end - x->start, n = y->end - y->start;
  if (m != n) return m > n ? -1 : 1;
  if (x->start != y->start) return x->start < y->start ? -1 : 1;
  if (x->is_local != y->is_local) {
    const struct stance_match *known = x->is_local ? y : x; /* e.g. a state's name, which is no surname */
    bool local_first = known->is_person;
    return x->is_local == local_first ? -1 : 1;
  }
  return 0;
}

static void drop_overlaps(struct stance_mention_scan *scan, const struct stance_sentence *sentence) {
  struct stance_match *matches = scan->matches;
  size_t count = scan->match_count, kept = 0;
  bool is_clean = true;
  for (size_t i = 1; i < count; i++)
    if (matches[i].start < matches[i - 1].end) is_clean = false;
  if (is_clean) return;
  uint8_t *taken = stance_arena_zalloc(scan->arena, sentence->end - sentence->start + 1, 1);
  if (!taken) {
    scan->is_out_of_memory = true;
    return;
  }
  qsort(matches, count, sizeof *matches, by_length);
  for (size_t i = 0; i < count; i++) {
    /* spans taken so far are at least as long, so one that overlaps this span covers its first or last byte */
    uint32_t start = matches[i].start - sentence->start, end = matches[i].end - sentence->start;
    if (taken[start] || taken[end - 1]) continue;
    memset(taken + start, 1, end - start);
    matches[kept++] = matches[i];
  }
  scan->match_count = kept;
  qsort(matches, kept, sizeof *matches, by_start);
}

/* ---- the document ----------------------------------------------------------------------------------------------- */

static bool keep_mentions(struct stance_mention_scan *scan, struct stance_sentence *sentence) {
  struct stance_document *document = scan->document;
  sentence->mention_first = document->mention_count;
  sentence->mention_count = 0;
  if (!scan->match_count) return true;
  size_t needed = document->mention_count + scan->match_count;
  struct stance_mention *mentions =
      stance_arena_grow(scan->arena, document->mentions, &scan->mention_capacity, needed, sizeof *mentions);
  if (mentions) document->mentions = mentions;
  struct stance_mention_note *notes =
      stance_arena_grow(scan->arena, scan->notes, &scan->note_capacity, needed, sizeof *notes);
  if (notes) scan->notes = notes;
  if (!mentions || !notes) return false;
  for (size_t i = 0; i < scan->match_count; i++) {
    const struct stance_match *match = &scan->matches[i];
    notes[document->mention_count] =
        (struct stance_mention_note){match->token_first, match->token_last, match->head,         match->kind,
                                     match->is_person,   match->is_plural,  match->is_possessive};
    mentions[document->mention_count++] =
        (struct stance_mention){match->start, match->end, scan->sentence, match->actor, false};
  }
  sentence->mention_count = (uint32_t)scan->match_count;
  return true;
}

enum stance_status stance_mentions_find(const struct stance_gazetteer *gazetteer, struct stance_arena *arena,
                                        struct stance_document *document, bool with_implicit,
                                        struct stance_error *error) {
  struct stance_name_matcher *matcher = NULL;
  struct stance_mention_scan scan = {.gazetteer = gazetteer, .arena = arena, .document = document};
  scan.day = stance_date_first_day(document->date);
  scan.surnames = stance_arena_alloc(arena, STANCE_SURNAMES_MAX, sizeof *scan.surnames);
  if (!scan.surnames) return stance_fail_memory(error);
  document->mentions = NULL;
  document->mention_count = 0;
  if (gazetteer->patterns.count && !(matcher = stance_name_matcher_new(&gazetteer->patterns)))
    return stance_fail_memory(error);
  bool is_good = find_starts(&scan);
  for (uint32_t i = 0; is_good && i < document->sentence_count; i++) {
    struct stance_sentence *sentence = &document->sentences[i];
    scan.sentence = i;
    scan.style = STANCE_STYLE_UNKNOWN;
    scan.match_count = 0;
    match_tokens(&scan, sentence->token_first + sentence->token_count);
    if (matcher) {
      stance_name_matcher_run(matcher, document->text + sentence->start, sentence->end - sentence->start,
                              add_pattern_match, &scan);
      if (scan.match_count) qsort(scan.matches, scan.match_count, sizeof *scan.matches, by_start);
    }
    if (scan.match_count) {
      drop_overlaps(&scan, sentence);
      stance_mention_rules_apply(&scan);
    }
    is_good = keep_mentions(&scan, sentence) && !scan.is_out_of_memory;
  }
  stance_name_matcher_destroy(matcher);
  if (is_good && with_implicit) is_good = stance_references_find(&scan);
  return is_good ? STANCE_OK : stance_fail_memory(error);
}
