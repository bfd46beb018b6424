/* SPDX-License-Identifier: MIT
 * Reads the lexicon's files: lexemes with their slots and forms, function words, polarity, valence, frames. Every error
 * names file and line. */
#include <stdio.h>
#include <string.h>

#include "frame.h"
#include "lexicon_internal.h"
#include "stance/base/error.h"

static const char *const quad_names[] = {"neutral", "verbal-cooperation", "material-cooperation", "verbal-conflict",
                                         "material-conflict"};
static const char *const slot_names[STANCE_SLOT_COUNT] = {"subj",   "obj",     "of",    "with", "against", "to",
                                                          "for",    "by",      "from",  "on",   "at",      "over",
                                                          "toward", "between", "about", "into", "in",      "poss"};
static const char *const role_names[] = {"none", "source", "target", "both", "issue"};
static const char *const speech_names[] = {"verb", "noun", "adj"};
static const char *const function_names[] = {
    "negator", "hedge", "reporting", "title", "agent-noun", "group-description", "passive-auxiliary", "exception"};
#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

const char *stance_quad_name(enum stance_quad quad) { return quad_names[quad]; }
const char *stance_slot_name(enum stance_slot slot) { return slot_names[slot]; }
const char *stance_slot_role_name(enum stance_slot_role role) { return role_names[role]; }

struct field {
  const char *text;
  size_t length;
};

/* Splits a line at tabs. Returns the number of fields, which may be above max; only max are stored. */
static size_t split(const char *line, size_t length, struct field *fields, size_t max) {
  size_t count = 0;
  for (size_t start = 0; start <= length;) {
    const char *tab = memchr(line + start, '\t', length - start);
    size_t end = tab ? (size_t)(tab - line) : length;
    if (count < max) fields[count] = (struct field){line + start, end - start};
    count++;
    start = end + 1;
  }
  return count;
}

static int name_index(const char *const *names, size_t count, const char *text, size_t length) {
  for (size_t i = 0; length && i < count; i++)
    if (names[i][0] == text[0] && strncmp(names[i], text, length) == 0 && !names[i][length]) return (int)i;
  return -1;
}

static enum stance_status need_name(const char *const *names, size_t count, struct field field, const char *what,
                                    uint8_t *out, struct stance_error *error) {
  int index = name_index(names, count, field.text, field.length);
  if (index < 0)
    return stance_fail(error, STANCE_INPUT, "unknown %s '%.*s'", what, (int)(field.length < 60 ? field.length : 60),
                       field.text);
  *out = (uint8_t)index;
  return STANCE_OK;
}

static enum stance_status need_number(struct field field, const char *what, int low, int high, int *out,
                                      struct stance_error *error) {
  size_t i = field.length && field.text[0] == '-' ? 1 : 0;
  int number = 0;
  bool is_good = i < field.length && field.length < 5;
  for (size_t at = i; is_good && at < field.length; at++) {
    is_good = field.text[at] >= '0' && field.text[at] <= '9';
    number = number * 10 + (field.text[at] - '0');
  }
  if (i) number = -number;
  if (!is_good || number < low || number > high)
    return stance_fail(error, STANCE_INPUT, "%s is '%.*s'; expected a whole number from %d to %d", what,
                       (int)(field.length < 60 ? field.length : 60), field.text, low, high);
  *out = number;
  return STANCE_OK;
}

static enum stance_status read_slots(struct field field, struct stance_lexeme *lexeme, struct stance_error *error) {
  for (size_t start = 0; start < field.length;) {
    const char *space = memchr(field.text + start, ' ', field.length - start);
    size_t end = space ? (size_t)(space - field.text) : field.length;
    if (end > start) {
      struct field slot = {field.text + start, end - start};
      const char *equal = memchr(slot.text, '=', slot.length);
      uint8_t index, role;
      if (!equal)
        return stance_fail(error, STANCE_INPUT, "slot '%.*s' has no role; expected slot=role",
                           (int)(slot.length < 60 ? slot.length : 60), slot.text);
      struct field left = {slot.text, (size_t)(equal - slot.text)};
      struct field right = {equal + 1, slot.length - left.length - 1};
      STANCE_TRY(need_name(slot_names, STANCE_SLOT_COUNT, left, "slot", &index, error));
      STANCE_TRY(need_name(role_names, COUNT_OF(role_names), right, "role", &role, error));
      lexeme->roles[index] = role;
    }
    start = end + 1;
  }
  return STANCE_OK;
}

static bool ends_in(struct field field, const char *ending) {
  size_t length = strlen(ending);
  return field.length > length && memcmp(field.text + field.length - length, ending, length) == 0;
}

/* The inflection of a verb's form, from its place in the list (base, third person, past, participles, -ing) and from
 * the ending of its first word. */
static uint8_t inflection_of(struct field form, struct field lemma, size_t place) {
  const char *space = memchr(form.text, ' ', form.length);
  struct field head = {form.text, space ? (size_t)(space - form.text) : form.length};
  bool is_base = form.length == lemma.length && memcmp(form.text, lemma.text, form.length) == 0;
  if (is_base) return STANCE_FORM_BASE;
  if (place > 0 && ends_in(head, "ing")) return STANCE_FORM_ING;
  if (ends_in(head, "s") && !ends_in(head, "ss")) return STANCE_FORM_THIRD;
  return STANCE_FORM_PAST;
}

static enum stance_status reading_for(struct stance_lexicon *lexicon, struct field form, struct stance_reading **out,
                                      struct stance_error *error) {
  struct lexicon_place place;
  *out = NULL;
  STANCE_TRY(stance_lexicon_place_make(lexicon, LIST_LEXEME, form.text, form.length, &place, error));
  if (!stance_lexicon_place_value(place, LIST_LEXEME)) {
    struct stance_reading *readings = stance_arena_grow(&lexicon->arena, lexicon->readings, &lexicon->reading_capacity,
                                                        lexicon->reading_count + 1, sizeof *readings);
    if (!readings) return stance_fail_memory(error);
    lexicon->readings = readings;
    memset(&readings[lexicon->reading_count], 0, sizeof *readings);
    stance_lexicon_place_set(place, LIST_LEXEME, (uint32_t)++lexicon->reading_count);
  }
  *out = &lexicon->readings[stance_lexicon_place_value(place, LIST_LEXEME) - 1];
  return STANCE_OK;
}

/* While the files are read, reading->lexemes holds numbers from 1, as the array of lexemes may move;
 * stance_lexicon_resolve_readings turns them into pointers. */
static enum stance_status add_form(struct stance_lexicon *lexicon, struct field form, size_t number, uint8_t speech,
                                   uint8_t inflection, struct stance_error *error) {
  struct stance_reading *reading;
  STANCE_TRY(reading_for(lexicon, form, &reading, error));
  if (!reading->lexemes[speech]) reading->lexemes[speech] = (const void *)(uintptr_t)number;
  if (speech == STANCE_SPEECH_VERB && (uintptr_t)reading->lexemes[speech] == number) reading->inflection |= inflection;
  return STANCE_OK;
}

/* The word at `from` of a form: its length; *to: where the next one begins. */
static size_t word_at(struct field form, size_t from, size_t *to) {
  const char *space = memchr(form.text + from, ' ', form.length - from);
  size_t length = space ? (size_t)(space - form.text) - from : form.length - from;
  *to = from + length + (space != NULL);
  return length;
}

/* The forms of a headline and of other owners: "turn the screw on" is "turn screw on" too, "lift its siege of" "lift their siege of".
 * The first article or possessive inside a form is left out and, but for "a", taken for the others. What the file has itself is kept. */
static enum stance_status add_variants(struct stance_lexicon *lexicon, struct field form, size_t number, uint8_t speech,
                                       uint8_t inflection, struct stance_error *error) {
  static const char *const words[] = {"the ", "its ", "their ", "his ", "her ", "a ", "an "};
  static const char *const instead[] = {"", "the ", "its ", "their "};
  enum { OWNERS = 5 }; /* of words; the others are only left out */
  enum { LONGEST = 120 };
  char variant[LONGEST + 8];
  size_t next, at = 0;
  word_at(form, 0, &at);
  for (; at < form.length; at = next) {
    size_t length = word_at(form, at, &next), which = 0;
    if (next >= form.length || form.length > LONGEST) return STANCE_OK; /* the last word is none */
    while (which < COUNT_OF(words) &&
           (strlen(words[which]) != length + 1 || memcmp(form.text + at, words[which], length) != 0))
      which++;
    if (which == COUNT_OF(words)) continue;
    size_t count = which < OWNERS ? COUNT_OF(instead) : 1;
    for (size_t i = 0; i < count; i++) {
      size_t put = strlen(instead[i]);
      memcpy(variant, form.text, at);
      memcpy(variant + at, instead[i], put);
      memcpy(variant + at + put, form.text + next, form.length - next);
      struct field other = {variant, at + put + form.length - next};
      STANCE_TRY(add_form(lexicon, other, number, speech, inflection, error));
    }
    return STANCE_OK;
  }
  return STANCE_OK;
}

typedef enum stance_status form_adder(struct stance_lexicon *lexicon, struct field form, size_t number, uint8_t speech,
                                      uint8_t inflection, struct stance_error *error);

static enum stance_status add_forms(struct stance_lexicon *lexicon, struct field forms, struct field lemma,
                                    size_t number, uint8_t speech, form_adder *add, struct stance_error *error) {
  for (size_t start = 0, place = 0; start <= forms.length; place++) {
    const char *comma = memchr(forms.text + start, ',', forms.length - start);
    size_t end = comma ? (size_t)(comma - forms.text) : forms.length;
    struct field form = {forms.text + start, end - start};
    STANCE_TRY(add(lexicon, form, number, speech, inflection_of(form, lemma, place), error));
    start = end + 1;
  }
  return STANCE_OK;
}

/* In a second pass over the lines, as no variant may come before a form that a later line has. */
static enum stance_status vary_lexeme(struct stance_lexicon *lexicon, struct field *fields,
                                      struct stance_error *error) {
  size_t number = ++lexicon->varied;
  return add_forms(lexicon, fields[6], fields[0], number, lexicon->lexemes[number - 1].speech, add_variants, error);
}

static enum stance_status read_lexeme(struct stance_lexicon *lexicon, struct field *fields,
                                      struct stance_error *error) {
  if (lexicon->lexeme_count >= LEXEMES_MAX)
    return stance_fail(error, STANCE_INPUT, "more than %d entries", LEXEMES_MAX);
  if (!fields[0].length) return stance_fail(error, STANCE_INPUT, "the lemma is empty");
  struct stance_lexeme lexeme = {.lemma = NULL};
  int number;
  STANCE_TRY(need_name(speech_names, COUNT_OF(speech_names), fields[1], "part of speech", &lexeme.speech, error));
  STANCE_TRY(need_name(quad_names, COUNT_OF(quad_names), fields[2], "class", &lexeme.quad, error));
  STANCE_TRY(need_number(fields[3], "polarity", -1, 1, &number, error));
  lexeme.polarity = (int8_t)number;
  STANCE_TRY(need_number(fields[4], "strength", 0, 10, &number, error));
  lexeme.strength = (uint8_t)number;
  STANCE_TRY(read_slots(fields[5], &lexeme, error));
  lexeme.hash = stance_hash(fields[0].text, fields[0].length);
  lexeme.lemma = stance_arena_copy(&lexicon->arena, fields[0].text, fields[0].length);
  struct stance_lexeme *lexemes = stance_arena_grow(&lexicon->arena, lexicon->lexemes, &lexicon->lexeme_capacity,
                                                    lexicon->lexeme_count + 1, sizeof *lexemes);
  if (!lexeme.lemma || !lexemes) return stance_fail_memory(error);
  lexicon->lexemes = lexemes;
  lexemes[lexicon->lexeme_count++] = lexeme;
  return add_forms(lexicon, fields[6], fields[0], lexicon->lexeme_count, lexeme.speech, add_form, error);
}

static enum stance_status read_function(struct stance_lexicon *lexicon, struct field *fields,
                                        struct stance_error *error) {
  struct lexicon_place place;
  uint8_t kind;
  STANCE_TRY(need_name(function_names, COUNT_OF(function_names), fields[1], "kind", &kind, error));
  STANCE_TRY(stance_lexicon_place_make(lexicon, LIST_FUNCTION, fields[0].text, fields[0].length, &place, error));
  stance_lexicon_place_set(place, LIST_FUNCTION, stance_lexicon_place_value(place, LIST_FUNCTION) | 1u << kind);
  return STANCE_OK;
}

/* Skips entries of several words: the polarity list is asked word by word. */
static enum stance_status read_polarity(struct stance_lexicon *lexicon, struct field *fields,
                                        struct stance_error *error) {
  struct lexicon_place place;
  int score;
  STANCE_TRY(need_number(fields[1], "score", -5, 5, &score, error));
  if (memchr(fields[0].text, ' ', fields[0].length)) return STANCE_OK;
  STANCE_TRY(stance_lexicon_place_make(lexicon, LIST_POLARITY, fields[0].text, fields[0].length, &place, error));
  stance_lexicon_place_set(place, LIST_POLARITY, (uint32_t)(score + 6));
  return STANCE_OK;
}

static enum stance_status read_valence(struct stance_lexicon *lexicon, struct field *fields,
                                       struct stance_error *error) {
  struct lexicon_place place;
  int score;
  STANCE_TRY(need_number(fields[1], "valence", -3, 3, &score, error));
  STANCE_TRY(stance_lexicon_place_make(lexicon, LIST_VALENCE, fields[0].text, fields[0].length, &place, error));
  stance_lexicon_place_set(place, LIST_VALENCE, (uint32_t)(score + 6));
  return STANCE_OK;
}
/* ---- frames ---- */

static enum stance_status read_frame_verb(struct stance_lexicon *lexicon, struct field *fields,
                                          struct stance_error *error) {
  uint16_t verb;
  STANCE_TRY(stance_frames_add_verb(lexicon->frames, fields[0].text, fields[0].length, &verb, error));
  struct field forms = fields[1];
  for (size_t start = 0, place = 0; start <= forms.length; place++) {
    const char *comma = memchr(forms.text + start, ',', forms.length - start);
    size_t end = comma ? (size_t)(comma - forms.text) : forms.length;
    struct field form = {forms.text + start, end - start};
    struct stance_reading *reading;
    STANCE_TRY(reading_for(lexicon, form, &reading, error));
    if (!reading->lexemes[STANCE_SPEECH_VERB]) reading->inflection |= inflection_of(form, fields[0], place);
    if (!reading->frame_verb)
      reading->frame_verb = verb; /* a form of several verbs ("wound", "found") belongs to the first listed */
    start = end + 1;
  }
  return STANCE_OK;
}

static enum stance_status read_frame_objects(struct stance_lexicon *lexicon, struct field *fields,
                                             struct stance_error *error) {
  return stance_frames_add_class(lexicon->frames, fields[0].text, fields[0].length, fields[1].text, fields[1].length,
                                 error);
}

struct deed { /* what the lexemes of a line have in common */
  struct stance_lexicon *lexicon;
  struct stance_lexeme lexeme;
};

static uint32_t add_deed(void *context, const char *lemma, uint32_t slots) {
  struct deed *deed = context;
  struct stance_lexicon *lexicon = deed->lexicon;
  if (lexicon->lexeme_count >= LEXEMES_MAX) return 0;
  struct stance_lexeme lexeme = deed->lexeme;
  bool gains = slots >> STANCE_SLOT_SUBJECT & 1; /* "received tanks from": the subject is the target */
  lexeme.roles[STANCE_SLOT_SUBJECT] = lexeme.roles[STANCE_SLOT_BY] = gains ? STANCE_ROLE_TARGET : STANCE_ROLE_SOURCE;
  for (size_t slot = STANCE_SLOT_OBJECT; slot < STANCE_SLOT_COUNT; slot++)
    if (slots >> slot & 1) lexeme.roles[slot] = gains ? STANCE_ROLE_SOURCE : STANCE_ROLE_TARGET;
  char text[128];
  int length = snprintf(text, sizeof text, "%s%s", lemma,
                        lexeme.polarity > 0   ? " (+)"
                        : lexeme.polarity < 0 ? " (-)"
                                              : "");
  lexeme.hash = stance_hash(text, (size_t)length);
  lexeme.lemma = stance_arena_copy(&lexicon->arena, text, (size_t)length);
  struct stance_lexeme *lexemes = stance_arena_grow(&lexicon->arena, lexicon->lexemes, &lexicon->lexeme_capacity,
                                                    lexicon->lexeme_count + 1, sizeof *lexemes);
  if (!lexeme.lemma || !lexemes) return 0;
  lexicon->lexemes = lexemes;
  lexemes[lexicon->lexeme_count++] = lexeme;
  return (uint32_t)lexicon->lexeme_count;
}

static enum stance_status read_frame(struct stance_lexicon *lexicon, struct field *fields, struct stance_error *error) {
  struct deed deed = {.lexicon = lexicon, .lexeme = {.speech = STANCE_SPEECH_VERB}};
  struct stance_frame_line line = {fields[0].text, fields[1].text, fields[0].length, fields[1].length, 0};
  int number;
  for (size_t start = 0; start < fields[2].length;) {
    const char *space = memchr(fields[2].text + start, ' ', fields[2].length - start);
    size_t end = space ? (size_t)(space - fields[2].text) : fields[2].length;
    uint8_t slot;
    STANCE_TRY(need_name(slot_names, STANCE_SLOT_COUNT, (struct field){fields[2].text + start, end - start}, "slot",
                         &slot, error));
    line.slots |= 1u << slot;
    start = end + 1;
  }
  STANCE_TRY(need_name(quad_names, COUNT_OF(quad_names), fields[3], "class", &deed.lexeme.quad, error));
  STANCE_TRY(need_number(fields[4], "polarity", -1, 1, &number, error));
  deed.lexeme.polarity = (int8_t)number;
  STANCE_TRY(need_number(fields[5], "strength", 0, 10, &number, error));
  deed.lexeme.strength = (uint8_t)number;
  return stance_frames_add_line(lexicon->frames, &line, add_deed, &deed, error);
}

struct section {
  const char *header;
  size_t fields;
  enum stance_status (*read)(struct stance_lexicon *lexicon, struct field *fields, struct stance_error *error);
};
static const struct section sections[LEXICON_SECTIONS] = {
    {"lemma\tpos\tclass\tpolarity\tstrength\tslots\tforms", 7, read_lexeme},
    {"word\tkind", 2, read_function},
    {NULL, 2, read_polarity},
    {NULL, 2, read_valence},
    {"lemma\tforms", 2, read_frame_verb},
    {"class\tnouns", 2, read_frame_objects},
    {"verbs\tclasses\tslots\tclass\tpolarity\tstrength", 6, read_frame},
};

static enum stance_status read_lines(struct stance_lexicon *lexicon, const struct section *section, const char *file,
                                     const char *text, size_t length, struct stance_error *error) {
  bool needs_header = section->header;
  size_t line = 0;
  for (size_t start = 0; start < length;) {
    const char *newline = memchr(text + start, '\n', length - start);
    size_t end = newline ? (size_t)(newline - text) : length, last = end;
    if (last > start && text[last - 1] == '\r') last--;
    struct field fields[7], whole = {text + start, last - start};
    line++;
    start = end + 1;
    if (!whole.length || whole.text[0] == '#') continue;
    if (needs_header) {
      if (strlen(section->header) != whole.length || memcmp(section->header, whole.text, whole.length) != 0)
        return stance_fail_at(error, STANCE_INPUT, file, line, 0, "bad header '%.*s'; expected the columns %s",
                              (int)(whole.length < 60 ? whole.length : 60), whole.text, section->header);
      needs_header = false;
      continue;
    }
    size_t count = split(whole.text, whole.length, fields, COUNT_OF(fields));
    if (count != section->fields)
      return stance_fail_at(error, STANCE_INPUT, file, line, 0, "%zu columns; expected %zu", count, section->fields);
    struct stance_error inner = {.message = ""};
    enum stance_status status = section->read(lexicon, fields, &inner);
    if (status != STANCE_OK) return stance_fail_at(error, status, file, line, 0, "%s", inner.message);
  }
  if (needs_header)
    return stance_fail_at(error, STANCE_INPUT, file, 0, 0, "is empty; expected the columns %s", section->header);
  return STANCE_OK;
}

enum stance_status stance_lexicon_read_section(struct stance_lexicon *lexicon, size_t index, const char *file,
                                               const char *text, size_t length, struct stance_error *error) {
  STANCE_TRY(read_lines(lexicon, &sections[index], file, text, length, error));
  if (index) return STANCE_OK;
  struct section again = sections[0];
  again.read = vary_lexeme;
  return read_lines(lexicon, &again, file, text, length, error);
}

void stance_lexicon_resolve_readings(struct stance_lexicon *lexicon) {
  for (size_t i = 0; i < lexicon->reading_count; i++)
    for (size_t speech = 0; speech < 3; speech++) {
      uintptr_t number = (uintptr_t)lexicon->readings[i].lexemes[speech];
      lexicon->readings[i].lexemes[speech] = number ? &lexicon->lexemes[number - 1] : NULL;
    }
}
