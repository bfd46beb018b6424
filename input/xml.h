/* SPDX-License-Identifier: MIT
 * One item of an XML file (a newsItem, an RSS item) as a small tree, and cutting a file into items. This is our own
 * reader: libxml2 drops items before an error, is not linear on large CDATA, does not know &nbsp; outside of HTML, and
 * needs the namespaces of the whole file for a part of it. Markup that is not well-formed is read as far as possible;
 * an unmatched end tag, which occurs in feeds, is ignored. Document type declarations are skipped, so their entities
 * are never expanded. Thread-safe. */
#ifndef STANCE_INPUT_XML_H
#define STANCE_INPUT_XML_H

#include "stance/base/arena.h"
#include "stance/base/buffer.h"
#include "stance/stance.h"

enum { XML_NONE = 0, XML_DEPTH_MAX = 256 };

struct xml_attribute {
  const char *name, *value; /* name: without its prefix, except xml: */
  struct xml_attribute *next;
};

/* Nodes are in document order. Node 0 contains all. */
struct xml_node {
  const char *name;  /* with its prefix; NULL: a text node */
  const char *local; /* without the prefix */
  const char *text;  /* of a text node, entities decoded; NUL-terminated */
  const struct xml_attribute *attributes;
  uint32_t parent, last; /* last: index of the last node below it */
};

struct xml {
  struct xml_node *nodes; /* in the arena */
  size_t count, capacity;
  const char *unclosed; /* the element that is not closed; NULL: none */
};

/* Parses an item, UTF-8, in linear time, into the arena. STANCE_INPUT: nested deeper than XML_DEPTH_MAX. */
enum stance_status xml_parse(const char *data, size_t length, struct stance_arena *arena, struct xml *xml,
                             struct stance_error *error);

/* The first element with a path of local names below `from`: "itemMeta/versionCreated"; a first step of "**" means any
 * depth. XML_NONE: none. */
uint32_t xml_find(const struct xml *xml, uint32_t from, const char *path);
/* The first child with this name, including the prefix, after the child `after` (XML_NONE: the first of all). XML_NONE:
 * none. */
uint32_t xml_child(const struct xml *xml, uint32_t from, const char *name, uint32_t after);
/* An attribute's value; NULL: none. */
const char *xml_attribute(const struct xml *xml, uint32_t node, const char *name);
/* All text below a node, with runs of white space as one space; NULL: none. */
char *xml_line(const struct xml *xml, uint32_t node, struct stance_arena *arena);
/* All text below a node as it stands. */
void xml_text(const struct xml *xml, uint32_t node, struct stance_buffer *out);
/* The text below a node, a paragraph a line: p, li, td, headings end one. What captions and bylines hold is left out.
 * Appends. */
void xml_paragraphs(const struct xml *xml, uint32_t node, struct stance_buffer *out);

/* Names are local: a namespace prefix before them counts for nothing. Finds the end of the first element named `name`
 * in data[*at .. length), for an input_scan (bytes.h); elements of the name within it nest. */
bool xml_scan_element(const char *name, const char *data, size_t length, size_t *at, unsigned *state);
/* Where "<name" of that element begins; NULL: nowhere. Comments and CDATA are passed over. */
const char *xml_element_start(const char *name, const char *data, size_t length);
/* The value of an attribute in the start tag at `tag`, as it stands; NULL, and *length 0: none. Borrowed. */
const char *xml_tag_value(const char *tag, const char *end, const char *name, size_t *length);
enum { XML_PROLOG_MAX = 65536 /* bytes in which a root element is looked for */ };
/* Whether data begins with a declaration, a comment or a document type, and no root element begins in it. */
bool xml_is_prolog(const char *data, size_t length);
/* The local name of the root element, at most `size` - 1 bytes of it; false: no XML begins here. */
bool xml_root_name(const char *data, size_t length, char *name, size_t size);

#endif
