/* SPDX-License-Identifier: MIT
 * People, their invitations and sessions. */
#include "people.h"

#include <errno.h>
#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "annotate/assign.h"
#include "stance/base/buffer.h"
#include "stance/base/error.h"
#include "stance/base/file.h"
#include "stance/base/grow.h"
#include "stance/base/json.h"

static const int64_t DAY = (int64_t)24 * 3600 * 1000;
const char *const web_role_names[WEB_ROLE_COUNT] = {"annotator", "adjudicator", "lead"};

int web_role_parse(const char *name) {
  for (int i = 0; i < WEB_ROLE_COUNT; i++)
    if (strcmp(name, web_role_names[i]) == 0) return i;
  return -1;
}

/* ---- tokens ---------------------------------------------------------------------------------------------- */

static enum stance_status make_token(char token[WEB_TOKEN_LENGTH + 1], struct stance_error *error) {
  static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  unsigned char bytes[33] = {0};
  if (gnutls_rnd(GNUTLS_RND_KEY, bytes, 32) != 0)
    return stance_fail(error, STANCE_SYSTEM, "the system has no random numbers");
  for (size_t i = 0; i < WEB_TOKEN_LENGTH; i++) {
    size_t bit = i * 6, at = bit / 8;
    unsigned pair = (unsigned)bytes[at] << 8 | bytes[at + 1];
    token[i] = digits[pair >> (10 - bit % 8) & 63];
  }
  token[WEB_TOKEN_LENGTH] = '\0';
  gnutls_memset(bytes, 0, sizeof bytes);
  return STANCE_OK;
}

static void hash_token(const char *token, char hex[WEB_HASH_LENGTH + 1]) {
  unsigned char digest[32];
  gnutls_hash_fast(GNUTLS_DIG_SHA256, token, strlen(token), digest);
  for (size_t i = 0; i < sizeof digest; i++) snprintf(hex + 2 * i, 3, "%02x", digest[i]);
}

/* Compares in constant time. */
static bool is_hash(const char *stored, const char *given) {
  return *stored && gnutls_memcmp(stored, given, WEB_HASH_LENGTH) == 0;
}

/* ---- the file -------------------------------------------------------------------------------------------- */

static void put_person(const struct web_person *person, struct stance_buffer *out) {
  stance_buffer_puts(out, "{\"name\":");
  stance_buffer_json_text(out, person->name);
  stance_buffer_printf(out,
                       ",\"role\":\"%s\",\"withdrawn\":%s,\"invitation\":\"%s\",\"invitation_expires\":%lld,"
                       "\"codebook\":\"%s\",\"sessions\":[",
                       web_role_names[person->role], person->is_withdrawn ? "true" : "false", person->invitation,
                       (long long)person->invitation_expires, person->codebook_seen);
  bool is_first = true;
  for (size_t i = 0; i < WEB_SESSIONS_MAX; i++) {
    if (!*person->sessions[i].hash) continue;
    stance_buffer_printf(out, "%s{\"hash\":\"%s\",\"expires\":%lld}", is_first ? "" : ",", person->sessions[i].hash,
                         (long long)person->sessions[i].expires);
    is_first = false;
  }
  stance_buffer_puts(out, "]}");
}

static enum stance_status store(struct web_people *people, struct stance_error *error) {
  struct stance_buffer out = {0};
  struct stance_output file;
  stance_buffer_puts(&out, "{\"people\":[");
  for (size_t i = 0; i < people->count; i++) {
    stance_buffer_puts(&out, i ? ",\n" : "\n");
    put_person(&people->items[i], &out);
  }
  stance_buffer_puts(&out, "\n]}\n");
  enum stance_status status = out.failed ? stance_fail_memory(error) : stance_output_open(&file, people->path, error);
  if (status == STANCE_OK && fchmod(fileno(file.stream), 0600) != 0) {
    status = stance_fail_errno(error, people->path, "cannot keep to its owner");
    stance_output_discard(&file);
  } else if (status == STANCE_OK) {
    stance_output_write(&file, out.data, out.length);
    status = stance_output_commit(&file, error);
  }
  stance_buffer_free(&out);
  return status;
}

static void copy_text(const cJSON *object, const char *key, char *out, size_t size) {
  const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, key);
  if (cJSON_IsString(item)) snprintf(out, size, "%s", item->valuestring);
}

static int64_t get_number(const cJSON *object, const char *key) {
  const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, key);
  return cJSON_IsNumber(item) && item->valuedouble >= 0 && item->valuedouble < 9e15 ? (int64_t)item->valuedouble : 0;
}

static bool read_hash(const cJSON *object, const char *key, char hash[WEB_HASH_LENGTH + 1]) {
  copy_text(object, key, hash, WEB_HASH_LENGTH + 1);
  if (strlen(hash) == WEB_HASH_LENGTH) return true;
  hash[0] = '\0';
  return false;
}

static enum stance_status read_person(struct web_people *people, const cJSON *object, struct stance_error *error) {
  struct web_person person = {.role = WEB_ANNOTATOR};
  char role[24] = "";
  size_t kept = 0;
  const cJSON *session;
  copy_text(object, "name", person.name, sizeof person.name);
  copy_text(object, "role", role, sizeof role);
  STANCE_TRY(annotate_name_check(person.name, error));
  int found = web_role_parse(role);
  if (found < 0)
    return stance_fail(error, STANCE_INPUT, "'%s' of '%s' is no role; expected annotator, adjudicator or lead", role,
                       person.name);
  person.role = (enum web_role)found;
  person.is_withdrawn = cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(object, "withdrawn"));
  copy_text(object, "codebook", person.codebook_seen, sizeof person.codebook_seen);
  read_hash(object, "invitation", person.invitation);
  person.invitation_expires = get_number(object, "invitation_expires");
  cJSON_ArrayForEach(session, cJSON_GetObjectItemCaseSensitive(object, "sessions")) {
    if (kept == WEB_SESSIONS_MAX || !read_hash(session, "hash", person.sessions[kept].hash)) continue;
    person.sessions[kept++].expires = get_number(session, "expires");
  }
  struct web_person *items = stance_grow(people->items, &people->capacity, people->count + 1, sizeof *items);
  if (!items) return stance_fail_memory(error);
  people->items = items;
  people->items[people->count++] = person;
  return STANCE_OK;
}

enum stance_status web_people_open(const struct annotate_project *project, struct web_people *people,
                                   struct stance_error *error) {
  struct stance_arena arena = {0};
  struct stat about;
  bool exists = false;
  char *bytes, *folder = annotate_path(&arena, project, "web");
  size_t length;
  cJSON *object = NULL;
  const cJSON *item;
  *people = (struct web_people){0};
  pthread_mutex_init(&people->mutex, NULL);
  if (!folder || asprintf(&people->path, "%s/people.json", folder) < 0) {
    people->path = NULL;
    stance_arena_free(&arena);
    return stance_fail_memory(error);
  }
  enum stance_status status = STANCE_OK;
  if (mkdir(folder, 0700) != 0 && errno != EEXIST) status = stance_fail_errno(error, folder, "cannot make the folder");
  if (status == STANCE_OK) status = stance_file_exists(people->path, &exists, error);
  if (status == STANCE_OK && exists && stat(people->path, &about) != 0)
    status = stance_fail_errno(error, people->path, "cannot look at");
  if (status == STANCE_OK && exists) {
    if (about.st_mode & 077)
      status = stance_fail_at(error, STANCE_INPUT, people->path, 0, 0, "may be read by others; 'chmod 600' it");
    if (status == STANCE_OK) status = stance_file_read(people->path, 0, &arena, &bytes, &length, error);
    if (status == STANCE_OK) status = stance_json_parse(bytes, length, people->path, 1, &object, error);
    cJSON_ArrayForEach(item, cJSON_GetObjectItemCaseSensitive(object, "people")) {
      if (status == STANCE_OK) status = read_person(people, item, error);
    }
    cJSON_Delete(object);
  }
  stance_arena_free(&arena);
  return status;
}

void web_people_close(struct web_people *people) {
  if (people->path) pthread_mutex_destroy(&people->mutex);
  free(people->path);
  free(people->items);
  *people = (struct web_people){0};
}

/* ---- entering and leaving --------------------------------------------------------------------------------- */

static struct web_person *find_name(struct web_people *people, const char *name) {
  for (size_t i = 0; i < people->count; i++)
    if (strcmp(people->items[i].name, name) == 0) return &people->items[i];
  return NULL;
}

enum stance_status web_people_invite(struct web_people *people, const struct annotate_project *project,
                                     const char *name, enum web_role role, int64_t now,
                                     char token[WEB_TOKEN_LENGTH + 1], struct stance_error *error) {
  STANCE_TRY(annotate_name_check(name, error));
  if (role == WEB_ANNOTATOR) STANCE_TRY(annotate_assign_check(project, name, error));
  STANCE_TRY(make_token(token, error));
  pthread_mutex_lock(&people->mutex);
  enum stance_status status = STANCE_OK;
  struct web_person *person = find_name(people, name);
  if (person && person->is_withdrawn) {
    status = stance_fail(error, STANCE_INPUT, "'%s' has withdrawn", name);
  } else if (!person && people->count >= WEB_PEOPLE_MAX) {
    status = stance_fail(error, STANCE_INPUT, "there are %d people already", WEB_PEOPLE_MAX);
  } else if (!person) {
    cJSON *object = cJSON_CreateObject();
    bool is_made = object && cJSON_AddStringToObject(object, "name", name) &&
                   cJSON_AddStringToObject(object, "role", web_role_names[role]);
    status = is_made ? read_person(people, object, error) : stance_fail_memory(error);
    cJSON_Delete(object);
    person = find_name(people, name);
  }
  if (status == STANCE_OK) {
    person->role = role;
    hash_token(token, person->invitation);
    person->invitation_expires = now + WEB_INVITATION_DAYS * DAY;
    status = store(people, error);
  }
  pthread_mutex_unlock(&people->mutex);
  return status;
}

/* An unused session, else the one that expires first. */
static struct web_session *free_session(struct web_person *person) {
  struct web_session *oldest = &person->sessions[0];
  for (size_t i = 0; i < WEB_SESSIONS_MAX; i++) {
    if (!*person->sessions[i].hash) return &person->sessions[i];
    if (person->sessions[i].expires < oldest->expires) oldest = &person->sessions[i];
  }
  return oldest;
}

enum stance_status web_people_enter(struct web_people *people, const char *token, int64_t now,
                                    char session[WEB_TOKEN_LENGTH + 1], struct web_person *person, bool *is_in,
                                    struct stance_error *error) {
  char hash[WEB_HASH_LENGTH + 1], own[WEB_HASH_LENGTH + 1];
  *is_in = false;
  hash_token(token, hash);
  STANCE_TRY(make_token(session, error));
  hash_token(session, own);
  pthread_mutex_lock(&people->mutex);
  enum stance_status status = STANCE_OK;
  struct web_person *found = NULL;
  for (size_t i = 0; i < people->count; i++) /* all of them, for constant time */
    if (is_hash(people->items[i].invitation, hash) && people->items[i].invitation_expires > now &&
        !people->items[i].is_withdrawn)
      found = &people->items[i];
  if (found) {
    struct web_person before = *found;
    struct web_session *place = free_session(found);
    memcpy(place->hash, own, sizeof own);
    place->expires = now + WEB_SESSION_DAYS * DAY;
    found->invitation[0] = '\0'; /* single use */
    status = store(people, error);
    if (status != STANCE_OK) *found = before;
    else *person = *found;
    *is_in = status == STANCE_OK;
  }
  pthread_mutex_unlock(&people->mutex);
  return status;
}

static struct web_session *find_session(struct web_people *people, const char *session, struct web_person **person) {
  char hash[WEB_HASH_LENGTH + 1];
  struct web_session *found = NULL;
  hash_token(session, hash);
  for (size_t i = 0; i < people->count; i++)
    for (size_t s = 0; s < WEB_SESSIONS_MAX; s++)
      if (is_hash(people->items[i].sessions[s].hash, hash)) {
        found = &people->items[i].sessions[s];
        *person = &people->items[i];
      }
  return found;
}

bool web_people_find(struct web_people *people, const char *session, int64_t now, struct web_person *person) {
  struct web_person *owner = NULL;
  if (strlen(session) != WEB_TOKEN_LENGTH) return false;
  pthread_mutex_lock(&people->mutex);
  const struct web_session *found = find_session(people, session, &owner);
  bool is_good = found && found->expires > now && !owner->is_withdrawn;
  if (is_good) *person = *owner;
  pthread_mutex_unlock(&people->mutex);
  return is_good;
}

enum stance_status web_people_leave(struct web_people *people, const char *session, struct stance_error *error) {
  struct web_person *owner = NULL;
  enum stance_status status = STANCE_OK;
  pthread_mutex_lock(&people->mutex);
  struct web_session *found = find_session(people, session, &owner);
  if (found) {
    *found = (struct web_session){.expires = 0};
    status = store(people, error);
  }
  pthread_mutex_unlock(&people->mutex);
  return status;
}

enum stance_status web_people_change(struct web_people *people, const char *name, web_person_change *change,
                                     void *context, struct stance_error *error) {
  pthread_mutex_lock(&people->mutex);
  struct web_person *person = find_name(people, name);
  enum stance_status status = STANCE_OK;
  if (!person) {
    status = stance_fail(error, STANCE_INPUT, "there is nobody called '%.64s'", name);
  } else {
    struct web_person before = *person;
    change(person, context);
    status = store(people, error);
    if (status != STANCE_OK) *person = before;
  }
  pthread_mutex_unlock(&people->mutex);
  return status;
}

bool web_people_may_ask(struct web_people *people, const char *name, int64_t now, double rate, double burst) {
  pthread_mutex_lock(&people->mutex);
  struct web_person *person = find_name(people, name);
  bool may = person != NULL;
  if (person) {
    if (!person->tokens_at) person->tokens = burst;
    person->tokens += (double)(now - person->tokens_at) / 1000 * rate;
    if (person->tokens > burst) person->tokens = burst;
    person->tokens_at = now;
    may = person->tokens >= 1;
    if (may) person->tokens -= 1;
  }
  pthread_mutex_unlock(&people->mutex);
  return may;
}
