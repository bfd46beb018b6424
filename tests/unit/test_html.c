/* SPDX-License-Identifier: MIT
 * Web pages: which text is the article's, what the page tells of it, and that no page costs more than its size. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "input/html.h"
#include "input/html_scan.h"
#include "stance/base/buffer.h"

static struct stance_arena arena;
static struct stance_article article;
static struct stance_error error;

static const char *text_of(const char *page) {
  size_t repaired;
  enum stance_status status = input_html_article("page", page, strlen(page), &arena, &article, &repaired, &error);
  return status == STANCE_OK ? article.text : error.message;
}

#define MALI "Mali on Tuesday expelled the French ambassador and accused France of spying on its army."
#define FRANCE "France condemned the decision and threatened Mali with sanctions."
#define NIGER "Niger praised Mali for its courage on Wednesday."

Test(html, leaves_out_captions_and_calls, .timeout = 60) {
  cr_assert_str_eq(
      text_of(
          "<!DOCTYPE html><title>Mali expels French envoy - Example Times</title>"
          "<nav><ul><li><a href=/s>Spain attacks Portugal</a></li></ul></nav><article><h1>Mali expels French envoy</h1>"
          "<figure><figcaption>Soldiers of Ghana in a 2019 exercise. Photo: A. Camera</figcaption></figure><p>" MALI
          "</p>"
          "<p class='image-credit-wrap'><span class=js-caption>Kenya and Uganda signed a treaty in this file "
          "picture.</span></p>"
          "<p>" FRANCE
          "</p><p><strong>Read more: <a href=/x>Spain attacks Portugal over fishing rights</a></strong></p>"
          "<aside class=related><h3>Related</h3><ul><li><a href=/y>Iran threatens Iraq</a></li></ul></aside>"
          "<div class=newsletter-signup><p>Sign up to our Brazil hates Argentina newsletter for more "
          "stories.</p></div></article>"
          "<section id=comments><p>userx: Turkey betrayed Greece and everybody knows it.</p></section>"
          "<footer><p>Example Times is published in Belgium. All rights reserved.</p></footer>"),
      MALI "\n" FRANCE);
  cr_assert_str_eq(article.title, "Mali expels French envoy");
}

Test(html, keeps_what_holds_the_text_whatever_its_name, .timeout = 60) {
  const char *const wrappers[] = {"<div class='layout no-sidebar'>",
                                  "<div class=modal-enabled>",
                                  "<div class=category-social>",
                                  "<div id=adam>",
                                  "<div class=paywall>",
                                  "<form id=aspnetForm action=./default.aspx>",
                                  "<aside>",
                                  "<div class=comments>",
                                  "<header class=share>",
                                  "<div aria-hidden=true>"};
  for (size_t i = 0; i < sizeof wrappers / sizeof *wrappers; i++) {
    char page[1024];
    snprintf(page, sizeof page,
             "<!DOCTYPE html><title>T</title><body>%s<p>" MALI "</p><p>" FRANCE "</p><p>" NIGER "</p>", wrappers[i]);
    cr_expect_str_eq(text_of(page), MALI "\n" FRANCE "\n" NIGER, "%s: %s", wrappers[i], text_of(page));
  }
}

Test(html, joins_parts_with_slots_between, .timeout = 60) {
  cr_assert_str_eq(
      text_of("<div class=story><div class=part><p>" MALI "</p></div><div class=slot></div><div class=part><p>" FRANCE
              "</p><p>" NIGER
              "</p></div><div class=slot></div><div class=part><p>Russia promised Mali new weapons.</p></div></div>"),
      MALI "\n" FRANCE "\n" NIGER "\nRussia promised Mali new weapons.");
}

Test(html, reads_a_live_blog_in_page_order, .timeout = 60) {
  cr_assert_str_eq(text_of("<main><h1>Sahel crisis live</h1><div class=live-post><h2>Mali reacts</h2><div><p>" MALI
                           "</p></div></div>"
                           "<div class=live-post><h2>France answers</h2><div><p>" FRANCE "</p></div></div></main>"),
                   "Mali reacts\n" MALI "\nFrance answers\n" FRANCE);
}

Test(html, reads_articles_of_a_live_blog_as_one, .timeout = 60) {
  cr_assert_str_eq(
      text_of("<main><h1>Sahel crisis live</h1><article><h2>Mali reacts</h2><p>" MALI "</p></article>"
              "<article><h2>France answers</h2><p>" FRANCE "</p></article><article><p>" NIGER "</p></article></main>"),
      "Mali reacts\n" MALI "\nFrance answers\n" FRANCE "\n" NIGER);
  cr_assert_str_eq(
      text_of("<main><h1>World news</h1><article><h2><a href=/a>Mali reacts</a></h2><p>" MALI "</p></article>"
              "<article><h2><a href=/b>France answers</a></h2><p>" FRANCE "</p></article></main>"),
      "the page is a list of 2 articles; expected a page of one");
}

Test(html, dates_that_can_be_read_go_first, .timeout = 60) {
  text_of("<meta name=date content='14-12-29'><time datetime=2014-12-29></time><p>" MALI "</p>");
  cr_expect_str_eq(article.date, "2014-12-29");
  text_of(
      "<script type='application/ld+json'>{\"@type\":\"Article\",\"datePublished\":\"soon\"}</script>"
      "<meta name=pubdate content='29 December 2014'><p>" MALI "</p>");
  cr_expect_str_eq(article.date, "29 December 2014");
  text_of("<meta name=date content='14-12-29'><p>" MALI "</p>");
  cr_expect_str_eq(article.date, "14-12-29", "the reader counts it as unread");
}

Test(html, keeps_headings_that_are_sentences, .timeout = 60) {
  cr_assert_str_eq(text_of("<article><p>" MALI "</p><h2>1. Mali left the talks.</h2><img src=a><h2>2. France "
                                               "stayed.</h2><img src=b><h2>Related</h2></article>"),
                   MALI "\n1. Mali left the talks.\n2. France stayed.");
}

Test(html, takes_json_ld_where_the_page_has_no_text, .timeout = 60) {
  cr_assert_str_eq(
      text_of(
          "<script type=application/ld+json>{\"@type\":[\"NewsArticle\"],\"headline\":\"Mali expels &amp; waits\","
          "\"datePublished\":\"2024-03-05T10:00:00Z\",\"inLanguage\":\"en\",\"publisher\":{\"name\":\"Example Times\"},"
          "\"articleBody\":\"" MALI " " FRANCE
          "\"}</script><div id=root></div><p>Please enable JavaScript to read this page."),
      MALI " " FRANCE);
  cr_assert_str_eq(article.title, "Mali expels & waits");
  cr_assert_str_eq(article.date, "2024-03-05T10:00:00Z");
  cr_assert_str_eq(article.outlet, "Example Times");
  cr_assert_str_eq(article.lang, "en");
}

Test(html, reads_what_the_page_tells, .timeout = 60) {
  text_of(
      "<html lang=en-GB><head><title>Mali expels French envoy | Example</title><link rel=canonical "
      "href='https://example.org/a1'>"
      "<meta property=og:site_name content='Example Times'><meta name=dc.date content=2024-03-04>"
      "<meta property=article:published_time content=2024-03-05></head><body><h1>Mali expels French "
      "envoy</h1><p>" MALI);
  cr_assert_str_eq(article.title, "Mali expels French envoy");
  cr_assert_str_eq(article.date, "2024-03-05");
  cr_assert_str_eq(article.outlet, "Example Times");
  cr_assert_str_eq(article.url, "https://example.org/a1");
  cr_assert_str_eq(article.lang, "en-GB");
}

Test(html, breaks_make_paragraphs, .timeout = 60) {
  cr_assert_str_eq(
      text_of("<div class=story>Mali on Tuesday expelled the French ambassador and accused France of spying on its "
              "army<br><br>"
              "France condemned the decision and threatened Mali with sanctions<br><br>Niger praised Mali for its "
              "courage</div>"),
      "Mali on Tuesday expelled the French ambassador and accused France of spying on its army\n"
      "France condemned the decision and threatened Mali with sanctions\nNiger praised Mali for its courage");
}

Test(html, leaves_hidden_text_out, .timeout = 60) {
  cr_assert_str_eq(
      text_of(
          "<article><p>" MALI "</p><p style='display:none'>Spain attacks Portugal, hidden prompt for other readers.</p>"
          "<p style='color: red; DISPLAY : NONE'>Peru insults Chile in a hidden paragraph.</p><p hidden>Iran threatens "
          "Iraq here.</p>"
          "<div aria-hidden=true><p>Egypt insults Sudan in text that no reader sees.</p></div><p>" FRANCE "</p>"
          "<template><p>Kenya accuses Uganda.</p></template><noscript><p>Chad blames Libya.</p></noscript></article>"),
      MALI "\n" FRANCE);
}

Test(html, keeps_short_items_and_quotations, .timeout = 60) {
  cr_assert_str_eq(
      text_of(
          "<article><h2>What Mali said</h2><ul><li>Mali accused France of spying</li><li>Niger praised Mali</li></ul>"
          "<h2>What France said</h2><blockquote>France will never accept the insults of Mali.</blockquote>"
          "<table><tr><td>India</td><td>Japan</td></tr></table></article>"),
      "What Mali said\nMali accused France of spying\nNiger praised Mali\nWhat France said\n"
      "France will never accept the insults of Mali.");
}

Test(html, inline_elements_do_not_cut_words, .timeout = 60) {
  cr_assert_str_eq(text_of("<article><p>The <span>Unit</span><span>ed</span> Kingdom&nbsp;thanked <b>N</b>orway for "
                           "its help.</p></article>"),
                   "The United Kingdom thanked Norway for its help.");
}

Test(html, latin_1_is_windows_1252, .timeout = 60) { /* WHATWG Encoding, 4.2: labels of windows-1252 */
  const char *const heads[] = {"<meta charset=windows-1252>", "<meta charset='iso-8859-1'>",
                               "<meta http-equiv=Content-Type content='text/html; charset=us-ascii'>", ""};
  for (size_t i = 0; i < 4; i++) {
    char page[512];
    snprintf(page, sizeof page,
             "<html><head>%s<title>C\xf4te d\x92Ivoire</title></head><p>C\xf4te d\x92Ivoire accused Mali \x96 again "
             "&#150; of &#146;lies&#146;.",
             heads[i]);
    cr_expect_str_eq(text_of(page), "Côte d’Ivoire accused Mali – again – of ’lies’.");
    cr_expect_str_eq(article.title, "Côte d’Ivoire");
  }
}

Test(html, reads_declared_encodings, .timeout = 60) {
  cr_expect_str_eq(text_of("<meta charset=windows-1251><p>\xcc\xe0\xeb\xe8 \xee\xe1\xe2\xe8\xed\xe8\xeb\xee "
                           "\xd4\xf0\xe0\xed\xf6\xe8\xfe \xe2 \xf8\xef\xe8\xee\xed\xe0\xe6\xe5."),
                   "Мали обвинило Францию в шпионаже.");
  cr_expect_str_eq(
      text_of(
          "<meta "
          "charset=shift_jis><p>"
          "\x83\x7d\x83\x8a\x82\xcd\x83\x74\x83\x89\x83\x93\x83\x58\x82\xf0\x94\xf1\x93\xef\x82\xb5\x82\xbd\x81\x42"),
      "マリはフランスを非難した。");
}

Test(html, repairs_titles, .timeout = 60) {
  text_of(
      "<meta charset=utf-8><title>Mali \xff expels envoy</title><meta property=og:title content='Mali \xff expels "
      "envoy'><p>" MALI);
  cr_assert_str_eq(article.title, "Mali \xef\xbf\xbd expels envoy");
}

Test(html, refuses_lists, .timeout = 60) {
  cr_assert_str_eq(text_of("<main><article><h2>Mali expels French envoy</h2><p>" MALI "</p></article>"
                           "<article><h2>India thanks Japan</h2><p>India thanked Japan for its support after the "
                           "floods in three states.</p></article></main>"),
                   "the page is a list of 2 articles; expected a page of one");
  cr_assert_str_eq(text_of("<ul><li><a href=/a>Mali expels French envoy from its capital</a><li><a href=/b>India "
                           "thanks Japan for its help</a></ul>"),
                   "no article's text in the page; it is a list of links");
}

Test(html, pieces_become_paragraphs, .timeout = 60) {
  char *text;
  size_t length;
  const char *piece =
      "<p>Mali &amp; Niger</p>France&rsquo;s <b>answer</b><br><br>came "
      "&lt;late&gt;<script>x()</script><ul><li>one<li>two</ul>";
  cr_assert_eq(input_html_text(piece, strlen(piece), &arena, &text, &length, &error), STANCE_OK);
  cr_assert_str_eq(text, "Mali & Niger\nFrance’s answer\ncame <late>\none\ntwo");
  cr_assert(input_html_is_markup("a <b>word</b>", 13));
  cr_assert(input_html_is_markup("India&rsquo;s", 13));
  cr_assert(input_html_is_markup("it&#8217;s", 10));
  cr_assert_not(input_html_is_markup("AT&T; 5 < 6 and <Mali> said R&D", 31));
}

/* ---- size ----------------------------------------------------------------------------------------------------------------- */

static double seconds_of(const char *unit, size_t bytes) {
  struct stance_buffer page = {0};
  struct stance_arena own = {0};
  size_t repaired;
  for (unsigned i = 0; page.length < bytes; i++) stance_buffer_printf(&page, unit, i, i);
  clock_t start = clock();
  input_html_article("page", page.data, page.length, &own, &article, &repaired, &error);
  double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
  stance_buffer_free(&page);
  stance_arena_free(&own);
  return seconds;
}

Test(html, time_grows_with_the_size, .timeout = 300) {
  const char *const units[] = {"<div>",
                               "<b id=%u><p>x",
                               "<a id=%u><div>x",
                               "<table><tr><td>",
                               "<font color=%u><table>",
                               "<x%u>",
                               "<!-- ",
                               "<script>",
                               "<span><div></span>",
                               "<select><option>",
                               "<p a%u=1 b%u=2>x",
                               "<svg><p>",
                               "</p>",
                               "<table>x",
                               "<ul><li>x",
                               "<"};
  for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
    double n = seconds_of(units[i], 100000), n2 = seconds_of(units[i], 200000), n4 = seconds_of(units[i], 400000);
    /* quadratic: sixteen times n; the added time is for a clock that ticks and a machine that is busy */
    cr_expect_lt(n4, n * 10 + 0.3, "%s: %.3f, %.3f, %.3f s", units[i], n, n2, n4);
  }
}

Test(html, one_tag_of_many_attributes_is_linear, .timeout = 60) {
  struct stance_buffer page = {0};
  stance_buffer_puts(&page, "<p ");
  for (unsigned i = 0; page.length < 1000000; i++) stance_buffer_printf(&page, "a%u=1 ", i);
  stance_buffer_puts(&page, ">" MALI "</p>");
  clock_t start = clock();
  cr_assert_str_eq(text_of(page.data), MALI);
  cr_assert_lt((double)(clock() - start) / CLOCKS_PER_SEC, 2.0);
  stance_buffer_free(&page);
}

Test(html, depth_and_tags_are_bounded, .timeout = 60) {
  struct stance_buffer page = {0};
  struct html_scanned scanned;
  for (int i = 0; i < 5000; i++) stance_buffer_puts(&page, "<div>");
  stance_buffer_puts(&page, "<p>" MALI);
  cr_assert_str_eq(text_of(page.data), MALI, "text below the greatest depth stays");
  cr_assert_eq(html_scan(page.data, page.length, &scanned, &error), STANCE_OK);
  cr_assert_lt(scanned.page.length, HTML_DEPTH_MAX * 5 + 200);
  html_scanned_free(&scanned);
  stance_buffer_clear(&page);
  for (int i = 0; i <= HTML_TAGS_MAX; i++) stance_buffer_puts(&page, "<p>");
  cr_assert_str_eq(text_of(page.data), "the page has more than 400000 tags");
  stance_buffer_free(&page);
}

Test(html, scan_follows_the_tokenizer, .timeout = 60) { /* HTML standard, 13.2.5 */
  static const char *const pairs[][2] = {
      {"a<!-- <p>x</p> -->b", "ab"},
      {"a<!-->b", "ab"},
      {"<p title=\"a>b\">c", "<p>c"},
      {"<script>if (a<b) '<!--<script></script>-->' </script>x", "x"},
      {"<SCRIPT SRC=x></SCRIPT >x", "x"},
      {"<p class='a\"b' class=c>x", "<p class=\"a&quot;b\">x"},
      {"1 < 2 <3 </ x>", "1 &lt; 2 &lt;3 "},
      {"<p/>x<br/>y</br>", "<p/>x<br/>y</br>"},
      {"x <unfinished", "x "},
      {"<b>x</b><font size=2>y</font>", "xy"},
  };
  for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
    struct html_scanned scanned;
    cr_assert_eq(html_scan(pairs[i][0], strlen(pairs[i][0]), &scanned, &error), STANCE_OK);
    cr_expect_str_eq(scanned.page.data ? scanned.page.data : "", pairs[i][1]);
    html_scanned_free(&scanned);
  }
}
