/* SPDX-License-Identifier: MIT
 * Reading the lexicons and looking words up in them. One table of words says what all lists know of a word, and which of them
 * have longer entries that start with it; so a word that starts nothing costs one probe for all lists together. An entry of
 * several words is a path in a second table: its key is the hash of its words' hashes. */
#include "lexicon.h"

#include "frame.h"

#include <stdlib.h>
#include <string.h>

#include "stance/base/buffer.h"
#include "stance/base/error.h"
#include "stance/base/file.h"
#include "stance/base/hash.h"
#include "stance/text/text.h"
#include "stance/base/utf8.h"

enum { WORDS_MAX = STANCE_ENTRY_WORDS, LEXEMES_MAX = 100000 };
enum list { LIST_LEXEME, LIST_FUNCTION, LIST_POLARITY, LIST_VALENCE };
static const uint64_t list_seeds[] = {0x6c6578656d65, 0x66756e6374, 0x706f6c6172, 0x76616c656e};

_Static_assert(STANCE_LONGER_LEXEME == 1 << LIST_LEXEME && STANCE_LONGER_FUNCTION == 1 << LIST_FUNCTION &&
                   STANCE_LONGER_VALENCE == 1 << LIST_VALENCE,
               "a list's bit"); /* phrases of the polarity list are left out, its bit is free */

/* Values: reading index + 1, function bits, or score + 6; 0: the list has no such entry. */
struct word {
  uint64_t hash;
  uint32_t reading;
  uint8_t function, polarity, valence;
  uint8_t goes_on; /* bits 1 << enum list: a longer entry starts with it */
};

struct node { /* the second or a later word of an entry */
  uint64_t key;
  uint32_t value;
  bool goes_on;
};

struct stance_lexicon {
  struct stance_arena arena;
  const char *text; /* the caller's, or that of `own` */
  size_t text_length;
  struct stance_buffer own;
  struct word *words; /* both open addressing, power of two, at most half full */
  size_t word_count, word_capacity;
  struct node *nodes;
  size_t node_count, node_capacity;
  struct stance_lexicon_starts starts; /* most words behind "to" or "in" go on nothing */
  struct stance_lexeme *lexemes;
  size_t lexeme_count, lexeme_capacity;
  struct stance_reading *readings;
  size_t reading_count, reading_capacity;
  struct stance_frames *frames;
};

static const char *const section_names[] = {"conflict-cooperation.tsv", "function-words.tsv", "afinn-165.tsv",
                                            "news-valence.tsv",         "frame-verbs.tsv",    "frame-objects.tsv", "frames.tsv"};
enum { SECTION_COUNT = 7 };
static const char *const quad_names[] = {"neutral", "verbal-cooperation", "material-cooperation", "verbal-conflict",
                                         "material-conflict"};
static const char *const slot_names[STANCE_SLOT_COUNT] = {"subj",   "obj",     "of",    "with", "against", "to",
                                                          "for",    "by",      "from",  "on",   "at",      "over",
                                                          "toward", "between", "about", "into", "in",      "poss"};
static const char *const role_names[] = {"none", "source", "target", "both", "issue"};
static const char *const speech_names[] = {"verb", "noun", "adj"};
static const char *const function_names[] = {
    "negator", "hedge", "reporting", "title", "agent-noun", "group-description", "passive-auxiliary"};
#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

const char *stance_quad_name(enum stance_quad quad) { return quad_names[quad]; }
const char *stance_slot_name(enum stance_slot slot) { return slot_names[slot]; }
const char *stance_slot_role_name(enum stance_slot_role role) { return role_names[role]; }

/* ---- the tables ------------------------------------------------------------------------------------------- */

static uint64_t filled(uint64_t key) { return key ? key : 1; } /* 0 marks an empty slot */
static uint64_t step(uint64_t key, uint64_t hash) { return filled(stance_hash_combine(key, hash)); }

static const struct word *word_find(const struct stance_lexicon *lexicon, uint64_t hash) {
  size_t mask = lexicon->word_capacity - 1;
  uint64_t key = filled(hash);
  if (!lexicon->word_capacity) return NULL;
  for (size_t i = key & mask; lexicon->words[i].hash; i = (i + 1) & mask)
    if (lexicon->words[i].hash == key) return &lexicon->words[i];
  return NULL;
}

static const struct node *node_find(const struct stance_lexicon *lexicon, uint64_t key) {
  size_t mask = lexicon->node_capacity - 1;
  if (!lexicon->node_capacity) return NULL;
  for (size_t i = key & mask; lexicon->nodes[i].key; i = (i + 1) & mask)
    if (lexicon->nodes[i].key == key) return &lexicon->nodes[i];
  return NULL;
}

static bool words_grow(struct stance_lexicon *lexicon, size_t capacity) {
  struct word *words = stance_arena_zalloc(&lexicon->arena, capacity, sizeof *words);
  if (!words) return false;
  for (size_t i = 0; i < lexicon->word_capacity; i++) {
    if (!lexicon->words[i].hash) continue;
    size_t at = lexicon->words[i].hash & (capacity - 1);
    while (words[at].hash) at = (at + 1) & (capacity - 1);
    words[at] = lexicon->words[i];
  }
  lexicon->words = words;
  lexicon->word_capacity = capacity;
  return true;
}

static bool nodes_grow(struct stance_lexicon *lexicon, size_t capacity) {
  struct node *nodes = stance_arena_zalloc(&lexicon->arena, capacity, sizeof *nodes);
  if (!nodes) return false;
  for (size_t i = 0; i < lexicon->node_capacity; i++) {
    if (!lexicon->nodes[i].key) continue;
    size_t at = lexicon->nodes[i].key & (capacity - 1);
    while (nodes[at].key) at = (at + 1) & (capacity - 1);
    nodes[at] = lexicon->nodes[i];
  }
  lexicon->nodes = nodes;
  lexicon->node_capacity = capacity;
  return true;
}

/* Find or make; NULL: out of memory. Valid until the next call. */
static struct word *word_make(struct stance_lexicon *lexicon, uint64_t hash) {
  size_t capacity = lexicon->word_capacity;
  if (lexicon->word_count * 2 >= capacity && !words_grow(lexicon, capacity * 2)) return NULL;
  uint64_t key = filled(hash);
  size_t mask = lexicon->word_capacity - 1, i = key & mask;
  while (lexicon->words[i].hash && lexicon->words[i].hash != key) i = (i + 1) & mask;
  if (!lexicon->words[i].hash) {
    lexicon->words[i].hash = key;
    lexicon->word_count++;
  }
  return &lexicon->words[i];
}

static struct node *node_make(struct stance_lexicon *lexicon, uint64_t key) {
  size_t capacity = lexicon->node_capacity;
  if (lexicon->node_count * 2 >= capacity && !nodes_grow(lexicon, capacity * 2)) return NULL;
  size_t mask = lexicon->node_capacity - 1, i = key & mask;
  while (lexicon->nodes[i].key && lexicon->nodes[i].key != key) i = (i + 1) & mask;
  if (!lexicon->nodes[i].key) {
    lexicon->nodes[i].key = key;
    lexicon->node_count++;
  }
  return &lexicon->nodes[i];
}

static void starts_set(struct stance_lexicon_starts *starts, uint64_t row, unsigned lists) {
  starts->pairs[row / 64 % (STANCE_STARTS_PAIRS / 64)] |= UINT64_C(1) << row % 64;
  starts->lists[row / 16 % (STANCE_STARTS_COUNT / 16)] |= (uint64_t)lists << row % 16 * 4;
}

/* Where an entry ends: at its only word, or at the node of its last. */
struct place {
  struct word *word;
  struct node *node;
};

static uint32_t word_value(const struct word *word, enum list list) {
  switch (list) {
    case LIST_LEXEME: return word->reading;
    case LIST_FUNCTION: return word->function;
    case LIST_POLARITY: return word->polarity;
    default: return word->valence;
  }
}

static uint32_t place_value(struct place place, enum list list) {
  return place.node ? place.node->value : word_value(place.word, list);
}

static void place_set(struct place place, enum list list, uint32_t value) {
  if (place.node) place.node->value = value;
  else if (list == LIST_LEXEME) place.word->reading = value;
  else if (list == LIST_FUNCTION) place.word->function = (uint8_t)value;
  else if (list == LIST_POLARITY) place.word->polarity = (uint8_t)value;
  else place.word->valence = (uint8_t)value;
}

/* The place of a phrase, its words separated by single spaces. */
static enum stance_status phrase_make(struct stance_lexicon *lexicon, enum list list, const char *phrase, size_t length,
                                      struct place *out, struct stance_error *error) {
  uint64_t key = list_seeds[list], row = 0;
  size_t words = 0;
  *out = (struct place){NULL, NULL};
  for (size_t start = 0; start <= length;) {
    const char *space = memchr(phrase + start, ' ', length - start);
    size_t end = space ? (size_t)(space - phrase) : length;
    if (end == start) return stance_fail(error, STANCE_INPUT, "'%.*s' has an empty word", (int)length, phrase);
    if (++words > WORDS_MAX)
      return stance_fail(error, STANCE_INPUT, "'%.*s' has more than %d words", (int)length, phrase, WORDS_MAX);
    struct stance_token token;
    stance_token_describe(phrase + start, end - start, &token);
    key = step(key, token.hash);
    if (words == 1) {
      out->word = word_make(lexicon, token.hash);
      if (!out->word) return stance_fail_memory(error);
      row = token.hash;
      if (space) out->word->goes_on |= (uint8_t)(1u << list);
    } else {
      row = stance_hash_combine(row, token.hash);
      if (words == 2) starts_set(&lexicon->starts, row, space ? STANCE_LONGER_MORE : 1u << list);
      if (words == 3) starts_set(&lexicon->starts, row, 1u << list);
      out->node = node_make(lexicon, key);
      if (!out->node) return stance_fail_memory(error);
      if (space) out->node->goes_on = true;
    }
    start = end + 1;
  }
  return STANCE_OK;
}

static uint64_t row_key(enum list list, const struct stance_token *tokens) {
  return step(step(list_seeds[list], tokens[0].hash), tokens[1].hash);
}

/* The value of the list's longest entry of several words that starts at tokens[0]; 0: none. */
static uint32_t row_find(const struct stance_lexicon *lexicon, enum list list, const struct stance_token *tokens, size_t count,
                         uint8_t *words) {
  uint32_t value = 0;
  if (count < 2) return 0;
  uint64_t key = row_key(list, tokens);
  for (size_t i = 1; i < count && i < WORDS_MAX; i++) {
    if (i > 1) key = step(key, tokens[i].hash);
    const struct node *node = node_find(lexicon, key);
    if (!node) break;
    if (node->value) {
      value = node->value;
      *words = (uint8_t)(i + 1);
    }
    if (!node->goes_on) break;
  }
  return value;
}

/* ---- reading ---------------------------------------------------------------------------------------------- */

struct field {
  const char *text;
  size_t length;
};

/* Splits at tabs; returns how many fields there are (also those beyond max). */
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

/* Which form of a verb it is, from its place in the list (base, third person, past, participles, -ing) and its ending.
 * The head of "call on" is its first word. */
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
  struct place place;
  *out = NULL;
  STANCE_TRY(phrase_make(lexicon, LIST_LEXEME, form.text, form.length, &place, error));
  if (!place_value(place, LIST_LEXEME)) {
    struct stance_reading *readings = stance_arena_grow(&lexicon->arena, lexicon->readings, &lexicon->reading_capacity,
                                                        lexicon->reading_count + 1, sizeof *readings);
    if (!readings) return stance_fail_memory(error);
    lexicon->readings = readings;
    memset(&readings[lexicon->reading_count], 0, sizeof *readings);
    place_set(place, LIST_LEXEME, (uint32_t)++lexicon->reading_count);
  }
  *out = &lexicon->readings[place_value(place, LIST_LEXEME) - 1];
  return STANCE_OK;
}

/* Lexemes are numbered while the file is read (their array may move) and become pointers at the end: until then
 * reading->lexemes holds the number + 1. */
static enum stance_status add_form(struct stance_lexicon *lexicon, struct field form, struct field lemma, size_t place,
                                   uint8_t speech, struct stance_error *error) {
  struct stance_reading *reading;
  STANCE_TRY(reading_for(lexicon, form, &reading, error));
  if (!reading->lexemes[speech]) reading->lexemes[speech] = (const void *)(uintptr_t)lexicon->lexeme_count;
  if (speech == STANCE_SPEECH_VERB && (uintptr_t)reading->lexemes[speech] == lexicon->lexeme_count)
    reading->inflection |= inflection_of(form, lemma, place);
  return STANCE_OK;
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
  struct field forms = fields[6];
  for (size_t start = 0, place = 0; start <= forms.length; place++) {
    const char *comma = memchr(forms.text + start, ',', forms.length - start);
    size_t end = comma ? (size_t)(comma - forms.text) : forms.length;
    struct field form = {forms.text + start, end - start};
    STANCE_TRY(add_form(lexicon, form, fields[0], place, lexeme.speech, error));
    start = end + 1;
  }
  return STANCE_OK;
}

static enum stance_status read_function(struct stance_lexicon *lexicon, struct field *fields,
                                        struct stance_error *error) {
  struct place place;
  uint8_t kind;
  STANCE_TRY(need_name(function_names, COUNT_OF(function_names), fields[1], "kind", &kind, error));
  STANCE_TRY(phrase_make(lexicon, LIST_FUNCTION, fields[0].text, fields[0].length, &place, error));
  place_set(place, LIST_FUNCTION, place_value(place, LIST_FUNCTION) | 1u << kind);
  return STANCE_OK;
}

/* Phrases of the polarity list are left out: it is asked word by word. */
static enum stance_status read_polarity(struct stance_lexicon *lexicon, struct field *fields,
                                        struct stance_error *error) {
  struct place place;
  int score;
  STANCE_TRY(need_number(fields[1], "score", -5, 5, &score, error));
  if (memchr(fields[0].text, ' ', fields[0].length)) return STANCE_OK;
  STANCE_TRY(phrase_make(lexicon, LIST_POLARITY, fields[0].text, fields[0].length, &place, error));
  place_set(place, LIST_POLARITY, (uint32_t)(score + 6));
  return STANCE_OK;
}

static enum stance_status read_valence(struct stance_lexicon *lexicon, struct field *fields, struct stance_error *error) {
  struct place place;
  int score;
  STANCE_TRY(need_number(fields[1], "valence", -3, 3, &score, error));
  STANCE_TRY(phrase_make(lexicon, LIST_VALENCE, fields[0].text, fields[0].length, &place, error));
  place_set(place, LIST_VALENCE, (uint32_t)(score + 6));
  return STANCE_OK;
}
/* ---- deeds ---- */

static enum stance_status read_frame_verb(struct stance_lexicon *lexicon, struct field *fields, struct stance_error *error) {
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
    if (!reading->frame_verb) reading->frame_verb = verb; /* "wound", "found": the first that is listed */
    start = end + 1;
  }
  return STANCE_OK;
}

static enum stance_status read_frame_objects(struct stance_lexicon *lexicon, struct field *fields, struct stance_error *error) {
  return stance_frames_add_class(lexicon->frames, fields[0].text, fields[0].length, fields[1].text, fields[1].length, error);
}

struct deed { /* what a line says of its lexemes */
  struct stance_lexicon *lexicon;
  struct stance_lexeme lexeme;
};

static uint32_t add_deed(void *context, const char *lemma, uint32_t slots) {
  struct deed *deed = context;
  struct stance_lexicon *lexicon = deed->lexicon;
  if (lexicon->lexeme_count >= LEXEMES_MAX) return 0;
  struct stance_lexeme lexeme = deed->lexeme;
  lexeme.roles[STANCE_SLOT_SUBJECT] = lexeme.roles[STANCE_SLOT_BY] = STANCE_ROLE_SOURCE;
  for (size_t slot = 0; slot < STANCE_SLOT_COUNT; slot++)
    if (slots >> slot & 1) lexeme.roles[slot] = STANCE_ROLE_TARGET;
  char text[128];
  int length = snprintf(text, sizeof text, "%s%s", lemma, lexeme.polarity > 0 ? " (+)" : lexeme.polarity < 0 ? " (-)" : "");
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
    STANCE_TRY(need_name(slot_names, STANCE_SLOT_COUNT, (struct field){fields[2].text + start, end - start}, "slot", &slot, error));
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
static const struct section sections[SECTION_COUNT] = {
    {"lemma\tpos\tclass\tpolarity\tstrength\tslots\tforms", 7, read_lexeme},
    {"word\tkind", 2, read_function},
    {NULL, 2, read_polarity},
    {NULL, 2, read_valence},
    {"lemma\tforms", 2, read_frame_verb},
    {"class\tnouns", 2, read_frame_objects},
    {"verbs\tclasses\tslots\tclass\tpolarity\tstrength", 6, read_frame},
};

static enum stance_status read_section(struct stance_lexicon *lexicon, size_t index, const char *file, const char *text,
                                       size_t length, struct stance_error *error) {
  const struct section *section = &sections[index];
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

static void resolve_readings(struct stance_lexicon *lexicon) {
  for (size_t i = 0; i < lexicon->reading_count; i++)
    for (size_t speech = 0; speech < 3; speech++) {
      uintptr_t number = (uintptr_t)lexicon->readings[i].lexemes[speech];
      lexicon->readings[i].lexemes[speech] = number ? &lexicon->lexemes[number - 1] : NULL;
    }
}

/* ---- the text in one piece: each source behind a line "\f" and its name ------------------------------------- */

static enum stance_status read_all(struct stance_lexicon *lexicon, const char *folder, struct stance_error *error) {
  const char *text = lexicon->text;
  size_t length = lexicon->text_length, at = 0;
  for (size_t i = 0; i < SECTION_COUNT; i++) {
    size_t name_length = strlen(section_names[i]);
    if (length - at < name_length + 2 || text[at] != '\f' ||
        memcmp(text + at + 1, section_names[i], name_length) != 0 || text[at + 1 + name_length] != '\n')
      return stance_fail(error, STANCE_INPUT, "lexicon without its part '%s'", section_names[i]);
    at += name_length + 2;
    const char *next = i + 1 < SECTION_COUNT ? memchr(text + at, '\f', length - at) : NULL;
    size_t end = next ? (size_t)(next - text) : length;
    char path[512];
    snprintf(path, sizeof path, "%s%s%s", folder ? folder : "", folder ? "/" : "", section_names[i]);
    STANCE_TRY(read_section(lexicon, i, path, text + at, end - at, error));
    at = end;
  }
  resolve_readings(lexicon);
  return STANCE_OK;
}

/* Tables for what a text of this length usually holds, so that they seldom grow (the arena keeps the old ones too): the shipped
 * lexicon has a lexeme for each 194 bytes, a form for each 64, a word for each 67, a later word of an entry for each 42. */
static bool make_room(struct stance_lexicon *lexicon) {
  size_t words = 64, nodes = 64, readings = lexicon->text_length / 64 + 1, lexemes = lexicon->text_length / 192 + 1;
  while (words < lexicon->text_length / 32) words *= 2;
  while (nodes < lexicon->text_length / 20) nodes *= 2;
  lexicon->readings = stance_arena_grow(&lexicon->arena, NULL, &lexicon->reading_capacity, readings, sizeof *lexicon->readings);
  lexicon->lexemes = stance_arena_grow(&lexicon->arena, NULL, &lexicon->lexeme_capacity, lexemes, sizeof *lexicon->lexemes);
  lexicon->frames = stance_frames_new(&lexicon->arena);
  return lexicon->frames && lexicon->readings && lexicon->lexemes && words_grow(lexicon, words) && nodes_grow(lexicon, nodes);
}

static enum stance_status finish(struct stance_lexicon *lexicon, const char *folder, enum stance_status status,
                                 struct stance_lexicon **out, struct stance_error *error) {
  if (status == STANCE_OK && !stance_utf8_valid(lexicon->text, lexicon->text_length))
    status = stance_fail_at(error, STANCE_INPUT, folder, 0, 0, "lexicon is not UTF-8");
  if (status == STANCE_OK && !make_room(lexicon)) status = stance_fail_memory(error);
  if (status == STANCE_OK) status = read_all(lexicon, folder, error);
  if (status != STANCE_OK) {
    stance_lexicon_close(lexicon);
    return status;
  }
  *out = lexicon;
  return STANCE_OK;
}

enum stance_status stance_lexicon_open(const char *folder, struct stance_lexicon **out, struct stance_error *error) {
  *out = NULL;
  struct stance_lexicon *lexicon = calloc(1, sizeof *lexicon);
  if (!lexicon) return stance_fail_memory(error);
  struct stance_arena arena = {NULL, NULL};
  enum stance_status status = STANCE_OK;
  for (size_t i = 0; status == STANCE_OK && i < SECTION_COUNT; i++) {
    char *path = stance_arena_format(&arena, "%s/%s", folder, section_names[i]), *data;
    size_t length;
    status = path ? stance_file_read(path, 0, &arena, &data, &length, error) : stance_fail_memory(error);
    if (status != STANCE_OK) break;
    const char *bad = memchr(data, '\f', length);
    if (bad) {
      status = stance_fail_at(error, STANCE_INPUT, path, 0, 0, "has a form feed");
      break;
    }
    stance_buffer_printf(&lexicon->own, "\f%s\n", section_names[i]);
    stance_buffer_append(&lexicon->own, data, length);
    if (length && data[length - 1] != '\n') stance_buffer_putc(&lexicon->own, '\n');
  }
  stance_arena_free(&arena);
  if (status == STANCE_OK && lexicon->own.failed) status = stance_fail_memory(error);
  lexicon->text = lexicon->own.data;
  lexicon->text_length = lexicon->own.length;
  return finish(lexicon, folder, status, out, error);
}

enum stance_status stance_lexicon_parse(const char *text, size_t length, struct stance_lexicon **out,
                                        struct stance_error *error) {
  *out = NULL;
  struct stance_lexicon *lexicon = calloc(1, sizeof *lexicon);
  if (!lexicon) return stance_fail_memory(error);
  lexicon->text = text;
  lexicon->text_length = length;
  return finish(lexicon, NULL, STANCE_OK, out, error);
}

void stance_lexicon_close(struct stance_lexicon *lexicon) {
  if (!lexicon) return;
  stance_buffer_free(&lexicon->own);
  stance_arena_free(&lexicon->arena);
  free(lexicon);
}

const char *stance_lexicon_text(const struct stance_lexicon *lexicon, size_t *length) {
  *length = lexicon->text_length;
  return lexicon->text;
}

/* ---- looking up -------------------------------------------------------------------------------------------- */

const struct stance_frames *stance_lexicon_frames(const struct stance_lexicon *lexicon) { return lexicon->frames; }

size_t stance_lexicon_lexeme_count(const struct stance_lexicon *lexicon) { return lexicon->lexeme_count; }

const struct stance_lexeme *stance_lexicon_lexeme(const struct stance_lexicon *lexicon, size_t index) {
  return &lexicon->lexemes[index];
}

const struct stance_reading *stance_lexicon_read(const struct stance_lexicon *lexicon,
                                                 const struct stance_token *tokens, size_t count, size_t *words) {
  struct stance_lexicon_word word;
  *words = 0;
  if (!count || !stance_lexicon_lookup(lexicon, tokens[0].hash, &word)) return NULL;
  struct stance_lexicon_row row;
  unsigned lists = word.longer & stance_lexicon_longer(&lexicon->starts, tokens, count) & STANCE_LONGER_LEXEME;
  stance_lexicon_row(lexicon, lists, tokens, count, &row);
  *words = row.reading ? row.reading_words : word.reading ? 1 : 0;
  return row.reading ? row.reading : word.reading;
}

static int score_of(uint32_t value) { return value ? (int)value - 6 : 0; }

bool stance_lexicon_lookup(const struct stance_lexicon *lexicon, uint64_t hash, struct stance_lexicon_word *out) {
  const struct word *word = word_find(lexicon, hash);
  if (!word) return false;
  *out = (struct stance_lexicon_word){.reading = word->reading ? &lexicon->readings[word->reading - 1] : NULL,
                                      .polarity = (int8_t)score_of(word->polarity),
                                      .valence = (int8_t)score_of(word->valence),
                                      .function = word->function,
                                      .longer = word->goes_on};
  return true;
}

void stance_lexicon_prefetch(const struct stance_lexicon *lexicon, uint64_t hash) {
  if (lexicon->word_capacity) __builtin_prefetch(&lexicon->words[filled(hash) & (lexicon->word_capacity - 1)]);
}

void stance_lexicon_words(const struct stance_lexicon *lexicon, void (*each)(void *context, uint64_t hash), void *context) {
  for (size_t i = 0; i < lexicon->word_capacity; i++)
    if (lexicon->words[i].hash) each(context, lexicon->words[i].hash);
}

void stance_lexicon_row(const struct stance_lexicon *lexicon, unsigned lists, const struct stance_token *tokens, size_t count,
                        struct stance_lexicon_row *out) {
  *out = (struct stance_lexicon_row){.reading = NULL};
  if (lists & STANCE_LONGER_LEXEME) {
    uint32_t reading = row_find(lexicon, LIST_LEXEME, tokens, count, &out->reading_words);
    if (reading) out->reading = &lexicon->readings[reading - 1];
  }
  if (lists & STANCE_LONGER_FUNCTION)
    out->function = (uint8_t)row_find(lexicon, LIST_FUNCTION, tokens, count, &out->function_words);
  if (lists & STANCE_LONGER_VALENCE)
    out->valence = (int8_t)score_of(row_find(lexicon, LIST_VALENCE, tokens, count, &out->valence_words));
}

void stance_lexicon_prefetch_row(const struct stance_lexicon *lexicon, unsigned lists, const struct stance_token *tokens) {
  for (enum list list = LIST_LEXEME; list <= LIST_VALENCE; list++)
    if (lists >> list & 1) __builtin_prefetch(&lexicon->nodes[row_key(list, tokens) & (lexicon->node_capacity - 1)]);
}

const struct stance_lexicon_starts *stance_lexicon_starts(const struct stance_lexicon *lexicon) { return &lexicon->starts; }
