/* SPDX-License-Identifier: MIT
 * The annotation screen's layout, from the top:
 *
 *   bar        annotator, progress, pace, state of saving
 *   title      of the article
 *   body       the sentence between its neighbours (dim); or a pane of the codebook, or the keys
 *   foot       the question, its labels, the sentence's labels, note and flags
 *   hints      the most important keys
 *   message    the last message, or the input line */
#include "compose.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pace.h"
#include "stance/base/utf8.h"

enum { PANE_FROM_COLUMNS = 100, PANE_PERCENT = 42, BODY_ROWS = 12 };

/* ---- words of the unit --------------------------------------------------------------------------------- */

/* An actor by its first mention in the sentence. */
static void put_name(struct rich *rich, enum annotate_style style, const struct stance_record *record,
                     const char *actor) {
  const struct stance_record_mention *found = NULL;
  for (size_t i = 0; i < record->mention_count; i++) {
    const struct stance_record_mention *mention = &record->mentions[i];
    if (strcmp(mention->actor, actor) == 0 && (!found || (found->is_implicit && !mention->is_implicit)))
      found = mention;
  }
  size_t length = strlen(record->text), start = 0, end = 0;
  if (found) {
    start = stance_utf8_offset(record->text, length, found->start);
    end = stance_utf8_offset(record->text, length, found->end);
  }
  if (found && start != SIZE_MAX && end != SIZE_MAX && end > start)
    rich_add(rich, style, record->text + start, end - start);
  else rich_puts(rich, style, actor);
}

/* Text with {source} and {target} replaced by their names in the sentence. */
static void put_filled(struct rich *rich, enum annotate_style style, const struct stance_record *record,
                       const char *text) {
  while (*text) {
    size_t plain = strcspn(text, "{");
    rich_add(rich, style, text, plain);
    text += plain;
    if (!*text) break;
    bool is_source = strncmp(text, "{source}", 8) == 0, is_target = strncmp(text, "{target}", 8) == 0;
    if (is_source && record->source) put_name(rich, ANNOTATE_SOURCE, record, record->source);
    else if (is_target && record->target) put_name(rich, ANNOTATE_TARGET, record, record->target);
    else rich_add(rich, style, text, 1);
    text += (is_source && record->source) || (is_target && record->target) ? 8 : 1;
  }
}

/* A key and its meaning, if the row has room for both. */
static void put_key(struct rich *rich, const struct annotate_session *session, int width, enum annotate_command command,
                    const char *what) {
  char name[16];
  annotate_key_name(session->keymap.keys[command][0], name);
  int used = rich->text.data ? canvas_width(rich->text.data, rich->text.length) : 0;
  if (used + canvas_width(name, strlen(name)) + 1 + (int)strlen(what) > width) return;
  rich_puts(rich, ANNOTATE_KEY, name);
  rich_printf(rich, ANNOTATE_PLAIN, " %s  ", what);
}

/* ---- body ---------------------------------------------------------------------------------------------- */

/* The byte range of the span being chosen. */
static void span_of(const struct annotate_session *session, size_t *from, size_t *to) {
  const char *text = session->page.record.text;
  size_t count = annotate_words(text, NULL, 0);
  *from = *to = SIZE_MAX;
  if ((session->mode != ANNOTATE_MODE_SPAN && session->mode != ANNOTATE_MODE_ACTOR) || session->word >= count) return;
  struct annotate_word *words = malloc(count * sizeof *words);
  if (!words) return;
  annotate_words(text, words, count);
  uint32_t anchor = session->anchor < count ? session->anchor : session->word;
  *from = words[anchor < session->word ? anchor : session->word].start;
  *to = words[anchor > session->word ? anchor : session->word].end;
  free(words);
}

static void put_part(struct rich *rich, enum annotate_style style, const char *text, size_t from, size_t to,
                     size_t span_from, size_t span_to) {
  size_t inner_from = span_from > from ? span_from : from, inner_to = span_to < to ? span_to : to;
  if (span_from == SIZE_MAX || inner_from >= inner_to) {
    rich_add(rich, style, text + from, to - from);
    return;
  }
  rich_add(rich, style, text + from, inner_from - from);
  if (inner_from == span_from) rich_puts(rich, ANNOTATE_CURSOR, "<");
  rich_add(rich, ANNOTATE_CURSOR, text + inner_from, inner_to - inner_from);
  if (inner_to == span_to) rich_puts(rich, ANNOTATE_CURSOR, ">");
  rich_add(rich, style, text + inner_to, to - inner_to);
}

/* The sentence; source and target in brackets with a letter, so that colour is not needed. */
static void put_sentence(struct rich *rich, const struct annotate_session *session) {
  const struct stance_record *record = &session->page.record;
  size_t length = strlen(record->text), at = 0, span_from, span_to;
  span_of(session, &span_from, &span_to);
  for (size_t i = 0; i < record->mention_count; i++) {
    const struct stance_record_mention *mention = &record->mentions[i];
    size_t start = stance_utf8_offset(record->text, length, mention->start),
           end = stance_utf8_offset(record->text, length, mention->end);
    if (start == SIZE_MAX || end == SIZE_MAX || start < at || end <= start) continue;
    bool is_source = record->source && strcmp(mention->actor, record->source) == 0;
    bool is_target = record->target && strcmp(mention->actor, record->target) == 0;
    enum annotate_style style = is_source ? ANNOTATE_SOURCE : is_target ? ANNOTATE_TARGET : ANNOTATE_OTHER;
    put_part(rich, ANNOTATE_PLAIN, record->text, at, start, span_from, span_to);
    if (is_source || is_target) rich_puts(rich, style, is_source ? "[S:" : "[T:");
    put_part(rich, style, record->text, start, end, span_from, span_to);
    if (is_source || is_target) rich_puts(rich, style, "]");
    at = end;
  }
  put_part(rich, ANNOTATE_PLAIN, record->text, at, length, span_from, span_to);
}

/* A context sentence, cut to what `rows` rows hold. from_end: keeps its end. */
static void put_context(struct rich *rich, const char *text, int rows, int width, bool from_end) {
  size_t length = strlen(text), most = (size_t)rows * (size_t)width,
         bytes = most * 8; /* a bound for text of many combining marks */
  if (length <= bytes && (size_t)canvas_width(text, length) <= most) {
    rich_puts(rich, ANNOTATE_DIM, text);
    return;
  }
  size_t room = most > 8 ? most - 4 : most, cut = from_end ? length : 0;
  if (from_end) {
    while (cut && length - cut < bytes && (size_t)canvas_width(text + cut, length - cut) < room) cut--;
    while (cut < length && text[cut] != ' ') cut++;
    rich_puts(rich, ANNOTATE_DIM, "...");
    rich_add(rich, ANNOTATE_DIM, text + cut, length - cut);
    return;
  }
  while (cut < length && cut < bytes && (size_t)canvas_width(text, cut) < room) cut++;
  while (cut && text[cut] != ' ') cut--;
  rich_add(rich, ANNOTATE_DIM, text, cut);
  rich_puts(rich, ANNOTATE_DIM, " ...");
}

/* Draws rows from `scroll` on, but not past the last page. Returns the first row drawn. */
static int draw_scrolled(const struct rich *rich, int scroll, struct canvas *canvas, int row, int column, int rows,
                         int width) {
  int lines = rich_lines(rich, width);
  int most = lines > rows ? lines - rows : 0;
  if (scroll > most) scroll = most;
  bool has_more = scroll < most && rows > 1; /* shown in the last row */
  rich_draw(rich, canvas, row, column, rows - has_more, width, scroll);
  if (has_more) {
    const char *more = " more: down ";
    canvas_put(canvas, row + rows - 1, column + width - 12 > column ? column + width - 12 : column, column + width,
               ANNOTATE_BAR, more, strlen(more));
  }
  return scroll;
}

static void draw_unit(struct annotate_composer *composer, const struct annotate_session *session, struct canvas *canvas,
                      int row, int rows, int width) {
  struct rich *body = &composer->body;
  const struct annotate_page *page = &session->page;
  rich_clear(body);
  put_sentence(body, session);
  int sentence = rich_lines(body, width), spare = rows - sentence;
  const char *line = spare >= 6 ? "\n\n" : "\n"; /* an empty row marks the context on terminals without dim text */
  if (spare >= 6) spare -= 2;
  int before = page->previous && *page->previous && spare > 1 ? (spare - 1) / 2 < 3 ? (spare - 1) / 2 : 3 : 0;
  int after =
      page->next && *page->next && spare - before > 0 ? spare - before < 4 ? spare - before - (spare > 2) : 3 : 0;
  rich_clear(body);
  if (before > 0) {
    put_context(body, page->previous, before, width, true);
    rich_puts(body, ANNOTATE_PLAIN, line);
  }
  put_sentence(body, session);
  if (after > 0) {
    rich_puts(body, ANNOTATE_PLAIN, line);
    put_context(body, page->next, after, width, false);
  }
  bool is_pane_open = session->codebook_label >= 0; /* scrolling then applies to the pane */
  int scroll = draw_scrolled(body, is_pane_open ? 0 : session->scroll, canvas, row, 0, rows, width);
  if (!is_pane_open) composer->scroll = scroll;
}

/* ---- panes --------------------------------------------------------------------------------------------- */

static void put_examples(struct rich *pane, const char *title, const struct stance_example *examples, size_t count) {
  if (count) rich_printf(pane, ANNOTATE_BOLD, "\n%s\n", title);
  for (size_t i = 0; i < count; i++) {
    rich_printf(pane, ANNOTATE_PLAIN, "- %s", examples[i].text);
    if (examples[i].source && examples[i].target)
      rich_printf(pane, ANNOTATE_DIM, " (%s -> %s)", examples[i].source, examples[i].target);
    if (examples[i].label) rich_printf(pane, ANNOTATE_BOLD, " %s", examples[i].label);
    if (examples[i].why) rich_printf(pane, ANNOTATE_DIM, " %s", examples[i].why);
    rich_puts(pane, ANNOTATE_PLAIN, "\n");
  }
}

static void build_codebook(struct rich *pane, const struct annotate_session *session) {
  const struct stance_head *head = annotate_session_head(session, session->unit);
  const struct stance_record *record = &session->page.record;
  size_t index = (size_t)session->codebook_label;
  rich_clear(pane);
  if (index >= head->label_count) {
    rich_puts(pane, ANNOTATE_BOLD, "rules\n");
    for (size_t i = 0; i < head->rule_count; i++) {
      rich_printf(pane, ANNOTATE_BOLD, "%s: ", head->rules[i].topic);
      put_filled(pane, ANNOTATE_PLAIN, record, head->rules[i].rule);
      rich_puts(pane, ANNOTATE_PLAIN, "\n");
    }
    return;
  }
  const struct stance_label *label = &head->labels[index];
  rich_printf(pane, ANNOTATE_BOLD, "%s\n", label->name);
  if (label->definition) put_filled(pane, ANNOTATE_PLAIN, record, label->definition);
  rich_puts(pane, ANNOTATE_PLAIN, "\n");
  if (label->borderline_count) rich_puts(pane, ANNOTATE_BOLD, "\nwhen in doubt\n");
  for (size_t i = 0; i < label->borderline_count; i++) {
    rich_puts(pane, ANNOTATE_PLAIN, "- ");
    put_filled(pane, ANNOTATE_PLAIN, record, label->borderline[i]);
    rich_puts(pane, ANNOTATE_PLAIN, "\n");
  }
  put_examples(pane, "examples", label->examples, label->example_count);
  put_examples(pane, "not this label", label->counter_examples, label->counter_example_count);
}

static void build_keys(struct rich *pane, const struct annotate_session *session) {
  rich_clear(pane);
  rich_puts(pane, ANNOTATE_BOLD, "keys (any other key goes back)\n");
  for (size_t h = 0; h < session->project->codebook.head_count; h++) {
    const struct stance_head *head = &session->project->codebook.heads[h];
    rich_printf(pane, ANNOTATE_PLAIN, "%s: ", head->name);
    for (size_t l = 0; l < head->label_count; l++) {
      char key[16] = "-";
      if (head->labels[l].key) annotate_key_name(head->labels[l].key, key);
      rich_puts(pane, ANNOTATE_KEY, key);
      rich_printf(pane, ANNOTATE_PLAIN, " %s  ", head->labels[l].name);
    }
    rich_puts(pane, ANNOTATE_PLAIN, "\n");
  }
  for (int command = 0; command < ANNOTATE_COMMAND_COUNT; command++) {
    char names[64] = "", name[16];
    if (!session->votes && (command == ANNOTATE_KIND_COMMAND || command == ANNOTATE_UNCLEAR_COMMAND)) continue;
    for (int i = 0; i < ANNOTATE_KEYS_EACH && session->keymap.keys[command][i]; i++) {
      annotate_key_name(session->keymap.keys[command][i], name);
      snprintf(names + strlen(names), sizeof names - strlen(names), "%s%s", i ? " " : "", name);
    }
    rich_printf(pane, ANNOTATE_KEY, "%-9s", names);
    rich_printf(pane, ANNOTATE_PLAIN, " %s\n", annotate_command_help((enum annotate_command)command));
  }
}

/* ---- foot ---------------------------------------------------------------------------------------------- */

static void put_labels(struct rich *foot, const struct annotate_session *session, uint32_t unit) {
  const struct stance_head *head = annotate_session_head(session, unit);
  const struct annotate_entry *state = annotate_session_state(session, unit);
  int chosen = state ? state->label : -1;
  if (session->votes && unit == session->unit && chosen < 0) chosen = session->first_choice;
  for (size_t i = 0; i < head->label_count; i++) {
    bool is_chosen = (int)i == chosen;
    char key[16] = "-";
    if (head->labels[i].key) annotate_key_name(head->labels[i].key, key);
    rich_puts(foot, is_chosen ? ANNOTATE_CHOSEN : ANNOTATE_PLAIN, is_chosen ? "*" : " ");
    rich_puts(foot, is_chosen ? ANNOTATE_CHOSEN : ANNOTATE_KEY, key);
    rich_printf(foot, is_chosen ? ANNOTATE_CHOSEN : ANNOTATE_PLAIN, " %s", head->labels[i].name);
    rich_puts(foot, is_chosen ? ANNOTATE_CHOSEN : ANNOTATE_PLAIN, is_chosen ? "*" : " ");
    rich_puts(foot, ANNOTATE_PLAIN, " ");
  }
}

static void put_votes(struct rich *foot, const struct annotate_session *session) {
  const struct annotate_votes *votes = session->votes;
  const struct stance_head *head = annotate_session_head(session, session->unit);
  uint32_t first = votes->first[session->unit], last = votes->first[session->unit + 1];
  if (session->first_choice < 0) {
    rich_printf(foot, ANNOTATE_DIM, "%u labels differ; choose before you see them\n", last - first);
    return;
  }
  for (uint32_t i = first; i < last; i++) {
    const struct annotate_vote *vote = &votes->votes[i];
    const char *what = vote->label >= 0 ? head->labels[vote->label].name : vote->is_split ? "wrong split" : "skip";
    rich_printf(foot, ANNOTATE_BOLD, "%s: %s", vote->annotator, what);
    if (vote->is_flagged) rich_puts(foot, ANNOTATE_PLAIN, " (flagged)");
    if (*vote->note) rich_printf(foot, ANNOTATE_DIM, " \"%s\"", vote->note);
    rich_puts(foot, ANNOTATE_PLAIN, i + 1 < last ? "   " : "\n");
  }
  rich_printf(foot, ANNOTATE_PLAIN, "kind of error: %s",
              session->kind < 0 ? "none" : annotate_error_kinds[session->kind]);
  rich_puts(foot, ANNOTATE_PLAIN, "\n");
}

static void put_state(struct rich *foot, const struct annotate_session *session) {
  const struct annotate_entry *state = annotate_session_state(session, session->unit);
  if (!state) return;
  if (state->flags & ANNOTATE_SKIP) rich_puts(foot, ANNOTATE_CHOSEN, "*skipped* ");
  if (state->flags & ANNOTATE_SPLIT) rich_puts(foot, ANNOTATE_CHOSEN, "*wrong split* ");
  if (state->flags & ANNOTATE_FLAGGED) rich_puts(foot, ANNOTATE_ALARM, "!flagged ");
  if (state->is_unknown) rich_puts(foot, ANNOTATE_ALARM, "its label is not in the codebook any more ");
  if (state->flags & ANNOTATE_REVIEW)
    rich_printf(foot, ANNOTATE_ALARM, "to review: it was %s ", state->was ? state->was : "another label");
  if (state->flags & ANNOTATE_UNCLEAR) rich_puts(foot, ANNOTATE_ALARM, "codebook unclear ");
  if (*state->note) {
    rich_puts(foot, ANNOTATE_DIM, "note: ");
    rich_puts(foot, ANNOTATE_PLAIN, state->note);
  }
}

/* "Mali (MLI, state)"; for an implicit mention also its words: "the junta" = Mali, resolved. */
static void put_who(struct rich *foot, const struct annotate_session *session, enum annotate_style style,
                    const char *letter, const char *id) {
  const struct stance_record *record = &session->page.record;
  const struct annotate_name *actor = annotate_names_id(session->helper.names, id);
  size_t length = strlen(record->text);
  rich_puts(foot, style, letter);
  for (size_t i = 0; i < record->mention_count; i++) {
    const struct stance_record_mention *mention = &record->mentions[i];
    if (strcmp(mention->actor, id) != 0 || !mention->is_implicit) continue;
    size_t start = stance_utf8_offset(record->text, length, mention->start),
           end = stance_utf8_offset(record->text, length, mention->end);
    if (start == SIZE_MAX || end == SIZE_MAX || end <= start) continue;
    rich_printf(foot, ANNOTATE_PLAIN, "\"%.*s\" = ", (int)(end - start), record->text + start);
    break;
  }
  rich_printf(foot, ANNOTATE_DIM, actor ? "%s (%s, %s)  " : "%s  ", actor ? actor->name : id, id,
              actor ? actor->type : "");
}

static void build_foot(struct annotate_composer *composer, const struct annotate_session *session) {
  struct rich *foot = &composer->foot;
  const struct stance_record *record = &session->page.record;
  const struct stance_head *head = annotate_session_head(session, session->unit);
  rich_clear(foot);
  if (record->target) {
    if (record->source) {
      rich_puts(foot, ANNOTATE_SOURCE, "[S:");
      put_name(foot, ANNOTATE_SOURCE, record, record->source);
      rich_puts(foot, ANNOTATE_SOURCE, "]");
      rich_puts(foot, ANNOTATE_BOLD, " -> ");
    }
    rich_puts(foot, ANNOTATE_TARGET, "[T:");
    put_name(foot, ANNOTATE_TARGET, record, record->target);
    rich_puts(foot, ANNOTATE_TARGET, "]");
    rich_puts(foot, ANNOTATE_BOLD, "? ");
  }
  if (head->question) put_filled(foot, ANNOTATE_PLAIN, record, head->question);
  rich_puts(foot, ANNOTATE_PLAIN, "\n");
  if (record->source) put_who(foot, session, ANNOTATE_SOURCE, "S ", record->source);
  if (record->target) {
    put_who(foot, session, ANNOTATE_TARGET, "T ", record->target);
    rich_puts(foot, ANNOTATE_PLAIN, "\n");
  }
  put_labels(foot, session, session->unit);
  rich_puts(foot, ANNOTATE_PLAIN, "\n");
  uint32_t sentence = session->votes ? ANNOTATE_NONE : annotate_units_sentence(session->units, session->unit);
  if (sentence != ANNOTATE_NONE && sentence != session->unit) {
    rich_printf(foot, ANNOTATE_DIM, "%s:", annotate_session_head(session, sentence)->name);
    put_labels(foot, session, sentence);
    rich_puts(foot, ANNOTATE_PLAIN, "\n");
  }
  if (session->votes) put_votes(foot, session);
  put_state(foot, session);
}

/* ---- bar, hints, message ------------------------------------------------------------------------------- */

static void draw_bar(const struct annotate_session *session, struct canvas *canvas) {
  char left[200], pace[80] = "";
  const char *saved = session->is_trouble ? " NOT SAVED " : session->made || session->decided ? " saved " : " ";
  double each;
  if (annotate_pace(&session->history, session->helper.wall(session->helper.context), &each) > 2) {
    double rest = each * (double)(session->order_count - session->decided) / 60;
    int length = snprintf(pace, sizeof pace, "  %.0f/h", 3600 / each);
    if (rest >= 90) snprintf(pace + length, sizeof pace - (size_t)length, "  %.0f h left", rest / 60);
    else snprintf(pace + length, sizeof pace - (size_t)length, "  %.0f min left", rest < 1 ? 1 : rest);
  }
  double percent = session->order_count ? 100.0 * (double)session->decided / (double)session->order_count : 100;
  snprintf(left, sizeof left, " %.40s%s  %zu/%zu done (%.0f%%)%s", session->name, session->votes ? " adjudicates" : "",
           session->decided, session->order_count,
           session->decided < session->order_count && percent > 99 ? 99.0 : percent, pace);
  if (session->mode == ANNOTATE_MODE_PRACTICE) {
    const struct annotate_practice *practice = session->practice;
    bool is_asking = session->practised < 0 && practice->answered < practice->count;
    snprintf(left, sizeof left, " %.40s  training round %zu of %zu", session->name, practice->answered + is_asking,
             practice->count);
    saved = "";
  } else if (session->unit != ANNOTATE_NONE && session->mode != ANNOTATE_MODE_OVER &&
             session->place[session->unit] != ANNOTATE_NONE && session->check == ANNOTATE_CHECK_NONE)
    snprintf(left + strlen(left), sizeof left - strlen(left), "  unit %u", session->place[session->unit] + 1);
  canvas_fill(canvas, 0, 0, canvas->columns, ANNOTATE_BAR);
  int right = canvas->columns - (int)strlen(saved);
  canvas_put(canvas, 0, 0, right, ANNOTATE_BAR, left, strlen(left));
  canvas_put(canvas, 0, right, canvas->columns, session->is_trouble ? ANNOTATE_ALARM : ANNOTATE_BAR, saved,
             strlen(saved));
}

static void draw_hints(const struct annotate_session *session, struct canvas *canvas, int row, struct rich *rich) {
  int width = canvas->columns;
  rich_clear(rich);
  switch (session->mode) {
    case ANNOTATE_MODE_UNIT:
      put_key(rich, session, width, ANNOTATE_SKIP_COMMAND, "skip");
      put_key(rich, session, width, ANNOTATE_UNDO_COMMAND, "undo");
      put_key(rich, session, width, ANNOTATE_CODEBOOK_COMMAND, "codebook");
      put_key(rich, session, width, ANNOTATE_KEYS_COMMAND, "keys");
      put_key(rich, session, width, ANNOTATE_QUIT_COMMAND, "leave");
      if (session->votes) {
        put_key(rich, session, width, ANNOTATE_KIND_COMMAND, "kind of error");
        put_key(rich, session, width, ANNOTATE_UNCLEAR_COMMAND, "unclear");
        break;
      }
      if (session->helper.suggest) put_key(rich, session, width, ANNOTATE_SUGGEST_COMMAND, "suggest");
      put_key(rich, session, width, ANNOTATE_SENTENCE_COMMAND, "sentence");
      put_key(rich, session, width, ANNOTATE_REST_COMMAND, "rest neutral");
      put_key(rich, session, width, ANNOTATE_NOTE_COMMAND, "note");
      put_key(rich, session, width, ANNOTATE_FLAG_COMMAND, "flag");
      put_key(rich, session, width, ANNOTATE_REVERSE_COMMAND, "reverse");
      put_key(rich, session, width, ANNOTATE_SPLIT_COMMAND, "wrong split");
      put_key(rich, session, width, ANNOTATE_MENTIONS_COMMAND, "actors");
      put_key(rich, session, width, ANNOTATE_SEARCH_COMMAND, "search");
      break;
    case ANNOTATE_MODE_OVER:
    case ANNOTATE_MODE_KEYS:
      if (*session->pause) {
        put_key(rich, session, width, ANNOTATE_QUIT_COMMAND, "leave");
        break;
      }
      put_key(rich, session, width, ANNOTATE_UNDO_COMMAND, "undo");
      put_key(rich, session, width, ANNOTATE_PREVIOUS_COMMAND, "back");
      put_key(rich, session, width, ANNOTATE_QUIT_COMMAND, "leave");
      break;
    case ANNOTATE_MODE_PRACTICE:
      if (session->practised >= 0 || session->practice->answered >= session->practice->count)
        rich_puts(rich, ANNOTATE_PLAIN, "enter: on  ");
      put_key(rich, session, width, ANNOTATE_QUIT_COMMAND, "leave");
      break;
    case ANNOTATE_MODE_MATRIX:
      rich_puts(rich, ANNOTATE_PLAIN, "rows: source  columns: target  enter: accept all  escape: leave it");
      break;
    case ANNOTATE_MODE_SPAN:
      rich_puts(rich, ANNOTATE_PLAIN, "arrows: word  space: more  enter: this is ...  x: no actor  d: dyad");
      break;
    case ANNOTATE_MODE_ACTOR: rich_puts(rich, ANNOTATE_PLAIN, "tab completes  enter: this actor  escape"); break;
    case ANNOTATE_MODE_NEW:
    case ANNOTATE_MODE_ASK: rich_puts(rich, ANNOTATE_PLAIN, "y: yes  n: no"); break;
    default: rich_puts(rich, ANNOTATE_PLAIN, "enter: done  escape: leave it");
  }
  if (rich->text.data) rich_draw(rich, canvas, row, 0, 1, canvas->columns, 0);
}

static void draw_message(struct annotate_composer *composer, const struct annotate_session *session,
                         struct canvas *canvas, int row) {
  static const char *const prompts[] = {[ANNOTATE_MODE_NOTE] = "note: ",
                                        [ANNOTATE_MODE_SEARCH] = "search: ",
                                        [ANNOTATE_MODE_GOTO] = "go to: ",
                                        [ANNOTATE_MODE_ACTOR] = "actor: "};
  const char *prompt = session->mode < sizeof prompts / sizeof *prompts ? prompts[session->mode] : NULL;
  composer->cursor_row = -1;
  if (!prompt || session->is_trouble) {
    canvas_put(canvas, row, 0, canvas->columns, session->is_trouble ? ANNOTATE_ALARM : ANNOTATE_PLAIN, session->message,
               strlen(session->message));
    return;
  }
  int column = canvas_put(canvas, row, 0, canvas->columns, ANNOTATE_KEY, prompt, strlen(prompt));
  const char *text = session->edit; /* the end, where one types, stays visible */
  while (*text && column + canvas_width(text, strlen(text)) >= canvas->columns) {
    text++;
    while (((unsigned char)*text & 0xc0) == 0x80) text++;
  }
  column = canvas_put(canvas, row, column, canvas->columns, ANNOTATE_PLAIN, text, strlen(text));
  composer->cursor_row = row;
  composer->cursor_column = column;
  if (*session->message)
    canvas_put(canvas, row, column + 2, canvas->columns, ANNOTATE_DIM, session->message, strlen(session->message));
  if (session->mode == ANNOTATE_MODE_ACTOR && session->helper.complete) {
    const char *ids[ANNOTATE_MATCHES_MAX], *names[ANNOTATE_MATCHES_MAX];
    size_t found = session->helper.complete(session->helper.context, session->edit, ids, names, ANNOTATE_MATCHES_MAX);
    for (size_t i = 0; i < found; i++) {
      char match[120];
      snprintf(match, sizeof match, "  %.30s %.60s", ids[i], names[i]);
      column = canvas_put(canvas, row, column, canvas->columns, ANNOTATE_DIM, match, strlen(match));
    }
  }
}

static void draw_over(struct rich *body, const struct annotate_session *session, struct canvas *canvas, int row,
                      int rows) {
  rich_clear(body);
  if (*session->pause) rich_printf(body, ANNOTATE_ALARM, "Your labelling is paused: %s.\n\n", session->pause);
  else if (session->batch && session->made >= session->batch)
    rich_printf(body, ANNOTATE_BOLD, "The batch of %zu is done. Thank you!\n\n", session->batch);
  else if (!session->order_count)
    rich_puts(body, ANNOTATE_BOLD,
              session->votes ? "No labels differ.\n\n"
                             : "There is nothing to label here. 'stance annotate add' adds articles.\n\n");
  else rich_puts(body, ANNOTATE_BOLD, "All units are decided. Thank you!\n\n");
  rich_printf(body, ANNOTATE_PLAIN, "%zu of %zu units are decided; all is saved.\n", session->decided,
              session->order_count);
  rich_draw(body, canvas, row, 0, rows, canvas->columns, 0);
}

/* On a tall screen the question is near the sentence, at the same row unless a sentence is very long. */
static int foot_place(struct annotate_composer *composer, const struct annotate_session *session, int body_rows,
                      int gap, int width) {
  rich_clear(&composer->body);
  put_sentence(&composer->body, session);
  int wanted = rich_lines(&composer->body, width) + 7, rows = wanted > BODY_ROWS ? wanted : BODY_ROWS;
  if (session->codebook_label >= 0) rows = body_rows;
  return 2 + (rows < body_rows ? rows : body_rows) + gap;
}

bool annotate_compose(struct annotate_composer *composer, const struct annotate_session *session,
                      struct canvas *canvas) {
  int rows = canvas->rows, columns = canvas->columns, bottom = rows - 2;
  bool has_unit =
      session->unit != ANNOTATE_NONE && session->mode != ANNOTATE_MODE_OVER && session->mode != ANNOTATE_MODE_KEYS;
  composer->scroll = session->scroll;
  canvas_clear(canvas);
  draw_bar(session, canvas);
  draw_hints(session, canvas, rows - 2, &composer->pane);
  draw_message(composer, session, canvas, rows - 1);
  if (session->mode == ANNOTATE_MODE_PRACTICE) {
    composer->scroll = compose_practice(&composer->body, session, canvas, 2, bottom - 2);
  } else if (session->mode == ANNOTATE_MODE_MATRIX) {
    compose_matrix(&composer->body, session, canvas, 2, bottom - 2);
  } else if (session->mode == ANNOTATE_MODE_KEYS) {
    build_keys(&composer->pane, session);
    composer->scroll = draw_scrolled(&composer->pane, session->scroll, canvas, 2, 0, bottom - 2, columns);
  } else if (!has_unit) {
    draw_over(&composer->body, session, canvas, 2, bottom - 2);
  } else {
    bool has_pane = session->codebook_label >= 0, is_beside = has_pane && columns >= PANE_FROM_COLUMNS;
    int pane_width = is_beside ? columns * PANE_PERCENT / 100 : columns,
        width = is_beside ? columns - pane_width - 2 : columns;
    const char *title = session->page.title ? session->page.title : session->page.record.article;
    int at = session->page.record.date ? canvas_put(canvas, 1, 0, width, ANNOTATE_DIM, session->page.record.date,
                                                    strnlen(session->page.record.date, 10)) +
                                             1
                                       : 0;
    canvas_put(canvas, 1, at, width, ANNOTATE_BOLD, title, strlen(title));
    build_foot(composer, session);
    int foot_rows = rich_lines(&composer->foot, width), most = bottom - 3 > 1 ? bottom - 3 : 1;
    if (foot_rows > most) foot_rows = most;
    int gap = bottom - 2 - foot_rows > 8,
        body_rows = bottom - 2 - foot_rows - gap; /* an empty row where there is room */
    int foot_row = foot_place(composer, session, body_rows, gap, width);
    rich_draw(&composer->foot, canvas, foot_row, 0, foot_rows, width, 0);
    if (has_pane) build_codebook(&composer->pane, session);
    if (!has_pane || is_beside) draw_unit(composer, session, canvas, 2, body_rows, width);
    if (has_pane)
      composer->scroll = draw_scrolled(&composer->pane, session->scroll, canvas, is_beside ? 1 : 2,
                                       is_beside ? width + 2 : 0, is_beside ? bottom - 1 : body_rows, pane_width);
  }
  return !composer->body.failed && !composer->foot.failed && !composer->pane.failed;
}

void annotate_composer_free(struct annotate_composer *composer) {
  rich_free(&composer->body);
  rich_free(&composer->foot);
  rich_free(&composer->pane);
}
