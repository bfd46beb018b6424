/* SPDX-License-Identifier: MIT */
#include "format.h"

#include <stddef.h>
#include <string.h>
#include <strings.h>

struct ending {
  const char *text;
  int value;
};

static const struct ending formats[] = {
    {".jsonl", CLASSIFY_FORMAT_JSONL}, {".ndjson", CLASSIFY_FORMAT_JSONL},   {".csv", CLASSIFY_FORMAT_CSV},
    {".tsv", CLASSIFY_FORMAT_TSV},     {".html", CLASSIFY_FORMAT_HTML},      {".htm", CLASSIFY_FORMAT_HTML},
    {".db", CLASSIFY_FORMAT_SQLITE},   {".sqlite", CLASSIFY_FORMAT_SQLITE},  {".sqlite3", CLASSIFY_FORMAT_SQLITE},
    {".gexf", CLASSIFY_FORMAT_GEXF},   {".graphml", CLASSIFY_FORMAT_GRAPHML}};
static const struct ending packings[] = {
    {".gz", CLASSIFY_PACKING_GZIP}, {".gzip", CLASSIFY_PACKING_GZIP}, {".zst", CLASSIFY_PACKING_ZSTD}};

/* The entry with which the first `length` bytes of path end, after a name; NULL: none. */
static const struct ending *find(const struct ending *endings, size_t count, const char *path, size_t length) {
  for (size_t i = 0; i < count; i++) {
    size_t own = strlen(endings[i].text);
    if (length > own && strncasecmp(path + length - own, endings[i].text, own) == 0) return &endings[i];
  }
  return NULL;
}

static const struct ending *packing_of(const char *path) {
  return path ? find(packings, sizeof packings / sizeof *packings, path, strlen(path)) : NULL;
}

enum classify_packing classify_packing_of_path(const char *path) {
  const struct ending *packing = packing_of(path);
  return packing ? (enum classify_packing)packing->value : CLASSIFY_PACKING_NONE;
}

enum classify_format classify_format_of_path(const char *path) {
  if (!path) return CLASSIFY_FORMAT_TABLE;
  const struct ending *packing = packing_of(path);
  size_t length = strlen(path) - (packing ? strlen(packing->text) : 0);
  const struct ending *format = find(formats, sizeof formats / sizeof *formats, path, length);
  return format ? (enum classify_format)format->value : CLASSIFY_FORMAT_TABLE;
}
