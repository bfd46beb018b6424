/* SPDX-License-Identifier: MIT
 * The referents of descriptions: "the junta", "the western African country", "its former colonial ruler". The rules are
 * the table in reference.h. */
#include "reference_search.h"

#include <string.h>

#include "name_part.h"

enum { REGION_WORDS = 6 };

/* The state or territory that a mention names, or whose person it names; NULL: none. */
static const struct stance_actor *state_of(const struct stance_mention *mention) {
  const struct stance_actor *actor =
      mention->actor->kind == STANCE_ACTOR_PERSON ? stance_actor_home(mention->actor) : mention->actor;
  return actor->kind == STANCE_ACTOR_STATE || actor->kind == STANCE_ACTOR_TERRITORY ? actor : NULL;
}

/* The same, but not a territory of another state. */
static const struct stance_actor *own_state_of(const struct stance_mention *mention) {
  const struct stance_actor *state = state_of(mention);
  return state && (state->kind == STANCE_ACTOR_STATE || !state->affiliation) ? state : NULL;
}

/* The actor that a mention counts as for descriptions: itself, or for a person the actor he acts for. */
static const struct stance_actor *spoken_for(const struct stance_mention *mention) {
  return mention->actor->kind == STANCE_ACTOR_PERSON ? stance_actor_home(mention->actor) : mention->actor;
}

static bool is_junta_word(const struct stance_reference_search *search, uint64_t word) {
  return stance_name_words_of(&search->scan->gazetteer->reference_words, word) & STANCE_REFERENCE_JUNTA;
}

/* Whether the gazetteer gives the actor this description at the document's date: "the ruling junta" fits a "junta". A
 * junta is also a regime. */
static bool is_described(const struct stance_reference_search *search, const struct stance_actor *actor,
                         const struct stance_description_given *given, bool is_regime) {
  const struct stance_gazetteer *gazetteer = search->scan->gazetteer;
  uint64_t last = given->words[given->count - 1];
  for (uint32_t i = gazetteer->description_first[actor->index]; i < gazetteer->description_first[actor->index + 1];
       i++) {
    const struct stance_description *known = &gazetteer->descriptions[i];
    uint64_t known_last = known->words[known->word_count - 1];
    if ((known_last != last && !is_regime) || !stance_day_is_within(search->scan->day, known->from, known->until))
      continue;
    if (is_regime && is_junta_word(search, known_last)) return true;
    if (known->word_count > given->count) continue;
    if (memcmp(known->words, given->words + given->count - known->word_count,
               known->word_count * sizeof *known->words) == 0)
      return true;
  }
  return false;
}

static const struct stance_actor *find_described(const struct stance_reference_search *search,
                                                 const struct stance_description_given *given) {
  const struct stance_actor *actor = NULL, *refused = NULL;
  if (!(given->classes & (STANCE_REFERENCE_DESCRIPTION | STANCE_REFERENCE_JUNTA))) return NULL;
  bool is_regime = stance_reference_is_word(search, given->token_last, "regime");
  for (size_t i = search->count; i-- > search->reach_first; refused = actor) {
    actor = spoken_for(&search->mentions[i]);
    if (actor != refused && is_described(search, actor, given, is_regime)) return actor;
  }
  return NULL;
}

/* The actor that the article itself called a junta: after "Mali's junta", "the junta" is Mali; NULL: none. */
static const struct stance_actor *find_called_so(const struct stance_reference_search *search) {
  for (size_t i = search->count; i-- > search->reach_first;)
    if (search->notes[i].head && is_junta_word(search, search->notes[i].head)) return search->mentions[i].actor;
  return NULL;
}

/* The actor of that type in the nearest sentence that has one; NULL: none, or several there. */
static const struct stance_actor *find_kind(const struct stance_reference_search *search, uint32_t classes) {
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
  for (uint32_t sentence = search->sentence + 1;
       sentence-- > stance_reference_reach(search, STANCE_REFERENCE_SENTENCES_BACK);) {
    const struct stance_actor *found = NULL;
    for (size_t i = stance_reference_first_of(search, sentence); i < stance_reference_end_of(search, sentence); i++) {
      const struct stance_actor *actor = search->mentions[i].actor;
      if (actor->kind != rules[rule].kinds[0] && actor->kind != rules[rule].kinds[1]) continue;
      if (found && found != actor) return NULL;
      found = actor;
    }
    if (found) return found;
  }
  return NULL;
}

/* The hashes of a region's words, with "western" as "west" and so on. Returns their number. */
static size_t region_words(const char *region, uint64_t *words) {
  static const char *const compass[][2] = {
      {"western", "west"}, {"eastern", "east"}, {"northern", "north"}, {"southern", "south"}};
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

/* The description's words that name a region ("western African"), hashed as region_words does. Returns their number. */
static size_t described_region(const struct stance_reference_search *search,
                               const struct stance_description_given *given, uint64_t *words) {
  size_t count = 0;
  for (uint32_t i = given->token_first + 1; i < given->token_last; i++) {
    const struct stance_token *token = &search->document->tokens[i];
    bool is_compass =
        stance_reference_is_word(search, i, "western") || stance_reference_is_word(search, i, "eastern") ||
        stance_reference_is_word(search, i, "northern") || stance_reference_is_word(search, i, "southern") ||
        stance_reference_is_word(search, i, "central") || stance_reference_is_word(search, i, "west") ||
        stance_reference_is_word(search, i, "east");
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

static const struct stance_actor *find_in_region(const struct stance_reference_search *search, const uint64_t *wanted,
                                                 size_t wanted_count) {
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

static bool is_behind_preposition(const struct stance_reference_search *search, uint32_t token) {
  static const char *const words[] = {"in",     "from",       "to",      "into",    "across",
                                      "inside", "throughout", "outside", "against", "with"};
  for (size_t i = 0; token > search->first && i < sizeof words / sizeof *words; i++)
    if (stance_reference_is_word(search, token - 1, words[i])) return true;
  return false;
}

/* Whether this sentence mentions the state by a demonym ("French troops left the country"). */
static bool is_adjective_here(const struct stance_reference_search *search, const struct stance_actor *state) {
  for (size_t i = stance_reference_first_of(search, search->sentence); i < search->count; i++)
    if (search->mentions[i].actor == state && search->notes[i].kind == STANCE_ALIAS_DEMONYM) return true;
  return false;
}

/* "The country": the state that this sentence names; of several the only one after a preposition ("in Mali"), else the
 * first. If it names none, the first state of the nearest sentence before. */
static const struct stance_actor *find_country(const struct stance_reference_search *search,
                                               const struct stance_description_given *given) {
  const struct stance_actor *named = NULL, *located = NULL, *subject = NULL;
  bool are_many = false, are_many_located = false, has_possessive;
  stance_scan_word_end(search->scan, given->token_last, &has_possessive);
  bool is_elsewhere =
      !has_possessive && is_behind_preposition(search, given->token_first); /* "France sent troops to the country" */
  for (size_t i = stance_reference_first_of(search, search->sentence); i < search->count; i++) {
    const struct stance_actor *state = own_state_of(&search->mentions[i]);
    if (!state || search->notes[i].kind != STANCE_ALIAS_NAME || search->notes[i].is_person ||
        search->mentions[i].is_implicit)
      continue;
    if (is_elsewhere && stance_reference_is_subject(search, i)) {
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
  for (uint32_t sentence = search->sentence; sentence-- > stance_reference_reach(search, 2);)
    for (size_t i = stance_reference_first_of(search, sentence); i < stance_reference_end_of(search, sentence); i++) {
      const struct stance_actor *state =
          search->notes[i].kind == STANCE_ALIAS_NAME ? own_state_of(&search->mentions[i]) : NULL;
      if (state && state != subject && !is_adjective_here(search, state)) return state;
    }
  return NULL;
}

/* The only state mentioned in this sentence and the two before; NULL: none, or several. */
static const struct stance_actor *find_only_state(const struct stance_reference_search *search) {
  const struct stance_actor *found = NULL;
  for (size_t i = stance_reference_first_of(search, stance_reference_reach(search, 2)); i < search->count; i++) {
    const struct stance_actor *state = state_of(&search->mentions[i]);
    if (state && found && state != found) return NULL;
    if (state && state->kind == STANCE_ACTOR_STATE) found = state;
  }
  return found;
}

static const struct stance_actor *find_colonial_ruler(const struct stance_reference_search *search) {
  for (size_t i = search->count; i-- > search->reach_first;) {
    const struct stance_actor *state = state_of(&search->mentions[i]);
    if (state && state->colonial_ruler) return state->colonial_ruler;
  }
  return NULL;
}

static const struct stance_actor *find_colony(const struct stance_reference_search *search) {
  size_t start = search->reach_first;
  for (size_t i = search->count; i-- > start;) {
    const struct stance_actor *state = state_of(&search->mentions[i]);
    if (!state || !state->colonial_ruler) continue;
    for (size_t j = search->count; j-- > start;)
      if (state_of(&search->mentions[j]) == state->colonial_ruler) return state;
  }
  return NULL;
}

bool stance_description_read(const struct stance_reference_search *search, uint32_t token,
                             struct stance_description_given *out) {
  const struct stance_gazetteer *gazetteer = search->scan->gazetteer;
  bool is_other = false, is_good = false, has_name = false; /* "the Momentum party" is a certain party */
  uint32_t covered = search->explicit_next < search->document->mention_count
                         ? search->document->mentions[search->explicit_next].start
                         : UINT32_MAX;
  out->token_first = token;
  for (uint32_t i = token + 1; i < search->limit && i <= token + STANCE_REFERENCE_DESCRIPTION_WORDS; i++) {
    const struct stance_token *at = &search->document->tokens[i];
    bool has_possessive;
    if (at->kind != STANCE_TOKEN_WORD || at->end > covered) break;
    uint64_t word = stance_scan_word(search->scan, i);
    uint32_t classes = stance_name_words_of(&gazetteer->reference_words, word);
    out->words[i - token - 1] = word;
    uint32_t ends = STANCE_REFERENCE_JUNTA | STANCE_REFERENCE_COUNTRY | STANCE_REFERENCE_GOVERNMENT |
                    STANCE_REFERENCE_ORGANISATION | STANCE_REFERENCE_ARMED_GROUP | STANCE_REFERENCE_COMPANY |
                    STANCE_REFERENCE_PARTY | STANCE_REFERENCE_AGENCY | STANCE_REFERENCE_MEDIA |
                    STANCE_REFERENCE_DESCRIPTION | STANCE_REFERENCE_COLONIAL_RULER | STANCE_REFERENCE_COLONY;
    if (at->shape != STANCE_SHAPE_LOWER) has_name = true;
    if (classes & ends && at->shape == STANCE_SHAPE_LOWER && (!has_name || classes & STANCE_REFERENCE_COUNTRY)) {
      out->token_last = i;
      out->count = i - token;
      out->classes = classes | (is_other ? STANCE_REFERENCE_OTHER : 0);
      is_good = true;
    } else if ((is_good || classes & STANCE_REFERENCE_FUNCTION) && !stance_reference_is_word(search, i, "former")) {
      break;
    }
    if (classes & STANCE_REFERENCE_OTHER) is_other = true;
    stance_scan_word_end(search->scan, i, &has_possessive);
    if (has_possessive) break;
  }
  return is_good;
}

static bool is_colonial(const struct stance_reference_search *search, const struct stance_description_given *given) {
  for (uint32_t i = given->token_first + 1; i < given->token_last; i++)
    if (stance_reference_is_word(search, i, "former") || stance_reference_is_word(search, i, "ex-colonial") ||
        stance_reference_is_word(search, i, "one-time") || stance_reference_is_word(search, i, "onetime"))
      return true;
  return false;
}

static bool is_colonial_ruler(const struct stance_reference_search *search,
                              const struct stance_description_given *given) {
  for (uint32_t i = given->token_first + 1; i < given->token_last; i++)
    if (stance_reference_is_word(search, i, "colonial") || stance_reference_is_word(search, i, "ex-colonial"))
      return true;
  return false;
}

const struct stance_actor *stance_description_resolve(const struct stance_reference_search *search,
                                                      const struct stance_description_given *given, bool is_its) {
  uint64_t region[REGION_WORDS];
  const struct stance_actor *actor = NULL;
  if (given->classes & STANCE_REFERENCE_COLONIAL_RULER && is_colonial_ruler(search, given))
    actor = find_colonial_ruler(search);
  if (given->classes & STANCE_REFERENCE_COLONY && is_colonial(search, given)) actor = find_colony(search);
  if (actor || is_its) return actor;
  size_t region_count = given->classes & STANCE_REFERENCE_COUNTRY ? described_region(search, given, region) : 0;
  if (region_count) return find_in_region(search, region, region_count);
  actor = find_described(search, given);
  if (!actor && given->classes & STANCE_REFERENCE_JUNTA) actor = find_called_so(search);
  if (actor || given->classes & STANCE_REFERENCE_OTHER) return actor;
  if (stance_reference_is_word(search, given->token_last, "country") ||
      stance_reference_is_word(search, given->token_last, "nation"))
    return find_country(search, given);
  if (given->classes & STANCE_REFERENCE_GOVERNMENT ||
      (given->classes & STANCE_REFERENCE_JUNTA && stance_reference_is_word(search, given->token_last, "regime")))
    return find_only_state(search);
  return find_kind(search, given->classes);
}

bool stance_description_goes_on(const struct stance_reference_search *search,
                                const struct stance_description_given *given) {
  bool has_possessive;
  stance_scan_word_end(search->scan, given->token_last, &has_possessive);
  if (has_possessive || given->token_last + 1 >= search->limit) return false;
  uint32_t behind = given->token_last + 1;
  if (stance_reference_is_covered(search, behind) || stance_reference_classes(search, behind) & STANCE_REFERENCE_BREAK)
    return true;
  if (stance_reference_is_name_like(search, behind) &&
      !(stance_scan_classes(search->scan, behind) & STANCE_NAME_CALENDAR))
    return true;
  return stance_reference_is_word(search, behind, "in") && behind + 1 < search->limit &&
         stance_reference_is_covered(search, behind + 1);
}
