/* SPDX-License-Identifier: MIT */
#include "name_pattern.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <stdlib.h>
#include <string.h>

#include "stance/base/buffer.h"
#include "stance/base/error.h"
#include "stance/base/grow.h"

enum { MATCH_LIMIT = 100000, HEAP_LIMIT_KIB = 4096, DEPTH_LIMIT = 1000, COMBINED_MAX = 100000 };
static const uint32_t COMPILE_OPTIONS = PCRE2_UTF | PCRE2_UCP | PCRE2_NO_UTF_CHECK;

struct stance_name_pattern {
  pcre2_code *code;
  char *source; /* as given */
  uint32_t actor;
  bool can_be_combined; /* with others in one alternation */
};

struct stance_name_matcher {
  const struct stance_name_patterns *patterns;
  pcre2_match_data *data;
  pcre2_match_context *context;
};

static enum stance_status compile(const char *pattern, size_t length, pcre2_code **out, struct stance_error *error) {
  int code;
  PCRE2_SIZE at;
  *out = pcre2_compile((PCRE2_SPTR)pattern, length, COMPILE_OPTIONS | PCRE2_NEVER_BACKSLASH_C, &code, &at, NULL);
  if (*out) return STANCE_OK;
  unsigned char reason[120];
  pcre2_get_error_message(code, reason, sizeof reason);
  return stance_fail(error, STANCE_INPUT, "pattern '%.100s' does not compile: %s at character %zu", pattern,
                     (char *)reason, at);
}

/* Compiles a pattern so that it matches whole words only. It is compiled bare first, to refuse "a)|(b", which is valid
 * only between the added brackets. */
static enum stance_status compile_words(const char *pattern, pcre2_code **out, struct stance_error *error) {
  enum stance_status status = compile(pattern, strlen(pattern), out, error);
  if (status != STANCE_OK) return status;
  pcre2_code_free(*out);
  struct stance_buffer whole = {0};
  stance_buffer_printf(&whole, "(?<!\\w)(?:%s)(?!\\w)", pattern);
  status = whole.failed ? stance_fail_memory(error) : compile(whole.data, whole.length, out, error);
  stance_buffer_free(&whole);
  if (status == STANCE_OK) pcre2_jit_compile(*out, PCRE2_JIT_COMPLETE); /* without JIT the interpreter runs it */
  return status;
}

/* A pattern with groups can not be combined: in an alternation, its references would mean other groups. */
static bool can_be_combined(const pcre2_code *code) {
  uint32_t groups = 0, names = 0;
  pcre2_pattern_info(code, PCRE2_INFO_CAPTURECOUNT, &groups);
  pcre2_pattern_info(code, PCRE2_INFO_NAMECOUNT, &names);
  return groups == 0 && names == 0;
}

enum stance_status stance_name_patterns_add(struct stance_name_patterns *patterns, const char *pattern, uint32_t actor,
                                            struct stance_error *error) {
  pcre2_code *code;
  if (!*pattern) return stance_fail(error, STANCE_INPUT, "empty pattern");
  enum stance_status status = compile_words(pattern, &code, error);
  if (status != STANCE_OK) return status;
  struct stance_name_pattern *items =
      stance_grow(patterns->items, &patterns->capacity, patterns->count + 1, sizeof *items);
  if (!items) {
    pcre2_code_free(code);
    return stance_fail_memory(error);
  }
  patterns->items = items;
  struct stance_name_pattern *item = &patterns->items[patterns->count++];
  *item = (struct stance_name_pattern){code, strdup(pattern), actor, can_be_combined(code)};
  return item->source ? STANCE_OK : stance_fail_memory(error);
}

const char *stance_name_patterns_source(const struct stance_name_patterns *patterns, size_t index, uint32_t *actor) {
  *actor = patterns->items[index].actor;
  return patterns->items[index].source;
}

enum stance_status stance_name_patterns_finish(struct stance_name_patterns *patterns, struct stance_error *error) {
  if (patterns->count < 2) return STANCE_OK;
  struct stance_buffer all = {0};
  for (size_t i = 0; i < patterns->count; i++) {
    if (!patterns->items[i].can_be_combined || all.length > COMBINED_MAX) goto cleanup; /* then each runs by itself */
    stance_buffer_printf(&all, "%s(?:%s)", i ? "|" : "", patterns->items[i].source);
  }
  if (all.failed) return stance_fail_memory(error);
  patterns->any = calloc(1, sizeof *patterns->any);
  if (!patterns->any) {
    stance_buffer_free(&all);
    return stance_fail_memory(error);
  }
  if (compile_words(all.data, &patterns->any->code, NULL) != STANCE_OK) {
    free(patterns->any);
    patterns->any = NULL;
  }
cleanup:
  stance_buffer_free(&all);
  return STANCE_OK;
}

void stance_name_patterns_free(struct stance_name_patterns *patterns) {
  for (size_t i = 0; i < patterns->count; i++) {
    pcre2_code_free(patterns->items[i].code);
    free(patterns->items[i].source);
  }
  free(patterns->items);
  if (patterns->any) pcre2_code_free(patterns->any->code);
  free(patterns->any);
  *patterns = (struct stance_name_patterns){0};
}

struct stance_name_matcher *stance_name_matcher_new(const struct stance_name_patterns *patterns) {
  struct stance_name_matcher *matcher = calloc(1, sizeof *matcher);
  if (!matcher) return NULL;
  matcher->patterns = patterns;
  matcher->data = pcre2_match_data_create(1, NULL);
  matcher->context = pcre2_match_context_create(NULL);
  if (!matcher->data || !matcher->context) {
    stance_name_matcher_destroy(matcher);
    return NULL;
  }
  pcre2_set_match_limit(matcher->context, MATCH_LIMIT);
  pcre2_set_depth_limit(matcher->context, DEPTH_LIMIT);
  pcre2_set_heap_limit(matcher->context, HEAP_LIMIT_KIB);
  return matcher;
}

void stance_name_matcher_destroy(struct stance_name_matcher *matcher) {
  if (!matcher) return;
  pcre2_match_data_free(matcher->data);
  pcre2_match_context_free(matcher->context);
  free(matcher);
}

enum outcome { FOUND, NONE, TOO_DEAR };

static enum outcome match(struct stance_name_matcher *matcher, const pcre2_code *code, const char *text, size_t length,
                          size_t at, size_t *start, size_t *end) {
  int found = pcre2_match(code, (PCRE2_SPTR)text, length, at, PCRE2_NO_UTF_CHECK, matcher->data, matcher->context);
  if (found == PCRE2_ERROR_JIT_STACKLIMIT)
    found = pcre2_match(code, (PCRE2_SPTR)text, length, at, PCRE2_NO_UTF_CHECK | PCRE2_NO_JIT, matcher->data,
                        matcher->context);
  if (found == PCRE2_ERROR_NOMATCH) return NONE;
  if (found < 0) return TOO_DEAR;
  const PCRE2_SIZE *span = pcre2_get_ovector_pointer(matcher->data);
  *start = span[0];
  *end = span[1];
  return span[0] <= span[1] && span[1] <= length ? FOUND : NONE; /* \K may put the start after the end */
}

bool stance_name_matcher_run(struct stance_name_matcher *matcher, const char *text, size_t length,
                             stance_name_match *each, void *context) {
  const struct stance_name_patterns *patterns = matcher->patterns;
  size_t start, end;
  if (patterns->any && match(matcher, patterns->any->code, text, length, 0, &start, &end) == NONE) return true;
  for (size_t i = 0; i < patterns->count; i++)
    for (size_t at = 0;
         at < length && match(matcher, patterns->items[i].code, text, length, at, &start, &end) == FOUND;) {
      if (end > start && !each(context, start, end, patterns->items[i].actor)) return false;
      at = end > at ? end : at + 1;
      while (at < length && ((unsigned char)text[at] & 0xC0) == 0x80) at++;
    }
  return true;
}
