/* SPDX-License-Identifier: MIT
 * The logic of the annotation screen, independent of a terminal: takes keys, writes decisions to the journal, and holds
 * what is to be shown.
 *
 *   keys -> annotate_session_key -> journal (synced to the disk) -> history -> the next unit
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

/* Callbacks and data that the program provides; any may be NULL. */
struct annotate_helper {
  void *context;
  /* The model's label for a unit and its probability; false: no suggestion. */
  bool (*suggest)(void *context, const struct stance_record *unit, int head, int *label, double *p);
  /* Finds at most `most` actors by the beginning of an id or name. Returns their number. */
  size_t (*complete)(void *context, const char *prefix, const char **ids, const char **names, size_t most);
  /* Adds an actor for a name that no gazetteer has. id: its new id. */
  enum stance_status (*make)(void *context, const char *name, const char *type, char id[ANNOTATE_NEW_ID_MAX + 1],
                             struct stance_error *error);
  const struct annotate_names *names; /* names of the actors' ids */
  struct annotate_units *list;        /* the list, to which corrections of mentions may add units */
  int64_t (*wall)(void *context);     /* milliseconds since 1970, UTC */
  int64_t (*elapsed)(void *context);  /* milliseconds of a monotonic clock */
};

enum annotate_mode {
  ANNOTATE_MODE_UNIT, /* a unit and its question */
  ANNOTATE_MODE_OVER, /* no unit left, or the batch is complete */
  ANNOTATE_MODE_KEYS, /* the list of keys */
  ANNOTATE_MODE_NOTE,
  ANNOTATE_MODE_SEARCH,
  ANNOTATE_MODE_GOTO,     /* the input line is open */
  ANNOTATE_MODE_SPAN,     /* a span is chosen */
  ANNOTATE_MODE_ACTOR,    /* the span's actor is typed */
  ANNOTATE_MODE_NEW,      /* asks whether to add a new actor */
  ANNOTATE_MODE_ASK,      /* asks whether to correct the whole article */
  ANNOTATE_MODE_MATRIX,   /* the dyads of a sentence together */
  ANNOTATE_MODE_PRACTICE, /* the training round, before labelling */
};
enum annotate_check { ANNOTATE_CHECK_NONE, ANNOTATE_CHECK_BY_GOLD, ANNOTATE_CHECK_BY_SELF };
enum { ANNOTATE_MATCHES_MAX = 6, ANNOTATE_ERROR_KINDS = 7 };
extern const char *const annotate_error_kinds[ANNOTATE_ERROR_KINDS]; /* "slip", "direction", ... */

/* The dyads of a sentence: sources are rows, targets columns. */
enum { ANNOTATE_MATRIX_MAX = 16 };
struct annotate_cell {
  uint32_t unit;       /* ANNOTATE_NONE: no such dyad */
  int8_t label;        /* -1: none */
  bool is_set, is_new; /* decided; decided in this matrix */
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
  const struct annotate_votes *votes; /* adjudication: all annotators' labels; NULL: labelling */
  size_t batch;                       /* decisions after which to stop; 0: none */

  uint32_t *order; /* the units to decide */
  size_t order_count;
  size_t place_count; /* length of place */
  uint32_t *place;    /* [place_count], by unit: its index in order, or ANNOTATE_NONE */
  uint32_t *checks;   /* units with gold, for hidden checks */
  size_t check_count, check_next;
  int8_t *gold; /* [gold_count], by unit: the gold label, -1: none; NULL: the project has no hidden gold checks */
  size_t gold_count;
  char
      pause[ANNOTATE_WHY_MAX]; /* the reason why gold checks paused the annotator, who can only leave; "": not paused */
  size_t decided;              /* of order */
  size_t made;                 /* decisions in this session */

  uint32_t unit;    /* the unit shown, or ANNOTATE_NONE */
  uint32_t resume;  /* the unit to return to after the reverse dyad or an undo, or ANNOTATE_NONE */
  bool is_revisit;  /* the unit shown was skipped or flagged before */
  size_t revisited; /* index in order up to which skipped or flagged units have been shown again */
  enum annotate_check check;
  struct stance_arena arena; /* memory of the page */
  struct annotate_page page;
  int64_t shown_at;
  int suggestion; /* label, -1: none */
  double suggestion_p;
  bool is_suggestion_shown;
  int first_choice; /* adjudication: the choice made before the annotators' labels are shown; -1: not made yet */
  int kind;         /* adjudication: index in annotate_error_kinds, -1: none */

  struct annotate_practice *practice; /* MODE_PRACTICE */
  int practised;                      /* the answer whose correction is shown; -1: a question is shown */

  enum annotate_mode mode;
  struct annotate_matrix matrix; /* MODE_MATRIX */
  int scroll;
  int codebook_label; /* the label whose definition is open; the label count: the rules; -1: closed */
  char edit[512];     /* the input line */
  char searched[512];
  struct annotate_mend mend; /* the correction in progress; its strings belong to the history */
  bool has_source;           /* MODE_SPAN: a dyad's source is chosen, the target is next */
  size_t new_type;           /* MODE_NEW: index of annotate_actor_types */
  uint32_t word, anchor;     /* MODE_SPAN: index of the word under the cursor; where the span starts */
  char message[320];         /* for the last row */
  bool is_trouble;           /* the pending record could not be saved */
  char trouble[200];         /* why it could not */
  bool is_quitting, wants_redraw, is_leaving_unsaved;
  struct annotate_act pending;
  bool advances; /* after saving, show the next unit */
};

struct annotate_session_options {
  const char *name;
  enum annotate_order order;
  double random_share;  /* for order "uncertain" */
  const float *margins; /* by unit, for order "uncertain" */
  size_t batch;
  const struct annotate_votes *votes; /* adjudication */
};

/* Reads the journal, computes the order and shows the first undecided unit. All arguments must outlive the session. */
enum stance_status annotate_session_open(const struct annotate_project *project, const struct annotate_units *units,
                                         struct annotate_journal *journal, const struct annotate_helper *helper,
                                         const struct annotate_session_options *options,
                                         struct annotate_session *session, struct stance_error *error);
/* Frees what it holds. */
void annotate_session_close(struct annotate_session *session);
/* Handles one key. A decision is on the disk when it returns, or else is_trouble is set. Fails if memory runs out or a
 * unit cannot be read. */
enum stance_status annotate_session_key(struct annotate_session *session, uint32_t key, struct stance_error *error);
/* Begins the training round; labelling follows when it is passed. practice must be open and outlive the session. */
void annotate_session_practise(struct annotate_session *session, struct annotate_practice *practice);
/* Tries to save the pending record again; call it from time to time while is_trouble is set. */
enum stance_status annotate_session_retry(struct annotate_session *session, struct stance_error *error);

/* The unit's state to show: NULL if it has none or is shown as a hidden repeat. */
const struct annotate_entry *annotate_session_state(const struct annotate_session *session, uint32_t unit);
/* The unit's head. Borrowed from the codebook. */
const struct stance_head *annotate_session_head(const struct annotate_session *session, uint32_t unit);
/* The mentions of the unit shown, with the annotator's corrections. Valid until the next key. */
void annotate_session_mentions(const struct annotate_session *session, const struct stance_record_mention **mentions,
                               size_t *count);

/* ---- parts of the session (session_*.c) ---------------------------------------------------------------- */

/* Shows this unit: reads its page from the list. STANCE_INPUT: its line cannot be read. */
enum stance_status annotate_session_show(struct annotate_session *session, uint32_t unit, struct stance_error *error);
/* Writes the entry as a record; if that succeeds, applies it and, with advances, shows the next undecided unit. */
enum stance_status annotate_session_record(struct annotate_session *session, const struct annotate_entry *entry,
                                           bool advances, struct stance_error *error);
/* Undoes the latest act and shows its unit, or a message if there is none. */
enum stance_status annotate_session_undo(struct annotate_session *session, struct stance_error *error);
/* Redoes the latest undo and shows its unit, or a message if there is none. */
enum stance_status annotate_session_redo(struct annotate_session *session, struct stance_error *error);
/* Seconds since the unit was shown or this was last called, at most 600. */
float annotate_session_seconds(struct annotate_session *session);
/* A new entry for the unit: a copy of its current state with the suggestion and the hidden check of the unit shown. */
struct annotate_entry annotate_session_carry(const struct annotate_session *session, uint32_t unit);
/* The unit to show as a hidden check before decision `number`, drawn from the seed; ANNOTATE_NONE: none. */
uint32_t annotate_session_draw_check(struct annotate_session *session, size_t number, enum annotate_check *check);
/* Whether the unit is decided. */
bool annotate_session_is_decided(const struct annotate_session *session, uint32_t unit);
/* The index in order of the first unit of order[place]'s sentence; *last: behind its last. */
size_t annotate_session_sentence(const struct annotate_session *session, size_t place, size_t *last);
/* Recomputes place and decided after the list or the order has changed. */
enum stance_status annotate_session_set_places(struct annotate_session *session, struct stance_error *error);
/* Inserts dyads that the annotator added after their sentence, and removes those that were undone. */
enum stance_status annotate_session_reorder(struct annotate_session *session, struct stance_error *error);
/* Shows the next undecided unit, a hidden check, or the end. */
enum stance_status annotate_session_advance(struct annotate_session *session, struct stance_error *error);
/* A key in a mode with an input line. */
enum stance_status annotate_session_edit_key(struct annotate_session *session, uint32_t key,
                                             struct stance_error *error);
/* Takes the actor whose id or name was typed, or the only match. */
enum stance_status annotate_session_choose_actor(struct annotate_session *session, struct stance_error *error);
/* A key that answers the question on the screen. */
enum stance_status annotate_session_ask_key(struct annotate_session *session, uint32_t key, struct stance_error *error);
/* Starts choosing a span of the sentence's words. */
void annotate_session_open_words(struct annotate_session *session);
/* A key in MODE_SPAN. */
enum stance_status annotate_session_span_key(struct annotate_session *session, uint32_t key,
                                             struct stance_error *error);
/* Opens the matrix of the sentence's dyads. */
enum stance_status annotate_session_matrix(struct annotate_session *session, struct stance_error *error);
/* A key in MODE_MATRIX. */
enum stance_status annotate_session_matrix_key(struct annotate_session *session, uint32_t key,
                                               struct stance_error *error);
/* Gives the neutral label to the undecided dyads of the matrix. */
enum stance_status annotate_session_rest(struct annotate_session *session, struct stance_error *error);
/* A key in the training round. */
enum stance_status annotate_session_practice_key(struct annotate_session *session, uint32_t key,
                                                 struct stance_error *error);
/* A word that a span can begin or end with: byte offsets in the text. */
struct annotate_word {
  uint32_t start, end;
};
/* Fills in the first `most` words of the text; returns the number of all. */
size_t annotate_words(const char *text, struct annotate_word *words, size_t most);
/* Sets the message of the last row, like printf. */
void annotate_session_say(struct annotate_session *session, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
