/* SPDX-License-Identifier: MIT
 * One pass over the bytes. Each tag is read as by the standard's tokenizer, and written again with only useful
 * attributes. A stack of open elements, as the tree builder will have it, bounds the depth. */
#include "html_scan.h"

#include <gumbo.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "stance/base/ascii.h"
#include "stance/base/error.h"

enum { NAME_MAX_BYTES = 32 };

struct scan {
  const char *data;
  size_t length, at;
  struct stance_buffer *out;
  struct html_scanned *scanned;
  GumboTag open[HTML_DEPTH_MAX];
  size_t depth;
  size_t tags;
};

struct value {
  const char *data; /* NULL: no such attribute */
  size_t length;
};

/* The attributes that are kept, in the order of writing. */
static const char *const kept[] = {"class",    "id",       "style", "hidden",  "aria-hidden", "role",
                                   "itemprop", "itemtype", "name",  "content", "property",    "href",
                                   "datetime", "lang",     "rel",   "xml:lang"};
enum { KEPT_COUNT = sizeof kept / sizeof *kept };

struct tag {
  char name[NAME_MAX_BYTES + 1]; /* in lower case; empty: longer than any known name */
  size_t name_length;
  bool is_end, is_closed; /* is_closed: <br/> */
  GumboTag kind;
  bool is_json; /* type="application/ld+json" */
  struct value values[KEPT_COUNT];
};

static bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f'; }

static bool is_name(const char *text, size_t length, const char *name) {
  return strlen(name) == length && strncasecmp(text, name, length) == 0;
}

/* ---- tags -------------------------------------------------------------------------------------------------------- */

/* Reads the attribute at scan->at, and moves behind it. */
static void take_attribute(struct scan *scan, struct tag *tag) {
  const char *data = scan->data;
  size_t start = scan->at, length = scan->length, at = start;
  if (data[at] == '=') at++; /* a name may start with '=', by the standard */
  while (at < length && !is_space(data[at]) && data[at] != '/' && data[at] != '>' && data[at] != '=') at++;
  size_t name = start, name_length = at - start;
  while (at < length && is_space(data[at])) at++;
  struct value value = {"", 0};
  if (at < length && data[at] == '=') {
    at++;
    while (at < length && is_space(data[at])) at++;
    if (at < length && (data[at] == '"' || data[at] == '\'')) {
      const char *end = memchr(data + at + 1, data[at], length - at - 1);
      value.data = data + at + 1;
      value.length = end ? (size_t)(end - value.data) : length - at - 1;
      at = end ? (size_t)(end - data) + 1 : length;
    } else {
      size_t from = at;
      while (at < length && !is_space(data[at]) && data[at] != '>') at++;
      value = (struct value){data + from, at - from};
    }
  }
  scan->at = at;
  for (size_t i = 0; i < KEPT_COUNT; i++)
    if (!tag->values[i].data && is_name(data + name, name_length, kept[i])) tag->values[i] = value;
  if (is_name(data + name, name_length, "type") && is_name(value.data, value.length, "application/ld+json"))
    tag->is_json = true;
}

/* Reads the tag whose name starts at scan->at. False: the page ends inside it, so it is no tag. */
static bool take_tag(struct scan *scan, struct tag *tag) {
  const char *data = scan->data;
  size_t start = scan->at;
  while (scan->at < scan->length && !is_space(data[scan->at]) && data[scan->at] != '/' && data[scan->at] != '>')
    scan->at++;
  size_t length = scan->at - start;
  if (length <= NAME_MAX_BYTES)
    for (size_t i = 0; i < length; i++)
      tag->name[i] = (char)(data[start + i] >= 'A' && data[start + i] <= 'Z' ? data[start + i] | 32 : data[start + i]);
  tag->name_length = length <= NAME_MAX_BYTES ? length : 0;
  tag->name[tag->name_length] = '\0';
  tag->kind = tag->name_length ? gumbo_tagn_enum(tag->name, (unsigned)tag->name_length) : GUMBO_TAG_UNKNOWN;
  while (scan->at < scan->length) {
    char c = data[scan->at];
    if (c == '>') {
      scan->at++;
      return true;
    }
    tag->is_closed = c == '/';
    if (is_space(c) || c == '/') scan->at++;
    else take_attribute(scan, tag);
  }
  return false;
}

/* ---- dropped elements ----------------------------------------------------------------------------------------- */

/* The end of an element with raw text: at "</name", or the page's end. */
static size_t raw_end(const struct scan *scan, const char *name, size_t name_length) {
  const char *end = scan->data + scan->length;
  bool is_script = strcmp(name, "script") == 0, is_hiding = false,
       is_twice = false; /* states for a script inside a comment inside a script */
  for (const char *at = scan->data + scan->at; at < end; at++) {
    if (is_script && *at == '-' && is_hiding && end - at >= 3 && memcmp(at, "-->", 3) == 0)
      is_hiding = is_twice = false;
    if (*at != '<') {
      const char *next = is_hiding ? at : memchr(at, '<', (size_t)(end - at));
      if (!next) break;
      if (!is_hiding) at = next - 1;
      continue;
    }
    if (is_script && end - at >= 4 && memcmp(at, "<!--", 4) == 0) is_hiding = true, at += 1;
    bool is_end = end - at > 2 && at[1] == '/';
    const char *word = at + 1 + is_end;
    if ((size_t)(end - word) <= name_length || strncasecmp(word, name, name_length) != 0) continue;
    char behind = word[name_length];
    if (!is_space(behind) && behind != '/' && behind != '>') continue;
    if (!is_end) is_twice = is_hiding;
    else if (is_twice) is_twice = false;
    else return (size_t)(at - scan->data);
  }
  return scan->length;
}

static bool is_raw(GumboTag kind) {
  switch (kind) {
    case GUMBO_TAG_SCRIPT:
    case GUMBO_TAG_STYLE:
    case GUMBO_TAG_XMP:
    case GUMBO_TAG_IFRAME:
    case GUMBO_TAG_NOEMBED:
    case GUMBO_TAG_NOFRAMES:
    case GUMBO_TAG_NOSCRIPT:
    case GUMBO_TAG_TEXTAREA: return true;
    default: return false;
  }
}

/* Whether an element only changes how letters look. */
static bool is_formatting(GumboTag kind) {
  switch (kind) {
    case GUMBO_TAG_B:
    case GUMBO_TAG_I:
    case GUMBO_TAG_EM:
    case GUMBO_TAG_STRONG:
    case GUMBO_TAG_U:
    case GUMBO_TAG_FONT:
    case GUMBO_TAG_BIG:
    case GUMBO_TAG_S:
    case GUMBO_TAG_STRIKE:
    case GUMBO_TAG_TT:
    case GUMBO_TAG_CODE:
    case GUMBO_TAG_NOBR:
    case GUMBO_TAG_MARK:
    case GUMBO_TAG_ABBR:
    case GUMBO_TAG_ACRONYM:
    case GUMBO_TAG_DFN:
    case GUMBO_TAG_KBD:
    case GUMBO_TAG_SAMP:
    case GUMBO_TAG_VAR:
    case GUMBO_TAG_SUB:
    case GUMBO_TAG_BDI:
    case GUMBO_TAG_BDO:
    case GUMBO_TAG_WBR:
    case GUMBO_TAG_PLAINTEXT:
    case GUMBO_TAG_RUBY:
    case GUMBO_TAG_RB:
    case GUMBO_TAG_RT:
    case GUMBO_TAG_RP:
    case GUMBO_TAG_RTC:
    case GUMBO_TAG_IMG:
    case GUMBO_TAG_IMAGE:
    case GUMBO_TAG_SMALL:
    case GUMBO_TAG_CITE:
    case GUMBO_TAG_INS:
    case GUMBO_TAG_SUP:
    case GUMBO_TAG_Q:
    case GUMBO_TAG_INPUT:
    case GUMBO_TAG_EMBED:
    case GUMBO_TAG_PARAM:
    case GUMBO_TAG_SOURCE:
    case GUMBO_TAG_TRACK: return true;
    default: return false;
  }
}

static bool is_void(GumboTag kind) {
  switch (kind) {
    case GUMBO_TAG_AREA:
    case GUMBO_TAG_BASE:
    case GUMBO_TAG_BR:
    case GUMBO_TAG_COL:
    case GUMBO_TAG_HR:
    case GUMBO_TAG_LINK:
    case GUMBO_TAG_META:
    case GUMBO_TAG_BASEFONT:
    case GUMBO_TAG_BGSOUND:
    case GUMBO_TAG_FRAME:
    case GUMBO_TAG_KEYGEN:
    case GUMBO_TAG_MENUITEM: return true;
    default: return false;
  }
}

/* Whether an element is closed by the next of its kind or its parent's end tag, so that it adds no depth. */
static bool is_implied(GumboTag kind) {
  switch (kind) {
    case GUMBO_TAG_P:
    case GUMBO_TAG_LI:
    case GUMBO_TAG_DD:
    case GUMBO_TAG_DT:
    case GUMBO_TAG_TR:
    case GUMBO_TAG_TD:
    case GUMBO_TAG_TH:
    case GUMBO_TAG_TBODY:
    case GUMBO_TAG_THEAD:
    case GUMBO_TAG_TFOOT:
    case GUMBO_TAG_OPTION:
    case GUMBO_TAG_OPTGROUP:
    case GUMBO_TAG_COLGROUP:
    case GUMBO_TAG_HTML:
    case GUMBO_TAG_HEAD:
    case GUMBO_TAG_BODY:
    case GUMBO_TAG_CAPTION:
    case GUMBO_TAG_TITLE: return true;
    default: return false;
  }
}

/* ---- the stack of open elements ---------------------------------------------------------------------------------- */

static bool push(struct scan *scan, GumboTag kind) {
  if (scan->depth == HTML_DEPTH_MAX) return false;
  scan->open[scan->depth++] = kind;
  return true;
}

/* Closes the last open element of this kind, but span and unknown elements not across a block. False: nothing is
 * closed. */
static bool pop(struct scan *scan, GumboTag kind) {
  bool is_inline = kind == GUMBO_TAG_SPAN || kind == GUMBO_TAG_UNKNOWN;
  for (size_t i = scan->depth; i-- > 0;) {
    if (scan->open[i] == kind) {
      scan->depth = i;
      return true;
    }
    if (scan->open[i] == GUMBO_TAG_TABLE) return false;
    if (is_inline && scan->open[i] != GUMBO_TAG_SPAN && scan->open[i] != GUMBO_TAG_UNKNOWN &&
        scan->open[i] != GUMBO_TAG_A)
      return false;
  }
  return false;
}

/* ---- writing ----------------------------------------------------------------------------------------------------- */

static void put_value(struct stance_buffer *out, struct value value) {
  size_t length = value.length < HTML_VALUE_MAX ? value.length : HTML_VALUE_MAX;
  while (length && length < value.length && ((unsigned char)value.data[length] & 0xc0) == 0x80) length--;
  const char *at = value.data, *end = at + length, *quote;
  for (; (quote = memchr(at, '"', (size_t)(end - at))) != NULL; at = quote + 1) {
    stance_buffer_append(out, at, (size_t)(quote - at));
    stance_buffer_puts(out, "&quot;");
  }
  stance_buffer_append(out, at, (size_t)(end - at));
}

static void put_tag(struct stance_buffer *out, const struct tag *tag) {
  stance_buffer_puts(out, tag->is_end ? "</" : "<");
  stance_buffer_append(out, tag->name, tag->name_length);
  for (size_t i = 0; i < KEPT_COUNT && !tag->is_end; i++) {
    if (!tag->values[i].data) continue;
    stance_buffer_putc(out, ' ');
    stance_buffer_puts(out, kept[i]);
    stance_buffer_puts(out, "=\"");
    put_value(out, tag->values[i]);
    stance_buffer_putc(out, '"');
  }
  stance_buffer_puts(out, tag->is_closed ? "/>" : ">");
}

static void skip_raw(struct scan *scan, const struct tag *tag) {
  size_t start = scan->at;
  scan->at = raw_end(scan, tag->name, tag->name_length);
  struct html_scanned *scanned = scan->scanned;
  scanned->scripts += tag->kind == GUMBO_TAG_SCRIPT && !tag->is_json;
  if (tag->is_json && scanned->json_count < HTML_JSON_MAX) {
    scanned->json[scanned->json_count].data = scan->data + start;
    scanned->json[scanned->json_count++].length = scan->at - start;
  }
  const char *end = memchr(scan->data + scan->at, '>', scan->length - scan->at);
  scan->at = end ? (size_t)(end - scan->data) + 1 : scan->length;
}

/* Handles a tag; scan->at is after "<" or "</". */
static void do_tag(struct scan *scan, bool is_end) {
  struct tag tag = {.is_end = is_end};
  if (!take_tag(scan, &tag) || !tag.name_length) return;
  scan->tags++;
  scan->scanned->has_frames |= tag.kind == GUMBO_TAG_FRAMESET;
  if (tag.kind == GUMBO_TAG_Q) stance_buffer_putc(scan->out, '"');
  if (is_formatting(tag.kind)) return;
  if (is_raw(tag.kind)) {
    if (!is_end) skip_raw(scan, &tag);
    return;
  }
  if (!is_void(tag.kind) && !is_implied(tag.kind) && !(is_end ? pop(scan, tag.kind) : push(scan, tag.kind))) return;
  put_tag(scan->out, &tag);
}

/* Skips a comment, DOCTYPE or <?...>; scan->at is at the "<". */
static void do_declaration(struct scan *scan) {
  const char *data = scan->data, *at = data + scan->at, *end = data + scan->length, *close;
  if (end - at >= 4 && memcmp(at, "<!--", 4) == 0) {
    const char *from = at + 4;
    if (from < end && *from == '>') close = from; /* <!--> */
    else if (end - from >= 2 && memcmp(from, "->", 2) == 0) close = from + 1;
    else {
      const char *plain = memmem(from, (size_t)(end - from), "-->", 3);
      close = plain ? plain + 2 : NULL;
    }
    scan->at = close ? (size_t)(close - data) + 1 : scan->length;
    return;
  }
  close = memchr(at, '>', (size_t)(end - at));
  size_t length = close ? (size_t)(close - at) + 1 : (size_t)(end - at);
  if (length > 9 && length < 512 && strncasecmp(at, "<!doctype", 9) == 0) stance_buffer_append(scan->out, at, length);
  scan->at += length;
}

static enum stance_status check_size(const struct scan *scan, struct stance_error *error) {
  if (scan->out->failed) return stance_fail_memory(error);
  if (scan->tags > HTML_TAGS_MAX)
    return stance_fail(error, STANCE_INPUT, "the page has more than %d tags", HTML_TAGS_MAX);
  if (scan->out->length > HTML_KEPT_MAX)
    return stance_fail(error, STANCE_INPUT, "the page has more than %d bytes of text and tags", HTML_KEPT_MAX);
  return STANCE_OK;
}

enum stance_status html_scan(const char *data, size_t length, struct html_scanned *out, struct stance_error *error) {
  *out = (struct html_scanned){0};
  struct scan scan = {.data = data, .length = length, .out = &out->page, .scanned = out};
  stance_buffer_reserve(scan.out, length / 2 + 64);
  while (scan.at < length) {
    const char *here = data + scan.at, *next = memchr(here, '<', length - scan.at);
    size_t text = next ? (size_t)(next - here) : length - scan.at;
    stance_buffer_append(scan.out, here, text);
    scan.at += text;
    if (!next) break;
    char c = scan.at + 1 < length ? next[1] : '\0', d = scan.at + 2 < length ? next[2] : '\0';
    if (ascii_is_letter((unsigned char)c)) {
      scan.at++;
      do_tag(&scan, false);
    } else if (c == '/' && ascii_is_letter((unsigned char)d)) {
      scan.at += 2;
      do_tag(&scan, true);
    } else if (c == '!' || c == '?' || (c == '/' && d)) {
      do_declaration(&scan);
    } else {
      stance_buffer_puts(scan.out, "&lt;");
      scan.at++;
    }
    STANCE_TRY(check_size(&scan, error));
  }
  return check_size(&scan, error);
}

void html_scanned_free(struct html_scanned *scanned) { stance_buffer_free(&scanned->page); }
