/* SPDX-License-Identifier: MIT
 * Forms of XML: which root element belongs to which form, cutting a file into items, and parsing an item. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "agency.h"
#include "charset.h"
#include "form.h"
#include "stance/base/error.h"
#include "stance/base/hash.h"

enum { ROOT_MAX = 40, HEAD_BYTES = XML_PROLOG_MAX };

/* A root element, its form, and the element of its items. */
struct xml_form {
  const char *root;
  const struct input_form *form;
  const char *element;
  input_scan *scan;
  agency_parse *parse;
};

#define SCANS(function, element)                                                       \
  static bool function(const char *data, size_t length, size_t *at, unsigned *state) { \
    return xml_scan_element(element, data, length, at, state);                         \
  }
SCANS(scan_news_item, "newsItem")
SCANS(scan_package, "packageItem")
SCANS(scan_content, "contentSet")
SCANS(scan_newsml, "NewsItem")
SCANS(scan_nitf, "nitf")
SCANS(scan_rcv1, "newsitem")
SCANS(scan_reuters, "REUTERS")
SCANS(scan_doc, "DOC")
SCANS(scan_item, "item")
SCANS(scan_entry, "entry")
SCANS(scan_article, "article")

static const struct xml_form roots[] = {
    {"newsItem", &input_form_newsml_g2, "newsItem", scan_news_item, agency_newsml_g2},
    {"newsMessage", &input_form_newsml_g2, "newsItem", scan_news_item, agency_newsml_g2},
    {"packageItem", &input_form_newsml_g2, "packageItem", scan_package, agency_newsml_g2},
    {"contentSet", &input_form_newsml_g2, "contentSet", scan_content, agency_newsml_g2},
    {"NewsML", &input_form_newsml, "NewsItem", scan_newsml, agency_newsml},
    {"nitf", &input_form_nitf, "nitf", scan_nitf, agency_nitf},
    {"newsitem", &input_form_rcv1, "newsitem", scan_rcv1, agency_rcv1},
    {"REUTERS", &input_form_reuters, "REUTERS", scan_reuters, agency_reuters},
    {"DOC", &input_form_ldc, "DOC", scan_doc, agency_ldc},
    {"rss", &input_form_rss, "item", scan_item, agency_rss},
    {"RDF", &input_form_rss, "item", scan_item, agency_rss},
    {"feed", &input_form_atom, "entry", scan_entry, agency_atom},
    {"entry", &input_form_atom, "entry", scan_entry, agency_atom},
    {"PPSResponse", &input_form_factiva_xml, "article", scan_article, agency_factiva},
    {"ppsArticleResponse", &input_form_factiva_xml, "article", scan_article, agency_factiva},
    {"ppsarticleResultSet", &input_form_factiva_xml, "article", scan_article, agency_factiva},
    {"ppsarticle", &input_form_factiva_xml, "article", scan_article, agency_factiva},
    {"articleResultSet", &input_form_factiva_xml, "article", scan_article, agency_factiva},
};

/* Data of a file that all its items share. */
struct about {
  const struct xml_form *root;
  const char *charset; /* of the XML declaration; NULL: none */
  struct agency_feed feed;
};

static const struct xml_form *find_root(const char *data, size_t length) {
  char name[ROOT_MAX];
  if (!xml_root_name(data, length, name, sizeof name)) return NULL;
  for (size_t i = 0; i < sizeof roots / sizeof *roots; i++)
    if (strcmp(roots[i].root, name) == 0) return &roots[i];
  static const char number[] = "<accessionNo"; /* Factiva in the envelope of one of its services */
  bool is_factiva = memmem(data, length, number, sizeof number - 1) != NULL;
  return is_factiva ? &roots[sizeof roots / sizeof *roots - 1] : NULL;
}

static enum input_claim claim_for(const struct input_form *form, const struct input_start *start) {
  const struct xml_form *root = find_root(start->data, start->length);
  return root && root->form == form ? INPUT_SURE : INPUT_NOT_MINE;
}

/* ---- the file ---------------------------------------------------------------------------------------------------- */

/* The title and the language of a feed, from what stands before its first item. */
static enum stance_status read_feed(const char *data, size_t length, const struct xml_form *root,
                                    struct stance_arena *arena, struct agency_feed *feed, struct stance_error *error) {
  static const char *const titles[] = {"rss/channel/title", "RDF/channel/title", "feed/title", NULL};
  static const char *const languages[] = {"rss/channel/language", "RDF/channel/language", NULL};
  struct xml xml;
  struct stance_error ignored;
  const char *first = xml_element_start(root->element, data, length);
  if (xml_parse(data, first ? (size_t)(first - data) : length, arena, &xml, &ignored) != STANCE_OK) return STANCE_OK;
  (void)error;
  feed->title = agency_first_line(&xml, 0, titles, arena);
  feed->language = agency_first_line(&xml, 0, languages, arena);
  uint32_t node = xml_find(&xml, 0, "feed");
  if (!feed->language && node) feed->language = xml_attribute(&xml, node, "xml:lang");
  return STANCE_OK;
}

/* The encoding that the XML declaration names; NULL: none, or UTF-8 or UTF-16, which the bytes tell themselves. */
static const char *declared_charset(const char *data, size_t length, struct stance_arena *arena) {
  const char *end =
      length > 5 && memcmp(data, "<?xml", 5) == 0 ? memmem(data, length < 200 ? length : 200, "?>", 2) : NULL;
  const char *at = end ? memmem(data, (size_t)(end - data), "encoding=", 9) : NULL;
  if (!at) return NULL;
  at += 10;
  size_t size = 0;
  while (at + size < end && at[size] != '"' && at[size] != '\'') size++;
  return size && strncasecmp(at, "utf", 3) != 0 ? stance_arena_copy(arena, at, size) : NULL;
}

/* The first bytes, up to the root element behind a long comment or document type. */
static enum stance_status peek_head(struct input_stream *stream, const char **data, size_t *length,
                                    struct stance_error *error) {
  STANCE_TRY(input_bytes_peek(stream->bytes, INPUT_START_BYTES, data, length, error));
  return xml_is_prolog(*data, *length) ? input_bytes_peek(stream->bytes, HEAD_BYTES, data, length, error) : STANCE_OK;
}

static enum stance_status begin(struct input_stream *stream, struct stance_error *error) {
  const char *data;
  size_t length;
  struct input_source *source = stream->source;
  struct about *about = stance_arena_zalloc(&source->arena, 1, sizeof *about);
  if (!about) return stance_fail_memory(error);
  STANCE_TRY(peek_head(stream, &data, &length, error));
  about->root = find_root(data, length);
  if (!about->root) { /* the user named this form */
    for (size_t i = 0; !about->root && i < sizeof roots / sizeof *roots; i++)
      if (roots[i].form == source->form) about->root = &roots[i];
  }
  about->charset = declared_charset(data, length, &source->arena);
  if (about->root->form == &input_form_rss || about->root->form == &input_form_atom) {
    bool is_short = !xml_element_start(about->root->element, data, length);
    if (is_short) STANCE_TRY(input_bytes_peek(stream->bytes, HEAD_BYTES, &data, &length, error));
    STANCE_TRY(read_feed(data, length, about->root, &source->arena, &about->feed, error));
  }
  source->about = about;
  const char *const read[] = {about->feed.title, about->feed.language};
  for (size_t i = 0; i < 2; i++)
    if (read[i]) source->header = stance_hash_combine(source->header + i, stance_hash(read[i], strlen(read[i])));
  return STANCE_OK;
}

/* The next item, without the bytes before it. */
static enum stance_status next(struct input_stream *stream, struct input_item *item, bool *has,
                               struct stance_error *error) {
  const struct about *about = stream->source->about;
  for (;;) {
    STANCE_TRY(input_stream_record(stream, about->root->scan, item, has, error));
    if (!*has) return STANCE_OK;
    const char *start = xml_element_start(about->root->element, item->data, item->length);
    if (start) {
      for (const char *at = item->data; at < start; at++) item->line += *at == '\n';
      item->length -= (size_t)(start - item->data);
      item->data = start;
      return STANCE_OK;
    }
    if (stream->count > 1) continue; /* the rest after the last item */
    *has = false;
    return stance_fail_at(error, STANCE_INPUT, stream->source->path, 0, 0, "no <%s> in the file", about->root->element);
  }
}

/* ---- an item ----------------------------------------------------------------------------------------------------- */

static enum stance_status parse(const struct input_item *raw, struct stance_arena *arena, struct input_article *out,
                                struct stance_error *error) {
  const struct about *about = raw->source->about;
  struct agency_item item = {0};
  struct xml xml;
  const char *data = raw->data;
  size_t length = raw->length;
  struct input_decoded decoded = {0};
  STANCE_TRY(input_charset_decode(about->charset, &data, &length, arena, &decoded, error));
  STANCE_TRY(xml_parse(data, length, arena, &xml, error));
  if (xml.count < 2 || !xml.nodes[1].local)
    return stance_fail(error, STANCE_INPUT, "no <%s> in the item", about->root->element);
  if (xml.unclosed) return stance_fail(error, STANCE_INPUT, "the file ends within <%.40s>", xml.unclosed);
  STANCE_TRY(about->root->parse(&xml, 1, &about->feed, arena, &item, error));
  out->article = item.article;
  input_form_note(out, &decoded, arena);
  out->is_withdrawn = item.status != NULL;
  out->is_no_post = item.is_no_post != NULL;
  if (item.is_no_post) input_note(&out->notes, INPUT_NOTE_NO_POST, 1, item.is_no_post, arena);
  bool is_wanted = !out->is_withdrawn && raw->fate == INPUT_REVISION_LATEST;
  if (is_wanted && !item.article.text && item.reason) return stance_fail(error, STANCE_INPUT, "%s", item.reason);
  return STANCE_OK;
}

/* ---- the table's rows -------------------------------------------------------------------------------------------- */

static const char *const endings[] = {".xml", NULL}, *const g2_endings[] = {".xml", ".newsml", NULL},
                         *const nitf_endings[] = {".xml", ".nitf", NULL},
                         *const rss_endings[] = {".rss", ".xml", ".rdf", NULL},
                         *const atom_endings[] = {".atom", ".xml", NULL},
                         *const sgml_endings[] = {".sgm", ".sgml", NULL};

#define ROW(variable, name_, title_, endings_, revision_)                     \
  static enum input_claim claim_##variable(const struct input_start *start) { \
    return claim_for(&input_form_##variable, start);                          \
  }                                                                           \
  const struct input_form input_form_##variable = {.name = name_,             \
                                                   .title = title_,           \
                                                   .endings = endings_,       \
                                                   .has_tags = true,          \
                                                   .claim = claim_##variable, \
                                                   .begin = begin,            \
                                                   .revision = revision_,     \
                                                   .next = next,              \
                                                   .parse = parse};
ROW(newsml_g2, "newsml-g2", "NewsML-G2", g2_endings, input_revision_newsml_g2)
ROW(newsml, "newsml", "NewsML 1.2", g2_endings, input_revision_newsml)
ROW(nitf, "nitf", "NITF", nitf_endings, input_revision_nitf)
ROW(rcv1, "rcv1", "Reuters Corpus Volume 1", endings, NULL)
ROW(reuters, "reuters", "Reuters-21578", sgml_endings, NULL)
ROW(ldc, "ldc", "LDC or TREC", sgml_endings, NULL)
ROW(rss, "rss", "RSS", rss_endings, NULL)
ROW(atom, "atom", "Atom", atom_endings, NULL)
ROW(factiva_xml, "factiva-xml", "Factiva XML", endings, NULL)

/* Claims XML with an unknown root, to refuse it. */
static enum input_claim xml_claim(const struct input_start *start) {
  char name[ROOT_MAX] = "";
  bool is_named = xml_root_name(start->data, start->length, name, sizeof name);
  if (is_named && strcasecmp(name, "html") == 0) return INPUT_NOT_MINE;
  const char *end = start->data + start->length, *at = input_skip_space(start->data, end);
  bool is_xml = end - at > 5 && memcmp(at, "<?xml", 5) == 0;
  if (!is_xml && is_named) { /* without a declaration: the root is closed, or has a namespace */
    char close[ROOT_MAX + 2];
    snprintf(close, sizeof close, "</%s", name);
    const char *tag = memchr(at, '>', (size_t)(end - at));
    is_xml =
        memmem(at, (size_t)(end - at), close, strlen(close)) || (tag && memmem(at, (size_t)(tag - at), " xmlns", 6));
  }
  return input_has_ending(start->path, endings) ? INPUT_BY_ENDING : is_xml ? INPUT_LIKELY : INPUT_NOT_MINE;
}

static enum stance_status xml_refuse(struct input_stream *stream, struct stance_error *error) {
  const char *data;
  size_t length;
  char name[ROOT_MAX] = "";
  STANCE_TRY(peek_head(stream, &data, &length, error));
  if (!xml_root_name(data, length, name, sizeof name))
    return stance_fail_at(error, STANCE_INPUT, stream->source->path, 0, 0, "no root element begins here; expected XML");
  return stance_fail_at(error, STANCE_INPUT, stream->source->path, 0, 0,
                        "XML with the root element <%s> is none that is read; expected NewsML-G2, NewsML, NITF, RSS, "
                        "Atom, RCV1 or Factiva XML",
                        name);
}

const struct input_form input_form_xml = {.name = "xml",
                                          .title = "other XML",
                                          .endings = endings,
                                          .claim = xml_claim,
                                          .begin = xml_refuse,
                                          .next = next,
                                          .parse = parse};
