/* SPDX-License-Identifier: MIT
 * The training round: the codebook's own examples, one after the other; after each answer the right label and the reason. */
#include <stdlib.h>
#include <string.h>

#include "annotate/assign.h"
#include "view.h"

enum { ITEMS_MOST = 500 };

struct item {
  const struct stance_head *head;
  const struct stance_example *example;
  const char *label; /* the right one */
  double place;
};

static int by_place(const void *left, const void *right) {
  const struct item *a = left, *b = right;
  return (a->place > b->place) - (a->place < b->place);
}

static void add_examples(const struct annotate_project *project, const struct stance_head *head,
                         const struct stance_example *examples, size_t count, const char *label, const char *name,
                         struct item *items, size_t *found) {
  for (size_t i = 0; i < count && *found < ITEMS_MOST; i++) {
    const char *right = examples[i].label ? examples[i].label : label;
    if (!examples[i].text || !right || stance_head_label(head, right) < 0) continue;
    items[*found] = (struct item){.head = head,
                                  .example = &examples[i],
                                  .label = right,
                                  .place = annotate_draw(project->seed, "practice", name, *found)};
    ++*found;
  }
}

/* The round of a person: drawn by the seed and the name, so that it is the same after a restart. In the arena. */
static size_t make_round(struct web_request *request, struct item **out) {
  const struct annotate_project *project = request->server->project;
  struct item *items = stance_arena_zalloc(&request->arena, ITEMS_MOST, sizeof *items);
  size_t found = 0;
  *out = items;
  for (size_t h = 0; items && h < project->codebook.head_count; h++) {
    const struct stance_head *head = &project->codebook.heads[h];
    for (size_t l = 0; l < head->label_count; l++) {
      const struct stance_label *label = &head->labels[l];
      add_examples(project, head, label->examples, label->example_count, label->name, request->person.name, items,
                   &found);
      add_examples(project, head, label->counter_examples, label->counter_example_count, NULL, request->person.name,
                   items, &found);
    }
    for (size_t r = 0; r < head->rule_count; r++)
      add_examples(project, head, head->rules[r].examples, head->rules[r].example_count, NULL, request->person.name,
                   items, &found);
  }
  if (found) qsort(items, found, sizeof *items, by_place);
  return found < project->practice || !project->practice ? found : project->practice;
}

bool web_practice_passed(const struct annotate_project *project, const struct web_person *person) {
  if (!project->practice) return true;
  return person->practice_answered >= project->practice &&
         person->practice_right >= project->practice_pass * person->practice_answered;
}

void web_practice(struct web_request *request) {
  struct item *items;
  size_t count = make_round(request, &items);
  struct stance_buffer *out = &request->out;
  stance_buffer_printf(out, "{\"answered\":%u,\"right\":%u,\"pass\":", request->person.practice_answered,
                       request->person.practice_right);
  stance_buffer_fixed(out, request->server->project->practice_pass, 3);
  stance_buffer_printf(out, ",\"required\":%s,\"passed\":%s,\"items\":[",
                       request->server->project->practice ? "true" : "false",
                       web_practice_passed(request->server->project, &request->person) ? "true" : "false");
  for (size_t i = 0; i < count; i++) {
    stance_buffer_puts(out, i ? ",{\"text\":" : "{\"text\":");
    stance_buffer_json_text(out, items[i].example->text);
    web_put(out, "head", items[i].head->name);
    web_put(out, "source", items[i].example->source);
    web_put(out, "target", items[i].example->target);
    stance_buffer_putc(out, '}');
  }
  stance_buffer_puts(out, "]}");
}

struct answer {
  size_t item, count;
  bool is_right, is_counted;
};

/* Answers count in order, each once; after the last one the round may be begun anew where it was not passed. */
static void count_answer(struct web_person *person, void *context) {
  struct answer *answer = context;
  if (person->practice_answered >= answer->count && answer->item == 0)
    person->practice_answered = person->practice_right = 0;
  answer->is_counted = answer->item == person->practice_answered;
  if (!answer->is_counted) return;
  person->practice_answered++;
  person->practice_right += answer->is_right;
}

void web_practice_answer(struct web_request *request) {
  struct stance_error error;
  struct item *items;
  size_t count = make_round(request, &items);
  double number = web_number(request->json, "item", -1);
  const char *label = web_text(request->json, "label");
  if (!(number >= 0 && number < (double)count) || !label) {
    web_refuse(request, MHD_HTTP_BAD_REQUEST, "which item, and which label?");
    return;
  }
  const struct item *item = &items[(size_t)number];
  struct answer answer = {.item = (size_t)number, .count = count, .is_right = strcmp(label, item->label) == 0};
  if (web_people_change(&request->server->people, request->person.name, count_answer, &answer, &error) != STANCE_OK) {
    web_refuse_error(request, &error);
    return;
  }
  stance_buffer_printf(&request->out, "{\"right\":%s,\"counted\":%s", answer.is_right ? "true" : "false",
                       answer.is_counted ? "true" : "false");
  web_put(&request->out, "label", item->label);
  web_put(&request->out, "why", item->example->why ? item->example->why : "");
  stance_buffer_putc(&request->out, '}');
}
