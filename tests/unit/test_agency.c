/* SPDX-License-Identifier: MIT
 * Items of agencies, archives, feeds, databases, crawls and mail: which article they become. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <zlib.h>

#include "input/agency.h"
#include "input/database.h"
#include "input/day_in_text.h"
#include "input/mail.h"
#include "input/warc.h"

static struct stance_arena arena;
static struct stance_error error;
static struct agency_item item;

static const struct stance_article *read_xml(agency_parse *parse, const char *element, const char *data) {
  static const struct agency_feed feed = {"Example Wire", "en"};
  struct xml xml;
  item = (struct agency_item){0};
  cr_assert_eq(xml_parse(data, strlen(data), &arena, &xml, &error), STANCE_OK, "%s", error.message);
  char path[64];
  snprintf(path, sizeof path, "**/%s", element);
  uint32_t node = xml_find(&xml, 0, path);
  cr_assert_neq(node, XML_NONE);
  cr_assert_eq(parse(&xml, node, &feed, &arena, &item, &error), STANCE_OK);
  return &item.article;
}

static const struct stance_article *read_document(database_parse *parse, const char *data) {
  item = (struct agency_item){0};
  cr_assert_eq(parse(data, strlen(data), &arena, &item, &error), STANCE_OK);
  return &item.article;
}

#define expect(article, id_, date_, title_, outlet_, lang_, text_)                                                 \
  do {                                                                                                             \
    const struct stance_article *got = (article);                                                                  \
    const char *wanted[] = {id_, date_, title_, outlet_, lang_, text_};                                            \
    const char *has[] = {got->id, got->date, got->title, got->outlet, got->lang, got->text};                       \
    for (int field = 0; field < 6; field++) {                                                                      \
      if (!wanted[field]) cr_expect_null(has[field], "field %d is '%s'", field, has[field]);                       \
      else cr_expect(has[field] && strcmp(wanted[field], has[field]) == 0, "field %d is '%s'", field, has[field]); \
    }                                                                                                              \
  } while (0)

#define MALI "Mali on Tuesday expelled the French ambassador and accused France of spying."
#define FRANCE "France condemned the decision and threatened Mali with sanctions."
#define INDIA "India thanked Japan for its support after the floods."

Test(agency, newsml_g2, .timeout = 60) {
  const char *start =
      "<newsItem xmlns=\"http://iptc.org/std/nar/2006-10-01/\" guid=\"urn:newsml:example.org:20240305:A1\" "
      "version=\"3\" xml:lang=\"en\">"
      "<itemMeta><itemClass qcode=\"ninat:text\"/><provider "
      "qcode=\"nprov:EXW\"/><versionCreated>2024-03-05T10:00:00Z</versionCreated>"
      "<pubStatus qcode=\"stat:%s\"/></itemMeta><contentMeta><headline>Mali expels French "
      "envoy</headline></contentMeta>"
      "<contentSet><inlineXML><html xmlns=\"http://www.w3.org/1999/xhtml\"><head><title>T</title></head><body>\n  "
      "<p>" MALI
      "</p>\n"
      "<p>" FRANCE "</p></body></html></inlineXML></contentSet></newsItem>";
  char data[2048];
  snprintf(data, sizeof data, start, "usable");
  expect(read_xml(agency_newsml_g2, "newsItem", data), "urn:newsml:example.org:20240305:A1", "2024-03-05T10:00:00Z",
         "Mali expels French envoy", "EXW", "en", MALI "\n" FRANCE);
  cr_expect_str_eq(item.version, "3");
  cr_expect_null(item.status);
  snprintf(data, sizeof data, start, "canceled");
  read_xml(agency_newsml_g2, "newsItem", data);
  cr_expect_str_eq(item.status, "canceled");
}

Test(agency, newsml_g2_says_why_there_is_no_text, .timeout = 60) {
  read_xml(agency_newsml_g2, "packageItem", "<packageItem guid=\"P\"><groupSet/></packageItem>");
  cr_expect_str_eq(item.reason, "a package names its items and has no text of its own");
  read_xml(agency_newsml_g2, "newsItem",
           "<newsItem guid=\"P\"><itemMeta><itemClass qcode=\"ninat:picture\"/></itemMeta></newsItem>");
  cr_expect_str_eq(item.reason, "the item is of class 'picture', not text");
  read_xml(agency_newsml_g2, "newsItem", "<newsItem guid=\"N1\"> ..... </newsItem>");
  cr_expect_str_eq(item.reason, "the item has no content");
}

Test(agency, newsml_1_2, .timeout = 60) {
  expect(read_xml(agency_newsml, "NewsItem",
                  "<NewsML><NewsItem "
                  "xml:lang=\"en\"><Identification><NewsIdentifier><ProviderId>example.org</"
                  "ProviderId><DateId>20240305</DateId>"
                  "<NewsItemId>A1</NewsItemId><RevisionId PreviousRevision=\"1\" "
                  "Update=\"N\">2</RevisionId><PublicIdentifier>urn:A1:2</PublicIdentifier>"
                  "</NewsIdentifier></Identification><NewsManagement><FirstCreated>20240305T100000Z</"
                  "FirstCreated><Status FormalName=\"Usable\"/>"
                  "</NewsManagement><NewsComponent><NewsLines><HeadLine>Mali expels French "
                  "envoy</HeadLine></NewsLines><AdministrativeMetadata>"
                  "<Provider><Party FormalName=\"Example "
                  "Wire\"/></Provider></AdministrativeMetadata><DescriptiveMetadata><Language FormalName=\"en\"/>"
                  "</DescriptiveMetadata><ContentItem><DataContent><p>" MALI "</p><p>" FRANCE
                  "</p></DataContent></ContentItem></NewsComponent></NewsItem></NewsML>"),
         "urn:A1:2", "20240305T100000Z", "Mali expels French envoy", "Example Wire", "en", MALI "\n" FRANCE);
  cr_expect_str_eq(item.version, "2");
}

Test(agency, nitf_does_not_double_the_lead, .timeout = 60) {
  expect(read_xml(agency_nitf, "nitf",
                  "<!DOCTYPE nitf SYSTEM \"nitf-3-3.dtd\"><nitf><head><title>T</title><docdata "
                  "management-status=\"usable\"><doc-id id-string=\"1234567\"/>"
                  "<identified-content><classifier>Spain</classifier><location>Morocco</location></"
                  "identified-content></docdata>"
                  "<pubdata date.publication=\"20240305T000000\" name=\"The Example "
                  "Times\"/></head><body><body.head><hedline><hl1>Mali expels\n  French envoy"
                  "</hl1></hedline><byline>By A. WRITER</byline></body.head><body.content><block "
                  "class=\"lead_paragraph\"><p>" MALI "</p></block>"
                  "<block class=\"full_text\"><p>" MALI "</p><p>" FRANCE "</p></block></body.content></body></nitf>"),
         "1234567", "20240305T000000", "Mali expels French envoy", "The Example Times", NULL, MALI "\n" FRANCE);
}

Test(agency, reuters_corpora, .timeout = 60) {
  expect(read_xml(agency_rcv1, "newsitem",
                  "<newsitem itemid=\"9001\" date=\"1996-08-20\" xml:lang=\"en\"><title>MALI: T</title><headline>Mali "
                  "expels French envoy.</headline>"
                  "<byline>A. Writer</byline><dateline>BAMAKO 1996-08-20</dateline><text>\n<p>" MALI "</p>\n<p>" FRANCE
                  "</p></text>"
                  "<copyright>(c) Reuters Limited 1996</copyright><metadata><codes><code "
                  "code=\"SPAIN\"></code></codes></metadata></newsitem>"),
         "9001", "1996-08-20", "Mali expels French envoy.", "Reuters", "en", MALI "\n" FRANCE);
  expect(
      read_xml(agency_reuters, "REUTERS",
               "<!DOCTYPE lewis SYSTEM \"lewis.dtd\">\n<REUTERS TOPICS=\"NO\" NEWID=\"1\"><DATE>26-FEB-1987 "
               "15:01:01.79</DATE><PLACES><D>mali</D></PLACES>"
               "<TEXT>&#2;\n<TITLE>MALI EXPELS &lt;FRENCH> ENVOY</TITLE><DATELINE>  BAMAKO, Feb 26 - "
               "</DATELINE><BODY>Mali expelled the ambassador and\n"
               "accused France of spying.\n    France condemned\nthe decision.\n Reuter\n&#3;</BODY></TEXT></REUTERS>"),
      "1", "26-FEB-1987 15:01:01.79", "MALI EXPELS <FRENCH> ENVOY", "Reuters", NULL,
      "Mali expelled the ambassador and accused France of spying.\nFrance condemned the decision.");
}

Test(agency, feeds, .timeout = 60) {
  expect(
      read_xml(agency_rss, "item",
               "<item><title>India &amp; Japan</title><link>https://example.org/a2</link><guid>a2</guid><pubDate>Wed, "
               "06 Mar 2024 10:00:00 GMT</pubDate>"
               "<description>Short.</description><content:encoded><![CDATA[<p>" INDIA
               " Japan praised India&rsquo;s teams.</p><p>Nepal&nbsp;too.]]></content:encoded>"
               "<media:title>Other</media:title></item>"),
      "a2", "Wed, 06 Mar 2024 10:00:00 GMT", "India & Japan", "Example Wire", "en",
      INDIA " Japan praised India’s teams.\nNepal too.");
  expect(read_xml(agency_rss, "item",
                  "<item><title>A</title><description>&lt;p&gt;" MALI
                  "&lt;/p&gt;</description><link>https://example.org/x</link></item>"),
         "https://example.org/x", NULL, "A", "Example Wire", "en", MALI);
  expect(read_xml(agency_atom, "entry",
                  "<entry xml:lang='fr'><title type='html'>Mali "
                  "&lt;b&gt;expels&lt;/b&gt;</title><id>urn:a1</id><updated>2024-03-06T10:00:00Z</updated>"
                  "<published>2024-03-05T10:00:00Z</published><content type='html'>&lt;p&gt;" MALI
                  "&lt;/p&gt;&lt;p&gt;" FRANCE "&lt;/p&gt;</content></entry>"),
         "urn:a1", "2024-03-05T10:00:00Z", "Mali expels", "Example Wire", "fr", MALI "\n" FRANCE);
  expect(read_xml(agency_atom, "entry",
                  "<entry><id>urn:a2</id><content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>" INDIA
                  "</p><p>The &lt;blink&gt; <b>tag</b>.</p></div></content></entry>"),
         "urn:a2", NULL, NULL, "Example Wire", "en", INDIA "\nThe <blink> tag.");
}

Test(agency, factiva_xml, .timeout = 60) {
  expect(read_xml(
             agency_factiva, "article",
             "<article><accessionNo>EX1</accessionNo><baseLanguage>EN</baseLanguage><headline><paragraph><hlt>Mali</"
             "hlt> expels envoy</paragraph></headline>"
             "<leadParagraph><paragraph>" MALI
             "</paragraph></leadParagraph><publicationDate><dateTime>2024-03-05T01:35:58Z</dateTime></publicationDate>"
             "<sourceName>Example Times</sourceName><region "
             "code=\"usa\"><name>Spain</name></region><tailParagraphs><paragraph>" FRANCE "</paragraph>"
             "</tailParagraphs></article>"),
         "EX1", "2024-03-05T01:35:58Z", "Mali expels envoy", "Example Times", "en", MALI "\n" FRANCE);
}

Test(xml, reads_what_is_not_well_formed, .timeout = 60) {
  struct xml xml;
  const char *data =
      "<a x='1 &amp; 2' y=3><b>one</c> &nope; &#8217; &eacute; &nbsp;<![CDATA[<d>&amp;]]><!-- <e> --><?pi ?></b>";
  cr_assert_eq(xml_parse(data, strlen(data), &arena, &xml, &error), STANCE_OK);
  uint32_t a = xml_find(&xml, 0, "a");
  cr_expect_str_eq(xml_attribute(&xml, a, "x"), "1 & 2");
  cr_expect_str_eq(xml_attribute(&xml, a, "y"), "3");
  cr_expect_str_eq(xml_line(&xml, a, &arena), "one &nope; ’ é <d>&amp;");
  cr_expect_str_eq(xml.unclosed, "a");
}

Test(xml, entities_of_the_document_are_not_expanded, .timeout = 60) {
  struct xml xml;
  const char *data = "<!DOCTYPE a [<!ENTITY x \"yyyyyyyyyy\"><!ENTITY z \"&x;&x;\">]><a>&z;&z;</a>";
  cr_assert_eq(xml_parse(data, strlen(data), &arena, &xml, &error), STANCE_OK);
  cr_expect_str_eq(xml_line(&xml, xml_find(&xml, 0, "a"), &arena), "&z;&z;");
}

static bool scan_item(const char *data, size_t length, size_t *at, unsigned *state) {
  return xml_scan_element("item", data, length, at, state);
}

/* Cuts data that comes in pieces of `step` bytes, and writes the records with bars between them. */
static char *cut(bool (*scan)(const char *, size_t, size_t *, unsigned *), const char *data, size_t step) {
  struct stance_buffer out = {0};
  size_t length = strlen(data), start = 0, at = 0, there = 0;
  unsigned state = 0;
  while (there < length) {
    there = there + step < length ? there + step : length;
    while (scan(data + start, there - start, &at, &state)) {
      stance_buffer_append(&out, data + start, at);
      stance_buffer_putc(&out, '|');
      start += at;
      at = 0;
      state = 0;
    }
  }
  stance_buffer_puts(&out, data + start);
  char *copy = stance_arena_copy(&arena, out.data, out.length);
  stance_buffer_free(&out);
  return copy;
}

Test(xml, cuts_items_however_the_bytes_come, .timeout = 60) {
  const char *data =
      "<rss><items/><item a='>'>1<item>2</item></item><!-- <item> --><item/><item><![CDATA[</item>]]></item "
      "><itemx></itemx></channel></rss><item></item>";
  for (size_t step = 1; step < 140; step++)
    cr_expect_str_eq(cut(scan_item, data, step),
                     "<rss><items/><item a='>'>1<item>2</item></item>|<!-- <item> "
                     "--><item/>|<item><![CDATA[</item>]]></item >|<itemx></itemx></channel></rss><item></item>|",
                     "%zu: %s", step, cut(scan_item, data, step));
}

Test(xml, names_the_root, .timeout = 60) {
  char name[32];
  const char *data =
      "\xef\xbb\xbf<?xml version='1.0'?>\n<!-- a > b --><!DOCTYPE x [<!ENTITY y 'z'>]>\n<nar:newsItem guid='1'>";
  cr_assert(xml_root_name(data, strlen(data), name, sizeof name));
  cr_assert_str_eq(name, "newsItem");
  cr_assert_not(xml_root_name("Mali <b>", 8, name, sizeof name));
}

/* ---- databases ------------------------------------------------------------------------------------------------------------------- */

Test(database, finds_days_in_text, .timeout = 60) {
  static const char *const pairs[][2] = {{"March 5, 2024 Tuesday", "2024-03-05"},
                                         {"December 19, 1991, Sunday, An Edition", "1991-12-19"},
                                         {"14 October 2013 Thursday", "2013-10-14"},
                                         {"Communication, mardi 14 mars 2006, p. 16", "2006-03-14"},
                                         {"Example Times ; Bamako [Bamako]. 05 Mar 2024: A.4.", "2024-03-05"},
                                         {"29 d\xc3\xa9"
                                          "cembre 2011",
                                          "2011-12-29"},
                                         {"1er ao\xc3\xbbt 2012", "2012-08-01"},
                                         {"3. M\xc3\xa4rz 2020", "2020-03-03"},
                                         {"5 de mayo de 2021", "2021-05-05"},
                                         {"February 30, 2024", ""},
                                         {"Mark 5, 20245", ""},
                                         {"60 words", ""},
                                         {"31 2024 March", ""}};
  for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
    char iso[11];
    input_day_in_text(pairs[i][0], strlen(pairs[i][0]), iso);
    cr_expect_str_eq(iso, pairs[i][1], "%s: %s", pairs[i][0], iso);
  }
}

static const char nexis[] =
    "Terms: (Mali)\nSource: All\n\n                               1 of 2 DOCUMENTS\n\n                  Example "
    "Times\n\n            March 5, 2024 Tuesday\n"
    "                 Edition 1\n\nMali expels French envoy\n\nBYLINE: A. Writer\n\nSECTION: WORLD; Pg. 4\n\nLENGTH: "
    "60 words\n\n"
    "Mali on Tuesday expelled the French ambassador and accused France of\nspying.\n\n" FRANCE
    "\n\nLOAD-DATE: March 6, 2024\n\nLANGUAGE: ENGLISH\n\n"
    "            Copyright 2024 Example Times\n                 All Rights Reserved\n\n                               "
    "2 of 2 DOCUMENTS\n\n"
    "                Other Post\n\n        March 6, 2024 Wednesday\n\nIndia thanks Japan\n\nLENGTH: 12 words\n\n" INDIA
    "\n";

Test(database, nexis_text, .timeout = 60) {
  for (size_t step = 1; step < 40; step++) {
    char *first = cut(database_scan_nexis_text, nexis, step), *bar = strchr(first, '|');
    cr_assert(bar && !strchr(bar + 1, '|'));
    *bar = '\0';
    expect(read_document(database_nexis_text, first), NULL, "2024-03-05", "Mali expels French envoy", "Example Times",
           "en", MALI "\n" FRANCE);
    expect(read_document(database_nexis_text, bar + 1), NULL, "2024-03-06", "India thanks Japan", "Other Post", NULL,
           INDIA);
  }
}

Test(database, nexis_html, .timeout = 60) {
  expect(read_document(database_nexis_html,
                       "<A NAME=\"DOC_ID_0_0\"></A><!-- Hide XML section from browser\n<DOC NUMBER=1>\n<DOCFULL> "
                       "--><BR><DIV><P><SPAN>2 of 3 DOCUMENTS</SPAN></P></DIV>"
                       "<DIV><P><SPAN>Example Times</SPAN></P></DIV><DIV><P><SPAN>December</SPAN><SPAN> 19, 1991, "
                       "Sunday</SPAN></P></DIV>"
                       "<DIV><P><SPAN>Mali expels;<BR>French envoy</SPAN></P></DIV><DIV><P><SPAN>AUTEUR: "
                       "</SPAN><SPAN>A. Writer</SPAN></P></DIV>"
                       "<DIV><P><SPAN>" MALI "</SPAN></P><P><SPAN>" FRANCE "</SPAN><SPAN>&nbsp;</SPAN></P></DIV>"
                       "<DIV><P><SPAN>SUJET: </SPAN><SPAN>ESPAGNE (90%)</SPAN></P></DIV><DIV><P>LANGUE: "
                       "ENGLISH</P></DIV><DIV><P>Copyright 1991 X</P></DIV>"),
         NULL, "1991-12-19", "Mali expels; French envoy", "Example Times", "en", MALI "\n" FRANCE);
}

Test(database, factiva_html, .timeout = 60) {
  expect(
      read_document(database_factiva_html,
                    "<div id=x><div class=\"article enArticle\" id=\"article-X1\"><p "
                    "class=\"articleParagraph\">&nbsp;</p><div><span class=\"enHeadline\">Mali expels envoy"
                    "</span></div><div>60 words</div><div>5 March 2024</div><div>10:15</div><div>Example Times</div><p "
                    "class=\"articleParagraph enarticleParagraph\">" MALI "</p><p class=\"articleParagraph\">" FRANCE
                    "</p><p>Document EXMPL00020240305ek350001</p></div>"),
      "EXMPL00020240305ek350001", "2024-03-05", "Mali expels envoy", "Example Times", NULL, MALI "\n" FRANCE);
  expect(read_document(database_factiva_html,
                       "<div class=\"article frArticle\"><table><tr><td class=index><b>HD</b>&nbsp;</td><td><b>Mali "
                       "expels envoy</b></td></tr><tr><td><b>PD</b></td><td>29 "
                       "d\xc3\xa9"
                       "cembre 2011</td></tr><tr><td><b>SN</b></td><td>Example "
                       "Times</td></tr><tr><td><p><b>LP</b></p></td><td><p>" MALI "</p></td></tr>"
                       "<tr><td><p><b>TD</b></p></td><td><p>" FRANCE
                       "</p></td></tr><tr><td><b>RE</b></td><td>esp : Spain</td></tr>"
                       "<tr><td><b>AN</b></td><td>Document TESTFR0020111229e7ct0001r</td></tr></table></div><div>(c) "
                       "2011 Factiva</div>"),
         "TESTFR0020111229e7ct0001r", "2011-12-29", "Mali expels envoy", "Example Times", NULL, MALI "\n" FRANCE);
}

Test(database, europresse, .timeout = 60) {
  expect(
      read_document(database_europresse,
                    "<article><header><div><span class=\"DocPublicationName\">Example Times  </span></div><div><span "
                    "class=\"DocHeader\">Monde, mardi 14 mars 2006, p. 16"
                    "</span></div><div class=\"titreArticle\"><p class=\"titreArticleVisu\">Mali expels "
                    "envoy</p></div><div>A. Writer</div></header><section><div class=\"DocText\">"
                    "<p>" MALI "</p><p>" FRANCE
                    "</p></div></section><aside><p>A photo of Spain.</p></aside><footer><small>\xc2\xa9 2006 X</small>"
                    "<p>Num\xc3\xa9ro de document : news\xc2\xb7"
                    "20060314</p></footer></article>"),
      "news\xc2\xb7"
      "20060314",
      "2006-03-14", "Mali expels envoy", "Example Times", NULL, MALI "\n" FRANCE);
}

Test(database, europresse_of_2012_has_the_author_behind_the_title, .timeout = 60) {
  static const char layout[] =
      "<table><tr><td><span class=\"DocPublicationName\">Example Times</span><br><span class=\"DocHeader\">jeudi "
      "</span><span class=\"DocHeader\">14 mars 2006</span><br><br>A kicker<br><span class=\"TitreArticleVisu\">Mali "
      "expels envoy</span><br><br>%s<br><p></p>" MALI "<p></p>" FRANCE
      "<p></p><b><i>\xc2\xa9 2006 X</i></b><p></p>Num\xc3\xa9ro de document : news\xc2\xb7"
      "20060314</td></tr></table>";
  static const char *const first[][2] = {{"Anne de la Tour et Paul Martin", ""},
                                         {"Bamako said nothing", "Bamako said nothing\n"},
                                         {"Mali left Chad.", "Mali left Chad.\n"}};
  for (size_t i = 0; i < 3; i++) {
    char page[2048], text[512];
    snprintf(page, sizeof page, layout, first[i][0]);
    snprintf(text, sizeof text, "%s" MALI "\n" FRANCE, first[i][1]);
    expect(read_document(database_europresse, page),
           "news\xc2\xb7"
           "20060314",
           "2006-03-14", "Mali expels envoy", "Example Times", NULL, text);
  }
}

static const char proquest[] =
    "____________________________________________________________\n\nMali expels French envoy\n\nAuthor: Writer, A.\n\n"
    "Publication info: Example Times ; Bamako [Bamako]. 05 Mar 2024: A.4.\n\nAbstract: Short.\n\nFull text: " MALI
    "\n\n" FRANCE
    "\n\nSubject: Diplomacy; Spies\n\nLocation: Spain Morocco\n\nDocument URL: https://example.org/docview/1\n\n"
    "____________________________________________________________\n\nIndia thanks Japan\n\nPublication info: Other "
    "Post ; Delhi [Delhi]. 06 Mar 2024.\n\n"
    "Full text: " INDIA "\n\nLocation: India Japan\n";

Test(database, proquest_text, .timeout = 60) {
  char *first = cut(database_scan_proquest, proquest, 7), *bar = strchr(first, '|');
  cr_assert(bar);
  *bar = '\0';
  expect(read_document(database_proquest, first), NULL, "2024-03-05", "Mali expels French envoy", "Example Times", NULL,
         MALI "\n" FRANCE);
  cr_expect_str_eq(item.article.url, "https://example.org/docview/1");
  expect(read_document(database_proquest, bar + 1), NULL, "2024-03-06", "India thanks Japan", "Other Post", NULL,
         INDIA);
}

/* ---- crawls and mail ---------------------------------------------------------------------------------------------------------------- */

static const struct stance_article *read_warc(const char *data, size_t length) {
  struct input_decoded decoded;
  item = (struct agency_item){0};
  enum stance_status status = warc_article(data, length, &arena, &item.article, &decoded, &error);
  cr_assert_eq(status, STANCE_OK, "%s", error.message);
  return &item.article;
}

static size_t make_response(char *out, size_t size, const char *http, const char *body, size_t length) {
  int used = snprintf(out, size,
                      "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/a1\r\nWARC-Date: "
                      "2024-03-06T00:00:00Z\r\n"
                      "Content-Type: application/http; msgtype=response\r\nContent-Length: %zu\r\n\r\n%s",
                      strlen(http) + length, http);
  memcpy(out + used, body, length);
  return (size_t)used + length;
}

Test(warc, pages_packed_and_in_chunks, .timeout = 60) {
  static const char page[] =
      "<title>Mali expels French envoy</title><p>C\xf4te d'Ivoire accused Mali of holding its soldiers.</p>";
  unsigned char packed[512];
  z_stream stream = {
      .next_in = (unsigned char *)page, .avail_in = sizeof page - 1, .next_out = packed, .avail_out = sizeof packed};
  cr_assert_eq(deflateInit2(&stream, 6, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY), Z_OK);
  cr_assert_eq(deflate(&stream, Z_FINISH), Z_STREAM_END);
  size_t packed_length = stream.total_out;
  deflateEnd(&stream);
  char chunks[600], record[2048];
  int head = snprintf(chunks, sizeof chunks, "%zx;x=y\r\n", packed_length - 10);
  memcpy(chunks + head, packed, packed_length - 10);
  head += (int)packed_length - 10;
  head += snprintf(chunks + head, sizeof chunks - (size_t)head, "\r\na\r\n");
  memcpy(chunks + head, packed + packed_length - 10, 10);
  memcpy(chunks + head + 10, "\r\n0\r\n\r\n", 7);
  size_t length =
      make_response(record, sizeof record,
                    "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=ISO-8859-1\r\nContent-Encoding: gzip\r\n"
                    "Transfer-Encoding: chunked\r\n\r\n",
                    chunks, (size_t)head + 17);
  expect(read_warc(record, length), "https://example.org/a1", "2024-03-06T00:00:00Z", "Mali expels French envoy", NULL,
         NULL, "Côte d'Ivoire accused Mali of holding its soldiers.");
}

Test(warc, tells_pages_from_other_records, .timeout = 60) {
  struct warc_header header;
  bool is_whole;
  char record[1024];
  size_t length = make_response(record, sizeof record, "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n", "x", 1);
  cr_assert_eq(warc_read_header(record, length, true, &header, &is_whole, &error), STANCE_OK);
  cr_expect_eq(header.kind, WARC_PICTURE);
  length = make_response(record, sizeof record, "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n", "x", 1);
  cr_assert_eq(warc_read_header(record, length, true, &header, &is_whole, &error), STANCE_OK);
  cr_expect_eq(header.kind, WARC_FAILURE);
  length = make_response(record, sizeof record, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", "x", 1);
  for (size_t part = 5; part < length - 3; part++) {
    cr_assert_eq(warc_read_header(record, part, false, &header, &is_whole, &error), STANCE_OK);
    cr_expect(!is_whole, "%zu of %zu bytes", part, length);
  }
  cr_assert_eq(warc_read_header("WIRE/1.0\r\n\r\n", 12, true, &header, &is_whole, &error), STANCE_INPUT);
  cr_assert_str_eq(error.message, "no WARC record begins here; expected 'WARC/1.0'");
}

Test(warc, conversion_records, .timeout = 60) {
  const char *record =
      "WARC/1.0\nWARC-Type: conversion\nWARC-Target-URI: https://example.org/a2\nWARC-Date: 2024-03-06T10:00:00Z\n"
      "WARC-Record-ID: <urn:uuid:2>\nContent-Type: text/plain\nContent-Length: 72\n\nIndia thanks Japan\n" INDIA
      "\n\n\n";
  expect(read_warc(record, strlen(record)), "https://example.org/a2", "2024-03-06T10:00:00Z", "India thanks Japan",
         NULL, NULL, INDIA);
}

Test(mail, quoted_printable_and_words, .timeout = 60) {
  const char *data =
      "From: =?utf-8?Q?Example_Times?= <news@example.org>\r\nTo: desk@example.org\r\nSubject: "
      "=?iso-8859-1?q?C=F4te?=\r\n =?utf-8?B?IGQnSXZvaXJl?= waits\r\n"
      "Date: Tue, 05 Mar 2024 10:00:00 +0000\r\nMessage-ID: <m1@example.org>\r\nContent-Type: text/plain; "
      "charset=utf-8\r\n"
      "Content-Transfer-Encoding: quoted-printable\r\n\r\nC=C3=B4te d=E2=80=99Ivoire accused Mali of holding its "
      "soldiers and said that =\r\nMali must free them.\r\n";
  bool is_html;
  struct input_decoded decoded;
  cr_assert(mail_is(data, strlen(data)));
  cr_assert_eq(mail_article(data, strlen(data), &arena, &item.article, &is_html, &decoded, &error), STANCE_OK);
  expect(&item.article, "m1@example.org", "Tue, 05 Mar 2024 10:00:00 +0000", "Côte d'Ivoire waits", "Example Times",
         NULL, "Côte d’Ivoire accused Mali of holding its soldiers and said that Mali must free them.");
}

Test(mail, parts, .timeout = 60) {
  const char *data =
      "From: a@example.org\nSubject: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed;\n "
      "boundary=\"b1\"\n\npreamble\n--b1\n"
      "Content-Type: multipart/alternative; boundary=b2\n\n--b2\nContent-Type: text/html\nContent-Transfer-Encoding: "
      "base64\n\n"
      "PHA+TWFsaSBhY2N1c2VkIEZyYW5jZS48L3A+PHA+RnJhbmNlIHdhaXRzLjwvcD4=\n--b2--\n--b1\nContent-Type: text/plain\n"
      "Content-Disposition: attachment\n\nSpain\n--b1--\n";
  bool is_html;
  struct input_decoded decoded;
  cr_assert_eq(mail_article(data, strlen(data), &arena, &item.article, &is_html, &decoded, &error), STANCE_OK);
  cr_assert(is_html);
  cr_assert_str_eq(item.article.text, "Mali accused France.\nFrance waits.");
  cr_assert_not(mail_is("Mali: a country\nIn Africa\n", 26));
  cr_assert_not(mail_is("Subject: x\nno colon here\n", 25));
}

Test(mail, boxes_are_cut, .timeout = 60) {
  const char *box =
      "From a@x Tue\nFrom: a\nTo: b\n\nMali.\n\nFrom b@x Wed\nFrom: b\nTo: a\n\nThe letter\nFrom Niger.\n";
  for (size_t step = 5; step < 60; step++) {
    char *parts = cut(mail_scan, box, step), *bar = strchr(parts, '|');
    cr_assert(bar && !strchr(bar + 1, '|') && strncmp(bar + 1, "From b@x", 8) == 0, "%zu: %s", step, parts);
  }
}

/* ---- size ------------------------------------------------------------------------------------------------------------------------------ */

static double seconds_of(agency_parse *parse, const char *start, const char *unit, size_t bytes) {
  struct stance_buffer data = {0};
  struct stance_arena own = {0};
  struct xml xml;
  struct agency_feed feed = {0};
  struct agency_item got = {0};
  stance_buffer_puts(&data, start);
  while (data.length < bytes) stance_buffer_puts(&data, unit);
  clock_t begin = clock();
  if (xml_parse(data.data, data.length, &own, &xml, &error) == STANCE_OK && xml.count > 1)
    parse(&xml, 1, &feed, &own, &got, &error);
  double seconds = (double)(clock() - begin) / CLOCKS_PER_SEC;
  stance_buffer_free(&data);
  stance_arena_free(&own);
  return seconds;
}

Test(xml, time_grows_with_the_size, .timeout = 200) {
  static const char *const units[] = {"<p>x</p>",
                                      "&amp;",
                                      "</x>",
                                      "<p a='1' b='2'/>",
                                      "<![CDATA[x]]>",
                                      "<!-- -->",
                                      "<",
                                      "&",
                                      "<description>x</description>"};
  for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
    double n = seconds_of(agency_rss, "<item><description>", units[i], 250000),
           n4 = seconds_of(agency_rss, "<item><description>", units[i], 1000000);
    cr_expect_lt(n4, n * 10 + 0.3, "%s: %.3f, %.3f s", units[i], n, n4);
  }
}
