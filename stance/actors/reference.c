/* SPDX-License-Identifier: MIT */
#include "reference.h"

#include <string.h>

#include "stance/base/ascii.h"
#include "name_part.h"

enum {
  SENTENCES_BACK = 3,    /* that a description may reach; pronouns and "the country" reach less far */
  DESCRIPTION_WORDS = 6, /* between "the" and the end of a description */
  SUBJECT_TOKENS = 10,   /* before a subject that stands behind a comma: "On Monday afternoon, Malian authorities" */
  REGION_WORDS = 6,
  BOUND_TOKENS = 14,     /* between a subject and the "it" that stands for it */
  WORD_BYTES = 4,        /* of the longest word that a reference starts with: "they" */
  TOKENS_BACK = 1500,    /* more than this many in the sentences to look at: it is a list or a trap, not prose */
};

static const struct stance_word_list reference_lists[] = {
    {STANCE_REFERENCE_THE, "the"},
    {STANCE_REFERENCE_ITS, "its"},
    {STANCE_REFERENCE_HE, "he she"},
    {STANCE_REFERENCE_HIS, "his her him"},
    {STANCE_REFERENCE_THEY, "they"},
    {STANCE_REFERENCE_THEM, "them"},
    {STANCE_REFERENCE_IT, "it"},
    {STANCE_REFERENCE_JUNTA, "junta regime"},
    {STANCE_REFERENCE_COUNTRY, "country nation kingdom republic state"},
    {STANCE_REFERENCE_GOVERNMENT, "government authorities army military"},
    {STANCE_REFERENCE_ORGANISATION, "bloc alliance organisation organization grouping"},
    {STANCE_REFERENCE_ARMED_GROUP, "group militia rebels insurgents militants jihadists islamists extremists mercenaries guerrillas"},
    {STANCE_REFERENCE_COMPANY, "company firm giant carmaker lender airline manufacturer conglomerate retailer"},
    {STANCE_REFERENCE_PARTY, "party"},
    {STANCE_REFERENCE_AGENCY, "agency watchdog"},
    {STANCE_REFERENCE_MEDIA, "newspaper broadcaster"},
    {STANCE_REFERENCE_OTHER,
     "other another rival neighbouring neighboring opposition local regional host first second third last only next former previous old "
     "ousted exiled many most several two three four five foreign same different own target member partner western allied sister "
     "home parent state-owned small largest biggest new newly top whole-of-government worst poorest richest best"},
    {STANCE_REFERENCE_EXPLETIVE,
     "is was remains would will seems seemed appears appeared comes came took takes may might could can should must isn't wasn't has-been "
     "rains rained raining snowed turns turned emerged follows followed means meant"},
    {STANCE_REFERENCE_CLAUSE,
     "that said says say which and but as because after when if while although though before since until saying claims claimed believes "
     "believed insisted insists added warned announced declared"},
    {STANCE_REFERENCE_COLONIAL_RULER, "ruler power master rulers masters"},
    {STANCE_REFERENCE_COLONY, "colony"},
    {STANCE_REFERENCE_BREAK, "of between for against among"},
};

bool stance_reference_words_fill(struct stance_gazetteer *gazetteer) {
  struct stance_name_words *words = &gazetteer->reference_words;
  if (!stance_name_words_add_lists(words, &gazetteer->arena, reference_lists, sizeof reference_lists / sizeof *reference_lists)) return false;
  for (size_t i = 0; gazetteer->words.entries && i <= gazetteer->words.mask; i++) {
    const struct stance_name_word_entry *entry = &gazetteer->words.entries[i];
    if (entry->classes & STANCE_WORD_FUNCTION && !stance_name_words_add(words, &gazetteer->arena, entry->hash, STANCE_REFERENCE_FUNCTION))
      return false;
  }
  for (size_t i = 0; i <= words->mask; i++)
    if (words->entries[i].classes & STANCE_REFERENCE_STARTS)
      gazetteer->starts.of[stance_word_start(words->entries[i].hash)] |= STANCE_START_REFERENCE;
  return true;
}

/* ---- what was said so far ------------------------------------------------------------------------------------ */

struct search {
  struct stance_mention_scan *scan;
  const struct stance_document *document;
  struct stance_mention *mentions; /* explicit and implicit, up to where we read */
  struct stance_mention_note *notes;
  size_t count, capacity;
  size_t *sentence_first; /* [sentence]: index of its first mention in mentions */
  size_t explicit_next;   /* index in the document's own mentions */
  uint32_t sentence, first, limit; /* the sentence being read, and its tokens */
  size_t reach_first;              /* index of the first mention that a description in it may stand for */
  uint32_t reach_token;            /* the first token of the sentences that one may be looked for in */
  uint32_t watched;                /* tokens before this one were looked at for quotation marks */
  bool in_quotation;
};

static uint32_t word_classes(const struct search *search, uint32_t token) {
  if (search->document->tokens[token].kind == STANCE_TOKEN_PUNCTUATION) return 0;
  return stance_name_words_of(&search->scan->gazetteer->reference_words, stance_scan_word(search->scan, token));
}

static bool is_spelled(const struct search *search, uint32_t token, const char *word) {
  const struct stance_token *at = &search->document->tokens[token];
  const char *text = search->document->text + at->start;
  size_t length = strlen(word), same = 0;
  bool has_possessive;
  if (at->end - at->start < length || stance_scan_word_end(search->scan, token, &has_possessive) - at->start != length) return false;
  while (same < length && ascii_lower((unsigned char)text[same]) == (unsigned char)word[same]) same++;
  return same == length;
}

/* Is the token, without its possessive, this word? Nearly always the first letter tells that it is not. */
static inline bool is_word(const struct search *search, uint32_t token, const char *word) {
  unsigned char first = (unsigned char)search->document->text[search->document->tokens[token].start];
  return ascii_lower(first) == (unsigned char)*word && is_spelled(search, token, word);
}

static size_t first_of(const struct search *search, uint32_t sentence) { return search->sentence_first[sentence]; }

static size_t end_of(const struct search *search, uint32_t sentence) {
  return sentence == search->sentence ? search->count : search->sentence_first[sentence + 1];
}

/* The first sentence to look in, `back` before this one. */
static uint32_t reach(const struct search *search, uint32_t back) {
  return search->sentence > back ? search->sentence - back : 0;
}

/* The state that a mention speaks for; NULL: none. */
static const struct stance_actor *state_of(const struct stance_mention *mention) {
  const struct stance_actor *actor = mention->actor->kind == STANCE_ACTOR_PERSON ? stance_actor_rollup(mention->actor) : mention->actor;
  return actor->kind == STANCE_ACTOR_STATE || actor->kind == STANCE_ACTOR_TERRITORY ? actor : NULL;
}

/* The same, but not a territory of another state. */
static const struct stance_actor *own_state_of(const struct stance_mention *mention) {
  const struct stance_actor *state = state_of(mention);
  return state && (state->kind == STANCE_ACTOR_STATE || !state->affiliation) ? state : NULL;
}

/* Actors of this kind for descriptions: a state's own mention, or that of a person who acts for it. */
static const struct stance_actor *spoken_for(const struct stance_mention *mention) {
  return mention->actor->kind == STANCE_ACTOR_PERSON ? stance_actor_rollup(mention->actor) : mention->actor;
}

static bool is_shaped_as_name(const struct search *search, uint32_t token) {
  const struct stance_token *at = &search->document->tokens[token];
  return at->kind == STANCE_TOKEN_WORD && (at->shape == STANCE_SHAPE_CAPITAL || at->shape == STANCE_SHAPE_MIXED);
}

/* Is the token part of an explicit mention? Asked near where we read, so the search starts there. */
static bool is_covered(const struct search *search, uint32_t token) {
  const struct stance_document *document = search->document;
  const struct stance_token *at = &document->tokens[token];
  size_t next = search->explicit_next; /* the first mention that starts behind the token */
  while (next < document->mention_count && document->mentions[next].start < at->end) next++;
  while (next > 0 && document->mentions[next - 1].start >= at->end) next--;
  return next > 0 && document->mentions[next - 1].end > at->start;
}

/* Two words in capitals side by side that are no mention: somebody the gazetteer does not know. */
static bool has_unknown_name(const struct search *search, uint32_t from, uint32_t to) {
  for (uint32_t i = from; i + 1 < to; i++) {
    if (!is_shaped_as_name(search, i) || !is_shaped_as_name(search, i + 1) || is_covered(search, i) || is_covered(search, i + 1)) continue;
    uint32_t ordinary = STANCE_WORD_CALENDAR | STANCE_WORD_FUNCTION;
    if (stance_scan_classes(search->scan, i) & ordinary || stance_scan_classes(search->scan, i + 1) & ordinary) continue;
    return true;
  }
  return false;
}

/* Is the mention where a sentence has its subject: at the start, or behind an opening phrase and a comma? */
static bool is_subject(const struct search *search, size_t mention) {
  const struct stance_mention_note *note = &search->notes[mention];
  const struct stance_sentence *sentence = &search->document->sentences[search->mentions[mention].sentence];
  uint32_t at = note->token_first, start = sentence->token_first;
  if (note->is_possessive || (note->kind == STANCE_ALIAS_DEMONYM && !note->head && !note->is_plural && !note->is_person)) return false;
  if (at > start && is_word(search, at - 1, "the")) at--;
  if (at == start || (at == start + 1 && search->document->tokens[start].kind == STANCE_TOKEN_PUNCTUATION)) return true;
  return at - start <= SUBJECT_TOKENS && is_word(search, at - 1, ",") && mention == first_of(search, search->mentions[mention].sentence);
}

static bool is_named_here(const struct search *search, const struct stance_actor *actor) {
  for (size_t i = first_of(search, search->sentence); i < search->count; i++)
    if (search->mentions[i].actor == actor) return true;
  return false;
}

/* ---- descriptions ---------------------------------------------------------------------------------------------- */

struct description {
  uint32_t token_first, token_last; /* "the military junta", the article included */
  uint64_t words[DESCRIPTION_WORDS];
  size_t count;
  uint32_t classes; /* of its last word */
};

static bool is_junta_word(const struct search *search, uint64_t word) {
  return stance_name_words_of(&search->scan->gazetteer->reference_words, word) & STANCE_REFERENCE_JUNTA;
}

/* Where the gazetteer calls the actor so at the time: "the ruling junta" of one who is a "junta". A junta is a regime too. */
static bool is_described(const struct search *search, const struct stance_actor *actor, const struct description *given, bool is_regime) {
  const struct stance_gazetteer *gazetteer = search->scan->gazetteer;
  uint64_t last = given->words[given->count - 1];
  for (uint32_t i = gazetteer->description_first[actor->index]; i < gazetteer->description_first[actor->index + 1]; i++) {
    const struct stance_description *known = &gazetteer->descriptions[i];
    uint64_t known_last = known->words[known->word_count - 1];
    if ((known_last != last && !is_regime) || !stance_day_is_within(search->scan->day, known->from, known->until)) continue;
    if (is_regime && is_junta_word(search, known_last)) return true;
    if (known->word_count > given->count) continue;
    if (memcmp(known->words, given->words + given->count - known->word_count, known->word_count * sizeof *known->words) == 0) return true;
  }
  return false;
}

static const struct stance_actor *find_described(const struct search *search, const struct description *given) {
  const struct stance_actor *actor = NULL, *refused = NULL;
  if (!(given->classes & (STANCE_REFERENCE_DESCRIPTION | STANCE_REFERENCE_JUNTA))) return NULL;
  bool is_regime = is_word(search, given->token_last, "regime");
  for (size_t i = search->count; i-- > search->reach_first; refused = actor) {
    actor = spoken_for(&search->mentions[i]);
    if (actor != refused && is_described(search, actor, given, is_regime)) return actor;
  }
  return NULL;
}

/* "Mali's junta" makes "the junta" Mali's. */
static const struct stance_actor *find_called_so(const struct search *search) {
  for (size_t i = search->count; i-- > search->reach_first;)
    if (search->notes[i].head && is_junta_word(search, search->notes[i].head)) return search->mentions[i].actor;
  return NULL;
}

/* The only actor of the kind in the nearest sentence that has one. */
static const struct stance_actor *find_kind(const struct search *search, uint32_t classes) {
  static const struct {
    uint32_t class;
    uint8_t kinds[2];
  } rules[] = {
      {STANCE_REFERENCE_ORGANISATION, {STANCE_ACTOR_ORGANISATION, STANCE_ACTOR_ORGANISATION}},
      {STANCE_REFERENCE_ARMED_GROUP, {STANCE_ACTOR_ARMED_GROUP, STANCE_ACTOR_ARMED_GROUP}},
      {STANCE_REFERENCE_COMPANY, {STANCE_ACTOR_COMPANY, STANCE_ACTOR_COMPANY}},
      {STANCE_REFERENCE_PARTY, {STANCE_ACTOR_PARTY, STANCE_ACTOR_PARTY}},
      {STANCE_REFERENCE_AGENCY, {STANCE_ACTOR_AGENCY, STANCE_ACTOR_ORGANISATION}},
      {STANCE_REFERENCE_MEDIA, {STANCE_ACTOR_MEDIA, STANCE_ACTOR_MEDIA}},
  };
  size_t rule = 0, count = sizeof rules / sizeof *rules;
  while (rule < count && !(classes & rules[rule].class)) rule++;
  if (rule == count) return NULL;
  for (uint32_t sentence = search->sentence + 1; sentence-- > reach(search, SENTENCES_BACK);) {
    const struct stance_actor *found = NULL;
    for (size_t i = first_of(search, sentence); i < end_of(search, sentence); i++) {
      const struct stance_actor *actor = search->mentions[i].actor;
      if (actor->kind != rules[rule].kinds[0] && actor->kind != rules[rule].kinds[1]) continue;
      if (found && found != actor) return NULL;
      found = actor;
    }
    if (found) return found;
  }
  return NULL;
}

/* "western" -> "west" and so on, as hashes are compared word by word. */
static size_t region_words(const char *region, uint64_t *words) {
  static const char *const compass[][2] = {{"western", "west"}, {"eastern", "east"}, {"northern", "north"}, {"southern", "south"}};
  size_t count = 0;
  for (const char *at = region; *at && count < REGION_WORDS;) {
    size_t length = strcspn(at, " -");
    char bare[32];
    for (size_t i = 0; i < length && i < sizeof bare; i++) bare[i] = (char)ascii_lower((unsigned char)at[i]);
    const char *word = at;
    size_t word_length = length;
    for (size_t i = 0; i < sizeof compass / sizeof *compass; i++)
      if (length == strlen(compass[i][0]) && memcmp(bare, compass[i][0], length) == 0) {
        word = compass[i][1];
        word_length = strlen(word);
      }
    if (length) words[count++] = stance_name_part_word(word, word_length);
    at += length + (at[length] != '\0');
  }
  return count;
}

/* Words of the description that speak of a region ("western African"), as region_words makes them. */
static size_t described_region(const struct search *search, const struct description *given, uint64_t *words) {
  size_t count = 0;
  for (uint32_t i = given->token_first + 1; i < given->token_last; i++) {
    const struct stance_token *token = &search->document->tokens[i];
    bool is_compass = is_word(search, i, "western") || is_word(search, i, "eastern") || is_word(search, i, "northern") ||
                      is_word(search, i, "southern") || is_word(search, i, "central") || is_word(search, i, "west") || is_word(search, i, "east");
    if (!is_compass && token->shape == STANCE_SHAPE_LOWER) continue;
    char text[64];
    size_t length = token->end - token->start;
    if (length >= sizeof text) return 0;
    memcpy(text, search->document->text + token->start, length);
    text[length] = '\0';
    if (count + 2 > REGION_WORDS) return 0;
    count += region_words(text, words + count);
  }
  return count;
}

static const struct stance_actor *find_in_region(const struct search *search, const uint64_t *wanted, size_t wanted_count) {
  for (size_t i = search->count; i-- > search->reach_first;) {
    const struct stance_actor *state = state_of(&search->mentions[i]);
    uint64_t words[REGION_WORDS];
    size_t count = state && state->region ? region_words(state->region, words) : 0, found = 0;
    for (size_t j = 0; j < wanted_count; j++)
      for (size_t k = 0; k < count; k++)
        if (words[k] == wanted[j]) {
          found++;
          break;
        }
    if (found == wanted_count) return state;
  }
  return NULL;
}

static bool is_behind_preposition(const struct search *search, uint32_t token) {
  static const char *const words[] = {"in", "from", "to", "into", "across", "inside", "throughout", "outside", "against", "with"};
  for (size_t i = 0; token > search->first && i < sizeof words / sizeof *words; i++)
    if (is_word(search, token - 1, words[i])) return true;
  return false;
}

/* Does this sentence speak of the state by an adjective ("French troops left the country")? */
static bool is_adjective_here(const struct search *search, const struct stance_actor *state) {
  for (size_t i = first_of(search, search->sentence); i < search->count; i++)
    if (search->mentions[i].actor == state && search->notes[i].kind == STANCE_ALIAS_DEMONYM) return true;
  return false;
}

/* "The country": the one that this sentence calls by its name; of several the one where things happen ("in Mali"), else the first.
 * Where it names none, the first named in the nearest sentence before. */
static const struct stance_actor *find_country(const struct search *search, const struct description *given) {
  const struct stance_actor *named = NULL, *located = NULL, *subject = NULL;
  bool are_many = false, are_many_located = false, has_possessive;
  stance_scan_word_end(search->scan, given->token_last, &has_possessive);
  bool is_elsewhere = !has_possessive && is_behind_preposition(search, given->token_first); /* "France sent troops to the country" */
  for (size_t i = first_of(search, search->sentence); i < search->count; i++) {
    const struct stance_actor *state = own_state_of(&search->mentions[i]);
    if (!state || search->notes[i].kind != STANCE_ALIAS_NAME || search->notes[i].is_person || search->mentions[i].is_implicit) continue;
    if (is_elsewhere && is_subject(search, i)) {
      subject = state;
      continue;
    }
    if (named && named != state) are_many = true;
    if (!named) named = state;
    if (!is_behind_preposition(search, search->notes[i].token_first)) continue;
    if (located && located != state) are_many_located = true;
    located = state;
  }
  if (named) return are_many && located && !are_many_located ? located : named;
  for (uint32_t sentence = search->sentence; sentence-- > reach(search, 2);)
    for (size_t i = first_of(search, sentence); i < end_of(search, sentence); i++) {
      const struct stance_actor *state = search->notes[i].kind == STANCE_ALIAS_NAME ? own_state_of(&search->mentions[i]) : NULL;
      if (state && state != subject && !is_adjective_here(search, state)) return state;
    }
  return NULL;
}

/* The only state spoken of lately. */
static const struct stance_actor *find_only_state(const struct search *search) {
  const struct stance_actor *found = NULL;
  for (size_t i = first_of(search, reach(search, 2)); i < search->count; i++) {
    const struct stance_actor *state = state_of(&search->mentions[i]);
    if (state && found && state != found) return NULL;
    if (state && state->kind == STANCE_ACTOR_STATE) found = state;
  }
  return found;
}

static const struct stance_actor *find_colonial_ruler(const struct search *search) {
  for (size_t i = search->count; i-- > search->reach_first;) {
    const struct stance_actor *state = state_of(&search->mentions[i]);
    if (state && state->colonial_ruler) return state->colonial_ruler;
  }
  return NULL;
}

static const struct stance_actor *find_colony(const struct search *search) {
  size_t start = search->reach_first;
  for (size_t i = search->count; i-- > start;) {
    const struct stance_actor *state = state_of(&search->mentions[i]);
    if (!state || !state->colonial_ruler) continue;
    for (size_t j = search->count; j-- > start;)
      if (state_of(&search->mentions[j]) == state->colonial_ruler) return state;
  }
  return NULL;
}

/* Reads "the/its ..." from `token` on, which is in no mention, up to the last word that can end a description. */
static bool read_description(const struct search *search, uint32_t token, struct description *out) {
  const struct stance_gazetteer *gazetteer = search->scan->gazetteer;
  bool is_other = false, is_good = false, has_name = false; /* "the Momentum party" is not any party */
  uint32_t covered = search->explicit_next < search->document->mention_count ? search->document->mentions[search->explicit_next].start : UINT32_MAX;
  out->token_first = token;
  for (uint32_t i = token + 1; i < search->limit && i <= token + DESCRIPTION_WORDS; i++) {
    const struct stance_token *at = &search->document->tokens[i];
    bool has_possessive;
    if (at->kind != STANCE_TOKEN_WORD || at->end > covered) break;
    uint64_t word = stance_scan_word(search->scan, i);
    uint32_t classes = stance_name_words_of(&gazetteer->reference_words, word);
    out->words[i - token - 1] = word;
    uint32_t ends = STANCE_REFERENCE_JUNTA | STANCE_REFERENCE_COUNTRY | STANCE_REFERENCE_GOVERNMENT | STANCE_REFERENCE_ORGANISATION |
                    STANCE_REFERENCE_ARMED_GROUP | STANCE_REFERENCE_COMPANY | STANCE_REFERENCE_PARTY | STANCE_REFERENCE_AGENCY |
                    STANCE_REFERENCE_MEDIA | STANCE_REFERENCE_DESCRIPTION | STANCE_REFERENCE_COLONIAL_RULER | STANCE_REFERENCE_COLONY;
    if (at->shape != STANCE_SHAPE_LOWER) has_name = true;
    if (classes & ends && at->shape == STANCE_SHAPE_LOWER && (!has_name || classes & STANCE_REFERENCE_COUNTRY)) {
      out->token_last = i;
      out->count = i - token;
      out->classes = classes | (is_other ? STANCE_REFERENCE_OTHER : 0);
      is_good = true;
    } else if ((is_good || classes & STANCE_REFERENCE_FUNCTION) && !is_word(search, i, "former")) {
      break;
    }
    if (classes & STANCE_REFERENCE_OTHER) is_other = true;
    stance_scan_word_end(search->scan, i, &has_possessive);
    if (has_possessive) break;
  }
  return is_good;
}

static bool is_colonial(const struct search *search, const struct description *given) {
  for (uint32_t i = given->token_first + 1; i < given->token_last; i++)
    if (is_word(search, i, "former") || is_word(search, i, "ex-colonial") || is_word(search, i, "one-time") || is_word(search, i, "onetime"))
      return true;
  return false;
}

static bool is_colonial_ruler(const struct search *search, const struct description *given) {
  for (uint32_t i = given->token_first + 1; i < given->token_last; i++)
    if (is_word(search, i, "colonial") || is_word(search, i, "ex-colonial")) return true;
  return false;
}

static const struct stance_actor *resolve_description(const struct search *search, const struct description *given, bool is_its) {
  uint64_t region[REGION_WORDS];
  const struct stance_actor *actor = NULL;
  if (given->classes & STANCE_REFERENCE_COLONIAL_RULER && is_colonial_ruler(search, given)) actor = find_colonial_ruler(search);
  if (given->classes & STANCE_REFERENCE_COLONY && is_colonial(search, given)) actor = find_colony(search);
  if (actor || is_its) return actor;
  size_t region_count = given->classes & STANCE_REFERENCE_COUNTRY ? described_region(search, given, region) : 0;
  if (region_count) return find_in_region(search, region, region_count);
  actor = find_described(search, given);
  if (!actor && given->classes & STANCE_REFERENCE_JUNTA) actor = find_called_so(search);
  if (actor || given->classes & STANCE_REFERENCE_OTHER) return actor;
  if (is_word(search, given->token_last, "country") || is_word(search, given->token_last, "nation")) return find_country(search, given);
  if (given->classes & STANCE_REFERENCE_GOVERNMENT || (given->classes & STANCE_REFERENCE_JUNTA && is_word(search, given->token_last, "regime")))
    return find_only_state(search);
  return find_kind(search, given->classes);
}

/* What stands behind a description can make it something else: "the group of seven", "the firm Wagner", "the junta in Mali". */
static bool goes_on(const struct search *search, const struct description *given) {
  bool has_possessive;
  stance_scan_word_end(search->scan, given->token_last, &has_possessive);
  if (has_possessive || given->token_last + 1 >= search->limit) return false;
  uint32_t behind = given->token_last + 1;
  if (is_covered(search, behind) || word_classes(search, behind) & STANCE_REFERENCE_BREAK) return true;
  if (is_shaped_as_name(search, behind) && !(stance_scan_classes(search->scan, behind) & STANCE_WORD_CALENDAR)) return true;
  return is_word(search, behind, "in") && behind + 1 < search->limit && is_covered(search, behind + 1);
}

/* ---- pronouns ----------------------------------------------------------------------------------------------------- */

static const struct stance_mention *only_person(const struct search *search, uint32_t sentence, size_t *index, bool *are_many) {
  const struct stance_mention *found = NULL;
  *are_many = false;
  for (size_t i = first_of(search, sentence); i < end_of(search, sentence); i++) {
    if (!search->notes[i].is_person) continue;
    if (found && found->actor != search->mentions[i].actor) {
      *are_many = true;
      break;
    }
    if (!found) {
      found = &search->mentions[i];
      *index = i;
    }
  }
  return found;
}

/* Is a clause begun between a mention and the token? "Zida met him" is not Zida, "Zida left when they met him" may be. */
static bool is_clause_between(const struct search *search, size_t mention, uint32_t token) {
  for (uint32_t i = search->notes[mention].token_last + 1; i < token; i++)
    if (is_word(search, i, "who") || (word_classes(search, i) & STANCE_REFERENCE_CLAUSE && !is_word(search, i, "and") && !is_word(search, i, "but")))
      return true;
  return false;
}

static const struct stance_actor *resolve_person(const struct search *search, uint32_t token, bool is_subject_form) {
  bool are_many;
  size_t index;
  const struct stance_mention *person = only_person(search, search->sentence, &index, &are_many);
  if (person && !is_subject_form && !is_clause_between(search, index, token)) return NULL;
  if (person) return !are_many || (is_subject_form && is_subject(search, index)) ? person->actor : NULL;
  /* "A teenager said that he": who is meant is in this sentence, though not as a name. "It was late, he said" speaks of one before. */
  bool is_speaker = is_subject_form && token + 1 < search->limit && word_classes(search, token + 1) & STANCE_REFERENCE_CLAUSE &&
                    search->document->tokens[token - 1].kind == STANCE_TOKEN_PUNCTUATION;
  bool may_look_back = token <= search->first + 1 || is_speaker;
  if (!may_look_back || has_unknown_name(search, search->first, token)) return NULL;
  for (uint32_t sentence = search->sentence; sentence-- > reach(search, 2);) {
    if (sentence == 0 && search->document->has_title) return NULL;
    person = only_person(search, sentence, &index, &are_many);
    if (person && are_many && !is_subject(search, index)) return NULL;
    const struct stance_sentence *at = &search->document->sentences[sentence];
    bool has_other = has_unknown_name(search, at->token_first, at->token_first + at->token_count);
    if (has_other && !(person && search->notes[index].token_first <= at->token_first + 1)) return NULL;
    if (person) return person->actor;
  }
  return NULL;
}

static bool is_coordinated(const struct search *search, size_t index) {
  uint32_t behind = search->notes[index].token_last + 1;
  return behind < search->document->token_count && (is_word(search, behind, "and") || is_word(search, behind, ","));
}

static const struct stance_actor *resolve_plural(const struct search *search, uint32_t token, bool is_subject_form) {
  const struct stance_actor *found = NULL;
  for (size_t i = first_of(search, search->sentence); i < search->count; i++) {
    if (!search->notes[i].is_plural) continue;
    if (found && found != search->mentions[i].actor) return NULL;
    if (!found && (!is_subject(search, i) || (!is_subject_form && !is_clause_between(search, i, token)))) return NULL;
    found = search->mentions[i].actor;
  }
  if (found) return found;
  if (!is_subject_form || token > search->first + 1 || search->sentence == 0 || first_of(search, search->sentence) != search->count) return NULL;
  uint32_t before = search->sentence - 1;
  size_t index = first_of(search, before);
  if (index == end_of(search, before) || !is_subject(search, index) || is_coordinated(search, index)) return NULL;
  const struct stance_actor *actor = search->mentions[index].actor;
  bool is_group = search->notes[index].is_plural || actor->kind == STANCE_ACTOR_ARMED_GROUP;
  return is_group ? actor : NULL;
}

static bool is_thing(const struct search *search, size_t index) {
  return !search->notes[index].is_person && !search->notes[index].is_plural && search->mentions[index].actor->kind != STANCE_ACTOR_PERSON;
}

static const struct stance_actor *resolve_it(const struct search *search, uint32_t token, bool is_its) {
  bool is_expletive = !is_its && token + 1 < search->limit && word_classes(search, token + 1) & STANCE_REFERENCE_EXPLETIVE;
  if (!is_its && (token + 1 >= search->limit || search->document->tokens[token + 1].kind == STANCE_TOKEN_PUNCTUATION)) return NULL;
  if (token == search->first) {
    if (is_expletive || search->sentence == 0) return NULL;
    size_t index = first_of(search, search->sentence - 1);
    if (index == end_of(search, search->sentence - 1) || !is_subject(search, index) || !is_thing(search, index) || is_coordinated(search, index))
      return NULL;
    return search->mentions[index].actor;
  }
  size_t index = first_of(search, search->sentence);
  if (is_its || index == search->count || !is_subject(search, index) || !is_thing(search, index)) return NULL;
  if (token - search->notes[index].token_last > BOUND_TOKENS || !(word_classes(search, token - 1) & STANCE_REFERENCE_CLAUSE)) return NULL;
  for (size_t i = index + 1; i < search->count; i++)
    if (search->mentions[i].actor != search->mentions[index].actor && !search->notes[i].is_person) return NULL;
  return search->mentions[index].actor;
}

/* ---- reading ---------------------------------------------------------------------------------------------------------- */

static bool make_room(struct search *search) {
  size_t mention_capacity = search->capacity, note_capacity = search->capacity;
  size_t needed = search->count ? search->count + 1 : search->document->mention_count + 1;
  struct stance_mention *mentions = stance_arena_grow(search->scan->arena, search->mentions, &mention_capacity, needed, sizeof *mentions);
  struct stance_mention_note *notes = stance_arena_grow(search->scan->arena, search->notes, &note_capacity, needed, sizeof *notes);
  if (!mentions || !notes) return false;
  search->mentions = mentions;
  search->notes = notes;
  search->capacity = mention_capacity; /* as many notes */
  return true;
}

static inline bool keep(struct search *search, const struct stance_mention *mention, const struct stance_mention_note *note) {
  if (search->count == search->capacity && !make_room(search)) return false;
  search->mentions[search->count] = *mention;
  search->notes[search->count++] = *note;
  return true;
}

static bool keep_implicit(struct search *search, uint32_t first, uint32_t last, const struct stance_actor *actor, bool is_person) {
  bool has_possessive;
  uint32_t end = stance_scan_word_end(search->scan, last, &has_possessive);
  struct stance_mention mention = {search->document->tokens[first].start, end, search->sentence, actor, true};
  uint32_t classes = stance_scan_classes(search->scan, last);
  struct stance_mention_note note = {.token_first = first, .token_last = last, .kind = STANCE_ALIAS_NAME, .is_person = is_person,
                                     .is_plural = (classes & STANCE_WORD_PLURAL) || is_word(search, last, "they"),
                                     .is_possessive = has_possessive};
  return keep(search, &mention, &note);
}

/* Is the token inside a quotation that its sentence opens? Asked from left to right. */
static bool is_quoted(struct search *search, uint32_t token) {
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

/* One word or phrase that may stand for an actor; *last is moved to the end of what was taken. */
static bool read_reference(struct search *search, uint32_t token, uint32_t classes, uint32_t *last) {
  const struct stance_actor *actor = NULL;
  bool is_person = false;
  uint32_t first = token;
  struct description given;
  if (token - search->reach_token > TOKENS_BACK) return true;
  if (classes & (STANCE_REFERENCE_THE | STANCE_REFERENCE_ITS) && read_description(search, token, &given)) {
    if (goes_on(search, &given)) return true;
    actor = resolve_description(search, &given, classes & STANCE_REFERENCE_ITS);
    if (actor) {
      *last = given.token_last;
      if (classes & STANCE_REFERENCE_THE) first++; /* as with names, the article is outside */
      return keep_implicit(search, first, *last, actor, false);
    }
  }
  if (classes & STANCE_REFERENCE_THE) return true;
  if (classes & (STANCE_REFERENCE_HE | STANCE_REFERENCE_HIS)) {
    actor = resolve_person(search, token, classes & STANCE_REFERENCE_HE);
    is_person = true;
  } else if (classes & (STANCE_REFERENCE_THEY | STANCE_REFERENCE_THEM)) {
    actor = resolve_plural(search, token, classes & STANCE_REFERENCE_THEY);
  } else if (classes & (STANCE_REFERENCE_IT | STANCE_REFERENCE_ITS)) {
    actor = resolve_it(search, token, classes & STANCE_REFERENCE_ITS);
  }
  if (!actor || is_quoted(search, token)) return true;
  bool is_possessive_form = classes & STANCE_REFERENCE_ITS || is_word(search, token, "his") || is_word(search, token, "her");
  if (is_possessive_form && is_named_here(search, actor)) return true;
  return keep_implicit(search, token, token, actor, is_person);
}

/* The sentences before have no mention that a word of this one could stand for. */
static bool is_nothing_in_reach(const struct search *search) {
  return search->count == search->reach_first;
}

/* Takes over the explicit mentions that start before the end of a token. */
static inline bool keep_explicit(struct search *search, uint32_t end) {
  const struct stance_document *document = search->document;
  for (; search->explicit_next < document->mention_count; search->explicit_next++) {
    const struct stance_mention *mention = &document->mentions[search->explicit_next];
    if (mention->start >= end) break;
    if (!keep(search, mention, &search->scan->notes[search->explicit_next])) return false;
  }
  return true;
}

/* Is the token, up to whose end mentions were taken over, part of the last of them? */
static inline bool is_covered_here(const struct search *search, uint32_t token) {
  size_t next = search->explicit_next;
  return next > 0 && search->document->mentions[next - 1].end > search->document->tokens[token].start;
}

static bool read_sentence(struct search *search) {
  const struct stance_document *document = search->document;
  const struct stance_name_words *words = &search->scan->gazetteer->reference_words;
  const uint32_t *start = search->scan->references;
  uint32_t next = search->first; /* behind what was taken */
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
  struct search search = {.scan = scan, .document = document};
  if (!document->mention_count) return true;
  search.sentence_first = stance_arena_zalloc(scan->arena, (size_t)document->sentence_count + 1, sizeof *search.sentence_first);
  if (!search.sentence_first) return false;
  for (uint32_t i = 0; i < document->sentence_count; i++) {
    search.sentence = scan->sentence = i;
    search.sentence_first[i] = search.count;
    search.first = document->sentences[i].token_first;
    search.limit = search.first + document->sentences[i].token_count;
    search.reach_first = first_of(&search, reach(&search, SENTENCES_BACK));
    search.reach_token = document->sentences[reach(&search, SENTENCES_BACK)].token_first;
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
