/* SPDX-License-Identifier: MIT
 * The PCRE2 patterns that cut text into sentences and tokens, compiled once and shared, and the limits on their
 * work. */
#include "text_rules.h"

#include <pthread.h>
#include <stdlib.h>

#include "stance/base/error.h"

/* A run of stops, with spaced ellipses; the closing quotes and brackets right after it; white space. */
static const char stop_pattern[] =
    "([.!?…]++(?:[ \\x{a0}]\\.(?![\\p{L}\\p{N}]))*+)([\"'”’»)\\]]*+)([" STANCE_SPACE_CLASS "]*+)";

/* Names, then a verb of speech. Group 1: the mark or preposition after it, if any. */
static const char attribution_pattern[] =
    "(?:[\\p{Lu}][\\p{L}\\p{M}\\p{N}'’.-]*+,?+\\s++|(?:de|al|bin|ibn|van|von|der|the|of|and|for)\\s++){1,10}+"
    "(?:(?:has|have|had|also|later|then)\\s++)?+"
    "(?:said|says?|told|tells|asked|asks|added|adds|replied|wrote|writes|tweeted|warned|insisted|explained|declared|"
    "announced|argued|claimed|commented|continued|concluded|noted|observed|recalled|remarked|responded|stressed|stated|"
    "shouted|cried|admitted|acknowledged|promised|vowed|joked)(?![\\p{L}\\p{N}'’-])"
    "((?:[.,;]|\\s++(?:in|on|at|after|during|from|via|when|as)\\s|\\s++(?:today|yesterday|later|(?:Mon|Tues|Wednes|"
    "Thurs|Fri|Satur|Sun)day)[.,]|\\s*+$"
    "|(?<=told|asked)(?:\\s++(?!(?:that|whether|if|he|she|they|it|to|how|why|what|for)\\s)[\\p{L}'’-]++){1,6}+[.,])?+)";

static const char marker_pattern[] =
    "([•⁃▪‣◦])?[ \\t]*+(?:(?:(\\d{1,3})|([a-zA-Z]))(\\.\\)|\\)|\\.)(?![\\p{L}\\p{N}.])[ \\t]*+)?+";

/* Alternatives in order of precedence; none matches white space. Repetitions after which an alternative may fail are
 * bounded, so that the time is linear in the text. */
#define LETTER "[\\p{L}\\p{M}\\p{Nd}_\\x{ad}\\x{200c}\\x{200d}]"
#define JOIN "(?:['’‐‑-]|(?<=\\p{Lu})&(?=\\p{Lu}))"
#define CURRENCY "(?:(?:US|A|C|NZ|HK|R|S)?[$€£¥₹₽₦₩])"
static const char token_pattern[] =
    "(?:(?:https?|ftp)://|www\\.)[^" STANCE_SPACE_CLASS
    "<>\"“”]*[\\p{L}\\p{N}/=_~&#%-](*MARK:u)"
    "|[\\p{L}\\p{N}_][\\p{L}\\p{N}_.+-]{0,64}+(?<=[\\p{L}\\p{N}_+-])@(?:[\\p{L}\\p{N}-]{1,63}+\\.){1,6}\\p{L}{2,24}+(*"
    "MARK:u)"
    "|(?:[\\p{L}\\p{N}-]{1,63}+\\.){1,6}(?:com|org|net|info|edu|gov|io|co\\.uk|ac\\.uk|gov\\.uk|fr|de|ru)(?!" LETTER
    "|\\.\\p{L})(/[^" STANCE_SPACE_CLASS
    "<>\"“”]*[\\p{L}\\p{N}/=_~&#%-])?+(*MARK:u)"
    "|@[\\p{L}\\p{N}_]++(*MARK:h)"
    "|#\\p{Nd}*+[\\p{L}_][\\p{L}\\p{M}\\p{N}_]*+(*MARK:t)"
    "|" CURRENCY "?+\\p{Nd}++(?:[.,:/]\\p{Nd}++|-\\p{Nd}++(?!" LETTER
    ")){0,12}+"
    "(?:%|°[CF]?|(?:bn|tn|m|k|tr|mn|th|st|nd|rd|s|am|pm|km|kg|mph)(?:['’]s)?+)?+"
    "(?:(?!" LETTER "|[-‐‑]\\p{L})(*MARK:n)|(?:[-‐‑]\\p{L}" LETTER
    "*+)++(*MARK:w))"
    "|(?:\\p{L}\\p{M}*+\\.){2,}+(?:(?:[-‐‑]" LETTER "++)++(*MARK:w)|(?:['’]s(?!" LETTER ")|\\p{L}(?!" LETTER
    "|['’.-]))?+(*MARK:a))"
    "|(?:\\p{L}\\.)+\\p{L}(?:['’]s)?+(?!" LETTER
    ")(*MARK:a)"
    "|" LETTER "++(?:" JOIN LETTER
    "++)*+(*MARK:w)"
    "|\\.{2,}+(*MARK:p)|--++(*MARK:p)|\\P{M}\\p{M}*+(*MARK:p)|.(*MARK:p)";

enum {
  MATCH_LIMIT = 200000,
  DEPTH_LIMIT = 2000,
  HEAP_LIMIT_KIB = 8192,
  JIT_STACK_START = 32768,
  JIT_STACK_MAX = 1 << 20
};

static struct stance_text_rules shared_rules;
static struct stance_error shared_error;
static enum stance_status shared_status;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static bool compile(struct stance_text_rule *rule, const char *pattern, uint32_t options, const char *name) {
  int code;
  size_t offset;
  rule->code = pcre2_compile((PCRE2_SPTR)pattern, PCRE2_ZERO_TERMINATED,
                             options | PCRE2_UTF | PCRE2_NO_UTF_CHECK | PCRE2_DOTALL, &code, &offset, NULL);
  if (!rule->code) {
    PCRE2_UCHAR message[120];
    pcre2_get_error_message(code, message, sizeof message);
    shared_status =
        stance_fail(&shared_error, STANCE_SYSTEM, "text rule '%s': %s at %zu", name, (char *)message, offset);
    return false;
  }
  rule->has_jit = pcre2_jit_compile(rule->code, PCRE2_JIT_COMPLETE) == 0;
  return true;
}

static void prepare(void) {
  stance_words_prepare();
  if (!compile(&shared_rules.stop, stop_pattern, 0, "stop")) return;
  if (!compile(&shared_rules.attribution, attribution_pattern, PCRE2_ANCHORED, "attribution")) return;
  if (!compile(&shared_rules.marker, marker_pattern, PCRE2_ANCHORED, "marker")) return;
  compile(&shared_rules.token, token_pattern, PCRE2_ANCHORED, "token");
}

enum stance_status stance_text_rules_get(const struct stance_text_rules **out, struct stance_error *error) {
  if (pthread_once(&once, prepare) != 0) return stance_fail(error, STANCE_SYSTEM, "cannot prepare the text rules");
  if (shared_status != STANCE_OK) {
    if (error) *error = shared_error;
    return shared_status;
  }
  *out = &shared_rules;
  return STANCE_OK;
}

enum stance_status stance_text_matcher_new(struct stance_text_matcher **out, struct stance_error *error) {
  const struct stance_text_rules *rules;
  enum stance_status status = stance_text_rules_get(&rules, error);
  if (status != STANCE_OK) return status;
  struct stance_text_matcher *matcher = calloc(1, sizeof *matcher);
  if (!matcher) return stance_fail_memory(error);
  matcher->rules = rules;
  matcher->data = pcre2_match_data_create(8, NULL);
  matcher->context = pcre2_match_context_create(NULL);
  if (!matcher->data || !matcher->context) {
    stance_text_matcher_destroy(matcher);
    return stance_fail_memory(error);
  }
  matcher->groups = pcre2_get_ovector_pointer(matcher->data);
  pcre2_set_match_limit(matcher->context, MATCH_LIMIT);
  pcre2_set_depth_limit(matcher->context, DEPTH_LIMIT);
  pcre2_set_heap_limit(matcher->context, HEAP_LIMIT_KIB);
  matcher->stack = pcre2_jit_stack_create(JIT_STACK_START, JIT_STACK_MAX, NULL);
  if (matcher->stack) pcre2_jit_stack_assign(matcher->context, NULL, matcher->stack);
  *out = matcher;
  return STANCE_OK;
}

void stance_text_matcher_destroy(struct stance_text_matcher *matcher) {
  if (!matcher) return;
  pcre2_match_data_free(matcher->data);
  pcre2_match_context_free(matcher->context);
  pcre2_jit_stack_free(matcher->stack);
  free(matcher);
}

bool stance_text_match(struct stance_text_matcher *matcher, const struct stance_text_rule *rule, const char *subject,
                       size_t length, size_t start) {
  int found;
  if (rule->has_jit)
    found = pcre2_jit_match(rule->code, (PCRE2_SPTR)subject, length, start, 0, matcher->data, matcher->context);
  else
    found = pcre2_match(rule->code, (PCRE2_SPTR)subject, length, start, PCRE2_NO_UTF_CHECK, matcher->data,
                        matcher->context);
  return found > 0;
}
