/* SPDX-License-Identifier: MIT
 * brat standoff: a folder for each annotator, in it ARTICLE.txt (line n: sentence n) and ARTICLE.ann:
 *
 *   T1 <tab> MLI 0 12 <tab> Mali's junta          a mention: its type is the actor
 *   R1 <tab> hostile Arg1:T1 Arg2:T2              a pair's label, from source to target
 *   T5 <tab> Sentence 0 75 <tab> Mali's junta ... a sentence that has labels of its own
 *   A1 <tab> sentiment T5 negative                its label: head, sentence, label
 *   #1 <tab> AnnotatorNotes R1 <tab> a note
 *
 * Spans are code points of the whole file. Times, flags and suggestions have no place in it. */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "format.h"
#include "stance/base/buffer.h"
#include "stance/base/error.h"
#include "stance/base/file.h"
#include "stance/base/utf8.h"

/* ---- reading ---------------------------------------------------------------------------------------------- */

struct entity { const char *id, *type; size_t start, end; };
struct document {
  const char *path, *article, *annotator, *text;
  size_t length;
  struct entity *entities;
  size_t entity_count;
  char **lines; /* of the .ann file */
  size_t line_count;
};
struct folder_reader {
  const struct annotate_defaults *defaults;
  struct annotate_records *records;
  struct annotate_losses *losses;
  struct stance_arena arena;
};

static const struct entity *entity_by_id(const struct document *document, const char *id, size_t length) {
  for (size_t i = 0; i < document->entity_count; i++)
    if (strlen(document->entities[i].id) == length && memcmp(document->entities[i].id, id, length) == 0) return &document->entities[i];
  return NULL;
}

/* The line of the text that the code point `at` is in: its number, bytes and first code point. False: behind the end. */
static bool find_sentence(const struct document *document, size_t at, size_t *number, const char **line, size_t *length, size_t *first) {
  const char *start = document->text, *end = document->text + document->length;
  size_t seen = 0;
  for (size_t n = 0; start <= end; n++) {
    const char *newline = memchr(start, '\n', (size_t)(end - start));
    size_t bytes = (size_t)((newline ? newline : end) - start), points = stance_utf8_count(start, bytes);
    if (at <= seen + points) {
      *number = n;
      *line = start;
      *length = bytes;
      *first = seen;
      return true;
    }
    if (!newline) return false;
    seen += points + 1;
    start = newline + 1;
  }
  return false;
}

static bool is_sentence(const struct entity *entity) { return strcmp(entity->type, "Sentence") == 0; }

static enum stance_status parse_entity(struct folder_reader *reader, struct document *document, char *line, struct stance_error *error) {
  char *rest = line, *id = strsep(&rest, "\t"), *body = strsep(&rest, "\t");
  char *type = body ? strsep(&body, " ") : NULL, *end;
  struct entity *entity = &document->entities[document->entity_count];
  if (!body || !*type) {
    annotate_lose(reader->losses, "lines that are not understood");
    return STANCE_OK;
  }
  entity->id = id;
  entity->type = type;
  entity->start = strtoul(body, &end, 10);
  entity->end = *end == ' ' ? strtoul(end + 1, &end, 10) : 0;
  while (*end == ';') { /* a span of several pieces: from the first to the last */
    annotate_lose(reader->losses, "gaps inside spans");
    char *space = strchr(end, ' ');
    if (!space) break;
    entity->end = strtoul(space + 1, &end, 10);
  }
  if (entity->end <= entity->start) return stance_fail_at(error, STANCE_INPUT, document->path, 0, 0, "'%s' has no span", id);
  document->entity_count++;
  return STANCE_OK;
}

static cJSON *start_record(const struct document *document, size_t at, size_t *first, size_t *last) {
  size_t number, length;
  const char *line;
  if (!find_sentence(document, at, &number, &line, &length, first)) return NULL;
  *last = *first + stance_utf8_count(line, length);
  char *text = strndup(line, length);
  if (!text) return NULL;
  cJSON *record = cJSON_CreateObject(), *mentions = cJSON_AddArrayToObject(record, "mentions");
  cJSON_AddStringToObject(record, "article", document->article);
  cJSON_AddNumberToObject(record, "sentence", (double)number);
  cJSON_AddStringToObject(record, "text", text);
  free(text);
  for (size_t i = 0; i < document->entity_count; i++) {
    const struct entity *entity = &document->entities[i];
    if (is_sentence(entity) || entity->start < *first || entity->end > *last) continue;
    cJSON *mention = cJSON_CreateObject();
    cJSON_AddStringToObject(mention, "actor", entity->type);
    cJSON_AddNumberToObject(mention, "start", (double)(entity->start - *first));
    cJSON_AddNumberToObject(mention, "end", (double)(entity->end - *first));
    cJSON_AddItemToArray(mentions, mention);
  }
  if (document->annotator) cJSON_AddStringToObject(record, "annotator", document->annotator);
  return record;
}

static void add_note(const struct document *document, cJSON *record, const char *id) {
  char what[64];
  snprintf(what, sizeof what, "AnnotatorNotes %.40s\t", id);
  for (size_t i = 0; i < document->line_count; i++) {
    const char *tab = document->lines[i][0] == '#' ? strchr(document->lines[i], '\t') : NULL;
    if (tab && strncmp(tab + 1, what, strlen(what)) == 0) cJSON_AddStringToObject(record, "note", tab + 1 + strlen(what));
  }
}

/* "R1\thostile Arg1:T1 Arg2:T2" */
static enum stance_status parse_relation(struct folder_reader *reader, const struct document *document, char *line, size_t number, struct stance_error *error) {
  char *rest = line, *id = strsep(&rest, "\t"), *type = rest ? strsep(&rest, " ") : NULL, *ends[2] = {NULL, NULL};
  size_t first, last;
  for (int i = 0; i < 2 && rest; i++) {
    char *argument = strsep(&rest, " "), *colon = strchr(argument, ':');
    ends[i] = colon ? colon + 1 : NULL;
  }
  const struct entity *from = ends[0] ? entity_by_id(document, ends[0], strcspn(ends[0], "\t ")) : NULL;
  const struct entity *to = ends[1] ? entity_by_id(document, ends[1], strcspn(ends[1], "\t ")) : NULL;
  cJSON *record = from && to ? start_record(document, from->start, &first, &last) : NULL;
  if (!record || to->start < first || to->end > last || from->end > last) {
    annotate_lose(reader->losses, "relations without two ends in one sentence");
    cJSON_Delete(record);
    return STANCE_OK;
  }
  cJSON_AddStringToObject(record, "source", from->type);
  cJSON_AddStringToObject(record, "target", to->type);
  cJSON_AddStringToObject(record, "label", type);
  add_note(document, record, id);
  return annotate_records_take(reader->records, record, document->path, number, reader->defaults, error);
}

/* "A1\tsentiment T5 negative" */
static enum stance_status parse_attribute(struct folder_reader *reader, const struct document *document, char *line, size_t number, struct stance_error *error) {
  char *rest = line, *id = strsep(&rest, "\t"), *head = rest ? strsep(&rest, " ") : NULL, *of = rest ? strsep(&rest, " ") : NULL;
  const struct entity *entity = of ? entity_by_id(document, of, strlen(of)) : NULL;
  size_t first, last;
  cJSON *record = entity && rest && *rest ? start_record(document, entity->start, &first, &last) : NULL;
  if (!record) {
    annotate_lose(reader->losses, "attributes without a value or a span");
    return STANCE_OK;
  }
  if (!is_sentence(entity)) cJSON_AddStringToObject(record, "target", entity->type);
  cJSON_AddStringToObject(record, "head", head);
  cJSON_AddStringToObject(record, "label", rest);
  add_note(document, record, id);
  return annotate_records_take(reader->records, record, document->path, number, reader->defaults, error);
}

static enum stance_status read_annotations(struct folder_reader *reader, struct document *document, char *bytes, struct stance_error *error) {
  size_t most = 1;
  for (const char *c = bytes; *c; c++) most += *c == '\n';
  document->entities = stance_arena_zalloc(&reader->arena, most, sizeof *document->entities);
  document->lines = stance_arena_zalloc(&reader->arena, most, sizeof *document->lines);
  if (!document->entities || !document->lines) return stance_fail_memory(error);
  for (char *rest = bytes, *line; (line = strsep(&rest, "\n"));) {
    size_t length = strlen(line);
    if (length && line[length - 1] == '\r') line[length - 1] = '\0';
    document->lines[document->line_count++] = line;
    if (line[0] == 'T') STANCE_TRY(parse_entity(reader, document, line, error));
  }
  for (size_t i = 0; i < document->line_count; i++) {
    char *line = document->lines[i];
    if (line[0] == 'R') STANCE_TRY(parse_relation(reader, document, line, i + 1, error));
    else if (line[0] == 'A' || line[0] == 'M') STANCE_TRY(parse_attribute(reader, document, line, i + 1, error));
    else if (line[0] == 'E' || line[0] == 'N' || line[0] == '*') annotate_lose(reader->losses, "events, normalisations and equivalences");
  }
  return STANCE_OK;
}

static enum stance_status read_document(struct folder_reader *reader, const char *folder, const char *name, const char *annotator, struct stance_error *error) {
  struct document document = {.annotator = annotator};
  char *text, *bytes, *text_path = stance_arena_format(&reader->arena, "%s/%.*s.txt", folder, (int)(strlen(name) - 4), name);
  size_t length;
  document.path = stance_arena_format(&reader->arena, "%s/%s", folder, name);
  document.article = stance_arena_copy(&reader->arena, name, strlen(name) - 4);
  if (!text_path || !document.path || !document.article) return stance_fail_memory(error);
  STANCE_TRY(stance_file_read(text_path, 0, &reader->arena, &text, &document.length, error));
  STANCE_TRY(stance_file_read(document.path, 0, &reader->arena, &bytes, &length, error));
  if (!stance_utf8_valid(text, document.length)) return stance_fail_at(error, STANCE_INPUT, text_path, 0, 0, "is not UTF-8 text");
  if (!stance_utf8_valid(bytes, length)) return stance_fail_at(error, STANCE_INPUT, document.path, 0, 0, "is not UTF-8 text");
  document.text = text;
  return read_annotations(reader, &document, bytes, error);
}

static enum stance_status read_folder(struct folder_reader *reader, const char *folder, const char *annotator, int depth, struct stance_error *error) {
  struct dirent **entries;
  int found = scandir(folder, &entries, NULL, alphasort);
  if (found < 0) return stance_fail_errno(error, folder, "cannot list");
  enum stance_status status = STANCE_OK;
  for (int i = 0; i < found; i++) {
    const char *name = entries[i]->d_name;
    size_t length = strlen(name);
    struct stat about;
    char *path = stance_arena_format(&reader->arena, "%s/%s", folder, name);
    if (status == STANCE_OK && !path) status = stance_fail_memory(error);
    if (status == STANCE_OK && name[0] != '.' && stat(path, &about) == 0) {
      if (S_ISDIR(about.st_mode) && depth == 0) {
        char *who = stance_arena_copy(&reader->arena, name, length);
        status = who ? read_folder(reader, path, who, depth + 1, error) : stance_fail_memory(error);
      } else if (length > 4 && strcmp(name + length - 4, ".ann") == 0) {
        status = read_document(reader, folder, name, annotator, error);
      }
    }
    free(entries[i]);
  }
  free(entries);
  return status;
}

static enum stance_status read_brat(const char *path, const struct annotate_defaults *defaults, struct annotate_records *records,
                                    struct annotate_losses *losses, struct stance_error *error) {
  struct folder_reader reader = {.defaults = defaults, .records = records, .losses = losses};
  enum stance_status status = read_folder(&reader, path, NULL, 0, error);
  stance_arena_free(&reader.arena);
  return status;
}

/* ---- writing ---------------------------------------------------------------------------------------------- */

struct place { const struct stance_record *record; size_t index; };

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
  size_t entities, relations, attributes, notes;
  struct annotate_losses *losses;
};

static void put_flat(struct stance_buffer *out, const char *text, size_t length) {
  for (size_t i = 0; i < length; i++) stance_buffer_putc(out, text[i] == '\n' || text[i] == '\r' || text[i] == '\t' ? ' ' : text[i]);
}

static void put_entity(struct writer *writer, const char *type, const struct stance_record *record, size_t start, size_t end, size_t base) {
  size_t length = strlen(record->text), from = stance_utf8_offset(record->text, length, start), to = stance_utf8_offset(record->text, length, end);
  stance_buffer_printf(&writer->annotations, "T%zu\t", ++writer->entities);
  for (const char *c = type; *c; c++) stance_buffer_putc(&writer->annotations, *c == ' ' || *c == '\t' || *c == '\n' ? '_' : *c);
  stance_buffer_printf(&writer->annotations, " %zu %zu\t", base + start, base + end);
  if (from != SIZE_MAX && to != SIZE_MAX) put_flat(&writer->annotations, record->text + from, to - from);
  stance_buffer_putc(&writer->annotations, '\n');
}

static void put_note(struct writer *writer, char kind, size_t id, const struct stance_record *record) {
  if (!*record->note) return;
  stance_buffer_printf(&writer->annotations, "#%zu\tAnnotatorNotes %c%zu\t", ++writer->notes, kind, id);
  put_flat(&writer->annotations, record->note, strlen(record->note));
  stance_buffer_putc(&writer->annotations, '\n');
}

static void put_label(struct writer *writer, const struct stance_record *record, size_t first_entity, size_t base) {
  int source = annotate_record_mention(record, record->source), target = annotate_record_mention(record, record->target);
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
    if (strcmp(record->head, "stance") != 0) annotate_lose(writer->losses, "names of other heads than stance (the labels stay)");
    stance_buffer_printf(&writer->annotations, "R%zu\t%s Arg1:T%zu Arg2:T%zu\n", ++writer->relations, record->label, first_entity + (size_t)source,
                         first_entity + (size_t)target);
    put_note(writer, 'R', writer->relations, record);
    return;
  }
  if (record->target && target < 0) {
    annotate_lose(writer->losses, "labels of targets without a mention");
    return;
  }
  size_t of = first_entity + (size_t)(target > 0 ? target : 0);
  if (!record->target) {
    put_entity(writer, "Sentence", record, 0, stance_utf8_count(record->text, strlen(record->text)), base);
    of = writer->entities;
  }
  stance_buffer_printf(&writer->annotations, "A%zu\t%s T%zu %s\n", ++writer->attributes, record->head, of, record->label);
  put_note(writer, 'A', writer->attributes, record);
}

static bool is_same_sentence(const struct stance_record *a, const struct stance_record *b) { return a->sentence == b->sentence && strcmp(a->text, b->text) == 0; }

static bool is_same_document(const struct stance_record *a, const struct stance_record *b) {
  return strcmp(a->annotator, b->annotator) == 0 && strcmp(a->article, b->article) == 0;
}

/* places[0..count): one article of one annotator. Mentions that records of a sentence share are written once. */
static void put_document(struct writer *writer, const struct place *places, size_t count) {
  size_t base = 0, first_entity = 0;
  const struct stance_record *shown = NULL; /* whose mentions stand */
  for (size_t i = 0; i < count; i++) {
    const struct stance_record *record = places[i].record, *before = i ? places[i - 1].record : NULL;
    if (!before || !is_same_sentence(before, record)) {
      while (writer->sentence < record->sentence && writer->sentence < 1000000) { /* sentences without labels: empty lines */
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
      is_shared = shown->mentions[m].start == record->mentions[m].start && shown->mentions[m].end == record->mentions[m].end &&
                  strcmp(shown->mentions[m].actor, record->mentions[m].actor) == 0;
    if (!is_shared) {
      first_entity = writer->entities + 1;
      for (size_t m = 0; m < record->mention_count; m++) put_entity(writer, record->mentions[m].actor, record, record->mentions[m].start, record->mentions[m].end, base);
      shown = record;
    }
    put_label(writer, record, first_entity, base);
  }
}

static char *safe_name(struct stance_arena *arena, const char *name) {
  char *copy = stance_arena_copy(arena, *name ? name : "unnamed", strlen(*name ? name : "unnamed"));
  for (char *c = copy; c && *c; c++)
    if (*c == '/' || (c == copy && *c == '.')) *c = '_';
  return copy;
}

static enum stance_status make_folder(const char *path, struct stance_error *error) {
  struct stat about;
  if (mkdir(path, 0777) == 0 || (errno == EEXIST && stat(path, &about) == 0 && S_ISDIR(about.st_mode))) return STANCE_OK;
  return stance_fail_errno(error, path, "cannot make the folder");
}

static enum stance_status save_document(const char *path, const struct place *places, size_t count, struct annotate_losses *losses, struct stance_error *error) {
  struct stance_arena arena = {0};
  struct writer writer = {.losses = losses};
  char *who = safe_name(&arena, places->record->annotator), *article = safe_name(&arena, places->record->article);
  char *folder = who && article ? stance_arena_format(&arena, "%s/%s", path, who) : NULL;
  char *text = folder ? stance_arena_format(&arena, "%s/%s.txt", folder, article) : NULL;
  char *annotations = text ? stance_arena_format(&arena, "%s/%s.ann", folder, article) : NULL;
  enum stance_status status = annotations ? make_folder(folder, error) : stance_fail_memory(error);
  if (status == STANCE_OK) {
    put_document(&writer, places, count);
    status = writer.text.failed || writer.annotations.failed ? stance_fail_memory(error)
                                                             : annotate_write_lines(text, writer.text.data, writer.text.length, error);
  }
  if (status == STANCE_OK) status = annotate_write_lines(annotations, writer.annotations.data, writer.annotations.length, error);
  stance_buffer_free(&writer.text);
  stance_buffer_free(&writer.annotations);
  stance_arena_free(&arena);
  return status;
}

static enum stance_status write_brat(const char *path, const struct stance_record *records, size_t count, struct annotate_losses *losses,
                                     struct stance_error *error) {
  if (strcmp(path, "-") == 0) return stance_fail(error, STANCE_USAGE, "brat is a folder of files; give --output FOLDER");
  struct place *places = malloc((count + 1) * sizeof *places);
  if (!places) return stance_fail_memory(error);
  enum stance_status status = make_folder(path, error);
  for (size_t i = 0; i < count; i++) places[i] = (struct place){&records[i], i};
  if (count) qsort(places, count, sizeof *places, by_sentence);
  for (size_t i = 0, next; i < count && status == STANCE_OK; i = next) {
    for (next = i + 1; next < count && is_same_document(places[i].record, places[next].record);) next++;
    status = save_document(path, places + i, next - i, losses, error);
  }
  free(places);
  return status;
}

const struct annotate_format annotate_format_brat = {.read = read_brat, .write = write_brat};
