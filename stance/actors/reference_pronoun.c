/* SPDX-License-Identifier: MIT
 * The referents of pronouns: he, she, they, it and their forms. The rules are the table in reference.h. */
#include "reference_search.h"

enum { BOUND_TOKENS = 14 }; /* most tokens between a subject and the "it" that refers to it */

static const struct stance_mention *only_person(const struct stance_reference_search *search, uint32_t sentence,
                                                size_t *index, bool *are_many) {
  const struct stance_mention *found = NULL;
  *are_many = false;
  for (size_t i = stance_reference_first_of(search, sentence); i < stance_reference_end_of(search, sentence); i++) {
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

/* Whether a clause begins between a mention and the token: "him" is not Zida in "Zida met him", but may be in "Zida
 * left when they met him". */
static bool is_clause_between(const struct stance_reference_search *search, size_t mention, uint32_t token) {
  for (uint32_t i = search->notes[mention].token_last + 1; i < token; i++)
    if (stance_reference_is_word(search, i, "who") ||
        (stance_reference_classes(search, i) & STANCE_REFERENCE_CLAUSE && !stance_reference_is_word(search, i, "and") &&
         !stance_reference_is_word(search, i, "but")))
      return true;
  return false;
}

const struct stance_actor *stance_pronoun_person(const struct stance_reference_search *search, uint32_t token,
                                                 bool is_subject_form) {
  bool are_many;
  size_t index;
  const struct stance_mention *person = only_person(search, search->sentence, &index, &are_many);
  if (person && !is_subject_form && !is_clause_between(search, index, token)) return NULL;
  if (person)
    return !are_many || (is_subject_form && stance_reference_is_subject(search, index)) ? person->actor : NULL;
  /* In "A teenager said that he", the referent is in this sentence without a name. In "It was late, he said", it is in
   * a sentence before. */
  bool is_speaker = is_subject_form && token + 1 < search->limit &&
                    stance_reference_classes(search, token + 1) & STANCE_REFERENCE_CLAUSE &&
                    search->document->tokens[token - 1].kind == STANCE_TOKEN_PUNCTUATION;
  bool may_look_back = token <= search->first + 1 || is_speaker;
  if (!may_look_back || stance_reference_has_unknown_name(search, search->first, token)) return NULL;
  for (uint32_t sentence = search->sentence; sentence-- > stance_reference_reach(search, 2);) {
    if (sentence == 0 && search->document->has_title) return NULL;
    person = only_person(search, sentence, &index, &are_many);
    if (person && are_many && !stance_reference_is_subject(search, index)) return NULL;
    const struct stance_sentence *at = &search->document->sentences[sentence];
    bool has_other = stance_reference_has_unknown_name(search, at->token_first, at->token_first + at->token_count);
    if (has_other && !(person && search->notes[index].token_first <= at->token_first + 1)) return NULL;
    if (person) return person->actor;
  }
  return NULL;
}

static bool is_coordinated(const struct stance_reference_search *search, size_t index) {
  uint32_t behind = search->notes[index].token_last + 1;
  return behind < search->document->token_count &&
         (stance_reference_is_word(search, behind, "and") || stance_reference_is_word(search, behind, ","));
}

const struct stance_actor *stance_pronoun_plural(const struct stance_reference_search *search, uint32_t token,
                                                 bool is_subject_form) {
  const struct stance_actor *found = NULL;
  for (size_t i = stance_reference_first_of(search, search->sentence); i < search->count; i++) {
    if (!search->notes[i].is_plural) continue;
    if (found && found != search->mentions[i].actor) return NULL;
    if (!found &&
        (!stance_reference_is_subject(search, i) || (!is_subject_form && !is_clause_between(search, i, token))))
      return NULL;
    found = search->mentions[i].actor;
  }
  if (found) return found;
  if (!is_subject_form || token > search->first + 1 || search->sentence == 0 ||
      stance_reference_first_of(search, search->sentence) != search->count)
    return NULL;
  uint32_t before = search->sentence - 1;
  size_t index = stance_reference_first_of(search, before);
  if (index == stance_reference_end_of(search, before) || !stance_reference_is_subject(search, index) ||
      is_coordinated(search, index))
    return NULL;
  const struct stance_actor *actor = search->mentions[index].actor;
  bool is_group = search->notes[index].is_plural || actor->kind == STANCE_ACTOR_ARMED_GROUP;
  return is_group ? actor : NULL;
}

static bool is_thing(const struct stance_reference_search *search, size_t index) {
  return !search->notes[index].is_person && !search->notes[index].is_plural &&
         search->mentions[index].actor->kind != STANCE_ACTOR_PERSON;
}

const struct stance_actor *stance_pronoun_it(const struct stance_reference_search *search, uint32_t token,
                                             bool is_its) {
  bool is_expletive =
      !is_its && token + 1 < search->limit && stance_reference_classes(search, token + 1) & STANCE_REFERENCE_EXPLETIVE;
  if (!is_its && (token + 1 >= search->limit || search->document->tokens[token + 1].kind == STANCE_TOKEN_PUNCTUATION))
    return NULL;
  if (token == search->first) {
    if (is_expletive || search->sentence == 0) return NULL;
    size_t index = stance_reference_first_of(search, search->sentence - 1);
    if (index == stance_reference_end_of(search, search->sentence - 1) || !stance_reference_is_subject(search, index) ||
        !is_thing(search, index) || is_coordinated(search, index))
      return NULL;
    return search->mentions[index].actor;
  }
  size_t index = stance_reference_first_of(search, search->sentence);
  if (is_its || index == search->count || !stance_reference_is_subject(search, index) || !is_thing(search, index))
    return NULL;
  if (token - search->notes[index].token_last > BOUND_TOKENS ||
      !(stance_reference_classes(search, token - 1) & STANCE_REFERENCE_CLAUSE))
    return NULL;
  for (size_t i = index + 1; i < search->count; i++)
    if (search->mentions[i].actor != search->mentions[index].actor && !search->notes[i].is_person) return NULL;
  return search->mentions[index].actor;
}
