/* SPDX-License-Identifier: MIT
 * stance segment: prints the sentences of articles, one per line. */
#include "articles.h"
#include "output.h"
#include "stance/base/plain.h"

struct segment_options {
  struct input_flags input;
  bool with_tokens;
};

static const struct flag segment_flags[] = {
    FLAG(FLAG_BOOL, struct segment_options, with_tokens, "tokens", 0, NULL,
         "put one space between tokens, so that a line shows how its sentence is taken apart"),
    INPUT_FLAGS(struct segment_options, input),
};

struct segment_run {
  const struct segment_options *options;
  size_t articles;
  struct stance_buffer out;
};

/* A sentence on one line, cleaned. */
static void put_span(const char *text, uint32_t start, uint32_t end, struct stance_buffer *out) {
  stance_buffer_plain(out, text + start, end - start, false);
}

static void put_document(const struct stance_document *document, bool with_tokens, struct stance_buffer *out) {
  for (uint32_t i = 0; i < document->sentence_count; i++) {
    const struct stance_sentence *sentence = &document->sentences[i];
    if (!with_tokens) put_span(document->text, sentence->start, sentence->end, out);
    for (uint32_t j = 0; with_tokens && j < sentence->token_count; j++) {
      const struct stance_token *token = &document->tokens[sentence->token_first + j];
      if (j) stance_buffer_putc(out, ' ');
      put_span(document->text, token->start, token->end, out);
    }
    stance_buffer_putc(out, '\n');
  }
}

static bool segment_each(void *context, const struct stance_article *article, const struct stance_document *document) {
  struct segment_run *run = context;
  (void)article;
  stance_buffer_clear(&run->out);
  if (run->articles++) stance_buffer_putc(&run->out, '\n');
  put_document(document, run->options->with_tokens, &run->out);
  return output_styled(&run->out); /* main reports a failure */
}

static enum exit_code segment_start(const void *given, int argc, char **argv) {
  struct segment_run segment = {.options = given};
  struct articles_run run = {.flags = &segment.options->input,
                             .no_tokens = !segment.options->with_tokens,
                             .context = &segment,
                             .each = segment_each};
  enum exit_code code = articles_read(&run, argc, argv);
  stance_buffer_free(&segment.out);
  return code;
}

static const struct segment_options segment_defaults = {.input = {.max_bytes = ARTICLE_BYTES_MAX}};

const struct command command_segment = {
    COMMAND("segment", "[INPUT...]", "show the sentences of articles", segment, segment_start, 0, -1),
    .description =
        "Prints one sentence a line and an empty line between articles. Inputs are those of 'stance classify': a .txt "
        "file (first line: title; each further line: a paragraph), JSON Lines, CSV, HTML, also compressed, a folder "
        "of them, or '-' for standard input, which is also read where no input is given.",
    .examples = "  stance segment article.txt\n  stance segment --tokens news/ | less\n",
};
