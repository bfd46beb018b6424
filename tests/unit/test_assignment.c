/* SPDX-License-Identifier: MIT
 * Who gets what: k of n, the same everywhere, evenly, and little changed by who joins. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "annotate/assign.h"

enum { SENTENCES = 6000 };

static bool gets(const struct annotate_project *project, int sentence, const char *name) {
  char id[32];
  int length = snprintf(id, sizeof id, "article-%d#%d", sentence / 10, sentence % 10);
  return annotate_is_assigned(project, id, (size_t)length, name);
}

Test(assignment, each_sentence_goes_to_k_and_shares_are_even) {
  const char *names[] = {"ana", "ben", "cho", "dora", "eli"};
  const struct annotate_project project = {.annotators = names, .annotator_count = 5, .overlap = 2, .seed = 7};
  int each[5] = {0};
  for (int i = 0; i < SENTENCES; i++) {
    int together = 0;
    for (int n = 0; n < 5; n++)
      if (gets(&project, i, names[n])) {
        together++;
        each[n]++;
      }
    cr_assert_eq(together, 2);
  }
  /* expected 2400 of 6000, binomial standard deviation 38: five of them */
  for (int n = 0; n < 5; n++) cr_assert(abs(each[n] - 2400) < 190, "%s: %d", names[n], each[n]);
}

Test(assignment, does_not_depend_on_the_order_of_names) {
  const char *one[] = {"ana", "ben", "cho"}, *two[] = {"cho", "ana", "ben"};
  const struct annotate_project a = {.annotators = one, .annotator_count = 3, .overlap = 1, .seed = 3};
  const struct annotate_project b = {.annotators = two, .annotator_count = 3, .overlap = 1, .seed = 3};
  for (int i = 0; i < SENTENCES; i++)
    for (int n = 0; n < 3; n++) cr_assert_eq(gets(&a, i, one[n]), gets(&b, i, one[n]));
}

Test(assignment, newcomer_takes_only_a_share) {
  const char *names[] = {"ana", "ben", "cho", "new"};
  const struct annotate_project before = {.annotators = names, .annotator_count = 3, .overlap = 1, .seed = 3};
  const struct annotate_project after = {.annotators = names, .annotator_count = 4, .overlap = 1, .seed = 3};
  int moved = 0;
  for (int i = 0; i < SENTENCES; i++)
    for (int n = 0; n < 3; n++) {
      bool had = gets(&before, i, names[n]), has = gets(&after, i, names[n]);
      cr_assert(had || !has); /* nobody gets from another what was not theirs */
      moved += had && !has;
    }
  cr_assert(abs(moved - SENTENCES / 4) < 170, "%d", moved);
}

Test(assignment, no_overlap_is_everybody_and_seeds_differ) {
  const char *names[] = {"ana", "ben"};
  struct annotate_project project = {.overlap = 0};
  cr_assert(gets(&project, 1, "whoever"));
  project = (struct annotate_project){.annotators = names, .annotator_count = 2, .overlap = 1, .seed = 1};
  cr_assert_not(gets(&project, 1, "stranger"));
  struct annotate_project other = project;
  other.seed = 2;
  int differ = 0;
  for (int i = 0; i < SENTENCES; i++) differ += gets(&project, i, "ana") != gets(&other, i, "ana");
  cr_assert(abs(differ - SENTENCES / 2) < 200, "%d", differ);
}

/* Pinned: an assignment that changed between versions would tear projects apart. */
Test(assignment, is_the_same_in_every_version) {
  const char *names[] = {"ana", "ben", "cho"};
  const struct annotate_project project = {.annotators = names, .annotator_count = 3, .overlap = 1, .seed = 1};
  char drawn[21] = "";
  for (int i = 0; i < 20; i++)
    for (int n = 0; n < 3; n++)
      if (gets(&project, i, names[n])) drawn[i] = names[n][0];
  cr_assert_str_eq(drawn, "acccccbbbcbbaaaabbba", "%s", drawn);
}

Test(assignment, names_that_cannot_be_files_are_refused) {
  static const char *const bad[] = {"", ".", "..", "a/b", "a b", "-x", "a\nb", "a,b", ".hidden", "\xff"},
                           *const good[] = {"ana", "Ana_2", "ana@example.org", "Zoë"};
  struct stance_error error;
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
    cr_assert_eq(annotate_name_check(bad[i], &error), STANCE_INPUT, "%s", bad[i]);
  for (size_t i = 0; i < sizeof good / sizeof *good; i++)
    cr_assert_eq(annotate_name_check(good[i], &error), STANCE_OK, "%s", good[i]);
}

/* Ten units with margins that grow: with a random share of 0.2 every fifth place is a random one, the others are in order. */
Test(assignment, uncertain_order_keeps_a_random_share) {
  struct annotate_unit items[10];
  char ids[10][16];
  float margins[10];
  uint32_t order[10];
  for (int i = 0; i < 10; i++) {
    snprintf(ids[i], sizeof ids[i], "a#%d", i);
    items[i] = (struct annotate_unit){.id = ids[i], .id_sentence = 3};
    margins[i] = (float)(9 - i) / 10;
    order[i] = (uint32_t)i;
  }
  const struct annotate_units units = {.items = items, .count = 10};
  const struct annotate_project project = {.seed = 5};
  cr_assert_eq(annotate_order_uncertain(&project, &units, margins, 0.2, order, 10, NULL), STANCE_OK);
  uint32_t last = 10, seen = 0;
  for (int i = 0; i < 10; i++) {
    seen |= 1u << order[i];
    if (i == 4 || i == 9) continue;
    cr_assert(order[i] < last, "place %d", i);
    last = order[i];
  }
  cr_assert_eq(seen, 1023);
}
