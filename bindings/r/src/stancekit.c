/* SPDX-License-Identifier: MIT
 * What R calls. R's errors jump over C frames: all memory that is not R's is freed before one is raised. */
#include <R.h>
#include <R_ext/Rdynload.h>
#include <Rinternals.h>
#include <stdlib.h>
#include <string.h>

#include "rows.h"

static SEXP text_of(const char *text) { return text ? mkCharCE(text, CE_UTF8) : NA_STRING; }

static void fail(const struct stance_error *problem) {
  if (*problem->file && problem->line)
    Rf_error("%s:%lu: %s", problem->file, (unsigned long)problem->line, problem->message);
  if (*problem->file) Rf_error("%s: %s", problem->file, problem->message);
  Rf_error("%s", problem->message);
}

/* The bytes of a string as UTF-8. What is marked as nothing is taken as it is: R code has translated it where the locale says how. */
static const char *bytes_of(SEXP text) {
  if (text == NA_STRING) return NULL;
  return Rf_getCharCE(text) == CE_LATIN1 ? Rf_translateCharUTF8(text) : CHAR(text);
}

/* ---- models and gazetteers: external pointers, closed by R's collector -------------------------------------- */

static void close_model(SEXP pointer) {
  stance_model_close(R_ExternalPtrAddr(pointer));
  R_ClearExternalPtr(pointer);
}

static void close_actors(SEXP pointer) {
  stance_gazetteer_close(R_ExternalPtrAddr(pointer));
  R_ClearExternalPtr(pointer);
}

/* An address is NULL after a pointer was saved and loaded. */
static void *address_of(SEXP pointer, const char *kind) {
  SEXP tag = Rf_install(kind);
  if (TYPEOF(pointer) != EXTPTRSXP || R_ExternalPtrTag(pointer) != tag) Rf_error("expected a %s", kind);
  void *address = R_ExternalPtrAddr(pointer);
  if (!address) Rf_error("this %s was saved in another session; open it again", kind);
  return address;
}

static SEXP make_pointer(void *address, const char *kind, R_CFinalizer_t close) {
  SEXP pointer = PROTECT(R_MakeExternalPtr(address, Rf_install(kind), R_NilValue));
  R_RegisterCFinalizerEx(pointer, close, TRUE);
  UNPROTECT(1);
  return pointer;
}

static SEXP open_model(SEXP path) {
  struct stance_model *model = NULL;
  struct stance_error problem = {0};
  const char *name = Rf_isNull(path) ? NULL : R_ExpandFileName(Rf_translateChar(STRING_ELT(path, 0)));
  if (stance_model_open(name, &model, &problem) != STANCE_OK) fail(&problem);
  return make_pointer(model, "stance_model", close_model);
}

static SEXP open_actors(SEXP paths) {
  struct stance_gazetteer *gazetteer = NULL;
  struct stance_error problem = {0};
  R_xlen_t count = XLENGTH(paths);
  const char **names = (const char **)R_alloc((size_t)count + 1, sizeof *names);
  for (R_xlen_t i = 0; i < count; i++) { /* R keeps one expanded name at a time */
    const char *name = R_ExpandFileName(Rf_translateChar(STRING_ELT(paths, i)));
    names[i] = strcpy(R_alloc(strlen(name) + 1, 1), name);
  }
  if (stance_gazetteer_open(names, (size_t)count, &gazetteer, &problem) != STANCE_OK) fail(&problem);
  return make_pointer(gazetteer, "stance_actors", close_actors);
}

/* A list: each head's labels under its name. */
static SEXP model_heads(SEXP pointer) {
  const struct stance_model *model = address_of(pointer, "stance_model");
  size_t count = stance_model_head_count(model);
  SEXP list = PROTECT(Rf_allocVector(VECSXP, (R_xlen_t)count)),
       names = PROTECT(Rf_allocVector(STRSXP, (R_xlen_t)count));
  for (size_t h = 0; h < count; h++) {
    size_t labels = stance_model_label_count(model, h);
    SEXP words = Rf_allocVector(STRSXP, (R_xlen_t)labels);
    SET_VECTOR_ELT(list, (R_xlen_t)h, words);
    for (size_t l = 0; l < labels; l++) SET_STRING_ELT(words, (R_xlen_t)l, text_of(stance_model_label(model, h, l)));
    SET_STRING_ELT(names, (R_xlen_t)h, text_of(stance_model_head_name(model, h)));
  }
  Rf_setAttrib(list, R_NamesSymbol, names);
  UNPROTECT(2);
  return list;
}

static SEXP actor_count(SEXP pointer) {
  return Rf_ScalarInteger((int)stance_gazetteer_count(address_of(pointer, "stance_actors")));
}

/* ---- scoring ------------------------------------------------------------------------------------------------ */

enum column {
  ARTICLE,
  SENTENCE,
  TEXT,
  SOURCE,
  TARGET,
  SOURCE_MASTER,
  TARGET_MASTER,
  HEAD,
  LABEL,
  SHARES,
  SCORE,
  DATE,
  TERM,
  WORDS,
  START,
  END,
  NOTES,
  COLUMN_COUNT
};

struct table { /* of all answers' rows */
  SEXP list;
  size_t rows, labels; /* labels: columns of SHARES */
};

static void ask_user(void *unused) {
  (void)unused;
  R_CheckUserInterrupt();
}

static bool is_interrupted(void) { return !R_ToplevelExec(ask_user, NULL); }

static const struct stance_actor *master_of(const struct stance_actor *actor) {
  const struct stance_actor *master = actor ? stance_actor_rollup(actor) : NULL;
  return master != actor ? master : NULL;
}

static SEXP actor_text(const struct stance_actor *actor) { return text_of(actor ? stance_actor_id(actor) : NULL); }

static void set_text(const struct table *table, enum column column, R_xlen_t at, SEXP text) {
  SET_STRING_ELT(VECTOR_ELT(table->list, column), at, text);
}

/* place: of the article, from 1 on; columns: where each head's labels stand among the shares, [heads][STANCE_LABELS_MAX]. */
static void put_row(const struct table *table, const struct job *job, const struct row *row,
                    const struct answer *answer, size_t place, R_xlen_t at, const int *columns) {
  size_t labels = stance_model_label_count(job->model, row->head);
  INTEGER(VECTOR_ELT(table->list, ARTICLE))[at] = (int)place;
  INTEGER(VECTOR_ELT(table->list, SENTENCE))[at] = (int)row->sentence;
  set_text(table, TEXT, at, text_of(row->text));
  set_text(table, DATE, at, text_of(answer->date));
  set_text(table, SOURCE, at, actor_text(row->source));
  set_text(table, TARGET, at, actor_text(row->target));
  set_text(table, SOURCE_MASTER, at, actor_text(master_of(row->source)));
  set_text(table, TARGET_MASTER, at, actor_text(master_of(row->target)));
  set_text(table, HEAD, at, text_of(stance_model_head_name(job->model, row->head)));
  set_text(table, LABEL, at, text_of(stance_model_label(job->model, row->head, row->label)));
  REAL(VECTOR_ELT(table->list, SCORE))[at] = row->rounded.score / 10000.0;
  double *shares = REAL(VECTOR_ELT(table->list, SHARES));
  for (size_t l = 0; l < table->labels; l++) shares[(size_t)at + l * table->rows] = NA_REAL;
  for (size_t l = 0; l < labels; l++) {
    size_t column = (size_t)columns[row->head * STANCE_LABELS_MAX + l];
    shares[(size_t)at + column * table->rows] = (row->term ? (double)row->weights[l] : row->rounded.p[l]) / 10000.0;
  }
  if (!row->term) return;
  set_text(table, TERM, at, text_of(row->term));
  set_text(table, WORDS, at, text_of(row->words));
  INTEGER(VECTOR_ELT(table->list, START))[at] = row->words ? (int)row->start : NA_INTEGER;
  INTEGER(VECTOR_ELT(table->list, END))[at] = row->words ? (int)row->end : NA_INTEGER;
}

static void make_table(struct table *table, bool has_terms) {
  for (int column = 0; column < NOTES; column++) {
    bool is_number = column == ARTICLE || column == SENTENCE || column == START || column == END;
    R_xlen_t length = column >= TERM && !has_terms ? 0 : (R_xlen_t)table->rows;
    SEXP values = column == SHARES  ? Rf_allocMatrix(REALSXP, (int)table->rows, (int)table->labels)
                  : column == SCORE ? Rf_allocVector(REALSXP, length)
                                    : Rf_allocVector(is_number ? INTSXP : STRSXP, length);
    SET_VECTOR_ELT(table->list, column, values);
  }
}

struct conversion { /* rows to R, where an error of R must not leave memory behind */
  struct job *job;
  const int *columns;
  size_t labels;
};

static SEXP convert(void *context) {
  struct conversion *conversion = context;
  struct job *job = conversion->job;
  struct table table = {.labels = conversion->labels};
  double absent = 0, repaired = 0, dates = 0;
  for (size_t i = 0; i < job->article_count; i++) {
    table.rows += job->answers[i].row_count;
    absent += job->answers[i].is_absent;
    repaired += (double)job->answers[i].repaired;
    dates += job->answers[i].is_date_lost;
  }
  if (table.rows > INT_MAX) Rf_error("more than %d rows; score fewer articles at once", INT_MAX);
  table.list = PROTECT(Rf_allocVector(VECSXP, COLUMN_COUNT));
  make_table(&table, job->limit > 0);
  R_xlen_t at = 0;
  for (size_t i = 0; i < job->article_count; i++)
    for (size_t r = 0; r < job->answers[i].row_count; r++)
      put_row(&table, job, &job->answers[i].rows[r], &job->answers[i], i + 1, at++, conversion->columns);
  SEXP notes = Rf_allocVector(REALSXP, 3);
  SET_VECTOR_ELT(table.list, NOTES, notes);
  REAL(notes)[0] = absent, REAL(notes)[1] = repaired, REAL(notes)[2] = dates;
  UNPROTECT(1);
  return table.list;
}

static void free_job(void *context) { rows_free(((struct conversion *)context)->job); }

/* texts, titles, dates: character, as long as each other, NA for what is absent; options: logical (implicit, rollup, dyads only);
 * numbers: integer (threads, limit); columns: integer, conversion's. A list of columns (enum column). */
static SEXP score(SEXP model, SEXP actors, SEXP texts, SEXP titles, SEXP dates, SEXP options, SEXP numbers,
                  SEXP columns) {
  struct job job = {.model = address_of(model, "stance_model"),
                    .gazetteer = address_of(actors, "stance_actors"),
                    .article_count = (size_t)XLENGTH(texts),
                    .threads = (unsigned)INTEGER(numbers)[0],
                    .limit = (size_t)INTEGER(numbers)[1]};
  struct conversion conversion = {.job = &job, .columns = INTEGER(columns), .labels = (size_t)INTEGER(numbers)[2]};
  struct stance_error problem = {0};
  bool is_stopped = false;
  job.scoring = (struct stance_scoring){.no_implicit = !LOGICAL(options)[0],
                                        .rollup = LOGICAL(options)[1],
                                        .dyads_only = LOGICAL(options)[2],
                                        .repair = true};
  struct stance_article *articles = (struct stance_article *)R_alloc(job.article_count + 1, sizeof *articles);
  memset(articles, 0, (job.article_count + 1) * sizeof *articles);
  for (size_t i = 0; i < job.article_count; i++) {
    struct stance_article *article = &articles[i];
    article->text = bytes_of(STRING_ELT(texts, (R_xlen_t)i));
    article->text_length = article->text ? strlen(article->text) : 0;
    article->title = bytes_of(STRING_ELT(titles, (R_xlen_t)i));
    article->date = bytes_of(STRING_ELT(dates, (R_xlen_t)i));
  }
  job.articles = articles;
  if (job.threads > job.article_count && job.article_count) job.threads = (unsigned)job.article_count;
  job.answers = calloc(job.article_count + 1, sizeof *job.answers);
  if (!job.answers) Rf_error("out of memory");
  if (rows_score(&job, is_interrupted, &is_stopped, &problem) != STANCE_OK || is_stopped) {
    rows_free(&job);
    if (is_stopped) Rf_error("interrupted");
    fail(&problem);
  }
  return R_ExecWithCleanup(convert, &conversion, free_job, &conversion);
}

static SEXP version(void) { return Rf_mkString(stance_version()); }

static const R_CallMethodDef calls[] = {
    {"C_open_model", (DL_FUNC)&open_model, 1},
    {"C_open_actors", (DL_FUNC)&open_actors, 1},
    {"C_model_heads", (DL_FUNC)&model_heads, 1},
    {"C_actor_count", (DL_FUNC)&actor_count, 1},
    {"C_score", (DL_FUNC)&score, 8},
    {"C_version", (DL_FUNC)&version, 0},
    {NULL, NULL, 0},
};

void R_init_stancekit(DllInfo *dll) __attribute__((visibility("default")));
void R_init_stancekit(DllInfo *dll) {
  R_registerRoutines(dll, NULL, calls, NULL, NULL);
  R_useDynamicSymbols(dll, FALSE);
  R_forceSymbols(dll, TRUE);
}
