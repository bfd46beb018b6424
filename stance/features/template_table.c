/* SPDX-License-Identifier: MIT
 * The table of templates, and parsing of sets of them: "+char-ngrams,-prefix" or "word,zone". */
#include <stdlib.h>
#include <string.h>

#include "stance/base/error.h"
#include "stance/base/near.h"
#include "template.h"

#define DYAD (1u << STANCE_UNIT_DYAD)
#define TARGET (1u << STANCE_UNIT_TARGET)
#define SENTENCE (1u << STANCE_UNIT_SENTENCE)
#define ALL (DYAD | TARGET | SENTENCE)

/* The index is the bit in stance_template_set, which model files store: add new templates at the end. */
const struct stance_template stance_templates[] = {
    {"word", "words and word pairs of the sentence, actors masked", ALL, ALL, 1, stance_template_word,
     STANCE_NEEDS_KINDS, true},
    {"zone", "words before, between and after source and target, with who comes first", DYAD | TARGET, TARGET, 1,
     stance_template_zone, STANCE_NEEDS_KINDS, true},
    {"between", "words and word pairs between source and target, near or far", DYAD, DYAD, 1, stance_template_between,
     STANCE_NEEDS_KINDS, true},
    {"window", "one to three words around source and target", DYAD | TARGET, DYAD | TARGET, 1, stance_template_window,
     STANCE_NEEDS_KINDS, true},
    {"prefix", "first five letters of words between and around (in sentences: of all words)", ALL, ALL, 0.7f,
     stance_template_prefix, STANCE_NEEDS_KINDS, false},
    {"distance", "how far source and target are apart, and in what order", DYAD, DYAD, 1, stance_template_distance,
     STANCE_NEEDS_KINDS, false},
    {"role", "polarity and class of events with who acts and who suffers them", DYAD | TARGET, DYAD | TARGET, 3,
     stance_template_role, STANCE_NEEDS_EVENTS, false},
    {"lemma", "the event's lemma with who acts and who suffers it", DYAD | TARGET, DYAD | TARGET, 1.5f,
     stance_template_lemma, STANCE_NEEDS_EVENTS, false},
    {"slot", "the slots (subject, object, with, against ...) that source and target fill", DYAD | TARGET, DYAD | TARGET,
     1.5f, stance_template_slot, STANCE_NEEDS_EVENTS, true},
    {"summary", "how many hostile and friendly events each way, and what they come to", DYAD, DYAD, 3,
     stance_template_summary, STANCE_NEEDS_EVENTS, false},
    {"speech", "who is said to speak, and of what events", DYAD | TARGET, DYAD | TARGET, 1, stance_template_speech,
     STANCE_NEEDS_EVENTS, false},
    {"polarity", "sums of words of good and ill before, between, after and near, turned by negation", ALL, ALL, 2,
     stance_template_polarity, STANCE_NEEDS_EVENTS, false},
    {"characters", "three to five characters inside words", ALL, 0, 0.5f, stance_template_characters,
     STANCE_NEEDS_KINDS, false},
    {"class", "the pattern around source and target with words replaced by their class", DYAD | TARGET, DYAD | TARGET,
     1, stance_template_class, STANCE_NEEDS_EVENTS, true},
    {"actors", "who source and target are; echoes what training saw of them", DYAD | TARGET, 0, 1,
     stance_template_actors, STANCE_NEEDS_KINDS, false},
    {"valence", "sums of words by the good or ill they report in news, in the zones of polarity", ALL, ALL, 2,
     stance_template_valence, STANCE_NEEDS_WORD_INFO, false},
    {"events", "classes, lemmas and balance of the sentence's events", TARGET | SENTENCE, TARGET | SENTENCE, 2,
     stance_template_events, STANCE_NEEDS_EVENTS, false},
    {"trigram", "three words in a row, actors masked", ALL, 0, 1, stance_template_trigram, STANCE_NEEDS_KINDS, true},
    {"vectors", "what the words of the sentence and of its parts mean, by word vectors", ALL, TARGET | SENTENCE, 1,
     NULL, STANCE_NEEDS_KINDS, false},
    {"conjunction", "both slots, the polarity and the class of an event in one", DYAD | TARGET, 0, 1.5f,
     stance_template_conjunction, STANCE_NEEDS_EVENTS, false},
};
const size_t stance_templates_count = sizeof stance_templates / sizeof stance_templates[0];
_Static_assert(sizeof stance_templates / sizeof stance_templates[0] <= 64,
               "a template is a bit of stance_template_set");

size_t stance_template_count(void) { return stance_templates_count; }
const char *stance_template_name(size_t index) { return stance_templates[index].name; }
const char *stance_template_doc(size_t index) { return stance_templates[index].doc; }
bool stance_template_serves(size_t index, enum stance_unit_kind kind) {
  return stance_templates[index].kinds >> kind & 1;
}

stance_template_set stance_template_default(enum stance_unit_kind kind) {
  stance_template_set set = 0;
  for (size_t i = 0; i < stance_templates_count; i++)
    if (stance_templates[i].on >> kind & 1) set |= (stance_template_set)1 << i;
  return set;
}

stance_template_set stance_template_dense(void) {
  stance_template_set set = 0;
  for (size_t i = 0; i < stance_templates_count; i++)
    if (!stance_templates[i].emit) set |= (stance_template_set)1 << i;
  return set;
}

static enum stance_status fail_unknown(const char *name, size_t length, enum stance_unit_kind kind,
                                       struct stance_error *error) {
  char list[400] = "";
  size_t used = 0;
  for (int pass = 0; pass < 2 && !used; pass++) /* first only similar names; if there are none, all */
    for (size_t i = 0; i < stance_templates_count; i++) {
      const char *known = stance_templates[i].name;
      if (!stance_template_serves(i, kind) || (pass == 0 && !stance_is_near_name(name, length, known))) continue;
      if (used + strlen(known) + 3 > sizeof list) break;
      if (used) used += (size_t)(stpcpy(list + used, ", ") - (list + used));
      used += (size_t)(stpcpy(list + used, known) - (list + used));
    }
  return stance_fail(error, STANCE_USAGE, "unknown feature template '%.*s'; expected %s",
                     (int)(length < 60 ? length : 60), name, list);
}

enum stance_status stance_template_parse(const char *text, enum stance_unit_kind kind, stance_template_set *out,
                                         struct stance_error *error) {
  bool is_edit = *text == '+' || *text == '-';
  stance_template_set set = is_edit || !*text ? stance_template_default(kind) : 0;
  for (const char *at = text; *at;) {
    size_t length = strcspn(at, ",");
    const char *name = at;
    char sign = '+';
    if (*name == '+' || *name == '-') {
      sign = *name++;
      length--;
    }
    if ((name != at) != is_edit)
      return stance_fail(error, STANCE_USAGE, "'%.60s' mixes +name and -name with plain names", text);
    size_t index = 0;
    while (index < stance_templates_count &&
           (strlen(stance_templates[index].name) != length || memcmp(stance_templates[index].name, name, length) != 0 ||
            !stance_template_serves(index, kind)))
      index++;
    if (index == stance_templates_count) return fail_unknown(name, length, kind, error);
    stance_template_set bit = (stance_template_set)1 << index;
    set = sign == '+' ? set | bit : set & ~bit;
    at = name + length;
    if (*at == ',' && !*++at) return stance_fail(error, STANCE_USAGE, "'%.60s' ends in a comma", text);
  }
  if (!set) return stance_fail(error, STANCE_USAGE, "'%.60s' leaves no feature template on", text);
  *out = set;
  return STANCE_OK;
}

char *stance_template_format(stance_template_set set, struct stance_arena *arena) {
  size_t length = 1;
  for (size_t i = 0; i < stance_templates_count; i++) length += strlen(stance_templates[i].name) + 1;
  char *text = stance_arena_alloc(arena, length, 1), *at = text;
  if (!text) return NULL;
  *at = '\0';
  for (size_t i = 0; i < stance_templates_count; i++) {
    if (!(set >> i & 1)) continue;
    if (at != text) *at++ = ',';
    at = stpcpy(at, stance_templates[i].name);
  }
  return text;
}
