/* SPDX-License-Identifier: MIT
 * Looks up what the tables say of a word, and which traits a lexeme has. See word_cache.h. */
#include "word_cache.h"

#include <stdlib.h>
#include <string.h>

static void mark_all(struct stance_word_cache *cache);

static void list(void *context, uint64_t hash) {
  struct stance_word_cache *cache = context;
  cache->listed[hash >> (64 - STANCE_LISTED_BITS + 6)] |= UINT64_C(1) << (hash >> (64 - STANCE_LISTED_BITS) & 63);
}

struct stance_word_cache *stance_word_cache_new(const struct stance_lexicon *lexicon) {
  enum { LINE = 64 }; /* bytes of a line of the processor's cache; no entry straddles two lines */
  _Static_assert(LINE % sizeof(struct stance_known_word) == 0, "words of a line");
  struct stance_word_cache *cache = aligned_alloc(LINE, (sizeof *cache + LINE - 1) / LINE * LINE);
  if (!cache) return NULL;
  memset(cache, 0, sizeof *cache);
  cache->lexicon = lexicon;
  cache->classes = stance_word_classes_new();
  if (lexicon) cache->traits = calloc(stance_lexicon_lexeme_count(lexicon) + 1, 1);
  if (!cache->classes || (lexicon && !cache->traits)) {
    stance_word_cache_free(cache);
    return NULL;
  }
  cache->unlisted = (struct stance_known_word){.slot = STANCE_SLOT_COUNT, .has_ending = true};
  mark_all(cache);
  stance_word_classes_each(cache->classes, list, cache);
  if (lexicon) stance_lexicon_words(lexicon, list, cache);
  cache->words[0].hash =
      1; /* an empty place must not match a hash that belongs there; 0 belongs in the first place only */
  return cache;
}

void stance_word_cache_free(struct stance_word_cache *cache) {
  if (!cache) return;
  stance_word_classes_free(cache->classes);
  free(cache->traits);
  free(cache);
}

/* Whether a word may end in -ly or have an apostrophe near its end. The answer holds for every spelling with the same
 * hash: spellings differ in case and kind of apostrophe only. */
static bool may_have_ending(const char *text, size_t length) {
  if (length < 2) return false;
  unsigned char last = (unsigned char)text[length - 1], before = (unsigned char)text[length - 2];
  return last >= 0x80 || before >= 0x80 || last == '\'' || before == '\'' ||
         ((last | 32) == 'y' && (before | 32) == 'l');
}

const struct stance_known_word *stance_word_cache_learn(struct stance_word_cache *cache, uint64_t hash,
                                                        const char *text, size_t length) {
  struct stance_known_word *word = &cache->words[hash % STANCE_WORD_CACHE_SIZE];
  struct stance_lexicon_word entry = {.reading = NULL};
  if (cache->lexicon) stance_lexicon_lookup(cache->lexicon, hash, &entry);
  *word = (struct stance_known_word){.hash = hash,
                                     .reading = entry.reading,
                                     .function = entry.function,
                                     .polarity = entry.polarity,
                                     .valence = entry.valence,
                                     .longer = entry.longer,
                                     .has_ending = may_have_ending(text, length)};
  word->classes = stance_word_classes_find(cache->classes, hash, &word->slot);
  word->begins_event = entry.reading || (entry.longer & STANCE_LONGER_LEXEME) ||
                       entry.function >> STANCE_REPORTING & 1 ||
                       (word->classes & (STANCE_CLASS_GIVE | STANCE_CLASS_RECEIVE | STANCE_CLASS_SHIFT));
  return word;
}

void stance_word_cache_read(struct stance_word_cache *cache, const struct stance_token *tokens, size_t count,
                            const char *text) {
  enum { AT_ONCE = 64 };
  const struct stance_token *missing[AT_ONCE];
  for (size_t first = 0; first < count; first += AT_ONCE) {
    size_t end = count - first < AT_ONCE ? count : first + AT_ONCE, missing_count = 0;
    for (size_t i = first; i < end; i++) { /* without a branch, as the processor predicts badly which words are new */
      missing[missing_count] = &tokens[i];
      bool is_new = cache->words[tokens[i].hash % STANCE_WORD_CACHE_SIZE].hash != tokens[i].hash;
      missing_count += is_new & stance_word_cache_may_list(cache, tokens[i].hash);
    }
    for (size_t i = 0; cache->lexicon && i < missing_count; i++)
      stance_lexicon_prefetch(cache->lexicon, missing[i]->hash);
    for (size_t i = 0; i < missing_count; i++)
      stance_word_cache_learn(cache, missing[i]->hash, text + missing[i]->start, missing[i]->end - missing[i]->start);
  }
}

/* ---- lexemes ------------------------------------------------------------------------------------------------ */

static const char *const holding[] = {"arrest", "ban",       "bar",      "charge",   "convict", "deport",
                                      "detain", "drive out", "evict",    "expel",    "fine",    "imprison",
                                      "jail",   "kick out",  "sentence", "throw out"};
static const char *const naming[] = {"brand",    "call", "characterise", "consider", "deem",    "depict",
                                     "describe", "dub",  "label",        "name",     "portray", "regard",
                                     "see as",   "see",  "term",         "treat",    "view"};
static const char *const winning[] = {
    "beat",      "crush",     "defeat",    "demolish", "destroy", "edge", "eliminate", "hammer",    "humiliate",
    "knock out", "outclass",  "oust",      "overcome", "punish",  "rout", "sink",      "stun",      "thrash",
    "trounce",   "blow away", "overpower", "conquer",  "down",    "maul", "topple",    "overwhelm", "pummel"};
static const char *const asking[] = {
    "ask",       "urge",       "call on",  "call upon", "appeal to",  "beg",     "beg for",  "implore",   "beseech",
    "entreat",   "plead with", "press",    "pressure",  "prod",       "nudge",   "exhort",   "invite",    "want",
    "expect",    "order",      "tell",     "instruct",  "command",    "advise",  "remind",   "challenge", "dare",
    "request",   "require",    "petition", "lobby",     "call for",   "wish",    "hope",     "hope for",  "demand",
    "insist",    "propose",    "suggest",  "recommend", "predict",    "foresee", "forecast", "pray for",  "wait for",
    "encourage", "counsel",    "goad",     "prompt",    "pressurise", "push",    "plead",    "appeal",    "warn",
    "caution",   "admonish",   "await",    "bid",       "task",       "entice"};
static const char *const denying[] = {"deny",     "reject",      "dismiss",   "refute",    "rebut",     "dispute",
                                      "contest",  "brush aside", "brush off", "wave away", "shrug off", "disavow",
                                      "disclaim", "contradict",  "repudiate", "discount",  "wave aside"};
static const char *const claiming[] = {"claim",      "charge",        "accusation", "allegation", "insinuation",
                                       "suggestion", "report",        "assertion",  "imputation", "speculation",
                                       "rumour",     "recrimination", "account",    "contention", "version"};
#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

static void mark(struct stance_word_cache *cache, const char *const *lemmas, size_t count, uint8_t trait) {
  for (size_t i = 0; i < count; i++) {
    uint64_t hash = stance_hash(lemmas[i], strlen(lemmas[i]));
    size_t at = hash % STANCE_MARKED_LEMMAS;
    while (cache->marked[at].hash && cache->marked[at].hash != hash) at = (at + 1) % STANCE_MARKED_LEMMAS;
    cache->marked[at].hash = hash;
    cache->marked[at].traits |= trait;
  }
}

static void mark_all(struct stance_word_cache *cache) {
  _Static_assert(COUNT_OF(holding) + COUNT_OF(naming) + COUNT_OF(winning) + COUNT_OF(asking) + COUNT_OF(denying) +
                         COUNT_OF(claiming) <=
                     STANCE_MARKED_LEMMAS / 2,
                 "half full");
  mark(cache, naming, COUNT_OF(naming), STANCE_LEXEME_NAMES);
  mark(cache, holding, COUNT_OF(holding), STANCE_LEXEME_HOLDS);
  mark(cache, winning, COUNT_OF(winning), STANCE_LEXEME_WINS);
  mark(cache, asking, COUNT_OF(asking), STANCE_LEXEME_ASKS);
  mark(cache, denying, COUNT_OF(denying), STANCE_LEXEME_DENIES);
  mark(cache, claiming, COUNT_OF(claiming), STANCE_LEXEME_CLAIMS);
}

uint8_t stance_word_cache_traits(struct stance_word_cache *cache, const struct stance_lexeme *lexeme) {
  uint8_t *traits = &cache->traits[lexeme - stance_lexicon_lexeme(cache->lexicon, 0)];
  if (*traits) return *traits;
  *traits = STANCE_LEXEME_KNOWN;
  if (strchr(lexeme->lemma, ' ')) *traits |= STANCE_LEXEME_PHRASE;
  uint64_t hash = lexeme->hash ? lexeme->hash : stance_hash(lexeme->lemma, strlen(lexeme->lemma));
  for (size_t at = hash % STANCE_MARKED_LEMMAS; cache->marked[at].hash; at = (at + 1) % STANCE_MARKED_LEMMAS)
    if (cache->marked[at].hash == hash) *traits |= cache->marked[at].traits;
  return *traits;
}
