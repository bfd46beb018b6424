/* SPDX-License-Identifier: MIT */
#include "ledger.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "stance/base/error.h"
#include "stance/base/file.h"
#include "stance/base/hash.h"
#include "stance/base/hash_index.h"
#include "stance/labels/record.h"

struct entry {
  const char *path;
  uint64_t number, items, hash, bytes, size;
  int64_t time; /* of last change, in nanoseconds since 1970 */
  bool is_met;
};

struct classify_ledger {
  struct stance_arena arena;
  struct entry *earlier; /* of the resumed run; [i] has number i */
  size_t earlier_count, earlier_capacity;
  struct stance_hash_index by_path;
  uint64_t next_number;
  struct entry open;           /* the current file */
  struct stance_buffer path;   /* its path */
  uint64_t file;               /* its number in the reader */
  bool is_open, has_new;       /* has_new: it has items in no line yet */
  const struct entry *before;  /* what the earlier run took of it; NULL: nothing */
  struct stance_buffer closed; /* lines of finished files */
};

struct classify_ledger *classify_ledger_new(void) {
  return calloc(1, sizeof(struct classify_ledger));
}

void classify_ledger_destroy(struct classify_ledger *ledger) {
  if (!ledger) return;
  stance_arena_free(&ledger->arena);
  stance_hash_index_free(&ledger->by_path);
  stance_buffer_free(&ledger->path);
  stance_buffer_free(&ledger->closed);
  free(ledger);
}

static uint64_t hash_path(const char *path) { return stance_hash(path, strlen(path)); }

/* ---- lines ---------------------------------------------------------------------------------------------------- */

static void put_line(const struct entry *entry, struct stance_buffer *out) {
  stance_buffer_printf(out, "%" PRIu64 "\t%" PRIu64 "\t%016" PRIx64 "\t%" PRIu64 "\t%" PRIu64 "\t%" PRId64 "\t",
                       entry->number, entry->items, entry->hash, entry->bytes, entry->size, entry->time);
  for (const char *at = entry->path; *at; at++) {
    if (*at == '\n') stance_buffer_puts(out, "\\n");
    else if (*at == '\\') stance_buffer_puts(out, "\\\\");
    else stance_buffer_putc(out, *at);
  }
  stance_buffer_putc(out, '\n');
}

/* In place. */
static void unescape(char *path) {
  char *to = path;
  for (const char *at = path; *at; at++) {
    if (*at == '\\' && at[1]) at++, *to++ = *at == 'n' ? '\n' : *at;
    else *to++ = *at;
  }
  *to = '\0';
}

static bool read_line(char *line, struct entry *out) {
  int path = 0;
  *out = (struct entry){0};
  int found = sscanf(line, "%" SCNu64 "\t%" SCNu64 "\t%" SCNx64 "\t%" SCNu64 "\t%" SCNu64 "\t%" SCNd64 "%n",
                     &out->number, &out->items, &out->hash, &out->bytes, &out->size, &out->time, &path);
  if (found != 6 || !path || line[path] != '\t' || !line[path + 1]) return false;
  out->path = line + path + 1;
  unescape(line + path + 1);
  return true;
}

static enum stance_status add_entry(struct classify_ledger *ledger, const struct entry *entry, const char *file,
                                    struct stance_error *error) {
  if (entry->number < ledger->earlier_count) { /* a later state of the same file */
    struct entry *known = &ledger->earlier[entry->number];
    if (strcmp(known->path, entry->path) != 0)
      return stance_fail_at(error, STANCE_INPUT, file, 0, 0, "is damaged: two inputs have one number");
    const char *path = known->path;
    *known = *entry;
    known->path = path;
    return STANCE_OK;
  }
  if (entry->number != ledger->earlier_count)
    return stance_fail_at(error, STANCE_INPUT, file, 0, 0, "is damaged: an input is missing");
  struct entry *all = stance_arena_grow(&ledger->arena, ledger->earlier, &ledger->earlier_capacity,
                                        ledger->earlier_count + 1, sizeof *all);
  if (!all || !stance_hash_index_add(&ledger->by_path, hash_path(entry->path), ledger->earlier_count))
    return stance_fail_memory(error);
  ledger->earlier = all;
  all[ledger->earlier_count++] = *entry;
  return STANCE_OK;
}

enum stance_status classify_ledger_load(struct classify_ledger *ledger, const char *path, uint64_t length,
                                        struct stance_error *error) {
  char *data, *end, *next;
  size_t had;
  if (!length) return STANCE_OK;
  STANCE_TRY(stance_file_read(path, 0, &ledger->arena, &data, &had, error));
  if (had < length || data[length - 1] != '\n')
    return stance_fail_at(error, STANCE_INPUT, path, 0, 0, "is damaged: it is shorter than the state of the run says");
  end = data + length;
  for (char *line = data; line < end; line = next) {
    struct entry entry;
    next = memchr(line, '\n', (size_t)(end - line));
    *next++ = '\0';
    if (!read_line(line, &entry))
      return stance_fail_at(error, STANCE_INPUT, path, 0, 0, "is damaged: no line of inputs");
    STANCE_TRY(add_entry(ledger, &entry, path, error));
  }
  ledger->next_number = ledger->earlier_count;
  return STANCE_OK;
}

/* ---- taking ---------------------------------------------------------------------------------------------------- */

static enum stance_status fail_changed(const struct classify_ledger *ledger, struct stance_error *error) {
  const struct entry *before = ledger->before, *open = &ledger->open;
  const char *plural = before->items == 1 ? "" : "s";
  char day[32] = "";
  if (before->time && before->time == open->time && before->size == open->size)
    return stance_fail_at(error, STANCE_INPUT, before->path, 0, 0,
                          "%" PRIu64
                          " item%s of it, taken by the run, %s read otherwise now, as corrections in other "
                          "files came or went; begin the run anew without --resume",
                          before->items, plural, before->items == 1 ? "is" : "are");
  if (!before->time) /* a member of an archive has no time */
    return stance_fail_at(
        error, STANCE_INPUT, before->path, 0, 0,
        "has changed since the run took %" PRIu64
        " item%s of it: what was written of them no longer holds; begin the run anew without --resume",
        before->items, plural);
  time_t seconds = (time_t)(before->time / 1000000000);
  struct tm parts;
  if (gmtime_r(&seconds, &parts)) strftime(day, sizeof day, "%Y-%m-%d %H:%M:%S", &parts);
  return stance_fail_at(error, STANCE_INPUT, before->path, 0, 0,
                        "has changed since the run took %" PRIu64 " item%s of it (then %" PRIu64
                        " bytes of %s UTC, now %" PRIu64
                        " bytes): what was written of them no longer holds; begin the run anew without --resume",
                        before->items, plural, before->size, day, open->size);
}

/* Ends the current file. Fails unless all items that the earlier run took have come again. */
static enum stance_status close_file(struct classify_ledger *ledger, struct stance_error *error) {
  if (!ledger->is_open) return STANCE_OK;
  ledger->is_open = false;
  if (ledger->before && ledger->open.items < ledger->before->items) return fail_changed(ledger, error);
  if (ledger->has_new) put_line(&ledger->open, &ledger->closed);
  ledger->has_new = false;
  return ledger->closed.failed ? stance_fail_memory(error) : STANCE_OK;
}

/* The earlier run's entry of this path that was not met yet; NULL: none. */
static struct entry *find_earlier(struct classify_ledger *ledger, const char *path) {
  uint64_t hash = hash_path(path);
  uint32_t i;
  for (size_t at = stance_hash_index_start(&ledger->by_path, hash);
       (i = stance_hash_index_next(&ledger->by_path, hash, &at)) != STANCE_HASH_NONE;)
    if (!ledger->earlier[i].is_met && strcmp(ledger->earlier[i].path, path) == 0) return &ledger->earlier[i];
  return NULL;
}

/* The file's size and time, as it was opened; of a file with a problem, whose item has no source, as it is. */
static void find_age(const struct input_item *first, uint64_t *size, int64_t *time) {
  struct stat about = {0};
  if (first->source) {
    *size = first->source->size;
    *time = first->source->time;
    return;
  }
  if (stat(first->path, &about) != 0) about = (struct stat){0}; /* a member of an archive, standard input */
  *size = (uint64_t)about.st_size;
  *time = (int64_t)about.st_mtim.tv_sec * 1000000000 + about.st_mtim.tv_nsec;
}

static enum stance_status open_file(struct classify_ledger *ledger, const struct input_item *first, uint64_t file,
                                    struct stance_error *error) {
  const char *path = first->path;
  stance_buffer_clear(&ledger->path);
  stance_buffer_append(&ledger->path, path, strlen(path) + 1);
  if (ledger->path.failed) return stance_fail_memory(error);
  struct entry *before = find_earlier(ledger, path);
  if (before) before->is_met = true;
  ledger->before = before;
  ledger->open = (struct entry){.path = ledger->path.data,
                                .number = before ? before->number : ledger->next_number++,
                                .hash = first->source ? first->source->header : 0};
  find_age(first, &ledger->open.size, &ledger->open.time);
  ledger->file = file;
  ledger->is_open = true;
  return STANCE_OK;
}

static uint64_t hash_item(const struct input_item *item) {
  bool is_problem = item->kind == INPUT_PROBLEM;
  const char *data = is_problem ? item->problem.message : item->record ? item->record->text : item->data;
  bool is_latest = item->fate == INPUT_REVISION_LATEST; /* else it is omitted */
  return stance_hash_combine(item->kind + (is_latest ? 0 : 8),
                             stance_hash(data, is_problem || item->record ? strlen(data) : item->length));
}

enum stance_status classify_ledger_take(struct classify_ledger *ledger, const struct input_item *item, uint64_t file,
                                        uint64_t bytes, bool *is_earlier, struct stance_error *error) {
  struct entry *open = &ledger->open;
  if (!ledger->is_open || file != ledger->file) {
    STANCE_TRY(close_file(ledger, error));
    STANCE_TRY(open_file(ledger, item, file, error));
  }
  open->items++;
  open->hash = stance_hash_chain(open->hash, hash_item(item));
  open->bytes = bytes;
  *is_earlier = ledger->before && open->items <= ledger->before->items;
  if (*is_earlier && open->items == ledger->before->items && open->hash != ledger->before->hash)
    return fail_changed(ledger, error);
  ledger->has_new = ledger->has_new || !*is_earlier;
  return STANCE_OK;
}

enum stance_status classify_ledger_end(struct classify_ledger *ledger, struct stance_error *error) {
  return close_file(ledger, error);
}

void classify_ledger_lines(struct classify_ledger *ledger, struct stance_buffer *closed, struct stance_buffer *open) {
  stance_buffer_append(closed, ledger->closed.data, ledger->closed.length);
  stance_buffer_clear(&ledger->closed);
  if (ledger->is_open && ledger->has_new) put_line(&ledger->open, open);
}

uint64_t classify_ledger_gone(const struct classify_ledger *ledger, const char **first) {
  uint64_t gone = 0;
  *first = NULL;
  for (size_t i = 0; i < ledger->earlier_count; i++) {
    if (ledger->earlier[i].is_met) continue;
    if (!gone++) *first = ledger->earlier[i].path;
  }
  return gone;
}
