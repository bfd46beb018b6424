/* SPDX-License-Identifier: MIT
 * Inputs: folders, compressed bytes, records, CSV, HTML. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include "input/bytes.h"
#include "input/csv.h"
#include "input/html.h"
#include "input/item.h"
#include "input/reader.h"
#include "input/walk.h"
#include "temporary.h"

/* What a test keeps until its process ends, where a leak check can reach it. */
static void *keep(void *memory) {
  static void *kept[64];
  static size_t count;
  cr_assert(memory && count < sizeof kept / sizeof *kept);
  return kept[count++] = memory;
}

static char folder[64];

static void make_folder(void) {
  snprintf(folder, sizeof folder, "%s/stance-input-XXXXXX", temporary_folder());
  cr_assert(mkdtemp(folder));
}

static void remove_folder(void) {
  char command[128];
  snprintf(command, sizeof command, "rm -rf %s", folder);
  cr_assert_eq(system(command), 0);
}

TestSuite(walk, .init = make_folder, .fini = remove_folder);
TestSuite(bytes, .init = make_folder, .fini = remove_folder);
TestSuite(reader, .init = make_folder, .fini = remove_folder);

static char *path_of(const char *name) {
  static char path[256][256];
  static int at;
  at = (at + 1) % 256;
  snprintf(path[at], sizeof path[at], "%s/%s", folder, name);
  return path[at];
}

static char *put_file(const char *name, const char *bytes, size_t length) {
  char *path = path_of(name);
  FILE *file = fopen(path, "w");
  cr_assert(file);
  cr_assert_eq(fwrite(bytes, 1, length, file), length);
  cr_assert_eq(fclose(file), 0);
  return path;
}

/* ---- folders ------------------------------------------------------------------------------------------------------ */

static void check_walk(const char *const *expected, size_t count) {
  struct input_walk *walk;
  struct stance_error error;
  const char *path;
  cr_assert_eq(input_walk_open(folder, &walk, &error), STANCE_OK);
  for (size_t i = 0; i < count; i++) {
    cr_assert_eq(input_walk_next(walk, &path, &error), STANCE_OK);
    cr_assert(path, "expected %s", expected[i]);
    cr_assert_str_eq(path + strlen(folder) + 1, expected[i]);
  }
  cr_assert_eq(input_walk_next(walk, &path, &error), STANCE_OK);
  cr_assert_null(path);
  input_walk_close(walk);
  cr_assert_eq(input_walk_count(folder, NULL), count);
}

Test(walk, gives_known_files_in_name_order_with_folders_in_place) {
  static const char *const expected[] = {"a.txt", "b/1.jsonl.gz", "b/c/9.html", "d.csv.zst", "e.TXT"};
  mkdir(path_of("b"), 0700);
  mkdir(path_of("b/c"), 0700);
  for (int i = 4; i >= 0; i--) put_file(expected[i], "x", 1);
  put_file("picture.png", "x", 1);
  put_file(".hidden.txt", "x", 1);
  cr_assert_eq(symlink(folder, path_of("zz")), 0); /* a link to a folder could lead round in a circle */
  check_walk(expected, 5);
}

Test(walk, reads_a_folder_again_when_its_window_is_used_up) {
  char names[50][16];
  const char *expected[50];
  input_walk_window = 7;
  for (int i = 0; i < 50; i++) {
    int number = i * 37 % 50; /* not in order */
    snprintf(names[number], sizeof names[number], "%03d.txt", number);
    put_file(names[number], "x", 1);
    expected[number] = names[number];
  }
  check_walk(expected, 50);
}

/* ---- bytes --------------------------------------------------------------------------------------------------------- */

static size_t gzip(const char *text, size_t length, char *out, size_t capacity) {
  z_stream stream = {0};
  deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
  stream.next_in = (unsigned char *)(size_t)text;
  stream.avail_in = (unsigned)length;
  stream.next_out = (unsigned char *)out;
  stream.avail_out = (unsigned)capacity;
  cr_assert_eq(deflate(&stream, Z_FINISH), Z_STREAM_END);
  size_t size = stream.total_out;
  deflateEnd(&stream);
  return size;
}

/* All of a file's decoded bytes; their count, or -1 with the error. */
static long read_all(const char *path, char *out, size_t capacity, struct stance_error *error) {
  struct input_bytes *bytes;
  struct input_record record;
  cr_assert_eq(input_bytes_open(path, NULL, &bytes, error), STANCE_OK);
  long size = -1;
  if (input_bytes_record(bytes, input_scan_all, capacity, &record, error) == STANCE_OK) {
    memcpy(out, record.data, record.length);
    size = (long)record.length;
  }
  input_bytes_close(bytes);
  return size;
}

enum { LARGE = 1000 * 1000 };

static char *large_text(void) {
  char *text = keep(malloc(LARGE + 1));
  unsigned state = 1;
  for (size_t i = 0; i < LARGE; i++) {
    state = state * 1103515245u + 12345u;
    text[i] = i % 80 == 79 ? '\n' : (char)('a' + (state >> 16) % 20);
  }
  text[LARGE] = '\0';
  return text;
}

Test(bytes, unpacks_gzip_in_several_members_and_ignores_padding) {
  char *text = large_text(), *packed = keep(calloc(2, LARGE)), *out = keep(malloc(2 * LARGE));
  struct stance_error error;
  size_t first = gzip(text, 600000, packed, LARGE), second = gzip(text + 600000, LARGE - 600000, packed + first, LARGE);
  char *path = put_file("a.gz", packed, first + second + 512);
  cr_assert_eq(read_all(path, out, 2 * LARGE, &error), LARGE);
  cr_assert_eq(memcmp(out, text, LARGE), 0);
}

Test(bytes, unpacks_zstd) {
  char *text = large_text(), *packed = keep(malloc(2 * LARGE)), *out = keep(malloc(2 * LARGE));
  struct stance_error error;
  size_t size = ZSTD_compress(packed, 2 * LARGE, text, LARGE, 3);
  char *path = put_file("a", packed, size);
  cr_assert_eq(read_all(path, out, 2 * LARGE, &error), LARGE);
  cr_assert_eq(memcmp(out, text, LARGE), 0);
}

Test(bytes, says_that_compressed_data_is_cut_or_damaged) {
  char *text = large_text(), *packed = keep(malloc(2 * LARGE)), *out = keep(malloc(2 * LARGE));
  struct stance_error error;
  size_t size = gzip(text, LARGE, packed, 2 * LARGE);
  char *path = put_file("cut.gz", packed, size / 2);
  cr_assert_eq(read_all(path, out, 2 * LARGE, &error), -1);
  cr_assert_str_eq(error.message, "the compressed data ends too early");
  cr_assert_str_eq(error.file, path);
  memset(packed + size / 2, 0x55, 100);
  cr_assert_eq(read_all(put_file("bad.gz", packed, size), out, 2 * LARGE, &error), -1);
  cr_assert_str_eq(error.message, "the gzip data is damaged");
  size = ZSTD_compress(packed, 2 * LARGE, text, LARGE, 3);
  cr_assert_eq(read_all(put_file("cut.zst", packed, size - 9), out, 2 * LARGE, &error), -1);
  cr_assert_str_eq(error.message, "the compressed data ends too early");
}

Test(bytes, gives_lines_and_drops_the_rest_of_one_that_is_too_long) {
  char *long_line = keep(malloc(LARGE + 40));
  struct input_bytes *bytes;
  struct input_record record;
  struct stance_error error;
  strcpy(long_line, "first\n");
  memset(long_line + 6, 'x', LARGE);
  strcpy(long_line + 6 + LARGE, "\nlast");
  cr_assert_eq(input_bytes_open(put_file("l", long_line, strlen(long_line)), NULL, &bytes, &error), STANCE_OK);
  cr_assert_eq(input_bytes_record(bytes, input_scan_line, 1000, &record, &error), STANCE_OK);
  cr_assert(record.length == 6 && !record.is_over && record.lines == 1);
  cr_assert_eq(input_bytes_record(bytes, input_scan_line, 1000, &record, &error), STANCE_OK);
  cr_assert(record.is_over && record.lines == 1);
  cr_assert_eq(input_bytes_record(bytes, input_scan_line, 1000, &record, &error), STANCE_OK);
  cr_assert(record.length == 4 && memcmp(record.data, "last", 4) == 0 && !record.is_over);
  cr_assert_eq(input_bytes_record(bytes, input_scan_line, 1000, &record, &error), STANCE_OK);
  cr_assert_eq(record.length, 0);
  input_bytes_close(bytes);
}

/* ---- CSV ------------------------------------------------------------------------------------------------------------ */

static const struct input_csv_dialect comma = {.delimiter = ','}, backslash = {.delimiter = ',', .backslash = true};

/* A row's fields with | between, and ! where its quotes are odd; or the error. The scanner must end where the row does. */
static const char *csv_fields(const char *row, const struct input_csv_dialect *dialect) {
  static char out[1000];
  struct stance_arena arena = {0};
  struct input_field *fields;
  struct stance_error error;
  size_t count, at = 0;
  enum input_quotes quotes = INPUT_QUOTES_GOOD;
  unsigned state = input_csv_state(dialect);
  bool is_whole = input_scan_csv(row, strlen(row), &at, &state);
  cr_expect_eq(at, strlen(row), "'%s' was cut at %zu", row, at);
  *out = '\0';
  if (input_csv_fields(row, strlen(row), dialect, &arena, &fields, &count, &quotes, &error) != STANCE_OK)
    snprintf(out, sizeof out, "%s", error.message);
  else
    for (size_t i = 0; i < count; i++)
      snprintf(out + strlen(out), sizeof out - strlen(out), "%s%s", i ? "|" : "", fields[i].text);
  if (quotes) strcat(out, "!");
  (void)is_whole;
  stance_arena_free(&arena);
  return out;
}

Test(csv, takes_fields_as_rfc_4180_has_them) {
  cr_assert_str_eq(csv_fields("plain,\"with, comma\",\"two\nlines\",\"a \"\"word\"\"\",,\"\"\r\n", &comma),
                   "plain|with, comma|two\nlines|a \"word\"||");
  cr_assert_str_eq(csv_fields(" a , b\n", &comma), " a | b"); /* blanks stay, so that offsets do */
}

Test(csv, keeps_quotes_where_they_are_text) { /* Python 3.11: list(csv.reader([row])) */
  cr_assert_str_eq(csv_fields("a,b\"c,d\n", &comma), "a|b\"c|d!");
  cr_assert_str_eq(csv_fields("\"so\" he said,b\n", &comma), "so he said|b!");
  cr_assert_str_eq(csv_fields("5\" gun,6\n", &comma), "5\" gun|6!");
  cr_assert_str_eq(csv_fields("\"\"\"\"\n", &comma), "\"");
  cr_assert_str_eq(csv_fields("a,b,\"c", &comma),
                   "column 3: a quote that opens here is not closed up to the end of the file");
}

Test(csv, takes_backslashes_where_the_file_has_them) {
  cr_assert_str_eq(csv_fields("1,\"said \\\"no\\\", left \\\\\"\n", &backslash), "1|said \"no\", left \\!");
  struct input_csv_dialect found;
  static const char with[] = "id,text\n1,\"said \\\"no\\\" and left\"\n",
                    without[] = "id,path\n1,\"C:\\\",x\n2,\"say \\\"\"x\"\"\"\n";
  input_csv_find(with, sizeof with - 1, 0, &found);
  cr_assert(found.backslash);
  input_csv_find(without, sizeof without - 1, 0, &found);
  cr_assert_not(found.backslash);
}

Test(csv, finds_the_delimiter_and_the_line_end_by_the_header) {
  static const struct {
    const char *start;
    char delimiter;
    bool cr;
  } cases[] = {{"id;date;text\n1;2;a, b, c, d\n", ';', false},
               {"id,text\n", ',', false},
               {"id\ttext\n", '\t', false},
               {"id|text, all\r\n", ',', false},
               {"id|date|text, all\n", '|', false},
               {"\"a;b\";\"c,d,e\"\n", ';', false},
               {"id,text\r1,Mali\r", ',', true},
               {"id,text\r\n1,Mali\r", ',', false}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct input_csv_dialect found;
    input_csv_find(cases[i].start, strlen(cases[i].start), 0, &found);
    cr_expect_eq(found.delimiter, cases[i].delimiter, "%s", cases[i].start);
    cr_expect_eq(found.cr, cases[i].cr, "%s", cases[i].start);
  }
}

Test(csv, finds_a_record_in_pieces_as_in_one) {
  static const char records[] = "a,\"b\n\"\"c\",d\ne\n", escaped[] = "a,\"b\n\\\"c\",d\ne\n";
  for (int kind = 0; kind < 2; kind++) {
    const char *text = kind ? escaped : records;
    size_t length = strlen(text);
    for (size_t cut = 0; cut < length; cut++) {
      size_t at = 0;
      unsigned state = input_csv_state(kind ? &backslash : &comma);
      if (!input_scan_csv(text, cut, &at, &state))
        cr_assert(input_scan_csv(text, length, &at, &state), "cut at %zu", cut);
      cr_assert_eq(at, 12, "cut at %zu: %zu", cut, at);
    }
  }
}

/* ---- reader ----------------------------------------------------------------------------------------------------------- */

/* The titles, lines and errors of a file's articles: "title@line|..." */
static char *read_titles(const char *path, const char *text_column) {
  static char out[4096];
  struct input_reading reading = {.paths = &path, .path_count = 1, .max_bytes = 200};
  struct input_reader *reader;
  struct input_item item;
  struct stance_error error = {0};
  bool has;
  reading.options.columns[COLUMN_TEXT] = text_column;
  *out = '\0';
  cr_assert_eq(input_reader_open(&reading, &reader, &error), STANCE_OK);
  for (;;) {
    struct stance_arena arena = {0};
    struct input_article read;
    memset(&item, 0, sizeof item);
    cr_assert_eq(input_reader_next(reader, &item, &has, &error), STANCE_OK);
    if (!has) break;
    char *copy = item.data ? strndup(item.data, item.length) : strdup("");
    item.data = copy;
    enum stance_status status = input_item_article(&item, &arena, &read, &error);
    sprintf(out + strlen(out), "%s@%zu|", status == STANCE_OK ? read.article.title : error.message,
            status == STANCE_OK ? item.line : error.line);
    free(copy);
    stance_arena_free(&arena);
  }
  input_reader_close(reader);
  return out;
}

Test(reader, takes_json_lines_and_goes_on_behind_a_bad_one) {
  static const char lines[] =
      "\xef\xbb\xbf{\"title\":\"A\",\"text\":\"x\"}\n\n{\"title\":\"B\",\n{\"title\":\"C\",\"text\":\"y\"}\r\n{"
      "\"text\":\"\xff\"}\n";
  cr_assert_str_eq(read_titles(put_file("a.jsonl", lines, sizeof lines - 1), NULL),
                   "A@1|JSON ends too early@3|C@4|is not UTF-8, as JSON must be (see --repair)@5|");
}

Test(reader, takes_a_json_list_over_many_lines) {
  static const char list[] =
      "[\n {\"title\":\"A }\",\n  \"text\":\"x\"},\n {\"title\":\"B\", \"text\":\"y\\\"[{\"}\n]\n";
  cr_assert_str_eq(read_titles(put_file("a.json", list, sizeof list - 1), NULL), "A }@2|B@4|");
}

Test(reader, takes_csv_by_its_header_with_the_line_of_each_record) {
  static const char csv[] = "title,body\nA,\"x\ny\"\nB,y\nC\n";
  cr_assert_str_eq(read_titles(put_file("a.csv", csv, sizeof csv - 1), "body"),
                   "A@2|B@4|1 fields; the header has 2@5|");
  cr_assert_str_eq(read_titles(path_of("a.csv"), "nothing"),
                   "no column 'nothing' in the header; it has title, body@1|");
}

Test(reader, says_that_an_article_is_too_large) {
  char text[400];
  memset(text, 'x', sizeof text);
  cr_assert_str_eq(read_titles(put_file("a.txt", text, sizeof text), NULL),
                   "the article is larger than 200 bytes (see --max-bytes)@0|");
}

/* ---- HTML ---------------------------------------------------------------------------------------------------------------- */

static struct stance_article html(const char *page) {
  static struct stance_arena arena;
  struct stance_article article;
  struct stance_error error;
  size_t repaired;
  stance_arena_reset(&arena);
  cr_assert_eq(input_html_article("2022-05-03-page", page, strlen(page), &arena, &article, &repaired, &error),
               STANCE_OK, "%s", error.message);
  return article;
}

#define LONG_TEXT                                                                                                      \
  "Mali&#8217;s military government said on Monday it was breaking off from defence accords with its former colonial " \
  "ruler "                                                                                                             \
  "<a href='/france'>France</a>, condemning flagrant violations of its sovereignty by French troops there."
#define PLAIN_TEXT                                                                                                 \
  "Mali\xe2\x80\x99s military government said on Monday it was breaking off from defence accords with its former " \
  "colonial ruler "                                                                                                \
  "France, condemning flagrant violations of its sovereignty by French troops there."

Test(html, takes_the_article_element_without_menus_and_scripts) {
  struct stance_article article = html(
      "<!DOCTYPE html><html lang=en><head><title>Mali - The Paper</title><meta property='og:title' content='Mali  "
      "breaks off'>"
      "<meta property='article:published_time' content='2022-05-03T10:00:00Z'><meta property='og:site_name' "
      "content='The Paper'>"
      "<script>var x = '<p>no</p>';</script></head><body><nav><p>Home of the long menu that is not a part of the "
      "article.</p></nav>"
      "<article><h1>Mali breaks off</h1><div class='share-bar'><p>Share this with your many friends on all the "
      "networks.</p></div>"
      "<p>" LONG_TEXT
      "</p><ul><li><a href=x>More on Mali and its accords with France here</a></li></ul><p>Second&nbsp;one.</p>"
      "<aside><p>Related: a story of another day that is not of this article.</p></aside></article>"
      "<footer><p>All rights reserved by The Paper and its owners.</p></footer></body></html>");
  cr_assert_str_eq(article.text, PLAIN_TEXT "\nSecond one.");
  cr_assert_str_eq(article.title, "Mali breaks off");
  cr_assert_str_eq(article.date, "2022-05-03T10:00:00Z");
  cr_assert_str_eq(article.outlet, "The Paper");
  cr_assert_str_eq(article.lang, "en");
  cr_assert_str_eq(article.id, "2022-05-03-page");
}

Test(html, takes_the_densest_paragraphs_of_a_page_without_article) {
  struct stance_article article =
      html("<html><body><div id=left><p>Short.</p><p><a href=1>" PLAIN_TEXT PLAIN_TEXT
           "</a></p></div>"
           "<div><h1>The head</h1><p>" LONG_TEXT "<p>Unclosed paragraph.</div></body></html>");
  cr_assert_str_eq(article.text, PLAIN_TEXT "\nUnclosed paragraph.");
  cr_assert_str_eq(article.title, "The head");
  cr_assert_str_eq(article.date, "2022-05-03");
}

Test(html, survives_what_is_nested_very_deep) {
  size_t depth = 100000;
  char *page = malloc(depth * 5 + 400);
  strcpy(page, "<html><body>");
  for (size_t i = 0, at = strlen(page); i < depth; i++, at += 5) memcpy(page + at, "<div>", 6);
  strcat(page, "<p>" LONG_TEXT "</p>");
  struct stance_arena arena = {0};
  struct stance_article article;
  struct stance_error error;
  size_t repaired;
  input_html_article("deep", page, strlen(page), &arena, &article, &repaired, &error); /* text or an error, no crash */
  stance_arena_free(&arena);
  free(page);
}
