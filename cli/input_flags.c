/* SPDX-License-Identifier: MIT */
#include "input_flags.h"

#include <string.h>

#include "input/recode.h"
#include "stance/base/buffer.h"

const struct flag_choice date_order_choices[] = {
    {"unknown", STANCE_DATE_ORDER_UNKNOWN},
    {"dmy", STANCE_DATE_DMY},
    {"mdy", STANCE_DATE_MDY},
    {0},
};
const struct flag_choice wrap_choices[] = {
    {"auto", INPUT_WRAP_AUTO}, {"join", INPUT_WRAP_JOIN}, {"keep", INPUT_WRAP_KEEP}, {0}};

/* "section,desk" */
static enum exit_code split_keep(const char *text, struct stance_arena *arena, struct input_options *out) {
  static const char *const own[] = {"article",  "date", "outlet", "sentence", "text",  "source", "target",
                                    "mentions", "head", "label",  "p",        "score", "why"};
  while (text && *text) {
    size_t length = strcspn(text, ",");
    if (length && out->keep_count == INPUT_KEEP_MAX) return message_usage("--keep: more than %d names", INPUT_KEEP_MAX);
    const char *name = stance_arena_copy(arena, text, length);
    if (!name) {
      message_failure("out of memory");
      return EXIT_SYSTEM;
    }
    for (size_t i = 0; length && i < sizeof own / sizeof *own; i++)
      if (strcmp(own[i], name) == 0) return message_usage("--keep: '%s' is a key of predictions already", name);
    if (length) out->keep[out->keep_count++] = name;
    text += length + (text[length] == ',');
  }
  return EXIT_DONE;
}

enum exit_code input_flags_options(const struct input_flags *flags, struct stance_arena *arena,
                                   struct input_options *out) {
  *out = (struct input_options){.form = choices_form(flags->from),
                                .encoding = flags->encoding,
                                .date_order = flags->date_order,
                                .wrap = flags->wrap,
                                .repair = flags->repair,
                                .any_language = flags->any_language,
                                .json_text = flags->json_text,
                                .json_items = flags->json_items};
  memcpy(out->columns, flags->columns, sizeof out->columns);
  if (flags->encoding && !input_recode_known(flags->encoding))
    return message_usage("--encoding: '%s' is not known; 'iconv --list' names those that are", flags->encoding);
  if (flags->delimiter) {
    bool is_tab = strcmp(flags->delimiter, "tab") == 0 || strcmp(flags->delimiter, "\\t") == 0;
    unsigned char first = is_tab ? '\t' : (unsigned char)flags->delimiter[0];
    bool is_fit = is_tab || (first && !flags->delimiter[1] && first < 0x80 && !strchr("\"\r\n\\", (char)first));
    if (!is_fit) return message_usage("--delimiter: '%s' is not one ASCII character or 'tab'", flags->delimiter);
    out->delimiter = (char)first;
  }
  return split_keep(flags->keep, arena, out);
}

static void say_passed(const struct input_passed *passed) {
  const struct {
    uint64_t count;
    const char *what;
  } parts[] = {{passed->requests, "requests"},
               {passed->failures, "redirects and errors"},
               {passed->pictures, "other types (pictures, scripts)"},
               {passed->others, "descriptions and revisits"}};
  struct stance_buffer list = {0};
  uint64_t sum = 0;
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
    if (!parts[i].count) continue;
    stance_buffer_printf(&list, "%s%s %llu", sum ? ", " : "", parts[i].what, (unsigned long long)parts[i].count);
    sum += parts[i].count;
  }
  if (passed->unseen)
    message_warning(
        "corrections and withdrawals were not looked for in %llu items of agencies, beyond %d others; read the files "
        "in parts",
        (unsigned long long)passed->unseen, INPUT_REVISION_ITEMS_MAX);
  if (passed->files)
    message_note("%llu %s passed over: ending not known (see --from)", (unsigned long long)passed->files,
                 passed->files == 1 ? "file" : "files");
  if (passed->specials)
    message_note("%llu passed over in folders and archives: pipes, devices, links to folders, links in archives",
                 (unsigned long long)passed->specials);
  if (passed->empty)
    message_note("%llu %s without an article: %s%s", (unsigned long long)passed->empty,
                 passed->empty == 1 ? "file" : "files", passed->an_empty, passed->empty > 1 ? " ..." : "");
  if (sum && !list.failed) message_note("records passed over in WARC files: %s", list.data);
  stance_buffer_free(&list);
}

void input_flags_say(const struct input_summary *summary, const struct input_passed *passed) {
  say_passed(passed);
  input_summary_say(summary, message_say, NULL);
}
