/* SPDX-License-Identifier: MIT */
#include <criterion/criterion.h>

#include "train/feature_words.h"

static void expect(const char *name, const char *words) {
  struct stance_buffer out = {0};
  train_feature_words(name, &out);
  stance_buffer_putc(&out, '\0');
  cr_assert_str_eq(out.data, words);
  stance_buffer_free(&out);
}

Test(feature_words, say_what_a_reader_has_to_know) {
  expect("word:against TGT", "“against [target]” (anywhere in the sentence)");
  expect("between:near-target source-first against",
         "“against” (between source and target; nearer the target; source named first)");
  expect("prefix:source-first again*", "“again…” (a word, or its first five letters; source named first)");
  expect("prefix:TGT left from", "“from” (a word, or its first five letters; target; left of it)");
  expect("prefix:left", "“left” (a word, or its first five letters)"); /* a word that is a mark elsewhere */
  expect("role:forward hostile", "what is told: source acts on target; hostile");
  expect("lemma:forward fight", "“fight” (what is told; source acts on target)");
  expect("slot:with subj friendly", "parts of the sentence that source and target fill: with; subject; friendly");
  expect("polarity:between source-first net minus",
         "words of good and ill counted: between them; source named first; on balance; ill");
  expect("events:friendly deed with goods (+)", "“deed with goods (+)” (a deed of the lexicon; friendly)");
  expect("distance:target-first d3", "how far apart source and target are: target named first; about 3 words");
  expect("between:far target-first the", "“the” (between source and target; far off; target named first)");
  expect("new:thing", "new:thing");
  expect("", "");
}
