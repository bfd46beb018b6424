/* SPDX-License-Identifier: MIT
 * stance inspect: shows what is recognised in the inputs. */
#include <stdio.h>
#include <string.h>

#include "articles.h"
#include "output.h"
#include "stance/base/buffer.h"
#include "stance/base/error.h"
#include "stance/base/plain.h"
#include "stance/base/utf8.h"
#include "stance/text/text.h"

enum { LINE_CODE_POINTS = 100 };

struct inspect_options {
  struct input_flags input;
  enum list_format format;
  long limit;
};

static const struct inspect_options inspect_defaults = {.input = {.max_bytes = ARTICLE_BYTES_MAX}, .limit = 3};

static const struct flag inspect_flags[] = {
    FLAG(FLAG_CHOICE, struct inspect_options, format, "format", 'f', "FORMAT", "how to show them",
         .choices = list_choices),
    FLAG(FLAG_INTEGER, struct inspect_options, limit, "limit", 0, "COUNT",
         "show at most so many articles of a file; jsonl shows all", .min = 1, .max = 1e9),
    INPUT_FLAGS(struct inspect_options, input),
};

/* Missing properties, in the order of the summary. */
enum lack { LACK_TITLE, LACK_DATE, LACK_OUTLET, LACK_LANG, LACK_TEXT, LACK_COUNT };
static const char *const lacks[LACK_COUNT] = {"title", "date", "outlet", "language", "text"};

struct inspect_run {
  const struct inspect_options *options;
  struct stance_text_matcher *matcher;
  struct stance_arena arena;
  struct stance_buffer out, held; /* held: lines of a file's articles, until their number is known */
  char path[4096];
  const struct input_form *form;
  size_t count, files, articles, lacking[LACK_COUNT];
};

/* One line of text, cut. */
static void put_line(struct stance_buffer *out, const char *text, size_t length) {
  size_t cut = stance_utf8_offset(text, length, LINE_CODE_POINTS);
  size_t end = cut < length ? cut : length;
  stance_buffer_plain(out, text, end, false);
  if (cut < length) stance_buffer_puts(out, "\xe2\x80\xa6");
}

static unsigned find_lacks(const struct stance_article *article) {
  const bool has[LACK_COUNT] = {[LACK_TITLE] = article->title && *article->title,
                                [LACK_DATE] = article->date != NULL,
                                [LACK_OUTLET] = article->outlet != NULL,
                                [LACK_LANG] = article->lang != NULL,
                                [LACK_TEXT] = article->text_length};
  unsigned bits = 0;
  for (unsigned i = 0; i < LACK_COUNT; i++) bits |= has[i] ? 0 : 1u << i;
  return bits;
}

static void put_doubts(struct stance_buffer *out, const struct input_notes *notes, const char *start,
                       const char *between) {
  bool has_any = false;
  for (int i = 0; i < INPUT_NOTE_COUNT; i++) {
    if (!notes->counts[i]) continue;
    stance_buffer_puts(out, has_any ? between : start);
    stance_buffer_puts(out, input_note_name((enum input_note)i));
    if (notes->examples[i]) {
      stance_buffer_puts(out, " '");
      put_line(out, notes->examples[i], strlen(notes->examples[i]));
      stance_buffer_putc(out, '\'');
    }
    has_any = true;
  }
}

static void put_key(struct stance_buffer *out, const char *key, const char *value) {
  stance_buffer_printf(out, ",\"%s\":", key);
  stance_buffer_json_string(out, value, value ? strlen(value) : 0);
}

static void put_json(struct stance_buffer *out, const struct input_item *item, const struct input_article *read,
                     const char *first, size_t first_length, size_t sentences) {
  const struct stance_article *article = &read->article;
  stance_buffer_puts(out, "{\"file\":");
  stance_buffer_json_string(out, item->path, strlen(item->path));
  stance_buffer_printf(out, ",\"line\":%zu", item->line);
  put_key(out, "form", item->source->form->name);
  put_key(out, "id", article->id);
  put_key(out, "title", article->title);
  put_key(out, "date", article->date);
  put_key(out, "outlet", article->outlet);
  put_key(out, "url", article->url);
  put_key(out, "lang", article->lang);
  put_key(out, "guessed_lang", read->guessed_lang);
  stance_buffer_printf(out, ",\"characters\":%zu,\"sentences\":%zu,\"first\":",
                       stance_utf8_count(article->text, article->text_length), sentences);
  stance_buffer_json_string(out, first, first_length);
  stance_buffer_puts(out, ",\"missing\":[");
  unsigned bits = find_lacks(article);
  for (unsigned i = 0, count = 0; i < LACK_COUNT; i++)
    if (bits >> i & 1) stance_buffer_printf(out, "%s\"%s\"", count++ ? "," : "", lacks[i]);
  stance_buffer_puts(out, "],\"doubts\":[");
  struct stance_buffer doubts = {0};
  for (int i = 0, count = 0; i < INPUT_NOTE_COUNT; i++) {
    if (!read->notes.counts[i]) continue;
    stance_buffer_clear(&doubts);
    stance_buffer_puts(&doubts, input_note_name((enum input_note)i));
    if (read->notes.examples[i]) stance_buffer_printf(&doubts, " '%s'", read->notes.examples[i]);
    if (count++) stance_buffer_putc(out, ',');
    stance_buffer_json_string(out, doubts.data ? doubts.data : "", doubts.length);
  }
  if (doubts.failed) out->failed = true;
  stance_buffer_free(&doubts);
  stance_buffer_puts(out, read->is_left_out ? "],\"left_out\":true}\n" : "]}\n");
}

static void put_text(struct stance_buffer *out, const struct input_item *item, const struct input_article *read,
                     const char *first, size_t first_length) {
  const struct stance_article *article = &read->article;
  const char *lang = article->lang ? article->lang : read->guessed_lang;
  const char *fields[] = {article->date, article->outlet, lang};
  (void)item;
  stance_buffer_puts(out, "  ");
  put_line(out, article->id, strlen(article->id));
  for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
    stance_buffer_puts(out, "  ");
    put_line(out, fields[i] ? fields[i] : "-", strlen(fields[i] ? fields[i] : "-"));
  }
  if (!article->lang && lang) stance_buffer_putc(out, '?');
  if (read->is_left_out) stance_buffer_puts(out, "  LEFT OUT");
  stance_buffer_puts(out, "\n    title  ");
  put_line(out, article->title ? article->title : "-", strlen(article->title ? article->title : "-"));
  stance_buffer_puts(out, "\n    first  ");
  put_line(out, first, first_length);
  put_doubts(out, &read->notes, "\n    doubt  ", "; ");
  stance_buffer_putc(out, '\n');
}

/* Prints the file read last, when the number of its articles is known. */
static void end_file(struct inspect_run *run) {
  if (!run->count || run->options->format == LIST_JSONL) return;
  size_t shown = (size_t)run->options->limit;
  put_line(&run->out, run->path, strlen(run->path));
  stance_buffer_printf(&run->out, ": %s, %zu %s\n", run->form->title, run->count,
                       run->count == 1 ? "article" : "articles");
  stance_buffer_append(&run->out, run->held.data, run->held.length);
  if (run->count > shown) stance_buffer_printf(&run->out, "  and %zu more (see --limit)\n", run->count - shown);
  stance_buffer_clear(&run->held);
  run->count = 0;
}

static enum stance_status inspect_each(void *context, const struct input_item *item, const struct input_article *read,
                                       bool *go_on, struct stance_error *error) {
  struct inspect_run *run = context;
  struct stance_document document = {0};
  stance_arena_reset(&run->arena);
  STANCE_TRY(stance_sentences_find(run->matcher, &run->arena, &read->article, &document, error));
  uint32_t first = 0; /* first sentence of the text, after the title */
  while (first + 1 < document.sentence_count && document.has_title && document.sentences[first].paragraph == 0) first++;
  const struct stance_sentence *sentence = document.sentence_count ? &document.sentences[first] : NULL;
  const char *text = sentence ? document.text + sentence->start : "";
  size_t length = sentence ? sentence->end - sentence->start : 0;
  if (strcmp(run->path, item->path) != 0 || !run->files) {
    end_file(run);
    snprintf(run->path, sizeof run->path, "%s", item->path);
    run->form = item->source->form;
    run->files++;
  }
  run->count++;
  run->articles++;
  unsigned bits = find_lacks(&read->article);
  for (unsigned i = 0; i < LACK_COUNT; i++) run->lacking[i] += bits >> i & 1;
  if (run->options->format == LIST_JSONL) put_json(&run->out, item, read, text, length, document.sentence_count);
  else if (run->count <= (size_t)run->options->limit) put_text(&run->held, item, read, text, length);
  if (run->out.failed || run->held.failed) return stance_fail_memory(error);
  *go_on = (run->options->format == LIST_JSONL ? output_data : output_text)(&run->out);
  stance_buffer_clear(&run->out);
  return STANCE_OK;
}

static void end_all(struct inspect_run *run) {
  end_file(run);
  if (run->articles && run->options->format != LIST_JSONL) {
    stance_buffer_printf(&run->out, "%zu %s in %zu %s", run->articles, run->articles == 1 ? "article" : "articles",
                         run->files, run->files == 1 ? "file" : "files");
    for (unsigned i = 0, count = 0; i < LACK_COUNT; i++)
      if (run->lacking[i])
        stance_buffer_printf(&run->out, "%s%zu without %s", count++ ? ", " : "; ", run->lacking[i], lacks[i]);
    stance_buffer_putc(&run->out, '\n');
  }
  output_text(&run->out); /* main checks whether it was written */
}

static enum exit_code inspect_start(const void *given, int argc, char **argv) {
  struct inspect_run run = {.options = given};
  struct articles_reading reading = {
      .flags = &run.options->input, .takes_left_out = true, .context = &run, .each = inspect_each};
  struct stance_error error;
  if (stance_text_matcher_new(&run.matcher, &error) != STANCE_OK) return message_error(&error);
  enum exit_code code = articles_each(&reading, argc, argv, NULL);
  end_all(&run);
  stance_text_matcher_destroy(run.matcher);
  stance_arena_free(&run.arena);
  stance_buffer_free(&run.out);
  stance_buffer_free(&run.held);
  return code;
}

const struct command command_inspect = {
    COMMAND("inspect", "[INPUT...]", "show what is recognised in the inputs", inspect, inspect_start, 0, -1),
    .description =
        "Reads the inputs as all commands do and prints, file by file, the form that was recognised, how many "
        "articles it has, and of the first ones the id, date, outlet and language ('?': guessed), the title, the "
        "first sentence, and what was guessed, repaired or left out. What cannot be read is said with the reason, and "
        "makes the exit code 2. With --format jsonl one object for each article, with what is missing and what is "
        "doubtful.",
    .examples = "  stance inspect archive/\n  stance inspect --format jsonl export.csv | jq .doubts\n",
};
