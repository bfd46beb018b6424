/* SPDX-License-Identifier: MIT
 * Reads the sentences for descriptions and pronouns, and adds a mention where the referent is certain. */
#include "reference_search.h"

#include <string.h>

enum {
  WORD_BYTES = 4,     /* bytes of the longest word that starts a reference: "they" */
  TOKENS_BACK = 1500, /* most tokens in reach: more are a list or hostile input, and not searched */
};

static bool is_named_here(const struct stance_reference_search *search, const struct stance_actor *actor) {
  for (size_t i = stance_reference_first_of(search, search->sentence); i < search->count; i++)
    if (search->mentions[i].actor == actor) return true;
  return false;
}

static bool make_room(struct stance_reference_search *search) {
  size_t mention_capacity = search->capacity, note_capacity = search->capacity;
  size_t needed = search->count ? search->count + 1 : search->document->mention_count + 1;
  struct stance_mention *mentions =
      stance_arena_grow(search->scan->arena, search->mentions, &mention_capacity, needed, sizeof *mentions);
  struct stance_mention_note *notes =
      stance_arena_grow(search->scan->arena, search->notes, &note_capacity, needed, sizeof *notes);
  if (!mentions || !notes) return false;
  search->mentions = mentions;
  search->notes = notes;
  search->capacity = mention_capacity; /* notes have the same capacity */
  return true;
}

static inline bool keep(struct stance_reference_search *search, const struct stance_mention *mention,
                        const struct stance_mention_note *note) {
  if (search->count == search->capacity && !make_room(search)) return false;
  search->mentions[search->count] = *mention;
  search->notes[search->count++] = *note;
  return true;
}

static bool keep_implicit(struct stance_reference_search *search, uint32_t first, uint32_t last,
                          const struct stance_actor *actor, bool is_person) {
  bool has_possessive;
  uint32_t end = stance_scan_word_end(search->scan, last, &has_possessive);
  struct stance_mention mention = {search->document->tokens[first].start, end, search->sentence, actor, true};
  uint32_t classes = stance_scan_classes(search->scan, last);
  struct stance_mention_note note = {
      .token_first = first,
      .token_last = last,
      .kind = STANCE_ALIAS_NAME,
      .is_person = is_person,
      .is_plural = (classes & STANCE_NAME_PLURAL) || stance_reference_is_word(search, last, "they"),
      .is_possessive = has_possessive};
  return keep(search, &mention, &note);
}

/* Whether the token is inside a quotation that its sentence opens. Ask for tokens in order. */
static bool is_quoted(struct stance_reference_search *search, uint32_t token) {
  for (; search->watched < token; search->watched++) {
    const struct stance_token *at = &search->document->tokens[search->watched];
    const char *text = search->document->text + at->start;
    if (at->kind != STANCE_TOKEN_PUNCTUATION) continue;
    if (*text == '"') search->in_quotation = !search->in_quotation;
    else if (at->end - at->start >= 3 && memcmp(text, "\xE2\x80\x9C", 3) == 0) search->in_quotation = true;
    else if (at->end - at->start >= 3 && memcmp(text, "\xE2\x80\x9D", 3) == 0) search->in_quotation = false;
  }
  return search->in_quotation;
}

/* Adds the mention of one description or pronoun, if its referent is certain; *last becomes its last token. False: out
 * of memory. */
static bool read_reference(struct stance_reference_search *search, uint32_t token, uint32_t classes, uint32_t *last) {
  const struct stance_actor *actor = NULL;
  bool is_person = false;
  uint32_t first = token;
  struct stance_description_given given;
  if (token - search->reach_token > TOKENS_BACK) return true;
  if (classes & (STANCE_REFERENCE_THE | STANCE_REFERENCE_ITS) && stance_description_read(search, token, &given)) {
    if (stance_description_goes_on(search, &given)) return true;
    actor = stance_description_resolve(search, &given, classes & STANCE_REFERENCE_ITS);
    if (actor) {
      *last = given.token_last;
      if (classes & STANCE_REFERENCE_THE) first++; /* a mention does not include the article */
      return keep_implicit(search, first, *last, actor, false);
    }
  }
  if (classes & STANCE_REFERENCE_THE) return true;
  if (classes & (STANCE_REFERENCE_HE | STANCE_REFERENCE_HIS)) {
    actor = stance_pronoun_person(search, token, classes & STANCE_REFERENCE_HE);
    is_person = true;
  } else if (classes & (STANCE_REFERENCE_THEY | STANCE_REFERENCE_THEM)) {
    actor = stance_pronoun_plural(search, token, classes & STANCE_REFERENCE_THEY);
  } else if (classes & (STANCE_REFERENCE_IT | STANCE_REFERENCE_ITS)) {
    actor = stance_pronoun_it(search, token, classes & STANCE_REFERENCE_ITS);
  }
  if (!actor || is_quoted(search, token)) return true;
  bool is_possessive_form = classes & STANCE_REFERENCE_ITS || stance_reference_is_word(search, token, "his") ||
                            stance_reference_is_word(search, token, "her");
  if (is_possessive_form && is_named_here(search, actor)) return true;
  return keep_implicit(search, token, token, actor, is_person);
}

/* Whether no mention is in reach of this sentence. */
static bool is_nothing_in_reach(const struct stance_reference_search *search) {
  return search->count == search->reach_first;
}

/* Copies the explicit mentions that start before byte `end`. False: out of memory. */
static inline bool keep_explicit(struct stance_reference_search *search, uint32_t end) {
  const struct stance_document *document = search->document;
  for (; search->explicit_next < document->mention_count; search->explicit_next++) {
    const struct stance_mention *mention = &document->mentions[search->explicit_next];
    if (mention->start >= end) break;
    if (!keep(search, mention, &search->scan->notes[search->explicit_next])) return false;
  }
  return true;
}

/* Whether the token is part of the last explicit mention copied; keep_explicit was called with the token's end. */
static inline bool is_covered_here(const struct stance_reference_search *search, uint32_t token) {
  size_t next = search->explicit_next;
  return next > 0 && search->document->mentions[next - 1].end > search->document->tokens[token].start;
}

static bool read_sentence(struct stance_reference_search *search) {
  const struct stance_document *document = search->document;
  const struct stance_name_words *words = &search->scan->gazetteer->reference_words;
  const uint32_t *start = search->scan->references;
  uint32_t next = search->first; /* the first token after the last reference added */
  search->watched = search->first;
  search->in_quotation = false;
  for (; *start < search->limit; start++) {
    uint32_t token = *start;
    if (token < next || document->tokens[token].end - document->tokens[token].start > WORD_BYTES) continue;
    uint32_t classes = stance_name_words_of(words, document->tokens[token].hash);
    if (!(classes & STANCE_REFERENCE_STARTS)) continue;
    if (!keep_explicit(search, document->tokens[token].end)) return false;
    if (is_nothing_in_reach(search) || is_covered_here(search, token)) continue;
    if (!read_reference(search, token, classes, &token)) return false;
    next = token + 1;
  }
  search->scan->references = start;
  return keep_explicit(search, document->sentences[search->sentence].end);
}

bool stance_references_find(struct stance_mention_scan *scan) {
  struct stance_document *document = scan->document;
  struct stance_reference_search search = {.scan = scan, .document = document};
  if (!document->mention_count) return true;
  search.sentence_first =
      stance_arena_zalloc(scan->arena, (size_t)document->sentence_count + 1, sizeof *search.sentence_first);
  if (!search.sentence_first) return false;
  for (uint32_t i = 0; i < document->sentence_count; i++) {
    search.sentence = scan->sentence = i;
    search.sentence_first[i] = search.count;
    search.first = document->sentences[i].token_first;
    search.limit = search.first + document->sentences[i].token_count;
    search.reach_first =
        stance_reference_first_of(&search, stance_reference_reach(&search, STANCE_REFERENCE_SENTENCES_BACK));
    search.reach_token =
        document->sentences[stance_reference_reach(&search, STANCE_REFERENCE_SENTENCES_BACK)].token_first;
    if (is_nothing_in_reach(&search) && !document->sentences[i].mention_count) continue;
    if (!read_sentence(&search)) return false;
  }
  search.sentence_first[document->sentence_count] = search.count;
  for (uint32_t i = 0; i < document->sentence_count; i++) {
    document->sentences[i].mention_first = (uint32_t)search.sentence_first[i];
    document->sentences[i].mention_count = (uint32_t)(search.sentence_first[i + 1] - search.sentence_first[i]);
  }
  document->mentions = search.mentions;
  document->mention_count = (uint32_t)search.count;
  return true;
}
