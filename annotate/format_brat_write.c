/* SPDX-License-Identifier: MIT
 * Writes brat standoff, which format_brat.c describes. */
#include "format_brat.h"

#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "stance/base/buffer.h"
#include "stance/base/error.h"
#include "stance/base/file.h"
#include "stance/base/hash.h"
#include "stance/base/utf8.h"

struct place {
  const struct stance_record *record;
  size_t index;
};

static int by_sentence(const void *left, const void *right) {
  const struct stance_record *a = ((const struct place *)left)->record, *b = ((const struct place *)right)->record;
  int order = strcmp(a->annotator, b->annotator);
  if (!order) order = strcmp(a->article, b->article);
  if (!order) order = (a->sentence > b->sentence) - (a->sentence < b->sentence);
  size_t i = ((const struct place *)left)->index, j = ((const struct place *)right)->index;
  return order ? order : (i > j) - (i < j);
}

struct writer {
  struct stance_buffer text, annotations;
  size_t points, sentence; /* code points and sentences written */
  size_t entities, relations, attributes, notes, references;
  struct annotate_losses *losses;
};

static void put_flat(struct stance_buffer *out, const char *text, size_t length) {
  for (size_t i = 0; i < length; i++)
    stance_buffer_putc(out, text[i] == '\n' || text[i] == '\r' || text[i] == '\t' ? ' ' : text[i]);
}

static void put_entity(struct writer *writer, const char *type, bool is_actor, const struct stance_record *record,
                       size_t start, size_t end, size_t base) {
  size_t length = strlen(record->text), from = stance_utf8_offset(record->text, length, start),
         to = stance_utf8_offset(record->text, length, end);
  stance_buffer_printf(&writer->annotations, "T%zu\t", ++writer->entities);
  for (const char *c = type; *c; c++)
    stance_buffer_putc(&writer->annotations, *c == ' ' || *c == '\t' || *c == '\n' ? '_' : *c);
  stance_buffer_printf(&writer->annotations, " %zu %zu\t", base + start, base + end);
  if (from != SIZE_MAX && to != SIZE_MAX) put_flat(&writer->annotations, record->text + from, to - from);
  stance_buffer_putc(&writer->annotations, '\n');
  if (!is_actor) return;
  stance_buffer_printf(&writer->annotations, "N%zu\tReference T%zu " BRAT_ACTORS, ++writer->references,
                       writer->entities);
  put_flat(&writer->annotations, type, strlen(type));
  stance_buffer_putc(&writer->annotations, '\t');
  put_flat(&writer->annotations, type, strlen(type));
  stance_buffer_putc(&writer->annotations, '\n');
}

static void put_note(struct writer *writer, char kind, size_t id, const struct stance_record *record) {
  if (!*record->note) return;
  stance_buffer_printf(&writer->annotations, "#%zu\tAnnotatorNotes %c%zu\t", ++writer->notes, kind, id);
  put_flat(&writer->annotations, record->note, strlen(record->note));
  stance_buffer_putc(&writer->annotations, '\n');
}

static void put_label(struct writer *writer, const struct stance_record *record, size_t first_entity, size_t base) {
  int source = annotate_record_mention(record, record->source),
      target = annotate_record_mention(record, record->target);
  if (*record->at || record->seconds > 0) annotate_lose(writer->losses, "times and seconds");
  if (record->flag_count) annotate_lose(writer->losses, "flags");
  if (record->suggestion) annotate_lose(writer->losses, "suggestions");
  if (record->date || record->outlet) annotate_lose(writer->losses, "dates and outlets");
  for (size_t i = 0; i < record->mention_count; i++)
    if (record->mentions[i].is_implicit) {
      annotate_lose(writer->losses, "marks of implicit mentions (the mentions stay)");
      break;
    }
  if (!record->label) {
    annotate_lose(writer->losses, "records without a label");
    return;
  }
  if (record->source && (source < 0 || target < 0)) {
    annotate_lose(writer->losses, "labels of pairs without a mention");
    return;
  }
  if (record->source) {
    if (strcmp(record->head, "stance") != 0)
      annotate_lose(writer->losses, "names of other heads than stance (the labels stay)");
    stance_buffer_printf(&writer->annotations, "R%zu\t%s Arg1:T%zu Arg2:T%zu\n", ++writer->relations, record->label,
                         first_entity + (size_t)source, first_entity + (size_t)target);
    put_note(writer, 'R', writer->relations, record);
    return;
  }
  if (record->target && target < 0) {
    annotate_lose(writer->losses, "labels of targets without a mention");
    return;
  }
  size_t of = first_entity + (size_t)(target > 0 ? target : 0);
  if (!record->target) {
    put_entity(writer, "Sentence", false, record, 0, stance_utf8_count(record->text, strlen(record->text)), base);
    of = writer->entities;
  }
  stance_buffer_printf(&writer->annotations, "A%zu\t%s T%zu %s\n", ++writer->attributes, record->head, of,
                       record->label);
  put_note(writer, 'A', writer->attributes, record);
}

static bool is_same_sentence(const struct stance_record *a, const struct stance_record *b) {
  return a->sentence == b->sentence && strcmp(a->text, b->text) == 0;
}

static bool is_same_document(const struct stance_record *a, const struct stance_record *b) {
  return strcmp(a->annotator, b->annotator) == 0 && strcmp(a->article, b->article) == 0;
}

/* places[0..count): the records of one article by one annotator. Mentions shared by records of a sentence are written
 * once. */
static void put_document(struct writer *writer, const struct place *places, size_t count) {
  size_t base = 0, first_entity = 0;
  const struct stance_record *shown = NULL; /* the record whose mentions were written */
  for (size_t i = 0; i < count; i++) {
    const struct stance_record *record = places[i].record, *before = i ? places[i - 1].record : NULL;
    if (!before || !is_same_sentence(before, record)) {
      while (writer->sentence < record->sentence &&
             writer->sentence < 1000000) { /* sentences without labels: empty lines */
        stance_buffer_putc(&writer->text, '\n');
        writer->points++;
        writer->sentence++;
      }
      base = writer->points;
      put_flat(&writer->text, record->text, strlen(record->text));
      stance_buffer_putc(&writer->text, '\n');
      writer->points += stance_utf8_count(record->text, strlen(record->text)) + 1;
      writer->sentence++;
      shown = NULL;
    }
    bool is_shared = shown && shown->mention_count == record->mention_count;
    for (size_t m = 0; is_shared && m < record->mention_count; m++)
      is_shared = shown->mentions[m].start == record->mentions[m].start &&
                  shown->mentions[m].end == record->mentions[m].end &&
                  strcmp(shown->mentions[m].actor, record->mentions[m].actor) == 0;
    if (!is_shared) {
      first_entity = writer->entities + 1;
      for (size_t m = 0; m < record->mention_count; m++)
        put_entity(writer, record->mentions[m].actor, true, record, record->mentions[m].start, record->mentions[m].end,
                   base);
      shown = record;
    }
    put_label(writer, record, first_entity, base);
  }
}

/* ---- files ---------------------------------------------------------------------------------------------------- */

enum { NAME_BYTES_MAX = 200 }; /* a file name may have 255 bytes with its ending */

/* A valid file name. A changed name gets a hash, so that different names stay different. */
static char *safe_name(struct stance_arena *arena, const char *name) {
  size_t length = strlen(name), kept = length < NAME_BYTES_MAX ? length : NAME_BYTES_MAX;
  while (kept < length && kept && ((unsigned char)name[kept] & 0xC0) == 0x80) kept--; /* not within a character */
  char *copy = stance_arena_copy(arena, *name ? name : "unnamed", *name ? kept : 7);
  bool is_changed = kept < length;
  for (char *c = copy; c && *c; c++)
    if (*c == '/' || (c == copy && *c == '.') || (unsigned char)*c < ' ') {
      *c = '_';
      is_changed = true;
    }
  if (!copy || !is_changed) return copy;
  return stance_arena_format(arena, "%s-%08x", copy, (unsigned)(stance_hash(name, length) & 0xffffffffu));
}

static enum stance_status make_folder(const char *path, struct stance_error *error) {
  struct stat about;
  if (mkdir(path, 0777) == 0 || (errno == EEXIST && stat(path, &about) == 0 && S_ISDIR(about.st_mode)))
    return STANCE_OK;
  return stance_fail_errno(error, path, "cannot make the folder");
}

static enum stance_status save_document(const char *path, const struct place *places, size_t count,
                                        struct annotate_losses *losses, struct stance_error *error) {
  struct stance_arena arena = {0};
  struct writer writer = {.losses = losses};
  bool exists = false;
  char *who = safe_name(&arena, places->record->annotator), *article = safe_name(&arena, places->record->article);
  char *folder = who && article ? stance_arena_format(&arena, "%s/%s", path, who) : NULL;
  char *text = folder ? stance_arena_format(&arena, "%s/%s.txt", folder, article) : NULL;
  char *annotations = text ? stance_arena_format(&arena, "%s/%s.ann", folder, article) : NULL;
  enum stance_status status = annotations ? make_folder(folder, error) : stance_fail_memory(error);
  if (status == STANCE_OK) status = stance_file_exists(text, &exists, error);
  if (status == STANCE_OK && exists)
    status = stance_fail_at(error, STANCE_INPUT, text, 0, 0, "two articles have this file name");
  if (status == STANCE_OK) {
    put_document(&writer, places, count);
    status =
        writer.annotations.failed ? stance_fail_memory(error) : stance_file_write_buffer(text, &writer.text, error);
  }
  if (status == STANCE_OK) status = stance_file_write_buffer(annotations, &writer.annotations, error);
  stance_buffer_free(&writer.text);
  stance_buffer_free(&writer.annotations);
  stance_arena_free(&arena);
  return status;
}

static int remove_one(const char *path, const struct stat *about, int kind, struct FTW *place) {
  (void)about, (void)kind, (void)place;
  return remove(path);
}

/* The folder is written under another name and renamed when it is complete. An empty folder of that name may exist. */
enum stance_status annotate_brat_write(const char *path, const struct stance_record *records, size_t count,
                                       struct annotate_losses *losses, struct stance_error *error) {
  if (strcmp(path, "-") == 0)
    return stance_fail(error, STANCE_USAGE, "brat is a folder of files; give --output FOLDER");
  size_t length = strlen(path);
  while (length > 1 && path[length - 1] == '/') length--;
  struct place *places = malloc((count + 1) * sizeof *places);
  char *beside = malloc(length + 16);
  if (!places || !beside) {
    free(places);
    free(beside);
    return stance_fail_memory(error);
  }
  snprintf(beside, length + 16, "%.*s.part-XXXXXX", (int)length, path);
  enum stance_status status = mkdtemp(beside) ? STANCE_OK : stance_fail_errno(error, beside, "cannot make the folder");
  if (status == STANCE_OK) {
    for (size_t i = 0; i < count; i++) places[i] = (struct place){&records[i], i};
    if (count) qsort(places, count, sizeof *places, by_sentence);
    for (size_t i = 0, next; i < count && status == STANCE_OK; i = next) {
      for (next = i + 1; next < count && is_same_document(places[i].record, places[next].record);) next++;
      status = save_document(beside, places + i, next - i, losses, error);
    }
    mode_t mask = umask(0);
    umask(mask);
    chmod(beside, 0777 & ~mask); /* mkdtemp() gives access to the owner only */
    if (status == STANCE_OK && rename(beside, path) != 0)
      status = errno == ENOTEMPTY || errno == EEXIST
                   ? stance_fail_at(error, STANCE_INPUT, path, 0, 0, "is there and not empty; give a new folder")
                   : stance_fail_errno(error, path, "cannot make the folder");
    if (status != STANCE_OK) nftw(beside, remove_one, 16, FTW_DEPTH | FTW_PHYS);
  }
  free(places);
  free(beside);
  return status;
}
