/* SPDX-License-Identifier: MIT */
#include "warc.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <zlib.h>

#include "charset.h"
#include "html.h"
#include "stance/base/ascii.h"
#include "stance/base/buffer.h"
#include "stance/base/error.h"
#include "stance/text/date.h"

enum { HTTP_PEEK = 8192 };

/* ---- fields of headers, WARC's and HTTP's ------------------------------------------------------------------------ */

/* The position after the empty line that ends a header; NULL: not in these bytes. */
static const char *header_end(const char *data, size_t length) {
  for (const char *at = data, *end = data + length; (at = memchr(at, '\n', (size_t)(end - at))) != NULL; at++) {
    if (end - at > 1 && at[1] == '\n') return at + 2;
    if (end - at > 2 && at[1] == '\r' && at[2] == '\n') return at + 3;
  }
  return NULL;
}

/* The value of the first field with this name, without surrounding blanks. */
static struct warc_field field(const char *header, size_t length, const char *name) {
  size_t size = strlen(name);
  for (const char *at = header, *end = header + length; at < end;) {
    const char *newline = memchr(at, '\n', (size_t)(end - at)), *stop = newline ? newline : end;
    if ((size_t)(stop - at) > size && at[size] == ':' && strncasecmp(at, name, size) == 0) {
      at += size + 1;
      while (at < stop && (*at == ' ' || *at == '\t')) at++;
      while (stop > at && (stop[-1] == '\r' || stop[-1] == ' ')) stop--;
      return (struct warc_field){at, (size_t)(stop - at)};
    }
    at = stop + 1;
  }
  return (struct warc_field){0};
}

static bool is_value(struct warc_field value, const char *start) {
  return value.text && value.length >= strlen(start) && strncasecmp(value.text, start, strlen(start)) == 0;
}

static bool is_page_type(struct warc_field type) {
  return !type.text || is_value(type, "text/html") || is_value(type, "application/xhtml") ||
         is_value(type, "text/plain");
}

static bool read_number(struct warc_field value, uint64_t *number) {
  *number = 0;
  for (size_t i = 0; i < value.length; i++) {
    if (!ascii_is_digit((unsigned char)value.text[i]) || *number > UINT64_MAX / 100) return false;
    *number = *number * 10 + (uint64_t)(value.text[i] - '0');
  }
  return value.length > 0;
}

/* Whether the status line is like "HTTP/1.1 200 OK". */
static bool is_success(const char *http, size_t length) {
  const char *space = memchr(http, ' ', length < 16 ? length : 16);
  return space && (size_t)(space - http) + 4 <= length && memcmp(space + 1, "200", 3) == 0;
}

enum stance_status warc_read_header(const char *data, size_t length, bool is_last, struct warc_header *header,
                                    bool *is_whole, struct stance_error *error) {
  const char *end = header_end(data, length);
  *is_whole = false;
  *header = (struct warc_header){0};
  if (length >= 5 && memcmp(data, "WARC/", 5) != 0)
    return stance_fail(error, STANCE_INPUT, "no WARC record begins here; expected 'WARC/1.0'");
  if (!end && (is_last || length >= WARC_HEADER_MAX))
    return stance_fail(error, STANCE_INPUT, "a WARC record's header has no end");
  if (!end) return STANCE_OK;
  header->length = (size_t)(end - data);
  if (!read_number(field(data, header->length, "Content-Length"), &header->block_length))
    return stance_fail(error, STANCE_INPUT, "a WARC record without a Content-Length");
  header->uri = field(data, header->length, "WARC-Target-URI");
  header->date = field(data, header->length, "WARC-Date");
  header->id = field(data, header->length, "WARC-Record-ID");
  header->type = field(data, header->length, "Content-Type");
  header->is_truncated = field(data, header->length, "WARC-Truncated").length > 0;
  struct warc_field kind = field(data, header->length, "WARC-Type");
  *is_whole = true;
  if (is_value(kind, "conversion")) header->kind = is_page_type(header->type) ? WARC_TEXT : WARC_PICTURE;
  if (is_value(kind, "request")) header->kind = WARC_REQUEST;
  if (is_value(kind, "resource"))
    header->kind = header->type.text && is_page_type(header->type) ? WARC_PAGE : WARC_PICTURE;
  if (!is_value(kind, "response")) return STANCE_OK;
  if (!is_value(header->type, "application/http")) return STANCE_OK; /* DNS */
  header->has_http = true;
  size_t there = length - header->length;
  const char *http_end = header_end(end, there < header->block_length ? there : (size_t)header->block_length);
  if (!http_end && !is_last && there < HTTP_PEEK && there < header->block_length) {
    *is_whole = false;
    return STANCE_OK;
  }
  size_t http_length = http_end ? (size_t)(http_end - end) : there;
  if (!is_success(end, http_length)) header->kind = WARC_FAILURE;
  else header->kind = is_page_type(field(end, http_length, "Content-Type")) ? WARC_PAGE : WARC_PICTURE;
  return STANCE_OK;
}

/* ---- a page's bytes, as the server sent them --------------------------------------------------------------------- */

/* The bytes of a chunk's data ("1f4;name=value" and a line end precede it), and where it starts; NULL: no chunk. */
static const char *chunk_start(const char *at, const char *end, size_t *size) {
  const char *newline = memchr(at, '\n', (size_t)(end - at));
  char digits[17] = "";
  if (!newline) return NULL;
  memcpy(digits, at, (size_t)(newline - at) < sizeof digits - 1 ? (size_t)(newline - at) : sizeof digits - 1);
  size_t count = strspn(digits, "0123456789abcdefABCDEF"), behind = count;
  while (at[behind] == ' ' || at[behind] == '\t') behind++;
  if (!count || (at[behind] != ';' && at[behind] != '\r' && at[behind] != '\n')) return NULL;
  digits[count] = '\0';
  *size = (size_t)strtoull(digits, NULL, 16);
  return newline + 1;
}

/* Joins chunks (RFC 9112, 7.1) in the arena. What is in no chunk, as crawlers often store pages joined, stays as it
 * is. */
static enum stance_status join_chunks(const char **data, size_t *length, struct stance_arena *arena,
                                      struct stance_error *error) {
  char *joined = stance_arena_alloc(arena, *length + 1, 1);
  size_t used = 0;
  if (!joined) return stance_fail_memory(error);
  for (const char *at = *data, *end = *data + *length; at < end;) {
    size_t size;
    const char *start = chunk_start(at, end, &size);
    if (start && !size) break; /* the last one */
    if (start) at = start;
    if (!start || size > (size_t)(end - at)) size = (size_t)(end - at);
    memcpy(joined + used, at, size);
    used += size;
    at += size;
    while (at < end && (*at == '\r' || *at == '\n')) at++;
  }
  joined[used] = '\0';
  *data = joined;
  *length = used;
  return STANCE_OK;
}

/* Decompresses gzip or zlib, by their headers, else raw deflate. */
static enum stance_status inflate_page(const char **data, size_t *length, struct stance_arena *arena,
                                       struct stance_error *error) {
  const unsigned char *in = (const unsigned char *)*data;
  bool is_gzip = *length > 2 && in[0] == 0x1f && in[1] == 0x8b,
       is_zlib = *length > 2 && (in[0] & 15) == 8 && (in[0] * 256 + in[1]) % 31 == 0;
  if (!is_gzip && *length && (in[0] == '<' || in[0] == ' ' || in[0] == '\n' || in[0] == '\r'))
    return STANCE_OK; /* already decompressed by the crawler */
  struct stance_buffer out = {0};
  z_stream stream = {.next_in = (unsigned char *)in, .avail_in = (uInt)*length};
  if (inflateInit2(&stream, is_gzip || is_zlib ? 15 + 32 : -15) != Z_OK) return stance_fail_memory(error);
  int code = Z_OK;
  while (code == Z_OK && out.length <= WARC_PAGE_MAX && stance_buffer_reserve(&out, 65536)) {
    stream.next_out = (unsigned char *)out.data + out.length;
    stream.avail_out = 65536;
    code = inflate(&stream, Z_NO_FLUSH);
    out.length += 65536 - stream.avail_out;
    if (code == Z_BUF_ERROR && stream.avail_in == 0) break;
  }
  inflateEnd(&stream);
  enum stance_status status = STANCE_OK;
  if (out.length > WARC_PAGE_MAX)
    status = stance_fail(error, STANCE_INPUT, "the page is larger than %d bytes", WARC_PAGE_MAX);
  else if (code != Z_STREAM_END) status = stance_fail(error, STANCE_INPUT, "the page's gzip data is damaged");
  else if (!(*data = stance_arena_copy(arena, out.data ? out.data : "", out.length)))
    status = stance_fail_memory(error);
  else *length = out.length;
  stance_buffer_free(&out);
  return status;
}

static enum stance_status decode_http(const char *http, size_t http_length, const char **data, size_t *length,
                                      struct stance_arena *arena, struct stance_error *error) {
  struct warc_field coding = field(http, http_length, "Content-Encoding");
  if (is_value(field(http, http_length, "Transfer-Encoding"), "chunked"))
    STANCE_TRY(join_chunks(data, length, arena, error));
  if (!coding.text || is_value(coding, "identity") || !coding.length) return STANCE_OK;
  if (is_value(coding, "gzip") || is_value(coding, "x-gzip") || is_value(coding, "deflate"))
    return inflate_page(data, length, arena, error);
  if (*length && **data == '<') return STANCE_OK;
  return stance_fail(error, STANCE_INPUT, "the page's coding '%.*s' is none that is read (gzip, deflate)",
                     (int)(coding.length < 20 ? coding.length : 20), coding.text);
}

/* "text/html; charset=utf-8" -> "utf-8" */
static char *charset_of(struct warc_field type, struct stance_arena *arena) {
  for (size_t i = 0; i + 8 < type.length; i++) {
    if (strncasecmp(type.text + i, "charset=", 8) != 0) continue;
    const char *start = type.text + i + 8, *end = type.text + type.length;
    while (start < end && (*start == '"' || *start == '\'')) start++;
    size_t length = 0;
    while (start + length < end && !strchr("\"'; \t", start[length])) length++;
    return length && length < 40 ? stance_arena_copy(arena, start, length) : NULL;
  }
  return NULL;
}

/* ---- articles ---------------------------------------------------------------------------------------------------- */

/* Reads plain text: the first line is the title, each further line a paragraph. */
static enum stance_status take_text(const char *data, size_t length, const char *charset, struct stance_arena *arena,
                                    struct stance_article *article, struct input_decoded *decoded,
                                    struct stance_error *error) {
  STANCE_TRY(input_charset_decode(charset ? charset : "utf-8", &data, &length, arena, decoded, error));
  while (length && (*data == '\n' || *data == '\r' || *data == ' ')) data++, length--;
  while (length && (data[length - 1] == '\n' || data[length - 1] == '\r')) length--;
  const char *newline = memchr(data, '\n', length);
  size_t title = newline ? (size_t)(newline - data) : length;
  article->text_length = newline ? length - title - 1 : 0;
  article->text = stance_arena_copy(arena, newline ? newline + 1 : "", article->text_length);
  while (title && data[title - 1] == '\r') title--;
  article->title = stance_arena_copy(arena, data, title);
  return article->title && article->text ? STANCE_OK : stance_fail_memory(error);
}

static const char *copy_field(struct warc_field value, struct stance_arena *arena) {
  if (!value.length) return NULL;
  bool is_bracketed = value.length > 2 && value.text[0] == '<' && value.text[value.length - 1] == '>';
  return stance_arena_copy(arena, value.text + is_bracketed, value.length - 2 * (size_t)is_bracketed);
}

enum stance_status warc_article(const char *data, size_t length, struct stance_arena *arena,
                                struct stance_article *article, struct input_decoded *decoded,
                                struct stance_error *error) {
  struct warc_header header;
  bool is_whole;
  *article = (struct stance_article){0};
  *decoded = (struct input_decoded){0};
  STANCE_TRY(warc_read_header(data, length, true, &header, &is_whole, error));
  if (header.block_length > length - header.length)
    return stance_fail(error, STANCE_INPUT, "the file ends within the record");
  const char *block = data + header.length, *uri = copy_field(header.uri, arena),
             *date = copy_field(header.date, arena);
  size_t block_length = (size_t)header.block_length;
  struct warc_field type = header.type;
  if (!uri) uri = copy_field(header.id, arena);
  if (header.has_http) {
    const char *page = header_end(block, block_length);
    if (!page) return stance_fail(error, STANCE_INPUT, "the HTTP header has no end");
    size_t http_length = (size_t)(page - block);
    const char *http = block;
    type = field(http, http_length, "Content-Type");
    block = page;
    block_length -= http_length;
    STANCE_TRY(decode_http(http, http_length, &block, &block_length, arena, error));
  }
  const char *charset = charset_of(type, arena);
  bool is_text = header.kind == WARC_TEXT || is_value(type, "text/plain");
  enum stance_status status = is_text
                                  ? take_text(block, block_length, charset, arena, article, decoded, error)
                                  : input_html_page("", block, block_length, charset, arena, article, decoded, error);
  decoded->is_cut = header.is_truncated;
  article->id = uri;
  if (uri && strncmp(uri, "http", 4) == 0) article->url = uri;
  char read[STANCE_DATE_BYTES];
  if (!article->date ||
      (date && stance_date_read(article->date, STANCE_DATE_ORDER_UNKNOWN, read) == STANCE_DATE_UNREAD))
    article->date = date;
  return status;
}
