/* SPDX-License-Identifier: MIT
 * Which matches are mentions, and how far they extend. A sentence's matches go through these rules in this order:
 *   places:   reject what is something else: "New Mexico", "Jordan River", "Michael Jordan", "Minsk agreements"
 *   persons:  include given names, titles, and the state before them ("French President Emmanuel Macron");
 *             reject namesakes ("Soumeylou Maiga" is not "Abdoulaye Maiga")
 *   bodies:   include the state before an organisation ("Russian security firm Wagner")
 *   states:   include agent nouns ("Malian troops", "Mali's military junta", "Russian Foreign Ministry") and unknown
 *             persons ("Malian spokesman Oumar Diallo", after which "Diallo" is remembered) */
#include <stdio.h>
#include <string.h>

#include "mention_scan.h"
#include "name_part.h"
#include "stance/base/ascii.h"

enum {
  LOOK_BACK = 3,      /* tokens before a surname that may be given names: "Abdoulaye K. Maiga" */
  TITLE_WORDS = 8,    /* words of a title: "Minister of Foreign Affairs and International Cooperation" */
  MODIFIER_WORDS = 3, /* "interim military government" */
  NAME_WORDS = 5,     /* words of the name of a person whom the gazetteer lacks */
  NAME_PARTS = 16,
  ROLE_ID_MAX = 128,
  CUE_TOKENS = 100, /* tokens searched for cues on each side of "Georgia" */
};

/* Classes of words that are no part of a name beside them, even if capitalised. */
static const uint32_t NOT_A_NAME = STANCE_NAME_TITLE | STANCE_NAME_CALENDAR | STANCE_NAME_FUNCTION | STANCE_NAME_AGENT |
                                   STANCE_NAME_MODIFIER | STANCE_NAME_BODY | STANCE_NAME_PORTFOLIO | STANCE_NAME_RULE;

/* ---- looking around --------------------------------------------------------------------------------------- */

static const struct stance_sentence *sentence_of(const struct stance_mention_scan *scan) {
  return &scan->document->sentences[scan->sentence];
}

static uint32_t sentence_limit(const struct stance_mention_scan *scan) {
  return sentence_of(scan)->token_first + sentence_of(scan)->token_count;
}

static bool is_capital(const struct stance_mention_scan *scan, uint32_t token) {
  const struct stance_token *at = &scan->document->tokens[token];
  if (at->kind != STANCE_TOKEN_WORD && at->kind != STANCE_TOKEN_ACRONYM) return false;
  return at->shape != STANCE_SHAPE_LOWER;
}

/* A capitalised word that is not all in capitals. */
static bool is_name_like(const struct stance_mention_scan *scan, uint32_t token) {
  return is_capital(scan, token) && scan->document->tokens[token].shape != STANCE_SHAPE_UPPER;
}

static bool has_token_before(const struct stance_mention_scan *scan, const struct stance_match *match) {
  return match->token_first > sentence_of(scan)->token_first;
}

static bool has_token_behind(const struct stance_mention_scan *scan, const struct stance_match *match) {
  return match->token_last + 1 < sentence_limit(scan);
}

static bool is_covered_before(const struct stance_mention_scan *scan, size_t index, uint32_t token) {
  return index > 0 && scan->matches[index - 1].token_last >= token;
}

static bool is_covered_behind(const struct stance_mention_scan *scan, size_t index, uint32_t token) {
  return index + 1 < scan->match_count && scan->matches[index + 1].token_first <= token;
}

static enum stance_sentence_style read_style(const struct stance_mention_scan *scan) {
  uint32_t upper = 0, capital = 0, lower = 0, all = 0, first = sentence_of(scan)->token_first,
           limit = sentence_limit(scan);
  bool has_end = scan->document->tokens[limit - 1].kind == STANCE_TOKEN_PUNCTUATION; /* a headline has no full stop */
  for (uint32_t i = first; i < limit; i++) {
    const struct stance_token *token = &scan->document->tokens[i];
    if (token->kind != STANCE_TOKEN_WORD || token->end - token->start < 2) continue;
    all++;
    if (token->shape == STANCE_SHAPE_UPPER) upper++;
    else if (has_end && (all - upper) * 5 > limit - first)
      return STANCE_STYLE_PROSE; /* too few words are left to reach the share of capitals */
    if (token->end - token->start < 4) continue;
    if (token->shape == STANCE_SHAPE_LOWER) lower++;
    else capital++;
  }
  if (all >= 3 && upper * 10 >= all * 8) return STANCE_STYLE_CAPITALS;
  return !has_end && capital >= 4 && lower * 5 <= capital ? STANCE_STYLE_TITLE : STANCE_STYLE_PROSE;
}

/* The sentence's style, computed once: in a headline where most words are capitalised, a capital is no evidence of a
 * name. */
static enum stance_sentence_style style_of(struct stance_mention_scan *scan) {
  if (scan->style == STANCE_STYLE_UNKNOWN) scan->style = (uint8_t)read_style(scan);
  return scan->style;
}

static bool acts_for(const struct stance_actor *actor, const struct stance_actor *master) {
  for (; actor; actor = actor->affiliation)
    if (actor == master) return true;
  return false;
}

static void stretch_left(struct stance_mention_scan *scan, struct stance_match *match, uint32_t token) {
  match->token_first = token;
  match->start = scan->document->tokens[token].start;
  match->starts_inside = false;
}

static void stretch_right(struct stance_mention_scan *scan, struct stance_match *match, uint32_t token) {
  match->token_last = token;
  match->end = stance_scan_word_end(scan, token, &match->is_possessive);
  match->ends_inside = match->end < scan->document->tokens[token].end;
}

/* ---- persons ------------------------------------------------------------------------------------------------ */

static bool is_in_name(const struct stance_actor *actor, uint64_t word) {
  struct stance_name_part parts[NAME_PARTS];
  size_t count = stance_name_parts_cut(actor->name, strlen(actor->name), parts, NAME_PARTS);
  for (size_t i = 0; i < count && i < NAME_PARTS; i++)
    if (parts[i].hash == word) return true;
  return false;
}

/* Whether a capitalised word is no given name, by its ending: "Meeting Macron", "Finally Macron". */
static bool is_opening_word(const struct stance_mention_scan *scan, uint32_t token) {
  const struct stance_token *at = &scan->document->tokens[token];
  const char *end = scan->document->text + at->end;
  uint32_t length = at->end - at->start;
  return (length > 4 && memcmp(end - 3, "ing", 3) == 0) ||
         (length > 3 && (memcmp(end - 2, "ly", 2) == 0 || memcmp(end - 2, "ed", 2) == 0));
}

/* The given names before a surname: those of the actor's name become part of the mention; others make it another
 * person. */
static void read_given_names(struct stance_mention_scan *scan, size_t index) {
  struct stance_match *match = &scan->matches[index];
  uint32_t first = sentence_of(scan)->token_first, at = match->token_first, own = UINT32_MAX;
  for (uint32_t steps = 0;
       steps < LOOK_BACK && at > first && is_capital(scan, at - 1) && !is_covered_before(scan, index, at - 1);
       steps++) {
    at--;
    uint32_t classes = stance_scan_classes(scan, at);
    if (classes & STANCE_NAME_TITLE) break;
    if (is_in_name(match->actor, stance_scan_word(scan, at))) own = at;
  }
  if (own != UINT32_MAX) {
    stretch_left(scan, match, own);
    if (!match->is_local) stance_scan_remember_surname(scan, match->token_last, match->actor, true);
    return;
  }
  if (match->part_count > 1 || !has_token_before(scan, match) || match->starts_inside) return;
  uint32_t before = match->token_first - 1, classes = stance_scan_classes(scan, before);
  if (!is_name_like(scan, before) || is_covered_before(scan, index, before)) return;
  bool has_possessive;
  stance_scan_word_end(scan, before, &has_possessive);
  if (has_possessive || (classes & (NOT_A_NAME & ~(uint32_t)STANCE_NAME_MODIFIER))) return;
  if (classes & STANCE_NAME_MODIFIER && !(classes & STANCE_NAME_GIVEN)) return;
  bool says_little = style_of(scan) != STANCE_STYLE_PROSE || (before == first && is_opening_word(scan, before));
  match->is_rejected = !says_little || classes & STANCE_NAME_GIVEN;
}

/* A capitalised word after a surname is part of the actor's name, or the match is rejected ("Putin Avenue"). */
static void read_further_names(struct stance_mention_scan *scan, size_t index) {
  struct stance_match *match = &scan->matches[index];
  if (match->is_rejected || match->part_count > 1 || match->is_possessive || match->ends_inside ||
      !has_token_behind(scan, match))
    return;
  uint32_t behind = match->token_last + 1, classes = stance_scan_classes(scan, behind);
  if (!is_name_like(scan, behind) || is_covered_behind(scan, index, behind) || style_of(scan) != STANCE_STYLE_PROSE)
    return;
  if (classes & (NOT_A_NAME | STANCE_NAME_VERB)) return;
  if (is_in_name(match->actor, stance_scan_word(scan, behind))) stretch_right(scan, match, behind);
  else match->is_rejected = true;
}

/* The first token of the title that ends before `token`; `token` if there is none. */
static uint32_t title_start(const struct stance_mention_scan *scan, size_t index, uint32_t token) {
  uint32_t first = sentence_of(scan)->token_first, at = token, start = token;
  for (uint32_t words = 0; words < TITLE_WORDS && at > first && !is_covered_before(scan, index, at - 1); words++) {
    uint32_t classes = stance_scan_classes(scan, at - 1);
    bool has_possessive;
    stance_scan_word_end(scan, at - 1, &has_possessive);
    if (has_possessive) break; /* "Mali's junta's leader": the title does not include the owner */
    if (classes & STANCE_NAME_TITLE) start = at - 1;
    else if (start == token) { /* right before the name a portfolio counts only after "of": "Secretary of State" */
      if (!(classes & STANCE_NAME_PORTFOLIO) || at - first < 3 || !stance_scan_is_word(scan, at - 2, "of")) break;
    } else if (!(classes & (STANCE_NAME_MODIFIER | STANCE_NAME_AGENT | STANCE_NAME_PORTFOLIO)) &&
               !stance_scan_is_word(scan, at - 1, "of")) {
      break;
    } else if (classes & (STANCE_NAME_MODIFIER | STANCE_NAME_AGENT) && !(classes & STANCE_NAME_FUNCTION)) {
      start = at - 1;
    }
    if (stance_scan_is_word(scan, at - 1, "of") &&
        !(at - first >= 2 && stance_scan_classes(scan, at - 2) & (STANCE_NAME_TITLE | STANCE_NAME_AGENT)))
      break;
    at--;
  }
  while (start < token && stance_scan_classes(scan, start) & STANCE_NAME_FUNCTION &&
         !(stance_scan_classes(scan, start) & STANCE_NAME_TITLE) && !stance_scan_is_word(scan, start, "former") &&
         !stance_scan_is_word(scan, start, "new"))
    start++;
  return start;
}

/* Extends the match over a title, and over the state before it if the person acts for it. */
static void read_title(struct stance_mention_scan *scan, size_t index) {
  struct stance_match *match = &scan->matches[index];
  if (match->starts_inside) return;
  uint32_t start = title_start(scan, index, match->token_first);
  if (start == match->token_first) return;
  stretch_left(scan, match, start);
  if (index == 0 || scan->matches[index - 1].token_last + 1 != start) return;
  struct stance_match *owner = &scan->matches[index - 1];
  if (owner->is_rejected || owner->is_person || (owner->ends_inside && !owner->is_possessive)) return;
  if (!acts_for(match->actor, owner->actor) && stance_actor_home(match->actor) != stance_actor_home(owner->actor))
    return;
  match->start = owner->start;
  match->token_first = owner->token_first;
  match->starts_inside = owner->starts_inside;
  owner->is_rejected = true;
}

/* "The Trump administration", "Assad's regime": the match becomes one of the state. */
static void read_rule(struct stance_mention_scan *scan, size_t index) {
  struct stance_match *match = &scan->matches[index];
  const struct stance_actor *state = stance_actor_home(match->actor);
  if ((match->ends_inside && !match->is_possessive) || !has_token_behind(scan, match)) return;
  if (state == match->actor || state->kind != STANCE_ACTOR_STATE ||
      !(stance_scan_classes(scan, match->token_last + 1) & STANCE_NAME_RULE))
    return;
  stretch_right(scan, match, match->token_last + 1);
  match->actor = state;
  match->is_person = false;
  match->head = stance_scan_word(scan, match->token_last);
}

static void read_person(struct stance_mention_scan *scan, size_t index) {
  struct stance_match *match = &scan->matches[index];
  if (match->alias && match->part_count > 1 && !match->ends_inside)
    stance_scan_remember_surname(scan, match->token_last, match->actor, true);
  else if (match->alias && match->part_count > 1 && match->is_possessive)
    stance_scan_remember_surname(scan, match->token_last, match->actor, true);
  if (style_of(scan) != STANCE_STYLE_CAPITALS) {
    read_given_names(scan, index);
    read_further_names(scan, index);
  }
  if (match->is_rejected) return;
  read_title(scan, index);
  read_rule(scan, index);
}

/* ---- places -------------------------------------------------------------------------------------------------- */

static bool is_seat(const struct stance_match *match) {
  return match->kind == STANCE_ALIAS_CAPITAL || match->kind == STANCE_ALIAS_SEAT;
}

static bool is_land(const struct stance_match *match) {
  return match->actor->kind == STANCE_ACTOR_STATE || match->actor->kind == STANCE_ACTOR_TERRITORY;
}

/* Whether the match is part of a compound that names no actor: "French-speaking", "African-American", "ex-French". */
static bool is_compound(const struct stance_mention_scan *scan, const struct stance_match *match) {
  const struct stance_document *document = scan->document;
  struct stance_name_part parts[NAME_PARTS];
  if (match->ends_inside && !match->is_possessive) {
    uint32_t end = document->tokens[match->token_last].end;
    if (stance_name_parts_cut(document->text + match->end, end - match->end, parts, NAME_PARTS) &&
        stance_name_words_of(&scan->gazetteer->words, parts[0].hash) & STANCE_NAME_COMPOUND)
      return true;
  }
  if (!match->starts_inside) return false;
  uint32_t start = document->tokens[match->token_first].start;
  size_t count = stance_name_parts_cut(document->text + start, match->start - start, parts, NAME_PARTS);
  return count && count <= NAME_PARTS &&
         stance_name_words_of(&scan->gazetteer->words, parts[count - 1].hash) &
             (STANCE_NAME_DIRECTION | STANCE_NAME_NO_LONGER);
}

/* Whether a combining form precedes a further name: "Franco" of "Franco-German". */
static bool is_combining(const struct stance_mention_scan *scan, const struct stance_match *match) {
  struct stance_name_part part;
  if (!match->ends_inside || match->is_possessive) return false;
  uint32_t end = scan->document->tokens[match->token_last].end;
  return stance_name_parts_cut(scan->document->text + match->end, end - match->end, &part, 1) == 1 &&
         part.shape != STANCE_SHAPE_LOWER &&
         !(stance_name_words_of(&scan->gazetteer->words, part.hash) & STANCE_NAME_COMPOUND) &&
         stance_alias_trie_child(&scan->gazetteer->trie, 0, part.hash);
}

/* Whether a word before makes it another place: "New Mexico", "Gulf of Guinea", "Latin American". */
static bool is_directed(struct stance_mention_scan *scan, size_t index) {
  const struct stance_match *match = &scan->matches[index];
  if (match->starts_inside || !has_token_before(scan, match)) return false;
  uint32_t before = match->token_first - 1, classes = stance_scan_classes(scan, before),
           first = sentence_of(scan)->token_first;
  if (is_covered_before(scan, index, before)) return false;
  if (stance_scan_is_word(scan, before, "of") && before > first && is_capital(scan, before - 1) &&
      stance_scan_classes(scan, before - 1) & STANCE_NAME_OF_PLACE)
    return match->kind == STANCE_ALIAS_NAME;
  if (!is_capital(scan, before) || !(classes & STANCE_NAME_DIRECTION)) return false;
  bool is_new = stance_scan_is_word(scan, before, "new"); /* "New French rules", "New US ambassador" */
  return !(is_new && (match->kind == STANCE_ALIAS_DEMONYM ||
                      scan->document->tokens[match->token_first].shape == STANCE_SHAPE_UPPER));
}

/* Whether a word after makes it something else: "Jordan River", "Congo Basin", "Minsk agreements", "Paris peace
 * accords". */
static bool is_feature(struct stance_mention_scan *scan, size_t index) {
  const struct stance_match *match = &scan->matches[index];
  if (match->is_possessive || match->ends_inside || !has_token_behind(scan, match)) return false;
  uint32_t behind = match->token_last + 1;
  if (is_covered_behind(scan, index, behind)) return false;
  if (!(stance_scan_classes(scan, behind) & STANCE_NAME_FEATURE)) {
    if (match->kind != STANCE_ALIAS_CAPITAL || behind + 1 >= sentence_limit(scan) ||
        !stance_scan_is_word(scan, behind, "peace"))
      return false;
    behind++;
    if (!(stance_scan_classes(scan, behind) & STANCE_NAME_FEATURE)) return false;
  }
  if (style_of(scan) == STANCE_STYLE_CAPITALS) return false;
  return is_capital(scan, behind)
             ? match->kind == STANCE_ALIAS_CAPITAL || style_of(scan) == STANCE_STYLE_PROSE || is_land(match)
             : match->kind == STANCE_ALIAS_CAPITAL;
}

/* Whether the match is part of a longer name: "Michael Jordan", "Jordan Henderson", "Moscow State University". */
static bool is_of_longer_name(struct stance_mention_scan *scan, size_t index) {
  const struct stance_match *match = &scan->matches[index];
  bool has_possessive;
  if (match->part_count > 1 || match->starts_inside || match->kind == STANCE_ALIAS_DEMONYM) return false;
  uint32_t own = stance_scan_classes(scan, match->token_first);
  if (has_token_before(scan, match)) {
    uint32_t before = match->token_first - 1, classes = stance_scan_classes(scan, before);
    stance_scan_word_end(scan, before, &has_possessive);
    if (is_name_like(scan, before) && !has_possessive && !is_covered_before(scan, index, before)) {
      if (classes & STANCE_NAME_GIVEN && !(classes & (STANCE_NAME_CALENDAR | STANCE_NAME_TITLE | STANCE_NAME_FUNCTION)))
        return true;
      bool may_be_surname = own & STANCE_NAME_PLACE_NAME && before != sentence_of(scan)->token_first;
      if (may_be_surname && !(classes & (NOT_A_NAME | STANCE_NAME_PLACE_NAME)) && style_of(scan) == STANCE_STYLE_PROSE)
        return true;
    }
  }
  if (match->is_possessive || match->ends_inside || !has_token_behind(scan, match)) return false;
  if (!(own & STANCE_NAME_PLACE_NAME) && match->kind != STANCE_ALIAS_CAPITAL) return false;
  uint32_t behind = match->token_last + 1;
  if (!is_name_like(scan, behind) || is_covered_behind(scan, index, behind) || style_of(scan) != STANCE_STYLE_PROSE)
    return false;
  return !(stance_scan_classes(scan, behind) & (NOT_A_NAME | STANCE_NAME_VERB));
}

/* Whether a demonym names the language: "In French", "spoke Russian.". */
static bool is_language(struct stance_mention_scan *scan, const struct stance_match *match) {
  static const char *const words[] = {"in",     "speak",  "speaks", "spoke",   "speaking",
                                      "spoken", "fluent", "learn",  "learning"};
  if (match->kind != STANCE_ALIAS_DEMONYM || match->part_count > 1 || match->is_possessive || match->is_plural ||
      match->ends_inside)
    return false;
  if (!has_token_before(scan, match)) return false;
  size_t i = 0, count = sizeof words / sizeof *words;
  while (i < count && !stance_scan_is_word(scan, match->token_first - 1, words[i])) i++;
  if (i == count) return false;
  if (!has_token_behind(scan, match)) return true;
  uint32_t behind = match->token_last + 1;
  return scan->document->tokens[behind].kind == STANCE_TOKEN_PUNCTUATION ||
         (stance_scan_classes(scan, behind) & (STANCE_NAME_FUNCTION | STANCE_NAME_MODIFIER)) == STANCE_NAME_FUNCTION;
}

/* Whether an acronym is an ordinary word in text in capitals, as it is unless it must be a name: "LET US GO". */
static bool is_ordinary_word(struct stance_mention_scan *scan, const struct stance_match *match) {
  if (match->part_count > 1 || match->has_stops || !match->alias || (match->alias->needs & 3) != STANCE_NEED_UPPER)
    return false;
  if (!(stance_scan_classes(scan, match->token_first) & STANCE_NAME_ORDINARY)) return false;
  uint32_t first = sentence_of(scan)->token_first;
  if (style_of(scan) != STANCE_STYLE_CAPITALS) {
    /* a shout inside a sentence: "he cried LET US IN" */
    return has_token_before(scan, match) && has_token_behind(scan, match) &&
           scan->document->tokens[match->token_first - 1].shape == STANCE_SHAPE_UPPER &&
           scan->document->tokens[match->token_last + 1].shape == STANCE_SHAPE_UPPER;
  }
  if (match->token_first == first || match->is_possessive || match->ends_inside) return false;
  if (stance_scan_is_word(scan, match->token_first - 1, "the")) return false;
  return !has_token_behind(scan, match) ||
         !(stance_scan_classes(scan, match->token_last + 1) & (STANCE_NAME_AGENT | STANCE_NAME_TITLE));
}

static int georgia_cue(uint32_t classes) {
  return (classes & STANCE_NAME_US_GEORGIA ? 1 : 0) - (classes & STANCE_NAME_GEORGIA ? 1 : 0);
}

/* Whether "Georgia" is the US state: cues in the adjacent words decide, else in the sentence, else in the article. */
static bool is_us_georgia(struct stance_mention_scan *scan, const struct stance_match *match) {
  const struct stance_document *document = scan->document;
  uint32_t first = sentence_of(scan)->token_first, limit = sentence_limit(scan), from = first, to = limit;
  if (match->kind != STANCE_ALIAS_NAME || match->part_count > 1 || strcmp(match->actor->id, "GEO") != 0) return false;
  int cue = 0;
  if (match->token_last + 1 < limit) cue += georgia_cue(stance_scan_classes(scan, match->token_last + 1));
  if (match->token_first > first + 1 && stance_scan_is_word(scan, match->token_first - 1, ",")) /* "Atlanta, Georgia" */
    cue += georgia_cue(stance_scan_classes(scan, match->token_first - 2));
  if (cue) return cue > 0;
  if (match->token_first - first > CUE_TOKENS)
    from = match->token_first - CUE_TOKENS; /* bounds the work in very long sentences */
  if (limit - match->token_last > CUE_TOKENS) to = match->token_last + CUE_TOKENS;
  for (uint32_t i = from; i < to; i++)
    if (is_capital(scan, i)) cue += georgia_cue(stance_scan_classes(scan, i));
  if (cue) return cue > 0;
  if (!scan->is_georgia_known) {
    for (uint32_t i = 0; i < document->token_count; i++)
      if (document->tokens[i].shape != STANCE_SHAPE_LOWER) scan->georgia += georgia_cue(stance_scan_classes(scan, i));
    scan->is_georgia_known = true;
  }
  return scan->georgia > 0;
}

/* "Athens, Georgia": the town becomes a mention of the US; true for the state, which is no actor. */
static bool is_in_province(struct stance_mention_scan *scan, size_t index) {
  struct stance_match *match = &scan->matches[index];
  const struct stance_actor *country =
      match->kind == STANCE_ALIAS_DEMONYM ? NULL : stance_province_country(scan, match);
  if (country) { /* "Tbilisi, Georgia" */
    bool is_at_home = index + 1 < scan->match_count && scan->matches[index + 1].token_first == match->token_last + 2 &&
                      stance_actor_home(scan->matches[index + 1].actor) == stance_actor_home(match->actor);
    if (is_at_home || acts_for(match->actor, country)) return false;
    match->actor = country;
    match->kind = STANCE_ALIAS_SEAT;
    match->is_province = true;
    return false;
  }
  return index > 0 && scan->matches[index - 1].is_province &&
         scan->matches[index - 1].token_last + 2 == match->token_first;
}

static void read_place(struct stance_mention_scan *scan, size_t index) {
  struct stance_match *match = &scan->matches[index];
  if (!match->alias) return; /* a pattern needs no rules */
  if (match->kind == STANCE_ALIAS_COMBINING) {
    match->is_rejected = !is_combining(scan, match);
    return;
  }
  if (is_ordinary_word(scan, match) || is_compound(scan, match)) match->is_rejected = true;
  else if (!is_land(match) && !is_seat(match)) return;
  else if (is_in_province(scan, index)) match->is_rejected = true;
  else if (is_directed(scan, index) || is_feature(scan, index) || is_of_longer_name(scan, index) ||
           is_language(scan, match) || is_us_georgia(scan, match))
    match->is_rejected = true;
}

/* ---- states and their agents ------------------------------------------------------------------------------------ */

/* The last token of the portfolio after a minister at `token`: "of Foreign Affairs", "of state"; `token`: none. */
static uint32_t portfolio_end(const struct stance_mention_scan *scan, uint32_t token) {
  uint32_t limit = sentence_limit(scan), end = token;
  if (token + 2 >= limit || !stance_scan_is_word(scan, token + 1, "of")) return token;
  for (uint32_t i = token + 2; i < limit && i < token + TITLE_WORDS; i++) {
    uint32_t classes = stance_scan_classes(scan, i);
    if (!(classes & STANCE_NAME_PORTFOLIO)) break;
    if (!(classes & STANCE_NAME_FUNCTION)) end = i;
  }
  return end;
}

/* The last token of the longest agent noun of a file that starts at `token`; `token` - 1: none. *role: its role. */
static uint32_t listed_agent_end(const struct stance_mention_scan *scan, uint32_t token, const char **role) {
  uint32_t node = 0, end = token - 1, limit = sentence_limit(scan);
  *role = NULL;
  if (token >= limit) return end;
  const struct stance_token *first = &scan->document->tokens[token];
  if (first->is_plain && !stance_alias_trie_may_start(&scan->gazetteer->agents, first->hash, STANCE_SHAPE_UPPER))
    return end; /* most tokens */
  struct stance_name_part_cursor cursor = {scan->document, token, limit, first->start};
  struct stance_name_part part;
  while (stance_name_part_next(&cursor, &part)) {
    const struct stance_alias_edge *edge = stance_alias_trie_edge(&scan->gazetteer->agents, node, part.hash);
    if (!edge) break;
    node = edge->child;
    if (!edge->value) continue;
    end = part.token;
    *role = scan->gazetteer->roles[edge->value - 1];
  }
  return end;
}

/* The last token of the agent nouns after a state's name ("military junta leader"); the match's own: none. */
static uint32_t agent_end(struct stance_mention_scan *scan, size_t index, const char **role) {
  const struct stance_match *match = &scan->matches[index];
  bool is_owner = match->is_possessive || match->kind == STANCE_ALIAS_DEMONYM;
  uint32_t end = match->token_last, modifiers = 0, limit = sentence_limit(scan);
  bool has_possessive;
  *role = NULL;
  if (match->is_plural || (match->ends_inside && !match->is_possessive)) return end;
  if (match->is_possessive && !match->ends_inside) return end; /* the apostrophe is a token: "the Philippines' army" */
  for (uint32_t i = end + 1; i < limit && modifiers <= MODIFIER_WORDS && !is_covered_behind(scan, index, i); i++) {
    uint32_t classes = stance_scan_classes(scan, i);
    bool is_head =
        classes & (STANCE_NAME_AGENT | STANCE_NAME_TITLE) && (is_owner || modifiers || !(classes & STANCE_NAME_VERBAL));
    if (!is_head && !(classes & STANCE_NAME_MODIFIER)) break;
    bool is_verb = !is_head && !is_owner && (classes & STANCE_NAME_VERBAL) && /* "Mali armed rebels" */
                   !(i + 1 < limit && stance_scan_classes(scan, i + 1) & (STANCE_NAME_VERBAL | STANCE_NAME_PORTFOLIO));
    if (is_verb || (classes & STANCE_NAME_CALENDAR)) break;
    modifiers = is_head ? 0 : modifiers + 1;
    if (!is_head) continue;
    end = portfolio_end(scan, i);
    stance_scan_word_end(scan, i, &has_possessive);
    if (has_possessive || end > i) break;
  }
  uint32_t listed = listed_agent_end(scan, match->token_last + 1, role);
  if (listed >= end && !is_covered_behind(scan, index, listed)) return listed;
  *role = NULL;
  return end;
}

/* The actor FRAMIL for FRA and role MIL; the actor itself if the gazetteer has no such actor. */
static const struct stance_actor *actor_in_role(const struct stance_mention_scan *scan,
                                                const struct stance_actor *actor, const char *role) {
  char id[ROLE_ID_MAX];
  int length = snprintf(id, sizeof id, "%s%s", actor->id, role);
  const struct stance_actor *found =
      length > 0 && (size_t)length < sizeof id ? stance_gazetteer_find(scan->gazetteer, id) : NULL;
  return found ? found : actor;
}

/* The last token of an unknown person's name after a title that ends at `token`; `token`: no name. */
static uint32_t unknown_name_end(struct stance_mention_scan *scan, size_t index, uint32_t token) {
  uint32_t limit = sentence_limit(scan), end = token;
  if (style_of(scan) != STANCE_STYLE_PROSE) return token;
  for (uint32_t i = token + 1; i < limit && i <= token + NAME_WORDS && !is_covered_behind(scan, index, i); i++) {
    uint32_t classes = stance_scan_classes(scan, i);
    bool has_possessive,
        is_initial = is_capital(scan, i) && scan->document->tokens[i].end - scan->document->tokens[i].start <= 2;
    if (classes & STANCE_NAME_CALENDAR) break;
    if (classes & STANCE_NAME_PARTICLE && end > token && !is_capital(scan, i)) continue; /* "Diallo ould Ahmed" */
    if (!is_name_like(scan, i) && !is_initial) break;
    if (classes & (STANCE_NAME_FUNCTION | STANCE_NAME_AGENT)) break;
    end = i;
    stance_scan_word_end(scan, i, &has_possessive);
    if (has_possessive) break;
  }
  return end;
}

static void read_state(struct stance_mention_scan *scan, size_t index) {
  struct stance_match *match = &scan->matches[index];
  const char *role = NULL;
  uint32_t end = agent_end(scan, index, &role);
  if (end == match->token_last) return;
  if (role) match->actor = actor_in_role(scan, match->actor, role);
  uint32_t classes = stance_scan_classes(scan, end);
  match->head = stance_scan_word(scan, end);
  match->is_plural = (classes & STANCE_NAME_PLURAL) != 0;
  bool is_title = classes & STANCE_NAME_TITLE && !(classes & STANCE_NAME_PLURAL);
  for (uint32_t i = match->token_last + 1; !is_title && i < end; i++) /* "Minister of Foreign Affairs" */
    is_title = stance_scan_is_word(scan, i, "of") && stance_scan_classes(scan, i - 1) & STANCE_NAME_TITLE;
  stretch_right(scan, match, end);
  match->is_person = is_title; /* "the Malian foreign minister": "he" may follow */
  if (!is_title || match->is_possessive || match->ends_inside) return;
  uint32_t name = unknown_name_end(scan, index, end);
  if (name == end) return;
  stretch_right(scan, match, name);
  stance_scan_remember_surname(scan, name, match->actor, false);
}

/* Extends an organisation over the state before it: "Russian security firm Wagner". */
static void read_body(struct stance_mention_scan *scan, size_t index) {
  struct stance_match *match = &scan->matches[index];
  if (index == 0 || match->starts_inside || !match->actor->affiliation) return;
  struct stance_match *owner = &scan->matches[index - 1];
  uint32_t gap = match->token_first - owner->token_last - 1;
  if (owner->is_rejected || owner->kind != STANCE_ALIAS_DEMONYM || owner->is_plural || owner->ends_inside || gap < 1 ||
      gap > MODIFIER_WORDS + 1)
    return;
  if (!acts_for(match->actor, owner->actor)) return;
  for (uint32_t i = owner->token_last + 1; i < match->token_first; i++)
    if (!(stance_scan_classes(scan, i) & STANCE_NAME_BODY)) return;
  match->start = owner->start;
  match->token_first = owner->token_first;
  match->starts_inside = owner->starts_inside;
  owner->is_rejected = true;
}

/* ---- the rules in order ----------------------------------------------------------------------------------- */

static void drop_rejected(struct stance_mention_scan *scan) {
  size_t kept = 0;
  while (kept < scan->match_count && !scan->matches[kept].is_rejected) kept++;
  for (size_t i = kept; i < scan->match_count; i++)
    if (!scan->matches[i].is_rejected) scan->matches[kept++] = scan->matches[i];
  scan->match_count = kept;
}

void stance_mention_rules_apply(struct stance_mention_scan *scan) {
  for (size_t i = 0; i < scan->match_count; i++)
    if (!scan->matches[i].is_person) read_place(scan, i);
  drop_rejected(scan);
  for (size_t i = 0; i < scan->match_count; i++)
    if (scan->matches[i].is_person) read_person(scan, i);
  drop_rejected(scan);
  for (size_t i = 0; i < scan->match_count; i++)
    if (!scan->matches[i].is_person && scan->matches[i].kind != STANCE_ALIAS_COMBINING) read_body(scan, i);
  drop_rejected(scan);
  for (size_t i = 0; i < scan->match_count; i++)
    if (!scan->matches[i].is_person && !scan->matches[i].head && scan->matches[i].kind != STANCE_ALIAS_COMBINING)
      read_state(scan, i);
}
