/* SPDX-License-Identifier: MIT */
#include "facts.h"

#include <string.h>

#include "report_data.h"
#include "stance/base/markup.h"
#include "stance/base/plain.h"

static const char opening[] = "{\"run\":{";

void classify_facts_add(struct classify_facts *facts, const char *name, const char *value) {
  if (!value || facts->count == CLASSIFY_FACTS_MAX) return;
  facts->names[facts->count] = name;
  facts->values[facts->count++] = value;
}

void classify_facts_object(const struct classify_facts *facts, struct stance_buffer *out) {
  stance_buffer_putc(out, '{');
  for (size_t i = 0; i < facts->count; i++) {
    if (i) stance_buffer_putc(out, ',');
    stance_buffer_json_string(out, facts->names[i], strlen(facts->names[i]));
    stance_buffer_putc(out, ':');
    stance_buffer_json_string(out, facts->values[i], strlen(facts->values[i]));
  }
  stance_buffer_putc(out, '}');
}

void classify_facts_jsonl(const struct classify_facts *facts, struct stance_buffer *out) {
  stance_buffer_puts(out, "{\"run\":");
  classify_facts_object(facts, out);
  stance_buffer_puts(out, "}\n");
}

void classify_facts_comment(const struct classify_facts *facts, struct stance_buffer *out) {
  for (size_t i = 0; i < facts->count; i++) {
    stance_buffer_printf(out, "# %s: ", facts->names[i]);
    stance_buffer_plain(out, facts->values[i], strlen(facts->values[i]), false); /* one line each */
    stance_buffer_putc(out, '\n');
  }
}

void classify_facts_html(const struct classify_facts *facts, struct stance_buffer *out) {
  if (!facts->count) return;
  stance_buffer_puts(out, "<footer><h2>How this page was made</h2><dl>\n");
  for (size_t i = 0; i < facts->count; i++) {
    stance_buffer_puts(out, "<dt>");
    stance_markup_string(out, facts->names[i]);
    stance_buffer_puts(out, "</dt><dd>");
    stance_markup_string(out, facts->values[i]);
    stance_buffer_puts(out, "</dd>\n");
  }
  stance_buffer_puts(out, "</dl></footer>\n");
}

bool classify_facts_is(const char *line, size_t length) {
  return length >= sizeof opening - 1 && memcmp(line, opening, sizeof opening - 1) == 0;
}
