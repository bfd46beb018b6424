/* SPDX-License-Identifier: MIT
 * The annotation screen without a screen: keys go in, decisions reach the journal, and what is to be seen stands in the struct.
 *
 *   keys -> annotate_session_key -> journal (on the disk) -> history -> the next unit
 *
 * compose.h turns a session into rows of text, screen.h puts them on a terminal. */
#ifndef STANCE_ANNOTATE_SESSION_H
#define STANCE_ANNOTATE_SESSION_H

#include "act.h"
#include "keys.h"
#include "mend.h"
#include "pause.h"
#include "practice.h"
#include "stance/base/buffer.h"
#include "votes.h"

enum { ANNOTATE_NEW_ID_MAX = 100 };

/* What the program lends the session; any may be NULL. */
struct annotate_helper {
  void *context;
  /* The model's label for a unit, and its probability; false: none. */
  bool (*suggest)(void *context, const struct stance_record *unit, int head, int *label, double *p);
  /* Actors whose id or name starts with prefix: up to `most` ids and names; returns how many. */
  size_t (*complete)(void *context, const char *prefix, const char **ids, const char **names, size_t most);
  /* Makes a new actor of a name that no gazetteer knows; its id. */
  enum stance_status (*make)(void *context, const char *name, const char *type, char id[ANNOTATE_NEW_ID_MAX + 1],
                             struct stance_error *error);
  const struct annotate_names *names; /* to tell who an id is */
  struct annotate_units *list;        /* the units, where mended sentences may add some */
  int64_t (*wall)(void *context);     /* milliseconds since 1970, UTC */
  int64_t (*elapsed)(void *context);  /* milliseconds, never going back */
};

enum annotate_mode {
  ANNOTATE_MODE_UNIT, /* a unit and its question */
  ANNOTATE_MODE_OVER, /* nothing left, or the batch is done */
  ANNOTATE_MODE_KEYS, /* the list of keys */
  ANNOTATE_MODE_NOTE,
  ANNOTATE_MODE_SEARCH,
  ANNOTATE_MODE_GOTO,     /* a line is being typed */
  ANNOTATE_MODE_SPAN,     /* a span is being chosen */
  ANNOTATE_MODE_ACTOR,    /* its actor is being typed */
  ANNOTATE_MODE_NEW,      /* is it a new actor? */
  ANNOTATE_MODE_ASK,      /* the whole article? */
  ANNOTATE_MODE_MATRIX,   /* a sentence's dyads at once */
  ANNOTATE_MODE_PRACTICE, /* the training round, before labelling */
};
enum annotate_check { ANNOTATE_CHECK_NONE, ANNOTATE_CHECK_BY_GOLD, ANNOTATE_CHECK_BY_SELF };
enum { ANNOTATE_MATCHES_MAX = 6, ANNOTATE_ERROR_KINDS = 7 };
extern const char *const annotate_error_kinds[ANNOTATE_ERROR_KINDS]; /* of a disagreement: "slip", "direction", ... */

/* The dyads of a sentence: sources are rows, targets columns. */
enum { ANNOTATE_MATRIX_MAX = 16 };
struct annotate_cell {
  uint32_t unit;       /* ANNOTATE_NONE: no such dyad */
  int8_t label;        /* -1: none */
  bool is_set, is_new; /* decided; decided here */
};
struct annotate_matrix {
  const char *actors[ANNOTATE_MATRIX_MAX];
  int actor_count, row, column;
  int head, preset; /* -1: none */
  size_t count;
  struct annotate_cell cells[ANNOTATE_MATRIX_MAX][ANNOTATE_MATRIX_MAX];
};

struct annotate_session {
  const struct annotate_project *project;
  const struct annotate_units *units;
  struct annotate_journal *journal;
  struct annotate_history history;
  struct annotate_helper helper;
  struct annotate_keymap keymap;
  const char *name;
  struct annotate_writer writer;
  const struct annotate_votes *votes; /* adjudication: everybody's labels; NULL: labelling */
  size_t batch;                       /* decisions after which to stop; 0: none */

  uint32_t *order; /* units to be decided */
  size_t order_count;
  size_t place_count; /* units that place has room for */
  uint32_t *place;    /* unit to its place in order; ANNOTATE_NONE: not in it */
  uint32_t *checks;   /* units with gold, for hidden checks */
  size_t check_count, check_next;
  int8_t *
      gold; /* by unit, of gold_count: the label of gold, -1: none; NULL: the project has no hidden checks against gold */
  size_t gold_count;
  char pause[ANNOTATE_WHY_MAX]; /* why these checks paused the annotator, who may only leave now; "": they did not */
  size_t decided;               /* of order */
  size_t made;                  /* decisions in this session */

  uint32_t unit;    /* what is shown; ANNOTATE_NONE: nothing */
  uint32_t resume;  /* where one was before the reverse or the undo, and goes back to; ANNOTATE_NONE */
  bool is_revisit;  /* what is shown was skipped or flagged and came back */
  size_t revisited; /* places of order whose skipped or flagged units were shown again at the end */
  enum annotate_check check;
  struct stance_arena arena; /* of the page */
  struct annotate_page page;
  int64_t shown_at;
  int suggestion; /* label or -1 */
  double suggestion_p;
  bool is_suggestion_shown;
  int first_choice; /* adjudication: the blind choice, -1: still blind */
  int kind;         /* adjudication: index of the kind of error, -1: none */

  struct annotate_practice *practice; /* MODE_PRACTICE */
  int practised;                      /* the label that was answered, whose reason is shown; -1: a question is shown */

  enum annotate_mode mode;
  struct annotate_matrix matrix; /* MODE_MATRIX */
  int scroll;
  int codebook_label; /* the label whose definition is open, behind them the rules; -1: closed */
  char edit[512];     /* what is being typed */
  char searched[512];
  struct annotate_mend mend; /* what is being mended; its strings are the history's */
  bool has_source;           /* MODE_SPAN: a dyad's source is chosen, its target is next */
  size_t new_type;           /* MODE_NEW: index of annotate_actor_types */
  uint32_t word, anchor;     /* MODE_SPAN: index of the word under the cursor; where the span starts */
  char message[320];         /* for the bottom line */
  bool is_trouble;           /* the message is about a record that is not saved */
  bool is_quitting, wants_redraw, is_leaving_unsaved;
  struct annotate_act pending;
  bool advances; /* when it is saved: on to the next unit */
};

struct annotate_session_options {
  const char *name;
  enum annotate_order order;
  double random_share;  /* of order "uncertain" */
  const float *margins; /* by unit, for order "uncertain" */
  size_t batch;
  const struct annotate_votes *votes; /* adjudication */
};

/* Replays the journal, makes the order and shows the first undecided unit. All that is passed in must outlive the session. */
enum stance_status annotate_session_open(const struct annotate_project *project, const struct annotate_units *units,
                                         struct annotate_journal *journal, const struct annotate_helper *helper,
                                         const struct annotate_session_options *options,
                                         struct annotate_session *session, struct stance_error *error);
/* Frees what it holds. */
void annotate_session_close(struct annotate_session *session);
/* One key. Returns when the decision it made is on the disk, or is_trouble is set. Only memory can fail. */
enum stance_status annotate_session_key(struct annotate_session *session, uint32_t key, struct stance_error *error);
/* Begins the training round, which leads on to labelling once it is passed. practice: as opened, outlives the session. */
void annotate_session_practise(struct annotate_session *session, struct annotate_practice *practice);
/* Tries again what could not be saved; call it now and then while is_trouble. */
enum stance_status annotate_session_retry(struct annotate_session *session, struct stance_error *error);

/* The state to show: what holds for the unit, but nothing while it is a hidden repeat. NULL: undecided, untouched. */
const struct annotate_entry *annotate_session_state(const struct annotate_session *session, uint32_t unit);
/* The question that the unit asks. Borrowed from the codebook. */
const struct stance_head *annotate_session_head(const struct annotate_session *session, uint32_t unit);
/* The unit's mentions, with what the annotator changed. Valid until the next key. */
void annotate_session_mentions(const struct annotate_session *session, const struct stance_record_mention **mentions,
                               size_t *count);

/* ---- parts of the session (session_*.c) ---------------------------------------------------------------- */

/* Shows this unit, and reads what is needed of its article. STANCE_INPUT: its line in the list cannot be read. */
enum stance_status annotate_session_show(struct annotate_session *session, uint32_t unit, struct stance_error *error);
/* Writes the entry as a record; on success applies it and (advances) shows the next undecided unit. */
enum stance_status annotate_session_record(struct annotate_session *session, const struct annotate_entry *entry,
                                           bool advances, struct stance_error *error);
/* Undoes the latest act, and shows its unit; says so where there is none. */
enum stance_status annotate_session_undo(struct annotate_session *session, struct stance_error *error);
/* Redoes the latest undo, likewise. */
enum stance_status annotate_session_redo(struct annotate_session *session, struct stance_error *error);
/* Seconds since the unit was shown or this was last asked, pauses cut off. */
float annotate_session_seconds(struct annotate_session *session);
/* A new entry for the unit that carries on what holds for it, with the suggestion and the hidden check of what is shown. */
struct annotate_entry annotate_session_carry(const struct annotate_session *session, uint32_t unit);
/* The hidden check that comes before decision `number`, by the seed; ANNOTATE_NONE: none. */
uint32_t annotate_session_draw_check(struct annotate_session *session, size_t number, enum annotate_check *check);
/* Whether the unit needs no decision any more. */
bool annotate_session_is_decided(const struct annotate_session *session, uint32_t unit);
/* Places and counts of the units in the order, once the list or the order changed. */
enum stance_status annotate_session_set_places(struct annotate_session *session, struct stance_error *error);
/* Puts added dyads that the annotator holds behind their sentence, and takes those out that are held no longer. */
enum stance_status annotate_session_reorder(struct annotate_session *session, struct stance_error *error);
/* Shows the next undecided unit, or a hidden check, or that all is done. */
enum stance_status annotate_session_advance(struct annotate_session *session, struct stance_error *error);
/* Keys of the modes in which something is typed or chosen. */
enum stance_status annotate_session_edit_key(struct annotate_session *session, uint32_t key,
                                             struct stance_error *error);
/* Takes the actor whose id or name was typed, or the only one that is found by it. */
enum stance_status annotate_session_choose_actor(struct annotate_session *session, struct stance_error *error);
/* A key in answer to the question on the screen. */
enum stance_status annotate_session_ask_key(struct annotate_session *session, uint32_t key, struct stance_error *error);
/* Starts the choice of a span among the words of the sentence. */
void annotate_session_open_words(struct annotate_session *session);
/* A key while a span is chosen. */
enum stance_status annotate_session_span_key(struct annotate_session *session, uint32_t key,
                                             struct stance_error *error);
/* Opens the matrix of the sentence; and answers what is left of it with the neutral label. */
enum stance_status annotate_session_matrix(struct annotate_session *session, struct stance_error *error);
/* A key while the matrix is open. */
enum stance_status annotate_session_matrix_key(struct annotate_session *session, uint32_t key,
                                               struct stance_error *error);
/* Answers what is left of the matrix with the neutral label. */
enum stance_status annotate_session_rest(struct annotate_session *session, struct stance_error *error);
/* A key in the training round. */
enum stance_status annotate_session_practice_key(struct annotate_session *session, uint32_t key,
                                                 struct stance_error *error);
/* The words that a span may be made of: byte offsets in the text. Returns how many there are in all. */
struct annotate_word {
  uint32_t start, end;
};
/* Fills at most `most` of them in; returns how many there are in all. */
size_t annotate_words(const char *text, struct annotate_word *words, size_t most);
/* Sets the message of the last row, as printf. */
void annotate_session_say(struct annotate_session *session, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
