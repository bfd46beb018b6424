/* SPDX-License-Identifier: MIT */
#include "mail.h"

#include <string.h>
#include <strings.h>

#include "charset.h"
#include "html.h"
#include "stance/base/ascii.h"
#include "stance/base/buffer.h"
#include "stance/base/error.h"

enum { FIELD_NAME_MAX = 76, PARTS_DEPTH = 8, LABEL_MAX = 40, BOUNDARY_MAX = 80 };

/* ---- header ------------------------------------------------------------------------------------------------------ */

/* The position after the empty line that ends the header; the end: no such line. */
static const char *body_of(const char *data, size_t length) {
  const char *at = data, *end = data + length;
  while (at < end) {
    const char *newline = memchr(at, '\n', (size_t)(end - at));
    if (newline == at || (newline == at + 1 && *at == '\r')) return newline + 1;
    if (!newline) break;
    at = newline + 1;
  }
  return end;
}

/* A header field's value with folded lines joined; NULL: none. */
static char *header_field(const char *data, size_t length, const char *name, struct stance_arena *arena) {
  size_t size = strlen(name);
  const char *end = body_of(data, length);
  for (const char *at = data; at < end;) {
    const char *newline = memchr(at, '\n', (size_t)(end - at)), *stop = newline ? newline + 1 : end;
    bool is_mine = (size_t)(stop - at) > size && at[size] == ':' && strncasecmp(at, name, size) == 0;
    const char *value = at + size + 1;
    while (stop < end && (*stop == ' ' || *stop == '\t')) { /* folded */
      newline = memchr(stop, '\n', (size_t)(end - stop));
      stop = newline ? newline + 1 : end;
    }
    if (is_mine) {
      char *text = stance_arena_copy(arena, value, (size_t)(stop - value)), *to = text;
      for (const char *from = text; from && *from; from++)
        if (*from != '\r' && *from != '\n') *to++ = *from == '\t' ? ' ' : *from;
      if (!text) return NULL;
      while (to > text && to[-1] == ' ') to--;
      *to = '\0';
      return text + strspn(text, " ");
    }
    at = stop;
  }
  return NULL;
}

/* Reads a parameter of a field: charset, boundary. False: none. */
static bool parameter(const char *value, const char *name, char *out, size_t size) {
  size_t length = strlen(name);
  for (const char *at = value; at && (at = strchr(at, ';')) != NULL;) {
    at += 1 + strspn(at + 1, " ");
    if (strncasecmp(at, name, length) != 0 || at[length] != '=') continue;
    at += length + 1;
    const char *stops = *at == '"' ? "\"" : "; ";
    at += *at == '"';
    size_t used = strcspn(at, stops);
    if (!used || used >= size) return false;
    memcpy(out, at, used);
    out[used] = '\0';
    return true;
  }
  return false;
}

/* ---- transfer encodings ------------------------------------------------------------------------------------------ */

static int hex_of(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  c |= 32;
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Decodes quoted-printable (RFC 2045); in headers (RFC 2047) "_" is a space. Returns the bytes written. */
static size_t decode_quoted(const char *data, size_t length, bool is_header, char *out) {
  size_t used = 0;
  for (size_t i = 0; i < length; i++) {
    if (data[i] == '_' && is_header) {
      out[used++] = ' ';
    } else if (data[i] != '=') {
      out[used++] = data[i];
    } else if (i + 2 < length && hex_of(data[i + 1]) >= 0 && hex_of(data[i + 2]) >= 0) {
      out[used++] = (char)(hex_of(data[i + 1]) * 16 + hex_of(data[i + 2]));
      i += 2;
    } else {
      size_t blank = i + 1; /* a soft line break */
      while (blank < length && (data[blank] == ' ' || data[blank] == '\t' || data[blank] == '\r')) blank++;
      if (blank < length && data[blank] == '\n') i = blank;
      else out[used++] = '=';
    }
  }
  return used;
}

static size_t decode_base64(const char *data, size_t length, char *out) {
  unsigned bits = 0, count = 0;
  size_t used = 0;
  for (size_t i = 0; i < length && data[i] != '='; i++) {
    char c = data[i];
    int value = ascii_is_upper((unsigned char)c)   ? c - 'A'
                : ascii_is_lower((unsigned char)c) ? c - 'a' + 26
                : ascii_is_digit((unsigned char)c) ? c - '0' + 52
                : c == '+'                         ? 62
                : c == '/'                         ? 63
                                                   : -1;
    if (value < 0) continue;
    bits = (bits << 6 | (unsigned)value) & 0xffffff;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    out[used++] = (char)(bits >> count & 0xff);
  }
  return used;
}

/* Decodes encoded words such as "=?utf-8?Q?C=C3=B4te?=" in a header, and drops blanks between two of them. */
static char *decode_words(const char *text, struct stance_arena *arena, struct input_decoded *decoded) {
  struct stance_buffer out = {0};
  struct stance_error ignored;
  bool was_word = false;
  while (text && *text) {
    const char *start = strstr(text, "=?"), *charset_end = start ? strchr(start + 2, '?') : NULL;
    const char *data = charset_end && charset_end[1] && charset_end[2] == '?' ? charset_end + 3 : NULL,
               *end = data ? strstr(data, "?=") : NULL;
    if (!end) break;
    size_t plain = (size_t)(start - text);
    if (!was_word || strspn(text, " ") < plain) stance_buffer_append(&out, text, plain);
    char label[LABEL_MAX + 1], *bytes = stance_arena_alloc(arena, (size_t)(end - data) + 1, 1);
    size_t label_length = (size_t)(charset_end - start) - 2, length;
    if (!bytes || label_length > LABEL_MAX) break;
    memcpy(label, start + 2, label_length);
    label[label_length] = '\0';
    bool is_quoted = (charset_end[1] | 32) == 'q';
    length = is_quoted ? decode_quoted(data, (size_t)(end - data), true, bytes)
                       : decode_base64(data, (size_t)(end - data), bytes);
    const char *word = bytes;
    if (input_charset_decode(label, &word, &length, arena, decoded, &ignored) != STANCE_OK) break;
    stance_buffer_append(&out, word, length);
    was_word = true;
    text = end + 2;
  }
  if (text) stance_buffer_puts(&out, text);
  char *copy = out.length ? stance_arena_copy(arena, out.data, out.length) : NULL;
  stance_buffer_free(&out);
  return copy;
}

/* ---- parts ------------------------------------------------------------------------------------------------------- */

struct part {
  const char *data;
  size_t length;
  char *type; /* of the field; NULL: text/plain */
};

struct search {
  struct stance_arena *arena;
  struct part plain, html; /* the first of each; data NULL: none */
  bool is_cut;             /* a multipart lacks its end */
  bool is_digest;          /* parts are mails of their own */
};

static bool is_type(const char *type, const char *start) { return strncasecmp(type, start, strlen(start)) == 0; }

static void find_parts(struct search *search, const char *data, size_t length, int depth);

/* Searches the parts between the boundaries; text before the first boundary is ignored. */
static void find_in_multipart(struct search *search, const char *body, size_t length, const char *boundary, int depth) {
  const char *start = NULL, *end = body + length;
  size_t size = strlen(boundary);
  for (const char *at = body; at < end;) {
    const char *newline = memchr(at, '\n', (size_t)(end - at)), *next = newline ? newline + 1 : end;
    if ((size_t)(next - at) >= size + 2 && memcmp(at, "--", 2) == 0 && memcmp(at + 2, boundary, size) == 0) {
      if (start) find_parts(search, start, (size_t)(at - start), depth + 1);
      if ((size_t)(next - at) >= size + 4 && memcmp(at + 2 + size, "--", 2) == 0) return;
      start = next;
    }
    at = next;
  }
  if (start) find_parts(search, start, (size_t)(end - start), depth + 1);
  search->is_cut = true;
}

static void find_parts(struct search *search, const char *data, size_t length, int depth) {
  char boundary[BOUNDARY_MAX + 1];
  char *type = header_field(data, length, "Content-Type", search->arena);
  char *place = header_field(data, length, "Content-Disposition", search->arena);
  const char *body = body_of(data, length);
  if (place && is_type(place, "attachment")) return;
  if (type && is_type(type, "multipart/digest")) {
    search->is_digest = true;
    return;
  }
  if (type && is_type(type, "multipart/")) {
    if (depth < PARTS_DEPTH && parameter(type, "boundary", boundary, sizeof boundary))
      find_in_multipart(search, body, length - (size_t)(body - data), boundary, depth);
    return;
  }
  struct part *part = !type || is_type(type, "text/plain") ? &search->plain
                      : is_type(type, "text/html")         ? &search->html
                                                           : NULL;
  if (part && !part->data) *part = (struct part){data, length, type};
}

/* A part's text in UTF-8. */
static enum stance_status decode_part(const struct part *part, struct stance_arena *arena, const char **text,
                                      size_t *length, struct input_decoded *decoded, struct stance_error *error) {
  const char *body = body_of(part->data, part->length);
  char *coding = header_field(part->data, part->length, "Content-Transfer-Encoding", arena), label[LABEL_MAX + 1];
  *length = part->length - (size_t)(body - part->data);
  *text = body;
  if (coding && (is_type(coding, "quoted-printable") || is_type(coding, "base64"))) {
    char *bytes = stance_arena_alloc(arena, *length + 1, 1);
    if (!bytes) return stance_fail_memory(error);
    *length =
        is_type(coding, "base64") ? decode_base64(body, *length, bytes) : decode_quoted(body, *length, false, bytes);
    bytes[*length] = '\0';
    *text = bytes;
  }
  bool has_label = part->type && parameter(part->type, "charset", label, sizeof label);
  return input_charset_decode(has_label ? label : NULL, text, length, arena, decoded, error);
}

/* Whether a text is a digest of mails as lists send it (RFC 1153): 70 hyphens, and 30 above a mail's header. */
static bool is_digest(const char *text, size_t length) {
  enum { OPENING = 70, BETWEEN = 30 };
  bool has_opening = false;
  for (const char *at = text, *end = text + length; at < end;) {
    const char *newline = memchr(at, '\n', (size_t)(end - at)), *stop = newline ? newline : end, *next = stop + 1;
    while (stop > at && (stop[-1] == '\r' || stop[-1] == ' ')) stop--;
    size_t hyphens = 0;
    while (at + hyphens < stop && at[hyphens] == '-') hyphens++;
    bool is_rule = hyphens == (size_t)(stop - at);
    while (is_rule && next < end && (*next == '\r' || *next == '\n')) next++;
    static const char *const fields[] = {"Message: ", "From: ", "Subject: ", "Date: ", NULL};
    bool is_field = false;
    for (size_t i = 0; is_rule && fields[i]; i++)
      is_field |= next < end && (size_t)(end - next) > strlen(fields[i]) && is_type(next, fields[i]);
    has_opening |= is_rule && hyphens == OPENING;
    if (is_rule && hyphens == BETWEEN && has_opening && is_field) return true;
    at = next;
  }
  return false;
}

/* Takes one ">" from lines like ">From Mali", which mbox files quote in this way. */
static size_t unquote_from(char *text, size_t length) {
  size_t used = 0;
  for (size_t i = 0; i < length; i++) {
    size_t quotes = 0;
    bool is_start = text[i] == '>' && (!i || text[i - 1] == '\n');
    while (is_start && i + quotes < length && text[i + quotes] == '>') quotes++;
    if (quotes && length - i - quotes >= 5 && memcmp(text + i + quotes, "From ", 5) == 0) i++;
    text[used++] = text[i];
  }
  text[used] = '\0';
  return used;
}

/* ---- mails ------------------------------------------------------------------------------------------------------- */

static const char *skip_mbox_line(const char *data, size_t *length) {
  const char *newline = *length > 5 && memcmp(data, "From ", 5) == 0 ? memchr(data, '\n', *length) : NULL;
  if (!newline) return data;
  *length -= (size_t)(newline - data) + 1;
  return newline + 1;
}

bool mail_is(const char *data, size_t length) {
  static const char *const needed[] = {"from:",         "subject:",  "date:",        "to:",          "message-id:",
                                       "mime-version:", "received:", "return-path:", "delivered-to:"};
  data = skip_mbox_line(data, &length);
  unsigned seen = 0;
  for (const char *at = data, *end = data + length; at < end;) {
    const char *newline = memchr(at, '\n', (size_t)(end - at)), *stop = newline ? newline : end;
    size_t line = (size_t)(stop - at), name = 0;
    if (!line || (line == 1 && *at == '\r')) break;
    while (name < line &&
           (ascii_is_letter((unsigned char)at[name]) || at[name] == '-' || ascii_is_digit((unsigned char)at[name])))
      name++;
    bool is_folded = *at == ' ' || *at == '\t';
    if (!newline && name == line) break; /* the data ends inside the line */
    if (!is_folded && (!name || name == line || at[name] != ':')) return false;
    for (size_t i = 0; i < sizeof needed / sizeof *needed && !is_folded; i++)
      if (strlen(needed[i]) == name + 1 && strncasecmp(at, needed[i], name + 1) == 0) seen |= 1u << i;
    at = stop + 1;
  }
  return (seen & 1) && (seen & ~1u); /* "From:" and another known field */
}

/* Whether a mail starts at "From ": a header field stands in the next line; else it is prose that an mbox did not quote.
 * *is_known: the bytes tell. */
static bool starts_mail(const char *from, const char *end, bool *is_known) {
  const char *newline = memchr(from, '\n', (size_t)(end - from)), *at = newline ? newline + 1 : end;
  size_t name = 0, left = (size_t)(end - at);
  while (name < left && name < FIELD_NAME_MAX &&
         (ascii_is_letter((unsigned char)at[name]) || at[name] == '-' || ascii_is_digit((unsigned char)at[name])))
    name++;
  *is_known = newline && (name < left || name == FIELD_NAME_MAX);
  return *is_known && name && name < left && at[name] == ':';
}

bool mail_scan(const char *data, size_t length, size_t *at, unsigned *state) {
  (void)state;
  if (*at == 0 && (length < 5 || memcmp(data, "From ", 5) != 0)) { /* a single mail */
    if (length >= 5) *at = length;
    return false;
  }
  if (length < 5 || memcmp(data, "From ", 5) != 0) {
    *at = length;
    return false;
  }
  while (*at < length) {
    const char *newline = memchr(data + *at, '\n', length - *at);
    if (!newline || data + length - newline < 8) return false;
    bool is_empty =
        newline == data || newline[-1] == '\n' || (newline - data > 1 && newline[-1] == '\r' && newline[-2] == '\n');
    bool may_be = is_empty && memcmp(newline + 1, "From ", 5) == 0, is_known = true;
    bool is_start = may_be && starts_mail(newline + 1, data + length, &is_known);
    if (!is_known) return false;
    *at = (size_t)(newline - data) + 1;
    if (is_start) return true;
  }
  return false;
}

enum stance_status mail_article(const char *data, size_t length, struct stance_arena *arena,
                                struct stance_article *article, bool *is_html, struct input_decoded *decoded,
                                struct stance_error *error) {
  struct search search = {.arena = arena};
  const char *text = "";
  size_t text_length = 0;
  const char *start = data;
  data = skip_mbox_line(data, &length);
  bool is_mbox = data != start;
  *article = (struct stance_article){0};
  *decoded = (struct input_decoded){0};
  article->title = decode_words(header_field(data, length, "Subject", arena), arena, decoded);
  article->date = header_field(data, length, "Date", arena);
  char *id = header_field(data, length, "Message-ID", arena),
       *from = decode_words(header_field(data, length, "From", arena), arena, decoded);
  if (id && *id == '<') {
    id++;
    id[strcspn(id, ">")] = '\0';
  }
  article->id = id;
  if (from && strchr(from, '<') > from) { /* "Example Times <news@example.org>" */
    from[strcspn(from, "<")] = '\0';
    for (size_t end = strlen(from); end && (from[end - 1] == ' ' || from[end - 1] == '"'); end--) from[end - 1] = '\0';
    from += *from == '"';
  }
  article->outlet = from;
  find_parts(&search, data, length, 0);
  decoded->is_cut = search.is_cut;
  if (search.plain.data) STANCE_TRY(decode_part(&search.plain, arena, &text, &text_length, decoded, error));
  if (search.is_digest || is_digest(text, text_length))
    return stance_fail(error, STANCE_INPUT,
                       "a digest of several mails; expected one mail, or an mbox (formail +1 -ds splits a digest)");
  *is_html = strspn(text, " \t\r\n") >= text_length && search.html.data;
  if (*is_html) {
    char *plain;
    STANCE_TRY(decode_part(&search.html, arena, &text, &text_length, decoded, error));
    STANCE_TRY(input_html_text(text, text_length, arena, &plain, &text_length, error));
    text = plain;
  }
  if (!search.plain.data && !search.html.data) return stance_fail(error, STANCE_INPUT, "the mail has no part of text");
  while (text_length && (text[text_length - 1] == '\n' || text[text_length - 1] == '\r')) text_length--;
  char *copy = stance_arena_copy(arena, text, text_length);
  article->text_length = copy && is_mbox && !*is_html ? unquote_from(copy, text_length) : text_length;
  article->text = copy;
  return article->text ? STANCE_OK : stance_fail_memory(error);
}
