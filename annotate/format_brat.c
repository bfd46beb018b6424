/* SPDX-License-Identifier: MIT
 * brat standoff: a folder for each annotator, in it ARTICLE.txt (line n: sentence n) and ARTICLE.ann:
 *
 *   T1 <tab> GPE 0 12 <tab> Mali's junta          a mention; discontinuous: 0 4;8 12
 *   N1 <tab> Reference T1 actor:MLI <tab> Mali    its actor; without it the words determine the actor
 *   R1 <tab> hostile Arg1:T1 Arg2:T2              a pair's label, from source to target
 *   T5 <tab> Sentence 0 75 <tab> Mali's junta ... a sentence that has labels of its own
 *   A1 <tab> sentiment T5 negative                its label: head, sentence, label
 *   #1 <tab> AnnotatorNotes R1 <tab> a note
 *
 * Spans are code points of the whole file. Times, flags and suggestions cannot be stored. */
#include "format_brat.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "foreign.h"
#include "stance/base/error.h"
#include "stance/base/file.h"
#include "stance/base/utf8.h"

struct entity {
  const char *id, *type, *words, *actor; /* words NULL: discontinuous; actor NULL: not named */
  size_t start, end, order, span;        /* code points of the file; span: in foreign, SIZE_MAX: none */
  size_t line;                           /* of the text; SIZE_MAX: not in one line */
};

struct fact {                    /* a relation or an attribute */
  const char *id, *label, *head; /* head NULL: a relation */
  struct entity *from, *to;
  size_t order; /* line of the .ann file */
};

struct note {
  const char *of, *text;
  bool is_used;
};

struct document {
  const char *path;
  const char **lines; /* of the text */
  size_t *firsts;     /* their first code points */
  size_t line_count;
  struct entity *entities, **by_id;
  struct fact *facts;
  struct note *notes;
  size_t entity_count, fact_count, note_count;
};

struct folder_reader {
  struct foreign foreign;
  struct annotate_losses *losses;
  struct stance_arena arena; /* of a document */
  struct stance_arena names;
};

static bool is_sentence(const struct entity *entity) { return strcmp(entity->type, "Sentence") == 0; }

static int by_id(const void *left, const void *right) {
  return strcmp((*(struct entity *const *)left)->id, (*(struct entity *const *)right)->id);
}

static int by_line(const void *left, const void *right) {
  const struct entity *a = left, *b = right;
  if (a->line != b->line) return a->line < b->line ? -1 : 1;
  return (a->order > b->order) - (a->order < b->order);
}

static int by_fact_line(const void *left, const void *right) {
  const struct fact *a = left, *b = right;
  if (a->from->line != b->from->line) return a->from->line < b->from->line ? -1 : 1;
  return (a->order > b->order) - (a->order < b->order);
}

static int by_noted(const void *left, const void *right) {
  return strcmp(((const struct note *)left)->of, ((const struct note *)right)->of);
}

static struct entity *find_entity(const struct document *document, char *id) {
  id[strcspn(id, "\t ")] = '\0';
  struct entity wanted = {.id = id}, *key = &wanted;
  struct entity **found = document->entity_count
                              ? bsearch(&key, document->by_id, document->entity_count, sizeof *document->by_id, by_id)
                              : NULL;
  return found ? *found : NULL;
}

/* ---- the text ---------------------------------------------------------------------------------------------- */

/* Splits into lines without line ends. CR counts as a code point, but is not part of the line. */
static enum stance_status split_text(struct folder_reader *reader, struct document *document, char *text, size_t length,
                                     struct stance_error *error) {
  size_t most = 2, seen = 0;
  for (size_t i = 0; i < length; i++) most += text[i] == '\n';
  document->lines = stance_arena_alloc(&reader->arena, most, sizeof *document->lines);
  document->firsts = stance_arena_alloc(&reader->arena, most, sizeof *document->firsts);
  if (!document->lines || !document->firsts) return stance_fail_memory(error);
  for (char *rest = text, *line; (line = strsep(&rest, "\n"));) {
    size_t bytes = strlen(line);
    document->lines[document->line_count] = line;
    document->firsts[document->line_count++] = seen;
    seen += stance_utf8_count(line, bytes) + 1;
    while (bytes && line[bytes - 1] == '\r') line[--bytes] = '\0';
  }
  return STANCE_OK;
}

static void place_entity(const struct document *document, struct entity *entity, struct annotate_losses *losses) {
  size_t low = 0, high = document->line_count;
  while (high - low > 1) {
    size_t middle = (low + high) / 2;
    if (document->firsts[middle] <= entity->start) low = middle;
    else high = middle;
  }
  size_t points = stance_utf8_count(document->lines[low], strlen(document->lines[low]));
  entity->line = entity->end <= document->firsts[low] + points ? low : SIZE_MAX;
  if (entity->line == SIZE_MAX) annotate_lose(losses, "spans over several lines, or behind the text");
}

/* ---- the annotations ------------------------------------------------------------------------------------------ */

/* "T1\tGPE 0 4;8 12\twords" */
static enum stance_status parse_entity(struct folder_reader *reader, struct document *document, char *line,
                                       size_t number, struct stance_error *error) {
  char *rest = line, *id = strsep(&rest, "\t"), *body = rest ? strsep(&rest, "\t") : NULL;
  char *type = body ? strsep(&body, " ") : NULL, *end;
  struct entity *entity = &document->entities[document->entity_count];
  if (!body || !*type) {
    annotate_lose(reader->losses, "lines that are not understood");
    return STANCE_OK;
  }
  *entity = (struct entity){.id = id, .type = type, .words = rest, .order = document->entity_count, .span = SIZE_MAX};
  entity->start = strtoul(body, &end, 10);
  entity->end = *end == ' ' ? strtoul(end + 1, &end, 10) : 0;
  if (*end == ';') annotate_tell(reader->losses, "gaps inside spans (taken from the first piece to the last)");
  while (*end == ';') {
    entity->words = NULL;
    char *space = strchr(end, ' ');
    if (!space) break;
    entity->end = strtoul(space + 1, &end, 10);
  }
  if (entity->end <= entity->start)
    return stance_fail_at(error, STANCE_INPUT, document->path, number, 0, "'%.40s' has no span", id);
  place_entity(document, entity, reader->losses);
  document->entity_count++;
  return STANCE_OK;
}

/* "R1\thostile Arg1:T1 Arg2:T2" */
static void parse_relation(struct folder_reader *reader, struct document *document, char *line, size_t number) {
  char *rest = line, *id = strsep(&rest, "\t"), *type = rest ? strsep(&rest, " ") : NULL, *ends[2] = {NULL, NULL};
  for (int i = 0; i < 2 && rest; i++) {
    char *argument = strsep(&rest, " "), *colon = strchr(argument, ':');
    ends[i] = colon ? colon + 1 : NULL;
  }
  struct entity *from = ends[0] ? find_entity(document, ends[0]) : NULL,
                *to = ends[1] ? find_entity(document, ends[1]) : NULL;
  if (!from || !to || from->line == SIZE_MAX || from->line != to->line) {
    annotate_lose(reader->losses, "relations without two ends in one sentence");
    return;
  }
  document->facts[document->fact_count++] =
      (struct fact){.id = id, .label = type, .from = from, .to = to, .order = number};
}

/* "A1\tsentiment T5 negative" */
static void parse_attribute(struct folder_reader *reader, struct document *document, char *line, size_t number) {
  char *rest = line, *id = strsep(&rest, "\t"), *head = rest ? strsep(&rest, " ") : NULL,
       *of = rest ? strsep(&rest, " ") : NULL;
  struct entity *entity = of ? find_entity(document, of) : NULL;
  if (!entity || !rest || !*rest || entity->line == SIZE_MAX) {
    annotate_lose(reader->losses, "attributes without a value or a span");
    return;
  }
  document->facts[document->fact_count++] =
      (struct fact){.id = id, .label = rest, .head = head, .from = entity, .to = NULL, .order = number};
}

/* "N1\tReference T1 actor:MLI\tMali": false: a reference to another list. */
static bool parse_reference(struct document *document, char *line) {
  char *rest = line;
  strsep(&rest, "\t");
  if (!rest || strncmp(rest, "Reference ", 10) != 0) return false;
  rest += 10;
  char *of = strsep(&rest, " "), *actor = rest && strncmp(rest, BRAT_ACTORS, strlen(BRAT_ACTORS)) == 0
                                              ? strsep(&rest, "\t") + strlen(BRAT_ACTORS)
                                              : NULL;
  struct entity *entity = find_entity(document, of);
  if (entity && actor && *actor) entity->actor = actor;
  return entity && actor;
}

/* "#1\tAnnotatorNotes R1\twords" */
static void parse_note(struct document *document, char *line) {
  char *rest = line;
  strsep(&rest, "\t");
  char *what = rest ? strsep(&rest, "\t") : NULL, *of = what ? strrchr(what, ' ') : NULL;
  if (of && rest) document->notes[document->note_count++] = (struct note){.of = of + 1, .text = rest};
}

static enum stance_status parse_annotations(struct folder_reader *reader, struct document *document, char *bytes,
                                            struct stance_error *error) {
  size_t most = 1, count = 0;
  for (const char *c = bytes; *c; c++) most += *c == '\n';
  document->entities = stance_arena_zalloc(&reader->arena, most, sizeof *document->entities);
  document->by_id = stance_arena_zalloc(&reader->arena, most, sizeof *document->by_id);
  document->facts = stance_arena_zalloc(&reader->arena, most, sizeof *document->facts);
  document->notes = stance_arena_zalloc(&reader->arena, most, sizeof *document->notes);
  char **lines = stance_arena_zalloc(&reader->arena, most, sizeof *lines);
  if (!document->entities || !document->by_id || !document->facts || !document->notes || !lines)
    return stance_fail_memory(error);
  for (char *rest = bytes, *line; (line = strsep(&rest, "\n"));) {
    line[strcspn(line, "\r")] = '\0';
    lines[count++] = line;
    if (line[0] == 'T') STANCE_TRY(parse_entity(reader, document, line, count, error));
  }
  if (document->entity_count) qsort(document->entities, document->entity_count, sizeof *document->entities, by_line);
  for (size_t i = 0; i < document->entity_count; i++) document->by_id[i] = &document->entities[i];
  if (document->entity_count) qsort(document->by_id, document->entity_count, sizeof *document->by_id, by_id);
  for (size_t i = 0; i < count; i++) {
    char kind = lines[i][0];
    if (kind == 'R') parse_relation(reader, document, lines[i], i + 1);
    else if (kind == 'A' || kind == 'M') parse_attribute(reader, document, lines[i], i + 1);
    else if (kind == '#') parse_note(document, lines[i]);
    else if (kind == 'E' || kind == '*' || (kind == 'N' && !parse_reference(document, lines[i])))
      annotate_lose(reader->losses, "events, normalisations and equivalences");
    else if (kind && kind != 'T' && kind != 'N') annotate_lose(reader->losses, "lines that are not understood");
  }
  if (document->fact_count) qsort(document->facts, document->fact_count, sizeof *document->facts, by_fact_line);
  if (document->note_count) qsort(document->notes, document->note_count, sizeof *document->notes, by_noted);
  return STANCE_OK;
}

/* ---- to records ------------------------------------------------------------------------------------------------ */

static const char *take_note(struct document *document, const char *id) {
  struct note wanted = {.of = id};
  struct note *found = document->note_count
                           ? bsearch(&wanted, document->notes, document->note_count, sizeof *document->notes, by_noted)
                           : NULL;
  if (!found) return NULL;
  found->is_used = true;
  return found->text;
}

static enum stance_status take_fact(struct folder_reader *reader, struct document *document, const struct fact *fact,
                                    struct stance_error *error) {
  struct foreign *foreign = &reader->foreign;
  const char *note = take_note(document, fact->id);
  foreign->line = fact->order;
  foreign_set(foreign->base, "note", note);
  enum stance_status status = fact->head ? foreign_label(foreign, fact->from->span, fact->head, fact->label, error)
                                         : foreign_pair(foreign, fact->from->span, fact->to->span, fact->label, error);
  foreign_set(foreign->base, "note", NULL);
  return status;
}

/* One line of the text that has entities [from..to) and facts [first..last). */
static enum stance_status take_line(struct folder_reader *reader, struct document *document, const char *article,
                                    const char *annotator, size_t from, size_t to, size_t first, size_t last,
                                    struct stance_error *error) {
  struct foreign *foreign = &reader->foreign;
  size_t line = document->entities[from].line, start = document->firsts[line];
  cJSON *base = foreign_base(NULL, document->lines[line], article);
  cJSON_AddNumberToObject(base, "sentence", (double)line);
  if (annotator) foreign_set(base, "annotator", annotator);
  STANCE_TRY(foreign_begin(foreign, base, line + 1, false, error));
  for (size_t i = from; i < to; i++) {
    struct entity *entity = &document->entities[i];
    if (is_sentence(entity)) continue;
    entity->span = foreign_add_span(foreign, (double)(entity->start - start), (double)(entity->end - start),
                                    entity->words && *entity->words ? entity->words : NULL, entity->type);
    if (entity->span == SIZE_MAX) return stance_fail_memory(error);
    foreign->spans[entity->span].id = entity->actor;
  }
  STANCE_TRY(foreign_settle(foreign, error));
  for (size_t i = first; i < last; i++) STANCE_TRY(take_fact(reader, document, &document->facts[i], error));
  return foreign_end(foreign, error);
}

static enum stance_status take_document(struct folder_reader *reader, struct document *document, const char *article,
                                        const char *annotator, struct stance_error *error) {
  size_t first = 0;
  for (size_t from = 0, to; from < document->entity_count && document->entities[from].line != SIZE_MAX; from = to) {
    size_t line = document->entities[from].line, last = first;
    for (to = from + 1; to < document->entity_count && document->entities[to].line == line;) to++;
    while (last < document->fact_count && document->facts[last].from->line == line) last++;
    STANCE_TRY(take_line(reader, document, article, annotator, from, to, first, last, error));
    first = last;
  }
  for (size_t i = 0; i < document->note_count; i++)
    if (!document->notes[i].is_used) annotate_lose(reader->losses, "notes of what is no label");
  return STANCE_OK;
}

static enum stance_status read_document(struct folder_reader *reader, const char *folder, const char *name,
                                        const char *annotator, struct stance_error *error) {
  struct document document = {.line_count = 0};
  stance_arena_reset(&reader->arena);
  char *text, *bytes,
      *text_path = stance_arena_format(&reader->arena, "%s/%.*s.txt", folder, (int)(strlen(name) - 4), name);
  char *article = stance_arena_copy(&reader->arena, name, strlen(name) - 4);
  size_t length, text_length;
  document.path = stance_arena_format(&reader->arena, "%s/%s", folder, name);
  if (!text_path || !document.path || !article) return stance_fail_memory(error);
  STANCE_TRY(stance_file_read(text_path, 0, &reader->arena, &text, &text_length, error));
  STANCE_TRY(stance_file_read(document.path, 0, &reader->arena, &bytes, &length, error));
  if (!stance_utf8_valid(text, text_length))
    return stance_fail_at(error, STANCE_INPUT, text_path, 0, 0, "is not UTF-8 text");
  if (!stance_utf8_valid(bytes, length))
    return stance_fail_at(error, STANCE_INPUT, document.path, 0, 0, "is not UTF-8 text");
  reader->foreign.path = document.path;
  STANCE_TRY(split_text(reader, &document, text, text_length, error));
  STANCE_TRY(parse_annotations(reader, &document, bytes, error));
  return take_document(reader, &document, article, annotator, error);
}

static enum stance_status read_folder(struct folder_reader *reader, const char *folder, const char *annotator,
                                      int depth, size_t *documents, struct stance_error *error) {
  struct dirent **entries;
  int found = scandir(folder, &entries, NULL, alphasort);
  if (found < 0) return stance_fail_errno(error, folder, "cannot list");
  enum stance_status status = STANCE_OK;
  for (int i = 0; i < found; i++) {
    const char *name = entries[i]->d_name;
    size_t length = strlen(name);
    struct stat about;
    char *path = stance_arena_format(&reader->names, "%s/%s", folder, name);
    if (status == STANCE_OK && !path) status = stance_fail_memory(error);
    if (status == STANCE_OK && name[0] != '.' && stat(path, &about) == 0) {
      if (S_ISDIR(about.st_mode) && depth == 0) {
        char *who = stance_arena_copy(&reader->names, name, length);
        status = who ? read_folder(reader, path, who, depth + 1, documents, error) : stance_fail_memory(error);
      } else if (length > 4 && strcmp(name + length - 4, ".ann") == 0) {
        ++*documents;
        status = read_document(reader, folder, name, annotator, error);
      }
    }
    free(entries[i]);
  }
  free(entries);
  return status;
}

static enum stance_status read_brat(const char *path, const struct annotate_defaults *defaults,
                                    struct annotate_records *records, struct annotate_losses *losses,
                                    struct stance_error *error) {
  struct folder_reader reader = {
      .losses = losses,
      .foreign = {.defaults = defaults, .records = records, .losses = losses, .offsets = FOREIGN_CODE_POINTS}};
  size_t documents = 0;
  enum stance_status status = read_folder(&reader, path, NULL, 0, &documents, error);
  if (status == STANCE_OK && !documents)
    status = stance_fail_at(error, STANCE_INPUT, path, 0, 0, "has no .ann file; expected a folder of brat's");
  foreign_close(&reader.foreign);
  stance_arena_free(&reader.arena);
  stance_arena_free(&reader.names);
  return status;
}

const struct annotate_format annotate_format_brat = {.read = read_brat, .write = annotate_brat_write};
