/* SPDX-License-Identifier: MIT
 * The training round in the browser. */
#include "annotate/practice.h"

#include <string.h>

#include "stance/base/error.h"
#include "view.h"

void web_practice(struct web_request *request) {
  struct stance_error error;
  struct annotate_practice practice;
  const struct annotate_project *project = request->server->project;
  struct stance_buffer *out = &request->out;
  if (annotate_practice_open(project, request->person.name, &request->arena, &practice, &error) != STANCE_OK) {
    web_refuse_error(request, &error);
    return;
  }
  stance_buffer_printf(out, "{\"answered\":%zu,\"right\":%zu,\"mark\":%zu,\"required\":%s,\"passed\":%s,\"items\":[",
                       practice.answered, practice.right, annotate_practice_mark(project, practice.count),
                       project->practice ? "true" : "false", practice.is_passed ? "true" : "false");
  for (size_t i = 0; i < practice.count; i++) {
    stance_buffer_puts(out, i ? ",{\"text\":" : "{\"text\":");
    stance_buffer_json_text(out, practice.items[i].example->text);
    web_put(out, "head", practice.items[i].head->name);
    web_put(out, "source", practice.items[i].example->source);
    web_put(out, "target", practice.items[i].example->target);
    stance_buffer_putc(out, '}');
  }
  stance_buffer_puts(out, "]}");
}

void web_practice_answer(struct web_request *request) {
  struct stance_error error;
  struct annotate_practice practice;
  const struct annotate_project *project = request->server->project;
  double number = web_number(request->json, "item", -1);
  const char *label = web_text(request->json, "label");
  bool counts;
  enum stance_status status = annotate_practice_open(project, request->person.name, &request->arena, &practice, &error);
  if (status == STANCE_OK && (!(number >= 0 && number < (double)practice.count) || !label)) {
    web_refuse(request, MHD_HTTP_BAD_REQUEST, "which item, and which label?");
    return;
  }
  if (status == STANCE_OK)
    status = annotate_practice_answer(project, request->person.name, &practice, (size_t)number, label, "web", &counts,
                                      &error);
  if (status != STANCE_OK) {
    web_refuse_error(request, &error);
    return;
  }
  const struct annotate_practice_item *item = &practice.items[(size_t)number];
  stance_buffer_printf(&request->out, "{\"right\":%s,\"counted\":%s,\"answered\":%zu,\"passed\":%s",
                       strcmp(label, item->label) == 0 ? "true" : "false", counts ? "true" : "false", practice.answered,
                       practice.is_passed ? "true" : "false");
  web_put(&request->out, "label", item->label);
  web_put(&request->out, "why", item->example->why ? item->example->why : "");
  stance_buffer_putc(&request->out, '}');
}
