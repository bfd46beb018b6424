/* SPDX-License-Identifier: MIT
 * Others' files of each form (../shared/data/forms, not of this project): read as their kind asks, or refused by name. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "input/html.h"
#include "input/item.h"
#include "input/reader.h"
#include "stance/base/file.h"

#define FORMS "../shared/data/forms/"

struct outcome {
  char form[24], first_title[120], first_id[120], first_date[32], problem[512];
  size_t articles, problems;
};

static void read_file(const char *name, struct outcome *out) {
  char path[256];
  snprintf(path, sizeof path, FORMS "%s", name);
  const char *paths[] = {path};
  struct input_reading reading = {.paths = paths, .path_count = 1, .max_bytes = 16 << 20};
  struct input_reader *reader;
  struct input_item item;
  struct input_article article;
  struct stance_error error;
  struct stance_arena arena = {0};
  bool has;
  *out = (struct outcome){0};
  cr_assert_eq(input_reader_open(&reading, &reader, &error), STANCE_OK, "%s", error.message);
  while (input_reader_next(reader, &item, &has, &error) == STANCE_OK && has) {
    char *copy = item.kind == INPUT_ARTICLE ? stance_arena_copy(&arena, item.data, item.length) : NULL;
    if (copy) item.data = copy;
    if (input_item_article(&item, &arena, &article, &error) != STANCE_OK) {
      if (!out->problems++) snprintf(out->problem, sizeof out->problem, "%s", error.message);
      continue;
    }
    if (out->articles++) continue;
    snprintf(out->form, sizeof out->form, "%s", item.source->form->name);
    snprintf(out->first_title, sizeof out->first_title, "%s", article.article.title ? article.article.title : "");
    snprintf(out->first_id, sizeof out->first_id, "%s", article.article.id);
    snprintf(out->first_date, sizeof out->first_date, "%.10s", article.article.date ? article.article.date : "");
  }
  input_reader_close(reader);
  stance_arena_free(&arena);
}

static const struct {
  const char *file, *form;
  size_t articles, problems;
  const char *date, *title, *problem;
} files[] = {
    {"newsml-g2/LISTING_1_A_NewsML-G2_News_Item.xml", "newsml-g2", 1, 0, "2016-10-18",
     "Fed to halt QE to avert \"bubble\"", ""},
    {"newsml-g2/LISTING_2_NewsML-G2_Text_Document.xml", "newsml-g2", 1, 0, "2016-11-21",
     "Fed to halt QE to avert \"bubble\"", ""},
    {"newsml-g2/LISTING_6_Simple_NewsML-G2_Package.xml", "", 0, 1, "", "",
     "a package names its items and has no text of its own"},
    {"newsml-g2/LISTING_24_News_Message_conveying_a_complete_News_Package.xml", "", 0, 4, "", "",
     "the item has no content"},
    {"newsml-g2/LISTING_25_An_NITF_marked-up_article_conveyed_in_inlineXML.xml", "newsml-g2", 1, 0, "",
     "Arizona Diamondbacks (29-23) at Philadelphia Phillies (26-24), 7:05p.m.", ""},
    {"newsml-g2/LISTING_28_Illustrating_Located_Subject_and_Dateline.xml", "", 0, 1, "", "",
     "XML with the root element <contentMeta> is none that is read; expected NewsML-G2, NewsML, NITF, RSS, Atom, RCV1 "
     "or Factiva XML"},
    {"feeds/atom-entry_content_inline_markup.xml", "atom", 1, 0, "", "", ""},
    {"feeds/atom-entry_content_inline_markup_2.xml", "atom", 1, 0, "", "", ""},
    {"feeds/atom-entry_content_type.xml", "atom", 1, 0, "", "", ""},
    {"feeds/atom-entry_content_type_text.xml", "atom", 1, 0, "", "", ""},
    {"feeds/atom-entry_title_escaped_markup.xml", "atom", 1, 0, "", "Example Atom", ""},
    {"feeds/rss-channel_title.xml", "", 0, 1, "", "", "no <item> in the file"},
    {"feeds/rss-channel_title_apos.xml", "", 0, 1, "", "", "no <item> in the file"},
    {"feeds/rss-channel_title_gt.xml", "", 0, 1, "", "", "no <item> in the file"},
    {"feeds/rss-channel_title_lt.xml", "", 0, 1, "", "", "no <item> in the file"},
    {"feeds/rss-item_content_encoded.xml", "rss", 1, 0, "", "", ""},
    {"feeds/rss-item_content_encoded_mode.xml", "rss", 1, 0, "", "", ""},
    {"feeds/rss-item_content_encoded_type.xml", "rss", 1, 0, "", "", ""},
    {"feeds/rss-item_description.xml", "rss", 1, 0, "", "", ""},
    {"databases/europresse_test1.html", "europresse", 3, 0, "2013-10-05", "A heading: some text", ""},
    {"databases/europresse_test2.html", "europresse", 4, 0, "2006-03-14", "Title", ""},
    {"databases/lexisnexis_test_en.html", "nexis-html", 2, 0, "1991-12-19", "Heading One", ""},
    {"databases/lexisnexis_test_fr.html", "nexis-html", 3, 0, "2013-04-12", "Title of first article", ""},
    {"warc/example.warc", "warc", 1, 0, "2017-03-06", "Example Domain", ""},
    {"warc/example.warc.gz", "warc", 1, 0, "2017-03-06", "Example Domain", ""},
    {"warc/example-resource.warc.gz", "warc", 1, 0, "2017-04-29", "Example Domain", ""},
    {"warc/example-digest.warc", "", 0, 0, "", "", ""}, /* requests alone */
};

Test(forms, each_is_read_or_refused_by_name, .timeout = 60) {
  if (access(FORMS, R_OK) != 0) cr_skip_test(FORMS " is absent");
  for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
    struct outcome got;
    read_file(files[i].file, &got);
    cr_expect_str_eq(got.form, files[i].form, "%s: %s", files[i].file, got.form);
    cr_expect_eq(got.articles, files[i].articles, "%s: %zu articles", files[i].file, got.articles);
    cr_expect_eq(got.problems, files[i].problems, "%s: %zu problems, %s", files[i].file, got.problems, got.problem);
    cr_expect_str_eq(got.first_date, files[i].date, "%s: %s", files[i].file, got.first_date);
    cr_expect_str_eq(got.first_title, files[i].title, "%s: %s", files[i].file, got.first_title);
    cr_expect_str_eq(got.problem, files[i].problem, "%s: %s", files[i].file, got.problem);
  }
}

/* The pages' text is measured by tests/bench/html_pages.py; here, that what it found does not get lost again. */
Test(forms, pages_keep_their_words, .timeout = 120) {
  static const char *const pages[] = {
      "247wallst.com1",    "about.com1",      "adoption.com1",    "al.com1",   "avclub.com1",      "bhg.com1",
      "businessweek.com1", "cricket.com.au1", "dailycaller.com1", "fool.com1", "foxbusiness.com1", "gulflive.com1",
      "livescience.com1",  "mashable.com1",   "mlive.com1",       "nola.com1", "parsely.com1"};
  if (access(FORMS "html", R_OK) != 0) cr_skip_test(FORMS "html is absent");
  for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
    static char page[1 << 20], expected[1 << 17];
    char path[256];
    struct stance_arena arena = {0};
    struct stance_article article;
    struct stance_error error;
    size_t repaired, lengths[2];
    for (int part = 0; part < 2; part++) {
      snprintf(path, sizeof path, FORMS "html/%s.%s", pages[i], part ? "txt" : "html");
      FILE *file = fopen(path, "rb");
      cr_assert(file, "%s", path);
      lengths[part] = fread(part ? expected : page, 1, (part ? sizeof expected : sizeof page) - 1, file);
      (part ? expected : page)[lengths[part]] = '\0';
      fclose(file);
    }
    cr_assert_eq(input_html_article("page", page, lengths[0], &arena, &article, &repaired, &error), STANCE_OK, "%s: %s",
                 pages[i], error.message);
    size_t text = 0, wanted = 0; /* letters: white space differs */
    for (const char *at = article.text; *at; at++) text += *at > ' ' || *at < 0;
    for (const char *at = expected; *at; at++) wanted += *at > ' ' || *at < 0;
    cr_expect(text * 100 >= wanted * 90 && text * 90 <= wanted * 100, "%s: %zu letters of %zu", pages[i], text, wanted);
    stance_arena_free(&arena);
  }
}

/* docs/formats.md has one table of all forms: a row for each name of --from, with something in each of its five cells. */
Test(forms, stand_in_the_table_of_the_manual, .timeout = 60) {
  struct stance_arena table = {0};
  struct stance_error error;
  char *data;
  size_t length;
  cr_assert_eq(stance_file_read("docs/formats.md", 1 << 20, &table, &data, &length, &error), STANCE_OK, "%s",
               error.message);
  for (size_t i = 0; input_forms[i]; i++) {
    char start[64];
    snprintf(start, sizeof start, "\n| `%s` | ", input_forms[i]->name);
    const char *row = memmem(data, length, start, strlen(start));
    cr_expect_not_null(row, "no row for --from %s", input_forms[i]->name);
    size_t cells = 0, filled = 0;
    for (const char *at = row ? row + 2 : NULL, *bar; at && *at != '\n' && (bar = strchr(at, '|')); at = bar + 1) {
      cells++;
      filled += strspn(at, " ") < (size_t)(bar - at);
    }
    cr_expect(cells == 5 && filled == 5, "--from %s: %zu cells, %zu filled", input_forms[i]->name, cells, filled);
  }
  stance_arena_free(&table);
}
