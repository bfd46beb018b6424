/* SPDX-License-Identifier: MIT
 * The flags shared by all commands that read articles. */
#ifndef STANCE_CLI_INPUT_FLAGS_H
#define STANCE_CLI_INPUT_FLAGS_H

#include "choices.h"
#include "command.h"
#include "input/form.h"

struct input_flags { /* zeroed: the defaults, except for max_bytes */
  const char *columns[COLUMN_COUNT], *encoding, *delimiter, *json_text, *json_items, *keep;
  int from; /* choices_form */
  enum stance_date_order date_order;
  enum input_wrap wrap;
  bool any_language, repair;
  long max_bytes;
};

extern const struct flag_choice date_order_choices[], wrap_choices[];

#define INPUT_FLAG(type_, options_, member_, name_, value_, ...) \
  { .name = name_, .type = type_, .offset = offsetof(options_, member_), .value = value_, .help = __VA_ARGS__ }

/* Rows of a command's table; `member_` is the struct input_flags of its options struct. */
#define INPUT_FLAGS(options_, member_)                                                                                \
  INPUT_FLAG(FLAG_CHOICE, options_, member_.from, "from", "FORM",                                                     \
             "what the inputs are; auto: by the first bytes and the file's ending", .names = choices_form_name),      \
      INPUT_FLAG(FLAG_STRING, options_, member_.encoding, "encoding", "NAME",                                         \
                 "the encoding of the inputs, as iconv names them, where no byte order mark says it",                 \
                 .unset = "UTF-8, or what the file says"),                                                            \
      INPUT_FLAG(FLAG_STRING, options_, member_.columns[COLUMN_TEXT], "text-column", "NAME",                          \
                 "the column of the text in CSV, the key in JSON", .unset = "text, content, body and the like"),      \
      INPUT_FLAG(FLAG_STRING, options_, member_.columns[COLUMN_ID], "id-column", "NAME",                              \
                 "the column or key of the id", .unset = "id and the like, or the line's number"),                    \
      INPUT_FLAG(FLAG_STRING, options_, member_.columns[COLUMN_TITLE], "title-column", "NAME",                        \
                 "the column or key of the title", .unset = "title, headline and the like"),                          \
      INPUT_FLAG(FLAG_STRING, options_, member_.columns[COLUMN_DATE], "date-column", "NAME",                          \
                 "the column or key of the date", .unset = "date, published and the like"),                           \
      INPUT_FLAG(FLAG_STRING, options_, member_.columns[COLUMN_OUTLET], "outlet-column", "NAME",                      \
                 "the column or key of the outlet", .unset = "outlet, source and the like"),                          \
      INPUT_FLAG(FLAG_STRING, options_, member_.delimiter, "delimiter", "CHAR",                                       \
                 "what stands between fields of CSV, or tab", .unset = "found by the header"),                        \
      INPUT_FLAG(FLAG_CHOICE, options_, member_.date_order, "date-order", "ORDER",                                    \
                 "how to read dates like 05/03/2024; unknown: only those with a number above 12 are read",            \
                 .choices = date_order_choices),                                                                      \
      INPUT_FLAG(FLAG_CHOICE, options_, member_.wrap, "wrap", "HOW",                                                  \
                 "lines of a text: join those of a paragraph, keep each as a paragraph; auto: join where they look "  \
                 "hard-wrapped",                                                                                      \
                 .choices = wrap_choices),                                                                            \
      INPUT_FLAG(FLAG_STRING, options_, member_.json_text, "json-text", "PATH",                                       \
                 "where the text is in a JSON object: body.paragraphs", .unset = "text, content, body and the like"), \
      INPUT_FLAG(FLAG_STRING, options_, member_.json_items, "json-items", "PATH",                                     \
                 "where the list of articles is in a JSON file: response.results",                                    \
                 .unset = "articles, results and the like"),                                                          \
      INPUT_FLAG(FLAG_BOOL, options_, member_.any_language, "any-language", NULL,                                     \
                 "take articles in any language, not English alone"),                                                 \
      INPUT_FLAG(FLAG_INTEGER, options_, member_.max_bytes, "max-bytes", "N",                                         \
                 "reject articles that are larger, after decompression", .min = 1, .max = 1e9)

/* Converts the flags to a reader's options, whose strings are borrowed from the flags or in the arena. Returns
 * EXIT_DONE, or prints an error. */
enum exit_code input_flags_options(const struct input_flags *flags, struct stance_arena *arena,
                                   struct input_options *out);
/* Prints notes and warnings about what was read and skipped. */
void input_flags_say(const struct input_summary *summary, const struct input_passed *passed);

#endif
