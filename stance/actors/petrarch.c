/* SPDX-License-Identifier: MIT */
#include "petrarch.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "name_part.h"
#include "petrarch_entry.h"
#include "stance/base/ascii.h"
#include "stance/base/error.h"
#include "stance/base/file.h"
#include "stance/base/hash.h"
#include "stance/base/utf8.h"

enum {
  GROUP_NAMES_MAX = 512, /* names of one group of lines */
  GROUP_CODES_MAX = 64,
  NAME_BYTES_MAX = 400,
  NAME_PARTS_MAX = 24,
  CODE_BYTES_MAX = 60,
  SET_WORDS_MAX = 32,
  SETS_A_WORD_MAX = 2,
  ACRONYM_LETTERS_MAX = 3, /* a single word of at most so many letters is taken for an acronym */
  CENTURY_TURN = 30,       /* YYMMDD: 00 .. 30 are 20YY */
};
static const uint32_t END_OF_TIME = 99991232;

/* The periods for which a name is taken; half-open, disjoint, sorted. */
struct span {
  uint32_t from, until;
  struct span *next;
};

struct stance_petrarch_use {
  struct span *spans;
};

struct stance_petrarch_set {
  const char *name; /* "PERSON" */
  const char *words[SET_WORDS_MAX];
  size_t word_count;
};

/* A group of lines: a name, its further names, and the codes that follow. */
struct group {
  const char *names[GROUP_NAMES_MAX];
  size_t lines[GROUP_NAMES_MAX];
  size_t name_count;
  struct {
    const char *code;
    uint32_t from, until; /* half-open */
    bool is_dated;
  } codes[GROUP_CODES_MAX];
  size_t code_count;
  bool is_agent, has_agent; /* has_agent: the group's lines were agents, and are processed */
  bool had_code;            /* even a bad one */
};

struct reading {
  struct stance_petrarch *import;
  const char *path;
  size_t line;
  struct group group;
  stance_petrarch_warning *each;
  void *context;
  bool memory_is_out;
};

/* ---- helpers -------------------------------------------------------------------------------------------- */

#define WARN(reading, at, ...)                                                   \
  do {                                                                           \
    struct stance_error warning;                                                 \
    stance_fail_at(&warning, STANCE_INPUT, (reading)->path, at, 0, __VA_ARGS__); \
    if ((reading)->each) (reading)->each((reading)->context, &warning);          \
  } while (0)

static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

static void *grow(struct reading *reading, void *items, size_t *capacity, size_t needed, size_t size) {
  void *grown = stance_arena_grow(&reading->import->arena, items, capacity, needed, size);
  if (!grown) reading->memory_is_out = true;
  return grown;
}

static char *copy(struct reading *reading, const char *text, size_t length) {
  char *kept = stance_arena_copy(&reading->import->arena, text, length);
  if (!kept) reading->memory_is_out = true;
  return kept;
}

/* ---- names ----------------------------------------------------------------------------------------------- */

static bool is_small_word(const char *word, size_t length) {
  static const char *const words[] = {"OF", "THE", "AND", "FOR", "IN", "ON", "AT",  "TO",  "DE",
                                      "DU", "DES", "LA",  "LE",  "EL", "AL", "BIN", "VAN", "VON"};
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    if (strlen(words[i]) == length && memcmp(words[i], word, length) == 0) return true;
  return false;
}

/* Writes a word in lower case but for the first letter of it and of its hyphenated parts: "KI-MOON" -> "Ki-Moon",
 * "PEOPLE'S" -> "People's". Small words stay in lower case. */
static size_t put_word(const char *word, size_t length, bool is_first, char *out) {
  bool is_start = is_first || !is_small_word(word, length);
  size_t used = 0;
  for (size_t at = 0; at < length;) {
    utf8proc_int32_t code;
    utf8proc_ssize_t step =
        utf8proc_iterate((const utf8proc_uint8_t *)word + at, (utf8proc_ssize_t)(length - at), &code);
    if (step <= 0) break;
    bool is_apostrophe = code == '\'' || code == 0x2019;
    used += (size_t)utf8proc_encode_char(is_start ? utf8proc_toupper(code) : utf8proc_tolower(code),
                                         (utf8proc_uint8_t *)out + used);
    at += (size_t)step;
    is_start = code == '-' || code == '.' || (is_apostrophe && length - at > 1);
  }
  return used;
}

static bool has_lower(const char *text, size_t length) {
  for (size_t i = 0; i < length; i++)
    if (ascii_is_lower((unsigned char)text[i])) return true;
  return false;
}

/* "ISLAMIC_REPUBLIC_OF_AFGHANISTAN_" -> "Islamic Republic of Afghanistan"; "UN_" -> "UN". Empty: no name. `out` needs
 * room for 3 x length + 1 bytes. */
static void read_name(const char *text, size_t length, bool lower, char *out) {
  const char *words[NAME_BYTES_MAX];
  size_t lengths[NAME_BYTES_MAX], count = 0, used = 0;
  for (size_t at = 0; at < length && count < NAME_BYTES_MAX;) {
    while (at < length && (text[at] == '_' || is_blank(text[at]))) at++;
    size_t start = at;
    while (at < length && text[at] != '_' && !is_blank(text[at])) at++;
    if (at == start) break;
    words[count] = text + start;
    lengths[count++] = at - start;
  }
  bool has_case = has_lower(text, length);
  for (size_t i = 0; i < count; i++) {
    if (i) out[used++] = ' ';
    bool is_acronym = count == 1 && (lengths[i] <= ACRONYM_LETTERS_MAX || memchr(words[i], '.', lengths[i]));
    if (lower) {
      for (size_t j = 0; j < lengths[i]; j++) out[used++] = (char)ascii_lower((unsigned char)words[i][j]);
    } else if (has_case || is_acronym) {
      memcpy(out + used, words[i], lengths[i]);
      used += lengths[i];
    } else {
      used += put_word(words[i], lengths[i], i == 0, out + used);
    }
  }
  out[used] = '\0';
}

/* The combined hash of a name's parts, by which the gazetteer compares names; 0: it has none, or too many. */
static uint64_t name_key(const char *name) {
  struct stance_name_part parts[NAME_PARTS_MAX];
  size_t count = stance_name_parts_cut(name, strlen(name), parts, NAME_PARTS_MAX);
  uint64_t key = 1;
  if (!count || count > NAME_PARTS_MAX) return 0;
  for (size_t i = 0; i < count; i++) key = stance_hash_combine(key, parts[i].hash);
  return key ? key : 1;
}

/* ---- dates ------------------------------------------------------------------------------------------------ */

static unsigned days_in(unsigned year, unsigned month) {
  static const unsigned char days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return days[month - 1] + (month == 2 && is_leap ? 1u : 0u);
}

/* Reads YYMMDD or YYYYMMDD as yyyymmdd; 0: no date. */
static uint32_t read_day(const char *text, size_t length) {
  uint32_t value = 0;
  if (length != 6 && length != 8) return 0;
  for (size_t i = 0; i < length; i++) {
    if (!ascii_is_digit((unsigned char)text[i])) return 0;
    value = value * 10 + (uint32_t)(text[i] - '0');
  }
  if (length == 6) value += value / 10000 <= CENTURY_TURN ? 20000000 : 19000000;
  uint32_t year = value / 10000, month = value / 100 % 100, day = value % 100;
  if (year < 1000 || month < 1 || month > 12 || day < 1 || day > days_in(year, month)) return 0;
  return value;
}

static uint32_t day_behind(uint32_t day) {
  uint32_t year = day / 10000, month = day / 100 % 100, date = day % 100;
  if (date < days_in(year, month)) return day + 1;
  return month < 12 ? year * 10000 + (month + 1) * 100 + 1 : (year + 1) * 10000 + 101;
}

/* Reads ">830101", "<940501" or "19900101-19951231" as half-open dates. False: it is none of these. */
static bool read_days(const char *text, size_t length, uint32_t *from, uint32_t *until) {
  *from = 0;
  *until = END_OF_TIME;
  if (length && (*text == '>' || *text == '<')) {
    bool is_from = *text == '>';
    for (text++, length--; length && is_blank(*text); text++) length--;
    uint32_t day = read_day(text, length);
    if (is_from) *from = day;
    else *until = day;
    return day != 0;
  }
  const char *dash = memchr(text, '-', length);
  if (!dash) return false;
  size_t first = (size_t)(dash - text), behind = first + 1; /* "940101 - 951231" */
  while (behind < length && is_blank(text[behind])) behind++;
  uint32_t last = read_day(text + behind, length - behind);
  while (first && is_blank(text[first - 1])) first--;
  *from = read_day(text, first);
  *until = last ? day_behind(last) : 0;
  return *from && last && *from <= last;
}

/* ---- the end of a group: its names get its codes -------------------------------------------------------------- */

static struct stance_petrarch_actor *actor_of(struct reading *reading, const char *code) {
  struct stance_petrarch *import = reading->import;
  uint64_t hash = stance_hash(code, strlen(code));
  size_t index = stance_hash_index_find(&import->codes, hash);
  if (index != STANCE_HASH_NONE) return &import->actors[index];
  struct stance_petrarch_actor *grown =
      grow(reading, import->actors, &import->actor_capacity, import->actor_count + 1, sizeof *grown);
  if (!grown || !stance_hash_index_add(&import->codes, hash, import->actor_count)) {
    reading->memory_is_out = true;
    return NULL;
  }
  import->actors = grown;
  grown[import->actor_count] = (struct stance_petrarch_actor){.code = code};
  return &grown[import->actor_count++];
}

static void keep_name(struct reading *reading, const char *code, const char *text, uint32_t from, uint32_t until) {
  struct stance_petrarch_actor *actor = actor_of(reading, code);
  struct stance_petrarch_name *name = actor ? stance_arena_alloc(&reading->import->arena, 1, sizeof *name) : NULL;
  if (!name) {
    reading->memory_is_out = true;
    return;
  }
  *name = (struct stance_petrarch_name){text, from, until == END_OF_TIME ? 0 : until, NULL};
  if (actor->last) actor->last->next = name;
  else actor->names = name;
  actor->last = name;
  reading->import->name_count++;
}

static struct stance_petrarch_use *use_of(struct reading *reading, uint64_t key) {
  struct stance_petrarch *import = reading->import;
  size_t index = stance_hash_index_find(&import->names, key);
  if (index != STANCE_HASH_NONE) return &import->uses[index];
  struct stance_petrarch_use *grown =
      grow(reading, import->uses, &import->use_capacity, import->use_count + 1, sizeof *grown);
  if (!grown || !stance_hash_index_add(&import->names, key, import->use_count)) {
    reading->memory_is_out = true;
    return NULL;
  }
  import->uses = grown;
  grown[import->use_count] = (struct stance_petrarch_use){NULL};
  return &grown[import->use_count++];
}

static bool keep_span(struct reading *reading, struct span **link, uint32_t from, uint32_t until) {
  struct span *span = stance_arena_alloc(&reading->import->arena, 1, sizeof *span);
  if (!span) {
    reading->memory_is_out = true;
    return false;
  }
  *span = (struct span){from, until, *link};
  *link = span;
  return true;
}

/* Gives the name to the code for those parts of from .. until that no other code has. Returns whether there were
 * any. */
static bool claim(struct reading *reading, struct stance_petrarch_use *use, const char *code, const char *text,
                  uint32_t from, uint32_t until) {
  bool has_any = false;
  uint32_t at = from;
  struct span **link = &use->spans;
  while (at < until && !reading->memory_is_out) {
    while (*link && (*link)->until <= at) link = &(*link)->next;
    if (*link && (*link)->from <= at) {
      at = (*link)->until;
      continue;
    }
    uint32_t end = *link && (*link)->from < until ? (*link)->from : until;
    if (code) keep_name(reading, code, text, at, end);
    if (!keep_span(reading, link, at, end)) break;
    has_any = true;
    at = end;
  }
  return has_any;
}

/* Where a code's last day is another's first, the former ends one day earlier. */
static void settle_borders(struct group *group) {
  for (size_t i = 0; i < group->code_count; i++)
    for (size_t j = 0; j < group->code_count; j++)
      if (i != j && group->codes[j].is_dated && group->codes[j].from > group->codes[i].from &&
          day_behind(group->codes[j].from) == group->codes[i].until)
        group->codes[i].until = group->codes[j].from;
}

static void end_group(struct reading *reading) {
  struct group *group = &reading->group;
  if (group->name_count && !group->code_count && !group->had_code && !group->has_agent)
    WARN(reading, group->lines[0], "'%.80s' has no code", group->names[0]);
  settle_borders(group);
  for (size_t i = 0; i < group->name_count && group->code_count && !reading->memory_is_out; i++) {
    uint64_t key = name_key(group->names[i]);
    struct stance_petrarch_use *use = use_of(reading, key);
    bool has_any = false;
    /* dated codes first, as a code without dates takes the remaining time */
    for (int pass = 0; use && pass < 2; pass++)
      for (size_t j = 0; j < group->code_count; j++) {
        if (group->codes[j].is_dated != (pass == 0)) continue;
        has_any |=
            claim(reading, use, group->codes[j].code, group->names[i], group->codes[j].from, group->codes[j].until);
      }
    if (!has_any) WARN(reading, group->lines[i], "'%.80s' was given before; the first holds", group->names[i]);
  }
  memset(group, 0, offsetof(struct group, codes));
  group->code_count = 0;
  group->is_agent = group->has_agent = group->had_code = false;
}

/* ---- agents ----------------------------------------------------------------------------------------------------- */

static void keep_agent(struct reading *reading, const char *text, const char *role) {
  struct stance_petrarch *import = reading->import;
  uint64_t key = name_key(text);
  if (!key || stance_hash_index_find(&import->agent_names, key) != STANCE_HASH_NONE)
    return; /* sets and plurals often give the same word */
  struct stance_petrarch_agent *grown =
      grow(reading, import->agents, &import->agent_capacity, import->agent_count + 1, sizeof *grown);
  char *kept = copy(reading, text, strlen(text));
  if (!grown || !kept || !stance_hash_index_add(&import->agent_names, key, import->agent_count)) {
    reading->memory_is_out = true;
    return;
  }
  import->agents = grown;
  grown[import->agent_count++] = (struct stance_petrarch_agent){kept, role};
}

/* Adds an agent noun with its sets expanded: "FISHER!PERSON!" -> fisherman, fishermen ... `depth`: sets expanded so
 * far. */
static void keep_expanded(struct reading *reading, const char *text, size_t length, const char *role, bool with_plural,
                          int depth) {
  const char *mark = memchr(text, '!', length),
             *end = mark ? memchr(mark + 1, '!', length - (size_t)(mark + 1 - text)) : NULL;
  char whole[NAME_BYTES_MAX * 2 + 8], name[NAME_BYTES_MAX * 6 + 32];
  if (length > NAME_BYTES_MAX || depth > SETS_A_WORD_MAX) return;
  if (!end) {
    read_name(text, length, true, name);
    size_t used = strlen(name);
    if (!used) return;
    keep_agent(reading, name, role);
    if (!with_plural || name[used - 1] == 's') return;
    bool has_y = name[used - 1] == 'y' && used > 1 && !strchr("aeiou", name[used - 2]);
    bool has_hiss = name[used - 1] == 'x' || name[used - 1] == 'z' ||
                    (used > 1 && name[used - 1] == 'h' && strchr("cs", name[used - 2]));
    strcpy(name + used - has_y, has_y ? "ies" : has_hiss ? "es" : "s");
    keep_agent(reading, name, role);
    return;
  }
  const struct stance_petrarch_set *set = NULL;
  for (size_t i = 0; i < reading->import->set_count; i++)
    if (strlen(reading->import->sets[i].name) == (size_t)(end - mark - 1) &&
        memcmp(reading->import->sets[i].name, mark + 1, (size_t)(end - mark - 1)) == 0)
      set = &reading->import->sets[i];
  if (!set) {
    WARN(reading, reading->line, "unknown set '%.*s'", (int)(end - mark + 1 < 60 ? end - mark + 1 : 60), mark);
    return;
  }
  for (size_t i = 0; i < set->word_count; i++) {
    size_t word = strlen(set->words[i]), before = (size_t)(mark - text), behind = (size_t)(text + length - end - 1);
    if (before + word + behind >= sizeof whole) continue;
    memcpy(whole, text, before);
    memcpy(whole + before, set->words[i], word);
    memcpy(whole + before + word, end + 1, behind);
    keep_expanded(reading, whole, before + word + behind, role, false, depth + 1);
  }
}

/* Reads a set: "!PERSON! = MAN, MEN". */
static void read_set(struct reading *reading, const char *text, size_t length) {
  struct stance_petrarch *import = reading->import;
  const char *end = memchr(text + 1, '!', length - 1), *equals = memchr(text, '=', length);
  struct stance_petrarch_set set = {0};
  if (!end || !equals || equals < end) {
    WARN(reading, reading->line, "bad set; expected !NAME! = WORD, WORD");
    return;
  }
  set.name = copy(reading, text + 1, (size_t)(end - text - 1));
  for (const char *at = equals + 1; at < text + length && set.word_count < SET_WORDS_MAX;) {
    while (at < text + length && (is_blank(*at) || *at == ',')) at++;
    const char *start = at;
    while (at < text + length && *at != ',' && !is_blank(*at)) at++;
    if (at > start && !memchr(start, '!', (size_t)(at - start)))
      set.words[set.word_count++] = copy(reading, start, (size_t)(at - start));
  }
  struct stance_petrarch_set *grown =
      grow(reading, import->sets, &import->set_capacity, import->set_count + 1, sizeof *grown);
  if (!grown || reading->memory_is_out) return;
  import->sets = grown;
  grown[import->set_count++] = set;
}

/* ---- lines ------------------------------------------------------------------------------------------------------ */

static bool is_code(const char *text, size_t length) {
  if (length < 3 || length > CODE_BYTES_MAX) return false;
  for (size_t i = 0; i < length; i++)
    if (!ascii_is_upper((unsigned char)text[i]) && !ascii_is_digit((unsigned char)text[i])) return false;
  return true;
}

/* Reads what stands between brackets: a code, perhaps with dates. */
static void read_code(struct reading *reading, const char *text, size_t length) {
  struct group *group = &reading->group;
  while (length && is_blank(*text)) text++, length--;
  while (length && is_blank(text[length - 1])) length--;
  size_t end = 0;
  while (end < length && !is_blank(text[end])) end++;
  const char *dates = text + end;
  size_t dates_length = length - end;
  while (dates_length && is_blank(*dates)) dates++, dates_length--;
  int shown = (int)(length < 60 ? length : 60);
  group->had_code = true;
  if (end == 3 && memcmp(text, "---", 3) == 0) return; /* stands for nobody */
  bool is_agent = end && *text == '~';
  if (!is_code(text + is_agent, end - is_agent)) {
    WARN(reading, reading->line, "bad code '[%.*s]'; expected [CODE] or [CODE DATES]", shown, text);
    return;
  }
  uint32_t from = 0, until = END_OF_TIME;
  if (dates_length && !read_days(dates, dates_length, &from, &until)) {
    WARN(reading, reading->line, "bad date in '[%.*s]'; expected >DAY, <DAY or DAY-DAY, a day being YYMMDD or YYYYMMDD",
         shown, text);
    return;
  }
  if (group->code_count == GROUP_CODES_MAX) {
    WARN(reading, reading->line, "more than %d codes", GROUP_CODES_MAX);
    return;
  }
  char *code = copy(reading, text + is_agent, end - is_agent);
  if (!code) return;
  group->is_agent = is_agent;
  group->codes[group->code_count].code = code;
  group->codes[group->code_count].from = from;
  group->codes[group->code_count].until = until;
  group->codes[group->code_count++].is_dated = dates_length > 0;
}

/* Reads the codes on a line from `at` on. Returns whether there was a bracket. */
static bool read_codes(struct reading *reading, const char *text, size_t length, size_t at) {
  bool has_any = false;
  while (at < length) {
    const char *open = memchr(text + at, '[', length - at);
    if (!open) break;
    size_t start = (size_t)(open - text) + 1;
    const char *close = memchr(text + start, ']', length - start);
    if (!close) {
      WARN(reading, reading->line, "'[' without ']'");
      reading->group.had_code = true;
      return true;
    }
    read_code(reading, text + start, (size_t)(close - text) - start);
    has_any = true;
    at = (size_t)(close - text) + 1;
  }
  return has_any;
}

static void read_agent(struct reading *reading, const char *name, size_t name_length, const char *text, size_t length) {
  const char *role = reading->group.codes[reading->group.code_count - 1].code;
  const char *open = memchr(text, '{', length),
             *close = open ? memchr(open, '}', length - (size_t)(open - text)) : NULL;
  if (open && open < name + name_length) name_length = (size_t)(open - name);
  keep_expanded(reading, name, name_length, role, !open, 0);
  if (close && close > open + 1) keep_expanded(reading, open + 1, (size_t)(close - open - 1), role, false, 0);
  reading->group.code_count = 0;
  reading->group.is_agent = false;
  reading->group.has_agent = true;
}

static void read_names_line(struct reading *reading, const char *text, size_t length) {
  struct group *group = &reading->group;
  bool is_further = *text == '+';
  size_t start = is_further, end;
  if (!is_further) end_group(reading);
  const char *bracket = memchr(text, '[', length);
  end = bracket ? (size_t)(bracket - text) : length;
  const char *open = memchr(text, '(', end), *brace = memchr(text, '{', end);
  if (brace) end = (size_t)(brace - text);
  if (open && open < text + end && !memchr(open, ')', end - (size_t)(open - text))) {
    WARN(reading, reading->line, "'(' without ')'; what follows is left out");
    end = (size_t)(open - text);
  }
  if (end - start > NAME_BYTES_MAX) {
    WARN(reading, reading->line, "a name of more than %d bytes", NAME_BYTES_MAX);
    return;
  }
  bool has_codes = bracket && read_codes(reading, text, length, (size_t)(bracket - text));
  if (has_codes && group->is_agent) {
    read_agent(reading, text + start, end - start, text, length);
    return;
  }
  char name[NAME_BYTES_MAX * 3 + 8];
  read_name(text + start, end - start, false, name);
  if (!name_key(name))
    WARN(reading, reading->line, "'%.*s' is no name of 1 to %d words", (int)(length < 60 ? length : 60), text,
         NAME_PARTS_MAX);
  else if (stance_name_has_control(name) || stance_name_is_stem(name))
    WARN(reading, reading->line, "'%.80s' has a control character or ends in a '*'; left out", name);
  else if (is_further && !group->name_count && !group->has_agent)
    WARN(reading, reading->line, "a further name without a first");
  else if (group->name_count == GROUP_NAMES_MAX)
    WARN(reading, reading->line, "more than %d names for one", GROUP_NAMES_MAX);
  else {
    group->lines[group->name_count] = reading->line;
    group->names[group->name_count++] = copy(reading, name, strlen(name));
  }
}

static void read_line(struct reading *reading, const char *text, size_t length) {
  const char *comment = memchr(text, '#', length);
  if (comment) length = (size_t)(comment - text);
  while (length && is_blank(text[length - 1])) length--;
  size_t start = 0;
  while (start < length && is_blank(text[start])) start++;
  if (start == length) return;
  if (text[start] == '[') {
    if (!reading->group.name_count && !reading->group.has_agent) WARN(reading, reading->line, "a code without a name");
    read_codes(reading, text, length, start);
    if (!reading->group.name_count) reading->group.code_count = 0;
  } else if (text[start] == '!' && memchr(text, '=', length)) {
    end_group(reading);
    read_set(reading, text + start, length - start);
  } else {
    read_names_line(reading, text + start, length - start);
  }
}

enum stance_status stance_petrarch_read(struct stance_petrarch *import, const char *path, stance_petrarch_warning *each,
                                        void *context, struct stance_error *error) {
  struct stance_arena arena = {0};
  struct reading *reading = stance_arena_zalloc(&arena, 1, sizeof *reading);
  char *bytes;
  size_t length, repaired = 0;
  if (!reading) return stance_fail_memory(error);
  enum stance_status status = stance_file_read(path, 0, &arena, &bytes, &length, error);
  const char *text = status == STANCE_OK ? stance_utf8_repair(&arena, bytes, length, &length, &repaired) : NULL;
  if (status == STANCE_OK && !text) status = stance_fail_memory(error);
  *reading = (struct reading){.import = import, .path = path, .each = each, .context = context};
  for (size_t at = 0; status == STANCE_OK && at < length && !reading->memory_is_out;) {
    const char *newline = memchr(text + at, '\n', length - at);
    size_t end = newline ? (size_t)(newline - text) : length;
    reading->line++;
    if (end > at) read_line(reading, text + at, end - at);
    at = end + 1;
  }
  if (status == STANCE_OK) end_group(reading);
  if (repaired) WARN(reading, 0, "%zu byte%s not UTF-8, replaced by U+FFFD", repaired, repaired == 1 ? " is" : "s are");
  if (status == STANCE_OK && reading->memory_is_out) status = stance_fail_memory(error);
  stance_arena_free(&arena);
  return status;
}

bool stance_petrarch_name_is_taken(const struct stance_petrarch *import, const char *name,
                                   const struct stance_petrarch_actor *actor) {
  uint64_t key = name_key(name);
  size_t index = key ? stance_hash_index_find(&import->names, key) : STANCE_HASH_NONE;
  if (index == STANCE_HASH_NONE) return false;
  const struct stance_petrarch_name *own = actor->names;
  while (own && name_key(own->text) != key) own = own->next;
  return !own || own->from ||
         own->until; /* the name is this actor's, but perhaps for a period only: another may have it at other times */
}

struct stance_petrarch *stance_petrarch_new(void) {
  return calloc(1, sizeof(struct stance_petrarch));
}

void stance_petrarch_destroy(struct stance_petrarch *import) {
  if (!import) return;
  stance_hash_index_free(&import->codes);
  stance_hash_index_free(&import->names);
  stance_hash_index_free(&import->agent_names);
  stance_arena_free(&import->arena);
  free(import);
}

size_t stance_petrarch_actor_count(const struct stance_petrarch *import) { return import->actor_count; }
size_t stance_petrarch_name_count(const struct stance_petrarch *import) { return import->name_count; }
size_t stance_petrarch_agent_count(const struct stance_petrarch *import) { return import->agent_count; }
