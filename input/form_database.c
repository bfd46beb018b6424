/* SPDX-License-Identifier: MIT
 * Forms of database exports and of mail. */
#include <string.h>

#include "charset.h"
#include "database.h"
#include "form.h"
#include "html.h"
#include "mail.h"
#include "stance/base/error.h"

static const char *const text_endings[] = {".txt", NULL}, *const html_endings[] = {".html", ".htm", NULL},
                         *const nexis_endings[] = {".docx", ".txt", NULL},
                         *const mail_endings[] = {".eml", ".mbox", NULL};

/* ---- databases --------------------------------------------------------------------------------------------------- */

static enum stance_status parse_with(database_parse *parse, const struct input_item *raw, struct stance_arena *arena,
                                     struct input_article *out, struct stance_error *error) {
  struct agency_item item = {0};
  const char *data = raw->data;
  size_t length = raw->length;
  struct input_decoded decoded = {0};
  STANCE_TRY(input_charset_decode(NULL, &data, &length, arena, &decoded, error));
  STANCE_TRY(parse(data, length, arena, &item, error));
  out->article = item.article;
  decoded.is_cut = raw->is_last && item.is_unfinished;
  input_form_note(out, &decoded, arena);
  if (!item.article.text && !item.article.title) return stance_fail(error, STANCE_INPUT, "no article in the document");
  return STANCE_OK;
}

#define ROW(variable, name_, title_, endings_, has_tags_, is_mine, scan_, parse_, blank)                     \
  static enum input_claim claim_##variable(const struct input_start *start) {                                \
    return is_mine(start->data, start->length) ? INPUT_SURE : INPUT_NOT_MINE;                                \
  }                                                                                                          \
  static enum stance_status next_##variable(struct input_stream *stream, struct input_item *item, bool *has, \
                                            struct stance_error *error) {                                    \
    return next_document(stream, scan_, blank, item, has, error);                                            \
  }                                                                                                          \
  static enum stance_status parse_##variable(const struct input_item *item, struct stance_arena *arena,      \
                                             struct input_article *out, struct stance_error *error) {        \
    return parse_with(parse_, item, arena, out, error);                                                      \
  }                                                                                                          \
  const struct input_form input_form_##variable = {.name = name_,                                            \
                                                   .title = title_,                                          \
                                                   .endings = endings_,                                      \
                                                   .has_tags = has_tags_,                                    \
                                                   .claim = claim_##variable,                                \
                                                   .next = next_##variable,                                  \
                                                   .parse = parse_##variable};

typedef bool cover_test(const char *data, size_t length);

/* Whether the text is only blanks, form feeds and byte order marks. */
static bool is_blank(const char *data, size_t length) {
  for (size_t i = 0; i < length; i++)
    if (!data[i] || !strchr(" \t\r\n\f\xef\xbb\xbf", data[i])) return false;
  return true;
}

/* The next document, skipping a cover before the first one and a rule of underscores at the end. */
static enum stance_status next_document(struct input_stream *stream, input_scan *scan, cover_test *is_cover,
                                        struct input_item *item, bool *has, struct stance_error *error) {
  do STANCE_TRY(input_stream_record(stream, scan, item, has, error));
  while (*has && is_cover(item->data, item->length));
  return STANCE_OK;
}

ROW(nexis_text, "nexis", "LexisNexis text", text_endings, false, database_is_nexis_text, database_scan_nexis_text,
    database_nexis_text, is_blank)
ROW(nexis_uni, "nexis-uni", "Nexis Uni", nexis_endings, false, database_is_nexis_uni, database_scan_nexis_uni,
    database_nexis_uni, is_blank)
ROW(proquest, "proquest", "ProQuest text", text_endings, false, database_is_proquest, database_scan_proquest,
    database_proquest, database_is_proquest_cover)
ROW(nexis_html, "nexis-html", "LexisNexis HTML", html_endings, true, database_is_nexis_html, database_scan_nexis_html,
    database_nexis_html, is_blank)
ROW(factiva_html, "factiva-html", "Factiva HTML", html_endings, true, database_is_factiva_html,
    database_scan_factiva_html, database_factiva_html, is_blank)
ROW(europresse, "europresse", "Europresse HTML", html_endings, true, database_is_europresse, database_scan_europresse,
    database_europresse, is_blank)

/* ---- mail -------------------------------------------------------------------------------------------------------- */

static enum input_claim mail_claim(const struct input_start *start) {
  if (mail_is(start->data, start->length)) return INPUT_SURE;
  return input_has_ending(start->path, mail_endings) ? INPUT_BY_ENDING : INPUT_NOT_MINE;
}

static enum stance_status mail_next(struct input_stream *stream, struct input_item *item, bool *has,
                                    struct stance_error *error) {
  return input_stream_record(stream, mail_scan, item, has, error);
}

static enum stance_status mail_parse(const struct input_item *item, struct stance_arena *arena,
                                     struct input_article *out, struct stance_error *error) {
  struct input_decoded decoded = {0};
  bool is_html;
  STANCE_TRY(mail_article(item->data, item->length, arena, &out->article, &is_html, &decoded, error));
  input_form_note(out, &decoded, arena);
  out->has_lines = !is_html;
  return STANCE_OK;
}

const struct input_form input_form_mail = {.name = "mail",
                                           .title = "mail",
                                           .endings = mail_endings,
                                           .claim = mail_claim,
                                           .next = mail_next,
                                           .parse = mail_parse};
