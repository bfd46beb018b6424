/* SPDX-License-Identifier: MIT
 * NewsML-G2 (IPTC, guidelines 2.35), NewsML 1.2, NITF 3.x, and the two Reuters corpora. */
#include "agency.h"

#include <string.h>
#include <strings.h>

#include "html.h"
#include "stance/base/error.h"

enum stance_status agency_take_text(struct stance_buffer *text, struct stance_arena *arena, struct agency_item *item,
                                    struct stance_error *error) {
  while (text->length && text->data[text->length - 1] == '\n') text->length--;
  if (text->length) {
    item->article.text = stance_arena_copy(arena, text->data, text->length);
    item->article.text_length = text->length;
  }
  bool is_out = text->failed || (text->length && !item->article.text);
  stance_buffer_free(text);
  return is_out ? stance_fail_memory(error) : STANCE_OK;
}

char *agency_first_line(const struct xml *xml, uint32_t node, const char *const *paths, struct stance_arena *arena) {
  for (; *paths; paths++) {
    uint32_t found = xml_find(xml, node, *paths);
    char *line = found ? xml_line(xml, found, arena) : NULL;
    if (line) return line;
  }
  return NULL;
}

static const char *attribute_at(const struct xml *xml, uint32_t node, const char *path, const char *name) {
  uint32_t found = xml_find(xml, node, path);
  const char *value = found ? xml_attribute(xml, found, name) : NULL;
  return value && *value ? value : NULL;
}

/* "stat:canceled" -> "canceled" */
static const char *code_of(const char *qcode) {
  const char *colon = qcode ? strrchr(qcode, ':') : NULL;
  return colon ? colon + 1 : qcode;
}

static const char *withdrawn(const char *status) {
  static const char *const words[] = {"canceled", "cancelled", "withheld", "killed", "kill", "withdrawn", NULL};
  for (size_t i = 0; status && words[i]; i++)
    if (strcasecmp(status, words[i]) == 0) return words[i];
  return NULL;
}

/* ---- NITF -------------------------------------------------------------------------------------------------------- */

static bool is_class(const struct xml *xml, uint32_t node, const char *word) {
  const char *name = xml_attribute(xml, node, "class");
  return name && strcmp(name, word) == 0;
}

/* Appends the text of body.content; in the Times' corpus only the block full_text, as lead_paragraph repeats its
 * start. */
static void nitf_text(const struct xml *xml, uint32_t node, struct stance_buffer *out) {
  uint32_t content = xml_find(xml, node, "**/body.content"), full = XML_NONE;
  if (!content) return;
  for (uint32_t i = content + 1; i <= xml->nodes[content].last; i = xml->nodes[i].last + 1)
    if (xml->nodes[i].local && is_class(xml, i, "full_text")) full = i;
  size_t start = out->length;
  xml_paragraphs(xml, full ? full : content, out);
  static const char lead[] = "LEAD: "; /* before the first paragraph, in the Times' corpus up to 1990 */
  size_t size = sizeof lead - 1;
  if (!full || out->length < start + size || memcmp(out->data + start, lead, size) != 0) return;
  memmove(out->data + start, out->data + start + size, out->length - start - size);
  out->length -= size;
}

static char *nitf_headline(const struct xml *xml, uint32_t node, struct stance_arena *arena) {
  static const char *const paths[] = {"**/hedline/hl1", "**/hedline", "head/title", NULL};
  return agency_first_line(xml, node, paths, arena);
}

enum stance_status agency_nitf(const struct xml *xml, uint32_t node, const struct agency_feed *feed,
                               struct stance_arena *arena, struct agency_item *item, struct stance_error *error) {
  (void)feed;
  struct stance_article *article = &item->article;
  uint32_t data = xml_find(xml, node, "head/docdata");
  article->id = attribute_at(xml, node, "head/docdata/doc-id", "id-string");
  article->date = attribute_at(xml, node, "head/docdata/date.issue", "norm");
  if (!article->date) article->date = attribute_at(xml, node, "head/pubdata", "date.publication");
  if (!article->date) article->date = attribute_at(xml, node, "head/docdata/date.release", "norm");
  article->outlet = attribute_at(xml, node, "head/pubdata", "name");
  if (!article->outlet) article->outlet = attribute_at(xml, node, "head/docdata/doc.copyright", "holder");
  article->url = attribute_at(xml, node, "head/pubdata", "ex-ref");
  article->lang = xml_attribute(xml, node, "xml:lang");
  article->title = nitf_headline(xml, node, arena);
  item->status = data ? withdrawn(xml_attribute(xml, data, "management-status")) : NULL;
  if (data && !item->status) item->status = withdrawn(xml_attribute(xml, data, "management-idref-status"));
  item->version = attribute_at(xml, node, "head/docdata/du-key", "version");
  struct stance_buffer text = {0};
  nitf_text(xml, node, &text);
  return agency_take_text(&text, arena, item, error);
}

/* ---- NewsML-G2 --------------------------------------------------------------------------------------------------- */

/* Appends the content of an item: NITF, XHTML, or text. */
static enum stance_status inline_text(const struct xml *xml, uint32_t content, struct stance_arena *arena,
                                      struct stance_buffer *out, struct stance_error *error) {
  uint32_t data = xml_find(xml, content, "inlineData");
  const char *type = data ? xml_attribute(xml, data, "contenttype") : NULL;
  if (xml_find(xml, content, "**/body.content")) nitf_text(xml, content, out);
  else if (xml_find(xml, content, "inlineXML")) xml_paragraphs(xml, xml_find(xml, content, "inlineXML"), out);
  else if (data && type && strcasestr(type, "html")) {
    struct stance_buffer raw = {0};
    char *text;
    size_t length;
    xml_text(xml, data, &raw);
    enum stance_status status =
        raw.failed ? stance_fail_memory(error)
                   : input_html_text(raw.length ? raw.data : "", raw.length, arena, &text, &length, error);
    if (status == STANCE_OK) stance_buffer_append(out, text, length);
    stance_buffer_free(&raw);
    return status;
  } else if (data && !xml_attribute(xml, data, "encoding")) { /* not in base64 */
    xml_text(xml, data, out);
  }
  return STANCE_OK;
}

enum stance_status agency_newsml_g2(const struct xml *xml, uint32_t node, const struct agency_feed *feed,
                                    struct stance_arena *arena, struct agency_item *item, struct stance_error *error) {
  static const char *const dates[] = {"contentMeta/contentCreated", "itemMeta/firstCreated", "itemMeta/versionCreated",
                                      NULL};
  static const char *const titles[] = {"contentMeta/headline", "**/hedline/hl1", "itemMeta/title", "**/html/head/title",
                                       NULL};
  static const char *const outlets[] = {"itemMeta/provider/name", "contentMeta/infoSource/name", NULL};
  static const char *const holders[] = {"rightsInfo/copyrightHolder/name", NULL};
  struct stance_article *article = &item->article;
  (void)feed;
  article->id = xml_attribute(xml, node, "guid");
  item->version = xml_attribute(xml, node, "version");
  article->date = agency_first_line(xml, node, dates, arena);
  article->title = agency_first_line(xml, node, titles, arena);
  article->outlet = agency_first_line(xml, node, outlets, arena);
  if (!article->outlet) article->outlet = attribute_at(xml, node, "itemMeta/provider", "literal");
  if (!article->outlet) article->outlet = code_of(attribute_at(xml, node, "itemMeta/provider", "qcode"));
  if (!article->outlet) article->outlet = agency_first_line(xml, node, holders, arena);
  article->lang = attribute_at(xml, node, "contentMeta/language", "tag");
  if (!article->lang) article->lang = xml_attribute(xml, node, "xml:lang");
  item->status = withdrawn(code_of(attribute_at(xml, node, "itemMeta/pubStatus", "qcode")));
  if (strcmp(xml->nodes[node].local, "packageItem") == 0) {
    item->reason = "a package names its items and has no text of its own";
    return STANCE_OK;
  }
  uint32_t content = strcmp(xml->nodes[node].local, "contentSet") == 0 ? node : xml_find(xml, node, "contentSet");
  struct stance_buffer text = {0};
  if (content) STANCE_TRY(inline_text(xml, content, arena, &text, error));
  STANCE_TRY(agency_take_text(&text, arena, item, error));
  if (article->text) return STANCE_OK;
  const char *class = code_of(attribute_at(xml, node, "itemMeta/itemClass", "qcode"));
  bool is_alert = article->title && (!class || strcmp(class, "text") == 0); /* an alert: a headline without a story */
  if (class && strcmp(class, "text") != 0)
    item->reason = stance_arena_format(arena, "the item is of class '%.20s', not text", class);
  else if (content && xml_find(xml, content, "remoteContent"))
    item->reason = "its content is in another file (remoteContent)";
  else if (!is_alert) item->reason = "the item has no content";
  return STANCE_OK;
}

/* ---- NewsML 1.2 -------------------------------------------------------------------------------------------------- */

enum stance_status agency_newsml(const struct xml *xml, uint32_t node, const struct agency_feed *feed,
                                 struct stance_arena *arena, struct agency_item *item, struct stance_error *error) {
  static const char *const ids[] = {"Identification/NewsIdentifier/PublicIdentifier",
                                    "Identification/NewsIdentifier/NewsItemId", NULL};
  static const char *const dates[] = {"NewsManagement/FirstCreated", "NewsManagement/ThisRevisionCreated",
                                      "Identification/NewsIdentifier/DateId", NULL};
  static const char *const titles[] = {"**/NewsLines/HeadLine", "**/hedline/hl1", NULL};
  struct stance_article *article = &item->article;
  (void)feed;
  article->id = agency_first_line(xml, node, ids, arena);
  article->date = agency_first_line(xml, node, dates, arena);
  article->title = agency_first_line(xml, node, titles, arena);
  article->outlet = attribute_at(xml, node, "**/AdministrativeMetadata/Provider/Party", "FormalName");
  if (!article->outlet)
    article->outlet = attribute_at(xml, node, "**/AdministrativeMetadata/Source/Party", "FormalName");
  static const char *const providers[] = {"Identification/NewsIdentifier/ProviderId", NULL};
  if (!article->outlet) article->outlet = agency_first_line(xml, node, providers, arena);
  article->lang = attribute_at(xml, node, "**/DescriptiveMetadata/Language", "FormalName");
  if (!article->lang) article->lang = xml_attribute(xml, node, "xml:lang");
  static const char *const revisions[] = {"Identification/NewsIdentifier/RevisionId", NULL};
  item->version = agency_first_line(xml, node, revisions, arena);
  item->status = withdrawn(attribute_at(xml, node, "NewsManagement/Status", "FormalName"));
  struct stance_buffer text = {0};
  uint32_t content = xml_find(xml, node, "**/DataContent");
  if (content && xml_find(xml, content, "**/body.content")) nitf_text(xml, content, &text);
  else if (content) xml_paragraphs(xml, content, &text);
  else item->reason = "the item has no DataContent";
  return agency_take_text(&text, arena, item, error);
}

/* ---- Reuters ----------------------------------------------------------------------------------------------------- */

enum stance_status agency_rcv1(const struct xml *xml, uint32_t node, const struct agency_feed *feed,
                               struct stance_arena *arena, struct agency_item *item, struct stance_error *error) {
  static const char *const titles[] = {"headline", "title", NULL};
  struct stance_article *article = &item->article;
  (void)feed;
  article->id = xml_attribute(xml, node, "itemid");
  article->date = xml_attribute(xml, node, "date");
  article->lang = xml_attribute(xml, node, "xml:lang");
  article->title = agency_first_line(xml, node, titles, arena);
  uint32_t copyright = xml_find(xml, node, "copyright"), body = xml_find(xml, node, "text");
  const char *holder = copyright ? xml_line(xml, copyright, arena) : NULL;
  if (holder && strstr(holder, "Reuters")) article->outlet = "Reuters";
  struct stance_buffer text = {0};
  if (body) xml_paragraphs(xml, body, &text);
  return agency_take_text(&text, arena, item, error);
}

/* Appends the paragraphs of a Reuters-21578 body: a line with three or more leading spaces starts a paragraph; "Reuter"
 * ends the story. */
static void sgml_paragraphs(const char *body, struct stance_buffer *out) {
  bool is_new = true;
  while (*body) {
    size_t length = strcspn(body, "\n"), blank = strspn(body, " \t"), end = length;
    while (end > blank && (body[end - 1] == ' ' || body[end - 1] == '\r')) end--;
    size_t words = blank < end ? end - blank : 0;
    bool is_last = words == 6 && strncasecmp(body + blank, "reuter", 6) == 0;
    if (words && !is_last) {
      if (out->length) stance_buffer_putc(out, is_new || blank >= 3 ? '\n' : ' ');
      stance_buffer_append(out, body + blank, words);
    }
    is_new = !words;
    body += length + (body[length] == '\n');
  }
}

enum stance_status agency_reuters(const struct xml *xml, uint32_t node, const struct agency_feed *feed,
                                  struct stance_arena *arena, struct agency_item *item, struct stance_error *error) {
  struct stance_article *article = &item->article;
  struct stance_buffer raw = {0}, text = {0};
  (void)feed;
  article->id = xml_attribute(xml, node, "NEWID");
  article->outlet = "Reuters";
  uint32_t date = xml_find(xml, node, "DATE"), body = xml_find(xml, node, "TEXT"),
           title = body ? xml_find(xml, body, "TITLE") : XML_NONE;
  article->date = date ? xml_line(xml, date, arena) : NULL;
  article->title = title ? xml_line(xml, title, arena) : NULL;
  const char *type = body ? xml_attribute(xml, body, "TYPE") : NULL;
  uint32_t inner = body ? xml_find(xml, body, "BODY") : XML_NONE;
  if (inner) xml_text(xml, inner, &raw);
  else if (type && strcmp(type, "UNPROC") == 0) xml_text(xml, body, &raw);
  if (raw.failed) {
    stance_buffer_free(&raw);
    return stance_fail_memory(error);
  }
  if (raw.length) sgml_paragraphs(raw.data, &text);
  stance_buffer_free(&raw);
  return agency_take_text(&text, arena, item, error);
}

/* ---- LDC, TREC --------------------------------------------------------------------------------------------------- */

/* The day in an id: "NYT_ENG_19940701.0001", and "AP880212-0001" of the nineteen hundreds. NULL: none. */
static const char *day_in_id(const char *id, struct stance_arena *arena) {
  for (const char *at = id; *at; at += strspn(at, "0123456789")) {
    at += strcspn(at, "0123456789");
    size_t digits = strspn(at, "0123456789");
    bool is_short = digits == 6 && at[6] == '-';
    if (digits != 8 && !is_short) continue;
    const char *year = is_short ? "19" : "";
    size_t rest = is_short ? 2 : 4;
    return stance_arena_format(arena, "%s%.*s-%.2s-%.2s", year, (int)rest, at, at + rest, at + rest + 2);
  }
  return NULL;
}

enum stance_status agency_ldc(const struct xml *xml, uint32_t node, const struct agency_feed *feed,
                              struct stance_arena *arena, struct agency_item *item, struct stance_error *error) {
  static const char *const ids[] = {"DOCNO", "DOCID", NULL}, *const dates[] = {"DATE_TIME", "DATETIME", "DATE", NULL},
                           *const titles[] = {"HEADLINE", "HEAD", "TITLE", "HL", "BODY/HEADLINE", NULL};
  struct stance_article *article = &item->article;
  struct stance_buffer raw = {0}, text = {0};
  (void)feed;
  article->id = xml_attribute(xml, node, "id");
  if (!article->id) article->id = agency_first_line(xml, node, ids, arena);
  article->date = article->id ? day_in_id(article->id, arena) : NULL;
  if (!article->date) article->date = agency_first_line(xml, node, dates, arena);
  article->title = agency_first_line(xml, node, titles, arena);
  size_t letters = article->id ? strcspn(article->id, "_0123456789-. ") : 0;
  if (letters) article->outlet = stance_arena_copy(arena, article->id, letters);
  for (uint32_t i = node + 1; i <= xml->nodes[node].last; i++) {
    if (!xml->nodes[i].local || strcmp(xml->nodes[i].local, "TEXT") != 0) continue;
    uint32_t last = xml->nodes[i].last;
    bool has_paragraphs = false;
    for (uint32_t p = i + 1; p <= last; p++) {
      if (!xml->nodes[p].local || strcmp(xml->nodes[p].local, "P") != 0) continue;
      const char *line = xml_line(xml, p, arena);
      has_paragraphs = true;
      if (line) stance_buffer_printf(&text, "%s\n", line);
      p = xml->nodes[p].last;
    }
    if (!has_paragraphs) xml_text(xml, i, &raw);
    i = last;
  }
  if (raw.length && !raw.failed) sgml_paragraphs(raw.data, &text);
  text.failed |= raw.failed;
  stance_buffer_free(&raw);
  return agency_take_text(&text, arena, item, error);
}
