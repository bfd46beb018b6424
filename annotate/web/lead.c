/* SPDX-License-Identifier: MIT
 * For the lead: status of the team, disagreements, and people. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "annotate/act.h"
#include "annotate/agree.h"
#include "annotate/annotators.h"
#include "annotate/screen.h"
#include "annotate/status.h"
#include "stance/base/error.h"
#include "view.h"

enum { AGREE_SAMPLES = 200, CELL_MOST = 200 };

void web_team(struct web_request *request) {
  struct stance_error error;
  if (annotate_status(request->server->project, true, annotate_clock_wall(NULL), &request->out, &error) != STANCE_OK)
    web_refuse_error(request, &error);
}

/* The numbers of `annotate agree --json`. */
void web_agreement(struct web_request *request) {
  struct stance_error error;
  struct stance_record *records;
  size_t count;
  const struct annotate_agree_options options = {.samples = AGREE_SAMPLES, .worst = 20, .is_json = true};
  if (annotate_labels_read(request->server->project, NULL, false, &request->arena, &records, &count, &error) !=
          STANCE_OK ||
      annotate_agree(request->server->project, records, count, &options, &request->out, &error) != STANCE_OK)
    web_refuse_error(request, &error);
}

/* ---- units of a cell ----------------------------------------------------------------------------------- */

static void put_unit(struct web_request *request, const struct annotate_votes *votes, uint32_t unit, bool is_first) {
  struct stance_error error;
  struct annotate_page page;
  struct stance_buffer *out = &request->out;
  const struct stance_head *head = &request->server->project->codebook.heads[request->server->units->items[unit].head];
  if (annotate_units_page(request->server->units, unit, &request->arena, &page, &error) != STANCE_OK) return;
  stance_buffer_puts(out, is_first ? "{\"unit\":" : ",{\"unit\":");
  stance_buffer_json_text(out, page.record.unit);
  web_put(out, "head", page.record.head);
  web_put(out, "text", page.record.text);
  web_put(out, "source", page.record.source);
  web_put(out, "target", page.record.target);
  stance_buffer_puts(out, ",\"labels\":{");
  for (uint32_t i = votes->first[unit]; i < votes->first[unit + 1]; i++) {
    const struct annotate_vote *vote = &votes->votes[i];
    if (i > votes->first[unit]) stance_buffer_putc(out, ',');
    stance_buffer_json_text(out, vote->annotator);
    stance_buffer_putc(out, ':');
    stance_buffer_json_text(out, vote->label >= 0 ? head->labels[vote->label].name
                                 : vote->is_split ? "wrong split"
                                 : vote->is_skip  ? "skip"
                                                  : "not a dyad");
  }
  stance_buffer_puts(out, "}}");
}

static bool has_vote(const struct web_request *request, const struct annotate_votes *votes, uint32_t unit,
                     const char *name, const char *label) {
  const struct stance_head *head = &request->server->project->codebook.heads[request->server->units->items[unit].head];
  if (!name) return true;
  for (uint32_t i = votes->first[unit]; i < votes->first[unit + 1]; i++)
    if (strcmp(votes->votes[i].annotator, name) == 0)
      return !label || (votes->votes[i].label >= 0 && strcmp(head->labels[votes->votes[i].label].name, label) == 0);
  return false;
}

typedef bool wanted_unit(const struct web_request *request, const struct annotate_votes *votes, uint32_t unit);

static void list_units(struct web_request *request, wanted_unit *is_wanted) {
  struct stance_error error;
  struct annotate_votes votes;
  size_t found = 0, shown = 0, from = web_query_number(request, "from", 0, UINT32_MAX);
  if (annotate_votes_read(request->server->project, request->server->units, &votes, &error) != STANCE_OK) {
    annotate_votes_close(&votes);
    web_refuse_error(request, &error);
    return;
  }
  stance_buffer_puts(&request->out, "{\"items\":[");
  for (uint32_t unit = 0; unit < request->server->units->count; unit++) {
    if (!is_wanted(request, &votes, unit)) continue;
    if (found++ < from || shown == CELL_MOST) continue;
    put_unit(request, &votes, unit, shown++ == 0);
  }
  stance_buffer_printf(&request->out, "],\"found\":%zu,\"from\":%zu}", found, from);
  annotate_votes_close(&votes);
}

/* Whether annotator a gave the unit label la and annotator b label lb: a cell of their confusion matrix. Without lb
 * only a's label counts. */
static bool is_in_cell(const struct web_request *request, const struct annotate_votes *votes, uint32_t unit) {
  const char *head = web_query(request, "head");
  if (head &&
      strcmp(head, request->server->project->codebook.heads[request->server->units->items[unit].head].name) != 0)
    return false;
  return has_vote(request, votes, unit, web_query(request, "a"), web_query(request, "la")) &&
         has_vote(request, votes, unit, web_query(request, "b"), web_query(request, "lb"));
}
static bool is_disputed(const struct web_request *request, const struct annotate_votes *votes, uint32_t unit) {
  (void)request;
  return annotate_votes_agreement(votes, unit) == ANNOTATE_DISPUTED;
}

void web_cell(struct web_request *request) { list_units(request, is_in_cell); }
void web_disputed(struct web_request *request) { list_units(request, is_disputed); }

/* ---- people -------------------------------------------------------------------------------------------------- */

/* Writes whether the person is paused, and the result of the training round. */
static enum stance_status put_standing(struct web_request *request, const char *name, struct stance_error *error) {
  const struct annotate_project *project = request->server->project;
  struct annotate_pause pause;
  struct annotate_practice practice;
  STANCE_TRY(annotate_pause_read(project, name, &pause, error));
  STANCE_TRY(annotate_practice_open(project, name, &request->arena, &practice, error));
  stance_buffer_printf(
      &request->out, ",\"paused\":%s,\"practice_right\":%zu,\"practice_answered\":%zu,\"practice_passed\":%s",
      pause.is_paused ? "true" : "false", practice.right, practice.answered, practice.is_passed ? "true" : "false");
  web_put(&request->out, "why", pause.why);
  return STANCE_OK;
}

void web_people_list(struct web_request *request) {
  struct web_people *people = &request->server->people;
  struct stance_buffer *out = &request->out;
  int64_t now = annotate_clock_wall(NULL);
  struct stance_error error;
  enum stance_status status = STANCE_OK;
  pthread_mutex_lock(&people->mutex);
  stance_buffer_puts(out, "{\"people\":[");
  for (size_t i = 0; i < people->count; i++) {
    const struct web_person *person = &people->items[i];
    int sessions = 0;
    for (size_t s = 0; s < WEB_SESSIONS_MAX; s++)
      sessions += *person->sessions[s].hash && person->sessions[s].expires > now;
    stance_buffer_puts(out, i ? ",{\"name\":" : "{\"name\":");
    stance_buffer_json_text(out, person->name);
    stance_buffer_printf(out, ",\"role\":\"%s\",\"withdrawn\":%s,\"invited\":%s,\"sessions\":%d",
                         web_role_names[person->role], person->is_withdrawn ? "true" : "false",
                         *person->invitation && person->invitation_expires > now ? "true" : "false", sessions);
    if (status == STANCE_OK) status = put_standing(request, person->name, &error);
    stance_buffer_putc(out, '}');
  }
  stance_buffer_puts(out, "],\"annotators\":[");
  for (size_t i = 0; i < request->server->project->annotator_count; i++) {
    if (i) stance_buffer_putc(out, ',');
    stance_buffer_json_text(out, request->server->project->annotators[i]);
  }
  stance_buffer_puts(out, "]}");
  pthread_mutex_unlock(&people->mutex);
  if (status != STANCE_OK) web_refuse_error(request, &error);
}

/* Makes an invitation. The page builds the link from its own address, which browsers can reach. */
void web_invite(struct web_request *request) {
  struct stance_error error;
  char token[WEB_TOKEN_LENGTH + 1];
  const char *name = web_text(request->json, "name"), *role = web_text(request->json, "role");
  int found = role ? web_role_parse(role) : WEB_ANNOTATOR;
  if (!name || found < 0) {
    web_refuse(request, MHD_HTTP_BAD_REQUEST, "who, and as what: annotator, adjudicator or lead?");
    return;
  }
  if (web_people_invite(&request->server->people, request->server->project, name, (enum web_role)found,
                        annotate_clock_wall(NULL), token, &error) != STANCE_OK) {
    web_refuse_error(request, &error);
    return;
  }
  stance_buffer_printf(&request->out, "{\"token\":\"%s\",\"days\":%d}", token, WEB_INVITATION_DAYS);
}

static void end_sessions(struct web_person *person) {
  memset(person->sessions, 0, sizeof person->sessions);
  person->invitation[0] = '\0';
}
/* A pause does not change the person: it is stored in the project, where the terminal also reads it. */
static void do_nothing(struct web_person *person, void *context) {
  (void)person;
  (void)context;
}
static void do_revoke(struct web_person *person, void *context) {
  (void)context;
  end_sessions(person);
}
static void do_withdraw(struct web_person *person, void *context) {
  (void)context;
  person->is_withdrawn = true;
  end_sessions(person);
}

/* Withdraws the labels and the gold that follows from them, like 'stance annotate withdraw', with both seats taken. */
static void withdraw_labels(struct web_request *request, const char *name) {
  struct stance_error error;
  struct annotate_withdrawn withdrawn = {0};
  struct stance_buffer lines = {0};
  char now[40];
  bool is_there = false;
  struct web_seat *own = web_seat_empty(&request->server->seats, name);
  struct web_seat *gold = web_seat_empty(&request->server->seats, NULL);
  annotate_time_format(annotate_clock_wall(NULL), now);
  enum stance_status status =
      own && gold ? annotate_has_labels(request->server->project, name, &is_there, &error) : stance_fail_memory(&error);
  if (status == STANCE_OK && is_there)
    status = annotate_withdraw(request->server->project, name, now, &withdrawn, &lines, &error);
  web_seat_leave(gold);
  web_seat_leave(own);
  if (status != STANCE_OK) {
    web_refuse_error(request, &error);
  } else {
    stance_buffer_printf(&request->out, "{\"labels\":%zu,\"taken_back\":%zu,\"kept\":%zu,\"gold\":", withdrawn.labels,
                         withdrawn.taken_back, withdrawn.kept);
    stance_buffer_json_text(&request->out, lines.data ? lines.data : "");
    stance_buffer_putc(&request->out, '}');
  }
  stance_buffer_free(&lines);
}

void web_person(struct web_request *request) {
  enum { PAUSE, RESUME, REVOKE, WITHDRAW, COUNT };
  static const struct {
    const char *name;
    web_person_change *change;
  } actions[COUNT] = {{"pause", do_nothing}, {"resume", do_nothing}, {"revoke", do_revoke}, {"withdraw", do_withdraw}};
  struct stance_error error;
  const char *name = web_text(request->json, "name"), *wish = web_text(request->json, "do");
  int action = 0;
  while (wish && action < COUNT && strcmp(actions[action].name, wish) != 0) action++;
  if (!name || !wish || action == COUNT) {
    web_refuse(request, MHD_HTTP_BAD_REQUEST, "expected a name, and one of pause, resume, revoke, withdraw");
    return;
  }
  if (strcmp(name, request->person.name) == 0) {
    web_refuse(request, MHD_HTTP_CONFLICT, "that would be yourself");
    return;
  }
  enum stance_status status = web_people_change(&request->server->people, name, actions[action].change, NULL, &error);
  if (status == STANCE_OK && (action == PAUSE || action == RESUME))
    status = annotate_pause_set(request->server->project, name, action == PAUSE ? "by the lead" : NULL, &error);
  if (status != STANCE_OK) web_refuse_error(request, &error);
  else if (action == WITHDRAW) withdraw_labels(request, name);
  else stance_buffer_puts(&request->out, "{}");
}
