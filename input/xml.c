/* SPDX-License-Identifier: MIT
 * Parsing an item into a tree, and searching it. */
#include "xml.h"

#include <stdlib.h>
#include <string.h>

#include "entity.h"
#include "stance/base/ascii.h"
#include "stance/base/error.h"

struct parse {
  struct xml *xml;
  struct stance_arena *arena;
  const char *at, *end;
  uint32_t open[XML_DEPTH_MAX];
  size_t depth;
  bool failed;
};

static bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

static const char *decode(struct parse *parse, const char *data, size_t length) {
  char *text = stance_arena_alloc(parse->arena, length + 1, 1), *out = text;
  if (!text) {
    parse->failed = true;
    return "";
  }
  for (const char *at = data, *end = data + length; at < end;) {
    const char *next = memchr(at, '&', (size_t)(end - at));
    size_t plain = next ? (size_t)(next - at) : (size_t)(end - at);
    memcpy(out, at, plain);
    out += plain;
    if (!next) break;
    at = entity_decode(next, end, &out);
    if (at == next) *out++ = *at++;
  }
  *out = '\0';
  return text;
}

/* ---- nodes ------------------------------------------------------------------------------------------------------- */

static struct xml_node *add_node(struct parse *parse) {
  struct xml *xml = parse->xml;
  struct xml_node *nodes = stance_arena_grow(parse->arena, xml->nodes, &xml->capacity, xml->count + 1, sizeof *nodes);
  if (!nodes) {
    parse->failed = true;
    return NULL;
  }
  xml->nodes = nodes;
  uint32_t parent = parse->depth ? parse->open[parse->depth - 1] : 0;
  nodes[xml->count] = (struct xml_node){.parent = parent, .last = (uint32_t)xml->count};
  return &nodes[xml->count++];
}

static void add_text(struct parse *parse, const char *data, size_t length, bool is_raw) {
  struct xml_node *node = length ? add_node(parse) : NULL;
  if (node)
    node->text = is_raw || !memchr(data, '&', length) ? stance_arena_copy(parse->arena, data, length)
                                                      : decode(parse, data, length);
  if (node && !node->text) parse->failed = true;
}

static void close_node(struct parse *parse) {
  parse->xml->nodes[parse->open[--parse->depth]].last = (uint32_t)parse->xml->count - 1;
}

static const char *copy_name(struct parse *parse, const char *start, size_t length) {
  const char *name = stance_arena_copy(parse->arena, start, length);
  if (!name) parse->failed = true;
  return name ? name : "";
}

static const char *local_of(const char *name) {
  const char *colon = strchr(name, ':');
  return colon && colon[1] && strncmp(name, "xml:", 4) != 0 ? colon + 1 : name;
}

/* Reads the attributes of a start tag up to its ">". True: the tag is self-closing. */
static bool take_attributes(struct parse *parse, const struct xml_attribute **first) {
  struct xml_attribute **link = (struct xml_attribute **)first;
  bool is_empty = false;
  while (parse->at < parse->end && *parse->at != '>') {
    if (is_space(*parse->at) || *parse->at == '/') {
      is_empty = *parse->at++ == '/';
      continue;
    }
    const char *name = parse->at;
    while (parse->at < parse->end && !is_space(*parse->at) && *parse->at != '=' && *parse->at != '>' &&
           *parse->at != '/')
      parse->at++;
    size_t name_length = (size_t)(parse->at - name);
    while (parse->at < parse->end && is_space(*parse->at)) parse->at++;
    is_empty = false;
    if (parse->at == parse->end || *parse->at != '=') continue;
    parse->at++;
    while (parse->at < parse->end && is_space(*parse->at)) parse->at++;
    char quote = parse->at < parse->end && (*parse->at == '"' || *parse->at == '\'') ? *parse->at++ : '\0';
    const char *value = parse->at;
    while (parse->at < parse->end && (quote ? *parse->at != quote : !is_space(*parse->at) && *parse->at != '>'))
      parse->at++;
    struct xml_attribute *attribute = stance_arena_zalloc(parse->arena, 1, sizeof *attribute);
    if (!attribute) {
      parse->failed = true;
      return true;
    }
    attribute->name = local_of(copy_name(parse, name, name_length));
    attribute->value = decode(parse, value, (size_t)(parse->at - value));
    *link = attribute;
    link = &attribute->next;
    if (quote && parse->at < parse->end) parse->at++;
  }
  if (parse->at < parse->end) parse->at++;
  return is_empty;
}

static enum stance_status start_tag(struct parse *parse, struct stance_error *error) {
  const char *start = ++parse->at;
  while (parse->at < parse->end && !is_space(*parse->at) && *parse->at != '/' && *parse->at != '>') parse->at++;
  const char *name = copy_name(parse, start, (size_t)(parse->at - start));
  const struct xml_attribute *attributes = NULL;
  bool is_empty = take_attributes(parse, &attributes);
  struct xml_node *node = add_node(parse);
  if (!node) return STANCE_OK;
  node->name = name;
  node->local = local_of(name);
  node->attributes = attributes;
  if (is_empty) return STANCE_OK;
  if (parse->depth == XML_DEPTH_MAX)
    return stance_fail(error, STANCE_INPUT, "elements are nested deeper than %d", XML_DEPTH_MAX);
  parse->open[parse->depth++] = (uint32_t)parse->xml->count - 1;
  return STANCE_OK;
}

static void end_tag(struct parse *parse) {
  const char *start = parse->at + 2, *close = memchr(start, '>', (size_t)(parse->end - start));
  size_t length = (size_t)((close ? close : parse->end) - start);
  parse->at = close ? close + 1 : parse->end;
  while (length && is_space(start[length - 1])) length--;
  for (size_t i = parse->depth; i-- > 1;) {
    const char *name = parse->xml->nodes[parse->open[i]].name;
    if (strlen(name) != length || memcmp(name, start, length) != 0) continue;
    while (parse->depth > i) close_node(parse);
    return;
  }
}

/* Skips "<!...>", "<?...?>" and comments; adds CDATA as text. */
static void declaration(struct parse *parse) {
  const char *at = parse->at, *end = parse->end, *close;
  size_t left = (size_t)(end - at);
  if (left >= 9 && memcmp(at, "<![CDATA[", 9) == 0) {
    close = memmem(at + 9, left - 9, "]]>", 3);
    add_text(parse, at + 9, (size_t)((close ? close : end) - at - 9), true);
    parse->at = close ? close + 3 : end;
  } else if (left >= 4 && memcmp(at, "<!--", 4) == 0) {
    close = memmem(at + 4, left - 4, "-->", 3);
    parse->at = close ? close + 3 : end;
  } else if (left >= 2 && at[1] == '?') {
    close = memmem(at, left, "?>", 2);
    parse->at = close ? close + 2 : end;
  } else {
    int depth = 0; /* of the brackets of an internal subset */
    for (; at < end && !(*at == '>' && depth <= 0); at++) depth += *at == '[' ? 1 : *at == ']' ? -1 : 0;
    parse->at = at < end ? at + 1 : end;
  }
}

enum stance_status xml_parse(const char *data, size_t length, struct stance_arena *arena, struct xml *xml,
                             struct stance_error *error) {
  struct parse parse = {.xml = xml, .arena = arena, .at = data, .end = data + length};
  *xml = (struct xml){0};
  struct xml_node *root = add_node(&parse);
  if (!root) return stance_fail_memory(error);
  root->name = root->local = "";
  parse.open[parse.depth++] = 0;
  while (parse.at < parse.end && !parse.failed) {
    const char *next = memchr(parse.at, '<', (size_t)(parse.end - parse.at));
    size_t text = next ? (size_t)(next - parse.at) : (size_t)(parse.end - parse.at);
    add_text(&parse, parse.at, text, false);
    parse.at += text;
    if (!next) break;
    char c = next + 1 < parse.end ? next[1] : '\0';
    if (c == '/') end_tag(&parse);
    else if (c == '!' || c == '?') declaration(&parse);
    else if (ascii_is_letter((unsigned char)c) || c == '_' || (unsigned char)c >= 0x80)
      STANCE_TRY(start_tag(&parse, error));
    else add_text(&parse, parse.at++, 1, true);
  }
  if (parse.depth > 1) xml->unclosed = xml->nodes[parse.open[1]].name;
  while (parse.depth) close_node(&parse);
  return parse.failed ? stance_fail_memory(error) : STANCE_OK;
}

/* ---- looking ----------------------------------------------------------------------------------------------------- */

static bool is_name(const struct xml_node *node, const char *name, size_t length) {
  return node->local && strlen(node->local) == length && memcmp(node->local, name, length) == 0;
}

uint32_t xml_find(const struct xml *xml, uint32_t from, const char *path) {
  bool is_deep = strncmp(path, "**/", 3) == 0;
  if (is_deep) path += 3;
  size_t length = strcspn(path, "/");
  for (uint32_t i = from + 1; i <= xml->nodes[from].last; i = is_deep ? i + 1 : xml->nodes[i].last + 1) {
    if (!is_name(&xml->nodes[i], path, length)) continue;
    uint32_t found = path[length] ? xml_find(xml, i, path + length + 1) : i;
    if (found) return found;
  }
  return XML_NONE;
}

uint32_t xml_child(const struct xml *xml, uint32_t from, const char *name, uint32_t after) {
  uint32_t i = after ? xml->nodes[after].last + 1 : from + 1;
  for (; i <= xml->nodes[from].last; i = xml->nodes[i].last + 1)
    if (xml->nodes[i].name && strcmp(xml->nodes[i].name, name) == 0) return i;
  return XML_NONE;
}

const char *xml_attribute(const struct xml *xml, uint32_t node, const char *name) {
  for (const struct xml_attribute *at = xml->nodes[node].attributes; at; at = at->next)
    if (strcmp(at->name, name) == 0) return at->value;
  return NULL;
}

void xml_text(const struct xml *xml, uint32_t node, struct stance_buffer *out) {
  for (uint32_t i = node; i <= xml->nodes[node].last; i++)
    if (xml->nodes[i].text) stance_buffer_puts(out, xml->nodes[i].text);
}

/* Appends text with runs of white space as one space, which is only written before a word. */
static void add_words(struct stance_buffer *out, size_t start, const char *text, bool *is_waiting) {
  for (; *text; text++) {
    bool is_blank = is_space(*text);
    if ((unsigned char)text[0] == 0xc2 && (unsigned char)text[1] == 0xa0) is_blank = true, text++; /* no-break space */
    if (is_blank) {
      *is_waiting = true;
      continue;
    }
    if (*is_waiting && out->length > start) stance_buffer_putc(out, ' ');
    *is_waiting = false;
    size_t word = 1;
    while (text[word] && !is_space(text[word]) &&
           !((unsigned char)text[word] == 0xc2 && (unsigned char)text[word + 1] == 0xa0))
      word++;
    stance_buffer_append(out, text, word);
    text += word - 1;
  }
}

char *xml_line(const struct xml *xml, uint32_t node, struct stance_arena *arena) {
  struct stance_buffer line = {0};
  bool is_waiting = false;
  if (!node) return NULL;
  for (uint32_t i = node; i <= xml->nodes[node].last; i++)
    if (xml->nodes[i].text) add_words(&line, 0, xml->nodes[i].text, &is_waiting);
  char *copy = line.length ? stance_arena_copy(arena, line.data, line.length) : NULL;
  stance_buffer_free(&line);
  return copy;
}

static bool is_listed(const char *name, const char *const *list) {
  for (; *list; list++)
    if (strcmp(name, *list) == 0) return true;
  return false;
}

void xml_paragraphs(const struct xml *xml, uint32_t node, struct stance_buffer *out) {
  static const char *const blocks[] = {"p",        "div",        "li",         "ul", "ol",        "dl",      "dt",
                                       "dd",       "td",         "th",         "tr", "table",     "h1",      "h2",
                                       "h3",       "h4",         "h5",         "h6", "hl1",       "hl2",     "br",
                                       "pre",      "block",      "blockquote", "bq", "paragraph", "section", "article",
                                       "abstract", "nitf-table", "note",       "hr", "credit",    NULL};
  static const char *const passed[] = {"head",     "script",      "style",  "media",    "media-caption",
                                       "figure",   "figcaption",  "byline", "dateline", "tagline",
                                       "copyrite", "distributor", "note",   "object",   "img",
                                       "video",    "audio",       "credit", NULL};
  size_t start = out->length;
  bool is_waiting = false;
  uint32_t ends[XML_DEPTH_MAX + 1], depth = 0; /* last nodes of open blocks */
  for (uint32_t i = node; i <= xml->nodes[node].last; i++) {
    bool is_end = false;
    while (depth && i > ends[depth - 1]) depth--, is_end = true;
    const struct xml_node *each = &xml->nodes[i];
    bool is_block = each->local && i != node && is_listed(each->local, blocks);
    if ((is_end || is_block) && out->length > start) {
      stance_buffer_putc(out, '\n');
      start = out->length;
      is_waiting = false;
    }
    if (each->local && i != node && is_listed(each->local, passed)) {
      i = each->last;
      continue;
    }
    if (is_block && depth < XML_DEPTH_MAX) ends[depth++] = each->last;
    if (each->text) add_words(out, start, each->text, &is_waiting);
  }
  if (out->length > start) stance_buffer_putc(out, '\n');
}
