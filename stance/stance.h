/* SPDX-License-Identifier: MIT
 *
 * stance.h: who is hostile or friendly to whom, sentence by sentence.
 *
 *   article -> sentences -> tokens -> mentions -> units -> features -> scores -> labels
 *
 * Open a gazetteer and a model once and share them between threads (they are read-only); give each thread
 * a scorer of its own; feed it articles. Text is UTF-8. Offsets in memory are bytes, half-open.
 * The library never exits, prints or changes the locale: a function that can fail returns an
 * enum stance_status and fills the struct stance_error that the caller owns (NULL: not wanted).
 */
#ifndef STANCE_H
#define STANCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__)
#define STANCE_API __attribute__((visibility("default")))
#else
#define STANCE_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

#define STANCE_VERSION "0.1.0"
/* STANCE_VERSION of the library that is loaded. */
STANCE_API const char *stance_version(void);

/* ---- errors ------------------------------------------------------------------------------------------- */

enum stance_status {
  STANCE_OK = 0,
  STANCE_USAGE,  /* the caller's arguments make no sense */
  STANCE_INPUT,  /* a file or text is not what it should be */
  STANCE_SYSTEM, /* disk, memory, threads */
};

struct stance_error {
  enum stance_status status;
  size_t line, column; /* 1-based; 0: unknown */
  char file[256];      /* empty: no file is to blame */
  char message[512];   /* lower case: what was found, in quotes, and what was expected */
};

/* ---- articles ----------------------------------------------------------------------------------------- */

/* The caller owns the strings; any but text may be NULL. Title and text are separate; the lines of text are its
 * paragraphs. Both must be valid UTF-8, unless struct stance_scoring asks for repair. */
struct stance_article {
  const char *id, *title, *date /* YYYY-MM-DD... */, *outlet, *url, *lang;
  const char *text;
  size_t text_length; /* bytes; at most 2^30; the same limit holds for the title */
};

/* ---- documents: an article taken apart ---------------------------------------------------------------- */

enum stance_token_kind {
  STANCE_TOKEN_WORD,    /* with contractions and hyphens */
  STANCE_TOKEN_NUMBER,  /* with its separators: 1,250.5 */
  STANCE_TOKEN_ACRONYM, /* U.S., a.m. */
  STANCE_TOKEN_HANDLE,  /* @name */
  STANCE_TOKEN_HASHTAG,
  STANCE_TOKEN_URL,
  STANCE_TOKEN_PUNCTUATION,
};

enum stance_token_shape { STANCE_SHAPE_LOWER, STANCE_SHAPE_CAPITAL, STANCE_SHAPE_UPPER, STANCE_SHAPE_MIXED };

struct stance_token {
  uint32_t start, end; /* bytes in document->text */
  uint64_t hash;       /* of the folded form: lower case, NFC, straight quotes */
  uint64_t prefix;     /* of the folded form's first 5 code points; equals hash if it has no more */
  uint8_t kind, shape;
  bool is_plain; /* ASCII letters only */
};

struct stance_sentence {
  uint32_t start, end; /* bytes in document->text, without surrounding white space */
  uint32_t paragraph;  /* from 0, which is the title if there is one */
  uint32_t token_first, token_count;
  uint32_t mention_first, mention_count;
  uint32_t unit_first, unit_count;
};

struct stance_actor; /* an entry of a gazetteer */

struct stance_mention {
  uint32_t start, end; /* in document->text */
  uint32_t sentence;
  const struct stance_actor *actor; /* after roll-up, if that was asked for */
  bool is_implicit;                 /* "the junta", "he": resolved from context */
};

/* A dyad in a sentence, or (source and target NULL) the sentence itself. */
struct stance_unit {
  uint32_t sentence;
  const struct stance_actor *source, *target; /* of a target unit source is NULL */
};

struct stance_document {
  const char *text; /* title, a newline, then the article's text; NUL-terminated */
  uint32_t length;
  bool has_title;
  const char *date; /* as the article's; may be NULL */
  struct stance_sentence *sentences;
  uint32_t sentence_count;
  struct stance_token *tokens;
  uint32_t token_count;
  struct stance_mention *mentions; /* ordered by start; never overlapping */
  uint32_t mention_count;
  struct stance_unit *units; /* dyads, by sentence */
  uint32_t unit_count;
  uint64_t serial; /* unique among the documents made in this process, as addresses are reused; 0: none */
};

/* ---- shipped data ------------------------------------------------------------------------------------- */

/* Finds a file or folder of the shipped data: "default.model", "actors", "codebooks/international.json". If
 * $STANCE_DATA is set, it looks only there; else beside the library (or the program that it is linked into), in
 * ../share/stancekit and ../../share/stancekit from there, and in the installed place. False, and path "": not found,
 * or size is too small. Thread-safe. */
STANCE_API bool stance_data_path(const char *name, char *path, size_t size);

/* ---- actors ------------------------------------------------------------------------------------------- */

struct stance_gazetteer;

/* Opens gazetteers, JSON files or folders of them (*.json in name order), as one; no path: the shipped actors. Loads
 * the shipped "actors.compiled" instead, which is much faster, if that was made from the same files. Threads may share
 * the result. STANCE_INPUT names file and line of the first bad entry. Free with stance_gazetteer_close. */
STANCE_API enum stance_status stance_gazetteer_open(const char *const *paths, size_t path_count,
                                                    struct stance_gazetteer **out, struct stance_error *error);
STANCE_API void stance_gazetteer_close(struct stance_gazetteer *gazetteer);
/* An actor by id, which may be NULL, or by index in the order of the files; NULL: none. Borrowed from the gazetteer. */
STANCE_API const struct stance_actor *stance_gazetteer_find(const struct stance_gazetteer *gazetteer, const char *id);
STANCE_API size_t stance_gazetteer_count(const struct stance_gazetteer *gazetteer);
STANCE_API const struct stance_actor *stance_gazetteer_actor(const struct stance_gazetteer *gazetteer, size_t index);
STANCE_API const char *stance_actor_id(const struct stance_actor *actor);   /* "MLI" */
STANCE_API const char *stance_actor_name(const struct stance_actor *actor); /* "Mali" */
STANCE_API const char *stance_actor_type(const struct stance_actor *actor); /* "state", "person", ... */
/* Whom it acts for in the end, or is a part of (Goita -> Mali, Scotland -> United Kingdom); itself: nobody. A rebel group, a party,
 * a company or a paper does not act for its state. NULL gives NULL. */
STANCE_API const struct stance_actor *stance_actor_rollup(const struct stance_actor *actor);

/* ---- models ------------------------------------------------------------------------------------------- */

struct stance_model;

/* Reads a model file into memory (path NULL: the shipped one) and checks every size and the checksum. STANCE_INPUT,
 * with the reason: damaged, or of another version. Read-only afterwards; threads may share it. Free with
 * stance_model_close. */
STANCE_API enum stance_status stance_model_open(const char *path, struct stance_model **out,
                                                struct stance_error *error);
STANCE_API void stance_model_close(struct stance_model *model);
/* The model's heads, 0 .. count-1: name ("stance"), labels in codebook order. Borrowed from the model. */
STANCE_API size_t stance_model_head_count(const struct stance_model *model);
STANCE_API const char *stance_model_head_name(const struct stance_model *model, size_t head);
STANCE_API size_t stance_model_label_count(const struct stance_model *model, size_t head);
STANCE_API const char *stance_model_label(const struct stance_model *model, size_t head, size_t label);

/* ---- scoring ------------------------------------------------------------------------------------------ */

enum { STANCE_LABELS_MAX = 16 }; /* labels a head may have */

struct stance_prediction {
  uint32_t sentence;                          /* index in the document */
  const struct stance_actor *source, *target; /* both NULL: the sentence itself */
  uint32_t head, label;       /* label: the largest p times the model's factor, the lowest index on a tie */
  float p[STANCE_LABELS_MAX]; /* calibrated, sums to 1, never 0 or 1 */
  float score;                /* mean of the labels' values under p: -1 hostile .. 1 friendly */
};

/* A prediction rounded to ten-thousandths, as the program prints it. */
struct stance_rounded {
  uint16_t p[STANCE_LABELS_MAX]; /* sums to 10000, none is 0; by the method of largest remainders */
  int16_t score;                 /* mean of the labels' values under p, in ten-thousandths */
};

struct stance_scoring {
  bool no_implicit; /* leave out mentions resolved from context */
  bool rollup;      /* replace each actor by the one that it acts for */
  bool dyads_only;  /* score dyads, not sentences */
  /* Repair articles, as the program does: bytes that are not UTF-8, and NUL, become U+FFFD; CR LF and CR become LF; the
   * date becomes ISO 8601, or none if it can not be read. */
  bool repair;
};

struct stance_result {
  const struct stance_document *document;
  const struct stance_prediction *predictions; /* sentence by sentence: its dyads, then itself */
  size_t prediction_count;
  size_t repaired;   /* with repair: how many bytes became U+FFFD */
  bool date_is_lost; /* with repair: the article's date could not be read */
};

/* A feature, and what it adds to the decision value of each label. */
struct stance_reason {
  const char *feature;                /* its name, as `stance model explain` shows it */
  uint32_t start, end;                /* bytes in document->text of its first occurrence; both 0: it has none */
  int64_t weights[STANCE_LABELS_MAX]; /* ten-thousandths */
};

/* For each label, decision = bias + sum of the reasons' weights + others, exactly, in ten-thousandths. */
struct stance_explanation {
  const struct stance_reason *reasons; /* by their largest absolute weight in any label, descending */
  size_t reason_count;
  int64_t decision[STANCE_LABELS_MAX], bias[STANCE_LABELS_MAX], others[STANCE_LABELS_MAX];
};

struct stance_scorer; /* a thread's work space */

/* Borrows model and gazetteer, which must outlive it. options NULL: all false. One thread at a time. */
STANCE_API enum stance_status stance_scorer_new(const struct stance_model *model,
                                                const struct stance_gazetteer *gazetteer,
                                                const struct stance_scoring *options, struct stance_scorer **out,
                                                struct stance_error *error);
STANCE_API void stance_scorer_destroy(struct stance_scorer *scorer);
/* Runs the whole pipeline on one article. Invisible characters (soft hyphens, zero-width spaces) are removed first, so
 * offsets refer to the result's document. The result is valid until the scorer's next call. */
STANCE_API enum stance_status stance_scorer_run(struct stance_scorer *scorer, const struct stance_article *article,
                                                struct stance_result *result, struct stance_error *error);
/* Rounds predictions [count] to out [count]. Thread-safe. */
STANCE_API void stance_round(const struct stance_model *model, const struct stance_prediction *predictions,
                             size_t count, struct stance_rounded *out);
/* Explains a prediction of the scorer's last result by at most `limit` strongest reasons. Valid until the scorer's next
 * call. STANCE_USAGE: the head has a kernel, so its decision values are no sum over features. */
STANCE_API enum stance_status stance_scorer_explain(struct stance_scorer *scorer,
                                                    const struct stance_prediction *prediction, size_t limit,
                                                    struct stance_explanation *out, struct stance_error *error);

#ifdef __cplusplus
}
#endif
#endif
