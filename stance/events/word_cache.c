/* SPDX-License-Identifier: MIT
 * Finding out what the tables say of a word, and of a lexeme what the rules ask again and again. */
#include "word_cache.h"

#include <stdlib.h>
#include <string.h>

static void list(void *context, uint64_t hash) {
  struct stance_vocabulary *vocabulary = context;
  vocabulary->listed[hash >> (64 - STANCE_LISTED_BITS + 6)] |= UINT64_C(1) << (hash >> (64 - STANCE_LISTED_BITS) & 63);
}

struct stance_vocabulary *stance_vocabulary_new(const struct stance_lexicon *lexicon) {
  enum { LINE = 64 }; /* of the processor's cache: no word lies in two */
  _Static_assert(LINE % sizeof(struct stance_known_word) == 0, "words of a line");
  struct stance_vocabulary *vocabulary = aligned_alloc(LINE, (sizeof *vocabulary + LINE - 1) / LINE * LINE);
  if (!vocabulary) return NULL;
  memset(vocabulary, 0, sizeof *vocabulary);
  vocabulary->lexicon = lexicon;
  vocabulary->classes = stance_word_classes_new();
  if (lexicon) vocabulary->traits = calloc(stance_lexicon_lexeme_count(lexicon) + 1, 1);
  if (!vocabulary->classes || (lexicon && !vocabulary->traits)) {
    stance_vocabulary_free(vocabulary);
    return NULL;
  }
  vocabulary->unlisted = (struct stance_known_word){.slot = STANCE_SLOT_COUNT, .has_ending = true};
  stance_word_classes_each(vocabulary->classes, list, vocabulary);
  if (lexicon) stance_lexicon_words(lexicon, list, vocabulary);
  vocabulary->words[0].hash = 1; /* an empty place holds a hash that belongs elsewhere: 0 does, but for the first place */
  return vocabulary;
}

void stance_vocabulary_free(struct stance_vocabulary *vocabulary) {
  if (!vocabulary) return;
  stance_word_classes_free(vocabulary->classes);
  free(vocabulary->traits);
  free(vocabulary);
}

/* True of all texts with the hash if of one that has such an ending: they are alike but for case and the kind of apostrophe. */
static bool may_have_ending(const char *text, size_t length) {
  if (length < 2) return false;
  unsigned char last = (unsigned char)text[length - 1], before = (unsigned char)text[length - 2];
  return last >= 0x80 || before >= 0x80 || last == '\'' || before == '\'' || ((last | 32) == 'y' && (before | 32) == 'l');
}

const struct stance_known_word *stance_vocabulary_learn(struct stance_vocabulary *vocabulary, uint64_t hash, const char *text,
                                                        size_t length) {
  struct stance_known_word *word = &vocabulary->words[hash % STANCE_VOCABULARY_WORDS];
  struct stance_lexicon_word entry = {.reading = NULL};
  if (vocabulary->lexicon) stance_lexicon_lookup(vocabulary->lexicon, hash, &entry);
  *word = (struct stance_known_word){.hash = hash,
                                     .reading = entry.reading,
                                     .function = entry.function,
                                     .polarity = entry.polarity,
                                     .valence = entry.valence,
                                     .longer = entry.longer,
                                     .has_ending = may_have_ending(text, length)};
  word->classes = stance_word_classes_find(vocabulary->classes, hash, &word->slot);
  word->begins_event = entry.reading || (entry.longer & STANCE_LONGER_LEXEME) || entry.function >> STANCE_REPORTING & 1 ||
                       (word->classes & (STANCE_CLASS_GIVE | STANCE_CLASS_RECEIVE | STANCE_CLASS_SHIFT));
  return word;
}

void stance_vocabulary_read(struct stance_vocabulary *vocabulary, const struct stance_token *tokens, size_t count, const char *text) {
  enum { AT_ONCE = 64 };
  const struct stance_token *missing[AT_ONCE];
  for (size_t first = 0; first < count; first += AT_ONCE) {
    size_t end = count - first < AT_ONCE ? count : first + AT_ONCE, missing_count = 0;
    for (size_t i = first; i < end; i++) { /* no branch: which words are new is hard to foretell */
      missing[missing_count] = &tokens[i];
      bool is_new = vocabulary->words[tokens[i].hash % STANCE_VOCABULARY_WORDS].hash != tokens[i].hash;
      missing_count += is_new & stance_vocabulary_may_list(vocabulary, tokens[i].hash);
    }
    for (size_t i = 0; vocabulary->lexicon && i < missing_count; i++) stance_lexicon_prefetch(vocabulary->lexicon, missing[i]->hash);
    for (size_t i = 0; i < missing_count; i++)
      stance_vocabulary_learn(vocabulary, missing[i]->hash, text + missing[i]->start, missing[i]->end - missing[i]->start);
  }
}

/* ---- lexemes ------------------------------------------------------------------------------------------------ */

static const char *const holding[] = {"arrest", "ban",       "bar",   "charge", "convict",  "deport", "detain",   "drive out",
                                      "evict",  "expel",     "fine",  "imprison", "jail",   "kick out", "sentence", "throw out"};
static const char *const naming[] = {"brand", "call",  "characterise", "consider", "deem",   "depict", "describe", "dub", "label",
                                     "name",  "portray", "regard",     "see as",   "see",    "term",   "treat",    "view"};
#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

static bool is_one_of(const char *lemma, const char *const *lemmas, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (strcmp(lemma, lemmas[i]) == 0) return true;
  return false;
}

uint8_t stance_vocabulary_traits(struct stance_vocabulary *vocabulary, const struct stance_lexeme *lexeme) {
  uint8_t *traits = &vocabulary->traits[lexeme - stance_lexicon_lexeme(vocabulary->lexicon, 0)];
  if (*traits) return *traits;
  *traits = STANCE_LEXEME_KNOWN;
  if (strchr(lexeme->lemma, ' ')) *traits |= STANCE_LEXEME_PHRASE;
  if (is_one_of(lexeme->lemma, naming, COUNT_OF(naming))) *traits |= STANCE_LEXEME_NAMES;
  if (is_one_of(lexeme->lemma, holding, COUNT_OF(holding))) *traits |= STANCE_LEXEME_HOLDS;
  return *traits;
}
