/* SPDX-License-Identifier: MIT */
#include "docx.h"

#include <stdlib.h>
#include <string.h>

#include "archive.h"
#include "stance/base/arena.h"
#include "stance/base/buffer.h"
#include "stance/base/error.h"
#include "xml.h"

enum { PARAGRAPH_MAX = 16 << 20 };

struct input_docx {
  struct input_archive *archive;
  struct input_bytes *document; /* word/document.xml */
  struct stance_arena arena;    /* of a paragraph */
  struct stance_buffer text;
  size_t given; /* bytes of text */
  char *path;
};

bool input_docx_may_be(const char *start, size_t length) {
  static const char *const names[] = {"[Content_Types].xml", "_rels/.rels", "word/", "docProps/", NULL};
  if (length < 60 || memcmp(start, "PK\3\4", 4) != 0) return false;
  size_t size = (size_t)((unsigned char)start[26] | (unsigned char)start[27] << 8);
  for (size_t i = 0; names[i]; i++) {
    size_t needed = strlen(names[i]);
    if (size >= needed && length - 30 >= needed && memcmp(start + 30, names[i], needed) == 0) return true;
  }
  return false;
}

static bool is_document(const char *name) { return strcmp(name, "word/document.xml") == 0; }

static bool scan_paragraph(const char *data, size_t length, size_t *at, unsigned *state) {
  return xml_scan_element("p", data, length, at, state);
}

/* Appends a paragraph's visible text: elements t, tab, br. Skips Fallback, which repeats the text of an alternative
 * drawing. */
static void put_text(const struct xml *xml, struct stance_buffer *out) {
  for (uint32_t i = 1; i < xml->count; i++) {
    const struct xml_node *node = &xml->nodes[i];
    if (!node->local) {
      const char *in = xml->nodes[node->parent].local;
      if (in && strcmp(in, "t") == 0) stance_buffer_puts(out, node->text);
    } else if (strcmp(node->local, "Fallback") == 0) {
      i = node->last;
    } else if (strcmp(node->local, "tab") == 0) {
      const char *in = xml->nodes[node->parent].local;
      if (in && strcmp(in, "r") == 0) stance_buffer_putc(out, ' ');
    } else if (strcmp(node->local, "br") == 0 || strcmp(node->local, "cr") == 0) {
      stance_buffer_putc(out, '\n');
    } else if (strcmp(node->local, "noBreakHyphen") == 0) {
      stance_buffer_putc(out, '-');
    }
  }
}

/* Reads the next paragraph into docx->text; *has false: the end. */
static enum stance_status next_paragraph(struct input_docx *docx, bool *has, struct stance_error *error) {
  struct input_record record;
  struct xml xml;
  STANCE_TRY(input_bytes_record(docx->document, scan_paragraph, PARAGRAPH_MAX, &record, error));
  *has = record.length || record.is_over;
  if (!*has) return STANCE_OK;
  if (record.is_over)
    return stance_fail_at(error, STANCE_INPUT, docx->path, 0, 0, "a paragraph is larger than %d bytes", PARAGRAPH_MAX);
  const char *start = xml_element_start("p", record.data, record.length);
  if (!start) return STANCE_OK; /* the rest after the last paragraph */
  stance_arena_reset(&docx->arena);
  size_t before = docx->text.length;
  STANCE_TRY(xml_parse(start, record.length - (size_t)(start - record.data), &docx->arena, &xml, error));
  put_text(&xml, &docx->text);
  if (docx->text.length > before) stance_buffer_puts(&docx->text, "\n\n");
  return docx->text.failed ? stance_fail_memory(error) : STANCE_OK;
}

/* An input_fetch that gives the text. */
static enum stance_status give(void *context, char *out, size_t capacity, size_t *got, struct stance_error *error) {
  struct input_docx *docx = context;
  *got = 0;
  for (bool has = true; has && docx->given == docx->text.length;) {
    stance_buffer_clear(&docx->text);
    docx->given = 0;
    STANCE_TRY(next_paragraph(docx, &has, error));
  }
  *got = docx->text.length - docx->given < capacity ? docx->text.length - docx->given : capacity;
  if (*got) memcpy(out, docx->text.data + docx->given, *got);
  docx->given += *got;
  return STANCE_OK;
}

enum stance_status input_docx_open(struct input_bytes *bytes_take, const char *path, const atomic_int *stop,
                                   struct input_docx **out, struct input_bytes **text, struct stance_error *error) {
  struct input_docx *docx = *out = calloc(1, sizeof *docx);
  const char *name = NULL;
  uint64_t skipped = 0, specials = 0;
  *text = NULL;
  if (!docx || !(docx->path = strdup(path))) {
    free(docx);
    *out = NULL;
    input_bytes_close(bytes_take);
    return stance_fail_memory(error);
  }
  enum stance_status status = input_archive_open(bytes_take, docx->path, stop, &docx->archive, error);
  if (status == STANCE_OK)
    status = input_archive_next(docx->archive, is_document, &name, &docx->document, &skipped, &specials, error);
  if (status == STANCE_OK && !name)
    status =
        stance_fail_at(error, STANCE_INPUT, path, 0, 0,
                       "is an Office file (.xlsx, .pptx); save it as plain text or CSV, or convert it: libreoffice "
                       "--convert-to csv FILE");
  if (status == STANCE_OK) status = input_bytes_from(docx->path, give, docx, stop, text, error);
  if (status == STANCE_OK) return STANCE_OK;
  input_docx_close(docx);
  *out = NULL;
  return status;
}

void input_docx_close(struct input_docx *docx) {
  if (!docx) return;
  input_bytes_close(docx->document);
  input_archive_close(docx->archive);
  stance_arena_free(&docx->arena);
  stance_buffer_free(&docx->text);
  free(docx->path);
  free(docx);
}
