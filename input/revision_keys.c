/* SPDX-License-Identifier: MIT
 * Reads the revisions of items from their bytes without parsing: NewsML-G2 (guid, version, pubStatus), NewsML 1.2
 * (NewsIdentifier, RevisionId, Status), NITF (doc-id, du-key, management-status, management-doc-idref), ninjs (uri,
 * version, pubstatus). If there is no version number, the item's time replaces it. */
#include <string.h>

#include "revisions.h"
#include "stance/base/ascii.h"
#include "stance/base/hash.h"
#include "xml.h"

enum { HEAD_MAX = 65536 /* bytes; metadata precede the text */ };

struct span {
  const char *text; /* NULL: none */
  size_t length;
};

static bool is_one_of(struct span span, const char *const *words) {
  const char *colon = span.text ? memchr(span.text, ':', span.length) : NULL; /* "stat:canceled" */
  if (colon) span.length -= (size_t)(colon + 1 - span.text), span.text = colon + 1;
  for (; span.text && *words; words++)
    if (strlen(*words) == span.length && strncasecmp(span.text, *words, span.length) == 0) return true;
  return false;
}

static const char *const withdrawn[] = {"canceled", "cancelled", "withheld", "killed", "kill", "withdrawn", NULL};

/* The first digits as a number, 14 for a time and 9 else: "20240305T100000Z" -> 20240305100000. The time zone is
 * ignored, as an agency uses one zone. */
static uint64_t number_of(struct span span, bool is_time) {
  uint64_t number = 0;
  int digits = 0;
  for (size_t i = 0; i < span.length && digits < (is_time ? 14 : 9); i++) {
    bool is_digit = ascii_is_digit((unsigned char)span.text[i]);
    if (is_digit) number = number * 10 + (uint64_t)(span.text[i] - '0'), digits++;
    else if (!is_time || !strchr("-:T ", span.text[i])) break;
  }
  for (; is_time && digits && digits < 14; digits++) number *= 10;
  return number;
}

static uint64_t hash_of(struct span span, uint64_t before) {
  uint64_t hash = stance_hash(span.text, span.length) ^ before * 0x9e3779b97f4a7c15u;
  return hash ? hash : 1;
}

/* ---- XML --------------------------------------------------------------------------------------------------------- */

static struct span attribute_of(const char *data, size_t length, const char *element, const char *name) {
  struct span span = {0};
  const char *tag = xml_element_start(element, data, length);
  if (tag) span.text = xml_tag_value(tag, data + length, name, &span.length);
  return span;
}

/* The text of an element that has only text. */
static struct span text_of(const char *data, size_t length, const char *element) {
  const char *end = data + length, *tag = xml_element_start(element, data, length),
             *start = tag ? memchr(tag, '>', (size_t)(end - tag)) : NULL,
             *stop = start ? memchr(start, '<', (size_t)(end - start)) : NULL;
  struct span span = {0};
  if (!stop) return span;
  for (start++; start < stop && strchr(" \t\r\n", *start); start++) {
  }
  while (stop > start && strchr(" \t\r\n", stop[-1])) stop--;
  return (struct span){.text = start, .length = (size_t)(stop - start)};
}

/* The number of bytes before the item's text. */
static size_t head_of(const char *data, size_t length, const char *text_element) {
  const char *text = xml_element_start(text_element, data, length < HEAD_MAX ? length : HEAD_MAX);
  return text ? (size_t)(text - data) : length < HEAD_MAX ? length : HEAD_MAX;
}

bool input_revision_newsml_g2(const char *data, size_t length, struct input_revision_of *of) {
  length = head_of(data, length, "contentSet");
  struct span id = attribute_of(data, length, "newsItem", "guid");
  of->version = number_of(attribute_of(data, length, "newsItem", "version"), false);
  of->is_withdrawn = is_one_of(attribute_of(data, length, "pubStatus", "qcode"), withdrawn);
  of->id = id.length ? hash_of(id, 0) : 0;
  return of->id != 0;
}

bool input_revision_newsml(const char *data, size_t length, struct input_revision_of *of) {
  length = head_of(data, length, "NewsComponent");
  struct span id = text_of(data, length, "NewsItemId");
  of->version = number_of(text_of(data, length, "RevisionId"), false);
  of->is_withdrawn = is_one_of(attribute_of(data, length, "Status", "FormalName"), withdrawn);
  uint64_t around = hash_of(text_of(data, length, "ProviderId"), hash_of(text_of(data, length, "DateId"), 0));
  of->id = id.length ? hash_of(id, around) : 0;
  return of->id != 0;
}

bool input_revision_nitf(const char *data, size_t length, struct input_revision_of *of) {
  length = head_of(data, length, "body");
  struct span id = attribute_of(data, length, "doc-id", "id-string"),
              other = attribute_of(data, length, "docdata", "management-doc-idref"),
              version = attribute_of(data, length, "du-key", "version");
  of->version = number_of(version, false);
  static const char *const times[] = {"date.release", "date.issue"};
  for (size_t i = 0; i < 2 && !of->version; i++)
    of->version = number_of(attribute_of(data, length, times[i], "norm"), true);
  of->is_withdrawn = is_one_of(attribute_of(data, length, "docdata", "management-status"), withdrawn);
  struct span other_status = attribute_of(data, length, "docdata", "management-idref-status"),
              corrected = attribute_of(data, length, "correction", "id-string");
  bool is_other = other_status.length ? is_one_of(other_status, withdrawn) : of->is_withdrawn;
  of->corrects = corrected.length ? hash_of(corrected, 0) : 0;
  if (of->corrects == (id.length ? hash_of(id, 0) : 0)) of->corrects = 0;
  if (other.length && is_other) {
    id = other; /* the item withdraws another one */
    of->version = INPUT_VERSION_MAX;
    of->is_withdrawn = true;
  }
  of->id = id.length ? hash_of(id, 0) : 0;
  return of->id != 0;
}

/* ---- ninjs ------------------------------------------------------------------------------------------------------- */

/* The string or number of the object's own member with this name, in any case; escapes are not decoded. */
static struct span member_of(const char *data, size_t length, const char *name) {
  const char *at = data, *end = data + length;
  size_t depth = 0, size = strlen(name);
  struct span none = {0};
  while (at < end) {
    char c = *at++;
    depth += c == '{' || c == '[';
    if (depth && (c == '}' || c == ']')) depth--;
    if (c != '"') continue;
    const char *start = at;
    while (at < end && *at != '"') at += *at == '\\' ? 2 : 1;
    if (at >= end) return none;
    bool is_it = depth == 1 && (size_t)(at - start) == size && strncasecmp(start, name, size) == 0;
    at++;
    const char *value = at;
    while (value < end && strchr(" \t\r\n", *value)) value++;
    if (!is_it || value >= end || *value != ':') continue;
    for (value++; value < end && strchr(" \t\r\n", *value); value++) {
    }
    const char *stop = value;
    if (value < end && *value == '"') {
      for (stop = ++value; stop < end && *stop != '"'; stop += *stop == '\\' ? 2 : 1) {
      }
    } else {
      while (stop < end && *stop && !strchr(",}] \t\r\n{[", *stop)) stop++;
    }
    return stop < end && stop > value ? (struct span){.text = value, .length = (size_t)(stop - value)} : none;
  }
  return none;
}

bool input_is_ninjs(const char *data, size_t length) {
  static const char *const marks[] = {"versionCreated", "pubStatus",    "body_text", "body_xhtml",
                                      "bodies",         "firstCreated", NULL};
  if (!length || !member_of(data, length, "uri").text) return false;
  for (size_t i = 0; marks[i]; i++)
    if (member_of(data, length, marks[i]).text) return true;
  return false;
}

bool input_revision_ninjs(const char *data, size_t length, struct input_revision_of *of) {
  static const char *const times[] = {"versionCreated", "contentCreated", "firstCreated"};
  struct span id = member_of(data, length, "uri");
  of->version = number_of(member_of(data, length, "version"), false);
  for (size_t i = 0; i < 3 && !of->version; i++) of->version = number_of(member_of(data, length, times[i]), true);
  of->is_withdrawn = is_one_of(member_of(data, length, "pubStatus"), withdrawn);
  of->id = id.length ? hash_of(id, 0) : 0;
  return of->id != 0;
}
