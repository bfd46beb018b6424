/* SPDX-License-Identifier: MIT */
#include "feature_words.h"

#include <stdbool.h>
#include <string.h>

struct phrase {
  const char *mark, *words;
};

/* Templates: where the words of a feature stand, or what it is about. is_text: the feature's parts are words of the
 * sentence. */
static const struct {
  const char *name, *words;
  bool is_text;
} templates[] = {
    {"word", "anywhere in the sentence", true},
    {"trigram", "anywhere in the sentence", true},
    {"zone", "a part of the sentence", true},
    {"between", "between source and target", true},
    {"window", "beside an actor", true},
    {"prefix", "a word, or its first five letters", true},
    {"characters", "letters in a row", true},
    {"class", "pattern of kinds of words", true},
    {"actors", "who they are", true},
    {"distance", "how far apart source and target are", false},
    {"role", "what is told", false},
    {"lemma", "what is told", true},
    {"slot", "parts of the sentence that source and target fill", false},
    {"speech", "who is said to speak", false},
    {"summary", "deeds counted", false},
    {"polarity", "words of good and ill counted", false},
    {"valence", "good and ill news counted", false},
    {"events", "a deed of the lexicon", true},
    {"conjunction", "parts of the sentence and deed together", false},
    {"vectors", "meaning of the words", false},
};

/* Marks in names of any template. */
static const struct phrase marks[] = {
    {"source-first", "source named first"},
    {"target-first", "target named first"},
    {"near-source", "nearer the source"},
    {"near-target", "nearer the target"},
    {"forward", "source acts on target"},
    {"reverse", "target acts on source"},
    {"mutual", "both act on each other"},
    {"joint", "both act together"},
    {"joint-target", "both suffer it together"},
    {"half-source", "source acts"},
    {"half-target", "source suffers it"},
    {"third-source", "target acts"},
    {"third-target", "target suffers it"},
    {"is-both", "both"},
    {"chain", "by way of another deed"},
    {"hostile", "hostile"},
    {"friendly", "friendly"},
    {"neutral", "neutral"},
    {"mild", "mild"},
    {"noun", "told by a noun"},
    {"subj", "subject"},
    {"obj", "object"},
    {"poss", "possessor"},
    {"none", "none"},
    {"net", "on balance"},
    {"plus", "good"},
    {"minus", "ill"},
    {"many", "many words"},
    {"more", "many"},
    {"n0", "none"},
    {"n1", "few"},
    {"n3", "some"},
    {"left", "left of it"},
    {"right", "right of it"},
    {"inside", "between them"},
    {"before", "before both"},
    {"after", "behind both"},
    {"far", "far off"},
    {"between", "between them"},
    {"SRC", "source"},
    {"TGT", "target"},
    {"ACT", "another actor"},
};

static const char *words_of(const char *mark, size_t length) {
  for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
    if (strlen(marks[i].mark) == length && memcmp(marks[i].mark, mark, length) == 0) return marks[i].words;
  return NULL;
}

/* Whether a word is a mark, which precedes the words of the sentence; among those only actors are masked. */
static bool is_front(const char *word, size_t length) {
  static const char *const front[] = {"source-first", "target-first", "near-source", "near-target", "far",
                                      "left",         "right",        "forward",     "reverse",     "mutual",
                                      "joint",        "joint-target", "half-source", "half-target", "third-source",
                                      "third-target", "hostile",      "friendly",    "neutral"};
  for (size_t i = 0; i < sizeof front / sizeof *front; i++)
    if (strlen(front[i]) == length && memcmp(front[i], word, length) == 0) return true;
  return false;
}

static size_t word_length(const char *at) { return strcspn(at, " "); }

static void put_text(const char *text, struct stance_buffer *out) {
  stance_buffer_puts(out, "\xe2\x80\x9c");
  for (bool is_first = true; *text; is_first = false) {
    size_t length = word_length(text);
    bool is_actor =
        length == 3 && (memcmp(text, "SRC", 3) == 0 || memcmp(text, "TGT", 3) == 0 || memcmp(text, "ACT", 3) == 0);
    if (!is_first) stance_buffer_putc(out, ' ');
    if (is_actor) stance_buffer_printf(out, "[%s]", words_of(text, length));
    else if (length > 1 && text[length - 1] == '*') {
      stance_buffer_append(out, text, length - 1);
      stance_buffer_puts(out, "\xe2\x80\xa6");
    } else stance_buffer_append(out, text, length);
    text += length;
    while (*text == ' ') text++;
  }
  stance_buffer_puts(out, "\xe2\x80\x9d");
}

static void put_marks(const char *from, const char *end, bool is_first, struct stance_buffer *out) {
  while (from < end) {
    size_t length = word_length(from);
    const char *words = words_of(from, length);
    if (!is_first) stance_buffer_puts(out, "; ");
    is_first = false;
    if (words) stance_buffer_puts(out, words);
    else if (*from == 'd' && length > 1 && strspn(from + 1, "0123456789") == length - 1)
      stance_buffer_printf(out, "about %.*s words", (int)length - 1, from + 1);
    else stance_buffer_append(out, from, length);
    from += length;
    while (*from == ' ') from++;
  }
}

void train_feature_words(const char *name, struct stance_buffer *out) {
  const char *colon = strchr(name, ':');
  size_t t = 0, count = sizeof templates / sizeof *templates;
  while (colon && t < count &&
         !(strlen(templates[t].name) == (size_t)(colon - name) &&
           memcmp(templates[t].name, name, (size_t)(colon - name)) == 0))
    t++;
  if (!colon || t == count) {
    stance_buffer_puts(out, name);
    return;
  }
  const char *marks_from = colon + 1, *text = marks_from, *end = name + strlen(name);
  if (templates[t].is_text) { /* marks, then words; a mark at the end is a word */
    if ((strncmp(text, "SRC ", 4) == 0 || strncmp(text, "TGT ", 4) == 0) &&
        (strncmp(text + 4, "left ", 5) == 0 || strncmp(text + 4, "right ", 6) == 0))
      text += 4;
    while (text[word_length(text)] && is_front(text, word_length(text))) text += word_length(text) + 1;
    put_text(text, out);
    stance_buffer_printf(out, " (%s", templates[t].words);
    put_marks(marks_from, text, false, out);
    stance_buffer_putc(out, ')');
    return;
  }
  stance_buffer_printf(out, "%s: ", templates[t].words);
  put_marks(marks_from, end, true, out);
}
