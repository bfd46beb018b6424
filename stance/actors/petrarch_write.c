/* SPDX-License-Identifier: MIT
 * Writes PETRARCH codes as actors. The first three letters of a code name a state or a kind of international actor,
 * each three more a part of it. */
#include <stdio.h>
#include <string.h>

#include "name_part.h"
#include "petrarch_entry.h"
#include "stance/base/hash.h"

enum { CODE_PART = 3, NAME_MAX_BYTES = 200, STATE_NAME_BYTES = 100 };

/* The last part of a code (a role of CAMEO): the actor's type, and its name after that of the state. */
static const struct {
  const char *code, *type, *name;
} roles[] = {
    {"GOV", "agency", "government"},
    {"MIL", "agency", "military"},
    {"JUD", "agency", "judiciary"},
    {"LEG", "agency", "legislature"},
    {"COP", "agency", "police"},
    {"SPY", "agency", "intelligence"},
    {"REB", "armed-group", "rebels"},
    {"UAF", "armed-group", "armed forces unaligned"},
    {"INS", "armed-group", "insurgents"},
    {"SEP", "armed-group", "separatists"},
    {"RAD", "armed-group", "radicals"},
    {"CRM", "armed-group", "criminals"},
    {"OPP", "party", "opposition"},
    {"PTY", "party", "party"},
    {"MED", "media", "media"},
    {"BUS", "company", "business"},
    {"MNC", "company", "multinational"},
    {"EDU", "organisation", "education"},
    {"ELI", "organisation", "elites"},
    {"HLH", "organisation", "health"},
    {"LAB", "organisation", "labour"},
    {"CVL", "organisation", "civilians"},
    {"REF", "organisation", "refugees"},
    {"ENV", "organisation", "environment"},
    {"DEV", "organisation", "development"},
    {"AGR", "organisation", "agriculture"},
    {"HRI", "organisation", "human rights"},
    {"SET", "organisation", "settlers"},
    {"MOD", "organisation", "moderates"},
};

/* First parts that stand for a kind of international actor instead of a state. */
static const struct {
  const char *code, *type;
} worlds[] = {{"IGO", "organisation"}, {"NGO", "organisation"}, {"NGM", "organisation"}, {"IMG", "armed-group"},
              {"MNC", "company"},      {"ELI", "organisation"}, {"INT", "organisation"}};

static const char *world_of(const char *code) {
  for (size_t i = 0; i < sizeof worlds / sizeof *worlds; i++)
    if (strncmp(code, worlds[i].code, CODE_PART) == 0) return worlds[i].type;
  return NULL;
}

static const char *type_of(const char *code) {
  const char *world = world_of(code);
  if (!world && strlen(code) == CODE_PART) return "state";
  if (!world)
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
      if (strncmp(code + CODE_PART, roles[i].code, CODE_PART) == 0) return roles[i].type;
  return world ? world : "organisation";
}

static const struct stance_petrarch_actor *actor_by_code(const struct stance_petrarch *import, const char *code,
                                                         size_t length) {
  uint32_t index = stance_hash_index_find(&import->codes, stance_hash(code, length));
  return index == STANCE_HASH_NONE ? NULL : &import->actors[index];
}

/* The affiliation: the actor with the longest proper prefix of the code. A kind such as "NGO" is none. */
static const struct stance_petrarch_actor *master_of(const struct stance_petrarch *import, const char *code) {
  for (size_t length = strlen(code); length-- > CODE_PART;) {
    if (length % CODE_PART) continue;
    const struct stance_petrarch_actor *actor = actor_by_code(import, code, length);
    if (actor && !(length == CODE_PART && world_of(code))) return actor;
  }
  return NULL;
}

/* The actor's name: of a state its first name, of its parts the state's name and their role ("Afghanistan government"),
 * else the code. */
static void name_of(const struct stance_petrarch *import, const struct stance_petrarch_actor *actor, char *out) {
  size_t length = strlen(actor->code), used;
  snprintf(out, NAME_MAX_BYTES, "%s", actor->code);
  if (world_of(actor->code) || length % CODE_PART) return;
  const struct stance_petrarch_actor *state = actor_by_code(import, actor->code, CODE_PART);
  if (!state || !state->names) return;
  int cut = (int)strnlen(state->names->text, STATE_NAME_BYTES);
  while (cut && ((unsigned char)state->names->text[cut] & 0xc0) == 0x80) cut--; /* cut between UTF-8 characters */
  used = (size_t)snprintf(out, NAME_MAX_BYTES, "%.*s", cut, state->names->text);
  for (size_t at = CODE_PART; at < length; at += CODE_PART) {
    const char *part = NULL;
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
      if (strncmp(actor->code + at, roles[i].code, CODE_PART) == 0) part = roles[i].name;
    if (!part || used + strlen(part) + 2 > NAME_MAX_BYTES) {
      snprintf(out, NAME_MAX_BYTES, "%s", actor->code);
      return;
    }
    used += (size_t)snprintf(out + used, NAME_MAX_BYTES - used, " %s", part);
  }
}

static void put_string(struct stance_buffer *out, const char *key, const char *text) {
  stance_buffer_printf(out, "\"%s\":", key);
  stance_buffer_json_string(out, text, strlen(text));
}

static void put_day(struct stance_buffer *out, const char *key, uint32_t day) {
  if (day) stance_buffer_printf(out, ",\"%s\":\"%04u-%02u-%02u\"", key, day / 10000, day / 100 % 100, day % 100);
}

static void put_actor(const struct stance_petrarch *import, const struct stance_petrarch_actor *actor,
                      struct stance_buffer *out) {
  const struct stance_petrarch_actor *master = master_of(import, actor->code);
  char name[NAME_MAX_BYTES];
  name_of(import, actor, name);
  if (stance_name_is_stem(name) || stance_petrarch_name_is_taken(import, name, actor)) /* a cut may end at a '*' */
    snprintf(name, sizeof name, "%s", actor->code);
  if (stance_petrarch_name_is_taken(import, name, actor)) snprintf(name, sizeof name, "PETRARCH %s", actor->code);
  stance_buffer_puts(out, " {");
  put_string(out, "id", actor->code);
  stance_buffer_putc(out, ',');
  put_string(out, "name", name);
  stance_buffer_putc(out, ',');
  put_string(out, "type", type_of(actor->code));
  if (master) {
    stance_buffer_putc(out, ',');
    put_string(out, "affiliation", master->code);
  }
  stance_buffer_puts(out, ",\"aliases\":[");
  for (const struct stance_petrarch_name *alias = actor->names; alias; alias = alias->next) {
    if (alias != actor->names) stance_buffer_putc(out, ',');
    if (!alias->from && !alias->until) {
      stance_buffer_json_string(out, alias->text, strlen(alias->text));
      continue;
    }
    stance_buffer_putc(out, '{');
    put_string(out, "text", alias->text);
    put_day(out, "from", alias->from);
    put_day(out, "until", alias->until);
    stance_buffer_putc(out, '}');
  }
  stance_buffer_puts(out, "]}");
}

bool stance_petrarch_write(const struct stance_petrarch *import, struct stance_buffer *out) {
  stance_buffer_puts(out, "{\"actors\":[\n");
  for (size_t i = 0; i < import->actor_count; i++) {
    put_actor(import, &import->actors[i], out);
    stance_buffer_puts(out, i + 1 < import->actor_count ? ",\n" : "\n");
  }
  stance_buffer_puts(out, "]");
  if (import->agent_count) stance_buffer_puts(out, ",\"agents\":[\n");
  for (size_t i = 0; i < import->agent_count; i++) {
    stance_buffer_puts(out, " {");
    put_string(out, "text", import->agents[i].text);
    stance_buffer_putc(out, ',');
    put_string(out, "role", import->agents[i].role);
    stance_buffer_puts(out, i + 1 < import->agent_count ? "},\n" : "}\n]");
  }
  stance_buffer_puts(out, "}\n");
  return !out->failed;
}
